"""The `path` command: renders a path of a session's file to a WAV that loops."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from morphstudio.audio.clip import RATE_HZ
from morphstudio.cli_input import check_file_options, target_files
from morphstudio.compute import ComputeDevice, compute_device
from morphstudio.errors import ParameterError
from morphstudio.paths import factory_model_path

if TYPE_CHECKING:
    from morphstudio.morph.gesture import GesturePath
    from morphstudio.session import Session


def path(
    session: Annotated[Path, typer.Argument(metavar="SESSION", help="Session file (.morph).")],
    out: Annotated[Path, typer.Option("-o", "--out", help="WAV to write.")],
    which: Annotated[
        str | None, typer.Option("--path", metavar="NAME|NUMBER", help="Which path; the first is 1.")
    ] = None,
    bits: Annotated[int, typer.Option(help="16, 24 or 32 (float).")] = 24,
    rate: Annotated[int, typer.Option(help="Sample rate in Hz, 8000 to 192000.")] = RATE_HZ,
    model: Annotated[Path | None, typer.Option(help="Model file instead of the session's.")] = None,
    device: Annotated[ComputeDevice, typer.Option(help="Where to compute.")] = ComputeDevice.AUTO,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Render a path of a session to a WAV that loops."""
    check_file_options(bits, rate)
    (target,) = target_files([session], out, None)

    from morphstudio.audio.export import ExportOptions, write_loop
    from morphstudio.session_file import open_session
    from morphstudio.session_paths import path_facts, path_request
    from morphstudio.session_reading import read_session

    with tempfile.TemporaryDirectory(prefix="morphstudio-") as folder:
        opened = open_session(session, Path(folder) / "session")
        if not opened.document.paths:
            raise ParameterError(
                "No path", f"{session.name} has no path.", "Record one in the window and save it."
            )
        read, notes = read_session(opened)
        chosen = _chosen(read, which, session)
        request = path_request(read, chosen)

        from morphstudio.model.checkpoint import load_any_model
        from morphstudio.morph.engines import make_engine

        own = opened.document.model
        model_path = model or (own.path if own is not None else factory_model_path())
        engine = make_engine(load_any_model(model_path), compute_device(device))
        result = engine.render_path(request)
        options = ExportOptions(bits=bits, rate_hz=rate, facts=path_facts(read, chosen))
        write_loop(target, result.samples, options, request.seed)
    for note in notes:
        sys.stderr.write(f"morphstudio: {note}\n")
    if not as_json:
        sys.stdout.write(f"{target}\n")
        return
    report: dict[str, Any] = {
        "out": str(target),
        "path": chosen.name,
        "bars": chosen.bars,
        "bpm": None if read.time is None else read.time.bpm,
        "sounds": [clip.name for clip in request.clips],
        "frames": options.n_frames(len(result.samples)),
        "sample_rate": rate,
        "channels": result.samples.shape[1],
        "render_ms": round(result.render_ms, 1),
        "spectral_convergence_db": round(result.spectral_convergence_db, 2),
    }
    sys.stdout.write(json.dumps(report) + "\n")


def _chosen(session: Session, which: str | None, file: Path) -> GesturePath:
    """The path that is called so, or has that number."""
    paths = session.paths
    if which is None:
        if len(paths) == 1:
            return paths[0]
        problem = f"{file.name} has {len(paths)} paths."
    else:
        for known in paths:
            if known.name == which:
                return known
        if which.isdecimal() and 1 <= int(which) <= len(paths):
            return paths[int(which) - 1]
        problem = f"{file.name} has no path {which}."
    named = ", ".join(f"{number} {known.name}".strip() for number, known in enumerate(paths, 1))
    raise ParameterError("Which path?", problem, f"Give --path with one of these: {named}.")
