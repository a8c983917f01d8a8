"""Figures on who was tied to whom through the initiatives."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.drawing import (
    RULE,
    axis_title,
    for_readers,
    interval,
    iso_days,
    lane_axis,
    legend_entry,
    mark,
    stroke,
    time_axis,
    write,
)
from claimbook.figure import GRID, INK, MUTED, ON_MARK, PAPER, bars, finish
from cooperation.figures.palette import BOTH, COUNTRY, MAIN, NEITHER, PLAIN, RECORDED, SECOND
from cooperation.measures.network import SCOPE_LABELS, SIDE_LABELS, SIDES, at, sides
from cooperation.states import (
    CENTRAL_SAHEL,
    IVORY_COAST,
    LIBYA,
    MAGHREB,
    MAURITANIA,
    NIGERIA,
    PAIR,
    SENEGAL,
    SUDAN,
    is_pair,
)

NODE = {code: COUNTRY[code] for code in PAIR}
COLOUR = dict(zip(SIDES, (*NODE.values(), BOTH, NEITHER), strict=True))
SHAPE = dict(zip(SIDES, ("circle", "diamond", "square", "x-thin"), strict=True))
# The sides on which at least one of the two belongs.
WITH_ONE = list(SIDES[:3])
# What is shared, and what chance gives, under the names that readers see.
BESIDE_CHANCE = {"shared": "Shared", "expected": "By chance", "low": "Low", "high": "High"}
# Where no deaths are drawn on a scale that has no nought.
NONE = 0.6
# States that are named beside deaths; all are named when pointed at. Half the width of a letter, in initiatives.
BY_NAME = (*PAIR, *CENTRAL_SAHEL, LIBYA, MAURITANIA, NIGERIA, SENEGAL, IVORY_COAST, SUDAN)
HALF_A_LETTER = 0.75


def _mark(side: str, size: int = 9, width: float = 1.5) -> dict:
    """The ``marker`` of the initiatives of a side; the cross has a stroke alone."""
    return mark(COLOUR[side], SHAPE[side], size, width if side == SIDES[3] else 0)


def _circles(codes: Iterable[str], counts: Iterable[int], size: int, letters: int) -> dict:
    """The look of states with their codes inside; hollow where a state belongs to no initiative."""
    looks = [(NODE.get(code, PLAIN), count > 0) for code, count in zip(codes, counts, strict=True)]
    return {
        "marker": {
            "size": size,
            "color": [colour if tied else PAPER for colour, tied in looks],
            "line": {"color": [colour for colour, _ in looks], "width": 1.5},
        },
        "textfont": {"size": letters, "color": [ON_MARK if tied else INK for _, tied in looks]},
    }


def _in_legend(figure: go.Figure, **where) -> None:
    """What the marks of the initiatives mean."""
    for side in SIDES:
        said = SIDE_LABELS[side]
        legend_entry(figure, f"initiative with {said}" if side in SIDES[2:] else said, _mark(side), **where)


def _by_day(table: pd.DataFrame, column: str) -> pd.Series:
    """For each initiative the days of a column, each with its states, in words."""
    known = table.dropna(subset=column).assign(day=lambda rows: iso_days(rows[column]))
    days = known.groupby(["initiative", "day"])["state"].agg(", ".join).reset_index()
    return (days["day"] + ": " + days["state"]).groupby(days["initiative"]).agg("; ".join)


def _headed(titles: Iterable[str], rows: int, cols: int, **layout) -> go.Figure:
    """Panels with a title above the middle of each."""
    figure = make_subplots(rows=rows, cols=cols, subplot_titles=list(titles), **layout)
    figure.update_annotations(font={"size": 13, "color": INK})
    return figure


def _ends(places: pd.Series, out: float, more: float = 0.0) -> list[float]:
    """Ends of an axis that leave so much room around the nodes, and more at the top."""
    return [float(places.min()) - out, float(places.max()) + out + more]


def _joined(ends: Iterable[tuple]) -> tuple[list, list]:
    """Lines of one trace, each from the first of its two points to the second."""
    ends = list(ends)
    return (
        [x for (first, _), (second, _) in ends for x in (first, second, None)],
        [y for (_, first), (_, second) in ends for y in (first, second, None)],
    )


def panels(
    table: pd.DataFrame, places: pd.DataFrame, days: dict[str, pd.Timestamp], names: pd.Series, title: str, alt: str
) -> go.Figure:
    """The two-mode network on several days, every node in its place.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.network.ties`.
    places : pandas.DataFrame
        From :func:`cooperation.measures.network.positions`.
    days : dict of str to pandas.Timestamp
        Name and day of each panel.
    names : pandas.Series
        Names of the states by code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = _headed(days, (len(days) + 1) // 2, 2, horizontal_spacing=0.02, vertical_spacing=0.045)
    state_at, body_at = (
        places[places["kind"] == kind].set_index("key")[["x", "y"]] for kind in ("state", "initiative")
    )
    counts = []
    for number, (when, day) in enumerate(days.items()):
        standing, cell = at(table, day), {"row": number // 2 + 1, "col": number % 2 + 1}
        side = sides(standing)
        _lines_by_side(figure, standing, side, state_at, body_at, cell)
        _bodies_by_side(figure, side, body_at, cell)
        said = _counted(standing, side, state_at.index, names, when)
        _states(figure, state_at, said, cell)
        counts += said
    _in_legend(figure, row=1, col=1)
    figure.update_xaxes(visible=False, range=_ends(places["x"], 0.15))
    figure.update_yaxes(visible=False, range=_ends(places["y"], 0.13))
    figure.update_layout(legend={"y": -0.01, "yanchor": "top"}, margin={"t": 30, "b": 70})
    columns = ["State", "Day", "Initiatives", *(SIDE_LABELS[side] for side in WITH_ONE)]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=pd.DataFrame(counts, columns=columns)[["Day", "State", *columns[2:]]],
        height=1080,
        subtitle="African-led initiatives, without bodies of the OAU and AU; a line joins a state to an initiative "
        "until a recorded end; places of the nodes are the same throughout",
    )


def _lines_by_side(
    figure: go.Figure, standing: pd.DataFrame, side: pd.Series, states: pd.DataFrame, bodies: pd.DataFrame, cell: dict
) -> None:
    """The ties of one day, those of the two above the others."""
    place = {key: (row.x, row.y) for points in (states, bodies) for key, row in points.iterrows()}
    for name in reversed(SIDES):
        part = standing[standing["initiative"].map(side) == name]
        ends = ((place[state], place[key]) for state, key in zip(part["state"], part["initiative"], strict=True))
        stroke(figure, *_joined(ends), COLOUR[name], 0.6, **cell)


def _bodies_by_side(figure: go.Figure, side: pd.Series, bodies: pd.DataFrame, cell: dict) -> None:
    """The initiatives of one day, by who of the two belongs."""
    for name in SIDES:
        points = bodies.loc[side.index[side == name]]
        figure.add_scatter(
            x=points["x"],
            y=points["y"],
            mode="markers",
            name=SIDE_LABELS[name],
            legendgroup=SIDE_LABELS[name],
            showlegend=False,
            hoverinfo="skip",
            marker=_mark(name, size=6, width=1),
            **cell,
        )


def _counted(standing: pd.DataFrame, side: pd.Series, codes: pd.Index, names: pd.Series, when: str) -> list[list]:
    """Of each state its name, the day, its initiatives, and those with one or both of the two."""
    count = standing.groupby("state").size().reindex(codes, fill_value=0)
    shown = pd.crosstab(standing["state"], standing["initiative"].map(side)).reindex(
        index=codes, columns=SIDES, fill_value=0
    )
    return [[names[code], when, int(count[code]), *map(int, shown.loc[code, WITH_ONE])] for code in codes]


def _states(figure: go.Figure, states: pd.DataFrame, said: list[list], cell: dict) -> None:
    """The states of one day, hollow where they belong to nothing."""
    figure.add_scatter(
        x=states["x"],
        y=states["y"],
        mode="markers+text",
        text=states.index,
        showlegend=False,
        **_circles(states.index, [count for _, _, count, *_ in said], 23, 9),
        customdata=said,
        hovertemplate="<b>%{customdata[0]}</b>, %{customdata[1]}<br>%{customdata[2]} initiatives: %{customdata[3]} "
        "with Algeria alone,<br>\u200b"
        "%{customdata[4]} with Morocco alone, %{customdata[5]} with both<extra></extra>",
        **cell,
    )


def _grouped(elements: dict[tuple, list[int]], keep: int) -> dict[tuple, list[tuple]]:
    """Elements that stand on the same days and look alike, together."""
    groups: dict[tuple, list[tuple]] = {}
    for key, steps in elements.items():
        groups.setdefault((*key[:keep], tuple(steps)), []).append(key[keep:])
    return groups


def _since(ties_of: list) -> str:
    """Label of an initiative: its name, and who was tied to it in which year."""
    years: dict[int, list[str]] = {}
    for row in ties_of:
        years.setdefault(row.from_day.year, []).append(row.state)
    wrapped = [part for year in sorted(years) for part in textwrap.wrap(f"{year}: {', '.join(years[year])}", 36)]
    return f"<b>{ties_of[0].short_name}</b>, tied since<br>\u200b" + "<br>\u200b".join(wrapped)


def _standing(table: pd.DataFrame, codes: pd.Series, days: dict[str, pd.Timestamp]) -> tuple[dict, dict, dict, dict]:
    """What stands on which steps: lines, initiatives and states by their look; and what each step says."""
    lines: dict[tuple, list[int]] = {}
    marks: dict[tuple, list[int]] = {}
    circles: dict[tuple, list[int]] = {}
    said = {}
    begun = at(table, None).groupby("initiative")["from_day"].min()
    before = pd.Timestamp.min
    for step, (when, day) in enumerate(days.items()):
        standing = at(table, day)
        side = sides(standing).to_dict()
        tied: dict[str, list] = {}
        count, new = Counter(standing["state"]), Counter(standing.loc[standing["from_day"] > before, "state"])
        for row in standing.itertuples():
            lines.setdefault((side[row.initiative], row.from_day > before, row.state, row.initiative), []).append(step)
            tied.setdefault(row.initiative, []).append(row)
        for key in sorted(tied):
            marks.setdefault((side[key], key, _since(tied[key])), []).append(step)
        for code in codes:
            circles.setdefault((code, count[code], new[code]), []).append(step)
        began = dict.fromkeys(ties_of[0].short_name for key, ties_of in tied.items() if begun[key] > before)
        said[when] = (
            f"{when}: initiatives {len(side)}, ties {len(standing)}, new ties {new.total()}. "
            f"New initiatives: {', '.join(began) or 'none'}."
        )
        before = day
    return lines, marks, circles, said


def moving(
    table: pd.DataFrame,
    places: pd.DataFrame,
    days: dict[str, pd.Timestamp],
    shown: str,
    names: pd.Series,
    title: str,
    alt: str,
) -> go.Figure:
    """The two-mode network as the reader moves it from day to day, every node in its place.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.network.ties`.
    places : pandas.DataFrame
        From :func:`cooperation.measures.network.positions`.
    days : dict of str to pandas.Timestamp
        Name and day of each step of the slider, in order.
    shown : str
        The step to begin with, and the one that is printed.
    names : pandas.Series
        Names of the states by code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
        With ``layout.sliders``; the ``value`` of a step says what is new.
    """
    place = {(row.kind, row.key): (row.x, row.y) for row in places.itertuples()}
    codes = places.loc[places["kind"] == "state", "key"]
    lines, marks, circles, said = _standing(table, codes, days)
    figure, start = go.Figure(), list(days).index(shown)
    steps_of = [
        *_moving_lines(figure, lines, place, start),
        *_moving_marks(figure, marks, place, start),
        *_moving_states(figure, circles, place, names, start),
    ]
    _in_legend(figure)
    steps_of += [tuple(range(len(days)))] * len(SIDES)
    figure.update_xaxes(visible=False, range=_ends(places["x"], 0.12))
    figure.update_yaxes(visible=False, range=_ends(places["y"], 0.1, 0.06))
    paper = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    write(figure, 0, 1, f"<b>{shown}</b>", size=16, **paper)
    figure.update_layout(
        legend={"y": -0.01, "yanchor": "top"}, margin={"b": 70}, sliders=[_slider(said, steps_of, start)]
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=_since_when(at(table, None)),
        height=640,
        subtitle="African-led initiatives, without bodies of the OAU and AU; a line joins a state to an initiative "
        "until a recorded end; thick lines are new since the step before",
    )


def _moving_lines(figure: go.Figure, lines: dict, place: dict, start: int) -> list[tuple[int, ...]]:
    """Ties, those that are new thick and above the others; gives the steps on which each trace is seen."""
    groups = sorted(_grouped(lines, 2).items(), key=lambda group: (group[0][1], -SIDES.index(group[0][0]), group[0][2]))
    for (name, fresh, steps), found in groups:
        ends = ((place["state", state], place["initiative", key]) for state, key in found)
        stroke(figure, *_joined(ends), COLOUR[name], 2 if fresh else 0.6, visible=start in steps)
    return [steps for (_, _, steps), _ in groups]


def _moving_marks(figure: go.Figure, marks: dict, place: dict, start: int) -> list[tuple[int, ...]]:
    """Initiatives; gives the steps on which each trace is seen."""
    groups = sorted(_grouped(marks, 1).items(), key=lambda group: (SIDES.index(group[0][0]), group[0][1]))
    for (name, steps), found in groups:
        x, y = np.array([place["initiative", key] for key, _ in found]).T
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers",
            text=[text for _, text in found],
            hovertemplate="%{text}<extra></extra>",
            showlegend=False,
            marker=_mark(name),
            visible=start in steps,
        )
    return [steps for (_, steps), _ in groups]


def _moving_states(
    figure: go.Figure, circles: dict, place: dict, names: pd.Series, start: int
) -> list[tuple[int, ...]]:
    """States; gives the steps on which each trace is seen."""
    groups = sorted(_grouped(circles, 0).items())
    for (steps,), found in groups:
        codes = [code for code, _, _ in found]
        x, y = np.array([place["state", code] for code in codes]).T
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers+text",
            text=codes,
            showlegend=False,
            visible=start in steps,
            **_circles(codes, [number for _, number, _ in found], 30, 11),
            customdata=[[names[code], number, begun] for code, number, begun in found],
            hovertemplate="<b>%{customdata[0]}</b>: %{customdata[1]} initiatives, %{customdata[2]} ties "
            "new<extra></extra>",
        )
    return [steps for (steps,), _ in groups]


def _slider(said: dict[str, str], steps_of: list[tuple[int, ...]], start: int) -> dict:
    """A slider whose steps show the traces that stand on a day, write the day, and say what is new."""
    return {
        "active": start,
        "currentvalue": {"prefix": "Day: "},
        "pad": {"t": 60},
        "steps": [
            {
                "label": when,
                "value": new,
                "method": "update",
                "args": [
                    {"visible": [step in steps for steps in steps_of]},
                    {"annotations[0].text": f"<b>{when}</b>"},
                ],
            }
            for step, (when, new) in enumerate(said.items())
        ],
    }


def _since_when(ever: pd.DataFrame) -> pd.DataFrame:
    """Of each initiative who was tied to it since when, and until when."""
    bodies = ever.drop_duplicates("initiative").set_index("initiative")
    return pd.DataFrame(
        {
            "Initiative": bodies["short_name"],
            "Tied since": _by_day(ever, "from_day"),
            "Recorded ends": _by_day(ever, "until"),
            "Evidence reaches": bodies["seen"],
        }
    ).reindex(bodies.index)


def through_time(yearly: pd.DataFrame, names: pd.Series, article: pd.Timestamp, title: str, alt: str) -> go.Figure:
    """How dense the network is year by year, and who is at its centre.

    Parameters
    ----------
    yearly : pandas.DataFrame
        From :func:`cooperation.measures.network.yearly`.
    names : pandas.Series
        Names of the states by code.
    article : pandas.Timestamp
        Day to mark.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    _shares_of_possible(figure, yearly, names)
    day = str(article.date())
    figure.add_vline(x=day, line=RULE)
    write(figure, day, 52, "article", colour=MUTED, xanchor="left", xshift=4)
    time_axis(figure, "1990-01-01", "2027-06-30", 60, "1990-01-01")
    figure.update_yaxes(range=[0, 102], ticksuffix=" %")
    figure.update_layout(legend={"y": -0.12, "yanchor": "top"}, margin={"b": 90})
    data = pd.DataFrame(
        {
            "Day": iso_days(yearly["day"]),
            "Initiatives": yearly["initiatives"],
            "Ties": yearly["ties"],
            "Ties, per cent of possible": (100 * yearly["density"]).round(1),
            "Pairs that share one, per cent": (100 * yearly["paired"]).round(1),
            "Pairs by last evidence, per cent": (100 * yearly["paired_seen"]).round(1),
            "Most ties": [_spoken(codes, names) for codes in yearly["first"]],
            "Highest betweenness": [_spoken(codes, names) for codes in yearly["bridge"]],
            "New": yearly["began"].map(", ".join),
        }
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle="Pairs of states with an initiative in common, of all pairs, and ties, of all possible; "
        "African-led, without OAU and AU; end of each year; step through the marks to read each year",
    )


