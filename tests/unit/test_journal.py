"""What was changed comes back after a crash, whatever was being done; what closed in peace leaves nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from morphstudio import journal as journal_module
from morphstudio.errors import FileError
from morphstudio.journal import Journal, discard, recoverable
from morphstudio.session_document import ModelReference
from tests.unit.killing import kill_some
from tests.unit.session_examples import make_clips, make_document, make_model, numbered_document


@pytest.fixture
def root(tmp_path):
    return tmp_path / "user" / "journals"


@pytest.fixture
def opened(root):
    """Makes journals, and ends those that the test did not."""
    made = []

    def make(interval_s=0.01, **rest):
        made.append(Journal(root, interval_s=interval_s, **rest))
        return made[-1]

    yield make
    for each in made:
        each.close_cleanly()


def die(each):
    """Leave as a process that is killed does: the lock is free, nothing else happens."""
    each._end()
    each._lock.release()


def only(root):
    states = recoverable(root)
    assert len(states) == 1
    return states[0]


def lines_of(each):
    return [line for line in each.path.read_bytes().split(b"\n") if line]


# --- there and back ----------------------------------------------------------------------------


def test_all_of_a_session_comes_back(tmp_path, root, opened):
    clips = make_clips(tmp_path / "loops")
    document = make_document(clips, make_model(tmp_path / "tuned.safetensors"))
    each = opened()
    each.record(document, path=tmp_path / "a.morph", is_saved=True, is_collected=True)
    assert each.flush()
    die(each)
    state = only(root)
    assert replace(state.opened.document, model=None) == replace(document, model=None)
    assert (state.opened.path, state.is_saved, state.opened.is_collected) == (
        tmp_path / "a.morph",
        True,
        True,
    )
    assert state.opened.missing == ()
    assert abs(state.changed_s - time.time()) < 60


def test_the_last_state_comes_back_and_the_newest_window_first(root, opened):
    for number in (1, 2):
        each = opened()
        for step in range(5):
            each.record(numbered_document(10 * number + step))
        assert each.flush()
        die(each)
        time.sleep(0.02)
    assert [state.opened.document.n_frames for state in recoverable(root)] == [24, 14]
    assert recoverable(root)[0].opened.path is None


def test_a_loop_that_went_meanwhile_is_told(tmp_path, root, opened):
    clips = make_clips(tmp_path / "loops")
    each = opened()
    each.record(make_document(clips))
    each.flush()
    die(each)
    clips[1].path.unlink()
    assert [loop.digest for loop in only(root).opened.missing] == [clips[1].digest]


def test_the_tuned_model_outlives_its_file(tmp_path, root, opened):
    model = make_model(tmp_path / "tuned.safetensors")
    content = model.read_bytes()
    each = opened()
    each.record(replace(numbered_document(1), model=ModelReference(model, "tuned")))
    each.flush()
    model.unlink()
    die(each)
    kept = only(root).opened.document.model
    assert kept.name == "tuned"
    assert kept.path.read_bytes() == content


def test_of_many_models_the_last_are_kept(tmp_path, opened):
    each = opened()
    for number in range(6):
        model = make_model(tmp_path / f"{number}.safetensors", 1000 + number)
        each.record(replace(numbered_document(number + 1), model=ModelReference(model, "tuned")))
        assert each.flush()
    kept = list(each.folder.glob("model-*"))
    assert len(kept) <= 2
    assert any(path.read_bytes() == (tmp_path / "5.safetensors").read_bytes() for path in kept)


def test_a_model_that_is_not_there_keeps_nothing_else_from_being_kept(tmp_path, root, opened):
    each = opened()
    each.record(replace(numbered_document(3), model=ModelReference(tmp_path / "none.safetensors", "tuned")))
    assert each.flush()
    die(each)
    assert only(root).opened.document.n_frames == 3


# --- when it is written ------------------------------------------------------------------------


def test_a_change_is_on_the_disk_within_two_seconds_by_itself(root, opened):
    """The first at once, and what comes right after it, too."""
    each = opened(interval_s=journal_module._INTERVAL_S)
    for number in (1, 2):
        each.record(numbered_document(10 * number))
        each.record(numbered_document(10 * number + 1))
        deadline_s = time.monotonic() + 2.0
        while (
            not each.path.exists() or f'"n_frames":{10 * number + 1},'.encode() not in each.path.read_bytes()
        ):
            assert time.monotonic() < deadline_s
            time.sleep(0.01)


def test_recording_waits_for_nothing_and_many_changes_are_few_writes(opened):
    each = opened(interval_s=0.2)
    documents = [numbered_document(number, 300) for number in range(200)]
    begun_s = time.monotonic()
    for document in documents:
        each.record(document)
    assert time.monotonic() - begun_s < 1.0
    assert each.flush()
    assert len(lines_of(each)) < 20
    assert b'"n_frames":199' in lines_of(each)[-1]


def test_what_did_not_change_is_not_written_again(opened):
    each = opened()
    for _ in range(3):
        each.record(numbered_document(7))
        assert each.flush()
    assert len(lines_of(each)) == 1


def test_a_long_journal_is_written_anew(root, opened, monkeypatch):
    monkeypatch.setattr(journal_module, "_COMPACT_BYTES", 20_000)
    each = opened(interval_s=0.0)
    sizes = []
    for number in range(1, 60):
        each.record(numbered_document(number))
        assert each.flush()
        sizes.append(each.path.stat().st_size)
    assert max(sizes) <= 20_000
    assert any(after < before for before, after in pairwise(sizes))
    die(each)
    assert only(root).opened.document.n_frames == 59
    assert sorted(path.name for path in each.folder.iterdir()) == ["journal.jsonl"]


# --- windows -----------------------------------------------------------------------------------


def test_what_closed_in_peace_leaves_nothing(root, opened):
    each = opened()
    each.record(numbered_document(1))
    each.flush()
    (each.folder / "opened-1").mkdir()
    each.close_cleanly()
    each.close_cleanly()
    assert list(root.iterdir()) == []
    assert recoverable(root) == []
    assert recoverable(root / "not there") == []


def test_what_a_window_leaves_on_purpose_is_offered(root, opened):
    each = opened(interval_s=60.0)
    for number in (1, 2, 3):
        each.record(numbered_document(number))
    each.leave()
    each.close_cleanly()
    assert only(root).opened.document.n_frames == 3


def test_windows_that_are_open_are_not_offered_and_share_nothing(root, opened):
    first, second = opened(), opened()
    assert first.folder != second.folder
    for number, each in enumerate((first, second), 1):
        each.record(numbered_document(number))
        each.flush()
    assert recoverable(root) == []
    die(first)
    assert only(root).opened.document.n_frames == 1
    first.close_cleanly()
    second.record(numbered_document(3))
    assert second.flush()


def test_a_window_goes_on_with_what_another_left(root, opened):
    first = opened()
    first.record(numbered_document(1))
    first.flush()
    die(first)
    state = only(root)
    second = opened(resumes=state)
    assert second.folder == first.folder
    assert recoverable(root) == []
    with pytest.raises(FileError, match="Another window"):
        Journal(root, resumes=state)
    second.record(numbered_document(2))
    second.flush()
    die(second)
    assert only(root).opened.document.n_frames == 2


def test_what_nobody_wants_is_taken_away_but_not_from_a_window(root, opened):
    each = opened()
    each.record(numbered_document(1))
    each.flush()
    die(each)
    state = only(root)
    second = opened(resumes=state)
    discard(state)
    assert second.path.is_file()
    die(second)
    discard(state)
    assert list(root.iterdir()) == []


def test_a_window_that_did_nothing_and_died_is_forgotten(root, opened):
    each = opened()
    die(each)
    assert recoverable(root) == []
    assert list(root.iterdir()) == []


def test_another_process_has_its_own_lock(root, opened):
    each = opened()
    each.record(numbered_document(1))
    each.flush()
    code = "import sys; from pathlib import Path; from morphstudio.journal import recoverable;"
    code += "print(len(recoverable(Path(sys.argv[1]))))"

    def seen():
        done = subprocess.run(
            [sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True
        )
        return int(done.stdout)

    assert seen() == 0
    die(each)
    assert seen() == 1


# --- damage ------------------------------------------------------------------------------------


def test_a_last_line_that_was_cut_anywhere_is_passed_over(root, opened):
    each = opened()
    for number in (1, 2):
        each.record(numbered_document(number))
        each.flush()
    die(each)
    whole = each.path.read_bytes()
    start = whole.rindex(b"\n", 0, len(whole) - 1) + 1
    for end in {start, start + 1, start + 16, start + 17, start + 100, len(whole) - 2}:
        each.path.write_bytes(whole[:end])
        assert only(root).opened.document.n_frames == 1
    each.path.write_bytes(whole[:-1])
    assert only(root).opened.document.n_frames == 2


def test_after_a_line_that_was_cut_it_goes_on(root, opened):
    each = opened()
    each.record(numbered_document(1))
    each.flush()
    die(each)
    each.path.write_bytes(each.path.read_bytes() + b'0123456789abcdef {"chan')
    second = opened(resumes=only(root))
    second.record(numbered_document(2))
    second.flush()
    die(second)
    assert only(root).opened.document.n_frames == 2


def test_a_bit_that_turned_is_seen(root, opened):
    each = opened()
    for number in (1, 2):
        each.record(numbered_document(number))
        each.flush()
    die(each)
    content = each.path.read_bytes()
    assert b'"n_frames":2,' in content
    each.path.write_bytes(content.replace(b'"n_frames":2,', b'"n_frames":3,'))
    assert only(root).opened.document.n_frames == 1


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff" * 1000, b"[]\n" * 50, bytes(10_000)])
def test_a_journal_without_sense_is_nothing(root, opened, content):
    each = opened()
    each.record(numbered_document(1))
    each.flush()
    die(each)
    each.path.write_bytes(content)
    assert recoverable(root) == []
    assert list(root.iterdir()) == []


def test_a_line_with_a_true_checksum_and_wrong_values_is_passed_over(root, opened):
    each = opened()
    each.record(numbered_document(1))
    each.flush()
    die(each)
    content = json.loads(lines_of(each)[0].partition(b" ")[2])
    content["session"]["loops"][0]["x"] = 7
    text = json.dumps(content).encode()
    with each.path.open("ab") as file:
        file.write(journal_module._checksum(text) + b" " + text + b"\n")
    assert only(root).opened.document.n_frames == 1


def test_other_things_in_the_folder_are_left_alone(root, opened):
    root.mkdir(parents=True)
    (root / "notes.txt").write_text("mine")
    (root / "1-00000000").write_text("a file, not a folder")
    (root / "2-00000000").symlink_to(root.parent)
    assert recoverable(root) == []
    assert sorted(path.name for path in root.iterdir()) == ["1-00000000", "2-00000000", "notes.txt"]


# --- what goes wrong ---------------------------------------------------------------------------


def test_a_disk_that_fails_is_told_and_tried_again(opened, monkeypatch):
    each = opened()
    real = os.fsync
    monkeypatch.setattr(
        journal_module.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    each.record(numbered_document(1))
    assert not each.flush()
    assert "could not be written (No space left)" in each.problem.message
    monkeypatch.setattr(journal_module.os, "fsync", real)
    deadline_s = time.monotonic() + 5.0
    while each.problem is not None:
        assert time.monotonic() < deadline_s
        time.sleep(0.01)
    assert b'"n_frames":1' in lines_of(each)[-1]


def test_a_state_that_could_not_be_read_again_is_told(opened):
    each = opened()
    each.record(replace(numbered_document(1), n_frames=-1))
    assert not each.flush()
    assert "n_frames of the session" in each.problem.message
    each.record(numbered_document(2))
    deadline_s = time.monotonic() + 5.0
    while not each.flush():
        assert time.monotonic() < deadline_s


def test_a_place_where_nothing_can_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    n_threads = threading.active_count()
    with pytest.raises(FileError, match="cannot be made"):
        Journal(tmp_path / "file" / "journals")
    assert threading.active_count() == n_threads


# --- kill -9 -----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_whatever_is_killed_comes_back_as_it_was_two_seconds_before(tmp_path):
    """Fifty of them: `python -m tests.benchmarks kills`."""
    outcomes = kill_some(tmp_path, 8, seed=3, shortest_s=1.5, longest_s=3.5, at_once=4)
    assert len(outcomes) == 8
    for outcome in outcomes:
        assert outcome.recovered >= outcome.due, outcome
        assert outcome.recovered <= outcome.n_edits
    assert sum(outcome.due > 0 for outcome in outcomes) >= 2
    assert sum(outcome.n_files for outcome in outcomes) > 8
    assert sum(outcome.n_paths > 0 for outcome in outcomes) >= 2
    assert not list(Path(tmp_path).rglob("opened/.*"))
