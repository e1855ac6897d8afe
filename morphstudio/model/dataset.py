"""Endless training examples, made while training: crops, patterns of one-shots, rendered loops.

Sounds come in as clips; nothing here reads a file. Each example is drawn from its number alone, so that a
run which is resumed, or shared among processes, meets the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.dsp.stft import HOP, N_FFT
from morphstudio.model.augment import (
    Mono,
    random_gain,
    random_pitch_ratio,
    random_stretch_ratio,
    random_tilt_db,
    resampled,
    stretched,
)

N_COLUMNS = 128
"""Columns of one example: about 1.5 s."""
N_FRAMES = N_FFT + HOP * (N_COLUMNS - 1)
_SHORT_S = 1.5
_STRETCHED = 0.05
"""Share of crops that are stretched: a phase vocoder costs as much as making twenty plain examples."""
_RESAMPLED = 0.65


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of the kinds of example; what has no sounds is left out."""

    rendered: float = 0.4
    recorded: float = 0.25
    patterns: float = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Examples: waves (size, N_FRAMES), equaliser curves in dB (size, bins), a seed for each one's noise."""

    waves: Tensor
    tilt_db: Tensor
    seeds: tuple[int, ...]


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
        self._seed = seed
        mix = Mix()
        weights = np.array(
            [
                mix.rendered * bool(self._rendered),
                mix.recorded * bool(self._recorded),
                mix.patterns * bool(self._hits),
            ]
        )
        self._shares = weights / weights.sum()

    def batch(self, first: int, size: int) -> Batch:
        """Examples number `first` to `first + size - 1`."""
        waves, tilts, seeds = [], [], []
        for index in range(first, first + size):
            rng = np.random.default_rng((self._seed, index))
            waves.append(self._example(rng))
            tilts.append(random_tilt_db(rng))
            seeds.append(int(rng.integers(2**62)))
        return Batch(torch.from_numpy(np.stack(waves)), torch.from_numpy(np.stack(tilts)), tuple(seeds))

    def _example(self, rng: np.random.Generator) -> Mono:
        sound = self._one(rng)
        if rng.random() < 0.15:
            sound = sound + self._one(rng) * random_gain(rng, -12.0, 0.0)
        if rng.random() < 0.2:
            noise = rng.standard_normal(len(sound), np.float32)
            sound = sound + noise * np.float32(np.abs(sound).max()) * random_gain(rng, -70.0, -35.0)
        return sound

    def _one(self, rng: np.random.Generator) -> Mono:
        kind = rng.choice(3, p=self._shares)
        for _ in range(8):
            sound = (
                self._pattern(rng) if kind == 2 else self._crop(rng, (self._rendered, self._recorded)[kind])
            )
            peak = float(np.abs(sound).max())
            if peak > 1e-4:
                return sound / np.float32(peak)
        return rng.standard_normal(N_FRAMES, np.float32)

    def _crop(self, rng: np.random.Generator, pool: list[Mono]) -> Mono:
        """Crop from a random place of a sound that repeats, some at another pitch, a few at another tempo."""
        sound = pool[rng.integers(len(pool))]
        start = int(rng.integers(len(sound)))
        choice = rng.random()
        if choice < _STRETCHED:
            return stretched(sound, start, random_stretch_ratio(rng), N_FRAMES)
        if choice < _STRETCHED + _RESAMPLED:
            return resampled(sound, float(start), random_pitch_ratio(rng), N_FRAMES)
        return np.take(sound, np.arange(start, start + N_FRAMES), mode="wrap")

    def _pattern(self, rng: np.random.Generator) -> Mono:
        """Play some one-shots on a sixteenth grid of any tempo, as a drummer or a bass player might."""
        step = int(60.0 / rng.uniform(80.0, 180.0) / 4.0 * RATE_HZ)
        swing = int(step * rng.uniform(0.0, 0.3))
        out = np.zeros(N_FRAMES, np.float32)
        offset = int(rng.integers(step))
        for _ in range(int(rng.integers(1, 6))):
            source = self._hits[rng.integers(len(self._hits))]
            ratio = random_pitch_ratio(rng)
            length = min(int(len(source) / ratio), int(rng.choice([1.0, 1.0, 0.5]) * N_FRAMES))
            hit = resampled(source, 0.0, ratio, length) * random_gain(rng, -18.0, 0.0)
            density = rng.choice([0.08, 0.15, 0.3, 0.6])
            for place in range(-8, N_FRAMES // step + 1):
                if rng.random() >= density:
                    continue
                at = place * step + offset + (swing if place % 2 else 0)
                _add_at(out, hit * random_gain(rng, -9.0, 0.0), at)
        return out


def _channels(clips: Sequence[AudioClip]) -> list[Mono]:
    return [np.ascontiguousarray(clip.samples[:, c]) for clip in clips for c in range(clip.n_channels)]


def _add_at(out: Mono, hit: Mono, at: int) -> None:
    first, last = max(at, 0), min(at + len(hit), len(out))
    if last > first:
        out[first:last] += hit[first - at : last - at]
