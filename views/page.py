"""What all pages share: the answer at the top, the frame of a picture, files to take away, the example notice."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from campaigns.example import remove_example
from campaigns.privacy import Profile
from campaigns.records import Campaign
from campaigns.settings import Settings, settings
from campaigns.store import Store
from metrics.evaluation import Evaluation
from views import taking_away
from views.charts.picture import Picture, as_read, plot_config
from views.opening import add_example
from views.palette import in_dark
from views.tables import on_screen
from views.taking_away import Notes as Notes
from views.taking_away import offer_picture, offer_table
from views.wording import Words

# Without sign-in there is one person: whoever sits at this computer. What they change is recorded under this name.
PERSON = "this computer"


def reader_words() -> Words:
    """The words of the language chosen at the top of the page."""
    return Words(st.session_state["lang"])


def headline(question: str, *answer: str) -> None:
    """The page's question as its title, and the sentences that answer it."""
    st.title(question, anchor=False)
    if not any(answer):
        return
    with st.container(key="answer"):
        for sentence in answer:
            if sentence:
                st.markdown(sentence)


def titles(campaigns: Collection[Campaign]) -> dict[str, str]:
    """Campaigns by id, with titles that tell them apart."""
    often = Counter(campaign.title for campaign in campaigns)
    return {
        campaign.id: campaign.title if often[campaign.title] == 1 else f"{campaign.title} ({campaign.id})"
        for campaign in campaigns
    }


def is_dark() -> bool:
    """Whether the reader's system asks for light letters on a dark ground."""
    return st.context.theme.type == "dark"


def paragraph(*said: str) -> None:
    """Sentences, already said in words, one after the other."""
    text = " ".join(sentence for sentence in said if sentence)
    st.markdown(text)


def bullets(sentences: Sequence[str]) -> str:
    """Sentences, already said in words, as a list."""
    return "\n".join(f"- {sentence}" for sentence in sentences if sentence)


def show_picture(picture: Picture | None, words: Words, *, name: str, notes: Notes = ()) -> None:
    """A picture with its title, caption, the table of the same figures, and that table as a file."""
    if picture is None:
        return
    st.subheader(picture.title, anchor=False)
    draw(picture, words, name=name)
    with st.expander(words("The same figures as a table")):
        show_table(picture.table, words, alt=picture.alt)
    offer_picture(picture, words, name=name, notes=notes)


def drawn_once(words: Words, name: str, make: Callable[[], Picture | None], *, of: Hashable = ()) -> Picture | None:
    """A picture by the name that it has on the page, drawn once for each state of the store, language and protection.

    Whatever else it depends on must be in `of`. All readers share it: nobody changes it.
    """
    return _drawn((st.session_state["state"], words, profile(), name, of), make)


@st.cache_resource(show_spinner=False, max_entries=512)
def _drawn(key: tuple[Hashable, ...], _make: Callable[[], Picture | None]) -> Picture | None:
    return _make()


def draw(picture: Picture, words: Words, *, name: str) -> None:
    """The picture itself and how to read it, on the reader's ground."""
    drawn = as_read(picture.figure, words)
    st.plotly_chart(
        json.loads(in_dark(drawn.to_json())) if is_dark() else drawn,
        theme=None,
        key=f"picture-{name}",
        alt=picture.alt,
        config=plot_config(words, file_name=name, image=st.session_state.get("image") or "png"),
    )
    st.caption(picture.caption)


def notes_of(evaluations: Sequence[Evaluation], words: Words, *more: tuple[str, str]) -> Notes:
    """What must be known of a table that leaves the page."""
    return taking_away.notes_of(evaluations, words, *more, profile=profile())


def show_table(table: pd.DataFrame, words: Words, *, alt: str | None = None) -> None:
    """A table of plain text, made safe for the page."""
    st.table(on_screen(table, words), hide_index=True, border="horizontal", alt=alt)


