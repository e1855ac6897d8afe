"""The demo chords and arpeggios. Bar 1 rests on A minor, bar 2 moves through F to G."""

from __future__ import annotations

import numpy as np

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth import effects, voices
from morphstudio.synth.desk import A_MINOR, F_MAJOR, G_SIX, N_FRAMES, hz_of, new_desk
from morphstudio.synth.effects import Signal


def pad_chords() -> Signal:
    """Warm, wide stabs from a wall of detuned saws, pumping with an unheard kick."""
    desk = new_desk(41, 0.12)
    rng = desk.rng
    patch = voices.Patch(
        voices.spectrum("saw"),
        5,
        16,
        cutoff_hz=750,
        q=0.8,
        env_octaves=2.4,
        env_s=0.35,
        attack_s=0.02,
        decay_s=1.2,
        sustain=0.65,
        release_s=0.45,
        drive=1.3,
        stereo=True,
    )
    plan = (
        (0, 3, A_MINOR, 0.9),
        (3, 2, A_MINOR, 0.5),
        (6, 6, A_MINOR, 0.7),
        (14, 1.5, A_MINOR, 0.4),
        (16, 3, F_MAJOR, 0.9),
        (19, 2, F_MAJOR, 0.5),
        (22, 3, F_MAJOR, 0.7),
        (26, 5, G_SIX, 0.8),
    )
    for step, steps, notes, accent in plan:
        sound = voices.tone(rng, hz_of(notes), steps * desk.grid.step_s, patch, accent=accent)
        low = voices.tone(rng, hz_of([notes[0] - 12]), steps * desk.grid.step_s, patch, accent=0.2)
        effects.place(desk.track, sound, desk.grid.frame(step), 0.5 + 0.5 * accent)
        effects.place(desk.track, low, desk.grid.frame(step), 0.35)
    desk.track = effects.chorus(desk.track, wet=0.4, depth_ms=2.5, cycles=2)
    desk.room(0.35, 1.6, 5500, 250)
    desk.track = effects.ducked(desk.track, desk.beats(), depth=0.45, release_s=0.22)
    desk.squeeze(-12, 2, 0.2, 1.4)
    return desk.track


def electric_piano() -> Signal:
    """Tines and tubes: strummed ninths, a tremolo that walks from side to side."""
    desk = new_desk(42, 0.24)
    rng = desk.rng
    plan = (
        (0, 5.5, (45, *A_MINOR), 0.9),
        (6, 1, A_MINOR[1:], 0.4),
        (10, 3, (*A_MINOR[1:], 76), 0.75),
        (15, 1, (59, 64, 67), 0.35),
        (16, 5, (41, *F_MAJOR), 0.9),
        (21.5, 1, F_MAJOR[2:], 0.4),
        (24, 4, (43, *G_SIX), 0.8),
        (29, 2.5, (62, 64, 69, 74), 0.55),
    )
    for step, steps, notes, velocity in plan:
        for number, midi in enumerate(notes):
            touch = velocity * float(rng.uniform(0.8, 1.05)) * (1.0 if number else 0.8)
            note = voices.fm(
                voices.hz(midi),
                steps * desk.grid.step_s,
                ratio=1.0,
                index=0.35 + 1.9 * touch**2,
                index_s=0.35,
                decay_s=2.4,
                release_s=0.12,
                tine=0.25 + 0.5 * touch,
                floor=0.25,
            )
            at = desk.grid.frame(step) + int((0.007 * number + 0.004 * rng.random()) * RATE_HZ)
            effects.place(desk.track, note, at, touch, 0.5 * (midi - 60) / 20)
    desk.track = effects.saturate(desk.track / float(np.max(np.abs(desk.track))), 2.2, 0.12)
    turn = np.arange(N_FRAMES) / N_FRAMES
    sway = 0.28 * np.sin(2 * np.pi * 16 * turn)
    desk.track = desk.track * np.stack((1 + sway, 1 - sway))
    desk.track = effects.chorus(desk.track, wet=0.35, depth_ms=1.8, cycles=3)
    desk.room(0.16, 0.9, 5000, 200)
    desk.shape("peak", 2200, 0.9, 2.5)
    desk.air(-46, -5)
    return desk.track


