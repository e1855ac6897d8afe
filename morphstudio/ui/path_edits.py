"""What a hand does to the points of a path on the pad. Knows the layer; keeps no path, plays nothing.

| | at a point | on the line | beside |
|---|---|---|---|
| left drag | move it | | the pad's |
| double click | | add a point | the pad's |
| right click | its menu | a menu | the pad's |

Arrows move the selected point, with Alt in time; Tab selects the next, Insert adds one after it, Delete
removes it, Escape ends.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.ui.pad_input import arrow_step
from morphstudio.ui.pad_view import PadFrame
from morphstudio.ui.path_overlay import PathLayer

_TIME_STEP_BEATS, _FINE_TIME_STEP_BEATS = 0.25, 0.05
_LATER = {Qt.Key.Key_Left: -1.0, Qt.Key.Key_Right: 1.0}
_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_POINT_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Insert, Qt.Key.Key_Menu)


class PathEdits(QObject):
    """Turns mouse and keys into other paths while the path on the pad is edited.

    Parameters
    ----------
    layer : PathLayer
    pad : QWidget
        Whose events come here first while a path is edited; also the parent.
    """

    previewed = Signal(object)
    """GesturePath, on each move of a drag and each key; nothing is to be kept yet."""
    edited = Signal(object, str)
    """GesturePath that is to be kept, and what was done: "move", "add" or "remove"."""
    selection_changed = Signal()
    changed = Signal()
    """Something else is to be seen."""
    ended = Signal()
    """Editing is over."""

    def __init__(self, layer: PathLayer, pad: QWidget) -> None:
        super().__init__(pad)
        self._layer, self._pad = layer, pad
        self._frame = PadFrame(0.0, 0.0, 1.0, 1.0)
        self._before: GesturePath | None = None
        self._grip: QPointF | None = None
        self._held = Qt.MouseButton.NoButton
        self._menu_place: QPointF | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a press or a key goes on."""
        return self._held != Qt.MouseButton.NoButton or self._before is not None

    def set_frame(self, frame: PadFrame) -> None:
        """Say where the unit square lies."""
        self._frame = frame

    def begin(self) -> None:
        """Let the points be moved."""
        layer = self._layer
        if layer.path is not None and not layer.is_editing:
            layer.is_editing, layer.selected, layer.hovered = True, None, None
            self._pad.installEventFilter(self)
            self.changed.emit()

    def end(self) -> None:
        """Let them be."""
        self._pad.removeEventFilter(self)
        if self._layer.is_editing:
            self.abandon()
            self._layer.is_editing, self._layer.selected, self._layer.hovered = False, None, None
            self._pad.unsetCursor()
            self.changed.emit()
            self.ended.emit()

    def abandon(self) -> None:
        """Forget a move that has not ended, as when its path was changed by others meanwhile."""
        before, self._before = self._before, None
        self._held, self._grip = Qt.MouseButton.NoButton, None
        if before is not None:
            self.previewed.emit(before)

    def forget(self) -> None:
        """The path is another one now: what was begun with the one before is void."""
        self._before, self._held, self._grip = None, Qt.MouseButton.NoButton, None
        if not self._layer.is_editing:
            self._pad.removeEventFilter(self)

    # --- mouse ---------------------------------------------------------------------------------

    def _press(self, event: QMouseEvent) -> bool:
        if self._held != Qt.MouseButton.NoButton:
            return True
        place, layer = event.position(), self._layer
        index, beat = layer.point_at(place, self._frame), layer.beat_at(place, self._frame)
        if index is None and beat is None:
            return False
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.button()
            if index is not None:
                self._select(index)
                self._before, self._grip = layer.path, place - layer.place_of(index, self._frame)
            elif event.type() == QEvent.Type.MouseButtonDblClick and beat is not None:
                self._add(beat)
        elif event.button() == Qt.MouseButton.RightButton:
            self._held, self._menu_place = event.button(), place
            if index is not None:
                self._select(index)
        else:
            return False
        return True

    def _move(self, event: QMouseEvent) -> bool:
        if self._held != Qt.MouseButton.NoButton and event.buttons() == Qt.MouseButton.NoButton:
            self._finish("move")  # a dialog may have taken the release
            self._held = Qt.MouseButton.NoButton
        if self._held == Qt.MouseButton.NoButton:
            return self._hover(event.position())
        index = self._layer.selected
        if self._grip is not None and index is not None:
            at = self._frame.to_pad(event.position() - self._grip)
            self._preview(replace(self._known.points[index], x=at.x, y=at.y))
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if self._held == Qt.MouseButton.NoButton:
            return False
        if event.button() != self._held:
            return True
        self._held = Qt.MouseButton.NoButton
        self._finish("move")
        if event.button() == Qt.MouseButton.RightButton and self._menu_place is not None:
            self._open_menu(self._menu_place)
        return True

    def _hover(self, place: QPointF) -> bool:
        hovered = self._layer.point_at(place, self._frame)
        is_near = hovered is not None or self._layer.beat_at(place, self._frame) is not None
        if is_near:
            shape = Qt.CursorShape.CrossCursor if hovered is None else Qt.CursorShape.SizeAllCursor
            self._pad.setCursor(shape)
        if hovered != self._layer.hovered:
            self._layer.hovered = hovered
            self.changed.emit()
        return is_near

    # --- keys ----------------------------------------------------------------------------------

    def _wants(self, event: QKeyEvent) -> bool:
        """Whether a key is meant for the path, before it is for the pad or the window."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if key in _KEYS:
            return True
        return self._layer.selected is not None and (key in _POINT_KEYS or self._moved(event) is not None)

    def _press_key(self, event: QKeyEvent) -> bool:
        if not self._wants(event):
            return False
        key, index = Qt.Key(event.key()), self._layer.selected
        if key == Qt.Key.Key_Escape:
            if self.is_busy:
                self.abandon()
            else:
                self.end()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return self._select_next(1 if key == Qt.Key.Key_Tab else -1)
        elif index is None:
            return False
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(index)
        elif key == Qt.Key.Key_Insert:
            self._add_after(index)
        elif key == Qt.Key.Key_Menu:
            self._open_menu(self._layer.place_of(index, self._frame))
        elif (point := self._moved(event)) is not None:
            self._before = self._before or self._layer.path
            self._preview(point)
        return True

    def _release_key(self, event: QKeyEvent) -> bool:
        if self._before is None or self._held != Qt.MouseButton.NoButton:
            return False
        if not event.isAutoRepeat() and event.key() in {*_LATER, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._finish("move")
            return True
        return False

    def _moved(self, event: QKeyEvent) -> PathPoint | None:
        """Where an arrow key moves the selected point to: in the pad, or with Alt in time."""
        if self._layer.selected is None or self._layer.path is None:
            return None
        point, modifiers = self._layer.path.points[self._layer.selected], event.modifiers()
        if modifiers & Qt.KeyboardModifier.AltModifier:
            later = _LATER.get(Qt.Key(event.key()))
            is_fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            size = _FINE_TIME_STEP_BEATS if is_fine else _TIME_STEP_BEATS
            return None if later is None else replace(point, t_beats=point.t_beats + later * size)
        step = arrow_step(event)
        return None if step is None else replace(point, x=point.x + step[0], y=point.y + step[1])

    def _select_next(self, step: int) -> bool:
        """Select the next point; beyond the last the keyboard goes on as if there were no path."""
        n_points, index = len(self._known.points), self._layer.selected
        following = (0 if step > 0 else n_points - 1) if index is None else index + step
        is_one = 0 <= following < n_points
        self._select(following if is_one else None)
        return is_one

    # --- what is done --------------------------------------------------------------------------

    @property
    def _known(self) -> GesturePath:
        if self._layer.path is None:
            raise LookupError("no path is edited")
        return self._layer.path

    def _select(self, index: int | None) -> None:
        if index != self._layer.selected:
            self._layer.selected = index
            self.selection_changed.emit()
            self.changed.emit()

    def _preview(self, point: PathPoint) -> None:
        if self._layer.selected is not None:
            self.previewed.emit(self._known.moved(self._layer.selected, point, self._layer.n_beats))

    def _finish(self, what: str) -> None:
        before, self._before, self._grip = self._before, None, None
        if before is not None and before != self._known:
            self.edited.emit(self._known, what)

    def _add(self, beat: float) -> None:
        at = self._known.place_at(beat, self._layer.n_beats)
        point = PathPoint(beat, at.x, at.y)
        index = sum(known.t_beats <= beat for known in self._known.points)
        self.edited.emit(self._known.inserted(point), "add")
        self._select(index)

    def _add_after(self, index: int) -> None:
        points = self._known.points
        end = points[index + 1].t_beats if index + 1 < len(points) else float(self._layer.n_beats)
        self._add((points[index].t_beats + end) / 2.0)

    def _remove(self, index: int) -> None:
        if len(self._known.points) > 1:
            self._before = self._grip = None
            self.edited.emit(self._known.removed((index,)), "remove")

    def _open_menu(self, place: QPointF) -> None:
        index, beat = self._layer.point_at(place, self._frame), self._layer.beat_at(place, self._frame)
        menu = QMenu(self._pad)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if index is not None:
            after = menu.addAction(self.tr("Add point after it"))
            after.triggered.connect(lambda: self._add_after(index))
            remove = menu.addAction(self.tr("Remove point"))
            remove.setEnabled(len(self._known.points) > 1)
            remove.triggered.connect(lambda: self._remove(index))
        elif beat is not None:
            menu.addAction(self.tr("Add point here")).triggered.connect(lambda: self._add(beat))
        menu.addSeparator()
        menu.addAction(self.tr("Done")).triggered.connect(self.end)
        menu.popup(self._pad.mapToGlobal(place.toPoint()))

    # --- Qt ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._layer.is_editing or watched is not self._pad:
            return False
        kind = event.type()
        if isinstance(event, QMouseEvent):
            if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
                return self._press(event)
            if kind == QEvent.Type.MouseMove:
                return self._move(event)
            if kind == QEvent.Type.MouseButtonRelease:
                return self._release(event)
        elif isinstance(event, QKeyEvent):
            if kind == QEvent.Type.ShortcutOverride and self._wants(event):
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress:
                return self._press_key(event)
            if kind == QEvent.Type.KeyRelease:
                return self._release_key(event)
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._finish("move")
            self._held = Qt.MouseButton.NoButton
        return False
