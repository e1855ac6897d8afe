"""The values that travel between the window, the command line and the engine. No torch, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.errors import ParameterError
from morphstudio.morph.musical_time import LoopTime, MusicalTime

MOST_SEMITONES = 12
"""How far a request may be shifted, down or up."""


@dataclass(frozen=True, slots=True)
class PadPoint:
    """A place on the pad in pad units: both axes 0..1, y upwards."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Blend:
    """Which sounds are heard at a point, and how much of each.

    `sound_ids` and `weights` are equally long (1 to 3 on the pad); weights are positive, sum to 1
    and fall from first to last.
    """

    sound_ids: tuple[str, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MorphRequest:
    """Everything a render depends on, captured; callable on any thread. Same request, same bytes.

    Parameters
    ----------
    clips : tuple of AudioClip
        The sounds to blend; fitted to `n_frames` by the engine (repeated or cut).
    weights : tuple of float
        One for each clip, not negative, summing to 1.
    n_frames : int
        Length of the result in frames.
    detail : float
        0..1: how much of what the decoder lost is added back.
    seed : int
        Of the noise that fills bins in which no source has a phase.
    align : bool
        Whether hits that belong together meet at their weighted time.
    match_loudness : bool
        Whether the loudness follows the weights; otherwise it is what comes out.
    even_spacing : bool
        Whether weights are re-spaced so that equal steps are equal audible changes.
    n_iterations : int
        Of Griffin-Lim in the final render.
    pitch_st : int
        Semitones by which the sounds are shifted before they are blended, -12 to 12.
    explore : tuple of float
        With one sound: how far its latent is moved along the model's first two principal directions, -1 to 1
        each; 1 is 2.5 standard deviations. With more sounds (0, 0).
    time : MusicalTime or None
        To which the sounds are conformed before they are blended, `n_frames` long; None leaves them at their
        own tempo.
    loop_times : tuple of LoopTime
        One for each clip, with a tempo where there is a `time`; empty where nothing is set of any.
    keeps_pitch : bool
        Whether the sounds keep their pitch at another tempo.
    """

    clips: tuple[AudioClip, ...]
    weights: tuple[float, ...]
    n_frames: int
    detail: float = 1.0
    seed: int = 0
    align: bool = True
    match_loudness: bool = True
    even_spacing: bool = True
    n_iterations: int = 28
    pitch_st: int = 0
    explore: tuple[float, float] = (0.0, 0.0)
    time: MusicalTime | None = None
    loop_times: tuple[LoopTime, ...] = ()
    keeps_pitch: bool = True

    def __post_init__(self) -> None:
        if not self.clips or len(self.clips) != len(self.weights):
            raise ParameterError(
                "Bad weights",
                f"There are {len(self.clips)} sounds but {len(self.weights)} weights.",
                "Give one weight for each sound.",
            )
        if min(self.weights) < 0 or abs(sum(self.weights) - 1) > 1e-6:
            raise ParameterError(
                "Bad weights",
                "The weights are not between 0 and 1 with a sum of 1.",
                "Give weights such as 0.2,0.3,0.5.",
            )
        if not 0 <= self.detail <= 1:
            raise ParameterError("Bad detail", f"Detail is {self.detail:g}.", "Give a value from 0 to 1.")
        if not -MOST_SEMITONES <= self.pitch_st <= MOST_SEMITONES:
            raise ParameterError(
                "Bad pitch",
                f"A shift of {self.pitch_st} semitones is not possible.",
                f"Give {-MOST_SEMITONES} to {MOST_SEMITONES}.",
            )
        if not all(-1.0 <= amount <= 1.0 for amount in self.explore):
            raise ParameterError("Bad place", "Explore is outside -1 to 1.", "Give -1 to 1 for both axes.")
        if self.is_exploring and sum(weight > 0.0 for weight in self.weights) > 1:
            raise ParameterError(
                "Too many sounds", "Only one sound at a time can be explored.", "Give one sound, or no place."
            )

        has_tempos = bool(self.loop_times) and all(loop.bpm is not None for loop in self.loop_times)
        if self.time is not None and not (self.n_frames == self.time.n_frames and has_tempos):
            raise ParameterError(
                "Bad time", "A loop in time has the length of its bars, and its sounds have tempos."
            )
        if self.loop_times and len(self.loop_times) != len(self.clips):
            raise ParameterError("Bad time", f"{len(self.clips)} sounds have {len(self.loop_times)} times.")

    @property
    def n_beats(self) -> int:
        """Of the result; 0 where there is no time."""
        return 0 if self.time is None else self.time.n_beats

    @property
    def n_channels(self) -> int:
        """Of the result: the most that a sound has that is heard."""
        heard = zip(self.clips, self.weights, strict=True)
        return max(clip.n_channels for clip, weight in heard if weight > 0.0)

    @property
    def is_exploring(self) -> bool:
        """Whether a sound is moved away from where it is."""
        return any(self.explore)


@dataclass(frozen=True, slots=True, eq=False)
class MorphResult:
    """A finished loop.

    `samples` is float32 (frames, channels) at `RATE_HZ`, read-only; `spectral_convergence_db` says
    how far the magnitudes of the sound are from the magnitudes asked for (lower is closer).
    """

    samples: Samples
    render_ms: float
    spectral_convergence_db: float


@dataclass(frozen=True, slots=True)
class MorphFigures:
    """What is heard at a point, against the sounds that it is between.

    Parameters
    ----------
    hits, wanted_hits : int
        How many there are, and how many the weighted sounds have.
    level_lu : float
        Loudness above that of the weighted sounds; below 0 is a dip.
    evenness : float or None
        1 where it sounds as near to each sound as the weights say, 0 where it sounds like one of two while
        it should be halfway. None with one sound.
    """

    hits: int
    wanted_hits: int
    level_lu: float
    evenness: float | None


@dataclass(frozen=True, slots=True)
class RenderFigures:
    """What is said of a final that was published.

    `generation` is its deck; `point` is None where there was no time to measure it; the others as in
    `MorphResult`.
    """

    generation: int
    render_ms: float
    spectral_convergence_db: float
    point: MorphFigures | None = None
