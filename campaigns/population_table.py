"""The organisation's table of how many people there are, by country, sex and age, from a census or its projection."""

import io
from pathlib import Path

import pandas as pd

from campaigns.ages import age_band
from campaigns.records import Sex
from campaigns.store import Store
from campaigns.vocabulary import COUNTRIES

NAME = "populations.csv"
COLUMNS = ("country", "sex", "age", "people", "source")


def population_table(store: Store) -> pd.DataFrame | None:
    """Columns country, sex, age (bands as codes), people, source; None where the organisation gave none."""
    path = store.folder / NAME
    return read_population_table(path.read_bytes()) if path.is_file() else None


def read_population_table(content: bytes) -> pd.DataFrame:
    """The rows of a table; a ValueError names the line that cannot be, or the columns that lack."""
    table = pd.read_csv(io.BytesIO(content), dtype="string", keep_default_na=False)
    if lacking := [name for name in COLUMNS if name not in table]:
        raise ValueError(f"the table has no column {', '.join(lacking)}")
    bands = [age_band(text) or text for text in table["age"]]
    for line, (country, sex, age, people) in enumerate(
        zip(table["country"], table["sex"], bands, table["people"], strict=True), 2
    ):
        wrong = (
            (country not in COUNTRIES, f"{country!r} is no country (ISO 3166-1 alpha-3)"),
            (sex not in (Sex.FEMALE, Sex.MALE), f"{sex!r} is no sex (F, M)"),
            (not age.startswith("Y"), f"{age!r} is no band of ages (18-24, 65+)"),
            (not people.isdecimal(), f"{people!r} is no number of people"),
        )
        if found := next((said for is_wrong, said in wrong if is_wrong), None):
            raise ValueError(f"line {line}: {found}")
    if repeated := table.assign(age=bands).duplicated(["country", "sex", "age"]).to_numpy().nonzero()[0].tolist():
        raise ValueError(f"line {repeated[0] + 2}: the same country, sex and age stand above")
    return table.assign(age=bands, people=table["people"].astype("int64"))[list(COLUMNS)]


def replace_population_table(store: Store, content: bytes | None, *, person: str) -> None:
    """Keep a table, or (None) take it away; the history says who did."""
    path: Path = store.folder / NAME
    with store.writing():
        had = path.is_file()
        if content is None:
            path.unlink(missing_ok=True)
        else:
            written = path.with_suffix(".new")
            written.write_bytes(content)
            written.replace(path)
        store.record(
            person=person, action="replace_population_table", subject=NAME, before=had, after=content is not None
        )
