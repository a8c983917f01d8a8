"""Figures on whether the dispute over Western Sahara colours what Algeria and Morocco do elsewhere."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.colours import TRANSPARENT
from claimbook.figure import GRID, INK, MUTED, ON_MARK, PAPER, area, bars, finish
from cooperation.figures.days import mark_article
from cooperation.figures.palette import BOTH, COUNTRY, NEITHER, REST
from cooperation.measures.prism import KINDS, READINGS, SIDES
from cooperation.periods import ARTICLE, LABELS, YEARS, in_words
from cooperation.states import ALGERIA, MOROCCO, PAIR, is_pair

BREAK = YEARS["break"]
SIDE = {
    ALGERIA: (COUNTRY[ALGERIA], "square"),
    MOROCCO: (COUNTRY[MOROCCO], "diamond"),
    "both": (BOTH, "circle"),
    "others": (NEITHER, "x"),
}
VOTE = {
    "yes": ("circle", 11, "yes"),
    "no": ("x", 10, "no"),
    "abstain": ("circle-open", 10, "abstained"),
    "absent": ("line-ew-open", 7, "absent"),
}
SEAT = {
    "both": "belongs too",
    "au_body": "African Union, OAU",
    "bilateral": "of two states only",
    "refused": "was refused",
    "outside": "outside, no request read of",
    "other_role": "in another role",
    "not_named": "not named",
}
GROUND = {
    "territory": "the territory",
    "interference": "interference, slights",
    "security": "security, crime, spying",
    "alignment": "third states (Israel)",
    "region": "role in the Sahel",
    "membership": "rules of a body",
    "reciprocity": "answer in kind",
    "hostility": "hostility, unnamed",
    "neighbourliness": "good relations",
    "economy": "economy",
    "border": "the common border",
    "humanitarian": "relief",
    "none": "none found",
}
# Abbreviations of the Correlates of War.
PARTNER = {
    "ARG": "Argentina",
    "DRV": "Vietnam",
    "ITA": "Italy",
    "POR": "Portugal",
    "QAT": "Qatar",
    "RUS": "Russia",
    "SAF": "South Africa",
    "SPN": "Spain",
    "TUN": "Tunisia",
    "TUR": "Turkey",
    "UAE": "United Arab Emirates",
    "UKG": "United Kingdom",
    "UKR": "Ukraine",
    "USA": "United States",
}
STATUS = {
    "actor": "said by the actor",
    "press": "said by the press",
    "other side": "said by the other side",
    "content": "the step is itself about it",
    "inferred": "inferred",
    "": "another ground",
}


def _pair_name(first: str, second: str, names: pd.Series) -> str:
    return f"{names[first]}-{names[second]}"


def _shade_break(figure: go.Figure, **where) -> None:
    """Shade the autumns in which relations were cut."""
    figure.add_vrect(
        x0=BREAK[0] - 0.5, x1=BREAK[1] + 0.5, fillcolor=GRID, opacity=0.5, line_width=0, layer="below", **where
    )


def _line(
    figure: go.Figure, row: int | None, x, y, name: str, colour: str, dash: str = "solid", width: float = 2, **more
) -> None:
    where = {} if row is None else {"row": row, "col": 1}
    figure.add_scatter(
        x=x, y=y, mode="lines", name=name, line={"color": colour, "dash": dash, "width": width}, **more, **where
    )


def _band(figure: go.Figure, x, low, high, name: str, **where) -> None:
    figure.add_scatter(
        x=[*x, *x[::-1]],
        y=[*high, *low[::-1]],
        mode="lines",
        fill="toself",
        **area(REST, 0.28),
        name=name,
        hoverinfo="skip",
        **where,
    )


def standing(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Agreement of the pair by year against all other pairs, and its place among them.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.standing`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.09,
        row_heights=[0.58, 0.42],
        subplot_titles=["<b>Votes cast alike, per cent</b>", "<b>Place among all pairs, per cent of them below</b>"],
    )
    years = table["year"].tolist()
    _band(
        figure,
        years,
        (100 * table["low"]).round(1).tolist(),
        (100 * table["high"]).round(1).tolist(),
        "eight in ten of the other pairs",
        row=1,
        col=1,
    )
    _line(
        figure,
        1,
        years,
        (100 * table["median"]).round(1),
        "middle pair",
        MUTED,
        "dot",
        hovertemplate="%{x}: %{y:.1f} %<extra>middle pair</extra>",
    )
    _line(
        figure,
        1,
        years,
        (100 * table["agreement"]).round(1),
        "Algeria-Morocco",
        INK,
        width=2.5,
        hovertemplate="%{x}: %{y:.1f} %<extra>Algeria-Morocco</extra>",
    )
    figure.add_scatter(
        x=years,
        y=table["percentile"].round(1),
        mode="markers+lines",
        showlegend=False,
        line={"color": INK, "width": 1},
        marker={"size": 6, "color": INK},
        hovertemplate="%{x}: above %{y:.0f} % of the pairs<extra></extra>",
        row=2,
        col=1,
    )
    figure.add_hline(y=50, line={"color": MUTED, "dash": "dot", "width": 1}, row=2, col=1)
    for row in (1, 2):
        _shade_break(figure, row=row, col=1)
    figure.add_annotation(
        x=sum(BREAK) / 2,
        y=4,
        text="relations cut",
        showarrow=False,
        font={"size": 12, "color": INK},
        yanchor="bottom",
        row=1,
        col=1,
    )
    figure.layout.annotations[-1].update(y=52)
    figure.update_yaxes(range=[50, 101], row=1, col=1)
    figure.update_yaxes(range=[-3, 103], dtick=25, row=2, col=1)
    figure.update_xaxes(range=[1961, 2020], dtick=10, tickangle=0)
    _left_titles(figure, 2)
    figure.update_layout(legend={"y": -0.07, "yanchor": "top"}, margin={"t": 34, "b": 70})
    data = table.assign(
        **{column: (100 * table[column]).round(1) for column in ("agreement", "low", "median", "high")},
        percentile=table["percentile"].round(1),
    )
    data.columns = [
        "Year",
        "Roll calls both voted in",
        "Alike",
        "Alike, per cent",
        "Other pairs",
        "Lowest tenth of them below",
        "Middle pair",
        "Highest tenth above",
        "Share of pairs below, per cent",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="Recorded votes in the UN General Assembly, those on Western Sahara taken out; all pairs of nineteen states of the region",
    )


def _left_titles(figure: go.Figure, number: int) -> None:
    for note in figure.layout.annotations[:number]:
        note.update(x=0, xanchor="left", font={"size": 13, "color": INK})


def issues(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Agreement by issue and period: the pair among all pairs with one of the two.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.by_period`, by issue.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    periods = list(table["period"].drop_duplicates())
    own = table[is_pair(table)]
    rest = table.drop(own.index)
    order = own.groupby("issue")["agreement"].mean().sort_values().index.tolist()
    figure = make_subplots(
        rows=len(periods),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.06,
        subplot_titles=[f"<b>{LABELS[period]}</b>" for period in periods],
    )
    for row, period in enumerate(periods, start=1):
        others, mine = rest[rest["period"] == period], own[own["period"] == period]
        figure.add_scatter(
            x=(100 * others["agreement"]).round(1),
            y=others["issue"],
            mode="markers",
            name="other pairs of Algeria or Morocco",
            showlegend=row == 1,
            marker={"symbol": "line-ns-open", "size": 11, "color": REST},
            customdata=others[["state_1", "state_2"]],
            hovertemplate="%{customdata[0]}-%{customdata[1]}: %{x:.1f} %<extra>%{y}</extra>",
            row=row,
            col=1,
        )
        figure.add_scatter(
            x=(100 * mine["agreement"]).round(1),
            y=mine["issue"],
            mode="markers",
            name="Algeria-Morocco",
            showlegend=row == 1,
            marker={"symbol": "circle", "size": 12, "color": INK},
            customdata=mine[["agreed", "shared", "percentile"]],
            hovertemplate="%{customdata[0]} of %{customdata[1]}: %{x:.1f} %, above %{customdata[2]:.0f} % of the pairs<extra>%{y}</extra>",
            row=row,
            col=1,
        )
    figure.update_yaxes(categoryorder="array", categoryarray=order, range=[-0.6, len(order) - 0.4])
    figure.update_xaxes(range=[48, 101.5], dtick=10, ticksuffix=" %")
    _left_titles(figure, len(periods))
    figure.update_layout(legend={"y": -0.05, "yanchor": "top"}, margin={"t": 34, "b": 60})
    data = table.assign(agreement=(100 * table["agreement"]).round(1), percentile=table["percentile"].round(1))
    data = data.assign(place=data["period"].map(periods.index), period=data["period"].map(LABELS))
    data = data.sort_values(["place", "issue", "state_1", "state_2"]).drop(columns="place")
    data.columns = [
        "Issue",
        "Period",
        "State",
        "Other state",
        "Roll calls both voted in",
        "Alike",
        "Alike, per cent",
        "Share of pairs below, per cent",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=260 + 165 * len(periods),
        subtitle="Votes cast alike by issue, per cent; a roll call may belong to several issues; votes on Western Sahara included",
    )


def distances(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Distance between the two ideal points with its interval, against the middle of other pairs.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.distances`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    years = table["year"].tolist()
    _band(figure, years, table["low"].tolist(), table["high"].tolist(), "90 per cent interval")
    _line(
        figure,
        None,
        years,
        table["median"].round(3),
        "middle of their other pairs",
        MUTED,
        "dot",
        hovertemplate="%{x}: %{y:.2f}<extra>middle pair</extra>",
    )
    _line(
        figure,
        None,
        years,
        table["distance"].round(3),
        "Algeria-Morocco",
        INK,
        width=2.5,
        customdata=table[["low", "high", "percentile"]].round(2),
        hovertemplate="%{x}: %{y:.2f} (%{customdata[0]:.2f} to %{customdata[1]:.2f}), further apart than %{customdata[2]:.0f} % of the pairs<extra></extra>",
    )
    _shade_break(figure)
    figure.add_vrect(x0=2020.5, x1=2024.5, fillcolor=GRID, opacity=0.5, line_width=0, layer="below")
    for x, text, anchor in ((sum(BREAK) / 2, "relations cut", "center"), (2024.5, "cut again", "right")):
        figure.add_annotation(x=x, y=2.35, text=text, showarrow=False, xanchor=anchor, font={"size": 12, "color": INK})
    figure.update_xaxes(range=[1962, 2025.5], dtick=10, tick0=1970, tickangle=0)
    figure.update_yaxes(rangemode="tozero", range=[0, 2.5])
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"b": 80})
    data = table.round(3)
    data.columns = [
        "Year",
        "Distance",
        "Low",
        "High",
        "Other pairs",
        "Middle of them",
        "Share of pairs nearer, per cent",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle="Distance between ideal points in the UN General Assembly, in points of the scale, to 2024",
    )


def roll_calls(table: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Votes on Western Sahara: one row a roll call, one column a state.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.roll_calls`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    dates = table.index.get_level_values("date")
    seen = dates.to_series().groupby(level=0).cumcount()
    labels = [f"{date[:7]}{' bc'[number] if number else ''}" for date, number in zip(dates, seen, strict=True)]
    long = table.set_axis(labels).stack().rename("vote").rename_axis(["roll_call", "state"]).reset_index()
    for vote, (symbol, size, label) in VOTE.items():
        part = long[long["vote"] == vote]
        colours = [COUNTRY[code] if code in PAIR else (MUTED if vote == "absent" else INK) for code in part["state"]]
        figure.add_scatter(
            x=part["state"],
            y=part["roll_call"],
            mode="markers",
            name=label,
            showlegend=False,
            marker={"symbol": symbol, "size": size, "color": colours, "line": {"width": 2, "color": colours}},
            customdata=part["state"].map(names),
            hovertemplate="%{customdata}, %{y}: " + label + "<extra></extra>",
        )
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=label,
            marker={"symbol": symbol, "size": size, "color": INK, "line": {"width": 2, "color": INK}},
        )
    figure.update_xaxes(
        categoryorder="array",
        categoryarray=list(table.columns),
        side="top",
        tickangle=-90,
        showgrid=False,
        range=[-0.7, len(table.columns) - 0.3],
        tickfont={"size": 12},
    )
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=labels[::-1],
        range=[-0.7, len(labels) - 0.3],
        tickfont={"size": 12},
        type="category",
        dtick=1,
    )
    figure.update_layout(legend={"y": -0.01, "yanchor": "top"}, margin={"t": 20, "b": 40})
    data = long.assign(state=long["state"].map(names))[["roll_call", "state", "vote"]]
    data.columns = ["Roll call", "State", "Vote"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=760,
        subtitle="All recorded votes on the territory, 1965-2006; a state that is absent casts no vote; Algeria left, Morocco right, between them by votes like Algeria's",
    )


def organisations(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Shared organisations of the pair by year, against chance.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of the pair in table ``shared_memberships_by_chance``.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    figure.add_scatter(
        x=table["year"],
        y=table["expected"],
        mode="markers",
        name="by chance, with central 95 per cent",
        marker={"color": MUTED, "size": 9, "symbol": "line-ew-open", "line": {"width": 2}},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (table["high"] - table["expected"]).round(1),
            "arrayminus": (table["expected"] - table["low"]).round(1),
            "color": MUTED,
            "thickness": 1.5,
            "width": 5,
        },
        customdata=table[["low", "high"]],
        hovertemplate="%{x}: %{y:.1f} (%{customdata[0]:.0f} to %{customdata[1]:.0f})<extra>by chance</extra>",
    )
    figure.add_scatter(
        x=table["year"],
        y=table["shared"],
        mode="markers+text",
        name="shared",
        text=table["shared"],
        textposition="top center",
        textfont={"color": INK},
        marker={"color": INK, "size": 9},
        hovertemplate="%{x}: %{y}<extra>shared</extra>",
    )
    _shade_break(figure)
    figure.add_annotation(x=sum(BREAK) / 2, y=3, text="relations cut", showarrow=False, font={"size": 12, "color": INK})
    figure.update_xaxes(range=[1962, 2017], dtick=10, tick0=1970, tickangle=0)
    figure.update_yaxes(rangemode="tozero", range=[0, 86])
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"b": 70})
    data = table[["year", "shared", "expected", "low", "high"]].copy()
    data.columns = ["Year", "Shared", "By chance", "Low", "High"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=400,
        subtitle="Intergovernmental organisations of which Algeria and Morocco were both full members, every fifth year and 2014",
    )


def initiatives(tables: dict[str, pd.DataFrame], title: str, alt: str) -> go.Figure:
    """Shared initiatives of the pair by who leads them, against chance.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        For each panel, from
        :func:`cooperation.measures.prism.shared_by_kind`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(
        rows=len(tables),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.12,
        subplot_titles=[f"<b>{name}</b>" for name in tables],
    )
    for row, table in enumerate(tables.values(), start=1):
        lanes = table["kind"].map(KINDS)
        figure.add_scatter(
            x=table["expected"].round(1),
            y=lanes,
            mode="markers",
            name="by chance, with central 95 per cent",
            showlegend=row == 1,
            marker={"color": MUTED, "size": 13, "symbol": "line-ns-open", "line": {"width": 2}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (table["high"] - table["expected"]).round(2),
                "arrayminus": (table["expected"] - table["low"]).round(2),
                "color": MUTED,
                "thickness": 2,
                "width": 6,
            },
            hovertemplate="%{y}: %{x:.1f}<extra>by chance</extra>",
            row=row,
            col=1,
        )
        figure.add_scatter(
            x=table["shared"],
            y=lanes,
            mode="markers+text",
            name="shared",
            showlegend=row == 1,
            text=table["shared"],
            textposition="top center",
            textfont={"color": INK},
            marker={"color": INK, "size": 12},
            hovertemplate="%{y}: %{x}<extra>shared</extra>",
            row=row,
            col=1,
        )
    figure.update_yaxes(range=[4.6, -0.8], autorange=False, showgrid=False)
    figure.update_xaxes(rangemode="tozero", range=[0, 21])
    _left_titles(figure, len(tables))
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 34, "b": 60})
    data = pd.concat([table.assign(panel=name, kind=table["kind"].map(KINDS)) for name, table in tables.items()])
    data = data[["panel", "kind", "memberships_1", "memberships_2", "shared", "expected", "low", "high"]].round(2)
    data.columns = ["Panel", "Kind", "Algeria belongs to", "Morocco belongs to", "Shared", "By chance", "Low", "High"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=600,
        subtitle="Initiatives to which Algeria and Morocco both belonged as members, by who leads them",
    )


