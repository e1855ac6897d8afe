"""The browser's entries, sorted and filtered: ten thousand of them between two key strokes. No Qt."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from morphstudio.library.entries import Entry
from morphstudio.library.kinds import Kind
from morphstudio.library.query import Field, Query
from morphstudio.library.sounds import Family
from morphstudio.library.table import FAMILY_NUMBERS, KIND_NUMBERS, EntryTable, Slots


class SortBy(StrEnum):
    """What a list is sorted by."""

    NAME = "name"
    KIND = "kind"
    """In the order of `Kind`; what has none yet, by family."""
    TEMPO = "tempo"
    KEY = "key"
    """From C to B; of one name: major keys, single notes, minor keys."""
    PITCH = "pitch"
    """Single notes, from low to high."""
    LENGTH = "length"
    BRIGHTNESS = "brightness"
    LOUDNESS = "loudness"
    ADDED = "added"
    SIMILARITY = "similarity"
    """As `Filter.similar` has them."""


_FIELDS: Final[dict[SortBy, tuple[Field, ...]]] = {
    SortBy.NAME: (),
    SortBy.KIND: (Field.KIND, Field.FAMILY),
    SortBy.TEMPO: (Field.TEMPO,),
    SortBy.KEY: (Field.KEY, Field.PITCH),
    SortBy.PITCH: (Field.PITCH,),
    SortBy.LENGTH: (Field.LENGTH,),
    SortBy.BRIGHTNESS: (Field.BRIGHTNESS,),
    SortBy.LOUDNESS: (Field.LOUDNESS,),
    SortBy.ADDED: (Field.ADDED,),
    SortBy.SIMILARITY: (Field.SIMILARITY,),
}
"""What counts first comes first; what is alike in all of it is in the order of its names."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be shown.

    Parameters
    ----------
    query : Query
        What was typed.
    families : frozenset of Family
        Of any of these families; of every family where it is empty.
    is_favourite, is_on_pad : bool
        Only those which are.
    place : str
        Only what is below this folder; everything where it is empty.
    kinds : frozenset of Kind
        Of any of these kinds; of every kind where it is empty.
    similar : tuple of str, or None
        Ids of the sounds that are like one, the nearest first: only these.
    """

    query: Query = field(default_factory=Query)
    families: frozenset[Family] = frozenset()
    is_favourite: bool = False
    is_on_pad: bool = False
    place: str = ""
    kinds: frozenset[Kind] = frozenset()
    similar: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Staged:
    """What entries that were taken do to the list once it is settled.

    Parameters
    ----------
    rows : int, shape (changed,)
        Rows of the list as it is that show other data, rising.
    is_moved : bool
        Whether other entries will be in the list, or in another order.
    inserted : tuple of (int, int), or None
        First and last row of what will be new, where that is all and in one piece.
    """

    rows: Slots
    is_moved: bool
    inserted: tuple[int, int] | None = None


class Catalogue:
    """All entries, and which of them are shown in which order.

    What is not known comes last, whichever way it is sorted; what is alike is in the order of its names.
    Views have to be told before rows change: what is done between `hold` and `settle` leaves every row of the
    list where it is.
    """

    def __init__(self) -> None:
        self._table = EntryTable()
        self._filter = Filter()
        self._order = (SortBy.NAME, False)
        self._order_before = self._order
        self._sorted: Slots = np.zeros(0, np.intp)
        self._passes: NDArray[np.bool_] = np.zeros(0, bool)
        self._shown = self._next = self._rows = self._sorted
        self._gone: frozenset[str] = frozenset()
        self._is_held = False

    def __len__(self) -> int:
        return len(self._table)

    @property
    def filter(self) -> Filter:
        """What is to be shown."""
        return self._filter

    @property
    def order(self) -> tuple[SortBy, bool]:
        """What it is sorted by, and whether it falls."""
        return self._order

    @property
    def n_shown(self) -> int:
        """Rows of the list: entries that pass the filter."""
        return len(self._shown)

    @property
    def n_next(self) -> int:
        """Rows that there will be once it is settled."""
        return len(self._next)

    def entries(self) -> list[Entry]:
        """Every entry, as they came."""
        return list(self._table.entries)

    def get(self, entry_id: str) -> Entry | None:
        """An entry, shown or not."""
        slot = self._table.slot_of(entry_id)
        return self._table.entries[slot] if slot >= 0 else None

    def shown(self, row: int) -> Entry:
        """The entry in a row of the list."""
        return self._table.entries[int(self._shown[row])]

    def row_of(self, entry_id: str) -> int:
        """Row of an entry in the list; -1 where it is not shown."""
        slot = self._table.slot_of(entry_id)
        return int(self._rows[slot]) if 0 <= slot < len(self._rows) else -1

    def set_filter(self, wanted: Filter) -> None:
        """Show what passes a filter. What is like a sound is sorted by that, until another order is set."""
        before, self._filter = self._filter, wanted
        if wanted.similar != before.similar:
            self._table.set_similar(wanted.similar or ())
            if wanted.similar is not None:
                self._order_before = self._order if before.similar is None else self._order_before
                self._order = (SortBy.SIMILARITY, False)
            elif self._order[0] == SortBy.SIMILARITY:
                self._order = self._order_before
            self._sort()
        self._sift_all()
        self._rearrange()

    def set_order(self, sort_by: SortBy, *, is_falling: bool) -> None:
        """Sort; what is not known comes last either way."""
        self._order = (sort_by, is_falling)
        self._sort()
        self._rearrange()

    def set_places(self, places: Iterable[str]) -> None:
        """Folders below which the names of folders are searched as well."""
        self._table.set_places(places)
        self._sift_all()
        self._rearrange()

    def drop(self, entry_ids: Iterable[str]) -> None:
        """Forget entries."""
        self._gone = frozenset(entry_ids)
        slots = [slot for slot in map(self._table.slot_of, self._gone) if slot >= 0]
        self._passes[slots] = False
        self._rearrange()

    def put(self, entries: Iterable[Entry]) -> None:
        """Add entries; those whose ids are known take the place of what was there."""
        self.stage(entries)
        self.settle()

    def stage(self, entries: Iterable[Entry]) -> Staged:
        """Put entries, but leave every row where it is, and new ones out, until it is settled."""
        before, n_known = self._passes, len(self._passes)
        taken = self._table.put(entries)
        if len(self._table) > n_known and self._filter.similar:
            self._table.set_similar(self._filter.similar)
        self._passes = np.zeros(len(self._table), bool)
        self._passes[:n_known] = before
        self._passes[taken.slots] = False
        self._passes[self._sifted(taken.slots)] = True
        if taken.is_name_order_new or taken.fields & set(_FIELDS[self._order[0]]):
            self._sort()
        elif np.array_equal(self._passes, before):
            return Staged(self._rows_of(taken.slots), is_moved=False)
        self._next = self._sorted[self._passes[self._sorted]]
        rows = self._rows_of(taken.slots)
        if np.array_equal(self._next, self._shown):
            return Staged(rows, is_moved=False)
        return Staged(rows, is_moved=True, inserted=self._inserted())

    def hold(self) -> None:
        """Leave every row where it is until it is settled."""
        self._is_held = True

    def settle(self) -> None:
        """Show what was set, put and dropped."""
        self._is_held = False
        if self._gone:
            self._table.drop(self._gone)
            self._gone = frozenset()
            self._sort()
            self._sift_all()
            self._next = self._sorted[self._passes[self._sorted]]
        self._shown = self._next
        self._rows = np.full(len(self._table), -1, np.intp)
        self._rows[self._shown] = np.arange(len(self._shown))

    def _rearrange(self) -> None:
        self._next = self._sorted[self._passes[self._sorted]]
        if not self._is_held:
            self.settle()

    def _rows_of(self, slots: Slots) -> Slots:
        rows = self._rows[slots[slots < len(self._rows)]]
        return np.sort(rows[rows >= 0])

    def _inserted(self) -> tuple[int, int] | None:
        """Where the next rows are those of now with one run of others in between: its first and last."""
        n_new = len(self._next) - len(self._shown)
        if n_new <= 0:
            return None
        other = np.flatnonzero(self._next[: len(self._shown)] != self._shown)
        first = int(other[0]) if len(other) else len(self._shown)
        is_all = np.array_equal(self._next[first + n_new :], self._shown[first:])
        return (first, first + n_new - 1) if is_all else None

    def _sort(self) -> None:
        sort_by, is_falling = self._order
        slots = self._table.by_name
        fields = _FIELDS[sort_by]
        if is_falling and not fields:
            slots = slots[::-1]
        for figure in reversed(fields):
            values = self._table.values(figure)[slots]
            slots = slots[np.argsort(-values if is_falling else values, kind="stable")]
        self._sorted = slots

    def _sift_all(self) -> None:
        self._passes = np.zeros(len(self._table), bool)
        self._passes[self._sifted(np.arange(len(self._table)))] = True

    def _sifted(self, slots: Slots) -> Slots:
        """Those of some slots that pass the filter."""
        wanted, values = self._filter, self._table.values
        if wanted.similar is not None:
            slots = slots[~np.isnan(values(Field.SIMILARITY)[slots])]
        if wanted.is_favourite:
            slots = slots[values(Field.FAVOURITE)[slots] > 0]
        if wanted.is_on_pad:
            slots = slots[values(Field.ON_PAD)[slots] > 0]
        if wanted.families:
            numbers = [FAMILY_NUMBERS[family] for family in wanted.families]
            slots = slots[np.isin(values(Field.FAMILY)[slots], numbers)]
        if wanted.kinds:
            numbers = [KIND_NUMBERS[kind] for kind in wanted.kinds]
            slots = slots[np.isin(values(Field.KIND)[slots], numbers)]
        if wanted.place:
            folder, entries = wanted.place.rstrip(os.sep) + os.sep, self._table.entries
            is_below = [entries[slot].entry_id.startswith(folder) for slot in slots.tolist()]
            slots = slots[np.array(is_below, bool)]
        return self._table.matching(wanted.query, slots)
