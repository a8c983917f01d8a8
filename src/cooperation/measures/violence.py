"""Organised violence: deaths by country and year, and on whose soil which groups fought."""

from __future__ import annotations

import pandas as pd

from claimbook.wording import Estimate, listing
from cooperation.periods import LABELS

BOUNDS = ["deaths_low", "deaths_best", "deaths_high"]
# Battle deaths in a year from which UCDP lists an armed conflict.
CONFLICT = 25
# What may tell of a group in a country; see :func:`seen_in`.
RECORDS = ("pairs", "captivity", "attacks", "operations")


def totals(violence: pd.DataFrame) -> pd.DataFrame:
    """Deaths of the three types of organised violence together.

    Parameters
    ----------
    violence : pandas.DataFrame
        Table ``organised_violence``.

    Returns
    -------
    pandas.DataFrame
        iso3, year, deaths_low, deaths_best, deaths_high (deaths). Where the
        source has best outside its bounds, the bounds are widened to hold it.
    """
    table = violence.groupby(["iso3", "year"], as_index=False)[BOUNDS].sum()
    table["deaths_low"] = table[["deaths_low", "deaths_best"]].min(axis=1)
    table["deaths_high"] = table[["deaths_high", "deaths_best"]].max(axis=1)
    return table


def latest_release(deaths: pd.DataFrame) -> pd.DataFrame:
    """Deaths of the three types together, by the release that reaches furthest.

    Parameters
    ----------
    deaths : pandas.DataFrame
        Table ``deaths_to_2025``.

    Returns
    -------
    pandas.DataFrame
        iso3, year, deaths_best (deaths); this release has no bounds here.
    """
    return deaths.groupby(["iso3", "year"], as_index=False)["deaths_best"].sum()


