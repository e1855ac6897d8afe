"""The loop's spectrogram: levels and places, and every way of writing it."""

from __future__ import annotations

import time

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.spectrum import RANGE_DB, LoopSpectrogram

N_LOOP, N_COLUMNS, N_ROWS = 2 * RATE_HZ, 400, 120


def sine(frequency_hz: float, n_frames: int = N_LOOP, amplitude: float = 0.25) -> np.ndarray:
    one = amplitude * np.sin(2 * np.pi * frequency_hz * np.arange(n_frames) / RATE_HZ)
    return np.stack([one, one], axis=1).astype(np.float32)


def noise(n_frames: int = N_LOOP, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, (n_frames, 2)).astype(np.float32)


def played(loop: np.ndarray, n_frames: int, start: int = 0, block: int = 1470, **kwargs) -> LoopSpectrogram:
    spectrum = LoopSpectrogram(len(loop), N_COLUMNS, N_ROWS, **kwargs)
    for at in range(start, start + n_frames, block):
        where = np.arange(at, min(at + block, start + n_frames)) % len(loop)
        spectrum.write(at % len(loop), loop[where])
    return spectrum


@pytest.mark.parametrize("frequency_hz", [60.0, 110.0, 440.0, 1000.0, 5000.0, 15_000.0])
def test_a_sine_is_brightest_at_its_frequency(frequency_hz):
    spectrum = played(sine(frequency_hz, amplitude=0.05), 2 * N_LOOP)
    row = int(spectrum.image.astype(int).sum(axis=1).argmax())
    bin_hz = RATE_HZ / 3072
    low, high = spectrum.frequency_hz(row + 2), spectrum.frequency_hz(row - 1)
    assert low - bin_hz < frequency_hz < high + bin_hz


def test_silence_is_black():
    spectrum = played(np.zeros((N_LOOP, 2), np.float32), N_LOOP)
    assert spectrum.image.max() == 0
    assert np.abs(spectrum.waveform).max() == 0


def test_gain_in_is_brightness_out():
    """6 dB more is 6 dB brighter wherever the picture tells neither black nor the top."""
    quiet, loud = (played(gain * noise(), 2 * N_LOOP).image.astype(float) for gain in (0.5, 1.0))
    inside = (quiet > 0) & (loud < 255)
    assert inside.mean() > 0.5
    difference_db = (loud - quiet)[inside] * RANGE_DB / 255
    assert np.allclose(difference_db, 20 * np.log10(2), atol=0.3)


def test_the_level_read_off_is_that_of_the_sine():
    """Up to the few dB by which a row averages the peak of a sine over its bins."""
    spectrum = played(sine(120.0, amplitude=0.1), 2 * N_LOOP)
    row = int(spectrum.image[:, 100].argmax())
    assert spectrum.level_db(row, 100) == pytest.approx(-20.0, abs=4.0)


def test_a_click_shows_at_its_place():
    loop = np.zeros((N_LOOP, 2), np.float32)
    loop[N_LOOP // 4] = 1.0
    spectrum = played(loop, 2 * N_LOOP)
    top = spectrum.image[: N_ROWS // 3].astype(float).sum(axis=0)
    middle = (top * np.arange(N_COLUMNS)).sum() / top.sum()
    assert middle == pytest.approx(N_COLUMNS / 4, abs=1.0)
    assert spectrum.waveform[:, 1].argmax() == N_COLUMNS // 4


def test_what_was_not_played_stays_black():
    spectrum = played(noise(), N_LOOP // 2)
    n_played = N_COLUMNS // 2
    assert spectrum.image[:, 5 : n_played - 5].mean() > 50
    assert spectrum.image[:, n_played + 1 : N_COLUMNS - 10].max() == 0
    assert np.abs(spectrum.waveform[n_played + 1 :]).max() == 0


@pytest.mark.parametrize("block", [64, 512, 1470, 5000, N_LOOP])
@pytest.mark.parametrize("start", [0, 777, N_LOOP - 300])
def test_the_picture_does_not_depend_on_how_it_was_written(block, start):
    loop = noise(seed=1)
    ours = played(loop, 2 * N_LOOP, start=start, block=block)
    reference = played(loop, 2 * N_LOOP)
    assert np.array_equal(ours.waveform, reference.waveform)
    difference = np.abs(ours.image.astype(int) - reference.image.astype(int))
    assert difference.max() <= 1


def test_the_seam_of_a_loop_shows_no_edge():
    """A sine that fits the loop has no start: all columns are alike."""
    spectrum = played(sine(100.0), 2 * N_LOOP)
    columns = spectrum.image.astype(int)
    assert np.abs(columns - columns[:, N_COLUMNS // 2][:, None]).max() <= 2


def test_a_jump_leaves_the_rest_alone():
    loop = noise(seed=2)
    spectrum = played(loop, 2 * N_LOOP)
    before = spectrum.image.copy()
    start = N_LOOP // 2
    first, n_changed = spectrum.write(start, np.zeros((1470, 2), np.float32))
    changed = np.flatnonzero((spectrum.image != before).any(axis=0))
    assert len(changed)
    assert set(changed.tolist()) <= {(first + i) % N_COLUMNS for i in range(n_changed)}
    assert n_changed < 30


@pytest.mark.parametrize("start", [0, 5, 900, N_LOOP - 100, N_LOOP - 1])
def test_the_answer_covers_all_that_changed(start):
    spectrum = played(noise(seed=3), 2 * N_LOOP)
    image, waveform = spectrum.image.copy(), spectrum.waveform.copy()
    first, n_changed = spectrum.write(start, 0.3 * noise(1470, seed=4))
    different = (spectrum.image != image).any(axis=0) | (spectrum.waveform != waveform).any(axis=1)
    assert different.any()
    reported = {(first + i) % N_COLUMNS for i in range(n_changed)}
    assert set(np.flatnonzero(different).tolist()) <= reported


@pytest.mark.parametrize("n_loop", [1, 2, 100, 399, 401, 3000, 22_050, 64 * RATE_HZ])
def test_any_length_of_loop_works(n_loop):
    spectrum = LoopSpectrogram(n_loop, N_COLUMNS, N_ROWS)
    assert spectrum.write(0, noise(1470))[1] > 0
    spectrum.write(7 * n_loop + 13, noise(1470))
    spectrum.write(-5, noise(10))
    assert spectrum.write(0, np.zeros((0, 2), np.float32)) == (0, 0)
    spectrum.write(0, noise(30_000))
    assert spectrum.image.shape == (N_ROWS, N_COLUMNS)
    assert spectrum.image.max() > 0 or n_loop < 100  # a frame or two hold no audible frequency
    assert np.isfinite(spectrum.waveform).all()


def test_mono_and_broken_samples_do_no_harm():
    spectrum = LoopSpectrogram(N_LOOP, N_COLUMNS, N_ROWS)
    spectrum.write(0, noise(1470)[:, :1])
    broken = noise(1470)
    broken[10], broken[20] = np.nan, np.inf
    spectrum.write(1470, broken)
    assert np.isfinite(spectrum.waveform).all()


def test_a_write_costs_a_small_part_of_the_time_it_plays():
    loop = noise()
    spectrum = LoopSpectrogram(N_LOOP, 1024, 160)
    times_s = []
    for at in range(0, N_LOOP, 1470):
        start_s = time.perf_counter()
        spectrum.write(at, loop[at : at + 1470])
        times_s.append(time.perf_counter() - start_s)
    assert np.median(times_s) < 0.3 * 1470 / RATE_HZ, "five times the aim of 2 ms for 33 ms of sound"
