"""Violent events with their place, from UCDP's georeferenced event file."""

from __future__ import annotations

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, numbered, numbers, read

FILE = "ucdp-ged-western-sahara/ucdp_clean.csv"
TABLES = {"violent_events": [FILE]}
WHOLE = "ucdp-ged"


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Take the events of the region out of an event file.

    UCDP's file for the whole region is large and not part of what this
    package is made from: where the folder of upstream files has ``ucdp-ged``
    with UCDP's CSV files, those are read; otherwise the extract on Western
    Sahara is.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``; its ``gwno`` selects the events of UCDP's own files.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``violent_events`` (id, date_start, date_end, date_precision, dyad,
        latitude, longitude, deaths_low, deaths_best, deaths_high). Several
        events of Western Sahara are placed on points of the berm; the extract
        does not reach the country-year totals and must not be counted.

    Raises
    ------
    DataError
        If a column is missing or bounds are not in order.

    References
    ----------
    Sundberg and Melander (2013), Journal of Peace Research 50(4).
    """
    bounds = {"low": "deaths_low", "best": "deaths_best", "high": "deaths_high"}
    needed = ["id", "date_start", "date_end", "date_prec", "dyad_name", "latitude", "longitude", *bounds]
    whole = sorted((upstream.raw / WHOLE).glob("*.csv"))
    if whole:
        frames = []
        for path in whole:
            frame = read(f"{WHOLE}/{path.name}", path, [*needed, "country_id"])
            frames.append(frame[frame["country_id"].isin(numbered(countries).index)])
        name, raw = f"{WHOLE}/{whole[0].name}", pd.concat(frames, ignore_index=True)
    else:
        name, raw = FILE, upstream.table(FILE, needed)
        upstream.expect(FILE, raw, control="best")
    raw = numbers(name, raw, ["latitude", "longitude", "date_prec", *bounds])
    broken = raw[~((raw["low"] <= raw["best"]) & (raw["best"] <= raw["high"]))]
    if len(broken):
        raise DataError(f"{name}: low <= best <= high is broken in event {broken['id'].iloc[0]}")
    table = raw.rename(columns={**bounds, "date_prec": "date_precision", "dyad_name": "dyad"})
    for column in ("date_start", "date_end"):
        table[column] = table[column].astype(str).str[:10]
    whole_numbers = ["date_precision", *bounds.values()]
    table = table.astype({column: int for column in whole_numbers}).drop_duplicates("id")
    columns = ["id", "date_start", "date_end", "date_precision", "dyad", "latitude", "longitude", *bounds.values()]
    return {"violent_events": table[columns].sort_values(["date_start", "id"])}
