"""Figures on the standoff between Algeria and Morocco."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.colours import TRANSPARENT
from claimbook.figure import INK, MUTED, area, bars, finish
from claimbook.package.dates import earliest
from cooperation.figures.palette import BOTH, COUNTRY, NEITHER
from cooperation.measures.gravity import GOODS, SPECIFICATION_LABELS
from cooperation.measures.standoff import CHANNEL_LABELS
from cooperation.periods import LABELS
from cooperation.states import ALGERIA, MOROCCO, NAMES, PAIR, TUNISIA

STEPS = {
    -1: ("one side gains or is left out", INK, True),
    -2: ("break, force, a channel shut", INK, False),
    1: ("contact, joint attendance", BOTH, True),
    2: ("restored, lifted, agreed", BOTH, False),
}
QUALITY = {"reported": "circle", "estimate": "circle-open", "highly uncertain": "x"}
GROUND = {
    "dispute": "dispute named by a government",
    "several": "named by the press, with others",
    "other": "other reasons",
}
DASH = {ALGERIA: "solid", MOROCCO: "dash"}


def _panel_titles(figure: go.Figure, panels: int) -> None:
    """Put the titles of panels, which are the first annotations, at the left."""
    for note in figure.layout.annotations[:panels]:
        note.update(x=0, xanchor="left", font={"size": 14, "color": INK})


def relation(counts: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Events by span of years: upward what opens, downward what closes.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.standoff.by_span`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    spans = counts.index.tolist()
    for step in (2, 1, -2, -1):
        name, colour, hollow = STEPS[step]
        sign = 1 if step > 0 else -1
        figure.add_bar(
            x=spans,
            y=[sign * number or None for number in counts[step]],
            name=f"{step:+d}: {name}".replace("-", "−"),
            marker=bars(colour, hollow),
            customdata=counts[step],
            hovertemplate="%{x}: %{customdata}<extra>" + f"{step:+d}" + "</extra>",
        )
    figure.add_hline(y=0, line={"color": MUTED, "width": 1})
    figure.update_layout(
        barmode="relative", bargap=0.2, legend={"y": -0.22, "yanchor": "top", "traceorder": "normal"}, margin={"b": 110}
    )
    figure.update_yaxes(tickvals=[-20, -15, -10, -5, 0, 5], ticktext=["20", "15", "10", "5", "0", "5"])
    figure.update_xaxes(type="category", categoryarray=spans, tickangle=-90)
    data = counts.reset_index().rename(
        columns={"span": "Years", "mean": "Mean code"} | {step: f"{step:+d}" if step else "0" for step in range(-2, 3)}
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=480,
        subtitle="Coded events in spans of five years, the first and the last shorter; events without a clear effect are not drawn; not a sample",
    )


def channels(spells: pd.DataFrame, summits: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Spells in which channels were open or closed, above the summits of the Maghreb Union.

    Parameters
    ----------
    spells : pandas.DataFrame
        From :func:`cooperation.measures.standoff.channels`.
    summits : pandas.DataFrame
        Table ``maghreb_summits``.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    spells = spells.assign(channel=spells["channel"].map(CHANNEL_LABELS))
    lanes = ["summits of the five", *reversed(spells["channel"].drop_duplicates().tolist())]
    figure = go.Figure()
    for opened, (name, colour, hollow) in {True: ("open", BOTH, False), False: ("closed", MUTED, True)}.items():
        part = spells[spells["open"] == opened]
        figure.add_bar(
            x=[(end - start).total_seconds() * 1000 for start, end in zip(part["start"], part["end"], strict=True)],
            base=part["start"].dt.strftime("%Y-%m-%d"),
            y=part["channel"].map(lanes.index),
            orientation="h",
            width=0.46,
            name=name,
            marker=bars(colour, hollow),
            customdata=part[["channel", "date"]],
            hovertemplate="%{customdata[0]}: " + name + " from %{customdata[1]}<extra></extra>",
        )
    held = summits["outcome"] == "held"
    looks = {"summit held": (held, "circle", INK)} | {
        f"not held: {words}": (
            summits["ground"] == ground,
            {"dispute": "x", "several": "diamond", "other": "diamond-open"}[ground],
            INK,
        )
        for ground, words in GROUND.items()
    }
    for name, (which, symbol, colour) in looks.items():
        part = summits[which]
        figure.add_scatter(
            x=earliest(part["date"]).dt.strftime("%Y-%m-%d"),
            y=[0] * len(part),
            mode="markers",
            name=name,
            marker={
                "symbol": symbol,
                "size": 11,
                "color": colour,
                "line": {"width": 2 if symbol.endswith("open") else 0, "color": colour},
            },
            customdata=part[["date", "city"]].fillna("place open"),
            hovertemplate="%{customdata[0]}, %{customdata[1]}<extra>" + name + "</extra>",
        )
    figure.update_yaxes(
        tickvals=list(range(len(lanes))),
        ticktext=[lane.replace(" ", "<br>", 1) for lane in lanes],
        range=[-0.6, len(lanes) - 0.4],
        showgrid=False,
    )
    figure.update_xaxes(
        type="date", range=["1975-01-01", "2027-01-01"], dtick="M120", tick0="1980-01-01", tickformat="%Y", tickangle=0
    )
    figure.update_layout(barmode="overlay", legend={"y": -0.1, "yanchor": "top"}, margin={"b": 130})
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "What": spells["channel"],
                    "From": spells["date"],
                    "State": spells["open"].map({True: "open", False: "closed"}),
                    "Event": spells["event"],
                }
            ),
            pd.DataFrame(
                {
                    "What": "summit, " + summits["city"].fillna("place open"),
                    "From": summits["date"],
                    "State": summits["outcome"],
                    "Event": summits["id"],
                }
            ),
        ]
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="Channels between the two states; none is drawn before the first event that opens or closes it in the table",
    )


def recognition(stock: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """States that recognise the SADR, all and by region, with the range that the doubtful steps leave.

    Parameters
    ----------
    stock : pandas.DataFrame
        From :func:`cooperation.measures.standoff.recognition_stock`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    whole = stock.groupby("year", as_index=False)[["states", "low", "high"]].sum().assign(region="All regions")
    rest = stock[~stock["region"].isin(["Africa", "Latin America and the Caribbean"])]
    rest = (
        rest.groupby("year", as_index=False)[["states", "low", "high"]].sum().assign(region="Asia, Oceania and Europe")
    )
    table = pd.concat(
        [whole, stock[stock["region"].isin(["Africa", "Latin America and the Caribbean"])], rest], ignore_index=True
    )
    panels = table["region"].drop_duplicates().tolist()
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.07,
        row_heights=[0.43, 0.22, 0.2, 0.15],
        subplot_titles=[f"<b>{panel}</b>" for panel in panels],
    )
    for row, panel in enumerate(panels, start=1):
        part = table[table["region"] == panel]
        years = part["year"].tolist()
        figure.add_scatter(
            x=years + years[::-1],
            y=[*part["high"], *part["low"][::-1]],
            fill="toself",
            mode="lines",
            **area(NEITHER, 0.5),
            hoverinfo="skip",
            name="range left by doubtful steps",
            showlegend=row == 1,
            row=row,
            col=1,
        )
        figure.add_scatter(
            x=years,
            y=part["states"],
            mode="lines",
            line={"color": INK, "width": 2, "shape": "hv"},
            name="as the table has it",
            showlegend=row == 1,
            customdata=part[["low", "high"]],
            hovertemplate="%{x}: %{y} (%{customdata[0]} to %{customdata[1]})<extra>" + panel + "</extra>",
            row=row,
            col=1,
        )
        for place in (part["states"].idxmax(), part.index[-1]):
            mark = part.loc[place]
            figure.add_annotation(
                x=mark["year"],
                y=mark["states"],
                text=str(mark["states"]),
                showarrow=False,
                yshift=11,
                font={"size": 12, "color": INK},
                row=row,
                col=1,
            )
    _panel_titles(figure, len(panels))
    figure.update_yaxes(rangemode="tozero", nticks=4)
    figure.update_yaxes(range=[0, 84], tickvals=[0, 20, 40, 60, 80], row=1, col=1)
    figure.update_xaxes(range=[1975.5, 2027.5], dtick=10, tick0=1980)
    figure.update_layout(legend={"y": -0.06, "yanchor": "top"}, margin={"t": 34, "b": 50})
    data = table[["region", "year", "states", "low", "high"]]
    data.columns = ["Region", "Year", "States", "Low", "High"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=700,
        subtitle="Members of the United Nations that recognise the SADR, at the end of the year (2026: to August)",
    )


