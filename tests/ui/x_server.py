"""An X server of a test's own, without a screen that anybody sees."""

from __future__ import annotations

import contextlib
import os
import subprocess


@contextlib.contextmanager
def x_server(size):
    """Run Xvfb with a screen such as "1440x900"; yields what its programs are to find around them."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(write_end,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": "1"}
    finally:
        server.terminate()
        server.wait()
