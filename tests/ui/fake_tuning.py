"""Stands in for `morphstudio train`: prints what it prints, writes a file, ends when told to.

`FAKE` says how it behaves: "well", "worse", "slow" (until it is stopped), "early" (as slow, with nothing
written), "hasty" (as slow, with nothing learnt), "deaf" (does not end when told to), "refuses", "crashes".
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

arguments = sys.argv[1:]
out = Path(arguments[arguments.index("-o") + 1])
sounds = arguments[1 : arguments.index("--from")]
how = os.environ["FAKE"]


def say(elapsed_s, error_db, best_db):
    line = {
        "stage": "tuning", "elapsed_s": elapsed_s, "total_s": 60.0, "step": 1, "loss": 0.5,
        "log_mel_error_db": error_db, "first_log_mel_error_db": 8.0, "best_log_mel_error_db": best_db,
    }  # fmt: skip
    print(json.dumps(line), flush=True)


def nice():
    """How nice this process is; 20 where it runs only when nothing else does."""
    is_idle = sys.platform == "linux" and os.sched_getscheduler(0) == os.SCHED_IDLE
    return 20 if is_idle else os.nice(0)


def end(*_):
    if how in ("slow", "hasty"):
        out.write_text(json.dumps({"arguments": arguments, "nice": nice()}))
        print(json.dumps({"stage": "done", "out": str(out)}), flush=True)
    sys.exit(0)


signal.signal(signal.SIGTERM, signal.SIG_IGN if how == "deaf" else end)
print("not a line of progress", flush=True)
if how == "refuses":
    print("morphstudio: skipped: x", file=sys.stderr)
    print(f"morphstudio: {Path(sounds[0]).name} has no sound. Remove it.", file=sys.stderr)
    sys.exit(2)
if how == "crashes":
    os.abort()
say(0.0, None, None)
say(1.0, 8.0, 8.0)
if how == "slow":
    say(2.0, 6.0, 6.0)
if how == "deaf":
    out.write_text("so far")
if how in ("slow", "early", "hasty", "deaf"):
    time.sleep(30)
best_db = 8.0 if how == "worse" else 4.0
say(30.0, best_db, best_db)
out.write_text(json.dumps({"arguments": arguments, "nice": nice()}))
print(json.dumps({"stage": "done", "out": str(out)}), flush=True)
