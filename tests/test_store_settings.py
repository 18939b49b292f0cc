"""What an organisation decides once: kept, taken into the history, and refused where it cannot be."""

import pytest

from campaigns.privacy import STANDARD, STRICT
from campaigns.settings import Protection, Settings, save_settings, settings


def test_until_somebody_decides_the_usual_holds(store):
    assert settings(store) == Settings(organisation="", smallest_important=0.05, protection=Protection.STANDARD)
    assert settings(store).protection.profile == STANDARD


def test_what_was_decided_last_holds_and_the_history_says_what_it_was(store):
    first = Settings(organisation="Réseau", smallest_important=0.1, protection=Protection.STRICT)
    save_settings(store, first, person="Amina")
    save_settings(store, Settings(organisation="Réseau"), person="Awa")
    assert settings(store) == Settings(organisation="Réseau")
    entry = store.history()[-1]
    assert (entry.person, entry.action) == ("Awa", "save_settings")
    assert entry.before == {"organisation": "Réseau", "smallest_important": 0.1, "protection": "strict"}
    assert first.protection.profile == STRICT


def test_deciding_the_same_again_changes_nothing(store):
    save_settings(store, Settings(organisation="Réseau"), person="Amina")
    version = store.version
    save_settings(store, Settings(organisation="Réseau"), person="Awa")
    assert store.version == version


@pytest.mark.parametrize("share", [0, 1, -0.1])
def test_a_change_that_could_never_matter_is_refused(share):
    with pytest.raises(ValueError, match="smallest_important"):
        Settings(smallest_important=share)
