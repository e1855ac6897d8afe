"""The demo loops that are struck: drum kits and percussion, two bars at 120 beats a minute.

Each function fills a desk of its own from a seeded generator; bar 2 always ends in a fill.
"""

from __future__ import annotations

import numpy as np

from morphstudio.synth import drums, effects
from morphstudio.synth.desk import N_FRAMES, Desk, new_desk
from morphstudio.synth.effects import Signal


def house() -> Signal:
    """Four to the floor, swung hats, open hat off the beat, a shaker on top."""
    desk = new_desk(11, 0.17)
    rng = desk.rng
    clap = desk.takes(lambda: drums.clap(rng, centre_hz=1450, decay_s=0.24))
    snare = desk.takes(lambda: drums.snare(rng, 205, tone_s=0.09, noise_s=0.16, snap=0.9))
    desk.hits("....X.......X.......X.......X..o", clap, 0.62)
    desk.hits("....x.......x.......x.....o.X.-x", snare, 0.3, 0.05)
    hat = desk.takes(lambda: drums.hat(rng, decay_s=0.055, tone_hz=460, metal=0.55))
    desk.hits("xo-oxo-oxo-oxo-xxo-oxo-oxo-ox---", hat, 0.42, 0.22)
    desk.hits(
        "..X...X...X...X...X...X...X...X.", desk.takes(lambda: drums.hat(rng, decay_s=0.28)), 0.5, -0.12
    )
    desk.hits("-oxo-oxo-oxo-oxo", desk.takes(lambda: drums.shaker(rng)), 0.5, -0.45)
    desk.hits("...o..-....-..o....o..-...-..o-.", desk.takes(lambda: drums.rim(rng, 620)), 0.3, 0.4)
    desk.hits("..........o..-............o.-..x", desk.takes(lambda: drums.slap(rng, 300)), 0.35, -0.3)
    desk.room(0.16, 0.42, 7000)
    bass_drum = desk.takes(
        lambda: drums.kick(rng, 49, sweep=4.2, sweep_s=0.028, decay_s=0.36, click=0.35, drive=2)
    )
    frames = desk.grid.frame
    desk.track = effects.ducked(
        desk.track, [frames(step) for step in range(0, 32, 4)], depth=0.35, release_s=0.14
    )
    desk.hits("X...X...X...X...X...X...X...X.-.", bass_drum, 0.95, loose_s=0)
    desk.squeeze(-12, 2.5, 0.12, 1.5)
    return desk.track


def boom_bap() -> Signal:
    """Dusty, late and heavily swung: low-fidelity sampler drums with vinyl behind them."""
    desk = new_desk(13, 0.31)
    rng = desk.rng
    kick = desk.takes(
        lambda: drums.kick(rng, 58, sweep=3.2, sweep_s=0.025, decay_s=0.3, click=0.5, drive=2.6, room=0.5)
    )
    snare = desk.takes(
        lambda: drums.snare(rng, 182, tone_s=0.16, noise_s=0.22, snap=1.2, bright_hz=4200, ring=0.1)
    )
    desk.hits("X.....-x..x.....X..o..x..-x.....", kick, 0.95)
    desk.hits("....X..o.o..X..o....X..o..o.X.oo", snare, 0.75, late_s=0.011)
    desk.hits(
        "....x.......x.......x.......x...",
        desk.takes(lambda: drums.clap(rng, centre_hz=1100)),
        0.25,
        late_s=0.018,
    )
    hat = desk.takes(lambda: drums.hat(rng, decay_s=0.065, metal=0.35, low_cut_hz=5200))
    desk.hits("x.-ox.-.x.-ox.-.x.-ox.-.x.-ox-.o", hat, 0.34, 0.18, late_s=0.004, loose_s=0.003)
    desk.hits(
        "..............x...............x.",
        desk.takes(lambda: drums.hat(rng, decay_s=0.3, metal=0.3)),
        0.3,
        0.2,
    )
    desk.hits(
        ".......o........o......o........", desk.takes(lambda: drums.tom(rng, 95, decay_s=0.3)), 0.4, -0.3
    )
    desk.room(0.3, 0.33, 4500, 120)
    desk.squeeze(-18, 4, 0.14, 2.2)
    desk.track = effects.crushed(desk.track, 11, 2)
    desk.shape("lowpass", 10_500, 0.8)
    desk.shape("peak", 220, 1.0, 2.5)
    _crackle(desk, 60, 0.05)
    desk.air(-40, -5)
    return desk.track