def council(votes: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Members of the Council that did not vote in favour, resolution by resolution.

    Parameters
    ----------
    votes : pandas.DataFrame
        From :func:`cooperation.measures.standoff.council_votes`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    width = 200 * 86_400_000
    for column, (name, colour, hollow) in {
        "against": ("against", INK, False),
        "abstained": ("abstained", MUTED, False),
        "did_not_vote": ("did not vote", INK, True),
    }.items():
        part = votes[votes[column] > 0]
        figure.add_bar(
            x=part["date"],
            y=part[column],
            width=width,
            name=name,
            marker=bars(colour, hollow),
            customdata=part[["resolution", "note"]],
            hovertemplate="resolution %{customdata[0]}: %{y} " + name + "<br>%{customdata[1]}<extra></extra>",
        )
    same = votes[votes["unanimous"]]
    figure.add_scatter(
        x=same["date"],
        y=[0] * len(same),
        mode="markers",
        name="all fifteen in favour",
        marker={"symbol": "line-ns", "size": 12, "line": {"color": BOTH, "width": 2}},
        customdata=same["resolution"],
        hovertemplate="resolution %{customdata}, %{x}: all fifteen in favour<extra></extra>",
        cliponaxis=False,
    )
    figure.update_yaxes(range=[-0.25, 5.6], dtick=1, tick0=0)
    figure.update_xaxes(
        type="date", range=["1988-01-01", "2026-12-31"], dtick="M120", tick0="1990-01-01", tickformat="%Y", tickangle=0
    )
    figure.update_layout(
        barmode="stack", legend={"y": -0.12, "yanchor": "top", "traceorder": "normal"}, margin={"b": 70}
    )
    data = votes[["resolution", "date", "against", "abstained", "did_not_vote", "months", "note"]]
    data.columns = ["Resolution", "Date", "Against", "Abstained", "Did not vote", "Months of the mandate", "Note"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=380,
        subtitle="Security Council resolutions on Western Sahara since 1988: members, of fifteen, that did not vote in favour",
    )


def military(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Military expenditure of the two: absolute above, as a share of output below.

    Parameters
    ----------
    table : pandas.DataFrame
        Table ``military_expenditure``.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    panels = {
        "Billion constant dollars of 2023": ("constant_2023_usd_millions", 1000),
        "Per cent of gross domestic product": ("share_of_gdp", 1),
    }
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.12, subplot_titles=[f"<b>{panel}</b>" for panel in panels]
    )
    first, last = int(table["year"].min()), int(table["year"].max())
    for row, (column, unit) in enumerate(panels.values(), start=1):
        for iso3 in PAIR:
            colour = COUNTRY[iso3]
            part = table[table["iso3"] == iso3].set_index("year").reindex(range(first, last + 1))
            part["value"] = part[column] / unit
            figure.add_scatter(
                x=part.index,
                y=part["value"].round(3),
                mode="lines",
                line={"color": colour, "width": 2, "dash": DASH[iso3]},
                showlegend=False,
                hovertemplate=f"{NAMES[iso3]} %{{x}}: %{{y:.2f}}<extra></extra>",
                row=row,
                col=1,
            )
            for quality, symbol in QUALITY.items():
                marked = part[(part["quality"] == quality) & part["value"].notna()]
                if quality == "reported" or marked.empty:
                    continue
                figure.add_scatter(
                    x=marked.index,
                    y=marked["value"].round(3),
                    mode="markers",
                    showlegend=False,
                    hoverinfo="skip",
                    row=row,
                    col=1,
                    marker={"symbol": symbol, "size": 8, "color": colour, "line": {"width": 2, "color": colour}},
                )
            figure.add_annotation(
                x=last,
                y=part["value"].iloc[-1],
                text=f"<b>{NAMES[iso3]}</b>",
                showarrow=False,
                xanchor="right",
                font={"size": 13, "color": colour},
                yshift=0 if iso3 == ALGERIA else 12 if row == 1 else -26,
                xshift=-18 if iso3 == ALGERIA else 0,
                row=row,
                col=1,
            )
    for quality in ("estimate", "highly uncertain"):
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=f"SIPRI: {quality}",
            hoverinfo="skip",
            marker={"symbol": QUALITY[quality], "size": 9, "color": MUTED, "line": {"width": 2, "color": MUTED}},
        )
    _panel_titles(figure, len(panels))
    figure.update_yaxes(rangemode="tozero", nticks=5)
    figure.update_xaxes(range=[first - 1, last + 1], dtick=10, tick0=1960)
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 34, "b": 50})
    data = table[table["iso3"].isin(PAIR)].assign(country=lambda rows: rows["iso3"].map(NAMES))
    data = data[["country", "year", "constant_2023_usd_millions", "share_of_gdp", "quality"]].sort_values(
        ["country", "year"]
    )
    data.columns = ["State", "Year", "Million dollars of 2023", "Per cent of GDP", "Quality"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="Military expenditure by year; gaps are years without a figure",
    )


