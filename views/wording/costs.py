"""What a campaign cost and what for, as sentences and cells."""

import math

from campaigns.records import Money
from metrics.costs import Converted, CostPlane, Counted, DeliveredCost, NetBenefit
from views.wording.figures import amount
from views.wording.language import Words, msgid
from views.wording.reasons import refusal_sentence
from views.wording.terms import metric_name

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


def price(major: float, currency: str, words: Words) -> str:
    """An amount that may be a fraction of the smallest coin."""
    if major and abs(major) < 0.1:
        return words("{amount} for every 1,000", amount=amount(1000 * major, currency, words))
    return amount(major, currency, words)


def delivered_label(cost: DeliveredCost, words: Words) -> str:
    """A cost for a cell: its figure and range, its bounds, or "not known"."""
    if cost.currency is None or cost.reason is not None:
        return words("not known")
    if cost.counted == Counted.REACHED:
        return _bounds(cost, cost.currency, words)
    if cost.estimate is None:
        return words("not known")
    said = price(cost.estimate, cost.currency, words)
    if cost.low is None or cost.high is None:
        return said
    low = price(cost.low, cost.currency, words)
    if math.isinf(cost.high):
        return words("{estimate} ({low} or more)", estimate=said, low=low)
    return words("{estimate} ({low} to {high})", estimate=said, low=low, high=price(cost.high, cost.currency, words))


def _bounds(cost: DeliveredCost, currency: str, words: Words) -> str:
    if cost.high is None:
        return words("not known")
    high = price(cost.high, currency, words)
    if cost.low is None:
        return words("at most {high}", high=high)
    if cost.low == cost.high:
        return high
    return words("between {low} and {high}", low=price(cost.low, currency, words), high=high)


def delivered_basis(cost: DeliveredCost, words: Words) -> str:
    """What was counted, how many, over how many days; or why there is no cost."""
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
