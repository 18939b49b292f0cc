"""Writes an edition: the same bytes from the same store, day and language on the same machine."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping

from views.charts import Picture, dots_chart, groups_chart, interval_chart
from views.editions.tables import TABLES, DataTable, Value
from views.reports.material import Material
from views.reports.parts import asked
from views.tables import inert
from views.taking_away.browser import browser
from views.taking_away.framing import png, svg
from views.taking_away.notes import completed, notes_of, version
from views.wording.escaping import unescaped
from views.wording.glossary import how_to_read, how_we_judge
from views.wording.language import Words

SUMS = "SHA256SUMS"
Progress = Callable[[int, int], object]


def edition(material: Material, words: Words, *, progress: Progress = lambda done, total: None) -> bytes:
    """The edition of these campaigns as a zip file. Without a browser it has no figures, and its readme says so."""
    words = words.in_files
    files: dict[str, bytes] = {f"data/{table.name}.csv": _csv(table, material) for table in TABLES}
    files |= _figures(material, words, progress) if browser() is not None else {}
    files["methods.md"] = _methods(words).encode()
    files["CITATION.cff"] = _citation(material, words).encode()
    files["README.txt"] = _readme(material, words).encode("utf-8-sig")
    files["datapackage.json"] = _package(material, words, files).encode()
    files[SUMS] = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    return _zipped(files, material)


def _csv(table: DataTable, material: Material) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_cell(value) for value in row] for row in table.rows(material)])
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> object:
    """A value so that it reads back as the same: all digits of a number, true and false in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return {"inf": "INF", "-inf": "-INF"}.get(repr(float(value)), repr(float(value)))
    return inert(value)


def _figures(material: Material, words: Words, progress: Progress) -> dict[str, bytes]:
    found = asked(material.evaluations)
    if not found:
        return {}
    wanted: list[tuple[str, Callable[[], Picture | None], list[int]]] = [
        ("changes", lambda: interval_chart(found, words, profile=material.profile), list(range(len(found))))
    ]
    for number, evaluation in enumerate(found):
        name = evaluation.campaign.id
        wanted += [
            (f"{name}-change", lambda e=evaluation: dots_chart(e, words, profile=material.profile), [number]),  # type: ignore[misc]
            (f"{name}-groups", lambda e=evaluation: groups_chart(e, words, profile=material.profile), [number]),  # type: ignore[misc]
        ]
    drawn: dict[str, bytes] = {}
    for done, (name, chart, numbers) in enumerate(wanted):
        progress(done, len(wanted))
        if (picture := chart()) is None:
            continue
        campaigns = [found[number] for number in numbers]
        notes = completed(notes_of(campaigns, words, profile=material.profile), words, today=material.day)
        drawn[f"figures/{name}.png"] = png(picture, notes, words)
        drawn[f"figures/{name}.svg"] = svg(picture, notes, words)
    progress(len(wanted), len(wanted))
    return drawn


def _package(material: Material, words: Words, files: Mapping[str, bytes]) -> str:
    """The description that programs read (Data Package), with the data dictionary."""
    resources = [
        {
            "name": table.name,
            "path": f"data/{table.name}.csv",
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(files[f"data/{table.name}.csv"]),
            "hash": f"sha256:{hashlib.sha256(files[f'data/{table.name}.csv']).hexdigest()}",
            "description": words(table.row_is),
            "schema": {
                "fields": [
                    {"name": column.name, "type": column.type, "description": words(column.holds)}
                    for column in table.columns
                ],
                "missingValues": [""],
            },
        }
        for table in TABLES
    ]
    described = {
        "profile": "tabular-data-package",
        "name": f"campaign-tracker-{material.day.isoformat()}",
        "title": words("Campaign tracker: edition of {day}", day=words.date(material.day)),
        "created": f"{material.day.isoformat()}T00:00:00Z",
        "version": version(),
        "language": words.language,
        "protection": {"smallest": material.profile.smallest, "base": material.profile.base},
        "resources": resources,
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _methods(words: Words) -> str:
    judged = "\n".join(f"## {name}\n\n{unescaped(said)}\n" for name, said in how_we_judge(words))
    return f"# {words('How we judge')}\n\n{judged}\n# {words('How to read the pictures')}\n\n{how_to_read(words)}\n"


def _citation(material: Material, words: Words) -> str:
    title = words("Campaign tracker: edition of {day}", day=words.date(material.day))
    authors = dict.fromkeys(found.campaign.organisation for found in material.evaluations)
    named = "".join(f"  - name: {json.dumps(name, ensure_ascii=False)}\n" for name in authors)
    return (
        f"cff-version: 1.2.0\nmessage: {json.dumps(words('Please cite this edition as below.'), ensure_ascii=False)}\n"
        f"type: dataset\ntitle: {json.dumps(title, ensure_ascii=False)}\nversion: {json.dumps(version())}\n"
        f"date-released: {material.day.isoformat()}\nauthors:\n{named or '  - name: Campaign tracker' + chr(10)}"
    )


def _readme(material: Material, words: Words) -> str:
    lines = [
        words("Campaign tracker: edition of {day}", day=words.date(material.day)),
        words("Example data: simulated. They say nothing of real campaigns.") if material.simulated else "",
        words("data: one table a file; datapackage.json says what each column holds."),
        words("figures: each picture as PNG and SVG, with its source printed in.")
        if browser() is not None
        else words("There are no figures: the computer that made this edition has no Chrome or Chromium."),
        words("methods.md: how we judge. CITATION.cff: how to cite this edition."),
        words("SHA256SUMS: checksums. “python -m views edition verify FILE” checks that nothing was changed."),
        words("Counts of few people are hidden and all others rounded, so that nobody can be told from them."),
    ]
    return "\r\n".join(line for line in lines if line) + "\r\n"


def _zipped(files: Mapping[str, bytes], material: Material) -> bytes:
    day = material.day
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, files[name])
    return buffer.getvalue()
