"""When the rise began, how often was met, what both lists missed, and every reading at once: known answers."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from claimbook.package.tables import load
from cooperation.figures import cascade as report
from cooperation.figures import initiatives as draw
from cooperation.measures import changepoint, completeness, imperative, initiatives, tempo
from cooperation.measures.record import press_a_year
from cooperation.periods import BASELINE, SPANS

DECADES = (pd.Timestamp(1990, 1, 1), pd.Timestamp(2009, 12, 31))


def founded(dates) -> pd.DataFrame:
    """Initiatives founded on these dates."""
    return initiatives.dated(
        pd.DataFrame({"id": [f"I{number:03}" for number in range(len(dates))], "founded": list(dates)})
    )


def spread(years, a_year: int) -> list[str]:
    """Dates spread evenly over years."""
    return [f"{year}-{1 + 12 * number // a_year:02}-15" for year in years for number in range(a_year)]


@pytest.fixture(scope="module")
def jump():
    """One founding a year for ten years, then six a year."""
    return founded(spread(range(1990, 2000), 1) + spread(range(2000, 2010), 6))


@pytest.fixture(scope="module")
def climb():
    """Foundings that grow steadily from year to year, by a quarter each."""
    return founded(list(itertools.chain.from_iterable(spread([1990 + n], round(0.8 * 1.25**n)) for n in range(16))))


def test_a_clear_jump_is_located(jump):
    """The likeliest month is the one from which foundings come six times as often, and the rates are one and six."""
    chances = changepoint.posterior(jump, DECADES)
    where = changepoint.located(chances)
    assert where["month"] == pd.Timestamp(2000, 1, 1)
    assert where["low"] <= where["month"] <= where["high"] <= pd.Timestamp(2000, 12, 1)
    assert where["before"] == pytest.approx(1, abs=0.15)
    assert where["after"] == pytest.approx(6, abs=0.2)
    assert chances["chance"].sum() == pytest.approx(1)


def test_chance_of_a_month_is_the_closed_form():
    """With the prior of Jeffreys the weight of a month is a product of two gamma functions over powers of time."""
    window = (pd.Timestamp(2001, 1, 1), pd.Timestamp(2001, 3, 31))
    chances = changepoint.posterior(founded(["2001-01-10", "2001-03-05", "2001-03-20"]), window)
    days = [(31, 59), (59, 31)]
    gamma = {1: 0.5 * np.sqrt(np.pi), 2: 0.75 * np.sqrt(np.pi)}
    weights = [gamma[1] * early**-1.5 * gamma[2] * late**-2.5 for early, late in days]
    assert chances["chance"].tolist() == pytest.approx([weight / sum(weights) for weight in weights])


def test_a_change_is_located_by_its_chances():
    """As much is left out below the interval as above it, and the rates are averaged by their chances."""
    months = pd.date_range("2001-01-01", periods=5, freq="MS")
    rates = {"before": [1.0, 1, 1, 1, 2], "after": [5.0, 5, 5, 5, 10]}
    chances = pd.DataFrame({"month": months, "chance": [0.02, 0.03, 0.9, 0.03, 0.02], **rates})
    assert changepoint.located(chances) == {
        "month": months[2],
        "chance": 0.9,
        "low": months[1],
        "high": months[3],
        "before": pytest.approx(1.02),
        "after": pytest.approx(5.1),
    }
    wide = changepoint.located(chances, 0.98)
    assert (wide["low"], wide["high"]) == (months[0], months[4])


def test_rates_of_a_month_are_those_of_the_posterior():
    """Half a founding more than was found, over the time on either side; a prior adds its years to both."""
    window = (pd.Timestamp(2001, 1, 1), pd.Timestamp(2001, 3, 31))
    table = founded(["2001-01-10", "2001-03-05", "2001-03-20"])
    for prior in (0.0, 2.0):
        rates = changepoint.posterior(table, window, prior)
        early, late = (prior + np.array(days) / 365.25 for days in ((31, 59), (59, 31)))
        assert rates["before"].tolist() == pytest.approx(1.5 / early)
        assert rates["after"].tolist() == pytest.approx(2.5 / late)
        assert rates["month"].dt.month.tolist() == [2, 3]


def test_a_prior_pulls_the_rates(jump):
    """Half a founding in ten years, known beforehand on either side of the change, lowers both rates."""
    plain, pulled = (changepoint.located(changepoint.posterior(jump, DECADES, years)) for years in (0, 10))
    assert pulled["before"] < plain["before"]
    assert pulled["after"] < plain["after"]


def test_a_date_known_to_the_year_is_spread_over_it():
    """A change in the middle of the year has half of such a founding before it; at the edges all or nothing."""
    window = (pd.Timestamp(2000, 1, 1), pd.Timestamp(2002, 12, 31))
    even = changepoint.posterior(founded(["2000-07-02", "2001", "2002-07-02"]), window).set_index("month")
    middle = pd.Timestamp(2001, 7, 1)
    assert even.at[middle, "before"] == pytest.approx(even.at[middle, "after"], rel=0.03)
    exact = changepoint.posterior(founded(["2000-07-02", "2001-01-01", "2002-07-02"]), window).set_index("month")
    assert even.at[middle, "before"] < exact.at[middle, "before"]
    for edge in (pd.Timestamp(2001, 1, 1), pd.Timestamp(2002, 1, 1)):
        assert even.at[edge, "before"] == pytest.approx(exact.at[edge, "before"])


def test_yearly_counts_know_how_much_of_a_year_they_hold():
    """A year cut in half counts for half; every founding is counted once."""
    counts = changepoint.yearly(
        founded(["2012", "2013-05", "2014-02-01", "2014-09-01"]), (pd.Timestamp(2012, 1, 1), pd.Timestamp(2014, 6, 30))
    )
    assert counts["count"].tolist() == [1, 1, 1]
    assert counts["exposure"].tolist() == pytest.approx([366 / 365.25, 365 / 365.25, 181 / 365.25])
    late = changepoint.yearly(founded(["2012", "2012-03-01"]), (pd.Timestamp(2012, 3, 1), pd.Timestamp(2013, 1, 31)))
    assert late["count"].tolist() == [1, 0]
    assert late["exposure"].tolist() == pytest.approx([306 / 365.25, 31 / 365.25])


def test_the_true_shape_fits_best(jump, climb):
    """AIC prefers the break for a jump and the steady rise for a climb."""
    of_jump = changepoint.fits(changepoint.yearly(jump, DECADES))
    assert of_jump["aic"].idxmin() == "one_break"
    assert of_jump.at["one_break", "breaks"] == [2000]
    assert of_jump.at["one_break", "rates"] == pytest.approx([1, 6], rel=0.01)
    steady = changepoint.fits(changepoint.yearly(climb, (DECADES[0], pd.Timestamp(2005, 12, 31))))
    assert steady["aic"].idxmin() == "rise"


def test_fits_are_scored_by_likelihood_and_parameters(jump):
    """One rate has one parameter and the Poisson likelihood of its mean; a break has two rates and its place."""
    counts = changepoint.yearly(jump, DECADES)
    table = changepoint.fits(counts)
    assert table["parameters"].to_dict() == {"flat": 1, "rise": 2, "one_break": 3, "two_breaks": 5}
    rate = 70 / counts["exposure"].sum()
    expected = rate * counts["exposure"]
    by_hand = float((counts["count"] * np.log(expected / counts["exposure"]) - expected).sum())
    assert table.at["flat", "log_likelihood"] == pytest.approx(by_hand)
    assert table["aic"].tolist() == pytest.approx((2 * table["parameters"] - 2 * table["log_likelihood"]).tolist())
    assert table.at["flat", "rates"] == pytest.approx([rate])
    assert table.at["flat", "breaks"] == table.at["rise", "breaks"] == []
    rise = table.at["rise", "expected"]
    ends = [rise[0] / counts["exposure"].iloc[0], rise[-1] / counts["exposure"].iloc[-1]]
    assert table.at["rise", "rates"] == pytest.approx(ends)
    assert sum(table.at["one_break", "expected"]) == pytest.approx(70)


def test_the_observed_counts_are_among_the_draws(jump):
    """None of nineteen draws from one rate gives a break such an advantage: one in twenty with the observed one."""
    counts = changepoint.yearly(jump, DECADES)
    assert changepoint.chance_of(counts, "one_break", "flat", "flat", draws=19) == 1 / 20
    flat = counts.assign(count=3)
    assert changepoint.chance_of(flat, "one_break", "flat", "flat", draws=19) == 1


def test_two_breaks_find_a_rise_and_a_fall():
    """A stretch of five a year between stretches of one."""
    table = founded(spread(range(1990, 1997), 1) + spread(range(1997, 2001), 5) + spread(range(2001, 2010), 1))
    assert changepoint.fits(changepoint.yearly(table, DECADES)).at["two_breaks", "breaks"] == [1997, 2001]


def test_simulation_tells_a_jump_from_a_climb(jump, climb):
    """A steady rise rarely gives a break such an advantage as a jump does; a true break rarely does as badly as in a climb."""
    assert changepoint.chance_of(changepoint.yearly(jump, DECADES), "one_break", "rise", "rise", draws=400) < 0.02
    assert changepoint.chance_of(changepoint.yearly(jump, DECADES), "one_break", "flat", "flat", draws=400) < 0.01
    counts = changepoint.yearly(climb, (DECADES[0], pd.Timestamp(2005, 12, 31)))
    assert changepoint.chance_of(counts, "one_break", "rise", "rise", draws=400) > 0.5
    assert changepoint.chance_of(counts, "one_break", "rise", "one_break", draws=400) < 0.1


def test_steady_rise_of_draws_is_that_of_statsmodels(climb):
    """The rise fitted to many series at once has the likelihood of the one fitted by statsmodels."""
    counts = changepoint.yearly(climb, (DECADES[0], pd.Timestamp(2005, 12, 31)))
    fitted = changepoint.fits(counts).at["rise", "log_likelihood"]
    assert changepoint._steady(counts["count"].to_numpy()[None, :], counts["exposure"].to_numpy())[0] == pytest.approx(
        fitted
    )


def test_breaks_of_draws_are_those_of_the_fits(climb):
    """Likelihoods and places found for many series at once are those of each by itself."""
    counts = changepoint.yearly(climb, (DECADES[0], pd.Timestamp(2005, 12, 31)))
    fitted = changepoint.fits(counts)
    both = np.vstack([counts["count"].to_numpy()[::-1], counts["count"].to_numpy()])
    for model, number in changepoint.BREAKS.items():
        value, places = changepoint._stretches(both, counts["exposure"].to_numpy(), number)
        assert value[1] == pytest.approx(fitted.at[model, "log_likelihood"])
        assert counts["year"].iloc[places[1]].tolist() == fitted.at[model, "breaks"]
    assert value[0] > changepoint._stretches(both, counts["exposure"].to_numpy(), 1)[0][0]


def test_height_above_a_steady_rise(climb):
    """A window that follows the rise stands at one; with three times as many it stands at about three."""
    span, window = (DECADES[0], pd.Timestamp(2005, 12, 31)), (pd.Timestamp(2002, 1, 1), pd.Timestamp(2002, 12, 31))
    level = changepoint.above_trend(climb, span, window)
    assert level["low"] < 1 < level["high"]
    assert level["factor"] == pytest.approx(1, abs=0.15)
    assert level["growth"] == pytest.approx(1.25**10, rel=0.1)
    number = len(initiatives.within(climb, window))
    raised = changepoint.above_trend(founded([*climb["founded"], *spread([2002], 2 * number)]), span, window)
    assert raised["factor"] == pytest.approx(3 * level["factor"], rel=0.01)


def test_scatter_about_the_rise_widens_the_interval():
    """Three and four a year in turn, or one and six: the same rise, but the second scatters and leaves the window less certain."""
    span, window = (
        (pd.Timestamp(1990, 1, 1), pd.Timestamp(2005, 12, 31)),
        (pd.Timestamp(2002, 1, 1), pd.Timestamp(2003, 12, 31)),
    )
    even, uneven = (
        changepoint.above_trend(
            founded(spread(range(1990, 2006, 2), less) + spread(range(1991, 2006, 2), 7 - less)), span, window
        )
        for less in (3, 1)
    )
    assert even["dispersion"] < 0.1 < 1 < uneven["dispersion"]
    assert uneven["high"] / uneven["low"] > 3 * even["high"] / even["low"]


def test_lincoln_petersen_and_its_dependence():
    """Ten, five and five seen give five unseen if independent, ten at an odds ratio of two."""
    independent = completeness.log_linear(10, 10, 5)
    assert independent["total"] == pytest.approx(20)
    assert independent["low"] > 15
    assert independent["variance"] == pytest.approx(10 * 10 * 5 * 5 / 5**3)
    dependent = completeness.log_linear(10, 10, 5, 2)
    assert dependent["total"] == pytest.approx(25)
    row = {"first": 10, "second": 10, "both": 5, "found": 15}
    assert completeness.odds_ratio_for(row, 25) == pytest.approx(2)
    low, high = completeness.odds_ratio_interval(row, 25)
    spread = np.exp(1.959964 * np.sqrt(1 / 5 + 1 / 5 + 1 / 5 + 1 / 10))
    assert (low, high) == (pytest.approx(2 / spread, rel=1e-4), pytest.approx(2 * spread, rel=1e-4))


def test_equal_effort_by_hand():
    """Ten seen once and five twice: half of ten times nine over twice six."""
    estimate = completeness.equal_effort(10, 10, 5)
    assert estimate["total"] == pytest.approx(15 + 0.5 * 10 * 9 / 12)
    assert estimate["variance"] == pytest.approx(3.75 + 10 * 19**2 / (16 * 36) + 100 * 5 * 9**2 / (16 * 6**4))
    assert 15 < estimate["low"] < estimate["total"] < estimate["high"]


def test_posterior_is_near_lincoln_petersen_with_much_data():
    """With long lists the prior no longer matters."""
    estimate = completeness.posterior(400, 500, 200)
    assert estimate["total"] == pytest.approx(1000, rel=0.02)
    assert estimate["low"] < 1000 < estimate["high"]
    assert completeness.posterior(5, 5, 5)["low"] == 5


def test_posterior_by_hand():
    """One item in both lists: the chance of a total falls as one over the square of it times the next number, whose sum is a third of pi squared less three."""
    estimate = completeness.posterior(1, 1, 1)
    reached = np.cumsum([1 / (number * (number + 1)) ** 2 for number in range(1, 4)]) / (np.pi**2 / 3 - 3)
    assert reached[1] < 0.975 < reached[2]
    assert (estimate["low"], estimate["total"], estimate["high"]) == (1, 1, 3)


@pytest.mark.parametrize(("first", "second", "both"), [(8, 6, 3), (30, 12, 4)])
def test_the_interval_is_log_normal_in_the_unseen(first, second, both):
    """What was found is sure; what was not is divided and multiplied by one factor."""
    estimate = completeness.chapman(first, second, both)
    found = first + second - both
    unseen = estimate["total"] - found
    factor = np.exp(1.96 * np.sqrt(np.log(1 + estimate["variance"] / unseen**2)))
    assert (estimate["low"], estimate["high"]) == pytest.approx((found + unseen / factor, found + unseen * factor))


def test_spread_of_the_posterior_by_hand():
    """That of the logarithm of the number, at the size of the median."""
    number = np.arange(3, 5000, dtype=float)
    # Three found of two and two, one in both: the closed form, but for what does not depend on the number.
    chance = number * (number - 1) * (number - 2) / number / ((number + 1) * number * (number - 1)) ** 2
    chance /= chance.sum()
    spread = chance @ np.log(number) ** 2 - (chance @ np.log(number)) ** 2
    estimate = completeness.posterior(2, 2, 1)
    reached = np.cumsum(chance)
    ends = [number[(reached >= edge).argmax()] for edge in (0.025, 0.5, 0.975)]
    assert [estimate["low"], estimate["total"], estimate["high"]] == ends
    assert estimate["variance"] == pytest.approx(estimate["total"] ** 2 * spread, rel=1e-6)


def test_ratios_of_estimated_rates_join_both_errors():
    """The variance of each number by its square, and one over the number for the scatter of the count."""
    before, during = (
        {"years": years, "total": total, "variance": variance, "found": 10}
        for years, total, variance in ((20.0, 40.0, 16.0), (2.0, 30.0, 9.0))
    )
    ratio, low, high = completeness.compared(before, during)
    spread = np.exp(1.96 * np.sqrt(16 / 40**2 + 1 / 40 + 9 / 30**2 + 1 / 30))
    assert (ratio, low, high) == pytest.approx((7.5, 7.5 / spread, 7.5 * spread))
    assert completeness.needed(before, during) == 290


def test_strata_add_up():
    """Two strata with different coverage: the sum is above the estimate that ignores them."""
    cells = [(True, True, "easy")] * 16 + [(True, False, "easy")] * 4 + [(False, True, "easy")] * 4
    cells += [(True, True, "hard")] * 1 + [(True, False, "hard")] * 9 + [(False, True, "hard")] * 9
    part = pd.DataFrame(cells, columns=["in_first", "in_second", "kind"])
    apart = completeness.stratified(part, part["kind"])
    together = completeness.chapman(*completeness.counted(part))
    by_hand = sum(completeness.chapman(*numbers)["total"] for numbers in ((20, 20, 16), (10, 10, 1)))
    assert apart["total"] == pytest.approx(by_hand)
    assert apart["total"] > together["total"]


@pytest.fixture
def periods():
    """Twenty years with thirty found and ten in both; two years with thirty found and ten in both."""
    return [{"years": years, "first": 20, "second": 20, "both": 10, "found": 30} for years in (20.0, 2.0)]


def test_how_dependent_the_lists_would_have_to_be(periods):
    """Forty in two years are four hundred in twenty: 370 unseen where independence gives ten."""
    erased, unsure = completeness.erasing(*periods)
    assert erased == pytest.approx(37)
    assert completeness.under_dependence(*periods, erased)[0] == pytest.approx(1)
    assert completeness.under_dependence(*periods, unsure)[1] == pytest.approx(1)
    assert 1 < unsure < erased


def test_equal_dependence_leaves_the_ratio(periods):
    """If the lists depend as much in both periods, equal overlap keeps the factor at that of the years."""
    for odds in (1, 5, 50):
        assert completeness.under_dependence(*periods, odds, odds)[0] == pytest.approx(10)


def test_every_estimator_speaks_for_every_period():
    """The estimates of the record: none below what was found, ratios above one, and the jump erased only by more than the third search found."""
    totals = completeness.by_estimator(load("capture_history"), load("initiatives"))
    assert not totals.duplicated(["estimator", "period"]).any()
    assert (totals["low"] >= totals["found"]).all()
    assert (totals["low"] <= totals["total"]).all()
    assert (totals["total"] <= totals["high"]).all()
    factors = completeness.factors(totals).set_index("estimator")
    estimates = completeness.estimates(load("capture_history"), load("initiatives"))
    assert factors.at["chapman", "ratio"] == pytest.approx(completeness.corrected_ratio(estimates, "strict")[0])
    assert factors.at["chapman", "needed"] == completeness.unfound_to_erase(estimates, "strict")[1]


def test_overlap_counts_exact_matches_only():
    """Of three items of the second list one is the same in the first."""
    history = pd.DataFrame(
        {
            "kind": "meeting",
            "scope": ["core", "core", "core", "brief"],
            "in_second": [True] * 4,
            "match": ["exact", "differs", None, "exact"],
            "period": "baseline",
        }
    )
    row = completeness.overlap(history, "meeting").iloc[0]
    assert (row["second"], row["both"]) == (3, 1)
    assert row["share"] == pytest.approx(1 / 3)
    assert row["low"] < row["share"] < row["high"]


@pytest.fixture
def met():
    """Meetings of two bodies and of none, one of them dated by its year alone."""
    meetings = pd.DataFrame(
        {
            "id": ["M1", "M2", "M3", "M4", "M5", "M6"],
            "initiative": ["NKC", "OLD", "OLD", None, "OLD", "OLD"],
            "date": ["2013-06-01", "2013-05-20", "2012-06-01", "2013-07-01", "2013", "2010-02"],
            "level": ["ministers", "experts", "ministers", "ministers", "ministers", "heads of state"],
            "scope": ["core", "core", "core", "core", "core", "wider"],
        }
    )
    return tempo.dated(
        meetings, pd.DataFrame({"id": ["NKC", "OLD"], "led_by": "african", "founded": ["2013-03-17", "2009"]})
    )


def test_meetings_of_the_year_against_the_year_before(met):
    """Two African-led in the year, one in the year before; a date known to the year fits neither window, the wider scope none."""
    rows = tempo.ratios(met).set_index("group")
    assert rows.loc["african", ["year", "before", "earlier"]].tolist() == [2, 1, 0]
    assert rows.at["african", "ratio"] == pytest.approx(2, rel=0.01)
    assert rows.at["all", "year"] == 3
    assert rows.at["other_african", "year"] == rows.at["african_old", "year"] == 1
    assert rows.at["ministers", "year"] == 1
    assert rows.at["ministers", "before"] == 1
    assert rows.loc["experts", ["year", "before", "earlier"]].tolist() == [1, 0, 0]
    assert rows.loc["heads", ["year", "before", "earlier"]].tolist() == [0, 0, 0]
    assert np.isnan(rows.at["heads", "ratio"])
    assert rows.index.tolist() == [*tempo.SETS, *tempo.LEVELS]
    assert met[["id", "led_by", "old", "nouakchott"]].to_numpy().tolist() == [
        ["M3", "african", True, False],
        ["M5", "african", True, False],
        ["M2", "african", True, False],
        ["M1", "african", False, True],
        ["M4", "none", False, False],
    ]


def test_lists_of_meetings_are_set_against_each_other():
    """The first list has two in the window and one before, the second one and two; both together count each once."""
    history = pd.DataFrame(
        [
            ("2013-06-01", True, True, "core"),
            ("2013-07", True, False, "core"),
            ("2012-03", False, True, "core"),
            ("2012-04", True, True, "core"),
            ("2012-05", True, True, "wide"),
            ("2013", True, True, "core"),
        ],
        columns=["date", "in_first", "in_second", "scope"],
    ).assign(kind="meeting")
    window = (pd.Timestamp(2013, 5, 15), pd.Timestamp(2014, 5, 14))
    found = tempo.found_first(history, window, (pd.Timestamp(2012, 1, 1), pd.Timestamp(2012, 12, 31)))
    assert {name: numbers[:2] for name, numbers in found.items()} == {
        "first": (2, 1),
        "second": (1, 2),
        "first_two": (2, 2),
    }
    assert found["first"][2] == pytest.approx(2 * 366 / 365)
    nothing = tempo.found_first(history.iloc[:0], window, window)["first"]
    assert nothing[:2] == (0, 0)
    assert np.isnan(nothing[2:]).all()


def test_quarters_leave_out_what_has_none(met):
    """Four of the five core meetings have a quarter; the Nouakchott Process stands apart."""
    quarters = tempo.quarterly(met, 2012, 2013).set_index("quarter")
    assert quarters.to_numpy().sum() == 4
    assert quarters.loc[pd.Timestamp(2013, 4, 1)].tolist() == [1, 1, 0]


@pytest.fixture
def table():
    """Initiatives that differ in one choice each."""
    rows = [
        ("a", "2013-06-01", None, "first", "african", False, False, False, "yes", "core"),
        ("b", "2013-07-01", "2014-09-01", "second", "african", True, False, False, "partial", "core"),
        ("c", "2013-08-01", None, "later", "mixed", False, True, True, "yes", "wider"),
        ("d", "2011-01-01", None, "first", "african", False, False, False, "yes", "core"),
        ("e", "1995-01-01", None, "first", "african", False, False, False, "yes", "core"),
    ]
    columns = [
        "id",
        "founded",
        "authorised",
        "search",
        "led_by",
        "bilateral",
        "declared_only",
        "relaunch",
        "verification",
        "scope",
    ]
    return initiatives.dated(pd.DataFrame(rows, columns=columns).assign(operational=None))


def test_readings_make_every_choice(table):
    """Every combination once; the widest counts all three of 2013, the narrowest one, and a later authorisation moves one out."""
    readings = initiatives.readings(table)
    options = [len(choice) for choice in initiatives.CHOICES.values()]
    assert len(readings) == len(initiatives.WINDOWS) * len(initiatives.BASES) * len(initiatives.DATES) * int(
        np.prod(options)
    )
    assert not readings.duplicated(list(readings.columns[:10])).any()
    at = readings[(readings["window"] == "in_2013") & (readings["base"] == "baseline")]
    widest = {
        "record": "all",
        "led": "or_mixed",
        "deals": "counted",
        "announcements": "counted",
        "relaunches": "counted",
        "sourcing": "any",
        "scope": "wider",
    }
    wide = at[(at[list(widest)] == pd.Series(widest)).all(axis=1)].set_index("date")
    assert wide["count"].to_dict() == {"founding": 3, "authorisation": 2, "first_activity": 3}
    assert wide["base_count"].unique().tolist() == [2]
    ratio, low, high = initiatives.rate_ratio(3, initiatives.years(SPANS["in_2013"]), 2, initiatives.years(BASELINE))
    assert wide.loc["founding", ["ratio", "low", "high"]].tolist() == pytest.approx([ratio, low, high])
    assert at["count"].min() == 1
    assert readings["ratio"].dropna().is_monotonic_increasing


def test_by_choice_takes_the_middle_and_the_ends_of_each_option():
    """Of twenty-one ratios the middle one, the fifth percentile on either side, and how many are above one for sure."""
    made = {"window": "year", "base": "baseline", "date": "founding", **dict.fromkeys(initiatives.CHOICES, "all")}
    rows = pd.DataFrame({"ratio": np.arange(21) / 10, "low": np.arange(21) / 20}).assign(**made)
    rows.loc[21] = {**made, "ratio": np.nan, "low": np.nan}
    effect = initiatives.by_choice(rows).set_index("choice").loc["record"]
    numbers = ["readings", "median", "low", "high", "above", "sure"]
    assert effect[numbers].tolist() == pytest.approx([21, 1, 0.1, 1.9, 10 / 21, 0])


def test_by_choice_shows_what_a_choice_does(table):
    """Leaving out the later searches lowers the middle factor here."""
    effect = initiatives.by_choice(initiatives.readings(table)).set_index(["choice", "option"])
    assert effect.at[("record", "first"), "median"] < effect.at[("record", "all"), "median"]
    assert effect["above"].between(0, 1).all()


def test_lives_have_every_initiative_and_the_search_that_found_it():
    """One reads the marks in the order of founding; the table names each initiative once, with its search; labels go to bodies with meetings."""
    record = initiatives.searched(initiatives.dated(load("initiatives")), load("capture_history"))
    core = initiatives.african_led(initiatives.core_scope(record))
    figure = draw.lives(core, load("meetings")["initiative"].value_counts(), title="t", alt="a")
    meta = figure.layout.meta
    found_by = meta["columns"].index("Found by")
    steps = [list(trace.x) for trace in figure.data if trace.hovertemplate]
    assert steps == [sorted(steps[0])]
    assert len(meta["rows"]) == len(core) == len(steps[0])
    assert {row[found_by] for row in meta["rows"]} == {name for name, _ in draw.SEARCHES.values()}
    assert "Nouakchott Process" in {note.text for note in figure.layout.annotations}


def test_each_list_adds_the_search_that_made_it():
    """The lists by which foundings are counted hold those of the first search, of the second, and of the later ones."""
    searches = list(draw.SEARCHES)
    assert list(initiatives.SEARCHES) == ["first", "first_two", "all"]
    assert [list(made_by) for made_by in initiatives.SEARCHES.values()] == [searches[:1], searches[:2], searches]


@pytest.fixture
def wave():
    """Two foundings before the wave, three in it of which one lies in the article's year, and one after it."""
    table = founded(["2010-05-01", "2011", "2012-01-10", "2012-02", "2014-02-16", "2014-06-01"])
    return table.assign(
        id=["A", "B", "C", "D", "E", "F"],
        search=["first", "later", "first", "second", "later", "first"],
        short_name=list("abcdef"),
        founded_event="act",
    )


