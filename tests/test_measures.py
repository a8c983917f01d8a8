"""What the measures count, on tables small enough to check by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from claimbook.package import tables
from claimbook.package.tables import load
from cooperation.figures import kidnappings as draw_kidnappings
from cooperation.figures import maps, ruptures_words
from cooperation.figures import presence as draw_presence
from cooperation.figures import violence as draw_violence
from cooperation.measures import allegations, completeness, initiatives, kidnappings, presence, ruptures, violence
from cooperation.periods import RECENT, YEAR

from project import ROOT


@pytest.fixture
def cases():
    """Three groups: seized outside Mali and held in it, local hostages, and seized after the coup."""
    return kidnappings.cases(
        pd.DataFrame(
            {
                "id": ["C", "B", "A"],
                "date_start": ["2012-04-05", "2009", "2008-02-22"],
                "country_taken": ["MLI", "DZA", "TUN"],
                "country_ended": ["DZA", "MLI", "MLI"],
                "hostages": [7, 1, 2],
            }
        ),
        pd.DataFrame({"kidnapping": ["A", "A", "B", "C"], "country": ["MLI", "DZA", "MLI", "MLI"]}),
        pd.DataFrame({"kidnapping": ["A", "B", "C", "C"], "actor": ["AUT", "DZA", "FRA", "DZA"]}),
        pd.DataFrame({"iso3": ["DZA", "MLI", "TUN"]}),
    )


def test_cases_stand_by_date_with_their_places(cases):
    """A case has all its countries of captivity, in a fixed order."""
    assert cases["id"].tolist() == ["A", "B", "C"]
    assert cases["held"].tolist() == [("DZA", "MLI"), ("MLI",), ("MLI",)]


def test_outsiders_are_hostages_from_beyond_the_region(cases):
    """One hostage from outside makes a case one of outsiders."""
    assert cases["outsiders"].tolist() == [True, False, True]


def test_coup_divides_the_cases(cases):
    """A case counts as before the coup by the first day its date can mean."""
    assert cases["before_coup"].tolist() == [True, True, False]


def test_paths_count_cases_and_hostages(cases):
    """Cases with the same places are one path, and the largest path comes first."""
    same = cases[cases["id"] == "A"].assign(id="D", hostages=5)
    paths = kidnappings.paths(pd.concat([cases, same]))
    assert paths.to_dict("list") == {
        "seized": ["TUN", "MLI", "DZA"],
        "held": ["DZA+MLI", "MLI", "MLI"],
        "ended": ["MLI", "DZA", "MLI"],
        "cases": [2, 1, 1],
        "hostages": [7, 7, 1],
    }


NAMES = pd.Series({"MLI": "Mali", "DZA": "Algeria", "TUN": "Tunisia", "NER": "Niger"})


def test_cases_are_chosen_by_captivity_and_year(cases):
    """A case partly held in Mali was held in it, and a span has its first and last year."""
    moved = cases.assign(held=[("DZA", "MLI"), ("DZA",), ("MLI",)])
    assert kidnappings.in_mali(moved).tolist() == [True, False, True]
    assert kidnappings.seized(moved, 2008, 2009).tolist() == [True, True, False]


def test_exceptions_agree_with_their_number(cases):
    """One exception is singular, two are plural, each has its place and month, and none is said so."""
    assert kidnappings.exceptions(cases.iloc[:0], NAMES) == "without exception"
    assert (
        kidnappings.exceptions(cases.iloc[:1], NAMES)
        == "with one exception, the group seized in Tunisia in February 2008"
    )
    assert (
        kidnappings.exceptions(cases.iloc[:2], NAMES)
        == "with two exceptions, the groups seized in Tunisia in February 2008 and in Algeria in 2009"
    )


@pytest.mark.parametrize(
    ("sure", "disputed", "text"),
    [
        (14, 0, "14 were held in it"),
        (1, 1, "one was held in it, two with a disputed case"),
        (13, 2, "13 were held in it, 15 with two disputed cases"),
    ],
)
def test_disputed_cases_are_told_apart(sure, disputed, text):
    """The sure ones come first, and the others are added only if there are any."""
    assert kidnappings.held_with(sure, disputed) == text


@pytest.mark.parametrize(
    ("low", "high", "status", "text"),
    [
        (4_600_000, 5_000_000, "reported", "4.6 to 5.0, reported"),
        (790_000, 790_000, "denied", "0.8, denied"),
        (None, None, "denied", "demanded; payment denied"),
        (None, None, "reported", "reported, no sum"),
        (None, None, "none-reported", "none reported"),
    ],
)
def test_ransoms_in_words(low, high, status, text):
    """A sum has its status; without one the status says what is known."""
    case = pd.Series({"ransom_low_eur": low, "ransom_high_eur": high, "ransom_status": status}, dtype=object)
    assert kidnappings.ransom(case) == text


def test_cases_are_listed_for_a_reader(cases):
    """Places are named, and a case without a citation has none."""
    more = {"date_end": "2009", "verification": "yes", "prisoner_swap": "no", "ransom_low_eur": None}
    table = cases.assign(**more, ransom_high_eur=None, ransom_status="none-reported")
    first = kidnappings.listed(table, NAMES, pd.Series({"A": "{cite}`x`"})).iloc[0]
    assert first.tolist() == [
        "A (yes)",
        "2008-02-22, Tunisia",
        2,
        "Algeria, Mali",
        "2009, Mali",
        "none reported",
        "no",
        "{cite}`x`",
    ]


def test_the_flow_is_told_as_it_is_drawn(cases):
    """Its words have every country of every column, with the cases held in Mali."""
    names = load("countries").set_index("iso3")["name"]
    figure = draw_kidnappings.flow(cases.assign(held=[("DZA", "MLI"), ("DZA",), ("MLI",)]), names, title="T")
    assert figure.layout.meta["alt"] == (
        "Flow in three columns. Of three cases two run through captivity in Mali. "
        "Seized in: Algeria one; Tunisia one; Mali one. Held in: Algeria one; Algeria, Mali one; Mali one. "
        "Ended in: Algeria one; Mali two."
    )
    assert figure.layout.meta["subtitle"].endswith(", 2008-2012")


def test_the_map_of_seizures_is_told_as_it_is_drawn(cases):
    """Each kind of mark is named with its number and countries; what is not drawn is not named."""
    names = load("countries").set_index("iso3")["name"]
    placed = cases.assign(
        held=[("MLI",), ("DZA",), ("MLI",)],
        verification="yes",
        longitude=0.0,
        latitude=20.0,
        place_taken="Somewhere",
    )
    figure = draw_kidnappings.seizures(placed, load("boundaries"), names, load("violent_events").iloc[:0], title="T")
    alt = figure.layout.meta["alt"]
    assert "where each of three groups of hostages was seized" in alt
    assert "Circles, held wholly or partly in Mali: one in Tunisia and one in Mali." in alt
    assert "Diamonds, held elsewhere: one in Algeria." in alt
    assert "disputed" not in alt


@pytest.fixture
def totals():
    """Deaths in two countries; in Mali the source has its best estimate above its high one."""
    return violence.totals(
        pd.DataFrame(
            [
                ("MLI", 2011, "state-based", 1, 9, 5),
                ("MLI", 2012, "state-based", 8, 10, 15),
                ("MLI", 2012, "one-sided", 1, 2, 4),
                ("NER", 2012, "state-based", 6, 4, 7),
            ],
            columns=["iso3", "year", "violence", *violence.BOUNDS],
        )
    )


def test_totals_join_the_types_of_violence(totals):
    """A country-year has one row, and its range holds its best estimate."""
    assert totals.to_dict("list") == {
        "iso3": ["MLI", "MLI", "NER"],
        "year": [2011, 2012, 2012],
        "deaths_low": [1, 9, 4],
        "deaths_best": [9, 12, 4],
        "deaths_high": [9, 19, 7],
    }


def test_periods_include_their_first_and_last_year(totals):
    """Deaths are summed over the years named, in the order of the periods."""
    periods = violence.by_period(totals, {"both": (2011, 2012), "first": (2011, 2011)})
    assert periods[["iso3", "period", "deaths_best"]].values.tolist() == [
        ["MLI", "both", 21],
        ["NER", "both", 4],
        ["MLI", "first", 9],
    ]
    assert periods.index.tolist() == [0, 1, 2]


def test_deaths_are_an_estimate(totals):
    """Deaths of several years are summed, their range with them and widened where the best estimate lies outside."""
    found = violence.deaths_in(totals, "MLI", 2011, 2012)
    assert (found.value, found.low, found.high) == (21, 10, 28)
    outside = violence.deaths(pd.DataFrame([(2, 1, 3), (9, 4, 5)], columns=violence.BOUNDS))
    assert (outside.value, outside.low, outside.high) == (5, 5, 8)
    assert violence.yearly(totals, ("MLI", "NER"), 2011, 2012) == 12.5


@pytest.fixture
def course():
    """Deaths of one country in six years, lowest in the third, highest in the second and last."""
    deaths = [30, 50, 3, 25, 40, 50]
    return pd.DataFrame(
        {
            "iso3": "MLI",
            "year": range(2001, 2007),
            "deaths_low": deaths,
            "deaths_best": deaths,
            "deaths_high": [30, 60, 3, 25, 40, 50],
        }
    )


def test_peak_and_the_years_since(course):
    """The first of the deadliest years is the peak, and a year counts from which on no year had fewer."""
    assert violence.peak(course, "MLI")["year"] == 2002
    assert violence.since(course, "MLI", 25) == 2004
    assert violence.since(course, "MLI", 26) == 2005
    assert violence.since(course, "MLI", 3) == 2001
    assert violence.since(course, "MLI", 51) is None


def test_a_course_of_deaths_is_told(course, monkeypatch):
    """The peak, then the years since which deaths stayed above the threshold, or how the last year stands."""
    monkeypatch.setattr(draw_violence, "SHOWN", ["MLI"])
    alt = draw_violence.shift(course, NAMES, title="T", since=2005).layout.meta["alt"]
    assert alt == (
        "Circles for each year from 2001 to 2006, with a row a country. "
        "Mali peaks at 50 deaths in 2002 and has had 25 or more in every year since 2004."
    )
    low = course.assign(deaths_best=[30, 50, 3, 25, 40, 0])
    alt = draw_violence.bands(low, NAMES, title="T").layout.meta["alt"]
    assert alt.endswith("Mali peaks at 50 deaths in 2002 and has none in 2006, its band widest in 2002, 50 to 60.")


def test_periods_as_cells(totals):
    """Countries stand in the order asked for, periods under their labels, with the range in brackets."""
    cells = violence.period_cells(
        totals, ["war_in_mali", "hostages"], {"hostages": (2011, 2011), "war_in_mali": (2012, 2012)}, NAMES[["MLI"]]
    )
    assert cells.to_numpy().tolist() == [["Mali", "12 (9-19)", "9 (1-9)"]]
    assert cells.columns.tolist() == ["Country", "2012-2014", "2003-2011"]


def test_group_is_present_where_it_is_a_party():
    """A group counts by its own name, on whichever side and beside whichever ally, never by part of another's."""
    dyads = pd.DataFrame(
        [
            ("MRT", 2010, "Government of Mauritania - AQIM"),
            ("MLI", 2012, "AQIM, Ansar Dine - MNLA"),
            ("MLI", 2012, "Government of Mali - MUJAO"),
            ("MLI", 2013, "Government of Mali - MNLA"),
            ("NGA", 2013, "Government of Nigeria - AQIM in Nigeria"),
        ],
        columns=["iso3", "year", "dyad"],
    )
    groups = pd.DataFrame({"ucdp_name": ["AQIM", "MUJAO", "MNLA"], "family": ["AQIM", "AQIM", "Tuareg"]})
    found = violence.presence_of_groups(dyads, groups, "AQIM")
    assert found.values.tolist() == [["MLI", 2012, 2], ["MRT", 2010, 1]]
    names = pd.Series({"MLI": "Mali", "MRT": "Mauritania"})
    figure = draw_violence.reach(found, names, "AQIM", title="T")
    assert figure.layout.meta["alt"].endswith("that includes AQIM: Mauritania 2010; Mali 2012.")


