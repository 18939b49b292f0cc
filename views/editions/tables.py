"""The tables of an edition: what each column is, and its rows. One description serves the data and their dictionary."""

from collections.abc import Callable
from dataclasses import dataclass

from campaigns.vocabulary import METRICS
from metrics.evaluation import Evaluation
from views.reports.material import Material
from views.reports.together import body
from views.wording.disclosing import shown_certainty, shown_count, shown_estimate, shown_share
from views.wording.language import msgid

Value = str | int | float | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, its type by Table Schema, and what it holds."""

    name: str
    type: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A table: its name, what one row is, its columns, and its rows."""

    name: str
    row_is: str
    columns: tuple[Column, ...]
    rows: Callable[[Material], list[Row]]


def _text(name: str, holds: str) -> Column:
    return Column(name=name, type="string", holds=holds)


def _number(name: str, holds: str) -> Column:
    return Column(name=name, type="number", holds=holds)


def _whole(name: str, holds: str) -> Column:
    return Column(name=name, type="integer", holds=holds)


CAMPAIGN = _text("campaign", msgid("Identifier of the campaign."))
HIDDEN = msgid("Rounded; empty where few people stand behind it.")


def _results(material: Material) -> list[Row]:
    return [_result(found, material) for found in material.evaluations]


def _result(found: Evaluation, material: Material) -> Row:
    campaign, estimate, cost = found.campaign, shown_estimate(found, material.profile), found.cost
    certainty, outcome = shown_certainty(found), campaign.outcome
    return (
        campaign.id,
        campaign.title,
        campaign.organisation,
        " ".join(campaign.audience.countries),
        campaign.start.isoformat(),
        campaign.end.isoformat(),
        str(campaign.study.design),
        outcome.question if outcome else None,
        str(found.verdict.finding),
        certainty.name.lower() if certainty else None,
        estimate.estimate if estimate else None,
        estimate.conf_low if estimate else None,
        estimate.conf_high if estimate else None,
        outcome.smallest_important if outcome else None,
        shown_count(estimate.n, material.profile) if estimate else None,
        str(estimate.method) if estimate else None,
        cost.estimate,
        cost.conf_low,
        cost.conf_high,
        cost.currency,
        campaign.example,
    )


def _groups(material: Material) -> list[Row]:
    return [
        (
            found.campaign.id,
            str(group.arm),
            str(group.wave),
            shown_count(group.asked, material.profile),
            shown_count(group.answered, material.profile),
            shown_share(group, material.profile),
        )
        for found in material.evaluations
        if found.effect
        for group in found.effect.groups
    ]


def _delivery(material: Material) -> list[Row]:
    rows: list[Row] = []
    for found in material.evaluations:
        name, delivery = found.campaign.id, found.delivery
        rows += [(name, metric, total, total) for metric, total in delivery.totals.items()]
        if delivery.reach_low is not None:
            rows.append((name, "reach", delivery.reach_low, delivery.reach_high if delivery.reach_everywhere else None))
    return rows


def _spending(material: Material) -> list[Row]:
    return [
        (found.campaign.id, part.major, part.currency)
        for found in material.evaluations
        for part in found.delivery.spend
    ]


def _audience(material: Material) -> list[Row]:
    return [
        (found.campaign.id, share.breakdown, share.low, share.high, str(share.basis), share.total)
        for found in material.evaluations
        for share in found.audience
    ]


def _together(material: Material) -> list[Row]:
    found = body(material)
    pooled = found.pooled
    if pooled is None or found.certainty is None:
        return []
    figures = (pooled.estimate, pooled.conf_low, pooled.conf_high, pooled.prediction_low, pooled.prediction_high)
    return [(pooled.k, *figures, pooled.i2, found.certainty.name.lower())]


def _metrics(_: Material) -> list[Row]:
    return [(name, metric.unit, str(metric.additivity), metric.definition) for name, metric in METRICS.items()]


