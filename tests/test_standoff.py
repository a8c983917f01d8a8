"""The standoff, and the trade of a pair against its benchmark, on tables whose answers are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize

from claimbook.package.tables import load
from cooperation.measures import gravity, standoff

from project import ROOT

END = pd.Timestamp(1978, 4, 30)


@pytest.fixture
def events():
    """Four events in three spans of five years, one of them from memory."""
    return pd.DataFrame(
        {
            "id": ["A", "B", "C", "D"],
            "date": ["1963-10", "1969", "1974-05-01", "1964"],
            "title": ["war", "treaty", "talks", "recalled"],
            "direction": pd.array([-2, 2, 1, -1], dtype="Int64"),
            "act": ["towards", "third party", None, None],
            "verification": ["yes", "partial", "yes", "memory"],
        }
    )


def test_events_fall_into_spans_cut_at_the_ends_of_the_record(events):
    """The first and the last span are named by the years they cover, and what rests on memory is left out."""
    table = standoff.relation(events)
    assert table[["id", "span"]].to_numpy().tolist() == [["A", "1963-64"], ["B", "1965-69"], ["C", "1970-74"]]


def test_only_acts_of_one_government_towards_the_other_are_between_the_two(events):
    """What is towards a third party, private, of others, unproven or disputed is none, nor is a step not coded."""
    assert standoff.between_governments(events).tolist() == ["A"]
    for act in standoff.ACTS:
        kept = standoff.between_governments(events.assign(act=act)).tolist()
        assert kept == (["A", "B", "C", "D"] if act == "towards" else [])


def test_every_code_of_an_act_has_its_words():
    """The table knows no code that readers do not see in words, and the other way round."""
    assert set(load("dispute_events", ROOT / "data")["act"].dropna()) == set(standoff.ACTS)


def test_a_span_without_events_stays_in_the_count(events):
    """A quiet stretch is shown as quiet, not skipped."""
    counts = standoff.by_span(standoff.relation(events[events["id"] != "B"]))
    assert counts.index.tolist() == ["1963-64", "1965-69", "1970-74"]
    assert counts.loc["1965-69", list(range(-2, 3))].sum() == 0
    assert np.isnan(counts.at["1965-69", "mean"])
    assert (counts.at["1963-64", -2], counts.at["1963-64", "mean"]) == (1, -2)


def test_spans_that_follow_one_another_are_told_as_one(events):
    """Years of a run are its first and last, in full over a change of century; what opens and closes is summed apart."""
    assert standoff.merged(["1975-79", "1980-84", "1995-99", "2000-04", "2010-14"]) == [
        "1975-84",
        "1995-2004",
        "2010-14",
    ]
    sums = standoff.balance(standoff.by_span(standoff.relation(events)))
    assert sums.loc["1963-64"].to_dict() == {"opens": 0, "closes": 1}
    assert sums.loc["1970-74"].to_dict() == {"opens": 1, "closes": 0}


def test_talks_are_what_the_united_nations_did_after_the_resolution():
    """Acts before it, acts that close, acts of others and what rests on memory are left out."""
    events = pd.DataFrame(
        {
            "id": ["text", "later", "first", "before", "closing", "other", "recalled"],
            "date": ["2025-10-31", "2026-02-08", "2026-01", "2025-10-30", "2026-03", "2026-03", "2026-04"],
            "kind": ["un", "un", "un", "un", "un", "diplomatic", "un"],
            "direction": [-1, 1, 1, 1, -1, 1, 1],
            "verification": [*["yes"] * 6, "memory"],
        }
    )
    actors = pd.DataFrame({"event": events["id"], "actor": "UN"})
    found = standoff.talks(events, actors, "text")
    assert found["date"].tolist() == ["2026-01", "2026-02-08"]
    assert found["actors"].tolist() == [{"UN"}, {"UN"}]


def test_channels_run_from_one_event_to_the_next():
    """A spell ends where the next event of its channel begins, and the last one at the day given."""
    spells = standoff.channels(load("dispute_events", ROOT / "data"), "2026-08-31")
    ties = spells[spells["channel"] == "relations"]
    assert ties["open"].tolist() == [False, True, False]
    assert ties["end"].tolist() == [*ties["start"].iloc[1:], pd.Timestamp(2026, 8, 31)]


@pytest.fixture
def stock():
    """One state without doubt, one whose withdrawal is doubtful, one known from memory, one with two dates, one without."""
    rows = [
        ("R1", "AAA", "1976", "recognised", "yes"),
        ("R2", "AAA", "1978-03", "withdrew", "yes"),
        ("R3", "BBB", "1976-02-28", "recognised", "yes"),
        ("R4", "BBB", "1977-06-01", "froze", "disputed"),
        ("R5", "CCC", "1976", "recognised", "memory"),
        ("R6", "DDD", "1977-01-05", "recognised", "disputed"),
        ("R7", "EEE", None, "none recorded", "yes"),
        ("R8", "EEE", None, "recognised", "partial"),
        ("R9", "BBB", "1978-06", "recognised", "memory"),
    ]
    recognitions = pd.DataFrame(rows, columns=["id", "actor", "date", "action", "verification"])
    doubts = pd.DataFrame(
        {
            "recognition": ["R4", "R5", "R6", "R9"],
            "doubt": ["act", "act", "date", "act"],
            "other_date": [None, None, "1976-12-30", None],
        }
    )
    regions = pd.DataFrame(
        {"actor": ["AAA", "BBB", "CCC", "DDD", "EEE"], "region": ["Africa", "Africa", "Africa", "Asia", "Asia"]}
    )
    return standoff.recognition_stock(recognitions, doubts, regions, END).set_index(["region", "year"])


def test_doubtful_steps_widen_the_range_and_memory_stays_out(stock):
    """A doubtful freeze counts in the line and opens the range upwards; a state known from memory is in the range only."""
    assert stock.loc["Africa"][["states", "low", "high"]].to_numpy().tolist() == [[2, 2, 3], [1, 1, 3], [0, 0, 2]]


def test_a_second_date_moves_a_step_within_the_range(stock):
    """A recognition that one source dates a year earlier may count a year earlier."""
    assert stock.loc["Asia"][["states", "low", "high"]].to_numpy().tolist() == [[0, 0, 1], [1, 1, 1], [1, 1, 1]]


def test_a_step_after_the_day_asked_is_passed_over(stock):
    """What is only later than the cut-off counts neither in the line nor in the range, and the last year ends there."""
    assert stock.loc[("Africa", 1978), "high"] == 2
    assert stock.index.get_level_values("year").max() == END.year


def test_a_year_ends_on_its_last_day():
    """A step of New Year's Eve counts in its year, one of the next day does not."""
    recognitions = pd.DataFrame(
        {
            "id": ["R1", "R2"],
            "actor": ["AAA", "BBB"],
            "date": ["1976-12-31", "1977-01-01"],
            "action": "recognised",
            "verification": "yes",
        }
    )
    doubts = pd.DataFrame({"recognition": ["R9"], "doubt": ["act"], "other_date": [None]})
    regions = pd.DataFrame({"actor": ["AAA", "BBB"], "region": "Africa"})
    found = standoff.recognition_stock(recognitions, doubts, regions, pd.Timestamp(1977, 1, 1))
    assert found[["year", "states", "low", "high"]].to_numpy().tolist() == [[1976, 1, 1, 1], [1977, 2, 2, 2]]


