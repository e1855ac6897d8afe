"""Meters of what is heard: bars for the top bar; true peak and loudness as rows for the side panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolTip, QWidget

from morphstudio.audio.metering import MeterReading
from morphstudio.ui.controls import Heading, PaintedButton, em, restyle
from morphstudio.ui.figures import decibel_text
from morphstudio.ui.theme import Theme, tabular

METER_FLOOR_DB = -60.0
"""Left end of a level meter; its right end is full scale."""
PEAK_FALL_DB = 0.6
"""How far a held peak falls with each new level."""
_HIGHEST_TRUE_PEAK_DBTP = -1.0
"""What streaming services and EBU R 128 ask for at most."""
_METER_STOPS = ((0.0, "meter_low"), (0.55, "meter_low"), (0.8, "meter_mid"), (0.97, "meter_high"))
_RING_PX = 4
"""Kept free around the bars for the focus ring."""
_TRUE_PEAK_RANGE_DB, _LOUDNESS_RANGE_LUFS = (-60.0, 0.0), (-48.0, 0.0)


class LevelMeter(PaintedButton):
    """Two bars from green to red with held peaks, and a lamp that stays lit when something clipped.

    Each call of `set_levels` is one step of the peaks' fall. A click puts out the lamp and drops the peaks;
    whoever measures hears of it by `clicked`.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._levels_db = (METER_FLOOR_DB, METER_FLOOR_DB)
        self._peaks_db = (METER_FLOOR_DB, METER_FLOOR_DB)
        self._reading = MeterReading()
        self._described = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        theme.changed.connect(self.update)
        self.retranslate()

    @property
    def peaks_db(self) -> tuple[float, float]:
        """Held peaks, left and right."""
        return self._peaks_db

    @property
    def is_lit(self) -> bool:
        """Whether the lamp is lit."""
        return self._reading.clipped

    def retranslate(self) -> None:
        """Say everything in the language of the application."""
        self.setAccessibleName(self.tr("Output level"))
        self._described = ""
        self._describe()

    def set_levels(self, left_db: float, right_db: float) -> None:
        """Show new levels, in dB re full scale; -inf is silence."""
        levels = (max(left_db, METER_FLOOR_DB), max(right_db, METER_FLOOR_DB))
        left, right = (
            max(level, peak - PEAK_FALL_DB, METER_FLOOR_DB)
            for level, peak in zip(levels, self._peaks_db, strict=True)
        )
        if (levels, (left, right)) != (self._levels_db, self._peaks_db):
            self._levels_db, self._peaks_db = levels, (left, right)
            self.update()

    def set_reading(self, reading: MeterReading) -> None:
        """Show what was measured: the lamp at once, the figures when asked."""
        had_clipped, self._reading = self._reading.clipped, reading
        if reading.clipped != had_clipped:
            self.update()
        self._describe()

    def read_out(self) -> str:
        """True peak and loudness in words, a line each."""
        reading = self._reading
        lines = [
            self.tr("True peak: {level}").format(level=decibel_text(reading.true_peak_dbtp, 1, "dBTP")),
            self.tr("Loudness now: {level}").format(level=decibel_text(reading.momentary_lufs, 1, "LUFS")),
            self.tr("Last 3 seconds: {level}").format(level=decibel_text(reading.short_term_lufs, 1, "LUFS")),
            self.tr("Whole loop: {level}").format(level=decibel_text(reading.integrated_lufs, 1, "LUFS")),
        ]
        if reading.clipped:
            lines.append(self.tr("It clipped: turn the volume down."))
        return "\n".join([*lines, self.tr("Click to reset the peak.")])

    def _describe(self) -> None:
        """Tell screen readers of the held peak, which seldom changes; the rest would never rest."""
        level = decibel_text(self._reading.true_peak_dbtp, 0, "dBTP")
        described = self.tr("True peak: {level}").format(level=level)
        if self._reading.clipped:
            described = f"{described}. {self.tr('It clipped: turn the volume down.')}"
        if described != self._described:
            self._described = described
            self.setAccessibleDescription(described)

    def _on_clicked(self) -> None:
        self._peaks_db = self._levels_db
        reading = self._reading
        self.set_reading(
            MeterReading(
                momentary_lufs=reading.momentary_lufs,
                short_term_lufs=reading.short_term_lufs,
                integrated_lufs=reading.integrated_lufs,
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(em(self) * 7.95) + 2 * _RING_PX, em(self) + 2 * _RING_PX)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(em(self) * 4), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.read_out(), self)
            return True
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inner = QRectF(self.rect()).adjusted(_RING_PX, _RING_PX, -_RING_PX, -_RING_PX)
        bars, lamp = QRectF(inner), QRectF(inner)
        bars.setWidth(inner.width() - round(em(self) * 0.45))
        lamp.setLeft(bars.right() + 2.0)
        height = max(3, round(inner.height() * 0.36))
        gradient = _gradient(self._theme, bars.left(), bars.width())
        for level_db, peak_db, y in zip(
            self._levels_db, self._peaks_db, (bars.top(), bars.bottom() - height), strict=True
        ):
            width = bars.width() * _share(level_db)
            painter.fillRect(QRectF(bars.left(), y, bars.width(), height), self._theme.role("track"))
            painter.fillRect(QRectF(bars.left(), y, width, height), gradient)
            if peak_db > METER_FLOOR_DB:
                role = "meter_high" if peak_db > -0.1 else "text"
                x = bars.left() + min(bars.width() * _share(peak_db), bars.width() - 2)
                painter.fillRect(QRectF(x, y, 2, height), self._theme.role(role))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.role("meter_high" if self.is_lit else self._lamp_role()))
        painter.drawRoundedRect(lamp, 2, 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.role("focus"), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def _lamp_role(self) -> str:
        if self.isDown():
            return "text_dim"
        return "border_strong" if self.underMouse() else "track"


class MeterPanel(QWidget):
    """True peak and loudness as rows with small bars.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = MeterReading()
        self._heading = Heading("")
        self._rows = [
            _Row(theme, _TRUE_PEAK_RANGE_DB, self),
            _Row(theme, _LOUDNESS_RANGE_LUFS, self),
            _Row(theme, _LOUDNESS_RANGE_LUFS, self),
        ]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(em(self) // 2)
        layout.setVerticalSpacing(round(em(self) * 0.25))
        layout.setColumnStretch(0, 1)
        layout.addWidget(self._heading, 0, 0, 1, 2)
        for index, row in enumerate(self._rows):
            layout.addWidget(row.name, 2 * index + 1, 0)
            layout.addWidget(row.value, 2 * index + 1, 1)
            layout.addWidget(row.bar, 2 * index + 2, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
            layout.setRowMinimumHeight(2 * index + 2, round(em(self) * 0.6))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the application."""
        self._heading.setText(self.tr("Meters"))
        names = (self.tr("True peak"), self.tr("Loudness, last 3 s"), self.tr("Loudness of the loop"))
        hints = (
            self.tr("Highest point of the wave, between the samples too. Red: louder than {level}.").format(
                level=decibel_text(_HIGHEST_TRUE_PEAK_DBTP, 0, "dBTP")
            ),
            self.tr("How loud the last three seconds were."),
            self.tr("How loud the loop is from beginning to end, silence left out."),
        )
        for row, name, hint in zip(self._rows, names, hints, strict=True):
            row.name.setText(name)
            for widget in (row.name, row.value, row.bar):
                widget.setToolTip(hint)
        self._show()

    def set_reading(self, reading: MeterReading) -> None:
        """Show what was measured."""
        if reading != self._reading:
            self._reading = reading
            self._show()

    def _show(self) -> None:
        reading, (peak, short_term, loop) = self._reading, self._rows
        peak.show_level(reading.true_peak_dbtp, "dBTP")
        short_term.show_level(reading.short_term_lufs, "LUFS")
        loop.show_level(reading.integrated_lufs, "LUFS")
        is_high = reading.clipped or reading.true_peak_dbtp > _HIGHEST_TRUE_PEAK_DBTP
        restyle(peak.value, "bad", is_high)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _Row:
    """Name, figure and bar of one value."""

    def __init__(self, theme: Theme, range_db: tuple[float, float], parent: QWidget) -> None:
        self.name, self.value = QLabel(parent), QLabel(parent)
        self.bar = _Bar(theme, range_db, parent)
        self.name.setProperty("dim", True)
        self.value.setFont(tabular(self.value.font()))
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_level(self, level_db: float, unit: str) -> None:
        text = decibel_text(level_db, 1, unit)
        if text != self.value.text():
            self.value.setText(text)
        self.value.setAccessibleName(f"{self.name.text()}: {text}")
        self.bar.set_level(level_db)


class _Bar(QWidget):
    """A thin bar from green to red."""

    def __init__(self, theme: Theme, range_db: tuple[float, float], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._range_db = range_db
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_level(self, level_db: float) -> None:
        low, high = self._range_db
        share = min(max((level_db - low) / (high - low), 0.0), 1.0)
        if round(share * self.width()) != round(self._share * self.width()):
            self.update()
        self._share = share

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 6, max(4, round(em(self) * 0.3)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(self._theme.role("track"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        width = round(self._share * self.width())
        if width:
            painter.setClipRect(QRectF(0, 0, width, self.height()))
            painter.setBrush(_gradient(self._theme, 0, self.width()))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)


def _share(level_db: float) -> float:
    return min(1.0, 1 - level_db / METER_FLOOR_DB)


def _gradient(theme: Theme, left: float, width: float) -> QLinearGradient:
    gradient = QLinearGradient(left, 0, left + width, 0)
    for stop, role in _METER_STOPS:
        gradient.setColorAt(stop, theme.role(role))
    return gradient