TABLES: tuple[DataTable, ...] = (
    DataTable(
        name="results",
        row_is=msgid("One campaign."),
        rows=_results,
        columns=(
            CAMPAIGN,
            _text("title", msgid("The campaign's title.")),
            _text("organisation", msgid("Who ran it.")),
            _text("countries", msgid("Countries of origin (ISO 3166-1 alpha-3), with blanks between.")),
            Column(name="start", type="date", holds=msgid("Its first day.")),
            Column(name="end", type="date", holds=msgid("Its last day.")),
            _text("design", msgid("How its effect was told apart from what would have happened anyway.")),
            _text("question", msgid("The question that was asked.")),
            _text("finding", msgid("What the data say, as a code.")),
            _text("certainty", msgid("How sure we are: high, moderate, low or very_low.")),
            _number("estimate", msgid("The change in the wished direction, as a share: 0.04 is four in a hundred.")),
            _number("conf_low", msgid("The lower end of its 95 % range.")),
            _number("conf_high", msgid("The upper end of its 95 % range.")),
            _number("smallest_important", msgid("The smallest change that matters, as a share.")),
            _whole("people_asked", HIDDEN),
            _text("method", msgid("How the estimate and its range were worked out, as a code.")),
            _number("cost", msgid("The cost of one additional person; empty where no cost may be given.")),
            _number("cost_low", msgid("The lower end of its 95 % range.")),
            _number("cost_high", msgid("The upper end of its 95 % range.")),
            _text("currency", msgid("Its currency (ISO 4217).")),
            Column(name="example", type="boolean", holds=msgid("Whether the campaign is simulated.")),
        ),
    ),
    DataTable(
        name="groups",
        row_is=msgid("One group at one time."),
        rows=_groups,
        columns=(
            CAMPAIGN,
            _text("arm", msgid("campaign or comparison")),
            _text("wave", msgid("before or after")),
            _whole("asked", HIDDEN),
            _whole("answered", HIDDEN),
            _number("share", msgid("The share whose answer counts, from rounded counts; empty where it is hidden.")),
        ),
    ),
    DataTable(
        name="delivery",
        row_is=msgid("One figure of a campaign, over all its platforms."),
        rows=_delivery,
        columns=(
            CAMPAIGN,
            _text("metric", msgid("What was counted; the table of metrics says what it means.")),
            _whole("low", msgid("How much at least.")),
            _whole("high", msgid("How much at most; empty where nobody knows.")),
        ),
    ),
    DataTable(
        name="spending",
        row_is=msgid("What a campaign paid to platforms, in one currency."),
        rows=_spending,
        columns=(
            CAMPAIGN,
            _number("amount", msgid("The amount, in whole units of the currency.")),
            _text("currency", msgid("Its currency (ISO 4217).")),
        ),
    ),
    DataTable(
        name="audience",
        row_is=msgid("A campaign's delivery by age, sex or country."),
        rows=_audience,
        columns=(
            CAMPAIGN,
            _text("breakdown", msgid("age, sex or country")),
            _number("low", msgid("The share that went to whom it was meant for, at least.")),
            _number("high", msgid("The share that went to whom it was meant for, at most.")),
            _text("counted", msgid("What the shares are shares of.")),
            _whole("total", msgid("How much of it there was in all.")),
        ),
    ),
    DataTable(
        name="together",
        row_is=msgid("The campaigns together; no row where they cannot be put together."),
        rows=_together,
        columns=(
            _whole("campaigns", msgid("How many campaigns.")),
            _number("estimate", msgid("Their average change, as a share.")),
            _number("conf_low", msgid("The lower end of its 95 % range.")),
            _number("conf_high", msgid("The upper end of its 95 % range.")),
            _number("prediction_low", msgid("The least that a similar campaign could change.")),
            _number("prediction_high", msgid("The most that a similar campaign could change.")),
            _number("i2", msgid("The share of the spread that lies between campaigns.")),
            _text("certainty", msgid("How sure we are: high, moderate, low or very_low.")),
        ),
    ),
    DataTable(
        name="metrics",
        row_is=msgid("One metric of the data dictionary."),
        rows=_metrics,
        columns=(
            _text("metric", msgid("Its name in these tables.")),
            _text("unit", msgid("Its unit.")),
            _text("additivity", msgid("How it may be put together over days and platforms.")),
            _text("definition", msgid("What it counts.")),
        ),
    ),
)
