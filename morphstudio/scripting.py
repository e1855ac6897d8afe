"""What scripts use: sounds, a pad of them, morphs and paths on it. `import morphstudio` offers these names.

A thin layer: what it makes is what the window makes, to the byte.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.audio.export import ExportOptions, write_loop
from morphstudio.audio.files import load_clip
from morphstudio.compute import ComputeDevice, compute_device
from morphstudio.errors import ParameterError
from morphstudio.library.sounds import Sound, family_of_name, outline
from morphstudio.library.timbre import timbre_vector
from morphstudio.morph.gesture import GesturePath, PathPoint
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.path_request import PathRequest
from morphstudio.morph.request import Blend, MorphRequest, PadPoint
from morphstudio.paths import factory_model_path
from morphstudio.session import MorphOptions
from morphstudio.session import Session as Pad
from morphstudio.session_file import open_session
from morphstudio.session_paths import path_facts, path_request
from morphstudio.session_reading import free_name, read_session
from morphstudio.tempos import told_bpm, wanted_time

if TYPE_CHECKING:
    from morphstudio.morph.engines import Engine


def load_sound(path: str | Path) -> AudioClip:
    """Read a sound file: WAV, AIFF, FLAC, MP3, OGG, M4A and more.

    Returns
    -------
    AudioClip
        44.1 kHz, mono or stereo, at most its first 64 s; its `samples` are float32, shape (frames, channels).

    Raises
    ------
    MorphStudioError
        If there is no such file, or no sound in it.
    """
    return load_clip(Path(path).absolute())[0]


class Session:
    """Sounds on a pad, and the engine that renders what lies between them.

    The first sound gives the loop its length; shorter ones repeat, longer ones are cut. With `set_time` all
    are brought to a tempo and are so many bars long.

    Parameters
    ----------
    model_path : Path or str, optional
        A model file; the one that ships if it is not given. Loaded with the first render.
    device : {"auto", "cpu", "cuda", "mps"}

    Attributes
    ----------
    notes : tuple of str
        What is to be known of the loops of a session that was opened, as that one has changed.
    """

    def __init__(self, model_path: str | Path | None = None, device: str = "auto") -> None:
        self._pad = Pad()
        self._model_path = Path(model_path) if model_path is not None else factory_model_path()
        self._device = ComputeDevice(device)
        self.notes: tuple[str, ...] = ()

    @classmethod
    def open(cls, path: str | Path, device: str = "auto") -> Session:
        """Read a session that the window saved, with its loops, tempo, paths and model.

        Parameters
        ----------
        path : Path or str
            A `.morph` file; its loops are in it, or where they were.
        device : str
            As for the class.

        Raises
        ------
        MorphStudioError
            If it cannot be read, or a loop is missing.
        """
        with tempfile.TemporaryDirectory(prefix="morphstudio-") as folder:
            opened = open_session(Path(path).absolute(), Path(folder) / "session")
            model = opened.document.model
            session = cls(None if model is None else model.path, device)
            session._pad, session.notes = read_session(opened)
            if model is not None:
                session._load()  # it may be in the file
        return session

    @property
    def sounds(self) -> dict[str, tuple[float, float]]:
        """Where each sound is: its name to x and y, 0 to 1."""
        return {name: (point.x, point.y) for name, point in self._pad.dots.items()}

    @property
    def bpm(self) -> float | None:
        """Tempo in beats per minute; None where each sound keeps its own."""
        return None if self._pad.time is None else self._pad.time.bpm

    @property
    def bars(self) -> int | None:
        """Length in bars; None where there is no tempo."""
        return None if self._pad.time is None else self._pad.time.bars

    def set_time(self, bpm: float, bars: int | None = None, *, keep_pitch: bool = True) -> None:
        """Bring all sounds to a tempo and a length from now on.

        Parameters
        ----------
        bpm : float
            30 to 300.
        bars : int, optional
            Of four beats; as many as the first sound has at that tempo if it is not given.
        keep_pitch : bool
            Whether sounds keep their pitch; otherwise it follows the tempo, as a record's does.

        Raises
        ------
        ParameterError
            If there is no such tempo, or the loop would be too long.
        """
        clips = self._pad.clips()
        if clips:
            self._pad.choose_time(wanted_time(clips, bpm, bars))
        else:
            self._pad.choose_time(MusicalTime(bpm, 1 if bars is None else bars))
        self._pad.choose_keeps_pitch(keep_pitch)

    def add(
        self, sound: AudioClip, x: float | None = None, y: float | None = None, bpm: float | None = None
    ) -> str:
        """Put a sound on the pad; without a place, near what it sounds like.

        Parameters
        ----------
        sound : AudioClip
        x, y : float, optional
            0 to 1.
        bpm : float, optional
            Its own tempo, for `set_time`; what its file says if it is not given.

        Returns
        -------
        str
            What it is called here: its name, with a number where another is called so.
        """
        if (x is None) != (y is None):
            raise ParameterError("Bad place", "A place on the pad has an x and a y.", "Give both, or none.")
        name = free_name(self._pad, sound.name)
        known = Sound(name, sound, family_of_name(sound.name), outline(sound))
        self._pad.learn(known, timbre_vector(sound))
        self._pad.hear_tempo(name, told_bpm(sound))
        if bpm is not None:
            self._pad.choose_loop_time(name, LoopTime(bpm))
        self._pad.place(name, PadPoint(x, y) if x is not None and y is not None else None)
        return name

    def arrange(self) -> None:
        """Arrange all sounds by how they sound, as the window does."""
        self._pad.arrange()

    def set_options(self, options: MorphOptions) -> None:
        """Make morphs in another way from now on."""
        self._pad.choose_options(options)

    def at(self, x: float, y: float) -> Morph:
        """What lies at a point of the pad.

        Raises
        ------
        ParameterError
            If there is no sound on the pad.
        """
        if not self._pad.dots:
            raise ParameterError("Empty pad", "There is no sound on the pad.", "Add one first.")
        return self._morph(self._pad.blend_at(PadPoint(x, y)))

    def between(self, sounds: Sequence[str], weights: Sequence[float]) -> Morph:
        """Morph of these sounds, wherever they lie on the pad.

        Parameters
        ----------
        sounds : sequence of str
            As `add` called them.
        weights : sequence of float
            One for each, not negative; only their ratios matter.

        Raises
        ------
        ParameterError
            If a sound is not known, or the weights do not fit.
        """
        unknown = [name for name in sounds if not self._pad.knows(name)]
        if unknown or not sounds:
            named = ", ".join(unknown) or "none at all"
            known = ", ".join(self._pad.dots) or "none"
            raise ParameterError("Unknown sound", f"The pad does not know: {named}.", f"It knows: {known}.")
        total = sum(weights)
        if len(weights) != len(sounds) or min(weights) < 0.0 or not total > 0.0:
            raise ParameterError(
                "Bad weights", f"{list(weights)} are no weights for {len(sounds)} sounds.",
                "Give one for each, none negative, one above 0.",
            )  # fmt: skip
        return self._morph(Blend(tuple(sounds), tuple(weight / total for weight in weights)))

    @property
    def paths(self) -> tuple[str, ...]:
        """What the paths of a session are called, in their order."""
        return tuple(path.name for path in self._pad.paths)

    def path(self, which: str | int = 0) -> PathMorph:
        """A path of a session that was opened.

        Parameters
        ----------
        which : str or int
            Its name, or its place in `paths`, from 0 on.

        Raises
        ------
        ParameterError
            If there is none.
        """
        paths = self._pad.paths
        numbers = [number for number, path in enumerate(paths) if which in (number, path.name)]
        if not numbers:
            known = ", ".join(f"{number} {path.name}".strip() for number, path in enumerate(paths)) or "none"
            raise ParameterError("No such path", f"The session has no path {which!r}.", f"It has: {known}.")
        return self._path_morph(paths[numbers[0]])

    def along(
        self, points: Iterable[tuple[float, float, float]], bars: int, *, is_smooth: bool = False
    ) -> PathMorph:
        """A path over the pad that comes round to where it began.

        Parameters
        ----------
        points : iterable of (beat, x, y)
            Where it is when: beats from 0 on, in order; x and y from 0 to 1. Of two at the same beat it jumps
            to the second.
        bars : int
            How long one time round is: of four beats, or what the tempo's bars have.
        is_smooth : bool
            Whether it goes in a curve, not in straight lines.

        Raises
        ------
        ParameterError
            If there is no sound on the pad, or that is no path.
        """
        way = tuple(PathPoint(*map(float, point)) for point in points)
        is_on_pad = all(0.0 <= value <= 1.0 for point in way for value in (point.x, point.y))
        n_beats = bars * (4 if self._pad.time is None else self._pad.time.beats_per_bar)
        times = [0.0, *(point.t_beats for point in way)]
        if not (is_on_pad and way and all(a <= b < n_beats for a, b in pairwise(times))):
            raise ParameterError(
                "Bad path", "These points are no path.",
                f"Give beats in order, from 0 to less than {n_beats}, and places from 0 to 1.",
            )  # fmt: skip
        return self._path_morph(GesturePath(way, bars, is_smooth=is_smooth))

    def _path_morph(self, path: GesturePath) -> PathMorph:
        request, facts = path_request(self._pad, path), path_facts(self._pad, path)
        return PathMorph(self, request, facts, path.name)

    def _morph(self, blend: Blend) -> Morph:
        return Morph(self, self._pad.request(blend), dict(zip(blend.sound_ids, blend.weights, strict=True)))

    @cached_property
    def engine(self) -> Engine:
        """What renders; imports torch and loads the model."""
        from morphstudio.model.checkpoint import load_any_model
        from morphstudio.morph.engines import make_engine

        return make_engine(load_any_model(self._model_path), compute_device(self._device))

    def _load(self) -> Engine:
        return self.engine


@dataclass(frozen=True, slots=True, eq=False)
class Morph:
    """A loop between loops. Rendered with each call; the same morph gives the same samples.

    Parameters
    ----------
    session : Session
    request : MorphRequest
    weights : dict
        Each sound's name to its share; they sum to 1.
    """

    session: Session
    request: MorphRequest
    weights: dict[str, float]

    @property
    def bpm(self) -> float | None:
        """Tempo in beats per minute; None where there is none."""
        return None if self.request.time is None else self.request.time.bpm

    @property
    def bars(self) -> int | None:
        """Length in bars; None where there is no tempo."""
        return None if self.request.time is None else self.request.time.bars

    def render(self) -> AudioClip:
        """The finished loop."""
        samples: Samples = self.session.engine.render(self.request).samples
        return AudioClip(samples, " + ".join(self.weights))

    def shifted(self, semitones: int) -> Morph:
        """The same in another pitch, -12 to 12 semitones; the rhythm stays."""
        return replace(self, request=replace(self.request, pitch_st=semitones))

    def save(self, path: str | Path, options: ExportOptions | None = None) -> Path:
        """Render it to a file: written beside and renamed, so that it is whole or not there.

        Parameters
        ----------
        path : Path or str
        options : ExportOptions, optional
            Format, bits, rate and so on; a 24 bit WAV if they are not given.

        Returns
        -------
        Path
            Absolute.
        """
        target = Path(path).absolute()
        write_loop(target, self.render().samples, options or ExportOptions(), self.request.seed)
        return target


@dataclass(frozen=True, slots=True, eq=False)
class PathMorph:
    """A clip that morphs along a path, seamless where it comes round. Rendered with each call, as `Morph` is.

    Parameters
    ----------
    session : Session
    request : PathRequest
    facts : LoopFacts
        What its file tells of tempo and beats.
    name : str
        Of the path; may be empty.
    """

    session: Session
    request: PathRequest
    facts: LoopFacts
    name: str

    def render(self) -> AudioClip:
        """The finished clip.

        Raises
        ------
        ParameterError
            If the model knows no paths.
        """
        return AudioClip(self.session.engine.render_path(self.request).samples, self.name or "path")

    def save(self, path: str | Path, options: ExportOptions | None = None) -> Path:
        """Render it to a file; as `Morph.save`, but it tells tempo and beats if no options are given."""
        target = Path(path).absolute()
        options = options or ExportOptions(facts=self.facts)
        write_loop(target, self.render().samples, options, self.request.seed)
        return target
