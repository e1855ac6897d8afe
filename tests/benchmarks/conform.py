"""Loops brought to 128 beats a minute by several stretchers, against the same loops played at 128.

Rendered patterns are played at both tempos, so that what a stretched loop should sound like is known. Of
recorded loops (`--loops`) it is not: they are measured against themselves. Figures are means of all loops:
`spectral_db` is the log-spectral distance to what was played; `attack_db` by how much less than in the loop
itself the level rises at hits, `crest_db` by how much less they stand out; `timing_ms` how far hits are from
where they should be (95 of 100 are nearer); `seam` the second difference over it, in terms of the largest
elsewhere; `there_and_back_db` the distance of a recording to itself, after both ways.

Signalsmith Stretch is measured where python-stretch is installed.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

RATE_HZ = 44_100
TO_BPM = 128.0
FROM_BPM = (90.0, 105.0, 120.0, 140.0, 157.0, 174.0)
N_BARS = 2
KINDS = ("house", "breakbeat", "boombap", "electro", "drums and bass", "arpeggio", "chords")
SEARCH_FRAMES = round(0.025 * RATE_HZ)
SEARCH_HOP = 8

Stretcher = Callable[[np.ndarray, int], np.ndarray]
"""Loop, float32 (frames, 2), and the length it is to have."""


def run(options) -> dict:
    import torch

    torch.set_num_threads(1)
    stretchers = all_stretchers()
    cases = list(played_cases(options.quick))
    figures: dict = {"loops_played": len(cases)}
    rows = {name: [measured(stretch, *case) for case in cases] for name, stretch in stretchers.items()}
    recordings = list(recorded_loops(options.loops)) if options.loops else []
    if recordings:
        figures["loops_recorded"] = len(recordings)
    for name, found in rows.items():
        off = np.concatenate([row.pop("off_ms") for row in found])
        figures[name] = {key: round(statistics.mean(row[key] for row in found), 2) for key in found[0]} | {
            "timing_ms": round(float(np.percentile(off, 95)), 2),
            "timing_worst_ms": round(float(off.max()), 2),
            "hits_beyond_5_ms": int((off > 5.0).sum()),
            "n_hits": len(off),
            "exact_length": all(row["length_off"] == 0 for row in found),
            "s_per_4_s_loop": round(seconds_taken(stretchers[name]), 3),
        }
        del figures[name]["length_off"]
        if recordings:
            figures[name]["recorded"] = of_recordings(stretchers[name], recordings)
    if not options.json:
        print_table(figures, stretchers)
    return figures


def print_table(figures: dict, stretchers: dict) -> None:
    columns = [key for key in figures[next(iter(stretchers))] if key != "recorded"]
    print(f"{'':24}" + "".join(f"{column:>18}" for column in columns))
    for name in stretchers:
        print(f"{name:24}" + "".join(f"{figures[name][column]!s:>18}" for column in columns))


# --- what stretches ----------------------------------------------------------------------------------


def all_stretchers() -> dict[str, Stretcher]:
    found: dict[str, Stretcher] = {"torchaudio": by_torchaudio}
    try:
        import python_stretch
    except ImportError:
        pass
    else:
        del python_stretch
        found |= {
            "signalsmith": by_signalsmith,
            "signalsmith, hits placed": lambda loop, n_out: with_hits_placed(by_signalsmith, loop, n_out),
        }
    found["morphstudio"] = by_morphstudio
    found["morphstudio, spliced"] = lambda loop, n_out: with_hits_placed(by_morphstudio, loop, n_out)
    return found


def by_torchaudio(loop: np.ndarray, n_out: int) -> np.ndarray:
    """What it offers: a phase vocoder without peaks or hits, on three turns of the loop."""
    import torch
    from torchaudio.functional import phase_vocoder

    n_fft, hop = 2048, 512
    ratio = len(loop) / n_out
    window = torch.hann_window(n_fft)
    sound = torch.from_numpy(np.tile(loop, (3, 1)).T.copy())
    spectrum = torch.stft(sound, n_fft, hop, window=window, return_complex=True)
    advance = torch.linspace(0, np.pi * hop, n_fft // 2 + 1)[:, None]
    stretched = phase_vocoder(spectrum, ratio, advance)
    whole = torch.istft(stretched, n_fft, hop, window=window, length=3 * n_out)
    return np.ascontiguousarray(whole[:, n_out : 2 * n_out].T.numpy())


def by_signalsmith(loop: np.ndarray, n_out: int) -> np.ndarray:
    """Signalsmith Stretch as it comes, on three turns of the loop."""
    import python_stretch

    stretch = python_stretch.Signalsmith.Stretch()
    stretch.preset(loop.shape[1], RATE_HZ)
    stretch.timeFactor = len(loop) / n_out
    whole = stretch.process(np.ascontiguousarray(np.tile(loop, (3, 1)).T))
    whole = np.pad(whole, ((0, 0), (0, max(0, 2 * n_out - whole.shape[1]))))
    return np.ascontiguousarray(whole[:, n_out : 2 * n_out].T)


def by_morphstudio(loop: np.ndarray, n_out: int) -> np.ndarray:
    from morphstudio.audio.clip import AudioClip
    from morphstudio.morph.conform import conform
    from morphstudio.morph.musical_time import MusicalTime, bpm_of_bars

    # In bars of one beat, as any length is some tempo's then.
    n_beats = max(1, round(2 * len(loop) / RATE_HZ))
    time_wanted = MusicalTime(bpm_of_bars(n_out, n_beats, 1), n_beats, 1)
    clip = AudioClip(loop, "loop")
    return conform(clip, bpm_of_bars(len(loop), n_beats, 1), time_wanted, keeps_pitch=True).samples


def with_hits_placed(stretch: Stretcher, loop: np.ndarray, n_out: int) -> np.ndarray:
    """Lay the loop itself over what was stretched, around hits that drown what is before them."""
    found = stretch(loop, n_out).copy()
    n_in, hits = len(loop), hits_of(loop)
    ratio = n_out / n_in
    gaps = np.diff(hits, append=hits[:1] + n_in)
    clear = level_db(loop, hits, 0.0, 16.0) - level_db(loop, hits, -20.0, -4.5) > 10.0
    for hit, gap in zip(hits[clear], gaps[clear], strict=True):
        n_kept = int(0.3 * min(gap, gap * ratio, 3000.0))
        if n_kept < 300:
            continue
        n_fall = min(441, n_kept // 2)
        share = np.ones(160 + n_kept, np.float32)
        share[:64], share[-n_fall:] = np.linspace(0, 1, 64), np.linspace(1, 0, n_fall)
        around = np.arange(-160, n_kept)
        there = (round(hit * ratio) + around) % n_out
        source = loop[(round(hit) + around) % n_in]
        found[there] += share[:, None] * (source - found[there])
    return found


def hits_of(loop: np.ndarray) -> np.ndarray:
    import torch

    from morphstudio.dsp.hits import find_hits

    return find_hits(torch.from_numpy(loop.T.copy()))


# --- what is stretched -------------------------------------------------------------------------------


def played_cases(is_quick: bool):
    """Loop at another tempo; the same played at 128; frames of its hits at both."""
    for number, kind in enumerate(KINDS[::3] if is_quick else KINDS):
        for bpm in FROM_BPM[::3] if is_quick else FROM_BPM:
            played, hits = played_loop(kind, bpm, number)
            wanted, there = played_loop(kind, TO_BPM, number)
            yield played, wanted, hits, there


def played_loop(kind: str, bpm: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Two bars without a player's jitter, by the same hands at any tempo; and the frames of its hits."""
    from morphstudio.synth import patterns
    from morphstudio.synth.patterns import Grid

    grid = Grid(round(N_BARS * 4 * 60 / bpm * RATE_HZ), 4 * N_BARS, 0.0)
    track = np.zeros((2, grid.n_frames))
    steps: set[int] = set()
    if kind in patterns.styles():
        steps |= play_drums(track, grid, kind, seed)
    elif kind == "drums and bass":
        steps |= play_drums(track, grid, "dnb", seed)
        steps |= play_notes(track, grid, "X..x..x...x.x...", (33, 33, 36, 40, 43), seed, (1,))
    elif kind == "arpeggio":
        steps |= play_notes(track, grid, "XxxxXxxx", (57, 60, 64, 67, 72), seed, (1,))
    else:
        steps |= play_notes(track, grid, "X.......x.......", (53, 57, 52, 50), seed, (0, 4, 7, 11))
    track *= 0.5 / np.abs(track).max()
    hits = np.array(sorted(grid.frame(step) for step in steps), np.float64)
    return np.ascontiguousarray(track.T, dtype=np.float32), hits


