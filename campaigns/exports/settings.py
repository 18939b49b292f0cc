"""What a person has answered about a file, and what is known of a platform, where the cells alone do not decide."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from campaigns.exports.formats import DIMENSIONS, MAPPED, METRIC_FIELDS, Format
from campaigns.exports.headers import NOT_STORED, normalised
from campaigns.exports.values.dates import Order
from campaigns.exports.values.numbers import Sign
from campaigns.exports.values.windows import Window
from campaigns.vocabulary import CURRENCIES, Platform

ANSWERS = frozenset(
    {
        *("date_order", "decimal_sign", "year", "currency", "account", "sheet"),
        *("platform", "level", "first_day", "last_day", "columns"),
    }
)
# What holds for every file with the same columns; the others belong to one file.
OF_A_LAYOUT = frozenset({"date_order", "decimal_sign", "platform", "level", "columns"})
FIELDS = METRIC_FIELDS | DIMENSIONS | NOT_STORED
# Their files carry a decimal point in every language of the screen; a spreadsheet that saves one again changes that.
POINT_PLATFORMS = frozenset(
    {"meta_ads", "meta_business_suite", "youtube", "tiktok", "tiktok_ads", "x", "google_search_console"}
)


class Level(StrEnum):
    """What one row of a table may be about, where a person says so."""

    ACCOUNT = "account"
    CAMPAIGN = "campaign"
    AD_SET = "ad_set"
    AD = "ad"
    POST = "post"
    VIDEO = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The answers that hold for a whole file, and how the file is written."""

    order: Order | None = None
    sign: Sign | None = None
    year: int | None = None
    currency: str | None = None
    account: str | None = None
    sheet: str | None = None
    platform: Platform | None = None
    level: Level | None = None
    window: Window | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # normalised header → field, "" for not stored
    delimiter: str | None = None

    def usual_sign(self, form: Format) -> Sign | None:
        """The sign a platform's own files have, unless a spreadsheet with a decimal comma has saved them again.

        A workbook (which has no delimiter) keeps numbers as numbers.
        """
        if self.delimiter is None:
            return Sign.POINT
        usual = form.platform in POINT_PLATFORMS and form.report != MAPPED
        return Sign.POINT if usual and self.delimiter != ";" else None


def settings_from(answers: Mapping[str, Any], delimiter: str | None) -> Settings:
    """The settings of a file; an answer to a question that nobody asks is a mistake."""
    if unknown := sorted(set(answers) - ANSWERS):
        raise ValueError(f"no question is called {unknown[0]!r}; there are {', '.join(sorted(ANSWERS))}")
    year = answers.get("year")
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise ValueError(f"{year!r} is not a year")
    currency = answers.get("currency")
    if currency is not None and currency not in CURRENCIES:
        raise ValueError(f"{currency!r} is not an ISO 4217 currency")
    order, sign = answers.get("date_order"), answers.get("decimal_sign")
    platform, level = answers.get("platform"), answers.get("level")
    return Settings(
        order=Order(order) if order else None,
        sign=Sign(sign) if sign else None,
        year=int(year) if year else None,
        currency=currency,
        account=answers.get("account") or None,
        sheet=answers.get("sheet") or None,
        platform=Platform(platform) if platform else None,
        level=Level(level) if level else None,
        window=_window(answers.get("first_day"), answers.get("last_day")),
        columns=_columns(answers.get("columns") or {}),
        delimiter=delimiter,
    )


def _window(first: str | None, last: str | None) -> Window | None:
    if not first and not last:
        return None
    if not first or not last:
        raise ValueError(f"first_day is {first!r} and last_day {last!r}; a period needs both")
    window = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    if window[1] < window[0]:
        raise ValueError(f"the period ends ({last}) before it starts ({first})")
    return window


def _columns(columns: Mapping[str, str]) -> dict[str, str]:
    for header, meant in columns.items():
        if meant and meant not in FIELDS:
            raise ValueError(f"column {header!r} is said to hold {meant!r}, which is no field")
    return {normalised(header): meant for header, meant in columns.items()}
