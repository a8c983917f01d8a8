"""The specification curve as one question: whether foundings without a jump could give as high a curve."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy.stats import beta

from claimbook.kept import kept
from claimbook.package.dates import earliest
from cooperation.measures import changepoint
from cooperation.measures.initiatives import BASES, DATES, WINDOWS, options, years
from cooperation.periods import SPANS

# What the rate of foundings did from 1990 to the article if there was no jump.
TRUTHS = {"even": "an even rate", "rise": "a steady rise"}
STATISTICS = ("median", "above", "sure")
DRAWS = 1000
SEED = 2304


def _days(table: pd.DataFrame) -> np.ndarray:
    """Days since the start of 1990 by each way of dating, one row a way, as :func:`readings` dates."""
    start = changepoint.TO_ARTICLE[0]
    dated = [earliest(table[column].fillna(table["founded"])) for column in DATES.values()]
    return np.array([((day - start).dt.days).to_numpy() for day in dated])


def _lowest_share(most: int) -> np.ndarray:
    """Lower bound of Clopper and Pearson (95 per cent) by events in the window (row) and in the base (column)."""
    one, other = np.indices((most + 1, most + 1))
    with np.errstate(invalid="ignore"):
        return np.where(one > 0, beta.ppf(0.025, one, other + 1), 0.0)


def _summed(days: np.ndarray, chosen: np.ndarray, lowest: np.ndarray) -> tuple[float, float, float]:
    """The three statistics of one curve: median ratio, share of ratios above one, share of intervals above one."""
    start = changepoint.TO_ARTICLE[0]
    spans = [SPANS[key] for key in (*WINDOWS, *BASES)]
    edges = np.array([[(edge - start).days for edge in span] for span in spans])
    inside = (days[:, :, None] >= edges[:, 0]) & (days[:, :, None] <= edges[:, 1])
    counts = (chosen @ inside.astype(float)).astype(int)
    window, base = counts[:, :, : len(WINDOWS), None], counts[:, :, None, len(WINDOWS) :]
    length = np.array([years(span) for span in spans])
    scale = length[None, len(WINDOWS) :] / length[: len(WINDOWS), None]
    window, base = np.broadcast_arrays(window, base)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(base > 0, scale * window / base, np.nan)
    low = lowest[window, base]
    return (
        float(np.nanmedian(ratio)),
        float((ratio.round(6) > 1).mean()),
        float((scale * low > (1 - low))[base > 0].sum() / ratio.size),
    )


@kept
def joint(table: pd.DataFrame, truth: str, draws: int = DRAWS) -> pd.DataFrame:
    """Test all readings of the specification curve together.

    The readings overlap, so a share of them that agrees is no measure of
    evidence. Here every initiative founded from 1990 to the article gets a new
    founding day, its authorisation and first activity move with it, and all
    readings are made again: they overlap in each draw as they do in the record.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`cooperation.measures.initiatives.searched`.
    truth : str
        Key of :data:`TRUTHS`: the new days follow one rate, or one that rises
        by the same factor every year, as fitted to the table
        (:func:`cooperation.measures.changepoint.fits`).
    draws : int
        Number of draws, seeded.

    Returns
    -------
    pandas.DataFrame
        One row a statistic (the index: ``median`` of the ratios; ``above`` and
        ``sure``, shares of readings whose ratio, or whose interval, is above
        one): observed, typical (median of the draws), high (their 95 per cent
        point) and p (share of draws, the record among them, that reach the
        observed value).

    Notes
    -----
    Either null takes it that the searches looked at all years alike, and that
    one founding does not bring about another.

    References
    ----------
    Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification
    curve analysis. Nature Human Behaviour 4, 1208-1214 (joint inference).
    """
    start, last = changepoint.TO_ARTICLE
    length = (last - start).days + 1
    days, chosen = _days(table), options(table)[1].astype(float)
    moved = table["from_day"].between(start, last).to_numpy()
    lags = days - _days(table.assign(**dict.fromkeys(DATES.values(), table["founded"])))
    lowest = _lowest_share(len(table))
    growth = 0.0
    if truth == "rise":
        by_year = changepoint.yearly(table, changepoint.TO_ARTICLE)
        first, final = changepoint.fits(by_year).at["rise", "rates"]
        growth = length * math.log(final / first) / ((len(by_year) - 1) * 365.25)
    random, rows = np.random.default_rng(SEED), []
    for _ in range(draws):
        place = random.random(moved.sum())
        if growth:
            place = np.log1p(place * math.expm1(growth)) / growth
        fresh = days.copy()
        fresh[:, moved] = np.floor(place * length) + lags[:, moved]
        rows.append(_summed(fresh, chosen, lowest))
    drawn, observed = np.array(rows), np.array(_summed(days, chosen, lowest))
    return pd.DataFrame(
        {
            "observed": observed,
            "typical": np.median(drawn, axis=0),
            "high": np.quantile(drawn, 0.95, axis=0),
            "p": (1 + (drawn >= observed - 1e-9).sum(axis=0)) / (draws + 1),
        },
        index=pd.Index(STATISTICS, name="statistic"),
    )