def benchmark(pairs: pd.DataFrame, shown: dict[str, str], title: str, alt: str) -> go.Figure:
    """Actual by expected trade of every pair, with a few named.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From :func:`cooperation.measures.gravity.every_pair`, both kinds of goods.
    shown : dict of str to str
        Pairs to name and their names; the first is the pair in question.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    asked, *_ = shown
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.1,
        subplot_titles=[f"<b>{goods.capitalize()}</b>" for goods in GOODS.values()],
    )
    lanes = list(reversed(shown))
    for row, goods in enumerate(GOODS, start=1):
        part = pairs[(pairs["goods"] == goods) & (pairs["ratio"] > 0)]
        height = [len(lanes) + 0.25 + (place * 7 % 11) / 10 for place in range(len(part))]
        figure.add_scatter(
            x=part["ratio"].round(4),
            y=height,
            mode="markers",
            marker={"size": 6, "color": MUTED, "symbol": "circle-open"},
            showlegend=False,
            customdata=part["pair"],
            hovertemplate="%{customdata}: %{x:.2f}<extra></extra>",
            row=row,
            col=1,
        )
        for place, pair in enumerate(lanes):
            own = part.set_index("pair").loc[pair]
            low, high = own["actual"] / own["high"], own["actual"] / own["low"]
            colour = INK if pair == asked else MUTED
            figure.add_scatter(
                x=[round(low, 4), round(high, 4)],
                y=[place, place],
                mode="lines",
                line={"color": colour, "width": 3 if pair == asked else 1.5},
                showlegend=False,
                hoverinfo="skip",
                row=row,
                col=1,
            )
            figure.add_scatter(
                x=[round(own["ratio"], 4)],
                y=[place],
                mode="markers",
                marker={
                    "size": 12 if pair == asked else 9,
                    "color": colour,
                    "symbol": "diamond" if pair == asked else "circle",
                },
                showlegend=False,
                hovertemplate=f"{shown[pair]}: %{{x:.2f}}<extra></extra>",
                row=row,
                col=1,
            )
        figure.add_vline(x=1, line={"color": MUTED, "dash": "dot", "width": 1}, row=row, col=1)
        figure.update_yaxes(
            tickvals=[*range(len(lanes)), len(lanes) + 0.75],
            ticktext=[*(f"<b>{shown[pair]}</b>" if pair == asked else shown[pair] for pair in lanes), "all pairs"],
            range=[-0.6, len(lanes) + 1.6],
            showgrid=False,
            row=row,
            col=1,
        )
    _panel_titles(figure, len(GOODS))
    figure.update_xaxes(
        type="log",
        range=[-2.65, 1.25],
        tickvals=[0.01, 0.1, 0.5, 1, 2, 10],
        ticktext=["0.01", "0.1", "0.5", "1", "2", "10"],
    )
    figure.update_layout(margin={"t": 34})
    data = pairs[["goods", "pair", "actual", "expected", "low", "high", "ratio"]].round(
        {"actual": 2, "expected": 2, "low": 2, "high": 2, "ratio": 4}
    )
    data["goods"] = data["goods"].map(GOODS)
    data.columns = [
        "Goods",
        "Pair",
        "Actual, million dollars a year",
        "Expected",
        "Expected, low",
        "Expected, high",
        "Actual by expected",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=700,
        subtitle=f"Actual trade of a pair by what the other pairs let expect, {LABELS['trade']}; line: 95 per cent interval of the expectation; scale doubles and halves evenly",
    )


def specifications(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """The pair's trade by its expectation, specification by specification.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.gravity.specifications`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    order = list(reversed(table["specification"].drop_duplicates().tolist()))
    figure = go.Figure()
    looks = ((0.16, "circle", INK), (-0.16, "diamond-open", MUTED))
    for (goods, name), (shift, symbol, colour) in zip(GOODS.items(), looks, strict=True):
        part = table[table["goods"] == goods]
        levels = part["specification"].map(order.index) + shift
        figure.add_scatter(
            x=part["ratio"].round(4),
            y=levels,
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 10, "color": colour, "line": {"width": 2, "color": colour}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (part["high"] - part["ratio"]).round(4),
                "arrayminus": (part["ratio"] - part["low"]).round(4),
                "color": colour,
                "thickness": 1.5,
                "width": 0,
            },
            customdata=part[["below", "pairs"]],
            hovertemplate="%{x:.2f}; %{customdata[0]} of %{customdata[1]} other pairs are lower<extra>"
            + name
            + "</extra>",
        )
    figure.add_vline(x=1, line={"color": MUTED, "dash": "dot", "width": 1})
    words = [SPECIFICATION_LABELS[key].replace(", ", ",<br>") for key in order]
    for word in ("as", "of", "the", "in"):
        words = [label.replace(f" {word} ", f"<br>{word} ") for label in words]
    figure.update_yaxes(
        tickvals=list(range(len(order))), ticktext=words, range=[-0.6, len(order) - 0.4], showgrid=False
    )
    figure.update_xaxes(
        type="log", range=[-1.2, 0.25], tickvals=[0.1, 0.2, 0.5, 1], ticktext=["0.1", "0.2", "0.5", "1"]
    )
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"b": 50})
    data = table.round({"ratio": 3, "low": 3, "high": 3})[
        ["specification", "goods", "ratio", "low", "high", "below", "pairs"]
    ]
    data = data.replace({"specification": SPECIFICATION_LABELS, "goods": GOODS})
    data.columns = [
        "Specification",
        "Goods",
        "Actual by expected",
        "Low",
        "High",
        "Other pairs with a lower ratio",
        "Other pairs",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Actual by expected trade of Algeria and Morocco, by specification; 95 per cent interval of the expectation",
    )


