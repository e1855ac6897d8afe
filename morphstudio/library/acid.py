"""The acid chunk of a WAV file: how many beats a loop has, its tempo, its root note.

Files are read as they are found, damaged ones too: whatever is not as it should be is not there.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_IS_ONE_SHOT, _HAS_ROOT = 1, 2
_LAYOUT = struct.Struct("<IHHfIHHf")
"""Flags, root note, two unknowns, beats, the metre's lower and upper number, tempo."""
_MOST_CHUNKS = 200
_SUFFIXES = frozenset((".wav", ".wave", ".bwf"))


@dataclass(frozen=True, slots=True)
class AcidFacts:
    """What the chunk says.

    Parameters
    ----------
    bpm : float or None
        Beats per minute; None for what has no tempo.
    n_beats : int
        0 where it is not told.
    root : str
        A note such as "F#"; empty where it is not told.
    """

    bpm: float | None = None
    n_beats: int = 0
    root: str = ""


def read_acid(path: Path) -> AcidFacts:
    """Facts of a WAV file; none of a file that is something else, damaged or not there."""
    if path.suffix.lower() not in _SUFFIXES:
        return AcidFacts()
    try:
        with path.open("rb") as file:
            content = _chunk(file, b"acid")
    except (OSError, ValueError):
        return AcidFacts()
    return parse_acid(content)


def parse_acid(content: bytes) -> AcidFacts:
    """Facts of a chunk's content; none where it is too short or its numbers are impossible."""
    if len(content) < _LAYOUT.size:
        return AcidFacts()
    flags, root, _, _, n_beats, _, _, bpm = _LAYOUT.unpack_from(content)
    has_tempo = not flags & _IS_ONE_SHOT and 0 < n_beats < 100_000 and 1.0 <= bpm < 1000.0
    has_root = bool(flags & _HAS_ROOT) and 0 <= root < 128
    return AcidFacts(
        round(bpm, 2) if has_tempo else None,
        n_beats if has_tempo else 0,
        _NOTES[root % 12] if has_root else "",
    )


def _chunk(file: BinaryIO, wanted: bytes) -> bytes:
    head = file.read(12)
    if len(head) < 12 or head[:4] not in (b"RIFF", b"RF64") or head[8:] != b"WAVE":
        return b""
    for _ in range(_MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return b""
        name, size = head[:4], int.from_bytes(head[4:], "little")
        if name == wanted:
            return file.read(min(size, _LAYOUT.size))
        file.seek(size + size % 2, 1)  # beyond the end is no error; nothing is read there
    return b""
