"""Which part of which loop is heard when: what stands between a request and the decoder.

A mixture is made of voices. A voice reads one source along a path and has a share at each column; a source
whose hits are left out has a second voice that reads what was before them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.dsp.stft import COLUMN_MULTIPLE, CircularStft, take_round
from morphstudio.morph.align import Pairs, match_onsets, readings
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.sources import Source, SourceCache, picked

_N_REMEMBERED = 4096
_TINY = 1e-12

Frames = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """One reading of one source.

    `path` says at which frame each column reads it; None where it is read straight. `share` and `detail`,
    float32 (columns,), are how much of its latent and of its detail is heard.
    """

    source: Source
    path: Frames | None
    share: Tensor
    detail: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The sources of one request with a weight above zero, brought to one channel count."""

    transform: CircularStft
    sources: tuple[Source, ...]
    weights: tuple[float, ...]
    voices: tuple[Voice, ...]
    n_channels: int

    @property
    def ceiling(self) -> float:
        """Largest sample of a render: full scale, or more where a source goes beyond it."""
        return max(1.0, *(source.peak for source in self.sources))

    @property
    def n_steps(self) -> int:
        """Latent steps of the loop."""
        return self.transform.n_columns // COLUMN_MULTIPLE

    @property
    def names(self) -> tuple[str, ...]:
        """Whose mixture it is, in a fixed order."""
        return tuple(sorted(source.clip.digest for source in self.sources))

    @property
    def distance_from_dots(self) -> float:
        """0 at a dot, 0.5 halfway between two."""
        return 1.0 - sum(weight * weight for weight in self.weights)

    @property
    def loudness_lufs(self) -> float:
        """Loudness that the weights ask for."""
        return sum(w * s.loudness_lufs for s, w in zip(self.sources, self.weights, strict=True))

    def latent(self, first: int, count: int) -> Tensor:
        """Blended latent of `count` steps from `first` on, round the loop: (channels, n_latent, count)."""
        total = torch.zeros((), device=self.transform.device)
        for voice in self.voices:
            share = voice.share.view(-1, COLUMN_MULTIPLE).mean(dim=-1)
            total = total + take_round(share, first, count) * self._voice_latent(voice, first, count)
        return total

    def columns(self, first: int, count: int) -> tuple[Tensor, Tensor, Tensor]:
        """Start STFT, detail in dB and reference level in dB of `count` columns from `first` on."""
        zero = torch.zeros((), device=self.transform.device)
        stft, detail, reference = zero, zero, zero
        for voice in self.voices:
            share = take_round(voice.share, first, count)
            own_stft, own_detail = self._voice_columns(voice, first, count)
            stft = stft + share * own_stft
            detail = detail + take_round(voice.detail, first, count) * own_detail
            reference = reference + share * voice.source.reference_db
        return stft, detail, reference

    def bands(self) -> Tensor:
        """Estimated log power in mel bands, (mels, columns) in nepers, without decoding anything.

        The spread of the detail adds to the power with the square of its share, as variances do.
        """
        total = torch.zeros_like(self.sources[0].bands.decoded)
        for voice in self.voices:
            bands = voice.source.bands
            parts = (bands.decoded, bands.offset, bands.spread)
            if voice.path is not None:
                decoded, offset, spread = (picked(x, voice.path / self.transform.hop) for x in parts)
            else:
                decoded, offset, spread = parts
            total += voice.share * decoded + voice.detail * offset + voice.detail.square() * spread
        return total

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

    def _voice_columns(self, voice: Voice, first: int, count: int) -> tuple[Tensor, Tensor]:
        source = voice.source
        if voice.path is None:
            return take_round(source.stft, first, count), take_round(source.detail_db, first, count)
        positions = voice.path[np.arange(first, first + count) % self.transform.n_columns]
        centres = torch.from_numpy(np.round(positions).astype(np.int64))
        stft = self.transform.read(source.loop, centres)
        return stft, picked(source.detail_db, positions / self.transform.hop)


