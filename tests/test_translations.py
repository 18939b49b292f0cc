"""Every language says everything, with the same figures, in the right plural, and never a word that misleads."""

import ast
import re

import pytest
from markdown_it import MarkdownIt

from views.wording import catalogues
from views.wording import language as languages
from views.wording.catalogues import SAYERS, VIEWS, catalogue, placeholders, said
from views.wording.language import ENGLISH, LANGUAGES, Words
from views.wording.terms import own_name

# Words that claim more than an estimate can, or dress up a small difference.
FORBIDDEN = {
    "en": r"significan\w*|proven?|works|does not work|didn't work|winners?|best|more effective|trend towards|"
    r"fail(ed|s|ure)?",
    "fr": r"significati\w*|prouv\w*|fonctionnent?|ne fonctionne pas|gagnant\w*|meilleure?s?|plus efficaces?|"
    r"tendance vers|échou\w*|échecs?",
    "es": r"significativ\w*|(demostr|prob|comprob)ad[oa]s?|funcionan?|ganador\w*|"
    r"(el|la|lo|los|las) mejor(es)?|más (eficaz|eficaces|efectiv\w*)|tendencia|fracas\w*|fallid\w*|falló",
    "ru": r"значим\w*|доказан\w*|работа(ет|ют|ла|ли)|победител\w*|(наи)?лучш(ий|ая|ее|ие|его|им|ей|ую|их|ими)|"
    r"эффективнее|более эффективн\w*|тенденци\w*|провал\w*|неудач\w*",
    "ar": r"\w*(دلالة|معنوي|أثبت|يثبت|تثبت|مثبت|إثبات|الأفضل|أكثر فعالية|فائز|فشل|نجح|ناجح|تنجح|اتجاه نحو)\w*",
    "zh": r"\w*(显著|证明|证实|胜出|赢家|最佳|最好|最优|更有效|趋势|失败|奏效)\w*",
}
# What keeps its Latin letters in every language.
NAMES = re.compile(
    r"\b(XLSX|CSV|Meta Business Suite|Google (Ads|Analytics|Trends|Search Console|Business Profile)|YouTube|TikTok|"
    r"X|LinkedIn|Hootsuite|Sprout Social|KoboToolbox|Telegram|WhatsApp|Knapp-Hartung|ISO 3166-1 alpha-3|p|"
    r"recall, knowledge, risk_awareness, attitude, intention_irregular, behaviour_migration)\b"
)
SCRIPTS = {"ar": r"[\u0620-\u06ff]", "ru": r"[\u0400-\u04ff]", "zh": r"[\u4e00-\u9fff]"}
SAID_WITHOUT_DIGIT = {"ar": 3}  # of the plural forms, how many of the first say none, one and two in words
MARKDOWN = MarkdownIt("commonmark").enable("strikethrough")
OTHERS = [language for language in LANGUAGES if language != ENGLISH]


def forms(message) -> tuple[str, ...]:
    return message if isinstance(message, tuple) else (message,)


def filled(message) -> list[str]:
    """The forms of a translation that somebody has written: that none lacks is a test of its own."""
    return [form for form in forms(message.string or "") if form]


def translations(language) -> dict:
    """Each sentence's first form, with its translation as the catalogue has it."""
    return {forms(message.id)[0]: message for message in catalogue(language) if message.id}


def test_the_languages_are_those_of_the_united_nations():
    assert set(LANGUAGES) == {"ar", "en", "es", "fr", "ru", "zh"}
    assert [own_name(language) for language in LANGUAGES] == [
        "العربية",
        "English",
        "Español",
        "Français",
        "Русский",
        "中文",
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language):
    known = translations(language)
    lacking = [
        message
        for message in said()
        if forms(message)[0] not in known or not all(forms(known[forms(message)[0]].string or ""))
    ]
    assert lacking == []


def names_of_words() -> set[str]:
    """What the program calls the words of a language, wherever it takes them or is given them."""
    names = set()
    for path in VIEWS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.arg) and getattr(node.annotation, "id", "") == "Words":
                names.add(node.arg)
            if isinstance(node, ast.Assign) and getattr(node.value, "attr", "") == "in_files":
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names - {"_words"}  # taken and not used


def test_sentences_are_gathered_whatever_the_words_are_called():
    assert "words" in names_of_words()
    assert names_of_words() <= SAYERS


