"""What makes a folder of pages a site: a policy for its content, a page for wrong addresses, a map, a preview."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from claimbook.sphinx.facts import changed

PREVIEW = "_static/preview.png"
SCRIPT = re.compile(r"<script(?![^>]*(?:\bsrc=|application/))[^>]*>(.*?)</script>", re.DOTALL)
POLICY = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'"
)
BLOCKING = re.compile(r"<script(?=[^>]*\bsrc=)(?![^>]*documentation_options)(?! defer)")
META = '<meta http-equiv="Content-Security-Policy" content="{policy}"/>'
LINK = '<a href="{}">{}</a>'


def policy(page: str) -> str:
    """The Content-Security-Policy of a page: its own files, and the scripts written into it by their hashes.

    Parameters
    ----------
    page : str
        The page as HTML.

    Returns
    -------
    str
        Inline styles are allowed, since the figure library sets them; inline
        scripts that are not in the page now, evaluated text, frames, plugins
        and other hosts are not.
    """
    digests = sorted(
        {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in SCRIPT.findall(page)}
    )
    return POLICY.format(hashes="".join(f" 'sha256-{digest}'" for digest in digests))


def _add_preview(app, pagename, templatename, context, doctree):
    """Show who shares a page a picture, and its permanent address if the site has one."""
    base = app.config.html_baseurl
    tags = f'<meta property="og:site_name" content="{html.escape(app.config.html_title)}"/>'
    if (Path(app.srcdir) / "book" / PREVIEW).is_file():
        picture = f"{base}{PREVIEW}" if base else context["pathto"](PREVIEW, 1)
        tags += f'<meta property="og:image" content="{picture}"/>'
    if base:
        tags += f'<meta property="og:url" content="{base}{app.builder.get_target_uri(pagename)}"/>'
    context["metatags"] = (
        f'{context.get("metatags", "")}{tags}<meta name="twitter:card" content="summary_large_image"/>'
    )


def _not_found(app):
    """The page for wrong addresses; its links hold at any depth below the site's address."""
    base = app.config.html_baseurl
    tag = f'<base href="{urlsplit(base).path}"/>' if base else ""
    say, address = app.book.words, app.builder.get_target_uri
    home = LINK.format(address(app.config.root_doc), say["no_page_home"])
    search = LINK.format(address("search"), say["no_page_search"])
    body = f"<h1>{say['no_page_title']}</h1>\n<p>{say['no_page_text'].format(home=home, search=search)}</p>"
    yield "404", {"title": say["no_page"], "pagetitle": say["no_page"], "body": body, "metatags": tag}, "page.html"


def _finish(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if "_static" in path.relative_to(app.outdir).parts or "Content-Security-Policy" in page:
            continue
        # Scripts wait until the text is there; the options stay first, since what is written into the page sets some.
        page = BLOCKING.sub("<script defer", page)
        tag = META.format(policy=policy(page))
        path.write_text(re.sub(r'(<meta charset="utf-8" ?/>)', rf"\1{tag}", page, count=1), encoding="utf-8")
    if app.config.html_baseurl:
        _write_map(app)


def _write_map(app):
    root = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for docname in sorted(app.env.found_docs):
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = f"{app.config.html_baseurl}{app.builder.get_target_uri(docname)}"
        day = changed(Path(app.env.doc2path(docname)))
        if day:
            ElementTree.SubElement(entry, "lastmod").text = day
    ElementTree.ElementTree(root).write(Path(app.outdir) / "sitemap.xml", encoding="utf-8", xml_declaration=True)


def setup(app):
    """Connect to Sphinx."""
    app.connect("html-page-context", _add_preview)
    app.connect("html-collect-pages", _not_found)
    app.connect("build-finished", _finish)
