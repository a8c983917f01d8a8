"""When foundings became more frequent: change points of a Poisson process, set against a steady rise."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import newton
from scipy.special import gammaln, logsumexp, xlogy
from scipy.stats import binom
from statsmodels.stats.multitest import fdrcorrection

from cooperation.measures.initiatives import YEAR, within
from cooperation.periods import CASCADE, SPANS

TO_ARTICLE = SPANS["to_article"]
BREAKS = {"flat": 0, "one_break": 1, "two_breaks": 2}
MODELS = ("flat", "rise", "one_break", "two_breaks")
TIE = 1e-9
SHAPE = 0.5
# Up to when shapes are fitted, and what is asked of each pair of them: which model, against which, if which is true.
UNTIL = ("to_article", "to_2025")
ASKED = {
    "p_one": ("one_break", "rise", "rise"),
    "p_two": ("two_breaks", "rise", "rise"),
    "p_break": ("one_break", "rise", "one_break"),
}
DRAWS = 2000
SEED = 20140514


def posterior(
    table: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp] = TO_ARTICLE, prior_years: float = 0.0
) -> pd.DataFrame:
    """Chance of each month to be the first of a new founding rate, given that the rate changed once.

    Foundings are a Poisson process with one rate before the change and one
    from it on. Every month but the first is as likely beforehand; the two
    rates have the prior of Jeffreys (a gamma of shape one half and rate
    zero), with which the chance has a closed form. A date known only to the year may lie on any day of it: where the
    change falls within that year, the sum runs over how many such foundings
    came before it. A date known to the month needs none of this, since rates
    change on the first of a month.

    Parameters
    ----------
    table : pandas.DataFrame
        Initiatives that count, from
        :func:`cooperation.measures.initiatives.dated`.
    window : (pandas.Timestamp, pandas.Timestamp)
        First and last day looked at.
    prior_years : float
        Rate of the gamma prior: over how many years half a founding is known
        beforehand on either side. At zero the prior is that of Jeffreys.

    Returns
    -------
    pandas.DataFrame
        month (first day), chance (they add up to one), before, after
        (founding rates a year, means of the posterior for a change in that
        month).

    References
    ----------
    Raftery, A. E. and Akman, V. E. (1986). Bayesian analysis of a Poisson
    process with a change-point. Biometrika 73, 85-89.
    """
    first, last = window
    counted = within(table, window)
    day = (counted["from_day"] - first).dt.days.to_numpy()
    whole_year = (counted["to_day"] - counted["from_day"]).dt.days.to_numpy() >= 364
    years = ((last - first).days + 1) / YEAR
    rows = []
    for month in pd.date_range(first, last, freq="MS")[1:]:
        at = (month - first).days
        early, late = prior_years + at / YEAR, prior_years + years - at / YEAR
        start = (pd.Timestamp(month.year, 1, 1) - first).days
        open_dates = int((whole_year & (day == start)).sum()) if month.month > 1 else 0
        split = np.arange(open_dates + 1)
        before = (day < at).sum() - open_dates + split
        after = len(counted) - before
        log_weight = (
            binom.logpmf(split, open_dates, (at - start) / (366 if month.is_leap_year else 365))
            + gammaln(SHAPE + before)
            - (SHAPE + before) * np.log(early)
            + gammaln(SHAPE + after)
            - (SHAPE + after) * np.log(late)
        )
        share = np.exp(log_weight - logsumexp(log_weight))
        rows.append(
            {
                "month": month,
                "log_weight": logsumexp(log_weight),
                "before": share @ (SHAPE + before) / early,
                "after": share @ (SHAPE + after) / late,
            }
        )
    chances = pd.DataFrame(rows)
    chances["chance"] = np.exp(chances["log_weight"] - logsumexp(chances["log_weight"]))
    return chances[["month", "chance", "before", "after"]]


def located(chances: pd.DataFrame, level: float = 0.95) -> dict:
    """Where the change lies: the likeliest month, an interval, and the rates on either side.

    Parameters
    ----------
    chances : pandas.DataFrame
        From :func:`posterior`.
    level : float
        Chance of the interval, with as much left out below as above.

    Returns
    -------
    dict
        month, chance (of the likeliest month), low, high (months), before,
        after (rates a year, averaged over all months by their chance).
    """
    reached = chances["chance"].cumsum()
    edge = (1 - level) / 2
    best = chances.loc[chances["chance"].idxmax()]
    return {
        "month": best["month"],
        "chance": float(best["chance"]),
        "low": chances.loc[(reached >= edge).idxmax(), "month"],
        "high": chances.loc[(reached >= 1 - edge).idxmax(), "month"],
        "before": float(chances["chance"] @ chances["before"]),
        "after": float(chances["chance"] @ chances["after"]),
    }


def yearly(table: pd.DataFrame, window: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """Foundings in each year of a window, and how much of the year lies in it.

    Every date is known at least to its year, so models on these counts need
    no assumption about partial dates.

    Parameters
    ----------
    table, window
        As in :func:`posterior`.

    Returns
    -------
    pandas.DataFrame
        year, count, exposure (years).
    """
    first, last = window
    years = np.arange(first.year, last.year + 1)
    counts = within(table, window)["from_day"].dt.year.value_counts().reindex(years, fill_value=0)
    ends = [min(last, pd.Timestamp(year, 12, 31)) for year in years]
    starts = [max(first, pd.Timestamp(year, 1, 1)) for year in years]
    days = np.array([(end - start).days + 1 for start, end in zip(starts, ends, strict=True)])
    return pd.DataFrame({"year": years, "count": counts.to_numpy(), "exposure": days / YEAR})


def _stretches(counts: np.ndarray, exposure: np.ndarray, breaks: int):
    """Highest log-likelihood of each row of counts with so many breaks between years, and where they lie."""
    total, time = np.cumsum(counts, axis=1), np.cumsum(exposure)
    size = counts.shape[1]
    if breaks == 0:
        places = np.zeros((1, 0), dtype=int)
    elif breaks == 1:
        places = np.arange(1, size)[:, None]
    else:
        places = np.column_stack(np.triu_indices(size, k=1))
        places = places[places[:, 0] > 0]
    edges = np.column_stack([np.zeros(len(places), dtype=int), places, np.full(len(places), size)])
    total, time = np.column_stack([np.zeros(len(counts)), total]), np.concatenate([[0.0], time])
    value = np.zeros((len(counts), len(places)))
    for left, right in zip(edges.T[:-1], edges.T[1:], strict=True):
        number, length = total[:, right] - total[:, left], time[right] - time[left]
        value += xlogy(number, number / length) - number
    return value.max(axis=1), places[value.argmax(axis=1)]


def _steady(counts: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    """Highest log-likelihood of each row of counts under a rate that grows by the same factor every year."""
    time = np.arange(counts.shape[1]) - (counts.shape[1] - 1) / 2
    number = counts.sum(axis=1)
    centre = counts @ time / number

    def weights(slope):
        grown = exposure * np.exp(np.outer(slope, time))
        return grown / grown.sum(axis=1, keepdims=True)

    slope = newton(
        lambda slope: weights(slope) @ time - centre,
        np.zeros(len(counts)),
        fprime=lambda slope: weights(slope) @ time**2 - (weights(slope) @ time) ** 2,
    )
    return xlogy(counts, weights(slope) / exposure * number[:, None]).sum(axis=1) - number


def fits(counts: pd.DataFrame) -> pd.DataFrame:
    """Fit one rate, a steady rise, one break and two breaks to yearly foundings.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`yearly`.

    Returns
    -------
    pandas.DataFrame
        One row a model of :data:`MODELS`: log_likelihood, parameters, aic,
        breaks (first years of a new rate), rates (a year, in each stretch;
        for the steady rise in the first and the last year), expected (a list,
        foundings in each year). A break counts as one parameter, which is
        too few, since the likelihood is not smooth in it: AIC favours breaks,
        and :func:`chance_of` does without it.

    Notes
    -----
    The steady rise is ``statsmodels`` ``GLM`` with a Poisson family, a log
    link and the exposure as offset.
    """
    number, exposure = counts["count"].to_numpy(), counts["exposure"].to_numpy()
    rise = sm.GLM(
        number,
        sm.add_constant(np.arange(len(counts), dtype=float)),
        family=sm.families.Poisson(),
        offset=np.log(exposure),
    ).fit()
    rows = []
    for model, parameters in zip(MODELS, (1, 2, 3, 5), strict=True):
        if model == "rise":
            expected, breaks = np.asarray(rise.mu), []
            rates = [float(expected[0] / exposure[0]), float(expected[-1] / exposure[-1])]
        else:
            _, places = _stretches(number[None, :], exposure, BREAKS[model])
            edges = [0, *places[0], len(counts)]
            rates = [float(number[a:b].sum() / exposure[a:b].sum()) for a, b in itertools.pairwise(edges)]
            expected = exposure * np.repeat(rates, np.diff(edges))
            breaks = counts["year"].iloc[list(places[0])].tolist()
        log_likelihood = float((xlogy(number, expected / exposure) - expected).sum())
        rows.append(
            {
                "model": model,
                "log_likelihood": log_likelihood,
                "parameters": parameters,
                "aic": 2 * (parameters - log_likelihood),
                "breaks": breaks,
                "rates": rates,
                "expected": expected.tolist(),
            }
        )
    return pd.DataFrame(rows).set_index("model")


def chance_of(counts: pd.DataFrame, model: str, against: str, truth: str, draws: int = DRAWS) -> float:
    """How often one model would do as well, or as badly, against another, if a third or one of the two were true.

    As many foundings as were observed are drawn from the fitted model
    ``truth``, and both models are fitted to each draw. The advantage of a
    break has no chi-square distribution, since its place is chosen for the
    best fit; the draws choose it in the same way.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`yearly`.
    model, against, truth : str
        Of :data:`MODELS`.
    draws : int
        Number of draws.

    Returns
    -------
    float
        Share of draws, the observed counts included, in which the advantage
        of ``model`` is at least as large as observed; or at most as large, if
        ``truth`` is ``model`` itself.

    References
    ----------
    Davison, A. C. and Hinkley, D. V. (1997). Bootstrap Methods and their
    Application, section 4.2.
    """
    exposure, number = counts["exposure"].to_numpy(), counts["count"].to_numpy()

    def advantage(drawn):
        highest = [
            _steady(drawn, exposure) if name == "rise" else _stretches(drawn, exposure, BREAKS[name])[0]
            for name in (model, against)
        ]
        return highest[0] - highest[1]

    expected = np.array(fits(counts).at[truth, "expected"])
    drawn = advantage(np.random.default_rng(SEED).multinomial(number.sum(), expected / expected.sum(), size=draws))
    observed = advantage(number[None, :])
    beyond = drawn <= observed + TIE if truth == model else drawn >= observed - TIE
    return float((beyond.sum() + 1) / (draws + 1))


def above_trend(
    table: pd.DataFrame, span: tuple[pd.Timestamp, pd.Timestamp], window: tuple[pd.Timestamp, pd.Timestamp]
) -> dict:
    """How far a window stands above a steady rise through all other years.

    Parameters
    ----------
    table : pandas.DataFrame
        As in :func:`posterior`.
    span, window : (pandas.Timestamp, pandas.Timestamp)
        First and last day of the whole and of the window within it. The
        interval takes the window as named beforehand: if it was chosen where
        foundings cluster, the factor is too high.

    Returns
    -------
    dict
        factor, low, high (95 per cent): founding rate of the window as a
        multiple of the trend; growth: factor of the trend in ten years;
        dispersion: how far the yearly counts scatter about the fit, as a
        multiple of what a Poisson process would, by which the interval is
        widened.

    Notes
    -----
    ``statsmodels`` ``GLM``, Poisson with log link, exposure as offset; the
    regressors are time and whether a stretch lies in the window. A year that
    the window cuts is two stretches; a date known to the year counts by its
    first day.
    """
    day = pd.Timedelta(days=1)
    stretches = [(span[0], window[0] - day), window, (window[1] + day, span[1])]
    parts = [
        yearly(table, stretch).assign(inside=stretch is window) for stretch in stretches if stretch[0] <= stretch[1]
    ]
    counts = pd.concat(parts, ignore_index=True)
    regressors = sm.add_constant(
        pd.DataFrame({"time": counts["year"] - span[0].year, "inside": counts["inside"]}).astype(float)
    )
    fitted = sm.GLM(counts["count"], regressors, family=sm.families.Poisson(), offset=np.log(counts["exposure"])).fit(
        scale="X2"
    )
    low, high = np.exp(fitted.conf_int().loc["inside"])
    return {
        "factor": float(np.exp(fitted.params["inside"])),
        "low": float(low),
        "high": float(high),
        "growth": float(np.exp(10 * fitted.params["time"])),
        "dispersion": float(fitted.scale),
    }


def onsets(chances: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Where the change lies by each set of searches.

    Parameters
    ----------
    chances : dict of str to pandas.DataFrame
        Sets of searches to what :func:`posterior` gives.

    Returns
    -------
    pandas.DataFrame
        Index: the sets. Columns as in :func:`located`, and ``late``, the
        chance that the rate changed in the cascade.
    """
    rows = {name: {**located(part), "late": _late(part)} for name, part in chances.items()}
    return pd.DataFrame(rows).T


