"""Which numbers of a similarity vector tell what: constants, so that whoever compares loads no torch."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Final

N_MEL_BANDS: Final = 12
N_MFCC: Final = 19
N_LFCC: Final = 12
N_CONTRAST: Final = 8
N_CHROMA: Final = 12
N_OCTAVES: Final = 8
N_ENVELOPE: Final = 10
N_SPREAD: Final = 5
N_TIMES: Final = 6
N_TEMPO_BINS: Final = 12
N_LEVELS: Final = 3

GROUP_SIZES: Final = {
    # Mean in bands; mean and movement of both cepstra, the mel cepstrum of the attack; contrast.
    "timbre": N_MEL_BANDS + 3 * N_MFCC + 2 * N_LFCC + 2 * N_CONTRAST,
    # Pitch classes; the octaves that tones are in; how much of the sound is tones.
    "pitch": N_CHROMA + N_OCTAVES + 1,
    # Levels after the onset, and their spread; how long rise, falls and the whole take; which periods repeat.
    "rhythm": N_ENVELOPE + N_SPREAD + N_TIMES + N_TEMPO_BINS,
    "loudness": N_LEVELS,
}
"""Numbers in each group, in their order."""
GROUPS: Final = {
    name: slice(start, stop)
    for name, (start, stop) in zip(
        GROUP_SIZES, pairwise(accumulate(GROUP_SIZES.values(), initial=0)), strict=True
    )
}
"""Where in a vector each group is."""
N_DIMENSIONS: Final = sum(GROUP_SIZES.values())
