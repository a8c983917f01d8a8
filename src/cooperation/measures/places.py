"""Where a group fought: abroad or at home, how far north and from a border; what is left out, and what our record has."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from claimbook.package.dates import earliest, latest
from claimbook.wording import Estimate
from cooperation.measures.gravity import great_circle, neighbours
from cooperation.periods import LABELS, Years
from cooperation.states import MALI

# First-level units of Mali that are its north, wherever the report counts what is northern: the ground beyond the bend
# of the Niger. Menaka and Taoudenni, divided from them since, are within them.
NORTH_OF_MALI = ("Gao", "Kidal", "Timbuktu")
# UCDP's precise places are so near, in kilometres: what is as near to a capital lies in it or at its gates.
NEAR = 25
QUARTERS = {"low": 0.25, "middle": 0.5, "high": 0.75}
# UCDP dates an event to its first day, and pages often tell it a day or two later.
SLACK = pd.Timedelta(days=3)
# Kinds of mistrust events that tell of a fight.
FIGHTS = ("attack", "kidnapping", "raid")


def fought(events: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Events in which one of some groups was a side, with the year.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``placed_events``.
    names : iterable of str
        UCDP's names of the groups; UCDP joins several with a comma where they fought as one.

    Returns
    -------
    pandas.DataFrame
        Rows of ``events`` with ``year``, by date.
    """
    wanted = set(names)
    sides = [
        events[side].str.split(", ").map(lambda parts: not wanted.isdisjoint(parts)) for side in ("side_a", "side_b")
    ]
    table = events[sides[0] | sides[1]]
    return table.assign(year=table["date"].str[:4].astype(int)).sort_values(["date", "id"], ignore_index=True)


def northern(events: pd.DataFrame) -> pd.Series:
    """Which events lie in the north of Mali, by :data:`NORTH_OF_MALI`; ``events`` have ``iso3`` and ``region``."""
    return (events["iso3"] == MALI) & events["region"].isin(NORTH_OF_MALI)


def gathered(events: pd.DataFrame, own: str, degrees: float = 0.5) -> pd.DataFrame:
    """Fights that lie close together as one mark of a map each, those of one group apart from those of its kin.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    own : str
        UCDP's name of the group.
    degrees : float
        Side of the square that makes one mark.

    Returns
    -------
    pandas.DataFrame
        iso3, own (the group was a side), longitude, latitude (means of the events), events; most events first, so that
        a small mark is drawn above a large one.
    """
    table = events.assign(own=events["id"].isin(fought(events, [own])["id"]))
    square = [(events[axis] / degrees).round().rename(f"square_{axis}") for axis in ("longitude", "latitude")]
    marks = table.groupby(["iso3", "own", *square]).agg(
        longitude=("longitude", "mean"), latitude=("latitude", "mean"), events=("id", "size")
    )
    order = ["events", "iso3", "own", "longitude"]
    marks = marks.reset_index()[["iso3", "own", "longitude", "latitude", "events"]]
    return marks.sort_values(order, ascending=[False, True, True, True], ignore_index=True)


def _wilson(part: int, whole: int) -> tuple[float, float, float]:
    """A share of one with its interval of 95 per cent."""
    low, high = proportion_confint(part, whole, method="wilson")
    return part / whole, float(low), float(high)


def abroad(events: pd.DataFrame, home: str) -> pd.DataFrame:
    """Events outside one country, year by year.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    home : str
        Code of the country.

    Returns
    -------
    pandas.DataFrame
        year, events, abroad, northern (those in the north of Mali), share (of those abroad among the events) with
        share_low and share_high (Wilson, 95 per cent), latitude (median of those abroad, degrees), south and north (its
        ends) and border_km (median distance to a land border); a year without an event has no row.
    """
    out = events[events["iso3"] != home].groupby("year")
    table = events.groupby("year").size().rename("events").to_frame()
    table["abroad"] = out.size().reindex(table.index, fill_value=0)
    table["northern"] = northern(events).groupby(events["year"]).sum()
    shares = [_wilson(row.abroad, row.events) for row in table.itertuples()]
    table[["share", "share_low", "share_high"]] = shares
    for column, source, how in (
        ("latitude", "latitude", "median"),
        ("south", "latitude", "min"),
        ("north", "latitude", "max"),
        ("border_km", "border_km", "median"),
    ):
        table[column] = out[source].agg(how)
    return table.reset_index()


