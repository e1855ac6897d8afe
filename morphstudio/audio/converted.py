"""The mixer on a device that does not run at 44.1 kHz.

soxr would do, but allocates for each block and keeps some ten milliseconds to itself. Between two fixed
rates the same few filters come round and round, so one matrix makes a whole round of output: 147 frames
become 160 at 48 kHz.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.mixer import DeckMixer

# With these two, 20 kHz passes to 48 kHz whole, and what mirrors at 22.05 kHz is 90 dB down from 24 kHz on.
_HALF_FRAMES: Final = 32
_KAISER_BETA: Final = 0.1102 * (90 - 8.7)
_MIN_ROUND_FRAMES: Final = 128
_MAX_ROUND_FRAMES: Final = 1024


def can_convert_to(rate_hz: float) -> bool:
    """Whether a round of both rates is short enough; it is with every usual rate."""
    return rate_hz >= 4000 and rate_hz == int(rate_hz) and RATE_HZ // _common(rate_hz) <= _MAX_ROUND_FRAMES


class ConvertedMixer:
    """Mixes at 44.1 kHz and converts on the way out, so decks, positions and tap stay what they are.

    Parameters
    ----------
    mixer : DeckMixer
    rate_hz : float
        Of the device; `can_convert_to` says which can be.

    Attributes
    ----------
    delay_s : float
        What the filters add to the latency.
    """

    def __init__(self, mixer: DeckMixer, rate_hz: float) -> None:
        common = _common(rate_hz)
        stretch = max(1.0, RATE_HZ / rate_hz)
        half = math.ceil(_HALF_FRAMES * stretch)
        n_rounds = math.ceil(max(_MIN_ROUND_FRAMES, 2 * half) * common / RATE_HZ)
        n_in, n_out = n_rounds * RATE_HZ // common, n_rounds * int(rate_hz) // common
        self.delay_s = half / RATE_HZ
        self._mixer = mixer
        self._filters = _filters(n_in, n_out, half, 1.0 if stretch == 1.0 else 0.92 / stretch)
        self._input = np.zeros((2 * half + n_in, 2), np.float32)
        self._new, self._past = self._input[2 * half :], self._input[: 2 * half]
        self._next_past = self._input[n_in:]
        self._ready = np.zeros((n_out, 2), np.float32)
        self._n_taken = n_out

    def mix(self, out: Samples) -> None:
        """Fill `out`, float32 of shape (frames, 2), at the device's rate."""
        filled = 0
        while filled < len(out):
            if self._n_taken == len(self._ready):
                self._past[:] = self._next_past
                self._mixer.mix(self._new)
                np.matmul(self._filters, self._input, out=self._ready)
                self._n_taken = 0
            count = min(len(out) - filled, len(self._ready) - self._n_taken)
            out[filled : filled + count] = self._ready[self._n_taken : self._n_taken + count]
            self._n_taken += count
            filled += count


def _common(rate_hz: float) -> int:
    return math.gcd(RATE_HZ, int(rate_hz))


def _filters(n_in: int, n_out: int, half: int, cutoff: float) -> NDArray[np.float32]:
    """One windowed sinc for each frame of output, as float32 of shape (n_out, n_in + 2 half)."""
    at = half + np.arange(n_out)[:, None] * n_in / n_out
    distance = np.arange(n_in + 2 * half)[None, :] - at
    inside = np.sqrt(np.maximum(0.0, 1 - (distance / half) ** 2))
    window = np.where(np.abs(distance) < half, np.i0(_KAISER_BETA * inside), 0.0)
    filters: NDArray[np.float64] = np.sinc(cutoff * distance) * window
    filters /= filters.sum(axis=1, keepdims=True)
    return filters.astype(np.float32)
