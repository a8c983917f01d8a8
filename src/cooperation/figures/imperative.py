"""Figures on what called the initiatives forth."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.drawing import RULE, for_readers, interval, shade, write_in_panel
from claimbook.figure import GRID, MUTED, ON_MARK, bars, finish
from cooperation.figures.palette import CRISIS, MAIN, PLAIN, SECOND, THIRD
from cooperation.measures.imperative import CRISIS_YEARS, GROUPS, MEASURES, PURPOSES
from cooperation.periods import LABELS

# Words for the head of a narrow column.
COLUMNS = {
    **{period: LABELS[period].replace("-", "-<br>") for period in ("two_before", "recent")},
    "cascade": "2012 to<br>article",
    "after_to_2015": "article<br>to 2015",
}
PANELS = {
    "founded": ("initiatives founded", MAIN, False),
    "all": ("deaths: whole region", MUTED, False),
    "four": ("deaths: Algeria, Mali, Mauritania, Niger", MUTED, False),
    "islamist": ("deaths: armed Islamist groups, at most", MUTED, False),
    "hostages": ("hostages seized, cases of 2003-2012", CRISIS, True),
}
LAGGED = {"all": (SECOND, "square", -0.14), "islamist": (THIRD, "circle", 0.14)}
LAG_WORDS = {0: "the same year", 1: "the year before", -1: "the year after"}
LAG_NAME = {"all": MEASURES["all"], "islamist": "conflicts with armed Islamist groups"}


def grounds(counts: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """How many initiatives of each period state which ground.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.imperative.by_period`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    named = [purpose for purpose in PURPOSES if counts[purpose].sum()]
    level = {purpose: row for row, purpose in enumerate(named)}
    figure = go.Figure()
    for column, (period, row) in enumerate(counts.iterrows()):
        _circles(figure, column, period, row, level)
    for group in ("lasting", "crisis"):
        below = max(level[purpose] for purpose in GROUPS[group] if purpose in level)
        figure.add_hline(y=below + 0.5, line={"color": MUTED, "width": 1})
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(level.values()),
        ticktext=[f"<b>{PURPOSES[key]}</b>" if key in GROUPS["crisis"] else PURPOSES[key] for key in named],
        range=[len(named) - 0.45, -0.6],
        showgrid=False,
    )
    figure.update_xaxes(
        tickmode="array",
        tickvals=list(range(len(counts))),
        side="top",
        tickangle=0,
        tickfont={"size": 12},
        range=[-0.5, len(counts) - 0.5],
        gridcolor=GRID,
        ticktext=[f"{COLUMNS[period]}<br>({counts.at[period, 'founded']})" for period in counts.index],
    )
    figure.update_layout(margin={"t": 70})
    data = counts[["founded", *named]].T.rename(index=PURPOSES, columns=LABELS).rename_axis("Ground").reset_index()
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=620,
        subtitle="African-led initiatives of core scope by period of founding (number in brackets) and by ground "
        "stated; one may state several; bold: crises of 2011 to 2013",
    )


def _circles(figure: go.Figure, column: int, period: str, row: pd.Series, level: dict[str, int]) -> None:
    """The grounds of one period: a circle grows with the share of its initiatives, and carries their number."""
    shown = [purpose for purpose in level if row[purpose]]
    figure.add_scatter(
        x=[column] * len(shown),
        y=[level[purpose] for purpose in shown],
        mode="markers+text",
        showlegend=False,
        marker={
            "opacity": 1,
            "size": [round(18 + 26 * math.sqrt(row[purpose] / row["founded"]), 1) for purpose in shown],
            "line": {"width": 0},
            "color": [
                CRISIS if purpose in GROUPS["crisis"] else MAIN if purpose in GROUPS["lasting"] else PLAIN
                for purpose in shown
            ],
        },
        text=[str(row[purpose]) for purpose in shown],
        textfont={"size": 12, "color": ON_MARK},
        customdata=[f"{PURPOSES[purpose]}: {row[purpose]} of {row['founded']}" for purpose in shown],
        hovertemplate="%{customdata}<extra>" + LABELS[period] + "</extra>",
    )


def beside(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Foundings, deaths and hostages by year, one panel each.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.imperative.yearly`, with a column
        ``hostages`` (persons; missing in years that were not looked at).
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=len(PANELS), cols=1, shared_xaxes=True, vertical_spacing=0.055)
    for row, (column, (name, colour, hollow)) in enumerate(PANELS.items(), start=1):
        figure.add_bar(
            x=table.index,
            y=table[column],
            marker=bars(colour, hollow),
            showlegend=False,
            row=row,
            col=1,
            hovertemplate="%{x}: %{y:,}<extra>" + name + "</extra>",
        )
        head = f"<b>{name}</b>"
        write_in_panel(figure, row, head, y=1.12, size=12, xanchor="left", yanchor="bottom", yshift=-10)
    shade(figure, CRISIS_YEARS[0] - 0.5, CRISIS_YEARS[1] + 0.5, CRISIS, row="all", col=1)
    figure.update_yaxes(rangemode="tozero", nticks=4)
    figure.update_xaxes(range=[1988.4, 2024.6], dtick=5, tick0=1990)
    figure.update_layout(bargap=0.2, margin={"t": 34})
    heads = {column: name.capitalize() for column, (name, _, _) in PANELS.items()}
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(table.rename_axis("Year").reset_index(), {"Year": "Year", **heads}),
        height=720,
        subtitle="Numbers by year; each panel has its own scale; deaths: best estimate; shaded: 2012 and 2013",
    )


def lagged(table: pd.DataFrame, years: tuple[int, int], title: str, alt: str) -> go.Figure:
    """Change in foundings for each doubling of the deaths of earlier and later years.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.imperative.lags`.
    years : (int, int)
        First and last year of founding that it rests on.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shown = table.assign(**{column: (100 * table[column]).round(1) for column in ("change", "low", "high")})
    figure = go.Figure()
    for measure, (colour, symbol, offset) in LAGGED.items():
        part = shown[shown["measure"] == measure]
        figure.add_scatter(
            x=part["change"],
            y=part["lag"] + offset,
            mode="markers",
            name=LAG_NAME[measure],
            marker={"color": colour, "symbol": symbol, "size": 9},
            error_x=interval(part["change"], part["low"], part["high"], colour, digits=1),
            customdata=part[["low", "high"]],
            hovertemplate="%{x:+.0f} per cent (%{customdata[0]:+.0f} to %{customdata[1]:+.0f})<extra>"
            + LAG_NAME[measure]
            + "</extra>",
        )
    figure.add_vline(x=0, line=RULE)
    lags = sorted(table["lag"].unique(), reverse=True)
    figure.update_yaxes(
        tickmode="array",
        tickvals=lags,
        ticktext=[LAG_WORDS.get(lag, f"{abs(lag)} years {'before' if lag > 0 else 'after'}") for lag in lags],
        range=[min(lags) - 0.6, max(lags) + 0.6],
        showgrid=False,
    )
    figure.update_xaxes(ticksuffix=" %", dtick=25)
    figure.update_layout(legend={"y": 1.02}, margin={"t": 40})
    names = {"measure": "Deaths", "lag": "Years by which deaths come first", "change": "Change, per cent"}
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(shown.replace({"measure": LAG_NAME}), {**names, "low": "Low", "high": "High"}),
        height=460,
        subtitle=f"Change in yearly foundings, {years[0]} to {years[1]}, for each doubling of the deaths of the year "
        "named; 95 per cent intervals; steady growth allowed for",
    )
