"""What every HTML page carries, and what none may carry."""

from __future__ import annotations

import html
import re
import textwrap

from docutils import nodes

from claimbook.sphinx.plotly import LIBRARY, plotly_figure

DESCRIPTION = 155


def _add_scripts(app, pagename, templatename, context, doctree):
    """Load the figure script only on pages with a figure, the report's on chapters; keep out scripts of other servers."""
    outside = [item for item in app.builder.script_files if "://" in (item.filename or "")]
    for item in outside:
        app.builder.script_files.remove(item)
    if doctree is not None:
        app.add_js_file("report.js")
    if doctree is not None and any(doctree.findall(plotly_figure)):
        app.add_js_file("figures.js", **{"data-library": LIBRARY})
        # Asked for once the first figure is near, the library would come when the page is read and not while it is.
        hint = (
            f'<link rel="preload" as="script" fetchpriority="low" href="{context["pathto"](f"_static/{LIBRARY}", 1)}"/>'
        )
        context["metatags"] = f"{context.get('metatags', '')}{hint}"


# Names, punctuation and space have the colour of the code around them.
PLAIN_CODE = re.compile(r'<span class="(?:n|p|w)">([^<]*)</span>')


def _lighten_code(app, pagename, templatename, context, doctree):
    """Leave out of the cells what colours nothing; on a long chapter that is 2 kB of a visit."""
    if "body" in context:
        context["body"] = PLAIN_CODE.sub(r"\1", context["body"])


def _mend_roles(app, pagename, templatename, context, doctree):
    """Let switches of hidden code be named by the words they show, and works cited be plain entries.

    The role ``doc-biblioentry`` is deprecated, and outside a list of its own kind an entry may not have it.
    """
    if "body" in context:
        body = context["body"].replace(' aria-label="Toggle hidden content"', "").replace(' role="doc-biblioentry"', "")
        context["body"] = body.replace('<div role="list" class="citation-list">', '<div class="citation-list">')


def description(doctree: nodes.document, finding: str) -> str:
    """What a page says, in one or two lines: the finding of its summary box, or else its first paragraph.

    Parameters
    ----------
    doctree : docutils.nodes.document
        The page, with its values filled in.
    finding : str
        Words with which the finding in a summary box begins.

    Returns
    -------
    str
        At most 155 characters.
    """
    paragraphs = [node.astext() for node in doctree.findall(nodes.paragraph)]
    findings = [text for text in paragraphs if text.startswith(finding)]
    text = (findings or [text for text in paragraphs if len(text) > 40] or [""])[0]
    return textwrap.shorten(text.removeprefix(finding), DESCRIPTION, placeholder="…")


def _add_description(app, pagename, templatename, context, doctree):
    """Describe each page to search engines and to those who share it."""
    if doctree is None:
        return
    text, title = (
        html.escape(description(doctree, app.book.words["finding"])),
        html.escape(next(doctree.findall(nodes.title)).astext()),
    )
    context["metatags"] = (
        f'{context.get("metatags", "")}<meta name="description" content="{text}"/>'
        f'<meta property="og:type" content="article"/><meta property="og:title" content="{title}"/>'
        f'<meta property="og:description" content="{text}"/>'
    )


def _equip_templates(app):
    """Give the templates the press's words, and ``without``, which takes out of a text what matches a pattern."""
    if app.builder.format == "html":
        environment = app.builder.templates.environment
        environment.filters["without"] = lambda text, pattern: re.sub(pattern, "", text)
        environment.globals["say"] = app.book.words


def setup(app):
    """Connect to Sphinx."""
    app.connect("builder-inited", _equip_templates)
    app.connect("html-page-context", _add_scripts)
    app.connect("html-page-context", _mend_roles)
    app.connect("html-page-context", _lighten_code)
    app.connect("html-page-context", _add_description)
