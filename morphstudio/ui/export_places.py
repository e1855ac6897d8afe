"""Where exports and renders go, and what the settings ask for. No widgets."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess, QStandardPaths, QSysInfo, QUrl
from PySide6.QtGui import QDesktopServices

from morphstudio.audio.export import ExportOptions
from morphstudio.settings import ExportSettings, Settings

RENDERS_FOLDER_NAME = "MorphStudio renders"
_FLAC_BITS = 24


def music_folder() -> Path:
    """The user's folder of music; the home folder where there is none."""
    music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    return Path(music) if music and Path(music).is_dir() else Path.home()


def renders_folder(settings: Settings) -> Path:
    """Where what is dragged out is kept; it need not be there yet."""
    chosen = settings.renders_folder
    return Path(chosen).expanduser() if chosen else music_folder() / RENDERS_FOLDER_NAME


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


def reveal(path: Path) -> None:
    """Show a file in the system's file manager; its folder, where that cannot point at a file."""
    kind = QSysInfo.kernelType()
    if kind == "winnt":
        # Explorer takes no quotes around the whole argument, only around the path.
        QProcess.startDetached("explorer.exe", ["/select,", str(path)])
    elif kind == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
