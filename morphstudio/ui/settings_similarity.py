"""The page about what "more like this" goes by: our own features, or a network that is fetched first."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QProgressBar, QRadioButton, QVBoxLayout, QWidget

from morphstudio.library.embedding_weights import EmbeddingWeights
from morphstudio.ui.controls import Heading, em, restyle
from morphstudio.ui.settings_page import Page, note, plain_button
from morphstudio.ui.theme import tabular

_STEPS = 1000


class _State(Enum):
    ABSENT = auto()
    FETCHING = auto()
    THERE = auto()
    FAILED = auto()


class SimilarityPage(Page):
    """Chooses what sounds are compared by, and asks for the weights; it fetches nothing itself.

    Parameters
    ----------
    weights : EmbeddingWeights
        What may be fetched.
    """

    embedding_chosen = Signal(bool)
    """Whether the network is to compare, instead of our own features."""
    fetch_requested = Signal()
    fetch_cancelled = Signal()

    def __init__(self, weights: EmbeddingWeights, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights = weights
        self._state, self._n_done, self._n_total, self._fault = _State.ABSENT, 0, weights.n_bytes, ""
        self._is_in_use = False
        self._heading = Heading("")
        self.features, self.embedding = QRadioButton(), QRadioButton()
        self._features_note, self._embedding_note = note(), note()
        self.fetch, self.cancel = plain_button(), plain_button()
        self.progress, self._status = QProgressBar(), note()
        self._group = QButtonGroup(self)
        self._group.addButton(self.features, 0)
        self._group.addButton(self.embedding, 1)
        self.features.setChecked(True)
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self._status.setFont(tabular(self._status.font()))
        self._lay_out()
        self._group.idClicked.connect(self._on_choice_clicked)
        self.fetch.clicked.connect(self.fetch_requested)
        self.cancel.clicked.connect(self.fetch_cancelled)
        self.retranslate()

    def choose(self, is_embedding: bool) -> None:
        """Show which one is chosen; says nothing back."""
        (self.embedding if is_embedding else self.features).setChecked(True)
        self._show()

    def show_absent(self) -> None:
        """The weights are not on this computer, and nobody fetches them."""
        self._set_state(_State.ABSENT)

    def show_fetching(self, n_done: int, n_total: int) -> None:
        """So many bytes of all have come."""
        self._n_done, self._n_total = n_done, max(n_total, 1)
        self._set_state(_State.FETCHING)

    def show_there(self) -> None:
        """The weights are on this computer."""
        self._set_state(_State.THERE)

    def set_in_use(self, is_in_use: bool) -> None:
        """Whether sounds are compared by the network by now."""
        self._is_in_use = is_in_use
        self._show()

    def show_failed(self, sentence: str) -> None:
        """Fetching ended early; the sentence says why and what to do."""
        self._fault = sentence
        self._set_state(_State.FAILED)

    def retranslate(self) -> None:
        self.set_title(self.tr("Similarity"))
        self._heading.setText(self.tr("Compare sounds by"))
        self.features.setText(self.tr("Timbre features"))
        self._features_note.setText(
            self.tr("Built in and quick: brightness, colour, attack and movement of the sound.")
        )
        self.embedding.setText(self.tr("Neural embedding ({name})").format(name=self._weights.name))
        self._embedding_note.setText(
            self.tr(
                "A network that learned from 960 hours of speech. Sounds are listened to once more, which"
                " takes much longer than with timbre features."
            )
        )
        self.fetch.setText(self.tr("Fetch ({size})").format(size=self._size(self._weights.n_bytes)))
        self.fetch.setAccessibleName(
            self.tr("Fetch {name} from the internet, {size}").format(
                name=self._weights.name, size=self._size(self._weights.n_bytes)
            )
        )
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Stop fetching"))
        self.progress.setAccessibleName(self.tr("Progress of fetching"))
        self._show()

    def _lay_out(self) -> None:
        unit = em(self)
        indent = round(unit * 1.8)
        self.column.addWidget(self._heading)
        for choice, remark in ((self.features, self._features_note), (self.embedding, self._embedding_note)):
            part = QVBoxLayout()
            part.setSpacing(round(unit * 0.15))
            remark.setContentsMargins(indent, 0, 0, 0)
            part.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
            part.addWidget(remark)
            self.column.addLayout(part)
            self.column.addSpacing(unit // 2)
        below = QVBoxLayout()
        below.setContentsMargins(indent, 0, 0, 0)
        below.setSpacing(round(unit * 0.5))
        below.addWidget(self.progress)
        below.addWidget(self._status)
        for button in (self.fetch, self.cancel):  # one of them shows
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(below)
        self.column.addStretch(1)

    def _set_state(self, state: _State) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        state, is_there = self._state, self._state is _State.THERE
        is_fetching = state is _State.FETCHING
        had_focus = self.fetch.hasFocus() or self.cancel.hasFocus()
        # Chosen once and then deleted: it stays chosen, to be fetched again.
        self.embedding.setEnabled(is_there or self.embedding.isChecked())
        self.progress.setVisible(is_fetching)
        self.progress.setValue(round(_STEPS * min(1.0, self._n_done / self._n_total)))
        self.fetch.setVisible(not is_there and not is_fetching)
        self.cancel.setVisible(is_fetching)
        if had_focus:
            (self.cancel if is_fetching else self.embedding if is_there else self.fetch).setFocus()
        restyle(self._status, "dim", state is not _State.FAILED)
        restyle(self._status, "warn", state is _State.FAILED)
        self._status.setText(self._said())

    def _said(self) -> str:
        if self._state is _State.FETCHING:
            return self.tr("{done} of {total}").format(
                done=self._size(self._n_done), total=self._size(self._n_total)
            )
        if self._state is _State.THERE:
            if not self.embedding.isChecked():
                return self.tr("On this computer.")
            if self._is_in_use:
                return self.tr("On this computer, and in use.")
            return self.tr(
                "On this computer. Until all sounds were listened to once more, timbre features are used."
            )
        if self._state is _State.FAILED:
            return self._fault
        if self.embedding.isChecked():
            return self.tr("Not on this computer any more; until it is fetched, timbre features are used.")
        return self.tr("Not on this computer yet.")

    def _size(self, n_bytes: int) -> str:
        return QLocale().formattedDataSize(n_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat)

    @Slot(int)
    def _on_choice_clicked(self, index: int) -> None:
        self._show()
        self.embedding_chosen.emit(index == 1)
