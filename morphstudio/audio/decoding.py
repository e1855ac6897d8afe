"""Turns a file into blocks of samples: soundfile first, FFmpeg for what it cannot read.

Blocks come one by one and only when asked for, so a small file that unfolds into gigabytes costs no
more than any other. No messages for people: `files` makes those.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import av
import numpy as np
import soundfile as sf
from av.audio.frame import AudioFrame

from morphstudio.audio.clip import Samples

# Where a file is damaged its last block is lost: small blocks, small loss.
_BLOCK_FRAMES = 2048
_MAX_PACKETS = 200_000
_MAX_DECODE_S = 30.0
# Two frames of AAC, or four of its high-efficiency kind at half the rate.
_MAX_PADDING_FRAMES = 4096
# Programs that write to a pipe leave sizes of about 2**31 or 2**32 in the header.
_MAX_TOLD_FRAMES = 1 << 40
_MAX_TOLD_BYTES = 0x7FFFF000

# Only formats that hold the sound themselves. FFmpeg otherwise follows playlists and concat scripts
# to other files and to the network, and takes pictures and plain text for video.
_FFMPEG_FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,asf,aac,ac3,eac3,amr,ape,wv,tta,mpc,mpc8,dsf,avi,flv,mpegts,"
    "mpeg,wav,w64,aiff,mp3,flac,ogg,caf"
)
_SOUNDFILE_MAGICS = (b"RIFF", b"RIFX", b"RF64", b"riff", b"FORM", b"fLaC", b"OggS", b"caff", b".snd")


class DecodeError(Exception):
    """The file is not audio, or its header is damaged."""


class Decoder(Protocol):
    """An open file: what its header promises, then its samples.

    `rate_hz` and `n_channels` are certain from the first block on; `cut_short` is set by the time the
    blocks end, where the file is damaged or ends before its header says.
    """

    rate_hz: float
    n_channels: int
    cut_short: bool

    def blocks(self) -> Iterator[Samples]:
        """Yield float32 (frames, channels)."""

    def close(self) -> None:
        """Close the file."""


def open_decoder(path: Path) -> Decoder:
    """Open a file by what it holds, whatever it is called; reads no more than the header.

    Raises
    ------
    DecodeError
        If neither library takes it.
    OSError
        If the system refuses to open it.
    """
    # libsndfile's MP3 reader (mpg123) writes its troubles straight to the process's stderr, where the
    # command line promises one line; FFmpeg gives the same samples, gaps trimmed alike, in silence.
    if _head(path).startswith(_SOUNDFILE_MAGICS):
        try:
            return _SoundfileDecoder(path)
        except (sf.LibsndfileError, TypeError):  # TypeError: the name ends in .raw
            pass
    return _FFmpegDecoder(path)


def looks_like_audio(path: Path) -> bool:
    """Whether the first bytes are those of a common sound file: tells damaged from wrongly named."""
    head = _head(path).ljust(12, b"\0")
    if head[:4] == b"RIFF":
        return head[8:12] in (b"WAVE", b"\0" * 4)
    is_mpeg_frame = head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0
    return is_mpeg_frame or head[:3] == b"ID3" or head[4:8] == b"ftyp" or head.startswith(_SOUNDFILE_MAGICS)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(12)


class _SoundfileDecoder:
    def __init__(self, path: Path) -> None:
        self._file = sf.SoundFile(path)
        self.rate_hz = float(self._file.samplerate)
        self.n_channels = int(self._file.channels)
        self.cut_short = _log_tells_cut(self._file.extra_info)

    def blocks(self) -> Iterator[Samples]:
        n_left = self._file.frames
        while True:
            try:
                block: Samples = self._file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)
            except sf.LibsndfileError:
                self.cut_short = True
                return
            if not len(block):
                self.cut_short |= 0 < n_left < _MAX_TOLD_FRAMES
                return
            n_left -= len(block)
            yield block

    def close(self) -> None:
        self._file.close()


def _log_tells_cut(log: str) -> bool:
    """Whether libsndfile found fewer bytes of sound than the header promised."""
    for line in log.splitlines():
        chunk, _, rest = line.partition(":")
        if chunk.strip() in ("data", "SSND") and "should be" in rest:
            told = rest.split()[0]
            return told.isdigit() and 0 < int(told) < _MAX_TOLD_BYTES
    return False


class _FFmpegDecoder:
    def __init__(self, path: Path) -> None:
        with ExitStack() as stack:
            # An open file, not a name: FFmpeg takes "a:b" for a protocol and "%" for a pattern.
            file = stack.enter_context(path.open("rb"))
            options = {"format_whitelist": _FFMPEG_FORMATS, "protocol_whitelist": "file"}
            try:
                self._container = av.open(file, "r", options=options, metadata_errors="ignore")
                stack.enter_context(self._container)
            except (av.FFmpegError, ValueError) as error:
                raise DecodeError(str(error)) from error
            if not self._container.streams.audio:
                raise DecodeError("no audio stream")
            self._stream = self._container.streams.audio[0]
            self.rate_hz = float(self._stream.codec_context.sample_rate or 0)
            self.n_channels = int(self._stream.codec_context.channels or 0)
            self.cut_short = False
            self._stack = stack.pop_all()

    def blocks(self) -> Iterator[Samples]:
        told_s = float((self._stream.duration or 0) * (self._stream.time_base or 0))
        n_frames = 0
        held: list[Samples] = []
        for block in self._decoded():
            n_frames += len(block)
            n_over = n_frames - round(told_s * self.rate_hz)
            # The last packets of a compressed loop are padded: what goes over the told length by less
            # than that is held back and cut off, or given out after all when the told length is wrong.
            if told_s and 0 < n_over <= _MAX_PADDING_FRAMES:
                n_inside = max(0, len(block) - n_over)
                held += [block[:n_inside], block[n_inside:]]
                continue
            yield from held
            held.clear()
            yield block
        yield from held[:1]
        # Trimming at the start is far less than a quarter of a second.
        self.cut_short |= n_frames < (told_s - 0.25) * self.rate_hz

    def _decoded(self) -> Iterator[Samples]:
        deadline_s = time.monotonic() + _MAX_DECODE_S
        is_first = True
        try:
            for n_packets, packet in enumerate(self._container.demux(self._stream)):
                if n_packets > _MAX_PACKETS or time.monotonic() > deadline_s:
                    self.cut_short = True
                    return
                for frame in packet.decode():
                    block = _frame_samples(frame)
                    if (frame.sample_rate, block.shape[1]) != (self.rate_hz, self.n_channels):
                        # HE-AAC tells its real rate with the first frame; a later change is damage.
                        if not is_first:
                            self.cut_short = True
                            return
                        self.rate_hz, self.n_channels = float(frame.sample_rate), block.shape[1]
                    is_first = False
                    yield block
        except (av.FFmpegError, ValueError):
            self.cut_short = True

    def close(self) -> None:
        self._stack.close()


def _frame_samples(frame: AudioFrame) -> Samples:
    values = frame.to_ndarray()
    values = values.T if frame.format.is_planar else values.reshape(-1, frame.layout.nb_channels)
    if values.dtype == np.uint8:
        return (values.astype(np.float32) - np.float32(128)) / np.float32(128)
    scale = 2.0 ** (8 * values.dtype.itemsize - 1) if values.dtype.kind == "i" else 1.0
    return np.ascontiguousarray(values / scale, dtype=np.float32)
