"""The press's Sphinx extension: figures, citations, links to claims, freshness, pages, search and the PDF."""

from __future__ import annotations

import os


def _share(app, env, docnames):
    """Say of the one extension that does not that it stands aside while pages are read: it numbers chapters afterwards."""
    numbering = app.extensions.get("sphinx_multitoc_numbering")
    if numbering:
        numbering.parallel_read_safe = True


def setup(app):
    """Register the parts of the extension with Sphinx, and let all cores read and write pages."""
    from claimbook.sphinx import (
        citations,
        claims,
        dataset,
        defaults,
        facts,
        freshness,
        latex,
        messages,
        notes,
        numbering,
        pages,
        plotly,
        search,
        site,
        tables,
    )

    for part in (
        defaults,
        messages,
        freshness,
        citations,
        numbering,
        claims,
        notes,
        plotly,
        pages,
        facts,
        dataset,
        search,
        site,
        tables,
        latex,
    ):
        part.setup(app)
    # Jupyter Book has no option for it.
    app.parallel = os.cpu_count() or 1
    app.connect("env-before-read-docs", _share)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
