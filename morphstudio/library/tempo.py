"""The tempo of a loop: how many beats fit it, by what repeats in it. No torch.

A loop that was cut to be repeated holds a whole number of beats, most often a power of two. Each such number
is a candidate, and so is each lag at which the onsets repeat, for loops that end in a tail; the candidates'
features are weighed by a conditional logit, whose probabilities are the confidence.
"""

from __future__ import annotations

from dataclasses import dataclass

import librosa
import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ

HOP = 441
"""Frames between the columns that onsets are found in: 10 ms."""
_COLUMNS_PER_S = RATE_HZ / HOP
_LOWEST_BPM, _HIGHEST_BPM = 66.0, 182.0
_N_MELS = 48
_BANDS = (0, 8, 28, _N_MELS)
"""Mel bands of kicks, of what has a pitch, of hats: to about 300 Hz, 3 kHz and the top."""
_RANGE_DB = 60.0
_LAGS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""In beats."""
_N_FREE = 6


@dataclass(frozen=True, slots=True)
class Tempo:
    """`bpm` in beats per minute; `confidence` from 0 to 1."""

    bpm: float
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Onsets:
    """How strongly something begins, float64 of shape (bands, columns) with `HOP` frames to a column.

    `loop_columns`, the length of the sound in columns, need not be whole.
    """

    strengths: NDArray[np.float64]
    loop_columns: float

    @property
    def duration_s(self) -> float:
        """Length of the sound."""
        return self.loop_columns / _COLUMNS_PER_S


def find_onsets(power: NDArray[np.float32], n_frames: int) -> Onsets:
    """Strength of the onsets in low, middle and high bands.

    Parameters
    ----------
    power : float32, shape (bins, columns)
        Of an STFT at 44.1 kHz with `HOP`, which begins with the first frame.
    n_frames : int
        Length of the sound.
    """
    filters = librosa.filters.mel(sr=RATE_HZ, n_fft=2 * (len(power) - 1), n_mels=_N_MELS, fmin=30.0)
    level = 10.0 * np.log10(np.maximum(filters @ power, 1e-12))
    level = np.maximum(level, level.max() - _RANGE_DB)
    flux = librosa.onset.onset_strength_multi(
        S=level, sr=RATE_HZ, hop_length=HOP, channels=list(_BANDS), aggregate=np.mean, center=False
    )
    return Onsets(np.asarray(flux, dtype=np.float64), n_frames / HOP)


def estimate_tempo(onsets: Onsets) -> Tempo | None:
    """Most probable tempo of a loop; None where nothing in it repeats or begins."""
    found = candidates(onsets)
    if found is None:
        return None
    bpm, features = found
    score = features @ _WEIGHTS
    chance = np.exp(score - score.max())
    chance /= chance.sum()
    best = int(np.argmax(chance))
    is_same = np.abs(bpm / bpm[best] - 1.0) < 0.02
    return Tempo(float(bpm[best]), float(chance[is_same].sum()))


def candidates(onsets: Onsets) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Tempos that are possible and what speaks for each; None without any onset.

    Returns
    -------
    bpm : float64, shape (candidates,)
    features : float64, shape (candidates, features)
    """
    strengths = onsets.strengths
    if strengths.shape[1] < 20 or not strengths.any():
        return None
    mixed = np.vstack([strengths, strengths.sum(axis=0)])
    mixed = mixed - mixed.mean(axis=1, keepdims=True)
    duration_s = onsets.duration_s
    n_beats = np.arange(
        max(1, int(np.ceil(duration_s * _LOWEST_BPM / 60))), int(duration_s * _HIGHEST_BPM / 60) + 1
    )
    whole_bpm = 60.0 * n_beats / duration_s
    going_round, straight = _RoundRepeats(mixed, onsets.loop_columns), _Repeats(mixed)
    free_bpm = straight.peaks()
    density = np.log2(np.maximum(_n_hits(mixed[-1]), 1) / duration_s)
    rows = []
    for bpm, count in [(b, int(n)) for b, n in zip(whole_bpm, n_beats, strict=True)] + [
        (b, 0) for b in free_bpm
    ]:
        beat_s = 60.0 / bpm
        lags = np.array(_LAGS) * beat_s * _COLUMNS_PER_S
        repeats = going_round(lags) if count else straight(lags)
        away = np.log2(bpm / 120.0)
        per_beat = density + np.log2(beat_s)
        rows.append(
            np.concatenate(
                [
                    repeats.ravel(),
                    [away, away**2, away**3, per_beat, per_beat**2],
                    _kinds_of_count(count),
                ]
            )
        )
    if not rows:
        return None
    return np.concatenate([whole_bpm, free_bpm]), np.array(rows)