def by_span(events: pd.DataFrame, home: str, spans: dict[str, Years]) -> pd.DataFrame:
    """Events outside one country, by span of years: how many, how far north, and how far from a border.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    home : str
        Code of the country.
    spans : dict of str to (int, int)
        First and last year of each span, by its key.

    Returns
    -------
    pandas.DataFrame
        span, events, abroad, share with share_low and share_high (as from :func:`abroad`), in_mali, northern (of
        these), and of those abroad latitude_low, latitude_middle and latitude_high (quartiles, degrees) and the same of
        border_km (kilometres); one row a span, in the order given.

    Raises
    ------
    ValueError
        If a span has no event.
    """
    rows = []
    for key, (first, last) in spans.items():
        part = events[events["year"].between(first, last)]
        if part.empty:
            raise ValueError(f"by_span: no events in {key}")
        out = part[part["iso3"] != home]
        row = {"span": key, "events": len(part), "abroad": len(out)}
        row |= dict(zip(("share", "share_low", "share_high"), _wilson(len(out), len(part)), strict=True))
        row |= {"in_mali": int((out["iso3"] == MALI).sum()), "northern": int(northern(out).sum())}
        for column in ("latitude", "border_km"):
            row |= {f"{column}_{end}": float(out[column].quantile(share)) for end, share in QUARTERS.items()}
        rows.append(row)
    return pd.DataFrame(rows)


