"""What every HTML page carries, and what none may carry."""

from __future__ import annotations

from cooperation.sphinx.plotly import LIBRARY, plotly_figure


def _add_scripts(app, pagename, templatename, context, doctree):
    """Load the figure script only on pages with a figure; keep out scripts of other servers."""
    outside = [item for item in app.builder.script_files if "://" in (item.filename or "")]
    for item in outside:
        app.builder.script_files.remove(item)
    if doctree is not None and any(doctree.findall(plotly_figure)):
        app.add_js_file("figures.js", loading_method="defer", **{"data-library": LIBRARY})


def setup(app):
    """Connect to Sphinx."""
    app.connect("html-page-context", _add_scripts)
