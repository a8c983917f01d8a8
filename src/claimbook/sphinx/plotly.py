"""Plotly figures as one node: drawn in the browser from JSON, kept as vector pictures for print and download."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import shutil
from multiprocessing import get_context
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.osutil import relative_uri

from claimbook.build import pictures
from claimbook.build.contents import chapters
from claimbook.build.execution import FIGURE, figures, source_of_figure
from claimbook.build.system import browser
from claimbook.figure import HEADROOM, bare, numbered
from claimbook.package.tables import package

LIBRARY = "plotly-basic-4.1.1.min.js"
DOWNLOADS = "_downloads/figures"
# A small page for each verdict, figure and table, under its label alone.
REFERENCES = "ref"


class plotly_figure(nodes.General, nodes.Element):  # noqa: N801 - docutils names a node in small letters
    """A figure as Plotly JSON, in the attribute ``json``."""


class PlotlyRenderer:
    """Turn the Plotly output of a cell into a :class:`plotly_figure`."""

    mime_priority_overrides: ClassVar = [("*", FIGURE, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Return the node for a Plotly output, or None for anything else."""
        if inline or data.mime_type != FIGURE:
            return None
        content = data.content if isinstance(data.content, dict) else json.loads(data.string)
        figure = {key: content[key] for key in ("data", "layout")}
        return [plotly_figure(json=_compact(figure))]


