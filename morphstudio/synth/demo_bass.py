"""The demo bass lines. Bar 1 rests on A minor, bar 2 moves through F to G: every loop fits the others."""

from __future__ import annotations

import numpy as np

from morphstudio.synth import effects, voices
from morphstudio.synth.desk import N_FRAMES, new_desk
from morphstudio.synth.effects import Signal
from morphstudio.synth.lines import LinePatch, line, notes_of


def _spread(mono: Signal, width: float = 0.5) -> Signal:
    """Two sides for a mono line: a slow chorus on the highs, the lows left in the middle."""
    both = effects.chorus(np.tile(mono, (2, 1)), wet=0.7, depth_ms=2.2, cycles=3)
    return effects.widened(both, width * 2)


def acid_bass() -> Signal:
    """A squelching line: slides, accents, a filter that opens through the two bars."""
    desk = new_desk(31, 0.06)
    notes = notes_of(
        "0! . 0 12 . 0~ 3! . 0 0, 10~ . 12! 0 . 7~ 0! . 0 15~ 12! . 0 . -4 -4! 8~ . -2! 10~ 5 7!", 33
    )
    patch = LinePatch(
        voices.spectrum("saw"), cutoff_hz=230, q=7.0, env_octaves=3.4, env_s=0.13, hold_decay_s=0.5, drive=2.6
    )
    bend = 0.75 - 0.75 * np.cos(2 * np.pi * np.arange(N_FRAMES) / N_FRAMES)
    mono = line(notes, desk.grid, patch, gate=0.62, cutoff_curve=bend)
    desk.track = effects.saturate(np.tile(mono, (2, 1)) * 1.2, 2.2, 0.15)
    desk.track = effects.widened(effects.chorus(desk.track, wet=0.3, depth_ms=1.4, cycles=2), 0.8)
    desk.echo(3, 0.34, 0.42, 3200)
    desk.room(0.07, 0.5, 5000, 350)
    return desk.track


def sub_bass() -> Signal:
    """A round, deep line with a little growl above it, so that small speakers hear it too."""
    desk = new_desk(32, 0.2)
    notes = notes_of("0! = = . . 0, . 0 = . 12, . 7 = 5~ . -4! = = . . -4, . 8, -2 = = . -2! . 5~ 7", 33)
    soft = LinePatch(
        voices.spectrum("triangle"),
        cutoff_hz=190,
        q=0.9,
        env_octaves=1.6,
        env_s=0.09,
        release_s=0.07,
        drive=2.2,
        sub=0.7,
    )
    growl = LinePatch(
        voices.spectrum("pulse", width=0.3),
        (-6, 7),
        cutoff_hz=300,
        q=1.6,
        env_octaves=2.2,
        env_s=0.12,
        drive=1.6,
    )
    deep = line(notes, desk.grid, soft, gate=0.94)
    upper = effects.filtered(line(notes, desk.grid, growl, gate=0.7), "highpass", 170.0, circular=True)
    desk.track = np.tile(deep, (2, 1)) + 0.35 * _spread(upper)
    desk.squeeze(-9, 2.5, 0.15, 1.5)
    desk.air(-52, -5)
    return desk.track


def reese_bass() -> Signal:
    """Detuned saws beating against each other under a moving notch."""
    desk = new_desk(33)
    notes = notes_of("0! = = = = = . 0 = = 3~ = 0~ = . -2, -4! = = = = = . -4 -2! = = 5~ 7~ = -2 .", 33)
    sides: list[Signal] = []
    turn = np.arange(N_FRAMES) / N_FRAMES
    for spread in ((-17, 3, 14), (-13, -2, 19)):
        patch = LinePatch(
            voices.spectrum("saw"),
            spread,
            cutoff_hz=800,
            q=1.3,
            env_octaves=1.4,
            env_s=0.4,
            release_s=0.05,
            drive=2.4,
            glide_s=0.07,
        )
        move = (
            1.1 * np.sin(2 * np.pi * (4 * turn + len(sides) * 0.08)) * (0.5 + 0.5 * np.sin(2 * np.pi * turn))
        )
        sides.append(line(notes, desk.grid, patch, gate=0.97, cutoff_curve=move))
    desk.track = effects.widened(np.stack(sides), 0.9)
    desk.track = effects.phaser(desk.track, wet=0.55, cycles=2)
    low = LinePatch(
        voices.spectrum("sine"), cutoff_hz=300, q=0.7, env_octaves=0, release_s=0.05, glide_s=0.07
    )
    desk.shape("highpass", 75)
    desk.track = desk.track + 0.55 * line(notes, desk.grid, low, gate=0.97)
    desk.squeeze(-10, 3, 0.1, 1.8)
    desk.room(0.06, 0.4, 5000, 300)
    return desk.track


