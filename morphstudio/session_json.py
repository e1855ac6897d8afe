"""A `SessionDocument` as JSON and back. Every value is checked by name, type and range. Reads no file."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from morphstudio.audio.clip import MAX_LOOP_S, RATE_HZ
from morphstudio.checked_values import BadValueError, CheckedObject, parse_json
from morphstudio.errors import ParameterError
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import (
    HIGHEST_BPM,
    HIGHEST_OWN_BPM,
    LOWEST_BPM,
    LOWEST_OWN_BPM,
    MOST_BEATS_PER_BAR,
    LoopTime,
    MusicalTime,
)
from morphstudio.morph.request import MOST_SEMITONES, PadPoint
from morphstudio.session import MorphOptions
from morphstudio.session_document import (
    LoopReference,
    ModelReference,
    PlacedLoop,
    SessionDocument,
)

FORMAT_VERSION: Final = 1
MOST_LOOPS: Final = 10_000

_DIGEST = re.compile(r"[0-9a-f]{32}")
_MOST_CHARACTERS, _MOST_PATH_CHARACTERS = 1_000, 8_000
_MOST_FRAMES = round(MAX_LOOP_S * RATE_HZ)
_MOST_FILE_BYTES = 2**53
_MOST_PATHS, _MOST_PATH_POINTS = 1_000, 100_000
_MOST_BARS = 1_024
_MOST_VERSION = 1_000_000


@dataclass(frozen=True, slots=True)
class LoopPlaces:
    """Where else than at its path a loop may be.

    Parameters
    ----------
    relative : str
        Its file's path seen from the session's folder, with slashes; empty where there is none.
    member : str
        What its file is called inside the session's; empty where it is not in there.
    """

    relative: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a text says.

    Parameters
    ----------
    document : SessionDocument
        Where the model is in the session's file, its path is "model.safetensors" and nothing else.
    places : dict
        By loops' digests.
    version : int
    """

    document: SessionDocument
    places: Mapping[str, LoopPlaces]
    version: int

    @property
    def is_newer(self) -> bool:
        """Whether a newer MorphStudio wrote it."""
        return self.version > FORMAT_VERSION


def to_json(document: SessionDocument, places: Mapping[str, LoopPlaces] | None = None) -> dict[str, Any]:
    """Object of JSON of a document; what was not understood when it was read is in there again."""
    places = places or {}
    unknown = json.loads(document.unknown)
    content: dict[str, Any] = {
        "format": FORMAT_VERSION,
        "loops": [_loop_to_json(dot, places.get(dot.loop.digest, LoopPlaces())) for dot in document.dots],
        "options": unknown.get("options", {}) | asdict(document.options),
        "sides": {"a": document.side_a, "b": document.side_b},
        "n_frames": document.n_frames,
        "is_laid_by_hand": document.is_laid_by_hand,
        "picked": None if document.picked is None else asdict(document.picked),
        "time": None if document.time is None else asdict(document.time),
        "keeps_pitch": document.keeps_pitch,
        "paths": [
            {
                "name": path.name,
                "bars": path.bars,
                "is_smooth": path.is_smooth,
                "points": [[point.t_beats, point.x, point.y] for point in path.points],
            }
            for path in document.paths
        ],
        "model": None
        if document.model is None
        else {"name": document.model.name, "path": str(document.model.path)},
    }
    whole: dict[str, Any] = unknown.get("session", {}) | content
    return whole


def from_json(content: bytes) -> ReadDocument:
    """Document that a text holds.

    Raises
    ------
    BadValueError
        If a value is not what it must be; the error's text says which. Then `version_in` may still tell
        whether the text is a newer MorphStudio's.
    """
    return from_parsed(parse_json(content))


def from_parsed(content: object) -> ReadDocument:
    """Document that an object of JSON is; as `from_json`."""
    raw = CheckedObject(content, "the session")
    version = raw.whole("format", 1, _MOST_VERSION)
    dots: list[PlacedLoop] = []
    places: dict[str, LoopPlaces] = {}
    for number, entry in enumerate(raw.items("loops", MOST_LOOPS), 1):
        dot, loop_places = _loop_from_json(CheckedObject(entry, f"loop {number}"))
        if dot.loop.digest in places:
            raise BadValueError(f"loop {number} is there twice")
        dots.append(dot)
        places[dot.loop.digest] = loop_places
    options, unknown_options = _options(raw.inner("options"))
    sides = raw.inner("sides")
    side_a, side_b = _side(sides, "a", places), _side(sides, "b", places)
    document = SessionDocument(
        dots=tuple(dots),
        options=options,
        side_a=side_a,
        side_b=side_b,
        n_frames=raw.whole("n_frames", 0, _MOST_FRAMES),
        is_laid_by_hand=raw.flag("is_laid_by_hand"),
        picked=_point(raw.inner("picked")) if raw.has("picked") else None,
        time=_time(raw.inner("time")) if raw.has("time") else None,
        keeps_pitch=raw.flag("keeps_pitch"),
        paths=tuple(
            _path(CheckedObject(entry, f"path {number}"))
            for number, entry in enumerate(raw.items("paths", _MOST_PATHS), 1)
        ),
        model=_model(raw.inner("model")) if raw.has("model") else None,
    )
    for name in ("picked", "time", "model"):
        raw.skip(name)
    unknown = {name: rest for name, rest in (("session", raw.rest()), ("options", unknown_options)) if rest}
    if unknown:
        document = _with_unknown(document, unknown)
    return ReadDocument(document, places, version)


