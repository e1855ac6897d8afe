"""What one-shots are put together from: struck metal, wires and skins, noise whose bands die apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import fft

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth.drums import seconds, sine
from morphstudio.synth.effects import Signal
from morphstudio.synth.random_voices import between

_N_BANDS = 9
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 16_000.0


@dataclass(frozen=True, slots=True)
class Strike:
    """How a cloud of noise and modes is struck; see `cloud`.

    Parameters
    ----------
    low_hz, peak_hz, high_hz : float
        Where it begins, is loudest and ends.
    low_slope_db, high_slope_db : float
        By how much it falls for each octave away from the peak, and twice as fast beyond its ends.
    decay_s : float
        In which it falls by 60 dB at `peak_hz`.
    decay_tilt : float
        Power of frequency that the decay falls with: above 0 the highs die first.
    attack_s : float
        In which it comes up.
    tonal : float
        0 is noise, 1 is modes only.
    modes_per_octave : float
    rough_db : float
        By how much its spectrum deviates from that.
    """

    low_hz: float
    peak_hz: float
    high_hz: float = 15_000.0
    low_slope_db: float = 9.0
    high_slope_db: float = 6.0
    decay_s: float = 0.3
    decay_tilt: float = 0.2
    attack_s: float = 0.0006
    tonal: float = 0.0
    modes_per_octave: float = 40.0
    rough_db: float = 2.5


def cloud(rng: np.random.Generator, duration_s: float, strike: Strike) -> Signal:
    """Strike what has hundreds of modes: metal, wires, grains.

    Noise and steady modes are made together as one spectrum, cut into bands of frequency, each of which dies
    at a rate of its own.

    Returns
    -------
    float, shape (frames,), RMS of its first 20 ms about 1
    """
    time = seconds(duration_s)
    n = time.size
    n_fft = int(fft.next_fast_len(n, real=True))
    freq = np.maximum(fft.rfftfreq(n_fft, 1 / RATE_HZ), 20.0)
    octave = np.log2(freq / strike.peak_hz)
    level_db = -np.where(octave < 0, -octave * strike.low_slope_db, octave * strike.high_slope_db)
    level_db -= 18.0 * np.maximum(0, np.log2(strike.low_hz / freq))
    level_db -= 18.0 * np.maximum(0, np.log2(freq / strike.high_hz))
    # Bodies, stands and microphones: no spectrum is smooth.
    knots = np.linspace(np.log2(20), np.log2(22_050), 22)
    level_db += np.interp(np.log2(freq), knots, rng.standard_normal(knots.size) * strike.rough_db)
    parts = rng.standard_normal(freq.size) + 1j * rng.standard_normal(freq.size)
    parts *= np.sqrt(1.0 - strike.tonal)
    n_modes = int(strike.modes_per_octave * 8)
    place = np.minimum(freq.size - 1, (n_fft / RATE_HZ * 80.0 * 2 ** (8.1 * rng.random(n_modes))).astype(int))
    turn = np.exp(2j * np.pi * rng.random(n_modes))
    # As strong as the noise that they take the place of.
    density = np.sqrt(np.maximum(freq[place] * n_fft / RATE_HZ, 1.0) / strike.modes_per_octave)
    np.add.at(parts, place, np.sqrt(strike.tonal) * turn * density * rng.exponential(1.0, n_modes))
    parts *= 10 ** (level_db / 20)
    centres = np.geomspace(_LOWEST_HZ, _HIGHEST_HZ, _N_BANDS)
    band = np.interp(np.log(freq), np.log(centres), np.arange(_N_BANDS))
    out: Signal = np.zeros(n)
    for index, centre in enumerate(centres):
        weight = np.maximum(0, 1 - np.abs(band - index))
        decay_s = strike.decay_s * (centre / strike.peak_hz) ** -strike.decay_tilt * between(rng, 0.7, 1.4)
        sound = fft.irfft(parts * weight, n_fft)[:n]
        out += sound * np.exp(-6.9 * time / np.clip(decay_s, 0.004, 12.0))
    out *= np.minimum(1, time / strike.attack_s)
    early = out[: int(0.02 * RATE_HZ)]
    return out / (np.sqrt(np.mean(early**2)) or 1.0)


def skin(
    rng: np.random.Generator,
    pitch_hz: float,
    *,
    decay_s: float,
    bend: float,
    bend_s: float,
    overtones: float,
    duration_s: float,
) -> Signal:
    """A struck membrane: the modes of a circle, spread a little, falling together; RMS-free, peak about 1."""
    time = seconds(duration_s)
    phase = np.cumsum(pitch_hz * (1 + bend * np.exp(-time / bend_s)), dtype=float) / RATE_HZ
    out = sine(phase + 0.25 * rng.random()) * np.exp(-6.9 * time / decay_s)
    for ratio in (1.593, 2.135, 2.295, 2.653, 2.917, 3.6, 4.2):
        level = overtones * rng.uniform(0.1, 1.0) / ratio
        life = decay_s * between(rng, 0.25, 1.0) / ratio**0.7
        spread = ratio * rng.uniform(0.95, 1.05)
        out = out + level * sine(phase * spread + rng.random()) * np.exp(-6.9 * time / life)
    return np.asarray(out * np.minimum(1, time / 0.0008))


def added(*sounds: Signal) -> Signal:
    """Sounds of any lengths from a common start."""
    out: Signal = np.zeros(max(sound.size for sound in sounds))
    for sound in sounds:
        out[: sound.size] += sound
    return out


def later(sound: Signal, delay_s: float) -> Signal:
    """The same after a silence."""
    return np.concatenate((np.zeros(max(0, int(delay_s * RATE_HZ))), sound))


def chance(rng: np.random.Generator, probability: float) -> bool:
    """Throw a coin."""
    return bool(rng.random() < probability)
