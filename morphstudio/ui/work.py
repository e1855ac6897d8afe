"""Long work: how far it is, how long it takes yet, and that it can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from morphstudio.ui.controls import em
from morphstudio.ui.elided import ElidedLabel
from morphstudio.ui.theme import Theme, tabular

_MOST_ROWS = 2
_STEPS = 1000
"""Of a bar: finer than a pixel."""
_TITLE_SHARE = 0.35
"""Of a row's width, at most."""
_TELLING_S, _TELLING_SHARE = 2.0, 0.02
"""No time left is told before: it would jump."""


class Work(QObject):
    """Something that takes a while. Its owner says how far it is, and when it is over, in the GUI thread.

    Parameters
    ----------
    title : str
        What is done, such as "Exporting Jungle + House.wav".
    cancel : callable or None
        Asks the owner to stop; who then calls `finish`. None: it cannot be stopped.
    now_s : callable
        Seconds of a clock that never goes back.
    """

    changed = Signal()
    ended = Signal()

    def __init__(
        self,
        title: str,
        cancel: Callable[[], object] | None = None,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.title = title
        self.text = ""
        self.share: float | None = None
        self.is_cancelling = self.is_finished = False
        self._cancel, self._now_s = cancel, now_s
        self._started_s = now_s()

    def set_progress(self, done: float, total: float, text: str = "") -> None:
        """Say how far it is.

        Parameters
        ----------
        done, total : float
            In any unit; a `total` of 0 is one that nobody knows.
        text : str
            What is being done now, such as a file's path.
        """
        share = min(max(done / total, 0.0), 1.0) if total > 0 else None
        if not self.is_finished and (share, text) != (self.share, self.text):
            self.share, self.text = share, text
            self.changed.emit()

    def finish(self) -> None:
        """Take it from the window: it is done, failed or stopped."""
        if not self.is_finished:
            self.is_finished = True
            self.ended.emit()

    @property
    def can_cancel(self) -> bool:
        """Whether somebody listens to `cancel`, and was not asked yet."""
        return self._cancel is not None and not self.is_cancelling

    @Slot()
    def cancel(self) -> None:
        """Ask the owner to stop, once."""
        if self._cancel is not None and not self.is_cancelling:
            self.is_cancelling = True
            self.changed.emit()
            self._cancel()

    @property
    def left_s(self) -> float | None:
        """Estimate of the time that it takes yet; None where that would be a guess."""
        passed_s = self._now_s() - self._started_s
        if self.share is None or self.share < _TELLING_SHARE or passed_s < _TELLING_S:
            return None
        return passed_s * (1.0 - self.share) / self.share


class WorkRows(QWidget):
    """A slim row for each of the two oldest works, and how many more there are.

    Parameters
    ----------
    theme : Theme
    """

    emptied = Signal()
    """No work is left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[WorkRow] = []
        self.more = QLabel(self)
        self.more.setProperty("dim", True)
        unit = em(self)
        self.more.setContentsMargins(unit, 0, unit, unit // 3)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 1)  # the line below
        self._layout.setSpacing(0)
        self._layout.addWidget(self.more)
        theme.changed.connect(self.update)
        self._show_oldest()

    @property
    def rows(self) -> tuple[WorkRow, ...]:
        """Works in the order of their beginning, shown or not."""
        return tuple(self._rows)

    def add(self, work: Work) -> None:
        """Show a work until it ends."""
        row = WorkRow(work, self)
        self._rows.append(row)
        self._layout.insertWidget(self._layout.count() - 1, row)
        work.ended.connect(self._on_ended)
        self._show_oldest()
        QAccessible.updateAccessibility(QAccessibleEvent(row, QAccessible.Event.Alert))

    def retranslate(self) -> None:
        """Make every text again."""
        n_more = len(self._rows) - _MOST_ROWS
        self.more.setText(self.tr("and {count} more").format(count=n_more))
        for row in self._rows:
            row.retranslate()

    def _show_oldest(self) -> None:
        self.setVisible(bool(self._rows))
        for index, row in enumerate(self._rows):
            row.setVisible(index < _MOST_ROWS)
        self.more.setVisible(len(self._rows) > _MOST_ROWS)
        self.retranslate()

    @Slot()
    def _on_ended(self) -> None:
        ended = [row for row in self._rows if row.work.is_finished]
        self._rows = [row for row in self._rows if not row.work.is_finished]
        for row in ended:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._show_oldest()
        if not self._rows:
            self.emptied.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.role("panel_header"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.role("border"))


class WorkRow(QWidget):
    """Title, what is being done, bar, per cent and time left, and a button that stops it."""

    def __init__(self, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.work = work
        self.title, self.text = ElidedLabel(self), ElidedLabel(self)
        self.bar = QProgressBar(self)
        self.status = QLabel(self)
        self.cancel_button = QPushButton(self)
        self.title.setText(work.title)
        self._lay_out()
        self.cancel_button.clicked.connect(work.cancel)
        work.changed.connect(self._on_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Make every text again."""
        self.cancel_button.setText(self.tr("Cancelling…") if self.work.is_cancelling else self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel: {title}").format(title=self.work.title))
        self._on_changed()

    def _lay_out(self) -> None:
        unit = em(self)
        self.text.setProperty("dim", True)
        self.status.setProperty("dim", True)
        self.status.setFont(tabular(self.status.font()))
        self.status.setMinimumWidth(unit * 7)  # so that the bar does not shrink and grow
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(unit * 11)
        self.bar.setAccessibleName(self.work.title)
        self.cancel_button.setProperty("chip", True)
        self.cancel_button.setAutoDefault(True)
        policy = self.cancel_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # bars of all rows stand below each other
        self.cancel_button.setSizePolicy(policy)
        self.cancel_button.setVisible(self.work.can_cancel)
        self.setAccessibleName(self.work.title)
        row = QHBoxLayout(self)
        row.setContentsMargins(unit, unit // 3, round(unit * 0.75), unit // 3)
        row.setSpacing(unit)
        row.addWidget(self.title)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.status)
        row.addWidget(self.cancel_button)

    def _status_text(self) -> str:
        work = self.work
        if work.share is None:
            return ""
        # Down, so that all is done when it says so.
        percent = self.tr("{percent} %").format(percent=int(work.share * 100))
        if work.left_s is None:
            return percent
        left = self.tr("{time} left").format(time=clock_text(work.left_s))
        return f"{percent} · {left}"

    @Slot()
    def _on_changed(self) -> None:
        work = self.work
        if work.is_cancelling and self.cancel_button.isEnabled():
            self.cancel_button.setEnabled(False)
            self.cancel_button.setText(self.tr("Cancelling…"))
        self.text.setText(work.text)
        self.status.setText(self._status_text())
        self.bar.setRange(0, 0 if work.share is None else _STEPS)
        if work.share is not None:
            self.bar.setValue(round(work.share * _STEPS))
        self.bar.setAccessibleDescription(" ".join(part for part in (work.text, self.status.text()) if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title.setMaximumWidth(round(self.width() * _TITLE_SHARE))


def clock_text(seconds: float) -> str:
    """Write a time as people read it from a clock: "0:21", "1:02:03"."""
    whole = round(seconds)
    minutes, hours = whole // 60 % 60, whole // 3600
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
