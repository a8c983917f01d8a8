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
from claimbook.wording import about, count
from cooperation.measures import (
    aftermath,
    allegations,
    imperative,
    initiatives,
    kidnappings,
    presence,
    prism,
    record,
    ruptures,
)
from cooperation.measures.initiatives import african_led, core_scope
from cooperation.periods import ARTICLE, BASELINE, CASCADE, COUP, LABELS, PUBLIC, RECENT, YEAR, YEARS, in_month
from cooperation.rows import Allegation, Initiative
from cooperation.states import ALGERIA, MALI, MAURITANIA, MOROCCO, NIGER

Bars = tuple[tuple[str, float], ...]
# Whose charges against Mali the article speaks of.
NEIGHBOURS = (ALGERIA, MAURITANIA, NIGER)


def north(load: Load) -> Found:
    """AQIM's hostages held in Mali, early and late; the killing stayed elsewhere."""
    cases = kidnappings.cases(
        load("kidnappings"), load("kidnapping_countries_held"), load("kidnapping_nationalities"), load("countries")
    )
    foreign = cases[cases["outsiders"] & cases["before_coup"]]
    held = foreign[kidnappings.in_mali(foreign)]
    sure = int((held["verification"] != "disputed").sum())
    early = int(kidnappings.seized(held, *YEARS["hostages_early"]).sum())
    late = int(kidnappings.seized(held, *YEARS["hostages_late"]).sum())
    rose, most = late > early + 1, 2 * sure > len(foreign)
    return Found(
        verdict="right" if rose and most else "right in part" if rose or most else "not shown",
        answer=(
            f"Foreigners were seized all over the Sahara and held in Mali: at least {count(sure)} of {count(len(foreign))} groups. "
            f"From {LABELS['hostages_early']} to {LABELS['hostages_late']} their number went from {count(early)} to {count(late)}."
        ),
        measure="Groups of foreign hostages held in Mali, by the years in which they were seized",
        bars=((LABELS["hostages_early"], early), (LABELS["hostages_late"], late)),
    )


def _charge(key: str, answer: str, seen: Callable[[Load], tuple[str, Bars]], load: Load) -> Found:
    """What the grade of an allegation says: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable."""
    graded = load("allegations").set_index("id").at[key, "information_credibility"]
    by_grade = {1: "right", 2: "right in part", 3: "not shown", 4: "not shown", 5: "wrong", 6: "cannot be tested"}
    measure, bars = seen(load)
    return Found(verdict=by_grade[int(graded)], answer=answer, measure=measure, bars=bars)


def _towards_mali(load: Load) -> pd.DataFrame:
    """Acts of the three neighbours towards Mali."""
    acts = ruptures.acts(load("mistrust_acts"), load("mistrust_events"))
    return acts[acts["toward"].eq(MALI) & acts["actor"].isin(NEIGHBOURS)]


def _distrusted(load: Load) -> tuple[str, Bars]:
    """Who distrusted Mali openly or in private."""
    acts, names = _towards_mali(load).query("act == 'distrust'"), load("countries").set_index("iso3")["name"]
    return "Acts of distrust towards Mali, by neighbour", tuple(
        (names[state], int((acts["actor"] == state).sum())) for state in NEIGHBOURS
    )


def _informed(load: Load) -> tuple[str, Bars]:
    """What neighbours told Mali, and what they kept from it."""
    forms = _towards_mali(load)["form"].value_counts()
    given, kept = (int(forms.get(form, 0)) for form in ("information", "withholding"))
    return "Acts of neighbours towards Mali", (("information given", given), ("information withheld", kept))


def _ransoms(load: Load) -> tuple[str, Bars]:
    """What governments said of the ransoms that were reported."""
    status = allegations.ransoms(load("kidnappings"))["ransom_status"].value_counts()
    kinds = {"reported": "reported", "denied": "reported and denied", "confirmed": "confirmed"}
    return "Groups of hostages, by what is known of a ransom", tuple(
        (name, int(status.get(kind, 0))) for kind, name in kinds.items()
    )


def _attacks(load: Load) -> tuple[str, Bars]:
    """Attacks in the two capitals before the coup."""
    events = load("mistrust_events")
    attacks = events[(events["kind"] == "attack") & (earliest(events["date"]) < COUP)]["title"]
    return "Attacks on record before the coup", tuple(
        (city, int(attacks.str.contains(city).sum())) for city in ("Nouakchott", "Bamako")
    )


