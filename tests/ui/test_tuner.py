"""The tuning process: what it is given, what it says, and that it ends."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.errors import FileError
from morphstudio.tuning import copy_model, parse_failure, parse_progress, tune_arguments, write_missing
from morphstudio.ui import tuner as tuner_module
from morphstudio.ui.tuner import Tuner

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to end politely by")
FAKE = Path(__file__).with_name("fake_tuning.py")


@pytest.fixture
def clips(tmp_path):
    samples = np.linspace(-1.5, 1.5, RATE_HZ // 10, dtype=np.float32)[:, None].copy()
    path = tmp_path / "kept.wav"
    soundfile.write(path, samples, RATE_HZ, subtype="FLOAT")
    gone = AudioClip(samples * 0.5, "gone", tmp_path / "gone.wav")
    return [AudioClip(samples, "kept", path), gone, AudioClip(samples * 0.25, "rendered")]


@pytest.fixture
def make_tuner(qapp, monkeypatch):
    tuners = []

    def make(how):
        monkeypatch.setenv("FAKE", how)
        tuner = Tuner(60.0, (sys.executable, str(FAKE)))
        tuner.told = []
        tuner.progressed.connect(tuner.told.append)
        tuners.append(tuner)
        return tuner

    yield make
    for tuner in tuners:
        tuner.shut_down()


def wait_for_lines(qtbot, tuner):
    qtbot.waitUntil(lambda: len(tuner.told) >= 2, timeout=10_000)


@pytest.mark.parametrize(
    "line",
    ["", "Loading", "[]", "3", '{"stage": "done"}', '{"stage": "tuning"}', "[" * 100_000,
     '{"stage": "tuning", "elapsed_s": true, "total_s": 1}',
     '{"stage": "tuning", "elapsed_s": NaN, "total_s": 1}'],
)  # fmt: skip
def test_what_is_no_progress_is_not_taken_for_it(line):
    assert parse_progress(line) is None


def test_a_line_of_progress_is_read():
    line = '{"stage":"tuning","elapsed_s":1,"total_s":60,"log_mel_error_db":null,"best_log_mel_error_db":4.5}'
    progress = parse_progress(line)
    assert (progress.elapsed_s, progress.total_s) == (1.0, 60.0)
    assert (progress.error_db, progress.first_error_db, progress.best_error_db) == (None, None, 4.5)


def test_the_last_sentence_of_the_command_is_the_failure():
    said = "Traceback\nmorphstudio: a. B.\nmorphstudio: skipped: c.wav is odd.\n"
    assert parse_failure(said) == "a. B."
    assert parse_failure("Killed") == ""


def test_sounds_without_a_file_are_written_as_they_are_heard(clips, tmp_path):
    folder = tmp_path / "sounds"
    folder.mkdir()
    paths = write_missing(clips, folder)
    assert paths == [clips[0].path, folder]
    written = [soundfile.read(path, dtype="float32")[0] for path in sorted(folder.iterdir())]
    assert len(written) == 2
    for samples, clip in zip(written, clips[1:], strict=True):
        assert np.array_equal(samples, clip.samples[:, 0])


def test_a_command_line_never_grows_too_long(clips, tmp_path):
    folder = tmp_path / "sounds"
    folder.mkdir()
    paths = write_missing([clips[0]] * 2000, folder)
    assert sum(len(str(path)) for path in paths) < 25_000
    assert len(list(folder.iterdir())) + len(paths) - 1 == 2000


def test_a_tuning_is_told_of_and_brings_a_model(qtbot, make_tuner, clips, tmp_path):
    tuner = make_tuner("well")
    with qtbot.waitSignal(tuner.finished, timeout=10_000) as finished:
        tuner.start(clips, tmp_path / "mine.safetensors")
        assert tuner.is_running
    assert not tuner.is_running
    assert [progress.error_db for progress in tuner.told] == [None, 8.0, 4.0]
    (path,) = finished.args
    given = json.loads(path.read_text())
    assert given["arguments"][:2] == ["train", str(clips[0].path)]
    assert given["arguments"][3:5] == ["--from", str(tmp_path / "mine.safetensors")]
    assert given["arguments"][5:] == ["--seconds", "60", "--json", "-o", str(path)]
    if sys.platform != "win32":
        assert given["nice"] == (20 if sys.platform == "linux" else os.nice(0) + 10)


def test_the_factory_model_goes_by_its_name(tmp_path):
    arguments = tune_arguments([tmp_path], None, 2.5, tmp_path / "out.safetensors")
    assert arguments[2:6] == ["--from", "factory", "--seconds", "2.5"]


@ON_POSIX
def test_a_stop_brings_the_best_so_far_at_once(qtbot, make_tuner, clips):
    tuner = make_tuner("slow")
    tuner.start(clips, None)
    wait_for_lines(qtbot, tuner)
    began_s = time.monotonic()
    with qtbot.waitSignal(tuner.finished, timeout=5000) as finished:
        tuner.stop()
    assert time.monotonic() - began_s < 2.0
    assert finished.args[0].is_file()


@ON_POSIX
def test_a_stop_before_there_is_anything_brings_nothing(qtbot, make_tuner, clips):
    tuner = make_tuner("early")
    tuner.start(clips, None)
    wait_for_lines(qtbot, tuner)
    with qtbot.waitSignal(tuner.finished, timeout=5000) as finished:
        tuner.stop()
    assert finished.args == [None]
    with qtbot.waitSignal(tuner.finished, timeout=5000) as finished:
        tuner.start(clips, None)
        tuner.stop()  # while the sounds are still being written
    assert finished.args == [None]


def test_a_process_that_does_not_listen_is_ended_and_what_it_wrote_is_taken(
    qtbot, make_tuner, clips, monkeypatch
):
    monkeypatch.setattr(tuner_module, "_MAX_STOPPING_MS", 200)
    tuner = make_tuner("deaf")
    tuner.start(clips, None)
    wait_for_lines(qtbot, tuner)
    with qtbot.waitSignal(tuner.finished, timeout=5000) as finished:
        tuner.stop()
    assert finished.args[0].read_text() == "so far"


@pytest.mark.parametrize(
    ("how", "words"), [("refuses", "kept.wav has no sound"), ("crashes", "unexpectedly")]
)
def test_a_failure_is_a_sentence(qtbot, make_tuner, clips, how, words):
    tuner = make_tuner(how)
    with qtbot.waitSignal(tuner.failed, timeout=10_000) as failed:
        tuner.start(clips, None)
    assert words in str(failed.args[0])
    assert not tuner.is_running


def test_a_program_that_is_not_there_is_a_sentence(qtbot, clips):
    tuner = Tuner(60.0, ("/nowhere/python",))
    with qtbot.waitSignal(tuner.failed, timeout=10_000):
        tuner.start(clips, None)
    assert not tuner.is_running
    tuner.shut_down()


def test_the_end_of_the_window_leaves_neither_process_nor_file(qtbot, make_tuner, clips):
    tuner = make_tuner("deaf")
    tuner.start(clips, None)
    wait_for_lines(qtbot, tuner)
    folder, process_id = Path(tuner._folder.name), tuner.process_id
    assert list(folder.rglob("*.wav"))
    tuner.shut_down()
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)
    tuner.shut_down()


def test_a_model_is_copied_whole_or_not_at_all(tmp_path):
    source, target = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    source.write_bytes(b"model")
    copy_model(source, target)
    copy_model(target, target)
    assert target.read_bytes() == b"model"
    with pytest.raises(FileError, match="nowhere"):
        copy_model(source, tmp_path / "nowhere" / "b.safetensors")
    with pytest.raises(FileError, match=r"gone\.safetensors"):
        copy_model(tmp_path / "gone.safetensors", target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.safetensors", "b.safetensors"]
