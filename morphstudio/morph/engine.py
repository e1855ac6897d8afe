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
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.dsp.features import mel_matrix, mel_power
from morphstudio.dsp.griffin_lim import griffin_lim, scaled, unit_phase
from morphstudio.dsp.onsets import Onsets, find_onsets
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
from morphstudio.morph.align import Pairs, match_onsets, moved_by, read_path
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
    """All that the engine remembers of one loop at one length; tensors are (channels, ...).

    `latent` holds a latent that begins at each column; every fourth makes the loop's own sequence.
    """

    clip: AudioClip
    loop: Tensor
    stft: Tensor
    detail_db: Tensor
    latent: Tensor
    reference_db: Tensor
    power: Tensor
    detail_rms_db: float
    peak: float
    bands: _Bands
    onsets: Onsets

    @property
    def n_bytes(self) -> int:
        tensors = (self.loop, self.stft, self.detail_db, self.latent)
        return sum(t.numel() * t.element_size() for t in tensors) + self.clip.samples.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class _Mixture:
    """The sources of one request with a weight above zero, brought to one channel count.

    `paths` says for each source at which frame each column reads it; None where it is read straight.
    """

    transform: CircularStft
    sources: tuple[_Source, ...]
    weights: tuple[float, ...]
    detail: tuple[float, ...]
    paths: tuple[NDArray[np.float64] | None, ...]
    reference_db: Tensor
    n_channels: int

    @property
    def ceiling(self) -> float:
        """Largest sample of a render: full scale, or more where a source goes beyond it."""
        return max(1.0, *(source.peak for source in self.sources))

    @property
    def n_steps(self) -> int:
        """Latent steps of the loop."""
        return self.transform.n_columns // COLUMN_MULTIPLE


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
        self._matches: OrderedDict[tuple[str, str], Pairs] = OrderedDict()

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
            level_db, stft = self._target(mixture, 0, mixture.n_steps)
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
            n_steps = min(-(-(skipped + n_columns) // COLUMN_MULTIPLE), mixture.n_steps)
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
        latent = self._encode_at_every_column(normalise(level, reference))
        decoded = denormalise(self._vae.decode(latent[..., ::COLUMN_MULTIPLE]), reference)
        detail = level - decoded
        source = _Source(
            fitted,
            loop,
            stft,
            detail,
            latent,
            reference,
            stft.abs().square().mean(),
            float(detail.square().mean().sqrt()),
            float(loop.abs().max()),
            self._bands(level, decoded, detail),
            find_onsets(loop, stft.abs(), self._matrix),
        )
        self._sources[key] = source
        while sum(s.n_bytes for s in self._sources.values()) > _CACHE_BYTES and len(self._sources) > 1:
            self._sources.popitem(last=False)
        return source

    def _encode_at_every_column(self, x: Tensor) -> Tensor:
        """Latents that begin at each column, not at every fourth only, shape (batch, n_latent, columns).

        Reading a loop along a path then needs no encoding; it picks the latents nearest to the path.
        """
        shifted = torch.cat([x.roll(-shift, dims=-1) for shift in range(COLUMN_MULTIPLE)])
        latents = self._vae.encode(shifted)[0]
        n_latent, n_steps = latents.shape[1:]
        latents = latents.view(COLUMN_MULTIPLE, -1, n_latent, n_steps).permute(1, 2, 3, 0)
        return latents.reshape(-1, n_latent, n_steps * COLUMN_MULTIPLE)

    def _mixture(self, request: MorphRequest) -> _Mixture:
        heard = [(c, w) for c, w in zip(request.clips, request.weights, strict=True) if w > 0.0]
        sources = tuple(self._source(clip, request.n_frames) for clip, _ in heard)
        weights = tuple(weight for _, weight in heard)
        n_channels = max(source.stft.shape[0] for source in sources)
        reference = torch.stack([w * s.reference_db for s, w in zip(sources, weights, strict=True)]).sum(
            dim=0
        )
        agreements = [[self._agreement(s, other) for other in sources] for s in sources]
        detail = tuple(request.detail * share for share in detail_shares(weights, agreements))
        transform = self._transform(request.n_frames)
        paths = self._paths(transform, sources, weights) if request.align else (None,) * len(sources)
        return _Mixture(transform, sources, weights, detail, paths, reference, n_channels)

    def _paths(
        self, transform: CircularStft, sources: tuple[_Source, ...], weights: tuple[float, ...]
    ) -> tuple[NDArray[np.float64] | None, ...]:
        """Where each source is read so that matched hits meet; see `align`."""
        n_frames = transform.n_frames
        onsets = [source.onsets for source in sources]
        pairs = {
            (i, j): self._match(sources[i], sources[j], n_frames)
            for i in range(len(sources))
            for j in range(i + 1, len(sources))
        }
        at = np.array([transform.centre(column) for column in range(transform.n_columns)], np.float64)
        paths: list[NDArray[np.float64] | None] = []
        for which in range(len(sources)):
            frames, shifts = moved_by(which, onsets, pairs, weights, n_frames)
            has_moved = bool(np.any(np.abs(shifts) >= 1.0))
            paths.append(read_path(frames, shifts, at, n_frames) if has_moved else None)
        return tuple(paths)

    def _match(self, a: _Source, b: _Source, n_frames: int) -> Pairs:
        key = (a.clip.digest, b.clip.digest)
        if key not in self._matches:
            self._matches[key] = match_onsets(a.onsets, b.onsets, n_frames)
            _trim(self._matches)
        return self._matches[key]

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
        context = self._vae.decoder_context
        is_whole = count + 2 * context >= mixture.n_steps
        begin, n_steps = (0, mixture.n_steps) if is_whole else (first - context, count + 2 * context)
        column, n_columns = first * COLUMN_MULTIPLE, count * COLUMN_MULTIPLE
        latent = stft = detail = torch.zeros((), device=self.device)
        for index, weight in enumerate(mixture.weights):
            latent = latent + weight * self._read_latent(mixture, index, begin, n_steps)
            source_stft, source_detail = self._read_columns(mixture, index, column, n_columns)
            stft = stft + weight * source_stft
            if mixture.detail[index] > 0.0:
                detail = detail + mixture.detail[index] * source_detail
        x = take_round(self._vae.decode(latent), (first - begin) * COLUMN_MULTIPLE, n_columns)
        level_db = denormalise(x, mixture.reference_db) + detail
        return level_db, stft.expand(level_db.shape).contiguous()

    def _read_latent(self, mixture: _Mixture, index: int, first: int, count: int) -> Tensor:
        """Latent of a source along its path, for `count` steps from `first` on."""
        source, path = mixture.sources[index], mixture.paths[index]
        if path is None:
            return take_round(source.latent[..., ::COLUMN_MULTIPLE], first, count)
        n_loop = mixture.transform.n_columns
        columns = np.arange(first * COLUMN_MULTIPLE, (first + count) * COLUMN_MULTIPLE) % n_loop
        positions = path[columns].reshape(-1, COLUMN_MULTIPLE).mean(axis=1) / mixture.transform.hop
        # A latent stands for the column that it begins at and the three after it.
        return self._pick(source.latent, positions - (COLUMN_MULTIPLE - 1) / 2)

    def _read_columns(self, mixture: _Mixture, index: int, first: int, count: int) -> tuple[Tensor, Tensor]:
        """STFT and detail of a source along its path, for `count` columns from `first` on."""
        source, path = mixture.sources[index], mixture.paths[index]
        if path is None:
            return take_round(source.stft, first, count), take_round(source.detail_db, first, count)
        positions = path[np.arange(first, first + count) % mixture.transform.n_columns]
        centres = torch.from_numpy(np.round(positions).astype(np.int64))
        stft = mixture.transform.read(source.loop, centres)
        return stft, self._pick(source.detail_db, positions / mixture.transform.hop)

    def _pick(self, x: Tensor, columns: NDArray[np.float64]) -> Tensor:
        """The nearest entries of the last axis, round the loop."""
        nearest = np.round(columns).astype(np.int64) % x.shape[-1]
        return x.index_select(-1, torch.from_numpy(nearest).to(self.device))

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
        for index, source in enumerate(mixture.sources):
            weight, detail, path = mixture.weights[index], mixture.detail[index], mixture.paths[index]
            summary = weight * source.bands.decoded
            summary.add_(source.bands.offset, alpha=detail).add_(source.bands.spread, alpha=detail * detail)
            if path is not None:
                summary = self._pick(summary, path / mixture.transform.hop)
            bands += summary
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


def _trim(remembered: OrderedDict[Any, Any]) -> None:
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