def test_every_step_in_doubt_says_what_is_in_doubt():
    """Each step that is not fully sourced has a row in the table of doubts, and no other step has."""
    recognitions = load("recognitions", ROOT / "data").query("action != 'none recorded'")
    doubts = load("recognition_doubts", ROOT / "data")
    assert set(doubts["recognition"]) == set(recognitions.loc[recognitions["verification"] != "yes", "id"])
    undated = recognitions.loc[recognitions["date"].isna(), "id"]
    assert doubts.set_index("recognition").loc[undated, "other_date"].notna().all()


def test_every_recogniser_has_a_region():
    """The regions cover the members of the United Nations that recognised the SADR: 84, and South Ossetia is not one."""
    recognised = load("recognitions", ROOT / "data").query("action == 'recognised'")["actor"]
    assert set(recognised) - {"OST"} == set(load("state_regions", ROOT / "data")["actor"])


def test_votes_add_up_to_the_council():
    """Who is neither for, against nor abstaining did not vote."""
    votes = standoff.council_votes(
        pd.DataFrame(
            {
                "resolution": [2, 1],
                "date": ["2025-10-31", "1991-04-29"],
                "votes_for": [11, 15],
                "votes_against": [0, 0],
                "abstentions": [3, 0],
                "mandate_until": ["2026-10-31", None],
                "months": [12, None],
                "note": ["", ""],
            }
        )
    )
    assert votes["resolution"].tolist() == [1, 2]
    assert votes["did_not_vote"].tolist() == [0, 1]
    assert votes["unanimous"].tolist() == [True, False]
    assert votes["renewal"].tolist() == [False, True]


