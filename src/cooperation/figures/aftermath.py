"""Figures on what became of the initiatives."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.drawing import (
    axis_title,
    for_readers,
    iso_days,
    lane_axis,
    mark,
    time_axis,
    write,
    write_in_panel,
)
from claimbook.figure import INK, MUTED, ON_MARK, ON_PALE, area, finish
from claimbook.wording import count
from cooperation.figures import aftermath_words
from cooperation.figures.palette import COUNTRY, DARK, FOUNDED, LEFT, MAIN, PALE, PALE_SAND, REST, SECOND
from cooperation.measures.aftermath import FATES, PERIODS, PROMISED, READINGS, WIDTHS
from cooperation.periods import LABELS
from cooperation.rows import Actor, Initiative
from cooperation.states import CENTRAL_SAHEL

FATE_COLOUR = dict(zip(FATES, (MAIN, PALE, PALE_SAND, DARK), strict=True))
# Of the ended there are too few for words on their piece; these stand above it.
OUTCOME_LOOK = {
    "seen": ("seen lately", MAIN, ON_MARK),
    "silent": ("silent", PALE_SAND, ON_PALE),
    "ended": ("", DARK, ON_MARK),
}
FATE_INK = dict(zip(FATES, (ON_MARK, ON_PALE, ON_PALE, ON_MARK), strict=True))
PERIOD_COLOUR = dict(zip(PERIODS, (REST, MAIN, SECOND), strict=True))
LANES = {
    Initiative.FRANCE_MALI: "Defence treaty with France",
    Initiative.G5: "G5 Sahel and its bodies",
    Initiative.BENIN_NIGER: "Accord of Benin and Niger",
    Actor.ECOWAS: "ECOWAS and its bodies",
    Actor.LAKE_CHAD_BASIN: "Lake Chad force",
    Initiative.CEMOC: "CEMOC",
    Initiative.BURKINA_NIGER: "Burkina Faso and Niger",
    Initiative.MALI_BURKINA: "Mali and Burkina Faso",
    Initiative.AES: "AES",
    Initiative.AES_COURT: "AES criminal court",
    Initiative.AES_FORCE: "AES unified force",
}
UNTOLD = (2013, 2023)
UNKNOWN_DAY = "ended on an unknown day"
# UCDP's names of states, as readers know them.
PARTY = {
    "United States of America": "United States",
    "Russia (Soviet Union)": "Russia",
    "Ivory Coast": "Côte d'Ivoire",
}
STATE_SHAPE = dict(zip(CENTRAL_SAHEL, ("circle", "square", "triangle-up"), strict=True))


def survival(curves: pd.DataFrame, middle: pd.DataFrame, title: str) -> go.Figure:
    """Share of initiatives that live on, by two bounding readings and one between, one panel a period.

    Parameters
    ----------
    curves : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.surviving`, by period.
    middle : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.unknown_day`, by period.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=len(PERIODS), cols=1, shared_xaxes=True, vertical_spacing=0.07)
    table = curves.round({"years": 2, "share": 3, "low": 3, "high": 3})
    smooth = middle.round({"years": 2, "share": 3})
    for row, period in enumerate(PERIODS, start=1):
        mine, between = table[table["group"] == period], smooth[smooth["group"] == period]
        for reading, dash in zip(READINGS, ("solid", "dot"), strict=True):
            _alive(figure, row, mine[mine["reading"] == reading], PERIOD_COLOUR[period], dash)
        _alive_between(figure, row, between)
        number = int(mine.loc[mine["years"] == 0, "at_risk"].max())
        head = f"<b>founded {LABELS[period]}</b> ({number})"
        write_in_panel(figure, row, head, x=1, y=1.13, xanchor="right", yanchor="top")
        if row == 2:
            _name_readings(figure, row, mine, between)
    figure.update_yaxes(range=[0, 1.06], tickvals=[0, 0.5, 1], tickformat=".0%")
    figure.update_xaxes(range=[0, 22], dtick=5)
    figure.update_xaxes(title=axis_title("years since the founding"), row=len(PERIODS), col=1)
    figure.update_layout(margin={"t": 26, "b": 40})
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_survival(table),
        data=_survival_rows(table, smooth),
        height=600,
        subtitle="Share of African-led initiatives alive; legal texts left out; Kaplan and Meier with pointwise 95 "
        "per cent intervals; thin line: Weibull",
    )


