"""The dots of the session on the pad: shown, and arranged anew where many came. Keeps no places itself."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.session import Session
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.library_keeper import LibraryKeeper
from morphstudio.ui.pad import LatentPad, PadDot
from morphstudio.ui.session_editor import SessionEditor

_REDRAW_S = 0.15
"""While files are read, new dots are shown this often: drawing hundreds takes a while."""


class DotKeeper(QObject):
    """Shows the session's dots, and arranges them when no hand is on them.

    Parameters
    ----------
    session : Session
    editor : SessionEditor
    hearing : Hearing
        Goes on with what sounds while dots move beneath it.
    library : LibraryKeeper
        Brings new dots, in batches.
    pad : LatentPad
    parent : QObject
    """

    shown = Signal(object)
    """List of `PadDot`, in the order in which they came."""

    def __init__(
        self,
        session: Session,
        editor: SessionEditor,
        hearing: Hearing,
        library: LibraryKeeper,
        pad: LatentPad,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._editor, self._hearing = session, editor, hearing
        self._library, self._pad = library, pad
        self._is_arranging_due = False
        self._is_due = False
        self._shown_s = 0.0
        library.batch_finished.connect(self._on_batch_finished)
        pad.pick_ended.connect(self._on_gesture_ended)
        pad.dots_moved_finished.connect(self._on_gesture_ended)
        pad.arrangement_requested.connect(self.arrange)

    def follow(self) -> None:
        """Show dots that are others now; while files are read, not each time."""
        if self._library.is_busy:
            self._is_due = True
        else:
            self.show()

    def poll(self) -> None:
        """Show what has waited for long enough."""
        if self._is_due and time.monotonic() - self._shown_s > _REDRAW_S:
            self.show()

    def show(self) -> None:
        """Show all dots as they are."""
        self._is_due = False
        dots = [
            PadDot(sound_id, sound.clip.name, sound.family, point)
            for sound_id, point in self._session.dots.items()
            for sound in (self._session.sound(sound_id),)
        ]
        self._pad.set_dots(dots)
        self.shown.emit(dots)
        self._pad.set_edges(self._session.edges())
        self._hearing.rehearse()
        self._shown_s = time.monotonic()

    @Slot()
    def arrange(self) -> None:
        """Arrange all dots anew. What sounds goes on, though its point is another now."""
        self._hearing.stay()
        self._editor.arrange()
        self._hearing.keep_sound()
        self.show()

    def forget(self) -> None:
        """There are no dots any more that could be arranged."""
        self._is_arranging_due = False

    @Slot()
    def _on_batch_finished(self) -> None:
        # Dots that came one by one lie where there was room. That will do for a few.
        n_new = self._session.n_new
        if n_new > 0 and n_new >= self._session.n_arranged:
            self._is_arranging_due = True
        self._on_gesture_ended()

    @Slot()
    def _on_gesture_ended(self) -> None:
        if self._pad.is_held:
            return
        if self._is_arranging_due:
            self._is_arranging_due = False
            self.arrange()
        self._library.end_batch()
