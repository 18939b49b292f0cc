"""Reports for Word: headings, real tables with header rows, alternative texts, and the language on everything."""

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as Written
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from views.palette import BETTER, SOFT_INK
from views.reports.blocks import Block, Bullets, Cell, Drawn, Heading, Image, Paragraph, Report, Table, Tone
from views.reports.pdf import raster

LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
FONT, ARABIC_FONT, CHINESE_FONT = "Arial", "Arial", "Microsoft YaHei"  # another one stands in where these lack
STYLES = {Tone.PLAIN: "Normal", Tone.ANSWER: "Answer", Tone.SMALL: "Small print"}
SIZES = {  # of a style's letters, and of the room before and after a paragraph, in points
    "Normal": (9.2, 0, 3),
    "Heading 1": (17, 2, 4),
    "Heading 2": (12, 8, 2),
    "Heading 3": (10, 6, 2),
    "Caption": (8.3, 3, 2),
    "List Bullet": (9.2, 0, 1),
    "Answer": (12, 3, 5),
    "Small print": (7.8, 2, 2),
    "Cell": (8.2, 1, 1),
}
RULE = "C9CED6"  # the colour of lines between rows
WIDTH = 17.4  # centimetres between the margins
DOTS_PER_INCH = 220
# What follows in a paragraph's or a table's properties, by the schema, on what is put there by hand.
AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl",
              "w:rPr", "w:sectPr")  # fmt: skip
AFTER_BORDERS = ("w:shd", "w:tabs", "w:bidi", *AFTER_BIDI)
AFTER_TABLE_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")
AFTER_BIDI_VISUAL = ("w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd",
                     "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")  # fmt: skip
_ISOLATED = re.compile("([\u2066\u2067\u2068])([^\u2066-\u2069]*)\u2069")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MARKS = re.compile("[\u2066-\u2069]")


def docx(report: Report) -> bytes:
    """The report as DOCX."""
    document = Document()
    _prepare(document, report)
    rtl = report.words.right_to_left
    _paragraph(document, report.kicker, "Small print", rtl=rtl)
    _paragraph(document, report.title, "Heading 1", rtl=rtl)
    for block in report.blocks:
        _write(document, block, rtl=rtl)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _prepare(document: Written, report: Report) -> None:
    """Page, styles, language and what the file says of itself."""
    about = document.core_properties
    about.title, about.author, about.language = report.title, report.words("Campaign tracker"), report.words.language
    about.subject, about.comments = report.kicker, report.foot
    about.created = about.modified = dt.datetime.combine(report.day, dt.time())
    (section,) = document.sections
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.6)
    _prepare_styles(document, LANGUAGES[report.words.language], rtl=report.words.right_to_left)
    footer = section.footer.paragraphs[0]
    footer.style = document.styles["Small print"]
    _say(footer, f"{report.foot}  ", rtl=report.words.right_to_left)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)  # noqa: SLF001 -- python-docx has no fields of its own


def _prepare_styles(document: Written, language: str, *, rtl: bool) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    lang = defaults.find(qn("w:lang"))
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        lang.set(qn(name), language)
    colour, soft = RGBColor.from_string(BETTER[1:]), RGBColor.from_string(SOFT_INK[1:])
    for name, (size, before, after) in SIZES.items():
        known = name in [style.name for style in document.styles]
        style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not known:
            style.base_style = document.styles["Normal"]
        _set_font(style, size)
        style.font.italic = False
        style.font.bold = style.font.cs_bold = name.startswith("Heading") or name == "Answer"
        if name.startswith("Heading"):
            style.font.color.rgb = colour
        if name in ("Caption", "Small print"):
            style.font.color.rgb = soft
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
    document.styles["Caption"].paragraph_format.keep_with_next = True
    _put_bar(document.styles["Answer"], side="right" if rtl else "left")


def _set_font(style: ParagraphStyle, size: float) -> None:
    style.font.size = Pt(size)
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:cs"), ARABIC_FONT)
    fonts.set(qn("w:eastAsia"), CHINESE_FONT)
    right_to_left = style.element.rPr.find(qn("w:szCs"))
    if right_to_left is None:
        right_to_left = OxmlElement("w:szCs")
        style.element.rPr.find(qn("w:sz")).addnext(right_to_left)
    right_to_left.set(qn("w:val"), str(round(2 * size)))


