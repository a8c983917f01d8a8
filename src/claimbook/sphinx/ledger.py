"""The verdicts in the HTML book: the board that opens to the claims, and their description for search engines."""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from claimbook.package.dates import spoken
from claimbook.package.tables import load, resource
from claimbook.sphinx.plotly import DOWNLOADS
from claimbook.sphinx.values import add, renderer
from claimbook.verdict import CONFIDENCES, LEDGER, VERDICTS, anchor

LOGGER = logging.getLogger(__name__)
# How far a claim is right, for search engines; of what is not shown or cannot be tested nothing is said.
RATING = {"right": 4, "right in part": 3, "too strong": 2, "wrong": 1}
# Bars of the small charts: height of a line, room for names and numbers, and width of the longest, in pixels.
LINE, NAMES, WIDTH, NUMBERS = 20, 168, 130, 34


class verdict_board(nodes.General, nodes.Element):  # noqa: N801 - docutils names a node in small letters
    """All verdicts as plain values, in the attribute ``json``."""


LedgerRenderer = renderer(LEDGER, verdict_board)


def exhibit(builder, here: str, label: str) -> dict[str, str] | None:
    """Address and number of a figure or table, as seen from a page; None if the book has none of that label."""
    domain = builder.env.get_domain("std")
    if label not in domain.anonlabels:
        return None
    docname, target = domain.anonlabels[label]
    kind, number = next(
        ((kind, found[target]) for kind, found in numbers(builder, docname).items() if target in found), ("", ())
    )
    told = builder.config.numfig_format.get(kind, "%s") % ".".join(map(str, number))
    return {"name": told, "address": f"{relative_uri(here, builder.get_target_uri(docname))}#{target}"}


def section_of(builder, here: str, label: str) -> dict[str, str]:
    """Title and address of the section that a figure or table stands in, as seen from a page."""
    docname, target = builder.env.get_domain("std").anonlabels[label]
    page = builder.env.get_doctree(docname)
    node = next(node for node in page.findall(nodes.Element) if target in node.get("ids", ()))
    while not isinstance(node, nodes.section):
        node = node.parent
    return {
        "name": next(node.findall(nodes.title)).astext(),
        "address": f"{relative_uri(here, builder.get_target_uri(docname))}#{node['ids'][0]}",
    }


def numbers(builder, docname: str) -> dict[str, dict[str, tuple[int, ...]]]:
    """Numbers of the figures and tables of a page, by kind and anchor."""
    return builder.env.toc_fignumbers.get(docname, {})


def bars(claim: dict) -> list[dict]:
    """Places of the bars of a claim's small chart, in pixels."""
    most = max(value for _, value in claim["bars"]) or 1
    return [
        {"name": name, "value": f"{value:g}", "y": place * LINE, "length": round(WIDTH * value / most, 1)}
        for place, (name, value) in enumerate(claim["bars"])
    ]


def _for_page(builder, here: str, claim: dict, sources: dict[str, dict]) -> dict:
    """A claim as the template shows it: addresses seen from the page, and the chart."""
    chapter = f"book/{claim['chapter']}"
    labels = [label for kind in ("figure", "table") for label in claim["exhibits"].get(kind, [])]
    known = [label for label in labels if label in builder.env.get_domain("std").anonlabels]
    for label in labels:
        if label not in known:
            LOGGER.warning("verdict on %s: no figure or table has the label %r", claim["claim"], label)
    return {
        **claim,
        "anchor": anchor(claim["claim"]),
        "rank": VERDICTS.index(claim["verdict"]),
        "sure": CONFIDENCES.index(claim["confidence"]),
        "day": spoken(claim["made"], builder.app.book.words["months"]),
        "title": builder.env.titles[chapter].astext(),
        "chapter_address": relative_uri(here, builder.get_target_uri(chapter)),
        "shown": [_shown(builder, here, label) for label in known],
        "section": section_of(builder, here, known[0]) if known else None,
        "read": [
            {
                "address": "",
                **(exhibit(builder, here, f"tab-{name.replace('_', '-')}") or {}),
                "name": resource(name, Path(builder.srcdir) / "data").get("title", name),
            }
            for name in claim["tables"]
        ],
        "chart": bars(claim),
        "pages": [sources[key] for key in claim["sources"]],
    }


