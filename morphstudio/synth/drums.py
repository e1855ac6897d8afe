"""Struck instruments: one hit each, mono, from a few numbers and a generator for the noise."""

from __future__ import annotations

import numpy as np
from scipy import signal

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth.effects import Signal, filtered, saturate

_METAL_RATIOS = (1.0, 1.342, 1.2312, 1.6532, 1.9523, 2.1523)


def seconds(duration_s: float) -> Signal:
    """Time of each frame, in seconds."""
    return np.arange(max(2, int(duration_s * RATE_HZ)), dtype=np.float32) / RATE_HZ


def sine(phase: Signal) -> Signal:
    """Sine of a phase in cycles, computed in single precision, where it is many times faster."""
    return np.asarray(np.sin((2 * np.pi * (phase - np.floor(phase))).astype(np.float32)))


def decay(time: Signal, decay_s: float) -> Signal:
    """Exponential fall by 60 dB in `decay_s`, ending in silence."""
    fade = np.minimum(1, (time[-1] - time) / 0.006)
    return np.asarray(np.exp(-6.9 * time / decay_s) * fade)


def struck(sound: Signal, velocity: float) -> Signal:
    """One hit at a velocity 0..1: softer is also duller."""
    if velocity > 0.92:
        return sound * velocity
    c = 0.75 * (1 - velocity)
    return np.asarray(signal.lfilter([1 - c], [1, -c], sound) * velocity)


def kick(
    rng: np.random.Generator,
    pitch_hz: float = 50.0,
    *,
    sweep: float = 5.0,
    sweep_s: float = 0.03,
    decay_s: float = 0.4,
    click: float = 0.3,
    drive: float = 1.5,
    room: float = 0.0,
) -> Signal:
    """Bass drum: a falling sine, a click of noise, saturation."""
    time = seconds(decay_s * 1.1)
    freq = pitch_hz * (1 + (sweep - 1) * np.exp(-time / sweep_s) + 0.3 * np.exp(-time / 0.12))
    body = sine(np.cumsum(freq.astype(float)) / RATE_HZ) * decay(time, decay_s)
    body *= np.minimum(1, time / 0.0008)
    noise = filtered(rng.standard_normal(time.size), "lowpass", rng.uniform(2500, 7000))
    beater = sine(np.cumsum(900 * np.exp(-time.astype(float) / 0.004) + 120) / RATE_HZ)
    body = body + click * (0.5 * noise * np.exp(-time / 0.003) + 0.8 * beater * np.exp(-time / 0.006))
    if room:
        air = filtered(rng.standard_normal(time.size), "bandpass", 260.0, 0.6)
        body = body + room * air * np.exp(-time / 0.05)
    return saturate(body, drive)


def snare(
    rng: np.random.Generator,
    tone_hz: float = 190.0,
    *,
    tone_s: float = 0.14,
    noise_s: float = 0.25,
    snap: float = 1.0,
    bright_hz: float = 6500.0,
    drive: float = 1.3,
    ring: float = 0.0,
) -> Signal:
    """Snare: two bent shell modes, wires as noise in two bands, a stick, perhaps a ringing overtone."""
    time = seconds(max(noise_s, tone_s, 0.4 * bool(ring)) * 1.1)
    bend = 1 + 0.5 * np.exp(-time / 0.01)
    phase = np.cumsum((tone_hz * bend).astype(float)) / RATE_HZ
    shell = (sine(phase) + 0.55 * sine(phase * 1.72)) * decay(time, tone_s)
    raw = rng.standard_normal(time.size)
    wires = filtered(filtered(raw, "highpass", 1100.0), "peak", bright_hz, 0.8, 7.0)
    buzz = filtered(raw, "bandpass", rng.uniform(1500, 3200), 0.7)
    body = 0.75 * shell + snap * (
        0.32 * wires * decay(time, noise_s) + 0.5 * buzz * decay(time, noise_s * 0.6)
    )
    stick = filtered(rng.standard_normal(time.size), "highpass", 2500.0) * np.exp(-time / 0.0025)
    body = body + 0.5 * stick
    if ring:
        body = body + ring * sine(phase * 2.83) * decay(time, 0.4)
    return saturate(body * np.minimum(1, time / 0.0004), drive)


