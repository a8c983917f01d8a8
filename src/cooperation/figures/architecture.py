"""Figures on what stood before 2012, who was in it, what it did, and the two waves."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.drawing import for_readers, iso_days, legend_entry, mark, stroke, time_axis, write
from claimbook.figure import GRID, INK, MUTED, ON_MARK, bars, finish
from cooperation.figures.palette import COUNTRY, LEAD, LEAD_NAME, MAIN, REST
from cooperation.measures.architecture import KINDS, PERIODS, WAVES
from cooperation.periods import ARTICLE, EVE, LABELS, in_words
from cooperation.states import ALGERIA, FOUR, MOROCCO

KIND_NAME = {
    "border": "border",
    "legal": "legal text",
    "political-process": "political format",
    "force": "force",
    "police": "police",
    "intelligence": "intelligence",
    "joint-staff": "joint staff",
    "strategy": "strategy",
    "training": "training",
    "religious": "clerics",
}
FORMS = {"african": (False, ON_MARK), "mixed": (True, INK), "external": (False, ON_MARK)}
# Words for the head of a narrow column.
HEADS = {
    "early": LABELS["early"].replace(" ", "<br>"),
    "recent": LABELS["recent"].replace("-", "-<br>"),
    "cascade": "Jan 2012<br>to article",
    "after": "after<br>article",
}
NAMED = (*FOUR, MOROCCO)
# What is marked of an arrangement: its founding, a meeting, an activity.
TRACES = {
    "founded": mark(MUTED, "line-ns", 11, 2),
    "met": mark(INK, "circle-open", 8),
    "did something": mark(MAIN, "diamond", 9),
}
MEASURES = {
    "counts": {
        "per_year": "foundings a year",
        "kinds": "kinds",
        "conveners": "states and bodies<br>that led",
        "hosts": "states that led more<br>than a pair",
        "states": "states in it",
    },
    "shares": {
        "bilateral": "join two states only",
        f"with_{ALGERIA}": "Algeria in it",
        f"led_{ALGERIA}": "led by Algeria",
        f"with_{MOROCCO}": "Morocco in it",
        f"led_{MOROCCO}": "led by Morocco",
    },
}
# By how much a measure is multiplied, and the unit that this gives.
UNITS = {"counts": (1, "number"), "shares": (100, "per cent of foundings")}


def standing(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """What stood, by kind and by who led it.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.architecture.stood`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    counts = pd.crosstab(table["kind"], table["led_by"]).reindex(index=KINDS, columns=list(FORMS), fill_value=0)
    counts = counts[counts.sum(axis=1) > 0]
    labels = [KIND_NAME[kind] for kind in counts.index]
    figure = go.Figure()
    for lead, (hollow, ink) in FORMS.items():
        figure.add_bar(
            y=labels,
            x=counts[lead],
            orientation="h",
            name=LEAD_NAME[lead],
            marker=_unless_none(bars(LEAD[lead], hollow), counts[lead]),
            text=[str(n) if n else "" for n in counts[lead]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"size": 12, "color": ink},
            hovertemplate="%{y}: %{x}<extra>" + LEAD_NAME[lead] + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.25, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    figure.update_yaxes(autorange="reversed", showgrid=False)
    data = counts.rename(columns=LEAD_NAME).assign(Kind=labels).set_index("Kind").reset_index()
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle=f"Arrangements of core scope founded by {in_words(EVE)} without a recorded end by then, "
        "by kind and by who led",
    )


def _unless_none(marker: dict, counts: pd.Series) -> dict:
    """The marker of bars without an outline where there is nothing to outline."""
    return {**marker, "line": {**marker["line"], "width": [marker["line"]["width"] if n else 0 for n in counts]}}


def ties(early: pd.DataFrame, late: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """How many arrangements each state belonged to, on two days.

    Parameters
    ----------
    early, late : pandas.DataFrame
        From :func:`cooperation.measures.network.central`, for the two days.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = _on_both_days(early, late, names)
    days = {"initiatives_early": (in_words(EVE), "circle-open"), "initiatives_late": (in_words(ARTICLE), "circle")}
    colour = [COUNTRY[code] if code in NAMED else MUTED for code in table["state"]]
    figure = go.Figure()
    for row, line in zip(table.itertuples(), colour, strict=True):
        stroke(figure, [row.initiatives_early, row.initiatives_late], [row.name, row.name], line, 2)
    for column, (name, symbol) in days.items():
        figure.add_scatter(
            x=table[column],
            y=table["name"],
            mode="markers",
            name=name,
            showlegend=False,
            marker=mark(colour, symbol, 10, 2),
            hovertemplate="%{y}: %{x}<extra>" + name + "</extra>",
        )
        legend_entry(figure, name, mark(MUTED, symbol, 10, 2))
    figure.update_yaxes(autorange="reversed", tickfont={"size": 12})
    figure.update_xaxes(rangemode="tozero", dtick=10)
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(table, {"name": "State", **{column: name for column, (name, _) in days.items()}}),
        height=560,
        subtitle="African-led arrangements of core scope to which each state belonged, bodies of the OAU and AU left "
        "out; until a recorded end",
    )


def _on_both_days(early: pd.DataFrame, late: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The states with their arrangements on both days, from those with most on the first."""
    table = (
        early[["state", "initiatives"]]
        .merge(late[["state", "initiatives"]], on="state", how="outer", suffixes=("_early", "_late"))
        .fillna(0)
    )
    return table.assign(name=table["state"].map(names)).sort_values(
        ["initiatives_early", "name"], ascending=[False, True], ignore_index=True
    )


def activity(
    trace: pd.DataFrame, met: pd.DataFrame, activities: pd.DataFrame, last: pd.Timestamp, title: str, alt: str
) -> go.Figure:
    """Founding, meetings and activities of each arrangement that left a trace, on one line of time each.

    Parameters
    ----------
    trace : pandas.DataFrame
        From :func:`cooperation.measures.architecture.traces`.
    met : pandas.DataFrame
        From :func:`cooperation.measures.architecture.sessions`.
    activities : pandas.DataFrame
        Table ``activities`` with ``first_day``.
    last : pandas.Timestamp
        Last day shown.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    arrangements = trace[(trace["meetings"] > 0) | (trace["did"] > 0)].sort_values(
        ["from_day", "id"], ignore_index=True
    )
    marks = _traces(arrangements, met, activities, last)
    figure = go.Figure()
    for what, marker in TRACES.items():
        part = marks[marks["what"] == what]
        figure.add_scatter(
            x=iso_days(part["day"]),
            y=part["lane"],
            mode="markers",
            name=what,
            marker=marker,
            hovertemplate="%{y}: " + what + ", %{x|%B %Y}<extra></extra>",
        )
    names = arrangements["short_name"].tolist()
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=names[::-1],
        tickfont={"size": 12},
        tickmode="array",
        tickvals=names,
        ticktext=[_broken(name, 20) for name in names],
    )
    time_axis(figure, "1988-06-01", "2012-10-01", 120, "1990-01-01")
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    data = marks.sort_values(["day", "lane", "what"]).assign(day=lambda rows: iso_days(rows["day"]))
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(data, {"lane": "Arrangement", "day": "Day, the first that the date can mean", "what": "What"}),
        height=880,
        subtitle="African-led arrangements of core scope with a meeting or an activity on record after their "
        "founding, to the end of 2011",
    )


def _traces(
    arrangements: pd.DataFrame, met: pd.DataFrame, activities: pd.DataFrame, last: pd.Timestamp
) -> pd.DataFrame:
    """Day and kind of all that is marked of the arrangements up to a day; ``lane`` is the name of each."""
    marks = pd.concat(
        [
            table.assign(day=table[day], what=what, initiative=table[key])[["initiative", "day", "what"]]
            for what, table, day, key in (
                ("founded", arrangements, "from_day", "id"),
                ("met", met, "first_day", "initiative"),
                ("did something", activities, "first_day", "initiative"),
            )
        ]
    )
    place = dict(zip(arrangements["id"], arrangements["short_name"], strict=True))
    marks = marks[marks["initiative"].isin(place) & (marks["day"] <= last)]
    return marks.assign(lane=marks["initiative"].map(place))


def counted(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Sessions on record beside the sessions that the bodies themselves had counted.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.architecture.numbering`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    labels = [name[0].upper() + name[1:] for name in table["series"]]
    figure = go.Figure()
    for column, name, said, marker, width in (
        ("counted", "counted by the body", "counted", bars(MUTED, hollow=True), 0.7),
        ("recorded", "on record", "on record", bars(MAIN), 0.42),
    ):
        figure.add_bar(
            y=labels,
            x=table[column],
            orientation="h",
            name=name,
            marker=marker,
            width=width,
            hovertemplate="%{y}: %{x} " + said + "<extra></extra>",
        )
    for label, row in zip(labels, table.itertuples(), strict=True):
        write(figure, row.counted, label, f"{row.recorded} of {row.counted}", xanchor="left", xshift=5)
    figure.update_layout(barmode="overlay", legend={"y": 1.01}, margin={"t": 40})
    figure.update_yaxes(
        autorange="reversed",
        showgrid=False,
        tickfont={"size": 12},
        ticktext=[_broken(label) for label in labels],
        tickvals=labels,
        tickmode="array",
    )
    figure.update_xaxes(range=[0, int(table["counted"].max()) * 1.42], dtick=10)
    columns = ["Series", "On record", "Highest number", "Session with that number", "On record, per cent"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=table.assign(series=labels, share=(100 * table["share"]).round()).set_axis(columns, axis=1),
        height=500,
        subtitle="Number of sessions up to the last one whose number is known, to the end of 2011; series of "
        "African-led bodies",
    )


