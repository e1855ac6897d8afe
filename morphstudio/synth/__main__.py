"""`python -m morphstudio.synth FOLDER` renders the demo loops into a folder, as the shipped ones were."""

from __future__ import annotations

import sys
from pathlib import Path

from morphstudio.synth.demo import demo_loops, write_loop


def main(arguments: list[str]) -> int:
    """Render every demo loop into the one folder named; exit code 2 where none is."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("usage: python -m morphstudio.synth FOLDER\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, samples in demo_loops():
        write_loop(folder / f"{name}.flac", samples)
        sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
