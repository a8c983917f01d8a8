"""States and initiatives as a network in time: who belongs to what, who is central, who bridges, and whom Algeria and Morocco share."""

from __future__ import annotations

import networkx as nx
import pandas as pd
from networkx.algorithms import bipartite
from scipy.stats import spearmanr
from statsmodels.stats.multitest import fdrcorrection

from claimbook.package.dates import earliest, latest
from cooperation.measures import overlap
from cooperation.measures.initiatives import AFRICAN, BELONGS, CORE, NO_UNION, OR_MIXED, belonging
from cooperation.states import ALGERIA, MAGHREB, MOROCCO, PAIR, is_pair

SIDES = (ALGERIA, MOROCCO, "both", "neither")
SIDE_LABELS = {
    ALGERIA: "Algeria without Morocco",
    MOROCCO: "Morocco without Algeria",
    "both": "both",
    "neither": "neither",
}
ORGANISATIONS = ("AMU", "CEN-SAD")
CENSAD = r"CEN-SAD(?: |$)"
NO_CENSAD = f"not short_name.str.match('{CENSAD}')"
# Those after the first leave out bodies of the OAU and the AU as well.
SCOPES = {
    "all": AFRICAN,
    "no_union": f"{AFRICAN} and {NO_UNION}",
    "named": f"{AFRICAN} and {NO_UNION} and verification == 'yes'",
    "core_no_union": f"{AFRICAN} and {NO_UNION} and {CORE}",
    "no_pairs": f"{AFRICAN} and {NO_UNION} and not bilateral",
    "no_censad": f"{AFRICAN} and {NO_UNION} and {NO_CENSAD}",
    "with_mixed": f"{OR_MIXED} and {NO_UNION}",
}
SCOPE_LABELS = {
    "all": "African-led, all",
    "no_union": "without OAU and AU",
    "named": "… named memberships",
    "core_no_union": "… core scope",
    "no_pairs": "… nor those of two states",
    "no_censad": "… nor CEN-SAD",
    "with_mixed": "… with mixed-led",
}
# Random networks: for the Maghreb pairs, and for the readings under the looser null, which takes longer to draw.
CLOSE, LOOSE = 2000, 200
# What chance keeps beside the number of each state and the size of each initiative.
NULLS = {
    "anyone": "any state may belong to any initiative",
    "neighbours": "each initiative keeps its number of Maghreb members",
}


def of_censad(table: pd.DataFrame) -> pd.Series:
    """Which rows are CEN-SAD, its parts and its texts; column ``short_name``."""
    return ~table.eval(NO_CENSAD)


def ties(memberships: pd.DataFrame, initiatives: pd.DataFrame, states: pd.Index) -> pd.DataFrame:
    """Date every tie between a state and an initiative.

    Parameters
    ----------
    memberships, initiatives : pandas.DataFrame
        The tables of these names.
    states : pandas.Index
        Codes of the states looked at.

    Returns
    -------
    pandas.DataFrame
        One row a spell of those who belong
        (:func:`cooperation.measures.initiatives.belonging`): state, initiative,
        short_name, led_by, scope, bilateral, declared_only, body,
        verification (of the spell), from_day (of the spell or the founding, the later), until (first
        recorded end of the spell or the initiative, missing if none is
        recorded) and seen (last day that evidence of the initiative reaches,
        or ``until`` if earlier). A partial date starts with its first day and
        ends with its last.
    """
    spells = belonging(memberships)
    spells = spells[spells["actor"].isin(states)]
    columns = [
        "short_name",
        "led_by",
        "scope",
        "bilateral",
        "declared_only",
        "body",
        "founded",
        "ended",
        "status_latest_date",
    ]
    table = spells.merge(initiatives.set_index("id")[columns], left_on="initiative", right_index=True)
    until = pd.concat([latest(table["end"]), latest(table["ended"])], axis=1).min(axis=1)
    from_day = pd.concat([earliest(table["start"]), earliest(table["founded"])], axis=1).max(axis=1)
    evidence = latest(table["status_latest_date"]).fillna(from_day)
    table = table.assign(from_day=from_day, until=until, seen=pd.concat([until, evidence], axis=1).min(axis=1)).rename(
        columns={"actor": "state"}
    )
    kept = [
        "state",
        "initiative",
        "short_name",
        "led_by",
        "scope",
        "bilateral",
        "declared_only",
        "body",
        "verification",
        "from_day",
        "until",
        "seen",
    ]
    return table[kept].sort_values(["from_day", "initiative", "state"], ignore_index=True)


