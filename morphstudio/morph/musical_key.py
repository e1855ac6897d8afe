"""How far one key is from another, in semitones."""

from __future__ import annotations

import re

from morphstudio.errors import ParameterError

_KEY = re.compile(r"([A-G])(#|b)?(m)?")
_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {None: 0, "#": 1, "b": -1}
_MINOR_TO_RELATIVE = 3


def semitones_between(from_key: str, to_key: str) -> int:
    """By how much a sound in one key is shifted to go with another: the nearer way, -6 to 5.

    A minor key and its relative major have the same notes and need no shift.

    Parameters
    ----------
    from_key, to_key : str
        Such as "C", "F#m" or "Bb".

    Raises
    ------
    ParameterError
        If one of them is no key.

    Examples
    --------
    >>> semitones_between("Am", "C"), semitones_between("C", "D"), semitones_between("Bbm", "F#m")
    (0, 2, -4)
    """
    return (_tonic_of_major(to_key) - _tonic_of_major(from_key) + 6) % 12 - 6


def _tonic_of_major(key: str) -> int:
    """Pitch class of the tonic of a key, or of its relative major."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise ParameterError("No such key", f"“{key}” is no key.", "Name one such as C, F#m or Bb.")
    note, accidental, is_minor = match.groups()
    return _SEMITONES[note] + _ACCIDENTALS[accidental] + (_MINOR_TO_RELATIVE if is_minor else 0)
