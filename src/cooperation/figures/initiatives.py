"""Figures on the foundings of initiatives."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from cooperation.figures.house import INK, LEAD, MUTED, bars, finish
from cooperation.measures.initiatives import DEFINITIONS, WINDOWS

SOURCE = "table initiatives of this report's data package"
SHAPE = {"african": "circle", "mixed": "diamond", "external": "square"}
LEAD_NAME = {"african": "African-led", "mixed": "led with outsiders", "external": "led from outside"}
CASCADE = WINDOWS["January 2012 to the article"]
SHADE = "#0b6e69"
SEARCHES = {
    "first": ("first list", "#8c8f94", False), "second": ("only in the second list", "#b8860b", True), "later": ("found since", "#0072b2", False),
}


def mark_cascade(figure: go.Figure) -> None:
    """Shade January 2012 to the date of the article."""
    figure.add_vrect(x0=str(CASCADE[0].date()), x1=str(CASCADE[1].date()), fillcolor=SHADE, opacity=0.14, line={"width": 0}, layer="below")


def timeline(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Every initiative from its founding to its end or to the last evidence read.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.dated`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table.assign(until=table["ended"].fillna(table["status_latest_date"]), position=range(len(table)))
    table["label"] = table["short_name"].where(table["verification"] != "memory", table["short_name"] + " (unverified)")
    figure = go.Figure()
    for lead, name in LEAD_NAME.items():
        part = table[table["led_by"] == lead]
        x, y = [], []
        for row in part.itertuples():
            x += [str(row.from_day.date()), row.until, None]
            y += [row.position, row.position, None]
        figure.add_scatter(x=x, y=y, mode="lines", line={"color": LEAD[lead], "width": 3}, opacity=0.55, hoverinfo="skip", showlegend=False)
        ends = part["ended"].notna()
        figure.add_scatter(
            x=part.loc[ends, "ended"], y=part.loc[ends, "position"], mode="markers", hoverinfo="skip", showlegend=False,
            marker={"symbol": "line-ns", "size": 9, "line": {"color": LEAD[lead], "width": 2.5}},
        )
        figure.add_scatter(
            x=part["from_day"].dt.strftime("%Y-%m-%d"), y=part["position"], mode="markers", name=name,
            marker={"color": LEAD[lead], "symbol": SHAPE[lead], "size": 9},
            customdata=part[["name", "founded", "founded_event", "status_latest", "status_latest_date"]].fillna("not known"),
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}: %{customdata[2]}<br>last evidence %{customdata[4]}: %{customdata[3]}<extra></extra>",
        )
    figure.update_yaxes(
        tickmode="array", tickvals=table["position"].tolist(), ticktext=table["label"].tolist(), tickfont={"size": 11},
        range=[len(table) - 0.3, -0.8], showgrid=False,
    )
    figure.update_xaxes(range=["1988-01-01", "2026-12-31"], dtick="M120", tick0="1990-01-01", tickformat="%Y", tickangle=0, side="top")
    mark_cascade(figure)
    figure.update_layout(legend={"y": -0.01, "yanchor": "top"}, margin={"t": 40, "b": 30})
    data = table[["short_name", "name", "led_by", "founded", "founded_event", "ended", "status_latest", "status_latest_date", "verification"]]
    data = data.set_axis(["Short name", "Name", "Led by", "Founded", "Founding act", "Ended", "Status in the last evidence", "Date of that evidence", "Verification"], axis=1)
    return finish(figure, title=title, alt=alt, source=SOURCE, data=data, height=1120,
                  subtitle="From founding to recorded end (upright stroke) or to the last evidence read, not the present; shaded: January 2012 to the article")


def by_year(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Foundings by year and by the search that found them.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.searched`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    counts = table.assign(year=table["from_day"].dt.year).groupby(["year", "search"]).size().unstack(fill_value=0)
    counts = counts.reindex(range(1989, 2027), fill_value=0)
    figure = go.Figure()
    for search, (name, colour, hollow) in SEARCHES.items():
        figure.add_bar(x=counts.index, y=counts[search], name=name, hovertemplate="%{x}: %{y}<extra>" + name + "</extra>", marker=bars(colour, hollow))
    figure.add_vrect(x0=2011.5, x1=2014 + 133 / 365 - 0.5, fillcolor=SHADE, opacity=0.14, line={"width": 0}, layer="below")
    figure.update_layout(barmode="stack", bargap=0.15, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    figure.update_xaxes(dtick=5, tick0=1990)
    figure.update_yaxes(dtick=2)
    names = {search: name for search, (name, _, _) in SEARCHES.items()}
    data = counts[list(SEARCHES)].rename(columns=names).reset_index().rename(columns={"year": "Year"})
    return finish(figure, title=title, alt=alt, data=data, height=380, source="tables initiatives and capture_history of this report's data package",
                  subtitle="African-led initiatives of core scope by year of founding and by the search that found them; shaded: January 2012 to the article")


def curve(specifications: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Rate ratios for every window and definition, with intervals.

    Parameters
    ----------
    specifications : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.specifications`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    colours = dict(zip(WINDOWS, ("#0072b2", "#b8860b", "#a04f87", "#0b6e69"), strict=True))
    shapes = dict(zip(WINDOWS, ("circle", "square", "diamond", "triangle-up"), strict=True))
    figure = go.Figure()
    spread = dict(zip(WINDOWS, (-0.27, -0.09, 0.09, 0.27), strict=True))
    level = {name: n for n, name in enumerate(DEFINITIONS)}
    for window in WINDOWS:
        part = specifications[specifications["window"] == window].round(2)
        figure.add_scatter(
            x=part["ratio"], y=[level[name] + spread[window] for name in part["definition"]], mode="markers", name=window,
            marker={"color": colours[window], "symbol": shapes[window], "size": 9},
            error_x={"type": "data", "symmetric": False, "array": (part["high"] - part["ratio"]).round(2), "width": 0,
                     "arrayminus": (part["ratio"] - part["low"]).round(2), "color": colours[window], "thickness": 1.6},
            customdata=part[["count", "base_count", "low", "high"]],
            hovertemplate="%{x:.1f} times (%{customdata[2]:.1f} to %{customdata[3]:.1f})<br>%{customdata[0]} founded; baseline %{customdata[1]}<extra>" + window + "</extra>",
        )
    figure.add_vline(x=1, line={"color": MUTED, "width": 1.2})
    figure.add_annotation(x=0, y=1, yref="paper", yanchor="bottom", text="no change", showarrow=False, font={"size": 12, "color": MUTED})
    figure.update_xaxes(type="log", range=[-0.12, 1.6], tickvals=[1, 2, 5, 10, 20, 40], ticktext=["1", "2", "5", "10", "20", "40"])
    figure.update_yaxes(tickmode="array", tickvals=list(level.values()), ticktext=[name.replace(": ", ":<br>") for name in level],
                        range=[len(level) - 0.4, -0.6], showgrid=False)
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"t": 26, "b": 60})
    data = specifications.round(2).set_axis(
        ["Window", "Definition", "Founded", "A year", "Founded 1990-2011", "A year 1990-2011", "Ratio", "Low", "High"], axis=1)
    return finish(figure, title=title, alt=alt, source=SOURCE, data=data, height=520,
                  subtitle="Foundings a year in the window, as a multiple of 1990-2011; bar: exact 95 per cent interval; logarithmic scale; core scope, all searches")


def rates(estimates: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Foundings a year by period: each list, both together, and corrected for what both missed.

    Parameters
    ----------
    estimates : pandas.DataFrame
        From :func:`cooperation.measures.completeness.estimates`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    strict = estimates[estimates["matching"] == "strict"].reset_index(drop=True)
    series = {
        "first list": ("first", "#8c8f94", "square"), "second list": ("second", "#b8860b", "diamond"),
        "both together": ("found", "#0072b2", "triangle-up"), "corrected": ("total", "#0b6e69", "circle"),
    }
    figure = go.Figure()
    for number, (name, (column, colour, symbol)) in enumerate(series.items()):
        values = (strict[column] / strict["years"]).round(2)
        error = {}
        if column == "total":
            error = {"error_x": {
                "type": "data", "symmetric": False, "color": colour, "thickness": 1.6, "width": 0,
                "array": (strict["high"] / strict["years"] - values).round(2).tolist(),
                "arrayminus": (values - strict["low"] / strict["years"]).round(2).tolist(),
            }}
        figure.add_scatter(
            x=values, y=[n + (number - 1.5) * 0.18 for n in range(len(strict))], mode="markers+text", name=name,
            text=[f"{value:.1f}" for value in values], textposition="bottom center" if column == "total" else "middle right",
            textfont={"size": 12, "color": INK}, marker={"size": 10, "color": colour, "symbol": symbol},
            hovertemplate="%{x:.1f} a year<extra>" + name + "</extra>", **error,
        )
    figure.update_yaxes(tickmode="array", tickvals=list(range(len(strict))), range=[len(strict) - 0.4, -0.6], showgrid=False,
                        ticktext=[name.replace(" to ", "<br>to ") for name in strict["period"]])
    figure.update_xaxes(range=[0, 22])
    figure.update_layout(legend={"y": 1.02}, margin={"t": 40})
    data = strict[["period", "first", "second", "both", "found", "total", "low", "high"]].round(1).set_axis(
        ["Period", "First list", "Second list", "In both", "Found by either", "Estimated total", "Low", "High"], axis=1)
    return finish(figure, title=title, alt=alt, data=data, height=360, source="tables capture_history and initiatives of this report's data package",
                  subtitle="African-led foundings a year, by what each of two separate searches found; corrected: Chapman estimate with 95 per cent interval")
