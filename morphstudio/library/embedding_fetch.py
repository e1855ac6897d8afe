"""`python -m morphstudio.library.embedding_fetch FOLDER`: a process that fetches the embedding's weights.

torchaudio knows where they are, and torch's hub fetches them; they are read once, so that what is broken is
found now. Where it fails, stdout has a sentence and a hint, as JSON. It leaves when stdin is closed, as it is
when the process that started it ends. Loads torch.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import json
import os
import pickle
import shutil
import socket
import sys
import threading
import urllib.error
from pathlib import Path

from morphstudio.errors import MorphStudioError
from morphstudio.library.embedding import EmbeddingBundle, loading_options
from morphstudio.library.embedding_weights import FETCH_TITLE, WAV2VEC2, EmbeddingWeights

_SILENCE_S = 30.0
"""A server that says nothing for so long is gone."""
_CHECK = "Check the internet connection and try again."
_BROKEN_OFF = "The connection broke off before the whole file was there."


def fetch(bundle: EmbeddingBundle, folder: Path, weights: EmbeddingWeights = WAV2VEC2) -> None:
    """Have a bundle fetch its weights to a folder, and look whether they are what it needs.

    Parameters
    ----------
    bundle : EmbeddingBundle
    folder : Path
        Without the file, which would not be fetched then.
    weights : EmbeddingWeights

    Raises
    ------
    MorphStudioError
        If they do not come whole, or something else comes.
    """
    socket.setdefaulttimeout(_SILENCE_S)
    try:
        bundle.get_model(dl_kwargs=loading_options(folder, weights))
    except urllib.error.HTTPError as error:
        error.close()
        sentence = f"The server does not hand out {weights.name} (it answered {error.code})."
        raise MorphStudioError(FETCH_TITLE, sentence, "Try again later.") from error
    except urllib.error.URLError as error:
        sentence = f"The server of {weights.name} could not be reached."
        raise MorphStudioError(FETCH_TITLE, sentence, _CHECK) from error
    except (ConnectionError, TimeoutError, http.client.HTTPException) as error:
        raise MorphStudioError(FETCH_TITLE, _BROKEN_OFF, _CHECK) from error
    except OSError as error:
        if (folder / weights.file_name).exists():  # torch calls half of a file an invalid argument
            raise _unusable(folder / weights.file_name, weights) from error
        raise _unwritten(error, folder, weights) from error
    except (pickle.UnpicklingError, RuntimeError, EOFError, KeyError, ValueError) as error:
        raise _unusable(folder / weights.file_name, weights) from error
    if not weights.fits((folder / weights.file_name).stat().st_size):
        raise _unusable(folder / weights.file_name, weights)


def _unwritten(error: OSError, folder: Path, weights: EmbeddingWeights) -> MorphStudioError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        sentence = f"The disk is full: there is no room for {weights.size_mb} MB."
        return MorphStudioError(FETCH_TITLE, sentence, "Free some space and try again.")
    sentence = f"{weights.name} could not be kept in {folder.parent} ({error.strerror or error})."
    return MorphStudioError(FETCH_TITLE, sentence, "Check who may write there.")


def _unusable(path: Path, weights: EmbeddingWeights) -> MorphStudioError:
    """Half of it, for torch's hub takes what came before a connection ended for all; or something else."""
    with contextlib.suppress(OSError):
        n_bytes = path.stat().st_size
        if n_bytes < weights.n_bytes and not weights.fits(n_bytes):
            return MorphStudioError(FETCH_TITLE, _BROKEN_OFF, _CHECK)
    sentence = f"The server sent something that is not {weights.name}."
    return MorphStudioError(FETCH_TITLE, sentence, "Try again later.")


def main(bundle: EmbeddingBundle, folder: Path, weights: EmbeddingWeights = WAV2VEC2) -> int:
    """Fetch, and say on stdout why it failed; returns the exit status."""
    threading.Thread(target=_leave_with_owner, args=(folder,), daemon=True).start()
    try:
        with contextlib.redirect_stdout(sys.stderr):  # where hub says what it does
            fetch(bundle, folder, weights)
    except MorphStudioError as error:
        print(json.dumps((error.message, error.hint)), flush=True)  # noqa: T201 that is how the owner hears
        return 1
    return 0


def _leave_with_owner(folder: Path) -> None:
    while os.read(0, 1):  # not by sys.stdin, whose lock the end of the program would wait for
        pass
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    from torchaudio.pipelines import WAV2VEC2_BASE

    sys.exit(main(WAV2VEC2_BASE, Path(sys.argv[1])))
