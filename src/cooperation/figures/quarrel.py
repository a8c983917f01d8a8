"""The quarrel of 2010 over a release, and whom the armies told that crossed a border: the two figures of the report."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import for_readers, iso_days, lane_axis, mark, shade, stroke, time_axis, write
from claimbook.figure import INK, MUTED, finish
from claimbook.package.dates import spoken
from cooperation.figures import ruptures_words
from cooperation.figures.palette import COUNTRY, MAIN
from cooperation.measures.ruptures import LEVELS, Away, both_away
from cooperation.rows import Initiative

# From the top: what the quarrel was about, who was away, and who met.
CASE, MEETINGS = "A French hostage", "Meetings of all four states"
# The ministers' round is reckoned from a conference that was not their first.
FOUNDS = {
    Initiative.CEMOC: "joint command opened",
    Initiative.LIAISON_UNIT: "intelligence unit agreed",
}
NOTICE = {"agreed": "Mali agreed", "disputed": "accounts conflict", "not known": "not known"}
# Past this day words stand at the left of their mark, or they would run out of the figure.
LATE = pd.Timestamp(2010, 7, 1)


def release(case: pd.DataFrame, away: dict[str, Away], met: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """A seizure and a release, the ambassadors recalled over it, and who met meanwhile.

    Parameters
    ----------
    case : pandas.DataFrame
        Steps of the case by date: ``start``, ``date`` and ``words``.
    away : dict of str to Away
        By state, from :func:`cooperation.measures.ruptures.away`.
    met : pandas.DataFrame
        Meetings from :func:`cooperation.measures.ruptures.machinery`, with ``founds``.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    met = met.assign(words=met["initiative"].map(FOUNDS).where(met["founds"]).fillna(""))
    heights = {CASE: 6.2, **dict(zip(away, (4.8, 3.6), strict=True)), **dict(zip(LEVELS, (1.6, 0.8, 0.0), strict=True))}
    _heading(figure, CASE, heights[CASE])
    _points(figure, case["start"], heights[CASE], case["words"], case["date"], MAIN)
    for state, gone in away.items():
        _heading(figure, f"{names[state]}'s ambassador away: {gone.words} days", heights[state])
        _away(figure, heights[state], COUNTRY[state], gone)
    first, last = both_away(away)
    shade(figure, first, last, MUTED)
    write(figure, first, 1, "both away", colour=MUTED, xanchor="left", yref="paper", yanchor="bottom")
    _heading(figure, MEETINGS, heights[LEVELS[0]] + 0.2)
    for level in LEVELS:
        own = met[met["level"] == level]
        write(figure, "2009-11-16", heights[level], level, xanchor="left")
        _points(figure, own["middle"], heights[level], own["words"], own["date"], INK)
    figure.update_yaxes(visible=False, range=[-0.5, 7.3])
    figure.update_layout(margin={"t": 26})
    time_axis(figure, "2009-11-12", "2010-10-20", 2, "2009-12-01", tickformat="%b<br>%Y")
    rows = _rows(case, away, met, names)
    return finish(
        figure,
        title=title,
        alt=ruptures_words.of_release(rows),
        data=rows,
        height=430,
        subtitle="November 2009 to October 2010; a broken bar where accounts of the return differ",
    )


def _heading(figure: go.Figure, words: str, height: float) -> None:
    """What the lane below is about."""
    write(figure, "2009-11-16", height + 0.55, f"<b>{words}</b>", size=13, xanchor="left")


def _points(figure: go.Figure, days: pd.Series, height: float, words: pd.Series, dates: pd.Series, colour: str) -> None:
    """Marks of a lane, with words beside those that have some."""
    figure.add_scatter(
        x=iso_days(days),
        y=[height] * len(days),
        mode="markers+text",
        text=words.tolist(),
        textposition=["middle left" if day > LATE else "middle right" for day in days],
        textfont={"size": 12, "color": INK},
        showlegend=False,
        marker=mark(colour, ["diamond" if said else "circle" for said in words], 11, 0),
        customdata=[[spoken(date)] for date in dates],
        hovertemplate="%{customdata[0]}<br>%{text}<extra></extra>",
    )


def _away(figure: go.Figure, height: float, colour: str, gone: Away) -> None:
    """The time for which an ambassador was away, broken where accounts of the return differ."""
    stroke(figure, [gone.recalled, gone.early], [height, height], colour, 12)
    stroke(figure, [gone.early, gone.late], [height, height], colour, 12, "2px,3px")


def _rows(case: pd.DataFrame, away: dict[str, Away], met: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """What is drawn, lane by lane."""
    rows = [(CASE, spoken(date), words) for date, words in zip(case["date"], case["words"], strict=True)]
    for state, gone in away.items():
        ends = " or ".join(dict.fromkeys(map(spoken, (gone.early, gone.late))))
        rows.append((f"{names[state]}'s ambassador", f"{spoken(gone.recalled)} to {ends}", "away"))
    for level in LEVELS:
        own = met[met["level"] == level]
        said = [f"{level}, {words}".removesuffix(", ") for words in own["words"]]
        rows += [(MEETINGS, spoken(date), words) for date, words in zip(own["date"], said, strict=True)]
    return pd.DataFrame(rows, columns=["Lane", "When", "What"])


def operations(crossed: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Operations across a border, one a row, by what is reported of the notice.

    Parameters
    ----------
    crossed : pandas.DataFrame
        From :func:`cooperation.measures.ruptures.operations`: those that crossed a border.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    who = [_who(row, names) for row in crossed.itertuples()]
    when = [spoken(date) for date in crossed["date"]]
    table = crossed.assign(who=who, label=[f"{by}, {day}" for by, day in zip(who, when, strict=True)])
    columns = list(NOTICE)
    figure = go.Figure()
    figure.add_scatter(
        x=table["notice"].map(columns.index),
        y=list(range(len(table))),
        mode="markers",
        showlegend=False,
        marker=mark([COUNTRY[by[0]] if len(by) == 1 else INK for by in table["by"]], "circle", 17, 0),
        customdata=table[["date", "title", "who"]].to_numpy().tolist(),
        hovertemplate="%{customdata[0]}: %{customdata[1]}<br>by %{customdata[2]}<extra></extra>",
    )
    lane_axis(figure, [f"{by}<br>{day}" for by, day in zip(who, when, strict=True)], down=True)
    told = [
        f"{words.replace(' ', '<br>', 1)}<br><b>{(table['notice'] == key).sum()}</b>" for key, words in NOTICE.items()
    ]
    figure.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=told, range=[-0.5, len(columns) - 0.5], side="top", tickangle=0
    )
    figure.update_layout(margin={"t": 66, "b": 10})
    shown = {"date": "Date", "title": "Operation", "who": "By", "soil": "On the soil of", "manner": "Manner"}
    return finish(
        figure,
        title=title,
        alt=ruptures_words.of_crossings(table, NOTICE),
        data=for_readers(
            table.assign(soil=table["soil"].map(names), notice=table["notice"].map(NOTICE)),
            {**shown, "notice": "Notice", "verification": "Verification"},
        ),
        height=44 * len(table) + 80,
        subtitle="Operations across a border, 2009 to March 2012, by what is reported of Mali's agreement",
    )


def _who(row, names: pd.Series) -> str:
    """Who crossed, and with whom; if that is disputed, it says so."""
    unsure = row.manner == "joint" and row.verification == "disputed"
    said = {"with outsiders": " with France"}.get(row.manner, " (disputed)" if unsure else "")
    return " and ".join(names[code] for code in row.by) + said
