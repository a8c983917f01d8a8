"""Figures on the foundings of initiatives."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.figure import INK, MUTED, area, bars, finish
from cooperation.figures.palette import MAIN, REST, SEARCH, SECOND
from cooperation.measures.changepoint import located
from cooperation.measures.initiatives import CHOICE_LABELS, LISTS, OPTION_LABELS
from cooperation.measures.tempo import BODIES
from cooperation.periods import ARTICLE, CASCADE, LABELS, YEAR

SEARCHES = {
    "first": (LISTS["first"], SEARCH["first"], False),
    "second": ("only in the second list", SEARCH["second"], True),
    "later": ("found since", SEARCH["later"], False),
}
SEARCH_SHAPE = {"first": "circle", "second": "diamond", "later": "square"}
NAMED, LONGEST = 16, 22
BINS = 24
# Words for a narrow column.
SHORT = {
    "year": "12 months to article",
    "since_coup": "coup to article",
    "cascade": "January 2012 to article",
    "in_2013": "2013",
}


def mark_cascade(figure: go.Figure) -> None:
    """Shade the cascade."""
    figure.add_vrect(
        x0=str(CASCADE[0].date()),
        x1=str(CASCADE[1].date()),
        fillcolor=MAIN,
        opacity=0.14,
        line={"width": 0},
        layer="below",
    )


def timeline(table: pd.DataFrame, meetings: pd.Series, title: str, alt: str) -> go.Figure:
    """Every initiative from its founding to its end or to the last evidence read, in the order of founding.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.searched`.
    meetings : pandas.Series
        Meetings on record by key of the initiative; those with most are
        named in the figure, where there is room.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table.reset_index(drop=True)
    table = table.assign(until=table["ended"].fillna(table["status_latest_date"]), position=range(1, len(table) + 1))
    table["search"] = table["search"].map({search: name for search, (name, *_) in SEARCHES.items()})
    looks = {name: SEARCH_SHAPE[search] + ("-open" if hollow else "") for search, (name, _, hollow) in SEARCHES.items()}
    figure = go.Figure()
    for name, colour, _ in SEARCHES.values():
        part = table[table["search"] == name]
        x, y = [], []
        for row in part.itertuples():
            x += [str(row.from_day.date()), row.until, None]
            y += [row.position, row.position, None]
        figure.add_scatter(
            x=x, y=y, mode="lines", line={"color": colour, "width": 0.8}, hoverinfo="skip", showlegend=False
        )
        ends = part["ended"].notna()
        figure.add_scatter(
            x=part.loc[ends, "ended"],
            y=part.loc[ends, "position"],
            mode="markers",
            hoverinfo="skip",
            showlegend=False,
            marker={"symbol": "line-ns", "size": 5, "line": {"color": colour, "width": 2}},
        )
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=name, marker={"color": colour, "symbol": looks[name], "size": 8}
        )
    figure.add_scatter(
        x=table["from_day"].dt.strftime("%Y-%m-%d"),
        y=table["position"],
        mode="markers",
        showlegend=False,
        marker={
            "color": table["search"].map({name: colour for name, colour, _ in SEARCHES.values()}),
            "symbol": table["search"].map(looks),
            "size": 6,
        },
        customdata=table[["short_name", "founded", "founded_event", "status_latest_date", "search"]].fillna(
            "not known"
        ),
        hovertemplate="<b>%{customdata[0]}</b> (%{customdata[4]})<br>%{customdata[1]}: %{customdata[2]}<br>last evidence: %{customdata[3]}<extra></extra>",
    )
    named: list[int] = []
    met = table["id"].map(meetings).fillna(0)
    for at in met[met > 0].sort_values(ascending=False, kind="stable").index:
        if (
            len(named) < NAMED
            and len(table.at[at, "short_name"]) <= LONGEST
            and all(abs(at - other) > 2 for other in named)
        ):
            named.append(at)
            figure.add_annotation(
                x=str(table.at[at, "from_day"].date()),
                y=int(table.at[at, "position"]),
                text=table.at[at, "short_name"],
                showarrow=False,
                xanchor="right",
                xshift=-5,
                font={"size": 11, "color": INK},
            )
    figure.update_yaxes(
        range=[len(table) + 1.5, -0.5],
        tickvals=list(range(25, len(table) + 1, 25)),
        title={"text": "foundings so far", "font": {"size": 12}},
    )
    figure.update_xaxes(
        range=["1985-01-01", "2026-12-31"], dtick="M120", tick0="1990-01-01", tickformat="%Y", tickangle=0, side="top"
    )
    mark_cascade(figure)
    figure.update_layout(legend={"y": -0.01, "yanchor": "top"}, margin={"t": 40, "b": 30})
    data = table[
        [
            "short_name",
            "search",
            "founded",
            "founded_event",
            "ended",
            "status_latest",
            "status_latest_date",
            "verification",
        ]
    ]
    data = data.set_axis(
        [
            "Initiative",
            "Found by",
            "Founded",
            "Founding act",
            "Ended",
            "Status in the last evidence",
            "Date of that evidence",
            "Verification",
        ],
        axis=1,
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=900,
        subtitle="African-led, core scope, one line each in the order of founding, to the recorded end (upright stroke) or the last evidence read; "
        f"the steeper the row of marks, the more were founded; shaded: {LABELS['cascade']}",
    )


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
        figure.add_bar(
            x=counts.index,
            y=counts[search],
            name=name,
            hovertemplate="%{x}: %{y}<extra>" + name + "</extra>",
            marker=bars(colour, hollow),
        )
    day = ARTICLE.year + (ARTICLE.dayofyear - 1) / 365 - 0.5
    figure.add_vrect(x0=CASCADE[0].year - 0.5, x1=day, fillcolor=MAIN, opacity=0.14, line={"width": 0}, layer="below")
    figure.update_layout(barmode="stack", bargap=0.15, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    figure.update_xaxes(dtick=5, tick0=1990)
    figure.update_yaxes(dtick=2)
    names = {search: name for search, (name, _, _) in SEARCHES.items()}
    data = counts[list(SEARCHES)].rename(columns=names).reset_index().rename(columns={"year": "Year"})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=380,
        subtitle="African-led initiatives of core scope by year of founding and by the search that found them; "
        f"shaded: {LABELS['cascade']}",
    )


def change_points(chances: dict[str, pd.DataFrame], tables: dict[str, pd.DataFrame], title: str, alt: str) -> go.Figure:
    """In which month the founding rate changed, if it changed once, by the searches counted.

    Parameters
    ----------
    chances : dict of str to pandas.DataFrame
        Searches (keys of :data:`cooperation.measures.initiatives.LISTS`) to
        what :func:`cooperation.measures.changepoint.posterior` gives.
    tables : dict of str to pandas.DataFrame
        Searches to the initiatives that count.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    heads = [f"<b>{LISTS[searches]}</b>" for searches in chances]
    figure = make_subplots(rows=len(chances), cols=1, shared_xaxes=True, vertical_spacing=0.13, subplot_titles=heads)
    top = 100 * max(part["chance"].max() for part in chances.values())
    rows = []
    for number, (searches, part) in enumerate(chances.items(), start=1):
        where, name = located(part), LISTS[searches]
        figure.add_bar(
            x=part["month"].dt.strftime("%Y-%m-%d"),
            y=(100 * part["chance"]).round(2),
            hoverinfo="skip",
            showlegend=False,
            row=number,
            col=1,
            marker=bars(MAIN),
            width=31 * 86400000,
        )
        founded = tables[searches]["from_day"]
        founded = founded[founded.between(part["month"].min() - pd.DateOffset(months=1), CASCADE[1])]
        figure.add_scatter(
            x=founded.dt.strftime("%Y-%m-%d"),
            y=[-0.09 * top] * len(founded),
            mode="markers",
            hoverinfo="skip",
            showlegend=False,
            row=number,
            col=1,
            marker={"symbol": "line-ns", "size": 8, "line": {"color": INK, "width": 1}},
        )
        figure.add_scatter(
            x=[str(where[end].date()) for end in ("low", "high")],
            y=[-0.2 * top] * 2,
            mode="lines",
            line={"color": MAIN, "width": 5},
            hoverinfo="skip",
            showlegend=False,
            row=number,
            col=1,
        )
        figure.add_scatter(
            x=[str(where["month"].date())],
            y=[round(100 * where["chance"], 2)],
            mode="markers+text",
            showlegend=False,
            row=number,
            col=1,
            text=[f"{where['month']:%B %Y}"],
            textposition="top left",
            textfont={"size": 12, "color": INK},
            marker={"color": MAIN, "symbol": "diamond", "size": 8},
            customdata=[[name, f"{where['low']:%B %Y}", f"{where['high']:%B %Y}"]],
            hovertemplate="<b>%{customdata[0]}</b>: likeliest month %{text}, %{y:.0f} per cent<br>95 per cent lie from %{customdata[1]} to %{customdata[2]}<extra></extra>",
        )
        rows += [
            {
                "Counted": name,
                "First month of the new rate": f"{row.month:%Y-%m}",
                "Chance, per cent": round(100 * row.chance, 2),
                "A year before": round(row.before, 2),
                "A year after": round(row.after, 2),
            }
            for row in part.itertuples()
            if row.chance >= 0.001
        ]
    figure.update_xaxes(
        range=["1989-06-01", "2014-09-01"],
        dtick="M60",
        tick0="1990-01-01",
        tickformat="%Y",
        tickangle=0,
        showticklabels=True,
    )
    ticks = list(range(0, int(top) + 1, 10))
    figure.update_yaxes(range=[-0.27 * top, 1.3 * top], tickvals=ticks, ticktext=[f"{value} %" for value in ticks])
    figure.update_annotations(x=0, xanchor="left", font={"size": 13, "color": INK})
    figure.update_layout(bargap=0, margin={"t": 26, "b": 24})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=pd.DataFrame(rows),
        height=590,
        subtitle="Chance of each month to be the first of a new rate of African-led foundings, given one change between 1990 and the article; "
        "strokes below: the foundings; bar below: 95 per cent of the chance",
    )


def curve(readings: pd.DataFrame, choices: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """The ratio under every combination of choices, sorted, and below it which choices make it high or low.

    Parameters
    ----------
    readings : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.readings`.
    choices : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.by_choice`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    drawn = readings[readings["ratio"].notna()].reset_index(drop=True)
    group = pd.Series(range(len(drawn))) * BINS // len(drawn)
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.03, row_heights=[0.3, 0.7])
    middle = drawn.groupby(group)[["ratio", "low", "high"]].median()
    ends = drawn.groupby(group)["ratio"].agg(["min", "max"])
    figure.add_scatter(
        x=middle.index + 0.5,
        y=middle["ratio"].round(2),
        mode="markers",
        showlegend=False,
        row=1,
        col=1,
        marker={"color": MAIN, "size": 6},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (middle["high"] - middle["ratio"]).round(2),
            "arrayminus": (middle["ratio"] - middle["low"]).round(2),
            "color": MAIN,
            "thickness": 1.4,
            "width": 0,
        },
        customdata=pd.concat(
            [ends, middle[["low", "high"]], (group.value_counts().sort_index()).rename("n")], axis=1
        ).round(2),
        hovertemplate="%{customdata[4]} readings: factor %{customdata[0]:.1f} to %{customdata[1]:.1f}<br>middle interval %{customdata[2]:.1f} to %{customdata[3]:.1f}<extra></extra>",
    )
    figure.add_hline(y=1, line={"color": MUTED, "width": 1.2}, row=1, col=1)
    words = {**OPTION_LABELS, **LISTS, **LABELS}
    labels, at = [], []
    place = 0.0
    for choice, options in choices.groupby("choice", sort=False):
        labels.append(f"<b>{CHOICE_LABELS[choice]}</b>")
        at.append(place)
        for row in options.itertuples():
            place += 1
            share = (drawn[choice] == row.option).groupby(group).mean()
            figure.add_scatter(
                x=share.index + 0.5,
                y=[place] * BINS,
                mode="markers",
                hoverinfo="skip",
                showlegend=False,
                row=2,
                col=1,
                marker={
                    "symbol": "square",
                    "size": (9 * share**0.5).round(1),
                    "opacity": 1,
                    "color": INK,
                    "line": {"width": 0},
                },
            )
            labels.append(f"{SHORT.get(row.option, words[row.option])} {row.median:.1f}")
            at.append(place)
        place += 1.3
    figure.update_yaxes(
        type="log",
        range=[-0.5, 1.6],
        tickvals=[0.5, 1, 2, 5, 10, 20],
        ticktext=["0.5", "1", "2", "5", "10", "20"],
        row=1,
        col=1,
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=at,
        ticktext=labels,
        tickfont={"size": 11},
        range=[place - 0.6, -0.8],
        showgrid=False,
        row=2,
        col=1,
    )
    figure.update_xaxes(range=[0, BINS], showticklabels=False, ticks="", showgrid=False)
    figure.update_layout(margin={"t": 20, "b": 14})
    named = choices.assign(choice=choices["choice"].map(CHOICE_LABELS), option=choices["option"].map(words))
    data = named.round(2).set_axis(
        [
            "Choice",
            "Option",
            "Readings",
            "Median factor",
            "5th percentile",
            "95th percentile",
            "Share above one",
            "Share with the interval above one",
        ],
        axis=1,
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=860,
        subtitle=f"Above: foundings a year in the window as a multiple of those before, {len(drawn):,} readings sorted and put into {BINS} groups, with the middle 95 per cent interval "
        "of each; logarithmic scale. Below: the larger the square, the more of the group made that choice; beside it the median factor",
    )


def factors(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Ratio of founding rates by what each search found and by each estimate of what they missed.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns name, ratio, low, high, estimated (whether it reaches beyond
        what was found), in the order drawn.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    position = pd.Series(range(len(table)), index=table.index)
    for estimated, name, colour, symbol in ((False, "counted", SECOND, "square"), (True, "estimated", MAIN, "circle")):
        part = table[table["estimated"] == estimated]
        figure.add_scatter(
            x=part["ratio"].round(2),
            y=position[part.index],
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": 10},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (part["high"] - part["ratio"]).round(2),
                "arrayminus": (part["ratio"] - part["low"]).round(2),
                "color": colour,
                "thickness": 1.8,
                "width": 0,
            },
            customdata=part[["name", "low", "high"]].round(2),
            hovertemplate="<b>%{customdata[0]}</b>: %{x:.1f} times (%{customdata[1]:.1f} to %{customdata[2]:.1f})<extra></extra>",
        )
    for row, at in zip(table.itertuples(), position, strict=True):
        figure.add_annotation(
            x=math.log10(row.high),
            y=at,
            text=f"{row.ratio:.1f}",
            showarrow=False,
            xanchor="left",
            xshift=5,
            font={"size": 12, "color": INK},
        )
    figure.add_vline(x=1, line={"color": MUTED, "width": 1.2})
    figure.update_xaxes(
        type="log", range=[-0.05, 1.68], tickvals=[1, 2, 5, 10, 20], ticktext=["1", "2", "5", "10", "20"]
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=position.tolist(),
        ticktext=[name.replace(", ", ",<br>") for name in table["name"]],
        range=[len(table) - 0.4, -0.6],
        showgrid=False,
    )
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    data = table[["name", "ratio", "low", "high"]].round(2).set_axis(["By", "Factor", "Low", "High"], axis=1)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle=f"African-led foundings a year from {LABELS['cascade']}, as a multiple of {LABELS['baseline']}; "
        "95 per cent intervals; logarithmic scale",
    )


def dependence(table: pd.DataFrame, marks: dict[str, float], title: str, alt: str) -> go.Figure:
    """Ratio of founding rates, by how much the two searches may have depended on each other before 2012.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns odds, ratio, low, high (independent lists from 2012 on), same
        (ratio if the lists depend on each other as much from 2012 on).
    marks : dict of str to float
        Words to odds ratios that are marked.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    x, shown = table["odds"], table.round(2)
    figure.add_scatter(
        x=[*x, *x[::-1]],
        y=[*shown["high"], *shown["low"][::-1]],
        mode="lines",
        fill="toself",
        **area(MAIN),
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=x,
        y=shown["ratio"],
        mode="lines+markers",
        name="independent from 2012 on",
        line={"color": MAIN, "width": 2.4},
        marker={"size": 5},
        customdata=shown[["low", "high", "same"]],
        hovertemplate="odds ratio %{x:.1f} before 2012: %{y:.1f} times (%{customdata[0]:.1f} to %{customdata[1]:.1f})<br>"
        "with the same odds ratio from 2012 on: %{customdata[2]:.1f}<extra></extra>",
    )
    figure.add_scatter(
        x=x,
        y=shown["same"],
        mode="lines",
        name="as dependent from 2012 on",
        line={"color": SECOND, "width": 2, "dash": "dash"},
        hoverinfo="skip",
    )
    for number, (words, odds) in enumerate(marks.items()):
        figure.add_vline(x=odds, line={"color": MUTED, "width": 1.2, "dash": "dot"})
        figure.add_annotation(
            x=math.log10(odds),
            y=math.log10(0.46) - 0.13 * number,
            text=f"{odds:.1f}: {words}",
            showarrow=False,
            xanchor="left",
            xshift=2,
            align="left",
            font={"size": 11, "color": INK},
        )
    figure.add_hline(y=1, line={"color": MUTED, "width": 1.2})
    figure.update_xaxes(
        type="log",
        range=[-0.03, 2.03],
        tickvals=[1, 2, 5, 10, 20, 50, 100],
        ticktext=["1", "2", "5", "10", "20", "50", "100"],
        title={"text": "odds ratio of the two lists before 2012", "font": {"size": 12}},
    )
    figure.update_yaxes(
        type="log", range=[-0.65, 1.25], tickvals=[0.5, 1, 2, 5, 10], ticktext=["0.5", "1", "2", "5", "10"]
    )
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    data = shown.set_axis(
        ["Odds ratio before 2012", "Factor", "Low", "High", "Factor with the same odds ratio from 2012 on"], axis=1
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle=f"Factor of founding rates, {LABELS['cascade']} against {LABELS['baseline']}, "
        "by how much likelier what one list holds is to be in the other; "
        "band: 95 per cent; both scales logarithmic",
    )


def meetings(quarters: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Meetings by quarter and kind of body.

    Parameters
    ----------
    quarters : pandas.DataFrame
        From :func:`cooperation.measures.tempo.quarterly`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    looks = ((MAIN, False), (REST, False), (SECOND, True))
    middle = (quarters["quarter"] + pd.Timedelta(days=45)).dt.strftime("%Y-%m-%d")
    spoken = [f"{day.year}, quarter {day.quarter}" for day in quarters["quarter"]]
    for (body, name), (colour, hollow) in zip(BODIES.items(), looks, strict=True):
        figure.add_bar(
            x=middle,
            y=quarters[body],
            name=name,
            marker=bars(colour, hollow),
            customdata=spoken,
            width=70 * 86400000,
            hovertemplate="%{customdata}: %{y}<extra>" + name + "</extra>",
        )
    first, last = (str(day.date()) for day in YEAR)
    figure.add_vrect(x0=first, x1=last, fillcolor=MAIN, opacity=0.14, line={"width": 0}, layer="below")
    figure.update_xaxes(dtick="M12", tick0="2009-01-01", tickformat="%Y", tickangle=0)
    figure.update_yaxes(dtick=5)
    figure.update_layout(barmode="stack", legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 56})
    data = quarters.assign(quarter=spoken).rename(columns={"quarter": "Quarter", **BODIES})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=400,
        subtitle="Meetings of core scope on record by quarter and by whose they are; shaded: the article's twelve months",
    )
