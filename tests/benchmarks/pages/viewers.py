"""Many people at once on one process: each opens the results and filters them, or reads a campaign in between."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.pages.rerun import cpu
from tests.benchmarks.pages.viewer import Viewer, viewing
from tests.serving import Dashboard, dashboard

CLICKS = 8  # of each
APART = 0.1  # seconds from one arrival to the next
WANTED = 1.0  # seconds within which 95 of 100 are answered
LONGEST = 300.0  # seconds for all
CAMPAIGN = "gm-2025-peer-videos"

Kinds = tuple[tuple[str, Callable[[Viewer, random.Random], Awaitable[float]]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Seconds that people waited, and what went wrong."""

    first: list[float] = field(default_factory=list)
    clicks: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def measure(store: Path, *, people: int, think: float, mixed: bool) -> bool:
    """Print how long they wait, and say whether that is short enough; `mixed`: every fourth click opens a campaign."""
    with dashboard(store) as server:
        return asyncio.run(_measure(server, people, think, MIXED if mixed else FILTERING))


async def _measure(server: Dashboard, people: int, think: float, kinds: Kinds) -> bool:
    async with viewing(server.address) as warm:
        await warm.open("results")  # so that the data have been worked out, as they have for everybody but the first
    seen, chance = Seen(), random.Random(1)  # noqa: S311 -- nothing secret
    start, before = time.perf_counter(), cpu(server.process)
    async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as group:
        for _ in range(people):
            group.create_task(_person(server, think, seen, random.Random(chance.random()), kinds))  # noqa: S311
            await asyncio.sleep(APART)
    seconds, taken = time.perf_counter() - start, cpu(server.process) - before
    print(f"{people} people, {think:g} s between two clicks")
    print(f"the server took {taken / seconds:.0%} of one core for {seconds:.0f} s")
    every = [seconds for waited in seen.clicks.values() for seconds in waited]
    for what, waited in {"first page": seen.first, **seen.clicks, "every click": every}.items():
        middle, long = _quantile(waited, 0.5), _quantile(waited, 0.95)
        print(f"{what:20}  p50 {middle:.2f} s  p95 {long:.2f} s  of {len(waited)}")
    print(f"errors: {len(seen.errors)} {seen.errors[:3] or ''}")
    print(f"wanted: p95 of every click under {WANTED:g} s, no error")
    return _quantile(every, 0.95) < WANTED and not seen.errors


async def _person(server: Dashboard, think: float, seen: Seen, chance: random.Random, kinds: Kinds) -> None:
    try:
        async with viewing(server.address) as viewer:
            seen.first.append(await viewer.open("results"))
            begin = chance.randrange(len(kinds))  # not everybody does the same at the same time
            for what, click in (kinds[(begin + number) % len(kinds)] for number in range(CLICKS)):
                await asyncio.sleep(think * chance.uniform(0.5, 1.5))
                seen.clicks.setdefault(what, []).append(await click(viewer, chance))
    except Exception as error:  # whatever it is, it is counted and shown
        seen.errors.append(repr(error)[:200])


async def _filter(viewer: Viewer, chance: random.Random) -> float:
    return await viewer.rerun(country=str(chance.randrange(5)))


async def _clear(viewer: Viewer, _: random.Random) -> float:
    return await viewer.rerun(country=None)


async def _read(viewer: Viewer, _: random.Random) -> float:
    return await viewer.open("campaign", campaign=CAMPAIGN)


async def _back(viewer: Viewer, _: random.Random) -> float:
    return await viewer.open("results")


FILTERING: Kinds = (("a country chosen", _filter), ("all countries again", _clear))
MIXED: Kinds = (*FILTERING, ("a campaign", _read), ("back to the results", _back))


def _quantile(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")
