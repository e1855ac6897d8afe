"""Spectra that move: peaks meet in between, near a dot nothing moves, level is kept."""

import pytest
import torch

from morphstudio.dsp.features import N_MELS, mel_matrix, mel_power
from morphstudio.dsp.stft import N_BINS, magnitude_from_db
from morphstudio.morph.transport import Transport, moved_bands

TRANSPORT = Transport(torch.device("cpu"))
MATRIX = mel_matrix()
N_COLUMNS = 24


def peak_at(bin_index, width=12.0):
    """A hump over a floor, in dB: (1, bins, columns)."""
    distance = (torch.arange(N_BINS) - bin_index) / width
    return (-60.0 + 60.0 * torch.exp(-distance.square()))[None, :, None].repeat(1, 1, N_COLUMNS)


def bands_of(level_db):
    return torch.log(mel_power(magnitude_from_db(level_db), MATRIX).mean(dim=0).clamp_min(1e-12))


def places_of(levels, shares):
    cumulated = [TRANSPORT.cumulated(magnitude_from_db(level)) for level in levels]
    return [TRANSPORT.places([TRANSPORT.quantiles(a, b) for b in cumulated], shares) for a in cumulated]


def moved(level_db, places):
    columns_first = TRANSPORT.moved(level_db.transpose(1, 2).contiguous(), TRANSPORT.moves(places))
    return columns_first.transpose(1, 2)


def peak_of(level_db):
    return int(level_db[0, :, N_COLUMNS // 2].argmax())


def test_the_peaks_of_two_spectra_meet_between_them():
    low, high = peak_at(100), peak_at(300)
    places = places_of([low, high], [0.5, 0.5])
    met = [peak_of(moved(x, p)) for x, p in zip([low, high], places, strict=True)]
    assert abs(met[0] - met[1]) < 25
    assert all(130 < peak < 250 for peak in met)


def test_a_peak_travels_all_the_way_and_never_back():
    low, high = peak_at(100), peak_at(300)
    peaks = [
        peak_of(moved(low, places_of([low, high], [1.0 - share, share])[0]))
        for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    assert peaks[0] == 100
    assert peaks == sorted(peaks)
    assert abs(peaks[-1] - 300) < 40


@pytest.mark.parametrize("share", [0.0, 0.001])
def test_near_a_dot_nothing_moves(share):
    low, high = peak_at(60, 4.0), peak_at(700, 4.0)
    place = places_of([low, high], [1.0 - share, share])[0]
    assert float((moved(low, place) - low).abs().max()) < 0.2


def test_equal_spectra_stay_where_they_are():
    level = peak_at(200) + torch.randn(1, N_BINS, N_COLUMNS, generator=torch.Generator().manual_seed(0))
    place = places_of([level, level.clone()], [0.4, 0.6])[0]
    assert float((moved(level, place) - level).abs().max()) < 0.1


def test_bands_move_as_the_spectrum_does():
    low, high = peak_at(100), peak_at(300)
    place = places_of([low, high], [0.5, 0.5])[0]
    carried = bands_of(moved(low, place))
    estimated = moved_bands(bands_of(low).T.numpy(), TRANSPORT.source_mels(place))
    assert estimated.shape == (N_COLUMNS, N_MELS)
    assert abs(int(carried[:, 12].argmax()) - int(estimated[12].argmax())) <= 2
