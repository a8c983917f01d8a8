"""What called the initiatives forth: the grounds their founders state, and whether foundings follow violence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cooperation.measures import violence
from cooperation.measures.initiatives import within
from cooperation.periods import SPANS, YEARS
from cooperation.states import FOUR, NIGERIA, SUDAN

PERIODS = ("two_before", "recent", "cascade", "after_to_2015")
PURPOSES = {
    "terrorism": "terrorism or extremism",
    "aqim": "AQIM by name",
    "boko-haram": "Boko Haram by name",
    "crime": "trafficking and crime",
    "border": "control of a border",
    "migration": "irregular migration",
    "rebels": "rebels of a founder",
    "piracy": "piracy",
    "mali": "the crisis in Mali",
    "libya": "Libya after 2011",
    "capacity": "means of forces",
    "development": "development",
    "other": "another purpose",
    "none": "none read",
}
GROUPS = {
    "extremist": ("terrorism", "aqim", "boko-haram"),
    "lasting": ("terrorism", "aqim", "boko-haram", "crime", "border", "migration", "rebels", "piracy"),
    "crisis": ("mali", "libya"),
}
OUTSIZE = (NIGERIA, SUDAN)
# The armed Islamist groups of the Algerian war, by UCDP's names; armed_groups begins with what became AQIM.
ALGERIAN_WAR = ("AIS", "GIA")
AQIM_FAMILY = "AQIM and its offshoots and allies"
MEASURES = {
    "all": "whole region",
    "without": "without Nigeria and Sudan",
    "four": "Algeria, Mali, Mauritania and Niger",
    "islamist": "conflicts with armed Islamist groups, at most",
    "aqim": "conflicts with AQIM and its kin, at most",
}
CRISIS_YEARS = YEARS["crisis"]
STRETCHES = ("algerian_war", "hostages", "crisis", "after_crisis", "deadliest")


def uncoded(purposes: pd.DataFrame, founded: pd.DataFrame) -> list[str]:
    """Initiatives of :data:`PERIODS` for which no ground is coded, not even that none was read.

    Parameters
    ----------
    purposes : pandas.DataFrame
        Table ``initiative_purposes``.
    founded : pandas.DataFrame
        The initiatives that count, from
        :func:`cooperation.measures.initiatives.dated`.

    Returns
    -------
    list of str
        Their keys, sorted.
    """
    counted = pd.concat([within(founded, SPANS[name])["id"] for name in PERIODS])
    return sorted(set(counted) - set(purposes["initiative"]))


def stated(purposes: pd.DataFrame, founded: pd.DataFrame, own_words: bool = False) -> pd.DataFrame:
    """Which grounds each initiative of :data:`PERIODS` states.

    Parameters
    ----------
    purposes : pandas.DataFrame
        Table ``initiative_purposes``.
    founded : pandas.DataFrame
        The initiatives that count, from
        :func:`cooperation.measures.initiatives.dated`.
    own_words : bool
        Whether only what the act or a founder says counts, and not what a
        page gives as its own account.

    Returns
    -------
    pandas.DataFrame
        id, period, one truth value for each of :data:`PURPOSES` and of
        :data:`GROUPS`; in the order of founding. ``none`` is true where
        nothing was read that counts.

    Raises
    ------
    ValueError
        If an initiative of a period has no row in ``purposes``.
    """
    parts = [within(founded, SPANS[name])[["id"]].assign(period=name) for name in PERIODS]
    table = pd.concat(parts, ignore_index=True)
    missing = uncoded(purposes, founded)
    if missing:
        raise ValueError(f"no stated purpose coded for {', '.join(missing)}")
    counted = purposes[purposes["stated_by"] != "press"] if own_words else purposes
    named = counted.groupby("initiative")["purpose"].agg(set).reindex(table["id"])
    for purpose in PURPOSES:
        table[purpose] = [isinstance(found, set) and purpose in found for found in named]
    for group, members in GROUPS.items():
        table[group] = table[list(members)].any(axis=1)
    table["none"] = ~table[[purpose for purpose in PURPOSES if purpose != "none"]].any(axis=1)
    return table


def by_period(table: pd.DataFrame) -> pd.DataFrame:
    """How many initiatives of each period state which ground.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`stated`.

    Returns
    -------
    pandas.DataFrame
        Index: the periods in their order. Columns: ``founded`` (number of
        initiatives), one number for each of :data:`PURPOSES` and of
        :data:`GROUPS`, and ``lasting_alone``, ``both``, ``crisis_alone``:
        those that name a lasting threat without a crisis of 2011 to 2013,
        with one, and such a crisis without a lasting threat.
    """
    table = table.assign(
        lasting_alone=table["lasting"] & ~table["crisis"],
        both=table["lasting"] & table["crisis"],
        crisis_alone=table["crisis"] & ~table["lasting"],
    )
    counts = table.drop(columns="id").groupby("period").sum()
    counts.insert(0, "founded", table.groupby("period").size())
    return counts.reindex([period for period in PERIODS if period in counts.index])


def deaths(organised: pd.DataFrame, dyads: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """Deaths in organised violence by year, counted in five ways.

    Parameters
    ----------
    organised, dyads, groups : pandas.DataFrame
        Tables ``organised_violence``, ``organised_violence_dyads`` and
        ``armed_groups``.

    Returns
    -------
    pandas.DataFrame
        Index: year. One column of deaths (best estimate) for each of
        :data:`MEASURES`. The last two are upper bounds: see
        :func:`cooperation.measures.violence.at_most`. ``islamist`` adds
        :data:`ALGERIAN_WAR` to the groups of the table.
    """
    totals = violence.totals(organised)
    war = pd.DataFrame({"id": ALGERIAN_WAR, "ucdp_name": ALGERIAN_WAR})
    islamist = pd.concat([groups, war], ignore_index=True).assign(family="islamist")
    parts = {
        "all": totals,
        "without": totals[~totals["iso3"].isin(OUTSIZE)],
        "four": totals[totals["iso3"].isin(FOUR)],
        "islamist": violence.at_most(organised, dyads, islamist, "islamist"),
        "aqim": violence.at_most(organised, dyads, groups, AQIM_FAMILY),
    }
    summed = pd.DataFrame({name: part.groupby("year")["deaths_best"].sum() for name, part in parts.items()})
    return summed.reindex(sorted(totals["year"].unique())).fillna(0).astype(int)


def yearly(founded: pd.DataFrame, by_year: pd.DataFrame) -> pd.DataFrame:
    """Foundings beside the deaths of the same year.

    Parameters
    ----------
    founded : pandas.DataFrame
        The initiatives that count, from
        :func:`cooperation.measures.initiatives.dated`.
    by_year : pandas.DataFrame
        From :func:`deaths`.

    Returns
    -------
    pandas.DataFrame
        The rows of ``by_year`` with ``founded``, a number; zero in a year
        without a founding.
    """
    counts = founded.groupby(founded["from_day"].dt.year).size()
    return by_year.assign(founded=counts.reindex(by_year.index, fill_value=0))


def response(founded: pd.Series, toll: pd.Series, trend: bool) -> tuple[float, float, float, float]:
    """Change in foundings that goes with twice the deaths.

    Poisson regression of the yearly number of foundings on the logarithm of
    one plus the deaths, with standard errors that allow for overdispersion
    and for correlation over three years (Newey and West), by ``statsmodels``.
    On some thirty years such intervals tend to be too narrow.

    Parameters
    ----------
    founded : pandas.Series
        Foundings by year.
    toll : pandas.Series
        Deaths of the same index; years without a value are left out.
    trend : bool
        Whether a steady yearly growth of foundings is allowed for.

    Returns
    -------
    (float, float, float, float)
        Relative change for each doubling of deaths (0.1: a tenth more), the
        bounds of its 95 per cent interval, and the two-sided p-value.

    References
    ----------
    Newey, W. K. and West, K. D. (1987). Econometrica 55, 703-708;
    ``statsmodels.genmod.generalized_linear_model.GLM``.
    """
    design = pd.DataFrame({"level": 1.0, "toll": np.log2(1 + toll.astype(float))})
    if trend:
        design["trend"] = (design.index - design.index[0]) / 10
    design = design.dropna()
    import statsmodels.api as sm

    model = sm.GLM(founded.loc[design.index].astype(float), design, family=sm.families.Poisson())
    fitted = model.fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True)
    low, high = fitted.conf_int().loc["toll"]
    change, least, most = (float(np.expm1(value)) for value in (fitted.params["toll"], low, high))
    return change, least, most, float(fitted.pvalues["toll"])


def specifications(table: pd.DataFrame, firsts: tuple[int, ...] = (1990, 1999)) -> pd.DataFrame:
    """Ask whether foundings follow deaths, once for every reasonable way to ask.

    Deaths are the mean of the year and the year before. Where 2012 and 2013
    are left out, the standard errors take 2011 and 2014 as neighbours.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`yearly`.
    firsts : tuple of int
        First years of the spans looked at; each runs to the last year. The
        measure ``aqim`` is nil before 1998, since no group had a name of that
        family, and is asked of the last span only.

    Returns
    -------
    pandas.DataFrame
        measure, first, trend (truth value), crisis (whether 2012 and 2013 are
        in), change, low, high, p (see :func:`response`) and corrected (p after
        Benjamini and Hochberg, over all rows).
    """
    rows = []
    for measure in MEASURES:
        toll = table[measure].rolling(2).mean()
        for first in firsts:
            if measure == "aqim" and first != firsts[-1]:
                continue
            for trend in (False, True):
                for crisis in (True, False):
                    kept = table.index[(table.index >= first) & (crisis | ~table.index.isin(CRISIS_YEARS))]
                    change, low, high, p = response(table.loc[kept, "founded"], toll.loc[kept], trend)
                    rows.append(
                        {
                            "measure": measure,
                            "first": first,
                            "trend": trend,
                            "crisis": crisis,
                            "change": change,
                            "low": low,
                            "high": high,
                            "p": p,
                        }
                    )
    return _corrected(rows)


def _corrected(rows: list[dict]) -> pd.DataFrame:
    """Rows with a p-value each as one family, with the p-values after Benjamini and Hochberg beside."""
    table = pd.DataFrame(rows)
    from statsmodels.stats.multitest import fdrcorrection

    return table.assign(corrected=fdrcorrection(table["p"])[1])


def along_time(toll: pd.Series, first: int) -> float:
    """How closely deaths follow the calendar, and so how hard it is to tell them from a steady growth.

    Parameters
    ----------
    toll : pandas.Series
        Deaths by year.
    first : int
        First year looked at.

    Returns
    -------
    float
        Pearson's correlation of the year with the deaths as
        :func:`specifications` takes them.
    """
    used = np.log2(1 + toll.rolling(2).mean()).loc[first:]
    return float(np.corrcoef(used, used.index)[0, 1])


def lags(
    table: pd.DataFrame, measures: tuple[str, ...] = ("all", "islamist"), first: int = 1993, reach: int = 3
) -> pd.DataFrame:
    """Whether foundings go with the deaths of earlier, the same or later years.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`yearly`.
    measures : tuple of str
        Which of :data:`MEASURES`.
    first : int
        First year of founding looked at.
    reach : int
        How many years to look back and ahead. All lags are fitted on the same
        years of founding: the last ``reach`` years of the record are left out.

    Returns
    -------
    pandas.DataFrame
        measure, lag (years by which the deaths come before the foundings;
        below zero they come after), change, low, high, p (see :func:`response`)
        and corrected (p after Benjamini and Hochberg, over all rows).
        A steady growth of foundings is allowed for.
    """
    kept = table.index[(table.index >= first) & (table.index <= table.index.max() - reach)]
    rows = []
    for measure in measures:
        for lag in range(-reach, reach + 1):
            change, low, high, p = response(table.loc[kept, "founded"], table[measure].shift(lag).loc[kept], trend=True)
            rows.append({"measure": measure, "lag": lag, "change": change, "low": low, "high": high, "p": p})
    return _corrected(rows)


def spans(table: pd.DataFrame) -> pd.DataFrame:
    """Foundings and deaths a year, in spans of years.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`yearly`.

    Returns
    -------
    pandas.DataFrame
        Index: :data:`STRETCHES`. Columns: ``founded`` and :data:`MEASURES`, each
        a number a year.
    """
    return pd.DataFrame({name: table.loc[slice(*YEARS[name])].mean() for name in STRETCHES}).T[["founded", *MEASURES]]


def listed(purposes: pd.DataFrame, founded: pd.DataFrame) -> pd.DataFrame:
    """What each initiative states, in words, and where it is read.

    Parameters
    ----------
    purposes : pandas.DataFrame
        Table ``initiative_purposes``.
    founded : pandas.DataFrame
        Initiatives, from :func:`cooperation.measures.initiatives.dated`.

    Returns
    -------
    pandas.DataFrame
        One row an initiative of ``founded``, in its order: id, said (grounds
        that the act or a founder states), told (those that only a page gives),
        sources (keys of the pages). Grounds are joined by commas; ``(partial)``
        follows one that rests on partial rows alone; nothing is an empty text.
    """
    rows = []
    for key in founded["id"]:
        mine = purposes[purposes["initiative"] == key]
        own = mine[mine["stated_by"].isin(["act", "founder"])]
        told = mine[(mine["stated_by"] == "press") & ~mine["purpose"].isin(own["purpose"])]
        rows.append(
            {"id": key, "said": _in_words(own), "told": _in_words(told), "sources": sorted(set(mine["source"]))}
        )
    return pd.DataFrame(rows, columns=["id", "said", "told", "sources"])


def _in_words(rows: pd.DataFrame) -> str:
    sure = set(rows.loc[rows["verification"] == "yes", "purpose"])
    return ", ".join(
        words + ("" if purpose in sure else " (partial)")
        for purpose, words in PURPOSES.items()
        if purpose in set(rows["purpose"])
    )