def _camps(load: Load) -> tuple[str, Bars]:
    """Operations in Mali before the coup, and those that are said to have found an empty camp."""
    events = load("mistrust_events")
    raids = events[(events["kind"] == "raid") & (events["country"] == MALI) & (earliest(events["date"]) < COUP)]
    empty = raids["summary"].str.contains("empty|abandoned|deserted", case=False)
    return "Operations in Mali before the coup", (("all", len(raids)), ("that found an empty camp", int(empty.sum())))


def prism_of_each(load: Load) -> Found:
    """The breaks of each of the two with the other, and how many have the territory as a ground."""
    tested = prism.between_the_two(prism.steps(load("dispute_events"), load("dispute_event_grounds")))
    breaks = prism.share_on_territory(tested).set_index(["sign", "side", "reading"]).loc["break"]
    morocco, algeria = (breaks.loc[(side, "page")] for side in (MOROCCO, ALGERIA))
    most = [2 * side["on_territory"] > side["steps"] for side in (morocco, algeria)]
    whole = algeria["on_territory"] == algeria["steps"]
    return Found(
        verdict="right"
        if whole and most[0]
        else "right in part"
        if all(most)
        else "too strong"
        if any(most)
        else "not shown",
        answer=(
            f"For Morocco it is half true: its king said as much in 2022, and {count(morocco['on_territory'])} of its "
            f"{count(morocco['steps'])} breaks with Algeria turn on the territory. For Algeria {count(algeria['on_territory'])} of "
            f"{count(algeria['steps'])} do, which is far from all."
        ),
        measure="Breaks with the other, and those with the territory as a ground",
        bars=(
            ("Morocco, all", int(morocco["steps"])),
            ("on the territory", int(morocco["on_territory"])),
            ("Algeria, all", int(algeria["steps"])),
            ("on the territory ", int(algeria["on_territory"])),
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
            "Algeria, Mali and Mauritania distrusted one another, and it probably cost them some exchange of information. "
            "But on record they did not work together less once the charge against Mali was public."
        ),
        measure=f"Acts of trust between the four, as long before the {LABELS['protest']} as after it to the coup",
        bars=(("before", int(trust["before"])), ("after", int(trust["after"]))),
    )


def impediment(load: Load) -> Found:
    """The summits of the Maghreb Union: held, called off, and why."""
    summits = load("maghreb_summits")
    held, off = (summits[summits["outcome"] == outcome] for outcome in ("held", "called off"))
    named = int((off["ground"] == "dispute").sum())
    last = held["date"].max()
    stopped = earliest(held["date"]).max() < RECENT[0]
    return Found(
        verdict="right in part" if stopped and named else "not shown",
        answer=(
            f"At the top, very likely: the Maghreb Union has held no summit since {last[:4]}, and Morocco gave Algeria's stand on the "
            "territory as its reason for a freeze. What the quarrel cost elsewhere cannot be measured."
        ),
        measure="Summits of the Arab Maghreb Union",
        bars=(
            (f"held, to {last[:4]}", len(held)),
            ("held since", int((held["date"] > last).sum())),
            ("called off", len(off)),
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
            f"Its minister said so as host, in {' and again in '.join(in_month(day) for day in sorted(of_place['start']))}. "
            "He denied that it excluded anybody."
        ),
        measure="Grounds that Algeria gave as host for Morocco's absence",
        bars=(("geography", len(of_place)), ("format", other)),
    )


def uninvited(load: Load) -> Found:
    """Meetings of 2010 to the article that Algeria hosted without Morocco, beside those where both sat."""
    seated = presence.seats(load("presence"))
    window = seated[seated["start"].between(RECENT[0], ARTICLE)]
    kept_out = presence.kept_out_by_host(window, host=ALGERIA, absent=MOROCCO)
    decided = kept_out[kept_out["verification"] != "disputed"]
    both = int((window["seated"] == "both").sum())
    return Found(
        verdict="right in part" if len(decided) and both else "right" if len(decided) else "not shown",
        answer=(
            f"Algeria hosted {count(len(decided))} meetings of {LABELS['recent'].replace('-', ' and ')} without Morocco. "
            "A stated reason does not prove the motive, and the two sat together in many other rooms."
        ),
        measure=f"Meetings on security, {RECENT[0].year} to the article",
        bars=(("Algeria hosts, Morocco left out", len(decided)), ("both in the room", both)),
    )


