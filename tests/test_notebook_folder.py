"""The folder of notebooks can be copied away and used alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from claimbook.build import contents, execution, export
from claimbook.build.execution import FIGURE

from project import CHAPTERS, ROOT


@pytest.fixture(params=CHAPTERS)
def notebook(request, notebook_folder):
    """Notebook of a chapter."""
    return nbformat.read(notebook_folder / f"{request.param}.ipynb", as_version=4)


def figures(notebook) -> list[dict]:
    """The figures among the outputs of a notebook, as its cells give them: the press adds what they were made from."""
    return [
        output.data[FIGURE]
        for cell in execution.code_cells(execution.bare_outputs(notebook))
        for output in cell.outputs
        if FIGURE in output.get("data", {})
    ]


def test_notebooks_have_their_outputs(request, notebook):
    """Whoever opens a notebook sees what its cells give without running it: its figures, or else its other outputs."""
    chapter = execution.source_of(ROOT / "book" / f"{request.node.callspec.params['notebook']}.md")
    numbered = [cell for cell in execution.code_cells(chapter) if "fig-" in str(cell.metadata.get("mystnb"))]
    assert len(figures(notebook)) >= len(numbered)
    assert any(cell.outputs for cell in execution.code_cells(notebook))


def test_prose_of_notebooks_is_readable(notebook):
    """Numbers stand in the prose as numbers, and no role of the book's markup is left."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    prose = "\n".join([*texts, *(cell.outputs[0].data["text/markdown"] for cell in text_cells(notebook))])
    assert prose.startswith("# ")
    assert [markup for markup in ("{glue", "{cite}", "{numref}", "{term}", "{claim}", ":::") if markup in prose] == []


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("{term}`AQIM`", "AQIM"),
        ("{term}`high estimate <low and high estimate>`", "high estimate"),
        ("{claim}`c-cascade`", "c-cascade"),
        ("{claim}`the claim of a cascade <c-cascade>`", "the claim of a cascade"),
    ],
)
def test_links_to_terms_and_claims_leave_their_words(role, words):
    """Outside the book a linked term or claim is its words, beside code and comparisons left as they are."""
    text = "Before {} and `a < b`, then {} after `c`."
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text.format(role, role))])
    assert export.readable(notebook, Path("book/chapter.md"), [], []).cells[0].source == text.format(words, words)


def text_cells(notebook) -> list:
    """The cells that show text with values."""
    return [cell for cell in execution.code_cells(notebook) if "show_text(" in cell.source]


def test_text_with_values_is_shown_by_cells(notebook):
    """Text with values comes from a cell, so that who changes a row and runs all sees the sentence change."""
    assert len(text_cells(notebook)) >= 5


def test_text_stands_behind_what_it_says():
    """A box before the first cell is shown once its values are known, other text where it stands; braces stay braces."""
    said = nbformat.v4.new_output(
        "display_data", {"application/papermill.record/text/plain": "'three'"}, metadata={"scrapbook": {"name": "n"}}
    )
    sources = ["# Title\n\nBox of {glue:text}`n`.\n\nPlain.", "say(n=3)", "A {set} of\n{glue:text}`n`.", "2 + 2"]
    make = [nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell] * 2
    cells = [new(source) for new, source in zip(make, sources, strict=True)]
    cells[1].outputs = [said]
    notebook = export.readable(nbformat.v4.new_notebook(cells=cells), Path("book/chapter.md"), [], [])
    assert [cell.source for cell in notebook.cells] == [
        "# Title",
        "Plain.",
        "say(n=3)",
        'from claimbook.chapter import show_text\n\nshow_text("""\nBox of {n}.\n""")',
        'show_text("""\nA {{set}} of\n{n}.\n""")',
        "2 + 2",
    ]
    assert [cell.outputs[0].data["text/markdown"] for cell in text_cells(notebook)] == [
        "Box of three.",
        "A {set} of\nthree.",
    ]


def test_links_lead_into_the_folder(notebook_folder):
    """A link from one notebook to another finds it."""
    links = [
        (path.relative_to(notebook_folder).as_posix(), link)
        for path in notebook_folder.rglob("*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", cell.source if cell.cell_type == "markdown" else "")
    ]
    assert len(links) >= len(CHAPTERS)
    assert [(page, link) for page, link in links if not (notebook_folder / page).parent.joinpath(link).exists()] == []


def test_every_chapter_has_a_notebook(notebook_folder, root):
    """The folder has each chapter with cells, under the name it has in the book."""
    found = {path.relative_to(notebook_folder).as_posix() for path in notebook_folder.rglob("*.ipynb")}
    assert found == {path.relative_to("book").with_suffix(".ipynb").as_posix() for path in contents.chapters(root)}
    assert found >= {f"{name}.ipynb" for name in CHAPTERS}


def test_notebook_runs_elsewhere(notebook_folder, tmp_path):
    """In a copy of the folder a notebook runs from top to bottom on the code beside it, and gives the same figures."""
    folder = shutil.copytree(notebook_folder, tmp_path / "notebooks")
    path = folder / f"{CHAPTERS[0]}.ipynb"
    stored, notebook = nbformat.read(path, as_version=4), nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import cooperation\nprint(cooperation.__file__)"))
    nbformat.write(notebook, path)
    command = [Path(sys.executable).with_name("jupyter-execute"), "--inplace", path]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ran = nbformat.read(path, as_version=4)
    assert ran.cells[-1].outputs[0].text.strip() == str(folder / "src" / "cooperation" / "__init__.py")
    assert figures(ran) == figures(stored)
