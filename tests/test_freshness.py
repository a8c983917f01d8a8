"""A book is never older than its data, and nothing runs without need."""

from __future__ import annotations

import pytest

from project import ExampleCopy

pytestmark = pytest.mark.slow

PLACE = 'from claimbook.package.tables import load\nload("kidnappings")["place_taken"].iloc[0]'


@pytest.fixture(scope="module")
def small_book(tmp_path_factory):
    """A book of two chapters; each test builds it, changes something and builds it again."""
    copy = ExampleCopy(tmp_path_factory.mktemp("freshness") / "example")
    copy.write_chapter("place", PLACE, "A first sentence.")
    copy.write_chapter("sum", "1 + 1")
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
    """After a changed row every chapter runs again, and the page shows the new value."""
    build(small_book)
    small_book.edit("kidnappings", "H01", "place_taken", "Somewhere else")
    assert build(small_book) == ["book/place.md", "book/sum.md"]
    assert "Somewhere else" in page(small_book, "place")


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
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("1 + 1", "40 + 2"), encoding="utf-8")
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
