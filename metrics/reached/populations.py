"""How the people meant are made up by a table of the population: known, not estimated from a sample."""

import pandas as pd

from campaigns.records import Audience
from metrics.audience import inside_audience, leaves_out
from metrics.reached.groups import groups_of
from metrics.reached.shares import Share

CROSSED = ("country", "sex", "age")


def population_shares(table: pd.DataFrame, audience: Audience, breakdown: str) -> tuple[Share, ...]:
    """The make-up of the people meant, among the population of their countries; empty where the table lacks them.

    Everybody of the ages, sexes and countries meant counts alike, whether or not they think of leaving: it says how the
    group is made up, not who is at risk. Bands that are only partly meant make the table unusable for the campaign, for
    nobody knows which of their people are.

    Parameters
    ----------
    table
        One row a country, sex and age: columns `country`, `sex`, `age`, `people`.

    Examples
    --------
    >>> young = Audience(description="the young", countries=("SEN",), languages=("wo",), age_low=18, age_high=34)
    >>> table = pd.DataFrame({"country": "SEN", "sex": ["F", "M"] * 2, "age": ["18-24"] * 2 + ["65+"] * 2})
    >>> table["people"] = [300, 200, 90, 60]
    >>> [(share.group, share.value) for share in population_shares(table, young, "sex")]
    [('F', 0.6), ('M', 0.4)]
    """
    if breakdown not in CROSSED:
        return ()
    meant = table
    for name in CROSSED:
        if leaves_out(audience, name):
            verdicts = [inside_audience(str(value), name, audience) for value in meant[name]]
            if None in verdicts:
                return ()
            meant = meant[[verdict is True for verdict in verdicts]]
    if set(meant["country"]) != set(audience.countries):  # a country without figures would seem to have nobody
        return ()
    people = meant.assign(group=groups_of(meant[breakdown], breakdown)).groupby("group")["people"].sum()
    total = float(people.sum())
    return tuple(
        Share(group=str(group), value=float(count) / total, amount=float(count))
        for group, count in people.items()
        if total and count
    )
