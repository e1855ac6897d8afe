"""The list above, the details below, and the border between them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.details_pane import DetailsPane

_FITTING_EM, _LEAST_EM = 14.4, 8.0
_LOW_EM, _LOWEST_EM = 24.0, 13.0
"""Lower than the first, the details fold themselves; lower than the second, they are not there at all."""


class ListAndDetails(QSplitter):
    """Gives the details their height back when they are opened, and none where there is none.

    Parameters
    ----------
    upper : QWidget
    details : DetailsPane
    """

    folding_changed = Signal(bool)
    """Whether the details are to stay folded: a hand said so."""
    details_opened = Signal(bool)
    """Whether the details take room now, whoever said so."""

    def __init__(self, upper: QWidget, details: DetailsPane, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._details = details
        self._wants_folded, self._is_low = False, False
        self._height_px = round(em(self) * _FITTING_EM)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        upper.setMinimumHeight(em(self) * 4)
        for index, part in enumerate((upper, details)):
            self.addWidget(part)
            self.setStretchFactor(index, int(part is upper))
        self.splitterMoved.connect(self._on_moved)
        details.folded.connect(self._on_folded)

    def set_folded(self, is_folded: bool) -> None:
        """Fold the details, or open them where there is room."""
        self._wants_folded = is_folded
        self._fold(is_folded or self._is_low)

    def _fold(self, is_folded: bool) -> None:
        self._details.set_folded(is_folded)
        folded = self._details.folded_height
        self._details.setMinimumHeight(folded if is_folded else round(em(self) * _LEAST_EM))
        self._details.setMaximumHeight(folded if is_folded else self._most())
        self.handle(1).setEnabled(not is_folded)
        self._share_out()
        self.details_opened.emit(not is_folded)

    def _most(self) -> int:
        return max(self.height() - em(self) * 4, self._details.minimumHeight())

    def _share_out(self) -> None:
        below = self._details.folded_height if self._details.is_folded else self._height_px
        self.setSizes([max(1, self.height() - below - 1), below])

    @Slot()
    def _on_moved(self) -> None:
        if not self._details.is_folded:
            self._height_px = self._details.height()

    @Slot(bool)
    def _on_folded(self, is_folded: bool) -> None:
        self._fold(is_folded)
        # What a low panel is given for a while is not how it is wanted.
        if not self._is_low:
            self._wants_folded = is_folded
            self.folding_changed.emit(is_folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < em(self) * _LOW_EM
        self._details.setVisible(self.height() >= em(self) * _LOWEST_EM)
        if is_low != self._is_low:
            self._is_low = is_low
            self._fold(is_low or self._wants_folded)
        elif not self._details.is_folded:
            self._details.setMaximumHeight(self._most())
            self._share_out()
