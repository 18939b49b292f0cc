"""Arabic runs from the right, its figures from the left, and pictures as in every language."""

import pytest
from playwright.sync_api import expect

# Where each letter of an element stands across the screen, with the letter.
LETTERS = """element => {
  const found = [];
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (let at = 0; at < text.length; at++) {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) found.push([text.data[at], box.left, box.top]);
    }
  }
  return found;
}"""


@pytest.fixture
def compare(visit):
    return visit("/compare?lang=ar")


def test_tables_run_from_the_right_and_their_figures_from_the_left(compare):
    expect(compare.locator("html")).to_have_attribute("dir", "rtl")
    expect(compare.locator("h1")).to_have_css("direction", "rtl")
    cells = [
        cell for cell in compare.locator("table tr").nth(1).locator("td").all() if cell.bounding_box()["width"] > 1
    ]
    across = [cell.bounding_box()["x"] for cell in cells]
    assert len(across) > 2
    assert across == sorted(across, reverse=True)
    change = compare.locator("table td:visible", has_text="إلى").first  # 12 (6 to 19), each with its sign
    letters = change.evaluate(LETTERS)
    signs = [place for place, (letter, _, _) in enumerate(letters) if letter in "+\N{MINUS SIGN}"]
    assert len(signs) == 3
    for place in signs:
        (_, sign, line), (digit, first, same) = letters[place], letters[place + 1]
        assert digit.isdigit()
        assert line == same
        assert sign < first


def test_in_pictures_worse_is_left_and_no_label_lies_outside(compare):
    picture = compare.locator(".js-plotly-plot").first
    frame = picture.bounding_box()
    ticks = {
        tick.text_content().strip("\u2066\u2069"): tick.bounding_box() for tick in picture.locator(".xtick text").all()
    }
    assert ticks["\N{MINUS SIGN}15"]["x"] < ticks["0"]["x"] < ticks["+15"]["x"]
    for label in picture.locator(".annotation text").all():
        box = label.bounding_box()
        assert box["x"] >= frame["x"] - 1
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1


def test_words_of_streamlit_are_in_the_language_of_the_page(visit):
    page = visit("/add_data?lang=zh")
    expect(page.locator("[data-testid=stFileUploader]")).to_contain_text("选择文件")
    expect(page.locator("[data-testid=stFileUploader]")).to_contain_text("每个文件不超过 25 MB")
