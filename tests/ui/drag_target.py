"""A program that takes drops: it writes the dropped path into the file that its argument names."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel


class Target(QLabel):
    def __init__(self, answer):
        super().__init__("Drop here")
        self._answer = answer
        self.setAcceptDrops(True)
        self.setGeometry(500, 100, 300, 300)

    def dragEnterEvent(self, event):
        event.acceptProposedAction()

    def dragMoveEvent(self, event):
        event.acceptProposedAction()

    def dropEvent(self, event):
        event.acceptProposedAction()
        (url,) = event.mimeData().urls()
        part = self._answer.with_suffix(".part")
        part.write_text(f"{url.toLocalFile()}\n{event.source() is None}", encoding="utf-8")
        part.replace(self._answer)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    target = Target(Path(sys.argv[1]))
    target.show()
    print("ready", flush=True)
    sys.exit(app.exec())
