"""What holds for every test: a home of its own, and nothing left running behind it."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import sys
import threading
import time
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from morphstudio.threads import share_cores

REPOSITORY = Path(__file__).resolve().parent.parent
GRACE_S = 2.0
"""How long what a test has already told to stop may take to be gone."""
WAIT_MS = 20_000

share_cores()  # as the program does, before torch is imported
# Before any test imports Qt; a test that wants a real window starts a process of its own with xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# pytest turns it on for itself only; this is for the processes that tests start.
os.environ.setdefault("PYTHONFAULTHANDLER", "1")


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """The test's own folder of settings, logs and renders."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MORPHSTUDIO_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_running():
    """Fail the test that leaves threads which would keep the program alive, or child processes."""
    threads_before, children_before = non_daemon_threads(), child_processes()
    yield
    gc.unfreeze()  # a window leaves its objects out of collections for good; a test's are to go
    deadline_s = time.monotonic() + GRACE_S
    while True:
        left = [repr(thread) for thread in non_daemon_threads() - threads_before]
        left += [describe_process(pid) for pid in child_processes() - children_before]
        if not left:
            return
        if time.monotonic() > deadline_s:
            pytest.fail(f"left running: {', '.join(left)}", pytrace=False)
        time.sleep(0.02)


@pytest.fixture
def qtbot(qtbot, monkeypatch):
    """Pytest-qt's, more patient: other programs may have all cores for longer than its five seconds."""
    for wait in (qtbot.waitUntil, qtbot.waitSignal, qtbot.waitSignals, qtbot.waitActive, qtbot.waitExposed):
        monkeypatch.setattr(qtbot, wait.__name__, partial(wait, timeout=WAIT_MS))
    return qtbot


@pytest.fixture(scope="session")
def real_sounds():
    """Folder of recorded sounds, which lies beside the repository on some machines only."""
    folder = REPOSITORY.parent / "shared" / "sounds"
    if not folder.is_dir():
        pytest.skip("there are no recorded sounds beside the repository")
    return folder


def non_daemon_threads():
    return {thread for thread in threading.enumerate() if not thread.daemon}


def child_processes():
    """Identifiers of this process's children, without those that have ended.

    The tracker of shared memory stays for the life of the process by design.
    """
    if sys.platform != "linux":
        return {process.pid for process in multiprocessing.active_children()}
    pids = set()
    for children in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError):  # a thread that has just ended
            pids |= {int(pid) for pid in children.read_text().split()}
    pids.discard(resource_tracker._resource_tracker._pid)
    return {pid for pid in pids if process_state(pid) not in ("Z", "")}


def process_state(pid):
    """The letter that Linux gives a process's state: Z has ended; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def describe_process(pid):
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        words = []
    return f"process {pid} ({b' '.join(words).decode(errors='replace').strip()})"
