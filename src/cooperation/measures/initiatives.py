"""Foundings of initiatives: by year, by window and by definition of what counts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from claimbook.package.dates import earliest, latest
from cooperation.periods import SPANS
from cooperation.rows import Actor

# Roles of those who belong: a format without members has participants, and a suspended member still belongs.
BELONGS = ("member", "participant", "suspended")
# Keys of periods.
WINDOWS = ("year", "in_2013", "since_coup", "cascade")
BASES = ("baseline", "decade", "recent")
LED, SCOPE = "african", "core"
# What the report is about, as conditions for ``pandas.DataFrame.query``.
AFRICAN, CORE = f"led_by == '{LED}'", f"scope == '{SCOPE}'"
OR_MIXED = "led_by != 'external'"
UNION = f"body == '{Actor.AFRICAN_UNION}'"
NO_UNION = f"body != '{Actor.AFRICAN_UNION}'"
CHOICES = {
    "record": {"first": "search == 'first'", "first_two": "search != 'later'", "all": "search == search"},
    "led": {"african": AFRICAN, "or_mixed": OR_MIXED},
    "deals": {"counted": "id == id", "left_out": "not bilateral"},
    "announcements": {"counted": "id == id", "left_out": "not declared_only"},
    "relaunches": {"counted": "id == id", "left_out": "not relaunch"},
    "sourcing": {"any": "id == id", "full": "verification == 'yes'"},
    "scope": {"core": CORE, "wider": "id == id"},
}
DATES = {"founding": "founded", "authorisation": "authorised", "first_activity": "operational"}
# Words for readers: of the lists, of the choices, and of their options; windows and bases are periods.
LISTS = {"first": "first list", "second": "second list", "first_two": "first two lists", "all": "all searches"}
# The searches that made each list of LISTS of which each holds the one before.
SEARCHES = {"first": ("first",), "first_two": ("first", "second"), "all": ("first", "second", "later")}
CHOICE_LABELS = {
    "window": "Window",
    "base": "Base",
    "date": "Date",
    "record": "Record",
    "led": "Led",
    "deals": "Deals of two states",
    "announcements": "Announcements",
    "relaunches": "Relaunches",
    "sourcing": "Sourcing",
    "scope": "Scope",
}
OPTION_LABELS = {
    "founding": "founding act",
    "authorisation": "authorisation",
    "first_activity": "first activity",
    "african": "by Africans",
    "or_mixed": "or with outsiders",
    "counted": "counted",
    "left_out": "left out",
    "any": "any grade",
    "full": "fully sourced",
    "core": "core",
    "wider": "wider as well",
}
YEAR = 365.25
# The wave that ends with the article, in two parts, and what lies outside it.
OUTSIDE, EARLIER, OWN_YEAR = "outside the wave", "earlier in the wave", "the article's year"


def belonging(memberships: pd.DataFrame) -> pd.DataFrame:
    """The spells of those who belong to an initiative: the one rule for whom two states share, wherever it is counted.

    Parameters
    ----------
    memberships : pandas.DataFrame
        Table ``memberships``.

    Returns
    -------
    pandas.DataFrame
        The rows of a role of :data:`BELONGS`. Observers, partners, those who
        pledged, left or stayed outside do not belong, and rows from memory
        are left out.
    """
    return memberships[memberships["role"].isin(BELONGS) & (memberships["verification"] != "memory")]


def african_led(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of initiatives, or of what belongs to them, that Africans lead; column ``led_by``."""
    return table[table.eval(AFRICAN)]


def of_union(table: pd.DataFrame) -> pd.Series:
    """Which rows are bodies, acts and formats of the African Union or its predecessor; column ``body``."""
    return table["body"] == Actor.AFRICAN_UNION


