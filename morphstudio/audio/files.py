"""Sound files in: one clip from one file, and which files a drop of folders holds. No Qt, no torch."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import soxr

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ, AudioClip, Samples, name_of
from morphstudio.audio.decoding import DecodeError, Decoder, looks_like_audio, open_decoder
from morphstudio.errors import FileError

AUDIO_SUFFIXES = frozenset(
    f".{name}"
    for names in (
        (
            "wav",
            "wave",
            "bwf",
            "rf64",
            "w64",
            "aif",
            "aiff",
            "aifc",
            "caf",
            "au",
            "snd",
            "flac",
            "ogg",
            "oga",
        ),
        ("opus", "mp3", "mp2", "m4a", "mp4", "aac", "alac", "wma", "ac3", "wv", "ape", "tta", "mka", "webm"),
    )
    for name in names
)
"""Extensions, lower case, that a folder is searched for."""
MIN_FRAMES = 441
"""Shortest clip: 10 ms."""

_MIN_RATE_HZ, _MAX_RATE_HZ = 4_000, 384_000
_MAX_CHANNELS = 8
_MAX_FRAMES = round(MAX_LOOP_S * RATE_HZ)
_SILENCE_PEAK = 10 ** (-90 / 20)
_USE_AUDIO_HINT = "Use an audio file such as WAV, AIFF, FLAC, MP3, OGG or M4A."
_EXPORT_AGAIN_HINT = "Export or download it again."

# Rows left and right, columns in the order of WAV and FFmpeg: L R C LFE, then back or side speakers.
_CENTRE = _REAR = 0.5**0.5
_FOLD_DOWN: dict[int, tuple[list[float], list[float]]] = {
    3: ([1, 0, _CENTRE], [0, 1, _CENTRE]),
    4: ([1, 0, _REAR, 0], [0, 1, 0, _REAR]),
    5: ([1, 0, _CENTRE, _REAR, 0], [0, 1, _CENTRE, 0, _REAR]),
    6: ([1, 0, _CENTRE, 0, _REAR, 0], [0, 1, _CENTRE, 0, 0, _REAR]),
    7: ([1, 0, _CENTRE, 0, 0.5, _REAR, 0], [0, 1, _CENTRE, 0, 0.5, 0, _REAR]),
    8: ([1, 0, _CENTRE, 0, _REAR, 0, _REAR, 0], [0, 1, _CENTRE, 0, 0, _REAR, 0, _REAR]),
}


def load_clip(path: Path) -> tuple[AudioClip, str]:
    """Read one sound file as a clip at 44.1 kHz; its level is left as it is.

    Mono and stereo stay what they are. Three to eight channels are folded down to stereo: left and
    right as they are, centre and rear speakers at -3 dB, the low-frequency channel left out, all
    divided by the sum of the weights so that the fold itself cannot clip.

    Of a file that is damaged or ends early, what can be read is taken and said in the note: a loop
    whose tail was lost in a download is still a loop, and the other programs of its owner play it.

    Parameters
    ----------
    path : Path
        Any file; what it holds decides, not what it is called.

    Returns
    -------
    clip : AudioClip
        At most `MAX_LOOP_S` long.
    note : str
        One sentence about what was left out; empty where nothing was.

    Raises
    ------
    FileError
        If it is missing, unreadable, not audio, silent, too short, or outside the bounds.
    """
    _check_is_file(path)
    try:
        decoder = open_decoder(path)
        try:
            samples, is_longer = _read(path, decoder)
        finally:
            decoder.close()
    except DecodeError as error:
        raise _not_audio(path) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    _check_sound(path, samples)
    note = ""
    if is_longer:
        note = f"Only the first {MAX_LOOP_S:g} s of {path.name} are used."
    elif decoder.cut_short:
        note = f"{path.name} is damaged or cut short: only its first {len(samples) / RATE_HZ:.2f} s are used."
    return AudioClip(samples, name_of(path), path), note


def find_audio_files(paths: Iterable[Path], limit: int = 5000) -> list[Path]:
    """Replace every folder by the sound files in it and below it.

    Folders are searched in the order of their names, links followed once, hidden files and folders
    left out. A file that was given itself stays whatever it is, as does a path that does not exist,
    so that it gets a message of its own.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders in the order they were given.
    limit : int
        At most so many files are returned.

    Returns
    -------
    list of Path
        No path twice.
    """
    found: dict[Path, None] = {}
    seen_folders: set[str] = set()
    for path in paths:
        candidates = _files_below(path, seen_folders) if _is_folder(path) else iter((path,))
        for candidate in candidates:
            if len(found) >= limit:
                return list(found)
            found[candidate] = None
    return list(found)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the system, for one
        return False


def _files_below(folder: Path, seen_folders: set[str]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(parent)
        if real in seen_folders:
            folders.clear()
            continue
        seen_folders.add(real)
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=str.casefold)
        for name in sorted(names, key=str.casefold):
            path = Path(parent, name)
            if not name.startswith(".") and path.suffix.lower() in AUDIO_SUFFIXES and path.is_file():
                yield path


def _read(path: Path, decoder: Decoder) -> tuple[Samples, bool]:
    """At most 64 s of stereo or mono at 44.1 kHz, and whether the file goes on after that."""
    _check_bounds(path, decoder)
    rate_hz, n_channels = decoder.rate_hz, decoder.n_channels
    stream: soxr.ResampleStream | None = None
    parts: list[Samples] = []
    n_frames = 0
    for block in decoder.blocks():
        if not parts and stream is None:
            _check_bounds(path, decoder)
            rate_hz, n_channels = decoder.rate_hz, decoder.n_channels
            if rate_hz != RATE_HZ:
                stream = soxr.ResampleStream(rate_hz, RATE_HZ, min(n_channels, 2), "float32", "VHQ")
        if not np.isfinite(block).all():
            raise _not_finite(path)
        folded = _folded(block)
        parts.append(folded if stream is None else stream.resample_chunk(folded))
        n_frames += len(parts[-1])
        if n_frames > _MAX_FRAMES:
            break
    else:
        if stream is not None:
            parts.append(stream.resample_chunk(np.zeros((0, min(n_channels, 2)), np.float32), last=True))
    samples = np.concatenate(parts) if parts else np.zeros((0, min(n_channels, 2)), np.float32)
    is_longer = len(samples) > _MAX_FRAMES
    return np.array(samples[:_MAX_FRAMES], dtype=np.float32, order="C"), is_longer


def _folded(block: Samples) -> Samples:
    n_channels = block.shape[1]
    if n_channels <= 2:
        return block
    matrix = np.array(_FOLD_DOWN[n_channels], dtype=np.float32)
    folded: Samples = block @ (matrix / matrix.sum(axis=1, keepdims=True)).T
    return folded


def _check_is_file(path: Path) -> None:
    title = f"Can't read {path.name}"
    try:
        if path.is_dir():
            raise FileError(title, f"{path.name} is a folder, not a sound file.", "Choose a file in it.")
        if not path.exists():
            raise FileError(title, f"{path.name} does not exist.", "Check the name and the folder.")
        if not path.is_file():
            raise FileError(title, f"{path.name} is not a regular file.", _USE_AUDIO_HINT)
        if path.stat().st_size == 0:
            raise FileError(title, f"{path.name} is empty.", _EXPORT_AGAIN_HINT)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> FileError:
    if isinstance(error, PermissionError):
        message, hint = f"You may not read {path.name}.", "Change its permissions or copy it elsewhere."
    else:
        reason = getattr(error, "strerror", None) or str(error)
        message, hint = f"{path.name} cannot be read: {reason}.", "Check the disk and the name."
    return FileError(f"Can't read {path.name}", message, hint)


def _not_audio(path: Path) -> FileError:
    if looks_like_audio(path):
        message, hint = f"{path.name} is damaged: its header cannot be read.", _EXPORT_AGAIN_HINT
    else:
        message, hint = f"{path.name} is not an audio file, whatever its name says.", _USE_AUDIO_HINT
    return FileError(f"Can't read {path.name}", message, hint)


def _not_finite(path: Path) -> FileError:
    return FileError(
        f"Can't use {path.name}",
        f"{path.name} holds samples that are not numbers (NaN or infinity).",
        "Export it again from the program that made it.",
    )


def _check_bounds(path: Path, decoder: Decoder) -> None:
    title = f"Can't use {path.name}"
    if not 1 <= decoder.n_channels <= _MAX_CHANNELS:
        raise FileError(
            title,
            f"{path.name} has {decoder.n_channels} channels; 1 to {_MAX_CHANNELS} are possible.",
            "Export it as stereo.",
        )
    if not _MIN_RATE_HZ <= decoder.rate_hz <= _MAX_RATE_HZ:
        raise FileError(
            title,
            f"{path.name} has a sample rate of {decoder.rate_hz:g} Hz; 4 to 384 kHz are possible.",
            "Export it at 44.1 or 48 kHz.",
        )


def _check_sound(path: Path, samples: Samples) -> None:
    title = f"Can't use {path.name}"
    if not np.isfinite(samples).all():
        raise _not_finite(path)
    if len(samples) < MIN_FRAMES:
        raise FileError(
            title,
            f"{path.name} is too short: {len(samples)} frames at 44.1 kHz.",
            f"Use a sound of at least {1000 * MIN_FRAMES / RATE_HZ:.0f} ms.",
        )
    if np.abs(samples).max() < _SILENCE_PEAK:
        raise FileError(title, f"{path.name} is silent.", "Use a file with sound in it.")
