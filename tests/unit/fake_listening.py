"""A process that listens to files, without torch: what it does and hears depends on a file's name."""

import logging
import os
import re
import sys
import time
from pathlib import Path
from zlib import crc32

import numpy as np

from morphstudio.library.analysis import EMBEDDING_VALUES, Analysis
from morphstudio.library.analysis_worker import serve
from morphstudio.library.kinds import Kind
from morphstudio.library.vector_layout import N_DIMENSIONS

SLOW_S = 0.05
BRIGHTNESS_HZ = {Kind.KICK: 120.0, Kind.BASS: 300.0, Kind.SYNTH: 900.0, Kind.SNARE: 2500.0, Kind.HAT: 8000.0}


def analyse(path):
    word = path.stem.split()[0]
    if word == "crash":
        os._exit(3)
    if word == "hang":
        time.sleep(1000.0)
    if word == "slow":
        time.sleep(SLOW_S)
    if word == "changing":
        path.write_text("something else")
    if word == "raising":
        raise ValueError("what a surprise")
    if word == "warning":
        logging.getLogger("library").warning("%s is odd", path.name)
    print("what libraries print is no answer")
    with Path(os.environ["LISTENED"]).open("a") as listened:
        listened.write(f"{path.name}\n")
    if word == "broken":
        return Analysis(error=f"{path.name} is not an audio file, whatever its name says.")
    return heard(path.stem)


def heard(stem):
    """What a name says: a kind, "loop 124", a key such as "Cm"."""
    words = stem.split()
    kind = next((kind for kind in Kind if kind.value in words), None)
    tempo = next((float(word) for word in words if word.isdigit() and 60 <= int(word) <= 200), None)
    key = next((word for word in words if re.fullmatch("[A-G]#?m?", word)), "")
    vector = np.zeros(N_DIMENSIONS, np.float32)
    if kind is not None:
        vector[:] = np.random.default_rng(crc32(kind.value.encode())).normal(size=N_DIMENSIONS)
        vector += 0.3 * np.random.default_rng(crc32(stem.encode())).normal(size=N_DIMENSIONS)
    return Analysis(
        duration_s=1.0,
        channels=2,
        rate_hz=os.getpid(),  # tells which process it was
        is_loop=tempo is not None,
        bpm=tempo,
        bpm_confidence=None if tempo is None else 0.8,
        key=key,
        kind=kind,
        kind_confidence=None if kind is None else 0.9,
        centroid_hz=BRIGHTNESS_HZ.get(kind),
        loudness_lufs=-14.0,
        vector=vector if kind is not None else None,
        embedding=embedding(stem) if kind is not None and "--embedding" in sys.argv else None,
    )


def embedding(stem):
    """Told by the last letter of a name, and by nothing that the vector tells."""
    if stem.endswith("without"):
        return None
    return np.random.default_rng(ord(stem[-1])).normal(size=EMBEDDING_VALUES).astype(np.float32)


def make_analyse(tell):
    if sys.argv[-1].endswith("damaged"):
        sys.argv.pop(1)
        tell(("no embedding", "Can't load it", "It is damaged.", "Delete it."))
    if sys.argv[1:] == ["broken"]:
        raise ImportError("No module named 'torch'")
    return analyse


if __name__ == "__main__":
    sys.exit(serve(make_analyse))
