"""Folders and favourites: what the browser shows of the disk, and what of it is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from morphstudio.errors import MorphStudioError
from morphstudio.settings import LibrarySettings, SettingsFile
from morphstudio.ui.browser import BrowserPanel
from morphstudio.ui.message_bar import MessageBar
from morphstudio.ui.place_scanner import PlaceScanner
from morphstudio.ui.thumbnails import ThumbnailReader


class PlaceKeeper(QObject):
    """Scans folders, reads waveforms of what is in view, keeps places and favourites in the settings.

    Parameters
    ----------
    browser : BrowserPanel
    message_bar : MessageBar
    settings : SettingsFile
        Read already.
    parent : QObject
    """

    def __init__(
        self, browser: BrowserPanel, message_bar: MessageBar, settings: SettingsFile, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._browser, self._bar, self._settings = browser, message_bar, settings
        self._looked_through: frozenset[str] = frozenset()
        self._scanner = PlaceScanner(self)
        self._thumbnails = ThumbnailReader(self)
        self._scanner.entries_found.connect(browser.add_entries)
        self._scanner.progressed.connect(browser.set_scan_progress)
        self._scanner.place_scanned.connect(browser.finish_place)
        self._scanner.scan_ended.connect(browser.end_scan)
        self._thumbnails.thumbnail_read.connect(browser.set_thumbnail)
        browser.thumbnails_wanted.connect(self._on_thumbnails_wanted)
        browser.scan_cancelled.connect(self._on_scan_cancelled)
        browser.scan_requested.connect(self._on_scan_requested)
        browser.place_requested.connect(self._on_place_requested)
        browser.locate_requested.connect(self._on_locate_requested)
        browser.places_changed.connect(self._on_places_changed)
        browser.favourites_changed.connect(self._on_favourites_changed)

    def start(self) -> None:
        """Show what is remembered, and look what is there."""
        library = self._settings.settings.library
        self._looked_through = frozenset(library.places)
        self._browser.set_places(library.places)
        self._browser.set_favourites(library.favourites)
        self._scanner.start(PlaceScanner.Priority.LowPriority)
        self._thumbnails.start(ThumbnailReader.Priority.LowPriority)
        self._scanner.scan(map(Path, library.places), map(Path, library.favourites))

    def shut_down(self) -> None:
        """End both threads."""
        self._scanner.stop()
        self._thumbnails.stop()

    @Slot(object)
    def _on_thumbnails_wanted(self, paths: Iterable[Path]) -> None:
        self._thumbnails.want(paths)

    @Slot()
    def _on_scan_cancelled(self) -> None:
        self._scanner.cancel()

    @Slot(object)
    def _on_scan_requested(self, places: Iterable[str]) -> None:
        self._scanner.scan(map(Path, places))

    @Slot()
    def _on_place_requested(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._browser, self.tr("Add folder"))
        if folder:
            self._browser.add_place(folder)

    @Slot(str)
    def _on_locate_requested(self, entry_id: str) -> None:
        entry = self._browser.entry(entry_id)
        if entry is None or entry.path is None:
            return
        title = self.tr("Where is {name}?").format(name=entry.path.name)
        chosen, _ = QFileDialog.getOpenFileName(self._browser, title, str(entry.path.parent))
        if chosen:
            moved = self._browser.relocate(entry_id, Path(chosen))
            if len(moved) > 1:
                text = self.tr("{count} files were found in the same folder.").format(count=len(moved))
                self._bar.show_message("info", self.tr("Files located"), text)

    @Slot(object)
    def _on_places_changed(self, places: tuple[str, ...]) -> None:
        # Not by the settings: where their dialog added a place, they know it already.
        new = [Path(place) for place in places if place not in self._looked_through]
        self._looked_through = frozenset(places)
        self._keep(replace(self._settings.settings.library, places=places))
        self._scanner.scan(new)

    @Slot(object)
    def _on_favourites_changed(self, favourites: tuple[str, ...]) -> None:
        self._keep(replace(self._settings.settings.library, favourites=favourites))

    def _keep(self, library: LibrarySettings) -> None:
        try:
            self._settings.save(replace(self._settings.settings, library=library))
        except MorphStudioError as error:
            self._bar.show_error(error, "warning")