def _alive(figure: go.Figure, row: int, part: pd.DataFrame, colour: str, dash: str) -> None:
    """The share alive by one reading, a step at each end, with its interval."""
    known = part.dropna(subset=["low"])
    for edge, fill in (("low", None), ("high", "tonexty")):
        figure.add_scatter(
            x=known["years"],
            y=known[edge],
            mode="lines",
            showlegend=False,
            hoverinfo="skip",
            row=row,
            col=1,
            **area(colour),
            line_shape="hv",
            fill=fill,
        )
    (reading,) = part["reading"].unique()
    figure.add_scatter(
        x=part["years"],
        y=part["share"],
        mode="lines",
        showlegend=False,
        row=row,
        col=1,
        line={"shape": "hv", "color": colour, "width": 2.5, "dash": dash},
        customdata=part["at_risk"],
        hovertemplate="%{x:.1f} years: %{y:.0%} alive, %{customdata} followed that far<extra>"
        + READINGS[reading]
        + "</extra>",
    )


def _alive_between(figure: go.Figure, row: int, part: pd.DataFrame) -> None:
    """The share alive if each that fell silent ended on an unknown day."""
    figure.add_scatter(
        x=part["years"],
        y=part["share"],
        mode="lines",
        showlegend=False,
        row=row,
        col=1,
        line={"color": INK, "width": 1.2, "dash": "dashdot"},
        hovertemplate="%{x:.0f} years: %{y:.0%} alive<extra>" + UNKNOWN_DAY + "</extra>",
    )


def _name_readings(figure: go.Figure, row: int, mine: pd.DataFrame, between: pd.DataFrame) -> None:
    """The readings, each named where its curve ends."""
    upper, lower = (mine.loc[mine["reading"] == reading, "share"].iloc[-1] for reading in READINGS)
    end = max(mine["years"].max(), between["years"].max())
    for text, height in (
        ("only recorded<br>ends count", upper),
        ("silence counts<br>as an end", lower + 0.12),
        ("ended on an<br>unknown day", between["share"].iloc[-1] - 0.16),
    ):
        write(figure, end, float(height), text, row=row, col=1, xanchor="left", xshift=8, align="left")


def _survival_rows(table: pd.DataFrame, smooth: pd.DataFrame) -> pd.DataFrame:
    """The curves of all readings, one below the other."""
    named = table.assign(reading=table["reading"].map(READINGS))
    both = pd.concat([named, smooth.assign(reading=UNKNOWN_DAY)], ignore_index=True)
    return for_readers(
        both.assign(group=both["group"].map(LABELS), at_risk=both["at_risk"].astype("Int64")),
        {
            "group": "Founded",
            "reading": "Reading",
            "years": "Years since the founding",
            "share": "Share alive",
            "low": "Low",
            "high": "High",
            "at_risk": "Followed that far",
        },
    )