@pytest.fixture
def seated():
    """Six forums: each way of being in or out, and one from memory."""
    rows = [
        ("A", "2010", "present", None, "absent", "refused", "yes"),
        ("B", "2009-08", "absent", "not a member", "present", None, "yes"),
        ("C", "2011", "present", None, "present", None, "partial"),
        ("D", "2012", "absent", "stayed away", "absent", "stayed away", "yes"),
        ("E", "2013", "present", None, "unknown", None, "yes"),
        ("F", "2013", "present", None, "present", None, "memory"),
    ]
    columns = ["id", "date", "dza", "dza_absence", "mar", "mar_absence", "verification"]
    return presence.seats(pd.DataFrame(rows, columns=columns).assign(forum="Forum"))


def test_seats_say_who_of_the_two_was_there(seated):
    """Forums stand by date; what nobody knows is not counted as absence, and memory is not stated as fact."""
    assert list(zip(seated["id"], seated["seated"], strict=True)) == [
        ("B", "MAR"),
        ("A", "DZA"),
        ("C", "both"),
        ("D", "neither"),
        ("E", "unknown"),
    ]
    assert seated.index.tolist() == [0, 1, 2, 3, 4]


def test_host_keeps_out_only_whom_it_refuses_or_leaves_uninvited():
    """An absence from a body it did not belong to is not laid at the host's door."""
    forums = pd.DataFrame(
        {
            "id": ["A", "B", "C", "D"],
            "host": ["DZA", "DZA", "DZA", "MLI"],
            "mar_absence": ["refused", "not a member", "not invited", "refused"],
        }
    )
    assert presence.kept_out_by_host(forums, host="DZA", absent="MAR")["id"].tolist() == ["A", "C"]


def test_absences_add_up_as_the_word_widens(seated):
    """Each step counts its own kinds of absence, of one state alone."""
    absent = presence.absences(seated)
    steps = {"refused": ["refused"], "any": ["refused", "stayed away", "not a member"]}
    assert presence.widening(absent, "MAR", steps) == {"refused": 1, "any": 2}
    assert presence.widening(absent, "DZA", steps) == {"refused": 0, "any": 2}


def test_forums_are_counted_by_circle_and_by_who_sat(seated):
    """Each circle has a row, one without a forum as well; a forum counts where its family belongs."""
    kinds = {"A": "field-countries", "B": "cen-sad", "C": "arab", "D": "arab", "E": "nouakchott-process"}
    found = presence.by_circle(seated.assign(format=seated["id"].map(kinds)))
    assert found.index.tolist() == ["algeria", "wider", "morocco"]
    assert found.loc["algeria"].to_dict() == {"both": 0, "DZA": 1, "MAR": 0, "neither": 0, "unknown": 1}
    assert found.loc["wider", ["both", "neither"]].tolist() == [1, 1]
    assert found["MAR"].tolist() == [0, 0, 1]
    assert presence.by_circle(seated.head(0).assign(format=None)).sum().sum() == 0


def test_every_family_of_forums_has_a_circle_and_a_row():
    """What the schema allows as a family is drawn."""
    field = {item["name"]: item for item in tables.package(ROOT / "data")["resources"]}["presence"]["schema"]["fields"]
    allowed = next(column for column in field if column["name"] == "format")["constraints"]["enum"]
    assert set(allowed) == set(presence.CIRCLE) == set(draw_presence.FORMAT)


def test_reasons_belong_to_the_state_that_was_out(seated):
    """A forum where both were out has two absences; a reason is joined to the one it was given for."""
    absent = presence.absences(seated)
    assert sorted(zip(absent["id"], absent["actor"], absent["absence"], strict=True)) == [
        ("A", "MAR", "refused"),
        ("B", "DZA", "not a member"),
        ("D", "DZA", "stayed away"),
        ("D", "MAR", "stayed away"),
    ]
    stated = pd.DataFrame(
        {"presence": ["D", "A"], "actor": ["MAR", "MAR"], "reason": ["format", "geography"], "stated_by": "convener"}
    )
    reasons = presence.reasons(absent, stated)
    assert reasons[["id", "actor", "reason"]].values.tolist() == [["A", "MAR", "geography"], ["D", "MAR", "format"]]


