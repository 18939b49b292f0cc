"""How many interviews which change needs: the picture and the table."""

import pandas as pd

from campaigns.records import Money
from metrics.plans import people_needed, places_needed
from views import page
from views.charts.detectable import detectable_chart
from views.planning.asking import Asked
from views.wording import Words

CHANGES = (0.03, 0.05, 0.10, 0.15)


def show_sizes(asked: Asked, words: Words) -> None:
    """What more or fewer interviews would show."""
    survey = asked.survey
    notes = ((words.in_files("Method"), words.in_files("power 80 in 100 of a 95 % range that excludes no change")),)
    if survey.sd is None:
        picture = detectable_chart(survey, asked.important, words)
        page.show_picture(picture, words, name="plan", notes=notes)
    table = sizes_table(asked, words)
    page.show_table(table, words)
    page.offer_csv(table, words, name="interviews", notes=notes)


def sizes_table(asked: Asked, words: Words) -> pd.DataFrame:
    """Interviews that changes of several sizes need, in all and in money."""
    plain, survey = words.in_files, asked.survey
    sizes = (asked.important / 2, asked.important, 2 * asked.important) if survey.sd is not None else CHANGES
    rows = []
    for change in sizes:
        people = people_needed(survey, change)
        places = places_needed(survey, change)
        total = None if people is None else people * survey.groups * survey.waves
        rows.append(
            {
                plain("To see a change of"): plain.number(change, 2)
                if survey.sd is not None
                else plain("{n} in 100", n=plain.per_hundred(change)),
                plain("Interviews in each group"): _or_never(people, plain),
                **({plain("Places in each group"): _or_never(places, plain)} if survey.places else {}),
                plain("Interviews in all"): _or_never(total, plain),
                **({plain("Cost"): _cost(asked, total, plain)} if asked.cost else {}),
            }
        )
    return pd.DataFrame(rows)


def _or_never(n: int | None, words: Words) -> str:
    return words("no number is enough") if n is None else words.number(n)


def _cost(asked: Asked, interviews: int | None, words: Words) -> str:
    if asked.cost is None or interviews is None:
        return ""
    amount = round(asked.cost.amount * interviews / asked.survey.interviews)
    return words.money(Money(amount=amount, currency=asked.cost.currency))
