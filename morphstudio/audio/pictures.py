"""What the live picture of a loop can show: each turns windows of sound into rows of values and of shades.

A picture knows its own axis. It knows nothing of the loop, of columns' places or of colours.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import numpy as np

from morphstudio.audio.features import (
    Float32,
    Float64,
    dct_matrix,
    hz_to_mel,
    linear_edges_hz,
    mel_edges_hz,
    mel_to_hz,
    triangles,
)

TOP_DB = -15.0
"""Shown brightest; what is louder in one row is no brighter."""
RANGE_DB = 60.0
"""From brightest to black."""
WINDOW = 3072
"""Longest window in frames; what needs a shorter one takes its middle."""
N_BANDS, N_COEFFICIENTS = 128, 20
F_MIN_HZ, F_MAX_HZ = 40.0, 18_000.0
"""Outer edges of the spectrogram."""
_SHORT = 1024
"""Hits stay sharp above `_CROSSOVER_HZ`, notes stay apart below."""
_BAND_WINDOW = 2048
_CROSSOVER_HZ = (300.0, 900.0)
_TILT_DB = 2.0
"""Per octave above 1 kHz; evens out what falls off towards the treble in most music."""
_FLOOR_DB = -90.0
"""Of a band before its cepstrum is taken, so that silence has one."""
_WIDEST_CEPSTRUM_DB, _CEPSTRUM_FALL = 400.0, 0.75
"""Fully coloured at the first coefficient, and by which power of the order that is less at later ones."""


class PictureKind(StrEnum):
    """Pictures to choose from; the values are what settings remember."""

    SPECTROGRAM = "spectrogram"
    MEL = "mel"
    MFCC = "mfcc"
    LFCC = "lfcc"

    @property
    def is_cepstrum(self) -> bool:
        """Whether its rows are coefficients, with no frequency of their own."""
        return self in (PictureKind.MFCC, PictureKind.LFCC)


class Picture(Protocol):
    """Rows of a picture; the first is the highest."""

    @property
    def n_rows(self) -> int:
        """Height in pixels."""

    @property
    def ground_shade(self) -> int:
        """Shade of silence, and of what was not played yet."""

    def values(self, windows: Float32) -> Float32:
        """Values in dB, (columns, `WINDOW`) to (columns, rows)."""

    def shades(self, values: Float32) -> Float32:
        """Values to shades from 0 to 255, not rounded, (columns, rows)."""


def make_picture(kind: PictureKind, n_rows: int, rate_hz: int) -> Picture:
    """Build a picture; only the spectrogram has as many rows as one likes."""
    if kind is PictureKind.SPECTROGRAM:
        return Spectrogram(n_rows, rate_hz)
    if kind is PictureKind.MEL:
        return MelBands(rate_hz)
    return Cepstrum(kind, rate_hz)


class Spectrogram:
    """Levels spaced evenly in log frequency.

    Parameters
    ----------
    n_rows : int
    rate_hz : int
    """

    ground_shade = 0

    def __init__(self, n_rows: int, rate_hz: int) -> None:
        self.n_rows = n_rows
        bounds_hz = F_MAX_HZ * (F_MIN_HZ / F_MAX_HZ) ** (np.arange(n_rows + 1) / n_rows)
        centres_hz = np.sqrt(bounds_hz[:-1] * bounds_hz[1:])
        self._long, self._short = (_RowBank(size, bounds_hz, rate_hz) for size in (WINDOW, _SHORT))
        low_hz, high_hz = _CROSSOVER_HZ
        share = np.clip(np.log(centres_hz / low_hz) / np.log(high_hz / low_hz), 0.0, 1.0)
        self._short_share = share.astype(np.float32)
        self._tilt_db = (_TILT_DB * np.log2(centres_hz / 1000.0)).astype(np.float32)

    def values(self, windows: Float32) -> Float32:
        """Mean level of a row's bins, in dB re a full-scale sine."""
        long_db = self._long.levels_db(windows)
        short_db = self._short.levels_db(_middle(windows, _SHORT))
        mixed_db: Float32 = long_db + self._short_share * (short_db - long_db)
        return mixed_db

    def shades(self, values: Float32) -> Float32:
        """`RANGE_DB` below `TOP_DB`, tilted towards the treble."""
        return _shades_of_levels(values + self._tilt_db)


class MelBands:
    """Levels in 128 bands that are spaced evenly in mel."""

    ground_shade = 0

    def __init__(self, rate_hz: int) -> None:
        self.n_rows = N_BANDS
        self._bank = _BandBank(mel_edges_hz(N_BANDS, rate_hz / 2), rate_hz)

    def values(self, windows: Float32) -> Float32:
        """Level in a band, in dB re a full-scale sine."""
        return self._bank.levels_db(windows)[:, ::-1]

    def shades(self, values: Float32) -> Float32:
        """`RANGE_DB` below `TOP_DB`: bands grow wider towards the treble, which needs no more tilt."""
        return _shades_of_levels(values)