def play_drums(track, grid, style: str, seed: int) -> set[int]:
    from morphstudio.synth import drums, effects, patterns
    from morphstudio.synth.random_voices import drum_sound

    steps = set()
    for number, (name, pattern) in enumerate(patterns.styles()[style].lanes.items()):
        sound = drum_sound(np.random.default_rng((seed, number)), name)
        pan = 0.0 if name in ("kick", "snare", "clap") else 0.4 * (-1) ** number
        gain = 0.9 if name in ("kick", "snare", "clap") else 0.3
        for step, velocity in enumerate(patterns.velocities(pattern, grid.n_steps)):
            if velocity:
                effects.place(track, drums.struck(sound, velocity), grid.frame(step), gain, pan)
                steps.add(step)
    return steps


def play_notes(track, grid, pattern: str, notes, seed: int, chord) -> set[int]:
    """Notes as long as the tempo makes them, each by the same instrument."""
    from morphstudio.synth import effects, patterns, voices
    from morphstudio.synth.random_voices import random_player

    steps = set()
    gate_steps = 7.0 if len(chord) > 1 else 0.8
    for step, velocity in enumerate(patterns.velocities(pattern, grid.n_steps)):
        if velocity:
            play = random_player(np.random.default_rng((seed, 7)))
            root = notes[len(steps) % len(notes)]
            sound = play(tuple(voices.hz(root + tone) for tone in chord), gate_steps * grid.step_s, velocity)
            effects.place(track, sound, grid.frame(step), 0.6)
            steps.add(step)
    return steps


