"""Time to a spectral convergence of -14 dB: ours, torchaudio.transforms.GriffinLim, librosa.griffinlim.

What is measured
----------------
Targets are log-magnitude midpoints of pairs of real loops of 4 s in stereo. Each method inverts its own: ours
the circular spectrogram, the rivals that of `torch.stft`, whose edges are theirs (centred, reflected); their
convergence is measured by that transform, ours by the circular one. All have n_fft 2048, hop 512 (ours 507,
so that columns fit the loop) and a Hann window. Rivals start from random phase and have the momentum 0.99 of
their defaults. torch has the same threads for all; librosa has numpy's FFT, scipy's being no quicker
here and on several threads slower. Our time begins with the sum of the sources' spectra, which the engine has
anyway, and includes the start phase; `with_stfts` adds making the sources' spectra. What was reached is
measured outside all times. Iterations are counted for each pair, by running a method anew for each number of
them. Memory is allocated as Python's users have it by default; told to keep what is freed, as our render
process is, torchaudio gains more by it than we do, and the figure falls by a fifth.
Times are medians of three, taken when the same has run before. A method that stays above -14 dB for 200
iterations is given the time of those 200, less than it would need; were it ours, the pair would count as
never. Of the median of the ratios and the ratio of the medians the smaller is the figure.

What it took
------------
4 s stereo, 2 cores. On a quiet machine, ms:

| step | before | after |
|---|---|---|
| frames out of the loop: samples gathered by index; rows copied | 1.2 | 0.05 |
| overlap-add: five gathers by index; copies of stretches, added in blocks | 2.5 | 0.4 |
| the same: copies of stretches; sums of rows where they lie (a bag of embeddings) | 0.4 | 0.12 |
| a spectrum times real factors: on pairs of reals; torch's mixed product | 1.2 | 0.18 |
| an iteration: also looking ahead with loops instead of spectra, 128 columns at a time | 9.4 | 2.9 |

Where another program keeps one of the cores busy, three iterations with start and measuring, least of 12, ms:

| before | as above | on one thread |
|---|---|---|
| 67 | 52 | 26 |

Each channel has a thread to itself, so threads meet once, at the end: against one thread for both, 28
iterations take 120 instead of 185 ms where the machine is quiet, three as long as before. torchaudio's ten
iterations took 178 on the busy machine, and 133 on the quiet one; librosa's ten 229.

What two threads do to each other counts for as much as what each does, and so does new memory:

- Overlap-add in blocks of 32 took 1.0 ms instead of 0.4 with both threads at it: so many short operations
  wait for the interpreter again and again. Sums of rows, one operation for all of a channel, take 0.13.
- Unit phases for the whole spectrum took 4 ms and more before the first iteration, most of it for new memory.
  Now each thread gives the start its magnitudes a part at a time, on the way into the first inverse.
- At each call there were 2000 to 3000 page faults, about 2 us each, for memory that went back to the system
  after the last. There are five to a few hundred since an iteration works in arrays that it has, and on 88
  columns at a time instead of 128. torchaudio has 5000 to 30000.

Tried without gain: parts of 16 to 44 columns (cached better, but more and shorter operations), FFTs into
given memory (torch copies), the sum of the spectra on one thread (torch's others sleep soon enough, see
`share_cores`). A thread kept from call to call saves about 1 ms; somebody would have to own and end it.

Convergence, mean of 8 to 12 pairs (mono, start phase of the summed sources), dB after iterations:

| variant | 1 | 2 | 3 | 4 | 8 | 16 | 32 |
|---|---|---|---|---|---|---|---|
| Griffin and Lim (1984) | -12.1 | -12.8 | -13.2 | -13.6 | -14.4 | -15.3 | |
| fast, momentum 0.99 from the second on | -12.1 | -12.8 | -13.5 | -14.2 | -15.6 | -16.8 | |
| the same from the first on | -12.0 | -13.1 | -13.8 | -14.3 | -15.6 | -16.7 | -17.6 |
| accelerated: 0.99, 1.1, 1.25 (used at last) | -12.2 | -13.3 | -14.1 | -14.6 | -15.8 | -17.0 | -17.8 |
| accelerated: 1.1, 1.1, 1.25 (1.9 at first) | -12.5 | -13.5 | -14.2 | -14.7 | -15.7 | -16.3 | -16.2 |
| accelerated: 0.99, 0.99, 1.5 (1.9 at first) | -12.5 | -13.3 | -14.0 | -13.9 | -10.7 | -4.8 | -3.7 |

What 32 fast iterations reach, the accelerated ones reach after 27. The first two have had constants of their
own since; these were searched, and are compared here, on 24 other pairs of the sounds measured (8 and 28
iterations: 12 of them):

| first | second | 1 | 2 | 3 | 4 | 8 | 28 | at -14 after 2 | after 3 |
|---|---|---|---|---|---|---|---|---|---|
| 0.99, 1.1, 1.25 | 0.99, 1.1, 1.25 | -12.6 | -13.5 | -14.2 | -14.6 | -16.2 | -18.0 | 2 | 16 |
| 0.99, 1.1, 1.65 | 0.99, 1.1, 1.25 | -12.8 | -13.6 | -14.3 | -14.7 | | | 2 | 18 |
| 1.5, 0.9, 1.4 (used) | 0.85, 0.9, 1.5 | -12.7 | -13.7 | -14.3 | -14.7 | -16.3 | -18.0 | 7 | 18 |

Also tried: a gain after the last one (nothing), sums of the sources weighted otherwise (nothing), smaller
magnitudes at the start where sources cancel each other (nothing), the phase of one source alone (0.1 to 0.8
dB nearer at first, but deaf to the other), the phase of the peaks (0.5 dB nearer after four iterations, as
dear as four), even columns and odd ones in turn (0.2 dB behind after two, overshooting or not), magnitudes
that overshoot too (worse from the second on).
"""

