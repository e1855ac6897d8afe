"""A device at another rate: same pitch, same level, no seams, nothing allocated."""

import tracemalloc

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.converted import ConvertedMixer, can_convert_to
from morphstudio.audio.decks import TAP_COUNT
from tests.audio.backend import FakeBackend


def converted(wave, rate_hz, block_frames, n_frames):
    """What a device at a rate gets of a loop with the wave on its left, and its inverse on its right."""
    backend = FakeBackend()
    backend.publish(np.stack([wave, -wave], axis=1).astype(np.float32))
    backend.play()
    mixer = ConvertedMixer(backend.mixer, rate_hz)
    blocks = [np.full((block_frames, 2), np.nan, np.float32) for _ in range(n_frames // block_frames)]
    for block in blocks:
        mixer.mix(block)
    return np.concatenate(blocks), mixer, backend


def pitch_hz(played, rate_hz):
    """Of a sine, by how far its phase turns between two halves: far below a cent."""
    half = len(played) // 2
    turns = np.arange(len(played)) / rate_hz
    window = np.hanning(half)
    spectrum = np.abs(np.fft.rfft(played[:half] * window))
    coarse_hz = spectrum.argmax() * rate_hz / half
    carrier = played * np.exp(-2j * np.pi * coarse_hz * turns)
    step = np.angle(np.sum(carrier[half : 2 * half] * window) * np.conj(np.sum(carrier[:half] * window)))
    return coarse_hz + step / (2 * np.pi) * rate_hz / half


@pytest.mark.parametrize("rate_hz", [8000, 11025, 22050, 32000, 48000, 88200, 96000, 192000])
@pytest.mark.parametrize("block_frames", [64, 512])
def test_pitch_and_level_are_right(rate_hz, block_frames):
    wave = 0.5 * np.sin(2 * np.pi * 100 * np.arange(4410) / 4410)
    played, mixer, backend = converted(wave, rate_hz, block_frames, rate_hz)
    n_played, played = len(played), played[-rate_hz // 2 :]
    for side in (0, 1):
        assert 1200 * np.log2(pitch_hz(played[:, side], rate_hz) / 1000) == pytest.approx(0, abs=0.1)
    assert np.abs(played).max(axis=0) == pytest.approx([0.5, 0.5], abs=0.005)
    # A sine is its own second difference: a seam anywhere would stand out.
    residual = played[2:] - 2 * np.cos(2 * np.pi * 1000 / rate_hz) * played[1:-1] + played[:-2]
    assert np.abs(residual).max() < 2e-4
    n_ahead = backend.shared.words[TAP_COUNT] - n_played * RATE_HZ / rate_hz
    assert 0 <= n_ahead < 0.02 * RATE_HZ
    assert mixer.delay_s < 0.005


@pytest.mark.parametrize("rate_hz", [48000, 96000])
@pytest.mark.parametrize("tone_hz", [50, 5000, 15_000, 19_990])
def test_what_is_audible_passes_whole_and_alone(rate_hz, tone_hz):
    wave = 0.5 * np.sin(2 * np.pi * tone_hz * np.arange(4410) / RATE_HZ)
    played = converted(wave, rate_hz, 512, rate_hz // 2)[0][-rate_hz // 5 :, 0]
    turns = 2 * np.pi * tone_hz * np.arange(len(played)) / rate_hz
    both = np.stack([np.sin(turns), np.cos(turns)], axis=1)
    amplitudes, *_ = np.linalg.lstsq(both, played.astype(np.float64))
    assert 20 * np.log10(np.hypot(*amplitudes) / 0.5) == pytest.approx(0, abs=0.05)
    assert 20 * np.log10(np.abs(played - both @ amplitudes).max() / 0.5) < -80


def test_delay_is_what_it_says():
    wave = np.zeros(44_100)
    wave[20_000] = 1.0
    played, mixer, _ = converted(wave, 48_000, 512, 48_000)
    assert np.abs(played[:, 0]).argmax() / 48_000 == pytest.approx(20_000 / RATE_HZ + mixer.delay_s, abs=2e-5)


def test_odd_rates_are_refused():
    assert all(map(can_convert_to, (8000, 16000.0, 22050, 32000, 48000, 64000, 96000, 176400, 384000)))
    assert not any(map(can_convert_to, (44_101, 47_999, 44_056, 44_100.5, 0, -1)))


@pytest.mark.parametrize("rate_hz", [48000, 96000])
def test_a_callback_allocates_no_array(rate_hz):
    *_, mixer, _ = converted(np.zeros(5000), rate_hz, 512, 5000)
    out = np.zeros((4096, 2), np.float32)
    tracemalloc.start()
    peaks = []
    for _ in range(6):
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        mixer.mix(out)
        peaks.append(tracemalloc.get_traced_memory()[1] - before)
    tracemalloc.stop()
    assert max(peaks[3:]) < 2000  # the views that Python makes; any array would add 1200
