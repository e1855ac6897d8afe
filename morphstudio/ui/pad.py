"""The latent pad: dots to press and drag between. Gestures and what lies over the backdrop.

Speaks pad units only; which blend a point stands for is the pad model's business.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from morphstudio.morph.request import Blend, PadPoint
from morphstudio.ui import pad_overlay as overlay
from morphstudio.ui.pad_art import LIT_SCALE, PadArt, PadDot, PadFrame, dot_radius
from morphstudio.ui.pad_labels import PadLabels
from morphstudio.ui.theme import Theme

__all__ = ["LatentPad", "PadDot"]

_TICK_MS = 33
_TRAIL_MS = 1400
_STEP, _FINE_STEP = 0.01, 0.002
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class LatentPad(QWidget):
    """Shows sounds as dots and turns presses and drags into points of the pad.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    point_picked = Signal(object)
    """PadPoint, on a press, on each move of a drag, on each arrow key."""
    pick_ended = Signal()
    """The press or the key was let go."""
    dot_moved = Signal(str, object)
    """Sound id and PadPoint, on each move while a dot is dragged."""
    dot_moved_finished = Signal(str)
    """Sound id of a dot that was let go."""
    audition_requested = Signal(str)
    """Sound id, to be heard alone."""
    removal_requested = Signal(str)
    """Sound id."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._art = PadArt(theme)
        self._labels = PadLabels(theme)
        self._dots: dict[str, PadDot] = {}
        self._edges: list[tuple[str, str]] = []
        self._blend: Blend | None = None
        self._cursor: PadPoint | None = None
        self._hovered: str | None = None
        self._picking = False
        self._picking_by_key = False
        self._ever_picked = False
        self._dragged: str | None = None
        self._drag_start = QPointF()
        self._drag_offset = QPointF()
        self._drag_began = False
        self._focus_shown = False
        self._trail: list[tuple[PadPoint, int]] = []
        self._backdrop: QPixmap | None = None
        self._places: dict[str, QPointF] | None = None
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Right presses start a drag, so the menu opens on release, not where the platform would.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(280, 220)
        self.setAccessibleName(self.tr("Morph pad"))
        self.setAccessibleDescription(
            self.tr(
                "Each dot is a sound. Press or drag anywhere to hear what lies between the nearest dots. "
                "Arrow keys move by a hundredth, with Shift by less; Home goes to the centre."
            )
        )

    # --- what is shown -------------------------------------------------------------------------

    def set_dots(self, dots: Sequence[PadDot]) -> None:
        """Replace all dots."""
        known = {dot.sound_id: dot for dot in dots}
        if known == self._dots:  # the answer to a dragged dot
            return
        if not {dot.name for dot in self._dots.values()} <= {dot.name for dot in dots}:
            self._labels.forget_texts()
        self._dots = known
        if self._hovered not in self._dots:
            self._hovered = None
        if self._dragged not in self._dots:
            self._dragged = None
        self._refresh()

    def set_edges(self, edges: Sequence[tuple[str, str]]) -> None:
        """Replace the lines of the triangulation; those to unknown dots are not drawn."""
        if list(edges) != self._edges:
            self._edges = list(edges)
            self._backdrop = None
            self.update()

    def set_cursor(self, point: PadPoint | None) -> None:
        """Show the cursor somewhere, or not at all; emits nothing."""
        self._cursor = point
        self.update()

    def set_blend(self, blend: Blend | None) -> None:
        """Show which sounds are heard and how much of each."""
        self._blend = blend
        self.update()

    @property
    def is_held(self) -> bool:
        """Whether a press, a drag or a key goes on."""
        return self._picking or self._picking_by_key or self._dragged is not None

    # --- geometry ------------------------------------------------------------------------------

    def frame(self) -> PadFrame:
        """Where the unit square lies; the chips have the strip below it."""
        strip = overlay.chip_height(self.font()) + 22.0
        return PadFrame(16.0, 12.0, max(self.width() - 32.0, 1.0), max(self.height() - 12.0 - strip, 1.0))

    def place_of(self, sound_id: str) -> QPointF:
        """Pixel at the centre of a dot."""
        return self._ready_places()[sound_id]

    def _ready_places(self) -> dict[str, QPointF]:
        if self._places is None:
            frame = self.frame()
            self._places = {i: frame.to_px(dot.point) for i, dot in self._dots.items()}
        return self._places

    def _dot_at(self, place: QPointF) -> str | None:
        reach = dot_radius(len(self._dots)) + 2.0
        x, y = place.x(), place.y()
        near = [(math.hypot(p.x() - x, p.y() - y), i) for i, p in self._ready_places().items()]
        gap, sound_id = min(near, default=(math.inf, ""))
        return sound_id if gap <= reach else None

    # --- gestures ------------------------------------------------------------------------------

    def _pick(self, point: PadPoint) -> None:
        self._cursor = point
        self._ever_picked = True
        self._trail.append((point, self._clock.elapsed()))
        self._run_timer()
        self.update()
        self.point_picked.emit(point)

    def _pick_at(self, place: QPointF) -> None:
        """Pick the point under the mouse; on a dot the dot itself, so that its own sound is heard."""
        sound_id = self._dot_at(place)
        self._hover(sound_id)
        self._pick(self.frame().to_pad(place) if sound_id is None else self._dots[sound_id].point)

    def _begin_drag(self, sound_id: str, place: QPointF) -> None:
        self._dragged = sound_id
        self._drag_start = place
        self._drag_offset = self.place_of(sound_id) - place
        self._drag_began = False

    def _drag_to(self, place: QPointF) -> None:
        sound_id = self._dragged
        if sound_id is None:
            return
        if not self._drag_began:
            if (place - self._drag_start).manhattanLength() < QApplication.startDragDistance():
                return
            self._drag_began = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            QToolTip.hideText()
        point = self.frame().to_pad(place + self._drag_offset)
        self._dots[sound_id] = replace(self._dots[sound_id], point=point)
        self._labels.forget_place_of(sound_id)
        self._refresh(keep_labels=True)
        self.dot_moved.emit(sound_id, point)

    def _end_gesture(self) -> None:
        """End what a press began and no release will end."""
        if self._dragged is not None:
            sound_id, self._dragged = self._dragged, None
            if self._drag_began:
                self._refresh()
                self.dot_moved_finished.emit(sound_id)
        if self._picking:
            self._picking = False
            self.pick_ended.emit()

    def _open_menu(self, sound_id: str, place: QPointF) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        audition = menu.addAction(self.tr("Audition"))
        audition.triggered.connect(lambda: self.audition_requested.emit(sound_id))
        remove = menu.addAction(self.tr("Remove"))
        remove.triggered.connect(lambda: self.removal_requested.emit(sound_id))
        menu.popup(self.mapToGlobal(place.toPoint()))

    def _hover(self, sound_id: str | None) -> None:
        if sound_id != self._hovered:
            self._hovered = sound_id
            self.update()

    def _show_grip(self, *, movable: bool) -> None:
        shape = Qt.CursorShape.OpenHandCursor if movable else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    # --- animation -----------------------------------------------------------------------------

    def _run_timer(self) -> None:
        needed = self.isVisible() and bool(self._trail)
        if needed and not self._timer.isActive():
            self._timer.start()
        elif not needed:
            self._timer.stop()

    @Slot()
    def _on_tick(self) -> None:
        oldest = self._clock.elapsed() - _TRAIL_MS
        self._trail = [(point, at) for point, at in self._trail if at > oldest]
        self.update()
        self._run_timer()

    # --- painting ------------------------------------------------------------------------------

    def _refresh(self, *, keep_labels: bool = False) -> None:
        self._backdrop = None
        self._places = None
        if not keep_labels:
            self._labels.forget_places()
        self._run_timer()
        self.update()

    def _ready_backdrop(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._backdrop is None or self._backdrop.devicePixelRatio() != ratio:
            places = self._ready_places()
            lines = [(places[a], places[b]) for a, b in self._edges if a in places and b in places]
            self._backdrop = self._art.backdrop(
                self.size(), ratio, list(self._dots.values()), list(places.values()), lines
            )
        return self._backdrop

    def _lit(self) -> dict[str, float]:
        """Weights of the sounds that are heard, of those that have a dot."""
        if self._blend is None:
            return {}
        pairs = zip(self._blend.sound_ids, self._blend.weights, strict=True)
        return {sound_id: weight for sound_id, weight in pairs if sound_id in self._dots}

    def _paint_dots(self, painter: QPainter, lit: dict[str, float]) -> None:
        """Paint what is over the backdrop and belongs to dots: the lit, the hovered, names."""
        places, radius = self._ready_places(), dot_radius(len(self._dots))
        cursor = None if self._cursor is None else self.frame().to_px(self._cursor)
        overlay.paint_blend(painter, self._theme, [places[i] for i in lit], list(lit.values()), cursor)
        for sound_id in lit:
            self._art.draw_dot(painter, places[sound_id], self._dots[sound_id].kind, radius, lit=True)
        if self._hovered is not None:
            larger = radius * LIT_SCALE if self._hovered in lit else radius
            overlay.paint_hover(painter, self._theme, places[self._hovered], larger)
        area = QSize(self.width(), int(self.height() - overlay.chip_height(self.font()) - overlay.MARGIN_PX))
        for place, picture in self._labels.pieces(
            self._dots, places, radius, area, self.font(), self.devicePixelRatioF(), lit, self._hovered
        ):
            painter.drawPixmap(place, picture)

    # --- Qt ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1004, 706)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._ready_backdrop())
        frame, area, lit = self.frame(), QRectF(self.rect()), self._lit()
        now = self._clock.elapsed()
        overlay.paint_trail(
            painter,
            self._theme,
            [frame.to_px(point) for point, _ in self._trail],
            [max(0.0, 1.0 - (now - at) / _TRAIL_MS) for _, at in self._trail],
        )
        self._paint_dots(painter, lit)
        if self._cursor is not None:
            overlay.paint_cursor(painter, self._theme, frame.to_px(self._cursor))
        heard = [self._dots[i] for i in lit]
        overlay.paint_chips(painter, self._theme, self.font(), area, heard, list(lit.values()))
        if not self._dots:
            overlay.paint_empty(
                painter,
                self._theme,
                self.font(),
                area,
                self.tr("Drop loops here to begin"),
                self.tr("Each becomes a dot to morph between"),
            )
        elif not self._ever_picked:
            hint = self.tr("Press and drag to morph")
            overlay.paint_hint(painter, self._theme, self.font(), area, hint)
        if self._focus_shown:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.role("accent"), 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self._run_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        self._trail.clear()
        self._timer.stop()
        self._end_gesture()  # no release will come

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._labels.forget_texts()
            self._refresh()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            if self._hovered is None or self._picking:
                QToolTip.hideText()
                event.ignore()
            else:
                hint = self.tr("Ctrl+drag or right-drag to move it, Delete to remove it")
                name = self._dots[self._hovered].name
                QToolTip.showText(event.globalPos(), f"{name}\n{hint}", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._picking or self._dragged is not None:
            return
        place = event.position()
        sound_id = self._dot_at(place)
        right = event.button() == Qt.MouseButton.RightButton
        left = event.button() == Qt.MouseButton.LeftButton
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if sound_id is not None and (right or (left and held)):
            self._begin_drag(sound_id, place)
        elif left and self._dots:
            self._picking = True
            self._trail.clear()
            self._pick_at(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if event.buttons() == Qt.MouseButton.NoButton:  # a dialog may have taken the release
            self._end_gesture()
        if self._dragged is not None:
            self._drag_to(place)
        elif self._picking:
            self._pick_at(place)
        else:
            self._hover(self._dot_at(place))
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._show_grip(movable=held and self._hovered is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            sound_id, self._dragged = self._dragged, None
            self._show_grip(movable=False)
            if self._drag_began:
                self._refresh()
                self.dot_moved_finished.emit(sound_id)
            elif event.button() == Qt.MouseButton.RightButton:
                self._open_menu(sound_id, event.position())
        elif self._picking and event.button() == Qt.MouseButton.LeftButton:
            self._picking = False
            self.pick_ended.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focus_shown = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focus_shown = False
        self._end_key_pick()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Delete and self._hovered is not None:
            self.removal_requested.emit(self._hovered)
        elif key == Qt.Key.Key_Menu and self._hovered is not None:
            self._open_menu(self._hovered, self.place_of(self._hovered))
        elif key in _ARROWS and self._dots:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = _FINE_STEP if fine else _STEP
            here = self._cursor or PadPoint(0.5, 0.5)
            x, y = here.x + step * _ARROWS[key][0], here.y + step * _ARROWS[key][1]
            self._picking_by_key = True
            self._pick(PadPoint(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)))
        elif key == Qt.Key.Key_Home and self._dots:
            self._picking_by_key = True
            self._pick(PadPoint(0.5, 0.5))
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and Qt.Key(event.key()) in (*_ARROWS, Qt.Key.Key_Home):
            self._end_key_pick()
        else:
            super().keyReleaseEvent(event)

    def _end_key_pick(self) -> None:
        if self._picking_by_key:
            self._picking_by_key = False
            self.pick_ended.emit()
