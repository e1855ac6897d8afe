"""What is counted on the disk, and that clearing takes old renders of ours and nothing else."""

from __future__ import annotations

import os
import threading

import pytest

from morphstudio.settings import Settings
from morphstudio.storage import (
    OLD_DAYS,
    RENDERS_FOLDER,
    Usage,
    clear_old_renders,
    old_renders,
    renders_folder,
    renders_folder_in,
    storage_places,
    usage,
)

NOW_S = 2_000_000_000.0
DAY_S = 86_400.0


def write(path, n_bytes, age_days=0.0):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(n_bytes))
    at_s = NOW_S - age_days * DAY_S
    os.utime(path, (at_s, at_s))
    return path


@pytest.fixture
def renders(tmp_path):
    return tmp_path / RENDERS_FOLDER


def test_a_folder_is_counted_with_all_that_is_in_it(tmp_path):
    write(tmp_path / "a" / "b" / "one", 100)
    write(tmp_path / "a" / "two", 30)
    assert usage(tmp_path / "a", threading.Event()) == Usage(2, 130)
    assert usage(tmp_path / "a" / "two", threading.Event()) == Usage(1, 30)
    assert usage(tmp_path / "none", threading.Event()) == Usage()


def test_a_link_in_a_circle_ends(tmp_path):
    write(tmp_path / "one", 10)
    (tmp_path / "round").symlink_to(tmp_path)
    assert usage(tmp_path, threading.Event()) == Usage(1, 10)


def test_counting_ends_when_nobody_waits(tmp_path):
    write(tmp_path / "one", 10)
    has_given_up = threading.Event()
    has_given_up.set()
    assert usage(tmp_path, has_given_up) == Usage(is_whole=False)


def test_old_renders_go_and_everything_else_stays(renders):
    old = write(renders / "old.wav", 100, OLD_DAYS + 1)
    stays = [
        write(renders / "new.wav", 10, OLD_DAYS - 1),
        write(renders / "notes.txt", 10, 100),
        write(renders / "deeper" / "old.wav", 10, 100),
    ]
    link = renders / "link.wav"
    link.symlink_to(stays[1])
    assert old_renders(renders, NOW_S) == Usage(1, 100)
    assert clear_old_renders(renders, NOW_S) == Usage(1, 100)
    assert not old.exists()
    assert all(path.exists() for path in (*stays, link))
    assert clear_old_renders(renders, NOW_S) == Usage()


def test_a_folder_that_is_not_ours_is_never_cleared(tmp_path):
    song = write(tmp_path / "Music" / "song.wav", 10, 1000)
    assert old_renders(song.parent, NOW_S) == clear_old_renders(song.parent, NOW_S) == Usage()
    assert song.exists()


def test_a_file_that_cannot_go_is_said_to_stay(renders, monkeypatch):
    write(renders / "old.wav", 100, 100)
    monkeypatch.setattr("pathlib.Path.unlink", lambda *_: (_ for _ in ()).throw(PermissionError()))
    assert clear_old_renders(renders, NOW_S) == Usage(0, 0, is_whole=False)


def test_renders_always_lie_in_a_folder_of_ours(tmp_path, home):
    places = storage_places()
    assert renders_folder(Settings(), places) == places.default_renders
    assert renders_folder_in(places.default_renders) == places.default_renders
    assert renders_folder_in(tmp_path).parent == tmp_path
    assert all(home in path.parents for path in (places.settings_file, places.cache, places.default_renders))
