"""Figures on whether the dispute over Western Sahara colours what Algeria and Morocco do elsewhere."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from claimbook.colours import TRANSPARENT
from claimbook.drawing import (
    DOTTED,
    band,
    for_readers,
    interval,
    iso_days,
    lane_axis,
    legend_entry,
    mark,
    panels,
    shade,
    time_axis,
    write,
)
from claimbook.figure import GRID, INK, MUTED, ON_MARK, PAPER, bars, finish
from claimbook.wording import count, listing, times
from cooperation.figures import prism_words
from cooperation.figures.days import mark_article
from cooperation.figures.palette import BOTH, COUNTRY, NEITHER, REST
from cooperation.measures.prism import KINDS, PERIODS, READINGS, SIDES
from cooperation.periods import ARTICLE, LABELS, YEARS, in_words
from cooperation.states import ALGERIA, MOROCCO, PAIR, is_pair

BREAK = YEARS["break"]
SECOND_BREAK, LAST_VOTES = PERIODS["second_break"]
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
SIGN = {"break": "Breaks", "thaw": "Thaws"}
BY_CHANCE = "by chance, with central 95 per cent"
# Whose account has the territory as the ground, and how that is shown.
FILL = {"": "-open", "content": "-open-dot"}
FILL_WORDS = {
    "the territory is a ground": "circle",
    "another ground": "circle-open",
    "itself about the territory": "circle-open-dot",
}
STATUS = {
    "actor": "said by the actor",
    "press": "said by the press",
    "other side": "said by the other side",
    "content": "the step is itself about it",
    "inferred": "inferred",
    "": "another ground",
}


def _shade_break(figure: go.Figure, **where) -> None:
    """Shade the autumns in which relations were cut."""
    shade(figure, BREAK[0] - 0.5, BREAK[1] + 0.5, GRID, 0.5, **where)


def _name_break(figure: go.Figure, height: float, **place) -> None:
    """Say what the shaded autumns are."""
    write(figure, sum(BREAK) / 2, height, "relations cut", **place)


def _shade_second_break(figure: go.Figure, last: int, **where) -> None:
    """Shade the autumns since relations were cut again, to the last year that is drawn."""
    shade(figure, SECOND_BREAK - 0.5, last + 0.5, GRID, 0.5, **where)


def _percent(share: pd.Series) -> pd.Series:
    return (100 * share).round(1)


def _line(figure: go.Figure, x, y, name: str, colour: str, dash: str = "solid", width: float = 2, **more) -> None:
    """A line of the pair, or of the middle pair."""
    figure.add_scatter(x=x, y=y, mode="lines", name=name, line={"color": colour, "dash": dash, "width": width}, **more)


def standing(table: pd.DataFrame, title: str) -> go.Figure:
    """Agreement of the pair by year against all other pairs, and its place among them.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.standing`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = panels(
        ["Votes cast alike, per cent", "Place among all pairs, per cent of them below"],
        0.09,
        size=13,
        row_heights=[0.58, 0.42],
    )
    _voted_alike(figure, table)
    _place_among_pairs(figure, table)
    for row in (1, 2):
        _shade_break(figure, row=row, col=1)
        _shade_second_break(figure, LAST_VOTES, row=row, col=1)
    _name_break(figure, 52, yanchor="bottom", row=1, col=1)
    write(figure, LAST_VOTES + 0.5, 52, "cut again", xanchor="right", yanchor="bottom", row=1, col=1)
    figure.update_yaxes(range=[50, 101], row=1, col=1)
    figure.update_yaxes(range=[-3, 103], dtick=25, row=2, col=1)
    figure.update_xaxes(range=[1961, LAST_VOTES + 1], dtick=10, tickangle=0)
    figure.update_layout(legend={"y": -0.07, "yanchor": "top"}, margin={"t": 34, "b": 70})
    return finish(
        figure,
        title=title,
        alt=prism_words.of_years(table),
        data=_standing_rows(table),
        height=560,
        subtitle="Recorded votes in the UN General Assembly, those that name Western Sahara taken out; all pairs of "
        "nineteen states of the region",
    )


def _voted_alike(figure: go.Figure, table: pd.DataFrame) -> None:
    """The agreement of the pair above, with the middle of all pairs and where most of them lie."""
    years, panel = table["year"].tolist(), {"row": 1, "col": 1}
    low, high = _percent(table["low"]).tolist(), _percent(table["high"]).tolist()
    band(figure, years, low, high, REST, 0.28, name="eight in ten of the other pairs", **panel)
    for column, name, colour, dash, width in (
        ("median", "middle pair", MUTED, "dot", 2),
        ("agreement", "Algeria-Morocco", INK, "solid", 2.5),
    ):
        said = "%{x}: %{y:.1f} %<extra>" + name + "</extra>"
        _line(figure, years, _percent(table[column]), name, colour, dash, width, hovertemplate=said, **panel)


def _place_among_pairs(figure: go.Figure, table: pd.DataFrame) -> None:
    """The share of pairs that the pair is above, year by year, with a line at the middle."""
    figure.add_scatter(
        x=table["year"].tolist(),
        y=table["percentile"].round(1),
        mode="markers+lines",
        showlegend=False,
        line={"color": INK, "width": 1},
        marker={"size": 6, "color": INK},
        hovertemplate="%{x}: above %{y:.0f} % of the pairs<extra></extra>",
        row=2,
        col=1,
    )
    figure.add_hline(y=50, line=DOTTED, row=2, col=1)


def _standing_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The pair among all pairs, year by year."""
    shares = {column: _percent(table[column]) for column in ("agreement", "low", "median", "high")}
    return table.assign(**shares, percentile=table["percentile"].round(1)).set_axis(
        [
            "Year",
            "Roll calls both voted in",
            "Alike",
            "Alike, per cent",
            "Other pairs",
            "Lowest tenth of them below",
            "Middle pair",
            "Highest tenth above",
            "Share of pairs below, per cent",
        ],
        axis=1,
    )


def issues(table: pd.DataFrame, title: str) -> go.Figure:
    """Agreement by issue and period: the pair among all pairs with one of the two.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.by_period`, by issue.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    periods = list(table["period"].drop_duplicates())
    own = is_pair(table)
    order = table[own].groupby("issue")["agreement"].mean().sort_values().index.tolist()
    figure = panels([LABELS[period] for period in periods], 0.06, size=13)
    for row, period in enumerate(periods, start=1):
        _by_issue(figure, row, table[~own & (table["period"] == period)], table[own & (table["period"] == period)])
    figure.update_yaxes(categoryorder="array", categoryarray=order, range=[-0.6, len(order) - 0.4])
    figure.update_xaxes(range=[48, 101.5], dtick=10, ticksuffix=" %")
    figure.update_layout(legend={"y": -0.05, "yanchor": "top"}, margin={"t": 34, "b": 60})
    return finish(
        figure,
        title=title,
        alt=prism_words.of_issues(table),
        data=_issue_rows(table, periods),
        height=260 + 165 * len(periods),
        subtitle="Votes cast alike by issue, per cent; a roll call may belong to several issues; votes on Western "
        "Sahara included",
    )


