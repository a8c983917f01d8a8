"""Headline numbers come out the same when they are computed twice, the second time by the words of the codebook."""

from __future__ import annotations

import ast
import functools
import sys

import pandas as pd
import pytest

from cooperation import load
from cooperation.measures import (
    aftermath,
    agreement,
    allegations,
    architecture,
    initiatives,
    kidnappings,
    network,
    presence,
    prism,
    record,
    ruptures,
    standoff,
    tempo,
    turning_points,
    violence,
)
from cooperation.measures.initiatives import african_led, core_scope
from cooperation.periods import ARTICLE, BASELINE, CASCADE, EVE, RECENT, YEAR, YEARS
from cooperation.states import ALGERIA, CENTRAL_SAHEL, MALI, MOROCCO, is_pair

import second_reading
from project import ROOT

CLOSED = record.cutoff(load("searches"))


@functools.cache
def cases() -> pd.DataFrame:
    """All groups of hostages."""
    names = ("kidnappings", "kidnapping_countries_held", "kidnapping_nationalities", "countries")
    return kidnappings.cases(*map(load, names))


def foreigners() -> pd.DataFrame:
    """Those with a hostage from outside, before the coup."""
    return cases()[cases()["outsiders"] & cases()["before_coup"]]


def held_in_mali() -> int:
    """Those held in Mali, without the disputed case."""
    return int((kidnappings.in_mali(foreigners()) & (foreigners()["verification"] != "disputed")).sum())


def held_in_mali_late() -> int:
    """Groups held in Mali, whoever was in them, that were seized in the later years."""
    return int((kidnappings.in_mali(cases()) & kidnappings.seized(cases(), *YEARS["hostages_late"])).sum())


@functools.cache
def deaths() -> pd.DataFrame:
    """Deaths of all types."""
    return violence.totals(load("organised_violence"))


def algeria_to_mali() -> float:
    """Deaths in Algeria for one in Mali."""
    algeria, mali = (violence.deaths_in(deaths(), state, *YEARS["hostages"]) for state in (ALGERIA, MALI))
    return algeria.value / mali.value


def acts() -> pd.DataFrame:
    """Acts of trust and distrust."""
    return ruptures.acts(load("mistrust_acts"), load("mistrust_events"))


def distrust_of_mali() -> int:
    """Acts of distrust towards Mali."""
    return int(((acts()["act"] == "distrust") & (acts()["toward"] == MALI)).sum())


def operations_abroad() -> int:
    """Operations across a border."""
    return int(ruptures.operations(load("mistrust_operations"), load("mistrust_events"))["crossed"].sum())


def recognising_states() -> int:
    """The stock in its last year."""
    stock = standoff.recognition_stock(*map(load, ("recognitions", "recognition_doubts", "state_regions")), CLOSED)
    return stock.loc[stock["year"] == stock["year"].max(), "states"].sum()


def divided_votes() -> int:
    """Resolutions that were not unanimous."""
    return int((~standoff.council_votes(load("council_resolutions"))["unanimous"].astype(bool)).sum())


def closing_steps() -> float:
    """Steps that close, for each that opens."""
    steps = standoff.relation(load("dispute_events"))["direction"]
    return steps.isin(standoff.CLOSES).sum() / steps.isin(standoff.OPENS).sum()


@functools.cache
def percentiles() -> pd.Series:
    """Percentiles of the votes of the two, by period."""
    table = prism.by_period(prism.without_territory(load("un_agreement"), load("western_sahara_votes")))
    return table[is_pair(table)].set_index("period")["percentile"]


def seated() -> pd.DataFrame:
    """Forums, with who sat in them."""
    return presence.seats(load("presence"))


def sat_together() -> int:
    """Forums of both, from 2010 to the article."""
    return int((seated()[seated()["start"].between(RECENT[0], ARTICLE)]["seated"] == "both").sum())


@functools.cache
def core() -> pd.DataFrame:
    """African-led initiatives of core scope, with the search that found them."""
    table = initiatives.searched(initiatives.dated(load("initiatives")), load("capture_history"))
    return african_led(core_scope(table))


def meetings_against_the_year_before() -> float:
    """Ratio of the rates of African-led meetings."""
    table = tempo.ratios(tempo.dated(load("meetings"), load("initiatives"))).set_index("group")
    return table.at["african", "ratio"]


def on_the_eve() -> pd.DataFrame:
    """What stood on the eve."""
    return african_led(core_scope(architecture.stood(load("initiatives"), EVE)))


def eve_with_action() -> int:
    """Of that, what has an activity on record."""
    met = architecture.sessions(load("meetings"), load("maghreb_summits"))
    return int((architecture.traces(on_the_eve(), met, load("activities"), EVE)["trace"] == "acted").sum())