def at(table: pd.DataFrame, day: pd.Timestamp | None, last: str = "until") -> pd.DataFrame:
    """Ties that stand on a day, each once, to initiatives that then join two states at least.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`ties`.
    day : pandas.Timestamp or None
        The day; None for every tie that there ever was.
    last : str
        ``until``: a tie stands until its recorded end. ``seen``: no longer
        than evidence of the initiative reaches.

    Returns
    -------
    pandas.DataFrame
        Rows of ``table``.
    """
    if day is not None:
        table = table[(table["from_day"] <= day) & (table[last].isna() | (table[last] >= day))]
    standing = table.drop_duplicates(["state", "initiative"])
    return standing[standing.groupby("initiative")["state"].transform("size") > 1].reset_index(drop=True)


def graph(standing: pd.DataFrame) -> nx.Graph:
    """The two-mode network of states and initiatives.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.

    Returns
    -------
    networkx.Graph
        Nodes are ``("state", code)`` and ``("initiative", key)``, in the order
        of their names.
    """
    network = nx.Graph()
    network.add_nodes_from(("state", code) for code in sorted(set(standing["state"])))
    network.add_nodes_from(("initiative", key) for key in sorted(set(standing["initiative"])))
    network.add_edges_from((("state", row.state), ("initiative", row.initiative)) for row in standing.itertuples())
    return network


def _states(network: nx.Graph) -> list[tuple[str, str]]:
    return [node for node in network if node[0] == "state"]


def _between(network: nx.Graph) -> dict[tuple[str, str], float]:
    """Betweenness of the states in the two-mode network, to four places."""
    between = nx.betweenness_centrality(network)
    return {node: round(between[node], 4) for node in _states(network)}


def _highest(values: dict[tuple[str, str], float]) -> list[str]:
    """Codes of the states with the highest value, all that share it."""
    highest = max(values.values(), default=0)
    return [code for (_, code), value in values.items() if value == highest]


def central(standing: pd.DataFrame) -> pd.DataFrame:
    """How central each state is, and how much it bridges.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.

    Returns
    -------
    pandas.DataFrame
        state, initiatives (degree in the two-mode network), betweenness (the
        share of shortest paths between all other nodes of the two-mode network
        that run through the state), between_states (the same for paths between
        two other states alone), and rank_ with the name of each (1 is highest,
        ties share the better), by number of initiatives.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on
    betweenness. Sociometry 40, 35-41. Brandes, U. (2008). On variants of
    shortest-path betweenness centrality and their generic computation. Social
    Networks 30, 136-145; both as in networkx.
    """
    network = graph(standing)
    nodes = _states(network)
    between = _between(network)
    between_states = nx.betweenness_centrality_subset(network, nodes, nodes)
    others = max((len(nodes) - 1) * (len(nodes) - 2) / 2, 1)
    table = pd.DataFrame(
        {
            "state": [code for _, code in nodes],
            "initiatives": [network.degree(node) for node in nodes],
            "betweenness": [between[node] for node in nodes],
            "between_states": [round(between_states[node] / others, 4) for node in nodes],
        }
    )
    for column in ("initiatives", "betweenness", "between_states"):
        table[f"rank_{column}"] = table[column].rank(ascending=False, method="min").astype(int)
    return table.sort_values(["rank_initiatives", "state"], ignore_index=True)