def test_lists_hold_those_before_them(wave):
    """Each set of searches adds to the one before it, and rates are compared by set, window and base."""
    lists = initiatives.by_searches(wave)
    assert [list(part["id"]) for part in lists.values()] == [["A", "C", "F"], ["A", "C", "D", "F"], list("ABCDEF")]
    table = initiatives.factors(lists, ("cascade", "year"), ("recent",))
    assert table.loc[("all", "cascade", "recent"), ["count", "base_count"]].tolist() == [3, 2]
    assert table.loc[("all", "year", "recent"), ["count", "base_count"]].tolist() == [1, 2]
    assert table.at[("all", "cascade", "recent"), "ratio"] == pytest.approx(
        3 / 2 * initiatives.years(SPANS["recent"]) / initiatives.years(SPANS["cascade"])
    )


def test_foundings_stand_in_stacks_by_quarter(wave):
    """Two of a quarter stand one on the other, a year alone stands in its first quarter, and parts are told apart."""
    table = initiatives.stacked(wave, pd.Timestamp(2010, 1, 1), pd.Timestamp(2014, 5, 31)).set_index("id")
    assert list(table.index) == list("ABCDE")
    assert table["level"].tolist() == [1, 1, 1, 2, 1]
    assert table["group"].tolist() == [initiatives.OUTSIDE] * 2 + [initiatives.EARLIER] * 2 + [initiatives.OWN_YEAR]
    assert table.at["B", "middle"] == pd.Timestamp(2011, 2, 15)


