"""The `evaluate` command: measures morphs of pairs of loops beside the plain ways to get from A to B."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from morphstudio.cli_input import check_seed, training_clips
from morphstudio.compute import ComputeDevice, compute_device
from morphstudio.errors import FileError, ParameterError
from morphstudio.paths import factory_model_path

if TYPE_CHECKING:
    from morphstudio.morph.report import Report, Row

_MAX_PAIRS = 10_000


def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder of loops.")],
    pairs: Annotated[int, typer.Option(help="How many pairs of loops.")] = 20,
    model: Annotated[
        list[Path] | None, typer.Option(help="Model file; may be given more than once, also one of classic.")
    ] = None,
    device: Annotated[ComputeDevice, typer.Option(help="Where to compute.")] = ComputeDevice.AUTO,
    seed: Annotated[int, typer.Option(help="Of the choice of pairs.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure morphs between loops of a folder, beside a mix and other plain blends."""
    if not 1 <= pairs <= _MAX_PAIRS:
        raise ParameterError("Bad pairs", f"{pairs} pairs are not possible.", f"Give 1 to {_MAX_PAIRS}.")
    check_seed(seed)
    if not folder.exists():
        raise FileError("No such folder", f"There is no folder {folder}.", "Name a folder of loops.")
    clips, _, skipped = training_clips([folder], None)
    for error in skipped:
        sys.stderr.write(f"morphstudio: skipped: {error}\n")

    from morphstudio.model.checkpoint import load_any_model
    from morphstudio.morph.report import evaluation_loops, report

    loops = evaluation_loops(clips)
    if len(loops) < 2:
        raise FileError(
            "Too few loops",
            f"There are fewer than two loops in {folder}.",
            "Name a folder with files called loop, or with sounds of a second or more.",
        )
    models = [load_any_model(path) for path in model or [factory_model_path()]]
    with Progress(console=Console(stderr=True), disable=as_json) as bar:
        task = bar.add_task("Measuring", total=None)

        def show(done: int, total: int, row: str) -> None:
            bar.update(task, completed=done, total=total, description=row or "Done")

        found = report(loops, models, compute_device(device), pairs, seed, show)
    if as_json:
        sys.stdout.write(json.dumps(found.as_dict(), allow_nan=False) + "\n")
    else:
        _print(found)


def _print(found: Report) -> None:
    console = Console()
    n_loops, n_pairs = len(found.loops), len(found.pairs)
    console.print(f"{n_pairs} pairs of {n_loops} loops, {found.loop_s:g} s, {found.points} points each")
    morph = Table(title="Between loops (level apart, less is better)")
    for title in ("", "hits", "timing ms", "level LU", "evenness", "steps", "presence", "ends dB"):
        morph.add_column(title, justify="left" if not title else "right")
    alone = Table(title="A loop alone")
    for title in ("", "log-mel dB", "LSD dB", "cosine", "MSE", "convergence dB"):
        alone.add_column(title, justify="left" if not title else "right")
    probe = Table(title="Tones of 220 and 330 Hz")
    for title in ("", "peak travel", "energy at ends", "energy at mean", "harmonicity dB"):
        probe.add_column(title, justify="left" if not title else "right")
    for row in found.rows:
        morph.add_row(row.name, *_morph_cells(row))
        r, p = row.reconstruction, row.probe
        alone.add_row(
            row.name,
            f"{r.log_mel_error_db:.2f}",
            f"{r.log_spectral_distance_db:.2f}",
            f"{r.cosine:.3f}",
            f"{r.mse:.1e}",
            f"{r.spectral_convergence_db:.1f}",
        )
        probe.add_row(
            row.name,
            f"{p.travel:.3f}",
            f"{p.share_at_ends:.2f}",
            f"{p.share_at_mean:.2f}",
            f"{p.harmonicity_db:+.1f}",
        )
    for table in (morph, alone, probe):
        console.print(table)


def _morph_cells(row: Row) -> list[str]:
    return [
        f"{row.hits:.3f}",
        f"{row.timing_ms:.1f}",
        f"{row.level_lu:+.2f}",
        f"{row.evenness:.3f}",
        f"{row.step_variation:.2f}",
        f"{row.presence:.3f}",
        f"{row.ends_db:.0f}",
    ]
