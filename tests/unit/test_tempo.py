"""Tempos of clicks and patterns that are known."""

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.analyser import Analyser
from morphstudio.library.looping import told_by_name
from morphstudio.library.tempo import HOP, estimate_tempo, find_onsets


def beat(bpm, n_beats, rng, tail_s=0.0):
    """Kicks on each beat, snares on each second, hats on each half."""
    n_frames = round((n_beats * 60 / bpm + tail_s) * RATE_HZ)
    loop = np.zeros(n_frames + RATE_HZ)
    times = np.arange(RATE_HZ // 4) / RATE_HZ
    kick = np.sin(2 * np.pi * 60 * times) * np.exp(-times * 20)
    snare = rng.normal(size=len(times)) * np.exp(-times * 30) * 0.5
    hat = np.diff(rng.normal(size=len(times) + 1)) * np.exp(-times * 90) * 0.2
    for half in range(2 * n_beats):
        at = round(half * 30 / bpm * RATE_HZ)
        for sound, plays in ((hat, True), (kick, half % 2 == 0), (snare, half % 4 == 2)):
            if plays:
                loop[at : at + len(sound)] += sound
    return (0.3 * loop[:n_frames]).astype(np.float32)


def tempo_of(mono):
    power = Analyser()._power(mono)
    return estimate_tempo(find_onsets(power, len(mono)))


@pytest.mark.parametrize("bpm", [87.3, 101.0, 124.5, 139.9, 160.0])
def test_the_tempo_of_a_beat_is_found_without_octave_errors(bpm):
    tempo = tempo_of(beat(bpm, 8, np.random.default_rng(1)))
    assert tempo.bpm == pytest.approx(bpm, rel=0.005)
    assert 0.5 < tempo.confidence <= 1.0


def test_a_tail_after_the_last_beat_does_not_change_the_tempo():
    tempo = tempo_of(beat(117.0, 8, np.random.default_rng(2), tail_s=0.31))
    assert tempo.bpm == pytest.approx(117.0, rel=0.02)


def test_noise_has_no_tempo_that_anyone_is_sure_of():
    rng = np.random.default_rng(3)
    sure = tempo_of(beat(120.0, 8, rng)).confidence
    noise = tempo_of(rng.normal(0, 0.1, round(5.3 * RATE_HZ)).astype(np.float32))
    assert noise.confidence < sure - 0.2


def test_silence_and_less_than_a_moment_have_no_tempo():
    assert tempo_of(np.zeros(4 * RATE_HZ, np.float32)) is None
    assert tempo_of(np.ones(5 * HOP, np.float32)) is None


@pytest.mark.parametrize(
    ("name", "told"),
    [("loop_amen", True), ("Break 01", True), ("Bass One Shot C", False), ("loop hit", None), ("kick", None)],
)
def test_names_tell_loops_from_hits(name, told):
    assert told_by_name(name) is told
