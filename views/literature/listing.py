"""Published studies as a list: who did what, what was found, the source, and who added it here."""

from collections.abc import Mapping, Sequence

import streamlit as st

from campaigns.kept_studies import KeptStudy
from campaigns.literature import PublishedOutcome
from views import page
from views.wording import Words, country_name
from views.wording.studies import READ, about_label, design_label, size_label


def show_studies(
    studies: Sequence[PublishedOutcome], words: Words, *, name: str, added: Mapping[str, KeptStudy] | None = None
) -> None:
    """Each campaign of each publication with its outcomes, their cautions, and the source."""
    alike: dict[tuple[str, str], list[PublishedOutcome]] = {}
    for study in studies:
        alike.setdefault((study.source, study.campaign), []).append(study)
    for number, outcomes in enumerate(alike.values()):
        with st.container(key=f"row-{name}-{number}"):
            left, right = st.columns([2, 3])
            left.markdown(words("**{title}**", title=words.text(outcomes[0].campaign)))
            left.caption(about_label(outcomes, words))
            for design in dict.fromkeys(design_label(outcome, words) for outcome in outcomes):
                left.caption(design)
            right.markdown(page.bullets([finding(outcome, outcomes, words) for outcome in outcomes]))
            read = words.listed(dict.fromkeys(words(READ[outcome.read]) for outcome in outcomes))
            right.caption(words("Source: {source}. We read: {read}.", source=words.text(outcomes[0].source), read=read))
            kept = [added[outcome.id] for outcome in outcomes if added and outcome.id in added]
            for said in dict.fromkeys(added_label(one, words) for one in kept):
                right.caption(said)


def finding(study: PublishedOutcome, beside: Sequence[PublishedOutcome], words: Words) -> str:
    """One outcome as its publication says it, its size where that was read, and why not to lean on it."""
    said = words(
        "{outcome}: {finding}",
        outcome=words.text(study.outcome),
        finding=words.text(study.as_published, longest=400),
    )
    size = size_label(study, words) or words("size not read")
    against = words("compared with: {group}", group=words.text(study.compared_with)) if study.compared_with else ""
    several = any(other.countries != study.countries for other in beside)
    where = words.listed(country_name(code, words) for code in study.countries) if several else ""
    known = words("({facts}).", facts="; ".join(part for part in (where, size, against) if part))
    caution = words("Caution: {caution}.", caution=words.text(study.caution, longest=400)) if study.caution else ""
    return f"{said} {known} {caution}".strip()


def added_label(kept: KeptStudy, words: Words) -> str:
    """Who added a study here, and when."""
    return words(
        "Added or last corrected here by {person} on {day}; it did not come with the project.",
        person=words.text(kept.saved_by, longest=80),
        day=words.date(kept.saved_at.date()),
    )