def _by_issue(figure: go.Figure, row: int, others: pd.DataFrame, mine: pd.DataFrame) -> None:
    """The pair of one period among the other pairs with one of the two."""
    panel = {"mode": "markers", "showlegend": row == 1, "row": row, "col": 1}
    figure.add_scatter(
        x=_percent(others["agreement"]),
        y=others["issue"],
        name="other pairs of Algeria or Morocco",
        marker={"symbol": "line-ns-open", "size": 11, "color": REST},
        customdata=others[["state_1", "state_2"]],
        hovertemplate="%{customdata[0]}-%{customdata[1]}: %{x:.1f} %<extra>%{y}</extra>",
        **panel,
    )
    figure.add_scatter(
        x=_percent(mine["agreement"]),
        y=mine["issue"],
        name="Algeria-Morocco",
        marker={"symbol": "circle", "size": 12, "color": INK},
        customdata=mine[["agreed", "shared", "percentile"]],
        hovertemplate="%{customdata[0]} of %{customdata[1]}: %{x:.1f} %, above %{customdata[2]:.0f} % of the "
        "pairs<extra>%{y}</extra>",
        **panel,
    )


def _issue_rows(table: pd.DataFrame, periods: list[str]) -> pd.DataFrame:
    """All pairs by issue, period after period."""
    data = table.assign(
        agreement=_percent(table["agreement"]),
        percentile=table["percentile"].round(1),
        place=table["period"].map(periods.index),
        period=table["period"].map(LABELS),
    )
    columns = ["Issue", "Period", "State", "Other state", "Roll calls both voted in", "Alike", "Alike, per cent"]
    return (
        data.sort_values(["place", "issue", "state_1", "state_2"])
        .drop(columns="place")
        .set_axis([*columns, "Share of pairs below, per cent"], axis=1)
    )


