"""A lock that one process has and that is free when it ends, however it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class ProcessLock:
    """A file of which one holder at a time has the lock, in this process too.

    Parameters
    ----------
    path : Path
        Is made where it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is held by this object."""
        return self._file is not None

    def acquire(self) -> bool:
        """Take the lock; tells whether it was free.

        Raises
        ------
        OSError
            If the file cannot be made.
        """
        file = self._path.open("ab")
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self, *, remove: bool = False) -> None:
        """Give the lock back, and take the file away where it is used no more."""
        if self._file is None:
            return
        if remove and sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        self._file.close()
        self._file = None
        if remove and sys.platform == "win32":
            self._path.unlink(missing_ok=True)
