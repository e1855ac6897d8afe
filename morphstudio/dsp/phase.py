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
    n_bins, n_columns = magnitude.shape[1:]
    level = torch.log(magnitude.clamp_min(_TINY))
    below, here, above = level[:, :-2], level[:, 1:-1], level[:, 2:]
    is_peak = torch.zeros_like(magnitude, dtype=torch.bool)
    is_peak[:, 1:-1] = (here > below) & (here >= above)
    bins = torch.arange(n_bins, device=magnitude.device)[None, :, None].expand_as(magnitude)
    frequency = bins.float().contiguous()
    curve = (below - 2.0 * here + above).clamp_max(-_TINY)
    frequency[:, 1:-1] += (0.5 * (below - above) / curve).clamp(-0.5, 0.5)
    peak = _nearest(is_peak, bins)
    advance = frequency.gather(1, peak) * (2.0 * math.pi * transform.hop / N_FFT)
    turned = torch.zeros_like(magnitude[..., 0])
    phase = torch.empty_like(magnitude)
    for column in range(n_columns):
        step = 0.5 * (advance[..., column - 1] + advance[..., column])
        turned = torch.remainder(turned + step, 2.0 * math.pi).gather(1, peak[..., column])
        phase[..., column] = turned
    step = 0.5 * (advance[..., -1] + advance[..., 0])
    missing = phase[..., 0] - (phase[..., -1] + step).gather(1, peak[..., 0])
    missing = torch.remainder(missing + math.pi, 2.0 * math.pi) - math.pi
    phase += missing[..., None] * (torch.arange(n_columns, device=phase.device) / n_columns)
    # A frame begins half a window before its centre, so that every other bin stands on its head.
    phase += math.pi * (bins % 2)
    return torch.polar(torch.ones_like(phase), phase)


def _nearest(is_peak: Tensor, bins: Tensor) -> Tensor:
    """Index of the nearest peak of each bin along the second axis; the bin itself where there is none."""
    before = torch.where(is_peak, bins, -_NOWHERE).cummax(dim=1).values
    behind = torch.where(is_peak, bins, _NOWHERE).flip(1).cummin(dim=1).values.flip(1)
    nearest = torch.where(bins - before <= behind - bins, before, behind)
    return torch.where((nearest < 0) | (nearest >= _NOWHERE), bins, nearest)
