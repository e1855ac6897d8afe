"""Which of the twelve pitch classes one note has: a small network over levels in narrow bands, and its file.

The bands are of equal width in semitones, not in mel: a mel band below 200 Hz spans several bass notes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torchaudio
from numpy.typing import NDArray
from torch import Tensor, nn

from morphstudio.audio.clip import RATE_HZ
from morphstudio.errors import ModelError
from morphstudio.model.checkpoint import Shapes, read_tensors, write_tensors

FORMAT_VERSION = 1
N_CLASSES = 12
N_EXCERPT = 32_768
"""Frames that are listened to, 0.74 s."""
LOWEST_MIDI = 24
N_SEMITONES = 96
"""Eight octaves of bands, from C1 on."""
_BANDS_A_SEMITONE = 3
N_BANDS = N_SEMITONES * _BANDS_A_SEMITONE
_WINDOWS = ((16_384, 4_096), (4_096, 2_048))
"""Frames and hops. The long one tells bass notes apart, the short one sees what has died after 0.1 s."""
_RANGE_DB = 80.0
_BLOCK = 512
_ATTACK_FRAMES = 1_024
_LEAST_FRAMES = 8_192
_SILENCE = 1e-5
_HEADER_KEY = "morphstudio"
_MAX_FILE_BYTES = 4 * 1024 * 1024
_MAX_WIDTH = 256
_HINT = "Reinstall MorphStudio."

Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PitchNetConfig:
    """Sizes of the network: channels, and layers that look along the bands."""

    n_channels: int = 48
    n_layers: int = 8


def excerpt(mono: Mono) -> Mono:
    """Take the part that is listened to: from just after the loudest moment on.

    Parameters
    ----------
    mono : float32, shape (frames,)
        At 44.1 kHz; any length.

    Returns
    -------
    float32, shape (N_EXCERPT,), peak 1; silence where there is nothing
    """
    out = np.zeros(N_EXCERPT, np.float32)
    sound = np.nan_to_num(np.asarray(mono, np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    if not sound.size:
        return out
    n_blocks = -(-sound.size // _BLOCK)
    blocks = np.pad(sound, (0, n_blocks * _BLOCK - sound.size)).reshape(n_blocks, _BLOCK)
    loudest = int(np.argmax(np.square(blocks).sum(axis=1))) * _BLOCK
    start = min(loudest + _ATTACK_FRAMES, max(0, sound.size - _LEAST_FRAMES))
    part = sound[start : start + N_EXCERPT]
    peak = float(np.max(np.abs(part)))
    if peak > _SILENCE:
        out[: part.size] = part / peak
    return out


class BandLevels(nn.Module):
    """Waveforms to levels: (batch, N_EXCERPT) -> (batch, windows, N_BANDS), in dB below the loudest band.

    Each window's power is averaged over the excerpt. Triangular bands, three a semitone; where they are
    narrower than the bins of the transform, these are read in between.
    """

    def __init__(self) -> None:
        super().__init__()
        self._spectrograms = nn.ModuleList(
            torchaudio.transforms.Spectrogram(
                # Centred: what begins with the excerpt and dies soon is where the window is widest.
                n,
                hop_length=hop,
                power=2.0,
                pad_mode="constant",
            )
            for n, hop in _WINDOWS
        )
        self._to_db = torchaudio.transforms.AmplitudeToDB("power", top_db=None)
        for index, (n, _) in enumerate(_WINDOWS):
            self.register_buffer(f"_bands_{index}", _band_matrix(n), persistent=False)

    def forward(self, waves: Tensor) -> Tensor:
        levels = []
        for index, spectrogram in enumerate(self._spectrograms):
            matrix = self.get_buffer(f"_bands_{index}")
            power = spectrogram(waves)[:, : len(matrix)].mean(dim=2)
            level = self._to_db(power @ matrix)
            top = level.amax(dim=1, keepdim=True)
            levels.append((level - top).clamp_min(-_RANGE_DB))
        return torch.stack(levels, dim=1)


def band_midi() -> Tensor:
    """MIDI notes of the bands' centres, shape (N_BANDS,); each semitone's middle band is in tune."""
    return LOWEST_MIDI + (torch.arange(N_BANDS) - 1) / _BANDS_A_SEMITONE


def _band_matrix(n_fft: int) -> Tensor:
    """Weights of the lowest bins of a transform in each band, shape (bins, N_BANDS)."""
    step_hz = RATE_HZ / n_fft
    low, mid, high = (
        440.0 * 2.0 ** ((band_midi().double() + k / _BANDS_A_SEMITONE - 69.0) / 12.0) for k in (-1, 0, 1)
    )
    hz = torch.arange(int(high[-1] / step_hz) + 2).double()[:, None] * step_hz
    wide = torch.minimum((hz - low) / (mid - low), (high - hz) / (high - mid)).clamp_min(0.0)
    between = (1.0 - (hz - mid).abs() / step_hz).clamp_min(0.0)
    matrix = torch.where(high - low > 4 * step_hz, wide, between)
    return (matrix / matrix.sum(dim=0)).float()


class PitchNet(nn.Module):
    """Levels to logits of notes: (batch, windows, N_BANDS) -> (batch, N_SEMITONES).

    Convolutions along the bands: what it learns of one note holds for all, since partials keep their distance
    in semitones. After the first layer a column is a semitone; how far a partial is off its middle is in the
    channels.

    Parameters
    ----------
    config : PitchNetConfig
    """

    def __init__(self, config: PitchNetConfig) -> None:
        super().__init__()
        self.config = config
        n = config.n_channels
        self.first = nn.Conv1d(len(_WINDOWS), n, 9, padding=4)
        self.fold = nn.Conv1d(n, n, 9, stride=_BANDS_A_SEMITONE, padding=3)
        steps = [(1, 2, 4, 8)[layer % 4] for layer in range(config.n_layers)]
        self.layers = nn.ModuleList(nn.Conv1d(n, n, 7, padding=3 * d, dilation=d) for d in steps)
        self.norms = nn.ModuleList(nn.GroupNorm(1, n) for _ in steps)
        self.last = nn.Conv1d(n, 1, 1)
        self.register_buffer("temperature", torch.ones(()))

    def forward(self, levels: Tensor) -> Tensor:
        x = nn.functional.gelu(self.first(levels / (_RANGE_DB / 2) + 1.0))
        x = nn.functional.gelu(self.fold(x))
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = x + nn.functional.gelu(layer(norm(x)))
        notes: Tensor = self.last(x)[:, 0]
        return notes


def class_logits(notes: Tensor) -> Tensor:
    """Logits of notes to those of pitch classes, C first: (batch, N_SEMITONES) -> (batch, 12)."""
    return notes.reshape(-1, N_SEMITONES // N_CLASSES, N_CLASSES).logsumexp(dim=1)


class PitchClassifier:
    """Tells the pitch class of a note.

    Parameters
    ----------
    net : PitchNet
    card : dict
        What its file says of it.
    """

    def __init__(self, net: PitchNet, card: dict[str, Any] | None = None) -> None:
        self._net = net.eval().requires_grad_(False)
        self._levels = BandLevels()
        self.card = {} if card is None else card

    @classmethod
    def load(cls, path: Path) -> PitchClassifier:
        """Read a model file; header and shapes are checked before any weight is used.

        Raises
        ------
        ModelError
            If the file is missing, is not such a model, or is damaged.
        """
        return cls(*_read(path))

    def pitch_class(self, mono: Mono) -> tuple[int, float]:
        """Pitch class of the note in a sound, and how sure that is.

        Parameters
        ----------
        mono : float32, shape (frames,)
            At 44.1 kHz.

        Returns
        -------
        int
            0 is C, 11 is B.
        float
            0 to 1: of answers with 0.8, about 80 % are right, as long as the sound is one note. About 1/12
            where there is none.
        """
        part = excerpt(mono)
        if not part.any():
            return 0, 1.0 / N_CLASSES
        with torch.inference_mode():
            levels = self._levels(torch.from_numpy(part)[None])
            shares = probabilities(self._net, levels)[0]
        best = int(shares.argmax())
        return best, float(shares[best])


def probabilities(net: PitchNet, levels: Tensor) -> Tensor:
    """Calibrated share of each pitch class: (batch, windows, N_BANDS) -> (batch, 12)."""
    return torch.softmax(class_logits(net(levels)) / net.get_buffer("temperature"), dim=1)


def save_pitch_class_model(path: Path, net: PitchNet, card: dict[str, Any]) -> None:
    """Write a model file beside its place, then rename it there; weights as float16.

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    """
    tensors = {name: value.detach().half().contiguous() for name, value in net.state_dict().items()}
    header = {
        "format": FORMAT_VERSION,
        "preset": "pitch-class",
        "arguments": asdict(net.config),
        "card": card,
    }
    write_tensors(path, tensors, {_HEADER_KEY: json.dumps(header)})


def _read(path: Path) -> tuple[PitchNet, dict[str, Any]]:
    found: list[tuple[PitchNet, dict[str, Any]]] = []

    def described(metadata: dict[str, str], _: Shapes) -> Shapes:
        found.append(_described(path, metadata))
        return {name: tuple(value.shape) for name, value in found[0][0].state_dict().items()}

    tensors = read_tensors(path, _MAX_FILE_BYTES, _HINT, described)
    net, card = found[0]
    if float(tensors["temperature"]) <= 0.0:
        problem = f"{path.name} is damaged: its temperature is not above 0."
        raise ModelError(f"Can't load {path.name}", problem, _HINT)
    net.load_state_dict(tensors, assign=True)
    return net, card


def _described(path: Path, metadata: dict[str, str]) -> tuple[PitchNet, dict[str, Any]]:
    title = f"Can't load {path.name}"
    try:
        header = json.loads(metadata[_HEADER_KEY])
        version, preset, arguments = header["format"], header["preset"], header["arguments"]
        card = dict(header["card"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(title, f"{path.name} is not a MorphStudio model.", _HINT) from error
    if version != FORMAT_VERSION:
        sentence = f"{path.name} has format {version}; this version reads {FORMAT_VERSION}."
        raise ModelError(title, sentence, "Update MorphStudio.")
    if preset != "pitch-class":
        raise ModelError(title, f"{path.name} is of another kind of model ({preset}).", _HINT)
    is_known = isinstance(arguments, dict) and set(arguments) == set(asdict(PitchNetConfig()))
    if not is_known or not all(type(v) is int and 0 < v <= _MAX_WIDTH for v in arguments.values()):
        raise ModelError(title, f"{path.name} describes a network that cannot be built.", _HINT)
    with torch.device("meta"):
        return PitchNet(PitchNetConfig(**arguments)), card