def test_years_are_split_at_the_article(wave):
    """The year of the article has foundings within the wave and after it; the last year, still open, is left out."""
    later = founded([*wave["founded"], "2016-01-01"])
    counts = initiatives.by_year(later)
    assert (counts.index[0], counts.index[-1]) == (1990, 2015)
    assert counts.loc[2014].to_dict() == {"wave": 1, "rest": 1}
    assert counts.loc[2012].to_dict() == {"wave": 2, "rest": 0}
    assert counts.sum().to_dict() == {"wave": 3, "rest": 3}


def test_onsets_tell_the_chance_of_the_wave():
    """What is added to the place of the change is the chance of January 2012 or later."""
    months = pd.date_range("2011-11-01", periods=4, freq="MS")
    chances = pd.DataFrame({"month": months, "chance": [0.1, 0.2, 0.3, 0.4], "before": 1.0, "after": 2.0})
    table = changepoint.onsets({"all": chances})
    assert table.at["all", "late"] == pytest.approx(0.7)
    assert table.at["all", "month"] == months[3]


def test_shapes_say_what_was_fitted(jump):
    """Rates in words, the gap of AIC, and shares corrected together are those of the single fits."""
    table = founded([*jump["founded"].astype(str), "2013-06-01"])
    fitted = changepoint.fits(changepoint.yearly(table, SPANS["to_article"]))
    shapes = changepoint.shapes({"all": table})
    row = shapes.loc[("to_article", "all")]
    assert row["one_break"] == changepoint.in_words(fitted.loc["one_break"])
    assert row["one_gap"] == pytest.approx(fitted.at["one_break", "aic"] - fitted.at["rise", "aic"])
    assert row["two_gap"] == pytest.approx(fitted.at["two_breaks", "aic"] - fitted.at["rise", "aic"])
    assert row["breaks_two"] == fitted.at["two_breaks", "breaks"]
    for name in changepoint.ASKED:
        assert (shapes[f"corrected_{name}"].astype(float) >= shapes[name].astype(float) - 1e-12).all()
    assert list(shapes.index) == [(until, "all") for until in changepoint.UNTIL]


