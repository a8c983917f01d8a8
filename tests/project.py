"""The project's chapters, its example book, and copies of both to break."""

from __future__ import annotations

import ast
import contextlib
import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
import yaml

from claimbook import chapter as cells_call
from claimbook.build.execution import code_cells, source_of
from claimbook.errors import WordsError
from claimbook.package import tables
from claimbook.settings import OUT, settings

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "tests" / "example"
FRONT_MATTER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
"""


def _chapters() -> tuple[str, ...]:
    """The chapters that test claims: those of the numbered parts but for the page of verdicts."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [item["file"] for part in toc["parts"] if part.get("numbered") for item in part["chapters"]]
    return tuple(name.removeprefix("book/") for name in files if name != settings(ROOT).verdicts_page)


CHAPTERS = _chapters()


def run_cells(
    chapter: str, load: Callable[[str], pd.DataFrame], until: str = "", lost: list[str] | None = None
) -> tuple[dict[str, str], dict[str, dict]]:
    """Run the cells of a chapter in this process, on given tables.

    Parameters
    ----------
    chapter : str
        Its name, such as ``mistrust/threat``.
    load : callable
        Gives the table of a name.
    until : str, optional
        The last cell to run is the first that holds this text; all run if left out.
    lost : list of str, optional
        Takes the words that the tables do not bear, and the run goes on.

    Returns
    -------
    (dict of str to str, dict of str to dict)
        The glued values by name, and the JSON of the figures by their name;
        one without a name has its number.

    Raises
    ------
    WordsError
        If the tables do not bear some words, and there is no list to take them; a note says in which cell.
    """
    values: dict[str, str] = {}
    figures: dict[str, dict] = {}
    namespace: dict = {}

    def display(data, metadata=None, **_):
        if metadata and "scrapbook" in metadata:
            (text,) = data.values()
            values[metadata["scrapbook"]["name"]] = ast.literal_eval(text)

    def holds(condition, words):
        try:
            return bearing(condition, words)
        except WordsError:
            if lost is None:
                raise
            lost.append(words)
            return words

    bearing = cells_call.holds
    cells = code_cells(source_of(ROOT / "book" / f"{chapter}.md"))
    last = next((n for n, cell in enumerate(cells) if until and until in cell.source), len(cells) - 1)
    assert not until or until in cells[last].source, f"{chapter}: no cell holds {until!r}"
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(ROOT):
        patch.setattr(cells_call, "display", display)
        patch.setattr(cells_call, "holds", holds)
        patch.setattr(tables, "load", lambda name, folder=None: load(name))
        for number, cell in enumerate(cells[: last + 1], start=1):
            try:
                shown = _run(cell.source, namespace)
            except WordsError as error:
                error.add_note(f"{chapter}, cell {number}")
                raise
            if isinstance(shown, go.Figure):
                name = cell.metadata.get("mystnb", {}).get("figure", {}).get("name", str(number))
                figures[name] = shown.to_plotly_json()
    return values, figures


def _run(source: str, namespace: dict):
    """Run a cell, and give the value of its last line as a notebook would show it."""
    body = ast.parse(source).body
    shown = body.pop().value if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), namespace)
    return eval(compile(ast.Expression(shown), "<cell>", "eval"), namespace) if shown else None


def told(chapter: str, values: Mapping[str, str], figures: Mapping[str, dict]) -> str:
    """All that a chapter tells in words: prose and captions with their values, titles and alternative texts.

    A value that was not glued stays as its role.
    """
    notebook = source_of(ROOT / "book" / f"{chapter}.md")
    parts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    parts += [cell.metadata.get("mystnb", {}).get("figure", {}).get("caption", "") for cell in code_cells(notebook)]
    filled = [re.sub(r"\{glue:text\}`([^`]+)`", lambda role: values.get(role[1], role[0]), part) for part in parts]
    metas = [figure["layout"]["meta"] for figure in figures.values()]
    return "\n".join([*filled, *(meta[part] for meta in metas for part in ("title", "alt"))])


def _merged(old: Mapping, new: Mapping) -> dict:
    """Settings with others put in, level by level."""

    def one(key, value):
        return _merged(old[key], value) if isinstance(value, Mapping) and key in old else value

    return {**old, **{key: one(key, value) for key, value in new.items()}}


class BookCopy:
    """A copy of a book that a test may break.

    Parameters
    ----------
    book : pathlib.Path
        Folder of the book.
    root : pathlib.Path
        Where the copy goes; nothing built comes along.
    source : pathlib.Path
        Folder of the code that works on it.
    but : tuple of str
        Names that do not come along either.

    Attributes
    ----------
    root : pathlib.Path
        Folder of the copy.
    """

    def __init__(self, book: Path, root: Path, source: Path, but: tuple[str, ...] = ()):
        shutil.copytree(book, root, ignore=shutil.ignore_patterns(".*", "_build", "__pycache__", *but))
        self.root, self.source = root, source

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

    def write_chapter(self, name: str, cell: str, prose: str = "") -> Path:
        """Write a chapter of one cell and some prose."""
        path = self.root / "book" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = [FRONT_MATTER, f"# Chapter {name}\n", f"```{{code-cell}} python\n{cell}\n```\n", f"{prose}\n"]
        path.write_text("\n".join(parts), encoding="utf-8")
        return path

    def configure(self, **changes) -> None:
        """Change ``_config.yml``; a change of some keys of a block leaves its others."""
        path = self.root / "_config.yml"
        config = _merged(yaml.safe_load(path.read_text(encoding="utf-8")), changes)
        path.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Content of every file of the copy, to see whether a command left something behind."""
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}

    def keep_chapters(self, *names: str) -> None:
        """Leave only these chapters in the book, behind a first page without cells."""
        (self.root / "book" / "index.md").write_text("# First page\n", encoding="utf-8")
        chapters = [{"file": f"book/{name}"} for name in names]
        toc = {"format": "jb-book", "root": "book/index", "parts": [{"caption": "Part", "chapters": chapters}]}
        (self.root / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        """The environment in which a command works on the data of the copy, with the code that belongs to it."""
        inherited = {name: value for name, value in os.environ.items() if name != OUT}
        return {**inherited, "PYTHONPATH": str(self.source), "PYTHONDONTWRITEBYTECODE": "1", **more}

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Run ``python -m`` in the copy."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            check=False,
        )

    def complaints(self, *arguments: str, **environment: str) -> list[str]:
        """Run what must fail, and return the lines that it says to the person at the keyboard."""
        done = self.run(*arguments, **environment)
        assert done.returncode != 0, done.stdout
        return done.stderr.splitlines()

    def complaint(self, *arguments: str, **environment: str) -> str:
        """Run what must fail, and return the one line that it says to the person at the keyboard."""
        (line,) = self.complaints(*arguments, **environment)
        return line


class ProjectCopy(BookCopy):
    """A copy of the whole project, which works on its own code; it holds no tests."""

    def __init__(self, root: Path):
        super().__init__(ROOT, root, root / "src", but=("tests",))


class ExampleCopy(BookCopy):
    """A copy of the example book, printed by the press of this checkout."""

    def __init__(self, root: Path):
        super().__init__(EXAMPLE, root, ROOT / "src")