def known_fates(counts: pd.DataFrame, title: str) -> go.Figure:
    """How many initiatives of each group have which fate.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.fate_counts`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shares = counts.div(counts.sum(axis=1), axis=0)
    groups = [(LABELS[period], WIDTHS[width]) for period, width in counts.index]
    labels = [
        "<br>".join([*textwrap.wrap(f"{period}:", 15), f"{width} ({total})"])
        for (period, width), total in zip(groups, counts.sum(axis=1), strict=True)
    ]
    figure = go.Figure()
    for fate, name in FATES.items():
        figure.add_bar(
            y=labels,
            x=shares[fate].round(4),
            orientation="h",
            name=name,
            marker={"color": FATE_COLOUR[fate], "line": {"color": MUTED, "width": 1}},
            text=[str(number) if number else "" for number in counts[fate]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": FATE_INK[fate], "size": 12},
            constraintext="none",
            hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.25, legend={"traceorder": "normal", "y": 1.02}, margin={"t": 64})
    figure.update_xaxes(range=[0, 1], tickformat=".0%")
    figure.update_yaxes(autorange="reversed", showgrid=False)
    data = counts.rename(columns=FATES).set_axis([": ".join(group) for group in groups])
    data = data.rename_axis("Group").reset_index()
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_fates(counts),
        data=data,
        height=520,
        subtitle="African-led initiatives without legal texts, by group; numbers in the bars; in brackets the size "
        "of the group",
    )


def outcomes(counts: pd.DataFrame, since: str, title: str) -> go.Figure:
    """How many initiatives of each founding period were seen lately, are silent, and ended.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.outcomes`.
    since : str
        From when on a sign of life counts as late, in words.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shares = counts.div(counts.sum(axis=1), axis=0).round(4)
    lanes = list(range(len(counts)))
    figure = go.Figure()
    for key, (said, colour, ink) in OUTCOME_LOOK.items():
        figure.add_bar(
            y=lanes,
            x=shares[key],
            width=0.52,
            orientation="h",
            showlegend=False,
            marker={"color": colour, "line": {"color": MUTED, "width": 1}},
            text=[f"<b>{number}</b> {said}".strip() for number in counts[key]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink, "size": 13},
            constraintext="none",
            hovertext=[f"founded {LABELS[period]}: {number} {said or key}" for period, number in counts[key].items()],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for lane, period in zip(lanes, counts.index, strict=True):
        head = f"<b>founded {LABELS[period]}</b>: {counts.loc[period].sum()}"
        write(figure, 0, lane - 0.42, head, size=13, xanchor="left")
        write(figure, 1, lane - 0.42, "ended", size=13, xanchor="right")
    figure.update_layout(barmode="stack", margin={"t": 12, "b": 10})
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(range=[len(lanes) - 0.6, -0.65], visible=False)
    data = counts.rename(index=LABELS, columns={"seen": "Seen lately", "silent": "Silent", "ended": "Ended"})
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_outcomes(data),
        data=data.rename_axis("Founded").reset_index(),
        height=290,
        subtitle=f"African-led initiatives by founding, legal texts apart; seen: a sign of life since {since}",
    )


def promised_and_kept(steps: pd.DataFrame, title: str) -> go.Figure:
    """Meetings promised and meetings found, added up over time, one panel a level.

    Parameters
    ----------
    steps : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.rhythm`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=len(PROMISED), cols=1, shared_xaxes=True, vertical_spacing=0.1)
    for row, (level, months) in enumerate(PROMISED.items(), start=1):
        part = steps[steps["level"] == level]
        _added_up(figure, row, part)
        _name_totals(figure, row, part.iloc[-1])
        head = f"<b>{level}</b><br>promised every {count(months)} months"
        write_in_panel(figure, row, head, xanchor="left", yanchor="top", xshift=6, align="left")
        figure.update_yaxes(range=[0, int(part["due"].iloc[-1]) * 1.14], nticks=5, row=row, col=1)
    time_axis(figure, "2013-01-01", f"{steps['day'].max():%Y-%m-%d}", 36, "2014-01-01", tickangle=None)
    figure.update_layout(margin={"t": 20})
    names = {"level": "Level", "day": "Day", "city": "City", "found": "Found so far", "due": "Promised by then"}
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_rhythm(steps),
        data=for_readers(steps.assign(gap=steps["gap"].round(1)), {**names, "gap": "Months since the one before"}),
        height=520,
        subtitle="Meetings of the Nouakchott Process since its launch in March 2013, added up; the last row of each "
        "is the close of the record",
    )


def _added_up(figure: go.Figure, row: int, part: pd.DataFrame) -> None:
    """The meetings promised as a line, those found as steps with a mark for each."""
    days, met = iso_days(part["day"]), part["id"].notna()
    panel = {"showlegend": False, "row": row, "col": 1}
    figure.add_scatter(
        x=days,
        y=part["due"],
        mode="lines",
        line={"color": MUTED, "dash": "dash", "width": 1.5},
        hovertemplate="%{x|%B %Y}: %{y} promised<extra></extra>",
        **panel,
    )
    figure.add_scatter(
        x=days,
        y=part["found"],
        mode="lines",
        line={"color": MAIN, "shape": "hv", "width": 2.5},
        hoverinfo="skip",
        **panel,
    )
    figure.add_scatter(
        x=days[met],
        y=part.loc[met, "found"],
        mode="markers",
        marker={"color": MAIN, "size": 9},
        text=part.loc[met, "city"],
        hovertemplate="%{text}, %{x|%B %Y}: number %{y} found<extra></extra>",
        **panel,
    )


