"""The picture of who sits with whom: a row for each security table, a column for each day."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go

from claimbook.chapter import count, holds, listing
from claimbook.drawing import write
from claimbook.figure import INK, LAND, MUTED, ON_MARK, ON_PALE, PAPER, finish
from cooperation.figures.palette import LEFT, MAIN, PALE, PALEST, REST
from cooperation.measures import network, seats
from cooperation.rows import Actor, Initiative
from cooperation.states import BURKINA_FASO, CENTRAL_SAHEL, NIGER, PAIR

# Pixels from the top: the first table, from one to the next, from a table's name to its middle.
TOP, ROW, MIDDLE = 78, 50, 22
# Shares of a column: from seat to seat, and the first seat's middle; a seat fits in a phone's column.
SLOT, FIRST = 0.21, 0.12
SEAT, BAR = 15, 70
# Characters of a line that a phone has room for.
LINE = 54
# Fill, rim and letter of a seat; a table without a sign of work pales all that sit at it.
LOOK = {
    seats.SITS: (MAIN, MAIN, ON_MARK),
    seats.SUSPENDED: (PALE, MAIN, ON_PALE),
    seats.LISTED: (PALEST, MAIN, ON_PALE),
    seats.LEFT: (PAPER, LEFT, LEFT),
}
KEY = {
    seats.SITS: "member",
    seats.SUSPENDED: "suspended",
    seats.LISTED: "still listed",
    seats.LEFT: "gone",
}
# What is said of a state that gave up its seat, by how it did.
WENT = {seats.BY_ACT: "left", seats.DISPUTED: "said it left", seats.REPORTED: "absent"}
# A state that is suspended is told apart in grey as well.
SHAPE = {seats.SUSPENDED: "square"}
# Bodies at which Algeria and Morocco both sit, beside the African Union.
TOGETHER = (Initiative.AMU, Initiative.FIVE_PLUS_FIVE_DEFENCE, Initiative.TRIPOLI_RABAT, Initiative.ARAB_INTERIOR)
SYMBOL = dict(zip(PAIR, "■◆", strict=True))


def tables(
    grid: pd.DataFrame,
    deaths: pd.DataFrame,
    names: pd.Series,
    title: str,
    alt: str,
    note: str,
    gone: pd.DataFrame | None = None,
) -> go.Figure:
    """Who sits at which table on each day, with the deaths of the year below.

    Parameters
    ----------
    grid : pandas.DataFrame
        From :func:`cooperation.measures.seats.grid`.
    deaths : pandas.DataFrame
        when, year and deaths in the states of the central Sahel together.
    names : pandas.Series
        Names of actors by code.
    title, alt : str
        The finding, and what the figure shows.
    note : str
        What must be said below, in one paragraph; its first sentence stands out.
    gone : pandas.DataFrame, optional
        How each seat was given up, from :func:`cooperation.measures.seats.how_left`; without it each was left.

    Returns
    -------
    go.Figure
    """
    figure = go.Figure()
    days = list(grid["when"].unique())
    for column, when in enumerate(days):
        write(figure, column, TOP - 18, f"<b>{when}</b>", size=14, xanchor="left")
    grid = grid.assign(line=grid["place"].rank(method="dense") - 1, column=grid["when"].map(days.index))
    grid = grid.assign(y=TOP + ROW * grid["line"] + MIDDLE + 6)
    how = {} if gone is None else gone.set_index(["place", "actor"])["how"].to_dict()
    for _, part in grid.groupby("place"):
        _table(figure, part, names, how)
    placed = pd.concat([_seats(grid, names), _key(names)], ignore_index=True)
    _draw_seats(figure, placed)
    _others(figure, grid, names)
    foot = _deaths(figure, deaths, TOP + ROW * grid["place"].nunique() + 6)
    lines = textwrap.wrap(note, LINE)
    first, *rest = "<br>".join(lines).partition(". ")
    write(figure, 0, foot, "".join((f"<b>{first}</b>", *rest)), xanchor="left", yanchor="top", align="left")
    height = foot + 16 * len(lines) + 10
    figure.update_xaxes(range=[0, len(days)], visible=False)
    figure.update_yaxes(range=[height, 0], visible=False)
    figure.update_layout(margin={"l": 6, "r": 6, "t": 0, "b": 0}, showlegend=False)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=_rows(grid, deaths, names),
        height=height,
        subtitle="Who sits in which African security body, 2010 and 2021 at the end of the year; deaths in the year: "
        "UCDP, release 26.1, best estimate",
    )


def drawn(load: Callable[[str], pd.DataFrame]) -> go.Figure:
    """The picture of the report's own tables, with what it says; words that these do not bear stop it.

    Parameters
    ----------
    load : callable
        Gives the table of a name.

    Returns
    -------
    go.Figure
    """
    record, names = seats.on_record(load), load("actors").set_index("id")["name"]
    title, dotted = left_and_set(record), silent_or_ended(record)
    last, tables_shown = record.last, count(len(record.bodies))
    silent = listing(f"the {name}" for name in last.index[last["state"] == seats.LISTED])
    counted = listing(f"{row.deaths:,} in {row.year}" for row in record.deaths.itertuples())
    both = record.grid[list(PAIR)].isin([seats.SITS, seats.SUSPENDED]).all(axis=1)
    none = holds(not both.any(), "Algeria and Morocco share none")
    by_how = record.gone.groupby("how", sort=False)["name"].unique()
    went = ". ".join(f"Exits {how}: {listing(bodies)}" for how, bodies in by_how.items())
    now = [*record.days.values()][-1]
    return tables(
        record.grid,
        record.deaths,
        names,
        title=title,
        alt=f"A row for each of {tables_shown} African security bodies, a column for each of "
        f"{count(len(record.days))} days: {listing(record.days)}. {went}. "
        f"{dotted}. Silent are {silent}. People killed in the three states: {counted}. {none} of the bodies.",
        note=f"{none} of these {tables_shown}. {shared(load, now)} The deaths are shown for context: we do not say that one caused the other.",
        gone=record.gone,
    )


def left_and_set(record: seats.Seats) -> str:
    """The finding of the picture."""
    gone, last = record.gone, record.last
    alone = last.index[last["sitting"].map(set) == set(CENTRAL_SAHEL)]
    left = gone.loc[gone["how"] == seats.BY_ACT, "name"].nunique()
    said = said_or_absent(record, "Niger's army said that it had left a fourth")
    return holds(
        left == 3 and set(gone["actor"]) == set(CENTRAL_SAHEL) and len(alone) == 1,
        f"Mali, Burkina Faso and Niger between them left {count(left)} security bodies that they "
        f"shared with others; {said}; together they set up one of their own",
    )


def said_or_absent(record: seats.Seats, words: str) -> str:
    """Words on the fourth body, which Niger's army said that it had left, and on the fifth, without Burkina Faso."""
    others = record.gone.loc[record.gone["how"] != seats.BY_ACT, ["how", "actor"]]
    rows = set(others.itertuples(index=False, name=None))
    return holds(rows == {(seats.DISPUTED, NIGER), (seats.REPORTED, BURKINA_FASO)}, words)


