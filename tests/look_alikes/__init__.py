"""Exports with invented numbers and the quirks of real ones."""

import io

import xlsxwriter

TEMPLATE = (
    "campaign_id,campaign_name,platform,date,country,language,age_group,gender,impressions,reach,clicks,video_views,"
    "spend,currency,notes"
)
TEMPLATE_ROWS = (
    "T-1,Ask first,tiktok,2026-03-01,SN,wo,18-24,female,1000,800,20,300,5.10,EUR,",
    "T-1,Ask first,tiktok,2026-03-02,SN,wo,18-24,male,1100,900,21,310,6.20,EUR,seen on 77 123 45 67",
    "T-2,Two roads,youtube,2026-03-01,NA,en,25-34,female,1200,950,22,320,7.30,EUR,",
)


def template(*rows: str) -> bytes:
    """The project's own table with these rows, or with three that are right."""
    return "\n".join((TEMPLATE, *(rows or TEMPLATE_ROWS), "")).encode()


def template_row(**cells: str) -> str:
    """A right row of the project's own table but for these cells."""
    values = dict(zip(TEMPLATE.split(","), TEMPLATE_ROWS[0].split(","), strict=True))
    return ",".join((values | cells).values())


def series(title: str, *values: str, header: tuple[str, str] = ("Date", "Primary"), start: int = 1) -> str:
    """One daily series of Business Suite, as text."""
    rows = [f'"2026-03-{day:02}T00:00:00","{value}"' for day, value in enumerate(values, start)]
    return "\n".join([f'"{title}"', ",".join(f'"{cell}"' for cell in header), *rows, ""])


def business_suite(*blocks: str) -> bytes:
    """Blocks of Business Suite below each other, in its encoding."""
    return ("sep=,\n" + "\n".join(blocks)).encode("utf-16")


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """A workbook with these sheets."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return file.getvalue()
