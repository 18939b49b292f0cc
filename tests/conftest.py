"""Fixtures that several test files share."""

import pytest

from campaigns.store import open_store
from tests.examples import campaign


@pytest.fixture
def store(tmp_path):
    """An empty store in a folder of its own, with a record for the campaign C1."""
    with open_store(tmp_path / "store") as opened:
        opened.save_campaign(campaign("C1"), person="Amina")
        yield opened
