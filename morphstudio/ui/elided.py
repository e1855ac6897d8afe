"""Labels for texts that may be longer than their place: paths keep both ends, the rest is in the tool tip."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from morphstudio.ui.controls import em

_FEWEST_EM = 6
_UNBROKEN = re.compile(r"[^\s\u2e80-\uffef]{16,}")
"""Where a line cannot break: Chinese, Japanese and Korean break anywhere."""


class ElidedLabel(QLabel):
    """One line that loses its middle where it does not fit; `text` stays whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> str:
        """What fits of the text."""
        mode = Qt.TextElideMode.ElideMiddle
        return self.fontMetrics().elidedText(self.text(), mode, self.contentsRect().width())

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), _FEWEST_EM * em(self)), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown
        tip = "" if shown == self.text() else self.text()
        if self.toolTip() != tip:
            self.setToolTip(tip)
        self.style().drawItemText(
            QPainter(self),
            self.contentsRect(),
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )


class WrappedLabel(QLabel):
    """Sentences on as many lines as they need; a path or name longer than a line loses its middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_sentence(self, sentence: str) -> None:
        """Show a text."""
        self._sentence = sentence
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_FEWEST_EM * em(self), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.contentsRect().width()
        shown = (
            shorten_words(self._sentence, self.fontMetrics(), width) if width > em(self) else self._sentence
        )
        if shown != self.text():
            self.setText(shown)
        self.setToolTip("" if shown == self._sentence else self._sentence)


def shorten_words(text: str, metrics: QFontMetrics, width_px: int) -> str:
    """Take the middle out of every word that is wider than `width_px`, where no line can break."""
    mode = Qt.TextElideMode.ElideMiddle
    return _UNBROKEN.sub(lambda word: metrics.elidedText(word[0], mode, width_px), text)
