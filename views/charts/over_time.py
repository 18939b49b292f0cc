"""A delivery figure day by day, one panel a platform, with what happened and where its definition changed."""

import datetime as dt
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from campaigns.records import Campaign
from campaigns.vocabulary import DefinitionChange, definition_changes
from views.charts.moments import mark_moments
from views.charts.picture import TEMPLATE, Picture, label, separators
from views.palette import BETTER, INK, OUTLINE, PAPER, SOFT_INK
from views.wording.language import Words
from views.wording.terms import metric_name, term

PANEL, HEAD, FOOT = 150, 70, 50  # pixels: a platform's panel, the room above for labels, the dates below
DATES = [
    {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", None], "value": "%b\n%Y"},
]
CORNER = 44  # pixels on the right, where the button that saves the picture is
EVENTS = 6  # events that get a label; more would cover each other


def over_time_chart(
    daily: pd.DataFrame, campaign: Campaign, words: Words, *, metric: str = "impressions"
) -> Picture | None:
    """A metric by day and platform; None where no platform reported it by day.

    Parameters
    ----------
    daily
        One row a day and platform: columns `day`, `platform` and the metric, in its own unit. A day without a row is
        a gap, not zero. Each platform has its own panel and scale, because platforms count differently.
    """
    rows = daily.dropna(subset=[metric]) if metric in daily else daily.iloc[:0]
    platforms = sorted(set(rows["platform"])) if len(rows) else []
    if not platforms:
        return None
    drawn = make_subplots(rows=len(platforms), cols=1, shared_xaxes=True, vertical_spacing=0.32 / (len(platforms) + 1))
    drawn.update_layout(
        template=TEMPLATE,
        height=HEAD + FOOT + PANEL * len(platforms),
        margin={"l": 12, "r": CORNER, "t": HEAD, "b": FOOT},
        separators=separators(words),
        hovermode="x unified",
    )
    changed: list[DefinitionChange] = []
    for place, platform in enumerate(platforms, start=1):
        series = _by_day(rows[rows["platform"] == platform], metric)
        changes = definition_changes(platform, metric, series.index[0].date(), series.index[-1].date())
        changed += changes
        _panel(drawn, place, series, changes, title=label(term(platform, words, kind="Platform")), words=words)
    mark_moments(drawn, campaign, words, first=_first(rows), last=_last(rows), events=EVENTS)
    drawn.update_yaxes(rangemode="tozero", tickformat=",.0f", nticks=4)
    drawn.update_xaxes(hoverformat="%-d %B %Y", tickformatstops=DATES)
    return Picture(
        figure=drawn,
        title=words("{metric} by day", metric=metric_name(metric, words)),
        alt=_alt(rows, metric, campaign, words.in_files),
        table=_table(rows, metric, words.in_files),
        caption=_caption(changed, words),
    )


def _by_day(rows: pd.DataFrame, metric: str) -> "pd.Series[float]":
    """Every day from the first to the last; missing where there is no row."""
    series = rows.assign(day=pd.to_datetime(rows["day"])).groupby("day")[metric].sum().astype(float)
    return series.reindex(pd.date_range(series.index[0], series.index[-1], freq="D"))


def _panel(
    drawn: go.Figure,
    place: int,
    series: "pd.Series[float]",
    changes: tuple[DefinitionChange, ...],
    *,
    title: str,
    words: Words,
) -> None:
    cuts = [
        series.index[0],
        *(pd.Timestamp(change.since) for change in changes),
        series.index[-1] + pd.Timedelta(days=1),
    ]
    for start, end in pairwise(cuts):
        part = series[(series.index >= start) & (series.index < end)]
        drawn.add_scatter(
            x=list(part.index),
            y=[None if pd.isna(value) else value for value in part],
            mode="lines+markers",
            line={"color": BETTER, "width": 2},
            marker={"size": 4},
            name=title,
            connectgaps=False,
            row=place,
            col=1,
        )
    for change in changes:
        since, look = pd.Timestamp(change.since), {"color": OUTLINE, "dash": "dot", "width": 1.5}
        drawn.add_vline(x=since, line=look, row=place, col=1)
        drawn.update_yaxes(range=[0, 1.25 * series.max()], row=place, col=1)  # room for the words
        drawn.add_annotation(
            x=since, xshift=4, y=0.99, yref="y domain", xanchor="left", yanchor="top", showarrow=False, bgcolor=PAPER,
            text=words("counted differently from here"), font={"size": 12, "color": SOFT_INK}, row=place, col=1,
        )  # fmt: skip
    axis = "" if place == 1 else str(place)
    drawn.add_annotation(
        text=f"<b>{title}</b>", x=0, xref="paper", xanchor="left", y=1, yref=f"y{axis} domain", yanchor="bottom",
        showarrow=False, font={"color": INK},
    )  # fmt: skip


def _alt(rows: pd.DataFrame, metric: str, campaign: Campaign, words: Words) -> str:
    highest = rows.iloc[int(rows[metric].astype(float).to_numpy().argmax())]
    return words(
        "{metric} by day from {period}; the highest figure of one day is {highest}, on {day} ({platform}). "
        "The campaign ran {run}. This does not show that awareness changed.",
        metric=metric_name(metric, words),
        period=words.period(_first(rows), _last(rows)),
        highest=words.number(float(highest[metric])),
        day=words.date(pd.Timestamp(highest["day"]).date()),
        platform=term(highest["platform"], words, kind="Platform"),
        run=words.period(campaign.start, campaign.end),
    )


def _caption(changes: list[DefinitionChange], words: Words) -> str:
    said = words(
        "Each platform has its own scale, because platforms count differently. Gaps are days without a figure. "
        "The dashed lines are the campaign's start and end and what else happened. This shows what was delivered, "
        "not what people know."
    )
    told = [
        words(
            "From {day}, {platform} counts in another way: {now}",
            day=words.date(change.since),
            platform=term(change.platform, words),
            now=words(change.now),
        )
        for change in changes
    ]
    return " ".join((said, *told))


def _table(rows: pd.DataFrame, metric: str, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words("Day"): [pd.Timestamp(day).date().isoformat() for day in rows["day"]],
            words("Platform"): [term(platform, words, kind="Platform") for platform in rows["platform"]],
            metric_name(metric, words): [float(value) for value in rows[metric]],
        }
    )


def _first(rows: pd.DataFrame) -> dt.date:
    return pd.to_datetime(rows["day"]).min().date()


def _last(rows: pd.DataFrame) -> dt.date:
    return pd.to_datetime(rows["day"]).max().date()
