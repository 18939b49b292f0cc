"""What only the person who sends a file can know: which of two readings is meant, of which year, account, currency."""

import datetime as dt
from collections.abc import Collection, Sequence

import streamlit as st

from campaigns.files import File
from campaigns.problems import Problem
from campaigns.receipts import Receipt
from campaigns.vocabulary import CURRENCIES
from views.adding.drafts import Draft
from views.wording import Words, currency_name

ASKED = (
    "several_sheets", "date_order_ambiguous", "decimal_sign_ambiguous", "no_year_in_dates", "no_window_in_file",
    "currency_unknown", "account_unknown",
)  # fmt: skip
NEEDED = frozenset({"several_sheets", "date_order_ambiguous", "decimal_sign_ambiguous", "no_year_in_dates"})
LONGEST_ACCOUNT = 120


def note_questions(draft: Draft, problems: Sequence[Problem], *, but: Collection[str] = ()) -> None:
    """Take down what a reading asks, so that a question stays on the page after its answer."""
    if any(problem.code == "no_year_in_dates" for problem in problems):
        but = {*but, "no_window_in_file"}  # the year gives the days
    if any(problem.code == "empty_export" for problem in problems):
        but = {*but, *ASKED} - {"several_sheets"}  # another sheet may hold rows; of none there is nothing to know
    for problem in problems:
        if problem.code in ASKED and problem.code not in but:
            draft.asked.setdefault(problem.code, problem)


def ask(file: File, draft: Draft, receipt: Receipt, words: Words, *, accounts: Sequence[str]) -> None:
    """Ask what the file leaves open, and take down the answers."""
    asked = draft.asked
    said = draft.answers
    if "several_sheets" in asked:
        sheet = _pick(file, words("Which sheet holds the figures?"), receipt.sheets, said.get("sheet"), "sheet", words)
        draft.give(sheet=sheet)
    if (problem := asked.get("date_order_ambiguous")) is not None:
        order = ask_either(
            words("How is the date {value} meant?", value=words.text(problem.value or "")),
            date_orders(words, problem.value or ""),
            said.get("date_order"),
            key=f"answer-date_order {file.key}",
        )
        draft.give(date_order=order)
    if (problem := asked.get("decimal_sign_ambiguous")) is not None:
        sign = ask_either(
            words("What does the sign in {value} mean?", value=words.text(problem.value or "")),
            decimal_signs(words),
            said.get("decimal_sign"),
            key=f"answer-decimal_sign {file.key}",
        )
        draft.give(decimal_sign=sign)
    if (problem := asked.get("no_year_in_dates")) is not None:
        year = st.number_input(
            words("Of which year is {value}?", value=words.text(problem.value))
            if problem.value
            else words("Of which year are the days?"),
            min_value=2005,
            max_value=dt.datetime.now(dt.UTC).year,
            value=int(said["year"]) if "year" in said else None,
            step=1,
            key=f"answer-year {file.key}",
        )
        draft.give(year=None if year is None else str(year))
    if "no_window_in_file" in asked:
        ask_window(draft, words, key=file.key)
    if "currency_unknown" in asked:
        label = words("In which currency was it paid?")
        draft.give(currency=ask_currency(label, said.get("currency"), words, key=f"answer-currency {file.key}"))
    if "account_unknown" in asked:
        label = words("Which account, page or channel are these figures of?")
        given = ask_account(label, said.get("account"), accounts, words, key=f"answer-account {file.key}")
        draft.give(account=given)


def date_orders(words: Words, example: str) -> dict[str, str]:
    """The two readings of a date, each with what the example would then mean."""
    plain = words.in_files
    said = {"day_first": plain("Day first, then month"), "month_first": plain("Month first, then day")}
    for order, meant in said.items():
        day = _as_read(example, day_first=order == "day_first")
        if day is not None:
            said[order] = plain("{reading}: {date}", reading=meant, date=plain.date(day))
    return said


def _as_read(example: str, *, day_first: bool) -> dt.date | None:
    """What an example such as 03/06/2026 is in one of the two readings."""
    numbers = [int(part) for part in "".join(c if c.isdigit() else " " for c in example[:10]).split()]
    if len(numbers) != 3 or numbers[2] < 1000:
        return None
    day, month = numbers[:2] if day_first else numbers[1::-1]
    try:
        return dt.date(numbers[2], month, day)
    except ValueError:
        return None


def decimal_signs(words: Words) -> dict[str, str]:
    """The two readings of a sign in a number."""
    return {
        "point": words.in_files("The point separates decimals: 1.5 is one and a half"),
        "comma": words.in_files("The comma separates decimals: 1,5 is one and a half"),
    }


def ask_either(question: str, readings: dict[str, str], said: str | None, *, key: str) -> str | None:
    """One of two readings; none is chosen beforehand."""
    options = list(readings)
    index = options.index(said) if said in options else None
    return st.radio(question, options, index=index, format_func=readings.__getitem__, key=key)


def ask_window(draft: Draft, words: Words, *, key: str) -> None:
    """The first and the last day of figures that do not say theirs."""
    st.markdown(words("Which days are these figures of?"))
    days = []
    for place, name, label in zip(
        st.columns(2), ("first_day", "last_day"), (words("First day"), words("Last day")), strict=True
    ):
        said = draft.answers.get(name) or st.session_state.get(f"{name} {key}")
        value = dt.date.fromisoformat(said) if isinstance(said, str) else None
        with place:
            chosen = st.date_input(label, value=value, key=f"answer-{name} {key}", format="YYYY-MM-DD")
        days.append(chosen if isinstance(chosen, dt.date) else None)
    first, last = days
    if first and last and last < first:
        st.error(words("The last day lies before the first."))
    if first and last and first <= last:
        draft.give(first_day=first.isoformat(), last_day=last.isoformat())
    else:
        draft.give(first_day=None, last_day=None)


def ask_currency(label: str, said: str | None, words: Words, *, key: str) -> str | None:
    """A currency by its code, found by its name too."""
    codes = sorted(CURRENCIES)
    return st.selectbox(
        label,
        codes,
        index=codes.index(said) if said and said in CURRENCIES else None,
        format_func=lambda code: words.in_files("{code} · {name}", code=code, name=currency_name(code, words.in_files)),
        placeholder=words("Not known"),
        key=key,
    )


def ask_account(label: str, said: str | None, used: Sequence[str], words: Words, *, key: str) -> str | None:
    """An account's name; those of earlier files are offered."""
    if not used:
        typed = st.text_input(label, value=said or "", key=key, max_chars=LONGEST_ACCOUNT) or ""
        return typed.strip() or None
    options = list(dict.fromkeys([*([said] if said else []), *used]))
    chosen = st.selectbox(
        label,
        options,
        index=0 if said else None,
        format_func=lambda name: words.in_files.text(name),
        placeholder=words("Choose, or type another name"),
        accept_new_options=True,
        key=key,
    )
    return (chosen or "").strip()[:LONGEST_ACCOUNT] or None


def _pick(file: File, label: str, options: Sequence[str], said: str | None, name: str, words: Words) -> str | None:
    return st.selectbox(
        label,
        list(options),
        index=list(options).index(said) if said and said in options else None,
        format_func=lambda option: words.in_files.text(option),
        placeholder=words("Choose"),
        key=f"answer-{name} {file.key}",
    )
