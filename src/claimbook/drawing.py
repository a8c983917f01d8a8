"""Parts that figures of any report are drawn with: panels, marks, intervals, axes of time and of lanes, periods, words.

A function that is given a figure draws on it, in place; the others return a
piece of a trace's or an axis's look, or of the table beside the figure.
``more``, ``place`` and ``where`` go to plotly as they are, ``row`` and ``col``
of a panel among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.figure import INK, MUTED, area

# A line with which marks are compared, and one that parts them.
RULE = {"color": MUTED, "width": 1.2}
DOTTED = {"color": MUTED, "dash": "dot", "width": 1}


def panels(titles: Sequence[str], spacing: float, *, size: int = 14, **layout) -> go.Figure:
    """Panels one below the other, each with a bold title at its left.

    Parameters
    ----------
    titles : sequence of str
        Title of each panel, from the top.
    spacing : float
        Room between two panels, as a share of the height.
    size : int
        Size of the titles, in pixels.
    **layout
        For ``make_subplots``: ``row_heights``, ``shared_xaxes`` and the like;
        panels share the axis below unless it says otherwise.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(
        rows=len(titles),
        cols=1,
        vertical_spacing=spacing,
        subplot_titles=[f"<b>{title}</b>" for title in titles],
        **{"shared_xaxes": True, **layout},
    )
    figure.update_annotations(x=0, xanchor="left", font={"size": size, "color": INK})
    return figure


def write(figure: go.Figure, x, y, text: str, *, size: int = 12, colour: str = INK, **place) -> None:
    """Write words at a point of a figure, without an arrow."""
    figure.add_annotation(x=x, y=y, text=text, showarrow=False, font={"size": size, "color": colour}, **place)


def write_in_panel(
    figure: go.Figure, row: int, text: str, *, x: float = 0, y: float = 1, size: int = 13, **place
) -> None:
    """Write words at a share of the width and height of a panel, where its axes do not move them.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Panels one below the other.
    row : int
        Number of the panel, from 1 at the top.
    text : str
        The words.
    x, y : float
        From 0 at the left and the foot of the panel to 1 at the right and the top.
    size : int
        In pixels.
    **place
        For ``add_annotation``.
    """
    domain = "y domain" if row == 1 else f"y{row} domain"
    write(figure, x, y, text, size=size, xref="x domain", yref=domain, **place)


def mark(colour, symbol, size: int, stroke: float | None = None) -> dict:
    """The ``marker`` of points with an outline of their own colour.

    Parameters
    ----------
    colour, symbol : str or sequence of str
        For all points, or for each.
    size : int
        In pixels.
    stroke : float, optional
        Width of the outline; else a hollow symbol has one and a full one none.

    Returns
    -------
    dict
    """
    width = (2 if symbol.endswith("open") else 0) if stroke is None else stroke
    return {"color": colour, "symbol": symbol, "size": size, "line": {"color": colour, "width": width}}


def legend_entry(figure: go.Figure, name: str, marker: dict, **more) -> None:
    """An entry of the legend without a point of its own, for a look that several traces share."""
    figure.add_scatter(x=[None], y=[None], mode="markers", name=name, marker=marker, **more)


def stroke(figure: go.Figure, x, y, colour: str, width: float, dash: str | None = None, **more) -> None:
    """Draw a line that says nothing of its own: from low to high, from mark to mark."""
    line = {"color": colour, "width": width, "dash": dash}
    figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False, **more)


def interval(
    middle: pd.Series,
    low: pd.Series,
    high: pd.Series,
    colour: str,
    *,
    digits: int = 2,
    thickness: float = 1.6,
    ends: int = 0,
) -> dict:
    """The ``error_x`` or ``error_y`` of points whose intervals reach from low to high.

    Parameters
    ----------
    middle, low, high : pandas.Series
        The points, and the ends of their intervals, in the unit drawn.
    colour : str
        Of the interval.
    digits : int
        To which its two arms are rounded.
    thickness, ends : float, int
        Of the line, and of the strokes that close it, in pixels.

    Returns
    -------
    dict
    """
    return {
        "type": "data",
        "symmetric": False,
        "array": (high - middle).round(digits),
        "arrayminus": (middle - low).round(digits),
        "color": colour,
        "thickness": thickness,
        "width": ends,
    }


