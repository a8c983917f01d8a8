"""Figures on who sat in which forum."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import for_readers, iso_days, lane_axis, mark, mark_day, panels, time_axis, write
from claimbook.figure import INK, MUTED, ON_MARK, PAPER, bars, finish
from claimbook.wording import counted, times, years
from cooperation.figures.days import mark_article
from cooperation.figures.palette import BOTH, COUNTRY, NEITHER
from cooperation.measures.presence import CIRCLE, SEATED, by_circle, widening
from cooperation.periods import ARTICLE, RELATIONS_CUT
from cooperation.rows import Actor
from cooperation.states import ALGERIA, MOROCCO, NAMES, PAIR, WESTERN_SAHARA

# Where an axis of time begins and ends, unless a figure is about less.
FIRST, LAST = "2005-06-01", "2026-12-31"
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


def lanes(seated: pd.DataFrame, title: str) -> go.Figure:
    """Forums on a time line, one lane for each answer to who was seated.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`cooperation.measures.presence.seats`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    order = [lane for lane in reversed(COLOUR) if (seated["seated"] == lane).any()]
    counts = seated["seated"].value_counts()
    figure = go.Figure()
    for level, lane in enumerate(order):
        part = seated[seated["seated"] == lane]
        heights = [level + ((number % 3) - 1) * 0.2 for number in range(len(part))]
        _forums(figure, part, heights, lane, size=12, showlegend=False)
    lane_axis(figure, [f"{SEATED[lane]} ({counts[lane]})" for lane in order], tickmode="array", showgrid=False)
    time_axis(figure, FIRST, LAST, 72, "2006-01-01")
    mark_article(figure)
    figure.update_layout(margin={"t": 26})
    return finish(
        figure,
        title=title,
        alt=_lanes_in_words(seated),
        data=for_readers(
            seated.replace({"seated": SEATED}),
            {
                "date": "Date",
                "forum": "Forum",
                "seated": "Seated",
                "dza": "Algeria",
                "dza_absence": "Why Algeria was out",
                "mar": "Morocco",
                "mar_absence": "Why Morocco was out",
                "verification": "Verification",
            },
        ),
        height=360,
        subtitle="Documented forums, 2006-2026, by who of the two took part; picked for relevance, not a sample",
    )


def _lanes_in_words(seated: pd.DataFrame) -> str:
    """In which years each combination sat, and how often."""
    told = [
        f"{SEATED[who]} {times(len(own))}, in {years(own['start'].dt.year)}"
        for who, own in ((who, seated[seated["seated"] == who]) for who in COLOUR)
        if len(own)
    ]
    return f"Time line with a lane for each answer to who was seated. {'; '.join(told)}."


def _forums(figure: go.Figure, part: pd.DataFrame, heights, who: str, size: int, **more) -> None:
    """Forums at which the same of the two were seated, each on its day."""
    figure.add_scatter(
        x=iso_days(part["start"]),
        y=heights,
        mode="markers",
        marker={"size": size, "color": COLOUR[who], "symbol": SYMBOL[who], "line": {"color": PAPER, "width": 1}},
        customdata=part[["date", "forum"]],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + SEATED[who] + "</extra>",
        **more,
    )


