"""Figures on the standoff between Algeria and Morocco."""

from __future__ import annotations

import re

import pandas as pd
import plotly.graph_objects as go

from claimbook.colours import TRANSPARENT
from claimbook.drawing import (
    DOTTED,
    band,
    for_readers,
    interval,
    iso_days,
    lane_axis,
    legend_entry,
    mark,
    multiples,
    panels,
    shade,
    stroke,
    time_axis,
    write,
)
from claimbook.figure import INK, MUTED, ON_MARK, bars, finish
from claimbook.package.dates import earliest
from claimbook.wording import count, listing, years
from cooperation.figures.palette import BOTH, COUNTRY, NEITHER
from cooperation.measures.gravity import GOODS, SPECIFICATION_LABELS
from cooperation.measures.standoff import CHANNEL_LABELS, balance, merged
from cooperation.periods import LABELS, in_month, in_words
from cooperation.states import ALGERIA, MOROCCO, NAMES, PAIR, TUNISIA

STEPS = {
    -1: ("one side gains or is left out", INK, True),
    -2: ("break, force, a channel shut", INK, False),
    1: ("contact, joint attendance", BOTH, True),
    2: ("restored, lifted, agreed", BOTH, False),
}
QUALITY = {"estimate": "circle-open", "highly uncertain": "x"}
CHANNEL = {True: ("open", BOTH, False), False: ("shut", MUTED, True)}
# A spell that has room for a word.
LONG = pd.Timedelta(days=8 * 365)
SUMMIT = {"held": ("circle", BOTH), "called off": ("x-thin", MUTED)}
# Two regions that have a panel of their own; the others share one.
REGIONS = ("Africa", "Latin America and the Caribbean")
NOT_IN_FAVOUR = {
    "against": ("against", INK, False),
    "abstained": ("abstained", MUTED, False),
    "did_not_vote": ("did not vote", INK, True),
}
# Column of the table, and the number that makes one unit of the panel.
EXPENDITURE = {
    "Billion constant dollars of 2023": ("constant_2023_usd_millions", 1000),
    "Per cent of gross domestic product": ("share_of_gdp", 1),
}
DASH = {ALGERIA: "solid", MOROCCO: "dash"}
SHAPE = {ALGERIA: "circle", MOROCCO: "diamond"}
# Years in which ties were cut and restored, and in which the border was closed.
TURNS = (1976, 1988, 1994)
UNIT = {
    "percent of GDP": "Level: per cent of output",
    "percentage point per year": "Growth: points a year",
    "billion USD": "Trade: billion dollars",
    "percent over 2005-2015": "Per head: % in ten years",
}
STUDY = "report of a study"


def relation(counts: pd.DataFrame, title: str) -> go.Figure:
    """Events by span of years: upward what opens, downward what closes.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.standoff.by_span`.
    title : str
        The finding.

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
    ticks = range(-int(balance(counts)["closes"].max()) // 10 * 10, int(balance(counts)["opens"].max()) + 10, 10)
    figure.update_yaxes(tickvals=list(ticks), ticktext=[str(abs(tick)) for tick in ticks])
    figure.update_xaxes(type="category", categoryarray=spans, tickangle=-90)
    data = counts.reset_index().rename(
        columns={"span": "Years", "mean": "Mean code"} | {step: f"{step:+d}" if step else "0" for step in range(-2, 3)}
    )
    return finish(
        figure,
        title=title,
        alt=_relation_in_words(counts),
        data=data,
        height=480,
        subtitle="Coded events, words and deeds alike, by span of five years; no sample, and later years were searched "
        "more closely",
    )


def _relation_in_words(counts: pd.DataFrame) -> str:
    """In which spans either kind is the larger, and where breaks are most."""
    sums = balance(counts)
    more, fewer = (
        listing(merged(sums.index[sums[one] > sums[other]]))
        for one, other in (("opens", "closes"), ("closes", "opens"))
    )
    worst = sums["closes"].idxmax()
    breaks = counts[-2].sort_values(ascending=False, kind="stable").head(3)
    return (
        f"Bars by span of years from {sums.index[0][:4]} to 20{sums.index[-1][-2:]}. Downward bars for what closes are "
        f"the longer in {fewer}, and longest in {worst}, with {sums.at[worst, 'closes']} against "
        f"{sums.at[worst, 'opens']}. Upward bars for what opens are the longer in {more}. Breaks and force are most in "
        f"{listing(f'{span} ({number})' for span, number in breaks.items())}."
    )


def channels(spells: pd.DataFrame, summits: pd.DataFrame, title: str) -> go.Figure:
    """Spells in which links were open or shut, above the summits of the Maghreb Union; each says what it is.

    Parameters
    ----------
    spells : pandas.DataFrame
        From :func:`cooperation.measures.standoff.channels`.
    summits : pandas.DataFrame
        Table ``maghreb_summits``.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    spells = spells.assign(channel=spells["channel"].map(CHANNEL_LABELS), lasts=spells["end"] == spells["end"].max())
    rows = ["summits of the five", *reversed(spells["channel"].drop_duplicates().tolist())]
    figure = go.Figure()
    for opened in CHANNEL:
        _spells(figure, spells[spells["open"] == opened], opened, rows)
    for outcome, look in SUMMIT.items():
        _summits(figure, summits[summits["outcome"] == outcome], outcome, *look)
    lane_axis(figure, [row.replace(" ", "<br>", 1) for row in rows], showgrid=False, range=[-0.6, len(rows) - 0.2])
    time_axis(figure, "1975-01-01", "2027-01-01", 120, "1980-01-01", type="date")
    figure.update_layout(barmode="overlay", showlegend=False)
    return finish(
        figure,
        title=title,
        alt=_channels_in_words(spells, summits),
        data=_channel_rows(spells, summits),
        height=520,
        subtitle=f"Five links between Algeria and Morocco, and summits of the Arab Maghreb Union, to "
        f"{in_month(spells['end'].max())}; filled: open or held; a lane begins with the first step that we know of",
    )