def _broken(label: str, longest: int = 25) -> str:
    """A long label in two lines."""
    if len(label) < longest:
        return label
    words = label.split()
    cut = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(" ".join(words[n:]))))
    return " ".join(words[:cut]) + "<br>" + " ".join(words[cut:])


def kinds(counts: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Foundings by kind and period, as circles whose area is the share of the period.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`cooperation.measures.architecture.mix`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    shares = counts / counts.sum()
    heads = [f"{HEADS[name]}<br>({counts[name].sum()})" for name in PERIODS]
    labels = [KIND_NAME[kind] for kind in counts.index]
    figure = go.Figure()
    for name, head in zip(PERIODS, heads, strict=True):
        wave = name in WAVES
        figure.add_scatter(
            x=[head] * len(labels),
            y=labels,
            mode="markers+text",
            text=[f" {n}" for n in counts[name]],
            textposition="middle right",
            textfont={"size": 12, "color": INK},
            showlegend=False,
            marker={
                "size": (42 * shares[name] ** 0.5).round(1),
                "color": MAIN if wave else REST,
                "opacity": 1,
                "line": {"width": 0},
            },
            customdata=(100 * shares[name]).round(),
            hovertemplate="%{y}, %{x}: %{text} (%{customdata} per cent)<extra></extra>",
        )
    figure.update_xaxes(
        type="category", side="top", showgrid=False, tickfont={"size": 12}, tickangle=0, range=[-0.5, len(heads) - 0.3]
    )
    figure.update_yaxes(
        categoryorder="array", categoryarray=labels[::-1], gridcolor=GRID, range=[-0.7, len(labels) - 0.3]
    )
    figure.update_layout(margin={"t": 60})
    data = counts.rename(columns=LABELS).assign(Kind=labels).set_index("Kind").reset_index()
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=600,
        subtitle="African-led arrangements of core scope by kind and time of founding: numbers, with circles by "
        "share of the period; in brackets the total",
    )


