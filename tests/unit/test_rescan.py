"""Folders that are looked through again: what is new, what is gone, what has only moved."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from morphstudio.errors import MorphStudioError
from morphstudio.library import rescan as rescanning
from morphstudio.library.analysis import Analysis
from morphstudio.library.index import LibraryIndex
from morphstudio.library.indexed_file import fingerprint_of, stamp_of
from morphstudio.library.marks import Marks
from morphstudio.library.places import walk_stamps
from morphstudio.library.rescan import rescan

LIKED = Marks(is_favourite=True)


@pytest.fixture
def place(tmp_path):
    """A folder of six sounds, each another one."""
    folder = tmp_path / "loops"
    for name in ("kick.wav", "snare.wav", "more/hat.flac", "more/ride.wav", "more/deep/tom.wav", "a.mp3"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 20_000)
    return folder


@pytest.fixture
def index(tmp_path):
    with LibraryIndex(tmp_path / "data" / "library.sqlite") as opened:
        yield opened


def listen(index, seen):
    """As an analyser would; tells to which."""
    index.put(
        replace(file, analysis=Analysis(bpm=float(file.stamp.size)), fingerprint=fingerprint_of(file.path))
        for file in seen.wanted
    )
    return {Path(file.path).name for file in seen.wanted}


def scan(index, place):
    """Look, and listen to what is wanted; tells what was seen and heard."""
    seen = rescan(index, place)
    return seen, listen(index, seen)


def names(files):
    return {Path(file if isinstance(file, str) else file.path).name for file in files}


def counts(seen):
    groups = (seen.new, seen.changed, seen.returned, seen.moved, seen.vanished)
    return (seen.n_unchanged, *map(len, groups))


def test_only_what_is_new_or_changed_is_listened_to(index, place):
    seen, heard = scan(index, place)
    assert counts(seen) == (0, 6, 0, 0, 0, 0)
    assert heard == {"kick.wav", "snare.wav", "hat.flac", "ride.wav", "tom.wav", "a.mp3"}
    assert seen.is_there
    seen, heard = scan(index, place)
    assert counts(seen) == (6, 0, 0, 0, 0, 0)
    assert heard == set()
    (place / "kick.wav").write_bytes(b"another")
    (place / "more" / "new.wav").write_bytes(b"new")
    (place / "notes.txt").write_bytes(b"no sound")
    seen, heard = scan(index, place)
    assert counts(seen) == (5, 1, 1, 0, 0, 0)
    assert heard == {"kick.wav", "new.wav"}
    assert {file.analysis.bpm for file in index.files() if file.path.endswith("kick.wav")} == {7.0}
    assert seen.problems == ()


def test_a_file_that_was_only_written_anew_is_listened_to(index, place):
    scan(index, place)
    os.utime(place / "kick.wav", ns=(5, 5))
    assert scan(index, place)[1] == {"kick.wav"}


def test_a_scan_that_was_not_listened_to_asks_again(index, place):
    first = rescan(index, place)
    assert {file.path for file in rescan(index, place).wanted} == {file.path for file in first.wanted}


def test_what_is_gone_is_kept_and_may_come_back(index, place, tmp_path):
    scan(index, place)
    index.set_marks({str(place / "kick.wav"): LIKED})
    shutil.move(place / "kick.wav", tmp_path / "kick.wav")
    seen, heard = scan(index, place)
    assert counts(seen) == (5, 0, 0, 0, 0, 1)
    assert seen.vanished == (str(place / "kick.wav"),)
    assert counts(rescan(index, place)) == (5, 0, 0, 0, 0, 0)
    kept = [file for file in index.files() if file.is_missing]
    assert [(Path(file.path).name, file.analysis is not None) for file in kept] == [("kick.wav", True)]
    shutil.move(tmp_path / "kick.wav", place / "kick.wav")
    seen, heard = scan(index, place)
    assert counts(seen) == (5, 0, 0, 1, 0, 0)
    assert heard == set()
    assert not any(file.is_missing for file in index.files())
    assert all(file.analysis for file in index.files())
    assert index.marks() == {str(place / "kick.wav"): LIKED}


@pytest.mark.parametrize("new_name", ["more/kick.wav", "bass drum.wav", "new/deep/bass drum.wav"])
def test_a_file_that_moved_keeps_all_that_is_known(index, place, new_name):
    scan(index, place)
    old, new = place / "kick.wav", place / new_name
    index.set_marks({str(old): LIKED})
    before = {file.path: file for file in index.files()}[str(old)]
    new.parent.mkdir(parents=True, exist_ok=True)
    old.rename(new)
    seen, heard = scan(index, place)
    assert counts(seen) == (5, 0, 0, 0, 1, 0)
    assert {path: file.path for path, file in seen.moved.items()} == {str(old): str(new)}
    assert heard == set()
    after = {file.path: file for file in index.files()}
    assert str(old) not in after
    assert after[str(new)].analysis.bpm == before.analysis.bpm
    assert after[str(new)].added_s == before.added_s
    assert not after[str(new)].is_missing
    assert index.marks() == {str(new): LIKED}
    assert counts(rescan(index, place)) == (6, 0, 0, 0, 0, 0)


def test_a_copy_with_a_new_time_is_the_one_that_is_gone_under_the_same_name(index, place):
    scan(index, place)
    content = (place / "kick.wav").read_bytes()
    (place / "kick.wav").unlink()
    (place / "more" / "kick.wav").write_bytes(content)
    os.utime(place / "more" / "kick.wav", ns=(5, 5))
    seen, heard = scan(index, place)
    assert (len(seen.moved), heard) == (1, set())
    assert scan(index, place)[1] == set()


def test_what_only_looks_alike_has_not_moved(index, place):
    scan(index, place)
    old = place / "kick.wav"
    times = old.stat().st_atime_ns, old.stat().st_mtime_ns
    content = bytearray(old.read_bytes())
    content[-1] ^= 1
    old.unlink()
    (place / "more" / "kick.wav").write_bytes(content)
    os.utime(place / "more" / "kick.wav", ns=times)
    seen, heard = scan(index, place)
    assert counts(seen) == (5, 1, 0, 0, 0, 1)
    assert heard == {"kick.wav"}


def test_a_copy_beside_the_original_is_a_file_of_its_own(index, place):
    scan(index, place)
    index.set_marks({str(place / "kick.wav"): LIKED})
    shutil.copy2(place / "kick.wav", place / "more" / "kick.wav")
    seen, _ = scan(index, place)
    assert counts(seen) == (6, 1, 0, 0, 0, 0)
    assert index.marks().keys() == {str(place / "kick.wav")}


def test_a_copy_in_another_place_takes_nothing_from_the_original(index, place, tmp_path):
    scan(index, place)
    shutil.copytree(place, tmp_path / "copy")
    seen, heard = scan(index, tmp_path / "copy")
    assert counts(seen) == (0, 6, 0, 0, 0, 0)
    assert len(heard) == 6
    assert counts(scan(index, place)[0]) == (6, 0, 0, 0, 0, 0)


def test_of_two_copies_one_is_the_file_that_is_gone(index, place):
    scan(index, place)
    shutil.copy2(place / "kick.wav", place / "more" / "kick.wav")
    shutil.copy2(place / "kick.wav", place / "more" / "other.wav")
    (place / "kick.wav").unlink()
    seen, heard = scan(index, place)
    assert counts(seen) == (5, 1, 0, 0, 1, 0)
    assert heard == {"other.wav"}


def test_two_alike_move_each_by_its_name(index, place):
    for name in ("one.wav", "two.wav"):
        (place / name).write_bytes(b"same")
        os.utime(place / name, ns=(5, 5))
    scan(index, place)
    (place / "new").mkdir()
    for name in ("two.wav", "one.wav"):
        (place / name).rename(place / "new" / name)
    seen, heard = scan(index, place)
    assert heard == set()
    assert all(Path(old).name == Path(file.path).name for old, file in seen.moved.items())
    assert len(seen.moved) == 2


@pytest.mark.parametrize("is_scanned_first", [True, False], ids=["old place first", "new place first"])
def test_files_move_from_one_place_to_another(index, place, tmp_path, is_scanned_first):
    other = tmp_path / "other"
    other.mkdir()
    scan(index, place)
    (place / "more").rename(other / "more")
    if is_scanned_first:
        assert len(scan(index, place)[0].vanished) == 3
    seen, heard = scan(index, other)
    assert counts(seen) == (0, 0, 0, 0, 3, 0)
    assert heard == set()
    assert counts(scan(index, place)[0]) == (3, 0, 0, 0, 0, 0)


def test_a_name_that_only_gets_capitals_is_no_second_file(index, place, monkeypatch):
    scan(index, place)
    (place / "kick.wav").rename(place / "Kick.wav")
    real, old = os.stat, str(place / "kick.wav")

    def stat_of_either(path, **options):
        """As on Windows and macOS: the old name still leads to the file."""
        return real(place / "Kick.wav" if path == old else path, **options)

    monkeypatch.setattr(os, "stat", stat_of_either)
    seen, heard = scan(index, place)
    assert counts(seen) == (5, 0, 0, 0, 1, 0)
    assert heard == set()
    assert len(index.files()) == 6


def test_a_place_that_vanishes_is_one_sentence_and_loses_nothing(index, place, tmp_path):
    scan(index, place)
    place.rename(tmp_path / "away")
    seen, heard = scan(index, place)
    assert not seen.is_there
    assert counts(seen) == (0, 0, 0, 0, 0, 6)
    assert len(seen.problems) == 1
    assert str(place) in seen.problems[0]
    assert [file.is_missing for file in index.files()] == [True] * 6
    (tmp_path / "away").rename(place)
    seen, heard = scan(index, place)
    assert counts(seen) == (0, 0, 0, 6, 0, 0)
    assert heard == set()


def test_what_was_dropped_and_no_walk_finds_stays(index, place):
    (place / ".hidden").mkdir()
    hidden = place / ".hidden" / "a.wav"
    hidden.write_bytes(b"x")
    from_hand = rescan(index, place / ".hidden")  # a place of its own
    listen(index, from_hand)
    seen, heard = scan(index, place)
    assert seen.n_unchanged == 1
    assert "a.wav" not in heard
    hidden.unlink()
    assert rescan(index, place).vanished == (str(hidden),)


def test_links_in_circles_and_to_nowhere_are_no_trouble(index, place):
    (place / "more" / "round").symlink_to(place)
    (place / "self").symlink_to(place / "self")
    (place / "self.wav").symlink_to(place / "self.wav")
    (place / "gone.wav").symlink_to(place / "nowhere.wav")
    (place / "ping").symlink_to(place / "pong")
    (place / "pong").symlink_to(place / "ping")
    seen, heard = scan(index, place)
    assert len(heard) == 6
    assert all(problem.count(".") for problem in seen.problems)
    assert len(seen.problems) == len(set(seen.problems)) <= 4


def test_a_link_that_is_new_gives_no_file_another_path(index, place):
    scan(index, place)
    (place / "0 first").symlink_to(place / "more")
    assert counts(rescan(index, place)) == (6, 0, 0, 0, 0, 0)


def test_folders_that_cannot_be_read_are_a_sentence_each(index, place, monkeypatch):
    scan(index, place)
    locked = str(place / "more")
    real = os.scandir

    def scandir(path):
        if path == locked:
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)  # who runs the tests may be allowed everything
    problems = []
    assert len(list(walk_stamps(place, problems.append))) == 3
    assert [error.filename for error in problems] == [locked]
    seen = rescan(index, place)
    assert seen.problems == (f"{locked} cannot be read (Permission denied), so it is left out.",)
    assert seen.vanished == ()  # the files can still be opened by their names


def test_a_scan_that_is_ended_changes_nothing(index, place, monkeypatch):
    scan(index, place)
    monkeypatch.setattr(rescanning, "_BATCH", 2)
    (place / "new.wav").write_bytes(b"new")
    (place / "kick.wav").unlink()
    batches = []

    def goes_on(found):
        batches.append(found)
        return len(batches) < 2

    assert rescan(index, place, goes_on) is None
    assert [len(batch) for batch in batches] == [2, 2]
    assert not any(file.is_missing for file in index.files())
    assert names(index.files()) == {"kick.wav", "snare.wav", "hat.flac", "ride.wav", "tom.wav", "a.mp3"}
    batches.clear()
    assert rescan(index, place, lambda found: not batches.extend(found)) is not None
    assert names(path for path, _ in batches) == names(file for file in index.files() if not file.is_missing)


def test_a_scan_on_a_full_disk_changes_nothing(index, place):
    scan(index, place)
    n_pages = index._db.execute("PRAGMA page_count").fetchone()[0]
    index._db.execute(f"PRAGMA max_page_count = {n_pages}")
    (place / "kick.wav").rename(place / "moved.wav")
    for n in range(500):
        (place / f"{n}.wav").write_bytes(b"x")
    with pytest.raises(MorphStudioError, match="The disk is full"):
        rescan(index, place)
    assert names(index.files()) == {"kick.wav", "snare.wav", "hat.flac", "ride.wav", "tom.wav", "a.mp3"}
    index._db.execute("PRAGMA max_page_count = 100000")
    assert len(rescan(index, place).new) == 500


def test_a_fingerprint_tells_ends_and_size(tmp_path):
    path = tmp_path / "a.wav"
    prints = set()
    content = bytes(300_000)
    for one in (content, content[:-1], b"\1" + content[1:], content[:-1] + b"\1", b"", bytes(10)):
        path.write_bytes(one)
        prints.add(fingerprint_of(path))
        assert stamp_of(path.stat()).size == len(one)
    assert len(prints) == 6
    assert {len(one) for one in prints} == {16}
    assert fingerprint_of(tmp_path / "none.wav") == b""
    assert fingerprint_of(tmp_path) == b""


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="all names are text there")
def test_names_that_are_no_text_are_left_out(index, place):
    (place / os.fsdecode(b"\xff.wav")).write_bytes(b"x")
    (place / os.fsdecode(b"\xff")).mkdir()
    (place / os.fsdecode(b"\xff") / "a.wav").write_bytes(b"x")
    assert counts(scan(index, place)[0]) == (0, 6, 0, 0, 0, 0)
