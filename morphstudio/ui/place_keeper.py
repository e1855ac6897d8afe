"""The library: what the browser shows of the disk, who listens to it, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QFileDialog

from morphstudio.errors import MorphStudioError
from morphstudio.library.entries import Entry
from morphstudio.library.indexed_file import IndexedFile
from morphstudio.library.places import PlaceReport
from morphstudio.settings import LibrarySettings, SettingsFile
from morphstudio.ui.analysis_reader import AnalysisReader
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.librarian import Librarian
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.picture_reader import FilePictureReader
from morphstudio.ui.second_listening import SecondListening
from morphstudio.ui.similar_keeper import SimilarKeeper
from morphstudio.ui.thumbnails import ThumbnailReader

_PLAYING_MS = 1500
"""After the last gesture: what listens shares caches and memory with what renders, at whatever priority."""


class PlaceKeeper(QObject):
    """Keeps the browser in step with the library's index, the disk and those who listen.

    Parameters
    ----------
    browser : BrowserPanel
    message_bar : MessageBar
    settings : SettingsFile
        Read already.
    similar : SimilarKeeper
    index_path : Path
        Of the library's index.
    parent : QObject
    """

    def __init__(
        self,
        browser: BrowserPanel,
        message_bar: MessageBar,
        settings: SettingsFile,
        similar: SimilarKeeper,
        index_path: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._browser, self._bar, self._settings, self._similar = browser, message_bar, settings, similar
        self._looked_through: frozenset[str] = frozenset()
        self._first = ""
        self._is_paused = False
        self._playing = QTimer(self)
        self._playing.setSingleShot(True)
        self._playing.setInterval(_PLAYING_MS)
        self._playing.timeout.connect(self._on_playing_ended)
        self._librarian = Librarian(index_path, self)
        self._listeners = AnalysisReader(index_path, parent=self)
        self.second_listening = SecondListening(self._listeners, browser.shelf, similar.comparison, self)
        self._thumbnails = ThumbnailReader(self)
        self._pictures = FilePictureReader(self)
        self._connect_threads()
        browser.thumbnails_wanted.connect(self._on_thumbnails_wanted)
        browser.details.picture_wanted.connect(self._pictures.want)
        browser.scan_cancelled.connect(self._librarian.cancel)
        browser.scan_strip.listening_cancelled.connect(self._listeners.cancel)
        browser.scan_requested.connect(self._on_scan_requested)
        browser.place_requested.connect(self._on_place_requested)
        browser.gestures.locate_requested.connect(self._on_locate_requested)
        browser.shelf.places_changed.connect(self._on_places_changed)
        browser.details_folded.connect(self._on_details_folded)
        browser.shelf.files_located.connect(self._librarian.move)
        browser.shelf.marks_changed.connect(self._librarian.mark)
        similar.listening_wanted.connect(self._on_listening_wanted_first)

    def _connect_threads(self) -> None:
        librarian, listeners, browser = self._librarian, self._listeners, self._browser
        librarian.entries_found.connect(self._on_entries_found)
        librarian.files_moved.connect(browser.shelf.move_files)
        librarian.listening_wanted.connect(self._on_listening_wanted)
        librarian.progressed.connect(browser.set_scan_progress)
        librarian.place_scanned.connect(self._on_place_scanned)
        librarian.scan_ended.connect(browser.end_scan)
        librarian.noticed.connect(self._on_noticed)
        listeners.analysed.connect(self._on_analysed)
        listeners.progressed.connect(self._on_listening_progressed)
        listeners.idle.connect(browser.scan_strip.end_listening)
        listeners.failed.connect(self._on_noticed)
        # After those above: by then it is known who has an embedding.
        librarian.scan_ended.connect(self.second_listening.go_on)
        listeners.idle.connect(self.second_listening.go_on)
        browser.scan_strip.listening_cancelled.connect(self.second_listening.stop)
        self.second_listening.failed.connect(self._on_noticed)
        self.second_listening.comparison_changed.connect(self._similar.answer_again)
        self._thumbnails.thumbnail_read.connect(browser.shelf.set_thumbnail)
        self._pictures.picture_read.connect(browser.details.set_picture)
        self._pictures.picture_failed.connect(browser.details.set_picture_error)

    def start(self) -> None:
        """Show what is remembered, and look what is there; nothing is listened to until `resume`."""
        self.pause()
        library = self._settings.settings.library
        places = library.places
        self._looked_through = frozenset(places)
        self._browser.set_details_folded(library.are_details_folded)
        self._browser.shelf.set_places(places)
        for thread in (self._librarian, self._listeners, self._thumbnails, self._pictures):
            thread.start(thread.Priority.LowPriority)
        self._librarian.tell_known(places)
        self._librarian.scan(map(Path, places))

    def shut_down(self) -> None:
        """End all threads and those who listen."""
        for thread in (self._librarian, self._listeners, self._thumbnails, self._pictures):
            thread.stop()

    def look_at(self, paths: Iterable[Path]) -> None:
        """These files were loaded: they are to be known, wherever they lie."""
        self._librarian.look_at(paths)

    @Slot()
    def pause(self) -> None:
        """Listen to nothing until `resume`: something needs the machine."""
        self._is_paused = True
        self._listeners.rest()

    @Slot()
    def resume(self) -> None:
        """Listen on, unless somebody plays."""
        self._is_paused = False
        if not self._playing.isActive():
            self._listeners.resume()

    @Slot()
    def give_way(self) -> None:
        """Somebody plays: listen to nothing until a while later."""
        if not self._playing.isActive():
            self._listeners.pause()
        self._playing.start()

    @Slot()
    def _on_playing_ended(self) -> None:
        if not self._is_paused:
            self._listeners.resume()

    # --- what the threads tell ----------------------------------------------------------------

    @Slot(object)
    def _on_entries_found(self, entries: tuple[Entry, ...]) -> None:
        self._similar.learn(self._browser.shelf.take_in(entries))

    @Slot(object)
    def _on_listening_wanted(self, files: tuple[IndexedFile, ...]) -> None:
        self._listeners.submit(files)
        if any(file.path == self._first for file in files):
            self._listeners.want_first([Path(self._first)])
            self._first = ""

    @Slot(object)
    def _on_analysed(self, files: tuple[IndexedFile, ...]) -> None:
        self._similar.learn(self._browser.shelf.hear(files))
        self.second_listening.hear(files)

    @Slot(object)
    def _on_place_scanned(self, report: PlaceReport) -> None:
        self._browser.shelf.finish_place(report)
        if report.problems:
            title = self.tr("Not all of {name} could be looked through").format(name=report.place.name)
            self._bar.show_report(title, list(report.problems))

    @Slot(int, int, float)
    def _on_listening_progressed(self, n_done: int, n_total: int, seconds_left: float) -> None:
        self._browser.scan_strip.set_listening(
            n_done, n_total, seconds_left if isfinite(seconds_left) else None
        )

    @Slot(object)
    def _on_noticed(self, error: MorphStudioError) -> None:
        self._bar.show_error(error, "warning")

    # --- what hands do ------------------------------------------------------------------------

    @Slot(object)
    def _on_thumbnails_wanted(self, paths: Iterable[Path]) -> None:
        paths = tuple(paths)
        self._thumbnails.want(paths)
        self._listeners.want_first(paths)

    @Slot(object)
    def _on_listening_wanted_first(self, path: Path) -> None:
        self._first = str(path)
        self._librarian.look_at([path])

    @Slot(object)
    def _on_scan_requested(self, places: Iterable[str]) -> None:
        self._librarian.scan(map(Path, places))

    @Slot()
    def _on_place_requested(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._browser, self.tr("Add folder"))
        if folder:
            self._browser.add_place(folder)

    @Slot(str)
    def _on_locate_requested(self, entry_id: str) -> None:
        entry = self._browser.shelf.entry(entry_id)
        if entry is None or entry.path is None:
            return
        title = self.tr("Where is {name}?").format(name=entry.path.name)
        chosen, _ = QFileDialog.getOpenFileName(self._browser, title, str(entry.path.parent))
        if chosen:
            moved = self._browser.relocate(entry_id, Path(chosen))
            self._librarian.look_at(map(Path, moved.values()))
            if len(moved) > 1:
                text = self.tr("{count} files were found in the same folder.").format(count=len(moved))
                self._bar.show_message("info", self.tr("Files located"), text)

    @Slot(object)
    def _on_places_changed(self, places: tuple[str, ...]) -> None:
        # Not by the settings: where their dialog added a place, they know it already.
        new = [place for place in places if place not in self._looked_through]
        is_fewer = bool(self._looked_through - set(places))
        self._looked_through = frozenset(places)
        self._keep(replace(self._settings.settings.library, places=places))
        if is_fewer:
            # Nothing waits any more of a folder that is not wanted; what waited of the others does so anew.
            self._librarian.cancel()
            self._listeners.cancel()
            self.second_listening.begin_anew()
        self._librarian.tell_known(new)
        self._librarian.scan(map(Path, places if is_fewer else new))

    @Slot(bool)
    def _on_details_folded(self, are_folded: bool) -> None:
        self._keep(replace(self._settings.settings.library, are_details_folded=are_folded))

    def _keep(self, library: LibrarySettings) -> None:
        try:
            self._settings.save(replace(self._settings.settings, library=library))
        except MorphStudioError as error:
            self._bar.show_error(error, "warning")
