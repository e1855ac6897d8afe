"""The host's side of the stress test, as a process of its own: mixes without a pause and judges.

Every deck holds one value, 1 + generation / 10000, so what is mixed may only rise, within a crossfade
too, and must be one of these values outside of crossfades. Prints one JSON object.
"""

import json
import random
import sys
import time

import numpy as np

from morphstudio.audio.decks import PLAYING, PUBLISHED, SharedDecks
from morphstudio.audio.mixer import DeckMixer
from morphstudio.audio.shared import SharedBlock


class SlowWords(np.ndarray):
    """The control words, with the process being held up now and then just after it looked."""

    def __getitem__(self, index):
        value = super().__getitem__(index)
        if index == PUBLISHED and random.random() < 0.2:
            time.sleep(random.random() * 0.0005)
        return value


def main():
    block = SharedBlock(SharedDecks.N_BYTES, sys.argv[1])
    shared = SharedDecks(block.buffer)
    shared.words = shared.words.view(SlowWords)
    mixer = DeckMixer(shared)
    fence = mixer._fence
    mixer._fence = lambda: (fence(), random.random() < 0.2 and time.sleep(random.random() * 0.0005), fence())
    faults = []
    out = np.zeros((512, 2), np.float32)
    last, n_switches, n_blocks = 0.0, 0, 0
    print("ready", flush=True)
    while not shared.words[PLAYING]:
        time.sleep(0.001)
    mixer.mix(out)  # holds the fade-in
    while shared.words[PLAYING]:
        before = mixer._generation
        mixer.mix(out)
        n_blocks += 1
        n_switches += mixer._generation != before
        values = out[:, 0].astype(np.float64)
        rounding = 1e-6 * values[-1]
        fall = -min(values[0] - last, np.diff(values).min())
        if fall > rounding or not np.array_equal(out[:, 0], out[:, 1]):
            faults.append(f"falls by {fall} in block {n_blocks}, {values.min()} to {values.max()}")
        error = abs(values[-1] - (1 + mixer._generation / 10_000))
        if not mixer._n_fade_left and error > rounding:
            faults.append(f"{values[-1]} outside a crossfade in generation {mixer._generation}")
        last = values[-1]
    print(json.dumps({"faults": faults[:5], "n_switches": n_switches, "n_blocks": n_blocks}))


main()