def density(standing: pd.DataFrame, states: int) -> dict[str, float]:
    """How dense the network is.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.
    states : int
        Number of states looked at, with those that belong to nothing.

    Returns
    -------
    dict
        initiatives, ties, density (ties as a share of those possible between
        ``states`` and initiatives) and paired (pairs of states with at least
        one initiative in common as a share of all pairs).
    """
    network = graph(standing)
    shared = bipartite.projected_graph(network, _states(network))
    number = standing["initiative"].nunique()
    return {
        "initiatives": number,
        "ties": len(standing),
        "density": len(standing) / (states * number) if number else 0.0,
        "paired": shared.number_of_edges() / (states * (states - 1) / 2),
    }


def yearly(table: pd.DataFrame, states: int, days: list[pd.Timestamp]) -> pd.DataFrame:
    """The network on each of a row of days.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`ties`.
    states : int
        Number of states looked at.
    days : list of pandas.Timestamp
        The days, in order.

    Returns
    -------
    pandas.DataFrame
        day, what :func:`density` gives, paired_seen and initiatives_seen (no
        tie longer than evidence reaches), began (names of initiatives whose
        first tie is later than the day before), first and
        bridge (codes of the states with most initiatives and the highest
        betweenness, all that share the rank).
    """
    entered = (
        at(table, None)
        .groupby(["initiative", "short_name"])["from_day"]
        .min()
        .reset_index()
        .sort_values(["from_day", "initiative"])
    )
    rows, before = [], pd.Timestamp.min
    for day in days:
        standing = at(table, day)
        seen = density(at(table, day, "seen"), states)
        network = graph(standing)
        degree, between = dict(network.degree(_states(network))), _between(network)
        rows.append(
            {
                "day": day,
                **density(standing, states),
                "initiatives_seen": seen["initiatives"],
                "paired_seen": seen["paired"],
                "began": entered.loc[
                    entered["from_day"].between(before, day, inclusive="right"), "short_name"
                ].tolist(),
                "first": _highest(degree),
                "bridge": _highest(between),
            }
        )
        before = day
    return pd.DataFrame(rows)


def sides(standing: pd.DataFrame) -> pd.Series:
    """On which side of Algeria and Morocco each initiative is.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.

    Returns
    -------
    pandas.Series
        One of :data:`SIDES` for each initiative, by its key.
    """
    members = overlap.incidence(standing, "state").reindex(PAIR, fill_value=False)
    algeria, morocco = members.loc[PAIR[0]], members.loc[PAIR[1]]
    names = pd.Series(SIDES[3], index=members.columns)
    names[algeria & ~morocco], names[morocco & ~algeria], names[algeria & morocco] = SIDES[:3]
    return names


def joined(
    state: str, organisation: str, memberships: pd.DataFrame, belonged: pd.DataFrame, initiatives: pd.DataFrame
) -> bool:
    """Whether a state has ever belonged to an organisation or one of its parts, by either table of members.

    Parameters
    ----------
    state : str
        Its code.
    organisation : str
        Name with which those of its parts begin, such as those of :data:`ORGANISATIONS`.
    memberships, belonged, initiatives : pandas.DataFrame
        Tables ``memberships``, ``organisation_memberships`` and ``initiatives``.

    Returns
    -------
    bool
        A state that withdrew had joined; an observer, or one outside, had not.
    """
    parts = initiatives.loc[initiatives["short_name"].str.match(f"{organisation}(?: |$)"), "id"]
    held = memberships[(memberships["actor"] == state) & memberships["initiative"].isin(parts)]
    spells = belonged[(belonged["actor"] == state) & belonged["organisation"].isin(parts)]
    return bool(held["role"].isin([*BELONGS, "withdrew"]).any() or (spells["status"] == "member").any())


def once(standing: pd.DataFrame) -> pd.DataFrame:
    """Keep one initiative of each organisation with parts, and one of each two states.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.

    Returns
    -------
    pandas.DataFrame
        Rows of ``standing``: of the initiatives whose names begin with one of
        :data:`ORGANISATIONS`, and of those between the same two states, the
        one that is tied first.
    """
    first = standing.groupby("initiative").agg(
        name=("short_name", "first"), day=("from_day", "min"), bilateral=("bilateral", "first")
    )
    first["states"] = standing.groupby("initiative")["state"].agg(lambda codes: " and ".join(sorted(codes)))
    organisation = first["name"].str.extract(f"^({'|'.join(ORGANISATIONS)})(?: |$)")[0]
    group = organisation.where(~first["bilateral"], first["states"])
    first = first.assign(group=group.fillna(first.index.to_series())).sort_values("day", kind="stable")
    return standing[standing["initiative"].isin(first.index[~first["group"].duplicated()])].reset_index(drop=True)


