"""What happens to a sound between the instrument and the file: rooms, equalisers, drive, noise, cuts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth import drums, effects
from morphstudio.synth.effects import Signal, filtered, saturate
from morphstudio.synth.one_shot_parts import chance
from morphstudio.synth.random_voices import between

MIN_S = 0.03
"""A treated sound is at least so long."""


def treated(rng: np.random.Generator, sound: Signal) -> NDArray[np.float32]:
    """Record, mix and save a sound as anybody might have.

    Parameters
    ----------
    rng : Generator
        The only source of chance.
    sound : float, shape (frames,)
        At 44.1 kHz; of any level.

    Returns
    -------
    float32, shape (other frames,), peak between -30 and 0 dBFS
    """
    n_least = int(MIN_S * RATE_HZ)
    out = np.pad(np.asarray(sound, float), (0, max(0, n_least - sound.size)))
    out = out / (np.max(np.abs(out)) or 1.0)
    if chance(rng, 0.25):
        out = drums.struck(out, float(rng.uniform(0.15, 0.9)))
    out = _equalised(rng, out)
    if chance(rng, 0.5):
        out = _in_a_room(rng, out)
    if chance(rng, 0.2):
        out = saturate(out / (np.max(np.abs(out)) or 1.0), between(rng, 1.2, 8), float(rng.uniform(0, 0.2)))
    if chance(rng, 0.12):
        out = _cheapened(rng, out)
    if chance(rng, 0.2):
        out = out[: max(n_least, int(out.size * rng.uniform(0.35, 1)))]
        out = out * np.minimum(1, np.arange(out.size)[::-1] / between(rng, 60, 4000))
    if chance(rng, 0.3):
        out = np.concatenate((np.zeros(int(between(rng, 20, 4000))), out))
    if chance(rng, 0.3):
        out = np.pad(out, (0, int(between(rng, 500, 44_100))))
    if chance(rng, 0.35):
        out = out + _hiss(rng, out.size) * 10 ** (rng.uniform(-75, -38) / 20) * np.max(np.abs(out))
    gain = 10 ** (rng.uniform(-30, 0) / 20) * rng.choice([-1.0, 1.0])
    return np.asarray(out * (gain / (np.max(np.abs(out)) or 1.0)), np.float32)


def replayed(rng: np.random.Generator, sound: Signal, max_semitones: float = 3.0) -> Signal:
    """The same at another speed, as a tape or a sampler plays it."""
    ratio = 2.0 ** (rng.uniform(-max_semitones, max_semitones) / 12)
    place = np.arange(max(2, int(sound.size / ratio))) * ratio
    return np.asarray(np.interp(place, np.arange(sound.size), sound))


def _equalised(rng: np.random.Generator, sound: Signal) -> Signal:
    if chance(rng, 0.6):
        kind = str(rng.choice(["lowshelf", "highshelf"]))
        freq_hz = between(rng, 120, 600) if kind == "lowshelf" else between(rng, 2000, 8000)
        sound = filtered(sound, kind, freq_hz, 0.7071, float(rng.normal() * 5))
    for _ in range(int(rng.integers(0, 4))):
        sound = filtered(
            sound, "peak", between(rng, 80, 11_000), between(rng, 0.6, 5), float(rng.normal() * 5)
        )
    if chance(rng, 0.15):
        sound = filtered(sound, "highpass", between(rng, 25, 160))
    if chance(rng, 0.2):
        sound = filtered(sound, "lowpass", between(rng, 5000, 16_000))
    return sound


def _in_a_room(rng: np.random.Generator, sound: Signal) -> Signal:
    decay_s = between(rng, 0.08, 1.8)
    time = drums.seconds(min(decay_s, 1.2))
    tail = rng.standard_normal(time.size) * np.exp(-6.9 * time / decay_s)
    tail = filtered(filtered(tail, "lowpass", between(rng, 1800, 12_000)), "highpass", between(rng, 60, 500))
    taps = rng.integers(40, int(0.035 * RATE_HZ), 8) % time.size
    tail[taps] += rng.normal(size=8) * 3
    tail /= np.sqrt(np.sum(tail**2)) or 1.0
    # Far away the room is louder than the sound itself.
    wet = between(rng, 0.02, 0.8) if chance(rng, 0.8) else between(rng, 0.8, 3.0)
    return np.asarray(np.pad(sound, (0, time.size - 1)) + wet * signal.fftconvolve(sound, tail))


def _cheapened(rng: np.random.Generator, sound: Signal) -> Signal:
    if chance(rng, 0.5):
        sound = filtered(sound, "lowpass", between(rng, 3000, 9000))
    return effects.crushed(sound, float(rng.uniform(6, 12)), int(rng.integers(1, 4)))


def _hiss(rng: np.random.Generator, n_frames: int) -> Signal:
    noise: Signal = rng.standard_normal(n_frames)
    if chance(rng, 0.5):
        noise = filtered(noise, "lowpass", between(rng, 300, 6000))
    if chance(rng, 0.15):  # crackle of a record
        n_pops = int(n_frames / RATE_HZ * between(rng, 5, 40)) + 1
        noise[rng.integers(0, n_frames, n_pops)] += rng.normal(size=n_pops) * 12
    return np.asarray(noise / (np.std(noise) or 1.0))
