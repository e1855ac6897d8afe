"""The one door, without its network: what it decides and what it says."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY

KEY_PARTS = {"pyproject": b"a", "constraints": b"b", "version": (3, 11), "root": "/here"}


@pytest.fixture(autouse=True)
def packaging_importable(monkeypatch):
    """The files of the door find each other as they do when it is run."""
    monkeypatch.syspath_prepend(REPOSITORY / "packaging")


@pytest.fixture
def bootstrap():
    return importlib.import_module("bootstrap")


@pytest.fixture
def environment():
    return importlib.import_module("environment")


@pytest.fixture
def libraries():
    return importlib.import_module("system_libraries")


@pytest.fixture
def launch():
    return importlib.import_module("launch")


@pytest.fixture
def stamp(environment):
    return environment.Stamp(
        key="k", complete=True, extras=("test",), installed=("numpy", "torch"), refused_by_apt=("xvfb",)
    )


# --- which Python ---


@pytest.mark.parametrize("version", ["3.11.0", "3.13.2", "3.14.0rc1", "4.0.0"])
def test_new_enough_pythons_are_welcome(bootstrap, version):
    assert bootstrap.version_error(version) == ""


@pytest.mark.parametrize("version", ["3.6.15", "3.9.2", "3.10.13"])
def test_an_old_python_gets_one_sentence(bootstrap, version):
    sentence = bootstrap.version_error(version)
    assert version in sentence
    assert sentence.count("\n") == 0


def test_both_files_ask_for_the_same_python(bootstrap, environment):
    pyproject = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert bootstrap.OLDEST_PYTHON == environment.OLDEST_PYTHON
    assert 'requires-python = ">={}.{}"'.format(*bootstrap.OLDEST_PYTHON) in pyproject


def test_the_version_of_an_environment_is_read(environment, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "v")], check=True)
    text = (tmp_path / "v" / "pyvenv.cfg").read_text(encoding="utf-8")
    assert environment.venv_version(text) == sys.version_info[:2]
    assert environment.venv_version("home = /usr/bin\n") is None
    assert os.access(environment.venv_python(tmp_path / "v"), os.X_OK)


# --- the stamp ---


@pytest.mark.parametrize(
    "change", [{"pyproject": b"c"}, {"constraints": b"c"}, {"version": (3, 12)}, {"root": "/there"}]
)
def test_the_key_changes_with_each_of_its_parts(environment, change):
    assert environment.install_key(**KEY_PARTS) == environment.install_key(**KEY_PARTS)
    assert environment.install_key(**{**KEY_PARTS, **change}) != environment.install_key(**KEY_PARTS)


def test_the_key_tells_apart_what_moves_from_one_file_to_the_other(environment):
    one = environment.install_key(**{**KEY_PARTS, "pyproject": b"ab", "constraints": b""})
    other = environment.install_key(**{**KEY_PARTS, "pyproject": b"a", "constraints": b"b"})
    assert one != other


def test_a_stamp_survives_its_file(environment, stamp, monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    environment.write_stamp(stamp)
    assert environment.read_stamp(environment.read_text(tmp_path / "stamp.json")) == stamp
    environment.write_stamp(None)
    assert environment.read_stamp(environment.read_text(tmp_path / "stamp.json")) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", json.dumps({"key": "k", "complete": True})])
def test_a_damaged_stamp_is_no_stamp(environment, text):
    assert environment.read_stamp(text) is None


@pytest.mark.parametrize(
    ("changes", "wanted", "action"),
    [
        ({}, {}, "KEEP"),
        ({}, {"extras": ()}, "KEEP"),
        ({}, {"present": ("numpy", "torch", "more")}, "KEEP"),
        ({}, {"key": "other"}, "INSTALL"),
        ({"extras": ()}, {}, "INSTALL"),
        ({"complete": False}, {}, "REBUILD"),
        ({}, {"present": ("numpy",)}, "REBUILD"),
    ],
)
def test_what_an_environment_needs(environment, stamp, changes, wanted, action):
    wanted = {"key": "k", "extras": ("test",), "present": ("numpy", "torch"), **wanted}
    assert environment.next_action(stamp._replace(**changes), **wanted) is environment.Action[action]


def test_an_environment_made_by_hand_is_installed_into(environment):
    assert environment.next_action(None, "k", (), ("pip",)) is environment.Action.INSTALL


@pytest.mark.parametrize(
    ("failure", "kept"), [("NetworkError", True), ("BootstrapError", False), ("KeyboardInterrupt", False)]
)
def test_only_a_failure_that_touched_nothing_keeps_the_stamp(
    environment, stamp, monkeypatch, tmp_path, failure, kept
):
    def fail(extras):
        raise getattr(environment, failure, KeyboardInterrupt)("no")

    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "pip_install", fail)
    (tmp_path / "pyvenv.cfg").write_text("version = 3.11.2\n", encoding="utf-8")
    environment.write_stamp(stamp)
    with pytest.raises((environment.BootstrapError, KeyboardInterrupt)):
        environment.install(stamp, environment.Action.INSTALL, ())
    after = environment.read_stamp(environment.read_text(tmp_path / "stamp.json"))
    assert after.complete is kept
    assert (after == stamp) is kept


# --- what pip says, and what a person reads ---


def test_only_big_downloads_are_shown(environment):
    torch = "  Downloading torch-2.11.0-cp311-cp311-manylinux_2_28_x86_64.whl (530.6 MB)"
    assert environment.download_note(torch) == "  torch 2.11.0: 531 MB"
    assert environment.download_note("  Downloading rich-15.0.0-py3-none-any.whl (0.2 MB)") is None
    assert environment.download_note("  Downloading rich-15.0.0-py3-none-any.whl (203 kB)") is None
    assert environment.download_note("Collecting torch") is None


def test_no_network_is_one_sentence(environment, tmp_path):
    output = "WARNING: Retrying ... NewConnectionError('...: Failed to establish a new connection')\n" * 6
    error = environment.install_error(output + "ERROR: No matching distribution found", tmp_path / "log")
    assert isinstance(error, environment.NetworkError)
    assert "No network" in str(error)
    assert "\n" not in str(error)


def test_a_full_disk_is_one_sentence(environment, tmp_path):
    error = environment.install_error("ERROR: [Errno 28] No space left on device", tmp_path / "log")
    assert not isinstance(error, environment.NetworkError)
    assert "disk is full" in str(error)
    assert "\n" not in str(error)


def test_any_other_failure_shows_its_end_and_its_log(environment, tmp_path):
    output = "".join(f"line {n}.\n" for n in range(100))
    text = str(environment.install_error(output, tmp_path / "log"))
    assert "line 99." in text
    assert "line 50." not in text
    assert str(tmp_path / "log") in text


# --- system libraries ---


@pytest.mark.parametrize(
    ("os_release", "expected"),
    [
        ('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', True),
        ('ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID=fedora\nHOME_URL="https://example.org/debian"\n', False),
        ('NAME="Arch Linux, not debian"\nID=arch\n', False),
        ("", False),
    ],
)
def test_debian_and_its_children_are_recognised(libraries, os_release, expected):
    assert libraries.is_debian(os_release) is expected


def test_what_dpkg_does_not_list_as_installed_is_missing(libraries):
    status = "libegl1 installed\nlibxcb-image0 config-files\nlibglib2.0-0t64 installed\nxvfb not-installed\n"
    packages = ("libegl1", "libxcb-image0", "libglib2.0-0", "xvfb", "jackd2")
    assert libraries.missing_packages(packages, status) == ("libxcb-image0", "xvfb", "jackd2")


def test_apt_never_asks(libraries):
    update, install = libraries.apt_commands(["jackd2", "xvfb"], ["sudo", "-n"])
    assert update[:2] == install[:2] == ["sudo", "-n"]
    assert update[-1] == "update"
    assert install[-2:] == ["jackd2", "xvfb"]
    assert "-y" in install
    assert {"DEBIAN_FRONTEND=noninteractive"} <= set(update) & set(install)


def test_the_command_for_a_person_is_complete(libraries):
    assert libraries.apt_line(["xvfb"], as_root=False) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends xvfb"
    )
    assert "sudo" not in libraries.apt_line(["xvfb"], as_root=True)


@pytest.fixture
def apt(libraries, monkeypatch):
    """A system on which libegl1 is installed, and what apt was asked for; it never brings anything."""
    requests = []
    monkeypatch.setattr(libraries, "dpkg_status", lambda packages: "libegl1 installed\n")
    monkeypatch.setattr(libraries, "apt_install", lambda packages: requests.append(packages) or True)
    return requests


def test_apt_is_asked_once_for_what_it_cannot_bring(libraries, apt, capsys):
    refused = libraries.system_libraries(("libegl1", "xvfb"), ())
    assert libraries.system_libraries(("libegl1", "xvfb"), refused) == refused == ("xvfb",)
    assert apt == [("xvfb",)]
    assert capsys.readouterr().err.count("apt-get install") == 2


def test_who_may_not_install_is_no_refusal(libraries, monkeypatch, capsys):
    monkeypatch.setattr(libraries, "apt_prefix", lambda: None)
    assert libraries.apt_install(["x"]) is False
    assert capsys.readouterr() == ("", "")


def test_apt_is_asked_again_where_it_had_no_chance(libraries, apt, monkeypatch):
    monkeypatch.setattr(libraries, "apt_install", lambda packages: False)
    assert libraries.system_libraries(("libegl1", "xvfb"), ()) == ()


def test_what_was_installed_and_is_gone_again_is_asked_for(libraries, apt):
    refused = libraries.system_libraries(("libegl1",), ())
    libraries.system_libraries(("libegl1", "xvfb"), refused)
    assert apt == [("xvfb",)]


def test_nothing_is_said_where_nothing_is_missing(libraries, apt, capsys):
    assert libraries.system_libraries(("libegl1",), ()) == ()
    assert apt == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("output", "had_its_chance", "told"),
    [
        ("E: Failed to fetch x  Temporary failure resolving\n" * 30, False, "No network"),
        ("Reading lists\n" * 100 + "E: Unable to locate package x\n", True, "Unable to locate package x"),
    ],
)
def test_a_failure_of_apt_is_told_shortly(libraries, monkeypatch, capsys, output, had_its_chance, told):
    fail = [sys.executable, "-c", f"print({output!r}); raise SystemExit(100)"]
    monkeypatch.setattr(libraries, "apt_prefix", list)
    monkeypatch.setattr(
        libraries, "apt_commands", lambda packages, prefix: ([sys.executable, "-c", ""], fail)
    )
    assert libraries.apt_install(["x"]) is had_its_chance
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") < 12


# --- starting ---


def test_a_bootstrap_error_is_printed_and_ends_with_1(launch, monkeypatch, capsys):
    def fail(extras, packages):
        raise launch.BootstrapError("No network.")

    monkeypatch.setattr(launch, "prepare", fail)
    assert launch.main(["morph", "a.wav"]) == 1
    assert capsys.readouterr() == ("", "No network.\n")


def test_arguments_pass_through_and_only_the_first_test_is_ours(launch, monkeypatch):
    calls = []
    monkeypatch.setattr(launch, "prepare", lambda extras, packages: calls.append(("prepare", list(extras))))
    monkeypatch.setattr(launch, "run_tests", lambda arguments: calls.append(("test", list(arguments))) or 0)
    monkeypatch.setattr(launch, "start", lambda arguments: calls.append(("start", list(arguments))) or 0)
    launch.main(["test", "-k", "test"])
    launch.main(["morph", "test", "b c.wav"])
    launch.main([])
    assert calls == [
        ("prepare", ["test"]),
        ("test", ["-k", "test"]),
        ("prepare", []),
        ("start", ["morph", "test", "b c.wav"]),
        ("prepare", []),
        ("start", []),
    ]


@pytest.mark.parametrize("statuses", [(0, 0), (1, 0), (0, 1)])
def test_all_tests_run_in_two_processes_and_fail_where_one_fails(
    launch, monkeypatch, capsys, tmp_path, statuses
):
    stand_in = tmp_path / "stand_in.py"
    stand_in.write_text(
        "import sys; is_ui = 'tests/ui' in sys.argv; print('ui' if is_ui else 'others', flush=True)\n"
        f"sys.exit({statuses}[not is_ui])"
    )
    assert launch._run_all([sys.executable, str(stand_in)], os.environ) == max(statuses)
    assert capsys.readouterr().out == "others\n"


def test_tests_that_are_named_run_alone(launch, monkeypatch):
    commands = []
    monkeypatch.setattr(launch, "wait_for", lambda command, env, cwd: commands.append(list(command)) or 5)
    assert launch.run_tests(["-k", "one"]) == 5
    assert [command[2:] for command in commands] == [["pytest", "-k", "one"]]


def test_every_constraint_is_exact():
    lines = (REPOSITORY / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert len(pins) > 40
    assert [pin for pin in pins if "==" not in pin or "@" in pin or "/" in pin] == []
