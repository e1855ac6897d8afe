"""Sound files out: a loop as a WAV, AIFF or FLAC file that loops as exactly as it did. No Qt, no torch."""

from __future__ import annotations

import errno
import math
import os
import secrets
from collections.abc import Generator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from morphstudio.audio.chunks import FileFacts, LoopFacts
from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.encoding import MAX_CHUNKED_BYTES, encoding, quantised, takes_rate
from morphstudio.audio.normalising import gain_of
from morphstudio.audio.resampling import resample_loop
from morphstudio.errors import FileError, MorphStudioError, ParameterError
from morphstudio.saving import replacing

MIN_RATE_HZ, MAX_RATE_HZ = 8_000, 192_000
BIT_DEPTHS = (16, 24, 32)
FORMATS = ("wav", "aiff", "flac")
NORMALISATIONS = ("off", "peak", "loudness")
MAX_REPEATS = 64


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What kind of file a loop becomes.

    Parameters
    ----------
    format : {"wav", "aiff", "flac"}
    bits : {16, 24, 32}
        16 is dithered (triangular, +-1 step), 32 is float and not for FLAC. 16 and 24 stop at full scale.
    rate_hz : int
        8000 to 192000. The loop is resampled as a circle, to `round(frames * rate / 44100)` frames.
    normalise : {"off", "peak", "loudness"}
        To a true peak of -1 dBTP; or to -14 LUFS, as far as that peak allows. Found at 44.1 kHz, so that
        files of all rates are equally loud.
    repeats : int
        How many times the loop is in the file, 1 to 64.
    tail_s : float
        After the last time the loop begins once more and fades out within so long; 0 for a file that loops.
    facts : LoopFacts or None
        What the file tells a DAW of the loop, besides that it is one; None for a file that tells nothing.
        Where the loop is as long as its beats, the file is exactly so long at every rate.
    """

    format: str = "wav"
    bits: int = 24
    rate_hz: int = RATE_HZ
    normalise: str = "off"
    repeats: int = 1
    tail_s: float = 0.0
    facts: LoopFacts | None = None

    @property
    def suffix(self) -> str:
        """Ending of the file's name, with its dot."""
        return f".{self.format}"

    def n_frames(self, n_loop_frames: int) -> int:
        """Length of the file of a loop of so many frames at 44.1 kHz."""
        return self.n_resampled(n_loop_frames) * self.repeats + self.n_tail_frames

    def n_resampled(self, n_loop_frames: int) -> int:
        """Frames of the loop at the file's rate."""
        duration_s = self.facts.duration_s if self.facts is not None else None
        if duration_s is None or abs(duration_s * RATE_HZ - n_loop_frames) >= 1.0:
            duration_s = n_loop_frames / RATE_HZ
        return max(1, round(duration_s * self.rate_hz))

    def file_facts(self, n_loop_frames: int) -> FileFacts | None:
        """What the file of a loop of so many frames at 44.1 kHz tells; None for nothing."""
        if self.facts is None:
            return None
        all_of_it = replace(self.facts, n_beats=self.facts.n_beats * self.repeats)
        return FileFacts(
            all_of_it, self.rate_hz, self.n_frames(n_loop_frames), is_loop=not self.n_tail_frames
        )

    @property
    def n_tail_frames(self) -> int:
        """Frames of the tail at the file's rate."""
        return round(self.tail_s * self.rate_hz)

    def n_bytes(self, n_loop_frames: int, n_channels: int) -> int:
        """Size of the samples before FLAC makes them smaller."""
        return self.n_frames(n_loop_frames) * n_channels * self.bits // 8

    def is_too_large(self, n_loop_frames: int, n_channels: int) -> bool:
        """Whether the format cannot hold so much."""
        return self.format == "aiff" and self.n_bytes(n_loop_frames, n_channels) > MAX_CHUNKED_BYTES


def write_wav(path: Path, samples: Samples, *, bits: int, rate_hz: int = RATE_HZ, seed: int = 0) -> None:
    """Write a loop as a WAV file; as `write_loop`."""
    write_loop(path, samples, ExportOptions(bits=bits, rate_hz=rate_hz), seed)


def write_loop(path: Path, samples: Samples, options: ExportOptions, seed: int = 0) -> None:
    """Write a loop as a sound file, all at once; as `writing_loop`."""
    for _ in writing_loop(path, samples, options, seed):
        pass


