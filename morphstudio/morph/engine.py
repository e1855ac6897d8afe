"""The morph: blend latents, decode, add the faded detail, start the phase from the sources, iterate.

Callable on any thread, one at a time. Knows nothing of windows, devices or files.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.dsp.features import mel_matrix, mel_power
from morphstudio.dsp.griffin_lim import griffin_lim, scaled, unit_phase
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import (
    COLUMN_MULTIPLE,
    N_BINS,
    CircularStft,
    log_magnitude,
    magnitude_from_db,
    take_round,
)
from morphstudio.model.checkpoint import LoadedModel
from morphstudio.model.vae import denormalise, normalise, reference_level_db
from morphstudio.morph.request import MorphRequest, MorphResult, Stage

_CACHE_BYTES = 768 * 1024 * 1024
_FIRST_REGION_FRAMES = 16_384
_NEXT_REGION_FRAMES = 65_536
_N_REMEMBERED = 4096
_KNEE = 0.9
_TINY = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class _Bands:
    """Log power in mel bands, (mels, columns) each, in nepers of power.

    `decoded` is what the decoder says; `offset` is the detail's mean, `spread` what its spread adds.
    """

    decoded: Tensor
    offset: Tensor
    spread: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """All that the engine remembers of one loop at one length; tensors are (channels, ...)."""

    clip: AudioClip
    stft: Tensor
    detail_db: Tensor
    latent: Tensor
    reference_db: Tensor
    power: Tensor
    detail_rms_db: float
    peak: float
    bands: _Bands

    @property
    def n_bytes(self) -> int:
        tensors = (self.stft, self.detail_db, self.latent)
        return sum(t.numel() * t.element_size() for t in tensors) + self.clip.samples.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class _Mixture:
    """The sources of one request with a weight above zero, brought to one channel count."""

    sources: tuple[_Source, ...]
    weights: tuple[float, ...]
    detail: tuple[float, ...]
    latent: Tensor
    reference_db: Tensor
    n_channels: int

    @property
    def ceiling(self) -> float:
        """Largest sample of a render: full scale, or more where a source goes beyond it."""
        return max(1.0, *(source.peak for source in self.sources))


class MorphEngine:
    """Renders loops between loops.

    Parameters
    ----------
    model : LoadedModel
    device : torch.device
    """

    def __init__(self, model: LoadedModel, device: torch.device) -> None:
        self.model = model
        self.device = device
        self._vae = model.vae.to(device)
        self._matrix = mel_matrix().to(device)
        self._bins_per_band = (self._matrix / self._matrix.sum(dim=0).clamp_min(_TINY)).sum(dim=1)
        self._transforms: OrderedDict[int, CircularStft] = OrderedDict()
        self._sources: OrderedDict[tuple[str, int], _Source] = OrderedDict()
        self._power_errors: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._agreements: OrderedDict[tuple[str, str, int], float] = OrderedDict()

    @property
    def has_room(self) -> bool:
        """Whether another loop can be prepared without forgetting one."""
        used = [source.n_bytes for source in self._sources.values()]
        return sum(used) + max(used, default=0) <= _CACHE_BYTES

    @torch.inference_mode()
    def prepare(self, clip: AudioClip, n_frames: int) -> None:
        """Encode a loop ahead of its first render; free where that was done before."""
        self._source(clip, n_frames)

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
        mixture = self._mixture(request)
        transform = self._transform(request.n_frames)
        if self._is_source_itself(mixture, request):
            samples, convergence_db = mixture.sources[0].clip.samples, -200.0
        else:
            level_db, stft = self._target(mixture, 0, mixture.latent.shape[-1])
            magnitude = magnitude_from_db(level_db)
            power = magnitude.square().mean()
            self._learn_power(mixture, power)
            magnitude *= self._gain_to_level(mixture, power)
            phase = unit_phase(stft, request.seed)
            loop, convergence_db = griffin_lim(
                transform, magnitude, phase, request.n_iterations, is_cancelled=is_cancelled
            )
            samples = _to_samples(close_seam(loop), mixture.ceiling)
        render_ms = (time.perf_counter() - began) * 1000.0
        return MorphResult(samples, Stage.FINAL, render_ms, convergence_db)

    @torch.inference_mode()
    def draft(self, request: MorphRequest, start: int) -> Iterator[tuple[int, Samples]]:
        """Render without iterating, from `start` on round the loop.

        Yields
        ------
        start : int
            First frame of the region.
        samples : float32, shape (frames, channels)
            Regions follow each other without a gap, the first one being short.
        """
        mixture = self._mixture(request)
        n_frames = request.n_frames
        if self._is_source_itself(mixture, request):
            yield 0, mixture.sources[0].clip.samples
            return
        transform = self._transform(n_frames)
        gain = self._gain_to_level(mixture, self._expected_power(mixture))
        done, size = 0, _FIRST_REGION_FRAMES
        while done < n_frames:
            first, length = (start + done) % n_frames, min(size, n_frames - done)
            column, n_columns = transform.columns_for(first, length)
            step = column // COLUMN_MULTIPLE
            skipped = column - step * COLUMN_MULTIPLE
            n_steps = min(-(-(skipped + n_columns) // COLUMN_MULTIPLE), mixture.latent.shape[-1])
            level_db, stft = self._target(mixture, step, n_steps)
            phase = unit_phase(stft, request.seed)
            spectrum = scaled(phase, magnitude_from_db(level_db).mul_(gain))
            spectrum = take_round(spectrum, skipped, n_columns)
            region = transform.inverse_region(spectrum, column, first, length)
            yield first, _to_samples(region, mixture.ceiling)
            done, size = done + length, _NEXT_REGION_FRAMES

    @staticmethod
    def _is_source_itself(mixture: _Mixture, request: MorphRequest) -> bool:
        return len(mixture.sources) == 1 and request.detail == 1.0

    def _transform(self, n_frames: int) -> CircularStft:
        if n_frames not in self._transforms:
            self._transforms[n_frames] = CircularStft(n_frames, self.device)
            while len(self._transforms) > 2:
                self._transforms.popitem(last=False)
        return self._transforms[n_frames]

    def _source(self, clip: AudioClip, n_frames: int) -> _Source:
        key = (clip.digest, n_frames)
        if key in self._sources:
            self._sources.move_to_end(key)
            return self._sources[key]
        fitted = clip.fitted(n_frames)
        loop = close_seam(torch.from_numpy(fitted.samples.T.copy()).to(self.device))
        stft = self._transform(n_frames).forward(loop).contiguous()
        level = log_magnitude(stft)
        reference = reference_level_db(level)
        latent = self._vae.encode(normalise(level, reference))[0]
        decoded = denormalise(self._vae.decode(latent), reference)
        detail = level - decoded
        source = _Source(
            fitted,
            stft,
            detail,
            latent,
            reference,
            stft.abs().square().mean(),
            float(detail.square().mean().sqrt()),
            float(loop.abs().max()),
            self._bands(level, decoded, detail),
        )
        self._sources[key] = source
        while sum(s.n_bytes for s in self._sources.values()) > _CACHE_BYTES and len(self._sources) > 1:
            self._sources.popitem(last=False)
        return source

    def _mixture(self, request: MorphRequest) -> _Mixture:
        heard = [(c, w) for c, w in zip(request.clips, request.weights, strict=True) if w > 0.0]
        sources = tuple(self._source(clip, request.n_frames) for clip, _ in heard)
        weights = tuple(weight for _, weight in heard)
        n_channels = max(source.stft.shape[0] for source in sources)
        latent = torch.stack(
            [w * s.latent.expand(n_channels, -1, -1) for s, w in zip(sources, weights, strict=True)]
        ).sum(dim=0)
        reference = torch.stack([w * s.reference_db for s, w in zip(sources, weights, strict=True)]).sum(
            dim=0
        )
        agreements = [[self._agreement(s, other) for other in sources] for s in sources]
        detail = tuple(request.detail * share for share in detail_shares(weights, agreements))
        return _Mixture(sources, weights, detail, latent, reference, n_channels)

    def _agreement(self, source: _Source, other: _Source) -> float:
        """Correlation of two sources' details, 0 to 1: what the decoder lost of both alike."""
        if source is other:
            return 1.0
        first, second = sorted((source, other), key=lambda s: s.clip.digest)
        key = (first.clip.digest, second.clip.digest, first.clip.n_frames)
        if key not in self._agreements:
            shared = float((first.detail_db * second.detail_db).mean())
            both = first.detail_rms_db * second.detail_rms_db
            self._agreements[key] = min(1.0, max(0.0, shared / both)) if both > _TINY else 0.0
            _trim(self._agreements)
        return self._agreements[key]

    def _target(self, mixture: _Mixture, first: int, count: int) -> tuple[Tensor, Tensor]:
        """Level in dB and start STFT (channels, bins, columns) of `count` latent steps, round the loop."""
        x = self._vae.decode_region(mixture.latent, first, count)
        level_db = denormalise(x, mixture.reference_db)
        shape = (mixture.n_channels, *level_db.shape[1:])
        stft = torch.zeros(shape, dtype=torch.complex64, device=self.device)
        first, count = first * COLUMN_MULTIPLE, count * COLUMN_MULTIPLE
        for source, weight, detail in zip(mixture.sources, mixture.weights, mixture.detail, strict=True):
            if detail > 0.0:
                level_db = level_db.add(take_round(source.detail_db, first, count), alpha=detail)
            stft.add_(take_round(source.stft, first, count), alpha=weight)
        return level_db, stft

    def _gain_to_level(self, mixture: _Mixture, power: Tensor) -> float:
        """Gain that brings a target of mean `power` to the level between its sources' levels."""
        level = sum(
            w * float(torch.log(s.power.clamp_min(_TINY)))
            for s, w in zip(mixture.sources, mixture.weights, strict=True)
        )
        return float(torch.exp(0.5 * (level - torch.log(power.clamp_min(_TINY)))))

    def _bands(self, level_db: Tensor, decoded_db: Tensor, detail_db: Tensor) -> _Bands:
        """Summarise a source for `_estimated_power`; arguments are (channels, bins, columns) in dB."""
        nepers = math.log(10.0) / 10.0
        whole, decoded = (
            torch.log(mel_power(magnitude_from_db(x), self._matrix).mean(dim=0).clamp_min(_TINY))
            for x in (level_db, decoded_db)
        )
        offset = torch.matmul(self._matrix, detail_db.mean(dim=0)) * nepers
        return _Bands(decoded, offset, whole - decoded - offset)

    def _expected_power(self, mixture: _Mixture) -> Tensor:
        """The estimate, put right by what finals of the same sources were off by."""
        error = self._power_errors.get(_names_of(mixture), 0.0) * _distance_from_dots(mixture)
        return self._estimated_power(mixture) * math.exp(error)

    def _learn_power(self, mixture: _Mixture, power: Tensor) -> None:
        """Remember how far the estimate is off between these sources, so that drafts match finals."""
        if (distance := _distance_from_dots(mixture)) < _TINY:
            return
        error = torch.log(power.clamp_min(_TINY) / self._estimated_power(mixture).clamp_min(_TINY))
        self._power_errors[_names_of(mixture)] = float(error) / distance
        _trim(self._power_errors)

    def _estimated_power(self, mixture: _Mixture) -> Tensor:
        """Mean power of the whole target, from a few bands of its sources, without decoding it.

        The spread of the detail adds to the power with the square of its share, as variances do.
        """
        bands = torch.zeros_like(mixture.sources[0].bands.decoded)
        for source, weight, detail in zip(mixture.sources, mixture.weights, mixture.detail, strict=True):
            bands.add_(source.bands.decoded, alpha=weight)
            bands.add_(source.bands.offset, alpha=detail)
            bands.add_(source.bands.spread, alpha=detail * detail)
        return (torch.exp(bands) * self._bins_per_band[:, None]).sum() / (bands.shape[1] * N_BINS)


