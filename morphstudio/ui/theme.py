"""Colours, fonts and the one style sheet. Painters ask a `Theme` for roles and own no colours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from types import MappingProxyType

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from morphstudio.errors import FileError
from morphstudio.library.sounds import Kind
from morphstudio.paths import resources_dir

FONT_FAMILY = "Inter"
SMALLEST_FONT_PX = 13
"""Smallest text of the window; a system that asks for larger text gets it."""
# fmt: off
REQUIRED_ROLES = (
    "window", "panel", "panel_header", "panel_raised", "well", "tag", "border", "border_strong",
    "hover", "pressed", "row_selected", "row_hover", "track", "knob", "text", "text_dim", "text_faint",
    "text_disabled", "on_accent", "accent", "accent_hover", "accent_pressed", "accent_text",
    "accent_soft", "accent_soft_border", "accent_soft_text", "wave", "wave_selected", "good", "warn",
    "bad", "kind_drums", "kind_perc", "kind_bass", "kind_synth", "kind_texture",
)
# fmt: on
"""Every role that a theme file must give a colour."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A table of roles, such as "text_dim", and their colours.

    Parameters
    ----------
    name : str
        What the user sees.
    colours : mapping of str to str
        Role to "#rrggbb".
    """

    name: str
    colours: Mapping[str, str]

    def role(self, name: str) -> QColor:
        """Colour of a role; a `KeyError` names a role that does not exist."""
        return QColor(self.colours[name])

    def kind_colour(self, kind: Kind) -> QColor:
        """Colour of a kind of sound: its dot and its chip."""
        return self.role(f"kind_{kind.value}")


def load_theme(path: Path) -> Theme:
    """Read a theme file.

    Parameters
    ----------
    path : Path
        JSON: `{"name": ..., "roles": {role: "#rrggbb"}}`.

    Raises
    ------
    FileError
        If the file cannot be read, a role is missing or a colour is not one.
    """
    title, hint = f"Can't use the theme {path.name}", "Reinstall MorphStudio or choose another theme."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        name, roles = str(content["name"]), dict(content["roles"])
    except OSError as error:
        raise FileError(title, f"{path.name} cannot be read: {error.strerror}.", hint) from error
    except (ValueError, KeyError, TypeError) as error:
        raise FileError(title, f"{path.name} is not a theme file.", hint) from error
    missing = [role for role in REQUIRED_ROLES if role not in roles]
    if missing:
        raise FileError(title, f"{path.name} has no colour for {', '.join(missing)}.", hint)
    wrong = [role for role, colour in roles.items() if not QColor.isValidColorName(str(colour))]
    if wrong:
        raise FileError(title, f"{path.name} has no valid colour for {', '.join(sorted(wrong))}.", hint)
    return Theme(name, MappingProxyType({role: str(colour) for role, colour in roles.items()}))


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
    """Give the application the theme's font, palette and style sheet; may be called again."""
    for file in sorted((resources_dir() / "fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(FONT_FAMILY)
    font.setPixelSize(max(SMALLEST_FONT_PX, QFontInfo(app.font()).pixelSize()))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setStyle("Fusion")
    app.setFont(font)
    app.setPalette(_palette(theme))
    app.setStyleSheet(_style_sheet(theme, font))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    roles = {
        role.Window: "panel",
        role.WindowText: "text",
        role.Base: "well",
        role.AlternateBase: "panel_raised",
        role.ToolTipBase: "panel_raised",
        role.ToolTipText: "text",
        role.PlaceholderText: "text_dim",
        role.Text: "text",
        role.Button: "panel_raised",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.Link: "accent_text",
        role.LinkVisited: "accent_text",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Light: "hover",
        role.Midlight: "panel_raised",
        role.Mid: "border_strong",
        role.Dark: "border",
        role.Shadow: "window",
    }
    palette = QPalette()
    for colour_role, name in roles.items():
        palette.setColor(colour_role, theme.role(name))
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, theme.role("text_disabled"))
    return palette


def _style_sheet(theme: Theme, font: QFont) -> str:
    """Fill in the style sheet: colours from the roles, sizes from the font's height."""
    em = QFontMetricsF(font).height()
    factors = {
        "tiny": 0.12, "small": 0.35, "medium": 0.5, "large": 0.75, "control": 1.1, "field": 1.2,
        "field_height": 1.95, "field_pad": 0.6, "chip_pad": 0.65, "drop": 1.6, "drop_zone": 3.9,
        "slider": 1.2, "scroll": 0.7,
    }  # fmt: skip
    sizes = {f"{name}_px": f"{max(1, round(em * factor))}px" for name, factor in factors.items()}
    knob, track, chip = round(em * 0.875), max(2, round(em * 0.25)), round(em * 1.1) + 2 * round(em * 0.12)
    sizes |= {
        "knob_px": f"{knob}px",
        "knob_radius_px": f"{knob // 2}px",
        "knob_margin_px": f"-{(knob - track + 1) // 2}px",
        "track_px": f"{track}px",
        "track_radius_px": f"{track // 2}px",
        "chip_radius_px": f"{chip // 2}px",
        "chip_font_px": f"{round(font.pixelSize() * 0.92)}px",
        "scroll_radius_px": f"{max(1, round(em * 0.7) // 2 - 3)}px",
    }
    # Style sheets take pictures from files only, so this one is not tinted: grey suits any theme.
    sizes["chevron_url"] = (resources_dir() / "themes" / "chevron_down.svg").as_posix()
    template = Template((resources_dir() / "themes" / "style.qss").read_text(encoding="utf-8"))
    return template.substitute(theme.colours, **sizes)
