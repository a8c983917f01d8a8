"""The wave of foundings, the years before and after it, and its grounds: the three figures of the report."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import axis_title, for_readers, iso_days, lane_axis, mark, stroke, time_axis, write
from claimbook.figure import INK, MUTED, bars, finish
from claimbook.wording import holds
from cooperation.figures.days import shade_year
from cooperation.figures.palette import CRISIS, MAIN, REST, THIRD
from cooperation.measures.imperative import GROUPS, PURPOSES
from cooperation.measures.initiatives import EARLIER, OUTSIDE, OWN_YEAR, stacked
from cooperation.periods import ARTICLE, CASCADE, COUP, LABELS
from cooperation.rows import Initiative

# Named below the dots, from the top, with the words of this figure where the name of the table is long.
NAMED = {
    Initiative.TRIPOLI_RABAT: "Tripoli plan for borders",
    Initiative.LAKE_CHAD_DECISION: "Lake Chad force, again",
    Initiative.NIGER_NIGERIA: "Niger-Nigeria patrols",
    Initiative.GHADAMES: "Ghadames: premiers",
    Initiative.NOUAKCHOTT: "Nouakchott Process",
    Initiative.RAPID_FORCE: "AU rapid force",
    Initiative.IMAMS: "Morocco trains imams",
    Initiative.AFRIPOL: "AFRIPOL",
    Initiative.G5: "G5 Sahel",
}
COLOURS = {OUTSIDE: REST, EARLIER: MAIN, OWN_YEAR: THIRD}
FIRST, LAST = "2010-01-01", "2015-12-31"
# Past this day a name stands at the left of its mark, or it would run out of the figure.
LATE = pd.Timestamp(2012, 7, 1)
# The seizure of the gas plant.
IN_AMENAS = "2013-01-16"
# Grounds as the figure lists them, from the top: a danger older than 2012, or a crisis of 2011 to 2013.
GROUNDS = ("extremist", "crime", "border", "migration", "mali", "libya", "none")
GROUND_WORDS = {**PURPOSES, "extremist": "terrorism or a jihadist group", "none": "no ground found"}


def timeline(table: pd.DataFrame, title: str) -> go.Figure:
    """A dot for each founding in stacks by quarter, and below it the best known by name.

    Parameters
    ----------
    table : pandas.DataFrame
        Initiatives that count, from :func:`cooperation.measures.initiatives.dated`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shown = stacked(table, pd.Timestamp(FIRST), pd.Timestamp(LAST))
    figure = go.Figure()
    for group, part in shown.groupby("group"):
        _dots(figure, part, part["middle"], part["level"], COLOURS[group], 9)
    top = int(shown["level"].max())
    named = shown.set_index("id").loc[list(NAMED)]
    for place, (key, words) in enumerate(NAMED.items(), start=1):
        row = named.loc[[key]]
        _dots(figure, row, row["from_day"], [-place], COLOURS[row["group"].iloc[0]], 11, "diamond")
        late = row["from_day"].iloc[0] > LATE
        side, shift = ("right", -9) if late else ("left", 9)
        write(figure, str(row["from_day"].iloc[0].date()), -place, words, size=13, xanchor=side, xshift=shift)
    _numbers(figure, shown["group"].value_counts(), top)
    for day, words in ((str(COUP.date()), "coup"), (IN_AMENAS, "In Amenas")):
        stroke(figure, [day, day], [0.4, top + 0.6], MUTED, 1, "dot")
        write(figure, day, top + 0.6, words, colour=MUTED, yanchor="bottom")
    shade_year(figure)
    time_axis(figure, FIRST, LAST, 12, FIRST, ticklabelmode="period", showgrid=False)
    figure.update_yaxes(visible=False, range=[-len(NAMED) - 0.8, top + 1.8])
    figure.update_layout(margin={"t": 8})
    columns = {"founded": "Founded", "short_name": "Initiative", "group": "Part", "founded_event": "Founding act"}
    return finish(
        figure,
        title=title,
        alt=_timeline_in_words(shown, named),
        data=for_readers(shown, columns),
        height=460,
        subtitle="African-led initiatives founded in 2010 to 2015, a dot each, by quarter; below, some of them by name; "
        "shaded: the article's year",
    )


def _numbers(figure: go.Figure, numbers: pd.Series, top: int) -> None:
    """How many dots the two parts of the wave have, beside them."""
    first, last = str(CASCADE[0].date()), str(ARTICLE.date())
    earlier, own = (
        f"<b>{numbers[EARLIER]}</b> earlier,<br>from 2012",
        f"<b>{numbers[OWN_YEAR]}</b> in the<br>article's year",
    )
    for day, words, colour, side, shift in (
        (first, earlier, MAIN, "right", -3),
        (last, own, THIRD, "left", 5),
    ):
        at = day, top + 0.3
        write(figure, *at, words, size=13, colour=colour, yanchor="top", xanchor=side, xshift=shift, align=side)


def _dots(figure: go.Figure, part: pd.DataFrame, days, heights, colour: str, size: int, symbol: str = "circle") -> None:
    """Marks of foundings, with what was founded for those who point at them."""
    figure.add_scatter(
        x=iso_days(days),
        y=list(heights),
        mode="markers",
        showlegend=False,
        marker=mark(colour, symbol, size, 0),
        customdata=part[["short_name", "founded", "founded_event"]].to_numpy().tolist(),
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}: %{customdata[2]}<extra></extra>",
    )


