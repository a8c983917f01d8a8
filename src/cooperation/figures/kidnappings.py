"""Figures on the kidnappings: where they began, where hostages were held and let go."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from claimbook.figure import INK, MUTED, PAPER, area, finish
from cooperation.figures import maps
from cooperation.figures.palette import COUNTRY, PLAIN, SECOND
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


def seizures(
    cases: pd.DataFrame, boundaries: pd.DataFrame, names: pd.Series, events: pd.DataFrame, title: str, alt: str
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
    title, alt : str
        The finding, and what the map shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = maps.base(boundaries, (-17.5, 16), (10, 37.6))
    maps.label(figure, {names[code].replace("Western ", "Western<br>"): place for code, place in LABELS.items()})
    maps.events(figure, events)
    in_mali, disputed = cases["held"].map(lambda held: CAPTIVITY in held), cases["verification"] == "disputed"
    kinds = (
        (in_mali & ~disputed, "held wholly or partly in Mali", "circle", COUNTRY[CAPTIVITY]),
        (in_mali & disputed, "the same, disputed", "circle-open", COUNTRY[CAPTIVITY]),
        (~in_mali, "held elsewhere", "diamond", SECOND),
    )
    for chosen, text, symbol, colour in kinds:
        part = cases[chosen]
        figure.add_scatter(
            x=part["longitude"],
            y=part["latitude"],
            mode="markers",
            name=text,
            marker={
                "size": [7 + 5 * math.sqrt(n) for n in part["hostages"]],
                "symbol": symbol,
                "opacity": 1,
                "color": colour,
                "line": {
                    "color": colour if symbol == "circle-open" else PAPER,
                    "width": 2 if symbol == "circle-open" else 1.2,
                },
            },
            customdata=part[["id", "date_start", "place_taken", "hostages"]].astype(str),
            hovertemplate="%{customdata[0]}, %{customdata[1]}<br>%{customdata[2]}<br>hostages: %{customdata[3]}<extra></extra>",
        )
    figure.update_layout(legend={"y": 1.0})
    data = pd.DataFrame(
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
    subtitle = "Places of seizure, 2003-2012; area grows with the number of hostages; positions approximate"
    return finish(
        figure,
        title=title,
        subtitle=subtitle,
        alt=alt,
        data=data,
        height=480,
    )


def flow(paths: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Flow of cases from country of seizure over captivity to the end.

    Parameters
    ----------
    paths : pandas.DataFrame
        From :func:`cooperation.measures.kidnappings.paths`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    stages = ["seized", "held", "ended"]
    words = paths[stages].map(lambda code: ", ".join(names[part] for part in code.split("+")))
    order = [", ".join(names[code] for code in codes) for codes in FLOW_ORDER]
    order += sorted(set(words.to_numpy().ravel()) - set(order))
    codes = dict(zip(words["seized"], paths["seized"], strict=True))
    gap, width = 0.9, 0.07
    tops: list[dict] = []
    figure = go.Figure()
    for position, stage in enumerate(stages):
        sizes = paths.groupby(words[stage])["cases"].sum()
        sizes = sizes.reindex([name for name in order if name in sizes.index])
        height = sizes.sum() + gap * (len(sizes) - 1)
        y, top = height / 2, {}
        for name, size in sizes.items():
            figure.add_shape(
                type="rect",
                x0=position - width / 2,
                x1=position + width / 2,
                y0=y - size,
                y1=y,
                fillcolor=MUTED,
                line={"width": 0},
            )
            outer = {0: (-0.06, "right"), 1: (0.06, "left"), 2: (0.06, "left")}[position]
            figure.add_annotation(
                x=position + outer[0],
                y=y - size / 2,
                xanchor=outer[1],
                showarrow=False,
                text=f"{name} <b>{size}</b>",
                font={"size": 13, "color": INK},
            )
            top[name] = y
            y -= size + gap
        tops.append(top)
    cursors = [dict(top) for top in tops] + [dict(tops[1])]
    ordered = words.assign(cases=paths["cases"]).sort_values(stages, key=lambda column: column.map(order.index))
    for _, path in ordered.iterrows():
        for left, (here, there) in enumerate((("seized", "held"), ("held", "ended"))):
            out = cursors[0] if left == 0 else cursors[3]
            into = cursors[1] if left == 0 else cursors[2]
            y0, y1, size = out[path[here]], into[path[there]], path["cases"]
            out[path[here]] -= size
            into[path[there]] -= size
            steps = [n / 12 for n in range(13)]
            ease = [t * t * (3 - 2 * t) for t in steps]
            x = [left + width / 2 + t * (1 - width) for t in steps]
            upper = [y0 + (y1 - y0) * e for e in ease]
            figure.add_scatter(
                x=[round(value, 3) for value in (*x, *reversed(x))],
                y=[round(value, 3) for value in (*upper, *(value - size for value in reversed(upper)))],
                fill="toself",
                mode="lines",
                showlegend=False,
                **area(COUNTRY.get(codes[path["seized"]], PLAIN), 0.35),
                text=f"{path['seized']} to {path['held']} to {path['ended']}: {size}",
                hoverinfo="text",
                hoveron="fills",
            )
    for position, text in enumerate(("Seized in", "Held in", "Ended in")):
        figure.add_annotation(x=position, y=1.0, yref="paper", yanchor="bottom", text=f"<b>{text}</b>", showarrow=False)
    figure.update_xaxes(visible=False, range=[-0.95, 3.0])
    figure.update_yaxes(visible=False)
    figure.update_layout(margin={"t": 34})
    data = words.rename(columns={"seized": "Seized in", "held": "Held in", "ended": "Ended in"})
    data = data.assign(Cases=paths["cases"], Hostages=paths["hostages"])
    return finish(
        figure,
        title=title,
        subtitle="Number of cases (groups with a common outcome), 2003-2012",
        alt=alt,
        data=data,
        height=430,
    )
