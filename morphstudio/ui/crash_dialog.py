"""What is asked when the program may not be able to go on. It needs nothing of the window below it."""

from __future__ import annotations

import platform
from enum import Enum
from pathlib import Path

import PySide6
from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QFont, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from morphstudio import __version__
from morphstudio.ui.controls import em
from morphstudio.ui.elided import ElidedLabel, WrappedLabel
from morphstudio.ui.icons import icon
from morphstudio.ui.theme import Theme, scaled


class Rescue(Enum):
    """What became of the session."""

    NOTHING_TO_SAVE = "nothing to save"
    SAVED = "saved"
    FAILED = "failed"


class CrashDialog(QDialog):
    """Says that something went wrong and what became of the session; the user decides what is next.

    Esc and closing it mean to go on: no key may cost somebody their work.

    Parameters
    ----------
    theme : Theme
    report : str
        Tracebacks, for "Copy details".
    log : Path
        File that "Show log" opens.
    rescue : Rescue
    saved : Path or None
        Where the session was saved.
    parent : QWidget or None
    """

    quit_chosen = Signal()

    def __init__(
        self,
        theme: Theme,
        report: str,
        log: Path,
        rescue: Rescue = Rescue.NOTHING_TO_SAVE,
        saved: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._report, self._log = theme, report, log
        self._rescue, self._saved = rescue, saved
        self._icon, self.title = QLabel(self), QLabel(self)
        self.sentence, self.saved_label = WrappedLabel(self), ElidedLabel(self)
        self.log_button, self.copy_button = QPushButton(self), QPushButton(self)
        self.quit_button, self.go_on_button = QPushButton(self), QPushButton(self)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._lay_out()
        self.log_button.clicked.connect(self._on_log_clicked)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.quit_button.clicked.connect(self._on_quit_clicked)
        self.go_on_button.clicked.connect(self.accept)
        theme.changed.connect(self._tint)
        self._tint()
        self.retranslate()
        self.go_on_button.setFocus()

    @property
    def report(self) -> str:
        """What "Copy details" copies: versions, then tracebacks."""
        versions = (
            f"MorphStudio {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}"
        )
        return f"{versions}\n{platform.platform()}\n\n{self._report}"

    def add_report(self, report: str) -> None:
        """Add what went wrong while the dialog is open."""
        self._report = f"{self._report}\n{report}"

    def retranslate(self) -> None:
        """Make every text again."""
        self.setWindowTitle(self.tr("MorphStudio"))
        self.title.setText(self.tr("Something went wrong"))
        self.sentence.set_sentence(
            {
                Rescue.SAVED: self.tr(
                    "MorphStudio met an error that it may not recover from, but your session is saved."
                ),
                Rescue.FAILED: self.tr(
                    "MorphStudio met an error that it may not recover from, and could not save your session."
                ),
                Rescue.NOTHING_TO_SAVE: self.tr("MorphStudio met an error that it may not recover from."),
            }[self._rescue]
        )
        self.saved_label.setText(str(self._saved or ""))
        self.saved_label.setAccessibleName(self.tr("Saved session: {path}").format(path=self._saved or ""))
        self.log_button.setText(self.tr("Show log"))
        self.copy_button.setText(self.tr("Copy details"))
        self.quit_button.setText(self.tr("Quit"))
        self.go_on_button.setText(self.tr("Go on"))

    def _lay_out(self) -> None:
        unit = em(self)
        self.setMinimumWidth(unit * 32)
        self.title.setFont(scaled(self.title.font(), 1.2, QFont.Weight.DemiBold))
        self.saved_label.setProperty("dim", True)
        self.saved_label.setVisible(self._saved is not None)
        self.go_on_button.setProperty("primary", True)
        self.go_on_button.setDefault(True)
        words = QVBoxLayout()
        words.setSpacing(unit // 2)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        words.addWidget(self.saved_label)
        head = QHBoxLayout()
        head.setSpacing(unit)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(unit // 2)
        buttons.addWidget(self.log_button)
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.quit_button)
        buttons.addWidget(self.go_on_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[round(unit * 1.5)] * 4)
        layout.setSpacing(round(unit * 1.5))
        layout.addLayout(head)
        layout.addStretch(1)
        layout.addLayout(buttons)

    @Slot()
    def _tint(self) -> None:
        size = round(em(self) * 1.6)
        self._icon.setPixmap(icon(self._theme, "error", "bad").pixmap(size, size))

    @Slot()
    def _on_log_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log)))

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self.copy_button.setText(self.tr("Copied"))

    @Slot()
    def _on_quit_clicked(self) -> None:
        self.accept()
        self.quit_chosen.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