def offer_csv(table: pd.DataFrame, words: Words, *, name: str, notes: Notes = (), title: str = "") -> None:
    """A button that opens the files of a table, with its notes; each is made when somebody asks for it."""
    offer_table(table, words, name=name, notes=notes, title=title or name)


def profile() -> Profile:
    """How small groups are protected in this organisation."""
    return decided().protection.profile


def decided() -> Settings:
    """What the organisation decided for all campaigns."""
    kept: Settings = st.session_state["settings"]
    return kept


def keep_settings(store: Store) -> None:
    """Read once for a run of a page what the organisation decided, and which state of the store the run begins with."""
    st.session_state["state"] = (str(store.folder), store.version)
    st.session_state["settings"] = settings(store)


def link(screen: str, label: str, words: Words, **chosen: str) -> None:
    """A link to another page, in the same language and with what is `chosen` there."""
    st.page_link(f"screens/{screen}.py", label=label, query_params={"lang": words.language, **chosen})


def parts_of(screen: str, parts: Mapping[str, str], here: str, words: Words, *, name: str) -> None:
    """Links to the parts of a page, of which one is shown; which one stands as `name` in the address."""
    with st.container(key=f"parts-{screen}", horizontal=True, gap=None):
        for part, label in parts.items():
            with st.container(key=f"{'here' if part == here else 'there'}-below-{part}", width="content"):
                link(screen, label, words, **{name: part})


def help_link(words: Words) -> None:
    """The way from a page to what its words and methods mean."""
    link("help", words("Methods, words and definitions"), words)


def copy_link(words: Words) -> None:
    """The page's address, to be copied: it holds the language, the filters and what else was chosen."""
    with st.popover(words("Copy the link to this view"), type="tertiary"):
        st.code(address(), language=None, wrap_lines=True)


def address() -> str:
    """Where this view is, with all that was chosen."""
    here = (st.context.url or "").partition("?")[0]
    chosen = urlencode({name: st.query_params[name] for name in st.query_params})
    return f"{here}?{chosen}" if chosen else here


def choose_image_format(words: Words) -> None:
    """Which kind of file the button in the corner of each picture saves."""
    st.segmented_control(
        words("Save pictures as"),
        ("png", "svg"),
        default="png",
        required=True,
        format_func=str.upper,
        key="image",
    )


def progress_of_example(words: Words) -> Callable[[int, int, str], None]:
    """A bar that appears once there is something to wait for."""
    place = st.empty()

    def show(done: int, total: int, what: str) -> None:
        if done >= total:
            place.empty()
            return
        share = done / total
        place.progress(share, words("Preparing the example data. This takes a few seconds, and happens once."))

    return show


def example_notice(store: Store, words: Words) -> None:
    """Says on every page that simulated campaigns are shown, and takes them away when asked."""
    if not any(campaign.example for campaign in store.campaigns()):
        return
    with st.container(key="example", horizontal=True, vertical_alignment="center"):
        st.markdown(
            words("**Example data – simulated.** They say nothing of real campaigns."),
            width="content",
        )
        if st.button(words("Remove the example data"), key="remove-example"):
            remove_example(store)
            st.rerun()


def offer_example(store: Store, words: Words) -> None:
    """What a page without campaigns offers: the three steps to a first answer, or the example to look at."""
    st.markdown(
        bullets(
            [
                words("**Add data**: exports of platforms as they are, and answers to a questionnaire."),
                words("**Describe the campaign**: for whom it was, what it cost, and how it was measured."),
                words("**Plan**: views alone never show awareness. Plan whom to ask, before the next campaign starts."),
            ]
        )
    )
    with st.container(key="ways", horizontal=True):
        link("add_data", words("Add data"), words)
        link("plan", words("Plan a survey"), words)
        if st.button(words("Look at the example data first"), key="add-example"):
            add_example(store, progress_of_example(words))
            st.rerun()
