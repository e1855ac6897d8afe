"""The report: morphs of many pairs of loops, measured beside the plain ways to get from A to B.

Everything is mono and of one length, so that all methods have the same to do.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.dsp.griffin_lim import spectral_convergence_db
from morphstudio.dsp.stft import CircularStft, log_magnitude
from morphstudio.model.checkpoint import AnyModel, ClassicModel
from morphstudio.model.losses import figures
from morphstudio.model.vae import normalise, reference_level_db
from morphstudio.morph.baselines import (
    LogMagnitude,
    Magnitude,
    Method,
    Mix,
    PrincipalComponents,
    Rendered,
)
from morphstudio.morph.engines import Engine, make_engine
from morphstudio.morph.metrics import Listener, PointFigures, SeriesFigures
from morphstudio.morph.request import MorphRequest

LOOP_S = 4.0
N_POINTS = 9
N_COMPONENTS = 32
"""Of a column: 128 channels of latent for every four columns."""

_PROBE_HZ = (220.0, 330.0)
_NEAR = 0.04
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 1000.0


@dataclass(frozen=True, slots=True)
class ReconstructionFigures:
    """How a method has a loop alone, before any phase is sought; means over loops.

    `mse` is of magnitudes relative to the loudest.
    """

    log_mel_error_db: float
    log_spectral_distance_db: float
    cosine: float
    mse: float
    spectral_convergence_db: float


@dataclass(frozen=True, slots=True)
class ProbeFigures:
    """What becomes of two steady tones, 220 and 330 Hz, halfway and on the way.

    `travel` is the RMS distance of the loudest peak's pitch from the straight way, in shares of it. The
    shares are of the energy halfway within 4 % of the two fundamentals and of their mean pitch;
    `harmonicity_db` is the harmonics-to-noise ratio halfway, of harmonic tones, less the mean of the ends'.
    """

    travel: float
    share_at_ends: float
    share_at_mean: float
    harmonicity_db: float


@dataclass(frozen=True, slots=True)
class Row:
    """All figures of one method; those of series are means over pairs."""

    name: str
    reconstruction: ReconstructionFigures
    ends_db: float
    hits: float
    timing_ms: float
    level_lu: float
    level_error_lu: float
    evenness: float
    step_variation: float
    presence: float
    probe: ProbeFigures


@dataclass(frozen=True, slots=True)
class Report:
    """Rows, and what they were measured on."""

    loops: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    seed: int
    loop_s: float
    points: int
    rows: tuple[Row, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON; rows by name."""
        rows = {row.name: {k: v for k, v in asdict(row).items() if k != "name"} for row in self.rows}
        for row in rows.values():
            if math.isnan(row["timing_ms"]):
                row["timing_ms"] = None  # no hits that match, and JSON knows no NaN
        return {**asdict(self), "rows": rows}


def evaluation_loops(clips: Sequence[AudioClip]) -> list[AudioClip]:
    """Choose the loops among sounds: those called so, or where there are none those of a second or more."""
    named = [clip for clip in clips if "loop" in clip.name.lower()]
    return named if len(named) > 1 else [clip for clip in clips if clip.duration_s >= 1.0]


def chosen_pairs(clips: Sequence[AudioClip], n_pairs: int, seed: int) -> list[tuple[AudioClip, AudioClip]]:
    """Up to `n_pairs` different pairs in a random order that the seed fixes."""
    pairs = list(itertools.combinations(clips, 2))
    order = np.random.default_rng(seed).permutation(len(pairs))
    return [pairs[index] for index in order[:n_pairs]]


def prepared(clip: AudioClip) -> AudioClip:
    """Bring a loop to one channel and to the length of the report, repeated or cut."""
    mono = np.ascontiguousarray(clip.samples.mean(axis=1, keepdims=True))
    return AudioClip(mono, clip.name).fitted(round(LOOP_S * RATE_HZ))


