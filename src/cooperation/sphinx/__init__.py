"""The book's Sphinx extension: figures, freshness, pages, links to claims and the PDF."""

from __future__ import annotations


def setup(app):
    """Register the parts of the extension with Sphinx."""
    from cooperation.sphinx import claims, dataset, freshness, latex, pages, plotly

    for part in (freshness, plotly, pages, dataset, claims, latex):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