def _channels_in_words(spells: pd.DataFrame, summits: pd.DataFrame) -> str:
    """Each link's spells by their years, and the summits."""
    now = spells["end"].max()
    lanes = []
    for channel, part in spells.groupby("channel", sort=False):
        states = [
            CHANNEL[row.open][0]
            + (f" since {row.start.year}" if row.end == now else f" {row.start.year} to {row.end.year}")
            for row in part.itertuples()
        ]
        lanes.append(f"{channel[:1].upper()}{channel[1:]}: {', '.join(states)}.")
    held, off = (summits.loc[summits["outcome"] == how, "date"].str[:4] for how in SUMMIT)
    return (
        f"Lanes from {spells['start'].min().year} to {in_words(now)}. {' '.join(lanes)} Summits of the five: "
        f"{count(len(held))} held from {held.min()} to {held.max()}; called off in {listing(off)}."
    )


def _spells(figure: go.Figure, part: pd.DataFrame, opened: bool, rows: list[str]) -> None:
    """Spells in which links were open, or shut, each in the lane of its link, with its year."""
    name, colour, hollow = CHANNEL[opened]
    figure.add_bar(
        x=[(end - start).total_seconds() * 1000 for start, end in zip(part["start"], part["end"], strict=True)],
        base=iso_days(part["start"]),
        y=part["channel"].map(rows.index),
        orientation="h",
        width=0.4,
        marker=bars(colour, hollow),
        customdata=part[["channel", "date"]],
        hovertemplate="%{customdata[0]}: " + name + " from %{customdata[1]}<extra></extra>",
        # A word on a filled bar belongs to the bar: it is read against its colour.
        text=[name if opened and spell.end - spell.start > LONG else "" for spell in part.itertuples()],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ON_MARK},
    )
    for spell in part.assign(lane=part["channel"].map(rows.index)).itertuples():
        _named_spell(figure, spell, name, colour)


def _named_spell(figure: go.Figure, spell, state: str, colour: str) -> None:
    """The year in which a spell began, above it, and in a long one in which it was shut its state; in one that lasts, both."""
    lasts, long = spell.lasts and not spell.open, spell.end - spell.start > LONG
    year = f"since {spell.start.year}" if lasts else str(spell.start.year)
    if long and not spell.open:
        middle = (spell.start + (spell.end - spell.start) / 2).strftime("%Y-%m-%d")
        write(figure, middle, spell.lane, f"{state} {year}" if lasts else state, colour=MUTED)
    if not (long and lasts):
        day = (spell.end if lasts else spell.start).strftime("%Y-%m-%d")
        side = "right" if lasts else "left"
        write(figure, day, spell.lane + 0.2, year, colour=colour, xanchor=side, yanchor="bottom")