def dub_chords() -> Signal:
    """One minor stab thrown into a tape echo: filtered, smeared, noisy."""
    desk = new_desk(43, 0.1)
    rng = desk.rng
    chord = (57, 60, 64, 69)
    plan = (
        (0, chord, 0.9),
        (3, chord, 0.5),
        (10, chord, 0.7),
        (16, (53, 57, 60, 67), 0.9),
        (22, (55, 59, 62, 67), 0.6),
        (27, chord, 0.35),
    )
    for step, notes, accent in plan:
        patch = voices.Patch(
            voices.spectrum("saw"),
            3,
            12,
            cutoff_hz=480 + 500 * accent,
            q=2.6,
            env_octaves=1.8,
            env_s=0.12,
            attack_s=0.003,
            decay_s=0.16,
            sustain=0.12,
            release_s=0.22,
            drive=1.8,
            noise=0.03,
            stereo=True,
        )
        sound = voices.tone(rng, hz_of(notes), 0.2, patch, accent=accent)
        effects.place(desk.track, sound, desk.grid.frame(step), accent)
    desk.track = effects.filtered(desk.track, "highpass", 160.0, circular=True)
    desk.echo(3, 0.65, 0.66, 1900)
    desk.room(0.55, 2.4, 3200, 200)
    wobble = 14 * np.sin(2 * np.pi * 5 * np.arange(N_FRAMES) / N_FRAMES)
    desk.track = np.stack([effects.read_circular(side, np.arange(N_FRAMES) + wobble) for side in desk.track])
    desk.track = effects.phaser(desk.track, wet=0.35, cycles=1)
    desk.squeeze(-14, 2, 0.2, 1.4)
    desk.air(-34, -5)
    return desk.track


def glass_arp() -> Signal:
    """Struck glass running over the chords, echoes jumping from side to side."""
    desk = new_desk(51, 0.12)
    rng = desk.rng
    ratios = (1.0, 2.76, 5.4, 8.93, 13.3)
    order = (0, 2, 4, 1, 3, 4, 2, 3)
    for step in range(32):
        notes = A_MINOR if step < 16 else F_MAJOR if step < 24 else G_SIX
        if step % 16 in (7, 13):
            continue
        midi = notes[order[step % 8]] + (24 if step % 6 == 0 else 12)
        velocity = (1.0, 0.4, 0.65, 0.5)[step % 4] * float(rng.uniform(0.85, 1.0))
        glass = voices.partials(
            rng, voices.hz(midi), 1.1, ratios, decay_s=0.5 + 0.7 * velocity, tilt=1.7 - 0.6 * velocity
        )
        body = voices.fm(voices.hz(midi - 12), 0.15, ratio=3.0, index=1.2 * velocity, decay_s=0.4)
        effects.place(desk.track, glass, desk.grid.frame(step), velocity, 0.55 * np.sin(step * 1.9))
        effects.place(desk.track, body, desk.grid.frame(step), 0.35 * velocity)
    desk.echo(3, 0.42, 0.5, 5200)
    desk.room(0.4, 1.7, 7500, 250)
    desk.squeeze(-14, 1.8, 0.2, 1.15)
    desk.air(-50)
    return desk.track


def night_arp() -> Signal:
    """Sixteenths of detuned pulses, a filter that rises and falls over the two bars."""
    desk = new_desk(52)
    rng = desk.rng
    order = (0, 4, 2, 7, 3, 5, 1, 6)
    for step in range(32):
        chord = A_MINOR if step < 16 else F_MAJOR if step < 24 else G_SIX
        ladder = [*chord[:4], *(note + 12 for note in chord[:4])]
        accent = 1.0 if step % 3 == 0 else 0.35 + 0.2 * (step % 2)
        rise = 0.5 - 0.5 * np.cos(2 * np.pi * (step + 4) / 32)
        patch = voices.Patch(
            voices.spectrum("pulse", width=0.24),
            3,
            13,
            cutoff_hz=420 * 2 ** (2.2 * rise),
            q=2.2,
            env_octaves=2.0,
            env_s=0.09,
            decay_s=0.14,
            sustain=0.25,
            release_s=0.12,
            drive=1.4,
            sub=0.3,
            stereo=True,
        )
        note = voices.tone(rng, hz_of([ladder[order[step % 8]]]), 0.08, patch, accent=accent)
        effects.place(desk.track, note, desk.grid.frame(step), 0.4 + 0.6 * accent, 0.35 * (-1) ** step)
    desk.echo(3, 0.38, 0.5, 4200)
    desk.room(0.25, 1.3, 6000, 250)
    desk.track = effects.ducked(desk.track, desk.beats(), depth=0.4, release_s=0.18)
    desk.squeeze(-12, 2, 0.12, 1.5)
    return desk.track
