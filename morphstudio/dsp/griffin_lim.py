"""Griffin-Lim with a start phase, momentum, batches and channels, for circular spectrograms."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from morphstudio.dsp.stft import CircularStft

MOMENTUM = 0.99
_TINY = 1e-24
_SILENT = 0.5e12
"""Inverse magnitude that only rounding error has."""


def scaled(stft: Tensor, factor: Tensor) -> Tensor:
    """`stft` times a real `factor` of the same shape; several times quicker than torch's mixed product."""
    return torch.view_as_complex(torch.view_as_real(stft) * factor.unsqueeze(-1))


def inverse_magnitude(stft: Tensor) -> Tensor:
    """1 / |stft|, finite also for zero; float32, same shape."""
    parts = torch.view_as_real(stft)
    power: Tensor = parts[..., 0].square().addcmul_(parts[..., 1], parts[..., 1])
    return power.add_(_TINY).rsqrt_()


def spectral_convergence_db(magnitude: Tensor, target: Tensor) -> float:
    """Distance of magnitudes to their target, ||magnitude - target|| / ||target||, in dB."""
    error = torch.linalg.vector_norm(magnitude - target) / torch.linalg.vector_norm(target).clamp_min(1e-12)
    return 20.0 * math.log10(max(float(error), 1e-10))


def unit_phase(stft: Tensor, seed: int) -> Tensor:
    """Phase of `stft` as unit phasors; where it is as good as zero, seeded random phase.

    Parameters
    ----------
    stft : complex64, any shape
    seed : int

    Returns
    -------
    complex64, same shape, of magnitude 1
    """
    inverse = inverse_magnitude(stft)
    phase = scaled(stft, inverse)
    silent = inverse > _SILENT
    if not bool(silent.any()):
        return phase
    generator = torch.Generator(device="cpu").manual_seed(seed)
    angle = torch.rand(stft.shape, generator=generator).mul_(2 * math.pi).to(stft.device)
    return torch.where(silent, torch.polar(torch.ones_like(angle), angle), phase)


def griffin_lim(
    transform: CircularStft,
    magnitude: Tensor,
    start_phase: Tensor,
    n_iterations: int,
    momentum: float = MOMENTUM,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Tensor, float]:
    """Find a loop whose STFT has nearly the given magnitudes.

    Fast Griffin-Lim of Perraudin, Balazs and Sondergaard (2013): alternating projections with momentum.

    Parameters
    ----------
    transform : CircularStft
    magnitude : float32, shape (..., bins, columns)
    start_phase : complex64, same shape
        Unit phasors to start from.
    n_iterations : int
        0 inverts the magnitudes with the start phase.
    momentum : float
        0 is the classic algorithm of Griffin and Lim (1984).
    is_cancelled : callable
        Asked before each iteration; the best so far is returned at once where it says so.

    Returns
    -------
    loop : float32, shape (..., n_frames)
    convergence_db : float
        Spectral convergence of the loop returned.
    """
    # Columns first, so that each FFT reads and writes memory in order.
    target = magnitude.transpose(-1, -2).contiguous()
    estimate = scaled(start_phase.transpose(-1, -2), target)
    pull = momentum / (1.0 + momentum)
    previous: Tensor | None = None
    loop = transform.inverse(estimate.transpose(-1, -2))
    for _ in range(n_iterations):
        if is_cancelled():
            break
        rebuilt = transform.forward(loop).transpose(-1, -2)
        estimate = rebuilt if previous is None else torch.sub(rebuilt, previous, alpha=pull)
        previous = rebuilt
        estimate = scaled(estimate, inverse_magnitude(estimate).mul_(target))
        loop = transform.inverse(estimate.transpose(-1, -2))
    rebuilt = transform.forward(loop).transpose(-1, -2)
    return loop, spectral_convergence_db(rebuilt.abs(), target)
