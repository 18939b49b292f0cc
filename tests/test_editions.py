"""An edition reads back to the same numbers, is the same bytes each time, and shows when anything was changed."""

import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest

from campaigns.store import open_store
from views.__main__ import main
from views.editions import DamagedEditionError, edition, read_edition
from views.editions.tables import TABLES
from views.reports import gather
from views.taking_away import browser
from views.wording import Words

DAY = dt.date(2026, 3, 5)
ONE = "gm-2025-peer-videos"


@pytest.fixture(scope="module")
def one(example_folder):
    with open_store(example_folder) as store:
        return gather(store, campaigns=[ONE], day=DAY)


@pytest.fixture(scope="module")
def frozen(one):
    return edition(one, Words("en"))


def test_every_number_reads_back_as_it_was(example_folder):
    with open_store(example_folder) as store:
        everything = gather(store, day=DAY)
    from views.editions.reading import _table
    from views.editions.writing import _csv, _package

    files = {f"data/{table.name}.csv": _csv(table, everything) for table in TABLES}
    described = {item["name"]: item for item in json.loads(_package(everything, Words("en"), files))["resources"]}
    compared = 0
    for table in TABLES:
        back, rows = _table(described[table.name], files[f"data/{table.name}.csv"]), table.rows(everything)
        assert len(back) == len(rows), table.name
        for read, written in zip(back, rows, strict=True):
            assert read == written, table.name
            compared += sum(isinstance(value, int | float) for value in read)
    assert compared > 300


def test_an_edition_reads_back_to_the_evaluation(frozen, one):
    (result,) = read_edition(frozen).tables["results"]
    names = [column.name for column in TABLES[0].columns]
    read = dict(zip(names, result, strict=True))
    estimate = one.evaluations[0].verdict.estimate
    assert (read["estimate"], read["conf_low"], read["conf_high"]) == (
        estimate.estimate,
        estimate.conf_low,
        estimate.conf_high,
    )
    assert read["cost"] == one.evaluations[0].cost.estimate
    assert read["example"] is True


def test_small_and_exact_counts_are_not_in_an_edition(frozen):
    groups = read_edition(frozen).tables["groups"]
    assert groups
    assert [row for row in groups for count in row[3:5] if count is not None and count % 5] == []


def test_the_same_store_day_and_language_give_the_same_bytes(one, frozen):
    assert edition(one, Words("en")) == frozen


def test_the_data_dictionary_describes_every_column(frozen):
    described = read_edition(frozen).described
    assert [resource["name"] for resource in described["resources"]] == [table.name for table in TABLES]
    for resource in described["resources"]:
        assert all(field["description"] and field["type"] for field in resource["schema"]["fields"])
        with zipfile.ZipFile(io.BytesIO(frozen)) as archive:
            content = archive.read(resource["path"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)


def test_an_edition_holds_figures_methods_citation_and_readme(frozen):
    files = read_edition(frozen).files
    assert {"methods.md", "CITATION.cff", "README.txt", "datapackage.json", "SHA256SUMS"} <= set(files)
    assert (f"figures/{ONE}-change.svg" in files) == (browser() is not None)


def altered(frozen, change):
    with zipfile.ZipFile(io.BytesIO(frozen)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.update({"data/results.csv": files["data/results.csv"] + b" "}), "results.csv was changed"),
        (lambda files: files.pop("methods.md"), "methods.md is missing"),
        (lambda files: files.update({"more.txt": b""}), "more.txt is missing, or was added"),
        (lambda files: files.pop("SHA256SUMS"), "SHA256SUMS or datapackage.json is missing"),
    ],
)
def test_what_was_changed_lost_or_added_is_named(frozen, change, said):
    with pytest.raises(DamagedEditionError, match=said.replace(".", r"\.")):
        read_edition(altered(frozen, change))


def test_a_file_that_is_cut_short_is_no_edition(frozen):
    with pytest.raises(DamagedEditionError):
        read_edition(frozen[: len(frozen) // 2])


def test_the_command_freezes_and_verifies(example_folder, tmp_path, capsys):
    out = tmp_path / "edition.zip"
    shared = ["edition", "--store", str(example_folder), "--campaign", ONE, "--date", "2026-03-05"]
    assert main([*shared, "--out", str(out)]) == 0
    assert main(["edition", "verify", str(out)]) == 0
    assert "is as it was frozen" in capsys.readouterr().out
    out.write_bytes(out.read_bytes()[:-30])
    assert main(["edition", "verify", str(out)]) == 1
    assert main(shared) == 1
