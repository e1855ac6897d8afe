"""Single notes made by dice, for learning pitch: harmonic tones with random partials, and noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import fft

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth.effects import Signal, filtered, saturate
from morphstudio.synth.random_voices import between, random_spectrum
from morphstudio.synth.voices import cycle, fm, hz, plucked, read_cycle

LOWEST_MIDI, HIGHEST_MIDI = 24, 100
MAX_CENTS = 40.0
_UNPITCHED_SHARE = 0.06


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """A rendered note.

    Parameters
    ----------
    samples : float32, shape (frames,)
        Mono, 44.1 kHz.
    midi : int or None
        Its nearest note; None where it has no single pitch.
    """

    samples: Signal
    midi: int | None


def random_note(rng: np.random.Generator) -> Note:
    """Draw a note; some have no pitch at all, or several."""
    duration_s = float(rng.choice([between(rng, 0.12, 0.5), between(rng, 0.5, 1.1)]))
    time = np.arange(int(duration_s * RATE_HZ)) / RATE_HZ
    if rng.random() < _UNPITCHED_SHARE:
        midi, sound = None, _without_pitch(rng, time)
    else:
        midi = int(rng.integers(LOWEST_MIDI, HIGHEST_MIDI + 1))
        sound = _voice(rng)(rng, hz(midi + rng.uniform(-MAX_CENTS, MAX_CENTS) / 100), time)
    sound = _normalised(sound)
    sound = sound + _attack(rng, time, hz(midi or 60))
    sound = sound + _background(rng, sound)
    if rng.random() < 0.2:
        sound = saturate(_normalised(sound), between(rng, 0.5, 6))
    if rng.random() < 0.25:
        sound = _in_a_room(rng, sound)
    return Note(_normalised(sound).astype(np.float32), midi)


_Voice = Callable[[np.random.Generator, float, Signal], Signal]


def _voice(rng: np.random.Generator) -> _Voice:
    voices: list[_Voice] = [_subtractive, _additive, _bowed, _fm, _plucked, _filtered, _stacked]
    return voices[int(rng.choice(len(voices), p=[0.2, 0.26, 0.14, 0.12, 0.12, 0.1, 0.06]))]


def _subtractive(rng: np.random.Generator, freq_hz: float, time: Signal) -> Signal:
    """A wave, bright at first and dark later; up to three voices out of tune."""
    strengths = np.asarray(random_spectrum(rng))
    k = np.arange(1, strengths.size + 1)
    dark = strengths / (1 + (k * freq_hz / between(rng, max(100, freq_hz), 6000)) ** rng.uniform(1, 4))
    n_voices = int(rng.choice([1, 1, 2, 3]))
    spread = between(rng, 1, 22) if n_voices > 1 else 0.0
    out = np.zeros(time.size)
    fade = np.exp(-time / between(rng, 0.03, 0.8))
    tables = [cycle(part.tolist(), freq_hz) for part in (strengths, dark)]
    for cents in np.linspace(-spread, spread, n_voices):
        phase = time * freq_hz * 2 ** (cents / 1200) + rng.random()
        out += read_cycle(tables[0], phase) * fade + read_cycle(tables[1], phase) * (1 - fade)
    return out * _decay(rng, time)


def _bowed(rng: np.random.Generator, freq_hz: float, time: Signal) -> Signal:
    """A wave with vibrato, swelling in, through a body's resonances."""
    cents = rng.uniform(0, 45) * np.minimum(1, time / between(rng, 0.01, 0.5))
    wobble = np.sin(2 * np.pi * (rng.random() + time * rng.uniform(3, 8)))
    drift = np.cumsum(2 ** (cents * wobble / 1200)) / RATE_HZ
    out = read_cycle(cycle(random_spectrum(rng), freq_hz), drift * freq_hz)
    for _ in range(int(rng.integers(0, 4))):
        out = filtered(out, "peak", between(rng, 150, 5000), between(rng, 1, 8), rng.uniform(-15, 15))
    return np.asarray(out * np.minimum(1, time / between(rng, 0.005, 0.2)) * _decay(rng, time))


