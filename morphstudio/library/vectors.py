"""What a sound is like, as the numbers that `similarity` compares. Loads torch and librosa.

One short STFT serves timbre, rhythm and loudness, one long one serves pitch. Columns count by how loud they
are (Stevens' power law: 10 dB are twice as loud), as an ear learns little from a tail at -50 dB.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import librosa
import numpy as np
import torch
import torchaudio
from numpy.typing import NDArray
from torch import Tensor

from morphstudio.audio.clip import RATE_HZ
from morphstudio.dsp.loudness import k_weights
from morphstudio.dsp.stft import N_BINS, N_FFT
from morphstudio.library.vector_layout import (
    GROUP_SIZES,
    GROUPS,
    N_CHROMA,
    N_CONTRAST,
    N_DIMENSIONS,
    N_ENVELOPE,
    N_LFCC,
    N_MEL_BANDS,
    N_MFCC,
    N_OCTAVES,
    N_TEMPO_BINS,
)

_HOP = 512
_COLUMN_HZ = RATE_HZ / _HOP
_MAX_FRAMES = 8 * RATE_HZ
_RANGE_DB = 80.0
_SILENT_PEAK = 1e-5
_ONSET_DB = -40.0
_LOUDNESS_EXPONENT = 0.3
_LOWEST_HZ, _HIGHEST_HZ = 30.0, 16_000.0
"""What is higher, encoders and converters leave out or not: the same sound would be another."""
_N_MELS = 96
_N_LINEAR = 64
_ATTACK_COLUMNS = 5
_N_FFT_PITCH = 8192
_HOP_PITCH = 4096
_MAX_PITCH_FRAMES = 4 * RATE_HZ
_LOWEST_TONE_HZ, _HIGHEST_TONE_HZ = 27.5, 27.5 * 2**N_OCTAVES
_PEAK_BINS = 31
_LOWEST_CONTRAST_HZ, _CONTRAST_QUANTILE = 80.0, 0.05
_ENVELOPE_FRAMES, _ENVELOPE_BLOCKS = 64, 17
_LEAST_TIME_S = 0.004
_ENVELOPE_S = np.geomspace(0.005, 4.0, N_ENVELOPE)
_LONGEST_PERIOD_S, _N_FOLDED = 2.0, 3


@dataclass(frozen=True, slots=True)
class _Tables:
    """What turns spectra into features.

    Parameters
    ----------
    mel : float32, shape (bins, mels)
    linear : float32, shape (bins, bands)
    mel_cosines, linear_cosines : float32, shape (bands, coefficients)
    few : float32, shape (mels, few bands)
    chroma : float32, shape (12, long bins)
    octaves : float32, shape (8, long bins)
    k_weights : float32, shape (bins,)
    """

    mel: Tensor
    linear: Tensor
    mel_cosines: Tensor
    linear_cosines: Tensor
    few: Tensor
    chroma: Tensor
    octaves: Tensor
    k_weights: Tensor


@cache
def _tables() -> _Tables:
    functional = torchaudio.functional
    hz = torch.arange(_N_FFT_PITCH // 2 + 1) * (RATE_HZ / _N_FFT_PITCH)
    octave = torch.floor(torch.log2(hz.clamp(min=1.0) / _LOWEST_TONE_HZ))
    audible = (hz >= _LOWEST_TONE_HZ) & (hz < _HIGHEST_TONE_HZ)
    chroma = librosa.filters.chroma(sr=RATE_HZ, n_fft=_N_FFT_PITCH, n_chroma=N_CHROMA, tuning=0.0)
    few = torch.nn.functional.one_hot(torch.arange(_N_MELS) * N_MEL_BANDS // _N_MELS, N_MEL_BANDS).float()
    return _Tables(
        mel=functional.melscale_fbanks(N_BINS, _LOWEST_HZ, _HIGHEST_HZ, _N_MELS, RATE_HZ),
        linear=functional.linear_fbanks(N_BINS, 0.0, _HIGHEST_HZ, _N_LINEAR, RATE_HZ),
        mel_cosines=functional.create_dct(N_MFCC + 1, _N_MELS, "ortho")[:, 1:],
        linear_cosines=functional.create_dct(N_LFCC + 1, _N_LINEAR, "ortho")[:, 1:],
        few=few / few.sum(dim=0),
        chroma=torch.from_numpy(chroma).float() * audible,
        octaves=torch.stack([((octave == index) & audible).float() for index in range(N_OCTAVES)]),
        k_weights=k_weights(),
    )


@torch.inference_mode()
def sound_vector(mono: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a sound is like; where in the vector what is, `vector_layout.GROUPS` says.

    Eight seconds from the onset on are listened to. But for the group "loudness" the level makes no
    difference. Of silence all is zero but the loudness.

    Parameters
    ----------
    mono : float32, shape (frames,)
        At 44.1 kHz.

    Returns
    -------
    float32, shape (`N_DIMENSIONS`,)
        Finite.
    """
    vector = np.zeros(N_DIMENSIONS, dtype=np.float32)
    sound = _trimmed(np.nan_to_num(np.asarray(mono, dtype=np.float32)))
    peak = float(np.abs(sound).max(initial=0.0))
    if peak <= _SILENT_PEAK:
        vector[GROUPS["loudness"]] = _loudness(0.0, torch.zeros(1))
        return vector
    normal = sound / peak
    wave = _at_least(torch.from_numpy(normal), N_FFT)
    tables = _tables()
    power = _power(wave, N_FFT, _HOP)
    mel_db = _decibels(power @ tables.mel)
    weights = _loudness_weights(power)
    long_power = _power(_at_least(wave[:_MAX_PITCH_FRAMES], _N_FFT_PITCH), _N_FFT_PITCH, _HOP_PITCH)
    vector[GROUPS["timbre"]] = torch.cat([_cepstra(power, mel_db, weights, tables), _contrast(long_power)])
    vector[GROUPS["pitch"]] = _pitch(long_power, tables)
    vector[GROUPS["rhythm"]] = _rhythm(normal, mel_db)
    vector[GROUPS["loudness"]] = _loudness(peak, power @ tables.k_weights)
    return vector


