"""The age bands of answers and audiences, as codes in the manner of SDMX CL_AGE: Y_LT18, Y18T24 … Y_GE65."""

import re
import unicodedata

# The bands of advertising platforms, so that who was asked can be held against who was reached. Everybody under 18 is
# in one band: a finer one would tell more about a child than any comparison needs.
AGE_BANDS: tuple[tuple[int, int | None, str], ...] = (
    (0, 17, "Y_LT18"),
    (18, 24, "Y18T24"),
    (25, 34, "Y25T34"),
    (35, 44, "Y35T44"),
    (45, 54, "Y45T54"),
    (55, 64, "Y55T64"),
    (65, None, "Y_GE65"),
)
MINORS = AGE_BANDS[0][2]
_OLDEST = 120

_YEARS = r"\s*(?:years?(?: old)?|yrs?|ans|años|anos|лет|года?|سنة|سنوات|عاما?|周?岁|歲)?"
_ONE = re.compile(rf"(\d{{1,3}}){_YEARS}")
_RANGE = re.compile(rf"(\d{{1,2}})\s*(?:[-–—−~]|to|and|à|a|et|y|e|до|и|إلى|و|至|到)\s*(\d{{1,3}}){_YEARS}")
_OVER = re.compile(
    rf"(\d{{2}})\s*\+{_YEARS}|(?:over|≥|>=|plus de|más de|mais de|старше|от|أكثر من)\s*(\d{{2}}){_YEARS}"
    rf"|(\d{{2}}){_YEARS} (?:and over|and older|or older|et plus|ou plus|y más|o más|e mais|ou mais|и старше|и более"
    rf"|فأكثر|وأكثر)|(\d{{2}}){_YEARS}\s*(?:及以上|以上|及更大)"
)
_UNDER = re.compile(
    rf"(?:under|younger than|<|moins de|menos de|menores? de|до|младше|أقل من)\s*(\d{{2}}){_YEARS}"
    rf"|(\d{{2}}){_YEARS}\s*以下"
)


def age_band(text: str) -> str | None:
    """The band of an age or of a band as people write them; None where it is neither. An age over 120 is no age."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if match := _ONE.fullmatch(plain):
        return _band(int(match[1]))
    if match := _RANGE.fullmatch(plain):
        low, high = int(match[1]), int(match[2])
        if not low < high <= _OLDEST:
            return None
        return MINORS if high < 18 else f"Y{low}T{high}"
    if match := _OVER.fullmatch(plain):
        return f"Y_GE{next(filter(None, match.groups()))}"
    if match := _UNDER.fullmatch(plain):
        below = match[1] or match[2]
        return f"Y_LT{below}" if int(below) >= 18 else MINORS
    return None


def _band(age: int) -> str | None:
    if age > _OLDEST:
        return None
    return next(code for low, high, code in AGE_BANDS if low <= age and (high is None or age <= high))
