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
    assert places.fought(events, ["B"]).index.tolist() == [0, 1]


def test_events_abroad_by_year(events):
    """Share with its interval, middle and ends of the latitude of what lies outside the country, and the north of Mali."""
    table = places.abroad(places.fought(events, ["A"]), "DZA").set_index("year")
    columns = ["events", "abroad", "northern", "latitude", "south", "north", "border_km"]
    assert table.loc[2009, columns].tolist() == [3, 2, 1, 17, 14, 20, 45]
    assert table.loc[2009, ["share", "share_low", "share_high"]].tolist() == pytest.approx(
        [2 / 3, 0.208, 0.939], abs=1e-3
    )
    assert table.loc[2011, ["abroad", "northern", "share"]].tolist() == [1, 0, 1]


def test_a_year_at_home_has_a_share_of_none_and_no_place(events):
    """A year whose events all lie in the country has the upper end of a share of none, and no latitude."""
    table = places.abroad(places.fought(events, ["A"]).query("iso3 == 'DZA'"), "DZA")
    assert table.loc[0, ["abroad", "share", "share_low"]].tolist() == [0, 0, 0]
    assert table.at[0, "share_high"] == pytest.approx(0.793, abs=1e-3)
    assert pd.isna(table.at[0, "latitude"])


def test_spans_have_their_middle_and_quartiles(events):
    """Both ends of a span count; quartiles are of what lies outside the country, in Mali or not."""
    fought = places.fought(events, ["A"])
    early, late = places.by_span(fought, "DZA", {"hostages": (2009, 2011), "war_in_mali": (2013, 2014)}).to_dict(
        "records"
    )
    assert [early[key] for key in ("events", "abroad", "in_mali", "northern")] == [4, 3, 2, 1]
    assert [late[key] for key in ("events", "abroad", "in_mali", "northern")] == [1, 1, 1, 1]
    assert [early[f"latitude_{end}"] for end in places.QUARTERS] == [15.5, 17, 18.5]
    assert [early[f"border_km_{end}"] for end in places.QUARTERS] == [20, 30, 55]
    assert early["share_low"] < early["share"] == 0.75 < early["share_high"]
    with pytest.raises(ValueError, match="no events in spread"):
        places.by_span(fought, "DZA", {"spread": (2015, 2019)})


def test_spans_in_words_name_who_and_when(events):
    """A row says who fought and when, the number abroad with the interval of its share, and middles with quartiles."""
    table = places.by_span(places.fought(events, ["A"]), "DZA", {"hostages": (2009, 2011)})
    (row,) = places.spans_listed({"A and kin": table}).to_dict("records")
    assert row["Who fought, and when"] == "A and kin, 2003-2011"
    assert row["Outside Algeria"] == "3 (30 to 95 per cent)"
    assert (row["Degrees north"], row["Kilometres to a border"]) == ("17 (16 to 18)", "30 (20 to 55)")


def test_share_in_the_north_has_its_interval(events):
    """One of two fights in Mali before the coup lay in the north; what lies elsewhere does not count."""
    before = places.fought(events, ["A"]).query("year < 2012")
    share = places.share_in_north(before)
    assert share.value == 50
    assert share.low < 15 < 85 < share.high
    with pytest.raises(ValueError, match="no events in Mali"):
        places.share_in_north(before.query("iso3 != 'MLI'"))


def test_a_region_of_another_country_is_not_the_north(events):
    """The north is of Mali, whatever regions of others are called."""
    moved = events.assign(iso3="NER", region="Gao")
    assert not places.northern(moved).any()
    assert places.northern(events).tolist() == [True, False, False, False, True, True]


SPANS = {"hostages": (2003, 2011), "war_in_mali": (2012, 2014)}


@pytest.fixture
def months() -> pd.DataFrame:
    """Events by month of two countries, one of them with none that can be placed."""
    rows = [
        ("MLI", "2009-06", 3),
        ("MLI", "2011-02", 1),
        ("MLI", "2013-01", 2),
        ("TUN", "2013-05", 8),
        ("TUN", "2016-01", 9),
    ]
    return pd.DataFrame(rows, columns=["iso3", "month", "events"])


def test_what_precise_placing_leaves_out(events, months):
    """Events placed are counted against events recorded, whoever fought; a country with none placed stands with a zero."""
    table = places.left_out(events, months, SPANS)
    assert table.to_numpy().tolist() == [
        ["MLI", "hostages", 3, 4],
        ["MLI", "war_in_mali", 1, 2],
        ["TUN", "war_in_mali", 0, 8],
    ]
    late_first = places.left_out_listed(table[table["iso3"] == "TUN"], pd.Series({"TUN": "Tunisia"}), SPANS)
    assert late_first.columns.tolist() == ["Country", "2003-2011", "2012-2014"]
    cells = places.left_out_listed(table, pd.Series({"TUN": "Tunisia", "MLI": "Mali"}), SPANS)
    assert cells.columns.tolist() == ["Country", "2003-2011", "2012-2014"]
    assert cells.to_numpy().tolist() == [["Tunisia", "none recorded", "0 of 8"], ["Mali", "3 of 4", "1 of 2"]]


