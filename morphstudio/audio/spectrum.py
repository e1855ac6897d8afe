"""The picture of a loop, column by column while it plays. numpy only.

Writing keeps what was played and notes which columns it makes stale; analysing brings them up to date, as
many at a time as there is time for. What is played again as it was makes nothing stale.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.features import Float32, centroids_hz, pitches_hz
from morphstudio.audio.pictures import WINDOW, PictureKind, make_picture, power_spectra

_MOST_SPECTRA = 64
"""Analysed at a time: bounds memory, and the time that one call takes."""
_LEAST_HOP = 100
"""In frames; in short loops neighbouring columns share a spectrum, for their windows hardly differ."""


class LoopPicture:
    """Keeps a picture of a loop, and lines over it, up to date with what was just played.

    Columns are spaced evenly over the loop.

    Parameters
    ----------
    n_loop_frames : int
    n_columns, n_rows : int
        Size of the picture; pictures other than the spectrogram have their own number of rows.
    rate_hz : int
    """

    def __init__(self, n_loop_frames: int, n_columns: int, n_rows: int, rate_hz: int = RATE_HZ) -> None:
        self.n_loop_frames = max(1, n_loop_frames)
        self.rate_hz = rate_hz
        self._n_columns, self._most_rows = n_columns, n_rows
        self._loop = np.zeros(self.n_loop_frames, dtype=np.float32)
        self._is_played = np.zeros(n_columns, dtype=np.bool_)
        self._waveform = np.zeros((n_columns, 2), dtype=np.float32)
        edges = np.arange(n_columns + 1) * self.n_loop_frames / n_columns
        self._edges = edges.astype(np.intp)
        self._n_shared = max(1, round(_LEAST_HOP * n_columns / self.n_loop_frames))
        firsts = np.arange(0, n_columns, self._n_shared)
        lasts = np.minimum(firsts + self._n_shared, n_columns)
        self._centres = ((edges[firsts] + edges[lasts]) / 2).astype(np.intp)
        self._stale = np.zeros(len(firsts), dtype=np.bool_)
        self._behind = np.zeros(len(firsts), dtype=np.bool_)
        self._newest = 0
        self.has_pitch = self.has_brightness = False
        self._set_kind(PictureKind.SPECTROGRAM)

    def _set_kind(self, kind: PictureKind) -> None:
        self.kind = kind
        self._picture = make_picture(kind, self._most_rows, self.rate_hz)
        shape = (self._picture.n_rows, self._n_columns)
        self._image = np.full(shape, self._picture.ground_shade, dtype=np.uint8)
        self._values = np.full(shape, np.nan, dtype=np.float32)
        self._pitch_hz = np.full(self._n_columns, np.nan, dtype=np.float32)
        self._brightness_hz = np.full(self._n_columns, np.nan, dtype=np.float32)

    @property
    def image(self) -> NDArray[np.uint8]:
        """uint8 (rows, columns) of shades, highest row first; a live view."""
        return self._image

    @property
    def waveform(self) -> Float32:
        """float32 (columns, 2): least and greatest sample of each column; a live view."""
        return self._waveform

    @property
    def pitch_hz(self) -> Float32:
        """float32 (columns,): NaN where there is no clear pitch, or none is asked for; a live view."""
        return self._pitch_hz

    @property
    def brightness_hz(self) -> Float32:
        """float32 (columns,): centre of gravity of the spectrum, NaN in silence; a live view."""
        return self._brightness_hz

    @property
    def is_stale(self) -> bool:
        """Whether columns wait to be analysed."""
        return bool(self._stale.any())

    def value(self, row: int, column: int) -> float:
        """Level in dB re a full-scale sine, or coefficient, at a pixel; NaN where nothing was played."""
        return float(self._values[row, column])

    def show(self, kind: PictureKind, *, has_pitch: bool, has_brightness: bool) -> None:
        """Choose picture and lines; what was played is kept and becomes stale where that differs."""
        if (kind, has_pitch, has_brightness) == (self.kind, self.has_pitch, self.has_brightness):
            return
        self.has_pitch, self.has_brightness = has_pitch, has_brightness
        self._set_kind(kind)
        self._stale[:] = self._is_played[:: self._n_shared]

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
            First column whose waveform may have changed, and how many from there on, around the loop.
        """
        n_loop = self.n_loop_frames
        skipped = max(0, len(samples) - n_loop)
        if not len(samples):
            return 0, 0
        mono = np.nan_to_num(samples[skipped:].mean(axis=1), posinf=0.0, neginf=0.0)
        start, n_new = (loop_start + skipped) % n_loop, len(mono)
        first = int(np.searchsorted(self._edges, start, side="right")) - 1
        columns = (
            first + np.arange(min(n_new * self._n_columns // n_loop + 2, self._n_columns))
        ) % self._n_columns
        head = min(n_new, n_loop - start)
        is_same = np.array_equal(self._loop[start : start + head], mono[:head]) and np.array_equal(
            self._loop[: n_new - head], mono[head:]
        )
        self._newest = start - WINDOW // 2
        offset = (self._centres - self._newest) % n_loop
        # Spectra whose window reaches into the new sound, as far as it has been played.
        reached = offset < min(n_new + WINDOW // 2, n_loop)
        if is_same and self._is_played[columns].all():
            self._stale |= self._behind & reached
            self._behind &= ~reached
            return first, 0
        self._loop[start : start + head] = mono[:head]
        self._loop[: n_new - head] = mono[head:]
        self._is_played[columns] = True
        self._update_waveform(start, n_new)
        self._stale |= reached
        # Those after it wait: most likely the next write replaces what they hold too.
        self._behind &= ~reached
        self._behind |= ~reached & (offset < n_new + WINDOW) & self._is_played[:: self._n_shared]
        return first, len(columns)

    def analyse(self, most: int = _MOST_SPECTRA) -> NDArray[np.intp]:
        """Bring up to `most` spectra up to date, those of what was played last first.

        Returns
        -------
        intp, shape (n_changed,)
            Columns that may look different now, in no order.
        """
        stale = np.flatnonzero(self._stale)
        if not len(stale):
            return stale
        order = np.argsort((self._centres[stale] - self._newest) % self.n_loop_frames, kind="stable")
        spectra: NDArray[np.intp] = stale[order[:most]]
        self._stale[spectra] = False
        for at in range(0, len(spectra), _MOST_SPECTRA):
            self._analyse(spectra[at : at + _MOST_SPECTRA])
        columns = (spectra[:, None] * self._n_shared + np.arange(self._n_shared)).ravel()
        return columns[columns < self._n_columns]

    def _update_waveform(self, start: int, n_new: int) -> None:
        for low, high in (
            (start, min(start + n_new, self.n_loop_frames)),
            (0, start + n_new - self.n_loop_frames),
        ):
            if high <= low:
                continue
            first = int(np.searchsorted(self._edges, low, side="right")) - 1
            last = min(int(np.searchsorted(self._edges, high, side="left")), self._n_columns)
            begin, end = self._edges[first], max(self._edges[last], self._edges[first] + 1)
            piece = self._loop[begin:end]
            inner = np.minimum(self._edges[first:last] - begin, len(piece) - 1)
            self._waveform[first:last, 0] = np.minimum.reduceat(piece, inner)
            self._waveform[first:last, 1] = np.maximum.reduceat(piece, inner)

    def _analyse(self, spectra: NDArray[np.intp]) -> None:
        windows = self._windows(self._centres[spectra])
        values = self._picture.values(windows)
        shades = (self._picture.shades(values) + 0.5).astype(np.uint8)
        pitch_hz = pitches_hz(windows, self.rate_hz) if self.has_pitch else None
        brightness_hz = centroids_hz(power_spectra(windows), self.rate_hz) if self.has_brightness else None
        for i in range(self._n_shared):
            columns = spectra * self._n_shared + i
            here = columns < self._n_columns
            self._image[:, columns[here]] = shades[here].T
            self._values[:, columns[here]] = values[here].T
            if pitch_hz is not None:
                self._pitch_hz[columns[here]] = pitch_hz[here]
            if brightness_hz is not None:
                self._brightness_hz[columns[here]] = brightness_hz[here]

    def _windows(self, centres: NDArray[np.intp]) -> Float32:
        """Windows around frames of the loop, (centres, `WINDOW`)."""
        # Where the loop goes round its end, the samples lie on both sides of it.
        begin = centres - WINDOW // 2
        inside = (begin >= 0) & (begin + WINDOW <= self.n_loop_frames)
        windows = np.empty((len(centres), WINDOW), dtype=np.float32)
        if inside.any():
            windows[inside] = sliding_window_view(self._loop, WINDOW)[begin[inside]]
        around = (begin[~inside, None] + np.arange(WINDOW)) % self.n_loop_frames
        windows[~inside] = self._loop[around]
        return windows
