"""Keys of cadences in every key."""

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.analysis import PITCH_CLASSES
from morphstudio.library.tonality import estimate_key, with_sharps


def chord(notes, seconds=0.8):
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    mono = np.zeros(len(times))
    for midi in notes:
        f0_hz = 440.0 * 2 ** ((midi - 69) / 12)
        mono += sum(np.sin(2 * np.pi * f0_hz * k * times) / k**1.5 for k in range(1, 6))
    return (0.05 * mono * np.exp(-1.5 * times)).astype(np.float32)


@pytest.mark.parametrize("tonic", range(12))
def test_a_cadence_tells_its_key(tonic):
    root = 48 + tonic
    major = [(0, 4, 7, 12), (5, 9, 12), (7, 11, 14), (0, 4, 7, 12)]
    minor = [(0, 3, 7, 12), (5, 8, 12), (7, 11, 14), (0, 3, 7, 12)]
    for chords, mode in ((major, ""), (minor, "m")):
        mono = np.concatenate([chord([root + step for step in steps]) for steps in chords])
        assert estimate_key(mono) == PITCH_CLASSES[tonic] + mode


def test_noise_silence_and_the_shortest_sounds_have_no_key():
    rng = np.random.default_rng(0)
    assert estimate_key(rng.normal(0, 0.1, 3 * RATE_HZ).astype(np.float32)) == ""
    assert estimate_key(np.zeros(RATE_HZ, np.float32)) == ""
    assert estimate_key(chord((60, 64, 67), 0.1)) == ""


@pytest.mark.parametrize(
    ("written", "with_sharp"),
    [("Bb", "A#"), ("Ebm", "D#m"), ("F#m", "F#m"), ("Cb", "B"), ("E#m", "Fm"), ("C", "C"), ("", "")],
)
def test_keys_are_written_with_sharps(written, with_sharp):
    assert with_sharps(written) == with_sharp
