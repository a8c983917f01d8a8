"""Where a group fought, as figures show it."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import (
    DOTTED,
    axis_title,
    for_readers,
    interval,
    lane_axis,
    legend_entry,
    mark,
    panels,
    stroke,
    time_axis,
    write,
)
from claimbook.figure import GRID, INK, MUTED, PAPER, finish
from claimbook.wording import count, counted, listing, percent
from cooperation.figures import maps
from cooperation.figures.days import mark_coup
from cooperation.figures.palette import COUNTRY, MAIN, PLAIN, SECOND, THIRD
from cooperation.measures.places import NEAR, gathered
from cooperation.periods import COUP
from cooperation.states import ALGERIA, BURKINA_FASO, MALI, MAURITANIA, NIGER, WESTERN_SAHARA

PANELS = {
    "share": "Fights outside Algeria, per cent",
    "latitude": "The middle one of these, degrees north",
    "border_km": "The middle one, kilometres to a border",
}
# Colour, mark and shift from the year of the two readings of who fought.
LOOKS = ((MAIN, "circle", -0.14), (SECOND, "diamond-open", 0.14))
SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "hexagon", "star")


# Where the name of a state stands on the map of fights, with the number of its fights.
NAMED = {
    ALGERIA: (2.6, 29.2),
    MALI: (-3.1, 21.7),
    MAURITANIA: (-11.6, 19.8),
    NIGER: (10.6, 19.9),
    BURKINA_FASO: (-1.6, 7.6),
}
TERRITORY = (-14.2, 29.6)
# Of a group by its own name, and of its offshoots and allies: words, shape and colour of the mark.
WHO = {True: ("{own} by name", "circle", MAIN), False: ("its offshoots and allies", "diamond", THIRD)}


def fights(spans: dict[str, pd.DataFrame], own: str, boundaries: pd.DataFrame, names: pd.Series, title: str):
    """Where a group and its kin fought, a map for each span of years.

    Parameters
    ----------
    spans : dict of str to pandas.DataFrame
        From :func:`cooperation.measures.places.fought`, by the words for their years.
    own : str
        UCDP's name of the group.
    boundaries : pandas.DataFrame
        Table ``boundaries``.
    names : pandas.Series
        Country names by ISO code.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = maps.side_by_side(boundaries, (-17.6, 16.8), (6, 37.9), list(spans))
    marks = {span: gathered(events, own) for span, events in spans.items()}
    for column, (span, table) in enumerate(marks.items(), start=1):
        for is_own, look in WHO.items():
            _fight_marks(figure, table[table["own"] == is_own], look, own, column)
        numbers = spans[span]["iso3"].value_counts()
        for iso3, (x, y) in NAMED.items():
            write(figure, x, y, f"{names[iso3]}<br><b>{numbers.get(iso3, 0)}</b>", row=1, col=column)
        territory = names[WESTERN_SAHARA].replace(" ", "<br>")
        write(figure, *TERRITORY, territory, size=10, colour=MUTED, row=1, col=column)
    figure.update_layout(legend={"y": 1.1}, margin={"t": 60, "l": 2, "r": 2})
    data = pd.concat(table.assign(years=span) for span, table in marks.items())
    data = data.assign(country=data["iso3"].map(names), own=data["own"].map({True: own, False: WHO[False][0]})).round(2)
    return finish(
        figure,
        title=title,
        alt=_fights_in_words(spans, names),
        data=for_readers(data, OF_MARKS),
        height=390,
        subtitle="Fights that UCDP places within about 25 kilometres, release 21.1; area grows with their number, "
        "which stands beside the country",
    )


# Columns of the marks of a map, as readers see them.
OF_MARKS = {
    "years": "Years",
    "country": "Country",
    "own": "Who fought",
    "events": "Fights",
    "latitude": "Latitude, middle",
    "longitude": "Longitude, middle",
}


