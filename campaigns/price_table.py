"""The table of exchange rates and price rises: the one that comes along, or an organisation's own in its place."""

import io
from pathlib import Path

import pandas as pd

from campaigns.store import Store

COMES_ALONG = Path(__file__).parents[1] / "data" / "rates.csv"
NAME = "rates.csv"
COLUMNS = ("kind", "code", "year", "value")


def own_price_table(store: Store) -> Path | None:
    """The organisation's own table, where it has one: `rates.csv` in the folder of the store."""
    path = store.folder / NAME
    return path if path.is_file() else None


def price_table(store: Store) -> pd.DataFrame:
    """The rows of the table that counts: kind, code, year, value, and where they come from."""
    return read_price_table((own_price_table(store) or COMES_ALONG).read_bytes())


def read_price_table(content: bytes) -> pd.DataFrame:
    """The rows of a table; a ValueError names the columns that it lacks."""
    table = pd.read_csv(io.BytesIO(content), dtype={"kind": "string", "code": "string", "source": "string"})
    if lacking := [name for name in COLUMNS if name not in table]:
        raise ValueError(f"the table has no column {', '.join(lacking)}")
    return table


def replace_price_table(store: Store, content: bytes | None, *, person: str) -> None:
    """Put a table in the place of the one that comes along, or (None) take it away again; the history says who did."""
    path = store.folder / NAME
    with store.writing():
        had = own_price_table(store) is not None
        if content is None:
            path.unlink(missing_ok=True)
        else:
            written = path.with_suffix(".new")
            written.write_bytes(content)
            written.replace(path)
        store.record(person=person, action="replace_price_table", subject=NAME, before=had, after=content is not None)
