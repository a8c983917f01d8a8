"""The directive ``tables-read``: the tables that the cells of a chapter read when they last ran."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from claimbook.build.execution import tables_read

LOGGER = logging.getLogger(__name__)


class TablesRead(SphinxDirective):
    """A paragraph, begun by the content, that names the tables; a warning if the cells of the page read none."""

    has_content = True

    def run(self):
        """Return the paragraph."""
        root = Path(self.env.srcdir)
        names = tables_read(root, Path(self.env.doc2path(self.env.docname)).relative_to(root))
        if not names:
            LOGGER.warning("the cells of this page read no table", location=self.get_location())
            return []
        begun = self.parse_content_to_nodes()
        paragraph = begun[-1] if begun and isinstance(begun[-1], nodes.paragraph) else nodes.paragraph()
        for number, name in enumerate(names):
            paragraph += [nodes.Text(", " if number else " "), nodes.literal("", name)]
        paragraph += nodes.Text(".")
        return [*begun[:-1], paragraph]


def setup(app):
    """Register the directive."""
    app.add_directive("tables-read", TablesRead)
