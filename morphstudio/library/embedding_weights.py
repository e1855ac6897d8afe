"""The file of the optional embedding: its size, whether it is there, fetching it. No Qt, no torch."""

from __future__ import annotations

import errno
import http.client
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from morphstudio.errors import MorphStudioError
from morphstudio.saving import saving

_CHUNK_BYTES = 1 << 18
_TIMEOUT_S = 20.0
_SIZE_SLACK = 0.02
_TITLE = "Can't fetch the neural embedding"


@dataclass(frozen=True, slots=True)
class EmbeddingWeights:
    """A file of weights that is somewhere else.

    Parameters
    ----------
    name : str
        What people call it.
    file_name : str
        What it is called in the user's folder.
    url : str
    n_bytes : int
        What people are told before they fetch it. What comes may differ by 2 %.
    """

    name: str
    file_name: str
    url: str
    n_bytes: int

    @property
    def size_mb(self) -> int:
        """In millions of bytes, as the page about storage counts."""
        return round(self.n_bytes / 1e6)


WAV2VEC2 = EmbeddingWeights(
    "wav2vec 2.0",
    "wav2vec2_base.pth",
    "https://download.pytorch.org/torchaudio/models/wav2vec2_fairseq_base_ls960.pth",
    # 377,483,776 bytes of weights (torchaudio's WAV2VEC2_BASE, four bytes each) and what is around them;
    # torchaudio's documentation says 360M, which are 1,048,576 bytes each.
    377_570_000,
)


def is_there(weights: EmbeddingWeights, folder: Path) -> bool:
    """Whether the whole file is in the folder; what was fetched in part never is."""
    try:
        return _is_right_size(weights, (folder / weights.file_name).stat().st_size)
    except OSError:
        return False


def download(
    weights: EmbeddingWeights,
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Fetch the file; nothing in it is run or read.

    Parameters
    ----------
    weights : EmbeddingWeights
    folder : Path
        Made where it is not there.
    progress : callable
        Gets the bytes that have come, and all bytes.
    is_cancelled : callable
        Asked between two pieces.

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
    try:
        with _opened(weights) as answer:
            total = _length(answer) or weights.n_bytes
            if not _is_right_size(weights, total):
                raise _other_file(weights)
            with saving(folder / weights.file_name) as file:
                done = 0
                progress(done, total)
                while piece := _read(answer):
                    if is_cancelled():
                        raise _CancelledError
                    done += len(piece)
                    if done > total * (1 + _SIZE_SLACK):
                        raise _other_file(weights)
                    file.write(piece)
                    progress(done, total)
                if done != (_length(answer) or done) or not _is_right_size(weights, done):
                    raise _broken_off()
    except _CancelledError:
        return False
    return True


class _CancelledError(Exception):
    """Leaves the file that is being written."""


def _opened(weights: EmbeddingWeights) -> http.client.HTTPResponse:
    try:
        answer: http.client.HTTPResponse = urllib.request.urlopen(weights.url, timeout=_TIMEOUT_S)
    except urllib.error.HTTPError as error:
        error.close()
        sentence = f"The server does not hand out {weights.name} (it answered {error.code})."
        raise MorphStudioError(_TITLE, sentence, "Try again later.") from error
    except (OSError, http.client.HTTPException) as error:
        sentence = f"The server of {weights.name} could not be reached."
        raise MorphStudioError(_TITLE, sentence, "Check the internet connection and try again.") from error
    return answer


def _read(answer: http.client.HTTPResponse) -> bytes:
    try:
        return answer.read(_CHUNK_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise _broken_off() from error


def _length(answer: http.client.HTTPResponse) -> int | None:
    said = answer.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() else None


def _is_right_size(weights: EmbeddingWeights, n_bytes: int) -> bool:
    return abs(n_bytes - weights.n_bytes) <= _SIZE_SLACK * weights.n_bytes


def _make_room(weights: EmbeddingWeights, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        reason = error.strerror or errno.errorcode.get(error.errno or 0, "unknown")
        sentence = f"The folder {folder} could not be made ({reason})."
        raise MorphStudioError(_TITLE, sentence, "Make it yourself and try again.") from error
    if free < weights.n_bytes:
        sentence = f"The disk has no room for {weights.size_mb} MB in {folder}."
        raise MorphStudioError(_TITLE, sentence, "Free some space and try again.")


def _broken_off() -> MorphStudioError:
    sentence = "The connection broke off before the whole file was there."
    return MorphStudioError(_TITLE, sentence, "Check the internet connection and try again.")


def _other_file(weights: EmbeddingWeights) -> MorphStudioError:
    sentence = f"The server sent something that is not {weights.name}: its size is wrong."
    return MorphStudioError(_TITLE, sentence, "Try again later.")
