"""Editors that are killed at random moments: what comes back, and whether a file is half-written.

They move dots, set options, tempo, pitch and loops' own times, record paths and edit them; meanwhile they
save, export and keep tuned models. What comes back has to be, value by value, what the session was after an
edit.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.unit.killing import kill_some

N_KILLS, N_QUICK = 50, 8


def run(options):
    """Kill so many; each state that is older than two seconds has to come back, each file has to be whole."""
    with tempfile.TemporaryDirectory() as folder:
        outcomes = kill_some(Path(folder), N_QUICK if options.quick else N_KILLS)
    return {
        "kills": len(outcomes),
        "states lost that were older than 2 s": sum(each.recovered < each.due for each in outcomes),
        "kills after which such a state was due": sum(each.due > 0 for each in outcomes),
        "oldest change lost, s": round(max(each.lost_s for each in outcomes), 2),
        "edits": sum(each.n_edits for each in outcomes),
        "sessions that came back with paths": sum(each.n_paths > 0 for each in outcomes),
        "sessions that came back with a tempo": sum(each.has_time for each in outcomes),
        "files left, each whole": sum(each.n_files for each in outcomes),
    }
