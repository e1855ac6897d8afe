"""The live spectrogram: waveform, picture, beats and playhead of the loop that is heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.spectrum import LoopPicture
from morphstudio.ui import spectrogram_art as art
from morphstudio.ui.spectrogram_image import PictureImage
from morphstudio.ui.spectrogram_reader import PictureReader
from morphstudio.ui.spectrogram_view import BRIGHTNESS_ROLE, PITCH_ROLE, SpectrogramView, ViewButton
from morphstudio.ui.theme import Theme, scaled, tabular

_N_COLUMNS, _N_ROWS = 1024, 160
_MOST_AT_ONCE = 32
"""Columns that are analysed in one step: more than a thirtieth of a second brings, and a few milliseconds."""
_CATCH_UP_MS = 20
_TAB_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class LiveSpectrogram(QAbstractSlider):
    """Shows what was just played, at its place in the loop, and lets one jump there.

    It is a slider over the beats of the loop, the first being 1: so keys and screen readers know it. Nothing
    is computed while it is hidden; what was played meanwhile is caught up with.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    position_picked = Signal(int)
    """The user pointed at this frame of the loop."""
    view_changed = Signal(object)
    """The user chose another `SpectrogramView`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = PictureImage(theme)
        self._rate_hz = RATE_HZ
        self._picture: LoopPicture | None = None
        self._is_written = False
        self._n_bars, self._n_beats = 2, 8
        self._playhead: int | None = None
        self._view = SpectrogramView()
        self._stage = ""
        self._mouse: QPointF | None = None
        self._is_following = False
        self._has_ring = False
        self._reader = PictureReader(self)
        self._view_button = ViewButton(theme, self)
        self._view_button.view_picked.connect(self._on_view_picked)
        self._catch_up = QTimer(self)
        self._catch_up.setSingleShot(True)
        self._catch_up.setInterval(_CATCH_UP_MS)
        self._catch_up.timeout.connect(self._analyse)
        theme.changed.connect(self._on_theme_changed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(240, 96)
        self.set_grid(self._n_bars, self._n_beats)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the application."""
        self.setAccessibleName(self.tr("Position in the loop, in beats"))
        self.setAccessibleDescription(self.tr("Waveform and spectrum of the loop that is playing."))
        self.update()

    # --- what is shown -------------------------------------------------------------------------

    @property
    def view(self) -> SpectrogramView:
        """What is shown."""
        return self._view

    def set_view(self, view: SpectrogramView) -> None:
        """Show another picture, or other lines over it."""
        self._view_button.set_view(view)
        if view != self._view:
            self._view = view
            self._apply_view()

    def set_loop(self, n_frames: int, rate_hz: int = RATE_HZ) -> None:
        """Say how long the loop is; what was shown is dropped unless nothing changes."""
        picture = self._picture
        if picture is None or (n_frames, rate_hz) != (picture.n_loop_frames, self._rate_hz):
            self._rate_hz = rate_hz
            self._renew(n_frames)
            self._playhead = None

    def set_grid(self, bars: int, beats: int) -> None:
        """Divide the loop into `beats` equal beats, labelled as `bars` bars."""
        self._n_bars, self._n_beats = max(1, bars), max(1, beats)
        self._is_following = True
        self.setRange(1, self._n_beats)
        self.setPageStep(-(-self._n_beats // self._n_bars))
        self._is_following = False
        self.update()

    def write(self, loop_start: int, samples: Samples) -> None:
        """Take in what was just played: float32 (frames, channels) from this frame of the loop on."""
        picture = self._picture
        if picture is None or not len(samples):
            return
        first, n_changed = picture.write(loop_start, samples)
        if not self._is_written:
            self._is_written = True
            self.update()
        elif n_changed:
            self._update_columns((first + np.arange(n_changed)) % _N_COLUMNS)
        if picture.is_stale and self._is_shown():
            self._analyse()

    def set_playhead(self, frame: int | None) -> None:
        """Move the playhead; None hides it."""
        picture = self._picture
        if frame is not None and picture is not None:
            frame %= picture.n_loop_frames
        if frame == self._playhead:
            return
        before, self._playhead = self._playhead, frame
        self._follow_beat()
        if picture is None or before is None or frame is None:
            self.update()
            return
        wave, at = self._wave_rect(), [self._x_of(before), self._x_of(frame)]
        passed = QRectF(min(at) - 6, wave.top(), abs(at[1] - at[0]) + 12, wave.height())
        self.update(passed.toAlignedRect())
        for x in at:
            self.update(QRectF(x - 3, 0, 6, self.height()).toAlignedRect())

    def set_stage(self, text: str) -> None:
        """Show a word on what is heard, such as "draft"; nothing for what is final."""
        if text != self._stage:
            self._stage = text
            self.update()

    def clear(self) -> None:
        """Forget what was played."""
        if self._picture is not None:
            self._renew(self._picture.n_loop_frames)
        self._playhead = None
        self._stage = ""
        self.update()

    def _renew(self, n_frames: int) -> None:
        self._picture = LoopPicture(n_frames, _N_COLUMNS, _N_ROWS, self._rate_hz)
        self._is_written = False
        self._apply_view()

    def _apply_view(self) -> None:
        if self._picture is not None:
            view = self._view
            self._picture.show(view.picture, has_pitch=view.has_pitch, has_brightness=view.has_brightness)
        self._image.drop()
        self.update()

    def _on_view_picked(self, view: SpectrogramView) -> None:
        self.set_view(view)
        self.view_changed.emit(view)

    def _on_theme_changed(self) -> None:
        self._image.drop()
        self.update()

    # --- analysis ------------------------------------------------------------------------------

    def _is_shown(self) -> bool:
        return self.isVisible() and not self.window().isMinimized() and not self.visibleRegion().isEmpty()

    def _analyse(self) -> None:
        """Bring some columns up to date; what does not fit in one step is left to the next."""
        picture = self._picture
        if picture is None or not self._is_shown():
            return
        changed = picture.analyse(_MOST_AT_ONCE)
        if len(changed):
            self._image.mark(changed)
            self._update_columns(changed)
        if picture.is_stale and not self._catch_up.isActive():
            self._catch_up.start()

    # --- geometry ------------------------------------------------------------------------------

    def _small_font(self) -> QFont:
        return tabular(scaled(self.font(), 0.85))

    def _plot_rect(self) -> QRectF:
        gutter = round(QFontMetricsF(self._small_font()).horizontalAdvance("300") + 26.0)
        return QRectF(gutter, 0.0, max(self.width() - gutter - 16.0, 1.0), float(self.height()))

    def _wave_rect(self) -> QRectF:
        plot = self._plot_rect()
        height = round(min(max(self.height() * 0.15, 16.0), 44.0))
        return QRectF(plot.left(), 5.0, plot.width(), height)

    def _image_rect(self) -> QRectF:
        plot, top = self._plot_rect(), self._wave_rect().bottom() + 7.0
        return QRectF(plot.left(), top, plot.width(), max(self.height() - top - 8.0, 1.0))

    def _x_of(self, frame: float) -> float:
        plot = self._plot_rect()
        n_frames = 1 if self._picture is None else self._picture.n_loop_frames
        return float(plot.left() + plot.width() * frame / n_frames)

    def _across(self, x: float) -> float:
        plot = self._plot_rect()
        return min(max((x - plot.left()) / plot.width(), 0.0), 1.0)

    def _update_columns(self, columns: NDArray[np.intp]) -> None:
        """Repaint columns, in no order; those at both ends of the loop apart from each other."""
        plot, half = self._plot_rect(), _N_COLUMNS // 2
        for part in (columns[columns < half], columns[columns >= half]):
            if len(part):
                left = plot.left() + plot.width() * int(part.min()) / _N_COLUMNS - art.BAR_PITCH_PX
                right = plot.left() + plot.width() * (int(part.max()) + 1) / _N_COLUMNS + art.BAR_PITCH_PX
                self.update(QRectF(left, 0, right - left, self.height()).toAlignedRect())

    # --- position ------------------------------------------------------------------------------

    def _follow_beat(self) -> None:
        if self._playhead is not None and self._picture is not None:
            self._is_following = True
            self.setValue(1 + self._playhead * self._n_beats // self._picture.n_loop_frames)
            self._is_following = False

    def _pick(self, frame: int) -> None:
        if self._picture is not None:
            frame = min(max(frame, 0), self._picture.n_loop_frames - 1)
            self.set_playhead(frame)
            self.position_picked.emit(frame)

    def _pick_beat(self, beat: int) -> None:
        """Jump to a beat, the first being 0, around the loop."""
        if self._picture is not None:
            self._pick(round(beat % self._n_beats * self._picture.n_loop_frames / self._n_beats))

    def _beats_played(self) -> float:
        if self._picture is None or self._playhead is None:
            return 0.0
        return self._playhead * self._n_beats / self._picture.n_loop_frames

    # --- read-out ------------------------------------------------------------------------------

    def read_out(self, x: float, y: float) -> list[str]:
        """Say what is at a pixel: time, bar and beat, then what the picture tells there."""
        if self._picture is None:
            return []
        area, across = self._image_rect(), self._across(x)
        down = (y - area.top()) / area.height() if y >= area.top() else None
        return self._reader.parts_at(self._picture, (self._n_bars, self._n_beats), across, down)

    def _legend(self) -> list[art.LegendEntry]:
        """Lines over the picture, and whether it is a draft that is heard."""
        entries = []
        if self._view.has_pitch:
            entries.append(art.LegendEntry(self.tr("Pitch"), PITCH_ROLE, is_line=True))
        if self._view.has_brightness:
            entries.append(art.LegendEntry(self.tr("Brightness"), BRIGHTNESS_ROLE, is_line=True))
        if self._stage:
            entries.append(art.LegendEntry(self._stage, "meter_mid", is_line=False))
        return entries

    # --- Qt ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1600, 240)

    def minimumSizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dirty, picture, theme = event.rect(), self._picture, self._theme
        painter.fillRect(dirty, theme.role("window"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.role("border"))
        if picture is None or not self._is_written:
            painter.setPen(theme.role("text_dim"))
            text = self.tr("Play something to see it")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
            self._paint_ring(painter)
            return
        if picture.is_stale and not self._catch_up.isActive():
            self._catch_up.start()
        area, wave, font = self._image_rect(), self._wave_rect(), self._small_font()
        head_x = None if self._playhead is None else self._x_of(self._playhead)
        self._image.paint(painter, picture, area, dirty)
        art.paint_wave(painter, theme, picture.waveform, wave, head_x, dirty)
        art.paint_grid(painter, theme, font, area, self._n_bars, self._n_beats, dirty)
        if dirty.left() < area.left():
            art.paint_axis(painter, theme, font, area, picture)
        if head_x is not None:
            art.paint_playhead(painter, theme, head_x, 3.0, area)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        art.paint_legend(painter, theme, font, area, self._legend())
        mouse = self._mouse
        if mouse is not None and self._plot_rect().contains(mouse):
            art.paint_cross(painter, theme, mouse, area if mouse.y() >= area.top() else wave)
            bounds = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            box, lines = art.read_out_rect(font, mouse, self.read_out(mouse.x(), mouse.y()), bounds)
            art.paint_read_out(painter, theme, font, box, lines)
        self._paint_ring(painter)

    def _paint_ring(self, painter: QPainter) -> None:
        if self._has_ring and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.role("focus"), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_written:
            self.setSliderDown(True)
            self._scrub_to(event.position().x())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse = event.position()
        if self.isSliderDown():
            self._scrub_to(event.position().x())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _scrub_to(self, x: float) -> None:
        if self._picture is not None:
            frame = min(int(self._across(x) * self._picture.n_loop_frames), self._picture.n_loop_frames - 1)
            if frame != self._playhead:
                self._pick(frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self._pick_beat(round(self._beats_played()) + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self._pick_beat(0)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        # Assistive technology sets the value; the widget itself follows the playhead.
        if change == QAbstractSlider.SliderChange.SliderValueChange and not self._is_following:
            self._pick_beat(self.value() - 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._has_ring = event.reason() in _TAB_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = self._view_button.sizeHint()
        gutter = self._plot_rect().left()
        self._view_button.resize(side)
        self._view_button.move(round((gutter - side.width()) / 2), 2)
        self.update()
