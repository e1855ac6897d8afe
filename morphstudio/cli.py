"""The command line: reads files, calls the engine or the trainer, writes files, speaks to people and scripts.

Wrong input is one line on stderr and exit code 2; a fault is one line and exit code 1. torch and Qt are
imported inside the commands that need them, so that `--version` is quick.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from typer.exceptions import Abort, Exit, TyperException

from morphstudio import __version__
from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.cli_analyze import analyze
from morphstudio.cli_evaluate import evaluate
from morphstudio.cli_input import check_file_options, check_seed, chosen_weights, made_folder, target_files
from morphstudio.cli_path import path
from morphstudio.cli_tags import tags
from morphstudio.cli_train import train
from morphstudio.compute import ComputeDevice, compute_device
from morphstudio.errors import InputError, MorphStudioError
from morphstudio.logs import log_path, start_logging
from morphstudio.paths import factory_model_path
from morphstudio.tempos import own_times, wanted_time
from morphstudio.threads import share_cores

_log = logging.getLogger(__name__)
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Without any of these Qt ends the process itself."""
_STOPPED = 130
"""Exit code after Ctrl+C: that of the signal, as shells have it."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    rich_markup_mode="rich",
    help="An instrument that plays the loops between loops. Without a command it opens the window.",
)


def main() -> NoReturn:
    """Run the command line of this process, and leave with its exit code."""
    # Closed by a script, or never there as under pythonw: files opened later must not take their place.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    share_cores()
    start_logging()
    sys.exit(_run(sys.argv[1:]))


def _run(arguments: list[str]) -> int:
    commands = {command.name for command in app.registered_commands}
    commands |= {group.name for group in app.registered_groups}
    is_ours = arguments and arguments[0] != "--" and arguments[0].startswith("-")
    if not arguments or not (arguments[0] in commands or is_ours):
        arguments = ["window", *arguments]
    try:
        code = app(arguments, prog_name="morphstudio", standalone_mode=False)
    except MorphStudioError as error:
        return _fail(str(error), error.exit_code)
    except TyperException as error:
        return _fail(f"{error.format_message()} See morphstudio --help.", InputError.exit_code)
    except Exit as error:
        return error.exit_code
    except (Abort, KeyboardInterrupt):
        return _fail("Stopped.", _STOPPED)
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 the outermost boundary: a fault is one line, never a traceback
        _log.exception("Command failed: %s", arguments)
        return _fail(f"MorphStudio failed: {error!r}. The details are in {log_path()}.", 1)
    if code == _STOPPED:  # what typer makes of Ctrl+C
        return _fail("Stopped.", _STOPPED)
    return code if isinstance(code, int) else 0


def _fail(text: str, code: int) -> int:
    sys.stderr.write("morphstudio: " + " ".join(text.split()) + "\n")
    return code


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"MorphStudio {__version__}\n")
        raise Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options before the command."""


