"""Terms and claims lead where they say."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from claimbook.build import references
from claimbook.package.tables import load, resource
from claimbook.settings import settings

from browsing import soup
from project import CHAPTERS, ROOT

DATA = ROOT / "data"
PAGE = "book/appendix/glossary"
CLAIM = re.compile(r"\{claim\}`(?:[^`<]*<)?(c-[a-z-]+)>?`")


@pytest.fixture(scope="module")
def pages(html) -> dict[str, BeautifulSoup]:
    """The pages of the book, parsed."""
    names = [path.relative_to(html).as_posix() for path in (html / "book").rglob("*.html")]
    return {name: soup(html, name) for name in names}


def leading(pages, choose, page: str = PAGE) -> dict[str, list[str]]:
    """For each other page, the anchors of the glossary or of the page given that its chosen links lead to."""
    links = {
        name: [link["href"] for link in soup.select("main a.reference.internal") if choose(link)]
        for name, soup in pages.items()
    }
    return {
        name: [href.rsplit("#", 1)[1] for href in hrefs if f"{Path(page).name}.html#" in href]
        for name, hrefs in links.items()
        if name != f"{page}.html"
    }


def test_definitions_fit_a_card():
    """A definition is short enough to be read in passing, and is a sentence."""
    definitions = load("terms", DATA)["definition"]
    (field,) = [field for field in resource("terms", DATA)["schema"]["fields"] if field["name"] == "definition"]
    assert field["constraints"]["maxLength"] == 260
    assert definitions.str.len().between(40, 260).all()
    assert definitions[~definitions.str.endswith(".")].tolist() == []


def test_no_word_has_two_definitions():
    """Terms and abbreviations are all different, whatever their capitals: a link can mean one entry only."""
    terms = load("terms", DATA)
    words = pd.concat([terms["term"], terms["abbreviation"].dropna()]).str.casefold()
    assert words[words.duplicated()].tolist() == []


def test_definitions_rest_on_what_was_read():
    """A definition that states facts cites verified pages only."""
    sources = load("sources", DATA).set_index("key")["verified"]
    cited = load("term_sources", DATA)["source"].map(sources)
    assert len(cited) > 50
    assert set(cited) == {"yes"}


def test_terms_lead_to_their_definitions(pages):
    """Each linked term has its entry; each chapter links some and none links many."""
    anchors = {term["id"] for term in pages[f"{PAGE}.html"].select("dl.glossary dt")}
    terms = load("terms", DATA)
    assert len(anchors) == len(terms) + terms["abbreviation"].notna().sum()
    linked = leading(pages, lambda link: link.select_one(".std-term"))
    assert {name: sorted(set(found) - anchors) for name, found in linked.items() if set(found) - anchors} == {}
    assert all(0 < len(linked[f"book/{name}.html"]) <= 8 for name in CHAPTERS)


def test_claims_lead_to_the_list_of_claims(pages):
    """Each claim stands under its key, and each link to one finds the verdict on it."""
    anchors = [item["id"] for item in pages[f"{PAGE}.html"].select("section#the-article-s-claims li [id]")]
    assert anchors == load("claims", DATA)["key"].tolist()
    board = settings(ROOT).verdicts_page
    judged = [item["id"] for item in pages[f"{board}.html"].select(".verdict-board li[id]")]
    assert set(judged) == {f"verdict-{key}" for key in anchors}
    linked = leading(pages, lambda link: "claim" in link["class"], board)
    assert {name: found for name, found in linked.items() if set(found) - set(judged)} == {}
    assert all(linked[f"book/{name}.html"] for name in set(load("claims", DATA)["chapter"]))


@pytest.mark.parametrize("name", CHAPTERS)
def test_chapter_tests_its_claims(name):
    """A chapter opens with the verdicts on the claims that the table says it tests, and leads to each of them."""
    text = (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
    shown = nbformat.read(ROOT / references.reference_of(Path("book", f"{name}.md")), as_version=4).cells[1]
    own = set(load("claims", DATA).query("chapter == @name")["key"])
    box = "".join(output["data"].get("text/markdown", "") for output in shown.get("outputs", []) if "data" in output)
    assert (f'show_box(verdicts(load, "{name}"))' in shown.source) == bool(own)
    assert own <= set(CLAIM.findall(text)) | set(CLAIM.findall(box))


def test_claims_name_chapters_that_are_there():
    """Whoever follows a claim to its chapter finds it; the five allegations of the article stand once each."""
    claims = load("claims", DATA)
    assert [name for name in claims["chapter"].dropna() if not (ROOT / "book" / f"{name}.md").is_file()] == []
    assert sorted(claims["allegation"].dropna()) == ["A01", "A02", "A03", "A04", "A05"]
    assert claims["claim"].str.startswith("The article says that").all()
