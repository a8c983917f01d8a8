"""Trust and distrust among Algeria, Mali, Mauritania and Niger: acts, operations, meetings, and both sides of a day."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats.contingency import odds_ratio

from claimbook.package.dates import earliest
from claimbook.wording import interval
from cooperation.measures.initiatives import rate_ratio
from cooperation.periods import COUP
from cooperation.rows import Actor, Initiative, MistrustEvent
from cooperation.states import ALGERIA, FOUR, FRANCE, MALI, MAURITANIA, NIGER

PAIRS = (
    (ALGERIA, MALI),
    (MALI, MAURITANIA),
    (ALGERIA, MAURITANIA),
    (MALI, NIGER),
    (ALGERIA, NIGER),
    (MAURITANIA, NIGER),
)
MACHINERY = (Initiative.FIELD_COUNTRIES, Initiative.CEMOC, Initiative.LIAISON_UNIT)
SPEECH = ("private charge", "public reproach", "offer")
LEVELS = ("ministers", "intelligence chiefs", "chiefs of staff")
# Algeria's ambassador came back then or a month later, by different accounts (D174): no event has the earlier day.
ALGERIAN_BACK_EARLY = "2010-06-30"
# Kinds of events that the story of the release leaves out.
BESIDE = ("attack", "trafficking")
# What undoes a rupture is no trust of its own.
UNDOING = ("return",)
COUNTED = {
    "trust": "deeds of trust",
    "offers": "offers in words",
    "distrust": "deeds of distrust",
    "reproaches": "public reproaches",
    "meetings": "meetings of the machinery",
    "agreed": "operations with consent",
    "unagreed": "operations, consent in doubt",
}
# The counts that are cooperation, and the two signs of acts, in words and in deeds.
COOPERATION = ("trust", "meetings", "agreed")
SIGNS = {"distrust": ("distrust", "reproaches"), "trust": ("trust", "offers")}


class Away(NamedTuple):
    """The days on which an ambassador was recalled and came back, the return by the earlier and the later account."""

    recalled: str
    early: str
    late: str

    @property
    def days(self) -> tuple[int, int]:
        """For how many days he was away, at least and at most."""
        start = pd.Timestamp(self.recalled)
        return (pd.Timestamp(self.early) - start).days, (pd.Timestamp(self.late) - start).days

    @property
    def words(self) -> str:
        """For how many days, as readers see it."""
        return interval(*self.days)


def away(dates: Mapping[str, str]) -> dict[str, Away]:
    """For how long the two ambassadors were away from Bamako in 2010, by state, whoever left first.

    Parameters
    ----------
    dates : mapping of str to str
        Days of the table ``mistrust_events`` by its keys.
    """
    back = dates[MistrustEvent.MAURITANIA_RETURNS]
    return {
        MAURITANIA: Away(dates[MistrustEvent.MAURITANIA_RECALLS], back, back),
        ALGERIA: Away(dates[MistrustEvent.ALGERIA_RECALLS], ALGERIAN_BACK_EARLY, dates[MistrustEvent.ALGERIA_RETURNS]),
    }


def both_away(gone: Mapping[str, Away]) -> tuple[str, str]:
    """The days from which and to which all were away, by the earliest account of a return."""
    return max(one.recalled for one in gone.values()), min(one.early for one in gone.values())


def acts(coded: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Add to each act the event it belongs to, and the pair of states it concerns.

    Parameters
    ----------
    coded : pandas.DataFrame
        Table ``mistrust_acts``.
    events : pandas.DataFrame
        Table ``mistrust_events``.

    Returns
    -------
    pandas.DataFrame
        By date, one row an act in one direction: the columns of ``coded``, the
        event's ``date``, ``title`` and ``verification``, ``start`` (first day
        the date can mean), ``pair`` (tuple of two codes, in order) and
        ``speech`` (whether it was said rather than done). Events from memory
        are left out.
    """
    known = events[events["verification"] != "memory"]
    table = coded.merge(known[["id", "date", "title", "verification"]], left_on="event", right_on="id").drop(
        columns="id"
    )
    table = table.assign(
        start=earliest(table["date"]),
        pair=[tuple(sorted(pair)) for pair in zip(table["actor"], table["toward"], strict=True)],
        speech=table["form"].isin(SPEECH),
    )
    return table.sort_values(["start", "event", "actor", "toward"], ignore_index=True)


