"""What MorphStudio needs from the system beside Python, and how Debian and Ubuntu bring it.

Standard library only; used by `bootstrap.py`, and no part of the program.
"""

from __future__ import annotations

import ctypes.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RUN_PACKAGES = {
    "libportaudio2": "portaudio",
    # Without these Qt can't be imported.
    "libglib2.0-0": "glib-2.0",
    "libgl1": "GL",
    "libegl1": "EGL",
    "libdbus-1-3": "dbus-1",
    "libfontconfig1": "fontconfig",
    # Without these Qt's xcb platform, and so a window, aborts.
    "libxcb-cursor0": "xcb-cursor",
    "libxcb-icccm4": "xcb-icccm",
    "libxcb-image0": "xcb-image",
    "libxcb-keysyms1": "xcb-keysyms",
    "libxcb-render-util0": "xcb-render-util",
    "libxcb-shape0": "xcb-shape",
    "libxkbcommon-x11-0": "xkbcommon-x11",
}
"""Debian's packages that the program needs, and the library in each, as the linker names it."""
TEST_PACKAGES = (
    "xvfb",
    # Sound devices without hardware: JACK's dummy driver for timing, a null sink for content.
    "jackd2",
    "pulseaudio",
    "pulseaudio-utils",
    "libasound2-plugins",
)


def say(line: str) -> None:
    """Print one line of progress."""
    print(line, file=sys.stderr, flush=True)


def merged_output(command: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start `command`; its standard output carries both streams."""
    return subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )


def is_debian(os_release: str) -> bool:
    """Whether the text of `/etc/os-release` is that of Debian, Ubuntu or a child of theirs.

    >>> is_debian("ID=raspbian ID_LIKE=debian".replace(" ", chr(10)))
    True
    """
    ids = re.findall(r"^(?:ID|ID_LIKE)=(.*)$", os_release, re.MULTILINE)
    return bool({"debian", "ubuntu"} & {word for line in ids for word in line.strip("\"'").split()})


def missing_packages(packages: Sequence[str], dpkg_status: str) -> tuple[str, ...]:
    """Those of `packages` that dpkg doesn't list as installed ("NAME installed" lines).

    Debian 13 and Ubuntu 24.04 renamed some libraries to NAMEt64; apt still knows them by both names.
    """
    installed = {line.split()[0] for line in dpkg_status.splitlines() if line.endswith(" installed")}
    return tuple(package for package in packages if not {package, f"{package}t64"} & installed)


def apt_commands(packages: Sequence[str], prefix: Sequence[str]) -> tuple[list[str], list[str]]:
    """The two commands that install `packages` without ever asking a question."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    return [*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]


def apt_line(packages: Sequence[str], as_root: bool) -> str:
    """What a person types to install `packages`."""
    apt = "apt-get" if as_root else "sudo apt-get"
    return f"{apt} update && {apt} install -y --no-install-recommends {shlex.join(packages)}"


def dpkg_status(packages: Sequence[str]) -> str:
    """Each known package of `packages`, under either name, with its status, one a line."""
    names = [name for package in packages for name in (package, f"{package}t64")]
    query = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\\n", *names]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout


def apt_prefix() -> list[str] | None:
    """What goes before apt-get to be allowed to install; None where nothing is allowed."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL)
        if allowed.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(packages: Sequence[str]) -> bool:
    """Install by apt where it may, and tell a failure.

    Returns
    -------
    bool
        Whether apt had its chance: False where it may not, or there was no network.
    """
    prefix = apt_prefix()
    if prefix is None:
        return False
    say(f"Installing system libraries: {' '.join(packages)} ...")
    for command in apt_commands(packages, prefix):
        # A failed update doesn't end this: one broken source must not keep the others from being used.
        with merged_output(command) as apt:
            output = apt.communicate()[0]
        if apt.returncode and "Failed to fetch" in output:
            say("No network: the system libraries were not downloaded.")
            return False
        if apt.returncode:
            say("\n".join(["apt-get failed:", *output.splitlines()[-8:]]))
    return True


def system_libraries(packages: Sequence[str], refused: Sequence[str]) -> tuple[str, ...]:
    """See that Debian's `packages` are there, and say what to do about those that are not.

    Parameters
    ----------
    packages : sequence of str
        What is wanted.
    refused : sequence of str
        What an earlier run could not install; apt is not asked for these alone.

    Returns
    -------
    tuple of str
        The `refused` of the next run.
    """
    missing = missing_packages(packages, dpkg_status(packages))
    had_its_chance = True
    if set(missing) - set(refused):
        had_its_chance = apt_install(missing)
        missing = missing_packages(missing, dpkg_status(missing))
    if missing:
        say(f"Some system libraries are missing. To install them: {apt_line(missing, os.geteuid() == 0)}")
    return missing if had_its_chance else ()


def name_missing_libraries() -> None:
    """Say what a Linux without apt lacks."""
    missing = [name for name in RUN_PACKAGES.values() if ctypes.util.find_library(name) is None]
    if missing:
        say(f"Missing system libraries: {', '.join(missing)}. Install them as your system does.")
