"""What the tests of the prism count, on tables small enough to check by hand, and how the grounds are coded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from claimbook.package.tables import load
from cooperation.figures import lens, prism_words
from cooperation.figures import prism as draw
from cooperation.measures import network, prism
from cooperation.periods import ARTICLE
from cooperation.states import ALGERIA, MOROCCO, PAIR


@pytest.fixture
def agreement():
    """Three states over two years: Algeria and Morocco agree in half, the others in nine and in seven of ten."""
    rows = [("DZA", "MAR", 5), ("DZA", "MLI", 9), ("MAR", "MLI", 7)]
    return pd.DataFrame(
        [(one, two, year, 10, same) for year in (2001, 2002) for one, two, same in rows],
        columns=["state_1", "state_2", "year", "shared", "agreed"],
    )


def test_votes_on_the_territory_are_taken_out_of_both_counts(agreement):
    """A roll call in which both voted leaves the shared ones, and the agreed ones if they voted alike; an absence changes nothing."""
    votes = pd.DataFrame(
        {
            "roll_call": [1, 1, 1, 2, 2],
            "date": ["2001-12", "2001-12", "2001-12", "2001-12-14", "2001-12-14"],
            "iso3": ["DZA", "MAR", "MLI", "DZA", "MAR"],
            "vote": ["yes", "no", "yes", "yes", "absent"],
        }
    )
    left = prism.without_territory(agreement, votes).set_index(["state_1", "state_2", "year"])
    assert left.loc[("DZA", "MAR", 2001)].tolist() == [9, 5]
    assert left.loc[("DZA", "MLI", 2001)].tolist() == [9, 8]
    assert left.loc[("DZA", "MAR", 2002)].tolist() == [10, 5]


def test_standing_is_among_the_other_pairs(agreement):
    """With the lowest agreement no other pair is below; a tie counts half."""
    yearly = prism.standing(agreement).set_index("year")
    assert yearly.loc[2001, ["agreement", "pairs", "median", "percentile"]].tolist() == [0.5, 2, 0.8, 0.0]
    assert yearly.loc[2001, ["low", "high"]].tolist() == pytest.approx([0.72, 0.88])
    tied = agreement.assign(agreed=agreement["agreed"].replace({7: 5}))
    assert prism.standing(tied)["percentile"].tolist() == [25.0, 25.0]


def test_years_with_few_votes_are_left_out(agreement):
    """Fewer than ten shared roll calls say too little."""
    agreement.loc[agreement["year"] == 2001, "shared"] = 9
    assert prism.standing(agreement)["year"].tolist() == [2002]
    alone = prism.by_period(agreement, {"few": (2001, 2001), "enough": (2002, 2002)})
    assert alone["period"].tolist() == ["enough"] * 3


def test_period_sums_roll_calls_not_shares(agreement):
    """A year with more votes weighs more."""
    agreement.loc[0, ["shared", "agreed"]] = [90, 85]
    own = prism.by_period(agreement, {"both": (2001, 2002)}).iloc[0]
    assert (own["shared"], own["agreed"], own["agreement"]) == (100, 90, 0.9)
    assert own["percentile"] == 75.0


def test_issues_that_the_source_does_not_tell_apart_are_left_out():
    """Colonialism and development go in the year in which every pair has as much of them as of disarmament."""
    alike, apart = {"MAR": (9, 8), "MLI": (9, 9)}, {"MAR": (9, 8), "MLI": (9, 7)}
    rows = [
        ("DZA", other, year, issue, *counts)
        for year, disarmament in ((2018, apart), (2019, alike))
        for issue in ("colonialism", "development", "disarmament", "Palestine")
        for other, counts in (disarmament if issue == "disarmament" else alike).items()
    ]
    table = pd.DataFrame(rows, columns=["state_1", "state_2", "year", "issue", "shared", "agreed"])
    left = prism.coded_apart(table).groupby("year")["issue"].agg(set).to_dict()
    assert left == {
        2018: {"colonialism", "development", "disarmament", "Palestine"},
        2019: {"disarmament", "Palestine"},
    }


def test_votes_are_told_as_far_as_the_table_goes():
    """The last year of the periods is that of the votes kept, and nothing of a later one is dropped in silence."""
    assert load("un_agreement")["year"].max() == prism.LAST_FULL_YEAR == prism.PERIODS["second_break"][1]


def test_distance_leaves_the_powers_out():
    """Pairs with a power are no neighbours to compare with."""
    table = pd.DataFrame(
        {
            "state_1": ["DZA", "DZA", "DZA", "MAR"],
            "state_2": ["MAR", "MLI", "USA", "MLI"],
            "year": 2021,
            "distance": [0.6, 0.2, 3.0, 0.4],
            "low": [0.3, 0.0, 2.5, 0.1],
            "high": [0.9, 0.5, 3.5, 0.7],
        }
    )
    row = prism.distances(table).iloc[0]
    assert (row["distance"], row["pairs"], row["median"], row["percentile"]) == (0.6, 2, pytest.approx(0.3), 100.0)


def test_roll_calls_run_from_algeria_to_morocco_by_likeness():
    """The state that votes most like Algeria stands next to it; an absence is no likeness."""
    votes = pd.DataFrame(
        [
            (call, f"198{call}-11", state, vote)
            for call, cast in {1: ["yes", "no", "no", "yes"], 2: ["absent", "no", "absent", "absent"]}.items()
            for state, vote in zip(["DZA", "MAR", "BEN", "MLI"], cast, strict=True)
        ],
        columns=["roll_call", "date", "iso3", "vote"],
    )
    assert prism.roll_calls(votes).columns.tolist() == ["DZA", "MLI", "BEN", "MAR"]


STATES = pd.Index(["DZA", "MAR", "MLI", "NER"])


@pytest.fixture
def memberships():
    """Algeria in seven bodies with Mali, and Morocco in one of them; one spell over by 2014, one without a start, one known from memory."""
    rows = [
        *((body, "MLI", "member", None, "2000", None) for body in "ABCDEFG"),
        ("A", "DZA", "member", None, "2000", None),
        ("A", "MAR", "member", None, "2001-05", None),
        ("B", "DZA", "member", None, "2000", None),
        ("B", "MAR", "excluded", "ineligible", "2000", None),
        ("C", "DZA", "member", None, "2000", None),
        ("C", "NER", "participant", None, "2000", None),
        ("D", "DZA", "member", None, "2000", "2010"),
        ("E", "DZA", "member", None, None, None),
        ("F", "DZA", "member", None, "2000", None),
        ("F", "MAR", "excluded", "refused", "2000", None),
        ("G", "DZA", "member", None, "2000", None),
    ]
    table = pd.DataFrame(rows, columns=["initiative", "actor", "role", "exclusion", "start", "end"])
    return table.assign(verification=["memory" if row[:2] == ("G", "DZA") else "yes" for row in rows])


@pytest.fixture
def initiatives():
    """Seven African-led bodies, one of two states, three of the African Union; all stand."""
    return pd.DataFrame(
        {
            "id": list("ABCDEFG"),
            "short_name": list("abcdefg"),
            "led_by": "african",
            "bilateral": [key == "C" for key in "ABCDEFG"],
            "body": ["AU" if key in "BDE" else None for key in "ABCDEFG"],
            "scope": "core",
            "declared_only": False,
            "founded": "2000",
            "ended": None,
            "status_latest_date": None,
        }
    )


def test_belonging_at_a_day(memberships, initiatives):
    """A spell that is over does not count on the day; one without a start does, and memory never does."""
    ties = network.ties(memberships, initiatives, STATES)
    then, ever = network.at(ties, ARTICLE), network.at(ties, None)
    assert sorted(then.loc[then["state"] == "DZA", "initiative"]) == ["A", "B", "C", "E", "F"]
    assert sorted(ever.loc[ever["state"] == "DZA", "initiative"]) == ["A", "B", "C", "D", "E", "F"]
    assert set(ever.loc[ever["state"] == "NER", "initiative"]) == {"C"}


def test_seat_of_the_other_takes_the_first_reason(memberships, initiatives):
    """Each body of Algeria's without Morocco has one reason; shared ones stand on both sides."""
    table = prism.seat_of_the_other(network.at(network.ties(memberships, initiatives, STATES), None), memberships)
    seats = table[table["member"] == "DZA"].set_index("initiative")["seat"]
    assert seats.to_dict() == {
        "A": "both",
        "B": "au_body",
        "C": "bilateral",
        "D": "au_body",
        "E": "au_body",
        "F": "refused",
    }
    assert table.loc[table["member"] == "MAR", ["initiative", "seat"]].to_numpy().tolist() == [["A", "both"]]


