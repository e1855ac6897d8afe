"""The section of the model: which one plays, and its tuning. It shows and asks; it knows no file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from morphstudio.ui.controls import Heading, em
from morphstudio.ui.error_plot import ErrorPlot
from morphstudio.ui.theme import Theme, tabular

_STEPS = 1000


class ModelPanel(QWidget):
    """Name, tuning, the way back, files.

    Parameters
    ----------
    theme : Theme
    """

    tune_requested = Signal()
    stop_requested = Signal()
    other_chosen = Signal(int)
    """Number of one of the others, from 0."""
    open_requested = Signal()
    save_requested = Signal()
    tuning_shown = Signal()
    """The controls of a tuning that began are there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLabel()
        self.description = QLabel()
        self.plot = ErrorPlot(theme)
        self.progress = QProgressBar()
        self.status = QLabel()
        self.tune_button = QPushButton()
        self.stop_button = QPushButton()
        self.others_button = QPushButton()
        self._heading = Heading("")
        self._others_menu = QMenu(self)
        self._n_others = 0
        self.open_button = QPushButton()
        self.save_button = QPushButton()
        self._dress()
        self._lay_out()
        self.retranslate()
        for button, signal in (
            (self.tune_button, self.tune_requested),
            (self.stop_button, self.stop_requested),
            (self.open_button, self.open_requested),
            (self.save_button, self.save_requested),
        ):
            button.clicked.connect(signal)
        self.others_button.clicked.connect(self._on_others_clicked)
        self._others_menu.triggered.connect(self._on_other_triggered)
        self.show_model("", "")
        self.show_others([])
        self.show_idle()
        self.set_tune_enabled(False)
        self.set_save_enabled(False)

    def show_model(self, name: str, description: str) -> None:
        """Say which model plays."""
        self.name.setText(name)
        self.name.setAccessibleName(self.tr("Model: %1").replace("%1", name))
        self.description.setText(description)
        self.description.setVisible(bool(description))

    def show_others(self, ways: Sequence[str]) -> None:
        """Offer other models, such as "Back to factory": by a button; where they are more, by a menu."""
        self._n_others = len(ways)
        self._others_menu.clear()
        for index, way in enumerate(ways):
            self._others_menu.addAction(way.replace("&", "&&")).setData(index)
        text = ways[0] if len(ways) == 1 else self.tr("Other models…")
        room_px = em(self) * 13
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room_px)
        self.others_button.setText(shown.replace("&", "&&"))
        self.others_button.setAccessibleName(text)
        self.others_button.setVisible(bool(ways))

    def set_tune_enabled(self, is_enabled: bool) -> None:
        """Allow tuning: there is a model, and something to learn."""
        self.tune_button.setEnabled(is_enabled)

    def set_save_enabled(self, is_enabled: bool) -> None:
        """Allow saving: there is a model."""
        self.save_button.setEnabled(is_enabled)

    def show_idle(self) -> None:
        """Nothing is being tuned."""
        had_focus = self.stop_button.hasFocus()
        for widget in (self.plot, self.progress, self.status, self.stop_button):
            widget.hide()
        self.tune_button.show()
        if had_focus:
            self.tune_button.setFocus()

    def show_tuning(self, status: str) -> None:
        """A tuning began."""
        had_focus = self.tune_button.hasFocus()
        self.tune_button.hide()
        self.stop_button.setEnabled(True)
        self.progress.setValue(0)
        self.plot.set_points((), 1.0)
        self.status.setText(status)
        for widget in (self.plot, self.progress, self.status, self.stop_button):
            widget.show()
        if had_focus:
            self.stop_button.setFocus()
        self.tuning_shown.emit()

    def show_stopping(self, status: str) -> None:
        """The tuning was told to stop and is about to."""
        self.status.setText(status)
        self.stop_button.setEnabled(False)

    def show_progress(
        self, status: str, share: float, points: Sequence[tuple[float, float]], total_s: float
    ) -> None:
        """Show how far the tuning is, 0..1, and the errors (seconds, dB) so far."""
        self.status.setText(status)
        self.progress.setValue(round(share * _STEPS))
        self.plot.set_points(points, total_s)

    def retranslate(self) -> None:
        """Make every text again, but for those that somebody else gives."""
        self._heading.setText(self.tr("Model"))
        self.tune_button.setText(self.tr("Tune"))
        self.stop_button.setText(self.tr("Stop"))
        self.open_button.setText(self.tr("Open…"))
        self.save_button.setText(self.tr("Save as…"))
        self.progress.setAccessibleName(self.tr("Progress of tuning"))
        self.tune_button.setAccessibleName(self.tr("Tune the model to the loops on the pad"))
        self.tune_button.setToolTip(
            self.tr(
                "Let the model learn your loops for a minute, so that it plays them closer; sound goes on"
            )
        )
        self.stop_button.setAccessibleName(self.tr("Stop tuning"))
        self.stop_button.setToolTip(self.tr("Stop now and play the best so far"))
        self.others_button.setToolTip(self.tr("Hear the other model at once; neither is lost"))
        self.open_button.setAccessibleName(self.tr("Open a model"))
        self.open_button.setToolTip(self.tr("Play with a model that was saved before"))
        self.save_button.setAccessibleName(self.tr("Save the model"))
        self.save_button.setToolTip(self.tr("Keep the model that plays as a file, for other sessions"))

    def _dress(self) -> None:
        self.description.setProperty("dim", True)
        self.status.setProperty("dim", True)
        self.status.setFont(tabular(self.status.font()))
        for label in (self.name, self.description, self.status):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called <b>.safetensors
            label.setWordWrap(True)
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        for button in (
            self.tune_button, self.stop_button, self.others_button, self.open_button, self.save_button,
        ):  # fmt: skip
            button.setAutoDefault(True)

    def _lay_out(self) -> None:
        unit = em(self)
        buttons = QGridLayout()
        buttons.setSpacing(unit // 2)
        for button in (self.tune_button, self.stop_button):  # one of them shows
            buttons.addWidget(button, 0, 0, 1, 2)
        buttons.addWidget(self.others_button, 1, 0, 1, 2)
        buttons.addWidget(self.open_button, 2, 0)
        buttons.addWidget(self.save_button, 2, 1)
        buttons.setColumnStretch(0, 1)
        buttons.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.5))
        column.addWidget(self._heading)
        column.addWidget(self.name)
        column.addWidget(self.description)
        column.addWidget(self.plot)
        column.addWidget(self.progress)
        column.addWidget(self.status)
        column.addLayout(buttons)

    @Slot()
    def _on_others_clicked(self) -> None:
        if self._n_others == 1:
            self.other_chosen.emit(0)
        else:
            self._others_menu.popup(self.others_button.mapToGlobal(self.others_button.rect().bottomLeft()))

    @Slot(QAction)
    def _on_other_triggered(self, action: QAction) -> None:
        self.other_chosen.emit(action.data())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