def report(
    clips: Sequence[AudioClip],
    models: Sequence[AnyModel],
    device: torch.device,
    n_pairs: int,
    seed: int = 0,
    on_progress: Callable[[int, int, str], None] = lambda done, total, row: None,
) -> Report:
    """Measure all methods on pairs of loops.

    Parameters
    ----------
    clips : sequence of AudioClip
        At least two loops; see `evaluation_loops`.
    models : sequence of models
        Of either preset; a row each, and for `studio` one more without even spacing.
    device : torch.device
    n_pairs : int
    seed : int
        Of the choice of pairs.
    on_progress : callable
        Told how many series are done, how many there are, and the row.
    """
    loops = [prepared(clip) for clip in clips]
    pairs = chosen_pairs(loops, n_pairs, seed)
    transform = CircularStft(round(LOOP_S * RATE_HZ))
    methods: dict[str, Method] = {
        "mix": Mix(transform),
        "magnitude": Magnitude(transform),
        "log-magnitude": LogMagnitude(transform),
        "pca": PrincipalComponents(transform, loops, N_COMPONENTS),
    }
    for model in models:
        kind = "classic" if isinstance(model, ClassicModel) else "morphstudio"
        n_same = sum(name.startswith(kind) and "uneven" not in name for name in methods)
        name = kind if not n_same else f"{kind} {n_same + 1}"
        methods[name] = Rendered(make_engine(model, device), transform)
        if kind == "morphstudio":
            plain = Rendered(make_engine(model, device), transform, even_spacing=False)
            methods[f"{name}, uneven"] = plain
    listener = Listener(transform.n_frames)
    total = len(methods) * len(pairs)
    rows = []
    for index, (name, method) in enumerate(methods.items()):
        series = []
        for number, (a, b) in enumerate(pairs):
            on_progress(index * len(pairs) + number, total, name)
            series.append(series_figures(method, a, b, listener))
        rows.append(_row(name, series, _reconstruction(method, loops, transform), _probe(method, transform)))
    on_progress(total, total, "")
    names = tuple((a.name, b.name) for a, b in pairs)
    return Report(tuple(clip.name for clip in loops), names, seed, LOOP_S, N_POINTS, tuple(rows))


def series_figures(method: Method, a: AudioClip, b: AudioClip, listener: Listener) -> SeriesFigures:
    """Measure nine loops from A to B; both clips have the listener's length."""
    loops = [method.between(a, b, float(position)) for position in np.linspace(0.0, 1.0, N_POINTS)]
    return listener.series(loops, a.samples, b.samples)


def request_figures(engine: Engine, request: MorphRequest) -> PointFigures:
    """Measure what a request sounds like, between the sounds that it blends."""
    listener = Listener(request.n_frames)
    heard = [(c, w) for c, w in zip(request.clips, request.weights, strict=True) if w > 0.0]
    loops = [listener.hear(clip.fitted(request.n_frames).samples) for clip, _ in heard]
    return listener.point(
        listener.hear(engine.render(request).samples), loops, [weight for _, weight in heard]
    )


def _row(
    name: str, series: Sequence[SeriesFigures], reconstruction: ReconstructionFigures, probe: ProbeFigures
) -> Row:
    def mean(values: Sequence[float]) -> float:
        known = [value for value in values if not math.isnan(value)]
        return float(np.mean(known)) if known else math.nan

    return Row(
        name,
        reconstruction,
        max(s.ends_db for s in series),
        mean([s.hits for s in series]),
        mean([s.timing_ms for s in series]),
        mean([s.level_lu for s in series]),
        mean([abs(s.level_lu) for s in series]),
        mean([s.evenness for s in series]),
        mean([s.step_variation for s in series]),
        mean([s.presence for s in series]),
        probe,
    )


