"""The menus of the pad: of a dot, and of the space between dots."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget


class DotMenu(QMenu):
    """What can be done with one dot, or with all selected ones where that makes sense.

    Parameters
    ----------
    n_loops : int
        How many *Remove* takes away.
    parent : QWidget
    """

    chosen = Signal(str)
    """"audition", "replace", "similar", "time", "take_tempo", "side_a", "side_b" or "remove"."""

    def __init__(self, n_loops: int, parent: QWidget) -> None:
        super().__init__(parent)
        remove = self.tr("Remove")
        if n_loops > 1:
            remove = self.tr("Remove {count} loops").format(count=n_loops)
        groups = (
            (("audition", self.tr("Audition")),),
            (("replace", self.tr("Replace…")), ("similar", self.tr("More like this"))),
            (
                ("time", self.tr("Tempo and key…")),
                ("take_tempo", self.tr("Take the session's tempo from this loop")),
            ),
            (("side_a", self.tr("Set as A")), ("side_b", self.tr("Set as B"))),
            (("remove", remove),),
        )
        for index, group in enumerate(groups):
            if index:
                self.addSeparator()
            for what, text in group:
                self.addAction(text).setData(what)
        self.triggered.connect(lambda action: self.chosen.emit(action.data()))


class SpaceMenu(QMenu):
    """What can be done with the pad as a whole.

    Parameters
    ----------
    has_dots, is_zoomed : bool
        Whether there is something to arrange, and something out of sight.
    parent : QWidget
    """

    chosen = Signal(str)
    """"add", "arrange" or "show_all"."""

    def __init__(self, parent: QWidget, *, has_dots: bool, is_zoomed: bool) -> None:
        super().__init__(parent)
        self.addAction(self.tr("Add loops…")).setData("add")
        arrange = self.addAction(self.tr("Arrange anew"))
        arrange.setData("arrange")
        arrange.setEnabled(has_dots)
        show_all = self.addAction(self.tr("Show all"))
        show_all.setData("show_all")
        show_all.setEnabled(is_zoomed)
        self.triggered.connect(lambda action: self.chosen.emit(action.data()))
