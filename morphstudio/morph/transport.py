"""Spectra that move instead of crossfading: what is low in one loop and high in another meets in between.

At each column the energy of every source is carried to the barycentre of all (displacement interpolation:
Bonneel et al., 2015; of audio: Henderson and Solomon, 2019). Energy is taken in mel bands, so that a spectrum
is bent smoothly and its fine structure comes along.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import MEL_HIGH_HZ, MEL_LOW_HZ, N_MELS
from morphstudio.dsp.stft import N_BINS

_POWER = 0.25
"""Of band power: between where the energy is and where there is any."""
_FLOOR = 0.02
_SMOOTH_COLUMNS = 15
_STEPS = 4
_TINY = 1e-12


class Transport:
    """Carries spectra to their barycentre.

    Parameters
    ----------
    device : torch.device
    """

    def __init__(self, device: torch.device) -> None:
        low, high = _mel(torch.tensor(MEL_LOW_HZ)), _mel(torch.tensor(MEL_HIGH_HZ))
        hz = torch.arange(N_BINS) * (RATE_HZ / 2.0 / (N_BINS - 1))
        # Where each bin lies in steps of a quarter band; below the first and above the last nothing is moved.
        steps = (_mel(hz) - low) / (high - low) * (N_MELS * _STEPS)
        self._is_moved = ((steps > 0.0) & (steps < N_MELS * _STEPS)).to(device)[:, None]
        steps = steps.clamp(0.0, N_MELS * _STEPS - 1e-3)
        self._step_of_bin = steps.long().to(device)
        self._part_of_step = (steps - steps.long()).to(device)[:, None]
        self._bands = (torch.arange(N_MELS * _STEPS + 1) / _STEPS).to(device)
        mel = low + self._bands.cpu() / N_MELS * (high - low)
        bins = 700.0 * (10.0 ** (mel / 2595.0) - 1.0) / (RATE_HZ / 2.0) * (N_BINS - 1)
        self._bin_of_step = bins.to(device)
        self._straight = torch.arange(N_BINS, dtype=torch.float32, device=device)[:, None]

    def maps(self, cumulated: Sequence[Tensor], shares: Sequence[Tensor]) -> list[Tensor]:
        """Where the edges of each source's bands go.

        Parameters
        ----------
        cumulated : sequence of float32, shape (columns, mels + 1)
            Of each source, as from `cumulated_energy`.
        shares : sequence of float32, shape (columns,)
            Summing to 1. What has little share hardly moves the others, so that near a dot its sound stays.

        Returns
        -------
        list of float32, shape (columns, mels + 1)
            Places in bands, rising along the last axis.
        """
        edges = torch.arange(N_MELS + 1, device=shares[0].device, dtype=torch.float32)
        pulls = torch.stack(list(shares)).square()
        pulls = pulls / pulls.sum(dim=0).clamp_min(_TINY)
        maps = []
        for own in cumulated:
            place = torch.zeros_like(own)
            for other, pull in zip(cumulated, pulls, strict=True):
                quantile = edges.expand_as(own) if other is own else _interpolated(own, other, edges)
                place += pull[:, None] * quantile
            maps.append(place)
        return maps

    def moved(self, level_db: Tensor, places: Tensor) -> Tensor:
        """Carry levels along a map: (channels, bins, columns), (columns, mels + 1) -> like the first."""
        edges = torch.arange(N_MELS + 1, device=places.device, dtype=torch.float32)
        bands = _interpolated(self._bands.expand(len(places), -1), places, edges) * _STEPS
        step = bands.long().clamp(max=N_MELS * _STEPS - 1)
        begin = self._bin_of_step[step]
        bins = torch.addcmul(begin, self._bin_of_step[step + 1] - begin, bands - step).T.contiguous()
        below = bins.index_select(0, self._step_of_bin)
        bins = torch.lerp(below, bins.index_select(0, self._step_of_bin + 1), self._part_of_step)
        bins = torch.where(self._is_moved, bins, self._straight).clamp_(0.0, N_BINS - 1.001)
        first = bins.long()
        part = (bins - first).expand(level_db.shape)
        first = first.expand(level_db.shape)
        return torch.lerp(level_db.gather(1, first), level_db.gather(1, first + 1), part)

    def moved_bands(self, bands: Tensor, places: Tensor) -> Tensor:
        """Carry log powers along a map: (mels, columns), (columns, mels + 1) -> like the first."""
        edges = torch.arange(N_MELS + 1, device=places.device, dtype=torch.float32)
        centres = (edges[:-1] + 0.5).expand(len(places), -1)
        source = (_interpolated(centres, places, edges) - 0.5).clamp(0.0, N_MELS - 1.0).T
        first = source.long().clamp(0, N_MELS - 2)
        return torch.lerp(bands.gather(0, first), bands.gather(0, first + 1), source - first)


def cumulated_energy(bands: Tensor) -> Tensor:
    """Share of the energy of a loop below the edges of its bands, rising from 0 to 1.

    Parameters
    ----------
    bands : float32, shape (mels, columns)
        Log power in nepers.

    Returns
    -------
    float32, shape (columns, mels + 1)
    """
    mass = torch.exp(_POWER * (bands - bands.amax(dim=0)))
    # A loop that is shorter than the smoothing goes round more than once.
    around = torch.arange(-(_SMOOTH_COLUMNS // 2), mass.shape[1] + _SMOOTH_COLUMNS // 2, device=mass.device)
    mass = torch.nn.functional.avg_pool1d(mass[None, :, around % mass.shape[1]], _SMOOTH_COLUMNS, 1)[0]
    mass = mass + _FLOOR * mass.mean(dim=0)
    below = torch.nn.functional.pad(torch.cumsum(mass, dim=0), (0, 0, 1, 0))
    return (below / below[-1].clamp_min(_TINY)).T.contiguous()


def _mel(hz: Tensor) -> Tensor:
    return 2595.0 * torch.log10(1.0 + hz / 700.0)


def _interpolated(at: Tensor, knots: Tensor, values: Tensor) -> Tensor:
    """Piecewise linear interpolation in each row: at (rows, n), knots (rows, m) rising, values (m,)."""
    index = torch.searchsorted(knots, at.contiguous(), right=True).clamp(1, knots.shape[1] - 1)
    left, right = knots.gather(1, index - 1), knots.gather(1, index)
    part = ((at - left) / (right - left).clamp_min(_TINY)).clamp(0.0, 1.0)
    return torch.lerp(values[index - 1], values[index], part)
