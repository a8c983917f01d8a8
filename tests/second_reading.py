"""Numbers of the report once more: from the CSV files, by the words of codebook, schema and chapters.

Only Python's standard library is imported and none of the report's own code, so that a slip in a measure is not
repeated here.
"""

from __future__ import annotations

import calendar
import csv
import datetime
import functools
import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
Row = dict[str, str]
ARTICLE, COUP = "2014-05-14", "2012-03-22"
YEAR = ("2013-05-15", ARTICLE)
YEAR_BEFORE = ("2012-05-15", "2013-05-14")
CASCADE = ("2012-01-01", ARTICLE)
BASELINE = ("1990-01-01", "2011-12-31")
FOUR = ("DZA", "MLI", "MRT", "NER")


@functools.cache
def table(name: str) -> list[Row]:
    """Rows of a table, all cells as text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first(date: str) -> str:
    """First day that a partial date can mean; a missing one stays empty."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10] if date else ""


def last(date: str) -> str:
    """Last day that a partial date can mean."""
    if len(date) == 4:
        return f"{date}-12-31"
    return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]}" if len(date) == 7 else date


def within(date: str, span: tuple[str, str]) -> bool:
    """Whether the first day of a date lies in a span."""
    return span[0] <= first(date) <= span[1]


def days(start: str, end: str) -> int:
    """Days from one to another."""
    return (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days


def now() -> str:
    """The cut-off: to this day every table that is followed was searched."""
    return min(last(row["searched_to"]) for row in table("searches") if row["followed"] == "true")


def foreigners() -> list[Row]:
    """Groups seized before the coup in Mali with a hostage from outside the region."""
    region = {row["iso3"] for row in table("countries")}
    abroad = {row["kidnapping"] for row in table("kidnapping_nationalities") if row["actor"] not in region}
    return [row for row in table("kidnappings") if row["id"] in abroad and first(row["date_start"]) < COUP]


def held_in_mali(rows: Iterable[Row]) -> list[Row]:
    """Those of some groups that were held in Mali, wholly or for a time."""
    there = {row["kidnapping"] for row in table("kidnapping_countries_held") if row["country"] == "MLI"}
    return [row for row in rows if row["id"] in there]


def seized_outside_mali() -> float:
    """Groups of foreigners seized outside Mali."""
    return sum(row["country_taken"] != "MLI" for row in foreigners())


def held_in_mali_for_sure() -> float:
    """Groups of foreigners held in Mali, the disputed case left out."""
    return sum(row["verification"] != "disputed" for row in held_in_mali(foreigners()))


def held_in_mali_late() -> float:
    """Groups held in Mali that were seized in 2008-2011, wherever the hostages came from."""
    return sum("2008" <= row["date_start"][:4] <= "2011" for row in held_in_mali(table("kidnappings")))


def deaths(iso3: str, years: range, bound: str = "best") -> int:
    """Deaths in organised violence of all three types."""
    rows = [row for row in table("organised_violence") if row["iso3"] == iso3 and int(row["year"]) in years]
    return sum(int(row[f"deaths_{bound}"]) for row in rows)


def algeria_to_mali() -> float:
    """Deaths in Algeria for each death in Mali, 2003-2011."""
    return deaths("DZA", range(2003, 2012)) / deaths("MLI", range(2003, 2012))


def deadly_since() -> float:
    """The year from which on Mali had 25 deaths or more in every year."""
    quiet = [year for year in range(1989, 2025) if deaths("MLI", range(year, year + 1)) < 25]
    return max(quiet) + 1


def highest_ransoms() -> float:
    """Million euros reported at most for captivities that ended before the coup; rows from memory left out."""
    rows = [row for row in table("kidnappings") if row["verification"] != "memory" and row["ransom_high_eur"]]
    return sum(float(row["ransom_high_eur"]) for row in rows if last(row["date_end"]) < COUP) / 1e6


def distrust_of_mali() -> float:
    """Acts of distrust of the three neighbours towards Mali, by event; events from memory left out."""
    known = {row["id"] for row in table("mistrust_events") if row["verification"] != "memory"}
    acts = [row for row in table("mistrust_acts") if row["act"] == "distrust" and row["toward"] == "MLI"]
    return sum(row["actor"] in FOUR and row["event"] in known for row in acts)


def operations_abroad() -> float:
    """Operations in which one of the four armies stood on the soil of another state."""
    return len({row["event"] for row in table("mistrust_operations") if row["actor"] != row["soil"]})


def recognising_states() -> float:
    """States that recognise the SADR at the cut-off, by their last step that has a date and is not from memory."""
    real = {row["actor"] for row in table("state_regions")}
    steps: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in table("recognitions"):
        counts = row["actor"] in real and row["date"] and row["verification"] != "memory"
        if counts and row["action"] != "none recorded" and last(row["date"]) <= now():
            steps[row["actor"]].append((last(row["date"]), row["id"], row["action"]))
    return sum(max(taken)[2] in ("recognised", "resumed") for taken in steps.values())


def divided_votes() -> float:
    """Resolutions of the Security Council on Western Sahara that not all fifteen members voted for."""
    return sum(row["votes_for"] != "15" for row in table("council_resolutions"))


def closing_steps() -> float:
    """Events that closed something between Algeria and Morocco, for each that opened something; none from memory."""
    signs = [int(row["direction"]) for row in table("dispute_events") if row["verification"] != "memory"]
    return sum(sign < 0 for sign in signs) / sum(sign > 0 for sign in signs)


def agreement_percentile(years: range) -> float:
    """Of a hundred other pairs, how many voted alike less often than Algeria and Morocco; ties half.

    Roll calls on Western Sahara are taken out, and pairs with fewer than ten others left aside.
    """
    shared, agreed = Counter(), Counter()
    for row in table("un_agreement"):
        if int(row["year"]) in years:
            pair = (row["state_1"], row["state_2"])
            shared[pair] += int(row["shared"])
            agreed[pair] += int(row["agreed"])
    calls: dict[str, dict[str, str]] = defaultdict(dict)
    for row in table("western_sahara_votes"):
        if int(row["date"][:4]) in years and row["vote"] != "absent":
            calls[row["roll_call"]][row["iso3"]] = row["vote"]
    for votes in calls.values():
        for pair in itertools.combinations(sorted(votes), 2):
            shared[pair] -= 1
            agreed[pair] -= votes[pair[0]] == votes[pair[1]]
    rates = {pair: agreed[pair] / number for pair, number in shared.items() if number >= 10}
    own = rates.pop(("DZA", "MAR"))
    return 100 * sum(1.0 if rate < own else 0.5 if rate == own else 0.0 for rate in rates.values()) / len(rates)


def sat_together() -> float:
    """Forums from 2010 to the article at which both Algeria and Morocco were present; rows from memory left out."""
    rows = [row for row in table("presence") if row["verification"] != "memory"]
    return sum(row["dza"] == row["mar"] == "present" for row in rows if within(row["date"], ("2010-01-01", ARTICLE)))


def kept_out_by_algeria() -> float:
    """Forums in Algeria that Morocco was not let into or not asked to, those whose decision it was is contested too."""
    kept = ("refused", "not invited")
    rows = [row for row in table("presence") if row["verification"] != "memory" and row["host"] == "DZA"]
    return sum(row["mar_absence"] in kept for row in rows)


def african_core() -> list[Row]:
    """African-led initiatives of core scope."""
    return [row for row in table("initiatives") if row["led_by"] == "african" and row["scope"] == "core"]


def founded(span: tuple[str, str]) -> int:
    """Such initiatives founded in a span."""
    return sum(within(row["founded"], span) for row in african_core())


def founded_in_the_year() -> float:
    """Initiatives founded in the twelve months to the article."""
    return founded(YEAR)


def founded_by_first_list() -> float:
    """Those of them that the first search had found."""
    lists = [row for row in table("capture_history") if row["kind"] == "initiative" and row["in_first"] == "true"]
    keys = {row["initiative"] for row in lists}
    return sum(row["id"] in keys and within(row["founded"], YEAR) for row in african_core())


def rate_of_the_cascade() -> float:
    """Foundings a day from 2012 to the article, for each a day in 1990-2011."""
    late, early = (founded(span) / (days(*span) + 1) for span in (CASCADE, BASELINE))
    return late / early


def meetings_against_the_year_before() -> float:
    """Meetings of African-led bodies in the twelve months to the article, for each in the twelve before.

    A date counts if the months hold all that it can mean.
    """
    african = {row["id"] for row in table("initiatives") if row["led_by"] == "african"}
    rows = [row for row in table("meetings") if row["scope"] == "core" and row["initiative"] in african]
    late, early = (
        sum(span[0] <= first(row["date"]) and last(row["date"]) <= span[1] for row in rows)
        for span in (YEAR, YEAR_BEFORE)
    )
    # Twelve months have 365 days, both times.
    return late / early


def standing_on_the_eve() -> float:
    """African-led initiatives of core scope that stood at the end of 2011."""
    eve = "2011-12-31"
    return sum(
        first(row["founded"]) <= eve and (not row["ended"] or last(row["ended"]) >= eve) for row in african_core()
    )


def eve_with_action() -> float:
    """Those of them of which some activity to that day is on record."""
    eve = "2011-12-31"
    acted = {row["initiative"] for row in table("activities") if first(row["date"]) <= eve}
    return sum(
        row["id"] in acted
        for row in african_core()
        if first(row["founded"]) <= eve and (not row["ended"] or last(row["ended"]) >= eve)
    )


def belongs_to(state: str, day: str) -> float:
    """African-led initiatives that a state belongs to on a day, of those that then join two states of the region.

    Members, participants and suspended members belong, from the later of the spell's start and the founding to the
    earlier of the spell's end and the initiative's.
    """
    states = {row["iso3"] for row in table("countries") if row["status"] == "state"}
    african = {row["id"]: row for row in table("initiatives") if row["led_by"] == "african"}
    members: dict[str, set[str]] = defaultdict(set)
    for row in table("memberships"):
        body = african.get(row["initiative"])
        if not body or row["actor"] not in states or row["role"] not in ("member", "participant", "suspended"):
            continue
        begun = max(first(row["start"]), first(body["founded"])) <= day
        if begun and all(not end or last(end) >= day for end in (row["end"], body["ended"])):
            members[row["initiative"]].add(row["actor"])
    return sum(state in those for those in members.values() if len(those) > 1)


def followed() -> list[tuple[Row, str, str]]:
    """Initiatives of the cascade whose life is followed, with the last day of an end that is undisputed, and the close.

    African-led, of core scope, neither legal texts nor from memory.
    """
    told = {row["initiative"]: row for row in table("initiative_ends")}
    rows = [row for row in african_core() if row["kind"] != "legal" and row["verification"] != "memory"]
    found = []
    for row in rows:
        end = told.get(row["id"], {})
        when = row["ended"] or end.get("latest", "")
        known = first(row["ended"] or end.get("earliest", "")) <= now() and end.get("verification") != "disputed"
        if within(row["founded"], CASCADE):
            found.append((row, last(when) if when and known else "", now()))
    return found


def recorded_ends() -> float:
    """How many of them have a recorded end."""
    return sum(bool(end) for _, end, _ in followed())


def alive_after_five_years() -> float:
    """Share of them alive after five years if only a recorded end is one, by Kaplan and Meier."""
    spells = [(days(first(row["founded"]), end or closed), bool(end)) for row, end, closed in followed()]
    share = 1.0
    for length in sorted({length for length, over in spells if over and length <= 5 * 365.25}):
        at_risk = sum(other >= length for other, _ in spells)
        share *= 1 - sum(over and other == length for other, over in spells) / at_risk
    return share


def kept_quarrels() -> float:
    """Pieces of baggage of which an act stands on a ground from before the article, and nothing was undone after the last.

    Charges, threats and uses of force stand for three years, other measures until undone.
    """
    pieces: dict[str, list[Row]] = defaultdict(list)
    for row in table("baggage_acts"):
        if first(row["date"]) <= now():
            pieces[row["baggage"]].append(row)
    number = 0
    for acts in pieces.values():
        undone = [last(row["undone"]) for row in acts if row["undone"] and last(row["undone"]) <= now()]
        stands = [
            row
            for row in acts
            if not (row["undone"] and last(row["undone"]) <= now())
            and (row["form"] not in ("charge", "threat", "force") or days(last(row["date"]), now()) <= 3 * 365.25)
        ]
        latest_act = max(ARTICLE, *(first(row["date"]) for row in acts))
        grounds = {row["ground"] for row in acts if first(row["date"]) <= ARTICLE}
        as_before = [row for row in stands if row["ground"] in grounds]
        number += bool(as_before and not any(day > latest_act for day in undone))
    return number


def displaced() -> float:
    """People of Burkina Faso, Mali and Niger driven from home at the end of the last year, at home and as refugees."""
    rows = [row for row in table("displacement") if row["iso3"] in ("BFA", "MLI", "NER")]
    end = max(row["year"] for row in rows)
    return sum(int(row["refugees"]) + int(row["idps"] or 0) for row in rows if row["year"] == end)


def turning_points(kind: str) -> float:
    """Turning points of a kind that were more than announced."""
    rows = [row for row in table("region_events") if row["kind"] == kind and first(row["date"]) <= now()]
    return sum(row["stage"] != "announced" for row in rows)


def agreement_on_direction() -> float:
    """Krippendorff's alpha of two coders of the direction of events between the two states, an ordinal scale."""
    pairs = [
        (int(row["first"]), int(row["second"])) for row in table("second_coding") if row["variable"] == "direction"
    ]
    number = Counter(itertools.chain.from_iterable(pairs))

    def distance(one: int, other: int) -> float:
        low, high = sorted((one, other))
        return (sum(number[code] for code in range(low, high + 1)) - (number[low] + number[high]) / 2) ** 2

    seen = statistics.fmean(distance(*pair) for pair in pairs)
    codes = list(number.elements())
    chance = statistics.fmean(distance(one, other) for one, other in itertools.combinations(codes, 2))
    return 1 - seen / chance


NUMBERS: dict[str, Callable[[], float]] = {
    "seized outside Mali": seized_outside_mali,
    "held in Mali": held_in_mali_for_sure,
    "held in Mali, seized late": held_in_mali_late,
    "deaths in Algeria for one in Mali": algeria_to_mali,
    "Mali deadly since": deadly_since,
    "ransoms at most": highest_ransoms,
    "distrust of Mali": distrust_of_mali,
    "operations abroad": operations_abroad,
    "states that recognise": recognising_states,
    "divided votes of the Council": divided_votes,
    "steps that close for one that opens": closing_steps,
    "percentile of votes, 2000-2011": lambda: agreement_percentile(range(2000, 2012)),
    "percentile of votes, 1976-1987": lambda: agreement_percentile(range(1976, 1988)),
    "forums together": sat_together,
    "kept out by Algeria": kept_out_by_algeria,
    "founded in the year to the article": founded_in_the_year,
    "founded in it, first list": founded_by_first_list,
    "rate of the cascade": rate_of_the_cascade,
    "meetings against the year before": meetings_against_the_year_before,
    "standing on the eve": standing_on_the_eve,
    "on the eve, with action": eve_with_action,
    "Algeria belongs to": lambda: belongs_to("DZA", ARTICLE),
    "Mali belongs to, end of 2022": lambda: belongs_to("MLI", "2022-12-31"),
    "recorded ends": recorded_ends,
    "alive after five years": alive_after_five_years,
    "quarrels kept": kept_quarrels,
    "displaced": displaced,
    "coups": lambda: turning_points("coup"),
    "alpha of directions": agreement_on_direction,
    "day of the cut-off": lambda: datetime.date.fromisoformat(now()).toordinal(),
}