def _summits(figure: go.Figure, part: pd.DataFrame, outcome: str, symbol: str, colour: str) -> None:
    """Summits of one outcome, in the lowest lane, with their number above the first."""
    days = iso_days(earliest(part["date"]))
    figure.add_scatter(
        x=days,
        y=[0] * len(part),
        mode="markers",
        marker=mark(colour, symbol, 9, 1.5),
        customdata=part[["date", "city"]].fillna("place open"),
        hovertemplate="%{customdata[0]}, %{customdata[1]}<extra>" + outcome + "</extra>",
    )
    write(figure, days.min(), 0.2, f"{len(part)} {outcome}", colour=colour, xanchor="left", yanchor="bottom", xshift=-6)


def _channel_rows(spells: pd.DataFrame, summits: pd.DataFrame) -> pd.DataFrame:
    """The spells, and below them the summits."""
    names = {"what": "What", "date": "From", "state": "State", "event": "Event"}
    shut = spells.assign(what=spells["channel"], state=spells["open"].map({True: "open", False: "closed"}))
    places = "summit, " + summits["city"].fillna("place open")
    met = summits.assign(what=places, state=summits["outcome"], event=summits["id"])
    return pd.concat([for_readers(shut, names), for_readers(met, names)])


def recognition(stock: pd.DataFrame, now: pd.Timestamp, title: str) -> go.Figure:
    """States that recognise the SADR, all and by region, with the range that the doubtful steps leave.

    Parameters
    ----------
    stock : pandas.DataFrame
        From :func:`cooperation.measures.standoff.recognition_stock`.
    now : pandas.Timestamp
        The day to which the stock was asked for.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = _by_region(stock)
    regions = table["region"].drop_duplicates().tolist()
    figure = panels(regions, 0.07, row_heights=[0.43, 0.22, 0.2, 0.15])
    for row, region in enumerate(regions, start=1):
        _recognising(figure, row, table[table["region"] == region], region)
    figure.update_yaxes(rangemode="tozero", nticks=4)
    figure.update_yaxes(range=[0, 84], tickvals=[0, 20, 40, 60, 80], row=1, col=1)
    figure.update_xaxes(range=[1975.5, 2027.5], dtick=10, tick0=1980)
    figure.update_layout(legend={"y": -0.06, "yanchor": "top"}, margin={"t": 34, "b": 50})
    names = {"region": "Region", "year": "Year", "states": "States", "low": "Low", "high": "High"}
    return finish(
        figure,
        title=title,
        alt=_recognition_in_words(table, now),
        data=for_readers(table, names),
        height=700,
        subtitle="Members of the United Nations that recognise the SADR, at the end of the year and, last, on "
        f"{in_words(now)}; band: what doubtful steps leave open",
    )


def _recognition_in_words(table: pd.DataFrame, now: pd.Timestamp) -> str:
    """Peak and end of each panel, and the width of the band."""
    panes = []
    for region, part in table.groupby("region", sort=False):
        stock = part.set_index("year")["states"]
        panes.append(f"{region}: up to {stock.max()} in {stock.idxmax()}, {stock.iloc[-1]} on {in_words(now)}.")
    whole = table[table["region"] == table["region"].iloc[0]]
    return (
        f"Lines by year from {table['year'].min()} in {count(len(panes))} panels. {' '.join(panes)} A grey band, up to "
        f"{count((whole['high'] - whole['low']).max())} states wide for all regions, surrounds the lines."
    )


def _by_region(stock: pd.DataFrame) -> pd.DataFrame:
    """The stock of all regions, of two of them, and of the rest."""
    own = stock["region"].isin(REGIONS)
    whole, rest = (
        part.groupby("year", as_index=False)[["states", "low", "high"]].sum().assign(region=name)
        for part, name in ((stock, "All regions"), (stock[~own], "Asia, Oceania and Europe"))
    )
    return pd.concat([whole, stock[own], rest], ignore_index=True)


def _recognising(figure: go.Figure, row: int, part: pd.DataFrame, region: str) -> None:
    """The stock of one panel with its range, and the numbers at its peak and at its end."""
    panel = {"showlegend": row == 1, "row": row, "col": 1}
    years = part["year"].tolist()
    band(figure, years, part["low"], part["high"], NEITHER, 0.5, name="range left by doubtful steps", **panel)
    figure.add_scatter(
        x=years,
        y=part["states"],
        mode="lines",
        line={"color": INK, "width": 2, "shape": "hv"},
        name="as the table has it",
        customdata=part[["low", "high"]],
        hovertemplate="%{x}: %{y} (%{customdata[0]} to %{customdata[1]})<extra>" + region + "</extra>",
        **panel,
    )
    for place in (part["states"].idxmax(), part.index[-1]):
        year, states = part.at[place, "year"], part.at[place, "states"]
        write(figure, year, states, str(states), yshift=11, row=row, col=1)


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
    for column, (name, colour, hollow) in NOT_IN_FAVOUR.items():
        part = votes[votes[column] > 0]
        figure.add_bar(
            x=part["date"],
            y=part[column],
            width=200 * 86_400_000,
            name=name,
            marker=bars(colour, hollow),
            customdata=part[["resolution", "note"]],
            hovertemplate="resolution %{customdata[0]}: %{y} " + name + "<br>%{customdata[1]}<extra></extra>",
        )
    _unanimous(figure, votes[votes["unanimous"]])
    figure.update_yaxes(range=[-0.25, 5.6], dtick=1, tick0=0)
    time_axis(figure, "1988-01-01", "2026-12-31", 120, "1990-01-01", type="date")
    figure.update_layout(
        barmode="stack", legend={"y": -0.12, "yanchor": "top", "traceorder": "normal"}, margin={"b": 70}
    )
    columns = {"resolution": "Resolution", "date": "Date", "against": "Against", "abstained": "Abstained"}
    columns |= {"did_not_vote": "Did not vote", "months": "Months of the mandate", "note": "Note"}
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(votes, columns),
        height=380,
        subtitle="Security Council resolutions on Western Sahara since 1988: members, of fifteen, that did not vote "
        "in favour",
    )


def _unanimous(figure: go.Figure, same: pd.DataFrame) -> None:
    """A stroke for each resolution that all fifteen voted for."""
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


def military(table: pd.DataFrame, title: str) -> go.Figure:
    """Military expenditure of the two: absolute above, as a share of output below.

    Parameters
    ----------
    table : pandas.DataFrame
        Table ``military_expenditure``.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = panels(list(EXPENDITURE), 0.12)
    first, last = int(table["year"].min()), int(table["year"].max())
    for row, (column, unit) in enumerate(EXPENDITURE.values(), start=1):
        for iso3 in PAIR:
            part = table[table["iso3"] == iso3].set_index("year").reindex(range(first, last + 1))
            _spent(figure, row, iso3, (part[column] / unit).round(3), part["quality"])
            up, aside = (0, -18) if iso3 == ALGERIA else (12 if row == 1 else -26, 0)
            write(
                figure,
                last,
                part[column].iloc[-1] / unit,
                f"<b>{NAMES[iso3]}</b>",
                size=13,
                colour=COUNTRY[iso3],
                xanchor="right",
                yshift=up,
                xshift=aside,
                row=row,
                col=1,
            )
    for quality, symbol in QUALITY.items():
        legend_entry(figure, f"SIPRI: {quality}", mark(MUTED, symbol, 9, 2), hoverinfo="skip")
    figure.update_yaxes(rangemode="tozero", nticks=5)
    figure.update_xaxes(range=[first - 1, last + 1], dtick=10, tick0=1960)
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 34, "b": 50})
    return finish(
        figure,
        title=title,
        alt=_expenditure_in_words(table),
        data=_expenditure_rows(table),
        height=560,
        subtitle="Military expenditure by year; gaps are years without a figure",
    )


