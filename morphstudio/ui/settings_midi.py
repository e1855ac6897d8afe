"""The part about MIDI on the page about controllers: the input, what moves what, and the clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from morphstudio.control.midi_map import FIRST_DOT_NOTE, TARGETS, ControlSource, Target
from morphstudio.settings import MidiSettings
from morphstudio.ui.control_status import ControlStatus
from morphstudio.ui.controls import Heading, Switch, em, restyle
from morphstudio.ui.settings_audio import ChoiceBox
from morphstudio.ui.settings_page import note, plain_button
from morphstudio.ui.theme import Theme, tabular

_COMMAND: Final = 'pip install "morphstudio[midi]"'


@dataclass(frozen=True, slots=True)
class _Row:
    """What moves one thing: its name, the control, and the buttons that choose it."""

    name: QLabel
    control: QLabel
    learn: QPushButton
    clear: QPushButton


class MidiSection(QWidget):
    """What MIDI does.

    Parameters
    ----------
    theme : Theme
    """

    changed = Signal(object)
    """`MidiSettings`."""
    learning_requested = Signal(str)
    """A `Target`: the next control that is moved is to be the one for it."""
    learning_cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._status = MidiSettings(), ControlStatus()
        self._is_stale = False
        self._heading, self.switch = Heading("MIDI"), Switch(theme, "")
        self._port_label, self.ports, self._port_note = QLabel(), ChoiceBox(), note()
        self._port_label.setBuddy(self.ports)
        self.rows: dict[Target, _Row] = {
            target: _Row(QLabel(), QLabel(), plain_button(), plain_button()) for target in TARGETS
        }
        self._keys_note = note()
        self.clock, self._clock_note = Switch(theme, ""), note()
        self._port_note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self.switch.clicked.connect(self._on_switched)
        self.clock.clicked.connect(self._on_clock_switched)
        self.ports.activated.connect(self._on_port_activated)
        self.ports.closed.connect(self._on_list_closed, Qt.ConnectionType.QueuedConnection)
        for target, row in self.rows.items():
            row.learn.setProperty("target", target)
            row.clear.setProperty("target", target)
            row.learn.clicked.connect(self._on_learn_clicked)
            row.clear.clicked.connect(self._on_clear_clicked)

    def set_settings(self, settings: MidiSettings) -> None:
        """Show these; says nothing back."""
        self._settings = settings
        self._show()

    def set_status(self, status: ControlStatus) -> None:
        """Show what is listened to; while the list is open, when it closes: nothing moves under a hand."""
        self._status = status
        self._is_stale = self.ports.is_open
        if not self._is_stale:
            self._show()

    def take_learnt(self, target: Target, text: str) -> None:
        """Use a control for something, and for nothing else any more."""
        others = {other: "" for other in TARGETS if getattr(self._settings, other) == text}
        self._change(**{**others, target: text})

    def retranslate(self) -> None:
        """Say every text in the language that is spoken now."""
        self.switch.setText(self.tr("Play the pad by MIDI"))
        self.switch.setAccessibleName(self.switch.text())
        self.switch.updateGeometry()
        self._port_label.setText(self.tr("Input"))
        self.ports.setAccessibleName(self.tr("MIDI input"))
        names = {
            "x": self.tr("Left and right"),
            "y": self.tr("Up and down"),
            "detail": self.tr("Detail"),
            "play": self.tr("Play and stop"),
        }
        # Wide enough for either word, so that nothing moves when it changes.
        metrics = self.fontMetrics()
        words = (self.tr("Learn"), self.tr("Cancel"))
        width = max(metrics.horizontalAdvance(word) for word in words) + round(em(self) * 1.9)
        for target, row in self.rows.items():
            row.learn.setFixedWidth(width)
            row.name.setText(names[target])
            row.clear.setText(self.tr("Clear"))
            row.clear.setAccessibleName(self.tr("No control for: {what}").format(what=names[target]))
        self._keys_note.setText(
            self.tr(
                "Keys from note {number} (C1) up play the dots, in the order in which they came; the harder"
                " they are hit, the louder."
            ).format(number=FIRST_DOT_NOTE)
        )
        self.clock.setText(self.tr("MIDI clock sets the tempo"))
        self.clock.setAccessibleName(self.clock.text())
        self.clock.updateGeometry()
        self._clock_note.setText(self.tr("Where the other machine starts and stops, so does the loop."))
        self._show()

    def _lay_out(self) -> None:
        unit = em(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.6))
        grid = QGridLayout()
        grid.setHorizontalSpacing(unit // 2)
        grid.setVerticalSpacing(round(unit * 0.4))
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(self.rows.values()):
            row.control.setFont(tabular(row.control.font()))
            grid.addWidget(row.name, number, 0)
            grid.addWidget(
                row.control, number, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            grid.addWidget(row.learn, number, 2)
            grid.addWidget(row.clear, number, 3)
        for widget in (self._heading, self.switch, self._port_label, self.ports, self._port_note):
            column.addWidget(widget)
        column.addSpacing(unit // 3)
        column.addLayout(grid)
        column.addWidget(self._keys_note)
        column.addSpacing(unit // 3)
        column.addWidget(self.clock)
        column.addWidget(self._clock_note)

    def _show(self) -> None:
        settings, status = self._settings, self._status
        is_on = settings.is_on and status.has_midi
        self.switch.setEnabled(status.has_midi)
        self.switch.setChecked(is_on)
        self.clock.setChecked(settings.follows_clock)
        for widget in (self._port_label, self.ports, self.clock):
            widget.setEnabled(is_on)
        self._fill_ports()
        self._port_note.setText(self._said())
        self._port_note.setVisible(bool(self._port_note.text()))
        restyle(self._port_note, "warn", not status.has_midi)
        restyle(self._port_note, "dim", status.has_midi)
        for target, row in self.rows.items():
            self._show_row(target, row, is_on)

    def _show_row(self, target: Target, row: _Row, is_on: bool) -> None:
        text, is_learning = getattr(self._settings, target), self._status.learning == target
        row.control.setText(self.tr("move a control…") if is_learning else self._words(text))
        restyle(row.control, "dim", is_on and (not text or is_learning))
        row.learn.setText(self.tr("Cancel") if is_learning else self.tr("Learn"))
        row.learn.setAccessibleName(
            (self.tr("Stop learning: {what}") if is_learning else self.tr("Learn a control: {what}")).format(
                what=row.name.text()
            )
        )
        row.name.setEnabled(is_on)
        row.control.setEnabled(is_on)
        row.learn.setEnabled(is_on)
        row.clear.setEnabled(is_on and bool(text))

    def _words(self, text: str) -> str:
        if not text:
            return self.tr("none")
        source = ControlSource.parse(text)
        words = {
            "cc": self.tr("CC {number} · channel {channel}"),
            "bend": self.tr("Pitch bend · channel {channel}"),
            "note": self.tr("Note {number} · channel {channel}"),
        }
        return words[source.kind].format(number=source.number, channel=source.channel)

    def _said(self) -> str:
        status = self._status
        if not status.has_midi:
            return self.tr("MIDI needs more. Install it by {command}, then start MorphStudio again.").format(
                command=_COMMAND
            )
        if not self._settings.is_on:
            return ""
        if status.midi_opened:
            return self.tr("Listening to {names}.").format(names=", ".join(status.midi_opened))
        if self._settings.port in status.midi_ports or (status.midi_ports and not self._settings.port):
            return self.tr("It cannot be listened to; another program may have it for itself.")
        return self.tr("Not plugged in. As soon as it is, it plays.")

    def _fill_ports(self) -> None:
        ports, chosen = self._status.midi_ports, self._settings.port
        with QSignalBlocker(self.ports):
            self.ports.clear()
            self.ports.addItem(self.tr("All inputs"), "")
            for name in ports:
                self.ports.addItem(name, name)
            if chosen and chosen not in ports:
                self.ports.addItem(self.tr("{device} (not there)").format(device=chosen), chosen)
            if not ports:
                self.ports.addItem(self.tr("No MIDI input found"))
                model = self.ports.model()
                assert isinstance(model, QStandardItemModel)
                model.item(self.ports.count() - 1).setEnabled(False)
            self.ports.setCurrentIndex(max(self.ports.findData(chosen), 0))

    def _change(self, **changes: object) -> None:
        settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        if settings != self._settings:
            self.set_settings(settings)
            self.changed.emit(settings)

    @Slot(bool)
    def _on_switched(self, is_on: bool) -> None:
        self._change(is_on=is_on)

    @Slot(bool)
    def _on_clock_switched(self, follows_clock: bool) -> None:
        self._change(follows_clock=follows_clock)

    @Slot(int)
    def _on_port_activated(self, index: int) -> None:
        self._change(port=self.ports.itemData(index))

    @Slot()
    def _on_list_closed(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._show()

    @Slot()
    def _on_learn_clicked(self) -> None:
        target = self.sender().property("target")
        if target == self._status.learning:
            self.learning_cancelled.emit()
        else:
            self.learning_requested.emit(target)

    @Slot()
    def _on_clear_clicked(self) -> None:
        self._change(**{self.sender().property("target"): ""})
