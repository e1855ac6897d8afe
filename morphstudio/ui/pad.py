"""The latent pad: dots to press and drag between. What a hand does to it, and what that emits.

Speaks pad units only; which blend a point stands for is the pad model's business. What it shows is in
`pad_stage`, what presses mean in `pad_gestures`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from morphstudio.morph.request import PadPoint
from morphstudio.ui.pad_gestures import PadGestures
from morphstudio.ui.pad_input import (
    arrow_step,
    entries_of,
    is_picking_key,
    key_command,
    wheel_pan,
    wheel_zoom,
)
from morphstudio.ui.pad_menus import DotMenu, SpaceMenu
from morphstudio.ui.pad_scene import PadDot
from morphstudio.ui.pad_stage import MIDDLE, PadStage
from morphstudio.ui.pad_view import clamp
from morphstudio.ui.theme import Theme

__all__ = ["LatentPad", "PadDot"]

_KEY_ZOOM = 1.25


class LatentPad(PadStage):
    """Shows sounds as dots and turns presses and drags into points of the pad.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    point_picked = Signal(object)
    """PadPoint, on a press, on each move of a drag, on each arrow key."""
    explore_picked = Signal(float, float)
    """The same in the mode *explore*: -1..1 on both axes, (0, 0) is the loop itself."""
    pick_ended = Signal()
    """The press or the key was let go."""
    mode_changed = Signal(str)
    """Mode, *blend* or *explore*, that was chosen by hand."""
    dots_moved = Signal(object)
    """Dictionary of sound ids and PadPoints, on each move while dots are dragged."""
    dots_moved_finished = Signal()
    """The dots were let go."""
    selection_changed = Signal(object)
    """Tuple of sound ids."""
    audition_requested = Signal(str)
    """Sound id, to be heard alone."""
    replacement_requested = Signal(str)
    """Sound id, to be replaced by another sound in its place."""
    similar_requested = Signal(str)
    """Sound id, of which similar ones are wanted."""
    loop_time_requested = Signal(str)
    """Sound id, whose tempo and key are to be set."""
    tempo_taken = Signal(str)
    """Sound id, whose tempo is to be that of the session."""
    side_chosen = Signal(str, str)
    """Side, "a" or "b", and the sound id that is to be there."""
    removals_requested = Signal(object)
    """Tuple of sound ids."""
    entries_dropped = Signal(object, object)
    """Tuple of ids of the browser's entries, and the PadPoint where they were dropped."""
    files_requested = Signal()
    """Loops are to be added from files."""
    arrangement_requested = Signal()
    """All dots are to be arranged anew."""
    demo_requested = Signal()
    """The loops that ship are wanted on the empty pad."""
    drag_out_requested = Signal()
    """What is heard is being dragged out of the window; the mouse is held."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._gestures = gestures = PadGestures(self._scene, self)
        self._picking_by_key = False
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Right presses start a drag, so the menu opens on release, not where the platform would.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.retranslate()
        gestures.picked.connect(self._on_picked)
        gestures.pick_ended.connect(self.pick_ended)
        gestures.dots_moved.connect(self._on_dots_moved)
        gestures.dots_moved_finished.connect(self._on_dots_moved_finished)
        gestures.selection_changed.connect(self._on_selection_changed)
        gestures.box_changed.connect(self._on_box_changed)
        gestures.panned.connect(self._pan)
        gestures.lifted.connect(self.drag_out_requested)
        gestures.dot_menu_requested.connect(self._open_dot_menu)
        gestures.space_menu_requested.connect(self._open_space_menu)
        self.mode_chips.mode_chosen.connect(self._on_mode_chosen)
        self.sliders.point_picked.connect(self._on_picked)
        self.sliders.pick_ended.connect(self.pick_ended)
        self.welcome.demo_requested.connect(self.demo_requested)

    def set_dots(self, dots: Sequence[PadDot]) -> None:
        """Replace all dots."""
        selected = self.selected
        super().set_dots(dots)
        self._gestures.forget_missing()
        if self.selected != selected:
            self.selection_changed.emit(self.selected)

    def set_mode(self, mode: str) -> None:
        """Switch to *blend* or *explore*; emits nothing."""
        super().set_mode(mode)
        self._gestures.use(self._scene)

    def select(self, sound_ids: Sequence[str]) -> None:
        """Select these dots and no others."""
        if self._dots_scene.select(sound_ids):
            self._on_selection_changed()

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected dots."""
        return self._dots_scene.selected

    @property
    def is_held(self) -> bool:
        """Whether a press, a drag or a key goes on."""
        return self._picking_by_key or self._gestures.kind in ("pick", "move") or self.path_edits.is_busy

    def end_pick(self) -> None:
        """Let go of what is being picked; the mouse picks nothing more before the next press."""
        self._end_key_pick()
        self._gestures.end()

    # --- gestures ------------------------------------------------------------------------------

    @Slot(object)
    def pick(self, point: PadPoint) -> None:
        """Pick a point, as a hand would."""
        self._on_picked(point)

    @Slot(object)
    def _on_picked(self, point: PadPoint) -> None:
        self._ever_picked = True
        self._place_cursor(self._scene, point)
        self._painter.trail.add(point, self._clock.elapsed())
        self.run_timer()
        if self._scene is self._dots_scene:
            self.point_picked.emit(point)
        else:
            self.explore_picked.emit(2.0 * point.x - 1.0, 2.0 * point.y - 1.0)

    @Slot(object)
    def _on_dots_moved(self, points: Mapping[str, PadPoint]) -> None:
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        QToolTip.hideText()
        self._painter.forget_places_of(tuple(points))
        self.request_frame()
        self.dots_moved.emit(points)

    @Slot()
    def _on_dots_moved_finished(self) -> None:
        self._painter.forget_dots()
        self.request_frame()
        self.dots_moved_finished.emit()

    @Slot()
    def _on_selection_changed(self) -> None:
        self.request_frame()
        self.selection_changed.emit(self.selected)

    @Slot()
    def _on_box_changed(self) -> None:
        self._box = self._gestures.box
        self.request_frame()

    @Slot(str)
    def _on_mode_chosen(self, mode: str) -> None:
        self.set_mode(mode)
        self.mode_changed.emit(mode)

    @Slot(QPointF)
    def _pan(self, shift: QPointF) -> None:
        self.look(self._scene.view.panned(shift, self._scene.whole))

    def _hover(self, sound_id: str) -> None:
        if sound_id != self._scene.hovered:
            self._scene.hovered = sound_id
            self.request_frame()

    def _show_grip(self, event: QMouseEvent) -> None:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        movable = held and bool(self._scene.hovered) and self._scene.is_editable
        shape = Qt.CursorShape.OpenHandCursor if movable else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    # --- menus ---------------------------------------------------------------------------------

    @Slot(str, QPointF)
    def _open_dot_menu(self, sound_id: str, place: QPointF) -> None:
        meant = self._scene.with_selected(sound_id)
        menu = DotMenu(len(meant), self)
        answers = {
            "audition": lambda: self.audition_requested.emit(sound_id),
            "replace": lambda: self.replacement_requested.emit(sound_id),
            "similar": lambda: self.similar_requested.emit(sound_id),
            "time": lambda: self.loop_time_requested.emit(sound_id),
            "take_tempo": lambda: self.tempo_taken.emit(sound_id),
            "side_a": lambda: self.side_chosen.emit("a", sound_id),
            "side_b": lambda: self.side_chosen.emit("b", sound_id),
            "remove": lambda: self.removals_requested.emit(meant),
        }
        menu.chosen.connect(lambda what: answers[what]())
        self._pop_up(menu, place)

    @Slot(QPointF)
    def _open_space_menu(self, place: QPointF) -> None:
        has_dots = bool(self._dots_scene.dots)
        menu = SpaceMenu(self, has_dots=has_dots, is_zoomed=not self._scene.view.shows_all)
        answers = {
            "add": self.files_requested.emit,
            "arrange": self.arrangement_requested.emit,
            "show_all": self.show_all,
        }
        menu.chosen.connect(lambda what: answers[what]())
        self._pop_up(menu, place)

    def _pop_up(self, menu: QMenu, place: QPointF) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(place.toPoint()))

    # --- the keyboard --------------------------------------------------------------------------

    def _carry_out(self, command: str) -> bool:
        """Do what a key asks for; tells whether there was anything to do."""
        scene, pointed = self._scene, self._scene.pointed_at()
        middle = self._scene.whole.to_px(MIDDLE)
        if command == "centre" and scene.dots:
            self._pick_by_key(MIDDLE)
        elif command == "show_all":
            self.show_all()
        elif command in ("nearer", "farther"):
            about = middle if scene.cursor is None else scene.frame.to_px(scene.cursor)
            self.zoom_about(about, _KEY_ZOOM if command == "nearer" else 1.0 / _KEY_ZOOM)
        elif command == "remove" and pointed and scene.is_editable:
            self.removals_requested.emit(pointed)
        elif command == "select_all" and scene.is_editable and scene.dots:
            self.select(tuple(scene.dots))
        elif command == "let_go" and (scene.selected or scene.focused):
            self._focus_dot("")
            self.select(())
        elif command == "audition" and scene.focused:
            self.audition_requested.emit(scene.focused)
        elif command == "menu":
            target = scene.focused or scene.hovered
            if target and scene.is_editable:
                self._open_dot_menu(target, self.place_of(target))
            else:
                self._open_space_menu(middle)
        else:
            return False
        return True

    def _wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the pad's before it is a shortcut of the window."""
        command, scene = key_command(event), self._scene
        if command == "let_go":
            return bool(scene.selected or scene.focused)
        if command == "audition":
            return bool(scene.focused)
        return bool(command) or arrow_step(event) is not None

    def _pick_by_key(self, point: PadPoint) -> None:
        self._picking_by_key = True
        self._scene.snapped = ""
        self.look(self._scene.view.showing(point))
        self._on_picked(point)

    def _end_key_pick(self) -> None:
        if self._picking_by_key:
            self._picking_by_key = False
            self.pick_ended.emit()

    def _focus_dot(self, sound_id: str) -> None:
        if sound_id == self._scene.focused:
            return
        self._scene.focused = sound_id
        if sound_id:
            self._focus_shown = True
            self.look(self._scene.view.showing(self._scene.dots[sound_id].point))
        self.name_for_readers()
        self.request_frame()

    # --- Qt ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            dot = self._scene.dots.get(self._scene.hovered)
            if dot is None or self._gestures.kind or not self._scene.is_editable:
                QToolTip.hideText()
                event.ignore()
            else:
                hint = self.tr("Ctrl+drag or right-drag to move it, right-click for more")
                QToolTip.showText(event.globalPos(), f"{dot.name}\n{hint}", self)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._wants(event):
                event.accept()
                return True
        elif (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_about(event.position(), 1.0 + event.value())
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Also asked for the controls in the corners, whose Tab is none of the dots' business.
        if self.hasFocus() and self._scene.is_editable and self._scene.dots:
            backward_from_pad = not forward and not self._scene.focused
            following = "" if backward_from_pad else self._scene.after_focused(1 if forward else -1)
            was_on_dot = bool(self._scene.focused)
            self._focus_dot(following)
            if following or (was_on_dot and not forward):
                return True
        return super().focusNextPrevChild(forward)

    def hideEvent(self, event: QHideEvent) -> None:
        self._painter.trail.clear()
        self._timer.stop()
        self._gestures.end()  # no release will come

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._focus_dot("")
        self._gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._gestures.move(event)
        if not self._gestures.kind:
            self._hover(self._scene.dot_at(event.position()))
            self._show_grip(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(event)
        self._show_grip(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Two quick presses are two picks, unless there is something to be brought back into sight.
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and not self._scene.view.shows_all and not self._scene.dot_at(event.position()):
            self.show_all()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = wheel_zoom(event)
        if factor != 1.0:
            self.zoom_about(event.position(), factor)
        else:
            self._pan(wheel_pan(event))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._focus_shown = True
        elif event.reason() == Qt.FocusReason.MouseFocusReason:
            self._focus_shown = False
        self.request_frame()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._focus_shown = False
            self._focus_dot("")
        self._end_key_pick()
        self.request_frame()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = arrow_step(event)
        if step is not None and self._scene.dots:
            here = self._scene.cursor or MIDDLE
            self._pick_by_key(PadPoint(clamp(here.x + step[0], 0, 1), clamp(here.y + step[1], 0, 1)))
        elif step is not None or not self._carry_out(key_command(event)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if is_picking_key(event):
            self._end_key_pick()
        else:
            super().keyReleaseEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._hold_over(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._hold_over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._ghost = None
        self.request_frame()

    def dropEvent(self, event: QDropEvent) -> None:
        self._ghost = None
        self.request_frame()
        entries = entries_of(event.mimeData())
        if entries and self._scene is self._dots_scene:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.entries_dropped.emit(entries, self.frame().to_pad(event.position()))
        else:
            event.ignore()

    def _hold_over(self, event: QDropEvent) -> None:
        entries = entries_of(event.mimeData())
        if not entries or self._scene is not self._dots_scene:
            event.ignore()  # files are the window's
            return
        self._ghost = (event.position(), len(entries))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.request_frame()
