"""Unlimited random loops to train on: any kind, any timbre, always circular.

Everything comes from the generator handed in, so a seed is a loop. Speed matters more than beauty
here: a loop costs about a fortieth of its own duration.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from morphstudio.audio.clip import RATE_HZ, Samples
from morphstudio.synth import drums, effects, patterns, voices
from morphstudio.synth.effects import Signal
from morphstudio.synth.patterns import Grid
from morphstudio.synth.random_voices import between, drum_sound, random_player, random_spectrum

_Maker = Callable[[np.random.Generator, Grid], Signal]


def random_loop(rng: np.random.Generator, duration_s: float, only: Sequence[str] = ()) -> Samples:
    """Render a random musical loop: drums, percussion, bass, chords, arpeggio, lead, texture, or two of them.

    Parameters
    ----------
    rng : Generator
        The only source of chance: the same state, the same loop.
    duration_s : float
        Length; the tempo is bent so that a whole number of beats fits.
    only : sequence of str
        Of drums, percussion, bass, chords, arpeggio, lead, texture and hits; none: any of them.

    Returns
    -------
    float32, shape (frames, 2), peak at most 1
    """
    n_frames = max(256, round(duration_s * RATE_HZ))
    makers: dict[str, tuple[_Maker, float]] = {
        "drums": (_drum_loop, 0.32),
        "percussion": (_percussion_loop, 0.1),
        "bass": (_bass_loop, 0.13),
        "chords": (_chord_loop, 0.1),
        "arpeggio": (_arpeggio_loop, 0.11),
        "lead": (_lead_loop, 0.06),
        "texture": (_texture_loop, 0.12),
        "hits": (_one_shot_loop, 0.06),
    }
    names = list(only or makers)
    chances = np.array([makers[name][1] for name in names])
    n_layers = min(len(names), 1 + int(rng.random() < 0.22))
    picked = rng.choice(len(names), n_layers, replace=False, p=chances / chances.sum())
    tempo = float(rng.uniform(80, 180))
    n_beats = max(1, round(duration_s * tempo / 60))
    swing = float(rng.choice([0.0, rng.uniform(0, 0.38)], p=[0.4, 0.6]))
    grid = Grid(n_frames, n_beats, swing)
    track: Signal = np.zeros((2, n_frames))
    for index in picked:
        layer = makers[names[int(index)]][0](rng, grid)
        if not np.any(layer):  # a rhythm may rest for the whole of a short loop
            layer = _one_shot_loop(rng, grid)
        track += layer * (rng.uniform(0.3, 1.0) / (np.sqrt(np.mean(layer**2)) + 1e-4))
    track = _random_effects(rng, track, grid)
    return _finished(rng, track)


def _finished(rng: np.random.Generator, track: Signal) -> Samples:
    if rng.random() < 0.12:
        track = np.tile(track.mean(axis=0), (2, 1))
    track = effects.filtered(track, "highpass", 22.0, circular=True)
    rms = np.sqrt(np.mean(track**2)) or 1.0
    track = track * (10 ** (rng.uniform(-24, -12) / 20) / rms)
    peak = float(np.max(np.abs(track)))
    if peak > 0.97:
        # Half of what is too loud is clipped softly, as on a hot bus; the rest is turned down.
        track = np.tanh(track) if rng.random() < 0.5 else track * (0.97 / peak)
    return np.ascontiguousarray(np.clip(track, -0.999, 0.999).T, dtype=np.float32)


def _random_effects(rng: np.random.Generator, track: Signal, grid: Grid) -> Signal:
    peak = float(np.max(np.abs(track))) or 1.0
    track = track / peak
    if rng.random() < 0.3:
        track = effects.saturate(track, float(rng.uniform(1.2, 6)), float(rng.uniform(0, 0.3)))
    if rng.random() < 0.07:
        track = effects.crushed(track, float(rng.uniform(4, 10)), int(rng.integers(1, 9)))
    if rng.random() < 0.3:
        kind, low, high = (("lowpass", 600, 12_000), ("highpass", 60, 1500), ("peak", 200, 8000))[
            rng.integers(3)
        ]
        freq = float(np.exp(rng.uniform(np.log(low), np.log(high))))
        gain_db = float(rng.uniform(-9, 9))
        track = effects.filtered(track, kind, freq, float(rng.uniform(0.5, 2)), gain_db, circular=True)
    if rng.random() < 0.35:
        # Bodies, rooms and microphones are never flat.
        for _ in range(int(rng.integers(2, 5))):
            centre, q, gain_db = between(rng, 90, 9000), between(rng, 0.8, 6), float(rng.normal() * 5)
            track = effects.filtered(track, "peak", centre, q, gain_db, circular=True)
    if rng.random() < 0.08:
        track = effects.phaser(track, wet=float(rng.uniform(0.3, 0.9)), cycles=int(rng.integers(1, 5)))
    if rng.random() < 0.1:
        depth = float(rng.uniform(0.5, 4))
        track = effects.chorus(
            track, wet=float(rng.uniform(0.3, 0.8)), depth_ms=depth, cycles=int(rng.integers(1, 7))
        )
    if rng.random() < 0.2:
        track = effects.delay(
            track,
            wet=float(rng.uniform(0.1, 0.5)),
            delay_frames=float(rng.choice([2, 3, 4, 6]) * grid.step_frames),
            feedback=float(rng.uniform(0.1, 0.65)),
            tone_hz=float(rng.uniform(1200, 9000)),
            cross=bool(rng.random() < 0.6),
        )
    if rng.random() < 0.35:
        track = effects.reverb(
            track,
            rng,
            wet=float(rng.choice([rng.uniform(0.05, 0.25), rng.uniform(0.2, 0.9)])),
            decay_s=float(np.exp(rng.uniform(np.log(0.15), np.log(2.5)))),
            damping_hz=float(rng.uniform(1500, 9000)),
        )
    if rng.random() < 0.4:
        floor = voices.coloured_noise(rng, grid.n_frames, float(rng.uniform(-7, 0)))
        level = 10 ** (rng.uniform(-60, -24) / 20)
        track = track + floor * level * float(np.sqrt(np.mean(track**2)))
        if rng.random() < 0.5:
            track = effects.saturate(track, float(rng.uniform(1, 2.5)))
    return track


def _lane(
    rng: np.random.Generator,
    track: Signal,
    grid: Grid,
    name: str,
    levels: Sequence[float],
    gain: float,
    pan: float,
) -> None:
    """Play one instrument: two recordings of it take turns, and no hit is quite on the grid."""
    takes = [drum_sound(rng, name)]
    late = int(rng.uniform(-0.004, 0.01) * RATE_HZ) if rng.random() < 0.4 else 0
    loose = rng.uniform(0, 0.004) * RATE_HZ
    rolled = name == "hat" and rng.random() < 0.25
    for step, level in enumerate(levels):
        if level <= 0:
            continue
        at = grid.frame(step) + late + int(rng.normal() * loose)
        sound = drums.struck(takes[step % len(takes)], level)
        place_times = 1 + int(rolled and rng.random() < 0.2) * int(rng.integers(1, 4))
        for repeat in range(place_times):
            effects.place(track, sound, at + int(repeat * grid.step_frames / place_times), gain, pan)


def _drum_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    table = patterns.styles()
    names = list(table)
    style = table[names[rng.integers(len(names))]]
    track: Signal = np.zeros((2, grid.n_frames))
    turn = 16 * int(rng.integers(0, 2))
    wildness = float(rng.choice([0.05, 0.3, 0.8], p=[0.4, 0.4, 0.2]))
    swaps = {"snare": "clap", "clap": "snare", "rim": "clave", "ride": "hat", "shaker": "hat"}
    for name, pattern in style.lanes.items():
        if rng.random() < 0.13:
            continue
        shown = swaps[name] if name in swaps and rng.random() < 0.2 else name
        levels = patterns.velocities(
            pattern[turn % len(pattern) :] + pattern[: turn % len(pattern)], grid.n_steps
        )
        levels = patterns.mutated(rng, levels, wildness)
        low = shown in ("kick", "snare", "clap")
        gain = float(rng.uniform(0.7, 1.1)) if low else between(rng, 0.12, 0.6)
        pan = 0.0 if shown == "kick" else float(rng.normal() * (0.08 if low else 0.35))
        _lane(rng, track, grid, shown, levels, gain, float(np.clip(pan, -0.9, 0.9)))
    if rng.random() < 0.6:
        wet, decay_s = float(rng.uniform(0.04, 0.45)), between(rng, 0.12, 1.2)
        damping_hz = float(rng.uniform(3000, 12_000))
        track = effects.reverb(track, rng, wet=wet, decay_s=decay_s, low_cut_hz=120.0, damping_hz=damping_hz)
    if rng.random() < 0.4:
        peak = float(np.max(np.abs(track))) or 1.0
        track = effects.compressed(
            track / peak,
            threshold_db=float(rng.uniform(-30, -12)),
            ratio=between(rng, 2, 8),
            release_s=between(rng, 0.05, 0.3),
        )
    return track


def _percussion_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    names = [
        "conga",
        "conga_low",
        "slap",
        "shaker",
        "clave",
        "cowbell",
        "rim",
        "tom",
        "tabla_low",
        "tabla_high",
    ]
    track: Signal = np.zeros((2, grid.n_frames))
    length = int(rng.choice([8, 12, 16]))
    for name in rng.choice(names, int(rng.integers(1, 5)), replace=False):
        n_hits = int(rng.integers(2, length))
        pattern = patterns.euclid(n_hits, length, int(rng.integers(length)))
        levels = patterns.velocities(pattern, grid.n_steps)
        levels = [
            level * float(rng.choice([1.25, 1.0, 0.5, 0.0], p=[0.2, 0.4, 0.3, 0.1])) for level in levels
        ]
        levels = patterns.mutated(rng, [min(1.0, level) for level in levels], 0.15)
        pan = float(rng.uniform(-0.7, 0.7))
        _lane(rng, track, grid, str(name), levels, between(rng, 0.3, 1.0), pan)
    return track


def _random_scale(rng: np.random.Generator) -> tuple[int, ...]:
    known = patterns.scales()
    return known[list(known)[rng.integers(len(known))]]


def _melody(
    rng: np.random.Generator,
    grid: Grid,
    root: int,
    *,
    degrees: Sequence[int],
    density: float,
    gate: tuple[float, float],
    length: int = 16,
) -> Signal:
    """Play a riff of `length` steps, repeated to the end of the loop with one instrument."""
    play, scale = random_player(rng), _random_scale(rng)
    track: Signal = np.zeros((2, grid.n_frames))
    hits = rng.random(length) < density
    hits[0] = hits[0] or not hits.any()
    notes = [root + patterns.degree(scale, int(rng.choice(list(degrees)))) for _ in range(length)]
    accents = rng.choice([0.3, 0.6, 1.0], length)
    gates = rng.uniform(*gate, length)
    spread = float(rng.choice([0.0, rng.uniform(0, 0.6)]))
    cache: dict[int, Signal] = {}
    for step in range(grid.n_steps):
        place = step % length
        if not hits[place]:
            continue
        if place not in cache:
            gate_s = min(float(gates[place]) * grid.step_s, 1.2)
            cache[place] = play((voices.hz(notes[place]),), gate_s, float(accents[place]))
        pan = spread * (1 if place % 2 else -1)
        effects.place(track, cache[place], grid.frame(step), 0.5 + 0.5 * float(accents[place]), pan)
    return track


def _bass_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    degrees = (0, 0, 0, int(rng.integers(-3, 7)), int(rng.integers(-3, 7)), 7)
    gate = (0.5, 1.0) if rng.random() < 0.6 else (0.8, 4.0)
    density, length = float(rng.uniform(0.2, 0.85)), int(rng.choice([8, 16, 16, 32]))
    return _melody(
        rng, grid, int(rng.integers(26, 44)), degrees=degrees, density=density, gate=gate, length=length
    )


def _lead_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    degrees, density = tuple(range(-3, 8)), float(rng.uniform(0.15, 0.6))
    return _melody(
        rng, grid, int(rng.integers(50, 76)), degrees=degrees, density=density, gate=(0.6, 4.0), length=16
    )


def _arpeggio_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    shape = [0, 2, 4, 7, 9, 11][: int(rng.integers(3, 7))]
    density, length = float(rng.choice([1.0, 1.0, 0.7])), int(rng.choice([3, 4, 6, 8, 12, 16]))
    root = int(rng.integers(45, 68))
    return _melody(rng, grid, root, degrees=shape, density=density, gate=(0.3, 1.2), length=length)


def _chord_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    play, scale = random_player(rng), _random_scale(rng)
    track: Signal = np.zeros((2, grid.n_frames))
    root, size = int(rng.integers(43, 62)), int(rng.choice([2, 3, 3, 4]))
    bars = -(-grid.n_steps // 16)
    rhythms = (
        "X...............",
        "X..x..x...x.....",
        "..X...X...X...X.",
        "X.......X.......",
        "x..x..x..x..x.x.",
        "....X.......X...",
    )
    pattern = rhythms[rng.integers(len(rhythms))]
    held = pattern.count(".") > 13
    for bar in range(bars):
        tones = patterns.chord(scale, int(rng.integers(-3, 5)), size)
        freqs = tuple(voices.hz(root + tone) for tone in tones)
        gate_s = min((15.0 if held else float(rng.uniform(0.5, 2.5))) * grid.step_s, 3.0)
        sound = play(freqs, gate_s, float(rng.random()))
        for step, level in enumerate(patterns.velocities(pattern, 16)):
            if level and 16 * bar + step < grid.n_steps:
                effects.place(track, sound, grid.frame(16 * bar + step), level)
    return track


def _texture_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    n = grid.n_frames
    track: Signal = np.zeros((2, n))
    kind = str(rng.choice(["noise", "foley", "drone", "grains", "crackle"]))
    if kind == "noise":
        track = voices.coloured_noise(rng, n, float(rng.uniform(-9, 2)))
        curve = voices.circular_walk(rng, n, int(rng.integers(1, 9)))
        centre = np.exp(np.log(150) + curve * np.log(60))
        q, shape = between(rng, 0.6, 6), str(rng.choice(["lowpass", "bandpass"]))
        n_pre = min(4096, n)
        track, centre = np.concatenate((track[:, -n_pre:], track), axis=1), np.append(centre[-n_pre:], centre)
        moved = np.stack([effects.swept(side, centre, q, shape)[n_pre:] for side in track])
        return moved * (0.4 + 0.6 * voices.circular_walk(rng, n, 3))
    if kind == "foley":
        # Brushes, scrapes and machines: coloured noise whose level is a fast, jagged curve.
        for _ in range(int(rng.integers(1, 4))):
            layer = voices.coloured_noise(rng, n, float(rng.uniform(-6, 3)))
            layer = effects.filtered(
                layer, "bandpass", between(rng, 150, 7000), between(rng, 0.4, 4), circular=True
            )
            curve = voices.circular_walk(rng, n, int(rng.integers(8, 60))) ** float(rng.uniform(1, 8))
            track += layer * curve * rng.uniform(0.3, 1)
        return track
    if kind == "drone":
        turn = np.arange(n) / n
        root, scale = int(rng.integers(30, 60)), _random_scale(rng)
        for _ in range(int(rng.integers(3, 9))):
            midi = root + patterns.degree(scale, int(rng.choice([0, 0, 2, 4, 7, 11])))
            # A whole number of periods in the loop, so that the tone meets itself at the seam.
            n_cycles = max(1, round(voices.hz(midi) * n / RATE_HZ + rng.integers(-2, 3)))
            table = voices.cycle(random_spectrum(rng), voices.hz(midi))
            wave = voices.read_cycle(table, turn * n_cycles + rng.random())
            level = voices.circular_walk(rng, n, 3) * rng.uniform(0.2, 1)
            pan = rng.uniform(-0.8, 0.8)
            track += np.stack(((1 - pan) * wave * level, (1 + pan) * wave * level))
        return effects.filtered(track, "lowpass", between(rng, 400, 9000), circular=True)
    count = int(between(rng, 12, 120) * n / RATE_HZ) + 2
    if kind == "crackle":
        for at in rng.integers(0, n, count):
            length = int(rng.integers(3, 60))
            pop = rng.standard_normal(length) * np.hanning(length) * rng.exponential(1.0)
            effects.place(track, pop, int(at), 1.0, float(rng.uniform(-0.8, 0.8)))
        return track + 0.05 * voices.coloured_noise(rng, n, float(rng.uniform(-6, 0)))
    scale, root = _random_scale(rng), int(rng.integers(40, 75))
    for at in rng.integers(0, n, min(count, 150)):
        length = int(between(rng, 0.02, 0.25) * RATE_HZ)
        freq = voices.hz(root + patterns.degree(scale, int(rng.integers(0, 15))))
        grain = drums.sine(np.arange(length) * freq / RATE_HZ + rng.random()) * np.hanning(length)
        effects.place(track, grain, int(at), float(rng.exponential(0.5)), float(rng.uniform(-0.9, 0.9)))
    return track


def _one_shot_loop(rng: np.random.Generator, grid: Grid) -> Signal:
    track: Signal = np.zeros((2, grid.n_frames))
    if rng.random() < 0.5:
        names = ["kick", "snare", "clap", "hat", "open", "ride", "tom", "rim", "cowbell", "shaker", "slap"]
        sound = drum_sound(rng, str(rng.choice(names)))
    else:
        play = random_player(rng)
        sound = play(
            (voices.hz(float(rng.integers(30, 85))),), float(rng.uniform(0.1, 1.2)), float(rng.random())
        )
    every = int(rng.choice([2, 4, 8, 16]))
    for step in range(0, grid.n_steps, every):
        effects.place(track, sound, grid.frame(step), float(rng.uniform(0.7, 1)))
    return track
