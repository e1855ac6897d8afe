"""The journals of one window: of the session that it has, and of the one that is about to come."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject

from morphstudio.errors import MorphStudioError
from morphstudio.journal import Journal, Recovered, discard, journals_dir, recoverable
from morphstudio.session_document import SessionDocument
from morphstudio.session_opened import OpenedSession
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.session_rules import is_nothing

_KEPT_S = 7 * 86_400.0
"""So long what nobody brought back is offered."""


class JournalKeeper(QObject):
    """Has states written down, leaves what is not saved for the next start, and offers what was left.

    Parameters
    ----------
    message_bar : MessageBar
        Is told what keeps journals from being written; the session goes on without.
    parent : QObject
    """

    def __init__(self, message_bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = message_bar
        self._journal: Journal | None = None
        self._next: Journal | None = None
        self._told = ""

    def record(self, document: SessionDocument, opened: OpenedSession, *, is_saved: bool) -> None:
        """Have a state written down soon, of the session that was opened as that."""
        if self._journal is not None:
            self._journal.record(
                document, path=opened.path, is_saved=is_saved, is_collected=opened.is_collected
            )

    def tell_problem(self) -> None:
        """Say, once, why the last state is not on the disk, if it is not."""
        if self._journal is not None and self._journal.problem is not None:
            self._tell(self._journal.problem)

    def flushed(self) -> Path | None:
        """Wait until the last state is on the disk; returns where, None where there is no journal.

        Raises
        ------
        MorphStudioError
            If it cannot be written.
        """
        if self._journal is None:
            return None
        if not self._journal.flush():
            raise self._journal.problem or MorphStudioError("Changes are not kept", "The disk is too slow.")
        return self._journal.path

    # --- one session after the other ----------------------------------------------------------

    def prepare(self, resumes: Recovered | None = None) -> Path:
        """Make a journal for a session that is about to come; returns its folder.

        Parameters
        ----------
        resumes : Recovered or None
            The state that is brought back; another window may have taken it.
        """
        self.drop_prepared()
        try:
            self._next = Journal(journals_dir(), resumes=resumes)
        except MorphStudioError as error:
            self._tell(error)
            return journals_dir()
        return self._next.folder

    @property
    def is_prepared(self) -> bool:
        """Whether there is a journal for a session that is about to come."""
        return self._next is not None

    def drop_prepared(self) -> None:
        """Nothing comes of that session; what was to be brought back is offered again."""
        journal, self._next = self._next, None
        if journal is not None:
            _end(journal, leaves=journal.path.exists())

    def take_prepared(self) -> None:
        """That session is here: from now on it is written down, instead of the one before."""
        self._journal, self._next = self._next, None

    def leave(self, *, is_wanted: bool) -> None:
        """The session goes; the next start offers it where it `is_wanted`."""
        journal, self._journal = self._journal, None
        if journal is not None:
            _end(journal, leaves=is_wanted)

    # --- what windows left --------------------------------------------------------------------

    def offer(self, bring_back: Callable[[Recovered], object]) -> None:
        """Offer the newest session that a window left unsaved; take away what nobody wants."""
        wanted = []
        for recovered in recoverable(journals_dir()):
            is_old = time.time() - recovered.changed_s > _KEPT_S
            if recovered.is_saved or is_old or is_nothing(recovered.opened.document, recovered.opened.path):
                discard(recovered)
            else:
                wanted.append(recovered)
        if not wanted:
            return
        newest = wanted[0]
        n_sounds, path = len(newest.opened.document.dots), newest.opened.path
        text = self.tr("1 sound") if n_sounds == 1 else self.tr("{count} sounds").format(count=n_sounds)
        self._bar.show_message(
            "warning",  # news would take its place
            self.tr("There is an unsaved session from {time}").format(time=_time_text(newest.changed_s)),
            text if path is None else f"{path.stem} · {text}",
            self.tr("It is kept for a week."),
            self.tr("Bring it back"),
            partial(bring_back, newest),
        )

    def _tell(self, error: MorphStudioError) -> None:
        if str(error) != self._told:
            self._told = str(error)
            self._bar.show_error(error, "warning")


def _end(journal: Journal, *, leaves: bool) -> None:
    if leaves:
        journal.leave()
    else:
        journal.close_cleanly()


def _time_text(changed_s: float) -> str:
    moment, short = QDateTime.fromSecsSinceEpoch(round(changed_s)), QLocale.FormatType.ShortFormat
    if moment.date() == QDateTime.currentDateTime().date():
        return QLocale().toString(moment.time(), short)
    return QLocale().toString(moment, short)
