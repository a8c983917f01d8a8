"""Who is tied to whom, on memberships whose network can be drawn by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.figure import titled
from claimbook.package.tables import load
from cooperation.figures import network as draw
from cooperation.measures import network, overlap
from cooperation.periods import ARTICLE
from cooperation.states import MAGHREB, is_pair

STATES = pd.Index(["DZA", "MAR", "MLI", "NER"])


@pytest.fixture
def memberships():
    """A of Algeria, Mali and Niger, B of Morocco and Mali, C of all but Niger, D of Niger and an outsider; absences and observers beside them."""
    rows = [
        ("A", "DZA", "member", "2000", None),
        ("A", "MLI", "member", "2000", "2010-06"),
        ("A", "NER", "participant", None, None),
        ("A", "MAR", "excluded", "2000", None),
        ("B", "MAR", "member", "2005-03-01", None),
        ("B", "MLI", "member", "2005-03-01", None),
        ("B", "NER", "observer", "2005-03-01", None),
        ("C", "DZA", "member", "1990", None),
        ("C", "MAR", "member", "1990", None),
        ("C", "MLI", "member", "1990", None),
        ("D", "NER", "member", "2000-05", None),
        ("D", "FRA", "member", "2001", None),
        ("A", "MLI", "withdrew", "2010-06-30", None),
    ]
    return pd.DataFrame(rows, columns=["initiative", "actor", "role", "start", "end"]).assign(verification="yes")


@pytest.fixture
def initiatives():
    """C ended in 2011 though evidence reaches 2015, that of A reaches 2004, that of B and D is undated."""
    return pd.DataFrame(
        {
            "id": list("ABCD"),
            "short_name": ["Able", "Baker", "Charlie", "Dog"],
            "led_by": ["african", "african", "mixed", "african"],
            "scope": ["core", "core", "core", "wider"],
            "bilateral": [False, True, False, True],
            "declared_only": [False] * 4,
            "body": [None] * 4,
            "founded": ["2000", "2005-03-01", "1990", "2001"],
            "ended": [None, None, "2011", None],
            "status_latest_date": ["2004", None, "2015", None],
        }
    )


@pytest.fixture
def ties(memberships, initiatives):
    """The ties of the four states."""
    return network.ties(memberships, initiatives, STATES)


def test_only_who_belongs_is_tied(ties):
    """Observers, states outside or gone, and actors that are not looked at have no tie."""
    assert sorted(ties["initiative"] + " " + ties["state"]) == [
        "A DZA",
        "A MLI",
        "A NER",
        "B MAR",
        "B MLI",
        "C DZA",
        "C MAR",
        "C MLI",
        "D NER",
    ]


def test_what_is_known_from_memory_is_no_tie(memberships, initiatives):
    """A membership that no page shows counts for nothing; one shown in part counts."""
    graded = memberships.assign(verification=["memory", "partial", *["yes"] * (len(memberships) - 2)])
    found = network.ties(graded, initiatives, STATES).query("initiative == 'A'").set_index("state")["verification"]
    assert found.to_dict() == {"MLI": "partial", "NER": "yes"}


def test_ties_are_dated_by_spell_then_founding_and_first_end(ties):
    """An unknown start is that of the initiative, and none is before it; a tie ends with the spell or the initiative, whichever is first, or never."""
    dated = ties.set_index(["initiative", "state"])
    assert dated.at[("A", "NER"), "from_day"] == pd.Timestamp(2000, 1, 1)
    assert dated.at[("D", "NER"), "from_day"] == pd.Timestamp(2001, 1, 1)
    assert dated.at[("A", "MLI"), "until"] == pd.Timestamp(2010, 6, 30)
    assert dated.at[("C", "MLI"), "until"] == pd.Timestamp(2011, 12, 31)
    assert pd.isna(dated.at[("B", "MLI"), "until"])
    assert dated.at[("A", "DZA"), "seen"] == pd.Timestamp(2004, 12, 31)
    assert dated.at[("B", "MAR"), "seen"] == pd.Timestamp(2005, 3, 1)
    assert dated.at[("C", "MAR"), "seen"] == pd.Timestamp(2011, 12, 31)


def test_the_first_of_two_ends_ends_a_tie(memberships, initiatives):
    """A state that left before the end has left, and one whose spell is recorded beyond it is out with the others."""
    ends = {"DZA": "2009", "MAR": "2013"}
    of_c = memberships["initiative"] == "C"
    memberships["end"] = memberships["end"].mask(of_c, memberships["actor"].map(ends))
    until = network.ties(memberships, initiatives, STATES).query("initiative == 'C'").set_index("state")["until"]
    assert until.dt.year.to_dict() == {"DZA": 2009, "MAR": 2011, "MLI": 2011}


@pytest.mark.parametrize(
    ("day", "last", "standing"),
    [
        ("1999-12-31", "until", "CCC"),
        ("2005-03-01", "until", "AAABBCCC"),
        ("2010-07-01", "until", "AABBCCC"),
        ("2012-01-01", "until", "AABB"),
        ("2005-03-01", "seen", "BBCCC"),
    ],
)
def test_ties_stand_on_their_days(ties, day, last, standing):
    """Ends are counted; an initiative of one state, as D, joins nobody and is left out."""
    assert "".join(sorted(network.at(ties, pd.Timestamp(day), last)["initiative"])) == standing


def test_every_tie_ever(ties):
    """Without a day all count, each once."""
    standing = network.at(pd.concat([ties, ties]), None)
    assert len(standing) == 8
    assert standing.columns.tolist() == ties.columns.tolist()


def test_mali_is_central_and_bridges(ties):
    """In 2006 Mali is in all three; only Mali's and Algeria's sides meet in it, and Niger hangs on one thread."""
    found = network.central(network.at(ties, pd.Timestamp(2006, 1, 1))).set_index("state")
    assert found["initiatives"].to_dict() == {"MLI": 3, "DZA": 2, "MAR": 2, "NER": 1}
    assert found["rank_initiatives"].to_dict() == {"MLI": 1, "DZA": 2, "MAR": 2, "NER": 4}
    assert found["betweenness"].idxmax() == "MLI"
    assert found.at["NER", "betweenness"] == 0


def test_bridges_between_states_alone(ties):
    """Of three shortest ways from Morocco to Niger two pass Mali and one Algeria; no other two states need a third."""
    found = network.central(network.at(ties, pd.Timestamp(2006, 1, 1))).set_index("state")
    assert found["between_states"].to_dict() == {"MLI": 0.2222, "DZA": 0.1111, "MAR": 0, "NER": 0}
    assert found["rank_between_states"].to_dict() == {"MLI": 1, "DZA": 2, "MAR": 3, "NER": 3}


def test_a_bridge_carries_all_ways_across():
    """Two states that meet in none but a third: four of the six ways between two others run through it."""
    standing = pd.DataFrame({"state": ["DZA", "MLI", "MAR", "MLI"], "initiative": list("AABB")})
    assert network.central(standing).set_index("state")["betweenness"].to_dict() == {"MLI": 0.6667, "DZA": 0, "MAR": 0}


def test_density_counts_states_without_ties(ties):
    """In 1999 one initiative of three states: three of four ties, three of six pairs."""
    assert network.density(network.at(ties, pd.Timestamp(1999, 1, 1)), 4) == {
        "initiatives": 1,
        "ties": 3,
        "density": 0.75,
        "paired": 0.5,
    }
    assert network.density(network.at(ties, pd.Timestamp(1980, 1, 1)), 4)["density"] == 0


def test_years_name_what_began(ties):
    """What is new since the day before, who leads, and the reading by evidence."""
    found = network.yearly(ties, 4, [pd.Timestamp(year, 12, 31) for year in (1999, 2000, 2005)])
    assert found["began"].tolist() == [["Charlie"], ["Able"], ["Baker"]]
    assert found["first"].tolist() == [["DZA", "MAR", "MLI"], ["DZA", "MLI"], ["MLI"]]
    assert found["initiatives"].tolist() == [1, 2, 3]
    assert found["initiatives_seen"].tolist() == [1, 2, 1]
    # Who joins later does not begin it anew.
    late = ties.assign(from_day=ties["from_day"].mask(ties["state"] == "NER", pd.Timestamp(2004, 1, 1)))
    found = network.yearly(late, 4, [pd.Timestamp(year, 12, 31) for year in (1999, 2000, 2005)])
    assert found["began"].tolist() == [["Charlie"], ["Able"], ["Baker"]]


def test_sides_and_hubs(ties):
    """A is Algeria's, B Morocco's, C both's; Mali sits once with each, Niger with Algeria."""
    standing = network.at(ties, pd.Timestamp(2006, 1, 1))
    assert network.sides(standing).to_dict() == {"A": "DZA", "B": "MAR", "C": "both"}
    hubs = network.hubs(standing).set_index("state")
    assert hubs.loc["MLI"].tolist() == [1, 1, 1, 0]
    assert hubs.loc["NER"].tolist() == [1, 0, 0, 0]
    assert "DZA" not in hubs.index
    # Mali twice with Morocco and once with Algeria, Niger twice with Algeria.
    more = [("E", "MAR"), ("E", "MLI"), ("F", "DZA"), ("F", "NER")]
    standing = pd.concat([standing, pd.DataFrame(more, columns=["initiative", "state"])])
    assert network.hubs(standing)["state"].to_dict() == {0: "NER", 1: "MLI"}
    alike = pd.DataFrame([("A", "NER"), ("A", "MLI"), ("A", "DZA")], columns=["initiative", "state"])
    assert network.hubs(alike)["state"].to_dict() == {0: "MLI", 1: "NER"}


