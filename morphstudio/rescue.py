"""What was on the pad, kept when the program may not be able to go on. JSON; files by their paths. No Qt.

A session's own file holds more; this is for the next start after a fault, and gone once it was used.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from morphstudio.errors import FileError
from morphstudio.morph.request import MOST_SEMITONES, PadPoint
from morphstudio.paths import user_dir
from morphstudio.saving import saving
from morphstudio.session import MorphOptions

_log = logging.getLogger(__name__)
_VERSION: Final = 1
_MOST_DOTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Rescued:
    """What can be put back.

    Parameters
    ----------
    dots : tuple of (Path, PadPoint)
        Files that were on the pad, and where.
    options : MorphOptions
    """

    dots: tuple[tuple[Path, PadPoint], ...]
    options: MorphOptions


def rescue_path() -> Path:
    """Where it is kept."""
    return user_dir() / "rescued.json"


def rescue(path: Path, dots: Mapping[Path, PadPoint], options: MorphOptions) -> None:
    """Keep what is on the pad.

    Raises
    ------
    MorphStudioError
        If the file cannot be written.
    """
    content = {
        "version": _VERSION,
        "dots": [{"path": str(file), "x": point.x, "y": point.y} for file, point in dots.items()],
        "options": asdict(options),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Can't save {path.name}", f"The folder {path.parent} cannot be made ({error.strerror})."
        ) from error
    with saving(path) as file:
        file.write(json.dumps(content, indent=1).encode())


def rescued(path: Path) -> Rescued | None:
    """What was kept; None where nothing was, or it cannot be used."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != _VERSION:
            return None
        dots = [(Path(str(dot["path"])), _point(dot)) for dot in content["dots"][:_MOST_DOTS]]
        return Rescued(tuple(dots), _options(content["options"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        _log.warning("%s cannot be used: %r", path, error)
        return None


def set_aside(path: Path) -> None:
    """Offer it no more; it stays beside its place until the next one."""
    try:
        path.replace(path.with_suffix(".offered.json"))
    except OSError as error:
        _log.warning("%s cannot be set aside: %s", path, error)


def _point(dot: Mapping[str, Any]) -> PadPoint:
    x, y = float(dot["x"]), float(dot["y"])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a dot is nowhere")
    return PadPoint(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))


def _options(raw: Mapping[str, Any]) -> MorphOptions:
    known = MorphOptions()
    values = {entry.name: type(getattr(known, entry.name))(raw[entry.name]) for entry in fields(known)}
    options = MorphOptions(**values)
    if not (0.0 <= options.detail <= 1.0 and -MOST_SEMITONES <= options.pitch_st <= MOST_SEMITONES):
        raise ValueError("an option is out of range")
    return options