def techno() -> Signal:
    """A hard kick with a rumbling tail, off-beat hats, a metal ping in threes."""
    desk = new_desk(14, 0.0)
    rng = desk.rng
    kick = drums.kick(rng, 46, sweep=6, sweep_s=0.035, decay_s=0.42, click=0.5, drive=4)
    on_beat = "X...X...X...X...X...X...X...X..."
    desk.hits(on_beat, [kick], 0.5, loose_s=0)
    desk.room(2.2, 1.1, 900, 35)
    desk.shape("lowpass", 180)
    beats = [desk.grid.frame(step) for step in range(0, 32, 4)]
    desk.track = effects.saturate(effects.ducked(desk.track, beats, depth=0.95, release_s=0.3) * 0.5, 1.6)
    rumble, desk.track = desk.track, np.zeros_like(desk.track)
    desk.hits(
        "..X...X...X...X.",
        desk.takes(lambda: drums.hat(rng, decay_s=0.19, tone_hz=520, metal=0.75)),
        0.65,
        0.05,
    )
    desk.hits(
        "x-o-x-o-x-o-x-ox",
        desk.takes(lambda: drums.hat(rng, decay_s=0.04, metal=0.9, low_cut_hz=8500)),
        0.45,
        0.3,
    )
    desk.hits(
        "....x.......x.......x.......x.o.",
        desk.takes(lambda: drums.clap(rng, centre_hz=1250, decay_s=0.3)),
        0.65,
    )
    ping = desk.takes(lambda: drums.cowbell(rng, 735, decay_s=0.16))
    desk.hits("...x..o..x..o..x..o..x..o..x.-o.", ping, 0.3, -0.4)
    desk.hits(
        "..............o.-.........o.x.xX",
        desk.takes(lambda: drums.tom(rng, 82, decay_s=0.3, bend=0.6)),
        0.45,
        0.2,
    )
    ride = desk.takes(lambda: drums.cymbal(rng, decay_s=0.7, tone_hz=440, bell=0.4), 2)
    desk.hits("................x.x.x.x.x.x.x.x.", ride, 0.5, -0.25)
    desk.echo(3, 0.16, 0.4, 5000)
    desk.room(0.2, 0.9, 6500, 300)
    desk.track = effects.ducked(desk.track, beats, depth=0.45, release_s=0.12) + 0.42 * rumble
    desk.hits("X...X...X...X...X...X...X...X...", [kick], 0.9, loose_s=0)
    desk.squeeze(-10, 2, 0.1, 1.4)
    return desk.track


def electro() -> Signal:
    """Machine drums: a long booming kick, snappy snare, cowbell line, tom run at the end."""
    desk = new_desk(15, 0.0)
    rng = desk.rng
    kick = drums.kick(rng, 44, sweep=2.2, sweep_s=0.045, decay_s=0.85, click=0.25, drive=1.5)
    desk.hits("X.....X...x.....X.....X...x..o..", [kick], 0.9, loose_s=0)
    snare = desk.takes(lambda: drums.snare(rng, 176, tone_s=0.1, noise_s=0.19, snap=1.3, bright_hz=7500))
    desk.hits("....X.......X..o....X.......X.o-", snare, 0.62, loose_s=0)
    desk.hits(
        "............x...............x...",
        desk.takes(lambda: drums.clap(rng, centre_hz=1050, decay_s=0.34)),
        0.45,
    )
    hat = desk.takes(lambda: drums.hat(rng, decay_s=0.045, tone_hz=400, metal=0.85))
    desk.hits("x-x-xxx-x-x-x-xxx-x-xxx-x-xxx-xx", hat, 0.4, 0.15, loose_s=0)
    desk.hits(
        "..........x...............x...x.",
        desk.takes(lambda: drums.hat(rng, decay_s=0.35, metal=0.85)),
        0.27,
        0.15,
    )
    desk.hits(
        "x..x..x.....x.x.x..x..x...x.x...", desk.takes(lambda: drums.cowbell(rng, 540)), 0.3, -0.35, loose_s=0
    )
    desk.hits("..o...-...o...-.", desk.takes(lambda: drums.clave(rng, 2500)), 0.2, 0.5, loose_s=0)
    for step, pitch, pan in (
        (26, 165, -0.5),
        (27, 165, -0.4),
        (28.5, 128, 0.0),
        (30, 98, 0.3),
        (31, 98, 0.5),
    ):
        tom = drums.tom(rng, pitch, decay_s=0.42, bend=0.35, skin=0.05)
        effects.place(desk.track, tom, desk.grid.frame(step), 0.5, pan)
    desk.room(0.14, 0.6, 8000, 250)
    desk.squeeze(-10, 2.5, 0.15, 1.7)
    return desk.track


