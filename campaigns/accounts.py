"""The accounts, pages and channels that stored figures are of, to be offered where a file does not name its own."""

import pyarrow.compute as pc
import pyarrow.parquet as pq

from campaigns.current import batch_path
from campaigns.receipts import Kind
from campaigns.store import Status, Store


def accounts(store: Store) -> tuple[str, ...]:
    """Every account that figures of a real campaign are of, by name."""
    examples = {campaign.id for campaign in store.campaigns() if campaign.example}
    names: set[str] = set()
    for batch in store.batches():
        if batch.kind == Kind.ENGAGEMENT and batch.status == Status.ACTIVE and batch.campaign not in examples:
            column = pq.read_table(batch_path(store, batch.id), columns=["account"])["account"]
            names.update(name for name in pc.unique(column).to_pylist() if name)
    return tuple(sorted(names))
