"""Partial dates: ``2010``, ``2010-03`` and ``2010-03-16`` are different facts."""

from __future__ import annotations

import calendar
import re

import pandas as pd

from claimbook.words import WORDS

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def bound(value, last: bool):
    """First or last day that a partial date can mean; missing stays missing."""
    if pd.isna(value):
        return pd.NaT
    year, month, day = PARTIAL_DATE.fullmatch(value).groups()
    if month is None:
        month = 12 if last else 1
    if day is None:
        day = calendar.monthrange(int(year), int(month))[1] if last else 1
    return pd.Timestamp(int(year), int(month), int(day))


def earliest(dates: pd.Series) -> pd.Series:
    """First day that each partial date can mean (``2010-03`` -> 1 March 2010)."""
    return pd.to_datetime(dates.map(lambda value: bound(value, last=False)))


def latest(dates: pd.Series) -> pd.Series:
    """Last day that each partial date can mean (``2010-03`` -> 31 March 2010)."""
    return pd.to_datetime(dates.map(lambda value: bound(value, last=True)))


def spoken(date: str, months: str = WORDS["months"]) -> str:
    """A partial date as text: ``2010-03-16`` -> ``16 March 2010``, with the names of months given."""
    year, month, day = PARTIAL_DATE.fullmatch(date).groups()
    return " ".join(part for part in (day and str(int(day)), month and months.split()[int(month) - 1], year) if part)
