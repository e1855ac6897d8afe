"""Puts one picture of the pad together: the kept backdrop, and over it what changes with every move."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from morphstudio.ui import pad_overlay as overlay
from morphstudio.ui.pad_art import LIT_SCALE, PadArt, dot_radius
from morphstudio.ui.pad_labels import LabelTask, PadLabels
from morphstudio.ui.pad_scene import PadScene
from morphstudio.ui.path_overlay import PathLayer
from morphstudio.ui.theme import Theme

_WAY_WEIGHT = 0.2
"""Of the line from an explored loop to the cursor: it says how far, not how much."""


@dataclass(frozen=True, slots=True)
class PadPicture:
    """What a picture is made of besides the scene.

    Parameters
    ----------
    size, ratio, font
        Of the widget, and pixels for each device-independent one.
    now_ms : int
        By the clock of the trail.
    box : QRectF or None
        That selects.
    ghost : (QPointF, int) or None
        Where loops are held over the pad, and how many.
    axes : (str, str) or None
        Words of the axes, left to right and bottom to top.
    path : PathLayer or None
        Where paths are seen.
    names_area : QRectF
        Names stay within it.
    obstacles : tuple of QRectF
        Controls that lie over the pad.
    hint : str
        At the bottom right; none where it is empty.
    note : (str, QRectF)
        What goes on with the path, and the room for it.
    has_frame : bool
        Whether the keyboard is here.
    """

    size: QSize
    ratio: float
    font: QFont
    now_ms: int
    box: QRectF | None
    ghost: tuple[QPointF, int] | None
    axes: tuple[str, str] | None
    path: PathLayer | None
    names_area: QRectF
    obstacles: tuple[QRectF, ...]
    hint: str
    note: tuple[str, QRectF]
    has_frame: bool


class PadPainter:
    """Paints scenes, and keeps what is the same in the next picture.

    Parameters
    ----------
    theme : Theme
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._art = PadArt(theme)
        self._labels = PadLabels(theme)
        self.trail = overlay.Trail()

    def forget_colours(self) -> None:
        """The colours are others."""
        self._art.forget_colours()
        self._labels.forget_texts()

    def forget_texts(self) -> None:
        """The font or the names are others."""
        self._labels.forget_texts()

    def forget_dots(self) -> None:
        """The dots are others, or elsewhere."""
        self._art.forget_dots()
        self._labels.forget_places()

    def forget_edges(self) -> None:
        """The lines are others."""
        self._art.forget_view()

    def forget_view(self) -> None:
        """Another part of the pad is seen."""
        self._art.forget_view()
        self._labels.forget_places()

    def forget_places_of(self, sound_ids: tuple[str, ...]) -> None:
        """Dots are being moved: all other names stay where they are."""
        self._art.forget_dots()
        self._labels.hide(sound_ids)

    def paint(self, painter: QPainter, scene: PadScene, picture: PadPicture) -> None:
        """Paint all of the pad but its controls."""
        theme, places, lit = self._theme, scene.places, scene.lit
        radius = dot_radius(len(scene.dots), scene.view.zoom)
        ring = None if scene.cursor is None else scene.frame.to_px(scene.cursor)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(picture.font)
        painter.drawPixmap(0, 0, self._art.backdrop(scene, picture.size, picture.ratio))
        if picture.axes is not None:
            overlay.paint_axes(painter, theme, picture.font, scene.frame, *picture.axes)
        marks = [(mark, places[i]) for i, mark in scene.sides.items() if i in places]
        self.trail.paint(painter, theme, scene.frame, picture.now_ms)
        if picture.path is not None:
            picture.path.paint_line(painter, theme, scene.frame, picture.size, picture.ratio)
        weights = list(lit.values()) if picture.axes is None else [_WAY_WEIGHT] * len(lit)
        overlay.paint_blend(painter, theme, [places[i] for i in lit], weights, ring)
        for sound_id in lit:
            self._art.draw_dot(painter, places[sound_id], scene.dots[sound_id].family, radius, lit=True)
        overlay.paint_selected(painter, theme, [places[i] for i in scene.selected], radius)
        overlay.paint_sides(painter, theme, picture.font, marks, radius)
        if scene.hovered:
            larger = radius * LIT_SCALE if scene.hovered in lit else radius
            overlay.paint_hover(painter, theme, places[scene.hovered], larger)
        if scene.focused and picture.has_frame:
            overlay.paint_focus(painter, theme, places[scene.focused], radius * LIT_SCALE)
        for place, text in self._labels.pieces(self._label_task(scene, picture, radius, ring)):
            painter.drawPixmap(place, text)
        if picture.path is not None:
            picture.path.paint_points(painter, theme, scene.frame, has_focus=picture.has_frame)
        if ring is not None:
            overlay.paint_cursor(painter, theme, ring, is_snapped=scene.is_snapped)
        if picture.box is not None:
            overlay.paint_box(painter, theme, picture.box)
        if picture.ghost is not None:
            painter.setFont(picture.font)
            overlay.paint_ghost(painter, theme, picture.ghost[0], radius, picture.ghost[1])
        area = QRectF(QPointF(0, 0), picture.size.toSizeF())
        if picture.hint:
            overlay.paint_hint(painter, theme, picture.font, area, picture.hint)
        if picture.note[0]:
            overlay.paint_note(painter, theme, picture.font, picture.note[1], picture.note[0])
        if picture.has_frame:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.role("focus"), 2.0))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _label_task(
        self, scene: PadScene, picture: PadPicture, radius: float, ring: QPointF | None
    ) -> LabelTask:
        marks = (
            overlay.side_rect(scene.places[i], radius, picture.font) for i in scene.sides if i in scene.dots
        )
        return LabelTask(
            names={i: dot.name for i, dot in scene.dots.items()},
            places=scene.places,
            radius=radius,
            area=picture.names_area,
            font=picture.font,
            ratio=picture.ratio,
            lit=tuple(scene.lit),
            pointed=tuple(dict.fromkeys(i for i in (scene.hovered, scene.focused) if i)),
            ring=ring,
            obstacles=(*picture.obstacles, *marks),
        )
