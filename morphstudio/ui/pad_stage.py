"""What the pad shows, without what a hand does to it: scenes, view, controls in the corners, painting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from morphstudio.library.sounds import Family
from morphstudio.morph.request import Blend, PadPoint
from morphstudio.ui.pad_chips import (
    Chip,
    HeardChips,
    ModeChips,
    ZoomBadge,
    chip_height,
    percentages,
    signed_percent,
)
from morphstudio.ui.pad_overlay import MARGIN_PX
from morphstudio.ui.pad_painter import PadPainter, PadPicture
from morphstudio.ui.pad_scene import PadDot, PadScene
from morphstudio.ui.pad_sliders import PadSliders
from morphstudio.ui.pad_view import PadFrame, PadView
from morphstudio.ui.pad_welcome import PadWelcome
from morphstudio.ui.path_bar import PathBar
from morphstudio.ui.path_edits import PathEdits
from morphstudio.ui.path_overlay import PathLayer
from morphstudio.ui.theme import Theme

_TICK_MS = 16
_CHIP_GAP_PX = 8
MIDDLE = PadPoint(0.5, 0.5)


class PadStage(QWidget):
    """Shows dots to morph between or, in the mode *explore*, one loop and what lies around it.

    Parameters
    ----------
    theme : Theme
    parent : QWidget or None
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = PadPainter(theme)
        self._dots_scene = PadScene(is_editable=True)
        self._around_scene = PadScene(is_editable=False)
        self._scene = self._dots_scene
        self._axes = ("", "")
        self._box: QRectF | None = None
        self._ghost: tuple[QPointF, int] | None = None
        self._ever_picked = False
        self._focus_shown = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self.welcome = PadWelcome(theme, self)
        self.heard_chips = HeardChips(theme, self)
        self.mode_chips = ModeChips(self)
        self.path_bar = PathBar(theme, self)
        self.path_layer = PathLayer()
        self.path_edits = PathEdits(self.path_layer, self)
        self.zoom_badge = ZoomBadge(self)
        self.sliders = PadSliders(theme, self)
        self.zoom_badge.clicked.connect(self.show_all)
        self.path_bar.hint_changed.connect(self.request_frame)
        self.path_edits.changed.connect(self.request_frame)
        self.path_edits.selection_changed.connect(self.name_for_readers)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(280, 220)
        theme.changed.connect(self._on_theme_changed)
        self._show_whether_empty()

    def retranslate(self) -> None:
        """Say everything in the language of now."""
        self.name_for_readers()
        self.setAccessibleDescription(
            self.tr(
                "Each dot is a sound. Press or drag anywhere to hear what lies between the nearest dots. "
                "Arrow keys move by a hundredth, with Shift by less; Home goes to the centre. "
                "Tab goes from dot to dot, Enter plays one."
            )
        )
        self._show_chips()
        self._arrange()

    def name_for_readers(self) -> None:
        """Tell screen readers what has the focus: the pad, one of its dots, or a point of the path."""
        focused, path = self._scene.dots.get(self._scene.focused), self.path_layer
        name = self.tr("Morph pad")
        if path.path is not None and path.selected is not None:
            said = self.tr("point {number} of {count} of the path")
            said = said.format(number=path.selected + 1, count=len(path.path.points))
        else:
            said = focused.name if focused is not None else ""
        self.setAccessibleName(f"{name}: {said}" if said else name)

    # --- what is shown -------------------------------------------------------------------------

    def set_dots(self, dots: Sequence[PadDot]) -> None:
        """Replace all dots."""
        names = {dot.name for dot in self._dots_scene.dots.values()}
        if not self._dots_scene.set_dots(dots):  # the answer to dots that were dragged
            return
        if not names <= {dot.name for dot in dots}:
            self._painter.forget_texts()
        self._painter.forget_dots()
        self._show_whether_empty()
        self.request_frame()

    @property
    def dots(self) -> Mapping[str, PadDot]:
        """The dots by id."""
        return self._dots_scene.dots

    def set_edges(self, edges: Sequence[tuple[str, str]]) -> None:
        """Replace the lines of the triangulation; those to unknown dots are not drawn."""
        if self._dots_scene.set_edges(edges):
            self._painter.forget_edges()
            self.request_frame()

    @property
    def point(self) -> PadPoint | None:
        """Where the cursor is."""
        return self._dots_scene.cursor

    def set_cursor(self, point: PadPoint | None) -> None:
        """Show the cursor somewhere, or not at all; emits nothing."""
        self._place_cursor(self._dots_scene, point)

    def set_blend(self, blend: Blend | None) -> None:
        """Show which sounds are heard and how much of each."""
        self._dots_scene.blend = blend
        self._show_chips()
        self.request_frame()

    def set_sides(self, a_id: str, b_id: str) -> None:
        """Mark the dots at the ends of the slider; "" for none."""
        self._dots_scene.sides = {i: mark for i, mark in ((a_id, "A"), (b_id, "B")) if i}
        self._painter.forget_view()
        self.request_frame()

    def _place_cursor(self, scene: PadScene, point: PadPoint | None) -> None:
        if point == scene.cursor:
            return
        scene.cursor = point
        if scene is not self._scene:
            return
        self.sliders.set_cursor(point)
        if scene is self._around_scene:
            self._show_chips()
        self.request_frame()
        if point is not None and QAccessible.isActive():
            place = self.tr("{x} % across, {y} % up").format(x=round(100 * point.x), y=round(100 * point.y))
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, place))

    def _show_chips(self) -> None:
        scene = self._scene
        dots, lit = scene.dots, scene.lit
        if scene is self._dots_scene:
            parts = zip(lit, percentages(list(lit.values())), strict=True)
            chips = [Chip(dots[i].name, f"{percent}%", dots[i].family) for i, percent in parts]
        else:
            at = scene.cursor or MIDDLE
            chips = [Chip(dot.name, "", dot.family) for dot in dots.values()]
            if chips:
                amounts = (signed_percent(2.0 * at.x - 1.0), signed_percent(2.0 * at.y - 1.0))
                chips += [Chip(word, amount) for word, amount in zip(self._axes, amounts, strict=True)]
        self.heard_chips.set_chips(chips)

    def _show_whether_empty(self) -> None:
        has_dots = bool(self._dots_scene.dots)
        self.welcome.setVisible(not has_dots)
        self.mode_chips.explore_button.setEnabled(has_dots)
        if not has_dots and self.mode == "explore":
            self.set_mode("blend")
        self._allow_paths()

    def _allow_paths(self) -> None:
        """Paths lie between dots: elsewhere there are none."""
        is_possible = self.mode == "blend" and bool(self._dots_scene.dots)
        self.path_bar.set_possible(is_possible)
        if not is_possible:
            self.path_edits.end()

    # --- modes ---------------------------------------------------------------------------------

    @property
    def mode(self) -> str:
        """*blend* or *explore*."""
        return self.mode_chips.mode

    def set_mode(self, mode: str) -> None:
        """Switch over; emits nothing."""
        self.mode_chips.set_mode(mode)
        self._scene = self._around_scene if mode == "explore" else self._dots_scene
        self._painter.trail.clear()
        self._painter.forget_dots()
        self.sliders.set_cursor(self._scene.cursor)
        self._show_chips()
        self._allow_paths()
        self._on_view_changed()

    def explore_subject(self) -> str:
        """Id of the loop that is meant to be explored: the selected one, or the nearest to the cursor."""
        scene = self._dots_scene
        if len(scene.selected) == 1:
            return scene.selected[0]
        return scene.focused or scene.nearest(scene.cursor or MIDDLE)

    def set_explore(self, name: str, family: Family, x_label: str, y_label: str) -> None:
        """Show another loop in the mode *explore*, and say what grows to the right and upwards."""
        self._axes = (x_label, y_label)
        self._around_scene.set_dots([PadDot("loop", name, family, MIDDLE)])
        self._around_scene.blend = Blend(("loop",), (1.0,))
        self.set_explore_cursor(0.0, 0.0)
        if self.mode == "explore":
            self._painter.trail.clear()
            self._painter.forget_dots()
            self._show_chips()
            self.request_frame()

    def set_explore_cursor(self, x: float, y: float) -> None:
        """Show the cursor somewhere around the loop, -1..1 on both axes; emits nothing."""
        self._place_cursor(self._around_scene, PadPoint((x + 1.0) / 2.0, (y + 1.0) / 2.0))

    # --- geometry ------------------------------------------------------------------------------

    def frame(self) -> PadFrame:
        """Where the unit square lies; parts of it may be out of sight."""
        return self._scene.frame

    def place_of(self, sound_id: str) -> QPointF:
        """Pixel at the centre of a dot."""
        return self._scene.places[sound_id]

    @property
    def zoom(self) -> float:
        """1 shows all."""
        return self._scene.view.zoom

    @Slot()
    def show_all(self) -> None:
        """Show the whole pad again."""
        self.look(PadView())

    def zoom_about(self, place: QPointF, factor: float) -> None:
        """Go nearer by a factor; what is at a pixel stays there."""
        self.look(self._scene.view.zoomed(factor, place, self._scene.whole))

    def look(self, view: PadView) -> None:
        """Show another part."""
        if self._scene.set_view(view):
            self._on_view_changed()

    def _on_view_changed(self) -> None:
        self._painter.forget_view()
        self.zoom_badge.set_zoom(self.zoom)
        self.path_edits.set_frame(self._dots_scene.frame)
        self.request_frame()

    def _arrange(self) -> None:
        """Put the controls where they belong, and the unit square between them."""
        width, height, chip = self.width(), self.height(), round(chip_height(self.font()))
        margin, modes, badge = round(MARGIN_PX), self.mode_chips, self.zoom_badge
        modes.adjustSize()
        self.path_bar.adjustSize()
        self.path_bar.move(width - self.path_bar.width() - margin, margin)
        modes.move(self.path_bar.x() - modes.width() - _CHIP_GAP_PX, margin)
        badge.adjustSize()
        badge.move(margin, margin + (modes.height() - badge.height()) // 2)
        self.heard_chips.setGeometry(margin, height - chip - margin, width - 2 * margin, chip)
        self.sliders.setGeometry(self.rect())
        top, strip = margin + modes.height() + 8.0, chip + 22.0
        self.welcome.fit(QRect(self.rect()).adjusted(2 * margin, round(top), -2 * margin, -margin))
        whole = PadFrame(16.0, top, max(width - 32.0, 1.0), max(height - top - strip, 1.0))
        for scene in (self._dots_scene, self._around_scene):
            scene.set_whole(whole)
        self.path_edits.set_frame(self._dots_scene.frame)
        self._painter.forget_dots()
        self.update()

    # --- painting ------------------------------------------------------------------------------

    def request_frame(self) -> None:
        """Paint soon: with the next tick while something moves, so that no move is painted twice."""
        if not self._timer.isActive():
            self.update()

    def run_timer(self) -> None:
        """Tick while something moves, and somebody sees it."""
        if not self.isVisible() or not self._painter.trail:
            self._timer.stop()
        elif not self._timer.isActive():
            self.update()  # the first picture does not wait for a tick
            self._timer.start()

    @Slot()
    def _on_tick(self) -> None:
        self._painter.trail.prune(self._clock.elapsed())
        self.update()
        self.run_timer()

    @Slot()
    def _on_theme_changed(self) -> None:
        self._painter.forget_colours()
        self.path_layer.forget_colours()
        self.update()

    def _picture(self) -> PadPicture:
        chip = chip_height(self.font()) + MARGIN_PX
        in_the_way = [child for child in self._controls() if child.isVisible()]
        has_hint = bool(self._scene.dots) and not self._ever_picked
        is_blending = self._scene is self._dots_scene
        return PadPicture(
            size=self.size(),
            ratio=self.devicePixelRatioF(),
            font=self.font(),
            now_ms=self._clock.elapsed(),
            box=self._box,
            ghost=self._ghost,
            axes=None if is_blending else self._axes,
            path=self.path_layer if is_blending and self._scene.dots else None,
            names_area=QRectF(self.rect()).adjusted(0, 0, 0, -chip),
            obstacles=tuple(QRectF(child.geometry()) for child in in_the_way),
            hint=self.tr("Press and drag to morph") if has_hint else "",
            note=(self.path_bar.hint, self._room_for_note()),
            has_frame=self._focus_shown,
        )

    def _controls(self) -> tuple[QWidget, ...]:
        """What lies over the top of the pad."""
        return self.mode_chips, self.path_bar, self.zoom_badge

    def _room_for_note(self) -> QRectF:
        """Left of the controls at the top, and right of the zoom while that is shown."""
        left = self.zoom_badge.geometry().right() + _CHIP_GAP_PX if self.zoom_badge.isVisible() else MARGIN_PX
        row = QRectF(self.mode_chips.geometry())
        return QRectF(left, row.top(), row.left() - _CHIP_GAP_PX - left, row.height())

    # --- Qt ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(1004, 706)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._painter.paint(painter, self._scene, self._picture())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        self._arrange()
        self.run_timer()

    def event(self, event: QEvent) -> bool:
        # In another language or font the controls have other widths, which they know only after the pad does.
        if event.type() == QEvent.Type.LayoutRequest and any(
            row.size() != row.sizeHint() for row in (self.mode_chips, self.path_bar)
        ):
            self._arrange()
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._painter.forget_texts()
            self._arrange()
        super().changeEvent(event)
