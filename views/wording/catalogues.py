"""Every sentence the program says, gathered from its source, and the catalogues brought up to date with it.

`python -m views.wording` adds new sentences to each catalogue, for a translator to fill in, and takes old ones out.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from campaigns.vocabulary import DEFINITION_CHANGES, METRICS
from views.wording.language import LANGUAGES, LOCALES

VIEWS = LOCALES.parent
CAMPAIGNS = VIEWS.parent / "campaigns"
SAYING = (CAMPAIGNS / "messages.py", *sorted((CAMPAIGNS / "exports" / "templates").glob("*.py")))
SAYERS = frozenset({"words", "plain", "in_files", "msgid"})  # `plain` is what screens call `words.in_files`
Said = str | tuple[str, ...]


def said() -> dict[Said, list[tuple[str, int]]]:
    """Every sentence (or pair of singular and plural) with the places that say it."""
    found: dict[Said, list[tuple[str, int]]] = {}
    for path in (*sorted(VIEWS.rglob("*.py")), *SAYING):
        for line, message in _in_source(path):
            found.setdefault(message, []).append((path.relative_to(CAMPAIGNS.parent).as_posix(), line))
    for text in _kept_in_vocabulary():
        found.setdefault(text, []).append(("campaigns/vocabulary.py", 1))
    return found


def placeholders(sentence: str) -> frozenset[str]:
    """The names that a sentence leaves open."""
    return frozenset(re.findall(r"\{(\w*)\}", sentence))


def catalogue(language: str) -> Catalog:
    """The catalogue as its file has it."""
    with _file(language).open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Write each catalogue with exactly the sentences that are said, and the translations it had."""
    sentences = sorted(said().items(), key=lambda item: (item[1][0], str(item[0])))
    for language in LANGUAGES:
        old = catalogue(language)
        new = Catalog(
            locale=language,
            project="campaign-tracker",
            version="1",
            header_comment=f"# Sentences of the tracker. Last-Translator: who speaks {language} well and checked them.",
            creation_date=old.creation_date,
            revision_date=old.revision_date,
            last_translator=old.last_translator,
            language_team=old.language_team,
            fuzzy=False,
        )
        for message, places in sentences:
            known = old.get(message)
            files = [(file, 0) for file in dict.fromkeys(file for file, _ in places)]
            new.add(message, known.string if known else None, locations=files)
        with _file(language).open("wb") as file:
            write_po(file, new, width=110, include_lineno=False)


def _file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def _in_source(path: Path) -> Iterator[tuple[int, Said]]:
    """The sentences of a file. Babel's own reader loses those said inside one another, and plurals beside `words`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [part.value for part in node.args[:2] if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if name == "plural" and len(texts) == 2:
            yield node.lineno, (texts[0], texts[1])
        elif name in SAYERS and texts:
            yield node.lineno, texts[0]


def _kept_in_vocabulary() -> Iterator[str]:
    yield from (metric.definition for metric in METRICS.values())
    yield from (change.now for change in DEFINITION_CHANGES)