def shares(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Exports of the two to each other and to Tunisia, as shares of what they export to the region.

    Parameters
    ----------
    table : pandas.DataFrame
        Table ``trade_shares``.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        shared_yaxes=True,
        vertical_spacing=0.12,
        subplot_titles=[f"<b>Exports of {NAMES[iso3]}</b>" for iso3 in PAIR],
    )
    rows = []
    for row, (iso3, other) in enumerate((PAIR, PAIR[::-1]), start=1):
        for partner, dash, width, paint in (
            (TUNISIA, "dot", 1.5, COUNTRY[TUNISIA]),
            (other, "solid", 2.5, COUNTRY[iso3]),
        ):
            part = (
                table[(table["exporter"] == iso3) & (table["importer"] == partner)]
                .dropna(subset="share_of_region")
                .sort_values("year")
            )
            values = (100 * part["share_of_region"]).round(1)
            figure.add_scatter(
                x=part["year"],
                y=values,
                mode="lines+markers",
                line={"color": paint, "width": width, "dash": dash},
                marker={"size": 7, "symbol": "circle" if partner == other else "diamond-open"},
                showlegend=False,
                hovertemplate=f"to {NAMES[partner]}, %{{x}}: %{{y:.1f}} per cent<extra></extra>",
                row=row,
                col=1,
            )
            figure.add_annotation(
                x=part["year"].iloc[-1],
                y=values.iloc[-1],
                text=NAMES[partner],
                showarrow=False,
                xanchor="left",
                xshift=8,
                font={"size": 13, "color": paint},
                row=row,
                col=1,
            )
            rows += [
                (NAMES[iso3], NAMES[partner], int(year), value)
                for year, value in zip(part["year"], values, strict=True)
            ]
    for year in (1976, 1988, 1994):
        figure.add_vline(x=year, line={"color": MUTED, "dash": "dot", "width": 1})
        figure.add_annotation(
            x=year,
            y=1,
            yref="y2 domain",
            yanchor="top",
            xanchor="left" if year == 1994 else "right",
            text=str(year),
            showarrow=False,
            font={"size": 12, "color": MUTED},
        )
    _panel_titles(figure, len(PAIR))
    figure.update_yaxes(range=[0, 80], nticks=5)
    figure.update_xaxes(range=[1962, 2034], tickvals=list(range(1970, 2021, 10)))
    figure.update_layout(margin={"t": 34})
    data = pd.DataFrame(rows, columns=["Exporter", "Importer", "Year", "Per cent of exports to the region"])
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Per cent of the exporter's exports to the region, every fourth year; dotted: ties cut 1976, restored 1988, border closed 1994",
    )


