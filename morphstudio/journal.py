"""Every change of a session, on the disk within two seconds; after a crash the next start offers it. No Qt.

Each window has a folder of its own and a lock beside it. In the folder is a journal: whole small states, one
a line with its checksum, appended, and now and then written anew. Whoever dies leaves the folder,
and its lock is free; a window that closes in peace takes it away. There is also what the state needs
and might be lost: the tuned model, and what came out of an opened session's file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final

from morphstudio.checked_values import BadValueError, CheckedObject, parse_json
from morphstudio.errors import FileError, MorphStudioError
from morphstudio.locking import ProcessLock
from morphstudio.paths import user_dir
from morphstudio.saving import saving
from morphstudio.session_document import ModelReference, SessionDocument
from morphstudio.session_json import from_parsed, to_json
from morphstudio.session_opened import OpenedSession, missing_of

_log = logging.getLogger(__name__)

_JOURNAL: Final = "journal.jsonl"
_FOLDER = re.compile(r"[0-9]+-[0-9a-f]{8}")
_INTERVAL_S: Final = 1.0
"""Between two states on the disk: with the time that writing takes, less than two seconds."""
_COMPACT_BYTES: Final = 4 * 1024 * 1024
_LINES_PER_COMPACTION: Final = 16
_MOST_BYTES: Final = 256 * 1024 * 1024
_CHECKSUM_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class _Entry:
    """A state that waits to be written."""

    document: SessionDocument
    path: Path | None
    is_saved: bool
    is_collected: bool


@dataclass(frozen=True, slots=True)
class Recovered:
    """The last state of a window that did not close in peace.

    Parameters
    ----------
    folder : Path
        Of its journal; what the state needs may be in there.
    opened : OpenedSession
        As if it had been opened from a file.
    is_saved : bool
        Whether the session's file holds all of it.
    changed_s : float
        When it was written, in seconds since 1970.
    """

    folder: Path
    opened: OpenedSession
    is_saved: bool
    changed_s: float


def journals_dir() -> Path:
    """Where the journals of all windows are."""
    return user_dir() / "journals"


def recoverable(root: Path) -> list[Recovered]:
    """States that windows left which are no more, the newest first.

    Journals of dead windows in which there is no state are taken away.
    """
    found = []
    for folder in _folders(root):
        lock = ProcessLock(_lock_path(folder))
        try:
            if not lock.acquire():
                continue  # its window is alive
        except OSError as error:
            _log.warning("%s cannot be locked: %s", folder, error)
            continue
        recovered = _last_state(folder)
        if recovered is None:
            _log.warning("there is no state in %s", folder)
            _remove(folder)
            lock.release(remove=True)
            continue
        lock.release()
        found.append(recovered)
    return sorted(found, key=lambda state: state.changed_s, reverse=True)


def discard(recovered: Recovered) -> None:
    """Take a state away that nobody wants; one that a window has taken over stays."""
    lock = ProcessLock(_lock_path(recovered.folder))
    with contextlib.suppress(OSError):
        if lock.acquire():
            _remove(recovered.folder)
            lock.release(remove=True)


class Journal:
    """The journal of one window. All methods are for one thread; writing has a thread of its own.

    Parameters
    ----------
    root : Path
        As `journals_dir`; need not be there.
    interval_s : float
        At least so long between two writes.
    resumes : Recovered or None
        The state that goes on here: its folder becomes this window's.

    Raises
    ------
    FileError
        If the folder cannot be made, or another window has it.
    """

    def __init__(
        self, root: Path, *, interval_s: float = _INTERVAL_S, resumes: Recovered | None = None
    ) -> None:
        self._interval_s = interval_s
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._folder = resumes.folder if resumes is not None else root / name
        self._lock = ProcessLock(_lock_path(self._folder))
        self._file: BinaryIO | None = None
        self._n_bytes = 0
        self._models: dict[tuple[Path, int, int], Path] = {}
        self._model_before: Path | None = None
        self._condition = threading.Condition()
        self._waiting: _Entry | None = None
        self._last: _Entry | None = None
        self._is_writing = self._is_hurried = self._is_closing = False
        self._problem: MorphStudioError | None = None
        self._prepare()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    @property
    def folder(self) -> Path:
        """Of this window alone: what comes out of an opened session's file belongs below it."""
        return self._folder

    @property
    def path(self) -> Path:
        """The journal's file."""
        return self._folder / _JOURNAL

    @property
    def problem(self) -> MorphStudioError | None:
        """Why the last state is not on the disk; None while all is well."""
        with self._condition:
            return self._problem

    def record(
        self,
        document: SessionDocument,
        *,
        path: Path | None = None,
        is_saved: bool = False,
        is_collected: bool = False,
    ) -> None:
        """Have a state written soon; returns at once. Of several, the last is written.

        Parameters
        ----------
        document : SessionDocument
        path : Path or None
            The session's file, if it has one.
        is_saved : bool
            Whether the file holds all of it.
        is_collected : bool
            As in `OpenedSession`.
        """
        entry = _Entry(document, path, is_saved, is_collected)
        with self._condition:
            if entry != self._last and not self._is_closing:
                self._last = self._waiting = entry
                self._condition.notify_all()

    def flush(self, timeout_s: float = 5.0) -> bool:
        """Wait until the last state is on the disk; tells whether it is."""
        with self._condition:
            self._is_hurried = True
            self._condition.notify_all()
            self._condition.wait_for(lambda: self._is_idle() or self._problem is not None, timeout_s)
            self._is_hurried = False
            return self._is_idle() and self._problem is None

    def close_cleanly(self) -> None:
        """End, and take the journal away: nothing is to be recovered. After an end it does nothing."""
        self._end()
        if self._lock.is_held:  # else it is for the next start, or another window's by now
            _remove(self._folder)
            self._lock.release(remove=True)

    def leave(self) -> None:
        """End, and leave the last state for the next start; `close_cleanly` changes nothing of that."""
        self.flush()
        self._end()
        self._lock.release()

    # --- the thread that writes -----------------------------------------------------------------

    def _is_idle(self) -> bool:
        return (self._waiting is None and not self._is_writing) or not self._thread.is_alive()

    def _end(self) -> None:
        with self._condition:
            self._is_closing = True
            self._condition.notify_all()
        self._thread.join()
        self._close_file()

    def _run(self) -> None:
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._waiting is not None or self._is_closing)
                if self._is_closing:
                    return
                entry, self._waiting, self._is_writing = self._waiting, None, True
            assert entry is not None
            problem = self._tried(entry)
            with self._condition:
                self._problem, self._is_writing = problem, False
                if problem is not None:
                    self._waiting = self._waiting or entry  # it may work the next time
                self._condition.notify_all()
                self._condition.wait_for(lambda: self._is_closing or self._is_hurried, self._interval_s)

    def _tried(self, entry: _Entry) -> MorphStudioError | None:
        title = "Changes are not kept"
        try:
            self._write(entry)
        except MorphStudioError as error:
            problem = error
        except OSError as error:
            reason = error.strerror or str(error)
            problem = FileError(
                title, f"{self.path} could not be written ({reason}).", "Save the session now."
            )
        except (ValueError, TypeError, OverflowError) as error:
            _log.exception("a state cannot be written")
            problem = FileError(
                title, f"{self.path} cannot hold the session: {error}.", "Save the session now."
            )
        else:
            return None
        _log.warning("the journal was not written: %s", problem)
        return problem

    def _write(self, entry: _Entry) -> None:
        document = replace(entry.document, model=self._kept(entry.document.model))
        content: dict[str, Any] = {
            "changed_s": time.time(),
            "path": None if entry.path is None else str(entry.path.absolute()),
            "is_saved": entry.is_saved,
            "is_collected": entry.is_collected,
            "session": to_json(document),
        }
        from_parsed(content["session"])  # what could not be read again would be no help
        text = json.dumps(content, allow_nan=False, separators=(",", ":")).encode()
        line = _checksum(text) + b" " + text + b"\n"
        if self._n_bytes + len(line) > max(_COMPACT_BYTES, _LINES_PER_COMPACTION * len(line)):
            self._close_file()
            with saving(self.path) as anew:
                anew.write(line)
            self._n_bytes = len(line)
        else:
            if self._file is None:
                self._file = self.path.open("ab")
            # What was cut short before ends here, so that this line is one of its own.
            self._file.write(b"\n" + line)
            self._file.flush()
            os.fsync(self._file.fileno())
            self._n_bytes += len(line) + 1
        self._drop_models(document.model)

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _kept(self, model: ModelReference | None) -> ModelReference | None:
        """The model, in a copy that nobody else takes away; as it is where it cannot be copied."""
        if model is None or model.path.is_relative_to(self._folder):
            return model
        try:
            facts = model.path.stat()
            key = (model.path, facts.st_mtime_ns, facts.st_size)
            if key not in self._models:
                copy = self._folder / f"model-{secrets.token_hex(4)}.safetensors"
                with model.path.open("rb") as source, saving(copy) as target:
                    shutil.copyfileobj(source, target)
                self._models[key] = copy
        except (OSError, MorphStudioError) as error:
            _log.warning("the model %s cannot be kept: %s", model.path, error)
            return model
        return replace(model, path=self._models[key])

    def _drop_models(self, current: ModelReference | None) -> None:
        """Take copies away that neither this state nor the one before it needs."""
        path = None if current is None else current.path
        needed = {path, self._model_before}
        for key, copy in list(self._models.items()):
            if copy not in needed:
                copy.unlink(missing_ok=True)
                del self._models[key]
        self._model_before = path

    def _prepare(self) -> None:
        title = "Changes cannot be kept"
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            if not self._lock.acquire():
                raise FileError(
                    title, f"Another window has the session in {self._folder}.", "Go on in that window."
                )
            self._folder.mkdir(exist_ok=True)
            self._n_bytes = self.path.stat().st_size if self.path.exists() else 0
        except OSError as error:
            self._lock.release(remove=True)
            reason = error.strerror or str(error)
            raise FileError(
                title, f"The folder {self._folder} cannot be made ({reason}).", "Save often."
            ) from error