def test_rates_of_a_fit_are_told_with_the_years_of_change():
    """One rate until the year before the break, the last from it on."""
    fit = pd.Series({"rates": [1.23, 4.0, 12.75], "breaks": [1998, 2012]})
    assert changepoint.in_words(fit) == "1.2 until 1997, 4.0 until 2011, 12.8 from 2012"


def test_heights_are_those_of_each_window(climb):
    """Each set, window and end of the rise has its own row."""
    window = (pd.Timestamp(2002, 1, 1), pd.Timestamp(2002, 12, 31))
    table = changepoint.heights({"all": climb}, {"one": window}).set_index("until")
    assert list(table.index) == list(changepoint.UNTIL)
    alone = changepoint.above_trend(climb, SPANS["to_article"], window)
    assert table.at["to_article", "factor"] == pytest.approx(alone["factor"])


def test_dependence_is_computed_along_odds_ratios():
    """The marks are among them, independent lists give the plain factor, and like dependence hardly moves it."""
    before = {"years": 20, "first": 10, "second": 10, "both": 5}
    during = {"years": 2, "first": 10, "second": 10, "both": 5}
    table = completeness.by_dependence(before, during, (7.3,)).set_index("odds")
    assert 7.3 in table.index
    assert table.at[1.0, "ratio"] == pytest.approx(10)
    assert table["ratio"].is_monotonic_decreasing
    assert table["same"].tolist() == pytest.approx([10] * len(table))
    assert set(completeness.ASSUMES) == set(completeness.ESTIMATORS)


