"""Colours and fonts. Painters ask a `Theme` for roles, at each repaint, and own no colours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from morphstudio.errors import FileError
from morphstudio.library.sounds import Family
from morphstudio.paths import resources_dir
from morphstudio.ui.style import palette, style_sheet

FONT_FAMILY = "Inter"
SMALLEST_FONT_PX = 13
"""Smallest text of the window; a system that asks for larger text gets it."""
# fmt: off
REQUIRED_ROLES = (
    "window", "panel", "panel_header", "panel_raised", "well", "border", "border_strong",
    "hover", "pressed", "row_selected", "row_hover", "track", "knob", "knob_edge", "focus",
    "text", "text_strong", "text_dim", "text_faint", "text_disabled",
    "on_accent", "accent", "accent_hover", "accent_pressed", "accent_text",
    "accent_soft", "accent_soft_border", "accent_soft_text", "wave", "wave_selected",
    "data_ground", "data_line", "data_text", "good", "warn", "bad",
    "meter_low", "meter_mid", "meter_high",
    "family_drums", "family_perc", "family_bass", "family_synth", "family_texture",
)
# fmt: on
"""Every role that a theme file must give a colour."""


REQUIRED_STRENGTHS = ("field", "glow", "lattice")
"""Every strength that a theme file must give a number."""


@dataclass(frozen=True, slots=True)
class ThemeTables:
    """What a theme file says.

    Parameters
    ----------
    name : str
        What the user sees.
    colours : mapping of str to str
        Role, such as "text_dim", to "#rrggbb".
    strengths : mapping of str to float
        0..1: how much of a colour is laid over its ground.
    """

    name: str
    colours: Mapping[str, str]
    strengths: Mapping[str, float]


class Theme(QObject):
    """The colours that are shown now. The object stays while they change.

    Parameters
    ----------
    tables : ThemeTables
        What to begin with.
    """

    changed = Signal()
    """Every colour may be another one now; whatever was made from them is to be made again."""

    def __init__(self, tables: ThemeTables) -> None:
        super().__init__()
        self._tables = tables
        self._roles = {role: QColor(colour) for role, colour in tables.colours.items()}

    @property
    def tables(self) -> ThemeTables:
        """What is shown now."""
        return self._tables

    def role(self, name: str) -> QColor:
        """Colour of a role; a `KeyError` names a role that does not exist."""
        return QColor(self._roles[name])

    def family_colour(self, family: Family) -> QColor:
        """Colour of a family of sound: its dot and its chip."""
        return self.role(f"family_{family.value}")

    def strength(self, name: str) -> float:
        """How strongly something is painted, 0..1: "field", "glow" or "lattice" of the pad."""
        return self._tables.strengths[name]

    def show(self, tables: ThemeTables) -> None:
        """Take over other tables, and say so where they differ."""
        if tables != self._tables:
            self._tables = tables
            self._roles = {role: QColor(colour) for role, colour in tables.colours.items()}
            self.changed.emit()

    def load(self, path: Path) -> None:
        """Take over a theme file; see `read_theme`."""
        self.show(read_theme(path))


def read_theme(path: Path) -> ThemeTables:
    """Read a theme file.

    Parameters
    ----------
    path : Path
        JSON: `{"name": ..., "roles": {role: "#rrggbb"}, "strengths": {name: 0..1}}`.

    Raises
    ------
    FileError
        If the file cannot be read, a role is missing or a colour is not one.
    """
    title, hint = f"Can't use the theme {path.name}", "Reinstall MorphStudio or choose another theme."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        name, roles = str(content["name"]), dict(content["roles"])
        strengths = {str(key): float(value) for key, value in dict(content["strengths"]).items()}
    except OSError as error:
        raise FileError(title, f"{path.name} cannot be read: {error.strerror}.", hint) from error
    except (ValueError, KeyError, TypeError) as error:
        raise FileError(title, f"{path.name} is not a theme file.", hint) from error
    missing = [role for role in REQUIRED_ROLES if role not in roles]
    missing += [entry for entry in REQUIRED_STRENGTHS if entry not in strengths]
    if missing:
        raise FileError(title, f"{path.name} has no colour for {', '.join(missing)}.", hint)
    wrong = [role for role, colour in roles.items() if not QColor.isValidColorName(str(colour))]
    wrong += [entry for entry, strength in strengths.items() if not 0.0 <= strength <= 1.0]
    if wrong:
        raise FileError(title, f"{path.name} has no valid colour for {', '.join(sorted(wrong))}.", hint)
    colours = {role: str(colour) for role, colour in roles.items()}
    return ThemeTables(name, MappingProxyType(colours), MappingProxyType(strengths))


def load_theme(path: Path) -> Theme:
    """Return a theme that shows a theme file; see `read_theme`."""
    return Theme(read_theme(path))


def tabular(font: QFont) -> QFont:
    """Return the font with figures of equal width, for numbers that change."""
    changed = QFont(font)
    changed.setFeature(QFont.Tag("tnum"), 1)
    return changed


def scaled(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """Return the font at `factor` times its size; at another weight where one is given."""
    changed = QFont(font)
    changed.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * factor)))
    if weight is not None:
        changed.setWeight(weight)
    return changed


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the application the theme's font, palette and style sheet, now and whenever it changes.

    To be called before widgets are built: what else follows the theme then finds the palette changed.
    """
    for file in sorted((resources_dir() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(FONT_FAMILY)
    font.setPixelSize(max(SMALLEST_FONT_PX, QFontInfo(app.font()).pixelSize()))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setStyle("Fusion")
    app.setFont(font)
    for dresser in app.findChildren(_Dresser):
        dresser.leave()
    _Dresser(app, theme, font).dress()


class _Dresser(QObject):
    """Keeps the application in a theme's colours; belongs to the application."""

    def __init__(self, app: QApplication, theme: Theme, font: QFont) -> None:
        super().__init__(app)
        self._app, self._theme, self._font = app, theme, font
        theme.changed.connect(self.dress)

    def leave(self) -> None:
        """Follow the theme no more."""
        self._theme.changed.disconnect(self.dress)
        self.setParent(None)
        self.deleteLater()

    @Slot()
    def dress(self) -> None:
        self._app.setPalette(palette(self._theme.tables.colours))
        self._app.setStyleSheet(style_sheet(self._theme.tables.colours, self._font))
