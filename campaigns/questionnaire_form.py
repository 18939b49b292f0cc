"""The standard questionnaire, before and after a campaign, as an XLSForm in six languages; and what counts in it.

Its texts stand in `questionnaire_form.csv`, one line a label and one column a language. It asks for no name and no
telephone number, and nobody under 18 is asked more than their age.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from campaigns.records import Direction, Outcome, Rung, Wave

TEXTS = Path(__file__).with_suffix(".csv")
LANGUAGES: Mapping[str, str] = {
    "en": "English (en)",
    "fr": "Français (fr)",
    "es": "Español (es)",
    "ru": "Русский (ru)",
    "ar": "العربية (ar)",
    "zh": "中文 (zh)",
}
FORMS: Mapping[str, Wave] = {"questionnaire-baseline.xlsx": Wave.BEFORE, "questionnaire-endline.xlsx": Wave.AFTER}
# Titles that an organisation puts its own in the place of; nobody can have seen the second.
TITLES = {"control_title": "Clear Road 2", "campaign_title": "TITLE OF YOUR CAMPAIGN"}
LISTS = ("consent", "yes_no", "agreement", "arms", "sexes", "dangers", "channels")
DANGERS = (
    "robbery", "violence", "sexual_violence", "ransom", "forced_work", "abandoned", "debt", "detention", "death",
)  # fmt: skip
_AGREES, _DISAGREES = ("agree", "strongly_agree"), ("disagree", "strongly_disagree")
_AGREED, _ADULT = "${consent} = 'yes'", "${age} >= 18"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question; with a rung it is an outcome, of which `counts`, `chosen` or `number_to` say what counts."""

    name: str
    kind: str  # the type of an XLSForm
    rung: Rung | None = None
    desired: Direction = Direction.MORE
    counts: tuple[str, ...] = ()
    chosen: int = 1
    constraint: str = ""
    relevant: str = ""
    required: bool = False
    endline_only: bool = False

    @property
    def choices(self) -> str | None:
        """The list that its answers are chosen from."""
        return self.kind.partition(" ")[2] or None


def _yes_no(
    name: str, rung: Rung, counts: str = "yes", desired: Direction = Direction.MORE, *, endline: bool = False
) -> Asked:
    return Asked(
        name=name, kind="select_one yes_no", rung=rung, counts=(counts,), desired=desired, endline_only=endline
    )


def _agreement(name: str, rung: Rung, counts: tuple[str, ...], desired: Direction = Direction.MORE) -> Asked:
    return Asked(name=name, kind="select_one agreement", rung=rung, counts=counts, desired=desired)


# What the interviewer fills in before anybody is asked, and who is asked at all.
FIRST: tuple[Asked, ...] = (
    Asked(name="arm", kind="select_one arms", required=True),
    Asked(name="cluster", kind="text"),
    Asked(name="region", kind="text"),
    Asked(name="about", kind="note"),
    Asked(name="consent", kind="select_one consent", required=True),
    Asked(name="age", kind="integer", relevant=_AGREED, required=True, constraint=". >= 0 and . <= 120"),
    Asked(name="under_age", kind="note", relevant=f"{_AGREED} and not({_ADULT})"),
)
# The ladder of outcomes from recall to behaviour, and what must not get worse.
THEN: tuple[Asked, ...] = (
    Asked(name="sex", kind="select_one sexes"),
    _yes_no("seen_control", Rung.RECALL, desired=Direction.FEWER, endline=True),
    _yes_no("seen_campaign", Rung.RECALL, endline=True),
    Asked(
        name="seen_where", kind="select_multiple channels", relevant="${seen_campaign} = 'yes'", endline_only=True
    ),
    Asked(
        name="dangers_known", kind="select_multiple dangers", rung=Rung.KNOWLEDGE, counts=DANGERS, chosen=2
    ),
    _yes_no("promise_binding", Rung.KNOWLEDGE, "no"),
    _yes_no("protection_known", Rung.PROTECTION_AWARENESS),
    Asked(name="arrive_of_ten", kind="integer", constraint=". >= 0 and . <= 10"),  # what is true differs by route
    _agreement("smugglers_reliable", Rung.ATTITUDE, _DISAGREES),  # the other way round: who disagrees counts
    _yes_no("plans_irregular", Rung.INTENTION_IRREGULAR, desired=Direction.FEWER),
    _yes_no("asked_advice", Rung.BEHAVIOUR),
    _yes_no("would_try_legal_way", Rung.INTENTION_REGULAR),
    _agreement("trusts_advice", Rung.TRUST, _AGREES),
    _yes_no("very_afraid", Rung.DISTRESS, desired=Direction.FEWER),
    _agreement("blames_migrants", Rung.STIGMA, _AGREES, Direction.FEWER),
)  # fmt: skip
QUESTIONS: Mapping[str, Asked] = {asked.name: asked for asked in (*FIRST, *THEN)}


