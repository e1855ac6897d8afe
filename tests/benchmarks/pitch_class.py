"""Share of single notes whose class is told right: rendered, of a sound font, and files that name theirs."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np

SOUND_FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
"""Measured where it is installed beside fluidsynth; nothing was learnt from it."""
PROGRAMS = {
    "piano": (0, 1, 2, 3), "electric piano": (4, 5), "harpsichord": (6, 7), "mallets": (10, 11, 12, 13),
    "organ": (16, 17, 19, 21), "guitar": (24, 25, 26, 27, 28, 29), "bass": (32, 33, 34, 35, 36, 37),
    "synth bass": (38, 39), "strings": (40, 41, 42, 43, 45, 46, 48), "brass": (56, 57, 58, 60),
    "reed": (64, 65, 66, 68, 70, 71), "flute": (73, 75),
}  # fmt: skip
LOWEST_MIDI, HIGHEST_MIDI = 33, 93
SPACING_S = 1.8
TICKS = 480
NAMED = re.compile(r"(?:^|[_\- ])([a-g])(#|s|b)?-?\d?(?:$|[_\- .])", re.IGNORECASE)
RATE_HZ = 44_100
AUDIBLE = 1e-3


def run(options) -> dict:
    import torch

    from morphstudio.model.pitch_class import PitchClassifier
    from morphstudio.paths import resources_dir

    torch.set_num_threads(1)
    path = options.model or resources_dir() / "models" / "pitch_class.safetensors"
    classifier = PitchClassifier.load(path)
    figures = {"rendered": score(answers_of(classifier, rendered(300 if options.quick else 1500)))}
    figures["cpu_ms_a_note"] = round(median_ms(classifier), 2)
    if SOUND_FONT.is_file() and shutil.which("fluidsynth"):
        figures["sound_font"] = of_sound_font(classifier, 5 if options.quick else 1)
    if options.loops is not None:
        figures["named"] = of_named_files(classifier, options.loops)
    return figures


def answers_of(classifier, notes) -> list[tuple[bool, float]]:
    """Whether each answer is right, and how sure it was; `notes` are pairs of samples and MIDI note."""
    answers = [(*classifier.pitch_class(samples), midi % 12) for samples, midi in notes]
    return [(found == wanted, sure) for found, sure, wanted in answers]


def score(answers) -> dict:
    is_right, confidence = (np.array(part) for part in zip(*answers, strict=True))
    sure = confidence >= 0.8
    return {
        "notes": len(answers),
        "right": round(float(is_right.mean()), 4),
        "mean_confidence": round(float(confidence.mean()), 4),
        "share_surer_than_0.8": round(float(sure.mean()), 4),
        "right_where_surer_than_0.8": round(float(is_right[sure].mean()), 4) if sure.any() else None,
    }


def rendered(n: int):
    """Notes of other dice than those that were learnt from."""
    from morphstudio.synth.random_notes import random_note

    notes = (random_note(np.random.default_rng((987_654, number))) for number in range(n))
    return [(note.samples, note.midi) for note in notes if note.midi is not None]


def median_ms(classifier) -> float:
    sound = rendered(1)[0][0]
    times = []
    for _ in range(30):
        began = time.process_time()  # of one thread, whatever else the machine does
        classifier.pitch_class(sound)
        times.append(1000 * (time.process_time() - began))
    return float(np.median(times))


def of_sound_font(classifier, step: int) -> dict:
    everything, by_family = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for family, programs in PROGRAMS.items():
            answers = []
            for program in programs:
                answers += answers_of(classifier, played(program, step, Path(folder)))
            by_family[family] = score(answers)["right"]
            everything += answers
    return {**score(everything), "by_family": by_family}


def played(program: int, step: int, folder: Path):
    """Every `step`th note of an instrument, cut out of one recording."""
    import soundfile

    tune, sound = folder / "notes.mid", folder / "notes.wav"
    midis = list(range(LOWEST_MIDI, HIGHEST_MIDI + 1, step))
    tune.write_bytes(midi_file(program, midis))
    command = ["fluidsynth", "-ni", "-q", "-r", str(RATE_HZ), "-F", str(sound), str(SOUND_FONT), str(tune)]
    subprocess.run(command, check=True, capture_output=True)
    samples = soundfile.read(sound, dtype="float32", always_2d=True)[0].mean(axis=1)
    frames = [round(index * SPACING_S * RATE_HZ) for index in range(len(midis) + 1)]
    notes = [(samples[a:b], midi) for (a, b), midi in zip(pairwise(frames), midis, strict=True)]
    # Beyond its range an instrument is silent.
    return [(part, midi) for part, midi in notes if np.max(np.abs(part), initial=0.0) > AUDIBLE]


def midi_file(program: int, midis) -> bytes:
    """One track at 120 beats a minute: each note is held for two thirds of its time."""
    length = round(SPACING_S * 2 * TICKS)
    held = 2 * length // 3
    track = b"\x00" + bytes([0xC0, program])
    for index, midi in enumerate(midis):
        track += variable(length - held if index else 0) + bytes([0x90, midi, 100])
        track += variable(held) + bytes([0x80, midi, 0])
    track += variable(length - held) + b"\xff\x2f\x00"
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS)
    return head + b"MTrk" + struct.pack(">I", len(track)) + track


def variable(value: int) -> bytes:
    """A number as MIDI files have them: seven bits a byte."""
    parts = [value & 0x7F]
    while value := value >> 7:
        parts.append(0x80 | (value & 0x7F))
    return bytes(reversed(parts))


def named_class(stem: str) -> int | None:
    """Pitch class that a file's name tells; of loops it would be the key.

    >>> named_class("bass_hard_c"), named_class("Pad F#3"), named_class("snare")
    (0, 6, None)
    """
    found = NAMED.search(stem)
    if found is None or stem.startswith("loop"):
        return None
    letter = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}[found[1].lower()]
    sign = {"#": 1, "s": 1, "b": -1}.get((found[2] or "").lower(), 0)
    return (letter + sign) % 12


def of_named_files(classifier, folder: Path) -> dict:
    from morphstudio.audio.files import find_audio_files, load_clip

    wanted = defaultdict(list)
    for path in find_audio_files([folder]):
        named = named_class(path.stem)
        if named is not None:
            samples = load_clip(path)[0].samples.mean(axis=1)
            found, sure = classifier.pitch_class(samples)
            wanted["right" if found == named else "wrong"].append(f"{path.stem}: {found} ({sure:.2f})")
    return dict(wanted)
