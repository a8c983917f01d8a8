"""Figures on trust and distrust among Algeria, Mali, Mauritania and Niger."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.figure import INK, MUTED, bars, finish
from cooperation.figures.palette import COUNTRY, MAIN, SECOND, THIRD
from cooperation.measures.ruptures import COUNTED, PAIRS, half_year, half_years
from cooperation.periods import COUP, LABELS
from cooperation.rows import Actor
from cooperation.states import ALGERIA, FOUR, FRANCE, MALI, MAURITANIA, NIGER

SHAPE = {"trust": "triangle-up", "distrust": "triangle-down"}
NOTICE = {
    "agreed": ("agreed, by the sources read", "circle"),
    "disputed": ("sources conflict", "diamond"),
    "not known": ("no word found", "x"),
    "own soil": ("on its own soil", "square-open"),
}
FORM = {
    "private charge": ("charge in private", "circle-open"),
    "public reproach": ("reproach in public", "circle"),
    "recall": ("ambassador recalled", "square"),
    "withholding": ("said to have told late or not at all", "diamond"),
    "absence": ("not at a meeting", "x"),
    "suspension": ("aid suspended", "cross"),
}
KIND = {
    "kidnapping": ("seizure", "triangle-down"),
    "attack": ("attack", "triangle-down-open"),
    "raid": ("raid", "diamond"),
    "political": ("act at home", "square"),
    "diplomatic": ("act between states, release", "circle"),
    "intelligence": ("charge in private", "circle-open"),
    "meeting": ("meeting", "star"),
    "accord": ("founding", "star-open"),
}
MANNER = {
    "joint": ("Mali and Mauritania together", MAIN, False),
    "with support": ("one, helped by another or helping it", SECOND, False),
    "without": ("one without another of the four", MUTED, True),
}
LEVEL = {
    "ministers": ("ministers", THIRD, False),
    "chiefs of staff": ("chiefs of staff", THIRD, True),
    "intelligence chiefs": ("intelligence chiefs", INK, False),
}


def _day(days: pd.Series) -> pd.Series:
    return days.dt.strftime("%Y-%m-%d")


def mark_coup(figure: go.Figure, **where) -> None:
    """Mark the day of the Malian coup."""
    figure.add_vline(x=str(COUP.date()), line={"color": MUTED, "dash": "dot", "width": 1}, **where)
    figure.add_annotation(
        x=str(COUP.date()),
        y=1,
        yref="paper",
        yanchor="bottom",
        text="coup",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )


def stacked(days: pd.Series, close: int) -> list[int]:
    """Level of each mark, so that none hides another that is at most so many days before it; days in order."""
    last: list[pd.Timestamp] = []
    levels: list[int] = []
    for day in days:
        free = next((level for level, taken in enumerate(last) if (day - taken).days > close), len(last))
        last[free : free + 1] = [day]
        levels.append(free)
    return levels


def _key(figure: go.Figure, name: str, **marker) -> None:
    """An entry of the legend without a mark of its own."""
    figure.add_scatter(
        x=[None], y=[None], mode="markers", name=name, hoverinfo="skip", marker={"size": 11, "color": MUTED, **marker}
    )


def ledger(
    table: pd.DataFrame, bilateral: pd.DataFrame, together: pd.DataFrame, names: pd.Series, title: str, alt: str
) -> go.Figure:
    """Acts of trust above a line for each pair, acts of distrust below it, meetings on it.

    Parameters
    ----------
    table, bilateral, together : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.ledger`, ``of_the_two`` and
        ``machinery`` of the same module.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure, floor, rows = go.Figure(), 0.0, []
    lanes: dict[tuple[str, str] | str, float] = {}
    for pair in PAIRS:
        part = table[table["pair"] == pair]
        levels = {act: stacked(part.loc[part["act"] == act, "start"], 150) for act in SHAPE}
        line = lanes[pair] = floor - (max(levels["trust"], default=-1) + 1) - 0.4
        floor = line - max(max(levels["distrust"], default=-1) + 1, 0.6) - 0.9
        for act, sign in (("trust", 1), ("distrust", -1)):
            mine = part[part["act"] == act]
            who = [
                " and ".join(names[code] for code in sorted({way[0] for way in ways})) for ways in mine["directions"]
            ]
            to = [
                ", each towards the other" if len(ways) > 1 else f", towards {names[ways[0][1]]}"
                for ways in mine["directions"]
            ]
            symbols = [SHAPE[act] + ("-open" if speech else "") for speech in mine["speech"]]
            colours = [COUNTRY[ways[0][0]] if len(ways) == 1 else INK for ways in mine["directions"]]
            figure.add_scatter(
                x=_day(mine["start"]),
                y=[line + sign * (level + 0.75) for level in levels[act]],
                mode="markers",
                showlegend=False,
                marker={"size": 12, "symbol": symbols, "color": colours, "line": {"width": 2, "color": colours}},
                customdata=list(
                    zip(mine["date"], mine["title"], who, to, mine["form"], mine["verification"], strict=True)
                ),
                hovertemplate=f"%{{customdata[0]}}, {act}: %{{customdata[4]}}<br>%{{customdata[2]}}%{{customdata[3]}}<br>%{{customdata[1]}} (%{{customdata[5]}})<extra></extra>",
            )
            rows += [
                (*row, " and ".join(names[code] for code in pair))
                for row in zip(
                    mine["date"], mine["act"], who, to, mine["form"], mine["title"], mine["verification"], strict=True
                )
            ]
    lanes["together"] = floor - 0.4
    met = pd.concat([bilateral.assign(lane=bilateral["pair"]), together.assign(lane="together")])
    figure.add_scatter(
        x=_day(met["start"]),
        y=met["lane"].map(lanes),
        mode="markers",
        showlegend=False,
        marker={"size": 7, "color": MUTED},
        customdata=met[["date", "level", "id"]].assign(city=met["city"].fillna("no city named")),
        hovertemplate="%{customdata[0]}, meeting %{customdata[2]}: %{customdata[1]}, %{customdata[3]}<extra></extra>",
    )
    for line in lanes.values():
        figure.add_hline(y=line, line={"color": MUTED, "width": 1}, layer="below")
    for act, symbol in SHAPE.items():
        _key(figure, f"act of {act}", symbol=symbol)
    _key(figure, "hollow: in words", symbol="triangle-up-open", line={"width": 2})
    _key(figure, "meeting", size=7)
    for code in FOUR:
        _key(figure, f"by {names[code]}", symbol="square", color=COUNTRY[code])
    _key(figure, "by both", symbol="square", color=INK)
    labels = [
        " and<br>".join(names[code] for code in lane) if lane != "together" else "All four<br>together"
        for lane in lanes
    ]
    figure.update_yaxes(
        tickvals=list(lanes.values()), ticktext=labels, showgrid=False, range=[lanes["together"] - 1, 0.6]
    )
    figure.update_xaxes(
        range=["2003-01-01", "2013-05-01"], dtick="M24", tick0="2004-01-01", tickformat="%Y", tickangle=0
    )
    mark_coup(figure)
    figure.update_layout(legend={"y": -0.05, "yanchor": "top"}, margin={"t": 26, "b": 110})
    data = pd.DataFrame(rows, columns=["Date", "Sign", "Who", "Towards", "Form", "Event", "Verification", "Pair"])
    data["Towards"] = data["Towards"].str.removeprefix(", ").str.removeprefix("towards ")
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data.sort_values("Date", kind="stable"),
        height=920,
        subtitle="Acts towards a named neighbour, 2003 to January 2013: above the line trust, below it distrust; not a sample",
    )


def release(table: pd.DataFrame, away: dict[str, tuple], names: pd.Series, title: str, alt: str) -> go.Figure:
    """What followed a kidnapping, in one lane for each state and AQIM.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.release`.
    away : dict of str to (str, str, str)
        By state, the day on which its ambassador was recalled, and the first
        and last day given for his return.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    lanes = [Actor.AQIM, FRANCE, NIGER, MAURITANIA, ALGERIA, MALI]
    words = {Actor.AQIM: "AQIM", FRANCE: "France", **{code: names[code] for code in lanes[2:]}}
    figure = go.Figure()
    for state, (first, early, late) in away.items():
        level = lanes.index(state)
        for start, end, dash in ((first, early, "solid"), (early, late, "dot")):
            figure.add_scatter(
                x=[start, end],
                y=[level, level],
                mode="lines",
                line={"color": COUNTRY[state], "width": 3, "dash": dash},
                hoverinfo="skip",
                showlegend=False,
            )
        figure.add_annotation(
            x=early,
            y=level,
            yshift=17,
            text="ambassador away",
            showarrow=False,
            xanchor="right",
            font={"size": 12, "color": INK},
        )
    single = table.drop_duplicates("event")
    shift = dict(zip(single["event"], (0.17 * (level % 3 - 1) for level in stacked(single["start"], 12)), strict=True))
    table = table.assign(level=table["actor"].map(lanes.index) + table["event"].map(shift))
    for _, event in table.groupby("event"):
        figure.add_scatter(
            x=_day(event["start"]),
            y=event["level"],
            mode="lines",
            line={"color": MUTED, "width": 0.6},
            hoverinfo="skip",
            showlegend=False,
        )
    for kind, (name, symbol) in KIND.items():
        part = table[table["kind"] == kind]
        if part.empty:
            continue
        colours = [COUNTRY.get(code, INK) for code in part["actor"]]
        figure.add_scatter(
            x=_day(part["start"]),
            y=part["level"],
            mode="markers",
            showlegend=False,
            marker={
                "symbol": symbol,
                "size": 11,
                "color": colours,
                "line": {"width": 2 if symbol.endswith("open") else 0, "color": colours},
            },
            customdata=list(zip(part["date"], part["title"], part["actor"].map(words), strict=True)),
            hovertemplate="%{customdata[0]}, lane of %{customdata[2]}<br>%{customdata[1]}<extra></extra>",
        )
        _key(figure, name, symbol=symbol, line={"width": 2 if symbol.endswith("open") else 0, "color": MUTED})
    figure.update_yaxes(
        tickvals=list(range(len(lanes))), ticktext=[words[lane] for lane in lanes], range=[-0.6, len(lanes) - 0.4]
    )
    figure.update_xaxes(
        range=["2009-11-10", "2010-09-30"], dtick="M2", tick0="2009-12-01", tickformat="%b<br>%Y", tickangle=0
    )
    figure.update_layout(legend={"y": -0.16, "yanchor": "top"}, margin={"b": 90})
    data = table.groupby(["start", "event"], as_index=False).agg(
        Date=("date", "first"),
        Event=("title", "first"),
        Named=("actor", lambda codes: ", ".join(words[code] for code in codes)),
        Verification=("verification", "first"),
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data.drop(columns=["start", "event"]),
        height=500,
        subtitle="Events by the states named in them, November 2009 to September 2010; a thin line joins the marks of one event",
    )


