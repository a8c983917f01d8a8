"""The reference notebooks hold exactly the cells of their chapters, with every figure."""

from __future__ import annotations

import re
import shutil

import nbformat
import pytest

from claimbook.build import contents, execution, references
from claimbook.build.execution import FIGURE

CHAPTER, REFERENCE = "book/seized.md", "tests/notebooks/seized.ipynb"
ADVICE = "run make references and read the difference"


def change_first_cell(copy) -> int:
    """Add a line to the first code cell of the chapter; return the line of the chapter on which that cell begins."""
    path = copy.root / CHAPTER
    text = path.read_text(encoding="utf-8")
    start = text.index("```{code-cell}")
    end = text.index("\n```\n", start)
    path.write_text(text[:end] + "\nchanged = True" + text[end:], encoding="utf-8")
    return text.count("\n", 0, start) + 1


def test_references_are_current(root):
    """No reference lags behind its chapter."""
    assert references.stale_references(root) == []


def test_every_figure_cell_has_its_figure(root):
    """Each figure cell of each chapter has one figure in the reference, and no cell an error."""
    chapters = contents.chapters(root)
    assert len(chapters) >= 3
    for chapter in chapters:
        for cell in execution.code_cells(nbformat.read(root / references.reference_of(chapter), as_version=4)):
            assert [output for output in cell.outputs if output.output_type == "error"] == []
            if "figure" in cell.metadata.get("mystnb", {}):
                assert [FIGURE in output.data for output in cell.outputs] == [True], f"{chapter}: {cell.source}"


def test_changed_cell_is_named(example):
    """A changed cell is named by chapter, cell, line and reference."""
    line = change_first_cell(example)
    faults = references.stale_references(example.root)
    assert faults == [f"{CHAPTER}: cell 1 (line {line}) is not as in {REFERENCE}; {ADVICE}"]


def test_removed_cell_is_named(example):
    """A cell that went from the chapter is named by its place in the reference."""
    path = example.root / CHAPTER
    text = path.read_text(encoding="utf-8")
    number = text.count("\n```{code-cell}")
    path.write_text(re.sub(r"(?s)(.*)\n```\{code-cell\}.*?\n```\n", r"\1\n", text), encoding="utf-8")
    faults = references.stale_references(example.root)
    assert faults == [f"{REFERENCE}: cell {number} is no longer in {CHAPTER}; {ADVICE}"]


def test_missing_reference_is_named(example):
    """A chapter without a reference is named."""
    (example.root / REFERENCE).unlink()
    assert references.stale_references(example.root) == [f"{REFERENCE}: missing for {CHAPTER}; {ADVICE}"]


def test_orphaned_reference_is_named(example):
    """A reference without a chapter is named."""
    orphan = example.root / references.REFERENCES / "gone.ipynb"
    shutil.copy(example.root / REFERENCE, orphan)
    faults = references.stale_references(example.root)
    assert faults == [f"tests/notebooks/gone.ipynb: no chapter has this reference; {ADVICE}"]


@pytest.mark.slow
def test_changed_row_turns_a_cell_red(example):
    """A changed row of data turns the cells red whose output it changes, named by chapter and cell."""
    example.edit("kidnappings", "H01", "country_taken", "TUN")
    done = example.run("pytest", "--nbval", "-q", "--color=no", REFERENCE)
    assert done.returncode == 1, done.stdout
    named = re.findall(rf"^FAILED {REFERENCE}::Cell \d+", done.stdout, re.MULTILINE)
    (failed,) = re.findall(r"^(\d+) failed, \d+ passed", done.stdout, re.MULTILINE)
    assert len(named) == int(failed)
