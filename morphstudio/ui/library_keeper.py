"""Where sounds come from: files that are dropped, chosen or found in folders; and the browser's list."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from morphstudio.audio.files import AUDIO_SUFFIXES
from morphstudio.library.sounds import Sound
from morphstudio.memory import give_back_freed_memory, settle_objects
from morphstudio.morph.request import PadPoint
from morphstudio.paths import demo_loops_dir
from morphstudio.session import Features, Session, SessionState, Side
from morphstudio.settings import LibrarySettings, SettingsFile
from morphstudio.storage import storage_places
from morphstudio.ui.arrivals import Arrivals
from morphstudio.ui.file_manager import reveal
from morphstudio.ui.importer import Importer, ImportReport
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.pad import LatentPad
from morphstudio.ui.place_keeper import PlaceKeeper
from morphstudio.ui.session_editor import SessionEditor
from morphstudio.ui.similar_keeper import SimilarKeeper

_APART = 0.05
"""Several sounds that are dropped at one point lie round it, so far away."""


class LibraryKeeper(QObject):
    """Reads files, puts sounds on the pad, and keeps the browser in step with the session.

    Parameters
    ----------
    session : Session
    editor : SessionEditor
    importer : Importer
        Started and stopped here.
    settings : SettingsFile
    window : MainWindow
    pad : LatentPad
    parent : QObject
    """

    sound_auditioned = Signal(str)
    """Id of a sound that somebody wants to hear by itself."""
    batch_finished = Signal()
    """All that was dropped is on the pad."""

    def __init__(
        self,
        session: Session,
        editor: SessionEditor,
        importer: Importer,
        settings: SettingsFile,
        window: MainWindow,
        pad: LatentPad,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._editor, self._importer = session, editor, importer
        self._window, self._browser, self._bar, self._pad = window, window.browser, window.message_bar, pad
        self.arrivals = Arrivals(importer, self)
        similar = SimilarKeeper(session, window.browser, pad, window.message_bar, self)
        index_path = storage_places().library
        self.places = PlaceKeeper(window.browser, window.message_bar, settings, similar, index_path, self)
        self._wanted: dict[Path, list[Callable[[str], None]]] = {}
        self._known_files: list[str] = []
        self._loaded_files: list[Path] = []
        self._n_begun = self._n_arrived = 0
        self._is_first = True
        browser = self._browser
        gestures = browser.gestures
        gestures.entry_auditioned.connect(self._on_entry_auditioned)
        gestures.reveal_requested.connect(reveal)
        gestures.entries_placed.connect(self._on_entries_placed)
        gestures.sounds_removed.connect(editor.take_off)
        gestures.sides_chosen.connect(self._on_sides_chosen)
        similar.fill_chosen.connect(self._on_entries_placed)
        browser.drop_zone.clicked.connect(self.ask_for_files)
        browser.drop_zone.import_cancelled.connect(importer.cancel)
        pad.entries_dropped.connect(self._on_entries_dropped)
        pad.files_requested.connect(self.ask_for_files)
        pad.demo_requested.connect(self.add_demo_loops)
        pad.replacement_requested.connect(self._on_replacement_requested)
        importer.progressed.connect(browser.drop_zone.set_progress)
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
        if first := tuple(paths):
            self.add(first)
        self.places.start()

    def stop(self) -> None:
        """End reading."""
        self._importer.stop()
        self.places.shut_down()

    def hand_out(self) -> None:
        """Put what was read on the pad, for some milliseconds; for a timer."""
        self.arrivals.hand_out()

    def end_batch(self) -> None:
        """What was dropped is on the pad, and arranged: from here on it can be taken back."""
        if not self.is_busy:
            # Nobody wants to take back what was there when the window opened.
            self._editor.end(lambda: self.tr("Add sounds"), can_be_undone=not self._is_first)
            self._is_first = self._is_first and not self._session.dots

    # --- what is asked for --------------------------------------------------------------------

    @Slot()
    def ask_for_files(self) -> None:
        """Let files be chosen, to be put on the pad."""
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Add loops"), "", self._patterns())
        if names:
            self.add([Path(name) for name in names])

    @Slot()
    def ask_for_place(self) -> None:
        """Let a folder be chosen, to be listed in the browser."""
        self._browser.place_requested.emit()

    @Slot()
    def add_demo_loops(self) -> None:
        """Put the loops that ship on the pad."""
        self.add([demo_loops_dir()])

    def add(self, paths: Iterable[Path]) -> None:
        """Put files, and all sound files in folders, on the pad."""
        self._n_begun += 1
        self._editor.begin()
        self._importer.add(paths)

    def load(self, path: Path, then: Callable[[str], None]) -> None:
        """Read a file, and do something with its sound; nothing where it cannot be read."""
        waiting = self._wanted.setdefault(path, [])
        waiting.append(then)
        if len(waiting) == 1:
            self._n_begun += 1
            self._editor.begin()
            self.arrivals.load(path)

    def cancel(self) -> None:
        """End the drops that are being read."""
        self._importer.cancel()

    @Slot(object)
    def show_library(self, library: LibrarySettings) -> None:
        """List other folders, as the settings have them."""
        for place in set(self._browser.shelf.places) - set(library.places):
            self._browser.shelf.remove_place(place)
        for place in library.places:
            if place not in self._browser.shelf.places:
                self._browser.add_place(place)

    def _with_sound(self, entry_id: str, then: Callable[[str], None]) -> None:
        """Do something with an entry's sound, now or when its file has been read."""
        entry = self._browser.shelf.entry(entry_id)
        if entry is None:
            return
        if self._session.knows(entry.sound_id):
            then(entry.sound_id)
        elif entry.path is not None:
            self.load(entry.path, then)

    def _place(self, sound_id: str, point: PadPoint | None = None) -> None:
        if sound_id not in self._session.dots or point is not None:
            self._editor.place({sound_id: point}, lambda: self.tr("Add sound"))

    @Slot(str)
    def _on_entry_auditioned(self, entry_id: str) -> None:
        self._with_sound(entry_id, self.sound_auditioned.emit)

    @Slot(object)
    def _on_entries_placed(self, entry_ids: Iterable[str]) -> None:
        for entry_id in entry_ids:
            self._with_sound(entry_id, self._place)

    @Slot(object, object)
    def _on_entries_dropped(self, entry_ids: tuple[str, ...], point: PadPoint) -> None:
        for index, entry_id in enumerate(entry_ids):
            place = point
            if index:
                turn = 2.0 * math.pi * index / (len(entry_ids) - 1)
                place = PadPoint(point.x + _APART * math.cos(turn), point.y + _APART * math.sin(turn))
            self._with_sound(entry_id, partial(self._place, point=place))

    @Slot(str, str)
    def _on_sides_chosen(self, side: Side, entry_id: str) -> None:
        def choose(sound_id: str) -> None:
            self._place(sound_id)
            self._editor.choose_side(side, sound_id)

        self._with_sound(entry_id, choose)

    @Slot(str)
    def _on_replacement_requested(self, sound_id: str) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Replace by"), "", self._patterns())
        if not name:
            return

        def replace(other_id: str) -> None:
            if sound_id in self._session.dots and other_id not in self._session.dots:
                self._editor.replace(sound_id, other_id)

        self.load(Path(name), replace)

    def _patterns(self) -> str:
        return self.tr("Sounds") + " (" + " ".join(f"*{suffix}" for suffix in sorted(AUDIO_SUFFIXES)) + ")"

    # --- what comes ---------------------------------------------------------------------------

    @Slot(object, object)
    def _on_sound_arrived(self, sound: Sound, features: Features) -> None:
        if sound.clip.path is not None:
            self._loaded_files.append(sound.clip.path)
        sound_id = self._session.same_as(sound.clip)
        wanted = self._wanted.pop(sound.clip.path, []) if sound.clip.path is not None else []
        if sound_id in self._session.dots and not wanted:
            self._known_files.append(sound.clip.path.name if sound.clip.path else sound.clip.name)
            return
        if not sound_id:
            sound_id = sound.sound_id
            self._session.learn(sound, features)
        self._browser.shelf.add_sound(self._session.sound(sound_id), is_on_pad=sound_id in self._session.dots)
        if not wanted:
            self._place(sound_id)
        for then in wanted:
            then(sound_id)

    @Slot(object)
    def _on_batch_arrived(self, report: ImportReport) -> None:
        if report.n_loaded > 1:  # a sound that is only auditioned leaves little behind
            give_back_freed_memory()
            settle_objects()
        self._n_arrived += 1
        for path in report.unread:
            self._wanted.pop(path, None)  # who asks again is to have it read again
        loaded, self._loaded_files = self._loaded_files, []
        self.places.look_at(loaded)
        self.batch_finished.emit()
        self._browser.shelf.mark_missing(path for path in report.unread if not path.exists())
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
                self._browser.shelf.take_off(sound_id)
        for sound_id in new:
            if sound_id not in old:
                self._browser.shelf.add_sound(self._session.sound(sound_id), is_on_pad=True)
