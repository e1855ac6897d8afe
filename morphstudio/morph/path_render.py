"""A path as one clip: a morph whose weights change from column to column, seamless where it comes round.

What each column hears is found as for a loop at that place; from there on the whole clip is one target,
decoded once and iterated once, so that there is nothing to be joined. Everything is done in steps, so that
whoever renders for the ear as well can do that in between.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.ceiling import bent_below
from morphstudio.dsp.griffin_lim import convergence_db, griffin_lim_steps
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.dsp.phase import peak_phase
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import N_BINS, CircularStft, log_magnitude, magnitude_from_db
from morphstudio.morph.mixture import Mixer, Ways, detail_share
from morphstudio.morph.path_level import PathLevels, bent_as_loud, gated_db, lost_db, scaled
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import MorphRequest, MorphResult
from morphstudio.morph.score import Columns, Score, Shares, Voice
from morphstudio.morph.shaping import ShapedClips
from morphstudio.morph.sources import Source, Sources, column_parts
from morphstudio.morph.spacing import BandMeter, EvenSpacing
from morphstudio.morph.target import target, tidy, to_samples
from morphstudio.morph.transport import Places, Transport

_N_COLUMNS_AT_ONCE = 64
"""What takes about as long as a draft: then others may do something."""
_N_LEVEL_COLUMNS = 8
"""A loop's level is estimated no more often than that."""
_N_TRIAL_ITERATIONS = 2
_CLEARLY_DB = 2.0
_AT_DOT = 0.02
"""Where other sounds weigh no more than this the phase is the source's own."""
_FINDING, _WANTING, _STARTING = 0.15, 0.25, 0.1
"""Shares of the time that finding voices, the target and the start phase take; the rest is iterating."""

Curve = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PathScore(Score):
    """What sounds at each column of a path.

    `places` are the maps in frequency of each source at each run of columns, None where nothing moves; `runs`
    says to which run a column belongs. Of each column `powers` is the K-weighted power by estimate,
    `gain_db` what brings that to what is wanted, `distance` how far it is from its sounds: (columns,) each.
    """

    places: tuple[tuple[Places | None, ...], ...]
    runs: Columns
    transport: Transport
    gain_db: Curve
    powers: Curve
    distance: Curve

    def _moved(self, level: Tensor, which: int, columns: Columns) -> Tensor:
        moved = []
        begin = 0
        for run, group in itertools.groupby(self.runs[columns].tolist()):
            count = len(list(group))
            part = level[:, begin : begin + count]
            places = self.places[which][run]
            moved.append(part if places is None else Transport.moved(part, self.transport.moves(places)))
            begin += count
        return torch.cat(moved, dim=1)


