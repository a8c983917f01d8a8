"""Figures on what became of the initiatives."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.figure import INK, MUTED, ON_MARK, ON_PALE, area, finish
from cooperation.figures.palette import COUNTRY, DARK, FOUNDED, LEFT, MAIN, PALE, PALE_SAND, REST, SECOND
from cooperation.measures.aftermath import FATES, PERIODS, PROMISED, READINGS, WIDTHS
from cooperation.periods import LABELS
from cooperation.rows import Initiative
from cooperation.states import CENTRAL_SAHEL

FATE_COLOUR = dict(zip(FATES, (MAIN, PALE, PALE_SAND, DARK), strict=True))
FATE_INK = dict(zip(FATES, (ON_MARK, ON_PALE, ON_PALE, ON_MARK), strict=True))
PERIOD_COLOUR = dict(zip(PERIODS, (REST, MAIN, SECOND), strict=True))
LANES = {
    Initiative.FRANCE_MALI: "Defence treaty with France",
    Initiative.G5: "G5 Sahel and its force",
    Initiative.BENIN_NIGER: "Accord of Benin and Niger",
    **dict.fromkeys(
        (Initiative.ECOWAS_STRATEGY, Initiative.ECOWAS_MECHANISM, Initiative.ECOWAS_PREVENTION), "ECOWAS frames"
    ),
    Initiative.LAKE_CHAD: "Lake Chad force",
    Initiative.CEMOC: "CEMOC",
    Initiative.BURKINA_NIGER: "Burkina Faso and Niger",
    Initiative.MALI_BURKINA: "Mali and Burkina Faso",
    Initiative.AES: "AES",
    Initiative.AES_COURT: "AES criminal court",
    Initiative.AES_FORCE: "AES unified force",
}
UNTOLD = (2013, 2023)
UNKNOWN_DAY = "ended on an unknown day"


def survival(curves: pd.DataFrame, middle: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Share of initiatives that live on, by two bounding readings and one between, one panel a period.

    Parameters
    ----------
    curves : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.surviving`, by period.
    middle : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.unknown_day`, by period.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    periods = list(PERIODS)
    figure = make_subplots(rows=len(periods), cols=1, shared_xaxes=True, vertical_spacing=0.07)
    table = curves.round({"years": 2, "share": 3, "low": 3, "high": 3})
    smooth = middle.round({"years": 2, "share": 3})
    for row, period in enumerate(periods, start=1):
        mine = table[table["group"] == period]
        colour = PERIOD_COLOUR[period]
        for reading, dash in zip(READINGS, ("solid", "dot"), strict=True):
            part = mine[mine["reading"] == reading]
            band = part.dropna(subset=["low"])
            for edge, fill in (("low", None), ("high", "tonexty")):
                figure.add_scatter(
                    x=band["years"],
                    y=band[edge],
                    mode="lines",
                    showlegend=False,
                    hoverinfo="skip",
                    row=row,
                    col=1,
                    **area(colour),
                    line_shape="hv",
                    fill=fill,
                )
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
        part = smooth[smooth["group"] == period]
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
        domain = "y domain" if row == 1 else f"y{row} domain"
        count = int(mine.loc[mine["years"] == 0, "at_risk"].max())
        figure.add_annotation(
            x=1,
            xref="x domain",
            y=1.13,
            yref=domain,
            xanchor="right",
            yanchor="top",
            showarrow=False,
            text=f"<b>founded {LABELS[period]}</b> ({count})",
            font={"size": 13, "color": INK},
        )
        if row == 2:
            upper, lower = (mine.loc[mine["reading"] == reading, "share"].iloc[-1] for reading in READINGS)
            words = (
                ("only recorded<br>ends count", upper),
                ("silence counts<br>as an end", lower + 0.12),
                ("ended on an<br>unknown day", part["share"].iloc[-1] - 0.16),
            )
            for text, height in words:
                figure.add_annotation(
                    x=max(mine["years"].max(), part["years"].max()),
                    y=float(height),
                    xref="x2",
                    yref="y2",
                    text=text,
                    xanchor="left",
                    xshift=8,
                    align="left",
                    showarrow=False,
                    font={"size": 12, "color": INK},
                )
    figure.update_yaxes(range=[0, 1.06], tickvals=[0, 0.5, 1], tickformat=".0%")
    figure.update_xaxes(range=[0, 22], dtick=5)
    figure.update_xaxes(title={"text": "years since the founding", "font": {"size": 13}}, row=len(periods), col=1)
    figure.update_layout(margin={"t": 26, "b": 40})
    named = table.assign(reading=table["reading"].map(READINGS))
    both = pd.concat([named, smooth.assign(reading=UNKNOWN_DAY)], ignore_index=True)
    both = both.assign(group=both["group"].map(LABELS), at_risk=both["at_risk"].astype("Int64"))
    data = both[["group", "reading", "years", "share", "low", "high", "at_risk"]].set_axis(
        ["Founded", "Reading", "Years since the founding", "Share alive", "Low", "High", "Followed that far"], axis=1
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=600,
        subtitle="Share of African-led initiatives alive; legal texts left out; Kaplan and Meier with pointwise 95 per cent intervals; thin line: Weibull",
    )


def known_fates(counts: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """How many initiatives of each group have which fate.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.fate_counts`.
    title, alt : str
        The finding, and what the figure shows.

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
        alt=alt,
        data=data,
        height=520,
        subtitle="African-led initiatives without legal texts, by group; numbers in the bars; in brackets the size of the group",
    )


def promised_and_kept(steps: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Meetings promised and meetings found, added up over time, one panel a level.

    Parameters
    ----------
    steps : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.rhythm`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=len(PROMISED), cols=1, shared_xaxes=True, vertical_spacing=0.1)
    for row, (level, months) in enumerate(PROMISED.items(), start=1):
        part = steps[steps["level"] == level]
        days, met = part["day"].dt.strftime("%Y-%m-%d"), part["id"].notna()
        figure.add_scatter(
            x=days,
            y=part["due"],
            mode="lines",
            line={"color": MUTED, "dash": "dash", "width": 1.5},
            showlegend=False,
            row=row,
            col=1,
            hovertemplate="%{x|%B %Y}: %{y} promised<extra></extra>",
        )
        figure.add_scatter(
            x=days,
            y=part["found"],
            mode="lines",
            line={"color": MAIN, "shape": "hv", "width": 2.5},
            showlegend=False,
            hoverinfo="skip",
            row=row,
            col=1,
        )
        figure.add_scatter(
            x=days[met],
            y=part.loc[met, "found"],
            mode="markers",
            marker={"color": MAIN, "size": 9},
            showlegend=False,
            row=row,
            col=1,
            text=part.loc[met, "city"],
            hovertemplate="%{text}, %{x|%B %Y}: number %{y} found<extra></extra>",
        )
        last, axis = part.iloc[-1], "" if row == 1 else str(row)
        for key, word, colour in (("due", "promised", MUTED), ("found", "found", INK)):
            figure.add_annotation(
                x=days.iloc[-1],
                y=int(last[key]),
                xref=f"x{axis}",
                yref=f"y{axis}",
                text=f"<b>{int(last[key])}</b> {word}",
                showarrow=False,
                xanchor="right",
                yanchor="bottom",
                yshift=4,
                xshift=-4 if key == "found" else -26,
                font={"size": 13, "color": colour},
            )
        figure.add_annotation(
            x=0,
            xref="x domain",
            y=1.0,
            yref=f"y{axis} domain",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            xshift=6,
            text=f"<b>{level}</b><br>promised every {months} months",
            align="left",
            font={"size": 13, "color": INK},
        )
        figure.update_yaxes(range=[0, int(last["due"]) * 1.14], nticks=5, row=row, col=1)
    figure.update_xaxes(range=["2013-01-01", "2026-06-30"], dtick="M36", tick0="2014-01-01", tickformat="%Y")
    figure.update_layout(margin={"t": 20})
    data = steps.assign(gap=steps["gap"].round(1))[["level", "day", "city", "found", "due", "gap"]]
    data = data.set_axis(
        ["Level", "Day", "City", "Found so far", "Promised by then", "Months since the one before"], axis=1
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Meetings of the Nouakchott Process since its launch in March 2013, added up; the last row of each is the close of the record",
    )


