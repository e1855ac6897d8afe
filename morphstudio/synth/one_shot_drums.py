"""One-shots of a drum kit by dice: machines, acoustic kits near and far, layered and processed."""

from __future__ import annotations

import numpy as np

from morphstudio.synth import drums
from morphstudio.synth.effects import Signal, filtered, saturate
from morphstudio.synth.one_shot_parts import Strike, added, chance, cloud, later, skin
from morphstudio.synth.random_voices import between, drum_sound


def kick(rng: np.random.Generator) -> Signal:
    """Bass drum: a machine's, long and booming, an acoustic one, or both in layers."""
    sort = rng.choice(["machine", "boom", "acoustic", "layered"], p=[0.28, 0.12, 0.45, 0.15])
    if sort == "machine":
        return drum_sound(rng, "kick")
    if sort == "boom":
        return drums.kick(
            rng,
            between(rng, 32, 62),
            sweep=between(rng, 1.2, 5),
            sweep_s=between(rng, 0.01, 0.08),
            decay_s=between(rng, 0.6, 2.5),
            click=float(rng.uniform(0, 0.3)),
            drive=between(rng, 1, 6),
        )
    acoustic = _acoustic_kick(rng)
    if sort == "acoustic":
        return acoustic
    return added(acoustic, drum_sound(rng, "kick") * between(rng, 0.3, 2))


def _acoustic_kick(rng: np.random.Generator) -> Signal:
    pitch_hz, decay_s = between(rng, 38, 95), between(rng, 0.08, 0.6)
    length_s = max(0.3, 1.3 * decay_s)
    body = skin(
        rng,
        pitch_hz,
        decay_s=decay_s,
        bend=float(rng.uniform(0, 0.7)),
        bend_s=between(rng, 0.008, 0.05),
        overtones=float(rng.uniform(0, 0.7)),
        duration_s=length_s,
    )
    peak_hz = between(rng, 1200, 5500)
    beater = cloud(
        rng, 0.12, Strike(300, peak_hz, 9000, 3, 7, decay_s=between(rng, 0.008, 0.06), decay_tilt=0.3)
    )
    low = cloud(
        rng, length_s, Strike(50, between(rng, 90, 350), 2500, 6, 8, decay_s=between(rng, 0.05, 0.35))
    )
    out = added(
        body,
        beater * between(rng, 0.005, 0.3 if chance(rng, 0.2) else 0.1),
        low * float(rng.choice([0, 1])) * between(rng, 0.05, 0.5),
    )
    if chance(rng, 0.25):  # the snare beside it rattles
        out = added(out, _wires(rng, between(rng, 0.1, 0.5)) * between(rng, 0.003, 0.03))
    return saturate(out, between(rng, 0.8, 3))


def _wires(rng: np.random.Generator, decay_s: float, dull: float = 1.0) -> Signal:
    strike = Strike(
        low_hz=between(rng, 500, 1800) * dull,
        peak_hz=between(rng, 2000, 7500) * dull,
        high_hz=between(rng, 9000, 15_000) * dull,
        low_slope_db=between(rng, 2, 8),
        high_slope_db=between(rng, 2, 8),
        decay_s=decay_s,
        decay_tilt=float(rng.uniform(-0.1, 0.4)),
        attack_s=between(rng, 0.0006, 0.006),
    )
    return cloud(rng, 1.15 * decay_s + 0.05, strike)