def test_meetings_without_named_states_are_unknown():
    """Where a page names only organisations, nobody is said to have been absent."""
    meetings = pd.DataFrame({"id": ["M1", "M2", "M3"], "initiative": ["G5", "NP", "NP"]})
    named = [("M1", "MLI"), ("M1", "DZA"), ("M2", "AU"), ("M3", "DZA"), ("M3", "MAR")]
    found = presence.meetings_of_both(
        meetings,
        pd.DataFrame(named, columns=["meeting", "actor"]),
        pd.DataFrame({"id": ["G5", "NP"], "led_by": ["african", "mixed"]}),
        pd.DataFrame({"id": ["MLI", "DZA", "MAR", "AU"], "kind": ["state", "state", "state", "organisation"]}),
    )
    assert found["seated"].tolist() == ["DZA", "unknown", "both"]
    assert found["led_by"].tolist() == ["african", "mixed", "mixed"]


def test_visits_tell_the_host_s_doing_from_the_guest_s(seated):
    """Only forums that one of the two hosted count; what the guest did and what was done to it stand apart."""
    hosts = {"A": "DZA", "B": "MAR", "C": "DZA", "D": "MAR", "E": "DZA"}
    found = presence.visits(seated.assign(host=seated["id"].map(hosts)))
    assert found[["id", "guest", "came"]].values.tolist() == [
        ["B", "DZA", "outside"],
        ["A", "MAR", "kept_out"],
        ["C", "MAR", "came"],
        ["D", "DZA", "stayed_away"],
        ["E", "MAR", "unknown"],
    ]
    assert presence.visits(seated.assign(host="FRA")).empty


def test_a_contested_refusal_is_drawn_hollow():
    """A refusal whose author is contested does not look like one that is not."""
    kept_out = pd.DataFrame(
        {
            "date": ["2010", "2014"],
            "start": pd.to_datetime(["2010-01-01", "2014-01-01"]),
            "forum": ["sure", "contested"],
            "guest": "MAR",
            "came": "kept_out",
            "verification": ["yes", "disputed"],
        }
    )
    none = pd.DataFrame({"date": [], "start": pd.to_datetime([]), "title": [], "verification": []})
    drawn = draw_presence.visits(kept_out, none, title="Title")
    shapes = {
        point: shape
        for trace in drawn.data
        if len(trace.x)
        for point, shape in zip(trace.x, trace.marker.symbol, strict=True)
    }
    assert shapes == {"2010-01-01": "x", "2014-01-01": "x-open"}


def test_contacts_are_cooperation_of_both_on_security():
    """A step against the other, a contact of another kind, relief, an act of one alone and a memory are no contact."""
    events = pd.DataFrame(
        {
            "id": ["later", "first", "against", "visit", "alone", "relief", "recalled"],
            "date": ["2016-04", "1993", "2006", "2012", "2013", "2003", "2005"],
            "kind": ["cooperation", "cooperation", "cooperation", "diplomatic", *["cooperation"] * 3],
            "direction": [2, 1, -1, 2, 1, 1, 2],
            "verification": ["partial", *["yes"] * 5, "memory"],
        }
    )
    actors = pd.DataFrame(
        [(key, who) for key in events["id"] for who in ("DZA", "MAR") if (key, who) != ("alone", "DZA")],
        columns=["event", "actor"],
    )
    grounds = pd.DataFrame({"event": events["id"], "ground": "security"})
    grounds.loc[grounds["event"] == "relief", "ground"] = "humanitarian"
    beside = pd.DataFrame({"event": ["first"], "ground": ["neighbourliness"]})
    found = presence.contacts(events, actors, pd.concat([beside, grounds], ignore_index=True))
    assert found["id"].to_dict() == {0: "first", 1: "later"}
    neither = events.assign(direction=events["direction"].where(events["id"] != "later", 0))
    assert presence.contacts(neither, actors, grounds)["id"].tolist() == ["first"]


def test_ministerials_are_of_ministers_with_the_sahel():
    """Other levels, two-state bodies, other days and meetings without a Sahel state are left out; the centre is seen as a guest."""
    rows = [
        ("field", "PDC", "2010-03-16", "ministers", "DZA MLI CAERT"),
        ("both", "AMU", "2012", "ministers", "DZA MAR MRT"),
        ("chiefs", "PDC", "2010-04", "chiefs of staff", "DZA MLI"),
        ("two", "BIL", "2011", "ministers", "DZA MLI"),
        ("north", "AMU", "2011", "ministers", "DZA MAR"),
        ("late", "PDC", "2015", "ministers", "DZA MLI"),
        ("none", None, "2011", "ministers", "DZA MLI"),
    ]
    meetings = pd.DataFrame(rows, columns=["id", "initiative", "date", "level", "who"]).assign(
        scope="core", country="DZA", verification="yes"
    )
    participants = pd.DataFrame(
        [(row.id, who) for row in meetings.itertuples() for who in row.who.split()], columns=["meeting", "actor"]
    )
    bodies = pd.DataFrame({"id": ["PDC", "AMU", "BIL"], "led_by": "african", "bilateral": [False, False, True]})
    bodies["short_name"] = ["Chiefs", "Union", "Pair"]
    actors = pd.DataFrame({"id": ["DZA", "MAR", "MLI", "MRT", "CAERT"], "kind": ["state"] * 4 + ["organisation"]})
    named = presence.meetings_of_both(meetings, participants, bodies, actors)
    found = presence.ministerials(named, participants, bodies, "2010-01-01", "2014-05-14")
    assert found[["id", "short_name", "seated", "centre"]].values.tolist() == [
        ["field", "Chiefs", "DZA", True],
        ["both", "Union", "both", False],
    ]


def test_tracks_join_foundings_and_forums(seated):
    """A founding asks whether the state has a spell in it, a forum whether it came; excluded is no spell."""
    bodies = pd.DataFrame({"id": ["X", "Y"], "founded": ["2012", "2010-05"], "name": ["Track", "School"]})
    spells = pd.DataFrame({"initiative": ["X", "Y"], "actor": "DZA", "role": ["participant", "excluded"]})
    forums = seated.assign(format=seated["id"].map({"B": "x", "C": "x"}))
    found = presence.tracks(forums, bodies, spells, {"one": ("x", "X"), "two": (None, "Y")}, "DZA")
    assert found[["track", "kind", "date", "place"]].values.tolist() == [
        ["one", "forum", "2009-08", "not a member"],
        ["two", "founding", "2010-05", "out"],
        ["one", "forum", "2011", "present"],
        ["one", "founding", "2012", "in"],
    ]


def test_standing_is_cut_to_its_span_and_overlaps_are_found():
    """Spells without a date reach to the edge, those outside the span go; both are members together only while both are."""
    spells = pd.DataFrame(
        [
            ("PSC", "DZA", "member", "2016-04", "2018-03-31"),
            ("PSC", "DZA", "member", "2019-04", "2022-03"),
            ("PSC", "MAR", "outside", None, "2018-03"),
            ("PSC", "MAR", "member", "2018-04-01", "2020-03-31"),
            ("PSC", "MAR", "member", "2026-02-11", None),
            ("AU", "MAR", "member", "1963", "1984"),
            ("other", "MAR", "member", "2018", None),
        ],
        columns=["organisation", "actor", "status", "start", "end"],
    ).assign(note=None, verification="yes")
    found = presence.standing(spells, ["AU", "PSC"], "2017-01-01", "2026-12-31")
    assert [
        (row.actor, row.status, f"{row.start:%Y-%m-%d}", f"{row.end:%Y-%m-%d}", row.open_end)
        for row in found.itertuples()
    ] == [
        ("DZA", "member", "2017-01-01", "2018-03-31", False),
        ("DZA", "member", "2019-04-01", "2022-03-01", False),
        ("MAR", "outside", "2017-01-01", "2018-03-01", False),
        ("MAR", "member", "2018-04-01", "2020-03-31", False),
        ("MAR", "member", "2026-02-11", "2026-12-31", True),
    ]
    assert presence.together(found, "DZA", "MAR") == [(pd.Timestamp("2019-04-01"), pd.Timestamp("2020-03-31"))]


