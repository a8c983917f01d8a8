"""The key judgements, each with the predicate that holds it to the data.

A judgement is computed, never typed: its sentence takes its numbers from the
tables, and its predicate says what must be true for the sentence to stand.
The front page refuses to build on a judgement that no longer holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from cooperation.chapter import count
from cooperation.errors import ReportError
from cooperation.measures import completeness, initiatives, kidnappings, presence, violence

ARTICLE = initiatives.ARTICLE
Tables = Callable[[str], pd.DataFrame]


class JudgementError(ReportError):
    """A key judgement is no longer supported by the data."""


@dataclass(frozen=True)
class Judgement:
    """A sentence the report stands behind.

    Attributes
    ----------
    key : str
        Permanent name.
    chapter : str
        The chapter that shows the evidence, relative to ``book``.
    question : str
        What is asked.
    answer : str
        The sentence, with its numbers.
    holds : bool
        Whether the data support it.
    confidence : str
        ``high``, ``moderate`` or ``low``, with the reason.
    """

    key: str
    chapter: str
    question: str
    answer: str
    holds: bool
    confidence: str


def captivity(load: Tables) -> Judgement:
    """Where hostages were seized and held before the coup, and where people were killed."""
    cases = kidnappings.cases(
        load("kidnappings"), load("kidnapping_countries_held"), load("kidnapping_nationalities"), load("countries")
    )
    foreign = cases[cases["outsiders"] & cases["before_coup"]]
    outside = int((foreign["country_taken"] != "MLI").sum())
    held = int(foreign["held"].map(lambda places: "MLI" in places).sum())
    deaths = violence.totals(load("organised_violence"))
    deaths = deaths[deaths["year"].between(2003, 2011)].groupby("iso3")["deaths_best"].sum()
    return Judgement(
        key="captivity",
        chapter="mistrust/threat",
        question="Did AQIM increasingly operate in northern Mali before 2012?",
        answer=(
            f"It held its hostages there. Of {len(foreign)} kidnappings of people from outside the region between 2003 and the coup of March "
            f"2012, {count(outside)} began outside Mali and {count(held)} involved captivity in it. The recorded killing was elsewhere: UCDP counts "
            f"{deaths['DZA']:,} deaths in Algeria in 2003-2011 and {deaths['MLI']:,} in Mali. Why the hostages were in Mali, these data do not say."
        ),
        holds=outside > len(foreign) / 2 and held > len(foreign) / 2 and deaths["DZA"] > 2 * deaths["MLI"],
        confidence="High in the direction, moderate in the counts: they are the cases found in public sources.",
    )


def rooms(load: Tables) -> Judgement:
    """Who kept whom out, and on what stated ground."""
    seated = presence.seats(load("presence"))
    window = seated[seated["start"].between("2010-01-01", ARTICLE)]
    counts = window["seated"].value_counts()
    decided = window[(window["host"] == "DZA") & window["mar_absence"].isin(["refused", "not invited"])]
    stated = presence.reasons(presence.absences(seated), load("presence_reasons"))
    said = stated[(stated["actor"] == "MAR") & (stated["stated_by"] == "convener") & (stated["start"] <= ARTICLE)]
    first = said.groupby("reason")["start"].min()
    return Judgement(
        key="rooms",
        chapter="dispute/exclusion",
        question="Did Algeria keep Morocco out because the Sahel was none of its concern?",
        answer=(
            f"It did keep Morocco out of meetings in Algiers, and the ground it stated changed. Of {len(window)} documented forums between January 2010 "
            f"and the article, {count(counts['Algeria only'])} seated Algeria without Morocco; in {count(len(decided))} of these Algeria, as host, refused or did not "
            f"invite it. {count(counts['both']).capitalize()} seated both. The stated ground was geography in {first['geography'].year}, the format of the group in 2011 and "
            f"membership of the African Union in {first['au-membership'].year}."
        ),
        holds=(
            len(decided) > 0
            and counts["both"] > 0
            and first["geography"] < first["au-membership"]
            and ((said["reason"] == "format") & (said["start"].dt.year == 2011)).any()
        ),
        confidence="High that it happened and that the ground changed; low in any share, since the forums are documented cases, not a sample.",
    )


def jump(load: Tables) -> Judgement:
    """Whether there was a cascade, and how large."""
    founded = initiatives.dated(load("initiatives"))
    table = initiatives.specifications(founded)
    estimates = completeness.estimates(load("capture_history"), load("initiatives"))
    ratio, low, high = completeness.corrected_ratio(estimates, "strict")
    main = table[(table["definition"] == "African-led, all")].set_index("window")
    year, whole = main.loc["twelve months to the article"], main.loc["January 2012 to the article"]
    return Judgement(
        key="jump",
        chapter="initiatives/cascade",
        question="Was there a cascade of African-led initiatives in the past year?",
        answer=(
            f"There was one, but a longer and smaller one. African-led arrangements were founded {ratio:.1f} times as often ({low:.0f} to {high:.0f}) between January "
            f"2012 and the article as in 1990-2011, after correcting for what two searches missed; {whole['ratio']:.0f} times without the correction. "
            f"{count(year['count']).capitalize()} of the {whole['count']} known fall within the article's twelve months."
        ),
        holds=(
            low > 1
            and bool((table["low"] > 1).all())
            and table["ratio"].max() < 2.5 * table["ratio"].min()
            and year["count"] < whole["count"] / 2
            and founded["from_day"].dt.year.mode().tolist() == [2013]
        ),
        confidence="High that there was a jump, moderate in its size: dates are well sourced, the count of older and smaller deals is not.",
    )


def judgements(load: Tables) -> list[Judgement]:
    """All key judgements.

    Parameters
    ----------
    load : callable
        Gives a table by name, as :func:`cooperation.tables.load` does.

    Returns
    -------
    list of Judgement

    Raises
    ------
    JudgementError
        If one is no longer supported by the data; the message names it.
    """
    made = [captivity(load), rooms(load), jump(load)]
    failed = [item for item in made if not item.holds]
    if failed:
        raise JudgementError("; ".join(f"judgement {item.key!r} no longer holds: {item.answer}" for item in failed))
    return made