def test_sentences_said_in_one_another_or_for_files_are_gathered():
    known = said()
    assert "A new campaign" in known  # said by `words.in_files`
    assert "Day first, then month" in known  # said by `plain`
    assert any("files of?" in message[1] for message in known if isinstance(message, tuple))  # with a name beside it


@pytest.mark.parametrize("language", OTHERS)
def test_every_plural_has_all_the_forms_of_its_language(language):
    count = catalogue(language).num_plurals
    plurals = [message for message in catalogue(language) if isinstance(message.id, tuple)]
    assert plurals
    assert [message.id for message in plurals if len(message.string) != count] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_leaves_the_same_places_open(language):
    for message in translations(language).values():
        texts = forms(message.id)
        wanted = placeholders(texts[-1])
        in_words = SAID_WITHOUT_DIGIT.get(language, 0) if len(texts) == 2 else 0
        for place, text in enumerate(filled(message)):
            assert placeholders(text) | ({"n"} if place < in_words else set()) == wanted, text


@pytest.mark.parametrize("language", sorted(SCRIPTS))
def test_nothing_is_left_in_latin_letters_but_names_and_codes(language):
    for message in translations(language).values():
        texts = forms(message.id)
        open_or_name = re.compile(rf"\{{\w*\}}|{NAMES.pattern}")
        if re.search("[A-Za-z]", open_or_name.sub("", texts[0])):
            assert all(re.search(SCRIPTS[language], text) for text in filled(message)), message.string
        known = set(re.findall(r"[a-z]+", " ".join(texts).lower()))
        for text in filled(message):
            assert set(re.findall(r"[a-z]{4,}", re.sub(r"\{\w*\}", "", text).lower())) <= known, text


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_bold_or_struck_out_stays_so(language):
    for message in translations(language).values():
        first = forms(message.id)[0]
        for text in filled(message):
            for tag in ("<strong>", "<s>"):
                assert MARKDOWN.render(text).count(tag) == MARKDOWN.render(first).count(tag), text


def test_places_are_open_by_name_so_that_a_translator_may_move_them():
    assert [message for message in said() for text in forms(message) if "" in placeholders(text)] == []


@pytest.mark.parametrize("language", sorted(FORBIDDEN))
def test_no_sentence_claims_more_than_an_estimate_can(language):
    forbidden = re.compile(rf"\b({FORBIDDEN[language]})\b", re.IGNORECASE)
    texts = [text for message in said() for text in forms(message)]
    if language != ENGLISH:
        texts = [text for message in translations(language).values() for text in forms(message.string)]
    assert [text for text in texts if forbidden.search(text)] == []


@pytest.mark.parametrize(
    ("language", "probably", "may"),
    [
        ("ar", "على الأرجح", "ربما"),
        ("en", "probably", r"\bmay\b"),
        ("es", "probablemente", r"\bpuede\b"),
        ("fr", "probablement", "peut-être"),
        ("ru", "вероятно", "возможно"),
        ("zh", "很可能", "(?<!很)可能"),
    ],
)
def test_each_grade_has_its_word_in_every_verdict(language, probably, may):
    """The words are those of GRADE's guidance 26: none where we are sure, then "probably", then "may"."""
    known = translations(language)
    verdicts = {message for message, places in said().items() if "views/wording/verdicts.py" in dict(places)}
    graded = [text for text in verdicts if str(text).startswith("The campaign ") and "perhaps" not in text]
    sure = [text for text in graded if not re.search(r"\b(probably|may)\b", text)]
    assert len(graded) > len(sure) > 5
    for text in graded:
        shown = text if language == ENGLISH else "".join(filled(known[text])[:1])
        if shown:
            assert bool(re.search(probably, shown)) == ("probably" in text), shown
            assert bool(re.search(may, shown)) == bool(re.search(r"\bmay\b", text)), shown


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_the_marks_that_the_text_speaks_of(language):
    for message in translations(language).values():
        for mark in "●○◆←→**~~":
            text = forms(message.id)[0]
            assert all(form.count(mark) == text.count(mark) for form in filled(message)), text


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("en", 0, "0 rows"),
        ("en", 1, "1 row"),
        ("en", 2, "2 rows"),
        ("fr", 0, "0 ligne"),  # French says nought in the singular
        ("fr", 1, "1 ligne"),
        ("fr", 2, "2 lignes"),
        ("es", 1, "1 fila"),
        ("es", 2, "2 filas"),
        ("ru", 1, "1 строка"),
        ("ru", 2, "2 строки"),
        ("ru", 5, "5 строк"),
        ("ru", 11, "11 строк"),
        ("ru", 21, "21 строка"),
        ("zh", 1, "1 行"),
        ("zh", 2, "2 行"),
        ("ar", 0, "لا صفوف"),
        ("ar", 1, "صف واحد"),
        ("ar", 2, "صفان"),
        ("ar", 3, "\u20663\u2069 صفوف"),
        ("ar", 10, "\u206610\u2069 صفوف"),
        ("ar", 11, "\u206611\u2069 صفًا"),
        ("ar", 99, "\u206699\u2069 صفًا"),
        ("ar", 100, "\u2066100\u2069 صف"),
        ("ar", 103, "\u2066103\u2069 صفوف"),
        ("es", 0, "0 filas"),
        ("ru", 0, "0 строк"),
        ("ru", 3, "3 строки"),
        ("ru", 22, "22 строки"),
    ],
)
def test_numbers_take_the_plural_of_the_language(language, n, expected):
    assert Words(language).plural("{n} row", "{n} rows", n) == expected


