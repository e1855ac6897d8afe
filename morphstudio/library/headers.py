"""What a sound file says of itself: rate and channels, and how long it is. No torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import soundfile as sf

from morphstudio.audio.decoding import DecodeError, open_decoder

_LONGEST_S = 1_000_000.0
"""Programs that write to a pipe leave sizes of their own making in the header."""


@dataclass(frozen=True, slots=True)
class Header:
    """What is told; None where it is not.

    Parameters
    ----------
    channels, rate_hz : int or None
    """

    channels: int | None = None
    rate_hz: int | None = None


def read_header(path: Path) -> Header:
    """Read a file's header; an empty one of what is no sound file. Never raises."""
    try:
        decoder = open_decoder(path)
    except (DecodeError, OSError, ValueError):
        return Header()
    try:
        # Some tell their real rate with the first block only.
        next(decoder.blocks(), None)
        return Header(decoder.n_channels or None, round(decoder.rate_hz) or None)
    finally:
        decoder.close()


def told_duration_s(path: Path) -> float | None:
    """Length that a file's header promises; None where it does not, or it cannot be. Never raises.

    Parameters
    ----------
    path : Path
        Of a file that `open_decoder` has taken: FFmpeg opens whatever it is given here.
    """
    try:
        duration_s = _by_ffmpeg(path) if _is_mpeg(path) else float(sf.info(path).duration)
    except (sf.LibsndfileError, TypeError):
        duration_s = _by_ffmpeg(path)
    except OSError:
        return None
    return duration_s if 0.0 < duration_s < _LONGEST_S else None


def _is_mpeg(path: Path) -> bool:
    """Whether libsndfile would have mpg123 read it, which writes its troubles to stderr."""
    with path.open("rb") as file:
        head = file.read(3)
    return head == b"ID3" or head[:1] == b"\xff"


def _by_ffmpeg(path: Path) -> float:
    try:
        with path.open("rb") as file, av.open(file, "r", metadata_errors="ignore") as container:
            return (container.duration or 0) / av.time_base
    except (av.FFmpegError, ValueError, OSError):
        return 0.0