def test_standing_before_and_since_a_day():
    """Once a member is a member; else the last spell says; a spell across the day counts on both sides, one without is left out."""
    spells = pd.DataFrame(
        [
            ("PSC", "DZA", "member", "2010-01-01", "2012-01-01"),
            ("PSC", "DZA", "outside", "2012-01-01", "2020-01-01"),
            ("PSC", "MAR", "outside", "2010-01-01", "2017-01-30"),
            ("PSC", "MAR", "outside", "2017-01-30", "2019-01-01"),
            ("PSC", "MAR", "unknown", "2019-01-01", "2026-01-01"),
            ("PSC", "ESH", "member", "2018-01-01", "2026-01-01"),
        ],
        columns=["organisation", "actor", "status", "start", "end"],
    ).astype({"start": "datetime64[ns]", "end": "datetime64[ns]"})
    found = presence.before_and_since(spells, pd.Timestamp("2017-01-30")).set_index(["actor", "when"])["status"]
    assert found.to_dict() == {
        ("DZA", "before"): "member",
        ("DZA", "since"): "outside",
        ("MAR", "before"): "outside",
        ("MAR", "since"): "unknown",
        ("ESH", "since"): "member",
    }


def test_door_tells_each_standing_in_a_word():
    """A member is in, others are out or not known, and who has no standing has no cell."""
    standing = pd.DataFrame(
        [("AU", "DZA", "before", "member"), ("AU", "MAR", "before", "outside"), ("AU", "MAR", "since", "unknown")],
        columns=["organisation", "actor", "when", "status"],
    )
    drawn = draw_presence.door(standing, "January 2017", title="Title")
    assert [(*trace.text, trace.mode) for trace in drawn.data] == [
        ("in", "markers+text"),
        ("out", "markers+text"),
        ("?", "text"),
    ]
    assert drawn.layout.meta["rows"][2] == ["African Union", "Morocco", "since January 2017", "not known"]


@pytest.fixture
def founded():
    """Foundings known to the year, the month and the day, around the twelve months before the article."""
    dates = {"year": "2013", "before": "2013-05", "in": "2014-05-14", "after": "2014-05-15", "end": "2014-05"}
    return initiatives.dated(pd.DataFrame({"id": dates.keys(), "founded": dates.values()}))


def test_window_holds_its_first_and_last_day(founded):
    """The day of the article is in; a month that began before the window is not."""
    assert initiatives.within(founded, YEAR)["id"].tolist() == ["end", "in"]


def test_dates_on_the_edge_are_listed(founded):
    """A date that may lie in or out of the window is one to tell the reader of."""
    assert initiatives.ambiguous(founded, YEAR)["id"].tolist() == ["year", "before", "end"]
    # The only day that the window and the date have in common is the last of one and the first of the other.
    edges = (pd.Timestamp(2013, 12, 31), pd.Timestamp(2014, 5, 1))
    assert initiatives.ambiguous(founded, edges)["id"].tolist() == ["year", "end"]


def test_years_of_a_window():
    """Both its days count: a calendar year is as long as a year."""
    assert initiatives.years((pd.Timestamp(2013, 1, 1), pd.Timestamp(2013, 12, 31))) == pytest.approx(1, abs=0.001)


def test_windows_are_compared_by_their_yearly_rates():
    """Two foundings in one year against two in two years make a factor of two."""
    counted = pd.DataFrame({"from_day": pd.to_datetime(["2010-05-01", "2011-05-01", "2012-03-01", "2012-09-01"])})
    year = (pd.Timestamp(2012, 1, 1), pd.Timestamp(2012, 12, 31))
    count, base_count, ratio, low, high = initiatives.compared(counted, year, RECENT)
    assert (count, base_count) == (2, 2)
    assert ratio == pytest.approx(2 * 365 / 366)
    assert low < 1 < high


def test_rate_ratio_has_an_exact_interval():
    """Eight events in a year against two in two years: the interval is that of Clopper and Pearson."""
    ratio, low, high = initiatives.rate_ratio(8, 1, 2, 2)
    assert ratio == pytest.approx(8)
    assert low == pytest.approx(2 * 0.4439045 / (1 - 0.4439045))
    assert high == pytest.approx(2 * 0.9747893 / (1 - 0.9747893), rel=1e-5)


def test_no_event_before_gives_no_upper_bound():
    """Without an event in the baseline the ratio has no upper bound, and still a lower one."""
    ratio, low, high = initiatives.rate_ratio(5, 1, 0, 10)
    assert math.isinf(ratio)
    assert math.isinf(high)
    assert 1 < low < 100


def test_chapman_estimates_what_both_lists_missed():
    """Chapman's own formula, by hand: 8 and 6 items, 3 of them in both, make 63 / 4 - 1."""
    estimate = completeness.chapman(8, 6, 3)
    assert estimate["total"] == pytest.approx(14.75)
    assert estimate["variance"] == pytest.approx(9 * 7 * 5 * 3 / (16 * 5))
    assert 11 < estimate["low"] < estimate["total"] < estimate["high"]


def test_equal_lists_miss_nothing():
    """Two lists that hold the same items give no unseen ones."""
    estimate = completeness.chapman(5, 5, 5)
    assert (estimate["total"], estimate["low"], estimate["high"]) == (5, 5, 5)


@pytest.fixture
def history():
    """Two searches: one item in both, one that differs in date, one of either search alone, one of another scope."""
    rows = [
        ("R1", "2010", True, True, "exact", "I1", "core"),
        ("R2", "2011", True, True, "differs", "I2", "core"),
        ("R3", "2012", True, False, None, "I3", "core"),
        ("R4", "2013-01", False, True, None, None, "core"),
        ("R5", "2013", False, True, None, None, "wide"),
    ]
    columns = ["id", "date", "in_first", "in_second", "match", "initiative", "scope"]
    return pd.DataFrame(rows, columns=columns).assign(lead="african", kind="initiative")


@pytest.mark.parametrize(("lenient", "found", "both"), [(False, 4, 1), (True, 4, 2)])
def test_what_differs_is_counted_once(history, lenient, found, both):
    """An item that differs is one arrangement to either eye, found by both lists or, to the strict one, by the first."""
    founded = pd.DataFrame({"id": ["I1", "I2", "I3"], "founded": ["2010-03", "2012-01-05", "2012"]})
    items = completeness.items(history, founded, lenient)
    assert len(items) == found
    assert (items["in_first"] & items["in_second"]).sum() == both
    assert pd.Timestamp(2012, 1, 5) in items["start"].tolist()


@pytest.fixture
def estimates():
    """Ten arrangements in twenty years before; in two years after, twenty found and perhaps as many as thirty."""
    numbers = {"years": [20, 2], "found": [10, 20], "total": [10, 20], "high": [10, 30], "variance": [0, 0]}
    return pd.DataFrame({"matching": "strict", "period": completeness.SHOWN, **numbers})


def test_corrected_ratio_compares_rates(estimates):
    """Twenty in two years against ten in twenty is twenty times as often, within the error of the counts."""
    ratio, low, high = completeness.corrected_ratio(estimates, "strict")
    assert ratio == pytest.approx(20)
    assert low == pytest.approx(20 / math.exp(1.96 * math.sqrt(1 / 10 + 1 / 20)))
    assert low * high == pytest.approx(400)


def test_pooled_ratio_compares_what_was_found(estimates):
    """Twenty found in two years against ten in twenty, whatever is estimated beyond them."""
    ratio, low, high = completeness.pooled_ratio(estimates.assign(total=99), "strict")
    assert ratio == pytest.approx(20)
    assert (low, high) == initiatives.rate_ratio(20, 2, 10, 20)[1:]


def test_how_many_unfound_would_erase_the_jump(estimates):
    """At ten a year there would have been two hundred before, at fifteen three hundred; ten are known."""
    assert completeness.unfound_to_erase(estimates, "strict") == (190, 190, 290)


