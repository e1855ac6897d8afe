"""Loops as requests want them: in the session's time, from their down-beat on, at another pitch."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import torch

from morphstudio.audio.clip import AudioClip
from morphstudio.dsp.seam import close_seam
from morphstudio.morph.conform import conform
from morphstudio.morph.musical_time import LoopTime, MusicalTime
from morphstudio.morph.pitch import pitched
from morphstudio.morph.request import MorphRequest

_MOST_BYTES = 48 * 1024 * 1024
_N_ALWAYS_KEPT = 3
"""What a request hears, however long it is."""


class ShapedClips:
    """Shapes what requests hear, and keeps the most recent clips."""

    def __init__(self) -> None:
        self._clips: OrderedDict[tuple[str, _Shape], AudioClip] = OrderedDict()

    def holds(self, request: MorphRequest) -> bool:
        """Whether all that a request hears is there in its shape."""
        return all(
            shape is None or (clip.digest, shape) in self._clips
            for clip, weight, shape in _parts(request)
            if weight > 0.0
        )

    def shaped(
        self, request: MorphRequest, is_cancelled: Callable[[], bool] = lambda: False
    ) -> MorphRequest | None:
        """Replace the sounds that a request hears by shaped ones, which it is not to shape any more.

        Parameters
        ----------
        request : MorphRequest
        is_cancelled : callable
            Asked between sounds that are not there yet: one of 4 s takes some 80 ms.

        Returns
        -------
        MorphRequest or None
            None if it was cancelled; what was shaped until then is kept.

        Raises
        ------
        ParameterError
            If a sound cannot be brought to the tempo.
        """
        if request.time is None and not request.loop_times and request.pitch_st == 0:
            return request
        clips, has_shaped = [], False
        for clip, weight, shape in _parts(request):
            if weight > 0.0 and shape is not None:
                key = clip.digest, shape
                if key in self._clips:
                    self._clips.move_to_end(key)
                elif has_shaped and is_cancelled():
                    return None
                else:
                    self._clips[key] = shape.given_to(clip)
                    has_shaped = True
                clip = self._clips[key]
            clips.append(clip)
        while len(self._clips) > max(_N_ALWAYS_KEPT, len(clips)) and self._n_bytes > _MOST_BYTES:
            self._clips.popitem(last=False)
        return replace(request, clips=tuple(clips), pitch_st=0, time=None, loop_times=())

    @property
    def _n_bytes(self) -> int:
        return sum(clip.samples.nbytes for clip in self._clips.values())


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is done to one sound.

    Without `time` it keeps its tempo, and only its first `n_frames` are needed.
    """

    n_frames: int
    time: MusicalTime | None
    keeps_pitch: bool
    loop_time: LoopTime
    semitones: int

    def given_to(self, clip: AudioClip) -> AudioClip:
        downbeat = self.loop_time.downbeat_frame
        if self.time is not None:
            bpm = self.loop_time.bpm
            assert bpm is not None
            return conform(clip, bpm, self.time, self.keeps_pitch, downbeat, self.semitones)
        if downbeat:
            # Closed first: its seam comes to lie inside.
            loop = close_seam(torch.from_numpy(clip.samples.T.copy()))
            samples = np.ascontiguousarray(loop.roll(-downbeat, dims=-1).T.numpy())
            digest = blake2b(f"{clip.digest} from {downbeat}".encode(), digest_size=16).hexdigest()
            clip = AudioClip.known(samples, clip.name, clip.path, digest)
        # Of a sound that is too long only the part that is heard is shifted.
        return pitched(clip.fitted(self.n_frames), self.semitones)


def _parts(request: MorphRequest) -> Iterator[tuple[AudioClip, float, _Shape | None]]:
    """Each sound, its weight, and what is done to it: None for nothing."""
    times = request.loop_times or (LoopTime(),) * len(request.clips)
    for clip, weight, loop_time in zip(request.clips, request.weights, times, strict=True):
        semitones = request.pitch_st + loop_time.semitones
        downbeat = loop_time.downbeat_frame % max(1, clip.n_frames)
        if request.time is None and not semitones and not downbeat:
            yield clip, weight, None
            continue
        n_frames = min(clip.n_frames, request.n_frames)
        # Without a tempo of the session that of the sound makes no difference.
        bpm = loop_time.bpm if request.time is not None else None
        shape = _Shape(n_frames, request.time, request.keeps_pitch, LoopTime(bpm, downbeat, 0), semitones)
        yield clip, weight, shape
