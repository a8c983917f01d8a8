"""Who fought whom and who sent troops to whose fight, from UCDP's conflict and dyad files."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, known, numbered, numbers
from cooperation.states import IVORY_COAST, MALI

CONFLICTS = "ucdp-prio-armed-conflict/UcdpPrioConflict_v25_1_region.csv"
DEATHS = "ucdp-battle-related-deaths/BattleDeaths_v24_1_region.csv"
TABLES = {"warring_parties": [CONFLICTS], "dyad_deaths": [DEATHS]}
TYPES = {1: "extrasystemic", 2: "interstate", 3: "intrastate", 4: "internationalised intrastate"}
MISSIONS = {MALI: range(2013, 2024)}
UCDP_NAMES = {IVORY_COAST: "Ivory Coast"}
BREAKS_ORDER = {(14744, 2015)}


def _split(text: str) -> list[str]:
    return [part.strip() for part in str(text).split(",") if part.strip()]


def _parties(row: pd.Series, conflicts: str) -> list[dict]:
    rows = []
    for side in ("a", "b"):
        for role, suffix in (("primary", ""), ("secondary", "_2nd")):
            names, codes = _split(row[f"side_{side}{suffix}"]), _split(row[f"gwno_{side}{suffix}"])
            states = [name for name in names if name.startswith("Government of ")]
            if len(states) != len(codes):
                raise DataError(
                    f"{conflicts}: conflict {row['conflict_id']} in {row['year']}: {len(states)} governments and "
                    f"{len(codes)} country numbers in side {side}{suffix}"
                )
            rows += [{"side": side, "role": role, "party": name} for name in names]
    return rows


def parties(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Warring parties by conflict and year.

    Parameters
    ----------
    upstream : Upstream
        The upstream files, whole or cut to the region.
    countries : pandas.DataFrame
        Table ``countries``; its ``gwno`` selects conflicts fought over a state
        of the region or by its government.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``warring_parties`` (conflict, year, location, type, side, role, party,
        iso3, mission): one row a party. ``mission`` is true for a secondary
        party in a country and year in which UCDP's list takes in contributors
        to an international mission, so that partners who fought (as France in
        Mali) cannot be told from contributors by this table alone.

    Raises
    ------
    DataError
        If a column or year is missing, or a code is new.

    References
    ----------
    Gleditsch et al. (2002), Journal of Peace Research 39(5); Davies et al. (2025),
    Journal of Peace Research 62(4). UCDP/PRIO version 25.1.
    """
    iso3 = numbered(countries)
    needed = ["conflict_id", "location", "year", "type_of_conflict", "gwno_loc"]
    needed += [f"{kind}_{side}{suffix}" for kind in ("side", "gwno") for side in "ab" for suffix in ("", "_2nd")]
    raw = upstream.table(CONFLICTS, needed)
    mine = raw[["gwno_loc", "gwno_a", "gwno_b"]].map(
        lambda cell: {int(code) for code in _split(cell)} & set(iso3.index)
    )
    raw = raw[mine.any(axis=1)]
    known(CONFLICTS, "type_of_conflict", raw["type_of_conflict"], TYPES)
    upstream.expect(CONFLICTS, raw, year="year")
    names = countries.set_index("iso3")["name"].to_dict() | UCDP_NAMES
    governments = {f"Government of {name}": code for code, name in names.items()}
    rows = []
    for _, row in raw.iterrows():
        places = {iso3[int(code)] for code in _split(row["gwno_loc"]) if int(code) in iso3.index}
        on_mission = any(row["year"] in MISSIONS.get(place, ()) for place in places)
        key = {
            "conflict": row["conflict_id"],
            "year": row["year"],
            "location": row["location"],
            "type": TYPES[row["type_of_conflict"]],
        }
        for party in _parties(row, CONFLICTS):
            home = governments.get(party["party"])
            rows.append({**key, **party, "iso3": home, "mission": on_mission and party["role"] == "secondary"})
    table = pd.DataFrame(rows).drop_duplicates()
    table["mission"] = table["mission"].map({True: "true", False: "false"})
    return {"warring_parties": table.sort_values(["conflict", "year", "side", "role", "party"])}


def deaths(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Battle-related deaths by dyad and year.

    Parameters
    ----------
    upstream : Upstream
        The upstream files, whole or cut to the region.
    countries : pandas.DataFrame
        Table ``countries``; its ``gwno`` selects dyads that fought over a state
        of the region or in one.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``dyad_deaths`` (dyad, year, side_a, side_b, battle_location,
        deaths_low, deaths_best, deaths_high): a dyad fought in two countries
        is one row and must not be summed by country.

    Raises
    ------
    DataError
        If a column or year is missing, or bounds are not in order.

    References
    ----------
    Davies et al. (2025), Journal of Peace Research 62(4). Battle-Related Deaths
    version 24.1: they must not be differenced against deaths of version 25.1.
    """
    iso3 = numbered(countries)
    bounds = {"bd_low": "deaths_low", "bd_best": "deaths_best", "bd_high": "deaths_high"}
    needed = ["dyad_id", "year", "side_a", "side_b", "battle_location", "gwno_loc", "gwno_battle", *bounds]
    raw = numbers(DEATHS, upstream.table(DEATHS, needed), list(bounds))
    mine = raw[["gwno_loc", "gwno_battle"]].map(lambda cell: {int(code) for code in _split(cell)} & set(iso3.index))
    raw = raw[mine.any(axis=1)]
    upstream.expect(DEATHS, raw, year="year", control="bd_best")
    ordered = (raw["bd_low"] <= raw["bd_best"]) & (raw["bd_best"] <= raw["bd_high"])
    broken = set(raw.loc[~ordered, ["dyad_id", "year"]].apply(tuple, axis=1))
    if not broken <= BREAKS_ORDER:
        raise DataError(
            f"{DEATHS}: low <= best <= high is broken in {sorted(broken)}; expected only {sorted(BREAKS_ORDER)}"
        )
    table = raw.rename(columns={"dyad_id": "dyad", **bounds})
    columns = ["dyad", "year", "side_a", "side_b", "battle_location", *bounds.values()]
    table = table[columns].astype(dict.fromkeys(bounds.values(), int))
    return {"dyad_deaths": table.sort_values(["dyad", "year"])}


BUILDS = {parties: ["warring_parties"], deaths: ["dyad_deaths"]}
