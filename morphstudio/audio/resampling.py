"""Changing the rate of a loop without harming its seam."""

from __future__ import annotations

import math

import numpy as np
import soxr

from morphstudio.audio.clip import Samples

# soxr's very high quality filter reaches a few hundred frames of the lower rate to each side.
_CONTEXT_FRAMES = 1024


def resample_loop(samples: Samples, n_out: int) -> Samples:
    """Resample a loop to `n_out` frames as the circle that it is: its end runs into its start.

    The ratio is exactly `n_out / n`, so the result is a whole number of frames long and still closes.

    Parameters
    ----------
    samples : float32, shape (frames, channels)
    n_out : int
        Frames of the result, at least 1.

    Returns
    -------
    float32, shape (n_out, channels)
    """
    n_in = len(samples)
    if n_out == n_in:
        return samples
    # Context must be as long as a whole number of frames on both sides of the conversion.
    step = n_in // math.gcd(n_in, n_out)
    n_context = step * math.ceil(_CONTEXT_FRAMES * max(1.0, n_in / n_out) / step)
    wrapped = np.take(samples, np.arange(-n_context, n_in + n_context), axis=0, mode="wrap")
    converted = soxr.resample(wrapped, n_in, n_out, quality="VHQ")
    start = n_context * n_out // n_in
    return np.ascontiguousarray(converted[start : start + n_out], dtype=np.float32)
