"""Chapters as notebooks for readers: executed, with readable prose, and with the data beside them."""

from __future__ import annotations

import os
import re
import shutil
import stat
from pathlib import Path

from nbformat import NotebookNode

from claimbook.build.contents import chapters
from claimbook.build.execution import code_cells, executed
from claimbook.build.references import write
from claimbook.chapter import GLUED
from claimbook.package.schema import SCHEMA
from claimbook.settings import build_path, settings


def readable(notebook: NotebookNode, chapter: Path, others: list[Path]) -> NotebookNode:
    """The same notebook with its prose as a notebook reader shows it.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter with its outputs; changed in place.
    chapter : pathlib.Path
        The chapter, relative to the root.
    others : list of pathlib.Path
        The chapters that are notebooks; links to other pages become their words.

    Returns
    -------
    NotebookNode
        With glued values written out and roles as plain text.
    """
    glued = {}

    def linked(match: re.Match) -> str:
        target = Path(os.path.normpath(chapter.parent / f"{match[2]}.md"))
        return f"[{match[1]}]({match[2]}.ipynb)" if target in others else match[1]

    for cell in code_cells(notebook):
        for output in cell.outputs:
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if name:
                glued[name] = output["data"][f"{GLUED}text/plain"].strip("'\"")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"\{glue:text\}`([^`]+)`", lambda match: glued[match[1]], cell.source)
            text = re.sub(r"\{cite\}`([^`]+)`", lambda match: f"[{match[1].replace(',', ', ')}]", text)
            text = re.sub(r"\{numref\}`([^`]+)`", r"*\1*", text)
            text = re.sub(
                r"\{(?:term|claim)\}`(?:([^`<]+?) *<[^`>]+>|([^`]+))`", lambda match: match[1] or match[2], text
            )
            text = re.sub(r":::\{admonition\} (.+)\n:class: .+\n", r"**\1**\n\n", text)
            text = re.sub(r"\[([^\]]+)\]\(([\w./-]+)\.md\)", linked, text)
            cell.source = re.sub(r"^:::$", "", text, flags=re.MULTILINE)
    return notebook


PINS, HASHES = "requirements.txt", re.compile(r" \\\n +--hash=\S+")
README = """# {title}: notebooks

Executed notebooks, with the data beside them. To run them again, in this folder:

    python3 -m venv .venv
    .venv/bin/pip install -c requirements.txt -e ".[notebook]" jupyterlab
    .venv/bin/jupyter lab
"""


def write_notebooks(root: Path) -> Path:
    """Put the chapters as they last ran, the data and the code they import into ``_build/notebooks``.

    Returns
    -------
    pathlib.Path
        The folder; it can be copied away and used alone.
    """
    folder, beside = build_path(root) / "notebooks", build_path(root) / "notebooks.new"
    shutil.rmtree(beside, ignore_errors=True)
    for chapter in chapters(root):
        write(
            readable(executed(root, chapter), chapter, chapters(root)),
            beside / chapter.relative_to("book").with_suffix(".ipynb"),
        )
    shutil.copytree(root / "data", beside / "data", ignore=shutil.ignore_patterns(SCHEMA))
    if (root / "src").is_dir():
        shutil.copytree(root / "src", beside / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (root / name for name in ("pyproject.toml", "LICENSE")):
        if path.is_file():
            shutil.copy(path, beside)
    if (root / PINS).is_file():
        # Without their checksums, which would be asked of what the reader adds as well.
        pins = HASHES.sub("", (root / PINS).read_text(encoding="utf-8"))
        (beside / PINS).write_text(pins, encoding="utf-8")
    for path in beside.rglob("*"):
        path.chmod(path.stat().st_mode | stat.S_IWUSR)  # What comes from a read-only tree would be so for ever.
    (beside / "README.md").write_text(README.format(title=settings(root).title), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return folder
