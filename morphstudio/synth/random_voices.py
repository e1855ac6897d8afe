"""Instruments made by dice: drum sounds, synthesiser patches and players for the random loops."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from morphstudio.synth import drums, voices
from morphstudio.synth.effects import Signal

Player = Callable[[tuple[float, ...], float, float], Signal]
"""(frequencies in Hz, gate in s, accent 0..1) to a sound."""


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """Draw a number between two, evenly on a logarithmic scale."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def drum_sound(rng: np.random.Generator, name: str) -> Signal:
    """One hit of the named instrument, its making random."""
    u = rng.uniform
    if name == "kick":
        return drums.kick(
            rng,
            between(rng, 38, 75),
            sweep=between(rng, 1.6, 9),
            sweep_s=between(rng, 0.008, 0.06),
            decay_s=between(rng, 0.12, 0.9),
            click=float(u(0, 0.8)),
            drive=between(rng, 1, 5),
            room=float(u(0, 0.6)) * (rng.random() < 0.4),
        )
    if name == "snare":
        return drums.snare(
            rng,
            between(rng, 140, 300),
            tone_s=between(rng, 0.05, 0.25),
            noise_s=between(rng, 0.08, 0.45),
            snap=between(rng, 0.4, 2.2),
            bright_hz=between(rng, 3000, 9500),
            drive=between(rng, 1, 3),
            ring=float(u(0, 0.3)) * (rng.random() < 0.4),
        )
    if name == "clap":
        centre, spread = between(rng, 800, 2200), float(u(0.006, 0.016))
        return drums.clap(rng, centre_hz=centre, spread_s=spread, decay_s=between(rng, 0.12, 0.5))
    if name in ("hat", "open"):
        length = between(rng, 0.025, 0.12) if name == "hat" else between(rng, 0.2, 0.7)
        return drums.hat(
            rng,
            decay_s=length,
            tone_hz=between(rng, 250, 800),
            metal=float(u(0, 1)),
            low_cut_hz=between(rng, 3500, 9500),
        )
    if name == "ride":
        return drums.cymbal(
            rng, decay_s=between(rng, 0.5, 2.0), tone_hz=between(rng, 220, 480), bell=float(u(0, 0.6))
        )
    if name in ("tom", "conga", "conga_low"):
        low, high = {"tom": (65, 200), "conga": (230, 420), "conga_low": (150, 230)}[name]
        length = between(rng, 0.15, 0.6)
        pitch = between(rng, low, high)
        return drums.tom(rng, pitch, decay_s=length, bend=float(u(0, 0.8)), skin=float(u(0.05, 0.5)))
    if name == "slap":
        return drums.slap(rng, between(rng, 250, 450), decay_s=between(rng, 0.06, 0.2))
    if name == "rim":
        return drums.rim(rng, between(rng, 300, 900), decay_s=between(rng, 0.02, 0.12))
    if name == "clave":
        return drums.clave(rng, between(rng, 1500, 3200), decay_s=between(rng, 0.04, 0.16))
    if name == "cowbell":
        return drums.cowbell(rng, between(rng, 420, 850), decay_s=between(rng, 0.12, 0.5))
    if name == "tabla_low":
        return drums.tabla_low(
            rng, between(rng, 65, 120), decay_s=between(rng, 0.3, 0.8), glide=float(u(0, 0.8))
        )
    if name == "tabla_high":
        damp = float(rng.choice([0.0, u(0.3, 1)]))
        return drums.tabla_high(rng, between(rng, 240, 480), decay_s=between(rng, 0.25, 0.9), damp=damp)
    rise = float(u(0.008, 0.04))
    return drums.shaker(
        rng, decay_s=between(rng, 0.04, 0.16), rise_s=rise, centre_hz=between(rng, 4000, 10_000)
    )


def random_spectrum(rng: np.random.Generator) -> tuple[float, ...]:
    """Harmonic strengths of a random wave."""
    shape = str(rng.choice(["saw", "square", "triangle", "pulse", "sine", "organ", "vowel", "odd"]))
    if shape in ("saw", "square", "triangle", "pulse", "sine"):
        return voices.spectrum(shape, 300, float(rng.uniform(0.05, 0.45)))
    k = np.arange(1, 200)
    if shape == "organ":
        return tuple((rng.random(12) * (rng.random(12) < 0.6) + 1e-3).tolist())
    if shape == "vowel":
        body = np.zeros(k.size)
        for _ in range(3):
            centre = rng.uniform(1, 25)
            body += rng.uniform(0.3, 1) * np.exp(-(((k - centre) / rng.uniform(0.6, 4)) ** 2))
        return tuple(((body + 0.02) / k**0.5).tolist())
    return tuple((rng.uniform(0, 1, k.size) / k ** rng.uniform(0.6, 2)).tolist())


