"""How often the analyser is right, and how long it takes: on rendered sounds, General MIDI notes, recordings.

None of the rendered sounds fitted anything: their seeds are others. Octave errors of tempos are errors.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile as sf

FIRST_SEED = 10_000
BEATS, BEAT_CHANCES = (4, 8, 16, 32), (0.2, 0.4, 0.3, 0.1)
LAYERS = {"drums": 0.36, "percussion": 0.14, "bass": 0.16, "chords": 0.12, "arpeggio": 0.12, "lead": 0.1}
SOUND_FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
PROGRAMS = (
    0,
    4,
    6,
    8,
    9,
    11,
    12,
    13,
    16,
    19,
    21,
    24,
    26,
    28,
    32,
    33,
    36,
    38,
    40,
    42,
    45,
    46,
    48,
    52,
    56,
    60,
    65,
)
PROGRAMS += (68, 71, 73, 75, 80, 81, 88, 104, 106, 108)
NOTE_S = 3.0
# Beats of the recorded loops whose number nobody doubts; of tabla and compus two are told.
KNOWN_BEATS = {
    "loop_3d_printer": 16, "loop_amen": 4, "loop_amen_full": 16, "loop_breakbeat": 4, "loop_drone_g_97": 8,
    "loop_electric": 4, "loop_garzul": 16, "loop_industrial": 2, "loop_mehackit1": 4, "loop_mehackit2": 4,
    "loop_mika": 16, "loop_perc1": 4, "loop_perc2": 4, "loop_safari": 16, "loop_weirdo": 8,
}  # fmt: skip
KNOWN_NOTES = {
    "bass_dnb_f": "F", "bass_drop_c": "C", "bass_hard_c": "C", "bass_hit_c": "C", "bass_thick_c": "C",
    "bass_trance_c": "C", "bass_voxy_c": "C", "bass_voxy_hit_c": "C", "bass_woodsy_c": "C",
    "guit_e_slide": "E",
}  # fmt: skip


def run(options) -> dict:
    from morphstudio.library.analyser import shipped_analyser

    analyser = shipped_analyser()
    n_loops, n_notes = (20, 40) if options.quick else (200, 400)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        figures = {
            "rendered_loops": tempo_figures(analyser, rendered_loops(place, n_loops)),
            "rendered_notes": note_figures(analyser, rendered_notes(place, n_notes)),
        }
        if shutil.which("fluidsynth") and SOUND_FONT.is_file():
            programs = PROGRAMS[::9] if options.quick else PROGRAMS
            figures["general_midi_notes"] = note_figures(analyser, general_midi_notes(place, programs))
    if options.loops is not None:
        figures |= recorded_figures(analyser, options.loops)
    return figures


def tempo_figures(analyser, known):
    """Of files and their tempos: the share within 2 %, and how well the confidence tells which those are."""
    right, sure, is_loop = [], [], []
    for path, bpm in known:
        found = analyser.analyse(path)
        is_right = found.bpm is not None and abs(found.bpm / bpm - 1.0) < 0.02
        right.append(is_right)
        is_loop.append(bool(found.is_loop))
        sure.append((found.bpm_confidence or 0.0) >= 0.8)
    right, sure = np.array(right), np.array(sure)
    return {
        "n": len(right),
        "tempo_right": float(right.mean()),
        "told_to_be_loops": float(np.mean(is_loop)),
        "sure": float(sure.mean()),
        "right_where_sure": float(right[sure].mean()) if sure.any() else None,
    }


def note_figures(analyser, known):
    """Of files and their notes: shares of all of them; what is told to have no note is not right."""
    classes, octaves, told, cpu_s = [], [], [], 0.0
    for path, midi in known:
        started_s = time.process_time()
        found = analyser.analyse(path)
        cpu_s += time.process_time() - started_s
        note = found.midi_note
        told.append(note is not None)
        classes.append(note is not None and note % 12 == midi % 12)
        octaves.append(note == midi)
    n = len(classes)
    return {
        "n": n,
        "pitch_class_right": sum(classes) / n,
        "note_told": sum(told) / n,
        "octave_right_too": sum(octaves) / n,
        "files_per_s_and_core": n / cpu_s,
    }


def recorded_figures(analyser, folder):
    from morphstudio.library.analysis import PITCH_CLASSES

    files = {path.stem: path for path in folder.rglob("*.*")}
    loops = [
        (files[stem], 60.0 * n_beats / sf.info(files[stem]).duration)
        for stem, n_beats in KNOWN_BEATS.items()
        if stem in files
    ]
    notes = [(files[s], PITCH_CLASSES.index(name)) for s, name in KNOWN_NOTES.items() if s in files]
    figures = {}
    if loops:
        figures["recorded_loops"] = tempo_figures(analyser, loops)
    if notes:
        found = note_figures(analyser, notes)
        del found["octave_right_too"]
        figures["recorded_notes"] = found
    return figures


def rendered_loops(place, n):
    for seed in range(FIRST_SEED, FIRST_SEED + n):
        samples, bpm = rendered_loop(np.random.default_rng(seed))
        yield written(place / f"{seed}.wav", samples), bpm


def rendered_loop(rng):
    """A loop such as `random_loop` makes, at a tempo of 80 to 174 with a whole number of bars."""
    from morphstudio.audio.clip import RATE_HZ
    from morphstudio.synth import random_loops
    from morphstudio.synth.patterns import Grid

    n_beats = int(rng.choice(BEATS, p=BEAT_CHANCES))
    n_frames = round(n_beats * 60.0 / rng.uniform(80.0, 174.0) * RATE_HZ)
    makers = {
        "drums": random_loops._drum_loop, "percussion": random_loops._percussion_loop,
        "bass": random_loops._bass_loop, "chords": random_loops._chord_loop,
        "arpeggio": random_loops._arpeggio_loop, "lead": random_loops._lead_loop,
    }  # fmt: skip
    picked = rng.choice(list(LAYERS), 1 + int(rng.random() < 0.25), replace=False, p=list(LAYERS.values()))
    grid = Grid(n_frames, n_beats, float(rng.choice([0.0, rng.uniform(0.0, 0.38)])))
    track = np.zeros((2, n_frames))
    for name in picked:
        layer = makers[str(name)](rng, grid)
        if not np.any(layer):
            layer = random_loops._one_shot_loop(rng, grid)
        track += layer * (rng.uniform(0.3, 1.0) / (np.sqrt(np.mean(layer**2)) + 1e-4))
    track = random_loops._random_effects(rng, track, grid)
    return random_loops._finished(rng, track), 60.0 * n_beats * RATE_HZ / n_frames


def rendered_notes(place, n):
    from morphstudio.synth.random_voices import random_player
    from morphstudio.synth.voices import hz

    for seed in range(FIRST_SEED, FIRST_SEED + n):
        rng = np.random.default_rng(seed)
        midi = int(rng.integers(28, 97))
        samples = random_player(rng)((hz(midi),), float(rng.uniform(0.15, 1.2)), float(rng.random()))
        samples = np.atleast_2d(samples).T
        yield written(place / f"{seed}.wav", 0.7 * samples / (np.abs(samples).max() or 1.0)), midi


def general_midi_notes(place, programs):
    """Every third note from 28 to 96 of each instrument."""
    for program in programs:
        notes = list(range(28 + program % 3, 97, 3))
        wave = played(place, program, notes, np.random.default_rng(program))
        for index, midi in enumerate(notes):
            samples, rate_hz = sf.read(wave, start=int(index * NOTE_S * 44_100), frames=int(NOTE_S * 44_100))
            level = np.abs(samples).max(axis=1, initial=0.0)
            if len(level) and level.max() > 1e-3:
                heard = np.flatnonzero(level > 1e-3 * level.max())[-1] + 1
                sf.write(place / "note.wav", 0.7 * samples[:heard] / level.max(), rate_hz)
                yield place / "note.wav", midi


def played(place, program, notes, rng):
    """Have fluidsynth play notes, one every `NOTE_S`; a tick of the MIDI file is a millisecond."""
    events = length(0) + bytes([0xC0, program])
    for midi in notes:
        gate_ms = int(rng.integers(300, 1600))
        rest_ms = int(1000 * NOTE_S) - gate_ms
        events += length(0) + bytes([0x90, midi, int(rng.integers(60, 120))])
        events += length(gate_ms) + bytes([0x80, midi, 0]) + length(rest_ms) + bytes([0xB0, 120, 0])
    track = (
        length(0) + b"\xff\x51\x03" + (1_000_000).to_bytes(3, "big") + events + length(0) + b"\xff\x2f\x00"
    )
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 1000) + b"MTrk" + struct.pack(">I", len(track))
    (place / "notes.mid").write_bytes(head + track)
    wave = place / "notes.wav"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    options = ["-ni", "-g", "0.7", "-R", "0", "-C", "0", "-r", "44100", "-F", wave]
    subprocess.run(["fluidsynth", *options, SOUND_FONT, place / "notes.mid"], check=True, **quiet)
    return wave


def length(ticks):
    """A number as MIDI files hold it: seven bits a byte."""
    parts = [ticks & 127]
    while ticks := ticks >> 7:
        parts.append(ticks & 127 | 128)
    return bytes(reversed(parts))


def written(path, samples):
    from morphstudio.audio.clip import RATE_HZ

    sf.write(path, samples, RATE_HZ)
    return path
