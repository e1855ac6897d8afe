"""Recorded sounds of every kind, out of a General MIDI sound font that `fluidsynth` plays, to learn from.

General MIDI says what each key of a drum kit and each program is, so that the kinds are known. Notes are
played one after another, dry, and cut apart.
"""

from __future__ import annotations

import struct
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import FileError
from morphstudio.library.kinds import Kind
from morphstudio.model.tagger_examples import ExampleMaker
from morphstudio.synth.effects import Signal
from morphstudio.synth.one_shot_parts import chance
from morphstudio.synth.one_shot_treatment import replayed, treated
from morphstudio.synth.random_voices import between

_WHOLE_KITS = (0, 16, 24, 25, 40, 48)
_OTHER_KITS = (1, 2, 3, 4, 5, 6, 7, 10, 11, 17, 18, 19)
"""In the font that the model that ships was trained on only their kicks and snares are others."""
_DRUM_KEYS: dict[Kind, tuple[int, ...]] = {
    Kind.KICK: (35, 36),
    Kind.SNARE: (38, 40),
    Kind.CLAP: (39,),
    Kind.HAT: (42, 44, 46),
    Kind.CYMBAL: (49, 51, 52, 53, 55, 57, 59),
    Kind.TOM: (41, 43, 45, 47, 48, 50),
    Kind.PERCUSSION: (54, 56, 58, *range(60, 79), 80, 81),
}
_BRUSH_KIT, _ORCHESTRA_KIT = 40, 48
"""Some of their keys are others."""
_ORCHESTRA_KEYS: dict[Kind, tuple[int, ...]] = {
    Kind.HAT: (27, 28, 29),
    Kind.CYMBAL: (30, 57, 59),
    Kind.KICK: (35, 36),
    Kind.SNARE: (38, 40),
    Kind.PERCUSSION: (39, 54, 56, 58, *range(60, 79)),
}
_PROGRAMS: dict[Kind, tuple[tuple[int, ...], int, int]] = {
    Kind.KEYS: ((0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 17, 18, 19), 40, 84),
    Kind.GUITAR: ((24, 25, 26, 27, 28, 29, 30), 40, 76),
    Kind.BASS: ((32, 33, 34, 35, 36, 37, 38, 39), 26, 50),
    Kind.VOCAL: ((52, 53), 48, 76),
    Kind.SYNTH: ((54, 62, 63, 80, 81, 82, 83, 84, 86, 87, 88, 90), 40, 84),
    Kind.TEXTURE: ((89, 92, 93, 94, 95, 96, 97, 99, 101, 122, 125, 126), 36, 72),
    Kind.PERCUSSION: ((113, 114, 115, 116), 48, 72),
    Kind.TOM: ((117, 118), 40, 64),
}
_VELOCITIES = (34, 64, 92, 122)
_NOTE_STEP = 5
_SLOT_S = 4.0
_HELD_S = 2.0
_TICKS_PER_S = 960
_SILENT = 1e-4
_LONGEST_PLAYING_S = 600.0
_DECAYS_S: dict[Kind, tuple[float, float]] = {Kind.HAT: (0.05, 0.8), Kind.CYMBAL: (0.25, 2.0)}
"""How short what rings is made where it is damped; other kinds have `_OTHER_DECAYS_S`."""
_OTHER_DECAYS_S = (0.08, 1.0)
_MOST_SEMITONES = 4.0
_N_OTHERS_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Note:
    """One note to be played: a MIDI bank of drums or not, program, key and velocity."""

    kind: Kind
    is_drum: bool
    program: int
    key: int
    velocity: int