def test_forums_to_a_day_count_from_the_first():
    """Without a first day every earlier forum counts; both days do, and a forum of which less is known among all."""
    seated = pd.DataFrame(
        {
            "start": pd.to_datetime(["2008-01-01", "2010-01-01", "2012-01-01", "2014-05-14", "2014-05-15"]),
            "seated": ["both", "both", "unknown", "both", "both"],
        }
    )
    assert presence.sat_together(seated, pd.Timestamp(2014, 5, 14)) == (3, 4)
    assert presence.sat_together(seated, pd.Timestamp(2014, 5, 14), first=pd.Timestamp(2010, 1, 1)) == (2, 3)


def test_events_of_a_family_become_points_on_the_map():
    """With UCDP's own events the map gains a layer; as delivered it has none."""
    events = pd.DataFrame(
        {
            "date_start": ["2009-07-04", "2009-07-05", "2014-01-01"],
            "dyad": ["Government of Mali - AQIM", "Government of Niger - MNJ", "Government of Mali - AQIM"],
            "longitude": [-3.0, 8.0, -2.0],
            "latitude": [19.0, 18.0, 17.0],
            "deaths_best": [16, 3, 5],
        }
    )
    groups = pd.DataFrame({"ucdp_name": ["AQIM"], "family": ["AQIM and others"]})
    located = violence.located(events, groups, "AQIM and others", 2003, 2012)
    assert located.index.tolist() == [0]
    bare, full = maps.base(load("boundaries"), (-17, 16), (10, 37)), maps.base(load("boundaries"), (-17, 16), (10, 37))
    maps.events(bare, located.iloc[:0])
    maps.events(full, located)
    assert len(full.data) == len(bare.data) + 1
    assert (full.data[-1].x[0], full.data[-1].y[0]) == (-3.0, 19.0)


def test_deaths_per_head_need_a_population():
    """Deaths are set beside the population of the same year, and a missing one is named."""
    deaths = pd.DataFrame(
        {"iso3": ["MLI"], "year": [2010], "deaths_low": [26], "deaths_best": [30], "deaths_high": [40]}
    )
    economy = pd.DataFrame({"iso3": ["MLI", "MLI"], "year": [2010, 2011], "population": [15_000_000, 16_000_000]})
    assert violence.per_head(deaths, economy)["per_million"].tolist() == [2.0]
    with pytest.raises(ValueError, match="no population for MLI in 2010"):
        violence.per_head(deaths, economy.tail(1))


def test_most_deaths_per_head():
    """All years count together, each with its population, and the country with most comes first."""
    heads = pd.DataFrame(
        {"iso3": ["MLI", "NER", "MLI"], "deaths_best": [10, 10, 0], "population": [2_000_000, 1_000_000, 3_000_000]}
    )
    assert violence.most_per_head(heads).to_dict() == {"NER": 10.0, "MLI": 2.0}
    assert violence.most_per_head(heads).index.tolist() == ["NER", "MLI"]


def test_squares_are_told_by_the_darkest_and_the_empty():
    """Countries with many deaths per head, and those with none, are named with their years."""
    heads = pd.DataFrame(
        {
            "iso3": ["MLI", "MLI", "NER", "NER"],
            "year": [2004, 2005] * 2,
            "deaths_best": [50, 0, 0, 1],
            "population": 1_000_000,
        }
    )
    heads = heads.assign(
        deaths_low=heads["deaths_best"],
        deaths_high=heads["deaths_best"],
        per_million=heads["deaths_best"].astype(float),
    )
    alt = draw_violence.soil(heads, NAMES, ("MLI", "NER"), title="T").layout.meta["alt"]
    assert alt.endswith("Over 10 deaths per million: Mali in 2004. No deaths: Mali in 2005; Niger in 2004.")


def test_beside_whom_governments_fight():
    """A government stands beside the one whose conflict with the group it joins; other conflicts and years stay out."""
    rows = [
        (1, 2004, "a", "primary", "Government of Algeria"),
        (1, 2004, "a", "secondary", "Government of Mali"),
        (1, 2004, "b", "primary", "AQIM"),
        (2, 2004, "a", "primary", "Government of Chad"),
        (2, 2004, "b", "primary", "MDJT"),
        (1, 2013, "a", "primary", "Government of Algeria"),
        (1, 2013, "b", "primary", "AQIM"),
    ]
    parties = pd.DataFrame(rows, columns=["conflict", "year", "side", "role", "party"])
    found = violence.beside(parties, "AQIM", 2003, 2011)
    assert found.to_numpy().tolist() == [
        [2004, "Algeria", "primary", "Algeria"],
        [2004, "Mali", "secondary", "Algeria"],
    ]
    figure = draw_violence.beside(found, pd.Series({2009: 1, 2010: 6}), title="T")
    assert figure.layout.meta["alt"].endswith(
        "In a conflict of its own with AQIM: Algeria in 2004. Beside another: Mali beside Algeria in 2004. "
        "The bodies of the core countries met once in 2009 and six times in 2010."
    )


def test_who_stood_beside_whom_in_words():
    """Those beside one in one year stand together, in the order of years."""
    sides = pd.DataFrame(
        [(2010, "France", "Mauritania"), (2004, "Chad", "Algeria"), (2004, "Mali", "Algeria")],
        columns=["year", "party", "beside"],
    )
    assert violence.stood(sides) == "Chad and Mali beside Algeria in 2004 and France beside Mauritania in 2010"
    assert violence.stood(sides.iloc[:0]) == "nobody beside another"


def test_records_of_a_group():
    """Pairs, captivity, attacks and operations are counted each by its own rule: soil, place held, and the group among the actors."""
    dyads = pd.DataFrame(
        {
            "iso3": ["MLI", "MLI", "NER"],
            "year": [2010] * 3,
            "dyad": ["Government of Mauritania - AQIM", "Arab - Kounta", "Government of Niger - AQIM"],
        }
    )
    cases = pd.DataFrame({"id": ["H1", "H2"], "date_start": ["2009-01-22", "2010-04"], "held": [("MLI",), ("DZA",)]})
    events = pd.DataFrame(
        {
            "id": ["A", "B", "C", "D"],
            "date": ["2010-07-22"] * 4,
            "kind": ["raid", "raid", "meeting", "attack"],
            "country": ["MLI"] * 4,
            "title": ["Raid", "Other raid", "Talks", "Ambush"],
        }
    )
    actors = pd.DataFrame({"event": ["A", "C", "D"], "actor": ["AQIM", "AQIM", "AQIM"]})
    groups = pd.DataFrame({"id": ["AQIM"], "ucdp_name": ["AQIM"], "family": ["kin"]})
    found = violence.seen_in("MLI", dyads, cases, events, actors, groups, "kin")
    assert found.to_numpy().tolist() == [
        ["attacks", 2010, 1, "Ambush"],
        ["captivity", 2009, 1, "H1"],
        ["operations", 2010, 1, "Raid"],
        ["pairs", 2010, 1, "Government of Mauritania - AQIM"],
    ]
    assert violence.before_and_from(found, 2010).to_dict("index") == {
        "attacks": {"early": 0, "late": 1},
        "captivity": {"early": 1, "late": 0},
        "operations": {"early": 0, "late": 1},
        "pairs": {"early": 0, "late": 1},
    }
    without = found[found["record"] != "pairs"]
    assert violence.before_and_from(without, 2010).loc["pairs"].tolist() == [0, 0]
    alt = draw_violence.records(without, title="T").layout.meta["alt"]
    assert "hostages seized then, held there (one in 2009)" in alt
    assert "whom it fought or killed, by UCDP (none)" in alt