def silent_or_ended(record: seats.Seats) -> str:
    """What a dotted table means."""
    return holds(
        {seats.LISTED, seats.ENDED} <= set(record.last["state"]),
        "Dotted: no sign of work for a year, or ended",
    )


def shared(load: Callable[[str], pd.DataFrame], now: pd.Timestamp) -> str:
    """Where Algeria and Morocco do sit together, in a sentence."""
    initiatives, belonged = load("initiatives"), load("organisation_memberships")
    states = pd.Index(load("countries").query("status == 'state'")["iso3"])
    ties = network.at(network.ties(load("memberships"), initiatives, states), now)
    together = ties.query("state in @PAIR").groupby("initiative")["state"].nunique().reindex(TOGETHER)
    in_union = belonged[(belonged["organisation"] == Actor.AFRICAN_UNION) & (belonged["status"] == "member")]
    since = in_union.groupby("actor")["start"].max().reindex(PAIR)
    where = "the Maghreb Union, the 5+5, the Tripoli-Rabat border process, the Arab interior ministers"
    bodies = holds(bool((together == len(PAIR)).all()) and since.notna().all(), where)
    return f"They do share others: {bodies} and, since {since.max()[:4]}, the African Union."


def capital(name: str) -> str:
    """A name as it begins a line."""
    return name[:1].upper() + name[1:]