def _folders(root: Path) -> Iterator[Path]:
    try:
        entries = sorted(root.iterdir())
    except OSError:  # nothing was ever kept
        return
    for entry in entries:
        if _FOLDER.fullmatch(entry.name) and entry.is_dir() and not entry.is_symlink():
            yield entry


def _lock_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _remove(folder: Path) -> None:
    # The journal first: a folder without one is nothing that would be offered.
    with contextlib.suppress(OSError):
        (folder / _JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _checksum(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_CHECKSUM_BYTES).hexdigest().encode()


def _last_state(folder: Path) -> Recovered | None:
    """The last line of a journal that is whole and makes sense."""
    path = folder / _JOURNAL
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        _log.warning("%s cannot be read: %s", path, error)
        return None
    for line in reversed(lines):
        checksum, _, text = line.partition(b" ")
        if not text or checksum != _checksum(text):
            continue
        try:
            opened, is_saved, changed_s = _parsed(text)
        except BadValueError as error:
            _log.warning("a state in %s makes no sense: %s", path, error)
            continue
        return Recovered(folder, opened, is_saved, changed_s)
    return None


def _parsed(text: bytes) -> tuple[OpenedSession, bool, float]:
    raw = CheckedObject(parse_json(text), "the journal")
    path = Path(raw.path("path", 8_000)) if raw.has("path") else None
    is_saved, is_collected = raw.flag("is_saved"), raw.flag("is_collected")
    changed_s = raw.number("changed_s", 0.0, 1e12)
    read = from_parsed(raw.inner("session").rest())
    opened = OpenedSession(path, read.document, missing_of(read.document), is_collected, read.version)
    return opened, is_saved, changed_s
