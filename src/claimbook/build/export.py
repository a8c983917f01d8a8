"""Chapters as notebooks for readers: executed, with readable prose, and with the data beside them."""

from __future__ import annotations

import os
import re
import shutil
import stat
from itertools import groupby
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from claimbook.build.contents import chapters
from claimbook.build.execution import executed, tables_read
from claimbook.build.references import write
from claimbook.chapter import GLUED
from claimbook.package.schema import SCHEMA
from claimbook.settings import build_path, settings

GLUE = re.compile(r"\{glue:text\}`([^`]+)`")
TABLES_READ = re.compile(r":::\{tables-read\}\n((?:(?!:::).*\n)*)?:::")
ROLES = (
    (re.compile(r"\{cite\}`([^`]+)`"), lambda match: f"[{match[1].replace(',', ', ')}]"),
    (re.compile(r"\{numref\}`([^`]+)`"), r"*\1*"),
    (re.compile(r"\{(?:term|claim)\}`(?:([^`<]+?) *<[^`>]+>|([^`]+))`"), lambda match: match[1] or match[2]),
    (re.compile(r":::\{admonition\} (.+)\n:class: .+\n"), r"**\1**\n\n"),
)
# A block of text ends at an empty line, unless what follows is set in, as a part of the same list.
BLOCKS = re.compile(r"\n\s*\n(?=\S)")
IMPORT = "from claimbook.chapter import show_text\n\n"


def _plain(text: str, chapter: Path, others: list[Path], tables: list[str]) -> str:
    """Prose without the roles of the book but for its values."""

    def linked(match: re.Match) -> str:
        target = Path(os.path.normpath(chapter.parent / f"{match[2]}.md"))
        return f"[{match[1]}]({match[2]}.ipynb)" if target in others else match[1]

    named = ", ".join(f"`{name}`" for name in tables)
    text = TABLES_READ.sub(lambda match: f"{match[1].strip()} {named}.", text)
    for role, words in ROLES:
        text = role.sub(words, text)
    text = re.sub(r"\[([^\]]+)\]\(([\w./-]+)\.md\)", linked, text)
    return re.sub(r"^:::$", "", text, flags=re.MULTILINE).strip()


def said_in(notebook: NotebookNode) -> dict[str, tuple[int, str]]:
    """Where each value of the prose is said, as the number of its cell, and how it reads.

    Parameters
    ----------
    notebook : NotebookNode
        With outputs.

    Returns
    -------
    dict of str to (int, str)
        By name.
    """
    return {
        output.metadata["scrapbook"]["name"]: (number, output.data[f"{GLUED}text/plain"].strip("'\""))
        for number, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
        for output in cell.outputs
        if "scrapbook" in output.get("metadata", {})
    }


def _told(text: str, values: dict[str, str]) -> NotebookNode:
    """A cell that shows text with its values, its code out of sight, as it last ran."""
    asked = GLUE.sub(r"{\1}", re.sub(r"[{}]", r"\g<0>\g<0>", text).replace("{{glue:text}}", "{glue:text}"))
    filled = GLUE.sub(lambda match: values[match[1]], text)
    quoted = asked.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    cell = new_code_cell(f'show_text("""\n{quoted}\n""")')
    cell.metadata = NotebookNode(jupyter={"source_hidden": True})
    cell.outputs = [new_output("display_data", {"text/markdown": filled, "text/plain": filled})]
    return cell


def readable(notebook: NotebookNode, chapter: Path, others: list[Path], tables: list[str]) -> NotebookNode:
    """The same notebook with its prose as a notebook reader shows it.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter with its outputs; changed in place.
    chapter : pathlib.Path
        The chapter, relative to the root.
    others : list of pathlib.Path
        The chapters that are notebooks; links to other pages become their words.
    tables : list of str
        Names of the tables that the chapter read.

    Returns
    -------
    NotebookNode
        With roles as plain text. Text with values is shown by a cell, which
        stands behind the cell that says the last of them.
    """
    said = said_in(notebook)
    values = {name: text for name, (_, text) in said.items()}
    cells: list[NotebookNode] = []
    waiting: dict[int, list[NotebookNode]] = {}
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cells += [cell, *waiting.pop(number, [])]
            continue
        blocks = BLOCKS.split(_plain(cell.source, chapter, others, tables))
        for bound, group in groupby(blocks, key=lambda block: bool(GLUE.search(block))):
            text = "\n\n".join(group)
            if not bound:
                cells.append(new_markdown_cell(text))
                continue
            last = max(said[name][0] for name in GLUE.findall(text))
            (cells if last < number else waiting.setdefault(last, [])).append(_told(text, values))
    told = next((cell for cell in cells if cell.source.startswith("show_text(")), None)
    if told:
        told.source = IMPORT + told.source
    for number, cell in enumerate(cells, start=1):
        cell.id = f"cell-{number:03}"
    notebook.cells = cells
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
            readable(executed(root, chapter), chapter, chapters(root), tables_read(root, chapter)),
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
