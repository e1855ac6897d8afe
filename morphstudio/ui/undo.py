"""What was changed in the session, so that it can be taken back. Knows states, not what they do."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QAction, QUndoCommand, QUndoStack

from morphstudio.session import SessionState

_LONGEST_HISTORY = 200
_MERGE_WITHIN_S = 1.0
_MERGING_ID = 1
"""Qt asks a change whether it takes in the next one only where both have the same number."""


class _Change(QUndoCommand):
    """From one state to another. Both are whole, so nothing is computed backwards."""

    def __init__(
        self,
        before: SessionState,
        after: SessionState,
        text: str,
        *,
        merge_key: str,
        time_s: float,
        continues: bool,
        restore: Callable[[SessionState], None],
    ) -> None:
        super().__init__(text)
        self.before, self.after = before, after
        self.merge_key, self.time_s, self.continues = merge_key, time_s, continues
        self._restore = restore
        self._is_done = True

    def undo(self) -> None:
        self._restore(self.before)

    def redo(self) -> None:
        if self._is_done:  # Qt calls this when the change is recorded, which is after it was made
            self._is_done = False
        else:
            self._restore(self.after)

    def id(self) -> int:
        return _MERGING_ID if self.merge_key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if (
            not isinstance(other, _Change)
            or not other.continues
            or other.merge_key != self.merge_key
            or other.before != self.after
            or other.time_s - self.time_s > _MERGE_WITHIN_S
        ):
            return False
        self.after, self.time_s = other.after, other.time_s
        self.setObsolete(self.after == self.before)
        return True


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
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_LONGEST_HISTORY)
        self.undo_action = QAction(self)
        self.redo_action = QAction(self)
        self.undo_action.triggered.connect(self.undo)
        self.redo_action.triggered.connect(self.redo)
        self._stack.indexChanged.connect(self._on_index_changed)
        self.retranslate()

    def record(self, before: SessionState, after: SessionState, text: str, merge_key: str = "") -> None:
        """Remember a change that was made just now.

        While a state is being restored nothing is remembered: what changes then is not the user's doing.

        Parameters
        ----------
        before, after : SessionState
            Where they are equal nothing happened.
        text : str
            What was done, in words that follow "Undo": "Move dot".
        merge_key : str
            Changes with the same key, each within a second of the one before, are one: a dot's way, not its
            steps. Empty: always a change of its own.
        """
        if self._is_restoring or before == after:
            return
        now_s, continues = self._now_s(), self._may_merge
        change = _Change(
            before, after, text, merge_key=merge_key, time_s=now_s, continues=continues, restore=self._restore
        )
        self._stack.push(change)
        self._may_merge = True

    @Slot()
    def undo(self) -> None:
        """Take back the newest change, if any."""
        self._stack.undo()

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back last, if anything."""
        self._stack.redo()

    @property
    def n_changes(self) -> int:
        """How many changes there are, taken back or not."""
        return self._stack.count()

    def clear(self) -> None:
        """Forget everything: another session begins."""
        self._stack.clear()
        self._may_merge = False

    def retranslate(self) -> None:
        """Make every text again."""
        done, undone = self._stack.undoText(), self._stack.redoText()
        undo = self.tr("Undo {change}").format(change=done) if done else self.tr("Undo")
        redo = self.tr("Redo {change}").format(change=undone) if undone else self.tr("Redo")
        self.undo_action.setText(undo.replace("&", "&&"))
        self.redo_action.setText(redo.replace("&", "&&"))
        self.undo_action.setEnabled(self._stack.canUndo())
        self.redo_action.setEnabled(self._stack.canRedo())

    def _restore(self, state: SessionState) -> None:
        self._is_restoring, self._may_merge = True, False
        try:
            self.restored.emit(state)
        finally:
            self._is_restoring = False

    @Slot()
    def _on_index_changed(self) -> None:
        self.retranslate()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().event(event)