def snare(rng: np.random.Generator) -> Signal:
    """Snare: a machine's, an acoustic one, a rim shot, brushes, gated, with its wires off, a roll."""
    names = ["machine", "acoustic", "rimshot", "brush", "gated", "off", "flam", "roll", "noise"]
    sort = rng.choice(names, p=[0.22, 0.34, 0.13, 0.05, 0.06, 0.06, 0.03, 0.03, 0.08])
    if sort == "machine":
        return drum_sound(rng, "snare")
    if sort == "brush":
        return added(
            _wires(rng, between(rng, 0.12, 0.6), 0.8) * 0.4,
            _acoustic_snare(rng, ring=0.1) * between(rng, 0.05, 0.4),
        )
    if sort == "noise":
        burst = _wires(rng, between(rng, 0.08, 0.5))
        return added(
            saturate(burst * 0.4, 2), drums.rim(rng, between(rng, 180, 500)) * between(rng, 0.15, 0.9)
        )
    if sort == "flam":
        return added(
            _acoustic_snare(rng) * float(rng.uniform(0.2, 0.6)),
            later(_acoustic_snare(rng), between(rng, 0.015, 0.05)),
        )
    if sort == "roll":
        step_s, length_s = between(rng, 0.035, 0.09), between(rng, 0.5, 2.0)
        hits = [_acoustic_snare(rng) for _ in range(2)]
        turns = range(int(length_s / step_s))
        return added(*(later(hits[i % 2] * rng.uniform(0.4, 1.0), i * step_s) for i in turns))
    if sort == "gated":
        hit = _acoustic_snare(rng, tail=2.5)
        n = int(between(rng, 0.15, 0.4) * 44_100)
        return np.asarray(saturate(hit[:n] * np.minimum(1, np.arange(hit[:n].size)[::-1] / 300), 3))
    return _acoustic_snare(
        rng,
        ring=1.6 if sort == "rimshot" else 0.5,
        wires=0.06 if sort == "off" else 1.0,
    )


def _acoustic_snare(
    rng: np.random.Generator, *, ring: float = 0.5, wires: float = 1.0, tail: float = 1.0
) -> Signal:
    pitch_hz, decay_s = between(rng, 145, 340), between(rng, 0.06, 0.4)
    body = skin(
        rng,
        pitch_hz,
        decay_s=decay_s,
        bend=float(rng.uniform(0, 0.35)),
        bend_s=between(rng, 0.006, 0.03),
        overtones=between(rng, 0.5, 1.8) * (0.6 + ring),
        duration_s=1.2 * decay_s + 0.1,
    )
    wire_s = tail * between(rng, 0.08, 0.55)
    stick = cloud(
        rng, 0.1, Strike(400, between(rng, 2000, 7000), 14_000, 3, 4, decay_s=between(rng, 0.006, 0.04))
    )
    shell = cloud(
        rng,
        0.4,
        Strike(150, between(rng, 350, 1100), 6000, 5, 5, decay_s=between(rng, 0.05, 0.25), tonal=0.6),
    )
    out = added(
        body * between(rng, 0.3, 1.2),
        _wires(rng, wire_s) * between(rng, 0.1, 0.55) * wires,
        stick * between(rng, 0.05, 0.6),
        shell * between(rng, 0.03, 0.35) * (0.4 + ring),
    )
    return saturate(out, between(rng, 0.7, 3))


def clap(rng: np.random.Generator) -> Signal:
    """Clap: a machine's, one pair of hands, or several that are not quite together."""
    if chance(rng, 0.35):
        return drum_sound(rng, "clap")
    n_hands = int(rng.choice([1, 2, 3, 5, 8]))
    spread_s = between(rng, 0.004, 0.03)
    parts = []
    centre_hz = between(rng, 700, 2600)
    for index in range(n_hands):
        strike = Strike(
            low_hz=centre_hz * 0.5,
            peak_hz=centre_hz * between(rng, 0.8, 1.25),
            high_hz=between(rng, 5000, 14_000),
            low_slope_db=between(rng, 6, 14),
            high_slope_db=between(rng, 3, 9),
            decay_s=between(rng, 0.015, 0.09)
            if index < n_hands - 1 or n_hands == 1
            else between(rng, 0.05, 0.4),
            decay_tilt=0.1,
        )
        delay_s = index * spread_s * rng.uniform(0.6, 1.4) if n_hands < 5 else rng.uniform(0, 3 * spread_s)
        parts.append(later(cloud(rng, 0.45, strike) * rng.uniform(0.5, 1.0), float(delay_s)))
    return saturate(added(*parts), between(rng, 0.5, 3))


