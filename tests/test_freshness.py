"""A book is never older than its data, and nothing runs without need."""

from __future__ import annotations

import os

import pytest
from bs4 import BeautifulSoup

from project import ExampleCopy

pytestmark = pytest.mark.slow

PLACE = 'from claimbook.package.tables import load\nfrom own import first\nfirst(load("kidnappings")["place_taken"])'
SUM = 'from claimbook.package.tables import load\nlen(load("claims")) + 1'
OWN = '"""Of the book itself."""\n\n\ndef first(values):\n    """The first value."""\n    return values.iloc[0]\n'


class Book(ExampleCopy):
    """A copy of the example book with a module of its own."""

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of the copy, with its own modules."""
        own = super().environment(**more)
        return {**own, "PYTHONPATH": os.pathsep.join([str(self.root / "src"), own["PYTHONPATH"]])}


@pytest.fixture(scope="module")
def small_book(tmp_path_factory):
    """A book of two chapters; each test builds it, changes something and builds it again."""
    copy = Book(tmp_path_factory.mktemp("freshness") / "example")
    for name in ("own", "unused"):
        path = copy.root / "src" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(OWN, encoding="utf-8")
    copy.write_chapter("place", PLACE, "A first sentence.\n\n:::{tables-read}\nRead here:\n:::")
    copy.write_chapter("sum", SUM)
    (copy.root / "book" / "works.md").write_text(
        '# Works\n\n```{bibliography}\n:filter: keywords == "press"\n```\n', encoding="utf-8"
    )
    copy.keep_chapters("place", "sum", "works")
    return copy


def build(copy) -> list[str]:
    """Build the book; return the chapters that ran."""
    done = copy.run("claimbook.build.book", "html")
    assert done.returncode == 0, done.stderr
    return sorted(line.split()[1] for line in done.stdout.splitlines() if line.startswith("executed "))


def page(copy, name: str) -> str:
    """HTML of a chapter."""
    return (copy.root / "_build" / "html" / "book" / f"{name}.html").read_text(encoding="utf-8")


def test_changed_row(small_book):
    """After a changed row the chapters that read its table run again, and the page shows the new value."""
    build(small_book)
    small_book.edit("kidnappings", "H01", "place_taken", "Somewhere else")
    assert build(small_book) == ["book/place.md"]
    assert "Somewhere else" in page(small_book, "place")
    small_book.edit("claims", "c-aqim-north", "claim", "Another claim.")
    assert build(small_book) == ["book/sum.md"]
    small_book.edit("terms", "aqim", "definition", "Another meaning.")
    assert build(small_book) == []


@pytest.mark.parametrize(("name", "ran"), [("own", ["book/place.md"]), ("unused", [])])
def test_changed_module(small_book, name, ran):
    """After a changed module the chapters that import it run again, and no others."""
    build(small_book)
    path = small_book.root / "src" / f"{name}.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n# A comment.\n", encoding="utf-8")
    assert build(small_book) == ran


def test_tables_that_were_read_are_listed(small_book):
    """A page lists the tables that its cells read, after the words that it gives."""
    build(small_book)
    (listed,) = (
        text
        for text in BeautifulSoup(page(small_book, "place"), "html.parser").find_all("p")
        if "Read here" in text.text
    )
    assert listed.get_text() == "Read here: kidnappings."


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('open("../data/kidnappings.csv").close()', "kidnappings"),
        ('import pandas\nlen(pandas.read_csv("../data/terms.csv", encoding="utf-8"))', "terms"),
    ],
)
def test_a_table_read_past_the_loader_stops_the_build(example, cell, read):
    """Nobody would know what such a chapter rests on, nor run it again when the table changes."""
    example.write_chapter("past", cell)
    example.keep_chapters("past")
    assert example.complaint("claimbook.build.book", "html") == (
        f"book/past.md: reads {read} past load; what it rests on would not be known"
    )


def test_edited_sentence_and_changed_work(small_book):
    """After an edited sentence and a changed work the pages show them, all else stands as it was, and no cell runs."""
    build(small_book)
    chapter, works = (small_book.root / "book" / name for name in ("place.md", "references.bib"))
    text, before = chapter.read_text(encoding="utf-8"), page(small_book, "works")
    old, new = "Abducted tourists not yet freed", "Abducted tourists are free"
    assert before.count(old) == 1
    chapter.write_text(text.replace("A first sentence.", "A better sentence."), encoding="utf-8")
    works.write_text(works.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert build(small_book) == []
    assert "A better sentence." in page(small_book, "place")
    assert page(small_book, "works") == before.replace(old, new)


def test_changed_cell(small_book):
    """After a changed cell only its chapter runs again."""
    build(small_book)
    chapter = small_book.root / "book" / "sum.md"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("+ 1", "+ 41"), encoding="utf-8")
    assert build(small_book) == ["book/sum.md"]
    assert "42" in page(small_book, "sum")


def test_nothing_changed(small_book):
    """With nothing changed the build says so and leaves the book as it stands."""
    build(small_book)
    folder = small_book.root / "_build" / "html"
    before = {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))}
    done = small_book.run("claimbook.build.book", "html")
    assert "the book is up to date" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in (folder, *folder.rglob("*"))} == before
