"""The groups that delivery, answers and populations are held against each other by, whatever each writes."""

import pandas as pd

from metrics.audience import OLDEST, age_band

ADULT = 18
UNKNOWN = ("", "U", "unknown")
BREAKDOWNS = ("sex", "age", "country", "language")


def group_of(value: object, breakdown: str) -> str | None:
    """The one code of a group that platforms and surveys write in several ways; None where it is not known.

    Ages are bands such as 18-24 and 65+; everybody under 18 is one band, as in surveys. Languages are told apart by
    their main tag: fr-SN is French.

    >>> group_of("Y18T24", "age"), group_of("13-17", "age"), group_of("Y_GE65", "age")
    ('18-24', '0-17', '65+')
    >>> group_of("fr-SN", "language"), group_of("U", "sex")
    ('fr', None)
    """
    if not isinstance(value, str) or value in UNKNOWN:
        return None
    if breakdown == "language":
        return value.split("-")[0].lower()
    if breakdown != "age":
        return value
    band = age_band(value)
    if band is None:
        return None
    low, high = band
    if high < ADULT:
        return "0-17"
    return f"{low}+" if high == OLDEST else f"{low}-{high}"


def groups_of(values: "pd.Series[str]", breakdown: str) -> "pd.Series[str]":
    """`group_of` for each value of a column.

    >>> list(groups_of(pd.Series(["13-17", "18-24"]), "age"))
    ['0-17', '18-24']
    """
    return values.map(lambda value: group_of(value, breakdown)).astype(object)


def common_bands(*columns: "pd.Series[str]") -> dict[str, str]:
    """For each age band of several columns, the narrowest band that does not cut through any other.

    A platform's 55+ and a survey's 55 to 64 and 65+ are one group, 55+: anything finer would say of people who were
    reached that they were not.

    >>> common_bands(pd.Series(["18-24", "55+"]), pd.Series(["Y18T24", "Y55T64", "Y_GE65"]))
    {'18-24': '18-24', '55-64': '55+', '55+': '55+', '65+': '55+'}
    """
    known = {group for column in columns for group in groups_of(column, "age").dropna()}
    bands = sorted((band, group) for group in known if (band := age_band(group)) is not None)
    merged: dict[str, str] = {}
    together: list[str] = []
    low = high = -1
    for (first, last), group in bands:
        if first > high:
            low, high, together = first, last, []
        high = max(high, last)
        together.append(group)
        name = f"{low}+" if high == OLDEST else f"{low}-{high}"
        merged |= dict.fromkeys(together, name)
    return merged
