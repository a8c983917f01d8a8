"""A build that cannot be finished says why in one line, and keeps the last good book."""

from __future__ import annotations

import re
import shutil

import pytest

from claimbook.build import system


@pytest.fixture
def last_good_book(project_copy):
    """A file of the book as it was built last."""
    page = project_copy.root / "_build" / "html" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("the last good book", encoding="utf-8")
    return page


def assert_kept(page):
    """The last good book stands, and nothing of a new one beside it."""
    assert page.read_text(encoding="utf-8") == "the last good book"
    assert [path.name for path in page.parent.iterdir()] == [page.name]
    assert not list(page.parents[1].glob("html?*"))


def test_wrong_data_stop_the_book(project_copy, last_good_book):
    """No book is made from wrong data."""
    project_copy.edit("kidnappings", "H01", "country_taken", "XXX")
    line = project_copy.complaint("claimbook.build.book", "html")
    assert line == "kidnappings: row 2, column country_taken: 'XXX' is not in countries (iso3)"
    assert_kept(last_good_book)


def test_failing_cell(project_copy, last_good_book):
    """A failing cell is named by chapter, number and line."""
    project_copy.keep_chapters("mistrust/threat")
    chapter = project_copy.root / "book" / "mistrust" / "threat.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text + "\n```{code-cell} python\n1 / 0\n```\n", encoding="utf-8")
    where = f"cell {text.count('{code-cell}') + 1} (line {len(text.splitlines()) + 2})"
    line = project_copy.complaint("claimbook.build.book", "html")
    assert line == f"book/mistrust/threat.md: {where}: ZeroDivisionError: division by zero"
    assert_kept(last_good_book)


def test_figure_without_data(project_copy, last_good_book):
    """A figure that has nothing to show stops the book instead of standing there empty."""
    cell = """import pandas as pd
import plotly.graph_objects as go
from claimbook.figure import finish

finish(go.Figure(go.Scatter()), title="Nothing", subtitle="", alt="", source="", data=pd.DataFrame({"Year": []}))"""
    project_copy.write_chapter("empty", cell)
    project_copy.keep_chapters("empty")
    line = project_copy.complaint("claimbook.build.book", "html")
    assert line == "book/empty.md: cell 1 (line 14): ValueError: figure 'Nothing': no data to draw"
    assert_kept(last_good_book)


def test_unresolved_reference(project_copy, last_good_book):
    """A reference to a figure that is not there stops the book and is named by page and line."""
    chapter = project_copy.write_chapter("lost", "1 + 1", "As {numref}`fig-nowhere` shows.")
    project_copy.keep_chapters("lost")
    line = project_copy.complaint("claimbook.build.book", "html")
    assert re.search(rf"{re.escape(str(chapter))}:\d+: WARNING: .*fig-nowhere", line)
    assert_kept(last_good_book)


def test_no_chromium_for_the_pdf(project_copy, tmp_path):
    """Without Chromium there is no PDF but the line that installs it."""
    programs = tmp_path / "programs"
    programs.mkdir()
    line = project_copy.complaint("claimbook.build.book", "pdf", PATH=str(programs))
    assert line.startswith("the PDF cannot be made; missing: chromium")
    assert line.endswith(f"run: sudo apt-get install {' '.join(system.packages(project_copy.root))}")
    assert not (project_copy.root / "_build" / "pdf").exists()


def test_no_data(project_copy, last_good_book):
    """A build in a folder without the data says so."""
    shutil.rmtree(project_copy.root / "data")
    assert project_copy.complaint("claimbook.build.book", "html").startswith("datapackage.json: not found")
    assert_kept(last_good_book)
