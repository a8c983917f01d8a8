"""What a pair of states trades against what others of their size, distance and situation trade."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely
import statsmodels.api as sm
from shapely.geometry import Polygon

from claimbook.kept import kept
from cooperation.periods import YEARS
from cooperation.states import LIBYA, MAURITANIA, MOROCCO, dyad

EARTH_KM = 6371.0088
# Newton's steps end when no parameter moves by as much, or after so many.
STEP, ROUNDS = 1e-9, 100
NORMAL = 1.96
GOODS = {"all_goods": "all goods", "no_minerals": "without minerals"}
NORTH = ("Maghreb", "Nile")
BASE = ("log_gdp_exporter", "log_gdp_importer", "log_km", "contiguous")
# Each: which flows, which explanatory columns, whether exporters and importers have effects of their own.
SPECIFICATIONS = {
    "base": ("all", BASE, False),
    "no_border": ("all", BASE[:3], False),
    "neighbours": ("all", (*BASE[:3], "contiguous_cow"), False),
    "north_term": ("all", (*BASE, "north"), False),
    "no_libya": ("no_libya", BASE, False),
    "north_alone": ("north", BASE, False),
    "effects": ("all", ("log_km", "contiguous"), True),
}
SPECIFICATION_LABELS = {
    "base": "size, distance, common border",
    "no_border": "without the common border",
    "neighbours": "Morocco and Mauritania as neighbours",
    "north_term": "with a term for pairs of North Africa",
    "no_libya": "without Libya",
    "north_alone": "pairs of North Africa alone",
    "effects": "with effects of each country",
}


def great_circle(latitude_1, longitude_1, latitude_2, longitude_2):
    """Distance of two points on a sphere, in kilometres, by the haversine formula; degrees in, arrays or numbers."""
    one, two = np.radians(latitude_1), np.radians(latitude_2)
    step = np.radians(np.subtract(longitude_2, longitude_1))
    half = np.sin((two - one) / 2) ** 2 + np.cos(one) * np.cos(two) * np.sin(step / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(half))


def neighbours(boundaries: pd.DataFrame) -> set[frozenset]:
    """Pairs of areas whose outlines touch.

    Western Sahara is an area of its own, so that Morocco and Mauritania do
    not touch.

    Parameters
    ----------
    boundaries : pandas.DataFrame
        Table ``boundaries``.

    Returns
    -------
    set of frozenset of str
        Two ISO codes a pair.
    """
    areas = {
        iso3: shapely.union_all(
            [
                shapely.make_valid(Polygon(ring[["longitude", "latitude"]].to_numpy()))
                for _, ring in part.groupby("ring")
            ]
        )
        for iso3, part in boundaries.groupby("iso3")
    }
    tree = shapely.STRtree(list(areas.values()))
    names = list(areas)
    return {
        frozenset((names[one], names[two]))
        for one, two in tree.query(list(areas.values()), predicate="intersects").T
        if one < two
    }


def flows(
    trade: pd.DataFrame,
    economy: pd.DataFrame,
    capitals: pd.DataFrame,
    boundaries: pd.DataFrame,
    countries: pd.DataFrame,
) -> pd.DataFrame:
    """Exports of each state to each other, with what a gravity equation explains them by.

    Parameters
    ----------
    trade, economy, capitals, boundaries, countries : pandas.DataFrame
        Tables of these names.

    Returns
    -------
    pandas.DataFrame
        exporter, importer, pair (both codes, sorted), ``all_goods`` and
        ``no_minerals`` (million current US dollars a year, average of
        2012-2022; zero where the source has no flow), log_gdp_exporter and
        log_gdp_importer (natural logarithm of the average product of the same
        years, million current dollars), km and log_km (between capitals, great
        circle), contiguous (1 if the outlines touch), contiguous_cow (1 for
        Morocco and Mauritania as well, which the Correlates of War take for
        neighbours), north (1 if both lie in the Maghreb or on the Nile). One
        row for each ordered pair of the states that the source covers.
    """
    states = sorted(set(trade["exporter"]) | set(trade["importer"]))
    ordered = pd.MultiIndex.from_product([states, states], names=["exporter", "importer"])
    ordered = ordered[ordered.get_level_values(0) != ordered.get_level_values(1)]
    table = trade.set_index(["exporter", "importer"]).reindex(ordered, fill_value=0).reset_index()
    product = economy[economy["year"].between(*YEARS["trade"])].groupby("iso3")["gdp_usd_millions"].mean()
    places = capitals.set_index("iso3")[["latitude", "longitude"]].astype(float)
    region = countries.set_index("iso3")["region"]
    touching = neighbours(boundaries)
    one, two = (places.loc[table[side]] for side in ("exporter", "importer"))
    pairs = [frozenset(ends) for ends in zip(table["exporter"], table["importer"], strict=True)]
    km = great_circle(*(one[part].to_numpy() for part in one), *(two[part].to_numpy() for part in two))
    north = table["exporter"].map(region).isin(NORTH) & table["importer"].map(region).isin(NORTH)
    contiguous = np.array([pair in touching for pair in pairs], dtype=float)
    return pd.DataFrame(
        {
            "exporter": table["exporter"],
            "importer": table["importer"],
            "pair": [dyad(*pair) for pair in pairs],
            "all_goods": table["exports_usd_thousands"] / 1000,
            "no_minerals": (table["exports_usd_thousands"] - table["minerals_usd_thousands"]) / 1000,
            "log_gdp_exporter": np.log(table["exporter"].map(product)),
            "log_gdp_importer": np.log(table["importer"].map(product)),
            "km": km,
            "log_km": np.log(km),
            "contiguous": contiguous,
            "contiguous_cow": np.where([pair == {MOROCCO, MAURITANIA} for pair in pairs], 1.0, contiguous),
            "north": north.astype(float),
        }
    )


def _design(table: pd.DataFrame, columns: tuple[str, ...], effects: bool) -> pd.DataFrame:
    design = table[list(columns)].assign(const=1.0)
    if effects:
        dummies = [
            pd.get_dummies(table[side], prefix=side, drop_first=True, dtype=float) for side in ("exporter", "importer")
        ]
        design = pd.concat([design, *dummies], axis=1)
    return design


def _estimate(flow, design, groups: np.ndarray):
    model = sm.GLM(flow, design, family=sm.families.Poisson())
    return model.fit(method="newton", cov_type="cluster", cov_kwds={"groups": groups})


def _near(flow: np.ndarray, design: np.ndarray, groups: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What :func:`_estimate` gives, parameters and their covariance, from parameters that are nearly right.

    The same steps of Newton and the same covariance, without all else that
    statsmodels works out for each of hundreds of estimations.
    """
    params = start
    for _ in range(ROUNDS):
        mean = np.exp(design @ params)
        step = np.linalg.solve(design.T * mean @ design, design.T @ (flow - mean))
        params = params + step
        if np.abs(step).max() < STEP:
            break
    mean = np.exp(design @ params)
    bread = np.linalg.inv(design.T * mean @ design)
    scores = np.zeros((groups.max() + 1, design.shape[1]))
    np.add.at(scores, groups, design * (flow - mean)[:, None])
    number, (rows, columns) = len(np.unique(groups)), design.shape
    correction = number / (number - 1) * (rows - 1) / (rows - columns)
    return params, correction * bread @ scores.T @ scores @ bread


