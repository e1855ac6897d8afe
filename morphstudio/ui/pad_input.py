"""What keys, wheels and drops over the pad mean, as values. Decides nothing."""

from __future__ import annotations

import json

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QWheelEvent

from morphstudio.ui.entry_model import ENTRIES_MIME

_STEP, _FINE_STEP = 0.01, 0.002
_NOTCH = 120.0
_ZOOM_PER_NOTCH = 1.2
_PAN_PER_NOTCH_PX = 60.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_COMMANDS = {
    Qt.Key.Key_Home: "centre",
    Qt.Key.Key_0: "show_all",
    Qt.Key.Key_Plus: "nearer",
    Qt.Key.Key_Equal: "nearer",
    Qt.Key.Key_Minus: "farther",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Backspace: "remove",
    Qt.Key.Key_Escape: "let_go",
    Qt.Key.Key_Return: "audition",
    Qt.Key.Key_Enter: "audition",
    Qt.Key.Key_Menu: "menu",
}
_PICKING = {*_ARROWS, Qt.Key.Key_Home}


def arrow_step(event: QKeyEvent) -> tuple[float, float] | None:
    """How far an arrow key goes in pad units, less with Shift; None for other keys and with Ctrl or Alt."""
    direction = _ARROWS.get(Qt.Key(event.key()))
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if direction is None or held:
        return None
    step = _FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
    return step * direction[0], step * direction[1]


def key_command(event: QKeyEvent) -> str:
    """What a key asks of the pad; "" where it is none of the pad's."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return "select_all" if key == Qt.Key.Key_A else ""
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return ""
    if key == Qt.Key.Key_F10 and modifiers & Qt.KeyboardModifier.ShiftModifier:
        return "menu"
    return _COMMANDS.get(key, "")


def is_picking_key(event: QKeyEvent) -> bool:
    """Whether letting this key go ends what it picked."""
    return not event.isAutoRepeat() and Qt.Key(event.key()) in _PICKING


def wheel_zoom(event: QWheelEvent) -> float:
    """Factor by which a wheel zooms; 1 where it pans."""
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return 1.0
    if _is_touchpad(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return 1.0
    return float(_ZOOM_PER_NOTCH ** (event.angleDelta().y() / _NOTCH))


def wheel_pan(event: QWheelEvent) -> QPointF:
    """Pixels by which two fingers move what is seen; sideways with Shift."""
    shift = QPointF(event.pixelDelta())
    if shift.isNull():
        shift = QPointF(event.angleDelta()) * (_PAN_PER_NOTCH_PX / _NOTCH)
    # Some systems turn the wheel sideways by themselves while Shift is held.
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not shift.x():
        return QPointF(shift.y(), 0.0)
    return shift


def _is_touchpad(event: QWheelEvent) -> bool:
    if event.phase() != Qt.ScrollPhase.NoScrollPhase:
        return True
    return event.device().type() == QInputDevice.DeviceType.TouchPad


def entries_of(data: QMimeData) -> tuple[str, ...]:
    """Ids of the loops that are dragged from the browser; none where it is something else."""
    if not data.hasFormat(ENTRIES_MIME):
        return ()
    try:
        entries = json.loads(bytes(data.data(ENTRIES_MIME).data()))
    except ValueError:
        return ()
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        return ()
    return tuple(entries)
