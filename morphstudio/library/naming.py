"""Tempo and key of a loop as whoever made it wrote them down: in the file's name, in its acid chunk.

Nothing is guessed: a bare number may be a drum machine or a take, a bare letter a side. Where a name says two
different things, it says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from morphstudio.library.acid import read_acid

LOWEST_BPM, HIGHEST_BPM = 40.0, 300.0
"""Tempos that are taken for one where the name says so."""
_LOWEST_BARE_BPM, _HIGHEST_BARE_BPM = 60.0, 200.0
"""Tempos of numbers that stand beside a key and say nothing themselves: 303, 808 and 909 are none."""

_NUMBER = r"\d{2,3}(?:[.,]\d{1,3})?"
_MARKED_BPM = re.compile(
    rf"(?<![\d.,])({_NUMBER})[ _-]*bpm(?![a-z])|(?<![a-z])bpm[ _-]*({_NUMBER})(?!\d)", re.IGNORECASE
)
_TOKEN_BREAKS = re.compile(r"[\s_()\[\]{}+&,;-]+|(?<!\d)\.|\.(?!\d)")
_MODES = {"m": "m", "min": "m", "minor": "m", "maj": "", "major": ""}
_NOTE_AND_MODE = re.compile(r"([A-Ga-g])(#|♯|b|♭|sharp|flat)?(m|min|minor|maj|major)?", re.ASCII)
_SPELLED_REST = re.compile(r"sharp|flat|min|minor|maj|major", re.IGNORECASE)
_ACCIDENTALS = {"": "", "#": "#", "♯": "#", "sharp": "#", "b": "b", "♭": "b", "flat": "b"}


@dataclass(frozen=True, slots=True)
class LoopFacts:
    """What is written down about a loop.

    Parameters
    ----------
    bpm : float or None
        Beats per minute; None where nobody says.
    key : str
        Such as "C", "F#m" or "Bb"; empty where nobody says.
    """

    bpm: float | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Key:
    """A word that may be a key. `is_sure` where it is one wherever it stands.

    Others are where they stand beside a tempo: "am" (`has_mode`) beside any number that may be one, "A"
    beside one that says so.
    """

    name: str
    is_sure: bool
    has_mode: bool


def facts_of_name(stem: str) -> LoopFacts:
    """Read tempo and key from a file's name without its extension.

    >>> facts_of_name("Loop 128 F#m")
    LoopFacts(bpm=128.0, key='F#m')
    >>> facts_of_name("TB-303 take 2")
    LoopFacts(bpm=None, key='')
    """
    marked = {bpm for match in _MARKED_BPM.finditer(stem) if (bpm := _bpm(match[1] or match[2])) is not None}
    tokens = _joined_modes([token for token in _TOKEN_BREAKS.split(_without_marks(stem)) if token])
    keys = [_key(token) for token in tokens]
    bare: set[float] = set()
    sure = {key.name for key in keys if key is not None and key.is_sure}
    beside: set[str] = set()
    for index, key in enumerate(keys):
        if key is None:
            continue
        for other in (index - 1, index + 1):
            if not 0 <= other < len(tokens):
                continue
            bpm = _bpm(tokens[other], _LOWEST_BARE_BPM, _HIGHEST_BARE_BPM)
            if tokens[other] == _MARK:
                beside.add(key.name)
            elif bpm is not None and (key.is_sure or key.has_mode):
                bare.add(bpm)
                beside.add(key.name)
    tempos, names = marked or bare, sure or beside
    return LoopFacts(
        next(iter(tempos)) if len(tempos) == 1 else None, next(iter(names)) if len(names) == 1 else ""
    )


def facts_of_file(path: Path) -> LoopFacts:
    """Tempo and key of a file: by its name, else by its acid chunk. Never raises.

    Parameters
    ----------
    path : Path
        A sound file; need not be there.
    """
    told = facts_of_name(path.stem)
    if told.bpm is not None and told.key:
        return told
    acid = read_acid(path)
    bpm = acid.bpm if acid.bpm is not None and LOWEST_BPM <= acid.bpm <= HIGHEST_BPM else None
    return LoopFacts(bpm if told.bpm is None else told.bpm, told.key or acid.root)


_MARK = "\0"
"""Stands where a tempo was that says so itself."""


def _without_marks(stem: str) -> str:
    return _MARKED_BPM.sub(f" {_MARK} ", stem)


def _joined_modes(tokens: list[str]) -> list[str]:
    """Join "A", "sharp", "minor" to "Asharpminor"."""
    joined: list[str] = []
    for token in tokens:
        if joined and _SPELLED_REST.fullmatch(token) and _is_note(joined[-1]):
            joined[-1] += token.lower()
        else:
            joined.append(token)
    return joined


def _is_note(token: str) -> bool:
    match = _NOTE_AND_MODE.fullmatch(token)
    return match is not None and match[3] is None


def _key(token: str) -> _Key | None:
    head, tail = token[:1], token[1:]
    match = _NOTE_AND_MODE.fullmatch(head + (tail if tail == "M" else tail.lower()))
    if match is None:
        return None
    accidental, mode = match[2] or "", match[3] or ""
    if tail.startswith("B"):  # "AB" is a word, "Ab" is a key
        return None
    name = head.upper() + _ACCIDENTALS[accidental] + _MODES.get(mode, "")
    is_spelled = mode not in ("", "m") or accidental in ("#", "♯", "♭", "sharp", "flat")
    is_written = head.isupper() and (bool(accidental) or tail == "m")
    return _Key(name, is_spelled or is_written, bool(mode))


def _bpm(text: str, lowest: float = LOWEST_BPM, highest: float = HIGHEST_BPM) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if lowest <= value <= highest and re.fullmatch(_NUMBER, text) else None
