"""Reads figures off the picture of a loop and writes them down for people."""

from __future__ import annotations

from math import inf, isfinite, log10

import numpy as np
from PySide6.QtCore import QObject

from morphstudio.audio.pictures import N_COEFFICIENTS, frequency_at
from morphstudio.audio.spectrum import LoopPicture
from morphstudio.ui.figures import decibel_text, frequency_text, note_text, signed_text

_LOWEST_NOTE_HZ = 16.0
"""C0; below it a note says nothing."""


class PictureReader(QObject):
    """Says what a picture shows at a place. A QObject for the sake of its words."""

    def parts_at(
        self, picture: LoopPicture, grid: tuple[int, int], across: float, down: float | None
    ) -> list[str]:
        """Time, bar and beat; then frequency, note, level and what lines tell.

        Parameters
        ----------
        picture : LoopPicture
        grid : (int, int)
            Bars and beats of the loop.
        across, down : float
            0..1 from the left and the top of the picture; with None for `down` it is the waveform.
        """
        n_rows, n_columns = picture.image.shape
        column = min(int(across * n_columns), n_columns - 1)
        n_bars, n_beats = grid
        bar, beat = divmod(min(int(across * n_beats), n_beats - 1), -(-n_beats // n_bars))
        parts = [f"{across * picture.n_loop_frames / picture.rate_hz:.2f} s", f"{bar + 1}.{beat + 1}"]
        if down is None:
            peak = float(np.abs(picture.waveform[column]).max())
            return [*parts, decibel_text(20 * log10(peak) if peak > 0 else -inf)]
        down = min(max(down, 0.0), 1.0)
        row = min(int(down * n_rows), n_rows - 1)
        value = picture.value(row, column)
        if picture.kind.is_cepstrum:
            order = N_COEFFICIENTS - 1 - row
            shown = signed_text(value, 1) if isfinite(value) else "\N{EN DASH}"
            return [*parts, self.tr("Coefficient {number}").format(number=order), shown]
        frequency_hz = frequency_at(picture.kind, down, picture.rate_hz)
        parts.append(frequency_text(frequency_hz))
        if frequency_hz >= _LOWEST_NOTE_HZ:
            parts.append(note_text(frequency_hz))
        return [*parts, decibel_text(value), *self._lines_at(picture, column)]

    def _lines_at(self, picture: LoopPicture, column: int) -> list[str]:
        pitch_hz, brightness_hz = float(picture.pitch_hz[column]), float(picture.brightness_hz[column])
        parts = []
        if isfinite(pitch_hz):
            pitch = f"{frequency_text(pitch_hz)} {note_text(pitch_hz)}"
            parts.append(self.tr("Pitch {pitch}").format(pitch=pitch))
        if isfinite(brightness_hz):
            brightness = frequency_text(brightness_hz)
            parts.append(self.tr("Brightness {frequency}").format(frequency=brightness))
        return parts