def hat(rng: np.random.Generator) -> Signal:
    """Hi-hat: closed, pedal, half open or open; a machine's, noise, or metal."""
    if chance(rng, 0.25):
        return drum_sound(rng, str(rng.choice(["hat", "hat", "open"])))
    sort = rng.choice(["closed", "pedal", "half", "open", "choke"], p=[0.42, 0.16, 0.16, 0.2, 0.06])
    low, high = {
        "closed": (0.03, 0.22),
        "pedal": (0.05, 0.3),
        "half": (0.2, 0.8),
        "open": (0.5, 2.2),
        "choke": (0.5, 1.5),
    }[str(sort)]
    decay_s = between(rng, low, high)
    is_thin = chance(rng, 0.35)
    strike = Strike(
        low_hz=between(rng, 1500, 6000) if is_thin else between(rng, 120, 1500),
        peak_hz=between(rng, 5500, 11_500) if is_thin else between(rng, 5500, 17_000),
        high_hz=between(rng, 11_000, 17_000) if is_thin else between(rng, 13_000, 20_000),
        low_slope_db=between(rng, 6, 16) if is_thin else between(rng, 1.2, 7),
        high_slope_db=between(rng, 1, 9),
        decay_s=decay_s,
        decay_tilt=float(rng.uniform(-0.2, 0.3)),
        attack_s=between(rng, 0.0005, {"pedal": 0.012, "half": 0.06}.get(str(sort), 0.002)),
        tonal=float(rng.uniform(0, 0.95)),
        modes_per_octave=between(rng, 8, 80),
        rough_db=between(rng, 1.5, 6),
    )
    out = cloud(rng, 1.1 * decay_s + 0.03, strike)
    stick = cloud(rng, 0.06, Strike(300, between(rng, 2500, 8000), decay_s=between(rng, 0.006, 0.04)))
    # The two cymbals' lowest modes, which a foot or a heavy stick makes loud.
    bell = Strike(
        90,
        between(rng, 150, 850),
        1800,
        9,
        9,
        decay_s=between(rng, 0.05, 0.4),
        tonal=0.9,
        modes_per_octave=6,
    )
    out = added(
        out,
        stick * between(rng, 0.1, 1.2) * (sort != "pedal"),
        cloud(rng, 0.3, bell) * between(rng, 0.02, 2.0 if sort == "pedal" else 0.8) * chance(rng, 0.7),
    )
    if sort == "choke":
        n = int(between(rng, 0.08, 0.35) * 44_100)
        out = out[:n] * np.minimum(1, np.arange(out[:n].size)[::-1] / between(rng, 400, 4000))
    return np.asarray(saturate(out * 0.4, between(rng, 0.4, 3)) if chance(rng, 0.3) else out)