def centre(load: Load) -> Found:
    """Ministers' meetings of the region, and those that the Algiers centre convened."""
    meetings = load("meetings").loc[lambda rows: ~record.newer(rows["date"], record.cutoff(load("searches")))]
    meetings = presence.meetings_of_both(meetings, load("meeting_participants"), load("initiatives"), load("actors"))
    listed = presence.ministerials(meetings, load("meeting_participants"), load("initiatives"), RECENT[0], ARTICLE)
    by_centre = int((listed["initiative"] == Initiative.ALGIERS_CENTRE).sum())
    return Found(
        verdict="right in part" if by_centre else "not shown",
        answer=f"Ministers of the region met {count(len(listed))} times from {RECENT[0].year} to the article; no page has the centre convene them.",
        measure=f"Meetings of ministers of the region, {RECENT[0].year} to the article",
        bars=(("all", len(listed)), ("called by the centre", by_centre)),
    )


def cascade(load: Load) -> Found:
    """African-led foundings a year before and in the cascade, and how many fall in the article's own year."""
    searched = initiatives.searched(initiatives.dated(load("initiatives")), load("capture_history"))
    core = african_led(core_scope(searched))
    _, _, ratio, low, _ = initiatives.compared(core, CASCADE, BASELINE)
    total, late = len(initiatives.within(core, CASCADE)), len(initiatives.within(core, YEAR))
    pace = {span: len(initiatives.within(core, span)) / initiatives.years(span) for span in (BASELINE, RECENT, CASCADE)}
    return Found(
        verdict="not shown" if low <= 1 else "right" if 2 * late > total else "right in part",
        answer=(
            f"African states founded such bodies about {count(round(ratio))} times as often from {LABELS['cascade']} as in {LABELS['baseline']}. But "
            f"{about(total - late, total)} of them came before the article's twelve months, and each further search made the rise smaller."
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
            f"Of {count(named['founded'])} foundings {count(named['extremist'])} name terrorism or a jihadist group as a ground. But {count(named['crisis'])} name the "
            "crises of Mali or Libya, and foundings did not rise with deaths."
        ),
        measure=f"Grounds named by founders, {LABELS['cascade']}",
        bars=(
            ("all", int(named["founded"])),
            ("terrorism or a group", int(named["extremist"])),
            ("crisis of Mali or Libya", int(named["crisis"])),
        ),
    )


def quarrels(load: Load) -> Found:
    """The fate of each quarrel that is older than the article."""
    closed = record.cutoff(load("searches"))
    fated = aftermath.baggage_fates(aftermath.known_by(load("baggage_acts"), closed), closed)["fate"]
    old = fated.drop(fated.index[fated.isin(["new", "mended"])])
    kept = int((old == "kept").sum())
    both = bool((fated[["algeria-morocco", "algeria-mali"]] == "kept").all())
    return Found(
        verdict="right" if both else "right in part" if kept else "wrong",
        answer=(
            f"Of {count(len(old))} old quarrels {count(kept)} still stood at {spoken(str(closed.date()))}, those of Algeria with Morocco and with Mali among them. "
            "New ones had come; but armies of the central Sahel, once apart, fight side by side."
        ),
        measure="Quarrels older than the article",
        bars=(("unmended", kept), ("eased, or not heard of since", len(old) - kept)),
    )


RULES: dict[str, Rule] = {
    "c-aqim-north": north,
    "c-pact": functools.partial(
        _charge,
        Allegation.FREE_HAND,
        "Neighbours made the charge, and Mali's president rejected it. We found neither the terms of a bargain nor a witness to one.",
        _distrusted,
    ),
    "c-revenue": functools.partial(
        _charge,
        Allegation.SHARED_REVENUE,
        "We found no trace of money from AQIM to the Malian state. Where ransoms are reported, money went the other way.",
        _ransoms,
    ),
    "c-bamako": functools.partial(
        _charge,
        Allegation.SPARED_CAPITAL,
        "AQIM claimed no attack there before the coup. The quiet fits a bargain, and a choice of its own as well.",
        _attacks,
    ),
    "c-warnings": functools.partial(
        _charge,
        Allegation.WARNINGS,
        "Mauritania was reported to fear leaks, and Mali arrested two men whom it accused of spying for AQIM. No page calls them agents of the state.",
        _camps,
    ),
    "c-mistrust": mistrust,
    "c-sharing": functools.partial(
        _charge,
        Allegation.HELD_BACK,
        "Algeria told American diplomats in 2009 that it lacked confidence in Bamako. But the distrust was mutual, and no single charge explains it.",
        _informed,
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
