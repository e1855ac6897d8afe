"""What the command line is given, checked before anything is computed or written."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import FileError, ParameterError

_MAX_STEPS = 999
_MAX_BATCH = 65_536


def chosen_weights(
    n_sounds: int, at: float | None, weights: str | None, steps: int | None
) -> list[tuple[float, ...]]:
    """Weights of each file to render."""
    if n_sounds < 2:
        raise ParameterError("Too few sounds", "A morph needs two sounds or more.", "Name A and B.")
    if sum(choice is not None for choice in (at, weights, steps)) > 1:
        raise ParameterError(
            "Too many options", "--at, --weights and --steps exclude each other.", "Give one."
        )
    if weights is not None:
        return [_parsed_weights(weights, n_sounds)]
    if n_sounds != 2:
        if at is None and steps is None:
            return [tuple(1.0 / n_sounds for _ in range(n_sounds))]
        raise ParameterError("Too many sounds", "--at and --steps take two sounds.", "Use --weights.")
    if steps is not None:
        if not 2 <= steps <= _MAX_STEPS:
            raise ParameterError("Bad steps", f"{steps} steps are not possible.", f"Give 2 to {_MAX_STEPS}.")
        return [(1.0 - i / (steps - 1), i / (steps - 1)) for i in range(steps)]
    place = 0.5 if at is None else at
    if not 0.0 <= place <= 1.0:
        raise ParameterError("Bad place", f"--at {place:g} is outside 0 to 1.", "0 is A, 1 is B.")
    return [(1.0 - place, place)]


def _parsed_weights(text: str, n_sounds: int) -> tuple[float, ...]:
    hint = "Give one for each sound, such as 0.2,0.3,0.5."
    try:
        values = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise ParameterError("Bad weights", f"--weights {text} are no numbers.", hint) from error
    total = sum(values)
    if len(values) != n_sounds or not all(0.0 <= v < float("inf") for v in values) or total <= 0.0:
        raise ParameterError("Bad weights", f"--weights {text} do not fit {n_sounds} sounds.", hint)
    return tuple(value / total for value in values)


def target_files(sounds: list[Path], out: Path, steps: int | None) -> list[Path]:
    """Files to write: `out`, or with steps `NAME_01.wav` ... in the folder `out`."""
    try:
        if steps is None:
            _check_target(out, sounds)
            return [out]
        if out.exists() and not out.is_dir():
            raise FileError("Not a folder", f"{out} is a file, not a folder.", "Name a folder with --steps.")
        width = max(2, len(str(steps)))
        stem = f"{_shortened(sounds[0].stem)}-{_shortened(sounds[1].stem)}"
        targets = [out / f"{stem}_{i + 1:0{width}d}.wav" for i in range(steps)]
        for target in targets if out.exists() else ():
            _check_target(target, sounds)
    except OSError as error:
        raise FileError(
            "Can't write there", f"{out} cannot be written: {error.strerror}.", "Name another place."
        ) from error
    return targets


def _shortened(stem: str) -> str:
    """Half of a name that is to hold two; file systems take 255 bytes."""
    return stem.encode("utf-8", "surrogateescape")[:110].decode("utf-8", "ignore")


def _check_target(target: Path, sounds: list[Path]) -> None:
    """Refuse at once what would fail, mislead or destroy after the render."""
    from morphstudio.audio.files import AUDIO_SUFFIXES

    if target.is_dir():
        raise FileError("Not a file", f"{target} is a folder.", "Name a WAV file in it.")
    if not target.absolute().parent.is_dir():
        raise FileError("No such folder", f"The folder of {target} does not exist.", "Make it first.")
    if target.suffix.lower() in AUDIO_SUFFIXES - {".wav", ".wave"}:
        raise FileError("Not a WAV", f"{target.name} would be a WAV by another name.", "End it in .wav.")
    for sound in sounds:
        if target.exists() and sound.exists() and target.samefile(sound):
            raise FileError("Would be lost", f"{target} is one of the sounds itself.", "Name another file.")


@contextlib.contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make a folder where there is none; if nothing comes to stand in it, it goes again."""
    is_new = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise FileError(
            "Can't make the folder", f"The folder {folder} can't be made.", "Choose another place."
        ) from error
    try:
        yield
    finally:
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()


