"""What a loop sounds like as a vector: places the dots before any network is there. numpy only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, AudioClip

_N_FFT = 2048
_N_BANDS = 40
_MAX_FRAMES = 12 * RATE_HZ
_RANGE_DB = 70.0
_MOVEMENT_WEIGHT = 3.0


def timbre_vector(clip: AudioClip) -> NDArray[np.float32]:
    """Mean, spread and movement of a loop's band levels in dB, whatever its loudness.

    The first 12 s are looked at; bands are equally wide in log frequency from 40 Hz to 18 kHz.

    Returns
    -------
    float32, shape (120,)
    """
    mono = clip.samples[:_MAX_FRAMES].mean(axis=1)
    if len(mono) < _N_FFT:
        mono = np.resize(mono, _N_FFT)
    hop = _N_FFT // 2
    n_columns = 1 + (len(mono) - _N_FFT) // hop
    frames = np.lib.stride_tricks.sliding_window_view(mono, _N_FFT)[::hop][:n_columns]
    power = np.abs(np.fft.rfft(frames * np.hanning(_N_FFT).astype(np.float32), axis=1)) ** 2
    edges = np.geomspace(40.0, 18_000.0, _N_BANDS + 1) / (RATE_HZ / _N_FFT)
    first = np.maximum(edges[:-1].astype(int), 1)
    sums = np.add.reduceat(power, first, axis=1)
    level = 10.0 * np.log10(sums + 1e-12)
    level = np.maximum(level - level.max(), -_RANGE_DB)
    movement = np.abs(np.diff(level, axis=0)).mean(axis=0) if n_columns > 1 else np.zeros(_N_BANDS)
    vector = np.concatenate([level.mean(axis=0), level.std(axis=0), movement * _MOVEMENT_WEIGHT])
    return vector.astype(np.float32)
