"""The press's Sphinx extension: figures, citations, links to claims, freshness, pages, search and the PDF."""

from __future__ import annotations


def setup(app):
    """Register the parts of the extension with Sphinx."""
    from claimbook.sphinx import (
        addresses,
        citations,
        claims,
        dataset,
        defaults,
        facts,
        freshness,
        latex,
        ledger,
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
        ledger,
        addresses,
        search,
        site,
        tables,
        latex,
    ):
        part.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
