"""The settings in the window: the dialog, and what takes effect when one is changed."""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal, Slot

from morphstudio.audio.pictures import PictureKind
from morphstudio.errors import MorphStudioError
from morphstudio.library.embedding_weights import WAV2VEC2
from morphstudio.settings import PictureSettings, Settings, SettingsFile
from morphstudio.storage import storage_places
from morphstudio.ui.device_menu import DeviceOffer
from morphstudio.ui.embedding_fetcher import EmbeddingFetcher
from morphstudio.ui.embedding_keeper import EmbeddingKeeper
from morphstudio.ui.language import LanguageKeeper
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.settings_dialog import PageName, SettingsDialog
from morphstudio.ui.spectrogram_view import SpectrogramView
from morphstudio.ui.theme import Theme
from morphstudio.ui.theme_keeper import ThemeKeeper

_log = logging.getLogger(__name__)


class SettingsKeeper(QObject):
    """Shows the settings, and has each change take effect at once.

    Parameters
    ----------
    theme : Theme
    file : SettingsFile
        Read already.
    themes : ThemeKeeper
    language : LanguageKeeper
    window : MainWindow
        Also the parent.
    """

    library_changed = Signal(object)
    """`LibrarySettings`, by the dialog."""
    control_changed = Signal(object, object)
    """`MidiSettings` and `OscSettings`, by the dialog."""
    dialog_made = Signal(object)
    """`SettingsDialog`, before it is shown first."""

    def __init__(
        self,
        theme: Theme,
        file: SettingsFile,
        themes: ThemeKeeper,
        language: LanguageKeeper,
        window: MainWindow,
    ) -> None:
        super().__init__(window)
        self._theme, self._file, self._window = theme, file, window
        fetcher = EmbeddingFetcher(WAV2VEC2, storage_places().embedding)
        self.embedding = EmbeddingKeeper(fetcher, file.settings.library.compares_by_embedding, self)
        self.embedding.noticed.connect(window.message_bar.show_error)
        self._themes, self._language = themes, language
        self._dialog: SettingsDialog | None = None
        window.transport.device_button.devices.offer_changed.connect(self._on_offer_changed)
        window.transport.device_button.status_changed.connect(self._show_offer)
        # Queued: by then they are in the settings.
        queued = Qt.ConnectionType.QueuedConnection
        window.browser.shelf.places_changed.connect(self._on_places_changed, queued)

    @property
    def settings(self) -> Settings:
        """As they are now."""
        return self._file.settings

    def keep(self, settings: Settings) -> None:
        """Remember these; where that fails it is said."""
        try:
            self._file.save(settings)
        except MorphStudioError as error:
            self._window.message_bar.show_error(error, "warning")
        if self._dialog is not None:
            self._dialog.set_settings(self._file.settings)

    def keep_at_end(self) -> None:
        """Remember where things are, when the window closes: there is nobody left to tell of a failure."""
        window = self._window
        settings = replace(
            self._file.settings, window=window.layout_settings(), volume_db=window.transport.volume_db
        )
        try:
            self._file.save(settings)
        except MorphStudioError as error:
            _log.warning("The settings were not kept: %s", error)

    @Slot(object)
    def keep_view(self, view: SpectrogramView) -> None:
        """Remember how the sound is drawn."""
        picture = PictureSettings(view.picture.value, view.pitch, view.brightness)
        self.keep(replace(self.settings, picture=picture))

    @property
    def view(self) -> SpectrogramView:
        """How the sound was drawn last."""
        picture = self.settings.picture
        return SpectrogramView(PictureKind(picture.kind), picture.has_pitch, picture.has_brightness)

    def show_dialog(self, page: PageName = "audio") -> None:
        """Open the dialog at a page."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        self._dialog.set_settings(self.settings)
        self._show_offer()
        self.embedding.look()
        self._dialog.open_page(page)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    @Slot()
    def switch_theme(self) -> None:
        """Show dark instead of light, or light instead of dark."""
        other = "dark" if self._theme.role("window").lightnessF() > 0.5 else "light"
        self._take(replace(self.settings, appearance=replace(self.settings.appearance, theme=other)))

    def _make_dialog(self) -> SettingsDialog:
        dialog = SettingsDialog(self._theme, self.settings, storage_places(), self._window)
        devices = self._window.transport.device_button.devices
        dialog.settings_changed.connect(self._take)
        dialog.device_chosen.connect(devices.device_chosen)
        dialog.latency_chosen.connect(devices.latency_chosen)
        dialog.asio_switched.connect(devices.asio_switched)
        dialog.rescan_requested.connect(devices.rescan_requested)
        dialog.storage.embedding_delete_requested.connect(self.embedding.remove)
        self.embedding.show_on(dialog.similarity)
        self.dialog_made.emit(dialog)
        return dialog

    @Slot(object)
    def _take(self, settings: Settings) -> None:
        before = self.settings
        # Only what the dialog is about: all else may have changed since it was shown.
        chosen = settings.library
        library = replace(
            before.library, places=chosen.places, compares_by_embedding=chosen.compares_by_embedding
        )
        self.keep(
            replace(
                before,
                appearance=settings.appearance,
                library=library,
                renders_folder=settings.renders_folder,
                midi=settings.midi,
                osc=settings.osc,
            )
        )
        self._themes.choose(settings.appearance.theme)
        self._language.speak(settings.appearance.language)
        self.embedding.choose(library.compares_by_embedding)
        if library != before.library:
            self.library_changed.emit(library)
        if (settings.midi, settings.osc) != (before.midi, before.osc):
            self.control_changed.emit(settings.midi, settings.osc)

    @Slot()
    def _on_places_changed(self) -> None:
        if self._dialog is not None:
            self._dialog.set_settings(self.settings)

    @Slot(object)
    def _on_offer_changed(self, _offer: DeviceOffer) -> None:
        self._show_offer()

    @Slot()
    def _show_offer(self) -> None:
        if self._dialog is not None:
            button = self._window.transport.device_button
            self._dialog.set_offer(button.devices.offer)
            self._dialog.set_device_status(button.status, button.is_ok)
