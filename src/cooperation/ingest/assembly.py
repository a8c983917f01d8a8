"""Agreement in the UN General Assembly and distance between ideal points."""

from __future__ import annotations

import itertools

import pandas as pd

from claimbook.errors import DataError
from cooperation.ingest.upstream import Upstream, known, numbers, pairs
from cooperation.states import ALGERIA, MOROCCO, PAIR, POWERS

VOTES = "unga-votes/un_votes_region.csv"
ROLL_CALLS = "unga-votes/un_roll_calls.csv"
ISSUES = "unga-votes/un_roll_call_issues.csv"
RECENT = "unga-votes/unga_votes_2020_2024_region.csv"
IDEAL_POINTS = "unga-ideal-points/IdealpointsJuly2025_region.csv"
TABLES = {
    "un_agreement": [VOTES, ROLL_CALLS, RECENT],
    "un_agreement_issues": [VOTES, ROLL_CALLS, ISSUES, RECENT],
    "western_sahara_votes": [VOTES, ROLL_CALLS],
    "ideal_point_distances": [IDEAL_POINTS],
}
ISO2 = {
    "DZ": "DZA",
    "MA": "MAR",
    "TN": "TUN",
    "LY": "LBY",
    "EG": "EGY",
    "MR": "MRT",
    "ML": "MLI",
    "NE": "NER",
    "TD": "TCD",
    "BF": "BFA",
    "SN": "SEN",
    "GN": "GIN",
    "CI": "CIV",
    "GH": "GHA",
    "TG": "TGO",
    "BJ": "BEN",
    "NG": "NGA",
    "CM": "CMR",
    "SD": "SDN",
    "US": "USA",
    "FR": "FRA",
    "ES": "ESP",
    "RU": "RUS",
    "CN": "CHN",
}
VOTE = ("yes", "no", "abstain")
ISSUE = {
    "Colonialism": "colonialism",
    "Arms control and disarmament": "disarmament",
    "Economic development": "development",
    "Human rights": "human rights",
    "Palestinian conflict": "Palestine",
    "Nuclear weapons and nuclear material": "nuclear weapons",
}
RECENT_ISSUE = {
    "co": "colonialism",
    "di": "disarmament",
    "ec": "development",
    "hr": "human rights",
    "me": "Palestine",
    "nu": "nuclear weapons",
}
# 8 is absent, 9 not a member; neither is a vote.
RECENT_VOTE = {1: "yes", 2: "abstain", 3: "no", 8: None, 9: None}
# From the first of these years on the later file is the source; after the second it is partial.
RECENT_YEARS = (2020, 2023)
FRENCH_TESTS = 2
EXACT_DAYS = 1997


def _agreement(votes: pd.DataFrame, states: list[str], by: list[str]) -> pd.DataFrame:
    wide = votes.pivot(index=[*by, "rcid"], columns="iso3", values="vote")
    parts = []
    for first, second in itertools.combinations(sorted(states), 2):
        both = wide[[first, second]].dropna()
        same = (both[first] == both[second]).groupby(level=by)
        part = same.agg(shared="size", agreed="sum").reset_index()
        parts.append(part.assign(state_1=first, state_2=second))
    table = pd.concat(parts, ignore_index=True)
    return table[["state_1", "state_2", *by, "shared", "agreed"]].sort_values(["state_1", "state_2", *by])


def _states(countries: pd.DataFrame) -> list[str]:
    return [iso3 for iso3 in countries["iso3"] if iso3 in ISO2.values()]


