"""What producers type into the search field, as a value: words, ranges, keys, kinds, tags. No Qt.

| typed | shows |
|---|---|
| `amen drums` | names, folders below the place and tags that hold every word, in any case |
| `"vinyl hiss"` | those that hold the phrase as it is; nothing in it is read as anything else |
| `-loop`, `-"take 2"`, `-#old` | all but those |
| `#dusty`, `#"lo fi"` | tags that begin so |
| `fav` | favourites |
| `kick`, `kicks`, `drum-loop` | of this kind, or holding the word; `drums` are all of the family |
| `loop`, `one-shot` | made to be repeated, or not; or holding the word |
| `120bpm`, `120-128 bpm`, `>120bpm` | tempo; a single one within half a beat per minute |
| `120-128` | tempo too where both can be one, or holding just that |
| `Cm`, `F#`, `Bbmaj`, `aminor` | key, as a capital or spelled out; or holding it as a word of its own |
| `key:c`, `key:f#m` | key alone, in any case; a major one shows single notes of that name as well |
| `C3`, `F#2` | single notes; C4 is middle C |
| `<2s`, `2-4s`, `>500ms` | length; a single one within 5 % |
| `bright`, `dark`, `>2khz`, `200hz-1khz` | brightness; a single one within 10 % |
| `>-14lufs`, `-20..-14lufs` | loudness, with or without the minus; a single one within half a unit |

All of it has to be true of a sound. Ranges hold their ends, `<` and `>` do not. What is no more than half
typed (`120-`, `>120`, `2-4k`, `key:`, `#`, `-`, `-l`) restricts nothing yet, so that the list does not empty
between two keys; `120bpm-` is from there on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from math import inf, nextafter
from typing import Final

from morphstudio.library.kinds import Kind
from morphstudio.library.sounds import Family

EXAMPLES: Final = ("kick 120-128bpm", "F#m loop", "hat <500ms", "dark bass", "#dusty -loop")
"""What a search field may hint at: the same in every language."""
BRIGHT_HZ: Final = 2000.0
"""What is brighter is called bright: of a mixed lot of hits, loops and textures, one in five."""
DARK_HZ: Final = 300.0
"""What is less bright is called dark: three in ten."""
LOWEST_TEMPO, HIGHEST_TEMPO = 40.0, 300.0
"""A range without a unit is one of tempos where both ends are in between."""

_LONGEST = 400
_TEMPO_SLACK, _LOUDNESS_SLACK = 0.5, 0.5
_LENGTH_SLACK, _BRIGHTNESS_SLACK = 0.05, 0.1
_ROUNDED_BPM = 0.05
_NOTE_PLACE = 0.5


class Field(IntEnum):
    """A figure of a row. Those that are not known are NaN, which is in no range."""

    KIND = 0
    """Number of the kind, in the order of `Kind`."""
    FAMILY = auto()
    """Number of the family, in the order of `Family`."""
    TEMPO = auto()
    KEY = auto()
    """`key_place`."""
    PITCH = auto()
    """MIDI note, with the cents as hundredths."""
    LENGTH = auto()
    BRIGHTNESS = auto()
    LOUDNESS = auto()
    LOOP = auto()
    """1 for a loop, 0 for what is none."""
    FAVOURITE = auto()
    ON_PAD = auto()
    ADDED = auto()
    SIMILARITY = auto()
    """Place among the sounds that are like one; 0 is the nearest."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a row must be, or must not be.

    Parameters
    ----------
    words : tuple of str
        Folded; a row passes if its text holds one of them,
    is_whole : bool
        as a word of its own, where this is set.
    field : Field or None
        A row passes as well if this figure
    low, high : float
        is in between, ends included.
    is_excluded : bool
        Whether it is the others that pass.
    """

    words: tuple[str, ...] = ()
    is_whole: bool = False
    field: Field | None = None
    low: float = -inf
    high: float = inf
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: a row passes all terms. Without terms everything passes."""

    terms: tuple[Term, ...] = ()