def test_deaths_placed_are_of_the_years_that_the_list_has():
    """A year of two parties that the list of battle deaths lacks adds no death, and one without a placed event none placed."""
    events = pd.DataFrame(
        [
            ("2009-06-10", "state-based", "Government of Mali", "A", 5),
            ("2009-07-10", "state-based", "Government of Mali", "A", 6),
            ("2010-07-10", "state-based", "Government of Mali", "A", 7),
            ("2009-07-10", "one-sided", "A", "Civilians", 8),
            ("2013-07-10", "state-based", "Government of Mali", "B", 9),
        ],
        columns=["date", "violence", "side_a", "side_b", "deaths_best"],
    )
    dyads = pd.DataFrame(
        [
            ("Government of Mali", "A", 2009, 30),
            ("Government of Tunisia", "A", 2013, 29),
            ("Government of Tunisia", "A", 2014, 50),
            ("Government of Mali", "B", 2013, 99),
        ],
        columns=["side_a", "side_b", "year", "deaths_best"],
    )
    assert places.deaths_placed(events, dyads, "A", SPANS).to_numpy().tolist() == [
        ["Government of Mali", "hostages", 11, 30],
        ["Government of Tunisia", "war_in_mali", 0, 79],
    ]


def test_the_middle_if_what_is_left_out_lay_far_north(events, months):
    """Unplaced events of a country move the median to its northernmost place, by as many as there are."""
    at_tunis = pd.DataFrame([{**events.iloc[-1], "id": 7, "iso3": "TUN", "latitude": 35.0, "date": "2013-05-01"}])
    together = pd.concat([events, at_tunis], ignore_index=True)
    fought = places.fought(together, ["A"])
    years = {"war_in_mali": SPANS["war_in_mali"]}
    left = places.left_out(together, months, SPANS)
    assert places.middle_if_placed(fought, left, "DZA", "TUN", years) == {"war_in_mali": 35}
    without = left[left["iso3"] != "TUN"]
    assert places.middle_if_placed(fought, without, "DZA", "TUN", years) == {"war_in_mali": 25.5}


@pytest.fixture
def capitals() -> pd.DataFrame:
    """Three capitals: of Mali, of a neighbour, and of a state that does not touch it."""
    rows = [("MLI", "Bamako", 12.65, -8.0), ("NER", "Niamey", 13.52, 2.11), ("TCD", "Ndjamena", 12.12, 15.05)]
    return pd.DataFrame(rows, columns=["iso3", "city", "latitude", "longitude"])


def square(iso3: str, west: float) -> pd.DataFrame:
    """The outline of a country ten degrees wide."""
    corners = [(west, 10), (west + 10, 10), (west + 10, 25), (west, 25), (west, 10)]
    return pd.DataFrame(corners, columns=["longitude", "latitude"]).assign(iso3=iso3, ring=0)


def test_events_at_the_capitals_of_a_country_and_its_neighbours(events, capitals):
    """What lies within 25 kilometres counts; a capital without an event is asked about all the same, a far state's is not."""
    outlines = pd.concat([square("MLI", -10), square("NER", 0), square("TCD", 14)])
    at = events.assign(
        latitude=[13.52, 13.74, 13.76, 12.12, 12.65, 30.0], longitude=[2.11, 2.11, 2.11, 15.05, -3.0, 0.0]
    )
    table = places.at_capitals(at, capitals, outlines, "MLI")
    assert table["id"].tolist() == [1, 2]
    assert table["capital"].value_counts().to_dict() == {"Niamey": 2, "Bamako": 0}


def test_what_our_record_alone_has_of_a_capital():
    """An event of ours counts as theirs within three days in the same capital."""
    theirs = pd.DataFrame({"date": ["2009-06-23"], "capital": ["Nouakchott"]})
    ours = pd.DataFrame(
        {
            "date": ["2009-06-26", "2009-06-27", "2009-06-23"],
            "capital": ["Nouakchott", "Nouakchott", "Bamako"],
        }
    )
    assert places.ours_alone(ours, theirs).index.tolist() == [1, 2]


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