def neighbours(table: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Shared African-led initiatives of every pair of the five Maghreb states, less what chance gives.

    Parameters
    ----------
    table : pandas.DataFrame
        state_1, state_2, shared, expected, low and high.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table.assign(more=table["shared"] - table["expected"]).sort_values("more")
    labels = [_pair_name(one, two, names) for one, two in zip(table["state_1"], table["state_2"], strict=True)]
    own = is_pair(table)
    figure = go.Figure()
    figure.add_bar(
        x=(table["high"] - table["low"]).round(2),
        base=(table["low"] - table["expected"]).round(2),
        y=labels,
        orientation="h",
        width=0.5,
        marker={"color": GRID, "line": {"color": MUTED, "width": 1}},
        name="where chance falls, 95 per cent",
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=table["more"].round(1),
        y=labels,
        mode="markers+text",
        name="shared, less what chance gives",
        text=[f"{value:+.1f}" for value in table["more"]],
        textposition="middle right",
        textfont={"color": INK},
        marker={
            "size": 12,
            "color": [INK if flag else MUTED for flag in own],
            "symbol": ["circle" if flag else "circle-open" for flag in own],
            "line": {"width": 2},
        },
        customdata=table[["shared", "expected"]].round(1),
        hovertemplate="%{y}: %{customdata[0]} shared, %{customdata[1]} by chance<extra></extra>",
    )
    figure.add_vline(x=0, line={"color": MUTED, "width": 1})
    figure.update_xaxes(range=[-7.5, 11])
    figure.update_yaxes(showgrid=False)
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"b": 70})
    data = table[["state_1", "state_2", "memberships_1", "memberships_2", "shared", "expected", "low", "high"]].round(2)
    data = data.assign(state_1=data["state_1"].map(names), state_2=data["state_2"].map(names))
    data.columns = ["State", "Other state", "Belongs to", "Other belongs to", "Shared", "By chance", "Low", "High"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle=f"African-led initiatives shared on {in_words(ARTICLE)}, less the mean of the draws, for each pair of the five Maghreb states",
    )


