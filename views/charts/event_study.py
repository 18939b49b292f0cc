"""A campaign that came to places one after the other: their difference to places without it, by time since it came."""

import pandas as pd

from campaigns.records import Period
from metrics.changes import StaggeredEffect
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from views.charts.picture import Picture, figure
from views.palette import BETTER, OUTLINE, PAPER, SOFT_INK
from views.wording.disclosing import STANDARD, Profile
from views.wording.language import Words
from views.wording.verdicts import question_sentence, verdict_sentence


def event_study_chart(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> Picture | None:
    """None where places did not begin one after the other, or no time can be compared."""
    found = evaluation.effect.staggered if evaluation.effect else None
    events = [] if found is None else _events(found)
    if found is None or not events:
        return None
    drawn = figure(words, height=380)
    drawn.add_hline(y=0, line={"color": SOFT_INK, "width": 1.5})
    drawn.add_vline(x=-0.5, line={"color": SOFT_INK, "width": 1.5, "dash": "dash"})
    drawn.add_annotation(
        x=-0.5, y=1, yref="y domain", yanchor="bottom", xanchor="left", showarrow=False,
        text=words("the campaign comes"),
    )  # fmt: skip
    for at, estimate in events:
        before = at < 0
        colour = OUTLINE if before else BETTER
        drawn.add_scatter(
            x=[at, at], y=[100 * estimate.conf_low, 100 * estimate.conf_high], mode="lines",
            line={"color": colour, "width": 2}, hoverinfo="skip",
        )  # fmt: skip
        drawn.add_scatter(
            x=[at], y=[100 * estimate.estimate], mode="markers",
            marker={"symbol": "circle", "size": 11, "color": PAPER if before else colour,
                    "line": {"color": colour, "width": 2.5}},
            text=[words.in_files.per_hundred(estimate.estimate, change=True)], hovertemplate="%{text}<extra></extra>",
        )  # fmt: skip
    month = evaluation.campaign.study.period == Period.MONTH
    drawn.update_layout(margin={"t": 36})
    drawn.update_xaxes(
        tickvals=[at for at, _ in events],
        ticktext=[words.in_files.number(at) for at, _ in events],
        title_text=words("months since it came") if month else words("weeks since it came"),
    )
    drawn.update_yaxes(title_text=words("people in every 100"), ticksuffix="", nticks=7)
    return Picture(
        figure=drawn,
        title=words("Difference to places without the campaign, by time since it came"),
        alt=f"{verdict_sentence(evaluation, words.in_files, profile=profile)} {_said(events, words.in_files)}",
        table=_table(events, words.in_files),
        caption=words(
            "{question} Each point compares the change since just before the campaign came with that of places without "
            "it, with its range (95 %), in the direction of the question. Hollow points lie before it came: they "
            "should be near zero, or the places moved apart anyway.",
            question=question_sentence(evaluation, words),
        ),
    )


def _events(found: StaggeredEffect) -> list[tuple[float, Estimate]]:
    return [(each.at, each.estimate) for each in found.by_event_time if isinstance(each.estimate, Estimate)]


def _said(events: list[tuple[float, Estimate]], words: Words) -> str:
    last = events[-1][1]
    return words(
        "Points before it came: {before}; since it came: {after}. At the last of them the difference is {change} "
        "people in every 100.",
        before=words.number(sum(at < 0 for at, _ in events)),
        after=words.number(sum(at >= 0 for at, _ in events)),
        change=words.per_hundred(last.estimate, change=True),
    )


def _table(events: list[tuple[float, Estimate]], words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("Periods since it came"): [int(at) for at, _ in events],
            words("People in every 100"): [round(100 * found.estimate, 1) for _, found in events],
            words("Range from"): [round(100 * found.conf_low, 1) for _, found in events],
            words("Range to"): [round(100 * found.conf_high, 1) for _, found in events],
        }
    )
