"""Where things lie: towns that the report names, and how far the groups reached then and reach now."""

from __future__ import annotations

import pandas as pd

from cooperation.measures.places import fought
from cooperation.periods import COUP, YEARS
from cooperation.rows import Kidnapping, PlacedEvent
from cooperation.states import ALGERIA, BURKINA_FASO, MALI, MAURITANIA, MOROCCO, NIGER

CAPITALS = (ALGERIA, BURKINA_FASO, MALI, MAURITANIA, MOROCCO, NIGER)
SEIZED_AT = {
    Kidnapping.ARLIT_FREED_EARLY: "Arlit",
    Kidnapping.TINDOUF: "Refugee camps near Tindouf",
    Kidnapping.TIMBUKTU: "Timbuktu",
    Kidnapping.GAO: "Gao",
}
FOUGHT_AT = {PlacedEvent.KIDAL: "Kidal", PlacedEvent.TAMANRASSET: "Tamanrasset"}
# The land around the point where three states meet.
MEETING, AROUND = "Liptako-Gourma", (MALI, BURKINA_FASO, NIGER)
# UCDP's names of the groups, and whose reach is shown: AQIM's before the coup, that of the others now.
THEN, NOW = "AQIM", ("JNIM", "IS")
# Codes of UCDP for a place that is known, or known to within about 25 kilometres.
PRECISE = 2
# Side of the squares in which events are counted, in degrees.
CELL = 0.5
POINT = ["longitude", "latitude"]


def towns(
    capitals: pd.DataFrame, kidnappings: pd.DataFrame, events: pd.DataFrame, boundaries: pd.DataFrame
) -> pd.DataFrame:
    """The towns that the report names, each at a point that the data have.

    Parameters
    ----------
    capitals, kidnappings, events, boundaries : pandas.DataFrame
        Tables ``capitals``, ``kidnappings``, ``placed_events`` and ``boundaries``.

    Returns
    -------
    pandas.DataFrame
        name, longitude and latitude (degrees).

    Raises
    ------
    ValueError
        If the three states around Liptako-Gourma do not meet in one point.
    """
    outlines = [boundaries.loc[boundaries["iso3"] == iso3, POINT] for iso3 in AROUND]
    shared = set.intersection(*({tuple(point) for point in outline.to_numpy()} for outline in outlines))
    if len(shared) != 1:
        raise ValueError(f"{', '.join(AROUND)}: expected one point that all three outlines have, got {len(shared)}")
    ((longitude, latitude),) = shared
    found = [capitals[capitals["iso3"].isin(CAPITALS)].rename(columns={"city": "name"})]
    found += [
        table[table["id"].isin(names)].assign(name=lambda rows, names=names: rows["id"].map(names))
        for table, names in ((kidnappings, SEIZED_AT), (events, FOUGHT_AT))
    ]
    met = pd.DataFrame({"name": [MEETING], "longitude": [longitude], "latitude": [latitude]})
    return pd.concat([*found, met], ignore_index=True)[["name", *POINT]]


def reach(placed: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Deadly events of the groups with a precise place: AQIM's from 2003 to the coup, today's groups' in the last release.

    Parameters
    ----------
    placed, candidates : pandas.DataFrame
        Tables ``placed_events`` and ``candidate_events``.

    Returns
    -------
    pandas.DataFrame
        group (UCDP's name), date, iso3, longitude and latitude.
    """
    dates = candidates.rename(columns={"date_start": "date"})
    now = dates[dates["place_precision"] <= PRECISE].fillna({"side_a": "", "side_b": ""})
    before = placed[placed["date"].between(str(YEARS["hostages"][0]), f"{COUP.date()}", inclusive="left")]
    parts = [fought(before, [THEN]).assign(group=THEN)]
    parts += [fought(now, [name]).assign(group=name) for name in NOW]
    return pd.concat(parts, ignore_index=True)[["group", "date", "iso3", *POINT]]


def squares(events: pd.DataFrame) -> pd.DataFrame:
    """Events counted by group in squares of :data:`CELL` degrees.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`reach`.

    Returns
    -------
    pandas.DataFrame
        group, longitude and latitude (the middle of the events in the square) and events.
    """
    cells = (events[POINT].astype(float) // CELL).add_suffix("_cell")
    by = events[["group", *POINT]].join(cells).groupby(["group", *cells], sort=True)
    counted = by[POINT].mean().round(2)
    return counted.assign(events=by.size()).reset_index()[["group", *POINT, "events"]]


def defined(terms: pd.DataFrame, keys: tuple[str, ...], cited: pd.Series) -> dict[str, str]:
    """A line on each of some groups or bodies: its full name, and the first sentence of its definition.

    Parameters
    ----------
    terms : pandas.DataFrame
        Table ``terms``.
    keys : tuple of str
        Keys of it, in the order of the lines.
    cited : pandas.Series of str
        Citations of the terms, by key.

    Returns
    -------
    dict of str to str
        Markdown by the short name.
    """
    rows, lines = terms.set_index("key").loc[[*keys]], {}
    for row in rows.itertuples():
        first = row.definition.split(". ")[0].rstrip(".")
        short = isinstance(row.abbreviation, str)
        named = f"*{row.term}.* " if short else ""
        lines[row.abbreviation if short else row.term] = f"{named}{first}. {cited[row.Index]}"
    return lines
