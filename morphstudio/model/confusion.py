"""The confusion matrix of a tagger as a picture: an SVG file of text and squares."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from morphstudio.saving import saving

_CELL = 34
_LETTER = 7.2
_MOST_LETTERS = 24
_MARGIN = 16
_PAPER, _INK, _PALE_INK = "#ffffff", "#20242c", "#5c6470"
_EMPTY, _FULL = (238, 241, 245), (29, 97, 163)


def confusion_svg(labels: Sequence[str], confusion: NDArray[np.int64], title: str) -> str:
    """Draw a matrix: rows are what sounds are, columns what they were taken for.

    Parameters
    ----------
    labels : sequence of str
    confusion : int, shape (n_labels, n_labels)
    title : str
    """
    shown = [label if len(label) <= _MOST_LETTERS else f"{label[: _MOST_LETTERS - 1]}…" for label in labels]
    longest = max(map(len, shown), default=0) * _LETTER
    left, top = round(longest) + 2 * _MARGIN + 14, round(longest) + 2 * _MARGIN + 40
    n = len(shown)
    width = max(left + n * _CELL + _MARGIN, round(len(title) * 8.2) + 2 * _MARGIN)
    height = top + n * _CELL + _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        f'<text x="{_MARGIN}" y="{_MARGIN + 12}" font-size="15" font-weight="bold" fill="{_INK}">'
        f"{escape(title)}</text>",
        f'<text x="{left}" y="{_MARGIN + 34}" fill="{_PALE_INK}">taken for</text>',
        f'<text transform="translate({_MARGIN + 8} {top + n * _CELL / 2}) rotate(-90)" '
        f'text-anchor="middle" fill="{_PALE_INK}">is</text>',
    ]
    totals = confusion.sum(axis=1)
    for index, name in enumerate(shown):
        centre = (index + 0.5) * _CELL
        parts.append(
            f'<text transform="translate({left + centre + 4:.1f} {top - 8}) rotate(-90)" fill="{_INK}">'
            f"{escape(name)}</text>"
        )
        parts.append(
            f'<text x="{left - 8}" y="{top + centre + 4:.1f}" text-anchor="end" fill="{_INK}">'
            f"{escape(name)}</text>"
        )
        for column in range(n):
            count = int(confusion[index, column])
            share = count / totals[index] if totals[index] else 0.0
            parts.append(_cell(left + column * _CELL, top + index * _CELL, count, share))
    return "\n".join([*parts, "</svg>", ""])


def _cell(x: int, y: int, count: int, share: float) -> str:
    red, green, blue = (
        round(empty + (full - empty) * share) for empty, full in zip(_EMPTY, _FULL, strict=True)
    )
    square = (
        f'<rect x="{x + 1}" y="{y + 1}" width="{_CELL - 2}" height="{_CELL - 2}" rx="3" '
        f'fill="rgb({red},{green},{blue})"/>'
    )
    if not count:
        return square
    ink = _PAPER if share > 0.45 else _INK
    return (
        f'{square}<text x="{x + _CELL / 2}" y="{y + _CELL / 2 + 4}" text-anchor="middle" font-size="12" '
        f'fill="{ink}">{count}</text>'
    )


def save_confusion(path: Path, labels: Sequence[str], confusion: NDArray[np.int64], title: str) -> None:
    """Write the picture; see `confusion_svg`.

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    """
    with saving(path) as file:
        file.write(confusion_svg(labels, confusion, title).encode())