def test_most_deaths_with_a_group():
    """Deaths of a type of violence count once if one of its pairs has the group, and not at all if none has."""
    deaths = pd.DataFrame(
        {
            "iso3": ["MLI"] * 3,
            "year": [2008, 2009, 2009],
            "violence": ["state-based", "state-based", "one-sided"],
            "deaths_best": [100, 30, 2],
        }
    )
    dyads = pd.DataFrame(
        {
            "iso3": ["MLI"] * 4,
            "year": [2008, 2009, 2009, 2009],
            "violence": ["state-based"] * 3 + ["one-sided"],
            "dyad": [
                "Government of Mali - rebels",
                "Government of Mali - AQIM",
                "Government of Mauritania - AQIM",
                "Government of Mali - Civilians",
            ],
        }
    )
    groups = pd.DataFrame({"id": ["AQIM"], "ucdp_name": ["AQIM"], "family": ["kin"]})
    assert violence.at_most(deaths, dyads, groups, "kin").to_numpy().tolist() == [["MLI", 2009, 30]]


@pytest.fixture
def charges():
    """Three allegations: one that the article reports, one that it does not, and one from memory."""
    return pd.DataFrame(
        {
            "id": ["A2", "A1", "A3"],
            "evidence_for": ["one point.", "first; second, with a comma.", "none."],
            "evidence_against": ["one; two; three.", "reply.", "none."],
            "source_reliability": ["D", "B", "F"],
            "information_credibility": [4, 2, 6],
            "verification": ["yes", "partial", "memory"],
        }
    )


def test_allegations_have_grades_in_words(charges):
    """A grade is letter and number, with the words of the codebook; what rests on memory is left out."""
    codes = [
        ("source_reliability", "B", "Usually reliable: official records."),
        ("source_reliability", "D", "Not usually reliable."),
        ("information_credibility", "2", "Probably true."),
        ("information_credibility", "4", "Doubtful."),
    ]
    codebook = pd.DataFrame([("allegations", *code) for code in codes], columns=["table", "column", "value", "rule"])
    graded = allegations.graded(charges, pd.DataFrame({"allegation": ["A1", None]}), codebook)
    assert graded[["id", "grade", "source_words", "information_words", "of_article"]].values.tolist() == [
        ["A1", "B2", "usually reliable", "probably true", True],
        ["A2", "D4", "not usually reliable", "doubtful", False],
    ]
    assert graded.index.tolist() == [0, 1]


def test_both_sides_keep_every_point(charges):
    """Points stand side by side in their order; the shorter side ends in empty cells."""
    rows = charges.set_index("id")
    assert allegations.sides(rows.loc["A1"]).values.tolist() == [[1, "First", "Reply"], [2, "Second, with a comma", ""]]
    points = [[1, "One point", "One"], [2, "", "Two"], [3, "", "Three"]]
    assert allegations.sides(rows.loc["A2"]).values.tolist() == points


def test_allegations_are_listed_for_readers():
    """A row says who made the allegation and when it was first found, its grade with words, and its sources."""
    table = pd.DataFrame(
        {
            "id": ["A2"],
            "claim": ["It did."],
            "made_by": ["A minister"],
            "first_made": ["2010-02"],
            "grade": ["B3"],
            "information_words": ["possibly true"],
            "assessment": ["Plausible."],
        }
    )
    (row,) = allegations.listed(table, pd.Series({"A1": "other", "A2": "cited"})).to_numpy().tolist()
    made = "A minister. First found: February 2010."
    assert row == ["A2", "It did.", made, "B3: possibly true", "Plausible.", "cited"]


def test_ransoms_stand_by_the_end_of_captivity():
    """Sums are in million euros; a case counts as before the coup only if it ended before it on any reading of its date."""
    table = pd.DataFrame(
        {
            "id": ["H1", "H2", "H3", "H4"],
            "date_end": ["2012-03", "2012-03-21", "2011", "2010"],
            "country_taken": "MLI",
            "hostages": 1,
            "ransom_low_eur": pd.array([4_600_000, 1, None, 9], dtype="Int64"),
            "ransom_high_eur": pd.array([5_000_000, 1, None, 9], dtype="Int64"),
            "ransom_status": ["reported", "denied", "none-reported", "reported"],
            "verification": ["yes", "yes", "yes", "memory"],
        }
    )
    found = allegations.ransoms(table).set_index("id")
    assert found.index.tolist() == ["H3", "H1", "H2"]
    assert found["before_coup"].tolist() == [True, False, True]
    assert found.loc["H1", ["low", "high"]].tolist() == [4.6, 5.0]
    assert math.isnan(found.loc["H3", "low"])


def test_publicity_shows_pages_dated_to_the_day():
    """Each event of the span has its pages by their day; pages dated to a month, or not read, are left out, the event stays."""
    events = pd.DataFrame(
        {
            "id": ["E2", "E1", "E3", "E4"],
            "date": ["2011-06-24", "2011-06-10", "2011-08-01", "2011-07"],
            "title": ["battle", "talks", "later", "in July"],
            "verification": "yes",
        }
    )
    links = pd.DataFrame(
        {"event": ["E1", "E2", "E2", "E2", "E3"], "source": ["month", "second", "first", "unread", "first"]}
    )
    sources = pd.DataFrame(
        {
            "key": ["month", "second", "first", "unread"],
            "publisher": ["M", "S", "F", "U"],
            "date": ["2011-06", "2011-07-19", "2011-06-26", "2011-06-25"],
            "verified": ["yes", "yes", "yes", "no"],
        }
    )
    found = allegations.publicity(events, links, sources, "2011-06-01", "2011-07-31")
    assert found["id"].tolist() == ["E1", "E2", "E2"]
    assert found["source"].tolist()[1:] == ["first", "second"]
    assert pd.isna(found["source"].iloc[0])


def test_attacks_at_one_pace_differ_by_chance():
    """Of four attacks at even odds all fall on one side once in eight times; three of four more often than not."""
    assert allegations.by_chance(0, 4) == allegations.by_chance(4, 0) == pytest.approx(2 / 16)
    assert allegations.by_chance(1, 3) == pytest.approx(10 / 16)
    with pytest.raises(ValueError, match="no attacks"):
        allegations.by_chance(0, 0)


@pytest.fixture
def mistrust():
    """Five events: a charge in private, a recall, an offer to two neighbours, a joint operation, and one from memory."""
    rows = [
        ("E1", "2009-11", "yes"),
        ("E2", "2010-02-22", "partial"),
        ("E3", "2010-10-01", "yes"),
        ("E4", "2011-06-20", "yes"),
        ("E5", "2011-07", "memory"),
    ]
    return pd.DataFrame(rows, columns=["id", "date", "verification"]).assign(title="Event")


@pytest.fixture
def acts(mistrust):
    """What the states did in these events, in each direction."""
    rows = [
        ("E4", "MRT", "MLI", "trust", "joint operation"),
        ("E4", "MLI", "MRT", "trust", "joint operation"),
        ("E1", "DZA", "MLI", "distrust", "private charge"),
        ("E2", "MRT", "MLI", "distrust", "recall"),
        ("E3", "MLI", "MRT", "trust", "offer"),
        ("E3", "MLI", "DZA", "trust", "offer"),
        ("E5", "DZA", "MLI", "trust", "aid"),
    ]
    return ruptures.acts(pd.DataFrame(rows, columns=["event", "actor", "toward", "act", "form"]), mistrust)


def test_acts_stand_by_date_with_their_pair(acts):
    """A pair is the same in both directions; what was said is told from what was done; memory is not stated as fact."""
    assert acts["event"].tolist() == ["E1", "E2", "E3", "E3", "E4", "E4"]
    assert set(acts.loc[acts["event"] == "E4", "pair"]) == {("MLI", "MRT")}
    assert acts.loc[acts["speech"], "event"].tolist() == ["E1", "E3", "E3"]


def test_ledger_joins_directions_and_keeps_pairs_apart(acts):
    """A joint operation is one entry of its pair; an offer to two neighbours is one for each."""
    ledger = ruptures.ledger(acts)
    assert ledger["event"].tolist() == ["E1", "E2", "E3", "E3", "E4"]
    assert ledger["directions"].iloc[-1] == (("MLI", "MRT"), ("MRT", "MLI"))


