"""Edits, saves, exports and keeps models until it is killed; takes a folder and a seed."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

import numpy as np

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.export import ExportOptions, write_loop
from morphstudio.journal import Journal
from morphstudio.session_document import ModelReference
from morphstudio.session_file import save_session
from morphstudio.tuning import copy_model
from tests.unit.editing_hand import EditingHand, digest_of
from tests.unit.session_examples import make_model

FORMATS = (("wav", 16), ("wav", 32), ("aiff", 24), ("flac", 16))
N_LOOP_FRAMES = 44_100
MODEL_BYTES = 2_000_000


def main():
    folder, random_ = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
    out = folder / "out"
    out.mkdir()
    model = make_model(folder / "model.safetensors", MODEL_BYTES)
    loop = np.random.default_rng(1).normal(0, 0.1, (N_LOOP_FRAMES, 2)).astype(np.float32)
    journal = Journal(folder / "journals")
    log = os.open(folder / "log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    hand, tuned = EditingHand(random_), None
    for number in range(1, 10**6):
        document = hand.edit(number, tuned)
        digest = digest_of(document)
        made_s = time.monotonic()
        # It is said first, so that whatever comes back has been said.
        os.write(log, f"{number} {made_s} {digest}\n".encode())
        journal.record(document)
        chance = random_.random()
        if chance < 0.06:
            save_session(out / f"{number % 3}.morph", document, hand.clips, collect=True)
        elif chance < 0.10:
            file_format, bits = random_.choice(FORMATS)
            facts = LoopFacts(120.0, 2)
            options = ExportOptions(file_format, bits, repeats=random_.choice((1, 8)), facts=facts)
            write_loop(out / f"{number % 3}-{options.repeats}{options.suffix}", loop, options)
        elif chance < 0.13:
            best = out / f"{number % 3}.safetensors"
            copy_model(model, best)
            tuned = ModelReference(best, f"tuned {number}")
        else:
            time.sleep(random_.uniform(0.001, 0.02))


if __name__ == "__main__":
    main()