def _compact(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _ends(text: str) -> str:
    """A text as a sentence of a caption."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


class FigureWords(SphinxTransform):
    """Say whose data a figure shows; caption a numbered one that has no caption with its title and subtitle.

    The title is the finding, the subtitle the measure. What stands in the
    caption is not repeated above the drawing.
    """

    default_priority = 200

    def apply(self, **kwargs):
        """Complete each figure of the page."""
        root = Path(self.env.srcdir)
        for node in list(self.document.findall(plotly_figure)):
            figure = json.loads(node["json"])
            meta = figure["layout"]["meta"]
            meta["source"] = source_of_figure(root, meta)
            around = _around(node)
            if around is not None and not any(isinstance(child, nodes.caption) for child in around):
                figure = numbered(figure)
                words = [nodes.strong("", _ends(meta["title"])), nodes.Text(f" {_ends(meta['subtitle'])}")]
                caption = nodes.caption("", "", *words)
                caption.source, caption.line = around.source, around.line
                around += caption
            node["json"] = _compact(figure)


def _around(node: nodes.Node) -> nodes.figure | None:
    """The numbered figure that a drawing stands in."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.figure):
            return node
    return None


def name_of(node: plotly_figure) -> str:
    """Permanent name of a figure: the label of the numbered figure around it."""
    around = _around(node)
    if around is not None and around["ids"]:
        return around["ids"][0]
    return "figure-" + hashlib.sha256(node["json"].encode()).hexdigest()[:10]


def _as_csv(meta: dict) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(meta["columns"])
    writer.writerows(meta["rows"])
    return text.getvalue()


def _cell(value) -> str:
    if value is None:
        return ""
    return html.escape(f"{value:,}" if isinstance(value, int) and abs(value) >= 10000 else str(value))


def _in_page(value) -> str:
    """JSON as it may stand inside a script element."""
    return _compact(value).replace("<", "\\u003c")


def citation(config, meta: dict, label: str, version: str, words: dict[str, str]) -> str:
    """How to cite a figure, but for its address.

    Parameters
    ----------
    config : sphinx.config.Config
        Author, title and year of the book.
    meta : dict
        ``layout.meta`` of the figure, from :func:`claimbook.figure.finish`.
    label : str
        Its number, such as ``Figure 1.2``.
    version : str
        Version of the data package.
    words : dict of str to str
        What the press says to readers.

    Returns
    -------
    str
    """
    work = words["figure_cited"].format(figure=label, title=config.html_title, version=version, year=config.copyright)
    return f"{config.author}, “{meta['title']}”, {work}. {words['source']}: {meta['source']}."


def _height_shown(figure: dict, words: dict[str, str]) -> int:
    """How much of its picture a page shows, from the foot: below a caption no title."""
    if figure["layout"]["meta"].get("captioned"):
        return figure["layout"]["height"] + HEADROOM
    return pictures.picture(figure, "svg", words)["layout"]["height"]


def visit_html(self, node):
    """Write the figure, its source line, and its numbers, files, citation and address."""
    whole = json.loads(node["json"])
    figure, meta = bare(whole)
    name, builder = name_of(node), self.builder
    here = builder.get_target_uri(builder.current_docname)
    folder = Path(builder.outdir) / DOWNLOADS
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.csv").write_text(_as_csv(meta), encoding="utf-8")
    numbers = builder.fignumbers.get("figure", {}).get(name)
    words = builder.app.book.words
    label = words["figure_number"].format(number=".".join(map(str, numbers))) if numbers else words["figure"]
    # A page has the partner of a colour once, with the first figure that it is in.
    told = self.__dict__.setdefault("partners_told", {})
    partners = {colour: dark for colour, dark in meta["on_dark_paper"].items() if colour not in told}
    told |= partners
    context = {
        "name": name,
        "alone": numbers is None,
        "label": label,
        "meta": meta,
        "rows": [[_cell(value) for value in row] for row in meta["rows"]],
        "height": figure["layout"]["height"],
        "days": figure["layout"].get("sliders", [None])[0],
        "json": _in_page(figure),
        "dark": _in_page(partners),
        "table": relative_uri(here, f"{DOWNLOADS}/{name}.csv"),
        "picture": relative_uri(here, f"{DOWNLOADS}/{name}.svg") if browser() else None,
        "picture_height": _height_shown(whole, words),
        "citation": citation(builder.config, meta, label, package(Path(builder.srcdir) / "data")["version"], words),
        "address": f"{builder.config.html_baseurl or ''}{here}#{name}",
        "reference": relative_uri(here, f"{REFERENCES}/{name}.html"),
    }
    self.body.append(builder.templates.render("figure.html", context))
    raise nodes.SkipNode


def visit_latex(self, node):
    """Include the figure as a vector image, with its source line."""
    figure, words = json.loads(node["json"]), self.builder.app.book.words
    source = figure["layout"]["meta"]["source"]
    file = pictures.file_name(pictures.picture(figure, "pdf", words), "pdf")
    self.body.append(
        f"\n\\noindent\\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{file}}}\n\n"
        f"\\noindent{{\\footnotesize {words['source']}: {self.encode(source)}\\par}}\n"
    )
    raise nodes.SkipNode


def visit_text(self, node):
    """Stand in for the figure by its description."""
    self.add_text(json.loads(node["json"])["layout"]["meta"]["alt"])
    raise nodes.SkipNode


def _collect(app, doctree, docname):
    app.figures_found |= {name_of(node): node for node in doctree.findall(plotly_figure)}


def _draw_ahead(app, env, docnames):
    """Begin to draw the figures of the pages that are read, while these are rendered; some builders need no pictures."""
    root, kind, read = Path(app.srcdir), pictures.KINDS.get(app.builder.format), set(docnames)
    among = [chapter for chapter in chapters(root) if chapter.with_suffix("").as_posix() in read]
    if kind and among:
        # Not in a thread, which would take from the pages the time that it takes.
        app.drawing = get_context("fork").Process(target=_draw, args=(root, among, kind, app.book.words), daemon=True)
        app.drawing.start()


def _draw(root: Path, among: list[Path], kind: str, words: dict[str, str]) -> None:
    pictures.draw(figures(root, among), kind, pictures.folder(root), words)


def _add_pictures(app, exception):
    """Put the pictures of the figures found beside what was written."""
    kind = pictures.KINDS.get(app.builder.format)
    if exception is not None or not app.figures_found or not kind:
        return
    if app.drawing:
        app.drawing.join()
    # What it could not draw is drawn now, or told.
    found = [json.loads(node["json"]) for node in app.figures_found.values()]
    files = pictures.draw(found, kind, pictures.folder(Path(app.srcdir)), app.book.words)
    for name, file in zip(app.figures_found, files, strict=False):
        shutil.copy(file, Path(app.outdir) / (file.name if kind == "pdf" else f"{DOWNLOADS}/{name}.svg"))


def _start(app):
    app.figures_found, app.drawing = {}, None


def setup(app):
    """Register the node, its visitors and what adds its pictures."""
    app.add_node(
        plotly_figure,
        html=(visit_html, None),
        latex=(visit_latex, None),
        text=(visit_text, None),
    )
    app.add_transform(FigureWords)
    app.connect("builder-inited", _start)
    app.connect("env-before-read-docs", _draw_ahead)
    app.connect("doctree-resolved", _collect)
    app.connect("build-finished", _add_pictures)