@pytest.mark.parametrize(
    ("state", "organisation", "has"),
    [
        ("DZA", "Able", True),
        ("MAR", "Able", False),
        ("NER", "Baker", False),
        ("NER", "Charlie", True),
        ("DZA", "Dog", False),
        ("MAR", "Dog", True),
        ("DZA", "Do", False),
    ],
)
def test_who_ever_joined_by_either_table(memberships, initiatives, state, organisation, has):
    """A member or one that withdrew had joined, by either table of members; an observer and one outside had not."""
    left = pd.DataFrame([("C", "NER", "withdrew")], columns=["initiative", "actor", "role"])
    memberships = pd.concat([memberships, left], ignore_index=True)
    rows = [("D", "MAR", "member"), ("D", "DZA", "outside")]
    belonged = pd.DataFrame(rows, columns=["organisation", "actor", "status"])
    assert network.joined(state, organisation, memberships, belonged, initiatives) is has


def test_parts_count_once(ties):
    """The charter and the second accord of the same two states go; the accord of two others and what only sounds alike stay."""
    more = [
        ("CEN-SAD", "1998", False, "MAR MLI NER"),
        ("CEN-SAD charter", "2000", False, "MAR MLI NER"),
        ("CEN-SADLY", "2001", False, "MAR MLI"),
        ("Second accord", "2003", True, "DZA NER"),
        ("First accord", "2001", True, "DZA NER"),
        ("Other accord", "2002", True, "MAR NER"),
    ]
    rows = [
        (name, state, name, bilateral, pd.Timestamp(day))
        for name, day, bilateral, states in more
        for state in states.split()
    ]
    standing = pd.DataFrame(rows, columns=["initiative", "state", "short_name", "bilateral", "from_day"])
    assert sorted(network.once(standing)["initiative"].unique()) == [
        "CEN-SAD",
        "CEN-SADLY",
        "First accord",
        "Other accord",
    ]
    assert len(network.once(standing)) == 9
    # What one of the two states joined first was tied first, though the other joined last.
    later = (standing["initiative"] == "First accord") & (standing["state"] == "NER")
    standing["from_day"] = standing["from_day"].mask(later, pd.Timestamp(2004, 1, 1))
    assert "First accord" in set(network.once(standing)["initiative"])


