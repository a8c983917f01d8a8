"""Every day and period that the report speaks of, and the words in which readers see them.

A period has a short permanent key, which code and data tables use. Its words
stand in :data:`LABELS` and are looked up when something is shown, so that a
translation changes them here and breaks no computation. Words that are no more
than the years or days of a period are made from them.
"""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import spoken

Span = tuple[pd.Timestamp, pd.Timestamp]
Years = tuple[int, int]

DAY = pd.Timedelta(days=1)
ARTICLE = pd.Timestamp(2014, 5, 14)
COUP = pd.Timestamp(2012, 3, 22)
# From this day on the states of the Sahel withdrew from what they had joined.
EXITS = pd.Timestamp(2022, 1, 1)
# Algeria cut relations with Morocco.
RELATIONS_CUT = pd.Timestamp(2021, 8, 24)
# Spain ran the territory until then, and the two mostly voted alike on it.
QUESTION = pd.Timestamp(1975, 1, 1)
# Days on which the allegation against Mali became public, or better known.
PUBLIC = {
    "protest": pd.Timestamp(2010, 2, 22),
    "cables": pd.Timestamp(2010, 12, 7),
    "report": pd.Timestamp(2011, 7, 19),
}


def _years(first: int, last: int) -> Span:
    return pd.Timestamp(first, 1, 1), pd.Timestamp(last, 12, 31)


BASELINE = _years(1990, 2011)
RECENT = _years(2010, 2011)
CASCADE = (BASELINE[1] + DAY, ARTICLE)
YEAR = (ARTICLE - pd.DateOffset(years=1) + DAY, ARTICLE)
# Last day before the cascade, on which the older architecture is described.
EVE = BASELINE[1]
# First and last day of each period, both within it.
SPANS: dict[str, Span] = {
    "before": (pd.Timestamp.min, BASELINE[0] - DAY),
    "early": (pd.Timestamp.min, RECENT[0] - DAY),
    "baseline": BASELINE,
    "decade": _years(2000, 2011),
    "two_before": _years(2008, 2009),
    "three_years": _years(2009, 2011),
    "recent": RECENT,
    "cascade": CASCADE,
    "in_2013": _years(2013, 2013),
    "since_coup": (COUP, ARTICLE),
    "year_before": (YEAR[0] - pd.DateOffset(years=1), YEAR[0] - DAY),
    "year": YEAR,
    "after": (ARTICLE + DAY, pd.Timestamp.max),
    "after_lists": (ARTICLE + DAY, pd.Timestamp(2026, 3, 31)),
    "after_to_2015": (ARTICLE + DAY, pd.Timestamp(2015, 12, 31)),
    "after_to_2025": (ARTICLE + DAY, pd.Timestamp(2025, 12, 31)),
    "to_article": (BASELINE[0], ARTICLE),
    "to_2025": (BASELINE[0], pd.Timestamp(2025, 12, 31)),
}
# First and last year of what is known by the year.
YEARS: dict[str, Years] = {
    "before_break": (1963, 1975),
    # Roll calls of a year are mostly cast in its autumn: relations were cut in the autumns of 1976 to 1987.
    "break": (1976, 1987),
    "after_break": (1988, 1999),
    "decade": (2000, 2011),
    "votes_since": (2012, 2023),
    "before_hostages": (1989, 2002),
    "hostages": (2003, 2011),
    # From 2008 on, hostages seized in every year were held in Mali.
    "hostages_early": (2003, 2007),
    "hostages_late": (2008, 2011),
    "war_in_mali": (2012, 2014),
    "trade": (2012, 2022),
    "spread": (2015, 2019),
    "lately": (2020, 2024),
    "five_to_article": (2009, 2013),
    "algerian_war": (1992, 1999),
    "crisis": (2012, 2013),
    "after_crisis": (2014, 2017),
    "deadliest": (2018, 2024),
}


def in_words(day: pd.Timestamp) -> str:
    """A day as readers see it: ``14 May 2014``."""
    return spoken(str(day.date()))


def in_month(day: pd.Timestamp) -> str:
    """The month of a day as readers see it: ``May 2014``."""
    return spoken(f"{day:%Y-%m}")


def in_years(first: int, last: int) -> str:
    """First and last year as readers see them: ``1990-2011``."""
    return f"{first}-{last}"


def _whole_years(key: str) -> str:
    return in_years(*(day.year for day in SPANS[key]))


LABELS: dict[str, str] = {
    "before": f"before {BASELINE[0].year}",
    "early": f"to {RECENT[0].year - 1}",
    **{key: _whole_years(key) for key in ("baseline", "two_before", "three_years", "recent")},
    **{key: in_years(*years) for key, years in YEARS.items()},
    "cascade": f"{in_month(CASCADE[0])} to the article",
    "in_2013": "calendar 2013",
    "since_coup": f"coup of {in_words(COUP)} to the article",
    "year": "twelve months to the article",
    "after": "after the article",
    "after_lists": "after, to early 2026",
    "after_to_2015": "after the article, to 2015",
    "protest": f"protest of {in_month(PUBLIC['protest'])}",
    "cables": f"cables of {in_month(PUBLIC['cables'])}",
    "report": f"report of {in_month(PUBLIC['report'])}",
}