def _random_patch(rng: np.random.Generator, *, low_hz: float = 200, high_hz: float = 6000) -> voices.Patch:
    return voices.Patch(
        spectrum=random_spectrum(rng),
        n_unison=int(rng.choice([1, 1, 2, 3])),
        detune_cents=between(rng, 3, 45),
        cutoff_hz=between(rng, low_hz, high_hz),
        q=between(rng, 0.6, 8),
        env_octaves=float(rng.uniform(0, 4.5)),
        env_s=between(rng, 0.03, 0.8),
        attack_s=float(rng.choice([0.002, between(rng, 0.002, 0.2)], p=[0.65, 0.35])),
        decay_s=between(rng, 0.08, 1.2),
        sustain=float(rng.choice([0.0, rng.uniform(0.2, 1)])),
        release_s=between(rng, 0.02, 0.5),
        drive=float(rng.choice([1.0, between(rng, 1.2, 6)])),
        sub=float(rng.choice([0.0, rng.uniform(0.2, 1)])),
        noise=float(rng.choice([0.0, 0.0, rng.uniform(0.01, 0.25)])),
        vibrato_cents=float(rng.choice([0.0, 0.0, rng.uniform(5, 40)])),
        stereo=bool(rng.random() < 0.2),
        filter_kind=str(rng.choice(["lowpass", "lowpass", "lowpass", "bandpass"])),
    )


def random_player(rng: np.random.Generator) -> Player:
    """Build an instrument whose timbre is fixed by the dice."""
    engine = str(rng.choice(["tone", "fm", "string", "bell"], p=[0.5, 0.22, 0.16, 0.12]))
    if engine == "fm":
        ratio = float(rng.choice([0.5, 1, 1, 2, 3, 4, 7, rng.uniform(0.5, 9)]))
        index, index_s = between(rng, 0.4, 12), between(rng, 0.03, 1.0)
        decay_s, attack_s = between(rng, 0.2, 3), float(rng.choice([0.002, 0.03]))
        tine, floor = float(rng.choice([0.0, rng.uniform(0.2, 1)])), float(rng.uniform(0, 0.6))
        return lambda freqs, gate_s, accent: _summed(
            [
                voices.fm(
                    freq,
                    gate_s,
                    ratio=ratio,
                    index=index * (0.5 + accent),
                    index_s=index_s,
                    attack_s=attack_s,
                    decay_s=decay_s,
                    tine=tine,
                    floor=floor,
                )
                for freq in freqs
            ]
        )
    if engine == "string":
        decay_s, bright, pick = (
            between(rng, 0.3, 2.5),
            float(rng.uniform(0.1, 0.95)),
            float(rng.uniform(0.08, 0.5)),
        )
        return lambda freqs, gate_s, accent: _summed(
            [
                voices.plucked(
                    rng,
                    freq,
                    min(decay_s, 2 * gate_s + 0.2),
                    decay_s=decay_s,
                    bright=bright * (0.6 + 0.4 * accent),
                    pick=pick,
                )
                for freq in freqs
            ]
        )
    if engine == "bell":
        stretch = float(rng.choice([1.0, rng.uniform(1.0, 1.5)]))
        ratios = tuple(float(ratio) for ratio in np.sort(rng.uniform(1, 9, 6)) ** stretch / 1.0)
        ratios = (1.0, *ratios) if rng.random() < 0.6 else (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
        decay_s, tilt = between(rng, 0.2, 2.0), float(rng.uniform(0.3, 1.6))
        return lambda freqs, gate_s, accent: _summed(
            [
                voices.partials(rng, freq, min(decay_s, 1.5), ratios, decay_s=decay_s, tilt=tilt)
                for freq in freqs
            ]
        )
    patch = _random_patch(rng)
    return lambda freqs, gate_s, accent: voices.tone(rng, freqs, gate_s, patch, accent=accent)


def _summed(sounds: Sequence[Signal]) -> Signal:
    """Mono sounds of any lengths added up from a common start, the level kept for chords."""
    out: Signal = np.zeros(max(sound.shape[-1] for sound in sounds))
    for sound in sounds:
        out[: sound.shape[-1]] += sound
    return np.asarray(out / len(sounds) ** 0.6)
