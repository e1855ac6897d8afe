"""Which session the window has: its file, what of it is not saved yet, and its journal."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from morphstudio.audio.player import Player
from morphstudio.errors import MorphStudioError
from morphstudio.journal import Recovered
from morphstudio.session import Session
from morphstudio.session_document import (
    ModelReference,
    PlacedLoop,
    SessionDocument,
    document_of,
    state_of,
    tell_tempos,
)
from morphstudio.session_file import SUFFIX, open_session
from morphstudio.session_json import FORMAT_VERSION
from morphstudio.session_opened import OpenedSession, looked_for
from morphstudio.settings import SettingsFile
from morphstudio.ui.hearing import Hearing
from morphstudio.ui.journal_keeper import JournalKeeper
from morphstudio.ui.library_keeper import LibraryKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.model_keeper import ModelKeeper
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.render_worker import ModelChoice
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.session_jobs import SessionJobs
from morphstudio.ui.session_loader import SessionLoader
from morphstudio.ui.session_rules import by_hand, is_nothing, write_session

_log = logging.getLogger(__name__)

_SETTLE_S = 0.2
"""Changes of a drag, which come by the dozen, are looked at together."""
_MOST_RECENT = 10


@dataclass(frozen=True, slots=True)
class SessionParts:
    """What a session is made of, and what it is heard and seen by."""

    session: Session
    editor: SessionEditor
    hearing: Hearing
    library: LibraryKeeper
    models: ModelKeeper
    player: Player
    window: MainWindow
    pad: LatentPad


class SessionKeeper(QObject):
    """Makes sessions new, opens and saves them, and has every change written down.

    Nothing is ever asked before a session goes: what is not saved stays in its journal, and the next start
    offers it.

    Parameters
    ----------
    parts : SessionParts
    settings : SettingsFile
        Knows the sessions of late.
    parent : QObject
    """

    save_allowed = Signal(bool)
    """Whether the session may be written where it was read."""
    left = Signal()
    """The session is about to be another one."""

    def __init__(self, parts: SessionParts, settings: SettingsFile, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._settings = parts, settings
        self._window, self._bar = parts.window, parts.window.message_bar
        self._jobs = SessionJobs(self._bar, self)
        self._loader = SessionLoader(parts.library, self._bar, self)
        self._opened = OpenedSession(None, SessionDocument())
        self._absent: tuple[PlacedLoop, ...] = ()
        self._saved: SessionDocument | None = None
        self._journals = JournalKeeper(self._bar, self)
        self._due_s: float | None = None
        self._n_sessions = self._n_asked = 0
        self._is_ending = False
        parts.editor.edited.connect(self._on_changed)
        parts.hearing.requested.connect(self._on_changed)
        parts.models.model_changed.connect(self._on_changed)
        self._show_name()

    @property
    def path(self) -> Path | None:
        """Of the session's file, if it has one."""
        return self._opened.path

    @property
    def recent(self) -> list[Path]:
        """Sessions of late that are where they were, the newest first."""
        paths = [Path(name) for name in self._settings.settings.recent_sessions]
        return [path for path in paths if path.is_file()]

    @property
    def is_modified(self) -> bool:
        """Whether something would be missing from the session's file."""
        return self._differs(self._document())

    # --- from start to end --------------------------------------------------------------------

    def start(self) -> None:
        """Begin to write down what changes."""
        self._journals.prepare()
        self._journals.take_prepared()

    def poll(self) -> None:
        """Write down what has changed, and tell what keeps that from working; for a timer."""
        if self._due_s is not None and time.monotonic() >= self._due_s:
            self._keep()
        self._journals.tell_problem()

    def rescue(self) -> Path | None:
        """Have all of it written down now; returns where, None where there is nothing."""
        if not self._parts.session.dots:
            return None
        self._keep()
        return self._journals.flushed()

    def shut_down(self) -> None:
        """Finish what is being written; what is not saved is kept for the next start."""
        self._is_ending = True
        self._loader.cancel()
        self._jobs.finish()
        self._journals.drop_prepared()
        self._leave()

    def offer_unsaved(self) -> None:
        """Offer what a window left unsaved."""
        self._journals.offer(self._bring_back)

    # --- commands -----------------------------------------------------------------------------

    @Slot()
    def new(self) -> None:
        """Begin an empty session; what is not saved stays in its journal."""
        self._loader.cancel()
        self._n_asked += 1
        self._parts.library.cancel()
        self._journals.prepare()
        self._turn_over(OpenedSession(None, SessionDocument()), {})
        self._keep()

    @Slot()
    def ask_what_to_open(self) -> None:
        """Let a session be chosen, and open it."""
        dialog = self._dialog(self.tr("Open a session"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def open(self, path: Path) -> None:
        """Open a session's file; what is on the pad goes when all of that is there."""
        self._loader.cancel()
        self._n_asked += 1
        folder = self._journals.prepare() / f"opened-{secrets.token_hex(4)}"
        title, number = self.tr("Opening {name}").format(name=path.stem), self._n_asked

        def load(opened: OpenedSession) -> None:
            if number == self._n_asked and not self._is_ending:  # else nobody wants it any more
                self._load(title, opened)

        def give_up() -> None:
            if number == self._n_asked:
                self._journals.drop_prepared()

        self._jobs.do(title, partial(open_session, path, folder), load, give_up)

    @Slot()
    def save(self) -> None:
        """Write the session where it is; ask where that is, where it has no file."""
        if self._opened.path is None:
            self.ask_where_to_save()
        elif not self._opened.is_newer:
            self._save(self._opened.path, is_collected=self._opened.is_collected)

    @Slot()
    def ask_where_to_save(self) -> None:
        """Let a file be chosen, and write the session there."""
        self._ask_where(self.tr("Save the session as"), is_collected=self._opened.is_collected)

    @Slot()
    def ask_where_to_collect(self) -> None:
        """Let a file be chosen, and write the session there with its loops in it."""
        self._ask_where(self.tr("Save the session with its loops inside"), is_collected=True)

    def retranslate(self) -> None:
        """Make every text again."""
        self._show_name()

    # --- opening ------------------------------------------------------------------------------

    def _bring_back(self, recovered: Recovered) -> None:
        self._loader.cancel()
        self._n_asked += 1
        self._journals.prepare(recovered)
        if self._journals.is_prepared:  # else another window has it
            self._load(self.tr("Bringing the session back"), recovered.opened, is_saved=False)

    def _load(self, title: str, opened: OpenedSession, *, is_saved: bool = True) -> None:
        missing = {loop.digest for loop in opened.missing}
        dots = [dot for dot in opened.document.dots if dot.loop.digest not in missing]
        self._parts.library.cancel()  # what is dropped now would go with the session before
        self._loader.load(dots, title, partial(self._take, opened, is_saved))

    def _take(self, opened: OpenedSession, is_saved: bool, sound_ids: dict[str, str]) -> None:
        """All that can be read is there: this is the session now."""
        self._turn_over(opened, sound_ids)
        if not is_saved:
            self._saved = None
        self._keep()
        if opened.path is not None and is_saved:
            self._remember(opened.path)
        if opened.is_newer:
            self._bar.show_message(
                "warning",
                self.tr("A newer MorphStudio saved {name}").format(name=self._name()),
                self.tr("What this one does not know of it is not heard, so it is not written over."),
                self.tr("Save it as another file, or update MorphStudio."),
            )
        self._tell_missing()

    def _turn_over(self, opened: OpenedSession, sound_ids: dict[str, str]) -> None:
        """Another session begins; what is not saved of the one before is left to the next start."""
        self.left.emit()
        self._leave()
        self._journals.take_prepared()
        self._n_sessions += 1
        document, parts = opened.document, self._parts
        was_playing = parts.player.is_playing
        self._opened = opened
        self._absent = tuple(dot for dot in document.dots if dot.loop.digest not in sound_ids)
        if parts.pad.mode != "blend":
            parts.pad.set_mode("blend")
            parts.hearing.change_mode("blend")
        tell_tempos(parts.session, document.dots, sound_ids)
        parts.editor.become(state_of(document, sound_ids))
        model = document.model
        parts.models.choose(None if model is None else ModelChoice(model.path, model.name))
        if document.picked is not None and parts.session.dots:
            parts.hearing.hear_point(document.picked, starts=was_playing)
        self._saved = by_hand(self._document())
        self._show_name()

    def _tell_missing(self) -> None:
        loops = [loop for loop in self._opened.missing if loop.path is not None]
        if not loops:
            return
        title = self.tr("1 loop of the session is missing")
        if len(loops) > 1:
            title = self.tr("{count} loops of the session are missing").format(count=len(loops))
        names = ", ".join(loop.name for loop in loops[:3]) + (" …" if len(loops) > 3 else "")
        folder = loops[0].path.parent if loops[0].path is not None else ""
        self._bar.show_message(
            "warning",
            title,
            self.tr("{names}: last in {folder}.").format(names=names, folder=folder),
            self.tr("They stay in the session."),
            self.tr("Locate…"),
            self._ask_where_missing_are,
        )

    def _ask_where_missing_are(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Folder of the missing loops"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self._look_for_missing(Path(name)))
        dialog.rejected.connect(self._tell_missing)
        dialog.open()

    def _look_for_missing(self, folder: Path) -> None:
        opened, title = self._opened, self.tr("Looking for missing loops")
        self._jobs.do(title, partial(looked_for, opened, folder), partial(self._load_found, opened, title))

    def _load_found(self, before: OpenedSession, title: str, after: OpenedSession) -> None:
        if self._is_ending or self._opened is not before or self._loader.is_loading:
            return  # another session by now
        left = {loop.digest for loop in after.missing}
        found = {loop.digest for loop in before.missing} - left
        dots = [dot for dot in after.document.dots if dot.loop.digest in found]
        self._opened = after
        self._loader.load(dots, title, partial(self._place_found, dots))

    def _place_found(self, dots: list[PlacedLoop], sound_ids: dict[str, str]) -> None:
        """Put loops where they were when the session was saved."""
        now, document = self._parts.session.state, self._opened.document
        there = {sound_ids[dot.loop.digest]: dot.point for dot in dots if dot.loop.digest in sound_ids}
        if there:
            self._absent = tuple(dot for dot in self._absent if dot.loop.digest not in sound_ids)
            found = {d.loop.digest: sound_ids[d.loop.digest] for d in dots if d.loop.digest in sound_ids}
            tell_tempos(self._parts.session, dots, sound_ids)
            loop_times = dict(state_of(document, found).loop_times) | dict(now.loop_times)
            whole = replace(
                now,
                dots=tuple((there | dict(now.dots)).items()),
                side_a=now.side_a or sound_ids.get(document.side_a, ""),
                side_b=now.side_b or sound_ids.get(document.side_b, ""),
                n_frames=now.n_frames or document.n_frames,
                loop_times=tuple(loop_times.items()),
            )
            self._parts.editor.become(whole)
        self._tell_missing()

    # --- saving -------------------------------------------------------------------------------

    def _ask_where(self, title: str, *, is_collected: bool) -> None:
        dialog = self._dialog(title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(f"{self._name()}{SUFFIX}")
        dialog.fileSelected.connect(lambda name: self._save(Path(name), is_collected=is_collected))
        dialog.open()

    def _save(self, path: Path, *, is_collected: bool) -> None:
        document = self._document()
        known = (self._parts.session.sound(sound_id).clip for sound_id in self._parts.session.dots)
        clips = {clip.digest: clip for clip in known}
        number = self._n_sessions
        self._jobs.do(
            self.tr("Saving {name}").format(name=path.stem),
            partial(write_session, path, document, clips, collect=is_collected),
            lambda _: self._on_saved(path, document, number, is_collected=is_collected),
        )

    def _on_saved(self, path: Path, document: SessionDocument, number: int, *, is_collected: bool) -> None:
        self._remember(path)
        if number != self._n_sessions:
            return  # another session came while this one was written
        self._opened = replace(self._opened, path=path, is_collected=is_collected, version=FORMAT_VERSION)
        self._saved = by_hand(document)
        self._show_name()
        self._keep()

    def _remember(self, path: Path) -> None:
        settings = self._settings.settings
        recent = dict.fromkeys((str(path.absolute()), *settings.recent_sessions))
        try:
            self._settings.save(replace(settings, recent_sessions=tuple(recent)[:_MOST_RECENT]))
        except MorphStudioError as error:
            self._bar.show_error(error, "warning")

    def _dialog(self, title: str) -> QFileDialog:
        folder = self._opened.path.parent if self._opened.path is not None else None
        folder = folder or next((path.parent for path in self.recent), None)
        dialog = QFileDialog(self._window, title, str(folder or ""))
        dialog.setNameFilter(self.tr("Sessions") + f" (*{SUFFIX})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    # --- the journal --------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        if self._due_s is None:
            self._due_s = time.monotonic() + _SETTLE_S

    def _keep(self) -> None:
        self._due_s = None
        document = self._document()
        is_modified = self._differs(document)
        self._window.setWindowModified(is_modified)
        self._journals.record(document, self._opened, is_saved=not is_modified)

    def _leave(self) -> None:
        self._keep()
        self._journals.leave(is_wanted=self.is_modified)

    def _differs(self, document: SessionDocument) -> bool:
        return not is_nothing(document, self._opened.path) and by_hand(document) != self._saved

    def _document(self) -> SessionDocument:
        opened, model = self._opened.document, self._parts.models.choice
        return document_of(
            self._parts.session,
            picked=self._parts.hearing.point,
            model=None if model is None else ModelReference(model.path, model.name),
            absent=self._absent,
            unknown=opened.unknown,
        )

    # ------------------------------------------------------------------------------------------

    def _name(self) -> str:
        return self._opened.path.stem if self._opened.path is not None else self.tr("Untitled")

    def _show_name(self) -> None:
        self._window.setWindowTitle(f"{self._name().replace('[*]', '')}[*] — MorphStudio")
        self._window.setWindowModified(self.is_modified)
        self.save_allowed.emit(not self._opened.is_newer)
