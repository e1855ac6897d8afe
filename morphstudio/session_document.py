"""What of a session outlives its window, as values: what its file and its journal hold. No Qt, no torch.

A `Session` knows sounds by ids that are its own; a `SessionDocument` knows them by the digests of their
samples, which are the same in every window and after every start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from morphstudio.audio.clip import AudioClip
from morphstudio.morph.gesture import GesturePath
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.request import PadPoint
from morphstudio.session import MorphOptions, Session, SessionState


@dataclass(frozen=True, slots=True)
class LoopReference:
    """A loop, and where its file is.

    Parameters
    ----------
    digest : str
        Of the samples at 44.1 kHz, as `AudioClip.digest`; what the document knows the loop by.
    name : str
        As people read it.
    path : Path or None
        Of its file; None for a loop that has none of its own.
    n_bytes : int
        Size of the file when the session was saved; 0 where it was not told.
    """

    digest: str
    name: str
    path: Path | None
    n_bytes: int = 0


@dataclass(frozen=True, slots=True)
class PlacedLoop:
    """A loop on the pad.

    Parameters
    ----------
    loop : LoopReference
    point : PadPoint
    time : LoopTime
        What was set by hand.
    heard_bpm : float or None
        Tempo that was heard in it, 1 to 1000, so that it sounds the same before anybody listens again.
    """

    loop: LoopReference
    point: PadPoint
    time: LoopTime = field(default_factory=LoopTime)
    heard_bpm: float | None = None


@dataclass(frozen=True, slots=True)
class ModelReference:
    """A model that is not the factory's.

    Parameters
    ----------
    path : Path
        Of its `.safetensors` file on this machine.
    name : str
        As people read it.
    """

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class SessionDocument:
    """All that is kept of a session.

    Parameters
    ----------
    dots : tuple of PlacedLoop
        No digest twice; in the order in which they came.
    options : MorphOptions
    side_a, side_b : str
        Digests of the loops between which the slider goes; empty where none is chosen.
    n_frames : int
        Length of the session's loop at 44.1 kHz; 0 where there is none yet.
    is_laid_by_hand : bool
        As in `SessionState`.
    picked : PadPoint or None
        What was heard last.
    time : MusicalTime or None
        None until there is a tempo.
    keeps_pitch : bool
        As in `SessionState`.
    paths : tuple of GesturePath
    model : ModelReference or None
        None is the factory's.
    unknown : str
        What another version wrote and this one does not know, as JSON; it is written again.
    """

    dots: tuple[PlacedLoop, ...] = ()
    options: MorphOptions = field(default_factory=MorphOptions)
    side_a: str = ""
    side_b: str = ""
    n_frames: int = 0
    is_laid_by_hand: bool = False
    picked: PadPoint | None = None
    time: MusicalTime | None = None
    keeps_pitch: bool = True
    paths: tuple[GesturePath, ...] = ()
    model: ModelReference | None = None
    unknown: str = "{}"


def document_of(
    session: Session,
    *,
    picked: PadPoint | None = None,
    model: ModelReference | None = None,
    absent: Iterable[PlacedLoop] = (),
    unknown: str = "{}",
) -> SessionDocument:
    """All that is kept of a session as it is now; no file is looked at.

    Parameters
    ----------
    session : Session
    picked, model, unknown : as in `SessionDocument`
    absent : iterable of PlacedLoop
        Loops that were missing when the session was opened: they stay in it until somebody takes them out.
    """
    state = session.state
    loop_times = dict(state.loop_times)
    dots: dict[str, PlacedLoop] = {}
    for sound_id, point in state.dots:
        clip = session.sound(sound_id).clip
        own, heard_bpm = loop_times.get(sound_id, LoopTime()), session.heard_bpm(sound_id)
        dots.setdefault(clip.digest, PlacedLoop(reference_of(clip), point, own, heard_bpm))
    for dot in absent:
        dots.setdefault(dot.loop.digest, dot)

    def digest_at(side: str) -> str:
        return session.sound(side).clip.digest if side and side in session.dots else ""

    return SessionDocument(
        dots=tuple(dots.values()),
        options=state.options,
        side_a=digest_at(state.side_a),
        side_b=digest_at(state.side_b),
        n_frames=state.n_frames,
        is_laid_by_hand=state.is_laid_by_hand,
        picked=None if picked is None else PadPoint(_on_pad(picked.x), _on_pad(picked.y)),
        time=state.time,
        keeps_pitch=state.keeps_pitch,
        paths=state.paths,
        model=model,
        unknown=unknown,
    )


def _on_pad(value: float) -> float:
    return float(min(max(value, 0.0), 1.0))


def reference_of(clip: AudioClip) -> LoopReference:
    """A loop as a document knows it."""
    return LoopReference(clip.digest, clip.name, clip.path)


def state_of(document: SessionDocument, sound_ids: Mapping[str, str]) -> SessionState:
    """What `Session.restore` takes, when the loops of a document have been read.

    Parameters
    ----------
    document : SessionDocument
    sound_ids : mapping
        From a loop's digest in the document to the sound that was read for it; loops that are not in it are
        left out.
    """
    dots = {sound_ids[dot.loop.digest]: dot.point for dot in document.dots if dot.loop.digest in sound_ids}
    time = document.time
    return SessionState(
        dots=tuple(dots.items()),
        options=document.options,
        side_a=sound_ids.get(document.side_a, ""),
        side_b=sound_ids.get(document.side_b, ""),
        n_frames=time.n_frames if time is not None else document.n_frames if dots else 0,
        is_laid_by_hand=document.is_laid_by_hand,
        time=time,
        keeps_pitch=document.keeps_pitch,
        loop_times=tuple(
            (sound_ids[dot.loop.digest], dot.time)
            for dot in document.dots
            if dot.loop.digest in sound_ids and dot.time != LoopTime()
        ),
        paths=document.paths,
    )


def tell_tempos(session: Session, dots: Iterable[PlacedLoop], sound_ids: Mapping[str, str]) -> None:
    """Have a session know what tempos were heard in the loops of a document; `sound_ids` as in `state_of`."""
    for dot in dots:
        if dot.heard_bpm is not None and dot.loop.digest in sound_ids:
            session.hear_tempo(sound_ids[dot.loop.digest], dot.heard_bpm)