def distances(table: pd.DataFrame, title: str) -> go.Figure:
    """Distance between the two ideal points with its interval, against the middle of other pairs.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.distances`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    years = table["year"].tolist()
    band(figure, years, table["low"].tolist(), table["high"].tolist(), REST, 0.28, name="90 per cent interval")
    _line(
        figure,
        years,
        table["median"].round(3),
        "middle of their other pairs",
        MUTED,
        "dot",
        hovertemplate="%{x}: %{y:.2f}<extra>middle pair</extra>",
    )
    _line(
        figure,
        years,
        table["distance"].round(3),
        "Algeria-Morocco",
        INK,
        width=2.5,
        customdata=table[["low", "high", "percentile"]].round(2),
        hovertemplate="%{x}: %{y:.2f} (%{customdata[0]:.2f} to %{customdata[1]:.2f}), further apart than "
        "%{customdata[2]:.0f} % of the pairs<extra></extra>",
    )
    _shade_break(figure)
    _shade_second_break(figure, years[-1])
    _name_break(figure, 2.35, xanchor="center")
    write(figure, years[-1] + 0.5, 2.35, "cut again", xanchor="right")
    figure.update_xaxes(range=[1962, 2025.5], dtick=10, tick0=1970, tickangle=0)
    figure.update_yaxes(rangemode="tozero", range=[0, 2.5])
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"b": 80})
    columns = ["Year", "Distance", "Low", "High", "Other pairs", "Middle of them", "Share of pairs nearer, per cent"]
    return finish(
        figure,
        title=title,
        alt=prism_words.of_distances(table),
        data=table.round(3).set_axis(columns, axis=1),
        height=430,
        subtitle="Distance between ideal points in the UN General Assembly, in points of the scale, to 2024",
    )


def roll_calls(table: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Votes on Western Sahara: one row a roll call, one column a state.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.roll_calls`.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    dates = table.index.get_level_values("date")
    seen = dates.to_series().groupby(level=0).cumcount()
    labels = [f"{date[:7]}{' bc'[number] if number else ''}" for date, number in zip(dates, seen, strict=True)]
    cast = table.set_axis(labels).stack().rename("vote").rename_axis(["roll_call", "state"]).reset_index()
    figure = go.Figure()
    for vote in VOTE:
        _votes(figure, cast[cast["vote"] == vote], vote, names)
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
    columns = {"roll_call": "Roll call", "state": "State", "vote": "Vote"}
    return finish(
        figure,
        title=title,
        alt=prism_words.of_roll_calls(table),
        data=for_readers(cast.assign(state=cast["state"].map(names)), columns),
        height=760,
        subtitle="All recorded votes on the territory, 1965-2006; a state that is absent casts no vote; Algeria "
        "left, Morocco right, between them by votes like Algeria's",
    )


def _votes(figure: go.Figure, part: pd.DataFrame, vote: str, names: pd.Series) -> None:
    """The votes of one kind; those of the two in their colours."""
    symbol, size, label = VOTE[vote]
    plain = MUTED if vote == "absent" else INK
    figure.add_scatter(
        x=part["state"],
        y=part["roll_call"],
        mode="markers",
        name=label,
        showlegend=False,
        marker=mark([COUNTRY[code] if code in PAIR else plain for code in part["state"]], symbol, size, 2),
        customdata=part["state"].map(names),
        hovertemplate="%{customdata}, %{y}: " + label + "<extra></extra>",
    )
    legend_entry(figure, label, mark(INK, symbol, size, 2))


def organisations(table: pd.DataFrame, title: str) -> go.Figure:
    """Shared organisations of the pair by year, against chance.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of the pair in table ``shared_memberships_by_chance``.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    figure.add_scatter(
        x=table["year"],
        y=table["expected"],
        mode="markers",
        name=BY_CHANCE,
        marker={"color": MUTED, "size": 9, "symbol": "line-ew-open", "line": {"width": 2}},
        error_y=interval(table["expected"], table["low"], table["high"], MUTED, digits=1, thickness=1.5, ends=5),
        customdata=table[["low", "high"]],
        hovertemplate="%{x}: %{y:.1f} (%{customdata[0]:.0f} to %{customdata[1]:.0f})<extra>by chance</extra>",
    )
    figure.add_scatter(
        x=table["year"],
        y=table["shared"],
        **_counted(table["shared"], 9),
        hovertemplate="%{x}: %{y}<extra>shared</extra>",
    )
    _shade_break(figure)
    _name_break(figure, 3)
    figure.update_xaxes(range=[1962, 2017], dtick=10, tick0=1970, tickangle=0)
    figure.update_yaxes(rangemode="tozero", range=[0, 86])
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"b": 70})
    columns = {"year": "Year", "shared": "Shared", "expected": "By chance", "low": "Low", "high": "High"}
    return finish(
        figure,
        title=title,
        alt=prism_words.of_organisations(table),
        data=for_readers(table, columns),
        height=400,
        subtitle="Intergovernmental organisations of which Algeria and Morocco were both full members, every fifth "
        "year and 2014",
    )