def costs(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Published estimates side by side, one panel for each unit.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.standoff.cost_estimates`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    panels = {
        "percent of GDP": "Level: per cent of output",
        "percentage point per year": "Growth: points a year",
        "billion USD": "Trade: billion dollars",
        "percent over 2005-2015": "Per head: % in ten years",
    }
    table = table.assign(
        panel=table["unit"]
        .str.removesuffix(" per year")
        .where(table["unit"].str.startswith("billion"), table["unit"])
        .map(panels)
    )
    sizes = [int((table["panel"] == panel).sum()) for panel in panels.values()]
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        vertical_spacing=0.11,
        row_heights=[size + 0.8 for size in sizes],
        subplot_titles=[f"<b>{panel}</b>" for panel in panels.values()],
    )
    for row, panel in enumerate(panels.values(), start=1):
        part = table[table["panel"] == panel].reset_index(drop=True)
        short = (
            part["maker"].str.split(", as | that |, on ").str[0].str[:1].str.upper()
            + part["maker"].str.split(", as | that |, on ").str[0].str[1:]
        )
        labels = [
            name.replace(" finance", "<br>finance")
            .replace(" economic", "<br>economic")
            .replace(" Monetary", "<br>Monetary")
            .replace(" Maghreb", "<br>Maghreb")
            for name in short
        ]
        for place, item in enumerate(part.itertuples()):
            named = item.basis == "report of a study"
            if item.low < item.high:
                figure.add_scatter(
                    x=[item.low, item.high],
                    y=[place, place],
                    mode="lines",
                    line={"color": MUTED, "width": 3},
                    hoverinfo="skip",
                    showlegend=False,
                    row=row,
                    col=1,
                )
            text = f"{item.low:g}" if item.low == item.high else f"{item.low:g} to {item.high:g}"
            figure.add_scatter(
                x=sorted({item.low, item.high}),
                y=[place] * len({item.low, item.high}),
                mode="markers",
                showlegend=False,
                row=row,
                col=1,
                marker={"size": 11, "color": INK if named else TRANSPARENT, "line": {"width": 2, "color": INK}},
                hovertemplate=f"{text}: {item.counts}<extra></extra>",
            )
            figure.add_annotation(
                x=item.high,
                y=place,
                text=text,
                showarrow=False,
                xanchor="left",
                xshift=10,
                font={"size": 13, "color": INK},
                row=row,
                col=1,
            )
        figure.update_yaxes(
            tickvals=list(range(len(part))),
            ticktext=labels,
            range=[len(part) - 0.4, -0.6],
            showgrid=False,
            row=row,
            col=1,
        )
        figure.update_xaxes(range=[0, 1.6 * part["high"].max()], nticks=4, row=row, col=1)
    _panel_titles(figure, len(panels))
    for name, fill in (("a page reports a study", INK), ("the study is not named", TRANSPARENT)):
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=name,
            hoverinfo="skip",
            marker={"size": 11, "color": fill, "line": {"width": 2, "color": INK}},
        )
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 34, "b": 50})
    data = table[["maker", "counts", "low", "high", "unit", "year", "basis", "verification"]]
    data.columns = ["Maker", "What is counted", "Low", "High", "Unit", "Year", "Basis", "Verification"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=640,
        subtitle="Published estimates of what the missing integration of the Maghreb costs; four units that cannot be converted into one another here",
    )