def garage() -> Signal:
    """Two-step: skipping kick, hard swing, woody rims, breathy hats."""
    desk = new_desk(16, 0.34)
    rng = desk.rng
    kick = desk.takes(
        lambda: drums.kick(rng, 55, sweep=3.6, sweep_s=0.022, decay_s=0.24, click=0.45, drive=1.8)
    )
    desk.hits("X.........x....oX......x..x.....", kick, 0.9)
    snare = desk.takes(lambda: drums.snare(rng, 214, tone_s=0.08, noise_s=0.17, snap=1.0, bright_hz=7000))
    desk.hits("....X..o....X..o.o..X..o....X-.x", snare, 0.5, 0.04)
    desk.hits(
        "....x.......x.......x.......x...",
        desk.takes(lambda: drums.clap(rng, centre_hz=1700, decay_s=0.2)),
        0.36,
    )
    hat = desk.takes(lambda: drums.hat(rng, decay_s=0.05, tone_hz=560, metal=0.4, low_cut_hz=7500))
    desk.hits("o.xo-.xxo.xo-.x-o.xo-.xxo.x-o-xx", hat, 0.32, -0.2)
    desk.hits(
        "......X.......X.......X.......x.",
        desk.takes(lambda: drums.hat(rng, decay_s=0.2, metal=0.4)),
        0.28,
        0.25,
    )
    rim = desk.takes(lambda: drums.rim(rng, 540, decay_s=0.06))
    desk.hits(".......x..o..-......-..x..o..x.o", rim, 0.42, 0.35)
    desk.hits("-o-o-o-o-o-o-o-o", desk.takes(lambda: drums.shaker(rng, centre_hz=8500)), 0.3, 0.5)
    desk.hits(
        "..o........-......o.......-..o-.", desk.takes(lambda: drums.tom(rng, 250, decay_s=0.2)), 0.28, -0.5
    )
    desk.room(0.17, 0.36, 8000, 250)
    desk.squeeze(-12, 3, 0.1, 1.5)
    return desk.track


def funk() -> Signal:
    """A live break in a small wooden room: ghost notes, open hats, chopped and rushing in bar 2."""
    desk = new_desk(17, 0.12)
    rng = desk.rng
    kick = desk.takes(
        lambda: drums.kick(rng, 66, sweep=2.4, sweep_s=0.018, decay_s=0.22, click=0.7, drive=1.4, room=0.8)
    )
    snare = desk.takes(
        lambda: drums.snare(rng, 204, tone_s=0.15, noise_s=0.2, snap=1.1, bright_hz=5600, ring=0.22), 5
    )
    desk.hits("X.X....o..X..x..X.X...x...x.....", kick, 0.85)
    desk.hits("....X..o.o-oX..o.o..X..X.o-oX.-x", snare, 0.7, -0.06, loose_s=0.003)
    desk.roll(29.5, 3, 1.5, snare, 0.55, (0.5, 0.95))
    hat = desk.takes(lambda: drums.hat(rng, decay_s=0.07, tone_hz=350, metal=0.3, low_cut_hz=5600), 5)
    desk.hits("X-x-X-x-X-x-X-..X-x-X-x-X-x-x...", hat, 0.36, 0.28, loose_s=0.0025)
    open_hat = desk.takes(lambda: drums.hat(rng, decay_s=0.42, tone_hz=340, metal=0.3, low_cut_hz=4800), 2)
    desk.hits("..............X...............X.", open_hat, 0.34, 0.28)
    tom = desk.takes(lambda: drums.tom(rng, 118, decay_s=0.4, bend=0.25, skin=0.4))
    desk.hits(".............................-x.", tom, 0.5, -0.35)
    desk.room(0.42, 0.32, 8500, 80)
    desk.squeeze(-16, 3, 0.11, 1.7)
    desk.shape("peak", 420, 1.2, -3)
    desk.shape("lowpass", 14_500)
    desk.air(-42, -4)
    return desk.track


