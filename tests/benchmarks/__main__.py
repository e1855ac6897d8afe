"""`python -m tests.benchmarks NAME [--json]`: prints figures, and the machine that they are from."""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path

from morphstudio.threads import share_cores
from tests.benchmarks import (
    analysis,
    conform,
    control,
    decoder,
    draft,
    griffin_lim,
    kills,
    kinds,
    latency,
    library,
    memory,
    neighbours,
    path,
    pitch_class,
    soak,
    startup,
    throughput,
    training,
    ui,
)

BENCHMARKS = {
    "analysis": analysis.run,
    "conform": conform.run,
    "control": control.run,
    "decoder": decoder.run,
    "draft": draft.run,
    "griffin_lim": griffin_lim.run,
    "kills": kills.run,
    "kinds": kinds.run,
    "latency": latency.run,
    "library": library.run,
    "memory": memory.run,
    "neighbours": neighbours.run,
    "path": path.run,
    "pitch_class": pitch_class.run,
    "soak": soak.run,
    "startup": startup.run,
    "throughput": throughput.run,
    "training": training.run,
    "ui": ui.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("name", choices=BENCHMARKS)
    parser.add_argument(
        "--loops",
        type=Path,
        help="folder of recorded loops (conform, decoder, griffin_lim, library, training), of drum kits"
        " (kinds), of notes that their files name (pitch_class)",
    )
    parser.add_argument(
        "--model", type=Path, help="model file instead of the factory model (decoder, kinds, pitch_class)"
    )
    parser.add_argument("--picture", type=Path, help="where to draw the curve (griffin_lim)")
    parser.add_argument("--quick", action="store_true", help="a run under a minute")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    share_cores()
    figures = BENCHMARKS[options.name](options)
    figures["machine"] = machine()
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name}: {value}")


def machine() -> str:
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
