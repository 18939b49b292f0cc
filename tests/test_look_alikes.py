"""Reports of each family, with invented figures and the quirks of real ones, against sums counted by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from campaigns.exports import read_export
from campaigns.problems import Severity
from campaigns.vocabulary import METRICS
from tests.look_alikes.google import GOOGLE
from tests.look_alikes.interfaces import GOOGLE_ADS, INTERFACES, SNAPCHAT
from tests.look_alikes.platforms import PLATFORMS
from tests.look_alikes.report import LookAlike, text

ALL = {**PLATFORMS, **GOOGLE, **INTERFACES}


def plain(totals: dict[str, int | None]) -> dict[str, Decimal | None]:
    return {name: None if sum_ is None else Decimal(sum_) / METRICS[name].scale for name, sum_ in totals.items()}


@pytest.mark.parametrize("like", ALL.values(), ids=ALL)
def test_a_report_is_read_as_counted_by_hand(like: LookAlike) -> None:
    upload = read_export(like.data, name=like.name)
    receipt = upload.receipt
    assert not [p for p in upload.problems if p.severity == Severity.ERROR]
    assert (receipt.platform, receipt.report, upload.rows.num_rows) == (like.platform, like.report, like.rows)
    assert plain(dict(receipt.totals)) == {k: None if v is None else Decimal(v) for k, v in like.totals.items()}
    assert (tuple(map(str, receipt.window)) if receipt.window else None) == like.window
    assert receipt.currency == like.currency
    assert like.level in (None, receipt.level)
    assert like.codes <= {problem.code for problem in upload.problems}


@pytest.mark.parametrize(
    ("like", "written", "instead"),
    [(GOOGLE_ADS, ("12340000", "7660000"), ("12.34", "7.66")), (SNAPCHAT, ("14160000", "5840000"), ("14.16", "5.84"))],
    ids=["google_ads", "snapchat"],
)
def test_money_that_is_not_in_millionths_is_not_divided(
    like: LookAlike, written: tuple[str, str], instead: tuple[str, str]
) -> None:
    data = like.data
    for old, new in zip(written, instead, strict=True):
        data = data.replace(old.encode(), new.encode())
    upload = read_export(data, name=like.name)
    assert "number_not_whole" in {problem.code for problem in upload.problems}
    assert "spend" not in upload.receipt.totals


def test_whole_amounts_that_are_no_millionths_are_asked_about() -> None:
    upload = read_export(SNAPCHAT.data.replace(b"14160000", b"14").replace(b"5840000", b"6"), name="snapchat.csv")
    assert "micros_doubtful" in {problem.code for problem in upload.problems}
    assert upload.rows.num_rows == 0


def weeks(largest: int, *, rows: int = 13) -> bytes:
    """Searches for two words, without the lines that Google writes above them."""
    days = [dt.date(2026, 3, 1) + dt.timedelta(days=7 * at) for at in range(rows)]
    figures = [largest, *("<1" if at % 2 else str(at) for at in range(1, rows))]
    return text("Week,Neftegna,ነፍጠኛ", *(f"{day},0,{figure}" for day, figure in zip(days, figures, strict=True)))


def test_searches_are_known_without_their_first_lines_as_their_largest_figure_is_100() -> None:
    upload = read_export(weeks(100), name="multiTimeline.csv")
    assert (upload.receipt.platform, upload.rows.num_rows) == ("google_trends", 26)
    assert set(upload.rows["entity_name"].to_pylist()) == {"Neftegna", "ነፍጠኛ"}
    for data in (weeks(99), weeks(100, rows=3), weeks(101)):
        assert {problem.code for problem in read_export(data, name="x.csv").problems} == {"layout_unknown"}


@pytest.mark.parametrize("name", ["trends_weeks", "hootsuite", "business_suite_series", "linkedin_posts"])
def test_a_report_that_a_spreadsheet_saved_again_has_the_same_sums(name: str) -> None:
    like = ALL[name]
    upload = read_export(RESAVED[name], name=like.name)
    assert upload.receipt.platform == like.platform
    assert {k: None if v is None else Decimal(v) for k, v in like.totals.items()} == plain(dict(upload.receipt.totals))
    assert upload.rows.num_rows == like.rows
    assert (tuple(map(str, upload.receipt.window)) if upload.receipt.window else None) == like.window


RESAVED = {
    "trends_weeks": ALL["trends_weeks"]
    .data.replace(b"2026-03-01", b"01.03.2026")
    .replace(b"2026-03-08", b"08.03.2026"),
    "hootsuite": ALL["hootsuite"].data.replace(b",", b";").replace(b".0", b",0"),
    "business_suite_series": ALL["business_suite_series"]
    .data.decode("utf-16")
    .replace(",", ";")
    .replace('"Facebook reach"', "Facebook reach;")
    .replace("sep=;\n", "")
    .encode(),
    "linkedin_posts": ALL["linkedin_posts"]
    .data.replace(b"URL del post,Data", b"Nr.,URL del post,Data", 1)
    .replace(b"\nhttps", b"\n1,https")
    .replace(b"\n,,,,", b"\n2,,,,,"),
}
