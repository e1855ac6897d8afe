"""The settings: a list of pages at the left, each change in effect at once. Saves nothing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from morphstudio.library.embedding_weights import WAV2VEC2
from morphstudio.settings import MidiSettings, OscSettings, Settings
from morphstudio.storage import StoragePlaces, renders_folder
from morphstudio.ui.controls import em
from morphstudio.ui.device_menu import DeviceOffer
from morphstudio.ui.icons import icon
from morphstudio.ui.settings_audio import AudioPage
from morphstudio.ui.settings_control import ControlPage
from morphstudio.ui.settings_folders import FoldersPage
from morphstudio.ui.settings_page import AppearancePage, LanguagePage, Page, plain_button
from morphstudio.ui.settings_similarity import SimilarityPage
from morphstudio.ui.settings_storage import StoragePage
from morphstudio.ui.theme import Theme

PageName = Literal["audio", "control", "folders", "similarity", "appearance", "language", "storage"]
_ICONS: Final[dict[PageName, str]] = {
    "audio": "volume",
    "control": "control",
    "folders": "folder",
    "similarity": "similarity",
    "appearance": "appearance",
    "language": "language",
    "storage": "storage",
}


class SettingsDialog(QDialog):
    """Shows the settings and says what is changed. It stands beside the window and holds nothing up.

    Parameters
    ----------
    theme : Theme
    settings : Settings
        What is shown at first.
    places : StoragePlaces
        Where things are kept.
    parent : QWidget or None
    """

    settings_changed = Signal(object)
    """The whole new `Settings`; what was not touched is as in the last `set_settings`."""
    device_chosen = Signal(object)
    """A DeviceId; None for the system's default."""
    latency_chosen = Signal(int)
    """In frames per block."""
    asio_switched = Signal(bool)
    rescan_requested = Signal()

    def __init__(
        self, theme: Theme, settings: Settings, places: StoragePlaces, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._settings, self._places = theme, settings, places
        self.audio = AudioPage(theme)
        self.control = ControlPage(theme)
        self.folders = FoldersPage(places.default_renders)
        self.similarity = SimilarityPage(WAV2VEC2)
        self.appearance = AppearancePage(theme)
        self.language = LanguagePage()
        self.storage = StoragePage(theme, places)
        self._pages: dict[PageName, Page] = {
            "audio": self.audio,
            "control": self.control,
            "folders": self.folders,
            "similarity": self.similarity,
            "appearance": self.appearance,
            "language": self.language,
            "storage": self.storage,
        }
        self.page_list = QListWidget()
        self._stack = QStackedWidget()
        self._close = plain_button()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._show_icons()
        self.set_settings(settings)
        self.open_page("audio")

    @property
    def page(self) -> PageName:
        """The page that is open."""
        return list(self._pages)[self.page_list.currentRow()]

    def open_page(self, name: PageName) -> None:
        """Turn to a page."""
        self.page_list.setCurrentRow(list(self._pages).index(name))

    def set_settings(self, settings: Settings) -> None:
        """Show these, and begin with them when something is changed; says nothing back."""
        self._settings = settings
        self.control.set_settings(settings.midi, settings.osc)
        self.folders.set_folders(settings.library.places, settings.renders_folder)
        self.similarity.choose(settings.library.compares_by_embedding)
        self.appearance.choose(settings.appearance.theme)
        self.language.choose(settings.appearance.language)
        self.storage.set_renders_folder(renders_folder(settings, self._places))

    def set_offer(self, offer: DeviceOffer) -> None:
        """Show these devices."""
        self.audio.set_offer(offer)

    def set_device_status(self, text: str, is_ok: bool) -> None:
        """Say what plays now; with `is_ok` false, what is wrong."""
        self.audio.set_status(text, is_ok)

    def retranslate(self) -> None:
        """Say the dialog's own texts; the pages hear of a change of language by themselves."""
        self.setWindowTitle(self.tr("Settings"))
        self.page_list.setAccessibleName(self.tr("Pages"))
        self._close.setText(self.tr("Close"))
        for row, page in enumerate(self._pages.values()):
            self.page_list.item(row).setText(page.title)
        # As wide as its longest word in this language.
        metrics = self.page_list.fontMetrics()
        widest = max(metrics.horizontalAdvance(page.title) for page in self._pages.values())
        self.page_list.setFixedWidth(max(widest + round(em(self) * 5.2), em(self) * 10))

    def _lay_out(self) -> None:
        unit = em(self)
        self.page_list.setObjectName("pages")
        self.page_list.setIconSize(QSize(unit, unit))
        self.page_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self._pages.values():
            self.page_list.addItem(QListWidgetItem())
            area = QScrollArea()
            area.setWidget(page)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._stack.addWidget(area)
        foot = QHBoxLayout()
        foot.setContentsMargins(unit, 0, unit, unit)
        foot.addStretch(1)
        foot.addWidget(self._close)
        right = QVBoxLayout()
        right.setSpacing(unit // 2)
        right.addWidget(self._stack, 1)
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.page_list)
        layout.addLayout(right, 1)
        room = self.screen().availableGeometry().size() * 0.9
        self.setMinimumSize(QSize(unit * 38, unit * 22).boundedTo(room))
        self.resize(QSize(unit * 48, unit * 32).boundedTo(room))

    def _connect(self) -> None:
        self._theme.changed.connect(self._show_icons)
        self.page_list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._close.clicked.connect(self.close)
        self.audio.device_chosen.connect(self.device_chosen)
        self.audio.latency_chosen.connect(self.latency_chosen)
        self.audio.asio_switched.connect(self.asio_switched)
        self.audio.rescan_requested.connect(self.rescan_requested)
        self.control.midi_changed.connect(self._on_midi_changed)
        self.control.osc_changed.connect(self._on_osc_changed)
        self.folders.places_changed.connect(self._on_places_changed)
        self.folders.renders_folder_changed.connect(self._on_renders_folder_changed)
        self.similarity.embedding_chosen.connect(self._on_embedding_chosen)
        self.appearance.theme_chosen.connect(self._on_theme_chosen)
        self.language.language_chosen.connect(self._on_language_chosen)

    @Slot()
    def _show_icons(self) -> None:
        for row, name in enumerate(_ICONS.values()):
            self.page_list.item(row).setIcon(icon(self._theme, name, "text_dim"))

    def _change(self, settings: Settings) -> None:
        if settings != self._settings:
            self.set_settings(settings)
            self.settings_changed.emit(settings)

    @Slot(object)
    def _on_midi_changed(self, midi: MidiSettings) -> None:
        self._change(replace(self._settings, midi=midi))

    @Slot(object)
    def _on_osc_changed(self, osc: OscSettings) -> None:
        self._change(replace(self._settings, osc=osc))

    @Slot(object)
    def _on_places_changed(self, places: tuple[str, ...]) -> None:
        self._change(replace(self._settings, library=replace(self._settings.library, places=places)))

    @Slot(str)
    def _on_renders_folder_changed(self, folder: str) -> None:
        self._change(replace(self._settings, renders_folder=folder))

    @Slot(bool)
    def _on_embedding_chosen(self, is_chosen: bool) -> None:
        library = replace(self._settings.library, compares_by_embedding=is_chosen)
        self._change(replace(self._settings, library=library))

    @Slot(str)
    def _on_theme_chosen(self, name: str) -> None:
        self._change(replace(self._settings, appearance=replace(self._settings.appearance, theme=name)))

    @Slot(str)
    def _on_language_chosen(self, code: str) -> None:
        self._change(replace(self._settings, appearance=replace(self._settings.appearance, language=code)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for page in self._pages.values():
                page.retranslate()  # Qt tells the children after this: the list needs their titles now
            self.retranslate()
