"""What a sound file says of its loop to a DAW or a sampler: loop points, tempo, beats, root note.

WAV has the chunks `smpl` and `acid`, AIFF has `MARK`, `INST` and Apple's `basc`, FLAC has Vorbis comments.
Laid out as RIFF, AIFF 1.3 and libsndfile's headers document them. Bytes only: no files, no Qt, no torch.
"""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass

from morphstudio.errors import ParameterError

NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

_MIN_BPM, _MAX_BPM = 10.0, 999.0
_MOST_BEATS = 65_535
_MOST_BEATS_PER_BAR = 32
_USUAL_NOTE = 60
"""Middle C: what samplers take for the root of what has none."""
_KEY = re.compile("([A-G])([#b]?)")
_ACID_IS_ONE_SHOT, _ACID_HAS_ROOT, _ACID_STRETCHES = 1, 2, 4
_BEGIN, _END = 1, 2
"""Ids of AIFF's markers."""


def root_note_of(key: str) -> int | None:
    """Root of a key as a note of MIDI from middle C upwards; None where there is none.

    >>> root_note_of("F#m"), root_note_of("Bb"), root_note_of("")
    (66, 70, None)
    """
    found = _KEY.match(key)
    if found is None:
        return None
    shift = {"#": 1, "b": -1}.get(found[2], 0)
    return _USUAL_NOTE + (NOTES.index(found[1]) + shift) % 12


@dataclass(frozen=True, slots=True)
class LoopFacts:
    """What is known of a loop, once round.

    Parameters
    ----------
    bpm : float or None
        10 to 999 beats per minute; None where the tempo is not known, and then `n_beats` is 0.
    n_beats : int
        In the loop.
    beats_per_bar : int
        1 to 32, of quarter notes.
    root_note : int or None
        As in MIDI, 0 to 127; 60 is middle C.
    """

    bpm: float | None = None
    n_beats: int = 0
    beats_per_bar: int = 4
    root_note: int | None = None

    def __post_init__(self) -> None:
        bpm, n_beats = self.bpm, self.n_beats
        if bpm is not None and not (math.isfinite(bpm) and _MIN_BPM <= bpm <= _MAX_BPM):
            raise ParameterError(
                "Bad tempo", f"{bpm:g} BPM is not possible.", f"Choose {_MIN_BPM:g} to {_MAX_BPM:g}."
            )
        if (bpm is None) != (n_beats == 0) or not 0 <= n_beats <= _MOST_BEATS:
            raise ParameterError(
                "Bad beats", f"A loop of {n_beats} beats at {bpm} BPM is not possible.", "Choose others."
            )
        if not 1 <= self.beats_per_bar <= _MOST_BEATS_PER_BAR:
            raise ParameterError(
                "Bad bar",
                f"A bar of {self.beats_per_bar} beats is not possible.",
                f"Choose 1 to {_MOST_BEATS_PER_BAR}.",
            )
        if self.root_note is not None and not 0 <= self.root_note <= 127:
            raise ParameterError(
                "Bad note", f"{self.root_note} is no note of MIDI.", "Choose 0 to 127; 60 is middle C."
            )

    @property
    def duration_s(self) -> float | None:
        """How long so many beats are; None where the tempo is not known."""
        return None if self.bpm is None else 60.0 * self.n_beats / self.bpm

    @property
    def key(self) -> str:
        """Name of the root note, such as "F#"; empty where it is not known."""
        return "" if self.root_note is None else NOTES[self.root_note % 12]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a whole file.

    Parameters
    ----------
    loop : LoopFacts
        Of all that the file holds: with repeats, all their beats.
    rate_hz, n_frames : int
    is_loop : bool
        Whether it goes round as a whole; else it is played once.
    """

    loop: LoopFacts
    rate_hz: int
    n_frames: int
    is_loop: bool = True


def wav_chunks(facts: FileFacts) -> bytes:
    """`acid`, where a tempo or a note is known or the file is played once, and `smpl`."""
    return _acid(facts) + _smpl(facts)


def aiff_chunks(facts: FileFacts) -> bytes:
    """`MARK` and `INST`, and `basc` where a tempo is known. Loop points lie between frames there."""
    chunks = b""
    if facts.is_loop:
        markers = struct.pack(">H", 2)
        for number, place, name in ((_BEGIN, 0, b"begin"), (_END, facts.n_frames, b"end")):
            markers += struct.pack(">HI", number, place) + _pascal(name)
        chunks += b"MARK" + struct.pack(">I", len(markers)) + markers
    note = _USUAL_NOTE if facts.loop.root_note is None else facts.loop.root_note
    sustain = (1, _BEGIN, _END) if facts.is_loop else (0, 0, 0)
    # Note, detune, lowest and highest note, lowest and highest velocity, gain; two loops.
    inst = struct.pack(">bbbbbbh3h3h", note, 0, 0, 127, 1, 127, 0, *sustain, 0, 0, 0)
    chunks += b"INST" + struct.pack(">I", len(inst)) + inst
    if facts.loop.bpm is not None:
        scale = 5  # neither major nor minor is told
        numbers = (1, facts.loop.n_beats, note, scale, facts.loop.beats_per_bar, 4, int(facts.is_loop))
        basc = struct.pack(">IIHHHHH66x", *numbers)
        chunks += b"basc" + struct.pack(">I", len(basc)) + basc
    return chunks


def vorbis_comments(facts: FileFacts) -> list[str]:
    """Comments such as `BPM=128`."""
    comments = []
    if facts.loop.bpm is not None:
        comments.append(f"BPM={round(facts.loop.bpm, 3):.3f}".rstrip("0").rstrip("."))
    if facts.loop.key:
        comments.append(f"KEY={facts.loop.key}")
    if facts.is_loop:
        comments += ["LOOPSTART=0", f"LOOPLENGTH={facts.n_frames}"]
    return comments


def _smpl(facts: FileFacts) -> bytes:
    note = _USUAL_NOTE if facts.loop.root_note is None else facts.loop.root_note
    period_ns = round(1e9 / facts.rate_hz)
    n_loops = int(facts.is_loop)
    # Maker, product, period, note, its fraction, format and offset of SMPTE, loops, bytes that follow them.
    content = struct.pack("<9I", 0, 0, period_ns, note, 0, 0, 0, n_loops, 0)
    if facts.is_loop:
        # Id, forward, first and last frame that are played, fraction, times: 0 is for ever.
        content += struct.pack("<6I", 0, 0, 0, facts.n_frames - 1, 0, 0)
    return b"smpl" + struct.pack("<I", len(content)) + content


def _acid(facts: FileFacts) -> bytes:
    loop = facts.loop
    if loop.bpm is None and loop.root_note is None and facts.is_loop:
        return b""
    flags = 0 if facts.is_loop else _ACID_IS_ONE_SHOT
    flags |= _ACID_HAS_ROOT if loop.root_note is not None else 0
    flags |= _ACID_STRETCHES if facts.is_loop and loop.bpm is not None else 0
    note = _USUAL_NOTE if loop.root_note is None else loop.root_note
    # What the two numbers behind the note mean is not known; every program writes these.
    content = struct.pack(
        "<IHHfIHHf", flags, note, 0x8000, 0.0, loop.n_beats, 4, loop.beats_per_bar, loop.bpm or 0.0
    )
    return b"acid" + struct.pack("<I", len(content)) + content


def _pascal(name: bytes) -> bytes:
    """A text that begins with its length, the whole of an even size."""
    text = bytes([len(name)]) + name
    return text + b"\0" * (len(text) % 2)