def clap(
    rng: np.random.Generator, *, centre_hz: float = 1300.0, spread_s: float = 0.011, decay_s: float = 0.28
) -> Signal:
    """Clap: four bursts of band-passed noise, then a tail."""
    time = seconds(decay_s * 1.2 + 4 * spread_s)
    raw = rng.standard_normal(time.size)
    noise = filtered(raw, "bandpass", centre_hz, 1.1) + 0.35 * filtered(raw, "bandpass", centre_hz * 2.6, 0.8)
    env: Signal = np.zeros(time.size)
    for burst in range(4):
        start = burst * spread_s * rng.uniform(0.85, 1.15)
        since = np.maximum(time - start, 0)
        length = decay_s * 0.25 if burst == 3 else spread_s * 0.35
        env = np.maximum(env, (time >= start) * np.exp(-since / length) * (1.0 if burst == 3 else 0.8))
    return saturate(1.4 * noise * env * np.minimum(1, (time[-1] - time) / 0.01), 1.4)


def hat(
    rng: np.random.Generator,
    *,
    decay_s: float = 0.06,
    tone_hz: float = 420.0,
    metal: float = 0.6,
    low_cut_hz: float = 6500.0,
) -> Signal:
    """Hi-hat: a cloud of inharmonic square waves, and noise, high-passed."""
    time = seconds(decay_s * 1.2 + 0.01)
    cloud: Signal = np.zeros(time.size)
    for ratio in _METAL_RATIOS:
        phase = time * tone_hz * ratio * rng.uniform(0.99, 1.01) * 1.6 + rng.random()
        cloud += np.sign(sine(phase))
    raw = rng.standard_normal(time.size)
    mixed: Signal = metal * cloud / 2.5 + (1 - metal) * 1.6 * raw
    body = filtered(filtered(mixed, "highpass", low_cut_hz), "highpass", low_cut_hz * 0.8)
    body = body + 0.25 * (1 - metal) * filtered(raw, "bandpass", low_cut_hz * 0.7, 2.0)
    stick = np.exp(-time / 0.004)
    return np.asarray(body * (0.75 * decay(time, decay_s) + 0.35 * stick) * np.minimum(1, time / 0.0005))


def cymbal(
    rng: np.random.Generator, *, decay_s: float = 1.2, tone_hz: float = 300.0, bell: float = 0.2
) -> Signal:
    """Ride or crash: dense inharmonic partials over noise whose highs die first."""
    time = seconds(decay_s * 1.1)
    cloud = np.zeros(time.size, np.float32)
    for _ in range(32):
        ratio = 2.2 * 13 ** rng.random()
        cloud += sine(time * tone_hz * ratio + rng.random()) * np.exp(-time * rng.uniform(3, 9) / decay_s)
    raw = rng.standard_normal(time.size)
    wash = filtered(raw, "highpass", 4000.0) * decay(time, decay_s * 0.7)
    low = filtered(raw, "bandpass", 3000.0, 0.8) * decay(time, decay_s)
    ping = sine(time * tone_hz * 9.3) * decay(time, decay_s * 0.8)
    body = 0.07 * cloud + 0.3 * wash + 0.25 * low + bell * ping * 0.5
    return np.asarray(body * np.minimum(1, time / 0.0008) * np.minimum(1, (time[-1] - time) / 0.02))


def tom(
    rng: np.random.Generator,
    pitch_hz: float = 110.0,
    *,
    decay_s: float = 0.4,
    bend: float = 0.5,
    skin: float = 0.2,
) -> Signal:
    """Tom or conga: a bent membrane with its inharmonic modes, and a slap of noise."""
    time = seconds(decay_s * 1.1)
    phase = np.cumsum((pitch_hz * (1 + bend * np.exp(-time / 0.025))).astype(float)) / RATE_HZ
    body = sine(phase) * decay(time, decay_s)
    for ratio, level, length in (
        (1.593, 0.45, 0.5),
        (2.135, 0.3, 0.35),
        (2.653, 0.22, 0.25),
        (3.6, 0.15, 0.15),
    ):
        body = body + level * sine(phase * ratio + rng.random()) * decay(time, decay_s * length)
    slap = filtered(rng.standard_normal(time.size), "bandpass", pitch_hz * 8, 0.7) * np.exp(-time / 0.006)
    return np.asarray(saturate(0.7 * body * np.minimum(1, time / 0.0006) + 1.2 * skin * slap, 1.2))


def slap(rng: np.random.Generator, pitch_hz: float = 330.0, *, decay_s: float = 0.12) -> Signal:
    """Conga slap: short, bright, with a dry crack."""
    time = seconds(decay_s * 1.3)
    crack = filtered(rng.standard_normal(time.size), "bandpass", 2300.0, 0.9) * np.exp(-time / 0.012)
    body = tom(rng, pitch_hz, decay_s=decay_s * 1.18, bend=0.2, skin=0.4)[: time.size]
    crack[: body.size] += 0.6 * body
    return saturate(crack, 1.4)


