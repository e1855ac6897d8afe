"""The file of the index: opened, checked, set aside when it is damaged, and what can be saved of it then.

A file that cannot be used never stops the program: the index is then kept in memory until the end.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from morphstudio.errors import FileError, MorphStudioError
from morphstudio.library.index_rows import ANALYSIS_COLUMNS, FILE_COLUMNS, MARK_COLUMNS, marks_of
from morphstudio.library.marks import Marks

_log = logging.getLogger(__name__)

SCHEMA_VERSION: Final = 1
BUSY_S: Final = 60.0
"""How long one window waits for what another one writes."""
_PAUSE_S: Final = 0.02
_TITLE: Final = "Can't keep what is known of your sounds"
_BUSY: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Identity = tuple[int, int]


class UnusableError(Exception):
    """The file is no index that can be used: damaged, or of a newer version."""

    def __init__(self, reason: str, *, is_newer: bool = False) -> None:
        super().__init__(reason)
        self.is_newer = is_newer


def open_index(path: Path) -> sqlite3.Connection:
    """Open the file, make it where there is none, and look whether it is sound.

    Raises
    ------
    UnusableError
        If it is damaged or of a newer version.
    sqlite3.Error, OSError
        If it cannot be opened or made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    give_up_s = time.monotonic() + BUSY_S
    while True:
        try:
            return _opened(path)
        except sqlite3.OperationalError as error:
            # Where two make the file at once, or one mends what a third has left, SQLite does not wait.
            if _code(error) not in _BUSY or time.monotonic() > give_up_s:
                raise
            time.sleep(_PAUSE_S)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != ("ok",):
            raise UnusableError(str(found))
        connection.execute("PRAGMA journal_mode = WAL")
        # A commit may be lost with the power, not with the program; the file is sound after either.
        connection.execute("PRAGMA synchronous = NORMAL")
        prepare(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        if is_damage(error):
            raise UnusableError(str(error)) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none, and the columns that an analysis has got since.

    Rows of before have nothing in such a column. Where that is not what would be told of them now, they are
    of an earlier `ANALYSIS_VERSION`.

    Raises
    ------
    UnusableError
        If the tables are a newer version's, or another program's.
    """
    if _is_prepared(connection):
        return
    with writing(connection):
        if _is_prepared(connection):
            return
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            others = "path TEXT PRIMARY KEY NOT NULL"
            connection.execute(f"CREATE TABLE files ({', '.join((others, *FILE_COLUMNS[1:]))})")
            connection.execute(f"CREATE TABLE marks ({', '.join((others, *MARK_COLUMNS[1:]))})")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        known = _columns(connection)
        for column in ANALYSIS_COLUMNS:
            if column not in known:
                connection.execute(f"ALTER TABLE files ADD COLUMN {column}")


def _is_prepared(connection: sqlite3.Connection) -> bool:
    # At once: another window may be making the tables.
    query = "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
    version, n_tables = connection.execute(query).fetchone()
    if version > SCHEMA_VERSION or (version == 0 and n_tables):
        raise UnusableError(f"it is of version {version}", is_newer=version > SCHEMA_VERSION)
    return bool(version) and set(ANALYSIS_COLUMNS) <= _columns(connection)


def _columns(connection: sqlite3.Connection) -> set[str]:
    return {name for _, name, *_ in connection.execute("PRAGMA table_info(files)")}


def open_in_memory(path: Path | None = None) -> sqlite3.Connection:
    """An index that is gone at the end; with what can be read of a file, where one is given.

    Raises
    ------
    UnusableError
        If the file is no index that can be used.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    if path is not None:
        # Immutable: on a full disk or in a folder of others nothing can be made beside it.
        with (
            contextlib.suppress(sqlite3.Error, ValueError),
            contextlib.closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as source,
        ):
            source.backup(connection)
    try:
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextlib.contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction, all of it or nothing; other windows wait for its end."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # what failed may have ended the transaction already
            connection.execute("ROLLBACK")
        raise


def identity_of(path: Path) -> Identity | None:
    """Which file lies there; another one where it was set aside and made anew."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def set_aside(path: Path) -> Path:
    """Give a file and what SQLite keeps beside it another name, with the date.

    Raises
    ------
    OSError
        If it cannot be renamed; on Windows, while another window has it open.
    """
    aside = path.with_stem(f"{path.stem}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
    # What lies beside it goes first: left behind, it would be taken for a part of the new file.
    for ending in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            os.replace(f"{path}{ending}", f"{aside}{ending}")  # noqa: PTH105 no Path has such an ending
    return aside


def saved_marks(path: Path) -> dict[str, Marks]:
    """Marks that can still be read of a damaged file, from either end. Never raises."""
    saved: dict[str, Marks] = {}
    query = f"SELECT {', '.join(MARK_COLUMNS)} FROM marks NOT INDEXED ORDER BY rowid"
    for order in ("", " DESC"):
        try:
            with contextlib.closing(sqlite3.connect(path, timeout=1.0)) as connection:
                for row in connection.execute(query + order):
                    if isinstance(row[0], str):
                        saved[row[0]] = marks_of(row)
        except sqlite3.Error as error:
            _log.warning("Marks of %s cannot all be read: %s", path, error)
    return saved


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error tells that the file is damaged, not that it cannot be reached."""
    # Text that is none is reported by Python, not by SQLite, without a code.
    is_no_text = isinstance(error, sqlite3.OperationalError) and "decode" in str(error)
    return _code(error) in _DAMAGE or is_no_text


def _code(error: sqlite3.Error) -> int:
    """Primary code of an error; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def error_of(error: sqlite3.Error, path: Path) -> MorphStudioError:
    """What is to be said of an error while writing or reading."""
    if _is_full(error):
        message = "The disk is full, so what was found out about your sounds is not kept."
        return MorphStudioError(_TITLE, message, _hint_of(error))
    return FileError(_TITLE, f"{path} could not be used ({error}).", _hint_of(error))


def _is_full(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return _code(error) == sqlite3.SQLITE_FULL
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def _hint_of(error: Exception) -> str:
    return "Free some space." if _is_full(error) else "Check the disk, and who may write to that folder."


def notice_of_memory(error: Exception, path: Path) -> MorphStudioError:
    """What is to be said where the index is kept in memory."""
    message = f"{path} could not be used ({error}), so what is found out now is forgotten at the end."
    return FileError(_TITLE, message, f"{_hint_of(error)} Then start again.")


def notice_of_damage(error: Exception, path: Path, aside: Path, *, has_all_marks: bool) -> MorphStudioError:
    """What is to be said where an index was set aside."""
    marks = "your favourites and tags are kept"
    if not has_all_marks:
        marks = "of your favourites and tags, those that could be read are kept"
    is_newer = isinstance(error, UnusableError) and error.is_newer
    reason = "was written by a newer MorphStudio" if is_newer else "was damaged"
    return FileError(
        "The library is built anew",
        f"{path.name} {reason}, so your sounds are listened to again; {marks}.",
        f"The file as it was is kept as {aside.name}.",
    )
