"""Which part of which loop is heard when: what stands between a request and the decoder.

A mixture is made of voices. A voice reads one source along a path and has a share at each column; a source
whose hits are left out has a second voice that reads what is softer, before them or after them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor

from morphstudio.morph.align import (
    Field,
    Frames,
    Pairs,
    Reading,
    field_between,
    heard_shares,
    match_onsets,
    readings,
)
from morphstudio.morph.request import MorphRequest
from morphstudio.morph.score import Columns, Score, voices_of
from morphstudio.morph.sources import BandLevels, Source, Sources
from morphstudio.morph.transport import Moves, Places, Transport, moved_bands

ESTIMATE_COLUMNS = 8
"""Every so many columns are looked at where an estimate is enough."""

_N_REMEMBERED = 2048
_N_PAIRS = 512
"""What belongs to two loops takes 8 kB: as many as there are between the loops that stay encoded."""
_LEAST_DETAIL = 0.5
_UNLIKE_NEPERS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """What belongs to two loops, a and b.

    `quantiles_ab` says where the bands of a lie in b; `agreement` is 1 if both sound the same, 0 if they are
    not at all alike.
    """

    matches: Pairs
    there: Field
    back: Field
    quantiles_ab: Places
    quantiles_ba: Places
    agreement: float

    def turned(self) -> Pair:
        """The same of b and a."""
        return Pair(
            self.matches[:, ::-1],
            self.back,
            self.there,
            self.quantiles_ba,
            self.quantiles_ab,
            self.agreement,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """How sources are read together at some columns, whatever their shares.

    `quantiles` says where the bands of each lie in each, None standing for itself; `agreements` is (sources,
    sources).
    """

    sources: tuple[Source, ...]
    readings: tuple[Reading, ...]
    quantiles: tuple[tuple[Places | None, ...], ...]
    agreements: Frames
    hop: float
    transport: Transport

    def heard(self, shares: Sequence[float]) -> Frames:
        """Share of each source at each column: (sources, columns)."""
        return heard_shares(np.stack([reading.lift for reading in self.readings]), np.array(shares))

    def places(self, shares: Sequence[float]) -> list[Places | None]:
        """Map in frequency of each source; None where it is alone."""
        if len(self.sources) == 1:
            return [None]
        return [self.transport.places(quantiles, shares) for quantiles in self.quantiles]

    def every(self, step: int) -> Ways:
        """The same at every so many columns."""
        thinned = tuple(
            Reading(r.path[::step], r.lift[::step], r.quiet_path[::step], r.quiet[::step])
            for r in self.readings
        )
        return Ways(self.sources, thinned, self.quantiles, self.agreements, self.hop, self.transport)

    def bands_read(self) -> list[tuple[BandLevels, BandLevels]]:
        """Bands of each source as it is read, and of what the decoder makes of it: (columns, mels) each."""
        found = []
        for source, reading in zip(self.sources, self.readings, strict=True):
            columns = self._columns(reading.path)
            whole, decoded = source.bands.whole[columns], source.bands.decoded[columns]
            if reading.quiet.any():
                columns = self._columns(reading.quiet_path)
                quiet = reading.quiet.astype(np.float32)[:, None]
                whole += quiet * (source.bands.whole[columns] - whole)
                decoded += quiet * (source.bands.decoded[columns] - decoded)
            found.append((whole, decoded))
        return found

    def _columns(self, path: Frames) -> Columns:
        columns: Columns = np.rint(path / self.hop).astype(np.intp)
        return columns % len(self.sources[0].bands.whole)

    def bands(
        self, read: list[tuple[BandLevels, BandLevels]], shares: Sequence[float], detail: float
    ) -> BandLevels:
        """Estimated log power in mel bands, (columns, mels) in nepers, decoding nothing.

        Parameters
        ----------
        read : list
            As from `bands_read`.
        shares : sequence of float
        detail : float
            As in a request.
        """
        heard = self.heard(shares)
        decoded, carried = np.zeros_like(read[0][0]), np.zeros_like(read[0][0])
        for (whole, own), share, places in zip(read, heard, self.places(shares), strict=True):
            weight = share.astype(np.float32)[:, None]
            if places is not None:
                whole = moved_bands(whole, self.transport.source_mels(places))
            decoded += weight * own
            carried += weight * whole
        given_back = (detail * detail_share(heard, self.agreements)).astype(np.float32)[:, None]
        bands: BandLevels = decoded + given_back * (carried - decoded)
        return bands


@dataclass(frozen=True, slots=True, eq=False)
class Mixture(Score):
    """The sources of one request with a weight above zero.

    `shares` are what the spectrum follows; `moves` the maps in frequency, None where nothing moves;
    `loudness_lufs` is what was asked for.
    """

    ways: Ways
    weights: tuple[float, ...]
    shares: tuple[float, ...]
    moves: tuple[Moves | None, ...]
    loudness_lufs: float

    def bands(self, detail: float) -> BandLevels:
        """Estimated log power in mel bands, (every eighth column, mels) in nepers, decoding nothing."""
        ways = self.ways.every(ESTIMATE_COLUMNS)
        return ways.bands(ways.bands_read(), self.shares, detail)

    def _moved(self, level: Tensor, which: int, columns: Columns) -> Tensor:
        moves = self.moves[which]
        return level if moves is None else Transport.moved(level, moves)


class Mixer:
    """Makes mixtures, and remembers what belongs to pairs of loops.

    Parameters
    ----------
    sources : Sources
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._pairs: OrderedDict[tuple[str, str, int], Pair] = OrderedDict()

    def mixture(self, request: MorphRequest, shares: Sequence[float] | None = None) -> Mixture:
        """Prepare the sources that a request hears, and say how each is read.

        Parameters
        ----------
        request : MorphRequest
            Times, hits and loudness follow its weights.
        shares : sequence of float
            What the spectrum follows, where it is not the weights.
        """
        heard = [index for index, weight in enumerate(request.weights) if weight > 0.0]
        weights = tuple(request.weights[index] for index in heard)
        base = tuple(shares[index] for index in heard) if shares else weights
        ways = self.ways(request, weights)
        share = ways.heard(base)
        detail = (request.detail * detail_share(share, ways.agreements)).astype(np.float32)
        moves = tuple(
            None if places is None else self._sources.transport.moves(places) for places in ways.places(base)
        )
        voices = tuple(map(voices_of, ways.readings, share.astype(np.float32)))
        loudness = sum(w * s.loudness_lufs for w, s in zip(weights, ways.sources, strict=True))
        transform = self._sources.cache.transform(request.n_frames)
        return Mixture(transform, ways.sources, voices, detail, None, ways, weights, base, moves, loudness)

    def ways(self, request: MorphRequest, weights: tuple[float, ...], step: int = 1) -> Ways:
        """How the sources that a request hears are read with some weights, at every so many columns."""
        centres = self._sources.cache.transform(request.n_frames).centres[::step]
        sources = tuple(
            self._sources.of(clip, request.n_frames)
            for clip, weight in zip(request.clips, request.weights, strict=True)
            if weight > 0.0
        )
        return self.ways_between(sources, weights, centres.numpy().astype(np.float64), request.align)

    def ways_between(
        self, sources: tuple[Source, ...], weights: tuple[float, ...], at: Frames, align: bool
    ) -> Ways:
        """How sources of one length are read together with some weights, at some frames.

        Parameters
        ----------
        sources : tuple of Source
        weights : tuple of float
            One for each, above 0, summing to 1.
        at : float64, shape (columns,)
        align : bool
            As in a request.
        """
        n_frames = sources[0].n_frames
        matches: dict[tuple[int, int], Pairs] = {}
        fields: dict[tuple[int, int], Field] = {}
        agreements = np.eye(len(sources))
        quantiles: list[list[Places | None]] = [[None] * len(sources) for _ in sources]
        for i in range(len(sources)):
            for j in range(i + 1, len(sources)):
                pair = self._pair(sources[i], sources[j])
                matches[i, j], fields[i, j], fields[j, i] = pair.matches, pair.there, pair.back
                quantiles[i][j], quantiles[j][i] = pair.quantiles_ab, pair.quantiles_ba
                agreements[i, j] = agreements[j, i] = pair.agreement
        if align:
            found = readings([source.hits for source in sources], matches, fields, weights, at, n_frames)
        else:
            found = (Reading(at, np.zeros(len(at)), at, np.zeros(len(at))),) * len(sources)
        known = tuple(map(tuple, quantiles))
        hop = n_frames / sources[0].latent.shape[1]
        return Ways(sources, found, known, agreements, hop, self._sources.transport)

    def _pair(self, a: Source, b: Source) -> Pair:
        """What belongs to two loops; the same, whichever comes first."""
        if b.digest < a.digest:
            return self._pair(b, a).turned()
        key = (a.digest, b.digest, a.n_frames)
        if key not in self._pairs:
            self._pairs[key] = self._paired(a, b)
            trim(self._pairs, _N_PAIRS)
        self._pairs.move_to_end(key)
        return self._pairs[key]

    def _paired(self, a: Source, b: Source) -> Pair:
        n_frames = a.n_frames
        matches = match_onsets(a.onsets, b.onsets, n_frames)
        reverse = matches[np.argsort(matches[:, 1], kind="stable"), ::-1]
        apart = float(np.sqrt(np.square(a.bands.whole - b.bands.whole).mean()))
        return Pair(
            matches,
            field_between(a.onsets, b.onsets, matches, n_frames),
            field_between(b.onsets, a.onsets, reverse, n_frames),
            self._sources.transport.quantiles(a.bands.cumulated, b.bands.cumulated),
            self._sources.transport.quantiles(b.bands.cumulated, a.bands.cumulated),
            max(0.0, 1.0 - apart / _UNLIKE_NEPERS),
        )


def trim(remembered: OrderedDict[Any, Any], n_entries: int = _N_REMEMBERED) -> None:
    """Forget the oldest entry of a memory that has grown beyond its bound."""
    if len(remembered) > n_entries:
        remembered.popitem(last=False)


def detail_share(shares: Frames, agreements: Frames) -> Frames:
    """How much of what the decoder loses is given back: all at a dot, half of it far from any.

    As far as sounds agree nothing fades: a sound blends with itself to itself.

    Parameters
    ----------
    shares : float64, shape (sources, columns)
    agreements : float64, shape (sources, sources)
        Between each two sources, 0 to 1; 1 of a source with itself.

    Returns
    -------
    float64, shape (columns,)

    >>> detail_share(np.array([[1.0, 0.5], [0.0, 0.5]]), np.eye(2)).tolist()
    [1.0, 0.625]
    >>> detail_share(np.array([[0.5], [0.5]]), np.ones((2, 2))).tolist()
    [1.0]
    """
    closeness = (shares * (agreements @ shares)).sum(axis=0)
    found: Frames = _LEAST_DETAIL + (1.0 - _LEAST_DETAIL) * np.square(closeness)
    return found