def ladder(absent: pd.DataFrame, title: str) -> go.Figure:
    """Absences of each state as the meaning of exclusion widens.

    Parameters
    ----------
    absent : pandas.DataFrame
        From :func:`cooperation.measures.presence.absences`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    spans = {"to the article": absent[absent["start"] <= ARTICLE], "2006-2026": absent}
    figure = panels(list(spans), 0.1)
    rows = []
    for row, (span, part) in enumerate(spans.items(), start=1):
        for actor in reversed(PAIR):
            values = list(widening(part, actor, STEPS).values())
            _rungs(figure, row, actor, values, span)
            rows += [(span, NAMES[actor], STEP_LABELS[step], value) for step, value in zip(STEPS, values, strict=True)]
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(rangemode="tozero", visible=False)
    figure.update_layout(bargap=0.25, legend={"y": 1.06, "traceorder": "reversed"}, margin={"t": 34, "r": 34})
    return finish(
        figure,
        title=title,
        alt=_ladder_in_words(rows),
        data=pd.DataFrame(rows, columns=["Period", "State", "Counted as excluded if", "Absences"]),
        height=520,
        subtitle="Documented absences; each step adds a kind of absence to those above it; one refusal of 2014 is "
        "contested",
    )


def _rungs(figure: go.Figure, row: int, actor: str, values: list[int], span: str) -> None:
    """The absences of one state in one panel, a bar for each step."""
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
        hovertemplate="%{y}: %{x}<extra>" + f"{NAMES[actor]}, {span}</extra>",
        row=row,
        col=1,
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


def _ladder_in_words(rows: list[tuple]) -> str:
    """The counts of each state, step by step, in each period."""
    table = pd.DataFrame(rows, columns=["span", "state", "step", "count"])
    told = [
        f"{state} {span}: " + ", ".join(f"{row.step} {row.count}" for row in own.itertuples(index=False))
        for (span, state), own in table.groupby(["span", "state"], sort=False)
    ]
    return f"Bars in two panels. {'; '.join(told)}."


def reasons(table: pd.DataFrame, title: str) -> go.Figure:
    """Reasons for absence on a time line, by who gave them.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.presence.reasons`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = list(reversed(REASON))
    figure = go.Figure()
    for teller in TELLER:
        _absences(figure, table[table["stated_by"] == teller], teller, rows)
    lane_axis(figure, ["<br>".join(textwrap.wrap(REASON[row], 18)) for row in rows], range=[-0.5, len(rows) - 0.5])
    time_axis(figure, FIRST, LAST, 72, "2006-01-01")
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
        alt=_reasons_in_words(data),
        data=data,
        height=440,
        subtitle="Reasons for an absence; above the line, orange: Morocco was out; below it, blue: Algeria was out; "
        "filled: said by somebody, hollow: inferred",
    )


def _absences(figure: go.Figure, part: pd.DataFrame, teller: str, rows: list[str]) -> None:
    """Absences whose reason the same told: Morocco's above the line of the reason, Algeria's below it."""
    beside = {MOROCCO: 0.16, ALGERIA: -0.16}
    rim = {"width": 2, "color": None} if teller == "inferred" else {"width": 1, "color": PAPER}
    figure.add_scatter(
        x=iso_days(part["start"]),
        y=part["reason"].map(rows.index) + part["actor"].map(beside),
        mode="markers",
        name=TELLER[teller],
        marker={"symbol": SHAPE[teller], "size": 13, "color": part["actor"].map(COUNTRY), "line": rim},
        customdata=[[NAMES[a], f, d] for a, f, d in zip(part["actor"], part["forum"], part["date"], strict=True)],
        hovertemplate="%{customdata[0]} out, %{customdata[2]}<br>%{customdata[1]}<extra></extra>",
    )


def _reasons_in_words(data: pd.DataFrame) -> str:
    """Whose absence each reason was given for, by whose account, and when."""
    told = [
        f"{reason}, {who} out, {teller}: {', '.join(own['Date'].str[:4])}"
        for (reason, who, teller), own in data.groupby(["Reason", "Out", "Whose account"], sort=False)
    ]
    return f"Time line of reasons. {'; '.join(told)}."


def by_year(meetings: pd.DataFrame, title: str) -> go.Figure:
    """Meetings of the initiatives by year and by who of the two is named.

    Parameters
    ----------
    meetings : pandas.DataFrame
        From :func:`cooperation.measures.presence.meetings_of_both`.
    title : str
        The finding.

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
        alt=_by_year_in_words(counts),
        data=data,
        height=380,
        subtitle="Datable meetings of African-led initiatives by year; unknown: the page names organisations, not "
        "states",
    )


def _by_year_in_words(counts: pd.DataFrame) -> str:
    """When meetings of either kind are most, and in which years any names both."""
    alone = counts[ALGERIA]
    larger = counts["neither"] > counts.drop(columns="neither").max(axis=1)
    return (
        f"Stacked bars of meetings by year from {counts.index[0]} to {counts.index[-1]}. Meetings that name Algeria "
        f"without Morocco are most in {alone.idxmax()}, with {alone.max()}. Meetings that name neither are the largest "
        f"part in {larger.sum()} of {len(counts)} years. Meetings that name both stand in "
        f"{years(counts.index[counts['both'] > 0])} only."
    )


FORMAT = {
    "field-countries": "Sahel neighbours",
    "algiers-centre": "Algiers centre",
    "nouakchott-process": "Nouakchott Process",
    "crisis": "Mediation",
    "five-plus-five": "5+5",
    "arab": "Arab councils",
    "maghreb-union": "Maghreb Union",
    "gctf": "Global forum (GCTF)",
    "outside": "UN, EU and others",
    "psc-seminar": "AU seminar, Oran",
    "border-conferences": "Border conferences",
    "talks": "On Western Sahara",
    "cen-sad": "CEN-SAD",
    "marrakech-platform": "Morocco's forums",
    "isis-coalition": "Morocco's forums",
    "atlantic-initiative": "Morocco's forums",
}
CIRCLE_HEAD = {
    "algeria": "Algeria, its neighbours, the African Union",
    "wider": "Wider circles",
    "morocco": "Morocco and its partners",
}


def _years(figure: go.Figure, first: str = FIRST) -> None:
    """An axis of time up to now."""
    time_axis(figure, first, LAST, 60, "2005-01-01")


def _spread(starts: pd.Series, near: int = 240, step: float = 0.24) -> list[float]:
    """Shifts up and down for marks of one lane that would cover one another."""
    shifts, before, level = [], None, 0
    for start in starts:
        level = (level + 1) % 3 if before is not None and (start - before).days < near else 0
        shifts.append((0, step, -step)[level])
        before = start
    return shifts


def matrix(seated: pd.DataFrame, title: str) -> go.Figure:
    """Forums by family and date, with who of the two took part.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`cooperation.measures.presence.seats`.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    levels, heads = _circles()
    table = seated.assign(family=seated["format"].map(FORMAT))
    table["level"] = table["family"].map(levels).astype(float)
    for _, part in table.groupby("family"):
        table.loc[part.index, "level"] += _spread(part["start"])
    figure = go.Figure()
    for who in (ALGERIA, "both", MOROCCO, "unknown"):
        part = table[table["seated"] == who]
        _forums(figure, part, part["level"], who, size=11, name=SEATED[who])
    for level, head in heads.items():
        write(figure, 0, level, f"<b>{head}</b>", size=13, xref="paper", xanchor="left", xshift=-128)
    figure.update_yaxes(
        tickvals=list(levels.values()), ticktext=list(levels), range=[min(levels.values()) - 0.7, 0.6], showgrid=False
    )
    _years(figure)
    mark_article(figure)
    mark_day(figure, str(RELATIONS_CUT.date()), "relations cut", dash="dash")
    figure.update_layout(legend={"y": 1.05, "yanchor": "bottom", "traceorder": "normal"}, margin={"t": 80, "l": 128})
    return finish(
        figure,
        title=title,
        alt=_matrix_in_words(seated),
        data=for_readers(
            table.assign(seated=table["seated"].map(SEATED), circle=table["format"].map(CIRCLE).map(CIRCLE_HEAD)),
            {
                "date": "Date",
                "circle": "Circle",
                "family": "Family",
                "forum": "Forum",
                "seated": "Seated",
                "dza_absence": "Why Algeria was out",
                "mar_absence": "Why Morocco was out",
            },
        ),
        height=600,
        subtitle="Documented meetings, 2006 to 2026, by whose they were; the mark says who of the two came",
    )


def _circles() -> tuple[dict[str, float], dict[float, str]]:
    """Heights of the families of forums from above, and of the headings of their circles."""
    levels, heads, level = {}, {}, 0.0
    for circle, head in CIRCLE_HEAD.items():
        heads[level] = head
        for family in dict.fromkeys(FORMAT[kind] for kind, of in CIRCLE.items() if of == circle):
            level -= 1
            levels[family] = level
        level -= 1.1
    return levels, heads


def _matrix_in_words(seated: pd.DataFrame) -> str:
    """How often each combination sat in each circle."""
    counts = by_circle(seated)
    told = [
        f"{head}: " + ", ".join(f"{SEATED[who]} {number}" for who, number in counts.loc[circle].items() if number)
        for circle, head in CIRCLE_HEAD.items()
    ]
    return f"Grid of meetings by family and year, in three circles. {'; '.join(told)}."


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


def visits(table: pd.DataFrame, contacts: pd.DataFrame, title: str) -> go.Figure:
    """Whether either came to forums in the other's country, and acts of cooperation between the two.

    Parameters
    ----------
    table, contacts : pandas.DataFrame
        From :func:`cooperation.measures.presence.visits` and
        :func:`cooperation.measures.presence.contacts`. Acts before the axis
        begins are counted at its edge.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = go.Figure()
    ticks, heads, level = {}, {}, 0
    for host, guest in (PAIR, PAIR[::-1]):
        heads[level] = f"{NAMES[guest]}, in {NAMES[host]}"
        for came in VISIT:
            level -= 1
            part = table[(table["guest"] == guest) & (table["came"] == came)]
            ticks[level] = f"{VISIT_TICK[came]} ({len(part)})"
            _visits(figure, part, level, came, COUNTRY[guest])
        level -= 1
    heads[level] = "Cooperation of the two"
    for sure, said, symbol in ((True, "well sourced", "star"), (False, "partly", "star-open")):
        level -= 1
        part = contacts[(contacts["verification"] == "yes") == sure]
        ticks[level] = f"{said} ({len(part)})"
        _acts(figure, part, level, symbol)
    for height, head in heads.items():
        write(figure, 0, height, f"<b>{head}</b>", size=13, xref="paper", xanchor="left")
    figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()), range=[level - 0.6, 0.6])
    _years(figure)
    mark_article(figure)
    mark_day(figure, str(RELATIONS_CUT.date()), "relations cut", dash="dash")
    figure.update_layout(margin={"t": 26})
    return finish(
        figure,
        title=title,
        alt=_visits_in_words(table, contacts),
        data=_visit_rows(table, contacts),
        height=520,
        subtitle="Documented forums held in the other's country; outside: not a member, not eligible or not listed; "
        "hollow cross: contested",
    )


def _visits_in_words(table: pd.DataFrame, contacts: pd.DataFrame) -> str:
    """How often each came or did not, with the years, and the years of the acts of cooperation."""
    parts = []
    for host, guest in (PAIR, PAIR[::-1]):
        part = table[table["guest"] == guest]
        found = [
            f"{VISIT_WORDS[came]} {times(len(met))}, in {years(met['start'].dt.year)}"
            for came, met in ((came, part[part["came"] == came]) for came in VISIT)
            if len(met)
        ]
        parts.append(f"{NAMES[guest]} at forums in {NAMES[host]}: {'; '.join(found) or 'none'}.")
    acts = [
        f"{said} {times(len(met))}, in {years(met['start'].dt.year)}"
        for said, met in (
            ("well sourced", contacts[contacts["verification"] == "yes"]),
            ("partly sourced", contacts[contacts["verification"] != "yes"]),
        )
        if len(met)
    ]
    return f"Time line in three parts. {' '.join(parts)} Acts of cooperation of the two: {'; '.join(acts) or 'none'}."


def _visits(figure: go.Figure, part: pd.DataFrame, level: int, came: str, colour: str) -> None:
    """Forums in the other's country with one outcome, hollow where sources dispute it."""
    symbol = VISIT[came]
    shapes = [symbol if "open" in symbol or sure != "disputed" else f"{symbol}-open" for sure in part["verification"]]
    figure.add_scatter(
        x=iso_days(part["start"]),
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


def _acts(figure: go.Figure, part: pd.DataFrame, level: int, symbol: str) -> None:
    """Acts of cooperation of the two; those before the axis begins are counted at its edge."""
    shown, early = part[part["start"] >= FIRST], part[part["start"] < FIRST]
    figure.add_scatter(
        x=iso_days(shown["start"]),
        y=[level] * len(shown),
        mode="markers",
        showlegend=False,
        marker=mark(BOTH, symbol, 12, 1.5),
        customdata=shown[["date", "title"]],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra></extra>",
    )
    if len(early):
        write(figure, FIRST, level, f"\u25c2 {len(early)} earlier", xanchor="left")


def _visit_rows(table: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    """Forums in the other's country, and below them the acts of cooperation."""
    places = {guest: f"{NAMES[guest]}, at forums in {NAMES[host]}" for host, guest in (PAIR, PAIR[::-1])}
    visited = table.assign(lane=table["guest"].map(places), what=table["forum"], outcome=table["came"].map(VISIT_WORDS))
    met = contacts.assign(lane="Between the two", what=contacts["title"], outcome="act of cooperation")
    names = {"date": "Date", "lane": "Lane", "what": "What", "outcome": "Outcome", "verification": "Verification"}
    return pd.concat([for_readers(visited, names), for_readers(met, names)])


BODY = {
    Actor.AFRICAN_UNION: "African Union",
    Actor.PEACE_AND_SECURITY_COUNCIL: "Peace and Security<br>Council seat",
    Actor.ALGIERS_CENTRE: "Algiers centre",
    Actor.CISSA: "Intelligence<br>committee",
    Actor.AFRIPOL: "Police<br>mechanism",
    Actor.NOUAKCHOTT: "Nouakchott<br>Process",
    Actor.NORTH_AFRICAN_FORCE: "North African<br>standby force",
}
ENTITY = {ALGERIA: (NAMES[ALGERIA], 0.26), MOROCCO: (NAMES[MOROCCO], 0), WESTERN_SAHARA: ("SADR", -0.26)}
STATUS = {"member": ("solid", 9), "outside": ("dot", 2), "unknown": ("dash", 3)}


# How a standing is told in a cell; without one the cell is empty.
IN, OUT, OPEN = "member", "outside", "unknown"
TOLD = {IN: "in", OUT: "out", OPEN: "?"}
# A darker grey than on maps, or the word on it could not be read.
CELL = {WESTERN_SAHARA: MUTED}


def door(standing: pd.DataFrame, opened: str, title: str) -> go.Figure:
    """Standing of each actor in each body before and since a day, a cell for each.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`cooperation.measures.presence.before_and_since`.
    opened : str
        What stands above the two halves, such as ``January 2017``.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows, columns = list(BODY), [(when, actor) for when in ("before", "since") for actor in ENTITY]
    place = {column: number + (number >= len(ENTITY)) * 0.5 for number, column in enumerate(columns)}
    figure = go.Figure()
    for (when, actor), x in place.items():
        own = standing[(standing["when"] == when) & (standing["actor"] == actor)]
        _cells(figure, own, x, actor, rows)
        write(figure, x, 1, ENTITY[actor][0], yref="paper", yanchor="bottom", textangle=-40, xanchor="left", xshift=-8)
    for half, when in enumerate(("before", "since")):
        write(
            figure, 1 + 3.5 * half, 1, f"<b>{when}<br>{opened}</b>", size=13, yref="paper", yanchor="bottom", yshift=52
        )
    lane_axis(figure, [BODY[row] for row in rows], down=True, showgrid=False)
    figure.update_xaxes(visible=False, range=[-0.6, max(place.values()) + 0.6])
    figure.update_layout(margin={"t": 100, "r": 8}, showlegend=False)
    names = {actor: name for actor, (name, _) in ENTITY.items()}
    data = standing.assign(
        organisation=standing["organisation"].map(lambda body: BODY[body].replace("<br>", " ")),
        actor=standing["actor"].map(names),
        when=standing["when"] + f" {opened}",
        status=standing["status"].replace({OPEN: "not known"}),
    )
    return finish(
        figure,
        title=title,
        alt=_door_in_words(data),
        data=for_readers(data, {"organisation": "Body", "actor": "Actor", "when": "When", "status": "Standing"}),
        height=480,
        subtitle="in: a member at some time; out: not a member; ?: not known; empty: not established here",
    )


def _cells(figure: go.Figure, own: pd.DataFrame, x: float, actor: str, rows: list[str]) -> None:
    """The cells of one actor in one half: full if it was in, hollow if not, bare if that is not known."""
    colour = CELL.get(actor, COUNTRY[actor])
    for status, part in own.groupby("status"):
        full = status == IN
        figure.add_scatter(
            x=[x] * len(part),
            y=part["organisation"].map(rows.index),
            mode="text" if status == OPEN else "markers+text",
            text=[TOLD[status]] * len(part),
            textfont={"size": 12, "color": ON_MARK if full else INK},
            marker={"symbol": "square", "size": 27} | bars(colour, hollow=not full),
            hovertemplate=f"{ENTITY[actor][0]}: %{{text}}<extra></extra>",
        )


def _door_in_words(data: pd.DataFrame) -> str:
    """The standing of each, body by body."""
    told = [
        f"{body}: " + ", ".join(f"{row.actor} {row.status} {row.when}" for row in part.itertuples())
        for body, part in data.groupby("organisation", sort=False)
    ]
    return f"A table of cells. {'; '.join(told)}."


def standings(spells: pd.DataFrame, opened: str, title: str) -> go.Figure:
    """Standing in the bodies of the African Union over time, around the day of an admission.

    Parameters
    ----------
    spells : pandas.DataFrame
        From :func:`cooperation.measures.presence.standing`, of the actors
        Algeria, Morocco and the SADR.
    opened : str
        Day of Morocco's admission.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = list(reversed(BODY))
    figure = go.Figure()
    _standing(figure, spells, rows)
    mark_day(figure, opened, "Morocco admitted", colour=INK, dash="dash")
    lane_axis(figure, [BODY[row] for row in rows])
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
        alt=_standings_in_words(data),
        data=data,
        height=480,
        subtitle="Thick: member; dotted: outside; thin dashes: not established. Seats before 2016 on the council are "
        "not drawn",
    )


def _standing(figure: go.Figure, spells: pd.DataFrame, rows: list[str]) -> None:
    """A line for each spell, in the lane of its body; each actor stands in the legend once, as a member."""
    seen = set()
    for row in spells.itertuples():
        name, shift = ENTITY[row.actor]
        dash, width = STATUS[row.status]
        level = rows.index(row.organisation) + shift
        figure.add_scatter(
            x=[f"{row.start:%Y-%m-%d}", f"{row.end:%Y-%m-%d}"],
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


FOUNDING = {
    "in": ("triangle-up", "founded, Algeria in it"),
    "out": ("triangle-up-open", "founded, no Algerian seat found"),
}
PLACE = {
    "present": ("circle", "Algeria there"),
    "stayed away": ("diamond-open", "stayed away"),
    "not a member": ("square-open", "not a member"),
    "not invited": ("x", "not invited"),
    "unknown": ("circle-open-dot", "list of states not read"),
}


def _standings_in_words(data: pd.DataFrame) -> str:
    """The spells of each in each body."""
    told = [
        f"{body}: " + ", ".join(f"{row.Actor} {row.Standing} from {row.From} to {row.To}" for row in own.itertuples())
        for body, own in data.groupby("Body", sort=False)
    ]
    return f"Bars over time for each body. {'; '.join(told)}."


def tracks(table: pd.DataFrame, title: str) -> go.Figure:
    """Foundings and forums of Morocco's tracks, with Algeria's place in each.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.presence.tracks`, asked about Algeria.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    rows = list(reversed(dict.fromkeys(table["track"])))
    figure = go.Figure()
    for place, (symbol, said) in FOUNDING.items():
        part = table[(table["kind"] == "founding") & (table["place"] == place)]
        marker = {"size": 12, "symbol": symbol, "color": INK, "line": {"width": 1.5}}
        _on_tracks(figure, part, rows, 0.22, marker, said)
    for place, (symbol, said) in PLACE.items():
        part = table[(table["kind"] == "forum") & (table["place"] == place)]
        if not part.empty:
            colour = BOTH if place == "present" else COUNTRY[MOROCCO]
            marker = {"size": 12, "symbol": symbol, "color": colour, "line": {"width": 2}}
            _on_tracks(figure, part, rows, -0.12, marker, said, "forum: ")
    lane_axis(figure, rows, range=[-0.6, len(rows) - 0.3])
    _years(figure, "2011-01-01")
    mark_article(figure)
    figure.update_layout(legend={"y": -0.1, "yanchor": "top", "itemsizing": "constant"}, margin={"t": 26, "b": 90})
    return finish(
        figure,
        title=title,
        alt=_tracks_in_words(table),
        data=for_readers(
            table.replace({"place": {"in": "in it", "out": "not in it"}}),
            {"date": "Date", "track": "Track", "what": "What", "kind": "Kind", "place": "Algeria's place"},
        ),
        height=470,
        subtitle="Foundings (triangles) and documented forums of tracks led or hosted by Morocco, by Algeria's place "
        "in them",
    )