def _fight_marks(figure: go.Figure, table: pd.DataFrame, look: tuple[str, str, str], own: str, column: int) -> None:
    """The marks of one group or its kin on one map; the first map names them, though it may have none."""
    words, symbol, colour = look
    figure.add_scatter(
        x=table["longitude"],
        y=table["latitude"],
        mode="markers",
        name=words.format(own=own),
        showlegend=False,
        marker={
            "symbol": symbol,
            "size": [2.4 + 1.9 * math.sqrt(number) for number in table["events"]],
            "opacity": 1,
            "color": colour,
            "line": {"color": PAPER, "width": 0.8},
        },
        hovertemplate="%{text} fights<extra></extra>",
        text=table["events"].astype(str),
        row=1,
        col=column,
    )
    if column == 1:
        legend_entry(figure, words.format(own=own), mark(colour, symbol, 9))


def _fights_in_words(spans: dict[str, pd.DataFrame], names: pd.Series) -> str:
    """Of each span the number of fights by country, most first."""
    parts = []
    for span, events in spans.items():
        numbers = events["iso3"].value_counts()
        parts.append(f"{span}: {listing(f'{number} in {names[iso3]}' for iso3, number in numbers.items())}")
    return (
        f"Maps of the Sahel and Maghreb side by side, with marks where fights lie. {'. '.join(parts)}. Western Sahara is "
        "drawn as an area of its own with a dashed outline."
    )


def latitudes(events: pd.DataFrame, names: pd.Series, last: int, title: str) -> go.Figure:
    """How far north each event lies, by its day, with a mark for each country.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`cooperation.measures.places.fought`.
    names : pandas.Series
        Country names by ISO code.
    last : int
        Last year that is drawn.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shown = events[events["year"] <= last]
    order = shown["iso3"].value_counts().index
    figure = go.Figure()
    for iso3, symbol in zip(order, SHAPES, strict=False):
        part = shown[shown["iso3"] == iso3]
        look = mark(COUNTRY.get(iso3, PLAIN), symbol, 9)
        figure.add_scatter(
            x=part["date"],
            y=part["latitude"],
            mode="markers",
            marker=look,
            showlegend=False,
            customdata=part[["region", "border_km"]].assign(country=names[iso3]).fillna("region not drawn"),
            hovertemplate="%{customdata[2]}, %{customdata[0]}, %{x|%-d %B %Y}; %{customdata[1]} km from a border"
            "<extra></extra>",
        )
        legend_entry(figure, f"{names[iso3]} ({len(part)})", look)
    mark_coup(figure)
    first = int(shown["year"].min())
    time_axis(figure, f"{first}-01-01", f"{last}-12-31", 24, f"{first}-01-01")
    figure.update_yaxes(title=axis_title("degrees north"), ticksuffix="°", color=INK)
    figure.update_layout(legend={"y": 1.06}, margin={"t": 64})
    return finish(
        figure,
        title=title,
        alt=_in_words(shown, names, order),
        data=for_readers(
            shown.assign(country=shown["iso3"].map(names)),
            {
                "date": "Day",
                "country": "Country",
                "region": "Region",
                "latitude": "Latitude",
                "border_km": "Kilometres to a border",
                "deaths_best": "Deaths, best estimate",
            },
        ),
        height=430,
        subtitle="Events that UCDP places within about 25 kilometres, by day and latitude; release 21.1",
    )


def _in_words(shown: pd.DataFrame, names: pd.Series, order: pd.Index) -> str:
    """Each country with its number of events, their years and latitudes."""
    parts = []
    for iso3 in order:
        part = shown[shown["iso3"] == iso3]
        years = sorted(set(part["year"]))
        span = f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
        low, high = part["latitude"].min(), part["latitude"].max()
        at = f"at {low:.0f}" if round(low) == round(high) else f"from {low:.0f} to {high:.0f}"
        parts.append(f"{names[iso3]}: {counted(len(part), 'event')} {span}, {at} degrees north")
    return f"Marks by day and latitude for {count(len(order))} countries. {'; '.join(parts)}."


# Columns of a table of years, as readers see them.
OF_YEARS = {
    "group": "Who fought",
    "year": "Year",
    "events": "Fights placed",
    "abroad": "Outside Algeria",
    "share": "Share",
    "share_low": "Share, low",
    "share_high": "Share, high",
    "northern": "In the north of Mali",
    "latitude": "Latitude, middle",
    "south": "Latitude, southernmost",
    "north": "Latitude, northernmost",
    "border_km": "Kilometres to a border, middle",
}


def by_year(tables: dict[str, pd.DataFrame], title: str) -> go.Figure:
    """Year by year the share of fights abroad, how far north their middle one lies, and how far from a border.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        From :func:`cooperation.measures.places.abroad`, by the name of who fought; two at most.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = panels(list(PANELS.values()), 0.09, row_heights=[0.4, 0.32, 0.28])
    shown = {name: table.assign(group=name) for name, table in tables.items()}
    for (name, table), look in zip(shown.items(), LOOKS, strict=False):
        for row, column in enumerate(PANELS, start=1):
            _year_marks(figure, table, column, name, look, row)
    # A year is drawn about its tick, half a year to either side.
    figure.add_vline(x=COUP.year - 0.5 + COUP.day_of_year / 366, line=DOTTED)
    years = pd.concat(shown.values())["year"]
    for row in next(iter(shown.values())).query("abroad > 0").itertuples():
        write(
            figure,
            row.year,
            0,
            str(row.abroad),
            size=10,
            colour=MUTED,
            yref="y2 domain",
            xref="x2",
            yanchor="bottom",
            textangle=-90,
        )
    figure.update_xaxes(range=[years.min() - 0.7, years.max() + 0.7], dtick=4, tick0=years.min())
    figure.update_yaxes(range=[-4, 104], dtick=25, row=1, col=1)
    figure.update_yaxes(range=[-3, 38], dtick=10, row=2, col=1)
    figure.update_yaxes(rangemode="tozero", row=3, col=1)
    figure.update_layout(legend={"y": 1.05}, margin={"t": 66})
    return finish(
        figure,
        title=title,
        alt=_years_in_words(shown),
        data=for_readers(pd.concat(shown.values()).round(3), OF_YEARS),
        height=620,
        subtitle="Events that UCDP places within about 25 kilometres, release 21.1; the dotted line is the coup. "
        "Lines: interval of 95 per cent of a share (Wilson), and from the southernmost to the northernmost event. Small "
        "numbers: how many lie outside Algeria",
    )


