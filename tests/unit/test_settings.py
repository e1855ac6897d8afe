"""Settings come back, and no file, however it came about, keeps the program from starting."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from morphstudio.errors import MorphStudioError
from morphstudio.settings import (
    VERSION,
    AppearanceSettings,
    AudioSettings,
    ExportSettings,
    LibrarySettings,
    MidiSettings,
    OscSettings,
    PackSettings,
    PictureSettings,
    Settings,
    SettingsFile,
    WindowSettings,
)

CHOSEN = Settings(
    AudioSettings("ALSA", "Gerät 2 ✓\r\n;(x)", 128, True),
    -12.5,
    AppearanceSettings("light", "ja"),
    WindowSettings((10, -20, 1280, 720), True, (300, 900, 280), (500, 200)),
    LibrarySettings(("/home/a/Loops", "/ドラム"), True, True),
    ExportSettings("/home/a", "flac", 16, 48_000, "peak", "{name} {bpm}", 4, True),
    PictureSettings("mel", True, True),
    "/home/a/renders",
    midi=MidiSettings(True, "Launch Control ✓", "cc 1 16", "bend 16", "cc 2 127", "note 10 36", True),
    osc=OscSettings(True, 8000, True, "192.168.1.20:9001"),
    pack=PackSettings("grid", 12, 3, 5, "{a} {index}"),
)


@pytest.fixture
def path(home):
    return home / "not there yet" / "settings.json"


def loaded(path):
    file = SettingsFile(path)
    return file, file.load()


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def others(path):
    return [other for other in path.parent.iterdir() if other != path]


def test_the_first_start(path):
    file, problem = loaded(path)
    assert file.settings == Settings()
    assert problem is None
    assert not path.exists()


def test_what_was_saved_is_there_at_the_next_start(path):
    file, _ = loaded(path)
    file.save(CHOSEN)
    assert file.settings == CHOSEN
    again, problem = loaded(path)
    assert again.settings == CHOSEN
    assert problem is None
    again.save(Settings())
    assert loaded(path)[0].settings == Settings()
    assert not others(path)


def test_nothing_is_written_where_nothing_changed(path):
    file, _ = loaded(path)
    file.save(Settings())
    assert not path.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("audio", [1, 2]),
        ("audio.block_frames", 500),
        ("audio.block_frames", "512"),
        ("audio.block_frames", 512.0),
        ("audio.block_frames", True),
        ("audio.uses_asio", "false"),
        ("audio.device_name", 7),
        ("audio.device_name", "half \ud83d"),
        ("audio.host_api", "x" * 100_000),
        ("audio.host_api", None),
        ("volume_db", "loud"),
        ("volume_db", float("nan")),
        ("volume_db", 10**400),
        ("volume_db", 6.5),
        ("volume_db", True),
        ("window.place", [1, 2, 3, "4"]),
        ("window.rows", [1.5]),
        ("library.places", "/home"),
        ("library.places", ["/home", 1]),
        ("library.places", ["half \ud83d"]),
        ("export.rate_hz", 7_999),
        ("export.rate_hz", 48_000.5),
        ("midi.is_on", 1),
        ("midi.x", "cc 17 1"),
        ("midi.y", "cc 1 128"),
        ("midi.play", "note 1"),
        ("midi.detail", ["cc 1 1"]),
        ("osc.port", 80),
        ("osc.port", 70_000),
        ("osc.reply", "studio.example:9001"),
        ("osc.reply", "127.0.0.1:99999999999"),
        ("version", "new"),
        ("version", 0),
    ],
)
def test_a_bad_value_is_reset_alone_and_said_once(path, key, value):
    SettingsFile(path).save(CHOSEN)
    document = json.loads(path.read_text())
    *sections, name = key.split(".")
    (document[sections[0]] if sections else document)[name] = value
    write(path, document)
    before = path.read_bytes()

    file, problem = loaded(path)
    assert key in problem.message
    assert path.name in problem.message
    (copy,) = others(path)
    assert copy.name in problem.message
    assert copy.read_bytes() == before
    expected = CHOSEN
    if key == "volume_db":
        expected = replace(CHOSEN, volume_db=0.0)
    elif key == "audio":
        expected = replace(CHOSEN, audio=AudioSettings())
    elif sections:
        section = getattr(CHOSEN, sections[0])
        default = getattr(type(section)(), name)
        expected = replace(CHOSEN, **{sections[0]: replace(section, **{name: default})})
    assert file.settings == expected

    again, problem = loaded(path)
    assert problem is None
    assert again.settings == expected
    assert others(path) == [copy]


@pytest.mark.parametrize(
    "content",
    ["", "{", '{"version": 1, "audio": {"host', "[]", "null", "nonsense", "[" * 100_000, "1" * 5000],
)
def test_a_damaged_file_is_set_aside(path, content):
    write(path, content)
    file, problem = loaded(path)
    assert file.settings == Settings()
    (aside,) = others(path)
    assert aside.read_text() == content
    assert aside.name in problem.message
    assert not path.exists()
    file.save(CHOSEN)
    assert loaded(path)[0].settings == CHOSEN


def test_bytes_that_are_no_text_are_set_aside_too_and_no_copy_replaces_another(path):
    for number in range(3):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"\xff\xfe" + bytes([number]))
        assert loaded(path)[1] is not None
    assert sorted(other.read_bytes()[2] for other in others(path)) == [0, 1, 2]


def test_a_newer_file_keeps_what_is_not_understood(path):
    newer = {
        "version": VERSION + 1,
        "audio": {"host_api": "ALSA", "device_name": "x", "block_frames": "auto", "exclusive": True},
        "volume_db": -6,
        "theme": {"name": "Light"},
    }
    write(path, newer)
    file, problem = loaded(path)
    assert problem is None
    assert file.settings == Settings(AudioSettings("ALSA", "x"), -6.0)
    assert json.loads(path.read_text()) == newer
    file.save(replace(file.settings, volume_db=-3.0))
    assert json.loads(path.read_text()) == newer | {"volume_db": -3.0}
    assert loaded(path)[0].settings.volume_db == -3.0


def test_a_newer_file_with_another_shape_is_left_in_it(path):
    newer = {"version": VERSION + 1, "audio": ["by", "position"]}
    write(path, newer)
    file, _ = loaded(path)
    wanted = Settings(CHOSEN.audio, CHOSEN.volume_db)
    file.save(wanted)
    assert json.loads(path.read_text()) == newer | {"volume_db": CHOSEN.volume_db}
    assert file.settings == wanted


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(home):
    (home / "taken").write_text("a file")
    file = SettingsFile(home / "taken" / "settings.json")
    with pytest.raises(MorphStudioError, match=r"taken cannot be made"):
        file.save(CHOSEN)
    assert file.settings == CHOSEN


def test_a_folder_in_its_place_is_set_aside(path):
    path.mkdir(parents=True)
    file, problem = loaded(path)
    assert problem is not None
    file.save(CHOSEN)
    assert loaded(path)[0].settings == CHOSEN
