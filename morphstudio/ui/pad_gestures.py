"""What presses and drags on the pad mean. Knows the scene; paints nothing, plays nothing.

| held | on a dot | beside dots |
|---|---|---|
| left | pick the dot | pick |
| Ctrl+left | move it, with those selected | pick |
| Shift+left | select it, or no longer | select by a box |
| right | move it; without moving, its menu | select by a box; without moving, a menu |
| middle | pan | pan |
| Alt+left | drag what is heard out of the window | the same |
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad_scene import PadScene

Gesture = Literal["", "pick", "move", "box", "pan", "lift"]


class PadGestures(QObject):
    """Turns mouse events into what is meant by them.

    Parameters
    ----------
    scene : PadScene
        What the mouse is over.
    parent : QObject
    """

    picked = Signal(object)
    """PadPoint; `scene.snapped` says which dot it is at."""
    pick_ended = Signal()
    dots_moved = Signal(object)
    """Dictionary of ids and PadPoints; the scene shows them already."""
    dots_moved_finished = Signal()
    selection_changed = Signal()
    box_changed = Signal()
    panned = Signal(QPointF)
    """By how many pixels."""
    lifted = Signal()
    """What is heard is being dragged out of the window."""
    dot_menu_requested = Signal(str, QPointF)
    space_menu_requested = Signal(QPointF)

    def __init__(self, scene: PadScene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self._kind: Gesture = ""
        self._button = Qt.MouseButton.NoButton
        self._start = self._last = QPointF()
        self._has_begun = False
        self._held_id = ""
        self._starts: dict[str, PadPoint] = {}
        self._kept: tuple[str, ...] = ()
        self._box: QRectF | None = None

    @property
    def kind(self) -> Gesture:
        """What goes on."""
        return self._kind

    @property
    def box(self) -> QRectF | None:
        """The box that selects, in pixels."""
        return self._box

    def use(self, scene: PadScene) -> None:
        """Go on with another scene; what was begun in the other ends."""
        self.end()
        self._scene = scene

    def press(self, event: QMouseEvent) -> None:
        """Begin, if nothing goes on."""
        if self._kind:
            return
        place, button = event.position(), event.button()
        self._button, self._start, self._last, self._has_begun = button, place, place, False
        self._held_id = sound_id = self._scene.dot_at(place)
        modifiers = event.modifiers()
        shift, control, alt = (
            bool(modifiers & key)
            for key in (
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.ControlModifier,
                Qt.KeyboardModifier.AltModifier,
            )
        )
        edits = self._scene.is_editable and bool(self._scene.dots)
        left, right = button == Qt.MouseButton.LeftButton, button == Qt.MouseButton.RightButton
        if button == Qt.MouseButton.MiddleButton:
            self._kind = "pan"
        elif left and alt and self._scene.dots:
            self._kind = "lift"
        elif edits and sound_id and (right or (left and control)):
            self._kind = "move"
            dots = self._scene.dots
            self._starts = {i: dots[i].point for i in self._scene.with_selected(sound_id)}
        elif edits and sound_id and left and shift:
            self._toggle(sound_id)
        elif right or (edits and left and shift):
            self._kind = "box"
            self._kept = self._scene.selected if shift else ()
        elif left and self._scene.dots:
            self._kind = "pick"
            self._pick(place)

    def move(self, event: QMouseEvent) -> None:
        """Go on."""
        place = event.position()
        if event.buttons() == Qt.MouseButton.NoButton:  # a dialog may have taken the release
            self.end()
        if not self._kind:
            return
        if self._kind == "pick":
            self._pick(place)
            return
        if not self._has_begun and self._kind != "pan":
            if (place - self._start).manhattanLength() < QApplication.startDragDistance():
                return
            self._has_begun = True
        if self._kind == "pan":
            shift, self._last = place - self._last, place
            self.panned.emit(shift)
        elif self._kind == "move":
            points = self._scene.shifted(self._starts, place - self._start)
            self._scene.move(points)
            self.dots_moved.emit(points)
        elif self._kind == "box" and self._scene.is_editable and self._scene.dots:
            self._box = QRectF(self._start, place).normalized()
            if self._scene.select((*self._kept, *self._scene.dots_in(self._box))):
                self.selection_changed.emit()
            self.box_changed.emit()
        elif self._kind == "lift":
            self._kind = ""  # before the signal: the drag takes the mouse until it is over
            self.lifted.emit()

    def release(self, event: QMouseEvent) -> None:
        """End, or open a menu if nothing was moved."""
        if not self._kind or event.button() != self._button:
            return
        kind, is_click = self._kind, not self._has_begun
        self.end()
        if not is_click or self._button != Qt.MouseButton.RightButton:
            return
        if kind == "move":
            self.dot_menu_requested.emit(self._held_id, event.position())
        elif kind == "box":
            self.space_menu_requested.emit(event.position())

    def end(self) -> None:
        """End what a press began and no release may end."""
        kind, self._kind = self._kind, ""
        if self._box is not None:
            self._box = None
            self.box_changed.emit()
        if kind == "move" and self._has_begun:
            self.dots_moved_finished.emit()
        elif kind == "pick":
            self.pick_ended.emit()

    def forget_missing(self) -> None:
        """Let go of dots that are no longer there."""
        self._starts = {i: point for i, point in self._starts.items() if i in self._scene.dots}
        if self._kind == "move" and not self._starts:
            self._kind = ""

    def _pick(self, place: QPointF) -> None:
        """Pick the point under the mouse; near a dot the dot itself, so that its own sound is heard."""
        scene = self._scene
        scene.snapped = scene.hovered = scene.dot_at(place)
        at_dot = scene.dots.get(scene.snapped)
        self.picked.emit(scene.frame.to_pad(place) if at_dot is None else at_dot.point)

    def _toggle(self, sound_id: str) -> None:
        selected = self._scene.selected
        if sound_id in selected:
            self._scene.select(i for i in selected if i != sound_id)
        else:
            self._scene.select((*selected, sound_id))
        self.selection_changed.emit()
