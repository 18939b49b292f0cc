"""A hundred people, one mark each: who knows anyway, who knows because of the campaign, and who does not."""

import pandas as pd

from campaigns.records import Arm, Direction, Unit, Wave
from metrics.evaluation import Evaluation
from views.charts.picture import Picture, figure
from views.palette import ANYWAY, BETTER, OUTLINE, PAPER, WORSE
from views.wording.disclosing import STANDARD, Profile, as_asked, shown_estimate, shown_share
from views.wording.language import Words

ACROSS, DOWN, STEP = 20, 5, 26  # marks in a row, rows, pixels from mark to mark


def people_chart(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> Picture | None:
    """What the change means for a hundred people; None where it, or how many know, may not be shown."""
    estimate, outcome = shown_estimate(evaluation, profile), evaluation.campaign.outcome
    with_campaign = _share_after(evaluation, profile)
    if estimate is None or outcome is None or outcome.unit != Unit.PEOPLE or with_campaign is None:
        return None
    change, low, high = as_asked(estimate, outcome.desired)
    after, moved = round(100 * with_campaign), round(100 * change)
    before = min(100, max(0, after - moved))
    anyway, more, fewer = min(before, after), max(0, after - before), max(0, before - after)
    kinds = [(anyway, ANYWAY, ANYWAY, "circle"), (more, *_look(better=outcome.desired == Direction.MORE)),
             (fewer, *_look(better=outcome.desired == Direction.FEWER)),
             (100 - anyway - more - fewer, OUTLINE, PAPER, "circle")]  # fmt: skip
    drawn, place = figure(words, height=STEP * DOWN + 50), 0
    for count, line, fill, symbol in kinds:
        spots = range(place, place + count)
        look = {"symbol": symbol, "size": 14, "color": fill, "line": {"color": line, "width": 1.5}}
        drawn.add_scatter(
            x=[spot % ACROSS for spot in spots], y=[-(spot // ACROSS) for spot in spots], mode="markers", marker=look,
            hoverinfo="skip",
        )  # fmt: skip
        place += count
    drawn.update_layout(margin={"l": 4, "r": 4, "t": 30, "b": 8})
    drawn.update_xaxes(range=[-0.7, ACROSS - 0.3], visible=False)
    drawn.update_yaxes(range=[-DOWN + 0.4, 0.6], visible=False)
    said = _said(anyway, more, fewer, low, high, words.in_files)
    return Picture(
        figure=drawn,
        title=words("What does that mean for 100 people?"),
        alt=said,
        table=_table(anyway, more, fewer, words.in_files),
        caption=_said(anyway, more, fewer, low, high, words),
    )


def _look(*, better: bool) -> tuple[str, str, str]:
    return (BETTER, BETTER, "circle") if better else (WORSE, WORSE, "diamond")


def _share_after(evaluation: Evaluation, profile: Profile | None) -> float | None:
    groups = evaluation.effect.groups if evaluation.effect else ()
    shares = [shown_share(group, profile) for group in groups if (group.arm, group.wave) == (Arm.CAMPAIGN, Wave.AFTER)]
    return shares[0] if shares else None


def _said(anyway: int, more: int, fewer: int, low: float, high: float, words: Words) -> str:
    range_ = {
        "low": words.per_hundred(low, change=True),
        "high": words.per_hundred(high, change=True),
        "anyway": words.number(anyway),
        "rest": words.number(100 - anyway - more - fewer),
    }
    if fewer:
        return words(
            "Of 100 people, {anyway} give the answer that counts, {fewer} no longer do, and {rest} never did (the "
            "change lies between {low} and {high}).",
            fewer=words.number(fewer),
            **range_,
        )
    return words(
        "Of 100 people, {anyway} would give the answer that counts anyway, {more} more do, and {rest} do not (the "
        "change lies between {low} and {high}).",
        more=words.number(more),
        **range_,
    )


def _table(anyway: int, more: int, fewer: int, words: Words) -> pd.DataFrame:
    rows = [
        (words("Give the answer that counts anyway"), anyway),
        (words("More"), more),
        (words("Fewer"), fewer),
        (words("Do not give it"), 100 - anyway - more - fewer),
    ]
    return pd.DataFrame(rows, columns=[words("Of 100 people"), words("People")])