def _kinds_of_count(n_beats: int) -> NDArray[np.float64]:
    is_power = n_beats > 0 and n_beats & (n_beats - 1) == 0
    kinds = (
        is_power and n_beats >= 4,
        is_power and n_beats < 4,
        not is_power and n_beats > 0 and n_beats % 4 == 0,
        n_beats > 0 and n_beats % 3 == 0 and n_beats % 4 != 0,
        n_beats == 0,
    )
    return np.array(kinds, dtype=np.float64)


def _n_hits(strength: NDArray[np.float64]) -> int:
    inner = strength[1:-1]
    is_peak = (inner > strength[:-2]) & (inner >= strength[2:]) & (inner > 0.15 * strength.max())
    return int(is_peak.sum())


class _RoundRepeats:
    """Autocorrelation round the loop, at any lag, from its power spectrum."""

    def __init__(self, strengths: NDArray[np.float64], loop_columns: float) -> None:
        power = np.abs(np.fft.rfft(strengths, axis=1)) ** 2
        self._power = power / (power.sum(axis=1, keepdims=True) + 1e-12)
        self._turn = 2.0 * np.pi * np.arange(power.shape[1]) / loop_columns

    def __call__(self, lags: NDArray[np.float64]) -> NDArray[np.float64]:
        values: NDArray[np.float64] = self._power @ np.cos(self._turn[:, None] * lags)
        return values


class _Repeats:
    """Autocorrelation of a sound that is not known to go round."""

    def __init__(self, strengths: NDArray[np.float64]) -> None:
        n = strengths.shape[1]
        power = np.abs(np.fft.rfft(strengths, 2 * n, axis=1)) ** 2
        products = np.fft.irfft(power, axis=1)[:, :n]
        # Long lags are covered by few columns: they count less than by the rule for their mean.
        scale = n / (n - 0.7 * np.arange(n))
        self._values = products * scale / (products[:, :1] + 1e-12)

    def __call__(self, lags: NDArray[np.float64]) -> NDArray[np.float64]:
        n = self._values.shape[1]
        return np.array([np.interp(lags, np.arange(n), row, right=0.0) for row in self._values])

    def peaks(self) -> NDArray[np.float64]:
        """Tempos at whose beat everything together repeats, the strongest first; float64, (up to 6,)."""
        row = self._values[-1]
        bpm = np.geomspace(_LOWEST_BPM, _HIGHEST_BPM, 240)
        lag = 60.0 / bpm * _COLUMNS_PER_S
        # What repeats after a beat does after two and four: the long lags tell the tempo exactly.
        n = len(row)
        sums = sum(np.interp(lag * times, np.arange(n), row, right=0.0) for times in (1.0, 2.0, 4.0))
        values = np.asarray(sums)
        is_peak = np.r_[False, (values[1:-1] > values[:-2]) & (values[1:-1] >= values[2:]), False]
        order = np.flatnonzero(is_peak)[np.argsort(-values[is_peak])][:_N_FREE]
        found: NDArray[np.float64] = bpm[order]
        return found


# fmt: off
_WEIGHTS = np.array([
    1.06, 1.42, 0.95, -0.41, 0.59, -0.38, 0.64, -0.19, 0.04, 0.94,
    1.94, 2.08, 1.16, 0.55, -1.32, 1.76, 3.25, 1.01, 2.16, 1.84,
    0.99, -4.90, 2.04, -0.99, -0.43, 3.81, -0.29, -0.59, -0.88, 2.00,
])
# fmt: on
"""Fitted by maximum likelihood to 500 rendered loops, a quarter of them cut anywhere or with a tail."""
