"""The settings the tracker ships with, and the rule by which text from elsewhere may not become markup."""

import ast
import tomllib
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def flat(settings, section=""):
    """Settings by their full names, `theme.light.textColor` of a section in a section too."""
    found = {}
    for name, value in settings.items():
        found |= flat(value, f"{section}{name}.") if isinstance(value, dict) else {f"{section}{name}": value}
    return found


SHIPPED = flat(SETTINGS)
VIEWS = sorted((ROOT / "views").rglob("*.py"))

MARKDOWN = {
    "markdown", "title", "header", "subheader", "caption", "write", "error", "warning", "info", "success", "toast",
    "metric", "badge", "button", "download_button", "link_button", "page_link", "selectbox", "multiselect", "radio",
    "segmented_control", "pills", "checkbox", "toggle", "text_input", "text_area", "number_input", "date_input",
    "file_uploader", "expander", "popover", "tabs", "progress", "status", "spinner", "table", "form_submit_button",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_streamlit_knows_the_setting(name):
    assert name in config._config_options_template


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("server.address", "127.0.0.1"),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.enableAgentApi", False),
        ("server.maxUploadSize", 25),
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.toolbarMode", "minimal"),
    ],
)
def test_the_tracker_is_safe_as_it_is_shipped(name, value):
    assert SHIPPED[name] == value


def test_only_this_machines_names_are_answered():
    assert set(SHIPPED["server.allowedHosts"]) == {"localhost", "127.0.0.1", "[::1]"}


def test_no_font_comes_from_elsewhere():
    assert "://" not in SHIPPED["theme.font"]
    assert "fontFaces" not in SETTINGS["theme"]


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_text_becomes_markup_only_through_words(path):
    assert breaches(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        "st.markdown(text, unsafe_allow_html=True)",
        "st.html(campaign.title)",
        "st.html(f'<b>{title}</b>')",
        "st.title(f'{campaign.title}')",
        "box.error(f'row {row}')",
        "st.markdown('Hello ' + name)",
        "st.markdown('Hello {}'.format(name))",
        "st.markdown('Hello %s' % name)",
        "st.markdown(campaign.title)",
        "st.selectbox(label=outcome.question, options=[])",
    ],
)
def test_the_rule_finds_text_that_goes_straight_to_the_page(code):
    assert breaches(code) != []


def breaches(code):
    """Calls that put text on a page other than as a constant or as said by `words`."""
    found = []
    for call in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)):
        if not isinstance(call.func, ast.Attribute):
            continue
        name = call.func.attr
        html = any(keyword.arg == "unsafe_allow_html" for keyword in call.keywords)
        text = _text(call)
        if html or (name == "html" and not (_constant(text) or _made_here(text))) or (name in MARKDOWN and _raw(text)):
            found.append(f"line {call.lineno}: {ast.unparse(call)[:100]}")
    return found


def _made_here(text):
    """Markup of `views.markup`, which escapes whatever is not markup already."""
    return isinstance(text, ast.Call) and isinstance(text.func, ast.Name) and text.func.id in ("element", "together")


def _text(call):
    named = next((keyword.value for keyword in call.keywords if keyword.arg in ("body", "label", "text")), None)
    before = 1 if call.func.attr in ("page_link", "progress") else 0  # a page, a share
    return call.args[before] if len(call.args) > before else named


def _constant(text):
    return isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id.isupper())


def _raw(text):
    """An f-string, a sum, a format or a field of a record: text whose parts nothing has escaped."""
    if isinstance(text, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in text.values)
    if isinstance(text, ast.Call):
        return isinstance(text.func, ast.Attribute) and text.func.attr in ("format", "join", "format_map")
    if isinstance(text, ast.Attribute):  # but a picture's title and caption are said by words
        return ast.unparse(text.value) != "picture"
    return isinstance(text, ast.BinOp)
