"""Where sounds come from: files that were dropped or chosen, and the browser's list of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from morphstudio.audio.files import AUDIO_SUFFIXES
from morphstudio.library.sounds import Sound
from morphstudio.memory import give_back_freed_memory
from morphstudio.session import Features, Session, SessionState
from morphstudio.ui.arrivals import Arrivals
from morphstudio.ui.importer import Importer, ImportReport
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.session_editor import SessionEditor


class LibraryKeeper(QObject):
    """Reads files, and keeps the browser in step with the session.

    Parameters
    ----------
    session : Session
    editor : SessionEditor
    importer : Importer
        Started and stopped here.
    window : MainWindow
    parent : QObject
    """

    sound_auditioned = Signal(str)
    """Id of a sound that somebody wants to hear by itself."""
    batch_finished = Signal()
    """All that was dropped is on the pad."""

    def __init__(
        self, session: Session, editor: SessionEditor, importer: Importer, window: MainWindow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._editor, self._importer = session, editor, importer
        self._window, self._browser, self._bar = window, window.browser, window.message_bar
        self.arrivals = Arrivals(importer, self)
        self._known_files: list[str] = []
        self._n_begun = self._n_arrived = 0
        self._is_first = True
        window.paths_dropped.connect(self._add)
        self._browser.sound_activated.connect(self.sound_auditioned)
        self._browser.sounds_removed.connect(editor.take_off)
        self._browser.files_requested.connect(self._on_files_requested)
        importer.progressed.connect(self._browser.set_import_progress)
        self.arrivals.sound_arrived.connect(self._on_sound_arrived)
        self.arrivals.batch_arrived.connect(self._on_batch_arrived)
        editor.edited.connect(self._on_edited)

    @property
    def is_busy(self) -> bool:
        """Whether sounds are on their way to the pad."""
        return self._n_begun > self._n_arrived

    def start(self, paths: Iterable[Path]) -> None:
        """Start reading, these files first."""
        self._importer.start()
        self._add(paths)

    def stop(self) -> None:
        """End reading."""
        self._importer.stop()

    def hand_out(self) -> None:
        """Put what was read on the pad, for some milliseconds; for a timer."""
        self.arrivals.hand_out()

    def end_batch(self) -> None:
        """What was dropped is on the pad, and arranged: from here on it can be taken back."""
        if not self.is_busy:
            # Nobody wants to take back what was there when the window opened.
            self._editor.end(self.tr("Add sounds"), can_be_undone=not self._is_first)
            self._is_first = self._is_first and not self._session.dots

    @Slot(object)
    def _add(self, paths: Iterable[Path]) -> None:
        self._n_begun += 1
        self._editor.begin()
        self._importer.add(paths)

    @Slot()
    def _on_files_requested(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Add loops"), "", self.tr("Sounds") + f" ({patterns})"
        )
        if names:
            self._add([Path(name) for name in names])

    @Slot(object, object)
    def _on_sound_arrived(self, sound: Sound, features: Features) -> None:
        known_id = self._session.same_as(sound.clip)
        if known_id in self._session.dots:
            self._known_files.append(sound.clip.path.name if sound.clip.path else sound.clip.name)
            return
        if not known_id:
            self._session.learn(sound, features)
        self._editor.place({known_id or sound.sound_id: None}, self.tr("Add sound"))

    @Slot(object)
    def _on_batch_arrived(self, report: ImportReport) -> None:
        give_back_freed_memory()
        self._n_arrived += 1
        self.batch_finished.emit()
        known, self._known_files = self._known_files, []
        if known:
            title = self.tr("1 file was on the pad already")
            if len(known) > 1:
                title = self.tr("{count} files were on the pad already").format(count=len(known))
            self._bar.show_report(title, known, "info")
        if report.notes:
            title = self.tr("Files that were shortened: {count}").format(count=len(report.notes))
            self._bar.show_report(title, list(report.notes))
        if report.problems:
            title = self.tr("Files that could not be loaded: {count}").format(count=len(report.problems))
            self._bar.show_report(title, list(report.problems))

    @Slot(object, object)
    def _on_edited(self, before: SessionState, after: SessionState) -> None:
        old, new = dict(before.dots), dict(after.dots)
        for sound_id in old:
            if sound_id not in new:
                self._browser.remove_sound(sound_id)
        for sound_id in new:
            if sound_id not in old:
                self._browser.add_sound(self._session.sound(sound_id))