def parse(text: str) -> Query:
    """Read what was typed. Never raises: what is not understood is a word.

    >>> parse("").terms
    ()
    >>> [term.words for term in parse('Amen "take 2"').terms]
    [('amen',), ('take 2',)]
    """
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).translate(_SAME)
    terms: list[Term | None] = []
    begin = 0
    for match in _QUOTED.finditer(text):
        terms += [_term(token) for token in _joined(text[begin : match.start()]).split()]
        terms.append(_phrase(match[3], is_tag=bool(match[2]), is_excluded=bool(match[1])))
        begin = match.end()
    terms += [_term(token) for token in _joined(text[begin:]).split()]
    return Query(tuple(dict.fromkeys(term for term in terms if term is not None)))


def folded(text: str) -> str:
    """Text as it is compared: without case, and without the ways in which one letter may be written.

    >>> folded("Ｄrums F♯")
    'drums f#'
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).translate(_SAME).casefold()


def tag_word(tag: str) -> str:
    """What the text of a row holds for a tag, and for no word of a name."""
    return f"\n#{folded(tag)}"


def key_place(key: str, pitch_class: str = "") -> float | None:
    """Place of a key among all: C, notes of that name, Cm, C#, and so on up to Bm; None of what is none.

    >>> key_place("C"), key_place("", "C"), key_place("Cm"), key_place("Db")
    (0.0, 0.5, 1.0, 2.0)
    """
    match = _KEY.fullmatch(key.translate(_SAME)) or _KEY.fullmatch(pitch_class)
    if match is None:
        return None
    place = 2.0 * _pitch_class(match)
    if not key:
        return place + _NOTE_PLACE
    return place + 1.0 if match[3] in _MINOR else place


# --- how it is taken apart --------------------------------------------------------------------

_SAME: Final = str.maketrans("♯♭\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}“”„«»", '#b---"""""') | {
    ord("≥"): ">=",
    ord("≤"): "<=",
}
"""What a keyboard has in place of what a text may have."""
_QUOTED: Final = re.compile(r'(?<!\S)(-?)(#?)"([^"]*)"?')
_SPACED_UNIT: Final = re.compile(r"(?<=[0-9])\s+(?=(?:bpm|lufs|k?hz)(?!\S))", re.IGNORECASE)
_SPACED_SIGN: Final = re.compile(r"(?<!\S)(-?[<>]=?)\s+(?=[-.,]?[0-9])")
_ONE_SHOT: Final = re.compile(r"(?<![^\s-])one[\s_]+(shots?)(?!\S)", re.IGNORECASE)

_NUMBER: Final = r"-?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)"
_RANGE: Final = re.compile(
    rf"(?P<sign>[<>]=?)?(?P<low>{_NUMBER})(?P<low_unit>[a-z]+)?"
    rf"(?P<to>(?:-|\.\.)(?P<high>{_NUMBER})?(?P<high_unit>[a-z]+)?)?",
    re.IGNORECASE,
)
_UNITS: Final[dict[str, tuple[Field, float]]] = {
    "bpm": (Field.TEMPO, 1.0),
    "s": (Field.LENGTH, 1.0),
    "ms": (Field.LENGTH, 0.001),
    "hz": (Field.BRIGHTNESS, 1.0),
    "khz": (Field.BRIGHTNESS, 1000.0),
    "lufs": (Field.LOUDNESS, 1.0),
}
_OF_A_THOUSAND: Final = ("s", "khz")
_HALF_LOUDNESS: Final = re.compile(rf"{_NUMBER}(?:l|lu|luf)", re.IGNORECASE)

_KEY: Final = re.compile(r"([A-Ga-g])(#|b)?(m|min|minor|maj|major)?")
_NOTE: Final = re.compile(r"([A-G])(#|b)?(-?[0-9])", re.IGNORECASE)
_MINOR: Final = ("m", "min", "minor")
_SEMITONES: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS: Final = {"#": 1, "b": -1, "B": -1}