def operations(table: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Operations by who crossed into whose territory, and by the notice on record.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.operations`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """

    def lane(row):
        if len(row["by"]) > 1:
            return " and<br>".join(names[code] for code in row["by"]) + ", joint"
        home = "at home" if not row["crossed"] else f"in {names[row['soil']]}"
        return f"{names[row['by'][0]]} {home}" + ("<br>with France" if row["manner"] == "with outsiders" else "")

    table = table.assign(lane=table.apply(lane, axis=1))
    order = table.sort_values(["crossed", "by", "manner"])["lane"].drop_duplicates().tolist()
    figure = go.Figure()
    for notice, (name, symbol) in NOTICE.items():
        part = table[table["notice"] == notice]
        colours = [COUNTRY[by[0]] if len(by) == 1 else INK for by in part["by"]]
        figure.add_scatter(
            x=_day(part["start"]),
            y=part["lane"].map(order.index),
            mode="markers",
            showlegend=False,
            marker={
                "symbol": symbol,
                "size": 14,
                "color": colours,
                "line": {"width": 2 if notice == "own soil" else 0, "color": colours},
            },
            customdata=list(
                zip(
                    part["date"],
                    part["title"],
                    [", ".join(names[code] for code in by) for by in part["by"]],
                    strict=True,
                )
            ),
            hovertemplate="%{customdata[0]}: %{customdata[1]}<br>by %{customdata[2]}; notice: "
            + name
            + "<extra></extra>",
        )
        _key(figure, name, symbol=symbol, line={"width": 2 if notice == "own soil" else 0, "color": MUTED})
    figure.update_yaxes(tickvals=list(range(len(order))), ticktext=order, range=[-0.6, len(order) - 0.4])
    figure.update_xaxes(
        range=["2009-01-01", "2012-07-01"], dtick="M12", tick0="2009-01-01", tickformat="%Y", tickangle=0
    )
    mark_coup(figure)
    figure.update_layout(legend={"y": -0.1, "yanchor": "top"}, margin={"t": 26, "b": 60})
    data = pd.DataFrame(
        {
            "Date": table["date"],
            "Operation": table["title"],
            "By": [", ".join(names[code] for code in by) for by in table["by"]],
            "On the soil of": table["soil"].map(names),
            "Manner": table["manner"],
            "Notice": table["notice"].map(lambda notice: NOTICE[notice][0]),
            "Verification": table["verification"],
        }
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=440,
        subtitle="Operations found in the sources read, 2009 to March 2012, by what notice the state had whose soil it was",
    )


def machinery(met: pd.DataFrame, operated: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Meetings of the four by level above, operations across a border below, by half-year.

    Parameters
    ----------
    met, operated : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.machinery` and ``operations``.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    spans = half_years(2009, 2012)
    met = met.assign(span=half_year(met["start"]))
    operated = operated[operated["crossed"]].assign(span=half_year(operated["start"]))
    operated["manner"] = operated["manner"].replace({"alone": "without", "with outsiders": "without"})
    panels = (("Meetings of the four", met, "level", LEVEL), ("Operations across a border", operated, "manner", MANNER))
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.26,
        subplot_titles=[f"<b>{panel}</b>" for panel, *_ in panels],
    )
    rows = []
    for row, (panel, table, column, looks) in enumerate(panels, start=1):
        for value, (name, colour, hollow) in looks.items():
            counts = table.loc[table[column] == value, "span"].value_counts().reindex(spans, fill_value=0)
            figure.add_bar(
                x=spans,
                y=[number or None for number in counts],
                name=name,
                marker=bars(colour, hollow),
                hovertemplate="%{x}: %{y}<extra>" + name + "</extra>",
                row=row,
                col=1,
            )
            rows += [(panel, name, span, int(number)) for span, number in counts.items()]
    figure.update_yaxes(range=[0, 5], dtick=2)
    figure.update_xaxes(
        tickvals=spans, ticktext=[span.replace(" ", "<br>") for span in spans], showticklabels=True, tickangle=0
    )
    figure.update_layout(
        barmode="stack",
        bargap=0.3,
        legend={"y": -0.16, "yanchor": "top", "traceorder": "normal"},
        margin={"t": 30, "b": 80},
    )
    for note in figure.layout.annotations:
        note.update(x=0, xanchor="left", font={"size": 14, "color": INK})
    data = pd.DataFrame(rows, columns=["Panel", "Kind", "Half-year", "Count"])
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="By half-year, 2009 to 2012; meetings of the joint staff committee, the liaison unit and the ministers of the core countries",
    )


