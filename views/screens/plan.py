"""Before a campaign: how many people to ask, and which change they would let anybody see."""

import streamlit as st

from metrics.planning import Clusters, TwoProportions, sample_size, smallest_detectable
from views import page
from views.wording import Words
from views.wording.language import msgid

FEWEST, MOST = 20, 100_000
REAL_CHANGE = 0.05  # what campaigns that are asked about usually change at most
POWER = 0.80
# Correlation of two people of one place, as knowledge and attitudes show it.
ALIKE = {0.02: msgid("A little (0.02)"), 0.05: msgid("As usual (0.05)"), 0.10: msgid("Much (0.10)")}


def ask_plan(words: Words) -> tuple[int, float, Clusters | None]:
    """People who can be asked on each side, how many know now, and the places they live in."""
    left, middle, right = st.columns(3)
    with left:
        people = st.number_input(
            words("People you can ask on each side"), FEWEST, MOST, value=400, step=10, key="plan-people"
        )
    with middle:
        known = st.number_input(
            words("Of 100 people, how many know already?"), 1, 99, value=30, step=1, key="plan-known"
        )
    with right:
        places = st.number_input(
            words("Villages or schools on each side (0: people are drawn one by one)"),
            0,
            1_000,
            value=0,
            step=1,
            key="plan-places",
        )
    if not places:
        return int(people), known / 100, None
    alike = st.selectbox(
        words("How alike are people of one place?"),
        list(ALIKE),
        index=1,
        format_func=lambda icc: words.in_files(ALIKE[icc]),
        key="plan-alike",
    )
    return int(people), known / 100, Clusters(size=max(people / places, 1), icc=alike or 0.05)


def answer_of(people: int, known: float, clusters: Clusters | None, words: Words) -> str:
    """What these interviews would let anybody see."""
    outcome = TwoProportions(baseline=known, changed=min(known + REAL_CHANGE, 1))
    n = people / clusters.size if clusters else people
    try:
        change = smallest_detectable(outcome, n=n, power=POWER, clusters=clusters)
    except ValueError:
        return words("These are too few people or places to see any change.")
    return words.plural(
        "With {n} interview on each side you can see a change of {change} in every 100 people or more.",
        "With {n} interviews on each side you can see a change of {change} in every 100 people or more.",
        people,
        change=words.per_hundred(change),
    )


def needed(known: float, clusters: Clusters | None, words: Words) -> list[str]:
    """How many people changes of several sizes need."""
    said = []
    for change in (0.05, 0.10, 0.15):
        if known + change >= 1:
            continue
        n = sample_size(TwoProportions(baseline=known, changed=known + change), power=POWER, clusters=clusters)
        people = round(n * clusters.size) if clusters else round(n)
        said.append(
            words(
                "To see {change} in every 100 you need about {n} interviews on each side.",
                change=words.per_hundred(change),
                n=words.number(people),
            )
        )
    return said


words = page.reader_words()
answer = st.container()
people, known, clusters = ask_plan(words)
with answer:
    page.headline(words("How many people must we ask?"), answer_of(people, known, clusters, words))
st.markdown(page.bullets(needed(known, clusters, words)))
st.caption(
    words(
        "Seen means: in 80 of 100 such studies the range would lie wholly above zero. Ask more people if some may be "
        "lost before the end."
    )
)
st.header(words("Before the campaign starts"), anchor=False)
st.markdown(
    page.bullets(
        [
            words("Say which one outcome is to change, in which direction, and which change would matter."),
            words("Choose who will not be addressed, and let chance decide if you can."),
            words("Ask the same questions on both sides, at the same time, by somebody who did not run the campaign."),
            words("Ask also what must not get worse: trust, fear, stigma, legal ways, asylum and protection."),
            words("Get consent; ask for no names; let women and men be asked by whom they can speak to freely."),
            words("Say where people can complain, and what happens if the campaign does harm."),
        ]
    )
)
st.page_link("screens/add_data.py", label=words("Questionnaire and tables to fill in"))
