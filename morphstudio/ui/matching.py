"""Which titles a few typed letters mean. No Qt: strings in, scores and places out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

_WHOLE, _START, _WORD_START, _INITIALS, _INSIDE, _SCATTERED = 100.0, 80.0, 60.0, 50.0, 40.0, 10.0
_BESIDE = 5.0
"""For a word that only the text beside the title has."""
_FEWEST_SCATTERED = 2
_WIDEST_GAP = 4
"""Between two scattered letters: more is chance."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a title fits.

    Parameters
    ----------
    score : float
        More is better; only good for comparing.
    places : frozenset of int
        Indexes of the title's letters that were meant.
    """

    score: float
    places: frozenset[int]


def match(query: str, title: str, beside: str = "") -> Match | None:
    """Fit what was typed to a title.

    Every word has to be found: at the start of the title, at the start or inside of a word, as the words'
    initials, as letters that are scattered in order, or else in `beside`.

    Parameters
    ----------
    query : str
        Words between blanks, in any order; none fits everything.
    title, beside : str
        What is found, and what else it is known by.

    Returns
    -------
    Match or None
        None where a word is not to be found.
    """
    folded_title, folded_beside = _fold(title), _fold(beside)
    score, places = 0.0, frozenset[int]()
    for word in _fold(query).split():
        found = _match_word(word, folded_title)
        if found is None:
            if word not in folded_beside:
                return None
            found = Match(_BESIDE, frozenset())
        score += found.score
        places |= found.places
    return Match(score, places)


def _match_word(word: str, title: str) -> Match | None:
    if word == title:
        return Match(_WHOLE, frozenset(range(len(title))))
    starts = _word_starts(title)
    heads = [start for start in starts if title.startswith(word, start)]
    if heads:
        score = _START if heads[0] == 0 else _WORD_START
        return Match(score, frozenset(range(heads[0], heads[0] + len(word))))
    initials = _in_order(word, "".join(title[start] for start in starts))
    if initials is not None and len(word) >= _FEWEST_SCATTERED:
        n_skipped = initials[-1] + 1 - len(word)
        return Match(_INITIALS - n_skipped, frozenset(starts[place] for place in initials))
    inside = title.find(word)
    if inside >= 0:
        return Match(_INSIDE, frozenset(range(inside, inside + len(word))))
    return _scattered(word, title, starts)


def _scattered(word: str, title: str, starts: list[int]) -> Match | None:
    """Letters in order from the start of a word on, none far from the one before."""
    if len(word) < _FEWEST_SCATTERED:
        return None
    for start in starts:
        places = _in_order(word, title[start:])
        if places is None:
            return None
        gaps = [later - sooner - 1 for sooner, later in pairwise(places)]
        if places[0] == 0 and max(gaps) <= _WIDEST_GAP:
            return Match(_SCATTERED - sum(gaps) / len(gaps), frozenset(start + place for place in places))
    return None


def _in_order(letters: str, text: str) -> list[int] | None:
    places: list[int] = []
    place = -1
    for letter in letters:
        place = text.find(letter, place + 1)
        if place < 0:
            return None
        places.append(place)
    return places


def _word_starts(text: str) -> list[int]:
    return [
        index
        for index, letter in enumerate(text)
        if letter.isalnum() and (index == 0 or not text[index - 1].isalnum())
    ]


def _fold(text: str) -> str:
    """Lower case, letter by letter, so that places stay what they are."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
