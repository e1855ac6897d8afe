"""The language that the window speaks, and the fonts for it; both can change while the window is open."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from morphstudio.settings import LANGUAGES

SOURCE_LANGUAGE: Final = "en"
_QT_NAMES: Final[Mapping[str, str]] = MappingProxyType({"zh": "zh_CN"})
_FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ja": ("Hiragino Sans", "Yu Gothic UI", "Meiryo UI", "Noto Sans CJK JP", "Noto Sans JP"),
        "ko": ("Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR", "NanumGothic"),
        "zh": ("PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC",
               "WenQuanYi Micro Hei"),
    }
)  # fmt: skip
"""What macOS, Windows and Linux have for the letters that the window's own font lacks. Many characters are
shared by these languages, and drawn differently: left to itself, Qt takes whichever font it finds."""


def system_language() -> str:
    """The first of the user's languages that the window speaks; English where it speaks none."""
    wanted = [QLocale(name).name().partition("_")[0] for name in QLocale.system().uiLanguages()]
    return next((language for language in wanted if language in LANGUAGES), SOURCE_LANGUAGE)


def font_families(first: str, language: str) -> list[str]:
    """Families to look for letters in, one after the other.

    Parameters
    ----------
    first : str
        The window's own.
    language : str
        What its letters do not cover is drawn as this language does, as far as this machine has fonts for it.
    """
    return [first, *(name for name in _FAMILIES.get(language, ()) if QFontDatabase.hasFamily(name))]


class LanguageKeeper(QObject):
    """Loads the texts of a language, ours and Qt's own, and has them drawn in fonts for it.

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
        # Before the texts: what is laid out anew for them is to be measured with the right letters.
        font = QApplication.font()
        font.setFamilies(font_families(font.family(), language))
        QApplication.setFont(font)
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
