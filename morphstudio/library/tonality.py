"""The key of a sound: which of 24 its notes speak for, if any. numpy and librosa."""

from __future__ import annotations

import librosa
import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.library.analysis import PITCH_CLASSES

N_FFT = 16384
"""Frames of a column: semitones are told apart from 80 Hz on."""
_HOP = 8192
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 2500.0
_RANGE_DB = 50.0
_FLATS = {"Cb": "B", "Db": "C#", "Eb": "D#", "Fb": "E", "Gb": "F#", "Ab": "G#", "Bb": "A#"}
_SHARPS = {"E#": "F", "B#": "C"}
# The share of each note, from the tonic on, in music of a key (Albrecht and Shanahan, 2013).
_MAJOR = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_MINOR = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)
_COMPRESSION = 0.7
_FLOOR_BINS, _PARTIAL_BINS, _PROMINENCE = 40, 2, 3.5
_LEAST_LIKENESS = 0.62
_LEAST_TONAL_SHARE = 0.6


def with_sharps(key: str) -> str:
    """Write a key with sharps.

    >>> with_sharps("Bbm"), with_sharps("F#"), with_sharps("")
    ('A#m', 'F#', '')
    """
    note, mode = (key[:-1], "m") if key.endswith("m") else (key, "")
    return _FLATS.get(note, _SHARPS.get(note, note)) + mode


def estimate_key(mono: Samples) -> str:
    """Key of a sound such as "C" or "F#m"; empty where it has none that could be told.

    Parameters
    ----------
    mono : float32, shape (frames,)
        At 44.1 kHz.
    """
    if len(mono) < N_FFT:
        return ""
    frames = np.lib.stride_tricks.sliding_window_view(mono, N_FFT)[::_HOP]
    magnitude = np.abs(np.fft.rfft(frames * np.hanning(N_FFT).astype(np.float32), axis=1)).T
    chroma, tonal_share = _peak_chroma(magnitude)
    if tonal_share < _LEAST_TONAL_SHARE or np.ptp(chroma) <= 0.0:
        return ""
    likeness = _likeness(chroma**_COMPRESSION)
    best = int(np.argmax(likeness))
    if likeness[best] < _LEAST_LIKENESS:
        return ""
    return PITCH_CLASSES[best % 12] + ("m" if best >= 12 else "")


def _peak_chroma(magnitude: NDArray[np.floating]) -> tuple[NDArray[np.float64], float]:
    """Share of each pitch class in the spectral peaks, and the share of the power that peaks have."""
    frequencies = np.arange(len(magnitude)) * RATE_HZ / N_FFT
    is_in_range = (frequencies >= _LOWEST_HZ) & (frequencies <= _HIGHEST_HZ)
    power = np.where(is_in_range[:, None], magnitude**2, 0.0)
    total = power.sum()
    if total <= 0.0:
        return np.zeros(12), 0.0
    # A partial stands far out of the floor around it; noise does not, whatever its level.
    level = np.log(power + 1e-9 * power.max())
    floor = _sums_around(level, _FLOOR_BINS) / (2 * _FLOOR_BINS + 1)
    is_top = np.zeros_like(power, dtype=bool)
    is_top[1:-1] = (power[1:-1] > power[:-2]) & (power[1:-1] >= power[2:])
    loud = power > power.max() * 10.0 ** (-_RANGE_DB / 10.0)
    is_partial = is_top & loud & (level > floor + _PROMINENCE)
    inside = np.maximum(_sums_around(power, _PARTIAL_BINS), 0.0)
    tonal_share = min(1.0, float((inside * is_partial).sum() / total))
    # Loud notes count more than soft ones, but not by their power.
    peaks = np.where(is_partial, np.sqrt(inside), 0.0)
    chroma = librosa.feature.chroma_stft(
        S=peaks, sr=RATE_HZ, n_fft=N_FFT, tuning=0.0, norm=None, octwidth=None
    )
    return np.asarray(chroma, dtype=np.float64).sum(axis=1), tonal_share


def _sums_around(values: NDArray[np.floating], reach: int) -> NDArray[np.floating]:
    """Sum of each row with `reach` rows on either side."""
    sums = np.cumsum(np.pad(values.astype(np.float64), ((reach + 1, reach), (0, 0))), axis=0)
    result: NDArray[np.floating] = sums[2 * reach + 1 :] - sums[: -2 * reach - 1]
    return result


def _likeness(chroma: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlation with each key's profile: float64, shape (24,), majors first."""
    profiles = np.array([np.roll(profile, tonic) for profile in (_MAJOR, _MINOR) for tonic in range(12)])
    return np.array([np.corrcoef(chroma, profile)[0, 1] for profile in profiles])
