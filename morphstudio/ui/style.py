"""A theme as Qt wants it: the palette, and the one style sheet with its colours and sizes filled in."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette

from morphstudio.paths import resources_dir


def palette(colours: Mapping[str, str]) -> QPalette:
    """Palette for what the style sheet does not reach.

    Parameters
    ----------
    colours : mapping of str to str
        Role of the theme to "#rrggbb".
    """
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
    made = QPalette()
    for colour_role, name in roles.items():
        made.setColor(colour_role, QColor(colours[name]))
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(colours["text_disabled"]))
    return made


def style_sheet(colours: Mapping[str, str], font: QFont) -> str:
    """Fill in the style sheet: colours from the roles, sizes from the font's height.

    Parameters
    ----------
    colours : mapping of str to str
        Role of the theme to "#rrggbb".
    font : QFont
        Of the application.
    """
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
    # Style sheets take pictures from files only, so these are not tinted: grey suits any theme.
    sizes["chevron_url"] = (resources_dir() / "themes" / "chevron_down.svg").as_posix()
    template = Template((resources_dir() / "themes" / "style.qss").read_text(encoding="utf-8"))
    return template.substitute(colours, **sizes)
