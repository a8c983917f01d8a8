"""The house template: one look for every figure, and the parts that make a figure whole.

Importing this module makes the template the default and has figures shown as
their own JSON, which the book, the PDF and JupyterLab each draw in their way.
"""

from __future__ import annotations

import base64
import json
import textwrap

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

from claimbook.colours import TRANSPARENT, faded, partners, role

# Ink, muted and accent are those of report.css.
INK = role("#22262a", "#e9e7e2")
MUTED = role("#5d646b", "#a8adb3")
ACCENT = role("#0b6e69", "#5cc4bd")
GRID = role("#dcd9d2", "#41464c")
LAND = role("#efece5", "#2b3036")
# The page itself, for the rim of a mark.
PAPER = role("#ffffff", "#1b1f23")
# Words on a mark that stands out from the paper, and on one that is close to it.
ON_MARK, ON_PALE = role("#fefefe", "#101010"), role("#101010", "#fefefe")
# The list of --report-sans, as CSS has it: a browser drops all of it for a name with a digit that is not quoted.
FONT = '"Source Sans 3", "Noto Sans", "Segoe UI", system-ui, "Helvetica Neue", Arial, sans-serif'

pio.templates["house"] = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 14, "color": INK},
        "title": {"x": 0, "xref": "container", "xanchor": "left", "font": {"size": 17}},
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "colorway": [ACCENT],
        "xaxis": {
            "automargin": True,
            "gridcolor": GRID,
            "linecolor": MUTED,
            "tickcolor": MUTED,
            "zeroline": False,
            "ticks": "outside",
            "fixedrange": True,
            "tickfont": {"size": 13},
        },
        "yaxis": {
            "automargin": True,
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
            "tickfont": {"size": 13},
        },
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom", "title": {"text": ""}},
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": MUTED, "font": {"family": FONT, "size": 13, "color": INK}},
        "hovermode": "closest",
        "dragmode": False,
        "separators": ".,",
    }
)
pio.templates.default = "house"
pio.renderers.default = "plotly_mimetype"

# Pixels between the title of a picture and its drawing: a legend stands there, which without title makes room for itself.
HEADROOM = 24


def finish(
    figure: go.Figure,
    *,
    title: str,
    subtitle: str,
    alt: str,
    data: pd.DataFrame,
    height: int = 420,
) -> go.Figure:
    """Give a figure what every figure of the report carries.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The drawn figure.
    title : str
        The finding, in a few words.
    subtitle : str
        The measure and its unit.
    alt : str
        What the figure shows, for readers who cannot see it; says the finding.
    data : pandas.DataFrame
        The numbers drawn, one row a mark, with readable column names; offered
        beside the figure as a table and as CSV.
    height : int
        Height in pixels.

    Returns
    -------
    plotly.graph_objects.Figure
        The figure with its numbers to ten digits; the parts stand in
        ``layout.meta``.

    Raises
    ------
    ValueError
        If there is nothing to draw: ``data`` has no rows or the figure no
        trace; or if a colour has no partner on dark paper.
    """
    if data.empty or not figure.data:
        raise ValueError(f"figure {title!r}: no data to draw")
    rows = data.astype(object).where(data.notna(), None)
    drawn = json.loads(figure.to_json())
    figure = go.Figure(_settled(drawn))
    figure.update_layout(
        height=height,
        title={
            "text": _heading([title], [subtitle]),
            "automargin": True,
            "yref": "container",
            "y": 0.99,
            "yanchor": "top",
        },
        meta={
            "title": title,
            "subtitle": subtitle,
            "alt": alt,
            "columns": [str(column) for column in data.columns],
            "rows": [[_plain(value) for value in row] for row in rows.itertuples(index=False)],
            "on_dark_paper": partners(drawn),
        },
    )
    return figure