def funk_bass() -> Signal:
    """A plucked bass guitar: thumb, octave pops, ghosted dead notes."""
    desk = new_desk(34, 0.15)
    rng = desk.rng
    for note in notes_of(
        "0! = . 0, . 12! 10, 12 . 0, 3 . 5~ . 7! 10, -4! = . -4, 8! . 8, . -2! = . 10! 9, 10 5 7!", 33
    ):
        pop = note.midi >= 43
        bright = (0.75 if pop else 0.42) * (0.6 + 0.4 * note.velocity)
        ghost = note.velocity < 0.5
        length_s = 0.07 if ghost else note.steps * desk.grid.step_s * 0.95
        string = voices.plucked(rng, voices.hz(note.midi), length_s, decay_s=1.1, bright=bright, pick=0.13)
        thumb = effects.filtered(rng.standard_normal(900), "bandpass", 1800.0, 0.8) * np.exp(
            -np.arange(900) / 130
        )
        string[:900] += (0.5 if pop else 0.22) * thumb[: string.size]
        effects.place(
            desk.track, string, desk.grid.frame(note.step), 0.35 if ghost else 0.5 + 0.5 * note.velocity
        )
    desk.shape("lowshelf", 130, 0.8, 9)
    desk.shape("peak", 750, 1.2, 3)
    desk.squeeze(-16, 4, 0.12, 2.0)
    desk.track = effects.chorus(desk.track, wet=0.3, depth_ms=1.2, cycles=2)
    desk.track = effects.widened(desk.track, 0.8)
    desk.room(0.12, 0.3, 5000, 200)
    return desk.track


def techno_bass() -> Signal:
    """Rolling sixteenths between the beats, driven FM with a metallic edge."""
    desk = new_desk(35)
    pitches = [
        0,
        0,
        0,
        0,
        0,
        0,
        12,
        0,
        0,
        0,
        0,
        3,
        0,
        0,
        0,
        10,
        0,
        0,
        12,
        0,
        -4,
        -4,
        -4,
        8,
        -4,
        -4,
        -2,
        -2,
        10,
        -2,
        5,
        7,
    ]
    for step, interval in enumerate(pitches):
        if step % 4 == 0:
            continue
        accent = 0.95 if step % 4 == 2 else 0.6
        index = 3.0 + 4.0 * accent + 1.6 * np.sin(2 * np.pi * step / 32)
        note = voices.fm(
            voices.hz(33 + interval),
            0.1,
            ratio=1.5 if step % 8 == 6 else 1.0,
            index=index,
            index_s=0.05,
            decay_s=0.4,
            release_s=0.05,
        )
        low = voices.fm(voices.hz(33 + interval), 0.1, ratio=1.0, index=0.4, decay_s=0.5, release_s=0.05)
        effects.place(desk.track, 0.7 * note + 0.6 * low, desk.grid.frame(step), accent)
    desk.track = effects.saturate(desk.track, 2.4, 0.2)
    desk.shape("lowpass", 7000, 1.2)
    dry = desk.track
    desk.track = effects.filtered(dry, "highpass", 350.0, circular=True)
    desk.echo(3, 0.5, 0.45, 3500)
    desk.room(0.5, 0.9, 4000, 300)
    desk.track = effects.ducked(dry + 0.55 * desk.track, desk.beats(), depth=0.8, release_s=0.16)
    desk.squeeze(-12, 2.5, 0.08, 1.4)
    return desk.track
