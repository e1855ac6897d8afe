"""What a sound is, as producers sort their folders; and the family that colours it. No Qt, no torch."""

from __future__ import annotations

from enum import StrEnum

from morphstudio.library.sounds import Family


class Kind(StrEnum):
    """What a sound is."""

    KICK = "kick"
    SNARE = "snare"
    CLAP = "clap"
    HAT = "hat"
    CYMBAL = "cymbal"
    TOM = "tom"
    PERCUSSION = "percussion"
    BASS = "bass"
    SYNTH = "synth"
    GUITAR = "guitar"
    KEYS = "keys"
    VOCAL = "vocal"
    TEXTURE = "texture"
    DRUM_LOOP = "drum-loop"
    TONAL_LOOP = "tonal-loop"


_FAMILIES: dict[Kind, Family] = {
    Kind.KICK: Family.DRUMS,
    Kind.SNARE: Family.DRUMS,
    Kind.CLAP: Family.DRUMS,
    Kind.HAT: Family.DRUMS,
    Kind.CYMBAL: Family.DRUMS,
    Kind.TOM: Family.PERC,
    Kind.PERCUSSION: Family.PERC,
    Kind.BASS: Family.BASS,
    Kind.SYNTH: Family.SYNTH,
    Kind.GUITAR: Family.SYNTH,
    Kind.KEYS: Family.SYNTH,
    Kind.VOCAL: Family.TEXTURE,
    Kind.TEXTURE: Family.TEXTURE,
    Kind.DRUM_LOOP: Family.DRUMS,
    Kind.TONAL_LOOP: Family.SYNTH,
}


def family_of(kind: Kind) -> Family:
    """Family of a kind.

    >>> family_of(Kind.TOM)
    <Family.PERC: 'perc'>
    """
    return _FAMILIES[kind]
