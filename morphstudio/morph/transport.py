"""Spectra that move instead of crossfading: what is low in one loop and high in another meets in between.

At each column the energy of every source is carried to the barycentre of all (displacement interpolation:
Bonneel et al., 2015; of audio: Henderson and Solomon, 2019). Energy is taken in bands, one bin wide at the
bottom and wider above, so that partials keep their shape and come along whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import N_MELS, mel_centres_hz
from morphstudio.dsp.stft import N_BINS

N_BANDS = 160
_LOWEST_BIN = 1
_HIGHEST_HZ = 18_000.0
_FLOOR = 0.02
_SMOOTH_COLUMNS = 15
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
        self._is_moved = inside.to(device)[:, None]
        self._band_of_bin = band.to(device)
        width = edges[band + 1] - edges[band]
        self._part_of_band = ((bins - edges[band]) / width).clamp(0.0, 1.0).to(device)[:, None]
        self._straight = bins.to(device)[:, None]
        self._edges = torch.arange(N_BANDS + 1, dtype=torch.float32, device=device)
        mel_bins = mel_centres_hz() / (RATE_HZ / 2.0) * (N_BINS - 1)
        mel_band = (torch.searchsorted(edges, mel_bins, right=True) - 1).clamp(0, N_BANDS - 1)
        part = (mel_bins - edges[mel_band]) / (edges[mel_band + 1] - edges[mel_band])
        self._band_of_mel = (mel_band + part.clamp(0.0, 1.0)).to(device)
        mels = torch.arange(N_MELS, dtype=torch.float32, device=device)
        every = self._band_of_mel[None].cpu()
        self._mel_of_edge = _interpolated(self._edges[None].cpu(), every, mels.cpu())[0].to(device)

    def cumulated(self, magnitude: Tensor) -> Tensor:
        """Share of the magnitude of a loop below the edges of the bands, rising from 0 to 1.

        Parameters
        ----------
        magnitude : float32, shape (channels, bins, columns)

        Returns
        -------
        float32, shape (columns, bands + 1)
        """
        # Magnitudes rather than powers, so that the loudest partial does not decide alone.
        mass = torch.matmul(self._members, magnitude.square().mean(dim=0).sqrt())
        mass = mass / mass.sum(dim=0).clamp_min(_TINY)
        # A loop that is shorter than the smoothing goes round more than once.
        half = _SMOOTH_COLUMNS // 2
        around = torch.arange(-half, mass.shape[1] + half, device=mass.device)
        mass = torch.nn.functional.avg_pool1d(mass[None, :, around % mass.shape[1]], _SMOOTH_COLUMNS, 1)[0]
        mass = mass + _FLOOR * mass.mean(dim=0) + _TINY
        below = torch.nn.functional.pad(torch.cumsum(mass, dim=0), (0, 0, 1, 0))
        return (below / below[-1]).T.contiguous()

    def maps(self, cumulated: Sequence[Tensor], shares: Sequence[Tensor]) -> list[Tensor]:
        """Where the edges of each source's bands go.

        Parameters
        ----------
        cumulated : sequence of float32, shape (columns, bands + 1)
            Of each source, as from `cumulated`.
        shares : sequence of float32, shape (columns,)
            Summing to 1. What has little share hardly moves the others, so that near a dot its sound stays.

        Returns
        -------
        list of float32, shape (columns, bands + 1)
            Places in bands, rising along the last axis.
        """
        pulls = torch.stack(list(shares)).square()
        pulls = pulls / pulls.sum(dim=0).clamp_min(_TINY)
        maps = []
        for own in cumulated:
            place = torch.zeros_like(own)
            for other, pull in zip(cumulated, pulls, strict=True):
                quantile = self._edges.expand_as(own)
                if other is not own:
                    quantile = _interpolated(own, other, self._edges)
                place += pull[:, None] * quantile
            maps.append(place)
        return maps

    def source_bins(self, places: Tensor) -> Tensor:
        """Bins that come to be at each bin: (columns, bands + 1) -> (bins, columns), fractions included."""
        bands = _interpolated(self._edges.expand_as(places), places, self._edges)
        band = bands.long().clamp(max=N_BANDS - 1)
        begin = self._bin_of_edge[band]
        at_edges = torch.addcmul(begin, self._bin_of_edge[band + 1] - begin, bands - band).T.contiguous()
        below = at_edges.index_select(0, self._band_of_bin)
        bins = torch.lerp(below, at_edges.index_select(0, self._band_of_bin + 1), self._part_of_band)
        return torch.where(self._is_moved, bins, self._straight).clamp_(0.0, N_BINS - 1.001)

    def moved(self, level_db: Tensor, places: Tensor) -> Tensor:
        """Carry levels along a map: (channels, bins, columns), (columns, bands + 1) -> like the first."""
        bins = self.source_bins(places)
        first = bins.long()
        part = (bins - first).expand(level_db.shape)
        first = first.expand(level_db.shape)
        return torch.lerp(level_db.gather(1, first), level_db.gather(1, first + 1), part)

    def moved_bands(self, bands: Tensor, places: Tensor) -> Tensor:
        """Carry log powers in mels along a map: (mels, columns), (columns, bands + 1) -> like the first."""
        source = _interpolated(self._band_of_mel.expand(len(places), -1), places, self._edges)
        band = source.long().clamp(max=N_BANDS - 1)
        mel = torch.lerp(self._mel_of_edge[band], self._mel_of_edge[band + 1], source - band)
        mel = mel.clamp(0.0, N_MELS - 1.001).T
        first = mel.long()
        return torch.lerp(bands.gather(0, first), bands.gather(0, first + 1), mel - first)


def _band_edges() -> Tensor:
    """Edges of the bands in bins, rising by at least one, as even in mel as that allows; (bands + 1,)."""
    highest = _HIGHEST_HZ / (RATE_HZ / 2.0) * (N_BINS - 1)
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
    """Piecewise linear interpolation in each row: at (rows, n), knots (rows, m) rising, values (m,)."""
    index = torch.searchsorted(knots, at.contiguous(), right=True).clamp(1, knots.shape[1] - 1)
    left, right = knots.gather(1, index - 1), knots.gather(1, index)
    part = ((at - left) / (right - left).clamp_min(_TINY)).clamp(0.0, 1.0)
    return torch.lerp(values[index - 1], values[index], part)
