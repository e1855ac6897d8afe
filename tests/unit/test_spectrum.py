"""The loop's spectrogram: levels and places, and every way of writing it."""

from __future__ import annotations

import time

import numpy as np
import pytest

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.pictures import RANGE_DB, PictureKind, frequency_at, place_of
from morphstudio.audio.spectrum import LoopPicture

N_LOOP, N_COLUMNS, N_ROWS = 2 * RATE_HZ, 400, 120


def sine(frequency_hz: float, n_frames: int = N_LOOP, amplitude: float = 0.25) -> np.ndarray:
    one = amplitude * np.sin(2 * np.pi * frequency_hz * np.arange(n_frames) / RATE_HZ)
    return np.stack([one, one], axis=1).astype(np.float32)


def noise(n_frames: int = N_LOOP, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, (n_frames, 2)).astype(np.float32)


def played(loop: np.ndarray, n_frames: int, start: int = 0, block: int = 1470, **kwargs) -> LoopPicture:
    spectrum = LoopPicture(len(loop), N_COLUMNS, N_ROWS, **kwargs)
    for at in range(start, start + n_frames, block):
        where = np.arange(at, min(at + block, start + n_frames)) % len(loop)
        spectrum.write(at % len(loop), loop[where])
        catch_up(spectrum)
    return spectrum


def catch_up(spectrum: LoopPicture) -> set[int]:
    changed = set()
    while spectrum.is_stale:
        changed |= set(spectrum.analyse().tolist())
    return changed


@pytest.mark.parametrize("frequency_hz", [60.0, 110.0, 440.0, 1000.0, 5000.0, 15_000.0])
def test_a_sine_is_brightest_at_its_frequency(frequency_hz):
    spectrum = played(sine(frequency_hz, amplitude=0.05), 2 * N_LOOP)
    row = int(spectrum.image.astype(int).sum(axis=1).argmax())
    bin_hz = RATE_HZ / 3072
    low, high = (frequency_at(PictureKind.SPECTROGRAM, at / N_ROWS, RATE_HZ) for at in (row + 2, row - 1))
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
    assert spectrum.value(row, 100) == pytest.approx(-20.0, abs=4.0)


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
    spectrum.write(start, np.zeros((1470, 2), np.float32))
    reported = catch_up(spectrum)
    changed = np.flatnonzero((spectrum.image != before).any(axis=0))
    assert len(changed)
    assert set(changed.tolist()) <= reported
    assert len(reported) < 30


@pytest.mark.parametrize("start", [0, 5, 900, N_LOOP - 100, N_LOOP - 1])
def test_the_answer_covers_all_that_changed(start):
    spectrum = played(noise(seed=3), 2 * N_LOOP)
    image, waveform = spectrum.image.copy(), spectrum.waveform.copy()
    first, n_changed = spectrum.write(start, 0.3 * noise(1470, seed=4))
    of_wave = {(first + i) % N_COLUMNS for i in range(n_changed)}
    different = np.flatnonzero((spectrum.waveform != waveform).any(axis=1)).tolist()
    assert different
    assert set(different) <= of_wave
    of_image = catch_up(spectrum)
    different = np.flatnonzero((spectrum.image != image).any(axis=0)).tolist()
    assert different
    assert set(different) <= of_image


@pytest.mark.parametrize("n_loop", [1, 2, 100, 399, 401, 3000, 22_050, 64 * RATE_HZ])
def test_any_length_of_loop_works(n_loop):
    spectrum = LoopPicture(n_loop, N_COLUMNS, N_ROWS)
    assert spectrum.write(0, noise(1470))[1] > 0
    spectrum.write(7 * n_loop + 13, noise(1470))
    spectrum.write(-5, noise(10))
    assert spectrum.write(0, np.zeros((0, 2), np.float32)) == (0, 0)
    spectrum.write(0, noise(30_000))
    catch_up(spectrum)
    assert spectrum.image.shape == (N_ROWS, N_COLUMNS)
    assert spectrum.image.max() > 0 or n_loop < 100  # a frame or two hold no audible frequency
    assert np.isfinite(spectrum.waveform).all()


def test_mono_and_broken_samples_do_no_harm():
    spectrum = LoopPicture(N_LOOP, N_COLUMNS, N_ROWS)
    spectrum.write(0, noise(1470)[:, :1])
    broken = noise(1470)
    broken[10], broken[20] = np.nan, np.inf
    spectrum.write(1470, broken)
    assert np.isfinite(spectrum.waveform).all()