def out_and_in(left: pd.DataFrame, new: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Withdrawals since 2022, and what three of the states founded among themselves.

    Parameters
    ----------
    left : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.exits`.
    new : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.among`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    out = (
        left.assign(lane=left["initiative"].map(LANES).fillna(left["initiative"]), who=left["actor"].map(names))
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
    rows = pd.concat([out.assign(sign="left"), own.assign(sign="founded")]).sort_values(
        ["sign", "day", "lane"], ascending=[False, True, True], ignore_index=True
    )
    lanes = list(dict.fromkeys(rows["lane"]))
    middle = pd.Timestamp(2024, 3, 1)
    figure = go.Figure()
    for sign, symbol, colour in (("left", "x", LEFT), ("founded", "circle-open", FOUNDED)):
        part = rows[rows["sign"] == sign]
        figure.add_scatter(
            x=part["day"].dt.strftime("%Y-%m-%d"),
            y=[lanes.index(lane) for lane in part["lane"]],
            mode="markers",
            name=sign,
            marker={
                "symbol": symbol,
                "size": 11,
                "color": colour,
                "line": {"width": 2.5, "color": colour} if sign == "founded" else {"width": 0},
            },
            customdata=part[["lane", "who"]],
            hovertemplate="%{customdata[0]}, %{x|%-d %B %Y}: %{customdata[1]}<extra>" + sign + "</extra>",
        )
    for row in rows.itertuples():
        early = row.day < middle
        who = (
            " and ".join(row.who.rsplit(", ", 1))
            .replace("Burkina Faso, Mali and Niger", "all three")
            .replace(" and ", "<br>and ")
        )
        figure.add_annotation(
            x=row.day.strftime("%Y-%m-%d"),
            y=lanes.index(row.lane),
            text=who,
            showarrow=False,
            align="left",
            xanchor="left" if early else "right",
            xshift=9 if early else -9,
            font={"size": 12, "color": INK},
        )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(lanes))),
        ticktext=["<br>".join(textwrap.wrap(lane, 16)) for lane in lanes],
        range=[len(lanes) - 0.4, -0.7],
        tickfont={"size": 12},
    )
    figure.update_xaxes(range=["2022-01-01", "2026-06-30"], dtick="M12", tickformat="%Y")
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    data = rows[["day", "sign", "lane", "who"]].set_axis(["Day", "Left or founded", "Arrangement", "States"], axis=1)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Withdrawals recorded from 2022 on, and arrangements founded whose only members are Burkina Faso, Mali and Niger or two of them",
    )


