"""The annex of a book: which page proves which chapter, what its sections are called, and what stands before it in print."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx import addnodes

from claimbook.sphinx.annex import number_sections, numbers_of, page_for, pages_of
from claimbook.sphinx.latex import AFTER_ANNEX, ANNEX, APPENDIX, UNNUMBERED, part_of

NAMES = ["book/index", "book/one/threat", "book/annex/threat", "book/annexes", "book/annex/network"]


def entry(anchor: str, *below: nodes.Node) -> nodes.list_item:
    """An entry of a table of contents as Sphinx keeps it."""
    line = addnodes.compact_paragraph("", "", nodes.reference("", anchor, anchorname=anchor))
    return nodes.list_item("", line, *([nodes.bullet_list("", *below)] if below else []))


def contents() -> nodes.bullet_list:
    """A page with two sections, the second with one of its own."""
    return nodes.bullet_list("", entry("", entry("#one"), entry("#two", entry("#within"))))


def test_pages_of_the_annex_stand_in_its_folder():
    """A page whose name only begins alike is none of it; a book without an annex has no such page."""
    assert pages_of("book/annex", NAMES) == ["book/annex/threat", "book/annex/network"]
    assert pages_of(None, NAMES) == []


@pytest.mark.parametrize(
    ("page", "proof"),
    [("book/one/threat", "book/annex/threat"), ("book/index", None), ("book/annex/threat", None)],
)
def test_a_chapter_has_the_page_of_its_own_name(page, proof):
    """And a page of the annex is not its own proof."""
    assert page_for("book/annex", page, NAMES) == proof


def test_sections_take_the_number_of_their_page():
    """As an entry of the contents, as a heading, and to number figures by."""
    made = contents()
    numbers = numbers_of(made, ("A2",))
    assert numbers == {"": ("A2",), "#one": ("A2", 1), "#two": ("A2", 2), "#within": ("A2", 2, 1)}
    assert [node["secnumber"] for node in made.findall(nodes.reference)] == list(numbers.values())


def test_pages_are_numbered_in_the_order_of_the_contents_and_told_when_that_changes():
    """Once numbered, no page is written again for its number; if another comes before it, it is."""
    env = SimpleNamespace(
        config=SimpleNamespace(external_site_map=NAMES),
        tocs={name: contents() for name in NAMES},
        toc_secnumbers={},
    )
    kept: dict = {}
    assert number_sections(env, "book/annex", kept) == ["book/annex/threat", "book/annex/network"]
    assert env.toc_secnumbers["book/annex/network"][""] == ("A2",)
    assert number_sections(env, "book/annex", kept) == []
    env.config.external_site_map = [name for name in NAMES if name != "book/annex/threat"]
    assert number_sections(env, "book/annex", kept) == ["book/annex/network"]
    assert number_sections(env, None, kept) == []


@pytest.mark.parametrize(
    ("caption", "numbered", "proof", "after", "command"),
    [
        (None, False, False, True, UNNUMBERED),
        ("Part I: The mistrust", True, False, True, r"\part{The mistrust}"),
        ("Annex", False, True, True, rf"\part*{{Annex}}\addcontentsline{{toc}}{{part}}{{Annex}}{ANNEX}"),
        ("Appendix", False, False, True, APPENDIX + AFTER_ANNEX),
        ("Appendix", False, False, False, APPENDIX),
    ],
)
def test_print_has_the_parts_and_letters_of_the_page(caption, numbered, proof, after, command):
    """A part without a caption has a chapter without a number; the appendix takes the letters after the annex's."""
    assert part_of(SimpleNamespace(caption=caption, numbered=numbered), proof, after) == command
