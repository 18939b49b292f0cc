"""What a person chooses to compare, kept in the address: campaigns, the model, and what they are compared by."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from metrics.evaluation import Evaluation
from metrics.explaining import Moderator
from metrics.pooling import Adjustment, Estimator
from views import page
from views.wording import Words
from views.wording.bodies import ADJUSTMENTS, ESTIMATORS
from views.wording.explaining import MODERATORS

Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value", bound=str)
CAMPAIGNS, MODEL, INTERVAL, BY, AMONG = "campaigns", "model", "interval", "by", "among"  # in the address
FIRST = (Moderator.FRAME,)
EVERYBODY = "all"


def choose_campaigns(pooled: Sequence[Evaluation], words: Words) -> list[Evaluation]:
    """The campaigns to put together; all of them where the address names none."""
    known = {evaluation.campaign.id: evaluation for evaluation in pooled}
    _from_address(CAMPAIGNS, list(known), tuple(known))
    chosen = st.multiselect(
        words("Campaigns"),
        list(known),
        format_func=page.titles([evaluation.campaign for evaluation in pooled]).__getitem__,
        placeholder=words("Choose"),
        key=CAMPAIGNS,
    )
    st.query_params[CAMPAIGNS] = ",".join(chosen)
    return [known[name] for name in chosen]


def choose_model(words: Words) -> tuple[Estimator, Adjustment]:
    """How the spread between campaigns and the interval are worked out."""
    left, right = st.columns(2)
    with left:
        method = _pick(words("Model"), Estimator, ESTIMATORS, Estimator.REML, MODEL, words)
    with right:
        adjustment = _pick(
            words("Interval"), Adjustment, ADJUSTMENTS, Adjustment.KNAPP_HARTUNG_MODIFIED, INTERVAL, words
        )
    if (method, adjustment) != (Estimator.REML, Adjustment.KNAPP_HARTUNG_MODIFIED):
        st.caption(
            words(
                "You chose another model than the usual one (REML, modified Knapp-Hartung). It stands in every figure "
                "and file of this page; say why you chose it where you show them."
            )
        )
    return method, adjustment


def choose_moderators(words: Words) -> tuple[Moderator, ...]:
    """What campaigns are compared by."""
    _from_address(BY, list(Moderator), FIRST)
    chosen = st.multiselect(
        words("Compare campaigns by"),
        list(Moderator),
        format_func=lambda moderator: words.in_files(MODERATORS[moderator]),
        placeholder=words("Choose"),
        key=BY,
    )
    st.query_params[BY] = ",".join(chosen)
    return tuple(Moderator(name) for name in chosen)


def choose_group(words: Words) -> Moderator | None:
    """Among which campaigns each has its place: those that measured the same, unless somebody wants otherwise."""
    options = [EVERYBODY, *Moderator]
    named = st.query_params.get(AMONG, "")
    found = st.selectbox(
        words("Places among campaigns that share"),
        options,
        index=options.index(named) if named in options else options.index(Moderator.RUNG),
        format_func=lambda name: (
            words("Nothing: all campaigns together")
            if name == EVERYBODY
            else words.in_files(MODERATORS[Moderator(name)])
        ),
        key=AMONG,
    )
    st.query_params[AMONG] = found
    return None if found == EVERYBODY else Moderator(found)


def _pick(label: str, codes: type[Code], names: dict[Code, str], usual: Code, key: str, words: Words) -> Code:
    """One code of a list; the usual one is not written into the address."""
    options = list(names)
    named = st.query_params.get(key, "")
    chosen = st.selectbox(
        label,
        options,
        index=options.index(codes(named) if named in list(codes) else usual),
        format_func=lambda code: words.in_files(names[code]),
        key=key,
    )
    if chosen == usual:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen
    return codes(chosen)


def _from_address(key: str, known: Sequence[Value], usual: Sequence[Value]) -> None:
    """Take several choices from the address when the page is opened."""
    if key not in st.session_state:
        wished = [name for name in st.query_params.get(key, "").split(",") if name in known]
        st.session_state[key] = wished or list(usual)
