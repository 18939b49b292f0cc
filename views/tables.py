"""Results become tables: display frames of words for the screen, frames of plain numbers for files.

Every frame holds plain text. `on_screen` makes one safe for Markdown, `csv_bytes` for spreadsheets.
"""

import csv
import io
from collections.abc import Sequence
from numbers import Real

import pandas as pd

from campaigns.vocabulary import METRICS
from metrics.evaluation import Evaluation
from metrics.verdicts import Finding, rank_key
from views.wording.disclosing import (
    STANDARD,
    Profile,
    shown_certainty,
    shown_cost,
    shown_count,
    shown_estimate,
    shown_share,
    written_count,
)
from views.wording.figures import missed_names, share_label
from views.wording.language import Words
from views.wording.terms import country_name, metric_definition, metric_name, term
from views.wording.verdicts import certainty_label, verdict_label

NOTHING = "—"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def answer_figures(
    evaluations: Sequence[Evaluation], words: Words, *, profile: Profile | None = STANDARD
) -> pd.DataFrame:
    """What each campaign that asked people achieved, one a row, the surest first: numbers, to calculate with."""
    words = words.in_files
    rows = []
    for evaluation in _ranked(evaluations):
        estimate, outcome = shown_estimate(evaluation, profile), evaluation.campaign.outcome
        cost = shown_cost(evaluation, profile)
        rows.append(
            {
                words("Campaign"): evaluation.campaign.title,
                words("What we say"): verdict_label(evaluation, words),
                words("Certainty"): certainty_label(shown_certainty(evaluation), words),
                words("Change per 100 people"): _per_hundred(estimate.estimate if estimate else None),
                words("Range from"): _per_hundred(estimate.conf_low if estimate else None),
                words("Range to"): _per_hundred(estimate.conf_high if estimate else None),
                words("Smallest change that matters"): _per_hundred(outcome.smallest_important if outcome else None),
                words("People asked"): shown_count(estimate.n, profile) if estimate else None,
                words("Design"): term(evaluation.campaign.study.design, words),
                words("Method"): str(estimate.method) if estimate else None,
                words("Cost of one additional person"): _rounded(cost.estimate),
                words("Cost from"): _rounded(cost.conf_low),
                words("Cost to"): _rounded(cost.conf_high),
                words("Currency"): cost.currency,
            }
        )
    return pd.DataFrame(rows)


def not_measured_table(evaluations: Sequence[Evaluation], words: Words) -> pd.DataFrame:
    """Campaigns of which only delivery is known: how often seen, by how many people, for how much.

    Columns (translated): campaign, countries, times shown, people reached (a range where platforms overlap), spend.
    """
    words = words.in_files
    rows = []
    for evaluation in evaluations:
        if evaluation.verdict.finding != Finding.NOT_MEASURED:
            continue
        delivery = evaluation.delivery
        seen = delivery.totals.get("impressions")
        rows.append(
            {
                words("Campaign"): evaluation.campaign.title,
                words("Country"): _countries(evaluation, words),
                metric_name("impressions", words): NOTHING if seen is None else words.number(seen),
                metric_name("reach", words): reach_label(evaluation, words),
                metric_name("spend", words): words.listed(words.money(part) for part in delivery.spend) or NOTHING,
            }
        )
    return pd.DataFrame(rows)


def reach_label(evaluation: Evaluation, words: Words) -> str:
    """People reached: one figure, or the two that the truth lies between, because one person is on many platforms.

    Where a platform counted no people, only the least is known.
    """
    low, high = evaluation.delivery.reach_low, evaluation.delivery.reach_high
    if low is None or high is None:
        return NOTHING
    if not evaluation.delivery.reach_everywhere:
        return words("at least {low}", low=words.number(low))
    if low == high:
        return words.number(low)
    return words("{low} to {high}", low=words.number(low), high=words.number(high))


