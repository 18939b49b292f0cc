"""Reports are tagged, read in order in every language, keep to their pages, and say the numbers of the pages."""

import datetime as dt
import io
import re
import unicodedata
import zipfile

import pypdf
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from campaigns.store import open_store
from views.__main__ import main
from views.reports import Audience, MissingFontError, compose, docx, gather, pdf
from views.reports.blocks import Heading, Paragraph, Report, Table
from views.reports.pdf import families
from views.wording import LANGUAGES, Words
from views.wording.summary import headline_sentences
from views.wording.verdicts import change_label

DAY = dt.date(2026, 3, 5)
ONE = "gm-2025-peer-videos"
MARKS = re.compile("[\u2066-\u2069]")


@pytest.fixture(scope="module")
def material(example_folder):
    with open_store(example_folder) as store:
        return gather(store, day=DAY)


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def plain(text):
    """Without marks of direction, and with one blank wherever a line may have ended."""
    return re.sub(r"\s+", " ", MARKS.sub("", text)).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_minister_gets_one_tagged_page_in_each_language(material, language):
    content = pdf(compose(Audience.MINISTER, material, Words(language)))
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/Lang"].startswith(language)
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert len(text_of(content)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_donor_gets_four_pages_at_most_in_the_order_of_the_criteria(material, language):
    words = Words(language)
    pages = text_of(pdf(compose(Audience.DONOR, material, words)))
    assert len(pages) <= 4
    told = plain(" ".join(pages))
    names = ("Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability")
    told = " ".join(as_read(told))
    places = [told.index(" ".join(as_read(words(name)))) for name in names if is_whole(words(name))]
    assert len(places) >= 3
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_the_text_of_a_page_reads_in_order(material, language):
    words = Words(language).in_files
    report = compose(Audience.MINISTER, material, words)
    (page,) = text_of(pdf(report))
    told = re.sub(r"\s+", "", plain(page))
    headings = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert len(headings) >= 3
    if language == "zh":
        assert [text for text in headings if re.sub(r"\s+", "", text) not in told] == []
    else:
        sought = [run for text in headings for run in runs_of_words(text)]
        assert len(sought) >= 3
        assert [run for run in sought if f" {' '.join(run)} " not in f" {' '.join(as_read(page))} "] == []


def as_read(text):
    """The words of a text, each with its letters sorted: readers of PDF turn round letters that are drawn as one."""
    return ["".join(sorted(word)) for word in re.findall(r"\w+", plain(text))]


def runs_of_words(text):
    """Words in a row without marks above their letters, at which readers of PDF cut a word."""
    runs = [[]]
    for word in plain(text).split():
        if is_whole(word):
            runs[-1] += as_read(word)
        else:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def is_whole(word):
    return not any(unicodedata.combining(letter) for letter in word)


def test_a_report_says_the_numbers_of_the_pages(material):
    words = Words("en").in_files
    (page,) = text_of(pdf(compose(Audience.MINISTER, material, words)))
    told = plain(page)
    assert headline_sentences(material.evaluations, words)[0] in told
    first = material.evaluations[0]
    assert change_label(first.verdict.estimate, words) in told
    assert "Example data: simulated" in told
    assert "5 Mar 2026" in told


def test_an_annex_of_one_campaign_holds_its_record_groups_and_methods(example_folder):
    with open_store(example_folder) as store:
        one = gather(store, campaigns=[ONE], day=DAY)
    report = compose(Audience.EVALUATOR, one, Words("en"))
    captions = [block.caption for block in report.blocks if isinstance(block, Table)]
    for caption in ("The record", "How each group answered", "The effect, per 100 people", "Files that count"):
        assert caption in captions
    counts = [cell for block in report.blocks if isinstance(block, Table) and block.caption == "How each group answered"
              for row in block.rows for cell in row[2:4]]  # fmt: skip
    assert counts
    assert [count for count in counts if int(count.replace(",", "")) % 5] == []  # rounded by the rule


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_word_file_has_headings_header_rows_alternatives_and_its_language(material, language):
    words = Words(language)
    document = Document(io.BytesIO(docx(compose(Audience.MINISTER, material, words))))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Heading 1") == 1
    assert "Heading 2" in styles
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert (table._tbl.tblPr.find(qn("w:bidiVisual")) is not None) == words.right_to_left
    drawn = [shape.get("descr") for shape in document.element.body.iter(qn("wp:docPr"))]
    assert drawn
    assert all(drawn)
    assert document.core_properties.language == language
    lang = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:bidi")).startswith(language)
    title = next(paragraph for paragraph in document.paragraphs if paragraph.style.name == "Heading 1")
    assert title.text == words("Which campaigns raised awareness of the dangers of migrant smuggling?")
    assert (title._p.pPr.find(qn("w:bidi")) is not None) == words.right_to_left
    assert not MARKS.search("".join(paragraph.text for paragraph in document.paragraphs))


def test_figures_inside_arabic_run_from_left_to_right_in_word(material):
    document = Document(io.BytesIO(docx(compose(Audience.MINISTER, material, Words("ar")))))
    runs = [
        run for row in document.tables[0].rows[1:] for paragraph in row.cells[1].paragraphs for run in paragraph.runs
    ]
    signed = [run for run in runs if re.fullmatch(r"[+−][\d.]+", run.text)]
    assert signed
    assert not any(run.font.rtl for run in signed)


def report_of(text):
    blocks = (Paragraph(text=text),)
    return Report(title="T", kicker="", foot="", day=DAY, words=Words("en"), blocks=blocks)


def test_a_letter_that_no_font_has_is_refused_and_not_drawn_as_a_box():
    with pytest.raises(MissingFontError):
        pdf(report_of("\u0378"))  # no letter has this number


def test_text_of_people_is_never_read_as_markup():
    (page,) = text_of(pdf(report_of('#panic("no") *a* $x$ <b> @c')))
    assert '#panic("no") *a* $x$ <b> @c' in plain(page)


def test_every_language_has_a_font():
    assert all(families(language) for language in LANGUAGES)


def test_the_command_writes_reports_and_says_what_it_cannot(example_folder, tmp_path, capsys):
    out = tmp_path / "brief.pdf"
    shared = ["report", "--store", str(example_folder), "--language", "fr", "--date", "2026-03-05"]
    assert main([*shared, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert main([*shared, "--campaign", ONE, "--out", str(tmp_path / "brief.docx")]) == 0
    assert zipfile.is_zipfile(tmp_path / "brief.docx")
    assert main([*shared, "--out", str(tmp_path / "brief.odt")]) == 1
    assert main([*shared, "--campaign", "nobody", "--out", str(out)]) == 1
    assert "there is no campaign 'nobody'" in capsys.readouterr().err
