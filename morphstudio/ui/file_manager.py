"""Shows files and folders in the system's file manager."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess, QSysInfo, QUrl
from PySide6.QtGui import QDesktopServices


def reveal(path: Path) -> None:
    """Show a file among those beside it; where the file manager cannot point at one, show its folder."""
    kind = QSysInfo.kernelType()
    if kind == "winnt":
        # Explorer takes no quotes around the whole argument, only around the path.
        QProcess.startDetached("explorer.exe", ["/select,", str(path)])
    elif kind == "darwin":
        QProcess.startDetached("open", ["-R", str(path)])
    else:
        open_folder(path.parent)


def open_folder(folder: Path) -> None:
    """Show what is in a folder; where it is missing, the next one above that is there."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