def test_seeds_repeat_the_comparison(ties):
    """Each seed gives what the comparison of all pairs gives with it, and another seed other draws."""
    standing = network.at(ties, pd.Timestamp(2006, 1, 1))
    found = network.reseeded(overlap.incidence(standing, "state"), range(3, 6), draws=40)
    for row in found.itertuples():
        pairs = overlap.against_chance(overlap.incidence(standing, "state"), 40, row.seed).query(
            "state_1 == 'DZA' and state_2 == 'MAR'"
        )
        assert (row.expected, row.as_few) == (pairs["expected"].item(), pairs["as_few"].item())
    assert found["seed"].tolist() == [3, 4, 5]
    assert found["expected"].nunique() > 1


def test_places_are_kept(ties):
    """The same ties give the same places, and an initiative stands within reach of its states."""
    places = network.positions(ties)
    assert places.equals(network.positions(ties))
    assert len(places) == 4 + 4
    at = places.set_index("key")
    middle = at.loc[["MAR", "MLI"], ["x", "y"]].mean()
    assert (at.loc["B", ["x", "y"]] - middle).abs().max() < 0.07
    # The third by the alphabet is moved by the fractions of twice 0.618 and twice 0.7549 less a half, a tenth of each.
    middle = at.loc[["DZA", "MAR", "MLI"], ["x", "y"]].mean()
    assert (at.loc["C", ["x", "y"]] - middle).tolist() == pytest.approx([-0.0264, 0.001], abs=0.012)


