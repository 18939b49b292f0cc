"""An outcome week by week or month by month, where its old course would have gone, and others without the campaign."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from campaigns.records import Campaign, Outcome, Unit
from metrics.evaluation import Evaluation
from metrics.over_time import Course, Side
from views.charts.moments import mark_moments
from views.charts.picture import Picture, figure
from views.palette import BAND, BETTER, INK, OUTLINE, PAPER
from views.wording.disclosing import STANDARD, Profile, shown_count, shown_part, written_count
from views.wording.figures import before_after_sentence
from views.wording.language import Words
from views.wording.verdicts import verdict_sentence

HEAD, FOOT = 64, 50  # pixels above for labels of moments, below for dates
LABELLED = 3  # moments beside start and end; more would cover each other
DATES = [
    {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", None], "value": "%b\n%Y"},
]


def course_chart(
    evaluation: Evaluation, words: Words, *, outcome: Outcome | None = None, profile: Profile | None = STANDARD
) -> Picture | None:
    """The course of the primary outcome, or of a secondary one; None where it was not followed over time.

    Points of few people are left out, and shares are those of rounded counts, as everywhere.
    """
    effects = [evaluation.effect, *evaluation.secondary, *evaluation.guardrails]
    wanted = outcome or evaluation.campaign.outcome
    effect = next((found for found in effects if found is not None and found.outcome == wanted), None)
    if effect is None or effect.course is None:
        return None
    course, people = effect.course, effect.outcome.unit == Unit.PEOPLE
    own = _shown(course.own, people=people, profile=profile)
    other = _shown(course.comparison, people=people, profile=profile) if course.comparison else []
    if all(level is None for level in own):
        return None
    drawn = figure(words, height=400)
    drawn.update_layout(margin={"l": 12, "r": 16, "t": HEAD, "b": FOOT}, hovermode="x unified")
    since = next((place for place, day in enumerate(course.periods) if day >= course.start), 0)
    _expected(drawn, course, since, words)
    if other:
        _line(drawn, course.periods, other, words("without the campaign"), words, people=people, campaign=False)
    _line(drawn, course.periods, own, words("campaign"), words, people=people, campaign=True)
    ends = [level for level in (*own, *other, *course.expected_high[since:]) if level is not None]
    drawn.update_yaxes(
        range=[0, min(1.02, 1.15 * max(ends)) if people else 1.15 * max(ends)],
        tickformat=".0%" if people else ",.0f",
        nticks=6,
    )
    drawn.update_xaxes(tickformatstops=DATES, hoverformat="%-d %B %Y")
    mark_moments(
        drawn, evaluation.campaign, words, first=course.periods[0], last=course.periods[-1], events=LABELLED,
        start=course.start,
    )  # fmt: skip
    return Picture(
        figure=drawn,
        title=words("Who gave the answer that counts, over time")
        if people
        else words("How often it was counted, over time"),
        alt=_alt(evaluation, effect.outcome, course, own, words.in_files, profile),
        table=_table(course, own, other, words.in_files, profile, people=people),
        caption=_caption(evaluation.campaign, effect.outcome, words, compared=bool(other)),
    )


def _shown(side: Side, *, people: bool, profile: Profile | None) -> list[float | None]:
    """Shares or numbers as they may be shown."""
    if not people:
        return [
            None if (shown := shown_count(round(number), profile)) is None else float(shown) for number in side.level
        ]
    if profile is None:
        return [float(level) for level in side.level]
    return [
        shown_part(round(counted), round(asked), profile)
        for counted, asked in zip(side.counted, side.asked, strict=True)
    ]


def _expected(drawn: go.Figure, course: Course, since: int, words: Words) -> None:
    days = list(course.periods[since:])
    low, high = list(course.expected_low[since:]), list(course.expected_high[since:])
    drawn.add_scatter(
        x=[*days, *reversed(days)], y=[*high, *reversed(low)], mode="lines", fill="toself", fillcolor=BAND,
        line={"width": 0}, hoverinfo="skip",
    )  # fmt: skip
    drawn.add_scatter(
        x=list(course.periods), y=list(course.expected), mode="lines", name=words("the old course carried on"),
        line={"color": INK, "width": 2, "dash": "dot"},
    )  # fmt: skip
    _name(drawn, days[-1], float(course.expected[-1]), words("the old course carried on"), INK)


def _line(
    drawn: go.Figure, days: Sequence[dt.date], levels: list[float | None], name: str, words: Words, *, people: bool,
    campaign: bool,
) -> None:  # fmt: skip
    colour = BETTER if campaign else OUTLINE
    drawn.add_scatter(
        x=list(days),
        y=levels,
        mode="lines+markers",
        name=name,
        line={"color": colour, "width": 2, "dash": "solid" if campaign else "dash"},
        marker={
            "size": 7,
            "symbol": "circle" if campaign else "square",
            "color": colour if campaign else PAPER,
            "line": {"color": colour, "width": 2},
        },
        connectgaps=False,
        text=[None if level is None else words.percent(level) if people else words.number(level) for level in levels],
        hovertemplate="%{text}",
    )
    known = [(day, level) for day, level in zip(days, levels, strict=True) if level is not None]
    if known:
        _name(drawn, known[-1][0], known[-1][1], name, colour)


def _name(drawn: go.Figure, day: dt.date, level: float, name: str, colour: str) -> None:
    drawn.add_annotation(
        x=day, y=level, text=name, showarrow=False, xanchor="right", yanchor="bottom", yshift=7, bgcolor=PAPER,
        font={"color": colour, "size": 12}, opacity=0.9,
    )  # fmt: skip


def _alt(
    evaluation: Evaluation,
    outcome: Outcome,
    course: Course,
    own: list[float | None],
    words: Words,
    profile: Profile | None,
) -> str:
    said = words(
        "{question} Counted {n} times from {period}; the campaign began on {day}.",
        question=words.text(outcome.question),
        n=words.number(sum(level is not None for level in own)),
        period=words.period(course.periods[0], course.periods[-1]),
        day=words.date(evaluation.campaign.start),
    )
    if outcome != evaluation.campaign.outcome:
        return said
    verdict = verdict_sentence(evaluation, words, profile=profile)
    alone = before_after_sentence(evaluation, words, profile=profile)
    return " ".join(part for part in (verdict, said, alone) if part)


def _caption(campaign: Campaign, outcome: Outcome, words: Words, *, compared: bool) -> str:
    question = (
        words("The question was: “{question}”", question=words.text(outcome.question))
        if outcome.unit == Unit.PEOPLE
        else words.text(outcome.question)
    )
    dotted = words(
        "The dotted line is the course of the time before, carried on; grey is the range that fits it (95 %). What "
        "lies between it and the points since the start is the effect, if nothing else began at the same time."
    )
    if not compared:
        return f"{question} {dotted}"
    moved = words("The line also moves with the group without the campaign, so what moved both is taken off.")
    return f"{question} {dotted} {moved}"


def _table(
    course: Course,
    own: list[float | None],
    other: list[float | None],
    words: Words,
    profile: Profile | None,
    *,
    people: bool,
) -> pd.DataFrame:
    scale, places = (100, 1) if people else (1, 0)

    def said(level: float | None) -> float | None:
        return None if level is None else round(scale * level, places)

    rows = []
    for place, day in enumerate(course.periods):
        row: dict[str, object] = {words("From"): day.isoformat()}
        if people:
            row[words("Asked")] = written_count(round(course.own.asked[place]), words, profile)
        row[words("Campaign, of every 100") if people else words("Campaign")] = said(own[place])
        if other:
            row[words("Without it, of every 100") if people else words("Without it")] = said(other[place])
        after = day >= course.start
        row[words("Expected")] = said(float(course.expected[place])) if after else None
        row[words("Range from")] = said(float(course.expected_low[place])) if after else None
        row[words("Range to")] = said(float(course.expected_high[place])) if after else None
        rows.append(row)
    return pd.DataFrame(rows)