def _on_tracks(
    figure: go.Figure, part: pd.DataFrame, rows: list[str], shift: float, marker: dict, said: str, kind: str = ""
) -> None:
    """Foundings or forums in which Algeria has the same place, in the lanes of their tracks."""
    figure.add_scatter(
        x=iso_days(part["start"]),
        y=part["track"].map(rows.index) + shift,
        mode="markers",
        name=kind + said,
        marker=marker,
        customdata=part[["date", "what"]],
        hovertemplate="%{customdata[0]}: %{customdata[1]}<extra>" + said + "</extra>",
    )


def _tracks_in_words(table: pd.DataFrame) -> str:
    """The foundings and forums of each track, with Algeria's place."""
    said = {name: words for name, (_, words) in (FOUNDING | PLACE).items()}
    told = [
        f"{track}: " + ", ".join(f"{row.kind} of {row.date[:4]}, {said[row.place]}" for row in own.itertuples())
        for track, own in table.groupby("track", sort=False)
    ]
    return f"Time line by track. {'; '.join(told)}."


def ministerials(table: pd.DataFrame, names: dict, title: str) -> go.Figure:
    """Ministers' meetings by whose they were, and whether the Algiers centre was there.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.presence.ministerials`.
    names : dict
        Key of an initiative -> its name for the axis, in the order of the
        axis from above; keys that have no meeting stand as empty rows. Others
        follow under their short names.
    title : str
        The finding.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    others = dict(zip(table["initiative"], table["short_name"], strict=True))
    names = names | {key: name for key, name in others.items() if key not in names}
    rows = list(reversed(names))
    figure = go.Figure()
    _met(figure, table, rows)
    empty = [key for key in names if not (table["initiative"] == key).any()]
    for key in empty:
        write(figure, "2012-03-01", rows.index(key), "none known", size=13, colour=MUTED, bgcolor=PAPER)
    lane_axis(figure, [names[key] for key in rows])
    time_axis(figure, "2009-11-01", "2014-07-31", 12, "2010-01-01")
    mark_article(figure)
    figure.update_layout(legend={"y": 1.07, "yanchor": "bottom", "itemsizing": "constant"}, margin={"t": 96})
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
        alt=_ministerials_in_words(table.assign(whose=table["initiative"].map(names)), empty),
        data=data,
        height=430,
        subtitle="Ministers' meetings on security that name Algeria or Morocco with Mali, Mauritania or Niger, "
        "January 2010 to the article",
    )


def _ministerials_in_words(table: pd.DataFrame, empty: list[str]) -> str:
    """How many meetings of each name Algeria alone or both, how many the centre came to, and how many lanes are empty."""
    told = [
        f"{whose}, {', '.join(f'{SEATED[who]} {number}' for who, number in own['seated'].value_counts().items())}"
        for whose, own in table.groupby("whose", sort=False)
    ]
    return (
        f"Time line of meetings by whose they were: {'; '.join(told)}. Rings mark {counted(table['centre'].sum(), 'meeting')} "
        f"at which the centre was a guest. {counted(len(empty), 'lane')} without a meeting."
    )


def _met(figure: go.Figure, table: pd.DataFrame, rows: list[str]) -> None:
    """Meetings by whom their pages name, with a ring where the centre attended."""
    for who, named in ((ALGERIA, "Algeria without Morocco"), ("both", "both")):
        part = table[table["seated"] == who]
        figure.add_scatter(
            x=iso_days(part["start"]),
            y=part["initiative"].map(rows.index),
            mode="markers",
            name=f"names {named}",
            marker={"size": 12, "symbol": SYMBOL[who], "color": COLOUR[who]},
            customdata=part[["date", "country"]],
            hovertemplate="%{customdata[0]}, %{customdata[1]}<extra>" + SEATED[who] + "</extra>",
        )
    there = table[table["centre"]]
    figure.add_scatter(
        x=iso_days(there["start"]),
        y=there["initiative"].map(rows.index),
        mode="markers",
        name="ring: the centre was a guest",
        marker={"size": 21, "symbol": "circle-open", "color": INK, "line": {"width": 1.5}},
        hoverinfo="skip",
    )
