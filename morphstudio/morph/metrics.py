"""How good a morph is, in numbers. Knows loops and their in-betweens, not how they were made.

A series is nine loops (or any odd number) from A to B; its ends are renders like the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import nnls
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.dsp.features import MEL_RANGE_DB, mel_matrix, mel_power
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.dsp.onsets import Onsets, find_onsets
from morphstudio.dsp.stft import CircularStft
from morphstudio.morph.align import Pairs, match_onsets

_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class PointFigures:
    """What a producer may want to know of one point between loops.

    `hits` is how many there are, `wanted_hits` the weighted mean of the loops'; `level_lu` is the loudness
    above that of the weighted loops; `presence` is the share of it that is a mere mix of them, 0 to 1.
    """

    hits: int
    wanted_hits: float
    level_lu: float
    presence: float


@dataclass(frozen=True, slots=True)
class SeriesFigures:
    """Of a series from A to B; smaller is better throughout.

    Parameters
    ----------
    ends_db : float
        Residual at the worse end, relative to the loop.
    hits : float
        How far the number of hits at the midpoint is from the mean of the ends', relative to that.
    timing_ms : float
        Mean distance of the in-between times of matched hits to the midpoint's nearest hit.
    level_lu : float
        Loudness at the midpoint minus the mean of the ends'; may be negative.
    evenness : float
        RMS of p - a, with p = d(x, A) / (d(x, A) + d(x, B)) and d the log-mel RMSE.
    step_variation : float
        Coefficient of variation of the log-mel RMSE between neighbours.
    presence : float
        Share of the midpoint that non-negative least squares of the ends' magnitudes explain.
    """

    ends_db: float
    hits: float
    timing_ms: float
    level_lu: float
    evenness: float
    step_variation: float
    presence: float


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """One loop as the measures see it: magnitude (bins, columns) of its mono sum, mel power, hits, LUFS."""

    magnitude: Tensor
    mel: Tensor
    onsets: Onsets
    loudness_lufs: float


class _InBands(Protocol):
    @property
    def mel(self) -> Tensor:
        """Mel power, (mels, columns)."""


class Listener:
    """Measures loops of one length.

    Parameters
    ----------
    n_frames : int
    """

    def __init__(self, n_frames: int) -> None:
        self.n_frames = n_frames
        self._transform = CircularStft(n_frames)
        self._matrix = mel_matrix()

    @torch.inference_mode()
    def hear(self, samples: Samples) -> Heard:
        """Analyse one loop, float32 (frames, channels)."""
        loop = torch.from_numpy(samples.T.astype(np.float32))
        mono = loop.mean(dim=0, keepdim=True)
        magnitude = self._transform.forward(mono).abs()
        onsets = find_onsets(mono, magnitude, self._matrix)
        return Heard(magnitude[0], mel_power(magnitude, self._matrix)[0], onsets, loudness_lufs(loop))

    def point(self, x: Heard, loops: Sequence[Heard], weights: Sequence[float]) -> PointFigures:
        """Measure one point between loops."""
        wanted = sum(w * len(loop.onsets) for loop, w in zip(loops, weights, strict=True))
        level = sum(w * loop.loudness_lufs for loop, w in zip(loops, weights, strict=True))
        return PointFigures(len(x.onsets), wanted, x.loudness_lufs - level, presence(x, *loops))

    def series(self, loops: Sequence[Samples], a: Samples, b: Samples) -> SeriesFigures:
        """Measure loops at equal steps from A to B, the ends included."""
        heard_a, heard_b = self.hear(a), self.hear(b)
        heard = [self.hear(loop) for loop in loops]
        positions = np.linspace(0.0, 1.0, len(loops))
        middle = heard[len(loops) // 2]
        point = self.point(middle, (heard_a, heard_b), (0.5, 0.5))
        places = np.array([place_between(x, heard_a, heard_b) for x in heard])
        steps = np.array([mel_distance_db(x, y, heard_a, heard_b) for x, y in pairwise(heard)])
        matches = match_onsets(heard_a.onsets, heard_b.onsets, self.n_frames)
        return SeriesFigures(
            max(residual_db(loops[0], a), residual_db(loops[-1], b)),
            abs(point.hits - point.wanted_hits) / max(point.wanted_hits, 0.5),
            self._timing_ms(middle, heard_a, heard_b, matches),
            point.level_lu,
            float(np.sqrt(np.mean((places - positions) ** 2))),
            float(steps.std() / max(steps.mean(), _TINY)),
            point.presence,
        )

    def _timing_ms(self, x: Heard, a: Heard, b: Heard, matches: Pairs) -> float:
        if not len(matches) or not len(x.onsets):
            return math.nan
        n = self.n_frames
        ahead = _round_difference(b.onsets.frames[matches[:, 1]] - a.onsets.frames[matches[:, 0]], n)
        wanted = a.onsets.frames[matches[:, 0]] + ahead / 2
        apart = np.abs(_round_difference(wanted[:, None] - x.onsets.frames[None, :], n)).min(axis=1)
        return float(apart.mean()) / RATE_HZ * 1000.0


def _round_difference(frames: NDArray[np.float64], n_frames: int) -> NDArray[np.float64]:
    return (frames + n_frames / 2) % n_frames - n_frames / 2


def residual_db(x: Samples, wanted: Samples) -> float:
    """Energy of the difference of two loops relative to the second, in dB; at least -200."""
    n_channels = max(x.shape[1], wanted.shape[1])
    error = np.broadcast_to(x, (len(x), n_channels)).astype(np.float64) - wanted
    ratio = np.square(error).sum() / max(float(np.square(wanted.astype(np.float64)).sum()), _TINY)
    return 10.0 * math.log10(max(ratio, 1e-20))


def mel_distance_db(x: _InBands, y: _InBands, *references: _InBands) -> float:
    """RMSE of log-mel levels in dB, in the 80 dB below the loudest band of the references."""
    loudest = max(float(r.mel.max()) for r in references or (x, y))
    floor = max(loudest, _TINY) * 10.0 ** (-MEL_RANGE_DB / 10.0)
    levels = [10.0 * torch.log10(loop.mel.clamp_min(floor)) for loop in (x, y)]
    return float((levels[0] - levels[1]).square().mean().sqrt())


def place_between(x: _InBands, a: _InBands, b: _InBands) -> float:
    """Where x lies between A (0) and B (1), by log-mel distances; 0.5 where A and B are the same."""
    to_a, to_b = mel_distance_db(x, a, a, b), mel_distance_db(x, b, a, b)
    return to_a / (to_a + to_b) if to_a + to_b > _TINY else 0.5


def evenness(x: _InBands, loops: Sequence[_InBands], weights: Sequence[float]) -> float:
    """How near x sounds to where the weights of two loops or more say: 1 there, 0 as far away as can be.

    The share of each loop is as much larger as its log-mel distance is smaller; between two it is what
    `place_between` says.
    """
    nearness = [1.0 / max(mel_distance_db(x, loop, *loops), _TINY) for loop in loops]
    shares = np.array(nearness) / sum(nearness)
    return max(0.0, 1.0 - float(np.abs(shares - np.array(weights)).sum()))


def presence(x: Heard, *loops: Heard) -> float:
    """Share of |X| that non-negative least squares of the loops' magnitudes explain: high means a mix.

    One minus the norm of what is left, relative to that of |X|; one coefficient for each whole loop.
    """
    ends = torch.stack([loop.magnitude.flatten() for loop in loops], dim=1).double()
    wanted = x.magnitude.flatten().double()
    energy = float(wanted.square().sum())
    if energy < _TINY:
        return 1.0
    # The normal equations: the same minimum, from a small problem.
    gram = ends.T @ ends
    root = torch.linalg.cholesky(
        gram + torch.eye(len(loops), dtype=torch.float64) * (1e-9 * gram.trace() + _TINY)
    )
    right = torch.linalg.solve_triangular(root, (ends.T @ wanted)[:, None], upper=False)[:, 0]
    shares, _ = nnls(root.T.numpy(), right.numpy())
    left = wanted - ends @ torch.from_numpy(shares)
    return max(0.0, 1.0 - math.sqrt(float(left.square().sum()) / energy))
