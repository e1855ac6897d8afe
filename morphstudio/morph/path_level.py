"""How loud a path is to be at each of its columns: what its sounds are, by their weights there.

A loop's loudness is measured of all of it. Of each place on a path only a moment is heard, so what the loop
that stays there would need is estimated, by mel bands that are known without decoding anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.ceiling import bent_below
from morphstudio.morph.mixture import Mixer
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.sources import BandLevels, Source
from morphstudio.morph.spacing import BandMeter

_EVERY_COLUMNS = 2
"""So often that no hit falls in between."""
_BLOCK_S = 0.4
_SILENT, _RELATIVE = 1e-5, 0.1
"""What blocks are left out of a loudness: in terms of the loudest, then of the mean of the others."""
_MOST_LOST_DB = 12.0
_MOST_EXTRA_DB = 6.0
_N_LEVELLINGS = 3
_N_HALVINGS = 40
_TINY = 1e-12

Curve = NDArray[np.float64]


def gated_db(powers: Curve, hop_s: float) -> float:
    """Loudness of powers that are `hop_s` apart, round their end, gated as in BS.1770; in dB.

    >>> round(gated_db(np.repeat([1.0, 0.0], 50), 0.1), 1)
    -0.3
    """
    n_block = max(1, round(_BLOCK_S / hop_s))
    around = np.concatenate([[0.0], np.cumsum(np.resize(powers, len(powers) + n_block))])
    blocks = (around[n_block : n_block + len(powers)] - around[: len(powers)]) / n_block
    blocks = blocks[blocks > _SILENT * blocks.max()]
    if not len(blocks):
        return 10.0 * math.log10(_TINY)
    blocks = blocks[blocks > _RELATIVE * blocks.mean()]
    return 10.0 * math.log10(max(float(blocks.mean()), _TINY))


@dataclass(frozen=True, slots=True)
class Level:
    """Of the loop that stays at one place: what gain brings it to its loudness, and what estimates miss.

    By mel bands loudness is known within a decibel. And sources are known at their own columns, which those
    of a path are beside: of clicks that is some decibels of the power that is found there.
    """

    gain_db: float
    missed_db: float


class PathLevels:
    """Says how loud the loop is that stays at one place of a path.

    Parameters
    ----------
    mixer : Mixer
    meter : BandMeter
    asked : MorphRequest
        The path's, shaped.
    """

    def __init__(self, mixer: Mixer, meter: BandMeter, asked: MorphRequest) -> None:
        self._mixer, self._meter, self._asked = mixer, meter, asked
        self._of_sources: dict[str, float] = {}

    def level(
        self,
        sources: tuple[Source, ...],
        weights: tuple[float, ...],
        shares: Sequence[float],
        start: float,
        hop: float,
    ) -> Level:
        """Of a place where these are heard, on a path with columns `hop` frames apart, one at `start`."""
        n_frames, n_columns = sources[0].n_frames, sources[0].latent.shape[1]
        own_hop = n_frames / n_columns
        loop_db, on_path_db = (
            self._loop_db(self._bands(sources, weights, shares, np.floor(at % n_frames)), n_frames)
            for at in (
                np.arange(0, n_columns, _EVERY_COLUMNS) * own_hop,
                start + np.arange(max(1, round(n_frames / hop))) * hop,
            )
        )
        heard = list(zip(sources, weights, strict=True))
        wanted_db = sum(weight * self._source_db(source) for source, weight in heard)
        wanted_lufs = sum(weight * source.loudness_lufs for source, weight in heard)
        return Level(wanted_db - loop_db, loop_db - on_path_db + wanted_lufs - wanted_db)

    def _bands(
        self, sources: tuple[Source, ...], weights: tuple[float, ...], shares: Sequence[float], at: Curve
    ) -> BandLevels:
        ways = self._mixer.ways_between(sources, weights, at, self._asked.align)
        return ways.bands(ways.bands_read(), shares, self._asked.detail)

    def _source_db(self, source: Source) -> float:
        if source.digest not in self._of_sources:
            bands = source.bands.whole[::_EVERY_COLUMNS]
            self._of_sources[source.digest] = self._loop_db(bands, source.n_frames)
        return self._of_sources[source.digest]

    def _loop_db(self, bands: BandLevels, n_frames: int) -> float:
        return gated_db(self._meter.k_powers(bands), n_frames / RATE_HZ / len(bands))


def lost_db(powers: Curve, wanted: Curve, distance: Curve, hop_s: float) -> float:
    """What has to be given back for each unit of distance, so that all of it is as loud as is wanted.

    What decoding and iterating lose grows with the distance from the sounds; at a dot it is nothing.

    Parameters
    ----------
    powers, wanted : float64, shape (columns,)
        As they are, and as they were to be by estimate.
    distance : float64, shape (columns,)
    hop_s : float
    """
    level_db = gated_db(wanted, hop_s)
    low, high = -_MOST_LOST_DB, _MOST_LOST_DB
    if gated_db(powers * 10.0 ** (distance / 10.0), hop_s) - gated_db(powers, hop_s) < 1e-3:
        return 0.0
    for _ in range(_N_HALVINGS):
        lost = (low + high) / 2.0
        is_louder = gated_db(powers * 10.0 ** (lost * distance / 10.0), hop_s) > level_db
        low, high = (low, lost) if is_louder else (lost, high)
    return (low + high) / 2.0


def scaled(loop: Tensor, gain_db: Curve) -> Tensor:
    """A loop (channels, frames) with gains that are spread evenly over it, round its end."""
    n_frames = loop.shape[-1]
    at = np.arange(len(gain_db)) * (n_frames / len(gain_db))
    curve = np.interp(np.arange(n_frames, dtype=np.float64), at, gain_db, period=n_frames)
    return loop * torch.from_numpy((10.0 ** (curve / 20.0)).astype(np.float32)).to(loop.device)


def bent_as_loud(loop: Tensor, ceiling: float, n_around: int, powers_of: Callable[[Tensor], Curve]) -> Tensor:
    """Bend a path below its ceiling, and make up for what that takes away, where it does, as far as can be.

    Parameters
    ----------
    loop : float32, shape (channels, frames)
    ceiling : float
        As of `bent_below`.
    n_around : int
        In frames: what is as loud as it was is each stretch of that length, the loop that repeats below.
    powers_of : callable
        K-weighted power of a loop at its columns: (columns,).

    Returns
    -------
    float32, same shape
    """
    bent = bent_below(loop, ceiling)
    if bent is loop:
        return loop
    share = n_around / loop.shape[-1]
    wanted = _around(powers_of(loop), share)
    extra_db = np.zeros(len(wanted))
    for _ in range(_N_LEVELLINGS):
        missing_db = 10.0 * np.log10((wanted + _TINY) / (_around(powers_of(bent), share) + _TINY))
        extra_db = np.clip(extra_db + missing_db, 0.0, _MOST_EXTRA_DB)
        bent = bent_below(scaled(loop, extra_db), ceiling)
    return bent


def _around(powers: Curve, share: float) -> Curve:
    """Mean of the powers around each, that share of all of them, round the end."""
    n_window = min(max(1, round(share * len(powers))), len(powers))
    first = -(n_window // 2)
    total = np.cumsum(np.take(powers, np.arange(first - 1, first + len(powers) + n_window - 1), mode="wrap"))
    return (total[n_window:] - total[: len(powers)]) / n_window
