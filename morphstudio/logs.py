"""The log file."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from morphstudio.paths import user_dir

_MAX_BYTES = 1_000_000


def log_path(name: str = "morphstudio") -> Path:
    """File that the log of a process is written to: two processes must not share one that rotates."""
    return user_dir() / "logs" / f"{name}.log"


def start_logging(name: str = "morphstudio") -> None:
    """Write what happens, from *info* on, to the log file; without a writable folder, to nowhere."""
    # A full disk must not put tracebacks of the log's own where people expect one line.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        log_path(name).parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            log_path(name), maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
