"""How loud a path is to be at each of its columns: what its sounds are, by their weights there.

A loop's loudness is measured of all of it. Of each place on a path only a moment is heard, so what the loop
that stays there would need is estimated, by mel bands that are known without decoding anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ
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


class PathLevels:
    """Says what gain brings the loop that stays at one place to its loudness.

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

    def gain_db(
        self, sources: tuple[Source, ...], weights: tuple[float, ...], shares: Sequence[float]
    ) -> float:
        """Of a place where these are heard."""
        n_frames, n_columns = sources[0].n_frames, sources[0].latent.shape[1]
        at = np.floor(np.arange(0, n_columns, _EVERY_COLUMNS) * (n_frames / n_columns))
        ways = self._mixer.ways_between(sources, weights, at, self._asked.align)
        bands = ways.bands(ways.bands_read(), shares, self._asked.detail)
        wanted_db = sum(w * self._source_db(source) for source, w in zip(sources, weights, strict=True))
        return wanted_db - self._loop_db(bands, n_frames)

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