def test_shared_by_kind_drops_what_it_says(memberships, initiatives):
    """Without the bodies of the African Union, and then that of CEN-SAD, Algeria is left with two, and still shares one."""
    named = initiatives.assign(short_name=initiatives["short_name"].replace("f", "CEN-SAD part"))
    members = network.at(network.ties(memberships, named, STATES), None)
    more = pd.DataFrame(
        [(state, "X", "x", lead, False, None) for lead in ("mixed", "external") for state in ("DZA", "MAR")],
        columns=["state", "initiative", "short_name", "led_by", "bilateral", "body"],
    )
    table = prism.shared_by_kind(pd.concat([members[more.columns], more], ignore_index=True), draws=20)
    assert table["kind"].tolist() == list(prism.KINDS)
    assert table[["memberships_1", "memberships_2", "shared"]].to_numpy().tolist() == [
        [6, 1, 1],
        [3, 1, 1],
        [2, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
    ]


@pytest.fixture
def two_years():
    """Algeria and Morocco agree wholly in 2000 and not at all in 2001; another pair half the time in both."""
    rows = [("DZA", "MAR", 2000, 20, 20), ("DZA", "MAR", 2001, 20, 0)]
    rows += [("DZA", "MLI", year, 20, 10) for year in (2000, 2001)]
    rows += [("MAR", "MLI", year, 20, 11) for year in (2000, 2001)]
    return pd.DataFrame(rows, columns=["state_1", "state_2", "year", "shared", "agreed"])


def test_years_drawn_anew_show_how_far_a_percentile_hangs_on_them(two_years):
    """With either year twice the pair stands above both others or below both; as it is, level with one and below the other."""
    found = prism.over_years(two_years, {"both": (2000, 2001), "first": (2000, 2000)}, draws=400)
    assert found.loc["both", ["years", "percentile", "low", "high"]].tolist() == [2, 25, 0, 100]
    assert found.loc["first", ["years", "percentile", "low", "high"]].tolist() == [1, 100, 100, 100]
    periods = prism.by_period(two_years, {"both": (2000, 2001)})
    assert periods.set_index(["state_1", "state_2"]).at[("DZA", "MAR"), "percentile"] == found.at["both", "percentile"]


def test_pairs_with_few_votes_in_a_draw_are_left_out_of_it(two_years):
    """The third pair voted together four times in 2000: it is no other pair of that year, alike as they were."""
    few = two_years.assign(
        shared=two_years["shared"].where((two_years["state_1"] != "MAR") | (two_years["year"] == 2001), 4)
    )
    few.loc[few["shared"] == 4, "agreed"] = 4
    found = prism.over_years(few, {"first": (2000, 2000)}, draws=20)
    assert found.at["first", "percentile"] == 100


def test_partners_are_counted_among_all_partners():
    """Spain signed with both, Italy with Algeria alone, France with neither of them; the two themselves are no partners."""
    rows = [
        ("DZA", "SPN", 1),
        ("DZA", "ITA", 2),
        ("MAR", "SPN", 3),
        ("MLI", "FRN", 1),
        ("DZA", "MOR", 1),
        ("MAR", "ALG", 1),
    ]
    table = pd.DataFrame(
        [(*row, 1990, 2000) for row in rows], columns=["iso3", "partner", "agreements", "first_year", "last_year"]
    )
    partners, cells, odds = prism.partners(table)
    assert partners[["partner", "whose", "DZA_agreements", "MAR_agreements"]].to_numpy().tolist() == [
        ["ITA", "DZA", 2, 0],
        ["SPN", "both", 1, 3],
    ]
    assert cells == [[1, 1], [0, 1]]
    assert odds[1] < 1 < odds[2]


@pytest.fixture
def taken():
    """Steps of each kind, one of direction 0, one weaker and one known from memory."""
    events = pd.DataFrame(
        {
            "id": list("abcdefghi"),
            "date": ["1963", "1976-03", "1984", "1994", "2004", "2021", "2021", "2022", "2026"],
            "title": list("abcdefghi"),
            "direction": [-2, -2, -2, -2, 2, -2, 0, -1, -2],
            "verification": [*["yes"] * 7, "partial", "memory"],
        }
    )
    rows = [
        ("a", "DZA", "border", "press"),
        ("a", "MAR", "border", "press"),
        ("b", "MAR", "territory", "press"),
        ("b", "ESP", "territory", "actor"),
        ("c", "MAR", "territory", "content"),
        ("d", "DZA", "hostility", "actor"),
        ("e", "ESP", "economy", "press"),
        ("f", "DZA", "security", "actor"),
        ("f", "DZA", "territory", "inferred"),
        ("g", "DZA", "none", "nobody"),
        ("h", "MAR", "territory", "press"),
        ("i", "DZA", "territory", "actor"),
    ]
    return prism.steps(events, pd.DataFrame(rows, columns=["event", "actor", "ground", "stated_by"]))


def test_steps_have_a_side_and_a_ground(taken):
    """Both states together make a joint step, a third state is another side, and several grounds stand together; memory is no step."""
    assert taken.index.tolist() == list(range(7))
    table = taken.set_index("id")
    sides = {"a": "both", "b": "MAR", "c": "MAR", "d": "DZA", "e": "others", "f": "DZA", "h": "MAR"}
    assert table["side"].to_dict() == sides
    assert table["territory"].to_dict()["b"] == "actor"
    assert table.at["f", "grounds"] == (("security", "actor"), ("territory", "inferred"))
    assert (table.at["b", "alone"], table.at["f", "alone"], table.at["d", "vague"]) == (True, False, True)


def test_what_is_no_test_is_left_out(taken):
    """Steps before the question, by others, or about the territory itself do not count, and weaker ones only if asked for."""
    between = prism.between_the_two(taken)
    assert between["id"].to_dict() == {0: "b", 1: "d", 2: "f"}
    assert prism.between_the_two(taken, least=1)["id"].tolist() == ["b", "d", "f", "h"]


def test_shares_widen_with_the_reading(taken):
    """Algeria's two breaks: none in its words, one by inference, both if the vague one counts too."""
    shares = prism.share_on_territory(prism.between_the_two(taken))
    mine = shares[shares["side"] == "DZA"]
    assert mine["on_territory"].tolist() == [0, 0, 1, 2]
    assert mine["steps"].tolist() == [2, 2, 2, 2]
    assert mine["low"].iloc[0] == 0
    assert mine["high"].iloc[0] == pytest.approx(1 - 0.025**0.5)
    alone = prism.share_on_territory(prism.between_the_two(taken), alone=True)
    assert alone.loc[alone["side"] == "DZA", "on_territory"].tolist() == [0, 0, 0, 1]


def test_difference_between_the_two_is_fishers():
    """Of the 70 ways to deal the four steps on the territory to the two, 34 are as uneven or more; the odds are Morocco's against Algeria's."""
    rows = [
        ("break", "DZA", "a", 4, 1),
        ("break", "MAR", "a", 4, 3),
        ("break", "all", "a", 8, 4),
        ("thaw", "DZA", "a", 9, 0),
    ]
    shares = pd.DataFrame(rows, columns=["sign", "side", "reading", "steps", "on_territory"])
    found = prism.difference(shares, "a")
    assert found["p"] == pytest.approx(34 / 70)
    # The conditional estimate solves E(on the territory) = 3 of the hypergeometric weights 1, 16, 36, 16, 1.
    odds = found["ratio"]
    weights = np.array([1, 16, 36, 16, 1]) * odds ** np.arange(5)
    assert (weights / weights.sum()) @ np.arange(5) == pytest.approx(3)
    assert found["low"] < 1 < odds < found["high"]


def test_a_step_counts_under_each_ground(taken):
    """Two grounds, two counts, and what is inferred stands apart."""
    counts = prism.counted_grounds(prism.between_the_two(taken))
    assert counts[["side", "ground", "inferred", "steps"]].to_numpy().tolist() == [
        ["DZA", "hostility", False, 1],
        ["DZA", "security", False, 1],
        ["DZA", "territory", True, 1],
        ["MAR", "territory", False, 1],
    ]


def test_grounds_and_steps_are_told_as_they_are_drawn(taken):
    """Each ground with its steps and sides, what is inferred, and of each lane the years of its kinds of mark."""
    counts = prism.counted_grounds(prism.between_the_two(taken))
    assert draw.told_grounds(counts) == (
        "Breaks: the territory twice (one by Algeria, one by Morocco), hostility, unnamed once (one by Algeria) and "
        "security, crime, spying once (one by Algeria). Of these one inferred."
    )
    assert draw.told_steps(taken[taken["direction"].abs() == 2]) == (
        "Breaks by Algeria: full in 2021; hollow in 1994. "
        "Breaks by Morocco: full in 1976; about the territory itself in 1984. "
        "Breaks by both: hollow in 1963."
    )


def test_every_step_has_a_ground_and_none_stands_alone():
    """Each event with a direction is coded, and no other; who took a step together has its grounds, who answered each other has others."""
    events, grounds = load("dispute_events"), load("dispute_event_grounds")
    assert set(grounds["event"]) == set(events.loc[events["direction"] != 0, "id"])
    of_each = grounds.groupby(["event", "actor"])["ground"].agg(frozenset)
    for event, sets in of_each.groupby("event"):
        together = sets.nunique() == 1
        answered = set(sets.index.get_level_values("actor")) == set(PAIR) and not frozenset.intersection(*sets)
        assert together or answered, event
    assert not [sets for sets in of_each if "none" in sets and len(sets) > 1]
    assert ((grounds["ground"] == "none") == (grounds["stated_by"] == "nobody")).all()


def test_breaks_with_others_are_those_that_one_of_the_two_made():
    """A rupture between the two is left out, as is one that another state made, or of another kind; the day orders, not the key."""
    events = pd.DataFrame(
        {
            "id": list("abcde"),
            "date": ["2022-08", "2021-08-24", "2025-04-15", "2014-02-26", "2016"],
            "title": list("ABCDE"),
            "stage": "done",
            "kind": ["rupture", "rupture", "rupture", "rupture", "talks"],
        }
    )
    rows = [
        ("a", MOROCCO, "did"),
        ("a", "TUN", "against"),
        ("b", ALGERIA, "did"),
        ("b", MOROCCO, "against"),
        ("c", "FRA", "did"),
        ("c", ALGERIA, "against"),
        ("d", MOROCCO, "party"),
        ("d", "FRA", "party"),
        ("d", ALGERIA, "did"),
        ("e", MOROCCO, "did"),
        ("e", "FRA", "against"),
    ]
    found = prism.with_others(events, pd.DataFrame(rows, columns=["event", "actor", "role"]))
    assert found[["id", "side", "others"]].to_numpy().tolist() == [["d", "both", ("FRA",)], ["a", "MAR", ("TUN",)]]


def test_the_steps_of_the_report_are_drawn_lane_by_lane(taken):
    """Full where a page has the territory as a ground, and told as drawn; what was inferred stays hollow."""
    figure = lens.steps(prism.between_the_two(taken), "Title").to_plotly_json()
    lanes = [trace for trace in figure["data"] if trace.get("text")]
    assert [trace["text"] for trace in lanes] == [["1976"], ["1994", "2021"]]
    assert [list(trace["marker"]["symbol"]) for trace in lanes] == [["circle"], ["circle-open", "circle-open"]]
    assert figure["layout"]["meta"]["alt"].startswith(
        "Morocco against Algeria: 1 of 1 steps with Western Sahara among the reasons, those of 1976. "
        "Algeria against Morocco: 0 of 2 steps with Western Sahara among the reasons."
    )


def test_numbers_of_the_prism_read_as_sentences_have_them():
    """A share with its interval, what chance gives, and odds with their bounds."""
    row = pd.Series({"on_territory": 2, "steps": 3, "low": 0.094, "high": 0.992})
    assert prism_words.of_steps(row) == "2 of 3 (9 to 99 per cent)"
    assert prism_words.both(row, row) == "two of three, with other steps two of three"
    assert (
        prism_words.odds({"ratio": 3.53, "low": 0.13, "high": 274.5}) == "3.5 times as high for Morocco (0.1 to 274.5)"
    )
    shared = pd.Series({"shared": 6, "expected": 11.9, "low": 9.0, "high": 15.0})
    assert prism_words.by_chance(shared) == "6, by chance 12 (9 to 15)"
