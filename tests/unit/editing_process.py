"""Edits, saves, exports and keeps models until it is killed; takes a folder and a seed."""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from morphstudio.audio.chunks import LoopFacts
from morphstudio.audio.export import ExportOptions, write_loop
from morphstudio.journal import Journal
from morphstudio.session_document import ModelReference
from morphstudio.session_file import save_session
from morphstudio.tuning import copy_model
from tests.unit.session_examples import make_model, numbered_document, silent_clip

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
    document = numbered_document(0)
    clips = {dot.loop.digest: silent_clip(dot.loop.digest) for dot in document.dots}
    for number in range(1, 10**6):
        document = replace(numbered_document(number), model=document.model)
        journal.record(document)
        os.write(log, f"{number} {time.monotonic()}\n".encode())
        chance = random_.random()
        if chance < 0.06:
            save_session(out / f"{number % 3}.morph", document, clips, collect=True)
        elif chance < 0.10:
            file_format, bits = random_.choice(FORMATS)
            facts = LoopFacts(120.0, 2)
            options = ExportOptions(file_format, bits, repeats=random_.choice((1, 8)), facts=facts)
            write_loop(out / f"{number % 3}-{options.repeats}{options.suffix}", loop, options)
        elif chance < 0.13:
            tuned = out / f"{number % 3}.safetensors"
            copy_model(model, tuned)
            document = replace(document, model=ModelReference(tuned, f"tuned {number}"))
        else:
            time.sleep(random_.uniform(0.001, 0.02))


if __name__ == "__main__":
    main()
