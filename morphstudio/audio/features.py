"""Formulas of what is read off windows of sound: bands, cepstra, brightness, pitch. numpy only."""

from __future__ import annotations

from math import ceil, log

import numpy as np
from numpy.typing import NDArray

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]

LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ = 40.0, 1500.0
_CLEARLY_PERIODIC = 0.1
"""Greatest normalised difference between a window and itself one period later: YIN's threshold."""
_QUIET_POWER = 1e-6
"""Mean square below which nothing is called a pitch: -60 dB."""
_LINEAR_TO_HZ, _LINEAR_MELS = 1000.0, 15.0
_LOG_STEP = log(6.4) / 27.0


def hz_to_mel(frequency_hz: Float64) -> Float64:
    """Slaney's mel scale (Auditory Toolbox, 1998): linear to 1 kHz, logarithmic above.

    >>> hz_to_mel(np.array([0.0, 1000.0, 6400.0])).round(6).tolist()
    [0.0, 15.0, 42.0]
    """
    linear = frequency_hz * (_LINEAR_MELS / _LINEAR_TO_HZ)
    above = _LINEAR_MELS + np.log(np.maximum(frequency_hz, _LINEAR_TO_HZ) / _LINEAR_TO_HZ) / _LOG_STEP
    return np.where(frequency_hz < _LINEAR_TO_HZ, linear, above)


def mel_to_hz(mel: Float64) -> Float64:
    """Inverse of `hz_to_mel`."""
    above = _LINEAR_TO_HZ * np.exp(_LOG_STEP * (np.maximum(mel, _LINEAR_MELS) - _LINEAR_MELS))
    return np.where(mel < _LINEAR_MELS, mel * (_LINEAR_TO_HZ / _LINEAR_MELS), above)


def mel_edges_hz(n_bands: int, highest_hz: float) -> Float64:
    """Corners of triangles that are spaced evenly in mel from 0 Hz, float64 of shape (n_bands + 2,)."""
    top = float(hz_to_mel(np.array(highest_hz)))
    return mel_to_hz(np.linspace(0.0, top, n_bands + 2))


def linear_edges_hz(n_bands: int, highest_hz: float) -> Float64:
    """Corners of triangles that are spaced evenly in Hz from 0 Hz, float64 of shape (n_bands + 2,)."""
    return np.linspace(0.0, highest_hz, n_bands + 2)


def triangles(edges_hz: Float64, n_bins: int, rate_hz: int) -> Float32:
    """Triangular bands of height one over the bins of a real spectrum.

    Parameters
    ----------
    edges_hz : float64, shape (n_bands + 2,)
        Each band rises from one corner to the next, where it is one, and falls to the one after.
    n_bins : int
        Evenly from 0 Hz to half the rate.
    rate_hz : int

    Returns
    -------
    float32, shape (n_bins, n_bands)
    """
    bins_hz = np.linspace(0.0, rate_hz / 2, n_bins)[:, None]
    low, middle, high = edges_hz[:-2], edges_hz[1:-1], edges_hz[2:]
    rising, falling = (bins_hz - low) / (middle - low), (high - bins_hz) / (high - middle)
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


def dct_matrix(n_bands: int, n_coefficients: int) -> Float32:
    """Orthonormal DCT-II: `bands @ matrix` are the first coefficients, (n_bands, n_coefficients)."""
    band, order = np.arange(n_bands)[:, None], np.arange(n_coefficients)
    matrix: Float64 = np.cos(np.pi / n_bands * (band + 0.5) * order) * np.sqrt(2.0 / n_bands)
    matrix[:, 0] /= np.sqrt(2.0)
    return matrix.astype(np.float32)


def centroids_hz(power: Float32, rate_hz: int) -> Float32:
    """Centre of gravity of the magnitudes; NaN in silence.

    Parameters
    ----------
    power : float32, shape (columns, bins)
        A full-scale sine is 1.
    rate_hz : int

    Returns
    -------
    float32, shape (columns,)
    """
    magnitude = np.sqrt(power)
    bins_hz = np.linspace(0.0, rate_hz / 2, power.shape[1], dtype=np.float32)
    total = magnitude.sum(axis=1)
    centre = magnitude @ bins_hz / np.maximum(total, 1e-12)
    return np.where(power.sum(axis=1) > _QUIET_POWER, centre, np.nan).astype(np.float32)


def pitches_hz(windows: Float32, rate_hz: int) -> Float32:
    """Fundamental frequency by YIN (de Cheveigné and Kawahara, 2002), without its search nearby.

    Parameters
    ----------
    windows : float32, shape (columns, size)
        `size` is at least twice the longest period that is looked for.
    rate_hz : int

    Returns
    -------
    float32, shape (columns,)
        NaN where no period from `LOWEST_PITCH_HZ` to `HIGHEST_PITCH_HZ` is clear.
    """
    size = windows.shape[1]
    longest = min(ceil(rate_hz / LOWEST_PITCH_HZ) + 2, size // 2)
    shortest = int(rate_hz / HIGHEST_PITCH_HZ)
    n_compared = size - longest
    # No lag up to the longest wraps round, for the first factor ends that much before the window.
    spectrum = np.fft.rfft(windows, axis=1)
    head = np.fft.rfft(windows[:, :n_compared], size, axis=1)
    shared = np.fft.irfft(spectrum * head.conj(), size, axis=1)[:, :longest].astype(np.float64)
    energy = np.zeros((len(windows), size + 1))
    np.cumsum(np.square(windows, dtype=np.float64), axis=1, out=energy[:, 1:])
    later = energy[:, n_compared : n_compared + longest] - energy[:, :longest]
    difference = np.maximum(energy[:, n_compared, None] + later - 2 * shared, 0.0)
    running = np.maximum(np.cumsum(difference[:, 1:], axis=1), 1e-12)
    normal = difference[:, 1:] * np.arange(1, longest) / running  # [:, i] is of the lag i + 1
    # The first lag below the threshold at the bottom of its dip.
    inner = normal[:, shortest - 2 : -1]
    is_dip = (inner < normal[:, shortest - 1 :]) & (inner <= normal[:, shortest - 3 : -2])
    found = is_dip & (inner < _CLEARLY_PERIODIC)
    lag = found.argmax(axis=1) + shortest - 1
    rows = np.arange(len(windows))
    before, here, after = (difference[rows, lag + step] for step in (-1, 0, 1))
    bend = before - 2 * here + after
    shift = np.where(bend > 0, 0.5 * (before - after) / np.where(bend > 0, bend, 1.0), 0.0)
    clear = found.any(axis=1) & (energy[:, -1] / size > _QUIET_POWER)
    return np.where(clear, rate_hz / (lag + shift), np.nan).astype(np.float32)