def notes() -> Iterator[Note]:
    """All notes that have a kind."""
    for kit in (*_WHOLE_KITS, *_OTHER_KITS):
        for kind, keys in (_ORCHESTRA_KEYS if kit == _ORCHESTRA_KIT else _DRUM_KEYS).items():
            if kit in _OTHER_KITS and kind not in (Kind.KICK, Kind.SNARE):
                continue
            for key in keys:
                # A clap's place has another stroke of the brush.
                named = Kind.SNARE if kind is Kind.CLAP and kit == _BRUSH_KIT else kind
                for velocity in _VELOCITIES:
                    yield Note(named, True, kit, key, velocity)
    for kind, (programs, low, high) in _PROGRAMS.items():
        for program in programs:
            for key in range(low, high + 1, _NOTE_STEP):
                yield Note(kind, False, program, key, _VELOCITIES[1 + (key // _NOTE_STEP) % 3])


def soundfont_sounds(
    font: Path, wanted: Sequence[Note] | None = None
) -> Iterator[tuple[Note, NDArray[np.float32]]]:
    """Play notes of a sound font, each sound once: both channels' mean, and each where it is another.

    Yields
    ------
    note : Note
    mono : float32, shape (frames,)
        At 44.1 kHz, at most `_SLOT_S` long.

    Raises
    ------
    FileError
        If the font is missing, or `fluidsynth` is or refuses it.
    """
    seen: set[bytes] = set()
    _check(font)
    groups: dict[tuple[bool, int], list[Note]] = {}
    for note in notes() if wanted is None else wanted:
        groups.setdefault((note.is_drum, note.program), []).append(note)
    for group in groups.values():
        played = _played(font, group)
        n_slot = int(_SLOT_S * RATE_HZ)
        for index, note in enumerate(group):
            stereo = played[index * n_slot : (index + 1) * n_slot]
            for sound in (stereo.mean(axis=1), stereo[:, 0], stereo[:, 1]):
                heard = np.flatnonzero(np.abs(sound) > _SILENT)
                if not heard.size:
                    continue
                sounding = np.ascontiguousarray(sound[: heard[-1] + 1])
                content = np.round(sounding[heard[0] :: 16] * 2000).astype(np.int16).tobytes()
                if content not in seen:
                    seen.add(content)
                    yield note, sounding


def add_soundfont(
    maker: ExampleMaker, font: Path, targets: Mapping[Kind, int], rng: np.random.Generator, n_each: int
) -> int:
    """Learn from all sounds of a font, each as it is and changed as waveform.

    Parameters
    ----------
    maker : ExampleMaker
    font : Path
        A .sf2 file.
    targets : mapping of Kind to int
        Number of the label of each kind.
    n_each : int
        About how many examples of each kind of drum; a quarter of that of what is no drum.

    Returns
    -------
    int
        How many sounds the font had.
    """
    sounds = list(soundfont_sounds(font))
    if not sounds:
        raise FileError(
            "Can't play the sound font",
            f"{font.name} has none of the sounds of General MIDI.",
            "Name a .sf2 file.",
        )
    counts = Counter(note.kind for note, _ in sounds)
    drums = set(_DRUM_KEYS)
    for note, mono in sounds:
        wanted = n_each if note.kind in drums else n_each * _N_OTHERS_SHARE
        share = wanted / counts[note.kind]
        maker.add(mono, targets[note.kind])
        for _ in range(int(share) - 1 + int(chance(rng, share % 1.0))):
            changed = replayed(rng, mono, _MOST_SEMITONES)
            maker.add(treated(rng, _damped(rng, changed, note.kind)), targets[note.kind])
    return len(sounds)


def _check(font: Path) -> None:
    if not font.is_file():
        raise FileError("No such sound font", f"There is no sound font {font}.", "Name a .sf2 file.")
    with font.open("rb") as file:
        begin = file.read(12)
    # Without a font fluidsynth plays silence for ever.
    if begin[:4] != b"RIFF" or begin[8:] != b"sfbk":
        raise FileError("Can't play the sound font", f"{font.name} is no sound font.", "Name a .sf2 file.")


def _damped(rng: np.random.Generator, mono: Signal, kind: Kind) -> Signal:
    """Some die sooner, some are cut off: folders hold both."""
    if not chance(rng, 0.35):
        return mono
    decay_s = between(rng, *_DECAYS_S.get(kind, _OTHER_DECAYS_S))
    time = np.arange(mono.size) / RATE_HZ
    if chance(rng, 0.5):
        return np.asarray(mono * np.exp(-time / decay_s))
    n = max(1, int(2.5 * decay_s * RATE_HZ))
    return np.asarray(mono[:n] * np.clip((2.5 * decay_s - time[:n]) / 0.02, 0.0, 1.0))


def _played(font: Path, group: Sequence[Note]) -> NDArray[np.float32]:
    with tempfile.TemporaryDirectory() as folder:
        n_frames = int(len(group) * _SLOT_S * RATE_HZ)
        midi, wave = Path(folder) / "notes.mid", Path(folder) / "notes.wav"
        midi.write_bytes(midi_file(group))
        command = ["fluidsynth", "-n", "-i", "-q", "-R", "0", "-C", "0", "-g", "0.6", "-r", str(RATE_HZ)]
        try:
            subprocess.run(
                [*command, "-F", str(wave), "-O", "float", "-T", "wav", str(font), str(midi)],
                check=True,
                capture_output=True,
                timeout=_LONGEST_PLAYING_S,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise FileError(
                "Can't play the sound font",
                f"fluidsynth did not play {font.name}: {error}.",
                "Install fluidsynth, and name a .sf2 file.",
            ) from error
        samples, _ = soundfile.read(wave, dtype="float32", always_2d=True)
    return np.pad(samples[:, :2], ((0, n_frames), (0, 0)))[:n_frames]


def midi_file(group: Sequence[Note]) -> bytes:
    """A MIDI file that plays one program's notes, `_SLOT_S` apart."""
    first = group[0]
    channel = 9 if first.is_drum else 0
    track = bytearray(b"\x00\xff\x51\x03\x07\xa1\x20")  # 500 ms a beat
    track += b"\x00" + bytes((0xC0 | channel, first.program))
    gap = 0
    for note in group:
        track += _length(gap) + bytes((0x90 | channel, note.key, note.velocity))
        track += _length(int(_HELD_S * _TICKS_PER_S)) + bytes((0x80 | channel, note.key, 0))
        # What still sounds is cut at the end of its slot.
        rest = int((_SLOT_S - _HELD_S) * _TICKS_PER_S)
        track += _length(rest - 1) + bytes((0xB0 | channel, 120, 0))
        gap = 1
    track += _length(_TICKS_PER_S) + b"\xff\x2f\x00"
    header = struct.pack(">4sIHHH", b"MThd", 6, 0, 1, _TICKS_PER_S // 2)
    return header + struct.pack(">4sI", b"MTrk", len(track)) + bytes(track)


def _length(ticks: int) -> bytes:
    """A number as MIDI files have them: seven bits a byte, the highest first."""
    result = bytes((ticks & 0x7F,))
    while ticks := ticks >> 7:
        result = bytes((0x80 | (ticks & 0x7F),)) + result
    return result