def check_file_options(bits: int, rate_hz: int) -> None:
    """Refuse at once what no WAV can be."""
    from morphstudio.audio.export import BIT_DEPTHS, MAX_RATE_HZ, MIN_RATE_HZ

    if bits not in BIT_DEPTHS:
        raise ParameterError("Bad bits", f"{bits} bits are not possible.", "Give --bits 16, 24 or 32.")
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        raise ParameterError(
            "Bad rate", f"{rate_hz} Hz is not possible.", f"Give --rate {MIN_RATE_HZ} to {MAX_RATE_HZ}."
        )


def check_seed(seed: int) -> None:
    """Refuse what is no seed for each of the libraries that need one."""
    if not 0 <= seed < 2**63:
        raise ParameterError("Bad seed", f"{seed} is no seed.", "Give a whole number from 0 to 2^63 - 1.")


def check_batch_size(size: int) -> None:
    """Refuse what is no batch."""
    if not 1 <= size <= _MAX_BATCH:
        raise ParameterError(
            "Bad batch size", f"--batch-size {size} is not possible.", f"Give 1 to {_MAX_BATCH}."
        )


def check_model_file(out: Path) -> None:
    """Refuse at once what could not be written after the training."""
    if out.suffix != ".safetensors":
        raise ParameterError("Bad name", f"{out.name} is no model file name.", "End it in .safetensors.")
    if out.is_dir():
        raise FileError("Not a file", f"{out} is a folder.", "Name a model file in it.")
    if not out.absolute().parent.is_dir():
        raise FileError("No such folder", f"The folder of {out} does not exist.", "Make it first.")


def refuse_together(options: dict[str, object]) -> None:
    """Refuse options of which only one can be given; None is not given."""
    given = [option for option, value in options.items() if value is not None]
    if len(given) > 1:
        raise ParameterError(
            "Too many options", f"{' and '.join(given)} exclude each other.", "Leave one out."
        )


def training_seconds(minutes: float | None, seconds: float | None, default_s: float | None) -> float | None:
    """Computing time that was asked for, in seconds; None is without end."""
    if minutes is None and seconds is None:
        return default_s
    option, value, factor = (
        ("--minutes", minutes, 60.0) if minutes is not None else ("--seconds", seconds, 1.0)
    )
    if value is None or not 0.0 < value < math.inf:
        raise ParameterError("Bad time", f"{option} {value:g} is not possible.", "Give more than 0.")
    return value * factor


def tuned_model_path(sounds: list[Path]) -> Path:
    """Free name in the current folder for the model that is tuned on `sounds`."""
    first = sounds[0].absolute()
    stem = f"{_shortened(first.name if first.is_dir() else first.stem)}-tuned"
    candidates = (Path(f"{stem}{f' {number}' if number > 1 else ''}.safetensors") for number in count(1))
    return next(path for path in candidates if not path.exists())


def training_clips(
    folders: list[Path], hold_out: str | None
) -> tuple[list[AudioClip], list[AudioClip], list[FileError]]:
    """Sounds to learn from, sounds to measure on, and why the others cannot be used."""
    from morphstudio.audio.files import find_audio_files, load_clip

    clips: list[AudioClip] = []
    held_out: list[AudioClip] = []
    skipped: list[FileError] = []
    for path in find_audio_files(folders):
        try:
            clip, _ = load_clip(path)
        except FileError as error:
            skipped.append(error)
            continue
        is_held_out = hold_out is not None and path.match(hold_out)
        (held_out if is_held_out else clips).append(clip)
    return clips, held_out, skipped


def nothing_to_learn(folders: list[Path], held_out: list[AudioClip], skipped: list[FileError]) -> FileError:
    """Why there is nothing to train on."""
    title, place = "Nothing to learn", ", ".join(map(str, folders))
    if held_out:
        return FileError(title, f"--hold-out leaves no sound in {place}.", "Name a narrower pattern.")
    if skipped:
        n_more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        return FileError(title, f"No sound in {place} can be used: {skipped[0].message}{n_more}")
    return FileError(title, f"There is no sound in {place}.", "Name a folder of sounds.")
