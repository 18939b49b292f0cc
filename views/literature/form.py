"""The form by which a person adds a published study, corrects one that was added here, or withdraws it."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from campaigns.kept_studies import KeptStudy, bring_back_study, save_studies, withdraw_study
from campaigns.literature import Read, Unit
from campaigns.problems import Problem
from campaigns.published import REQUIRED, cells_of, read_cells
from campaigns.records import Design
from campaigns.store import Store
from campaigns.vocabulary import COUNTRIES
from metrics.gaps import CHANNELS
from views import page
from views.wording import Words, country_name, problem_sentence, term
from views.wording.studies import CLASSES, LABELS, READ, UNITS

NEW = ""
KEPT = "study-kept"  # what was done last, said once the page is drawn again


def study_form(store: Store, kept: Sequence[KeptStudy], taken: Collection[str], words: Words) -> None:
    """Ask for the facts of one outcome, and keep them; `taken` are the identifiers of all studies."""
    known = {one.study.id: one for one in kept}
    if done := st.session_state.pop(KEPT, ""):
        st.success(done)
    chosen = NEW
    if known:
        chosen = st.selectbox(
            words("Add a study, or correct one that was added here"),
            [NEW, *known],
            format_func=lambda name: _name(known[name]) if name else words("A new one"),
            key="study-which",
        )
    before = known.get(chosen)
    cells = _ask(cells_of(before.study) if before else {}, words, name=chosen)
    label = words("Save the corrected study") if before else words("Add this study")
    if st.button(label, type="primary", key=f"study-save-{chosen}"):
        _keep(store, cells, before, taken, words)
    if before is not None:
        _withdraw(store, before, words)


def show_withdrawn(store: Store, withdrawn: Sequence[KeptStudy], words: Words) -> None:
    """Studies that no longer count, each to be brought back."""
    if not withdrawn:
        return
    with st.expander(words("Withdrawn studies ({n})", n=words.number(len(withdrawn)))):
        for one in withdrawn:
            left, right = st.columns([4, 1], vertical_alignment="center")
            left.markdown(
                words(
                    "{study}: withdrawn by {person} on {day}.",
                    study=words.text(_name(one)),
                    person=words.text(one.saved_by, longest=80),
                    day=words.date(one.saved_at.date()),
                )
            )
            if right.button(words("Bring back"), key=f"study-back-{one.study.id}"):
                bring_back_study(store, one.study.id, person=page.PERSON)
                st.rerun()


def _name(one: KeptStudy) -> str:
    return f"{one.study.campaign}: {one.study.outcome}"


def _ask(known: Mapping[str, str], words: Words, *, name: str) -> dict[str, str]:
    """The cells of a study, by the names of the table's columns."""
    plain, cells = words.in_files, dict(known)

    def key(column: str) -> str:
        return f"study-{column}-{name}"

    def text(column: str, *, example: str | None = None, longest: int = 300) -> None:
        cells[column] = st.text_input(
            _label(column, words),
            value=known.get(column, ""),
            max_chars=longest,
            placeholder=example,
            key=key(column),
        )

    def pick(column: str, options: Mapping[str, str], *, usual: int | None = None, other: bool = False) -> None:
        codes = list(options) if known.get(column, "") in {"", *options} else [known[column], *options]
        cells[column] = (
            st.selectbox(
                _label(column, words),
                codes,
                index=codes.index(known[column]) if known.get(column) else usual,
                format_func=lambda code: options.get(code, code),
                placeholder=words("Choose"),
                accept_new_options=other,
                key=key(column),
            )
            or ""
        )

    st.markdown(words("**{title}**", title=words("What was done")))
    text("campaign", example=words("Title of the campaign"))
    for column, field in zip(st.columns(2), ("implementer", "audience"), strict=True):
        with column:
            text(field)
    where, when, way = st.columns([2, 1, 1])
    with where:
        countries = st.multiselect(
            _label("countries", words),
            sorted(COUNTRIES, key=lambda code: country_name(code, plain)),
            default=known.get("countries", "").split(),
            format_func=lambda code: country_name(code, plain),
            placeholder=words("Choose"),
            key=key("countries"),
        )
        cells["countries"] = " ".join(countries)
    with when:
        text("year", example="2024", longest=4)
    with way:
        pick("channel", {channel: channel for channel in CHANNELS if channel}, other=True)

    st.markdown(words("**{title}**", title=words("How it was compared")))
    pick("design", {str(design): term(design, plain) for design in Design})
    for column, field in zip(st.columns(4), ("compared_with", "people", "clusters", "follow_up"), strict=True):
        with column:
            text(field)

    st.markdown(words("**{title}**", title=words("What was found, as printed")))
    left, right = st.columns(2)
    with left:
        text("outcome")
    with right:
        pick("outcome_class", {code: plain(label) for code, label in CLASSES.items()})
    pick("desired", {"up": plain("More is wished"), "down": plain("Less is wished")}, usual=0)
    for column, field in zip(st.columns([1, 2, 1, 1]), ("effect", "effect_unit", "conf_low", "conf_high"), strict=True):
        with column:
            if field == "effect_unit":
                pick(field, {str(unit): plain(UNITS[unit]) for unit in Unit})
            else:
                text(field, example="4.2" if field == "effect" else None, longest=40)
    text("as_published")

    st.markdown(words("**{title}**", title=words("Where it stands")))
    text("source", example=words("Authors, year, journal or report, DOI or address"))
    left, right = st.columns([1, 2])
    with left:
        pick("read", {str(read): plain(READ[read]) for read in Read})
    with right:
        text("caution", example=words("Begin with “another subject” where it is not about migration"))
    return cells