def test_an_estimate_takes_its_values_from_the_published_figures():
    """A range has the values of two rows, and its unit."""
    table = standoff.cost_estimates(
        pd.DataFrame({"id": ["x"], "low": ["F1"], "high": ["F2"], "maker": ["m"], "counts": ["c"], "basis": ["b"]}),
        pd.DataFrame(
            {
                "id": ["F1", "F2"],
                "value": [2.0, 3.0],
                "unit": ["percent"] * 2,
                "year": ["2008"] * 2,
                "verification": ["yes"] * 2,
            }
        ),
    )
    assert table[["low", "high", "unit"]].to_numpy().tolist() == [[2.0, 3.0, "percent"]]


def test_distance_on_the_sphere():
    """A quarter of the equator, and Algiers to Rabat to the kilometre."""
    assert gravity.great_circle(0, 0, 0, 90) == pytest.approx(np.pi / 2 * gravity.EARTH_KM)
    assert gravity.great_circle(36.77, 3.05, 34.03, -6.84) == pytest.approx(946, abs=1)


def test_western_sahara_lies_between_morocco_and_mauritania():
    """Outlines that touch are neighbours; Morocco and Mauritania are not."""
    pairs = gravity.neighbours(load("boundaries", ROOT / "data"))
    assert {frozenset(("MAR", "ESH")), frozenset(("ESH", "MRT")), frozenset(("DZA", "MAR"))} <= pairs
    assert frozenset(("MAR", "MRT")) not in pairs


def test_a_pair_without_a_record_trades_nothing():
    """The source has no flow between Libya and Chad: both directions stand as zero, and no pair is lost."""
    table = gravity.flows(
        *(load(name, ROOT / "data") for name in ("trade", "economy", "capitals", "boundaries", "countries"))
    )
    assert len(table) == 18 * 17
    assert table.loc[table["pair"] == "LBY-TCD", "all_goods"].tolist() == [0, 0]
    assert (table["no_minerals"] <= table["all_goods"]).all()


@pytest.fixture
def world():
    """Five states that trade exactly as the equation says, but for A and B, which trade a tenth of it."""
    size = {"A": 5.0, "B": 4.0, "C": 3.0, "D": 4.5, "E": 3.5}
    rows = []
    for one, two in [(x, y) for x in size for y in size if x != y]:
        km = 100.0 * (1 + (ord(one) * ord(two)) % 7)
        flow = np.exp(0.8 * size[one] + 0.6 * size[two] - 1.0 * np.log(km))
        rows.append(
            (
                one,
                two,
                "-".join(sorted((one, two))),
                flow / 10 if {one, two} == {"A", "B"} else flow,
                size[one],
                size[two],
                np.log(km),
            )
        )
    return pd.DataFrame(rows, columns=["exporter", "importer", "pair", "all_goods", *gravity.BASE[:3]])


