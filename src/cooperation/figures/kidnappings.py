"""Figures on the kidnappings: where they began, where hostages were held and let go."""

from __future__ import annotations

import itertools
import math

import pandas as pd
import plotly.graph_objects as go

from claimbook.figure import INK, MUTED, PAPER, area, finish
from claimbook.wording import count, listing
from cooperation.figures import maps
from cooperation.figures.palette import COUNTRY, PLAIN, SECOND
from cooperation.measures import kidnappings
from cooperation.periods import in_years
from cooperation.states import (
    ALGERIA,
    BURKINA_FASO,
    CAPTIVITY,
    LIBYA,
    MALI,
    MAURITANIA,
    MOROCCO,
    NIGER,
    TUNISIA,
    WESTERN_SAHARA,
)

LABELS = {
    ALGERIA: (2.5, 29.5),
    MALI: (-2.6, 19.6),
    NIGER: (9.3, 16.4),
    MAURITANIA: (-10.6, 20.6),
    TUNISIA: (9.6, 35.2),
    WESTERN_SAHARA: (-13.6, 24.6),
    MOROCCO: (-6.2, 32.0),
    BURKINA_FASO: (-1.7, 12.4),
    LIBYA: (14.0, 27.6),
}
# From the north to the south.
FLOW_ORDER = ((ALGERIA,), (TUNISIA,), (ALGERIA, MALI), (MAURITANIA,), (MALI,), (MALI, NIGER), (NIGER,), (BURKINA_FASO,))


SHAPES = {"circle": "Circles", "circle-open": "Hollow circles", "diamond": "Diamonds"}
STAGES = {"seized": "Seized in", "held": "Held in", "ended": "Ended in"}
# Height between two countries in units of a case, and the width of a column where 1 leads to the next.
GAP, WIDTH = 0.9, 0.07


def seizures(
    cases: pd.DataFrame, boundaries: pd.DataFrame, names: pd.Series, events: pd.DataFrame, title: str
) -> go.Figure:
    """Map of the places of seizure, sized by hostages, shaped by whether Mali held them and whether that is disputed.

    Parameters
    ----------
    cases : pandas.DataFrame
        From :func:`cooperation.measures.kidnappings.cases`.
    boundaries : pandas.DataFrame
        Table ``boundaries``.
    names : pandas.Series
        Country names by ISO code.
    events : pandas.DataFrame
        Violent events to show beneath, from :func:`cooperation.measures.violence.located`; may be empty.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = maps.base(boundaries, (-17.5, 16), (10, 37.6))
    maps.label(figure, {names[code].replace("Western ", "Western<br>"): place for code, place in LABELS.items()})
    maps.events(figure, events)
    held, disputed = kidnappings.in_mali(cases), cases["verification"] == "disputed"
    kinds = (
        (held & ~disputed, f"held wholly or partly in {names[CAPTIVITY]}", "circle", COUNTRY[CAPTIVITY]),
        (held & disputed, "the same, disputed", "circle-open", COUNTRY[CAPTIVITY]),
        (~held, "held elsewhere", "diamond", SECOND),
    )
    said = []
    for chosen, text, symbol, colour in kinds:
        part = cases[chosen]
        figure.add_trace(_places(part, text, symbol, colour))
        if not part.empty:
            codes = part["country_taken"].value_counts(sort=False)
            places = listing(f"{count(number)} in {names[code]}" for code, number in codes.items())
            said.append(f"{SHAPES[symbol]}, {text}: {places}")
    figure.update_layout(legend={"y": 1.0})
    return finish(
        figure,
        title=title,
        subtitle=f"Places of seizure, {_span(cases)}; area grows with the number of hostages; positions approximate",
        alt=(
            f"Map of the Sahel and Maghreb with a mark where each of {count(len(cases))} groups of hostages was seized. "
            f"{'. '.join(said)}. Western Sahara is drawn as a separate area with a dashed outline."
        ),
        data=_case_rows(cases, names),
        height=480,
    )


def _places(part: pd.DataFrame, name: str, symbol: str, colour: str) -> go.Scatter:
    """Marks of the places of seizure of some cases."""
    hollow = symbol == "circle-open"
    return go.Scatter(
        x=part["longitude"],
        y=part["latitude"],
        mode="markers",
        name=name,
        marker={
            "size": [7 + 5 * math.sqrt(n) for n in part["hostages"]],
            "symbol": symbol,
            "opacity": 1,
            "color": colour,
            "line": {"color": colour if hollow else PAPER, "width": 2 if hollow else 1.2},
        },
        customdata=part[["id", "date_start", "place_taken", "hostages"]].astype(str),
        hovertemplate="%{customdata[0]}, %{customdata[1]}<br>%{customdata[2]}<br>hostages: %{customdata[3]}<extra></extra>",
    )


def _case_rows(cases: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The cases of the map for a reader."""
    return pd.DataFrame(
        {
            "Case": cases["id"],
            "Seized on": cases["date_start"],
            "Place": cases["place_taken"],
            "Country of seizure": cases["country_taken"].map(names),
            "Held in": cases["held"].map(lambda held: ", ".join(names[code] for code in held)),
            "Ended in": cases["country_ended"].map(names),
            "Hostages": cases["hostages"],
            "Verification": cases["verification"],
            "Latitude (approximate)": cases["latitude"],
            "Longitude (approximate)": cases["longitude"],
        }
    )