def fit(table: pd.DataFrame, goods: str, columns: tuple[str, ...] = BASE, effects: bool = False):
    """Estimate a gravity equation by Poisson pseudo-maximum likelihood.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of :func:`flows`.
    goods : str
        Key of :data:`GOODS`.
    columns : tuple of str
        Explanatory columns.
    effects : bool
        Whether each exporter and each importer has an effect of its own.

    Returns
    -------
    statsmodels results
        Covariance clustered by pair, so that both directions may err together.

    References
    ----------
    Santos Silva, J. M. C. and Tenreyro, S. (2006). The log of gravity. Review
    of Economics and Statistics 88, 641-658.
    """
    return _estimate(table[goods], _design(table, columns, effects), pd.factorize(table["pair"])[0])


@kept
def every_pair(table: pd.DataFrame, goods: str, columns: tuple[str, ...] = BASE, effects: bool = False) -> pd.DataFrame:
    """Compare each pair with what all other pairs suggest for it.

    Each pair in turn takes no part in the estimation and is then predicted,
    so that all are compared alike.

    Parameters
    ----------
    table, goods, columns, effects
        As in :func:`fit`.

    Returns
    -------
    pandas.DataFrame
        goods, pair, actual (both directions together, million dollars),
        expected, low and high (95 per cent confidence interval of the
        expectation, by the delta method on the log scale; it does not cover
        how far single pairs stray from the expectation), and ratio (actual by
        expected); by ratio.
    """
    # Arrays, because hundreds of estimations on frames take twice as long.
    flow, design, rows = table[goods].to_numpy(), _design(table, columns, effects).to_numpy(), []
    numbers, names = pd.factorize(table["pair"], sort=True)
    start = _estimate(flow, design, numbers).params
    for number, pair in enumerate(names):
        own = numbers == number
        params, covariance = _near(flow[~own], design[~own], numbers[~own], start)
        explained = design[own]
        each = np.exp(explained @ params)
        gradient = each @ explained / each.sum()
        error = float(np.sqrt(gradient @ covariance @ gradient))
        expected, actual = float(each.sum()), float(flow[own].sum())
        low, high = expected * np.exp(-NORMAL * error), expected * np.exp(NORMAL * error)
        rows.append((goods, pair, actual, expected, low, high, actual / expected))
    pairs = pd.DataFrame(rows, columns=["goods", "pair", "actual", "expected", "low", "high", "ratio"])
    return pairs.sort_values(["ratio", "pair"], ignore_index=True)


