"""How far two coders agree: Krippendorff's alpha with a bootstrap interval."""

from __future__ import annotations

import warnings
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd
from scipy.stats import bootstrap

from claimbook.kept import kept

Level = Literal["nominal", "ordinal"]
LEVELS: dict[str, Level] = {
    "direction": "ordinal",
    "source_reliability": "ordinal",
    "information_credibility": "ordinal",
}
BEARINGS = ("threat", "cooperation", "mistrust", "collusion-for", "collusion-against")
SEED = 20261122
RESAMPLES = 2000
LEAST = 8
UNDEFINED = 0.05


def units(coding: pd.DataFrame) -> pd.DataFrame:
    """One row a coded unit, with both codes as text.

    Parameters
    ----------
    coding : pandas.DataFrame
        Table ``second_coding``.

    Returns
    -------
    pandas.DataFrame
        table, row, variable, first, second. A set of bearings becomes one
        unit a bearing, coded yes or no; an exclusion that neither coder saw
        is left out, one that only one saw has ``none`` on the other side.
    """
    sets = coding["variable"] == "bearings"
    rows = []
    for _, item in coding[sets].iterrows():
        codes = [set(item[coder].split(";")) if pd.notna(item[coder]) else set() for coder in ("first", "second")]
        for bearing in BEARINGS:
            first, second = ("yes" if bearing in code else "no" for code in codes)
            rows.append((item["table"], item["row"], "bearings", first, second))
    split = pd.DataFrame(rows, columns=["table", "row", "variable", "first", "second"])
    plain = coding[~sets].dropna(subset=["first", "second"], how="all")[split.columns].fillna("none")
    return pd.concat([plain, split], ignore_index=True)


def _alpha(first: np.ndarray, second: np.ndarray, level: Level) -> float:
    if len(np.unique(np.concatenate([first, second]))) < 2:
        return np.nan
    return krippendorff.alpha(np.vstack([first, second]), level_of_measurement=level)


def _of_rows(one: np.ndarray, two: np.ndarray, members: list[np.ndarray], level: Level) -> float:
    """Alpha of the units of some rows, one as often as its row is drawn."""
    drawn = np.concatenate(members)
    return _alpha(one[drawn], two[drawn], level)


def alpha(
    first: pd.Series, second: pd.Series, level: Level = "nominal", rows: pd.Series | None = None
) -> tuple[float, float, float]:
    """Krippendorff's alpha of two codings and its bootstrap interval.

    Parameters
    ----------
    first, second : pandas.Series
        Codes of the same units, as text; ordinal codes are whole numbers, or letters in their order.
    level : {"nominal", "ordinal"}
        Level of measurement.
    rows : pandas.Series, optional
        What each unit is a part of; units of one row are drawn together, since they were coded together. Each unit is
        a row of its own if left out.

    Returns
    -------
    (float, float, float)
        Alpha, lower and upper bound (95 per cent, percentile bootstrap over
        rows, seeded). Missing where both coders used one code only, or
        where there are fewer than eight units; the bounds also where more than
        one resample in twenty holds a single code, which leaves alpha undefined.

    Raises
    ------
    ValueError
        If an ordinal code is missing.

    References
    ----------
    Krippendorff, K. (2019). Content Analysis, 4th edition, chapter 12.
    """
    codes = sorted(set(first) | set(second))
    if level == "ordinal" and "none" in codes:
        raise ValueError("an ordinal code is missing; leave the unit out")
    if level == "ordinal" and all(code.lstrip("-").isdigit() for code in codes):
        codes.sort(key=int)
    places = {code: float(place) for place, code in enumerate(codes)}
    one, two = first.map(places).to_numpy(), second.map(places).to_numpy()
    point = _alpha(one, two, level) if len(one) >= LEAST else np.nan
    if np.isnan(point):
        return point, np.nan, np.nan
    members = list(
        pd.Series(np.arange(len(one))).groupby((first.index if rows is None else rows).to_numpy()).indices.values()
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        draws = bootstrap(
            (np.arange(len(members)),),
            lambda drawn: _of_rows(one, two, [members[row] for row in drawn], level),
            vectorized=False,
            n_resamples=RESAMPLES,
            method="percentile",
            rng=np.random.default_rng(SEED),
        ).bootstrap_distribution
    if np.isnan(draws).mean() > UNDEFINED:
        return point, np.nan, np.nan
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return point, float(low), float(high)


@kept
def by_variable(coding: pd.DataFrame) -> pd.DataFrame:
    """Agreement for each coded variable.

    Parameters
    ----------
    coding : pandas.DataFrame
        Table ``second_coding``.

    Returns
    -------
    pandas.DataFrame
        table, variable, level, n (units), same (share coded alike), alpha,
        low, high; in the order of the table.
    """
    rows = []
    for (table, variable), mine in units(coding).groupby(["table", "variable"], sort=False):
        level = LEVELS.get(variable, "nominal")
        same = float((mine["first"] == mine["second"]).mean())
        rows.append(
            (table, variable, level, len(mine), same, *alpha(mine["first"], mine["second"], level, mine["row"]))
        )
    return pd.DataFrame(rows, columns=["table", "variable", "level", "n", "same", "alpha", "low", "high"])


def steps(coding: pd.DataFrame, variable: str) -> pd.Series:
    """By how many steps of an ordinal scale two coders differ.

    Parameters
    ----------
    coding : pandas.DataFrame
        Table ``second_coding``.
    variable : str
        A variable coded in whole numbers.

    Returns
    -------
    pandas.Series
        Steps, none below 0, by the row that was coded.
    """
    mine = units(coding).query("variable == @variable").set_index("row")
    return (mine["first"].astype(int) - mine["second"].astype(int)).abs()
