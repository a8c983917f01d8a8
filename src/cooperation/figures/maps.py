"""The base map of the region, drawn from the project's own outlines."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.colours import TRANSPARENT
from claimbook.figure import GRID, INK, LAND, MUTED
from cooperation.states import WESTERN_SAHARA


def base(boundaries: pd.DataFrame, longitude: tuple[float, float], latitude: tuple[float, float]) -> go.Figure:
    """Draw the outlines that fall into a frame.

    Western Sahara stands as an area of its own with a dashed outline and no
    fill of a state.

    Parameters
    ----------
    boundaries : pandas.DataFrame
        Table ``boundaries``.
    longitude, latitude : (float, float)
        The frame, in degrees.

    Returns
    -------
    plotly.graph_objects.Figure
        A figure with one trace for the states and one for Western Sahara,
        without axes, at the scale of the middle of the frame.
    """
    rings = boundaries.groupby(["iso3", "ring"])
    low, high = rings[["longitude", "latitude"]].min(), rings[["longitude", "latitude"]].max()
    inside = (
        (high["longitude"] > longitude[0])
        & (low["longitude"] < longitude[1])
        & (high["latitude"] > latitude[0])
        & (low["latitude"] < latitude[1])
    )
    figure = go.Figure()
    for disputed in (False, True):
        x, y = [], []
        for (iso3, ring), shown in inside.items():
            if not shown or (iso3 == WESTERN_SAHARA) != disputed:
                continue
            outline = rings.get_group((iso3, ring))
            x += [*outline["longitude"], None]
            y += [*outline["latitude"], None]
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            fill="toself",
            hoverinfo="skip",
            showlegend=False,
            fillcolor=TRANSPARENT if disputed else LAND,
            line={"color": MUTED if disputed else GRID, "width": 1, "dash": "dash" if disputed else "solid"},
        )
    hidden = {"visible": False, "showgrid": False, "automargin": False}
    scale = 1 / math.cos(math.radians(sum(latitude) / 2))
    figure.update_xaxes(range=longitude, constrain="domain", **hidden)
    figure.update_yaxes(range=latitude, scaleanchor="x", scaleratio=scale, constrain="domain", **hidden)
    return figure


def side_by_side(
    boundaries: pd.DataFrame, longitude: tuple[float, float], latitude: tuple[float, float], titles: list[str]
) -> go.Figure:
    """The same map as often as there are titles, each in a column of one row; else as :func:`base`."""
    figure = make_subplots(
        cols=len(titles), horizontal_spacing=0.02, subplot_titles=[f"<b>{title}</b>" for title in titles]
    )
    figure.update_annotations(font={"size": 14, "color": INK})
    one = base(boundaries, longitude, latitude)
    for column in range(1, len(titles) + 1):
        figure.add_traces(one.data, rows=1, cols=column)
        along = "x" if column == 1 else f"x{column}"
        figure.update_xaxes(one.layout.xaxis, col=column)
        figure.update_yaxes({**one.layout.yaxis.to_plotly_json(), "scaleanchor": along}, col=column)
    return figure.update_yaxes(constraintoward="top")


def label(figure: go.Figure, names: dict[str, tuple[float, float]], **font) -> None:
    """Write names of places on a map at the points given (longitude, latitude)."""
    for name, (x, y) in names.items():
        figure.add_annotation(
            x=x, y=y, text=name, showarrow=False, font={"size": 12, "color": MUTED, **font}, align="center"
        )


def events(figure: go.Figure, table: pd.DataFrame) -> None:
    """Put violent events on a map, if there are any; area grows with deaths.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        A map from :func:`base`; changed in place.
    table : pandas.DataFrame
        Rows of the table ``violent_events``; none leave the map as it is.
    """
    if table.empty:
        return
    figure.add_scatter(
        x=table["longitude"],
        y=table["latitude"],
        mode="markers",
        name="deadly event (UCDP)",
        marker={
            "symbol": "x-thin",
            "size": [5 + math.sqrt(n) for n in table["deaths_best"]],
            "opacity": 1,
            "line": {"color": MUTED, "width": 1.2},
        },
        customdata=table[["date_start", "dyad", "deaths_best"]].astype(str),
        hovertemplate="%{customdata[0]}: %{customdata[1]}<br>deaths: %{customdata[2]}<extra></extra>",
    )