def cymbal(rng: np.random.Generator) -> Signal:
    """Ride, its bell, crash, splash, china, a choked crash; recorded or a machine's."""
    names = ["ride", "bell", "crash", "splash", "china", "choke", "machine", "swell"]
    sort = str(rng.choice(names, p=[0.22, 0.17, 0.22, 0.11, 0.08, 0.09, 0.08, 0.03]))
    if sort == "machine":
        return drum_sound(rng, "ride")
    low, high = {
        "ride": (1.5, 7.0),
        "bell": (1.0, 6.0),
        "crash": (1.5, 6.0),
        "splash": (0.8, 2.2),
        "china": (0.8, 4.0),
        "choke": (1.5, 4.0),
        "swell": (2.0, 6.0),
    }[sort]
    decay_s = between(rng, low, high)
    is_dense = sort in ("crash", "splash", "china", "choke", "swell")
    peak_hz = {"ride": (2500, 14_000), "bell": (1200, 5000), "china": (600, 6000)}.get(sort, (500, 12_000))
    wash = Strike(
        low_hz=between(rng, 120, 900),
        peak_hz=between(rng, *peak_hz),
        high_hz=between(rng, 9000, 20_000),
        low_slope_db=between(rng, 0.8, 6),
        high_slope_db=between(rng, 0.8, 7),
        decay_s=decay_s,
        decay_tilt=float(rng.uniform(0.15, 0.75)),
        attack_s=between(rng, 0.3, 1.2)
        if sort == "swell"
        else between(rng, 0.0006, 0.05 if is_dense else 0.004),
        tonal=float(rng.uniform(0.1, 0.98)),
        modes_per_octave=between(rng, 15, 120),
        rough_db=between(rng, 1.5, 6),
    )
    length_s = min(1.05 * decay_s, between(rng, 1.2, 4))
    parts = [cloud(rng, length_s, wash) * (1.0 if is_dense else between(rng, 0.15, 1.0))]
    if not is_dense:
        ping = Strike(
            low_hz=between(rng, 250, 700),
            peak_hz=between(rng, 700, 5000),
            high_hz=between(rng, 6000, 14_000),
            low_slope_db=between(rng, 2, 8),
            high_slope_db=between(rng, 2, 7),
            decay_s=between(rng, 0.3, 1.0) * decay_s,
            decay_tilt=float(rng.uniform(0.1, 0.6)),
            tonal=float(rng.uniform(0.85, 1)),
            modes_per_octave=between(rng, 2, 14),
        )
        parts.append(cloud(rng, length_s, ping) * between(rng, 0.2, 2.0))
    stick = Strike(500, between(rng, 2500, 9000), decay_s=between(rng, 0.01, 0.06))
    parts.append(cloud(rng, 0.1, stick) * between(rng, 0.05, 0.9))
    out = added(*parts)
    if sort == "choke":
        n = int(between(rng, 0.1, 0.9) * 44_100)
        out = out[:n] * np.minimum(1, np.arange(out[:n].size)[::-1] / between(rng, 1500, 9000))
    return np.asarray(saturate(out * 0.3, between(rng, 0.3, 3)) if chance(rng, 0.3) else out)


def tom(rng: np.random.Generator) -> Signal:
    """Tom: acoustic from floor to high, a machine's, or a synthesiser's falling sine."""
    sort = rng.choice(["acoustic", "machine", "sine"], p=[0.72, 0.16, 0.12])
    if sort == "machine":
        return drum_sound(rng, "tom")
    if sort == "sine":
        return drums.kick(
            rng,
            between(rng, 75, 240),
            sweep=between(rng, 1.2, 3),
            sweep_s=between(rng, 0.03, 0.2),
            decay_s=between(rng, 0.2, 0.9),
            click=float(rng.uniform(0, 0.2)),
            drive=between(rng, 0.8, 3),
        )
    pitch_hz, decay_s = between(rng, 60, 260), between(rng, 0.15, 1.8)
    body = skin(
        rng,
        pitch_hz,
        decay_s=decay_s,
        bend=float(rng.uniform(0, 0.4)),
        bend_s=between(rng, 0.02, 0.12),
        overtones=between(rng, 0.2, 1.6),
        duration_s=1.1 * decay_s + 0.1,
    )
    stick = cloud(
        rng, 0.15, Strike(200, between(rng, 900, 5000), 12_000, 3, 5, decay_s=between(rng, 0.01, 0.08))
    )
    shell = cloud(
        rng,
        0.5,
        Strike(60, pitch_hz * between(rng, 1.5, 5), 3000, 6, 8, decay_s=between(rng, 0.06, 0.4), tonal=0.5),
    )
    out = added(body, stick * between(rng, 0.05, 0.8), shell * between(rng, 0.03, 0.35))
    if chance(rng, 0.35):
        out = added(out, _wires(rng, between(rng, 0.2, 1.0)) * between(rng, 0.002, 0.03))
    if chance(rng, 0.1):
        out = filtered(out, "lowpass", between(rng, 1500, 8000))
    return saturate(out, between(rng, 0.6, 2.5))