def test_the_pair_in_question_is_measured_by_the_others(world):
    """A pair that trades a tenth of what the others let expect has a ratio of a tenth, and the lowest place."""
    pairs = gravity.every_pair(world, "all_goods", gravity.BASE[:3])
    low = pairs.iloc[0]
    assert low["pair"] == "A-B"
    assert low["ratio"] == pytest.approx(0.1, rel=1e-6)
    assert low["low"] == pytest.approx(low["expected"], rel=1e-4)
    assert gravity.standing(pairs, "A-B")["below"] == 0
    assert gravity.standing(pairs, pairs["pair"].iloc[-1])["below"] == len(pairs) - 1


def test_effects_of_each_country_take_up_what_is_its_own(world):
    """With an effect of each exporter and importer but the first, a country that trades more is no longer a surprise."""
    raised = world.assign(all_goods=world["all_goods"] * np.where(world["exporter"] == "C", 3.0, 1.0))
    result = gravity.fit(raised[raised["pair"] != "A-B"], "all_goods", ("log_km",), effects=True)
    countries = [f"{side}_{name}" for side in ("exporter", "importer") for name in "BCDE"]
    assert result.params.index.tolist() == ["log_km", "const", *countries]
    assert result.params["log_km"] == pytest.approx(-1)
    assert result.params["exporter_C"] == pytest.approx(0.8 * (3 - 5) + np.log(3))


def test_the_interval_is_that_of_the_expectation(world):
    """By the delta method on the log scale: of the sum of both directions, with errors clustered by pair."""
    noisy = world.assign(all_goods=world["all_goods"] * np.tile([0.5, 1.5, 1.2], 7)[: len(world)])
    row = gravity.every_pair(noisy, "all_goods", gravity.BASE[:3]).set_index("pair").loc["C-D"]
    own = noisy["pair"] == "C-D"
    result = gravity.fit(noisy[~own], "all_goods", gravity.BASE[:3])
    design = noisy.loc[own, list(gravity.BASE[:3])].assign(const=1.0).to_numpy()
    each = np.exp(design @ result.params.to_numpy())
    gradient = (each[:, None] * design).sum(axis=0) / each.sum()
    error = np.sqrt(gradient @ result.cov_params().to_numpy() @ gradient)
    assert row["expected"] == pytest.approx(each.sum(), rel=1e-5)
    assert row["actual"] == pytest.approx(noisy.loc[own, "all_goods"].sum())
    assert row["ratio"] == pytest.approx(row["actual"] / row["expected"])
    assert (row["low"], row["high"]) == pytest.approx(
        tuple(each.sum() * np.exp([-1.96 * error, 1.96 * error])), rel=1e-4
    )


def test_a_pair_stands_among_the_others():
    """Two of four others fall shorter; one that is equal does not."""
    pairs = pd.DataFrame({"pair": list("ABCDE"), "ratio": [0.1, 0.3, 0.5, 0.5, 2.5]})
    place = gravity.standing(pairs, "C")
    assert (place["others"], place["below"], place["median"]) == (4, 2, pytest.approx(0.4))
    assert (place["low"], place["high"]) == pytest.approx((0.1 + 0.2 * 0.075, 2.5 - 2 * 0.075))


def test_specifications_leave_out_what_they_say(world, monkeypatch):
    """Without Libya, with the north alone, with effects of each country: the ratio by the bounds of the expectation."""
    names = {"A": "LBY", "B": "DZA", "C": "MAR", "D": "TUN", "E": "MLI"}
    table = world.assign(pair=world["pair"].map(lambda pair: "-".join(names[end] for end in pair.split("-"))))
    table["north"] = (~table["pair"].str.contains("MLI")).astype(float)
    asked = []

    def every_pair(part, goods, columns, effects):
        asked.append((len(part), goods, columns, effects))
        return pd.DataFrame(
            {"pair": ["DZA-MAR", "X-Y"], "ratio": [0.5, 0.2], "actual": [10.0, 1], "low": [8.0, 1], "high": [40.0, 1]}
        )

    monkeypatch.setattr(gravity, "every_pair", every_pair)
    found = gravity.specifications(table, "DZA-MAR")
    assert found["specification"].tolist() == [name for name in gravity.SPECIFICATIONS for _ in gravity.GOODS]
    assert (found[["pairs", "ratio", "low", "high", "below"]] == [1, 0.5, 0.25, 1.25, 1]).all(axis=None)
    sizes = {name: size for (size, *_), name in zip(asked, found["specification"], strict=True)}
    assert sizes == dict.fromkeys(gravity.SPECIFICATIONS, 20) | {"no_libya": 12, "north_alone": 12}
    assert {name for (*_, effects), name in zip(asked, found["specification"], strict=True) if effects} == {"effects"}


