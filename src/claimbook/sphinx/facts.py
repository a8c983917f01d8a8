"""The line below a chapter's title: how long it is, how old it is, and where to report an error."""

from __future__ import annotations

import datetime
import html
import subprocess
from pathlib import Path
from urllib.parse import quote, urlencode

from docutils import nodes

from claimbook.build.execution import last_run
from claimbook.package.dates import spoken
from claimbook.package.tables import package
from claimbook.words import WORDS

WORDS_A_MINUTE = 220
SHORT = 300


def words(doctree: nodes.document) -> int:
    """Words of the prose of a page: its paragraphs, without tables, code and works cited.

    Parameters
    ----------
    doctree : docutils.nodes.document
        The page, with its values filled in.

    Returns
    -------
    int
    """
    aside = [node for kind in (nodes.table, nodes.citation, nodes.enumerated_list) for node in doctree.findall(kind)]
    left_out = {id(text) for node in aside for text in node.findall(nodes.paragraph)}
    return sum(len(text.astext().split()) for text in doctree.findall(nodes.paragraph) if id(text) not in left_out)


def changed(path: Path) -> str | None:
    """Day on which the text of a chapter last changed.

    Parameters
    ----------
    path : pathlib.Path
        The chapter.

    Returns
    -------
    str or None
        ISO date of its last commit, or of the file if it differs from that;
        None outside a repository, without git, or where its history is cut off.
    """

    def git(*arguments: str) -> str | None:
        try:
            done = subprocess.run(["git", *arguments], cwd=path.parent, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    if git("rev-parse", "--is-shallow-repository") != "false":
        return None
    if git("status", "--porcelain", "--", path.name):
        return datetime.date.fromtimestamp(path.stat().st_mtime).isoformat()
    return git("log", "-1", "--format=%cs", "--", path.name) or None


def report_link(repository: str | None, title: str, docname: str, version: str, words: dict[str, str] = WORDS) -> str:
    """Where to report an error: the repository's issues, or else a message to whoever passed the report on.

    Parameters
    ----------
    repository : str or None
        Address of the repository, from ``_config.yml``.
    title, docname : str
        The chapter.
    version : str
        Version of the report.
    words : dict of str to str
        What the press says to readers.

    Returns
    -------
    str
        An address that carries the chapter's name.
    """
    subject = words["error_subject"].format(title=title)
    body = words["error_body"].format(title=title, page=docname, version=version)
    if repository:
        return f"{repository.rstrip('/')}/issues/new?{urlencode({'title': subject, 'body': body})}"
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"


def _add_facts(app, pagename, templatename, context, doctree):
    if doctree is None or not pagename.startswith("book/"):
        return
    root, path = Path(app.srcdir), Path(app.env.doc2path(pagename))
    text, run = changed(path), last_run(root, path.relative_to(root))
    title, say = next(doctree.findall(nodes.title)).astext(), app.book.words
    link = report_link(context.get("theme_repository_url"), title, pagename, package(root / "data")["version"], say)
    length = words(doctree)
    facts = [say["minutes"].format(minutes=round(length / WORDS_A_MINUTE))] if length > SHORT else []
    facts += [say["text_of"].format(day=spoken(text, say["months"]))] if text else []
    facts += [say["cells_run"].format(day=spoken(run, say["months"]))] if run else []
    facts += [f'<a href="{html.escape(link)}">{say["report_error"]}</a>']
    line = f'<p class="chapter-facts">{" ".join(f"<span>{fact}</span>" for fact in facts)}</p>'
    context["body"] = context["body"].replace("</h1>", f"</h1>{line}", 1)


def setup(app):
    """Connect to Sphinx."""
    app.connect("html-page-context", _add_facts)