def _span(cases: pd.DataFrame) -> str:
    """First and last year of seizure."""
    return in_years(cases["date_start"].str[:4].min(), cases["date_start"].str[:4].max())


def flow(cases: pd.DataFrame, names: pd.Series, title: str) -> go.Figure:
    """Flow of cases from country of seizure over captivity to the end.

    Parameters
    ----------
    cases : pandas.DataFrame
        From :func:`cooperation.measures.kidnappings.cases`.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    paths = kidnappings.paths(cases)
    words = paths[list(STAGES)].map(lambda code: ", ".join(names[part] for part in code.split("+")))
    order = [", ".join(names[code] for code in codes) for codes in FLOW_ORDER]
    order += sorted(set(words.to_numpy().ravel()) - set(order))
    drawn = words.assign(cases=paths["cases"], codes=paths["seized"])
    drawn = drawn.sort_values(list(STAGES), key=lambda column: column.map(order.index))
    sizes = {
        stage: drawn.groupby(stage)["cases"].sum().sort_index(key=lambda i: i.map(order.index)) for stage in STAGES
    }
    figure = go.Figure()
    tops = [_column(figure, position, sizes[stage]) for position, stage in enumerate(STAGES)]
    for left, (here, there) in enumerate(itertools.pairwise(STAGES)):
        out, into = dict(tops[left]), dict(tops[left + 1])
        for path in drawn.to_dict("records"):
            _ribbon(figure, left, (out[path[here]], into[path[there]]), path)
            out[path[here]] -= path["cases"]
            into[path[there]] -= path["cases"]
    for position, text in enumerate(STAGES.values()):
        figure.add_annotation(x=position, y=1.0, yref="paper", yanchor="bottom", text=f"<b>{text}</b>", showarrow=False)
    figure.update_xaxes(visible=False, range=[-0.95, 3.0])
    figure.update_yaxes(visible=False)
    figure.update_layout(margin={"t": 34})
    return finish(
        figure,
        title=title,
        subtitle=f"Number of cases (groups with a common outcome), {_span(cases)}",
        alt=_flow_in_words(sizes, int(kidnappings.in_mali(cases).sum()), names[CAPTIVITY]),
        data=words.rename(columns=STAGES).assign(Cases=paths["cases"], Hostages=paths["hostages"]),
        height=430,
    )


def _column(figure: go.Figure, position: int, sizes: pd.Series) -> dict[str, float]:
    """Draw a block for each country of a stage, and give the upper edge of each."""
    y, tops = (sizes.sum() + GAP * (len(sizes) - 1)) / 2, {}
    offset, anchor = (-0.06, "right") if position == 0 else (0.06, "left")
    for name, size in sizes.items():
        sides = {"x0": position - WIDTH / 2, "x1": position + WIDTH / 2, "y0": y - size, "y1": y}
        figure.add_shape(type="rect", **sides, fillcolor=MUTED, line={"width": 0})
        figure.add_annotation(
            x=position + offset,
            y=y - size / 2,
            xanchor=anchor,
            showarrow=False,
            text=f"{name} <b>{size}</b>",
            font={"size": 13, "color": INK},
        )
        tops[name] = y
        y -= size + GAP
    return tops


def _ribbon(figure: go.Figure, left: int, edges: tuple[float, float], path: dict) -> None:
    """Draw the cases of a path from one stage to the next, in the colour of the country of seizure."""
    (y0, y1), size = edges, path["cases"]
    steps = [n / 12 for n in range(13)]
    x = [left + WIDTH / 2 + t * (1 - WIDTH) for t in steps]
    upper = [y0 + (y1 - y0) * t * t * (3 - 2 * t) for t in steps]
    figure.add_scatter(
        x=[round(value, 3) for value in (*x, *reversed(x))],
        y=[round(value, 3) for value in (*upper, *(value - size for value in reversed(upper)))],
        fill="toself",
        mode="lines",
        showlegend=False,
        **area(COUNTRY.get(path["codes"], PLAIN), 0.35),
        text=f"{' to '.join(path[stage] for stage in STAGES)}: {size}",
        hoverinfo="text",
        hoveron="fills",
    )


def _flow_in_words(sizes: dict[str, pd.Series], in_mali: int, mali: str) -> str:
    """What the flow shows, for readers who cannot see it."""
    columns = [
        f"{STAGES[stage]}: {'; '.join(f'{name} {count(size)}' for name, size in part.items())}."
        for stage, part in sizes.items()
    ]
    total = sum(sizes["held"])
    return (
        f"Flow in three columns. Of {count(total)} cases {count(in_mali)} run through captivity in {mali}. "
        f"{' '.join(columns)}"
    )
