"""A process that listens to files, one after the other: started by `analysis_pool`, told by pipes.

`--embedding FOLDER` has it make embeddings, too, with the weights that lie there.

Paths come pickled on stdin, one at a time; each is answered on stdout by its stamp and fingerprint, taken
before it is listened to, and then by its `Analysis`. Two activities: the main thread analyses; another reads
stdin, and ends the process as soon as the owner has closed it or is gone.

At the top nothing is imported that takes time: that is to happen at the lowest priority, too.
"""

from __future__ import annotations

import logging
import os
import pickle
import queue
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from morphstudio.child import leave_signals_to_owner, taken_stdout

if TYPE_CHECKING:
    from morphstudio.library.analysis import Analysis
    from morphstudio.library.embedding import Embedder

Analyse = Callable[[Path], "Analysis"]
Tell = Callable[[tuple[object, ...]], None]
"""Tells the owner something that is no answer: a name and its values."""

_Model = TypeVar("_Model")

_NICENESS = 19
_IDLE_PRIORITY_CLASS = 0x40
_TIDY_EVERY_S = 2.0


def serve(make_analyse: Callable[[Tell], Analyse]) -> int:
    """Answer the process that started this one until it is gone.

    Parameters
    ----------
    make_analyse : callable
        Makes what is called with each path; takes its time, and can tell the owner what is missing.
    """
    leave_signals_to_owner()
    answers = _Answers(taken_stdout())
    logging.getLogger().addHandler(_ToOwner(answers))
    paths: queue.SimpleQueue[Path] = queue.SimpleQueue()
    threading.Thread(target=_read_paths, args=(sys.stdin.buffer, paths), daemon=True).start()
    try:
        _answer_all(make_analyse, paths, answers)
    except BrokenPipeError:
        pass
    except Exception as error:  # noqa: BLE001 the process's boundary: only the owner can tell anyone
        with suppress(OSError):
            answers.tell(("failed", f"{type(error).__name__}: {error}"))
    # Libraries may have threads that are in the middle of something.
    os._exit(1)


class _Answers:
    """What the owner is told, from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._lock = stream, threading.Lock()

    def tell(self, message: tuple[object, ...]) -> None:
        content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        with self._lock:
            self._stream.write(content)
            self._stream.flush()


class _ToOwner(logging.Handler):
    """Has the owner log what happens here: several processes must not share one file."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__(logging.WARNING)
        self._answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            self._answers.tell(("logged", record.levelno, self.format(record)))


def lower_priority() -> None:
    """Have this process run only when nobody else wants to."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _IDLE_PRIORITY_CLASS)
        return
    with suppress(OSError):
        os.nice(_NICENESS)
    if sys.platform == "linux":
        # Nice alone lets it finish its slice before the audio callback.
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _answer_all(
    make_analyse: Callable[[Tell], Analyse], paths: queue.SimpleQueue[Path], answers: _Answers
) -> None:
    from morphstudio.library.analysis import Analysis
    from morphstudio.library.indexed_file import fingerprint_of, stamp_of
    from morphstudio.memory import give_back_freed_memory, give_back_libraries

    analyse = make_analyse(answers.tell)
    answers.tell(("ready",))
    tidied_s, is_settled = time.monotonic(), False
    while True:
        path = paths.get()
        try:
            stamp = stamp_of(path.stat())
        except (OSError, ValueError):
            answers.tell(("gone",))
            continue
        answers.tell(("reading", stamp, fingerprint_of(path)))
        try:
            analysis = analyse(path)
        except Exception as error:  # noqa: BLE001 one strange file must not end the listening
            problem = f"{type(error).__name__}: {error}"
            analysis = Analysis(error=f"{path.name} could not be analysed: {problem}")
        answers.tell(("analysed", analysis))
        if time.monotonic() > tidied_s + _TIDY_EVERY_S:
            give_back_freed_memory()
            if not is_settled:  # compilers and readers have done what they do once
                give_back_libraries()
                is_settled = True
            tidied_s = time.monotonic()


def _read_paths(messages: BinaryIO, paths: queue.SimpleQueue[Path]) -> None:
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            paths.put(pickle.load(messages))
    os._exit(0)


def make_analyse(tell: Tell, embedding_folder: Path | None = None) -> Analyse:
    """What listens, with the models that ship, and the weights of the embedding; imports torch."""
    from morphstudio.memory import give_back_libraries, keep_freed_memory
    from morphstudio.threads import share_cores

    share_cores()
    keep_freed_memory()
    import torch

    torch.set_num_threads(1)
    from morphstudio.library.analyser import Analyser
    from morphstudio.model.pitch_class import PitchClassifier
    from morphstudio.model.tagger import Tagger
    from morphstudio.paths import resources_dir

    models = resources_dir() / "models"
    tagger = _loaded(Tagger.load, models / "kinds.safetensors")
    pitch_classes = _loaded(PitchClassifier.load, models / "pitch_class.safetensors")
    embedder = None if embedding_folder is None else _embedder(embedding_folder, tell)
    analyser = Analyser(tagger, pitch_classes, embedder)
    give_back_libraries()
    return analyser.analyse


def _embedder(folder: Path, tell: Tell) -> Embedder | None:
    """The network; None where it cannot be read, which the owner is told, for who chose it is to know."""
    from torchaudio.pipelines import WAV2VEC2_BASE

    from morphstudio.errors import ModelError
    from morphstudio.library.embedding import Embedder

    try:
        return Embedder(WAV2VEC2_BASE, folder)
    except ModelError as error:
        tell(("no embedding", error.title, error.message, error.hint))
        return None


def _loaded(load: Callable[[Path], _Model], path: Path) -> _Model | None:
    """A model; None where it cannot be read, for all else is told without it."""
    from morphstudio.errors import ModelError

    try:
        return load(path)
    except ModelError:
        return None


if __name__ == "__main__":
    lower_priority()
    folder = Path(sys.argv[2]) if sys.argv[1:2] == ["--embedding"] else None
    sys.exit(serve(partial(make_analyse, embedding_folder=folder)))
