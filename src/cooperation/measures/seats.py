"""Which state sits at which security table on a day, and what came of the tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from claimbook.package.dates import earliest, latest
from cooperation.measures import violence
from cooperation.measures.record import cutoff
from cooperation.periods import ARTICLE, in_month
from cooperation.states import CENTRAL_SAHEL, PAIR

# The days of the picture before the end of what the tables know, by the words of a reader.
DAYS = {"2010": pd.Timestamp(2010, 12, 31), "May 2014": ARTICLE, "2021": pd.Timestamp(2021, 12, 31)}
# How a body stands on a day.
NOT_YET, STANDS, LISTED, ENDED = "not yet", "stands", "still listed", "ended"
# How a state stands to a body; the first two sit at its table.
SITS, SUSPENDED, OBSERVES, LEFT = "sits", "suspended", "observes", "left"
# How a state gave up its seat: by an act of its own, by an announcement that was disputed, or by a report of others.
BY_ACT, DISPUTED, REPORTED = "by an act", "announced, disputed", "reported by others"
# Roles of those who have a seat.
HAS_SEAT = ("member", "suspended")
SILENT = pd.DateOffset(years=1)


class Seats(NamedTuple):
    """Who sits where by the report's own tables; the tables are those of the functions of this module.

    Attributes
    ----------
    days : dict of str to pandas.Timestamp
        The days of the picture, the cut-off as the last.
    bodies, held, grid, gone : pandas.DataFrame
        From :func:`bodies`, :func:`spells`, :func:`grid` and :func:`left`; ``gone`` with how, from :func:`how_left`.
    deaths : pandas.DataFrame
        when, year and deaths in the states of the central Sahel, in the year
        of each day or the last that is counted.
    """

    days: dict[str, pd.Timestamp]
    bodies: pd.DataFrame
    held: pd.DataFrame
    grid: pd.DataFrame
    gone: pd.DataFrame
    deaths: pd.DataFrame

    @property
    def last(self) -> pd.DataFrame:
        """The rows of the last day, by the name of the table."""
        return self.grid[self.grid["when"] == [*self.days][-1]].set_index("name")


def on_record(load: Callable[[str], pd.DataFrame]) -> Seats:
    """Who sits where on the days of the picture, and who left.

    Parameters
    ----------
    load : callable
        Gives the table of a name.

    Returns
    -------
    Seats
    """
    now, shown, initiatives = cutoff(load("searches")), load("security_tables"), load("initiatives")
    days = {**DAYS, in_month(now): now}
    stood = bodies(shown, initiatives, load("meetings"), load("meeting_participants"))
    held = spells(shown, initiatives, load("memberships"), load("organisation_memberships"), load("actors"))
    counted = toll(violence.latest_release(load("deaths_to_2025")))
    years = [min(day.year, int(counted.index.max())) for day in days.values()]
    deaths = pd.DataFrame({"when": list(days), "year": years, "deaths": [int(counted[year]) for year in years]})
    gone = how_left(left(stood, held, now), shown, load("memberships"))
    return Seats(days, stood, held, grid(standing(stood, days), seats(stood, held, days)), gone, deaths)


def bodies(
    shown: pd.DataFrame, initiatives: pd.DataFrame, meetings: pd.DataFrame, present: pd.DataFrame
) -> pd.DataFrame:
    """When each body stood, and the last sign that it works.

    Parameters
    ----------
    shown : pandas.DataFrame
        Table ``security_tables``.
    initiatives, meetings, present : pandas.DataFrame
        Tables ``initiatives``, ``meetings`` and ``meeting_participants``.

    Returns
    -------
    pandas.DataFrame
        By ``place``: name, led, from_day and to_day (first and last day that
        the body can have stood; missing if no end is known), seen (last day
        that its founding, a meeting of it or with it, or its last known
        status can mean; the status is left out where ``sign`` says that it
        tells of no work).
    """
    guests = present.merge(meetings[["id", "date"]], left_on="meeting", right_on="id")
    guests = guests.rename(columns={"actor": "body"})[["body", "date"]]
    own = meetings.rename(columns={"initiative": "body"})[["body", "date"]]
    held = pd.concat([own, guests]).dropna()
    met = latest(held["date"]).groupby(held["body"]).max()
    table = shown.merge(initiatives.drop(columns="name"), left_on="initiative", right_on="id")
    status = latest(table["status_latest_date"]).where(table["sign"] == "status")
    signs = [latest(table["founded"]), status, table["initiative"].map(met)]
    table = table.assign(
        from_day=earliest(table["founded"]), to_day=latest(table["ended"]), seen=pd.concat(signs, axis=1).max(axis=1)
    )
    by_place = table.groupby("place")
    # A body of which one form goes on has not ended.
    ended = by_place["to_day"].agg(lambda days: days.max(skipna=False))
    rows = by_place.agg(name=("name", "first"), led=("led", "first"), from_day=("from_day", "min"))
    return rows.assign(to_day=pd.to_datetime(ended), seen=by_place["seen"].max())


def standing(table: pd.DataFrame, days: dict[str, pd.Timestamp]) -> pd.DataFrame:
    """How each body stands on each day.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`bodies`.
    days : dict of str to pandas.Timestamp
        Days by their words.

    Returns
    -------
    pandas.DataFrame
        when, place, name, led, seen, state: :data:`NOT_YET` founded,
        :data:`ENDED`, :data:`LISTED` if there is no sign that it works from
        the year before the day or later, else :data:`STANDS`.
    """
    rows = []
    for when, day in days.items():
        state = pd.Series(STANDS, index=table.index)
        state[table["seen"] < day - SILENT] = LISTED
        state[table["to_day"] < day] = ENDED
        state[table["from_day"] > day] = NOT_YET
        rows.append(table.assign(when=when, state=state).reset_index())
    return pd.concat(rows, ignore_index=True)[["when", "place", "name", "led", "seen", "state"]]


def spells(
    shown: pd.DataFrame,
    initiatives: pd.DataFrame,
    memberships: pd.DataFrame,
    belonged: pd.DataFrame,
    actors: pd.DataFrame,
) -> pd.DataFrame:
    """The spells of states at the bodies shown, in the widest reading of partial dates.

    Parameters
    ----------
    shown : pandas.DataFrame
        Table ``security_tables``.
    initiatives, memberships, belonged, actors : pandas.DataFrame
        Tables ``initiatives``, ``memberships``, ``organisation_memberships``
        and ``actors``.

    Returns
    -------
    pandas.DataFrame
        place, actor, role (``member``, ``suspended``, ``observer`` or
        ``withdrew``), from_day (of the spell or the founding, the later) and
        to_day (missing: still).
        Participants count as members of a body that has no members.
        Organisations, partners and states that pledged or stayed outside are
        left out, and so are rows from memory.
    """
    founded = earliest(initiatives.set_index("id")["founded"])
    places = shown[["initiative", "organisation", "place"]].assign(founded=shown["initiative"].map(founded))
    of_bodies = memberships.merge(places, on="initiative")
    in_words = belonged.rename(columns={"status": "role"})
    of_organisations = in_words.merge(places.dropna(subset="organisation"), on="organisation")
    table = pd.concat([of_bodies, of_organisations], ignore_index=True)
    states = actors.loc[actors["kind"] == "state", "id"]
    table = table[table["actor"].isin(states) & (table["verification"] != "memory")]
    informal = ~table["place"].isin(table.loc[table["role"] == "member", "place"])
    role = table["role"].mask(informal & (table["role"] == "participant"), "member")
    from_day = earliest(table["start"]).fillna(table["founded"]).clip(lower=table["founded"])
    table = table.assign(role=role, from_day=from_day, to_day=latest(table["end"]))
    kept = table[role.isin(["member", "suspended", "observer", "withdrew"])]
    return kept[["place", "actor", "role", "from_day", "to_day"]].reset_index(drop=True)


def _over(held: pd.DataFrame) -> pd.DataFrame:
    """Last day of the last spell of each state with a seat at each body; missing if one goes on."""
    with_seat = held[held["role"].isin(HAS_SEAT)].groupby(["place", "actor"])["to_day"]
    return pd.to_datetime(with_seat.agg(lambda days: days.max(skipna=False))).reset_index(name="over")


def seats(table: pd.DataFrame, held: pd.DataFrame, days: dict[str, pd.Timestamp]) -> pd.DataFrame:
    """How each state stands to each body on each day.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`bodies`.
    held : pandas.DataFrame
        From :func:`spells`.
    days : dict of str to pandas.Timestamp
        Days by their words.

    Returns
    -------
    pandas.DataFrame
        when, place, actor, seat: :data:`SITS`, :data:`SUSPENDED` (which sits
        too), :data:`OBSERVES`, or :data:`LEFT` if it had a seat that ended
        before the day and before the body did. A body that is not founded or
        has ended has no seats.
    """
    rows = []
    held = held.merge(table[["from_day", "to_day"]], left_on="place", right_index=True, suffixes=("", "_of_body"))
    held = held.merge(_over(held), on=["place", "actor"], how="left")
    for when, day in days.items():
        founded, over = held["from_day_of_body"] <= day, held["to_day_of_body"] < day
        covers = ~(held["from_day"] > day) & ~(held["to_day"] < day)
        gone = held["over"] < held["to_day_of_body"].fillna(day).clip(upper=day)
        seat = held["role"].map({"member": SITS, "suspended": SUSPENDED, "observer": OBSERVES, "withdrew": LEFT})
        seat = seat.where(covers & ~(over & (seat != LEFT))).mask(gone, LEFT)
        rows.append(held.assign(when=when, seat=seat)[founded & seat.notna()])
    found = pd.concat(rows, ignore_index=True)
    order = found["seat"].map({seat: n for n, seat in enumerate((SUSPENDED, SITS, OBSERVES, LEFT))})
    found = found.assign(order=order).sort_values(["order", "place", "actor"], kind="stable")
    first = found.drop_duplicates(["when", "place", "actor"])
    return first.sort_index()[["when", "place", "actor", "seat"]].reset_index(drop=True)


def grid(stands: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """What the picture draws: a row for each body and day.

    Parameters
    ----------
    stands : pandas.DataFrame
        From :func:`standing`.
    found : pandas.DataFrame
        From :func:`seats`.

    Returns
    -------
    pandas.DataFrame
        The rows of ``stands`` with sitting (codes of the states that sit, in
        their order), and for each state of the central Sahel and of the pair
        a column of its code: how it stands to the body, or empty.
    """
    at_table = found[found["seat"].isin([SITS, SUSPENDED])]
    sitting = at_table.groupby(["place", "when"])["actor"].agg(sorted)
    keys = pd.MultiIndex.from_frame(stands[["place", "when"]])
    of_state = found.set_index(["place", "when", "actor"])["seat"].unstack()
    columns = {state: of_state.reindex(keys)[state].fillna("").to_numpy() for state in (*CENTRAL_SAHEL, *PAIR)}
    lists = [states if isinstance(states, list) else [] for states in sitting.reindex(keys)]
    return stands.assign(sitting=lists, **columns)


def tally(drawn: pd.DataFrame) -> pd.DataFrame:
    """How many states sit at each table: ``place`` by ``when``, in the order of :func:`grid`."""
    counts = drawn.assign(sit=drawn["sitting"].map(len)).pivot(index="place", columns="when", values="sit")
    return counts[list(drawn["when"].unique())]


def left(table: pd.DataFrame, held: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Which states of the central Sahel gave up which seat, and when.

    Parameters
    ----------
    table, held : pandas.DataFrame
        From :func:`bodies` and :func:`spells`.
    day : pandas.Timestamp
        Only what had happened by then.

    Returns
    -------
    pandas.DataFrame
        place, name, actor, day (last day of the last spell at the table), by
        day; seats that ended with the body are not among them.
    """
    over = _over(held[held["actor"].isin(CENTRAL_SAHEL)]).rename(columns={"over": "day"})
    over = over.merge(table[["name", "to_day"]], left_on="place", right_index=True)
    gone = over[(over["day"] < day) & ~(over["day"] >= over["to_day"])]
    return gone.sort_values(["day", "place", "actor"], ignore_index=True)[["place", "name", "actor", "day"]]


