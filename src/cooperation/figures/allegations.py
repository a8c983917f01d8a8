"""Figures on the allegations: their grades, reported ransoms, and what was public when."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from claimbook.drawing import (
    DOTTED,
    for_readers,
    lane_axis,
    mark_day,
    stroke,
    write,
)
from claimbook.figure import GRID, INK, MUTED, finish
from cooperation.figures.palette import DENIED, MAIN, REPORTED

# The Admiralty grades of a source, from the top, and of information, in words that fit a narrow column.
SOURCE_GRADE = {
    "A": "A<br>completely",
    "B": "B<br>usually",
    "C": "C<br>fairly",
    "D": "D<br>not usually",
    "E": "E<br>unreliable",
    "F": "F<br>not known",
}
INFORMATION_GRADE = {
    1: "con-<br>firmed",
    2: "prob-<br>ably<br>true",
    3: "poss-<br>ibly<br>true",
    4: "doubt-<br>ful",
    5: "improb-<br>able",
    6: "not<br>known",
}
# Share of a cell between two allegations of one grade.
APART = 0.155
FOUND = {
    "reported": (REPORTED, "circle", "sum reported"),
    "denied": (DENIED, "diamond-open", "sum reported and denied"),
}
NO_SUM = {"none-reported": "no sum reported", "denied": "demanded; denied"}


def _wrap(text: str, width: int = 36, joint: str = "<br>\u200b") -> str:
    """Break a text of a hover label into lines; the mark at their joints has them read out as one sentence."""
    return joint.join(textwrap.wrap(text, width))


def grades(table: pd.DataFrame, title: str, alt: str) -> go.Figure:
    """The Admiralty grades as a matrix of source by information, with the allegations in its cells.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.allegations.graded`.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    figure = _matrix()
    _put_in_cells(figure, table)
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"}, margin={"t": 60, "b": 40, "r": 10})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(
            table.assign(of_article=table["of_article"].map({True: "yes", False: "no"})),
            {
                "id": "Key",
                "claim": "Claim",
                "made_by": "Made by",
                "first_made": "First made",
                "source_reliability": "Source",
                "information_credibility": "Information",
                "of_article": "Reported by the article",
                "verification": "Verification",
            },
        ),
        height=660,
        subtitle="Admiralty grades: reliability of the source (rows) by credibility of the information (columns), as "
        "judged by this report",
    )


def _matrix() -> go.Figure:
    """The empty cells of the Admiralty grades, with their words at the left and above."""
    figure = go.Figure()
    line = {"color": GRID, "width": 1}
    for edge in range(7):
        figure.add_shape(type="line", x0=edge + 0.5, x1=edge + 0.5, y0=-0.5, y1=5.5, line=line, layer="below")
        figure.add_shape(type="line", x0=0.5, x1=6.5, y0=edge - 0.5, y1=edge - 0.5, line=line, layer="below")
    lane_axis(figure, list(SOURCE_GRADE.values()), range=[5.5, -0.5], showgrid=False)
    figure.update_xaxes(
        tickvals=list(INFORMATION_GRADE),
        ticktext=[f"{number}<br>{word}" for number, word in INFORMATION_GRADE.items()],
        range=[0.5, 6.5],
        showgrid=False,
        side="top",
        ticks="",
        tickangle=0,
        tickfont={"size": 11},
    )
    return figure


def _put_in_cells(figure: go.Figure, table: pd.DataFrame) -> None:
    """Each allegation in the cell of its grade, below those that stand there already."""
    same = table.groupby("grade")["id"]
    row = table["source_reliability"].map(list(SOURCE_GRADE).index)
    height = row + (same.cumcount() - (same.transform("size") - 1) / 2) * APART
    for of_article, name, colour, symbol in (
        (True, "reported by the article", MAIN, "diamond"),
        (False, "others", MUTED, "circle-open"),
    ):
        part = table[table["of_article"] == of_article]
        figure.add_scatter(
            x=part["information_credibility"] - 0.26,
            y=height[part.index],
            mode="markers+text",
            name=name,
            cliponaxis=False,
            text=[f"<b>{key}</b>" if of_article else key for key in part["id"]],
            textposition="middle right",
            textfont={"size": 12, "color": INK},
            marker={"color": colour, "symbol": symbol, "size": 10, "line": {"width": 0 if of_article else 1.6}},
            customdata=part[["id", "grade"]].assign(claim=part["claim"].map(_wrap)).to_numpy().tolist(),
            hovertemplate="<b>%{customdata[0]}, %{customdata[1]}</b><br>%{customdata[2]}<extra></extra>",
        )


def ransoms(table: pd.DataFrame, names: pd.Series, title: str, alt: str) -> go.Figure:
    """Reported ransoms as ranges, by the date on which captivity ended.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.allegations.ransoms`.
    names : pandas.Series
        Country names by ISO code.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    table = table.assign(position=range(len(table)), country=table["country_taken"].map(names))
    table["case"] = table["id"] + ", seized in " + table["country"] + ", ended " + table["date_end"]
    figure = go.Figure()
    for row in table.dropna(subset="low").itertuples():
        stroke(figure, [0, row.low], [row.position] * 2, GRID, 1)
    for status in FOUND:
        _sums(figure, table[(table["ransom_status"] == status) & table["low"].notna()], status)
    _no_sums(figure, table[table["low"].isna()])
    _lanes_of_cases(figure, table)
    figure.update_xaxes(range=[-0.8, 32], dtick=10, tick0=0)
    figure.update_layout(legend={"y": -0.05, "yanchor": "top"}, margin={"b": 50})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=for_readers(
            table.round(2),
            {
                "id": "Case",
                "country": "Seized in",
                "date_end": "Ended",
                "hostages": "Hostages",
                "low": "Lowest sum, million euros",
                "high": "Highest sum, million euros",
                "ransom_status": "Status",
                "verification": "Verification",
            },
        ),
        height=640,
        subtitle="Million euros as reported by any source read, by month in which captivity ended and country of "
        "seizure: reports, not findings",
    )


