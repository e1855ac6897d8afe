"""Where exports go at first, and what the settings ask of them. No widgets."""

from __future__ import annotations

from pathlib import Path

from morphstudio.audio.export import ExportOptions
from morphstudio.paths import music_dir
from morphstudio.settings import ExportSettings

_FLAC_BITS = 24


def music_folder() -> Path:
    """The user's folder of music; the home folder where there is none."""
    music = music_dir()
    return music if music.is_dir() else Path.home()


def options_of(settings: ExportSettings, bar_s: float) -> ExportOptions:
    """What the settings ask for, with a tail of one bar."""
    is_flac = settings.format == "flac"
    return ExportOptions(
        settings.format,
        min(settings.bits, _FLAC_BITS) if is_flac else settings.bits,
        settings.rate_hz,
        settings.normalise,
        settings.repeats,
        bar_s if settings.has_tail else 0.0,
    )
