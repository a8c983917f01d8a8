"""How much both searches missed: capture-recapture on two separate lists, in several ways."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import gammaln, logsumexp
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportion_confint

from claimbook.package.dates import earliest
from cooperation.measures.initiatives import LED, SCOPE, core_scope, rate_ratio, years
from cooperation.periods import SPANS

PERIODS = ("baseline", "cascade", "after_lists")
NORMAL = 1.96
SHOWN = PERIODS[:2]
BODIES = ("border", "force", "intelligence", "joint-staff", "police", "training")
MOST = 5000
ESTIMATORS = {
    "chapman": "Chapman",
    "chapman_lenient": "Chapman, lenient",
    "chapman_parties": "Chapman, by parties",
    "chapman_kinds": "Chapman, by kind",
    "lincoln": "Lincoln-Petersen",
    "chao": "Chao",
    "bayes": "Bayes",
}
# What each estimate assumes of the two lists, and how it errs.
ASSUMES = {
    "chapman": ("found independently, all as easy to find", "too low where both read the same pages, as they did"),
    "chapman_lenient": (
        "the same; what differs in a date or fact was found by both",
        "lower still, if such a match is false",
    ),
    "chapman_parties": (
        "the same within deals of two states and within wider ones",
        "too low; takes out only what the groups differ in, from small cells",
    ),
    "chapman_kinds": (
        "the same within bodies and within texts and formats",
        "too low; takes out only what the groups differ in, from small cells",
    ),
    "lincoln": ("found independently", "a lower bound where one find makes the other likelier"),
    "chao": (
        "some easier to find than others, both searches as thorough",
        "too high where one was more thorough, as the second was before 2012",
    ),
    "bayes": (
        "found independently, any coverage as likely",
        "as Lincoln-Petersen; the upper end leans on the prior",
    ),
}


def items(
    history: pd.DataFrame, initiatives: pd.DataFrame, lenient: bool, scopes: tuple[str, ...] = (SCOPE,)
) -> pd.DataFrame:
    """One row an arrangement, with the lists that hold it; what differs between them is one arrangement all the same.

    Parameters
    ----------
    history : pandas.DataFrame
        Table ``capture_history``.
    initiatives : pandas.DataFrame
        Table ``initiatives``; a matched arrangement takes its founding date.
    lenient : bool
        Whether an item that differs in date or fact was found by the second
        search too. If not, the find is credited to the first alone. By either
        reading it is the arrangement that it is matched with, and is counted
        once, on the date of the record.
    scopes : tuple of str
        Which scopes count: ``core``, and ``brief`` for what fits only the
        wider brief of the second search.

    Returns
    -------
    pandas.DataFrame
        start (first day the date can mean), in_first, in_second, initiative
        (key, of the nearest match where it differs); African-led
        arrangements of the scopes asked for. One that is only known to have existed
        before a date counts by that date, which errs against a jump in 2012.
    """
    table = history[(history["kind"] == "initiative") & (history["lead"] == LED) & history["scope"].isin(scopes)]
    counts = ["exact", "differs"] if lenient else ["exact"]
    captured = set(table.loc[table["match"].isin(counts), "initiative"])
    first = initiatives[initiatives["id"].isin(table.loc[table["in_first"], "initiative"])]
    first = pd.DataFrame(
        {
            "date": first["founded"],
            "in_first": True,
            "in_second": first["id"].isin(captured).to_numpy(),
            "initiative": first["id"],
        }
    )
    own = table[table["in_second"] & table["match"].isna()]
    second = pd.DataFrame({"date": own["date"], "in_first": False, "in_second": True, "initiative": own["initiative"]})
    both = pd.concat([first, second], ignore_index=True)
    return both.assign(start=earliest(both["date"])).drop(columns="date")


def _interval(found: float, total: float, variance: float) -> dict:
    """An estimate with its log-normal interval for what is unseen, after Chao (1987)."""
    unseen = total - found
    if unseen <= 0:
        return {"total": total, "low": float(found), "high": total, "variance": variance}
    spread = math.exp(NORMAL * math.sqrt(math.log(1 + variance / unseen**2)))
    return {"total": total, "low": found + unseen / spread, "high": found + unseen * spread, "variance": variance}


def chapman(first: int, second: int, both: int):
    """Chapman's estimate of how many there are, with a log-normal interval.

    Parameters
    ----------
    first, second, both : int
        Items in the first list, in the second, and in both.

    Returns
    -------
    dict
        total, low, high (95 per cent; never below what was found), variance.

    References
    ----------
    Chapman, D. G. (1951). University of California Publications in Statistics
    1, 131-160; interval after Chao, A. (1987). Biometrics 43, 783-791.
    """
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    return _interval(first + second - both, total, variance)


def log_linear(first: int, second: int, both: int, odds_ratio: float = 1.0):
    """Estimate of how many there are if the two lists depend on each other by a known odds ratio.

    Parameters
    ----------
    first, second, both : int
        As in :func:`chapman`; neither list within the other.
    odds_ratio : float
        Odds of being in the second list for what is in the first, as a
        multiple of those for what is not. At one the lists are independent
        and the estimate is that of Lincoln and Petersen.

    Returns
    -------
    dict
        As :func:`chapman`. The variance joins the error of the number of
        unseen that is expected with the Poisson scatter of the unseen about
        it; at an odds ratio of one it is the usual one of Lincoln and
        Petersen.

    References
    ----------
    Gerritse, S. C., van der Heijden, P. G. M. and Bakker, B. F. M. (2015).
    Journal of Official Statistics 31, 357-379: the odds ratio is an offset of
    a Poisson log-linear model. With two lists that model has as many
    parameters as cells, so that its fit is the closed form used here.
    """
    cells = (both, first - both, second - both)
    unseen = odds_ratio * cells[1] * cells[2] / both
    return _interval(sum(cells), sum(cells) + unseen, unseen + unseen**2 * sum(1 / cell for cell in cells))


def equal_effort(first: int, second: int, both: int):
    """Chao's estimate for two lists of equal effort, where some things are easier to find than others.

    Parameters
    ----------
    first, second, both : int
        As in :func:`chapman`.

    Returns
    -------
    dict
        As :func:`chapman`. A lower bound if both searches tried as hard;
        too high, without dependence, if one tried harder.

    References
    ----------
    Chao, A. (1987). Biometrics 43, 783-791, with the correction for bias and
    its variance as in Colwell, R. K., EstimateS User's Guide, for two samples.
    """
    once, share = first + second - 2 * both, 1 / 2
    unseen = share * once * (once - 1) / (2 * (both + 1))
    variance = (
        unseen
        + share**2 * once * (2 * once - 1) ** 2 / (4 * (both + 1) ** 2)
        + share**2 * once**2 * both * (once - 1) ** 2 / (4 * (both + 1) ** 4)
    )
    return _interval(once + both, once + both + unseen, variance)


def posterior(first: int, second: int, both: int):
    """Bayesian estimate: how many there are, nothing being known of how much each list covers.

    Every share that a list may cover is as likely beforehand, and the prior
    of the number falls as one over it; the lists are independent.

    Parameters
    ----------
    first, second, both : int
        As in :func:`chapman`.

    Returns
    -------
    dict
        total (median), low, high (95 per cent, with as much left out below
        as above), variance (that of a log-normal with the posterior's spread).

    References
    ----------
    George, E. I. and Robert, C. P. (1992). Biometrika 79, 677-683.
    """
    found = first + second - both
    number = np.arange(found, MOST)
    log_weight = (
        gammaln(number + 1)
        - gammaln(number - found + 1)
        - np.log(number)
        + gammaln(number - first + 1)
        + gammaln(number - second + 1)
        - 2 * gammaln(number + 2)
    )
    chance = np.exp(log_weight - logsumexp(log_weight))
    low, total, high = (int(number[(np.cumsum(chance) >= edge).argmax()]) for edge in (0.025, 0.5, 0.975))
    centre = chance @ np.log(number)
    return {
        "total": total,
        "low": low,
        "high": high,
        "variance": float(total**2 * (chance @ (np.log(number) - centre) ** 2)),
    }


def stratified(part: pd.DataFrame, strata: pd.Series):
    """Chapman's estimate in each stratum, added up.

    Things of one stratum are more alike in how easily they are found, so that
    less of the dependence that unequal chances bring about is left.

    Parameters
    ----------
    part : pandas.DataFrame
        in_first, in_second, one row an arrangement.
    strata : pandas.Series
        Stratum of each row.

    Returns
    -------
    dict
        As :func:`chapman`; the variances add up.

    References
    ----------
    Sekar, C. C. and Deming, W. E. (1949). Journal of the American Statistical
    Association 44, 101-115.
    """
    single = [chapman(*counted(rows)) for _, rows in part.groupby(strata)]
    return _interval(len(part), sum(one["total"] for one in single), sum(one["variance"] for one in single))


def counted(part: pd.DataFrame):
    """How many of some arrangements are in the first list, in the second, and in both."""
    return int(part["in_first"].sum()), int(part["in_second"].sum()), int((part["in_first"] & part["in_second"]).sum())


def by_estimator(history: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """Estimate the number of arrangements founded in each period in several ways.

    Parameters
    ----------
    history, initiatives : pandas.DataFrame
        Tables ``capture_history`` and ``initiatives``.

    Returns
    -------
    pandas.DataFrame
        estimator (key of :data:`ESTIMATORS`), period (of :data:`PERIODS`),
        years, first, second, both, found, total, low, high, variance; African-led arrangements of core scope.
    """
    coded = initiatives.set_index("id")
    strict, lenient = (items(history, initiatives, near) for near in (False, True))
    methods = {
        "chapman": (strict, lambda part: chapman(*counted(part))),
        "chapman_lenient": (lenient, lambda part: chapman(*counted(part))),
        "chapman_parties": (strict, lambda part: stratified(part, part["initiative"].map(coded["bilateral"]))),
        "chapman_kinds": (strict, lambda part: stratified(part, part["initiative"].map(coded["kind"]).isin(BODIES))),
        "lincoln": (strict, lambda part: log_linear(*counted(part))),
        "chao": (strict, lambda part: equal_effort(*counted(part))),
        "bayes": (strict, lambda part: posterior(*counted(part))),
    }
    rows = []
    for estimator, (table, estimate) in methods.items():
        for period in PERIODS:
            span = SPANS[period]
            part = table[table["start"].between(*span)]
            first, second, both = counted(part)
            rows.append(
                {
                    "estimator": estimator,
                    "period": period,
                    "years": years(span),
                    "first": first,
                    "second": second,
                    "both": both,
                    "found": len(part),
                    **estimate(part),
                }
            )
    return pd.DataFrame(rows)


def compared(before, during):
    """Ratio of two founding rates, each from an estimated number.

    Parameters
    ----------
    before, during : mapping
        years, total and variance of the two periods.

    Returns
    -------
    (float, float, float)
        Ratio, lower and upper bound (95 per cent). The interval joins the
        error of the estimates with that of Poisson counts, on the log scale.
    """
    ratio = (during["total"] / during["years"]) / (before["total"] / before["years"])
    variance = sum(row["variance"] / row["total"] ** 2 + 1 / row["total"] for row in (before, during))
    spread = math.exp(NORMAL * math.sqrt(variance))
    return ratio, ratio / spread, ratio * spread


def needed(before, during, column: str = "total") -> int:
    """How many arrangements of the earlier period neither search found, if founding had been as frequent as in the later one."""
    return round(during[column] / during["years"] * before["years"] - before["found"])


def factors(table: pd.DataFrame) -> pd.DataFrame:
    """Ratio of founding rates, 2012-14 to 1990-2011, by each estimator.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`by_estimator`.

    Returns
    -------
    pandas.DataFrame
        estimator, ratio, low, high (95 per cent), needed (unfound
        arrangements of 1990-2011 that would bring the ratio to one).
    """
    rows = []
    for estimator, part in table.groupby("estimator", sort=False):
        before, during = (part.set_index("period").loc[period] for period in SHOWN)
        ratio, low, high = compared(before, during)
        rows.append(
            {"estimator": estimator, "ratio": ratio, "low": low, "high": high, "needed": needed(before, during)}
        )
    return pd.DataFrame(rows)


def odds_ratio_for(row, total: float) -> float:
    """Odds ratio of the two lists at which the estimate is a given total.

    Parameters
    ----------
    row : mapping
        first, second, both and found of a period.
    total : float
        The total. If it is known from elsewhere and still incomplete, the
        odds ratio is at least the one returned.

    Returns
    -------
    float
    """
    return (total - row["found"]) * row["both"] / ((row["first"] - row["both"]) * (row["second"] - row["both"]))


def odds_ratio_interval(row, total: float, level: float = 0.95):
    """How far chance in the overlap leaves the odds ratio of :func:`odds_ratio_for` open.

    Parameters
    ----------
    row, total
        As in :func:`odds_ratio_for`.
    level : float
        Confidence level.

    Returns
    -------
    (float, float)
        Bounds, on the log scale symmetric about the odds ratio (Woolf), by
        ``statsmodels`` ``Table2x2``.
    """
    table = [[row["both"], row["first"] - row["both"]], [row["second"] - row["both"], total - row["found"]]]
    return tuple(float(bound) for bound in Table2x2(np.array(table, dtype=float)).oddsratio_confint(1 - level))


def under_dependence(before, during, odds_before: float, odds_during: float = 1.0):
    """Ratio of founding rates if the lists depend on each other by known odds ratios.

    Parameters
    ----------
    before, during : mapping
        years, first, second and both of the two periods.
    odds_before, odds_during : float
        Odds ratios, as in :func:`log_linear`.

    Returns
    -------
    (float, float, float)
        As :func:`compared`.
    """
    pair = [
        {"years": row["years"], **log_linear(row["first"], row["second"], row["both"], odds)}
        for row, odds in ((before, odds_before), (during, odds_during))
    ]
    return compared(*pair)


def erasing(before, during):
    """How much more the lists would have to depend on each other before 2012 than after, for the jump to go.

    Parameters
    ----------
    before, during : mapping
        As in :func:`under_dependence`; found as well.

    Returns
    -------
    (float, float)
        Odds ratio before 2012, with independent lists after, at which the
        ratio is one; and at which its lower bound is one.
    """
    level = log_linear(during["first"], during["second"], during["both"])["total"] / during["years"] * before["years"]
    return odds_ratio_for(before, level), brentq(lambda odds: under_dependence(before, during, odds)[1] - 1, 1, 1000)


def by_dependence(before, during, marks: Sequence[float]) -> pd.DataFrame:
    """Ratio of founding rates along odds ratios of the two lists before 2012.

    Parameters
    ----------
    before, during : mapping
        As in :func:`under_dependence`.
    marks : sequence of float
        Odds ratios to be among those computed, from 1 to 100.

    Returns
    -------
    pandas.DataFrame
        odds, ratio, low, high (independent lists from 2012 on), same (ratio
        if the lists depend on each other as much from 2012 on).
    """
    odds = np.unique(np.round([*np.geomspace(1, 100, 17), *marks], 1))
    rows = [
        (value, *under_dependence(before, during, value), under_dependence(before, during, value, value)[0])
        for value in odds
    ]
    return pd.DataFrame(rows, columns=["odds", "ratio", "low", "high", "same"])


def overlap(history: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Share of the second list that the first list holds too, by period.

    Parameters
    ----------
    history : pandas.DataFrame
        Table ``capture_history``.
    kind : {"initiative", "meeting"}
        What is counted; core scope, whoever led.

    Returns
    -------
    pandas.DataFrame
        period, second, both, share, low, high (95 per cent, Wilson).
    """
    table = core_scope(history[(history["kind"] == kind) & history["in_second"]])
    grouped = table.assign(both=table["match"].eq("exact").fillna(False)).groupby("period")["both"].agg(["size", "sum"])
    grouped = grouped.reindex(table["period"].drop_duplicates())
    low, high = proportion_confint(grouped["sum"].to_numpy(), grouped["size"].to_numpy(), method="wilson")
    return pd.DataFrame(
        {
            "period": grouped.index,
            "second": grouped["size"].to_numpy(),
            "both": grouped["sum"].to_numpy(),
            "share": (grouped["sum"] / grouped["size"]).to_numpy(),
            "low": low,
            "high": high,
        }
    )


def estimates(history: pd.DataFrame, initiatives: pd.DataFrame, scopes: tuple[str, ...] = (SCOPE,)) -> pd.DataFrame:
    """Estimate the number of arrangements founded in each period, by both ways of matching.

    Parameters
    ----------
    history, initiatives : pandas.DataFrame
        Tables ``capture_history`` and ``initiatives``.
    scopes : tuple of str
        As in :func:`items`.

    Returns
    -------
    pandas.DataFrame
        matching (strict or lenient), period, years, first, second, both,
        found, total, low, high, variance.
    """
    rows = []
    for matching in ("strict", "lenient"):
        table = items(history, initiatives, matching == "lenient", scopes)
        for period in PERIODS:
            span = SPANS[period]
            part = table[table["start"].between(*span)]
            first, second, both = counted(part)
            rows.append(
                {
                    "matching": matching,
                    "period": period,
                    "years": years(span),
                    "first": first,
                    "second": second,
                    "both": both,
                    "found": first + second - both,
                    **chapman(first, second, both),
                }
            )
    return pd.DataFrame(rows)


def corrected_ratio(table: pd.DataFrame, matching: str):
    """Ratio of founding rates, 2012-14 to 1990-2011, corrected for what was missed.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`estimates`.
    matching : {"strict", "lenient"}
        Which estimates to use.

    Returns
    -------
    (float, float, float)
        As :func:`compared`.
    """
    rows = table[table["matching"] == matching].set_index("period")
    return compared(*(rows.loc[period] for period in SHOWN))


def pooled_ratio(table: pd.DataFrame, matching: str):
    """Ratio of founding rates, 2012-14 to 1990-2011, by what the two lists found together; nothing is estimated.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`estimates`.
    matching : {"strict", "lenient"}
        Which matches to use.

    Returns
    -------
    (float, float, float)
        As :func:`cooperation.measures.initiatives.rate_ratio`.
    """
    rows = table[table["matching"] == matching].set_index("period")
    before, during = (rows.loc[period] for period in SHOWN)
    return rate_ratio(int(during["found"]), during["years"], int(before["found"]), before["years"])


def unfound_to_erase(table: pd.DataFrame, matching: str):
    """How many arrangements of 1990-2011 neither search found, if founding had been as frequent as in 2012-14.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`estimates`.
    matching : {"strict", "lenient"}
        Which estimates to use.

    Returns
    -------
    (int, int, int)
        By the number found in 2012-14, by its estimated total, and by the
        upper bound of that.
    """
    rows = table[table["matching"] == matching].set_index("period")
    before, during = (rows.loc[period] for period in SHOWN)
    return tuple(needed(before, during, column) for column in ("found", "total", "high"))
