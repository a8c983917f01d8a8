"""What called the initiatives forth, on tables whose answers are known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from claimbook.package.tables import load
from cooperation.figures import imperative as draw
from cooperation.measures import imperative, initiatives
from cooperation.measures.initiatives import dated

from project import ROOT


@pytest.fixture
def founded():
    """Three initiatives of the cascade, one before and one too old to count."""
    return dated(
        pd.DataFrame(
            {
                "id": ["OLD", "PRE", "ONE", "TWO", "GAP"],
                "founded": ["2001", "2010-03-16", "2012-01-19", "2014-05-14", "2013"],
            }
        )
    )


@pytest.fixture
def purposes():
    """A lasting ground alone, one beside a crisis, a crisis told by a page only, and nothing read."""
    rows = [
        ("PRE", "aqim", "press", "p1", "partial"),
        ("PRE", "aqim", "press", "p2", "yes"),
        ("PRE", "border", "founder", "p1", "yes"),
        ("ONE", "terrorism", "act", "p3", "yes"),
        ("ONE", "mali", "press", "p4", "partial"),
        ("TWO", "libya", "act", "p5", "partial"),
        ("GAP", "none", "nobody", "p6", "partial"),
    ]
    return pd.DataFrame(rows, columns=["initiative", "purpose", "stated_by", "source", "verification"])


def test_grounds_are_counted_once_an_initiative_and_by_its_period(purposes, founded):
    """Two pages that say the same are one ground, and the day of the article still belongs to the cascade."""
    counts = imperative.by_period(imperative.stated(purposes, founded))
    assert counts["founded"].to_dict() == {"recent": 1, "cascade": 3}
    assert counts["aqim"].tolist() == [1, 0]
    peak = counts.loc["cascade"]
    assert peak[["lasting", "crisis", "both", "lasting_alone", "crisis_alone", "none"]].tolist() == [1, 2, 1, 0, 1, 1]


def test_what_a_page_alone_tells_can_be_left_out(purposes, founded):
    """In the founders' own words AQIM and Mali drop out; the initiative that states nothing else still counts as founded."""
    counts = imperative.by_period(imperative.stated(purposes, founded, own_words=True))
    assert (counts["aqim"].sum(), counts["mali"].sum(), counts["border"].sum()) == (0, 0, 1)
    assert counts["founded"].sum() == 4
    only_told = purposes[~purposes["purpose"].isin(["border"])]
    assert imperative.by_period(imperative.stated(only_told, founded, own_words=True)).at["recent", "none"] == 1


def test_an_initiative_without_a_coded_purpose_is_refused(purposes, founded):
    """A share of what was coded cannot pass for a share of what was founded."""
    with pytest.raises(ValueError, match="no stated purpose coded for TWO"):
        imperative.stated(purposes[purposes["initiative"] != "TWO"], founded)
    with pytest.raises(ValueError, match="no stated purpose coded for GAP, ONE, PRE, TWO"):
        imperative.stated(purposes.iloc[:0], founded)


def test_the_list_tells_own_words_from_accounts_and_marks_partial_pages(purposes, founded):
    """A ground with one full page is not marked; one that rests on partial pages alone is."""
    rows = imperative.listed(purposes, founded[founded["id"] != "OLD"]).set_index("id")
    assert (rows.at["PRE", "said"], rows.at["PRE", "told"]) == ("control of a border", "AQIM by name")
    assert rows.at["ONE", "told"] == "the crisis in Mali (partial)"
    assert rows.at["TWO", "said"] == "Libya after 2011 (partial)"
    assert (rows.at["GAP", "said"], rows.at["GAP", "told"], rows.at["GAP", "sources"]) == ("", "", ["p6"])


def test_every_founding_of_the_periods_is_coded_and_every_code_is_known():
    """The table covers the record it is counted against, and the words for its codes are all there."""
    data = ROOT / "data"
    record = dated(load("initiatives", data))
    coded = load("initiative_purposes", data)
    table = imperative.stated(coded, initiatives.african_led(initiatives.core_scope(record)))
    assert set(coded["initiative"]) == set(table["id"])
    assert set(coded["purpose"]) <= set(imperative.PURPOSES)
    assert ((coded["purpose"] == "none") == (coded["stated_by"] == "nobody")).all()
    assert set(coded.loc[coded["purpose"] == "none", "initiative"]).isdisjoint(
        coded.loc[coded["purpose"] != "none", "initiative"]
    )


