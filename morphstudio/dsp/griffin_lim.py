"""Griffin-Lim with a start phase, acceleration and channels, for circular spectrograms."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from morphstudio.dsp.stft import CircularStft, one_thread

_LOOK_AHEAD = 0.99
_DRIFT = 1.1
_OVERSHOOT = 1.25
"""Alpha, beta and gamma: of those tried on morphs of real loops, the quickest that stay stable."""

_TINY = 1e-24
_SILENT = 0.5e12
"""Inverse magnitude that only rounding error has."""


def scaled(stft: Tensor, factor: Tensor) -> Tensor:
    """`stft` times a real `factor` of the same shape."""
    return stft * factor


def inverse_magnitude(stft: Tensor) -> Tensor:
    """1 / |stft|, finite also for zero; float32, same shape."""
    return _power(stft).add_(_TINY).rsqrt_()


def spectral_convergence_db(magnitude: Tensor, target: Tensor) -> float:
    """Distance of magnitudes to their target, ||magnitude - target|| / ||target||, in dB."""
    error = torch.linalg.vector_norm(magnitude - target) / torch.linalg.vector_norm(target).clamp_min(1e-12)
    return _ratio_db(float(error))


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
    phase = stft * inverse
    if float(inverse.max()) > _SILENT:
        silent = inverse > _SILENT
        generator = torch.Generator(device="cpu").manual_seed(seed)
        angle = torch.rand(int(silent.sum()), generator=generator).mul_(2 * math.pi)
        phase[silent] = torch.polar(torch.ones_like(angle), angle).to(stft.device)
    return phase


def griffin_lim(
    transform: CircularStft,
    magnitude: Tensor,
    start_phase: Tensor,
    n_iterations: int,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Tensor, float]:
    """Find a loop whose STFT has nearly the given magnitudes.

    The accelerated Griffin-Lim of Nenov, Nguyen, Balazs and Bot (2023): alternating projections that look
    ahead and overshoot. All of it is linear but for setting the magnitudes, so it is done with loops, not
    with their spectra, which are larger.

    Parameters
    ----------
    transform : CircularStft
    magnitude : float32, shape (..., bins, columns)
    start_phase : complex64, same shape
        Unit phasors to start from.
    n_iterations : int
        0 inverts the magnitudes with the start phase.
    is_cancelled : callable
        Asked before each iteration; the best so far is returned at once where it says so.

    Returns
    -------
    loop : float32, shape (..., n_frames)
    convergence_db : float
        Spectral convergence of the loop returned.
    """
    with one_thread():
        projection = _Projection(transform, magnitude)
        loop = ahead = drifting = projection.started(start_phase)
        for _ in range(n_iterations):
            if is_cancelled():
                break
            found = torch.lerp(drifting, projection.nearest(ahead), _OVERSHOOT)
            step = found - loop
            ahead = torch.add(found, step, alpha=_LOOK_AHEAD)
            drifting = torch.add(found, step, alpha=_DRIFT)
            loop = found
        convergence_db = projection.convergence_db(loop)
    return loop.view(*magnitude.shape[:-2], transform.n_frames), convergence_db


class _Projection:
    """To the loops nearest to spectra with given magnitudes.

    Loops are float32, shape (channels, n_frames).

    Parameters
    ----------
    transform : CircularStft
    magnitude : float32, shape (..., bins, columns)
    """

    def __init__(self, transform: CircularStft, magnitude: Tensor) -> None:
        self._transform = transform
        self._target = _columns_first(magnitude).contiguous()
        n_channels = self._target.shape[0]
        self._canvas = transform.canvas(n_channels, transform.n_columns)
        self._parts = transform.parts(n_channels)

    def started(self, phase: Tensor) -> Tensor:
        """The loop nearest to the magnitudes with a phase, shaped as they are."""
        columns = _columns_first(phase)
        for part in self._parts:
            self._canvas.put(part, columns[:, part] * self._target[:, part])
        return self._transform.collected(self._canvas)

    def nearest(self, loop: Tensor) -> Tensor:
        """The loop nearest to the magnitudes with the phase of another."""
        extended = self._transform.extended(loop)
        for part in self._parts:
            stft = self._transform.columns(extended, part)
            # Real and imaginary parts side by side are quicker to copy apart than to work on.
            real, imaginary = torch.view_as_real(stft).movedim(-1, 0).contiguous()
            factor = real.square_().addcmul_(imaginary, imaginary).add_(_TINY).rsqrt_()
            self._canvas.put(part, stft.mul_(factor.mul_(self._target[:, part])))
        return self._transform.collected(self._canvas)

    def convergence_db(self, loop: Tensor) -> float:
        """Spectral convergence of a loop."""
        extended = self._transform.extended(loop)
        error = torch.zeros((), dtype=torch.float64, device=loop.device)
        for part in self._parts:
            magnitude = _power(self._transform.columns(extended, part)).sqrt_()
            error += magnitude.sub_(self._target[:, part]).square_().sum()
        wanted = float(torch.linalg.vector_norm(self._target).clamp_min(1e-12))
        return _ratio_db(math.sqrt(float(error)) / wanted)


def _columns_first(x: Tensor) -> Tensor:
    """(..., bins, columns) to (channels, columns, bins), so that each FFT reads memory in order."""
    return x.reshape(-1, *x.shape[-2:]).transpose(-1, -2)


def _power(stft: Tensor) -> Tensor:
    parts = torch.view_as_real(stft)
    power: Tensor = parts[..., 0].square().addcmul_(parts[..., 1], parts[..., 1])
    return power


def _ratio_db(ratio: float) -> float:
    return 20.0 * math.log10(max(ratio, 1e-10))
