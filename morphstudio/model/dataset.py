"""Endless training examples, made while training: crops, patterns of one-shots, rendered loops.

Sounds come in as clips; nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.dsp.stft import HOP, N_BINS, N_FFT, log_magnitude

Mono = NDArray[np.float32]
N_COLUMNS = 128
"""Columns of one example: about 1.5 s."""
N_FRAMES = N_FFT + HOP * (N_COLUMNS - 1)
_SHORT_S = 1.5
_MAX_SEMITONES = 7.0


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of the kinds of example; what has no sounds is left out."""

    rendered: float = 0.4
    recorded: float = 0.25
    patterns: float = 0.35


class ExampleSampler:
    """Draws training examples.

    Parameters
    ----------
    clips : sequence of AudioClip
        Recorded sounds; those under 1.5 s are one-shots, of which patterns are made.
    rendered : sequence of AudioClip
        Rendered loops.
    seed : int
    """

    def __init__(self, clips: Sequence[AudioClip], rendered: Sequence[AudioClip], seed: int) -> None:
        self._recorded = _channels(clips)
        self._hits = _channels([clip for clip in clips if clip.duration_s < _SHORT_S])
        self._rendered = _channels(rendered)
        self._rng = np.random.default_rng(seed)
        mix = Mix()
        weights = np.array(
            [
                mix.rendered * bool(self._rendered),
                mix.recorded * bool(self._recorded),
                mix.patterns * bool(self._hits),
            ]
        )
        self._shares = weights / weights.sum()

    def batch(self, size: int) -> Tensor:
        """`size` examples, float32 (size, N_FRAMES)."""
        return torch.from_numpy(np.stack([self._example() for _ in range(size)]))

    def _example(self) -> Mono:
        sound = self._one()
        if self._rng.random() < 0.15:
            sound = sound + self._one() * _gain(self._rng, -12.0, 0.0)
        if self._rng.random() < 0.2:
            noise = self._rng.standard_normal(len(sound)).astype(np.float32)
            sound = sound + noise * np.float32(np.abs(sound).max()) * _gain(self._rng, -70.0, -35.0)
        return sound

    def _one(self) -> Mono:
        make = (self._crop_rendered, self._crop_recorded, self._pattern)[self._rng.choice(3, p=self._shares)]
        for _ in range(8):
            sound = make()
            peak = float(np.abs(sound).max())
            if peak > 1e-4:
                return sound / np.float32(peak)
        return self._rng.standard_normal(N_FRAMES).astype(np.float32)

    def _crop_rendered(self) -> Mono:
        return self._crop(self._rendered)

    def _crop_recorded(self) -> Mono:
        return self._crop(self._recorded)

    def _crop(self, pool: list[Mono]) -> Mono:
        """Crop from a random place of a sound that repeats, at a random pitch."""
        sound = pool[self._rng.integers(len(pool))]
        ratio = _pitch_ratio(self._rng) if self._rng.random() < 0.7 else 1.0
        start = self._rng.uniform(0, len(sound))
        if ratio == 1.0:
            return np.take(sound, np.arange(int(start), int(start) + N_FRAMES), mode="wrap")
        return _resampled(sound, start, ratio, N_FRAMES)

    def _pattern(self) -> Mono:
        """Play some one-shots on a sixteenth grid, as a drummer or a bass player might."""
        rng = self._rng
        step = int(60.0 / rng.uniform(80.0, 180.0) / 4.0 * RATE_HZ)
        swing = int(step * rng.uniform(0.0, 0.3))
        out = np.zeros(N_FRAMES, np.float32)
        offset = int(rng.integers(step))
        for _ in range(int(rng.integers(1, 6))):
            source = self._hits[rng.integers(len(self._hits))]
            ratio = _pitch_ratio(rng)
            length = min(int(len(source) / ratio), int(rng.choice([1.0, 1.0, 0.5]) * N_FRAMES))
            hit = _resampled(source, 0.0, ratio, length) * _gain(rng, -18.0, 0.0)
            density = rng.choice([0.08, 0.15, 0.3, 0.6])
            for place in range(-8, N_FRAMES // step + 1):
                if rng.random() >= density:
                    continue
                at = place * step + offset + (swing if place % 2 else 0)
                _add_at(out, hit * _gain(rng, -9.0, 0.0), at)
        return out


def spectrogram(batch: Tensor, tilt_db: Tensor | None = None) -> Tensor:
    """Levels in dB of examples: (batch, N_FRAMES) -> (batch, bins, N_COLUMNS).

    Parameters
    ----------
    tilt_db : float32, shape (batch, bins), optional
        A smooth filter added to every column.
    """
    window = torch.hann_window(N_FFT, device=batch.device)
    stft = torch.stft(batch, N_FFT, HOP, window=window, center=False, return_complex=True)
    level = log_magnitude(stft)
    return level if tilt_db is None else level + tilt_db[:, :, None]


def random_tilt_db(size: int, generator: torch.Generator) -> Tensor:
    """Smooth random equaliser curves of up to some 12 dB, shape (size, bins)."""
    knots = torch.randn(size, 1, 6, generator=generator) * 4.0
    curve = torch.nn.functional.interpolate(knots, N_BINS // 4, mode="linear", align_corners=True)
    warped = torch.logspace(0.0, 1.0, N_BINS).sub(1.0).div(9.0).flip(0).mul(-1.0).add(1.0)
    return curve[:, 0, (warped * (N_BINS // 4 - 1)).long()]


def _channels(clips: Sequence[AudioClip]) -> list[Mono]:
    return [np.ascontiguousarray(clip.samples[:, c]) for clip in clips for c in range(clip.n_channels)]


def _pitch_ratio(rng: np.random.Generator) -> float:
    return float(2.0 ** (rng.uniform(-_MAX_SEMITONES, _MAX_SEMITONES) / 12.0))


def _gain(rng: np.random.Generator, low_db: float, high_db: float) -> np.float32:
    return np.float32(10.0 ** (rng.uniform(low_db, high_db) / 20.0))


def _resampled(sound: Mono, start: float, ratio: float, n_frames: int) -> Mono:
    """Linear interpolation at `ratio` times the speed, the sound repeating."""
    position = start + np.arange(n_frames) * ratio
    whole = position.astype(np.int64)
    fraction = (position - whole).astype(np.float32)
    left = np.take(sound, whole, mode="wrap")
    return left + (np.take(sound, whole + 1, mode="wrap") - left) * fraction


def _add_at(out: Mono, hit: Mono, at: int) -> None:
    first, last = max(at, 0), min(at + len(hit), len(out))
    if last > first:
        out[first:last] += hit[first - at : last - at]
