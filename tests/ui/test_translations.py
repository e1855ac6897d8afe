"""The languages of the window: every text is there, is what was compiled, and is what is shown."""

from __future__ import annotations

import importlib
import re
import sys
import xml.etree.ElementTree as ET
from functools import partial

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QCoreApplication, QRect, QTranslator
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from morphstudio import app as app_module
from morphstudio.app import Studio
from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.player import Player
from morphstudio.paths import resources_dir
from morphstudio.settings import LANGUAGES
from morphstudio.ui.language import SOURCE_LANGUAGE, LanguageKeeper, font_families
from morphstudio.ui.render_worker import RenderWorker
from tests.audio.conftest import no_servers  # noqa: F401
from tests.conftest import REPOSITORY

TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]
FOLDER = resources_dir() / "translations"
PLACEHOLDER = re.compile(r"\{\w+\}|%\d")
OWN_NAMES = {"日本語", "한국어", "中文"}
"""Languages are offered in their own words, whatever the window speaks."""
LETTERS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}
"""What is written in these is in that language, or, with Chinese characters, in Japanese."""


@pytest.fixture(scope="module")
def translate():
    sys.path.insert(0, str(REPOSITORY / "packaging"))
    try:
        return importlib.import_module("translate")
    finally:
        sys.path.remove(str(REPOSITORY / "packaging"))


@pytest.fixture
def keeper(themed_app):
    """Speaks English again at the end, in its font."""
    keeper = LanguageKeeper(FOLDER)
    yield keeper
    keeper.speak(SOURCE_LANGUAGE)


def messages(ts_file):
    """(context, source) of each message, and its `translation` element."""
    return {
        (context.findtext("name"), message.findtext("source")): message.find("translation")
        for context in ET.parse(ts_file).getroot().iter("context")
        for message in context.iter("message")
    }


def texts_of(language):
    """(context, source) to translation."""
    found = messages(FOLDER / f"morphstudio_{language}.ts")
    return {key: translation.text or "" for key, translation in found.items()}


# --- the files ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_sources(translate, tmp_path_factory):
    """(context, source) of each text in the sources as they are now."""
    ts_file = tmp_path_factory.mktemp("ts") / "morphstudio_ja.ts"
    translate.update(ts_file, translate.LOCALES["ja"])
    return set(messages(ts_file))


def test_every_language_of_the_settings_has_its_files(translate):
    assert sorted(translate.LOCALES) == sorted(TRANSLATED)
    assert {path.name for path in FOLDER.iterdir()} == {
        f"morphstudio_{language}{suffix}" for language in TRANSLATED for suffix in (".ts", ".qm")
    }


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_texts_are_those_of_the_sources(language, in_sources):
    """Run `python packaging/translate.py` where this fails, and translate what is unfinished."""
    there = set(texts_of(language))
    assert (in_sources - there, there - in_sources) == (set(), set())


def test_every_text_belongs_to_a_class(in_sources):
    """What is asked for elsewhere would not be found: a widget looks among the texts of its classes."""
    assert [source for context, source in in_sources if not context] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_keeps_its_marks(language):
    for key, translation in messages(FOLDER / f"morphstudio_{language}.ts").items():
        source, text = key[1], translation.text or ""
        assert translation.get("type") is None, key
        assert text.strip(), key
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), key
        assert text.count("&") == source.count("&"), key
        assert text.endswith("…") == source.endswith("…"), key
        assert text.count("{") == text.count("}"), key


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_left_in_english(language):
    """Names and units, such as "32 bit float", are the same in some languages; sentences are not."""
    same = [source for (_, source), text in texts_of(language).items() if text == source]
    assert [source for source in same if len(re.findall(r"\b[A-Za-z]{3,}\b", source)) > 2] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_files_are_those_of_the_texts(language, translate, tmp_path, qapp):
    compiled = tmp_path / "compiled.qm"
    translate.release(FOLDER / f"morphstudio_{language}.ts", compiled)
    fresh, shipped = QTranslator(), QTranslator()
    assert fresh.load(str(compiled))
    assert shipped.load(str(FOLDER / f"morphstudio_{language}.qm"))
    for (context, source), text in texts_of(language).items():
        assert fresh.translate(context, source) == shipped.translate(context, source) == text


