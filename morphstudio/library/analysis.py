"""What listening to a file tells of it, as a value. No Qt, no torch: it is found by the analyser."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from morphstudio.library.kinds import Kind

ANALYSIS_VERSION = 1
"""Raised when the same file would be told other things: what was found by an earlier one is found anew."""
EMBEDDING_VALUES = 128
"""Numbers in an `Analysis.embedding`."""
PITCH_CLASSES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What is known of a file that was listened to; None, or empty, where something does not apply.

    Parameters
    ----------
    duration_s : float or None
    channels, rate_hz : int or None
        As in the file.
    is_loop : bool or None
        Whether it is made to be repeated; None where it could not be read.
    bpm : float or None
        Beats per minute of a loop.
    bpm_confidence : float or None
        0 to 1; 1 where whoever made the loop wrote the tempo down.
    key : str
        Such as "C" or "F#m", with sharps.
    midi_note : int or None
        Nearest note of a sound that has one pitch; 60 is middle C.
    cents : float or None
        By how much it is above that note, -50 to 50.
    pitch_class : str
        One of `PITCH_CLASSES`, of a sound that has one pitch.
    kind : Kind or None
    kind_confidence : float or None
        0 to 1.
    centroid_hz : float or None
        Mean spectral centroid, weighted by power: the brightness.
    loudness_lufs : float or None
        Integrated, by BS.1770; None of silence.
    vector : float32, shape (n,), or None
        What `similarity` compares.
    embedding : float32, shape (`EMBEDDING_VALUES`,), or None
        What a pretrained network hears in it, of length 1; None where nobody asked for that.
    peaks : float32, shape (up to 512,), or None
        The outline, 0 to 1.
    error : str
        Why it could not be read: one sentence.
    """

    duration_s: float | None = None
    channels: int | None = None
    rate_hz: int | None = None
    is_loop: bool | None = None
    bpm: float | None = None
    bpm_confidence: float | None = None
    key: str = ""
    midi_note: int | None = None
    cents: float | None = None
    pitch_class: str = ""
    kind: Kind | None = None
    kind_confidence: float | None = None
    centroid_hz: float | None = None
    loudness_lufs: float | None = None
    vector: NDArray[np.float32] | None = field(default=None, repr=False)
    embedding: NDArray[np.float32] | None = field(default=None, repr=False)
    peaks: NDArray[np.float32] | None = field(default=None, repr=False)
    error: str = ""