def _key(names: pd.Series) -> pd.DataFrame:
    """The seats that say what a look means, in the first line of the picture."""
    letter = names[CENTRAL_SAHEL[0]][0]
    rows = [(FIRST + column, 32, letter, look, KEY[look]) for column, look in enumerate(KEY)]
    return pd.DataFrame(rows, columns=["x", "y", "letter", "look", "said"]).assign(key=True)


def _seats(grid: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Where the seats of the central Sahel stand, each with its look and what it says."""
    rows = []
    for row in grid.itertuples():
        for slot, state in enumerate(CENTRAL_SAHEL):
            seat = getattr(row, state)
            if seat not in LOOK:
                continue
            silent = row.state == seats.LISTED and seat != seats.LEFT
            look = seats.LISTED if silent else seat
            said = f"{names[state]}, {row.name}, {row.when}: {KEY[look]}"
            rows.append((row.column + FIRST + SLOT * slot, row.y, names[state][0], look, said))
    return pd.DataFrame(rows, columns=["x", "y", "letter", "look", "said"]).assign(key=False)


def _draw_seats(figure: go.Figure, placed: pd.DataFrame) -> None:
    """Draw the seats, a trace for each look, and the words of the key beside it."""
    for look, part in placed.groupby("look", sort=False):
        fill, rim, ink = LOOK[look]
        figure.add_scatter(
            x=part["x"],
            y=part["y"],
            mode="markers+text",
            text=[f"<b>{letter}</b>" for letter in part["letter"]],
            textfont={"size": 10, "color": ink},
            marker={
                "symbol": SHAPE.get(look, "circle"),
                "size": SEAT,
                "color": fill,
                "opacity": 1,
                "line": {"color": rim, "width": 1.8},
            },
            customdata=part["said"],
            hovertemplate="%{customdata}<extra></extra>",
        )
    for row in placed[placed["key"]].itertuples():
        write(figure, row.x, row.y, row.said, xanchor="left", xshift=11)


def _table(figure: go.Figure, part: pd.DataFrame, names: pd.Series, how: dict[tuple, str]) -> None:
    """One table: its name, who of the pair sits at it, what came of it, and a board for each day that it stood."""
    last = part.iloc[-1]
    at_it = [state for state in PAIR if (part[state] == seats.SITS).any()]
    tags = "".join(f" {SYMBOL[state]} with {names[state]}" for state in at_it)
    above = last["y"] - MIDDLE
    write(figure, 0, above, f"<b>{capital(last['name'])}</b>{tags}", size=13, xanchor="left")
    text, colour = _came_of(last, names, how)
    write(figure, 1, above, text, colour=colour, xanchor="right", xref="paper")
    for row in part.itertuples():
        if row.state == seats.NOT_YET:
            write(figure, row.column, row.y, "not yet", colour=MUTED, xanchor="left")
            continue
        stands = row.state == seats.STANDS
        figure.add_shape(
            type="rect",
            x0=row.column,
            x1=row.column + 0.96,
            y0=row.y - 12,
            y1=row.y + 12,
            fillcolor=LAND if stands else PAPER,
            line={"color": MUTED, "width": 1, "dash": "solid" if stands else "dot"},
            layer="below",
        )


def _came_of(last: pd.Series, names: pd.Series, how: dict[tuple, str]) -> tuple[str, str]:
    """What became of a table and of the seats of the central Sahel at it, with the colour of these words."""
    went = [state for state in CENTRAL_SAHEL if last[state] == seats.LEFT]
    gone = [names[state] for state in went]
    here = [state for state in CENTRAL_SAHEL if state in last["sitting"]]
    year = last["seen"].year
    silent = {seats.LISTED: f"silent since {year}", seats.ENDED: f"ended in {year}"}.get(last["state"], "")
    if gone:
        who = "all three" if len(gone) == len(CENTRAL_SAHEL) else " and ".join(gone)
        words = WENT[how.get((last["place"], went[0]), seats.BY_ACT)]
        return "; ".join(filter(None, (f"{who} {words}", silent))), LEFT
    if silent:
        return silent, MUTED
    if sorted(here) == last["sitting"]:
        return "these three alone", MAIN
    return "all three sit" if len(here) == len(CENTRAL_SAHEL) else "", MUTED


def _others(figure: go.Figure, grid: pd.DataFrame, names: pd.Series) -> None:
    """How many other states sit at each table; their names when the mark is pointed at."""
    others = [[names[state] for state in codes if state not in CENTRAL_SAHEL] for codes in grid["sitting"]]
    table = grid.assign(others=others)
    table = table[table["others"].map(len) > 0]
    figure.add_scatter(
        x=table["column"] + FIRST + SLOT * (len(CENTRAL_SAHEL) - 0.5),
        y=table["y"],
        mode="text",
        text=[f"+{len(found)}" for found in table["others"]],
        textposition="middle right",
        textfont={"size": 12, "color": INK},
        customdata=["<br>".join(textwrap.wrap(", ".join(sorted(found)), 40)) for found in table["others"]],
        hovertemplate="%{customdata}<extra></extra>",
    )
    first, second, third = (f"<b>{names[state][0]}</b> {names[state]}" for state in CENTRAL_SAHEL)
    write(figure, 0, 9, f"{first}, {second}, {third}; <b>+4</b>: four other states", xanchor="left")


def _deaths(figure: go.Figure, deaths: pd.DataFrame, top: int) -> int:
    """Bars of the deaths in the year of each day, below its column; gives where they end."""
    floor = top + 32 + BAR
    write(figure, 0, top, "<b>Deaths in organised violence</b> in the three", size=13, xanchor="left")
    figure.add_bar(
        x=[column + 0.48 for column in range(len(deaths))],
        y=-BAR * deaths["deaths"] / deaths["deaths"].max(),
        base=floor,
        width=0.96,
        marker={"color": REST},
        customdata=deaths[["year", "deaths"]],
        hovertemplate="%{customdata[0]}: %{customdata[1]:,}<extra></extra>",
    )
    for column, row in enumerate(deaths.itertuples()):
        height = BAR * row.deaths / deaths["deaths"].max()
        write(figure, column, floor - height - 9, f"<b>{row.deaths:,}</b>", size=13, xanchor="left")
        write(figure, column, floor + 10, f"in {row.year}", colour=MUTED, xanchor="left")
    return floor + 26


def _rows(grid: pd.DataFrame, deaths: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The table beside the picture: each body on each day, and the deaths of the year."""
    shown = [*CENTRAL_SAHEL, *PAIR]
    rows = pd.DataFrame(
        {
            "Body": grid["name"].map(capital),
            "Convened, hosted or led by": grid["led"].map(names),
            "Day": grid["when"],
            "The body": grid["state"].where(grid["state"] != seats.LISTED, "still listed, silent"),
            "States that sit": grid["sitting"].map(len),
            **{names[state]: grid[state].replace("", None) for state in shown},
        }
    )
    below = pd.DataFrame({"Body": "Deaths in the three", "Day": deaths["year"].astype(str), "Deaths": deaths["deaths"]})
    return pd.concat([rows, below], ignore_index=True)
