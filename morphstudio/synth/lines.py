"""Monophonic lines whose oscillator never stops: slides, accents and a filter that keeps its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from morphstudio.audio.clip import RATE_HZ
from morphstudio.synth import voices
from morphstudio.synth.drums import sine
from morphstudio.synth.effects import Signal, saturate, swept
from morphstudio.synth.patterns import Grid


@dataclass(frozen=True, slots=True)
class Note:
    """One note of a line: where it starts and how long it is in sixteenths, its pitch, its touch."""

    step: float
    steps: float
    midi: float
    velocity: float = 0.7
    slide: bool = False


@dataclass(frozen=True, slots=True)
class LinePatch:
    """A monophonic synthesiser: oscillators, envelopes and a resonant filter.

    `spread` lists the detuning of each oscillator in cents; `steep` doubles the filter's slope.
    """

    spectrum: tuple[float, ...]
    spread: tuple[float, ...] = (0.0,)
    cutoff_hz: float = 400.0
    q: float = 3.0
    env_octaves: float = 3.0
    env_s: float = 0.15
    attack_s: float = 0.002
    hold_decay_s: float = 2.0
    release_s: float = 0.02
    glide_s: float = 0.04
    drive: float = 1.5
    sub: float = 0.0
    steep: bool = True


def notes_of(text: str, root: int) -> list[Note]:
    """Read a line written one sixteenth a word: a semitone above `root`, or . (rest) or = (held).

    A ! after the number accents the note, a ~ slides into it, a , plays it softly.

    >>> [(note.step, note.steps, note.midi) for note in notes_of("0 = . 12!", 33)]
    [(0, 2, 33), (3, 1, 45)]
    """
    notes: list[Note] = []
    for step, word in enumerate(text.split()):
        if word == "=":
            last = notes[-1]
            notes[-1] = Note(last.step, last.steps + 1, last.midi, last.velocity, last.slide)
        elif word != ".":
            velocity = 1.0 if "!" in word else 0.42 if "," in word else 0.7
            notes.append(Note(step, 1, root + int(word.rstrip("!~,")), velocity, "~" in word))
    return notes


def line(
    notes: Sequence[Note],
    grid: Grid,
    patch: LinePatch,
    *,
    gate: float = 0.8,
    cutoff_curve: Signal | None = None,
) -> Signal:
    """Play a line round the loop and return its second turn, which meets itself at the seam.

    Parameters
    ----------
    notes : sequence of Note
        In order; a note that is followed by a slide is held until it.
    grid : Grid
    patch : LinePatch
    gate : float
        How much of its length a note is held.
    cutoff_curve : float, shape (frames,), or None
        Octaves added to the filter's cutoff along the loop.

    Returns
    -------
    float, shape (frames,)
    """
    n = grid.n_frames
    pitch: Signal = np.full(2 * n, notes[-1].midi, float)
    level: Signal = np.zeros(2 * n)
    opened: Signal = np.zeros(2 * n)
    starts = [grid.frame(note.step) + turn * n for turn in range(2) for note in notes]
    for index, start in enumerate(starts):
        note = notes[index % len(notes)]
        follower = starts[index + 1] if index + 1 < len(starts) else 2 * n
        tied = index + 1 < len(starts) and notes[(index + 1) % len(notes)].slide
        n_held = follower - start if tied else int(note.steps * gate * grid.step_frames)
        n_held = max(64, min(n_held, follower - start))
        pitch[start:] = note.midi
        time = np.arange(follower - start) / RATE_HZ
        release = np.clip(1 - (time - n_held / RATE_HZ) / patch.release_s, 0, 1)
        touch = 0.45 + 0.55 * note.velocity
        level[start:follower] = touch * release * np.exp(-time / patch.hold_decay_s)
        if not note.slide:
            opened[start:follower] = np.exp(-time / (patch.env_s * (1.3 - 0.5 * note.velocity))) * touch
        else:
            opened[start:follower] = opened[max(0, start - 1)] * np.exp(-time / patch.env_s)
    pitch = _eased(
        pitch, [patch.glide_s if notes[i % len(notes)].slide else 0.001 for i in range(len(starts))], starts
    )
    # A short average takes the edges off the amplifier, so that notes start without a click.
    width = max(8, int(patch.attack_s * RATE_HZ))
    ramp = np.hanning(width + 2)[1:-1]
    level = np.convolve(level, ramp / ramp.sum())[: 2 * n]
    turns = np.cumsum(440 * 2 ** ((pitch - 69) / 12)) / RATE_HZ
    table = voices.cycle(patch.spectrum, voices.hz(float(np.max(pitch))))
    # Each oscillator makes a whole number of turns in the loop, so that it meets itself at the seam.
    n_cycles = turns[-1] - turns[n - 1]
    wave: Signal = np.zeros(2 * n)
    for index, cents in enumerate(patch.spread):
        ratio = round(n_cycles * 2 ** (cents / 1200)) / n_cycles
        wave += voices.read_cycle(table, turns * ratio + 0.37 * index) / len(patch.spread) ** 0.6
    octaves: Signal = patch.env_octaves * opened
    if cutoff_curve is not None:
        octaves = octaves + np.tile(cutoff_curve, 2)
    cutoff = np.minimum(patch.cutoff_hz * 2**octaves, 16_000.0)
    out = swept(wave, cutoff, patch.q)
    if patch.steep:
        out = swept(out, cutoff * 1.1, 0.6)
    out = saturate(out, patch.drive) * level
    if patch.sub:
        out = out + patch.sub * sine(turns * round(n_cycles) / n_cycles) * level
    return np.asarray(out[n:])


def _eased(pitch: Signal, glides_s: Sequence[float], starts: Sequence[int]) -> Signal:
    out = pitch.astype(float)
    for glide_s, start in zip(glides_s, starts, strict=True):
        if start == 0:
            continue
        gap = out[start - 1] - out[start]
        time = np.arange(min(int(6 * glide_s * RATE_HZ), out.size - start)) / RATE_HZ
        out[start : start + time.size] += gap * np.exp(-time / glide_s)
    return out
