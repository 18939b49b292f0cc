"""The rows of a file that are not stored, as a spreadsheet with the reason beside each."""

import io

import xlsxwriter

from campaigns.problems import Problem
from campaigns.refusals import refused_rows
from views.adding.files import File
from views.wording import Words, problem_sentence

WIDEST = 60


def refused_workbook(file: File, problems: tuple[Problem, ...], words: Words) -> bytes:
    """A row for each row that is left out: why, its line in the file, and its cells but for personal ones."""
    refused = refused_rows(file.data, file.name, problems)
    header = [words("Why"), words("Row"), *refused.header]
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(words("Rows left out")[:31])
    if words.right_to_left:
        sheet.right_to_left()
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, text in enumerate(header):
        sheet.write_string(0, column, text, bold)
    for at, (line, cells, reasons) in enumerate(refused.rows, 1):
        sheet.write_string(at, 0, "\n".join(problem_sentence(problem, words) for problem in reasons), wrapped)
        sheet.write_number(at, 1, line)
        for column, cell in enumerate(cells, 2):
            sheet.write_string(at, column, cell)
    sheet.set_column(0, 0, WIDEST)
    sheet.set_column(2, len(header), 18)
    sheet.freeze_panes(1, 0)
    book.close()
    return content.getvalue()