class PathRenderer:
    """Renders paths with what an engine knows.

    Parameters
    ----------
    sources : Sources
    shapes : ShapedClips
    mixer : Mixer
    spacing : EvenSpacing
    meter : BandMeter
    """

    def __init__(
        self, sources: Sources, shapes: ShapedClips, mixer: Mixer, spacing: EvenSpacing, meter: BandMeter
    ) -> None:
        self._sources, self._shapes = sources, shapes
        self._mixer, self._spacing, self._meter = mixer, spacing, meter

    def rendering(self, request: PathRequest) -> Generator[float, None, MorphResult]:
        """Render a path, a step at a time; as `MorphEngine.rendering`."""
        began = time.perf_counter()
        shaped = yield from self._shaped(request.whole)
        score = yield from self._score(request, shaped)
        magnitude, stft = yield from self._whole_target(score)
        tidy(score)
        done = _FINDING + _WANTING
        start, seed, n_iterations = stft, request.seed, shaped.n_iterations
        if n_iterations and len(score.sources) > 1:
            start = yield from _better_start(score, magnitude, stft, seed, done)
        del stft
        done += _STARTING
        steps = griffin_lim_steps(score.transform, magnitude, start, n_iterations, seed)
        del start  # gone with the first step, and large
        loop = yield from _told(steps, done, (1.0 - done) / max(1, n_iterations))
        reached_db = convergence_db(score.transform, loop, magnitude)
        del magnitude
        loop = close_seam(loop)
        if shaped.match_loudness:
            powers_of = partial(self._powers, score.transform)
            loop = bent_as_loud(self._levelled(score, loop), score.ceiling, shaped.n_frames, powers_of)
        samples = to_samples(bent_below(loop, score.ceiling))
        return MorphResult(samples, (time.perf_counter() - began) * 1000.0, reached_db)

    def _shaped(self, asked: MorphRequest) -> Generator[float, None, MorphRequest]:
        """Shape one sound after the other: a path may touch many, and each takes as long as a few drafts."""
        shaped, clips = asked, []
        for which in range(len(asked.clips)):
            alone = tuple(float(other == which) for other in range(len(asked.clips)))
            found = self._shapes.shaped(replace(asked, weights=alone))
            assert found is not None
            shaped = found
            clips.append(found.clips[which])
            yield 0.0
        return replace(shaped, clips=tuple(clips), weights=asked.weights)

    def _score(self, request: PathRequest, shaped: MorphRequest) -> Generator[float, None, PathScore]:
        """What sounds at each column."""
        transform = CircularStft(request.n_frames, self._sources.device)
        n_columns, n_loop = transform.n_columns, shaped.n_frames
        sources = []
        for clip in shaped.clips:
            sources.append(self._sources.of(clip, n_loop))
            yield 0.0
        runs = request.runs(n_columns)
        found = _Found(sources, n_columns, len(runs))
        centres = transform.centres.numpy() % n_loop
        levels = PathLevels(self._mixer, self._meter, shaped)
        begun = 0
        for number, (columns, weights) in enumerate(runs):
            heard = [which for which, weight in enumerate(weights) if weight > 0.0]
            given = tuple(weights[which] for which in heard)
            blended = tuple(sources[which] for which in heard)
            asked = replace(shaped, clips=tuple(shaped.clips[which] for which in heard), weights=given)
            shares = self._spacing.shares(asked) if shaped.even_spacing else given
            at = centres[columns].astype(np.float64)
            ways = self._mixer.ways_between(blended, given, at, shaped.align)
            found.add(number, columns, heard, ways, shares, shaped.detail)
            found.distance[columns] = 1.0 - sum(weight * weight for weight in given)
            if shaped.match_loudness:
                if number == 0 or columns.stop - begun >= _N_LEVEL_COLUMNS:
                    begun = columns.stop
                    level = levels.level(blended, given, shares, at[0], transform.hop)
                    found.levels += [(columns.start, level.gain_db), (columns.stop - 1, level.gain_db)]
                local = ways.bands(ways.bands_read(), shares, shaped.detail)
                found.powers[columns] = self._meter.k_powers(local) * 10.0 ** (level.missed_db / 10.0)
            if columns.start // _N_COLUMNS_AT_ONCE != columns.stop // _N_COLUMNS_AT_ONCE:
                yield _FINDING * columns.stop / n_columns
        return found.score(transform, self._sources.transport)

    def _whole_target(self, score: PathScore) -> Generator[float, None, tuple[Tensor, Tensor]]:
        """Magnitudes and start STFT (channels, bins, columns)."""
        n_columns, n_channels = score.transform.n_columns, max(len(s.extended) for s in score.sources)
        device = score.transform.device
        magnitude = torch.empty(n_channels, n_columns, N_BINS, device=device).transpose(-1, -2)
        stft = torch.empty_like(magnitude, dtype=torch.complex64)
        for first in range(0, n_columns, _N_COLUMNS_AT_ONCE):
            count = min(_N_COLUMNS_AT_ONCE, n_columns - first)
            level_db, found = target(score, self._sources.decoder, first, count)
            magnitude[..., first : first + count] = magnitude_from_db(level_db)
            stft[..., first : first + count] = found
            yield _FINDING + _WANTING * (first + count) / n_columns
        return magnitude, stft

    def _levelled(self, score: PathScore, loop: Tensor) -> Tensor:
        """Follow the loudness that the sounds have along the path.

        The shape of the gain is an estimate. What iterating has lost grows with the distance from the sounds,
        as far as the loudness of the whole says.
        """
        powers = self._powers(score.transform, loop)
        gain, hop_s = 10.0 ** (score.gain_db / 10.0), score.transform.hop / RATE_HZ
        missed_db = loudness_lufs(scaled(loop, score.gain_db)) - gated_db(powers * gain, hop_s)
        powers *= 10.0 ** (missed_db / 10.0)
        lost = lost_db(powers * gain, score.powers * gain, score.distance, hop_s)
        gain_db = score.gain_db + lost * score.distance
        return scaled(loop, gain_db)

    def _powers(self, transform: CircularStft, loop: Tensor) -> Curve:
        """K-weighted power at each column of a loop."""
        extended = transform.extended(loop)
        parts = (
            self._meter.k_powers(self._sources.bands(log_magnitude(transform.columns(extended, part))))
            for part in column_parts(transform.n_columns)
        )
        return np.concatenate(list(parts))


