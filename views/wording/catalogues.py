"""Every sentence the program says, gathered from its source, and the catalogues brought up to date with it.

`python -m views.wording` adds new sentences to each catalogue, for a translator to fill in. What is no longer said is
set aside at the end of the file with its translation, which comes back when the sentence is said again.
"""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from campaigns.vocabulary import DEFINITION_CHANGES, METRICS
from views.wording.language import LANGUAGES, LOCALES

VIEWS = LOCALES.parent
CAMPAIGNS = VIEWS.parent / "campaigns"
SAYING = (
    CAMPAIGNS / "messages.py",
    CAMPAIGNS / "meanings.py",
    *sorted((CAMPAIGNS / "exports" / "templates").glob("*.py")),
)
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
    """The catalogue as its file has it; an empty one where there is no file yet."""
    if not _file(language).exists():
        return Catalog(locale=language)
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
        known = {message.id: message.string for message in (*old.obsolete.values(), *old) if message.id}
        for message, places in sentences:
            files = [(file, 0) for file in dict.fromkeys(file for file, _ in places)]
            new.add(message, known.pop(message, None), locations=files)
        for message, translation in sorted(known.items(), key=str):
            if any(forms(translation)):
                new.obsolete[forms(message)[0]] = Message(message, translation)
        write(language, new)


def write(language: str, new: Catalog) -> None:
    """Put a catalogue in the place of the old one, whole or not at all."""
    file = _file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    with unfinished.open("wb") as written:
        write_po(written, new, width=110, include_lineno=False)
    unfinished.replace(file)


def forms(message: Said | list[str] | None) -> tuple[str, ...]:
    """A sentence, or each form of a plural."""
    return (message or "",) if isinstance(message, str) or message is None else tuple(message)


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
