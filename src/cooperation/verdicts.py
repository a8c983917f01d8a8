"""What the tables bear of each claim of the article: a rule a claim, with the sentence that answers it.

A rule says which verdict the data bear and is held to the table ``verdicts``
(:func:`claimbook.verdict.ledger`); other data give another verdict.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

import pandas as pd

from claimbook.judgement import Load
from claimbook.package.dates import earliest, spoken
from claimbook.verdict import Found, Rule, Verdict, ledger
from claimbook.wording import about, count, holds
from cooperation.measures import (
    aftermath,
    allegations,
    imperative,
    initiatives,
    kidnappings,
    places,
    presence,
    prism,
    record,
    ruptures,
    standoff,
)
from cooperation.measures.initiatives import african_led, core_scope
from cooperation.periods import ARTICLE, BASELINE, CASCADE, COUP, LABELS, PUBLIC, RECENT, YEAR, YEARS, in_month
from cooperation.rows import Actor, Allegation, Initiative
from cooperation.states import ALGERIA, MALI, MAURITANIA, MOROCCO, NIGER

Bars = tuple[tuple[str, float], ...]
# Day of the raid into the forest of Wagadou, which the article calls Ouagadou.
WAGADOU = "2011-06-24"
# Whose charges against Mali the article speaks of.
NEIGHBOURS = (ALGERIA, MAURITANIA, NIGER)


def north(load: Load) -> Found:
    """AQIM's hostages held in Mali, early and late, and where in Mali fights could be placed."""
    cases = kidnappings.cases(
        load("kidnappings"), load("kidnapping_countries_held"), load("kidnapping_nationalities"), load("countries")
    )
    foreign = cases[cases["outsiders"] & cases["before_coup"]]
    held = foreign[kidnappings.in_mali(foreign)]
    sure = held[held["verification"] != "disputed"]
    early, late = (int(kidnappings.seized(sure, *YEARS[span]).sum()) for span in ("hostages_early", "hostages_late"))
    in_mali = late > early + 1 and 2 * len(sure) > len(foreign)
    groups = load("armed_groups")
    fights = places.fought(load("placed_events"), groups.loc[groups["id"] == Actor.AQIM, "ucdp_name"])
    in_north = places.share_in_north(fights[fights["date"] < str(COUP.date())]).low > 50
    return Found(
        verdict="right" if in_mali and in_north else "right in part" if in_mali or in_north else "not shown",
        answer=(
            f"Before Mali's coup of {COUP.year} jihadists took {count(len(foreign))} groups of foreigners hostage across the "
            f"Sahara. They held at least {count(len(sure))} of them in Mali, {count(late)} of these from "
            f"{YEARS['hostages_late'][0]} on. "
            + (
                "Most of the group's fights there were in the north."
                if in_north
                else "The article speaks of northern Mali; of the north alone too little is known, hence only in part."
            )
        ),
        measure="Groups of foreign hostages held in Mali, by the years in which they were seized",
        bars=((LABELS["hostages_early"], early), (LABELS["hostages_late"], late)),
    )


def _charge(key: str, answer: str, seen: Callable[[Load], tuple[str, Bars]], load: Load, named: str = "") -> Found:
    """What the grade of an allegation says: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable."""
    graded = load("allegations").set_index("id").at[key, "information_credibility"]
    by_grade = {1: "right", 2: "right in part", 3: "not shown", 4: "not shown", 5: "wrong", 6: "cannot be tested"}
    measure, bars = seen(load)
    return Found(verdict=by_grade[int(graded)], answer=answer, measure=measure, bars=bars, named=named)


def _towards_mali(load: Load) -> pd.DataFrame:
    """Acts of the three neighbours towards Mali."""
    acts = ruptures.acts(load("mistrust_acts"), load("mistrust_events"))
    return acts[acts["toward"].eq(MALI) & acts["actor"].isin(NEIGHBOURS)]


def _charged(load: Load) -> tuple[str, Bars]:
    """What neighbours charged Mali with, and what they did in trust."""
    acts = _towards_mali(load)
    charges = int(acts["form"].isin(["private charge", "public reproach"]).sum())
    trust = int((acts["act"] == "trust").sum())
    return "Acts of Algeria, Mauritania and Niger towards Mali", (("charges", charges), ("acts of trust", trust))


