"""The press's Sphinx extension: figures, citations, verdicts, timelines, the annex, freshness, pages, search and the PDF."""

from __future__ import annotations

import os
from importlib import import_module

# To divide so few pages among processes takes longer than to read and write them.
FEW = 8
# In the order in which they are registered.
PARTS = (
    "defaults",
    "messages",
    "freshness",
    "citations",
    "numbering",
    "claims",
    "notes",
    "annex",
    "plotly",
    "pages",
    "facts",
    "dataset",
    "ledger",
    "timeline",
    "addresses",
    "search",
    "site",
    "tables",
    "latex",
)


def _share(app, env, docnames):
    """Let all cores read and write pages, if there are many; Jupyter Book has no option for it."""
    app.parallel = (os.cpu_count() or 1) if len(docnames) > FEW else 1
    # The one extension that does not say that it is safe: it numbers chapters, once all pages are read.
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering:
        numbering.parallel_read_safe = True


def setup(app):
    """Register the parts of the extension with Sphinx."""
    for name in PARTS:
        import_module(f"{__name__}.{name}").setup(app)
    app.connect("env-before-read-docs", _share)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
