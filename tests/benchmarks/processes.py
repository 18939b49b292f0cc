"""Whole processes, interpreter start included, and what they cost."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from campaigns.store import open_store
from tests.examples import campaign

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds by the clock and of processors, and the most memory held at once."""

    wall: float
    cpu: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.cpu:6.2f} CPU s  {self.wall:6.2f} s  {self.megabytes:5.0f} MB"


def run(*command: str) -> Cost:
    """Run a command of this Python to its end."""
    start = time.perf_counter()
    child = start_quietly(*command)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return Cost(wall=time.perf_counter() - start, cpu=usage.ru_utime + usage.ru_stime, megabytes=usage.ru_maxrss / 1024)


def start_quietly(*command: str) -> subprocess.Popen[bytes]:
    """Start a command of this Python, without its output; modules are compiled once, as on everybody's machine."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, env=environment)


def importing(file: Path, store: Path) -> tuple[str, ...]:
    """The command that imports a file."""
    return ("-m", "campaigns", "import", str(file), "--campaign", "C1", "--store", str(store), "--person", "benchmark")


def new_store(folder: Path) -> Path:
    """A store with a record for the campaign C1."""
    with open_store(folder) as store:
        store.save_campaign(campaign("C1"), person="benchmark")
    return folder
