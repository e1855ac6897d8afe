"""How loud a sound is from its first frame to its last, after Recommendation ITU-R BS.1770-4. No torch."""

from __future__ import annotations

from math import log10

import numpy as np
from scipy.signal import oaconvolve

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.metering import k_weighting_response

_N_TAPS = 4096
_N_BLOCK = round(0.4 * RATE_HZ)
_N_STEP = _N_BLOCK // 4
_OFFSET_LUFS = -0.691
_ABSOLUTE_GATE_LUFS, _RELATIVE_GATE_LU = -70.0, -10.0


class LoudnessMeter:
    """Measures sounds at 44.1 kHz, hundreds a second: it knows the weighting beforehand."""

    def __init__(self) -> None:
        self._response = k_weighting_response(_N_TAPS, RATE_HZ).astype(np.float32)[:, None]

    def integrated_lufs(self, samples: Samples) -> float | None:
        """Gated loudness; None of silence. What is shorter than a block of 400 ms has silence after it.

        Parameters
        ----------
        samples : float32, shape (frames, channels)
            One or two channels.
        """
        n_missing = max(0, _N_BLOCK - len(samples))
        weighted = oaconvolve(np.pad(samples, ((0, n_missing), (0, 0))), self._response, axes=0)
        energy = np.cumsum(np.pad(np.sum(weighted.astype(np.float64) ** 2, axis=1), (1, 0)))
        starts = np.arange(0, len(samples) + n_missing - _N_BLOCK + 1, _N_STEP)
        powers = (energy[starts + _N_BLOCK] - energy[starts]) / _N_BLOCK
        powers = powers[powers > _power(_ABSOLUTE_GATE_LUFS)]
        if not len(powers):
            return None
        powers = powers[powers > powers.mean() * 10.0 ** (_RELATIVE_GATE_LU / 10.0)]
        return _OFFSET_LUFS + 10.0 * log10(float(powers.mean()))


def _power(loudness_lufs: float) -> float:
    return float(10.0 ** ((loudness_lufs - _OFFSET_LUFS) / 10.0))
