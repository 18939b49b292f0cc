"""What a campaign cost and what for, as sentences and cells."""

import math

from campaigns.records import Money
from metrics.costs import Converted, CostPlane, Counted, DeliveredCost, NetBenefit
from metrics.estimates import Reason
from views.wording.figures import amount
from views.wording.language import Words, msgid
from views.wording.reasons import refusal_sentence
from views.wording.terms import metric_name

SMALLEST = 0.1  # of a currency: what costs less is said of a thousand
PARTS: dict[str, str] = {
    "media": msgid("Platforms and media"),
    "production": msgid("Production"),
    "staff": msgid("Staff"),
    "evaluation": msgid("Evaluation (not part of the total)"),
}
COUNTED: dict[Counted, str] = {
    Counted.REACHED: msgid("Person reached"),
    Counted.COMPLETED: msgid("Completed view"),
    Counted.CLICKED: msgid("Click"),
}


def delivered_label(cost: DeliveredCost, words: Words) -> str:
    """A cost for a cell: its figure and range, its bounds, or "not known"; of a thousand where one costs a fraction."""
    known = [value for value in (cost.estimate, cost.low, cost.high) if value is not None]
    if cost.currency is None or cost.reason is not None or not known:
        return words("not known")
    thousands = 0 < min(known) < SMALLEST
    shown = {
        name: ""
        if value is None or math.isinf(value)
        else amount(value * (1000 if thousands else 1), cost.currency, words)
        for name, value in (("estimate", cost.estimate), ("low", cost.low), ("high", cost.high))
    }
    said = words(_pattern(cost), **shown)
    return words("{amount} for every 1,000", amount=said) if thousands else said


def _pattern(cost: DeliveredCost) -> str:
    """How figure and range are put."""
    if cost.counted == Counted.REACHED:
        if cost.low is None:
            return msgid("at most {high}")
        return "{low}" if cost.low == cost.high else msgid("between {low} and {high}")
    if cost.low is None or cost.high is None:
        return "{estimate}"
    return msgid("{estimate} ({low} or more)") if math.isinf(cost.high) else msgid("{estimate} ({low} to {high})")


def delivered_basis(cost: DeliveredCost, words: Words) -> str:
    """What was counted, how many, over how many days; or why there is no cost."""
    if cost.reason == Reason.NO_RESULTS and cost.metric is None:
        return words("No export counts them.")
    if cost.reason is not None:
        return refusal_sentence(cost.reason, words)
    if cost.counted == Counted.REACHED:
        return words("People of several days or platforms cannot be added up: bounds, not a range of chance.")
    metric, results = metric_name(cost.metric or "", words), words.number(cost.results or 0)
    if cost.low is None:
        return words("{metric}: {results}. Too few days to see how much it varies.", metric=metric, results=results)
    return words.plural(
        "{metric}: {results}, over {n} day.", "{metric}: {results}, over {n} days.", cost.days,
        metric=metric, results=results,
    )  # fmt: skip


def plane_sentence(plane: CostPlane, words: Words) -> str:
    """In how many of the simulated outcomes one more person costs less than a round price."""
    return words(
        "In {count} of {dots} simulated outcomes one additional person costs under {price}.",
        count=words.number(plane.under(plane.likely_price)),
        dots=words.number(len(plane.outcomes)),
        price=amount(plane.likely_price, plane.currency, words),
    )


def worth_sentence(found: NetBenefit, currency: str, words: Words) -> str:
    """What the campaign was worth less what it cost, at a price for one more person."""
    if found.estimate < 0:
        return words(
            "If one additional person is worth {price}, the campaign cost {lacking} more than it was worth; the chance "
            "that it was worth its cost is {chance} in 100.",
            price=amount(found.willingness_to_pay, currency, words),
            lacking=amount(-found.estimate, currency, words),
            chance=words.number(min(99, max(1, round(100 * found.probability_worth_it)))),
        )
    return words(
        "If one additional person is worth {price}, the campaign was worth {estimate} more than it cost (between {low} "
        "and {high}); the chance that it was worth its cost is {chance} in 100.",
        price=amount(found.willingness_to_pay, currency, words),
        estimate=amount(found.estimate, currency, words),
        low=amount(found.conf_low, currency, words),
        high=amount(found.conf_high, currency, words),
        chance=words.number(min(99, max(1, round(100 * found.probability_worth_it)))),
    )


def conversion_sentence(spent: Money, into: Converted, spent_in: int, country: str, words: Words) -> str:
    """How an amount became one of another currency or year."""
    return words(
        "{spent} of {year} are {amount} at prices of {other}: prices in {country} times {inflation}, exchange rate "
        "(mean of {other}) times {exchange}.",
        spent=words.money(spent),
        year=str(spent_in),
        amount=amount(into.amount, into.currency, words),
        other=str(into.year),
        country=country,
        inflation=words.number(into.inflation, 3),
        exchange=words.number(into.exchange, 6 if into.exchange < 0.1 else 3),
    )


def price_year_sentence(currency: str, year: int, words: Words) -> str:
    """Which money the figures are in."""
    return words("Amounts in {currency}, as paid, at prices of {year}.", currency=currency, year=str(year))
