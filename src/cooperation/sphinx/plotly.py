"""Plotly figures as one node: drawn in the browser from JSON, kept as vector pictures for print and download."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import shutil
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from cooperation.figures.house import titled
from cooperation.system import browser
from cooperation.tables import package

MIME = "application/vnd.plotly.v1+json"
LIBRARY = "plotly-basic-4.1.1.min.js"
PICTURE_WIDTH = 720
DOWNLOADS = "_downloads/figures"
LOGGER = logging.getLogger(__name__)


class plotly_figure(nodes.General, nodes.Element):
    """A figure as Plotly JSON, in the attribute ``json``."""


class PlotlyRenderer:
    """Turn the Plotly output of a cell into a :class:`plotly_figure`."""

    mime_priority_overrides: ClassVar = [("*", MIME, 1)]

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Return the node for a Plotly output, or None for anything else."""
        if inline or data.mime_type != MIME:
            return None
        figure = data.content if isinstance(data.content, dict) else json.loads(data.string)
        layout = {key: value for key, value in figure["layout"].items() if key != "template"}
        template = figure["layout"].get("template")
        figure = {"data": figure["data"], "layout": {**layout, "template": template}}
        return [plotly_figure(json=json.dumps(figure, ensure_ascii=False, separators=(",", ":")))]


def name_of(node: plotly_figure) -> str:
    """Permanent name of a figure: the label of the numbered figure around it."""
    if isinstance(node.parent, nodes.figure) and node.parent["ids"]:
        return node.parent["ids"][0]
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


def citation(config, meta: dict, label: str, version: str) -> str:
    """How to cite a figure, but for its address.

    Parameters
    ----------
    config : sphinx.config.Config
        Author, title and year of the book.
    meta : dict
        ``layout.meta`` of the figure, from :func:`cooperation.figures.house.finish`.
    label : str
        Its number, such as ``Figure 1.2``.
    version : str
        Version of the data package.

    Returns
    -------
    str
    """
    return f"{config.author}, “{meta['title']}”, {label} of {config.html_title}, version {version}, {config.copyright}. Source: {meta['source']}."


def visit_html(self, node):
    """Write the figure, its source line, and its numbers, files, citation and address."""
    figure = json.loads(node["json"])
    meta = figure["layout"].pop("meta")
    del figure["layout"]["title"]
    name, builder = name_of(node), self.builder
    here = builder.get_target_uri(builder.current_docname)
    folder = Path(builder.outdir) / DOWNLOADS
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.csv").write_text(_as_csv(meta), encoding="utf-8")
    numbers = builder.fignumbers.get("figure", {}).get(name)
    label = f"Figure {'.'.join(map(str, numbers))}" if numbers else "figure"
    context = {
        "name": name,
        "label": label,
        "meta": meta,
        "rows": [[_cell(value) for value in row] for row in meta["rows"]],
        "height": figure["layout"]["height"],
        "json": json.dumps(figure, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        "table": relative_uri(here, f"{DOWNLOADS}/{name}.csv"),
        "picture": relative_uri(here, f"{DOWNLOADS}/{name}.svg") if browser() else None,
        "picture_size": (PICTURE_WIDTH, _picture(node)["layout"]["height"]),
        "citation": citation(builder.config, meta, label, package(Path(builder.srcdir) / "data")["version"]),
        "address": f"{builder.config.html_baseurl or ''}{here}#{name}",
    }
    self.body.append(builder.templates.render("figure.html", context))
    raise nodes.SkipNode


def _picture(node: plotly_figure, in_print: bool = False) -> dict:
    """The figure as a picture with its title; in print the source stands below it, elsewhere inside."""
    return titled(json.loads(node["json"]), PICTURE_WIDTH, source=not in_print)


def picture_name(figure: dict, kind: str) -> str:
    """File name of a picture; changes with its content."""
    return f"figure-{hashlib.sha256(json.dumps(figure).encode()).hexdigest()[:16]}.{kind}"


def visit_latex(self, node):
    """Include the figure as a vector image, with its source line."""
    source = json.loads(node["json"])["layout"]["meta"]["source"]
    file = picture_name(_picture(node, in_print=True), "pdf")
    self.body.append(
        f"\n\\noindent\\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{file}}}\n\n"
        f"\\noindent{{\\footnotesize Source: {self.encode(source)}\\par}}\n"
    )
    raise nodes.SkipNode


def visit_text(self, node):
    """Stand in for the figure by its description."""
    self.add_text(json.loads(node["json"])["layout"]["meta"]["alt"])
    raise nodes.SkipNode


def _collect(app, doctree, docname):
    app.figures_found |= {name_of(node): node for node in doctree.findall(plotly_figure)}


def _draw_pictures(app, exception):
    """Draw the figures found as pictures, all with one browser; drawn ones are kept by content."""
    if exception is not None or not app.figures_found or not browser():
        return
    import plotly.io as pio

    in_print = app.builder.format == "latex"
    kind = "pdf" if in_print else "svg"
    kept = Path(app.srcdir) / "_build" / "pictures"
    kept.mkdir(parents=True, exist_ok=True)
    figures = {name: _picture(node, in_print) for name, node in app.figures_found.items()}
    files = {name: kept / picture_name(figure, kind) for name, figure in figures.items()}
    missing = [name for name, file in files.items() if not file.exists()]
    if missing:
        LOGGER.info("drawing %d figures", len(missing))
        pio.write_images(
            fig=[figures[name] for name in missing],
            file=[str(files[name]) for name in missing],
            format=kind,
            width=PICTURE_WIDTH,
            height=[figures[name]["layout"]["height"] for name in missing],
        )
    for name, file in files.items():
        shutil.copy(file, Path(app.outdir) / (file.name if in_print else f"{DOWNLOADS}/{name}.svg"))


def _start(app):
    app.figures_found = {}


def setup(app):
    """Register the node, its visitors and the drawing of its pictures."""
    app.add_node(
        plotly_figure,
        html=(visit_html, None),
        latex=(visit_latex, None),
        text=(visit_text, None),
    )
    app.connect("builder-inited", _start)
    app.connect("doctree-resolved", _collect)
    app.connect("build-finished", _draw_pictures)
