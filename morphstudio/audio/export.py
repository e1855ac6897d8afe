"""Sound files out: a loop as a WAV file that loops as exactly as it did. No Qt, no torch."""

from __future__ import annotations

import errno
import math
import os
import secrets
import struct
from pathlib import Path

import numpy as np

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.audio.resampling import resample_loop
from morphstudio.errors import FileError, MorphStudioError, ParameterError
from morphstudio.saving import replacing

MIN_RATE_HZ, MAX_RATE_HZ = 8_000, 192_000
BIT_DEPTHS = (16, 24, 32)

_FORMAT_PCM, _FORMAT_FLOAT = 1, 3


def write_wav(path: Path, samples: Samples, *, bits: int, rate_hz: int = RATE_HZ, seed: int = 0) -> None:
    """Write a loop as a WAV file; the same loop gives the same bytes.

    The file is written beside its place under a hidden name and renamed when it is safely on the
    disk, so `path` holds the old file or the whole new one, never a part.

    Parameters
    ----------
    path : Path
        An existing file is replaced.
    samples : float32, shape (frames, channels), 1 or 2 channels
        At 44.1 kHz. At other rates the loop is resampled as a circle, to `round(frames * rate / 44100)`
        frames.
    bits : {16, 24, 32}
        16 is dithered (triangular, +-1 step), 32 is float. 16 and 24 stop at full scale.
    rate_hz : int
        8000 to 192000.
    seed : int
        Of the dither.

    Raises
    ------
    ParameterError
        If `bits` or `rate_hz` is not possible.
    FileError
        If the samples are not finite, or the place cannot be written to.
    MorphStudioError
        If the disk is full or fails.
    """
    _check(path, samples, bits, rate_hz)
    n_out = max(1, round(len(samples) * rate_hz / RATE_HZ))
    loop = resample_loop(np.ascontiguousarray(samples, dtype=np.float32), n_out)
    data = _encoded(loop, bits, seed)
    header = _header(bits, rate_hz, loop.shape[1], len(loop), len(data))
    _replace_file(path, header + data + b"\0" * (len(data) % 2))


def _check(path: Path, samples: Samples, bits: int, rate_hz: int) -> None:
    if bits not in BIT_DEPTHS:
        raise ParameterError("Bad bit depth", f"{bits} bits are not possible.", "Choose 16, 24 or 32.")
    if not (math.isfinite(rate_hz) and MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ and rate_hz == int(rate_hz)):
        raise ParameterError(
            "Bad sample rate",
            f"{rate_hz} Hz is not a possible sample rate.",
            f"Choose a whole number from {MIN_RATE_HZ} to {MAX_RATE_HZ}.",
        )
    if samples.ndim != 2 or not len(samples) or samples.shape[1] not in (1, 2):
        raise FileError(f"Can't write {path.name}", f"There is no sound to write to {path.name}.")
    if not np.isfinite(samples).all():
        raise FileError(
            f"Can't write {path.name}",
            f"The sound for {path.name} holds samples that are not numbers, so nothing was written.",
            "Render it again.",
        )


def _encoded(loop: Samples, bits: int, seed: int) -> bytes:
    if bits == 32:
        return bytes(loop.astype("<f4", copy=False).tobytes())
    full_scale = 2 ** (bits - 1)
    steps = loop.astype(np.float64) * full_scale
    if bits == 16:
        random = np.random.default_rng(seed)
        steps += random.random(steps.shape) - random.random(steps.shape)
    whole = np.clip(np.rint(steps), -full_scale, full_scale - 1).astype("<i4")
    values = whole.astype("<i2") if bits == 16 else whole.reshape(-1, 1).view(np.uint8)[:, :3]
    return bytes(values.tobytes())


def _header(bits: int, rate_hz: int, n_channels: int, n_frames: int, n_bytes: int) -> bytes:
    # Written by hand: libsndfile puts the time of day into float files, so no two would be equal.
    frame_bytes = n_channels * bits // 8
    tag = _FORMAT_FLOAT if bits == 32 else _FORMAT_PCM
    fmt = struct.pack("<HHIIHH", tag, n_channels, rate_hz, rate_hz * frame_bytes, frame_bytes, bits)
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt
    if tag == _FORMAT_FLOAT:
        chunks = b"fmt " + struct.pack("<I", len(fmt) + 2) + fmt + struct.pack("<H", 0)
        chunks += b"fact" + struct.pack("<II", 4, n_frames)
    chunks += b"data" + struct.pack("<I", n_bytes)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks) + n_bytes + n_bytes % 2) + b"WAVE" + chunks


def _replace_file(path: Path, content: bytes) -> None:
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # A rename would put a file in the place of /dev/null, where it may.
        if path.exists() and not path.is_file():
            raise ValueError("it is a device or a pipe")
        temporary = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part")
        with replacing(path, temporary) as file:
            file.write(content)
    except (OSError, ValueError) as error:
        raise _write_error(path, error) from error


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
