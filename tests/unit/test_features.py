"""Bands, cepstra, brightness and pitch against reference formulas and made-up signals."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.fft
import torchaudio

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.features import (
    centroids_hz,
    dct_matrix,
    hz_to_mel,
    linear_edges_hz,
    mel_edges_hz,
    mel_to_hz,
    pitches_hz,
    triangles,
)
from morphstudio.audio.pictures import N_BANDS, WINDOW, PictureKind, make_picture, power_spectra

TIMES_S = np.arange(WINDOW) / RATE_HZ


def noise_windows(n_windows: int = 8, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, (n_windows, WINDOW)).astype(np.float32)


def band_of_noise(low_hz: float, high_hz: float) -> np.ndarray:
    spectrum = np.fft.rfft(noise_windows())
    bins_hz = np.fft.rfftfreq(WINDOW, 1 / RATE_HZ)
    spectrum[:, (bins_hz < low_hz) | (bins_hz > high_hz)] = 0
    return np.fft.irfft(spectrum, WINDOW).astype(np.float32)


def test_mel_there_and_back():
    frequencies_hz = np.array([0.0, 40.0, 999.0, 1000.0, 1001.0, 20_000.0])
    assert np.allclose(mel_to_hz(hz_to_mel(frequencies_hz)), frequencies_hz)


def test_mel_bands_are_those_of_torchaudio():
    theirs = torchaudio.functional.melscale_fbanks(1025, 0, RATE_HZ / 2, 128, RATE_HZ, None, "slaney").numpy()
    assert np.allclose(triangles(mel_edges_hz(128, RATE_HZ / 2), 1025, RATE_HZ), theirs, atol=1e-4)


def test_linear_bands_are_those_of_torchaudio():
    theirs = torchaudio.functional.linear_fbanks(1025, 0, RATE_HZ / 2, 128, RATE_HZ).numpy()
    assert np.allclose(triangles(linear_edges_hz(128, RATE_HZ / 2), 1025, RATE_HZ), theirs, atol=1e-4)


def test_the_cosine_transform_is_that_of_scipy():
    bands = np.random.default_rng(0).normal(size=(5, 128)).astype(np.float32)
    theirs = scipy.fft.dct(bands, type=2, norm="ortho", axis=1)[:, :20]
    assert np.allclose(bands @ dct_matrix(128, 20), theirs, atol=1e-4)


@pytest.mark.parametrize(
    ("kind", "edges"), [(PictureKind.MFCC, mel_edges_hz), (PictureKind.LFCC, linear_edges_hz)]
)
def test_coefficients_equal_a_direct_computation(kind, edges):
    windows = noise_windows(3)
    middle = windows[:, 512:-512].astype(np.float64) * scipy.signal.get_window("hann", 2048)
    power = np.abs(scipy.fft.rfft(middle, axis=1) * 2 / 1024) ** 2
    bands = triangles(edges(N_BANDS, RATE_HZ / 2), 1025, RATE_HZ)
    levels_db = np.maximum(10 * np.log10(power @ bands / 1.5), -90)
    direct = scipy.fft.dct(levels_db, type=2, norm="ortho", axis=1)[:, :20]
    ours = make_picture(kind, 0, RATE_HZ).values(windows)[:, ::-1]
    assert np.allclose(ours, direct, atol=0.02)


def test_a_band_tells_the_level_of_a_sine_in_it():
    centre_hz = mel_edges_hz(N_BANDS, RATE_HZ / 2)[91]
    window = (0.1 * np.sin(2 * np.pi * centre_hz * TIMES_S)).astype(np.float32)[None]
    levels_db = make_picture(PictureKind.MEL, 0, RATE_HZ).values(window)[0, ::-1]
    assert int(levels_db.argmax()) == 90
    assert levels_db.max() == pytest.approx(-20.0, abs=1.0)


@pytest.mark.parametrize("frequency_hz", [41.0, 55.0, 110.0, 440.0, 997.0, 1490.0])
@pytest.mark.parametrize("n_partials", [1, 12])
def test_pitch_within_five_cents(frequency_hz, n_partials):
    phases = np.random.default_rng(0).uniform(0, 1, (6, 1))
    orders = [k for k in range(1, n_partials + 1) if k * frequency_hz < 18_000]
    windows = sum(0.2 / k * np.sin(2 * np.pi * k * (frequency_hz * TIMES_S + phases)) for k in orders)
    cents = 1200 * np.log2(pitches_hz(windows.astype(np.float32), RATE_HZ) / frequency_hz)
    assert np.abs(cents).max() < 5.0


def test_a_missing_fundamental_is_still_the_pitch():
    window = sum(0.1 * np.sin(2 * np.pi * k * 110.0 * TIMES_S) for k in (2, 3, 4, 5))
    assert pitches_hz(window.astype(np.float32)[None], RATE_HZ)[0] == pytest.approx(110.0, rel=0.003)


@pytest.mark.parametrize("gain", [0.0, 1e-4, 1.0])
def test_noise_and_silence_have_no_pitch(gain):
    assert np.isnan(pitches_hz(gain * noise_windows(), RATE_HZ)).all()


@pytest.mark.parametrize(("low_hz", "high_hz"), [(200, 400), (1000, 3000), (8000, 12_000)])
def test_the_brightness_of_a_band_of_noise_is_its_middle(low_hz, high_hz):
    brightness_hz = centroids_hz(power_spectra(band_of_noise(low_hz, high_hz)), RATE_HZ)
    assert brightness_hz.mean() == pytest.approx((low_hz + high_hz) / 2, rel=0.1)


def test_brightness_does_not_depend_on_level_and_silence_has_none():
    loud, quiet = (centroids_hz(power_spectra(gain * noise_windows()), RATE_HZ) for gain in (1.0, 0.1))
    assert np.allclose(loud, quiet, rtol=1e-3)
    assert np.isnan(centroids_hz(power_spectra(0 * noise_windows()), RATE_HZ)).all()
