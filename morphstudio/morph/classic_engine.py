"""The morph of the literature: blend one latent a loop, decode linear magnitudes, Griffin-Lim from noise.

Has the methods of `MorphEngine`, so that it plays on the same pad; what it renders is mono. Callable on any
thread, one at a time. Knows nothing of windows, devices or files.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.audio.resampling import resample_loop
from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim, unit_phase
from morphstudio.errors import ParameterError
from morphstudio.model.checkpoint import ClassicModel
from morphstudio.model.classic import CLASSIC_RATE_HZ, mono_loop, resample_columns, to_level
from morphstudio.morph.cache import LoopCache
from morphstudio.morph.explore import Explorer, Words, explore_words
from morphstudio.morph.path_render import finished
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.point import PointMeter
from morphstudio.morph.request import MorphFigures, MorphRequest, MorphResult
from morphstudio.morph.shaping import ShapedClips

_TINY = 1e-12
_MOST_GAIN = 10.0 ** (30.0 / 20.0)
"""A model that says next to nothing is not made loud at any price."""


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """All that the engine remembers of one loop at one length.

    `stft` is (1, bins, columns) of the loop at the model's rate, `latent` (1, n_latent); `factor` brings what
    is decoded to the loop's level.
    """

    stft: Tensor
    latent: Tensor
    factor: Tensor
    power: float
    peak: float

    @property
    def n_bytes(self) -> int:
        return sum(t.numel() * t.element_size() for t in (self.stft, self.latent))


class ClassicEngine:
    """Renders loops between loops with a model of the preset `classic`.

    Every render is decoded, at a dot too, and is mono.

    Parameters
    ----------
    model : ClassicModel
    device : torch.device

    Attributes
    ----------
    explore_words : tuple
        What lies at -1 and at 1 of both axes on which a sound is explored.
    """

    def __init__(self, model: ClassicModel, device: torch.device) -> None:
        self.model = model
        self.device = device
        self._vae = model.vae.to(device)
        self._cache: LoopCache[_Source] = LoopCache(device)
        self._explorer = Explorer(model.statistics, device)
        self._shapes = ShapedClips()
        self._points = PointMeter(device)
        self.explore_words = self._words()

    @property
    def has_room(self) -> bool:
        """Whether another loop can be prepared without forgetting one."""
        return self._cache.has_room

    @torch.inference_mode()
    def prepare(self, request: MorphRequest) -> None:
        """Shape and encode what a request hears, ahead of its first render; free where that was done."""
        self._heard(request)

    @torch.inference_mode()
    def get_ready(self, request: MorphRequest, is_cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Shift and encode what a request hears; free where that was done before. See `MorphEngine`."""
        if self._shapes.shaped(request, is_cancelled) is None:
            return False
        self._heard(request)
        return True

    @torch.inference_mode()
    def rehearse(self, request: MorphRequest) -> bool:
        """Encode what a request hears ahead of its first draft; returns False, for that is all."""
        if self._cache.can_spare:
            self._heard(request)
        return False

    @torch.inference_mode()
    def render(self, request: MorphRequest, is_cancelled: Callable[[], bool] = lambda: False) -> MorphResult:
        """Render the final of a request, from random phase. Same request, same bytes.

        Parameters
        ----------
        request : MorphRequest
            `detail`, `align` and `even_spacing` mean nothing here.
        is_cancelled : callable
            Asked between iterations; what is ready by then is returned.
        """
        began = time.perf_counter()
        sources = self._heard(request)
        magnitude = self._magnitude(sources, request.explore)
        transform = self._cache.transform(_n_model_frames(request.n_frames))
        noise = torch.zeros(magnitude.shape, dtype=torch.complex64, device=self.device)
        phase = unit_phase(noise, request.seed)
        loop = griffin_lim(transform, magnitude, phase, request.n_iterations, is_cancelled=is_cancelled)
        reached_db = convergence_db(transform, loop, magnitude)
        samples = _to_samples(loop, request, sources)
        render_ms = (time.perf_counter() - began) * 1000.0
        return MorphResult(samples, render_ms, reached_db)

    @torch.inference_mode()
    def draft(self, request: MorphRequest, start: int) -> Iterator[tuple[int, Samples]]:
        """Render without iterating, with the phase of the weighted sources.

        Yields
        ------
        start : int
            First frame of the region: 0, for the whole loop comes at once.
        samples : float32, shape (frames, 1)
        """
        del start
        sources = self._heard(request)
        magnitude = self._magnitude(sources, request.explore)
        stft = torch.stack([weight * source.stft for source, weight in sources]).sum(dim=0)
        spectrum = unit_phase(stft, request.seed) * magnitude
        loop = self._cache.transform(_n_model_frames(request.n_frames)).inverse(spectrum)
        yield 0, _to_samples(loop, request, sources)

    def rendering(self, request: PathRequest) -> Generator[float, None, MorphResult]:
        """Refuse a path: this model knows a loop only as a whole.

        Raises
        ------
        ParameterError
            Always.
        """
        raise ParameterError(
            "No path with this model",
            f"The classic model knows loops only as a whole, so it cannot render a path of"
            f" {len(request.clips)} sounds.",
            "Choose the factory model, or another of the studio's.",
        )

    def render_path(self, request: PathRequest) -> MorphResult:
        """Refuse a path; as `rendering`."""
        return finished(self.rendering(request))

    def _made(self, clip: AudioClip) -> _Source:
        loop = mono_loop(clip).to(self.device)
        stft = self._cache.transform(loop.shape[-1]).forward(loop).contiguous()
        x, factor = to_level(resample_columns(stft.abs(), self.model.vae.config.n_columns))
        latent = self._vae.encode(x).mean
        # Of what goes in, not of what the model hears of it: a loop may be stereo, and lie above 11 kHz.
        power = float(np.mean(np.square(clip.samples)))
        return _Source(stft, latent, factor, power, float(np.abs(clip.samples).max()))

    @torch.inference_mode()
    def measured(
        self, request: MorphRequest, samples: Samples, is_cancelled: Callable[[], bool] = lambda: False
    ) -> MorphFigures | None:
        """Measure the final of a request against the sounds that it is between; see `PointMeter`."""
        shaped = self._shapes.shaped(request, is_cancelled)
        if shaped is None:
            return None
        return self._points.measured(shaped, samples, self._cache.transform(request.n_frames), is_cancelled)

    @torch.inference_mode()
    def _words(self) -> Words:
        decoded = self._vae.decode(self._explorer.probes(0)[:, 0])
        levels_db = 20.0 * decoded.clamp_min(_TINY).log10()
        return explore_words(levels_db.transpose(-1, -2), CLASSIC_RATE_HZ)

    def _heard(self, request: MorphRequest) -> list[tuple[_Source, float]]:
        shaped = self._shapes.shaped(request)
        assert shaped is not None
        return [
            (self._cache.of(clip, request.n_frames, self._made), weight)
            for clip, weight in zip(shaped.clips, shaped.weights, strict=True)
            if weight > 0.0
        ]

    def _magnitude(self, sources: list[tuple[_Source, float]], explore: tuple[float, float]) -> Tensor:
        """Decoded magnitudes (1, bins, columns) of the blended latent, at a level between the loops'."""
        latent = torch.stack([weight * source.latent for source, weight in sources]).sum(dim=0)
        latent = latent + self._explorer.offset(explore)
        factor = torch.stack([weight * source.factor.log() for source, weight in sources]).sum(dim=0).exp()
        return resample_columns(self._vae.decode(latent), sources[0][0].stft.shape[-1]) * factor


def _n_model_frames(n_frames: int) -> int:
    """Frames of a loop at the model's rate."""
    return max(1, round(n_frames / 2))


def _to_samples(loop: Tensor, request: MorphRequest, sources: list[tuple[_Source, float]]) -> Samples:
    """Bring a loop (1, frames) to the request's rate, length and level; shape (frames, 1).

    The level is that between the sources', where the request wants it; no render goes beyond full scale, nor
    beyond a source that does.
    """
    if request.match_loudness:
        wanted = sum(weight * math.log(max(source.power, _TINY)) for source, weight in sources)
        power = max(float(loop.square().mean()), _TINY)
        loop = loop * min(_MOST_GAIN, math.exp(0.5 * (wanted - math.log(power))))
    samples = resample_loop(np.ascontiguousarray(loop.T.cpu().numpy()), request.n_frames)
    ceiling = max(1.0, *(source.peak for source, _ in sources))
    peak = float(np.abs(samples).max())
    if peak > ceiling:
        samples = samples * np.float32(ceiling / peak)
    samples.setflags(write=False)
    return samples
