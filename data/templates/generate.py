"""Write the standard questionnaire (XLSForm, English and French).

python data/templates/generate.py [FOLDER]
"""

import datetime as dt
import sys
from pathlib import Path

import xlsxwriter

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "example"))

from questionnaires import TEXTS, answers  # noqa: E402

LANGUAGES = {"en": "English (en)", "fr": "Français (fr)"}
LISTS = {
    "yes_no": ("yes", "no"),
    "arms": ("campaign", "comparison"),
    "waves": ("before", "after"),
    "sexes": ("female", "male"),
}
ASKED = {
    "consent": "select_one yes_no", "arm": "select_one arms", "wave": "select_one waves", "cluster": "text",
    "sex": "select_one sexes", "age": "integer", "place": "text", "dangers": "select_one dangers",
    "offer": "select_one offer", "promise": "select_one promise", "helpline": "select_one yes_no",
    "legal": "select_one yes_no", "afraid": "select_one yes_no", "seen": "select_one yes_no",
}  # fmt: skip


def write(folder: Path) -> None:
    """The questionnaire."""
    folder.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(folder / "questionnaire.xlsx") as book:
        book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
        for title, rows in (("survey", _survey()), ("choices", _choices()), ("settings", _settings())):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def _labels(key: str) -> list[str]:
    return [TEXTS[language][key] for language in LANGUAGES]


def _survey() -> list[list[str]]:
    header = ["type", "name", *(f"label::{title}" for title in LANGUAGES.values()), "required", "relevant"]
    rows = [header, *([kind, kind, "", "", "", ""] for kind in ("start", "end"))]
    for key, kind in ASKED.items():
        relevant = "" if key == "consent" else "${consent} = 'yes'"
        rows.append([kind, TEXTS["names"][key], *_labels(key), "yes" if key == "consent" else "", relevant])
    return rows


def _choices() -> list[list[str]]:
    rows = [["list_name", "name", *(f"label::{title}" for title in LANGUAGES.values())]]
    rows += [[name, choice, *_labels(choice)] for name, choices in LISTS.items() for choice in choices]
    for question in ("dangers", "offer", "promise"):
        labels = zip(*(answers(language, question) for language in ("names", *LANGUAGES)), strict=True)
        rows += [[question, *row] for row in labels]
    return rows


def _settings() -> list[list[str]]:
    return [["form_title", "form_id", "default_language"], ["Awareness survey", "awareness_survey", "English (en)"]]


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
