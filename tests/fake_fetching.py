"""A process that fetches made-up weights, without torch and from nowhere: `MODE FOLDER`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

LENGTH = 3_000_000
FILE_NAME = "weights.pth"
PIECES = 6


def command(mode):
    """What starts it; "held" waits in the middle until there is a file `go` beside its folder."""
    return (sys.executable, "-m", "tests.fake_fetching", mode)


def main(mode, folder):
    part = folder / f"{FILE_NAME}.0a1b.partial"
    with part.open("wb", buffering=0) as file:
        for piece in range(PIECES):
            if piece == PIECES // 2:
                if mode == "fails":
                    print(json.dumps(["The server is not at home.", "Try again later."]), flush=True)
                    return 1
                if mode == "dies":
                    return 3
                if mode == "short":
                    break
                while mode == "held" and not (folder.parent / "go").exists():
                    time.sleep(0.01)
            file.write(bytes(LENGTH // PIECES))
            time.sleep(0.15 if mode == "slow" else 0.0)
    part.replace(folder / FILE_NAME)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