def ledger(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each event, pair and sign, with the directions of it joined.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`acts`.

    Returns
    -------
    pandas.DataFrame
        start, date, event, title, verification, pair, act, form, speech and
        ``directions`` (tuple of tuples: who acted, towards whom).
    """
    keys = ["start", "date", "event", "title", "verification", "pair", "act", "form", "speech"]
    ways = table.assign(directions=list(zip(table["actor"], table["toward"], strict=True)))
    return ways.groupby(keys, as_index=False)["directions"].agg(lambda way: tuple(sorted(way)))


def of_the_two(meetings: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Meetings at which exactly two of the four are named, and nobody else.

    Parameters
    ----------
    meetings, participants : pandas.DataFrame
        Tables ``meetings`` and ``meeting_participants``.

    Returns
    -------
    pandas.DataFrame
        The meetings by date, with ``start`` and ``pair``; those from memory
        are left out.
    """
    named = participants.groupby("meeting")["actor"].agg(lambda codes: tuple(sorted(codes)))
    table = meetings[meetings["verification"] != "memory"].assign(pair=meetings["id"].map(named))
    table = table[table["pair"].isin(list(PAIRS))]
    return table.assign(start=earliest(table["date"])).sort_values(["start", "id"], ignore_index=True)


def machinery(meetings: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Meetings of the joint staff committee, the liaison unit and the ministers of the core countries.

    Parameters
    ----------
    meetings, participants : pandas.DataFrame
        Tables ``meetings`` and ``meeting_participants``.

    Returns
    -------
    pandas.DataFrame
        The meetings by date, with ``start`` and ``came``: those of the four
        that the pages name (tuple; empty where they name none).
    """
    four = (
        participants[participants["actor"].isin(FOUR)]
        .groupby("meeting")["actor"]
        .agg(lambda codes: tuple(sorted(codes)))
    )
    table = meetings[meetings["initiative"].isin(MACHINERY) & (meetings["verification"] != "memory")]
    came = [four.get(key, ()) for key in table["id"]]
    return table.assign(came=came, start=earliest(table["date"])).sort_values(["start", "id"], ignore_index=True)


def founding(met: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """Add to each meeting whether its body was founded there, and where it stands on a line of months.

    Parameters
    ----------
    met, initiatives : pandas.DataFrame
        From :func:`machinery`, and the table ``initiatives``.

    Returns
    -------
    pandas.DataFrame
        ``met`` with ``founds``, and ``middle``: the day, or the middle of the
        month where no day is known.
    """
    founded = met["initiative"].map(initiatives.set_index("id")["founded"])
    month = met["date"].str.len() == len("2010-04")
    middle = met["start"].mask(month, met["start"] + pd.Timedelta(days=14))
    return met.assign(founds=met["date"] == founded, middle=middle)


def operations(coded: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """One row for each operation of one or more of the four armies.

    Parameters
    ----------
    coded : pandas.DataFrame
        Table ``mistrust_operations``.
    events : pandas.DataFrame
        Table ``mistrust_events``.

    Returns
    -------
    pandas.DataFrame
        By date: event, date, start, title, verification, ``by`` (tuple of the
        armies), ``soil`` (the state entered, or else their own), ``manner``,
        ``notice`` (of the army that crossed, if one did) and ``crossed``
        (whether an army stood on the soil of another state).
    """
    table = coded.assign(abroad=coded["actor"] != coded["soil"]).sort_values(
        ["event", "abroad", "actor"], ascending=[True, False, True]
    )
    joined = table.groupby("event", as_index=False).agg(
        by=("actor", lambda codes: tuple(sorted(codes))),
        soil=("soil", "first"),
        manner=("manner", "first"),
        notice=("notice", "first"),
        crossed=("abroad", "any"),
    )
    joined = joined.merge(events[["id", "date", "title", "verification"]], left_on="event", right_on="id").drop(
        columns="id"
    )
    return joined.assign(start=earliest(joined["date"])).sort_values(["start", "event"], ignore_index=True)


def half_year(days: pd.Series) -> pd.Series:
    """The half-year of each day, as ``2010 H2``."""
    return days.dt.year.astype(str) + " H" + ((days.dt.month > 6) + 1).astype(str)


def half_years(first: int, last: int) -> list[str]:
    """All half-years from the first year to the last."""
    return [f"{year} H{half}" for year, half in itertools.product(range(first, last + 1), (1, 2))]


def parts_of_operations(table: pd.DataFrame, crossed: pd.DataFrame) -> pd.Series:
    """Which acts are part of an operation across a border: its own event, or what one of its armies did on its day.

    Notice that was not given, or late, stands as an event of its own on the
    day of the raid; that the other state was not told is then what makes the
    consent to the operation disputed, and no second event.

    Parameters
    ----------
    table, crossed : pandas.DataFrame
        From :func:`acts`, and the rows of :func:`operations` that crossed a
        border. Dates less precise than a day join nothing.

    Returns
    -------
    pandas.Series
        Booleans by the index of ``table``.
    """
    days = {(row.date, army) for row in crossed.itertuples() if len(row.date) == len("2010-07-22") for army in row.by}
    same_day = [key in days for key in zip(table["date"], table["actor"], strict=True)]
    return table["event"].isin(crossed["event"]) | pd.Series(same_day, index=table.index, dtype=bool)


def counted(table: pd.DataFrame, met: pd.DataFrame, operated: pd.DataFrame) -> dict[str, pd.Series]:
    """What is compared before and after a day, as the days on which it happened; no event counts twice.

    An operation across a border counts as that, and not as trust or distrust
    as well (:func:`parts_of_operations`); as cooperation only if the state
    whose soil it was agreed, by sources that do not conflict. Deeds stand
    apart from words. What undoes a rupture, such as the return of an
    ambassador, is left out: without the rupture it would not have been.

    Charges made in private are left out: they are known only from leaked
    cables, and the cables read end in February 2010. So are acts of which the
    year alone is known: they may lie on either side of a day. An event counts
    once, however many states it concerned, and one of both signs as distrust.

    Parameters
    ----------
    table, met, operated : pandas.DataFrame
        From :func:`acts`, :func:`machinery` and :func:`operations`.

    Returns
    -------
    dict of str to pandas.Series
        By the keys of :data:`COUNTED`.
    """
    crossed = operated[operated["crossed"]]
    left_out = (table["form"] == "private charge") | table["form"].isin(UNDOING) | year_alone(table["date"])
    seen = table[~left_out & ~parts_of_operations(table, crossed)]
    seen = seen.sort_values(["act", "speech"], kind="stable").drop_duplicates("event").sort_values("start")
    agreed = crossed["notice"] == "agreed"
    return {
        "trust": seen.loc[(seen["act"] == "trust") & ~seen["speech"], "start"],
        "offers": seen.loc[(seen["act"] == "trust") & seen["speech"], "start"],
        "distrust": seen.loc[(seen["act"] == "distrust") & ~seen["speech"], "start"],
        "reproaches": seen.loc[(seen["act"] == "distrust") & seen["speech"], "start"],
        "meetings": met["start"],
        "agreed": crossed.loc[agreed, "start"],
        "unagreed": crossed.loc[~agreed, "start"],
    }


def year_alone(dates: pd.Series) -> pd.Series:
    """Of which partial dates no more than the year is known."""
    return dates.str.len() == len("2010")


def windows(day: pd.Timestamp, end: pd.Timestamp = COUP) -> tuple[tuple[pd.Timestamp, pd.Timestamp], ...]:
    """The stretch from a day to the eve of an end, and the equally long one before it.

    Returns
    -------
    tuple of (pandas.Timestamp, pandas.Timestamp)
        First and last day of the stretch before, and of the one after; the day
        itself is the first of the one after.
    """
    one = pd.Timedelta(days=1)
    return (day - (end - day), day - one), (day, end - one)


def press(sources: pd.DataFrame, day: pd.Timestamp) -> tuple[int, int]:
    """How many press pages of the tables are dated in the stretch before a day and in that after it.

    Parameters
    ----------
    sources : pandas.DataFrame
        Table ``sources``.
    day : pandas.Timestamp
        The day, with stretches as :func:`windows` has them.

    Returns
    -------
    (int, int)
    """
    dated = sources[(sources["kind"] == "press") & sources["date"].notna()]
    published = earliest(dated["date"])
    earlier, later = (int(published.between(*stretch).sum()) for stretch in windows(day))
    return earlier, later


def largest_fall(before: int) -> int | None:
    """The most events after a day that would still show a fall, given those before it in an equal time.

    Parameters
    ----------
    before : int
        Events before the day.

    Returns
    -------
    int or None
        The largest later count for which the exact 95 per cent interval of the
        ratio lies below 1; None if not even zero would.
    """
    shown = [after for after in range(before) if rate_ratio(after, 1, before, 1)[2] < 1]
    return max(shown, default=None)


def before_and_after(
    series: dict[str, pd.Series], days: dict[str, pd.Timestamp], founded: dict[str, pd.Series] | None = None
) -> pd.DataFrame:
    """Compare the rate of each series after a day with that in an equal time before it.

    Both stretches are equally long, so the ratio of rates is that of counts;
    given their sum, the later count is binomial
    (:func:`cooperation.measures.initiatives.rate_ratio`). A body that was
    founded during them could not meet as long before the day as after it: its
    meetings are left out, and if no body is left nothing is compared.

    Parameters
    ----------
    series : dict of str to pandas.Series
        Name of what is counted, and the days on which it happened.
    days : dict of str to pandas.Timestamp
        Name of the day, and the day.
    founded : dict of str to pandas.Series, optional
        For what bodies do: by the name and the index of ``series``, when the
        body was founded.

    Returns
    -------
    pandas.DataFrame
        day, counted, months (length of either stretch), before, after, ratio,
        low, high (95 per cent, exact), and ``fall``, the
        :func:`largest_fall`. Without any event on either side the ratio and
        its bounds are missing; without one before, the ratio and the upper
        bound are infinite. No row where no body stood from the first day of
        the earlier stretch on.
    """
    rows = []
    for day, date in days.items():
        earlier, later = windows(date)
        for name, every in series.items():
            stood = founded[name] <= earlier[0] if founded and name in founded else None
            if stood is not None and not stood.any():
                continue
            dates = every if stood is None else every[stood]
            before, after = int(dates.between(*earlier).sum()), int(dates.between(*later).sum())
            ratio = rate_ratio(after, 1, before, 1) if before + after else (np.nan,) * 3
            months = (COUP - date).days / (365.25 / 12)
            rows.append((day, name, months, before, after, *ratio, largest_fall(before)))
    columns = ["day", "counted", "months", "before", "after", "ratio", "low", "high", "fall"]
    return pd.DataFrame(rows, columns=columns).astype({"fall": "Int64"})


def around(
    series: dict[str, pd.Series], met: pd.DataFrame, initiatives: pd.DataFrame, days: dict[str, pd.Timestamp]
) -> pd.DataFrame:
    """What is counted around each day, as :func:`before_and_after` gives it, with the founding days of the bodies.

    Parameters
    ----------
    series : dict of str to pandas.Series
        From :func:`counted`.
    met, initiatives : pandas.DataFrame
        From :func:`machinery`, and the table ``initiatives``.
    days : dict of str to pandas.Timestamp
        Name of the day, and the day.
    """
    founded = met["initiative"].map(earliest(initiatives.set_index("id")["founded"]))
    return before_and_after(series, days, {"meetings": founded})


def distrust_odds(series: dict[str, pd.Series], day: pd.Timestamp):
    """Odds of distrust among the acts after a day, in words and deeds, against those in an equal time before it.

    What makes every act likelier to be written down cancels in the odds, as
    long as it works on both signs alike.

    Parameters
    ----------
    series : dict of str to pandas.Series
        From :func:`counted`.
    day : pandas.Timestamp
        The day.

    Returns
    -------
    (list of list of int, float, float, float)
        Counts (after, before; distrust, trust), the conditional maximum
        likelihood estimate of the odds ratio and its exact 95 per cent bounds.

    References
    ----------
    Fisher, R. A. (1935). Journal of the Royal Statistical Society 98, 39-82.
    """
    counts = [
        [sum(int(series[key].between(*window).sum()) for key in keys) for keys in SIGNS.values()]
        for window in reversed(windows(day))
    ]
    result = odds_ratio(counts, kind="conditional")
    bounds = result.confidence_interval(0.95)
    return counts, result.statistic, bounds.low, bounds.high


def release(events: pd.DataFrame, actors: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """What happened between two days, one row for each event and actor among a few.

    Parameters
    ----------
    events, actors : pandas.DataFrame
        Tables ``mistrust_events`` and ``mistrust_event_actors``.
    first, last : str
        Keys of the first and the last event.

    Returns
    -------
    pandas.DataFrame
        start, date, event, title, kind, verification, actor; by date. Actors
        are the four states, France and AQIM; events that name none of the
        four states are left out, unless AQIM seized somebody. So are attacks
        and stopped traffickers, which answered nothing that a state had done,
        and events of which the year alone is known.
    """
    dated = (
        events[events["verification"] != "memory"].assign(start=earliest(events["date"])).set_index("id", drop=False)
    )
    part = dated[dated["start"].between(dated.at[first, "start"], dated.at[last, "start"])]
    part = part[~part["kind"].isin(BESIDE) & ~year_alone(part["date"])]
    named = actors[actors["actor"].isin((*FOUR, FRANCE, Actor.AQIM)) & actors["event"].isin(part["id"])]
    kept = set(named.loc[named["actor"].isin(FOUR), "event"]) | set(part.loc[part["kind"] == "kidnapping", "id"])
    table = named[named["event"].isin(kept)].merge(part.rename(columns={"id": "event"}), on="event")
    return table.sort_values(["start", "event", "actor"], ignore_index=True)[
        ["start", "date", "event", "title", "kind", "verification", "actor"]
    ]
