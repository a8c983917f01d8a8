"""Who sat in which forum: Algeria, Morocco, both or neither, and why not."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import earliest
from cooperation.measures.initiatives import core_scope
from cooperation.rows import Actor
from cooperation.states import ALGERIA, MALI, MAURITANIA, MOROCCO, NAMES, NIGER, PAIR

STATES = {code.lower(): NAMES[code] for code in PAIR}
SEATED = {"both": "both", ALGERIA: "Algeria only", MOROCCO: "Morocco only", "neither": "neither", "unknown": "unknown"}
CAME = {
    "present": "came",
    "refused": "kept_out",
    "not invited": "kept_out",
    "stayed away": "stayed_away",
    "unknown": "unknown",
}
# Families of forums by whose circle they belong to; "wider" is called by others, or open to both by its rules.
CIRCLE = {
    "field-countries": "algeria",
    "algiers-centre": "algeria",
    "nouakchott-process": "algeria",
    "crisis": "algeria",
    "five-plus-five": "wider",
    "arab": "wider",
    "maghreb-union": "wider",
    "gctf": "wider",
    "outside": "wider",
    "psc-seminar": "wider",
    "border-conferences": "wider",
    "talks": "wider",
    "cen-sad": "morocco",
    "marrakech-platform": "morocco",
    "isis-coalition": "morocco",
    "atlantic-initiative": "morocco",
}


def seats(presence: pd.DataFrame) -> pd.DataFrame:
    """Add who of the two was seated.

    Parameters
    ----------
    presence : pandas.DataFrame
        Table ``presence``.

    Returns
    -------
    pandas.DataFrame
        The rows of ``presence`` that are not from memory, by date, with
        ``seated`` (key of :data:`SEATED`) and ``start`` (first day the date
        can mean).
    """
    table = presence[presence["verification"] != "memory"].copy()
    here = {state: table[state] == "present" for state in STATES}
    unknown = (table["dza"] == "unknown") | (table["mar"] == "unknown")
    table["seated"] = "neither"
    table.loc[here["dza"] & here["mar"], "seated"] = "both"
    table.loc[here["dza"] & ~here["mar"], "seated"] = ALGERIA
    table.loc[~here["dza"] & here["mar"], "seated"] = MOROCCO
    table.loc[unknown, "seated"] = "unknown"
    table["start"] = earliest(table["date"])
    return table.sort_values(["start", "id"], ignore_index=True)


def sat_together(seated: pd.DataFrame, last: pd.Timestamp, first: pd.Timestamp | None = None) -> tuple[int, int]:
    """In how many forums both sat, and how many there were.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.
    last : pandas.Timestamp
        Last day.
    first : pandas.Timestamp, optional
        First day; without it, all forums up to the last day count, however
        early, since the record of forums has no first day of its own.

    Returns
    -------
    (int, int)
        Forums that seated both, and all forums; one of which the presence of
        either is unknown counts among all.
    """
    part = seated[(seated["start"] <= last) & (first is None or seated["start"] >= first)]
    return int((part["seated"] == "both").sum()), len(part)


def by_circle(seated: pd.DataFrame) -> pd.DataFrame:
    """Forums by whose circle they belong to and by who of the two was seated.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.

    Returns
    -------
    pandas.DataFrame
        Counts: a row for each circle of :data:`CIRCLE`, a column for each key of :data:`SEATED`.
    """
    counts = pd.crosstab(seated["format"].map(CIRCLE), seated["seated"])
    return counts.reindex(index=dict.fromkeys(CIRCLE.values()), columns=list(SEATED), fill_value=0)


def absences(seated: pd.DataFrame) -> pd.DataFrame:
    """List every absence with its kind.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.

    Returns
    -------
    pandas.DataFrame
        id, date, start, forum, actor (``DZA`` or ``MAR``), absence; one row
        for each time one of the two was out.
    """
    parts = []
    for state in STATES:
        out = seated.dropna(subset=f"{state}_absence")
        parts.append(out.assign(actor=state.upper(), absence=out[f"{state}_absence"]))
    table = pd.concat(parts, ignore_index=True)
    return table[["id", "date", "start", "forum", "actor", "absence"]]


def widening(absent: pd.DataFrame, actor: str, steps: dict[str, list[str]]) -> dict[str, int]:
    """Absences of a state as more kinds of absence count as exclusion.

    Parameters
    ----------
    absent : pandas.DataFrame
        From :func:`absences`.
    actor : str
        ``DZA`` or ``MAR``.
    steps : dict of str to list of str
        Kinds of absence that count at each step.

    Returns
    -------
    dict of str to int
        By step.
    """
    mine = absent.loc[absent["actor"] == actor, "absence"]
    return {step: int(mine.isin(kinds).sum()) for step, kinds in steps.items()}


def kept_out_by_host(seated: pd.DataFrame, host: str, absent: str) -> pd.DataFrame:
    """Forums at which the host did not admit or invite the other of the two.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.
    host, absent : str
        ``DZA`` or ``MAR``.

    Returns
    -------
    pandas.DataFrame
        The rows of ``seated`` held in the host's country in which the other
        was refused or not invited. Rows with ``verification`` disputed are
        among them: whose decision it was is contested.
    """
    decided = seated[f"{absent.lower()}_absence"].isin(["refused", "not invited"])
    return seated[(seated["host"] == host) & decided]


def reasons(absent: pd.DataFrame, stated: pd.DataFrame) -> pd.DataFrame:
    """The reasons given for absences, by date.

    Parameters
    ----------
    absent : pandas.DataFrame
        From :func:`absences`.
    stated : pandas.DataFrame
        Table ``presence_reasons``.

    Returns
    -------
    pandas.DataFrame
        id, date, start, forum, actor, absence, reason, stated_by; one row for
        each reason.
    """
    joined = absent.merge(stated, left_on=["id", "actor"], right_on=["presence", "actor"])
    return joined.drop(columns="presence").sort_values(["start", "id", "reason"], ignore_index=True)


def meetings_of_both(
    meetings: pd.DataFrame, participants: pd.DataFrame, initiatives: pd.DataFrame, actors: pd.DataFrame
) -> pd.DataFrame:
    """Who of the two is named at the meetings of the initiatives.

    Parameters
    ----------
    meetings, participants, initiatives, actors : pandas.DataFrame
        Tables ``meetings``, ``meeting_participants``, ``initiatives`` and
        ``actors``.

    Returns
    -------
    pandas.DataFrame
        The meetings with ``seated`` and ``led_by``. Only meetings whose page
        names single states count: where it names organisations alone, who sat
        there is not known, and ``seated`` is ``unknown``.
    """
    states = set(actors.loc[actors["kind"] == "state", "id"])
    named = participants.groupby("meeting")["actor"].agg(set)
    table = meetings.assign(
        led_by=meetings["initiative"].map(initiatives.set_index("id")["led_by"]), named=meetings["id"].map(named)
    )

    def seated(present):
        if not present & states:
            return "unknown"
        return {(True, True): "both", (True, False): ALGERIA, (False, True): MOROCCO}.get(
            (ALGERIA in present, MOROCCO in present), "neither"
        )

    return table.assign(seated=table["named"].map(seated)).drop(columns="named")


def visits(seated: pd.DataFrame) -> pd.DataFrame:
    """Forums that one of the two hosted, and whether the other came.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.

    Returns
    -------
    pandas.DataFrame
        id, date, start, forum, host, guest (``DZA`` or ``MAR``) and came:
        came, kept_out (not admitted or not invited), stayed_away, outside
        (the forum belonged to a body or group it was not in, or the reason is
        not known) or unknown. Whose decision ``kept_out`` was is not asked.
    """
    parts = []
    for host, guest in (PAIR, PAIR[::-1]):
        held = seated[seated["host"] == host]
        state = held[f"{guest.lower()}_absence"].fillna(held[guest.lower()])
        parts.append(held.assign(guest=guest, came=state.map(CAME).fillna("outside")))
    table = pd.concat(parts).sort_values(["start", "id"], ignore_index=True)
    return table[["id", "date", "start", "forum", "host", "guest", "came", "verification"]]


def contacts(events: pd.DataFrame, actors: pd.DataFrame, grounds: pd.DataFrame) -> pd.DataFrame:
    """Acts of cooperation against armed groups or their money that both of the two took part in.

    Parameters
    ----------
    events, actors, grounds : pandas.DataFrame
        Tables ``dispute_events``, ``dispute_event_actors`` and
        ``dispute_event_grounds``.

    Returns
    -------
    pandas.DataFrame
        The rows of ``events`` of the kind cooperation whose ``direction`` is
        above zero, which name Algeria and Morocco and have security among
        their grounds, by date, with ``start``. Relief after a disaster is none
        of them, nor is a row from memory.
    """
    named = actors.groupby("event")["actor"].agg(set)
    both = events["id"].map(named).map(lambda found: isinstance(found, set) and found >= set(PAIR))
    secure = events["id"].isin(grounds.loc[grounds["ground"] == "security", "event"])
    joint = both & secure & (events["kind"] == "cooperation") & (events["direction"] > 0)
    table = events[joint & (events["verification"] != "memory")]
    return table.assign(start=earliest(table["date"])).sort_values(["start", "id"], ignore_index=True)


def ministerials(
    named: pd.DataFrame, participants: pd.DataFrame, initiatives: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> pd.DataFrame:
    """Ministers' meetings on security between one of the two and the Sahel, by whose meeting it was.

    Parameters
    ----------
    named : pandas.DataFrame
        From :func:`meetings_of_both`.
    participants, initiatives : pandas.DataFrame
        Tables ``meeting_participants`` and ``initiatives``.
    first, last : pandas.Timestamp
        First and last day.

    Returns
    -------
    pandas.DataFrame
        id, date, start, initiative, short_name, country, seated, centre,
        verification; one row for each meeting of ministers of core scope that
        names Algeria or Morocco and at least one of Mali, Mauritania and
        Niger, and belongs to an initiative of more than two states.
        ``centre`` says whether the Algiers centre is named among those present.
    """
    present = participants.groupby("meeting")["actor"].agg(set)
    table = core_scope(named)
    table = table.assign(start=earliest(table["date"]), present=table["id"].map(present))
    bilateral = table["initiative"].map(initiatives.set_index("id")["bilateral"])
    table = table[
        (table["level"] == "ministers")
        & table["start"].between(first, last)
        & table["initiative"].notna()
        & ~bilateral.fillna(False).astype(bool)
        & table["present"].notna()
    ]
    sahel = table["present"].map(lambda who: bool(who & {MALI, MAURITANIA, NIGER}) and bool(who & set(PAIR)))
    table = table[sahel]
    table = table.assign(centre=table["present"].map(lambda who: Actor.ALGIERS_CENTRE in who)).sort_values(
        ["start", "id"], ignore_index=True
    )
    table["short_name"] = table["initiative"].map(initiatives.set_index("id")["short_name"])
    return table[["id", "date", "start", "initiative", "short_name", "country", "seated", "centre", "verification"]]


def tracks(
    seated: pd.DataFrame, initiatives: pd.DataFrame, memberships: pd.DataFrame, lanes: dict, other: str
) -> pd.DataFrame:
    """Foundings and forums of given tracks, and the place of a state in each.

    Parameters
    ----------
    seated : pandas.DataFrame
        From :func:`seats`.
    initiatives, memberships : pandas.DataFrame
        Tables ``initiatives`` and ``memberships``.
    lanes : dict
        Name of a track -> (format of ``presence`` or None, key of
        ``initiatives`` or None).
    other : str
        The state asked about, ``DZA`` or ``MAR``.

    Returns
    -------
    pandas.DataFrame
        track, start, date, what (what was founded, or the forum), kind
        (founding or forum) and place: for a forum ``present`` or the kind of
        absence; for a founding ``in`` where the state has a spell other
        than excluded in ``memberships``, else ``out``. Only spells of
        the tables are known: ``out`` means that none was found.
    """
    founded = initiatives.set_index("id")
    inside = set(memberships.loc[(memberships["actor"] == other) & (memberships["role"] != "excluded"), "initiative"])
    rows = []
    for track, (kind, key) in lanes.items():
        if key:
            rows.append(
                (
                    track,
                    founded.at[key, "founded"],
                    founded.at[key, "name"],
                    "founding",
                    "in" if key in inside else "out",
                )
            )
        held = seated[seated["format"] == kind]
        absence = held[f"{other.lower()}_absence"].fillna(held[other.lower()])
        rows += [
            (track, *row, "forum", state)
            for row, state in zip(held[["date", "forum"]].itertuples(index=False), absence, strict=True)
        ]
    table = pd.DataFrame(rows, columns=["track", "date", "what", "kind", "place"])
    return table.assign(start=earliest(table["date"])).sort_values(["start", "track", "what"], ignore_index=True)


def standing(spells: pd.DataFrame, bodies: list[str], first: str, last: str) -> pd.DataFrame:
    """Spells in or outside given bodies, cut to a span of time.

    Parameters
    ----------
    spells : pandas.DataFrame
        Table ``organisation_memberships``.
    bodies : list of str
        Keys of organisations.
    first, last : str
        First and last day of the span.

    Returns
    -------
    pandas.DataFrame
        organisation, actor, status, start, end (timestamps within the span,
        the first day each can mean), open_start and open_end (no date in the
        table), note, verification; in the order of ``bodies``. A spell that is
        over before the span or begins after it is left out.
    """
    table = spells[spells["organisation"].isin(bodies)]
    table = table.assign(
        open_start=table["start"].isna(),
        open_end=table["end"].isna(),
        start=earliest(table["start"]).fillna(pd.Timestamp(first)).clip(lower=pd.Timestamp(first)),
        end=earliest(table["end"]).fillna(pd.Timestamp(last)).clip(upper=pd.Timestamp(last)),
        order=table["organisation"].map({body: n for n, body in enumerate(bodies)}),
    )
    table = table[table["start"] < table["end"]].sort_values(["order", "actor", "start"], ignore_index=True)
    return table[["organisation", "actor", "status", "start", "end", "open_start", "open_end", "note", "verification"]]


def together(spells: pd.DataFrame, first: str, second: str) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Times in which both of two states were members of one body.

    Parameters
    ----------
    spells : pandas.DataFrame
        From :func:`standing`, for one body.
    first, second : str
        Keys of the states.

    Returns
    -------
    list of tuple
        (start, end) of each overlap, by date.
    """
    mine, other = (spells[(spells["actor"] == who) & (spells["status"] == "member")] for who in (first, second))
    pairs = mine.merge(other, how="cross", suffixes=("", "_other"))
    start, end = pairs[["start", "start_other"]].max(axis=1), pairs[["end", "end_other"]].min(axis=1)
    return sorted((a, b) for a, b in zip(start, end, strict=True) if a < b)


def before_and_since(spells: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Standing of each actor in each body up to a day and from it on.

    Parameters
    ----------
    spells : pandas.DataFrame
        From :func:`standing`.
    day : pandas.Timestamp

    Returns
    -------
    pandas.DataFrame
        organisation, actor, when (``before`` or ``since``) and status:
        ``member`` if it was one at some time then, else that of its last spell
        then. What has no spell is left out.
    """
    parts = {"before": spells[spells["start"] < day], "since": spells[spells["end"] > day]}
    rows = []
    for when, part in parts.items():
        for (body, actor), own in part.groupby(["organisation", "actor"], sort=False):
            member = (own["status"] == "member").any()
            rows.append((body, actor, when, "member" if member else own.sort_values("start")["status"].iloc[-1]))
    return pd.DataFrame(rows, columns=["organisation", "actor", "when", "status"])
