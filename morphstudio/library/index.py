"""The index of the sample library: which files there are, what was heard of them, what people said of them.

One SQLite file in the user's folder, with a write-ahead log: windows read while one of them writes, and wait
for each other's short transactions. What the program finds out by itself can be found out again; what people
said is kept in a copy beside the index, too, which is written within the same transaction.

A damaged index is set aside under a name with the date, never deleted, and built anew with the marks of both.
So is one of a newer MorphStudio, for what it holds is heard again within minutes. Where there can be no file,
the index is kept in memory. `notice` says which of these happened. No Qt, no torch.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from morphstudio.errors import MorphStudioError
from morphstudio.library.index_file import (
    UnusableError,
    error_of,
    identity_of,
    is_damage,
    notice_of_damage,
    notice_of_memory,
    open_in_memory,
    open_index,
    saved_marks,
    set_aside,
    writing,
)
from morphstudio.library.index_rows import (
    ANALYSIS_COLUMNS,
    FILE_COLUMNS,
    MARK_COLUMNS,
    Row,
    analysis_row,
    file_row,
    indexed_file,
    known_file,
    mark_row,
    marks_of,
)
from morphstudio.library.indexed_file import IndexedFile, KnownFile, is_text
from morphstudio.library.marks import Marks, read_marks, write_marks

_log = logging.getLogger(__name__)

_IS_SAME: Final = """(size = excluded.size AND mtime_ns = excluded.mtime_ns
    OR fingerprint <> x'' AND fingerprint = excluded.fingerprint)"""
# Another window may have listened meanwhile: a row without an analysis takes none away from the same content.
_PUT: Final = f"""
    INSERT INTO files ({", ".join(FILE_COLUMNS)}) VALUES ({", ".join("?" * len(FILE_COLUMNS))})
    ON CONFLICT (path) DO UPDATE SET
        analysis_version = CASE WHEN {_IS_SAME} THEN analysis_version END,
        fingerprint = CASE WHEN excluded.fingerprint <> x'' OR NOT ({_IS_SAME})
            THEN excluded.fingerprint ELSE fingerprint END,
        size = excluded.size, mtime_ns = excluded.mtime_ns, added_s = excluded.added_s,
        is_missing = excluded.is_missing"""
_PUT_ANALYSIS: Final = f"""
    UPDATE files SET {", ".join(f"{column} = ?" for column in ANALYSIS_COLUMNS)} WHERE path = ?"""
_PUT_MARKS: Final = (
    f"INSERT OR REPLACE INTO marks ({', '.join(MARK_COLUMNS)}) VALUES ({', '.join('?' * len(MARK_COLUMNS))})"
)
_MARKS: Final = f"SELECT {', '.join(MARK_COLUMNS)} FROM marks"
_FILES: Final = f"SELECT {', '.join(FILE_COLUMNS + ANALYSIS_COLUMNS)} FROM files"
_AT_ONCE: Final = 500
_KNOWN: Final = f"SELECT {', '.join(FILE_COLUMNS)}, analysis_version FROM files"

_T = TypeVar("_T")


class LibraryIndex:
    """What is known of sound files, kept between starts. Each thread and each window has one of its own.

    A path that is not valid text is not kept.

    Parameters
    ----------
    path : Path
        Absolute; need not be there, its folder neither. The copy of the marks lies beside it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notice: MorphStudioError | None = None
        self._is_in_memory = False
        self._db = self._open()
        self._identity = identity_of(path)

    def __enter__(self) -> LibraryIndex:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def marks_path(self) -> Path:
        """The copy of the marks, as JSON."""
        return self._path.with_name(f"{self._path.stem}-marks.json")

    @property
    def notice(self) -> MorphStudioError | None:
        """What is to be said of the file: set aside, or not usable. None while all is well.

        It can appear with any call, for damage may be met at any time.
        """
        return self._notice

    def close(self) -> None:
        """End its use; nothing waits to be written."""
        self._db.close()

    # --- files --------------------------------------------------------------------------------

    def files(self, place: str | None = None) -> list[IndexedFile]:
        """All files, or those in a folder and below it; missing ones too.

        Raises
        ------
        MorphStudioError
            If the disk fails; so does every other method, then.
        """
        condition, limits = _within(place)

        def read() -> list[IndexedFile]:
            rows = self._db.execute(_FILES + condition, limits)
            try:
                return [indexed_file(row) for row in rows]
            except (TypeError, ValueError) as error:
                raise UnusableError(str(error)) from error

        return self._safely(read)

    def files_at(self, paths: Iterable[str]) -> list[IndexedFile]:
        """Those of these files that are known."""
        wanted = [path for path in paths if is_text(path)]

        def read() -> list[IndexedFile]:
            rows = (
                row
                for first in range(0, len(wanted), _AT_ONCE)
                for part in (wanted[first : first + _AT_ONCE],)
                for row in self._db.execute(f"{_FILES} WHERE path IN ({', '.join('?' * len(part))})", part)
            )
            try:
                return [indexed_file(row) for row in rows]
            except (TypeError, ValueError) as error:
                raise UnusableError(str(error)) from error

        return self._safely(read)

    def known(self, place: str | None = None) -> dict[str, KnownFile]:
        """The same without what was heard, by path: what a rescan compares."""
        condition, limits = _within(place)
        return self._safely(
            lambda: {row[0]: known_file(row) for row in self._db.execute(_KNOWN + condition, limits)}
        )

    def put(self, files: Iterable[IndexedFile]) -> None:
        """Keep these files, in one transaction: all of them or, where that fails, none.

        What is known of the same path is replaced. An analysis stays where the file comes without one and its
        stamp or its fingerprint is the same; else it is of something else, and goes.

        Raises
        ------
        MorphStudioError
            If the disk is full or fails; what was known stays.
        """
        self.change(put=files)

    def mark_missing(self, paths: Iterable[str]) -> None:
        """These were not there when they were looked for; all that is known of them stays."""
        self.change(missing=paths)

    def forget(self, paths: Iterable[str]) -> None:
        """Drop what is known of these files; what people said of them stays, for they may come back."""
        rows = [(path,) for path in paths if is_text(path)]

        def write() -> None:
            with writing(self._db):
                self._db.executemany("DELETE FROM files WHERE path = ?", rows)

        self._safely(write)

    def move(self, moved: Mapping[str, str]) -> None:
        """These files lie elsewhere now, and are there: old path to new one; marks go along.

        Where the content at the new path is another, the next rescan finds that.
        """
        self.change(renamed=moved)

    def change(
        self,
        *,
        renamed: Mapping[str, str] | None = None,
        put: Iterable[IndexedFile] = (),
        missing: Iterable[str] = (),
    ) -> None:
        """Several changes in one transaction, in this order."""
        paths = {
            old: new for old, new in (renamed or {}).items() if old != new and is_text(old) and is_text(new)
        }
        files = [file for file in put if is_text(file.path)]
        rows = [file_row(file) for file in files]
        heard = [(*analysis_row(file.analysis), file.path) for file in files if file.analysis is not None]
        gone = [(path,) for path in missing if is_text(path)]

        def write() -> None:
            with writing(self._db):
                self._rename(paths)
                self._db.executemany(_PUT, rows)
                self._db.executemany(_PUT_ANALYSIS, heard)
                self._db.executemany("UPDATE files SET is_missing = 1 WHERE path = ?", gone)

        if paths or rows or gone:
            self._safely(write)

    def _rename(self, paths: Mapping[str, str]) -> None:
        # What was said of a file at the new path before is said of this one as well.
        self._db.executemany(
            "UPDATE OR REPLACE files SET path = ?, is_missing = 0 WHERE path = ?",
            [(new, old) for old, new in paths.items()],
        )
        known = self._read_marks() if paths else {}
        if known.keys().isdisjoint(paths):
            return
        for old, new in paths.items():
            if old in known:
                known[new] = known.pop(old).and_those_of(known.get(new, Marks()))
        self._db.execute("DELETE FROM marks")
        self._write_marks(known)

    # --- marks --------------------------------------------------------------------------------

    def marks(self) -> dict[str, Marks]:
        """What people said, by absolute path; of files without marks nothing."""
        return self._safely(self._read_marks)

    def set_marks(self, marks: Mapping[str, Marks]) -> None:
        """What somebody says of these files now, instead of what was said before; others stay as they are.

        Raises
        ------
        MorphStudioError
            If the index or the copy cannot be written; neither is changed then.
        """
        said = {path: one for path, one in marks.items() if is_text(path)}

        def write() -> None:
            with writing(self._db):
                self._write_marks(said)

        if said:
            self._safely(write)

    def _read_marks(self) -> dict[str, Marks]:
        return {row[0]: marks_of(row) for row in self._db.execute(_MARKS)}

    def _write_marks(self, marks: Mapping[str, Marks]) -> None:
        """Change marks and the copy, in a transaction: so no two windows write the copy at once."""
        self._db.executemany("DELETE FROM marks WHERE path = ?", [(path,) for path in marks])
        self._db.executemany(_PUT_MARKS, _mark_rows(marks))
        write_marks(self.marks_path, self._read_marks())

    # --- the file -----------------------------------------------------------------------------

    def _safely(self, work: Callable[[], _T]) -> _T:
        """Do something with the file, once more where it had to be built anew."""
        try:
            if not self._is_in_memory and identity_of(self._path) != self._identity:
                self._reopen()  # another window has set it aside
            try:
                return work()
            except (sqlite3.DatabaseError, UnusableError) as error:
                if isinstance(error, sqlite3.Error) and not is_damage(error):
                    raise
                self._reopen(UnusableError(str(error)))
                return work()
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.Error as error:
            raise error_of(error, self._path) from error

    def _reopen(self, damage: UnusableError | None = None) -> None:
        self._db.close()
        self._db = self._open() if damage is None else self._built_anew(damage)
        self._identity = identity_of(self._path)

    def _open(self) -> sqlite3.Connection:
        try:
            connection = open_index(self._path)
        except UnusableError as error:
            return self._built_anew(error)
        except (sqlite3.Error, OSError) as error:
            return self._kept_in_memory(error, self._path)
        with contextlib.suppress(sqlite3.Error):
            if not connection.execute("SELECT count(*) FROM marks").fetchone()[0]:
                # The index is new, or was deleted by hand.
                self._put_marks(connection, read_marks(self.marks_path) or {})
        return connection

    def _built_anew(self, damage: UnusableError) -> sqlite3.Connection:
        """Set the file aside, and make another with the marks that can be saved."""
        _log.warning("%s cannot be used: %s", self._path, damage)
        copied = read_marks(self.marks_path)
        # The copy is never older. Where it lacks a mark, that is better there again than lost.
        marks = saved_marks(self._path) | (copied or {})
        try:
            aside = set_aside(self._path)
            if copied is None:
                with contextlib.suppress(OSError):
                    self.marks_path.replace(aside.with_name(f"{aside.stem}-marks.json"))
            connection = open_index(self._path)
            self._put_marks(connection, marks)
        except (sqlite3.Error, OSError, UnusableError) as error:
            connection = self._kept_in_memory(error, None)
            self._put_marks(connection, marks)
            return connection
        self._notice = notice_of_damage(damage, self._path, aside, has_all_marks=copied is not None)
        try:
            write_marks(self.marks_path, marks)
        except MorphStudioError as error:
            _log.warning("%s", error)
        return connection

    def _kept_in_memory(self, error: Exception, source: Path | None) -> sqlite3.Connection:
        _log.warning("%s cannot be used: %s", self._path, error)
        self._is_in_memory = True
        self._notice = notice_of_memory(error, self._path)
        try:
            connection = open_in_memory(source)
        except (UnusableError, sqlite3.Error):
            connection = open_in_memory()
        self._put_marks(connection, read_marks(self.marks_path) or {})
        return connection

    def _put_marks(self, connection: sqlite3.Connection, marks: Mapping[str, Marks]) -> None:
        if marks:
            with writing(connection):
                connection.executemany(_PUT_MARKS, _mark_rows(marks))


def _mark_rows(marks: Mapping[str, Marks]) -> list[Row]:
    return [mark_row(path, one) for path, one in marks.items() if one]


def _within(place: str | None) -> tuple[str, tuple[str, ...]]:
    """Condition of a query for what lies below a folder."""
    if place is None:
        return "", ()
    first = place if place.endswith(os.sep) else place + os.sep
    return " WHERE path >= ? AND path < ?", (first, first[:-1] + chr(ord(first[-1]) + 1))
