"""The language that the window speaks; it can change while the window is open."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from morphstudio.settings import LANGUAGES

SOURCE_LANGUAGE: Final = "en"
_QT_NAMES: Final = {"zh": "zh_CN"}


def system_language() -> str:
    """The first of the user's languages that the window speaks; English where it speaks none."""
    wanted = [QLocale(name).name().partition("_")[0] for name in QLocale.system().uiLanguages()]
    return next((language for language in wanted if language in LANGUAGES), SOURCE_LANGUAGE)


class LanguageKeeper(QObject):
    """Loads the texts of a language, ours and Qt's own.

    Parameters
    ----------
    folder : Path
        Where our translations are: `morphstudio_ja.qm` and others.
    parent : QObject or None
    """

    changed = Signal()
    """Every text is to be made again; widgets are told by Qt as well."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._language = SOURCE_LANGUAGE
        self._translators: list[QTranslator] = []

    @property
    def language(self) -> str:
        """The one that is spoken now."""
        return self._language

    def speak(self, language: str) -> None:
        """Speak another language from now on; the system's where it is empty."""
        language = language or system_language()
        if language == self._language:
            return
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators.clear()
        self._language = language
        if language != SOURCE_LANGUAGE:
            qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            name = _QT_NAMES.get(language, language)
            # Ours last: the newest is asked first.
            self._install(f"qtbase_{name}", qt_folder)
            self._install(f"morphstudio_{language}", str(self._folder))
        self.changed.emit()

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self)
        if translator.load(name, folder):
            QCoreApplication.installTranslator(translator)
            self._translators.append(translator)