# --- the fonts ------------------------------------------------------------------------------------


def test_each_language_is_drawn_in_its_own_fonts_before_others(keeper, monkeypatch):
    monkeypatch.setattr(QFontDatabase, "hasFamily", staticmethod(lambda _name: True))
    own = QApplication.font().family()
    families = {}
    for language in (*TRANSLATED, SOURCE_LANGUAGE):
        keeper.speak(language)
        first, *families[language] = QApplication.font().families()
        assert first == own
    assert families.pop(SOURCE_LANGUAGE) == []
    assert all(families.values())
    names = [name for chosen in families.values() for name in chosen]
    assert len(names) == len(set(names))  # one font has one shape of a character


def test_fonts_that_are_not_here_are_not_asked_for(monkeypatch, qapp):
    """Qt takes long to look for them, and warns."""
    monkeypatch.setattr(QFontDatabase, "hasFamily", staticmethod(lambda name: name == "Malgun Gothic"))
    assert font_families("Inter", "ko") == ["Inter", "Malgun Gothic"]
    assert font_families("Inter", "ja") == ["Inter"]


def test_the_buttons_of_qt_itself_follow(keeper):
    def cancel():
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    said = {cancel()}
    for language in TRANSLATED:
        keeper.speak(language)
        said.add(cancel())
    assert len(said) == 1 + len(TRANSLATED)
    keeper.speak(SOURCE_LANGUAGE)
    assert cancel() == "Cancel"


# --- the window -----------------------------------------------------------------------------------