def _year_marks(figure: go.Figure, table: pd.DataFrame, column: str, name: str, look: tuple, row: int) -> None:
    """The marks of one group in one panel, with their intervals or ends."""
    colour, symbol, shift = look
    part = table.dropna(subset=column)
    scale = 100 if column == "share" else 1
    ends = {"share": ("share_low", "share_high"), "latitude": ("south", "north")}.get(column)
    low, high = (part[end] * scale for end in ends) if ends else (None, None)
    figure.add_scatter(
        x=part["year"] + shift,
        y=(part[column] * scale).round(2),
        mode="markers",
        name=name,
        showlegend=row == 1,
        marker=mark(colour, symbol, 8),
        error_y=interval(part[column] * scale, low, high, colour) if ends else None,
        customdata=part[["year", "abroad", "events"]].to_numpy().tolist(),
        hovertemplate="%{customdata[0]}: %{y}; %{customdata[1]} of %{customdata[2]} fights outside Algeria"
        f"<extra>{name}</extra>",
        row=row,
        col=1,
    )


def _years_in_words(tables: dict[str, pd.DataFrame]) -> str:
    """Of each group the shares at the two ends, and how far its fights abroad moved."""
    parts = []
    for name, table in tables.items():
        first, last = (table[table["abroad"] > 0].iloc[end] for end in (0, -1))
        parts.append(
            f"{name}: {percent(first['share'])} of the fights of {first['year']} lie outside Algeria, at "
            f"{first['latitude']:.0f} degrees north, and {percent(last['share'])} of those of {last['year']}, the last "
            f"year with any, at {last['latitude']:.0f}"
        )
    return f"Three panels with a mark a year: share, latitude, distance to a border. {'. '.join(parts)}."