def _expenditure_in_words(table: pd.DataFrame) -> str:
    """Where each state begins, peaks and ends in each panel, and which years are marked."""
    panes = []
    for unit, (column, size) in EXPENDITURE.items():
        lines = []
        for iso3 in PAIR:
            spent = (table[table["iso3"] == iso3].set_index("year")[column].dropna() / size).round(1)
            ends = f"{spent.iloc[0]:g} in {spent.index[0]} to {spent.iloc[-1]:g} in {spent.index[-1]}"
            lines.append(f"{NAMES[iso3]} from {ends}, highest in {spent.idxmax()} at {spent.max():g}")
        panes.append(f"{unit}: {'; '.join(lines)}.")
    unsure = table[table["quality"].isin(QUALITY)]
    marked = listing(f"{NAMES[iso3]} in {years(part['year'])}" for iso3, part in unsure.groupby("iso3"))
    return f"Lines by year in {count(len(panes))} panels. {' '.join(panes)} Marked as estimated or uncertain: {marked}."


def _spent(figure: go.Figure, row: int, iso3: str, values: pd.Series, quality: pd.Series) -> None:
    """The line of one state, with a mark on each year whose figure is not one reported."""
    figure.add_scatter(
        x=values.index,
        y=values,
        mode="lines",
        line={"color": COUNTRY[iso3], "width": 2, "dash": DASH[iso3]},
        showlegend=False,
        hovertemplate=f"{NAMES[iso3]} %{{x}}: %{{y:.2f}}<extra></extra>",
        row=row,
        col=1,
    )
    for kind, symbol in QUALITY.items():
        marked = values[(quality == kind) & values.notna()]
        if marked.empty:
            continue
        figure.add_scatter(
            x=marked.index,
            y=marked,
            mode="markers",
            showlegend=False,
            hoverinfo="skip",
            row=row,
            col=1,
            marker=mark(COUNTRY[iso3], symbol, 8, 2),
        )


