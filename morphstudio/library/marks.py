"""What a person says of a file, not the machine; and the copy of all that in a file which any hand can mend.

The index holds the marks. The copy is written whenever they change, so that not even an index of which
nothing can be read loses them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from morphstudio.library.indexed_file import is_text
from morphstudio.library.kinds import Kind
from morphstudio.saving import saving

_log = logging.getLogger(__name__)
_VERSION: Final = 1
_line: Final = json.JSONEncoder(ensure_ascii=False).encode
_KINDS: Final = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Marks:
    """What somebody said of a file.

    Parameters
    ----------
    is_favourite : bool
    tags : tuple of str
        Own words, in the order in which they were given.
    kind : Kind or None
        What it is, where the machine was wrong.
    """

    is_favourite: bool = False
    tags: tuple[str, ...] = ()
    kind: Kind | None = None

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return self.is_favourite or bool(self.tags) or self.kind is not None

    def and_those_of(self, other: Marks) -> Marks:
        """What was said of two files that turn out to be one; where both have a kind, this one's."""
        return Marks(
            self.is_favourite or other.is_favourite,
            tuple(dict.fromkeys(self.tags + other.tags)),
            self.kind or other.kind,
        )


def kind_of(text: object) -> Kind | None:
    """Kind of this name; None where there is none, or none that is known here."""
    # Of ten thousand rows: four times as fast as making a kind of its name.
    return _KINDS.get(text) if isinstance(text, str) else None


def write_marks(path: Path, marks: Mapping[str, Marks]) -> None:
    """Write the copy, whole or not at all.

    Raises
    ------
    MorphStudioError
        If it cannot be written.
    """
    # A line each: to be read by people, and ten times as fast as what json indents.
    lines = ",\n".join(
        f"{_line(file)}: {_line({'favourite': one.is_favourite, 'tags': one.tags, 'kind': one.kind})}"
        for file, one in sorted(marks.items())
    )
    with saving(path) as copy:
        text = f'{{"version": {_VERSION}, "marks": {{\n{lines}\n}}}}\n'
        copy.write(text.encode(errors="replace"))


def read_marks(path: Path) -> dict[str, Marks] | None:
    """What the copy holds, as far as it can be understood; None where it is no copy at all.

    Returns
    -------
    dict or None
        Marks by absolute path; empty where there is no file.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))["marks"].items()
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        _log.warning("%s cannot be read: %s", path, error)
        return None
    read = {file: _parsed(one) for file, one in content if is_text(file) and isinstance(one, dict)}
    return {file: one for file, one in read.items() if one}


def _parsed(one: dict[str, Any]) -> Marks:
    tags = one.get("tags")
    return Marks(
        one.get("favourite") is True,
        tuple(tag for tag in tags if isinstance(tag, str) and is_text(tag)) if isinstance(tags, list) else (),
        kind_of(one.get("kind")),
    )
