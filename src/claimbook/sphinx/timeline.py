"""Events in the HTML book: a strip of time above their list, which is filtered by part, kind and who took part."""

from __future__ import annotations

import json

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from claimbook.package.dates import spoken
from claimbook.sphinx.values import add, renderer
from claimbook.timeline import TIMELINE, choices, places, ticks

LOGGER = logging.getLogger(__name__)
# The strip: height of a lane with its name, and of the years below, in pixels.
LANE, NAME, YEARS = 38, 15, 18


class event_list(nodes.General, nodes.Element):  # noqa: N801 - docutils names a node in small letters
    """Events as plain values, in the attribute ``json``."""


TimelineRenderer = renderer(TIMELINE, event_list)


def address(builder, here: str, label: str) -> str:
    """Address of a label as seen from a page; empty, with a warning, if the book has none of that label."""
    found = builder.env.get_domain("std").anonlabels.get(label)
    if found is None:
        LOGGER.warning("timeline: nothing has the label %r", label)
        return ""
    docname, target = found
    return f"{relative_uri(here, builder.get_target_uri(docname))}#{target}"


def context(builder, docname: str, content: dict) -> dict:
    """What the template of the timeline is filled with.

    Parameters
    ----------
    builder : sphinx.builders.Builder
        Of HTML.
    docname : str
        The page that the timeline stands on.
    content : dict
        As :func:`claimbook.chapter.show_timeline` gave it.

    Returns
    -------
    dict
    """
    here, events, words = builder.get_target_uri(docname), content["events"], builder.app.book.words
    offered = choices(events)
    number = {by: {name: place for place, name in enumerate(names)} for by, names in offered.items()}
    shown = [
        {
            **event,
            "day": spoken(event["date"], words["months"]),
            "address": address(builder, here, event["label"]) if event["label"] else "",
            "x": place,
            "part": number["part"][event["part"]],
            "kind": number["kind"][event["kind"]],
            "who": " ".join(str(number["who"][name]) for name in event["who"]),
        }
        for event, place in zip(events, places(events), strict=True)
    ]
    lanes = len(offered["part"])
    return {
        "events": shown,
        "choices": offered,
        "asked": {"part": words["timeline_part"], "kind": words["timeline_kind"], "who": words["timeline_who"]},
        "ticks": ticks(events),
        "size": {"lane": LANE, "name": NAME, "lanes": lanes * LANE, "height": lanes * LANE + YEARS},
    }


def visit_html(self, node):
    """Write the strip and the list."""
    builder = self.builder
    filled = context(builder, builder.current_docname, json.loads(node["json"]))
    self.body.append(builder.templates.render("timeline.html", filled))
    raise nodes.SkipNode


def _load(app, pagename, templatename, context, doctree):
    """Load what filters the list."""
    if doctree is not None and next(doctree.findall(event_list), None):
        app.add_js_file("timeline.js")


def setup(app):
    """Register the node and what filters it."""
    add(app, event_list, visit_html)
    app.connect("html-page-context", _load)
