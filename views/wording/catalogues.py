"""Every sentence the program says, gathered from its source, and the catalogues brought up to date with it.

`python -m views.wording` adds new sentences to each catalogue, for a translator to fill in, and takes old ones out.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from campaigns.vocabulary import DEFINITION_CHANGES, METRICS
from views.wording.language import LANGUAGES, LOCALES

VIEWS = LOCALES.parent
CAMPAIGNS = VIEWS.parent / "campaigns"
SAYING = (CAMPAIGNS / "messages.py", *sorted((CAMPAIGNS / "exports" / "templates").glob("*.py")))
KEYWORDS: dict[str, tuple[int, ...] | None] = {"words": None, "msgid": None, "plural": (1, 2)}
Said = str | tuple[str, ...]


def said() -> dict[Said, list[tuple[str, int]]]:
    """Every sentence (or pair of singular and plural) with the places that say it."""
    found: dict[Said, list[tuple[str, int]]] = {}
    for file, line, message, _, _ in extract_from_dir(VIEWS, method_map=[("**.py", "python")], keywords=KEYWORDS):
        found.setdefault(message, []).append((f"views/{Path(file).as_posix()}", line))
    for path in SAYING:
        for line, message, *_ in extract_from_file("python", str(path), keywords=KEYWORDS):
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


def _kept_in_vocabulary() -> Iterator[str]:
    yield from (metric.definition for metric in METRICS.values())
    yield from (change.now for change in DEFINITION_CHANGES)
