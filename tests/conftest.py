"""What the tests share: the project, copies of it, and what is built from it."""

from __future__ import annotations

import fcntl
import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from claimbook.build import system
from claimbook.build.inputs import kept_path
from claimbook.kept import FOLDER
from claimbook.settings import build_path, settings
from claimbook.sphinx.plotly import REFERENCES

from project import CHAPTERS, ROOT, ExampleCopy, ProjectCopy

# Fixtures that build the book, or need what shows it.
BUILT = {"html", "pdf", "notebook_folder", "system_programs"}
# The PDF comes later: while it is made, no other test gets at the built book.
LONGEST = (
    "test_pages.py",
    "test_any_tree.py",
    "test_pdf.py",
    "test_example.py",
    "test_freshness.py",
    "test_reading.py",
    "test_failed_build.py",
    "test_search.py",
    "network.ipynb",
    "test_mutations.py",
)
QUIET_BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items):
    """What looks at a built book is slow, without a mark of its own; the longest files come first, so that no worker is left with one."""
    for item in items:
        if BUILT.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("slow")
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


class _NoPrograms(subprocess.Popen):
    """Stands in for what starts a program, where a test has not said that it will."""

    def __init__(self, command, *args, **kwargs):
        pytest.fail(f"starts {command}: mark the test as slow, make check leaves those out")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Let only tests marked as slow start a program, so that make check stays fast whatever is added.

    Cells read the long results that the build computed from the same code and
    data; tests of functions compute.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not isinstance(item, pytest.Function):
            patch.setenv(FOLDER, str(_kept_folder()))
        elif not item.get_closest_marker("slow"):
            patch.setattr(subprocess, "Popen", _NoPrograms)
        return (yield)


@functools.cache
def _kept_folder() -> Path:
    return kept_path(ROOT)


def build(product: str) -> Path:
    """Build a product of the book as a reader does, one worker at a time; return its folder."""
    folder = build_path(ROOT)
    folder.mkdir(exist_ok=True)
    with (folder / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "claimbook.build.book", product]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / product


@pytest.fixture(scope="session")
def root() -> Path:
    """Root of the project."""
    return ROOT


@pytest.fixture
def project_copy(tmp_path) -> ProjectCopy:
    """A fresh copy of the project."""
    return ProjectCopy(tmp_path / "project")


@pytest.fixture
def example(tmp_path) -> ExampleCopy:
    """A fresh copy of the example book."""
    return ExampleCopy(tmp_path / "example")


@pytest.fixture(scope="session")
def system_programs(root):
    """Chromium, LaTeX, poppler and the fonts: without them a test is skipped, but fails where CI is set."""
    if system.missing():
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(system.advice(root))


@pytest.fixture(scope="session")
def html() -> Path:
    """Folder of the HTML book."""
    return build("html")


@pytest.fixture(scope="session")
def pages(html) -> list[str]:
    """Every page of the HTML book, but those that only lead to another, and the small ones to embed."""
    own = [path.relative_to(html) for path in html.rglob("*.html")]
    found = sorted(path.as_posix() for path in own if path.parts[0] not in {"_static", REFERENCES})
    for name in ("index", *settings(ROOT).moved):
        found.remove(f"{name}.html")
    assert {*(f"book/{name}.html" for name in CHAPTERS), "book/index.html", "search.html"} <= set(found)
    return found


@pytest.fixture(scope="session")
def pdf(system_programs) -> Path:
    """The PDF."""
    return build("pdf") / settings(ROOT).pdf


@pytest.fixture(scope="session")
def notebook_folder() -> Path:
    """Folder of the executed notebooks."""
    return build("notebooks")


@pytest.fixture(scope="module")
def browser(system_programs):
    """A Chromium; closed with the module, because its event loop would disturb the kernels of nbval."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system.browser(), args=QUIET_BROWSER)
        yield chromium
        chromium.close()