def _expenditure_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The figures of the two, state by state."""
    rows = table[table["iso3"].isin(PAIR)].assign(country=lambda rows: rows["iso3"].map(NAMES))
    return for_readers(
        rows.sort_values(["country", "year"]),
        {
            "country": "State",
            "year": "Year",
            "constant_2023_usd_millions": "Million dollars of 2023",
            "share_of_gdp": "Per cent of GDP",
            "quality": "Quality",
        },
    )


def benchmark(pairs: pd.DataFrame, shown: dict[str, str], title: str) -> go.Figure:
    """Actual by expected trade of every pair, with a few named.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From :func:`cooperation.measures.gravity.every_pair`, both kinds of goods.
    shown : dict of str to str
        Pairs to name and their names; the first is the pair in question.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    asked, *_ = shown
    rows = list(reversed(shown))
    figure = panels([goods.capitalize() for goods in GOODS.values()], 0.1)
    for row, goods in enumerate(GOODS, start=1):
        part = pairs[(pairs["goods"] == goods) & (pairs["ratio"] > 0)]
        _every_pair(figure, row, part, len(rows))
        for place, pair in enumerate(rows):
            _named_pair(figure, row, place, part.set_index("pair").loc[pair], shown[pair], pair == asked)
        figure.add_vline(x=1, line=DOTTED, row=row, col=1)
    figure.update_yaxes(
        tickvals=[*range(len(rows)), len(rows) + 0.75],
        ticktext=[*(f"<b>{shown[pair]}</b>" if pair == asked else shown[pair] for pair in rows), "all pairs"],
        range=[-0.6, len(rows) + 1.6],
        showgrid=False,
    )
    figure.update_xaxes(**multiples([0.01, 0.1, 0.5, 1, 2, 10], -2.65, 1.25))
    figure.update_layout(margin={"t": 34})
    return finish(
        figure,
        title=title,
        alt=_benchmark_in_words(pairs, shown),
        data=_benchmark_rows(pairs),
        height=700,
        subtitle=f"Actual trade of a pair by what the other pairs suggest, {LABELS['trade']}; line: 95 per cent "
        "interval of the expectation; scale doubles and halves evenly",
    )


def _benchmark_in_words(pairs: pd.DataFrame, shown: dict[str, str]) -> str:
    """The ratio of each named pair, and how far those of all pairs reach."""
    panes = []
    for goods, name in GOODS.items():
        ratio = pairs[(pairs["goods"] == goods) & (pairs["ratio"] > 0)].set_index("pair")["ratio"]
        named = "; ".join(f"{shown[pair]} {ratio[pair]:.2f}" for pair in shown)
        panes.append(f"{name.capitalize()}: {named}; all pairs from {ratio.min():.3f} to {ratio.max():.1f}.")
    return f"Ratios of actual to expected trade in {count(len(panes))} panels. {' '.join(panes)}"


def _every_pair(figure: go.Figure, row: int, part: pd.DataFrame, foot: int) -> None:
    """All pairs above the named ones, at heights that let each be seen."""
    figure.add_scatter(
        x=part["ratio"].round(4),
        y=[foot + 0.25 + (place * 7 % 11) / 10 for place in range(len(part))],
        mode="markers",
        marker={"size": 6, "color": MUTED, "symbol": "circle-open"},
        showlegend=False,
        customdata=part["pair"],
        hovertemplate="%{customdata}: %{x:.2f}<extra></extra>",
        row=row,
        col=1,
    )


