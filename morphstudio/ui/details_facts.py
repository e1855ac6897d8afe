"""What the details say of one sound, and of several together. A QObject for the sake of its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, QObject

from morphstudio.library.analysis import Analysis
from morphstudio.library.entries import Entry
from morphstudio.ui.entry_model import tempo_text
from morphstudio.ui.fact_grid import Fact
from morphstudio.ui.sound_texts import (
    UNKNOWN,
    brightness_text,
    format_text,
    guess_text,
    key_text,
    kind_text,
    length_text,
    loudness_text,
    percent_text,
    pitch_text,
)

_NOTHING = Analysis()


class FactTeller(QObject):
    """Says what is known of sounds, in the language that is spoken now."""

    def facts_of(self, entry: Entry, locale: QLocale) -> tuple[Fact, ...]:
        """All figures of one sound."""
        heard = entry.analysis or _NOTHING
        return (
            self._tempo(entry, heard, locale),
            self._key(entry, heard),
            Fact(
                self.tr("Loudness"),
                loudness_text(heard.loudness_lufs),
                self.tr("How loud it is on the whole, as streaming services measure it"),
            ),
            Fact(
                self.tr("Brightness"),
                brightness_text(heard.centroid_hz),
                self.tr("Where the middle of its energy lies"),
            ),
        )

    def line_of(self, entry: Entry, locale: QLocale) -> str:
        """Length, rate and channels of one sound; empty where nothing is known yet."""
        heard = entry.analysis or _NOTHING
        duration_s = heard.duration_s if entry.duration_s is None else entry.duration_s
        return _line(length_text(duration_s), format_text(heard.channels, heard.rate_hz, locale))

    def line_shared(self, entries: Sequence[Entry], locale: QLocale) -> str:
        """How long several sounds are one after the other, and their rate and channels where they agree."""
        heard = [entry.analysis or _NOTHING for entry in entries]
        durations = [
            known.duration_s if entry.duration_s is None else entry.duration_s
            for entry, known in zip(entries, heard, strict=True)
        ]
        known_s = [duration_s for duration_s in durations if duration_s is not None]
        total = length_text(sum(known_s)) if len(known_s) == len(entries) else UNKNOWN
        formats = {format_text(known.channels, known.rate_hz, locale) for known in heard}
        return _line(total, formats.pop() if len(formats) == 1 else UNKNOWN)

    def _tempo(self, entry: Entry, heard: Analysis, locale: QLocale) -> Fact:
        name = self.tr("Tempo")
        if entry.bpm is None:
            return Fact(name, UNKNOWN)
        if entry.told_bpm is not None or heard.bpm_confidence is None or heard.bpm_confidence >= 1.0:
            return Fact(name, tempo_text(entry.bpm), self.tr("As its maker wrote it down"))
        value = guess_text(tempo_text(entry.bpm), heard.bpm_confidence)
        return Fact(name, value, percent_text(heard.bpm_confidence, locale))

    def _key(self, entry: Entry, heard: Analysis) -> Fact:
        if not entry.key and (heard.midi_note is not None or heard.pitch_class):
            return Fact(self.tr("Note"), pitch_text(heard))
        return Fact(self.tr("Key"), key_text(entry.key) or UNKNOWN)

    def facts_shared(self, entries: Sequence[Entry], locale: QLocale) -> tuple[Fact, ...]:
        """What several sounds have in common: one value, or from where to where."""
        heard = [entry.analysis or _NOTHING for entry in entries]
        tempos = [entry.bpm for entry in entries]
        levels = [known.loudness_lufs for known in heard]
        centroids = [known.centroid_hz for known in heard]
        return (
            self._span(self.tr("Tempo"), tempos, tempo_text, locale),
            Fact(self.tr("Key"), self._one([key_text(entry.key) for entry in entries])),
            self._span(self.tr("Loudness"), levels, loudness_text, locale),
            self._span(self.tr("Brightness"), centroids, brightness_text, locale),
        )

    def _one(self, values: Sequence[str]) -> str:
        if not all(values):
            return UNKNOWN
        return values[0] if len(set(values)) == 1 else self.tr("different")

    def _span(
        self, name: str, values: Sequence[float | None], text: Callable[[float | None], str], locale: QLocale
    ) -> Fact:
        """From the least of what is known to the most."""
        known = [value for value in values if value is not None]
        if not known:
            return Fact(name, UNKNOWN)
        tip = ""
        if len(known) < len(values):
            tip = self.tr("Known of {known} of {count}").format(
                known=locale.toString(len(known)), count=locale.toString(len(values))
            )
        low, high = text(min(known)), text(max(known))
        if low == high:
            return Fact(name, low, tip)
        unit = low.partition(" ")[2]
        if unit and unit == high.partition(" ")[2]:
            low = low.partition(" ")[0]
        return Fact(name, self.tr("{low} to {high}").format(low=low, high=high), tip)

    def kind_of(self, entries: Sequence[Entry]) -> str:
        """What sounds are, with how sure that is where it is one that was listened to."""
        kinds = {entry.kind for entry in entries}
        kind = entries[0].kind
        if len(kinds) > 1:
            return self.tr("Different kinds")
        if kind is None:
            return self.tr("No kind yet")
        if all(entry.is_kind_by_hand for entry in entries):
            return self.tr("{kind}, by hand").format(kind=kind_text(kind))
        if len(entries) > 1:
            return kind_text(kind)
        heard = entries[0].analysis or _NOTHING
        return guess_text(kind_text(kind), heard.kind_confidence)

    def kind_tip(self, entries: Sequence[Entry], locale: QLocale) -> str:
        """Where a kind comes from."""
        if len(entries) == 1:
            heard = entries[0].analysis or _NOTHING
            if entries[0].is_kind_by_hand:
                if heard.kind is None:
                    return self.tr("Chosen by hand")
                text = self.tr("Chosen by hand; it sounds like: {kind}")
                return text.format(kind=kind_text(heard.kind))
            if heard.kind_confidence is not None:
                return percent_text(heard.kind_confidence, locale)
        return self.tr("Say what it is")


def _line(*parts: str) -> str:
    return " · ".join(part for part in parts if part != UNKNOWN)
