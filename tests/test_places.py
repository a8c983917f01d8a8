"""Where a group fought, deaths of two releases, and the record held against others, on tables small enough to check by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.package.tables import load
from cooperation.figures import places as draw
from cooperation.measures import checks, places, violence
from cooperation.periods import COUP

NAMES = pd.Series({"DZA": "Algeria", "MLI": "Mali", "NER": "Niger", "TCD": "Chad", "CIV": "Côte d'Ivoire"})


@pytest.fixture
def events() -> pd.DataFrame:
    """Six events: three of A in Algeria and Mali, one of A and B as one side, one of B alone, one after the coup."""
    rows = [
        (1, "2009-06-10", "MLI", "A", "Civilians", 20.0, "Kidal", 10),
        (2, "2009-06-11", "MLI", "Government", "A", 14.0, "Kayes", 80),
        (3, "2009-07-01", "DZA", "A", "Government", 36.0, "Bouira", 200),
        (4, "2011-01-01", "NER", "A, B", "Government", 17.0, None, 30),
        (5, "2011-02-01", "MLI", "B", "Government", 16.0, "Gao", 40),
        (6, "2013-01-20", "MLI", "A", "Government", 16.0, "Gao", 60),
    ]
    columns = ["id", "date", "iso3", "side_a", "side_b", "latitude", "region", "border_km"]
    return pd.DataFrame(rows, columns=columns).assign(deaths_best=1)


def test_a_side_of_several_groups_is_each_of_them(events):
    """Who fought as one of two on a side fought; who is named alone on the other side fought too."""
    assert places.fought(events, ["A"])["id"].tolist() == [1, 2, 3, 4, 6]
    assert places.fought(events, ["B"])["id"].tolist() == [4, 5]


def test_events_abroad_by_year(events):
    """Share, middle and ends of the latitude of what lies outside the country, by year."""
    table = places.abroad(places.fought(events, ["A"]), "DZA").set_index("year")
    assert table.loc[2009, ["events", "abroad", "latitude", "south", "north"]].tolist() == [3, 2, 17, 14, 20]
    assert table.loc[2009, "share"] == pytest.approx(2 / 3)
    assert table.at[2009, "border_km"] == 45


def test_share_in_the_north_has_its_interval(events):
    """One of two fights in Mali before the coup lay in the north; of none there is no share."""
    mali = places.fought(events, ["A"]).query("iso3 == 'MLI' and year < 2012")
    share = places.share_in(mali, places.NORTH_OF_MALI)
    assert share.value == 50
    assert share.low < 15 < 85 < share.high
    assert places.share_in(mali, ["Kidal", "Kayes"]).value == 100
    with pytest.raises(ValueError, match="no events"):
        places.share_in(mali.head(0), places.NORTH_OF_MALI)


def test_our_record_has_a_fight_near_its_day_in_its_country(events):
    """A fight of ours counts within three days, a month as a whole; another country or kind does not."""
    record = pd.DataFrame(
        [
            ("M1", "2009-06-13", "MLI", "attack"),
            ("M2", "2009-06-16", "MLI", "attack"),
            ("M3", "2009-06", "MLI", "raid"),
            ("M4", "2009-06-10", "NER", "attack"),
            ("M5", "2009-06-10", "MLI", "diplomatic"),
        ],
        columns=["id", "date", "country", "kind"],
    )
    held = places.held_against(places.fought(events, ["A"]), record).set_index("id")["found"]
    assert held.to_dict() == {1: ("M1", "M3"), 2: ("M1", "M3"), 3: (), 4: (), 6: ()}


def test_fights_that_our_record_lacks_are_named():
    """Of the kept data the comparison counts what lies outside Algeria before the coup, and names each miss."""
    events, record = load("placed_events"), load("mistrust_events")
    found = checks.fights(events, record, "DZA", NAMES.reindex(events["iso3"].unique()).fillna("elsewhere"))
    fought = places.fought(events, ["AQIM"]).query(f"iso3 != 'DZA' and date < '{COUP.date()}'")
    assert found["compared"] == len(fought)
    assert found["compared"] - found["alike"] == len(found["misses"].split("; "))
    emptied = checks.fights(events, record.head(0), "DZA", NAMES.reindex(events["iso3"].unique()).fillna("elsewhere"))
    assert (emptied["alike"], emptied["compared"]) == (0, len(fought))


def test_states_that_fought_together_are_held_against_ties_of_that_time():
    """A tie that began later, of the Union or led from outside does not count; UCDP's name of a state is known."""
    parties = pd.DataFrame(
        [
            (1, 2016, "a", "primary", "Government of Niger", False),
            (1, 2016, "a", "secondary", "Government of Chad", False),
            (2, 2016, "a", "primary", "Government of Mali", False),
            (2, 2016, "a", "secondary", "Government of Ivory Coast", False),
        ],
        columns=["conflict", "year", "side", "role", "party", "mission"],
    ).assign(iso3=None)
    rows = [("NER", "F", "african", None, "2015"), ("TCD", "F", "african", None, "2015")]
    late = [("MLI", "L", "african", None, "2017"), ("CIV", "L", "african", None, "2017")]
    union = [("MLI", "U", "african", "AU", "2010"), ("CIV", "U", "african", "AU", "2010")]
    ties = pd.DataFrame(rows + late + union, columns=["state", "initiative", "led_by", "body", "from_day"]).assign(
        scope="core", until=pd.NaT
    )
    ties["from_day"] = pd.to_datetime(ties["from_day"])
    found = checks.helpers(parties, ties, NAMES, 2024)
    assert (found["compared"], found["alike"]) == (2, 1)
    assert found["misses"] == "Côte d'Ivoire beside Mali, 2016"


