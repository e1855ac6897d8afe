"""Loudness and true peak of what was played, after Recommendation ITU-R BS.1770-4. numpy only.

Everything is measured from pieces as they come; nothing here knows of the loop's position or of who plays.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf, log10, pi, tan

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, Samples

_BLOCKS_PER_S = 10
"""Gating blocks of 400 ms overlap by three quarters: energies are kept for every 100 ms."""
_N_MOMENTARY, _N_SHORT_TERM = 4, 30
_ABSOLUTE_GATE_LUFS, _RELATIVE_GATE_LU = -70.0, -10.0
_OFFSET_LUFS = -0.691
_N_TAPS = 4096
"""Of the K-weighting's impulse response: what follows is more than 150 dB below its first tap."""
# fmt: off
_PHASES = (
    (0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
     0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125),
    (-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
     0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375),
)
# fmt: on
"""Annex 2 of the recommendation: half of its interpolator; the other two phases are these reversed."""


@dataclass(frozen=True, slots=True)
class MeterReading:
    """What meters show; -inf is silence.

    Parameters
    ----------
    true_peak_dbtp : float
        Greatest since the last reset, in dB re full scale, between the samples too.
    momentary_lufs, short_term_lufs : float
        Loudness of the last 400 ms and of the last 3 s.
    integrated_lufs : float
        Gated loudness of the last time round the loop.
    clipped : bool
        Whether a sample reached full scale since the last reset.
    """

    true_peak_dbtp: float = -inf
    momentary_lufs: float = -inf
    short_term_lufs: float = -inf
    integrated_lufs: float = -inf
    clipped: bool = False