def _late(part: pd.DataFrame) -> float:
    """Chance that the rate changed in the first month of the cascade or later."""
    return float(part.loc[part["month"] >= CASCADE[0], "chance"].sum())


def shapes(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """A steady rise, one break and two breaks, fitted to each set of searches up to each day of :data:`UNTIL`.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        From :func:`cooperation.measures.initiatives.by_searches`.

    Returns
    -------
    pandas.DataFrame
        Index: until, set. Columns: ``rise``, ``one_break`` and ``two_breaks``
        in words, ``growth`` (factor of the rise in ten years), ``one_gap`` and
        ``two_gap`` (AIC less that of the rise), ``breaks_one`` and
        ``breaks_two`` (first years of a new rate), the shares of
        :data:`ASKED` (see :func:`chance_of`), each also corrected for their
        number (Benjamini and Hochberg, ``corrected_`` before the name), and
        ``p_flat``, the share for one break if there were one rate.
    """
    rows = {}
    for until in UNTIL:
        for name, table in tables.items():
            counts = yearly(table, SPANS[until])
            fitted = fits(counts)
            first, last = fitted.at["rise", "rates"]
            rows[until, name] = {
                "rise": f"from {first:.1f} to {last:.1f}",
                "growth": (last / first) ** (10 / (len(counts) - 1)),
                **{model: in_words(fitted.loc[model]) for model in ("one_break", "two_breaks")},
                "one_gap": _gap(fitted, "one_break"),
                "two_gap": _gap(fitted, "two_breaks"),
                "breaks_one": fitted.at["one_break", "breaks"],
                "breaks_two": fitted.at["two_breaks", "breaks"],
                "p_flat": chance_of(counts, "one_break", "flat", "flat"),
                **{share: chance_of(counts, *asked) for share, asked in ASKED.items()},
            }
    table = pd.DataFrame(rows).T.rename_axis(["until", "searches"])
    corrected = fdrcorrection(table[list(ASKED)].to_numpy(dtype=float).ravel())[1].reshape(len(table), -1)
    return table.assign(**{f"corrected_{name}": corrected[:, place] for place, name in enumerate(ASKED)})


def _gap(fitted: pd.DataFrame, model: str) -> float:
    """AIC of a model less that of the steady rise."""
    return float(fitted.at[model, "aic"] - fitted.at["rise", "aic"])


def in_words(fit: pd.Series) -> str:
    """Rates of a fit of :func:`fits` in words, with the years in which they change."""
    parts = [f"{rate:.1f} until {year - 1}" for rate, year in zip(fit["rates"], fit["breaks"], strict=False)]
    return ", ".join([*parts, f"{fit['rates'][-1]:.1f} from {fit['breaks'][-1]}"])


def heights(tables: dict[str, pd.DataFrame], windows: dict[str, tuple]) -> pd.DataFrame:
    """How far windows stand above a steady rise through all other years, by set of searches.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        From :func:`cooperation.measures.initiatives.by_searches`.
    windows : dict of str to tuple
        First and last day, by name.

    Returns
    -------
    pandas.DataFrame
        until, searches, window, and the columns of :func:`above_trend`.
    """
    return pd.DataFrame(
        {"until": until, "searches": name, "window": window, **above_trend(table, SPANS[until], days)}
        for until in UNTIL
        for name, table in tables.items()
        for window, days in windows.items()
    )
