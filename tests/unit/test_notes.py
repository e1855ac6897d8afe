"""Notes that are known, and sounds that have none."""

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.pitch import find_note


def tone(midi, seconds=1.0, partials=6, decay=2.0):
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    f0_hz = 440.0 * 2 ** ((midi - 69) / 12)
    waves = [
        np.sin(2 * np.pi * f0_hz * k * times + k) / k
        for k in range(1, partials + 1)
        if f0_hz * k < 0.45 * RATE_HZ
    ]
    return (0.2 * np.sum(waves, axis=0) * np.exp(-decay * times)).astype(np.float32)


@pytest.mark.parametrize("midi", [28, 36, 47, 60, 73, 84, 96])
@pytest.mark.parametrize("cents", [-30, 0, 20])
def test_the_note_and_cents_of_a_tone_are_found(midi, cents):
    note = find_note(tone(midi + cents / 100))
    assert note.midi_note == midi
    assert note.cents == pytest.approx(cents, abs=4)


def test_a_tone_without_its_fundamental_keeps_its_note():
    times = np.arange(RATE_HZ) / RATE_HZ
    mono = sum(np.sin(2 * np.pi * 110 * k * times + k) for k in (2, 3, 4, 5)) * 0.1
    assert find_note(mono.astype(np.float32)).midi_note == 45


def test_a_short_pluck_in_a_little_noise_has_its_note():
    rng = np.random.default_rng(0)
    mono = tone(64, 0.12, decay=15.0) + rng.normal(0, 0.002, round(0.12 * RATE_HZ)).astype(np.float32)
    assert find_note(mono).midi_note == 64


@pytest.mark.parametrize("chord", [(60, 64, 67), (57, 60, 64), (50, 57, 60, 65)])
def test_chords_have_no_note(chord):
    assert find_note(sum(tone(midi) for midi in chord)) is None


def test_noise_melodies_slides_and_silence_have_no_note():
    rng = np.random.default_rng(1)
    assert find_note(rng.normal(0, 0.1, RATE_HZ).astype(np.float32)) is None
    assert find_note(np.concatenate([tone(midi, 0.4) for midi in (60, 67, 63, 70)])) is None
    times = np.arange(RATE_HZ) / RATE_HZ
    assert find_note(np.sin(2 * np.pi * (200 * times + 300 * times**2)).astype(np.float32)) is None
    assert find_note(np.zeros(RATE_HZ, np.float32)) is None


class FakeClasses:
    def __init__(self, pitch_class, confidence):
        self.answer = pitch_class, confidence

    def pitch_class(self, mono):
        return self.answer


def test_a_sure_classifier_decides_between_neighbours():
    between = tone(60.45)
    assert find_note(between).midi_note == 60
    assert find_note(between, FakeClasses(1, 0.99)).midi_note == 61
    assert find_note(between, FakeClasses(1, 0.5)).midi_note == 60


def test_a_pitch_that_is_there_some_of_the_time_needs_a_classifier_to_back_it():
    rng = np.random.default_rng(0)
    mono = np.concatenate([tone(57, 0.35), rng.normal(0, 0.15, RATE_HZ).astype(np.float32)])
    assert find_note(mono) is None
    assert find_note(mono, FakeClasses(9, 0.99)).midi_note == 57
    assert find_note(mono, FakeClasses(2, 0.99)) is None


def test_a_loop_has_a_note_only_where_it_is_there_nearly_all_of_the_time():
    rng = np.random.default_rng(0)
    mono = np.concatenate([tone(57, 1.0, decay=0.5), rng.normal(0, 0.1, RATE_HZ // 2).astype(np.float32)])
    assert find_note(mono).midi_note == 57
    assert find_note(mono, is_loop=True) is None
