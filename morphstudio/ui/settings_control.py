"""The page about controllers: MIDI and OSC. It listens to nothing itself."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from morphstudio.control.midi_map import Target
from morphstudio.settings import MidiSettings, OscSettings
from morphstudio.ui.control_status import ControlStatus
from morphstudio.ui.controls import em
from morphstudio.ui.settings_midi import MidiSection
from morphstudio.ui.settings_osc import OscSection
from morphstudio.ui.settings_page import Page
from morphstudio.ui.theme import Theme


class ControlPage(Page):
    """Chooses what plays the pad beside mouse and keys.

    Parameters
    ----------
    theme : Theme
    """

    midi_changed = Signal(object)
    """`MidiSettings`."""
    osc_changed = Signal(object)
    """`OscSettings`."""
    learning_requested = Signal(str)
    """A `Target`: the next control that is moved is to be the one for it."""
    learning_cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = ControlStatus()
        self.midi, self.osc = MidiSection(theme), OscSection(theme)
        self.column.addWidget(self.midi)
        self.column.addSpacing(em(self))
        self.column.addWidget(self.osc)
        self.column.addStretch(1)
        self.midi.changed.connect(self.midi_changed)
        self.osc.changed.connect(self.osc_changed)
        self.midi.learning_requested.connect(self.learning_requested)
        self.midi.learning_cancelled.connect(self.learning_cancelled)
        self.retranslate()

    def set_settings(self, midi: MidiSettings, osc: OscSettings) -> None:
        """Show these; says nothing back."""
        self.midi.set_settings(midi)
        self.osc.set_settings(osc)

    @Slot(object)
    def set_status(self, status: ControlStatus) -> None:
        """Show what is listened to."""
        self._status = status
        self.midi.set_status(status)
        self.osc.set_status(status)

    @Slot(str, str)
    def take_learnt(self, target: Target, text: str) -> None:
        """Use a control for something."""
        self.midi.take_learnt(target, text)

    def retranslate(self) -> None:
        self.set_title(self.tr("Controllers"))
        self.midi.retranslate()
        self.osc.retranslate()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._status.learning:
            self.learning_cancelled.emit()  # nobody would see what was learnt
