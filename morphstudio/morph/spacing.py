"""Even spacing: shares such that equal steps are equal audible changes.

Between two loops the ear is not halfway at half the weight. How far a position sounds to be, by log-mel
distances to both ends, is estimated from the sources' bands, without decoding anything; then the share is
sought with which it sounds where it is.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.dsp.features import MEL_RANGE_DB, mel_matrix
from morphstudio.dsp.loudness import k_weights
from morphstudio.morph.mixture import ESTIMATE_COLUMNS, Mixer, Mixture, trim
from morphstudio.morph.request import MorphRequest

_GRID = (0.0, 0.04, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.96, 1.0)
_N_TRIALS = 2
_LEAST = 1e-6
_LEAST_SLOPE = 0.3
_NEAR_ENOUGH = 0.005
_DB_PER_NEPER = 10.0 / math.log(10.0)
_TINY = 1e-12


class BandMeter:
    """Estimates the loudness of loops that are known by their mel bands, in nepers of power.

    Parameters
    ----------
    device : torch.device
    """

    def __init__(self, device: torch.device) -> None:
        matrix = mel_matrix()
        shares = matrix / matrix.sum(dim=0).clamp_min(_TINY)
        self._weights = (shares @ k_weights()).to(device)

    def k_power_db(self, bands: Tensor) -> float:
        """K-weighted power of (mels, columns) bands, in dB re nothing in particular."""
        power = (torch.exp(bands).mean(dim=1) * self._weights).sum()
        return 10.0 * math.log10(max(float(power), _TINY))

    def gain_db(self, mixture: Mixture, bands: Tensor | None = None) -> float:
        """Estimated gain that brings a mixture, of which the bands may be known, to its loudness."""
        # What gates make of the loudness of the sources is taken to be the same for the mixture.
        gates = sum(
            w * (s.loudness_lufs - self.k_power_db(s.bands.whole[:, ::ESTIMATE_COLUMNS]))
            for s, w in zip(mixture.sources, mixture.weights, strict=True)
        )
        return mixture.loudness_lufs - gates - self.k_power_db(mixture.bands() if bands is None else bands)


class EvenSpacing:
    """Finds the shares for requests; remembers the curve of each pair of loops.

    Parameters
    ----------
    mixer : Mixer
    meter : BandMeter
    """

    def __init__(self, mixer: Mixer, meter: BandMeter) -> None:
        self._mixer = mixer
        self._meter = meter
        self._curves: OrderedDict[tuple[object, ...], NDArray[np.float64]] = OrderedDict()

    def shares(self, request: MorphRequest) -> tuple[float, ...]:
        """Shares of the spectrum for a request, summing to 1; a weight of zero stays zero.

        On the way between two loops they are exact. Among more, the shares within each pair are found and
        the ones that fit them best, in the logarithm of their ratios, are taken.
        """
        heard = [index for index, weight in enumerate(request.weights) if weight > 0.0]
        if len(heard) < 2:
            return request.weights
        n = len(heard)
        given = np.array([request.weights[index] for index in heard])
        system, right = np.zeros((n, n)), np.zeros(n)
        for i in range(n):
            for j in range(i + 1, n):
                share = self._share(request, heard[i], heard[j], given[j] / (given[i] + given[j]))
                ratio = math.log(share / (1.0 - share))
                matters = given[i] * given[j] + _TINY
                system[[i, j], [i, j]] += matters
                system[[i, j], [j, i]] -= matters
                right[i] -= matters * ratio
                right[j] += matters * ratio
        logs = np.zeros(n)
        logs[1:] = np.linalg.solve(system[1:, 1:], right[1:])
        found = np.exp(logs - logs.max())
        shares = [0.0] * len(request.weights)
        for index, share in zip(heard, found / found.sum(), strict=True):
            shares[index] = float(share)
        return tuple(shares)

    def _share(self, request: MorphRequest, i: int, j: int, position: float) -> float:
        """Share of loop j, of loops i and j alone, at a position between them."""
        a, b = request.clips[i], request.clips[j]
        if b.digest < a.digest:
            return 1.0 - self._share(request, j, i, 1.0 - position)
        key = (a.digest, b.digest, request.n_frames, request.align, request.match_loudness)
        if key not in self._curves:
            # With all the detail, so that its slider leaves the curves as they are.
            pair = replace(request, clips=(a, b), weights=(1.0, 0.0), detail=1.0)
            found = np.array([self._found(pair, place) for place in _GRID])
            self._curves[key] = np.maximum.accumulate(found)
            trim(self._curves)
        share = float(np.interp(position, _GRID, self._curves[key]))
        return min(max(share, _LEAST), 1.0 - _LEAST)

    def _found(self, pair: MorphRequest, position: float) -> float:
        """Share with which a position sounds where it is, by the secant method."""
        if position in (0.0, 1.0):
            return position
        share, place = position, self._place(pair, position, position)
        slope = 1.0
        for _ in range(_N_TRIALS):
            if abs(position - place) < _NEAR_ENOUGH:
                break
            tried = min(max(share + (position - place) / slope, 0.0), 1.0)
            reached = self._place(pair, position, tried)
            if abs(tried - share) > _LEAST:
                slope = max((reached - place) / (tried - share), _LEAST_SLOPE)
            share, place = tried, reached
        return share

    def _place(self, pair: MorphRequest, position: float, share: float) -> float:
        """Where a share at a position sounds to be: 0 like the first loop, 1 like the second."""
        mixture = self._mixer.mixture(replace(pair, weights=(1.0 - position, position)), (1.0 - share, share))
        ends = [source.bands.whole[:, ::ESTIMATE_COLUMNS] for source in mixture.sources]
        floor = max(float(end.max()) for end in ends) - MEL_RANGE_DB / _DB_PER_NEPER
        bands = mixture.bands()
        if pair.match_loudness:
            bands = bands + self._meter.gain_db(mixture, bands) / _DB_PER_NEPER
        levels = [x.clamp_min(floor) for x in (bands, *ends)]
        to_a, to_b = (float((levels[0] - end).square().mean().sqrt()) for end in levels[1:])
        return to_a / (to_a + to_b) if to_a + to_b > _TINY else position
