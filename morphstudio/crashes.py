"""What is left of a process that died below Python: where it was, told at the next start. No Qt."""

from __future__ import annotations

import faulthandler
import logging
from pathlib import Path

from morphstudio.errors import MorphStudioError
from morphstudio.saving import saving

_WATCHED = "crashes.txt"
_KEPT = "last-crash.txt"
_DEADLY = ("Fatal Python error", "access violation", "stack overflow", "illegal instruction")
"""On Windows, faults that a library catches itself are written down, too; these it cannot survive."""
_MOST_BYTES = 200_000

_log = logging.getLogger(__name__)


def watch_for_crashes(folder: Path) -> None:
    """Have the interpreter write down where every thread was when the process dies of a native fault.

    Ask `last_crash` first. Without a writable folder nothing is written.

    Parameters
    ----------
    folder : Path
        Of the log.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Appended to, so that two running windows don't overwrite each other; kept open by faulthandler.
        faulthandler.enable((folder / _WATCHED).open("ab"))
    except OSError as error:
        _log.warning("Crashes are not written down: %s", error)


def last_crash(folder: Path) -> str | None:
    """Tell of a crash that nobody was told of yet: once.

    Parameters
    ----------
    folder : Path
        That `watch_for_crashes` was given.

    Returns
    -------
    str or None
        Where every thread was; also kept in `crash_path`. None where nothing crashed.
    """
    watched = folder / _WATCHED
    try:
        with watched.open("r+b") as file:
            content = file.read(_MOST_BYTES)
            file.truncate(0)
    except OSError:  # most often: there is none yet
        return None
    text = content.decode(errors="replace")
    if not any(words in text for words in _DEADLY):
        return None
    try:
        with saving(crash_path(folder)) as kept:
            kept.write(content)
    except MorphStudioError as error:
        _log.warning("The last crash was not kept: %s", error)
    _log.error("The process before this one crashed:\n%s", text)
    return text


def crash_path(folder: Path) -> Path:
    """File of the crash that `last_crash` told of last."""
    return folder / _KEPT
