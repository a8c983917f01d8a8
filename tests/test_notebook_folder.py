"""The folder of notebooks can be copied away and used alone."""

from __future__ import annotations

import os
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from cooperation import notebooks
from cooperation.sphinx.plotly import MIME

CHAPTERS = ("mistrust/threat", "dispute/exclusion", "initiatives/cascade")


@pytest.fixture(params=CHAPTERS)
def notebook(request, notebook_folder):
    """Notebook of a chapter."""
    return nbformat.read(notebook_folder / f"{request.param}.ipynb", as_version=4)


def figures(notebook) -> list[dict]:
    """The figures among the outputs of a notebook."""
    outputs = [output for cell in notebooks.code_cells(notebook) for output in cell.outputs]
    return [output.data[MIME] for output in outputs if MIME in output.get("data", {})]


def test_notebooks_have_their_outputs(notebook):
    """Whoever opens a notebook sees its figures without running it."""
    assert len(figures(notebook)) >= 3


def test_prose_of_notebooks_is_readable(notebook):
    """Numbers stand in the prose as numbers, and no role of the book's markup is left."""
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert prose.startswith("# ")
    assert [markup for markup in ("{glue", "{cite}", "{numref}", ":::") if markup in prose] == []


def test_every_chapter_has_a_notebook(notebook_folder, root):
    """The folder has each chapter with cells, under the name it has in the book."""
    found = {path.relative_to(notebook_folder).as_posix() for path in notebook_folder.rglob("*.ipynb")}
    assert found == {path.relative_to("book").with_suffix(".ipynb").as_posix() for path in notebooks.chapters(root)}
    assert found >= {f"{name}.ipynb" for name in CHAPTERS}


def test_data_lie_beside(notebook_folder, root):
    """The data of the folder are those of the project, file by file."""
    ours = {path.name: path.read_bytes() for path in (root / "data").iterdir()}
    assert {path.name: path.read_bytes() for path in (notebook_folder / "data").iterdir()} == ours


def test_notebook_runs_elsewhere(notebook_folder, tmp_path):
    """In a copy of the folder a notebook runs from top to bottom on the code beside it, and gives the same figures."""
    folder = shutil.copytree(notebook_folder, tmp_path / "notebooks")
    path = folder / f"{CHAPTERS[0]}.ipynb"
    stored, ran = nbformat.read(path, as_version=4), nbformat.read(path, as_version=4)
    ran.cells.append(nbformat.v4.new_code_cell("import cooperation\nprint(cooperation.__file__)"))
    client = NotebookClient(ran, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env={**os.environ, "PYTHONPATH": str(folder / "src")})
    assert ran.cells[-1].outputs[0].text.strip() == str(folder / "src" / "cooperation" / "__init__.py")
    assert figures(ran) == figures(stored)