def _mutual(load: Load) -> tuple[str, Bars]:
    """Distrust of Mali by its neighbours, and of them by Mali."""
    acts = ruptures.acts(load("mistrust_acts"), load("mistrust_events")).query("act == 'distrust'")
    of_mali = int((acts["toward"].eq(MALI) & acts["actor"].isin(NEIGHBOURS)).sum())
    by_mali = int((acts["actor"].eq(MALI) & acts["toward"].isin(NEIGHBOURS)).sum())
    return "Acts of distrust on record, disputed ones included", (("towards Mali", of_mali), ("by Mali", by_mali))


def _ransoms(load: Load) -> tuple[str, Bars]:
    """What governments said of the ransoms that were reported."""
    status = allegations.ransoms(load("kidnappings"))["ransom_status"].value_counts()
    kinds = {"reported": "reported", "denied": "reported and denied", "confirmed": "confirmed"}
    return "Groups of hostages, by what is known of a ransom; of trafficking too little is known to count", tuple(
        (name, int(status.get(kind, 0))) for kind, name in kinds.items()
    )


def _attacks(load: Load) -> tuple[str, Bars]:
    """Attacks in the two capitals before the coup."""
    events = load("mistrust_events")
    attacks = events[(events["kind"] == "attack") & (earliest(events["date"]) < COUP)]["title"]
    return "Attacks on record before the coup; that in Bamako was not claimed", tuple(
        (city, int(attacks.str.contains(city).sum())) for city in ("Nouakchott", "Bamako")
    )


def _in_the_press(load: Load) -> tuple[str, Bars]:
    """Events around the raid of June 2011, and those that pages of the day told of before it."""
    events, named = load("mistrust_events"), load("mistrust_event_actors")
    of_the_two = events["id"].isin(named.loc[named["actor"].isin([MALI, MAURITANIA]), "event"])
    links, sources = load("mistrust_event_sources"), load("sources")
    public = allegations.publicity(events[of_the_two], links, sources, "2011-06-01", "2011-07-31")
    before = public.loc[public["published"] < WAGADOU, "id"].nunique()
    return "Events around the raid of June 2011, and those in the press before it", (
        ("all", public["id"].nunique()),
        ("known beforehand", before),
    )


def prism_of_each(load: Load) -> Found:
    """The breaks of each of the two with the other, as acts of governments, and how many name the territory."""
    events = load("dispute_events")
    tested = prism.between_the_two(prism.steps(events, load("dispute_event_grounds")))
    direct = tested[tested["id"].isin(standoff.between_governments(events))]
    breaks = prism.share_on_territory(direct).set_index(["sign", "side", "reading"]).loc["break"]
    morocco, algeria = (breaks.loc[(side, "page")] for side in (MOROCCO, ALGERIA))
    most = [2 * side["on_territory"] > side["steps"] for side in (morocco, algeria)]
    whole = algeria["on_territory"] == algeria["steps"]
    first = direct.loc[(direct["sign"] == "break") & direct["side"].isin([ALGERIA, MOROCCO]), "start"].min().year
    return Found(
        verdict="right"
        if whole and most[0]
        else "right in part"
        if all(most)
        else "too strong"
        if any(most)
        else "not shown",
        answer=(
            "Morocco's king did say so of his country in 2022. It broke with states over the dispute, but made up with "
            "some that had not changed their minds. The dispute is among the reported reasons for "
            f"{count(morocco['on_territory'])} of Morocco's {count(morocco['steps'])} steps against Algeria since {first}, "
            f"and {count(algeria['on_territory'])} of Algeria's {count(algeria['steps'])}."
        ),
        measure="Steps by which one government broke with the other, and those with Western Sahara as a ground",
        bars=(
            ("Morocco, all", int(morocco["steps"])),
            ("Western Sahara", int(morocco["on_territory"])),
            ("Algeria, all", int(algeria["steps"])),
            ("Western Sahara ", int(algeria["on_territory"])),
        ),
    )


