"""What a tagger learns from: spectrograms of excerpts, a byte a value, and what is done to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from morphstudio.model.tagger import MelLevels, TaggerConfig, excerpt_of

_BATCH = 64
_MOST_ROWS = 2.0
"""Of the mel spectrogram, by which a sound is moved up or down."""
_MOST_CURVE = 0.3
"""Spread of the equaliser's knots; 1 is half of the range."""
_MOST_SOFTER = 2 / 3


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Spectrograms of sounds.

    Parameters
    ----------
    levels : uint8, shape (n, n_mels, n_columns)
        0 is the bottom of the range, 255 the loudest place.
    durations_s : float32, shape (n,)
    targets : int64, shape (n,)
        Number of the label.
    """

    levels: NDArray[np.uint8]
    durations_s: NDArray[np.float32]
    targets: NDArray[np.int64]

    @property
    def n(self) -> int:
        """How many."""
        return len(self.targets)


class ExampleMaker:
    """Turns waveforms into examples.

    Parameters
    ----------
    config : TaggerConfig
    """

    def __init__(self, config: TaggerConfig) -> None:
        self._config = config
        self._levels = MelLevels(config)
        self._waiting: list[NDArray[np.float32]] = []
        self._made: list[NDArray[np.uint8]] = []
        self._durations_s: list[float] = []
        self._targets: list[int] = []

    def add(self, mono: NDArray[np.float32], target: int) -> None:
        """Take a sound, float32 (frames,) at 44.1 kHz."""
        excerpt, duration_s = excerpt_of(mono, self._config)
        self._waiting.append(excerpt)
        self._durations_s.append(duration_s)
        self._targets.append(target)
        if len(self._waiting) == _BATCH:
            self._make()

    def examples(self) -> Examples:
        """All that was taken so far."""
        self._make()
        shape = (0, self._config.n_mels, self._config.n_columns)
        levels = np.concatenate(self._made) if self._made else np.zeros(shape, np.uint8)
        return Examples(levels, np.array(self._durations_s, np.float32), np.array(self._targets, np.int64))

    def _make(self) -> None:
        if not self._waiting:
            return
        with torch.inference_mode():
            levels = self._levels(torch.from_numpy(np.stack(self._waiting)))[:, 0]
            self._made.append(((levels + 1.0) * 127.5).round().to(torch.uint8).numpy())
        self._waiting.clear()


def joined(parts: Sequence[Examples]) -> Examples:
    """All examples of several."""
    return Examples(
        np.concatenate([part.levels for part in parts]),
        np.concatenate([part.durations_s for part in parts]),
        np.concatenate([part.targets for part in parts]),
    )


def levels_of(levels: NDArray[np.uint8]) -> Tensor:
    """What `MelLevels` had said: float32, shape (n, 1, n_mels, n_columns), -1 to 1."""
    return torch.from_numpy(levels)[:, None].float() / 127.5 - 1.0


def layered(levels: Tensor, others: Tensor, share: float, generator: torch.Generator) -> Tensor:
    """Put others of the same kind upon some of the sounds, up to 20 dB softer: two snares are a snare.

    Parameters
    ----------
    levels, others : float32, shape (n, 1, n_mels, n_columns), -1 to 1
    share : float
        How many are layered, 0 to 1.
    generator : Generator
    """
    n = len(levels)
    softer = torch.rand(n, 1, 1, 1, generator=generator) * _MOST_SOFTER
    is_alone = torch.rand(n, 1, 1, 1, generator=generator) >= share
    # The louder of two is what is heard, within 3 dB.
    return torch.where(is_alone, levels, torch.maximum(levels, others - softer))


def varied(levels: Tensor, generator: torch.Generator) -> Tensor:
    """Change spectrograms as other microphones, rooms and cuts would, and hide parts of some.

    Each is a little higher or lower, dies faster or slower, starts some columns later, and gets a smooth
    equaliser curve; some get a floor of noise, of some a band or a span is masked (SpecAugment; Park et al.,
    2019).

    Parameters
    ----------
    levels : float32, shape (n, 1, n_mels, n_columns), -1 to 1
    generator : Generator
    """
    n, _, n_mels, n_columns = levels.shape

    def uniform(low: float, high: float) -> Tensor:
        return torch.rand(n, 1, 1, 1, generator=generator) * (high - low) + low

    frame = torch.zeros(n, 2, 3)
    speed = torch.exp2(uniform(-0.35, 0.35)).flatten()
    frame[:, 0, 0], frame[:, 0, 2] = speed, speed - 1.0
    frame[:, 1, 1], frame[:, 1, 2] = 1.0, uniform(-_MOST_ROWS, _MOST_ROWS).flatten() * 2.0 / n_mels
    grid = functional.affine_grid(frame, [n, 1, n_mels, n_columns], align_corners=False)
    levels = functional.grid_sample(levels, grid, padding_mode="border", align_corners=False)
    knots = torch.randn(n, 1, 6, generator=generator) * uniform(0.0, _MOST_CURVE)[:, 0]
    curve = functional.interpolate(knots, n_mels, mode="linear", align_corners=True)
    x = levels + curve[:, :, :, None]
    shift = torch.randint(0, 4, (n, 1, 1, 1), generator=generator)
    columns = torch.arange(n_columns).view(1, 1, 1, -1)
    place = (columns - shift).clamp_min(0).expand(n, 1, n_mels, n_columns)
    x = torch.where(columns < shift, torch.full((), -1.0), x.gather(3, place))
    floor = torch.where(uniform(0, 1) < 0.4, uniform(-1.0, -0.1), torch.full((), -2.0))
    rough = torch.randn(n, 1, n_mels, n_columns, generator=generator) * 0.06
    x = torch.maximum(x, floor + rough)
    x = (x - x.amax((2, 3), keepdim=True) + 1.0).clamp_min(-1.0)
    rows = torch.arange(n_mels).view(1, 1, -1, 1)
    for axis, size, widest in ((rows, n_mels, 10), (columns, n_columns, 24)):
        start, width = uniform(0, size), uniform(0, widest) * (uniform(0, 1) < 0.4)
        x = x.masked_fill((axis >= start) & (axis < start + width), -1.0)
    return x
