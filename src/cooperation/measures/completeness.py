"""How much both searches missed: capture-recapture on two independent lists."""

from __future__ import annotations

import math

import pandas as pd

from cooperation.measures.initiatives import ARTICLE, BASELINE, years
from cooperation.tables import earliest

PERIODS = {
    "1990-2011": BASELINE,
    "January 2012 to the article": (pd.Timestamp(2012, 1, 1), ARTICLE),
    "after, to early 2026": (pd.Timestamp(2014, 5, 15), pd.Timestamp(2026, 3, 31)),
}
NORMAL = 1.96


def items(
    history: pd.DataFrame, initiatives: pd.DataFrame, lenient: bool, scopes: tuple[str, ...] = ("core",)
) -> pd.DataFrame:
    """One row an arrangement, with the lists that hold it.

    Parameters
    ----------
    history : pandas.DataFrame
        Table ``capture_history``.
    initiatives : pandas.DataFrame
        Table ``initiatives``; a matched arrangement takes its founding date.
    lenient : bool
        Whether an item that differs in date or fact counts as a match. If
        not, it stands as an arrangement of its own, found by the second
        search alone.
    scopes : tuple of str
        Which scopes count: ``core``, and ``brief`` for what fits only the
        wider brief of the second search.

    Returns
    -------
    pandas.DataFrame
        start (first day the date can mean), in_first, in_second; African-led
        arrangements of the scopes asked for. One that is only known to have existed
        before a date counts by that date, which errs against a jump in 2012.
    """
    table = history[(history["kind"] == "initiative") & (history["lead"] == "african") & history["scope"].isin(scopes)]
    counts = ["exact", "differs"] if lenient else ["exact"]
    captured = set(table.loc[table["match"].isin(counts), "initiative"])
    first = initiatives[initiatives["id"].isin(table.loc[table["in_first"], "initiative"])]
    first = pd.DataFrame({
        "date": first["founded"], "in_first": True, "in_second": first["id"].isin(captured).to_numpy(),
    })
    own = table[table["in_second"] & ~table["match"].isin(counts)]
    second = pd.DataFrame({"date": own["date"], "in_first": False, "in_second": True})
    both = pd.concat([first, second], ignore_index=True)
    return both.assign(start=earliest(both["date"])).drop(columns="date")


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
    found = first + second - both
    unseen = total - found
    if unseen <= 0:
        return {"total": total, "low": float(found), "high": total, "variance": variance}
    spread = math.exp(NORMAL * math.sqrt(math.log(1 + variance / unseen**2)))
    return {"total": total, "low": found + unseen / spread, "high": found + unseen * spread, "variance": variance}


def estimates(
    history: pd.DataFrame, initiatives: pd.DataFrame, scopes: tuple[str, ...] = ("core",)
) -> pd.DataFrame:
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
        for period, span in PERIODS.items():
            part = table[table["start"].between(*span)]
            first, second = int(part["in_first"].sum()), int(part["in_second"].sum())
            both = int((part["in_first"] & part["in_second"]).sum())
            rows.append({
                "matching": matching, "period": period, "years": years(span), "first": first, "second": second,
                "both": both, "found": first + second - both, **chapman(first, second, both),
            })
    return pd.DataFrame(rows)


def corrected_ratio(table: pd.DataFrame, matching: str):
    """Ratio of founding rates, 2012-14 to 1990-2011, corrected for what was missed.

    The interval joins the error of the estimates with that of Poisson counts,
    on the log scale.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`estimates`.
    matching : {"strict", "lenient"}
        Which estimates to use.

    Returns
    -------
    (float, float, float)
        Ratio, lower and upper bound (95 per cent).
    """
    rows = table[table["matching"] == matching].set_index("period")
    before, during = (rows.loc[period] for period in list(PERIODS)[:2])
    ratio = (during["total"] / during["years"]) / (before["total"] / before["years"])
    variance = sum(row["variance"] / row["total"] ** 2 + 1 / row["total"] for row in (before, during))
    spread = math.exp(NORMAL * math.sqrt(variance))
    return ratio, ratio / spread, ratio * spread


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
    before, during = (rows.loc[period] for period in list(PERIODS)[:2])
    return tuple(
        round(during[column] / during["years"] * before["years"] - before["found"]) for column in ("found", "total", "high")
    )