def _named_pair(figure: go.Figure, row: int, place: int, own: pd.Series, name: str, asked: bool) -> None:
    """One pair in a lane of its own, with its interval; the pair in question stands out."""
    colour, width, size, symbol = (INK, 3, 12, "diamond") if asked else (MUTED, 1.5, 9, "circle")
    ends = [round(own["actual"] / own["high"], 4), round(own["actual"] / own["low"], 4)]
    stroke(figure, ends, [place, place], colour, width, row=row, col=1)
    figure.add_scatter(
        x=[round(own["ratio"], 4)],
        y=[place],
        mode="markers",
        marker={"size": size, "color": colour, "symbol": symbol},
        showlegend=False,
        hovertemplate=f"{name}: %{{x:.2f}}<extra></extra>",
        row=row,
        col=1,
    )


def _benchmark_rows(pairs: pd.DataFrame) -> pd.DataFrame:
    """Actual and expected trade of every pair."""
    table = pairs.round({"actual": 2, "expected": 2, "low": 2, "high": 2, "ratio": 4})
    return for_readers(
        table.assign(goods=table["goods"].map(GOODS)),
        {
            "goods": "Goods",
            "pair": "Pair",
            "actual": "Actual, million dollars a year",
            "expected": "Expected",
            "low": "Expected, low",
            "high": "Expected, high",
            "ratio": "Actual by expected",
        },
    )


def specifications(table: pd.DataFrame, title: str) -> go.Figure:
    """The pair's trade by its expectation, specification by specification.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.gravity.specifications`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    order = list(reversed(table["specification"].drop_duplicates().tolist()))
    figure = go.Figure()
    looks = ((0.16, "circle", INK), (-0.16, "diamond-open", MUTED))
    for (goods, name), (shift, symbol, colour) in zip(GOODS.items(), looks, strict=True):
        part = table[table["goods"] == goods]
        figure.add_scatter(
            x=part["ratio"].round(4),
            y=part["specification"].map(order.index) + shift,
            mode="markers",
            name=name,
            marker=mark(colour, symbol, 10, 2),
            error_x=interval(part["ratio"], part["low"], part["high"], colour, digits=4, thickness=1.5),
            customdata=part[["below", "pairs"]],
            hovertemplate="%{x:.2f}; %{customdata[0]} of %{customdata[1]} other pairs are lower<extra>"
            + name
            + "</extra>",
        )
    figure.add_vline(x=1, line=DOTTED)
    lane_axis(figure, [_narrow(SPECIFICATION_LABELS[key]) for key in order], showgrid=False)
    figure.update_xaxes(**multiples([0.1, 0.2, 0.5, 1], -1.2, 0.25))
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"b": 50})
    named = table.replace({"specification": SPECIFICATION_LABELS, "goods": GOODS})
    columns = {"specification": "Specification", "goods": "Goods", "ratio": "Actual by expected", "low": "Low"}
    columns |= {"high": "High", "below": "Other pairs with a lower ratio", "pairs": "Other pairs"}
    return finish(
        figure,
        title=title,
        alt=_specifications_in_words(table),
        data=for_readers(named.round({"ratio": 3, "low": 3, "high": 3}), columns),
        height=520,
        subtitle="Actual by expected trade of Algeria and Morocco, by specification; 95 per cent interval of the "
        "expectation",
    )


def _specifications_in_words(table: pd.DataFrame) -> str:
    """How far the ratios reach for each kind of goods, and how many intervals lie below one."""
    panes = []
    for goods, part in table.groupby("goods", sort=False):
        low, below = part.loc[part["ratio"].idxmin()], int((part["high"] < 1).sum())
        panes.append(
            f"{GOODS[goods].capitalize()}: ratios from {part['ratio'].min():.2f} "
            f"({SPECIFICATION_LABELS[low['specification']]}) to {part['ratio'].max():.2f}, {below} of {len(part)} "
            "intervals wholly below one."
        )
    return f"Ratios with intervals by specification. {' '.join(panes)}"


def _narrow(label: str) -> str:
    """A label in lines that fit beside a figure."""
    label = label.replace(", ", ",<br>")
    for word in ("as", "of", "the", "in"):
        label = label.replace(f" {word} ", f"<br>{word} ")
    return label


def shares(table: pd.DataFrame, title: str) -> go.Figure:
    """What Algeria and Morocco sold to each other, as shares of what each exported to the region.

    Parameters
    ----------
    table : pandas.DataFrame
        Table ``trade_shares``.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure, rows, told = go.Figure(), [], []
    cut, restored, border = TURNS
    for exporter, importer in (PAIR, PAIR[::-1]):
        values = _share_by_year(table, exporter, importer)
        line = {"color": COUNTRY[exporter], "width": 2.5, "dash": DASH[exporter]}
        _exports(figure, values, f"{NAMES[exporter]}<br>to {NAMES[importer]}", SHAPE[exporter], line)
        rows += [(NAMES[exporter], NAMES[importer], int(year), value) for year, value in values.items()]
        told.append(_share_in_words(exporter, importer, values))
    shade(figure, cut, restored, MUTED)
    figure.add_vline(x=border, line=DOTTED)
    for year, words, side in (((cut + restored) / 2, "relations<br>cut", "center"), (border, "border shut", "left")):
        write(figure, year, 1, words, yref="paper", yanchor="top", xanchor=side, xshift=4 * (side == "left"))
    figure.update_yaxes(range=[0, 70], tickvals=list(range(0, 61, 20)))
    figure.update_xaxes(range=[1962, 2032], tickvals=list(range(1970, 2021, 10)))
    return finish(
        figure,
        title=title,
        alt=f"Two lines, per cent of exports to other Maghreb states, with {cut} to {restored} shaded. {' '.join(told)}",
        data=pd.DataFrame(
            rows, columns=["Exporter", "Importer", "Year", "Per cent of exports to other Maghreb states"]
        ),
        height=380,
        subtitle="Per cent of each state's exports to other Maghreb states that went to the other of the two, "
        f"every fourth year from {table['year'].min()} to {table['year'].max()}; shaded: relations cut",
    )