def together(pairs: pd.DataFrame, first: int, last: int, title: str, alt: str) -> go.Figure:
    """Who sent troops into whose conflict, year by year.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.companions`.
    first, last : int
        First and last year.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rename = {
        "United States of America": "United States",
        "Russia (Soviet Union)": "Russia",
        "Ivory Coast": "Côte d'Ivoire",
    }
    table = pairs.assign(party=pairs["party"].replace(rename))
    order = table.groupby(["host", "party"])["year"].min().reset_index().sort_values(["host", "year", "party"])
    lanes = [tuple(pair) for pair in order[["host", "party"]].itertuples(index=False)]
    level, place, heads = {}, 0.0, []
    for host in order["host"].unique():
        heads.append((host, place))
        place += 1
        for lane in (lane for lane in lanes if lane[0] == host):
            level[lane] = place
            place += 1
        place += 0.4
    figure = go.Figure()
    for outsider, name, symbol in ((False, "of the region", "square"), (True, "from outside", "diamond-open")):
        part = table[table["outsider"] == outsider]
        colour = MUTED if outsider else MAIN
        figure.add_scatter(
            x=part["year"],
            y=[level[pair] for pair in zip(part["host"], part["party"], strict=True)],
            mode="markers",
            name=name,
            marker={
                "symbol": symbol,
                "size": 10,
                "color": colour,
                "line": {"width": 2 if outsider else 0, "color": colour},
            },
            customdata=part[["party", "host"]],
            hovertemplate="%{customdata[0]} beside %{customdata[1]}, %{x}<extra></extra>",
        )
    for host, at in heads:
        figure.add_annotation(
            x=0,
            xref="paper",
            y=at,
            text=f"<b>beside {host}</b>",
            showarrow=False,
            xanchor="left",
            font={"size": 12, "color": INK},
        )
        if host == "Mali":
            below = [place for (name, _), place in level.items() if name == host]
            figure.add_shape(
                type="rect",
                x0=UNTOLD[0] - 0.45,
                x1=UNTOLD[1] + 0.45,
                y0=min(below) - 0.45,
                y1=max(below) + 0.45,
                fillcolor=MUTED,
                opacity=0.13,
                line={"width": 0},
                layer="below",
            )
            figure.add_annotation(
                x=sum(UNTOLD) / 2,
                y=sum(below) / len(below),
                text="not told apart<br>from missions",
                showarrow=False,
                font={"size": 12, "color": MUTED},
            )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(level.values()),
        ticktext=[party for _, party in level],
        range=[place, -0.8],
        showgrid=False,
        tickfont={"size": 12},
    )
    figure.update_xaxes(range=[first - 0.7, last + 0.7], dtick=4, tick0=2012)
    figure.update_layout(legend={"y": 1.01}, margin={"t": 36})
    data = table[["host", "party", "year"]].set_axis(["Whose conflict", "Beside it", "Year"], axis=1)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=720,
        subtitle="Years in which UCDP lists a government as a party beside another in the other's conflict, from 25 battle deaths a year on",
    )


def deaths_and_flight(deaths: pd.DataFrame, people: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Deaths in organised violence, and people driven from home, by country and year, each on its own axis.

    Parameters
    ----------
    deaths : pandas.DataFrame
        From :func:`cooperation.measures.violence.totals`.
    people : pandas.DataFrame
        From :func:`cooperation.measures.aftermath.displaced`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.1)
    first = int(people["year"].min())
    deaths = deaths[deaths["iso3"].isin(CENTRAL_SAHEL) & (deaths["year"] >= first)]
    people = people[people["iso3"].isin(CENTRAL_SAHEL)]
    symbols = dict(zip(CENTRAL_SAHEL, ("circle", "square", "triangle-up"), strict=True))
    for row, table, column in ((1, deaths, "deaths_best"), (2, people, "people")):
        for iso3 in CENTRAL_SAHEL:
            part = table[table["iso3"] == iso3].sort_values("year")
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
                    "symbol": [symbols[iso3] + ("-open" if open_ else "") for open_ in hollow],
                    "size": 7,
                    "color": COUNTRY[iso3],
                },
                hovertemplate=names[iso3] + " %{x}: %{y:,}<extra></extra>",
            )
            last = part.iloc[-1]
            figure.add_annotation(
                x=int(last["year"]),
                y=float(last[column]),
                xref="x" if row == 1 else "x2",
                yref="y" if row == 1 else "y2",
                text=names[iso3],
                showarrow=False,
                xanchor="left",
                xshift=8,
                font={"size": 12, "color": INK},
            )
    for axis, words in (
        ("", "<b>deaths</b> in organised violence, best estimate"),
        ("2", "<b>people</b> displaced within or refugees abroad"),
    ):
        figure.add_annotation(
            x=0,
            xref="x domain",
            y=1.06,
            yref=f"y{axis} domain",
            text=words,
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            font={"size": 13, "color": INK},
        )
    figure.update_yaxes(rangemode="tozero", nticks=5)
    figure.update_xaxes(range=[first - 0.5, 2031.5], tickvals=[2010, 2015, 2020, 2025])
    figure.update_layout(margin={"t": 40})
    both = deaths[["iso3", "year", "deaths_low", "deaths_best", "deaths_high"]].merge(
        people[["iso3", "year", "within", "abroad", "carried"]], on=["iso3", "year"], how="outer"
    )
    both["carried"] = both["carried"].map({True: "figure of 2023 carried forward", False: ""})
    data = both.assign(iso3=both["iso3"].map(names)).set_axis(
        [
            "Country",
            "Year",
            "Deaths, low",
            "Deaths, best",
            "Deaths, high",
            "Displaced within",
            "Refugees abroad",
            "Note on displacement",
        ],
        axis=1,
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="By country and year, to 2024 for deaths and 2025 for people; hollow: the figure of 2023 for those within Burkina Faso, carried forward",
    )
