"""Plain values that a cell shows beside their table: a node of their own in the HTML book, elsewhere the table."""

from __future__ import annotations

import json

from docutils import nodes


def renderer(mime: str, node: type[nodes.Element]) -> type:
    """What MyST-NB asks for to turn an output into a node.

    Parameters
    ----------
    mime : str
        Type of the output.
    node : type of docutils.nodes.Element
        Takes the values as JSON, in the attribute ``json``.

    Returns
    -------
    type
    """

    class Renderer:
        """Where it is not HTML the table stands."""

        mime_priority_overrides = (("html", mime, -1),)

        @staticmethod
        def handle_mime(_, data, inline):
            """Return the node for these values, or None for anything else."""
            if inline or data.mime_type != mime:
                return None
            content = data.content if isinstance(data.content, dict) else json.loads(data.string)
            return [node(json=json.dumps(content, ensure_ascii=False))]

    return Renderer


def leave_out(translator, node):
    """Leave out what other builders show as a table."""
    raise nodes.SkipNode


def add(app, node: type[nodes.Element], visit_html) -> None:
    """Register a node of values with what writes it into the page."""
    app.add_node(node, html=(visit_html, None), latex=(leave_out, None), text=(leave_out, None))