def _name_totals(figure: go.Figure, row: int, last: pd.Series) -> None:
    """How many were promised and found by the end, each where its line ends."""
    for key, said, colour, shift in (("due", "promised", MUTED, -26), ("found", "found", INK, -4)):
        write(
            figure,
            f"{last['day']:%Y-%m-%d}",
            int(last[key]),
            f"<b>{int(last[key])}</b> {said}",
            size=13,
            colour=colour,
            row=row,
            col=1,
            xanchor="right",
            yanchor="bottom",
            yshift=4,
            xshift=shift,
        )


def out_and_in(left: pd.DataFrame, new: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Withdrawals since 2022, and what three of the states founded among themselves.

    Parameters
    ----------
    left : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.acts_of_leaving`.
    new : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.among`.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = _left_and_founded(left, new, names)
    arrangements = list(dict.fromkeys(rows["lane"]))
    figure = go.Figure()
    _mark_left_and_founded(figure, rows, arrangements)
    _name_states(figure, rows, arrangements)
    lane_axis(
        figure,
        ["<br>".join(textwrap.wrap(lane, 16)) for lane in arrangements],
        range=[len(arrangements) - 0.4, -0.7],
        tickmode="array",
        tickfont={"size": 12},
    )
    figure.update_xaxes(range=["2022-01-01", "2026-04-30"], dtick="M12", tickformat="%Y")
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_exits(rows),
        data=for_readers(rows, {"day": "Day", "sign": "Left or founded", "lane": "Arrangement", "who": "States"}),
        height=520,
        subtitle="Withdrawals recorded from 2022 on, and arrangements founded whose only members are Burkina Faso, "
        "Mali and Niger or two of them",
    )


