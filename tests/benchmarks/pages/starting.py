"""From the README's command to the first answer, with nothing stored yet and with the example data in place."""

import asyncio
import time
from pathlib import Path

from tests.benchmarks.pages.rerun import cpu
from tests.benchmarks.pages.viewer import viewing
from tests.serving import Dashboard, dashboard


def measure(store: Path) -> bool:
    """Print seconds by the clock and of processors; there is nothing that they are held to."""
    for what in ("nothing stored yet", "example data stored"):
        with dashboard(store) as server:
            asyncio.run(_measure(server, what))
    return True


async def _measure(server: Dashboard, what: str) -> None:
    start = time.perf_counter()
    async with viewing(server.address) as viewer:
        await viewer.open("results")
    answered = time.perf_counter() - start
    print(
        f"{what:20}  ready after {server.started_in:.1f} s, results {answered:.1f} s later, "
        f"{cpu(server.process):.1f} s of processors"
    )
