"""Starts MorphStudio or its tests in `.venv`, after everything that they need is there.

Standard library only; used by `bootstrap.py`, and no part of the program.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from environment import ROOT, VENV, BootstrapError, prepare, venv_python
from system_libraries import RUN_PACKAGES, TEST_PACKAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def start(arguments: Sequence[str]) -> int:
    """Become MorphStudio; returns only on Windows, where a process can't."""
    # -P: nothing that lies in the folder where the user is may stand in for a library.
    command = [str(venv_python(VENV)), "-P", "-m", "morphstudio", *arguments]
    if sys.platform == "win32":
        return wait_for(command, os.environ)
    return os.execv(command[0], command)


def wait_for(command: Sequence[str], env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Run `command` and return its exit status; Ctrl+C is for it to answer."""
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return subprocess.run(command, env=env, cwd=cwd, check=False).returncode


@contextlib.contextmanager
def virtual_screen(xvfb: str) -> Iterator[str]:
    """Run an X server without a screen; gives its DISPLAY."""
    read_fd, write_fd = os.pipe()
    command = [xvfb, "-displayfd", str(write_fd), "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]
    # A session of its own: Ctrl+C must not take the screen away before the tests have ended.
    server = subprocess.Popen(
        command,
        pass_fds=(write_fd,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(write_fd)
    try:
        with os.fdopen(read_fd) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise BootstrapError("The virtual screen did not start; run Xvfb :99 to see why.")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def run_tests(arguments: Sequence[str]) -> int:
    """Run pytest in the repository, on a virtual screen where there is no other."""
    with contextlib.ExitStack() as stack:
        env = dict(os.environ)
        if sys.platform == "linux":
            if not Path(env.get("XDG_RUNTIME_DIR") or "/nowhere").is_dir():
                folder = tempfile.TemporaryDirectory(prefix="morphstudio-run-", ignore_cleanup_errors=True)
                env["XDG_RUNTIME_DIR"] = stack.enter_context(folder)
            xvfb = shutil.which("Xvfb")
            if not env.get("DISPLAY") and xvfb:
                env["DISPLAY"] = stack.enter_context(virtual_screen(xvfb))
        command = [str(venv_python(VENV)), "-m", "pytest"]
        if arguments:
            return wait_for([*command, *arguments], env, ROOT)
        return _run_all(command, env)


def _run_all(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run tests that compute, and those of sound, beside those of windows, which mostly wait."""
    with tempfile.TemporaryFile() as said:
        beside = subprocess.Popen(
            [*command, "tests", "--ignore=tests/ui"],
            env=env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            status = wait_for([*command, "tests/ui"], env, ROOT)
            status = beside.wait() or status
        finally:
            beside.kill()
            beside.wait()
        said.seek(0)
        sys.stdout.write(said.read().decode(errors="replace"))
    return status


def main(arguments: Sequence[str]) -> int:
    """Prepare and start; the exit status."""
    testing = list(arguments[:1]) == ["test"]
    try:
        if testing:
            prepare(["test"], [*RUN_PACKAGES, *TEST_PACKAGES])
            return run_tests(arguments[1:])
        prepare([], [*RUN_PACKAGES])
        return start(arguments)
    except BootstrapError as error:
        say(str(error))
    except KeyboardInterrupt:
        say("Stopped. Run the same command again to go on.")
    except OSError as error:
        say(f"MorphStudio could not be set up: {error}.")
    return 1
