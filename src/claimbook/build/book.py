"""Build the book: what ``make`` adds to ``jupyter-book build``.

Parallel execution, freshness (nothing is built twice) and safety (a failed
build leaves the last good one in place). Usage: ``python -m claimbook.build.book
html | pdf | notebooks | references | serve``.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from os.path import relpath
from pathlib import Path

from claimbook.build import system
from claimbook.build.contents import pages
from claimbook.build.events import follow
from claimbook.build.inputs import CODE, LOOK, PRESS, SEEN_BY_PAGES, fingerprint, for_pages, for_validation
from claimbook.build.lock import alone
from claimbook.build.rendering import render
from claimbook.command import run
from claimbook.errors import BuildError, ChapterError, ReportError
from claimbook.settings import build_path, settings

PORT = 8000


def _mark(product: Path, inputs: str) -> str:
    """What a product was made from, and what it is: another build, or a lost page, changes the second."""
    place = (product, ("**/*",)) if product.is_dir() else (product.parent, (product.name,))
    return f"{inputs} {fingerprint(place)}"


def _fresh(root: Path, product: Path) -> bool:
    stamp = product.with_name(product.name + ".stamp")
    return product.exists() and stamp.is_file() and stamp.read_text() == _mark(product, for_pages(root))


def _stamp(product: Path, inputs: str) -> None:
    product.with_name(product.name + ".stamp").write_text(_mark(product, inputs))


@contextmanager
def validated(root: Path) -> Iterator[None]:
    """Validate the data beside the work of the block, unless they passed before.

    Raises
    ------
    BuildError
        If the data package has faults, one line each. They may be why the
        block failed, so they are told in its stead.
    """
    passed, inputs = build_path(root) / "validated", for_validation(root)
    if passed.exists() and passed.read_text() == inputs:
        yield
        return
    command = [sys.executable, "-m", "claimbook.package.validation"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as validation:
        try:
            yield
        except KeyboardInterrupt:
            validation.kill()
            raise
        finally:
            faults = validation.communicate()[1]
            if validation.returncode > 0:
                raise BuildError(faults.rstrip())
    passed.write_text(inputs)


def execute(root: Path) -> None:
    """Execute the chapters that are stale, on valid data.

    Raises
    ------
    BuildError
        If the data package has faults.
    ChapterError
        If a cell fails.
    """
    log = build_path(root) / "stage" / "execution.log"
    with validated(root):
        status, events = follow([sys.executable, "-m", "claimbook.build.execution"], root, log)
        if status:
            failures = [event.text for event in events if event.kind == "failure"]
            raise ChapterError("\n".join(failures) or f"the chapters were not executed; see {relpath(log)}")


def _rendered(root: Path, builder: str) -> Path:
    """What :func:`render` makes of the book, on valid data."""
    pages(root)  # What is wrong with them need not wait for the data; Jupyter Book would tell it in forty lines.
    with validated(root):
        return render(root, builder)


def build_html(root: Path) -> Path:
    """Build the HTML book into ``_build/html`` and return its first page."""
    product = build_path(root) / "html"
    if _fresh(root, product):
        print("the book is up to date")
        return product / "index.html"
    inputs = for_pages(root)
    stage, beside = _rendered(root, "html"), build_path(root) / "html.new"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(stage / "html", beside)
    shutil.rmtree(product, ignore_errors=True)
    beside.rename(product)
    _stamp(product, inputs)
    return product / "index.html"


def build_pdf(root: Path) -> Path:
    """Build the PDF into ``_build/pdf`` and return its path."""
    name = settings(root).pdf
    product = build_path(root) / "pdf" / name
    if _fresh(root, product):
        print("the PDF is up to date")
        return product
    if system.missing():
        raise BuildError(f"the PDF cannot be made; {system.advice(root)}")
    inputs = for_pages(root)
    made = _rendered(root, "pdflatex") / "latex" / name
    product.parent.mkdir(parents=True, exist_ok=True)
    beside = product.with_suffix(".new")
    shutil.copy(made, beside)
    beside.replace(product)
    _stamp(product, inputs)
    return product


def build_notebooks(root: Path) -> Path:
    """Build the executed notebooks into ``_build/notebooks`` and return the folder."""
    from claimbook.build import export

    execute(root)
    return export.write_notebooks(root)


def build_references(root: Path) -> Path:
    """Execute the chapters and store them as references for nbval."""
    from claimbook.build import references

    execute(root)
    references.write_references(root)
    return root / references.REFERENCES


def serve(root: Path, port: int = PORT) -> Path:
    """Build, serve on 127.0.0.1 and rebuild on save until interrupted.

    Raises
    ------
    BuildError
        If the port is taken.
    """
    from livereload import Server

    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind(("127.0.0.1", port))
        except OSError:
            raise BuildError(f"port {port} is taken; choose another: make serve PORT={port + 1}") from None

    def rebuild():
        try:
            with alone(root, "serve"):
                build_html(root)
        except ReportError as error:
            print(error, file=sys.stderr)

    rebuild()
    server = Server()
    for folder, patterns in ((root, SEEN_BY_PAGES), (PRESS, CODE + LOOK)):
        for pattern in patterns:
            server.watch(str(folder / pattern), rebuild)
    server.serve(host="127.0.0.1", port=port, root=str(build_path(root) / "html"))
    return build_path(root) / "html"


COMMANDS = {
    "html": build_html,
    "pdf": build_pdf,
    "notebooks": build_notebooks,
    "references": build_references,
}


def main() -> int:
    """Command line of the build."""
    parser = argparse.ArgumentParser(prog="python -m claimbook.build.book", description=__doc__)
    parser.add_argument("product", choices=[*COMMANDS, "serve"])
    parser.add_argument("--port", type=int, default=PORT, help="where serve answers")
    arguments, root, began = parser.parse_args(), Path.cwd(), time.monotonic()
    if arguments.product == "serve":
        serve(root, arguments.port)
        return 0
    with alone(root, arguments.product):
        made = COMMANDS[arguments.product](root)
    print(f"{made} ({time.monotonic() - began:.1f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
