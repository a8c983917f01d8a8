"""What the tests share: the project, copies of it to break, and what is built from it."""

from __future__ import annotations

import contextlib
import csv
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import sync_playwright

from cooperation import book, system

ROOT = Path(__file__).resolve().parents[1]
QUIET_BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ProjectCopy:
    """A copy of the project that a test may break.

    Attributes
    ----------
    root : pathlib.Path
        Folder of the copy; it holds nothing built and no tests.
    """

    def __init__(self, root: Path):
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(".*", "_build", "tests", "*.egg-info", "__pycache__"))
        self.root = root

    def table(self, name: str) -> Path:
        """File of a table."""
        return self.root / "data" / f"{name}.csv"

    def edit(self, table: str, key: str, column: str, value: str) -> None:
        """Write a value into a cell; the row is the first that has the key in its first column."""
        path = self.table(table)
        header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
        row = next(row for row in rows if row[0] == key)
        row[header.index(column)] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])

    def keep_chapters(self, *names: str) -> None:
        """Leave only these chapters in the book, behind a first page without cells."""
        (self.root / "book" / "index.md").write_text("# First page\n", encoding="utf-8")
        chapters = [{"file": f"book/{name}"} for name in names]
        toc = {"format": "jb-book", "root": "book/index", "parts": [{"caption": "Part", "chapters": chapters}]}
        (self.root / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Run ``python -m`` in the copy, on its code and data."""
        inherited = {name: value for name, value in os.environ.items() if name != "COOPERATION_DATA"}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env={**inherited, "PYTHONPATH": str(self.root / "src"), **environment},
            capture_output=True,
            text=True,
            check=False,
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
