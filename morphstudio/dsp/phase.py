"""A start phase from magnitudes alone: each spectral peak turns at its own frequency."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from morphstudio.dsp.stft import N_FFT, CircularStft

_TINY = 1e-9
_NOWHERE = 1 << 20
_N_COLUMNS_AT_ONCE = 128


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
    # Columns first: the only loop over single ones goes over them. All else is done in parts, because of a
    # long loop each thing that is found on the way is large.
    n_columns = magnitude.shape[-1]
    level = magnitude.permute(2, 0, 1)
    parts = [
        slice(n, min(n + _N_COLUMNS_AT_ONCE, n_columns)) for n in range(0, n_columns, _N_COLUMNS_AT_ONCE)
    ]
    phase = torch.empty(level.shape, device=level.device)
    peak = torch.empty(level.shape, dtype=torch.int16, device=level.device)
    for part in parts:
        peaks, frequency = _peaks(level[part])
        peak[part] = peaks
        phase[part] = frequency.gather(-1, peaks).mul_(2.0 * math.pi * transform.hop / N_FFT)
    last = phase[-1:].clone()
    for part in reversed(parts):  # each needs the one before as it was
        before = (
            phase[part.start - 1 : part.stop - 1] if part.start else torch.cat([last, phase[: part.stop - 1]])
        )
        # Whole turns are left out before they are added up, which keeps them precise.
        advance = (before + phase[part]).mul_(0.5).gather(-1, peak[part].long())
        phase[part] = within_half_a_turn(advance)
    for column in range(1, n_columns):
        phase[column] += phase[column - 1].gather(-1, peak[column].long())
    missing = within_half_a_turn(-phase[-1].gather(-1, peak[0].long()))
    shares = (torch.arange(n_columns, device=phase.device) / n_columns)[:, None, None]
    # A frame begins half a window before its centre, so that every other bin stands on its head.
    turned = math.pi * (torch.arange(level.shape[-1], dtype=phase.dtype, device=phase.device) % 2)
    phasors = torch.empty(level.shape, dtype=torch.complex64, device=phase.device)
    for part in parts:
        angle = phase[part] + missing * shares[part] + turned
        phasors[part] = torch.complex(angle.cos(), angle.sin())
    return phasors.permute(1, 2, 0)


def _peaks(magnitude: Tensor) -> tuple[Tensor, Tensor]:
    """Nearest peak to each bin, and the frequency of each that is one, in bins: (columns, channels, bins)."""
    level = torch.log(magnitude.clamp_min(_TINY)).contiguous()
    below, here, above = level[..., :-2], level[..., 1:-1], level[..., 2:]
    is_peak = torch.zeros_like(level, dtype=torch.bool)
    is_peak[..., 1:-1] = (here > below) & (here >= above)
    bins = torch.arange(level.shape[-1], dtype=level.dtype, device=level.device)
    frequency = bins.repeat(*level.shape[:2], 1)
    curve = (below - 2.0 * here + above).clamp_max_(-_TINY)
    frequency[..., 1:-1] += (0.5 * (below - above) / curve).clamp_(-0.5, 0.5)
    return nearest_peaks(is_peak), frequency


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
