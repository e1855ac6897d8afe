"""Whole files through the analyser and through `morphstudio analyze`, as scripts would run it."""

import json
import subprocess
import sys

import numpy as np
import pytest
import soundfile as sf

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.normalising import integrated_lufs
from morphstudio.library import analyser as analyser_module
from morphstudio.library.analyser import Analyser
from morphstudio.library.kinds import Kind
from morphstudio.library.loudness import LoudnessMeter
from tests.conftest import REPOSITORY
from tests.unit.test_notes import tone
from tests.unit.test_tempo import beat

KEYS = [
    "path", "duration_s", "channels", "rate_hz", "loop", "bpm", "bpm_confidence", "key", "midi_note",
    "pitch_class", "kind", "kind_confidence", "centroid_hz", "loudness_lufs", "error",
]  # fmt: skip


@pytest.fixture(scope="module")
def analyser():
    return Analyser()


def written(path, samples, rate_hz=RATE_HZ):
    path.parent.mkdir(exist_ok=True)
    sf.write(path, samples, rate_hz)
    return path


def test_a_beat_is_a_loop_with_a_tempo_and_no_note(analyser, tmp_path):
    mono = beat(123.0, 8, np.random.default_rng(0))
    found = analyser.analyse(written(tmp_path / "a.wav", np.stack([mono, mono], axis=1)))
    assert found.is_loop
    assert found.bpm == pytest.approx(123.0, rel=0.02)
    assert 0.0 < found.bpm_confidence <= 1.0
    assert (found.channels, found.rate_hz, found.midi_note, found.error) == (2, RATE_HZ, None, "")
    assert found.duration_s == pytest.approx(len(mono) / RATE_HZ, abs=0.001)
    assert found.vector.ndim == 1
    assert 0.0 < found.peaks.max() <= 1.0


def test_a_note_is_no_loop_has_a_pitch_and_no_tempo(analyser, tmp_path):
    found = analyser.analyse(written(tmp_path / "a.flac", tone(57.1, 0.8, decay=6.0), 48_000))
    expected = 57.1 + 12 * np.log2(48_000 / RATE_HZ)
    assert not found.is_loop
    assert found.bpm is None
    assert found.bpm_confidence is None
    assert found.midi_note + found.cents / 100 == pytest.approx(expected, abs=0.05)
    assert found.pitch_class == "B"
    assert found.rate_hz == 48_000


def test_what_the_name_says_is_believed(analyser, tmp_path):
    mono = beat(123.0, 4, np.random.default_rng(0))
    found = analyser.analyse(written(tmp_path / "Groove 61.5bpm Bbm.wav", mono))
    assert (found.is_loop, found.bpm, found.bpm_confidence, found.key) == (True, 61.5, 1.0, "A#m")
    assert analyser.analyse(written(tmp_path / "one shot.wav", mono)).is_loop is False


def test_the_centroid_is_that_of_the_loud_part_and_rises_with_brightness(analyser, tmp_path):
    times = np.arange(RATE_HZ) / RATE_HZ
    low, high = 0.5 * np.sin(2 * np.pi * 400 * times), 0.5 * np.sin(2 * np.pi * 4000 * times)
    dull = analyser.analyse(written(tmp_path / "a.wav", np.concatenate([low, 0.01 * high])))
    bright = analyser.analyse(written(tmp_path / "b.wav", np.concatenate([0.01 * low, high])))
    assert dull.centroid_hz == pytest.approx(400, rel=0.1)
    assert bright.centroid_hz == pytest.approx(4000, rel=0.1)


def test_loudness_is_that_of_the_standard():
    times = np.arange(4 * RATE_HZ) / RATE_HZ
    sine = (0.1 * np.sin(2 * np.pi * 997 * times)).astype(np.float32)[:, None]
    meter = LoudnessMeter()
    assert meter.integrated_lufs(sine) == pytest.approx(-23.0, abs=0.05)
    assert meter.integrated_lufs(np.repeat(sine, 2, axis=1)) == pytest.approx(-20.0, abs=0.05)
    loop = beat(120.0, 16, np.random.default_rng(0))[:, None]
    assert meter.integrated_lufs(loop) == pytest.approx(integrated_lufs(loop), abs=0.3)
    assert meter.integrated_lufs(np.zeros((RATE_HZ, 2), np.float32)) is None
    assert meter.integrated_lufs(sine[:100]) < -40.0