def conga() -> Signal:
    """A tumbao on two congas: heel and toe, slaps and open tones."""
    desk = new_desk(21, 0.1)
    rng = desk.rng
    heel = desk.takes(lambda: drums.tom(rng, 196, decay_s=0.1, bend=0.1, skin=0.35))
    high = desk.takes(lambda: drums.tom(rng, 294, decay_s=0.36, bend=0.12, skin=0.45), 5)
    low = desk.takes(lambda: drums.tom(rng, 196, decay_s=0.48, bend=0.14, skin=0.4), 4)
    slap = desk.takes(lambda: drums.slap(rng, 330, decay_s=0.11), 5)
    desk.hits("-o.o-o.o-o.o-...-o.o-o.o-o..-.o.", heel, 0.5, -0.05, loose_s=0.003)
    desk.hits("....X..o....X.......X..o..o.X..o", slap, 0.75, 0.12, loose_s=0.003)
    desk.hits("..............Xx..............Xx", high, 0.85, 0.22, loose_s=0.003)
    desk.hits("......x..x............x..x.-....", low, 0.9, -0.3, loose_s=0.003)
    desk.hits("........................x.o-x-..", high, 0.6, 0.3, loose_s=0.003)
    desk.hits("x-o-x-o-x-o-x-o-", desk.takes(lambda: drums.shaker(rng, decay_s=0.07)), 0.1, 0.6)
    desk.room(0.3, 0.45, 6500, 120)
    desk.squeeze(-16, 2.5, 0.12, 1.3)
    desk.air(-44)
    return desk.track


def shaker_clave() -> Signal:
    """A son clave over shakers and a wood block: light, wide, dry."""
    desk = new_desk(22, 0.16)
    rng = desk.rng
    desk.hits("X..x..X...X.x...X..x..X...X.x.o.", desk.takes(lambda: drums.clave(rng, 2480), 3), 0.5, -0.25)
    shaker = desk.takes(lambda: drums.shaker(rng, decay_s=0.1, rise_s=0.03), 6)
    desk.hits("X-x-X-xoX-x-X-x-X-x-X-xoX-x-X-xx", shaker, 0.62, 0.3, loose_s=0.003, wander=0.1)
    second = desk.takes(lambda: drums.shaker(rng, decay_s=0.05, rise_s=0.012, centre_hz=5200), 5)
    desk.hits("o-.-o-x-o-.-o-x.o-.-o-x-o-.-o-x-", second, 0.42, -0.5, loose_s=0.003)
    block = desk.takes(lambda: drums.rim(rng, 820, decay_s=0.08), 3)
    desk.hits("..x...x.....x...x.....x...x..x..", block, 0.3, 0.45)
    desk.hits(
        "..........o..o....o.......o.o-x.", desk.takes(lambda: drums.rim(rng, 610, decay_s=0.09), 3), 0.3, 0.1
    )
    desk.hits(
        "-.......o.......-.......o.....-.",
        desk.takes(lambda: drums.tom(rng, 105, decay_s=0.35, skin=0.1)),
        0.35,
    )
    desk.room(0.35, 0.55, 8000, 250)
    desk.echo(3, 0.1, 0.3, 5500)
    desk.squeeze(-16, 2, 0.1, 1.2)
    return desk.track


