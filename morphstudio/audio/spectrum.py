"""The spectrogram of a loop, column by column while it plays. numpy only."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ

TOP_DB = -15.0
"""Shown brightest; what is louder in one row is no brighter."""
RANGE_DB = 60.0
"""From brightest to black."""
_SHORT, _LONG = 1024, 3072
"""Windows in frames: hits stay sharp above `_CROSSOVER_HZ`, notes stay apart below."""
_CROSSOVER_HZ = (300.0, 900.0)
_TILT_DB = 2.0
"""Per octave above 1 kHz; evens out what falls off towards the treble in most music."""
_MOST_SPECTRA = 256
"""Analysed at a time: bounds the memory of a write of a whole loop."""
_LEAST_HOP = 100
"""In frames; in short loops neighbouring columns share a spectrum, for their windows hardly differ."""

Float32 = NDArray[np.float32]


class LoopSpectrogram:
    """Keeps a picture of a loop up to date with what was just played.

    Rows are spaced evenly in log frequency, the first is the highest. Columns are spaced evenly over
    the loop.

    Parameters
    ----------
    n_loop_frames : int
    n_columns, n_rows : int
        Size of the picture.
    f_min_hz, f_max_hz : float
        Outer edges of the last and the first row.
    rate_hz : int
    """

    def __init__(
        self,
        n_loop_frames: int,
        n_columns: int,
        n_rows: int,
        f_min_hz: float = 40.0,
        f_max_hz: float = 18_000.0,
        rate_hz: int = RATE_HZ,
    ) -> None:
        self.n_loop_frames = max(1, n_loop_frames)
        self.f_min_hz, self.f_max_hz = f_min_hz, f_max_hz
        self._loop = np.zeros(self.n_loop_frames, dtype=np.float32)
        self._image = np.zeros((n_rows, n_columns), dtype=np.uint8)
        self._waveform = np.zeros((n_columns, 2), dtype=np.float32)
        edges = np.arange(n_columns + 1) * self.n_loop_frames / n_columns
        self._edges = edges.astype(np.intp)
        self._shared = max(1, round(_LEAST_HOP * n_columns / self.n_loop_frames))
        firsts = np.arange(0, n_columns, self._shared)
        lasts = np.minimum(firsts + self._shared, n_columns)
        self._centres = ((edges[firsts] + edges[lasts]) / 2).astype(np.intp)
        bounds_hz = f_max_hz * (f_min_hz / f_max_hz) ** (np.arange(n_rows + 1) / n_rows)
        centres_hz = np.sqrt(bounds_hz[:-1] * bounds_hz[1:])
        self._banks = [_Bank(size, bounds_hz, rate_hz) for size in (_LONG, _SHORT)]
        low_hz, high_hz = _CROSSOVER_HZ
        share = np.clip(np.log(centres_hz / low_hz) / np.log(high_hz / low_hz), 0.0, 1.0)
        self._short_share = share.astype(np.float32)
        self._tilt_db = (_TILT_DB * np.log2(centres_hz / 1000.0)).astype(np.float32)

    @property
    def image(self) -> NDArray[np.uint8]:
        """uint8 (rows, columns), highest row first: 0 is `RANGE_DB` below `TOP_DB`; a live view."""
        return self._image

    @property
    def waveform(self) -> Float32:
        """float32 (columns, 2): least and greatest sample of each column; a live view."""
        return self._waveform

    def frequency_hz(self, row: float) -> float:
        """Frequency at a row; 0 is the upper edge of the picture, `n_rows` the lower."""
        return float(self.f_max_hz * (self.f_min_hz / self.f_max_hz) ** (row / len(self._image)))

    def level_db(self, row: int, column: int) -> float:
        """Level at a pixel, in dB re a full-scale sine, within what the picture can tell."""
        shown = TOP_DB - RANGE_DB + self._image[row, column] * (RANGE_DB / 255.0)
        return float(shown - self._tilt_db[row])

    def write(self, loop_start: int, samples: Float32) -> tuple[int, int]:
        """Take in what was just played.

        Parameters
        ----------
        loop_start : int
            Position of the first frame in the loop; any integer, taken modulo the loop.
        samples : float32, shape (frames, channels)

        Returns
        -------
        (int, int)
            First column that may have changed (it may be negative: counted from the end), and how
            many from there on, around the loop.
        """
        n_loop = self.n_loop_frames
        if not len(samples):
            return 0, 0
        skipped = max(0, len(samples) - n_loop)
        mono = np.nan_to_num(samples[skipped:].mean(axis=1), posinf=0.0, neginf=0.0)
        start, n_new = (loop_start + skipped) % n_loop, len(mono)
        head = min(n_new, n_loop - start)
        self._loop[start : start + head] = mono[:head]
        self._loop[: n_new - head] = mono[head:]
        self._update_waveform(start, n_new)
        # Spectra whose window reaches into the new sound, as far as it has been played.
        spectra = self._spectra_within(start - _LONG // 2, min(n_new + _LONG // 2, n_loop))
        for i in range(0, len(spectra), _MOST_SPECTRA):
            self._analyse(spectra[i : i + _MOST_SPECTRA])
        first = int(np.searchsorted(self._edges, (start - _LONG // 2) % n_loop, side="right")) - 1
        n_touched = (n_new + _LONG // 2) * len(self._waveform) // n_loop + 2 + self._shared
        return first - self._shared, min(n_touched + self._shared, len(self._waveform))

    def _spectra_within(self, first: int, n_frames: int) -> NDArray[np.intp]:
        """Spectra whose centre lies in `n_frames` from `first`, in the order of the loop."""
        offset = (self._centres - first) % self.n_loop_frames
        inside = np.flatnonzero(offset < n_frames)
        ordered: NDArray[np.intp] = inside[np.argsort(offset[inside], kind="stable")]
        return ordered

    def _update_waveform(self, start: int, n_new: int) -> None:
        n_columns = len(self._waveform)
        for low, high in (
            (start, min(start + n_new, self.n_loop_frames)),
            (0, start + n_new - self.n_loop_frames),
        ):
            if high <= low:
                continue
            first = int(np.searchsorted(self._edges, low, side="right")) - 1
            last = min(int(np.searchsorted(self._edges, high, side="left")), n_columns)
            begin, end = self._edges[first], max(self._edges[last], self._edges[first] + 1)
            piece = self._loop[begin:end]
            inner = np.minimum(self._edges[first:last] - begin, len(piece) - 1)
            self._waveform[first:last, 0] = np.minimum.reduceat(piece, inner)
            self._waveform[first:last, 1] = np.maximum.reduceat(piece, inner)

    def _analyse(self, spectra: NDArray[np.intp]) -> None:
        centres = self._centres[spectra]
        steps = (centres - centres[0]) % self.n_loop_frames
        begin = centres[0] - _LONG // 2
        span = self._loop[(begin + np.arange(int(steps.max()) + _LONG)) % self.n_loop_frames]
        long_db, short_db = (
            bank.levels_db(sliding_window_view(span[(_LONG - bank.size) // 2 :], bank.size)[steps])
            for bank in self._banks
        )
        level_db = long_db + self._short_share * (short_db - long_db) + self._tilt_db
        code = np.clip((level_db - (TOP_DB - RANGE_DB)) * (255.0 / RANGE_DB) + 0.5, 0, 255)
        shades = code.astype(np.uint8).T
        for i in range(self._shared):
            columns = spectra * self._shared + i
            here = columns < self._image.shape[1]
            self._image[:, columns[here]] = shades[:, here]


class _Bank:
    """Power in the rows of the picture, from windows of one size.

    Rows are read off the running sum of the power over the bins: a box as wide as the row, and at
    least one bin and a half, at any place between bins.
    """

    def __init__(self, size: int, bounds_hz: NDArray[np.float64], rate_hz: int) -> None:
        self.size = size
        window = np.hanning(size + 1)[:-1]
        self._window = (window * 2.0 / window.sum()).astype(np.float32)
        bounds = bounds_hz * size / rate_hz + 0.5  # of the running sum: bin k is between k and k + 1
        middle = (bounds[:-1] + bounds[1:]) / 2
        half = np.maximum((bounds[:-1] - bounds[1:]) / 2, 0.75)
        most = size // 2 + 1 - 1e-6
        low, high = np.clip(middle - half, 0.0, most), np.clip(middle + half, 0.0, most)
        self._low, self._low_share = low.astype(np.intp), low % 1
        self._high, self._high_share = high.astype(np.intp), high % 1
        self._width = np.maximum(high - low, 1e-3)

    def levels_db(self, frames: Float32) -> Float32:
        """Mean power per bin in dB re a full-scale sine, (columns, size) to (columns, rows)."""
        spectrum = np.fft.rfft(frames * self._window)
        power = spectrum.real.astype(np.float64) ** 2 + spectrum.imag.astype(np.float64) ** 2
        total = np.zeros((len(power), power.shape[1] + 1))
        np.cumsum(power, axis=1, out=total[:, 1:])
        upper = total[:, self._high] + self._high_share * power[:, self._high]
        lower = total[:, self._low] + self._low_share * power[:, self._low]
        levels: Float32 = (10.0 * np.log10((upper - lower) / self._width + 1e-12)).astype(np.float32)
        return levels