def shares_beside(table: pd.DataFrame, title: str) -> go.Figure:
    """Exports of the two to each other and to Tunisia, as shares of what they export to the region.

    Parameters
    ----------
    table : pandas.DataFrame
        Table ``trade_shares``.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = panels([f"Exports of {NAMES[iso3]}" for iso3 in PAIR], 0.12, shared_yaxes=True)
    rows, told = [], []
    for row, (iso3, other) in enumerate((PAIR, PAIR[::-1]), start=1):
        for partner, symbol, line in (
            (TUNISIA, "diamond-open", {"color": COUNTRY[TUNISIA], "width": 1.5, "dash": "dot"}),
            (other, "circle", {"color": COUNTRY[iso3], "width": 2.5, "dash": "solid"}),
        ):
            values = _share_by_year(table, iso3, partner)
            _exports(figure, values, NAMES[partner], symbol, line, row=row, col=1)
            told.append(_share_in_words(iso3, partner, values))
            rows += [(NAMES[iso3], NAMES[partner], int(year), value) for year, value in values.items()]
    for year in TURNS:
        figure.add_vline(x=year, line=DOTTED)
        side = "left" if year == TURNS[-1] else "right"
        write(figure, year, 1, str(year), colour=MUTED, yref="y2 domain", yanchor="top", xanchor=side)
    figure.update_yaxes(range=[0, 80], nticks=5)
    figure.update_xaxes(range=[1962, 2034], tickvals=list(range(1970, 2021, 10)))
    figure.update_layout(margin={"t": 34})
    return finish(
        figure,
        title=title,
        alt=f"Lines by year in two panels, per cent of exports to the region. {' '.join(told)}",
        data=pd.DataFrame(rows, columns=["Exporter", "Importer", "Year", "Per cent of exports to the region"]),
        height=520,
        subtitle="Per cent of the exporter's exports to the region, every fourth year; dotted: ties cut 1976, "
        "restored 1988, border closed 1994",
    )


def _share_in_words(exporter: str, importer: str, values: pd.Series) -> str:
    """The shares of one line, year by year."""
    told = listing(f"{value:g} in {year}" for year, value in values.items())
    return f"{NAMES[exporter]} to {NAMES[importer]}: {told}."


def _share_by_year(table: pd.DataFrame, exporter: str, importer: str) -> pd.Series:
    """Per cent of a state's exports to the region that go to another, by year."""
    part = table[(table["exporter"] == exporter) & (table["importer"] == importer)].dropna(subset="share_of_region")
    return (100 * part.set_index("year")["share_of_region"].sort_index()).round(1)


