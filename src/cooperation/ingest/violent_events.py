"""Violent events with their place, from UCDP's georeferenced event file."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, numbered, numbers, read

FILE = "ucdp-ged-western-sahara/ucdp_clean.csv"
TABLES = {"violent_events": [FILE]}
WHOLE = "ucdp-ged"
# GEDEvent_v26_1.csv is the release of a year, GEDEvent_v26_0_7.csv and GEDEvent_v26_01_26_06.csv are candidate events.
RELEASE = re.compile(r"GEDEvent_v(\d+)(_\d+)+\.csv", re.IGNORECASE)
YEARLY = "_1"


def own(raw: Path) -> list[str]:
    """UCDP's own event files in a folder of upstream files, by the names that UCDP gives them.

    Parameters
    ----------
    raw : pathlib.Path
        Folder with the upstream files.

    Returns
    -------
    list of str
        Their paths in the folder: of several releases of a year only the last,
        and candidate events that are not in it yet; events of two releases
        would be one event told twice.
    """
    folder = raw / WHOLE
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    except OSError:
        # A folder that cannot be looked into is told when it is read, and not passed over for the extract.
        return [WHOLE]
    found = [match for match in map(RELEASE.fullmatch, names) if match]
    last = max((int(match[1]) for match in found if match.string[match.end(1) : -4] == YEARLY), default=0)
    return [f"{WHOLE}/{match.string}" for match in found if int(match[1]) >= last]


def build(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Take the events of the region out of an event file.

    UCDP's file for the whole region is large and not part of what this
    package is made from: where the folder of upstream files has such files
    (:func:`own`), those are read; otherwise the extract on Western Sahara is.

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
        If a column is missing, no event is of the region, or bounds are not
        in order.

    References
    ----------
    Sundberg and Melander (2013), Journal of Peace Research 50(4).
    """
    bounds = {"low": "deaths_low", "best": "deaths_best", "high": "deaths_high"}
    needed = ["id", "date_start", "date_end", "date_prec", "dyad_name", "latitude", "longitude", *bounds]
    whole = own(upstream.raw)
    if whole:
        frames, states = [], numbered(countries).index
        for name in whole:
            frame = read(name, upstream.raw / name, [*needed, "country_id"])
            frames.append(frame[frame["country_id"].isin(states)])
        name, raw = ", ".join(whole), pd.concat(frames, ignore_index=True)
        if raw.empty:
            raise DataError(f"{name}: no event in a state of the region")
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
    table = table.astype(dict.fromkeys(whole_numbers, int)).drop_duplicates("id")
    columns = ["id", "date_start", "date_end", "date_precision", "dyad", "latitude", "longitude", *bounds.values()]
    return {"violent_events": table[columns].sort_values(["date_start", "id"])}


BUILDS = {build: TABLES}