from __future__ import annotations

import math
import os
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

WANTED_DB = -14.0
LOOP_S = 4.0
MOST = 200
CURVE = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48)
N_PAIRS, N_PAIRS_QUICK = 24, 6
N_CURVE_QUICK = 8
N_TIMES = 3


@dataclass
class Runs:
    """What one method did on all pairs; times in ms."""

    is_rival: bool = True
    needed: list[int] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)
    n_censored: int = 0
    curve_db: list[list[float]] = field(default_factory=list)
    curve_ms: list[list[float]] = field(default_factory=list)

    def add(self, invert: Callable[[int], object], reached_db: Callable[[object], float], counts) -> None:
        """Run a method on one pair: the curve, then the least number of iterations, then its time."""
        reached = {}

        def reached_by(n: int) -> float:
            if n not in reached:
                began = time.perf_counter()
                found = invert(n)
                spent_ms.append(1000.0 * (time.perf_counter() - began))
                reached[n] = reached_db(found)
            return reached[n]

        invert(1)
        spent_ms: list[float] = []
        self.curve_db.append([reached_by(n) for n in counts])
        self.curve_ms.append(spent_ms[:])
        tried = [*counts, *(n for n in (64, 96, 128, MOST) if n > counts[-1])]
        above, enough = 0, next((n for n in tried if reached_by(n) <= WANTED_DB), None)
        if enough is None:
            self.n_censored += 1
            enough = MOST
        else:
            above = max((n for n in tried if n < enough), default=0)
            while enough - above > 1:
                middle = (above + enough) // 2
                above, enough = (above, middle) if reached_by(middle) <= WANTED_DB else (middle, enough)
        self.needed.append(enough)
        times_ms = []
        for _ in range(N_TIMES):
            began = time.perf_counter()
            invert(enough)
            times_ms.append(1000.0 * (time.perf_counter() - began))
        never = enough == MOST and reached_by(MOST) > WANTED_DB
        self.times_ms.append(math.inf if never and not self.is_rival else statistics.median(times_ms))

    def figures(self) -> dict:
        return {
            "median_ms": round(statistics.median(self.times_ms), 1),
            "median_iterations": statistics.median(self.needed),
            "most_iterations": max(self.needed),
            "never_reached": self.n_censored,
        }


def run(options) -> dict:
    import torch

    from morphstudio.paths import demo_loops_dir

    clips = long_clips(options.loops or demo_loops_dir())
    counts = CURVE[:N_CURVE_QUICK] if options.quick else CURVE
    chosen = pairs(len(clips), N_PAIRS_QUICK if options.quick else N_PAIRS)
    loops = [torch.from_numpy(clip.samples.T.copy()) for clip in clips]
    loops = [loop.expand(2, -1).contiguous() for loop in loops]
    figures: dict = {"pairs": len(chosen), "device": "cpu", "threads": torch.get_num_threads()}
    with torch.inference_mode():
        runs = compared(loops, chosen, counts)
        figures |= summary(runs)
        if torch.cuda.is_available():
            figures["cuda"] = on_cuda(loops, chosen)
        else:
            figures["cuda"] = "no CUDA device"
    if options.picture:
        draw({name: each for name, each in runs.items() if each.curve_db}, options.picture)
        figures["picture"] = str(options.picture)
    return figures


