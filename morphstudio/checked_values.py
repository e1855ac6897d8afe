"""Values from JSON that somebody else may have written: taken by name, type and range. Reads no file."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_escaped: Final = re.compile("[\udc80-\udcff]")


class BadValueError(ValueError):
    """A value is missing, or is not what it must be; the text says which, without a full stop."""


def parse_json(content: bytes) -> object:
    """What JSON says; numbers that are none, and a name that is there twice, are refused.

    Raises
    ------
    BadValueError
        If it is no JSON.
    """
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_refuse, object_pairs_hook=_once)
    except BadValueError:
        raise
    except (ValueError, RecursionError) as error:
        raise BadValueError("it is not JSON") from error


def _refuse(name: str) -> object:
    raise BadValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadValueError("a name is there twice")
    return found


class CheckedObject:
    """An object of JSON whose values are taken one by one; what was not taken is the rest.

    Parameters
    ----------
    raw : object
        What was parsed.
    place : str
        What it is called in the sentence that refuses it.

    Raises
    ------
    BadValueError
        From every method, where a value is not what it must be.
    """

    def __init__(self, raw: object, place: str) -> None:
        if not isinstance(raw, dict):
            raise BadValueError(f"{place} is no list of names and values")
        self._raw: dict[str, Any] = dict(raw)
        self._place = place

    def has(self, name: str) -> bool:
        """Whether there is such a value, and it is not null."""
        return self._raw.get(name) is not None

    def rest(self) -> dict[str, Any]:
        """What was not taken."""
        return dict(self._raw)

    def number(self, name: str, lowest: float, highest: float) -> float:
        """A number in a range."""
        value = self._take(name)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not lowest <= value <= highest:  # NaN is in no range
            raise self._bad(name, f"a number from {lowest:g} to {highest:g}")
        return float(value)

    def whole(self, name: str, lowest: int, highest: int) -> int:
        """A whole number in a range."""
        value = self._take(name)
        if type(value) is not int or not lowest <= value <= highest:
            raise self._bad(name, f"a whole number from {lowest} to {highest}")
        return value

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._take(name)
        if type(value) is not bool:
            raise self._bad(name, "true or false")
        return value

    def text(self, name: str, most_characters: int) -> str:
        """A text without characters that no text has."""
        value = self._take(name)
        if not isinstance(value, str) or len(value) > most_characters or not is_text(value):
            raise self._bad(name, f"a text of at most {most_characters} characters")
        return value

    def path(self, name: str, most_characters: int) -> str:
        """A text that may be a file's path: such may hold bytes that are no text, in Python's way."""
        value = self._take(name)
        if not isinstance(value, str) or len(value) > most_characters or not is_text(_escaped.sub("", value)):
            raise self._bad(name, f"a path of at most {most_characters} characters")
        return value

    def items(self, name: str, most: int) -> list[Any]:
        """A list of at most so many."""
        value = self._take(name)
        if not isinstance(value, list) or len(value) > most:
            raise self._bad(name, f"a list of at most {most}")
        return value

    def inner(self, name: str) -> CheckedObject:
        """Another object in it."""
        return CheckedObject(self._take(name), f"{name} of {self._place}")

    def skip(self, name: str) -> None:
        """Take a value without looking at it."""
        self._raw.pop(name, None)

    def _take(self, name: str) -> Any:  # noqa: ANN401 - whatever JSON may hold
        if name not in self._raw:
            raise BadValueError(f"{name} of {self._place} is missing")
        return self._raw.pop(name)

    def _bad(self, name: str, wanted: str) -> BadValueError:
        return BadValueError(f"{name} of {self._place} is not {wanted}")


def is_text(value: str) -> bool:
    """Whether it has no zero and no half of a pair, which JSON can hold and files' names cannot."""
    return not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value)