@pytest.fixture
def circles():
    """Ties of a region with an inner circle of each part, in which Algeria and Morocco sit apart from each other.

    Ten initiatives hold Algeria with Libya or Tunisia, ten Morocco with one of
    them, and twenty hold three states of the Sahel; one of each kind of the
    first two is CEN-SAD's, one of Algeria's joins two states only by name.
    """
    rows = []
    for number in range(10):
        third = ("LBY", "TUN")[number % 2]
        rows += [(f"A{number}", "DZA"), (f"A{number}", third), (f"M{number}", "MAR"), (f"M{number}", third)]
    rows += [(f"S{number}", code) for number in range(20) for code in ("MLI", "NER", "TCD")]
    table = pd.DataFrame(rows, columns=["initiative", "state"])
    return table.assign(
        short_name=table["initiative"].replace({"M0": "CEN-SAD", "M1": "CEN-SAD charter", "M2": "CEN-SADLY"}),
        led_by="african",
        scope="core",
        bilateral=table["initiative"] == "A0",
        declared_only=False,
        body=(table["initiative"] == "A1").map({True: "AU", False: None}),
        verification=(table["initiative"] == "A2").map({True: "partial", False: "yes"}),
        from_day=pd.Timestamp(2000, 1, 1),
        until=pd.NaT,
        seen=pd.Timestamp(2010, 1, 1),
    )


DAY = pd.Timestamp(2006, 1, 1)


def test_chance_that_knows_the_maghreb_keeps_its_members(circles):
    """If any state may sit anywhere, ten initiatives of forty are shared by few; among Maghreb states alone, by more.

    Dropping the part of the region from the rule would give the looser number.
    """
    loose, close = (
        network.gap(circles, DAY, null, draws=200).set_index("scope").loc["all"] for null in ("anyone", "neighbours")
    )
    assert loose["shared"] == close["shared"] == 0
    assert loose["memberships_1"] == close["memberships_1"] == 10
    assert loose["expected"] < 2.5 < 3 < close["expected"]
    assert close["as_few"] < loose["as_few"]


