"""Personal data in the cells of an export: said by row and column, never by value, and not stored."""

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from campaigns.exports.formats import MAPPED, METRIC_FIELDS
from campaigns.exports.headers import NOT_STORED
from campaigns.exports.rows.drafts import Draft
from campaigns.exports.values.columns import Cells, present
from campaigns.privacy import Personal, personal, personal_text
from campaigns.privacy.texts import plain
from campaigns.problems import Severity
from campaigns.vocabulary import COUNTRY_CODES

# Names that a person types; the names of accounts are those of the organisation, and may be handles.
TYPED_NAMES = frozenset({"campaign_name", "ad_set_name", "ad_name", "video_title", "entity"})
# What leads to a person from the text of any platform: an advertisement's name is often the text of its post.
LEADS = frozenset({Personal.EMAIL, Personal.PHONE})
_DIGITS = 7  # of the shortest telephone number
_DIALLED = re.compile(r"(?<!\d)00 ?[1-9](?:[ -]?\d){7,13}(?!\d)")  # by its check sum, one in ten is a bank card too
_SAMPLE = 2_000  # different cells of a platform's own column that are looked at


def hold_back_personal_data(draft: Draft) -> None:
    """Say where a table holds personal data, refuse rows whose typed names do, and store no other text that does.

    In what people fill in themselves every cell is looked at; of a platform's columns, those that nobody knows, and in
    all that is stored what leads to a person.
    """
    countries = _countries(draft)
    by_hand = draft.typed or draft.found.format.report == MAPPED
    for at, (cells, meaning) in enumerate(zip(draft.columns, draft.found.meanings, strict=True)):
        if cells.figures is not None:
            continue
        if meaning is None and personal(cells.header, present(cells)[:_SAMPLE]) is not None:
            draft.personal.add(cells.header)
            line = draft.found.table.header_line
            draft.say("personal_data_columns", Severity.WARNING, row=line, column=cells.header)
        if by_hand and (meaning is None or meaning.field == "text"):
            draft.mark("personal_text_not_stored", Severity.WARNING, _personal_rows(cells, countries), cells.header)
        elif by_hand and meaning is not None and meaning.field in TYPED_NAMES:
            draft.fault("personal_text_in_name", _personal_rows(cells, countries, accounts=False), cells.header)
        elif meaning is not None and meaning.field not in METRIC_FIELDS | NOT_STORED:
            _empty(draft, at)
    if leads(draft.found.series or ""):
        draft.found = replace(draft.found, series="")


def leads(text: str) -> bool:
    """Whether a text leads to a person, by an address or a number."""
    if "@" not in text and not {"(", "["} & set(text) and sum(map(str.isdigit, text)) < _DIGITS:
        return False
    return personal_text(text) in LEADS or _DIALLED.search(plain(text)) is not None


def _empty(draft: Draft, at: int) -> None:
    """Empty the cells of a column that lead to persons."""
    cells = draft.columns[at]
    found = {place for place, entry in enumerate(cells.entries) if leads(entry)}
    if not found:
        return
    draft.mark("personal_text_not_stored", Severity.WARNING, cells.rows_with(list(found)), cells.header)
    others = ["" if place in found else entry for place, entry in enumerate(cells.entries)]
    draft.columns[at] = Cells(cells.header, others, cells.codes)
    for field, column in draft.cells.items():
        if column is cells:
            draft.cells[field] = draft.columns[at]


def _countries(draft: Draft) -> frozenset[str]:
    """The countries that the table speaks of: telephone numbers are known in the form they have there."""
    cells = draft.cells.get("country")
    found = (entry.strip().upper() for entry in cells.entries) if cells else ()
    return frozenset(COUNTRY_CODES.get(code, code) for code in found)


def _personal_rows(cells: Cells, countries: frozenset[str], *, accounts: bool = True) -> NDArray[np.int64]:
    found = [(place, personal_text(entry, countries=countries)) for place, entry in enumerate(cells.entries)]
    allowed = {None} if accounts else {None, Personal.ACCOUNT}
    return cells.rows_with([place for place, reason in found if reason not in allowed])