def _put_bar(style: ParagraphStyle, *, side: str) -> None:
    """A bar at the beginning of the answer."""
    borders, bar = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "24"), ("space", "6"), ("color", BETTER[1:])):
        bar.set(qn(f"w:{name}"), value)
    borders.append(bar)
    style.element.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def _write(document: Written, block: Block, *, rtl: bool) -> None:
    match block:
        case Heading(text=text, level=level):
            _paragraph(document, text, f"Heading {level}", rtl=rtl)
        case Paragraph(text=text, tone=tone):
            _paragraph(document, text, STYLES[tone], rtl=rtl)
        case Bullets(items=items):
            for item in items:
                _paragraph(document, item, "List Bullet", rtl=rtl)
        case Image():
            _write_image(document, block, rtl=rtl)
        case Table():
            _write_table(document, block, rtl=rtl)


def _paragraph(document: Written, text: str, style: str, *, rtl: bool) -> WordParagraph:
    written = document.add_paragraph(style=style)
    _say(written, text, rtl=rtl)
    return written


def _say(paragraph: WordParagraph, text: str, *, rtl: bool, bold: bool = False) -> None:
    """Text in runs of one direction each: figures and Latin names keep theirs inside Arabic."""
    if rtl:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx knows no direction of paragraphs
        if properties.find(qn("w:bidi")) is None:
            properties.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
    for piece, right_to_left in _pieces(text, rtl=rtl):
        run = paragraph.add_run(piece)
        run.bold = run.font.cs_bold = bold or None
        if rtl and right_to_left:
            run.font.rtl = True


def _pieces(text: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Parts of a text with whether each runs from right to left; marks of direction become directions of runs."""
    at = 0
    for found in _ISOLATED.finditer(text):
        if before := _MARKS.sub("", text[at : found.start()]):
            yield before, rtl
        if found[2]:
            yield found[2], found[1] != "\u2066" and bool(_RIGHT_TO_LEFT.search(found[2]))
        at = found.end()
    if rest := _MARKS.sub("", text[at:]):
        yield rest, rtl


def _write_image(document: Written, image: Image, *, rtl: bool) -> None:
    holder = document.add_paragraph()
    holder.paragraph_format.keep_with_next = True
    _picture(holder, image.png, image.alt, width=0.9 * WIDTH)
    _paragraph(document, image.caption, "Caption", rtl=rtl)


def _picture(paragraph: WordParagraph, png: bytes, alt: str, *, width: float) -> None:
    drawn = paragraph.add_run().add_picture(BytesIO(png), width=Cm(width))
    drawn._inline.docPr.set("descr", _MARKS.sub("", alt))  # noqa: SLF001 -- nor alternative texts


def _write_table(document: Written, table: Table, *, rtl: bool) -> None:
    _paragraph(document, table.caption, "Caption", rtl=rtl)
    written = document.add_table(rows=1, cols=len(table.header))
    written.autofit = False
    _describe(written, table, rtl=rtl)
    for cell, text in zip(written.rows[0].cells, table.header, strict=True):
        _say(cell.paragraphs[0], text, rtl=rtl, bold=True)
    _repeat_header(written)
    for row in table.rows:
        for cell, content in zip(written.add_row().cells, row, strict=True):
            _write_cell(cell, content, table, rtl=rtl)
    for column, share in zip(written.columns, table.widths, strict=True):
        column.width = Cm(share * WIDTH)
        for cell in column.cells:
            cell.width = Cm(share * WIDTH)
            for paragraph in cell.paragraphs:
                paragraph.style = "Cell"


def _write_cell(cell: WordCell, content: Cell, table: Table, *, rtl: bool) -> None:
    paragraph = cell.paragraphs[0]
    if isinstance(content, Drawn):
        width = WIDTH * table.widths[1] - 0.5
        _picture(paragraph, raster(content.svg, dots_per_inch=DOTS_PER_INCH), content.alt, width=width)
        paragraph = cell.add_paragraph()
        content = content.text
    _say(paragraph, content, rtl=rtl)


def _describe(written: WordTable, table: Table, *, rtl: bool) -> None:
    """The table's direction, its lines and its caption, for who cannot see it."""
    properties = written._tbl.tblPr  # noqa: SLF001 -- python-docx has neither
    if rtl and properties.find(qn("w:bidiVisual")) is None:
        properties.insert_element_before(OxmlElement("w:bidiVisual"), *AFTER_BIDI_VISUAL)
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties.insert_element_before(borders, *AFTER_TABLE_BORDERS)
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), _MARKS.sub("", table.caption))
    properties.append(caption)


def _repeat_header(written: WordTable) -> None:
    row = written.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 -- nor header rows
    row.append(OxmlElement("w:tblHeader"))
