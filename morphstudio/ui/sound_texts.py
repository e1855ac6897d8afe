"""What is known of a sound in producers' words: kinds, how sure, tempo, note, length. No widgets."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from morphstudio.library.analysis import PITCH_CLASSES, Analysis
from morphstudio.library.entries import Entry
from morphstudio.library.kinds import Kind
from morphstudio.ui.figures import decibel_text, frequency_text, signed_text

UNKNOWN = "—"
"""Stands where nothing is known."""
SURE, LIKELY = 0.8, 0.5
"""Confidences from which on something is sure, and likely."""
_LEAST_CENTS = 1
_MONO, _STEREO = 1, 2


def kind_text(kind: Kind) -> str:
    """What people call a kind."""
    texts = {
        Kind.KICK: QCoreApplication.translate("Kind", "Kick"),
        Kind.SNARE: QCoreApplication.translate("Kind", "Snare"),
        Kind.CLAP: QCoreApplication.translate("Kind", "Clap"),
        Kind.HAT: QCoreApplication.translate("Kind", "Hat"),
        Kind.CYMBAL: QCoreApplication.translate("Kind", "Cymbal"),
        Kind.TOM: QCoreApplication.translate("Kind", "Tom"),
        Kind.PERCUSSION: QCoreApplication.translate("Kind", "Percussion"),
        Kind.BASS: QCoreApplication.translate("Kind", "Bass"),
        Kind.SYNTH: QCoreApplication.translate("Kind", "Synth"),
        Kind.GUITAR: QCoreApplication.translate("Kind", "Guitar"),
        Kind.KEYS: QCoreApplication.translate("Kind", "Keys"),
        Kind.VOCAL: QCoreApplication.translate("Kind", "Vocal"),
        Kind.TEXTURE: QCoreApplication.translate("Kind", "Texture"),
        Kind.DRUM_LOOP: QCoreApplication.translate("Kind", "Drum loop"),
        Kind.TONAL_LOOP: QCoreApplication.translate("Kind", "Tonal loop"),
    }
    return texts[kind]


def guess_text(what: str, confidence: float | None) -> str:
    """A guess, with how sure it is."""
    if confidence is None:
        return what
    text = QCoreApplication.translate("Guess", "perhaps {what}")
    if confidence >= SURE:
        text = QCoreApplication.translate("Guess", "{what}, sure")
    elif confidence >= LIKELY:
        text = QCoreApplication.translate("Guess", "{what}, likely")
    return text.format(what=what)


def percent_text(confidence: float, locale: QLocale) -> str:
    """How sure, in per cent."""
    return QCoreApplication.translate("Guess", "{percent} % sure").format(
        percent=locale.toString(round(confidence * 100))
    )


def key_text(key: str) -> str:
    """A key or a note with its real sharp or flat.

    >>> key_text("F#m"), key_text("Bb")
    ('F♯m', 'B♭')
    """
    return key[:1] + key[1:].replace("#", "♯").replace("b", "♭")


def note_text(midi_note: int) -> str:
    """Name of a note; 60 is C4.

    >>> note_text(60), note_text(49)
    ('C4', 'C♯3')
    """
    return f"{key_text(PITCH_CLASSES[midi_note % 12])}{midi_note // 12 - 1}"


def short_key_text(entry: Entry) -> str:
    """The key of a loop or the note of a sound, as short as it can be said; a dash where there is none."""
    heard = entry.analysis
    if entry.key:
        return key_text(entry.key)
    if heard is not None and heard.midi_note is not None:
        return note_text(heard.midi_note)
    if heard is not None and heard.pitch_class:
        return key_text(heard.pitch_class)
    return UNKNOWN


def pitch_text(heard: Analysis) -> str:
    """The note of a sound with how far off it is; a dash where it has none."""
    if heard.midi_note is None:
        return key_text(heard.pitch_class) or UNKNOWN
    text = note_text(heard.midi_note)
    if heard.cents is None or abs(round(heard.cents)) < _LEAST_CENTS:
        return text
    return QCoreApplication.translate("Note", "{note} {cents} cents").format(
        note=text, cents=signed_text(heard.cents)
    )


def length_text(duration_s: float | None) -> str:
    """A length as short as it can be said; a dash where it is not known.

    >>> length_text(0.1234), length_text(12.34), length_text(75.0)
    ('0.12 s', '12.3 s', '1:15')
    """
    if duration_s is None:
        return UNKNOWN
    if duration_s >= 59.95:
        minutes, seconds = divmod(round(duration_s), 60)
        return f"{minutes}:{seconds:02d}"
    return f"{duration_s:.1f} s" if duration_s >= 9.995 else f"{duration_s:.2f} s"


def brightness_text(centroid_hz: float | None) -> str:
    """Centre of gravity of a spectrum; a dash where it is not known."""
    return UNKNOWN if centroid_hz is None else frequency_text(centroid_hz)


def loudness_text(loudness_lufs: float | None) -> str:
    """A loudness; a dash where it is not known."""
    return UNKNOWN if loudness_lufs is None else decibel_text(loudness_lufs, 1, "LUFS")


def format_text(channels: int | None, rate_hz: int | None, locale: QLocale) -> str:
    """Channels and sampling rate of a file; a dash where they are not known.

    >>> format_text(2, 44_100, QLocale("en"))
    '44.1 kHz stereo'
    """
    parts = []
    if rate_hz is not None:
        parts.append(f"{rate_hz / 1000:g} kHz")
    if channels == _MONO:
        parts.append(QCoreApplication.translate("Format", "mono"))
    elif channels == _STEREO:
        parts.append(QCoreApplication.translate("Format", "stereo"))
    elif channels is not None:
        text = QCoreApplication.translate("Format", "{count} channels")
        parts.append(text.format(count=locale.toString(channels)))
    return " ".join(parts) or UNKNOWN
