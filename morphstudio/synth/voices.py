"""Pitched instruments: wavetable, FM, additive and plucked notes, and noise textures.

Notes are mono or stereo sounds, longer than their gate by the release; the caller places them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import fft

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth.drums import seconds, sine
from morphstudio.synth.effects import Signal, filtered, saturate, swept

_TABLE = 2048


@dataclass(frozen=True, slots=True)
class Patch:
    """Settings of the wavetable synthesiser; see `tone`.

    Times are in seconds; `env_octaves` is how far the filter's envelope opens it above `cutoff_hz`;
    `spectrum` is the strength of each harmonic, the first being the fundamental.
    """

    spectrum: tuple[float, ...]
    n_unison: int = 1
    detune_cents: float = 8.0
    cutoff_hz: float = 2000.0
    q: float = 0.8
    env_octaves: float = 2.0
    env_s: float = 0.2
    attack_s: float = 0.004
    decay_s: float = 0.3
    sustain: float = 0.6
    release_s: float = 0.08
    drive: float = 1.0
    sub: float = 0.0
    noise: float = 0.0
    vibrato_cents: float = 0.0
    vibrato_hz: float = 5.5
    stereo: bool = False
    filter_kind: str = "lowpass"


def spectrum(shape: str, n: int = 400, width: float = 0.5) -> tuple[float, ...]:
    """Harmonic strengths of a known wave: saw, square, triangle, pulse (of `width`) or sine."""
    k = np.arange(1, n + 1)
    odd = k % 2
    known: dict[str, Signal] = {
        "saw": 1 / k,
        "square": odd / k,
        "triangle": odd / k**2.0,
        "pulse": np.abs(np.sin(np.pi * k * width)) / k,
        "sine": (k == 1) * 1.0,
    }
    return tuple(known[shape].tolist())


def hz(midi: float) -> float:
    """Frequency of a MIDI note number (69 is 440 Hz).

    >>> hz(57)
    220.0
    """
    return float(440 * 2 ** ((midi - 69) / 12))


def envelope(time: Signal, gate_s: float, patch: Patch) -> Signal:
    """Attack, exponential decay to the sustain level, release after the gate."""
    held = patch.sustain + (1 - patch.sustain) * np.exp(
        -3 * np.maximum(time - patch.attack_s, 0) / patch.decay_s
    )
    rise = np.minimum(1, time / max(patch.attack_s, 0.0008))
    fall = np.clip(1 - (time - gate_s) / max(patch.release_s, 0.003), 0, 1)
    return np.asarray(held * rise * fall**2)


def cycle(strengths: Sequence[float], freq_hz: float, seed: int = 0) -> Signal:
    """One cycle of a wave, free of harmonics above 18 kHz when played at `freq_hz`."""
    n = int(min(len(strengths), _TABLE // 2 - 1, max(1.0, 18_000 / freq_hz)))
    bins = np.zeros(_TABLE // 2 + 1, complex)
    bins[1 : n + 1] = -1j * np.asarray(strengths[:n])
    if seed:
        bins[1 : n + 1] *= np.exp(2j * np.pi * np.random.default_rng(seed).random(n))
    table = np.asarray(fft.irfft(bins, _TABLE))
    return table / (np.max(np.abs(table)) or 1.0)


def read_cycle(table: Signal, phase: Signal) -> Signal:
    """Read the wave at a phase in cycles, linearly interpolated."""
    where = (phase - np.floor(phase)).astype(np.float32) * _TABLE
    index = np.minimum(where.astype(np.int32), _TABLE - 1)
    ring = np.append(table, table[0]).astype(np.float32)
    steps = np.diff(ring, append=ring[:1])
    return np.asarray(ring[index] + (where - index) * steps[index])


def tone(
    rng: np.random.Generator,
    freqs_hz: Sequence[float],
    gate_s: float,
    patch: Patch,
    *,
    accent: float = 0.5,
    glide_from_hz: float | None = None,
) -> Signal:
    """Play a note or chord of the wavetable synthesiser through one swept filter.

    Parameters
    ----------
    rng : Generator
        Start phases and noise.
    freqs_hz : sequence of float
        One for each note of the chord.
    gate_s : float
        How long the key is held.
    patch : Patch
    accent : float
        0..1: opens the filter further and lengthens the snap.
    glide_from_hz : float or None
        Where the pitch slides in from.

    Returns
    -------
    float, shape (frames,), or (2, frames) where the patch is stereo
    """
    time = seconds(gate_s + patch.release_s)
    steps = np.zeros(time.size)
    if glide_from_hz is not None:
        steps += np.log2(glide_from_hz / freqs_hz[0]) * np.exp(-time / 0.03)
    if patch.vibrato_cents:
        fade_in = np.minimum(1, time / 0.4)
        steps += patch.vibrato_cents / 1200 * fade_in * sine(time * patch.vibrato_hz)
    moving = bool(patch.vibrato_cents) or glide_from_hz is not None
    turns = np.cumsum(2**steps) / RATE_HZ if moving else time.astype(float)
    n_sides = 2 if patch.stereo else 1
    out = np.zeros((n_sides, time.size))
    for freq in freqs_hz:
        table = cycle(patch.spectrum, freq)
        for voice in range(patch.n_unison):
            place = 0.0 if patch.n_unison == 1 else 2 * voice / (patch.n_unison - 1) - 1
            ratio = 2 ** (place * patch.detune_cents / 1200)
            wave = read_cycle(table, turns * freq * ratio + rng.random())
            for side in range(n_sides):
                pan = 0.5 * place * (1 if (voice + side) % 2 else -1) if patch.stereo else 0.0
                out[side] += (1 + pan) * wave
        if patch.sub:
            out += patch.sub * patch.n_unison**0.5 * sine(turns * freq / (2 if freq > 90 else 1))
    out /= len(freqs_hz) ** 0.6 * patch.n_unison**0.6
    if patch.noise:
        out += patch.noise * rng.standard_normal(out.shape)
    amount = patch.env_octaves * (0.6 + 0.8 * accent)
    sweep = np.exp(-time / (patch.env_s * (0.7 + 0.6 * accent))) * np.minimum(
        1, time / (patch.attack_s + 0.001)
    )
    cutoff = np.minimum(patch.cutoff_hz * 2 ** (amount * sweep), 19_000.0)
    level = envelope(time, gate_s, patch)
    shaped = np.stack([swept(side, cutoff, patch.q, patch.filter_kind) for side in out])
    if patch.drive > 1:
        shaped = saturate(shaped, patch.drive)
    shaped = shaped * level
    return shaped if patch.stereo else np.asarray(shaped[0])


def fm(
    freq_hz: float,
    gate_s: float,
    *,
    ratio: float = 1.0,
    index: float = 3.0,
    index_s: float = 0.3,
    attack_s: float = 0.002,
    decay_s: float = 1.0,
    release_s: float = 0.15,
    tine: float = 0.0,
    floor: float = 0.1,
) -> Signal:
    """Two-operator FM with a falling index; `tine` adds the bright tick of an electric piano."""
    time = seconds(gate_s + release_s)
    falling = index * (floor + (1 - floor) * np.exp(-time / index_s))
    phase = time.astype(float) * freq_hz
    modulator = falling * sine(phase * ratio) / (2 * np.pi)
    out = sine(phase + modulator)
    if tine:
        bright = sine(phase * 14.0) * np.exp(-time / 0.09) * 0.16
        out = out + tine * sine(phase + bright) * np.exp(-time / 0.25)
    rise = np.minimum(1, time / attack_s)
    fall = np.clip(1 - (time - gate_s) / release_s, 0, 1) ** 2
    return np.asarray(out * rise * fall * np.exp(-3 * time / decay_s))


def partials(
    rng: np.random.Generator,
    freq_hz: float,
    duration_s: float,
    ratios: Sequence[float],
    *,
    decay_s: float = 1.0,
    tilt: float = 1.0,
    attack_s: float = 0.002,
) -> Signal:
    """Strike a bar, bell or glass: decaying partials, the high ones dying first."""
    time = seconds(duration_s)
    out = np.zeros(time.size)
    for number, ratio in enumerate(ratios, start=1):
        if freq_hz * ratio > 18_000:
            continue
        level = rng.uniform(0.6, 1.0) / number**tilt
        life = decay_s / (1 + 0.3 * (ratio - 1))
        out += level * sine(time * freq_hz * ratio + rng.random()) * np.exp(-6.9 * time / life)
    fade = np.minimum(1, (time[-1] - time) / 0.01)
    return np.asarray(out * np.minimum(1, time / attack_s) * fade)


def plucked(
    rng: np.random.Generator,
    freq_hz: float,
    duration_s: float,
    *,
    decay_s: float = 1.5,
    bright: float = 0.6,
    pick: float = 0.2,
) -> Signal:
    """Karplus-Strong string, evaluated as a filter in the frequency domain, so exactly in tune.

    `bright` 0..1 is both how fast the highs die and how hard the pick is; `pick` is where along the
    string it strikes.
    """
    n_out = max(2, int(duration_s * RATE_HZ))
    n = int(fft.next_fast_len(int(max(duration_s, decay_s) * RATE_HZ * 1.2), real=True))
    period = RATE_HZ / freq_hz
    w = 2 * np.pi * np.arange(n // 2 + 1) / n
    burst: Signal = np.zeros(n)
    n_burst = int(period) + 1
    burst[:n_burst] = rng.uniform(-1, 1, n_burst)
    burst = filtered(burst, "lowpass", min(18_000.0, freq_hz * (2 + 24 * bright)), 0.6)
    loss = 10 ** (-3 / (decay_s * freq_hz))
    damp = 0.5 * (1 - bright) * 0.9 + 0.03
    around = loss * (1 - damp + damp * np.exp(-1j * w)) * np.exp(-1j * w * (period - damp))
    comb = 1 - 0.9 * np.exp(-1j * w * period * pick)
    out = np.asarray(fft.irfft(fft.rfft(burst) * comb / (1 - around), n))[:n_out]
    out = out - np.mean(out)
    fade = np.minimum(1, np.arange(n_out)[::-1] / (0.012 * RATE_HZ))
    return np.asarray(out * fade / (np.max(np.abs(out)) or 1.0))


def coloured_noise(
    rng: np.random.Generator, n_frames: int, tilt_db: float = -3.0, low_hz: float = 30.0
) -> Signal:
    """Stereo noise that loops exactly, falling by `tilt_db` for each octave; RMS about 1."""
    freq = np.maximum(fft.rfftfreq(n_frames, 1 / RATE_HZ), 1.0)
    shape = (np.maximum(freq, low_hz) / 1000) ** (tilt_db / 6.02) * (freq > low_hz)
    noise = rng.standard_normal((2, freq.size)) + 1j * rng.standard_normal((2, freq.size))
    out = np.asarray(fft.irfft(noise * shape, n_frames))
    return out / (np.std(out) or 1.0)


def circular_walk(rng: np.random.Generator, n_frames: int, n_waves: int = 4) -> Signal:
    """Draw a slow random curve between 0 and 1 that ends where it starts."""
    turn = np.arange(n_frames) / n_frames
    curve = np.zeros(n_frames)
    for k in range(1, n_waves + 1):
        curve += rng.uniform(0.3, 1) / k * sine(turn * k + rng.random())
    curve -= curve.min()
    return np.asarray(curve / (curve.max() or 1.0))
