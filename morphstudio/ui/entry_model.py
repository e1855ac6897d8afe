"""The rows of the browser as Qt's views want them. What is where in the list is the catalogue's business."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    QUrl,
    Slot,
)

from morphstudio.library.catalogue import Catalogue, Filter, SortBy
from morphstudio.library.entries import Entry, entry_id_of, merged
from morphstudio.library.sounds import Family
from morphstudio.ui.sound_texts import UNKNOWN, key_text, kind_text, length_text, pitch_text

ENTRY_ROLE = Qt.ItemDataRole.UserRole
ENTRIES_MIME = "application/x-morphstudio-entries"
"""What rows are dragged as: a JSON list of entry ids."""
_FEW = 64
"""Up to so many entries that come in one place are inserted there."""
_MOST_OUTLINES = 512
"""Waveforms of files that are not loaded are kept for so many rows: 1 MB."""

AnyIndex = QModelIndex | QPersistentModelIndex


def family_text(family: Family) -> str:
    """What people call a family."""
    texts = {
        Family.DRUMS: QCoreApplication.translate("Family", "Drums"),
        Family.PERC: QCoreApplication.translate("Family", "Perc"),
        Family.BASS: QCoreApplication.translate("Family", "Bass"),
        Family.SYNTH: QCoreApplication.translate("Family", "Synth"),
        Family.TEXTURE: QCoreApplication.translate("Family", "Texture"),
    }
    return texts[family]


def tempo_text(bpm: float | None) -> str:
    """A tempo as short as it can be said; a dash where it is not known."""
    return UNKNOWN if bpm is None else f"{bpm:.1f}".removesuffix(".0")


class EntryModel(QStringListModel):
    """Entries, sorted and filtered; `ENTRY_ROLE` gives the `Entry` itself.

    Where only data change, the views are told so, with one range around all of it. Where as many rows as
    before change places, what was selected or pressed goes with them. Where a few entries come in one place,
    rows are inserted there. Whatever else comes or goes makes the list anew: views keep what was selected and
    what was in view by the ids of the entries.

    The base class only counts rows: a view that lays out 20 000 of them asks 40 000 times whether there is
    such a row, which takes 1 ms there and 35 ms in Python.
    """

    def __init__(self) -> None:
        super().__init__()
        # Before any view's: at these signals they find what is new, at those before them what was.
        self.modelReset.connect(self._settle)
        self.rowsInserted.connect(self._settle)
        self._catalogue = Catalogue()
        self._outlines: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    @property
    def catalogue(self) -> Catalogue:
        """What is in the list, to look at."""
        return self._catalogue

    def entry_at(self, index: AnyIndex) -> Entry:
        """The entry in a row."""
        return self._catalogue.shown(index.row())

    def index_of(self, entry_id: str) -> QModelIndex:
        """The row of an entry; invalid where it is not shown."""
        row = self._catalogue.row_of(entry_id)
        return self.index(row, 0) if row >= 0 else QModelIndex()

    def set_filter(self, wanted: Filter) -> None:
        """Show what passes."""
        self._catalogue.hold()
        self._catalogue.set_filter(wanted)
        self._make_anew()

    def set_order(self, sort_by: SortBy, *, is_falling: bool) -> None:
        """Sort the list."""
        self._catalogue.hold()
        self._catalogue.set_order(sort_by, is_falling=is_falling)
        self._make_anew()

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries; of those that are known, take over what is new."""
        changed = []
        for entry in entries:
            known = self._catalogue.get(entry.entry_id)
            new = entry if known is None else merged(known, entry)
            if new is not known:
                changed.append(new)
        self.put(changed)

    def put(self, entries: Sequence[Entry]) -> None:
        """Add entries; those that are known are replaced."""
        if not entries:
            return
        staged = self._catalogue.stage(entries)
        rows = staged.rows
        n_new = self._catalogue.n_next - self.rowCount()
        if staged.inserted is not None and n_new <= _FEW:
            first = staged.inserted[0]
            self.insertRows(first, n_new)
            rows = rows + (rows >= first) * n_new
        elif n_new:
            self._make_anew()
            return
        elif staged.is_moved:
            self._move_rows()
            return
        if len(rows):
            self.dataChanged.emit(self.index(int(rows[0]), 0), self.index(int(rows[-1]), 0))

    def _move_rows(self) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        ids = [self.entry_at(index).entry_id for index in kept]
        self._catalogue.settle()
        self.changePersistentIndexList(kept, [self.index_of(entry_id) for entry_id in ids])
        self.layoutChanged.emit()

    def _make_anew(self) -> None:
        self.setStringList([""] * self._catalogue.n_next)

    @Slot()
    def _settle(self) -> None:
        self._catalogue.settle()

    def set_places(self, places: Iterable[str]) -> None:
        """Folders below which the names of folders are searched as well."""
        self._catalogue.hold()
        self._catalogue.set_places(places)
        self._make_anew()

    def drop(self, entry_ids: Iterable[str]) -> None:
        """Forget entries; unknown ones are none."""
        gone = [entry_id for entry_id in entry_ids if self._catalogue.get(entry_id) is not None]
        if gone:
            self._catalogue.hold()
            self._catalogue.drop(gone)
            self._make_anew()

    def outline_of(self, entry: Entry) -> NDArray[np.float32] | None:
        """Waveform of an entry where it is known."""
        if entry.peaks is not None:
            return entry.peaks
        if entry.analysis is not None and entry.analysis.peaks is not None:
            return entry.analysis.peaks
        return self._outlines.get(entry.entry_id)

    def set_outline(self, path: Path, peaks: NDArray[np.float32], duration_s: float | None) -> None:
        """Show the waveform of a file that is not loaded."""
        entry_id = entry_id_of(path)
        known = self._catalogue.get(entry_id)
        if known is None:
            return
        self._outlines[entry_id] = peaks
        self._outlines.move_to_end(entry_id)
        if len(self._outlines) > _MOST_OUTLINES:
            self._outlines.popitem(last=False)
        if duration_s is not None and known.duration_s is None:
            self.put([replace(known, duration_s=duration_s)])
        self._tell_changed(entry_id)

    def _tell_changed(self, entry_id: str) -> None:
        index = self.index_of(entry_id)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def _spoken(self, entry: Entry) -> str:
        kind, heard = entry.kind, entry.analysis
        parts = [entry.name, family_text(entry.family) if kind is None else kind_text(kind)]
        if entry.bpm is not None:
            parts.append(self.tr("{tempo} beats per minute").format(tempo=tempo_text(entry.bpm)))
        if entry.key:
            parts.append(key_text(entry.key))
        elif heard is not None and (heard.midi_note is not None or heard.pitch_class):
            parts.append(pitch_text(heard))
        if heard is not None and heard.duration_s is not None:
            parts.append(length_text(heard.duration_s))
        if entry.is_on_pad:
            parts.append(self.tr("on the pad"))
        if entry.is_favourite:
            parts.append(self.tr("favourite"))
        parts += entry.tags
        if entry.is_missing:
            parts.append(self.tr("file is missing"))
        return ", ".join(parts)

    def _tip(self, entry: Entry) -> str:
        lines = [str(entry.path) if entry.path else entry.name]
        if entry.duration_s is not None:
            lines.append(length_text(entry.duration_s))
        if entry.note:
            lines.append(entry.note)
        if entry.is_missing:
            lines.append(self.tr("The file is not there any more."))
        elif entry.analysis is not None and entry.analysis.error:
            lines.append(entry.analysis.error)
        return "\n".join(lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= self._catalogue.n_shown:
            return None
        entry = self._catalogue.shown(index.row())
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(entry)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        return [ENTRIES_MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        entries = [self.entry_at(index) for index in sorted(indexes, key=QModelIndex.row)]
        mime = QMimeData()
        mime.setData(ENTRIES_MIME, json.dumps([entry.entry_id for entry in entries]).encode())
        files = [entry.path for entry in entries if entry.path and not entry.is_missing]
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        return mime

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction
