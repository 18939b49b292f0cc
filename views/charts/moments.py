"""Start, end and events as lines through a picture over time, with their names above it."""

import datetime as dt

import plotly.graph_objects as go

from campaigns.records import Campaign
from views.charts.picture import label
from views.palette import INK, SOFT_INK
from views.wording.language import Words

NEAR = dt.timedelta(days=31)


def mark_moments(
    drawn: go.Figure,
    campaign: Campaign,
    words: Words,
    *,
    first: dt.date,
    last: dt.date,
    events: int,
    start: dt.date | None = None,
) -> None:
    """Lines through all panels, labelled on two heights by turns; `start` where a period stands for its days."""
    moments = [(start or campaign.start, words("start")), (campaign.end, words("end"))]
    within = [event for event in campaign.events if first <= event.day <= last][:events]
    moments += [(event.day, label(event.what, longest=28)) for event in within]
    for place, (day, what) in enumerate(sorted(moments)):
        if not first - NEAR <= day <= last + NEAR:
            continue
        late = (day - first) * 2 > (last - first)
        drawn.add_shape(
            type="line",
            x0=day,
            x1=day,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": SOFT_INK, "width": 1.5, "dash": "dash"},
        )
        drawn.add_annotation(
            x=day, y=1, yref="paper", yanchor="bottom", yshift=22 + 17 * (place % 2), text=what, showarrow=False,
            xanchor="right" if late else "left", font={"size": 12, "color": INK},
        )  # fmt: skip