def before_and_after(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Ratios of the counts after a day to those before it, with intervals.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.before_and_after`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    least, most = 0.04, 60.0
    days = table.drop_duplicates("day")
    looks = dict(zip(days["day"], ((MAIN, "circle"), (SECOND, "square"), (THIRD, "diamond")), strict=True))
    kinds = table["counted"].drop_duplicates().tolist()
    figure = go.Figure()
    for number, (day, (colour, symbol)) in enumerate(looks.items()):
        part = table[table["day"] == day]
        heights = [kinds.index(kind) + (number - 1) * 0.22 for kind in part["counted"]]
        for height, low, high in zip(
            heights, part["low"].clip(lower=least), part["high"].clip(upper=most), strict=True
        ):
            figure.add_scatter(
                x=[round(low, 3), round(high, 3)],
                y=[height, height],
                mode="lines",
                line={"color": colour, "width": 2},
                hoverinfo="skip",
                showlegend=False,
            )
        shown = ["no bound" if np.isinf(value) else f"{value:.1f}" for value in part["high"]]
        ratios = ["none before" if np.isinf(value) else f"{value:.1f} times" for value in part["ratio"]]
        figure.add_scatter(
            x=part["ratio"].clip(upper=most).round(3),
            y=heights,
            mode="markers",
            name=f"{LABELS[day]} ({part['months'].iloc[0]:.0f} months)",
            marker={
                "color": colour,
                "size": 11,
                "symbol": [symbol if np.isfinite(value) else "triangle-right" for value in part["ratio"]],
            },
            customdata=list(
                zip(
                    part["before"],
                    part["after"],
                    part["low"].map("{:.2f}".format),
                    shown,
                    ratios,
                    part["counted"].map(COUNTED),
                    strict=True,
                )
            ),
            hovertemplate="%{customdata[5]}: %{customdata[0]} before, %{customdata[1]} after<br>%{customdata[4]} (%{customdata[2]} to %{customdata[3]})<extra>"
            + LABELS[day]
            + "</extra>",
        )
    figure.add_vline(x=1, line={"color": MUTED, "width": 1.2})
    figure.add_annotation(
        x=0, y=1, yref="paper", yanchor="bottom", text="no change", showarrow=False, font={"size": 12, "color": MUTED}
    )
    figure.update_xaxes(
        type="log",
        range=[np.log10(least), np.log10(most * 1.15)],
        tickvals=[0.1, 1, 10],
        ticktext=["a tenth", "as often", "ten times"],
    )
    labels = [COUNTED[kind].replace(" of ", "<br>of ").replace(" across", "<br>across") for kind in kinds]
    figure.update_yaxes(
        tickvals=list(range(len(kinds))), ticktext=labels, range=[len(kinds) - 0.5, -0.5], showgrid=False
    )
    figure.update_layout(legend={"y": -0.1, "yanchor": "top", "orientation": "v"}, margin={"t": 26, "b": 80})
    named = table.assign(day=table["day"].map(LABELS), counted=table["counted"].map(COUNTED))
    data = named.replace(np.inf, np.nan).round({"months": 1, "ratio": 2, "low": 2, "high": 2})
    data = data.set_axis(
        ["From", "Counted", "Months either side", "Before", "After", "Ratio", "Low", "High", "A fall would show from"],
        axis=1,
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=460,
        subtitle="Count after a day as a multiple of the count in an equal time before, its length in brackets; bar: exact 95 per cent interval, cut at the edges; logarithmic",
    )


def directions(table: pd.DataFrame, grades: pd.Series, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Acts of distrust by who acted towards whom, in what form and with what grade.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.acts`.
    grades : pandas.Series
        Grade by key of the table ``allegations``.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    part = table[table["act"] == "distrust"]
    part = part.assign(
        lane=names[part["actor"]].to_numpy() + "<br>towards " + names[part["toward"]].to_numpy(),
        grade=part["allegation"].map(grades).fillna("not graded"),
    )
    lanes, floor = {}, 0.0
    for lane in part["lane"].value_counts(ascending=True).index:
        levels = stacked(part.loc[part["lane"] == lane, "start"], 200)
        part.loc[part["lane"] == lane, "level"] = [floor + level for level in levels]
        lanes[lane] = floor + max(levels) / 2
        floor += max(levels) + 2.5
    figure = go.Figure()
    for form, (name, symbol) in FORM.items():
        mine = part[part["form"] == form]
        colours = [COUNTRY[code] for code in mine["actor"]]
        figure.add_scatter(
            x=_day(mine["start"]),
            y=mine["level"],
            mode="markers+text",
            showlegend=False,
            textposition="middle right",
            textfont={"size": 11, "color": INK},
            text=mine["grade"].replace("not graded", ""),
            marker={
                "symbol": symbol,
                "size": 12,
                "color": colours,
                "line": {"width": 2 if symbol.endswith("open") else 0, "color": colours},
            },
            customdata=list(
                zip(
                    mine["date"],
                    mine["title"],
                    mine["grade"],
                    mine["lane"].str.replace("<br>", " "),
                    mine["verification"],
                    strict=True,
                )
            ),
            hovertemplate="%{customdata[0]}, %{customdata[3]}<br>%{customdata[1]}<br>"
            + name
            + "; grade: %{customdata[2]}; row: %{customdata[4]}<extra></extra>",
        )
        _key(figure, name, symbol=symbol, line={"width": 2 if symbol.endswith("open") else 0, "color": MUTED})
    figure.update_yaxes(tickvals=list(lanes.values()), ticktext=list(lanes), range=[-1, floor - 1.5], showgrid=False)
    figure.update_xaxes(
        range=["2008-01-01", "2013-12-01"], dtick="M12", tick0="2008-01-01", tickformat="%Y", tickangle=0
    )
    mark_coup(figure)
    figure.update_layout(legend={"y": -0.12, "yanchor": "top"}, margin={"t": 26, "b": 80})
    data = pd.DataFrame(
        {
            "Date": part["date"],
            "Who": part["actor"].map(names),
            "Towards": part["toward"].map(names),
            "Form": part["form"],
            "Event": part["title"],
            "Allegation": part["allegation"].fillna(""),
            "Grade": part["grade"],
            "Verification": part["verification"],
        }
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="Acts of distrust found in the sources read, 2008 to January 2013, by who acted towards whom; beside a mark, the grade of the allegation it rests on",
    )