def _shares_of_possible(figure: go.Figure, yearly: pd.DataFrame, names: pd.Series) -> None:
    """Pairs that share an initiative by both readings of how long a tie lasts, and ties, of those possible."""
    said = [
        [
            row.initiatives,
            row.ties,
            f"{row.density:.0%}",
            f"{row.paired:.0%}",
            _spoken(row.first, names),
            _spoken(row.bridge, names),
            _listed(row.began),
        ]
        for row in yearly.itertuples()
    ]
    heard = {
        "mode": "lines+markers",
        "marker": {"size": 7},
        "customdata": said,
        "hovertemplate": "<b>%{x|%-d %B %Y}</b>: %{customdata[0]} initiatives, %{customdata[1]} ties<br>"
        "%{customdata[3]} of pairs share one; %{customdata[2]} of possible ties<br>"
        "most ties: %{customdata[4]}<br>bridge: %{customdata[5]}<br>new: %{customdata[6]}<extra></extra>",
    }
    unheard = {"mode": "lines", "hoverinfo": "skip"}
    for column, name, line, more in (
        ("paired", "pairs of states, ties until a recorded end", {"color": MAIN, "width": 2}, heard),
        (
            "paired_seen",
            "pairs of states, ties until the last evidence",
            {"color": MAIN, "width": 1.6, "dash": "dot"},
            unheard,
        ),
        ("density", "ties, of those possible", {"color": SECOND, "width": 2, "dash": "dash"}, unheard),
    ):
        share = (100 * yearly[column]).round(1)
        figure.add_scatter(x=iso_days(yearly["day"]), y=share, name=name, line=line, **more)


