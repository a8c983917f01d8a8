"""A chronicle of the region since 2012."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import for_readers, iso_days, lane_axis, mark, time_axis
from claimbook.figure import INK, bars, finish
from cooperation.figures.days import mark_article
from cooperation.figures.palette import LEFT, MAIN, REST, SECOND, THIRD
from cooperation.measures.turning_points import LANES, SPANS

LABELS = {
    "serval": "Serval (France)",
    "barkhane": "Barkhane (France)",
    "takuba": "Takuba (Europe)",
    "minusma": "MINUSMA (UN)",
    "wagner": "Wagner in Mali",
    "africa_corps": "Africa Corps in Mali",
    "accord": "Algiers accord",
    "alliance": "Sahel alliance",
    "power": "Seizures of power",
    "rooms": "Exits",
    "penalties": "Sanctions",
    "attacks": "Attacks",
}
SPAN_COLOUR = {
    **dict.fromkeys(("serval", "barkhane", "takuba"), SECOND),
    "minusma": REST,
    **dict.fromkeys(("wagner", "africa_corps"), THIRD),
    **dict.fromkeys(("accord", "alliance"), MAIN),
}
SYMBOL = {"power": ("diamond", INK), "rooms": ("x", LEFT), "penalties": ("square", REST), "attacks": ("circle", THIRD)}
FIRST, LAST = "2011-09-01", "2026-12-31"


def chronicle(spans: pd.DataFrame, marks: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """What stood from when to when, above what happened on which day.

    Parameters
    ----------
    spans : pandas.DataFrame
        From :func:`cooperation.measures.turning_points.standing`.
    marks : pandas.DataFrame
        From :func:`cooperation.measures.turning_points.lanes`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = [*SPANS, *LANES]
    figure = go.Figure()
    for row in spans.itertuples():
        figure.add_bar(
            x=[(row.last - row.first).total_seconds() * 1000],
            base=[f"{row.first:%Y-%m-%d}"],
            y=[rows.index(row.key)],
            orientation="h",
            width=0.5,
            marker=bars(SPAN_COLOUR[row.key]),
            showlegend=False,
            hovertemplate=f"{LABELS[row.key]}: {row.began} to {'the end of the record' if row.stands else row.ended}"
            "<extra></extra>",
        )
    for lane, part in marks.groupby("lane"):
        symbol, colour = SYMBOL[lane]
        figure.add_scatter(
            x=iso_days(part["day"]),
            y=[rows.index(lane)] * len(part),
            mode="markers",
            marker=mark(colour, symbol, 9),
            showlegend=False,
            customdata=part[["title", "date"]],
            hovertemplate="%{customdata[1]}: %{customdata[0]}<extra></extra>",
        )
    lane_axis(figure, [LABELS[row] for row in rows], down=True, showgrid=False, tickfont={"size": 12})
    time_axis(figure, FIRST, LAST, 48, "2014-01-01", type="date")
    mark_article(figure)
    figure.update_layout(barmode="overlay", margin={"t": 36})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=_rows(spans, marks),
        height=520,
        subtitle="Forces, missions and pacts with the days on which they began and ended; seizures of power, exits, "
        "sanctions and their lifting, and attacks, each on its day",
    )


def _rows(spans: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """The spans, and below them what happened."""
    names = {"what": "What", "began": "From", "ended": "To", "title": "Event"}
    stood = spans.assign(what=spans["key"].map(LABELS), title="")
    met = marks.assign(what=marks["lane"].map(LABELS), began=marks["date"], ended=marks["date_end"])
    return pd.concat([for_readers(stood, names), for_readers(met, names)])
