"""What is installed is what was pinned, and what was pinned is what the project asks for."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name


@pytest.fixture(scope="module")
def asked(root):
    """The direct dependencies of pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return [Requirement(line) for line in project["dependencies"]]


@pytest.fixture(scope="module")
def pinned(root):
    """The lines of requirements.txt, without the project itself."""
    lines = (root / "requirements.txt").read_text().splitlines()
    assert lines.count("-e .") == 1
    return [Requirement(line) for line in lines if line != "-e ."]


def versions(pins: list[Requirement], name: str) -> list[str]:
    """The versions pinned for a package, one for each kind of machine."""
    mine = [pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(name)]
    return [str(pin.specifier).removeprefix("==") for pin in mine]


def test_every_line_is_a_pin(pinned):
    """Two readers who install on two days get the same versions."""
    assert [str(pin) for pin in pinned if not re.fullmatch(r"==[\w.!+]+", str(pin.specifier))] == []


def test_every_dependency_is_pinned_within_its_range(asked, pinned):
    """requirements.txt fits pyproject.toml."""
    assert {wanted.name for wanted in asked if not versions(pinned, wanted.name)} == set()
    for wanted in asked:
        for pin in versions(pinned, wanted.name):
            assert wanted.specifier.contains(pin, prereleases=True), f"{wanted}: {pin}"


def test_dependencies_are_named_once(asked):
    """No dependency stands twice in pyproject.toml."""
    names = [canonicalize_name(wanted.name) for wanted in asked]
    assert sorted(names) == sorted(set(names))


def test_book_is_built_with_jupyter_book_1(asked, pinned):
    """Jupyter Book 2 is another program; the report needs 1."""
    (wanted,) = (wanted for wanted in asked if wanted.name == "jupyter-book")
    assert wanted.specifier == SpecifierSet(">=1.0.4.post1,<2")
    assert version("jupyter-book") in versions(pinned, "jupyter-book")


def test_installed_versions_are_the_pinned_ones(pinned):
    """The tests speak for the versions that a reader installs."""
    here = [pin for pin in pinned if pin.marker is None or pin.marker.evaluate()]
    found = {pin.name: version(pin.name) for pin in here}
    assert found == {pin.name: str(pin.specifier).removeprefix("==") for pin in here}
