"""Where exports go at first, and what the settings ask of them. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from morphstudio.audio.chunks import LoopFacts, root_note_of
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.export import ExportOptions
from morphstudio.errors import ParameterError
from morphstudio.morph.musical_time import MusicalTime
from morphstudio.paths import music_dir
from morphstudio.settings import ExportSettings

_FLAC_BITS = 24
_AGREEMENT = 0.01
"""Tempos that differ by no larger share are one."""


def music_folder() -> Path:
    """The user's folder of music; the home folder where there is none."""
    music = music_dir()
    return music if music.is_dir() else Path.home()


def facts_of(
    tempos: Sequence[float | None],
    keys: Sequence[str],
    n_frames: int,
    shifts_st: Sequence[int | None],
    time: MusicalTime | None = None,
) -> LoopFacts:
    """What a file may tell of a loop: what all sounds that are heard in it agree upon, and nothing else.

    Parameters
    ----------
    tempos : sequence of float or None
        Of each sound, in beats per minute.
    keys : sequence of str
        Of each sound, such as "F#m"; empty where it is not known.
    n_frames : int
        Of the loop at 44.1 kHz; its tempo is told where it is a whole number of beats.
    shifts_st : sequence of int or None
        Semitones by which each is heard higher than it is; None where they are no whole number.
    time : MusicalTime or None
        To which all of them are conformed: then that is the tempo, whatever theirs are.
    """
    root = _root(keys, shifts_st)
    if time is not None:
        return LoopFacts(time.bpm, time.n_beats, time.beats_per_bar, root)
    known = [tempo for tempo in tempos if tempo]
    if known and len(known) == len(tempos) and max(known) <= min(known) * (1.0 + _AGREEMENT):
        n_beats = round(known[0] * n_frames / RATE_HZ / 60.0)
        bpm = 60.0 * n_beats * RATE_HZ / n_frames
        if n_beats and abs(bpm - known[0]) <= known[0] * _AGREEMENT:
            is_exact = abs(60.0 * n_beats / known[0] * RATE_HZ - n_frames) < 1.0
            try:
                return LoopFacts(known[0] if is_exact else bpm, n_beats, root_note=root)
            except ParameterError:  # nobody beats so slowly or fast; a file may say so
                pass
    return LoopFacts(root_note=root)


def options_of(settings: ExportSettings, bar_s: float, facts: LoopFacts | None = None) -> ExportOptions:
    """What the settings ask for, with a tail of one bar; the file tells these facts."""
    is_flac = settings.format == "flac"
    return ExportOptions(
        settings.format,
        min(settings.bits, _FLAC_BITS) if is_flac else settings.bits,
        settings.rate_hz,
        settings.normalise,
        settings.repeats,
        bar_s if settings.has_tail else 0.0,
        facts,
    )


def _root(keys: Sequence[str], shifts_st: Sequence[int | None]) -> int | None:
    """The note upwards from middle C that is the root of all sounds; None where there is none."""
    roots = {_heard_key(key, shift_st) for key, shift_st in zip(keys, shifts_st, strict=True)}
    only = roots.pop() if len(roots) == 1 else None
    return 60 + only[0] if only is not None else None


def _heard_key(key: str, shift_st: int | None) -> tuple[int, str] | None:
    """Pitch class and mode of a key after a shift."""
    note = root_note_of(key)
    if note is None or shift_st is None:
        return None
    return (note + shift_st) % 12, key.lstrip("ABCDEFG#b")
