"""Spectra that move instead of crossfading: what is low in one loop and high in another meets in between.

The mean spectrum of every source is carried to the barycentre of all (displacement interpolation: Bonneel et
al., 2015; of audio: Henderson and Solomon, 2019), by one map for the whole loop: maps that change with time
make steady partials slide. Energy is taken in bands, one bin wide at the bottom and wider above, so that
partials keep their shape and come along whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import MEL_HIGH_HZ, N_MELS, mel_centres_hz
from morphstudio.dsp.stft import N_BINS

N_BANDS = 160
_LOWEST_BIN = 1
_FLOOR = 0.02
_SILENT = 0.01
_TINY = 1e-12


class Transport:
    """Carries spectra to their barycentre.

    Parameters
    ----------
    device : torch.device
    """

    def __init__(self, device: torch.device) -> None:
        edges = _band_edges()
        bins = torch.arange(N_BINS, dtype=torch.float32)
        inside = (bins >= edges[0]) & (bins < edges[-1])
        band = (torch.searchsorted(edges, bins, right=True) - 1).clamp(0, N_BANDS - 1)
        members = torch.zeros(N_BANDS, N_BINS)
        members[band[inside], bins[inside].long()] = 1.0
        self._members = members.to(device)
        self._bin_of_edge = edges.to(device)
        # Below the first band and above the last nothing is moved.
        self._is_moved = inside.to(device)
        self._band_of_bin = band.to(device)
        width = edges[band + 1] - edges[band]
        self._part_of_band = ((bins - edges[band]) / width).clamp(0.0, 1.0).to(device)
        self._straight = bins.to(device)
        self._edges = torch.arange(N_BANDS + 1, dtype=torch.float32, device=device)
        mel_bins = mel_centres_hz() / (RATE_HZ / 2.0) * (N_BINS - 1)
        mel_band = (torch.searchsorted(edges, mel_bins, right=True) - 1).clamp(0, N_BANDS - 1)
        part = (mel_bins - edges[mel_band]) / (edges[mel_band + 1] - edges[mel_band])
        self._band_of_mel = (mel_band + part.clamp(0.0, 1.0)).to(device)
        mels = torch.arange(N_MELS, dtype=torch.float32, device=device)
        self._mel_of_edge = _interpolated(self._edges, self._band_of_mel, mels)

    def cumulated(self, magnitude: Tensor) -> Tensor:
        """Share of the magnitude of a loop below the edges of the bands, rising from 0 to 1.

        Parameters
        ----------
        magnitude : float32, shape (channels, bins, columns)

        Returns
        -------
        float32, shape (bands + 1,)
        """
        # Magnitudes rather than powers, so that the loudest partial does not decide alone.
        columns = torch.matmul(self._members, magnitude.square().mean(dim=0).sqrt())
        # Every column counts alike, quiet ones too, but for silence.
        loudest = columns.sum(dim=0).amax().clamp_min(_TINY)
        mass = (columns / (columns.sum(dim=0) + _SILENT * loudest)).mean(dim=1)
        mass = mass + _FLOOR * mass.mean() + _TINY
        below = torch.nn.functional.pad(torch.cumsum(mass, dim=0), (1, 0))
        return below / below[-1]

    def maps(self, cumulated: Sequence[Tensor], shares: Sequence[float]) -> list[Tensor]:
        """Where the edges of each source's bands go.

        Parameters
        ----------
        cumulated : sequence of float32, shape (bands + 1,)
            Of each source, as from `cumulated`.
        shares : sequence of float
            Summing to 1. What has little share hardly moves the others, so that near a dot its sound stays.

        Returns
        -------
        list of float32, shape (bands + 1,)
            Places in bands, rising.
        """
        pulls = [share * share for share in shares]
        maps = []
        for own in cumulated:
            place = torch.zeros_like(own)
            for other, pull in zip(cumulated, pulls, strict=True):
                quantile = self._edges if other is own else _interpolated(own, other, self._edges)
                place += pull / sum(pulls) * quantile
            maps.append(place)
        return maps

    def source_bins(self, places: Tensor) -> Tensor:
        """Bins that come to be at each bin: (bands + 1,) -> (bins,), fractions included."""
        bands = _interpolated(self._edges, places, self._edges)
        at_edges = _interpolated(bands, self._edges, self._bin_of_edge)
        bins = torch.lerp(at_edges[self._band_of_bin], at_edges[self._band_of_bin + 1], self._part_of_band)
        return torch.where(self._is_moved, bins, self._straight).clamp_(0.0, N_BINS - 1.001)

    def moved(self, level_db: Tensor, places: Tensor) -> Tensor:
        """Carry levels along a map: (channels, bins, columns), (bands + 1,) -> like the first."""
        bins = self.source_bins(places)
        first = bins.long()
        below, above = level_db.index_select(1, first), level_db.index_select(1, first + 1)
        return below.lerp_(above, (bins - first)[:, None].expand_as(below))

    def moved_bands(self, bands: Tensor, places: Tensor) -> Tensor:
        """Carry log powers in mels along a map: (mels, columns), (bands + 1,) -> like the first."""
        source = _interpolated(self._band_of_mel, places, self._edges)
        mel = _interpolated(source, self._edges, self._mel_of_edge).clamp(0.0, N_MELS - 1.001)
        first = mel.long()
        return torch.lerp(bands[first], bands[first + 1], (mel - first)[:, None].expand_as(bands))


def _band_edges() -> Tensor:
    """Edges of the bands in bins, rising by at least one, as even in mel as that allows; (bands + 1,)."""
    highest = MEL_HIGH_HZ / (RATE_HZ / 2.0) * (N_BINS - 1)
    steps = torch.arange(N_BANDS + 1, dtype=torch.float64)
    low, high = 1e-3, 1.0
    edges = steps
    for _ in range(60):  # the growth at which the last edge is the highest
        growth = (low + high) / 2.0
        widths = torch.clamp(growth * torch.exp(steps[:-1] * growth / 4.0), min=1.0)
        edges = _LOWEST_BIN + torch.cat([torch.zeros(1, dtype=torch.float64), widths.cumsum(0)])
        low, high = (growth, high) if float(edges[-1]) < highest else (low, growth)
    return edges.round().float()


def _interpolated(at: Tensor, knots: Tensor, values: Tensor) -> Tensor:
    """Piecewise linear interpolation: at (n,), knots (m,) rising, values (m,)."""
    index = torch.searchsorted(knots, at, right=True).clamp(1, len(knots) - 1)
    left, right = knots[index - 1], knots[index]
    part = ((at - left) / (right - left).clamp_min(_TINY)).clamp(0.0, 1.0)
    return torch.lerp(values[index - 1], values[index], part)
