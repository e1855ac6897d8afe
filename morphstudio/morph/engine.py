"""The morph: blend latents, decode, add the faded detail, start the phase from the sources, iterate.

Callable on any thread, one at a time. Knows nothing of windows, devices or files.
"""

from __future__ import annotations

import itertools
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ, AudioClip, Samples
from morphstudio.dsp.ceiling import bent_below
from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim, unit_phase
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import COLUMN_MULTIPLE, magnitude_from_db
from morphstudio.model.checkpoint import LoadedModel
from morphstudio.model.vae import denormalise
from morphstudio.morph.explore import Explorer, Words, explore_words, exploring_detail
from morphstudio.morph.mixture import Mixer, Mixture, trim
from morphstudio.morph.path_render import PathRenderer, finished
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.point import PointMeter
from morphstudio.morph.request import MorphFigures, MorphRequest, MorphResult
from morphstudio.morph.shaping import ShapedClips
from morphstudio.morph.sources import BandLevels, RowDecoder, Sources
from morphstudio.morph.spacing import BandMeter, EvenSpacing
from morphstudio.morph.target import better_start, target, tidy, to_samples, whole_target

_FIRST_REGION_FRAMES = 4096
_NEXT_REGION_FRAMES = 8192
_N_LEVELLINGS = 3
_MOST_EXTRA_DB = 6.0
_N_STEPS_TRIED = 24
_LEAST_DISTANCE = 0.05
_MOST_LEARNT_DB = 6.0
_USUAL_ERROR_DB = 3.2
"""Phases that do not fit together cost a draft halfway about half of this."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelFacts:
    """What the file of a model says of it, without the weights: the engine has its own, in another order."""

    name: str
    card: dict[str, Any]


class MorphEngine:
    """Renders loops between loops.

    Parameters
    ----------
    model : LoadedModel
    device : torch.device

    Attributes
    ----------
    explore_words : tuple
        What lies at -1 and at 1 of both axes on which a sound is explored.
    """

    def __init__(self, model: LoadedModel, device: torch.device) -> None:
        self.model = ModelFacts(model.name, model.card)
        self.device = device
        self._sources = sources = Sources(model.vae.to(device), device)
        self._explorer = Explorer(model.statistics, device)
        self.explore_words = self._words(sources.quick_decoder)
        self._shapes = ShapedClips()
        self._points = PointMeter(device)
        self._cache, self._bands_of = sources.cache, sources.bands
        self._decoder, self._quick_decoder = sources.decoder, sources.quick_decoder
        self._mixer = Mixer(sources)
        self._meter = BandMeter()
        self._spacing = EvenSpacing(self._mixer, self._meter)
        self._paths = PathRenderer(sources, self._shapes, self._mixer, self._spacing, self._meter)
        self._level_errors: OrderedDict[tuple[object, ...], float] = OrderedDict()

    @property
    def has_room(self) -> bool:
        """Whether another loop can be prepared without forgetting one."""
        return self._cache.has_room

    @torch.inference_mode()
    def prepare(self, request: MorphRequest) -> None:
        """Shape and encode what a request hears, ahead of its first render; free where that was done."""
        shaped = self._shaped(request)
        for clip, weight in zip(shaped.clips, shaped.weights, strict=True):
            if weight > 0.0:
                self._sources.of(clip, shaped.n_frames)

    @torch.inference_mode()
    def get_ready(self, request: MorphRequest, is_cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Shift and encode what a request hears, so that its draft begins at once; free where that was done.

        Parameters
        ----------
        request : MorphRequest
        is_cancelled : callable
            Asked between sounds that have to be shaped, which takes as long as several drafts.

        Returns
        -------
        bool
            False if it was cancelled.
        """
        shaped = self._shapes.shaped(request, is_cancelled)
        if shaped is None:
            return False
        if _source_itself(shaped) is None:
            self.prepare(shaped)
        return True

    @torch.inference_mode()
    def rehearse(self, request: MorphRequest) -> bool:
        """Find out ahead of a first draft between these sounds what it would have to, a little at a time.

        Returns
        -------
        bool
            Whether there is more to find out: to be called again then.
        """
        if not self._shapes.holds(request):
            if not self._cache.can_spare:
                return False
            self._shapes.shaped(request, lambda: True)
            return True
        request = self._shaped(request)
        for clip, weight in zip(request.clips, request.weights, strict=True):
            if weight > 0.0 and not self._cache.holds(clip, request.n_frames):
                if not self._cache.can_spare:
                    return False
                self._sources.of(clip, request.n_frames)
                return True
        return request.even_spacing and self._spacing.rehearse(request)

    @torch.inference_mode()
    def render(self, request: MorphRequest, is_cancelled: Callable[[], bool] = lambda: False) -> MorphResult:
        """Render the final of a request. Same request, same bytes.

        At a dot, with full detail, the sound is the source itself.

        Parameters
        ----------
        request : MorphRequest
        is_cancelled : callable
            Asked between iterations; what is ready by then is returned.
        """
        began = time.perf_counter()
        request = self._shaped(request)
        source = _source_itself(request)
        if source is not None:
            samples, reached_db = source.samples, -200.0
        else:
            mixture = self._mixture(request)
            loop, draft, reached_db = self._iterated(request, mixture, is_cancelled)
            tidy(mixture)
            loop = close_seam(loop)
            if request.match_loudness:
                if draft is not None:
                    self._learn_level(request, mixture, draft)
                loop = loop * 10.0 ** (_gain_to_level_db(loop, mixture) / 20.0)
            samples = to_samples(bent_below(loop, mixture.ceiling))
        render_ms = (time.perf_counter() - began) * 1000.0
        return MorphResult(samples, render_ms, reached_db)

    @torch.inference_mode()
    def draft(self, request: MorphRequest, start: int) -> Iterator[tuple[int, Samples]]:
        """Render without iterating, from `start` on round the loop.

        Its level is an estimate, nearer to the final's once there was a final between the same sounds.

        Yields
        ------
        start : int
            First frame of the region.
        samples : float32, shape (frames, channels)
            Regions follow each other without a gap, the first one being short.
        """
        request = self._shaped(request)
        source = _source_itself(request)
        if source is not None:
            yield 0, source.samples
            return
        mixture = self._mixture(request)
        n_frames, transform = request.n_frames, mixture.transform
        gain = 10.0 ** (self._expected_gain_db(request, mixture) / 20.0) if request.match_loudness else 1.0
        done, size = 0, _FIRST_REGION_FRAMES
        while done < n_frames:
            first, length = (start + done) % n_frames, min(size, n_frames - done)
            column, n_columns = transform.columns_for(first, length)
            level_db, stft = target(mixture, self._quick_decoder, column, n_columns)
            phase = unit_phase(stft, request.seed)
            spectrum = phase * magnitude_from_db(level_db).mul_(gain)
            region = transform.inverse_region(spectrum, column, first, length)
            yield first, to_samples(bent_below(region, mixture.ceiling))
            done, size = done + length, _NEXT_REGION_FRAMES

    @torch.inference_mode()
    def rendering(self, request: PathRequest) -> Generator[float, None, MorphResult]:
        """Render a path, a step at a time: other renders may come in between. Same request, same bytes.

        Where the path stays at a dot, with full detail, the sound is the source itself but for rounding.

        Yields
        ------
        float
            Which share of the work is done, up to 1. The result is what it returns.
        """
        return (yield from self._paths.rendering(request))

    def render_path(self, request: PathRequest) -> MorphResult:
        """Render a path, all at once; as `rendering`."""
        return finished(self.rendering(request))

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
    def _words(self, decoder: RowDecoder) -> Words:
        decoded = decoder(self._explorer.probes(decoder.context))
        return explore_words(denormalise(decoded, torch.zeros(())), RATE_HZ)

    def _shaped(self, request: MorphRequest) -> MorphRequest:
        shaped = self._shapes.shaped(request)
        assert shaped is not None
        return shaped

    def _mixture(self, request: MorphRequest) -> Mixture:
        shares = self._spacing.shares(request) if request.even_spacing else None
        mixture = self._mixer.mixture(request, shares)
        if not request.is_exploring:
            return mixture
        detail = mixture.detail * np.float32(exploring_detail(request.explore))
        return replace(mixture, detail=detail, offset=self._explorer.offset(request.explore))

    def _iterated(
        self, request: MorphRequest, mixture: Mixture, is_cancelled: Callable[[], bool]
    ) -> tuple[Tensor, Tensor | None, float]:
        """The loop that iterating finds, what a draft would be unless cancelled, and the convergence reached.

        Spectra, the largest things by far, are gone when it returns.
        """
        transform = mixture.transform
        magnitude, stft = whole_target(mixture, self._decoder)
        tidy(mixture)
        start, seed = stft, request.seed
        if request.n_iterations and not is_cancelled():
            start = better_start(mixture, magnitude, stft, seed)
        loop = griffin_lim(transform, magnitude, start, request.n_iterations, seed, is_cancelled)
        del start
        draft = None if is_cancelled() else griffin_lim(transform, magnitude, stft, 0, seed)
        return loop, draft, convergence_db(transform, loop, magnitude)

    def _expected_gain_db(self, request: MorphRequest, mixture: Mixture) -> float:
        """Gain to the wanted loudness by estimate, put right by what finals of the same sources needed."""
        error = sum(
            distance * self._level_errors.get(key, _USUAL_ERROR_DB)
            for key, distance in _distances(request, mixture).items()
        )
        estimate = self._meter.gain_db(
            mixture.sources, mixture.weights, self._expected_bands(request, mixture)
        )
        return estimate + min(max(error, -_MOST_LEARNT_DB), _MOST_LEARNT_DB)

    def _expected_bands(self, request: MorphRequest, mixture: Mixture) -> BandLevels:
        """Estimated log power in mel bands, (some columns, mels) in nepers; decodes only what was moved."""
        if mixture.offset is None:
            return mixture.bands(request.detail)
        # Every so many steps, one after the other as if they were neighbours: for a mean that will do.
        (source,), decoder = mixture.sources, self._quick_decoder
        n_steps = len(source.bands.whole) // COLUMN_MULTIPLE
        steps = np.arange(0, n_steps, -(-n_steps // _N_STEPS_TRIED))
        around = np.arange(-decoder.context, len(steps) + decoder.context) % len(steps)
        latent = source.latent[:1, torch.from_numpy(COLUMN_MULTIPLE * steps[around]).to(self.device)]
        reference_db = torch.tensor(source.reference_db)
        decoded_db = denormalise(decoder(torch.cat([latent, latent + mixture.offset])), reference_db)
        columns = (COLUMN_MULTIPLE * steps[:, None] + np.arange(COLUMN_MULTIPLE)).reshape(-1)
        whole, decoded = source.bands.whole[columns], source.bands.decoded[columns]
        moved = self._bands_of(decoded_db[1:]) - self._bands_of(decoded_db[:1])
        bands: BandLevels = decoded + moved + mixture.detail[columns, None] * (whole - decoded)
        return bands

    def _learn_level(self, request: MorphRequest, mixture: Mixture, draft: Tensor) -> None:
        """Remember how far the estimate is off around these sources, so that drafts match finals."""
        distances = _distances(request, mixture)
        # Near a dot there is little to learn from, and it would be blown up for the rest of the way.
        if sum(distances.values()) < _LEAST_DISTANCE:
            return
        missing = _gain_to_level_db(draft, mixture) - self._expected_gain_db(request, mixture)
        scale = sum(distance * distance for distance in distances.values())
        for key, distance in distances.items():
            self._level_errors[key] = (
                self._level_errors.get(key, _USUAL_ERROR_DB) + missing * distance / scale
            )
            trim(self._level_errors)


def _source_itself(request: MorphRequest) -> AudioClip | None:
    """The clip that a request at a dot, with all its detail, is to give back as it is."""
    heard = [clip for clip, weight in zip(request.clips, request.weights, strict=True) if weight > 0.0]
    is_itself = len(heard) == 1 and request.detail == 1.0 and not request.is_exploring
    return heard[0].fitted(request.n_frames) if is_itself else None


def _distances(request: MorphRequest, mixture: Mixture) -> dict[tuple[object, ...], float]:
    """How far a request is from its sounds, on each of the ways that lead from them; what errors grow with.

    Between two sounds it is 0.5 halfway, in the neighbourhood of one 0.5 where exploring ends.
    """
    options = (request.detail, request.align, request.even_spacing)
    heard = list(zip(mixture.sources, mixture.weights, strict=True))
    between: dict[tuple[object, ...], float] = {
        (*sorted((a.digest, b.digest)), *options): 2.0 * weight_a * weight_b
        for (a, weight_a), (b, weight_b) in itertools.combinations(heard, 2)
    }
    around: dict[tuple[object, ...], float] = {
        (mixture.sources[0].digest, axis, amount > 0.0, request.detail): 0.5 * abs(amount)
        for axis, amount in enumerate(request.explore)
        if amount
    }
    return between | around


def _gain_to_level_db(loop: Tensor, mixture: Mixture) -> float:
    """Gain that brings a loop to the loudness that the weights ask for.

    What is bent below the ceiling is made up for as far as it can be.
    """
    wanted = mixture.loudness_lufs
    gain_db = missing = wanted - loudness_lufs(loop)
    for _ in range(_N_LEVELLINGS):
        levelled = loop * 10.0 ** (gain_db / 20.0)
        if float(levelled.abs().max()) <= mixture.ceiling:
            break
        gain_db += wanted - loudness_lufs(bent_below(levelled, mixture.ceiling))
        gain_db = min(gain_db, missing + _MOST_EXTRA_DB)
    return gain_db
