"""The index of the library: what comes back of what was put, and what happens to a file that is damaged."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import fields, replace

import numpy as np
import pytest

from morphstudio.errors import MorphStudioError
from morphstudio.library import index_rows
from morphstudio.library.analysis import Analysis
from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import IndexedFile, Stamp
from morphstudio.library.kinds import Kind
from morphstudio.library.marks import Marks, read_marks

MARKS = {
    "/loops/a.wav": Marks(is_favourite=True),
    "/loops/キック.wav": Marks(tags=("深い", "warm"), kind=Kind.KICK),
}


def analysis(seed=0, **facts):
    rng = np.random.default_rng(seed)
    vector, peaks = rng.standard_normal(48).astype(np.float32), rng.random(512).astype(np.float32)
    return Analysis(1.5, 2, 44_100, vector=vector, peaks=peaks, **facts)


def indexed(path, heard=None, size=1000, **facts):
    return IndexedFile(path, Stamp(size, 10**18 + 7), 12.5, analysis=heard, **facts)


def library(n=300):
    return [indexed(f"/loops/{n:04d}.wav", analysis(n)) for n in range(n)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "library.sqlite"


@pytest.fixture
def index(path):
    with LibraryIndex(path) as opened:
        yield opened


def by_path(index):
    return {file.path: file for file in index.files()}


# --- files ------------------------------------------------------------------------------------


def test_all_that_was_heard_comes_back(index, path):
    heard = analysis(
        is_loop=True, bpm=120.5, bpm_confidence=1.0, key="F#m", midi_note=60, cents=-3.5, pitch_class="C",
        kind=Kind.TONAL_LOOP, kind_confidence=0.75, centroid_hz=np.float32(880.0), loudness_lufs=-14.0,
    )  # fmt: skip
    put = indexed("/loops/a.wav", heard, fingerprint=b"print")
    silent = indexed("/loops/b.wav", Analysis(error="b.wav is empty."), is_missing=True)
    index.put([put, silent])
    with LibraryIndex(path) as again:
        assert again.notice is None
        found = by_path(again)
    for wanted in (put, silent):
        got = found[wanted.path]
        for slot in fields(IndexedFile):
            if slot.name != "analysis":
                assert getattr(got, slot.name) == getattr(wanted, slot.name), slot.name
        for slot in fields(Analysis):
            if slot.name not in ("vector", "peaks"):
                was, now = getattr(wanted.analysis, slot.name), getattr(got.analysis, slot.name)
                assert now == was, slot.name
                assert now is None or type(now) in (str, int, float, bool, Kind), slot.name
    got = found[put.path].analysis
    assert np.abs(got.vector - heard.vector).max() < 2e-3
    assert np.abs(got.peaks - heard.peaks).max() <= 0.5 / 255 + 1e-6
    assert got.vector.dtype == got.peaks.dtype == np.float32
    assert not got.vector.flags.writeable
    assert not got.peaks.flags.writeable
    assert found[silent.path].analysis.vector is None


def test_neighbours_stay_through_the_file(index):
    files = library()
    index.put(files)
    before = np.stack([file.analysis.vector for file in files])
    after = np.stack([by_path(index)[file.path].analysis.vector for file in files[:1]])

    def nearest(vector):
        return np.argsort(np.linalg.norm(before - vector, axis=1))[:10].tolist()

    assert nearest(before[0]) == nearest(after[0])


def test_a_file_without_an_analysis_takes_none_away_from_the_same_content(index):
    index.put([indexed("/loops/a.wav", analysis(bpm=120.0), fingerprint=b"print")])
    index.put([indexed("/loops/a.wav")])
    assert by_path(index)["/loops/a.wav"].analysis.bpm == 120.0
    assert by_path(index)["/loops/a.wav"].fingerprint == b"print"
    touched = replace(indexed("/loops/a.wav", fingerprint=b"print"), stamp=Stamp(1000, 5))
    index.put([touched])
    assert by_path(index)["/loops/a.wav"].analysis.bpm == 120.0
    index.put([indexed("/loops/a.wav", size=2000)])
    assert by_path(index)["/loops/a.wav"].analysis is None
    assert by_path(index)["/loops/a.wav"].fingerprint == b""


def test_what_an_earlier_version_heard_is_to_be_heard_anew(index, monkeypatch):
    index.put([indexed("/loops/a.wav", analysis())])
    assert index.known()["/loops/a.wav"].is_heard
    monkeypatch.setattr(index_rows, "ANALYSIS_VERSION", index_rows.ANALYSIS_VERSION + 1)
    assert by_path(index)["/loops/a.wav"].analysis is None
    assert not index.known()["/loops/a.wav"].is_heard


def test_a_fact_that_is_new_is_kept_beside_rows_of_before(path):
    with LibraryIndex(path) as index:
        index.put([indexed("/loops/a.wav", analysis())])
        index.set_marks(MARKS)
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE files DROP COLUMN centroid_hz")
    with LibraryIndex(path) as index:
        assert index.notice is None
        assert by_path(index)["/loops/a.wav"].analysis.centroid_hz is None
        index.put([indexed("/loops/b.wav", analysis(centroid_hz=99.0))])
        assert by_path(index)["/loops/b.wav"].analysis.centroid_hz == 99.0
        assert index.marks() == MARKS


def test_a_place_is_what_lies_below_it(index):
    index.put(map(indexed, ("/loops/a.wav", "/loops/b/c.wav", "/loops.wav", "/loops2/d.wav", "/loop/e.wav")))
    assert {file.path for file in index.files("/loops")} == {"/loops/a.wav", "/loops/b/c.wav"}
    assert index.known("/loops").keys() == {"/loops/a.wav", "/loops/b/c.wav"}
    assert len(index.files("/")) == 5


def test_what_went_missing_or_moved_keeps_what_is_known(index):
    index.put([indexed("/loops/a.wav", analysis(bpm=90.0))])
    index.set_marks({"/loops/a.wav": Marks(is_favourite=True)})
    index.mark_missing(["/loops/a.wav", "/loops/never.wav"])
    assert [(file.is_missing, file.analysis.bpm) for file in index.files()] == [(True, 90.0)]
    index.move({"/loops/a.wav": "/new/b.wav"})
    found = by_path(index)
    assert found.keys() == {"/new/b.wav"}
    assert (found["/new/b.wav"].is_missing, found["/new/b.wav"].analysis.bpm) == (False, 90.0)
    assert index.marks() == {"/new/b.wav": Marks(is_favourite=True)} == read_marks(index.marks_path)
    index.forget(["/new/b.wav"])
    assert index.files() == []
    assert index.marks()


def test_moving_onto_a_file_that_is_known_makes_them_one(index):
    index.put([indexed("/a.wav", analysis(bpm=90.0)), indexed("/b.wav")])
    index.set_marks(
        {"/a.wav": Marks(tags=("warm",), kind=Kind.TOM), "/b.wav": Marks(is_favourite=True, tags=("soft",))}
    )
    index.move({"/a.wav": "/b.wav"})
    assert [file.analysis.bpm for file in index.files()] == [90.0]
    assert index.marks() == {"/b.wav": Marks(is_favourite=True, tags=("warm", "soft"), kind=Kind.TOM)}


def test_names_that_are_no_text_are_left_out(index):
    index.put([indexed("/loops/\udcff.wav"), indexed("/loops/a.wav")])
    index.set_marks({"/loops/\udcff.wav": Marks(is_favourite=True), "/a.wav": Marks(tags=("\ud800",))})
    index.mark_missing(["/loops/\udcff.wav"])
    index.forget(["/loops/\udcff.wav"])
    index.move({"/loops/\udcff.wav": "/loops/b.wav"})
    assert [file.path for file in index.files()] == ["/loops/a.wav"]
    assert index.marks().keys() == {"/a.wav"}
    assert index.notice is None


# --- marks ------------------------------------------------------------------------------------


def test_marks_are_kept_twice_and_gone_where_nothing_is_said(index, path):
    index.set_marks(MARKS)
    assert index.marks() == MARKS == read_marks(path.with_name("library-marks.json"))
    index.set_marks({"/loops/a.wav": Marks()})
    assert index.marks().keys() == {"/loops/キック.wav"} == read_marks(index.marks_path).keys()


def test_marks_outlive_an_index_that_is_deleted(path):
    with LibraryIndex(path) as index:
        index.set_marks(MARKS)
    path.unlink()
    with LibraryIndex(path) as index:
        assert index.marks() == MARKS
        assert index.notice is None


def test_a_copy_is_read_as_far_as_it_makes_sense(tmp_path):
    copy = tmp_path / "marks.json"
    marks = {
        "/a.wav": {"favourite": True, "tags": ["x", 3], "kind": "kazoo", "new": 1},
        "/b.wav": [],
        "/c.wav": {},
        "/d\ud800.wav": {"favourite": True},
    }
    copy.write_text(json.dumps({"version": 9, "marks": marks}))
    assert read_marks(copy) == {"/a.wav": Marks(is_favourite=True, tags=("x",))}
    for broken in ("", "[]", '{"marks": 1}', "[" * 100_000, "\0"):
        copy.write_text(broken)
        assert read_marks(copy) is None
    assert read_marks(tmp_path / "none.json") == {}


# --- damage -----------------------------------------------------------------------------------


def overwrite(path, start, content):
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


def cut(path, size):
    with path.open("r+b") as file:
        file.truncate(size)


def damage_in_use(path):
    """Damage a file that is open, and have those who have it open read it again."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO files (path) VALUES ('/another')")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite(path, 4096, b"\xff" * (path.stat().st_size - 4096))