# Columns of the events of capitals, as readers see them.
OF_CAPITALS = {
    "date": "Day",
    "capital": "Capital",
    "said": "What",
    "deaths_best": "Deaths, best estimate",
    "record": "Record",
}


def capitals(events: pd.DataFrame, own: pd.DataFrame, centre: str, first: str, title: str) -> go.Figure:
    """Attacks and fights in some capitals, each by its day; it says where and when, and nothing of why.

    Parameters
    ----------
    events : pandas.DataFrame
        From :func:`cooperation.measures.places.at_capitals`.
    own : pandas.DataFrame
        Events of our own record that are not among them: date (ISO day), capital, title.
    centre : str
        The capital that the figure is about.
    first : str
        Day from which on events are drawn, in ISO 8601.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shown = events[events["date"] >= first].assign(record="UCDP")
    shown["said"] = shown["side_a"] + " and " + shown["side_b"]
    own = own.assign(record="our own", said=own["title"], deaths_best=pd.NA)
    before = shown.loc[shown["date"] < str(COUP.date()), "capital"].value_counts(sort=False)
    before = before.sort_values(ascending=False, kind="stable")
    figure, last = go.Figure(), f"{shown['date'].max()[:4]}-12-31"
    for lane, number in enumerate(before):
        stroke(figure, [first, last], [lane, lane], GRID, 1)
        write(figure, 1, lane, str(number), colour=MUTED, xref="paper", xanchor="left", xshift=6)
    for part, name, look in (
        (shown, "deadly, by UCDP", mark(MAIN, "circle", 9)),
        (own, "in our own record alone", mark(THIRD, "diamond-open", 10)),
    ):
        figure.add_scatter(
            x=part["date"],
            y=[before.index.get_loc(capital) for capital in part["capital"]],
            mode="markers",
            name=name,
            marker=look,
            customdata=part[["capital", "said"]].astype(str).to_numpy().tolist(),
            hovertemplate="%{customdata[0]}, %{x|%-d %B %Y}<br>%{customdata[1]}<extra></extra>",
        )
    mark_coup(figure)
    lane_axis(
        figure, [f"<b>{name}</b>" if name == centre else name for name in before.index], down=True, showgrid=False
    )
    time_axis(figure, first, last, 36, f"{first[:4]}-01-01")
    figure.update_layout(legend={"y": -0.09, "yanchor": "top"}, margin={"t": 26, "r": 30, "b": 44})
    return finish(
        figure,
        title=title,
        alt=_capitals_in_words(shown, own, before),
        data=for_readers(pd.concat([shown, own]).sort_values(["date", "capital"]), OF_CAPITALS),
        height=390,
        subtitle=f"Fights and attacks of AQIM, its offshoots and allies within {NEAR} kilometres of a capital, by day; "
        f"at the right how many deadly ones from {first[:4]} to the coup. Why a capital is spared, no count tells",
    )


def _capitals_in_words(shown: pd.DataFrame, own: pd.DataFrame, before: pd.Series) -> str:
    """Each capital with its deadly events before the coup and the first after it, and what our own record adds."""
    after = shown[shown["date"] >= str(COUP.date())].groupby("capital", observed=True)["date"].min()
    parts = [
        f"{capital}: {count(number) if number else 'none'} before the coup"
        + (f", {'next' if number else 'the first'} in {after[capital][:4]}" if capital in after else "")
        for capital, number in before.items()
    ]
    added = own.groupby("capital")["date"].agg(lambda days: listing(day[:4] for day in days))
    ours = "; ".join(f"{capital} in {years}" for capital, years in added.items())
    return (
        f"Deadly events by day in {count(len(before))} capitals. {'; '.join(parts)}. In our own record alone: {ours}."
    )
