"""Money of one currency and year in another, by stored exchange rates and price rises."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from campaigns.records import Money
from campaigns.vocabulary import COUNTRIES, CURRENCIES, minor_units
from metrics.costs.people import Cost
from metrics.estimates import Measure, NotEstimable, Reason

BASE = "EUR"  # what the stored exchange rates are rates to


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Stored factors.

    Attributes
    ----------
    exchange
        Units of a currency for one euro, mean of the year, by currency and year.
    inflation
        Rise of consumer prices over the year before, by country and year: 0.02 is two in a hundred.
    """

    exchange: Mapping[tuple[str, int], float]
    inflation: Mapping[tuple[str, int], float]

    @classmethod
    def of(cls, table: pd.DataFrame) -> "Prices":
        """The factors in a table such as `data/rates.csv`, which anybody may replace or add to.

        Parameters
        ----------
        table
            Columns `kind` (exchange, inflation), `code` (ISO 4217 currency, ISO 3166 alpha-3 country), `year` and
            `value`.

        Examples
        --------
        >>> row = {"kind": "exchange", "code": "USD", "year": 2024, "value": 1.0824}
        >>> Prices.of(pd.DataFrame([row])).exchange
        {('USD', 2024): 1.0824}
        """
        kinds: dict[str, dict[tuple[str, int], float]] = {"exchange": {}, "inflation": {}}
        known = {"exchange": CURRENCIES, "inflation": COUNTRIES}
        rows = zip(*(table[name] for name in ("kind", "code", "year", "value")), strict=True)
        for kind, code, year, value in rows:
            if kind not in kinds or code not in known[kind]:
                raise ValueError(
                    f"{kind!r} of {code!r} must be the exchange of a currency or the inflation of a country"
                )
            key, number = (str(code), int(year)), float(value)
            if not math.isfinite(number) or number <= (0 if kind == "exchange" else -1):
                raise ValueError(f"{kind} of {code} in {year} is {value}, which cannot be")
            if key in kinds[kind]:
                raise ValueError(f"{kind} of {code} in {year} is given twice")
            kinds[kind][key] = number
        return cls(exchange=kinds["exchange"], inflation=kinds["inflation"])

    def rate(self, currency: str, year: int) -> float | None:
        """Units of a currency for one euro; None where it is not known."""
        return 1.0 if currency == BASE else self.exchange.get((currency, year))

    def rise(self, country: str, first: int, last: int) -> float | None:
        """Prices of one year as a multiple of those of another; None where a year between them is not known."""
        low, high = min(first, last), max(first, last)
        steps = [self.inflation.get((country, year)) for year in range(low + 1, high + 1)]
        known = [step for step in steps if step is not None]
        if len(known) < len(steps):
            return None
        factor = math.prod(1 + step for step in known)
        return factor if last >= first else 1 / factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """An amount in whole units of `currency` at prices of `year`, and the factors that led to it."""

    amount: float
    currency: str
    year: int
    exchange: float
    inflation: float

    @property
    def factor(self) -> float:
        """What an amount of the first currency and year is to be multiplied by."""
        return self.exchange * self.inflation


def converted(
    money: Money, *, spent_in: int, country: str, currency: str, year: int, prices: Prices
) -> Converted | NotEstimable:
    """Money as it would be in another currency at another year's prices.

    First the price rise of the country where it was spent, then the exchange rate of the year wanted: what was bought
    there was paid at its prices. A year or currency that the table lacks is refused, never taken from its neighbour.

    Parameters
    ----------
    spent_in
        Year in which it was spent.
    country
        Where, as ISO 3166 alpha-3.
    currency, year
        What it is wanted in.

    References
    ----------
    Turner, Lauer, Tran, Teerawattananon and Jit (2019), Value in Health 22:1026-1032.

    Examples
    --------
    >>> prices = Prices(
    ...     exchange={("GBP", 2024): 0.8466}, inflation={("GBR", 2023): 0.0679, ("GBR", 2024): 0.0327}
    ... )
    >>> spent = Money(amount=100_000, currency="GBP")
    >>> now = converted(spent, spent_in=2022, country="GBR", currency="EUR", year=2024, prices=prices)
    >>> f"{now.amount:.2f} {now.currency} of {now.year}"
    '1302.65 EUR of 2024'
    """
    own, wanted = prices.rate(money.currency, year), prices.rate(currency, year)
    exchange = 1.0 if money.currency == currency else wanted / own if wanted and own else None
    inflation = prices.rise(country, spent_in, year)
    if exchange is None or inflation is None:
        return NotEstimable(measure=Measure.COST_RATIO, reason=Reason.PRICES_NOT_KNOWN, n=0)
    amount = money.major * inflation * exchange
    return Converted(amount=amount, currency=currency, year=year, exchange=exchange, inflation=inflation)


def money_in(money: Money, into: Converted) -> Money:
    """Another amount of the same campaign by the factors of a conversion, in the smallest unit of its currency.

    Examples
    --------
    >>> into = Converted(amount=0.0, currency="EUR", year=2025, exchange=1 / 655.957, inflation=1.0)
    >>> money_in(Money(amount=655_957, currency="XOF"), into)
    Money(amount=100000, currency='EUR')
    """
    return Money(amount=round(money.major * into.factor * 10 ** minor_units(into.currency)), currency=into.currency)


def restated(cost: Cost, into: Converted) -> Cost:
    """A cost in the currency and prices of a conversion of what was spent; one without a figure stays as it is.

    Examples
    --------
    >>> cost = Cost(estimate=2.0, conf_low=1.5, conf_high=4.0, conf_level=0.95, currency="GBP")
    >>> into = Converted(amount=240.0, currency="EUR", year=2024, exchange=1.2, inflation=1.0)
    >>> restated(cost, into).conf_high, restated(cost, into).currency
    (4.8, 'EUR')
    """
    if cost.estimate is None or cost.conf_low is None or cost.conf_high is None:
        return cost
    return replace(
        cost,
        estimate=cost.estimate * into.factor,
        conf_low=cost.conf_low * into.factor,
        conf_high=cost.conf_high * into.factor,
        currency=into.currency,
    )
