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

from morphstudio.audio.chunks import FileFacts, aiff_chunks, vorbis_comments, wav_chunks
from morphstudio.audio.clip import Samples

Steps: TypeAlias = NDArray[np.int32] | NDArray[np.float32]
"""What a file holds: whole steps for 16 and 24 bits, samples for 32; shape (frames, channels)."""

MAX_CHUNKED_BYTES = 2**32 - 1024
"""Of samples. WAV and AIFF count their bytes with 32 bits; WAV goes on as RF64, AIFF ends there."""

_TAG_PCM, _TAG_FLOAT = 1, 3
_AIFC_VERSION = 0xA2805140
_FINEST_FLAC_RATE_HZ = 65_535
_COUNTED_ELSEWHERE = 0xFFFFFFFF


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
    file: BinaryIO,
    file_format: str,
    bits: int,
    rate_hz: int,
    n_channels: int,
    n_frames: int,
    facts: FileFacts | None = None,
) -> Iterator[Callable[[Steps], None]]:
    """Write a sound file of so many frames; gives the function that takes them, a piece at a time.

    Parameters
    ----------
    file : BinaryIO
        Empty, and can be sought in.
    file_format : {"wav", "aiff", "flac"}
    bits, rate_hz, n_channels, n_frames : int
    facts : FileFacts or None
        What the file tells of its loop; nothing where there are none.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    if file_format == "flac":
        comments = vorbis_comments(facts) if facts is not None else []
        with _encoding_flac(file, bits, rate_hz, n_channels, comments) as write:
            yield write
        return
    n_bytes = n_frames * n_channels * bits // 8
    if file_format == "wav":
        told = wav_chunks(facts) if facts is not None else b""
        file.write(wav_header(bits, rate_hz, n_channels, n_frames, told))
        to_bytes = _little_endian
    else:
        told = aiff_chunks(facts) if facts is not None else b""
        file.write(_aiff_header(bits, rate_hz, n_channels, n_frames, told))
        to_bytes = _big_endian
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


def wav_header(bits: int, rate_hz: int, n_channels: int, n_frames: int, told: bytes = b"") -> bytes:
    """All that comes before the samples; of RF64 where RIFF cannot count so many bytes.

    Parameters
    ----------
    bits, rate_hz, n_channels, n_frames : int
    told : bytes
        Further chunks, each of an even size.
    """
    frame_bytes = n_channels * bits // 8
    n_bytes = n_frames * frame_bytes
    tag = _TAG_FLOAT if bits == 32 else _TAG_PCM
    fmt = struct.pack("<HHIIHH", tag, n_channels, rate_hz, rate_hz * frame_bytes, frame_bytes, bits)
    chunks = b"fmt " + struct.pack("<I", len(fmt)) + fmt
    if tag == _TAG_FLOAT:
        chunks = b"fmt " + struct.pack("<I", len(fmt) + 2) + fmt + struct.pack("<H", 0)
        chunks += b"fact" + struct.pack("<II", 4, n_frames)
    chunks += told
    n_padded = n_bytes + n_bytes % 2
    if n_bytes > MAX_CHUNKED_BYTES:
        ds64_bytes = 8 + 28
        n_riff = 4 + ds64_bytes + len(chunks) + 8 + n_padded
        sizes = struct.pack("<IQQQI", 28, n_riff, n_bytes, n_frames, 0)
        head = b"RF64" + struct.pack("<I", _COUNTED_ELSEWHERE) + b"WAVE" + b"ds64" + sizes
        return head + chunks + b"data" + struct.pack("<I", _COUNTED_ELSEWHERE)
    head = b"RIFF" + struct.pack("<I", 4 + len(chunks) + 8 + n_padded) + b"WAVE"
    return head + chunks + b"data" + struct.pack("<I", n_bytes)


def _aiff_header(bits: int, rate_hz: int, n_channels: int, n_frames: int, told: bytes) -> bytes:
    n_bytes = n_frames * n_channels * bits // 8
    exponent = rate_hz.bit_length() - 1
    # The rate is a float of 80 bits, whose leading one is written.
    rate = struct.pack(">HQ", 16383 + exponent, rate_hz << (63 - exponent))
    comm = struct.pack(">HIH", n_channels, n_frames, bits) + rate
    kind, chunks = b"AIFF", b""
    if bits == 32:
        kind, comm = b"AIFC", comm + b"fl32" + b"\0\0"
        chunks = b"FVER" + struct.pack(">II", 4, _AIFC_VERSION)
    chunks += b"COMM" + struct.pack(">I", len(comm)) + comm
    chunks += told + b"SSND" + struct.pack(">III", 8 + n_bytes, 0, 0)
    return b"FORM" + struct.pack(">I", 4 + len(chunks) + n_bytes + n_bytes % 2) + kind + chunks


@contextmanager
def _encoding_flac(
    file: BinaryIO, bits: int, rate_hz: int, n_channels: int, comments: list[str]
) -> Iterator[Callable[[Steps], None]]:
    target = _FlacTarget(file, comments)

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


class _FlacTarget:
    """A file that libsndfile writes to: from its callbacks no exception gets out.

    libsndfile takes no comments of one's own. So the blocks before the sound are held until they are whole,
    written with the comments among them, and what comes behind is written so much further back.
    """

    def __init__(self, file: BinaryIO, comments: list[str]) -> None:
        self._file = file
        self._comments = comments
        self._error: OSError | None = None
        self._held: bytearray | None = bytearray()
        self._n_head, self._n_more = 0, 0

    def check(self) -> None:
        if self._error is not None:
            raise self._error

    def write(self, content: bytes) -> int:
        try:
            if self._held is None:
                return self._file.write(content)
            self._held += content
            n_head = _flac_head_bytes(self._held)
            if n_head:
                head = _with_comments(bytes(self._held[:n_head]), self._comments)
                self._file.write(head + bytes(self._held[n_head:]))
                self._n_head, self._n_more, self._held = n_head, len(head) - n_head, None
        except OSError as error:
            self._error = self._error or error
            return 0
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        if self._held is not None:
            return len(self._held)
        # Only the first block, which stays where it is, is ever written again.
        further = self._n_more if whence == 0 and offset >= self._n_head else 0
        self._file.seek(offset + further, whence)
        return self.tell()

    def tell(self) -> int:
        if self._held is not None:
            return len(self._held)
        place = self._file.tell()
        return place - self._n_more if place >= self._n_head + self._n_more else place


_FLAC_MARK = b"fLaC"
_FLAC_COMMENTS, _FLAC_IS_LAST = 4, 0x80


def _flac_blocks(head: bytes | bytearray) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each block that is whole; the last has 128 added to its kind."""
    place = len(_FLAC_MARK)
    while place + 4 <= len(head):
        end = place + 4 + int.from_bytes(head[place + 1 : place + 4], "big")
        if end > len(head):
            return
        yield head[place], bytes(head[place + 4 : end])
        if head[place] & _FLAC_IS_LAST:
            return
        place = end


def _flac_head_bytes(head: bytes | bytearray) -> int:
    """Size of all blocks before the sound; 0 where not all of them are there."""
    blocks = list(_flac_blocks(head))
    if not blocks or not blocks[-1][0] & _FLAC_IS_LAST:
        return 0
    return len(_FLAC_MARK) + sum(4 + len(content) for _, content in blocks)


def _with_comments(head: bytes, comments: list[str]) -> bytes:
    if not comments:
        return head
    parts = [_FLAC_MARK]
    for kind, block in _flac_blocks(head):
        content = block
        if kind & ~_FLAC_IS_LAST == _FLAC_COMMENTS:
            n_vendor = 4 + int.from_bytes(block[:4], "little")  # the name of the encoder stays
            content = block[:n_vendor] + struct.pack("<I", len(comments))
            for comment in comments:
                text = comment.encode()
                content += struct.pack("<I", len(text)) + text
        parts.append(bytes([kind]) + len(content).to_bytes(3, "big") + content)
    return b"".join(parts)