def _sums(figure: go.Figure, part: pd.DataFrame, status: str) -> None:
    """The lowest and the highest sum reported in each case, joined where they differ."""
    colour, symbol, name = FOUND[status]
    for row in part[part["low"] < part["high"]].itertuples():
        stroke(figure, [row.low, row.high], [row.position] * 2, colour, 3)
    ends = pd.concat([part.assign(x=part["low"], end="lowest"), part.assign(x=part["high"], end="highest")])
    ends.loc[ends["low"] == ends["high"], "end"] = "only"
    ends = ends.drop_duplicates(["id", "x"]).sort_values(["position", "x"])
    figure.add_scatter(
        x=ends["x"].round(2),
        y=ends["position"],
        mode="markers",
        name=name,
        customdata=ends[["case", "end", "hostages"]].astype(str),
        marker={"color": colour, "symbol": symbol, "size": 11, "line": {"width": 2 if "open" in symbol else 0}},
        hovertemplate="%{customdata[0]}<br>%{customdata[1]} sum: %{x:.1f} million euros<br>hostages: "
        "%{customdata[2]}<extra>" + status + "</extra>",
    )


def _no_sums(figure: go.Figure, none: pd.DataFrame) -> None:
    """The cases without a sum, and what is said of them."""
    said = none["ransom_status"].map(NO_SUM)
    figure.add_scatter(
        x=[0] * len(none),
        y=none["position"],
        mode="markers+text",
        name="no sum",
        text=said,
        textposition="middle right",
        textfont={"size": 12, "color": MUTED},
        marker={"color": MUTED, "symbol": "x-thin-open", "size": 8, "line": {"width": 1.6}},
        customdata=none[["case"]].assign(said=said),
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        cliponaxis=False,
    )


def _lanes_of_cases(figure: go.Figure, table: pd.DataFrame) -> None:
    """A lane for each case, from the first that ended, with a line at the coup."""
    coup = int(table["before_coup"].sum()) - 0.5
    figure.add_hline(y=coup, line=DOTTED)
    write(figure, 1, coup, "coup of March 2012", colour=MUTED, xref="paper", xanchor="right", yanchor="top")
    labels = table["date_end"].str[:7] + " " + table["country"] + " (" + table["id"] + ")"
    lane_axis(
        figure,
        labels.tolist(),
        range=[len(table) - 0.4, -0.7],
        tickmode="array",
        tickfont={"size": 12},
        showgrid=False,
    )


def publicity(table: pd.DataFrame, raid: str, title: str, alt: str) -> go.Figure:
    """Events day by day, each with the days on which the pages about it appeared.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.allegations.publicity`.
    raid : str
        ISO day to mark.
    title, alt : str
        The finding, and what the figure shows.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    events = table.drop_duplicates("id").reset_index(drop=True)
    figure = go.Figure()
    _events_and_pages(figure, events, _pages(table))
    mark_day(figure, raid, "the battle")
    lane_axis(
        figure,
        [_wrap(event, 26, "<br>") for event in events["title"]],
        down=True,
        tickmode="array",
        tickfont={"size": 11},
        showgrid=False,
    )
    figure.update_xaxes(
        range=["2011-06-03", "2011-07-23"],
        tickvals=["2011-06-10", "2011-06-24", "2011-07-08", "2011-07-22"],
        tickformat="%-d<br>%b",
        tickangle=0,
    )
    figure.update_layout(legend={"y": -0.08, "yanchor": "top"}, margin={"t": 26, "b": 50})
    return finish(
        figure,
        title=title,
        alt=alt,
        data=table.set_axis(["Key", "Date", "Event", "Verification", "Source", "Publisher", "Published"], axis=1),
        height=700,
        subtitle="June and July 2011: what happened, and the days on which the pages read about it appeared; others "
        "may be earlier",
    )


def _pages(table: pd.DataFrame) -> pd.DataFrame:
    """The pages about each event, those of one day together."""
    pages = table.dropna(subset="published").groupby(["id", "title", "published"], as_index=False)["publisher"]
    return pages.agg("; ".join).sort_values(["published", "id"])


def _events_and_pages(figure: go.Figure, events: pd.DataFrame, pages: pd.DataFrame) -> None:
    """A lane for each event: the event, and the pages about it, on one line."""
    place = dict(zip(events["id"], events.index, strict=True))
    for key, part in pages.groupby("id"):
        on = [*part["published"], *events.loc[events["id"] == key, "date"]]
        stroke(figure, [min(on), max(on)], [place[key]] * 2, GRID, 2)
    figure.add_scatter(
        x=events["date"],
        y=events.index,
        mode="markers",
        name="it happened",
        marker={"color": INK, "symbol": "circle", "size": 11},
        customdata=[[_wrap(event), note] for event, note in zip(events["title"], events["verification"], strict=True)],
        hovertemplate="%{x|%-d %B}: %{customdata[0]}<br>row verified: %{customdata[1]}<extra>it happened</extra>",
    )
    figure.add_scatter(
        x=pages["published"],
        y=pages["id"].map(place),
        mode="markers",
        name="a page about it appeared",
        marker={"color": MAIN, "symbol": "diamond-open", "size": 12, "line": {"width": 2}},
        customdata=[
            [_wrap(publisher), _wrap(f"on: {event}")]
            for publisher, event in zip(pages["publisher"], pages["title"], strict=True)
        ],
        hovertemplate="%{x|%-d %B}: %{customdata[0]}<br>%{customdata[1]}<extra>page</extra>",
    )