def _trimmed(mono: NDArray[np.float32]) -> NDArray[np.float32]:
    """From the onset to the last audible frame, 8 s at most."""
    level = np.abs(mono)
    peak = float(level.max(initial=0.0))
    if peak <= _SILENT_PEAK:
        return mono[:0]
    first = int(np.argmax(level >= peak * 10 ** (_ONSET_DB / 20.0)))
    audible = level[first : first + _MAX_FRAMES]
    last = len(audible) - int(np.argmax(audible[::-1] >= peak * 10 ** (-_RANGE_DB / 20.0)))
    return mono[first : first + last]


def _at_least(wave: Tensor, n_frames: int) -> Tensor:
    return torch.nn.functional.pad(wave, (0, max(n_frames - len(wave), 0)))


def _power(wave: Tensor, n_fft: int, hop: int) -> Tensor:
    """Power spectra, shape (columns, bins)."""
    spectra = torchaudio.functional.spectrogram(
        wave, 0, torch.hann_window(n_fft), n_fft, hop, n_fft, None, False, pad_mode="constant"
    )
    # The transform's own power takes a root first, which is ten times as long.
    power: Tensor = spectra.real.square() + spectra.imag.square()
    return power.T


def _decibels(power: Tensor) -> Tensor:
    """In dB re the greatest, which is 0; at least -80."""
    greatest = float(power.max())
    db: Tensor = torchaudio.functional.amplitude_to_DB(
        power / greatest if greatest > 0.0 else power, 10.0, 10 ** (-_RANGE_DB / 10.0), 0.0
    )
    return db


def _loudness_weights(power: Tensor) -> Tensor:
    """How much each column counts, sum 1."""
    loudness = power.sum(dim=1) ** _LOUDNESS_EXPONENT
    weights: Tensor = loudness / loudness.sum()
    return weights


