"""An organisation's own exchange rates take the place of those that come along, and the history says so."""

import pytest

from campaigns.price_table import COMES_ALONG, own_price_table, price_table, read_price_table, replace_price_table
from metrics.costs import Prices

OWN = b"kind,code,year,value,source\nexchange,USD,2026,1.25,our bank\n"


def test_the_table_that_comes_along_counts_until_there_is_another(store):
    assert own_price_table(store) is None
    assert Prices.of(price_table(store)).rate("USD", 2024) == 1.08238  # European Central Bank, mean of 2024's days
    replace_price_table(store, OWN, person="Amina")
    assert Prices.of(price_table(store)).exchange == {("USD", 2026): 1.25}
    replace_price_table(store, None, person="Amina")
    assert len(price_table(store)) == len(COMES_ALONG.read_text(encoding="utf-8").splitlines()) - 1
    assert [(entry.action, entry.person) for entry in store.history()][-2:] == [("replace_price_table", "Amina")] * 2


def test_a_table_without_its_columns_is_named_by_what_it_lacks():
    with pytest.raises(ValueError, match="the table has no column kind, value"):
        read_price_table(b"code,year\nUSD,2024\n")
