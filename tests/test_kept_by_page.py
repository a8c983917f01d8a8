"""What a build keeps of each page, table and chapter, so that a change costs what it changes and no more."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import Mock

import docutils.nodes as nodes
import pytest
from docutils.utils import new_document
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain

from claimbook.build import execution
from claimbook.package import validation
from claimbook.settings import OUT
from claimbook.sphinx import FEW, _share, citations, search

CHAPTER = execution.Path("book/seized.md")


def test_a_chapter_is_parsed_once_while_it_stays_as_it_is(example, monkeypatch):
    """Its cells and key are known by its text, and those of a text that is gone are dropped with its outputs."""
    monkeypatch.delenv(OUT, raising=False)
    first = execution._identity(example.root, CHAPTER)
    assert any("kidnappings" in source for source in first[1])
    with monkeypatch.context() as patch:
        patch.setattr(execution, "read", Mock(side_effect=AssertionError("parsed again")))
        assert execution._identity(example.root, CHAPTER) == first
    path = example.root / CHAPTER
    path.write_text(path.read_text(encoding="utf-8").replace("```{code-cell}", "```{code-cell} ", 1) + "\nMore.\n")
    assert execution._identity(example.root, CHAPTER) == first
    path.write_text(path.read_text(encoding="utf-8") + "\n```{code-cell} python\n1 + 1\n```\n", encoding="utf-8")
    changed = execution._identity(example.root, CHAPTER)
    assert changed[1] == [*first[1], "1 + 1"]
    assert changed[0] != first[0]
    kept = example.root / "_build" / "executed" / "identities"
    assert len(list(kept.iterdir())) == 3
    execution._forget(example.root)
    assert {path.name for path in kept.iterdir()} == {
        execution._identity_file(example.root, chapter).name for chapter in execution.chapters(example.root)
    }


def test_a_table_is_asked_once_while_it_stays_as_it_is(example):
    """After a change of one table that table alone is looked at, and its fault is found; put back, none is."""
    data = example.root / "data"
    validation._errors.cache_clear()
    assert validation.validate(data) == []
    asked = validation._errors.cache_info().misses
    assert asked == len(validation.package(data)["resources"])
    before = example.table("kidnappings").read_bytes()
    example.edit("kidnappings", "H03", "verification", "perhaps")
    (line,) = validation.validate(data)
    assert line.startswith("kidnappings: row 4, column verification: 'perhaps'")
    assert validation._errors.cache_info().misses == asked + 1
    example.table("kidnappings").write_bytes(before)
    assert validation.validate(data) == []
    assert validation._errors.cache_info().misses == asked + 1


def page(*titles: str) -> nodes.document:
    """A page with a card of each title, and a box that is no card."""
    made = new_document("page")
    made += nodes.admonition("", nodes.title("", "Box"), ids=["box"])
    for number, title in enumerate(titles):
        made += nodes.admonition("", nodes.title("", title), classes=["body-card"], ids=[f"card-{number}"])
    return made


def test_cards_are_remembered_page_by_page():
    """By their whole titles and their short names; those of a page read again, or by another process, are its own."""
    app, collector = SimpleNamespace(env=SimpleNamespace(docname="b")), search.Cards()
    collector.process_doc(app, page("CEMOC: Joint Committee"))
    app.env.docname = "a"
    collector.process_doc(app, page("UFL"))
    both = [("a", "card-0", "UFL"), ("b", "card-0", "CEMOC"), ("b", "card-0", "CEMOC: Joint Committee")]
    assert search._cards(app.env) == both
    other = SimpleNamespace(env=SimpleNamespace(docname="b"))
    collector.process_doc(other, page("GIATOC"))
    collector.clear_doc(app, app.env, "b")
    assert search._cards(app.env) == both[:1]
    collector.merge_other(app, app.env, {"b"}, other.env)
    assert search._cards(app.env) == [both[0], ("b", "card-0", "GIATOC")]


@pytest.fixture
def works(monkeypatch):
    """The domain of a book of two pages, of which one lists the works and the other cites one."""
    monkeypatch.setattr(citations, "get_docnames", lambda env: ["one", "two"])
    monkeypatch.setattr(BibtexDomain, "env_updated", Mock(return_value=[]))
    listed = BibliographyValue(
        line=1, bibfiles=["works.bib"], style="keys", list_="citation", enumtype="arabic", start=1, labelprefix="",
        keyprefix="", filter_=citations.ast.parse("keywords == 'press'"), keys=[],
        citation_nodes={"a2014": nodes.citation("", ids=["id1"])},
    )  # fmt: skip
    domain = citations.Works.__new__(citations.Works)
    domain.env = SimpleNamespace(config=SimpleNamespace(claimbook_pages="", bibtex_tooltips=False))
    domain.data = {
        "bibdata": SimpleNamespace(bibfiles={"works.bib": SimpleNamespace(mtime=1.0)}),
        "bibliographies": {BibliographyKey("one", "bibliography-1"): listed},
        "citations": [],
        "citation_refs": [SimpleNamespace(docname="two", targets=[SimpleNamespace(key="a2014")])],
    }
    return domain


CHANGES = {
    "a file of works": lambda works: works.data["bibdata"].bibfiles.update({"works.bib": SimpleNamespace(mtime=2.0)}),
    "the press": lambda works: vars(works.env.config).update(claimbook_pages="other"),
    "who cites": lambda works: works.data["citation_refs"].append(
        SimpleNamespace(docname="one", targets=[SimpleNamespace(key="a2014")])
    ),
    "a list": lambda works: works.data.update(
        bibliographies={
            key: value._replace(filter_=citations.ast.parse("cited")) for key, value in works.bibliographies.items()
        }
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_works_are_formatted_again_if_what_they_rest_on_changes(works, change):
    """And only then."""
    for _ in range(2):
        assert works.env_updated() == []
    assert BibtexDomain.env_updated.call_count == 1
    change(works)
    works.env_updated()
    assert BibtexDomain.env_updated.call_count == 2


@pytest.mark.parametrize(("pages", "cores"), [(FEW, 1), (FEW + 1, 4)])
def test_many_pages_are_shared_by_all_cores(monkeypatch, pages, cores):
    """Few are not, for which the sharing takes longer; the extension that numbers chapters does not stand in the way."""
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    numbering = SimpleNamespace(parallel_read_safe=None)
    app = SimpleNamespace(parallel=1, extensions={"sphinx_multitoc_numbering": numbering})
    _share(app, None, [f"page-{number}" for number in range(pages)])
    assert (app.parallel, numbering.parallel_read_safe) == (cores, True)
