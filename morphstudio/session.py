"""The session: which sounds are known, which are on the pad, where, how they are morphed. No Qt, no torch.

What a producer can change and take back is a value, `SessionState`: a change makes another one, and whoever
keeps the one before can go back to it. Sounds are kept until the end, for something may bring them back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from morphstudio.audio.clip import RATE_HZ, AudioClip
from morphstudio.library.sounds import Sound
from morphstudio.morph.gesture import GesturePath
from morphstudio.morph.musical_time import (
    HIGHEST_OWN_BPM,
    LOWEST_OWN_BPM,
    LoopTime,
    MusicalTime,
    bpm_within,
)
from morphstudio.morph.pad import PadModel
from morphstudio.morph.request import Blend, MorphRequest, PadPoint

_USUAL_BAR_S = 2.0
_FARTHEST = 4.0

Side = Literal["a", "b"]
Features = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class MorphOptions:
    """How morphs are made, whatever they are made of.

    Parameters
    ----------
    detail : float
        0..1: how much of the loops' own detail is kept.
    align, match_loudness, even_spacing : bool
        As in `MorphRequest`.
    pitch_st : int
        What is heard is shifted by so many semitones.
    """

    detail: float = 1.0
    align: bool = True
    match_loudness: bool = True
    even_spacing: bool = True
    pitch_st: int = 0


@dataclass(frozen=True, slots=True)
class SessionState:
    """All of a session that undo brings back.

    Parameters
    ----------
    dots : tuple of (str, PadPoint)
        Sounds on the pad, and where; in the order in which they came.
    options : MorphOptions
    side_a, side_b : str
        Sounds between which the slider goes; empty where none is chosen.
    n_frames : int
        Length of the loop; 0 where there is none yet.
    is_laid_by_hand : bool
        Whether a dot was moved: then the dots are not arranged anew.
    time : MusicalTime or None
        To which all loops are conformed; None leaves each at its own tempo.
    keeps_pitch : bool
        Whether loops keep their pitch at another tempo.
    loop_times : tuple of (str, LoopTime)
        What was set by hand of single sounds, by their ids.
    paths : tuple of GesturePath
    """

    dots: tuple[tuple[str, PadPoint], ...] = ()
    options: MorphOptions = field(default_factory=MorphOptions)
    side_a: str = ""
    side_b: str = ""
    n_frames: int = 0
    is_laid_by_hand: bool = False
    time: MusicalTime | None = None
    keeps_pitch: bool = True
    loop_times: tuple[tuple[str, LoopTime], ...] = ()
    paths: tuple[GesturePath, ...] = ()


class Session:
    """Sounds, dots and options."""

    def __init__(self) -> None:
        self._pad = PadModel()
        self._sounds: dict[str, Sound] = {}
        self._features: dict[str, Features] = {}
        self._by_digest: dict[str, str] = {}
        self._heard_bpm: dict[str, float] = {}
        self._rest = SessionState()
        self._n_arranged = 0

    # --- what it holds ------------------------------------------------------------------------

    @property
    def state(self) -> SessionState:
        """As it is now."""
        return replace(self._rest, dots=tuple(self._pad.dots.items()))

    @property
    def dots(self) -> dict[str, PadPoint]:
        """Where each sound on the pad is."""
        return self._pad.dots

    @property
    def options(self) -> MorphOptions:
        """How morphs are made."""
        return self._rest.options

    @property
    def n_frames(self) -> int:
        """Length of the loop; 0 where there is none yet."""
        return self._rest.n_frames

    @property
    def n_bars(self) -> int:
        """Of the loop. Until there is a tempo: bars near two seconds, as at 120 beats a minute."""
        if self.time is not None:
            return self.time.bars
        return 1 << max(0, round(math.log2(self.n_frames / RATE_HZ / _USUAL_BAR_S))) if self.n_frames else 1

    @property
    def bar_s(self) -> float:
        """How long one of them takes."""
        return self.n_frames / RATE_HZ / self.n_bars if self.n_frames else _USUAL_BAR_S

    @property
    def time(self) -> MusicalTime | None:
        """To which all loops are conformed; None leaves each at its own tempo."""
        return self._rest.time

    @property
    def keeps_pitch(self) -> bool:
        """Whether loops keep their pitch at another tempo."""
        return self._rest.keeps_pitch

    @property
    def paths(self) -> tuple[GesturePath, ...]:
        """Gestures that were kept."""
        return self._rest.paths

    def own_time(self, sound_id: str) -> LoopTime:
        """What was set of a sound by hand."""
        return next((time for known, time in self._rest.loop_times if known == sound_id), LoopTime())

    def time_of(self, sound_id: str) -> LoopTime:
        """What is set of a sound; in a session that has a tempo, also the tempo that the sound has there.

        That is the one that was set, else the one that was heard, or its half or double, whichever is nearer;
        where nobody knows any, it is as many beats long as stretch it the least. One that was set is taken as
        it is, unless it is four times as fast or as slow as the session.
        """
        loop_time = self.own_time(sound_id)
        if self.time is None:
            return loop_time
        if loop_time.bpm is not None and 1.0 / _FARTHEST <= loop_time.bpm / self.time.bpm <= _FARTHEST:
            return loop_time
        known = loop_time.bpm or self._heard_bpm.get(sound_id)
        return replace(loop_time, bpm=bpm_within(self.time, known, self._sounds[sound_id].clip.n_frames))

    def heard_bpm(self, sound_id: str) -> float | None:
        """Tempo that was heard in a sound."""
        return self._heard_bpm.get(sound_id)

    @property
    def n_new(self) -> int:
        """Dots that came since all were arranged; none where somebody has arranged them by hand."""
        return 0 if self._rest.is_laid_by_hand else len(self._pad) - self._n_arranged

    @property
    def n_arranged(self) -> int:
        """Dots that there were when all were arranged."""
        return self._n_arranged

    def sound(self, sound_id: str) -> Sound:
        """A known sound, on the pad or not."""
        return self._sounds[sound_id]

    def knows(self, sound_id: str) -> bool:
        """Whether there is such a sound."""
        return sound_id in self._sounds

    def same_as(self, clip: AudioClip) -> str:
        """The known sound with the same samples; empty where there is none."""
        return self._by_digest.get(clip.digest, "")

    def side(self, side: Side) -> str:
        """The sound at one end of the slider; empty where there is none on the pad."""
        sound_id = self._rest.side_a if side == "a" else self._rest.side_b
        return sound_id if sound_id in self._pad else ""

    def clips(self) -> list[AudioClip]:
        """Of the sounds on the pad."""
        return [self._sounds[sound_id].clip for sound_id in self._pad.dots]

    def blend_at(self, point: PadPoint) -> Blend:
        """What is heard at a point of the pad."""
        return self._pad.blend_at(point)

    def edges(self) -> list[tuple[str, str]]:
        """Pairs of dots that are joined by a line."""
        return self._pad.edges()

    def request(self, blend: Blend, explore: tuple[float, float] = (0.0, 0.0)) -> MorphRequest:
        """Everything that a render of a blend, or of what lies around one sound, depends on, captured."""
        options = self.options
        times = tuple(self.time_of(sound_id) for sound_id in blend.sound_ids)
        clips = tuple(self._sounds[sound_id].clip for sound_id in blend.sound_ids)
        return MorphRequest(
            clips,
            blend.weights,
            self.n_frames or clips[0].n_frames,
            options.detail,
            align=options.align,
            match_loudness=options.match_loudness,
            even_spacing=options.even_spacing,
            pitch_st=options.pitch_st,
            explore=explore,
            time=self.time,
            loop_times=() if self.time is None and set(times) == {LoopTime()} else times,
            keeps_pitch=self.keeps_pitch,
        )

    # --- what changes it ----------------------------------------------------------------------

    def learn(self, sound: Sound, features: Features) -> None:
        """Know a sound, without putting it on the pad."""
        self._sounds[sound.sound_id] = sound
        self._features[sound.sound_id] = features
        self._by_digest.setdefault(sound.clip.digest, sound.sound_id)

    def hear_tempo(self, sound_id: str, bpm: float | None) -> None:
        """Know what tempo was heard in a sound; None, or what is no loop's tempo, where there is none."""
        if bpm is None or not LOWEST_OWN_BPM <= bpm <= HIGHEST_OWN_BPM:
            self._heard_bpm.pop(sound_id, None)
        else:
            self._heard_bpm[sound_id] = bpm

    def place(self, sound_id: str, point: PadPoint | None = None) -> None:
        """Put a known sound on the pad, near what it sounds like where no point is given."""
        if point is not None:
            self._pad.place(sound_id, self._features[sound_id], point)
            self._rest = replace(self._rest, is_laid_by_hand=True)
        elif sound_id not in self._pad:
            self._pad.add(sound_id, self._features[sound_id])
        if not self.n_frames:
            self._rest = replace(self._rest, n_frames=self._sounds[sound_id].clip.n_frames)

    def take_off(self, sound_ids: Iterable[str]) -> None:
        """Take sounds off the pad; those that are not there are passed over."""
        for sound_id in sound_ids:
            self._pad.remove(sound_id)
        if not len(self._pad):
            self._n_arranged = 0
            rest, time = self._rest, self.time
            self._rest = SessionState(
                options=rest.options,
                n_frames=time.n_frames if time is not None else 0,
                time=time,
                keeps_pitch=rest.keeps_pitch,
                paths=rest.paths,
            )

    def replace(self, sound_id: str, other_id: str) -> None:
        """Put a known sound where another is, which goes."""
        point = self._pad.dots[sound_id]
        self._pad.remove(sound_id)
        self._pad.place(other_id, self._features[other_id], point)
        names = {"side_a": self._rest.side_a, "side_b": self._rest.side_b}
        moved = {name: other_id for name, known in names.items() if known == sound_id}
        self._rest = replace(self._rest, **moved)  # type: ignore[arg-type]

    def move(self, points: Mapping[str, PadPoint]) -> None:
        """Put dots somewhere else by hand."""
        self._pad.move_all(points)
        self._rest = replace(self._rest, is_laid_by_hand=True)

    def arrange(self) -> None:
        """Arrange all dots anew, by how they sound."""
        self._pad.layout({sound_id: self._features[sound_id] for sound_id in self._pad.dots})
        self._n_arranged = len(self._pad)
        self._rest = replace(self._rest, is_laid_by_hand=False)

    def choose_options(self, options: MorphOptions) -> None:
        """Make morphs in another way from now on."""
        self._rest = replace(self._rest, options=options)

    def choose_time(self, time: MusicalTime | None) -> None:
        """Conform all loops to a tempo and a length from now on; None leaves each at its own."""
        n_frames = time.n_frames if time is not None else 0
        if not n_frames and self._pad.dots:
            n_frames = self._sounds[next(iter(self._pad.dots))].clip.n_frames
        self._rest = replace(self._rest, time=time, n_frames=n_frames)

    def choose_keeps_pitch(self, keeps_pitch: bool) -> None:
        """Let loops keep their pitch at another tempo, or be played faster and slower."""
        self._rest = replace(self._rest, keeps_pitch=keeps_pitch)

    def choose_loop_time(self, sound_id: str, loop_time: LoopTime) -> None:
        """Set tempo, down-beat or shift of one sound."""
        times = dict(self._rest.loop_times) | {sound_id: loop_time}
        kept = tuple((known, value) for known, value in times.items() if value != LoopTime())
        self._rest = replace(self._rest, loop_times=kept)

    def choose_paths(self, paths: Iterable[GesturePath]) -> None:
        """Keep these gestures."""
        self._rest = replace(self._rest, paths=tuple(paths))

    def choose_side(self, side: Side, sound_id: str) -> None:
        """Put a sound at one end of the slider; at both ends it cannot be."""
        a, b = self._rest.side_a, self._rest.side_b
        if side == "a":
            a, b = sound_id, ("" if b == sound_id else b)
        else:
            a, b = ("" if a == sound_id else a), sound_id
        self._rest = replace(self._rest, side_a=a, side_b=b)

    def swap_sides(self) -> None:
        """Turn the slider round."""
        self._rest = replace(self._rest, side_a=self._rest.side_b, side_b=self._rest.side_a)

    def restore(self, state: SessionState) -> None:
        """Be as it was; all sounds of it are known."""
        wanted = dict(state.dots)
        for sound_id in self._pad.dots.keys() - wanted.keys():
            self._pad.remove(sound_id)
        for sound_id, point in wanted.items():
            self._pad.place(sound_id, self._features[sound_id], point)
        self._pad.restore(wanted)
        self._rest = replace(state, dots=())
        self._n_arranged = len(wanted)
