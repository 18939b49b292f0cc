"""Tables to fill in where there is nothing to export from, in the language of the page."""

from functools import partial
from pathlib import Path

import streamlit as st

from campaigns.exports.templates import TEMPLATES, csv_file, workbook
from campaigns.questionnaire_form import FORMS
from views.wording import Words, term

QUESTIONNAIRES = Path(__file__).parents[2] / "data" / "templates"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_templates(words: Words) -> None:
    """One line a template: what it is for, as a spreadsheet and as plain text; made when somebody asks for it."""
    st.markdown(words("Fill in a table, or use the questionnaire, and add the file here. Write no names of people."))
    for template in TEMPLATES:
        name = f"{template.id}-{words.language}"
        with st.container(key=f"row-template-{template.id}"):
            text, buttons = st.columns([3, 2], vertical_alignment="center")
            text.markdown(words("**{title}**", title=words(template.title)))
            text.caption(words(template.purpose))
            with buttons.container(horizontal=True):
                st.download_button(
                    words("XLSX"),
                    partial(workbook, template.id, words.language, words=words),
                    file_name=f"{name}.xlsx",
                    mime=SPREADSHEET,
                    key=f"xlsx-{template.id}",
                    on_click="ignore",
                )
                st.download_button(
                    words("CSV"),
                    partial(csv_file, template.id, words.language),
                    file_name=f"{name}.csv",
                    mime="text/csv",
                    key=f"csv-{template.id}",
                    on_click="ignore",
                )
    offer_questionnaire(words)


def offer_questionnaire(words: Words) -> None:
    """The standard questionnaire for before and after the campaign, as an XLSForm."""
    with st.container(key="row-template-questionnaire"):
        text, buttons = st.columns([3, 2], vertical_alignment="center")
        text.markdown(words("**{title}**", title=words("Questionnaire")))
        text.caption(words("For KoboToolbox or ODK, in six languages: whom you ask, and what they know."))
        with buttons.container(horizontal=True):
            for file_name, wave in FORMS.items():
                st.download_button(
                    term(wave, words),
                    (QUESTIONNAIRES / file_name).read_bytes,
                    file_name=file_name,
                    mime=SPREADSHEET,
                    key=f"xlsform-{wave}",
                    on_click="ignore",
                )
