"""Where things lie: towns at points of the tables, the reach of groups, and a line on who is who."""

from __future__ import annotations

import pandas as pd
import pytest

from cooperation.figures import region as draw
from cooperation.measures import region
from cooperation.states import MALI, WESTERN_SAHARA


@pytest.fixture
def outlines() -> pd.DataFrame:
    """Three states that meet in one point, and Western Sahara."""
    corners = {
        region.AROUND[0]: [(0, 15), (-2, 15), (-2, 17)],
        region.AROUND[1]: [(0, 15), (-2, 15), (-2, 13)],
        region.AROUND[2]: [(0, 15), (2, 15), (2, 13)],
        WESTERN_SAHARA: [(-13, 25), (-12, 25), (-12, 26)],
    }
    return pd.DataFrame(
        [(iso3, 1, n, *point) for iso3, points in corners.items() for n, point in enumerate(points, start=1)],
        columns=["iso3", "ring", "point", "longitude", "latitude"],
    )


@pytest.fixture
def events() -> pd.DataFrame:
    """Fights of AQIM before and after the coup and long before, and of another group."""
    return pd.DataFrame(
        [
            (1, "2009-04-27", MALI, "Government of Mali", "AQIM", 0.1, 18.1),
            (2, "2009-05", MALI, "Government of Mali", "AQIM", 0.3, 18.3),
            (3, "2013-01-10", MALI, "Government of Mali", "AQIM", 0.1, 18.1),
            (4, "2002-12-31", MALI, "Government of Mali", "AQIM", 0.1, 18.1),
            (5, "2009-04-27", MALI, "Government of Mali", "CMA", 0.1, 18.1),
        ],
        columns=["id", "date", "iso3", "side_a", "side_b", "longitude", "latitude"],
    )


@pytest.fixture
def candidates() -> pd.DataFrame:
    """Events of this year: one precise, one coarse, one without a second side."""
    return pd.DataFrame(
        [
            ("2026-01-01", MALI, "JNIM", "Civilians", 1.0, 15.0, 2),
            ("2026-01-02", MALI, "JNIM", "Civilians", 1.0, 15.0, 3),
            ("2026-02-01", MALI, "IS", None, 2.0, 15.2, 1),
        ],
        columns=["date_start", "iso3", "side_a", "side_b", "longitude", "latitude", "place_precision"],
    ).assign(id=[6, 7, 8])


def test_reach_has_each_group_in_its_time(events, candidates):
    """AQIM from 2003 to the coup, today's groups where the place is precise."""
    found = region.reach(events, candidates)
    assert found["group"].tolist() == ["AQIM", "AQIM", "JNIM", "IS"]
    assert found["date"].max() == "2026-02-01"


def test_events_are_counted_in_squares(events, candidates):
    """What lies in one square is one mark, in the middle of its events."""
    squares = region.squares(region.reach(events, candidates)).set_index("group")
    assert squares.loc["AQIM"].to_dict() == {"longitude": 0.2, "latitude": 18.2, "events": 2}
    assert squares.loc[["JNIM", "IS"], "events"].tolist() == [1, 1]


@pytest.fixture
def towns(outlines) -> pd.DataFrame:
    """The towns of small tables."""
    capitals = pd.DataFrame({"iso3": [MALI, "XXX"], "city": ["Bamako", "Elsewhere"], "longitude": [-8.0, 0.0]})
    seized = pd.DataFrame({"id": [*region.SEIZED_AT], "longitude": 1.0, "latitude": 2.0})
    fought = pd.DataFrame({"id": [*region.FOUGHT_AT], "longitude": 3.0, "latitude": 4.0})
    return region.towns(capitals.assign(latitude=12.6), seized, fought, outlines)


def test_towns_stand_where_rows_have_them(towns, outlines):
    """Capitals asked about, places of seizures and fights by row, and a land where three outlines meet."""
    assert towns["name"].tolist() == ["Bamako", *region.SEIZED_AT.values(), *region.FOUGHT_AT.values(), region.MEETING]
    assert towns.iloc[-1][region.POINT].tolist() == [0, 15]
    with pytest.raises(ValueError, match="expected one point that all three outlines have, got 0"):
        region.towns(*[pd.DataFrame()] * 3, outlines[outlines["iso3"] != MALI])


def test_a_line_has_the_full_name_and_the_first_sentence():
    """Under the short name; what has none stands under its own."""
    terms = pd.DataFrame(
        {
            "key": ["aq", "ex"],
            "term": ["A Group", "Example"],
            "abbreviation": ["AG", None],
            "definition": ["Armed group of 1998. It moved.", "A format."],
        }
    )
    cited = pd.Series({"aq": "{cite}`a1`", "ex": "{cite}`b2`"})
    assert region.defined(terms, ("ex", "aq"), cited) == {
        "Example": "A format. {cite}`b2`",
        "AG": "*A Group.* Armed group of 1998. {cite}`a1`",
    }


def test_the_map_says_what_its_marks_show(outlines, events, candidates, towns):
    """A mark a square inside the frame, told in words with the counts; Western Sahara is an area of its own."""
    squares = region.squares(region.reach(events, candidates))
    beyond = squares.assign(longitude=40.0)
    figure = draw.overview(
        outlines,
        pd.Series({code: code for code in draw.NAMED}),
        towns,
        pd.concat([squares, beyond]),
        ["AQIM then", "JNIM now", "IS now"],
        "title",
    ).to_plotly_json()
    meta = figure["layout"]["meta"]
    assert len(meta["rows"]) == len(squares)
    assert "Rings, AQIM then: two events from 18 to 18 degrees north." in meta["alt"]
    assert "Western Sahara is drawn as an area of its own with a dashed outline." in meta["alt"]
    dashed = [trace for trace in figure["data"] if trace.get("line", {}).get("dash") == "dash"]
    assert [trace["fillcolor"] for trace in dashed] == ["rgba(0,0,0,0)"]
