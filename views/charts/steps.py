"""From shown to aware: what platforms counted as bars, and apart from it what people said when they were asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from campaigns.records import Arm, Wave
from metrics.estimates import Estimate
from metrics.evaluation import Evaluation
from views.charts.groups import LOOK
from views.charts.picture import Picture, figure, wrapped
from views.palette import BETTER, GRID, INK, OUTLINE, PAPER, SOFT_INK
from views.tables import reach_label
from views.wording.disclosing import Profile, shown_share
from views.wording.language import Words
from views.wording.terms import metric_name, term
from views.wording.verdicts import question_sentence, verdict_sentence

# In the order in which a person may pass them; of those that mean nearly the same, the first that was counted.
STEPS: tuple[tuple[str, ...], ...] = (
    ("impressions",),
    ("views", "views_3s", "views_2s", "thruplay"),
    ("video_p50",),
    ("video_p100", "thruplay"),
    ("link_clicks", "outbound_clicks", "clicks_all"),
    ("landing_page_views",),
)
BAR, TEXT, GAP, HEAD = 22, 24, 14, 26  # pixels: a bar, the words above it, the room below it, a heading
APART = 46  # the room between what was counted and what was said
WIDTH = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One figure of the platforms; `share` is its part of the first, None where other platforms counted it."""

    metric: str
    total: int
    share: float | None


def steps_of(delivered: pd.DataFrame) -> tuple[Step, ...]:
    """The steps that platforms counted. A share is of the first step, and only where the same platforms counted both.

    Parameters
    ----------
    delivered
        One row a platform and currency, with the metrics that may be added up.
    """
    found: list[Step] = []
    first: tuple[str, set[str]] | None = None
    for names in STEPS:
        metric = next((name for name in names if name in delivered and delivered[name].gt(0).any()), None)
        if metric is None or any(metric == step.metric for step in found):
            continue
        givers = set(delivered.loc[delivered[metric].gt(0), "platform"])
        total = int(delivered[metric].sum())
        first = first or (metric, givers)
        whole = int(delivered[first[0]].sum())
        share = total / whole if givers == first[1] and total <= whole else None
        found.append(Step(metric=metric, total=total, share=share))
    return tuple(found)


def steps_chart(evaluation: Evaluation, delivered: pd.DataFrame, words: Words, *, profile: Profile) -> Picture | None:
    """None where neither platforms nor people said anything."""
    steps, asked = steps_of(delivered), _asked(evaluation, profile)
    if not steps:
        return None
    row = TEXT + BAR + GAP
    counted = HEAD + row * len(steps)
    full = counted + APART + (HEAD + 2 * row if asked else HEAD + TEXT)
    drawn = figure(words, height=full + 24)
    shapes: list[dict[str, Any]] = []
    notes = [_said(0, HEAD / 2, words("Counted by the platforms"), bold=True)]
    largest = max(step.total for step in steps)
    for place, step in enumerate(steps):
        top = HEAD + row * place
        shapes += _bar(top + TEXT, WIDTH * step.total / largest, first=place == 0)
        notes.append(_said(0, top + TEXT / 2, _counted(step, words, first=place == 0)))
    border = float(counted + APART / 2 - 6)
    shapes.append(
        {
            "type": "line",
            "x0": 0,
            "x1": WIDTH,
            "y0": border,
            "y1": border,
            "line": {"color": SOFT_INK, "width": 2, "dash": "dash"},
        }
    )
    notes.append(_said(0, counted + APART, words("Asked people: the answer that counts"), bold=True))
    if not asked:
        notes.append(_said(0, counted + APART + HEAD, words("Nobody was asked, or too few to show.")))
    for place, (arm, share) in enumerate(asked):
        start = counted + APART + HEAD / 2 + row * place
        symbol, _, colour, _ = LOOK[arm]
        shapes.append(_line(start + TEXT + BAR / 2))
        drawn.add_scatter(
            x=[100 * share], y=[start + TEXT + BAR / 2], mode="markers", hoverinfo="skip",
            marker={"symbol": symbol, "size": 14, "color": colour, "line": {"color": colour, "width": 2.5}},
        )  # fmt: skip
        notes.append(_said(0, start + TEXT / 2, _answered(arm, share, words)))
    if not asked:
        drawn.add_scatter(x=[0], y=[0], mode="markers", marker={"opacity": 0}, hoverinfo="skip")
    drawn.update_layout(shapes=shapes, annotations=notes, margin={"l": 4, "r": 44, "t": 4, "b": 8})
    drawn.update_xaxes(range=[-1, WIDTH + 2], visible=False)
    drawn.update_yaxes(range=[full, 0], visible=False, automargin=False)
    plain = words.in_files
    return Picture(
        figure=drawn,
        title=words("From shown to aware"),
        alt=_alt(evaluation, steps, plain, profile),
        table=steps_table(evaluation, steps, asked, plain),
        caption=_caption(evaluation, steps, words, asked=bool(asked)),
    )


