"""A book builds wherever it lies; it shows its own state; and what stops a build is told in one line."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

from claimbook.build import book
from claimbook.command import TRACEBACK, run
from claimbook.errors import BuildError
from claimbook.settings import OUT

from project import ExampleCopy

pytestmark = pytest.mark.slow

# Every printable sign of ASCII but the slash, and some beyond.
STRANGE = " !\"#$%&'()*+,-.0:;<=>?@A[\\]^_`a{|}~ %41%2F%20 é ع"
BOM = b"\xef\xbb\xbf"


def build(copy, **environment: str) -> str:
    """What a build prints that ends well."""
    done = copy.run("claimbook.build.book", "html", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An example book that is built, in a folder of a strange name; a test may change it if the next build mends it."""
    copy = ExampleCopy(tmp_path_factory.mktemp("built") / STRANGE)
    build(copy)
    return copy


def test_a_folder_of_any_name(built):
    """Brackets, quotes, dollars, accents and Arabic in the name of a folder are not in the way."""
    assert "Twelve groups" in (built.root / "_build" / "html" / "book" / "index.html").read_text(encoding="utf-8")
    assert list(built.root.parent.iterdir()) == [built.root]


def test_no_git_and_a_tree_that_nobody_may_write_to(example, tmp_path):
    """Without git a page has no day of its text; what is built goes where it is sent, and nothing into the book."""
    before, out, programs = example.files(), tmp_path / "elsewhere", tmp_path / "programs"
    out.mkdir()
    programs.mkdir()
    environment = {"CLAIMBOOK_OUT": str(out), "PATH": str(programs)}
    build(example, **environment)
    assert "text of" not in (out / "_build" / "html" / "book" / "seized.html").read_text(encoding="utf-8")
    assert example.files() == before
    assert "up to date" in build(example, **environment)


def test_no_revision_without_git(example, tmp_path):
    """Without git a revision is told to need it."""
    line = example.complaint("claimbook.package.changes", "HEAD", PATH=str(tmp_path))
    assert line == "HEAD: neither a folder, nor a zip archive, nor a revision: git is not installed"


MEDDLING = {
    "a page is lost": lambda html: (html / "book" / "seized.html").unlink(),
    "another build wrote there": lambda html: (html / "book" / "seized.html").write_text("its page", encoding="utf-8"),
    "a page too many": lambda html: (html / "stray.html").write_text("left behind", encoding="utf-8"),
}


@pytest.mark.parametrize("meddle", MEDDLING.values(), ids=MEDDLING)
def test_what_stands_there_is_checked(built, tmp_path, monkeypatch, capsys, meddle):
    """A book is up to date only if its pages are those that were built."""
    html = built.root / "_build" / "html"
    monkeypatch.delenv(OUT, raising=False)  # Names where the project itself is built.
    monkeypatch.setattr(book, "render", Mock(side_effect=BuildError("would build again")))
    book.build_html(built.root)
    assert capsys.readouterr().out == "the book is up to date\n"
    shutil.copytree(html, tmp_path / "whole")
    meddle(html)
    with pytest.raises(BuildError, match="would build again"):
        book.build_html(built.root)
    assert capsys.readouterr().out == ""
    shutil.rmtree(html)
    shutil.copytree(tmp_path / "whole", html)


def test_what_was_meddled_with_is_built_again(built):
    """A build leaves the pages that were built, and no others, whatever befell them since."""
    html = built.root / "_build" / "html"
    whole = {path: path.read_bytes() for path in html.rglob("*.html")}
    assert "up to date" in build(built)
    (html / "book" / "outcome.html").unlink()
    for name in ("another build wrote there", "a page too many"):
        MEDDLING[name](html)
    assert "up to date" not in build(built)
    assert {path: path.read_bytes() for path in html.rglob("*.html")} == whole


def test_cells_that_end_a_build(example):
    """Chapter, cell and line are named, whatever the cell did."""
    cells = {
        "dead": "import os; os._exit(1)",
        "slow": "import time; time.sleep(60)",
        "two-lines": 'raise ValueError("one\\ntwo")',
    }
    for name, cell in cells.items():
        example.write_chapter(name, cell)
    example.keep_chapters(*cells)
    example.configure(execute={"timeout": 3})
    assert example.complaints("claimbook.build.book", "html") == [
        "book/dead.md: cell 1 (line 14): its kernel died",
        "book/slow.md: cell 1 (line 14): took longer than 3 seconds (execute: timeout in _config.yml)",
        "book/two-lines.md: cell 1 (line 14): ValueError: one two",
    ]


