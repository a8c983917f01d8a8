"""Two figures on 2014 to now: which forces were there, and how many people were killed."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.drawing import for_readers, time_axis, write, write_in_panel
from claimbook.figure import INK, MUTED, PAPER, bars, finish
from claimbook.package.dates import spoken
from claimbook.wording import count, listing
from cooperation.figures.palette import MAIN, SECOND

LABELS = {
    "france": "France, in Mali",
    "united_nations": "United Nations, in Mali",
    "takuba": "Takuba (Europeans), in Mali",
    "russia": "Wagner, then Africa Corps, in Mali",
    "lake_chad": "Lake Chad force",
    "g5": "G5 Sahel force",
    "alliance": "Sahel alliance's force",
}
HEADS = {True: "From outside the region", False: "Of the region's own states"}
FIRST, LAST = "2012-10-01", "2026-07-31"
# Past this day the words above a bar end where it ends, or they would run out of the figure.
LATE = pd.Timestamp(2019, 1, 1)


def forces(spans: pd.DataFrame, coups: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Which forces were there from when to when, with the seizures of power.

    Parameters
    ----------
    spans : pandas.DataFrame
        From :func:`cooperation.measures.since.presence`.
    coups : pandas.DataFrame
        From :func:`cooperation.measures.since.coups`.
    names : pandas.Series
        Names of actors by code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    _name_coups(figure, coups, names)
    level = 0.0
    for outside, head in HEADS.items():
        write(figure, 0, level - 0.1, head, colour=MUTED, xref="paper", xanchor="left")
        for row in spans[spans["outside"] == outside].itertuples():
            level += 1
            _bar(figure, level, row)
        level += 0.75
    figure.update_yaxes(visible=False, range=[level - 0.35, -0.5])
    time_axis(figure, FIRST, LAST, 24, "2014-01-01", type="date")
    figure.update_layout(barmode="overlay", margin={"l": 8, "r": 8, "t": 52, "b": 30})
    told = [f"{LABELS[row.key]}, from {spoken(row.began)}{_until(row)}" for row in spans.itertuples()]
    closed = str(spans["last"].max().date())
    seized = [f"{names[row.country]} in {row.day:%B %Y}" for row in coups.itertuples()]
    return finish(
        figure,
        title=title,
        alt=f"A bar for each of {count(len(spans))} forces. {title}. {'; '.join(told)}. Dotted lines: coups, in {listing(seized)}.",
        data=_rows(spans, coups, names),
        height=470,
        subtitle=f"From the day on which a force began, was founded or (Wagner) was reported, to its end or to {spoken(closed)}; dotted: coups",
    )


def _bar(figure: go.Figure, lane: float, row) -> None:
    """The bar of one force, with its name above."""
    figure.add_bar(
        x=[(row.last - row.first).total_seconds() * 1000],
        base=[f"{row.first:%Y-%m-%d}"],
        y=[lane],
        orientation="h",
        width=0.34,
        marker=bars(SECOND if row.outside else MAIN),
        showlegend=False,
        hovertemplate=f"{LABELS[row.key]}: from {spoken(row.began)}{_until(row)}<extra></extra>",
    )
    at, side = (row.last, "right") if row.first > LATE else (row.first, "left")
    write(figure, f"{at:%Y-%m-%d}", lane - 0.4, f"<b>{LABELS[row.key]}</b>", xanchor=side, bgcolor=PAPER, borderpad=0)


def _until(row) -> str:
    """Until when, in words."""
    return ", still there" if row.stands else f" to {spoken(row.ended)}"


def _name_coups(figure: go.Figure, coups: pd.DataFrame, names: pd.Series) -> None:
    """An upright line for each seizure of power, and the name of the state above its own, in turns on two lines."""
    for day in coups["day"]:
        figure.add_vline(x=f"{day:%Y-%m-%d}", line={"color": MUTED, "dash": "dot", "width": 1}, layer="below")
    middles = coups.groupby("country", sort=False)["day"].agg(lambda days: days.min() + (days.max() - days.min()) / 2)
    for place, (country, day) in enumerate(middles.items()):
        line = 15 * (place % 2)
        write(figure, f"{day:%Y-%m-%d}", 1, names[country], yref="paper", yanchor="bottom", yshift=line)
    write(figure, 0, 1, "Coups in", colour=MUTED, xref="paper", yref="paper", xanchor="left", yanchor="bottom")


def _rows(spans: pd.DataFrame, coups: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The forces, and below them the seizures of power."""
    stood = spans.assign(what=spans["key"].map(LABELS), ended=spans["ended"].fillna("still there at the cut-off"))
    seized = coups.assign(what="Coup in " + coups["country"].map(names), began=coups["day"].dt.strftime("%Y-%m-%d"))
    both = pd.concat([stood, seized.assign(ended="")], ignore_index=True)
    return for_readers(both, {"what": "What", "began": "From", "ended": "To"})


def deaths(years: pd.Series, months: pd.Series, named: tuple[int, ...], title: str, alt: str) -> go.Figure:
    """Deaths in the central Sahel by year, and apart from them those of months that are provisional.

    Parameters
    ----------
    years : pandas.Series of int
        Deaths by year, from one release.
    months : pandas.Series of int
        Deaths by month, from :func:`cooperation.measures.since.candidates`.
    named : tuple of int
        Years whose number stands above the bar.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=2, cols=1, row_heights=[0.68, 0.32], vertical_spacing=0.24)
    words = [f"{number:,}" if year in named else "" for year, number in years.items()]
    spoken_months = [spoken(month).split()[0] for month in months.index]
    for row, x, y, text, hollow in (
        (1, years.index, years, words, False),
        (2, spoken_months, months, [f"{number:,}" for number in months], True),
    ):
        figure.add_bar(
            x=list(x),
            y=y.tolist(),
            text=text,
            textposition="outside",
            textfont={"size": 12, "color": INK},
            constraintext="none",
            cliponaxis=False,
            marker=bars(MAIN, hollow),
            showlegend=False,
            row=row,
            col=1,
            hovertemplate="%{x}: %{y:,}<extra></extra>",
        )
    heads = ("<b>By year</b>", f"<b>{months.index[0][:4]} by month: provisional, not added up</b>")
    for row, head in enumerate(heads, start=1):
        write_in_panel(figure, row, head, y=1.08, xanchor="left", yanchor="bottom")
    figure.update_yaxes(rangemode="tozero", nticks=4, tickformat=",")
    figure.update_xaxes(tickvals=[year for year in years.index if year % 3 == 2], row=1, col=1)
    figure.update_layout(bargap=0.25, margin={"t": 36, "b": 28})
    table = pd.DataFrame({"When": [*map(str, years.index), *months.index], "Deaths": [*years, *months]})
    kinds = ["final, release 26.1"] * len(years) + ["provisional, candidate events"] * len(months)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=table.assign(Status=kinds),
        height=430,
        subtitle="Deaths in organised violence in Mali, Burkina Faso and Niger, best estimate: UCDP, release 26.1; "
        "hollow: candidate events of 2026, which later releases change",
    )