def test_cells_that_a_release_revises():
    """Only cells of years that both have, and only those that differ, the largest change first."""
    before = pd.DataFrame(
        [("MLI", 2023, "state-based", 10), ("MLI", 2024, "state-based", 5), ("NER", 2024, "state-based", 7)],
        columns=["iso3", "year", "violence", "deaths_best"],
    )
    after = before.assign(deaths_best=[12, 5, 1]).drop(index=[])
    after.loc[len(after)] = ("MLI", 2025, "state-based", 9)
    table = violence.revised(before, after)
    assert table[["iso3", "before", "after"]].to_numpy().tolist() == [["NER", 7, 1], ["MLI", 10, 12]]


def test_provisional_months_stand_apart():
    """Deaths of months that rest on candidates, in the states that count; no final month is among them."""
    months = pd.DataFrame(
        [
            ("MLI", "2025-12", 5, False),
            ("MLI", "2026-01", 3, True),
            ("BFA", "2026-02", 4, True),
            ("SDN", "2026-02", 9, True),
        ],
        columns=["iso3", "month", "deaths_best", "provisional"],
    )
    assert violence.provisional(months, ["MLI", "BFA"]) == (7, "2026-01", "2026-02")


def test_final_years_and_months_of_one_release_agree():
    """Months of a final year add up to its country-years, so that neither holds candidates."""
    months = load("violence_months").query("not provisional")
    summed = months.assign(year=months["month"].str[:4].astype(int)).groupby(["iso3", "year"])["deaths_best"].sum()
    years = violence.latest_release(load("deaths_to_2025")).set_index(["iso3", "year"])["deaths_best"]
    since = years[years.index.get_level_values("year") >= 2021]
    assert summed.reindex(since.index, fill_value=0).equals(since)


def test_every_event_of_the_figure_is_a_row_of_its_table(events):
    """Marks are as many as events up to the last year, each country with its own mark."""
    figure = draw.latitudes(places.fought(events, ["A"]), NAMES, 2012, "title").to_plotly_json()
    marks = [trace for trace in figure["data"] if len(trace["x"]) and trace["x"][0] is not None]
    assert sum(len(trace["x"]) for trace in marks) == 4
    assert len({trace["marker"]["symbol"] for trace in marks}) == 3
