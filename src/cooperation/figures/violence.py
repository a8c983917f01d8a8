"""Figures on organised violence in the region."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.colours import TRANSPARENT, faded
from claimbook.figure import INK, MUTED, ON_MARK, ON_PALE, area, finish
from cooperation.figures.palette import COUNTRY, MAIN, PALE, PALEST, SECOND, THIRD
from cooperation.states import (
    ALGERIA,
    BURKINA_FASO,
    CHAD,
    LIBYA,
    MALI,
    MAURITANIA,
    MOROCCO,
    NIGER,
    SENEGAL,
    TUNISIA,
)

SHOWN = [ALGERIA, MAURITANIA, MALI, NIGER, BURKINA_FASO]
TEN = (MOROCCO, ALGERIA, TUNISIA, LIBYA, MAURITANIA, SENEGAL, MALI, BURKINA_FASO, NIGER, CHAD)


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
            x=part["year"],
            y=[names[iso3]] * len(part),
            mode="markers",
            showlegend=False,
            name=names[iso3],
            marker={
                "size": [max(3, round(0.75 * math.sqrt(n), 1)) for n in part["deaths_best"]],
                "opacity": 1,
                "color": faded(COUNTRY[iso3], 0.5),
                "line": {"color": COUNTRY[iso3], "width": 1},
            },
            customdata=part[["deaths_low", "deaths_high"]],
            text=part["deaths_best"],
            hovertemplate="%{y} %{x}: %{text:,} deaths (%{customdata[0]:,} to %{customdata[1]:,})<extra></extra>",
        )
    for event, year in (("2012", 2012),):
        figure.add_vline(x=year, line={"color": MUTED, "dash": "dot", "width": 1})
        figure.add_annotation(
            x=year,
            y=1.0,
            yref="paper",
            yanchor="bottom",
            text=event,
            showarrow=False,
            font={"size": 12, "color": MUTED},
        )
    figure.update_yaxes(categoryorder="array", categoryarray=[names[iso3] for iso3 in reversed(SHOWN)], showgrid=False)
    figure.update_xaxes(range=[1987.5, 2025.8], dtick=5, tick0=1990)
    figure.update_layout(margin={"t": 26})
    data = table.assign(country=table["iso3"].map(names))[
        ["country", "year", "deaths_low", "deaths_best", "deaths_high"]
    ]
    data.columns = ["Country", "Year", "Deaths, low", "Deaths, best", "Deaths, high"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=380,
        subtitle="Deaths in organised violence of all types by year, best estimate; area of a circle grows with deaths",
    )


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
            x=years + years[::-1],
            y=[*part["deaths_high"], *part["deaths_low"][::-1]],
            fill="toself",
            mode="lines",
            **area(COUNTRY[iso3], 0.28),
            hoverinfo="skip",
            showlegend=False,
            row=row,
            col=1,
        )
        figure.add_scatter(
            x=years,
            y=part["deaths_best"],
            mode="lines",
            line={"color": COUNTRY[iso3], "width": 2},
            showlegend=False,
            customdata=part[["deaths_low", "deaths_high"]],
            hovertemplate=names[iso3] + " %{x}: %{y:,} (%{customdata[0]:,} to %{customdata[1]:,})<extra></extra>",
            row=row,
            col=1,
        )
        figure.add_annotation(
            x=0,
            xref="x domain",
            y=1,
            yref="y domain" if row == 1 else f"y{row} domain",
            xanchor="left",
            yanchor="top",
            text=f"<b>{names[iso3]}</b>",
            showarrow=False,
            font={"size": 13, "color": INK},
        )
    figure.update_yaxes(rangemode="tozero", nticks=4)
    figure.update_xaxes(range=[1988.5, 2024.5], dtick=5, tick0=1990)
    data = table.assign(country=table["iso3"].map(names))[
        ["country", "year", "deaths_low", "deaths_best", "deaths_high"]
    ]
    data.columns = ["Country", "Year", "Deaths, low", "Deaths, best", "Deaths, high"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=680,
        subtitle="Deaths in organised violence by year: line best estimate, band low to high; each panel has its own scale",
    )


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
        x=table["year"],
        y=table["iso3"].map(names),
        mode="markers",
        showlegend=False,
        marker={
            "symbol": "square",
            "size": [5 + 2 * n for n in table["dyads"]],
            "opacity": 1,
            "line": {"width": 0},
            "color": [COUNTRY.get(code, MUTED) for code in table["iso3"]],
        },
        text=table["dyads"],
        hovertemplate="%{y} %{x}: %{text} warring pairs<extra></extra>",
    )
    figure.update_yaxes(categoryorder="array", categoryarray=[names[code] for code in reversed(first.index)])
    figure.update_xaxes(range=[1996.5, 2025.5], dtick=5, tick0=1990)
    data = table.assign(country=table["iso3"].map(names))[["country", "year", "dyads"]]
    data.columns = ["Country", "Year", "Warring pairs"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=400,
        subtitle=f"Years with deaths in a pair that includes {family}; square grows with the number of pairs",
    )


# Deaths per million up to which a square has a colour, with the colour of the words on it.
STEPS = (
    ("none", 0, TRANSPARENT, MUTED),
    ("up to 1", 1, PALEST, ON_PALE),
    ("over 1 to 10", 10, PALE, ON_PALE),
    ("over 10", float("inf"), THIRD, ON_MARK),
)


def soil(table: pd.DataFrame, names: pd.Series, shown: tuple[str, ...], title: str, alt: str) -> go.Figure:
    """Deaths by country and year, written out, on squares that darken with deaths per head.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.violence.per_head`, of the years to show.
    names : pandas.Series
        Country names by ISO code.
    shown : tuple of str
        ISO codes of the countries, from the top.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table[table["iso3"].isin(shown)].sort_values(
        ["iso3", "year"], key=lambda column: column.map(shown.index) if column.name == "iso3" else column
    )
    step = pd.cut(table["per_million"], [-1, *(highest for _, highest, _, _ in STEPS)], labels=False)
    figure = go.Figure()
    for number, (name, _, colour, ink) in enumerate(STEPS):
        part = table[step == number]
        figure.add_scatter(
            x=part["year"],
            y=part["iso3"].map(names),
            mode="markers+text",
            name=name,
            text=[f"{value:,}" for value in part["deaths_best"]],
            textfont={"size": 11, "color": ink},
            marker={"symbol": "square", "size": 30, "color": colour, "line": {"color": MUTED, "width": 1}},
            customdata=part[["deaths_low", "deaths_high", "per_million"]].round(1),
            hovertemplate="%{y} %{x}: %{text} (%{customdata[0]:,} to %{customdata[1]:,}), %{customdata[2]} per million<extra></extra>",
        )
    figure.update_yaxes(categoryorder="array", categoryarray=[names[iso3] for iso3 in reversed(shown)], showgrid=False)
    figure.update_xaxes(
        dtick=2,
        tickformat="d",
        tickangle=0,
        showgrid=False,
        side="top",
        range=[table["year"].min() - 0.6, table["year"].max() + 0.6],
    )
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"}, margin={"t": 30, "b": 30})
    data = table.assign(country=table["iso3"].map(names), per_million=table["per_million"].round(2))
    data = data[["country", "year", "deaths_low", "deaths_best", "deaths_high", "population", "per_million"]]
    data.columns = [
        "Country",
        "Year",
        "Deaths, low",
        "Deaths, best",
        "Deaths, high",
        "Population",
        "Deaths per million",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=470,
        subtitle="Deaths in organised violence of all types, best estimate; shade: deaths per million inhabitants",
    )


RECORDS = {
    "captivity": "seized that year,<br>held in the country",
    "pairs": "UCDP: warring pairs<br>with deaths there",
    "attacks": "events table:<br>attacks",
    "operations": "events table:<br>operations",
}


def records(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """What three records have of a group in one country, year by year.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.violence.seen_in`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    symbols = {"captivity": "circle", "pairs": "square", "attacks": "diamond", "operations": "hexagon"}
    figure = go.Figure()
    for record, label in RECORDS.items():
        part = table[table["record"] == record]
        figure.add_scatter(
            x=part["year"],
            y=[label] * len(part),
            mode="markers+text",
            text=part["count"].astype(str),
            showlegend=False,
            textfont={"size": 12, "color": ON_MARK},
            marker={"symbol": symbols[record], "size": 20, "color": MAIN},
            customdata=part["what"].map(lambda text: "<br>".join(textwrap.wrap(text, 60))),
            hovertemplate="%{x}: %{text}<br>%{customdata}<extra></extra>",
        )
    figure.update_yaxes(categoryorder="array", categoryarray=list(reversed(RECORDS.values())))
    figure.update_xaxes(
        dtick=2, tickformat="d", tickangle=0, range=[table["year"].min() - 0.6, table["year"].max() + 0.6]
    )
    data = table.assign(record=table["record"].map(RECORDS).str.replace("<br>", " "))[
        ["record", "year", "count", "what"]
    ]
    data.columns = ["Record", "Year", "Items", "Which"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=330,
        subtitle="Items that concern GSPC, AQIM or an offshoot in Mali, by year; no mark: none",
    )