def test_a_language_without_catalogue_is_refused():
    with pytest.raises(ValueError, match="no catalogue for 'tlh'"):
        Words("tlh")


def test_a_draft_says_that_nobody_has_checked_it():
    assert Words("en").checked
    assert not any(Words(language).checked for language in OTHERS)


ARABIC = """
msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "لا صفوف"
msgstr[1] "صف واحد"
msgstr[2] "صفان"
msgstr[3] "{n} صفوف"
msgstr[4] "{n} صفًا"
msgstr[5] "{n} صف"
"""


@pytest.fixture
def arabic(tmp_path, monkeypatch):
    """A folder with one more catalogue: all that a further language needs."""
    file = tmp_path / "ar" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(ARABIC, encoding="utf-8")
    for module in (languages, catalogues):
        monkeypatch.setattr(module, "LOCALES", tmp_path)
        monkeypatch.setattr(module, "LANGUAGES", ("ar",))
    languages.translations.cache_clear()
    yield file
    languages.translations.cache_clear()


def test_a_further_language_needs_a_catalogue_and_nothing_else(arabic):
    words = Words("ar")
    assert words.right_to_left
    assert words("Results") == "Results"  # until somebody translates it
    assert [words.plural("{n} row", "{n} rows", n) for n in (0, 1, 2)] == ["لا صفوف", "صف واحد", "صفان"]


def test_numbers_keep_their_signs_on_the_left_inside_arabic(arabic):
    words = Words("ar")
    assert words.per_hundred(0.031, change=True, decimals=1) == "\u2066+3.1\u2069"
    assert words.formula("p = 0.03") == "\u2066p\u00a0=\u00a00.03\u2069"
    assert words.plural("{n} row", "{n} rows", 3) == "\u20663\u2069 صفوف"
    assert words.compact(1_234_567) == "\u2067\u20661.2\u2069 مليون\u2069"  # the word follows the number, to its left
    assert words.text("a (b)") == "\u2068a \\(b\\)\u2069"


def test_bringing_a_catalogue_up_to_date_adds_what_is_said_and_keeps_what_was_translated(arabic):
    catalogues.update()
    kept = catalogue("ar")
    assert kept.get("{n} row").string[2] == "صفان"
    assert kept.get("The campaign raised awareness.") is not None
    assert len(kept) == len(said())
    assert not kept.obsolete
    before = arabic.read_bytes()
    catalogues.update()
    assert arabic.read_bytes() == before


def test_what_is_no_longer_said_keeps_its_translation_until_it_is_said_again(arabic, monkeypatch):
    before, places = said(), {("{n} row", "{n} rows"): [("views/a.py", 1)]}
    monkeypatch.setattr(catalogues, "said", lambda: {"Results": [("views/a.py", 1)]})
    catalogues.update()
    assert catalogue("ar").get("{n} row") is None
    monkeypatch.setattr(catalogues, "said", lambda: before | places)
    catalogues.update()
    assert catalogue("ar").get("{n} row").string[2] == "صفان"
