"""The press's Sphinx extension: figures, citations, verdicts, links to claims, freshness, pages, search and the PDF."""

from __future__ import annotations

from importlib import import_module

# In the order in which they are registered.
PARTS = (
    "defaults",
    "messages",
    "freshness",
    "citations",
    "numbering",
    "claims",
    "notes",
    "plotly",
    "pages",
    "facts",
    "dataset",
    "ledger",
    "addresses",
    "search",
    "site",
    "tables",
    "latex",
)


def setup(app):
    """Register the parts of the extension with Sphinx."""
    for name in PARTS:
        import_module(f"{__name__}.{name}").setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
