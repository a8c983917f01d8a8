"""The annex: a page of proof for each chapter, numbered apart, and the ways from a chapter to its page and back.

The folder stands in the book's settings. A page of it belongs to the chapter
whose file has the same name.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx import addnodes

LETTER = "A"


def pages_of(folder: str | None, names: Iterable[str]) -> list[str]:
    """The pages of the annex, in the order given.

    Parameters
    ----------
    folder : str or None
        Where they stand; None if the book has no annex.
    names : iterable of str
        All pages of the book, without their endings.

    Returns
    -------
    list of str
    """
    return [name for name in names if folder and PurePosixPath(folder) in PurePosixPath(name).parents]


def page_for(folder: str | None, page: str, names: Iterable[str]) -> str | None:
    """The page of the annex that belongs to a chapter.

    Parameters
    ----------
    folder : str or None
        Where the annex stands.
    page : str
        The chapter, without its ending.
    names : iterable of str
        All pages of the book.

    Returns
    -------
    str or None
        None if there is none, or the page is one of the annex itself.
    """
    proof = pages_of(folder, names)
    same = [name for name in proof if PurePosixPath(name).name == PurePosixPath(page).name]
    return same[0] if same and page not in proof else None


def numbers_of(contents: nodes.Node, first: tuple) -> dict[str, tuple]:
    """Number the sections of a page, and their entries in its table of contents.

    Parameters
    ----------
    contents : docutils.nodes.Node
        The page's table of contents, as Sphinx keeps it: nested lists of
        entries. Each entry takes its number.
    first : tuple
        Number of the page.

    Returns
    -------
    dict of str to tuple
        Numbers by anchor; the page itself has the anchor ``""``.
    """
    found: dict[str, tuple] = {}

    def walk(entries: nodes.Node, above: tuple) -> None:
        items = [item for item in entries.children if isinstance(item, nodes.list_item)]
        for place, item in enumerate(items, start=1):
            number = (*above, place) if above else first
            for part in item.children:
                if isinstance(part, addnodes.compact_paragraph):
                    entry: Any = part[0]
                    found[entry["anchorname"]] = entry["secnumber"] = number
                elif isinstance(part, nodes.bullet_list):
                    walk(part, number)

    walk(contents, ())
    return found


def number_sections(env, folder: str | None, kept: dict[str, dict]) -> list[str]:
    """Number the pages of the annex, once Sphinx has numbered the others.

    Parameters
    ----------
    env : sphinx.environment.BuildEnvironment
        Its ``toc_secnumbers`` and tables of contents take the numbers.
    folder : str or None
        Where the annex stands.
    kept : dict of str to dict
        The numbers given before, by page; takes those given now.

    Returns
    -------
    list of str
        Pages whose numbers are others than before.
    """
    changed = []
    names = [name for name in env.config.external_site_map if name in env.tocs] if folder else []
    for place, name in enumerate(pages_of(folder, names), start=1):
        # Titles take none: what gives the other parts their own numerals would count these anew at the next build.
        env.toc_secnumbers[name] = numbers_of(env.tocs[name], (f"{LETTER}{place}",))
        if kept.get(name) != env.toc_secnumbers[name]:
            changed.append(name)
            kept[name] = env.toc_secnumbers[name]
    return changed


def _lead_to_proof(app, doctree) -> None:
    """End the summary box of a chapter with a link to its page of the annex."""
    proof = page_for(app.book.annex, app.env.docname, app.env.found_docs)
    box = next((node for node in doctree.findall(nodes.admonition) if "summary" in node["classes"]), None)
    if proof is None or box is None:
        return
    words = app.book.words["proof"]
    link = addnodes.pending_xref(
        "", nodes.inline("", words), refdomain="std", reftype="doc", reftarget=f"/{proof}", refexplicit=True
    )
    link["refdoc"] = app.env.docname
    box += nodes.paragraph("", "", link, classes=["proof"])


def _name_proof(app, pagename, templatename, context, doctree) -> None:
    """Tell the page's script where that stands which once stood here, for addresses that lead into the page."""
    proof = page_for(app.book.annex, pagename, app.env.found_docs)
    if proof is not None:
        tag = f'<link rel="appendix" href="{context["pathto"](proof)}"/>'
        context["metatags"] = f"{context.get('metatags', '')}{tag}"


def setup(app):
    """Connect to Sphinx."""
    app.connect("doctree-read", _lead_to_proof)
    app.connect("html-page-context", _name_proof)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