class PlayedMeter:
    """Measures what was played.

    Parameters
    ----------
    rate_hz : int
    """

    def __init__(self, rate_hz: int = RATE_HZ) -> None:
        self._n_block = rate_hz // _BLOCKS_PER_S
        response = k_weighting_response(_N_TAPS, rate_hz)
        self._fft_size = 2 * _N_TAPS
        self._response = np.fft.rfft(response, self._fft_size)[:, None]
        first, second = (np.array(phase, dtype=np.float32) for phase in _PHASES)
        # Columns of samples in the order of time: the newest meets the first tap.
        self._phases = np.stack([first, second, second[::-1], first[::-1]], axis=1)[::-1].copy()
        self._n_loop_blocks = _N_SHORT_TERM
        self.reset()

    @property
    def true_peak_dbtp(self) -> float:
        """Greatest since the last reset, in dB re full scale; -inf is silence."""
        return _db(self._peak**2)

    @property
    def clipped(self) -> bool:
        """Whether a sample reached full scale since the last reset."""
        return self._clipped

    @property
    def momentary_lufs(self) -> float:
        """Loudness of the last 400 ms."""
        return self._loudness_lufs(_N_MOMENTARY)

    @property
    def short_term_lufs(self) -> float:
        """Loudness of the last 3 s."""
        return self._loudness_lufs(_N_SHORT_TERM)

    @property
    def integrated_lufs(self) -> float:
        """Loudness of the last time round the loop, without what its gates hold to be silence."""
        energies = np.array(self._energies)[-(self._n_loop_blocks + _N_MOMENTARY - 1) :]
        if len(energies) < _N_MOMENTARY:
            return -inf
        powers = sliding_window_view(energies, _N_MOMENTARY).mean(axis=1)
        powers = powers[powers > _power(_ABSOLUTE_GATE_LUFS)]
        if not len(powers):
            return -inf
        gate = powers.mean() * 10 ** (_RELATIVE_GATE_LU / 10)
        return _lufs(float(powers[powers > gate].mean()))

    def reading(self) -> MeterReading:
        """All of it, as meters show it."""
        return MeterReading(
            self.true_peak_dbtp,
            self.momentary_lufs,
            self.short_term_lufs,
            self.integrated_lufs,
            self._clipped,
        )

    def set_loop(self, n_frames: int) -> None:
        """Say how long the loop is: so much of the end of what was played is integrated."""
        self._n_loop_blocks = max(1, -(-n_frames // self._n_block))
        self._keep_energies(list(self._energies))

    def reset(self) -> None:
        """Forget what was played."""
        self._history = np.zeros((_N_TAPS - 1, 2), dtype=np.float32)
        self._open_energy, self._n_open = 0.0, 0
        self._keep_energies([])
        self.reset_peaks()

    def reset_peaks(self) -> None:
        """Forget the greatest peak, and that something clipped."""
        self._peak, self._clipped = 0.0, False

    def write(self, samples: Samples) -> None:
        """Take in what was played next.

        Parameters
        ----------
        samples : float32, shape (frames, channels)
            All channels count alike, as left, right and centre do.
        """
        samples = np.nan_to_num(samples, posinf=0.0, neginf=0.0)
        n_channels = samples.shape[1]
        if n_channels != self._history.shape[1]:
            self._history = np.zeros((_N_TAPS - 1, n_channels), dtype=np.float32)
        most = self._fft_size - _N_TAPS + 1
        for at in range(0, len(samples), most):
            self._take(samples[at : at + most])

    def _take(self, samples: Samples) -> None:
        with_history = np.concatenate([self._history, samples])
        self._measure_peak(with_history[_N_TAPS - len(self._phases) :], samples)
        if not with_history.any():
            self._add_energies(np.zeros(len(samples)))
        else:
            spectrum = np.fft.rfft(with_history, self._fft_size, axis=0)
            weighted = np.fft.irfft(spectrum * self._response, self._fft_size, axis=0)
            heard = weighted[_N_TAPS - 1 : _N_TAPS - 1 + len(samples)]
            self._add_energies(np.einsum("ij,ij->i", heard, heard))
        self._history = with_history[-(_N_TAPS - 1) :]

    def _measure_peak(self, with_history: Samples, samples: Samples) -> None:
        greatest = float(np.abs(samples).max(initial=0.0))
        self._clipped = self._clipped or greatest >= 1.0
        windows = sliding_window_view(with_history, len(self._phases), axis=0)
        between = float(np.abs(windows @ self._phases).max(initial=0.0))
        self._peak = max(self._peak, greatest, between)

    def _add_energies(self, energies: NDArray[np.float64]) -> None:
        """Sum energies, one for each frame, over blocks of 100 ms."""
        at = 0
        while at < len(energies):
            piece = energies[at : at + self._n_block - self._n_open]
            self._open_energy += float(piece.sum())
            self._n_open += len(piece)
            at += len(piece)
            if self._n_open == self._n_block:
                self._energies.append(self._open_energy / self._n_block)
                self._open_energy, self._n_open = 0.0, 0

    def _keep_energies(self, energies: list[float]) -> None:
        n_kept = max(_N_SHORT_TERM, self._n_loop_blocks + _N_MOMENTARY - 1)
        self._energies = deque(energies, maxlen=n_kept)

    def _loudness_lufs(self, n_blocks: int) -> float:
        """Loudness of the last blocks; before the first there was silence."""
        n_first = max(0, len(self._energies) - n_blocks)
        return _lufs(sum(list(self._energies)[n_first:]) / n_blocks)


def k_weighting_response(n_taps: int, rate_hz: int) -> NDArray[np.float64]:
    """Impulse response of the K-weighting at any rate, float64 of shape (n_taps,).

    The recommendation's two filters at 48 kHz, traced back to the analogue ones that they were made from.
    """
    angle = tan(pi * 1681.974450955533 / rate_hz)
    quality = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    scale = 1 + angle / quality + angle**2
    shelf_b = np.array(
        [
            high + band * angle / quality + angle**2,
            2 * (angle**2 - high),
            high - band * angle / quality + angle**2,
        ]
    )
    shelf_a = np.array([scale, 2 * (angle**2 - 1), 1 - angle / quality + angle**2])
    angle = tan(pi * 38.13547087602444 / rate_hz)
    quality = 0.5003270373238773
    cut_b = np.array([1.0, -2.0, 1.0])
    cut_a = np.array([1 + angle / quality + angle**2, 2 * (angle**2 - 1), 1 - angle / quality + angle**2])
    # The recommendation leaves the high-pass's numerator at 1, -2, 1 with its denominator's first at 1.
    shelf = _impulse(shelf_b / scale, shelf_a / scale, n_taps)
    cut = _impulse(cut_b, cut_a / cut_a[0], n_taps)
    response: NDArray[np.float64] = np.convolve(shelf, cut)[:n_taps]
    return response


def _impulse(b: NDArray[np.float64], a: NDArray[np.float64], n_taps: int) -> NDArray[np.float64]:
    """Impulse response of a second-order filter whose `a[0]` is 1."""
    response = np.zeros(n_taps)
    older, old = 0.0, 0.0
    for i in range(n_taps):
        now = (float(b[i]) if i < len(b) else 0.0) - float(a[1]) * old - float(a[2]) * older
        response[i] = now
        older, old = old, now
    return response


def _db(power: float) -> float:
    return 10 * log10(power) if power > 0 else -inf


def _lufs(power: float) -> float:
    """Loudness of a K-weighted power, summed over the channels."""
    return _OFFSET_LUFS + _db(power) if power > 1e-12 else -inf


def _power(loudness_lufs: float) -> float:
    return float(10 ** ((loudness_lufs - _OFFSET_LUFS) / 10))