def hubs(standing: pd.DataFrame) -> pd.DataFrame:
    """With which of Algeria and Morocco the other states sit.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.

    Returns
    -------
    pandas.DataFrame
        state and one column of initiatives for each of :data:`SIDES`; by the
        first, then the second, highest first.
    """
    side = standing["initiative"].map(sides(standing))
    counts = pd.crosstab(standing["state"], side).reindex(columns=SIDES, fill_value=0)
    counts = counts.drop(index=[code for code in PAIR if code in counts.index]).rename_axis(columns=None).reset_index()
    return counts.sort_values([*SIDES[:2], "state"], ascending=[False, False, True], ignore_index=True)


def positions(table: pd.DataFrame, seed: int = 2014) -> pd.DataFrame:
    """Where the nodes stand, the same on every day.

    States that share many initiatives stand close (spring layout of the
    projection on states, each line as strong as the share of their
    initiatives that two states have in common); an initiative stands in the
    middle of the states ever tied to it, moved a little by its place in the
    alphabet so that those with the same states can be told apart.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`ties`.
    seed : int
        Of the layout.

    Returns
    -------
    pandas.DataFrame
        kind (state or initiative), key, x, y (between about -1 and 1).
    """
    network = graph(table)
    shared = bipartite.overlap_weighted_projected_graph(network, _states(network))
    placed = nx.spring_layout(shared, k=2.4, iterations=300, seed=seed, weight="weight")
    states = pd.DataFrame([(code, *place) for (_, code), place in placed.items()], columns=["key", "x", "y"])
    middle = (
        table.drop_duplicates(["state", "initiative"])
        .merge(states, left_on="state", right_on="key")
        .groupby("initiative")[["x", "y"]]
        .mean()
    )
    turn = pd.Series(range(len(middle)), index=middle.index)
    middle["x"] += 0.05 * ((turn * 0.618) % 1 - 0.5) * 2
    middle["y"] += 0.05 * ((turn * 0.7549) % 1 - 0.5) * 2
    middle = middle.rename_axis("key").reset_index()
    return pd.concat([states.assign(kind="state"), middle.assign(kind="initiative")], ignore_index=True).round(2)[
        ["kind", "key", "x", "y"]
    ]


def gap(table: pd.DataFrame, day: pd.Timestamp, null: str, draws: int) -> pd.DataFrame:
    """What Algeria and Morocco share, against chance, by every scope.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`ties`, of all leads and scopes.
    day : pandas.Timestamp
        The day.
    null : str
        Key of :data:`NULLS`.
    draws : int
        Random networks for each.

    Returns
    -------
    pandas.DataFrame
        scope, initiatives, and the columns of
        :func:`cooperation.measures.overlap.against_chance` for the pair.
    """
    rows = []
    for scope, condition in SCOPES.items():
        members = overlap.incidence(at(table.query(condition), day), "state")
        members = members.reindex(sorted({*members.index, *PAIR}), fill_value=False)
        pairs = overlap.against_chance(overlap.among(members, MAGHREB) if null == "neighbours" else members, draws)
        found = {"scope": scope, "initiatives": members.shape[1]}
        rows.append(found | pairs[is_pair(pairs)].iloc[0].to_dict())
    return pd.DataFrame(rows)


