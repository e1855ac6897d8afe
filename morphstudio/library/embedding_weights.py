"""The file of the optional embedding: its size, whether it is there, having it fetched. No Qt, no torch.

A process of its own fetches (`embedding_fetch`), for it is torchaudio that knows where the file is. It gets
a folder that nobody else writes to; what lies there becomes the file when it is whole, and goes else.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from morphstudio.errors import MorphStudioError

FETCH_COMMAND: Final = (sys.executable, "-m", "morphstudio.library.embedding_fetch")
FETCH_TITLE: Final = "Can't fetch the neural embedding"

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_SIZE_SLACK = 0.02
_LOOK_EVERY_S = 0.1
_PART_PREFIX = "fetch-"
_LEFT_AFTER_S = 3600.0
"""What nobody has written to for so long was left by a program that was ended."""


@dataclass(frozen=True, slots=True)
class EmbeddingWeights:
    """A file of weights that is somewhere else.

    Parameters
    ----------
    name : str
        What people call it.
    file_name : str
        What it is called in the user's folder.
    n_bytes : int
        What people are told before they fetch it. What comes may differ by 2 %.
    """

    name: str
    file_name: str
    n_bytes: int

    @property
    def size_mb(self) -> int:
        """In millions of bytes, as the page about storage counts."""
        return round(self.n_bytes / 1e6)

    def fits(self, n_bytes: int) -> bool:
        """Whether a file of this size may be the whole one."""
        return abs(n_bytes - self.n_bytes) <= _SIZE_SLACK * self.n_bytes


WAV2VEC2: Final = EmbeddingWeights(
    "wav2vec 2.0",
    "wav2vec2_base.pth",
    # 377,483,776 bytes of weights (torchaudio's WAV2VEC2_BASE, four bytes each) and what is around them;
    # torchaudio's documentation says 360M, which are 1,048,576 bytes each.
    377_570_000,
)


def is_there(weights: EmbeddingWeights, folder: Path) -> bool:
    """Whether the whole file is in the folder; what was fetched in part never is."""
    return weights.fits(_size(folder / weights.file_name))


def remove(weights: EmbeddingWeights, folder: Path) -> None:
    """Delete the file, where it is there.

    Raises
    ------
    MorphStudioError
        If it cannot be deleted.
    """
    path = folder / weights.file_name
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        sentence = f"{path} could not be deleted ({_reason(error)})."
        hint = "Close the program that uses it and try again."
        raise MorphStudioError("Can't delete the neural embedding", sentence, hint) from error


def download(
    weights: EmbeddingWeights,
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    command: Sequence[str] = FETCH_COMMAND,
) -> bool:
    """Fetch the file; it is looked at by then, and nothing in it was run.

    Parameters
    ----------
    weights : EmbeddingWeights
    folder : Path
        Made where it is not there.
    progress : callable
        Gets the bytes that have come, and all bytes.
    is_cancelled : callable
        Asked some times a second.
    command : sequence of str
        What fetches; it is told a folder, to which it writes the file.

    Returns
    -------
    bool
        False where it was cancelled: then nothing is left in the folder.

    Raises
    ------
    MorphStudioError
        If there is no connection, no room, or something else came.
    """
    if is_there(weights, folder):
        return True
    if is_cancelled():
        return False
    _make_room(weights, folder)
    part = Path(tempfile.mkdtemp(prefix=_PART_PREFIX, dir=folder))
    try:
        if not _fetched(weights, part, progress, is_cancelled, command):
            return False
        (part / weights.file_name).replace(folder / weights.file_name)
    except OSError as error:
        sentence = f"{weights.name} could not be kept in {folder} ({_reason(error)})."
        raise MorphStudioError(FETCH_TITLE, sentence, "Check who may write there.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return True


def _fetched(
    weights: EmbeddingWeights,
    part: Path,
    progress: Callable[[int, int], None],
    is_cancelled: Callable[[], bool],
    command: Sequence[str],
) -> bool:
    """Whether the whole file came; False where somebody cancelled."""
    paths = [str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        (*command, str(part)),
        stdin=subprocess.PIPE,  # closed with this process, even where that is killed: then it leaves
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        try:
            while process.poll() is None:
                if is_cancelled():
                    return False
                progress(min(_size_in(part), weights.n_bytes), weights.n_bytes)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK_EVERY_S)
        finally:
            process.kill()
        assert process.stdout is not None
        said = process.stdout.read()
    if process.returncode or not weights.fits(_size(part / weights.file_name)):
        raise _error_of(said)
    progress(weights.n_bytes, weights.n_bytes)
    return True


def _error_of(said: bytes) -> MorphStudioError:
    """What the process said before it ended: a sentence and a hint, as JSON."""
    try:
        sentence, hint = map(str, json.loads(said))
    except ValueError:
        sentence, hint = "The part of MorphStudio that fetches has ended by itself.", "Try again."
    return MorphStudioError(FETCH_TITLE, sentence, hint)


def _make_room(weights: EmbeddingWeights, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{_PART_PREFIX}*"):
            if time.time() - max(path.stat().st_mtime for path in (left, *left.glob("*"))) > _LEFT_AFTER_S:
                shutil.rmtree(left, ignore_errors=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        sentence = f"The folder {folder} could not be made ({_reason(error)})."
        raise MorphStudioError(FETCH_TITLE, sentence, "Make it yourself and try again.") from error
    if free < weights.n_bytes:
        sentence = f"The disk has no room for {weights.size_mb} MB in {folder}."
        raise MorphStudioError(FETCH_TITLE, sentence, "Free some space and try again.")


def _size(path: Path) -> int:
    """In bytes; 0 where there is no such file."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _size_in(folder: Path) -> int:
    try:
        return sum(map(_size, folder.iterdir()))
    except OSError:
        return 0


def _reason(error: OSError) -> str:
    return error.strerror or errno.errorcode.get(error.errno or 0, "unknown")