def seats(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """How the other of the two stands to the African-led initiatives of each.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.seat_of_the_other`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    counts = table.groupby(["member", "seat"]).size()
    totals = table["member"].value_counts()
    panels = [f"<b>Algeria's {totals[ALGERIA]}: Morocco</b>", f"<b>Morocco's {totals[MOROCCO]}: Algeria</b>"]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.14, subplot_titles=panels)
    rows = []
    for row, code in enumerate(PAIR, start=1):
        mine = {label: int(counts.get((code, seat), 0)) for seat, label in SEAT.items()}
        mine = {label: value for label, value in mine.items() if value}
        hollow = [label != SEAT["both"] for label in mine]
        figure.add_bar(
            x=list(mine.values()),
            y=list(mine),
            orientation="h",
            showlegend=False,
            text=list(mine.values()),
            textposition="outside",
            textfont={"color": INK},
            cliponaxis=False,
            marker={
                "color": [TRANSPARENT if empty else COUNTRY[code] for empty in hollow],
                "line": {"color": COUNTRY[code], "width": 1.5},
            },
            hovertemplate="%{y}: %{x}<extra></extra>",
            row=row,
            col=1,
        )
        rows += [(SIDES[code], label, value) for label, value in mine.items()]
    figure.update_layout(bargap=0.3, margin={"t": 34, "r": 30})
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(rangemode="tozero", visible=False)
    _left_titles(figure, 2)
    data = pd.DataFrame(rows, columns=["Belongs", "The other", "Initiatives"])
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=460,
        subtitle=f"African-led initiatives of each on {in_words(ARTICLE)}, by how the other stands to them; full where both belong",
    )


def partners(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Partners in defence agreements: of both, of Algeria, of Morocco.

    Parameters
    ----------
    table : pandas.DataFrame
        First table of :func:`cooperation.measures.prism.partners`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    order = ["both", *PAIR]
    table = table.assign(place=table["whose"].map(order.index), name=table["partner"].map(PARTNER)).sort_values(
        ["place", "name"]
    )
    figure = go.Figure()
    for code, shift, symbol in ((ALGERIA, -0.16, "square"), (MOROCCO, 0.16, "diamond")):
        part = table[table[f"{code}_agreements"] > 0]
        levels = [table["name"].tolist().index(name) + shift for name in part["name"]]
        colour = COUNTRY[code]
        for level, first, last in zip(levels, part[f"{code}_first"], part[f"{code}_last"], strict=True):
            figure.add_scatter(
                x=[int(first), int(last)],
                y=[level, level],
                mode="lines+markers",
                showlegend=False,
                hoverinfo="skip",
                line={"color": colour, "width": 2},
                marker={"size": 9, "color": colour, "symbol": symbol},
            )
        figure.add_scatter(
            x=part[f"{code}_last"].astype(int),
            y=levels,
            mode="markers+text",
            name=f"signed with {SIDES[code]}",
            text=[f"{n}" if n > 1 else "" for n in part[f"{code}_agreements"]],
            textposition="middle right",
            textfont={"color": INK},
            marker={"size": 9, "color": colour, "symbol": symbol},
            customdata=part["name"],
            hovertemplate="%{customdata}, to %{x}<extra>" + SIDES[code] + "</extra>",
        )
    edges = table["place"].value_counts().sort_index().cumsum().tolist()[:-1]
    for edge in edges:
        figure.add_hline(y=edge - 0.5, line={"color": MUTED, "width": 1, "dash": "dot"})
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(table))),
        ticktext=table["name"].tolist(),
        range=[len(table) - 0.4, -0.6],
        showgrid=False,
    )
    figure.update_xaxes(range=[1979, 2013], dtick=10, tick0=1980, tickangle=0)
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"b": 60})
    whose = {"both": "both"} | {code: f"{SIDES[code]} only" for code in PAIR}
    data = table.assign(whose=table["whose"].map(whose))[
        ["name", "whose", *(f"{code}_{part}" for code in PAIR for part in ("agreements", "first", "last"))]
    ]
    data.columns = [
        "Partner",
        "Of whom",
        "With Algeria",
        "First",
        "Last",
        "With Morocco",
        "First with Morocco",
        "Last with Morocco",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=480,
        subtitle="Bilateral defence cooperation agreements signed 1980-2010, from first to last year; the number where there are several",
    )


def grounds(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Grounds of the breaks of each side.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.counted_grounds`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(
        rows=2,
        cols=1,
        vertical_spacing=0.13,
        row_heights=[0.58, 0.42],
        subplot_titles=["<b>Breaks</b>", "<b>Thaws</b>"],
    )
    for row, sign in enumerate(("break", "thaw"), start=1):
        mine = table[table["sign"] == sign]
        order = mine.groupby("ground")["steps"].sum().sort_values(ascending=False, kind="stable").index.tolist()
        for side in (*PAIR, "both"):
            colour = SIDE[side][0]
            for inferred in (False, True):
                part = (
                    mine[(mine["side"] == side) & (mine["inferred"] == inferred)]
                    .set_index("ground")["steps"]
                    .reindex(order)
                    .fillna(0)
                    .astype(int)
                )
                if not part.any():
                    continue
                letter = SIDES[side][0].upper()
                label = f"{letter}: by {SIDES[side]}" + (", inferred" if inferred else "")
                figure.add_bar(
                    x=[n or None for n in part],
                    y=[GROUND[ground] for ground in order],
                    orientation="h",
                    name=label,
                    legendgroup=label,
                    showlegend=not any(trace.name == label for trace in figure.data),
                    marker={
                        **bars(colour, hollow=inferred),
                        "line": {"color": colour if inferred else PAPER, "width": 1.5 if inferred else 0.5},
                    },
                    text=[f"{letter} {n}" if n > 1 else letter if n else "" for n in part],
                    textposition="inside",
                    constraintext="none",
                    insidetextanchor="middle",
                    textangle=0,
                    textfont={"color": INK if inferred else ON_MARK},
                    hovertemplate="%{y}: %{x}<extra>" + label + "</extra>",
                    row=row,
                    col=1,
                )
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        legend={"y": -0.05, "yanchor": "top", "traceorder": "normal"},
        margin={"t": 34, "b": 70},
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(range=[0, 9.4], dtick=2)
    _left_titles(figure, 2)
    data = table.assign(
        side=table["side"].map(SIDES),
        ground=table["ground"].map(GROUND),
        inferred=table["inferred"].map({True: "inferred", False: "reported"}),
    )
    data.columns = ["Sign", "By", "Ground", "Account", "Steps"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=600,
        subtitle="Steps that break or mend relations, since 1975, by ground and by who took them; a step with several grounds counts under each",
    )


def steps(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Breaks and thaws on a time line, full where the territory is a ground.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.steps`, directions -2 and 2.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    lanes = [(sign, side) for sign in ("thaw", "break") for side in ("both", MOROCCO, ALGERIA)]
    figure = go.Figure()
    for level, (sign, side) in enumerate(reversed(lanes)):
        part = table[(table["sign"] == sign) & (table["side"] == side)]
        colour, symbol = SIDE[side]
        symbols = [symbol + {"": "-open", "content": "-open-dot"}.get(account, "") for account in part["territory"]]
        shift = [((number % 4) - 1.5) * 0.23 for number in range(len(part))]
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"),
            y=[level + move for move in shift],
            mode="markers",
            showlegend=False,
            marker={"size": 12, "color": colour, "symbol": symbols, "line": {"width": 2, "color": colour}},
            customdata=list(zip(part["date"], part["title"], part["territory"].map(STATUS), strict=True)),
            hovertemplate="%{customdata[0]}: %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        )
    for label, symbol in (
        ("the territory is a ground", "circle"),
        ("another ground", "circle-open"),
        ("itself about the territory", "circle-open-dot"),
    ):
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=label,
            marker={"size": 12, "color": INK, "symbol": symbol, "line": {"width": 2, "color": INK}},
        )
    figure.add_hline(y=2.5, line={"color": MUTED, "width": 1})
    mark_article(figure)
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(6)),
        ticktext=[f"{sign} by<br>{SIDES[side]}" for sign, side in reversed(lanes)],
        range=[-0.6, 5.6],
        showgrid=False,
    )
    figure.update_xaxes(
        range=["1962-01-01", "2027-06-01"], dtick="M120", tick0="1970-01-01", tickformat="%Y", tickangle=0
    )
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 26, "b": 60})
    data = table[["date", "title", "sign", "side", "grounds", "territory"]].assign(
        side=table["side"].map(SIDES),
        grounds=["; ".join(f"{GROUND[ground]} ({account})" for ground, account in found) for found in table["grounds"]],
        territory=table["territory"].map(STATUS),
    )
    data.columns = ["Date", "Step", "Sign", "By", "Grounds and whose account", "The territory"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=540,
        subtitle="Steps coded -2 or +2, 1963-2026, by who took them; the events are a selection",
    )


def shares(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Share of breaks on the territory, by side and reading, with exact intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.share_on_territory`, breaks of
        Algeria and of Morocco.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    readings = [READINGS[reading] for reading in table["reading"].drop_duplicates()]
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.12,
        subplot_titles=["<b>Breaks by Morocco</b>", "<b>Breaks by Algeria</b>"],
    )
    for row, side in enumerate(PAIR[::-1], start=1):
        part = table[table["side"] == side]
        colour, symbol = SIDE[side]
        figure.add_scatter(
            x=(100 * part["share"]).round(1),
            y=part["reading"].map(READINGS),
            mode="markers+text",
            showlegend=False,
            marker={"size": 12, "color": colour, "symbol": symbol},
            text=[f"{k} of {n}" for k, n in zip(part["on_territory"], part["steps"], strict=True)],
            textposition="top center",
            textfont={"color": INK},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (100 * (part["high"] - part["share"])).round(1),
                "arrayminus": (100 * (part["share"] - part["low"])).round(1),
                "color": colour,
                "thickness": 2,
                "width": 6,
            },
            hovertemplate="%{y}: %{x:.0f} %<extra>" + SIDES[side] + "</extra>",
            row=row,
            col=1,
        )
    figure.update_yaxes(
        categoryorder="array", categoryarray=readings[::-1], range=[-0.5, len(readings) - 0.2], showgrid=False
    )
    figure.update_xaxes(range=[-2, 102], dtick=25, ticksuffix=" %")
    _left_titles(figure, 2)
    figure.update_layout(margin={"t": 34})
    data = table[["side", "reading", "steps", "on_territory", "share", "low", "high"]].assign(
        side=table["side"].map(SIDES),
        reading=table["reading"].map(READINGS),
        **{column: (100 * table[column]).round(1) for column in ("share", "low", "high")},
    )
    data.columns = ["By", "Counted if", "Breaks", "On the territory", "Share, per cent", "Low", "High"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=460,
        subtitle="Share of breaks since 1975 whose ground is the territory, with exact 95 per cent intervals; the reading widens from top to bottom",
    )