def test_what_cannot_be_read_is_told_in_a_sentence(analyser, tmp_path):
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF\0\0\0\0WAVEfmt garbage")
    silent = written(tmp_path / "silent.wav", np.zeros(RATE_HZ))
    for path in (broken, silent, tmp_path, tmp_path / "nothing.wav", tmp_path / ("x" * 400)):
        found = analyser.analyse(path)
        assert found.error.endswith(".")
        assert found.vector is None
        assert found.is_loop is None
    found = analyser.analyse(silent)
    assert (found.duration_s, found.channels, found.rate_hz) == (1.0, 1, RATE_HZ)


def test_a_fault_of_a_part_is_told_too(analyser, tmp_path, monkeypatch):
    def fail(mono):
        raise ZeroDivisionError

    monkeypatch.setattr(analyser_module, "sound_vector", fail)
    found = analyser.analyse(written(tmp_path / "a.wav", tone(60)))
    assert found.error == "a.wav cannot be analysed."


@pytest.mark.parametrize("n_frames", [441, 1000, 2205, 4096, 20_000])
def test_the_shortest_sounds_are_analysed(analyser, tmp_path, n_frames):
    mono = np.random.default_rng(0).normal(0, 0.1, n_frames)
    found = analyser.analyse(written(tmp_path / "a.wav", mono))
    assert found.error == ""
    assert not found.is_loop
    assert np.isfinite(found.centroid_hz)


def test_of_a_long_file_the_length_is_told_and_the_start_is_read(analyser, tmp_path):
    mono = np.random.default_rng(0).integers(-3000, 3000, 90 * 8000).astype(np.int16)
    found = analyser.analyse(written(tmp_path / "a.wav", mono, 8000))
    assert found.error == ""
    assert found.duration_s == pytest.approx(90.0)


class Tagger:
    """Takes every sound for the same."""

    def __init__(self, kind, confidence):
        self._answer = kind, confidence

    def kind(self, mono):
        assert mono.dtype == np.float32
        return self._answer


def test_who_knows_kinds_is_asked(tmp_path):
    found = Analyser(tagger=Tagger(Kind.BASS, 0.75)).analyse(written(tmp_path / "a.wav", tone(40)))
    assert (found.kind, found.kind_confidence) == (Kind.BASS, 0.75)
    assert found.midi_note == 40


def test_what_surely_is_a_cymbal_has_neither_tempo_nor_note(tmp_path):
    struck = written(tmp_path / "a.wav", beat(123.0, 8, np.random.default_rng(0)))
    for confidence, is_loop in ((0.5, True), (0.9, False)):
        found = Analyser(tagger=Tagger(Kind.CYMBAL, confidence)).analyse(struck)
        assert (found.is_loop, found.bpm is not None) == (is_loop, is_loop)
    rings = written(tmp_path / "b.wav", tone(60))
    found = Analyser(tagger=Tagger(Kind.CYMBAL, 0.9)).analyse(rings)
    assert (found.midi_note, found.pitch_class, found.key) == (None, "", "")


def test_a_loop_by_name_stays_one_whatever_it_sounds_like(tmp_path):
    path = written(tmp_path / "ride loop 123bpm.wav", beat(123.0, 8, np.random.default_rng(0)))
    found = Analyser(tagger=Tagger(Kind.CYMBAL, 0.9)).analyse(path)
    assert (found.is_loop, found.bpm) == (True, 123.0)


def run(*arguments):
    command = [sys.executable, "-m", "morphstudio", "analyze", *map(str, arguments)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=110)


def test_the_command_prints_one_object_a_line(tmp_path):
    written(tmp_path / "in" / "beat.wav", beat(100.0, 4, np.random.default_rng(0)))
    written(tmp_path / "in" / "note.wav", tone(60, 0.5))
    (tmp_path / "in" / "zz.wav").write_bytes(b"no sound at all")
    done = run(tmp_path / "in", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(line) for line in lines] == [KEYS] * 3
    loop, note, broken = lines
    assert loop["loop"] is True
    assert loop["bpm"] == pytest.approx(100.0, rel=0.02)
    assert (note["loop"], note["midi_note"], note["pitch_class"], note["error"]) == (False, 60, "C", None)
    assert broken["error"].endswith(".")
    assert {value for key, value in broken.items() if key not in ("path", "error")} == {None}


def test_the_command_refuses_what_is_not_there_and_fails_where_nothing_could_be_read(tmp_path):
    done = run(tmp_path / "nowhere", "--json")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    broken = tmp_path / "zz.wav"
    broken.write_bytes(b"no sound at all")
    done = run(broken)
    assert done.returncode == 2
    assert "zz.wav" in done.stderr
