"""References to numbered figures cost what they are, not what the pages weigh that they lead to."""

from __future__ import annotations

from types import SimpleNamespace
from unittest.mock import Mock

import docutils.nodes as nodes
import pytest
from docutils.utils import new_document
from sphinx.addnodes import pending_xref

from claimbook.sphinx.numbering import Numbers


@pytest.fixture
def env():
    """A book of one page with two figures."""
    page = new_document("page")
    for name in ("fig-one", "fig-two"):
        figure = nodes.figure("", nodes.caption("", name), ids=[name])
        page += figure
        page.ids[name] = figure
    return SimpleNamespace(
        app=SimpleNamespace(registry=SimpleNamespace(enumerable_nodes={})),
        config=SimpleNamespace(numfig=True, numfig_format={"figure": "Figure %s"}),
        domaindata={},
        get_doctree=Mock(return_value=page),
        toc_fignumbers={"page": {"figure": {"fig-one": (1, 1), "fig-two": (1, 2)}}},
    )


def resolved(domain: Numbers, env, name: str) -> str:
    """The words of a reference to a figure."""
    node = pending_xref("", refexplicit=False)
    builder = Mock(get_relative_uri=lambda page, other: f"{other}.html")
    found = domain._resolve_numref_xref(env, "other", builder, "numref", name, node, nodes.inline("", name))
    return found.astext()


def test_a_page_is_read_once_for_all_references(env):
    """And again once it has changed."""
    domain = Numbers(env)
    domain.labels.update({name: ("page", name, name) for name in ("fig-one", "fig-two")})
    assert [resolved(domain, env, name) for name in ("fig-one", "fig-two", "fig-one")] == [
        "Figure 1.1",
        "Figure 1.2",
        "Figure 1.1",
    ]
    assert env.get_doctree.call_count == 1
    domain.process_doc(env, "page", new_document("page"))
    assert resolved(domain, env, "fig-two") == "Figure 1.2"
    assert env.get_doctree.call_count == 2