def test_meetings_of_two_are_of_two_alone():
    """Two of the four without anybody else make a meeting of the pair; with a guest they do not."""
    meetings = pd.DataFrame(
        {"id": ["M1", "M2", "M3"], "date": ["2011", "2010-05", "2009"], "verification": ["yes", "yes", "memory"]}
    )
    named = [("M1", "NER"), ("M1", "MLI"), ("M2", "MLI"), ("M2", "MRT"), ("M2", "ESP"), ("M3", "DZA"), ("M3", "MLI")]
    found = ruptures.of_the_two(meetings, pd.DataFrame(named, columns=["meeting", "actor"]))
    assert found[["id", "pair"]].values.tolist() == [["M1", ("MLI", "NER")]]
    all_sourced, both = meetings.assign(verification="yes"), [name for name in named if name[1] != "ESP"]
    found = ruptures.of_the_two(all_sourced, pd.DataFrame(both, columns=["meeting", "actor"]))
    assert found["id"].tolist() == ["M3", "M2", "M1"]
    assert found.index.tolist() == [0, 1, 2]


def test_machinery_says_who_of_the_four_is_named():
    """Only the bodies of the four count; where a page names no state, none is said to have come."""
    meetings = pd.DataFrame(
        {
            "id": ["M1", "M2", "M3"],
            "initiative": ["UFL", "CEMOC", "AIMC"],
            "date": ["2012-06", "2010-04-21", "2010"],
            "verification": "yes",
        }
    )
    named = pd.DataFrame(
        [("M2", "NER"), ("M2", "DZA"), ("M2", "EU"), ("M1", "UFL"), ("M3", "DZA")], columns=["meeting", "actor"]
    )
    assert ruptures.machinery(meetings, named)[["id", "came"]].values.tolist() == [["M2", ("DZA", "NER")], ["M1", ()]]


def test_ambassadors_are_away_from_recall_to_the_first_return():
    """Each has the least and the most days of two accounts; both are away until the first may be back."""
    recalled_and_back = {"ME038": "2010-02-22", "ME110": "2010-09-14", "ME039": "2010-02-23", "ME109": "2010-07-28"}
    away = ruptures.away(recalled_and_back)
    assert {state: gone.days for state, gone in away.items()} == {"MRT": (204, 204), "DZA": (127, 155)}
    assert [gone.words for gone in away.values()] == ["204", "127 to 155"]
    assert ruptures.both_away(away) == ("2010-02-23", "2010-06-30")


def test_founding_meeting_is_that_of_the_day():
    """A body is founded at the meeting of its day; a meeting of a month stands in the middle of it."""
    met = pd.DataFrame({"initiative": ["CEMOC", "CEMOC", "UFL"], "date": ["2010-04", "2010-04-21", "2010-04-21"]})
    met["start"] = pd.to_datetime(["2010-04-01", "2010-04-21", "2010-04-21"])
    bodies = pd.DataFrame({"id": ["CEMOC", "UFL"], "founded": ["2010-04-21", "2010-09-29"]})
    found = ruptures.founding(met, bodies)
    assert found["founds"].tolist() == [False, True, False]
    assert found["middle"].dt.day.tolist() == [15, 21, 21]


def test_press_is_counted_on_both_sides_of_a_day():
    """Ten days to the coup and ten before; other kinds and pages without a date are left out."""
    dated = ["2012-03-01", "2012-03-02", "2012-03-11", "2012-03-12", "2012-03-21", "2012-03-22", None]
    sources = pd.DataFrame({"kind": ["press"] * 7, "date": dated})
    other = pd.DataFrame({"kind": ["leaked"], "date": ["2012-03-15"]})
    assert ruptures.press(pd.concat([sources, other]), pd.Timestamp(2012, 3, 12)) == (2, 2)


def test_operation_crosses_a_border_if_one_army_does(mistrust):
    """A joint operation is one row with the notice of the army that stood abroad."""
    coded = pd.DataFrame(
        [
            ("E4", "MLI", "MLI", "joint", "own soil"),
            ("E4", "MRT", "MLI", "joint", "disputed"),
            ("E2", "MLI", "MLI", "alone", "own soil"),
        ],
        columns=["event", "actor", "soil", "manner", "notice"],
    )
    found = ruptures.operations(coded, mistrust)
    assert found[["event", "by", "notice", "crossed"]].values.tolist() == [
        ["E2", ("MLI",), "own soil", False],
        ["E4", ("MLI", "MRT"), "disputed", True],
    ]
    assert found.index.tolist() == [0, 1]


@pytest.fixture
def no_operations():
    """Operations, of which there are none."""
    return pd.DataFrame(columns=["event", "date", "by", "notice", "crossed", "start"]).astype({"crossed": bool})


def in_years(counted):
    """The years in which something is counted, by what it is, where there are any."""
    found = {name: pd.to_datetime(days).dt.year.tolist() for name, days in counted.items()}
    return {name: days for name, days in found.items() if days}


def test_counted_acts_leave_out_private_charges(acts, no_operations):
    """An event counts once for its sign, deeds apart from words; charges known only from leaks do not count."""
    none = pd.DataFrame({"start": pd.to_datetime([])})
    counted = ruptures.counted(acts, none, no_operations)
    assert list(counted) == list(ruptures.COUNTED)
    assert in_years(counted) == {"trust": [2011], "offers": [2010], "distrust": [2010]}
    said = acts.assign(form=acts["form"].replace("recall", "public reproach"), speech=acts["form"] != "joint operation")
    assert in_years(ruptures.counted(said, none, no_operations))["reproaches"] == [2010]


def test_counted_acts_leave_out_those_of_a_year(acts, no_operations):
    """An act of which the year alone is known may lie on either side of a day."""
    none = pd.DataFrame({"start": pd.to_datetime([])})
    vague = acts.assign(date=acts["date"].mask(acts["event"] == "E4", "2011"))
    assert "trust" not in in_years(ruptures.counted(vague, none, no_operations))


def test_what_undoes_a_rupture_is_no_trust(acts, no_operations):
    """An ambassador who comes back would not have come without the recall."""
    none = pd.DataFrame({"start": pd.to_datetime([])})
    back = acts.assign(form=acts["form"].replace("joint operation", "return"))
    assert "trust" not in in_years(ruptures.counted(back, none, no_operations))


def test_an_operation_counts_once_and_by_its_consent(acts, mistrust):
    """It is no act of trust besides, nor is notice that its army withheld that day one of distrust."""
    coded = pd.DataFrame(
        [("E4", "MRT", "MLI", "joint", "agreed"), ("E4", "MLI", "MLI", "joint", "own soil")],
        columns=["event", "actor", "soil", "manner", "notice"],
    )
    late = acts[acts["event"] == "E2"].assign(event="E6", date="2011-06-20", form="withholding")
    elsewhere = late.assign(event="E7", actor="NER")
    every = pd.concat([acts, late, elsewhere], ignore_index=True)
    none = pd.DataFrame({"start": pd.to_datetime([])})
    operated = ruptures.operations(coded, mistrust)
    counted = ruptures.counted(every, none, operated)
    assert in_years(counted) == {"offers": [2010], "distrust": [2010, 2010], "agreed": [2011]}
    for notice in ("disputed", "not known"):
        doubtful = in_years(ruptures.counted(every, none, operated.assign(notice=notice)))
        assert (doubtful.get("agreed"), doubtful["unagreed"]) == (None, [2011])
    at_home = in_years(ruptures.counted(every, none, operated.assign(crossed=False)))
    assert (at_home["trust"], len(at_home["distrust"])) == ([2011], 3)


def test_an_event_of_both_signs_counts_once(acts, no_operations):
    """Distrust shown beside an offer makes one event of distrust."""
    mixed = pd.concat([acts, acts[acts["event"] == "E2"].assign(event="E3")], ignore_index=True)
    counted = in_years(ruptures.counted(mixed, pd.DataFrame({"start": pd.to_datetime([])}), no_operations))
    assert "offers" not in counted
    assert len(counted["distrust"]) == 2


def test_nothing_counts_twice_in_the_record(root):
    """By the tables, every event stands under one count at most."""
    events = load("mistrust_events", root / "data")
    operated = ruptures.operations(load("mistrust_operations", root / "data"), events)
    acts = ruptures.acts(load("mistrust_acts", root / "data"), events)
    # The index of a count is that of its rows: acts first, then operations.
    acts.index = acts["event"]
    operated.index = operated["event"]
    counted = ruptures.counted(acts, pd.DataFrame({"start": pd.to_datetime([])}), operated)
    keys = [key for days in counted.values() for key in days.index]
    assert len(keys) == len(set(keys)) > 30