def _spoken(codes: Iterable[str], names: pd.Series) -> str:
    """States by name."""
    return ", ".join(names[code] for code in codes)


def _listed(began: list[str]) -> str:
    """The initiatives that a year began, or the first of them and how many more."""
    more = f" and {len(began) - 4} more" if len(began) > 5 else ""
    return (", ".join(began[:4] if more else began) + more) or "none"


def hub_bars(counts: dict[str, pd.DataFrame], names: pd.Series, title: str, alt: str) -> go.Figure:
    """With which of the two the other states sit.

    Parameters
    ----------
    counts : dict of str to pandas.DataFrame
        Name of the day, and what :func:`cooperation.measures.network.hubs`
        gives for it.
    names : pandas.Series
        Names of the states by code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = _headed(counts, 1, len(counts), shared_yaxes=True, horizontal_spacing=0.04)
    order = next(iter(counts.values()))["state"]
    widest = max(int(table[WITH_ONE].sum(axis=1).max()) for table in counts.values())
    for column, (when, table) in enumerate(counts.items(), start=1):
        part = table.set_index("state").reindex(order).fillna(0).astype(int)
        for name in (SIDES[0], SIDES[2], SIDES[1]):
            figure.add_bar(
                y=names[order],
                x=part[name],
                orientation="h",
                name=SIDE_LABELS[name],
                showlegend=column == 1,
                legendgroup=SIDE_LABELS[name],
                row=1,
                col=column,
                marker=bars(COLOUR[name], hollow=name == SIDES[1]),
                customdata=[when] * len(part),
                hovertemplate="%{y}, %{customdata}: %{x} <extra>" + SIDE_LABELS[name] + "</extra>",
            )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(range=[0, widest + 1])
    legend = {"y": -0.07, "yanchor": "top", "traceorder": "normal"}
    figure.update_layout(barmode="stack", bargap=0.25, legend=legend, margin={"t": 30, "b": 60})
    data = pd.concat([table.assign(when=when, state=table["state"].map(names)) for when, table in counts.items()])
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(data, {"when": "Day", "state": "State", **{side: SIDE_LABELS[side] for side in SIDES}}),
        height=520,
        subtitle="African-led initiatives of each state, without OAU and AU, by whether Algeria, Morocco or both "
        "belong; those with neither are left out",
    )


def chance(drawn: dict[str, tuple[np.ndarray, int]], title: str, alt: str) -> go.Figure:
    """What Algeria and Morocco share against the random networks.

    Parameters
    ----------
    drawn : dict of str to (numpy.ndarray, int)
        Scope, and the shared initiatives of each random network and of the
        network as it is.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = _headed(drawn, len(drawn), 1, shared_xaxes=True, vertical_spacing=0.34 / len(drawn))
    rows = []
    for row, (scope, (numbers, shared)) in enumerate(drawn.items(), start=1):
        percent = _shared_by_chance(numbers, shared)
        figure.add_bar(
            x=percent.index,
            y=percent.round(1),
            showlegend=False,
            marker=bars(NEITHER),
            row=row,
            col=1,
            customdata=[scope] * len(percent),
            hovertemplate="%{customdata}: %{x} shared in %{y} % of random networks<extra></extra>",
        )
        figure.add_vline(x=shared, line={"color": RECORDED, "width": 3}, row=row, col=1)
        said, high = f"as recorded: {shared}", float(percent.max()) * 1.12
        write(figure, shared, high, said, size=13, xanchor="right", xshift=-6, row=row, col=1)
        rows += [
            (scope, int(value), round(part, 1), "yes" if value == shared else "no") for value, part in percent.items()
        ]
    figure.update_yaxes(ticksuffix=" %", nticks=4)
    figure.update_xaxes(dtick=2, showticklabels=True)
    figure.update_layout(bargap=0.15, margin={"t": 30})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=pd.DataFrame(rows, columns=["Scope", "Shared", "Per cent of random networks", "As recorded"]),
        height=150 * len(drawn) + 130,
        subtitle=f"Initiatives that Algeria and Morocco share on the day of the article, in {len(numbers):,} random "
        "networks in which each state keeps its number and each initiative its Maghreb members",
    )


