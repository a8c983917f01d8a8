"""Figures on who sat in which forum."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from claimbook.figure import INK, MUTED, PAPER, bars, finish
from cooperation.figures.palette import BOTH, COUNTRY, NEITHER
from cooperation.measures.presence import SEATED
from cooperation.periods import ARTICLE, RELATIONS_CUT
from cooperation.rows import Actor
from cooperation.states import ALGERIA, MOROCCO, NAMES, PAIR, WESTERN_SAHARA

COLOUR = {"both": BOTH, ALGERIA: COUNTRY[ALGERIA], MOROCCO: COUNTRY[MOROCCO], "neither": NEITHER, "unknown": MUTED}
SYMBOL = {"both": "circle", ALGERIA: "square", MOROCCO: "diamond", "neither": "circle-open", "unknown": "x"}
# Kinds of absence that count as an exclusion, ever wider, and the words for each step.
STEPS = {
    "refused": ["refused"],
    "uninvited": ["refused", "not invited"],
    "ineligible": ["refused", "not invited", "ineligible"],
    "outside": ["refused", "not invited", "ineligible", "not a member"],
    "any": ["refused", "not invited", "ineligible", "not a member", "stayed away", "not listed"],
}
STEP_LABELS = {
    "refused": "turned away",
    "uninvited": "or not invited",
    "ineligible": "or ineligible",
    "outside": "or not a member",
    "any": "or absent for any reason",
}


def mark_article(figure: go.Figure) -> None:
    """Draw the date of the article as a dotted line."""
    day = str(ARTICLE.date())
    figure.add_vline(x=day, line={"color": MUTED, "dash": "dot", "width": 1})
    figure.add_annotation(
        x=day, y=1, yref="paper", yanchor="bottom", text="article", showarrow=False, font={"size": 12, "color": MUTED}
    )


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
            x=part["start"].dt.strftime("%Y-%m-%d"),
            y=[level + shift for shift in offset],
            mode="markers",
            showlegend=False,
            marker={"size": 12, "color": COLOUR[lane], "symbol": SYMBOL[lane], "line": {"color": PAPER, "width": 1}},
            customdata=part[["date", "forum"]],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + SEATED[lane] + "</extra>",
        )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(order))),
        range=[-0.6, len(order) - 0.4],
        showgrid=False,
        ticktext=[f"{SEATED[lane]} ({counts[lane]})" for lane in reversed(order)],
    )
    figure.update_xaxes(
        range=["2005-06-01", "2026-12-31"], dtick="M72", tick0="2006-01-01", tickformat="%Y", tickangle=0
    )
    mark_article(figure)
    figure.update_layout(margin={"t": 26})
    data = seated[["date", "forum", "seated", "dza", "dza_absence", "mar", "mar_absence", "verification"]].replace(
        {"seated": SEATED}
    )
    data.columns = [
        "Date",
        "Forum",
        "Seated",
        "Algeria",
        "Why Algeria was out",
        "Morocco",
        "Why Morocco was out",
        "Verification",
    ]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=360,
        subtitle="Documented forums, 2006-2026, by who of the two took part; picked for relevance, not a sample",
    )


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
    figure = make_subplots(
        rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.1, subplot_titles=[f"<b>{name}</b>" for name in panels]
    )
    rows = []
    for row, (panel, part) in enumerate(panels.items(), start=1):
        for actor in reversed(PAIR):
            mine = part.loc[part["actor"] == actor, "absence"]
            values = [int(mine.isin(kinds).sum()) for kinds in STEPS.values()]
            figure.add_bar(
                x=values,
                y=list(STEP_LABELS.values()),
                orientation="h",
                marker=bars(COUNTRY[actor], hollow=actor == ALGERIA),
                name=f"{NAMES[actor]} out",
                text=values,
                textposition="outside",
                textfont={"color": INK},
                cliponaxis=False,
                showlegend=row == 1,
                legendrank=1 if actor == ALGERIA else 2,
                hovertemplate="%{y}: %{x}<extra>" + f"{NAMES[actor]}, {panel}</extra>",
                row=row,
                col=1,
            )
            rows += [(panel, NAMES[actor], STEP_LABELS[step], value) for step, value in zip(STEPS, values, strict=True)]
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(rangemode="tozero", visible=False)
    figure.update_layout(bargap=0.25, legend={"y": 1.06, "traceorder": "reversed"}, margin={"t": 34, "r": 34})
    for note in figure.layout.annotations:
        note.update(x=0, xanchor="left", font={"size": 14, "color": INK})
    data = pd.DataFrame(rows, columns=["Period", "State", "Counted as excluded if", "Absences"])
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Documented absences; each step adds a kind of absence to those above it; one refusal of 2014 is contested",
    )


REASON = {
    "geography": "geography: the Sahel's own matter",
    "format": "format: a fixed group of states",
    "au-membership": "African Union membership",
    "membership": "membership of another body",
    "dispute": "the dispute over Western Sahara",
    "quarrel": "another quarrel between the two",
    "none": "no reason found",
}
TELLER = {
    "convener": "said by the convener",
    "absentee": "said by the absent state",
    "press": "reported by the press",
    "inferred": "inferred from who was there",
    "nobody": "no reason found",
}
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
    beside = {MOROCCO: 0.16, ALGERIA: -0.16}
    for teller, words in TELLER.items():
        part = table[table["stated_by"] == teller]
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"),
            y=part["reason"].map(rows.index) + part["actor"].map(beside),
            mode="markers",
            name=words,
            marker={
                "symbol": SHAPE[teller],
                "size": 13,
                "color": part["actor"].map(COUNTRY),
                "line": {"width": 2 if teller == "inferred" else 1, "color": PAPER if teller != "inferred" else None},
            },
            customdata=[[NAMES[a], f, d] for a, f, d in zip(part["actor"], part["forum"], part["date"], strict=True)],
            hovertemplate="%{customdata[0]} out, %{customdata[2]}<br>%{customdata[1]}<extra></extra>",
        )
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=["<br>".join(textwrap.wrap(REASON[row], 18)) for row in rows],
        range=[-0.5, len(rows) - 0.5],
    )
    figure.update_xaxes(
        range=["2005-06-01", "2026-12-31"], dtick="M72", tick0="2006-01-01", tickformat="%Y", tickangle=0
    )
    mark_article(figure)
    figure.update_layout(legend={"y": -0.12, "yanchor": "top", "itemsizing": "constant"}, margin={"t": 26, "b": 60})
    data = pd.DataFrame(
        {
            "Date": table["date"],
            "Forum": table["forum"],
            "Out": table["actor"].map(NAMES),
            "Kind of absence": table["absence"],
            "Reason": table["reason"].map(REASON),
            "Whose account": table["stated_by"].map(TELLER),
        }
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=440,
        subtitle="Reasons for an absence; above the line, orange: Morocco was out; below it, blue: Algeria was out; filled: said by somebody, hollow: inferred",
    )


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
    counts = (
        meetings.assign(year=meetings["date"].str[:4].astype(int))
        .groupby(["year", "seated"])
        .size()
        .unstack(fill_value=0)
    )
    counts = counts.reindex(range(counts.index.min(), counts.index.max() + 1), fill_value=0)
    figure = go.Figure()
    for seated in ("both", MOROCCO, ALGERIA, "neither", "unknown"):
        figure.add_bar(
            x=counts.index,
            y=counts[seated],
            name=SEATED[seated],
            marker=bars(COLOUR[seated], hollow=seated in (MOROCCO, "unknown")),
            hovertemplate="%{x}: %{y}<extra>" + SEATED[seated] + "</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.15, legend={"y": 1.02, "traceorder": "normal"}, margin={"t": 40})
    figure.update_xaxes(dtick=4, tick0=2010)
    data = counts.rename(columns=SEATED).reset_index().rename(columns={"year": "Year"})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=380,
        subtitle="Datable meetings of African-led initiatives by year; unknown: the page names organisations, not states",
    )


FORMAT = {
    "field-countries": "Field countries",
    "algiers-centre": "Algiers centre",
    "nouakchott-process": "Nouakchott Process",
    "psc-seminar": "AU seminar, Oran",
    "crisis": "Mediation, neighbours",
    "gctf": "GCTF",
    "five-plus-five": "5+5",
    "arab": "Arab councils",
    "maghreb-union": "Maghreb Union",
    "outside": "Outside conveners",
    "border-conferences": "Border conferences",
    "cen-sad": "CEN-SAD",
    "marrakech-platform": "Marrakech forums",
    "isis-coalition": "Marrakech forums",
    "atlantic-initiative": "Marrakech forums",
}


def _years(figure: go.Figure, first: str = "2005-06-01") -> None:
    figure.update_xaxes(range=[first, "2026-12-31"], dtick="M60", tick0="2005-01-01", tickformat="%Y", tickangle=0)


def _spread(starts: pd.Series, near: int = 240, step: float = 0.24) -> list[float]:
    """Shifts up and down for marks of one lane that would cover one another."""
    shifts, before, level = [], None, 0
    for start in starts:
        level = (level + 1) % 3 if before is not None and (start - before).days < near else 0
        shifts.append((0, step, -step)[level])
        before = start
    return shifts


def matrix(seated: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Forums by family and date, with who of the two took part.

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
    rows = list(reversed(dict.fromkeys(FORMAT.values())))
    table = seated.assign(family=seated["format"].map(FORMAT))
    table["level"] = table["family"].map(rows.index).astype(float)
    for _, part in table.groupby("family"):
        table.loc[part.index, "level"] += _spread(part["start"])
    figure = go.Figure()
    for who in (ALGERIA, MOROCCO, "both", "unknown"):
        part = table[table["seated"] == who]
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"),
            y=part["level"],
            mode="markers",
            name=SEATED[who],
            marker={"size": 11, "color": COLOUR[who], "symbol": SYMBOL[who], "line": {"color": PAPER, "width": 1}},
            customdata=part[["date", "forum"]],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + SEATED[who] + "</extra>",
        )
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=rows, range=[-0.6, len(rows) - 0.4])
    _years(figure)
    mark_article(figure)
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 26, "b": 50})
    data = table[["date", "family", "forum", "seated", "dza_absence", "mar_absence"]].assign(
        seated=table["seated"].map(SEATED)
    )
    data.columns = ["Date", "Family", "Forum", "Seated", "Why Algeria was out", "Why Morocco was out"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Documented forums by who convenes and by date; the mark says who of the two took part",
    )


VISIT = {
    "came": "circle",
    "kept_out": "x",
    "stayed_away": "diamond-open",
    "outside": "square-open",
    "unknown": "circle-open-dot",
}
VISIT_WORDS = {
    "came": "came",
    "kept_out": "kept out or not invited",
    "stayed_away": "stayed away",
    "outside": "not a member, not eligible or not listed",
    "unknown": "not established",
}
VISIT_TICK = {
    "came": "came",
    "kept_out": "refused, not asked",
    "stayed_away": "stayed away",
    "outside": "outside",
    "unknown": "unknown",
}


def visits(table: pd.DataFrame, contacts: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Whether either came to forums in the other's country, and acts of cooperation between the two.

    Parameters
    ----------
    table, contacts : pandas.DataFrame
        From :func:`cooperation.measures.presence.visits` and
        :func:`cooperation.measures.presence.contacts`. An act before 2005 is
        named at the edge.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    first = "2005-06-01"
    figure = go.Figure()
    ticks, heads, level = {}, {}, 0
    for host, guest in (PAIR, PAIR[::-1]):
        heads[level], colour = f"{NAMES[guest]}, in {NAMES[host]}", COUNTRY[guest]
        for came, symbol in VISIT.items():
            level -= 1
            part = table[(table["guest"] == guest) & (table["came"] == came)]
            shapes = [
                symbol if "open" in symbol or sure != "disputed" else f"{symbol}-open" for sure in part["verification"]
            ]
            ticks[level] = f"{VISIT_TICK[came]} ({len(part)})"
            figure.add_scatter(
                x=part["start"].dt.strftime("%Y-%m-%d"),
                y=[level + shift for shift in _spread(part["start"])],
                mode="markers",
                showlegend=False,
                marker={
                    "size": 11,
                    "symbol": shapes,
                    "color": colour,
                    "line": {
                        "width": [2 if "open" in shape else 1 for shape in shapes],
                        "color": [colour if "open" in shape else PAPER for shape in shapes],
                    },
                },
                customdata=part[["date", "forum"]],
                hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + VISIT_WORDS[came] + "</extra>",
            )
        level -= 1
    heads[level] = "Cooperation of the two"
    for sure, words, symbol in ((True, "well sourced", "star"), (False, "partly", "star-open")):
        level -= 1
        part = contacts[(contacts["verification"] == "yes") == sure]
        ticks[level] = f"{words} ({len(part)})"
        shown, early = part[part["start"] >= first], part[part["start"] < first]
        figure.add_scatter(
            x=shown["start"].dt.strftime("%Y-%m-%d"),
            y=[level] * len(shown),
            mode="markers",
            showlegend=False,
            marker={"size": 12, "symbol": symbol, "color": BOTH, "line": {"width": 1.5, "color": BOTH}},
            customdata=shown[["date", "title"]],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
        )
        if len(early):
            figure.add_annotation(
                x=first,
                y=level,
                text="\u25c2 " + ", ".join(early["date"].str[:4]),
                showarrow=False,
                xanchor="left",
                font={"size": 12, "color": INK},
            )
    for height, head in heads.items():
        figure.add_annotation(
            x=0,
            xref="paper",
            y=height,
            text=f"<b>{head}</b>",
            showarrow=False,
            xanchor="left",
            font={"size": 13, "color": INK},
        )
    figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()), range=[level - 0.6, 0.6])
    _years(figure, first)
    mark_article(figure)
    cut = str(RELATIONS_CUT.date())
    figure.add_vline(x=cut, line={"color": MUTED, "dash": "dash", "width": 1})
    figure.add_annotation(
        x=cut,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="relations cut",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )
    figure.update_layout(margin={"t": 26})
    places = {guest: f"{NAMES[guest]}, at forums in {NAMES[host]}" for host, guest in (PAIR, PAIR[::-1])}
    data = pd.concat(
        [
            pd.DataFrame(
                {
                    "Date": table["date"],
                    "Lane": table["guest"].map(places),
                    "What": table["forum"],
                    "Outcome": table["came"].map(VISIT_WORDS),
                    "Verification": table["verification"],
                }
            ),
            pd.DataFrame(
                {
                    "Date": contacts["date"],
                    "Lane": "Between the two",
                    "What": contacts["title"],
                    "Outcome": "act of cooperation",
                    "Verification": contacts["verification"],
                }
            ),
        ]
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=520,
        subtitle="Documented forums held in the other's country; outside: not a member, not eligible or not listed; hollow cross: contested",
    )


BODY = {
    Actor.AFRICAN_UNION: "African Union",
    Actor.PEACE_AND_SECURITY_COUNCIL: "Peace and Security<br>Council seat",
    Actor.ALGIERS_CENTRE: "Algiers centre",
    Actor.CISSA: "Intelligence<br>committee",
    Actor.AFRIPOL: "Police<br>mechanism",
    Actor.NOUAKCHOTT: "Nouakchott<br>Process",
}
ENTITY = {ALGERIA: (NAMES[ALGERIA], 0.26), MOROCCO: (NAMES[MOROCCO], 0), WESTERN_SAHARA: ("SADR", -0.26)}
STATUS = {"member": ("solid", 9), "outside": ("dot", 2), "unknown": ("dash", 3)}


def door(spells: pd.DataFrame, opened: str, title: str, alt: str) -> go.Figure:
    """Standing in the bodies of the African Union over time, around the day the door opened.

    Parameters
    ----------
    spells : pandas.DataFrame
        From :func:`cooperation.measures.presence.standing`, of the actors
        Algeria, Morocco and the SADR.
    opened : str
        Day of Morocco's admission.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = list(reversed(BODY))
    figure = go.Figure()
    seen = set()
    for row in spells.itertuples():
        name, shift = ENTITY[row.actor]
        dash, width = STATUS[row.status]
        level = rows.index(row.organisation) + shift
        figure.add_scatter(
            x=[row.start.strftime("%Y-%m-%d"), row.end.strftime("%Y-%m-%d")],
            y=[level, level],
            mode="lines",
            name=name,
            line={"color": COUNTRY[row.actor], "dash": dash, "width": width},
            legendgroup=name,
            legendrank=1 + list(ENTITY).index(row.actor),
            showlegend=row.status == "member" and name not in seen,
            hovertemplate=f"{name}: {row.status}, from %{{x|%Y-%m}}<extra></extra>",
        )
        if row.status == "member":
            seen.add(name)
    figure.add_vline(x=opened, line={"color": INK, "dash": "dash", "width": 1})
    figure.add_annotation(
        x=opened,
        y=1,
        yref="paper",
        yanchor="bottom",
        text="Morocco admitted",
        showarrow=False,
        font={"size": 12, "color": MUTED},
    )
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[BODY[row] for row in rows], range=[-0.6, len(rows) - 0.4]
    )
    _years(figure, "2002-01-01")
    figure.update_layout(legend={"y": -0.1, "yanchor": "top", "traceorder": "normal"}, margin={"t": 26, "b": 40})
    data = pd.DataFrame(
        {
            "Body": spells["organisation"].map(lambda body: BODY[body].replace("<br>", " ")),
            "Actor": spells["actor"].map(lambda actor: ENTITY[actor][0]),
            "Standing": spells["status"],
            "From": spells["start"].dt.strftime("%Y-%m"),
            "To": spells["end"].dt.strftime("%Y-%m").mask(spells["open_end"], "no end recorded"),
            "Remark": spells["note"],
            "Verification": spells["verification"],
        }
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=480,
        subtitle="Thick: member; dotted: outside; thin dashes: not established. Seats before 2016 on the council are not drawn",
    )