def _asked(evaluation: Evaluation, profile: Profile) -> list[tuple[Arm, float]]:
    """The share that gave the answer that counts, afterwards, on each side that may be shown."""
    effect = evaluation.effect
    if effect is None:
        return []
    shares = {group.arm: shown_share(group, profile) for group in effect.groups if group.wave == Wave.AFTER}
    return [(arm, share) for arm in Arm if (share := shares.get(arm)) is not None]


def _counted(step: Step, words: Words, *, first: bool) -> str:
    name, total = wrapped(metric_name(step.metric, words.in_files), width=34, lines=1), words.compact(step.total)
    if first or step.share is None:
        return words("{step}: {total}", step=name, total=f"<b>{total}</b>")
    share = words.per_hundred(step.share)
    return words("{step}: {total}, {share} of 100", step=name, total=f"<b>{total}</b>", share=share)


def _answered(arm: Arm, share: float, words: Words) -> str:
    return words("{group}: {share} of 100", group=term(arm, words), share=f"<b>{words.per_hundred(share)}</b>")


def _bar(top: float, width: float, *, first: bool) -> list[dict[str, Any]]:
    at = {"type": "rect", "y0": top, "y1": top + BAR, "x0": 0}
    whole = {**at, "x1": WIDTH, "fillcolor": PAPER, "line": {"color": GRID, "width": 1}, "layer": "below"}
    look = {"fillcolor": OUTLINE if first else BETTER, "line": {"width": 0}}
    return [whole, {**at, "x1": max(width, 0.6), **look}]


def _line(y: float) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": 0,
        "x1": WIDTH,
        "y0": y,
        "y1": y,
        "line": {"color": GRID, "width": 2},
        "layer": "below",
    }


def _said(x: float, y: float, text: str, *, bold: bool = False) -> dict[str, Any]:
    at = {"x": x, "xref": "x", "xanchor": "left", "y": y, "yref": "y", "yanchor": "middle"}
    return {
        **at,
        "text": f"<b>{text}</b>" if bold else text,
        "showarrow": False,
        "font": {"color": INK},
        "align": "left",
    }


def _alt(evaluation: Evaluation, steps: Sequence[Step], words: Words, profile: Profile) -> str:
    said = [
        words("{step}: {total}.", step=metric_name(step.metric, words), total=words.number(step.total))
        for step in steps
    ]
    return " ".join([*said, verdict_sentence(evaluation, words, profile=profile)])


def steps_table(
    evaluation: Evaluation, steps: Sequence[Step], asked: Sequence[tuple[Arm, float]], words: Words
) -> pd.DataFrame:
    """The steps, what each is a share of, and who says so."""
    rows = [
        {
            words("Step"): metric_name(step.metric, words),
            words("How many"): words.number(step.total),
            words("Of every 100 of the first step"): "—" if step.share is None else words.per_hundred(step.share),
            words("Who says so"): words("platforms"),
        }
        for step in steps
    ]
    if evaluation.delivery.reach_high is not None:
        rows.insert(
            0,
            {
                words("Step"): metric_name("reach", words),
                words("How many"): reach_label(evaluation, words),
                words("Of every 100 of the first step"): "—",
                words("Who says so"): words("platforms"),
            },
        )
    for arm, share in asked:
        rows.append(
            {
                words("Step"): term(arm, words),
                words("How many"): words("{share} of 100 people asked", share=words.per_hundred(share)),
                words("Of every 100 of the first step"): "—",
                words("Who says so"): words("people asked"),
            }
        )
    return pd.DataFrame(rows)


def _caption(evaluation: Evaluation, steps: Sequence[Step], words: Words, *, asked: bool) -> str:
    said = []
    if evaluation.delivery.reach_high is not None:
        said.append(words("People reached: {people}.", people=reach_label(evaluation, words)))
    if any(step.share is not None for step in steps[1:]):
        said.append(words("Shares are of the first step; one person may be in it often."))
    if asked and isinstance(evaluation.effect.estimate if evaluation.effect else None, Estimate):
        said.append(
            words(
                "{question} The two marks below the line are people asked afterwards, not people who clicked: bars and "
                "marks do not continue each other.",
                question=question_sentence(evaluation, words),
            )
        )
    return " ".join(said)
