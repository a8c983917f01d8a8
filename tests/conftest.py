"""What the tests share: the project, copies of it, and what is built from it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from project import ROOT, ProjectCopy

from cooperation import book, system

QUIET_BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextlib.contextmanager
def building():
    """Let one worker at a time build in the project."""
    folder = ROOT / "_build"
    folder.mkdir(exist_ok=True)
    with (folder / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Root of the project."""
    return ROOT


@pytest.fixture
def project_copy(tmp_path) -> ProjectCopy:
    """A fresh copy of the project."""
    return ProjectCopy(tmp_path / "project")


@pytest.fixture(scope="session")
def system_programs(root):
    """Chromium, LaTeX, poppler and the fonts: without them a test is skipped, but fails where CI is set."""
    if system.missing():
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(system.advice(root))


@pytest.fixture(scope="session")
def html(root) -> Path:
    """First page of the HTML book."""
    with building():
        return book.build_html(root)


@pytest.fixture(scope="session")
def pdf(root, system_programs) -> Path:
    """The PDF."""
    with building():
        return book.build_pdf(root)


@pytest.fixture(scope="session")
def notebook_folder(root) -> Path:
    """The folder of executed notebooks."""
    with building():
        return book.build_notebooks(root)


@pytest.fixture(scope="module")
def browser(system_programs):
    """A Chromium; closed with the module, because its event loop would disturb the kernels of nbval."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system.browser(), args=QUIET_BROWSER)
        yield chromium
        chromium.close()
