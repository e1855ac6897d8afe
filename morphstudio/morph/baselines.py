"""What a morph is measured against: the plain ways to get from one loop to another.

Each is given its best: the same transform, the same number of iterations, and, where the method allows it,
the phase of the mix to start from.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.dsp.griffin_lim import griffin_lim, unit_phase
from morphstudio.dsp.stft import CircularStft, log_magnitude, magnitude_from_db
from morphstudio.morph.engines import Engine
from morphstudio.morph.request import MorphRequest

N_ITERATIONS = 32


class Method(Protocol):
    """A way from A to B."""

    def between(self, a: AudioClip, b: AudioClip, position: float) -> Samples:
        """Loop at `position`, 0 at A and 1 at B; both clips have the length of the loop."""
        ...

    def reconstructed(self, clip: AudioClip) -> Tensor:
        """Magnitudes (channels, bins, columns) that the method has for the clip alone."""
        ...


class _Spectral:
    """A method that works on the spectrogram of one length."""

    def __init__(self, transform: CircularStft) -> None:
        self._transform = transform

    def _stft(self, clip: AudioClip) -> Tensor:
        return self._transform.forward(torch.from_numpy(clip.samples.T.copy()))

    def reconstructed(self, clip: AudioClip) -> Tensor:
        return self._stft(clip).abs()

    def _played(self, magnitude: Tensor, phase: Tensor) -> Samples:
        loop = griffin_lim(self._transform, magnitude, phase, N_ITERATIONS)
        return np.ascontiguousarray(loop.T.numpy())


class Mix(_Spectral):
    """A crossfade of the waveforms."""

    @torch.inference_mode()
    def between(self, a: AudioClip, b: AudioClip, position: float) -> Samples:
        mixed: Samples = np.asarray((1.0 - position) * a.samples + position * b.samples, np.float32)
        return mixed


class Magnitude(_Spectral):
    """A linear blend of magnitudes, from a random phase by fast Griffin-Lim."""

    @torch.inference_mode()
    def between(self, a: AudioClip, b: AudioClip, position: float) -> Samples:
        magnitude = torch.lerp(self._stft(a).abs(), self._stft(b).abs(), position)
        angle = torch.rand(magnitude.shape, generator=torch.Generator().manual_seed(0)) * (2.0 * math.pi)
        return self._played(magnitude, torch.polar(torch.ones_like(angle), angle))


class LogMagnitude(_Spectral):
    """A linear blend of levels in dB, from the phase of the mix."""

    @torch.inference_mode()
    def between(self, a: AudioClip, b: AudioClip, position: float) -> Samples:
        stft_a, stft_b = self._stft(a), self._stft(b)
        level = self._blended(log_magnitude(stft_a), log_magnitude(stft_b), position)
        return self._played(
            magnitude_from_db(level), unit_phase((1.0 - position) * stft_a + position * stft_b, 0)
        )

    def _blended(self, a: Tensor, b: Tensor, position: float) -> Tensor:
        return torch.lerp(a, b, position)


class PrincipalComponents(LogMagnitude):
    """A blend in the principal components of columns of levels in dB.

    Parameters
    ----------
    transform : CircularStft
    clips : sequence of AudioClip
        Whose columns the components are taken from; of the transform's length.
    n_components : int
    """

    def __init__(self, transform: CircularStft, clips: Sequence[AudioClip], n_components: int) -> None:
        super().__init__(transform)
        columns = torch.cat([log_magnitude(self._stft(clip)).mean(dim=0) for clip in clips], dim=1).T
        self._mean = columns.mean(dim=0)
        centred = columns - self._mean
        _, directions = torch.linalg.eigh(centred.T @ centred)
        self._directions = directions[:, -n_components:]

    def _through(self, level: Tensor) -> Tensor:
        scores = (level.transpose(-1, -2) - self._mean) @ self._directions
        through: Tensor = (scores @ self._directions.T + self._mean).transpose(-1, -2)
        return through

    def _blended(self, a: Tensor, b: Tensor, position: float) -> Tensor:
        return self._through(torch.lerp(a, b, position))

    @torch.inference_mode()
    def reconstructed(self, clip: AudioClip) -> Tensor:
        return magnitude_from_db(self._through(log_magnitude(self._stft(clip))))


class Rendered(_Spectral):
    """What an engine renders.

    Parameters
    ----------
    engine : MorphEngine or ClassicEngine
    transform : CircularStft
    even_spacing : bool
    """

    def __init__(self, engine: Engine, transform: CircularStft, even_spacing: bool = True) -> None:
        super().__init__(transform)
        self._engine = engine
        self._even_spacing = even_spacing

    def between(self, a: AudioClip, b: AudioClip, position: float) -> Samples:
        request = MorphRequest(
            (a, b), (1.0 - position, position), a.n_frames, even_spacing=self._even_spacing
        )
        return self._engine.render(request).samples

    @torch.inference_mode()
    def reconstructed(self, clip: AudioClip) -> Tensor:
        request = MorphRequest((clip,), (1.0,), clip.n_frames, detail=0.0, n_iterations=0)
        samples = self._engine.render(request).samples
        return self._stft(AudioClip(samples, clip.name)).abs()