def core_scope(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that are of core scope; column ``scope``."""
    return table[table.eval(CORE)]


def dated(initiatives: pd.DataFrame) -> pd.DataFrame:
    """Add the first and the last day that the founding date can mean.

    Parameters
    ----------
    initiatives : pandas.DataFrame
        Table ``initiatives``.

    Returns
    -------
    pandas.DataFrame
        The same rows by founding, with ``from_day`` and ``to_day``.
    """
    table = initiatives.assign(from_day=earliest(initiatives["founded"]), to_day=latest(initiatives["founded"]))
    return table.sort_values(["from_day", "id"], ignore_index=True)


def searched(table: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Add which search found each initiative.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`dated`.
    history : pandas.DataFrame
        Table ``capture_history``.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``search``: ``first`` or ``second`` for the two
        frozen lists (first, if in both), ``later`` for what was found since.
    """
    lists = history[history["kind"] == "initiative"]
    first, second = (set(lists.loc[lists[column], "initiative"].dropna()) for column in ("in_first", "in_second"))
    names = [("first" if key in first else "second" if key in second else "later") for key in table["id"]]
    return table.assign(search=names)


def by_searches(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The initiatives that count by each set of searches of :data:`SEARCHES`; column ``search``."""
    return {name: table[table["search"].isin(searches)] for name, searches in SEARCHES.items()}


def within(table: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Initiatives founded in a window, first and last day included.

    A date known only to the month or year counts by its first day; see
    :func:`ambiguous` for those on the edge.
    """
    return table[table["from_day"].between(*window)]


def by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Foundings by year, within the wave that ends with the article and outside it.

    Parameters
    ----------
    table : pandas.DataFrame
        Initiatives that count, from :func:`dated`.

    Returns
    -------
    pandas.DataFrame
        Index: every year from 1990 to the one before the last. Columns:
        ``wave`` (January 2012 to the article) and ``rest``.
    """
    years = range(SPANS["baseline"][0].year, int(table["from_day"].dt.year.max()))
    inside = table["from_day"].between(*SPANS["cascade"])
    parts = {"wave": table[inside], "rest": table[~inside]}
    counts = {name: part.groupby(part["from_day"].dt.year).size() for name, part in parts.items()}
    return pd.DataFrame(counts).reindex(years).fillna(0).astype(int).rename_axis("year")


def stacked(table: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Foundings of some years in stacks by quarter.

    Parameters
    ----------
    table : pandas.DataFrame
        Initiatives that count, from :func:`dated`.
    first, last : pandas.Timestamp
        First and last day shown.

    Returns
    -------
    pandas.DataFrame
        The rows by day, with ``group`` (:data:`OUTSIDE`, :data:`EARLIER` or
        :data:`OWN_YEAR`), ``middle`` (of the quarter) and ``level`` (place in
        its stack, from 1). A date known to the year lies in its first quarter.
    """
    part = table[table["from_day"].between(first, last)].sort_values(["from_day", "id"])
    group = pd.Series(OUTSIDE, index=part.index)
    group[part["from_day"].between(*SPANS["cascade"])] = EARLIER
    group[part["from_day"].between(*SPANS["year"])] = OWN_YEAR
    start = part["from_day"].dt.to_period("Q").dt.start_time
    level = start.groupby(start).cumcount() + 1
    return part.assign(group=group, middle=start + pd.Timedelta(days=45), level=level)


def ambiguous(table: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Initiatives whose founding date may lie in or out of a window."""
    first, last = window
    inside = table["from_day"].between(first, last)
    whole = inside & table["to_day"].between(first, last)
    touches = (table["from_day"] <= last) & (table["to_day"] >= first)
    return table[touches & ~whole]


def years(window: tuple[pd.Timestamp, pd.Timestamp]) -> float:
    """Length of a window in years."""
    first, last = window
    return ((last - first).days + 1) / YEAR


def rate_ratio(count: int, time: float, base_count: int, base_time: float, level: float = 0.95):
    """Ratio of two Poisson rates with its exact conditional interval.

    Given the sum of both counts, the first is binomial; the interval is that
    of Clopper and Pearson, carried over to the ratio.

    Parameters
    ----------
    count, base_count : int
        Events in the window and in the baseline.
    time, base_time : float
        Their lengths, in the same unit.
    level : float
        Confidence level.

    Returns
    -------
    (float, float, float)
        Ratio, lower and upper bound.

    References
    ----------
    Przyborowski, J. and Wilenski, H. (1940). Biometrika 31, 313-323.
    """
    from scipy.stats import binomtest

    bounds = binomtest(count, count + base_count).proportion_ci(level, method="exact")
    scale = base_time / time

    def ratio(share):
        return float("inf") if share == 1 else scale * share / (1 - share)

    return ratio(count / (count + base_count)), ratio(bounds.low), ratio(bounds.high)


def compared(counted: pd.DataFrame, window: tuple, base: tuple):
    """Foundings in a window against those in a baseline.

    Parameters
    ----------
    counted : pandas.DataFrame
        The initiatives that count, from :func:`dated`.
    window, base : (pandas.Timestamp, pandas.Timestamp)
        First and last day of each.

    Returns
    -------
    (int, int, float, float, float)
        Foundings in the window and in the baseline, and the ratio of the
        yearly rates with its bounds, as :func:`rate_ratio` gives them.
    """
    count, base_count = len(within(counted, window)), len(within(counted, base))
    return count, base_count, *rate_ratio(count, years(window), base_count, years(base))


def factors(tables: Mapping[str, pd.DataFrame], windows: Sequence[str], bases: Sequence[str]) -> pd.DataFrame:
    """Foundings in windows against those in bases, by set of searches.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Sets of searches to the initiatives that count, from :func:`searched`.
    windows, bases : sequence of str
        Keys of periods.

    Returns
    -------
    pandas.DataFrame
        Index: searches, window, base. Columns: count, base_count, ratio, low,
        high, as :func:`compared` gives them.
    """
    rows = {
        (name, window, base): compared(table, SPANS[window], SPANS[base])
        for name, table in tables.items()
        for window in windows
        for base in bases
    }
    table = pd.DataFrame(rows, index=["count", "base_count", "ratio", "low", "high"]).T
    return table.rename_axis(["searches", "window", "base"]).astype({"count": int, "base_count": int})


def options(table: pd.DataFrame) -> tuple[list[tuple[str, ...]], np.ndarray]:
    """Which initiatives count under every combination of :data:`CHOICES`.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`searched`.

    Returns
    -------
    list of tuple of str
        The combinations, one option a choice.
    numpy.ndarray
        Booleans, one row a combination, one column an initiative.
    """
    held = [[table.eval(rule).to_numpy(dtype=bool) for rule in rules.values()] for rules in CHOICES.values()]
    kept = np.array([np.logical_and.reduce(rules) for rules in itertools.product(*held)])
    return list(itertools.product(*CHOICES.values())), kept


def readings(table: pd.DataFrame) -> pd.DataFrame:
    """Answer the question once for every combination of reasonable choices.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`searched`.

    Returns
    -------
    pandas.DataFrame
        One row a reading, by ratio: one column a choice (window, base, date
        and those of :data:`CHOICES`, keys of :data:`CHOICE_LABELS`), count, base_count, ratio, low, high
        (95 per cent, as :func:`rate_ratio` gives them). Where nothing was
        founded in the base, the ratio is missing and stands last.

    References
    ----------
    Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification
    curve analysis. Nature Human Behaviour 4, 1208-1214.
    """
    spans = {name: SPANS[name] for name in (*WINDOWS, *BASES)}
    length = {name: years(span) for name, span in spans.items()}
    combinations, kept = options(table)
    rows = []
    for date, column in DATES.items():
        day = earliest(table[column].fillna(table["founded"]))
        inside = np.column_stack([day.between(*span) for span in spans.values()])
        for chosen, counts in zip(combinations, kept.astype(int) @ inside.astype(int), strict=True):
            numbers = dict(zip(spans, counts.tolist(), strict=True))
            rows += [
                [window, base, date, *chosen, numbers[window], numbers[base], length[base] / length[window]]
                for window in WINDOWS
                for base in BASES
            ]
    result = pd.DataFrame(rows, columns=["window", "base", "date", *CHOICES, "count", "base_count", "scale"])
    both = result["count"] + result["base_count"]
    from statsmodels.stats.proportion import proportion_confint

    bounds = proportion_confint(result["count"], both, method="beta")
    for name, share in zip(("ratio", "low", "high"), (result["count"] / both, *bounds), strict=True):
        result[name] = result["scale"] * share / (1 - share).where(result["base_count"] > 0)
    return result.drop(columns="scale").sort_values(["ratio", *result.columns[:10]], ignore_index=True)


def by_choice(table: pd.DataFrame) -> pd.DataFrame:
    """What each option of each choice does to the ratio, over all other choices.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`readings`.

    Returns
    -------
    pandas.DataFrame
        choice, option, readings, median, low, high (fifth and 95th
        percentile of the ratio), above (share of readings with a ratio above
        one), sure (share whose interval lies above one).
    """
    rows = []
    for choice in ("window", "base", "date", *CHOICES):
        for option in table[choice].drop_duplicates():
            part = table[(table[choice] == option) & table["ratio"].notna()]
            low, median, high = part["ratio"].quantile([0.05, 0.5, 0.95])
            rows.append(
                [choice, option, len(part), median, low, high, (part["ratio"] > 1).mean(), (part["low"] > 1).mean()]
            )
    return pd.DataFrame(rows, columns=["choice", "option", "readings", "median", "low", "high", "above", "sure"])
