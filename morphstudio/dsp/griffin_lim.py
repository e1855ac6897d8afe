"""Griffin-Lim with a start phase, acceleration and channels, for circular spectrograms."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor

from morphstudio.dsp.stft import CircularStft, one_thread

_STEPS = ((1.5, 0.9, 1.4), (0.85, 0.9, 1.5), (0.99, 1.1, 1.25))
"""Alpha, beta and gamma of the first iteration, of the second, and of all others (the paper has the same in
all): of those tried on morphs of real loops, the quickest that stay stable."""

_TINY = 1e-24
_SILENT = 0.5e12
"""Inverse magnitude that only rounding error has."""


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
    columns = stft.transpose(-1, -2)
    ones = torch.ones((), device=stft.device).expand(columns.shape)
    return _with_magnitude(columns, ones, _generator(seed)).transpose(-1, -2)


def griffin_lim(
    transform: CircularStft,
    magnitude: Tensor,
    start: Tensor,
    n_iterations: int,
    seed: int = 0,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Tensor:
    """Find a loop whose STFT has nearly the given magnitudes.

    The accelerated Griffin-Lim of Nenov, Nguyen, Balazs and Bot (2023): alternating projections that look
    ahead and overshoot. All of it is linear but for setting the magnitudes, so it is done with loops, not
    with their spectra, which are larger.

    Parameters
    ----------
    transform : CircularStft
    magnitude : float32, shape (..., bins, columns)
    start : complex64, same shape
        A spectrum to start from the phase of.
    n_iterations : int
        0 inverts the magnitudes with the start phase.
    seed : int
        Of the phase where that spectrum is as good as zero.
    is_cancelled : callable
        Asked before each iteration; the best so far is returned at once where it says so.

    Returns
    -------
    float32, shape (..., n_frames)
    """
    targets, starts = _columns_first(magnitude), _columns_first(start)
    is_inference = torch.is_inference_mode_enabled()  # which holds for one thread

    def found(channels: slice) -> Tensor:
        with torch.inference_mode(is_inference):
            descent = _begun(transform, targets[channels], starts[channels], seed + channels.start)
            for _ in range(n_iterations):
                if is_cancelled():
                    break
                descent.go_on()
            return descent.loop

    n_channels = targets.shape[0]
    with one_thread():
        if transform.device.type == "cpu" and n_channels > 1:
            # A thread for each channel: they meet once, at the end, not after each step.
            with ThreadPoolExecutor(n_channels - 1) as pool:
                others = [pool.submit(found, slice(n, n + 1)) for n in range(1, n_channels)]
                loop = torch.cat([found(slice(0, 1)), *(other.result() for other in others)])
        else:
            loop = found(slice(0, n_channels))
    return loop.view(*magnitude.shape[:-2], transform.n_frames)


def griffin_lim_steps(
    transform: CircularStft, magnitude: Tensor, start: Tensor, n_iterations: int, seed: int = 0
) -> Generator[None, None, Tensor]:
    """Do as `griffin_lim`, giving way after each iteration: for what takes so long that others would wait.

    Whoever goes on with it is in inference mode, or not, each time alike. Yields nothing; returns the loop.
    """
    targets, starts = _columns_first(magnitude), _columns_first(start)
    n_channels = targets.shape[0]
    is_alone = transform.device.type != "cpu" or n_channels == 1
    parts = [slice(0, n_channels)] if is_alone else [slice(n, n + 1) for n in range(n_channels)]
    with one_thread():
        descents = [_begun(transform, targets[part], starts[part], seed + part.start) for part in parts]
    del start, starts  # whoever asked may have let go of it
    is_inference = torch.is_inference_mode_enabled()

    def go_on(descent: _Descent) -> None:
        with torch.inference_mode(is_inference):
            descent.go_on()

    for _ in range(n_iterations):
        with one_thread(), ThreadPoolExecutor(max(1, len(parts) - 1)) as pool:
            others = [pool.submit(go_on, descent) for descent in descents[1:]]
            go_on(descents[0])
            for other in others:
                other.result()
        yield
    loop = torch.cat([descent.loop for descent in descents])
    return loop.view(*magnitude.shape[:-2], transform.n_frames)


def convergence_db(transform: CircularStft, loop: Tensor, magnitude: Tensor) -> float:
    """Spectral convergence of a loop (..., n_frames) to magnitudes (..., bins, columns), in dB."""
    target = _columns_first(magnitude)
    extended = transform.extended(loop.reshape(-1, transform.n_frames))
    error = torch.zeros((), dtype=torch.float64, device=loop.device)
    with one_thread():
        for part in transform.parts(target.shape[0]):
            found = _power(transform.columns(extended, part)).sqrt_()
            error += found.sub_(target[:, part]).square_().sum()
    wanted = float(torch.linalg.vector_norm(magnitude).clamp_min(1e-12))
    return _ratio_db(math.sqrt(float(error)) / wanted)


class _Descent:
    """What is known between two iterations of one or more channels."""

    def __init__(self, projection: _Projection, loop: Tensor) -> None:
        self._projection = projection
        self.loop = self._ahead = self._drifting = loop
        self._n = 0

    def go_on(self) -> None:
        """Do one more iteration."""
        look_ahead, drift, overshoot = _STEPS[min(self._n, len(_STEPS) - 1)]
        nearest = self._projection.nearest(self._ahead)
        found = torch.lerp(self._drifting, nearest, overshoot, out=nearest)
        # In memory that is at hand: to get new memory takes longer than all that is done in it.
        step = torch.sub(found, self.loop, out=self.loop)
        self._ahead = torch.add(found, step, alpha=look_ahead)
        self._drifting = torch.add(found, step, alpha=drift, out=step)
        self.loop = found
        self._n += 1


def _begun(transform: CircularStft, target: Tensor, start: Tensor, seed: int) -> _Descent:
    projection = _Projection(transform, target)
    return _Descent(projection, projection.started(start, _generator(seed)))


class _Projection:
    """To the loops nearest to spectra with given magnitudes.

    Loops are float32, shape (channels, n_frames).

    Parameters
    ----------
    transform : CircularStft
    target : float32, shape (channels, columns, bins)
        The magnitudes.
    """

    def __init__(self, transform: CircularStft, target: Tensor) -> None:
        self._transform = transform
        self._target = target.contiguous()
        n_channels = self._target.shape[0]
        self._canvas = transform.canvas(n_channels, transform.n_columns)
        self._parts = transform.parts(n_channels)

    def started(self, stft: Tensor, generator: torch.Generator) -> Tensor:
        """The loop nearest to the magnitudes with the phase of spectra shaped as they are."""
        for part in self._parts:
            self._canvas.put(part, _with_magnitude(stft[:, part], self._target[:, part], generator))
        return self._transform.collected(self._canvas)

    def nearest(self, loop: Tensor) -> Tensor:
        """The loop nearest to the magnitudes with the phase of another."""
        extended = self._transform.extended(loop)
        for part in self._parts:
            stft = self._transform.columns(extended, part)
            self._canvas.put(part, stft.mul_(_inverse_magnitude(stft).mul_(self._target[:, part])))
        return self._transform.collected(self._canvas)


def _with_magnitude(stft: Tensor, magnitude: Tensor, generator: torch.Generator) -> Tensor:
    """`stft` with other magnitudes, and with random phase where it is as good as zero."""
    factor = _inverse_magnitude(stft)
    silent = factor > _SILENT if float(factor.max()) > _SILENT else None
    found = stft * factor.mul_(magnitude)
    if silent is not None:
        angle = torch.rand(int(silent.sum()), generator=generator).mul_(2 * math.pi)
        found[silent] = torch.polar(magnitude[silent], angle.to(stft.device))
    return found


def _inverse_magnitude(stft: Tensor) -> Tensor:
    """1 / |stft|, finite also for zero; float32, same shape."""
    # Real and imaginary parts side by side are quicker to copy apart than to work on.
    real, imaginary = torch.view_as_real(stft).movedim(-1, 0).contiguous()
    inverse: Tensor = real.square_().addcmul_(imaginary, imaginary).add_(_TINY).rsqrt_()
    return inverse


def _generator(seed: int) -> torch.Generator:
    return torch.Generator(device="cpu").manual_seed(seed)


def _columns_first(x: Tensor) -> Tensor:
    """(..., bins, columns) to (channels, columns, bins), so that each FFT reads memory in order."""
    return x.reshape(-1, *x.shape[-2:]).transpose(-1, -2)


def _power(stft: Tensor) -> Tensor:
    parts = torch.view_as_real(stft)
    power: Tensor = parts[..., 0].square().addcmul_(parts[..., 1], parts[..., 1])
    return power


def _ratio_db(ratio: float) -> float:
    return 20.0 * math.log10(max(ratio, 1e-10))
