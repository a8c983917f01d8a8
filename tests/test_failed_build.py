"""A build that cannot be finished says why in one line, and keeps the last good book."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from claimbook.build import system
from claimbook.build.rendering import missing_characters

from project import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def last_good_book(example):
    """A file of the book as it was built last."""
    page = example.root / "_build" / "html" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("the last good book", encoding="utf-8")
    return page


def assert_kept(page):
    """The last good book stands, and nothing of a new one beside it."""
    assert page.read_text(encoding="utf-8") == "the last good book"
    assert [path.name for path in page.parent.iterdir()] == [page.name]
    assert not list(page.parents[1].glob("html?*"))


def test_wrong_data_stop_the_book(example, last_good_book):
    """No book is made from wrong data."""
    example.edit("kidnapping_sources", "H01", "source", "nobody2013")
    line = example.complaint("claimbook.build.book", "html")
    assert line == "kidnapping_sources: row 2, column source: 'nobody2013' is not in sources (key)"
    assert_kept(last_good_book)


def test_failing_cells(example, last_good_book):
    """Failing cells are named by chapter, number and line; a figure without data fails instead of standing empty."""
    cell = """import pandas as pd
import plotly.graph_objects as go
from claimbook.figure import finish

finish(go.Figure(go.Scatter()), title="Nothing", subtitle="", alt="", data=pd.DataFrame({"Year": []}))"""
    example.write_chapter("empty", cell)
    example.keep_chapters("seized", "empty")
    chapter = example.root / "book" / "seized.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text + "\n```{code-cell} python\n1 / 0\n```\n", encoding="utf-8")
    where = f"cell {text.count('{code-cell}') + 1} (line {len(text.splitlines()) + 2})"
    assert example.complaints("claimbook.build.book", "html") == [
        "book/empty.md: cell 1 (line 14): ValueError: figure 'Nothing': no data to draw",
        f"book/seized.md: {where}: ZeroDivisionError: division by zero",
    ]
    assert_kept(last_good_book)


# What leads nowhere in a book without a page of claims, and what its warning names.
NOWHERE = {
    "{numref}`fig-nowhere`": "fig-nowhere",
    "{claim}`c-nowhere`": "c-nowhere",
    "{claim}`words of a claim <c-nowhere>`": "c-nowhere",
    "{term}`c-nowhere`": "c-nowhere",
    "{claim}`c-aqim-north`": "c-aqim-north",
}


def test_references_that_lead_nowhere(example, last_good_book):
    """What refers to no figure, to no claim or term of a table, or to a page that is not there is told by its line."""
    prose = "\n\n".join(f"As {role} says." for role in NOWHERE)
    chapter = example.write_chapter("lost", "1 + 1", prose)
    example.keep_chapters("lost")
    told = example.complaints("claimbook.build.book", "html")
    lines = chapter.read_text(encoding="utf-8").splitlines()
    assert len(told) == len(NOWHERE)
    for role, name in NOWHERE.items():
        where = re.escape(f"{chapter}:{lines.index(f'As {role} says.') + 1}: WARNING: ")
        assert len([line for line in told if re.search(rf"{where}.*{name}", line)]) == 1, (role, told)
    assert_kept(last_good_book)


def test_no_chromium_for_the_pdf(example, tmp_path):
    """Without Chromium there is no PDF but a line that says so, with what installs it where the book lists that."""
    programs = tmp_path / "programs"
    programs.mkdir()
    line = example.complaint("claimbook.build.book", "pdf", PATH=str(programs))
    assert line.startswith("the PDF cannot be made; missing: chromium")
    assert "run:" not in line
    shutil.copy(ROOT / "apt.txt", example.root)
    advised = example.complaint("claimbook.build.book", "pdf", PATH=str(programs))
    assert advised == f"{line}; run: sudo apt-get install {' '.join(system.packages(ROOT))}"
    assert not (example.root / "_build" / "pdf").exists()


def test_no_data(example, last_good_book):
    """A build in a folder without the data says so."""
    example.keep_chapters("seized")
    shutil.rmtree(example.root / "data")
    assert example.complaint("claimbook.build.book", "html").startswith("datapackage.json: not found")
    assert_kept(last_good_book)


def by_hand(example, *arguments: str) -> list[str]:
    """What Jupyter Book's own command says to the person at the keyboard, where it fails."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", *arguments]
    done = subprocess.run(
        command, cwd=example.root, env=example.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode != 0, done.stdout
    return done.stderr.splitlines()


def test_page_alone(example):
    """Jupyter Book can build a page alone; a page of this book leads to others, and says what to do instead."""
    said = "seized: a page cannot be built alone; make book builds again what changed, and no more"
    assert by_hand(example, "book/seized.md") == [said]


def test_failing_cell_by_hand(example):
    """Jupyter Book's own command ends in the same line."""
    example.write_chapter("bad", "1 / 0")
    example.keep_chapters("bad")
    assert by_hand(example, ".") == ["book/bad.md: cell 1 (line 14): ZeroDivisionError: division by zero"]


def test_fault_of_an_extension(example, last_good_book):
    """What Sphinx itself ends in is one line as well, which says where the rest is."""
    (example.root / "broken.py").write_text(
        "def setup(app):\n    raise KeyError('nobody foresaw this')\n", encoding="utf-8"
    )
    extensions = yaml.safe_load((example.root / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"][
        "extensions"
    ]
    example.configure(sphinx={"config": {"extensions": [*extensions, "broken"]}})
    line = example.complaint("claimbook.build.book", "html", PYTHONPATH=f"{example.source}:{example.root}")
    assert line == "html: KeyError: 'nobody foresaw this' (its whole output: _build/stage/html.log)"
    assert_kept(last_good_book)


LOG = """Chapter 3.
[41] [42]
Missing character: There is no − (U+2212) in font Noto Serif Regular/OT:script=
latn;language=dflt;!
Missing character: There is no − (U+2212) in font Noto Serif Bold/OT:script=lat
n;language=dflt;!
Appendix A.
Missing character: There is no – (U+2013) in font Noto Naskh Arabic Regular/OT:
"""


def test_boxes_are_told_by_chapter():
    """LaTeX's log has a line for each box; a reader needs one for each character and chapter."""
    assert missing_characters(LOG.splitlines()) == [
        "Chapter 3 of the PDF: − (U+2212) prints as a box, 2 times; it is not in Noto Serif Bold, Noto Serif Regular",
        "Appendix A of the PDF: – (U+2013) prints as a box, 1 time; it is not in Noto Naskh Arabic Regular",
    ]
    assert missing_characters(["Chapter 1.", "Package: Missing 2022"]) == []


def test_a_character_without_a_glyph_stops_the_pdf(system_programs, example):
    """What would print as a box is named with its chapter; signs and scripts that the press has a font for are set."""
    prose = "From −5 to ≤ 7, \u0627\u0644 – \u0627\u0644, 日本, and ☃ twice: ☃."
    example.write_chapter("signs", "1", prose)
    example.keep_chapters("signs")
    line = example.complaint("claimbook.build.book", "pdf")
    assert line == "Appendix A of the PDF: ☃ (U+2603) prints as a box, 2 times; it is not in Noto Serif Regular"
    assert not (example.root / "_build" / "pdf").exists()