def among_neighbours(standing: pd.DataFrame, draws: int = CLOSE) -> pd.DataFrame:
    """Compare what every two Maghreb states share with chance that keeps the Maghreb members of each initiative.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.
    draws : int
        Random networks.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`cooperation.measures.overlap.against_chance`,
        beyond (shared less expected) and corrected (``as_few`` after Benjamini
        and Hochberg, over the pairs); by beyond, lowest first.
    """
    pairs = overlap.against_chance(overlap.among(overlap.incidence(standing, "state"), MAGHREB), draws)
    pairs = pairs.assign(beyond=pairs["shared"] - pairs["expected"], corrected=fdrcorrection(pairs["as_few"])[1])
    return pairs.sort_values("beyond", ignore_index=True)


def reseeded(members: pd.DataFrame, seeds: range, draws: int = overlap.DRAWS) -> pd.DataFrame:
    """Compare what Algeria and Morocco share with chance, once for each seed.

    Parameters
    ----------
    members : pandas.DataFrame
        From :func:`cooperation.measures.overlap.incidence`, or
        :func:`cooperation.measures.overlap.among`.
    seeds : range
        Of the random generator.
    draws : int
        Random networks for each.

    Returns
    -------
    pandas.DataFrame
        seed, expected (mean of the draws) and as_few (one-sided p-value, as in
        :func:`cooperation.measures.overlap.against_chance`).
    """
    shared = int(members.loc[list(PAIR)].all().sum())
    rows = []
    for seed in seeds:
        drawn = overlap.by_chance(members, *PAIR, draws, seed)
        rows.append(
            {"seed": seed, "expected": drawn.mean(), "as_few": (1 + int((drawn <= shared).sum())) / (draws + 1)}
        )
    return pd.DataFrame(rows)


def beside_deaths(standing: pd.DataFrame, deaths: pd.DataFrame, states: pd.Index) -> pd.DataFrame:
    """Set the ties of a state beside the deaths on its soil.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.
    deaths : pandas.DataFrame
        iso3, deaths_low, deaths_best, deaths_high (deaths of a period), and
        population (persons).
    states : pandas.Index
        Codes of the states looked at.

    Returns
    -------
    pandas.DataFrame
        state, initiatives, deaths_low, deaths_best, deaths_high and
        per_million (deaths by the best estimate per million inhabitants), by
        deaths, highest first.
    """
    number = (
        standing.groupby("state")
        .size()
        .reindex(states, fill_value=0)
        .rename("initiatives")
        .rename_axis("iso3")
        .reset_index()
    )
    table = number.merge(deaths, on="iso3", validate="1:1").rename(columns={"iso3": "state"})
    table["per_million"] = table["deaths_best"] / table["population"] * 1e6
    return table.sort_values(["deaths_best", "state"], ascending=[False, True], ignore_index=True)


def go_together(table: pd.DataFrame, column: str = "deaths_best") -> tuple[float, float]:
    """Rank correlation of the ties of states and the deaths on their soil.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`beside_deaths`.
    column : str
        Column with the deaths.

    Returns
    -------
    (float, float)
        Spearman's rho and its two-sided p-value.
    """
    found = spearmanr(table["initiatives"], table[column].astype(float))
    return float(found.statistic), float(found.pvalue)


def covered(standing: pd.DataFrame, deaths: pd.DataFrame) -> pd.DataFrame:
    """Share of all deaths that fell in the states of each initiative.

    Parameters
    ----------
    standing : pandas.DataFrame
        From :func:`at`.
    deaths : pandas.DataFrame
        iso3 and deaths_low, deaths_best, deaths_high of all states looked at.

    Returns
    -------
    pandas.DataFrame
        initiative, short_name, states (number), share (by the best estimate),
        share_low and share_high (smallest and largest of the shares by the
        low, best and high estimates); by share, highest first.
    """
    columns = ["deaths_low", "deaths_best", "deaths_high"]
    joined = standing.merge(deaths, left_on="state", right_on="iso3")
    inside = joined.groupby(["initiative", "short_name"])
    shares = inside[columns].sum() / deaths[columns].sum()
    table = pd.DataFrame(
        {
            "states": inside.size(),
            "share": shares["deaths_best"],
            "share_low": shares.min(axis=1),
            "share_high": shares.max(axis=1),
        }
    )
    return table.reset_index().sort_values(["share", "initiative"], ascending=[False, True], ignore_index=True)
