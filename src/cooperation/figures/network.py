"""Figures on who was tied to whom through the initiatives."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.figure import GRID, INK, MUTED, ON_MARK, PAPER, bars, finish
from cooperation.figures.palette import BOTH, COUNTRY, MAIN, NEITHER, PLAIN, RECORDED, SECOND
from cooperation.measures.network import SCOPE_LABELS, SIDE_LABELS, SIDES, at, sides
from cooperation.states import MAGHREB, PAIR, is_pair

NODE = {code: COUNTRY[code] for code in PAIR}
COLOUR = dict(zip(SIDES, (*NODE.values(), BOTH, NEITHER), strict=True))
SHAPE = dict(zip(SIDES, ("circle", "diamond", "square", "x-thin"), strict=True))


def _mark(side: str, size: int = 9, stroke: float = 1.5) -> dict:
    """The ``marker`` of the initiatives of a side; the cross has a stroke alone."""
    return {
        "color": COLOUR[side],
        "symbol": SHAPE[side],
        "size": size,
        "line": {"width": stroke if side == SIDES[3] else 0, "color": COLOUR[side]},
    }


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


def _in_legend(side: str) -> dict:
    """A trace without points that stands in the legend for the initiatives of a side."""
    words = SIDE_LABELS[side]
    name = f"initiative with {words}" if side in SIDES[2:] else words
    return {"x": [None], "y": [None], "mode": "markers", "name": name, "marker": _mark(side)}


def _by_day(table: pd.DataFrame, column: str) -> pd.Series:
    """For each initiative the days of a column, each with its states, in words."""
    known = table.dropna(subset=column).assign(day=lambda rows: rows[column].dt.strftime("%Y-%m-%d"))
    days = known.groupby(["initiative", "day"])["state"].agg(", ".join).reset_index()
    return (days["day"] + ": " + days["state"]).groupby(days["initiative"]).agg("; ".join)


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
    figure = make_subplots(
        rows=(len(days) + 1) // 2, cols=2, horizontal_spacing=0.02, vertical_spacing=0.045, subplot_titles=list(days)
    )
    state_at = places[places["kind"] == "state"].set_index("key")[["x", "y"]]
    body_at = places[places["kind"] == "initiative"].set_index("key")[["x", "y"]]
    counts = []
    for number, (when, day) in enumerate(days.items()):
        standing, cell = at(table, day), {"row": number // 2 + 1, "col": number % 2 + 1}
        side = sides(standing)
        for name in reversed(SIDES):
            part = standing[standing["initiative"].map(side) == name]
            x, y = [], []
            for row in part.itertuples():
                x += [state_at.at[row.state, "x"], body_at.at[row.initiative, "x"], None]
                y += [state_at.at[row.state, "y"], body_at.at[row.initiative, "y"], None]
            figure.add_scatter(
                x=x,
                y=y,
                mode="lines",
                line={"color": COLOUR[name], "width": 0.6},
                hoverinfo="skip",
                showlegend=False,
                **cell,
            )
        for name in SIDES:
            keys = side.index[side == name]
            figure.add_scatter(
                x=body_at.loc[keys, "x"],
                y=body_at.loc[keys, "y"],
                mode="markers",
                name=SIDE_LABELS[name],
                legendgroup=SIDE_LABELS[name],
                showlegend=False,
                hoverinfo="skip",
                marker=_mark(name, size=6, stroke=1),
                **cell,
            )
        count = standing.groupby("state").size().reindex(state_at.index, fill_value=0)
        shown = pd.crosstab(standing["state"], standing["initiative"].map(side)).reindex(
            index=state_at.index, columns=SIDES, fill_value=0
        )
        counts += [
            (when, names[code], int(count[code]), *map(int, shown.loc[code, list(SIDES[:3])]))
            for code in state_at.index
        ]
        figure.add_scatter(
            x=state_at["x"],
            y=state_at["y"],
            mode="markers+text",
            text=state_at.index,
            showlegend=False,
            **_circles(count.index, count, 23, 9),
            customdata=[
                [names[code], when, int(count[code]), *map(int, shown.loc[code, list(SIDES[:3])])]
                for code in state_at.index
            ],
            hovertemplate="<b>%{customdata[0]}</b>, %{customdata[1]}<br>%{customdata[2]} initiatives: %{customdata[3]} with Algeria alone,<br>\u200b"
            "%{customdata[4]} with Morocco alone, %{customdata[5]} with both<extra></extra>",
            **cell,
        )
    for name in SIDES:
        figure.add_scatter(**_in_legend(name), row=1, col=1)
    span = [float(places["x"].min()) - 0.15, float(places["x"].max()) + 0.15]
    figure.update_xaxes(visible=False, range=span)
    figure.update_yaxes(visible=False, range=[float(places["y"].min()) - 0.13, float(places["y"].max()) + 0.13])
    figure.update_annotations(font={"size": 13, "color": INK})
    figure.update_layout(legend={"y": -0.01, "yanchor": "top"}, margin={"t": 30, "b": 70})
    data = pd.DataFrame(counts, columns=["Day", "State", "Initiatives", *(SIDE_LABELS[side] for side in SIDES[:3])])
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=1080,
        subtitle="African-led initiatives, without bodies of the OAU and AU; a line joins a state to an initiative until a recorded end; places of the nodes are the same throughout",
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
    """What stands on which steps: lines, marks of initiatives and circles of states by their look; and what each step says."""
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
    figure = go.Figure()
    steps_of = []
    start = list(days).index(shown)
    for (name, fresh, steps), found in sorted(
        _grouped(lines, 2).items(), key=lambda group: (group[0][1], -SIDES.index(group[0][0]), group[0][2])
    ):
        ends = [[*place["state", state], *place["initiative", key]] for state, key in found]
        figure.add_scatter(
            x=[x for end in ends for x in (end[0], end[2], None)],
            y=[y for end in ends for y in (end[1], end[3], None)],
            mode="lines",
            hoverinfo="skip",
            line={"color": COLOUR[name], "width": 2 if fresh else 0.6},
            showlegend=False,
            visible=start in steps,
        )
        steps_of.append(steps)
    for (name, steps), found in sorted(
        _grouped(marks, 1).items(), key=lambda group: (SIDES.index(group[0][0]), group[0][1])
    ):
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
        steps_of.append(steps)
    for (steps,), found in sorted(_grouped(circles, 0).items()):
        shown_codes = [code for code, _, _ in found]
        x, y = np.array([place["state", code] for code in shown_codes]).T
        figure.add_scatter(
            x=x,
            y=y,
            mode="markers+text",
            text=shown_codes,
            showlegend=False,
            visible=start in steps,
            **_circles(shown_codes, [number for _, number, _ in found], 30, 11),
            customdata=[[names[code], number, begun] for code, number, begun in found],
            hovertemplate="<b>%{customdata[0]}</b>: %{customdata[1]} initiatives, %{customdata[2]} ties new<extra></extra>",
        )
        steps_of.append(steps)
    for name in SIDES:
        figure.add_scatter(**_in_legend(name))
        steps_of.append(range(len(days)))
    figure.update_xaxes(visible=False, range=[float(places["x"].min()) - 0.12, float(places["x"].max()) + 0.12])
    figure.update_yaxes(visible=False, range=[float(places["y"].min()) - 0.1, float(places["y"].max()) + 0.16])
    figure.add_annotation(
        text=f"<b>{shown}</b>",
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="left",
        yanchor="top",
        showarrow=False,
        font={"size": 16, "color": INK},
    )
    figure.update_layout(
        legend={"y": -0.01, "yanchor": "top"},
        margin={"b": 70},
        sliders=[
            {
                "active": start,
                "currentvalue": {"prefix": "Day: "},
                "pad": {"t": 60},
                "steps": [
                    {
                        "label": when,
                        "value": said[when],
                        "method": "update",
                        "args": [
                            {"visible": [step in steps for steps in steps_of]},
                            {"annotations[0].text": f"<b>{when}</b>"},
                        ],
                    }
                    for step, when in enumerate(days)
                ],
            }
        ],
    )
    ever = at(table, None)
    data = ever.drop_duplicates("initiative").set_index("initiative")[["short_name", "seen"]]
    data = pd.DataFrame(
        {
            "Initiative": data["short_name"],
            "Tied since": _by_day(ever, "from_day"),
            "Recorded ends": _by_day(ever, "until"),
            "Evidence reaches": data["seen"],
        }
    ).reindex(data.index)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=640,
        subtitle="African-led initiatives, without bodies of the OAU and AU; a line joins a state to an initiative until a recorded end; thick lines are new since the step before",
    )


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
    days = yearly["day"].dt.strftime("%Y-%m-%d")

    def spoken(codes: list[str]) -> str:
        return ", ".join(names[code] for code in codes)

    def listed(began: list[str]) -> str:
        more = f" and {len(began) - 4} more" if len(began) > 5 else ""
        return (", ".join(began[:4] if more else began) + more) or "none"

    said = [
        [
            row.initiatives,
            row.ties,
            f"{row.density:.0%}",
            f"{row.paired:.0%}",
            spoken(row.first),
            spoken(row.bridge),
            listed(row.began),
        ]
        for row in yearly.itertuples()
    ]
    figure = go.Figure()
    figure.add_scatter(
        x=days,
        y=(100 * yearly["paired"]).round(1),
        mode="lines+markers",
        name="pairs of states, ties until a recorded end",
        line={"color": MAIN, "width": 2},
        marker={"size": 7},
        customdata=said,
        hovertemplate="<b>%{x|%-d %B %Y}</b>: %{customdata[0]} initiatives, %{customdata[1]} ties<br>%{customdata[3]} of pairs share one; %{customdata[2]} of possible ties<br>"
        "most ties: %{customdata[4]}<br>bridge: %{customdata[5]}<br>new: %{customdata[6]}<extra></extra>",
    )
    figure.add_scatter(
        x=days,
        y=(100 * yearly["paired_seen"]).round(1),
        mode="lines",
        name="pairs of states, ties until the last evidence",
        hoverinfo="skip",
        line={"color": MAIN, "width": 1.6, "dash": "dot"},
    )
    figure.add_scatter(
        x=days,
        y=(100 * yearly["density"]).round(1),
        mode="lines",
        name="ties, of those possible",
        hoverinfo="skip",
        line={"color": SECOND, "width": 2, "dash": "dash"},
    )
    figure.add_vline(x=str(article.date()), line={"color": MUTED, "width": 1.2})
    figure.add_annotation(
        x=str(article.date()),
        y=52,
        xanchor="left",
        xshift=4,
        text="article",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )
    figure.update_xaxes(
        range=["1990-01-01", "2027-06-30"], dtick="M60", tick0="1990-01-01", tickformat="%Y", tickangle=0
    )
    figure.update_yaxes(range=[0, 102], ticksuffix=" %")
    figure.update_layout(legend={"y": -0.12, "yanchor": "top"}, margin={"b": 90})
    data = pd.DataFrame(
        {
            "Day": days,
            "Initiatives": yearly["initiatives"],
            "Ties": yearly["ties"],
            "Ties, per cent of possible": (100 * yearly["density"]).round(1),
            "Pairs that share one, per cent": (100 * yearly["paired"]).round(1),
            "Pairs by last evidence, per cent": (100 * yearly["paired_seen"]).round(1),
            "Most ties": yearly["first"].map(spoken),
            "Highest betweenness": yearly["bridge"].map(spoken),
            "New": yearly["began"].map(", ".join),
        }
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle="Pairs of states with an initiative in common, of all pairs, and ties, of all possible; African-led, without OAU and AU; end of each year; step through the marks to read each year",
    )


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
    figure = make_subplots(
        rows=1, cols=len(counts), shared_yaxes=True, horizontal_spacing=0.04, subplot_titles=list(counts)
    )
    order = next(iter(counts.values()))["state"]
    widest = max(int(table[list(SIDES[:3])].sum(axis=1).max()) for table in counts.values())
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
    figure.update_annotations(font={"size": 13, "color": INK})
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        legend={"y": -0.07, "yanchor": "top", "traceorder": "normal"},
        margin={"t": 30, "b": 60},
    )
    data = pd.concat([table.assign(when=when, state=table["state"].map(names)) for when, table in counts.items()])[
        ["when", "state", *SIDES]
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data.rename(columns={"when": "Day", "state": "State", **SIDE_LABELS}),
        height=520,
        subtitle="African-led initiatives of each state, without OAU and AU, by whether Algeria, Morocco or both belong; those with neither are left out",
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
    figure = make_subplots(
        rows=len(drawn), cols=1, shared_xaxes=True, vertical_spacing=0.17, subplot_titles=list(drawn)
    )
    rows = []
    for row, (scope, (numbers, shared)) in enumerate(drawn.items(), start=1):
        values = pd.Series(numbers).value_counts(normalize=True).sort_index()
        values = values.reindex(
            range(min(values.index.min(), shared), max(values.index.max(), shared) + 1), fill_value=0
        )
        figure.add_bar(
            x=values.index,
            y=(100 * values).round(1),
            showlegend=False,
            marker=bars(NEITHER),
            row=row,
            col=1,
            customdata=[scope] * len(values),
            hovertemplate="%{customdata}: %{x} shared in %{y} % of random networks<extra></extra>",
        )
        figure.add_vline(x=shared, line={"color": RECORDED, "width": 3}, row=row, col=1)
        figure.add_annotation(
            x=shared,
            y=float((100 * values).max()) * 1.12,
            text=f"as recorded: {shared}",
            showarrow=False,
            xanchor="right",
            xshift=-6,
            font={"size": 13, "color": INK},
            row=row,
            col=1,
        )
        rows += [
            (scope, int(value), round(100 * share, 1), "yes" if value == shared else "no")
            for value, share in values.items()
        ]
    figure.update_annotations(font={"size": 13, "color": INK})
    figure.update_yaxes(ticksuffix=" %", nticks=4)
    figure.update_xaxes(dtick=2, showticklabels=True)
    figure.update_layout(bargap=0.15, margin={"t": 30})
    data = pd.DataFrame(rows, columns=["Scope", "Shared", "Per cent of random networks", "As recorded"])
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle=f"Initiatives that Algeria and Morocco share on the day of the article, in {len(numbers):,} random networks in which each state keeps its number and each initiative its size",
    )


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
    both = is_pair(table)
    maghreb = table["state_1"].isin(MAGHREB) & table["state_2"].isin(MAGHREB) & ~both
    groups = {
        "other pairs": (~both & ~maghreb, NEITHER, "circle", 6),
        "pairs of the Maghreb": (maghreb, SECOND, "square", 9),
        "Algeria and Morocco": (both, RECORDED, "diamond", 14),
    }
    figure = go.Figure()
    for name, (chosen, colour, symbol, size) in groups.items():
        part = table[chosen]
        figure.add_scatter(
            x=part["beyond"],
            y=part.index + 1,
            mode="markers",
            name=name,
            marker={"color": colour, "symbol": symbol, "size": size},
            customdata=part[["pair", "shared", "expected"]].round(1),
            hovertemplate="<b>%{customdata[0]}</b>: rank %{y}<br>%{customdata[1]} shared, %{customdata[2]} by chance<extra></extra>",
        )
    figure.add_vline(x=0, line={"color": MUTED, "width": 1.2})
    figure.update_yaxes(range=[len(table) + 3, -2], title={"text": "rank among all pairs", "font": {"size": 13}})
    figure.update_xaxes(title={"text": "shared, fewer or more than chance gives", "font": {"size": 13}})
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    data = (
        table[["pair", "memberships_1", "memberships_2", "shared", "expected", "low", "high", "as_few", "as_many"]]
        .round(3)
        .set_axis(
            [
                "Pair",
                "Initiatives of the first",
                "Initiatives of the second",
                "Shared",
                "By chance",
                "Low",
                "High",
                "p, as few",
                "p, as many",
            ],
            axis=1,
        )
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Shared initiatives less those that chance gives, all African-led initiatives on the day of the article, every pair of states",
    )


def scopes(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """What the pair shares against chance, by scope and day.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.network.gap`, by the words for each day.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    level = {scope: n for n, scope in enumerate(table["scope"].unique())}
    for number, (when, part) in enumerate(table.groupby("when", sort=False)):
        at_level = [level[scope] + 0.3 * number - 0.15 for scope in part["scope"]]
        figure.add_scatter(
            x=part["expected"].round(1),
            y=at_level,
            mode="markers",
            name=f"by chance, {when}",
            hoverinfo="skip",
            marker={"symbol": "line-ns", "size": 11, "line": {"color": MUTED, "width": 2}},
            showlegend=False,
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (part["high"] - part["expected"]).round(1),
                "arrayminus": (part["expected"] - part["low"]).round(1),
                "color": MUTED,
                "thickness": 1.6,
                "width": 0,
            },
        )
        figure.add_scatter(
            x=part["shared"],
            y=at_level,
            mode="markers",
            name=f"as recorded, {when}",
            marker={
                "symbol": ("diamond", "circle-open")[number],
                "size": 11,
                "color": RECORDED if number == 0 else SECOND,
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
            hovertemplate="<b>%{customdata[0]}</b>, %{customdata[1]}: %{x} shared<br>chance %{customdata[2]}, %{customdata[3]} to %{customdata[4]}; as few: p %{customdata[5]}<extra></extra>",
        )
    words = [SCOPE_LABELS[scope].replace("without ", "without<br>", 1).replace(", <br>", ",<br>") for scope in level]
    figure.update_yaxes(
        tickmode="array", tickvals=list(level.values()), ticktext=words, range=[len(level) - 0.4, -0.6], showgrid=False
    )
    figure.update_xaxes(range=[0, float(table["high"].max()) + 1], gridcolor=GRID)
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    data = (
        table.replace({"scope": SCOPE_LABELS})[
            [
                "scope",
                "when",
                "initiatives",
                "memberships_1",
                "memberships_2",
                "shared",
                "expected",
                "low",
                "high",
                "as_few",
                "rank",
                "pairs",
            ]
        ]
        .round(3)
        .set_axis(
            [
                "Scope",
                "Day",
                "Initiatives",
                "Of Algeria",
                "Of Morocco",
                "Shared",
                "By chance",
                "Low",
                "High",
                "p, as few",
                "Rank among pairs",
                "Pairs",
            ],
            axis=1,
        )
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=480,
        subtitle="Initiatives that Algeria and Morocco share; stroke and bar: mean and 95 per cent of random networks; each reading taken by itself",
    )


def _beside(x: pd.Series, y: pd.Series) -> list[str]:
    """Where the label of each point stands, so that it meets no point and no earlier label where that can be had."""
    ways = {"middle right": (5, 0), "middle left": (-5, 0), "top center": (0, 0.3), "bottom center": (0, -0.3)}
    taken, chosen = list(zip(x, y, strict=True)), []
    for here in zip(x, y, strict=True):
        crowd = {
            way: sum(
                abs(here[0] + right - there[0]) < 5 and abs(here[1] + up - there[1]) < 0.26
                for there in taken
                if there != here
            )
            for way, (right, up) in ways.items()
        }
        way = min(crowd, key=crowd.__getitem__)
        taken.append((here[0] + ways[way][0], here[1] + ways[way][1]))
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
    figure = make_subplots(
        rows=len(tables), cols=1, shared_xaxes=True, vertical_spacing=0.09, subplot_titles=list(tables)
    )
    for row, (when, table) in enumerate(tables.items(), start=1):
        best = table["deaths_best"].astype(float)
        figure.add_scatter(
            x=table["initiatives"],
            y=best.clip(lower=0.6),
            mode="markers+text",
            text=table["state"],
            showlegend=False,
            row=row,
            col=1,
            textposition=_beside(table["initiatives"], np.log10(best.clip(lower=0.6))),
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
            hovertemplate="<b>%{customdata[0]}</b>, %{customdata[1]}: %{x} initiatives<br>%{customdata[2]} deaths (%{customdata[3]} to %{customdata[4]})<extra></extra>",
        )
    figure.update_yaxes(
        type="log",
        range=[-0.75, 4.75],
        tickvals=[0.6, 10, 100, 1000, 10000],
        ticktext=["none", "10", "100", "1,000", "10,000"],
    )
    widest = max(int(table["initiatives"].max()) for table in tables.values())
    figure.update_xaxes(range=[0, widest + 8], showticklabels=True)
    figure.update_xaxes(title={"text": "initiatives", "font": {"size": 13}}, row=len(tables), col=1)
    figure.update_annotations(font={"size": 13, "color": INK})
    figure.update_layout(margin={"t": 30})
    data = pd.concat([table.assign(when=when, state=table["state"].map(names)) for when, table in tables.items()])
    data = (
        data[["when", "state", "initiatives", "deaths_best", "deaths_low", "deaths_high", "per_million"]]
        .astype({"per_million": float})
        .round(1)
        .set_axis(["Period", "State", "Initiatives", "Deaths", "Low", "High", "Deaths per million"], axis=1)
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=640,
        subtitle="Deaths from organised violence, best estimate, logarithmic scale, by the number of African-led initiatives of the state, without OAU and AU",
    )
