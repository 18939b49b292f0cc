import pytest

from tests.reference.__main__ import cases_folder
from tests.reference.comparing import compare

FOLDER = cases_folder()


@pytest.mark.skipif(FOLDER is None, reason="no folder of reference cases: set REFERENCE_CASES")
def test_every_statistic_equals_the_reference_results():
    families = [family for family in compare(FOLDER) if family.computed]
    assert sum(family.values for family in families) > 0
    assert [failure for family in families for failure in family.failures] == []