_KINDS: Final = tuple(Kind)
_KIND_WORDS: Final[dict[str, Kind]] = {
    "hihat": Kind.HAT,
    "hi-hat": Kind.HAT,
    "perc": Kind.PERCUSSION,
    "vox": Kind.VOCAL,
    "tonal": Kind.TONAL_LOOP,
    **{kind.value: kind for kind in Kind},
}
_LOOP: Final = Term(("loop",), field=Field.LOOP, low=1.0, high=1.0)
_SHOT: Final = Term(("one-shot", "oneshot", "one shot", "one_shot"), field=Field.LOOP, low=0.0, high=0.0)
_DRUMS_NUMBER: Final = float(tuple(Family).index(Family.DRUMS))
_DRUMS: Final = Term(("drum",), field=Field.FAMILY, low=_DRUMS_NUMBER, high=_DRUMS_NUMBER)
_LIKED: Final = Term(("fav",), field=Field.FAVOURITE, low=1.0, high=1.0)
_WORDS: Final[dict[str, Term]] = {
    "loop": _LOOP,
    "loops": _LOOP,
    "one-shot": _SHOT,
    "one-shots": _SHOT,
    "oneshot": _SHOT,
    "oneshots": _SHOT,
    "drum": _DRUMS,
    "drums": _DRUMS,
    "fav": _LIKED,
    "favs": _LIKED,
    "bright": Term(("bright",), field=Field.BRIGHTNESS, low=BRIGHT_HZ),
    "dark": Term(("dark",), field=Field.BRIGHTNESS, high=DARK_HZ),
}


def _joined(text: str) -> str:
    """Text in which what belongs together has no space."""
    text = _SPACED_UNIT.sub("", text)
    return _ONE_SHOT.sub(r"one-\1", _SPACED_SIGN.sub(r"\1", text))


def _phrase(text: str, *, is_tag: bool, is_excluded: bool) -> Term | None:
    if not text.strip():
        return None
    word = tag_word(text.strip()) if is_tag else folded(text)
    return Term((word,), is_excluded=is_excluded)


def _term(token: str) -> Term | None:
    """What a word of the query means; None where it restricts nothing."""
    match = _RANGE.fullmatch(token)
    # "-14lufs" is a loudness, "-120bpm" is all but a tempo.
    if match is not None and (not token.startswith("-") or _is_loudness(match)):
        return _range(match, token)
    if token.startswith("-"):
        term = _term(token[1:]) if len(token) > 2 and not _HALF_LOUDNESS.fullmatch(token) else None
        return replace(term, is_excluded=not term.is_excluded) if term is not None else None
    if token.startswith("#"):
        return Term((tag_word(token[1:]),)) if len(token) > 1 else None
    if token.casefold().startswith("key:"):
        return _key(token[len("key:") :], is_alone=True)
    if token in ("<", ">", "<=", ">=", '"'):
        return None
    return _key(token, is_alone=False) or _note(token) or _known(folded(token))


def _known(word: str) -> Term:
    if word in _WORDS:
        return _WORDS[word]
    for name in (word, word.removesuffix("s")):
        kind = _KIND_WORDS.get(name)
        if kind is not None:
            number = float(_KINDS.index(kind))
            spelled = (name, name.replace("-", " ")) if "-" in name else (name,)
            return Term(spelled, field=Field.KIND, low=number, high=number)
    return Term((word,))


def _key(token: str, *, is_alone: bool) -> Term | None:
    """A key: one of its own field in any case, one among words where a capital or a spelling says so."""
    match = _KEY.fullmatch(token[:1] + token[1:].lower() if is_alone else token)
    if match is None:
        return None
    accidental, mode = match[2], match[3]
    is_capital = match[1].isupper() and bool(accidental or mode)
    if not (is_alone or is_capital or accidental == "#" or (mode or "m") != "m"):
        return None
    place = 2.0 * _pitch_class(match)
    low, high = (place + 1.0, place + 1.0) if mode in _MINOR else (place, place + _NOTE_PLACE)
    return Term(() if is_alone else (folded(token),), True, Field.KEY, low, high)


