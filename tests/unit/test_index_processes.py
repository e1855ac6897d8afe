"""The index between processes: one that is killed in the middle of a scan, several that write at once."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from morphstudio.library.index import LibraryIndex
from morphstudio.library.marks import Marks, read_marks
from morphstudio.library.rescan import rescan
from tests.conftest import REPOSITORY

N_FILES = 120
BATCH = 6
N_WRITERS = 3
N_ROUNDS = 15

LISTEN = f"""
import sys
from dataclasses import replace
from pathlib import Path
from morphstudio.library.analysis import Analysis
from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import fingerprint_of
from morphstudio.library.rescan import rescan

index = LibraryIndex(Path(sys.argv[1]))
wanted = rescan(index, Path(sys.argv[2])).wanted
for first in range(0, len(wanted), {BATCH}):
    batch = wanted[first : first + {BATCH}]
    heard = [
        replace(file, analysis=Analysis(bpm=1.0), fingerprint=fingerprint_of(file.path)) for file in batch
    ]
    print(*(Path(file.path).stem for file in batch), flush=True)
    sys.stdin.readline()
    index.put(heard)
"""
WRITE = f"""
import sys
from pathlib import Path
from morphstudio.library.analysis import Analysis
from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import IndexedFile, Stamp
from morphstudio.library.marks import Marks

print("ready", flush=True)
sys.stdin.readline()
with LibraryIndex(Path(sys.argv[1])) as index:
    for n in range({N_ROUNDS}):
        names = [f"/{{name}}/{{n}}.wav" for name in (sys.argv[2], "shared")]
        index.put(IndexedFile(name, Stamp(n, n), 0.0, analysis=Analysis(bpm=1.0)) for name in names)
        index.set_marks({{name: Marks(is_favourite=True) for name in names}})
        assert len(index.files()) >= n
    print(index.notice, flush=True)
"""


@pytest.fixture
def start():
    """Start a script in a process of its own, and end it with the test."""
    started = []

    def begin(script, *arguments):
        command = [sys.executable, "-c", script, *map(str, arguments)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        started.append(subprocess.Popen(command, cwd=REPOSITORY, text=True, **pipes))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()
        with contextlib.suppress(OSError):  # it has not read all that it was sent
            process.stdin.close()


def test_a_scan_that_is_killed_goes_on_where_it_was(tmp_path, start):
    place, path = tmp_path / "loops", tmp_path / "library.sqlite"
    place.mkdir()
    for n in range(N_FILES):
        (place / f"{n}.wav").write_bytes(bytes(n + 1))
    heard = []
    for n_batches, pause_s in ((1, 0.0), (2, 0.0005), (3, 0.001), (2, 0.002), (3, 0.004)):
        process = start(LISTEN, path, place)
        n_before = len(heard)
        for _ in range(n_batches):
            heard += process.stdout.readline().split()
            process.stdin.write("put\n")
            process.stdin.flush()
        time.sleep(pause_s)  # somewhere in the middle of the last batch
        process.kill()
        process.wait()
        with LibraryIndex(path) as index:
            assert index.notice is None
            known = {file.path for file in index.files() if file.analysis is not None}
            seen = rescan(index, place)
            assert {str(place / f"{name}.wav") for name in heard[n_before:-BATCH]} <= known
            assert known.isdisjoint(file.path for file in seen.wanted)
            assert len(known) + len(seen.wanted) == N_FILES == seen.n_unchanged
    process = start(LISTEN, path, place)
    process.stdin.write("put\n" * N_FILES)
    process.stdin.close()
    for line in process.stdout:
        heard += line.split()
    assert process.wait() == 0
    with LibraryIndex(path) as index:
        assert rescan(index, place).wanted == ()
    assert set(heard) == {str(n) for n in range(N_FILES)}
    assert len(heard) - N_FILES <= 5 * BATCH  # at most what was being written when it was killed


def test_windows_that_write_at_once_lose_nothing(tmp_path, start):
    path = tmp_path / "data" / "library.sqlite"
    writers = [start(WRITE, path, n) for n in range(N_WRITERS)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:  # all make the file at once
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        assert writer.stdout.readline() == "None\n"
        assert writer.wait() == 0
    with LibraryIndex(path) as index:
        folders = [*range(N_WRITERS), "shared"]
        wanted = {f"/{folder}/{n}.wav" for folder in folders for n in range(N_ROUNDS)}
        assert {file.path for file in index.files()} == wanted
        assert index.marks().keys() == read_marks(index.marks_path).keys() == wanted
    assert [file.name for file in path.parent.iterdir() if "damaged" in file.name] == []


def test_one_file_is_made_however_many_open_it_first(tmp_path):
    n_windows = 4
    for n in range(15):
        path = tmp_path / str(n) / "library.sqlite"
        barrier = threading.Barrier(n_windows)
        with ThreadPoolExecutor(n_windows) as pool:
            notices = [pool.submit(notice_of, path, barrier) for _ in range(n_windows)]
            assert [notice.result() for notice in notices] == [None] * n_windows


def notice_of(path, barrier):
    barrier.wait()
    with LibraryIndex(path) as index:
        index.set_marks({f"/{threading.get_ident()}.wav": Marks(is_favourite=True)})
        return index.notice


def test_a_window_that_is_killed_while_it_keeps_marks_loses_none_that_it_kept(tmp_path, start):
    path = tmp_path / "library.sqlite"
    process = start(WRITE, path, 0)
    process.stdin.write("go\n")
    process.stdin.flush()
    process.stdout.readline()
    copy = path.with_name("library-marks.json")
    deadline_s = time.monotonic() + 30
    while not copy.exists() and time.monotonic() < deadline_s:
        time.sleep(0.001)
    process.kill()
    process.wait()
    with LibraryIndex(path) as index:
        kept = index.marks()
        # The copy is written first: it may hold one round more.
        assert kept.items() <= read_marks(copy).items()
        assert len(read_marks(copy)) - len(kept) in (0, 2)
        index.set_marks({"/new.wav": Marks(is_favourite=True)})
        assert index.marks() == read_marks(copy)
