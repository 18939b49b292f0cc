"""Servers for tests and benchmarks: the whole dashboard in a process of its own, or only what surrounds its pages."""

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import uvicorn

ROOT = Path(__file__).parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """A running dashboard: where it answers, its process, and the seconds from its command to its first answer."""

    address: str
    process: int
    started_in: float


@contextlib.contextmanager
def dashboard(store, *options):
    """`streamlit run dashboard.py` on a free port, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    environment = {**os.environ, "CAMPAIGN_STORE": str(store)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as on everybody's machine
    start = time.perf_counter()
    with subprocess.Popen(
        [*command, "--server.headless", "true", *options], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(server, address)
            yield Dashboard(address=address, process=server.pid, started_in=time.perf_counter() - start)
        finally:
            server.terminate()


def _wait(server, address):
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{address}/api/ready", timeout=5):  # noqa: S310 -- our own server
                return
        except OSError:
            assert server.poll() is None, "the server ended before it was ready"
            assert time.monotonic() < end, "the server was not ready within a minute"
            time.sleep(0.05)


@contextlib.contextmanager
def answering(app):
    """Serve an application within this process; yields what asks it: path and headers in, status, headers, body out."""
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started:
        thread.join(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]

    def get(path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, body

    try:
        yield get
    finally:
        running.should_exit = True
        thread.join(10)
