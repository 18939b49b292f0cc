"""What a person has said about each file so far, kept while they look at others; it is gone with the visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from campaigns.files import File
from campaigns.problems import Problem
from campaigns.questionnaire import Codebook


@dataclass(slots=True, kw_only=True)
class Draft:
    """The answers about one file, and what was asked: a question stays on the page once it is answered."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, Problem] = field(default_factory=dict)  # by code
    survey: bool = False  # a table that no platform writes holds answers
    codebook: Codebook | None = None  # of a survey, as confirmed

    def give(self, **answers: Any) -> None:
        """Take answers down; an empty one takes away what was said before."""
        for name, answer in answers.items():
            if answer:
                self.answers[name] = answer
            else:
                self.answers.pop(name, None)

    def all_answers(self, remembered: Mapping[str, Any]) -> dict[str, Any]:
        """These answers, on top of those that are remembered for the layout."""
        columns = {**remembered.get("columns", {}), **self.answers.get("columns", {})}
        return {**remembered, **self.answers, **({"columns": columns} if columns else {})}


def draft_of(file: File) -> Draft:
    """What was said about a file in this visit."""
    drafts: dict[str, Draft] = st.session_state.setdefault("drafts", {})
    return drafts.setdefault(file.key, Draft())
