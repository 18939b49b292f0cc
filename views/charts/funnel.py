"""Effects against their standard errors: whether small campaigns show larger effects than large ones."""

import math

import pandas as pd

from metrics.bodies import Body, effects_of
from views.charts.picture import Picture, figure, label
from views.palette import BAND, BETTER, INK, PAPER, SOFT_INK
from views.wording.bodies import asymmetry_sentence
from views.wording.language import Words

Z = 1.96
HEIGHT = 380


def funnel_chart(body: Body, words: Words) -> Picture | None:
    """One dot a campaign, the most exact at the top; None with fewer than ten, where the eye sees what is not there."""
    pooled = body.pooled
    if pooled is None or body.asymmetry is None:
        return None
    effects, variances = effects_of(body.members)
    errors = [100 * math.sqrt(variance) for variance in variances]
    lowest = 1.1 * max(errors)
    middle = 100 * pooled.estimate
    drawn = figure(words, height=HEIGHT)
    drawn.add_scatter(
        x=[middle - Z * lowest, middle, middle + Z * lowest], y=[lowest, 0, lowest], mode="lines", fill="toself",
        fillcolor=BAND, line={"color": SOFT_INK, "width": 1, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip
    drawn.add_scatter(
        x=[middle, middle], y=[0, lowest], mode="lines", line={"color": INK, "width": 1.5}, hoverinfo="skip"
    )
    drawn.add_scatter(
        x=[100 * effect for effect in effects],
        y=errors,
        mode="markers",
        marker={"size": 12, "color": BETTER, "line": {"color": PAPER, "width": 1}},
        text=[label(member.campaign.title, longest=60) for member in body.members],
        hovertemplate="%{text}<extra></extra>",
    )
    drawn.update_yaxes(range=[lowest, 0], title_text=words("standard error (exact ones on top)"))
    drawn.update_xaxes(title_text=words("change in every 100 people"))
    plain = words.in_files
    table = pd.DataFrame(
        {
            plain("Campaign"): [member.campaign.title for member in body.members],
            plain("Change per 100 people"): [plain.per_hundred(effect, change=True, decimals=1) for effect in effects],
            plain("Standard error, per 100 people"): [plain.number(error, 1) for error in errors],
        }
    )
    return Picture(
        figure=drawn,
        title=words("Do small studies find more than large ones?"),
        alt=asymmetry_sentence(body, plain),
        table=table,
        caption=words(
            "Each dot is a campaign. Without a difference between small and large studies, 95 of 100 dots would lie "
            "in the grey funnel, as many on its left as on its right."
        ),
    )
