"""Figures on the foundings of initiatives."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.drawing import (
    RULE,
    axis_title,
    band,
    for_readers,
    interval,
    iso_days,
    lane_axis,
    legend_entry,
    multiples,
    panels,
    shade,
    stroke,
    time_axis,
    write,
)
from claimbook.figure import INK, MUTED, bars, finish
from cooperation.figures.days import shade_cascade, shade_year
from cooperation.figures.palette import MAIN, REST, SEARCH, SECOND
from cooperation.measures.changepoint import located
from cooperation.measures.initiatives import CHOICE_LABELS, LISTS, OPTION_LABELS
from cooperation.measures.tempo import BODIES
from cooperation.periods import ARTICLE, CASCADE, LABELS

SEARCHES = {
    "first": (LISTS["first"], SEARCH["first"]),
    "second": ("only in the second list", SEARCH["second"]),
    "later": ("found since", SEARCH["later"]),
}
SEARCH_SHAPE = {"first": "circle", "second": "diamond-open", "later": "square"}
FOUND_BY = {search: name for search, (name, _) in SEARCHES.items()}
# How many initiatives are named on the time line, and how long a name may be.
NAMED, LONGEST = 16, 22
# Groups of readings on the curve, and what it calls choices and options.
BINS = 24
WORDS = {**OPTION_LABELS, **LISTS, **LABELS}
# Widths of bars on an axis of time, in milliseconds.
MONTH, QUARTER = 31 * 86_400_000, 70 * 86_400_000
# Words for a narrow column.
SHORT = {
    "year": "12 months to article",
    "since_coup": "coup to article",
    "cascade": "January 2012 to article",
    "in_2013": "2013",
}


def lives(table: pd.DataFrame, meetings: pd.Series, title: str, alt: str) -> go.Figure:
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
    figure = go.Figure()
    for search in SEARCHES:
        _lives(figure, table[table["search"] == search], search)
    _foundings(figure, table)
    _name_those_that_met(figure, table, table["id"].map(meetings).fillna(0))
    figure.update_yaxes(
        range=[len(table) + 1.5, -0.5],
        tickvals=list(range(25, len(table) + 1, 25)),
        title=axis_title("foundings so far", 12),
    )
    time_axis(figure, "1985-01-01", "2026-12-31", 120, "1990-01-01", side="top")
    shade_cascade(figure)
    figure.update_layout(legend={"y": -0.01, "yanchor": "top"}, margin={"t": 40, "b": 30})
    columns = {"short_name": "Initiative", "search": "Found by", "founded": "Founded", "founded_event": "Founding act"}
    columns |= {"ended": "Ended", "status_latest": "Status in the last evidence"}
    columns |= {"status_latest_date": "Date of that evidence", "verification": "Verification"}
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(table.assign(search=table["search"].map(FOUND_BY)), columns),
        height=900,
        subtitle="African-led, core scope, one line each in the order of founding, to the recorded end (upright "
        "stroke) or the last evidence read; "
        f"the steeper the row of marks, the more were founded; shaded: {LABELS['cascade']}",
    )


def _lives(figure: go.Figure, part: pd.DataFrame, search: str) -> None:
    """The initiatives that one search found, from founding to end, with a stroke at each recorded end."""
    name, colour = SEARCHES[search]
    x, y = [], []
    for row in part.itertuples():
        x += [str(row.from_day.date()), row.until, None]
        y += [row.position, row.position, None]
    stroke(figure, x, y, colour, 0.8)
    ended = part[part["ended"].notna()]
    figure.add_scatter(
        x=ended["ended"],
        y=ended["position"],
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        marker={"symbol": "line-ns", "size": 5, "line": {"color": colour, "width": 2}},
    )
    legend_entry(figure, name, {"color": colour, "symbol": SEARCH_SHAPE[search], "size": 8})


def _foundings(figure: go.Figure, table: pd.DataFrame) -> None:
    """A mark for each founding, by the search that found it."""
    said = ["short_name", "founded", "founded_event", "status_latest_date", "search"]
    figure.add_scatter(
        x=iso_days(table["from_day"]),
        y=table["position"],
        mode="markers",
        showlegend=False,
        marker={
            "color": table["search"].map({search: colour for search, (_, colour) in SEARCHES.items()}),
            "symbol": table["search"].map(SEARCH_SHAPE),
            "size": 6,
        },
        customdata=table.assign(search=table["search"].map(FOUND_BY))[said].fillna("not known"),
        hovertemplate="<b>%{customdata[0]}</b> (%{customdata[4]})<br>%{customdata[1]}: %{customdata[2]}<br>last "
        "evidence: %{customdata[3]}<extra></extra>",
    )


def _name_those_that_met(figure: go.Figure, table: pd.DataFrame, met: pd.Series) -> None:
    """Names of the initiatives with most meetings, as long as they are short and no other stands close."""
    named: list[int] = []
    for at in met[met > 0].sort_values(ascending=False, kind="stable").index:
        short = len(table.at[at, "short_name"]) <= LONGEST
        if len(named) < NAMED and short and all(abs(at - other) > 2 for other in named):
            named.append(at)
            founded, position = str(table.at[at, "from_day"].date()), int(table.at[at, "position"])
            write(figure, founded, position, table.at[at, "short_name"], size=11, xanchor="right", xshift=-5)


def by_search(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
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
    for search, (name, colour) in SEARCHES.items():
        figure.add_bar(
            x=counts.index,
            y=counts[search],
            name=name,
            hovertemplate="%{x}: %{y}<extra>" + name + "</extra>",
            marker=bars(colour),
        )
    day = ARTICLE.year + (ARTICLE.day_of_year - 1) / 365 - 0.5
    shade(figure, CASCADE[0].year - 0.5, day, MAIN)
    figure.update_layout(barmode="stack", bargap=0.15, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    figure.update_xaxes(dtick=5, tick0=1990)
    figure.update_yaxes(dtick=2)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(counts.reset_index(), {"year": "Year", **FOUND_BY}),
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
    figure = panels([LISTS[searches] for searches in chances], 0.13, size=13)
    top = 100 * max(part["chance"].max() for part in chances.values())
    for row, (searches, part) in enumerate(chances.items(), start=1):
        _chance_by_month(figure, row, part)
        founded = tables[searches]["from_day"]
        _strokes(
            figure,
            row,
            founded[founded.between(part["month"].min() - pd.DateOffset(months=1), CASCADE[1])],
            -0.09 * top,
        )
        _likeliest(figure, row, located(part), LISTS[searches], -0.2 * top)
    time_axis(figure, "1989-06-01", "2014-09-01", 60, "1990-01-01", showticklabels=True)
    ticks = list(range(0, int(top) + 1, 10))
    figure.update_yaxes(range=[-0.27 * top, 1.3 * top], tickvals=ticks, ticktext=[f"{value} %" for value in ticks])
    figure.update_layout(bargap=0, margin={"t": 26, "b": 24})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=_chance_rows(chances),
        height=590,
        subtitle="Chance of each month to be the first of a new rate of African-led foundings, given one change "
        "between 1990 and the article; "
        "strokes below: the foundings; bar below: 95 per cent of the chance",
    )


def _chance_by_month(figure: go.Figure, row: int, part: pd.DataFrame) -> None:
    """The chance of each month."""
    figure.add_bar(
        x=iso_days(part["month"]),
        y=(100 * part["chance"]).round(2),
        hoverinfo="skip",
        showlegend=False,
        row=row,
        col=1,
        marker=bars(MAIN),
        width=MONTH,
    )


def _strokes(figure: go.Figure, row: int, founded: pd.Series, height: float) -> None:
    """A stroke below the chances for each founding."""
    figure.add_scatter(
        x=iso_days(founded),
        y=[height] * len(founded),
        mode="markers",
        hoverinfo="skip",
        showlegend=False,
        row=row,
        col=1,
        marker={"symbol": "line-ns", "size": 8, "line": {"color": INK, "width": 1}},
    )


def _likeliest(figure: go.Figure, row: int, where: pd.Series, name: str, height: float) -> None:
    """The likeliest month, named, and below the foundings the months that hold 95 per cent of the chance."""
    stroke(figure, [str(where[end].date()) for end in ("low", "high")], [height] * 2, MAIN, 5, row=row, col=1)
    figure.add_scatter(
        x=[str(where["month"].date())],
        y=[round(100 * where["chance"], 2)],
        mode="markers+text",
        showlegend=False,
        row=row,
        col=1,
        text=[f"{where['month']:%B %Y}"],
        textposition="top left",
        textfont={"size": 12, "color": INK},
        marker={"color": MAIN, "symbol": "diamond", "size": 8},
        customdata=[[name, f"{where['low']:%B %Y}", f"{where['high']:%B %Y}"]],
        hovertemplate="<b>%{customdata[0]}</b>: likeliest month %{text}, %{y:.0f} per cent<br>95 per cent lie from "
        "%{customdata[1]} to %{customdata[2]}<extra></extra>",
    )


def _chance_rows(chances: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Months with a chance of at least one in a thousand, and the yearly rates before and after."""
    return pd.DataFrame(
        {
            "Counted": LISTS[searches],
            "First month of the new rate": f"{row.month:%Y-%m}",
            "Chance, per cent": round(100 * row.chance, 2),
            "A year before": round(row.before, 2),
            "A year after": round(row.after, 2),
        }
        for searches, part in chances.items()
        for row in part.itertuples()
        if row.chance >= 0.001
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
    _sorted_readings(figure, drawn, group)
    places = _places(choices)
    for row in choices.itertuples():
        _who_chose(figure, (drawn[row.choice] == row.option).groupby(group).mean(), places[row.choice, row.option])
    _choice_axis(figure, choices, places)
    figure.update_xaxes(range=[0, BINS], showticklabels=False, ticks="", showgrid=False)
    figure.update_layout(margin={"t": 20, "b": 14})
    named = choices.assign(choice=choices["choice"].map(CHOICE_LABELS), option=choices["option"].map(WORDS))
    columns = ["Choice", "Option", "Readings", "Median factor", "5th percentile", "95th percentile", "Share above one"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=named.round(2).set_axis([*columns, "Share with the interval above one"], axis=1),
        height=860,
        subtitle=f"Above: foundings a year in the window as a multiple of those before, {len(drawn):,} readings "
        f"sorted and put into {BINS} groups, with the middle 95 per cent interval "
        "of each; logarithmic scale. Below: the larger the square, the more of the group made that choice; beside it "
        "the median factor",
    )


def _sorted_readings(figure: go.Figure, drawn: pd.DataFrame, group: pd.Series) -> None:
    """The middle ratio of each group of readings, with the middle of their intervals."""
    middle = drawn.groupby(group)[["ratio", "low", "high"]].median()
    ends = drawn.groupby(group)["ratio"].agg(["min", "max"])
    size = group.value_counts().sort_index().rename("n")
    figure.add_scatter(
        x=middle.index + 0.5,
        y=middle["ratio"].round(2),
        mode="markers",
        showlegend=False,
        row=1,
        col=1,
        marker={"color": MAIN, "size": 6},
        error_y=interval(middle["ratio"], middle["low"], middle["high"], MAIN, thickness=1.4),
        customdata=pd.concat([ends, middle[["low", "high"]], size], axis=1).round(2),
        hovertemplate="%{customdata[4]} readings: factor %{customdata[0]:.1f} to %{customdata[1]:.1f}<br>middle "
        "interval %{customdata[2]:.1f} to %{customdata[3]:.1f}<extra></extra>",
    )
    figure.add_hline(y=1, line=RULE, row=1, col=1)
    figure.update_yaxes(**multiples([0.5, 1, 2, 5, 10, 20], -0.5, 1.6), row=1, col=1)


def _places(choices: pd.DataFrame) -> dict[tuple[str, str | None], float]:
    """Height of the head of each choice, under no option, and of its options below it."""
    places: dict[tuple[str, str | None], float] = {}
    place = 0.0
    for choice, options in choices.groupby("choice", sort=False)["option"]:
        places[choice, None] = place
        for option in options:
            place += 1
            places[choice, option] = place
        place += 1.3
    return places


def _who_chose(figure: go.Figure, share: pd.Series, place: float) -> None:
    """A square for each group of readings that grows with the share of it that made a choice."""
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


def _choice_axis(figure: go.Figure, choices: pd.DataFrame, places: dict[tuple[str, str | None], float]) -> None:
    """The choices as heads, and below each its options with the median factor under them."""
    median = choices.set_index(["choice", "option"])["median"]
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(places.values()),
        ticktext=[
            f"<b>{CHOICE_LABELS[choice]}</b>"
            if option is None
            else f"{SHORT.get(option, WORDS[option])} {median[choice, option]:.1f}"
            for choice, option in places
        ],
        tickfont={"size": 11},
        range=[max(places.values()) + 0.7, -0.8],
        showgrid=False,
        row=2,
        col=1,
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
    table = table.reset_index(drop=True)
    for estimated, name, colour, symbol in ((False, "counted", SECOND, "square"), (True, "estimated", MAIN, "circle")):
        part = table[table["estimated"] == estimated]
        figure.add_scatter(
            x=part["ratio"].round(2),
            y=part.index,
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": 10},
            error_x=interval(part["ratio"], part["low"], part["high"], colour, thickness=1.8),
            customdata=part[["name", "low", "high"]].round(2),
            hovertemplate="<b>%{customdata[0]}</b>: %{x:.1f} times (%{customdata[1]:.1f} to "
            "%{customdata[2]:.1f})<extra></extra>",
        )
    for row in table.itertuples():
        write(figure, math.log10(row.high), row.Index, f"{row.ratio:.1f}", xanchor="left", xshift=5)
    figure.add_vline(x=1, line=RULE)
    figure.update_xaxes(**multiples([1, 2, 5, 10, 20], -0.05, 1.68))
    names = [name.replace(", ", ",<br>") for name in table["name"]]
    lane_axis(figure, names, down=True, tickmode="array", showgrid=False)
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(table.round(2), {"name": "By", "ratio": "Factor", "low": "Low", "high": "High"}),
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
    shown = table.round(2)
    _by_odds(figure, table["odds"], shown)
    for number, (said, odds) in enumerate(marks.items()):
        figure.add_vline(x=odds, line={"color": MUTED, "width": 1.2, "dash": "dot"})
        at = math.log10(odds), math.log10(0.46) - 0.13 * number
        write(figure, *at, f"{odds:.1f}: {said}", size=11, xanchor="left", xshift=2, align="left")
    figure.add_hline(y=1, line=RULE)
    title_below = axis_title("odds ratio of the two lists before 2012", 12)
    figure.update_xaxes(**multiples([1, 2, 5, 10, 20, 50, 100], -0.03, 2.03), title=title_below)
    figure.update_yaxes(**multiples([0.5, 1, 2, 5, 10], -0.65, 1.25))
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    columns = ["Odds ratio before 2012", "Factor", "Low", "High", "Factor with the same odds ratio from 2012 on"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=shown.set_axis(columns, axis=1),
        height=430,
        subtitle=f"Factor of founding rates, {LABELS['cascade']} against {LABELS['baseline']}, "
        "by how much likelier what one list holds is to be in the other; "
        "band: 95 per cent; both scales logarithmic",
    )


def _by_odds(figure: go.Figure, odds: pd.Series, shown: pd.DataFrame) -> None:
    """The factor with its interval if the lists are independent from 2012 on, and if they are not."""
    band(figure, odds, shown["low"], shown["high"], MAIN, showlegend=False)
    figure.add_scatter(
        x=odds,
        y=shown["ratio"],
        mode="lines+markers",
        name="independent from 2012 on",
        line={"color": MAIN, "width": 2.4},
        marker={"size": 5},
        customdata=shown[["low", "high", "same"]],
        hovertemplate="odds ratio %{x:.1f} before 2012: %{y:.1f} times (%{customdata[0]:.1f} to "
        "%{customdata[1]:.1f})<br>"
        "with the same odds ratio from 2012 on: %{customdata[2]:.1f}<extra></extra>",
    )
    figure.add_scatter(
        x=odds,
        y=shown["same"],
        mode="lines",
        name="as dependent from 2012 on",
        line={"color": SECOND, "width": 2, "dash": "dash"},
        hoverinfo="skip",
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
    middle = iso_days(quarters["quarter"] + pd.Timedelta(days=45))
    spoken = [f"{day.year}, quarter {day.quarter}" for day in quarters["quarter"]]
    for (body, name), (colour, hollow) in zip(BODIES.items(), looks, strict=True):
        figure.add_bar(
            x=middle,
            y=quarters[body],
            name=name,
            marker=bars(colour, hollow),
            customdata=spoken,
            width=QUARTER,
            hovertemplate="%{customdata}: %{y}<extra>" + name + "</extra>",
        )
    shade_year(figure)
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
        subtitle="Meetings of core scope on record by quarter and by whose they are; shaded: the article's twelve "
        "months",
    )
