"""Brings the translations up to date: the texts of the sources into .ts files, and these into .qm files.

Run by hand after texts were changed; what is then "unfinished" in a .ts file is to be translated with Qt
Linguist or an editor, and this to be run again. Needs what `.venv` has; no part of the program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "morphstudio"
TRANSLATIONS: Final = ROOT / "resources" / "translations"
LOCALES: Final = {"ja": "ja_JP", "ko": "ko_KR", "zh": "zh_CN"}
"""Languages of the window, and where they are spoken."""


def update(ts_file: Path, locale: str) -> None:
    """Have a .ts file hold the texts of the sources and no others; translations of those stay.

    Parameters
    ----------
    ts_file : Path
        Made where it is not there.
    locale : str
        Such as "ja_JP".
    """
    sources = [str(path) for path in sorted(SOURCES.rglob("*.py"))]
    languages = ("-source-language", "en", "-target-language", locale)
    # Without line numbers a change of the sources changes only the texts that it is about.
    options = ("-silent", "-locations", "none", "-no-obsolete", *languages)
    _run("pyside6-lupdate", *options, *sources, "-ts", str(ts_file))


def release(ts_file: Path, qm_file: Path) -> None:
    """Write the finished translations of a .ts file as a .qm file."""
    _run("pyside6-lrelease", "-silent", "-nounfinished", str(ts_file), "-qm", str(qm_file))


def main() -> int:
    """Update every language; returns the exit status."""
    TRANSLATIONS.mkdir(exist_ok=True)
    for language, locale in LOCALES.items():
        ts_file = TRANSLATIONS / f"morphstudio_{language}.ts"
        update(ts_file, locale)
        release(ts_file, ts_file.with_suffix(".qm"))
        unfinished = ts_file.read_text(encoding="utf-8").count('type="unfinished"')
        print(f"{ts_file.name}: {unfinished} to translate")
    return 0


def _run(tool: str, *arguments: str) -> None:
    found = shutil.which(tool, path=Path(sys.executable).parent)
    if found is None:
        sys.exit(f"{tool} is not beside {sys.executable}: run this with the Python of .venv.")
    command: Sequence[str] = (found, *arguments)
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{tool} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
