"""Reports as accessible PDF (PDF/UA-1): tagged, in the report's language and direction, with its fonts inside."""

import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import typst

from views.reports.blocks import Block, Bullets, Cell, Drawn, Heading, Image, Paragraph, Report, Table, Tone

TEMPLATE = Path(__file__).with_name("report.typ")
# The first that a machine has of each line; those of other scripts follow, for names that people wrote in them.
LATIN = ("Noto Sans", "Segoe UI", "Helvetica Neue", "Arial", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
ARABIC = ("Noto Sans Arabic", "Noto Naskh Arabic", "Segoe UI", "Geeza Pro", "Arial")
CHINESE = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimSun")
WARMED = 90  # dots an inch of a preview


class MissingFontError(RuntimeError):
    """No font of this machine has a letter that the report needs."""


def pdf(report: Report) -> bytes:
    """The report as PDF/UA-1. Refused where a letter would come out as an empty box."""
    made: bytes = _compiled(report, format="pdf", pdf_standards="ua-1")
    return made


def pages_as_images(report: Report, *, dots_per_inch: int = WARMED) -> list[bytes]:
    """Each page as PNG, to look at before it is taken away."""
    made = _compiled(report, format="png", ppi=dots_per_inch)
    return made if isinstance(made, list) else [made]


def page_count(report: Report) -> int:
    """How many pages the report takes."""
    return len(pages_as_images(report, dots_per_inch=4))


def raster(svg: str, *, dots_per_inch: int) -> bytes:
    """A drawing without text as PNG, for programs that take no SVG."""
    source = (
        '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image(bytes(sys.inputs.svg), format: "svg")'
    )
    made: bytes = typst.compile(
        source.encode(), format="png", ppi=dots_per_inch, sys_inputs={"svg": svg}, font_paths=_fonts()
    )
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def families(language: str) -> list[str]:
    """The fonts to set a language with, as far as this machine has them."""
    known = set(_fonts().families())
    lines = {"ar": (ARABIC, LATIN, CHINESE), "zh": (CHINESE, LATIN, ARABIC)}.get(language, (LATIN, ARABIC, CHINESE))
    found = [next((name for name in line if name in known), None) for line in lines]
    return [name for name in found if name]


def _compiled(report: Report, **options: Any) -> Any:
    with _laid_out(report) as folder:
        try:
            return typst.compile(
                str(folder / "report.typ"),
                root=str(folder),
                font_paths=_fonts(),
                timestamp=dt.datetime.combine(report.day, dt.time(), dt.UTC),
                **options,
            )
        except typst.TypstError as error:
            if "could not be displayed" in error.message:
                raise MissingFontError(error.message) from error
            raise


@contextmanager
def _laid_out(report: Report) -> Iterator[Path]:
    """A folder with the report's text, drawings and pictures beside the template that sets them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = _Files(folder)
        words = report.words
        data = {
            "title": report.title,
            "kicker": report.kicker,
            "foot": report.foot,
            "author": words("Campaign tracker"),
            "day": [report.day.year, report.day.month, report.day.day],
            "language": words.language,
            "rtl": words.right_to_left,
            "fonts": families(words.language),
            "blocks": [_block(block, files) for block in report.blocks],
        }
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (folder / "report.typ").write_bytes(TEMPLATE.read_bytes())
        yield folder


class _Files:
    """Numbers the files of a report and writes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0

    def add(self, content: bytes, ending: str) -> str:
        self.written += 1
        name = f"{self.written}.{ending}"
        (self.folder / name).write_bytes(content)
        return name


def _block(block: Block, files: _Files) -> dict[str, Any]:
    match block:
        case Heading(text=text, level=level):
            return {"kind": "heading", "text": text, "level": level}
        case Paragraph(text=text, tone=tone):
            return {"kind": str(tone) if tone != Tone.PLAIN else "paragraph", "text": text}
        case Bullets(items=items):
            return {"kind": "bullets", "items": list(items)}
        case Image(png=png, alt=alt, caption=caption):
            return {"kind": "image", "file": files.add(png, "png"), "alt": alt, "caption": caption}
        case Table(caption=caption, header=header, rows=rows, widths=widths):
            cells = [[_cell(cell, files) for cell in row] for row in rows]
            return {"kind": "table", "caption": caption, "header": header, "rows": cells, "widths": widths}


def _cell(cell: Cell, files: _Files) -> dict[str, str]:
    if isinstance(cell, Drawn):
        return {"file": files.add(cell.svg.encode(), "svg"), "alt": cell.alt, "text": cell.text}
    return {"text": cell}
