"""The live spectrogram: waveform, spectrum, beats and playhead of the loop that is heard."""

from __future__ import annotations

from math import log2

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.spectrum import LoopSpectrogram
from morphstudio.ui.theme import Theme, scaled, tabular

_N_COLUMNS, _N_ROWS = 1024, 160
_LABELLED_HZ = {100.0: "100", 300.0: "300", 1000.0: "1k", 3000.0: "3k", 10_000.0: "10k"}
_NOTES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
_BAR_PX, _BAR_PITCH_PX = 3.0, 5.0
# fmt: off
_RAMP = (
    (0.10, "#16122f"), (0.22, "#2f1b57"), (0.36, "#552a78"), (0.50, "#86347f"), (0.63, "#bd4372"),
    (0.75, "#e9605c"), (0.86, "#fb9a55"), (0.94, "#fcc873"), (1.00, "#fdf3b8"),
)
# fmt: on
"""Lightness rises evenly, so that a louder place never looks quieter. Data, not decoration: no theme."""


class LiveSpectrogram(QWidget):
    """Shows what was just played, at its place in the loop.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = colour_table(theme.role("window"))
        self._rate_hz = RATE_HZ
        self._spectrum: LoopSpectrogram | None = None
        self._written = False
        self._n_bars, self._n_beats = 2, 8
        self._playhead: int | None = None
        self._stage = ""
        self._mouse: QPointF | None = None
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(240, 96)
        self.setAccessibleName(self.tr("Live spectrogram"))
        self.setAccessibleDescription(self.tr("Waveform and spectrum of the loop that is playing."))

    # --- what is shown -------------------------------------------------------------------------

    def set_loop(self, n_frames: int, rate_hz: int = RATE_HZ) -> None:
        """Say how long the loop is; what was shown is dropped unless nothing changes."""
        spectrum = self._spectrum
        if spectrum is None or (n_frames, rate_hz) != (spectrum.n_loop_frames, self._rate_hz):
            self._rate_hz = rate_hz
            self._spectrum = LoopSpectrogram(n_frames, _N_COLUMNS, _N_ROWS, rate_hz=rate_hz)
            self._written = False
            self._playhead = None
            self.update()

    def set_grid(self, bars: int, beats: int) -> None:
        """Divide the loop into `beats` equal beats, labelled as `bars` bars."""
        self._n_bars, self._n_beats = max(1, bars), max(1, beats)
        self.update()

    def write(self, loop_start: int, samples: Samples) -> None:
        """Take in what was just played: float32 (frames, channels) from this frame of the loop on."""
        if self._spectrum is None or not len(samples):
            return
        first, n_changed = self._spectrum.write(loop_start, samples)
        if not self._written:
            self._written = True
            self.update()
        elif n_changed:
            self._update_columns(first, n_changed)

    def set_playhead(self, frame: int | None) -> None:
        """Move the playhead; None hides it."""
        spectrum = self._spectrum
        if frame is not None and spectrum is not None:
            frame %= spectrum.n_loop_frames
        if frame == self._playhead:
            return
        before, self._playhead = self._playhead, frame
        if spectrum is None or before is None or frame is None:
            self.update()
            return
        wave, at = self._wave_rect(), [self._x_of(before), self._x_of(frame)]
        passed = QRectF(min(at) - 6, wave.top(), abs(at[1] - at[0]) + 12, wave.height())
        self.update(passed.toAlignedRect())
        for x in at:
            self.update(QRectF(x - 3, 0, 6, self.height()).toAlignedRect())

    def set_stage(self, text: str) -> None:
        """Show a word on what is heard, such as "draft"."""
        if text != self._stage:
            self._stage = text
            self.update()

    def clear(self) -> None:
        """Forget what was played."""
        if self._spectrum is not None:
            n_frames = self._spectrum.n_loop_frames
            self._spectrum = LoopSpectrogram(n_frames, _N_COLUMNS, _N_ROWS, rate_hz=self._rate_hz)
        self._written = False
        self._playhead = None
        self._stage = ""
        self.update()

    # --- geometry ------------------------------------------------------------------------------

    def _small_font(self) -> QFont:
        return tabular(scaled(self.font(), 0.85))

    def _plot_rect(self) -> QRectF:
        gutter = QFontMetricsF(self._small_font()).horizontalAdvance("300") + 26.0
        return QRectF(gutter, 0.0, max(self.width() - gutter - 16.0, 1.0), float(self.height()))

    def _wave_rect(self) -> QRectF:
        plot = self._plot_rect()
        return QRectF(plot.left(), 5.0, plot.width(), min(max(self.height() * 0.15, 16.0), 44.0))

    def _image_rect(self) -> QRectF:
        plot, top = self._plot_rect(), self._wave_rect().bottom() + 7.0
        return QRectF(plot.left(), top, plot.width(), max(self.height() - top - 8.0, 1.0))

    def _x_of(self, frame: float) -> float:
        plot = self._plot_rect()
        n_frames = 1 if self._spectrum is None else self._spectrum.n_loop_frames
        return float(plot.left() + plot.width() * frame / n_frames)

    def _update_columns(self, first: int, n_columns: int) -> None:
        plot = self._plot_rect()
        start = first % _N_COLUMNS
        for low, high in ((start, min(start + n_columns, _N_COLUMNS)), (0, start + n_columns - _N_COLUMNS)):
            if high > low:
                left = plot.left() + plot.width() * low / _N_COLUMNS - _BAR_PITCH_PX
                right = plot.left() + plot.width() * high / _N_COLUMNS + _BAR_PITCH_PX
                self.update(QRectF(left, 0, right - left, self.height()).toAlignedRect())

    # --- painting ------------------------------------------------------------------------------

    def _paint_spectrum(self, painter: QPainter, spectrum: LoopSpectrogram, dirty: QRect) -> None:
        """Stretch the columns that the dirty rectangle needs, and one beside, so that no seam shows."""
        area, pixels = self._image_rect(), spectrum.image
        per_column = area.width() / _N_COLUMNS
        first = max(int((dirty.left() - area.left()) / per_column) - 2, 0)
        last = min(int((dirty.right() + 1 - area.left()) / per_column) + 3, _N_COLUMNS)
        if last <= first:
            return
        strip = np.ascontiguousarray(pixels[:, first:last])
        n_columns = last - first
        image = QImage(strip.data, n_columns, _N_ROWS, n_columns, QImage.Format.Format_Indexed8)
        image.setColorTable(self._table)
        target = QRectF(area.left() + first * per_column, area.top(), n_columns * per_column, area.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image)

    def _paint_wave(self, painter: QPainter, spectrum: LoopSpectrogram, dirty: QRect) -> None:
        area = self._wave_rect()
        n_bars = max(1, int(area.width() / _BAR_PITCH_PX))
        starts = np.arange(n_bars) * _N_COLUMNS // n_bars
        peaks = np.maximum.reduceat(np.abs(spectrum.waveform).max(axis=1), starts)
        heights = np.maximum(np.minimum(peaks, 1.0) ** 0.8 * area.height(), 1.5)
        lefts = area.left() + np.arange(n_bars) * area.width() / n_bars
        head = -1.0 if self._playhead is None else self._x_of(self._playhead)
        played = self._theme.role("accent_text")
        coming = QColor(played)
        coming.setAlphaF(0.42)
        middle = area.center().y()
        near = (lefts + _BAR_PX >= dirty.left()) & (lefts <= dirty.right() + 1)
        for left, height in zip(lefts[near].tolist(), heights[near].tolist(), strict=True):
            bar = QRectF(left, middle - height / 2, _BAR_PX, height)
            painter.fillRect(bar, played if left < head or head < 0 else coming)

    def _paint_grid(self, painter: QPainter) -> None:
        area = self._image_rect()
        font = self._small_font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        per_bar = -(-self._n_beats // self._n_bars)
        every_beat = area.width() / self._n_beats >= metrics.horizontalAdvance("10.4") + 10
        white = self._theme.role("on_accent")
        for beat in range(self._n_beats):
            bar, in_bar = divmod(beat, per_bar)
            if in_bar and area.width() / self._n_beats < 6:
                continue
            x = area.left() + area.width() * beat / self._n_beats
            line = QColor(white)
            line.setAlphaF(0.0 if beat == 0 else 0.2 if in_bar == 0 else 0.11)
            painter.fillRect(QRectF(round(x), area.top(), 1.0, area.height()), line)
            if in_bar == 0 or every_beat:
                text = f"{bar + 1}.{in_bar + 1}"
                base = QPointF(round(x) + 5.0, area.top() + metrics.ascent() + 2.0)
                painter.setPen(QColor(0, 0, 0, 150))
                painter.drawText(base + QPointF(0.7, 0.7), text)
                line.setAlphaF(0.62)
                painter.setPen(line)
                painter.drawText(base, text)

    def _paint_frequencies(self, painter: QPainter, spectrum: LoopSpectrogram) -> None:
        area, metrics = self._image_rect(), QFontMetricsF(self._small_font())
        painter.setFont(self._small_font())
        painter.setPen(self._theme.role("text_dim"))
        octaves = log2(spectrum.f_max_hz / spectrum.f_min_hz)
        lowest = area.bottom() + metrics.height()
        for frequency_hz, text in _LABELLED_HZ.items():
            y = area.top() + area.height() * log2(spectrum.f_max_hz / frequency_hz) / octaves
            if lowest - y < metrics.height() + 2:
                continue
            lowest = y
            box = QRectF(0, y - metrics.height() / 2, area.left() - 10.0, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_pill(self, painter: QPainter, text: str, right: float, top: float, role: str) -> None:
        font = self._small_font()
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(text) + 16.0, metrics.height() + 6.0
        box = QRectF(right - width, top, width, height)
        ground = self._theme.role("window")
        ground.setAlphaF(0.82)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(self._theme.role(role))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_read_out(self, painter: QPainter, spectrum: LoopSpectrogram) -> None:
        area = self._image_rect()
        if self._mouse is None or not area.contains(self._mouse):
            return
        x, y = self._mouse.x(), self._mouse.y()
        line = self._theme.role("on_accent")
        line.setAlphaF(0.28)
        painter.setPen(QPen(line, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        text = self.read_out(x, y)
        width = QFontMetricsF(self._small_font()).horizontalAdvance(text) + 28.0
        right = x - 12.0 if x + width > area.right() else x + width
        height = QFontMetricsF(self._small_font()).height() + 8.0
        top = y - height - 6.0 if y - height - 6.0 > area.top() else y + 10.0
        self._paint_pill(painter, text, max(right, area.left() + width), top, "text")

    def read_out(self, x: float, y: float) -> str:
        """Say what is at a pixel of the spectrum: time, frequency with its note, level."""
        spectrum, area = self._spectrum, self._image_rect()
        if spectrum is None:
            return ""
        across = min(max((x - area.left()) / area.width(), 0.0), 1.0)
        down = min(max((y - area.top()) / area.height(), 0.0), 1.0)
        time_s = across * spectrum.n_loop_frames / self._rate_hz
        frequency_hz = spectrum.frequency_hz(down * _N_ROWS)
        row, column = min(int(down * _N_ROWS), _N_ROWS - 1), min(int(across * _N_COLUMNS), _N_COLUMNS - 1)
        level_db = spectrum.level_db(row, column)
        code = int(spectrum.image[row, column])
        bound = "<" if code == 0 else ">" if code == 255 else ""
        level = f"{bound}{level_db:.0f} dB".replace("-", "\N{MINUS SIGN}")
        shown_hz = f"{frequency_hz / 1000:.1f} kHz" if frequency_hz >= 1000 else f"{frequency_hz:.0f} Hz"
        return f"{time_s:.2f} s  ·  {shown_hz} {note_name(frequency_hz)}  ·  {level}"

    # --- Qt ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1600, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dirty, spectrum = event.rect(), self._spectrum
        painter.fillRect(dirty, self._theme.role("window"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self._theme.role("border"))
        if spectrum is None or not self._written:
            painter.setPen(self._theme.role("text_dim"))
            text = self.tr("Play something to see it")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        self._paint_spectrum(painter, spectrum, dirty)
        self._paint_wave(painter, spectrum, dirty)
        self._paint_grid(painter)
        self._paint_frequencies(painter, spectrum)
        if self._playhead is not None:
            x = round(self._x_of(self._playhead))
            shade, line = QColor(0, 0, 0, 90), self._theme.role("on_accent")
            painter.fillRect(QRectF(x - 1.0, 3.0, 4.0, self.height() - 6.0), shade)
            painter.fillRect(QRectF(x, 3.0, 2.0, self.height() - 6.0), line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._stage:
            area = self._image_rect()
            self._paint_pill(painter, self._stage, area.right() - 6.0, area.top() + 5.0, "text_dim")
        self._paint_read_out(painter, spectrum)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.update()


def colour_table(ground: QColor) -> list[int]:
    """256 colours from silence (the ground) to the loudest, as `0xffrrggbb`."""
    stops = [(0.0, ground), *((at, QColor(name)) for at, name in _RAMP)]
    at = np.array([place for place, _ in stops])
    rgb = np.array([(c.red(), c.green(), c.blue()) for _, c in stops], dtype=np.float64)
    levels = np.linspace(0.0, 1.0, 256)
    channels = [np.interp(levels, at, rgb[:, i]).round().astype(int).tolist() for i in range(3)]
    return [0xFF000000 | (r << 16) | (g << 8) | b for r, g, b in zip(*channels, strict=True)]


def note_name(frequency_hz: float) -> str:
    """Nearest note in equal temperament with A4 at 440 Hz.

    >>> note_name(261.6)
    'C4'
    """
    midi = round(69 + 12 * log2(frequency_hz / 440.0))
    return f"{_NOTES[midi % 12]}{midi // 12 - 1}"