@cache
def texts() -> dict[tuple[str, str], dict[str, str]]:
    """The text of each part of the form in each language, by what it is (question, hint, a list) and its name."""
    with TEXTS.open(encoding="utf-8", newline="") as file:
        return {(row["part"], row["name"]): {tag: row[tag] for tag in LANGUAGES} for row in csv.DictReader(file)}


def labels(part: str, name: str) -> tuple[str, ...]:
    """One text in each language, as exports write it in the place of its name."""
    return tuple(texts().get((part, name), {}).values())


def choices(name: str) -> dict[str, tuple[str, ...]]:
    """For each answer of a list its code and then its labels."""
    return {choice: (choice, *labels(part, choice)) for part, choice in texts() if part == name}


def outcomes(wave: Wave = Wave.AFTER) -> tuple[Outcome, ...]:
    """The outcomes of a form, as a campaign's record holds them."""
    return tuple(
        Outcome(
            id=asked.name,
            rung=asked.rung,
            question=texts()["question", asked.name]["en"],
            column=asked.name,
            counts=asked.counts,
            chosen=asked.chosen,
            desired=asked.desired,
        )
        for asked in THEN
        if asked.rung is not None and not (asked.endline_only and wave == Wave.BEFORE)
    )


def workbook(wave: Wave) -> bytes:
    """The form of one wave as an XLSForm."""
    import xlsxwriter  # only where somebody wants the form

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        for title, rows in (("survey", _survey(wave)), ("choices", _choices(wave)), ("settings", _settings(wave))):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write(number, place, cell)
    return content.getvalue()


def _survey(wave: Wave) -> Iterator[list[str]]:
    told = ("label", "hint", "constraint_message")
    yield [
        "type", "name", *(f"{what}::{title}" for what in told for title in LANGUAGES.values()),
        "required", "relevant", "constraint", "calculation",
    ]  # fmt: skip
    bare = [""] * len(told) * len(LANGUAGES)
    for kind in ("start", "end", "today"):
        yield [kind, kind, *bare, "", "", "", ""]
    yield ["calculate", "wave", *bare, "", "", "", f"'{wave}'"]
    for title, text in TITLES.items():
        if wave == Wave.AFTER:
            yield ["calculate", title, *bare, "", "", "", f"'{text}'"]
    yield from map(_row, FIRST)
    group = [*_in_each_language("group", "interview"), *bare[len(LANGUAGES) :]]
    yield ["begin_group", "interview", *group, "", f"{_AGREED} and {_ADULT}", "", ""]
    yield from (_row(asked) for asked in THEN if not (asked.endline_only and wave == Wave.BEFORE))
    yield ["end_group", "", *bare, "", "", "", ""]


def _row(asked: Asked) -> list[str]:
    parts = ("question", "hint", "constraint")
    said = [text for part in parts for text in _in_each_language(part, asked.name)]
    required = "yes" if asked.required else ""
    return [asked.kind, asked.name, *said, required, asked.relevant, asked.constraint, ""]


def _in_each_language(part: str, name: str) -> tuple[str, ...]:
    return labels(part, name) or ("",) * len(LANGUAGES)


def _choices(wave: Wave) -> Iterator[list[str]]:
    yield ["list_name", "name", *(f"label::{title}" for title in LANGUAGES.values())]
    for name in LISTS:
        if name != "channels" or wave == Wave.AFTER:
            yield from ([name, *spellings] for spellings in choices(name).values())


def _settings(wave: Wave) -> Iterator[list[str]]:
    yield ["form_title", "form_id", "version", "default_language"]
    when = "before" if wave == Wave.BEFORE else "after"
    yield [f"Awareness survey, {when} the campaign", f"awareness_{when}", "2026010100", LANGUAGES["en"]]
