"""One line at the bottom of the browser about what goes on beside: finding sounds, then listening to them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled, tabular

_MINUTE_S, _HOUR_S = 60.0, 3600.0


class ScanStrip(QWidget):
    """Says how far it is, and ends what it speaks of; hidden while nothing goes on.

    While folders are looked through that is what is said: listening goes on as long as there is something
    to find.

    Parameters
    ----------
    theme : Theme
    """

    scan_cancelled = Signal()
    listening_cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place, self._n_found, self._is_scanning = "", 0, False
        self._n_done, self._n_total = 0, 0
        self._seconds_left: float | None = None
        self.label = ElidedLabel(self)
        self.label.setFont(tabular(scaled(self.label.font(), 0.92)))
        self.label.setProperty("dim", True)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.cancel_button = QToolButton(self)
        self.cancel_button.setProperty("flat", True)
        self.cancel_button.setProperty("small", True)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label, 1)
        line.addWidget(self.cancel_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, em(self) // 4, 0, 0)
        rows.setSpacing(em(self) // 6)
        rows.addLayout(line)
        rows.addWidget(self.progress)
        self.cancel_button.clicked.connect(self._on_cancelled)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show()

    @property
    def is_scanning(self) -> bool:
        """Whether folders are looked through."""
        return self._is_scanning

    @property
    def is_listening(self) -> bool:
        """Whether files are listened to."""
        return self._n_total > 0

    def retranslate(self) -> None:
        """Say everything anew, in the language that is spoken now."""
        self._show()

    def set_progress(self, place: str, n_found: int) -> None:
        """Show that a folder is scanned, and what was found in it."""
        self._place, self._n_found, self._is_scanning = place, n_found, True
        self._show()

    def end_scan(self) -> None:
        """No folder is scanned any more."""
        self._is_scanning = False
        self._show()

    def set_listening(self, n_done: int, n_total: int, seconds_left: float | None) -> None:
        """Show that files are listened to; None while nobody knows how long."""
        self._n_done, self._n_total, self._seconds_left = n_done, n_total, seconds_left
        self._show()

    @Slot()
    def end_listening(self) -> None:
        """No file is listened to any more."""
        self._n_total = 0
        self._show()

    def _show(self) -> None:
        is_listening = self.is_listening and not self._is_scanning
        self.label.setText(self._listening_text() if is_listening else self._finding_text())
        text = self.tr("Stop listening") if is_listening else self.tr("Stop scanning")
        self.cancel_button.setToolTip(text)
        self.cancel_button.setAccessibleName(text)
        self.progress.setRange(0, max(self._n_total, 1))
        self.progress.setValue(self._n_done)
        self.progress.setAccessibleName(self.label.text())
        self.progress.setVisible(is_listening)
        self.setVisible(self._is_scanning or self.is_listening)

    def _finding_text(self) -> str:
        text = self.tr("Finding sounds: {count} · {place}")
        return text.format(count=self.locale().toString(self._n_found), place=self._place)

    def _listening_text(self) -> str:
        locale, left = self.locale(), self._left_text()
        text = self.tr("Listening: {done} of {total}")
        if left:
            text = self.tr("Listening: {done} of {total}, {left}")
        done, total = locale.toString(self._n_done), locale.toString(self._n_total)
        return text.format(done=done, total=total, left=left)

    def _left_text(self) -> str:
        if self._seconds_left is None:
            return ""
        locale, seconds = self.locale(), self._seconds_left
        if seconds >= _HOUR_S:
            text, count = self.tr("{count} h left"), f"{seconds / _HOUR_S:.1f}"
        elif seconds >= _MINUTE_S:
            text, count = self.tr("{count} min left"), locale.toString(round(seconds / _MINUTE_S))
        else:
            text, count = self.tr("{count} s left"), locale.toString(max(1, round(seconds)))
        return text.format(count=count)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._is_scanning:
            self.end_scan()
            self.scan_cancelled.emit()
        else:
            self.end_listening()
            self.listening_cancelled.emit()

    @Slot()
    def _on_theme_changed(self) -> None:
        self.cancel_button.setIcon(icon(self._theme, "close", "text_dim"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
