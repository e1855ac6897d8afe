"""The session's tempo in the top bar: shown, typed, turned, and where it may come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from morphstudio.morph.musical_time import HIGHEST_BPM, LOWEST_BPM
from morphstudio.ui.theme import Theme
from morphstudio.ui.turned_field import TurnedField, number_in

_USUAL_BPM = 120.0
_METRES = (3, 4, 5, 6, 7)
_FINE_BPM = 0.1


def bpm_text(bpm: float) -> str:
    """A tempo as it is written everywhere.

    >>> bpm_text(119.9993), bpm_text(174.0)
    ('120.0', '174.0')
    """
    return f"{bpm:.1f}"


@dataclass(frozen=True, slots=True)
class TempoOffer:
    """What the field shows.

    Parameters
    ----------
    bpm : float or None
        In beats per minute; None where each loop keeps its own tempo.
    start_bpm : float
        What turning and tapping begin with where there is none.
    keeps_pitch : bool
    beats_per_bar : int
    """

    bpm: float | None = None
    start_bpm: float = _USUAL_BPM
    keeps_pitch: bool = True
    beats_per_bar: int = 4


@dataclass(frozen=True, slots=True)
class LoopTempo:
    """A loop that the tempo can be taken from: `bpm` is what it has by itself."""

    sound_id: str
    name: str
    bpm: float


class TempoField(TurnedField):
    """Says how fast the session is. It knows no session.

    Parameters
    ----------
    theme : Theme
    """

    bpm_chosen = Signal(float)
    free_chosen = Signal()
    """Each loop is to keep its own tempo."""
    loop_chosen = Signal(str)
    """Id of the sound whose tempo is to be that of the session."""
    keeps_pitch_chosen = Signal(bool)
    beats_chosen = Signal(int)
    """How many beats a bar is to have."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._offer = TempoOffer()
        self._proposed_bpm: float | None = None
        self.free_action = QAction(self)
        self.free_action.setCheckable(True)
        self.loops_menu = QMenu(self)
        self.half_action, self.double_action = QAction(self), QAction(self)
        self.pitch_action = QAction(self)
        self.pitch_action.setCheckable(True)
        self.metre_menu = QMenu(self)
        self._metres = QActionGroup(self)
        self._fill()
        self.free_action.triggered.connect(self._on_free_triggered)
        self.half_action.triggered.connect(self._on_half_triggered)
        self.double_action.triggered.connect(self._on_double_triggered)
        self.pitch_action.triggered.connect(self.keeps_pitch_chosen)
        self._metres.triggered.connect(self._on_metre_triggered)
        self.loops_menu.triggered.connect(self._on_loop_triggered)
        self.retranslate()

    def _fill(self) -> None:
        for n_beats in _METRES:
            action = self.metre_menu.addAction("")
            action.setData(n_beats)
            action.setCheckable(True)
            self._metres.addAction(action)
        self.menu.addAction(self.free_action)
        self.menu.addMenu(self.loops_menu)
        self.menu.addSeparator()
        self.menu.addActions([self.half_action, self.double_action])
        self.menu.addSeparator()
        self.menu.addAction(self.pitch_action)
        self.menu.addMenu(self.metre_menu)

    @property
    def offer(self) -> TempoOffer:
        """What is shown."""
        return self._offer

    def set_offer(self, offer: TempoOffer) -> None:
        """Show a tempo and what goes with it."""
        self._offer = offer
        self._show()

    def set_loops(self, loops: Iterable[LoopTempo]) -> None:
        """Offer these loops' tempos; for `menu_opening`."""
        self.loops_menu.clear()
        for loop in loops:
            text = self.tr("{name} · {tempo}").format(name=loop.name, tempo=bpm_text(loop.bpm))
            self.loops_menu.addAction(text.replace("&", "&&")).setData(loop.sound_id)
        if self.loops_menu.isEmpty():
            self.loops_menu.addAction(self.tr("No loop with a known tempo")).setEnabled(False)

    def propose(self, bpm: float | None) -> None:
        """Show a tempo that is not chosen yet; None shows the chosen one again."""
        self._proposed_bpm = bpm
        self._show()

    def retranslate(self) -> None:
        """Make every text again."""
        self.free_action.setText(self.tr("Free: each loop at its own tempo"))
        self.loops_menu.setTitle(self.tr("From a loop"))
        self.pitch_action.setText(self.tr("Keep the loops' pitch"))
        self.metre_menu.setTitle(self.tr("Beats in a bar"))
        for action in self._metres.actions():
            action.setText(f"{action.data()}")
        self.setToolTip(
            self.tr("Tempo: type it or drag up and down, with Shift by tenths. Right-click for more.")
        )
        self.setAccessibleDescription(self.toolTip())
        self.menu.setAccessibleName(self.tr("Tempo"))
        self._show()

    def _show(self) -> None:
        offer, proposed = self._offer, self._proposed_bpm
        shown = offer.bpm if proposed is None else proposed
        value = self.tr("free") if shown is None else bpm_text(shown)
        self.show_texts(self.tr("Tempo"), value, is_proposed=proposed is not None)
        self.free_action.setChecked(offer.bpm is None)
        self.pitch_action.setChecked(offer.keeps_pitch)
        self.metre_menu.setEnabled(offer.bpm is not None)
        for action in self._metres.actions():
            action.setChecked(action.data() == offer.beats_per_bar)
        bpm = offer.start_bpm if offer.bpm is None else offer.bpm
        for action, text, wanted in (
            (self.half_action, self.tr("Half: {tempo}"), bpm / 2.0),
            (self.double_action, self.tr("Double: {tempo}"), bpm * 2.0),
        ):
            action.setText(text.format(tempo=bpm_text(wanted)))
            action.setEnabled(offer.bpm is not None and LOWEST_BPM <= wanted <= HIGHEST_BPM)

    @Slot()
    def _on_free_triggered(self) -> None:
        self.free_action.setChecked(self._offer.bpm is None)  # until somebody says so
        self.free_chosen.emit()

    @Slot()
    def _on_half_triggered(self) -> None:
        if self._offer.bpm is not None:
            self.bpm_chosen.emit(self._offer.bpm / 2.0)

    @Slot()
    def _on_double_triggered(self) -> None:
        if self._offer.bpm is not None:
            self.bpm_chosen.emit(self._offer.bpm * 2.0)

    @Slot(QAction)
    def _on_metre_triggered(self, action: QAction) -> None:
        self.beats_chosen.emit(action.data())

    @Slot(QAction)
    def _on_loop_triggered(self, action: QAction) -> None:
        self.loop_chosen.emit(action.data())

    # --- as a field -----------------------------------------------------------------------------

    def widest_values(self) -> tuple[str, ...]:
        return ("000.0", self.tr("free"))

    def typed_text(self) -> str:
        bpm = self._offer.start_bpm if self._offer.bpm is None else self._offer.bpm
        return f"{bpm:.3f}".rstrip("0").rstrip(".")

    def take(self, text: str) -> str:
        if not text.strip() or (self._offer.bpm is not None and text == self.typed_text()):
            return ""
        bpm = number_in(text)
        if bpm is None or not LOWEST_BPM <= bpm <= HIGHEST_BPM:
            return self.tr("Type a tempo from {lowest} to {highest}, such as 128 or 128.5.").format(
                lowest=f"{LOWEST_BPM:g}", highest=f"{HIGHEST_BPM:g}"
            )
        if bpm != self._offer.bpm:
            self.bpm_chosen.emit(bpm)
        return ""

    def turn(self, n_steps: int, *, is_fine: bool) -> None:
        bpm = self._offer.start_bpm if self._offer.bpm is None else self._offer.bpm
        wanted = round(bpm + n_steps * (_FINE_BPM if is_fine else 1.0), 1)
        wanted = min(max(wanted, LOWEST_BPM), HIGHEST_BPM)
        if wanted != self._offer.bpm:
            self.bpm_chosen.emit(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
