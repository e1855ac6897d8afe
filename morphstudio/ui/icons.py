"""Monochrome icons, tinted by a role of the theme. The pictures lie in resources/icons."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from morphstudio.paths import resources_dir
from morphstudio.ui.theme import Theme

SIZES_PX = (16, 20, 24, 32, 48, 64)
"""Sizes drawn beforehand, so that no screen density shows a stretched picture."""


def icon(theme: Theme, name: str, role: str = "text") -> QIcon:
    """Icon in a role's colour; greyed where its control is disabled.

    Parameters
    ----------
    theme : Theme
    name : str
        A file's stem in resources/icons.
    role : str
        A role of the theme.

    Raises
    ------
    FileNotFoundError
        If there is no such icon.
    """
    made = QIcon()
    for size_px in SIZES_PX:
        made.addPixmap(pixmap(name, theme.role(role), size_px))
        made.addPixmap(pixmap(name, theme.role("text_disabled"), size_px), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: QColor, size_px: int) -> QPixmap:
    """Picture of `size_px` x `size_px` device pixels in a colour."""
    path = resources_dir() / "icons" / f"{name}.svg"
    if not path.is_file():
        raise FileNotFoundError(path)
    picture = QPixmap(size_px, size_px)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(path)).render(painter, QRectF(0, 0, size_px, size_px))
    # The shape stays, its colour goes: the files know nothing of themes.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(picture.rect(), colour)
    painter.end()
    return picture
