"""The key judgements of this report, each with the predicate that holds it to the data."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from claimbook.judgement import Judgement, Load, judged, standing
from claimbook.wording import count, listing, percent
from cooperation.measures import (
    aftermath,
    agreement,
    allegations,
    changepoint,
    completeness,
    curve,
    gravity,
    initiatives,
    kidnappings,
    network,
    overlap,
    places,
    presence,
    prism,
    record,
    ruptures,
    standoff,
    violence,
)
from cooperation.measures.checks import AQIM
from cooperation.measures.initiatives import african_led, core_scope
from cooperation.periods import ARTICLE, BASELINE, CASCADE, COUP, LABELS, PUBLIC, RECENT, YEAR, YEARS, in_month
from cooperation.rows import Allegation
from cooperation.states import ALGERIA, CAPTIVITY, LIBYA, MALI, MAURITANIA, MOROCCO, NIGER, PAIR, dyad, is_pair

# Who distrusted whom, by the sentence of the judgement on distrust.
DIRECTIONS = {
    (ALGERIA, MALI),
    (ALGERIA, MAURITANIA),
    (MALI, ALGERIA),
    (MALI, MAURITANIA),
    (MAURITANIA, MALI),
    (MAURITANIA, ALGERIA),
    (NIGER, MALI),
    (NIGER, ALGERIA),
}


def captivity(load: Load) -> Judgement:
    """Where hostages were seized and held before the coup, and where people were killed."""
    cases = kidnappings.cases(
        load("kidnappings"), load("kidnapping_countries_held"), load("kidnapping_nationalities"), load("countries")
    )
    foreign = cases[cases["outsiders"] & cases["before_coup"]]
    outside = int((foreign["country_taken"] != CAPTIVITY).sum())
    in_mali = foreign["held"].map(lambda places: CAPTIVITY in places)
    held = int(in_mali.sum())
    deaths = violence.totals(load("organised_violence"))
    deaths = deaths[deaths["year"].between(*YEARS["hostages"])].groupby("iso3")["deaths_best"].sum()
    algeria, mali = deaths[ALGERIA], deaths[MALI]
    early = int((foreign.loc[in_mali, "date_start"] < str(YEARS["hostages_late"][0])).sum())
    sure = int((in_mali & (foreign["verification"] != "disputed")).sum())
    fights = places.fought(load("placed_events"), [AQIM])
    fights = fights[(fights["iso3"] == MALI) & (fights["date"] < str(COUP.date()))]
    north = places.northern(fights)
    return Judgement(
        key="captivity",
        chapter="mistrust/threat",
        question="Did AQIM increasingly operate in northern Mali before 2012?",
        answer=(
            f"Yes in Mali, by the record of hostage-taking; for its north alone little can be shown: {count(int(north.sum()))} of {count(len(north))} fights there that can be placed lay in the regions {listing(places.NORTH_OF_MALI)}. "
            f"Groups of hostages held in Mali rose from {count(early)} seized in {LABELS['hostages_early']} to {held - early} in {LABELS['hostages_late']}. Of "
            f"{len(foreign)} groups with hostages from outside the region, seized between {YEARS['hostages'][0]} and the coup of {in_month(COUP)}, {outside} were seized outside Mali and {sure} were held "
            f"in it, {held} with a disputed case. Recorded deaths were fewer than in Algeria: UCDP counts {algeria:,} there in {LABELS['hostages']} and {mali:,} in Mali. Why the "
            f"hostages were in Mali, these data do not say."
        ),
        holds=(
            held - early > early
            and sure > len(foreign) / 2
            and algeria > 2 * mali
            and bool(north.any())
            and places.share_in_north(fights).low < 50
        ),
        confidence="High in the direction, moderate in the counts, which are the cases found in public sources, low for the north alone.",
    )


def charges(load: Load) -> Judgement:
    """How well the five allegations against Mali stand."""
    graded = allegations.graded(load("allegations"), load("claims"), load("codebook"))
    five = graded[graded["of_article"]].set_index("id")
    number = five["information_credibility"].astype(int)
    words = five["information_words"]
    apart = agreement.steps(load("second_coding"), "information_credibility")
    return Judgement(
        key="charges",
        chapter="mistrust/allegations",
        question="Did Mali have a bargain with AQIM, as was alleged?",
        answer=(
            f"Not shown, and not refuted. None of the {count(len(five))} allegations is confirmed. That partners held information back is graded “{words[Allegation.HELD_BACK]}”, the free hand in the north and the warnings to AQIM "
            f"“{words[Allegation.FREE_HAND]}”, a shared revenue and the sparing of Bamako “{words[Allegation.SHARED_REVENUE]}”. Nothing read contains the terms of a bargain with Mali, a witness to one or an account by somebody who took part. "
            f"President Toure rejected the charge."
        ),
        holds=(
            bool((number > 1).all())
            and number[Allegation.HELD_BACK] < number[Allegation.FREE_HAND] == number[Allegation.WARNINGS]
            and number[Allegation.WARNINGS] < number[Allegation.SHARED_REVENUE] == number[Allegation.SPARED_CAPITAL]
            and words[Allegation.FREE_HAND] != words[Allegation.SHARED_REVENUE] != words[Allegation.HELD_BACK]
            and apart.max() == 1
            and number[Allegation.SHARED_REVENUE] - number[Allegation.HELD_BACK] > apart.max()
        ),
        confidence=(
            f"High that such charges were made; low in any single grade and in the order of neighbouring ones, since two coders gave {count(int((apart == 0).sum()))} of {count(len(apart))} allegations "
            f"the same grade and the others grades one step apart; moderate that information held back stands better than a shared revenue and the sparing of Bamako, two steps behind."
        ),
    )


def distrust(load: Load) -> Judgement:
    """Whether the four cooperated less once the allegation was public."""
    events = load("mistrust_events")
    acts = ruptures.acts(load("mistrust_acts"), events)
    operations = ruptures.operations(load("mistrust_operations"), events)
    machinery = ruptures.machinery(load("meetings"), load("meeting_participants"))
    counted = ruptures.counted(acts, machinery, operations)
    compared = ruptures.around(counted, machinery, load("initiatives"), PUBLIC)
    protest = compared[compared["day"] == next(iter(PUBLIC))].set_index("counted")
    distrusted = acts[acts["act"] == "distrust"]
    directions = distrusted.groupby(["actor", "toward"]).size()
    of_niger = distrusted.loc[distrusted["actor"] == NIGER, "start"]
    among_three = [way for way in directions.index if NIGER not in way]
    trust, agreed = protest.loc["trust"], protest.loc["agreed"]
    return Judgement(
        key="distrust",
        chapter="mistrust/ruptures",
        question="Did mistrust hamper cooperation against AQIM before 2012?",
        answer=(
            f"In part. Distrust among Algeria, Mali and Mauritania is on record in all {count(len(among_three))} directions, though for some by a single act; Niger reproached Mali and Algeria once each, after the coup. Distrust likely held back some exchange of information. That there was less "
            f"cooperation after the allegation became public is not what the record shows: from the {LABELS['protest']} to the coup "
            f"it has {count(trust['after'])} deeds of trust, against {count(trust['before'])} in as many "
            f"months before, and {count(agreed['after'])} operations across a border with consent, against "
            f"{count(agreed['before']) if agreed['before'] else 'none'}; neither difference is beyond chance. "
            "What the four would have done without mistrust, nothing shows."
        ),
        holds=(
            trust["after"] >= trust["before"]
            and agreed["after"] >= agreed["before"]
            and max(trust["low"], agreed["low"]) <= 1
            and not bool((compared["high"] < 1).any())
            and set(directions.index) == DIRECTIONS
            and bool((directions[NIGER] == 1).all())
            and bool((of_niger >= COUP).all())
            and bool((directions[among_three] == 1).any())
        ),
        confidence="High that the states distrusted one another and said so; low in how much it cost, since other reasons are documented and the record grew with attention.",
    )


def impediment(load: Load) -> Judgement:
    """What the standoff stopped: the summits of the Maghreb Union, and trade against other pairs."""
    summits = load("maghreb_summits")
    held, off = (summits[summits["outcome"] == outcome] for outcome in ("held", "called off"))
    named = int((off["ground"] == "dispute").sum())
    flows = gravity.flows(load("trade"), load("economy"), load("capitals"), load("boundaries"), load("countries"))
    pairs = gravity.every_pair(flows, "all_goods")
    pair = dyad(*PAIR)
    ratio = pairs.set_index("pair").at[pair, "ratio"]
    place = gravity.standing(pairs, pair)
    return Judgement(
        key="impediment",
        chapter="dispute/standoff",
        question="Has the standoff between Algeria and Morocco impeded regional collaboration?",
        answer=(
            f"At the summit of the Arab Maghreb Union, very likely: it held {count(len(held))} summits from {held['date'].min()[:4]} to {held['date'].max()[:4]} and not since; of {count(len(off))} summits set and called off a "
            f"government named Western Sahara for {count(named)}, and other quarrels were at work as well. Elsewhere it cannot be measured: in {LABELS['trade']} the two traded {100 * ratio:.0f} per cent of what the other pairs suggest, but "
            f"{place['below']} of {place['others']} other pairs fell shorter. Nothing here measures cooperation against terrorism."
        ),
        holds=held["date"].max() < "1995" and named > 0 and place["low"] < ratio < 1,
        confidence="Moderate for the Union, since what governments said fits; low in any size, since no series shows what the two would have done without the standoff.",
    )


def lens(load: Load) -> Judgement:
    """Whether the dispute is the prism, for each of the two."""
    tested = prism.between_the_two(prism.steps(load("dispute_events"), load("dispute_event_grounds")))
    shares = prism.share_on_territory(tested)
    # Some breaks are no act of one government towards the other: counted with them, and without.
    direct = tested[tested["id"].isin(standoff.between_governments(load("dispute_events")))]
    of_direct = prism.share_on_territory(direct)
    (morocco, algeria), (of_morocco, of_algeria) = (
        tuple(table.set_index(["sign", "side", "reading"]).loc[("break", side, "page")] for side in (MOROCCO, ALGERIA))
        for table in (shares, of_direct)
    )
    places = prism.over_years(prism.without_territory(load("un_agreement"), load("western_sahara_votes")))
    votes = {row.Index: f"{row.percentile:.0f} ({row.low:.0f} to {row.high:.0f})" for row in places.itertuples()}
    apart, of_governments = (prism.difference(table, "page") for table in (shares, of_direct))
    return Judgement(
        key="lens",
        chapter="dispute/prism",
        question="Is the dispute the prism through which each sees the other?",
        answer=(
            f"For Morocco in part: its king declared it in 2022, eight years after the article, and {count(of_morocco['on_territory'])} of the "
            f"{count(of_morocco['steps'])} steps by which its government broke with Algeria have the territory as a ground. For Algeria “all” is too "
            f"much: {count(of_algeria['on_territory'])} of {count(of_algeria['steps'])} do. With steps that are no act of one government towards the "
            f"other it is {count(morocco['on_territory'])} of {count(morocco['steps'])} and {count(algeria['on_territory'])} of "
            f"{count(algeria['steps'])}. So few steps leave open how far the two differ. Where neither speaks of the territory little shows: in "
            f"{LABELS['decade']} the two voted alike in the General Assembly more often than {votes['decade']} per cent of other pairs, in "
            f"{LABELS['votes_since']} than {votes['votes_since']}, though in {LABELS['break']}, when relations were cut, than only "
            f"{votes['break']}; in brackets the range over resampled years."
        ),
        holds=(
            morocco["on_territory"] > morocco["steps"] / 2
            and algeria["on_territory"] < algeria["steps"] / 2
            and of_morocco["on_territory"] > of_morocco["steps"] / 2
            and of_algeria["on_territory"] < of_algeria["steps"] / 2
            and places.at["decade", "low"] > 50 > places.at["break", "high"]
            and apart["low"] < 1 < apart["ratio"]
            and of_governments["low"] < 1 < of_governments["high"]
        ),
        confidence="Moderate on votes and for Morocco, since the declaration is late and the breaks are few; low to moderate for Algeria, since a stated ground need not be the real one.",
    )


def rooms(load: Load) -> Judgement:
    """Who kept whom out, and on what stated ground."""
    seated = presence.seats(load("presence"))
    window = seated[seated["start"].between(RECENT[0], ARTICLE)]
    both, forums = presence.sat_together(seated, ARTICLE)
    both_lately, lately = presence.sat_together(seated, ARTICLE, first=RECENT[0])
    kept_out = presence.kept_out_by_host(window, host=ALGERIA, absent=MOROCCO)
    decided = kept_out[kept_out["verification"] != "disputed"]
    stated = presence.reasons(presence.absences(seated), load("presence_reasons"))
    said = stated[(stated["actor"] == MOROCCO) & (stated["stated_by"] == "convener")]
    return Judgement(
        key="rooms",
        chapter="dispute/exclusion",
        question="Did Algeria keep Morocco out because the Sahel was none of its concern?",
        answer=(
            f"Algeria hosted {count(len(decided))} meetings of 2010 and 2011 to which Morocco was not let in, or not invited. It denied that the first was an exclusion, and gave "
            f"geography and the fixed format of the group as grounds, in March 2010 and again in September 2011. For a workshop of the Algiers centre in 2014, from which a Moroccan delegation was kept out, Algeria said that the "
            f"centre, an African Union body, chose the guests. "
            f"To the article the two sat together in {count(both)} of the {forums} meetings listed, and from "
            f"{RECENT[0].year} on in {count(both_lately)} of {lately}."
        ),
        holds=(
            len(decided) == 3
            and set(decided["start"].dt.year) == {2010, 2011}
            and len(kept_out) == len(decided) + 1
            and both_lately > 0
            and set(said["reason"]) == {"geography", "format"}
        ),
        confidence="High for March 2010 and September 2011, moderate for April 2010, which rests on one commentary; low in any motive. No share is claimed, since the forums are a selection.",
    )


def _rise_fits_better(core: pd.DataFrame) -> bool:
    """Whether foundings up to the article rose steadily rather than broke once: by criterion, and by chance."""
    by_year = changepoint.yearly(core, changepoint.TO_ARTICLE)
    criterion = changepoint.fits(by_year)["aic"]
    by_chance = changepoint.chance_of(by_year, "one_break", "rise", "one_break")
    return bool(criterion["one_break"] - criterion["rise"] > 2 and by_chance < 0.05)


def jump(load: Load) -> Judgement:
    """Whether there was a cascade, and how large."""
    record = initiatives.searched(initiatives.dated(load("initiatives")), load("capture_history"))
    core = african_led(core_scope(record))
    estimates = completeness.estimates(load("capture_history"), load("initiatives"))
    both_lists, *_ = completeness.pooled_ratio(estimates, "strict")
    african = african_led(record[record["search"] == "first"])
    count_year, _, year_ratio, *_ = initiatives.compared(african, YEAR, BASELINE)
    _, _, raw, *_ = initiatives.compared(african, CASCADE, BASELINE)
    spans = ((CASCADE, BASELINE), (YEAR, BASELINE), (CASCADE, RECENT), (YEAR, RECENT))
    all_finds, own_year, recent, year_recent = (initiatives.compared(core, *span)[2:] for span in spans)
    total, late = len(initiatives.within(core, CASCADE)), len(initiatives.within(core, YEAR))
    return Judgement(
        key="jump",
        chapter="initiatives/cascade",
        question="Was there a cascade of African-led initiatives in the past year?",
        answer=(
            "Yes, a longer and a smaller one than our first list says. "
            f"That list has {count(count_year)} African-led foundings in the article's twelve months, {year_ratio:.0f} times the "
            f"yearly rate of {LABELS['baseline']}, and {raw:.0f} times it from {LABELS['cascade']}. With a second, separate list "
            f"that factor is {both_lists:.1f}; with a third search, aimed at the years before and after, it is "
            f"{all_finds[0]:.1f} ({all_finds[1]:.1f} to {all_finds[2]:.1f}), and {own_year[0]:.1f} ({own_year[1]:.1f} to "
            f"{own_year[2]:.1f}) for the twelve months. Against {LABELS['recent']} alone it is then {recent[0]:.1f} "
            f"({recent[1]:.1f} to {recent[2]:.1f}), and {year_recent[0]:.1f} "
            f"({year_recent[1]:.1f} to {year_recent[2]:.1f}) for the twelve months, which is compatible with no rise. "
            f"Of those {total} foundings {total - late} came before the article's twelve months. Up to the "
            "article a steady rise fits the record of all searches better than one break."
        ),
        holds=(
            all_finds[1] > 1
            and own_year[1] > 1
            and all_finds[0] < both_lists < raw
            and curve.joint(record, "even").at["median", "p"] < 0.05
            and recent[0] > 1 > year_recent[1]
            and total - late > total / 2
            and _rise_fits_better(core)
        ),
        confidence=(
            f"Moderate that foundings were more frequent than over {LABELS['baseline']} as a whole: every search says so, but all read pages of the same kind, which thin out towards the 1990s; "
            "low in the size, which fell with every search; low in how new the rise was."
        ),
    )


def ties(load: Load) -> Judgement:
    """Whether Algeria and Morocco share fewer initiatives than two states of the Maghreb would by chance."""
    countries = load("countries")
    states = pd.Index(countries.loc[countries["status"] == "state", "iso3"])
    every = network.ties(load("memberships"), load("initiatives"), states)
    standing = {
        scope: network.at(every.query(network.SCOPES[scope]), ARTICLE) for scope in ("all", "no_union", "no_censad")
    }
    pairs = {scope: network.among_neighbours(ties) for scope, ties in standing.items()}
    whole, outside, neither = (table[is_pair(table)].iloc[0] for table in pairs.values())
    others = pairs["no_union"]
    libya = others[is_pair(others, (LIBYA, MAURITANIA))].iloc[0]
    anyone = overlap.against_chance(overlap.incidence(standing["no_union"], "state"), network.LOOSE)
    loose = anyone[is_pair(anyone)].iloc[0]
    return Judgement(
        key="ties",
        chapter="annex/network",
        question="Were Algeria and Morocco missing from each other's initiatives?",
        answer=(
            f"By counts of membership, yes, and two absences make most of it: Morocco's from the African Union, to which it then did not belong, and Algeria's from CEN-SAD. On the day of the article the two had "
            f"{count(whole['shared'])} African-led initiatives in common. If every state keeps its number and every initiative its members from the Maghreb and from elsewhere, {whole['expected']:.1f} are to be expected; "
            f"{outside['expected']:.1f} ({outside['low']:.0f} to {outside['high']:.0f}) without bodies and acts of the Union and its predecessor, and {neither['expected']:.1f} ({neither['low']:.0f} to {neither['high']:.0f}) "
            f"without those of CEN-SAD as well. Outside the Union Libya and Mauritania stand about as low. Where chance may seat any state anywhere, it gives the pair no more than {loose['expected']:.1f} there. "
            f"Single refusals such counts do not see."
        ),
        holds=(
            max(whole["as_few"], outside["as_few"]) <= 0.025
            and whole["shared"] == outside["shared"] == neither["shared"] >= neither["low"]
            and abs(libya["beyond"] - outside["beyond"]) < 1
            and loose["as_few"] > 0.05
        ),
        confidence="Moderate that the two absences make the gap, since many memberships of the Union are inferred; low in any other pattern, since lists of members are thin and a few memberships decide it.",
    )


def baggage(load: Load) -> Judgement:
    """Which quarrels lasted, and how many initiatives of the cascade are known to have lived."""
    closed = record.cutoff(load("searches"))
    known = aftermath.evidence(load("initiatives"), load("meetings"), load("initiative_ends"), closed)
    followed = african_led(core_scope(known[(known["verification"] != "memory") & (known["kind"] != "legal")]))
    alive = aftermath.after(aftermath.surviving(followed, closed), 5).loc["cascade"]
    number = Counter(aftermath.fates(followed[followed["period"] == "cascade"], closed))
    fated = aftermath.baggage_fates(aftermath.known_by(load("baggage_acts"), closed), closed)["fate"]
    fates = fated.value_counts()
    old = fates.drop(["new", "mended"], errors="ignore")
    return Judgement(
        key="baggage",
        chapter="annex/aftermath",
        question="Did the states let go of the baggage?",
        answer=(
            f"In part. By one rule for all parties {count(fates.get('kept', 0))} of {count(old.sum())} quarrels that are older than the article stands on its old ground, that of Algeria with Morocco; {count(fates.get('afresh', 0))}, those of Mali with Algeria and with Mauritania, have begun again on other grounds. "
            f"{count(fates.get('new', 0)).capitalize()} newer ones are open and {count(fates.get('mended', 0))} is mended. Of {number.total()} African-led initiatives founded from {LABELS['cascade']}, legal texts apart, "
            f"{count(number['ended'])} have a recorded end; five years on, between {percent(alive.min())} and {percent(alive.max())} were alive, depending on how silence is read: that means that we do not know. That baggage made initiatives fall silent is not shown."
        ),
        holds=list(fated.index[fated == "kept"]) == ["algeria-morocco"]
        and set(fated.index[fated == "afresh"]) == {"algeria-mali", "mauritania-mali"}
        and fates.get("new", 0) > 0
        and fates.get("mended", 0) == 1
        and alive.max() - alive.min() > 0.1,
        confidence="High in the quarrels of Algeria with Morocco and with Mali, since both rest on public acts of the governments; moderate in that of Mauritania; low in how many initiatives live.",
    )


def judgements(load: Load) -> list[Judgement]:
    """All key judgements.

    Parameters
    ----------
    load : callable
        Gives a table by name, as :func:`claimbook.package.tables.load` does.

    Returns
    -------
    list of Judgement

    Raises
    ------
    JudgementError
        If one is no longer supported by the data; the message names it.
    """
    makers = [captivity, charges, distrust, impediment, lens, rooms, jump, ties, baggage]
    return standing(judged(make, load) for make in makers)