def beside(table: pd.DataFrame, meetings: pd.Series, title: str, alt: str) -> go.Figure:
    """Governments in conflict with a group, as main party or beside another, above the meetings of the same years.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.violence.beside`.
    meetings : pandas.Series
        Number of meetings by year.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    kinds = {
        "primary": ("a conflict of its own", "circle", MUTED),
        "secondary": ("beside another government", "diamond", SECOND),
    }
    figure = go.Figure()
    for role, (name, symbol, colour) in kinds.items():
        part = table[table["role"] == role]
        figure.add_scatter(
            x=part["year"],
            y=part["party"],
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 16, "color": colour},
            customdata=part["beside"],
            hovertemplate="%{y} %{x}, " + name + ": %{customdata}<extra></extra>",
        )
    held = meetings[meetings > 0]
    figure.add_scatter(
        x=held.index,
        y=["meetings held"] * len(held),
        mode="markers+text",
        name="meetings of the core countries",
        text=held.astype(str),
        textfont={"size": 12, "color": ON_MARK},
        marker={"symbol": "square", "size": 20, "color": MAIN},
        hovertemplate="%{x}: %{text} meetings<extra></extra>",
    )
    order = ["meetings held", *sorted(table["party"].unique(), reverse=True)]
    figure.update_yaxes(categoryorder="array", categoryarray=order)
    figure.update_xaxes(
        dtick=2, tickformat="d", tickangle=0, range=[table["year"].min() - 0.6, table["year"].max() + 0.6]
    )
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"b": 40})
    rows = table.rename(columns={"party": "State", "year": "Year", "role": "Part", "beside": "Conflict of"})[
        ["Year", "State", "Part", "Conflict of"]
    ]
    rows["Part"] = rows["Part"].map({role: name for role, (name, _, _) in kinds.items()})
    more = pd.DataFrame(
        {"Year": held.index, "State": "meetings held", "Part": held.astype(str).tolist(), "Conflict of": ""}
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=pd.concat([rows, more]),
        height=360,
        subtitle="Governments that UCDP lists against AQIM (25 battle deaths a year or more), and meetings of the core countries' bodies",
    )
