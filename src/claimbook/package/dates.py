"""Partial dates: ``2010``, ``2010-03`` and ``2010-03-16`` are different facts."""

from __future__ import annotations

import calendar
import functools
import re

import pandas as pd

from claimbook.words import WORDS

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def _parts(date: str) -> tuple[str, str | None, str | None]:
    """Year, month and day of a partial date, as far as it goes."""
    match = PARTIAL_DATE.fullmatch(date)
    if match is None:
        raise ValueError(f"{date!r} is no partial date")
    return match[1], match[2], match[3]


def bound(value, last: bool):
    """First or last day that a partial date can mean; missing stays missing."""
    return pd.NaT if pd.isna(value) else _bound(value, last)


@functools.lru_cache(maxsize=32768)
def _bound(date: str, last: bool) -> pd.Timestamp:
    """A day that a partial date can mean, worked out once for the many rows that have it."""
    year, month, day = _parts(date)
    in_month = int(month or (12 if last else 1))
    on_day = int(day or (calendar.monthrange(int(year), in_month)[1] if last else 1))
    return pd.Timestamp(int(year), in_month, on_day)


def earliest(dates: pd.Series) -> pd.Series:
    """First day that each partial date can mean (``2010-03`` -> 1 March 2010)."""
    return pd.to_datetime(dates.map(lambda value: bound(value, last=False)))


def latest(dates: pd.Series) -> pd.Series:
    """Last day that each partial date can mean (``2010-03`` -> 31 March 2010)."""
    return pd.to_datetime(dates.map(lambda value: bound(value, last=True)))


def spoken(date: str, months: str = WORDS["months"]) -> str:
    """A partial date as text: ``2010-03-16`` -> ``16 March 2010``, with the names of months given."""
    year, month, day = _parts(date)
    return " ".join(part for part in (day and str(int(day)), month and months.split()[int(month) - 1], year) if part)