def test_two_at_once(built):
    """The second build says who holds the folder, and waits."""
    with (built.root / "_build" / "lock").open("w", encoding="utf-8") as lock:
        lock.write("html, process 1, since 12:00:00")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-m", "claimbook.build.book", "html"]
        with subprocess.Popen(
            command, cwd=built.root, env=built.environment(), stdout=subprocess.PIPE, text=True
        ) as second:
            assert second.stdout.readline() == "waiting for another build: html, process 1, since 12:00:00\n"
            assert second.poll() is None
            fcntl.flock(lock, fcntl.LOCK_UN)
            assert "up to date" in second.stdout.read()
    assert second.returncode == 0


def interrupted(example, number: int, kernel: Path) -> str:
    """What a build prints that is interrupted when a chapter has run and another, which notes its kernel, runs."""
    command = [sys.executable, "-m", "claimbook.build.book", "html"]
    with subprocess.Popen(
        command,
        cwd=example.root,
        env=example.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts in the background is deaf to interrupts, and so is all that it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs here
    ) as build_:
        printed = build_.stdout.readline()
        while not (kernel.exists() and kernel.read_text()):
            time.sleep(0.05)
        build_.send_signal(number)
        # Far less than the cell would take, and far more than a busy machine needs.
        deadline = time.monotonic() + 20
        rest, said = build_.communicate(timeout=20)
    process = Path("/proc", kernel.read_text())
    while process.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not process.exists()
    assert (build_.returncode, said) == (130, "stopped; what was complete is kept\n")
    return printed + rest


def test_interrupt(example, tmp_path):
    """An interrupt of either kind ends everything that was started, says one line, and keeps what had run."""
    ran = {signal.SIGINT: "first", signal.SIGTERM: "second"}
    for number, name in ran.items():
        kernel = tmp_path / f"kernel of {name}"
        note = f"import os, time\nopen({str(kernel)!r}, 'w').write(str(os.getpid()))\ntime.sleep(50)"
        example.write_chapter(name, f"{number:d} + 1")
        example.write_chapter("last", note)
        example.keep_chapters(*list(ran.values())[: list(ran).index(number) + 1], "last")
        printed = interrupted(example, number, kernel)
        assert [line.split()[1] for line in printed.splitlines()] == [f"book/{name}.md"]
    example.write_chapter("last", "2 + 2")
    executed = [line.split()[1] for line in build(example).splitlines() if line.startswith("executed ")]
    assert executed == ["book/last.md"]


def test_taken_port(built):
    """Whoever serves on a port that is taken learns how to choose another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = built.complaint("claimbook.build.book", "serve", "--port", str(port))
    assert line == f"port {port} is taken; choose another: make serve PORT={port + 1}"


def test_mark_of_byte_order(example):
    """What a spreadsheet puts before the first cell is read over."""
    path = example.table("kidnappings")
    path.write_bytes(BOM + path.read_bytes())
    done = example.run("claimbook.package.validation")
    assert (done.returncode, done.stderr) == (0, "")


def test_semicolons(example):
    """A table saved with semicolons is told to be that, not to lack its columns."""
    path = example.table("kidnappings")
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    assert (
        example.complaint("claimbook.package.validation")
        == "kidnappings: columns are separated by semicolons; save the file with commas"
    )


def test_the_same_row_twice(example, tmp_path):
    """Two versions cannot be compared where a key stands twice, and the key is named."""
    old = shutil.copytree(example.root / "data", tmp_path / "old")
    path = example.table("kidnappings")
    path.write_text(
        path.read_text(encoding="utf-8") + path.read_text(encoding="utf-8").splitlines(keepends=True)[1],
        encoding="utf-8",
    )
    line = example.complaint("claimbook.package.changes", str(old))
    assert line == "kidnappings: the key 'H01' stands twice; nothing can be compared"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "page.html"),
            "the disk is full; what was built before is kept",
        ),
        (
            BuildError("WARNING: a.js: No space left on device\nWARNING: b.js"),
            "the disk is full; what was built before is kept",
        ),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "page.html"), "page.html: Permission denied"),
        (shutil.Error([("a", "b", "no"), ("c", "d", "no")]), "b: no"),
    ],
    ids=["full disk", "full disk in another process", "no right to write", "many copies"],
)
def test_what_the_system_would_not_do(capsys, monkeypatch, error, told):
    """A disk that is full, or a file that may not be written, is one line."""

    def refused() -> int:
        raise error

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert run(refused) == 1
    assert capsys.readouterr().err == f"{told}\n"


def test_no_traceback_unless_asked_for(capsys, monkeypatch):
    """What nobody foresaw is one line as well; who asks for it gets the whole of it."""

    def broken() -> int:
        raise KeyError("one\ntwo")

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert run(broken) == 1
    told = capsys.readouterr().err
    assert told.startswith("KeyError: ")
    assert told.count("\n") == 1
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(KeyError):
        run(broken)
