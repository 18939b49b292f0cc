"""Which change so many interviews would let anybody see."""

import pandas as pd

from metrics.plans import PlannedSurvey, detectable, with_people
from views.charts.picture import Picture, figure
from views.palette import BAND, BETTER, INK, PAPER, SOFT_INK
from views.wording.language import Words
from views.wording.plans import answer_of_plan

TIMES = (0.125, 0.175, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)  # as many interviews as planned
HEIGHT = 340


def detectable_chart(survey: PlannedSurvey, important: float, words: Words) -> Picture | None:
    """The smallest visible change by interviews, with this plan's point; None where none of them shows any."""
    found = []
    for times in TIMES:
        other = survey if times == 1 else with_people(survey, max(round(survey.people * times), 2))
        if (change := detectable(other)) is not None:
            found.append((other.people, change))
    if not found:
        return None
    drawn = figure(words, height=HEIGHT)
    numbers, changes = [n for n, _ in found], [100 * change for _, change in found]
    drawn.add_shape(
        type="rect",
        xref="paper",
        x0=0,
        x1=1,
        y0=0,
        y1=100 * important,
        fillcolor=BAND,
        line={"width": 0},
        layer="below",
    )
    drawn.add_scatter(x=numbers, y=changes, mode="lines", line={"color": BETTER, "width": 2.5}, hoverinfo="skip")
    here = [(n, change) for n, change in zip(numbers, changes, strict=True) if n == survey.people]
    for n, change in here:
        drawn.add_scatter(
            x=[n],
            y=[change],
            mode="markers+text",
            marker={"size": 14, "color": BETTER, "line": {"color": PAPER, "width": 2}},
            text=[words.in_files("your plan")],
            textposition="top right",
            textfont={"color": INK},
            hoverinfo="skip",
        )
    drawn.update_xaxes(
        title_text=words("interviews in each group"), type="log", tickvals=numbers[::2],
        ticktext=[words.number(n) for n in numbers[::2]],
    )  # fmt: skip
    drawn.update_yaxes(
        title_text=words("smallest visible change, of 100"), range=[0, 1.15 * max(changes)], linecolor=SOFT_INK
    )
    plain = words.in_files
    table = pd.DataFrame(
        {
            plain("Interviews in each group"): numbers,
            plain("Smallest visible change, of 100 people"): [plain.per_hundred(size / 100) for size in changes],
        }
    )
    return Picture(
        figure=drawn,
        title=words("Which change would be seen?"),
        alt=answer_of_plan(survey, plain),
        table=table,
        caption=words(
            "The line: the smallest change that is seen in 80 of 100 such surveys. Grey: changes that you say are too "
            "small to matter. Where the line lies above the grey, a change that matters may go unseen. To see half the "
            "change takes about four times the interviews."
        ),
    )
