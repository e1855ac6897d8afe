"""The neighbourhood of one sound: where the model's principal directions lead, and what that sounds like."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.dsp.stft import N_FFT
from morphstudio.model.checkpoint import LatentStatistics

Words = tuple[tuple[str, str], tuple[str, str]]
"""What is at -1 and at 1 of both axes."""

EXPLORE_WORDS = (
    ("darker", "brighter"),
    ("noisier", "purer"),
    ("fuller", "thinner"),
    ("smoother", "punchier"),
)
"""What an axis may lead from and to, or the other way round."""

REACH_SD = 2.5
"""Standard deviations that an amount of 1 stands for."""

Spectrogram = NDArray[np.float64]

_LEAST_DETAIL = 0.5
_N_STEPS = 12
_SHARE_OF_SPREAD = 0.7
_AUDIBLE_HZ = (40.0, 16_000.0)
_LOW_HZ = 200.0
_TINY = 1e-10
_CLEAR_CHANGES = np.array([1.0, 6.0, 6.0, 3.0])
"""Octaves of brightness; dB between tone and noise, between high and low, and of the level's variation."""


def exploring_detail(explore: tuple[float, float]) -> float:
    """How much of what the decoder loses is given back: all of it at the sound itself, half of it far away.

    >>> exploring_detail((0.0, 0.0)), exploring_detail((0.3, 0.4)), exploring_detail((1.0, 1.0))
    (1.0, 0.75, 0.5)
    """
    return 1.0 - (1.0 - _LEAST_DETAIL) * min(1.0, math.hypot(*explore))


class Explorer:
    """Moves latents along the two first principal directions of a model.

    Parameters
    ----------
    statistics : LatentStatistics
        Of the model's latents; where it knows fewer directions, those that miss lead nowhere.
    device : torch.device
    """

    def __init__(self, statistics: LatentStatistics, device: torch.device) -> None:
        directions = torch.zeros(2, len(statistics.mean))
        known = statistics.directions[:2]
        # As if the channels were independent: the file knows the spread of each, not that along directions.
        directions[: len(known)] = known * (known * statistics.spread).norm(dim=1, keepdim=True)
        self._steps = directions.to(device)
        self._mean, self._spread = statistics.mean.to(device), statistics.spread.to(device)

    def offset(self, explore: tuple[float, float]) -> Tensor:
        """What is added to latents: (n_latent,)."""
        x, y = explore
        return REACH_SD * (x * self._steps[0] + y * self._steps[1])

    def probes(self, context: int) -> Tensor:
        """Latents of a usual sound, one standard deviation down and up each axis: (4, steps, n_latent).

        They move in time as sounds do, with `context` steps to spare on both sides.
        """
        n_steps = _N_STEPS + 2 * context
        noise = torch.randn(n_steps, len(self._mean), generator=torch.Generator().manual_seed(0))
        usual = self._mean + _SHARE_OF_SPREAD * self._spread * noise.to(self._mean.device)
        signs = torch.tensor([-1.0, 1.0], device=self._mean.device)
        moves = (signs[None, :, None] * self._steps[:, None]).reshape(4, 1, -1)
        return usual + moves


def explore_words(levels_db: Tensor, rate_hz: float) -> Words:
    """Name both axes by what they change most; never both alike.

    Parameters
    ----------
    levels_db : float32, shape (4, columns, bins)
        What the model makes of `Explorer.probes`, of spectra of `N_FFT` frames.
    rate_hz : float
        Of the model.
    """
    found = np.stack([_character(level, rate_hz) for level in levels_db.cpu().double().numpy()])
    changes = (found[1::2] - found[::2]) / _CLEAR_CHANGES
    words: list[tuple[str, str]] = []
    for change in changes:
        most = int(np.abs(change).argmax())
        low, high = EXPLORE_WORDS[most]
        words.append((low, high) if change[most] >= 0.0 else (high, low))
        changes[:, most] = 0.0
    return words[0], words[1]


def _character(level_db: Spectrogram, rate_hz: float) -> NDArray[np.float64]:
    """How bright, pure, thin and punchy a spectrogram (columns, bins) is."""
    hz = np.arange(level_db.shape[1]) * (rate_hz / N_FFT)
    low, high = _AUDIBLE_HZ
    is_audible = (hz >= low) & (hz <= high)
    hz, level_db = hz[is_audible], level_db[:, is_audible]
    power = 10.0 ** (level_db / 10.0) + _TINY
    mean = power.mean(axis=0)
    brightness = (mean * np.log2(hz)).sum() / mean.sum()
    purity = 10.0 * np.log10(mean.mean()) - np.log10(power).mean() * 10.0
    thinness = 10.0 * np.log10(mean[hz >= _LOW_HZ].sum() / mean[hz < _LOW_HZ].sum())
    punch = (10.0 * np.log10(power.sum(axis=1))).std()
    return np.array([brightness, purity, thinness, punch])