def how_left(gone: pd.DataFrame, shown: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """How each seat was given up.

    Parameters
    ----------
    gone : pandas.DataFrame
        From :func:`left`.
    shown, memberships : pandas.DataFrame
        Tables ``security_tables`` and ``memberships``.

    Returns
    -------
    pandas.DataFrame
        ``gone`` with how: :data:`BY_ACT` if the state withdrew, :data:`DISPUTED` if it said so and that is disputed,
        :data:`REPORTED` if no word of its own is coded.
    """
    withdrew = memberships[memberships["role"] == "withdrew"].merge(shown[["initiative", "place"]], on="initiative")
    withdrew = withdrew.drop_duplicates(["place", "actor"], keep="last").set_index(["place", "actor"])["verification"]
    sure = pd.MultiIndex.from_frame(gone[["place", "actor"]]).map(withdrew.to_dict())
    how = [REPORTED if pd.isna(word) else DISPUTED if word == "disputed" else BY_ACT for word in sure]
    return gone.assign(how=how)


def toll(deaths: pd.DataFrame) -> pd.Series:
    """Deaths in the states of the central Sahel together, by year, from ``iso3``, ``year`` and ``deaths_best``."""
    return deaths[deaths["iso3"].isin(CENTRAL_SAHEL)].groupby("year")["deaths_best"].sum()


def exit_day(gone: pd.DataFrame, shown: pd.DataFrame, state: str, initiative: str) -> pd.Timestamp:
    """The day on which a state left a table.

    Parameters
    ----------
    gone : pandas.DataFrame
        From :func:`left`.
    shown : pandas.DataFrame
        Table ``security_tables``.
    state, initiative : str
        Codes.

    Returns
    -------
    pandas.Timestamp

    Raises
    ------
    ValueError
        If it has not left it once.
    """
    place = shown.set_index("initiative").at[initiative, "place"]
    found = gone.loc[(gone["actor"] == state) & (gone["place"] == place), "day"]
    if len(found) != 1:
        raise ValueError(f"{state} left {initiative} {len(found)} times, not once")
    return found.iloc[0]
