"""What a person has answered about a file, and what is known of a platform, where the cells alone do not decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.exports.values.dates import Order
from campaigns.exports.values.numbers import Sign
from campaigns.vocabulary import CURRENCIES

ANSWERS = frozenset({"date_order", "decimal_sign", "year", "currency", "account", "sheet"})
# Their files carry a decimal point in every language of the screen; a spreadsheet that saves one again changes that.
POINT_PLATFORMS = frozenset(
    {"meta_ads", "meta_business_suite", "youtube", "tiktok", "tiktok_ads", "x", "google_search_console"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The answers that hold for a whole file, and how the file is written."""

    order: Order | None = None
    sign: Sign | None = None
    year: int | None = None
    currency: str | None = None
    account: str | None = None
    sheet: str | None = None
    delimiter: str | None = None

    def usual_sign(self, platform: str) -> Sign | None:
        """The sign a platform's own files have, unless a spreadsheet with a decimal comma has saved them again.

        A workbook (which has no delimiter) keeps numbers as numbers.
        """
        if self.delimiter is None:
            return Sign.POINT
        return Sign.POINT if platform in POINT_PLATFORMS and self.delimiter != ";" else None


def settings_from(answers: Mapping[str, str], delimiter: str | None) -> Settings:
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
    return Settings(
        order=Order(order) if order else None,
        sign=Sign(sign) if sign else None,
        year=int(year) if year else None,
        currency=currency,
        account=answers.get("account") or None,
        sheet=answers.get("sheet") or None,
        delimiter=delimiter,
    )
