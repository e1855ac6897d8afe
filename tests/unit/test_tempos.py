"""`morphstudio morph --bpm --bars`: loops of any tempo at one, as long as so many bars to the sample."""

from __future__ import annotations

import json

import numpy as np
import pytest
import soundfile

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.cli import _run
from morphstudio.errors import ParameterError
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.tempos import own_times, wanted_time

LONG_FRAMES = 165_375
"""Two bars at 128 beats a minute."""


def beats(bpm, n_beats=4, hz=0.0):
    """Hits on each beat, over a tone where one is asked for; float32, shape (frames, 1)."""
    n_frames = round(n_beats * 60 * RATE_HZ / bpm)
    times_s = np.arange(n_frames) / RATE_HZ
    noise = np.random.default_rng(5).uniform(-1.0, 1.0, n_frames)
    samples = 0.4 * np.exp(-60.0 * (times_s % (60 / bpm))) * noise + 0.2 * np.sin(2 * np.pi * hz * times_s)
    return samples.astype(np.float32)[:, None]


@pytest.fixture
def loops(tmp_path):
    paths = [tmp_path / "slow 90 bpm.wav", tmp_path / "fast 174bpm.wav"]
    for path, bpm in zip(paths, (90.0, 174.0), strict=True):
        soundfile.write(path, beats(bpm), RATE_HZ, subtype="FLOAT")
    return paths


def run(capfd, *arguments):
    code = _run(["morph", *map(str, arguments)])
    out, err = capfd.readouterr()
    return code, out, err


@pytest.mark.parametrize("pitch", ["--keep-pitch", "--repitch"])
def test_hits_of_any_tempo_are_on_the_beats(loops, tmp_path, capfd, pitch):
    out = tmp_path / "out.wav"
    for share in (0, 1):
        options = ("-o", out, "--at", share, "--bpm", 128, "--bars", 2, pitch, "--bits", 32, "--json")
        code, told, err = run(capfd, *loops, *options)
        assert code == 0, err
        report = json.loads(told)
        assert (report["frames"], report["bpm"], report["bars"]) == (LONG_FRAMES, 128.0, 2)
        samples = soundfile.read(out, dtype="float32", always_2d=True)[0]
        assert len(samples) == LONG_FRAMES
        level = np.abs(samples[:, 0])
        for beat in range(8):
            start = round(beat * LONG_FRAMES / 8)
            around = np.take(level, np.arange(start - 1500, start + 1500), mode="wrap")
            begins = int(np.argmax(around > 0.5 * around.max())) - 1500
            assert abs(begins) < 0.005 * RATE_HZ


def test_the_pitch_is_kept_or_follows(tmp_path, capfd):
    tone = tmp_path / "tone 120bpm.wav"
    soundfile.write(tone, beats(120.0, hz=440.0), RATE_HZ, subtype="FLOAT")
    for option, hz in (("--keep-pitch", 440.0), ("--repitch", 330.0)):
        out = tmp_path / "out.wav"
        assert run(capfd, tone, tone, "-o", out, "--at", 0, "--bpm", 90, "--bars", 1, option)[0] == 0
        samples = soundfile.read(out)[0]
        loudest = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))).argmax() * RATE_HZ / len(samples)
        assert loudest == pytest.approx(hz, rel=0.01)


@pytest.mark.parametrize(
    "options",
    [("--bpm", "29"), ("--bpm", "nan"), ("--bpm", "128", "--bars", "0"), ("--bpm", "30", "--bars", "9"),
     ("--bpm", "fast"), ("--bars", "1.5")],
)  # fmt: skip
def test_what_is_no_time_is_one_line_and_writes_nothing(loops, tmp_path, capfd, options):
    code, out, err = run(capfd, *loops, "-o", tmp_path / "out.wav", *options)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert not (tmp_path / "out.wav").exists()


def test_bars_alone_need_a_loop_that_tells_its_tempo(loops, tmp_path, capfd):
    nameless = tmp_path / "nameless.wav"
    nameless.write_bytes(loops[0].read_bytes())
    code, _, err = run(capfd, nameless, loops[0], "-o", tmp_path / "out.wav", "--bars", 2)
    assert code == 2
    assert "nameless" in err
    assert "--bpm" in err


def clip(name, samples):
    return AudioClip(samples, name)


def test_what_is_not_said_the_first_loop_says():
    slow, fast = clip("90 bpm", beats(90.0, 8)), clip("174 bpm", beats(174.0, 8))
    unknown = clip("unknown", beats(100.0, 4))
    assert wanted_time([slow, fast], None, None) is None
    assert wanted_time([slow], 100.0, None) == MusicalTime(100.0, 2)
    assert wanted_time([fast], 90.0, None) == MusicalTime(90.0, 1)  # at 87 it is half as many bars
    assert wanted_time([unknown], 110.0, None) == MusicalTime(110.0, 1)
    alone = wanted_time([slow], None, 4)
    assert (alone.bars, round(alone.bpm, 2)) == (4, 90.0)
    with pytest.raises(ParameterError, match="unknown"):
        wanted_time([unknown], None, 2)
    own = own_times([slow, fast, unknown], MusicalTime(90.0, 2))
    assert [loop.bpm for loop in own] == [90.0, 87.0, pytest.approx(100.0, abs=0.01)]


def test_a_first_loop_that_is_a_single_hit_is_no_measure():
    hit = clip("kick 128bpm", beats(128.0, 1)[: RATE_HZ // 10])
    assert wanted_time([hit], 100.0, None) == MusicalTime(100.0, 1)
    assert wanted_time([hit], None, 2) == MusicalTime(128.0, 2)
