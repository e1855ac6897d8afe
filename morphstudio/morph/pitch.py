"""Loops at another pitch: their length and rhythm stay, what they sound like moves up or down."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b

import numpy as np
import torch

from morphstudio.audio.clip import AudioClip, Samples
from morphstudio.audio.resampling import resample_loop
from morphstudio.dsp.ceiling import bent_below
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.onsets import find_onsets
from morphstudio.dsp.seam import close_seam
from morphstudio.dsp.stft import CircularStft, one_thread
from morphstudio.dsp.stretch import stretched
from morphstudio.morph.request import MorphRequest

_MOST_GAIN_DB = 3.0
_MOST_BYTES = 48 * 1024 * 1024
_N_ALWAYS_KEPT = 3
"""What a request hears, however long it is."""


class PitchedClips:
    """Shifts what requests hear, and keeps the most recent clips."""

    def __init__(self) -> None:
        self._clips: OrderedDict[tuple[str, int, int], AudioClip] = OrderedDict()

    def holds(self, request: MorphRequest) -> bool:
        """Whether all that a request hears is there at its pitch."""
        return request.pitch_st == 0 or all(_key(clip, request) in self._clips for clip in _heard(request))

    def shifted(
        self, request: MorphRequest, is_cancelled: Callable[[], bool] = lambda: False
    ) -> MorphRequest | None:
        """Replace the sounds that a request hears by shifted ones, which it is not to shift any more.

        Parameters
        ----------
        request : MorphRequest
        is_cancelled : callable
            Asked between sounds that are not there yet: one of 4 s takes some 80 ms.

        Returns
        -------
        MorphRequest or None
            None if it was cancelled; what was shifted until then is kept.
        """
        if request.pitch_st == 0:
            return request
        clips, has_shifted = [], False
        for clip, weight in zip(request.clips, request.weights, strict=True):
            if weight > 0.0:
                key = _key(clip, request)
                if key in self._clips:
                    self._clips.move_to_end(key)
                elif has_shifted and is_cancelled():
                    return None
                else:
                    cut = clip.fitted(min(clip.n_frames, request.n_frames))
                    self._clips[key] = pitched(cut, request.pitch_st)
                    has_shifted = True
                clip = self._clips[key]
            clips.append(clip)
        while len(self._clips) > max(_N_ALWAYS_KEPT, len(clips)) and self._n_bytes > _MOST_BYTES:
            self._clips.popitem(last=False)
        return replace(request, clips=tuple(clips), pitch_st=0)

    @property
    def _n_bytes(self) -> int:
        return sum(clip.samples.nbytes for clip in self._clips.values())


@torch.inference_mode()
def pitched(clip: AudioClip, semitones: int) -> AudioClip:
    """Shift a loop by semitones; as long as it was, its hits where they were, and without a seam.

    It is stretched by a phase vocoder and resampled to its length, so formants move too.

    Parameters
    ----------
    clip : AudioClip
    semitones : int
        Upwards.

    Returns
    -------
    AudioClip
        Its digest follows from that of `clip` and `semitones`.
    """
    if semitones == 0:
        return clip
    with one_thread():
        loop = close_seam(torch.from_numpy(clip.samples.T.copy()))
        magnitude = CircularStft(clip.n_frames).forward(loop).abs()
        hits = find_onsets(loop, magnitude, mel_matrix()).frames
        del magnitude  # spectra of long loops are large
        longer = stretched(loop, max(1, round(clip.n_frames * 2.0 ** (semitones / 12.0))), hits)
        samples = resample_loop(np.ascontiguousarray(longer.T.numpy()), clip.n_frames)
        found = torch.from_numpy(samples.T) * _gain(clip, samples)
        ceiling = max(1.0, float(loop.abs().max()))
        samples = np.ascontiguousarray(bent_below(found, ceiling).T.numpy())
    return AudioClip.known(samples, clip.name, clip.path, _digest(clip, semitones))


def _gain(clip: AudioClip, samples: Samples) -> float:
    """Gain that makes up for what bins that do not agree have cost."""
    power, reached = (
        max(float(np.square(s, dtype=np.float64).mean()), 1e-20) for s in (clip.samples, samples)
    )
    most = 10.0 ** (_MOST_GAIN_DB / 20.0)
    return float(min(max((power / reached) ** 0.5, 1.0 / most), most))


def _digest(clip: AudioClip, semitones: int) -> str:
    return blake2b(f"{clip.digest} {semitones:+d} st".encode(), digest_size=16).hexdigest()


def _key(clip: AudioClip, request: MorphRequest) -> tuple[str, int, int]:
    # Of a sound that is too long only the part that is heard is shifted.
    return clip.digest, min(clip.n_frames, request.n_frames), request.pitch_st


def _heard(request: MorphRequest) -> list[AudioClip]:
    return [clip for clip, weight in zip(request.clips, request.weights, strict=True) if weight > 0.0]