def standing(pairs: pd.DataFrame, pair: str) -> dict:
    """Where a pair stands among the others.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From :func:`every_pair`.
    pair : str
        Pair of codes.

    Returns
    -------
    dict
        others (how many), below (how many of them have a lower ratio), median
        of the others' ratios, and low and high: the 2.5 and 97.5 per cent
        points of the others' ratios.
    """
    others = pairs.loc[pairs["pair"] != pair, "ratio"]
    own = pairs.loc[pairs["pair"] == pair, "ratio"].item()
    low, high = np.quantile(others, [0.025, 0.975])
    return {
        "others": len(others),
        "below": int((others < own).sum()),
        "median": float(others.median()),
        "low": float(low),
        "high": float(high),
    }


def specifications(table: pd.DataFrame, pair: str) -> pd.DataFrame:
    """A pair's trade against its expectation under each of :data:`SPECIFICATIONS`.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`flows`.
    pair : str
        Pair of codes.

    Returns
    -------
    pandas.DataFrame
        specification (key), goods, pairs (others, all in the estimation), ratio, low
        and high (actual by the bounds of the expectation), and below (from
        :func:`standing`).
    """
    kept = {
        "all": pd.Series(True, index=table.index),
        "no_libya": ~table["pair"].str.contains(LIBYA),
        "north": table["north"] == 1,
    }
    rows = []
    for name, (which, columns, effects) in SPECIFICATIONS.items():
        part = table[kept[which]]
        for goods in GOODS:
            pairs = every_pair(part, goods, columns, effects)
            own, place = pairs.set_index("pair").loc[pair], standing(pairs, pair)
            rows.append(
                {
                    "specification": name,
                    "goods": goods,
                    "pairs": place["others"],
                    "ratio": own["ratio"],
                    "low": own["actual"] / own["high"],
                    "high": own["actual"] / own["low"],
                    "below": place["below"],
                }
            )
    return pd.DataFrame(rows)
