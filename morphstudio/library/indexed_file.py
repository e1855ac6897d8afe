"""A sound file as the index knows it: what tells that it is the same, and what was heard of it. No Qt."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from morphstudio.library.analysis import Analysis

_END_BYTES: Final = 65_536


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes with a file's content, known without opening it: size in bytes, and time of writing."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, eq=False)
class IndexedFile:
    """A file, all that is known of it included.

    Parameters
    ----------
    path : str
        Absolute, links in it left as they are.
    stamp : Stamp
        Of the content that was listened to, or is to be.
    added_s : float
        When it was added, in seconds since the epoch.
    is_missing : bool
        Whether it was not there when it was looked for.
    analysis : Analysis or None
        None while it was not listened to in this `ANALYSIS_VERSION`.
    fingerprint : bytes
        Of its content (`fingerprint_of`); empty where nobody opened it. By it a file is
        recognised that has moved.
    """

    path: str
    stamp: Stamp
    added_s: float
    is_missing: bool = False
    analysis: Analysis | None = None
    fingerprint: bytes = b""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """As much of an `IndexedFile` as a rescan compares."""

    stamp: Stamp
    added_s: float
    is_missing: bool
    is_heard: bool
    """Whether it was listened to in this `ANALYSIS_VERSION`."""
    fingerprint: bytes


def stamp_of(status: os.stat_result) -> Stamp:
    """Stamp of a file, from what the system says of it."""
    return Stamp(status.st_size, status.st_mtime_ns)


def fingerprint_of(path: str | Path) -> bytes:
    """16 bytes of BLAKE2b over a file's size, its first and its last 64 KiB; empty where it cannot be read.

    Two sounds of one length that begin and end alike for 64 KiB, and differ between, share it.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 paths are strings here
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.blake2b(str(size).encode(), digest_size=16)
            digest.update(file.read(_END_BYTES))
            if size > _END_BYTES:
                file.seek(max(_END_BYTES, size - _END_BYTES))
                digest.update(file.read(_END_BYTES))
    except (OSError, ValueError):
        return b""
    return digest.digest()


def is_text(path: str) -> bool:
    """Whether a name is valid text; on Linux, one of an old archive may be any bytes."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
