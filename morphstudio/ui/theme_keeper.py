"""Keeps the theme at what was chosen, or at what the system shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from morphstudio.paths import resources_dir
from morphstudio.ui.theme import Theme, read_theme

_SCHEMES: Final = {"dark": Qt.ColorScheme.Dark, "light": Qt.ColorScheme.Light}


class ThemeKeeper(QObject):
    """Shows the dark or the light tables in a theme.

    Parameters
    ----------
    theme : Theme
    choice : str
        "system", "dark" or "light", as in `AppearanceSettings.theme`.
    """

    def __init__(self, theme: Theme, choice: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choice = ""
        self._tables = {name: read_theme(resources_dir() / "themes" / f"{name}.json") for name in _SCHEMES}
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Show "dark" or "light" from now on; "system" follows the system."""
        if choice == self._choice:
            return
        self._choice = choice
        # The title bar and the system's own dialogs follow this.
        if choice in _SCHEMES:
            self._hints.setColorScheme(_SCHEMES[choice])
        else:
            self._hints.unsetColorScheme()
        self._show()

    def _show(self) -> None:
        is_light = self._hints.colorScheme() == Qt.ColorScheme.Light
        shown = self._choice if self._choice in _SCHEMES else "light" if is_light else "dark"
        self._theme.show(self._tables[shown])

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._show()
