"""Which entries there are: sounds that are loaded, files of the places, favourites, and what went missing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from morphstudio.audio.clip import name_of
from morphstudio.library.entries import Entry, entry_id_of, entry_of_sound, heard
from morphstudio.library.indexed_file import IndexedFile
from morphstudio.library.kinds import Kind
from morphstudio.library.marks import Marks
from morphstudio.library.places import PlaceReport
from morphstudio.library.relocation import find_moved
from morphstudio.library.sounds import Sound
from morphstudio.ui.entry_model import EntryModel


class Shelf(QObject):
    """Keeps the model of the browser in step with the pad, the disk and the hands. No widgets."""

    marks_changed = Signal(object)
    """A dict of absolute paths to `Marks`: what a hand says of these files now."""
    files_located = Signal(object)
    """A dict of old absolute paths to new ones: a hand showed where files are."""
    places_changed = Signal(object)
    """Tuple of absolute paths of folders; by a hand."""
    entries_dropped = Signal(object)
    """Tuple of ids that mean nothing any more: of files that are listed no more, or under other ids."""
    tempos_told = Signal()
    """Files were listened to, whether they are in view or not."""
    changed = Signal()
    """There are more or fewer entries, or other places."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.model = EntryModel()
        self._ids_of_sounds: dict[str, str] = {}
        self._places: dict[str, None] = {}
        self._missing_places: set[str] = set()

    @property
    def places(self) -> tuple[str, ...]:
        """Folders that are listed."""
        return tuple(self._places)

    @property
    def missing_places(self) -> frozenset[str]:
        """Those that were not there when they were looked at."""
        return frozenset(self._missing_places)

    def __len__(self) -> int:
        return len(self.model.catalogue)

    def entry(self, entry_id: str) -> Entry | None:
        """An entry, shown or not."""
        return self.model.catalogue.get(entry_id)

    def entry_of_sound(self, sound_id: str) -> Entry | None:
        """The entry of which a sound was made."""
        return self.entry(self._ids_of_sounds.get(sound_id, ""))

    # --- sounds -------------------------------------------------------------------------------

    def add_sound(self, sound: Sound, *, is_on_pad: bool = True) -> None:
        """A sound was loaded; its file's entry becomes it."""
        found = replace(entry_of_sound(sound), is_on_pad=is_on_pad)
        self._ids_of_sounds[sound.sound_id] = found.entry_id
        self.add_entries([found])

    def take_off(self, sound_id: str) -> None:
        """A sound is not on the pad any more; its entry stays."""
        entry = self.entry_of_sound(sound_id)
        if entry is not None and entry.sound_id == sound_id:
            self.model.put([replace(entry, is_on_pad=False)])

    # --- files --------------------------------------------------------------------------------

    @Slot(object)
    def add_entries(self, entries: Iterable[Entry]) -> None:
        """Entries were found; of those that are known, what is new is taken over."""
        self.model.add(entries)
        self.changed.emit()

    def take_in(self, found: Iterable[Entry]) -> list[Entry]:
        """Files were found on the disk; returns those that are listed.

        A folder may have been removed while somebody looked through it: what it held is not listed, unless it
        is known or liked.
        """
        folders = tuple(place.rstrip(os.sep) + os.sep for place in self._places)
        listed = [
            entry
            for entry in found
            if entry.entry_id.startswith(folders) or entry.is_favourite or self.entry(entry.entry_id)
        ]
        self.add_entries(listed)
        return listed

    @Slot(object, object, float)
    def set_thumbnail(self, path: Path, peaks: NDArray[np.float32], duration_s: float) -> None:
        """Show the waveform of a file that is not loaded: float32, shape (up to 512,)."""
        self.model.set_outline(path, peaks, duration_s or None)

    def hear(self, files: Iterable[IndexedFile]) -> list[Entry]:
        """Files were listened to; returns their entries, but of those that are not listed any more."""
        known = [(self.entry(file.path), file.analysis) for file in files]
        found = [heard(entry, told) for entry, told in known if entry is not None and told is not None]
        self.model.put(found)
        self.tempos_told.emit()
        return found

    def mark_missing(self, paths: Iterable[Path]) -> None:
        """These files are not where they were."""
        known = [self.entry(entry_id_of(path)) for path in paths]
        self.model.put([replace(entry, is_missing=True) for entry in known if entry is not None])

    def finish_place(self, report: PlaceReport) -> None:
        """A folder was looked through: what is not there any more is missing."""
        self.mark_missing(map(Path, report.vanished))
        place = str(report.place)
        if report.is_there == (place in self._missing_places):
            self._missing_places ^= {place}
            self.changed.emit()

    @Slot(object)
    def move_files(self, moved: Mapping[str, str]) -> None:
        """These files lie elsewhere: old path to new one."""
        found = [self._moved(old, Path(new)) for old, new in moved.items()]
        self.model.drop(moved)
        self.model.put([entry for entry in found if entry is not None])
        self._ids_of_sounds = {sound: moved.get(known, known) for sound, known in self._ids_of_sounds.items()}
        self.entries_dropped.emit(tuple(moved))
        self.changed.emit()

    def relocate(self, entry_id: str, path: Path) -> dict[str, str]:
        """A missing file was found; those that were beside it are looked for beside it.

        Returns
        -------
        dict
            Old id of each entry that was found to its new one.
        """
        entry = self.entry(entry_id)
        if entry is None or entry.path is None:
            return {}
        missing = [e.path for e in self.model.catalogue.entries() if e.is_missing and e.path is not None]
        moved = find_moved(missing, entry.path, path.absolute())
        ids = {entry_id_of(old): entry_id_of(new) for old, new in moved.items()}
        self.files_located.emit(ids)  # before another place is looked through, or they would be new there
        self._move_place(entry.path, path.absolute())
        self.move_files(ids)
        return ids

    def _moved(self, entry_id: str, path: Path) -> Entry | None:
        """A known entry as it is where its file lies now, with what is known of that place."""
        entry = self.entry(entry_id)
        if entry is None:
            return None
        there = self.entry(entry_id_of(path)) or replace(entry, entry_id=entry_id_of(path), path=path)
        return replace(
            there,
            name=entry.name if entry.is_on_pad else name_of(path),
            peaks=there.peaks if entry.peaks is None else entry.peaks,
            analysis=entry.analysis or there.analysis,
            sound_id=entry.sound_id or there.sound_id,
            is_on_pad=entry.is_on_pad or there.is_on_pad,
            is_favourite=entry.is_favourite or there.is_favourite,
            tags=entry.tags or there.tags,
            kind_by_hand=entry.kind_by_hand or there.kind_by_hand,
            is_missing=False,
        )

    def _move_place(self, old: Path, new: Path) -> None:
        """Where a whole folder went, its place goes with it."""
        for place in self._missing_places:
            rest = old.relative_to(place).parts if old.is_relative_to(place) else ()
            if rest and new.parts[-len(rest) :] == rest:
                target = str(Path(*new.parts[: -len(rest)]))
                self._places = dict.fromkeys(target if known == place else known for known in self._places)
                self._missing_places.discard(place)
                self._tell_places()
                return

    # --- what hands say, and places -----------------------------------------------------------

    def mark_favourites(self, entry_ids: Iterable[str], *, is_favourite: bool) -> None:
        """Somebody likes these files, or does not any more. A sound without a file is none to remember."""
        self._mark(entry_ids, is_favourite=is_favourite)

    def correct_kind(self, entry_ids: Iterable[str], kind: Kind | None) -> None:
        """Somebody says what these are; None: what was heard counts."""
        self._mark(entry_ids, kind_by_hand=kind)

    def set_tags(self, entry_ids: Iterable[str], tags: tuple[str, ...]) -> None:
        """Somebody gives these files tags, instead of those that they had."""
        self._mark(entry_ids, tags=tags)

    def _mark(self, entry_ids: Iterable[str], **said: object) -> None:
        known = [self.entry(entry_id) for entry_id in entry_ids]
        files = [replace(entry, **said) for entry in known if entry is not None and entry.path is not None]  # type: ignore[arg-type]
        self.model.put(files)
        self.marks_changed.emit({entry.entry_id: _marks_of(entry) for entry in files})

    def set_places(self, places: Iterable[str]) -> None:
        """What was remembered."""
        self._places = dict.fromkeys(places)
        self._missing_places &= self._places.keys()
        self.model.set_places(self._places)
        self.changed.emit()

    def add_place(self, place: str) -> None:
        """List the sounds of a folder; one that is listed already is none."""
        place = str(Path(place).absolute())
        if place not in self._places:
            self._places[place] = None
            self.changed.emit()
            self._tell_places()

    def remove_place(self, place: str) -> None:
        """List a folder no more; what is loaded, liked or in another place stays."""
        if place not in self._places:
            return
        del self._places[place]
        self._missing_places.discard(place)
        others = [Path(other) for other in self._places]
        gone = tuple(
            entry.entry_id
            for entry in self.model.catalogue.entries()
            if entry.path is not None and entry.path.is_relative_to(place)
            and not entry.sound_id and not entry.is_favourite
            and not any(entry.path.is_relative_to(other) for other in others)
        )  # fmt: skip
        self.model.drop(gone)
        self.entries_dropped.emit(gone)
        self.changed.emit()
        self._tell_places()

    def _tell_places(self) -> None:
        self.model.set_places(self._places)
        self.places_changed.emit(self.places)


def _marks_of(entry: Entry) -> Marks:
    return Marks(entry.is_favourite, entry.tags, entry.kind_by_hand)