def test_the_figures_of_the_report_draw_what_was_counted():
    """A dot for each founding shown and a mark for each name, bars that sum to the years, and a bar for each ground."""
    record = initiatives.searched(initiatives.dated(load("initiatives")), load("capture_history"))
    core = initiatives.african_led(initiatives.core_scope(record))
    line = report.timeline(core, title="t")
    dots = [trace for trace in line.data if trace.hovertemplate]
    rows = line.layout.meta["rows"]
    assert sum(len(trace.x) for trace in dots) == len(rows) + len(report.NAMED)
    assert set(report.NAMED.values()) <= {note.text for note in line.layout.annotations}
    counts = initiatives.by_year(core)
    assert [sum(map(int, trace.y)) for trace in report.foundings(counts, title="t").data] == counts.sum().tolist()
    grounds = imperative.by_period(imperative.stated(load("initiative_purposes"), core)).loc["cascade"]
    (bars,) = report.grounds(grounds, title="t").data
    assert list(bars.x) == [grounds[name] for name in report.GROUNDS if grounds[name]]


def test_press_is_counted_by_the_year():
    """Press pages with a date in the period, over its length; other kinds and pages without a date do not count."""
    sources = pd.DataFrame(
        {
            "kind": ["press", "press", "press", "primary", "press"],
            "date": ["2010-03", "2011-05-01", "2012-01-01", "2010-04-01", None],
        }
    )
    assert press_a_year(sources, SPANS["recent"]) == pytest.approx(2 / initiatives.years(SPANS["recent"]))