def _moments(features: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Weighted mean and standard deviation over columns."""
    mean = weights @ features
    return mean, (weights @ (features - mean) ** 2).sqrt()


def _movement(features: Tensor, weights: Tensor) -> Tensor:
    """Root mean square of the deltas, over columns."""
    deltas = torchaudio.functional.compute_deltas(features.T)
    movement: Tensor = ((deltas**2) @ weights).sqrt()
    return movement


def _cepstra(power: Tensor, mel_db: Tensor, weights: Tensor, tables: _Tables) -> Tensor:
    mfcc = mel_db @ tables.mel_cosines
    lfcc = _decibels(power @ tables.linear) @ tables.linear_cosines
    onset = int(torch.argmax(power.sum(dim=1)[: 4 * _ATTACK_COLUMNS]))
    attack = mfcc[max(onset - 1, 0) : onset + _ATTACK_COLUMNS - 1]
    parts = [
        weights @ (mel_db @ tables.few),
        weights @ mfcc,
        _movement(mfcc, weights),
        attack.mean(dim=0),
        weights @ lfcc,
        _movement(lfcc, weights),
    ]
    return torch.cat(parts)


def _contrast(long_power: Tensor) -> Tensor:
    """How far peaks are above valleys in each octave, in dB: far in tones, near in noise."""
    n_bins = int(_HIGHEST_HZ * _N_FFT_PITCH / RATE_HZ)
    heard = long_power[:, :n_bins].clamp(min=float(long_power.max()) * 10 ** (-_RANGE_DB / 10.0))
    contrast = librosa.feature.spectral_contrast(
        S=heard.sqrt().T.numpy(),
        freq=np.arange(n_bins) * (RATE_HZ / _N_FFT_PITCH),
        fmin=_LOWEST_CONTRAST_HZ,
        n_bands=N_CONTRAST - 1,
        quantile=_CONTRAST_QUANTILE,
    )
    return torch.cat(_moments(torch.from_numpy(contrast.T).float(), _loudness_weights(long_power)))


def _pitch(long_power: Tensor, tables: _Tables) -> NDArray[np.float32]:
    magnitude = long_power.sqrt().mean(dim=0)
    around = torch.nn.functional.avg_pool1d(
        magnitude[None], _PEAK_BINS, 1, _PEAK_BINS // 2, count_include_pad=False
    )[0]
    tones = (magnitude - 2.0 * around).clamp(min=0.0)
    octaves = tables.octaves @ tones
    total = float(octaves.sum())
    if total <= 0.0:
        return np.zeros(GROUP_SIZES["pitch"], dtype=np.float32)
    chroma = tables.chroma @ tones
    chroma = chroma / chroma.norm().clamp(min=1e-9)
    tonality = tones.sum() / magnitude.sum()
    return torch.cat([chroma * tonality, octaves / total, tonality[None]]).numpy()


def _rhythm(normal: NDArray[np.float32], mel_db: Tensor) -> NDArray[np.float32]:
    envelope = _envelope(normal)
    level_db = 10.0 * np.log10(np.maximum(envelope / max(float(envelope.max()), 1e-12), 1e-12))
    block_s = _ENVELOPE_FRAMES / RATE_HZ
    edges = np.searchsorted(np.arange(len(envelope)) * block_s, np.concatenate([[0.0], _ENVELOPE_S]))
    sums = np.concatenate([[0.0], np.cumsum(envelope)])
    energy = np.diff(sums[np.minimum(edges, len(envelope))]) / np.maximum(np.diff(edges), 1)
    levels_db = 10.0 * np.log10(np.maximum(energy / energy.max(), 1e-6))
    rise = int(np.argmax(level_db >= -2.0)) - int(np.argmax(level_db >= -20.0))
    after = level_db[int(np.argmax(level_db)) :]
    falls = [int(np.flatnonzero(after >= db)[-1]) + 1 for db in (-10.0, -20.0, -40.0)]
    centre = float(envelope @ np.arange(len(envelope))) / float(sums[-1])
    times_s = np.array([rise, *falls, centre, len(envelope)]) * block_s
    spread_db = np.maximum(np.percentile(level_db, (10, 25, 50, 75, 90)), -60.0)
    parts = [levels_db, spread_db, np.log2(times_s + _LEAST_TIME_S), _tempogram(mel_db)]
    return np.concatenate(parts).astype(np.float32)


def _envelope(normal: NDArray[np.float32]) -> NDArray[np.floating]:
    """Power every 1.5 ms, over 12 ms so that a low tone's own swing is not in it."""
    n_blocks = -(-len(normal) // _ENVELOPE_FRAMES)
    padded = np.pad(normal, (0, n_blocks * _ENVELOPE_FRAMES - len(normal)))
    power = np.square(padded.reshape(n_blocks, _ENVELOPE_FRAMES)).mean(axis=1, dtype=np.float64)
    window = np.hanning(_ENVELOPE_BLOCKS + 2)[1:-1]
    return np.convolve(power, window / window.sum())[_ENVELOPE_BLOCKS // 2 :][:n_blocks]


def _tempogram(mel_db: Tensor) -> NDArray[np.floating]:
    """How much repeats after each period, over three octaves of periods folded into one."""
    strength = librosa.onset.onset_strength(S=mel_db.T.numpy(), sr=RATE_HZ, hop_length=_HOP, detrend=False)
    strength = strength - strength.mean()
    longest = round(_LONGEST_PERIOD_S * _COLUMN_HZ)
    repeats = librosa.autocorrelate(strength, max_size=longest + 1)
    repeats = np.pad(repeats, (0, max(longest + 1 - len(repeats), 0)))
    if repeats[0] <= 1e-9:
        return np.zeros(N_TEMPO_BINS)
    lags = longest * 2.0 ** (-np.arange(_N_FOLDED * N_TEMPO_BINS) / N_TEMPO_BINS)
    at = np.interp(lags, np.arange(len(repeats)), np.maximum(repeats / repeats[0], 0.0))
    folded: NDArray[np.floating] = at.reshape(_N_FOLDED, N_TEMPO_BINS).mean(axis=0)
    return folded


def _loudness(peak: float, weighted: Tensor) -> NDArray[np.float32]:
    """Peak, loudest and mean level in dB, K-weighted but for the peak."""
    momentary = torch.nn.functional.avg_pool1d(
        weighted[None], min(round(0.4 * _COLUMN_HZ), len(weighted)), 1
    )[0]
    powers = torch.stack([momentary.max(), weighted.mean()]).double().numpy() * peak**2
    levels = 10.0 * np.log10(np.concatenate([[peak**2], powers]) + 1e-10)
    return levels.astype(np.float32)
