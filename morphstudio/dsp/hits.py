"""Every hit that must not be smeared when a loop is stretched: those that are heard, and sharp faint ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.onsets import find_onsets
from morphstudio.dsp.stft import CircularStft

_MOMENT_FRAMES = 256
_HOP_FRAMES = 32
_APART_FRAMES = round(0.03 * RATE_HZ)
_LEAST_RISE = 6.0
_LEAST_SHARE = 1e-3
"""Of the loudest moment; what rises out of less is as good as silent."""

Frames = NDArray[np.float64]


def find_hits(loop: Tensor) -> Frames:
    """Find where hits begin.

    The morph matches those that stand out, of which too many would be worse than too few. Here one that is
    left out is smeared, and one too many costs nothing: sharp rises in energy count as well.

    Parameters
    ----------
    loop : float32, shape (channels, frames)
        On the CPU.

    Returns
    -------
    float64, shape (hits,)
        In frames, in order.
    """
    n_frames = loop.shape[-1]
    magnitude = CircularStft(n_frames).forward(loop).abs()
    heard = find_onsets(loop, magnitude, mel_matrix()).frames
    sharp = _sharp_rises(loop)
    if len(heard) and len(sharp):
        apart = np.abs(sharp[:, None] - heard)
        sharp = sharp[np.minimum(apart, n_frames - apart).min(axis=1) > _APART_FRAMES]
    return np.sort(np.concatenate([heard, sharp]))


def _sharp_rises(loop: Tensor) -> Frames:
    """Where the brightened energy of a moment is several times that of the moment before it."""
    sound = loop.numpy().astype(np.float64)
    n_frames = sound.shape[-1]
    span = min(_MOMENT_FRAMES, n_frames)
    brightened = np.square(np.diff(sound, axis=-1, prepend=sound[:, -1:])).sum(axis=0)
    sums: Frames = np.cumsum(np.concatenate([[0.0], brightened, brightened[:span]]))
    after: Frames = sums[span : span + n_frames] - sums[:n_frames]
    floor = _LEAST_SHARE * float(after.max()) + 1e-20
    rise: Frames = np.divide(after, np.roll(after, span) + floor)[::_HOP_FRAMES]
    highest: Frames = rise.copy()
    for shift in range(1, min(_APART_FRAMES // _HOP_FRAMES, len(rise) - 1) + 1):
        np.maximum(highest, np.maximum(np.roll(rise, shift), np.roll(rise, -shift)), out=highest)
    columns = np.flatnonzero((rise >= highest) & (rise > _LEAST_RISE))
    return columns.astype(np.float64) * _HOP_FRAMES
