"""Whatever is cited has been read, and can be found in the bibliography."""

from __future__ import annotations

import re

import nbformat
import pytest

from claimbook.build import execution, references
from claimbook.package.bibliography import bibliography
from claimbook.package.dates import spoken
from claimbook.package.tables import load
from claimbook.settings import settings

from browsing import soup
from project import CHAPTERS, EXAMPLE

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
    for path in (root / references.REFERENCES).rglob("*.ipynb"):
        for cell in execution.code_cells(nbformat.read(path, as_version=4)):
            for output in cell.outputs:
                keys |= cited(output.get("data", {}).get("text/markdown", ""))
    assert len(keys) > 20
    assert sorted(keys - verified) == []


def test_bibliography_is_current(root, sources):
    """The bibliography is the one that the table of sources gives."""
    text = (root / "book" / "references.bib").read_text(encoding="utf-8")
    assert text == bibliography(sources, settings(root).institutions)


def test_unread_sources_stay_out():
    """A source that nobody read does not enter the bibliography."""
    some = load("sources", EXAMPLE / "data").head(2).assign(key=["read", "unread"], verified=["yes", "no"])
    assert re.findall(r"@misc\{(\w+),", bibliography(some)) == ["read"]


@pytest.mark.parametrize(
    ("date", "text"), [("2010-03-16", "16 March 2010"), ("2010-03", "March 2010"), ("2010", "2010")]
)
def test_dates_are_spoken(date, text):
    """The bibliography gives a date as precisely as it is known."""
    assert spoken(date) == text


def test_works_lead_to_their_pages(html, sources):
    """Every work that was read is listed once: its key, its title in its own language, its address, as the table has them."""
    listed = []
    for path in (html / "book" / "appendix" / "sources").glob("*.html"):
        for work in soup(html, path.relative_to(html).as_posix()).select("div.citation"):
            title, addresses = work.select_one("[lang]"), [link["href"] for link in work.select("a.external")]
            listed.append(
                (work.select_one(".label").get_text().strip("[]"), title.get_text(), title["lang"], *addresses)
            )
    read = sources[sources["verified"] == "yes"]
    columns = ["key", "title", "title_language", "url"]
    assert sorted(listed) == sorted(tuple(row.dropna()) for _, row in read[columns].iterrows())


def test_chapters_number_their_own_works(html):
    """The numbers of a chapter run from one in the order of first citation, and each leads to a work at its end."""
    for name in CHAPTERS:
        page = soup(html, f"book/{name}.html")
        cited = [(link.get_text(), link["href"]) for link in page.select(".citation a")]
        works = [f"#{work.select_one('.target')['id']}" for work in page.select("ol.works-cited > li")]
        assert len(works) > 15, name
        assert list(dict.fromkeys(cited)) == [(str(number), work) for number, work in enumerate(works, start=1)], name
        for mark in page.select("article .citation"):
            assert mark.name == "sup", mark
            assert not str(mark.previous_sibling or "").endswith(" "), mark.parent
