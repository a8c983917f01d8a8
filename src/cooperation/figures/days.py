"""Days and periods of the subject, as every figure marks them on its axis of time."""

from __future__ import annotations

import plotly.graph_objects as go

from claimbook.drawing import mark_day, shade
from cooperation.figures.palette import MAIN
from cooperation.periods import ARTICLE, CASCADE, COUP, YEAR, Span


def mark_article(figure: go.Figure) -> None:
    """Mark the day of the article."""
    mark_day(figure, str(ARTICLE.date()), "article")


def mark_coup(figure: go.Figure) -> None:
    """Mark the day of the Malian coup."""
    mark_day(figure, str(COUP.date()), "coup")


def _shade(figure: go.Figure, period: Span) -> None:
    first, last = (str(day.date()) for day in period)
    shade(figure, first, last, MAIN)


def shade_cascade(figure: go.Figure) -> None:
    """Shade the cascade."""
    _shade(figure, CASCADE)


def shade_year(figure: go.Figure) -> None:
    """Shade the article's twelve months."""
    _shade(figure, YEAR)
