"""What was heard is in the index before it is told; a disk that is full takes nothing away."""

import sys

import pytest

from morphstudio.errors import MorphStudioError
from morphstudio.library.index import LibraryIndex
from morphstudio.library.rescan import rescan
from morphstudio.ui.analysis_reader import AnalysisReader
from tests.unit.test_analysis_pool import FAKE, many

WAIT_MS = 20_000


@pytest.fixture
def index_path(tmp_path):
    return tmp_path / "library" / "library.sqlite"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LISTENED", str(tmp_path / "listened.txt"))
    folder = tmp_path / "sounds"
    folder.mkdir()
    return folder


@pytest.fixture
def make_reader(qapp, index_path):
    """Returns a function that makes a reader; they are stopped when the test is over."""
    readers = []

    def make(command=FAKE):
        reader = AnalysisReader(index_path, command, 1)
        reader.batches, reader.errors = [], []
        reader.analysed.connect(reader.batches.append)
        reader.failed.connect(reader.errors.append)
        reader.start()
        readers.append(reader)
        return reader

    yield make
    for reader in readers:
        reader.stop()


def fill(folder, names):
    for name in names:
        (folder / name).write_text(name)


def heard(index_path):
    with LibraryIndex(index_path) as index:
        return {file.path for file in index.files() if file.analysis is not None}


def wanted(index_path, folder):
    with LibraryIndex(index_path) as index:
        return rescan(index, folder).wanted


def test_batches_are_in_the_index_before_they_are_told(make_reader, index_path, folder, qtbot):
    fill(folder, many(60, "slow"))
    reader = make_reader()
    known = []
    reader.analysed.connect(lambda batch: known.append({f.path for f in batch} <= heard(index_path)))
    progress = []
    reader.progressed.connect(lambda *values: progress.append(values))
    found = wanted(index_path, folder)
    with qtbot.waitSignal(reader.idle, timeout=WAIT_MS):
        reader.submit(found)
    assert all(known)
    assert 4 < len(reader.batches) < 40
    told = [file for batch in reader.batches for file in batch]
    assert {(f.path, f.stamp, f.added_s) for f in told} == {(f.path, f.stamp, f.added_s) for f in found}
    assert all(file.analysis is not None and file.fingerprint for file in told)
    assert progress[-1] == (60, 60, 0.0)
    assert not wanted(index_path, folder)


def test_one_that_was_stopped_goes_on_where_it_was(make_reader, index_path, folder, qtbot):
    fill(folder, many(40, "slow"))
    reader = make_reader()
    reader.submit(wanted(index_path, folder))
    qtbot.waitUntil(lambda: len(reader.batches) >= 2, timeout=WAIT_MS)
    reader.stop()
    n_heard = len(heard(index_path))
    assert 0 < n_heard < 40
    other = make_reader()
    with qtbot.waitSignal(other.idle, timeout=WAIT_MS):
        other.submit(wanted(index_path, folder))
    assert len(heard(index_path)) == 40
    listened = (folder.parent / "listened.txt").read_text().splitlines()
    assert len(set(listened)) == 40
    assert len(listened) <= 41  # what was listened to when it was stopped


def test_a_full_disk_is_said_once_and_what_was_heard_is_written_later(
    make_reader, index_path, folder, qtbot, monkeypatch
):  # fmt: skip
    fill(folder, many(30, "slow"))
    found = wanted(index_path, folder)
    put, error = LibraryIndex.put, MorphStudioError("Can't keep it", "The disk is full.", "Free some space.")
    is_full = True

    def put_or_fail(self, files):
        if is_full:
            raise error
        put(self, files)

    monkeypatch.setattr(LibraryIndex, "put", put_or_fail)
    reader = make_reader()
    reader.submit(found[:20])
    qtbot.waitUntil(lambda: len(reader.batches) >= 3, timeout=WAIT_MS)
    assert reader.errors == [error]
    assert not heard(index_path)
    is_full = False
    with qtbot.waitSignal(reader.idle, timeout=WAIT_MS):
        reader.submit(found[20:])
    assert reader.errors == [error]
    assert len(heard(index_path)) == 30


def test_what_cannot_start_is_said(make_reader, index_path, folder, qtbot):
    fill(folder, ["a.wav"])
    reader = make_reader(("/nowhere/to be found",))
    with qtbot.waitSignal(reader.idle, timeout=WAIT_MS):
        reader.submit(wanted(index_path, folder))
    assert len(reader.errors) == 1
    assert not reader.batches


@pytest.mark.skipif(sys.platform == "win32", reason="nobody replaces a file there that is open")
def test_an_index_that_breaks_meanwhile_is_told_of(make_reader, index_path, folder, qtbot):
    fill(folder, [*many(10), *many(40, "slow")])
    reader = make_reader()
    found = wanted(index_path, folder)
    with qtbot.waitSignal(reader.idle, timeout=WAIT_MS):
        reader.submit(found[:10])
    garbage = index_path.with_name("garbage")
    garbage.write_bytes(bytes(range(256)) * 100)
    garbage.replace(index_path)
    for log in index_path.parent.glob("*-wal"):
        log.unlink()
    with qtbot.waitSignal(reader.idle, timeout=WAIT_MS):
        reader.submit(found[10:])
    assert len(reader.errors) == 1
    assert heard(index_path) >= {file.path for file in found[10:]}