def mistrust(load: Load) -> Found:
    """Distrust on record, and cooperation before and after the allegation was public."""
    events = load("mistrust_events")
    acts = ruptures.acts(load("mistrust_acts"), events)
    operations = ruptures.operations(load("mistrust_operations"), events)
    machinery = ruptures.machinery(load("meetings"), load("meeting_participants"))
    compared = ruptures.before_and_after(ruptures.counted(acts, machinery, operations), PUBLIC)
    trust = compared[compared["day"] == next(iter(PUBLIC))].set_index("counted").loc["trust"]
    fewer = trust["after"] < trust["before"]
    ways = acts[acts["act"] == "distrust"].groupby(["actor", "toward"]).ngroups
    return Found(
        verdict="not shown" if not ways else "right" if fewer else "right in part",
        answer=(
            "Algeria, Mali and Mauritania distrusted one another, which probably cost them some exchange of information. "
            + (
                "Acts of trust, such as a tip or an arrest, became fewer after Mali was publicly accused; the record is thin."
                if fewer
                else "We see no fall in acts of trust, such as a tip or an arrest, after Mali was publicly accused. Both may be true: they "
                "worked together, and told each other less. The record is thin."
            )
        ),
        measure=f"Acts of trust among the four, as long before the {LABELS['protest']} as after it; within chance",
        bars=(("before", int(trust["before"])), ("after", int(trust["after"]))),
    )


def impediment(load: Load) -> Found:
    """The summits of the Maghreb Union: held, called off, and why."""
    summits = load("maghreb_summits")
    held, off = (summits[summits["outcome"] == outcome] for outcome in ("held", "called off"))
    named = int((off["ground"] == "dispute").sum())
    last = held["date"].max()
    stopped = earliest(held["date"]).max() < RECENT[0]
    until = in_month(record.cutoff(load("searches")))
    return Found(
        verdict="right in part" if stopped and named else "not shown",
        answer=(
            f"At the summit it very likely did: by {until} the Arab Maghreb Union had held no summit since {last[:4]}. "
            "Morocco reportedly blamed Algeria's stand on Western Sahara; Algeria says that the freeze was not its doing. "
            "What the quarrel cost elsewhere we cannot measure."
        ),
        measure="Summits of the Arab Maghreb Union",
        bars=(
            (f"held, to {last[:4]}", len(held)),
            ("held since", int((held["date"] > last).sum())),
            ("called off over the territory", named),
            ("called off otherwise", len(off) - named),
        ),
    )


def _stated(load: Load) -> pd.DataFrame:
    """Reasons that Algeria as host gave for the absence of Morocco."""
    seated = presence.seats(load("presence"))
    stated = presence.reasons(presence.absences(seated), load("presence_reasons"))
    return stated[(stated["actor"] == MOROCCO) & (stated["stated_by"] == "convener")]


def geography(load: Load) -> Found:
    """Whether Algeria gave geography as its ground, and how often."""
    said = _stated(load)
    of_place = said[said["reason"] == "geography"]
    other = len(said) - len(of_place)
    return Found(
        verdict="right" if len(of_place) > 1 else "right in part" if len(of_place) else "not shown",
        answer=(
            f"Its minister said so in {' and '.join(sorted({str(day.year) for day in of_place['start']}))}"
            f"{', each time naming a fixed group' if other >= len(of_place) else ''}."
        ),
        measure="Grounds that Algeria gave as host for Morocco's absence",
        bars=(("geography", len(of_place)), ("format", other)),
    )


def uninvited(load: Load) -> Found:
    """Meetings that Algeria hosted without Morocco, and those for which it gave geography as its reason."""
    seated = presence.seats(load("presence"))
    window = seated[seated["start"].between(RECENT[0], ARTICLE)]
    kept_out = presence.kept_out_by_host(window, host=ALGERIA, absent=MOROCCO)
    decided = kept_out[kept_out["verification"] != "disputed"]
    said = _stated(load).query("reason == 'geography'")["start"].nunique()
    both = int((window["seated"] == "both").sum())
    return Found(
        verdict="right in part" if len(decided) and both else "right" if len(decided) else "not shown",
        answer=(
            f"It gave that reason for {count(said)} of {count(len(decided))} meetings without Morocco, denied exclusion"
            f"{', and sat with Morocco elsewhere' if both else ''}."
        ),
        measure=f"Meetings that Algeria hosted without Morocco, {LABELS['recent']}",
        bars=(("with that reason given", said), ("without", len(decided) - said)),
    )