def long_clips(folder: Path) -> list:
    """Sounds of a folder that last at least a loop, cut to it."""
    from morphstudio.audio.clip import RATE_HZ
    from morphstudio.audio.files import find_audio_files, load_clip

    n_frames = int(LOOP_S * RATE_HZ)
    clips = [load_clip(path)[0] for path in find_audio_files([folder])]
    clips = [clip.fitted(n_frames) for clip in clips if clip.n_frames >= n_frames]
    if len(clips) < 2:
        raise SystemExit(f"griffin_lim: {folder} holds fewer than two loops of {LOOP_S:g} s")
    return clips


def pairs(n: int, n_pairs: int) -> list[tuple[int, int]]:
    every = [(i, j) for i in range(n) for j in range(i)]
    random.Random(0).shuffle(every)
    return every[:n_pairs]


def midpoint(a, b):
    from morphstudio.dsp.stft import log_magnitude, magnitude_from_db

    return magnitude_from_db(0.5 * (log_magnitude(a) + log_magnitude(b)))


def compared(loops, chosen, counts) -> dict[str, Runs]:
    import torch
    import torchaudio

    from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim, spectral_convergence_db
    from morphstudio.dsp.stft import HOP, N_FFT, CircularStft

    try:
        import librosa
    except ImportError:
        librosa = None
    n_frames = loops[0].shape[-1]
    transform = CircularStft(n_frames)
    window = torch.hann_window(N_FFT)
    names = ["morphstudio", "with_stfts", "torchaudio"] + ["librosa"] * bool(librosa)
    runs = {name: Runs(is_rival=name not in ("morphstudio", "with_stfts")) for name in names}
    for i, j in chosen:
        ours = transform.forward(loops[i]), transform.forward(loops[j])
        target = midpoint(*ours)

        def inverted(n: int, ours=ours, target=target):
            return griffin_lim(transform, target, ours[0] + ours[1], n)

        runs["morphstudio"].add(
            inverted, lambda loop, target=target: convergence_db(transform, loop, target), counts
        )
        began = time.perf_counter()
        transform.forward(loops[i]), transform.forward(loops[j])
        stfts_ms = 1000.0 * (time.perf_counter() - began)
        runs["with_stfts"].times_ms.append(runs["morphstudio"].times_ms[-1] + stfts_ms)

        def stft(loop):
            return torch.stft(loop, N_FFT, HOP, window=window, return_complex=True)

        wanted = midpoint(stft(loops[i]), stft(loops[j]))

        def reached_db(loop, wanted=wanted):
            return spectral_convergence_db(stft(torch.as_tensor(loop)).abs(), wanted)

        def by_torchaudio(n: int, wanted=wanted):
            torch.manual_seed(0)
            options = {"n_fft": N_FFT, "hop_length": HOP, "power": 1.0, "momentum": 0.99, "length": n_frames}
            return torchaudio.transforms.GriffinLim(n_iter=n, **options)(wanted)

        runs["torchaudio"].add(by_torchaudio, reached_db, counts)
        if librosa:
            magnitude = np.ascontiguousarray(wanted.numpy())

            def by_librosa(n: int, magnitude=magnitude):
                return librosa.griffinlim(
                    magnitude,
                    n_iter=n,
                    hop_length=HOP,
                    momentum=0.99,
                    length=n_frames,
                    pad_mode="reflect",
                    random_state=0,
                )

            runs["librosa"].add(by_librosa, reached_db, counts)
    return runs


def summary(runs: dict[str, Runs]) -> dict:
    figures: dict = {}
    ours, with_stfts = runs["morphstudio"], runs["with_stfts"]
    for name in ("torchaudio", "librosa"):
        if name not in runs:
            figures[f"speedup_vs_{name}"] = None
            continue
        rival = runs[name]
        of_ratios, of_medians = speedups(rival, ours)
        figures[f"speedup_vs_{name}"] = round(min(of_ratios, of_medians), 2)
        figures[f"speedup_vs_{name}_with_stfts"] = round(min(speedups(rival, with_stfts)), 2)
        figures[f"{name}_median_of_ratios"] = round(of_ratios, 2)
        figures[f"{name}_ratio_of_medians"] = round(of_medians, 2)
        figures[name] = rival.figures()
    figures["morphstudio"] = ours.figures()
    figures["morphstudio"]["median_ms_with_stfts"] = round(statistics.median(with_stfts.times_ms), 1)
    return figures


def speedups(rival: Runs, ours: Runs) -> tuple[float, float]:
    """Median of the ratios of times, and ratio of their medians."""
    ratios = [theirs / own for theirs, own in zip(rival.times_ms, ours.times_ms, strict=True)]
    return statistics.median(ratios), statistics.median(rival.times_ms) / statistics.median(ours.times_ms)