def finished(rendering: Generator[float, None, MorphResult]) -> MorphResult:
    """Go on with a render until it is done."""
    while True:
        try:
            next(rendering)
        except StopIteration as ended:
            result: MorphResult = ended.value
            return result


class _Found:
    """What is known of a path's columns while they are looked at."""

    def __init__(self, sources: Sequence[Source], n_columns: int, n_runs: int) -> None:
        self._sources = tuple(sources)
        shape = len(sources), n_columns
        self._path, self._quiet_path = np.zeros(shape), np.zeros(shape)
        self._share, self._quiet = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        self._places: list[list[Places | None]] = [[None] * n_runs for _ in sources]
        self._runs = np.zeros(n_columns, np.intp)
        self._detail = np.zeros(n_columns, np.float32)
        self.powers, self.distance = np.zeros(n_columns), np.zeros(n_columns)
        self.levels: list[tuple[int, float]] = []

    def add(
        self,
        number: int,
        columns: slice,
        heard: list[int],
        ways: Ways,
        shares: Sequence[float],
        detail: float,
    ) -> None:
        """Take in how the sources that are heard at some columns are read there."""
        share = ways.heard(shares)
        self._runs[columns] = number
        self._detail[columns] = detail * detail_share(share, ways.agreements)
        for which, reading, own, places in zip(heard, ways.readings, share, ways.places(shares), strict=True):
            self._path[which, columns], self._quiet_path[which, columns] = reading.path, reading.quiet_path
            self._share[which, columns], self._quiet[which, columns] = own, reading.quiet
            self._places[which][number] = places

    def score(self, transform: CircularStft, transport: Transport) -> PathScore:
        """All of it."""
        n_columns = len(self._runs)
        gain_db = np.zeros(n_columns)
        if self.levels:
            at, levels = (np.array(values, np.float64) for values in zip(*self.levels, strict=True))
            gain_db = np.interp(np.arange(n_columns), at, levels, period=n_columns)
        return PathScore(
            transform,
            self._sources,
            tuple(self._voices(which) for which in range(len(self._sources))),
            self._detail,
            None,
            tuple(map(tuple, self._places)),
            self._runs,
            transport,
            gain_db,
            self.powers,
            self.distance,
        )

    def _voices(self, which: int) -> tuple[Voice, ...]:
        share, quiet = self._share[which], self._quiet[which]
        loud: Shares = share * (1.0 - quiet)
        return Voice(self._path[which], loud), Voice(self._quiet_path[which], share * quiet)


def _better_start(
    score: PathScore, magnitude: Tensor, stft: Tensor, seed: int, done: float
) -> Generator[float, None, Tensor]:
    """As `target.better_start`; at dots the phase of the source, which is the very one, stays."""
    transform = score.transform
    peaks = torch.empty_like(stft)
    at_dot = torch.from_numpy(score.distance <= 2.0 * _AT_DOT).to(transform.device)
    missed = [0.0, 0.0]
    # One channel after the other, because what both are tried in takes most of a long path's memory.
    for channel in range(len(magnitude)):
        wanted = magnitude[channel : channel + 1]
        peaks[channel] = peak_phase(transform, wanted)[0]
        peaks[channel, :, at_dot] = stft[channel, :, at_dot]
        yield done
        power = float(torch.linalg.vector_norm(wanted)) ** 2
        for which, start in enumerate((stft, peaks)):
            steps = griffin_lim_steps(
                transform, wanted, start[channel : channel + 1], _N_TRIAL_ITERATIONS, seed + channel
            )
            loop = yield from _told(steps, done, 0.0)
            missed[which] += power * 10.0 ** (convergence_db(transform, loop, wanted) / 10.0)
    return peaks if missed[1] < missed[0] * 10.0 ** (-_CLEARLY_DB / 10.0) else stft


def _told(
    steps: Generator[None, None, Tensor], done: float, share_of_each: float
) -> Generator[float, None, Tensor]:
    """Iterate, saying how much is done."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            loop: Tensor = ended.value
            return loop
        done += share_of_each
        yield min(done, 1.0)
