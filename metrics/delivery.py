"""What the platforms counted: seen, watched, clicked, paid. None of it says that anybody's awareness changed."""

from dataclasses import dataclass

import pandas as pd

from campaigns.records import Money
from campaigns.vocabulary import METRICS, Additivity, minor_units


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a campaign's platforms counted, added up where it may be.

    Attributes
    ----------
    platforms
        Where figures came from.
    totals
        Additive metric to its sum over platforms; a metric nobody reported is absent, not zero.
    reach_low, reach_high
        People: at least the largest part, at most the sum of the parts; None where no platform reported reach.
    reach_everywhere
        Whether every platform that counted anything counted people; where not, more people saw the campaign.
    spend
        One amount a currency: amounts in different currencies are not added.
    """

    platforms: tuple[str, ...]
    totals: dict[str, int]
    reach_low: int | None
    reach_high: int | None
    spend: tuple[Money, ...]
    reach_everywhere: bool = True

    @property
    def reach(self) -> int | None:
        """People reached, where that is one number and neither a range nor that of some platforms only."""
        return self.reach_low if self.reach_low == self.reach_high and self.reach_everywhere else None

    @classmethod
    def from_frame(cls, rows: pd.DataFrame) -> "Delivery":
        """Add up one row a platform and currency, whose metrics are in the units of the metric dictionary.

        Examples
        --------
        >>> rows = pd.DataFrame({"platform": ["x"], "currency": ["EUR"], "impressions": [900], "spend": [12_500_000]})
        >>> delivery = Delivery.from_frame(rows)
        >>> delivery.totals, delivery.spend[0].major
        ({'impressions': 900}, 12.5)
        """
        additive = [name for name in rows.columns if name in METRICS and METRICS[name].additivity == Additivity.SUM]
        totals = {name: int(rows[name].sum()) for name in additive if name != "spend" and rows[name].notna().any()}
        return cls(
            platforms=tuple(sorted(set(rows["platform"]))) if "platform" in rows else (),
            totals=totals,
            reach_low=_people(rows, "reach_low", largest=True),
            reach_high=_people(rows, "reach_high", largest=False),
            spend=_spend(rows),
            reach_everywhere="reach_high" in rows and bool(rows["reach_high"].notna().all()),
        )


def _people(rows: pd.DataFrame, column: str, *, largest: bool) -> int | None:
    if column not in rows or not rows[column].notna().any():
        return None
    return int(rows[column].max() if largest else rows[column].sum())


def _spend(rows: pd.DataFrame) -> tuple[Money, ...]:
    if "spend" not in rows or "currency" not in rows:
        return ()
    paid = rows.dropna(subset=["spend", "currency"])
    return tuple(
        Money(amount=round(int(total) * 10 ** minor_units(currency) / METRICS["spend"].scale), currency=currency)
        for currency, total in ((str(name), part["spend"].sum()) for name, part in paid.groupby("currency"))
    )
