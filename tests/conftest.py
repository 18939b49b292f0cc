"""Fixtures that several test files share."""

import pytest
from hypothesis import settings

from campaigns.example import load_example
from campaigns.store import open_store
from tests.examples import campaign

settings.register_profile("any machine", deadline=None)  # a slow one shows no mistake
settings.load_profile("any machine")


@pytest.fixture
def store(tmp_path):
    """An empty store in a folder of its own, with a record for the campaign C1."""
    with open_store(tmp_path / "store") as opened:
        opened.save_campaign(campaign("C1"), person="Amina")
        yield opened


@pytest.fixture(scope="module")
def example_folder(tmp_path_factory):
    """A store with the example data, shared by the tests of a file."""
    made = tmp_path_factory.mktemp("store")
    with open_store(made) as opened:
        load_example(opened)
    return made