def _label(column: str, words: Words) -> str:
    label = words(LABELS[column])
    return words("{field} (needed)", field=label) if column in REQUIRED else label


def _keep(store: Store, cells: dict[str, str], before: KeptStudy | None, taken: Collection[str], words: Words) -> None:
    """Keep the study, or say which fields stand in the way."""
    cells["id"] = before.study.id if before else identifier(cells["campaign"], cells["outcome"], taken)
    found = read_cells(cells)
    if found.problems:
        st.error(page.bullets([field_problem(problem, words) for problem in found.problems]))
        return
    changed = save_studies(store, found.outcomes, person=page.PERSON)
    st.session_state[KEPT] = (
        words("Kept. It stands in the list, the map and, where it has a range, the averages.")
        if changed
        else words("Nothing was changed.")
    )
    st.rerun()


def _withdraw(store: Store, before: KeptStudy, words: Words) -> None:
    """Take a study out, with a reason."""
    why, press = st.columns([3, 1], vertical_alignment="bottom")
    with why:
        reason = st.text_input(words("Why is it withdrawn?"), max_chars=300, key=f"study-why-{before.study.id}")
    if press.button(words("Withdraw"), key=f"study-withdraw-{before.study.id}", disabled=not reason.strip()):
        withdraw_study(store, before.study.id, person=page.PERSON, why=reason)
        st.session_state[KEPT] = words("Withdrawn. It counts nowhere any more; the history keeps it with the reason.")
        st.session_state.pop("study-which", None)
        st.rerun()


def field_problem(problem: Problem, words: Words) -> str:
    """A problem by the name of the form's field."""
    said = problem_sentence(Problem(problem.code, problem.severity, None, None, problem.value), words)
    field = LABELS.get(problem.column or "")
    return words("{field}: {problem}", field=words(field), problem=said) if field else said


def identifier(campaign: str, outcome: str, taken: Collection[str]) -> str:
    """A name made of the campaign and the outcome that no other study has.

    >>> identifier("Peer vidéo", "knows two dangers", {"peer-video-knows-two-dangers"})
    'peer-video-knows-two-dangers-2'
    """
    letters = unicodedata.normalize("NFKD", f"{campaign} {outcome}").encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "-", letters).strip("-")[:56].strip("-") or "study"
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