def groups_table(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> pd.DataFrame:
    """How each group answered at each time: people asked, people who answered, and the share whose answer counts."""
    words = words.in_files
    rows = []
    for group in evaluation.effect.groups if evaluation.effect else ():
        share = shown_share(group, profile)
        rows.append(
            {
                words("Group"): term(group.arm, words),
                words("When"): term(group.wave, words),
                words("People asked"): written_count(group.asked, words, profile),
                words("Answered"): written_count(group.answered, words, profile),
                words("Gave the answer that counts"): words("hidden") if share is None else words.percent(share),
            }
        )
    return pd.DataFrame(rows)


def delivery_table(evaluation: Evaluation, words: Words) -> pd.DataFrame:
    """What the platforms counted, with what each figure means. None of it shows that awareness changed."""
    words = words.in_files
    delivery = evaluation.delivery
    figures = [(metric, _total(metric, total, words)) for metric, total in delivery.totals.items()]
    if delivery.reach_high is not None:
        figures.insert(0, ("reach", reach_label(evaluation, words)))
    figures += [("spend", words.money(part)) for part in delivery.spend]
    return pd.DataFrame(
        [
            {
                words("Figure"): metric_name(metric, words),
                words("Total"): total,
                words("What it counts"): metric_definition(metric, words),
            }
            for metric, total in figures
        ]
    )


def _total(metric: str, total: int, words: Words) -> str:
    amount = total / METRICS[metric].scale
    return words.hours(amount) if METRICS[metric].unit == "seconds" else words.number(amount)


def audience_table(evaluation: Evaluation, words: Words) -> pd.DataFrame:
    """How much of the delivery went to whom it was meant for, by age, sex and country."""
    words = words.in_files
    return pd.DataFrame(
        [
            {
                words("By"): term(share.breakdown, words, kind="breakdown"),
                words("Went to whom it was meant for"): share_label(share, words),
                words("Counted"): term(share.basis, words),
                words("In all"): words.number(share.total),
                words("Nothing was delivered to"): missed_names(share, words) or NOTHING,
            }
            for share in evaluation.audience
        ]
    )


def on_screen(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A frame of this module for a table of the page: text escaped, numbers in the reader's language."""
    shown = frame.astype(object).rename(columns=words.text)
    for name in shown.columns:
        shown[name] = [_cell(value, words) for value in shown[name]]
    return shown


def csv_bytes(frame: pd.DataFrame, notes: Sequence[tuple[str, str]] = ()) -> bytes:
    """A table as CSV (UTF-8 with its mark, so that spreadsheets read accents), with what must be known of it.

    Each note (filters, n, method, date, source) is a last column with the same text in every row: the first line stays
    the header, as spreadsheets, pandas and R expect, and a row that somebody copies takes its source along. Text that
    a spreadsheet would run as a formula begins with an apostrophe.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    told = [inert(text) for _, text in notes]
    writer.writerow([*(inert(name) for name in frame.columns), *(inert(label) for label, _ in notes)])
    for row in frame.astype(object).itertuples(index=False):
        writer.writerow([*(inert(value) for value in row), *told])
    return buffer.getvalue().encode("utf-8-sig")


def inert(value: object) -> object:
    """A cell that no spreadsheet runs as a formula; numbers stay numbers, what is missing is empty."""
    if is_missing(value):
        return ""
    if not isinstance(value, str):
        return value
    return "'" + value if value.lstrip(" ").startswith(_FORMULAS) else value


def _cell(value: object, words: Words) -> str:
    if is_missing(value):
        return NOTHING
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        return words.number(number, 0 if number.is_integer() else 1)
    return words.text(value, longest=400)


def is_missing(value: object) -> bool:
    """Whether a cell of a frame holds nothing."""
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def _ranked(evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    asked = (evaluation for evaluation in evaluations if evaluation.verdict.finding != Finding.NOT_MEASURED)
    return sorted(asked, key=lambda evaluation: rank_key(evaluation.verdict))


def _countries(evaluation: Evaluation, words: Words) -> str:
    return words.listed(country_name(code, words) for code in evaluation.campaign.audience.countries)


def _per_hundred(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def _rounded(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)
