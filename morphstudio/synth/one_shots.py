"""Unlimited sounds of every kind to learn kinds from: whatever a producer's folder of that name may hold.

Everything comes from the generator handed in, so a seed is a sound.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ
from morphstudio.library.kinds import Kind
from morphstudio.synth.drums import seconds
from morphstudio.synth.effects import Signal
from morphstudio.synth.one_shot_drums import clap, cymbal, hat, kick, snare, tom
from morphstudio.synth.one_shot_notes import bass, guitar, keys, synth, vocal
from morphstudio.synth.one_shot_parts import Strike, chance, cloud
from morphstudio.synth.one_shot_percussion import percussion
from morphstudio.synth.one_shot_treatment import treated
from morphstudio.synth.random_loops import random_loop
from morphstudio.synth.random_voices import between

_Maker = Callable[[np.random.Generator], Signal]


def random_sound(rng: np.random.Generator, kind: Kind) -> NDArray[np.float32]:
    """Render a sound of a kind, as somebody might have recorded, mixed and saved it.

    Parameters
    ----------
    rng : Generator
        The only source of chance: the same state, the same sound.
    kind : Kind

    Returns
    -------
    float32, shape (frames,)
        At 44.1 kHz, 30 ms to some seconds.
    """
    return treated(rng, _makers()[kind](rng))


def _makers() -> dict[Kind, _Maker]:
    return {
        Kind.KICK: kick,
        Kind.SNARE: snare,
        Kind.CLAP: clap,
        Kind.HAT: hat,
        Kind.CYMBAL: cymbal,
        Kind.TOM: tom,
        Kind.PERCUSSION: percussion,
        Kind.BASS: bass,
        Kind.SYNTH: synth,
        Kind.GUITAR: guitar,
        Kind.KEYS: keys,
        Kind.VOCAL: vocal,
        Kind.TEXTURE: _texture,
        Kind.DRUM_LOOP: _drum_loop,
        Kind.TONAL_LOOP: _tonal_loop,
    }


def _texture(rng: np.random.Generator) -> Signal:
    """Noise, drones, wind, foley, crackle; sweeps and whooshes that come and go."""
    if chance(rng, 0.7):
        return _mixed_down(random_loop(rng, between(rng, 1.2, 2.8), only=("texture",)))
    length_s = between(rng, 0.5, 2.8)
    strike = Strike(
        low_hz=between(rng, 60, 800),
        peak_hz=between(rng, 200, 6000),
        high_hz=between(rng, 4000, 15_000),
        decay_s=between(rng, 2, 12),
        decay_tilt=float(rng.uniform(-0.4, 0.6)),
        attack_s=length_s * rng.uniform(0.2, 1.0),
        tonal=float(rng.uniform(0, 0.9)),
        modes_per_octave=between(rng, 3, 60),
    )
    out = cloud(rng, length_s, strike)
    fade_s = length_s * rng.uniform(0.02, 0.5)
    return np.asarray(out * np.minimum(1, seconds(length_s)[: out.size][::-1] / fade_s))


def _drum_loop(rng: np.random.Generator) -> Signal:
    only = ("drums", "drums", "percussion")[int(rng.integers(3))]
    return _mixed_down(random_loop(rng, between(rng, 1.2, 2.8), only=(only,)))


def _tonal_loop(rng: np.random.Generator) -> Signal:
    return _mixed_down(random_loop(rng, between(rng, 1.5, 2.8), only=("bass", "chords", "arpeggio", "lead")))


def _mixed_down(loop: NDArray[np.float32]) -> Signal:
    mono = np.asarray(loop.mean(axis=1), float)
    return mono if np.any(mono) else np.asarray(loop[:, 0], float) + 1e-6 * np.arange(len(loop)) / RATE_HZ