def test_deaths_are_counted_for_the_states_and_groups_they_name():
    """Nigeria leaves the second measure, and the groups of the Algerian war count among the Islamist though not among AQIM's kin."""
    organised = pd.DataFrame(
        {
            "iso3": ["DZA", "DZA", "NGA", "MLI"],
            "year": [1995, 1999, 1995, 1996],
            "violence": ["state-based", "state-based", "non-state", "one-sided"],
            "deaths_low": [100, 40, 7, 1],
            "deaths_best": [100, 50, 7, 2],
            "deaths_high": [100, 60, 7, 3],
        }
    )
    dyads = pd.DataFrame(
        {
            "iso3": ["DZA", "DZA"],
            "year": [1995, 1999],
            "violence": ["state-based", "state-based"],
            "dyad": ["Government of Algeria - GIA", "Government of Algeria - AQIM"],
        }
    )
    groups = pd.DataFrame({"id": ["AQIM"], "ucdp_name": ["AQIM"], "family": [imperative.AQIM_FAMILY]})
    table = imperative.deaths(organised, dyads, groups)
    assert table.loc[1995].to_dict() == {"all": 107, "without": 100, "four": 100, "islamist": 100, "aqim": 0}
    assert table.loc[1999, ["islamist", "aqim"]].tolist() == [50, 50]
    assert table.loc[1996].to_dict() == {"all": 2, "without": 2, "four": 2, "islamist": 0, "aqim": 0}


