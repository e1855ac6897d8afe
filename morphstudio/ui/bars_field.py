"""The length of the loop in the top bar: bars where there is a tempo, else seconds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from morphstudio.ui.theme import Theme
from morphstudio.ui.turned_field import TurnedField, number_in

USUAL_BARS = (1, 2, 4, 8, 16)
_MOST_BARS = 128


class BarsField(TurnedField):
    """Says how long the loop is. It knows no session.

    Parameters
    ----------
    theme : Theme
    """

    bars_chosen = Signal(int)
    step_em = 1.2

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._bars: int | None = None
        self._duration_s = 0.0
        self._most_bars = _MOST_BARS
        self._group = QActionGroup(self)
        for bars in USUAL_BARS:
            action = self.menu.addAction("")
            action.setData(bars)
            action.setCheckable(True)
            self._group.addAction(action)
        self._group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._group.triggered.connect(self._on_bars_triggered)
        self.retranslate()

    @property
    def bars(self) -> int | None:
        """What is shown; None where it is seconds."""
        return self._bars

    def show_length(self, bars: int | None, duration_s: float, most_bars: int = _MOST_BARS) -> None:
        """Show how long the loop is.

        Parameters
        ----------
        bars : int or None
            None where there is no tempo.
        duration_s : float
            0 where there is no loop.
        most_bars : int
            As many as there can be.
        """
        self._bars, self._duration_s, self._most_bars = bars, duration_s, most_bars
        self._show()

    def retranslate(self) -> None:
        """Make every text again."""
        for action in self._group.actions():
            action.setText(self._in_bars(action.data()))
        self.setToolTip(self.tr("Length: loops are repeated or cut to it. Type bars, or drag up and down."))
        self.setAccessibleDescription(self.toolTip())
        self.menu.setAccessibleName(self.tr("Length of the loop"))
        self._show()

    def _in_bars(self, bars: int) -> str:
        return self.tr("1 bar") if bars == 1 else self.tr("{count} bars").format(count=bars)

    def _in_seconds(self, duration_s: float) -> str:
        return self.tr("{seconds} s").format(seconds=f"{duration_s:.2f}")

    def _show(self) -> None:
        value = "—"
        if self._bars is not None:
            value = self._in_bars(self._bars)
        elif self._duration_s > 0.0:
            value = self._in_seconds(self._duration_s)
        self.show_texts(self.tr("Loop"), value)
        for action in self._group.actions():
            action.setChecked(action.data() == self._bars)
            action.setEnabled(action.data() <= self._most_bars)

    @Slot(QAction)
    def _on_bars_triggered(self, action: QAction) -> None:
        action.setChecked(action.data() == self._bars)  # until somebody says so
        self.bars_chosen.emit(action.data())

    # --- as a field -----------------------------------------------------------------------------

    def widest_values(self) -> tuple[str, ...]:
        return (self._in_bars(16), self._in_seconds(8.88))

    def typed_text(self) -> str:
        return str(self._bars or "")

    def take(self, text: str) -> str:
        if not text.strip():
            return ""
        number = number_in(text)
        if number is None or number != int(number) or not 1 <= number <= _MOST_BARS:
            return self.tr("Type a number of bars, such as 1, 2 or 4.")
        if int(number) != self._bars:
            self.bars_chosen.emit(int(number))
        return ""

    def turn(self, n_steps: int, *, is_fine: bool) -> None:
        now = self._bars or 0
        if is_fine:
            wanted = max(1, now + n_steps)
        else:
            up = n_steps > 0
            ahead = [bars for bars in USUAL_BARS if (bars > now if up else bars < now)]
            if not ahead:
                return
            wanted = (ahead if up else ahead[::-1])[min(abs(n_steps), len(ahead)) - 1]
        wanted = min(wanted, max(self._most_bars, 1))
        if wanted != self._bars:
            self.bars_chosen.emit(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