@app.command(name="window", hidden=True)
def window(
    paths: Annotated[list[Path] | None, typer.Argument(help="Sound files and folders to open.")] = None,
) -> int:
    """Open the window, with these files and folders on the pad."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
        raise MorphStudioError(
            "No screen", "There is no screen to open a window on.", "morph, train and devices need none."
        )
    from morphstudio.app import run_window

    return run_window([path.absolute() for path in paths or []])


@app.command(name="morph")
def morph(
    sounds: Annotated[list[Path], typer.Argument(metavar="A B [C ...]", help="Sound files to blend.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="WAV to write; with --steps, a folder.")],
    at: Annotated[float | None, typer.Option(help="Two sounds: 0 is A, 1 is B.")] = None,
    weights: Annotated[str | None, typer.Option(help="One for each sound, such as 0.2,0.3,0.5.")] = None,
    steps: Annotated[int | None, typer.Option(help="Write this many files from A to B.")] = None,
    detail: Annotated[float, typer.Option(help="1: the sources' own detail; 0: the decoder alone.")] = 1.0,
    align: Annotated[bool, typer.Option(help="Let matching hits meet, and the others come and go.")] = True,
    match_loudness: Annotated[bool, typer.Option(help="Keep the loudness between the sounds'.")] = True,
    even_spacing: Annotated[bool, typer.Option(help="Make equal steps equal audible changes.")] = True,
    pitch: Annotated[int, typer.Option(help="Semitones to shift by, -12 to 12; the rhythm stays.")] = 0,
    bpm: Annotated[float | None, typer.Option(help="Bring all sounds to this tempo, 30 to 300.")] = None,
    bars: Annotated[int | None, typer.Option(help="Length in bars of four beats; else A's.")] = None,
    keep_pitch: Annotated[
        bool,
        typer.Option("--keep-pitch/--repitch", help="At another tempo keep the pitch, or let it follow."),
    ] = True,
    bits: Annotated[int, typer.Option(help="16, 24 or 32 (float).")] = 24,
    rate: Annotated[int, typer.Option(help="Sample rate in Hz, 8000 to 192000.")] = RATE_HZ,
    model: Annotated[Path | None, typer.Option(help="Model file instead of the factory model.")] = None,
    device: Annotated[ComputeDevice, typer.Option(help="Where to compute.")] = ComputeDevice.AUTO,
    seed: Annotated[int, typer.Option(help="Of everything random.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Render the loop between sounds to a WAV of A's length, or of a tempo and bars."""
    from morphstudio.audio.export import write_wav

    shares = chosen_weights(len(sounds), at, weights, steps)
    check_file_options(bits, rate)
    check_seed(seed)
    targets = target_files(sounds, out, steps)
    loaded = [_load(path) for path in sounds]
    clips = tuple(clip for clip, _ in loaded)

    from morphstudio.model.checkpoint import load_any_model
    from morphstudio.morph.engines import make_engine
    from morphstudio.morph.request import MorphRequest

    time = wanted_time(clips, bpm, bars)
    requests = [
        MorphRequest(
            clips,
            share,
            clips[0].n_frames if time is None else time.n_frames,
            detail,
            seed,
            align,
            match_loudness,
            even_spacing,
            pitch_st=pitch,
            time=time,
            loop_times=() if time is None else own_times(clips, time),
            keeps_pitch=keep_pitch,
        )
        for share in shares
    ]
    where = compute_device(device)
    engine = make_engine(load_any_model(model or factory_model_path()), where)
    results = []
    with made_folder(out) if steps is not None else contextlib.nullcontext():
        for target, request in zip(targets, requests, strict=True):
            result = engine.render(request)
            write_wav(target, result.samples, bits=bits, rate_hz=rate, seed=seed)
            results.append(result)
    report: dict[str, Any] = {
        "out": [str(target) for target in targets],
        "weights": [list(share) for share in shares] if steps is not None else list(shares[0]),
        "frames": round(results[0].samples.shape[0] * rate / RATE_HZ),
        "sample_rate": rate,
        "channels": max(result.samples.shape[1] for result in results),
        "render_ms": round(sum(result.render_ms for result in results), 1),
        "spectral_convergence_db": round(max(r.spectral_convergence_db for r in results), 2),
    }
    if time is not None:
        report |= {"bpm": time.bpm, "bars": time.bars}
    for _, note in loaded:
        if note:
            sys.stderr.write(f"morphstudio: {note}\n")
    if as_json:
        sys.stdout.write(json.dumps(report) + "\n")
    else:
        for target in targets:
            sys.stdout.write(f"{target}\n")


app.command(name="path")(path)
app.command(name="train")(train)
app.command(name="evaluate")(evaluate)
app.command(name="analyze")(analyze)
app.add_typer(tags, name="tags")


@app.command(name="devices")
def devices(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list.")] = False,
) -> None:
    """List the sound devices that can play."""
    from dataclasses import asdict

    from morphstudio.audio.devices import list_devices

    found = list_devices()
    if as_json:
        sys.stdout.write(json.dumps([asdict(device) for device in found]) + "\n")
        return
    table = Table("", "Host API", "Device", "Channels", "Rate")
    for device in found:
        mark = "*" if device.is_default else ""
        rate = f"{device.default_rate_hz:g} Hz"
        table.add_row(mark, device.host_api, device.name, str(device.max_output_channels), rate)
    if not found:
        sys.stdout.write("There is no sound device.\n")
    else:
        Console().print(table)


def _load(path: Path) -> tuple[AudioClip, str]:
    from morphstudio.audio.files import load_clip

    return load_clip(path)
