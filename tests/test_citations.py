"""Whatever is cited has been read, and can be found in the bibliography."""

from __future__ import annotations

import re

import nbformat
import pytest

from cooperation import notebooks
from cooperation.bibliography import bibliography, spoken
from cooperation.tables import load

CITE = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


@pytest.fixture(scope="module")
def sources(root):
    """Table sources."""
    return load("sources", root / "data")


@pytest.fixture(scope="module")
def verified(sources):
    """Keys of the sources that somebody read."""
    return set(sources.loc[sources["verified"] == "yes", "key"])


def cited(text: str) -> set[str]:
    """The keys that a text cites."""
    return {key.strip() for keys in CITE.findall(text) for key in keys.split(",")}


def test_prose_cites_what_was_read(root, verified):
    """Every source cited in a chapter is verified."""
    keys = {path.relative_to(root): cited(path.read_text(encoding="utf-8")) for path in (root / "book").rglob("*.md")}
    assert len(set().union(*keys.values())) > 20
    assert {str(path): sorted(found - verified) for path, found in keys.items() if found - verified} == {}


def test_tables_cite_what_was_read(root, verified):
    """Every source cited in a table of a chapter is verified."""
    keys = set()
    for path in (root / notebooks.REFERENCES).rglob("*.ipynb"):
        for cell in notebooks.code_cells(nbformat.read(path, as_version=4)):
            for output in cell.outputs:
                keys |= cited(output.get("data", {}).get("text/markdown", ""))
    assert len(keys) > 20
    assert sorted(keys - verified) == []


def test_bibliography_is_current(root, sources):
    """The bibliography is the one that the table of sources gives."""
    assert (root / "book" / "references.bib").read_text(encoding="utf-8") == bibliography(sources)


def test_unread_sources_stay_out(sources):
    """A source that nobody read does not enter the bibliography."""
    some = sources.head(2).assign(key=["read", "unread"], verified=["yes", "no"])
    assert re.findall(r"@misc\{(\w+),", bibliography(some)) == ["read"]


@pytest.mark.parametrize(
    ("date", "text"), [("2010-03-16", "16 March 2010"), ("2010-03", "March 2010"), ("2010", "2010")]
)
def test_dates_are_spoken(date, text):
    """The bibliography gives a date as precisely as it is known."""
    assert spoken(date) == text
