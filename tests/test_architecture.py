"""What the chapter on the time before 2012 counts, on tables small enough to check by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from cooperation.figures import architecture as draw
from cooperation.measures import architecture
from cooperation.measures.initiatives import dated
from cooperation.periods import CASCADE, EVE

ACTORS = pd.DataFrame(
    {
        "id": ["DZA", "GIN", "GNB", "MAR", "MLI", "NER", "AU"],
        "name": ["Algeria", "Guinea", "Guinea-Bissau", "Morocco", "Mali", "Niger", "African Union"],
        "kind": ["state"] * 6 + ["organisation"],
    }
)


def initiatives(**columns) -> pd.DataFrame:
    """Rows of initiatives, with what the columns leave out."""
    table = pd.DataFrame(columns)
    common = {
        "short_name": table["id"],
        "ended": None,
        "bilateral": False,
        "body": table["id"].map({"CAERT": "AU"}),
        "kind": "border",
        "operational": None,
        "status_latest_date": None,
        "lead_actor": "Algeria",
    }
    return table.assign(**{name: value for name, value in common.items() if name not in table})


def spells(*rows) -> pd.DataFrame:
    """Rows of memberships: initiative, actor, role, start, end, exclusion, verification."""
    return pd.DataFrame(rows, columns=["initiative", "actor", "role", "start", "end", "exclusion", "verification"])


def member(initiative, *actors) -> list[tuple]:
    """Members of an initiative without dates."""
    return [(initiative, actor, "member", None, None, None, "yes") for actor in actors]


def test_stands_from_founding_to_recorded_end():
    """What was founded later or had ended is not there; an end in the course of the last month still stands."""
    table = initiatives(
        id=["OLD", "GONE", "LATE", "ENDS"],
        founded=["1999", "1999", "2012-01-01", "2011"],
        ended=[None, "2006-06-14", None, "2011-12"],
    )
    assert architecture.stood(table, EVE)["id"].tolist() == ["OLD", "ENDS"]
    assert architecture.stood(table, pd.Timestamp(2006, 6, 14))["id"].tolist() == ["GONE", "OLD"]
    assert architecture.stood(table, pd.Timestamp(2012, 1, 1))["id"].tolist() == ["OLD", "LATE"]


def test_breadth_tells_pairs_from_the_union():
    """A body of the African Union is neither a pair nor one of several states."""
    table = pd.DataFrame(
        {"id": ["CAERT", "DZNEBC", "CEMOC"], "bilateral": [False, True, False], "body": ["AU", None, None]},
        index=[3, 5, 7],
    )
    assert architecture.breadth(table).to_dict() == {3: "union", 5: "two", 7: "several"}


def test_a_list_has_kinds_in_its_order_and_the_older_first():
    """Bodies stand before borders, and texts come last, whatever the order of the table."""
    table = pd.DataFrame(
        {
            "id": ["B2", "B1", "T", "P"],
            "kind": ["border", "border", "legal", "political-process"],
            "from_day": pd.to_datetime(["2009-01-01", "2004-01-01", "1990-01-01", "2010-01-01"]),
        }
    )
    listed = architecture.by_kind(table)
    assert listed["id"].tolist() == ["P", "B1", "B2", "T"]
    assert listed.columns.tolist() == table.columns.tolist()
    with pytest.raises(ValueError, match="not in"):
        architecture.by_kind(table.assign(kind="orchestra"))


@pytest.mark.parametrize(
    ("lead", "keys"),
    [
        ("Senegal and Guinea-Bissau", ["GNB"]),
        ("AU (Algeria host)", ["AU", "DZA"]),
        ("Nigeria / LCBC", []),
        ("Mali, Niger", ["MLI", "NER"]),
        (None, []),
    ],
)
def test_leaders_are_read_by_their_whole_names(lead, keys):
    """Guinea-Bissau is not Guinea, and Nigeria is not Niger."""
    assert architecture.named(lead, ACTORS.set_index("id")["name"]) == keys


@pytest.fixture
def both_waves():
    """Two foundings of 2010 and three of 2013, one of them a body of the Union."""
    table = initiatives(
        id=["A", "B", "C", "D", "CAERT"],
        founded=["2010", "2011-03", "2013-01-01", "2013-02", "2014-05-14"],
        lead_actor=["Algeria", "Mali and Niger", "Morocco", "Niger", "AU (Algeria host)"],
        bilateral=[False, True, False, False, False],
        kind=["force", "border", "police", "force", "training"],
    )
    memberships = spells(
        *member("A", "DZA", "MLI", "NER"),
        *member("B", "MLI", "NER"),
        *member("C", "MAR", "MLI"),
        *member("D", "NER", "MLI", "GIN"),
        *member("CAERT", "DZA", "GNB", "AU"),
    )
    return architecture.annotated(dated(table), architecture.states_of(memberships, ACTORS), ACTORS)


def test_waves_are_counted_alike(both_waves):
    """Hosts are states that lead more than a pair; a body of the Union adds its host, but not its members, to the states in it, nor Algeria to what Algeria is in."""
    waves = architecture.waves(both_waves)
    first, second = (waves.loc[name] for name in architecture.WAVES)
    assert first[["foundings", "kinds", "conveners", "hosts", "states"]].tolist() == [2, 2, 3, 1, 3]
    assert second[["foundings", "kinds", "conveners", "hosts", "states"]].tolist() == [3, 3, 4, 3, 4]
    assert first[["bilateral", "with_DZA", "with_MAR", "led_DZA"]].tolist() == [0.5, 0.5, 0, 0.5]
    assert second["with_MAR"] == pytest.approx(1 / 3)
    assert second["with_DZA"] == 0
    assert second[["led_DZA", "led_MAR"]].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert first["led_MAR"] == 0
    assert first["per_year"] == pytest.approx(1, abs=0.01)


def test_large_wave_is_compared_at_the_size_of_the_small_one(both_waves):
    """Any two of the three later foundings have two leaders of more than a pair at least, so that one is never as few."""
    first, second = both_waves.iloc[:2], both_waves.iloc[2:]
    table = architecture.thinned(second, first, draws=200)
    assert table.at["hosts", "narrow"] == 1
    assert table.at["hosts", "low"] == table.at["hosts", "high"] == 2
    assert table.at["hosts", "as_low"] == 0
    assert table.at["kinds", "as_low"] == 1
    # Of the three pairs of foundings one has four states, one three and one two.
    assert table.loc["states", ["narrow", "low", "high"]].tolist() == [3, 2, 4]
    assert table.loc["states", ["mean", "as_low"]].tolist() == pytest.approx([3, 2 / 3], abs=0.15)
    with pytest.raises(ValueError, match="cannot draw 3 foundings from 2"):
        architecture.thinned(first, second)


def test_kinds_that_go_with_the_period_are_told_from_chance():
    """Twenty texts before and twenty forces after are not chance; the same mix twice is."""
    table = initiatives(
        id=[f"I{n}" for n in range(40)], founded=["1999"] * 20 + ["2013"] * 20, kind=["legal"] * 20 + ["force"] * 20
    )
    counts = architecture.mix(dated(table))[["early", "cascade"]]
    assert (counts.at["legal", "early"], counts.at["force", "cascade"], counts.to_numpy().sum()) == (20, 20, 40)
    assert architecture.alike(counts, draws=999) < 0.01
    assert architecture.alike(counts.assign(early=10, cascade=10), draws=999) > 0.5


def test_precedent_holds_all_states_and_is_no_text():
    """An older body that lacks one of the states is no precedent, nor is a convention of them all."""
    older = dated(initiatives(id=["WIDE", "PART", "TEXT"], founded=["1999"] * 3, kind=["force", "border", "legal"]))
    newer = dated(initiatives(id=["NEW", "LONE"], founded=["2013", "2013"], kind=["force", "force"]))
    members = architecture.states_of(
        spells(
            *member("WIDE", "DZA", "MLI", "NER"),
            *member("PART", "DZA", "MLI"),
            *member("TEXT", "DZA", "MLI", "NER"),
            *member("NEW", "MLI", "NER"),
            *member("LONE", "MLI"),
        ),
        ACTORS,
    )
    table = architecture.precedents(newer, members, CASCADE, older)
    assert table["id"].tolist() == ["NEW"]
    assert table[["any", "same"]].iloc[0].tolist() == [["WIDE"], ["WIDE"]]


def test_a_body_of_the_same_states_is_a_precedent_already():
    """Two new ones of two states, of a kind that stood and of one that did not."""
    older = dated(initiatives(id=["PAIR"], founded=["1999"], kind=["border"]))
    newer = dated(initiatives(id=["SAME", "LIKE"], founded=["2012-01-01", "2014-05-14"], kind=["border", "force"]))
    members = architecture.states_of(
        spells(*member("PAIR", "DZA", "MLI"), *member("SAME", "MLI", "DZA"), *member("LIKE", "DZA", "MLI")), ACTORS
    )
    assert architecture.precedents(newer, members, CASCADE, older).to_dict("records") == [
        {"id": "SAME", "short_name": "SAME", "kind": "border", "states": 2, "any": ["PAIR"], "same": ["PAIR"]},
        {"id": "LIKE", "short_name": "LIKE", "kind": "force", "states": 2, "any": ["PAIR"], "same": []},
    ]


@pytest.fixture
def met():
    """Meetings of three bodies, one of no body, and two summits, one of which was called off."""
    meetings = pd.DataFrame(
        {
            "id": ["M1", "M2", "M3", "M4"],
            "initiative": ["A", "A", "B", None],
            "date": ["2010-04", "2011-11-21", "2012-03", "2010"],
            "city": ["Tamanrasset", "Bamako", "Algiers", "Paris"],
            "level": ["chiefs of staff"] * 4,
        }
    )
    summits = pd.DataFrame(
        {
            "id": ["SU1", "SU2"],
            "date": ["1990-01-21", "1995"],
            "city": ["Tunis", "Algiers"],
            "outcome": ["held", "called off"],
        }
    )
    return architecture.sessions(meetings, summits)


def test_summits_count_as_meetings_if_held(met):
    """The summit that was called off is not among the meetings, and what belongs to no body neither."""
    assert met["id"].to_dict() == {0: "SU1", 1: "M1", 2: "M2", 3: "M3"}
    assert met["initiative"].iloc[0] == "AMU"


def test_a_meeting_that_may_be_the_founding_is_no_trace(met):
    """Only what is surely later than the founding act, and not later than the day, is a trace; an activity counts for more than a meeting."""
    table = dated(
        initiatives(
            id=["A", "B", "C", "D", "AMU"],
            founded=["2010-04-21", "2011", "2009", "2000", "1989-02-17"],
            operational=[None, None, None, "2002-12-06", None],
            status_latest_date=["2025", "2026", "2009", "2020", "2024"],
        )
    )
    activities = pd.DataFrame({"initiative": ["C", "B"], "date": ["2010-11", "2012-01"]})
    found = architecture.traces(table, met, activities, EVE).set_index("id")
    assert found["meetings"].to_dict() == {"AMU": 1, "D": 0, "C": 0, "A": 1, "B": 0}
    assert found["trace"].to_dict() == {
        "AMU": "met",
        "D": "named",
        "C": "acted",
        "A": "met",
        "B": "none",
    }
    assert found.at["A", "first_met"] == "2011-11-21"
    on_the_day = dated(initiatives(id=["A"], founded=["2011-11-21"]))
    assert architecture.traces(on_the_day, met, activities, EVE)["meetings"].tolist() == [0]


def test_numbering_shows_what_is_missing():
    """Two sessions on record up to the tenth are two of ten; a later session and a series without numbers do not count."""
    numbers = pd.DataFrame(
        {
            "meeting": ["M1", "M2", "M3", "M4"],
            "series": ["chiefs", "chiefs", "chiefs", "others"],
            "number": pd.array([1, 10, 12, None], dtype="Int64"),
        }
    )
    meetings = pd.DataFrame({"id": ["M1", "M2", "M3", "M4"], "date": ["1999", "2008-11", "2012-07", "2010"]})
    table = architecture.numbering(numbers, meetings, EVE)
    assert table.to_dict("records") == [
        {"series": "chiefs", "recorded": 2, "counted": 10, "last": "2008-11", "share": 0.2}
    ]


def test_numbering_takes_the_highest_number_and_sorts_by_it():
    """A session without a number is on record all the same, and of two series alike the name decides."""
    numbers = pd.DataFrame(
        [("M1", "few", 3), ("M2", "few", None), ("M3", "many", 8), ("M4", "alike", 8), ("M5", "late", 9)],
        columns=["meeting", "series", "number"],
    ).astype({"number": "Int64"})
    dates = ["2003", "2002", "2011-12-31", "2005", "2012-01-01"]
    meetings = pd.DataFrame({"id": [f"M{n}" for n in range(1, 6)], "date": dates})
    table = architecture.numbering(numbers, meetings, EVE)
    assert table[["series", "recorded", "counted"]].to_numpy().tolist() == [
        ["alike", 1, 8],
        ["many", 1, 8],
        ["few", 2, 3],
    ]


def test_a_meeting_on_the_day_of_founding_is_not_one_after_it(met):
    """The card counts what was later, and what was by a day; one meeting has one date."""
    founded = pd.Timestamp(2011, 11, 21)
    mine = met[met["initiative"] == "A"]
    assert architecture._met(mine, founded, EVE).endswith("2 by 2011-12-31, of which 0 after the founding.")
    on_the_day = architecture._met(mine.tail(1), founded, founded)
    assert on_the_day == "1 on record, 2011-11-21; 1 by 2011-11-21, of which 0 after the founding."


def test_card_says_who_from_when_and_how_sure(met):
    """The common start is said once; other starts, ends, refusals and doubts stand with the name."""
    memberships = spells(
        ("A", "DZA", "member", "2010-04-21", None, None, "yes"),
        ("A", "MLI", "member", "2010-04-21", "2025-04-06", None, "yes"),
        ("A", "NER", "member", "2011", None, None, "partial"),
        ("A", "GNB", "member", None, None, None, "partial"),
        ("A", "MAR", "excluded", "2017-01-30", None, "refused", "yes"),
        ("A", "MAR", "excluded", None, "2017-01-30", "ineligible", "yes"),
    )
    table = dated(initiatives(id=["A"], founded=["2010-04-21"])).assign(
        name="Committee",
        founded_event="Installed",
        seat="none",
        mandate="Coordinate.",
        status_latest="broken",
        status_latest_date="2025-04-06",
        verification="disputed",
    )
    activities = pd.DataFrame(
        {"initiative": ["A", "A"], "date": ["2011", "2010"], "what": ["An exercise.", "A patrol."]}
    )
    (card,) = architecture.cards(table, memberships, met, activities, ACTORS.set_index("id")["name"], EVE).to_dict(
        "records"
    )
    assert (
        card["Members"]
        == "from 2010-04-21: Algeria, Mali (to 2025-04-06), Niger? (from 2011); start not known: Guinea-Bissau?"
    )
    assert card["Outside"] == "Morocco (to 2017-01-30, ineligible), Morocco (from 2017-01-30, refused)"
    assert (
        card["Meetings"] == "2 on record, from 2010-04 to 2011-11-21; 2 by 2011-12-31, of which 1 after the founding."
    )
    assert card["Activity"] == "2010: A patrol. 2011: An exercise."
    assert card["Sourcing"] == "Sources disagree on a core fact"
    assert card["title"] == "A: Committee"
    assert card["Seat"] is None
    assert card["Observers"] is None


def test_figure_of_waves_shows_shares_as_per_cent(both_waves):
    """A share of one half reads as 50 per cent, a count as it is."""
    figure = draw.compared(architecture.waves(both_waves), title="T", alt="A")
    rows = {row[0]: row[1:3] for row in figure.layout.meta["rows"]}
    assert rows["Algeria in it"] == [50, 0]
    assert rows["Morocco in it"] == [0, 33.3]
    assert rows["states in it"] == [3, 4]
    assert rows["states that led more than a pair"] == [1, 3]


def test_figure_of_activity_leaves_out_what_left_no_trace(met):
    """Lanes are the arrangements with a meeting or an activity after their founding."""
    table = dated(initiatives(id=["A", "B"], founded=["2010-04-21", "2011"]))
    activities = pd.DataFrame({"initiative": ["A"], "date": ["2010-11"], "first_day": [pd.Timestamp(2010, 11, 1)]})
    figure = draw.activity(architecture.traces(table, met, activities, EVE), met, activities, EVE, title="T", alt="A")
    assert {row[0] for row in figure.layout.meta["rows"]} == {"A"}
    assert [row[2] for row in figure.layout.meta["rows"]] == ["met", "founded", "did something", "met"]


def test_figure_of_numbering_says_how_many_of_how_many():
    """The words beside a bar are the session on record and the number counted."""
    table = pd.DataFrame(
        {
            "series": ["police chiefs of several West African states"],
            "recorded": [2],
            "counted": [12],
            "last": ["2011"],
            "share": [2 / 12],
        }
    )
    figure = draw.counted(table, title="T", alt="A")
    assert [note.text for note in figure.layout.annotations] == ["2 of 12"]
    assert figure.layout.meta["rows"] == [["Police chiefs of several West African states", 2, 12, "2011", 17]]
