"""Whether the dispute is the measure of all things: how the two vote, and why they broke and mended; the report's figures."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import DOTTED, for_readers, legend_entry, mark, shade, stroke, write
from claimbook.figure import GRID, INK, MUTED, PAPER, finish
from claimbook.wording import listing
from cooperation.figures.palette import MAIN, REST
from cooperation.measures.prism import ACCOUNTS, LAST_FULL_YEAR, PERIODS, SIDES
from cooperation.periods import LABELS, YEARS
from cooperation.states import ALGERIA, MOROCCO

# Periods that follow one another; the second break falls into the last.
SPANS = ("before_break", "break", "after_break", "decade", "votes_since")
# From the top: who took the steps, and of which sign.
LANES = (
    ("break", MOROCCO, "Morocco against Algeria"),
    ("break", ALGERIA, "Algeria against Morocco"),
    ("break", "both", "Each against the other"),
    ("thaw", "", "Towards each other"),
)
OVER_IT, OTHER = "Western Sahara among the reported reasons", "other reasons alone"


def place(yearly: pd.DataFrame, periods: pd.DataFrame, title: str) -> go.Figure:
    """Place of Algeria and Morocco among the pairs of the region, by year and by period.

    Parameters
    ----------
    yearly : pandas.DataFrame
        From :func:`cooperation.measures.prism.standing`.
    periods : pandas.DataFrame
        The pair's rows from :func:`cooperation.measures.prism.by_period`, with ``period`` as index.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    shade(figure, YEARS["break"][0] - 0.5, YEARS["break"][1] + 0.5, GRID, 0.6)
    shade(figure, PERIODS["second_break"][0] - 0.5, LAST_FULL_YEAR + 0.5, GRID, 0.6)
    figure.add_hline(y=50, line=DOTTED)
    figure.add_scatter(
        x=yearly["year"].tolist(),
        y=yearly["percentile"].round(1),
        mode="markers",
        showlegend=False,
        marker=mark(REST, "circle", 5, 0),
        hovertemplate="%{x}: alike more often than %{y:.0f} % of the other pairs<extra></extra>",
    )
    for span in SPANS:
        value = periods.at[span, "percentile"]
        first, last = YEARS[span]
        stroke(figure, [max(first, yearly["year"].min()) - 0.4, last + 0.4], [value, value], MAIN, 5)
        middle, words = (first + last) / 2, f"<b>{value:.0f}</b>"
        write(figure, middle, value, words, size=15, yanchor="bottom", yshift=4, bgcolor=PAPER, borderpad=0)
    write(figure, sum(YEARS["break"]) / 2, 100, "relations cut", colour=MUTED, yanchor="top")
    write(figure, LAST_FULL_YEAR + 0.5, 100, "cut again", colour=MUTED, yanchor="top", xanchor="right")
    write(figure, 1961, 50, "half of the pairs", colour=MUTED, yanchor="bottom", xanchor="left")
    figure.update_xaxes(range=[1960.5, LAST_FULL_YEAR + 1], dtick=10, tick0=1970, tickangle=0)
    figure.update_yaxes(range=[-2, 102], dtick=25, ticksuffix=" %")
    rows = _place_rows(yearly, periods)
    return finish(
        figure,
        title=title,
        alt=_told_places(rows),
        data=rows,
        height=380,
        subtitle="How many of the region's other pairs of states, in per cent, voted alike less often than these two in "
        "the UN General Assembly; bars: periods, dots: years; votes on Western Sahara left out",
    )


def _place_rows(yearly: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """What is drawn: the periods, then the years."""
    spans = [(LABELS[span], round(float(periods.at[span, "percentile"]), 1)) for span in SPANS]
    years = [(str(row.year), round(row.percentile, 1)) for row in yearly.itertuples()]
    return pd.DataFrame(spans + years, columns=["When", "Share of pairs below, per cent"])


def _told_places(rows: pd.DataFrame) -> str:
    """The periods of :func:`place` in words."""
    spans = rows.head(len(SPANS))
    told = listing(f"{value:.0f} per cent in {when}" for when, value in spans.to_numpy())
    return f"Algeria and Morocco voted alike more often than {told} of the other pairs; a dot for each year."


def steps(table: pd.DataFrame, title: str) -> go.Figure:
    """Breaks and thaws as a row of marks for each side, full where Western Sahara is among the grounds.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.prism.between_the_two`, acts of governments towards each other.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    over_it = table["territory"].isin(ACCOUNTS["page"])
    table = table.assign(over_it=over_it, words=over_it.map({True: OVER_IT, False: OTHER}))
    longest = 0
    for level, (sign, side, words) in enumerate(LANES):
        own = table[(table["sign"] == sign) & (table["side"].eq(side) | (side == ""))].sort_values("start")
        longest = max(longest, len(own))
        heading = f"<b>{words}</b>: {own['over_it'].sum() or 'none'} of {len(own)}"
        write(figure, -0.4, -level + 0.27, heading, size=14, xanchor="left", yanchor="bottom")
        _row_of_steps(figure, own, -level)
    for words, symbol in ((OVER_IT, "circle"), (OTHER, "circle-open")):
        legend_entry(figure, words, mark(MAIN if symbol == "circle" else INK, symbol, 14, 2))
    figure.update_yaxes(visible=False, range=[-len(LANES) + 0.5, 0.65])
    figure.update_xaxes(visible=False, range=[-0.5, longest - 0.4])
    figure.update_layout(legend={"y": 1, "yanchor": "bottom"}, margin={"t": 16, "b": 8})
    data = table.assign(side=table["side"].map(SIDES))
    columns = {"date": "Date", "title": "Step", "sign": "Sign", "side": "By", "words": "Reported reasons"}
    return finish(
        figure,
        title=title,
        alt=_told_steps(table),
        data=for_readers(data, columns),
        height=420,
        subtitle=f"Steps by which one government broke with or came closer to the other, {table['start'].min().year} to "
        f"{table['start'].max().year}, each with its year; what is itself about the territory left out",
    )


def _row_of_steps(figure: go.Figure, own: pd.DataFrame, height: float) -> None:
    """The steps of one side in the order of their dates, each with its year."""
    figure.add_scatter(
        x=list(range(len(own))),
        y=[height] * len(own),
        mode="markers+text",
        showlegend=False,
        text=own["start"].dt.year.astype(str).tolist(),
        textposition="bottom center",
        textfont={"size": 12, "color": INK},
        marker=mark(
            [MAIN if over_it else INK for over_it in own["over_it"]],
            ["circle" if over_it else "circle-open" for over_it in own["over_it"]],
            17,
            2,
        ),
        customdata=own[["date", "title", "words"]].to_numpy().tolist(),
        hovertemplate="%{customdata[0]}: %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )


def _told_steps(table: pd.DataFrame) -> str:
    """The rows of :func:`steps` in words."""
    told = []
    for sign, side, words in LANES:
        own = table[(table["sign"] == sign) & (table["side"].eq(side) | (side == ""))].sort_values("start")
        of_it = own.loc[own["over_it"], "start"].dt.year.astype(str)
        when = f", those of {listing(of_it)}" if len(of_it) else ""
        told.append(f"{words}: {len(of_it)} of {len(own)} steps with Western Sahara among the reasons{when}.")
    return " ".join(told)
