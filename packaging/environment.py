"""Makes `.venv`, installs MorphStudio into it, and mends it; quick where there is nothing to do.

Standard library only; used by `bootstrap.py`, and no part of the program.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from system_libraries import is_debian, merged_output, name_missing_libraries, say, system_libraries

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYPROJECT = ROOT / "pyproject.toml"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
STAMP = VENV / "morphstudio-install.json"
LOG = VENV / "install.log"

OLDEST_PYTHON = (3, 11)
DOWNLOAD_GB = 2.9 if sys.platform == "linux" else 0.5
"""On Linux torch brings its CUDA libraries."""
BIG_DOWNLOAD_MB = 50.0

NO_NETWORK = re.compile(
    "NewConnectionError|NameResolutionError|Temporary failure in name resolution|ConnectTimeoutError"
    "|ReadTimeoutError|ProxyError|Network is unreachable|Max retries exceeded|Connection broken"
)
DISK_FULL = re.compile("No space left on device|not enough space on the disk")
"""What pip prints when these are the cause."""


class BootstrapError(Exception):
    """What went wrong and what to do, in words for a person."""


class NetworkError(BootstrapError):
    """The registry of packages was not reached."""


class Stamp(NamedTuple):
    """What an earlier run did to `.venv`; kept inside it."""

    key: str
    complete: bool
    """False while an install runs, so that one that was interrupted is recognised."""
    extras: tuple[str, ...]
    installed: tuple[str, ...]
    """Names in site-packages after the install."""
    refused_by_apt: tuple[str, ...]
    """System packages that could not be installed; apt is not asked for them at every start."""


class Action(Enum):
    """What `.venv` needs."""

    KEEP = "keep"
    INSTALL = "install"
    REBUILD = "rebuild"


# --- the state of .venv ---------------------------------------------------------------------------


def venv_python(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / "Scripts" / "python.exe" if sys.platform == "win32" else venv / "bin" / "python"


def venv_version(pyvenv_cfg: str) -> tuple[int, int] | None:
    """Version of Python that made a virtual environment; None where its `pyvenv.cfg` doesn't say."""
    found = re.search(r"^version(?:_info)?\s*=\s*(\d+)\.(\d+)", pyvenv_cfg, re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else None


def installed_names(venv: Path, version: tuple[int, int]) -> tuple[str, ...]:
    """Names in site-packages: the packages, and their metadata with the versions."""
    lib = venv / "Lib" if sys.platform == "win32" else venv / "lib" / f"python{version[0]}.{version[1]}"
    folder = lib / "site-packages"
    names = os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208 - names are what is asked for
    return tuple(sorted(name for name in names if name != "__pycache__"))


def install_key(pyproject: bytes, constraints: bytes, version: tuple[int, int], root: str) -> str:
    """Hash of all that decides what an install puts into `.venv`.

    The repository's own folder belongs to it: an editable install points there.
    """
    parts = (pyproject, constraints, repr(version).encode(), root.encode())
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def read_stamp(text: str) -> Stamp | None:
    """Parse a stamp; None for what this version of the file didn't write."""
    try:
        raw = json.loads(text)
        return Stamp(
            key=str(raw["key"]),
            complete=raw["complete"] is True,
            extras=tuple(raw["extras"]),
            installed=tuple(raw["installed"]),
            refused_by_apt=tuple(raw["refused_by_apt"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def write_stamp(stamp: Stamp | None) -> None:
    """Keep `stamp` in `.venv`; None takes away the one that is there."""
    if stamp is None:
        STAMP.unlink(missing_ok=True)
    else:
        STAMP.write_text(json.dumps(stamp._asdict()), encoding="utf-8")


def next_action(stamp: Stamp | None, key: str, extras: Sequence[str], present: Sequence[str]) -> Action:
    """What an environment with a working interpreter needs.

    Parameters
    ----------
    stamp : Stamp or None
        None where no run of this file installed into it yet.
    key : str
        The `install_key` of now.
    extras : sequence of str
        What is wanted beside the program itself.
    present : sequence of str
        Names in site-packages.
    """
    if stamp is None:
        return Action.INSTALL
    # An interrupted install or a lost package can leave metadata that pip takes for the whole.
    if not stamp.complete or not set(stamp.installed) <= set(present):
        return Action.REBUILD
    return Action.KEEP if stamp.key == key and set(extras) <= set(stamp.extras) else Action.INSTALL


# --- making .venv ---------------------------------------------------------------------------------


def download_note(pip_line: str) -> str | None:
    """What a person is told of a line of pip's: big downloads, and the unpacking that takes as long.

    >>> download_note("  Downloading torch-2.11.0-cp311-cp311-manylinux_2_28_x86_64.whl (530.6 MB)")
    '  torch 2.11.0: 531 MB'
    """
    found = re.search(r"(?:Downloading|Using cached) ([^-\s]+)-([^-\s]+)-\S+ \(([\d.]+) MB\)", pip_line)
    if found and float(found[3]) >= BIG_DOWNLOAD_MB:
        return f"  {found[1].replace('_', '-')} {found[2]}: {float(found[3]):.0f} MB"
    return "  unpacking ..." if pip_line.startswith("Installing collected packages") else None


def install_error(pip_output: str, log: Path) -> BootstrapError:
    """What a person is told of a failure of pip, whose output lies in `log`."""
    if DISK_FULL.search(pip_output):
        return BootstrapError(
            "The disk is full: make room (6 GB on Linux, 2 GB elsewhere) and run this again."
        )
    if NO_NETWORK.search(pip_output):
        return NetworkError(
            f"No network: the libraries were not downloaded; connect and run this again ({log})."
        )
    tail = "\n".join(pip_output.splitlines()[-15:])
    return BootstrapError(f"The libraries could not be installed. The end of {log}:\n{tail}")


def make_venv() -> None:
    """Make `.venv` anew."""
    if VENV.exists():
        say("Repairing .venv ...")
        shutil.rmtree(VENV)
    # Not sys.executable: that may be the interpreter inside the .venv that was just removed.
    python = getattr(sys, "_base_executable", None) or sys.executable
    with merged_output([python, "-m", "venv", str(VENV)]) as venv:
        text = venv.communicate()[0]
    if venv.returncode:
        raise BootstrapError(f"Python could not make {VENV}:\n{text.strip()}")


def pip_works() -> bool:
    """Whether the interpreter in `.venv` starts and finds its pip."""
    command = [str(venv_python(VENV)), "-m", "pip", "--version"]
    try:
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def pip_install(extras: Sequence[str]) -> None:
    """Install the project editable, with `extras`, at the versions of `constraints.txt`."""
    project = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    command = [str(venv_python(VENV)), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "-c", str(CONSTRAINTS), "-e", project]
    with (
        # Not the system's folder: that is in memory on many a Linux, and smaller than the download.
        tempfile.TemporaryDirectory(dir=VENV) as folder,
        LOG.open("w", encoding="utf-8") as log,
        merged_output(command, {**os.environ, "TMPDIR": folder}) as pip,
    ):
        assert pip.stdout is not None
        for line in pip.stdout:
            log.write(line)
            if note := download_note(line):
                say(note)
    if pip.returncode:
        raise install_error(read_text(LOG), LOG)


def read_text(path: Path) -> str:
    """Read a file; empty where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def prepare(extras: Sequence[str], packages: Sequence[str]) -> None:
    """Bring `.venv` and the system libraries to what is wanted; quick where they are there.

    Parameters
    ----------
    extras : sequence of str
        Extras of the project to install.
    packages : sequence of str
        Debian's packages.
    """
    stamp = read_stamp(read_text(STAMP))
    version = venv_version(read_text(VENV / "pyvenv.cfg"))
    action = Action.REBUILD
    if version and version >= OLDEST_PYTHON and os.access(venv_python(VENV), os.X_OK):
        action = next_action(stamp, current_key(version), extras, installed_names(VENV, version))
        if action is Action.INSTALL and not pip_works():
            action = Action.REBUILD

    # Debian keeps what makes an environment in a package of its own.
    venv_package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    lacks_venv = action is Action.REBUILD and importlib.util.find_spec("ensurepip") is None
    refused = stamp.refused_by_apt if stamp else ()
    if is_debian(read_text(Path("/etc/os-release"))) and shutil.which("apt-get"):
        refused = system_libraries((*packages, venv_package) if lacks_venv else packages, refused)
    elif sys.platform == "linux" and action is not Action.KEEP:
        name_missing_libraries()
    if lacks_venv:
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is None:
            raise BootstrapError(f"Without {venv_package} there is no .venv: install it, and run this again.")

    if action is not Action.KEEP:
        install(stamp, action, extras)
        stamp = read_stamp(read_text(STAMP))
    if stamp and stamp.refused_by_apt != refused:
        write_stamp(stamp._replace(refused_by_apt=refused))


def current_key(version: tuple[int, int]) -> str:
    """The `install_key` of the files as they are now."""
    return install_key(PYPROJECT.read_bytes(), CONSTRAINTS.read_bytes(), version, str(ROOT))


def install(before: Stamp | None, action: Action, extras: Sequence[str]) -> None:
    """Carry out `action`, leaving a stamp that says how far it came."""
    if action is Action.REBUILD:
        make_venv()
        before = None
    version = venv_version(read_text(VENV / "pyvenv.cfg"))
    assert version is not None
    wanted = tuple(sorted({*extras, *(before.extras if before else ())}))
    first = "torch" not in installed_names(VENV, version)
    say(f"Installing libraries: {DOWNLOAD_GB:g} GB, once ..." if first else "Updating the libraries ...")
    during = Stamp(current_key(version), False, wanted, (), before.refused_by_apt if before else ())
    write_stamp(during)
    try:
        pip_install(wanted)
    except NetworkError:
        # pip downloads everything before it touches anything.
        write_stamp(before)
        raise
    write_stamp(during._replace(complete=True, installed=installed_names(VENV, version)))
    say("Installed.")