def writing_loop(path: Path, samples: Samples, options: ExportOptions, seed: int = 0) -> Generator[float]:
    """Write a loop as a sound file, piece by piece; the same loop gives the same bytes.

    The file is written beside its place under a hidden name and renamed when it is safely on the
    disk, so `path` holds the old file or the whole new one, never a part. Whoever closes this iterator
    before its end leaves nothing behind.

    Parameters
    ----------
    path : Path
        An existing file is replaced.
    samples : float32, shape (frames, channels), 1 or 2 channels
        At 44.1 kHz.
    options : ExportOptions
    seed : int
        Of the dither.

    Yields
    ------
    float
        Which share of the pieces is written, up to 1; the file is in its place when nothing more comes.

    Raises
    ------
    ParameterError
        If the options are not possible.
    FileError
        If the samples are not finite, or the place cannot be written to.
    MorphStudioError
        If the disk is full or fails.
    """
    _check_options(options)
    _check_samples(path, samples)
    n_frames, n_channels = samples.shape
    if options.is_too_large(n_frames, n_channels):
        raise ParameterError(
            f"Can't write {path.name}",
            f"{path.name} would be larger than 4 GB, which AIFF files cannot be.",
            "Choose fewer repeats, a lower rate, WAV or FLAC.",
        )
    loop = np.ascontiguousarray(samples, dtype=np.float32)
    gain = gain_of(loop, options.normalise)
    if gain != 1.0:
        loop = loop * np.float32(gain)
    loop = resample_loop(loop, options.n_resampled(n_frames))
    pieces = [loop] * options.repeats
    if options.n_tail_frames:
        pieces.append(_tail(loop, options.n_tail_frames))
    random = np.random.default_rng(seed)
    n_all = sum(len(piece) for piece in pieces)
    facts = options.file_facts(n_frames)
    try:
        with (
            _replacing_file(path) as file,
            encoding(file, options.format, options.bits, options.rate_hz, n_channels, n_all, facts) as write,
        ):
            for n_written, piece in enumerate(pieces, 1):
                write(quantised(piece, options.bits, random))
                yield n_written / len(pieces)
    except (OSError, ValueError) as error:
        raise _write_error(path, error) from error


def _tail(loop: Samples, n_frames: int) -> Samples:
    """The loop once more from its beginning, fading to silence along half a cosine."""
    fade = 0.5 + 0.5 * np.cos(np.pi * np.arange(1, n_frames + 1) / n_frames)
    return np.resize(loop, (n_frames, loop.shape[1])) * fade.astype(np.float32)[:, None]


def _check_options(options: ExportOptions) -> None:
    bits, rate_hz = options.bits, options.rate_hz
    if bits not in BIT_DEPTHS:
        raise ParameterError("Bad bit depth", f"{bits} bits are not possible.", "Choose 16, 24 or 32.")
    if not (math.isfinite(rate_hz) and MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ and rate_hz == int(rate_hz)):
        raise ParameterError(
            "Bad sample rate",
            f"{rate_hz} Hz is not a possible sample rate.",
            f"Choose a whole number from {MIN_RATE_HZ} to {MAX_RATE_HZ}.",
        )
    if options.format not in FORMATS:
        raise ParameterError(
            "Bad format", f"{options.format} files are not possible.", "Choose WAV, AIFF or FLAC."
        )
    if options.format == "flac" and bits == 32:
        raise ParameterError("Bad bit depth", "FLAC files have no 32 bits.", "Choose 16 or 24.")
    if not takes_rate(options.format, rate_hz):
        raise ParameterError(
            "Bad sample rate", f"FLAC files cannot be of {rate_hz} Hz.", "Choose a multiple of 10."
        )
    if options.normalise not in NORMALISATIONS:
        raise ParameterError(
            "Bad level", f"{options.normalise} is no way to normalise.", "Choose off, peak or loudness."
        )
    if not 1 <= options.repeats <= MAX_REPEATS:
        raise ParameterError(
            "Bad repeats", f"{options.repeats} times is not possible.", f"Choose from 1 to {MAX_REPEATS}."
        )
    if not (math.isfinite(options.tail_s) and options.tail_s >= 0.0):
        raise ParameterError("Bad tail", f"A tail of {options.tail_s} s is not possible.", "Choose another.")


def _check_samples(path: Path, samples: Samples) -> None:
    if samples.ndim != 2 or not len(samples) or samples.shape[1] not in (1, 2):
        raise FileError(f"Can't write {path.name}", f"There is no sound to write to {path.name}.")
    if not np.isfinite(samples).all():
        raise FileError(
            f"Can't write {path.name}",
            f"The sound for {path.name} holds samples that are not numbers, so nothing was written.",
            "Render it again.",
        )


def _replacing_file(path: Path) -> AbstractContextManager[BinaryIO]:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    # A rename would put a file in the place of /dev/null, where it may.
    if path.exists() and not path.is_file():
        raise ValueError("it is a device or a pipe")
    return replacing(path, path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part"))


def _write_error(path: Path, error: OSError | ValueError) -> MorphStudioError:
    title = f"Can't write {path.name}"
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.ENOSPC, errno.EDQUOT):
        return MorphStudioError(
            title,
            f"The disk is full, so {path.name} was not written.",
            "Free some space or choose another disk.",
        )
    if code == errno.EIO:
        return MorphStudioError(
            title, f"The disk failed while {path.name} was written.", "Choose another disk."
        )
    if code == errno.EISDIR:
        return FileError(title, f"{path.name} is a folder.", "Choose a file name.")
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FileError(title, f"The folder {path.parent} may not be written to.", "Choose another folder.")
    if code in (errno.ENOENT, errno.ENOTDIR):
        return FileError(title, f"The folder {path.parent} does not exist.", "Choose an existing folder.")
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return FileError(title, f"{path.name} cannot be written: {reason}.", "Choose another name or folder.")