def _additive(rng: np.random.Generator, freq_hz: float, time: Signal) -> Signal:
    """Partials of random strength and life: no fundamental, odd ones only, stretched by stiffness."""
    n = min(int(rng.integers(1, 33)), max(1, int(16_000 // freq_hz)))
    k = np.arange(1, n + 1)
    levels = rng.random(n) ** rng.uniform(0.3, 3) / k ** rng.uniform(0, 2.2)
    if n > 4:
        character = rng.random()
        if character < 0.2:
            levels[1::2] *= between(rng, 0.002, 0.3)  # odd partials
        elif character < 0.4:
            levels[: int(rng.integers(1, 3))] *= between(rng, 0.001, 0.2)  # little fundamental
        elif character < 0.55:
            levels[0] += levels.sum() * between(rng, 0.5, 20)  # hardly more than the fundamental
    if rng.random() < 0.15:  # bars and tines, tuned to the fundamental alone
        k = np.array([1.0, 4.0, rng.uniform(9, 11), rng.uniform(15, 21)])[:n]
        levels = levels[: k.size]
    stretch = between(rng, 1e-5, 1e-3) * (rng.random() < 0.5) * min(1.0, 261 / freq_hz)
    ratios = k * np.sqrt((1 + stretch * k**2) / (1 + stretch))
    lives = between(rng, 0.05, 3) / (1 + rng.uniform(0, 0.6) * (ratios - 1))
    out = np.zeros(time.size)
    for ratio, level, life in zip(ratios, levels, lives, strict=True):
        if ratio * freq_hz < 18_000:
            turns = (ratio * freq_hz * time + rng.random()) % 1
            out += level * np.sin((2 * np.pi * turns).astype(np.float32)) * np.exp(-time / life)
    return out


def _fm(rng: np.random.Generator, freq_hz: float, time: Signal) -> Signal:
    ratio = float(rng.choice([1, 1, 2, 3, 4, 5, 7, 14])) + rng.uniform(-0.003, 0.003)
    gate_s = max(time[-1] - 0.1, 0.05)
    index = between(rng, 0.2, 4) / (1 + freq_hz / 1000)
    index_s, decay_s = between(rng, 0.03, 1), between(rng, 0.15, 4)
    sound = fm(freq_hz, gate_s, ratio=ratio, index=index, index_s=index_s, decay_s=decay_s)
    return _fitted(sound, time.size)


def _plucked(rng: np.random.Generator, freq_hz: float, time: Signal) -> Signal:
    decay_s = between(rng, 0.2, 4)
    bright, pick = float(rng.uniform(0.1, 1)), float(rng.uniform(0.05, 0.5))
    return _fitted(plucked(rng, freq_hz, time[-1], decay_s=decay_s, bright=bright, pick=pick), time.size)


def _filtered(rng: np.random.Generator, freq_hz: float, time: Signal) -> Signal:
    """A wave of which a filter leaves a part: often little of its fundamental."""
    sound = _subtractive(rng, freq_hz, time)
    kind = str(rng.choice(["highpass", "lowpass", "bandpass", "peak"]))
    centre_hz = between(rng, freq_hz, min(12_000.0, freq_hz * 16))
    return filtered(sound, kind, centre_hz, between(rng, 0.5, 6), 18.0)


def _stacked(rng: np.random.Generator, freq_hz: float, time: Signal) -> Signal:
    """The note and its octaves, as organs and basses have them."""
    out = np.zeros(time.size)
    for octave in rng.choice([-1, 0, 1, 2], size=int(rng.integers(2, 4)), replace=False):
        each_hz = freq_hz * 2.0**octave * 2 ** (rng.uniform(-6, 6) / 1200)
        if 28 < each_hz < 6000:
            out += rng.uniform(0.2, 1) * _subtractive(rng, each_hz, time)
    return out if out.any() else _subtractive(rng, freq_hz, time)


def _without_pitch(rng: np.random.Generator, time: Signal) -> Signal:
    """Noise, a clash of unrelated partials, or a chord."""
    character = rng.random()
    if character < 0.4:
        noise = rng.standard_normal(time.size)
        wide = filtered(noise, str(rng.choice(["lowpass", "highpass"])), between(rng, 100, 6000), 0.7)
        return wide * _decay(rng, time)
    if character < 0.7:
        out = np.zeros(time.size)
        for _ in range(int(rng.integers(5, 20))):
            life = np.exp(-time / between(rng, 0.05, 1))
            out += rng.random() * np.sin(2 * np.pi * between(rng, 80, 9000) * time) * life
        return out
    root = int(rng.integers(36, 72))
    chord = ([0, 4, 7], [0, 3, 7], [0, 4, 7, 11], [0, 3, 6, 10], [0, 5, 10])[int(rng.integers(5))]
    return np.asarray(sum(_subtractive(rng, hz(root + step), time) for step in chord))


def _decay(rng: np.random.Generator, time: Signal) -> Signal:
    return np.asarray(np.exp(-time / between(rng, 0.06, 6)))


def _attack(rng: np.random.Generator, time: Signal, freq_hz: float) -> Signal:
    """Hammer, pick or breath: a burst that is over soon; or a kick's fall onto the note."""
    if rng.random() < 0.4:
        return np.zeros(time.size)
    life_s, level = between(rng, 0.002, 0.06), between(rng, 0.03, 1.5)
    if rng.random() < 0.15:
        turns = freq_hz * np.cumsum(1 + rng.uniform(0.5, 4) * np.exp(-time / life_s)) / RATE_HZ
        return np.asarray(level * np.sin(2 * np.pi * turns) * np.exp(-time / (2 * life_s)))
    burst = rng.standard_normal(time.size) * np.exp(-time / life_s)
    return level * _normalised(filtered(burst, "bandpass", between(rng, 100, 8000), between(rng, 0.3, 2)))


def _background(rng: np.random.Generator, sound: Signal) -> Signal:
    """Noise at a random distance from the note, some of it breath around its partials' region."""
    distance_db = rng.uniform(6, 60)
    spectrum = fft.rfft(rng.standard_normal(sound.size))
    freq = np.maximum(fft.rfftfreq(sound.size, 1 / RATE_HZ), 20.0)
    noise = np.asarray(fft.irfft(spectrum * freq ** rng.uniform(-1.0, 0.3), sound.size))
    level = np.sqrt(np.mean(np.square(sound))) * 10 ** (-distance_db / 20)
    steady = rng.random() < 0.5
    envelope = 1.0 if steady else np.abs(sound) / (np.max(np.abs(sound)) or 1.0)
    return np.asarray(level * noise / (np.std(noise) or 1.0) * envelope)


def _in_a_room(rng: np.random.Generator, sound: Signal) -> Signal:
    n = int(between(rng, 0.05, 0.5) * RATE_HZ)
    burst = rng.standard_normal(n) * np.exp(-5.0 * np.arange(n) / n)
    tail = filtered(burst, "lowpass", between(rng, 800, 9000))
    size = fft.next_fast_len(sound.size + n, real=True)
    wet = fft.irfft(fft.rfft(sound, size) * fft.rfft(tail, size), size)[: sound.size]
    return np.asarray(_normalised(sound) + between(rng, 0.05, 0.6) * _normalised(wet))


def _fitted(sound: Signal, n_frames: int) -> Signal:
    return np.pad(sound[:n_frames], (0, max(0, n_frames - sound.size)))


def _normalised(sound: Signal) -> Signal:
    return np.asarray(sound / (np.max(np.abs(sound)) or 1.0))