def belongs_to(state: str, day: pd.Timestamp) -> int:
    """The degree of a state."""
    countries = load("countries").query("status == 'state'")
    ties = network.ties(load("memberships"), load("initiatives"), pd.Index(countries["iso3"]))
    table = network.central(network.at(african_led(ties), day))
    return table.set_index("state").at[state, "initiatives"]


@functools.cache
def followed() -> pd.DataFrame:
    """Initiatives of the cascade whose life is followed."""
    known = aftermath.evidence(load("initiatives"), load("meetings"), load("initiative_ends"), CLOSED)
    table = african_led(core_scope(known))
    return table[(table["verification"] != "memory") & (table["kind"] != "legal") & (table["period"] == "cascade")]


def alive_after_five_years() -> float:
    """The curve by recorded ends, at five years."""
    return aftermath.after(aftermath.surviving(followed(), CLOSED), 5).at["cascade", "recorded"]


def kept_quarrels() -> int:
    """Quarrels kept."""
    fates = aftermath.baggage_fates(aftermath.known_by(load("baggage_acts"), CLOSED), CLOSED)["fate"]
    return int((fates == "kept").sum())


def displaced() -> int:
    """People of the central Sahel driven from home, in the last year."""
    table = aftermath.displaced(load("displacement"), 1990)
    table = table[table["iso3"].isin(CENTRAL_SAHEL)]
    return table.loc[table["year"] == table["year"].max(), "people"].sum()


def coups() -> int:
    """The lane of seizures of power."""
    return int((turning_points.lanes(load("region_events"), CLOSED)["lane"] == "power").sum())


def agreement_on_direction() -> float:
    """Alpha of the directions; its interval is not asked for here, and is left short."""
    coded = agreement.units(load("second_coding")).query("variable == 'direction'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(agreement, "RESAMPLES", 50)
        return agreement.alpha(coded["first"], coded["second"], agreement.LEVELS["direction"])[0]


MEASURED = {
    "seized outside Mali": lambda: int((foreigners()["country_taken"] != MALI).sum()),
    "held in Mali": held_in_mali,
    "held in Mali, seized late": held_in_mali_late,
    "deaths in Algeria for one in Mali": algeria_to_mali,
    "Mali deadly since": lambda: violence.since(deaths(), MALI),
    "ransoms at most": lambda: float(allegations.ransoms(load("kidnappings")).query("before_coup")["high"].sum()),
    "distrust of Mali": distrust_of_mali,
    "operations abroad": operations_abroad,
    "states that recognise": recognising_states,
    "divided votes of the Council": divided_votes,
    "steps that close for one that opens": closing_steps,
    "percentile of votes, 2000-2011": lambda: percentiles()["decade"],
    "percentile of votes, 1976-1987": lambda: percentiles()["break"],
    "forums together": sat_together,
    "kept out by Algeria": lambda: len(presence.kept_out_by_host(seated(), host=ALGERIA, absent=MOROCCO)),
    "founded in the year to the article": lambda: initiatives.compared(core(), YEAR, BASELINE)[0],
    "founded in it, first list": lambda: initiatives.compared(core().query("search == 'first'"), YEAR, BASELINE)[0],
    "rate of the cascade": lambda: initiatives.compared(core(), CASCADE, BASELINE)[2],
    "meetings against the year before": meetings_against_the_year_before,
    "standing on the eve": lambda: len(on_the_eve()),
    "on the eve, with action": eve_with_action,
    "Algeria belongs to": lambda: belongs_to(ALGERIA, ARTICLE),
    # It had left the G5 Sahel, which ended a year later.
    "Mali belongs to, end of 2022": lambda: belongs_to(MALI, pd.Timestamp(2022, 12, 31)),
    "recorded ends": lambda: int((aftermath.fates(followed(), CLOSED) == "ended").sum()),
    "alive after five years": alive_after_five_years,
    "quarrels kept": kept_quarrels,
    "displaced": displaced,
    "coups": coups,
    "alpha of directions": agreement_on_direction,
    "day of the cut-off": CLOSED.toordinal,
}


@pytest.mark.parametrize("number", MEASURED)
def test_a_second_reading_agrees_with_the_measure(number):
    """Two ways lead to one number: if they part, one of them misreads a row or a rule."""
    assert MEASURED[number]() == pytest.approx(second_reading.NUMBERS[number](), rel=1e-9)


def test_the_second_reading_is_one_of_its_own():
    """It imports nothing but the standard library, and reads each number that is measured."""
    tree = ast.parse((ROOT / "tests" / "second_reading.py").read_text(encoding="utf-8"))
    named = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names
    assert second_reading.NUMBERS.keys() == MEASURED.keys()