def rim(rng: np.random.Generator, pitch_hz: float = 480.0, *, decay_s: float = 0.05) -> Signal:
    """Rim shot or clave: two high, short modes and a click."""
    time = seconds(decay_s * 1.4)
    body = (
        sine(time * pitch_hz) + 0.8 * sine(time * pitch_hz * 3.47 + 0.2) + 0.3 * sine(time * pitch_hz * 5.1)
    )
    click = filtered(rng.standard_normal(time.size), "highpass", 3000.0) * np.exp(-time / 0.0015)
    return saturate(0.6 * body * decay(time, decay_s) * np.minimum(1, time / 0.0003) + 0.4 * click, 1.5)


def clave(rng: np.random.Generator, pitch_hz: float = 2450.0, *, decay_s: float = 0.09) -> Signal:
    """Wooden stick on stick: one pure, short mode."""
    time = seconds(decay_s * 1.3)
    body = sine(time * pitch_hz) + 0.25 * sine(time * pitch_hz * 2.71) * np.exp(-time / 0.01)
    click = rng.standard_normal(time.size) * np.exp(-time / 0.0008)
    return np.asarray(0.7 * body * decay(time, decay_s) * np.minimum(1, time / 0.0004) + 0.15 * click)


def cowbell(rng: np.random.Generator, pitch_hz: float = 540.0, *, decay_s: float = 0.3) -> Signal:
    """Cowbell: two square waves a wide fifth apart, band-passed."""
    time = seconds(decay_s * 1.1)
    ratio = 1.48 * rng.uniform(0.99, 1.01)
    body = np.sign(sine(time * pitch_hz)) + np.sign(sine(time * pitch_hz * ratio))
    shaped = filtered(body, "bandpass", pitch_hz * 1.7, 1.2)
    return np.asarray(
        shaped * (0.6 * np.exp(-time / 0.02) + 0.4 * decay(time, decay_s)) * decay(time, decay_s * 2)
    )


def shaker(
    rng: np.random.Generator, *, decay_s: float = 0.09, rise_s: float = 0.02, centre_hz: float = 7500.0
) -> Signal:
    """Shaker or maraca: grains of noise that swell, then stop."""
    time = seconds(decay_s + rise_s)
    grains = rng.standard_normal(time.size) * (rng.random(time.size) < 0.35)
    body = filtered(filtered(grains, "bandpass", centre_hz, 1.0), "highpass", centre_hz * 0.45)
    env = np.minimum(1, time / rise_s) ** 2 * np.exp(-np.maximum(time - rise_s, 0) * 4.5 / decay_s)
    return np.asarray(1.6 * body * env * np.minimum(1, (time[-1] - time) / 0.005))


def tabla_low(
    rng: np.random.Generator, pitch_hz: float = 85.0, *, decay_s: float = 0.55, glide: float = 0.5
) -> Signal:
    """Bayan: a low skin whose pitch is pressed upwards after the stroke."""
    time = seconds(decay_s * 1.1)
    freq = pitch_hz * (1 + glide * (1 - np.exp(-time / 0.09)) + 0.8 * np.exp(-time / 0.006))
    phase = np.cumsum(freq.astype(float)) / RATE_HZ
    body = (
        sine(phase)
        + 0.35 * sine(2 * phase) * np.exp(-time / 0.08)
        + 0.12 * sine(3.02 * phase) * np.exp(-time / 0.04)
    )
    touch = filtered(rng.standard_normal(time.size), "bandpass", 900.0, 0.8) * np.exp(-time / 0.005)
    return saturate(body * decay(time, decay_s) * np.minimum(1, time / 0.001) + 0.6 * touch, 1.3)


def tabla_high(
    rng: np.random.Generator, pitch_hz: float = 311.0, *, decay_s: float = 0.5, damp: float = 0.0
) -> Signal:
    """Dayan: nearly harmonic modes over a dry stroke; `damp` 0..1 closes the ring."""
    time = seconds(decay_s * 1.1)
    length = decay_s * (1 - 0.85 * damp)
    body: Signal = np.zeros(time.size)
    modes = ((1.0, 0.5 * (1 - damp)), (2.0, 0.9), (3.01, 0.6), (4.02, 0.4), (5.05, 0.25))
    for index, (ratio, level) in enumerate(modes):
        body = body + level * sine(time * pitch_hz * ratio) * decay(time, length / (1 + 0.35 * index))
    touch = filtered(rng.standard_normal(time.size), "bandpass", 3300.0, 0.7) * np.exp(-time / 0.004)
    return np.asarray(0.5 * body * np.minimum(1, time / 0.0006) + 0.9 * touch)