def _shared_by_chance(numbers: np.ndarray, shared: int) -> pd.Series:
    """Per cent of random networks with each number of shared initiatives, up to that as recorded."""
    part = pd.Series(numbers).value_counts(normalize=True).sort_index()
    least, most = min(part.index.min(), shared), max(part.index.max(), shared)
    return 100 * part.reindex(range(least, most + 1), fill_value=0)


def pairs(ranked: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """All pairs of states, by what they share beyond chance.

    Parameters
    ----------
    ranked : pandas.DataFrame
        From :func:`cooperation.measures.overlap.against_chance`.
    names : pandas.Series
        Names of the states by code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = ranked.assign(beyond=(ranked["shared"] - ranked["expected"]).round(2)).sort_values(
        ["beyond", "state_1", "state_2"], ignore_index=True
    )
    table["pair"] = table["state_1"].map(names) + " and " + table["state_2"].map(names)
    figure = go.Figure()
    _ranked_pairs(figure, table)
    figure.add_vline(x=0, line=RULE)
    figure.update_yaxes(range=[len(table) + 3, -2], title=axis_title("rank among all pairs"))
    figure.update_xaxes(title=axis_title("shared, fewer or more than chance gives"))
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(
            table.round(3),
            {
                "pair": "Pair",
                "memberships_1": "Initiatives of the first",
                "memberships_2": "Initiatives of the second",
                **BESIDE_CHANCE,
                "as_few": "p, as few",
                "as_many": "p, as many",
            },
        ),
        height=520,
        subtitle="Shared initiatives less those that chance gives if any state may belong to any initiative; all "
        "African-led ones on the day of the article, every pair of states",
    )


def _ranked_pairs(figure: go.Figure, table: pd.DataFrame) -> None:
    """All pairs in the order of the table; that in question, and those of the Maghreb, stand out."""
    both = is_pair(table)
    maghreb = table["state_1"].isin(MAGHREB) & table["state_2"].isin(MAGHREB) & ~both
    for name, chosen, colour, symbol, size in (
        ("other pairs", ~both & ~maghreb, NEITHER, "circle", 6),
        ("pairs of the Maghreb", maghreb, SECOND, "square", 9),
        ("Algeria and Morocco", both, RECORDED, "diamond", 14),
    ):
        part = table[chosen]
        figure.add_scatter(
            x=part["beyond"],
            y=part.index + 1,
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": size},
            customdata=part[["pair", "shared", "expected"]].round(1),
            hovertemplate="<b>%{customdata[0]}</b>: rank %{y}<br>%{customdata[1]} shared, %{customdata[2]} by "
            "chance<extra></extra>",
        )


def scopes(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """What the pair shares against chance, by scope and day.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.network.gap`, with when (the words for each day) and corrected (p-values
        after allowing for their number).
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    level = {scope: number for number, scope in enumerate(table["scope"].unique())}
    figure = go.Figure()
    for number, (when, part) in enumerate(table.groupby("when", sort=False)):
        heights = [level[scope] + 0.3 * number - 0.15 for scope in part["scope"]]
        _given_by_chance(figure, part, heights, when)
        _as_recorded(figure, part, heights, when, number)
    labels = [SCOPE_LABELS[scope].replace("without ", "without<br>", 1).replace(", <br>", ",<br>") for scope in level]
    lane_axis(figure, labels, down=True, tickmode="array", showgrid=False)
    figure.update_xaxes(range=[0, float(table["high"].max()) + 1], gridcolor=GRID)
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(
            table.replace({"scope": SCOPE_LABELS}).round(3),
            {
                "scope": "Scope",
                "when": "Day",
                "initiatives": "Initiatives",
                "memberships_1": "Of Algeria",
                "memberships_2": "Of Morocco",
                **BESIDE_CHANCE,
                "as_few": "p, as few",
                "corrected": "p, corrected",
            },
        ),
        height=480,
        subtitle="Initiatives that Algeria and Morocco share; stroke and bar: mean and 95 per cent of random "
        "networks in which each initiative keeps its Maghreb members",
    )


def _given_by_chance(figure: go.Figure, part: pd.DataFrame, heights: list[float], when: str) -> None:
    """The mean of the random networks, with their middle 95 per cent."""
    figure.add_scatter(
        x=part["expected"].round(1),
        y=heights,
        mode="markers",
        name=f"by chance, {when}",
        hoverinfo="skip",
        marker={"symbol": "line-ns", "size": 11, "line": {"color": MUTED, "width": 2}},
        showlegend=False,
        error_x=interval(part["expected"], part["low"], part["high"], MUTED, digits=1),
    )


def _as_recorded(figure: go.Figure, part: pd.DataFrame, heights: list[float], when: str, number: int) -> None:
    """What the two share by the record, full on the first day and hollow on the second."""
    figure.add_scatter(
        x=part["shared"],
        y=heights,
        mode="markers",
        name=f"as recorded, {when}",
        marker={
            "symbol": ("diamond", "circle-open")[number],
            "size": 11,
            "color": (RECORDED, SECOND)[number],
            "line": {"width": 2 * number},
        },
        customdata=[
            [
                SCOPE_LABELS[row.scope],
                when,
                round(row.expected, 1),
                round(row.low),
                round(row.high),
                f"{row.as_few:.3f}",
            ]
            for row in part.itertuples()
        ],
        hovertemplate="<b>%{customdata[0]}</b>, %{customdata[1]}: %{x} shared<br>chance %{customdata[2]}, "
        "%{customdata[3]} to %{customdata[4]}; as few: p %{customdata[5]}<extra></extra>",
    )


def _beside(x: pd.Series, y: pd.Series, words: Iterable[str]) -> list[str]:
    """Where the label of each point stands, so that it meets no point and no earlier label where that can be had."""
    taken, chosen = [(*point, 1.0) for point in zip(x, y, strict=True)], []
    for here, word in zip(zip(x, y, strict=True), words, strict=True):
        half = HALF_A_LETTER * len(word)
        ways = {
            "middle right": (half + 2, 0),
            "middle left": (-half - 2, 0),
            "top center": (0, 0.3),
            "bottom center": (0, -0.3),
        }
        crowd = {
            way: sum(
                abs(here[0] + right - there[0]) < half + there[2] and abs(here[1] + up - there[1]) < 0.26
                for there in taken
                if there[:2] != here
            )
            + (here[0] + right - half < 0)
            for way, (right, up) in ways.items()
        }
        way = min(crowd, key=crowd.__getitem__)
        if word:
            taken.append((here[0] + ways[way][0], here[1] + ways[way][1], half))
        chosen.append(way)
    return chosen


def deaths(tables: dict[str, pd.DataFrame], names: pd.Series, title: str, alt: str) -> go.Figure:
    """Deaths in each state by the number of its initiatives.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Name of the period, and what
        :func:`cooperation.measures.network.beside_deaths` gives for it.
    names : pandas.Series
        Names of the states by code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = _headed(tables, len(tables), 1, shared_xaxes=True, vertical_spacing=0.09)
    for row, (when, table) in enumerate(tables.items(), start=1):
        _deaths_by_state(figure, row, table, when, names)
    figure.update_yaxes(
        type="log",
        range=[-0.75, 4.75],
        tickvals=[NONE, 10, 100, 1000, 10000],
        ticktext=["none", "10", "100", "1,000", "10,000"],
    )
    widest = max(int(table["initiatives"].max()) for table in tables.values())
    figure.update_xaxes(range=[0, widest + 8], showticklabels=True)
    figure.update_xaxes(title=axis_title("initiatives"), row=len(tables), col=1)
    figure.update_layout(margin={"t": 30})
    data = pd.concat([table.assign(when=when, state=table["state"].map(names)) for when, table in tables.items()])
    columns = {"when": "Period", "state": "State", "initiatives": "Initiatives", "deaths_best": "Deaths"}
    columns |= {"deaths_low": "Low", "deaths_high": "High", "per_million": "Deaths per million"}
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(data.astype({"per_million": float}).round(1), columns),
        height=640,
        subtitle="Deaths from organised violence, best estimate, logarithmic scale, by the number of African-led "
        "initiatives of the state, without OAU and AU",
    )


def _deaths_by_state(figure: go.Figure, row: int, table: pd.DataFrame, when: str, names: pd.Series) -> None:
    """The states of one period, some with their names where these meet no mark."""
    words = [names[code] if code in BY_NAME else "" for code in table["state"]]
    best = table["deaths_best"].astype(float).clip(lower=NONE)
    figure.add_scatter(
        x=table["initiatives"],
        y=best,
        mode="markers+text",
        text=words,
        showlegend=False,
        row=row,
        col=1,
        textposition=_beside(table["initiatives"], np.log10(best), words),
        textfont={"size": 11, "color": INK},
        marker={
            "size": 9,
            "color": [NODE.get(code, PLAIN) for code in table["state"]],
            "symbol": ["diamond" if code in PAIR else "circle" for code in table["state"]],
        },
        customdata=[
            [names[entry.state], when, f"{entry.deaths_best:,}", f"{entry.deaths_low:,}", f"{entry.deaths_high:,}"]
            for entry in table.itertuples()
        ],
        hovertemplate="<b>%{customdata[0]}</b>, %{customdata[1]}: %{x} initiatives<br>%{customdata[2]} deaths "
        "(%{customdata[3]} to %{customdata[4]})<extra></extra>",
    )
