"""Which part of which loop is heard when: what stands between a request and the decoder.

A mixture is made of voices. A voice reads one source along a path and has a share at each column; a source
whose hits are left out has a second voice that reads what is softer, before them or after them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.dsp.stft import COLUMN_MULTIPLE, CircularStft, log_magnitude, take_round
from morphstudio.morph.align import Field, Pairs, field_between, match_onsets, readings
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.sources import Source, Sources, picked
from morphstudio.morph.transport import Transport

ESTIMATE_COLUMNS = 8
"""Every so many columns are looked at where an estimate is enough."""

_N_REMEMBERED = 4096
_LEAST_DETAIL = 0.5
_UNLIKE_NEPERS = 1.0

Frames = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One reading of one source.

    `path` says at which frame each column reads it; None where it is read straight. `share`, float32
    (columns,), is how much of it is heard; `places` is its map in frequency, None where nothing moves.
    """

    source: Source
    path: Frames | None
    share: Tensor
    places: Tensor | None


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The sources of one request with a weight above zero.

    `detail`, float32 (columns,), is how much of what the decoder loses is given back; `loudness_lufs` is what
    was asked for.
    """

    transform: CircularStft
    sources: tuple[Source, ...]
    weights: tuple[float, ...]
    voices: tuple[Voice, ...]
    detail: Tensor
    loudness_lufs: float
    transport: Transport

    @property
    def ceiling(self) -> float:
        """Largest sample of a render: full scale, or more where a source goes beyond it."""
        return max(1.0, *(source.peak for source in self.sources))

    @property
    def n_steps(self) -> int:
        """Latent steps of the loop."""
        return self.transform.n_columns // COLUMN_MULTIPLE

    def latent(self, first: int, count: int) -> Tensor:
        """Blended latent of `count` steps from `first` on, round the loop: (channels, n_latent, count)."""
        total = torch.zeros((), device=self.transform.device)
        for voice in self.voices:
            share = take_round(voice.share.view(-1, COLUMN_MULTIPLE).mean(dim=-1), first, count)
            if bool(share.any()):
                total = total + share * self._voice_latent(voice, first, count)
        return total

    def columns(self, first: int, count: int) -> tuple[Tensor, Tensor, Tensor]:
        """Start STFT, carried level in dB and reference level in dB of `count` columns from `first` on.

        The carried level is that of the sources, each moved in frequency to where all of them meet.
        """
        stft = level = reference = torch.zeros((), device=self.transform.device)
        for voice in self.voices:
            share = take_round(voice.share, first, count)
            if not bool(share.any()):
                continue
            own = self._voice_stft(voice, first, count)
            own_level = log_magnitude(own)
            if voice.places is not None:
                own_level = self.transport.moved(own_level, voice.places)
            stft = stft + share * own
            level = level + share * own_level
            reference = reference + share * voice.source.reference_db
        return stft, level, reference

    def bands(self) -> Tensor:
        """Estimated log power in mel bands, (mels, every eighth column) in nepers, decoding nothing."""
        columns = np.arange(0, self.transform.n_columns, ESTIMATE_COLUMNS)
        decoded = carried = torch.zeros((), device=self.transform.device)
        for voice in self.voices:
            share = voice.share[::ESTIMATE_COLUMNS]
            positions = self._positions(voice, columns)
            whole = picked(voice.source.bands.whole, positions)
            if voice.places is not None:
                whole = self.transport.moved_bands(whole, voice.places)
            decoded = decoded + share * picked(voice.source.bands.decoded, positions)
            carried = carried + share * whole
        return torch.lerp(decoded, carried, self.detail[::ESTIMATE_COLUMNS].expand_as(decoded))

    def _positions(self, voice: Voice, columns: NDArray[np.intp]) -> Frames:
        """Where a voice is read at some columns, in columns of its source."""
        columns = columns % self.transform.n_columns
        if voice.path is None:
            return columns.astype(np.float64)
        return voice.path[columns] / self.transform.hop

    def _voice_latent(self, voice: Voice, first: int, count: int) -> Tensor:
        if voice.path is None:
            return take_round(voice.source.latent[..., ::COLUMN_MULTIPLE], first, count)
        columns = np.arange(first * COLUMN_MULTIPLE, (first + count) * COLUMN_MULTIPLE)
        path = voice.path[columns % self.transform.n_columns].reshape(-1, COLUMN_MULTIPLE)
        # Relative to the first, because a path may wrap round the loop between two columns.
        n_frames = self.transform.n_frames
        ahead = (path - path[:, :1] + n_frames / 2) % n_frames - n_frames / 2
        positions = (path[:, 0] + ahead.mean(axis=1)) / self.transform.hop
        # A latent stands for the column that it begins at and the three after it.
        return picked(voice.source.latent, positions - (COLUMN_MULTIPLE - 1) / 2)

    def _voice_stft(self, voice: Voice, first: int, count: int) -> Tensor:
        if voice.path is None:
            return take_round(voice.source.stft, first, count)
        positions = voice.path[np.arange(first, first + count) % self.transform.n_columns]
        centres = torch.from_numpy(np.round(positions).astype(np.int64))
        return self.transform.read(voice.source.extended, centres)


class Mixer:
    """Makes mixtures, and remembers what belongs to pairs of loops: matches and agreements.

    Parameters
    ----------
    sources : Sources
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._agreements: OrderedDict[tuple[str, str, int], float] = OrderedDict()
        self._matches: OrderedDict[tuple[str, str, int], tuple[Pairs, Field, Field]] = OrderedDict()

    def mixture(self, request: MorphRequest, shares: Sequence[float] | None = None) -> Mixture:
        """Prepare the sources that a request hears, and say how each is read.

        Parameters
        ----------
        request : MorphRequest
            Times, hits and loudness follow its weights.
        shares : sequence of float
            What the spectrum follows, where it is not the weights.
        """
        heard = [index for index, weight in enumerate(request.weights) if weight > 0.0]
        sources = tuple(self._sources.cache.of(request.clips[index], request.n_frames) for index in heard)
        weights = tuple(request.weights[index] for index in heard)
        base = tuple(shares[index] for index in heard) if shares else weights
        transform = self._sources.cache.transform(request.n_frames)
        voices, heard_shares = self._voices(transform, sources, weights, base, request.align)
        agreements = torch.tensor([[self._agreement(s, other) for other in sources] for s in sources])
        detail = request.detail * detail_share(heard_shares, agreements.to(self._sources.device))
        loudness = sum(w * s.loudness_lufs for w, s in zip(weights, sources, strict=True))
        return Mixture(transform, sources, weights, voices, detail, loudness, self._sources.transport)

    def _voices(
        self,
        transform: CircularStft,
        sources: tuple[Source, ...],
        weights: tuple[float, ...],
        base: tuple[float, ...],
        align: bool,
    ) -> tuple[tuple[Voice, ...], Tensor]:
        device = self._sources.device
        places: list[Tensor] | list[None] = [None] * len(sources)
        if len(sources) > 1:
            places = self._sources.transport.maps([source.bands.cumulated for source in sources], base)
        if not align:
            straight = torch.tensor(base, device=device)[:, None].repeat(1, transform.n_columns)
            return tuple(map(Voice, sources, [None] * len(sources), straight, places)), straight
        onsets = [source.onsets for source in sources]
        pairs: dict[tuple[int, int], Pairs] = {}
        fields: dict[tuple[int, int], Field] = {}
        for i in range(len(sources)):
            for j in range(i + 1, len(sources)):
                pairs[i, j], fields[i, j], fields[j, i] = self._match(sources[i], sources[j])
        at = transform.centres.numpy().astype(np.float64)
        found = readings(onsets, pairs, fields, weights, base, at, transform.n_frames)
        shares = torch.from_numpy(np.stack([reading.share for reading in found])).float().to(device)
        voices = []
        for source, reading, share, place in zip(sources, found, shares, places, strict=True):
            quiet = torch.from_numpy(reading.quiet).float().to(device)
            path = reading.path if bool(np.any(np.abs(reading.path - at) >= 1.0)) else None
            voices.append(Voice(source, path, share * (1.0 - quiet), place))
            if bool(np.any(reading.quiet > 0.0)):
                voices.append(Voice(source, reading.quiet_path, share * quiet, place))
        return tuple(voices), shares

    def _match(self, a: Source, b: Source) -> tuple[Pairs, Field, Field]:
        """Matches of two loops, and their fields there and back; the same, whichever comes first."""
        if b.clip.digest < a.clip.digest:
            swapped, back, there = self._match(b, a)
            return swapped[:, ::-1], there, back
        key = (a.clip.digest, b.clip.digest, a.clip.n_frames)
        if key not in self._matches:
            n_frames = a.clip.n_frames
            pairs = match_onsets(a.onsets, b.onsets, n_frames)
            reverse = pairs[np.argsort(pairs[:, 1], kind="stable"), ::-1]
            there = field_between(a.onsets, b.onsets, pairs, n_frames)
            self._matches[key] = (pairs, there, field_between(b.onsets, a.onsets, reverse, n_frames))
            trim(self._matches)
        return self._matches[key]

    def _agreement(self, source: Source, other: Source) -> float:
        """How alike two loops are: 1 if they sound the same, 0 if not at all alike."""
        if source is other:
            return 1.0
        first, second = sorted((source, other), key=lambda s: s.clip.digest)
        key = (first.clip.digest, second.clip.digest, first.clip.n_frames)
        if key not in self._agreements:
            apart = float((first.bands.whole - second.bands.whole).square().mean().sqrt())
            self._agreements[key] = max(0.0, 1.0 - apart / _UNLIKE_NEPERS)
            trim(self._agreements)
        return self._agreements[key]


def trim(remembered: OrderedDict[Any, Any]) -> None:
    """Forget the oldest entry of a memory that has grown beyond its bound."""
    if len(remembered) > _N_REMEMBERED:
        remembered.popitem(last=False)


def detail_share(shares: Tensor, agreements: Tensor) -> Tensor:
    """How much of what the decoder loses is given back: all at a dot, half of it far from any.

    As far as sounds agree nothing fades: a sound blends with itself to itself.

    Parameters
    ----------
    shares : float32, shape (sources, columns)
    agreements : float32, shape (sources, sources)
        Between each two sources, 0 to 1; 1 of a source with itself.

    Returns
    -------
    float32, shape (columns,)

    >>> detail_share(torch.tensor([[1.0, 0.5], [0.0, 0.5]]), torch.eye(2)).tolist()
    [1.0, 0.625]
    >>> detail_share(torch.tensor([[0.5], [0.5]]), torch.ones(2, 2)).tolist()
    [1.0]
    """
    closeness = (shares * (agreements @ shares)).sum(dim=0)
    return _LEAST_DETAIL + (1.0 - _LEAST_DETAIL) * closeness.square()
