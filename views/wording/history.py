"""The history in words: who did what, and what it was before and is now."""

from collections.abc import Iterator
from typing import Any

from campaigns.store import AuditEntry
from views.wording.language import Words, msgid
from views.wording.terms import term

ACTIONS: dict[str, str] = {
    "save_campaign": msgid("Described the campaign {subject}"),
    "remove_campaign": msgid("Removed the campaign {subject}"),
    "save_batch": msgid("Saved the file {subject}"),
    "undo_batch": msgid("Undid the file {subject}"),
    "redo_batch": msgid("Redid the file {subject}"),
    "remember_layout": msgid("Said how a layout is to be read"),
    "keep_codebook": msgid("Said which column of a survey is which"),
    "save_study": msgid("Entered the published study {subject}"),
    "withdraw_study": msgid("Withdrew the published study {subject}"),
    "save_settings": msgid("Changed the settings"),
    "freeze_edition": msgid("Froze an edition, known by its checksum {subject}"),
}
CORRECTED = msgid("Corrected the campaign {subject}")
MOST = 6  # changes that are listed
NOTHING = "—"


def action_sentence(entry: AuditEntry, subject: str, words: Words) -> str:
    """What was done to what, by the name that people know it by."""
    if entry.action not in ACTIONS:
        return words.text(f"{entry.action} {subject}")
    sentence = CORRECTED if entry.action == "save_campaign" and entry.before else ACTIONS[entry.action]
    return words(sentence, subject=words.text(subject))


def change_sentences(entry: AuditEntry, words: Words) -> list[str]:
    """What of a record or of the settings was one thing before and is another now."""
    if not isinstance(entry.before, dict) or not isinstance(entry.after, dict):
        return []
    changes = list(_changes(entry.before, entry.after))
    said = [
        words(
            "{field}: {before} → {after}",
            field=term(path, words, kind="field"),
            before=_written(before, words),
            after=_written(after, words),
        )
        for path, before, after in changes[:MOST]
    ]
    if len(changes) > MOST:
        said.append(words.plural("and {n} more change", "and {n} more changes", len(changes) - MOST))
    return said


def _changes(before: dict[str, Any], after: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from _changes(was, now, f"{path}{name}.")
        elif was != now:
            yield f"{path}{name}", was, now


def _written(value: Any, words: Words) -> str:
    return NOTHING if value is None else words.text(value, longest=60)
