"""Charges in rows: who said each and when, what speaks for it, what was answered, and how well it stands."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import for_readers, mark, write
from claimbook.figure import GRID, INK, finish
from cooperation.figures.allegations import INFORMATION_GRADE
from cooperation.figures.palette import MAIN

# Heights within a row, from its top: its name, its lines of words, and the strip of grades.
NAME, LINES, STRIP = 0.03, (0.22, 0.37, 0.52), (0.7, 0.88)
# The ends of the scale, and what lies beside it; a mark bears its own word.
TOLD = (1, 5, 6)
WORDS = {"said": "Said", "support": "For it", "answer": "Answer"}


def rows(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Charges one below the other, each with its words and a mark on the scale of what information can be.

    Parameters
    ----------
    table : pandas.DataFrame
        By key of the allegation, in the order of the rows: ``charge`` (its name), ``said``, ``support`` and ``answer``
        (short enough for a line of a phone), and ``grade``, ``information_words`` and ``information_credibility``
        from :func:`cooperation.measures.allegations.graded`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    for number, row in enumerate(table.itertuples()):
        _words_of(figure, number, row)
        _scale(figure, number)
    low, high = STRIP
    figure.add_scatter(
        x=table["information_credibility"],
        y=[number + (low + high) / 2 for number in range(len(table))],
        mode="markers+text",
        showlegend=False,
        text=["  " + word for word in table["information_words"]],
        textposition="middle right",
        textfont={"size": 12, "color": INK},
        cliponaxis=False,
        marker=mark(MAIN, "diamond", 13),
        customdata=table[["charge", "information_words", "grade"]].to_numpy().tolist(),
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]} (%{customdata[2]})<extra></extra>",
    )
    ticks = {"tickvals": list(TOLD), "ticktext": [INFORMATION_GRADE[grade] for grade in TOLD]}
    figure.update_xaxes(
        **ticks, range=[0.5, 6.5], showgrid=False, side="top", ticks="", tickangle=0, tickfont={"size": 11}
    )
    figure.update_yaxes(range=[len(table), -0.02], visible=False)
    figure.update_layout(margin={"t": 44, "b": 10, "l": 10, "r": 10})
    names = {"charge": "Charge", "said": "Said", "support": "For it", "answer": "Answer", "grade": "Grade"}
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(table, {**names, "information_words": "In words"}),
        height=80 + 116 * len(table),
        subtitle="How credible each charge is, as judged by this report, from confirmed to improbable",
    )


def _words_of(figure: go.Figure, number: int, row) -> None:
    """Name and lines of a row, from the left edge."""
    place: dict[str, Any] = {"xref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    write(figure, 0, number + NAME, f"<b>{row.charge}</b>", size=14, **place)
    for height, (column, word) in zip(LINES, WORDS.items(), strict=True):
        write(figure, 0, number + height, f"{word}: {getattr(row, column)}", **place)


def _scale(figure: go.Figure, number: int) -> None:
    """The empty cells of the grades below the words of a row."""
    low, high = (number + end for end in STRIP)
    for grade in INFORMATION_GRADE:
        corners = {"x0": grade - 0.5, "x1": grade + 0.5, "y0": low, "y1": high}
        figure.add_shape(type="rect", **corners, line={"color": GRID, "width": 1}, layer="below")
