"""The buttons by which a person takes a picture or a table away. Nothing is made before somebody presses one."""

import pandas as pd
import streamlit as st

from views.charts.picture import Picture
from views.taking_away.browser import browser
from views.taking_away.files import File, picture_files, table_files
from views.taking_away.notes import Notes
from views.wording import Words
from views.wording.language import msgid

LABELS = {
    "png": msgid("Picture for documents (PNG, 300 dpi)"),
    "svg": msgid("Drawing that scales (SVG)"),
    "csv": msgid("Figures for any program (CSV)"),
    "xlsx": msgid("Figures for a spreadsheet (XLSX)"),
}
DRAWN = ("png", "svg")  # what needs a browser on the computer that runs the tracker


def offer_picture(picture: Picture, words: Words, *, name: str, notes: Notes = ()) -> None:
    """A picture's files, behind one button."""
    with st.popover(words("Take away"), key=f"take-{name}"):
        files = picture_files(picture, words, notes)
        if browser() is None:
            st.caption(without_browser(words))
            files = tuple(file for file in files if file.ending not in DRAWN)
        _offer(files, words, name=name)
        st.caption(words("The table below the picture can be marked, copied and pasted into Word as it is."))


def offer_table(table: pd.DataFrame, words: Words, *, name: str, title: str, notes: Notes = ()) -> None:
    """A table's files, behind one button."""
    with st.popover(words("Take away"), key=f"take-{name}"):
        _offer(table_files(table, words, notes, title=title), words, name=name)


def without_browser(words: Words) -> str:
    """What is missing for pictures as files, how to get it, and what there is meanwhile."""
    return words(
        "Pictures with title and source printed in need Chrome or Chromium on the computer that runs the tracker: "
        "install one of them, or run “kaleido_get_chrome” there, and start the tracker again. Until then the camera in "
        "the corner of the picture saves it without them."
    )


def _offer(files: tuple[File, ...], words: Words, *, name: str) -> None:
    for file in files:
        st.download_button(
            words(LABELS[file.ending]),
            file.made,
            file_name=f"{name}.{file.ending}",
            mime=file.media_type,
            key=f"{file.ending}-{name}",
            on_click="ignore",
            width="stretch",
        )
