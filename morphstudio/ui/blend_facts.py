"""What files tell of a blend: its names, and what all sounds in it agree upon. No widgets."""

from __future__ import annotations

import math
from collections.abc import Sequence

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.naming import NameFields
from morphstudio.morph.request import MorphRequest
from morphstudio.session import Session
from morphstudio.ui.export_places import facts_of
from morphstudio.ui.shelf import Shelf

_SEMITONE = 0.05
"""A shift that is nearer to whole semitones than this is as good as one."""


class BlendFacts:
    """Looks up what is known of the sounds of a session.

    Parameters
    ----------
    session : Session
    shelf : Shelf
        Knows what was heard in each sound.
    """

    def __init__(self, session: Session, shelf: Shelf) -> None:
        self._session, self._shelf = session, shelf

    def facts(self, sound_ids: Sequence[str], request: MorphRequest) -> LoopFacts:
        """What a file of these sounds tells a DAW.

        Parameters
        ----------
        sound_ids : sequence of str
            Those that are heard, in the order of the request's clips.
        request : MorphRequest
        """
        entries = [self._shelf.entry_of_sound(sound_id) for sound_id in sound_ids]
        tempos = [entry.bpm if entry is not None else None for entry in entries]
        keys = [entry.key if entry is not None else "" for entry in entries]
        shifts = [_shift_st(request, index) for index in range(len(sound_ids))]
        return facts_of(tempos, keys, request.n_frames, shifts, request.time)

    def names(self, sound_ids: Sequence[str], *, index: str = "", share: str = "") -> NameFields:
        """What a file of these sounds may be named by.

        Parameters
        ----------
        sound_ids : sequence of str
            In the order in which they are named.
        index, share : str
            As in `NameFields`.
        """
        most = self._shelf.entry_of_sound(sound_ids[0]) if sound_ids else None
        time = self._session.time
        own_bpm = most.bpm if most is not None else None
        return NameFields(
            tuple(self._session.sound(sound_id).clip.name for sound_id in sound_ids),
            time.bpm if time is not None else own_bpm,
            most.key if most is not None else "",
            index=index,
            share=share,
        )


def _shift_st(request: MorphRequest, index: int) -> int | None:
    """By how many semitones a sound of a request is heard higher; None where it is between two."""
    if not request.loop_times:
        return request.pitch_st
    loop = request.loop_times[index]
    shift_st = float(request.pitch_st + loop.semitones)
    if request.time is not None and loop.bpm is not None and not request.keeps_pitch:
        shift_st += 12.0 * math.log2(request.time.bpm / loop.bpm)
    nearest = round(shift_st)
    return nearest if abs(shift_st - nearest) <= _SEMITONE else None