def _votes(upstream: Upstream, states: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Votes of the states with their year, and all roll calls, of which some are on the territory."""
    votes = upstream.table(VOTES, ["rcid", "country_code", "vote"])
    known(VOTES, "country_code", votes["country_code"], ISO2)
    known(VOTES, "vote", votes["vote"], VOTE)
    calls = upstream.table(ROLL_CALLS, ["rcid", "date", "unres", "short", "descr"])
    named = (calls["short"] + " " + calls["descr"]).str.upper().str.contains("SAHARA")
    tests = named & calls["date"].str.startswith("1959")
    if tests.sum() != FRENCH_TESTS:
        raise DataError(
            f"{ROLL_CALLS}: {tests.sum()} roll calls of 1959 name the Sahara; expected the two on French tests"
        )
    calls = calls.assign(year=calls["date"].str[:4].astype(int), on_territory=named & ~tests)
    upstream.expect(ROLL_CALLS, calls, year="year", control="on_territory")
    votes = votes.assign(iso3=votes["country_code"].map(ISO2)).merge(calls[["rcid", "year"]], on="rcid")
    votes = votes[votes["iso3"].isin(states)]
    upstream.expect(VOTES, votes, year="year")
    return votes, calls


def _recent(upstream: Upstream, states: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Votes of the states in the years of the later file that it has whole, and the issues of its roll calls."""
    codes = list(RECENT_ISSUE)
    raw = upstream.table(RECENT, ["rcid", "date", *codes, *states])
    raw = raw.assign(year=raw["date"].str[:4].astype(int))
    raw = raw[raw["year"] <= RECENT_YEARS[1]]
    upstream.expect(RECENT, raw, year="year")
    for state in states:
        known(RECENT, state, raw[state], RECENT_VOTE)
    _none_opposed(raw)
    votes = raw.melt(["rcid", "year"], states, "iso3", "vote")
    votes = votes.assign(vote=votes["vote"].map(RECENT_VOTE)).dropna(subset="vote")
    issues = raw.melt("rcid", codes, "issue", "holds")
    return votes, issues.loc[issues["holds"].astype(str) == "True", ["rcid", "issue"]]


def _none_opposed(calls: pd.DataFrame) -> None:
    """See that no roll call of the file without titles parts the two as most of those on the territory did."""
    cast = {state: calls[state].map(RECENT_VOTE) for state in (ALGERIA, MOROCCO)}
    opposed = calls.loc[(cast[ALGERIA] == "yes") & (cast[MOROCCO] == "no"), "rcid"].tolist()
    if opposed:
        raise DataError(
            f"{RECENT}: roll calls {opposed} have Algeria in favour and Morocco against; "
            "find out whether they are on Western Sahara"
        )


def _to_the_last_whole_year(votes: pd.DataFrame, recent: pd.DataFrame) -> pd.DataFrame:
    """Votes of both files; a year that both have is the later file's."""
    columns = ["rcid", "year", "iso3", "vote"]
    return pd.concat([votes.loc[votes["year"] < RECENT_YEARS[0], columns], recent[columns]], ignore_index=True)


def agreement(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Agreement by pair of states and year.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``un_agreement`` (state_1, state_2, year, shared, agreed): roll calls
        in which both voted yes, no or abstained, and in which both cast the
        same vote; the agreement score is agreed / shared. Absences are no
        votes and so not in ``shared``; 2024, which the source has in part, is
        left out.

    Raises
    ------
    DataError
        If a column, code or year is missing or new.

    References
    ----------
    Voeten, E. (2013), in Routledge Handbook of International Organization.
    """
    states = _states(countries)
    votes, _ = _votes(upstream, states)
    recent, _ = _recent(upstream, states)
    return {"un_agreement": _agreement(_to_the_last_whole_year(votes, recent), states, ["year"])}


def on_territory(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Votes on Western Sahara.

    Parameters
    ----------
    upstream, countries
        As in :func:`agreement`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``western_sahara_votes`` (roll_call, date, resolution, iso3, vote): the
        25 roll calls on the territory, with ``absent`` for a member state that
        cast no vote. Before 1997 the source gives no true day (none is above
        12), so only the month is kept.

    Raises
    ------
    DataError
        If a column, code or year is missing or new, or if the roll calls on
        Western Sahara are not the expected number.

    References
    ----------
    Voeten, E. (2013), in Routledge Handbook of International Organization.
    """
    states = _states(countries)
    votes, calls = _votes(upstream, states)
    calls = calls[calls["on_territory"]].copy()
    exact = calls["year"] >= EXACT_DAYS
    calls["date"] = calls["date"].where(exact, calls["date"].str[:7])
    cast = votes.set_index(["rcid", "iso3"])["vote"]
    first = votes.groupby("iso3")["rcid"].min()
    rows = [
        {
            "roll_call": call["rcid"],
            "date": call["date"],
            "resolution": call["unres"],
            "iso3": iso3,
            "vote": cast.get((call["rcid"], iso3), "absent"),
        }
        for _, call in calls.iterrows()
        for iso3 in states
        if first[iso3] <= call["rcid"]
    ]
    return {"western_sahara_votes": pd.DataFrame(rows).sort_values(["date", "roll_call", "iso3"])}


def issues(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Agreement by pair of states, year and issue.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``un_agreement_issues`` (state_1, state_2, year, issue, shared, agreed),
        counted as in :func:`agreement`, for pairs with Algeria or Morocco; a
        roll call may belong to several issues.

    Raises
    ------
    DataError
        If a column, code or year is missing or new.

    References
    ----------
    Voeten, E. (2013), in Routledge Handbook of International Organization.
    """
    states = _states(countries)
    votes, _ = _votes(upstream, states)
    raw = upstream.table(ISSUES, ["rcid", "issue"])
    known(ISSUES, "issue", raw["issue"], ISSUE)
    upstream.expect(ISSUES, raw)
    recent, of_recent = _recent(upstream, states)
    held = pd.concat(
        [raw.assign(issue=raw["issue"].map(ISSUE)), of_recent.assign(issue=of_recent["issue"].map(RECENT_ISSUE))]
    ).drop_duplicates()
    every = _to_the_last_whole_year(votes, recent)
    table = _agreement(every.merge(held, on="rcid"), states, ["year", "issue"])
    return {"un_agreement_issues": table[table["state_1"].isin(PAIR) | table["state_2"].isin(PAIR)]}


def distances(upstream: Upstream, countries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Distance between ideal points by pair of states and year.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    countries : pandas.DataFrame
        Table ``countries``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``ideal_point_distances`` (state_1, state_2, year, distance, low,
        high): absolute difference of the ideal points of variant fp for pairs
        with Algeria, Morocco or a power; bounds by adding the half-widths of
        the two 90 per cent intervals in quadrature, as if the errors were
        independent.

    Raises
    ------
    DataError
        If a column or year is missing or new.

    References
    ----------
    Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61(2).
    """
    columns = [f"{bound}fp" for bound in ("q5", "q95")]
    points = upstream.table(IDEAL_POINTS, ["iso3c", "year", "idealpointfp", *columns])
    points = numbers(IDEAL_POINTS, points, ["idealpointfp", *columns]).dropna(subset="idealpointfp")
    points = points[points["iso3c"].isin([*_states(countries), *POWERS])]
    upstream.expect(IDEAL_POINTS, points, year="year")
    points = points.assign(half=(points["q95fp"] - points["q5fp"]) / 2)
    each = points[["iso3c", "year", "idealpointfp", "half"]]
    both = each.merge(each[each["iso3c"].isin([*PAIR, *POWERS])], on="year", suffixes=("", "_other"))
    both = both[both["iso3c"] != both["iso3c_other"]]
    both = pairs(both, "iso3c", "iso3c_other").drop_duplicates(["state_1", "state_2", "year"])
    both["distance"] = (both["idealpointfp"] - both["idealpointfp_other"]).abs()
    half = (both["half"] ** 2 + both["half_other"] ** 2) ** 0.5
    both["low"], both["high"] = (both["distance"] - half).clip(lower=0), both["distance"] + half
    table = both[["state_1", "state_2", "year", "distance", "low", "high"]].round(3)
    return {"ideal_point_distances": table.sort_values(["state_1", "state_2", "year"])}


BUILDS = {
    agreement: ["un_agreement"],
    on_territory: ["western_sahara_votes"],
    issues: ["un_agreement_issues"],
    distances: ["ideal_point_distances"],
}
