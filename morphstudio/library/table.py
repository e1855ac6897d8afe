"""All entries in columns: their figures, texts and names, to look through thousands at once. No Qt.

An entry has a slot, the same in every column, until entries are dropped.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.library.analysis import Analysis
from morphstudio.library.entries import Entry
from morphstudio.library.kinds import Kind
from morphstudio.library.query import Field, Query, Term, folded, key_place, tag_word
from morphstudio.library.sounds import Family

Slots = NDArray[np.intp]

KIND_NUMBERS: Final[Mapping[Kind, int]] = {kind: number for number, kind in enumerate(Kind)}
FAMILY_NUMBERS: Final[Mapping[Family, int]] = {family: number for number, family in enumerate(Family)}
_DIGITS: Final = re.compile(r"0*([0-9]+)")
_NOTHING_HEARD: Final = Analysis()
_FIRST_CAPACITY: Final = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What came of entries that were put.

    Parameters
    ----------
    slots : int, shape (entries,)
    fields : frozenset of Field
        Figures of which any is another than before, in entries that were known.
    is_name_order_new : bool
        Whether there are new entries or names.
    """

    slots: Slots
    fields: frozenset[Field]
    is_name_order_new: bool


class EntryTable:
    """Entries by id and by slot, with what they are sorted and searched by."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        """By slot."""
        self.by_name: Slots = np.zeros(0, np.intp)
        """All slots, as people sort names."""
        self._slots: dict[str, int] = {}
        self._texts: list[str] = []
        self._name_keys: list[str] = []
        self._sorted_keys: list[str] = []
        self._values = np.full((len(Field), _FIRST_CAPACITY), nan)
        self._places: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def slot_of(self, entry_id: str) -> int:
        """Slot of an entry; -1 where it is unknown."""
        return self._slots.get(entry_id, -1)

    def values(self, field: Field) -> NDArray[np.float64]:
        """A figure of all entries, NaN where it is not known: float64, shape (entries,)."""
        return self._values[field, : len(self.entries)]

    def set_places(self, places: Iterable[str]) -> None:
        """Folders below which the names of folders are searched as well."""
        self._places = tuple(sorted({place.rstrip(os.sep) + os.sep for place in places}, key=len))
        self._texts = [self._text_of(entry) for entry in self.entries]

    def put(self, entries: Iterable[Entry]) -> Taken:
        """Add entries; those whose ids are known take the place of what was there."""
        latest = {entry.entry_id: entry for entry in entries}
        n_known = len(self.entries)
        renamed = [slot for slot, entry in self._known(latest) if self.entries[slot].name != entry.name]
        slots = np.fromiter((self._put(entry) for entry in latest.values()), np.intp, len(latest))
        self._grow()
        figures = np.array([_figures_of(entry) for entry in latest.values()]).reshape(-1, len(Field)).T
        figures[Field.SIMILARITY] = self._values[Field.SIMILARITY, slots]
        is_known = slots < n_known
        before, after = self._values[:, slots[is_known]], figures[:, is_known]
        is_other = ((before != after) & ~(np.isnan(before) & np.isnan(after))).any(axis=1)
        self._values[:, slots] = figures
        for slot in renamed:
            self._name_keys[slot] = name_key(self.entries[slot])
        self._sort_names(n_known, is_renamed=bool(renamed))
        changed = frozenset(Field(int(number)) for number in np.flatnonzero(is_other))
        return Taken(slots, changed, bool(renamed) or len(self.entries) > n_known)

    def _known(self, latest: Mapping[str, Entry]) -> list[tuple[int, Entry]]:
        slots = [(self.slot_of(entry_id), entry) for entry_id, entry in latest.items()]
        return [(slot, entry) for slot, entry in slots if slot >= 0]

    def _put(self, entry: Entry) -> int:
        slot = self._slots.setdefault(entry.entry_id, len(self.entries))
        if slot == len(self.entries):
            self.entries.append(entry)
            self._texts.append(self._text_of(entry))
            self._name_keys.append(name_key(entry))
            return slot
        known = self.entries[slot]
        if (known.name, known.tags) != (entry.name, entry.tags):
            self._texts[slot] = self._text_of(entry)
        self.entries[slot] = entry
        return slot

    def _grow(self) -> None:
        capacity = self._values.shape[1]
        if len(self.entries) > capacity:
            spare = np.full((len(Field), max(capacity, len(self.entries) - capacity)), nan)
            self._values = np.concatenate((self._values, spare), axis=1)

    def _sort_names(self, n_known: int, *, is_renamed: bool) -> None:
        """Bring the order of the names up to date; those from `n_known` on are new."""
        keys = self._name_keys
        if is_renamed or len(keys) > 2 * n_known:
            slots = sorted(range(len(keys)), key=keys.__getitem__)
            self.by_name = np.array(slots, np.intp)
            self._sorted_keys = [keys[slot] for slot in slots]
        elif len(keys) > n_known:
            new = sorted(range(n_known, len(keys)), key=keys.__getitem__)
            places = [bisect_left(self._sorted_keys, keys[slot]) for slot in new]
            self.by_name = np.insert(self.by_name, places, new)
            self._sorted_keys += [keys[slot] for slot in new]
            self._sorted_keys.sort()  # two sorted runs: they are merged

    def drop(self, entry_ids: Iterable[str]) -> None:
        """Forget entries; the others have other slots then."""
        gone = {self._slots[entry_id] for entry_id in entry_ids if entry_id in self._slots}
        kept = [slot for slot in range(len(self.entries)) if slot not in gone]
        n_kept = len(kept)
        numbers = np.full(len(self.entries), -1, np.intp)
        numbers[kept] = np.arange(n_kept)
        self.by_name = numbers[self.by_name]
        self.by_name = self.by_name[self.by_name >= 0]
        self._values[:, :n_kept] = self._values[:, kept]
        self._values[:, n_kept:] = nan
        self.entries = [self.entries[slot] for slot in kept]
        self._texts = [self._texts[slot] for slot in kept]
        self._name_keys = [self._name_keys[slot] for slot in kept]
        self._sorted_keys = [self._name_keys[slot] for slot in self.by_name.tolist()]
        self._slots = {entry.entry_id: slot for slot, entry in enumerate(self.entries)}

    def set_similar(self, entry_ids: Sequence[str]) -> None:
        """Say which are like a sound, the nearest first."""
        self._values[Field.SIMILARITY] = nan
        for number, entry_id in enumerate(entry_ids):
            if (slot := self.slot_of(entry_id)) >= 0:
                self._values[Field.SIMILARITY, slot] = number

    def matching(self, query: Query, slots: Slots) -> Slots:
        """Those of some slots that pass a query, in their order."""
        # Words are looked for last: in what passed the figures.
        for term in sorted(query.terms, key=lambda term: bool(term.words)):
            slots = slots[self._passes(term, slots)]
        return slots

    def _passes(self, term: Term, slots: Slots) -> NDArray[np.bool_]:
        passes = np.zeros(len(slots), bool)
        if term.field is not None:
            values = self._values[term.field, slots]
            passes = (values >= term.low) & (values <= term.high)
        if term.words:
            rest = np.flatnonzero(~passes)
            texts = self._texts
            for word in term.words:
                hits = [word in texts[slot] for slot in slots[rest].tolist()]
                if term.is_whole:
                    alone = _alone(word)
                    some = zip(hits, slots[rest].tolist(), strict=True)
                    hits = [hit and alone.search(texts[slot]) is not None for hit, slot in some]
                passes[rest[hits]] = True
                rest = rest[~np.array(hits, bool)]
        return ~passes if term.is_excluded else passes

    def _text_of(self, entry: Entry) -> str:
        """What words are looked for in: the name, the folders below a place, the tags, a line each."""
        text = folded(entry.name)
        for place in self._places:
            if entry.entry_id.startswith(place):
                folders = entry.entry_id[len(place) :].rpartition(os.sep)[0]
                text += f"\n/{folded(folders)}"
                break
        return text + "".join(map(tag_word, entry.tags))


def name_key(entry: Entry) -> str:
    """Key by which "Loop 2" comes before "Loop 10", and no two entries are the same."""
    return f"{_natural(entry.name)}\0{entry.entry_id}"


def _natural(name: str) -> str:
    # A number begins with how many digits it has.
    return _DIGITS.sub(lambda match: f"0{chr(len(match[1]))}{match[1]}", folded(name))


def _alone(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_]|#)")


def _figures_of(entry: Entry) -> tuple[float | None, ...]:
    """Every `Field` of an entry, in their order."""
    heard = entry.analysis or _NOTHING_HEARD
    kind, note, loop = entry.kind, heard.midi_note, heard.is_loop
    key = entry.key
    duration_s = heard.duration_s if entry.duration_s is None else entry.duration_s
    figures = (
        None if kind is None else KIND_NUMBERS[kind],
        FAMILY_NUMBERS[entry.family],
        entry.bpm,
        key_place(key, heard.pitch_class) if key or heard.pitch_class else None,
        None if note is None else note + (heard.cents or 0.0) / 100.0,
        duration_s,
        heard.centroid_hz,
        heard.loudness_lufs,
        None if loop is None else float(loop),
        float(entry.is_favourite),
        float(entry.is_on_pad),
        entry.added_s,
        None,
    )
    return tuple(nan if figure is None else figure for figure in figures)
