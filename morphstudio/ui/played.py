"""What the loudspeaker plays, shown: spectrogram, playhead, levels, loudness."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QObject

from morphstudio.audio.clip import RATE_HZ
from morphstudio.audio.metering import PlayedMeter
from morphstudio.audio.player import Player
from morphstudio.ui.main_window import MainWindow
from morphstudio.ui.meters import MeterPanel
from morphstudio.ui.spectrogram import LiveSpectrogram
from morphstudio.ui.theme import Theme

_LONGEST_SILENCE_S = 3.0


class PlayedView(QObject):
    """Reads what was played and hands it to the views.

    Parameters
    ----------
    theme : Theme
    player : Player
    spectrogram : LiveSpectrogram
    window : MainWindow
        Is given the panel of meters; also the parent.
    """

    def __init__(
        self, theme: Theme, player: Player, spectrogram: LiveSpectrogram, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._player, self._spectrogram, self._transport = player, spectrogram, window.transport
        self._n_frames = 0
        self._meter = PlayedMeter()
        self._metered_s = time.monotonic()
        self._panel = MeterPanel(theme)
        window.side_panel.add_section(self._panel)
        spectrogram.position_picked.connect(player.set_position)
        self._transport.meter.clicked.connect(self._meter.reset_peaks)

    def set_loop(self, n_frames: int) -> None:
        """Say how long the loop is that is asked for."""
        if n_frames == self._n_frames:  # said with each move of a drag
            return
        self._n_frames = n_frames
        self._spectrogram.set_loop(n_frames, RATE_HZ)
        self._meter.set_loop(n_frames)

    def clear(self) -> None:
        """Show nothing."""
        self._n_frames = 0
        self._spectrogram.clear()

    def poll(self) -> None:
        """Show what was played since the last time; for a timer."""
        is_silent = True
        while (chunk := self._player.read_tap()) is not None:
            is_silent = False
            self._meter.write(chunk.samples)
            if chunk.n_loop == self._n_frames:
                self._spectrogram.write(chunk.loop_start, chunk.samples)
                self._spectrogram.set_playhead(self._player.playhead)
        before_s, self._metered_s = self._metered_s, time.monotonic()
        if is_silent:  # of which nothing is told
            n_frames = round(min(self._metered_s - before_s, _LONGEST_SILENCE_S) * RATE_HZ)
            self._meter.write(np.zeros((n_frames, 2), np.float32))
        meters, reading = self._player.meters(), self._meter.reading()
        self._transport.set_meters(meters.left_db, meters.right_db)
        self._transport.meter.set_reading(reading)
        self._panel.set_reading(reading)
