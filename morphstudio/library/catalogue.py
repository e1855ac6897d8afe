"""The browser's entries, sorted and filtered: ten thousand of them between two key strokes. No Qt."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from morphstudio.library.entries import Entry
from morphstudio.library.sounds import Family

_DIGITS = re.compile(r"(\d+)")
_FAMILY_ORDER = {family: number for number, family in enumerate(Family)}


class SortBy(StrEnum):
    """What a list is sorted by."""

    NAME = "name"
    TEMPO = "tempo"
    KEY = "key"
    KIND = "kind"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be shown.

    Parameters
    ----------
    text : str
        Words that a name holds, all of them, in any case.
    families : frozenset of Family
        Of any of these families; of every family where it is empty.
    is_favourite, is_on_pad : bool
        Only those which are.
    place : str
        Only what is below this folder; everything where it is empty.
    """

    text: str = ""
    families: frozenset[Family] = frozenset()
    is_favourite: bool = False
    is_on_pad: bool = False
    place: str = ""


@dataclass(slots=True)
class _Row:
    entry: Entry
    text: str
    name_key: tuple[Any, ...]
    key: tuple[Any, ...] = field(default=())


class Catalogue:
    """All entries, and which of them are shown in which order.

    Both lists are kept in rising order; a falling one is read from its end.
    """

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}
        self._order: list[_Row] = []
        self._shown: list[_Row] = []
        self._numbers: dict[str, int] | None = None
        self._filter = Filter()
        self._accepts = _predicate(self._filter)
        self._sort_by = SortBy.NAME
        self._is_falling = False

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def filter(self) -> Filter:
        """What is to be shown."""
        return self._filter

    @property
    def order(self) -> tuple[SortBy, bool]:
        """What it is sorted by, and whether it falls."""
        return self._sort_by, self._is_falling

    @property
    def n_shown(self) -> int:
        """Entries that pass the filter."""
        return len(self._shown)

    def entries(self) -> list[Entry]:
        """Every entry, as they came."""
        return [row.entry for row in self._rows.values()]

    def get(self, entry_id: str) -> Entry | None:
        """An entry, shown or not."""
        row = self._rows.get(entry_id)
        return row.entry if row else None

    def shown(self, row: int) -> Entry:
        """The entry in a row of the list."""
        return self._shown[self._flipped(row)].entry

    def row_of(self, entry_id: str) -> int:
        """Row of an entry in the list; -1 where it is not shown."""
        if self._numbers is None:
            self._numbers = {row.entry.entry_id: number for number, row in enumerate(self._shown)}
        number = self._numbers.get(entry_id, -1)
        return number if number < 0 else self._flipped(number)

    def set_filter(self, wanted: Filter) -> None:
        """Show what passes a filter."""
        self._filter, self._accepts = wanted, _predicate(wanted)
        self._show()

    def set_order(self, sort_by: SortBy, *, is_falling: bool) -> None:
        """Sort; what is not known comes last either way."""
        self._sort_by, self._is_falling = sort_by, is_falling
        for row in self._order:
            row.key = self._key(row)
        self._sort()

    def put(self, entries: Iterable[Entry]) -> None:
        """Add entries; those whose ids are known take the place of what was there."""
        changed = {entry.entry_id: entry for entry in entries}
        for entry_id, entry in changed.items():
            self._rows[entry_id] = self._made(entry)
        self._order = [row for row in self._order if row.entry.entry_id not in changed]
        self._order += [self._rows[entry_id] for entry_id in changed]
        self._sort()

    def drop(self, entry_ids: Iterable[str]) -> None:
        """Forget entries."""
        gone = {entry_id for entry_id in entry_ids if self._rows.pop(entry_id, None)}
        self._order = [row for row in self._order if row.entry.entry_id not in gone]
        self._show()

    def change_in_place(self, entry: Entry) -> bool:
        """Take over a known entry that stays where it is in the list; False, and nothing, if it does not."""
        old = self._rows.get(entry.entry_id)
        if old is None:
            return False
        new = self._made(entry)
        if new.key != old.key or self._accepts(new) != self._accepts(old):
            return False
        old.entry, old.text, old.name_key = new.entry, new.text, new.name_key
        return True

    def row_for(self, entry: Entry) -> int:
        """Row in which a new entry would be shown; -1 where it would not."""
        row = self._made(entry)
        if not self._accepts(row):
            return -1
        number = bisect_left(self._shown, row.key, key=_key_of)
        return len(self._shown) - number if self._is_falling else number

    def insert(self, entry: Entry) -> None:
        """Add one new entry; sorts nothing anew."""
        row = self._rows[entry.entry_id] = self._made(entry)
        self._order.insert(bisect_left(self._order, row.key, key=_key_of), row)
        if self._accepts(row):
            self._shown.insert(bisect_left(self._shown, row.key, key=_key_of), row)
            self._numbers = None

    def _made(self, entry: Entry) -> _Row:
        row = _Row(entry, entry.name.casefold(), _natural(entry.name))
        row.key = self._key(row)
        return row

    def _key(self, row: _Row) -> tuple[Any, ...]:
        entry, last = row.entry, not self._is_falling
        end = (row.name_key, entry.entry_id)
        if self._sort_by == SortBy.TEMPO:
            return ((entry.bpm is None) == last, entry.bpm or 0.0, *end)
        if self._sort_by == SortBy.KEY:
            return ((not entry.key) == last, entry.key, *end)
        if self._sort_by == SortBy.KIND:
            return (_FAMILY_ORDER[entry.family], *end)
        if self._sort_by == SortBy.ADDED:
            return (entry.added_s, *end)
        return end

    def _sort(self) -> None:
        self._order.sort(key=_key_of)
        self._show()

    def _show(self) -> None:
        self._shown = list(filter(self._accepts, self._order))
        self._numbers = None

    def _flipped(self, row: int) -> int:
        return len(self._shown) - 1 - row if self._is_falling else row


def _key_of(row: _Row) -> tuple[Any, ...]:
    return row.key


def _natural(name: str) -> tuple[Any, ...]:
    """Key by which "Loop 2" comes before "Loop 10"."""
    parts = _DIGITS.split(name.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _predicate(wanted: Filter) -> Callable[[_Row], bool]:
    words = wanted.text.casefold().split()
    families, is_favourite, is_on_pad = wanted.families, wanted.is_favourite, wanted.is_on_pad
    folder = wanted.place.rstrip(os.sep) + os.sep if wanted.place else ""

    def accepts(row: _Row) -> bool:
        for word in words:
            if word not in row.text:
                return False
        entry = row.entry
        return (
            (not families or entry.family in families)
            and (not is_favourite or entry.is_favourite)
            and (not is_on_pad or entry.is_on_pad)
            and (not folder or entry.entry_id.startswith(folder))
        )

    return accepts