def tabla() -> Signal:
    """A kaherva on a pair of tablas tuned to A, the low one gliding."""
    desk = new_desk(23, 0.05)
    rng = desk.rng
    ring = desk.takes(lambda: drums.tabla_high(rng, 440, decay_s=0.7), 4)
    dry = desk.takes(lambda: drums.tabla_high(rng, 440, damp=0.85), 5)
    low = desk.takes(lambda: drums.tabla_low(rng, 82, decay_s=0.6, glide=float(rng.uniform(0.3, 0.7))), 5)
    thud = desk.takes(lambda: drums.tabla_low(rng, 98, decay_s=0.15, glide=0.0), 3)
    desk.hits("X..o..X...x.X...X..o..x.x.X.x.x.", ring, 0.6, 0.2, loose_s=0.003)
    desk.hits("..x-.x.-x.o..xx-..x-.x.-.-ox.x-x", dry, 0.62, 0.3, loose_s=0.003)
    desk.hits("X.....x.......X.X.....x...x.X...", low, 0.85, -0.25, loose_s=0.002)
    desk.hits("....o....-..o......o....o.....o.", thud, 0.5, -0.3)
    desk.roll(30, 4, 2.0, dry, 0.5, (0.4, 0.95))
    desk.room(0.3, 0.7, 6000, 140)
    desk.squeeze(-18, 2, 0.15, 1.2)
    desk.air(-46, -5)
    return desk.track


def latin() -> Signal:
    """Cowbell, bongos, timbale shots and a scraped guiro."""
    desk = new_desk(24, 0.08)
    rng = desk.rng
    bell = desk.takes(lambda: drums.cowbell(rng, 590, decay_s=0.22), 3)
    desk.hits("X.x.X.xxX.x.X.xxX.x.X.xxX.x.X.-o", bell, 0.3, -0.2)
    high = desk.takes(lambda: drums.tom(rng, 415, decay_s=0.16, bend=0.1, skin=0.5), 4)
    low = desk.takes(lambda: drums.tom(rng, 310, decay_s=0.22, bend=0.1, skin=0.45), 4)
    desk.hits("x-ox-oX.x-ox-o..x-ox-oX.x-o.....", high, 0.5, 0.3, loose_s=0.003)
    desk.hits("......-.......xx......-...x.....", low, 0.6, 0.15, loose_s=0.003)
    timbale = desk.takes(lambda: drums.snare(rng, 330, tone_s=0.3, noise_s=0.06, snap=0.5, ring=0.3), 3)
    desk.hits("............................x-Xx", timbale, 0.5, -0.35)
    desk.hits("............x...................", timbale, 0.4, -0.35)
    for step, length_s in ((0, 0.19), (4, 0.07), (6, 0.07), (8, 0.19), (12, 0.07), (14, 0.07)):
        for bar in (0, 16):
            scrape = _guiro(rng, length_s)
            effects.place(desk.track, scrape, desk.grid.frame(step + bar), 0.42, 0.55)
    desk.hits("X.....x.X.....x.", desk.takes(lambda: drums.tom(rng, 98, decay_s=0.3, skin=0.15)), 0.5, -0.05)
    desk.hits("-oxo-oxo-oxo-oxo", desk.takes(lambda: drums.shaker(rng)), 0.24, -0.6)
    desk.room(0.3, 0.5, 7000, 150)
    desk.squeeze(-15, 2.5, 0.1, 1.3)
    return desk.track


def _guiro(rng: np.random.Generator, length_s: float) -> Signal:
    time = drums.seconds(length_s)
    ridges = (np.sin(2 * np.pi * (55 + 35 * time / length_s) * time) > 0.6) * 1.0
    body = effects.filtered(rng.standard_normal(time.size) * ridges, "bandpass", 3600.0, 1.4)
    return np.asarray(1.6 * body * np.hanning(time.size) ** 0.4)


def _crackle(desk: Desk, count: int, level: float) -> None:
    for at in desk.rng.integers(0, N_FRAMES, count):
        length = int(desk.rng.integers(4, 40))
        pop = desk.rng.standard_normal(length) * np.hanning(length) * desk.rng.exponential(1.0)
        effects.place(desk.track, pop, int(at), level, float(desk.rng.uniform(-0.8, 0.8)))
