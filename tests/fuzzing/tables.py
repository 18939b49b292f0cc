"""Tables nobody made: headers of any platform in any language, over cells that do and do not belong to them."""

import time
import traceback

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from campaigns.exports.headers import catalogue
from tests.fuzzing.checks import check, check_rows
from tests.fuzzing.mutations import CELLS, ENCODINGS, Faults
from tests.look_alikes.quirks import delimited

AT_ONCE = 50
PLATFORMS = sorted(set(catalogue()) - {"word", "template_sheet", "template_arm"})
HEADERS = {platform: sorted(catalogue()[platform]) for platform in PLATFORMS}
LIKELY = (
    *("5", "12", "1,234", "3.50", "2026-03-01", "2026-03-02", "03/04/2026", "13/03/2026", "Mar 3, 2026", "SN", "EUR"),
    *("18-24", "female", "Two roads", "Ask first", "tiktok", "120242075202220007", "Total", "0", "--", "<10"),
)
FILLED = st.sampled_from(LIKELY)
CELL = st.one_of(FILLED, FILLED, st.just(""), st.sampled_from(CELLS), st.text(max_size=20))
NAMES = ("report.csv", "Reach.csv", "Table data.csv", "Ads-Mar-1-2026-Mar-31-2026.csv", "report.xlsx", "")
Table = tuple[list[str], list[list[str]]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A header, most of it known to a platform, and rows of its width that are not blank."""
    known = st.sampled_from(HEADERS[draw(st.sampled_from(PLATFORMS))])
    header = draw(st.lists(st.one_of(known, known, known, st.sampled_from(CELLS)), min_size=2, max_size=9))
    cells = st.lists(CELL, min_size=len(header) - 1, max_size=len(header) - 1)
    rows = draw(st.lists(st.tuples(FILLED, cells), max_size=12))
    return [_of_one_line(name) for name in header], [[first, *map(_of_one_line, others)] for first, others in rows]


def _of_one_line(cell: str) -> str:
    """A bare carriage return ends a line, and no program quotes it."""
    return cell.replace("\r", " ")


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, str, int]:
    """A table as a file, its name, and how many rows it has."""
    header, rows = draw(tables())
    text = delimited(header, *rows, delimiter=draw(st.sampled_from(",;\t|")), end=draw(st.sampled_from(["\n", "\r\n"])))
    return text.encode(draw(st.sampled_from(ENCODINGS)), "replace"), draw(st.sampled_from(NAMES)), len(rows)


def generate(seconds: float, number: int, *, most: int | None = None) -> tuple[int, Faults]:
    """How many tables were read, and the smallest at which the reader fell over, with how."""
    count, last = 0, b""
    faults: Faults = []

    @given(files())
    @settings(
        max_examples=min(most or AT_ONCE, AT_ONCE),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    def read(file: tuple[bytes, str, int]) -> None:
        nonlocal count, last
        count += 1
        last, name, rows = file
        check(last, name)
        check_rows(last, name, rows)

    finish = time.monotonic() + seconds
    while time.monotonic() < finish and (most is None or count < most):
        try:
            seed(number)(read)()
        except Exception:
            faults.append((last, traceback.format_exc()))
        number += 1
    return count, faults
