"""What the chapter on the aftermath counts, on tables small enough to check by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.package.tables import load
from cooperation.figures import aftermath as draw
from cooperation.figures import aftermath_words
from cooperation.measures import aftermath
from cooperation.measures.record import cutoff
from cooperation.periods import ARTICLE, EXITS
from cooperation.states import CENTRAL_SAHEL

CLOSED = pd.Timestamp(2020, 12, 31)
NO_ENDS = pd.DataFrame({"initiative": ["OTHER"], "earliest": ["2011"], "latest": ["2012"], "verification": ["yes"]})


@pytest.fixture
def known():
    """Five initiatives: one before the periods, one ended, one silent, one met lately, one never seen again."""
    initiatives = pd.DataFrame(
        {
            "id": ["OLD", "END", "QUIET", "MET", "NEVER"],
            "founded": ["1989", "2010-01-01", "2010-01-01", "2012-02-01", "2013-06-01"],
            "ended": [None, "2014", None, None, None],
            "status_latest_date": ["2020", "2014", "2012-01-01", "2013", "2013-06-01"],
            "bilateral": [False, False, False, True, True],
            "led_by": ["african", "african", "mixed", "african", "external"],
        }
    )
    meetings = pd.DataFrame({"initiative": ["MET", "MET", "QUIET"], "date": ["2014-05", "2020-03", "2011"]})
    return aftermath.evidence(initiatives, meetings, NO_ENDS, CLOSED)


def test_last_evidence_is_the_latest_of_all(known):
    """A meeting after the last status counts as the last evidence, an earlier one does not."""
    assert dict(zip(known["id"], known["seen"].astype(str), strict=True)) == {
        "END": "2014-12-31",
        "QUIET": "2012-01-01",
        "MET": "2020-03-31",
        "NEVER": "2013-06-01",
    }
    assert known.set_index("id")["period"].to_dict() == {
        "END": "baseline",
        "QUIET": "baseline",
        "MET": "cascade",
        "NEVER": "cascade",
    }


def test_what_is_later_than_the_close_is_not_known():
    """A founding after the close is not there, an end after it has not come, a later trace counts on the day of the close."""
    initiatives = pd.DataFrame(
        {
            "id": ["LIVES", "ENDS", "COMES"],
            "founded": ["2013", "2013", "2021-02"],
            "ended": [None, "2021-03", None],
            "status_latest_date": ["2021-05", "2020", "2021-02"],
            "bilateral": False,
            "led_by": "african",
        }
    )
    meetings = pd.DataFrame({"initiative": ["OTHER"], "date": ["2015"]})
    table = aftermath.evidence(initiatives, meetings, NO_ENDS, CLOSED)
    assert set(table["id"]) == {"LIVES", "ENDS"}
    assert (table["seen"] == CLOSED).all()
    assert table[["end_from", "end_to"]].isna().all(axis=None)


def test_silence_ends_a_spell_by_one_reading_only(known):
    """By the first reading only a recorded end counts; by the second also what was last seen too long ago."""
    recorded = aftermath.spells(known, CLOSED, None).set_index("id")
    silent = aftermath.spells(known, CLOSED, 3).set_index("id")
    assert recorded["over"].to_dict() == {"END": True, "QUIET": False, "MET": False, "NEVER": False}
    assert silent["over"].to_dict() == {"END": True, "QUIET": True, "MET": False, "NEVER": True}
    assert recorded.at["QUIET", "years"] == pytest.approx(11, abs=0.01)
    assert silent.at["QUIET", "years"] == pytest.approx(2, abs=0.01)
    assert silent.at["NEVER", "years"] == 0
    assert recorded.at["END", "years"] == pytest.approx(5, abs=0.01)
    assert silent.at["END", "years"] == pytest.approx(4, abs=0.01)


def test_an_end_without_a_day_counts_late_or_early_and_a_disputed_one_by_one_reading():
    """By the reading that errs towards long lives an end counts on its last possible day, and not at all if disputed."""
    initiatives = pd.DataFrame(
        {
            "id": ["TOLD", "DENIED"],
            "founded": ["2010-01-01"] * 2,
            "ended": [None, None],
            "status_latest_date": ["2020-12-31"] * 2,
            "bilateral": [False, False],
            "led_by": ["african"] * 2,
        }
    )
    ends = pd.DataFrame(
        {
            "initiative": ["TOLD", "DENIED"],
            "earliest": ["2012-01-01", "2013"],
            "latest": ["2014-01-01", "2013"],
            "verification": ["yes", "disputed"],
        }
    )
    known = aftermath.evidence(initiatives, pd.DataFrame({"initiative": ["OTHER"], "date": ["2015"]}), ends, CLOSED)
    long, short = (aftermath.spells(known, CLOSED, silence).set_index("id") for silence in (None, 3))
    assert long["over"].to_dict() == {"TOLD": True, "DENIED": False}
    assert short["over"].to_dict() == {"TOLD": True, "DENIED": True}
    assert [round(part.at["TOLD", "years"]) for part in (long, short)] == [4, 2]
    assert [round(part.at["DENIED", "years"]) for part in (long, short)] == [11, 3]
    assert dict(zip(known["id"], aftermath.fates(known, CLOSED), strict=True)) == {"TOLD": "ended", "DENIED": "seen"}


def test_lead_tells_african_from_all_others(known):
    """What is led jointly with outsiders stands with what is led from outside."""
    assert known.set_index("id")["lead"].to_dict() == {
        "END": "african",
        "QUIET": "outside",
        "MET": "african",
        "NEVER": "outside",
    }


def spans(years, over):
    """Spells of given lengths: ended ones have a recorded end, the others are seen on the last day."""
    start = pd.Timestamp(2000, 1, 1)
    ends = [start + pd.Timedelta(days=year * 365.25) for year in years]
    dated = [end if gone else pd.NaT for end, gone in zip(ends, over, strict=True)]
    return pd.DataFrame(
        {"group": "g", "from_day": start, "seen": ends, "end_from": dated, "end_to": dated, "disputed": False}
    )


def test_interval_is_that_of_greenwood_on_the_log_log_scale():
    """Ten of which one ends after a year: 0.9 with the interval of a textbook formula worked by hand."""
    curves = aftermath.surviving(spans([1] + [9] * 9, [True] + [False] * 9), pd.Timestamp(2009, 1, 1), 3, by="group")
    low, high = (aftermath.after(curves, 1, column).loc["g", "silence"] for column in ("low", "high"))
    assert (low, high) == pytest.approx((0.4730, 0.9853), abs=1e-3)
    assert aftermath.after(curves, 0.5, "low").isna().all(axis=None)


def test_a_curve_begins_with_all_and_ends_with_the_longest_spell():
    """Ten of which one ends after a year and the others live: three steps, with who was at risk at each."""
    curves = aftermath.surviving(spans([1] + [9] * 9, [True] + [False] * 9), pd.Timestamp(2009, 1, 1), 3, by="group")
    silent = curves[curves["reading"] == "silence"]
    assert silent["years"].round(1).tolist() == [0, 1, 9]
    assert silent["share"].tolist() == pytest.approx([1, 0.9, 0.9])
    assert silent["at_risk"].tolist() == [10, 10, 1]
    assert curves.index.tolist() == list(range(len(curves)))


def test_groups_stand_in_the_order_in_which_they_come():
    """Not by their names."""
    table = pd.concat([spans([1, 2], [True, True]).assign(group=name) for name in ("late", "early")])
    assert aftermath.after(aftermath.surviving(table, CLOSED, 3, by="group"), 1).index.tolist() == ["late", "early"]
    assert aftermath.unknown_day(table, CLOSED, [1], by="group")["group"].tolist() == ["late", "early"]


def test_band_follows_the_curve_to_its_end():
    """The last step, where nothing more ends, keeps the interval of the one before; earlier leavers do not move it."""
    years, over = [1, 2, 3, 4, 5, 6], [False, True, False, True, False, False]
    curves = aftermath.surviving(spans(years, over), pd.Timestamp(2006, 1, 1), 3, by="group")
    silent = curves[curves["reading"] == "silence"]
    assert silent["share"].is_monotonic_decreasing
    assert silent.iloc[-1]["years"] == pytest.approx(6, abs=0.01)
    assert silent.iloc[-1]["low"] == silent.iloc[-2]["low"] < silent.iloc[-1]["share"] < silent.iloc[-1]["high"]


def test_no_interval_where_nothing_is_left():
    """A curve that falls to zero has an interval up to its last step and none there."""
    curves = aftermath.surviving(spans([1, 2, 3], [True, True, True]), pd.Timestamp(2006, 1, 1), 3, by="group")
    silent = curves[curves["reading"] == "silence"].set_index("share")
    assert silent["low"].notna().tolist() == [False, True, True, False]


def test_unknown_day_recovers_known_lengths():
    """With ends known to the day the fitted share is near that of the data; what none can have reached is left out."""
    known = spans([n + 0.5 for n in range(10) for _ in range(10 - n)], [True] * 55)
    fitted = aftermath.unknown_day(known, pd.Timestamp(2010, 1, 1), [0, 3, 30], by="group").set_index("years")["share"]
    alive = sum(10 - n for n in range(10) if n + 0.5 > 3) / 55
    assert fitted.index.tolist() == [0, 3]
    assert fitted[0] == 1
    assert fitted[3] == pytest.approx(alive, abs=0.05)


def test_unknown_day_bounds_each_end(monkeypatch):
    """A known day is an interval of one day, silence one from the last trace to the close; what lives is longer."""
    given = {}
    monkeypatch.setattr(aftermath, "CensoredData", lambda **data: given.update(data))
    monkeypatch.setattr(aftermath.weibull_min, "fit", lambda *_, **__: (1.0, 0.0, 1.0))
    table = spans([2, 3, 8], [True, False, False])
    closed = pd.Timestamp(2008, 1, 2)
    assert aftermath.unknown_day(table, closed, [1, 9], by="group")["years"].tolist() == [1]
    day = 1 / 365.25
    (known, silent), (lives,) = given["interval"].tolist(), given["right"].tolist()
    assert known == pytest.approx([2, 2 + day], abs=day / 2)
    assert silent == pytest.approx([3, 8], abs=2 * day)
    assert lives == pytest.approx(8, abs=2 * day)


def test_unknown_day_needs_an_end():
    """A group in which all were seen lately says nothing of when they end."""
    assert aftermath.unknown_day(spans([5, 5], [False, False]), pd.Timestamp(2005, 1, 2), [1], by="group").empty


def test_fate_of_baggage_follows_one_rule():
    """Measures stand until undone, charges for three years; the article tells old quarrels, and old grounds, from new."""
    rows = [
        ("kept", "2000", None, "closure"),
        ("kept", "2016", "2017", "recall"),
        ("kept", "2018", None, "break"),
        ("in_part", "1990", "2019", "exit"),
        ("in_part", "2013", None, "absence"),
        ("let_go", "1990", "2019", "closure"),
        ("unheard", "2010", None, "charge"),
        ("unheard", "2010", "2011", "recall"),
        ("still said", "2010", None, "charge"),
        ("still said", "2019-06", None, "charge"),
        ("new", "2015", None, "exit"),
        ("mended", "2016", "2018", "recall"),
        ("mended", "2016", None, "threat"),
        ("kept since the day", "2014-05-14", None, "closure"),
        ("kept and worse", "2010", "2016", "recall"),
        ("kept and worse", "2018", None, "break"),
        ("kept as before", "2010", "2011", "recall"),
        ("kept as before", "2008", None, "break"),
    ]
    grounds = [
        ("afresh", "2010", "2011", "recall", "prisoners"),
        ("afresh", "2018", None, "break", "drone"),
        ("kept among others", "2010", "2011", "recall", "prisoners"),
        ("kept among others", "2017", None, "closure", "prisoners"),
        ("kept among others", "2018", None, "break", "drone"),
    ]
    rows = [(*row, "same") for row in rows] + grounds
    acts = pd.DataFrame(rows, columns=["baggage", "date", "undone", "form", "ground"])
    fates = aftermath.baggage_fates(acts, CLOSED)
    kept = {piece: "kept" for piece in fates.index if piece == "still said" or piece.startswith("kept")}
    assert fates["fate"].to_dict() == {piece: kept.get(piece, piece) for piece in fates.index}
    assert fates.loc["kept", ["first", "last"]].tolist() == [pd.Timestamp(2000, 1, 1), pd.Timestamp(2018, 1, 1)]
    assert fates.loc["kept", ["acts", "standing"]].tolist() == [3, 2]
    assert aftermath.standing(acts, CLOSED).sum() == fates["standing"].sum()


def test_acts_as_they_stood_on_a_day():
    """What came later is not known yet, and what was undone later stands."""
    acts = pd.DataFrame(
        {"date": ["1994", "1994-08", "2013-10", "2015"], "undone": [None, "2004", "2016", None], "form": "closure"}
    )
    then = aftermath.known_by(acts, ARTICLE)
    assert aftermath.standing(then, ARTICLE).tolist() == [True, False, True]


def test_both_sides_of_the_quarrel_are_heard():
    """Between Algeria and Morocco acts of both are listed, some of each stand, and every charge has its answer beside it."""
    acts = load("baggage_acts").query("baggage == 'algeria-morocco'")
    standing = acts[aftermath.standing(acts, pd.Timestamp(2026, 3, 31))]
    assert set(acts["actor"]) == set(standing["actor"]) == {"DZA", "MAR"}
    assert acts.loc[acts["form"] == "charge", "answer"].notna().all()


def test_words_on_the_bars_are_broken_before_they_crowd_them():
    """The name of a group stands in short lines, the size of the group last."""
    counts = pd.DataFrame(
        [[1, 2, 3, 4]], index=pd.MultiIndex.from_tuples([("cascade", "two")]), columns=list(aftermath.FATES)
    )
    (label,) = draw.known_fates(counts, title="t").data[0].y
    assert label == "January 2012 to<br>the article:<br>two states (10)"


def test_readers_are_told_one_silence():
    """What was not seen lately and what left no trace are silent alike; wide and bilateral ones are counted together."""
    groups = pd.MultiIndex.from_tuples(
        [("baseline", "wide"), ("cascade", "wide"), ("cascade", "two")], names=["period", "width"]
    )
    counts = pd.DataFrame([[5, 1, 1, 0], [1, 2, 3, 4], [1, 0, 2, 0]], index=groups, columns=list(aftermath.FATES))
    told = aftermath.outcomes(counts)
    assert told.to_dict("index") == {
        "baseline": {"seen": 5, "silent": 2, "ended": 0},
        "cascade": {"seen": 2, "silent": 7, "ended": 4},
    }
    figure = draw.outcomes(told, "May 2023", title="t")
    assert [list(bar.text) for bar in figure.data] == [
        ["<b>5</b> seen lately", "<b>2</b> seen lately"],
        ["<b>2</b> silent", "<b>7</b> silent"],
        ["<b>0</b>", "<b>4</b>"],
    ]
    assert figure.layout.meta["alt"].endswith("to the article, 2 seen lately, 7 silent, 4 ended.")


def test_armies_beside_a_government_are_counted_by_year():
    """Those from outside are not counted, and a government that has nobody beside it is told of."""
    pairs = pd.DataFrame(
        [
            ("Mali", "Niger", 2020, False),
            ("Mali", "Chad", 2020, False),
            ("Mali", "Chad", 2022, False),
            ("Mali", "X", 2021, True),
        ],
        columns=["host", "party", "year", "outsider"],
    )
    counts = aftermath.beside(pairs, ["Mali", "Algeria"], 2020, 2022)
    assert counts.loc["Mali"].to_dict() == {2020: 2, 2021: 0, 2022: 1}
    assert counts.loc["Algeria"].sum() == 0
    figure = draw.beside(counts, pairs, title="t")
    assert list(figure.data[0].text) == ["2", "1"]
    words = [note.text for note in figure.layout.annotations]
    assert "<b>beside Mali</b>: Niger, Chad" in words
    assert "<b>beside Algeria</b>: none" in words
    assert figure.layout.meta["alt"] == (
        "Squares by year with the number of armies: beside Mali, 2 in 2020, 1 in 2022; beside Algeria, none."
    )


def test_figures_say_what_they_show():
    """Each description has the numbers of its figure, and those of other states and levels apart."""
    steps = pd.DataFrame(
        {
            "level": ["ministers", "ministers"],
            "id": ["A", None],
            "day": [pd.Timestamp(2014, 2, 19), pd.Timestamp(2015, 2, 19)],
            "found": [1, 1],
            "due": [1, 3],
        }
    )
    assert aftermath_words.of_rhythm(steps) == (
        "A line and steps in each panel, to February 2015. "
        "Ministers: 3 meetings promised, 1 found, the first in February 2014, the last in February 2014."
    )
    rows = pd.DataFrame(
        [
            ("left", pd.Timestamp(2022, 5, 15), "G5", "Mali"),
            ("founded", pd.Timestamp(2023, 9, 16), "AES", "Mali, Niger"),
        ],
        columns=["sign", "day", "lane", "who"],
    )
    assert aftermath_words.of_exits(rows) == (
        "Time line with a row for each arrangement. Left: G5 by Mali in May 2022. Founded: AES by Mali, Niger in September 2023."
    )
    pairs = pd.DataFrame({"host": ["Mali"] * 2, "party": ["Niger"] * 2, "year": [2012, 2024]})
    assert "Niger beside Mali, 2012 to 2024." in aftermath_words.of_companions(pairs, (2013, 2023))
    deaths = pd.DataFrame({"iso3": ["MLI"] * 3, "year": [2009, 2010, 2011], "deaths_best": [5, 1200, 7]})
    people = pd.DataFrame({"iso3": ["MLI"], "year": [2009], "people": [10.0]})
    assert aftermath_words.of_flight(deaths, people, pd.Series({"MLI": "Mali"})).endswith(
        "Deaths: Mali, 5 in 2009, and at most 1,200 in 2010. People displaced: Mali, 10 in 2009, and at most 10 in 2009."
    )


def test_careers_tell_meetings_and_leavers():
    """Of a body the last meeting and who left stand beside it; one without either has none."""
    known = pd.DataFrame(
        {
            "id": ["A", "B"],
            "name": ["a", "b"],
            "founded": ["2010", "2012"],
            "ended": None,
            "status_latest": "x",
            "status_latest_date": "2020",
        }
    )
    meetings = pd.DataFrame({"initiative": ["A", "A", "C"], "date": ["2011", "2013-05", "2019"]})
    left = pd.DataFrame({"day": [pd.Timestamp(2022, 5, 15)], "initiative": ["A"], "actor": ["MLI"]})
    table = aftermath.careers(known, meetings, left, ["B", "A"])
    assert table.index.tolist() == ["B", "A"]
    assert table.loc["A", ["meetings", "last_meeting"]].tolist() == [2, "2013-05"]
    assert table.at["A", "left"] == ((pd.Timestamp(2022, 5, 15), "MLI"),)
    assert table.at["B", "meetings"] == 0
    assert table.at["B", "left"] == ()


def test_long_patience_keeps_the_quiet_alive(known):
    """With more years of silence allowed than have passed nothing ends by silence."""
    assert aftermath.spells(known, CLOSED, 10)["over"].tolist() == [True, False, False, False]


def test_curves_bound_what_is_known(known):
    """Of two initiatives one ended after five years; the other is alive or fell silent after two."""
    curves = aftermath.surviving(known[known["period"] == "baseline"], CLOSED, 3)
    shares = aftermath.after(curves, 3).loc["baseline"]
    assert shares.to_dict() == {"recorded": 1.0, "silence": 0.5}
    assert aftermath.after(curves, 6).loc["baseline", "recorded"] == 0.5


def test_share_beyond_the_longest_spell_is_missing(known):
    """Nobody was followed for twenty years, so that nothing is said of them."""
    assert aftermath.after(aftermath.surviving(known, CLOSED), 20).isna().all(axis=None)


def test_groups_alike_do_not_differ(known):
    """Two groups with the same spells have the largest possible p-value, two that live apart a small one."""
    twice = pd.concat([known.assign(group="a"), known.assign(group="b")], ignore_index=True)
    assert aftermath.differ(twice, CLOSED, 3, "group") == pytest.approx(1)
    quiet, met = (pd.concat([known[known["id"] == key]] * 9).assign(group=key) for key in ("QUIET", "MET"))
    assert aftermath.differ(pd.concat([quiet, met], ignore_index=True), CLOSED, 3, "group") < 0.01


def test_recorded_ends_are_compared_by_their_odds():
    """Three of four of the cascade ended, one of four of the others: the conditional odds ratio and its p-value are Fisher's.

    A disputed end is none, so that the fourth of the others did not end.
    """
    day = pd.Timestamp(2015, 1, 1)
    table = pd.DataFrame(
        {
            "period": ["cascade"] * 4 + ["baseline", "after"] * 2,
            "seen": day,
            "to_day": day,
            "end_to": [day, day, day, pd.NaT, day, day, pd.NaT, pd.NaT],
            "disputed": [False] * 5 + [True] + [False] * 2,
        }
    )
    found = aftermath.ended_more(table, CLOSED)
    assert [found[key] for key in ("ended", "number", "other_ended", "others")] == [3, 4, 1, 4]
    assert found["ratio"] == pytest.approx(6.408, abs=1e-3)
    assert found["low"] < 1 < found["high"]
    assert found["p"] == pytest.approx(34 / 70)


def test_log_rank_tests_are_one_family(known):
    """Six p-values, none lowered by the correction, the least raised, by periods and widths of one table and leads of the other."""
    family = aftermath.compared(known, known, CLOSED)
    assert len(family) == 6
    assert family.at[("lead", "silence"), "p"] == aftermath.differ(known, CLOSED, aftermath.SILENCE, "lead")
    assert family.at[("period", "recorded"), "p"] == aftermath.differ(known, CLOSED, None, "period")
    assert (family["corrected"] >= family["p"]).all()
    assert family["corrected"].min() > family["p"].min()


def test_fates_tell_silence_from_no_trace_at_all(known):
    """What was never seen after its founding is told from what fell silent later."""
    assert dict(zip(known["id"], aftermath.fates(known, CLOSED), strict=True)) == {
        "END": "ended",
        "QUIET": "quiet",
        "MET": "seen",
        "NEVER": "untraced",
    }
    counts = aftermath.fate_counts(known, CLOSED)
    assert counts.index.tolist() == [("baseline", "wide"), ("cascade", "two")]
    assert counts.to_numpy().tolist() == [[0, 1, 0, 1], [1, 0, 1, 0]]


def test_rhythm_counts_what_was_due():
    """Two-monthly meetings are due from the promise on; the meeting that made it counts for its own level."""
    meetings = pd.DataFrame(
        {
            "id": ["M3", "M1", "M2", "MX"],
            "initiative": ["P", "P", "P", "Q"],
            "date": ["2013-07-05", "2013-01-01", "2013-03-05", "2013-04-01"],
            "level": ["intelligence chiefs", "ministers", "intelligence chiefs", "ministers"],
            "city": ["C", "A", "B", "D"],
        }
    )
    steps = aftermath.rhythm(meetings, "P", pd.Timestamp(2014, 1, 2))
    chiefs, ministers = (steps[steps["level"] == level] for level in ("intelligence chiefs", "ministers"))
    assert chiefs["found"].tolist() == [1, 2, 2]
    assert chiefs["due"].tolist() == [1, 3, 6]
    assert chiefs["gap"].tolist()[1:] == pytest.approx([122 / 30.4375, 181 / 30.4375])
    assert ministers["found"].tolist() == [1, 1]
    assert ministers["due"].tolist() == [1, 3]
    assert steps.index.tolist() == [0, 1, 2, 3, 4]
    assert chiefs["id"].tolist()[:2] == ["M2", "M3"]


def test_exits_are_dated_by_the_day_of_leaving():
    """A spell outside starts on the day of leaving; a withdrawal before the first day, or a membership, is none."""
    memberships = pd.DataFrame(
        {
            "id": ["A", "B", "C", "D"],
            "initiative": ["X", "Y", "Y", "Z"],
            "actor": ["NER", "MLI", "MLI", "KEN"],
            "role": ["withdrew", "withdrew", "member", "withdrew"],
            "start": ["2023-09-12", "2022-05-15", "2014", "2013-02-16"],
            "end": [None, None, "2022-05-15", None],
            "verification": "yes",
        }
    )
    left = aftermath.exits(memberships, EXITS)
    assert list(zip(left["day"].astype(str), left["id"], strict=True)) == [("2022-05-15", "B"), ("2023-09-12", "A")]


def test_who_leaves_an_organisation_leaves_its_bodies_in_one_act():
    """Two bodies of one organisation left on a day are one act of each state; a body of none is one by itself."""
    left = pd.DataFrame(
        [("A", "MLI"), ("B", "MLI"), ("A", "NER"), ("C", "MLI")], columns=["initiative", "actor"]
    ).assign(day=pd.Timestamp(2025, 1, 29), id=list("1234"))
    initiatives = pd.DataFrame({"id": ["A", "B", "C"], "body": ["ECOWAS", "ECOWAS", None]})
    acts = aftermath.acts_of_leaving(left, initiatives)
    assert acts[["what", "actor", "initiatives", "ids"]].to_numpy().tolist() == [
        ["C", "MLI", ("C",), ("4",)],
        ["ECOWAS", "MLI", ("A", "B"), ("1", "2")],
        ["ECOWAS", "NER", ("A",), ("3",)],
    ]


def test_states_that_leave_together_make_one_exit():
    """Two states out of one organisation on one day are one exit, a day later or from another two; spells add up."""
    rows = [
        ("2025-01-29", "ECO", "MLI", 3),
        ("2025-01-29", "ECO", "NER", 2),
        ("2025-01-30", "ECO", "BFA", 1),
        ("2025-01-29", "G5S", "MLI", 1),
    ]
    acts = pd.DataFrame(rows, columns=["day", "what", "actor", "number"])
    acts = acts.assign(day=pd.to_datetime(acts["day"]), initiatives=[("A",) * number for number in acts["number"]])
    exits = aftermath.exits_of(acts)
    assert exits[["what", "actors", "spells"]].values.tolist() == [
        ["ECO", ("MLI", "NER"), 5],
        ["G5S", ("MLI",), 1],
        ["ECO", ("BFA",), 1],
    ]


def test_own_arrangements_have_no_other_member():
    """An arrangement counts if two or more of the states are its members and nobody else is."""
    initiatives = pd.DataFrame({"id": ["OWN", "WIDE", "ALONE", "EARLY"], "founded": ["2023", "2023", "2023", "2017"]})
    memberships = pd.DataFrame(
        [
            ("OWN", "MLI", "member"),
            ("OWN", "BFA", "member"),
            ("OWN", "TCD", "excluded"),
            ("WIDE", "MLI", "member"),
            ("WIDE", "NER", "member"),
            ("WIDE", "TCD", "member"),
            ("ALONE", "NER", "member"),
            ("EARLY", "MLI", "member"),
            ("EARLY", "NER", "member"),
        ],
        columns=["initiative", "actor", "role"],
    )
    own = aftermath.among(initiatives, memberships, {"BFA", "MLI", "NER"}, EXITS)
    assert own[["id", "members"]].to_numpy().tolist() == [["OWN", ("BFA", "MLI")]]
    assert own.columns.tolist() == ["id", "founded", "from_day", "to_day", "members"]
    # A founding on the first day counts.
    on_the_day = initiatives.assign(founded="2022-01-01")
    own = aftermath.among(on_the_day, memberships, {"BFA", "MLI", "NER"}, EXITS)
    assert own["id"].tolist() == ["EARLY", "OWN"]


def test_companions_leave_out_missions_and_other_conflicts():
    """Beside a host stand secondary parties of its side; missions, opponents and other hosts do not count."""
    rows = [
        (1, 2024, "a", "primary", "Government of Mali", "MLI", False),
        (1, 2024, "a", "secondary", "Government of Niger", "NER", False),
        (1, 2024, "a", "secondary", "Government of Russia (Soviet Union)", None, False),
        (1, 2024, "b", "primary", "JNIM", None, False),
        (1, 2023, "a", "primary", "Government of Mali", "MLI", False),
        (1, 2023, "a", "secondary", "Government of France", None, True),
        (2, 2024, "a", "primary", "Government of Sudan", "SDN", False),
        (2, 2024, "a", "secondary", "Government of Chad", "TCD", False),
        (3, 2024, "a", "primary", "Government of Mali", "MLI", False),
        (3, 2024, "a", "secondary", "Government of Niger", "NER", False),
    ]
    parties = pd.DataFrame(rows, columns=["conflict", "year", "side", "role", "party", "iso3", "mission"])
    pairs = aftermath.companions(parties, ["Mali"], 2020, 2024)
    assert pairs.to_numpy().tolist() == [["Mali", "Niger", 2024, False], ["Mali", "Russia (Soviet Union)", 2024, True]]


def test_carried_figures_are_marked():
    """People within and abroad add up, and a figure carried forward says so."""
    table = pd.DataFrame(
        {
            "iso3": "BFA",
            "year": [2008, 2023, 2024],
            "refugees": [1, 5, 10],
            "asylum_seekers": 0,
            "idps": [None, 100, 100],
            "note": [None, None, "internally displaced: figure of 2023 carried forward"],
        }
    )
    people = aftermath.displaced(table, 2009)
    assert people["people"].tolist() == [105, 110]
    assert people["carried"].tolist() == [False, True]
    assert people.index.tolist() == [0, 1]
    assert aftermath.displaced(table, 2008)["people"].tolist() == [1, 105, 110]


def test_hollow_marks_are_the_carried_ones():
    """The figure tells a carried figure by its mark, not by colour alone."""
    deaths = pd.DataFrame(
        [(code, 2023, 1, 2, 3) for code in CENTRAL_SAHEL],
        columns=["iso3", "year", "deaths_low", "deaths_best", "deaths_high"],
    )
    people = pd.DataFrame(
        [(code, 2023, 4.0, 1.0, 5.0, code == "BFA") for code in CENTRAL_SAHEL],
        columns=["iso3", "year", "within", "abroad", "people", "carried"],
    )
    names = pd.Series({"MLI": "Mali", "BFA": "Burkina Faso", "NER": "Niger"})
    figure = draw.deaths_and_flight(deaths, people, names, title="t")
    marks = [list(trace.marker.symbol) for trace in figure.data]
    assert marks == [["circle"], ["square"], ["triangle-up"], ["circle"], ["square-open"], ["triangle-up"]]


@pytest.mark.slow
def test_survival_shows_its_intervals_and_the_reading_between():
    """Each panel has two curves with a band each and a thin line; a curve that never falls has no band."""
    part = spans([1, 2, 3, 4], [True, False, True, False])
    table = pd.concat([part.assign(period=period) for period in aftermath.PERIODS], ignore_index=True)
    curves = aftermath.surviving(table, pd.Timestamp(2004, 1, 2), 3)
    middle = aftermath.unknown_day(table, pd.Timestamp(2004, 1, 2), [0, 1, 2])
    figure = draw.survival(curves, middle, title="t")
    assert len(figure.data) == 7 * len(aftermath.PERIODS)
    bands = [trace for trace in figure.data if trace.fill == "tonexty"]
    assert len(bands) == 2 * len(aftermath.PERIODS)
    assert all(len(trace.x) == 3 for trace in bands)
    assert list(figure.data[6].y) == pytest.approx(middle["share"].iloc[:3].tolist(), abs=1e-3)
    words = " ".join(note.text for note in figure.layout.annotations)
    assert all(text in words for text in ("only recorded", "silence counts", "unknown day"))


def test_only_the_dispute_stands_on_the_ground_that_it_had():
    """Mali's quarrels with its neighbours are about other things now; without grounds they would pass for the old ones."""
    closed = cutoff(load("searches"))
    acts = aftermath.known_by(load("baggage_acts"), closed)
    fates = aftermath.baggage_fates(acts, closed)["fate"]
    assert list(fates.index[fates == "kept"]) == ["algeria-morocco"]
    assert set(fates.index[fates == "afresh"]) == {"algeria-mali", "mauritania-mali"}
    blind = aftermath.baggage_fates(acts.assign(ground="any"), closed)["fate"]
    assert (blind[["algeria-morocco", "algeria-mali", "mauritania-mali"]] == "kept").all()