def compared(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Two waves of foundings in the same measures, counts and shares apart.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.architecture.waves`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = make_subplots(rows=2, cols=1, vertical_spacing=0.12)
    for row, group in enumerate(MEASURES, start=1):
        for wave, hollow in zip(table.index, (True, False), strict=True):
            _measured(figure, row, group, table.loc[wave], LABELS[wave], hollow)
    most = {group: float(table[list(measures)].max().max()) for group, measures in MEASURES.items()}
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 12})
    figure.update_xaxes(range=[0, most["counts"] * 1.2], row=1, col=1)
    figure.update_xaxes(range=[0, 135 * most["shares"]], dtick=25, ticksuffix=" %", row=2, col=1)
    figure.update_layout(barmode="group", bargap=0.3, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    rows = [
        {
            "Measure": label.replace("<br>", " "),
            **{LABELS[wave]: round(float(table.at[wave, key]) * UNITS[group][0], 1) for wave in table.index},
            "Unit": UNITS[group][1],
        }
        for group, measures in MEASURES.items()
        for key, label in measures.items()
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=pd.DataFrame(rows),
        height=640,
        subtitle="African-led arrangements of core scope founded in each span, in numbers and as shares of them; "
        "membership without bodies of the OAU and AU",
    )


def _measured(figure: go.Figure, row: int, group: str, wave: pd.Series, name: str, hollow: bool) -> None:
    """The bars of one wave in one panel, with their values."""
    measures, (unit, _) = MEASURES[group], UNITS[group]
    values = [float(wave[key]) * unit for key in measures]
    figure.add_bar(
        y=list(measures.values()),
        x=[round(value, 1) for value in values],
        orientation="h",
        name=name,
        legendgroup=name,
        showlegend=row == 1,
        marker=bars(MAIN, hollow),
        text=[
            f"{value:.1f}" if key == "per_year" else f"{value:.0f}" + (" %" if group == "shares" else "")
            for key, value in zip(measures, values, strict=True)
        ],
        textposition="outside",
        textfont={"size": 12, "color": INK},
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
        row=row,
        col=1,
    )