def _settled(value):
    """A figure's JSON with its numbers to ten digits: beyond these, releases of the same libraries differ."""
    if isinstance(value, float):
        return float(f"{value:.10g}")
    if isinstance(value, list):
        return [_settled(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "bdata" in value:
        array = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        shape = [int(length) for length in value.get("shape", "-1").split(",")]
        return np.array(_settled(array.tolist()), dtype=array.dtype).reshape(shape)
    return {key: _settled(part) for key, part in value.items()}


def _heading(titles: list[str], notes: list[str]) -> str:
    """Lines above a drawing: bold ones, and smaller ones below."""
    bold = "<br>".join(f"<b>{line}</b>" for line in titles)
    return bold + "".join(f"<br><span style='font-size:13px;color:{MUTED}'>{line}</span>" for line in notes)


def bare(figure: dict) -> tuple[dict, dict]:
    """A figure's drawing, and what is said about it, for a page that writes its title as text.

    Parameters
    ----------
    figure : dict
        ``data`` and ``layout``, made by :func:`finish`.

    Returns
    -------
    tuple of dict
        The figure without title, and its ``layout.meta``.
    """
    layout = {key: value for key, value in figure["layout"].items() if key not in ("title", "meta")}
    return {**figure, "layout": layout}, figure["layout"]["meta"]


def numbered(figure: dict) -> dict:
    """A copy of a figure's JSON that says that its title and subtitle stand in the caption of its number.

    Parameters
    ----------
    figure : dict
        ``data`` and ``layout``, made by :func:`finish`.

    Returns
    -------
    dict
    """
    layout = figure["layout"]
    return {"data": figure["data"], "layout": {**layout, "meta": {**layout["meta"], "captioned": True}}}


def bars(colour: str, hollow: bool = False) -> dict:
    """The ``marker`` of bars: solid, or hollow to be told apart in greyscale.

    Print turns patterns into pixels, so none is used.
    """
    return {"color": TRANSPARENT if hollow else colour, "line": {"color": colour, "width": 1.5 if hollow else 0}}


def area(colour: str, opacity: float = 0.16) -> dict:
    """The fill and the edge of an area of a trace: what lies below shows through, and the edge can be seen."""
    return {"fillcolor": faded(colour, opacity), "line": {"color": colour, "width": 0.8}}


def _plain(value):
    """A value as JSON and a reader take it: no NumPy types, no clocks."""
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float) or hasattr(value, "dtype"):
        value = float(value)
        return int(value) if value.is_integer() else round(value, 3)
    return value


def untitled(figure: dict, width: int) -> dict:
    """A copy of a figure's JSON as a picture that stands below its caption.

    Parameters
    ----------
    figure : dict
        ``data`` and ``layout``, made by :func:`finish`.
    width : int
        Width in pixels.

    Returns
    -------
    dict
        The same figure without title and sliders.
    """
    layout = {key: value for key, value in figure["layout"].items() if key not in ("sliders", "title")}
    return {**figure, "layout": {"height": 420, **layout, "width": width}}


def titled(figure: dict, width: int, *, source: str | None = None) -> dict:
    """A copy of a figure's JSON with its title broken into lines that fit, to stand alone as a picture.

    Parameters
    ----------
    figure : dict
        ``data`` and ``layout``, made by :func:`finish`.
    width : int
        Width in pixels, for breaking the lines.
    source : str, optional
        Word before the source, which then stands in the picture too.

    Returns
    -------
    dict
        The same figure with ``layout.title`` set and room made for it, and
        without sliders.
    """
    layout = {key: value for key, value in figure["layout"].items() if key != "sliders"}
    meta = layout.get("meta", {})
    lines = textwrap.wrap(meta.get("title", ""), int(width / 9))
    notes = textwrap.wrap(meta.get("subtitle", ""), int(width / 7.2))
    if source:
        notes += textwrap.wrap(f"{source}: {meta.get('source', '')}", int(width / 7.2))
    top = 22 * len(lines) + 19 * len(notes) + 34 + HEADROOM
    margin = {"l": 8, "r": 8, "t": 16, "b": 8, **layout.get("margin", {})}
    margin["t"] += top
    layout["margin"] = margin
    layout["height"] = layout.get("height", 420) + top
    layout["width"] = width
    layout["title"] = {
        "text": _heading(lines, notes),
        "yref": "container",
        "y": round(1 - 26 / layout["height"], 4),
        "yanchor": "top",
    }
    return {**figure, "layout": layout}
