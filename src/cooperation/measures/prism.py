"""Whether the dispute over Western Sahara colours what Algeria and Morocco do elsewhere: votes, memberships, partners, breaks and thaws."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import binomtest, fisher_exact, percentileofscore
from scipy.stats.contingency import odds_ratio

from claimbook.package.dates import earliest
from cooperation.measures.initiatives import african_led, of_union
from cooperation.measures.network import of_censad
from cooperation.measures.overlap import against_chance, among, incidence
from cooperation.periods import QUESTION, RELATIONS_CUT, YEARS
from cooperation.states import ALGERIA, MAGHREB, MOROCCO, NAMES, PAIR, POWERS, is_pair

LAST_FULL_YEAR = YEARS["votes_since"][1]
PERIODS = {key: YEARS[key] for key in ("before_break", "break", "after_break", "decade", "votes_since")}
PERIODS["second_break"] = (RELATIONS_CUT.year, LAST_FULL_YEAR)
LEAST = 10
RESAMPLES, SEED = 2000, 1976
KINDS = {
    "african": "African-led",
    "no_union": "… without AU bodies",
    "no_censad": "… nor those of CEN-SAD",
    "mixed": "led with outsiders",
    "external": "led from outside",
}
SIDES = {**{code: NAMES[code] for code in PAIR}, "both": "both", "others": "others", "all": "all"}
# Whose account makes a step one on the territory.
ACCOUNTS = {
    "actor": ("actor",),
    "page": ("actor", "other side", "press"),
    "coder": ("actor", "other side", "press", "inferred"),
}
READINGS = {
    "actor": "the actor says so",
    "page": "or a cited page does",
    "coder": "or the coder infers it",
    "most": "or no ground is named",
}
SEATS = {
    "both": "both belong",
    "refused": "refused",
    "au_body": "African Union body",
    "bilateral": "bilateral",
    "outside": "outside",
    "other_role": "other role",
    "not_named": "not named",
}
VAGUE = ("hostility", "none")


def _place(value: float, others: pd.Series) -> float:
    """Share of the others below a value, those equal to it counted half, in per cent."""
    return float(percentileofscore(others, value, kind="mean")) if len(others) else np.nan


def without_territory(agreement: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """Take the roll calls on Western Sahara out of the agreement of every pair and year.

    Parameters
    ----------
    agreement : pandas.DataFrame
        Table ``un_agreement``.
    votes : pandas.DataFrame
        Table ``western_sahara_votes``.

    Returns
    -------
    pandas.DataFrame
        ``agreement`` with ``shared`` and ``agreed`` lowered by the roll calls
        on the territory in which both states voted, and alike.
    """
    cast = votes[votes["vote"] != "absent"].assign(year=votes["date"].str[:4].astype(int))
    both = cast.merge(cast, on=["roll_call", "year"], suffixes=("_1", "_2"))
    both = both[both["iso3_1"] < both["iso3_2"]].rename(columns={"iso3_1": "state_1", "iso3_2": "state_2"})
    both["same"] = both["vote_1"] == both["vote_2"]
    keys = ["state_1", "state_2", "year"]
    taken = both.groupby(keys)["same"].agg(taken="size", taken_alike="sum").reset_index()
    table = agreement.merge(taken, on=keys, how="left").fillna({"taken": 0, "taken_alike": 0})
    table["shared"] -= table.pop("taken").astype(int)
    table["agreed"] -= table.pop("taken_alike").astype(int)
    return table


def standing(agreement: pd.DataFrame, last: int = LAST_FULL_YEAR) -> pd.DataFrame:
    """Agreement of Algeria and Morocco in the General Assembly among all pairs, by year.

    Parameters
    ----------
    agreement : pandas.DataFrame
        Columns state_1, state_2, year, shared and agreed.
    last : int
        Last year to take.

    Returns
    -------
    pandas.DataFrame
        year, shared, agreed, agreement (share of the roll calls in which both
        voted), pairs (others with at least ``LEAST`` such roll calls), low,
        median and high (10, 50 and 90 per cent points of the others) and
        percentile (share of the others below, ties half). Years in which the
        pair has fewer than ``LEAST`` such roll calls are left out.
    """
    table = agreement[(agreement["shared"] >= LEAST) & (agreement["year"] <= last)]
    table = table.assign(agreement=table["agreed"] / table["shared"])
    rows = []
    for year, mine in table.groupby("year"):
        own, others = mine[is_pair(mine)], mine.loc[~is_pair(mine), "agreement"]
        if own.empty:
            continue
        value = own.iloc[0]
        points = others.quantile([0.1, 0.5, 0.9])
        rows.append(
            (
                year,
                value["shared"],
                value["agreed"],
                value["agreement"],
                len(others),
                *points,
                _place(value["agreement"], others),
            )
        )
    return pd.DataFrame(
        rows, columns=["year", "shared", "agreed", "agreement", "pairs", "low", "median", "high", "percentile"]
    )


def by_period(agreement: pd.DataFrame, periods: dict[str, tuple[int, int]] | None = None) -> pd.DataFrame:
    """Agreement of every pair in each period.

    Parameters
    ----------
    agreement : pandas.DataFrame
        Columns state_1, state_2, year, shared and agreed; with ``issue`` the
        issues are kept apart.
    periods : dict of str to (int, int), optional
        Key, first and last year; by default ``PERIODS``.

    Returns
    -------
    pandas.DataFrame
        issue (if any), period, state_1, state_2, shared, agreed, agreement,
        percentile (of the pair among the other pairs of the period and issue).
        Pairs with fewer than ``LEAST`` shared roll calls are left out.
    """
    groups = ["issue"] if "issue" in agreement else []
    parts = []
    for name, (first, last) in (periods or PERIODS).items():
        part = agreement[agreement["year"].between(first, last)]
        part = part.groupby([*groups, "state_1", "state_2"], as_index=False)[["shared", "agreed"]].sum()
        parts.append(part[part["shared"] >= LEAST].assign(period=name))
    table = pd.concat(parts, ignore_index=True)
    table["agreement"] = table["agreed"] / table["shared"]
    table["percentile"] = np.nan
    for _, mine in table.groupby([*groups, "period"]):
        for row, value in mine["agreement"].items():
            table.loc[row, "percentile"] = _place(value, mine["agreement"].drop(row))
    return table[[*groups, "period", "state_1", "state_2", "shared", "agreed", "agreement", "percentile"]]


def over_years(
    agreement: pd.DataFrame, periods: dict[str, tuple[int, int]] | None = None, draws: int = RESAMPLES
) -> pd.DataFrame:
    """How far the percentile of Algeria and Morocco hangs on which years a period happens to have.

    The years of a period are drawn anew, with replacement and for all pairs
    alike, since what is voted on in a year is common to them.

    Parameters
    ----------
    agreement : pandas.DataFrame
        Columns state_1, state_2, year, shared and agreed.
    periods : dict of str to (int, int), optional
        Key, first and last year; by default ``PERIODS``.
    draws : int
        Number of resamples, seeded.

    Returns
    -------
    pandas.DataFrame
        One row a period (the index): years (that have a roll call), percentile
        (as :func:`by_period` gives it), low and high (its 2.5 and 97.5 per
        cent points over the draws). A pair with fewer than ``LEAST`` shared
        roll calls in a draw is left out of it.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap,
    chapter 13 (percentile interval) and section 8.6 (resampling of blocks).
    """
    rows = {}
    for name, (first, last) in (periods or PERIODS).items():
        part = agreement[agreement["year"].between(first, last)]
        wide = part.pivot(index=["state_1", "state_2"], columns="year", values=["shared", "agreed"]).fillna(0)
        own = is_pair(wide.index.to_frame(index=False)).to_numpy()
        number = len(wide["shared"].columns)
        weights = np.random.default_rng(SEED).multinomial(number, [1 / number] * number, size=draws)
        weights = np.vstack([np.ones(number, dtype=int), weights])
        shared, agreed = (weights @ wide[column].to_numpy(dtype=float).T for column in ("shared", "agreed"))
        alike = np.where(shared >= LEAST, agreed / np.maximum(shared, 1), np.nan)
        mine, others = alike[:, own], alike[:, ~own]
        below = (others < mine).sum(axis=1) + (others == mine).sum(axis=1) / 2
        places = 100 * below / np.isfinite(others).sum(axis=1)
        low, high = np.quantile(places[1:], [0.025, 0.975])
        rows[name] = {"years": number, "percentile": places[0], "low": low, "high": high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("period")


def coded_apart(issues: pd.DataFrame) -> pd.DataFrame:
    """Leave out issues in the years in which the source does not tell them from disarmament.

    From December 2019 on the source gives colonialism, development and
    disarmament to the same roll calls. The titles of that month are all on
    disarmament, so the other two are taken out.

    Parameters
    ----------
    issues : pandas.DataFrame
        Table ``un_agreement_issues``.

    Returns
    -------
    pandas.DataFrame
        ``issues`` without colonialism and development in the years in which
        every pair has the same shared and agreed for them as for disarmament.
    """
    counts = issues.set_index(["state_1", "state_2", "year", "issue"])[["shared", "agreed"]]
    by_issue = counts.unstack("issue", fill_value=0).swaplevel(axis=1)
    told = pd.Series(True, index=issues.index)
    for issue in ("colonialism", "development"):
        same = (by_issue[issue] == by_issue["disarmament"]).all(axis=1).groupby("year").all()
        told &= ~((issues["issue"] == issue) & issues["year"].isin(same.index[same]))
    return issues[told]


def distances(table: pd.DataFrame) -> pd.DataFrame:
    """Distance between the ideal points of Algeria and Morocco, beside that of each with the other states of the region.

    Parameters
    ----------
    table : pandas.DataFrame
        Table ``ideal_point_distances``; pairs with a power are left out.

    Returns
    -------
    pandas.DataFrame
        year, distance, low, high (90 per cent interval of the table), pairs
        (others of Algeria or Morocco), median (of their distances) and
        percentile (share of them nearer to each other, ties half).
    """
    region = table[~table["state_1"].isin(POWERS) & ~table["state_2"].isin(POWERS)]
    rows = []
    for year, mine in region.groupby("year"):
        own, others = mine[is_pair(mine)], mine.loc[~is_pair(mine), "distance"]
        if not own.empty and len(others):
            value = own.iloc[0]
            rows.append(
                (
                    year,
                    value["distance"],
                    value["low"],
                    value["high"],
                    len(others),
                    others.median(),
                    _place(value["distance"], others),
                )
            )
    return pd.DataFrame(rows, columns=["year", "distance", "low", "high", "pairs", "median", "percentile"])


def roll_calls(votes: pd.DataFrame) -> pd.DataFrame:
    """Votes on Western Sahara as a matrix.

    Parameters
    ----------
    votes : pandas.DataFrame
        Table ``western_sahara_votes``.

    Returns
    -------
    pandas.DataFrame
        One row a roll call by date, with the index date and roll_call, and
        one column a state: Algeria first, then the others by the number of
        roll calls in which they cast the same vote, Morocco last.
    """
    wide = votes.pivot(index=["date", "roll_call"], columns="iso3", values="vote").sort_index()
    alike = wide.eq(wide[ALGERIA], axis=0).where(wide != "absent", False).sum()
    others = [code for code in wide.columns if code not in PAIR]
    others.sort(key=lambda code: (-alike[code], code))
    return wide[[ALGERIA, *others, MOROCCO]]


def shared_by_kind(members: pd.DataFrame, draws: int = 500) -> pd.DataFrame:
    """What Algeria and Morocco share among initiatives of each kind, against chance that knows the Maghreb.

    Parameters
    ----------
    members : pandas.DataFrame
        Ties, from :func:`cooperation.measures.network.at`.
    draws : int
        As in :func:`cooperation.measures.overlap.against_chance`.

    Returns
    -------
    pandas.DataFrame
        kind (key of ``KINDS``) and the columns of
        :func:`cooperation.measures.overlap.against_chance` but the states,
        where every initiative keeps its number of Maghreb members
        (:func:`cooperation.measures.overlap.among`).
    """
    african = african_led(members)
    parts = (
        african,
        african[~of_union(african)],
        african[~of_union(african) & ~of_censad(african)],
        members[members["led_by"] == "mixed"],
        members[members["led_by"] == "external"],
    )
    rows = []
    for kind, part in zip(KINDS, parts, strict=True):
        found = against_chance(among(incidence(part, "state"), MAGHREB), draws=draws)
        rows.append(found[is_pair(found)].iloc[0].drop(["state_1", "state_2"]).to_dict() | {"kind": kind})
    table = pd.DataFrame(rows)
    return table[["kind", *table.columns.drop("kind")]]


def seat_of_the_other(members: pd.DataFrame, memberships: pd.DataFrame) -> pd.DataFrame:
    """How each of the two stands to the initiatives the other belongs to.

    Parameters
    ----------
    members : pandas.DataFrame
        Ties, from :func:`cooperation.measures.network.at`.
    memberships : pandas.DataFrame
        The table of that name.

    Returns
    -------
    pandas.DataFrame
        member, other, initiative and ``seat``, the first of ``SEATS`` that
        holds; refused means the other of the two, outside that no sign of a
        request was found.
    """
    union, bilateral = (set(members.loc[kind, "initiative"]) for kind in (of_union(members), members["bilateral"]))
    rows = []
    for member, other in (PAIR, PAIR[::-1]):
        also = set(members.loc[members["state"] == other, "initiative"])
        spells = memberships[memberships["actor"] == other]
        refused = set(spells.loc[spells["exclusion"] == "refused", "initiative"])
        outside = set(spells.loc[spells["role"] == "excluded", "initiative"])
        holds = {
            "both": also,
            "refused": refused,
            "au_body": union,
            "bilateral": bilateral,
            "outside": outside,
            "other_role": set(spells["initiative"]),
        }
        for initiative in members.loc[members["state"] == member, "initiative"]:
            seat = next((seat for seat, those in holds.items() if initiative in those), "not_named")
            rows.append((member, other, initiative, seat))
    return pd.DataFrame(rows, columns=["member", "other", "initiative", "seat"])


def partners(agreements: pd.DataFrame) -> tuple[pd.DataFrame, list[list[int]], tuple[float, float, float]]:
    """Partners in defence agreements of Algeria, of Morocco and of both.

    Parameters
    ----------
    agreements : pandas.DataFrame
        Table ``defence_agreements``.

    Returns
    -------
    pandas.DataFrame
        partner, whose (both, DZA or MAR: of that one only), and for each of
        the two the number of agreements (0 if none) and first and last year.
    list of list of int
        [[both, Algeria only], [Morocco only, neither]], among all states with
        an agreement with some state of the region.
    (float, float, float)
        Conditional odds ratio and its exact 95 per cent bounds; below 1 if
        they avoid each other's partners.

    References
    ----------
    Fisher, R. A. (1935). Journal of the Royal Statistical Society 98, 39-82.
    """
    everyone = set(agreements["partner"]) - {"ALG", "MOR"}
    mine = {code: agreements[agreements["iso3"] == code].set_index("partner") for code in PAIR}
    sets = {code: set(table.index) & everyone for code, table in mine.items()}
    rows = []
    for partner in sorted(sets[ALGERIA] | sets[MOROCCO]):
        whose = "both" if partner in sets[ALGERIA] & sets[MOROCCO] else ALGERIA if partner in sets[ALGERIA] else MOROCCO
        row = [partner, whose]
        for code in PAIR:
            has = partner in sets[code]
            row += [int(mine[code].at[partner, "agreements"]) if has else 0] + [
                mine[code].at[partner, column] if has else pd.NA for column in ("first_year", "last_year")
            ]
        rows.append(row)
    columns = ["partner", "whose", *(f"{code}_{part}" for code in PAIR for part in ("agreements", "first", "last"))]
    both = len(sets[ALGERIA] & sets[MOROCCO])
    counts = [
        [both, len(sets[ALGERIA]) - both],
        [len(sets[MOROCCO]) - both, len(everyone - sets[ALGERIA] - sets[MOROCCO])],
    ]
    result = odds_ratio(counts, kind="conditional")
    bounds = result.confidence_interval(0.95)
    return pd.DataFrame(rows, columns=columns), counts, (result.statistic, bounds.low, bounds.high)


def steps(events: pd.DataFrame, grounds: pd.DataFrame) -> pd.DataFrame:
    """Breaks and thaws, with who took the step and on what ground.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``dispute_events``.
    grounds : pandas.DataFrame
        Table ``dispute_event_grounds``.

    Returns
    -------
    pandas.DataFrame
        id, date, start, title, direction, sign (break or thaw), side
        (key of ``SIDES``), ``grounds`` (tuple of ground and whose
        account, sorted), ``territory`` (whose account has the territory as a
        ground, or empty), ``alone`` (whether it is then the only ground) and
        ``vague`` (whether no ground is named); by date. Events of direction 0
        are left out, and so is what is known from memory alone.
    """
    who = grounds[grounds["actor"].isin(PAIR)].groupby("event")["actor"].agg(set)
    side = who.map(lambda codes: "both" if len(codes) == len(PAIR) else next(iter(codes)))
    side = side.reindex(grounds["event"].unique(), fill_value="others")
    # Of two accounts of one ground, one by each of the two, the nearest to the actor counts.
    nearest = grounds["stated_by"].map({account: rank for rank, account in enumerate(ACCOUNTS["coder"])})
    unique = grounds.assign(nearest=nearest).sort_values(["event", "ground", "nearest"], kind="stable")
    unique = unique.drop_duplicates(["event", "ground"])
    pairs = pd.Series(
        {event: tuple(zip(mine["ground"], mine["stated_by"], strict=True)) for event, mine in unique.groupby("event")}
    )
    counted = (events["direction"] != 0) & (events["verification"] != "memory")
    table = events.loc[counted, ["id", "date", "title", "direction"]].copy()
    table["start"] = earliest(table["date"])
    table["sign"] = np.where(table["direction"] < 0, "break", "thaw")
    table["side"] = table["id"].map(side)
    table["grounds"] = table["id"].map(pairs)
    table["territory"] = [dict(found).get("territory", "") for found in table["grounds"]]
    table["alone"] = [bool(dict(found).get("territory")) and len(found) == 1 for found in table["grounds"]]
    table["vague"] = [all(ground in VAGUE for ground, _ in found) for found in table["grounds"]]
    return table.sort_values(["start", "id"], ignore_index=True)


def between_the_two(table: pd.DataFrame, least: int = 2) -> pd.DataFrame:
    """Steps that break or mend relations themselves, taken by one of the two or by both, since ``QUESTION``.

    Those that are themselves about the territory are left out: they could
    have no other ground, so they are no test. Earlier steps are left out since
    the two did not yet oppose each other over it.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`steps`.
    least : int
        Least direction, whatever its sign: 2 for what breaks or mends
        relations, 1 for weaker steps as well, such as words and incidents.

    Returns
    -------
    pandas.DataFrame
        The rows of such directions by a side other than others.
    """
    own = (table["direction"].abs() >= least) & (table["side"] != "others")
    return table[own & (table["start"] >= QUESTION) & (table["territory"] != "content")].reset_index(drop=True)


def share_on_territory(table: pd.DataFrame, alone: bool = False) -> pd.DataFrame:
    """Share of steps whose ground is the territory, by sign, side and reading.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`between_the_two`.
    alone : bool
        Count a step only if the territory is its one ground.

    Returns
    -------
    pandas.DataFrame
        sign, side (with ``all``), reading (key of ``READINGS``; the last is
        the most that the record allows: steps without a named ground counted
        too), steps, on_territory, share, low and high (exact 95 per cent).
    """
    rows = []
    for sign, mine in table.groupby("sign"):
        for side in (*PAIR, "both", "all"):
            part = mine if side == "all" else mine[mine["side"] == side]
            if part.empty:
                continue
            hits = {reading: part["territory"].isin(accounts) for reading, accounts in ACCOUNTS.items()}
            hits["most"] = hits["coder"] | part["vague"]
            for reading, of_all in hits.items():
                hit = of_all & (part["alone"] | part["vague"]) if alone else of_all
                found = binomtest(int(hit.sum()), len(part))
                low, high = found.proportion_ci(0.95, method="exact")
                rows.append((sign, side, reading, len(part), int(hit.sum()), found.statistic, low, high))
    return pd.DataFrame(rows, columns=["sign", "side", "reading", "steps", "on_territory", "share", "low", "high"])


def difference(shares: pd.DataFrame, reading: str) -> dict:
    """How much likelier a break of Morocco is to be on the territory than one of Algeria.

    Parameters
    ----------
    shares : pandas.DataFrame
        From :func:`share_on_territory`.
    reading : str
        One of its readings.

    Returns
    -------
    dict
        ratio (conditional odds ratio), low, high (exact 95 per cent bounds)
        and p (two-sided, by Fisher's exact test).

    References
    ----------
    Fisher, R. A. (1935). Journal of the Royal Statistical Society 98, 39-82.
    """
    mine = shares[(shares["sign"] == "break") & (shares["reading"] == reading)].set_index("side")
    cells = [
        [int(mine.at[code, "on_territory"]), int(mine.at[code, "steps"] - mine.at[code, "on_territory"])]
        for code in (MOROCCO, ALGERIA)
    ]
    found = odds_ratio(cells, kind="conditional")
    bounds = found.confidence_interval(0.95)
    return {
        "ratio": float(found.statistic),
        "low": float(bounds.low),
        "high": float(bounds.high),
        "p": float(fisher_exact(cells).pvalue),
    }


def counted_grounds(table: pd.DataFrame) -> pd.DataFrame:
    """How often each ground occurs, by sign and side.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`between_the_two`.

    Returns
    -------
    pandas.DataFrame
        sign, side, ground, ``inferred`` (whether only the coder says so) and
        steps; a step with several grounds counts under each.
    """
    rows = [
        (row.sign, row.side, ground, account == "inferred")
        for row in table.itertuples()
        for ground, account in row.grounds
    ]
    long = pd.DataFrame(rows, columns=["sign", "side", "ground", "inferred"])
    return long.groupby(["sign", "side", "ground", "inferred"]).size().reset_index(name="steps")


def with_others(events: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Steps by which Algeria or Morocco broke with somebody else than the other, or made it up.

    Parameters
    ----------
    events : pandas.DataFrame
        Table ``region_events``.
    actors : pandas.DataFrame
        Table ``region_event_actors``.

    Returns
    -------
    pandas.DataFrame
        id, date, title, stage, side (key of ``SIDES``: which of the two took
        the step or agreed to it) and ``others`` (keys of the other actors, in
        order), by date.
    """
    parties = actors.merge(events.loc[events["kind"] == "rupture", ["id"]], left_on="event", right_on="id")
    own = parties[parties["actor"].isin(PAIR) & parties["role"].isin(["did", "party"])]
    side = own.groupby("event")["actor"].agg(lambda codes: codes.iloc[0] if len(codes) == 1 else "both")
    others = (
        parties[~parties["actor"].isin(PAIR)].groupby("event")["actor"].agg(lambda codes: tuple(sorted(set(codes))))
    )
    table = events.set_index("id")[["date", "title", "stage"]].assign(side=side, others=others)
    table = table.dropna(subset=["side", "others"]).reset_index()
    return table.sort_values("date", key=earliest, kind="stable", ignore_index=True)
