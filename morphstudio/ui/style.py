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
        "field_height": 1.95, "field_pad": 0.6, "chip_pad": 0.65, "drop": 1.6,
        "slider": 1.2, "scroll": 0.7, "icon": 1.0, "knob": 0.78, "track": 0.25, "mark": 0.95,
        "mark_corner": 0.2, "arrow": 0.55, "ring": 0.15,
    }  # fmt: skip
    px = {name: max(1, round(em * factor)) for name, factor in factors.items()}
    # What a ring, wider than a border by a pixel, takes from the padding.
    px |= {
        f"{name}_ring": max(0, px[name] - 1) for name in ("tiny", "small", "large", "chip_pad", "field_pad")
    }
    px["field_height_ring"] = px["field_height"] - 2
    px["field_height_spin_ring"] = px["field_height"] - 4  # a spin box adds two pixels of its own
    px["track"] = max(2, px["track"])
    px["knob"] += (px["knob"] - px["track"]) % 2  # else it would be no circle
    px["knob_margin"] = -((px["knob"] - px["track"]) // 2 + 1)
    px["knob_in"] = px["knob"] - 2 * (px["ring"] - 1)
    px["knob_radius"] = px["knob"] // 2 + 1
    px["track_radius"] = px["track"] // 2
    px["mark_in"] = px["mark"] - 2
    px["mark_radius"] = px["mark"] // 2 + 1
    px["chip_radius"] = (px["control"] + 2 * px["tiny"]) // 2
    px["chip_font"] = round(font.pixelSize() * 0.92)
    px["scroll_radius"] = max(1, px["scroll"] // 2 - 3)
    # Style sheets take pictures from files only, so these are not tinted: grey suits any theme.
    pictures = {
        f"{name}_url": (resources_dir() / "themes" / f"{name}.svg").as_posix()
        for name in ("chevron_down", "chevron_up", "check")
    }
    template = Template((resources_dir() / "themes" / "style.qss").read_text(encoding="utf-8"))
    return template.substitute(
        colours, **{f"{name}_px": f"{size}px" for name, size in px.items()}, **pictures
    )