def _exports(figure: go.Figure, values: pd.Series, name: str, symbol: str, line: dict, **panel) -> None:
    """The line of one partner, named at its end."""
    figure.add_scatter(
        x=values.index,
        y=values,
        mode="lines+markers",
        line=line,
        marker={"size": 7, "symbol": symbol},
        showlegend=False,
        hovertemplate=f"{name.replace('<br>', ' ')}, %{{x}}: %{{y:.1f}} per cent<extra></extra>",
        **panel,
    )
    end = values.index[-1], values.iloc[-1]
    write(figure, *end, name, size=13, colour=INK, xanchor="left", xshift=8, align="left", **panel)


def costs(table: pd.DataFrame, title: str) -> go.Figure:
    """Published estimates side by side, one panel for each unit.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.standoff.cost_estimates`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    unit = table["unit"].str.removesuffix(" per year").where(table["unit"].str.startswith("billion"), table["unit"])
    table = table.assign(panel=unit.map(UNIT))
    sizes = [int((table["panel"] == panel).sum()) for panel in UNIT.values()]
    figure = panels(list(UNIT.values()), 0.11, shared_xaxes=False, row_heights=[size + 0.8 for size in sizes])
    for row, panel in enumerate(UNIT.values(), start=1):
        part = table[table["panel"] == panel].reset_index(drop=True)
        for place, item in enumerate(part.itertuples()):
            _estimate(figure, row, place, item)
        makers = part["maker"].map(_maker).tolist()
        lane_axis(figure, makers, down=True, showgrid=False, row=row, col=1)
        figure.update_xaxes(range=[0, 1.6 * part["high"].max()], nticks=4, row=row, col=1)
    for name, fill in (("a page reports a study", INK), ("the study is not named", TRANSPARENT)):
        legend_entry(figure, name, _studied(fill), hoverinfo="skip")
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 34, "b": 50})
    columns = {"maker": "Maker", "counts": "What is counted", "low": "Low", "high": "High", "unit": "Unit"}
    columns |= {"year": "Year", "basis": "Basis", "verification": "Verification"}
    return finish(
        figure,
        title=title,
        alt=_costs_in_words(table),
        data=for_readers(table, columns),
        height=640,
        subtitle="Published estimates of what the missing integration of the Maghreb costs; four units that cannot "
        "be converted into one another here",
    )


def _costs_in_words(table: pd.DataFrame) -> str:
    """Each estimate by its maker, panel by panel."""
    panes = []
    for panel in UNIT.values():
        part = table[table["panel"] == panel]
        if part.empty:
            continue
        told = listing(
            f"{row.maker} {row.low:g}" + (f" to {row.high:g}" if row.low < row.high else "")
            for row in part.itertuples()
        )
        panes.append(f"{panel}: {told}.")
    return f"Points in {count(len(panes))} panels. {' '.join(panes)}"


def _studied(fill: str) -> dict:
    """The ``marker`` of an estimate: full where a page reports a study."""
    return {"size": 11, "color": fill, "line": {"width": 2, "color": INK}}


def _estimate(figure: go.Figure, row: int, place: int, item) -> None:
    """One estimate in its lane: its ends, the line between them, and its numbers in words."""
    ends = sorted({item.low, item.high})
    if item.low < item.high:
        stroke(figure, ends, [place, place], MUTED, 3, row=row, col=1)
    text = " to ".join(f"{end:g}" for end in ends)
    figure.add_scatter(
        x=ends,
        y=[place] * len(ends),
        mode="markers",
        showlegend=False,
        row=row,
        col=1,
        marker=_studied(INK if item.basis == STUDY else TRANSPARENT),
        hovertemplate=f"{text}: {item.counts}<extra></extra>",
    )
    write(figure, item.high, place, text, size=13, xanchor="left", xshift=10, row=row, col=1)


def _maker(name: str) -> str:
    """Who made an estimate, in lines that fit beside it and without what follows the name."""
    short = re.split(", as | that |, on ", name)[0]
    return re.sub(" (finance|economic|Monetary|Maghreb)", r"<br>\1", short[:1].upper() + short[1:])
