"""Even spacing: shares such that equal steps are equal audible changes.

Between two loops the ear is not halfway at half the weight. How far a position sounds to be, by log-mel
distances to both ends, is estimated from the sources' bands, without decoding anything; then the share is
sought with which it sounds where it is.
"""

from __future__ import annotations

import itertools
import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from morphstudio.dsp.features import MEL_RANGE_DB, mel_matrix
from morphstudio.dsp.loudness import k_weights
from morphstudio.morph.mixture import ESTIMATE_COLUMNS, Mixer, trim
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.sources import BandLevels, Source

_GRID = (0.0, 0.04, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 0.96, 1.0)
_N_TRIALS = 2
_LEAST = 1e-6
_LEAST_SLOPE = 0.3
_NEAR_ENOUGH = 0.005
_DB_PER_NEPER = 10.0 / math.log(10.0)
_TINY = 1e-12


class BandMeter:
    """Estimates the loudness of loops that are known by their mel bands, in nepers of power."""

    def __init__(self) -> None:
        matrix = mel_matrix()
        shares = matrix / matrix.sum(dim=0).clamp_min(_TINY)
        self._weights = (shares @ k_weights()).numpy()

    def k_power_db(self, bands: BandLevels) -> float:
        """K-weighted power of (columns, mels) bands, in dB re nothing in particular."""
        power = float(np.exp(bands).mean(axis=0) @ self._weights)
        return 10.0 * math.log10(max(power, _TINY))

    def k_powers(self, bands: BandLevels) -> NDArray[np.float64]:
        """K-weighted power of each of (columns, mels) bands, (columns,), re nothing in particular."""
        powers: NDArray[np.float64] = np.exp(bands).astype(np.float64) @ self._weights
        return powers

    def gain_db(self, sources: Sequence[Source], weights: Sequence[float], bands: BandLevels) -> float:
        """Estimated gain that brings bands, of a mixture of sources, to the loudness that weights ask for."""
        # What gates make of the loudness of the sources is taken to be the same for the mixture.
        wanted = sum(
            w * self.k_power_db(s.bands.whole[::ESTIMATE_COLUMNS])
            for s, w in zip(sources, weights, strict=True)
        )
        return wanted - self.k_power_db(bands)


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

    def rehearse(self, request: MorphRequest) -> bool:
        """Find one curve that is missing; whether there was one."""
        heard = [index for index, weight in enumerate(request.weights) if weight > 0.0]
        for i, j in itertools.combinations(heard, 2):
            i, j = _in_order(request, i, j)
            if _key(request, i, j) not in self._curves:
                self._curve(request, i, j)
                return True
        return False

    def _share(self, request: MorphRequest, i: int, j: int, position: float) -> float:
        """Share of loop j, of loops i and j alone, at a position between them."""
        if (i, j) != _in_order(request, i, j):
            return 1.0 - self._share(request, j, i, 1.0 - position)
        share = float(np.interp(position, _GRID, self._curve(request, i, j)))
        return min(max(share, _LEAST), 1.0 - _LEAST)

    def _curve(self, request: MorphRequest, i: int, j: int) -> NDArray[np.float64]:
        """Shares of loop j with which the places of the grid sound where they are."""
        key = _key(request, i, j)
        if key not in self._curves:
            clips = (request.clips[i], request.clips[j])
            pair = replace(request, clips=clips, weights=(0.5, 0.5))
            found = [0.0, *(self._found(pair, place) for place in _GRID[1:-1]), 1.0]
            self._curves[key] = np.maximum.accumulate(found)
            trim(self._curves)
        return self._curves[key]

    def _found(self, pair: MorphRequest, position: float) -> float:
        """Share with which a position sounds where it is, by the secant method."""
        place_of = self._place_of(pair, position)
        share, place = position, place_of(position)
        slope = 1.0
        for _ in range(_N_TRIALS):
            if abs(position - place) < _NEAR_ENOUGH:
                break
            tried = min(max(share + (position - place) / slope, 0.0), 1.0)
            reached = place_of(tried)
            if abs(tried - share) > _LEAST:
                slope = max((reached - place) / (tried - share), _LEAST_SLOPE)
            share, place = tried, reached
        return share

    def _place_of(self, pair: MorphRequest, position: float) -> Callable[[float], float]:
        """What says where a share sounds to be at a position: 0 like the first loop, 1 like the second."""
        weights = (1.0 - position, position)
        ways = self._mixer.ways(pair, weights, ESTIMATE_COLUMNS)
        read = ways.bands_read()
        ends = [source.bands.whole[::ESTIMATE_COLUMNS] for source in ways.sources]
        floor = np.float32(max(float(end.max()) for end in ends) - MEL_RANGE_DB / _DB_PER_NEPER)
        audible = [np.maximum(end, floor) for end in ends]

        def place_of(share: float) -> float:
            # With all the detail, so that its slider leaves the curves as they are.
            bands = ways.bands(read, (1.0 - share, share), 1.0)
            if pair.match_loudness:
                bands += np.float32(self._meter.gain_db(ways.sources, weights, bands) / _DB_PER_NEPER)
            np.maximum(bands, floor, out=bands)
            to_a, to_b = (math.sqrt(float(np.square(bands - end).mean())) for end in audible)
            return to_a / (to_a + to_b) if to_a + to_b > _TINY else position

        return place_of


def _in_order(request: MorphRequest, i: int, j: int) -> tuple[int, int]:
    """Two loops of a request in the order in which their curve is kept."""
    return (j, i) if request.clips[j].digest < request.clips[i].digest else (i, j)


def _key(request: MorphRequest, i: int, j: int) -> tuple[object, ...]:
    """What the curve between two loops depends on."""
    digests = (request.clips[i].digest, request.clips[j].digest)
    return (*digests, request.n_frames, request.align, request.match_loudness)