def _counted(shared: pd.Series, size: int) -> dict:
    """The look of what the two share, with the number above each mark."""
    return {
        "mode": "markers+text",
        "name": "shared",
        "text": shared,
        "textposition": "top center",
        "textfont": {"color": INK},
        "marker": {"color": INK, "size": size},
    }


def initiatives(tables: dict[str, pd.DataFrame], title: str) -> go.Figure:
    """Shared initiatives of the pair by who leads them, against chance.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        For each panel, from
        :func:`cooperation.measures.prism.shared_by_kind`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = panels(list(tables), 0.12, size=13)
    for row, table in enumerate(tables.values(), start=1):
        _by_leader(figure, row, table)
    figure.update_yaxes(range=[4.6, -0.8], autorange=False, showgrid=False)
    figure.update_xaxes(rangemode="tozero", range=[0, 21])
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 34, "b": 60})
    data = pd.concat([table.assign(panel=name, kind=table["kind"].map(KINDS)) for name, table in tables.items()])
    columns = {"panel": "Panel", "kind": "Kind", "memberships_1": "Algeria belongs to"}
    columns |= {"memberships_2": "Morocco belongs to", "shared": "Shared", "expected": "By chance"}
    return finish(
        figure,
        title=title,
        alt=prism_words.of_initiatives(tables),
        data=for_readers(data, {**columns, "low": "Low", "high": "High"}).round(2),
        height=600,
        subtitle="Initiatives to which Algeria and Morocco both belonged as members, by who leads them",
    )


def _by_leader(figure: go.Figure, row: int, table: pd.DataFrame) -> None:
    """What the two share in one panel, and what chance gives, in a lane for each kind of leader."""
    kinds, panel = table["kind"].map(KINDS), {"showlegend": row == 1, "row": row, "col": 1}
    figure.add_scatter(
        x=table["expected"].round(1),
        y=kinds,
        mode="markers",
        name=BY_CHANCE,
        marker={"color": MUTED, "size": 13, "symbol": "line-ns-open", "line": {"width": 2}},
        error_x=interval(table["expected"], table["low"], table["high"], MUTED, thickness=2, ends=6),
        hovertemplate="%{y}: %{x:.1f}<extra>by chance</extra>",
        **panel,
    )
    figure.add_scatter(
        x=table["shared"],
        y=kinds,
        **_counted(table["shared"], 12),
        hovertemplate="%{y}: %{x}<extra>shared</extra>",
        **panel,
    )


def neighbours(table: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Shared African-led initiatives of every pair of the five Maghreb states, less what chance gives.

    Parameters
    ----------
    table : pandas.DataFrame
        state_1, state_2, shared, expected, low and high.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table.assign(more=table["shared"] - table["expected"]).sort_values("more")
    labels = (table["state_1"].map(names) + "-" + table["state_2"].map(names)).tolist()
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
    _more_than_chance(figure, table, labels)
    figure.add_vline(x=0, line={"color": MUTED, "width": 1})
    figure.update_xaxes(range=[-7.5, 11])
    figure.update_yaxes(showgrid=False)
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"b": 70})
    named = table.assign(state_1=table["state_1"].map(names), state_2=table["state_2"].map(names))
    columns = {"state_1": "State", "state_2": "Other state", "memberships_1": "Belongs to"}
    columns |= {"memberships_2": "Other belongs to", "shared": "Shared", "expected": "By chance"}
    return finish(
        figure,
        title=title,
        alt=prism_words.of_neighbours(table, names),
        data=for_readers(named, {**columns, "low": "Low", "high": "High"}).round(2),
        height=430,
        subtitle=f"African-led initiatives shared on {in_words(ARTICLE)}, less the mean of the draws, for each pair "
        "of the five Maghreb states",
    )


def _more_than_chance(figure: go.Figure, table: pd.DataFrame, labels: list[str]) -> None:
    """What each pair shares beyond chance; the pair in question is full."""
    own = is_pair(table)
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


def seats(table: pd.DataFrame, title: str) -> go.Figure:
    """How the other of the two stands to the African-led initiatives of each.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.seat_of_the_other`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    counts = table.groupby(["member", "seat"]).size()
    totals = table["member"].value_counts()
    titles = [f"Algeria's {totals[ALGERIA]}: Morocco", f"Morocco's {totals[MOROCCO]}: Algeria"]
    figure = panels(titles, 0.14, size=13)
    rows = []
    for row, code in enumerate(PAIR, start=1):
        mine = {label: int(counts.get((code, seat), 0)) for seat, label in SEAT.items()}
        mine = {label: value for label, value in mine.items() if value}
        _stands_to(figure, row, mine, COUNTRY[code])
        rows += [(SIDES[code], label, value) for label, value in mine.items()]
    figure.update_layout(bargap=0.3, margin={"t": 34, "r": 30})
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(rangemode="tozero", visible=False)
    return finish(
        figure,
        title=title,
        alt=prism_words.of_seats(table),
        data=pd.DataFrame(rows, columns=["Belongs", "The other", "Initiatives"]),
        height=460,
        subtitle=f"African-led initiatives of each on {in_words(ARTICLE)}, by how the other stands to them; full "
        "where both belong",
    )


def _stands_to(figure: go.Figure, row: int, counts: dict[str, int], colour: str) -> None:
    """How the other stands to the initiatives of one, full where both belong."""
    figure.add_bar(
        x=list(counts.values()),
        y=list(counts),
        orientation="h",
        showlegend=False,
        text=list(counts.values()),
        textposition="outside",
        textfont={"color": INK},
        cliponaxis=False,
        marker={
            "color": [colour if label == SEAT["both"] else TRANSPARENT for label in counts],
            "line": {"color": colour, "width": 1.5},
        },
        hovertemplate="%{y}: %{x}<extra></extra>",
        row=row,
        col=1,
    )


def partners(table: pd.DataFrame, title: str) -> go.Figure:
    """Partners in defence agreements: of both, of Algeria, of Morocco.

    Parameters
    ----------
    table : pandas.DataFrame
        First table of :func:`cooperation.measures.prism.partners`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    order = ["both", *PAIR]
    table = table.assign(place=table["whose"].map(order.index), name=table["partner"].map(PARTNER)).sort_values(
        ["place", "name"], ignore_index=True
    )
    figure = go.Figure()
    for code, shift in ((ALGERIA, -0.16), (MOROCCO, 0.16)):
        _signed(figure, table[table[f"{code}_agreements"] > 0], code, shift)
    edges = table["place"].value_counts().sort_index().cumsum().tolist()[:-1]
    for edge in edges:
        figure.add_hline(y=edge - 0.5, line=DOTTED)
    lane_axis(figure, table["name"].tolist(), down=True, tickmode="array", showgrid=False)
    figure.update_xaxes(range=[1979, 2013], dtick=10, tick0=1980, tickangle=0)
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"b": 60})
    whose = {"both": "both"} | {code: f"{SIDES[code]} only" for code in PAIR}
    columns = {"name": "Partner", "whose": "Of whom"}
    columns |= {f"{ALGERIA}_agreements": "With Algeria", f"{ALGERIA}_first": "First", f"{ALGERIA}_last": "Last"}
    columns |= {f"{MOROCCO}_agreements": "With Morocco", f"{MOROCCO}_first": "First with Morocco"}
    return finish(
        figure,
        title=title,
        alt=prism_words.of_partners(table, PARTNER),
        data=for_readers(
            table.assign(whose=table["whose"].map(whose)), {**columns, f"{MOROCCO}_last": "Last with Morocco"}
        ),
        height=480,
        subtitle="Bilateral defence cooperation agreements signed 1980-2010, from first to last year; the number "
        "where there are several",
    )


def _signed(figure: go.Figure, part: pd.DataFrame, code: str, shift: float) -> None:
    """The agreements of one of the two, from the first to the last year, with their number where there are several."""
    colour, symbol = SIDE[code]
    marker = {"size": 9, "color": colour, "symbol": symbol}
    heights = part.index + shift
    for height, first, last in zip(heights, part[f"{code}_first"], part[f"{code}_last"], strict=True):
        figure.add_scatter(
            x=[int(first), int(last)],
            y=[height, height],
            mode="lines+markers",
            showlegend=False,
            hoverinfo="skip",
            line={"color": colour, "width": 2},
            marker=marker,
        )
    figure.add_scatter(
        x=part[f"{code}_last"].astype(int),
        y=heights.tolist(),
        mode="markers+text",
        name=f"signed with {SIDES[code]}",
        text=[f"{n}" if n > 1 else "" for n in part[f"{code}_agreements"]],
        textposition="middle right",
        textfont={"color": INK},
        marker=marker,
        customdata=part["name"],
        hovertemplate="%{customdata}, to %{x}<extra>" + SIDES[code] + "</extra>",
    )


def grounds(table: pd.DataFrame, title: str) -> go.Figure:
    """Grounds of the breaks of each side.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.counted_grounds`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = panels(list(SIGN.values()), 0.13, size=13, shared_xaxes=False, row_heights=[0.58, 0.42])
    for row, sign in enumerate(SIGN, start=1):
        mine = table[table["sign"] == sign]
        order = mine.groupby("ground")["steps"].sum().sort_values(ascending=False, kind="stable").index.tolist()
        for side in (*PAIR, "both"):
            for inferred in (False, True):
                part = mine[(mine["side"] == side) & (mine["inferred"] == inferred)]
                _steps_by_ground(figure, row, part.set_index("ground")["steps"].reindex(order), side, inferred)
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        legend={"y": -0.05, "yanchor": "top", "traceorder": "normal"},
        margin={"t": 34, "b": 70},
    )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    longest = table.groupby(["sign", "ground"])["steps"].sum().max()
    figure.update_xaxes(range=[0, longest + 0.4], dtick=2)
    data = table.assign(
        side=table["side"].map(SIDES),
        ground=table["ground"].map(GROUND),
        inferred=table["inferred"].map({True: "inferred", False: "reported"}),
    )
    return finish(
        figure,
        title=title,
        alt=f"Stacked bars by ground and side. {told_grounds(table)}",
        data=data.set_axis(["Sign", "By", "Ground", "Account", "Steps"], axis=1),
        height=600,
        subtitle="Steps that break or mend relations, since 1975, by ground and by who took them; a step with "
        "several grounds counts under each",
    )