def centre(load: Load) -> Found:
    """Ministers' meetings of the region, and those that the Algiers centre convened."""
    meetings = load("meetings").loc[lambda rows: ~record.newer(rows["date"], record.cutoff(load("searches")))]
    meetings = presence.meetings_of_both(meetings, load("meeting_participants"), load("initiatives"), load("actors"))
    listed = presence.ministerials(meetings, load("meeting_participants"), load("initiatives"), RECENT[0], ARTICLE)
    by_centre = int((listed["initiative"] == Initiative.ALGIERS_CENTRE).sum())
    return Found(
        verdict="right in part" if by_centre else "not shown",
        answer=f"We know of {count(len(listed))} ministers' meetings; it called {by_centre or 'none'}.",
        measure=f"Meetings of ministers of the region, {RECENT[0].year} to the article",
        bars=(("all", len(listed)), ("called by the centre", by_centre)),
    )


def cascade(load: Load) -> Found:
    """African-led foundings a year before and in the cascade, and how many fall in the article's own year."""
    searched = initiatives.searched(initiatives.dated(load("initiatives")), load("capture_history"))
    core = african_led(core_scope(searched))
    _, _, ratio, low, _ = initiatives.compared(core, CASCADE, BASELINE)
    total, late = len(initiatives.within(core, CASCADE)), len(initiatives.within(core, YEAR))
    early = about((total - late) / total) if total else "none"
    pace = {span: len(initiatives.within(core, span)) / initiatives.years(span) for span in (BASELINE, RECENT, CASCADE)}
    return Found(
        verdict="not shown" if low <= 1 else "right" if 2 * late > total else "right in part",
        answer=(
            f"African-led initiatives began {about(ratio)} as often from {LABELS['cascade']} as in {LABELS['baseline']}. But "
            f"{early} of those since {CASCADE[0].year} came before the twelve months that the article means, and the more we searched, the smaller the rise became."
        ),
        measure="African-led initiatives founded a year",
        bars=tuple(
            (LABELS[key], round(pace[span], 1))
            for key, span in (("baseline", BASELINE), ("recent", RECENT), ("cascade", CASCADE))
        ),
    )


def need(load: Load) -> Found:
    """What the founders named as their ground, and whether foundings followed deaths."""
    searched = initiatives.searched(initiatives.dated(load("initiatives")), load("capture_history"))
    core = african_led(core_scope(searched))
    named = imperative.by_period(imperative.stated(load("initiative_purposes"), core)).loc["cascade"]
    deaths = imperative.deaths(load("organised_violence"), load("organised_violence_dyads"), load("armed_groups"))
    follow = bool((imperative.lags(imperative.yearly(core, deaths))["low"] > 0).any())
    most = 2 * named["extremist"] > named["founded"]
    return Found(
        verdict="right" if most and follow else "right in part" if most or follow else "not shown",
        answer=(
            f"Of {count(named['founded'])} initiatives, {count(named['extremist'])} have terrorism or a jihadist group among their reasons, and "
            f"{count(named['crisis'])} the crisis in Mali or Libya. "
            f"Foundings {'rose' if follow else 'did not clearly rise'} with deaths."
        ),
        measure=f"Grounds named by founders, {LABELS['cascade']}",
        bars=(
            ("all", int(named["founded"])),
            ("terrorism or a group", int(named["extremist"])),
            ("crisis of Mali or Libya", int(named["crisis"])),
        ),
    )


