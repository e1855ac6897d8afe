"""The mixer on a device that does not run at 44.1 kHz."""

from __future__ import annotations

import numpy as np
import soxr

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.mixer import DeckMixer


class ConvertedMixer:
    """Mixes at 44.1 kHz and converts on the way out, so decks, positions and tap stay what they are.

    The converter keeps some ten milliseconds to itself; pitch and level are right.

    Parameters
    ----------
    mixer : DeckMixer
    rate_hz : float
        Of the device.
    block_frames : int
        Mixed at a time.
    """

    def __init__(self, mixer: DeckMixer, rate_hz: float, block_frames: int) -> None:
        self._mixer = mixer
        self._stream = soxr.ResampleStream(RATE_HZ, rate_hz, 2, "float32", "HQ")
        self._block = np.zeros((block_frames, 2), np.float32)
        self._waiting = np.zeros((0, 2), np.float32)

    def mix(self, out: Samples) -> None:
        """Fill `out`, float32 of shape (frames, 2), at the device's rate."""
        filled = 0
        while filled < len(out):
            # The converter gives nothing for some blocks and more than a block for others.
            while not len(self._waiting):
                self._mixer.mix(self._block)
                self._waiting = self._stream.resample_chunk(self._block)
            count = min(len(out) - filled, len(self._waiting))
            out[filled : filled + count] = self._waiting[:count]
            self._waiting = self._waiting[count:]
            filled += count
