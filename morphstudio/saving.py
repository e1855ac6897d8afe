"""Files that are whole or not there at all: written beside their place, then renamed."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from morphstudio.errors import FileError, MorphStudioError


@contextlib.contextmanager
def replacing(path: Path, temporary: Path) -> Iterator[BinaryIO]:
    """Open `temporary`, in the same folder, to be written; then it takes the place of `path`.

    Where writing fails, `path` stays as it was and `temporary` is removed.
    """
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def saving(path: Path) -> Iterator[BinaryIO]:
    """Open what is to become `path`; the file beside it always has the same name.

    So what a killed process left is overwritten by the next.

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    MorphStudioError
        If the disk is full.
    """
    title = f"Can't save {path.name}"
    try:
        with replacing(path, path.with_name(f".{path.name}.part")) as file:
            yield file
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise MorphStudioError(
                title, f"The disk is full, so {path.name} was not saved.", "Free some space."
            ) from error
        reason = error.strerror or os.strerror(error.errno or errno.EIO)
        raise FileError(
            title, f"{path} could not be written ({reason}).", "Choose another folder."
        ) from error