def told_grounds(table: pd.DataFrame) -> str:
    """What the bars of :func:`grounds` show, in words.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.counted_grounds`.

    Returns
    -------
    str
        A sentence for each sign: each ground with its steps, most first, and
        how many of each side they are.
    """
    told = []
    for sign, name in SIGN.items():
        mine = table[table["sign"] == sign]
        if mine.empty:
            continue
        sums = mine.groupby("ground")["steps"].sum().sort_values(ascending=False, kind="stable")
        parts = []
        for ground, number in sums.items():
            of = mine[mine["ground"] == ground].groupby("side")["steps"].sum()
            whose = [f"{count(of[side])} by {SIDES[side]}" for side in (*PAIR, "both") if side in of]
            parts.append(f"{GROUND[ground]} {times(number)} ({', '.join(whose)})")
        told.append(f"{name}: {listing(parts)}.")
    inferred = int(table.loc[table["inferred"], "steps"].sum())
    return " ".join([*told, f"Of these {count(inferred)} inferred." if inferred else "None is inferred."])


def _steps_by_ground(figure: go.Figure, row: int, steps: pd.Series, side: str, inferred: bool) -> None:
    """The steps of one side in one panel, a bar for each ground; hollow where the ground is inferred."""
    counts = steps.fillna(0).astype(int)
    if not counts.any():
        return
    letter, colour = SIDES[side][0].upper(), SIDE[side][0]
    label = f"{letter}: by {SIDES[side]}" + (", inferred" if inferred else "")
    rim = {"color": colour, "width": 1.5} if inferred else {"color": PAPER, "width": 0.5}
    figure.add_bar(
        x=[n or None for n in counts],
        y=[GROUND[ground] for ground in counts.index],
        orientation="h",
        name=label,
        legendgroup=label,
        showlegend=not any(trace.name == label for trace in figure.data),
        marker={**bars(colour, hollow=inferred), "line": rim},
        text=[f"{letter} {n}" if n > 1 else letter if n else "" for n in counts],
        textposition="inside",
        constraintext="none",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": INK if inferred else ON_MARK},
        hovertemplate="%{y}: %{x}<extra>" + label + "</extra>",
        row=row,
        col=1,
    )