def _left_and_founded(left: pd.DataFrame, new: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """What was left and what was founded, on which day, by whom; what was left comes first."""
    out = (
        left.assign(lane=left["what"].map(LANES).fillna(left["what"]), who=left["actor"].map(names))
        .groupby(["lane", "day"], as_index=False)["who"]
        .agg(lambda who: ", ".join(sorted(set(who))))
    )
    own = pd.DataFrame(
        {
            "lane": new["id"].map(LANES).fillna(new["short_name"]),
            "day": new["from_day"],
            "who": [", ".join(sorted(names[key] for key in keys)) for keys in new["members"]],
        }
    )
    return pd.concat([out.assign(sign="left"), own.assign(sign="founded")]).sort_values(
        ["sign", "day", "lane"], ascending=[False, True, True], ignore_index=True
    )


def _mark_left_and_founded(figure: go.Figure, rows: pd.DataFrame, arrangements: list[str]) -> None:
    """A cross for what was left, a ring for what was founded."""
    for sign, symbol, colour, rim in (
        ("left", "x", LEFT, {"width": 0}),
        ("founded", "circle-open", FOUNDED, {"width": 2.5, "color": FOUNDED}),
    ):
        part = rows[rows["sign"] == sign]
        figure.add_scatter(
            x=iso_days(part["day"]),
            y=[arrangements.index(lane) for lane in part["lane"]],
            mode="markers",
            name=sign,
            marker={"symbol": symbol, "size": 11, "color": colour, "line": rim},
            customdata=part[["lane", "who"]],
            hovertemplate="%{customdata[0]}, %{x|%-d %B %Y}: %{customdata[1]}<extra>" + sign + "</extra>",
        )


def _name_states(figure: go.Figure, rows: pd.DataFrame, arrangements: list[str]) -> None:
    """Beside each mark the states, on the side where there is room."""
    middle = pd.Timestamp(2024, 3, 1)
    for row in rows.itertuples():
        who = (
            " and ".join(row.who.rsplit(", ", 1))
            .replace("Burkina Faso, Mali and Niger", "all three")
            .replace(" and ", "<br>and ")
        )
        anchor, shift = ("left", 9) if row.day < middle else ("right", -9)
        at = f"{row.day:%Y-%m-%d}", arrangements.index(row.lane)
        write(figure, *at, who, align="left", xanchor=anchor, xshift=shift)


def beside(counts: pd.DataFrame, pairs: pd.DataFrame, title: str) -> go.Figure:
    """How many armies of the region stood beside each government, a square a year, and whose they were.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.beside`.
    pairs : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.companions`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    own = pairs[~pairs["outsider"].astype(bool)].replace({"party": PARTY})
    whose = {host: ", ".join(part.unique()) for host, part in own.sort_values("year").groupby("host")["party"]}
    level, heads, foot = _host_lines(list(counts.index), whose)
    long = counts.stack().rename("armies").reset_index().query("armies > 0")
    first, last = int(counts.columns.min()), int(counts.columns.max())
    figure = go.Figure()
    figure.add_scatter(
        x=long["year"],
        y=long["host"].map(level),
        mode="markers+text",
        marker=mark(MAIN, "square", 17, 0),
        text=long["armies"].astype(str),
        textfont={"color": ON_MARK, "size": 12},
        showlegend=False,
        customdata=long["host"],
        hovertemplate="beside %{customdata}, %{x}: %{text}<extra></extra>",
    )
    for height, words in heads:
        write(figure, first - 0.6, height, words, size=13, xanchor="left", yanchor="top", align="left")
    _shade_untold(figure, [level["Mali"]], 0.7)
    figure.update_yaxes(range=[foot, -0.2], visible=False)
    figure.update_xaxes(range=[first - 0.7, last + 0.7], dtick=4, tick0=first + 2)
    figure.update_layout(margin={"t": 6})
    nobody = [host for host in counts.index if host not in whose]
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_beside(long, nobody),
        data=for_readers(long, {"host": "Whose conflict", "year": "Year", "armies": "Armies of the region beside it"}),
        height=int(18 * foot) + 44,
        subtitle=f"How many armies of the region UCDP lists beside a government in its own conflict, {first} to "
        f"{last}; conflicts of 25 deaths in battle a year and more",
    )


def _host_lines(hosts: list[str], whose: dict[str, str]) -> tuple[dict[str, float], list[tuple[float, str]], float]:
    """Height of the squares of each government, of the words above, and of the foot; a line of words is one high."""
    level, heads, place = {}, [], 0.0
    for host in hosts:
        lines = textwrap.wrap(f"{host}: {whose.get(host, 'none')}", 44)
        heads.append((place, "<br>".join(lines).replace(host, f"<b>beside {host}</b>", 1)))
        place += len(lines)
        if host in whose:
            level[host] = place + 0.8
            place += 1.7
        place += 0.4
    return level, heads, place


def together(pairs: pd.DataFrame, first: int, last: int, title: str) -> go.Figure:
    """Who sent troops into whose conflict, year by year.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.companions`.
    first, last : int
        First and last year.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = pairs.assign(party=pairs["party"].replace(PARTY))
    level, heads, foot = _by_host(table)
    figure = go.Figure()
    _years_beside(figure, table, level)
    for host, at in heads:
        write(figure, 0, at, f"<b>beside {host}</b>", xref="paper", xanchor="left")
        if host == "Mali":
            _shade_untold(figure, [place for (name, _), place in level.items() if name == host])
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(level.values()),
        ticktext=[party for _, party in level],
        range=[foot, -0.8],
        showgrid=False,
        tickfont={"size": 12},
    )
    figure.update_xaxes(range=[first - 0.7, last + 0.7], dtick=4, tick0=2012)
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_companions(table, UNTOLD),
        data=for_readers(table, {"host": "Whose conflict", "party": "Beside it", "year": "Year"}),
        height=720,
        subtitle="Years in which UCDP lists a government as a party beside another in the other's conflict, from 25 "
        "battle deaths a year on",
    )


def _by_host(table: pd.DataFrame) -> tuple[dict[tuple[str, str], float], list[tuple[str, float]], float]:
    """Height of each host and party, of the head above each host's, and of the foot; parties from the first to come."""
    order = table.groupby(["host", "party"])["year"].min().reset_index().sort_values(["host", "year", "party"])
    level, heads, place = {}, [], 0.0
    for host, parties in order.groupby("host", sort=False)["party"]:
        heads.append((host, place))
        for party in parties:
            place += 1
            level[host, party] = place
        place += 1.4
    return level, heads, place


def _years_beside(figure: go.Figure, table: pd.DataFrame, level: dict[tuple[str, str], float]) -> None:
    """A mark for each year in which a party stood beside a host."""
    for outsider, name, symbol in ((False, "of the region", "square"), (True, "from outside", "diamond-open")):
        part = table[table["outsider"] == outsider]
        figure.add_scatter(
            x=part["year"],
            y=[level[pair] for pair in zip(part["host"], part["party"], strict=True)],
            mode="markers",
            name=name,
            marker=mark(MUTED if outsider else MAIN, symbol, 10),
            customdata=part[["party", "host"]],
            hovertemplate="%{customdata[0]} beside %{customdata[1]}, %{x}<extra></extra>",
        )


def _shade_untold(figure: go.Figure, places: list[float], half: float = 0.45) -> None:
    """Shade the years in which UCDP does not tell who stood beside Mali from the missions there."""
    figure.add_shape(
        type="rect",
        x0=UNTOLD[0] - 0.45,
        x1=UNTOLD[1] + 0.45,
        y0=min(places) - half,
        y1=max(places) + half,
        fillcolor=MUTED,
        opacity=0.13,
        line={"width": 0},
        layer="below",
    )
    middle = sum(UNTOLD) / 2, sum(places) / len(places)
    words = "not told apart from missions"
    write(figure, *middle, words if len(places) == 1 else words.replace(" from", "<br>from"), colour=MUTED)


def deaths_and_flight(deaths: pd.DataFrame, people: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Deaths in organised violence, and people driven from home, by country and year, each on its own axis.

    Parameters
    ----------
    deaths : pandas.DataFrame
        From :func:`cooperation.measures.violence.latest_release`.
    people : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.displaced`.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    first = int(people["year"].min())
    deaths = deaths[deaths["iso3"].isin(CENTRAL_SAHEL) & (deaths["year"] >= first)]
    people = people[people["iso3"].isin(CENTRAL_SAHEL)]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.1)
    for row, table, column in ((1, deaths, "deaths_best"), (2, people, "people")):
        for iso3 in CENTRAL_SAHEL:
            part = table[table["iso3"] == iso3].sort_values("year")
            _by_state(figure, row, part, column, iso3, names[iso3])
    for row, head in enumerate(
        ("<b>deaths</b> in organised violence, best estimate", "<b>people</b> displaced within or refugees abroad"),
        start=1,
    ):
        write_in_panel(figure, row, head, y=1.06, xanchor="left", yanchor="bottom")
    figure.update_yaxes(rangemode="tozero", nticks=5)
    figure.update_xaxes(range=[first - 0.5, 2031.5], tickvals=[2010, 2015, 2020, 2025])
    figure.update_layout(margin={"t": 40})
    return finish(
        figure,
        title=title,
        alt=aftermath_words.of_flight(deaths, people, names),
        data=_toll(deaths, people, names),
        height=560,
        subtitle=f"By country and year, to {deaths['year'].max()} for deaths (release 26.1) and {people['year'].max()} "
        "for people; hollow: the figure of 2023 for those within Burkina Faso, carried forward",
    )


