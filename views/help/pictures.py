"""How to read each picture: what one sees, what to look for, what it does not show, and a sentence to quote."""

import datetime as dt
import math
from collections.abc import Callable

import streamlit as st

from campaigns.records import (
    Arm,
    Audience,
    Campaign,
    Design,
    Ethics,
    Frame,
    Message,
    Money,
    Outcome,
    Rung,
    Spending,
    Study,
    Wave,
)
from metrics.costs import Cost
from metrics.delivery import Delivery
from metrics.effects import Answers, Effect
from metrics.estimates import Estimate, Measure, Method
from metrics.estimates import Reason as Refusal
from metrics.evaluation import Evaluation
from metrics.verdicts import Certainty, Finding, Reason, ReasonCode, Verdict
from views import page
from views.charts import dots_chart, groups_chart, interval_chart
from views.charts.people import people_chart
from views.charts.picture import Picture
from views.wording.language import Words, msgid

Chart = Callable[[Evaluation, Words], Picture | None]
# Each picture: its name, the four things to know of it, and how an example of it is drawn where that is short.
GUIDES: tuple[tuple[str, tuple[str, str, str, str], Chart | None], ...] = (
    (
        msgid("Of 100 people"),
        (
            msgid(
                "A hundred people, one mark each: who knows anyway, who knows because of the campaign, who does not."
            ),
            msgid("How few the blue ones are among the hundred: that is the change."),
            msgid("How exact it is. The range below the picture says between which numbers the truth lies."),
            msgid("“Of 100 people, 9 more can name two dangers because of the campaign.”"),
        ),
        people_chart,
    ),
    (
        msgid("Twenty dots"),
        (
            msgid("Twenty equally likely sizes of the true change, stacked where they are alike."),
            msgid("How many dots lie right of zero, and how many beyond the grey band."),
            msgid("Whether the comparison was fair: the circles ●●●○ beside the answer say that."),
            msgid("“18 of 20 dots show a change large enough to matter.”"),
        ),
        dots_chart,
    ),
    (
        msgid("Ranges of several campaigns"),
        (
            msgid(
                "One row a campaign: the mark is the estimate, the thick line the middle half, the thin one 95 in 100."
            ),
            msgid("Where the thin line begins. A range that lies right of the grey band is a change that matters."),
            msgid("Which campaign did most: ranges that overlap cannot be told apart by eye."),
            msgid("“The campaign raised awareness by 5 to 13 people in every 100.”"),
        ),
        lambda evaluation, words: interval_chart([evaluation], words),
    ),
    (
        msgid("Before and after, with and without the campaign"),
        (
            msgid("The share of each group that gave the answer that counts, with its range."),
            msgid("Whether the two lines move apart. If both rise alike, the campaign changed nothing."),
            msgid("Why a line rises: news, other campaigns and time move both."),
            msgid("“Knowledge rose by 15 in 100 with the campaign, and by 6 without it.”"),
        ),
        groups_chart,
    ),
    (
        msgid("Who was reached"),
        (
            msgid("How much of the delivery went to each age, sex or country; solid are those it was meant for."),
            msgid("How long the hatched bars are: that is what went to others."),
            msgid("Whether anybody looked, or learned something. Platforms guess age and sex."),
            msgid("“62 in 100 times it was shown to the ages it was meant for.”"),
        ),
        None,
    ),
    (
        msgid("Over time"),
        (
            msgid("What the platforms counted each day, with events marked; cut where a platform changed its count."),
            msgid("Whether a jump coincides with an event that is not the campaign."),
            msgid("What anybody knows. These are deliveries."),
            msgid("“Most of it was shown in the first week of March.”"),
        ),
        None,
    ),
    (
        msgid("What has been studied, and what has not"),
        (
            msgid("Rows are channels, columns are outcomes; each mark is a published study or a campaign of yours."),
            msgid("Empty cells: nobody has measured that, or nobody has told us."),
            msgid("What the studies found, and how good they are."),
            msgid("“No study has measured what radio changes in behaviour.”"),
        ),
        None,
    ),
    (
        msgid("Funnel of studies"),
        (
            msgid("Each mark is a campaign: to the right a larger change, higher up a more exact one."),
            msgid("Whether the lower half leans to one side: small studies without success may be missing."),
            msgid("Why it leans. With fewer than ten campaigns nobody can tell."),
            msgid("“Small campaigns report larger changes than large ones.”"),
        ),
        None,
    ),
)
HEADINGS = (
    msgid("What you see"),
    msgid("What to look for"),
    msgid("What it does not show"),
    msgid("A sentence you may quote"),
)


def show_pictures(words: Words) -> None:
    """Every picture with its four lines; those that fit a few invented numbers are drawn."""
    invented = example(words)
    st.markdown(words("The pictures of this page are drawn from invented numbers."))
    for number, (name, lines, chart) in enumerate(GUIDES):
        st.header(words(name), anchor=False)
        said = [
            words("**{heading}.** {line}", heading=words(heading), line=words(line))
            for heading, line in zip(HEADINGS, lines, strict=True)
        ]
        if chart is None:
            st.markdown(page.bullets(said))
            continue
        text, drawn = st.columns([2, 3])
        text.markdown(page.bullets(said))
        with drawn:
            picture = chart(invented, words)
            if picture is not None:
                page.draw(picture, words, name=f"help-{number}")


def example(words: Words) -> Evaluation:
    """A campaign that never was, with the answers of 1,600 people that nobody gave."""
    outcome = Outcome(
        id="dangers",
        rung=Rung.KNOWLEDGE,
        question=words.in_files("Can you name two dangers of the journey?"),
        column="dangers",
        counts=("yes",),
    )
    estimate = Estimate(
        measure=Measure.RISK_DIFFERENCE, estimate=0.09, se=0.0204, conf_low=0.05, conf_high=0.13, p_value=0.0001,
        df=math.inf, conf_level=0.95, method=Method.HC2, n=1600,
    )  # fmt: skip
    shares = ((Arm.CAMPAIGN, Wave.BEFORE, 120), (Arm.CAMPAIGN, Wave.AFTER, 180), (Arm.COMPARISON, Wave.BEFORE, 120),
              (Arm.COMPARISON, Wave.AFTER, 144))  # fmt: skip
    groups = tuple(Answers(arm=arm, wave=wave, asked=400, answered=400, counted=n) for arm, wave, n in shares)
    day = dt.date(2026, 3, 1)
    campaign = Campaign(
        id="invented",
        title=words.in_files("An invented campaign"),
        organisation=words.in_files("Nobody"),
        start=day,
        end=day,
        audience=Audience(description="-", countries=("GMB",), languages=("en",)),
        message=Message(frame=Frame.RISK),
        study=Study(design=Design.DIFFERENCE_IN_DIFFERENCES),
        outcome=outcome,
        spending=Spending(media=Money(amount=1, currency="EUR")),
        ethics=Ethics(consent=True, data_protection="-"),
        example=True,
    )
    return Evaluation(
        campaign=campaign,
        effect=Effect(outcome=outcome, groups=groups, estimate=estimate, before_after_alone=None),
        guardrails=(),
        delivery=Delivery(platforms=(), totals={}, reach_low=None, reach_high=None, spend=()),
        audience=(),
        cost=Cost.refused(Refusal.EFFECT_NOT_MEASURED),
        verdict=Verdict(
            finding=Finding.RAISED,
            certainty=Certainty.MODERATE,
            reasons=(Reason(code=ReasonCode.COMPARISON_OVER_TIME),),
            estimate=estimate,
        ),
    )
