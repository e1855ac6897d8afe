"""Spectra that move instead of crossfading: what is low in one loop and high in another meets in between.

The mean spectrum of every source is carried to the barycentre of all (displacement interpolation: Bonneel et
al., 2015; of audio: Henderson and Solomon, 2019), by one map for the whole loop: maps that change with time
make steady partials slide. Energy is taken in bands, one bin wide at the bottom and wider above, so that
partials keep their shape and come along whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import MEL_HIGH_HZ, N_MELS, mel_centres_hz
from morphstudio.dsp.stft import N_BINS

N_BANDS = 160
_LOWEST_BIN = 1
_FLOOR = 0.02
_SILENT = 0.01
_TINY = 1e-12

Places = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """Which bins come to be at each: `first`, int64 (bins,), and `part` of the way to the one after it."""

    first: Tensor
    part: Tensor


class Transport:
    """Carries spectra to their barycentre. Maps are found in numpy: torch takes longer for so little.

    Parameters
    ----------
    device : torch.device
    """

    def __init__(self, device: torch.device) -> None:
        edges = _band_edges()
        bins = np.arange(N_BINS, dtype=np.float64)
        inside = (bins >= edges[0]) & (bins < edges[-1])
        band = np.clip(np.searchsorted(edges, bins, side="right") - 1, 0, N_BANDS - 1)
        members = torch.zeros(N_BANDS, N_BINS)
        members[torch.from_numpy(band[inside]), torch.from_numpy(np.flatnonzero(inside))] = 1.0
        self._device = device
        self._members = members.to(device)
        self._bin_of_edge = edges
        # Below the first band and above the last nothing is moved.
        self._outside = np.flatnonzero(~inside)
        self._band_of_bin = np.clip(
            np.interp(bins, edges, np.arange(N_BANDS + 1, dtype=np.float64)), 0.0, float(N_BANDS)
        )
        self._edges = np.arange(N_BANDS + 1, dtype=np.float64)
        mel_bins = mel_centres_hz().double().numpy() / (RATE_HZ / 2.0) * (N_BINS - 1)
        self._band_of_mel = np.interp(mel_bins, edges, self._edges)
        self._mel_of_edge = np.interp(self._edges, self._band_of_mel, np.arange(N_MELS, dtype=np.float64))

    def cumulated(self, magnitude: Tensor) -> Places:
        """Share of the magnitude of a loop below the edges of the bands, rising from 0 to 1.

        Parameters
        ----------
        magnitude : float32, shape (channels, bins, columns)

        Returns
        -------
        float64, shape (bands + 1,)
        """
        # Magnitudes rather than powers, so that the loudest partial does not decide alone.
        columns = torch.matmul(self._members, magnitude.square().mean(dim=0).sqrt())
        # Every column counts alike, quiet ones too, but for silence.
        loudest = columns.sum(dim=0).amax().clamp_min(_TINY)
        mass = (columns / (columns.sum(dim=0) + _SILENT * loudest)).mean(dim=1).double()
        mass = mass + _FLOOR * mass.mean() + _TINY
        below = np.concatenate([[0.0], np.cumsum(mass.cpu().numpy())])
        share: Places = below / below[-1]
        return share

    def quantiles(self, own: Places, other: Places) -> Places:
        """Where the edges of one loop's bands are in another by what lies below them, as from `cumulated`.

        Returns
        -------
        float64, shape (bands + 1,)
            Places in bands, rising.
        """
        found: Places = np.interp(own, other, self._edges)
        return found

    def places(self, quantiles: Sequence[Places | None], shares: Sequence[float]) -> Places:
        """Where the edges of a source's bands go.

        Parameters
        ----------
        quantiles : sequence of float64, shape (bands + 1,)
            In each of the sources; None stands for itself.
        shares : sequence of float
            Of the sources. What has little share hardly moves the others, so that near a dot its sound stays.

        Returns
        -------
        float64, shape (bands + 1,)
            Places in bands, rising.
        """
        pulls = np.square(shares)
        pulls /= pulls.sum()
        place = np.zeros(N_BANDS + 1)
        for quantile, pull in zip(quantiles, pulls, strict=True):
            place += pull * (self._edges if quantile is None else quantile)
        return place

    def source_bins(self, places: Places) -> Places:
        """Bins that come to be at each bin: (bands + 1,) -> (bins,), fractions included."""
        bands = np.interp(self._edges, places, self._edges)
        at_edges = np.interp(bands, self._edges, self._bin_of_edge)
        bins: Places = np.interp(self._band_of_bin, self._edges, at_edges)
        bins[self._outside] = self._outside
        return np.clip(bins, 0.0, N_BINS - 1.001)

    def moves(self, places: Places) -> Moves:
        """What `moved` needs of a map."""
        bins = self.source_bins(places)
        first = bins.astype(np.int64)
        part = torch.from_numpy((bins - first).astype(np.float32))
        return Moves(torch.from_numpy(first).to(self._device), part.to(self._device))

    @staticmethod
    def moved(level: Tensor, moves: Moves) -> Tensor:
        """Carry levels along a map, whatever they are in: (..., bins) -> same."""
        first = moves.first.expand(level.shape)
        below, above = level.gather(-1, first), level.gather(-1, first + 1)
        return below.lerp_(above, moves.part.expand_as(below))

    def source_mels(self, places: Places) -> Places:
        """Mels that come to be at each mel: (bands + 1,) -> (mels,), fractions included."""
        source = np.interp(self._band_of_mel, places, self._edges)
        mels: Places = np.interp(source, self._edges, self._mel_of_edge)
        return np.clip(mels, 0.0, N_MELS - 1.001)


def moved_bands(bands: NDArray[np.float32], source_mels: Places) -> NDArray[np.float32]:
    """Carry log powers in mels along a map, as from `source_mels`: (..., mels) -> same."""
    first = source_mels.astype(np.intp)
    below = bands.take(first, axis=-1)
    below += (bands.take(first + 1, axis=-1) - below) * (source_mels - first).astype(np.float32)
    return below


def _band_edges() -> Places:
    """Edges of the bands in bins, rising by at least one, as even in mel as that allows; (bands + 1,)."""
    highest = MEL_HIGH_HZ / (RATE_HZ / 2.0) * (N_BINS - 1)
    steps = np.arange(N_BANDS, dtype=np.float64)
    low, high = 1e-3, 1.0
    edges = steps
    for _ in range(60):  # the growth at which the last edge is the highest
        growth = (low + high) / 2.0
        widths = np.maximum(growth * np.exp(steps * growth / 4.0), 1.0)
        edges = _LOWEST_BIN + np.concatenate([[0.0], np.cumsum(widths)])
        low, high = (growth, high) if float(edges[-1]) < highest else (low, growth)
    return np.round(edges)