def _by_state(figure: go.Figure, row: int, part: pd.DataFrame, column: str, iso3: str, name: str) -> None:
    """The line of one state, named at its end; hollow where a figure was carried forward."""
    hollow = part["carried"].tolist() if "carried" in part else [False] * len(part)
    figure.add_scatter(
        x=part["year"],
        y=part[column],
        mode="lines+markers",
        showlegend=False,
        row=row,
        col=1,
        line={"color": COUNTRY[iso3], "width": 2},
        marker={
            "symbol": [STATE_SHAPE[iso3] + ("-open" if open_ else "") for open_ in hollow],
            "size": 7,
            "color": COUNTRY[iso3],
        },
        hovertemplate=name + " %{x}: %{y:,}<extra></extra>",
    )
    last = part.iloc[-1]
    write(figure, int(last["year"]), float(last[column]), name, row=row, col=1, xanchor="left", xshift=8)


def _toll(deaths: pd.DataFrame, people: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Deaths and people driven from home, of each state and year on one row."""
    both = deaths[["iso3", "year", "deaths_best"]].merge(
        people[["iso3", "year", "within", "abroad", "carried"]], on=["iso3", "year"], how="outer"
    )
    both["carried"] = both["carried"].map({True: "figure of 2023 carried forward", False: ""})
    return for_readers(
        both.assign(iso3=both["iso3"].map(names)),
        {
            "iso3": "Country",
            "year": "Year",
            "deaths_best": "Deaths, best estimate",
            "within": "Displaced within",
            "abroad": "Refugees abroad",
            "carried": "Note on displacement",
        },
    )
