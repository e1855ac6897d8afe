"""The part about OSC on the page about controllers: the port, who may send, and where replies go."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from morphstudio.control.osc import is_loopback, is_reply_text, reply_place
from morphstudio.settings import HIGHEST_PORT, LOWEST_PORT, OscSettings
from morphstudio.ui.control_status import ControlStatus
from morphstudio.ui.controls import Heading, SpinBox, Switch, em, restyle
from morphstudio.ui.settings_page import note
from morphstudio.ui.theme import Theme

_COMMAND: Final = 'pip install "morphstudio[osc]"'
_REPLY_EXAMPLE: Final = "127.0.0.1:9001"


class PortField(SpinBox):
    """A field for a port, which a wheel that passes over it does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(LOWEST_PORT, HIGHEST_PORT, parent)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGroupSeparatorShown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class OscSection(QWidget):
    """What OSC does.

    Parameters
    ----------
    theme : Theme
    """

    changed = Signal(object)
    """`OscSettings`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._status = OscSettings(), ControlStatus()
        self._heading, self.switch = Heading("OSC"), Switch(theme, "")
        self._state_note = note()
        self._port_label, self.port = QLabel(), PortField()
        self.others, self._others_note = Switch(theme, ""), note()
        self._reply_label, self.reply, self._reply_note = QLabel(), QLineEdit(), note()
        self._port_label.setBuddy(self.port)
        self._reply_label.setBuddy(self.reply)
        self.reply.setPlaceholderText(_REPLY_EXAMPLE)
        self._state_note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.switch.clicked.connect(self._on_switched)
        self.others.clicked.connect(self._on_others_switched)
        self.port.valueChanged.connect(self._on_port_changed)
        self.reply.editingFinished.connect(self._on_reply_edited)

    def set_settings(self, settings: OscSettings) -> None:
        """Show these; says nothing back."""
        self._settings = settings
        with QSignalBlocker(self.port):
            self.port.setValue(settings.port)
        if not self.reply.hasFocus():
            self.reply.setText(settings.reply)
        self._show()

    def set_status(self, status: ControlStatus) -> None:
        """Show what is listened to."""
        self._status = status
        self._show()

    def retranslate(self) -> None:
        """Say every text in the language that is spoken now."""
        self.switch.setText(self.tr("Play the pad by OSC"))
        self.switch.setAccessibleName(self.switch.text())
        self.switch.updateGeometry()
        self._port_label.setText(self.tr("Port"))
        self.port.setAccessibleName(self.tr("OSC port"))
        self.others.setText(self.tr("Allow other machines"))
        self.others.setAccessibleName(self.others.text())
        self.others.updateGeometry()
        self._others_note.setText(
            self.tr("Tablets and computers in your network can then play, whoever holds them.")
        )
        self._reply_label.setText(self.tr("Tell back to"))
        self.reply.setAccessibleName(self.tr("Address and port to which OSC tells back"))
        self._show()

    def _lay_out(self) -> None:
        unit = em(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.6))
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit)
        grid.setVerticalSpacing(round(unit * 0.5))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._port_label, 0, 0)
        grid.addWidget(self.port, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._reply_label, 1, 0)
        grid.addWidget(self.reply, 1, 1)
        column.addWidget(self._heading)
        column.addWidget(self.switch)
        column.addWidget(self._state_note)
        column.addLayout(grid)
        column.addWidget(self._reply_note)
        column.addSpacing(unit // 3)
        column.addWidget(self.others)
        column.addWidget(self._others_note)

    def _show(self) -> None:
        settings, status = self._settings, self._status
        is_on = settings.is_on and status.has_osc
        self.switch.setEnabled(status.has_osc)
        self.switch.setChecked(is_on)
        self.others.setChecked(settings.allows_others)
        for widget in (self._port_label, self.port, self.others, self._reply_label, self.reply):
            widget.setEnabled(is_on)
        is_well = status.has_osc and not status.osc_problem
        self._state_note.setText(self._said())
        self._state_note.setVisible(bool(self._state_note.text()))
        restyle(self._state_note, "warn", not is_well)
        restyle(self._state_note, "dim", is_well)
        self._show_reply()

    def _said(self) -> str:
        status = self._status
        if not status.has_osc:
            return self.tr("OSC needs more. Install it by {command}, then start MorphStudio again.").format(
                command=_COMMAND
            )
        if status.osc_problem:
            return status.osc_problem
        if not status.osc_port:
            return ""
        if self._settings.allows_others:
            return self.tr("Listening to all machines on port {port}.").format(port=status.osc_port)
        return self.tr("Listening to this machine alone, on port {port}.").format(port=status.osc_port)

    def _show_reply(self) -> None:
        text = self.reply.text().strip()
        place = reply_place(text)
        is_kept_here = place is not None and not is_loopback(place[0]) and not self._settings.allows_others
        if not is_reply_text(text):
            said = self.tr("That is no address. It looks like {example}.").format(example=_REPLY_EXAMPLE)
        elif is_kept_here:
            said = self.tr("That is another machine: switch on “Allow other machines”.")
        else:
            said = self.tr("Where the cursor, playing and the tempo are told. Empty: nowhere.")
        is_well = is_reply_text(text) and not is_kept_here
        restyle(self._reply_note, "warn", not is_well)
        restyle(self._reply_note, "dim", is_well)
        self._reply_note.setText(said)

    def _change(self, **changes: object) -> None:
        settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        if settings != self._settings:
            self.set_settings(settings)
            self.changed.emit(settings)

    @Slot(bool)
    def _on_switched(self, is_on: bool) -> None:
        self._change(is_on=is_on)

    @Slot(bool)
    def _on_others_switched(self, allows_others: bool) -> None:
        self._change(allows_others=allows_others)

    @Slot(int)
    def _on_port_changed(self, port: int) -> None:
        self._change(port=port)

    @Slot()
    def _on_reply_edited(self) -> None:
        text = self.reply.text().strip()
        if is_reply_text(text):
            self._change(reply=text)
        self._show_reply()
