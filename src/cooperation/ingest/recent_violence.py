"""Deaths to 2025 in UCDP's release of 2026, months to May 2026, and candidate events of 2026 with their place."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.organised_violence import TYPES
from cooperation.ingest.upstream import Upstream, known, numbers

YEARS = "ucdp-26/organized_violence_country_year_v26_1_region.csv"
MONTHS = "ucdp-26/ged_v26_1_and_candidate_country_month_region.csv"
EVENTS = "ucdp-26/candidate_events_2026_01_04_region.csv"
TABLES = {"deaths_to_2025": [YEARS], "violence_months": [MONTHS], "candidate_events": [EVENTS]}
KINDS = {1: "state-based", 2: "non-state", 3: "one-sided"}
BOUNDS = {"low": "deaths_low", "best": "deaths_best", "high": "deaths_high"}
PRECISION = range(1, 8)
CLEAR = "Clear"
TRUTH = {True: "true", False: "false"}


def years(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Deaths by country, year and type, best estimate, release 26.1.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``; its states select the rows.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``deaths_to_2025`` (iso3, year, violence, deaths_best).

    Raises
    ------
    DataError
        If a column, code, country, year or type is missing or unknown, or the total is not that on record.
    """
    raw = upstream.table(YEARS, ["iso3", "year", "violence", "deaths_best"])
    known(YEARS, "violence", raw["violence"], TYPES.values())
    states = countries.dropna(subset="gwno")["iso3"]
    raw = numbers(YEARS, raw[raw["iso3"].isin(states)], ["year", "deaths_best"])
    upstream.expect(YEARS, raw, year="year", control="deaths_best")
    key = ["iso3", "year", "violence"]
    whole = pd.MultiIndex.from_product([sorted(states), sorted(set(raw["year"])), sorted(TYPES.values())])
    lacking = whole.difference(pd.MultiIndex.from_frame(raw[key]))
    if len(lacking) or raw.duplicated(key).any():
        what = lacking[0] if len(lacking) else tuple(raw.loc[raw.duplicated(key), key].iloc[0])
        raise DataError(f"{YEARS}: expected one row for {', '.join(map(str, what))}")
    return {"deaths_to_2025": raw.astype({"year": int, "deaths_best": int}).sort_values(key)}


def months(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Events and deaths by country, month and type; candidates of the last months are provisional.

    Parameters
    ----------
    upstream, countries
        As in :func:`years`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``violence_months`` (iso3, month, violence, events, deaths_best,
        provisional); months without an event have no row.

    Raises
    ------
    DataError
        If a column, code or year is missing or unknown, or the total is not that on record.
    """
    parts = [f"{kind}_{what}" for kind in TYPES for what in ("events", "deaths")]
    raw = upstream.table(MONTHS, ["iso3", "year", "month", *parts, "provisional"])
    known(MONTHS, "provisional", raw["provisional"], (0, 1))
    raw = numbers(MONTHS, raw[raw["iso3"].isin(countries["iso3"])], ["year", "month", *parts])
    upstream.expect(MONTHS, raw, year="year", control="sb_deaths")
    month = [f"{year:.0f}-{month:02.0f}" for year, month in zip(raw["year"], raw["month"], strict=True)]
    raw = raw.assign(month=month, provisional=(raw["provisional"] == 1).map(TRUTH))
    tables = [
        raw[["iso3", "month", "provisional"]].assign(
            violence=violence, events=raw[f"{kind}_events"].astype(int), deaths_best=raw[f"{kind}_deaths"].astype(int)
        )
        for kind, violence in TYPES.items()
    ]
    table = pd.concat(tables)
    table = table[table["events"] > 0].sort_values(["iso3", "month", "violence"])
    return {"violence_months": table[["iso3", "month", "violence", "events", "deaths_best", "provisional"]]}


def candidates(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Candidate events of 2026 with their place: preliminary, revised later, never added to final years.

    Parameters
    ----------
    upstream, countries
        As in :func:`years`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``candidate_events`` (id, date_start, date_end, iso3, violence, side_a,
        side_b, latitude, longitude, place_precision, clear, deaths_low,
        deaths_best, deaths_high, bounds_kept). A side that UCDP has not
        settled is missing; ``bounds_kept`` as in ``placed_events``.

    Raises
    ------
    DataError
        If a column or code is missing or unknown, an event stands twice, or the total is not that on record.
    """
    columns = ["id", "date_start", "date_end", "iso3", "type_of_violence", "side_a", "side_b", "latitude", "longitude"]
    raw = upstream.table(EVENTS, [*columns, "where_prec", "code_status", *BOUNDS])
    raw = numbers(EVENTS, raw[raw["iso3"].isin(countries["iso3"])], ["latitude", "longitude", *BOUNDS])
    known(EVENTS, "type_of_violence", raw["type_of_violence"], KINDS)
    known(EVENTS, "where_prec", raw["where_prec"], PRECISION)
    upstream.expect(EVENTS, raw, control="best")
    if raw["id"].duplicated().any():
        raise DataError(f"{EVENTS}: event {raw.loc[raw['id'].duplicated(), 'id'].iloc[0]} stands twice")
    table = raw.rename(columns={**BOUNDS, "where_prec": "place_precision"}).astype(
        dict.fromkeys(["place_precision", *BOUNDS.values()], int)
    )
    table = table.assign(
        violence=raw["type_of_violence"].map(KINDS),
        clear=(raw["code_status"] == CLEAR).map(TRUTH),
        bounds_kept=((raw["low"] <= raw["best"]) & (raw["best"] <= raw["high"])).map(TRUTH),
        **{side: raw[side].where(~raw[side].str.startswith("XXX"), None) for side in ("side_a", "side_b")},
    )
    columns = ["id", "date_start", "date_end", "iso3", "violence", "side_a", "side_b", "latitude", "longitude"]
    kept = [*columns, "place_precision", "clear", *BOUNDS.values(), "bounds_kept"]
    return {"candidate_events": table[kept].sort_values(["date_start", "id"])}


BUILDS = {years: ["deaths_to_2025"], months: ["violence_months"], candidates: ["candidate_events"]}
