"""The house template: one look for every figure, and the parts that make a figure whole.

Importing this module makes the template the default and has figures shown as
their own JSON, which the book, the PDF and JupyterLab each draw in their way.
"""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

INK = "#22262a"
MUTED = "#5d646b"
GRID = "#dcd9d2"
LAND = "#efece5"
PAPER = "rgba(0,0,0,0)"
# Words on a coloured mark keep their colour in both themes: the browser changes the five above and white alone.
ON_DARK, ON_LIGHT = "#fefefe", "#101010"
# As CSS has it: a name with a digit or a space is quoted, or else the browser drops the whole list. The same as --report-sans.
FONT = '"Source Sans 3", "Noto Sans", "Segoe UI", system-ui, "Helvetica Neue", Arial, sans-serif'

pio.templates["house"] = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 14, "color": INK},
        "title": {"x": 0, "xref": "container", "xanchor": "left", "font": {"size": 17}},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "colorway": ["#0072b2", "#d55e00", "#b8860b", "#009e73", "#a04f87", "#4b9cd3"],
        "xaxis": {
            "automargin": True, "gridcolor": GRID, "linecolor": MUTED, "tickcolor": MUTED, "zeroline": False,
            "ticks": "outside", "fixedrange": True, "tickfont": {"size": 13},
        },
        "yaxis": {
            "automargin": True, "gridcolor": GRID, "zeroline": False, "fixedrange": True, "tickfont": {"size": 13},
        },
        "legend": {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom", "title": {"text": ""}},
        "hoverlabel": {"font": {"family": FONT, "size": 13}},
        "hovermode": "closest",
        "dragmode": False,
        "separators": ".,",
    }
)
pio.templates.default = "house"
pio.renderers.default = "plotly_mimetype"


def finish(
    figure: go.Figure,
    *,
    title: str,
    subtitle: str,
    alt: str,
    source: str,
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
    source : str
        Table of the data package and publisher.
    data : pandas.DataFrame
        The numbers drawn, one row a mark, with readable column names; offered
        beside the figure as a table and as CSV.
    height : int
        Height in pixels.

    Returns
    -------
    plotly.graph_objects.Figure
        The same figure; the parts stand in ``layout.meta``.

    Raises
    ------
    ValueError
        If there is nothing to draw: ``data`` has no rows or the figure no
        trace.
    """
    if data.empty or not figure.data:
        raise ValueError(f"figure {title!r}: no data to draw")
    rows = data.astype(object).where(data.notna(), None)
    figure.update_layout(
        height=height,
        title={"text": _heading([title], [subtitle]), "automargin": True, "yref": "container", "y": 0.99, "yanchor": "top"},
        meta={
            "title": title,
            "subtitle": subtitle,
            "alt": alt,
            "source": source,
            "columns": [str(column) for column in data.columns],
            "rows": [[_plain(value) for value in row] for row in rows.itertuples(index=False)],
        },
    )
    return figure


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


def bars(colour: str, hollow: bool = False) -> dict:
    """The ``marker`` of bars: solid, or hollow to be told apart in greyscale.

    Print turns patterns into pixels, so none is used.
    """
    return {"color": PAPER if hollow else colour, "line": {"color": colour, "width": 1.5 if hollow else 0}}


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
    top = 22 * len(lines) + 19 * len(notes) + 34
    margin = {"l": 8, "r": 8, "t": 16, "b": 8, **layout.get("margin", {})}
    margin["t"] += top
    layout["margin"] = margin
    layout["height"] = layout.get("height", 420) + top
    layout["width"] = width
    layout["title"] = {"text": _heading(lines, notes), "yref": "container", "y": round(1 - 26 / layout["height"], 4), "yanchor": "top"}
    return {**figure, "layout": layout}
