"""Which part of the pad is seen, and where its points lie in the widget. Geometry only."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from morphstudio.morph.request import PadPoint

MOST_ZOOM = 8.0


@dataclass(frozen=True, slots=True)
class PadFrame:
    """Where the unit square lies in the widget; y of the pad points upwards."""

    left: float
    top: float
    width: float
    height: float

    def to_px(self, point: PadPoint) -> QPointF:
        """Pixel of a point of the pad."""
        return QPointF(self.left + point.x * self.width, self.top + (1.0 - point.y) * self.height)

    def to_pad(self, place: QPointF) -> PadPoint:
        """Point of the pad at a pixel; beyond the rim, the rim."""
        x = (place.x() - self.left) / max(self.width, 1.0)
        y = 1.0 - (place.y() - self.top) / max(self.height, 1.0)
        return PadPoint(clamp(x, 0.0, 1.0), clamp(y, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class PadView:
    """Zoom and pan. The part that is seen never leaves the pad.

    Parameters
    ----------
    zoom : float
        1 shows all, `MOST_ZOOM` an eighth of each side.
    left, bottom : float
        In pad units: what lies at the left and at the bottom of the part that is seen.
    """

    zoom: float = 1.0
    left: float = 0.0
    bottom: float = 0.0

    @property
    def shows_all(self) -> bool:
        """Whether nothing lies outside."""
        return self.zoom <= 1.0

    def frame(self, whole: PadFrame) -> PadFrame:
        """Where the unit square lies, of which only the part within `whole` is meant to be seen."""
        width, height = whole.width * self.zoom, whole.height * self.zoom
        bottom_px = whole.top + whole.height
        return PadFrame(
            whole.left - self.left * width, bottom_px - (1.0 - self.bottom) * height, width, height
        )

    def zoomed(self, factor: float, place: QPointF, whole: PadFrame) -> PadView:
        """Nearer by a factor; what lies at `place`, in pixels, stays there where the rim allows."""
        zoom = clamp(self.zoom * factor, 1.0, MOST_ZOOM)
        x_share = (place.x() - whole.left) / max(whole.width, 1.0)
        y_share = 1.0 - (place.y() - whole.top) / max(whole.height, 1.0)
        change = 1.0 / self.zoom - 1.0 / zoom
        return _within(zoom, self.left + x_share * change, self.bottom + y_share * change)

    def panned(self, shift: QPointF, whole: PadFrame) -> PadView:
        """The same part size elsewhere: what is seen moves by so many pixels."""
        x = shift.x() / (max(whole.width, 1.0) * self.zoom)
        y = shift.y() / (max(whole.height, 1.0) * self.zoom)
        return _within(self.zoom, self.left - x, self.bottom + y)

    def showing(self, point: PadPoint) -> PadView:
        """The nearest view of this size in which a point is seen."""
        size = 1.0 / self.zoom
        left = clamp(self.left, point.x - 0.95 * size, point.x - 0.05 * size)
        bottom = clamp(self.bottom, point.y - 0.95 * size, point.y - 0.05 * size)
        return _within(self.zoom, left, bottom)


def _within(zoom: float, left: float, bottom: float) -> PadView:
    most = 1.0 - 1.0 / zoom
    return PadView(zoom, clamp(left, 0.0, most), clamp(bottom, 0.0, most))


def clamp(value: float, low: float, high: float) -> float:
    """The value, or the nearer end of the range."""
    return min(max(value, low), high)
