"""Where the hits of a loop are: peaks of the spectral flux, round the loop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import mel_power

_RANGE_DB = 60.0
_LAG_COLUMNS = 2
_MEDIAN_S = 0.2
_APART_S = 0.05
_THRESHOLD_DB = 1.6
_SHARE_OF_STRONGEST = 0.12
_AFTER_COLUMNS = 4
_SEARCH_FRAMES = 1200
_MOMENT_FRAMES = 256


@dataclass(frozen=True, slots=True, eq=False)
class Onsets:
    """Hits of one loop, in the order of time.

    `frames` float64 (hits,), where they begin; `strengths` float32 (hits,), in dB; `timbres` float32
    (hits, mels), the band levels just after each in dB re its loudest band; `levels` float32 (columns,),
    the mean of the band levels of the loop in dB.
    """

    frames: NDArray[np.float64]
    strengths: NDArray[np.float32]
    timbres: NDArray[np.float32]
    levels: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.frames)


def find_onsets(loop: Tensor, magnitude: Tensor, matrix: Tensor) -> Onsets:
    """Find hits by spectral flux over a running median (Bello et al., 2005), then to some 2 ms by energy.

    Parameters
    ----------
    loop : float32, shape (channels, frames)
    magnitude : float32, shape (channels, bins, columns)
        Of its circular STFT.
    matrix : float32, shape (mels, bins)
    """
    n_frames = loop.shape[-1]
    level = 10.0 * torch.log10(mel_power(magnitude, matrix).mean(dim=0).clamp_min(1e-12))
    bands = (level - level.max()).clamp_min(-_RANGE_DB).cpu().numpy().astype(np.float32)
    n_columns = bands.shape[1]
    hop = n_frames / n_columns
    flux = np.maximum(bands - np.roll(bands, _LAG_COLUMNS, axis=1), 0.0).mean(axis=0)
    half = max(1, round(_MEDIAN_S / 2 * RATE_HZ / hop))
    around = flux[(np.arange(n_columns)[:, None] + np.arange(-half, half + 1)) % n_columns]
    salience = flux - np.median(around, axis=1)
    apart = max(1, round(_APART_S * RATE_HZ / hop))
    neighbours = salience[(np.arange(n_columns)[:, None] + np.arange(-apart, apart + 1)) % n_columns]
    needed = max(_THRESHOLD_DB, _SHARE_OF_STRONGEST * float(salience.max()))
    is_peak = (salience >= neighbours.max(axis=1)) & (salience >= needed)
    columns = np.flatnonzero(is_peak)
    columns = columns[np.diff(columns, prepend=-n_columns) > 1]
    after = bands[:, (columns[:, None] + np.arange(_AFTER_COLUMNS)) % n_columns].max(axis=2).T
    timbres = (
        after - after.max(axis=1, keepdims=True) if len(columns) else np.zeros((0, len(bands)), np.float32)
    )
    frames = _steepest_rises((columns - _LAG_COLUMNS / 2) * hop, loop.mean(dim=0).cpu().numpy())
    order = np.argsort(frames)
    strengths = salience[columns][order].astype(np.float32)
    return Onsets(frames[order], strengths, timbres[order], bands.mean(axis=0))


def _steepest_rises(near: NDArray[np.float64], mono: NDArray[np.float32]) -> NDArray[np.float64]:
    """Where, around each of some frames, the energy rises most from one moment to the next."""
    n_frames = len(mono)
    brightened = np.diff(mono, prepend=mono[-1:]).astype(np.float64) ** 2
    energy = np.cumsum(np.concatenate([brightened, brightened, brightened]))
    at = np.round(near).astype(np.int64)[:, None] + np.arange(-_SEARCH_FRAMES, _SEARCH_FRAMES + 1, 8)
    middle = at % n_frames + n_frames
    span = min(_MOMENT_FRAMES, n_frames)
    before = energy[middle] - energy[middle - span]
    after = energy[middle + span] - energy[middle]
    # Against the loudest moment, so that a flutter in the silence before a hit is no rise.
    rise = (after - before) / (after + before + 1e-3 * (after.max(axis=1, keepdims=True) + 1e-12))
    found = np.take_along_axis(at, np.argmax(rise * np.sqrt(after), axis=1)[:, None], axis=1)[:, 0]
    return found.astype(np.float64) % n_frames
