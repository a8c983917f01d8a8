"""Figures on organised violence in the region."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cooperation.figures.house import COUNTRY, INK, MUTED, finish

SOURCE = "table organised_violence; UCDP Organized Violence Country-Year Dataset 25.1 (CC BY 4.0)"
SHOWN = ["DZA", "MRT", "MLI", "NER", "BFA"]


def shift(totals: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Deaths by country and year as bubbles, countries from north to south.

    Parameters
    ----------
    totals : pandas.DataFrame
        From :func:`cooperation.measures.violence.totals`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = totals[totals["iso3"].isin(SHOWN)].sort_values(["iso3", "year"])
    figure = go.Figure()
    for iso3 in SHOWN:
        part = table[(table["iso3"] == iso3) & (table["deaths_best"] > 0)]
        figure.add_scatter(
            x=part["year"], y=[names[iso3]] * len(part), mode="markers", showlegend=False, name=names[iso3],
            marker={"size": [max(3, round(0.75 * math.sqrt(n), 1)) for n in part["deaths_best"]],
                    "color": COUNTRY[iso3], "opacity": 0.75, "line": {"width": 0}},
            customdata=part[["deaths_low", "deaths_high"]],
            text=part["deaths_best"],
            hovertemplate="%{y} %{x}: %{text:,} deaths (%{customdata[0]:,} to %{customdata[1]:,})<extra></extra>",
        )
    for event, year in (("2012", 2012),):
        figure.add_vline(x=year, line={"color": MUTED, "dash": "dot", "width": 1})
        figure.add_annotation(x=year, y=1.0, yref="paper", yanchor="bottom", text=event, showarrow=False,
                              font={"size": 12, "color": MUTED})
    figure.update_yaxes(categoryorder="array", categoryarray=[names[iso3] for iso3 in reversed(SHOWN)], showgrid=False)
    figure.update_xaxes(range=[1987.5, 2025.8], dtick=5, tick0=1990)
    figure.update_layout(margin={"t": 26})
    data = table.assign(country=table["iso3"].map(names))[["country", "year", "deaths_low", "deaths_best", "deaths_high"]]
    data.columns = ["Country", "Year", "Deaths, low", "Deaths, best", "Deaths, high"]
    return finish(figure, title=title, alt=alt, source=SOURCE, data=data, height=380,
                  subtitle="Deaths in organised violence of all types by year, best estimate; area of a circle grows with deaths")


def bands(totals: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Deaths by year with the range from low to high, one panel a country.

    Parameters and return value as in :func:`shift`.
    """
    figure = make_subplots(rows=len(SHOWN), cols=1, shared_xaxes=True, vertical_spacing=0.055)
    table = totals[totals["iso3"].isin(SHOWN)].sort_values(["iso3", "year"])
    for row, iso3 in enumerate(SHOWN, start=1):
        part = table[table["iso3"] == iso3]
        years = part["year"].tolist()
        figure.add_scatter(
            x=years + years[::-1], y=[*part["deaths_high"], *part["deaths_low"][::-1]], fill="toself", mode="lines",
            line={"width": 0}, fillcolor=COUNTRY[iso3], opacity=0.28, hoverinfo="skip", showlegend=False, row=row, col=1,
        )
        figure.add_scatter(
            x=years, y=part["deaths_best"], mode="lines", line={"color": COUNTRY[iso3], "width": 2}, showlegend=False,
            customdata=part[["deaths_low", "deaths_high"]],
            hovertemplate=names[iso3] + " %{x}: %{y:,} (%{customdata[0]:,} to %{customdata[1]:,})<extra></extra>",
            row=row, col=1,
        )
        figure.add_annotation(
            x=0, xref="x domain", y=1, yref="y domain" if row == 1 else f"y{row} domain", xanchor="left", yanchor="top",
            text=f"<b>{names[iso3]}</b>", showarrow=False, font={"size": 13, "color": INK},
        )
    figure.update_yaxes(rangemode="tozero", nticks=4)
    figure.update_xaxes(range=[1988.5, 2024.5], dtick=5, tick0=1990)
    data = table.assign(country=table["iso3"].map(names))[["country", "year", "deaths_low", "deaths_best", "deaths_high"]]
    data.columns = ["Country", "Year", "Deaths, low", "Deaths, best", "Deaths, high"]
    return finish(figure, title=title, alt=alt, source=SOURCE, data=data, height=680,
                  subtitle="Deaths in organised violence by year: line best estimate, band low to high; each panel has its own scale")


def reach(presence: pd.DataFrame, names: pd.Series, family: str, title: str, alt: str) -> go.Figure:
    """Countries and years in which a family of groups was party to deadly violence.

    Parameters
    ----------
    presence : pandas.DataFrame
        From :func:`cooperation.measures.violence.presence_of_groups`.
    names : pandas.Series
        Country names by ISO code.
    family : str
        Name of the family, for the subtitle.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    first = presence.groupby("iso3")["year"].min().sort_values(kind="stable")
    figure = go.Figure()
    table = presence.sort_values(["iso3", "year"])
    figure.add_scatter(
        x=table["year"], y=table["iso3"].map(names), mode="markers", showlegend=False,
        marker={"symbol": "square", "size": [5 + 2 * n for n in table["dyads"]],
                "color": [COUNTRY.get(code, MUTED) for code in table["iso3"]]},
        text=table["dyads"], hovertemplate="%{y} %{x}: %{text} warring pairs<extra></extra>",
    )
    figure.update_yaxes(categoryorder="array", categoryarray=[names[code] for code in reversed(first.index)])
    figure.update_xaxes(range=[1996.5, 2025.5], dtick=5, tick0=1990)
    data = table.assign(country=table["iso3"].map(names))[["country", "year", "dyads"]]
    data.columns = ["Country", "Year", "Warring pairs"]
    return finish(figure, title=title, alt=alt, data=data, height=400,
                  subtitle=f"Years with deaths in a pair that includes {family}; square grows with the number of pairs",
                  source=SOURCE.replace("organised_violence;", "organised_violence_dyads and armed_groups;"))