def detail_shares(weights: Sequence[float], agreements: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """How much of each source's detail is heard: all at a dot, fading with the square of its weight.

    As far as the details of two sources agree, they stand in for each other and nothing fades: sounds that
    are the same blend to themselves.

    Parameters
    ----------
    weights : sequence of float
    agreements : sequence of sequences of float
        Between each two sources, 0 to 1; 1 of a source with itself.

    >>> detail_shares((0.5, 0.5), ((1.0, 0.0), (0.0, 1.0)))
    (0.25, 0.25)
    >>> detail_shares((0.5, 0.5), ((1.0, 1.0), (1.0, 1.0)))
    (0.5, 0.5)
    """
    return tuple(
        weight * sum(agreement * other for agreement, other in zip(row, weights, strict=True))
        for weight, row in zip(weights, agreements, strict=True)
    )


def _names_of(mixture: _Mixture) -> tuple[str, ...]:
    return tuple(sorted(source.clip.digest for source in mixture.sources))


def _distance_from_dots(mixture: _Mixture) -> float:
    """0 at a dot, 0.5 halfway between two."""
    return 1.0 - sum(weight * weight for weight in mixture.weights)


def _trim(remembered: OrderedDict[Any, float]) -> None:
    if len(remembered) > _N_REMEMBERED:
        remembered.popitem(last=False)


def _to_samples(loop: Tensor, ceiling: float) -> Samples:
    """Frames first; of a loop that goes beyond the ceiling, what comes near it is bent to stay below.

    Keeping the level makes sparse morphs of dense sources peakier than either.
    """
    if float(loop.abs().max()) > ceiling:
        knee, room = _KNEE * ceiling, (1.0 - _KNEE) * ceiling
        over = (loop.abs() - knee).clamp_min(0.0)
        loop = torch.where(over > 0.0, torch.sign(loop) * (knee + room * torch.tanh(over / room)), loop)
    samples: Samples = np.ascontiguousarray(loop.T.cpu().numpy())
    samples.setflags(write=False)
    return samples