class Mixer:
    """Makes mixtures, and remembers what belongs to pairs of loops: matches and agreements.

    Parameters
    ----------
    cache : SourceCache
    """

    def __init__(self, cache: SourceCache) -> None:
        self._cache = cache
        self._agreements: OrderedDict[tuple[str, str, int], float] = OrderedDict()
        self._matches: OrderedDict[tuple[str, str, int], Pairs] = OrderedDict()

    def mixture(self, request: MorphRequest) -> Mixture:
        """Prepare the sources that a request hears, and say how each is read."""
        heard = [(c, w) for c, w in zip(request.clips, request.weights, strict=True) if w > 0.0]
        sources = tuple(self._cache.source(clip, request.n_frames) for clip, _ in heard)
        weights = tuple(weight for _, weight in heard)
        transform = self._cache.transform(request.n_frames)
        voices = self._voices(transform, sources, weights, request)
        n_channels = max(source.stft.shape[0] for source in sources)
        return Mixture(transform, sources, weights, voices, n_channels)

    def _voices(
        self,
        transform: CircularStft,
        sources: tuple[Source, ...],
        weights: tuple[float, ...],
        request: MorphRequest,
    ) -> tuple[Voice, ...]:
        onsets = [source.onsets for source in sources]
        pairs = {
            (i, j): self._match(sources[i], sources[j])
            for i in range(len(sources))
            for j in range(i + 1, len(sources))
        }
        at = np.array([transform.centre(column) for column in range(transform.n_columns)], np.float64)
        device = self._cache.device
        agreements = torch.tensor([[self._agreement(s, other) for other in sources] for s in sources])
        agreements = agreements.to(device)
        if not request.align:
            shares = torch.tensor(weights, device=device)[:, None].expand(-1, transform.n_columns)
            details = request.detail * detail_shares(shares, agreements)
            return tuple(Voice(s, None, shares[i], details[i]) for i, s in enumerate(sources))
        found = readings(onsets, pairs, weights, at, transform.n_frames)
        shares = torch.from_numpy(np.stack([reading.share for reading in found])).float().to(device)
        details = request.detail * detail_shares(shares, agreements)
        voices = []
        for source, reading, share, detail in zip(sources, found, shares, details, strict=True):
            quiet = torch.from_numpy(reading.quiet).float().to(device)
            path = reading.path if bool(np.any(np.abs(reading.path - at) >= 1.0)) else None
            voices.append(Voice(source, path, share * (1.0 - quiet), detail * (1.0 - quiet)))
            if bool(np.any(reading.quiet > 0.0)):
                voices.append(Voice(source, reading.quiet_path, share * quiet, detail * quiet))
        return tuple(voices)

    def _match(self, a: Source, b: Source) -> Pairs:
        key = (a.clip.digest, b.clip.digest, a.clip.n_frames)
        if key not in self._matches:
            self._matches[key] = match_onsets(a.onsets, b.onsets, a.clip.n_frames)
            trim(self._matches)
        return self._matches[key]

    def _agreement(self, source: Source, other: Source) -> float:
        """Correlation of two sources' details, 0 to 1: what the decoder lost of both alike."""
        if source is other:
            return 1.0
        first, second = sorted((source, other), key=lambda s: s.clip.digest)
        key = (first.clip.digest, second.clip.digest, first.clip.n_frames)
        if key not in self._agreements:
            shared = float((first.detail_db * second.detail_db).mean())
            both = first.detail_rms_db * second.detail_rms_db
            self._agreements[key] = min(1.0, max(0.0, shared / both)) if both > _TINY else 0.0
            trim(self._agreements)
        return self._agreements[key]


def trim(remembered: OrderedDict[Any, Any]) -> None:
    """Forget the oldest entry of a memory that has grown beyond its bound."""
    if len(remembered) > _N_REMEMBERED:
        remembered.popitem(last=False)


def detail_shares(shares: Tensor, agreements: Tensor) -> Tensor:
    """How much of each source's detail is heard: all at a dot, fading with the fourth power of its share.

    Two details at once are what makes a mix sound like one, so they fade sooner than the sounds themselves.

    As far as the details of two sources agree, they stand in for each other and nothing fades: sounds that
    are the same blend to themselves.

    Parameters
    ----------
    shares : float32, shape (sources, columns)
    agreements : float32, shape (sources, sources)
        Between each two sources, 0 to 1; 1 of a source with itself.

    >>> detail_shares(torch.tensor([[0.5], [0.5]]), torch.eye(2)).flatten().tolist()
    [0.0625, 0.0625]
    >>> detail_shares(torch.tensor([[0.5], [0.5]]), torch.ones(2, 2)).flatten().tolist()
    [0.5, 0.5]
    """
    return shares * (agreements @ shares) ** 3
