"""Tempo, bars, beats and keys: exact frames, sensible choices, sentences for what is not possible."""

from fractions import Fraction

import numpy as np
import pytest

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ
from morphstudio.errors import ParameterError
from morphstudio.morph.musical_key import semitones_between
from morphstudio.morph.musical_time import (
    MusicalTime,
    bpm_of_bars,
    bpm_of_sound,
    bpm_stretched_least,
    tapped_bpm,
    time_of_loop,
)


@pytest.mark.parametrize("bpm", [60.0, 87.5, 90.0, 127.9, 128.0, 133.33, 174.0])
@pytest.mark.parametrize("bars", [1, 2, 3, 8])
def test_every_beat_is_rounded_once(bpm, bars):
    time = MusicalTime(bpm, bars)
    for beat in range(time.n_beats + 1):
        exact = Fraction(60 * RATE_HZ * beat) / Fraction(bpm)
        assert abs(time.beat_frame(beat) - exact) <= Fraction(1, 2)
    assert time.beat_frame(0) == 0
    assert time.beat_frame(time.n_beats) == time.n_frames
    assert time.duration_s == time.n_frames / RATE_HZ


def test_bars_of_other_meters_have_other_beats():
    assert MusicalTime(120.0, 2, 3).n_frames == 6 * RATE_HZ // 2


def test_the_nearest_number_of_bars_is_possible():
    time = MusicalTime(120.0, 1)
    assert [time.bars_nearest(s) for s in (0.1, 2.0, 2.9, 3.1, 7.7)] == [1, 1, 1, 2, 4]
    assert time.bars_nearest(1e6) == time.most_bars == 32
    assert MusicalTime(120.0, time.most_bars).duration_s <= MAX_LOOP_S
    with pytest.raises(ParameterError, match="more than 64 s"):
        MusicalTime(120.0, time.most_bars + 1)


@pytest.mark.parametrize(
    "numbers", [(0.0, 1), (29.9, 1), (float("nan"), 1), (float("inf"), 1), (120.0, 0), (120.0, 1, 0)]
)
def test_what_is_not_possible_is_refused(numbers):
    with pytest.raises(ParameterError):
        MusicalTime(*numbers)


@pytest.mark.parametrize("n_frames", [86_001, 176_399, 176_400, 1_000_003])
def test_a_loop_gives_its_tempo_and_length_to_the_frame(n_frames):
    time = time_of_loop(n_frames, 122.0)
    assert time.n_frames == n_frames
    assert MusicalTime(bpm_of_bars(n_frames, time.bars), time.bars) == time
    assert time.bpm == pytest.approx(122.0, rel=0.05)


@pytest.mark.parametrize(("n_beats", "bars"), [(0.2, 1), (1, 1), (3, 1), (7, 2), (17, 4)])
def test_what_is_no_whole_bars_long_gives_its_tempo_all_the_same(n_beats, bars):
    assert time_of_loop(round(n_beats * RATE_HZ / 2), 120.0) == MusicalTime(120.0, bars)


def test_of_half_and_double_the_one_is_taken_that_is_stretched_least():
    rng = np.random.default_rng(0)
    for from_bpm, to_bpm in np.exp(rng.uniform(np.log(40), np.log(300), (200, 2))):
        chosen = bpm_stretched_least(from_bpm, to_bpm)
        octaves = np.log2(chosen / from_bpm)
        assert octaves == round(octaves)
        least = min(abs(np.log2(to_bpm / (from_bpm * 2.0**n))) for n in range(-4, 5))
        assert abs(np.log2(to_bpm / chosen)) <= least + np.log2(1.06)
    # As written where it hardly matters: what 90 to 174 is conformed to 128 from.
    assert [bpm_stretched_least(bpm, 128.0) for bpm in (90.0, 174.0)] == [90.0, 174.0]


def test_a_sound_without_a_tempo_becomes_whole():
    assert bpm_of_sound(9_000, 128.0) == 128.0
    for n_frames in (17_000, 30_000, 80_000, 200_001, 2_000_000):
        bpm = bpm_of_sound(n_frames, 128.0)
        beats = n_frames * bpm / (60 * RATE_HZ)
        assert beats == pytest.approx(round(beats))
        assert round(beats) < 4 or round(beats) % 4 == 0
        assert 0.65 < bpm / 128.0 < 1.5


def test_tapping_survives_hands():
    rng = np.random.default_rng(1)
    for bpm in (63.0, 96.0, 128.0, 174.0):
        taps = np.arange(12) * 60 / bpm + rng.normal(0, 0.008, 12)
        assert tapped_bpm(list(taps)) == pytest.approx(bpm, rel=0.02)
        missed = np.delete(taps, 5)
        assert tapped_bpm(list(missed)) == pytest.approx(bpm, rel=0.02)
        doubled = np.sort(np.append(taps, taps[4] + 0.03))
        assert tapped_bpm(list(doubled)) == pytest.approx(bpm, rel=0.03)


def test_a_pause_begins_anew_and_one_tap_is_no_tempo():
    assert tapped_bpm([]) is None
    assert tapped_bpm([3.0]) is None
    assert tapped_bpm([0.0, 1.0, 2.0, 9.0]) is None
    assert tapped_bpm([0.0, 1.0, 2.0, 9.0, 9.5]) == 120.0
    assert tapped_bpm([0.0, 0.01, 0.02]) is None


NOTES = ["C", "C#", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
KEYS = [note + mode for note in NOTES for mode in ("", "m")]


def test_shifts_go_the_nearer_way_and_back():
    for a in KEYS:
        assert semitones_between(a, a) == 0
        for b in KEYS:
            there = semitones_between(a, b)
            assert -6 <= there <= 5
            assert (there + semitones_between(b, a)) % 12 == 0
    assert semitones_between("C", "D") == semitones_between("Cm", "Dm") == 2
    assert semitones_between("C#", "Db") == 0


@pytest.mark.parametrize(("minor", "major"), [("Am", "C"), ("Em", "G"), ("F#m", "A"), ("Bbm", "Db")])
def test_relatives_need_no_shift(minor, major):
    assert semitones_between(minor, major) == semitones_between(major, minor) == 0


@pytest.mark.parametrize("name", ["", "H", "c", "Cmaj", "A#b"])
def test_what_is_no_key_is_refused(name):
    with pytest.raises(ParameterError, match="key"):
        semitones_between("C", name)