def test_windows_are_equally_long_and_meet_at_the_day():
    """The day itself belongs to the time after it, and the coup to neither."""
    before, after = ruptures.windows(pd.Timestamp(2012, 3, 12))
    assert after == (pd.Timestamp(2012, 3, 12), pd.Timestamp(2012, 3, 21))
    assert before == (pd.Timestamp(2012, 3, 2), pd.Timestamp(2012, 3, 11))


def test_before_and_after_counts_both_sides_of_a_day():
    """One event before and three from the day on make a factor of three; none at all make no ratio."""
    days = pd.Series(
        pd.to_datetime(["2012-03-11", "2012-03-12", "2012-03-20", "2012-03-21", "2012-03-22", "2012-03-01"])
    )
    found = ruptures.before_and_after(
        {"acts": days, "nothing": days[:0], "late": days[1:4]}, {"day": pd.Timestamp(2012, 3, 12)}
    ).set_index("counted")
    assert found.loc["acts", ["before", "after", "ratio"]].tolist() == [1, 3, 3]
    assert found.loc["acts", "low"] < 1 < found.loc["acts", "high"]
    assert found.loc["acts", "months"] == pytest.approx(10 / (365.25 / 12))
    assert found.loc["nothing", ["ratio", "low", "high"]].isna().all()
    assert math.isinf(found.loc["late", "ratio"])


def test_a_body_counts_only_where_it_stood_from_the_first_day_on():
    """Of ten days either side: founded on the first of them it counts, a day later not; alone it leaves no row."""
    days = pd.Series(pd.to_datetime(["2012-03-15", "2012-03-16"]))
    founded = pd.Series(pd.to_datetime(["2012-03-02", "2012-03-03"]))
    day = {"day": pd.Timestamp(2012, 3, 12)}
    found = ruptures.before_and_after({"met": days, "acts": days}, day, {"met": founded}).set_index("counted")
    assert found["after"].to_dict() == {"met": 1, "acts": 2}
    young = ruptures.before_and_after({"met": days[1:], "acts": days}, day, {"met": founded[1:]})
    assert young["counted"].tolist() == ["acts"]
    bodies = pd.DataFrame({"id": ["I1", "I2"], "founded": ["2012-03-02", "2012-03-03"]})
    met = pd.DataFrame({"initiative": ["I1", "I2"]})
    assert ruptures.around({"meetings": days}, met, bodies, day)["after"].tolist() == [1]


@pytest.mark.parametrize(("before", "fall"), [(5, None), (6, 0), (8, 1)])
def test_small_counts_cannot_show_a_fall(before, fall):
    """By hand: six to none has a chance of 1 in 64 on either side, five to none of 1 in 32, which is more than 2.5 per cent."""
    assert ruptures.largest_fall(before) == fall


def test_odds_of_distrust_are_those_of_the_two_signs():
    """Three of four acts before and one of four after: the sample odds ratio is a ninth, the conditional one nearer to 1."""
    late, early = pd.Timestamp(2012, 3, 15), pd.Timestamp(2012, 3, 5)
    series = {
        "distrust": pd.Series([early] * 2),
        "reproaches": pd.Series([early, late]),
        "trust": pd.Series([early, late]),
        "offers": pd.Series([late] * 2),
        "agreed": pd.Series([late] * 9),
    }
    counts, odds, low, high = ruptures.distrust_odds(series, pd.Timestamp(2012, 3, 12))
    assert counts == [[1, 3], [3, 1]]
    assert 1 / 9 < odds < 1
    assert low < odds < 1 < high


def test_half_years_cover_every_month():
    """June ends the first half-year, July begins the second."""
    assert ruptures.half_year(pd.Series(pd.to_datetime(["2010-06-30", "2010-07-01"]))).tolist() == [
        "2010 H1",
        "2010 H2",
    ]
    assert ruptures.half_years(2009, 2010) == ["2009 H1", "2009 H2", "2010 H1", "2010 H2"]


def test_release_leaves_out_what_concerns_none_of_the_four(mistrust):
    """An event has one row for each state named; one among others alone is left out, unless it is a seizure."""
    events = mistrust.assign(kind=["kidnapping", "diplomatic", "attack", "raid", "raid"])
    actors = pd.DataFrame(
        [("E1", "AQIM"), ("E2", "MRT"), ("E2", "MLI"), ("E3", "FRA"), ("E4", "MLI"), ("E4", "USA")],
        columns=["event", "actor"],
    )
    found = ruptures.release(events, actors, "E1", "E4")
    assert found.index.tolist() == [0, 1, 2, 3]
    assert found[["event", "actor"]].values.tolist() == [["E1", "AQIM"], ["E2", "MLI"], ["E2", "MRT"], ["E4", "MLI"]]


def test_release_leaves_out_attacks_and_what_has_no_more_than_a_year(mistrust):
    """An attack answers nothing that a state did; an event of a year has no place on a line of months."""
    events = mistrust.assign(
        kind=["kidnapping", "attack", "diplomatic", "raid", "raid"],
        date=mistrust["date"].mask(mistrust["id"] == "E3", "2010"),
    )
    actors = pd.DataFrame([("E1", "AQIM"), ("E2", "MLI"), ("E3", "MLI"), ("E4", "MLI")], columns=["event", "actor"])
    assert ruptures.release(events, actors, "E1", "E4")["event"].tolist() == ["E1", "E4"]


def test_words_for_distrust_tell_what_came_after_the_coup(mistrust):
    """A direction has its forms by number, and how many of them came after the coup; the fullest stands first."""
    rows = [("E2", "MRT", "MLI", "recall"), ("E3", "MRT", "MLI", "absence"), ("E4", "NER", "MLI", "public reproach")]
    coded = pd.DataFrame(rows, columns=["event", "actor", "toward", "form"]).assign(act="distrust")
    late = mistrust.assign(date=mistrust["date"].mask(mistrust["id"].isin(["E3", "E4"]), "2012-06-05"))
    names = pd.Series({"MRT": "Mauritania", "MLI": "Mali", "NER": "Niger"})
    assert ruptures_words.of_directions(ruptures.acts(coded, late), names) == (
        "Time line with a lane for each direction. Mauritania towards Mali: one recall and one absence; "
        "one of them after the coup. Niger towards Mali: one public reproach, after the coup."
    )


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((0, 0, np.nan, np.nan, np.nan), "none on either side"),
        ((0, 3, np.inf, 0.42, np.inf), "none before and three after (at least 0.4 times as often)"),
        ((0, 1, np.inf, 0.03, np.inf), "none before and one after"),
        ((5, 8, 1.6, 0.46, 6.22), "1.6 times (0.5 to 6.2)"),
        ((1, 40, 40.0, 6.9, 1590.3), "40.0 times (6.9 to 1590)"),
    ],
)
def test_words_for_a_rate(cells, words):
    """A ratio has its interval; without anything before the day only a lower bound can be told."""
    assert ruptures_words.of_rate(pd.Series(cells, ["before", "after", "ratio", "low", "high"])) == words


def test_words_for_crossings_go_by_answer():
    """Each answer has its operations, or none."""
    table = pd.DataFrame({"notice": ["agreed", "agreed"], "label": ["Mali, 2009", "Mali, 2010"]})
    assert ruptures_words.of_crossings(table, {"agreed": "Mali agreed", "disputed": "accounts conflict"}) == (
        "A row for each operation, a column for each answer. Mali agreed: Mali, 2009; Mali, 2010. "
        "Accounts conflict: none."
    )


def test_words_for_the_release_go_lane_by_lane():
    """A lane has its marks in the order given."""
    rows = pd.DataFrame([("Hostage", "2009", "seized"), ("Hostage", "2010", "free")], columns=["Lane", "When", "What"])
    assert ruptures_words.of_release(rows) == "Time line with a lane for each. Hostage: seized, 2009; free, 2010."
