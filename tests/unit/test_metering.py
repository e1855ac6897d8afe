"""Loudness and true peak against what the recommendation says of known signals."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
import scipy.signal

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.metering import MeterReading, PlayedMeter, k_weighting_response


def sine(frequency_hz: float, seconds: float, level_db: float = 0.0, n_channels: int = 1) -> np.ndarray:
    wave = np.sin(2 * np.pi * frequency_hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)
    return np.repeat((10 ** (level_db / 20) * wave).astype(np.float32)[:, None], n_channels, axis=1)


def noise(seconds: float, seed: int = 0) -> np.ndarray:
    samples = np.random.default_rng(seed).normal(0, 0.1, (round(seconds * RATE_HZ), 2))
    return samples.astype(np.float32)


def measured(samples: np.ndarray, block: int = 1470) -> PlayedMeter:
    meter = PlayedMeter()
    for at in range(0, len(samples), block):
        meter.write(samples[at : at + block])
    return meter


def test_a_full_scale_sine_in_one_channel_is_three_below():
    reading = measured(sine(997.0, 4.0)).reading()
    assert reading.momentary_lufs == pytest.approx(-3.01, abs=0.01)
    assert reading.short_term_lufs == pytest.approx(-3.01, abs=0.01)
    assert reading.integrated_lufs == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("level_db", [-23.0, -33.0])
def test_a_sine_in_both_channels_is_as_loud_as_its_level(level_db):
    """EBU Tech 3341, cases 1 and 2, with 997 Hz for 1 kHz."""
    assert measured(sine(997.0, 4.0, level_db, 2)).short_term_lufs == pytest.approx(level_db, abs=0.1)


def test_the_weighting_is_the_recommendations_at_its_rate():
    theirs = np.array([1.0] + [0.0] * 511)
    for b, a in (
        ([1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585]),
        ([1.0, -2.0, 1.0], [1, -1.99004745483398, 0.99007225036621]),
    ):
        theirs = scipy.signal.lfilter(b, a, theirs)
    assert np.allclose(k_weighting_response(512, 48_000), theirs, atol=1e-6)


def test_momentary_forgets_after_400_ms_and_short_term_after_3_s():
    meter = measured(sine(997.0, 3.0))
    meter.write(np.zeros((round(0.6 * RATE_HZ), 1), np.float32))
    assert meter.momentary_lufs < -60
    assert meter.short_term_lufs > -5
    meter.write(np.zeros((3 * RATE_HZ, 1), np.float32))
    assert meter.short_term_lufs < -60
    assert meter.integrated_lufs < -60


@pytest.mark.parametrize("block", [1, 64, 1470, 20_000, 200_000])
def test_the_reading_does_not_depend_on_how_it_was_written(block):
    samples = noise(0.2 if block == 1 else 4.0)
    ours, reference = measured(samples, block).reading(), measured(samples).reading()
    assert ours.true_peak_dbtp == pytest.approx(reference.true_peak_dbtp, abs=1e-4)
    for name in ("momentary_lufs", "short_term_lufs", "integrated_lufs"):
        assert getattr(ours, name) == pytest.approx(getattr(reference, name), abs=1e-3)


def test_the_peak_between_samples_is_found():
    """A sine at a quarter of the rate, sampled off its peaks, is 3 dB above its samples."""
    wave = np.sin(np.pi / 2 * np.arange(RATE_HZ // 4) + np.pi / 4) * np.sqrt(2) * 0.9999
    meter = measured(wave.astype(np.float32)[:, None])
    assert meter.true_peak_dbtp == pytest.approx(3.01, abs=0.2)
    assert not meter.clipped


def test_the_true_peak_is_never_below_the_samples():
    samples = noise(1.0)
    samples[5000, 1] = -0.9
    assert measured(samples).true_peak_dbtp >= 20 * np.log10(0.9) - 1e-5


def test_integrated_is_the_last_time_round_the_loop_and_leaves_out_silence():
    meter = PlayedMeter()
    meter.set_loop(2 * RATE_HZ)
    meter.write(sine(997.0, 4.0, -6.0, 2))
    meter.write(sine(997.0, 1.0, -20.0, 2))
    meter.write(np.zeros((2 * RATE_HZ, 2), np.float32))
    meter.write(sine(997.0, 2.4, -20.0, 2))
    assert meter.integrated_lufs == pytest.approx(-20.0, abs=0.3)
    meter.write(sine(997.0, 1.0, -20.0, 2))
    meter.write(np.zeros((RATE_HZ, 2), np.float32))
    assert meter.integrated_lufs == pytest.approx(-20.0, abs=1.0), "half the loop is silent"


def test_clipping_is_kept_until_the_peaks_are_reset():
    meter = PlayedMeter()
    meter.write(sine(997.0, 0.1, -0.1))
    assert not meter.clipped
    meter.write(np.ones((1, 1), np.float32))
    meter.write(sine(997.0, 1.0, -20.0))
    assert meter.clipped
    meter.reset_peaks()
    assert not meter.clipped
    assert meter.true_peak_dbtp == -inf
    assert meter.momentary_lufs > -30, "what is heard goes on"
    meter.reset()
    assert meter.reading() == MeterReading()


def test_silence_nothing_and_broken_samples():
    meter = PlayedMeter()
    assert meter.reading() == MeterReading()
    meter.write(np.zeros((0, 2), np.float32))
    meter.write(np.zeros((RATE_HZ, 2), np.float32))
    assert meter.reading() == MeterReading()
    broken = noise(0.5)
    broken[3], broken[7] = np.nan, np.inf
    meter.write(broken)
    assert np.isfinite(meter.true_peak_dbtp)
    assert np.isfinite(meter.momentary_lufs)