def test_scopes_leave_out_what_they_name(circles):
    """Outside the Union one less, then what is named alone, what is wider than two states, and what is not CEN-SAD's."""
    found = network.gap(circles, DAY, "neighbours", draws=20).set_index("scope")["initiatives"]
    assert found.to_dict() == {
        "all": 40,
        "no_union": 39,
        "named": 38,
        "core_no_union": 39,
        "no_pairs": 38,
        "no_censad": 37,
        "with_mixed": 39,
    }


def test_gap_is_that_of_the_pair(ties):
    """The pair is compared as it would be by itself, and stands with nothing shared if it belongs to nothing."""
    found = network.gap(ties, DAY, "anyone", draws=50).set_index("scope")
    pairs = overlap.against_chance(overlap.incidence(network.at(ties, DAY), "state"), 50)
    pair = pairs.query("state_1 == 'DZA' and state_2 == 'MAR'").squeeze()
    assert found.at["with_mixed", "expected"] == pair["expected"]
    assert found.loc["all", ["initiatives", "shared"]].tolist() == [2, 0]


def test_neighbours_are_corrected_as_one_family(circles):
    """Ten pairs of five Maghreb states: the lowest p-value is corrected by at most their number, the highest not at all."""
    found = network.among_neighbours(network.at(circles, DAY), draws=50)
    assert len(found) == 10
    assert is_pair(found.head(1)).all()
    assert found["beyond"].is_monotonic_increasing
    assert (found["corrected"] >= found["as_few"]).all()
    lowest = found["as_few"].min()
    assert lowest < found["corrected"].min() <= 10 * lowest
    assert found["corrected"].max() == found["as_few"].max() == 1


def test_the_maghreb_is_that_of_the_countries():
    """The states that trade places under the closer rule are those whose region is the Maghreb."""
    countries = load("countries")
    assert set(countries.query("region == 'Maghreb' and status == 'state'")["iso3"]) == set(MAGHREB)


@pytest.mark.slow
def test_the_gap_goes_through_two_absences():
    """What the box of the chapter says: outside the Union the pair is low among neighbours, without CEN-SAD it is not, and the looser rule does not see it."""
    countries = load("countries")
    ties = network.ties(
        load("memberships"), load("initiatives"), pd.Index(countries.loc[countries["status"] == "state", "iso3"])
    )
    close = network.gap(ties, ARTICLE, "neighbours", draws=300).set_index("scope")
    low = close["as_few"] < 0.05
    assert not low["no_censad"]
    assert low.drop("no_censad").all()
    loose = network.gap(ties, ARTICLE, "anyone", draws=60).set_index("scope")["as_few"]
    assert loose["all"] < 0.05 < loose.drop("all").min()
    pairs = network.among_neighbours(network.at(ties.query(network.SCOPES["no_union"]), ARTICLE), draws=300)
    assert is_pair(pairs.iloc[[0]]).all()
    assert is_pair(pairs.iloc[[1]], ("LBY", "MRT")).all()


def test_labels_keep_clear_of_other_points():
    """A state with another one close to its right has its label on the left, on a telephone too."""
    table = pd.DataFrame(
        {
            "state": ["MAR", "MRT"],
            "initiatives": [16, 24],
            "deaths_best": 17,
            "deaths_low": 17,
            "deaths_high": 17,
            "per_million": 1.0,
        }
    )
    figure = draw.deaths({"then": table}, pd.Series({"MAR": "Morocco", "MRT": "Mauritania"}), "t", "a")
    assert figure.data[0].textposition == ("middle left", "middle right")


