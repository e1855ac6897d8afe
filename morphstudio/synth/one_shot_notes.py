"""One-shots that have a pitch, by dice: bass, synth, guitar, keys and voices; notes and chords."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth import patterns, voices
from morphstudio.synth.drums import seconds
from morphstudio.synth.effects import Signal, filtered, saturate, swept
from morphstudio.synth.one_shot_parts import Strike, added, chance, cloud, later
from morphstudio.synth.random_voices import between, random_player, random_spectrum

_FORMANTS = {
    "a": (800, 1150, 2900, 3900),
    "e": (400, 1700, 2600, 3600),
    "i": (300, 2200, 2950, 3700),
    "o": (450, 800, 2830, 3700),
    "u": (325, 700, 2700, 3500),
}


def bass(rng: np.random.Generator) -> Signal:
    """Bass: synthesised, a plucked string, a sub sine, FM, a growl."""
    freq_hz, gate_s = voices.hz(float(rng.uniform(24, 46))), between(rng, 0.12, 1.8)
    sort = rng.choice(["tone", "string", "sub", "fm", "growl"], p=[0.4, 0.2, 0.13, 0.15, 0.12])
    if sort == "string":
        sound = voices.plucked(
            rng,
            freq_hz,
            gate_s + 0.3,
            decay_s=between(rng, 0.5, 4),
            bright=float(rng.uniform(0.05, 0.9)),
            pick=float(rng.uniform(0.06, 0.3)),
        )
        return saturate(sound, between(rng, 0.8, 4))
    if sort == "sub":
        patch = voices.Patch(
            voices.spectrum("sine"),
            cutoff_hz=800,
            attack_s=between(rng, 0.002, 0.03),
            decay_s=between(rng, 0.3, 3),
            sustain=float(rng.uniform(0.2, 1)),
            drive=between(rng, 1, 6),
        )
        return voices.tone(rng, (freq_hz,), gate_s, patch)
    if sort == "fm":
        return voices.fm(
            freq_hz,
            gate_s,
            ratio=float(rng.choice([0.5, 1, 1, 2, 3])),
            index=between(rng, 0.5, 9),
            index_s=between(rng, 0.04, 0.8),
            decay_s=between(rng, 0.4, 4),
        )
    sound = voices.tone(rng, (freq_hz,), gate_s, _bass_patch(rng), accent=float(rng.random()))
    if sort == "growl":
        wobble = 0.5 + 0.5 * np.sin(
            2 * np.pi * seconds(sound.size / RATE_HZ)[: sound.size] * between(rng, 1, 14)
        )
        sound = swept(saturate(sound, 4), 120 * 2 ** (4.5 * wobble), between(rng, 1, 5))
    return sound


def _bass_patch(rng: np.random.Generator) -> voices.Patch:
    return voices.Patch(
        spectrum=voices.spectrum(
            str(rng.choice(["saw", "square", "triangle", "pulse"])), 300, float(rng.uniform(0.1, 0.45))
        ),
        n_unison=int(rng.choice([1, 1, 2, 3])),
        detune_cents=between(rng, 3, 30),
        cutoff_hz=between(rng, 90, 1800),
        q=between(rng, 0.6, 7),
        env_octaves=float(rng.uniform(0, 4)),
        env_s=between(rng, 0.04, 0.6),
        attack_s=between(rng, 0.001, 0.03),
        decay_s=between(rng, 0.1, 1.5),
        sustain=float(rng.uniform(0, 1)),
        release_s=between(rng, 0.02, 0.4),
        drive=float(rng.choice([1.0, between(rng, 1.2, 8)])),
        sub=float(rng.choice([0.0, rng.uniform(0.2, 1.2)])),
    )


def synth(rng: np.random.Generator) -> Signal:
    """Synthesiser: leads, pads, plucks, stabs, blips, zaps and supersaws."""
    sort = rng.choice(["player", "pad", "saws", "blip", "zap"], p=[0.4, 0.18, 0.17, 0.15, 0.1])
    if sort == "zap":
        return _zap(rng)
    freqs = _notes(rng, 45, 88, chord=0.35)
    if sort == "player":
        player = random_player(rng)
        return _mono(player(freqs, between(rng, 0.1, 2.0), float(rng.random())))
    if sort == "blip":
        patch = voices.Patch(
            random_spectrum(rng),
            cutoff_hz=between(rng, 800, 9000),
            attack_s=0.001,
            decay_s=between(rng, 0.03, 0.25),
            sustain=0.0,
            release_s=0.05,
        )
        return voices.tone(rng, (voices.hz(float(rng.uniform(55, 100))),), between(rng, 0.03, 0.3), patch)
    is_pad = sort == "pad"
    patch = voices.Patch(
        spectrum=random_spectrum(rng) if is_pad else voices.spectrum("saw"),
        n_unison=int(rng.integers(2, 6)) if is_pad else int(rng.integers(5, 9)),
        detune_cents=between(rng, 6, 40),
        cutoff_hz=between(rng, 500, 9000),
        q=between(rng, 0.6, 4),
        env_octaves=float(rng.uniform(0, 3)),
        env_s=between(rng, 0.1, 1.5),
        attack_s=between(rng, 0.1, 1.0) if is_pad else between(rng, 0.001, 0.03),
        decay_s=between(rng, 0.3, 2),
        sustain=float(rng.uniform(0.3, 1)),
        release_s=between(rng, 0.05, 1.0),
        vibrato_cents=float(rng.choice([0.0, rng.uniform(3, 30)])),
    )
    return voices.tone(
        rng, freqs, between(rng, 0.2, 3.0 if is_pad else 1.5), patch, accent=float(rng.random())
    )


def _zap(rng: np.random.Generator) -> Signal:
    time = seconds(between(rng, 0.08, 1.2))
    start, end = between(rng, 300, 9000), between(rng, 60, 3000)
    freq = end + (start - end) * np.exp(-time / between(rng, 0.01, 0.3))
    phase = np.cumsum(freq, dtype=float) / RATE_HZ
    table = voices.cycle(random_spectrum(rng), max(start, end))
    return np.asarray(voices.read_cycle(table, phase) * np.exp(-4 * time / time[-1]) * (time < time[-1]))


def guitar(rng: np.random.Generator) -> Signal:
    """Guitar: plucked or strummed, nylon, steel, clean, muted, driven."""
    freqs = list(_notes(rng, 40, 76, chord=0.0))
    if chance(rng, 0.5):
        root = float(rng.uniform(40, 56))
        steps = [(0, 7, 12, 16, 19, 24), (0, 7, 12, 15, 19, 24), (0, 7, 12), (0, 5, 7, 12, 17)]
        shape = steps[int(rng.integers(len(steps)))]
        freqs = [voices.hz(root + step) for step in shape]
    decay_s = between(rng, 0.06, 0.3) if chance(rng, 0.15) else between(rng, 0.7, 5.0)
    bright, pick = float(rng.uniform(0.15, 0.95)), float(rng.uniform(0.05, 0.4))
    length_s, stroke_s = between(rng, 0.4, 3.0), between(rng, 0.001, 0.05)
    strings = [
        later(
            voices.plucked(
                rng, freq, min(length_s, 1.5 * decay_s + 0.1), decay_s=decay_s, bright=bright, pick=pick
            )
            * float(rng.uniform(0.6, 1)),
            index * stroke_s,
        )
        for index, freq in enumerate(freqs)
    ]
    out = added(*strings)
    for _ in range(int(rng.integers(1, 4))):  # the body of an acoustic one, or a loudspeaker's cone
        out = filtered(out, "peak", between(rng, 90, 4000), between(rng, 0.7, 4), float(rng.normal() * 5))
    if chance(rng, 0.35):
        out = saturate(out / (np.max(np.abs(out)) or 1.0), between(rng, 3, 60))
        out = filtered(filtered(out, "lowpass", between(rng, 2500, 6000)), "highpass", 90.0)
    scrape = Strike(800, between(rng, 2000, 6000), 12_000, decay_s=between(rng, 0.01, 0.05))
    return added(out / (np.max(np.abs(out)) or 1.0), cloud(rng, 0.08, scrape) * between(rng, 0.002, 0.05))


def keys(rng: np.random.Generator) -> Signal:
    """Keyboards: piano, electric pianos, organs, clavinet, bells played by keys."""
    freqs = _notes(rng, 33, 90, chord=0.4)
    gate_s = between(rng, 0.15, 2.5)
    sort = rng.choice(["piano", "tines", "organ", "clav", "mallet"], p=[0.38, 0.24, 0.18, 0.08, 0.12])
    if sort == "piano":
        return np.asarray(added(*(_piano_string(rng, freq, gate_s) for freq in freqs)) / len(freqs) ** 0.6)
    if sort == "tines":
        index, tine = between(rng, 0.2, 4), float(rng.uniform(0, 1))
        ratio, decay_s = float(rng.choice([1, 1, 2, 14])), between(rng, 0.8, 5)
        notes = [
            voices.fm(f, gate_s, ratio=ratio, index=index, index_s=0.4, decay_s=decay_s, tine=tine)
            for f in freqs
        ]
        out = added(*notes) / len(freqs) ** 0.6
        if chance(rng, 0.4):
            rate_hz = between(rng, 3, 8)
            out = out * (1 - 0.4 * np.sin(2 * np.pi * rate_hz * np.arange(out.size) / RATE_HZ))
        return saturate(out, between(rng, 0.6, 4))
    if sort == "organ":
        bars = np.zeros(16)
        bars[[0, 1, 2, 3, 5, 7, 9, 11, 15]] = rng.random(9) * (rng.random(9) < 0.7)
        bars[0] += 0.2
        patch = voices.Patch(
            spectrum=tuple(bars.tolist()),
            cutoff_hz=between(rng, 3000, 15_000),
            env_octaves=0.0,
            attack_s=between(rng, 0.002, 0.02),
            sustain=1.0,
            release_s=between(rng, 0.02, 0.1),
            drive=float(rng.choice([1.0, between(rng, 1.2, 4)])),
            vibrato_cents=float(rng.choice([0.0, rng.uniform(5, 25)])),
            vibrato_hz=between(rng, 5, 7.5),
        )
        return voices.tone(rng, freqs, gate_s, patch)
    if sort == "clav":
        notes = [
            voices.plucked(rng, f, gate_s, decay_s=between(rng, 0.4, 1.5), bright=0.9, pick=0.1)
            for f in freqs
        ]
        return filtered(added(*notes), "highpass", between(rng, 100, 500))
    ratios = (1.0, 3.93, 9.5) if chance(rng, 0.6) else (1.0, 2.76, 5.4, 8.9)
    decay_s = between(rng, 0.2, 3)
    return added(*(voices.partials(rng, 2 * f, min(decay_s, 2.5), ratios, decay_s=decay_s) for f in freqs))


def _piano_string(rng: np.random.Generator, freq_hz: float, gate_s: float) -> Signal:
    time = seconds(gate_s + 0.25)
    stiffness, hardness = between(rng, 1e-4, 8e-4), float(rng.uniform(0.6, 1.8))
    out: Signal = np.zeros(time.size)
    life_s = between(rng, 2, 9) * (260 / freq_hz) ** 0.5
    for k in range(1, 26):
        partial_hz = freq_hz * k * np.sqrt(1 + stiffness * k * k)
        if partial_hz > 12_000:
            break
        level = rng.uniform(0.4, 1.0) / k**hardness * abs(np.sin(np.pi * k / 8.2) + 0.15)
        twice = np.exp(-6.9 * time * (2.5 * k**0.5) / life_s) + 0.25 * np.exp(-6.9 * time / life_s)
        beat_hz = partial_hz * (1 + rng.normal() * 2e-4)
        turns = (time * partial_hz % 1).astype(np.float32)
        out += level * twice * (np.sin(2 * np.pi * turns) + 0.6 * np.sin(2 * np.pi * (time * beat_hz % 1)))
    knock = cloud(
        rng, 0.2, Strike(80, between(rng, 200, 900), 4000, decay_s=between(rng, 0.03, 0.12), tonal=0.5)
    )
    out = out * np.minimum(1, time / 0.002) * np.clip(1 - (time - gate_s) / 0.22, 0, 1)
    return added(out / (np.max(np.abs(out)) or 1.0), knock * between(rng, 0.003, 0.06))


def vocal(rng: np.random.Generator) -> Signal:
    """Voices: sung vowels that glide, spoken syllables, chops, choirs, whispers, vocoders."""
    sort = rng.choice(["sung", "spoken", "chop", "choir"], p=[0.35, 0.3, 0.2, 0.15])
    if sort == "choir":
        midi, length_s = float(rng.uniform(45, 72)), between(rng, 0.6, 3)
        vowels = str(rng.choice(list("aeiou"))) * 2
        return added(*(_voice(rng, midi + rng.normal() * 0.12, length_s, vowels, 0.25) for _ in range(4)))
    midi = float(rng.uniform(38, 72))
    if sort == "spoken":
        syllables, start_s = [], 0.0
        for _ in range(int(rng.integers(1, 7))):
            length_s = between(rng, 0.07, 0.3)
            sound = _voice(rng, midi + rng.normal() * 2.5, length_s, _vowels(rng, 2), 0.02)
            if chance(rng, 0.7):
                peak_hz = between(rng, 1500, 7500)
                hiss = Strike(
                    peak_hz / 2, peak_hz, decay_s=between(rng, 0.03, 0.2), attack_s=between(rng, 0.001, 0.05)
                )
                sound = added(
                    cloud(rng, 0.2, hiss) * between(rng, 0.02, 0.3), later(sound, between(rng, 0.01, 0.1))
                )
            syllables.append(later(sound * rng.uniform(0.4, 1), start_s))
            start_s += length_s + between(rng, 0.02, 0.12)
        return added(*syllables)
    length_s = between(rng, 0.08, 0.5) if sort == "chop" else between(rng, 0.5, 3)
    return _voice(rng, midi, length_s, _vowels(rng, int(rng.integers(1, 4))), between(rng, 0.005, 0.12))


def _vowels(rng: np.random.Generator, n: int) -> str:
    return "".join(str(rng.choice(list("aeiou"))) for _ in range(n))


def _voice(rng: np.random.Generator, midi: float, length_s: float, vowels: str, attack_s: float) -> Signal:
    """A glottis through four moving formants."""
    time = seconds(length_s)
    n = time.size
    place = np.linspace(0, 1, n)
    wander = np.interp(place, np.linspace(0, 1, 6), np.cumsum(rng.normal(size=6)) * rng.uniform(0, 0.9))
    vibrato = rng.uniform(0, 0.5) * np.sin(2 * np.pi * time * between(rng, 4, 7)) * np.minimum(1, time / 0.5)
    freq = 440 * 2 ** ((midi + wander + vibrato - 69) / 12)
    phase = np.cumsum(freq * (1 + 0.006 * rng.standard_normal(n)), dtype=float) / RATE_HZ
    saw = voices.read_cycle(voices.cycle(voices.spectrum("saw"), float(freq.max())), phase)
    source = filtered(saw, "lowpass", between(rng, 800, 4000)) + rng.uniform(0.01, 0.3) * rng.standard_normal(
        n
    ) * (0.5 + 0.5 * np.asarray(saw))
    size = between(rng, 0.85, 1.25)
    knots = np.linspace(0, 1, max(2, len(vowels)))
    chain = vowels if len(vowels) > 1 else vowels * 2
    out: Signal = np.zeros(n)
    for number in range(4):
        centres = [size * _FORMANTS[vowel][number] * between(rng, 0.93, 1.07) for vowel in chain]
        track = np.interp(place, knots, centres)
        out += swept(source, track, 6.0 + 3 * number, "bandpass", 64) * 10 ** (
            -rng.uniform(0, 7) * number / 20
        )
    fade = np.minimum(1, time / max(attack_s, 0.002)) * np.minimum(1, (time[-1] - time) / (0.15 * length_s))
    return np.asarray(out * fade / (np.max(np.abs(out)) or 1.0))


def _notes(rng: np.random.Generator, low: float, high: float, *, chord: float) -> tuple[float, ...]:
    midi = float(rng.uniform(low, high))
    if not chance(rng, chord):
        return (voices.hz(midi),)
    known = patterns.scales()
    scale: Sequence[int] = known[list(known)[int(rng.integers(len(known)))]]
    tones = patterns.chord(tuple(scale), int(rng.integers(0, 6)), int(rng.integers(2, 5)))
    return tuple(voices.hz(min(midi, high - 12) + tone) for tone in tones)


def _mono(sound: Signal) -> Signal:
    return sound if sound.ndim == 1 else np.asarray(sound.mean(axis=0))
