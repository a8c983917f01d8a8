"""Figures on who sat in which forum."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cooperation.figures.house import ALGERIA, BOTH, INK, MOROCCO, MUTED, NEITHER, bars, finish

SOURCE = "tables presence and presence_sources of this report's data package"
COLOUR = {"both": BOTH, "Algeria only": ALGERIA, "Morocco only": MOROCCO, "neither": NEITHER, "unknown": MUTED}
SYMBOL = {"both": "circle", "Algeria only": "square", "Morocco only": "diamond", "neither": "circle-open", "unknown": "x"}
ACTOR = {"DZA": "Algeria", "MAR": "Morocco"}
ARTICLE = "2014-05-14"
STEPS = {
    "turned away": ["refused"],
    "or not invited": ["refused", "not invited"],
    "or ineligible": ["refused", "not invited", "ineligible"],
    "or not a member": ["refused", "not invited", "ineligible", "not a member"],
    "or absent for any reason": ["refused", "not invited", "ineligible", "not a member", "stayed away", "not listed"],
}


def mark_article(figure: go.Figure) -> None:
    """Draw the date of the article as a dotted line."""
    figure.add_vline(x=ARTICLE, line={"color": MUTED, "dash": "dot", "width": 1})
    figure.add_annotation(x=ARTICLE, y=1, yref="paper", yanchor="bottom", text="article", showarrow=False,
                          font={"size": 12, "color": MUTED})


def lanes(seated: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Forums on a time line, one lane for each answer to who was seated.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`cooperation.measures.presence.seats`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    order = [lane for lane in COLOUR if (seated["seated"] == lane).any()]
    counts = seated["seated"].value_counts()
    figure = go.Figure()
    for level, lane in enumerate(reversed(order)):
        part = seated[seated["seated"] == lane]
        offset = [((n % 3) - 1) * 0.2 for n in range(len(part))]
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"), y=[level + shift for shift in offset], mode="markers", showlegend=False,
            marker={"size": 12, "color": COLOUR[lane], "symbol": SYMBOL[lane], "line": {"color": "#ffffff", "width": 1}},
            customdata=part[["date", "forum"]],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + lane + "</extra>",
        )
    figure.update_yaxes(
        tickmode="array", tickvals=list(range(len(order))), range=[-0.6, len(order) - 0.4], showgrid=False,
        ticktext=[f"{lane} ({counts[lane]})" for lane in reversed(order)],
    )
    figure.update_xaxes(range=["2005-06-01", "2026-12-31"], dtick="M72", tick0="2006-01-01", tickformat="%Y", tickangle=0)
    mark_article(figure)
    figure.update_layout(margin={"t": 26})
    data = seated[["date", "forum", "seated", "dza", "dza_absence", "mar", "mar_absence", "verification"]].copy()
    data.columns = ["Date", "Forum", "Seated", "Algeria", "Why Algeria was out", "Morocco", "Why Morocco was out", "Verification"]
    return finish(figure, title=title, alt=alt, source=SOURCE, data=data, height=360,
                  subtitle="Documented forums, 2006-2026, by who of the two took part; picked for relevance, not a sample")


def ladder(absent: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Absences of each state as the meaning of exclusion widens.

    Parameters
    ----------
    absent : pandas.DataFrame
        From :func:`cooperation.measures.presence.absences`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    panels = {"to the article": absent[absent["start"] <= ARTICLE], "2006-2026": absent}
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.1,
                           subplot_titles=[f"<b>{name}</b>" for name in panels])
    rows = []
    for row, (panel, part) in enumerate(panels.items(), start=1):
        for actor, colour in (("MAR", MOROCCO), ("DZA", ALGERIA)):
            mine = part.loc[part["actor"] == actor, "absence"]
            values = [int(mine.isin(kinds).sum()) for kinds in STEPS.values()]
            figure.add_bar(
                x=values, y=list(STEPS), orientation="h", marker=bars(colour, hollow=actor == "DZA"), name=f"{ACTOR[actor]} out",
                text=values, textposition="outside", textfont={"color": INK}, cliponaxis=False, showlegend=row == 1,
                legendrank=1 if actor == "DZA" else 2,
                hovertemplate="%{y}: %{x}<extra>" + f"{ACTOR[actor]}, {panel}</extra>", row=row, col=1,
            )
            rows += [(panel, ACTOR[actor], step, value) for step, value in zip(STEPS, values, strict=True)]
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(rangemode="tozero", visible=False)
    figure.update_layout(bargap=0.25, legend={"y": 1.06, "traceorder": "reversed"}, margin={"t": 34, "r": 34})
    for note in figure.layout.annotations:
        note.update(x=0, xanchor="left", font={"size": 14, "color": INK})
    data = pd.DataFrame(rows, columns=["Period", "State", "Counted as excluded if", "Absences"])
    return finish(figure, title=title, alt=alt, source=SOURCE, data=data, height=520,
                  subtitle="Documented absences; each step adds a kind of absence to those above it")


REASON = {
    "geography": "geography: the Sahel's own matter",
    "format": "format: a fixed group of states",
    "au-membership": "African Union membership",
    "membership": "membership of another body",
    "dispute": "the dispute over Western Sahara",
    "none": "no reason found",
}
TELLER = {"convener": "said by the convener", "absentee": "said by the absent state", "press": "reported by the press",
          "inferred": "inferred from who was there", "nobody": "no reason found"}
SHAPE = {"convener": "circle", "absentee": "square", "press": "diamond", "inferred": "circle-open", "nobody": "x"}


def reasons(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Reasons for absence on a time line, by who gave them.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.presence.reasons`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    rows = list(reversed(REASON))
    beside = {"MAR": 0.16, "DZA": -0.16}
    for teller, words in TELLER.items():
        part = table[table["stated_by"] == teller]
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"), y=part["reason"].map(rows.index) + part["actor"].map(beside), mode="markers", name=words,
            marker={"symbol": SHAPE[teller], "size": 13, "color": part["actor"].map({"DZA": ALGERIA, "MAR": MOROCCO}),
                    "line": {"width": 2 if teller == "inferred" else 1, "color": "#ffffff" if teller != "inferred" else None}},
            customdata=[[ACTOR[a], f, d] for a, f, d in zip(part["actor"], part["forum"], part["date"], strict=True)],
            hovertemplate="%{customdata[0]} out, %{customdata[2]}<br>%{customdata[1]}<extra></extra>",
        )
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=[REASON[row].replace(": ", ":<br>") for row in rows], range=[-0.5, len(rows) - 0.5])
    figure.update_xaxes(range=["2005-06-01", "2026-12-31"], dtick="M72", tick0="2006-01-01", tickformat="%Y", tickangle=0)
    mark_article(figure)
    figure.update_layout(legend={"y": -0.12, "yanchor": "top", "itemsizing": "constant"}, margin={"t": 26, "b": 60})
    data = pd.DataFrame({
        "Date": table["date"], "Forum": table["forum"], "Out": table["actor"].map(ACTOR), "Kind of absence": table["absence"],
        "Reason": table["reason"].map(REASON), "Whose account": table["stated_by"].map(TELLER),
    })
    return finish(figure, title=title, alt=alt, source=SOURCE.replace("presence_sources", "presence_reasons"), data=data, height=440,
                  subtitle="Reasons for an absence; above the line, orange: Morocco was out; below it, blue: Algeria was out; filled: said by somebody, hollow: inferred")


def by_year(meetings: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Meetings of the initiatives by year and by who of the two is named.

    Parameters
    ----------
    meetings : pandas.DataFrame
        From :func:`cooperation.measures.presence.meetings_of_both`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    counts = meetings.assign(year=meetings["date"].str[:4].astype(int)).groupby(["year", "seated"]).size().unstack(fill_value=0)
    counts = counts.reindex(range(counts.index.min(), counts.index.max() + 1), fill_value=0)
    figure = go.Figure()
    for seated in ("both", "Morocco only", "Algeria only", "neither", "unknown"):
        figure.add_bar(
            x=counts.index, y=counts[seated], name=seated, marker=bars(COLOUR[seated], hollow=seated in ("Morocco only", "unknown")),
            hovertemplate="%{x}: %{y}<extra>" + seated + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.15, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    figure.update_xaxes(dtick=4, tick0=2010)
    data = counts.reset_index().rename(columns={"year": "Year"})
    return finish(figure, title=title, alt=alt, data=data, height=380,
                  source="tables meetings and meeting_participants of this report's data package",
                  subtitle="Datable meetings of African-led initiatives by year; unknown: the page names organisations, not states")
