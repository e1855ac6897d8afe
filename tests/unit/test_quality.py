"""The linter, the formatter and the type checker find nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


def assert_clean(*command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.fail(f"\n{done.stdout}{done.stderr}", pytrace=False)


def test_the_linter_finds_nothing():
    assert_clean("ruff", "check", "morphstudio", "packaging", "tests")


def test_everything_is_formatted():
    assert_clean("ruff", "format", "--check", "morphstudio", "packaging", "tests")


# Without a cache the first run reads all of torch.
@pytest.mark.timeout(600)
def test_the_type_checker_finds_nothing():
    assert_clean("mypy")
