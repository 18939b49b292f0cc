"""Opening the store for a page: whoever comes first to an empty store finds the example data there."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from campaigns.example import load_example
from campaigns.store import Store, open_store

Progress = Callable[[int, int, str], None]

# A load runs in a thread beside the pages: it goes on when the person who started it closes the page, and a second
# visitor waits for the same one.
_loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="example-data")
_lock = threading.Lock()
_loads: dict[Path, Future[None]] = {}
_progress: dict[Path, tuple[int, int, str]] = {}


def open_for_page(show: Progress) -> Store:
    """The store; `show` is told (done, total, what) while the example data go into a new one, and at the end."""
    store = open_store()
    with _lock:
        load = _running(store.folder)
        if load is None and not store.version:  # nothing was ever stored or removed
            load = _start(store.folder)
    if load is not None:
        _wait(load, store.folder, show)
    return store


def add_example(store: Store, show: Progress) -> None:
    """Load the example data (again), or wait for whoever is doing so."""
    with _lock:
        load = _running(store.folder) or _start(store.folder)
    _wait(load, store.folder, show)


def _running(folder: Path) -> Future[None] | None:
    load = _loads.get(folder)
    return None if load is None or load.done() else load


def _start(folder: Path) -> Future[None]:
    _progress[folder] = (0, 1, "")
    _loads[folder] = _loader.submit(_load, folder)
    return _loads[folder]


def _wait(load: Future[None], folder: Path, show: Progress) -> None:
    while not load.done():
        show(*_progress[folder])
        time.sleep(0.1)
    show(1, 1, "")
    load.result()


def _load(folder: Path) -> None:
    def note(done: int, total: int, what: str) -> None:
        _progress[folder] = (done, total, what)

    with open_store(folder) as store:  # a store belongs to the thread that opened it
        load_example(store, progress=note)
