"""Paths of a session: how long they are, and what their renders depend on. No Qt, no torch."""

from __future__ import annotations

import numpy as np

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import ParameterError
from morphstudio.morph.gesture import GesturePath
from morphstudio.morph.path_request import PathRequest, check_length, knot_count
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.session import Session

_USUAL_BEATS_PER_BAR = 4


def path_beats(session: Session, path: GesturePath) -> int:
    """How many beats a path takes; where the session has no tempo its bars have four."""
    time = session.time
    return path.n_beats(time.beats_per_bar if time is not None else _USUAL_BEATS_PER_BAR)


def path_frames(session: Session, path: GesturePath) -> int:
    """How many frames a path takes, exact to the sample where the session has a tempo."""
    if session.time is not None:
        return session.time.beat_frame(path_beats(session, path))
    return round(path.bars * session.bar_s * RATE_HZ)


def path_facts(session: Session, path: GesturePath) -> LoopFacts:
    """What the file of a path tells of tempo and beats; nothing of them where the session has no tempo."""
    time = session.time
    if time is None:
        return LoopFacts()
    return LoopFacts(time.bpm, path_beats(session, path), time.beats_per_bar)


def path_request(session: Session, path: GesturePath) -> PathRequest:
    """Everything that a render of a path depends on, captured.

    Raises
    ------
    ParameterError
        If there is no sound on the pad, the path has no points, or it is too long.
    """
    if not session.dots:
        raise ParameterError("Empty pad", "There is no sound on the pad.", "Put one there first.")
    n_frames, n_beats = path_frames(session, path), path_beats(session, path)
    check_length(n_frames)
    n_knots = knot_count(n_frames)
    places = path.places_at(np.arange(n_knots, dtype=np.float64) * (n_beats / n_knots), n_beats)
    blends = [session.blend_at(PadPoint(x, y)) for x, y in places.tolist()]
    columns = {
        sound_id: column
        for column, sound_id in enumerate(dict.fromkeys(i for blend in blends for i in blend.sound_ids))
    }
    weights = np.zeros((n_knots, len(columns)))
    for row, blend in zip(weights, blends, strict=True):
        for sound_id, weight in zip(blend.sound_ids, blend.weights, strict=True):
            row[columns[sound_id]] = weight
    return PathRequest(session.request(Blend(tuple(columns), tuple(weights[0].tolist()))), weights, n_frames)
