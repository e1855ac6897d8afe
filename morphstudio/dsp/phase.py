"""A start phase from magnitudes alone: each spectral peak turns at its own frequency."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from morphstudio.dsp.stft import N_FFT, CircularStft

_TINY = 1e-9
_NOWHERE = 1 << 20


def peak_phase(transform: CircularStft, magnitude: Tensor) -> Tensor:
    """Unit phasors whose peaks turn steadily, round the loop.

    Single pass spectrogram inversion (Beauregard, Harish and Wyse, 2015): the frequency of each peak is
    found by a parabola through its levels, its phase is integrated over the columns, and the bins around it
    are locked to it. What is missing to a whole turn at the seam is spread over the loop.

    Parameters
    ----------
    transform : CircularStft
    magnitude : float32, shape (channels, bins, columns)

    Returns
    -------
    complex64, same shape
    """
    # Columns first: the only loop goes over them.
    level = torch.log(magnitude.permute(2, 0, 1).clamp_min(_TINY)).contiguous()
    n_columns, _, n_bins = level.shape
    below, here, above = level[..., :-2], level[..., 1:-1], level[..., 2:]
    is_peak = torch.zeros_like(level, dtype=torch.bool)
    is_peak[..., 1:-1] = (here > below) & (here >= above)
    bins = torch.arange(n_bins, dtype=level.dtype, device=level.device)
    frequency = bins.repeat(*level.shape[:2], 1)
    curve = (below - 2.0 * here + above).clamp_max_(-_TINY)
    frequency[..., 1:-1] += (0.5 * (below - above)).div_(curve).clamp_(-0.5, 0.5)
    # What is not needed any more goes at once: of a long loop each of these is large.
    del level, below, here, above, curve
    peak = nearest_peaks(is_peak)
    del is_peak
    advance = frequency.gather(-1, peak).mul_(2.0 * math.pi * transform.hop / N_FFT)
    del frequency
    # Whole turns are left out before they are added up, which keeps them precise.
    steps = within_half_a_turn((advance.roll(1, 0).add_(advance).mul_(0.5)).gather(-1, peak))
    del advance
    phase = torch.empty_like(steps)
    phase[0] = steps[0]
    for column in range(1, n_columns):
        torch.gather(phase[column - 1], -1, peak[column], out=phase[column])
        phase[column] += steps[column]
    missing = within_half_a_turn(phase[0] - steps[0] - phase[-1].gather(-1, peak[0]))
    phase += missing * (torch.arange(n_columns, device=phase.device) / n_columns)[:, None, None]
    # A frame begins half a window before its centre, so that every other bin stands on its head.
    phase += math.pi * (bins % 2)
    return torch.complex(phase.cos(), phase.sin()).permute(1, 2, 0)


def within_half_a_turn(phase: Tensor) -> Tensor:
    """Angles without their whole turns, in [-pi, pi)."""
    return torch.remainder(phase + math.pi, 2.0 * math.pi) - math.pi


def nearest_peaks(is_peak: Tensor) -> Tensor:
    """Index of the nearest peak to each bin along the last axis; the bin itself where there is none."""
    # Half as wide as what gather takes, since reading and writing them is what takes the time.
    bins = torch.arange(is_peak.shape[-1], dtype=torch.int32, device=is_peak.device)
    before = torch.where(is_peak, bins, -_NOWHERE).cummax(dim=-1).values
    behind = torch.where(is_peak, bins, _NOWHERE).flip(-1).cummin(dim=-1).values.flip(-1)
    nearest = torch.where(bins - before <= behind - bins, before, behind)
    return torch.where((nearest < 0) | (nearest >= _NOWHERE), bins, nearest).long()
