"""Turning points as the register and the chronicle show them, on tables small enough to check by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.package.tables import load
from cooperation import validation
from cooperation.figures import turning_points as draw
from cooperation.measures import record, turning_points

NOW = pd.Timestamp(2026, 4, 30)
NAMES = pd.Series({"FRA": "France", "MLI": "Mali", "DZA": "Algeria", "UN": "United Nations"})
SPANS = {"force": ("E1", "E3"), "pact": ("E3", None)}


@pytest.fixture
def events() -> pd.DataFrame:
    """A force that comes and goes, an exit announced and done, an attack after the cut-off."""
    rows = [
        ("E1", "2013-01-11", None, "intervention", "began", "yes", "Kidal", "MLI"),
        ("E2", "2024-01-28", None, "exit", "announced", "yes", None, None),
        ("E3", "2022-08", None, "withdrawal", "ended", "partial", None, "MLI"),
        ("E4", "2025-01-29", None, "exit", "began", "yes", None, None),
        ("E5", "2026-05-02", "2026-05-03", "attack", "done", "yes", "Gao", None),
    ]
    columns = ["id", "date", "date_end", "kind", "stage", "verification", "place", "country"]
    return pd.DataFrame(rows, columns=columns).assign(title="Something", summary="It happened.", note=None)


def test_what_stands_is_drawn_to_the_cut_off(events):
    """A span takes its ends from the rows, an end known to the month to its last day; what has no end stands."""
    table = turning_points.standing(events, NOW, SPANS).set_index("key")
    assert table["first"].astype(str).to_dict() == {"force": "2013-01-11", "pact": "2022-08-01"}
    assert table["last"].astype(str).to_dict() == {"force": "2022-08-31", "pact": "2026-04-30"}
    assert table["stands"].to_dict() == {"force": False, "pact": True}


def test_what_was_only_announced_has_no_mark(events):
    """Of an exit the day on which it took effect is drawn, not the announcement; nothing is drawn after the cut-off."""
    assert turning_points.lanes(events, NOW)[["id", "lane"]].to_numpy().tolist() == [["E4", "rooms"]]
    assert turning_points.lanes(events, NOW + pd.Timedelta(days=30))["id"].tolist() == ["E4", "E5"]


def test_who_did_how_much(events):
    """Only steps of the kind that were more than announced count, and only for who took them."""
    actors = pd.DataFrame(
        [("E2", "MLI", "did"), ("E4", "MLI", "did"), ("E4", "FRA", "against"), ("E5", "DZA", "did")],
        columns=["event", "actor", "role"],
    )
    assert turning_points.by(events, actors, "exit").to_dict() == {"MLI": 1}
    assert turning_points.by(events, actors, "exit", "against").to_dict() == {"FRA": 1}


def test_a_card_says_who_did_and_who_said_what(events):
    """Parts in their order, statements with day and citation, doubts and what is later than the cut-off said."""
    actors = pd.DataFrame(
        [("E1", "MLI", "ground"), ("E1", "UN", "party"), ("E1", "FRA", "did"), ("E1", "DZA", "party")],
        columns=["event", "actor", "role"],
    )
    statements = pd.DataFrame(
        [
            ("E1", "FRA", 1, "2013-01-12", "It acted at Mali's request.", "yes"),
            ("E1", "DZA", 1, None, "It knew nothing.", "partial"),
        ],
        columns=["event", "actor", "number", "date", "statement", "verification"],
        index=[7, 3],
    )
    cites = pd.Series({("E1", "FRA", 1): "{cite}`a`"})
    parts, words = turning_points.who(actors, NAMES), turning_points.said(statements, NAMES, cites)
    cards = turning_points.cards(events, NAMES, parts, words, NOW).set_index("key")
    assert cards.at["E1", "title"] == "11 January 2013: Something"
    assert cards.at["E5", "title"] == "2 May 2026 to 3 May 2026: Something (after the cut-off)"
    assert cards["Where"].fillna("").tolist() == ["Kidal, Mali", "Mali", "", "", "Gao"]
    assert parts["E1"] == "Took the step: France. Parties: Algeria, United Nations. On the soil of: Mali."
    assert words["E1"] == (
        "France, 12 January 2013: It acted at Mali's request. {cite}`a` Algeria: It knew nothing. (not fully sourced)"
    )


def test_every_bar_and_mark_of_the_chronicle_is_a_row_of_its_table():
    """The figure of the report draws what its table lists, each in its lane."""
    events, now = load("region_events"), record.cutoff(load("searches"))
    spans, marks = turning_points.standing(events, now), turning_points.lanes(events, now)
    figure = draw.chronicle(spans, marks, "title", "alt").to_plotly_json()
    bars = [trace for trace in figure["data"] if trace["type"] == "bar"]
    drawn = [trace for trace in figure["data"] if trace["type"] == "scatter"]
    assert len(bars) == len(turning_points.SPANS)
    assert sum(len(trace["x"]) for trace in drawn) == len(marks)
    assert set(marks["lane"]) == set(turning_points.LANES)


@pytest.mark.parametrize(
    ("cells", "column", "why"),
    [
        ({"row": "S9"}, "row", "is not in meetings"),
        ({"column": "outcome"}, "column", "is not the date of a step in meetings"),
        ({"table": "sources"}, "column", "is not the date of a step in sources"),
        ({"row": "S2"}, "row", "has 2013-01-12 in meetings, and 2013-01-11 as E1"),
    ],
)
def test_one_event_in_two_tables_has_one_day(events, cells, column, why):
    """A row said to code the same step is there and has the same day; a link that holds is passed."""
    empty = {name: pd.DataFrame({"id": [], **{day: [] for day in days}}) for name, days in validation.DATED.items()}
    link = {"event": "E1", "table": "meetings", "row": "S1", "column": "date"}
    frames = empty | {
        "region_events": events,
        "meetings": pd.DataFrame({"id": ["S1", "S2"], "date": ["2013-01-11", "2013-01-12"]}),
        "region_event_rows": pd.DataFrame([link, link | cells]),
    }
    (said,) = validation._twin_faults(frames)
    assert said.startswith(f"region_event_rows: row 3, column {column}: ")
    assert said.endswith(why)
