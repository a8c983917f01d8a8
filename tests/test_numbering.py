"""Numbers of figures, and references to them, cost what they are, not what the pages weigh that hold them."""

from __future__ import annotations

import pickle
from types import SimpleNamespace
from unittest.mock import Mock

import docutils.nodes as nodes
import pytest
from docutils.utils import new_document
from sphinx.addnodes import pending_xref, toctree
from sphinx.environment.collectors.toctree import TocTreeCollector

from claimbook.sphinx.numbering import NUMBER_FIGURES, Numbers, number_figures, outline


def page(*names: str) -> nodes.document:
    """A page with figures below each other, of which the last stands in a box."""
    made = new_document("page")
    section = nodes.section("", nodes.title("", "Page"), nodes.paragraph("", "Words. " * 1000), ids=["page"])
    for name in names:
        figure = nodes.figure("", nodes.caption("", name), ids=[name, f"{name}-too"])
        made.ids |= dict.fromkeys(figure["ids"], figure)
        section += nodes.admonition("", figure) if name == names[-1] else figure
    made += section
    made.ids["page"] = section
    return made


@pytest.fixture
def pages() -> dict[str, nodes.document]:
    """A first page with the contents, and the page that they name."""
    first = page("fig-first")
    first[0] += toctree(entries=[(None, "page")])
    return {"first": first, "page": page("fig-one", "fig-two")}


@pytest.fixture
def env(pages):
    """A book of these pages."""
    book = SimpleNamespace(
        app=SimpleNamespace(book=SimpleNamespace(annex=None), registry=SimpleNamespace(enumerable_nodes={})),
        config=SimpleNamespace(
            numfig=True, numfig_format={"figure": "Figure %s"}, numfig_secnum_depth=1, root_doc="first"
        ),
        domaindata={},
        get_doctree=Mock(side_effect=pages.__getitem__),
        toc_fignumbers={},
        toc_secnumbers={"first": {"": (1,)}, "page": {"": (2,)}},
    )
    book.domains = {"std": Numbers(book)}
    for name, read in pages.items():
        book.domains["std"].process_doc(book, name, read)
    return book


def resolved(domain: Numbers, env, name: str) -> str:
    """The words of a reference to a figure."""
    node = pending_xref("", refexplicit=False)
    builder = Mock(get_relative_uri=lambda page, other: f"{other}.html")
    found = domain._resolve_numref_xref(env, "other", builder, "numref", name, node, nodes.inline("", name))
    return found.astext()


def test_numbers_by_the_outlines_are_those_by_the_pages(env):
    """A figure has the number that it would have if all pages were read again; a change of numbers is told."""
    changed = number_figures(TocTreeCollector(), env)
    assert env.get_doctree.call_count == 0
    by_outlines, env.toc_fignumbers = env.toc_fignumbers, {}
    assert NUMBER_FIGURES(TocTreeCollector(), env) == changed == ["first", "page"]
    assert by_outlines == env.toc_fignumbers
    assert by_outlines["page"] == {"figure": {"fig-one": (2, 1), "fig-two": (2, 2)}}
    assert number_figures(TocTreeCollector(), env) == []


def test_references_are_resolved_without_reading_a_page(env):
    """Words and number of a figure stand in the outline; once its page has changed, those of the page as it is now."""
    domain = env.domains["std"]
    domain.labels.update({name: ("page", name, name) for name in ("fig-one", "fig-two")})
    number_figures(TocTreeCollector(), env)
    assert [resolved(domain, env, name) for name in ("fig-one", "fig-two")] == ["Figure 2.1", "Figure 2.2"]
    domain.process_doc(env, "page", page("fig-two", "fig-three"))
    assert number_figures(TocTreeCollector(), env) == ["page"]
    assert resolved(domain, env, "fig-two") == "Figure 2.1"
    assert env.get_doctree.call_count == 0


def test_an_outline_is_small(env, pages):
    """It does not take along the page that it is of, nor its words."""
    kept = outline(pages["page"], env.domains["std"])
    assert len(pickle.dumps(kept)) < 3000
    assert sorted(kept.ids) == ["fig-one", "fig-one-too", "fig-two", "fig-two-too", "page"]


def test_pages_that_another_process_read_are_taken_over(env):
    """And a page that is gone is forgotten."""
    domain, other = env.domains["std"], SimpleNamespace(**vars(env) | {"domaindata": {}})
    read = Numbers(other)
    read.process_doc(other, "page", page("fig-other"))
    parts = {part: {} for part in ("progoptions", "objects", "terms", "labels", "anonlabels")}
    domain.merge_domaindata({"page"}, parts | read.data)
    assert sorted(domain.outlines["page"].ids) == ["fig-other", "fig-other-too", "page"]
    domain.clear_doc("page")
    assert sorted(domain.outlines) == ["first"]
