"""A folder of thousands of short sounds, all different, such as sample packs hold.

`python -m tests.benchmarks.library_files FOLDER N [LOOPS]` writes N files; a fifth of them are copies, under
other names, of those in LOOPS. A process of its own writes them, so that nothing of it stays in the window's
memory.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import numpy as np
import soundfile

N_PACKS = 24
COPIED_SHARE = 0.2
RATES_HZ = (44_100, 48_000, 44_100, 22_050, 44_100, 96_000)
KEYS = ("C", "C#m", "Dm", "Eb", "F#m", "G", "Am", "Bm")
FORMATS = (("wav", "PCM_16"), ("wav", "PCM_24"), ("wav", "PCM_16"), ("flac", "PCM_16"), ("aiff", "PCM_16"))
AUDIO = {".wav", ".flac", ".ogg", ".aif", ".aiff", ".mp3"}


def write_files(folder: Path, n_files: int, loops: Path | None) -> None:
    """Have them written."""
    words = [str(folder), str(n_files), *([str(loops)] if loops else [])]
    subprocess.run([sys.executable, "-m", "tests.benchmarks.library_files", *words], check=True)


def main(folder: Path, n_files: int, loops: Path | None) -> None:
    sounds = sorted(p for p in loops.rglob("*") if p.suffix.lower() in AUDIO) if loops else []
    n_copies = round(COPIED_SHARE * n_files) if sounds else 0
    packs = [folder / f"Pack {number:02}" for number in range(N_PACKS)]
    for pack in packs:
        pack.mkdir(parents=True)
    for number, sound in zip(range(n_copies), cycle(sounds), strict=False):
        target = packs[number % N_PACKS] / f"{sound.stem} take {number:05}{sound.suffix}"
        shutil.copyfile(sound, target)
    rng = np.random.default_rng(0)
    makers = (kick, snare, hat, tom, bass, note, pad, drum_loop, tonal_loop)
    for number in range(n_copies, n_files):
        rate_hz = int(rng.choice(RATES_HZ))
        name, samples = makers[number % len(makers)](rng, rate_hz)
        suffix, subtype = FORMATS[rng.integers(len(FORMATS))]
        if rng.random() < 0.3:
            samples = np.column_stack([samples, 0.8 * np.roll(samples, 20)])
        samples = 0.9 * samples / max(1e-6, np.abs(samples).max())
        target = packs[int(rng.integers(N_PACKS))] / f"{name} {number:05}.{suffix}"
        soundfile.write(target, samples.astype("f4"), rate_hz, subtype=subtype)


def seconds(rate_hz: int, duration_s: float) -> np.ndarray:
    return np.arange(round(duration_s * rate_hz)) / rate_hz


def kick(rng, rate_hz):
    t = seconds(rate_hz, rng.uniform(0.2, 0.5))
    phase = rng.uniform(40, 60) * t + rng.uniform(3, 9) * (1 - np.exp(-t / 0.03))
    return "Kick", np.sin(2 * np.pi * phase) * np.exp(-t / rng.uniform(0.08, 0.2))


def snare(rng, rate_hz):
    t = seconds(rate_hz, rng.uniform(0.15, 0.4))
    tone = np.sin(2 * np.pi * rng.uniform(160, 240) * t) * np.exp(-t / 0.05)
    return "Snare", 0.5 * tone + rng.standard_normal(len(t)) * np.exp(-t / rng.uniform(0.05, 0.15))


def hat(rng, rate_hz):
    t = seconds(rate_hz, rng.uniform(0.05, 0.4))
    noise = np.diff(rng.standard_normal(len(t) + 2), n=2)
    return "HH", noise * np.exp(-t / rng.uniform(0.02, 0.12))


def tom(rng, rate_hz):
    t = seconds(rate_hz, rng.uniform(0.3, 0.6))
    phase = rng.uniform(80, 180) * t + 2.0 * (1 - np.exp(-t / 0.05))
    return "Tom", np.sin(2 * np.pi * phase) * np.exp(-t / rng.uniform(0.12, 0.25))


def bass(rng, rate_hz):
    t, midi = seconds(rate_hz, rng.uniform(0.5, 1.5)), int(rng.integers(28, 45))
    return "Bass", harmonics(rng, t, hz(midi), 8) * np.exp(-t / 0.6)


def note(rng, rate_hz):
    t, midi = seconds(rate_hz, rng.uniform(0.4, 1.5)), int(rng.integers(48, 84))
    return "Synth", harmonics(rng, t, hz(midi), 12) * np.exp(-t / rng.uniform(0.2, 0.8))


def pad(rng, rate_hz):
    t, root = seconds(rate_hz, rng.uniform(2.0, 4.0)), int(rng.integers(45, 57))
    chord = sum(harmonics(rng, t, hz(root + step), 6) for step in (0, 3, 7))
    return f"Pad {KEYS[root % len(KEYS)]}", chord * np.minimum(1.0, t / 0.5)


def drum_loop(rng, rate_hz):
    bpm = int(rng.integers(85, 176))
    t = seconds(rate_hz, 8 * 60.0 / bpm)
    loop = np.zeros(len(t))
    hits = (kick(rng, rate_hz)[1], snare(rng, rate_hz)[1], hat(rng, rate_hz)[1])
    step = len(t) / 32
    for place in range(32):
        is_strong = place % 4 == 0
        for hit in ({0: hits[:1], 4: hits[1:2]}.get(place % 8, ()), hits[2:] if place % 2 == 0 else ()):
            for sound in hit:
                begin = round(place * step)
                part = sound[: len(t) - begin]
                loop[begin : begin + len(part)] += part * (1.0 if is_strong else 0.5)
    return f"Drum Loop {bpm}bpm", loop


def tonal_loop(rng, rate_hz):
    bpm, key = int(rng.integers(85, 176)), KEYS[rng.integers(len(KEYS))]
    step = seconds(rate_hz, 30.0 / bpm)
    root, scale = int(rng.integers(45, 57)), (0, 2, 3, 5, 7, 8, 10)
    line = [
        harmonics(rng, step, hz(root + scale[rng.integers(len(scale))]), 6) * np.exp(-step / 0.15)
        for _ in range(8)
    ]
    return f"Melody {bpm} {key}", np.tile(np.concatenate(line), 2)


def harmonics(rng, t, f0_hz, n_partials):
    tone = np.zeros(len(t))
    for number in range(1, n_partials + 1):
        tone += rng.uniform(0.3, 1.0) / number * np.sin(2 * np.pi * (number * f0_hz * t + rng.random()))
    return tone


def hz(midi):
    return 440.0 * 2.0 ** ((midi - 69) / 12)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