def _reconstruction(
    method: Method, clips: Sequence[AudioClip], transform: CircularStft
) -> ReconstructionFigures:
    entries = []
    for clip in clips:
        original = transform.forward(torch.from_numpy(clip.samples.T.copy()))
        level = log_magnitude(original)
        reference = reference_level_db(level)
        decoded = method.reconstructed(clip)
        scale = original.abs().amax().clamp_min(1e-9)
        found = figures(
            normalise(log_magnitude(decoded.to(torch.complex64)), reference), normalise(level, reference)
        )
        mse = float(((decoded - original.abs()) / scale).square().mean())
        convergence = spectral_convergence_db(decoded, original.abs())
        entries.append(
            (found.log_mel_error_db, found.log_spectral_distance_db, found.cosine, mse, convergence)
        )
    return ReconstructionFigures(*np.mean(entries, axis=0).tolist())


def _probe(method: Method, transform: CircularStft) -> ProbeFigures:
    n_frames = transform.n_frames
    pure_low, pure_high = (_tone(hz, n_frames, 1) for hz in _PROBE_HZ)
    rich_low, rich_high = (_tone(hz, n_frames, 12) for hz in _PROBE_HZ)
    low, high = _PROBE_HZ
    positions = np.linspace(0.0, 1.0, N_POINTS)
    spectra = [
        _spectrum(method.between(pure_low, pure_high, float(position))[:, 0]) for position in positions
    ]
    hz = np.fft.rfftfreq(n_frames, 1.0 / RATE_HZ)
    travelled = np.array(
        [np.log(hz[1 + int(np.argmax(spectrum[1:]))] / low) / np.log(high / low) for spectrum in spectra]
    )
    middle = spectra[N_POINTS // 2]

    def share(of_hz: float) -> float:
        near = np.abs(hz / of_hz - 1.0) < _NEAR
        return float(middle[near].sum() / max(float(middle.sum()), 1e-20))

    ends = np.mean([_harmonicity_db(tone.samples[:, 0]) for tone in (rich_low, rich_high)])
    halfway = _harmonicity_db(method.between(rich_low, rich_high, 0.5)[:, 0])
    return ProbeFigures(
        float(np.sqrt(np.mean((travelled - positions) ** 2))),
        share(low) + share(high),
        share(math.sqrt(low * high)),
        float(halfway - ends),
    )


def _tone(hz: float, n_frames: int, n_harmonics: int) -> AudioClip:
    """Steady tone that goes round without a seam, with partials that fall by 1 / number."""
    turns = round(hz * n_frames / RATE_HZ) * np.arange(n_frames) / n_frames
    wave = sum(np.sin(2.0 * np.pi * k * turns + k * k) / k for k in range(1, n_harmonics + 1))
    wave = np.asarray(wave) * (0.5 / np.abs(wave).max())
    return AudioClip(wave[:, None].astype(np.float32), f"{hz:g} Hz, {n_harmonics}")


def _spectrum(wave: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.square(np.abs(np.fft.rfft(wave.astype(np.float64))))


def _harmonicity_db(wave: NDArray[np.float32]) -> float:
    """Harmonics-to-noise ratio of a loop in dB, by its autocorrelation (Boersma, 1993), 60 Hz to 1 kHz.

    Taken in pieces of 100 ms, so that what merely repeats with the loop does not count.
    """
    length = round(0.1 * RATE_HZ)
    pieces = wave[: len(wave) // length * length].reshape(-1, length).astype(np.float64)
    pieces = pieces - pieces.mean(axis=1, keepdims=True)
    window = np.hanning(length)
    spectrum = np.fft.rfft(pieces * window, 2 * length)
    correlation = np.fft.irfft(np.square(np.abs(spectrum)))[:, :length]
    own = np.fft.irfft(np.square(np.abs(np.fft.rfft(window, 2 * length))))[:length]
    normalised = correlation / np.maximum(correlation[:, :1], 1e-12) / (own / own[0])
    lags = slice(round(RATE_HZ / _HIGHEST_HZ), round(RATE_HZ / _LOWEST_HZ))
    best = np.clip(normalised[:, lags].max(axis=1), 1e-4, 1.0 - 1e-6)
    return float(np.mean(10.0 * np.log10(best / (1.0 - best))))
