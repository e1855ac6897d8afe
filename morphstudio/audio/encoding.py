"""Samples as the bytes of WAV, AIFF and FLAC files; the same samples are the same bytes. No Qt, no torch.

WAV and AIFF are written by hand: libsndfile puts the time of day into float files, so no two would be equal.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TypeAlias

import numpy as np
import soundfile
from numpy.typing import NDArray

from morphstudio.audio.clip import Samples

Steps: TypeAlias = NDArray[np.int32] | NDArray[np.float32]
"""What a file holds: whole steps for 16 and 24 bits, samples for 32; shape (frames, channels)."""

MAX_CHUNKED_BYTES = 2**32 - 1024
"""WAV and AIFF count their bytes with 32 bits."""

_TAG_PCM, _TAG_FLOAT = 1, 3
_AIFC_VERSION = 0xA2805140
_FINEST_FLAC_RATE_HZ = 65_535


def quantised(loop: Samples, bits: int, random: np.random.Generator) -> Steps:
    """Whole steps of 16 (with triangular dither, +-1 step) or 24 bits, up to full scale; 32 as it is.

    Parameters
    ----------
    loop : float32, shape (frames, channels)
    bits : {16, 24, 32}
    random : Generator
        Of the dither.
    """
    if bits == 32:
        return loop
    full_scale = 2 ** (bits - 1)
    steps = loop.astype(np.float64) * full_scale
    if bits == 16:
        steps += random.random(steps.shape) - random.random(steps.shape)
    whole: NDArray[np.int32] = np.clip(np.rint(steps), -full_scale, full_scale - 1).astype(np.int32)
    return whole


def takes_rate(file_format: str, rate_hz: int) -> bool:
    """Whether files of this format can be of this rate: FLAC counts high ones in tens."""
    return file_format != "flac" or rate_hz <= _FINEST_FLAC_RATE_HZ or rate_hz % 10 == 0


@contextmanager
def encoding(
    file: BinaryIO, file_format: str, bits: int, rate_hz: int, n_channels: int, n_frames: int
) -> Iterator[Callable[[Steps], None]]:
    """Write a sound file of so many frames; gives the function that takes them, a piece at a time.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    if file_format == "flac":
        with _encoding_flac(file, bits, rate_hz, n_channels) as write:
            yield write
        return
    n_bytes = n_frames * n_channels * bits // 8
    is_wav = file_format == "wav"
    file.write((_wav_header if is_wav else _aiff_header)(bits, rate_hz, n_channels, n_frames, n_bytes))
    to_bytes = _little_endian if is_wav else _big_endian
    yield lambda steps: _write(file, to_bytes(steps, bits))
    file.write(b"\0" * (n_bytes % 2))


def _write(file: BinaryIO, content: bytes) -> None:
    file.write(content)


def _little_endian(steps: Steps, bits: int) -> bytes:
    if bits == 24:
        return bytes(steps.astype("<i4").reshape(-1, 1).view(np.uint8)[:, :3].tobytes())
    return bytes(steps.astype("<i2" if bits == 16 else "<f4", copy=False).tobytes())


def _big_endian(steps: Steps, bits: int) -> bytes:
    if bits == 24:
        return bytes(steps.astype(">i4").reshape(-1, 1).view(np.uint8)[:, 1:].tobytes())
    return bytes(steps.astype(">i2" if bits == 16 else ">f4").tobytes())


def _wav_header(bits: int, rate_hz: int, n_channels: int, n_frames: int, n_bytes: int) -> bytes:
    frame_bytes = n_channels * bits // 8
    tag = _TAG_FLOAT if bits == 32 else _TAG_PCM
    fmt = struct.pack("<HHIIHH", tag, n_channels, rate_hz, rate_hz * frame_bytes, frame_bytes, bits)
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt
    if tag == _TAG_FLOAT:
        chunks = b"fmt " + struct.pack("<I", len(fmt) + 2) + fmt + struct.pack("<H", 0)
        chunks += b"fact" + struct.pack("<II", 4, n_frames)
    chunks += b"data" + struct.pack("<I", n_bytes)
    return b"RIFF" + struct.pack("<I", 4 + len(chunks) + n_bytes + n_bytes % 2) + b"WAVE" + chunks


def _aiff_header(bits: int, rate_hz: int, n_channels: int, n_frames: int, n_bytes: int) -> bytes:
    exponent = rate_hz.bit_length() - 1
    # The rate is a float of 80 bits, whose leading one is written.
    rate = struct.pack(">HQ", 16383 + exponent, rate_hz << (63 - exponent))
    comm = struct.pack(">HIH", n_channels, n_frames, bits) + rate
    kind, chunks = b"AIFF", b""
    if bits == 32:
        kind, comm = b"AIFC", comm + b"fl32" + b"\0\0"
        chunks = b"FVER" + struct.pack(">II", 4, _AIFC_VERSION)
    chunks += b"COMM" + struct.pack(">I", len(comm)) + comm
    chunks += b"SSND" + struct.pack(">III", 8 + n_bytes, 0, 0)
    return b"FORM" + struct.pack(">I", 4 + len(chunks) + n_bytes + n_bytes % 2) + kind + chunks


@contextmanager
def _encoding_flac(
    file: BinaryIO, bits: int, rate_hz: int, n_channels: int
) -> Iterator[Callable[[Steps], None]]:
    target = _Target(file)

    def write(steps: Steps) -> None:
        # libsndfile takes what is shorter than its integers from their upper bits.
        sound.write(steps.astype(np.int16) if bits == 16 else steps.astype(np.int32) << 8)
        target.check()

    try:
        with soundfile.SoundFile(
            target, "w", samplerate=rate_hz, channels=n_channels, subtype=f"PCM_{bits}", format="FLAC"
        ) as sound:
            yield write
    except soundfile.LibsndfileError as error:
        target.check()
        raise ValueError(error.error_string) from error
    target.check()


class _Target:
    """A file that libsndfile writes to: from its callbacks no exception gets out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._error: OSError | None = None

    def check(self) -> None:
        if self._error is not None:
            raise self._error

    def write(self, content: bytes) -> int:
        try:
            return self._file.write(content)
        except OSError as error:
            self._error = self._error or error
            return 0

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
