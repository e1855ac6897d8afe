"""The `train` command: reads sounds, calls the trainer, speaks to people and scripts."""

from __future__ import annotations

import math
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from morphstudio.audio.clip import AudioClip
from morphstudio.cli_input import check_seed, nothing_to_learn, training_clips
from morphstudio.compute import ComputeDevice, compute_device
from morphstudio.errors import FileError, ParameterError

_RENDERED_S = 4.0
_MAX_RENDERED_MINUTES = 600


def train(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Sounds to learn from.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Model file to write (.safetensors).")],
    minutes: Annotated[float, typer.Option(help="Computing time; a resumed run goes on counting.")] = 30.0,
    rendered: Annotated[float, typer.Option(help="Minutes of rendered loops to mix in.")] = 0.0,
    hold_out: Annotated[
        str | None, typer.Option(help="Pattern of file names to measure on and not to learn from.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the model.")] = "Studio",
    licence: Annotated[str, typer.Option(help="Licence of the training data.")] = "unknown",
    device: Annotated[ComputeDevice, typer.Option(help="Where to compute.")] = ComputeDevice.AUTO,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
) -> None:
    """Train a model on folders of sounds; run it again after a stop and it resumes."""
    if out.suffix != ".safetensors":
        raise ParameterError("Bad name", f"{out.name} is no model file name.", "End it in .safetensors.")
    if not out.absolute().parent.is_dir():
        raise FileError("No such folder", f"The folder of {out} does not exist.", "Make it first.")
    if not 0 < minutes < math.inf:
        raise ParameterError("Bad time", f"{minutes:g} minutes are not possible.", "Give more than 0.")
    if not 0 <= rendered <= _MAX_RENDERED_MINUTES:
        raise ParameterError(
            "Bad time", f"--rendered {rendered:g} is not possible.", f"Give 0 to {_MAX_RENDERED_MINUTES}."
        )
    check_seed(seed)
    for folder in folders:
        if not folder.exists():
            raise FileError("No such folder", f"There is no folder {folder}.", "Name a folder of sounds.")
    clips, held_out, skipped = training_clips(folders, hold_out)
    if not clips and round(rendered * 60.0 / _RENDERED_S) == 0:
        raise nothing_to_learn(folders, held_out, skipped)
    for error in skipped:
        sys.stderr.write(f"morphstudio: skipped: {error}\n")
    console = Console(stderr=True)
    loops = _rendered_loops(rendered, seed, console)

    from morphstudio.model.progress import TrainProgress
    from morphstudio.model.train import Trainer, TrainSettings

    card = {
        "name": name,
        "licence": licence,
        "training_data": {"recorded": len(clips), "rendered_minutes": rendered},
    }
    settings = TrainSettings(seconds=minutes * 60.0, seed=seed)
    trainer = Trainer(settings, clips, loops, held_out, out, card, compute_device(device))
    if trainer.resume():
        console.print(f"Resuming {out.name}.")
    stopped = threading.Event()
    previous = signal.signal(signal.SIGINT, lambda *_: stopped.set())
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[error]}"),
    )
    try:
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("Training", total=settings.seconds, error="")

            def show(progress: TrainProgress) -> None:
                error = f"step {progress.step}, loss {progress.loss:.3f}"
                if progress.latest is not None:
                    v = progress.latest
                    error = f"step {progress.step}, held out: {v.log_mel_error_db:.2f} dB log-mel"
                bar.update(task, completed=progress.elapsed_s, error=error)

            figures = trainer.run(show, stopped.is_set)
    finally:
        signal.signal(signal.SIGINT, previous)
    if stopped.is_set():
        console.print(f"Stopped. {out.name} is what was learnt so far; the same command goes on from there.")
    if figures is not None:
        console.print(
            f"Held out: log-mel error {figures.log_mel_error_db:.2f} dB, log-spectral distance "
            f"{figures.log_spectral_distance_db:.2f} dB, cosine {figures.cosine:.3f}"
        )
    sys.stdout.write(f"{out}\n")


def _rendered_loops(minutes: float, seed: int, console: Console) -> list[AudioClip]:
    import numpy as np

    from morphstudio.synth.random_loops import random_loop

    rng = np.random.default_rng(seed)
    n_loops = round(minutes * 60.0 / _RENDERED_S)
    loops: list[AudioClip] = []
    with Progress(console=console, disable=n_loops == 0) as bar:
        for index in bar.track(range(n_loops), description="Rendering loops"):
            stereo = random_loop(rng, _RENDERED_S)
            loops.append(AudioClip(stereo[:, index % 2 : index % 2 + 1].copy(), f"rendered {index}"))
    return loops