def on_cuda(loops, chosen) -> dict:
    """The same on a CUDA device, all pairs in one batch: to a mean of -14 dB, ours and torchaudio's."""
    import torch
    import torchaudio

    from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim, spectral_convergence_db
    from morphstudio.dsp.stft import HOP, N_FFT, CircularStft

    device = torch.device("cuda")
    first, second = (torch.stack([loops[pair[side]] for pair in chosen]).to(device) for side in (0, 1))
    transform = CircularStft(first.shape[-1], device)
    a, b = transform.forward(first), transform.forward(second)
    target = midpoint(a, b)
    window = torch.hann_window(N_FFT, device=device)
    shape = (-1, first.shape[-1])

    def stft(loop):
        return torch.stft(loop.reshape(shape), N_FFT, HOP, window=window, return_complex=True)

    wanted = midpoint(stft(first), stft(second))

    def ours(n: int):
        return griffin_lim(transform, target, a + b, n)

    def by_torchaudio(n: int):
        torch.manual_seed(0)
        options = {"n_fft": N_FFT, "hop_length": HOP, "power": 1.0, "momentum": 0.99, "length": shape[1]}
        found = torchaudio.transforms.GriffinLim(n_iter=n, **options).to(device)(wanted)
        torch.cuda.synchronize()
        return found

    runs = {"morphstudio": Runs(is_rival=False), "torchaudio": Runs()}
    runs["morphstudio"].add(ours, lambda loop: convergence_db(transform, loop, target), CURVE)
    runs["torchaudio"].add(by_torchaudio, lambda x: spectral_convergence_db(stft(x).abs(), wanted), CURVE)
    return {
        "device": torch.cuda.get_device_name(),
        "speedup_vs_torchaudio": round(min(speedups(runs["torchaudio"], runs["morphstudio"])), 2),
        **{name: each.figures() for name, each in runs.items()},
    }


COLOURS = {"morphstudio": "#e8b04a", "torchaudio": "#5aa9e6", "librosa": "#9ccc65"}
WIDTH, HEIGHT, EDGE = 1000, 640, 80


def draw(runs: dict[str, Runs], path: Path) -> None:
    """Draw mean convergence over all pairs against median time, a dot for each number of iterations."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen, QPolygonF

    app = QGuiApplication.instance() or QGuiApplication([])
    curves = {
        name: (np.median(each.curve_ms, axis=0), np.mean(each.curve_db, axis=0))
        for name, each in runs.items()
    }
    every_ms = np.concatenate([ms for ms, _ in curves.values()])
    every_db = np.concatenate([db for _, db in curves.values()])
    low, high = np.log10(every_ms.min() / 1.3), np.log10(every_ms.max() * 1.3)
    bottom, top = 2 * math.floor(every_db.min() / 2), 2 * math.ceil(every_db.max() / 2)

    def at(ms: float, db: float) -> QPointF:
        x = EDGE + (math.log10(ms) - low) / (high - low) * (WIDTH - 1.5 * EDGE)
        return QPointF(x, 0.5 * EDGE + (top - db) / (top - bottom) * (HEIGHT - 1.5 * EDGE))

    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#16181d"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(QFont("Sans", 11))
    for db in range(bottom, top + 1, 2):
        is_wanted = db == WANTED_DB
        painter.setPen(QPen(QColor("#d05050" if is_wanted else "#3a3f4a"), 2 if is_wanted else 1))
        painter.drawLine(at(10**low, db), at(10**high, db))
        painter.setPen(QColor("#c8ccd4"))
        painter.drawText(at(10**low, db) + QPointF(-60, 5), f"{db} dB")
    for ms in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000):
        if 10**low < ms < 10**high:
            painter.setPen(QColor("#3a3f4a"))
            painter.drawLine(at(ms, top), at(ms, bottom))
            painter.setPen(QColor("#c8ccd4"))
            painter.drawText(at(ms, bottom) + QPointF(-18, 22), f"{ms} ms")
    for name, (times_ms, reached_db) in curves.items():
        points = [at(ms, db) for ms, db in zip(times_ms, reached_db, strict=True)]
        painter.setPen(QPen(QColor(COLOURS[name]), 2.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(COLOURS[name]))
        for point in points:
            painter.drawEllipse(point, 4, 4)
        painter.drawText(points[0] + QPointF(-30, -14), name)
    painter.setPen(QColor("#c8ccd4"))
    painter.drawText(
        EDGE, 26, "Spectral convergence (mean of pairs) against time; dots at 1, 2, 3, 4, 6, 8 ... iterations"
    )
    painter.end()
    image.save(str(path))
    del app
