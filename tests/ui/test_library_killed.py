"""A window that is killed while it listens, or whose folder goes, and what the next one finds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from morphstudio.library.index import LibraryIndex
from morphstudio.storage import storage_places
from tests.conftest import REPOSITORY, child_processes
from tests.ui.studio import write_loop

N_FILES = 60
PATIENCE_S = 60.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "sounds"
    place.mkdir()
    for number in range(N_FILES):
        (place / f"slow kick {number:02d}.wav").write_bytes(b"x" * (number + 1))
    return place


class Program:
    """The window as a process."""

    def __init__(self, file, folder):
        command = [sys.executable, "-m", "tests.ui.library_window", str(file), str(folder)]
        self.process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
        self.state = {}

    def wait(self, is_so):
        """Read what it tells until that is so."""
        until_s = time.monotonic() + PATIENCE_S
        while not (self.state and is_so(self.state)):
            line = self.process.stdout.readline()
            assert line, "it has ended"
            assert time.monotonic() < until_s, self.state
            if line.startswith("{"):
                self.state = json.loads(line)
        return self.state

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()


@pytest.fixture
def start(tmp_path, folder):
    """Returns a function that starts a window on the folder."""
    file, programs = write_loop(tmp_path / "one loop.wav"), []

    def start_one():
        programs.append(Program(file, folder))
        return programs[-1]

    yield start_one
    for program in programs:
        if program.process.poll() is None:
            program.end(signal.SIGKILL)
    until_s = time.monotonic() + PATIENCE_S
    while child_processes() and time.monotonic() < until_s:
        time.sleep(0.05)  # what listens and renders leaves by itself


def heard():
    with LibraryIndex(storage_places().library) as index:
        return {Path(file.path).name for file in index.files() if file.analysis is not None}


def test_a_window_that_was_killed_goes_on_where_it_was(start, folder):
    program = start()
    program.wait(lambda state: 10 <= state["n_heard"] < N_FILES)
    program.end(signal.SIGKILL)
    kept = heard() & {path.name for path in folder.iterdir()}
    assert 10 <= len(kept) < N_FILES

    again = start()
    assert again.wait(lambda state: state["n_found"] == N_FILES)["n_heard"] >= len(kept), (
        "it is known at once"
    )
    state = again.wait(lambda state: state["n_heard"] == N_FILES and not state["is_busy"])
    assert not [text for text in state["says"] if "damaged" in text]
    again.end(signal.SIGTERM)
    times = Counter(Path(os.environ["LISTENED"]).read_text().splitlines())
    assert {name for name in kept if times[name] != 1} == set(), "what was written is not listened to again"
    assert all(times[path.name] >= 1 for path in folder.iterdir()), "nothing is lost"


def test_a_folder_that_goes_while_it_is_listened_to_hangs_nothing(start, folder):
    program = start()
    program.wait(lambda state: 10 <= state["n_heard"] < N_FILES)
    folder.rename(folder.with_name("elsewhere"))
    folder.mkdir()  # as a mount point is when its disk is pulled out
    program.wait(lambda state: not state["is_busy"])
    program.end(signal.SIGTERM)
    assert program.process.returncode == 0
