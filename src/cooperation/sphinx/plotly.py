"""Plotly figures as one node: drawn in the browser from JSON, printed as vector graphics."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from cooperation.figures.house import titled

MIME = "application/vnd.plotly.v1+json"
LIBRARY = "plotly-basic-4.1.1.min.js"
PRINT_WIDTH = 720
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


def _table(meta: dict, name: str) -> str:
    head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in meta["columns"])
    rows = "".join(
        f'<tr><th scope="row">{_cell(row[0])}</th>' + "".join(f"<td>{_cell(value)}</td>" for value in row[1:]) + "</tr>"
        for row in meta["rows"]
    )
    caption = html.escape(f"{meta['title']}: {meta['subtitle']}")
    return (
        f'<div class="figure-table" tabindex="0" role="region" aria-label="Numbers of {name}">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def visit_html(self, node):
    """Write the figure, its numbers as a table and CSV, and its source line."""
    figure = json.loads(node["json"])
    meta = figure["layout"].pop("meta")
    del figure["layout"]["title"]
    name = name_of(node)
    downloads = Path(self.builder.outdir) / "_downloads" / "figures"
    downloads.mkdir(parents=True, exist_ok=True)
    (downloads / f"{name}.csv").write_text(_as_csv(meta), encoding="utf-8")
    here = self.builder.get_target_uri(self.builder.current_docname)
    address = relative_uri(here, f"_downloads/figures/{name}.csv")
    drawn = json.dumps(figure, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    height = figure["layout"]["height"]
    escape = html.escape
    self.body.append(
        f'<div class="plotly-figure" data-name="{name}">'
        f'<p class="figure-title">{escape(meta["title"])}</p>'
        f'<p class="figure-subtitle">{escape(meta["subtitle"])}</p>'
        f'<div class="figure-plot" role="img" aria-label="{escape(meta["alt"])}" style="height:{height}px">'
        "<noscript><p>The figure is drawn by a script; its numbers are in the table below.</p></noscript></div>"
        f'<script type="application/json" class="figure-json">{drawn}</script>'
        f'<p class="figure-source">Source: {escape(meta["source"])}</p>'
        f'<details class="figure-numbers"><summary>The numbers in this figure</summary>{_table(meta, name)}'
        f'<p><a href="{address}" download>Download as CSV</a></p></details></div>'
    )
    raise nodes.SkipNode


def print_name(node: plotly_figure) -> str:
    """File name of a figure in print; changes with its content."""
    return "figure-" + hashlib.sha256(node["json"].encode()).hexdigest()[:16] + ".pdf"


def visit_latex(self, node):
    """Include the figure as a vector image, with its source line."""
    source = json.loads(node["json"])["layout"]["meta"]["source"]
    self.body.append(
        f"\n\\noindent\\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{print_name(node)}}}\n\n"
        f"\\noindent{{\\footnotesize Source: {self.encode(source)}\\par}}\n"
    )
    raise nodes.SkipNode


def visit_text(self, node):
    """Stand in for the figure by its description."""
    self.add_text(json.loads(node["json"])["layout"]["meta"]["alt"])
    raise nodes.SkipNode


def _print_figures(app, doctree, docname):
    """Draw the figures of the PDF, all with one browser; drawn ones are kept by content."""
    if app.builder.format != "latex":
        return
    import plotly.io as pio

    kept = Path(app.srcdir) / "_build" / "printed"
    kept.mkdir(parents=True, exist_ok=True)
    found = {print_name(node): node for node in doctree.findall(plotly_figure)}
    missing = {name: node for name, node in found.items() if not (kept / name).exists()}
    if missing:
        LOGGER.info("drawing %d figures for print", len(missing))
        figures = [titled(json.loads(node["json"]), PRINT_WIDTH) for node in missing.values()]
        pio.write_images(
            fig=figures,
            file=[str(kept / name) for name in missing],
            format="pdf",
            width=PRINT_WIDTH,
            height=[figure["layout"]["height"] for figure in figures],
        )
    for name in found:
        (Path(app.outdir) / name).write_bytes((kept / name).read_bytes())


def setup(app):
    """Register the node, its visitors and the scripts that draw it."""
    app.add_node(
        plotly_figure,
        html=(visit_html, None),
        latex=(visit_latex, None),
        text=(visit_text, None),
    )
    app.connect("doctree-resolved", _print_figures)
