"""The files that fuzzing starts from: one of each kind, all of them read without a fault."""

import io
import zipfile
from pathlib import Path

from campaigns.exports.templates import TEMPLATES, csv_file, workbook
from tests import look_alikes
from tests.look_alikes.quirks import advertisements, days

EXAMPLES = Path(__file__).parents[2] / "data" / "example"
LARGEST = 6_000  # bytes of an example; its first lines are enough


def seeds() -> dict[str, bytes]:
    """Files by name."""
    found: dict[str, bytes] = {}
    for path in sorted(EXAMPLES.glob("*/*.csv")):
        data = path.read_bytes()
        cut = data.rfind(b"\n", 0, LARGEST) + 1 if len(data) > LARGEST else len(data)
        found[f"{path.parent.name} {path.name}"] = data[:cut]
    for template in TEMPLATES:
        found[f"{template.id}.csv"] = csv_file(template.id, "en")
    found["template.csv"] = look_alikes.template()
    found["template.xlsx"] = workbook(TEMPLATES[0].id, "ar")
    found["sheets.xlsx"] = look_alikes.workbook({"One": [["Date", "Views"], ["2026-03-01", 5]], "Two": [["a"], ["b"]]})
    found["Reach.csv"] = look_alikes.business_suite(look_alikes.series("Reach", "5", "7"))
    found["report.csv"] = advertisements("100", "50", "--").encode("utf-16")
    found["rapport.csv"] = advertisements("1 234", "<10", delimiter=";", spend="5,50").encode("cp1252")
    found["days.csv"] = days("2026-03-01", "03/04/2026", "Mar 3, 2026").encode()
    found["stacked.csv"] = look_alikes.business_suite(
        look_alikes.series("Follows", "7", "14"), look_alikes.series("Instagram follows", "1", "2")
    )
    found["bundle.zip"] = bundle({"Table data.csv": found["template.csv"], "Totals.csv": b"Date,Views\n2026-03-01,5\n"})
    return found


def bundle(members: dict[str, bytes]) -> bytes:
    """A zip archive of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()
