"""Was the intended audience reached: the share of what was delivered that went to the people it was meant for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from campaigns.records import Audience, Sex

BAND = re.compile(
    r"Y?(?P<low>\d{1,3})\s*(?:[-–—T]|to|a|à)\s*(?P<high>\d{1,3})|(?:Y_GE(?P<least>\d{1,3}))|(?P<from>\d{1,3})\s*\+"
    r"|Y_LT(?P<below>\d{1,3})"
)
OLDEST = 150


class Basis(StrEnum):
    """What the shares are shares of, from the figure closest to people to the one furthest from them."""

    REACH = "reach"
    IMPRESSIONS = "impressions"
    VIEWS = "views"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedShare:
    """How much of the delivery went to the intended group, by one breakdown.

    Attributes
    ----------
    breakdown
        age, sex, country or language.
    low, high
        Share of delivery, 0 to 1, in the intended group: `low` counts cells that are partly or not known to be in
        it as outside, `high` as inside. The truth lies between the two.
    basis
        What was counted.
    total
        How much of it there was, in all cells.
    missed
        Intended values that received nothing at all, such as a country of origin.
    """

    breakdown: str
    low: float
    high: float
    basis: Basis
    total: int
    missed: tuple[str, ...] = ()


def intended_share(audience: Audience, breakdown: str, cells: pd.DataFrame) -> IntendedShare | None:
    """Share of delivery that went to the audience's intended ages, sexes, countries or languages.

    Parameters
    ----------
    audience
        Whom the campaign meant to reach.
    breakdown
        ``age``, ``sex`` or ``country``.
    cells
        One row a value of the breakdown: columns `value` (a band such as 18-24, an SDMX sex code, an ISO 3166
        alpha-3 code, a BCP 47 tag; missing where the platform does not know), the figures `reach_high`, `impressions`,
        `views`, and where there are several platforms `platform`.

    Returns
    -------
    IntendedShare or None
        None where the audience sets no limit on this breakdown, or where nothing was delivered: there is no share
        of nothing. No interval is given: these are counts of everything delivered, not a sample.

    Notes
    -----
    People reached are counted once per cell, so their cells may be added over values that exclude each other (ages,
    sexes) as an upper bound; the share is the same question asked of each platform's own estimate.

    Examples
    --------
    >>> from campaigns.records import Audience
    >>> young = Audience(description="young adults", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    >>> cells = pd.DataFrame({"value": ["18-24", "25-34", "35-44", None], "impressions": [600, 200, 150, 50]})
    >>> share = intended_share(young, "age", cells)
    >>> share.low, share.high
    (0.8, 0.85)
    """
    wanted = _wanted(audience, breakdown)
    basis = _basis(cells)
    if wanted is None or basis is None:
        return None
    amounts = cells[_column(basis)].fillna(0).astype(float)
    total = float(amounts.sum())
    inside = unsure = 0.0
    reached: set[str] = set()
    for value, amount in zip(cells["value"], amounts, strict=True):
        known = None if pd.isna(value) else str(value)
        verdict = inside_audience(known, breakdown, audience)
        inside += amount if verdict is True else 0
        unsure += amount if verdict is None else 0
        if known is not None and amount > 0:
            reached.add(_tag(known) if breakdown == "language" else known)
    return IntendedShare(
        breakdown=breakdown,
        low=inside / total,
        high=(inside + unsure) / total,
        basis=basis,
        total=round(total),
        missed=tuple(sorted(wanted - reached)),
    )


def intended_shares(audience: Audience, cells: Mapping[str, pd.DataFrame]) -> tuple[IntendedShare, ...]:
    """`intended_share` for each breakdown that the data have and the audience limits, in their order.

    >>> young = Audience(description="young adults", countries=("SEN",), languages=(), age_low=18, age_high=34)
    >>> ages = pd.DataFrame({"value": ["18-24", "35-44"], "impressions": [60, 20]})
    >>> cells = {"age": ages, "sex": pd.DataFrame({"value": ["F"], "impressions": [80]}), "country": ages.iloc[:0]}
    >>> [(share.breakdown, share.low) for share in intended_shares(young, cells)]
    [('age', 0.75)]
    """
    shares = (intended_share(audience, breakdown, table) for breakdown, table in cells.items() if len(table))
    return tuple(share for share in shares if share is not None)


def age_band(text: str) -> tuple[int, int] | None:
    """Lowest and highest age of a band, as platforms write it or by its SDMX code; 65+ runs to 150.

    >>> age_band("18–24"), age_band("65+"), age_band("unknown")
    ((18, 24), (65, 150), None)
    >>> age_band("Y18T24"), age_band("Y_LT18"), age_band("Y_GE65")
    ((18, 24), (0, 17), (65, 150))
    """
    found = BAND.search(text)
    if not found:
        return None
    if found["below"]:
        return 0, int(found["below"]) - 1
    if found["low"]:
        return int(found["low"]), int(found["high"])
    return int(found["least"] or found["from"]), OLDEST


def inside_audience(value: str | None, breakdown: str, audience: Audience) -> bool | None:
    """True where a group is among those meant, False where not, None where that is not known or nobody is left out.

    >>> from campaigns.records import Audience
    >>> young = Audience(description="the young", countries=("SEN",), languages=("wo", "fr"), age_low=18, age_high=34)
    >>> inside_audience("18-24", "age", young), inside_audience("13-20", "age", young)
    (True, None)
    >>> inside_audience("fr-SN", "language", young), inside_audience("en", "language", young)
    (True, False)
    """
    wanted = _wanted(audience, breakdown)
    if wanted is None or value is None or value == Sex.UNKNOWN:
        return None
    if breakdown == "language":
        return _tag(value) in wanted
    if breakdown != "age":
        return value in wanted
    band = age_band(value)
    if band is None:
        return None
    low, high = audience.age_low or 0, audience.age_high or OLDEST
    if band[1] < low or band[0] > high:
        return False
    return True if low <= band[0] and band[1] <= high else None


def leaves_out(audience: Audience, breakdown: str) -> bool:
    """Whether anybody is not meant by their age, sex, country or language.

    >>> from campaigns.records import Audience
    >>> leaves_out(Audience(description="all", countries=("SEN",), languages=()), "sex")
    False
    """
    return _wanted(audience, breakdown) is not None


def _wanted(audience: Audience, breakdown: str) -> frozenset[str] | None:
    if breakdown == "age":
        return frozenset() if audience.age_low is not None or audience.age_high is not None else None
    if breakdown == "sex":
        return frozenset(audience.sexes) or None
    if breakdown == "country":
        return frozenset(audience.countries)
    if breakdown == "language":
        return frozenset(map(_tag, audience.languages)) or None
    raise ValueError(f"breakdown is {breakdown!r}, must be age, sex, country or language")


def _tag(language: str) -> str:
    """The main part of a tag: platforms tell fr-FR from fr-SN, records hardly ever."""
    return language.split("-")[0].lower()


def _basis(cells: pd.DataFrame) -> Basis | None:
    """The best figure that all platforms give, else that any gives: a share of one platform would pass for all."""
    source = cells["platform"] if "platform" in cells else pd.Series("", index=cells.index)
    givers = {basis: set(source[cells[_column(basis)].gt(0)]) for basis in Basis if _column(basis) in cells}
    everybody = set().union(*givers.values())
    by_all = (basis for basis, platforms in givers.items() if platforms and platforms == everybody)
    return next(by_all, next((basis for basis, platforms in givers.items() if platforms), None))


def _column(basis: Basis) -> str:
    return "reach_high" if basis == Basis.REACH else str(basis)