def test_fights_close_together_are_one_mark(events):
    """Squares of half a degree hold the fights of the group by its own name apart from those of its kin."""
    at = events.assign(longitude=[0.0, 0.1, 3.0, 2.0, 0.1, 0.12], latitude=[20.0, 20.1, 36.0, 17.0, 20.1, 20.0])
    marks = places.gathered(places.fought(at, ["A", "B"]), "A")
    assert marks[["iso3", "own", "events"]].to_numpy().tolist() == [
        ["MLI", True, 3],
        ["DZA", True, 1],
        ["MLI", False, 1],
        ["NER", True, 1],
    ]
    assert marks.loc[0, ["longitude", "latitude"]].tolist() == pytest.approx([0.22 / 3, 60.1 / 3])


def test_the_map_of_fights_says_each_number_on_each_map(events):
    """A map a span, each with the number beside the country, a mark for each place, and Western Sahara apart, dashed."""
    at = places.fought(events.assign(longitude=[0.0, 1.0, 3.0, 5.0, 0.2, 0.3]), ["A", "B"])
    names = load("countries").set_index("iso3")["name"]
    spans = {"to 2009": at[at["year"] <= 2009], "since": at[at["year"] > 2009]}
    figure = draw.fights(spans, "A", load("boundaries"), names, "title")
    notes = figure.layout.annotations
    said = {along: [note.text for note in notes if note.xref == along] for along in ("x", "x2")}
    assert {"Algeria<br><b>1</b>", "Mali<br><b>2</b>", "Niger<br><b>0</b>"} <= set(said["x"])
    assert {"Algeria<br><b>0</b>", "Mali<br><b>2</b>", "Niger<br><b>1</b>"} <= set(said["x2"])
    places_of = {"x": 0, "x2": 0}
    for trace in figure.data:
        if trace.mode == "markers" and trace.xaxis:
            places_of[trace.xaxis] += len(trace.x)
    assert places_of == {"x": 3, "x2": 3}
    assert len(figure.layout.meta["rows"]) == 6
    assert [trace.xaxis for trace in figure.data if trace.line.dash == "dash"] == ["x", "x2"]
    assert "to 2009: 2 in Mali and 1 in Algeria. since: 2 in Mali and 1 in Niger." in figure.layout.meta["alt"]


def test_every_event_of_the_figure_is_a_row_of_its_table(events):
    """Marks are as many as events up to the last year, each country with its own mark."""
    figure = draw.latitudes(places.fought(events, ["A"]), NAMES, 2012, "title").to_plotly_json()
    marks = [trace for trace in figure["data"] if len(trace["x"]) and trace["x"][0] is not None]
    assert sum(len(trace["x"]) for trace in marks) == 4
    assert len({trace["marker"]["symbol"] for trace in marks}) == 3


def test_the_figure_of_years_draws_each_year_of_each_group(events):
    """Every year has its share in the first panel; places stand where something lies abroad, with how many beside them."""
    table = places.abroad(places.fought(events, ["A"]), "DZA")
    figure = draw.by_year({"A and kin": table, "A": table[table["year"] > 2011]}, "title")
    shares = [trace for trace in figure.data if trace.yaxis == "y"]
    assert [len(trace.x) for trace in shares] == [3, 1]
    assert list(shares[0].y) == [66.67, 100, 100]
    assert [trace.showlegend for trace in figure.data if trace.name == "A"] == [True, False, False]
    assert [note.text for note in figure.layout.annotations][-3:] == ["2", "1", "1"]
    assert len(figure.layout.meta["rows"]) == 4


def test_the_figure_of_capitals_counts_what_came_before_the_coup(events):
    """Lanes stand by their number of events before the coup, those with none too; no number in it is a chance."""
    at = places.fought(events, ["A"]).query("iso3 == 'MLI'").assign(capital=["Bamako", "Bamako", "Niamey"])
    at["capital"] = pd.Categorical(at["capital"], categories=["Abidjan", "Bamako", "Niamey"])
    ours = pd.DataFrame({"date": ["2011-01-05"], "capital": ["Niamey"], "title": ["an attack"]})
    figure = draw.capitals(at, ours, "Bamako", "2003-01-01", "title").to_plotly_json()
    assert list(figure["layout"]["yaxis"]["ticktext"]) == ["<b>Bamako</b>", "Abidjan", "Niamey"]
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["2", "0", "0", "coup"]
    theirs, own = (trace for trace in figure["data"] if trace["mode"] == "markers")
    assert list(theirs["y"]) == [0, 0, 2]
    assert list(own["y"]) == [2]
    meta = figure["layout"]["meta"]
    assert (
        "Bamako: two before the coup; Abidjan: none before the coup; Niamey: none before the coup, the first in 2013"
        in meta["alt"]
    )
    assert not any(word in meta["alt"] + meta["subtitle"] for word in ("probab", "odds", "likel", "per cent"))
