"""What an organisation decides once for all its campaigns: its name, the change that matters, whom figures protect."""

import json
from dataclasses import dataclass
from enum import StrEnum

from campaigns.privacy import STANDARD, STRICT, Profile
from campaigns.serialising import decode, encode
from campaigns.store import Store


class Protection(StrEnum):
    """How small groups are protected wherever figures are shown or taken away."""

    STANDARD = "standard"
    STRICT = "strict"

    @property
    def profile(self) -> Profile:
        """The rule by which counts are hidden and rounded."""
        return STRICT if self == Protection.STRICT else STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`organisation` and `smallest_important` are what a new campaign begins with; a record keeps its own.

    `smallest_important` is a share: 0.05 is five people in a hundred.
    """

    organisation: str = ""
    smallest_important: float = 0.05
    protection: Protection = Protection.STANDARD

    def __post_init__(self) -> None:
        if not 0 < self.smallest_important < 1:
            raise ValueError(f"smallest_important is {self.smallest_important}, must be between 0 and 1")


def settings(store: Store) -> Settings:
    """What was decided last, or what holds until somebody decides."""
    for (text,) in store.ledger.execute("SELECT value FROM settings"):
        found: Settings = decode(Settings, json.loads(text))
        return found
    return Settings()


def save_settings(store: Store, decided: Settings, *, person: str) -> None:
    """Keep what was decided, and in the history what it was before."""
    with store.writing() as ledger:
        before = settings(store)
        if decided == before:
            return
        ledger.execute(
            "INSERT INTO settings (only, value) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET value = excluded.value",
            [json.dumps(encode(decided), ensure_ascii=False)],
        )
        store.record(
            person=person, action="save_settings", subject="settings", before=encode(before), after=encode(decided)
        )
