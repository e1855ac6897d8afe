"""The page about sound: which device plays, and how soon. It knows no player."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.devices import DeviceId
from morphstudio.settings import BLOCK_SIZES
from morphstudio.ui.controls import Switch, em, restyle
from morphstudio.ui.device_menu import DeviceOffer, one_line
from morphstudio.ui.settings_page import Page, note, plain_button
from morphstudio.ui.theme import Theme, tabular


class ChoiceBox(QComboBox):
    """A list to choose from that says when it closes, and that a wheel passing over it does not change."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.is_open = False

    def showPopup(self) -> None:
        self.is_open = True
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.is_open = False
        self.closed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class AudioPage(Page):
    """Chooses the device and its latency, among those of a `DeviceOffer`.

    Parameters
    ----------
    theme : Theme
    """

    device_chosen = Signal(object)
    """A DeviceId; None for the system's default."""
    latency_chosen = Signal(int)
    """In frames per block."""
    asio_switched = Signal(bool)
    rescan_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer, self._is_stale = DeviceOffer(), False
        self._device_label, self._latency_label = QLabel(), QLabel()
        self.devices, self.latencies = ChoiceBox(), ChoiceBox()
        self.latencies.setFont(tabular(self.latencies.font()))
        self._device_label.setBuddy(self.devices)
        self._latency_label.setBuddy(self.latencies)
        self.rescan = plain_button()
        self.asio = Switch(theme, "")
        self._asio_note, self._latency_note = note(), note()
        self.status = note()
        self._lay_out()
        self.devices.activated.connect(self._on_device_activated)
        self.latencies.activated.connect(self._on_latency_activated)
        self.devices.closed.connect(self._on_closed, Qt.ConnectionType.QueuedConnection)
        self.asio.clicked.connect(self.asio_switched)
        self.rescan.clicked.connect(self._on_rescan_clicked)
        self.retranslate()

    def set_offer(self, offer: DeviceOffer) -> None:
        """Show these devices; while the list is open, when it closes: nothing moves under a hand."""
        self._offer = offer
        self._is_stale = self.devices.is_open
        if not self._is_stale:
            self._fill()

    def set_status(self, text: str, is_ok: bool) -> None:
        """Say what plays now; with `is_ok` false, what is wrong."""
        self.status.setText(text)
        self.status.setVisible(bool(text))
        restyle(self.status, "warn", not is_ok)
        restyle(self.status, "dim", is_ok)

    def retranslate(self) -> None:
        self.set_title(self.tr("Audio"))
        self._device_label.setText(self.tr("Sound device"))
        self.devices.setAccessibleName(self.tr("Sound device"))
        self._latency_label.setText(self.tr("Latency"))
        self.latencies.setAccessibleName(self.tr("Latency"))
        self._latency_note.setText(
            self.tr("How soon you hear what you do. Choose more where the sound crackles.")
        )
        self.rescan.setText(self.tr("Look again"))
        self.rescan.setToolTip(self.tr("Look for devices that were plugged in since"))
        self.asio.setText(self.tr("Use ASIO"))
        self.asio.setAccessibleName(self.tr("Use ASIO"))
        self.asio.updateGeometry()
        self._asio_note.setText(self.tr("The driver of your audio interface, with the least latency."))
        self._fill()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(em(self) // 2)
        row.addWidget(self.devices, 1)
        row.addWidget(self.rescan)
        gap = round(em(self) * 0.9)
        self.column.addWidget(self._device_label)
        self.column.addLayout(row)
        self.column.addWidget(self.status)
        self.status.hide()
        self.column.addSpacing(gap)
        self.column.addWidget(self._latency_label)
        self.column.addWidget(self.latencies)
        self.column.addWidget(self._latency_note)
        self.column.addSpacing(gap)
        self.column.addWidget(self.asio)
        self.column.addWidget(self._asio_note)
        self.column.addStretch(1)

    def _fill(self) -> None:
        offer = self._offer
        with QSignalBlocker(self.devices), QSignalBlocker(self.latencies):
            self.devices.clear()
            text = self.tr("System default")
            if offer.default_name:
                text += f" ({one_line(offer.default_name)})"
            self.devices.addItem(text, None)
            for host_api, devices in _by_host_api(offer).items():
                self._add_heading(host_api)
                for device in devices:
                    self._add_device(device)
            if not offer.devices:
                self._add_heading(self.tr("No device found"))
            self.latencies.clear()
            for block_frames in BLOCK_SIZES:
                text = self.tr("{figure} ms · {frames} frames").format(
                    figure=f"{1000 * block_frames / RATE_HZ:.1f}", frames=block_frames
                )
                self.latencies.addItem(text, block_frames)
                if block_frames == offer.block_frames:
                    self.latencies.setCurrentIndex(self.latencies.count() - 1)
        self.asio.setVisible(offer.uses_asio is not None)
        self._asio_note.setVisible(offer.uses_asio is not None)
        self.asio.setChecked(bool(offer.uses_asio))

    def _add_heading(self, text: str) -> None:
        self.devices.addItem(text)
        model = self.devices.model()
        assert isinstance(model, QStandardItemModel)
        model.item(self.devices.count() - 1).setEnabled(False)

    def _add_device(self, device: DeviceId) -> None:
        text = one_line(device.name)
        if device not in self._offer.devices:
            text = self.tr("{device} (not there)").format(device=text)
        self.devices.addItem(text, device)
        if device == self._offer.chosen:
            self.devices.setCurrentIndex(self.devices.count() - 1)

    @Slot(int)
    def _on_device_activated(self, index: int) -> None:
        self.device_chosen.emit(self.devices.itemData(index))

    @Slot(int)
    def _on_latency_activated(self, index: int) -> None:
        self.latency_chosen.emit(self.latencies.itemData(index))

    @Slot()
    def _on_closed(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._fill()

    @Slot()
    def _on_rescan_clicked(self) -> None:
        self.rescan_requested.emit()


def _by_host_api(offer: DeviceOffer) -> dict[str, list[DeviceId]]:
    """Each device once, the chosen one even where it has gone."""
    devices = dict.fromkeys(offer.devices)
    if offer.chosen is not None:
        devices[offer.chosen] = None
    groups: dict[str, list[DeviceId]] = {}
    for device in devices:
        groups.setdefault(device.host_api, []).append(device)
    return groups
