"""By which columns a table shows that it holds the answers of a survey, and which software wrote it."""

from collections.abc import Mapping, Sequence

from campaigns.privacy import folded
from campaigns.questionnaire import ARMS, WAVES, standard_field
from campaigns.vocabulary import Platform

_KOBOTOOLBOX: tuple[frozenset[str], ...] = (
    frozenset({"_uuid"}),
    frozenset({"_submission_time"}),
    frozenset({"__version__"}),
    frozenset({"_id", "_index"}),
)
_OTHERS: tuple[frozenset[str], ...] = (
    frozenset({"meta/instanceid"}),
    frozenset({"meta-instanceid"}),
    frozenset({"submissiondate", "key"}),  # ODK, SurveyCTO
    frozenset({"instanceid", "formdef_version"}),
    frozenset({"submissiondate", "formdef_version"}),
)
# Tables with several rows a person, which form software puts beside the one with one row a person.
_REPEATS: tuple[frozenset[str], ...] = (
    frozenset({"parent_key"}),
    frozenset({"set-of-key"}),
    frozenset({"_parent_index"}),
    frozenset({"_parent_table_name"}),
    frozenset({"_submission__uuid"}),
)
_FEWEST = 3  # standard columns that make a table without marks of any software a survey


def platform_of(headers: Sequence[str]) -> str:
    """Whose form software wrote the file, by the columns that it adds."""
    plain = set(map(_plain, headers))
    return Platform.KOBOTOOLBOX if any(marks <= plain for marks in _KOBOTOOLBOX) else Platform.UNKNOWN


def is_marked(headers: Sequence[str]) -> bool:
    """Whether a form software has added its columns."""
    plain = set(map(_plain, headers))
    return any(marks <= plain for marks in (*_KOBOTOOLBOX, *_OTHERS, *_REPEATS))


def is_repeated(headers: Sequence[str]) -> bool:
    """Whether a table holds what was asked several times of one person, such as of each child."""
    plain = set(map(_plain, headers))
    return any(marks <= plain for marks in _REPEATS)


def is_plain_survey(columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether a table that no form software wrote has the columns of a survey.

    `columns` are its headers with their different cells. Figures of platforms have ages, sexes and countries too; only
    a survey says who agreed to be asked, on which side people were, or when they were asked.
    """
    fields = {header: field for header in columns if (field := standard_field(header)) is not None}
    if len(set(fields.values())) < _FEWEST:
        return False
    return any(
        field == "consent" or (field in _WORDS and any(folded(cell) in _WORDS[field] for cell in columns[header]))
        for header, field in fields.items()
    )


_WORDS: Mapping[str, Mapping[str, str]] = {"arm": ARMS, "wave": WAVES}


def _plain(header: str) -> str:
    return header.replace("\ufeff", "").strip().casefold()
