"""What is said of the point that is heard: measured after its final, in steps that give way to gestures."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from morphstudio.audio.clip import Samples
from morphstudio.dsp.features import mel_matrix
from morphstudio.dsp.loudness import loudness_lufs
from morphstudio.dsp.onsets import find_onsets
from morphstudio.dsp.stft import CircularStft
from morphstudio.morph.metrics import evenness
from morphstudio.morph.request import MorphFigures, MorphRequest
from morphstudio.morph.sources import column_parts, spectrum

_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Of one loop: mel power (mels, columns), the number of its hits, and its loudness."""

    mel: Tensor
    n_hits: int
    loudness_lufs: float


class PointMeter:
    """Measures what is heard between sounds, and remembers what it found of those.

    Parameters
    ----------
    device : torch.device
        To compute spectra on.
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._matrix = mel_matrix().to(device)
        self._known: OrderedDict[tuple[str, int], Measured] = OrderedDict()

    def measured(
        self,
        request: MorphRequest,
        samples: Samples,
        transform: CircularStft,
        is_cancelled: Callable[[], bool],
    ) -> MorphFigures | None:
        """Measure the final of a request.

        Parameters
        ----------
        request : MorphRequest
            Not to be shifted any more.
        samples : float32, shape (frames, channels)
        transform : CircularStft
            For loops of that length.
        is_cancelled : callable
            Asked between steps.

        Returns
        -------
        MorphFigures or None
            None if it was cancelled.
        """
        heard = [(c, w) for c, w in zip(request.clips, request.weights, strict=True) if w > 0.0]
        loops = []
        for clip, _ in heard:
            key = (clip.digest, request.n_frames)
            if key not in self._known:
                found = self._heard(clip.fitted(request.n_frames).samples, transform, is_cancelled)
                if found is None:
                    return None
                self._remember(key, found)
            self._known.move_to_end(key)
            loops.append(self._known[key])
        at_dot = len(heard) == 1 and samples is heard[0][0].samples
        x = loops[0] if at_dot else self._heard(samples, transform, is_cancelled)
        return None if x is None else _figures(x, loops, [weight for _, weight in heard])

    def _heard(
        self, samples: Samples, transform: CircularStft, is_cancelled: Callable[[], bool]
    ) -> Measured | None:
        loop = torch.from_numpy(samples.T.copy())
        if is_cancelled():
            return None
        loudness = loudness_lufs(loop)
        if is_cancelled():
            return None
        mono = loop.mean(dim=0, keepdim=True).to(self._device)
        _, magnitude = spectrum(transform, transform.extended(mono))
        if is_cancelled():
            return None
        onsets = find_onsets(mono, magnitude.transpose(-1, -2), self._matrix)
        mel = torch.cat(
            [self._matrix @ magnitude[0, part].square().T for part in column_parts(transform.n_columns)],
            dim=1,
        )
        return Measured(mel.cpu(), len(onsets), loudness)

    def _remember(self, key: tuple[str, int], found: Measured) -> None:
        self._known[key] = found
        while len(self._known) > 3 and sum(m.mel.nbytes for m in self._known.values()) > _MOST_BYTES:
            self._known.popitem(last=False)


def _figures(x: Measured, loops: Sequence[Measured], weights: Sequence[float]) -> MorphFigures:
    def mean(values: Sequence[float]) -> float:
        return float(np.dot(values, weights))

    return MorphFigures(
        x.n_hits,
        round(mean([loop.n_hits for loop in loops])),
        x.loudness_lufs - mean([loop.loudness_lufs for loop in loops]),
        evenness(x, loops, weights) if len(loops) > 1 else None,
    )