def make_newer(path):
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


def make_foreign(path):
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE other (a)")


DAMAGE = {
    "garbage": lambda path: path.write_bytes(b"garbage" * 9000),
    "half": lambda path: cut(path, path.stat().st_size // 2),
    "stub": lambda path: cut(path, 60),
    "head": lambda path: overwrite(path, 0, bytes(100)),
    "pages": lambda path: overwrite(path, 5 * 4096, b"\xff" * 40_000),
    "newer": make_newer,
    "foreign": make_foreign,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_set_aside_and_its_marks_are_kept(path, damage):
    with LibraryIndex(path) as index:
        index.put(library())
        index.set_marks(MARKS)
    DAMAGE[damage](path)
    with LibraryIndex(path) as index:
        assert index.files() == []
        assert index.marks() == MARKS
        aside = [file.name for file in path.parent.glob("library.damaged-*.sqlite")]
        assert len(aside) == 1
        assert aside[0] in index.notice.hint
        assert ("newer" in index.notice.message) == (damage == "newer")
        assert "are kept" in index.notice.message
        index.put(library())
    with LibraryIndex(path) as index:
        assert index.notice is None
        assert len(index.files()) == 300
        assert index.marks() == MARKS


def test_marks_are_read_of_a_damaged_index_where_the_copy_is_none(path):
    with LibraryIndex(path) as index:
        index.set_marks(MARKS)
        index.put(library())
        copy = index.marks_path
    copy.write_text("garbage")
    overwrite(path, 20 * 4096, b"\xff" * 40_000)
    with LibraryIndex(path) as index:
        assert index.marks() == MARKS == read_marks(copy)
        assert "that could be read" in index.notice.message
    assert [file.read_text() for file in path.parent.glob("library.damaged-*-marks.json")] == ["garbage"]


@pytest.mark.parametrize("call", ["files", "put", "set_marks"])
def test_damage_that_is_met_later_is_no_exception(path, call):
    with LibraryIndex(path) as index:
        index.put(library())
        index.set_marks(MARKS)
        damage_in_use(path)
        if call == "files":
            assert index.files() == []
        elif call == "put":
            index.put([indexed("/loops/0001.wav")])
            assert len(index.files()) == 1
        else:
            index.set_marks({"/b.wav": Marks(is_favourite=True)})
        assert "was damaged" in index.notice.message
        assert index.marks().items() >= MARKS.items()
        assert ("/b.wav" in index.marks()) == (call == "set_marks")


def test_another_window_goes_on_with_the_new_file(path):
    with LibraryIndex(path) as first:
        first.set_marks(MARKS)
        first.put(library())
        damage_in_use(path)
        with LibraryIndex(path) as second:
            assert "was damaged" in second.notice.message
            first.set_marks({"/b.wav": Marks(is_favourite=True)})
            assert second.marks() == first.marks() == {**MARKS, "/b.wav": Marks(is_favourite=True)}
        assert first.notice is None


def test_text_that_is_none_is_damage(path):
    with LibraryIndex(path) as index:
        index.put([indexed("/loops/a.wav")])
        index.set_marks(MARKS)
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("UPDATE files SET path = CAST(x'2fff2e776176' AS TEXT)")
            db.commit()
        assert index.files() == []
        assert index.notice is not None
        assert index.marks() == MARKS


# --- disks ------------------------------------------------------------------------------------


def test_a_full_disk_is_one_sentence_and_changes_nothing(index):
    index.put(library(20))
    index.set_marks(MARKS)
    n_pages = index._db.execute("PRAGMA page_count").fetchone()[0]
    index._db.execute(f"PRAGMA max_page_count = {n_pages}")
    with pytest.raises(MorphStudioError, match="The disk is full") as raised:
        index.put([*library(5000), indexed("/loops/0001.wav", size=5)])
    assert raised.value.hint == "Free some space."
    assert len(index.files()) == 20
    assert by_path(index)["/loops/0001.wav"].stamp.size == 1000
    assert index.marks() == MARKS
    index._db.execute("PRAGMA max_page_count = 100000")
    index.put(library(100))
    assert len(index.files()) == 100


def test_marks_are_in_both_files_or_in_none(index):
    index.set_marks(MARKS)
    kept = index.marks_path.read_bytes()
    index.marks_path.unlink()
    index.marks_path.mkdir()
    with pytest.raises(MorphStudioError, match=r"library-marks\.json"):
        index.set_marks({"/b.wav": Marks(is_favourite=True)})
    assert index.marks() == MARKS
    index.marks_path.rmdir()
    index.marks_path.write_bytes(kept)
    index.set_marks({"/b.wav": Marks(is_favourite=True)})
    assert index.marks().keys() == {*MARKS, "/b.wav"} == read_marks(index.marks_path).keys()


def test_where_no_file_can_be_the_index_lives_until_the_end(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with LibraryIndex(tmp_path / "file" / "library.sqlite") as index:
        assert "forgotten at the end" in index.notice.message
        index.put(library(5))
        index.mark_missing(["/loops/0001.wav"])
        assert sum(file.is_missing for file in index.files()) == 1
        with pytest.raises(MorphStudioError):
            index.set_marks(MARKS)


def test_what_cannot_be_written_beside_is_read_all_the_same(path):
    with LibraryIndex(path) as index:
        index.put(library(5))
        index.set_marks(MARKS)
    path.with_name("library.sqlite-wal").mkdir()
    with LibraryIndex(path) as index:
        assert index.notice is not None
        assert len(index.files()) == 5
        assert index.marks() == MARKS
