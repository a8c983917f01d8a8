"""Figures on trust and distrust among Algeria, Mali, Mauritania and Niger."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import (
    RULE,
    for_readers,
    iso_days,
    lane_axis,
    legend_entry,
    mark,
    panels,
    stroke,
    time_axis,
    write,
)
from claimbook.figure import INK, MUTED, bars, finish
from cooperation.figures import ruptures_words
from cooperation.figures.days import mark_coup
from cooperation.figures.palette import COUNTRY, DARK, MAIN, REST, SECOND, THIRD
from cooperation.measures.ruptures import COUNTED, PAIRS, half_year, half_years, year_alone
from cooperation.periods import LABELS
from cooperation.states import FOUR

SHAPE = {"trust": "triangle-up", "distrust": "triangle-down"}
FORM = {
    "private charge": ("charge in private", "circle-open"),
    "public reproach": ("reproach in public", "circle"),
    "recall": ("ambassador recalled", "square"),
    "withholding": ("told late or not at all, or kept out, as reported", "diamond"),
    "absence": ("not at a meeting", "x"),
    "suspension": ("aid suspended", "cross"),
}
MANNER = {
    "joint": ("Mali and Mauritania together", MAIN),
    "with support": ("one, helped by another or helping it", REST),
    "without": ("one without another of the four", DARK),
}
# What a lane is of when it is of no pair.
TOGETHER = "together"
# Ends of the axis of ratios: what lies beyond is drawn there.
LEAST, MOST = 0.04, 60.0
LEVEL = {
    "ministers": ("ministers", THIRD),
    "chiefs of staff": ("chiefs of staff", SECOND),
    "intelligence chiefs": ("intelligence chiefs", INK),
}


def stacked(days: pd.Series, close: int) -> list[int]:
    """Level of each mark, so that none hides another that is at most so many days before it; days in order."""
    last: list[pd.Timestamp] = []
    levels: list[int] = []
    for day in days:
        free = next((level for level, taken in enumerate(last) if (day - taken).days > close), len(last))
        last[free : free + 1] = [day]
        levels.append(free)
    return levels


def ledger(
    table: pd.DataFrame, bilateral: pd.DataFrame, together: pd.DataFrame, names: pd.Series, title: str
) -> go.Figure:
    """Acts of trust above a line for each pair, acts of distrust below it, meetings on it.

    Parameters
    ----------
    table, bilateral, together : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.ledger`, ``of_the_two`` and
        ``machinery`` of the same module.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure, rows = go.Figure(), []
    # An act of which the year alone is known stands in its middle.
    middle = table["start"].mask(year_alone(table["date"]), table["start"] + pd.DateOffset(months=6))
    table = table.assign(start=middle).sort_values("start", kind="stable", ignore_index=True)
    levels = _levels(table)
    lines = _lines(levels)
    for pair in PAIRS:
        part = table[table["pair"] == pair]
        for act, sign in (("trust", 1), ("distrust", -1)):
            mine = _who_to_whom(part[part["act"] == act], names)
            heights = [lines[pair] + sign * (level + 0.75) for level in levels[pair][act]]
            _acts_of(figure, mine, heights, act)
            rows.append(mine.assign(pair=" and ".join(names[code] for code in pair)))
    met = pd.concat([bilateral.assign(lane=bilateral["pair"]), together.assign(lane=TOGETHER)])
    _meetings(figure, met, lines)
    for line in lines.values():
        figure.add_hline(y=line, line={"color": MUTED, "width": 1}, layer="below")
    _ledger_legend(figure, names)
    labels = [
        " and<br>".join(names[code] for code in lane) if lane != TOGETHER else "All four<br>together" for lane in lines
    ]
    figure.update_yaxes(
        tickvals=list(lines.values()), ticktext=labels, showgrid=False, range=[lines[TOGETHER] - 1, 0.6]
    )
    time_axis(figure, "2003-01-01", "2013-05-01", 24, "2004-01-01")
    mark_coup(figure)
    figure.update_layout(legend={"y": -0.05, "yanchor": "top"}, margin={"t": 26, "b": 110})
    return finish(
        figure,
        title=title,
        alt=ruptures_words.of_ledger(table, together, names),
        data=_ledger_rows(pd.concat(rows)),
        height=920,
        subtitle="Acts towards a named neighbour, 2003 to January 2013: above the line trust, below it distrust; not "
        "a sample",
    )


def _levels(table: pd.DataFrame) -> dict[tuple[str, str], dict[str, list[int]]]:
    """For each pair and kind of act the level of each mark, away from the line of the pair."""
    return {
        pair: {act: stacked(table.loc[(table["pair"] == pair) & (table["act"] == act), "start"], 150) for act in SHAPE}
        for pair in PAIRS
    }


def _lines(levels: dict[tuple[str, str], dict[str, list[int]]]) -> dict[tuple[str, str] | str, float]:
    """Height of the line of each pair, with room for the marks above and below it, and of that of all four."""
    lines: dict[tuple[str, str] | str, float] = {}
    floor = 0.0
    for pair, own in levels.items():
        lines[pair] = floor - (max(own["trust"], default=-1) + 1) - 0.4
        floor = lines[pair] - max(max(own["distrust"], default=-1) + 1, 0.6) - 0.9
    lines[TOGETHER] = floor - 0.4
    return lines


def _who_to_whom(part: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Acts with who acted and towards whom, in words."""
    ways_of = part["directions"]
    return part.assign(
        who=[" and ".join(names[code] for code in sorted({way[0] for way in ways})) for ways in ways_of],
        to=["each towards the other" if len(ways) > 1 else f"towards {names[ways[0][1]]}" for ways in ways_of],
    )


def _acts_of(figure: go.Figure, part: pd.DataFrame, heights: list[float], act: str) -> None:
    """Acts of one sign of a pair, in the colour of who acted; hollow what was only said."""
    symbols = [SHAPE[act] + ("-open" if speech else "") for speech in part["speech"]]
    colours = [COUNTRY[ways[0][0]] if len(ways) == 1 else INK for ways in part["directions"]]
    said = part.assign(to=[f", {to}" for to in part["to"]])
    figure.add_scatter(
        x=iso_days(part["start"]),
        y=heights,
        mode="markers",
        showlegend=False,
        marker=mark(colours, symbols, 12, 2),
        customdata=said[["date", "title", "who", "to", "form", "verification"]].to_numpy().tolist(),
        hovertemplate=f"%{{customdata[0]}}, {act}: %{{customdata[4]}}<br>%{{customdata[2]}}%{{customdata[3]}}<br>"
        f"%{{customdata[1]}} (%{{customdata[5]}})<extra></extra>",
    )


def _meetings(figure: go.Figure, met: pd.DataFrame, lines: dict[tuple[str, str] | str, float]) -> None:
    """Meetings, on the line of those who met."""
    figure.add_scatter(
        x=iso_days(met["start"]),
        y=met["lane"].map(lines),
        mode="markers",
        showlegend=False,
        marker={"size": 7, "color": MUTED},
        customdata=met[["date", "level", "id"]].assign(city=met["city"].fillna("no city named")),
        hovertemplate="%{customdata[0]}, meeting %{customdata[2]}: %{customdata[1]}, %{customdata[3]}<extra></extra>",
    )


def _ledger_legend(figure: go.Figure, names: pd.Series) -> None:
    """What shapes and colours mean."""
    for act, symbol in SHAPE.items():
        _explain(figure, f"act of {act}", symbol=symbol)
    _explain(figure, "hollow: in words", symbol="triangle-up-open", line={"width": 2})
    _explain(figure, "meeting", size=7)
    for code in FOUR:
        _explain(figure, f"by {names[code]}", symbol="square", color=COUNTRY[code])
    _explain(figure, "by both", symbol="square", color=INK)


def _explain(figure: go.Figure, name: str, **marker) -> None:
    """An entry of the legend, grey unless a colour is what it explains."""
    legend_entry(figure, name, {"size": 11, "color": MUTED, **marker}, hoverinfo="skip")


def _ledger_rows(acts: pd.DataFrame) -> pd.DataFrame:
    """The acts of all pairs, in order of time."""
    columns = {"date": "Date", "act": "Sign", "who": "Who", "to": "Towards", "form": "Form", "title": "Event"}
    columns |= {"verification": "Verification", "pair": "Pair"}
    acts = acts.assign(to=acts["to"].str.removeprefix("towards "))
    return for_readers(acts.sort_values("date", kind="stable"), columns)


def machinery(met: pd.DataFrame, operated: pd.DataFrame, title: str) -> go.Figure:
    """Meetings of the four by level above, operations across a border below, by half-year.

    Parameters
    ----------
    met, operated : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.machinery` and ``operations``.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    spans = half_years(2009, 2012)
    operated = operated[operated["crossed"]].replace({"manner": {"alone": "without", "with outsiders": "without"}})
    counted = (
        ("Meetings of the four", met, "level", LEVEL),
        ("Operations across a border", operated, "manner", MANNER),
    )
    figure = panels([panel for panel, *_ in counted], 0.26)
    rows = []
    for row, (panel, table, column, looks) in enumerate(counted, start=1):
        for value, (name, colour) in looks.items():
            own = half_year(table.loc[table[column] == value, "start"])
            counts = own.value_counts().reindex(spans, fill_value=0)
            figure.add_bar(
                x=spans,
                y=[number or None for number in counts],
                name=name,
                marker=bars(colour),
                hovertemplate="%{x}: %{y}<extra>" + name + "</extra>",
                row=row,
                col=1,
            )
            rows += [(panel, name, span, int(number)) for span, number in counts.items()]
    figure.update_yaxes(range=[0, 5], dtick=2)
    figure.update_xaxes(
        tickvals=spans, ticktext=[span.replace(" ", "<br>") for span in spans], showticklabels=True, tickangle=0
    )
    legend = {"y": -0.16, "yanchor": "top", "traceorder": "normal"}
    figure.update_layout(barmode="stack", bargap=0.3, legend=legend, margin={"t": 30, "b": 80})
    data = pd.DataFrame(rows, columns=["Panel", "Kind", "Half-year", "Count"])
    return finish(
        figure,
        title=title,
        alt=ruptures_words.of_machinery(data),
        data=data,
        height=560,
        subtitle="By half-year, 2009 to 2012; meetings of the joint staff committee, the liaison unit and the "
        "ministers of the core countries",
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
    looks = dict(zip(table["day"].unique(), ((MAIN, "circle"), (SECOND, "square"), (THIRD, "diamond")), strict=True))
    kinds = table["counted"].drop_duplicates().tolist()
    figure = go.Figure()
    for number, (day, (colour, symbol)) in enumerate(looks.items()):
        part = table[table["day"] == day]
        heights = [kinds.index(kind) + (number - 1) * 0.22 for kind in part["counted"]]
        _times_as_many(figure, part, heights, day, colour, symbol)
    figure.add_vline(x=1, line=RULE)
    write(figure, 0, 1, "no change", colour=MUTED, yref="paper", yanchor="bottom")
    figure.update_xaxes(
        type="log",
        range=[np.log10(LEAST), np.log10(MOST * 1.15)],
        tickvals=[0.1, 1, 10],
        ticktext=["a tenth", "as often", "ten times"],
    )
    labels = [re.sub(r"(?<=,) | (?=of |with )", "<br>", COUNTED[kind]) for kind in kinds]
    lane_axis(figure, labels, range=[len(kinds) - 0.5, -0.5], showgrid=False)
    figure.update_layout(legend={"y": -0.1, "yanchor": "top", "orientation": "v"}, margin={"t": 26, "b": 80})
    named = table.assign(day=table["day"].map(LABELS), counted=table["counted"].map(COUNTED))
    data = named.replace(np.inf, np.nan).round({"months": 1, "ratio": 2, "low": 2, "high": 2})
    columns = ["From", "Counted", "Months either side", "Before", "After", "Ratio", "Low", "High"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data.set_axis([*columns, "A fall would show from"], axis=1),
        height=620,
        subtitle="Count after a day as a multiple of the count in an equal time before, its length in brackets; bar: "
        "exact 95 per cent interval, cut at the edges; logarithmic",
    )


def _times_as_many(
    figure: go.Figure, part: pd.DataFrame, heights: list[float], day: str, colour: str, symbol: str
) -> None:
    """The ratios around one day, with intervals cut at the edges; an arrow where there was none before."""
    lows, highs = part["low"].clip(lower=LEAST), part["high"].clip(upper=MOST)
    for height, low, high in zip(heights, lows, highs, strict=True):
        stroke(figure, [round(low, 3), round(high, 3)], [height, height], colour, 2)
    said = part.assign(
        low=part["low"].map("{:.2f}".format),
        high=["no bound" if np.isinf(value) else f"{value:.1f}" for value in part["high"]],
        ratio=["none before" if np.isinf(value) else f"{value:.1f} times" for value in part["ratio"]],
        counted=part["counted"].map(COUNTED),
    )
    figure.add_scatter(
        x=part["ratio"].clip(upper=MOST).round(3),
        y=heights,
        mode="markers",
        name=f"{LABELS[day]} ({part['months'].iloc[0]:.0f} months)",
        marker={
            "color": colour,
            "size": 11,
            "symbol": [symbol if np.isfinite(value) else "triangle-right" for value in part["ratio"]],
        },
        customdata=said[["before", "after", "low", "high", "ratio", "counted"]].to_numpy().tolist(),
        hovertemplate="%{customdata[5]}: %{customdata[0]} before, %{customdata[1]} after<br>%{customdata[4]} "
        "(%{customdata[2]} to %{customdata[3]})<extra>" + LABELS[day] + "</extra>",
    )


def directions(table: pd.DataFrame, grades: pd.Series, names: pd.Series, title: str) -> go.Figure:
    """Acts of distrust by who acted towards whom, in what form and with what grade.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.acts`.
    grades : pandas.Series
        Grade by key of the table ``allegations``.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    part = table[table["act"] == "distrust"]
    part = part.assign(
        lane=names[part["actor"]].to_numpy() + "<br>towards " + names[part["toward"]].to_numpy(),
        grade=part["allegation"].map(grades).fillna("not graded"),
    )
    heights, middles, top = _stacks(part)
    part["level"] = heights
    figure = go.Figure()
    for form in FORM:
        _graded_acts(figure, part[part["form"] == form], form)
    figure.update_yaxes(tickvals=list(middles.values()), ticktext=list(middles), range=[-1, top], showgrid=False)
    time_axis(figure, "2003-01-01", "2013-12-01", 24, "2004-01-01")
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
        alt=ruptures_words.of_directions(part, names),
        data=data,
        height=640,
        subtitle="Acts of distrust found in the sources read, 2003 to January 2013, by who acted towards whom; "
        "beside a mark, the grade of the allegation it rests on",
    )


def _stacks(part: pd.DataFrame) -> tuple[pd.Series, dict[str, float], float]:
    """Height of each act, middle of each lane, and the top; lanes from the one with the fewest acts, at the foot."""
    heights, middles, floor = pd.Series(0.0, index=part.index), {}, 0.0
    for lane in part["lane"].value_counts(ascending=True).index:
        own = part.loc[part["lane"] == lane, "start"]
        levels = stacked(own, 200)
        heights[own.index] = [floor + level for level in levels]
        middles[lane] = floor + max(levels) / 2
        floor += max(levels) + 2.5
    return heights, middles, floor - 1.5


def _graded_acts(figure: go.Figure, part: pd.DataFrame, form: str) -> None:
    """Acts of one form, each with the grade of the allegation that it rests on."""
    name, symbol = FORM[form]
    said = part.assign(lane=part["lane"].str.replace("<br>", " "))
    figure.add_scatter(
        x=iso_days(part["start"]),
        y=part["level"],
        mode="markers+text",
        showlegend=False,
        textposition="middle right",
        textfont={"size": 11, "color": INK},
        text=part["grade"].replace("not graded", ""),
        marker=mark([COUNTRY[code] for code in part["actor"]], symbol, 12),
        customdata=said[["date", "title", "grade", "lane", "verification"]].to_numpy().tolist(),
        hovertemplate="%{customdata[0]}, %{customdata[3]}<br>%{customdata[1]}<br>"
        + name
        + "; grade: %{customdata[2]}; row: %{customdata[4]}<extra></extra>",
    )
    _explain(figure, name, **mark(MUTED, symbol, 11))
