"""How figures are written: levels, frequencies, notes. Units of their own need no translation."""

from __future__ import annotations

from math import isfinite, log2

_NOTES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
_MINUS = "\N{MINUS SIGN}"


def frequency_text(frequency_hz: float) -> str:
    """Three figures and a unit.

    >>> frequency_text(440.2), frequency_text(1234.0), frequency_text(12_340.0)
    ('440 Hz', '1.23 kHz', '12.3 kHz')
    """
    if frequency_hz >= 9995:
        return f"{frequency_hz / 1000:.1f} kHz"
    return f"{frequency_hz / 1000:.2f} kHz" if frequency_hz >= 999.5 else f"{frequency_hz:.0f} Hz"


def note_name(frequency_hz: float) -> str:
    """Nearest note in equal temperament with A4 at 440 Hz.

    >>> note_name(261.6)
    'C4'
    """
    midi = round(_midi(frequency_hz))
    return f"{_NOTES[midi % 12]}{midi // 12 - 1}"


def note_text(frequency_hz: float) -> str:
    """Nearest note, and how many cents above it.

    >>> note_text(440.0), note_text(445.0)
    ('A4', 'A4 +20 ct')
    """
    cents = round(100 * (_midi(frequency_hz) - round(_midi(frequency_hz))))
    return note_name(frequency_hz) + (f" {signed_text(cents)} ct" if cents else "")


def signed_text(value: float, digits: int = 0) -> str:
    """A figure with its sign.

    >>> signed_text(3), signed_text(-3.26, 1), signed_text(-0.01, 1)
    ('+3', '−3.3', '0.0')
    """
    text = f"{abs(value):.{digits}f}"
    if not float(text):
        return text
    return f"{_MINUS if value < 0 else '+'}{text}"


def decibel_text(level_db: float, digits: int = 0, unit: str = "dB") -> str:
    """A level; a dash where there is none.

    >>> decibel_text(-12.34, 1), decibel_text(float("-inf"))
    ('−12.3 dB', '– dB')
    """
    if not isfinite(level_db):
        return f"\N{EN DASH} {unit}"
    text = f"{abs(level_db):.{digits}f}"
    sign = _MINUS if level_db < 0 and float(text) else ""
    return f"{sign}{text} {unit}"


def _midi(frequency_hz: float) -> float:
    return 69 + 12 * log2(frequency_hz / 440.0)