def recorded_loops(folder):
    from morphstudio.audio.files import load_clip

    for path in sorted(folder.glob("loop_*.flac")):
        clip = load_clip(path)[0]
        if 1.0 <= clip.duration_s <= 12.0:
            yield clip.samples if clip.n_channels == 2 else np.repeat(clip.samples, 2, axis=1)


# --- how good it is ----------------------------------------------------------------------------------


def measured(stretch: Stretcher, played, wanted, hits, there) -> dict:
    found = stretch(played, len(wanted))
    n = len(wanted)
    kept = stands_out(wanted, there) & stands_out(played, hits)
    hits, there = hits[kept], there[kept]
    return {
        "spectral_db": spectral_distance_db(wanted, fitted(found, n)),
        "attack_db": lost_db(attack_db, played, hits, found, there),
        "crest_db": lost_db(crest_db, played, hits, found, there),
        "seam": seam_step(found),
        "length_off": len(found) - n,
        "off_ms": np.abs(offsets_ms(wanted, there, found, there)),
    }


def of_recordings(stretch: Stretcher, recordings) -> dict:
    rows, off = [], []
    for loop in recordings:
        for ratio in (90 / TO_BPM, 105 / TO_BPM, 157 / TO_BPM, 174 / TO_BPM):
            n_out = round(len(loop) * ratio)
            found = stretch(loop, n_out)
            hits = hits_of(loop)
            hits = hits[stands_out(loop, hits)]
            there = hits * (n_out / len(loop))
            rows.append(
                {
                    "attack_db": lost_db(attack_db, loop, hits, found, there),
                    "crest_db": lost_db(crest_db, loop, hits, found, there),
                    "there_and_back_db": spectral_distance_db(loop, stretch(found, len(loop))),
                    "seam": seam_step(found),
                }
            )
            off.append(np.abs(offsets_ms(loop, hits, found, there)))
    all_off = np.concatenate(off)
    return {key: round(statistics.mean(row[key] for row in rows), 2) for key in rows[0]} | {
        "timing_ms": round(float(np.percentile(all_off, 95)), 2),
        "timing_worst_ms": round(float(all_off.max()), 2),
        "hits_beyond_5_ms": int((all_off > 5.0).sum()),
        "n_hits": len(all_off),
    }


def fitted(loop: np.ndarray, n_frames: int) -> np.ndarray:
    return np.resize(loop, (n_frames, 2)) if len(loop) != n_frames else loop


