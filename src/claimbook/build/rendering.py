"""Jupyter Book, called here and nowhere else: pages and PDF from executed chapters."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import defaultdict
from pathlib import Path

from claimbook.build.events import Event, follow
from claimbook.command import TRACEBACK
from claimbook.errors import BuildError
from claimbook.settings import build_path

# The first exception of a log is the cause of those after it.
RAISED = re.compile(r"^[\w.]*(?:Error|Exception)\b.*$", re.MULTILINE)
MISSING = re.compile(
    r"Missing character: There is no (?P<character>.+) \((?P<code>U\+[0-9A-F]+)\) in font (?P<font>[^/:]+)"
)
HEADING = re.compile(r"(\w+ (?:\d+|[A-Z]))\.")


def _latex_log(stage: Path) -> list[str]:
    """The lines of LaTeX's own log."""
    logs = sorted((stage / "latex").glob("*.log"))
    return [line for log in logs for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]


def missing_characters(log: list[str]) -> list[str]:
    """What prints as a box, since its font lacks it: LaTeX says so in its log alone.

    Parameters
    ----------
    log : list of str
        Lines of the log.

    Returns
    -------
    list of str
        One line for each character of each chapter.
    """
    chapter, found = "Front matter", defaultdict[tuple[str, str, str], list[str]](list)
    for line in log:
        if heading := HEADING.fullmatch(line):
            chapter = heading[1]
        elif missing := MISSING.match(line):
            found[chapter, missing["character"], missing["code"]].append(missing["font"])
    return [
        f"{chapter} of the PDF: {character} ({code}) prints as a box, "
        f"{len(fonts)} time{'s' if len(fonts) > 1 else ''}; it is not in {', '.join(sorted(set(fonts)))}"
        for (chapter, character, code), fonts in found.items()
    ]


def _complaint(events: list[Event], stage: Path, builder: str, log: Path) -> str:
    """Why a build failed: the chapters that did, or else the warnings, LaTeX's errors, or the exception in its output."""
    for kind in ("failure", "warning"):
        lines = dict.fromkeys(event.text for event in events if event.kind == kind)
        if lines:
            return "\n".join(lines)
    text = log.read_text(encoding="utf-8").strip()
    if os.environ.get(TRACEBACK):
        return text
    errors = [line for line in _latex_log(stage) if line[:1] == "!"] if builder == "pdflatex" else []
    raised = RAISED.search(text)
    last = raised[0] if raised else text.rpartition("\n")[2]
    return "\n".join(errors) or f"{builder}: {last} (its whole output: {os.path.relpath(log)})"


def render(root: Path, builder: str) -> Path:
    """Build the book with warnings as errors, in a folder of its own.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.
    builder : str
        ``html`` or ``pdflatex``, as Jupyter Book names them.

    Returns
    -------
    pathlib.Path
        Folder with what was built, under the builder's name.

    Raises
    ------
    BuildError
        If it fails, or if a character would print as a box; one line for
        each reason.
    """
    stage = build_path(root) / "stage"
    made, log = stage / "_build", stage / f"{builder}.log"
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(root), "--path-output", str(stage)]
    command += ["--builder", builder, "-W", "--keep-going", "-q"]
    status, events = follow(command, root, log)
    if status:
        # Sphinx repeats a warning only when it reads the page again.
        shutil.rmtree(made / ".doctrees", ignore_errors=True)
        raise BuildError(_complaint(events, made, builder, log))
    if builder == "pdflatex" and (boxes := missing_characters(_latex_log(made))):
        raise BuildError("\n".join(boxes))
    return made
