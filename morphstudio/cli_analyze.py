"""The `analyze` command: listens to sound files and tells what each of them is."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from morphstudio.errors import FileError, InputError

if TYPE_CHECKING:
    from morphstudio.library.analysis import Analysis


def analyze(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="Sound file, or folder of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Tell tempo, key, pitch, kind, brightness and loudness of sound files."""
    files = _files(path)

    from morphstudio.library.analyser import shipped_analyser

    analyser = shipped_analyser()
    n_read = 0
    rows: list[tuple[Path, Analysis]] = []
    waiting = files if as_json else track(files, "Listening", console=Console(stderr=True), transient=True)
    for file in waiting:
        found = analyser.analyse(file)
        n_read += not found.error
        if as_json:
            sys.stdout.write(json.dumps(_as_dict(file, found), allow_nan=False) + "\n")
            sys.stdout.flush()
        else:
            rows.append((file, found))
    if rows:
        _print(rows, path if path.is_dir() else path.parent)
    if not n_read:
        raise typer.Exit(InputError.exit_code)


def _files(path: Path) -> list[Path]:
    from morphstudio.audio.files import find_audio_files

    try:
        is_there = path.exists()
    except (OSError, ValueError):  # a name too long for the system, for one
        is_there = False
    if not is_there:
        raise FileError("No such file", f"There is no {path}.", "Name a sound file or a folder of them.")
    files = find_audio_files([path], limit=sys.maxsize)
    if not files:
        raise FileError("No sounds", f"There is no sound in {path}.", "Name a folder of sound files.")
    return files


def _as_dict(file: Path, found: Analysis) -> dict[str, Any]:
    return {
        "path": str(file),
        "duration_s": _rounded(found.duration_s, 4),
        "channels": found.channels,
        "rate_hz": found.rate_hz,
        "loop": found.is_loop,
        "bpm": _rounded(found.bpm, 2),
        "bpm_confidence": _rounded(found.bpm_confidence, 3),
        "key": found.key or None,
        "midi_note": found.midi_note,
        "pitch_class": found.pitch_class or None,
        "kind": found.kind.value if found.kind else None,
        "kind_confidence": _rounded(found.kind_confidence, 3),
        "centroid_hz": _rounded(found.centroid_hz, 1),
        "loudness_lufs": _rounded(found.loudness_lufs, 2),
        "error": found.error or None,
    }


def _rounded(value: float | None, n_digits: int) -> float | None:
    return None if value is None else round(value, n_digits)


def _print(rows: list[tuple[Path, Analysis]], folder: Path) -> None:
    table = Table()
    table.add_column("Sound", overflow="fold")
    for title in ("Loop", "Key", "Kind"):
        table.add_column(title)
    for title in ("Note", "BPM", "Seconds", "Bright Hz", "LUFS"):
        table.add_column(title, justify="right")
    for file, found in rows:
        name = str(file.relative_to(folder)) if file.is_relative_to(folder) else str(file)
        if not found.error:
            table.add_row(name, *_cells(found))
    if table.row_count:
        Console().print(table)
    for _, found in rows:
        if found.error:
            sys.stderr.write(f"morphstudio: {found.error}\n")


def _cells(found: Analysis) -> list[str]:
    return [
        "yes" if found.is_loop else "",
        found.key,
        found.kind.value if found.kind else "",
        "" if found.midi_note is None else f"{found.pitch_class} {found.midi_note}",
        _shown(found.bpm, 1),
        _shown(found.duration_s, 2),
        _shown(found.centroid_hz, 0),
        _shown(found.loudness_lufs, 1),
    ]


def _shown(value: float | None, n_digits: int) -> str:
    return "" if value is None else f"{value:.{n_digits}f}"
