"""The outline of one loop, its beats, and the line at which it begins. It knows no session."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from morphstudio.audio.clip import RATE_HZ
from morphstudio.ui.controls import em
from morphstudio.ui.outline_art import paint_outline
from morphstudio.ui.theme import Theme

_MOST_BEATS = 64
"""More lines than that are no help."""
_RISE = 0.25
"""Of the loudest: what rises by so much from one part of the outline to the next is a hit."""
_SNAP_EM = 0.5
_STEP_MS, _FINE_STEP_MS = 10.0, 1.0


class LoopPicture(QWidget):
    """Shows where a loop begins, and lets a hand move that: it catches on hits, unless Alt is held.

    Parameters
    ----------
    theme : Theme
    """

    downbeat_moved = Signal(int)
    """To this frame of the loop."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._peaks: NDArray[np.float32] = np.zeros(1, np.float32)
        self._n_frames, self._downbeat = 1, 0
        self._beat_frames = 0.0
        self._beats_per_bar = 4
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.retranslate()

    def show_loop(
        self,
        peaks: NDArray[np.float32],
        n_frames: int,
        downbeat_frame: int,
        beat_frames: float,
        beats_per_bar: int,
    ) -> None:
        """Show a loop.

        Parameters
        ----------
        peaks : float32, shape (parts,)
            Its outline, 0 to 1.
        n_frames : int
            Its length.
        downbeat_frame : int
            Where it begins.
        beat_frames : float
            Length of a beat at its own tempo.
        beats_per_bar : int
        """
        self._peaks, self._n_frames = peaks, max(1, n_frames)
        self._downbeat = downbeat_frame % self._n_frames
        self._beat_frames, self._beats_per_bar = beat_frames, beats_per_bar
        self.update()

    @property
    def downbeat_frame(self) -> int:
        """Where the line is."""
        return self._downbeat

    def retranslate(self) -> None:
        """Make every text again."""
        self.setAccessibleName(self.tr("Where the loop begins"))
        self.setToolTip(self.tr("Drag the line to the hit that comes first; with Alt, anywhere"))

    def frame_at(self, x: float, *, catches: bool = True) -> int:
        """Frame at a place, or of a hit near it."""
        frame = min(max(x / max(1, self.width()), 0.0), 1.0) * self._n_frames
        hits = self._hits()
        if catches and len(hits):
            nearest = float(hits[np.abs(hits - frame).argmin()])
            if abs(nearest - frame) / self._n_frames * self.width() <= _SNAP_EM * em(self):
                frame = nearest
        return int(frame) % self._n_frames

    def _hits(self) -> NDArray[np.float64]:
        """Frames at which parts begin that are clearly louder than the part before."""
        rises = self._peaks - np.roll(self._peaks, 1)
        least = _RISE * max(float(self._peaks.max(initial=0.0)), 1e-6)
        parts = np.flatnonzero(rises >= least).astype(np.float64)
        return parts * (self._n_frames / len(self._peaks))

    def _move_to(self, frame: int) -> None:
        frame %= self._n_frames
        if frame != self._downbeat:
            self._downbeat = frame
            self.update()
            self.downbeat_moved.emit(frame)

    def _follow(self, event: QMouseEvent) -> None:
        catches = not event.modifiers() & Qt.KeyboardModifier.AltModifier
        self._move_to(self.frame_at(event.position().x(), catches=catches))

    # --- Qt -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(em(self) * 20, round(em(self) * 4.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self) * 10, round(em(self) * 4.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _STEPS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Home:
            self._move_to(0)
        elif key in _STEPS:
            is_fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step_ms = _FINE_STEP_MS if is_fine else _STEP_MS
            self._move_to(self._downbeat + round(_STEPS[key] * step_ms * RATE_HZ / 1000.0))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role, unit, box = self._theme.role, em(self), QRectF(self.rect())
        frame = QPainterPath()
        frame.addRoundedRect(box, unit * 0.35, unit * 0.35)
        painter.setClipPath(frame)
        painter.fillRect(box, role("data_ground"))
        self._paint_beats(painter, box)
        paint_outline(painter, self._theme, self._peaks, box.adjusted(0, unit * 0.6, 0, -unit * 0.3))
        x = self._downbeat / self._n_frames * box.width()
        x = min(max(x, 1.0), box.width() - 1.0)
        painter.setPen(QPen(role("focus"), 2.0))
        painter.drawLine(QPointF(x, 0), QPointF(x, box.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(role("focus"))
        half = unit * 0.4
        painter.drawPolygon(QPolygonF([QPointF(x - half, 0), QPointF(x + half, 0), QPointF(x, half * 1.3)]))
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(role("focus" if self.hasFocus() else "border_strong"), 2.0 if self.hasFocus() else 1.0)
        )
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), unit * 0.35, unit * 0.35)

    def _paint_beats(self, painter: QPainter, box: QRectF) -> None:
        if self._beat_frames <= 0.0 or self._n_frames / self._beat_frames > _MOST_BEATS:
            return
        for beat in range(1, int(np.ceil(self._n_frames / self._beat_frames))):
            line = self._theme.role("data_line")
            line.setAlphaF(0.35 if beat % self._beats_per_bar == 0 else 0.16)
            painter.setPen(QPen(line, 1.0))
            frame = (self._downbeat + beat * self._beat_frames) % self._n_frames
            x = round(frame / self._n_frames * box.width()) + 0.5
            painter.drawLine(QPointF(x, 0), QPointF(x, box.height()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: 0}
