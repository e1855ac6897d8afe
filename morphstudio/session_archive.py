"""The zip that a session's file is, looked at before anything in it is read. Nothing is ever unpickled.

Whoever made the file may have meant harm: names are matched, never made into paths; sizes are bounded, both
declared and real; sounds and models are not compressed, so that no small file becomes a large one.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from morphstudio.errors import FileError
from morphstudio.session_json import MOST_LOOPS

SESSION_MEMBER: Final = "session.json"
MODEL_MEMBER: Final = "model.safetensors"
MAX_JSON_BYTES: Final = 32 * 1024 * 1024
MAX_LOOP_BYTES: Final = 24 * 1024 * 1024
"""64 s of stereo float are 22.6 million bytes."""
MAX_MODEL_BYTES: Final = 512 * 1024 * 1024
MAX_FILE_BYTES: Final = 2**31 - 1
"""What Python writes as a zip without extensions."""

_LOOP_MEMBER: Final = re.compile(r"loops/[0-9]{4,5}\.(flac|wav)")
_HARMLESS: Final = re.compile(r"[a-z0-9_-]{1,64}(/[a-z0-9_-]{1,64})?(\.[a-z0-9]{1,16})?")
_END: Final = struct.Struct("<4s4H2LH")
_MOST_MEMBERS: Final = MOST_LOOPS + 100
_MOST_NAME_BYTES: Final = 200
_PIECE_BYTES = 1024 * 1024
_IS_ENCRYPTED: Final = 1
_ON_UNIX: Final = 3


class SessionArchive:
    """An opened session's file whose table of contents has been found to be in order.

    Parameters
    ----------
    archive : ZipFile
    members : dict
        By name.
    title, path : str, Path
        For sentences.
    """

    def __init__(
        self, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], title: str, path: Path
    ) -> None:
        self._archive, self._members = archive, members
        self._title, self._path = title, path

    @property
    def loops(self) -> frozenset[str]:
        """Names of the sounds in it."""
        return frozenset(name for name in self._members if _LOOP_MEMBER.fullmatch(name))

    @property
    def strangers(self) -> list[str]:
        """Names that this version knows nothing of."""
        known = self.loops | {SESSION_MEMBER, MODEL_MEMBER}
        return [name for name in self._members if name not in known]

    def holds(self, name: str) -> bool:
        """Whether there is such a member."""
        return name in self._members

    def size(self, name: str) -> int:
        """Of a member, in bytes."""
        return self._members[name].file_size

    def read(self, name: str, most_bytes: int) -> bytes:
        """Contents of a member, or its beginning where it is longer.

        Raises
        ------
        FileError
            If it is damaged.
        """
        with self._converted(), self._archive.open(self._members[name]) as source:
            return source.read(most_bytes)

    def copy(self, name: str, target: BinaryIO) -> None:
        """Write a member's bytes somewhere else, a piece at a time.

        Raises
        ------
        FileError
            If it is damaged.
        OSError
            If they cannot be written.
        """
        with self._converted(), self._archive.open(self._members[name]) as source:
            while piece := source.read(_PIECE_BYTES):
                target.write(piece)

    @contextmanager
    def _converted(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise damaged(self._title, self._path, "a part of it cannot be read") from error


def damaged(title: str, path: Path, reason: str) -> FileError:
    """What is said of a file that holds something it must not."""
    return FileError(
        title, f"{path.name} is not a session that can be opened: {reason}.", "Use another copy of it."
    )


@contextmanager
def opened_archive(path: Path, title: str) -> Iterator[SessionArchive]:
    """Open a session's file; its table of contents is in order, of what is in there nothing is known yet.

    Raises
    ------
    FileError
        If it is missing, cannot be read, or is no session's file.
    """
    try:
        if path.is_dir():
            raise FileError(title, f"{path} is a folder.", "Choose a file that ends in .morph.")
        if not path.is_file():
            raise FileError(title, f"There is no file {path}.", "Check the name and the folder.")
        with path.open("rb") as file:
            _check_end(file, path, title)
            try:
                archive = zipfile.ZipFile(file)
            except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
                raise damaged(title, path, "its table of contents is damaged") from error
            with archive:
                members = _checked_members(archive, path, title)
                yield SessionArchive(archive, members, title, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError(title, f"{path} cannot be read ({reason}).", "Check who may read it.") from error


def _check_end(file: BinaryIO, path: Path, title: str) -> None:
    """Bound the table of contents before it is read: it is read whole."""
    n_bytes = file.seek(0, 2)
    if n_bytes > MAX_FILE_BYTES:
        raise damaged(title, path, "it is larger than 2 GB")
    if n_bytes < _END.size:
        raise damaged(title, path, "it is empty or cut short" if n_bytes else "it is empty")
    file.seek(n_bytes - _END.size)
    mark, disk, first_disk, n_here, n_members, n_table, start, n_comment = _END.unpack(file.read(_END.size))
    file.seek(0)
    if mark != b"PK\x05\x06" or n_comment or disk or first_disk or n_here != n_members:
        raise damaged(title, path, "it is cut short, or no session at all")
    # Each entry is 46 bytes and its name; ours have nothing more.
    is_small = n_members <= _MOST_MEMBERS and n_table <= n_members * (46 + _MOST_NAME_BYTES)
    if not is_small or start + n_table != n_bytes - _END.size:
        raise damaged(title, path, "its table of contents is too large")


def _checked_members(archive: zipfile.ZipFile, path: Path, title: str) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    n_plain_bytes = 0
    for info in archive.infolist():
        problem = _problem_of(info, members)
        if problem:
            shown = "".join(letter if letter.isprintable() else "?" for letter in info.orig_filename[:80])
            raise damaged(title, path, f"“{shown}” in it {problem}")
        members[info.filename] = info
        n_plain_bytes += info.file_size if info.compress_type == zipfile.ZIP_STORED else 0
    if SESSION_MEMBER not in members:
        raise damaged(title, path, f"there is no {SESSION_MEMBER} in it")
    if n_plain_bytes > path.stat().st_size:
        raise damaged(title, path, "its parts overlap")
    return members


def _problem_of(info: zipfile.ZipInfo, known: dict[str, zipfile.ZipInfo]) -> str:
    """What is wrong with an entry; empty where nothing is."""
    name = info.filename
    # What the file has, not what Python made of it: it cuts at a zero and turns backslashes round.
    if name != info.orig_filename or not _HARMLESS.fullmatch(name):
        return "has a name that is not allowed"
    if name in known:
        return "is there twice"
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _ON_UNIX else 0
    if kind not in (0, stat.S_IFREG) or info.is_dir():
        return "is a link or something else that is no file"
    if info.flag_bits & _IS_ENCRYPTED:
        return "is locked by a password"
    may_be_smaller = name == SESSION_MEMBER
    allowed = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) if may_be_smaller else (zipfile.ZIP_STORED,)
    if info.compress_type not in allowed:
        return "is compressed, which it must not be"
    if info.compress_type == zipfile.ZIP_STORED and info.file_size != info.compress_size:
        return "has two sizes"
    limits = {SESSION_MEMBER: MAX_JSON_BYTES, MODEL_MEMBER: MAX_MODEL_BYTES}
    if info.file_size > limits.get(name, MAX_LOOP_BYTES):
        return "is too large"
    return ""