def _shown(builder, here: str, label: str) -> dict:
    """A figure or table that bears on a claim; of a figure the rows that it shows as well."""
    found = exhibit(builder, here, label) or {}
    drawn = label in numbers(builder, builder.env.get_domain("std").anonlabels[label][0]).get("figure", {})
    return {**found, "rows": relative_uri(here, f"{DOWNLOADS}/{label}.csv") if drawn else ""}


def context(builder, docname: str, content: dict) -> dict:
    """What the template of the board is filled with.

    Parameters
    ----------
    builder : sphinx.builders.Builder
        Of HTML.
    docname : str
        The page that the board stands on.
    content : dict
        As :func:`claimbook.chapter.show_scoreboard` gave it.

    Returns
    -------
    dict
    """
    here = builder.get_target_uri(docname)
    table = load("sources", Path(builder.srcdir) / "data").set_index("key")
    sources = table[["title", "publisher", "url", "title_language"]].fillna("").to_dict("index")
    asked = [
        {
            **row,
            "key": f"question-{place}",
            "claims": [_for_page(builder, here, claim, sources) for claim in row["claims"]],
        }
        for place, row in enumerate(content["questions"], start=1)
    ]
    page = builder.app.book.verdicts_page
    return {
        "whole": content["whole"],
        "questions": asked,
        "verdicts": [code for code in VERDICTS if any(c["verdict"] == code for row in asked for c in row["claims"])],
        "page": relative_uri(here, builder.get_target_uri(page)) if page else "",
        "size": {"line": LINE, "names": NAMES, "width": NAMES + WIDTH + NUMBERS},
    }


def visit_html(self, node):
    """Write the board."""
    builder = self.builder
    filled = context(builder, builder.current_docname, json.loads(node["json"]))
    self.body.append(builder.templates.render("board.html", filled))
    raise nodes.SkipNode


def claim_reviews(builder, content: dict) -> list[dict]:
    """The verdicts as schema.org ClaimReviews.

    Parameters
    ----------
    builder : sphinx.builders.Builder
        Of HTML.
    content : dict
        As :func:`claimbook.chapter.show_scoreboard` gave it.

    Returns
    -------
    list of dict
        JSON-LD, one a claim.
    """
    data, book = Path(builder.srcdir) / "data", builder.app.book
    claimed = load("claims", data).set_index("key")["claim"]
    work = load("sources", data).set_index("key").loc[book.reviewed] if book.reviewed else None
    base = f"{builder.config.html_baseurl or ''}{builder.get_target_uri(book.verdicts_page)}"
    reviews = []
    for claim in (claim for row in content["questions"] for claim in row["claims"]):
        said: dict[str, object] = {"@type": "Claim"}
        if work is not None:
            said |= {
                "datePublished": work["date"],
                "appearance": {"@type": "CreativeWork", "name": work["title"], "url": work["url"]},
                "author": {"@type": "Organization", "name": work["publisher"]},
            }
        rating = {"@type": "Rating", "alternateName": book.words[claim["verdict"]]}
        if claim["verdict"] in RATING:
            rating |= {"ratingValue": RATING[claim["verdict"]], "bestRating": 4, "worstRating": 1}
        reviews.append(
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "url": f"{base}#{anchor(claim['claim'])}",
                "claimReviewed": claimed[claim["claim"]],
                "reviewBody": claim["answer"],
                "datePublished": claim["made"],
                "author": {"@type": "Organization", "name": builder.config.author},
                "itemReviewed": said,
                "reviewRating": rating,
            }
        )
    return reviews


def _describe(app, pagename, templatename, context, doctree):
    """Load what sorts the board, and tell search engines of the verdicts."""
    found = next(doctree.findall(verdict_board), None) if doctree is not None else None
    if found is None:
        return
    app.add_js_file("board.js")
    if pagename == app.book.verdicts_page:
        text = json.dumps(claim_reviews(app.builder, json.loads(found["json"])), ensure_ascii=False)
        text = text.replace("</", r"<\/")
        context["metatags"] = f'{context.get("metatags", "")}<script type="application/ld+json">{text}</script>'


def setup(app):
    """Register the node and what describes its page."""
    add(app, verdict_board, visit_html)
    app.connect("html-page-context", _describe)
