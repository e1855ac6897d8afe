"""What an exported file is called: a template such as `{name}_{bpm}_{key}`, filled in. No Qt."""

from __future__ import annotations

import datetime
import os
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path

from morphstudio.errors import ParameterError

FIELDS = ("name", "a", "b", "c", "bpm", "key", "date", "n")
"""What a template may hold, each in braces."""
PACK_FIELDS = ("index", "a", "b", "c", "share", "name", "bpm", "key", "date")
"""What a template of the files of a pack may hold."""
UNSAFE_CHARACTERS = '/ \\ : * ? " < > |'
"""As people read it: what some system does not allow in the name of a file."""

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_FIELD = re.compile(r"\{([^{}]*)\}")
_SEPARATORS = " _-.,;+&#@=~·"
_BRACKETS = {"(": ")", "[": "]"}
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any ending."""
_LONGEST_FIELD_BYTES = 120
_LONGEST_NAME_BYTES = 255


class NameProblem(StrEnum):
    """What can be wrong with a template."""

    EMPTY = "The file has no name."
    BRACES = "A brace { or } has no partner."
    UNSAFE = f"The file name holds one of {UNSAFE_CHARACTERS}, which not every system allows."
    LONG = "The file name is too long."


class NamingError(ParameterError):
    """A template that makes no name, and what is wrong with it."""

    def __init__(self, problem: NameProblem) -> None:
        super().__init__("Bad file name", problem, "Write a name, or fields such as {name} and {bpm}.")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class NameFields:
    """What is known of a morph, to name its file by.

    Parameters
    ----------
    sources : tuple of str
        Names of the loops, the one that is heard most first.
    bpm : float or None
    key : str
        Such as "F#m"; may be empty.
    name : str
        Of the morph; its loops' names where it has none.
    index : str
        Which file of a pack it is, such as "03"; may be empty.
    share : str
        How far it is on the way of a pack, in percent; may be empty.
    """

    sources: tuple[str, ...]
    bpm: float | None = None
    key: str = ""
    name: str = ""
    index: str = ""
    share: str = ""

    def values(self, date: datetime.date) -> dict[str, str]:
        """Text of each field, but of the number; empty where nothing is known."""
        texts = dict(zip("abc", self.sources, strict=False))
        texts["name"] = self.name or " + ".join(self.sources)
        texts["bpm"] = "" if self.bpm is None else f"{self.bpm:.1f}".removesuffix(".0")
        texts["key"] = self.key
        texts["date"] = date.isoformat()
        return texts | {"index": self.index, "share": self.share}


def has_field(template: str) -> bool:
    """Whether a template names different morphs differently, or at least numbers them."""
    return any(name in FIELDS for name in _FIELD.findall(template))


def filled(template: str, fields: NameFields, date: datetime.date, number: int = 1) -> str:
    """Return the name, without an ending, that any system allows.

    A field of which nothing is known goes, with what separates it.

    >>> filled("{name}_{bpm}_{key}", NameFields(("Amen",), 140.0), datetime.date(2025, 3, 1))
    'Amen_140'

    Raises
    ------
    NamingError
        If the braces don't match, a character is not allowed, or nothing is left for a name.
    """
    _check(template)
    values = fields.values(date) | {"n": str(number)}
    between, *rest = _FIELD.split(template)
    done = ""
    for field, after in zip(rest[::2], rest[1::2], strict=True):
        if value := _safe(values.get(field.strip().lower(), "")):
            done, between = done + between + value, after
        else:
            between = _joined(between, after, is_first=not done)
    name = (done + between).strip().rstrip(". ").lstrip(". ")
    if not name:
        raise NamingError(NameProblem.EMPTY)
    return f"{name}_" if _RESERVED.fullmatch(name) else name


def free_path(
    folder: Path,
    template: str,
    fields: NameFields,
    suffix: str,
    date: datetime.date,
    taken: Collection[Path] = (),
) -> Path:
    """Return a path that no file has yet: `{n}`, or else a number behind the name, makes it free.

    Parameters
    ----------
    folder : Path
    template : str
    fields : NameFields
    suffix : str
        With its dot.
    date : date
    taken : collection of Path
        Files that do not exist yet but soon will.

    Raises
    ------
    NamingError
        As `filled`; and if the name is too long.
    """
    is_numbered = "n" in (name.strip().lower() for name in _FIELD.findall(template))
    for number in count(1):
        name = filled(template, fields, date, number)
        if not is_numbered and number > 1:
            name = f"{name} {number}"
        path = folder / f"{name}{suffix}"
        check_length(path.name)
        if path not in taken and not os.path.lexists(path):
            return path
    raise AssertionError  # numbers do not end


def pack_names(
    template: str, files: Sequence[NameFields], suffix: str, date: datetime.date
) -> tuple[str, ...]:
    """Return a name for each file of a pack, no two alike in any folder; a number tells those apart.

    >>> pack_names("{a}", [NameFields(("Amen",)), NameFields(("amen",))], ".wav", datetime.date(2025, 3, 1))
    ('Amen.wav', 'amen 2.wav')

    Raises
    ------
    NamingError
        As `free_path`.
    """
    names: list[str] = []
    taken: set[str] = set()
    for number, fields in enumerate(files, 1):
        stem = filled(template, fields, date, number)
        for again in count(1):
            name = f"{stem}{suffix}" if again == 1 else f"{stem} {again}{suffix}"
            # Many systems take letters of either case, or written in either way, for the same.
            key = unicodedata.normalize("NFC", name).casefold()
            if key not in taken:
                break
        check_length(name)
        taken.add(key)
        names.append(name)
    return tuple(names)


def make_free_folder(parent: Path, name: str) -> Path:
    """Make a folder that was not there before; a number behind its name makes it free.

    Raises
    ------
    OSError
        If none can be made.
    """
    for number in count(1):
        folder = parent / (name if number == 1 else f"{name} {number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise AssertionError  # numbers do not end


def check_length(name: str) -> None:
    """Refuse the name of a file that is too long for most systems.

    Raises
    ------
    NamingError
        If it is.
    """
    if len(os.fsencode(name)) > _LONGEST_NAME_BYTES:
        raise NamingError(NameProblem.LONG)


def _joined(before: str, after: str, *, is_first: bool) -> str:
    """What is left of the texts before and after a field that goes."""
    kept = before.rstrip(_SEPARATORS)
    if kept and kept[-1] in _BRACKETS:
        if after.startswith(_BRACKETS[kept[-1]]):
            return kept[:-1].rstrip(_SEPARATORS) + after[1:]
        return kept + after.lstrip(_SEPARATORS)
    return after.lstrip(_SEPARATORS) if is_first and not kept else kept + after


def _check(template: str) -> None:
    rest = _FIELD.sub("", template)
    if "{" in rest or "}" in rest:
        raise NamingError(NameProblem.BRACES)
    if _UNSAFE.search(rest):
        raise NamingError(NameProblem.UNSAFE)


def _safe(text: str) -> str:
    """Return the text without what some system does not allow, and not too long."""
    # Names of files from elsewhere may hold bytes that are no text.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _UNSAFE.sub("_", whole).encode()[:_LONGEST_FIELD_BYTES].decode("utf-8", "ignore").strip()