def test_ties_beside_deaths(ties):
    """A state without ties is there with none; deaths per million follow the population."""
    deaths = pd.DataFrame(
        {
            "iso3": ["NER", "MLI", "DZA", "MAR", "TUN"],
            "deaths_low": 0,
            "deaths_best": [8, 4, 2, 1, 0],
            "deaths_high": 9,
            "population": 2_000_000,
        }
    )
    found = network.beside_deaths(network.at(ties, pd.Timestamp(1999, 1, 1)), deaths, STATES)
    assert found[["state", "initiatives", "per_million"]].values.tolist() == [
        ["NER", 0, 4.0],
        ["MLI", 1, 2.0],
        ["DZA", 1, 1.0],
        ["MAR", 1, 0.5],
    ]
    rho, p = network.go_together(found)
    assert rho == pytest.approx(-0.7746, abs=1e-4)
    assert 0.2 < p < 0.25


def test_share_of_deaths_covered(ties):
    """Mali and Morocco have 5 of 15 deaths by the best estimate, 1 of 4 by the low and half by the high one."""
    deaths = pd.DataFrame(
        {
            "iso3": ["DZA", "MAR", "MLI", "NER"],
            "deaths_low": [1, 0, 1, 2],
            "deaths_best": [2, 1, 4, 8],
            "deaths_high": [2, 8, 8, 14],
        }
    )
    found = network.covered(network.at(ties, pd.Timestamp(2006, 1, 1)), deaths).set_index("initiative")
    assert found.loc["B", ["states", "share", "share_low", "share_high"]].tolist() == [
        2,
        pytest.approx(5 / 15),
        0.25,
        0.5,
    ]
    assert found.index.tolist() == ["A", "C", "B"]


def test_the_bodies_of_the_union_are_those_it_leads():
    """Every African-led initiative that the OAU or the AU leads alone is marked as its own, and none that is led from outside or joins two states."""
    initiatives = load("initiatives").set_index("id")
    led = initiatives.index[
        initiatives["lead_actor"].str.contains(r"^(?:AU|OAU)\b") & (initiatives["led_by"] == "african")
    ]
    marked = initiatives[initiatives["body"] == "AU"]
    assert set(led) <= set(marked.index)
    assert set(marked["led_by"]) == {"african"}
    assert not marked["bilateral"].any()


def test_the_slider_shows_the_ties_of_each_day(ties):
    """On every step as many lines are seen as ties stand, the new ones thick; the step says what is new; a picture for print has no slider."""
    days = {"first": pd.Timestamp(1999, 12, 31), "second": pd.Timestamp(2005, 3, 1), "third": pd.Timestamp(2012, 1, 1)}
    names = pd.Series(STATES, index=STATES)
    figure = draw.moving(ties, network.positions(ties), days, "second", names, "title", "alt").to_plotly_json()
    steps = figure["layout"]["sliders"][0]["steps"]
    for step, day in zip(steps, days.values(), strict=True):
        seen = [
            trace
            for trace, visible in zip(figure["data"], step["args"][0]["visible"], strict=True)
            if visible and trace["mode"] == "lines"
        ]
        standing = network.at(ties, day)
        assert sum(len(trace["x"]) // 3 for trace in seen) == len(standing)
        assert sum(len(trace["x"]) // 3 for trace in seen if trace["line"]["width"] == 2) == (
            5 if step["label"] == "second" else len(standing) * (step["label"] == "first")
        )
    assert [trace["visible"] for trace in figure["data"][:-4]] == steps[1]["args"][0]["visible"][:-4]
    assert steps[0]["value"] == "first: initiatives 1, ties 3, new ties 3. New initiatives: Charlie."
    assert steps[2]["value"] == "third: initiatives 2, ties 4, new ties 0. New initiatives: none."
    assert "sliders" not in titled(figure, 720)["layout"]
    rows = {row[0]: row[1:] for row in figure["layout"]["meta"]["rows"]}
    assert rows["Charlie"] == ["1990-01-01: DZA, MAR, MLI", "2011-12-31: DZA, MAR, MLI", "2011-12-31"]
    assert rows["Able"][:2] == ["2000-01-01: DZA, MLI, NER", "2010-06-30: MLI"]
