"""The role ``claim``: a link from a chapter to a claim under test, by its key in the table ``claims``."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole
from sphinx.util.nodes import make_refnode

from claimbook.package.tables import load
from claimbook.verdict import anchor

LOGGER = logging.getLogger(__name__)


class ClaimRole(ReferenceRole):
    """``{claim}`key``` or ``{claim}`words <key>```; an unknown key is a warning and leaves the words without a link."""

    def run(self):
        """Return a reference that is resolved once all pages are read."""
        words = nodes.inline("", self.title, classes=["claim"])
        if self.target not in set(load("claims", Path(self.env.srcdir) / "data")["key"]):
            LOGGER.warning("%r is not a key of the table claims", self.target, location=self.get_location())
            return [words], []
        link = addnodes.pending_xref(
            "", words, reftype="claim", refdomain="", reftarget=self.target, refdoc=self.env.docname, refwarn=True
        )
        self.set_source_info(link)
        return [link], []


def _resolve(app, env, node, words):
    """Lead to the verdict on the claim, or to where claims are listed; None, hence a warning, if the book lacks that page."""
    judged = app.book.verdicts_page
    page, target = (judged, anchor(node["reftarget"])) if judged else (app.book.claims_page, node["reftarget"])
    if node["reftype"] != "claim" or page not in env.found_docs:
        return None
    link = make_refnode(app.builder, node["refdoc"], page, target, words)
    link["classes"].append("claim")
    return link


def setup(app):
    """Register the role, and what resolves it."""
    app.add_role("claim", ClaimRole())
    app.connect("missing-reference", _resolve)
