"""Tuning seen from outside: the command that does it, what it reads and what it says. No Qt, no torch.

Tuning runs as `morphstudio train` in a process of its own; the window starts that and reads its lines.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.export import write_wav
from morphstudio.errors import FileError
from morphstudio.saving import saving

TUNING_S = 60.0
"""How long a model learns the loops on the pad."""
_MAX_ARGUMENT_CHARACTERS = 20_000
"""Windows takes a command line of 32 767."""


@dataclass(frozen=True, slots=True)
class TuneProgress:
    """One line of a tuning process.

    `first_error_db` is the log-mel error on the loops before tuning, `best_error_db` the least since,
    `error_db` that of now where it was just measured.
    """

    elapsed_s: float
    total_s: float
    error_db: float | None
    first_error_db: float | None
    best_error_db: float | None


def parse_progress(line: str) -> TuneProgress | None:
    """Read a line of the process's output; None where it is no progress.

    >>> parse_progress('{"stage": "tuning", "elapsed_s": 3, "total_s": 60, "log_mel_error_db": null}')
    TuneProgress(elapsed_s=3.0, total_s=60.0, error_db=None, first_error_db=None, best_error_db=None)
    >>> parse_progress("warning: something")
    """
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or content.get("stage") != "tuning":
        return None
    elapsed_s, total_s = _number(content.get("elapsed_s")), _number(content.get("total_s"))
    if elapsed_s is None or total_s is None:
        return None
    return TuneProgress(
        elapsed_s,
        total_s,
        _number(content.get("log_mel_error_db")),
        _number(content.get("first_log_mel_error_db")),
        _number(content.get("best_log_mel_error_db")),
    )


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None  # type: ignore[arg-type]


def parse_failure(stderr: str) -> str:
    r"""Sentence that a failed process left on stderr; empty where it left none.

    >>> parse_failure("Loading\nmorphstudio: a.wav is damaged. Remove it.\n")
    'a.wav is damaged. Remove it.'
    """
    prefix = "morphstudio: "
    said = [line.removeprefix(prefix) for line in stderr.splitlines() if line.startswith(prefix)]
    said = [line for line in said if not line.startswith("skipped: ")]
    return said[-1].strip() if said else ""


def write_missing(clips: Sequence[AudioClip], folder: Path) -> list[Path]:
    """Files of these clips; those without one are written into `folder`, as float.

    Raises
    ------
    MorphStudioError
        If the folder cannot be written to.
    """
    paths: list[Path] = []
    n_characters = 0
    for index, clip in enumerate(clips):
        path = clip.path.absolute() if clip.path is not None else None
        if path is None or not path.is_file() or n_characters > _MAX_ARGUMENT_CHARACTERS:
            # All that does not fit into the command line comes in one folder.
            path = folder / f"sound {index + 1}.wav"
            write_wav(path, clip.samples, bits=32)
            if folder not in paths:
                paths.append(folder)
            continue
        n_characters += len(str(path)) + 3
        paths.append(path)
    return paths


def tune_arguments(sounds: Sequence[Path], start: Path | None, seconds: float, out: Path) -> list[str]:
    """Arguments of `morphstudio` that tune a model on sounds.

    Parameters
    ----------
    sounds : sequence of Path
        Files and folders.
    start : Path or None
        Model to start from; None is the factory's.
    seconds : float
    out : Path
        Where the best model goes.
    """
    begin = "factory" if start is None else str(start)
    options = ["--from", begin, "--seconds", f"{seconds:g}", "--json", "-o", str(out)]
    return ["train", *(str(path) for path in sounds), *options]


def copy_model(source: Path, target: Path) -> None:
    """Copy a model file, so that a half-written one never stands at `target`.

    Raises
    ------
    FileError
        If `source` has gone, or `target` cannot be written.
    MorphStudioError
        If the disk is full.
    """
    if not source.is_file():
        raise FileError(
            f"Can't save {target.name}",
            f"The model's own file {source.name} has gone.",
            "Open or tune it again.",
        )
    if target.exists() and target.samefile(source):
        return
    with source.open("rb") as content, saving(target) as file:
        shutil.copyfileobj(content, file)
