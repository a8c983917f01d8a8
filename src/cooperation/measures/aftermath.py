"""What became of the initiatives: how long they lasted, what rhythm they kept, who left, who fights beside whom."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import CensoredData, ecdf, fisher_exact, weibull_min
from scipy.stats.contingency import odds_ratio
from statsmodels.duration.survfunc import SurvfuncRight, survdiff
from statsmodels.stats.multitest import fdrcorrection

from claimbook.package.dates import earliest, latest
from cooperation.measures.initiatives import AFRICAN, YEAR, dated
from cooperation.periods import ARTICLE, SPANS

PERIODS = ("baseline", "cascade", "after")
READINGS = {"recorded": "recorded ends only", "silence": "silence counts as an end"}
LEADS = ("african", "outside")
WIDTHS = {"wide": "more states", "two": "two states"}
POINT_ACTS = ("charge", "force", "threat")
FATES = {
    "seen": "seen lately",
    "quiet": "not seen lately",
    "untraced": "no trace after the founding",
    "ended": "recorded end",
}
# What a reader is told of a fate: the ways of being silent are one.
OUTCOMES = {"seen": ("seen",), "silent": ("quiet", "untraced"), "ended": ("ended",)}
BAGGAGE_FATES = {
    "kept": "kept",
    "afresh": "begun again on other grounds",
    "in_part": "in part",
    "let_go": "let go",
    "unheard": "not heard since",
    "new": "new",
    "mended": "new, mended",
}
SILENCE = 3.0
PROMISED = {"intelligence chiefs": 2, "ministers": 6}


def evidence(
    initiatives: pd.DataFrame, meetings: pd.DataFrame, ends: pd.DataFrame, closed: pd.Timestamp
) -> pd.DataFrame:
    """Add founding period, last evidence and recorded end to each initiative, as known at the close of the record.

    Parameters
    ----------
    initiatives : pandas.DataFrame
        Table ``initiatives``.
    meetings : pandas.DataFrame
        Table ``meetings``.
    ends : pandas.DataFrame
        Table ``initiative_ends``: ends that are told of without a day.
    closed : pandas.Timestamp
        Day on which the record is closed; what is surely later is left out.

    Returns
    -------
    pandas.DataFrame
        Initiatives founded in one of :data:`PERIODS`, as
        :func:`cooperation.measures.initiatives.dated` gives them, with
        ``period``, ``lead`` (one of :data:`LEADS`), ``seen`` (last day that
        the date of the last evidence can mean: status, meeting or founding
        act, whichever is latest), ``end_from`` and ``end_to`` (first and last
        day that the recorded end can mean, or missing) and ``disputed`` (a
        party does not grant the end).
    """
    table = dated(initiatives)
    met = latest(meetings["date"]).groupby(meetings["initiative"]).max()
    seen = pd.concat([table["to_day"], latest(table["status_latest_date"]), table["id"].map(met)], axis=1).max(axis=1)
    period = pd.Series(pd.NA, index=table.index, dtype="object")
    for name in PERIODS:
        period[table["from_day"].between(*SPANS[name])] = name
    told = ends.set_index("initiative")
    table = table.assign(
        period=period,
        lead=table.eval(AFRICAN).map(dict(zip((True, False), LEADS, strict=True))),
        seen=seen,
        end_from=earliest(table["ended"].fillna(table["id"].map(told["earliest"]))),
        end_to=latest(table["ended"].fillna(table["id"].map(told["latest"]))),
        disputed=table["id"].map(told["verification"]) == "disputed",
    )
    seen_later, ends_later = table["seen"] > closed, table["end_from"] > closed
    table = table.assign(
        seen=table["seen"].mask(seen_later, closed),
        **{end: table[end].mask(ends_later) for end in ("end_from", "end_to")},
    )
    return table[table["period"].notna() & (table["from_day"] <= closed)].reset_index(drop=True)


def spells(table: pd.DataFrame, closed: pd.Timestamp, silence: float | None) -> pd.DataFrame:
    """How long each initiative lasted, by one of two bounding readings.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`evidence`.
    closed : pandas.Timestamp
        Day on which the record was closed.
    silence : float or None
        None: only a recorded end counts that nobody disputes, on the last
        day that it can mean, and all else is taken to live on the day of
        closing, which errs towards long lives. A number of years: an end
        counts on the first day that it can mean, and what was last seen
        longer ago ended on the day it was last seen, which errs towards
        short lives; what was seen later is followed to that day.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``years`` (length of the spell, in years) and
        ``over`` (whether it counts as ended).
    """
    if silence is None:
        over = table["end_to"].notna() & ~table["disputed"]
        until = table["end_to"].where(over, closed)
    else:
        over = table["end_from"].notna() | ((closed - table["seen"]).dt.days > silence * YEAR)
        until = table["end_from"].fillna(table["seen"])
    days = (until - table["from_day"]).dt.days.clip(lower=0)
    return table.assign(years=days / YEAR, over=over)


def surviving(table: pd.DataFrame, closed: pd.Timestamp, silence: float = SILENCE, by: str = "period") -> pd.DataFrame:
    """Share of initiatives that live on, by years since the founding (Kaplan and Meier).

    Parameters
    ----------
    table, closed, silence
        As in :func:`spells`; the second reading uses ``silence``.
    by : str
        Column that makes the groups.

    Returns
    -------
    pandas.DataFrame
        group, reading (key of :data:`READINGS`), years, share, low and high
        (pointwise interval of 95 per cent, by Greenwood's variance on the
        log-log scale; missing where the share is one or zero), at_risk; one row a
        step, the first at zero years with all alive, the last where the
        longest spell of the group stands.

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958). Journal of the American Statistical
    Association 53, 457-481; ``statsmodels.duration.survfunc.SurvfuncRight``,
    and ``scipy.stats.ecdf`` for the interval.
    """
    rows = []
    for reading, limit in zip(READINGS, (None, silence), strict=True):
        for group, part in spells(table, closed, limit).groupby(by, sort=False):
            fitted = SurvfuncRight(part["years"], part["over"].astype(int))
            steps = pd.DataFrame({"years": fitted.surv_times, "share": fitted.surv_prob, "at_risk": fitted.n_risk})
            steps = steps.join(_interval(part), on="years")
            ends = pd.DataFrame(
                {"years": [0.0, part["years"].max()], "share": [1.0, np.nan], "at_risk": [len(part), 1]}
            )
            steps = pd.concat([ends.head(1), steps, ends[ends["years"] > steps["years"].max()]], ignore_index=True)
            steps["share"] = steps["share"].ffill()
            steps[["low", "high"]] = steps[["low", "high"]].ffill().where(steps["share"].between(1e-9, 1 - 1e-9))
            rows.append(steps.assign(group=group, reading=reading))
    return pd.concat(rows, ignore_index=True)[["group", "reading", "years", "share", "low", "high", "at_risk"]]


def _interval(part: pd.DataFrame) -> pd.DataFrame:
    """Pointwise interval of a curve, by the length of the spell.

    What left before the first end has no bearing on it, and where the curve
    falls to zero the formula is not defined: neither is passed on.
    """
    longest = part["years"] == part["years"].max()
    over = part["over"] & ~(longest & part.loc[longest, "over"].all())
    if not over.any():
        return pd.DataFrame({"low": [], "high": []}, dtype=float)
    followed = over | (part["years"] >= part.loc[over, "years"].min())
    sample = CensoredData.right_censored(part.loc[followed, "years"].to_numpy(), ~over[followed].to_numpy())
    band = ecdf(sample).sf.confidence_interval(method="log-log")
    return pd.DataFrame({"low": band.low.probabilities, "high": band.high.probabilities}, index=band.low.quantiles)


def unknown_day(
    table: pd.DataFrame, closed: pd.Timestamp, years: list[float], silence: float = SILENCE, by: str = "period"
) -> pd.DataFrame:
    """Share that lives on if what fell silent ended on an unknown day between its last trace and the close.

    Parameters
    ----------
    table, closed, silence
        As in :func:`spells`.
    years : list of float
        Years since the founding.
    by : str
        Column that makes the groups.

    Returns
    -------
    pandas.DataFrame
        group, years, share, from a Weibull distribution fitted by maximum
        likelihood: recorded ends and silence as intervals, what was seen
        lately as longer than the time to its last trace. Left out are groups
        without a single end, and years that none of the group can have
        reached. The shape of the distribution is assumed, and that silence
        means an end.

    References
    ----------
    ``scipy.stats.weibull_min.fit`` on ``scipy.stats.CensoredData``.
    """
    day = 1 / YEAR
    rows = []
    for group, part in table.groupby(by, sort=False):
        quiet = part["end_to"].isna() & ((closed - part["seen"]).dt.days > silence * YEAR)
        first = ((part["end_from"].fillna(part["seen"]) - part["from_day"]).dt.days / YEAR).clip(lower=0)
        last = ((part["end_to"].fillna(closed) - part["from_day"]).dt.days / YEAR).clip(lower=first + day)
        over = part["end_to"].notna() | quiet
        if not over.any():
            continue
        data = CensoredData(
            interval=np.column_stack([first[over], last[over]]), right=first[~over].clip(lower=day).to_numpy()
        )
        shape, _, scale = weibull_min.fit(data, floc=0)
        oldest = (closed - part["from_day"].min()).days / YEAR
        rows += [
            {"group": group, "years": year, "share": float(weibull_min.sf(year, shape, scale=scale))}
            for year in years
            if year <= oldest
        ]
    return pd.DataFrame(rows)


def after(curves: pd.DataFrame, years: float, column: str = "share") -> pd.DataFrame:
    """Share alive a number of years after the founding, by both readings.

    Parameters
    ----------
    curves : pandas.DataFrame
        From :func:`surviving`.
    years : float
        Years since the founding.
    column : str
        ``share``, or ``low`` or ``high`` for the ends of its interval.

    Returns
    -------
    pandas.DataFrame
        One row a group, in the order of ``curves``, with one column a
        reading; missing where no spell of the group is that long.
    """
    long_enough = curves.groupby(["group", "reading"])["years"].transform("max") >= years
    last = curves[long_enough & (curves["years"] <= years)].groupby(["group", "reading"])[column].last()
    return last.unstack().reindex(index=curves["group"].unique(), columns=list(READINGS))


def differ(table: pd.DataFrame, closed: pd.Timestamp, silence: float | None, by: str) -> float:
    """Chance of curves as far apart as these if the groups had one, by the log-rank test.

    Parameters
    ----------
    table, closed, silence
        As in :func:`spells`.
    by : str
        Column that makes the groups.

    Returns
    -------
    float
        The p-value of ``statsmodels.duration.survfunc.survdiff``.
    """
    table = spells(table, closed, silence)
    _, chance = survdiff(
        table["years"].to_numpy(), table["over"].astype(int).to_numpy(), table[by].astype(str).to_numpy()
    )
    return float(chance)


def ended_more(table: pd.DataFrame, closed: pd.Timestamp, period: str = "cascade") -> dict:
    """Odds of a recorded end for what was founded in one period, against all others.

    Parameters
    ----------
    table, closed
        As in :func:`spells`.
    period : str
        One of :data:`PERIODS`.

    Returns
    -------
    dict
        ended, number (of the period), other_ended, others, ratio (conditional
        odds ratio), low, high (exact 95 per cent bounds) and p (two-sided, by
        Fisher's exact test).

    References
    ----------
    Fisher, R. A. (1935). Journal of the Royal Statistical Society 98, 39-82.
    """
    ended, own = fates(table, closed) == "ended", table["period"] == period
    cells = [[int((ended & group).sum()), int((~ended & group).sum())] for group in (own, ~own)]
    found = odds_ratio(cells, kind="conditional")
    bounds = found.confidence_interval(0.95)
    return {
        "ended": cells[0][0],
        "number": sum(cells[0]),
        "other_ended": cells[1][0],
        "others": sum(cells[1]),
        "ratio": float(found.statistic),
        "low": float(bounds.low),
        "high": float(bounds.high),
        "p": float(fisher_exact(cells).pvalue),
    }


def compared(followed: pd.DataFrame, everyone: pd.DataFrame, closed: pd.Timestamp) -> pd.DataFrame:
    """All log-rank tests of the lives of initiatives, as one family.

    Parameters
    ----------
    followed, everyone : pandas.DataFrame
        From :func:`evidence`: African-led initiatives, which periods and
        widths are compared on, and those of any lead, for the leads.
    closed : pandas.Timestamp
        As in :func:`spells`.

    Returns
    -------
    pandas.DataFrame
        Indexed by by (period, bilateral, lead) and reading (key of
        :data:`READINGS`): p, and corrected (after Benjamini and Hochberg, over
        all of them).

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Journal of the Royal Statistical
    Society B 57, 289-300; as in statsmodels.
    """
    silences = dict(zip(READINGS, (None, SILENCE), strict=True))
    tables = {"period": followed, "bilateral": followed, "lead": everyone}
    rows = [
        {"by": by, "reading": reading, "p": differ(table, closed, silence, by)}
        for by, table in tables.items()
        for reading, silence in silences.items()
    ]
    family = pd.DataFrame(rows).set_index(["by", "reading"])
    return family.assign(corrected=fdrcorrection(family["p"])[1])


def fates(table: pd.DataFrame, closed: pd.Timestamp, silence: float = SILENCE) -> pd.Series:
    """What is known of each initiative at the close of the record.

    Parameters
    ----------
    table, closed, silence
        As in :func:`spells`.

    Returns
    -------
    pandas.Series
        A key of :data:`FATES` a row. *Lately* means within ``silence`` years
        before the close; a disputed end is not a recorded one. *No trace after
        the founding* is what was not seen lately and of which nothing later
        than the founding act was read.
    """
    quiet = (closed - table["seen"]).dt.days > silence * YEAR
    fate = pd.Series("seen", index=table.index)
    fate[quiet] = "quiet"
    fate[quiet & (table["seen"] <= table["to_day"])] = "untraced"
    fate[table["end_to"].notna() & ~table["disputed"]] = "ended"
    return fate


def fate_counts(table: pd.DataFrame, closed: pd.Timestamp, silence: float = SILENCE) -> pd.DataFrame:
    """Count the fates by founding period, arrangements of two states apart from wider ones.

    Parameters
    ----------
    table, closed, silence
        As in :func:`spells`.

    Returns
    -------
    pandas.DataFrame
        One row a group (key of the period, and of :data:`WIDTHS`), one column
        a fate; numbers of initiatives.
    """
    width = table["bilateral"].map({True: "two", False: "wide"}).rename("width")
    counts = pd.crosstab([table["period"], width], fates(table, closed, silence))
    order = pd.MultiIndex.from_product([PERIODS, WIDTHS], names=["period", "width"])
    return counts.reindex(index=[group for group in order if group in counts.index], columns=list(FATES), fill_value=0)


def outcomes(counts: pd.DataFrame) -> pd.DataFrame:
    """Count what readers are told of the fates, by founding period alone.

    Parameters
    ----------
    counts : pandas.DataFrame
        From :func:`fate_counts`.

    Returns
    -------
    pandas.DataFrame
        One row a period, one column a key of :data:`OUTCOMES`; numbers of
        initiatives.
    """
    periods = counts.groupby(level="period", sort=False).sum()
    return pd.DataFrame({key: periods[list(fates)].sum(axis=1) for key, fates in OUTCOMES.items()})


def rhythm(
    meetings: pd.DataFrame, initiative: str, until: pd.Timestamp, promised: dict[str, int] = PROMISED
) -> pd.DataFrame:
    """Meetings that were promised and meetings found, added up over time.

    Parameters
    ----------
    meetings : pandas.DataFrame
        Table ``meetings``.
    initiative : str
        Its key. Its first meeting of any level is the promise.
    until : pandas.Timestamp
        Last day.
    promised : dict of str to int
        Level of meeting and the promised interval in months.

    Returns
    -------
    pandas.DataFrame
        level, id, day, city, found (meetings of the level so far), due (those
        promised by that day: whole intervals since the promise, and for the
        level of the promise that meeting itself), gap (months since the one
        before, missing for the first); after the meetings of each level a row
        without id for ``until``.
    """
    mine = meetings[meetings["initiative"] == initiative]
    mine = mine.assign(day=earliest(mine["date"])).sort_values(["day", "id"])
    start, first_level = mine.iloc[0][["day", "level"]]
    rows = []
    for level, months in promised.items():
        part = mine[mine["level"] == level]
        closing = pd.DataFrame({"day": [until], "id": [pd.NA], "city": [pd.NA]})
        part = pd.concat([part[["day", "id", "city"]], closing], ignore_index=True)
        passed = (part["day"] - start).dt.days / (YEAR / 12)
        part["level"] = level
        part["found"] = part["id"].notna().cumsum()
        part["due"] = (passed // months).astype(int) + int(level == first_level)
        part["gap"] = part["day"].diff().dt.days / (YEAR / 12)
        rows.append(part)
    return pd.concat(rows, ignore_index=True)[["level", "id", "day", "city", "found", "due", "gap"]]


def exits(memberships: pd.DataFrame, first: pd.Timestamp) -> pd.DataFrame:
    """Withdrawals from initiatives, by day.

    Parameters
    ----------
    memberships : pandas.DataFrame
        Table ``memberships``; a spell of the role ``withdrew`` starts on the
        day of leaving.
    first : pandas.Timestamp
        First day.

    Returns
    -------
    pandas.DataFrame
        day, initiative, actor, id, verification; by day.
    """
    left = memberships[memberships["role"] == "withdrew"]
    left = left.assign(day=earliest(left["start"]))
    left = left[left["day"] >= first]
    return left[["day", "initiative", "actor", "id", "verification"]].sort_values(
        ["day", "initiative", "actor"], ignore_index=True
    )


def acts_of_leaving(left: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """Withdrawals as acts of a state: who leaves an organisation leaves its bodies with it, and that is one act.

    Parameters
    ----------
    left : pandas.DataFrame
        From :func:`exits`.
    initiatives : pandas.DataFrame
        Table ``initiatives``; its ``body`` joins what belongs to one organisation.

    Returns
    -------
    pandas.DataFrame
        day, what (key of the organisation, or of the initiative that is none's), actor, initiatives and ids (tuples of
        keys); one row an act, by day.
    """
    body = initiatives.set_index("id")["body"]
    what = left["initiative"].map(body).fillna(left["initiative"])
    acts = left.assign(what=what).groupby(["day", "what", "actor"], as_index=False)
    return acts.agg(initiatives=("initiative", tuple), ids=("id", tuple))


def exits_of(acts: pd.DataFrame) -> pd.DataFrame:
    """Acts of leaving as exits: states that leave one organisation on one day make one exit, however many they are.

    Parameters
    ----------
    acts : pandas.DataFrame
        From :func:`acts_of_leaving`.

    Returns
    -------
    pandas.DataFrame
        day, what, actors (tuple of keys) and spells (how many spells of
        membership the exit ended); one row an exit, by day.
    """
    spells = acts["initiatives"].map(len)
    exits = acts.assign(spells=spells).groupby(["day", "what"], as_index=False)
    return exits.agg(actors=("actor", tuple), spells=("spells", "sum"))


def among(initiatives: pd.DataFrame, memberships: pd.DataFrame, states: set[str], first: pd.Timestamp) -> pd.DataFrame:
    """Initiatives whose members are two or more of some states and no other.

    Parameters
    ----------
    initiatives, memberships : pandas.DataFrame
        Tables of these names.
    states : set of str
        Keys of the states.
    first : pandas.Timestamp
        First day of founding.

    Returns
    -------
    pandas.DataFrame
        Rows of ``initiatives`` with ``from_day`` and ``members`` (sorted
        keys), by day.
    """
    members = (
        memberships[memberships["role"] == "member"]
        .groupby("initiative")["actor"]
        .agg(lambda keys: tuple(sorted(set(keys))))
    )
    table = dated(initiatives)
    table = table.assign(members=table["id"].map(members))
    own = table["members"].map(lambda keys: isinstance(keys, tuple) and len(keys) > 1 and set(keys) <= states)
    return table[own & (table["from_day"] >= first)].reset_index(drop=True)


def companions(parties: pd.DataFrame, hosts: list[str], first: int, last: int) -> pd.DataFrame:
    """Governments that sent troops into another government's conflict, missions apart.

    Parameters
    ----------
    parties : pandas.DataFrame
        Table ``warring_parties``, after the dataset of armed conflicts. A
        conflict-year is in it from 25 battle deaths on.
    hosts : list of str
        Governments whose conflicts count, by their name in the dataset.
    first, last : int
        First and last year.

    Returns
    -------
    pandas.DataFrame
        host, party, year, outsider (whether ``party`` is none of the countries
        of this report); one row for each year in which ``party`` was a
        secondary warring party on the side of ``host`` and the list tells
        those who fought from contributors to a mission.
    """
    side = parties[(parties["side"] == "a") & parties["year"].between(first, last)]
    side = side.assign(party=side["party"].str.removeprefix("Government of "))
    main = side.loc[(side["role"] == "primary") & side["party"].isin(hosts), ["conflict", "year", "party"]].rename(
        columns={"party": "host"}
    )
    helped = side[(side["role"] == "secondary") & ~side["mission"].astype(bool)].merge(main, on=["conflict", "year"])
    helped["outsider"] = helped["iso3"].isna()
    return (
        helped[["host", "party", "year", "outsider"]]
        .drop_duplicates()
        .sort_values(["host", "party", "year"], ignore_index=True)
    )


def beside(pairs: pd.DataFrame, hosts: list[str], first: int, last: int) -> pd.DataFrame:
    """How many armies of the region stood beside each government, year by year.

    Parameters
    ----------
    pairs : pandas.DataFrame
        From :func:`companions`; parties from outside are left out.
    hosts : list of str
        Governments, in the order wanted; one that had none beside it is kept.
    first, last : int
        First and last year.

    Returns
    -------
    pandas.DataFrame
        One row a government and one column a year: number of armies.
    """
    own = pairs[~pairs["outsider"].astype(bool)]
    table = pd.crosstab(own["host"], own["year"])
    return table.reindex(index=hosts, columns=range(first, last + 1), fill_value=0)


def displaced(displacement: pd.DataFrame, first: int) -> pd.DataFrame:
    """People driven from home by country of origin: within it, and as refugees abroad.

    Parameters
    ----------
    displacement : pandas.DataFrame
        Table ``displacement``.
    first : int
        First year.

    Returns
    -------
    pandas.DataFrame
        iso3, year, within (internally displaced; missing counts as zero),
        abroad (refugees under the mandate of UNHCR), people (both together),
        carried (whether the figure for those within is an older one).
    """
    table = displacement[displacement["year"] >= first]
    within, abroad = table["idps"].fillna(0), table["refugees"].fillna(0)
    return table.assign(
        within=within,
        abroad=abroad,
        people=within + abroad,
        carried=table["note"].fillna("").str.contains("carried forward"),
    )[["iso3", "year", "within", "abroad", "people", "carried"]].reset_index(drop=True)


def careers(known: pd.DataFrame, meetings: pd.DataFrame, left: pd.DataFrame, initiatives: list[str]) -> pd.DataFrame:
    """What is on record of some initiatives: founding, meetings, withdrawals, last evidence.

    Parameters
    ----------
    known : pandas.DataFrame
        From :func:`evidence`.
    meetings : pandas.DataFrame
        Table ``meetings``.
    left : pandas.DataFrame
        From :func:`exits`.
    initiatives : list of str
        Their keys, in order.

    Returns
    -------
    pandas.DataFrame
        Index of the keys: name, founded, ended, meetings (number found),
        last_meeting (partial date, or missing), left (tuple of day and actor,
        by day), status_latest, status_latest_date.
    """
    table = known.set_index("id").loc[initiatives, ["name", "founded", "ended", "status_latest", "status_latest_date"]]
    of = meetings.groupby("initiative")["date"]
    gone = left.groupby("initiative")[["day", "actor"]].apply(
        lambda rows: tuple(rows.itertuples(index=False, name=None))
    )
    return table.assign(
        meetings=table.index.map(of.size()).fillna(0).astype(int),
        last_meeting=table.index.map(of.max()),
        left=[gone.get(key, ()) for key in table.index],
    )


def standing(acts: pd.DataFrame, closed: pd.Timestamp, patience: float = SILENCE) -> pd.Series:
    """Which acts stand at the close of the record.

    Parameters
    ----------
    acts : pandas.DataFrame
        Table ``baggage_acts``.
    closed : pandas.Timestamp
        Day on which the record was closed.
    patience : float
        Years for which a charge, a threat or a use of force counts as
        standing. Other measures stand until they are undone.

    Returns
    -------
    pandas.Series
        True or False a row.
    """
    lasting = ~acts["form"].isin(POINT_ACTS) | ((closed - latest(acts["date"])).dt.days <= patience * YEAR)
    return acts["undone"].isna() & lasting


def known_by(acts: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The acts as they stood on a day.

    Parameters
    ----------
    acts : pandas.DataFrame
        Table ``baggage_acts``.
    day : pandas.Timestamp
        The day.

    Returns
    -------
    pandas.DataFrame
        The acts done by that day; what was undone later counts as not undone.
    """
    done = acts[earliest(acts["date"]) <= day]
    return done.assign(undone=done["undone"].where(latest(done["undone"]) <= day))


def baggage_fates(acts: pd.DataFrame, closed: pd.Timestamp, patience: float = SILENCE) -> pd.DataFrame:
    """What became of each piece of baggage, by one rule for all.

    Parameters
    ----------
    acts, closed, patience
        As in :func:`standing`.

    Returns
    -------
    pandas.DataFrame
        Index of the pieces: first and last (day of the first and the last
        act), acts, standing (how many stand at the close), fate (key of
        :data:`BAGGAGE_FATES`). A piece with an act before the article is
        *old*, and so are the grounds of its acts before the article. *Kept*: an
        act stands that has an old ground. *Begun again on other grounds*: old,
        and acts stand, but none of them has an old ground. *In part*: old, an
        act stands, and another was undone after the last one. *Let go*: old, none
        stands, and the last was undone after the article. *Not heard since*:
        old, none stands, and nothing was undone after the article. *New*: no
        act before the article, and one stands. *New, mended*: none stands any
        more.
    """
    day, undone = earliest(acts["date"]), latest(acts["undone"])
    stands = standing(acts, closed, patience)
    rows = {}
    for piece, part in acts.groupby("baggage"):
        days, ended, open_ = day[part.index], undone[part.index], stands[part.index]
        old = days.min() <= ARTICLE
        eased = (ended > max(days.max(), ARTICLE)).any()
        as_before = open_ & part["ground"].isin(part.loc[days <= ARTICLE, "ground"])
        if open_.any() and old:
            fate = "in_part" if eased else "kept" if as_before.any() else "afresh"
        elif open_.any():
            fate = "new"
        elif old:
            fate = "let_go" if eased else "unheard"
        else:
            fate = "mended"
        rows[piece] = {
            "first": days.min(),
            "last": days.max(),
            "acts": len(part),
            "standing": int(open_.sum()),
            "fate": fate,
        }
    return pd.DataFrame.from_dict(rows, orient="index")