def _which(standing: pd.DataFrame, fated: pd.Series) -> str:
    """Which old quarrel stands as it was, which began again on other grounds, and what is no longer heard."""
    shut = standing[(standing["baggage"] == "algeria-morocco") & (standing["form"] == "closure")]["date"].min()
    again = set(fated.index[fated == "afresh"]) == {"algeria-mali", "mauritania-mali"}
    border = holds(shut < str(ARTICLE.date()), f"their border has been shut since {shut[:4]}")
    afresh = holds(again, "Mali has fallen out again with Algeria and Mauritania, mostly over other charges")
    outside = holds(fated["morocco-outside"] == "in_part", "Morocco's absence from African bodies ended in part")
    unheard = holds(fated["bamako-spares"] == "unheard", "We found no neighbour who still says that Mali spares AQIM")
    return f"{border}. {afresh}. {outside}. {unheard}"


def quarrels(load: Load) -> Found:
    """The fate of each quarrel that is older than the article; that of Algeria with Morocco is the dispute it named."""
    closed = record.cutoff(load("searches"))
    acts = aftermath.known_by(load("baggage_acts"), closed)
    fated = aftermath.baggage_fates(acts, closed)["fate"]
    standing = acts[aftermath.standing(acts, closed)]
    old = fated.drop(fated.index[fated.isin(["new", "mended"])])
    number = {fate: int((old == fate).sum()) for fate in aftermath.BAGGAGE_FATES}
    alone = list(old.index[old == "kept"]) == ["algeria-morocco"]
    stood = f"plainly stood on its old ground on {spoken(str(closed.date()))}"
    return Found(
        verdict="right" if number["kept"] else "right in part" if number["afresh"] or number["in_part"] else "wrong",
        answer=(
            f"Of {count(len(old))} old quarrels only Algeria's with Morocco {stood}; {_which(standing, fated)}."
            if alone
            else f"Of {count(len(old))} old quarrels {count(number['kept']) if number['kept'] else 'none'} {stood}."
        ),
        measure="Quarrels older than the article",
        bars=(
            ("on its old ground", number["kept"]),
            ("again, over other charges", number["afresh"]),
            ("eased", number["in_part"] + number["let_go"]),
            ("not heard of since", number["unheard"]),
        ),
    )


RULES: dict[str, Rule] = {
    "c-aqim-north": north,
    "c-pact": functools.partial(
        _charge,
        Allegation.FREE_HAND,
        "Mali's president called it unjust; Niger's foreign minister repeated it in 2012. We found no terms, and nobody who "
        "took part.",
        _charged,
    ),
    "c-revenue": functools.partial(
        _charge,
        Allegation.SHARED_REVENUE,
        "We found no document that shows money from AQIM to the Malian state. Reports of ransoms, none confirmed, are about other money.",
        _ransoms,
        named="shared revenue",
    ),
    "c-bamako": functools.partial(
        _charge,
        Allegation.SPARED_CAPITAL,
        "AQIM claimed no attack there before the coup. The quiet fits a bargain, and it fits a choice of its own.",
        _attacks,
        named="the sparing of Bamako",
    ),
    "c-warnings": functools.partial(
        _charge,
        Allegation.WARNINGS,
        "Mauritania was reported to fear leaks; its officers called the raid coordinated. The charge is possible, but no page names "
        "an accuser, or a state agent as the leak.",
        _in_the_press,
        named="warnings to AQIM",
    ),
    "c-mistrust": mistrust,
    "c-sharing": functools.partial(
        _charge,
        Allegation.HELD_BACK,
        "By a leaked cable Algeria lacked confidence in Bamako. Distrust was mutual; Mauritania denied hiding raids from Mali.",
        _mutual,
    ),
    "c-impediment": impediment,
    "c-prism": prism_of_each,
    "c-geography": geography,
    "c-uninvited": uninvited,
    "c-centre": centre,
    "c-cascade": cascade,
    "c-imperative": need,
    "c-baggage": quarrels,
}


def verdicts(load: Load, chapter: str | None = None) -> list[Verdict]:
    """The verdicts on the article's claims, all of them or those that a chapter tests.

    Parameters
    ----------
    load : callable
        Gives a table by name, as :func:`claimbook.package.tables.load` does.
    chapter : str, optional
        Path of a chapter within ``book``, without its ending.

    Returns
    -------
    list of claimbook.verdict.Verdict
        In the order of the questions.

    Raises
    ------
    VerdictError
        If one is no longer supported by the data; the message names it.
    """
    return ledger(load, RULES, chapter)
