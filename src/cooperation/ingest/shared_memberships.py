"""Shared memberships in intergovernmental organisations, from the Correlates of War."""

from __future__ import annotations

import itertools

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, known, numbered
from cooperation.measures.overlap import against_chance
from cooperation.states import PAIR

MEMBERS = "cow-igo/state_year_format3_region.csv"
DYADS = "cow-igo/cow_igo_ndy_region.csv"
NAMES = "cow-igo/igo_names_lookup.csv"
TABLES = {name: [MEMBERS, DYADS, NAMES] for name in ("shared_memberships", "shared_memberships_by_chance")}
STATUS = (-9, -1, 0, 1, 2, 3)
FULL = 1
EVERY = 5
SLACK = 1
DRAWS = 300


def _by_chance(full: pd.DataFrame, iso3: pd.Series, years: list[int]) -> pd.DataFrame:
    tables = []
    for year in years:
        members = full.xs(year, level="year").rename(index=iso3).sort_index()
        found = against_chance(members.loc[:, members.any()], draws=DRAWS)
        tables.append(found.assign(year=year)[["state_1", "state_2", "year", "shared", "expected", "low", "high"]])
    return pd.concat(tables).sort_values(["state_1", "state_2", "year"]).round(1)


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Count the organisations in which both states of a pair are full members.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``shared_memberships`` (state_1, state_2, year, memberships_1,
        memberships_2, shared): full memberships of each and shared ones;
        every fifth year and the last for all pairs, every year for Algeria and
        Morocco. Only organisations in which a state of the region ever took
        part are counted. CEN-SAD, CEMOC and the Nouakchott Process are not
        coded by the source. ``shared_memberships_by_chance`` (state_1, state_2,
        year, shared, expected, low, high): the shared ones of every fifth year
        and the last, beside the mean and the central 95 per cent of seeded
        draws that keep the number of each state and of each organisation
        (:func:`cooperation.measures.overlap.against_chance`).

    Raises
    ------
    DataError
        If a column, code, state or year is missing or new, or if the counts
        differ from the publisher's own dyadic counts by more than one.

    References
    ----------
    Pevehouse et al. (2020), Journal of Peace Research 57(3).
    """
    iso3 = numbered(countries)
    names = upstream.table(NAMES, ["ioname"])["ioname"].str.lower().tolist()
    upstream.expect(NAMES, pd.DataFrame({"ioname": names}))
    raw = upstream.table(MEMBERS, ["ccode", "year", *names])
    raw = raw[raw["ccode"].isin(iso3.index)]
    for name in names:
        known(MEMBERS, name, raw[name], STATUS)
    upstream.expect(MEMBERS, raw, year="year")
    full = raw.set_index(["ccode", "year"])[names] == FULL
    published = upstream.table(DYADS, ["ccode1", "ccode2", "year", "dyadigos"])
    published = published.set_index(["ccode1", "ccode2", "year"])["dyadigos"]
    last = raw["year"].max()
    sampled = [year for year in (*range(1960, last, EVERY), last) if year in set(raw["year"])]
    rows = []
    for one, two in itertools.combinations(sorted(iso3.index, key=lambda code: iso3[code]), 2):
        shown = range(1956, last + 1) if (iso3[one], iso3[two]) == PAIR else sampled
        for year in shown:
            if (one, year) not in full.index or (two, year) not in full.index:
                continue
            first, second = full.loc[(one, year)], full.loc[(two, year)]
            shared = int((first & second).sum())
            theirs = published.get((min(one, two), max(one, two), year))
            if theirs is not None and abs(theirs - shared) > SLACK:
                raise DataError(
                    f"{MEMBERS}: {iso3[one]} and {iso3[two]} share {shared} in {year}; the publisher counts {theirs}"
                )
            rows.append((iso3[one], iso3[two], year, int(first.sum()), int(second.sum()), shared))
    columns = ["state_1", "state_2", "year", "memberships_1", "memberships_2", "shared"]
    return {
        "shared_memberships": pd.DataFrame(rows, columns=columns),
        "shared_memberships_by_chance": _by_chance(full, iso3, sampled),
    }


BUILDS = {build: TABLES}