def spans_listed(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Spans for a reader.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        From :func:`by_span`, by the name of who fought.

    Returns
    -------
    pandas.DataFrame
        One row a group and span, with numbers, the interval of the share abroad, and the middle of latitude and
        distance with its quartiles.
    """
    rows = []
    for name, table in tables.items():
        for row in table.to_dict("records"):
            middle, distance = (
                f"{row[f'{column}_middle']:.0f} ({row[f'{column}_low']:.0f} to {row[f'{column}_high']:.0f})"
                for column in ("latitude", "border_km")
            )
            share = f"{100 * row['share_low']:.0f} to {100 * row['share_high']:.0f}"
            rows.append(
                {
                    "Who fought, and when": f"{name}, {LABELS[row['span']]}",
                    "Fights placed": row["events"],
                    "Outside Algeria": f"{row['abroad']} ({share} per cent)",
                    "In Mali": row["in_mali"],
                    "In its north": row["northern"],
                    "Degrees north": middle,
                    "Kilometres to a border": distance,
                }
            )
    return pd.DataFrame(rows)


def share_in_north(events: pd.DataFrame) -> Estimate:
    """Share of events in Mali that lie in its north, in per cent, with its interval of 95 per cent (Wilson).

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`; those elsewhere do not count.

    Raises
    ------
    ValueError
        If no event lies in Mali.
    """
    inside = events[events["iso3"] == MALI]
    if inside.empty:
        raise ValueError("share_in_north: no events in Mali")
    share, low, high = (100 * part for part in _wilson(int(northern(inside).sum()), len(inside)))
    return Estimate(share, low, high)


def left_out(events: pd.DataFrame, months: pd.DataFrame, spans: dict[str, Years]) -> pd.DataFrame:
    """How many of the violent events that UCDP records, of whomever, it could place precisely.

    Parameters
    ----------
    events, months : pandas.DataFrame
        Tables ``placed_events`` and ``violence_months``. They are of two releases, so that a count placed may exceed
        the one recorded.
    spans : dict of str to (int, int)
        First and last year of each span, by its key.

    Returns
    -------
    pandas.DataFrame
        iso3, span, placed, recorded (events); by country and in the order of the spans, where any is recorded.
    """
    counted = {
        "placed": (events["date"], events["iso3"], pd.Series(1, index=events.index)),
        "recorded": (months["month"], months["iso3"], months["events"]),
    }
    rows = []
    for key, (first, last) in spans.items():
        found = {
            name: number[day.str[:4].astype(int).between(first, last)].groupby(country).sum()
            for name, (day, country, number) in counted.items()
        }
        rows.append(pd.DataFrame(found).dropna(subset="recorded").fillna(0).astype(int).assign(span=key))
    table = pd.concat(rows).rename_axis("iso3").reset_index()
    order = table["span"].map(list(spans).index)
    return table.assign(order=order).sort_values(["iso3", "order"], ignore_index=True)[
        ["iso3", "span", "placed", "recorded"]
    ]


def left_out_listed(table: pd.DataFrame, names: pd.Series, spans: Iterable[str]) -> pd.DataFrame:
    """What is left out, for a reader.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`left_out`.
    names : pandas.Series
        Country names by ISO code, of the countries to show and in their order.
    spans : iterable of str
        Keys of the spans, in the order of the columns.

    Returns
    -------
    pandas.DataFrame
        Country, and a column a span with ``placed of recorded``.
    """
    cells = table.assign(cell=table["placed"].astype(str) + " of " + table["recorded"].astype(str))
    wide = cells.pivot(index="iso3", columns="span", values="cell").reindex(index=names.index, columns=list(spans))
    wide = wide.astype(object).fillna("none recorded").rename(columns=LABELS).rename_axis(columns=None)
    wide.insert(0, "Country", names)
    return wide


def middle_if_placed(events: pd.DataFrame, table: pd.DataFrame, home: str, iso3: str, years: dict[str, Years]) -> dict:
    """Median latitude of the events abroad if all that could not be placed in one country lay far north in it.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    table : pandas.DataFrame
        From :func:`left_out`: of whomever, and so more than the groups' own.
    home : str
        Code of the country that is not abroad.
    iso3 : str
        Code of the country with the unplaced events; they are put at the northernmost of its ``events``.
    years : dict of str to (int, int)
        First and last year of the spans asked about.

    Returns
    -------
    dict of str to float
        Degrees, by span.
    """
    unplaced = table[table["iso3"] == iso3].set_index("span")
    unplaced = (unplaced["recorded"] - unplaced["placed"]).clip(lower=0)
    far = events.loc[events["iso3"] == iso3, "latitude"].max()
    middles = {}
    for key, (first, last) in years.items():
        known = events.loc[(events["iso3"] != home) & events["year"].between(first, last), "latitude"]
        middles[key] = float(pd.concat([known, pd.Series([far] * unplaced.get(key, 0), dtype=float)]).median())
    return middles


def deaths_placed(events: pd.DataFrame, dyads: pd.DataFrame, group: str, spans: dict[str, Years]) -> pd.DataFrame:
    """Deaths between governments and a group, and how many of them fell in events with a precise place.

    Parameters
    ----------
    events, dyads : pandas.DataFrame
        Tables ``placed_events`` and ``dyad_deaths``; a year of a dyad counts if the latter has it, which it has from 25
        deaths on.
    group : str
        UCDP's name of the group.
    spans : dict of str to (int, int)
        First and last year of each span, by its key.

    Returns
    -------
    pandas.DataFrame
        side_a (the government), span, placed, recorded (deaths, best estimate); by government and in the order of the
        spans, where any is recorded.
    """
    of_group = events[events["side_b"] == group]
    year = of_group["date"].str[:4].astype(int).rename("year")
    placed = of_group.groupby(["side_a", year])["deaths_best"].sum().rename("placed")
    known = dyads[dyads["side_b"] == group].rename(columns={"deaths_best": "recorded"})
    known = known[["side_a", "year", "recorded"]].merge(placed.reset_index(), on=["side_a", "year"], how="left")
    parts = [
        known[known["year"].between(first, last)].groupby("side_a")[["placed", "recorded"]].sum().assign(span=key)
        for key, (first, last) in spans.items()
    ]
    table = pd.concat(parts).astype({"placed": int, "recorded": int}).reset_index()
    return table.sort_values("side_a", kind="stable", ignore_index=True)[["side_a", "span", "placed", "recorded"]]


def at_capitals(events: pd.DataFrame, capitals: pd.DataFrame, boundaries: pd.DataFrame, centre: str) -> pd.DataFrame:
    """Events at the capitals of a country and of its neighbours.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    capitals, boundaries : pandas.DataFrame
        Tables of these names; a neighbour is an area whose outline touches.
    centre : str
        Code of the country.

    Returns
    -------
    pandas.DataFrame
        The rows of ``events`` within :data:`NEAR` kilometres of one of the capitals, with ``capital``, a category whose
        categories are all the capitals asked about, by name.
    """
    around = {iso3 for pair in neighbours(boundaries) if centre in pair for iso3 in pair}
    asked = capitals[capitals["iso3"].isin(around | {centre})].sort_values("city")
    parts = []
    for row in asked.itertuples():
        km = great_circle(events["latitude"], events["longitude"], row.latitude, row.longitude)
        parts.append(events[km <= NEAR].assign(capital=row.city))
    table = pd.concat(parts).sort_values(["date", "id"], ignore_index=True)
    return table.assign(capital=pd.Categorical(table["capital"], categories=asked["city"]))


def held_against(events: pd.DataFrame, record: pd.DataFrame, slack: pd.Timedelta = SLACK) -> pd.DataFrame:
    """Which events of another record ours has: in the same country, and on a day near by.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`fought`.
    record : pandas.DataFrame
        Table ``mistrust_events``; its kinds of :data:`FIGHTS` count.
    slack : pandas.Timedelta
        How far from the event the days that our date can mean may lie.

    Returns
    -------
    pandas.DataFrame
        ``events`` with ``found``: keys of our rows, in a tuple that is empty where there is none.
    """
    record = record[record["kind"].isin(FIGHTS)]
    first, last = earliest(record["date"]) - slack, latest(record["date"]) + slack
    days = pd.to_datetime(events["date"])
    return events.assign(
        found=[
            tuple(record.loc[(record["country"] == iso3) & (first <= day) & (last >= day), "id"])
            for iso3, day in zip(events["iso3"], days, strict=True)
        ]
    )


def ours_alone(record: pd.DataFrame, events: pd.DataFrame, slack: pd.Timedelta = SLACK) -> pd.DataFrame:
    """Events of our record in capitals that another record lacks there.

    Parameters
    ----------
    record : pandas.DataFrame
        Events of ours: ``date`` and ``capital``.
    events : pandas.DataFrame
        From :func:`at_capitals`.
    slack : pandas.Timedelta
        How far from the days that our date can mean theirs may lie.

    Returns
    -------
    pandas.DataFrame
        Rows of ``record`` without an event of ``events`` in their capital near their day.
    """
    first, last = earliest(record["date"]) - slack, latest(record["date"]) + slack
    days = pd.to_datetime(events["date"])
    alone = [
        not ((events["capital"] == capital) & days.between(begin, end)).any()
        for capital, begin, end in zip(record["capital"], first, last, strict=True)
    ]
    return record[alone]
