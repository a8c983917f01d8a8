"""The chapters keep the shape, and the words, that the report promises."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import jupytext
import nbformat
import pytest
from nbformat import NotebookNode

from claimbook.build import execution, references
from claimbook.build.execution import FIGURE

import project

CHAPTERS = tuple(f"book/{name}.md" for name in project.CHAPTERS)
OPENING = re.compile(r"# [^\n]+\n+:::\{admonition\} [^\n]+\n:class: summary\n(.*?)\n:::(\n|$)", re.DOTALL)
PARTS = ("title", "subtitle", "alt", "source", "columns", "rows")
LOADED = re.compile(
    r"\b(annex(?:ed|ation)|liberated|(?:occupied|occupying) (?:territor\w+|power|Sahara|Western Sahara)|occupation of Western Sahara"
    r"|Moroccan Sahara|southern provinces|Saharan provinces|so-called (?:SADR|Sahrawi \w+))\b",
    re.IGNORECASE,
)
SIDES = (
    "occupied Western Sahara",
    "the liberated zone",
    "annexed in 1976",
    "the Moroccan Sahara",
    "its southern provinces",
    "the so-called SADR",
)


@dataclass
class Chapter:
    """A chapter as its authors wrote it, and the outputs of its reference notebook."""

    prose: str
    cells: list[NotebookNode]
    outputs: list[NotebookNode]


@pytest.fixture(scope="module", params=CHAPTERS)
def chapter(request, root) -> Chapter:
    """One of the chapters."""
    path = root / request.param
    notebook = jupytext.read(path, fmt="md:myst")
    kept = nbformat.read(root / references.reference_of(path.relative_to(root)), as_version=4)
    return Chapter(
        prose="\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown"),
        cells=execution.code_cells(notebook),
        outputs=[output for cell in execution.code_cells(kept) for output in cell.outputs if "data" in output],
    )


def test_answer_comes_first(chapter):
    """Under its title a chapter opens with its claims, its finding, and how sure it is."""
    opening = OPENING.match(chapter.prose)
    assert opening
    assert re.findall(r"\*\*(Claim|Finding|How sure)", opening[1]) == ["Claim", "Finding", "How sure"]


def test_headings_form_an_outline(chapter):
    """A chapter has one title, and no level of heading is skipped."""
    levels = [len(marks) for marks in re.findall(r"^(#+) ", chapter.prose, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(above, below) for above, below in itertools.pairwise(levels) if below > above + 1] == []


def test_sections_tell_the_limits(chapter):
    """A chapter says what was said, what its data show and cannot show, and what would change its finding."""
    headings = re.findall(r"^## (.+)$", chapter.prose, re.MULTILINE)
    asked = ["What was said", "What the data show", "What the data cannot show", "What would change the finding"]
    assert [heading for heading in headings if heading in asked] == asked


def test_figures_and_tables_are_spoken_of(chapter):
    """A chapter has three numbered figures and a table at least, and its prose leads to each."""
    figures = [cell.metadata["mystnb"]["figure"]["name"] for cell in chapter.cells if "mystnb" in cell.metadata]
    markdown = "\n".join(output.data.get("text/markdown", "") for output in chapter.outputs)
    tables = re.findall(r"^:name: (.+)$", markdown, re.MULTILINE)
    assert len(figures) >= 3
    assert len(tables) >= 1
    assert [name for name in figures if not name.startswith("fig-")] == []
    assert [name for name in tables if not name.startswith("tab-")] == []
    assert sorted({*figures, *tables} - set(re.findall(r"\{numref\}`([^`]+)`", chapter.prose))) == []


def test_every_figure_carries_its_parts(chapter):
    """A figure says its finding, its measure, its source and its numbers, also to those who cannot see it."""
    metas = [output.data[FIGURE]["layout"]["meta"] for output in chapter.outputs if FIGURE in output.data]
    assert len(metas) >= 3
    for meta in metas:
        assert [part for part in PARTS if not meta[part]] == [], meta["title"]
        assert {len(row) for row in meta["rows"]} == {len(meta["columns"])}, meta["title"]


def test_words_take_no_side(root):
    """No page and no table uses the words of one side; titles of sources are quotations and keep theirs."""
    texts = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in (root / "book").rglob("*.md")
    }
    texts |= {
        path.name: path.read_text(encoding="utf-8") for path in (root / "data").glob("*.csv") if path.stem != "sources"
    }
    assert len(texts) > len(CHAPTERS)
    found = {place: LOADED.findall(text) for place, text in texts.items()}
    assert {place: words for place, words in found.items() if words} == {}


def test_figures_and_tables_take_no_side(chapter):
    """No title, label, alternative text or cell that a chapter shows uses the words of one side."""
    shown = [str(value) for output in chapter.outputs for value in output.data.values()]
    assert shown
    assert [words for text in shown for words in LOADED.findall(text)] == []


@pytest.mark.parametrize("phrase", SIDES)
def test_words_of_each_side_are_known(phrase):
    """The check knows the words of both sides, in the forms in which they are used."""
    assert LOADED.search(phrase)


def test_every_page_is_in_the_book(root):
    """No page lies in the folder of the book without a place in its table of contents."""
    toc = (root / "_toc.yml").read_text(encoding="utf-8")
    named = {f"{name}.md" for name in re.findall(r"(?:root|file): (\S+)", toc)}
    assert {path.relative_to(root).as_posix() for path in (root / "book").rglob("*.md")} == named