def _timeline_in_words(shown: pd.DataFrame, named: pd.DataFrame) -> str:
    """What the dots show, for readers who cannot see them."""
    numbers = shown["group"].value_counts()
    quarters = shown.groupby("middle").size()
    busiest = quarters.idxmax()
    stacks = [
        holds(CASCADE[0] <= busiest <= CASCADE[1], f"The highest stack, {quarters.max()}, is in quarter "),
        f"{busiest.quarter} of {busiest.year}. ",
    ]
    return (
        f"Dots in stacks by quarter. {numbers[EARLIER]} fall between January 2012 and the article's year, "
        f"{numbers[OWN_YEAR]} in that year, {numbers[OUTSIDE]} in the years shown before and after. "
        + "".join(stacks)
        + "Named are "
        + ", ".join(
            f"{NAMED[key]} ({row.founded[:4]})" for key, row in zip(named.index, named.itertuples(), strict=True)
        )
        + "."
    )


def foundings(counts: pd.DataFrame, title: str) -> go.Figure:
    """Foundings by year, the wave in a colour of its own.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.by_year`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    for name, colour in (("wave", MAIN), ("rest", REST)):
        figure.add_bar(
            x=counts.index,
            y=counts[name],
            marker=bars(colour),
            showlegend=False,
            hovertemplate="%{x}: %{y}<extra></extra>",
        )
    total = counts.sum(axis=1)
    wave = counts.index[counts["wave"] > 0]
    peaks = [year for year in total.index if total[year] >= max(8, total.loc[year - 2 : year + 2].max())]
    _peaks(figure, total, peaks, wave[0])
    figure.update_layout(barmode="stack", bargap=0.18, margin={"t": 20})
    figure.update_xaxes(dtick=5, tick0=1990, tickangle=0)
    figure.update_yaxes(dtick=5, range=[0, total.max() + 1.6], title=axis_title("founded", 12))
    names = {"year": "Year", "wave": LABELS["cascade"].capitalize(), "rest": "Other months"}
    return finish(
        figure,
        title=title,
        alt=(
            f"Bars by year from {total.index[0]} to {total.index[-1]}. At most {total.loc[:1999].max()} a year in the "
            "1990s; then "
            + ", ".join(f"{total[year]} in {year}" for year in sorted({*peaks, *wave}))
            + f". The bars of {wave[0]} and {wave[1]}, and part of that of {wave[-1]}, have the colour of the wave."
        ),
        data=for_readers(counts.reset_index(), names),
        height=340,
        subtitle="African-led initiatives by year of founding, 1990 to the last whole year",
    )


def _peaks(figure: go.Figure, total: pd.Series, peaks: list[int], first: int) -> None:
    """Numbers at the highest bars, and the name of the wave beside its first."""
    for year in peaks:
        write(figure, year, total[year], str(total[year]), yanchor="bottom")
    words = LABELS["cascade"].replace(" to ", "<br>to ")
    place = {"xanchor": "right", "xshift": -12, "align": "right", "yanchor": "top"}
    write(figure, first, total.max(), words, size=13, colour=MAIN, **place)


def grounds(row: pd.Series, title: str) -> go.Figure:
    """How many initiatives of the wave have which ground: dangers that are older, and the crises of those years.

    Parameters
    ----------
    row : pandas.Series
        One period of :func:`cooperation.measures.imperative.by_period`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shown = [name for name in GROUNDS if row[name]]
    figure = go.Figure()
    figure.add_bar(
        x=[int(row[name]) for name in shown],
        y=list(range(len(shown))),
        orientation="h",
        width=0.42,
        showlegend=False,
        marker=bars(MAIN) | {"color": [_colour(name) for name in shown]},
        text=[str(row[name]) for name in shown],
        textposition="outside",
        textfont={"size": 13, "color": INK},
        cliponaxis=False,
        customdata=[GROUND_WORDS[name] for name in shown],
        hovertemplate="%{customdata}: %{x} of " + str(row["founded"]) + "<extra></extra>",
    )
    for place, name in enumerate(shown):
        words = f"<b>{GROUND_WORDS[name]}</b>" if name in GROUPS["crisis"] else GROUND_WORDS[name]
        write(figure, 0, place - 0.4, words, size=13, xanchor="left", xshift=1, yshift=1)
    lane_axis(figure, [""] * len(shown), down=True, showgrid=False, showticklabels=False)
    figure.update_yaxes(range=[len(shown) - 0.6, -0.75])
    figure.update_xaxes(visible=False, range=[0, int(row["founded"])])
    figure.update_layout(margin={"t": 8, "b": 4})
    return finish(
        figure,
        title=title,
        alt="Bars: "
        + "; ".join(f"{GROUND_WORDS[name]} {row[name]}" for name in shown)
        + f". Of {row['founded']} initiatives.",
        data=pd.DataFrame(
            {"Ground": [GROUND_WORDS[name] for name in shown], "Initiatives": [row[name] for name in shown]}
        ),
        height=46 * len(shown) + 30,
        subtitle=f"Of {row['founded']} African-led initiatives founded from {LABELS['cascade']}, by the grounds that the act, "
        "a founder or a press account gives; one may have several; bold: the crises of those years",
    )


def _colour(name: str) -> str:
    """The colour of a ground: a crisis, an older danger, or none found."""
    return CRISIS if name in GROUPS["crisis"] else REST if name == "none" else MAIN