@pytest.fixture
def series():
    """Foundings that double whenever the deaths of the same year quadruple, but for one more or less, in a series of forty years."""
    years = pd.RangeIndex(1985, 2025)
    toll = pd.Series([4 ** (year % 4 + 2) - 1 for year in years], index=years)
    return pd.DataFrame(dict.fromkeys(imperative.MEASURES, toll)).assign(
        founded=[100 * 2 ** (year % 4) + (-1) ** (year // 4) for year in years]
    )


def test_foundings_that_follow_deaths_are_found_to_follow_them(series):
    """Half a doubling of foundings for each doubling of deaths is what the regression gives back, with or without growth."""
    for trend in (False, True):
        change, low, high, _ = imperative.response(series["founded"], series["all"], trend)
        assert change == pytest.approx(np.sqrt(2) - 1, abs=0.005)
        assert low <= change <= high


def test_the_interval_is_that_of_newey_and_west(series):
    """Over three years, corrected for the size of the sample and by the distribution of t."""
    log = np.log2(1 + series["all"].astype(float))
    design = pd.DataFrame({"const": 1.0, "toll": log, "decade": (series.index - 1985) / 10})
    model = sm.GLM(series["founded"].astype(float), design, family=sm.families.Poisson())
    fitted = model.fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True)
    expected = np.expm1([fitted.params["toll"], *fitted.conf_int().loc["toll"]])
    expected = (*expected, fitted.pvalues["toll"])
    assert imperative.response(series["founded"], series["all"], trend=True) == pytest.approx(expected)


def test_growth_alone_is_not_taken_for_an_answer_to_deaths():
    """Two series that only grow go together; once growth is allowed for, nothing is left."""
    years = pd.RangeIndex(1990, 2025)
    rng = np.random.default_rng(7)
    founded = pd.Series(rng.poisson(np.exp(0.08 * (years - 1990))), index=years)
    toll = pd.Series(2.0 ** (0.15 * (years - 1990) + rng.normal(0, 0.5, len(years))), index=years)
    assert imperative.response(founded, toll, trend=False)[1] > 0
    _, low, high, p = imperative.response(founded, toll, trend=True)
    assert low < 0 < high
    assert p > 0.05


def test_lags_share_their_years_and_find_the_year_that_counts(series):
    """The deaths of the same year explain the foundings exactly; those of other years do not."""
    table = imperative.lags(series, measures=("all",), first=1990).set_index("lag")
    assert table.index.tolist() == [-3, -2, -1, 0, 1, 2, 3]
    assert table["change"].idxmax() == 0
    assert table.at[0, "change"] == pytest.approx(np.sqrt(2) - 1, abs=0.005)


def test_lags_are_asked_of_the_same_years_of_founding(series, monkeypatch):
    """From the first year to the last whose deaths to come are known, with the deaths moved and growth allowed for."""
    asked = []
    monkeypatch.setattr(imperative, "response", lambda *given, **named: asked.append((*given, named)) or (0, 0, 0, 1))
    imperative.lags(series, measures=("all", "aqim"), first=1993, reach=2)
    assert len(asked) == 2 * 5
    for (founded, toll, named), lag in zip(asked, [-2, -1, 0, 1, 2] * 2, strict=True):
        assert (founded.index[0], founded.index[-1], named) == (1993, 2022, {"trend": True})
        assert toll[2000] == series.at[2000 - lag, "all"]


def test_specifications_take_the_years_they_name(series, monkeypatch):
    """From the first year on, with the crisis or without it, and AQIM of the later span alone."""
    asked = []
    monkeypatch.setattr(
        imperative, "response", lambda founded, toll, trend: asked.append((founded, toll)) or (len(asked), 0, 0, 1)
    )
    table = imperative.specifications(series)
    assert table["change"].tolist() == list(range(1, 37))
    assert table.loc[table["measure"] == "aqim", "first"].unique().tolist() == [1999]
    for (founded, toll), row in zip(asked, table.itertuples(), strict=True):
        assert (founded.index[0], founded.index[-1]) == (row.first, 2024)
        assert ({2012, 2013} <= set(founded.index)) == row.crisis
        assert len(founded) == 2025 - row.first - 2 * (not row.crisis)
        assert toll[2000] == (series.at[1999, "all"] + series.at[2000, "all"]) / 2


def test_a_lag_above_zero_means_that_the_deaths_came_first(series):
    """Foundings that answer the deaths of the year before stand out at a lag of one and not of minus one."""
    answer = series.assign(founded=series["founded"].shift(1).bfill())
    table = imperative.lags(answer, measures=("all",), first=1990).set_index("lag")
    assert table["change"].drop(-3).idxmax() == 1
    assert table.at[1, "change"] == pytest.approx(np.sqrt(2) - 1, abs=0.005)
    assert table.at[-1, "change"] < 0


def test_specifications_take_the_mean_of_a_year_and_the_year_before():
    """Foundings set by that mean are given back by it, to the year of the last deaths."""
    years = pd.RangeIndex(1989, 2025)
    toll = pd.Series([4.0 ** (1 + year % 3) for year in years], index=years)
    mean = toll.rolling(2).mean().bfill()
    table = pd.DataFrame(dict.fromkeys(imperative.MEASURES, toll)).assign(founded=(100 * (1 + mean) ** 0.5).round())
    assert imperative.specifications(table)["change"].to_numpy() == pytest.approx(np.sqrt(2) - 1, abs=0.005)


def test_neighbouring_years_alike_widen_the_interval():
    """The same yearly numbers say less when good years and bad ones come in runs: half the years above the mean and half below, in turn or in a row."""
    years = pd.RangeIndex(1990, 2022)
    level = {"turns": np.tile([6, 14], 16), "runs": np.repeat([6, 14, 6, 14], 8)}
    toll = {"turns": np.tile([3, 3, 15, 15], 8), "runs": np.repeat([3, 15, 3, 3, 15, 3, 15, 15], 4)}
    width = {}
    for order, founded in level.items():
        _, low, high, _ = imperative.response(
            pd.Series(founded, index=years), pd.Series(toll[order], index=years), trend=False
        )
        width[order] = np.log1p(high) - np.log1p(low)
    assert width["runs"] > 1.3 * width["turns"]


def test_deaths_that_grow_with_the_calendar_cannot_be_told_from_growth():
    """Deaths that double every year follow it wholly, those that swing about one level do not."""
    years = pd.RangeIndex(1990, 2025)
    assert imperative.along_time(pd.Series(2.0 ** (years - 1980), index=years), 1999) == pytest.approx(1, abs=0.001)
    assert (
        abs(imperative.along_time(pd.Series([3.0, 3.0, 300.0, 300.0] * 8 + [3.0, 3.0, 300.0], index=years), 1991)) < 0.2
    )


def test_specifications_ask_each_way_once_and_can_leave_the_crisis_out(series):
    """Four measures in eight ways and the one that begins later in four; a founding boom of 2012 and 2013 counts only where those years do."""
    boom = series.assign(founded=series["founded"].where(~series.index.isin(imperative.CRISIS_YEARS), 500))
    table = imperative.specifications(boom)
    assert len(table) == 4 * 8 + 4
    assert not table.duplicated(["measure", "first", "trend", "crisis"]).any()
    kept = table[table["measure"] == "all"].set_index(["first", "trend", "crisis"])["change"]
    calm = imperative.specifications(series)
    calm = calm[calm["measure"] == "all"].set_index(["first", "trend", "crisis"])["change"]
    assert kept[(1990, False, False)] == pytest.approx(calm[(1990, False, False)])
    assert kept[(1990, False, True)] != pytest.approx(calm[(1990, False, True)], abs=0.01)


def test_years_without_a_founding_count_as_none(founded):
    """A quiet year is a zero, not a gap, and spans are means a year."""
    by_year = pd.DataFrame(dict.fromkeys(imperative.MEASURES, 10), index=pd.RangeIndex(1989, 2025))
    table = imperative.yearly(founded, by_year)
    assert table["founded"].sum() == 5
    assert (table.at[2012, "founded"], table.at[2011, "founded"]) == (1, 0)
    assert imperative.spans(table).loc["crisis", ["founded", "all"]].tolist() == [1.0, 10.0]


def test_figures_draw_what_was_counted(purposes, founded, series):
    """A circle for each ground named, a panel for each series, and per cent in place of shares."""
    counts = imperative.by_period(imperative.stated(purposes, founded))
    shown = draw.grounds(counts, "t", "a")
    assert sorted(text for trace in shown.data for text in trace.text) == ["1"] * 6
    panels = draw.beside(series.assign(hostages=np.nan), "t", "a")
    assert len(panels.data) == len(draw.PANELS)
    lagged = draw.lagged(imperative.lags(series, first=1990), (1990, 2021), "t", "a")
    assert max(lagged.data[0].x) == pytest.approx(41.4, abs=0.5)
