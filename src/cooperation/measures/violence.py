"""Organised violence: deaths by country and year, and on whose soil which groups fought."""

from __future__ import annotations

import pandas as pd

BOUNDS = ["deaths_low", "deaths_best", "deaths_high"]


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
    here = dyads[(dyads["iso3"] == iso3) & _with_family(dyads["dyad"], groups, family)]
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
    mine = dyads[_with_family(dyads["dyad"], groups, family)]
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
    mine = dyads.loc[_with_family(dyads["dyad"], groups, family), ["iso3", "year", "violence"]].drop_duplicates()
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
    return events[when & _with_family(events["dyad"], groups, family)]


def _with_family(names: pd.Series, groups: pd.DataFrame, family: str) -> pd.Series:
    mine = set(groups.loc[groups["family"] == family, "ucdp_name"])
    parties = names.str.split(r" - |, ", regex=True)
    return parties.map(lambda sides: any(side in mine for side in sides)).astype(bool)