@pytest.fixture
def studio(qapp, qtbot, home, monkeypatch, tmp_path, no_servers):  # noqa: F811
    """The window with three loops on its pad, in English."""
    monkeypatch.setenv("FAKE_LOG", str(home / "fake.log"))
    monkeypatch.setenv("LANGUAGE", "en")
    quick = (sys.executable, "-m", "tests.ui.fake_renderer")
    monkeypatch.setattr(app_module, "RenderWorker", partial(RenderWorker, command=quick))
    noise = np.random.default_rng(0).uniform(-0.3, 0.3, (3, RATE_HZ // 2, 2)).astype(np.float32)
    files = [tmp_path / f"{name}.wav" for name in ("kick 1", "bass 2", "keys 3")]
    for path, samples in zip(files, noise, strict=True):
        soundfile.write(path, samples, RATE_HZ)
    studio = Studio(qapp, Player())
    studio._language.speak(SOURCE_LANGUAGE)
    qtbot.addWidget(studio.window)
    studio.window.resize(1280, 720)
    with qtbot.waitSignal(studio.worker.model_loaded, timeout=20_000):
        studio.start(files)
    qtbot.waitUntil(lambda: len(studio.controller.dots) == 3, timeout=20_000)
    yield studio
    studio._language.speak(SOURCE_LANGUAGE)
    studio.window.close()
    studio.shut_down()


def speak(studio, qtbot, language):
    """Speak a language, and wait until the layout of that stands still."""
    studio._language.speak(language)
    before = None
    while (now := [widget.geometry() for widget in studio.window.findChildren(QWidget)]) != before:
        before = now
        qtbot.wait(150)


def shown_texts(root):
    """Everything that a window and what is in it say or would say, and who says it."""
    widgets = [root, *root.findChildren(QWidget)]
    for child in [*widgets, *(action for widget in widgets for action in widget.actions())]:
        said = [child.toolTip()]
        if isinstance(child, QWidget):
            said += [child.windowTitle(), child.accessibleName(), child.accessibleDescription()]
        if isinstance(child, (QLabel, QAbstractButton, QAction)):
            said.append(child.text())
        if isinstance(child, QLineEdit):
            said.append(child.placeholderText())
        if isinstance(child, QComboBox):
            said += [child.itemText(index) for index in range(child.count())]
        if isinstance(child, QTabBar):
            said += [child.tabText(index) for index in range(child.count())]
        name = child.objectName() or type(child).__name__
        yield from ((name, text) for text in said if text and text not in OWN_NAMES)


def pattern_of(source):
    """Matches what a text becomes when its placeholders are filled in."""
    return re.compile(".+".join(re.escape(part) for part in PLACEHOLDER.split(source)), re.DOTALL)


def english_patterns(language):
    """Of the English texts that are something else in a language."""
    translations = texts_of(language).items()
    sources = {source for (_, source), text in translations if text != source}
    sources -= {text for _, text in translations}
    return [pattern_of(source) for source in sources if re.search("[A-Za-z]{4}", PLACEHOLDER.sub("", source))]


def open_all(studio):
    """Open what is made, or filled in, only when it is wanted."""
    studio.commands._settings.show_dialog("audio")
    for overlay in (studio.commands.palette, studio.commands.sheet):
        overlay.toggle()
        overlay.toggle()


def test_every_text_of_the_window_follows_the_language(studio, qtbot):
    open_all(studio)
    studio.controller.dot_keeper.arrange()  # a change that can be undone has a name
    for language in ("ja", "zh", "ko", SOURCE_LANGUAGE, "zh", SOURCE_LANGUAGE):
        speak(studio, qtbot, language)
        open_all(studio)
        said = list(shown_texts(studio.window))
        wrong = [other for other in LETTERS if other != language]
        if language == "ja":
            wrong.remove("zh")
        stale = [(who, text) for who, text in said for other in wrong if LETTERS[other].search(text)]
        assert stale == [], f"in {language}"
        if language == SOURCE_LANGUAGE:
            continue
        patterns = english_patterns(language)
        stale = [(who, text) for who, text in said if any(pattern.fullmatch(text) for pattern in patterns)]
        assert stale == [], f"in {language}"
        assert sum(bool(LETTERS[language].search(text)) for _, text in said) > 150


def test_what_was_rendered_and_explored_is_told_in_the_language_of_now(studio, qtbot):
    with qtbot.waitSignal(studio.worker.render_finished, timeout=20_000):
        studio.controller.choose_mode("explore")
        studio.pad.explore_picked.emit(0.5, -0.4)
    studio.pad.set_explore_cursor(0.5, -0.4)
    where = studio.pad._around_scene.cursor
    for language in ("ja", "zh", "ko"):
        speak(studio, qtbot, language)
        told = [*studio.pad._axes, *(name for name, _ in studio.window.side_panel.figures())]
        told += [chip.text() for chip in studio.pad.findChildren(QAbstractButton)]
        assert studio.window.side_panel.figures()
        patterns = english_patterns(language)
        assert [text for text in told if any(pattern.fullmatch(text) for pattern in patterns)] == []
        assert all(LETTERS[language].search(text) for text in studio.pad._axes)
        assert studio.pad._around_scene.cursor == where


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_cut_in_the_window(studio, qtbot, language):
    speak(studio, qtbot, language)
    assert (studio.window.width(), studio.window.height()) == (1280, 720)
    looked_at = 0
    for widget in studio.window.findChildren(QWidget):
        if not isinstance(widget, (QLabel, QAbstractButton)) or not widget.isVisible() or not widget.text():
            continue
        text, box = re.sub("<[^>]*>", "", widget.text()), widget.contentsRect()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            assert needed <= widget.height(), text
        elif not widget.toolTip().startswith(text):  # else it is a name, which may be cut
            lines = QRect(0, 0, 10_000, 10_000)
            needed = widget.fontMetrics().boundingRect(lines, 0, text)
            assert needed.width() <= box.width() + 1, text
        looked_at += 1
    assert looked_at > 25
    for box in studio.window.findChildren(QComboBox):
        if box.isVisible():
            option = QStyleOptionComboBox()
            box.initStyleOption(option)
            edit = QStyle.SubControl.SC_ComboBoxEditField
            room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, edit, box)
            assert box.fontMetrics().horizontalAdvance(box.currentText()) <= room.width(), box.currentText()


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_parts_of_the_window_keep_their_room(studio, qtbot, language):
    window, pad = studio.window, studio.pad
    before = pad.width()
    speak(studio, qtbot, language)
    assert pad.width() > 0.9 * before
    for part in (window.transport, window.browser, window.side_panel):
        place = part.rect().translated(part.mapTo(window, part.rect().topLeft()))
        assert window.rect().contains(place)
        assert part.minimumSizeHint().width() <= part.width()
