"""Tempo and bars for the command line and scripts: a time from what is asked for, each loop's own tempo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from morphstudio.audio.clip import AudioClip
from morphstudio.errors import ParameterError
from morphstudio.library.naming import facts_of_file, facts_of_name
from morphstudio.morph.musical_time import (
    LoopTime,
    MusicalTime,
    bpm_stretched_least,
    bpm_within,
    time_of_loop,
)


def told_bpm(clip: AudioClip) -> float | None:
    """Tempo of a loop as its file's name or `acid` chunk tells it."""
    return (facts_of_file(clip.path) if clip.path is not None else facts_of_name(clip.name)).bpm


def wanted_time(clips: Sequence[AudioClip], bpm: float | None, bars: int | None) -> MusicalTime | None:
    """Musical time that is asked for.

    Without `bars` it is as long as the first loop is at that tempo; without `bpm` the first loop tells it.

    Parameters
    ----------
    clips : sequence of AudioClip
    bpm : float or None
        In beats per minute.
    bars : int or None

    Returns
    -------
    MusicalTime or None
        None where nothing is asked for.

    Raises
    ------
    ParameterError
        If there is no such time, or nobody tells the tempo.
    """
    if bpm is None and bars is None:
        return None
    first = clips[0]
    told = told_bpm(first)
    if bpm is not None:
        time = MusicalTime(bpm, 1 if bars is None else bars)
        if bars is not None:
            return time
        own = bpm if told is None else bpm_stretched_least(told, bpm)
        return replace(time, bars=time.bars_nearest(first.duration_s * own / bpm))
    if told is None:
        raise ParameterError("No tempo", f"Nothing says how fast {first.name} is.", "Give --bpm, too.")
    found = time_of_loop(first.n_frames, told)
    return found if bars is None else replace(found, bars=bars)


def own_times(clips: Sequence[AudioClip], time: MusicalTime) -> tuple[LoopTime, ...]:
    """Tempo of each loop by itself, as a request wants it: told, or what stretches it the least."""
    return tuple(LoopTime(bpm_within(time, told_bpm(clip), clip.n_frames)) for clip in clips)
