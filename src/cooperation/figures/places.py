"""Where a group fought, as figures show it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import axis_title, for_readers, legend_entry, mark, time_axis
from claimbook.figure import INK, finish
from claimbook.wording import count, counted
from cooperation.figures.days import mark_coup
from cooperation.figures.palette import COUNTRY, PLAIN

SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "hexagon", "star")


def latitudes(events: pd.DataFrame, names: pd.Series, last: int, title: str) -> go.Figure:
    """How far north each event lies, by its day, with a mark for each country.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`cooperation.measures.places.fought`.
    names : pandas.Series
        Country names by ISO code.
    last : int
        Last year that is drawn.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shown = events[events["year"] <= last]
    order = shown["iso3"].value_counts().index
    figure = go.Figure()
    for iso3, symbol in zip(order, SHAPES, strict=False):
        part = shown[shown["iso3"] == iso3]
        look = mark(COUNTRY.get(iso3, PLAIN), symbol, 9)
        figure.add_scatter(
            x=part["date"],
            y=part["latitude"],
            mode="markers",
            marker=look,
            showlegend=False,
            customdata=part[["region", "border_km"]].assign(country=names[iso3]).fillna("region not drawn"),
            hovertemplate="%{customdata[2]}, %{customdata[0]}, %{x|%-d %B %Y}; %{customdata[1]} km from a border"
            "<extra></extra>",
        )
        legend_entry(figure, f"{names[iso3]} ({len(part)})", look)
    mark_coup(figure)
    first = int(shown["year"].min())
    time_axis(figure, f"{first}-01-01", f"{last}-12-31", 24, f"{first}-01-01")
    figure.update_yaxes(title=axis_title("degrees north"), ticksuffix="°", color=INK)
    figure.update_layout(legend={"y": 1.06}, margin={"t": 64})
    return finish(
        figure,
        title=title,
        alt=_in_words(shown, names, order),
        data=for_readers(
            shown.assign(country=shown["iso3"].map(names)),
            {
                "date": "Day",
                "country": "Country",
                "region": "Region",
                "latitude": "Latitude",
                "border_km": "Kilometres to a border",
                "deaths_best": "Deaths, best estimate",
            },
        ),
        height=430,
        subtitle="Events that UCDP places within about 25 kilometres, by day and latitude; release 21.1",
    )


def _in_words(shown: pd.DataFrame, names: pd.Series, order: pd.Index) -> str:
    """Each country with its number of events, their years and latitudes."""
    parts = []
    for iso3 in order:
        part = shown[shown["iso3"] == iso3]
        years = sorted(set(part["year"]))
        span = f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
        low, high = part["latitude"].min(), part["latitude"].max()
        at = f"at {low:.0f}" if round(low) == round(high) else f"from {low:.0f} to {high:.0f}"
        parts.append(f"{names[iso3]}: {counted(len(part), 'event')} {span}, {at} degrees north")
    return f"Marks by day and latitude for {count(len(order))} countries. {'; '.join(parts)}."