def _note(token: str) -> Term | None:
    match = _NOTE.fullmatch(token)
    if match is None:
        return None
    letter = _SEMITONES[match[1].upper()] + _ACCIDENTALS.get(match[2] or "", 0)
    midi = 12.0 * (int(match[3]) + 1) + letter
    return Term((folded(token),), True, Field.PITCH, midi - 0.5, midi + 0.5)


def _pitch_class(match: re.Match[str]) -> int:
    return (_SEMITONES[match[1].upper()] + _ACCIDENTALS.get(match[2] or "", 0)) % 12


def _is_loudness(match: re.Match[str]) -> bool:
    return "lufs" in ((match["high_unit"] or "").lower(), (match["low_unit"] or "").lower())


def _range(match: re.Match[str], token: str) -> Term | None:
    """A figure, or a range of figures; None where it is half typed, a word where no unit fits."""
    word, sign, is_span = Term((folded(token),)), match["sign"] or "", bool(match["to"])
    low, high = _value(match["low"]), _value(match["high"]) if match["high"] else None
    first, last = (match["low_unit"] or "").lower(), (match["high_unit"] or "").lower()
    unit = last or first
    if unit not in _UNITS:
        is_begun = any(known.startswith(unit) for known in _UNITS)
        if not is_begun or not (is_span or sign):
            return word
        return None if unit else _tempos(word, low, high)
    field, scale = _UNITS[unit]
    first_field, first_scale = _UNITS.get(first or unit, (None, 0.0))
    if first_field != field:
        return word
    if field == Field.LOUDNESS:  # above 0 LUFS there is hardly anything
        low, high = -abs(low), None if high is None else -abs(high)
    low, high = low * first_scale, None if high is None else high * scale
    if not is_span:
        return _beyond(field, low, sign) if sign else _about(word, field, low)
    if high is not None and low > high:
        if not first and unit in _OF_A_THOUSAND and low <= 1000.0 * high:
            low /= 1000.0  # "500-2khz" begins at 500 Hz
        elif last:
            low, high = high, low
        else:
            high = None  # "120bpm-1" is on its way to "120bpm-130"
    slack = _ROUNDED_BPM if field == Field.TEMPO else 0.0
    return Term(field=field, low=low - slack, high=inf if high is None else high + slack)


def _tempos(word: Term, low: float, high: float | None) -> Term | None:
    """Tempos, as in "120-128"; a word where it begins like none; None for what may become a range."""
    if high is None:
        return None
    if not LOWEST_TEMPO <= low <= high <= HIGHEST_TEMPO:
        return word if word.words[0].startswith("0") else None
    ends = low - _ROUNDED_BPM, high + _ROUNDED_BPM
    return Term(word.words, is_whole=True, field=Field.TEMPO, low=ends[0], high=ends[1])


def _about(word: Term, field: Field, value: float) -> Term:
    slack = {
        Field.TEMPO: _TEMPO_SLACK,
        Field.LOUDNESS: _LOUDNESS_SLACK,
        Field.LENGTH: value * _LENGTH_SLACK,
        Field.BRIGHTNESS: value * _BRIGHTNESS_SLACK,
    }[field]
    return Term(word.words, is_whole=True, field=field, low=value - slack, high=value + slack)


def _beyond(field: Field, value: float, sign: str) -> Term:
    if sign.startswith(">"):
        return Term(field=field, low=value if "=" in sign else nextafter(value, inf))
    return Term(field=field, high=value if "=" in sign else nextafter(value, -inf))


def _value(number: str) -> float:
    return float(number.replace(",", "."))