def band(figure: go.Figure, x: Sequence, low: Sequence, high: Sequence, colour: str, opacity=0.16, **more) -> None:
    """Fill the area between two lines.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Drawn on, in place.
    x, low, high : sequence
        The points, in order, and the two lines there.
    colour, opacity : str, float
        Of the area; its edge has the colour whole.
    **more
        For ``add_scatter``: a name for the legend, a panel.
    """
    figure.add_scatter(
        x=[*x, *x[::-1]],
        y=[*high, *low[::-1]],
        mode="lines",
        fill="toself",
        **area(colour, opacity),
        hoverinfo="skip",
        **more,
    )


def shade(figure: go.Figure, first, last, colour: str, opacity: float = 0.14, **where) -> None:
    """Shade a period behind what is drawn."""
    figure.add_vrect(x0=first, x1=last, fillcolor=colour, opacity=opacity, line={"width": 0}, layer="below", **where)


def mark_day(figure: go.Figure, day: str, text: str, *, colour: str = MUTED, dash: str = "dot") -> None:
    """Draw a day as an upright line, with words above it.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        With an axis of time; drawn on, in place.
    day : str
        In ISO 8601.
    text : str
        The words.
    colour, dash : str
        Of the line.
    """
    figure.add_vline(x=day, line={"color": colour, "dash": dash, "width": 1})
    write(figure, day, 1, text, colour=MUTED, yref="paper", yanchor="bottom")


def iso_days(column: pd.Series) -> pd.Series:
    """Days as an axis of time takes them, in ISO 8601."""
    return column.dt.strftime("%Y-%m-%d")


def time_axis(figure: go.Figure, first: str, last: str, every: int, since: str, **more) -> None:
    """Make the axis below one of time, with years that stand upright.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Changed in place.
    first, last : str
        Its ends, in ISO 8601.
    every : int
        Months from tick to tick.
    since : str
        Day of one of the ticks.
    **more
        For ``update_xaxes``.
    """
    look = {"dtick": f"M{every}", "tick0": since, "tickformat": "%Y", "tickangle": 0, **more}
    figure.update_xaxes(range=[first, last], **look)


def lane_axis(figure: go.Figure, labels: Sequence[str], *, down: bool = False, **more) -> None:
    """Make the axis at the left one of lanes, numbered from 0.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Changed in place.
    labels : sequence of str
        Words for each lane.
    down : bool
        Whether the first lane is the uppermost; else it is the lowest.
    **more
        For ``update_yaxes``.
    """
    ends = [-0.6, len(labels) - 0.4]
    look = {"tickvals": list(range(len(labels))), "ticktext": list(labels), "range": ends[::-1] if down else ends}
    figure.update_yaxes(**{**look, **more})


def multiples(ticks: Sequence[float], low: float, high: float) -> dict:
    """The look of a logarithmic axis that writes its ticks out.

    Parameters
    ----------
    ticks : sequence of float
        Values that have a tick.
    low, high : float
        Ends of the axis, as powers of ten.

    Returns
    -------
    dict
    """
    return {"type": "log", "range": [low, high], "tickvals": list(ticks), "ticktext": [f"{tick:g}" for tick in ticks]}


def axis_title(text: str, size: int = 13) -> dict:
    """The ``title`` of an axis."""
    return {"text": text, "font": {"size": size}}


def for_readers(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The table beside a figure: the columns named, in their order, under the names that readers see.

    Parameters
    ----------
    table : pandas.DataFrame
        What is drawn.
    names : mapping of str to str
        Columns of it to names for readers.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    KeyError
        If the table lacks a column.
    """
    return table[list(names)].set_axis(list(names.values()), axis=1)
