"""What is installed is what was pinned, and what was pinned is what the project asks for."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from claimbook.sphinx.defaults import ASSETS
from claimbook.sphinx.plotly import LIBRARY

HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")
# What each use does without, beside the modules that it imports: whoever installs less has less.
BOOK = ("frictionless", "jupyter_cache", "jupytext", "myst_nb", "nbclient", "pytest", "requests", "sphinx", "yaml")
# Of package/plotly-basic.min.js in the archive that npm gives of plotly.js-basic-dist-min 4.1.1 (npm pack), whose published
# integrity is sha512-1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ==
PLOTLY = {"plotly-basic-4.1.1.min.js": "99784e3abfb07b142a15e521a439e6d9addceadb3f79553fd24c72774f0649ba"}
USES = {
    "tables and measures": ("measures", ("IPython", "plotly", *BOOK)),
    "the cells of a chapter": ("figures", BOOK),
}
IMPORTED = """import pkgutil, sys
import cooperation, cooperation.{part} as part
for module in pkgutil.iter_modules(part.__path__):
    __import__(f"cooperation.{part}.{{module.name}}")
if "{part}" == "figures":
    import claimbook.chapter, cooperation.judgements
assert len(cooperation.load("claims")) > 10
print(*sorted(set({without}) & set(sys.modules)))"""


@pytest.fixture(scope="module")
def uses(root):
    """The direct dependencies of pyproject.toml, by the extra that takes them; those of all under no name."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    listed = {"": project["dependencies"], **project["optional-dependencies"]}
    return {
        use: [Requirement(line) for line in lines if not line.startswith("cooperation[")]
        for use, lines in listed.items()
    }


@pytest.fixture(scope="module")
def asked(uses):
    """All direct dependencies."""
    return [wanted for lines in uses.values() for wanted in lines]


@pytest.fixture(scope="module")
def locked(root):
    """The entries of requirements.txt: each a pin, and the checksums of its files."""
    entries = (root / "requirements.txt").read_text().replace("\\\n", " ").splitlines()
    return {entry.split("--hash=")[0].strip(): HASH.findall(entry) for entry in entries}


@pytest.fixture(scope="module")
def pinned(locked):
    """The pins."""
    return [Requirement(pin) for pin in locked]


def versions(pins: list[Requirement], name: str) -> list[str]:
    """The versions pinned for a package, one for each kind of machine."""
    mine = [pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(name)]
    return [str(pin.specifier).removeprefix("==") for pin in mine]


def test_every_line_is_a_pin(pinned):
    """Two readers who install on two days get the same versions."""
    assert [str(pin) for pin in pinned if not re.fullmatch(r"==[\w.!+]+", str(pin.specifier))] == []


def test_every_pin_has_its_checksums(locked):
    """What is installed is what was published: pip refuses a file that is another."""
    assert [pin for pin, hashes in locked.items() if not hashes] == []


def test_every_dependency_is_pinned_within_its_range(asked, pinned):
    """requirements.txt fits pyproject.toml."""
    assert {wanted.name for wanted in asked if not versions(pinned, wanted.name)} == set()
    for wanted in asked:
        for pin in versions(pinned, wanted.name):
            assert wanted.specifier.contains(pin, prereleases=True), f"{wanted}: {pin}"


def test_dependencies_are_named_once(asked):
    """No dependency stands twice in pyproject.toml, whoever takes it."""
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


def test_library_of_figures_is_the_published_one():
    """The plotly.js in the tree is the file that its makers published, byte for byte."""
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in ASSETS.glob("plotly*.js")}
    assert found == PLOTLY == {LIBRARY: PLOTLY[LIBRARY]}


@pytest.mark.slow
@pytest.mark.parametrize("use", USES)
def test_each_use_takes_what_it_needs(root, use):
    """Tables and measures need no plotly, and the cells of a chapter nothing that builds a book."""
    part, without = USES[use]
    code = IMPORTED.format(part=part, without=without)
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.slow
def test_package_brings_its_tables(project_copy, tmp_path):
    """The built wheel loads its tables in any folder, and building it leaves nothing behind."""
    before, site, empty = project_copy.files(), tmp_path / "site", tmp_path / "empty"
    done = project_copy.run("pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), ".")
    assert done.returncode == 0, done.stderr
    assert project_copy.files() == before
    (wheel,) = tmp_path.glob("*.whl")
    shutil.unpack_archive(wheel, site, "zip")
    empty.mkdir()
    code = "import cooperation; print(cooperation.__file__, *(len(cooperation.load(item['name'])) for item in cooperation.package()['resources']))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=empty,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    place, *rows = done.stdout.split()
    assert (place, done.stderr) == (str(site / "cooperation" / "__init__.py"), "")
    assert len(rows) > 90
    assert "0" not in rows
