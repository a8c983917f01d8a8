"""Figures on what stood before 2012, who was in it, what it did, and the two waves."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

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
    table = (
        early[["state", "initiatives"]]
        .merge(late[["state", "initiatives"]], on="state", how="outer", suffixes=("_early", "_late"))
        .fillna(0)
    )
    table = table.assign(name=table["state"].map(names)).sort_values(
        ["initiatives_early", "name"], ascending=[False, True], ignore_index=True
    )
    colour = [COUNTRY[code] if code in NAMED else MUTED for code in table["state"]]
    figure = go.Figure()
    for row, line in zip(table.itertuples(), colour, strict=True):
        figure.add_scatter(
            x=[row.initiatives_early, row.initiatives_late],
            y=[row.name, row.name],
            mode="lines",
            line={"color": line, "width": 2},
            hoverinfo="skip",
            showlegend=False,
        )
    days = [in_words(day) for day in (EVE, ARTICLE)]
    columns = ("initiatives_early", "initiatives_late")
    for column, name, symbol in zip(columns, days, ("circle-open", "circle"), strict=True):
        figure.add_scatter(
            x=table[column],
            y=table["name"],
            mode="markers",
            name=name,
            showlegend=False,
            marker={"symbol": symbol, "size": 10, "color": colour, "line": {"width": 2, "color": colour}},
            hovertemplate="%{y}: %{x}<extra>" + name + "</extra>",
        )
        figure.add_scatter(
            x=[None],
            y=[None],
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 10, "color": MUTED, "line": {"width": 2, "color": MUTED}},
        )
    figure.update_yaxes(autorange="reversed", tickfont={"size": 12})
    figure.update_xaxes(rangemode="tozero", dtick=10)
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    data = table[["name", "initiatives_early", "initiatives_late"]].set_axis(["State", *days], axis=1)
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=560,
        subtitle="African-led arrangements of core scope to which each state belonged, bodies of the OAU and AU left out; until a recorded end",
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
    lanes = trace[(trace["meetings"] > 0) | (trace["did"] > 0)].sort_values(["from_day", "id"], ignore_index=True)
    place = dict(zip(lanes["id"], lanes["short_name"], strict=True))
    marks = pd.concat(
        [
            lanes.assign(day=lanes["from_day"], what="founded", initiative=lanes["id"])[["initiative", "day", "what"]],
            met.assign(day=met["first_day"], what="met")[["initiative", "day", "what"]],
            activities.assign(day=activities["first_day"], what="did something")[["initiative", "day", "what"]],
        ]
    )
    marks = marks[marks["initiative"].isin(place) & (marks["day"] <= last)].assign(
        lane=lambda rows: rows["initiative"].map(place)
    )
    figure = go.Figure()
    looks = (
        ("founded", "line-ns", 11, MUTED, 2),
        ("met", "circle-open", 8, INK, 2),
        ("did something", "diamond", 9, MAIN, 0),
    )
    for what, symbol, size, colour, width in looks:
        part = marks[marks["what"] == what]
        figure.add_scatter(
            x=part["day"].dt.strftime("%Y-%m-%d"),
            y=part["lane"],
            mode="markers",
            name=what,
            marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": width, "color": colour}},
            hovertemplate="%{y}: " + what + ", %{x|%B %Y}<extra></extra>",
        )
    names = lanes["short_name"].tolist()
    figure.update_yaxes(
        categoryorder="array",
        categoryarray=names[::-1],
        tickfont={"size": 12},
        tickmode="array",
        tickvals=names,
        ticktext=[_broken(name, 20) for name in names],
    )
    figure.update_xaxes(
        range=["1988-06-01", "2012-10-01"], dtick="M120", tick0="1990-01-01", tickformat="%Y", tickangle=0
    )
    figure.update_layout(legend={"y": 1.01}, margin={"t": 40})
    data = marks.sort_values(["day", "lane", "what"])[["lane", "day", "what"]].assign(
        day=lambda rows: rows["day"].dt.strftime("%Y-%m-%d")
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data.set_axis(["Arrangement", "Day, the first that the date can mean", "What"], axis=1),
        height=880,
        subtitle="African-led arrangements of core scope with a meeting or an activity on record after their founding, to the end of 2011",
    )


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
    figure.add_bar(
        y=labels,
        x=table["counted"],
        orientation="h",
        name="counted by the body",
        marker=bars(MUTED, hollow=True),
        width=0.7,
        hovertemplate="%{y}: %{x} counted<extra></extra>",
    )
    figure.add_bar(
        y=labels,
        x=table["recorded"],
        orientation="h",
        name="on record",
        marker=bars(MAIN),
        width=0.42,
        hovertemplate="%{y}: %{x} on record<extra></extra>",
    )
    for label, row in zip(labels, table.itertuples(), strict=True):
        figure.add_annotation(
            x=row.counted,
            y=label,
            text=f"{row.recorded} of {row.counted}",
            showarrow=False,
            xanchor="left",
            xshift=5,
            font={"size": 12, "color": INK},
        )
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
    data = table.assign(series=labels, share=(100 * table["share"]).round()).set_axis(
        ["Series", "On record", "Highest number", "Session with that number", "On record, per cent"], axis=1
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=500,
        subtitle="Number of sessions up to the last one whose number is known, to the end of 2011; series of African-led bodies",
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
        subtitle="African-led arrangements of core scope by kind and time of founding: numbers, with circles by share of the period; in brackets the total",
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
    for panel, (group, measures) in enumerate(MEASURES.items(), start=1):
        for wave, hollow in zip(table.index, (True, False), strict=True):
            name = LABELS[wave]
            values = [float(table.at[wave, key]) * (100 if group == "shares" else 1) for key in measures]
            figure.add_bar(
                y=list(measures.values()),
                x=[round(value, 1) for value in values],
                orientation="h",
                name=name,
                legendgroup=name,
                showlegend=panel == 1,
                marker=bars(MAIN, hollow),
                text=[
                    f"{value:.1f}" if key == "per_year" else f"{value:.0f}" + (" %" if group == "shares" else "")
                    for key, value in zip(measures, values, strict=True)
                ],
                textposition="outside",
                textfont={"size": 12, "color": INK},
                cliponaxis=False,
                hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
                row=panel,
                col=1,
            )
    figure.update_yaxes(autorange="reversed", showgrid=False, tickfont={"size": 12})
    figure.update_xaxes(range=[0, float(table[list(MEASURES["counts"])].max().max()) * 1.2], row=1, col=1)
    figure.update_xaxes(
        range=[0, 135 * float(table[list(MEASURES["shares"])].max().max())], dtick=25, ticksuffix=" %", row=2, col=1
    )
    figure.update_layout(barmode="group", bargap=0.3, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    units = {"counts": (1, "number"), "shares": (100, "per cent of foundings")}
    rows = [
        {
            "Measure": label.replace("<br>", " "),
            **{LABELS[wave]: round(float(table.at[wave, key]) * units[group][0], 1) for wave in table.index},
            "Unit": units[group][1],
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
        subtitle="African-led arrangements of core scope founded in each span, in numbers and as shares of them; membership without bodies of the OAU and AU",
    )