def test_a_write_costs_a_small_part_of_the_time_it_plays():
    loop = noise()
    spectrum = LoopPicture(N_LOOP, 1024, 160)
    times_s = []
    for at in range(0, N_LOOP, 1470):
        start_s = time.perf_counter()
        spectrum.write(at, loop[at : at + 1470])
        spectrum.analyse()
        times_s.append(time.perf_counter() - start_s)
    assert np.median(times_s) < 0.3 * 1470 / RATE_HZ, "five times the aim of 2 ms for 33 ms of sound"


def test_what_is_played_again_as_it_was_needs_no_analysis():
    loop = noise(seed=5)
    spectrum = played(loop, 2 * N_LOOP)
    assert spectrum.write(1000, loop[1000:3000])[1] == 0
    assert not spectrum.is_stale
    spectrum.write(1000, loop[1001:3001])
    assert spectrum.is_stale


def test_silence_too_is_something_that_was_played():
    spectrum = LoopPicture(N_LOOP, N_COLUMNS, N_ROWS)
    assert np.isnan(spectrum.value(0, 0))
    spectrum.write(0, np.zeros((5000, 2), np.float32))
    catch_up(spectrum)
    assert spectrum.value(0, 0) < -100


def test_what_was_played_last_is_analysed_first():
    spectrum = LoopPicture(N_LOOP, N_COLUMNS, N_ROWS)
    spectrum.write(0, noise())
    spectrum.write(N_LOOP // 2, 0.5 * noise(1470))
    changed = spectrum.analyse(8)
    assert np.abs(changed - N_COLUMNS // 2).max() < 12
    assert len(changed) == 8


@pytest.mark.parametrize("kind", list(PictureKind))
def test_another_picture_shows_what_was_played_before(kind):
    """Changing to a picture and back, and playing while it is shown, come to the same."""
    loop = noise(seed=6)
    changed = played(loop, N_LOOP)
    changed.show(kind, has_pitch=False, has_brightness=False)
    catch_up(changed)
    direct = LoopPicture(N_LOOP, N_COLUMNS, N_ROWS)
    direct.show(kind, has_pitch=False, has_brightness=False)
    direct.write(0, loop)
    catch_up(direct)
    assert changed.image.shape == direct.image.shape
    inside = slice(10, N_COLUMNS - 10)  # the ends of the other were analysed once more
    assert np.abs(changed.image[:, inside].astype(int) - direct.image[:, inside].astype(int)).max() <= 1
    assert direct.image.std() > 3


def test_lines_follow_a_sine():
    spectrum = LoopPicture(N_LOOP, N_COLUMNS, N_ROWS)
    spectrum.show(PictureKind.MEL, has_pitch=True, has_brightness=True)
    spectrum.write(0, sine(220.0))
    catch_up(spectrum)
    assert np.allclose(1200 * np.log2(spectrum.pitch_hz / 220.0), 0.0, atol=5.0)
    assert np.allclose(spectrum.brightness_hz, 220.0, rtol=0.15)
    spectrum.show(PictureKind.MEL, has_pitch=False, has_brightness=False)
    assert np.isnan(spectrum.pitch_hz).all()
    assert np.isnan(spectrum.brightness_hz).all()


@pytest.mark.parametrize("frequency_hz", [100.0, 440.0, 2000.0, 9000.0])
def test_a_sine_is_where_the_axis_of_the_mel_bands_says(frequency_hz):
    spectrum = LoopPicture(N_LOOP, N_COLUMNS, N_ROWS)
    spectrum.show(PictureKind.MEL, has_pitch=False, has_brightness=False)
    spectrum.write(0, sine(frequency_hz, amplitude=0.05))
    catch_up(spectrum)
    row = int(spectrum.image[:, 200].argmax())
    place = float(place_of(PictureKind.MEL, np.array(frequency_hz), RATE_HZ)) * len(spectrum.image)
    assert row == pytest.approx(place - 0.5, abs=1.0)
    assert frequency_at(PictureKind.MEL, place / len(spectrum.image), RATE_HZ) == pytest.approx(frequency_hz)


def test_the_cepstrum_of_silence_is_shown_as_ground():
    spectrum = LoopPicture(N_LOOP, N_COLUMNS, N_ROWS)
    spectrum.show(PictureKind.MFCC, has_pitch=False, has_brightness=False)
    unplayed = spectrum.image.copy()
    spectrum.write(0, np.zeros((N_LOOP, 2), np.float32))
    catch_up(spectrum)
    assert np.array_equal(spectrum.image, unplayed)
