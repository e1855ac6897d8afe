"""A sound as the window lists it: a clip, an id, a family. No Qt, no torch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import AudioClip

_N_PEAKS = 512


class Family(StrEnum):
    """What a sound is, roughly; colours the dots and the chips."""

    DRUMS = "drums"
    PERC = "perc"
    BASS = "bass"
    SYNTH = "synth"
    TEXTURE = "texture"


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A loop in the session. `sound_id` is unique in it; `note` is a remark such as "first 64 s".

    `peaks` is its `outline`, kept because reading all samples again for a picture would fill the memory.
    """

    sound_id: str
    clip: AudioClip
    family: Family
    peaks: NDArray[np.float32]
    note: str = ""


def outline(clip: AudioClip) -> NDArray[np.float32]:
    """Largest levels of successive parts of a clip, 0 to 1: float32, shape (up to 512,)."""
    n_parts = min(_N_PEAKS, max(1, clip.n_frames))
    level = np.abs(clip.samples).max(axis=1, initial=0.0)
    if not len(level):
        return np.zeros(1, np.float32)
    starts = np.linspace(0, len(level), n_parts, endpoint=False).astype(int)
    return np.maximum.reduceat(level, starts).astype(np.float32)


_WORDS: dict[Family, str] = {
    Family.PERC: "perc percussion tabla conga bongo shaker clave cowbell tom tambourine",
    Family.BASS: "bass sub 303 reese",
    Family.SYNTH: "synth chord chords arp lead pad keys piano guit guitar pluck stab",
    Family.TEXTURE: "texture ambi ambient drone noise vinyl fx atmos misc glitch",
    Family.DRUMS: "drum drums beat break breakbeat amen loop kick bd snare sn clap hat hihat house",
}


def family_of_name(name: str) -> Family:
    """Family told by the words in a name; `Family.TEXTURE` where none is known.

    >>> family_of_name("bass_hard_c")
    <Family.BASS: 'bass'>
    """
    return _told_family(name) or Family.TEXTURE


def family_of_path(path: Path) -> Family:
    """Family told by a file's name, else by its folder's; `Family.TEXTURE` where neither tells.

    >>> family_of_path(Path("Drums/01.wav"))
    <Family.DRUMS: 'drums'>
    """
    return _told_family(path.stem) or family_of_name(path.parent.name)


def _told_family(name: str) -> Family | None:
    words = set(re.split(r"[^a-z0-9]+", name.lower())) | set(re.findall(r"[a-z]+", name.lower()))
    for family, known in _WORDS.items():
        if words & set(known.split()):
            return family
    return None