class Cepstrum:
    """First 20 coefficients of the DCT-II of 128 bands' levels: of mel bands or of linear ones.

    The lowest row is the coefficient 0: how loud all bands are together. The others are signed.
    """

    ground_shade = 128

    def __init__(self, kind: PictureKind, rate_hz: int) -> None:
        self.n_rows = N_COEFFICIENTS
        edges_hz = linear_edges_hz if kind is PictureKind.LFCC else mel_edges_hz
        self._bank = _BandBank(edges_hz(N_BANDS, rate_hz / 2), rate_hz)
        self._matrix = dct_matrix(N_BANDS, N_COEFFICIENTS)
        order = np.arange(N_COEFFICIENTS)[::-1]
        self._widest_db = (_WIDEST_CEPSTRUM_DB / np.maximum(order, 1) ** _CEPSTRUM_FALL).astype(np.float32)

    def values(self, windows: Float32) -> Float32:
        """Coefficients of the levels in dB."""
        levels_db = np.maximum(self._bank.levels_db(windows), _FLOOR_DB)
        coefficients: Float32 = levels_db @ self._matrix
        return coefficients[:, ::-1]

    def shades(self, values: Float32) -> Float32:
        """128 is nothing; the coefficient 0 is shown from the floor up."""
        share = values / self._widest_db
        floor = _FLOOR_DB * np.sqrt(N_BANDS)
        share[:, -1] = (values[:, -1] - floor) / (TOP_DB * np.sqrt(N_BANDS) - floor)
        shades: Float32 = self.ground_shade + 127.0 * np.clip(share, -1.0, 1.0)
        return shades


def place_of(kind: PictureKind, frequency_hz: Float64, rate_hz: int) -> Float64:
    """How far down a picture a frequency lies: 0 is its upper edge, 1 the lower."""
    if kind is PictureKind.MEL:
        steps = hz_to_mel(frequency_hz) / hz_to_mel(np.array(rate_hz / 2)) * (N_BANDS + 1)
        return 1.0 - (steps - 0.5) / N_BANDS
    heard_hz = np.maximum(frequency_hz, 1e-3)
    return np.asarray(np.log(F_MAX_HZ / heard_hz) / np.log(F_MAX_HZ / F_MIN_HZ))


def frequency_at(kind: PictureKind, place: float, rate_hz: int) -> float:
    """Inverse of `place_of`."""
    if kind is PictureKind.MEL:
        steps = (1.0 - place) * N_BANDS + 0.5
        return float(mel_to_hz(hz_to_mel(np.array(rate_hz / 2)) * steps / (N_BANDS + 1)))
    return float(F_MAX_HZ * (F_MIN_HZ / F_MAX_HZ) ** place)


def power_spectra(windows: Float32, size: int = _BAND_WINDOW) -> Float32:
    """Power of the middle `size` frames of each window, in which a full-scale sine's peak is 1."""
    window = np.hanning(size + 1)[:-1]
    scaled = (window * 2.0 / window.sum()).astype(np.float32)
    spectrum = np.fft.rfft(_middle(windows, size) * scaled, axis=1)
    return np.square(spectrum.real) + np.square(spectrum.imag)


def _middle(windows: Float32, size: int) -> Float32:
    start = (windows.shape[1] - size) // 2
    return windows[:, start : start + size]


def _shades_of_levels(level_db: Float32) -> Float32:
    shades: Float32 = np.clip((level_db - (TOP_DB - RANGE_DB)) * (255.0 / RANGE_DB), 0.0, 255.0)
    return shades


class _BandBank:
    """Power in triangular bands. That the window spreads a sine over 1.5 bins is made up for."""

    def __init__(self, edges_hz: Float64, rate_hz: int) -> None:
        self._bands = triangles(edges_hz, _BAND_WINDOW // 2 + 1, rate_hz) / np.float32(1.5)

    def levels_db(self, windows: Float32) -> Float32:
        """In dB re a full-scale sine, (columns, `WINDOW`) to (columns, bands), lowest first."""
        return np.float32(10.0) * np.log10(power_spectra(windows) @ self._bands + np.float32(1e-12))


class _RowBank:
    """Power in the rows of the spectrogram, from windows of one size.

    Rows are read off the running sum of the power over the bins: a box as wide as the row, and at
    least one bin and a half, at any place between bins.
    """

    def __init__(self, size: int, bounds_hz: Float64, rate_hz: int) -> None:
        self._size = size
        bounds = bounds_hz * size / rate_hz + 0.5  # of the running sum: bin k is between k and k + 1
        middle = (bounds[:-1] + bounds[1:]) / 2
        half = np.maximum((bounds[:-1] - bounds[1:]) / 2, 0.75)
        most = size // 2 + 1 - 1e-6
        low, high = np.clip(middle - half, 0.0, most), np.clip(middle + half, 0.0, most)
        self._low, self._low_share = low.astype(np.intp), low % 1
        self._high, self._high_share = high.astype(np.intp), high % 1
        self._width = np.maximum(high - low, 1e-3)

    def levels_db(self, windows: Float32) -> Float32:
        """Mean power per bin in dB re a full-scale sine, (columns, frames) to (columns, rows)."""
        power = power_spectra(windows, self._size).astype(np.float64)
        total = np.zeros((len(power), power.shape[1] + 1))
        np.cumsum(power, axis=1, out=total[:, 1:])
        upper = total[:, self._high] + self._high_share * power[:, self._high]
        lower = total[:, self._low] + self._low_share * power[:, self._low]
        levels: Float32 = (10.0 * np.log10((upper - lower) / self._width + 1e-12)).astype(np.float32)
        return levels
