"""What the chapter on the years since 2014 counts, on tables small enough to check by hand, and its two figures."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.package.tables import load
from cooperation.figures import since as draw
from cooperation.measures import since
from cooperation.measures.record import cutoff
from cooperation.rows import Initiative, RegionEvent
from cooperation.states import BURKINA_FASO, MALI, NIGERIA

CLOSED = pd.Timestamp(2026, 4, 30)
DAYS = {
    RegionEvent.SERVAL_BEGINS: "2013-01-11",
    RegionEvent.FRANCE_OUT_OF_MALI: "2022-08-15",
    RegionEvent.MINUSMA_BEGINS: "2013-07-01",
    RegionEvent.MINUSMA_ENDS: "2023-12",
    RegionEvent.TAKUBA_BEGINS: "2021-02",
    RegionEvent.TAKUBA_ENDS: "2022-06-30",
    RegionEvent.WAGNER_ARRIVES: "2021-12-23",
    RegionEvent.MALI_2012: "2012-03-22",
    RegionEvent.MALI_2020: "2020-08-18",
}
EVENTS = pd.DataFrame({"id": [*DAYS], "date": [*DAYS.values()], "country": MALI, "title": "A step"})
BODIES = pd.DataFrame(
    {
        "id": [Initiative.LAKE_CHAD, Initiative.G5_FORCE, Initiative.AES_FORCE],
        "founded": ["2015-01-29", "2017-07-02", "2025-12-20"],
        "ended": [None, "2023-12", None],
    }
)


def test_presence_runs_from_the_first_day_to_the_last_or_to_the_cutoff():
    """Those from outside come first; a partial date is read wide; what has no end stands."""
    table = since.presence(EVENTS, BODIES, CLOSED).set_index("key")
    assert list(table.index) == ["france", "united_nations", "takuba", "russia", "lake_chad", "g5", "alliance"]
    assert table["stands"].to_dict() == {
        **dict.fromkeys(("france", "united_nations", "takuba", "g5"), False),
        **dict.fromkeys(("russia", "lake_chad", "alliance"), True),
    }
    assert table.at["takuba", "first"] == pd.Timestamp(2021, 2, 1)
    assert table.at["united_nations", "last"] == table.at["g5", "last"] == pd.Timestamp(2023, 12, 31)
    assert table.at["russia", "last"] == CLOSED
    assert list(table.index[table["outside"]]) == list(since.FROM_OUTSIDE)


def test_coups_before_the_span_are_left_out():
    """A seizure of power counts from the day on which the first force came."""
    assert list(since.coups(EVENTS, pd.Timestamp(2013, 1, 11))["id"]) == [RegionEvent.MALI_2020]


def test_candidates_are_provisional_months_of_the_central_sahel_to_the_cutoff():
    """A final month, another state and a month after the cut-off do not count."""
    rows = [
        (MALI, "2025-12", 9, False),
        (MALI, "2026-01", 2, True),
        (BURKINA_FASO, "2026-01", 3, True),
        (NIGERIA, "2026-01", 50, True),
        (MALI, "2026-05", 7, True),
    ]
    months = pd.DataFrame(rows, columns=["iso3", "month", "deaths_best", "provisional"])
    assert since.candidates(months, CLOSED).to_dict() == {"2026-01": 5}


def test_turns_are_told_once_and_none_is_after_the_cutoff():
    """Section by section, each by day."""
    turns = since.told(load)
    assert turns["id"].is_unique
    assert list(dict.fromkeys(turns["section"])) == list(since.TURNS)
    assert turns.groupby("order")["day"].agg(lambda days: days.is_monotonic_increasing).all()
    assert turns["day"].max() <= cutoff(load("searches"))


def test_no_sum_of_the_provisional_months_is_drawn():
    """Months stand apart: no row of the figure has their sum, alone or with a year."""
    years, months = pd.Series({2024: 100, 2025: 200}), pd.Series({"2026-01": 5, "2026-02": 6})
    figure = draw.deaths(years, months, (2024,), title="More", alt="Bars. More.")
    numbers = [row[1] for row in figure.layout.meta["rows"]]
    assert numbers == [100, 200, 5, 6]
    assert [bar.xaxis for bar in figure.data] == ["x", "x2"]


@pytest.mark.parametrize("outside", [True, False])
def test_forces_are_drawn_by_where_they_come_from(outside):
    """Each force has a bar in the colour of its group, and the words say until when."""
    spans = since.presence(EVENTS, BODIES, CLOSED)
    seized = since.coups(EVENTS, spans["first"].min())
    figure = draw.forces(spans, seized, pd.Series({MALI: "Mali"}), title="Some stayed")
    drawn = zip(figure.data, spans["outside"], strict=True)
    colours = {bar.marker.color for bar, there in drawn if there == outside}
    assert len(colours) == 1
    assert "Wagner, then Africa Corps, in Mali, from 23 December 2021, still there" in figure.layout.meta["alt"]
