"""What was changed in the session, so that it can be taken back. Knows states, not what they do.

Not on Qt's undo stack: it deletes changes that Python's collector still holds, and now and then that crashes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QAction

from morphstudio.session import SessionState

_LONGEST_HISTORY = 200
_MERGE_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class _Change:
    """From one state to another. Both are whole, so nothing is computed backwards."""

    before: SessionState
    after: SessionState
    text: Callable[[], str]
    merge_key: str
    time_s: float

    def is_continued_by(self, later: _Change) -> bool:
        return (
            bool(self.merge_key)
            and self.merge_key == later.merge_key
            and self.after == later.before
            and later.time_s - self.time_s <= _MERGE_WITHIN_S
        )


class History(QObject):
    """States that can be gone back to, the last 200.

    Parameters
    ----------
    parent : QObject or None
    now_s : callable
        Seconds of a clock that never goes back.
    """

    restored = Signal(object)
    """SessionState: the session is to be this again."""

    def __init__(self, parent: QObject | None = None, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now_s = now_s
        self._is_restoring = False
        self._may_merge = False
        self._changes: list[_Change] = []
        self._n_done = 0
        self.undo_action = QAction(self)
        self.redo_action = QAction(self)
        self.undo_action.triggered.connect(self.undo)
        self.redo_action.triggered.connect(self.redo)
        self.retranslate()

    def record(
        self, before: SessionState, after: SessionState, text: Callable[[], str], merge_key: str = ""
    ) -> None:
        """Remember a change that was made just now.

        While a state is being restored nothing is remembered: what changes then is not the user's doing.

        Parameters
        ----------
        before, after : SessionState
            Where they are equal nothing happened.
        text : callable
            Makes what was done, in words that follow "Undo": "Move dot". Called again for another language.
        merge_key : str
            Changes with the same key, each within a second of the one before, are one: a dot's way, not its
            steps. Empty: always a change of its own.
        """
        if self._is_restoring or before == after:
            return
        change = _Change(before, after, text, merge_key, self._now_s())
        del self._changes[self._n_done :]
        newest = self._changes[-1] if self._changes and self._may_merge else None
        if newest is not None and newest.is_continued_by(change):
            del self._changes[-1]
            change = replace(newest, after=after, time_s=change.time_s)
        if change.before != change.after:  # a dot that was led back to its start did not move
            self._changes.append(change)
        del self._changes[:-_LONGEST_HISTORY]
        self._n_done = len(self._changes)
        self._may_merge = True
        self.retranslate()

    @Slot()
    def undo(self) -> None:
        """Take back the newest change, if any."""
        if self._n_done > 0 and not self._is_restoring:
            self._n_done -= 1
            self._restore(self._changes[self._n_done].before)

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last, if anything."""
        if self._n_done < len(self._changes) and not self._is_restoring:
            self._n_done += 1
            self._restore(self._changes[self._n_done - 1].after)

    @property
    def is_restoring(self) -> bool:
        """Whether what changes now is a change taken back, or done again."""
        return self._is_restoring

    @property
    def n_changes(self) -> int:
        """How many changes there are, taken back or not."""
        return len(self._changes)

    def clear(self) -> None:
        """Forget everything: another session begins."""
        self._changes.clear()
        self._n_done = 0
        self._may_merge = False
        self.retranslate()

    def retranslate(self) -> None:
        """Make every text again."""
        done = self._changes[self._n_done - 1].text() if self._n_done else ""
        undone = self._changes[self._n_done].text() if self._n_done < len(self._changes) else ""
        undo = self.tr("Undo {change}").format(change=done) if done else self.tr("Undo")
        redo = self.tr("Redo {change}").format(change=undone) if undone else self.tr("Redo")
        self.undo_action.setText(undo.replace("&", "&&"))
        self.redo_action.setText(redo.replace("&", "&&"))
        self.undo_action.setEnabled(self._n_done > 0)
        self.redo_action.setEnabled(self._n_done < len(self._changes))

    def _restore(self, state: SessionState) -> None:
        self._is_restoring, self._may_merge = True, False
        self.retranslate()
        try:
            self.restored.emit(state)
        finally:
            self._is_restoring = False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().event(event)
