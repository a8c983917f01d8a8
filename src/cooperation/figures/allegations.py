"""Figures on the allegations: their grades, reported ransoms, what was public when, and what an absence can weigh."""

from __future__ import annotations

import math
import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.figure import GRID, INK, MUTED, finish
from cooperation.figures.palette import DENIED, MAIN, REPORTED, REST, SECOND, THIRD

LETTERS, NUMBERS = "ABCDEF", range(1, 7)
LINES = (
    (MAIN, "solid", "circle"),
    (SECOND, "dash", "diamond"),
    (THIRD, "dot", "square"),
    (REST, "dashdot", "triangle-up"),
)
ODDS = {0.1: "1/10", 0.2: "1/5", 0.5: "1/2", 1: "1", 2: "2", 5: "5", 10: "10", 20: "20"}
FOUND = {
    "reported": (REPORTED, "circle", "sum reported"),
    "denied": (DENIED, "diamond-open", "sum reported and denied"),
}


def _wrap(text: str, width: int = 36, joint: str = "<br>\u200b") -> str:
    """Break a text of a hover label into lines; the mark at their joints has them read out as one sentence."""
    return joint.join(textwrap.wrap(text, width))


def grades(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """The Admiralty grades as a matrix of source by information, with the allegations in its cells.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.allegations.graded`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table.assign(row=table["source_reliability"].map(LETTERS.index), rank=table.groupby("grade").cumcount())
    size = table.groupby("grade")["id"].transform("size")
    table["y"] = table["row"] + (table["rank"] - (size - 1) / 2) * 0.155
    figure = go.Figure()
    for edge in range(7):
        figure.add_shape(
            type="line", x0=edge + 0.5, x1=edge + 0.5, y0=-0.5, y1=5.5, line={"color": GRID, "width": 1}, layer="below"
        )
        figure.add_shape(
            type="line", x0=0.5, x1=6.5, y0=edge - 0.5, y1=edge - 0.5, line={"color": GRID, "width": 1}, layer="below"
        )
    for of_article, name, colour, symbol in (
        (True, "reported by the article", MAIN, "diamond"),
        (False, "others", MUTED, "circle-open"),
    ):
        part = table[table["of_article"] == of_article]
        figure.add_scatter(
            x=part["information_credibility"] - 0.26,
            y=part["y"],
            mode="markers+text",
            name=name,
            cliponaxis=False,
            text=[f"<b>{key}</b>" if of_article else key for key in part["id"]],
            textposition="middle right",
            textfont={"size": 12, "color": INK},
            marker={"color": colour, "symbol": symbol, "size": 10, "line": {"width": 0 if of_article else 1.6}},
            customdata=[
                [key, grade, _wrap(claim)]
                for key, grade, claim in zip(part["id"], part["grade"], part["claim"], strict=True)
            ],
            hovertemplate="<b>%{customdata[0]}, %{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
        )
    meaning = {
        "A": "A, completely",
        "B": "B, usually",
        "C": "C, fairly",
        "D": "D, not usually",
        "E": "E, unreliable",
        "F": "F, not known",
    }
    figure.update_yaxes(
        tickvals=list(range(6)),
        ticktext=[meaning[letter].replace(", ", "<br>") for letter in LETTERS],
        range=[5.5, -0.5],
        showgrid=False,
    )
    words = (
        "con-<br>firmed",
        "prob-<br>ably<br>true",
        "poss-<br>ibly<br>true",
        "doubt-<br>ful",
        "improb-<br>able",
        "not<br>known",
    )
    figure.update_xaxes(
        tickvals=list(NUMBERS),
        ticktext=[f"{number}<br>{word}" for number, word in zip(NUMBERS, words, strict=True)],
        range=[0.5, 6.5],
        showgrid=False,
        side="top",
        ticks="",
        tickangle=0,
        tickfont={"size": 11},
    )
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"}, margin={"t": 60, "b": 40, "r": 10})
    data = table.assign(of_article=table["of_article"].map({True: "yes", False: "no"}))
    columns = [
        "id",
        "claim",
        "made_by",
        "first_made",
        "source_reliability",
        "information_credibility",
        "of_article",
        "verification",
    ]
    data = data[columns].set_axis(
        ["Key", "Claim", "Made by", "First made", "Source", "Information", "Reported by the article", "Verification"],
        axis=1,
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=660,
        subtitle="Admiralty grades: reliability of the source (rows) by credibility of the information (columns), as judged by this report",
    )


def ransoms(table: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Reported ransoms as ranges, by the date on which captivity ended.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.allegations.ransoms`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table.assign(position=range(len(table)), country=table["country_taken"].map(names))
    table["case"] = table["id"] + ", seized in " + table["country"] + ", ended " + table["date_end"]
    figure = go.Figure()
    for row in table.dropna(subset="low").itertuples():
        figure.add_scatter(
            x=[0, row.low],
            y=[row.position] * 2,
            mode="lines",
            line={"color": GRID, "width": 1},
            hoverinfo="skip",
            showlegend=False,
        )
    for status, (colour, symbol, name) in FOUND.items():
        part = table[(table["ransom_status"] == status) & table["low"].notna()]
        for row in part[part["low"] < part["high"]].itertuples():
            figure.add_scatter(
                x=[row.low, row.high],
                y=[row.position] * 2,
                mode="lines",
                line={"color": colour, "width": 3},
                hoverinfo="skip",
                showlegend=False,
            )
        ends = pd.concat([part.assign(x=part["low"], end="lowest"), part.assign(x=part["high"], end="highest")])
        ends.loc[ends["low"] == ends["high"], "end"] = "only"
        ends = ends.drop_duplicates(["id", "x"]).sort_values(["position", "x"])
        figure.add_scatter(
            x=ends["x"].round(2),
            y=ends["position"],
            mode="markers",
            name=name,
            customdata=ends[["case", "end", "hostages"]].astype(str),
            marker={"color": colour, "symbol": symbol, "size": 11, "line": {"width": 2 if "open" in symbol else 0}},
            hovertemplate="%{customdata[0]}<br>%{customdata[1]} sum: %{x:.1f} million euros<br>hostages: %{customdata[2]}<extra>"
            + status
            + "</extra>",
        )
    none = table[table["low"].isna()]
    said = none["ransom_status"].map({"none-reported": "no sum reported", "denied": "demanded; denied"})
    figure.add_scatter(
        x=[0] * len(none),
        y=none["position"],
        mode="markers+text",
        name="no sum",
        text=said,
        textposition="middle right",
        textfont={"size": 12, "color": MUTED},
        marker={"color": MUTED, "symbol": "x-thin-open", "size": 8, "line": {"width": 1.6}},
        customdata=none[["case"]].assign(said=said),
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        cliponaxis=False,
    )
    coup = int(table["before_coup"].sum()) - 0.5
    figure.add_hline(y=coup, line={"color": MUTED, "dash": "dot", "width": 1})
    figure.add_annotation(
        x=1,
        xref="paper",
        y=coup,
        xanchor="right",
        yanchor="top",
        text="coup of March 2012",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )
    labels = table["date_end"].str[:7] + " " + table["country"] + " (" + table["id"] + ")"
    figure.update_yaxes(
        tickmode="array",
        tickvals=table["position"].tolist(),
        ticktext=labels.tolist(),
        tickfont={"size": 12},
        range=[len(table) - 0.4, -0.7],
        showgrid=False,
    )
    figure.update_xaxes(range=[-0.8, 32], dtick=10, tick0=0)
    figure.update_layout(legend={"y": -0.05, "yanchor": "top"}, margin={"b": 50})
    data = (
        table[["id", "country", "date_end", "hostages", "low", "high", "ransom_status", "verification"]]
        .round(2)
        .set_axis(
            [
                "Case",
                "Seized in",
                "Ended",
                "Hostages",
                "Lowest sum, million euros",
                "Highest sum, million euros",
                "Status",
                "Verification",
            ],
            axis=1,
        )
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=640,
        subtitle="Million euros as reported by any source read, by month in which captivity ended and country of seizure: reports, not findings",
    )


def publicity(table: pd.DataFrame, raid: str, title: str, alt: str) -> go.Figure:
    """Events day by day, each with the days on which the pages about it appeared.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.allegations.publicity`.
    raid : str
        ISO day to mark.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    events = table.drop_duplicates("id").reset_index(drop=True)
    place = dict(zip(events["id"], events.index, strict=True))
    pages = table.dropna(subset="published")
    pages = (
        pages.groupby(["id", "title", "published"], as_index=False)["publisher"]
        .agg("; ".join)
        .sort_values(["published", "id"])
    )
    figure = go.Figure()
    for key, part in pages.groupby("id"):
        days = [*part["published"], *events.loc[events["id"] == key, "date"]]
        figure.add_scatter(
            x=[min(days), max(days)],
            y=[place[key]] * 2,
            mode="lines",
            line={"color": GRID, "width": 2},
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_scatter(
        x=events["date"],
        y=events.index,
        mode="markers",
        name="it happened",
        marker={"color": INK, "symbol": "circle", "size": 11},
        customdata=[[_wrap(title), note] for title, note in zip(events["title"], events["verification"], strict=True)],
        hovertemplate="%{x|%-d %B}: %{customdata[0]}<br>row verified: %{customdata[1]}<extra>it happened</extra>",
    )
    figure.add_scatter(
        x=pages["published"],
        y=pages["id"].map(place),
        mode="markers",
        name="a page about it appeared",
        marker={"color": MAIN, "symbol": "diamond-open", "size": 12, "line": {"width": 2}},
        customdata=[
            [_wrap(publisher), _wrap(f"on: {title}")]
            for publisher, title in zip(pages["publisher"], pages["title"], strict=True)
        ],
        hovertemplate="%{x|%-d %B}: %{customdata[0]}<br>%{customdata[1]}<extra>page</extra>",
    )
    figure.add_vline(x=raid, line={"color": MUTED, "dash": "dot", "width": 1})
    figure.add_annotation(
        x=raid,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="the battle",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=events.index.tolist(),
        ticktext=[_wrap(title, 26, "<br>") for title in events["title"]],
        tickfont={"size": 11},
        range=[len(events) - 0.4, -0.6],
        showgrid=False,
    )
    figure.update_xaxes(
        range=["2011-06-03", "2011-07-23"],
        tickvals=["2011-06-10", "2011-06-24", "2011-07-08", "2011-07-22"],
        tickformat="%-d<br>%b",
        tickangle=0,
    )
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 26, "b": 50})
    data = table.set_axis(["Key", "Date", "Event", "Verification", "Source", "Publisher", "Published"], axis=1)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=700,
        subtitle="June and July 2011: what happened, and the days on which the pages read about it appeared; others may be earlier",
    )


def _ratios(panels: tuple[str, ...], low: float, high: float) -> go.Figure:
    """Two panels on a logarithmic scale that writes each ratio beside what even odds become by it."""
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.1, subplot_titles=[f"<b>{panel}</b>" for panel in panels]
    )
    shown = {
        ratio: f"{words}: {ratio / (1 + ratio):.0%}".replace("%", " %")
        for ratio, words in ODDS.items()
        if low <= ratio <= high
    }
    figure.update_yaxes(
        type="log",
        tickvals=list(shown),
        ticktext=list(shown.values()),
        range=[math.log10(low * 0.85), math.log10(high * 1.15)],
    )
    figure.add_hline(y=1, line={"color": MUTED, "width": 1.2})
    for note in figure.layout.annotations:
        note.update(x=0, xanchor="left", font={"size": 14, "color": INK})
    return figure


def _curve(
    figure: go.Figure,
    part: pd.DataFrame,
    x: str,
    look: tuple[str, str, str],
    name: str,
    row: int,
    said: str,
    legend: bool = False,
) -> None:
    """One curve, named in the legend where curves end close together, else at its right end."""
    colour, dash, symbol = look
    figure.add_scatter(
        x=part[x].round(3),
        y=part["ratio"].round(3),
        mode="lines+markers",
        showlegend=legend,
        name=name,
        row=row,
        col=1,
        line={"color": colour, "dash": dash, "width": 2},
        marker={"color": colour, "symbol": symbol, "size": 7},
        customdata=part.drop(columns=[x, "ratio"]).round(3),
        hovertemplate=said,
    )
    if legend:
        return
    figure.add_annotation(
        x=1,
        xref="x domain",
        y=math.log10(part["ratio"].iloc[-1]),
        yref=f"y{row}" if row > 1 else "y",
        xanchor="left",
        xshift=6,
        showarrow=False,
        text=name,
        font={"size": 12, "color": INK},
    )


def quiet(curves: pd.DataFrame, elsewhere: tuple[float, float, float], title: str, alt: str) -> go.Figure:
    """How much the record of attacks in the capital tells of a deal, over the assumptions.

    Parameters
    ----------
    curves : pandas.DataFrame
        From :func:`cooperation.measures.allegations.quiet_curves`.
    elsewhere : tuple of float
        Attacks a year in another capital with the ends of its interval, from
        :func:`cooperation.measures.allegations.pace`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    panels = {0: "No attack by the group", 1: "One attack by the group"}
    figure = _ratios(tuple(panels.values()), 0.1, 10)
    for row, attacks in enumerate(panels, start=1):
        for (spared, part), look in zip(curves[curves["attacks"] == attacks].groupby("spared"), LINES, strict=True):
            share = f"{spared:.0%}".replace("%", " %")
            _curve(
                figure,
                part[["pace", "ratio", "expected", "posterior"]],
                "pace",
                look,
                share,
                row,
                "%{x} attacks a year, %{customdata[0]:.1f} in the span<br>" + f"chance of own restraint: {share}"
                "<br>%{y:.2f} times as probable with a deal<br>even odds become %{customdata[1]:.0%}<extra>"
                + ("none" if attacks == 0 else "one")
                + "</extra>",
            )
    rate, low, high = elsewhere
    figure.add_vline(x=rate, line={"color": MUTED, "dash": "dash", "width": 1.5})
    for edge in (low, high):
        figure.add_vline(x=edge, line={"color": MUTED, "dash": "dot", "width": 1})
    figure.add_annotation(
        x=rate,
        y=0,
        yref="y domain",
        yanchor="bottom",
        xanchor="left",
        xshift=4,
        text="pace in Nouakchott<br>(dotted: its interval)",
        showarrow=False,
        align="left",
        font={"size": 12, "color": MUTED},
    )
    figure.update_xaxes(range=[0, 1.23], dtick=0.2)
    figure.update_xaxes(title={"text": "attacks a year expected without a deal", "font": {"size": 13}}, row=2, col=1)
    figure.update_layout(margin={"t": 34, "r": 44})
    data = (
        curves.assign(attacks=curves["attacks"].map(panels))
        .round(3)
        .set_axis(
            [
                "Reading",
                "Chance of own restraint",
                "Attacks a year",
                "Attacks in the span",
                "Ratio",
                "Even odds become",
            ],
            axis=1,
        )
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=620,
        subtitle="Scale: how many times as probable the record is with a deal as without, and what even odds become; "
        "on each curve: chance that the group would spare the capital for reasons of its own",
    )


def camp(curves: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """How much an empty or a manned camp tells of a tip-off, over the assumptions.

    Parameters
    ----------
    curves : pandas.DataFrame
        From :func:`cooperation.measures.allegations.camp_curves`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    panels = {True: "Camp found empty", False: "Camp found manned"}
    figure = _ratios(tuple(panels.values()), 0.2, 20)
    for row, empty in enumerate(panels, start=1):
        for (leaving, part), look in zip(curves[curves["empty"] == empty].groupby("leaving"), LINES, strict=False):
            share = f"{leaving:.0%}".replace("%", " %")
            _curve(
                figure,
                part[["chance", "ratio", "posterior"]],
                "chance",
                look,
                share,
                row,
                "chance of an empty camp without a tip-off: %{x:.0%}<br>" + f"chance that the warned leave: {share}"
                "<br>%{y:.2f} times as probable with a tip-off<br>even odds become %{customdata[0]:.0%}<extra>"
                + ("empty" if empty else "manned")
                + "</extra>",
                legend=empty,
            )
    figure.update_xaxes(range=[0, 1], dtick=0.2, tickformat=".0%")
    figure.update_xaxes(title={"text": "chance of an empty camp without a tip-off", "font": {"size": 13}}, row=2, col=1)
    figure.update_layout(margin={"t": 34, "r": 44, "b": 70}, legend={"y": -0.17, "yanchor": "top"})
    data = (
        curves.assign(empty=curves["empty"].map({True: "empty", False: "manned"}))
        .round(3)
        .set_axis(
            [
                "Camp",
                "Chance that the warned leave",
                "Chance of an empty camp without a tip-off",
                "Ratio",
                "Even odds become",
            ],
            axis=1,
        )
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="Scale: how many times as probable the find is with a tip-off as without, and what even odds become; on each curve: chance that a warned group leaves",
    )
