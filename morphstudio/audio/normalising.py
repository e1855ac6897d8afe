"""How much louder an exported loop is made. No Qt, no torch."""

from __future__ import annotations

import math

import numpy as np

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.metering import PlayedMeter
from morphstudio.audio.resampling import resample_loop

CEILING_DBTP = -1.0
"""No normalised loop goes beyond it, between the samples either."""
TARGET_LUFS = -14.0

_OVERSAMPLING = 4
_SETTLING_S = 0.5
"""So long the meter hears the loop's end before it measures."""


def true_peak(loop: Samples) -> float:
    """Greatest level of a loop as it plays round and round, between its samples too; 1 is full scale.

    Parameters
    ----------
    loop : float32, shape (frames, channels)
        At any rate.
    """
    between = resample_loop(loop, _OVERSAMPLING * len(loop))
    return float(max(np.abs(loop).max(initial=0.0), np.abs(between).max(initial=0.0)))


def integrated_lufs(loop: Samples) -> float:
    """Loudness of a loop at 44.1 kHz (ITU-R BS.1770-4), measured round its end; -inf is silence.

    One channel counts as it is heard, from both loudspeakers.
    """
    meter = PlayedMeter()
    meter.set_loop(len(loop))
    meter.write(np.resize(loop, (len(loop) + math.ceil(_SETTLING_S * RATE_HZ), loop.shape[1])))
    return meter.integrated_lufs


def gain_of(loop: Samples, normalise: str) -> float:
    """Factor by which a loop at 44.1 kHz is to be multiplied; 1 for silence.

    Parameters
    ----------
    loop : float32, shape (frames, channels)
    normalise : {"off", "peak", "loudness"}
        To a true peak of `CEILING_DBTP`; or to `TARGET_LUFS`, as far as that peak allows.
    """
    if normalise == "off" or not loop.any():
        return 1.0
    to_ceiling: float = 10.0 ** (CEILING_DBTP / 20.0) / true_peak(loop)
    if normalise == "peak":
        return to_ceiling
    loudness_lufs = integrated_lufs(loop)
    if not math.isfinite(loudness_lufs):  # softer than the gate: no loudness can be told
        return 1.0
    to_target: float = 10.0 ** ((TARGET_LUFS - loudness_lufs) / 20.0)
    return min(to_ceiling, to_target)
