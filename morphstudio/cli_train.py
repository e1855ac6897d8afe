"""The `train` command: reads sounds, calls the trainer or the tuner, speaks to people and scripts."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from morphstudio.audio.clip import AudioClip
from morphstudio.audio.clip_store import ClipStore
from morphstudio.cli_input import (
    check_batch_size,
    check_model_file,
    check_seed,
    nothing_to_learn,
    refuse_together,
    training_clips,
    training_seconds,
    tuned_model_path,
)
from morphstudio.cli_progress import RunReport, stopping_signals
from morphstudio.compute import ComputeDevice, compute_device
from morphstudio.errors import FileError, ParameterError
from morphstudio.paths import factory_model_path, user_dir

_RENDERED_S = 4.0
_MAX_RENDERED_MINUTES = 600
_TRAIN_S = 1800.0
_TUNE_S = 60.0
_MAX_STEPS = 10**9
_MAX_EPOCHS = 10**6


class Preset(StrEnum):
    """Which network."""

    STUDIO = "studio"
    CLASSIC = "classic"


def train(
    sounds: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Sounds to learn from.")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Model file (.safetensors).")] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", help="Tune a model on exactly these loops: factory, or a model file."),
    ] = None,
    minutes: Annotated[float | None, typer.Option(help="Computing time; 30 if nothing is given.")] = None,
    seconds: Annotated[float | None, typer.Option(help="The same in seconds; 60 with --from.")] = None,
    steps: Annotated[int | None, typer.Option(help="Number of steps instead of a time.")] = None,
    batch_size: Annotated[int, typer.Option(help="Examples a step, of all processes together.")] = 16,
    preset: Annotated[Preset, typer.Option(help="The network; classic is the literature's.")] = Preset.STUDIO,
    epochs: Annotated[int | None, typer.Option(help="At most so many, 500 if not given (classic).")] = None,
    rendered: Annotated[float, typer.Option(help="Minutes of rendered loops to mix in.")] = 0.0,
    hold_out: Annotated[
        str | None, typer.Option(help="Pattern of file names to measure on and not to learn from.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the model.")] = None,
    licence: Annotated[str, typer.Option(help="Licence of the training data.")] = "unknown",
    device: Annotated[ComputeDevice, typer.Option(help="Where to compute.")] = ComputeDevice.AUTO,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
) -> None:
    """Train a model on folders of sounds; run it again after a stop and it resumes. Or tune one (--from)."""
    is_classic = preset is Preset.CLASSIC
    refuse_together({"--minutes": minutes, "--seconds": seconds, "--steps": steps})
    if start is not None:
        refuse_together({"--from": start, "--steps": steps})
        refuse_together({"--from": start, "--hold-out": hold_out})
        refuse_together({"--from": start, "--rendered": rendered or None})
        refuse_together({"--from": start, "--preset classic": is_classic or None})
    if is_classic:
        refuse_together({"--preset classic": True, "--steps": steps})
    elif epochs is not None:
        raise ParameterError("Bad epochs", "--epochs is for --preset classic.", "Give --steps instead.")
    if (start is not None or is_classic) and _team_size() > 1:
        raise ParameterError(
            "One process only",
            "Only the preset studio is trained by several processes.",
            "Leave torchrun out.",
        )
    default_s = _TUNE_S if start is not None else None if is_classic or steps is not None else _TRAIN_S
    limit_s = training_seconds(minutes, seconds, default_s)
    _check_count("--steps", steps, _MAX_STEPS)
    _check_count("--epochs", epochs, _MAX_EPOCHS)
    check_batch_size(batch_size)
    check_seed(seed)
    if out is None and start is None:
        raise ParameterError("No model file", "Training needs a place for the model.", "Name it with -o.")
    if out is not None:
        check_model_file(out)
    if not 0 <= rendered <= _MAX_RENDERED_MINUTES:
        raise ParameterError(
            "Bad time", f"--rendered {rendered:g} is not possible.", f"Give 0 to {_MAX_RENDERED_MINUTES}."
        )
    for folder in sounds:
        if not folder.exists():
            raise FileError("No such folder", f"There is no folder {folder}.", "Name a folder of sounds.")
    if start is not None:
        _tune(sounds, start, out or tuned_model_path(sounds), limit_s or _TUNE_S, name, device, seed, as_json)
        return
    assert out is not None
    clips, held_out = _sounds_to_learn(sounds, hold_out, rendered)
    card = {
        "name": name or preset.capitalize(),
        "licence": licence,
        "training_data": {"recorded": len(clips), "rendered_minutes": rendered},
    }
    if is_classic:
        loops = _rendered_loops(rendered, seed, as_json)
        _train_classic(clips, loops, held_out, out, card, epochs, limit_s, device, seed, as_json)
    else:
        limits = {"seconds": limit_s, "steps": steps, "batch_size": batch_size, "seed": seed}
        _train_studio(clips, rendered, held_out, out, card, limits, device, as_json)


def _train_studio(
    clips: list[AudioClip],
    rendered_minutes: float,
    held_out: list[AudioClip],
    out: Path,
    card: dict[str, Any],
    limits: dict[str, Any],
    device: ComputeDevice,
    as_json: bool,
) -> None:
    from dataclasses import asdict

    from morphstudio.memory import keep_freed_memory
    from morphstudio.model.team import joined_team, own_device
    from morphstudio.model.train import Trainer, TrainSettings

    keep_freed_memory()
    settings = TrainSettings(**{name: value for name, value in limits.items() if value is not None})
    with joined_team() as team, stopping_signals() as stopped:
        loops = _rendered_loops(rendered_minutes, settings.seed, as_json or not team.is_leader)
        where = own_device(compute_device(device))
        trainer = Trainer(settings, clips, loops, held_out, out, card, where, team)
        report = RunReport("training", as_json=as_json, is_silent=not team.is_leader)
        if trainer.resume():
            report.console.print(f"Resuming {out.name}.")
        with report:
            figures = trainer.run(report.show, stopped.is_set)
        if stopped.is_set():
            report.console.print(
                f"Stopped. {out.name} is what was learnt so far; the same command goes on from there."
            )
        if figures is not None:
            report.tell_figures("Held out", figures)
        report.finish(str(out), {"held_out": asdict(figures) if figures else None})


def _train_classic(
    clips: list[AudioClip],
    loops: list[AudioClip],
    held_out: list[AudioClip],
    out: Path,
    card: dict[str, Any],
    epochs: int | None,
    limit_s: float | None,
    device: ComputeDevice,
    seed: int,
    as_json: bool,
) -> None:
    from dataclasses import asdict

    from morphstudio.model.classic import layer_shapes
    from morphstudio.model.classic_train import ClassicProgress, ClassicSettings, ClassicTrainer

    settings = ClassicSettings(epochs or ClassicSettings().epochs, limit_s, seed=seed)
    trainer = ClassicTrainer(settings, clips, loops, held_out, out, card, compute_device(device))
    report = RunReport("training", as_json=as_json)
    if not as_json:
        layers = [layer for layer in layer_shapes(settings.config) if layer.n_parameters]
        for layer in layers:
            output = " x ".join(map(str, layer.output))
            report.console.print(f"{layer.name:<50} {output:<16} {layer.n_parameters:>9,}")
        report.console.print(f"{sum(layer.n_parameters for layer in layers):,} parameters")
    if trainer.resume():
        report.console.print(f"Resuming {out.name}.")

    def show(progress: ClassicProgress) -> None:
        total_s = progress.elapsed_s / max(progress.share, 1e-9)
        best = f", best {progress.best_loss:.3f}" if progress.epoch else ""
        note = f"epoch {progress.epoch} of {progress.n_epochs}, loss {progress.loss:.3f}{best}"
        report.show_share(progress.elapsed_s, total_s, note)

    with stopping_signals() as stopped, report:
        figures = trainer.run(show, stopped.is_set)
    if stopped.is_set():
        report.console.print(
            f"Stopped. {out.name} is what was learnt so far; the same command goes on from there."
        )
    where = "held-out loops" if held_out else "the loops learnt from"
    report.console.print(f"On {where}: cosine similarity {figures.cosine:.3f}, MSE {figures.mse:.3f}")
    report.finish(str(out), {"figures": asdict(figures)})


def _tune(
    sounds: list[Path],
    start: str,
    out: Path,
    limit_s: float,
    name: str | None,
    device: ComputeDevice,
    seed: int,
    as_json: bool,
) -> None:
    from dataclasses import asdict

    factory = factory_model_path()
    if out.exists() and factory.exists() and out.samefile(factory):
        raise ParameterError("Would be lost", f"{out} is the factory model itself.", "Name another file.")

    from morphstudio.memory import give_back_libraries, keep_freed_memory
    from morphstudio.model.checkpoint import load_model
    from morphstudio.model.tune import Tuner, TuneSettings

    began_s = time.monotonic()
    keep_freed_memory()
    report = RunReport("tuning", as_json=as_json)
    with stopping_signals() as stopped:
        model = load_model(factory if start == "factory" else Path(start))
        with contextlib.closing(ClipStore(user_dir() / "cache")) as store:
            clips = _sounds_to_tune(sounds, store)
            card = {"name": name or f"{model.name.removesuffix(' (tuned)')} (tuned)"}
            settings = TuneSettings(seconds=limit_s, seed=seed)
            where = compute_device(device)
            if where.type == "cpu":
                give_back_libraries()
            tuner = Tuner(settings, model, clips, out, card, where, store.relax)
            del model  # it learns on a copy of the decoder: one is enough
            with report:
                result = tuner.run(report.show, stopped.is_set, began_s)
    if result.before is not None and result.after is not None:
        report.tell_figures("Before", result.before)
        report.tell_figures("After", result.after)
        fall = 1.0 - result.after.log_mel_error_db / max(result.before.log_mel_error_db, 1e-9)
        report.console.print(f"The log-mel error on the loops fell by {100.0 * fall:.0f} %.")
    facts = {
        "before": asdict(result.before) if result.before else None,
        "after": asdict(result.after) if result.after else None,
        "steps": result.steps,
    }
    report.finish(str(out), facts)


def _sounds_to_learn(
    sounds: list[Path], hold_out: str | None, rendered_minutes: float
) -> tuple[list[AudioClip], list[AudioClip]]:
    clips, held_out, skipped = training_clips(sounds, hold_out)
    if not clips and round(rendered_minutes * 60.0 / _RENDERED_S) == 0:
        raise nothing_to_learn(sounds, held_out, skipped)
    _tell_skipped(skipped)
    return clips, held_out


def _sounds_to_tune(sounds: list[Path], store: ClipStore) -> list[AudioClip]:
    """Read sounds one by one and keep them on disk: there may be hundreds."""
    from morphstudio.audio.files import find_audio_files

    clips: list[AudioClip] = []
    skipped: list[FileError] = []
    for path in find_audio_files(sounds):
        found, _, reasons = training_clips([path], None)
        clips += map(store.keep, found)
        skipped += reasons
    if not clips:
        raise nothing_to_learn(sounds, [], skipped)
    _tell_skipped(skipped)
    return clips


def _tell_skipped(skipped: list[FileError]) -> None:
    for error in skipped:
        sys.stderr.write(f"morphstudio: skipped: {error}\n")


def _team_size() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))


def _check_count(option: str, count: int | None, most: int) -> None:
    if count is not None and not 1 <= count <= most:
        raise ParameterError("Bad count", f"{option} {count} is not possible.", f"Give 1 to {most}.")


def _rendered_loops(minutes: float, seed: int, is_quiet: bool) -> list[AudioClip]:
    import numpy as np

    from morphstudio.synth.random_loops import random_loop

    rng = np.random.default_rng(seed)
    n_loops = round(minutes * 60.0 / _RENDERED_S)
    loops: list[AudioClip] = []
    with Progress(console=Console(stderr=True), disable=n_loops == 0 or is_quiet) as bar:
        for index in bar.track(range(n_loops), description="Rendering loops"):
            stereo = random_loop(rng, _RENDERED_S)
            loops.append(AudioClip(stereo[:, index % 2 : index % 2 + 1].copy(), f"rendered {index}"))
    return loops