def test_flows_carry_what_explains_them():
    """Three states in a row on a map of squares: who trades what with whom, and what is known of both."""
    square = [(0, 0), (1, 0), (1, 1), (0, 1)]
    corners = [
        (iso3, ring, x + shift, y)
        for iso3, ring, shift in (("MAR", 1, 0), ("MRT", 1, 5), ("MLI", 1, 6), ("MLI", 2, 9))
        for x, y in square
    ]
    table = gravity.flows(
        pd.DataFrame(
            [("MAR", "MRT", 5000, 2000), ("MLI", "MAR", 700, 0)],
            columns=["exporter", "importer", "exports_usd_thousands", "minerals_usd_thousands"],
        ),
        pd.DataFrame(
            [("MAR", 2011, 1.0), ("MAR", 2012, 100.0), ("MAR", 2022, 300.0), ("MAR", 2023, 1.0)]
            + [(iso3, 2015, 50.0) for iso3 in ("MRT", "MLI")],
            columns=["iso3", "year", "gdp_usd_millions"],
        ),
        pd.DataFrame({"iso3": ["MAR", "MRT", "MLI"], "latitude": [0, 0, 90], "longitude": [0, 90, 0]}),
        pd.DataFrame(corners, columns=["iso3", "ring", "longitude", "latitude"]),
        pd.DataFrame({"iso3": ["MAR", "MRT", "MLI"], "region": ["Maghreb", "Maghreb", "Sahel"]}),
    ).set_index(["exporter", "importer"])
    assert len(table) == 6
    there = table.loc[("MAR", "MRT")]
    assert there[["pair", "all_goods", "no_minerals"]].tolist() == ["MAR-MRT", 5, 3]
    assert there[["log_gdp_exporter", "log_gdp_importer"]].tolist() == pytest.approx([np.log(200), np.log(50)])
    assert there["km"] == pytest.approx(np.pi / 2 * gravity.EARTH_KM)
    assert there["log_km"] == pytest.approx(np.log(there["km"]))
    assert there[["contiguous", "contiguous_cow", "north"]].tolist() == [0, 1, 1]
    assert table.loc[("MRT", "MLI"), ["all_goods", "contiguous", "contiguous_cow", "north"]].tolist() == [0, 1, 1, 0]
    assert table.loc[("MLI", "MAR"), ["all_goods", "contiguous", "contiguous_cow", "north"]].tolist() == [0.7, 0, 0, 0]


def test_the_estimate_is_poisson_pseudo_likelihood(world):
    """The coefficients maximise the Poisson likelihood of the flows in levels, and do not depend on their unit."""
    noisy = world.assign(all_goods=world["all_goods"] * np.tile([0.5, 1.5], len(world) // 2))
    result = gravity.fit(noisy, "all_goods", gravity.BASE[:3])
    design = sm.add_constant(noisy[list(gravity.BASE[:3])]).to_numpy()
    flow = noisy["all_goods"].to_numpy() / noisy["all_goods"].mean()
    direct = minimize(
        lambda b: (np.exp(design @ b) - flow * (design @ b)).sum(), np.zeros(4), method="BFGS", options={"gtol": 1e-9}
    )
    assert result.params[list(gravity.BASE[:3])].tolist() == pytest.approx(direct.x[1:].tolist(), abs=1e-4)
    doubled = gravity.fit(noisy.assign(all_goods=2 * noisy["all_goods"]), "all_goods", gravity.BASE[:3])
    assert doubled.params["log_km"] == pytest.approx(result.params["log_km"], abs=1e-6)
