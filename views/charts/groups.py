"""The share whose answer counts, in each group before and after: points and lines with their intervals, never bars."""

import pandas as pd
import plotly.graph_objects as go

from campaigns.records import Arm, Wave
from metrics.effects import Answers
from metrics.estimates import Estimate, Proportion
from metrics.evaluation import Evaluation
from metrics.proportions import wilson
from views.charts.picture import Picture, figure, wrapped
from views.palette import BETTER, OUTLINE
from views.wording.disclosing import STANDARD, Profile, shown_count, shown_share, written_count
from views.wording.figures import before_after_sentence
from views.wording.language import Words
from views.wording.terms import term
from views.wording.verdicts import question_sentence, verdict_sentence

TOO_CLOSE = 0.18  # of the height: ends nearer than this would have labels that cover each other
ROOM = 0.2  # of the height, for the name above a line that another one is close to
PLACES = {Wave.BEFORE: 0.0, Wave.AFTER: 1.0}
LOOK = {Arm.CAMPAIGN: ("circle", "solid", BETTER, -0.012), Arm.COMPARISON: ("square-open", "dash", OUTLINE, 0.012)}


def groups_chart(evaluation: Evaluation, words: Words, *, profile: Profile | None = STANDARD) -> Picture | None:
    """None where nobody was asked, or where every share is hidden because few people stand behind it."""
    groups = evaluation.effect.groups if evaluation.effect else ()
    shares = {(group.arm, group.wave): _share(group, profile) for group in groups}
    known = {place: share for place, share in shares.items() if share is not None}
    if not known:
        return None
    drawn = figure(words, height=380)
    highest = max(share.conf_high for share in known.values())
    steps = [step / 100 for step in range(0, 101, 10 if highest <= 0.5 else 20) if step / 100 <= highest + 0.1]
    lines = {arm: {wave: known[arm, wave] for wave in Wave if (arm, wave) in known} for arm in Arm}
    ends = {arm: list(line.values())[-1].estimate for arm, line in lines.items() if line}
    close = len(ends) > 1 and max(ends.values()) - min(ends.values()) < TOO_CLOSE * steps[-1]
    for place, arm in enumerate(sorted(ends, key=ends.__getitem__, reverse=True)):
        _line(drawn, arm, lines[arm], words, shift=(24, -24)[place] if close else 0)
    drawn.update_xaxes(
        range=[-0.3, 2.0],
        tickvals=list(PLACES.values()),
        ticktext=[term(wave, words) for wave in PLACES],
        showgrid=False,
    )
    top = max(steps[-1], highest) + 0.03
    if close:  # the name of the upper line is moved up
        top = max(top, max(ends.values()) + ROOM * top)
    drawn.update_yaxes(range=[0, top], tickvals=steps, ticktext=[words.percent(step) for step in steps])
    plain = words.in_files
    said = (
        verdict_sentence(evaluation, plain, profile=profile),
        before_after_sentence(evaluation, plain, profile=profile),
    )
    return Picture(
        figure=drawn,
        title=words("Who gave the answer that counts, before and after"),
        alt=" ".join(sentence for sentence in said if sentence),
        table=_table(groups, shares, words.in_files, profile),
        caption=words(
            "{question} Each point is the share of a group that gave the answer that counts, with the range that fits "
            "the number of people asked (95 %). Look at whether the lines move apart; the height alone says nothing of "
            "the campaign.",
            question=question_sentence(evaluation, words),
        ),
    )


def _share(group: Answers, profile: Profile | None) -> Estimate | None:
    """The share and its interval, from the counts that may be shown."""
    counted, answered = shown_count(group.counted, profile), shown_count(group.answered, profile)
    if shown_share(group, profile) is None or counted is None or not answered:
        return None
    return wilson(Proportion(counted, answered))


def _line(drawn: go.Figure, arm: Arm, line: dict[Wave, Estimate], words: Words, *, shift: int) -> None:
    symbol, dash, colour, aside = LOOK[arm]
    x = [PLACES[wave] + aside for wave in line]
    for place, share in zip(x, line.values(), strict=True):
        ends = [share.conf_low, share.conf_high]
        drawn.add_scatter(x=[place, place], y=ends, mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip")
    drawn.add_scatter(
        x=x,
        y=[share.estimate for share in line.values()],
        mode="lines+markers",
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"symbol": symbol, "size": 12, "line": {"color": colour, "width": 2.5}},
        text=[words.percent(share.estimate) for share in line.values()],
        hovertemplate="%{text}<extra></extra>",
    )
    last = list(line.values())[-1]
    drawn.add_annotation(
        x=x[-1],
        y=last.estimate,
        text=f"{wrapped(term(arm, words), width=14)}<br><b>{words.percent(last.estimate)}</b>",
        showarrow=False,
        xanchor="left",
        xshift=14,
        yshift=shift,
        align="left",
        font={"color": colour},
    )


def _table(
    groups: tuple[Answers, ...],
    shares: dict[tuple[Arm, Wave], Estimate | None],
    words: Words,
    profile: Profile | None,
) -> pd.DataFrame:
    rows = []
    for group in groups:
        share = shares[group.arm, group.wave]
        rows.append(
            {
                words("Group"): term(group.arm, words),
                words("When"): term(group.wave, words),
                words("Answered"): written_count(group.answered, words, profile),
                words("Of every 100"): round(100 * share.estimate, 1) if share else None,
                words("Range from"): round(100 * share.conf_low, 1) if share else None,
                words("Range to"): round(100 * share.conf_high, 1) if share else None,
            }
        )
    return pd.DataFrame(rows)