def spectral_distance_db(a: np.ndarray, b: np.ndarray) -> float:
    """Log-spectral distance in dB, over what is at most 60 dB below the loudest of `a`."""
    levels = []
    for loop in (a, b):
        around = np.concatenate([loop[-1024:], loop, loop[:1024]])
        frames = np.lib.stride_tricks.sliding_window_view(around, 2048, axis=0)[::512]
        power = np.abs(np.fft.rfft(frames * np.hanning(2048), axis=-1)) ** 2
        levels.append(10 * np.log10(power.mean(axis=1) + 1e-20))
    floor = levels[0].max() - 60.0
    apart = np.maximum(levels[0], floor) - np.maximum(levels[1], floor)
    return float(np.sqrt((apart**2).mean(axis=1)).mean())


def energy(loop: np.ndarray, n_moment: int = 64) -> np.ndarray:
    """Energy of the differences in each moment that begins at a frame, round the loop."""
    steps = np.square(np.diff(loop, axis=0, prepend=loop[-1:]).astype(np.float64)).sum(axis=1)
    sums = np.cumsum(np.concatenate([[0.0], steps, steps[:n_moment]]))
    return sums[n_moment:][: len(loop)] - sums[: len(loop)]


def level_db(loop: np.ndarray, hits: np.ndarray, first_ms: float, last_ms: float) -> np.ndarray:
    """Mean level between two times from each hit on."""
    sound = np.square(loop.astype(np.float64)).sum(axis=1)
    first, last = (round(ms * RATE_HZ / 1000) for ms in (first_ms, last_ms))
    at = np.rint(hits).astype(int)[:, None] + np.arange(first, last)
    return 10 * np.log10(sound[at % len(loop)].mean(axis=1) + 1e-7)


def attack_db(loop, hits) -> np.ndarray:
    return level_db(loop, hits, 0.0, 6.0) - level_db(loop, hits, -20.0, -2.0)


def crest_db(loop, hits) -> np.ndarray:
    """How far the loudest 1.5 ms are above the 50 ms around."""
    e = energy(loop)
    at = np.rint(hits).astype(int)[:, None] + np.arange(-882, 1323)
    around = e[at % len(loop)]
    return 10 * np.log10((around.max(axis=1) + 1e-9) / (around.mean(axis=1) + 1e-9))


def lost_db(measure, loop, hits, found, there) -> float:
    return float(np.mean(measure(loop, hits) - measure(found, there))) if len(hits) else 0.0


def stands_out(loop, hits) -> np.ndarray:
    """Hits of which the moment can be told: 9 dB louder than what is before."""
    return level_db(loop, hits, 0.0, 6.0) - level_db(loop, hits, -20.0, -2.0) > 9.0


def offsets_ms(a, hits_a, b, hits_b) -> np.ndarray:
    """How much later hits rise in `b` than in `a`: where their rises are most alike."""
    rises = []
    for loop, hits in ((a, hits_a), (b, hits_b)):
        root = np.sqrt(energy(loop, 96))
        rise = np.maximum(root - np.roll(root, 48), 0.0)
        rises.append((rise, np.rint(hits).astype(int)))
    (rise_a, at_a), (rise_b, at_b) = rises
    around = np.arange(-SEARCH_FRAMES // 2, SEARCH_FRAMES // 2)
    lags = np.arange(-SEARCH_FRAMES, SEARCH_FRAMES + 1, SEARCH_HOP)
    found = []
    for one, other in zip(at_a, at_b, strict=True):
        shape = rise_a[(one + around) % len(a)]
        near = rise_b[(other + np.arange(around[0] - SEARCH_FRAMES, around[-1] + SEARCH_FRAMES + 1)) % len(b)]
        power = np.convolve(np.square(near), np.ones(len(shape)), "valid")
        likeness = (np.correlate(near, shape, "valid") / np.sqrt(power + 1e-12))[::SEARCH_HOP]
        found.append(lags[int(likeness.argmax())] * 1000 / RATE_HZ)
    return np.array(found)


def seam_step(loop) -> float:
    """Second difference over the seam, against the largest elsewhere."""
    bends = np.abs(np.diff(np.concatenate([loop, loop[:2]]), n=2, axis=0)).max(axis=1)
    return float(bends[-3:].max() / bends[:-3].max())


def seconds_taken(stretch: Stretcher, n_runs: int = 5) -> float:
    loop = played_loop("house", 120.0, 0)[0]
    took = []
    for _ in range(n_runs):
        began = time.perf_counter()
        stretch(loop, round(len(loop) * 120 / TO_BPM))
        took.append(time.perf_counter() - began)
    return statistics.median(took)