def steps(table: pd.DataFrame, title: str) -> go.Figure:
    """Breaks and thaws on a time line, full where the territory is a ground.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.steps`, directions -2 and 2.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = [(sign, side) for sign in ("break", "thaw") for side in (ALGERIA, MOROCCO, "both")]
    figure = go.Figure()
    for level, (sign, side) in enumerate(rows):
        _steps_of(figure, table[(table["sign"] == sign) & (table["side"] == side)], level, side)
    for label, symbol in FILL_WORDS.items():
        legend_entry(figure, label, mark(INK, symbol, 12, 2))
    figure.add_hline(y=2.5, line={"color": MUTED, "width": 1})
    mark_article(figure)
    lane_axis(figure, [f"{sign} by<br>{SIDES[side]}" for sign, side in rows], tickmode="array", showgrid=False)
    time_axis(figure, "1962-01-01", "2027-06-01", 120, "1970-01-01")
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 26, "b": 60})
    data = table.assign(
        side=table["side"].map(SIDES),
        grounds=["; ".join(f"{GROUND[ground]} ({account})" for ground, account in found) for found in table["grounds"]],
        territory=table["territory"].map(STATUS),
    )
    columns = {"date": "Date", "title": "Step", "sign": "Sign", "side": "By"}
    return finish(
        figure,
        title=title,
        alt=f"Time line with a lane for each sign and side, full where the territory is a ground. {told_steps(table)}",
        data=for_readers(data, {**columns, "grounds": "Grounds and whose account", "territory": "The territory"}),
        height=540,
        subtitle=f"Steps coded -2 or +2, {table['start'].min().year}-{table['start'].max().year}, by who took them; "
        "the events are a selection",
    )


def told_steps(table: pd.DataFrame) -> str:
    """What the marks of :func:`steps` show, lane by lane, in words.

    Parameters
    ----------
    table : pandas.DataFrame
        As for :func:`steps`.

    Returns
    -------
    str
        A sentence for each sign and side: the years of each kind of mark.
    """
    kind = table["territory"].map({"": "hollow", "content": "about the territory itself"}).fillna("full")
    told = []
    for (sign, side), mine in table.groupby(["sign", "side"]):
        if side in (*PAIR, "both"):
            parts = []
            for mark_of in ("full", "hollow", "about the territory itself"):
                number = mine.loc[kind[mine.index] == mark_of, "start"].dt.year.value_counts().sort_index()
                if len(number):
                    when = listing(f"{year} ({times(n)})" if n > 1 else year for year, n in number.items())
                    parts.append(f"{mark_of} in {when}")
            told.append(f"{SIGN[sign]} by {SIDES[side]}: {'; '.join(parts)}.")
    return " ".join(told)


def _steps_of(figure: go.Figure, part: pd.DataFrame, level: int, side: str) -> None:
    """Steps of one sign and side in a lane, apart from one another."""
    colour, symbol = SIDE[side]
    figure.add_scatter(
        x=iso_days(part["start"]),
        y=[level + ((number % 4) - 1.5) * 0.23 for number in range(len(part))],
        mode="markers",
        showlegend=False,
        marker=mark(colour, [symbol + FILL.get(account, "") for account in part["territory"]], 12, 2),
        customdata=part[["date", "title"]].assign(whose=part["territory"].map(STATUS)).to_numpy().tolist(),
        hovertemplate="%{customdata[0]}: %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )


def shares(table: pd.DataFrame, title: str) -> go.Figure:
    """Share of breaks on the territory, by side and reading, with exact intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.share_on_territory`, breaks of
        Algeria and of Morocco.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    readings = [READINGS[reading] for reading in table["reading"].drop_duplicates()]
    figure = panels(["Breaks by Morocco", "Breaks by Algeria"], 0.12, size=13)
    for row, side in enumerate(PAIR[::-1], start=1):
        _on_territory(figure, row, table[table["side"] == side], side)
    figure.update_yaxes(
        categoryorder="array", categoryarray=readings[::-1], range=[-0.5, len(readings) - 0.2], showgrid=False
    )
    figure.update_xaxes(range=[-2, 102], dtick=25, ticksuffix=" %")
    figure.update_layout(margin={"t": 34})
    data = table.assign(
        side=table["side"].map(SIDES),
        reading=table["reading"].map(READINGS),
        **{column: _percent(table[column]) for column in ("share", "low", "high")},
    )
    columns = {"side": "By", "reading": "Counted if", "steps": "Breaks", "on_territory": "On the territory"}
    return finish(
        figure,
        title=title,
        alt=prism_words.of_shares(table, READINGS),
        data=for_readers(data, {**columns, "share": "Share, per cent", "low": "Low", "high": "High"}),
        height=460,
        subtitle="Share of breaks since 1975 whose ground is the territory, with exact 95 per cent intervals; the "
        "reading widens from top to bottom",
    )


def _on_territory(figure: go.Figure, row: int, part: pd.DataFrame, side: str) -> None:
    """The share of one side's breaks by each reading, with its interval and the counts."""
    colour, symbol = SIDE[side]
    share, low, high = (100 * part[end] for end in ("share", "low", "high"))
    figure.add_scatter(
        x=share.round(1),
        y=part["reading"].map(READINGS),
        mode="markers+text",
        showlegend=False,
        marker={"size": 12, "color": colour, "symbol": symbol},
        text=[f"{k} of {n}" for k, n in zip(part["on_territory"], part["steps"], strict=True)],
        textposition="top center",
        textfont={"color": INK},
        error_x=interval(share, low, high, colour, digits=1, thickness=2, ends=6),
        hovertemplate="%{y}: %{x:.0f} %<extra>" + SIDES[side] + "</extra>",
        row=row,
        col=1,
    )
