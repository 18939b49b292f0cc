"""How a file was read, line by line, and the form in which a person corrects what is not right."""

import datetime as dt
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from campaigns.files import File
from campaigns.problems import Problem
from campaigns.receipts import WindowSource
from views.adding.columns import ask_level, ask_platform, correct_columns
from views.adding.questions import ask_account, ask_currency, date_orders, decimal_signs
from views.adding.states import Look
from views.wording import Words, receipt_lines

DECIDED = {"decimal_point": "point", "decimal_comma": "comma"}


def show_lines(look: Look, problems: Sequence[Problem], words: Words) -> None:
    """Each line of the receipt."""
    lines = receipt_lines(look.receipt, words, accounts=look.accounts, problems=problems)
    st.table(pd.DataFrame(lines, columns=["", " "]), hide_index=True, hide_header=True, border="horizontal")


def correct(
    file: File, look: Look, answers: Mapping[str, Any], words: Words, *, accounts: Sequence[str]
) -> dict[str, Any] | None:
    """The corrections of a person who opens one of the forms and sends it: answers, empty where one is taken back."""
    columns = look.receipt.columns
    stored = sum(column.stored for column in columns)
    label = words(
        "What each column holds ({stored} stored, {others} not)",
        stored=words.number(stored),
        others=words.number(len(columns) - stored),
    )
    with st.expander(label, key=f"columns {file.key}", on_change="rerun") as form:
        corrected = correct_columns(file, look.receipt, words) if form.open else None
    with st.expander(words("Is something not right? Correct it"), key=f"correct {file.key}", on_change="rerun") as form:
        changed = _correct_lines(file, look, answers, words, accounts=accounts) if form.open else None
    if corrected:
        return {"columns": {**answers.get("columns", {}), **corrected}}
    return changed


def _correct_lines(
    file: File, look: Look, answers: Mapping[str, Any], words: Words, *, accounts: Sequence[str]
) -> dict[str, Any] | None:
    found = found_in(look, answers)
    version = f"{file.key} {zlib.crc32(repr(found).encode()):x}"  # another reading makes other fields
    receipt = look.receipt
    meant: dict[str, Any] = {}
    with st.form(f"lines {version}"):
        places = iter([place for _ in range(3) for place in st.columns(3)])
        with next(places):
            meant["platform"] = ask_platform(words("Platform"), found["platform"], words, key=f"fix-platform {version}")
        with next(places):
            meant["level"] = ask_level(words("One row is about"), found["level"], words, key=f"fix-level {version}")
        with next(places):
            label = words("Account, page or channel")
            meant["account"] = ask_account(label, found["account"], accounts, words, key=f"fix-account {version}")
        with next(places):
            meant["date_order"] = _either(
                words("Dates"), date_orders(words, ""), found["date_order"], words, f"fix-date_order {version}"
            )
        with next(places):
            meant["decimal_sign"] = _either(
                words("Numbers"), decimal_signs(words), found["decimal_sign"], words, f"fix-decimal_sign {version}"
            )
        with next(places):
            meant["currency"] = ask_currency(words("Currency"), found["currency"], words, key=f"fix-currency {version}")
        if receipt.window_source != WindowSource.COLUMN:
            for name, label in (("first_day", words("First day")), ("last_day", words("Last day"))):
                said = found[name]
                value = dt.date.fromisoformat(said) if said else None
                with next(places):
                    day = st.date_input(label, value=value, key=f"fix-{name} {version}", format="YYYY-MM-DD")
                meant[name] = day.isoformat() if isinstance(day, dt.date) else None
        if len(receipt.sheets) > 1:
            with next(places):
                meant["sheet"] = _either(
                    words("Sheet"),
                    {name: words.in_files.text(name) for name in receipt.sheets},
                    found["sheet"],
                    words,
                    f"fix-sheet {version}",
                )
        sent = st.form_submit_button(words("Read the file again"), key=f"read-lines {file.key}")
    if not sent:
        return None
    if bool(meant.get("first_day")) != bool(meant.get("last_day")) or _upside_down(meant):
        st.error(words("Give both the first and the last day, the first one first."))
        return None
    always = {"platform", "level"}  # what the list of these does not name stays as it was found
    changed = {name: value for name, value in meant.items() if value != found[name] and (value or name not in always)}
    if changed.keys() & {"first_day", "last_day"}:  # one is nothing without the other
        changed |= {name: meant[name] for name in ("first_day", "last_day")}
    return changed or None


def found_in(look: Look, answers: Mapping[str, Any]) -> dict[str, str | None]:
    """How each line stands now, as answers write it."""
    receipt = look.receipt
    readings = {column.reading for column in receipt.columns}
    first, last = receipt.window or (None, None)
    return {
        "platform": receipt.platform,
        "level": receipt.level,
        "account": answers.get("account") or (look.accounts[0] if len(look.accounts) == 1 else None),
        "date_order": next((order for order in ("day_first", "month_first") if order in readings), None),
        "decimal_sign": next((sign for code, sign in DECIDED.items() if code in readings), None),
        "currency": receipt.currency,
        "first_day": first.isoformat() if first else None,
        "last_day": last.isoformat() if last else None,
        "sheet": answers.get("sheet"),
    }


def _upside_down(meant: Mapping[str, Any]) -> bool:
    return bool(meant.get("first_day") and meant.get("last_day") and meant["last_day"] < meant["first_day"])


def _either(label: str, readings: Mapping[str, str], found: str | None, words: Words, key: str) -> str | None:
    options = list(readings)
    return st.selectbox(
        label,
        options,
        index=options.index(found) if found in options else None,
        format_func=readings.__getitem__,
        placeholder=words("As found"),
        key=key,
    )