def version_in(content: bytes) -> int:
    """Format that a text says it has; 0 where it says none."""
    try:
        raw = parse_json(content)
    except BadValueError:
        return 0
    version = raw.get("format") if isinstance(raw, dict) else None
    return version if type(version) is int else 0


def relative_to_session(path: Path, session_path: Path) -> str:
    """Path of a loop's file seen from the session's folder, with slashes; empty where there is none."""
    try:
        return Path(os.path.relpath(path, session_path.parent)).as_posix()
    except ValueError:  # on another drive
        return ""


def _with_unknown(document: SessionDocument, unknown: dict[str, Any]) -> SessionDocument:
    values = {entry.name: getattr(document, entry.name) for entry in fields(document)}
    return SessionDocument(**values | {"unknown": json.dumps(unknown, sort_keys=True)})


def _loop_to_json(dot: PlacedLoop, places: LoopPlaces) -> dict[str, Any]:
    loop = dot.loop
    return {
        "digest": loop.digest,
        "name": loop.name,
        "path": None if loop.path is None else str(loop.path),
        "relative": places.relative,
        "member": places.member,
        "n_bytes": loop.n_bytes,
        "x": dot.point.x,
        "y": dot.point.y,
        "time": asdict(dot.time),
        "heard_bpm": dot.heard_bpm,
    }


def _loop_from_json(raw: CheckedObject) -> tuple[PlacedLoop, LoopPlaces]:
    digest = raw.text("digest", 32)
    if not _DIGEST.fullmatch(digest):
        raise BadValueError("a loop's digest is none")
    path = Path(raw.path("path", _MOST_PATH_CHARACTERS)) if raw.has("path") else None
    loop = LoopReference(
        digest, raw.text("name", _MOST_CHARACTERS), path, raw.whole("n_bytes", 0, _MOST_FILE_BYTES)
    )
    places = LoopPlaces(raw.path("relative", _MOST_PATH_CHARACTERS), raw.text("member", _MOST_CHARACTERS))
    return PlacedLoop(loop, _point(raw), _loop_time(raw.inner("time")), _own_bpm(raw, "heard_bpm")), places


def _own_bpm(raw: CheckedObject, name: str) -> float | None:
    return raw.number(name, LOWEST_OWN_BPM, HIGHEST_OWN_BPM) if raw.has(name) else None


def _loop_time(raw: CheckedObject) -> LoopTime:
    return LoopTime(
        _own_bpm(raw, "bpm"),
        raw.whole("downbeat_frame", 0, _MOST_FRAMES),
        raw.whole("semitones", -MOST_SEMITONES, MOST_SEMITONES),
    )


def _point(raw: CheckedObject) -> PadPoint:
    return PadPoint(raw.number("x", 0.0, 1.0), raw.number("y", 0.0, 1.0))


def _options(raw: CheckedObject) -> tuple[MorphOptions, dict[str, Any]]:
    """Options, those that are missing as they are at first; and what is not known."""
    ranges: dict[str, tuple[int, int]] = {
        "detail": (0, 1),
        "pitch_st": (-MOST_SEMITONES, MOST_SEMITONES),
    }
    known = MorphOptions()
    values: dict[str, Any] = {}
    for entry in fields(known):
        if not raw.has(entry.name):
            raw.skip(entry.name)
            continue
        usual = getattr(known, entry.name)
        if isinstance(usual, bool):
            values[entry.name] = raw.flag(entry.name)
        elif isinstance(usual, int):
            values[entry.name] = raw.whole(entry.name, *ranges[entry.name])
        else:
            values[entry.name] = raw.number(entry.name, *ranges[entry.name])
    return MorphOptions(**values), raw.rest()


def _side(raw: CheckedObject, name: str, loops: Mapping[str, object]) -> str:
    digest = raw.text(name, 32)
    if digest and digest not in loops:
        raise BadValueError(f"side {name} is no loop of the session")
    return digest


def _time(raw: CheckedObject) -> MusicalTime:
    bpm, bars = raw.number("bpm", LOWEST_BPM, HIGHEST_BPM), raw.whole("bars", 1, _MOST_BARS)
    try:
        return MusicalTime(bpm, bars, raw.whole("beats_per_bar", 1, MOST_BEATS_PER_BAR))
    except ParameterError as error:
        raise BadValueError("time of the session is longer than a loop can be") from error


def _path(raw: CheckedObject) -> GesturePath:
    name, bars = raw.text("name", _MOST_CHARACTERS), raw.whole("bars", 1, _MOST_BARS)
    is_smooth = raw.flag("is_smooth")
    points: list[PathPoint] = []
    for entry in raw.items("points", _MOST_PATH_POINTS):
        if not isinstance(entry, list) or len(entry) != 3:
            raise BadValueError("a point of a path is not three numbers")
        point = CheckedObject(dict(zip(("t_beats", "x", "y"), entry, strict=True)), "a point of a path")
        t_beats = point.number("t_beats", 0.0, bars * MOST_BEATS_PER_BAR)
        if points and t_beats < points[-1].t_beats:
            raise BadValueError("the points of a path are not in order")
        points.append(PathPoint(t_beats, point.number("x", 0.0, 1.0), point.number("y", 0.0, 1.0)))
    return GesturePath(tuple(points), bars, name, is_smooth)


def _model(raw: CheckedObject) -> ModelReference:
    return ModelReference(Path(raw.path("path", _MOST_PATH_CHARACTERS)), raw.text("name", _MOST_CHARACTERS))
