"""Figures on organised violence in the region."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.colours import TRANSPARENT, faded
from claimbook.figure import INK, MUTED, ON_MARK, ON_PALE, area, finish
from claimbook.wording import Estimate, count, counted, listing, times, years
from cooperation.figures.palette import COUNTRY, MAIN, PALE, PALEST, SECOND, THIRD
from cooperation.measures import violence
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


def shift(totals: pd.DataFrame, names: pd.Series, title: str, since: int) -> go.Figure:
    """Deaths by country and year as bubbles, countries from north to south.

    Parameters
    ----------
    totals : pandas.DataFrame
        From :func:`cooperation.measures.violence.totals`.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.
    since : int
        A year to mark.

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
    figure.add_vline(x=since, line={"color": MUTED, "dash": "dot", "width": 1})
    above = {"y": 1.0, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    figure.add_annotation(x=since, text=str(since), font={"size": 12, "color": MUTED}, **above)
    figure.update_yaxes(categoryorder="array", categoryarray=[names[iso3] for iso3 in reversed(SHOWN)], showgrid=False)
    figure.update_xaxes(range=[1987.5, 2025.8], dtick=5, tick0=1990)
    figure.update_layout(margin={"t": 26})
    return finish(
        figure,
        title=title,
        alt=(
            f"Circles for each year from {table['year'].min()} to {table['year'].max()}, with a row a country. "
            f"{'; '.join(_course(table, iso3, names) for iso3 in SHOWN)}."
        ),
        data=_death_rows(table, names),
        height=380,
        subtitle="Deaths in organised violence of all types by year, best estimate; area of a circle grows with deaths",
    )


def _course(table: pd.DataFrame, iso3: str, names: pd.Series) -> str:
    """The peak of a country's deaths, and how they stood after it, in words."""
    highest, since = violence.peak(table, iso3), violence.since(table, iso3)
    latest = table[table["iso3"] == iso3].sort_values("year").iloc[-1]
    end = f"has had {violence.CONFLICT} or more in every year since {since}"
    if since is None:
        end = f"has {count(latest['deaths_best']) if latest['deaths_best'] else 'none'} in {latest['year']}"
    return f"{names[iso3]} peaks at {counted(highest['deaths_best'], 'death')} in {highest['year']} and {end}"


def _death_rows(table: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Deaths by country and year for a reader."""
    data = table.assign(country=table["iso3"].map(names))[["country", "year", *violence.BOUNDS]]
    return data.set_axis(["Country", "Year", "Deaths, low", "Deaths, best", "Deaths, high"], axis=1)


def bands(totals: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Deaths by year with the range from low to high, one panel a country.

    Parameters
    ----------
    totals : pandas.DataFrame
        From :func:`cooperation.measures.violence.totals`.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=len(SHOWN), cols=1, shared_xaxes=True, vertical_spacing=0.055)
    table = totals[totals["iso3"].isin(SHOWN)].sort_values(["iso3", "year"])
    for row, iso3 in enumerate(SHOWN, start=1):
        _band(figure, row, table[table["iso3"] == iso3], iso3, names[iso3])
    figure.update_yaxes(rangemode="tozero", nticks=4)
    figure.update_xaxes(range=[1988.5, 2024.5], dtick=5, tick0=1990)
    courses = "; ".join(f"{_course(table, iso3, names)}, {_widest(table, iso3)}" for iso3 in SHOWN)
    return finish(
        figure,
        title=title,
        alt=(
            f"{count(len(SHOWN)).capitalize()} panels with a line for the best estimate and a band from low to high. "
            f"{courses}."
        ),
        data=_death_rows(table, names),
        height=680,
        subtitle="Deaths in organised violence by year: line best estimate, band low to high; each panel has its own scale",
    )


def _band(figure: go.Figure, row: int, part: pd.DataFrame, iso3: str, name: str) -> None:
    """Draw the panel of a country."""
    at = {"row": row, "col": 1}
    figure.add_scatter(
        x=[*part["year"], *part["year"][::-1]],
        y=[*part["deaths_high"], *part["deaths_low"][::-1]],
        fill="toself",
        mode="lines",
        **area(COUNTRY[iso3], 0.28),
        hoverinfo="skip",
        showlegend=False,
        **at,
    )
    figure.add_scatter(
        x=part["year"],
        y=part["deaths_best"],
        mode="lines",
        line={"color": COUNTRY[iso3], "width": 2},
        showlegend=False,
        customdata=part[["deaths_low", "deaths_high"]],
        hovertemplate=name + " %{x}: %{y:,} (%{customdata[0]:,} to %{customdata[1]:,})<extra></extra>",
        **at,
    )
    figure.add_annotation(
        x=0,
        xref="x domain",
        y=1,
        yref="y domain" if row == 1 else f"y{row} domain",
        xanchor="left",
        yanchor="top",
        text=f"<b>{name}</b>",
        showarrow=False,
        font={"size": 13, "color": INK},
    )


def _widest(table: pd.DataFrame, iso3: str) -> str:
    """The year in which least is known of a country's deaths, in words."""
    part = table[table["iso3"] == iso3]
    least = part.loc[(part["deaths_high"] - part["deaths_low"]).idxmax()]
    known = Estimate(*least[["deaths_best", "deaths_low", "deaths_high"]])
    return f"its band widest in {least['year']}, {known.interval}"


def reach(presence: pd.DataFrame, names: pd.Series, family: str, title: str) -> go.Figure:
    """Countries and years in which a family of groups was party to deadly violence.

    Parameters
    ----------
    presence : pandas.DataFrame
        From :func:`cooperation.measures.violence.presence_of_groups`.
    names : pandas.Series
        Country names by ISO code.
    family : str
        Name of the family, for the subtitle.
    title : str
        The finding.

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
    marked = (f"{names[code]} {years(table.loc[table['iso3'] == code, 'year'])}" for code in first.index)
    return finish(
        figure,
        title=title,
        alt=f"Squares mark the years with deaths in a pair that includes {family}: {'; '.join(marked)}.",
        data=data,
        height=400,
        subtitle=(
            f"Years with deaths in a pair that includes {family}; square grows with the number of pairs; "
            "countries in the order of their first year"
        ),
    )


# Deaths per million up to which a square has a colour, with the colour of the words on it.
STEPS = (
    ("none", 0, TRANSPARENT, MUTED),
    ("up to 1", 1, PALEST, ON_PALE),
    ("over 1 to 10", 10, PALE, ON_PALE),
    ("over 10", float("inf"), THIRD, ON_MARK),
)


def soil(table: pd.DataFrame, names: pd.Series, shown: tuple[str, ...], title: str) -> go.Figure:
    """Deaths by country and year, written out, on squares that darken with deaths per head.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.violence.per_head`, of the years to show.
    names : pandas.Series
        Country names by ISO code.
    shown : tuple of str
        ISO codes of the countries, from the top.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table[table["iso3"].isin(shown)].sort_values(
        ["iso3", "year"], key=lambda column: column.map(shown.index) if column.name == "iso3" else column
    )
    table = table.assign(step=pd.cut(table["per_million"], [-1, *(most for _, most, _, _ in STEPS)], labels=False))
    figure = go.Figure()
    for number, (name, _, colour, ink) in enumerate(STEPS):
        part = table[table["step"] == number]
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
    _each_year(figure, table["year"])
    figure.update_xaxes(showgrid=False, side="top")
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"}, margin={"t": 30, "b": 30})
    data = _death_rows(table, names)
    data["Population"], data["Deaths per million"] = table["population"], table["per_million"].round(2)
    return finish(
        figure,
        title=title,
        alt=_soil_in_words(table, names),
        data=data,
        height=470,
        subtitle="Deaths in organised violence of all types, best estimate; shade: deaths per million inhabitants",
    )


def _each_year(figure: go.Figure, shown: pd.Series) -> None:
    """Let the horizontal axis show single years."""
    figure.update_xaxes(dtick=2, tickformat="d", tickangle=0, range=[shown.min() - 0.6, shown.max() + 0.6])


def _soil_in_words(table: pd.DataFrame, names: pd.Series) -> str:
    """What the grid shows, for readers who cannot see it: its darkest squares and its empty ones."""
    said = {f"{STEPS[-1][0]} deaths per million": len(STEPS) - 1, "no deaths": 0}
    parts = []
    for what, step in said.items():
        part = table[table["step"] == step]
        found = part.groupby(part["iso3"].map(names), sort=False)["year"].agg(years)
        parts.append(
            f"{what.capitalize()}: {'; '.join(f'{name} in {when}' for name, when in found.items()) or 'none'}."
        )
    return (
        f"Grid of {count(table['iso3'].nunique())} countries by the years {table['year'].min()} to "
        f"{table['year'].max()}, each square with its number of deaths. {' '.join(parts)}"
    )


RECORDS = {
    "captivity": "hostages seized<br>then, held there",
    "pairs": "whom it fought or<br>killed, by UCDP",
    "attacks": "its attacks",
    "operations": "what armies<br>did against it",
}


def records(table: pd.DataFrame, title: str) -> go.Figure:
    """What three records have of a group in one country, year by year.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.violence.seen_in`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    symbols = {"captivity": "circle", "pairs": "square", "attacks": "diamond", "operations": "hexagon"}
    figure, said = go.Figure(), []
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
        marks = (f"{count(number)} in {year}" for year, number in zip(part["year"], part["count"], strict=True))
        said.append(f"{label.replace('<br>', ' ')} ({', '.join(marks) or 'none'})")
    figure.update_yaxes(categoryorder="array", categoryarray=list(reversed(RECORDS.values())))
    _each_year(figure, table["year"])
    data = table.assign(record=table["record"].map(RECORDS).str.replace("<br>", " "))
    data = data[["record", "year", "count", "what"]].set_axis(["Record", "Year", "Items", "Which"], axis=1)
    return finish(
        figure,
        title=title,
        alt=f"Rows of marks by year, each with its number of items: {'; '.join(said)}.",
        data=data,
        height=330,
        subtitle="Signs of the GSPC, AQIM or an offshoot in Mali, by year; a number counts groups, sides or events, no mark is none",
    )


# What a government is to a conflict, with the shape and colour of its mark.
PARTS = {
    "primary": ("a conflict of its own", "circle", MUTED),
    "secondary": ("beside another government", "diamond", SECOND),
}
HELD = "meetings held"


def beside(table: pd.DataFrame, meetings: pd.Series, title: str) -> go.Figure:
    """Governments in conflict with a group, as main party or beside another, above the meetings of the same years.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.violence.beside`.
    meetings : pandas.Series
        Number of meetings by year.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    for role, (name, symbol, colour) in PARTS.items():
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
        y=[HELD] * len(held),
        mode="markers+text",
        name="meetings of the core countries",
        text=held.astype(str),
        textfont={"size": 12, "color": ON_MARK},
        marker={"symbol": "square", "size": 20, "color": MAIN},
        hovertemplate="%{x}: %{text} meetings<extra></extra>",
    )
    order = [HELD, *sorted(table["party"].unique(), reverse=True)]
    figure.update_yaxes(categoryorder="array", categoryarray=order)
    _each_year(figure, table["year"])
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"b": 40})
    return finish(
        figure,
        title=title,
        alt=_beside_in_words(table, held),
        data=_beside_rows(table, held),
        height=360,
        subtitle=(
            f"Governments that UCDP lists against AQIM ({violence.CONFLICT} battle deaths a year or more), "
            "and meetings of the core countries' bodies"
        ),
    )


def _beside_rows(table: pd.DataFrame, held: pd.Series) -> pd.DataFrame:
    """Governments and meetings by year for a reader."""
    part = table["role"].map({role: name for role, (name, _, _) in PARTS.items()})
    columns = ["Year", "State", "Part", "Conflict of"]
    rows = table.assign(part=part)[["year", "party", "part", "beside"]].set_axis(columns, axis=1)
    more = pd.DataFrame({"Year": held.index, "State": HELD, "Part": held.astype(str).tolist(), "Conflict of": ""})
    return pd.concat([rows, more])


def _beside_in_words(table: pd.DataFrame, held: pd.Series) -> str:
    """What the figure shows, for readers who cannot see it."""
    main = table[table["role"] == "primary"].groupby("party")["year"].agg(years)
    own = listing(f"{party} in {when}" for party, when in main.items())
    met = listing(f"{times(number)} in {year}" for year, number in held.items())
    return (
        f"Marks by government and year, {table['year'].min()} to {table['year'].max()}. "
        f"In a conflict of its own with AQIM: {own}. Beside another: "
        f"{violence.stood(table[table['role'] == 'secondary'])}. The bodies of the core countries met {met}."
    )
