"""The demo textures: what lies under or over the other loops, in A minor where it has a pitch."""

from __future__ import annotations

import numpy as np

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth import drums, effects, patterns, voices
from morphstudio.synth.desk import A_MINOR, F_MAJOR, G_SIX, N_FRAMES, hz_of, new_desk
from morphstudio.synth.effects import Signal


def vinyl_drone() -> Signal:
    """A record left turning: crackle, rumble, a warped chord far behind."""
    desk = new_desk(61)
    rng = desk.rng
    turn = np.arange(N_FRAMES) / N_FRAMES
    for number, midi in enumerate((33, 45, 52, 57, 60, 64, 71)):
        n_cycles = round(voices.hz(midi) * N_FRAMES / RATE_HZ)
        table = voices.cycle(voices.spectrum("saw", 60), voices.hz(midi), seed=number + 1)
        swell = (0.25 + 0.75 * voices.circular_walk(rng, N_FRAMES, 3)) / (1 + 0.15 * number)
        for side, cycles in enumerate((n_cycles, n_cycles + 1 + number % 2)):
            desk.track[side] += swell * voices.read_cycle(table, turn * cycles + rng.random())
    desk.shape("lowpass", 900, 0.8)
    warp = 60 * np.sin(2 * np.pi * 2 * turn) + 9 * np.sin(2 * np.pi * 22 * turn)
    desk.track = np.stack([effects.read_circular(side, np.arange(N_FRAMES) + warp) for side in desk.track])
    desk.room(0.6, 2.4, 2500, 120)
    level = float(np.sqrt(np.mean(desk.track**2)))
    for at in rng.integers(0, N_FRAMES, 420):
        length = int(rng.integers(5, 60))
        pop = rng.standard_normal(length) * np.hanning(length) * min(float(rng.exponential(1.0)), 4.0)
        effects.place(desk.track, pop, int(at), 0.9 * level, float(rng.uniform(-0.9, 0.9)))
    hiss = voices.coloured_noise(rng, N_FRAMES, -2.0) * (0.7 + 0.3 * voices.circular_walk(rng, N_FRAMES, 7))
    rumble = effects.filtered(voices.coloured_noise(rng, N_FRAMES, -6.0), "lowpass", 90.0, circular=True)
    desk.track = desk.track + level * (0.07 * hiss + 0.25 * rumble)
    desk.squeeze(-12, 2, 0.3, 1.4)
    desk.shape("lowpass", 13_000)
    return desk.track


def shimmer() -> Signal:
    """Grains of high strings and bells drifting over A minor in a very long room."""
    desk = new_desk(62)
    rng = desk.rng
    ladder = [note + octave for octave in (0, 12, 24) for note in (57, 59, 60, 64, 67, 69)]
    overtones = ((1.0, 1.0), (2.002, 0.45), (3.01, 0.3), (5.02, 0.2), (8.03, 0.14), (11.1, 0.08))
    for at in np.sort(rng.integers(0, N_FRAMES, 130)):
        midi = float(rng.choice(ladder))
        time = drums.seconds(float(rng.uniform(0.15, 0.9)))
        grain: Signal = np.zeros(time.size)
        for ratio, strength in overtones:
            grain += strength * drums.sine(time * voices.hz(midi) * ratio + rng.random())
        if rng.random() < 0.6:
            grain *= np.hanning(time.size)
        else:
            grain *= drums.decay(time, float(time[-1])) * np.minimum(1, time / 0.004)
        gain, pan = float(rng.uniform(0.2, 0.8)) * 60 / midi, float(rng.uniform(-0.9, 0.9))
        effects.place(desk.track, grain, int(at), gain, pan)
    patch = voices.Patch(
        voices.spectrum("saw"),
        5,
        20,
        cutoff_hz=900,
        q=0.9,
        env_octaves=1.0,
        env_s=1.0,
        attack_s=0.8,
        decay_s=2,
        sustain=0.9,
        release_s=1.2,
        stereo=True,
    )
    for step, notes in ((0, A_MINOR), (16, F_MAJOR), (24, G_SIX)):
        steps = 16 if step == 0 else 8
        pad = voices.tone(rng, hz_of(notes), steps * desk.grid.step_s, patch, accent=0.5)
        effects.place(desk.track, pad, desk.grid.frame(step), 0.9)
    desk.track = effects.chorus(desk.track, wet=0.5, depth_ms=3, cycles=2)
    desk.echo(6, 0.3, 0.5, 6000)
    desk.room(0.9, 4.0, 8000, 220)
    breath = voices.coloured_noise(rng, N_FRAMES, 0.0) * voices.circular_walk(rng, N_FRAMES, 4)
    desk.track = desk.track + 0.02 * float(np.std(desk.track)) * breath
    desk.shape("highshelf", 3000, gain_db=5)
    desk.squeeze(-12, 1.8, 0.3, 1.2)
    return desk.track


def noise_field() -> Signal:
    """Waves of filtered noise with a whistling resonance, gated in dotted time."""
    desk = new_desk(63)
    rng = desk.rng
    turn = np.arange(N_FRAMES) / N_FRAMES
    sides = voices.coloured_noise(rng, N_FRAMES, -3.5)
    tide = 0.5 - 0.5 * np.cos(2 * np.pi * turn)
    n_pre = 8192
    for side in range(2):
        centre = 180 * 2 ** (4.6 * tide + 0.5 * np.sin(2 * np.pi * (6 * turn + 0.1 * side)))
        wrapped = np.concatenate((sides[side, -n_pre:], sides[side]))
        desk.track[side] = effects.swept(wrapped, np.concatenate((centre[-n_pre:], centre)), 2.2, "bandpass")[
            n_pre:
        ]
    # Echoes at the periods of A and E turn the noise into a chord.
    for midi, wet in ((57, 0.5), (64, 0.4), (72, 0.3)):
        desk.track = effects.delay(
            desk.track,
            wet=wet,
            delay_frames=RATE_HZ / voices.hz(midi),
            feedback=0.9,
            tone_hz=7000,
            cross=False,
        )
    gate: Signal = np.zeros(N_FRAMES)
    for step, level in enumerate(patterns.velocities("X.ox.oX.-oX.o-x.X.ox.oX.-oX-xxxx", 32)):
        bump = np.hanning(int(2.2 * desk.grid.step_frames)) * level
        index = (np.arange(bump.size) + desk.grid.frame(step)) % N_FRAMES
        gate[index] = np.maximum(gate[index], bump)
    desk.track = desk.track * (0.35 + 0.65 * gate)
    under = effects.filtered(voices.coloured_noise(rng, N_FRAMES, -6.0), "lowpass", 240.0, circular=True)
    desk.track = desk.track / float(np.std(desk.track)) + 0.35 * under * (1.2 - tide)
    desk.track = effects.phaser(desk.track, wet=0.5, cycles=3)
    desk.room(0.5, 2.2, 6000, 150)
    desk.squeeze(-10, 2, 0.3, 1.3)
    return desk.track
