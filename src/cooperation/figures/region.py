"""The region at a glance: borders, towns, and how far the groups reached then and reach now."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import for_readers, legend_entry, mark
from claimbook.figure import INK, finish
from claimbook.wording import counted, listing
from cooperation.figures import maps
from cooperation.figures.palette import MAIN, SECOND, THIRD
from cooperation.measures.region import MEETING, NOW, THEN
from cooperation.states import ALGERIA, BURKINA_FASO, LIBYA, MALI, MAURITANIA, MOROCCO, NIGER, TUNISIA, WESTERN_SAHARA

LONGITUDE, LATITUDE = (-17.6, 11.6), (9.8, 38.6)
NAMED = {
    ALGERIA: (2.2, 29.5),
    MOROCCO: (-6.4, 31.7),
    TUNISIA: (9.3, 33.6),
    LIBYA: (9.9, 27),
    WESTERN_SAHARA: (-13.2, 24.6),
    MAURITANIA: (-11.0, 20.8),
    MALI: (-3.6, 19.8),
    NIGER: (9.6, 17.2),
    BURKINA_FASO: (-3.3, 11.0),
}
# Where the name of a place stands beside its mark, if not to the right: side, and shift in pixels.
BESIDE = {
    "Ouagadougou": ("right", -4, 0),
    "Bamako": ("right", -4, 0),
    "Timbuktu": ("right", -4, 0),
    "Tamanrasset": ("right", -4, 0),
    "Algiers": ("center", 0, 22),
    MEETING: ("left", 20, 4),
}
TO_THE_RIGHT = ("left", 4, 0)
LOOK = {THEN: (THIRD, "circle-open"), NOW[0]: (MAIN, "circle"), NOW[1]: (SECOND, "diamond")}
SHAPES = {THEN: "Rings", NOW[0]: "Discs", NOW[1]: "Diamonds"}


def _size(events: int) -> float:
    """Width of a mark in pixels, whose area grows with the events."""
    return 4 + 1.9 * math.sqrt(events)


def overview(
    boundaries: pd.DataFrame,
    names: pd.Series,
    towns: pd.DataFrame,
    squares: pd.DataFrame,
    legend: list[str],
    title: str,
) -> go.Figure:
    """Map of the region with its borders, the towns that the report names, and where the groups fought.

    Parameters
    ----------
    boundaries : pandas.DataFrame
        Table ``boundaries``.
    names : pandas.Series
        Country names by ISO code.
    towns, squares : pandas.DataFrame
        From :func:`cooperation.measures.region.towns` and :func:`cooperation.measures.region.squares`.
    legend : list of str
        For each group of :data:`LOOK` who it is and when.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = maps.base(boundaries, LONGITUDE, LATITUDE)
    inside = squares["longitude"].between(*LONGITUDE) & squares["latitude"].between(*LATITUDE)
    shown = squares[inside]
    told = [
        _put(figure, shown[shown["group"] == group], group, words) for group, words in zip(LOOK, legend, strict=True)
    ]
    maps.label(figure, {names[code].replace(" ", "<br>"): place for code, place in NAMED.items()}, size=13)
    _write_towns(figure, towns)
    figure.update_layout(legend={"y": 1.0}, margin={"t": 76})
    return finish(
        figure,
        title=title,
        subtitle="Deadly events with a precise place, in squares of half a degree; area grows with their number. "
        "UCDP GED 21.1 and candidate events of January to April 2026",
        alt=(
            "Map of the Sahel and Maghreb with borders and the places named in this report. "
            f"{' '.join(told)} Western Sahara is drawn as an area of its own with a dashed outline. "
            f"Places: {listing(towns['name'])}."
        ),
        data=for_readers(
            shown, {"group": "Group", "longitude": "Longitude", "latitude": "Latitude", "events": "Events"}
        ),
        height=540,
    )


def _put(figure: go.Figure, part: pd.DataFrame, group: str, words: str) -> str:
    """Put the events of a group on the map, and say in a sentence what its marks show."""
    colour, symbol = LOOK[group]
    look = mark(colour, symbol, 8, 1.2 if symbol.endswith("open") else 0)
    figure.add_scatter(
        x=part["longitude"],
        y=part["latitude"],
        mode="markers",
        showlegend=False,
        marker={**look, "size": [_size(n) for n in part["events"]], "opacity": 0.9},
        customdata=part[["events"]],
        hovertemplate=f"{group}: %{{customdata[0]}} here<extra></extra>",
    )
    legend_entry(figure, words, {**look, "size": 10})
    ends = part["latitude"].min(), part["latitude"].max()
    where = f"from {ends[0]:.0f} to {ends[1]:.0f} degrees north"
    return f"{SHAPES[group]}, {words}: {counted(int(part['events'].sum()), 'event')} {where}."


def _write_towns(figure: go.Figure, towns: pd.DataFrame) -> None:
    """Put the towns on the map, each with its name beside its mark; a land has its name alone."""
    marked = towns[towns["name"] != MEETING]
    figure.add_scatter(
        x=marked["longitude"],
        y=marked["latitude"],
        mode="markers",
        marker=mark(INK, "square", 4),
        showlegend=False,
        hoverinfo="skip",
    )
    for row in towns.itertuples():
        side, right, up = BESIDE.get(row.name, TO_THE_RIGHT)
        figure.add_annotation(
            x=row.longitude,
            y=row.latitude,
            text=f"<i>{row.name}</i>" if row.name == MEETING else row.name,
            showarrow=False,
            xanchor=side,
            xshift=right,
            yshift=up,
            font={"size": 11, "color": INK},
        )
