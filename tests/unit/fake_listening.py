"""A process that listens to files, without torch: what it does depends on a file's name."""

import logging
import os
import sys
import time
from pathlib import Path

from morphstudio.library.analysis import Analysis
from morphstudio.library.analysis_worker import serve

SLOW_S = 0.05


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
    return Analysis(duration_s=1.0, rate_hz=os.getpid())


def make_analyse():
    if sys.argv[1:] == ["broken"]:
        raise ImportError("No module named 'torch'")
    return analyse


if __name__ == "__main__":
    sys.exit(serve(make_analyse))