def revised(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Cells that a later release changes.

    Parameters
    ----------
    before, after : pandas.DataFrame
        Tables ``organised_violence`` and ``deaths_to_2025``.

    Returns
    -------
    pandas.DataFrame
        iso3, year, violence, before and after (deaths, best estimate), the largest change first; years that only one
        of the two has are left out.
    """
    key = ["iso3", "year", "violence"]
    both = before[[*key, "deaths_best"]].merge(after, on=key, suffixes=("_before", "_after"))
    both = both.rename(columns={"deaths_best_before": "before", "deaths_best_after": "after"})
    both = both[both["before"] != both["after"]]
    return both.assign(change=(both["after"] - both["before"]).abs()).sort_values(
        ["change", *key], ascending=[False, True, True, True], ignore_index=True
    )[[*key, "before", "after"]]


def provisional(months: pd.DataFrame, states: list[str]) -> tuple[int, str, str]:
    """Deaths in months that rest on candidate events.

    Parameters
    ----------
    months : pandas.DataFrame
        Table ``violence_months``.
    states : list of str
        Codes of the states that count.

    Returns
    -------
    tuple of int, str and str
        Deaths by the best estimate, and the first and the last of the months: preliminary, and never added to the
        deaths of a year.
    """
    part = months[months["provisional"]]
    deaths = part.loc[part["iso3"].isin(states), "deaths_best"].sum()
    return int(deaths), part["month"].min(), part["month"].max()


def by_period(table: pd.DataFrame, periods: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Sum deaths over periods.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`totals`.
    periods : dict of str to (int, int)
        Key of the period, first and last year.

    Returns
    -------
    pandas.DataFrame
        iso3, period, deaths_low, deaths_best, deaths_high; periods in the
        order given.
    """
    parts = [
        table[table["year"].between(first, last)].groupby("iso3", as_index=False)[BOUNDS].sum().assign(period=name)
        for name, (first, last) in periods.items()
    ]
    return pd.concat(parts, ignore_index=True)[["iso3", "period", *BOUNDS]]


def deaths(rows: pd.DataFrame) -> Estimate:
    """Deaths of some rows together, the range widened to hold the best estimate.

    Parameters
    ----------
    rows : pandas.DataFrame
        deaths_low, deaths_best, deaths_high.

    Returns
    -------
    Estimate
        Deaths.
    """
    low, best, high = rows[BOUNDS].sum()
    return Estimate(best, min(low, best), max(high, best))


def deaths_in(table: pd.DataFrame, iso3: str, first: int, last: int) -> Estimate:
    """Deaths in a country over a span of years, as :func:`deaths`; ``table`` is from :func:`totals`."""
    return deaths(table[(table["iso3"] == iso3) & table["year"].between(first, last)])


def period_cells(table: pd.DataFrame, periods: list[str], spans: dict[str, tuple[int, int]], names: pd.Series):
    """Deaths by country and period for a reader.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`totals`.
    periods : list of str
        Keys of the periods, in the order of the columns.
    spans : dict of str to (int, int)
        First and last year of periods.
    names : pandas.Series
        Country names by ISO code, of the countries to show and in their order.

    Returns
    -------
    pandas.DataFrame
        Country, and a column a period with ``best (low-high)``.
    """
    sums = by_period(table[table["iso3"].isin(names.index)], {period: spans[period] for period in periods})
    low, best, high = (sums[bound].map("{:,}".format) for bound in BOUNDS)
    cells = sums.assign(cell=best + " (" + low + "-" + high + ")")
    wide = cells.pivot(index="iso3", columns="period", values="cell").loc[names.index, periods].rename(columns=LABELS)
    wide.insert(0, "Country", names)
    return wide


def yearly(table: pd.DataFrame, countries: tuple[str, ...], first: int, last: int) -> float:
    """Deaths a year of some countries together, by the best estimate; ``table`` is from :func:`totals`."""
    chosen = table["iso3"].isin(countries) & table["year"].between(first, last)
    return table.loc[chosen, "deaths_best"].sum() / (last - first + 1)


def peak(table: pd.DataFrame, iso3: str) -> pd.Series:
    """The deadliest year of a country by the best estimate, the first of several: a row of :func:`totals`."""
    return table.loc[table.loc[table["iso3"] == iso3, "deaths_best"].idxmax()]


def since(table: pd.DataFrame, iso3: str, least: int = CONFLICT) -> int | None:
    """The year from which on a country had so many deaths or more in every year.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`totals`.
    iso3 : str
        The country.
    least : int, optional
        Deaths by the best estimate.

    Returns
    -------
    int or None
        None if the last year has fewer.
    """
    years = table[table["iso3"] == iso3].sort_values("year")
    fewer = years.loc[years["deaths_best"] < least, "year"]
    later = years.loc[years["year"] > fewer.max(), "year"] if len(fewer) else years["year"]
    return None if later.empty else int(later.min())


def per_head(table: pd.DataFrame, economy: pd.DataFrame) -> pd.DataFrame:
    """Deaths beside the population of the same year.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`totals`.
    economy : pandas.DataFrame
        Table ``economy``: ``iso3``, ``year`` and ``population`` (persons).

    Returns
    -------
    pandas.DataFrame
        The rows of ``table`` with ``population`` (persons) and
        ``per_million`` (deaths by the best estimate per million inhabitants).

    Raises
    ------
    ValueError
        If a country-year has no population.
    """
    joined = table.merge(economy[["iso3", "year", "population"]], on=["iso3", "year"], how="left")
    without = joined[joined["population"].isna()]
    if not without.empty:
        raise ValueError(f"no population for {without['iso3'].iloc[0]} in {without['year'].iloc[0]}")
    return joined.assign(per_million=joined["deaths_best"] / joined["population"] * 1e6)


def most_per_head(heads: pd.DataFrame) -> pd.Series:
    """Deaths a year per million inhabitants by country, over all years of a table from :func:`per_head`; most first."""
    sums = heads.groupby("iso3")[["deaths_best", "population"]].sum()
    return (sums["deaths_best"] / sums["population"] * 1e6).sort_values(ascending=False, kind="stable")


def beside(parties: pd.DataFrame, group: str, first: int, last: int) -> pd.DataFrame:
    """Governments in conflicts with a group, as main party or beside another.

    Parameters
    ----------
    parties : pandas.DataFrame
        Table ``warring_parties``, after the dataset of armed conflicts: a
        conflict-year is in it from 25 battle deaths on.
    group : str
        Name of the group as UCDP has it.
    first, last : int
        First and last year.

    Returns
    -------
    pandas.DataFrame
        year, party (government, without "Government of"), role (``primary`` or
        ``secondary``), beside (the government whose conflict it is).
    """
    years = parties[parties["year"].between(first, last)]
    against = years.loc[(years["party"] == group) & (years["role"] == "primary"), ["conflict", "year"]]
    side = years[years["side"] == "a"].merge(against.drop_duplicates(), on=["conflict", "year"])
    side = side.assign(party=side["party"].str.removeprefix("Government of "))
    main = (
        side[side["role"] == "primary"]
        .groupby(["conflict", "year"])["party"]
        .agg(" and ".join)
        .rename("beside")
        .reset_index()
    )
    joined = side.merge(main, on=["conflict", "year"])
    return joined[["year", "party", "role", "beside"]].sort_values(
        ["year", "beside", "role", "party"], ignore_index=True
    )


def stood(sides: pd.DataFrame) -> str:
    """Who stood beside whom, in words.

    Parameters
    ----------
    sides : pandas.DataFrame
        Rows of :func:`beside` with the role ``secondary``.

    Returns
    -------
    str
        Such as ``Chad and Mali beside Algeria in 2004``; ``nobody beside another`` if there are none.
    """
    found = [
        f"{listing(part)} beside {main} in {year}" for (year, main), part in sides.groupby(["year", "beside"])["party"]
    ]
    return listing(found) if found else "nobody beside another"


def seen_in(
    iso3: str,
    dyads: pd.DataFrame,
    cases: pd.DataFrame,
    events: pd.DataFrame,
    actors: pd.DataFrame,
    groups: pd.DataFrame,
    family: str,
) -> pd.DataFrame:
    """What three records have of a family of groups in one country, year by year.

    Parameters
    ----------
    iso3 : str
        The country.
    dyads : pandas.DataFrame
        Table ``organised_violence_dyads``.
    cases : pandas.DataFrame
        From :func:`cooperation.measures.kidnappings.cases`.
    events, actors : pandas.DataFrame
        Tables ``mistrust_events`` and ``mistrust_event_actors``.
    groups : pandas.DataFrame
        Table ``armed_groups``.
    family : str
        The family to look for.

    Returns
    -------
    pandas.DataFrame
        record (``pairs``: warring pairs with deaths on its soil; ``captivity``:
        groups of hostages seized that year and held there; ``attacks``: attacks
        by armed groups there, ``operations``: operations of armed forces there,
        both with the family as an actor), year, count, what (the items, for a
        reader).
    """
    here = dyads[(dyads["iso3"] == iso3) & of_family(dyads["dyad"], groups, family)]
    held = cases[cases["held"].map(lambda places: iso3 in places)]
    mine = set(groups.loc[groups["family"] == family, "id"])
    involved = set(actors.loc[actors["actor"].isin(mine), "event"])
    there = events[(events["country"] == iso3) & events["id"].isin(involved)]
    by_kind = {record: there[there["kind"] == kind] for record, kind in (("attacks", "attack"), ("operations", "raid"))}
    items = pd.concat(
        [
            pd.DataFrame({"record": "pairs", "year": here["year"], "what": here["dyad"]}),
            pd.DataFrame({"record": "captivity", "year": held["date_start"].str[:4].astype(int), "what": held["id"]}),
            *(
                pd.DataFrame({"record": record, "year": part["date"].str[:4].astype(int), "what": part["title"]})
                for record, part in by_kind.items()
            ),
        ]
    )
    return items.groupby(["record", "year"], as_index=False).agg(count=("what", "size"), what=("what", "; ".join))


def before_and_from(seen: pd.DataFrame, year: int) -> pd.DataFrame:
    """Items of each record before a year, and from that year on.

    Parameters
    ----------
    seen : pandas.DataFrame
        From :func:`seen_in`.
    year : int
        The year that divides.

    Returns
    -------
    pandas.DataFrame
        Columns early and late, one row for each of :data:`RECORDS`.
    """
    late = seen["year"].ge(year).map({True: "late", False: "early"})
    sums = seen.groupby(["record", late])["count"].sum().unstack(fill_value=0)
    return sums.reindex(index=RECORDS, columns=["early", "late"], fill_value=0)


def presence_of_groups(dyads: pd.DataFrame, groups: pd.DataFrame, family: str) -> pd.DataFrame:
    """Country-years in which a family of groups was party to deadly violence.

    Parameters
    ----------
    dyads : pandas.DataFrame
        Table ``organised_violence_dyads``.
    groups : pandas.DataFrame
        Table ``armed_groups``: ``ucdp_name`` and ``family``.
    family : str
        The family to look for.

    Returns
    -------
    pandas.DataFrame
        iso3, year, dyads (number of dyads with a group of the family); one
        row for each country-year with at least one.
    """
    mine = dyads[of_family(dyads["dyad"], groups, family)]
    return mine.groupby(["iso3", "year"], as_index=False).agg(dyads=("dyad", "nunique"))


def at_most(violence: pd.DataFrame, dyads: pd.DataFrame, groups: pd.DataFrame, family: str) -> pd.DataFrame:
    """Most deaths in which a family of groups can have taken part.

    The source gives deaths by country, year and type of violence, and the
    names of the warring pairs, but not the deaths of each pair. All deaths of
    a country, year and type count here if one of its pairs has the family.

    Parameters
    ----------
    violence : pandas.DataFrame
        Table ``organised_violence``.
    dyads : pandas.DataFrame
        Table ``organised_violence_dyads``.
    groups : pandas.DataFrame
        Table ``armed_groups``.
    family : str
        The family to look for.

    Returns
    -------
    pandas.DataFrame
        iso3, year, deaths_best (deaths, best estimate); one row for each
        country-year with a pair of the family.
    """
    mine = dyads.loc[of_family(dyads["dyad"], groups, family), ["iso3", "year", "violence"]].drop_duplicates()
    return (
        violence.merge(mine, on=["iso3", "year", "violence"])
        .groupby(["iso3", "year"], as_index=False)["deaths_best"]
        .sum()
    )


def located(events: pd.DataFrame, groups: pd.DataFrame, family: str, first: int, last: int) -> pd.DataFrame:
    """Violent events with their place in which a family of groups took part.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``violent_events``. As delivered it holds events of Western
        Sahara alone, none of them of the family; with UCDP's own files it
        holds those of the region.
    groups : pandas.DataFrame
        Table ``armed_groups``.
    family : str
        The family to look for.
    first, last : int
        First and last year.

    Returns
    -------
    pandas.DataFrame
        Rows of ``violent_events``.
    """
    when = events["date_start"].str[:4].astype(int).between(first, last)
    return events[when & of_family(events["dyad"], groups, family)]


def of_family(names: pd.Series, groups: pd.DataFrame, family: str) -> pd.Series:
    """Which names of warring pairs have a group of a family, on either side; ``groups`` is the table ``armed_groups``."""
    mine = set(groups.loc[groups["family"] == family, "ucdp_name"])
    parties = names.str.split(r" - |, ", regex=True)
    return parties.map(lambda sides: any(side in mine for side in sides)).astype(bool)