PLACE = {
    "present": ("circle", "Algeria there"),
    "stayed away": ("diamond-open", "stayed away"),
    "not a member": ("square-open", "not a member"),
    "not invited": ("x", "not invited"),
    "unknown": ("circle-open-dot", "list of states not read"),
}


def tracks(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """Foundings and forums of Morocco's tracks, with Algeria's place in each.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.presence.tracks`, asked about Algeria.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = list(reversed(dict.fromkeys(table["track"])))
    figure = go.Figure()
    for place, symbol, words in (
        ("in", "triangle-up", "founded, Algeria in it"),
        ("out", "triangle-up-open", "founded, no Algerian seat found"),
    ):
        part = table[(table["kind"] == "founding") & (table["place"] == place)]
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"),
            y=part["track"].map(rows.index) + 0.22,
            mode="markers",
            name=words,
            marker={"size": 12, "symbol": symbol, "color": INK, "line": {"width": 1.5}},
            customdata=part[["date", "what"]],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + words + "</extra>",
        )
    for place, (symbol, words) in PLACE.items():
        part = table[(table["kind"] == "forum") & (table["place"] == place)]
        if part.empty:
            continue
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"),
            y=part["track"].map(rows.index) - 0.12,
            mode="markers",
            name=f"forum: {words}",
            marker={
                "size": 12,
                "symbol": symbol,
                "color": BOTH if place == "present" else COUNTRY[MOROCCO],
                "line": {"width": 2},
            },
            customdata=part[["date", "what"]],
            hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + words + "</extra>",
        )
    figure.update_yaxes(tickvals=list(range(len(rows))), ticktext=rows, range=[-0.6, len(rows) - 0.3])
    _years(figure, "2011-01-01")
    mark_article(figure)
    figure.update_layout(legend={"y": -0.1, "yanchor": "top", "itemsizing": "constant"}, margin={"t": 26, "b": 90})
    data = table[["date", "track", "what", "kind", "place"]].replace({"place": {"in": "in it", "out": "not in it"}})
    data.columns = ["Date", "Track", "What", "Kind", "Algeria's place"]
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=470,
        subtitle="Foundings (triangles) and documented forums of tracks led or hosted by Morocco, by Algeria's place in them",
    )


def ministerials(table: pd.DataFrame, names: dict, title: str, alt: str) -> go.Figure:
    """Ministers' meetings by whose they were, and whether the Algiers centre was there.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.presence.ministerials`.
    names : dict
        Key of an initiative -> its name for the axis, in the order of the
        axis from above; keys that have no meeting stand as empty rows. Others
        follow under their short names.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    names = names | {
        key: name for key, name in zip(table["initiative"], table["short_name"], strict=True) if key not in names
    }
    rows = list(reversed(names))
    figure = go.Figure()
    for who, words in ((ALGERIA, "Algeria, not Morocco"), ("both", "both")):
        part = table[table["seated"] == who]
        figure.add_scatter(
            x=part["start"].dt.strftime("%Y-%m-%d"),
            y=part["initiative"].map(rows.index),
            mode="markers",
            name=f"names {words}",
            marker={"size": 12, "symbol": SYMBOL[who], "color": COLOUR[who]},
            customdata=part[["date", "country"]],
            hovertemplate="%{customdata[0]}, %{customdata[1]}<extra>" + SEATED[who] + "</extra>",
        )
    there = table[table["centre"]]
    figure.add_scatter(
        x=there["start"].dt.strftime("%Y-%m-%d"),
        y=there["initiative"].map(rows.index),
        mode="markers",
        name="ring: the centre attended",
        marker={"size": 21, "symbol": "circle-open", "color": INK, "line": {"width": 1.5}},
        hoverinfo="skip",
    )
    for key in rows:
        if not (table["initiative"] == key).any():
            figure.add_annotation(
                x="2012-03-01", y=rows.index(key), text="none found", showarrow=False, font={"size": 13, "color": MUTED}
            )
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[names[key] for key in rows], range=[-0.6, len(rows) - 0.4]
    )
    figure.update_xaxes(
        range=["2009-11-01", "2014-07-31"], dtick="M12", tick0="2010-01-01", tickformat="%Y", tickangle=0
    )
    mark_article(figure)
    figure.update_layout(legend={"y": -0.12, "yanchor": "top", "itemsizing": "constant"}, margin={"t": 26, "b": 60})
    data = pd.DataFrame(
        {
            "Date": table["date"],
            "Whose meeting": table["initiative"].map(names).str.replace("<br>", " "),
            "Country": table["country"],
            "Names": table["seated"].map(SEATED),
            "Centre named": table["centre"].map({True: "yes", False: "no"}),
            "Verification": table["verification"],
        }
    )
    return finish(
        figure,
        title=title,
        alt=alt,
        data=data,
        height=430,
        subtitle="Ministers' meetings on security that name Algeria or Morocco with Mali, Mauritania or Niger, January 2010 to the article",
    )
