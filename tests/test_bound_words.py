"""Words that state a finding do not outlive the data that bear them: an edit stops the build, or changes the words."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.errors import WordsError
from claimbook.kept import FOLDER
from claimbook.package import tables
from cooperation import states
from cooperation.rows import Initiative, Meeting, MistrustEvent
from cooperation.validation import faults

from project import ROOT, run_cells, told

pytestmark = pytest.mark.slow
# What an edit makes false; the data as they stand bear the first of each.
FALSE = {
    "mistrust/ruptures": ("While both ambassadors were away", "Two ambassadors away"),
    "annex/ruptures": ("The two returns of the ambassadors", " -2"),
    "mistrust/allegations": ("charges against Algeria is confirmed",),
    "annex/allegations": ("No allegation is confirmed", "None confirmed", "column confirmed is empty"),
    "annex/standoff": ("Since 2018 no renewal", "steadily only since 2016"),
    "dispute/exclusion": ("Algeria never joined",),
    "annex/exclusion": ("which Algeria never joined", "no sign was found that Algeria asked to join"),
    "dispute/prism": ("reconciliation seldom turned on Western Sahara", "Towards each other</b>: 1 of 10"),
    "annex/prism": ("Thaws came without the territory", "nearly all thaws came without it"),
    "mistrust/threat": ("at least 18 of 20 groups", "at least 13 were"),
    "annex/threat": ("with one exception",),
    "initiatives/aftermath": ("as far as we found, in November 2018", "the last in November 2018"),
    "annex/aftermath": ("of ministers, these to November 2018",),
}


@pytest.fixture(scope="module")
def items() -> list[dict]:
    """Descriptors of the tables."""
    return tables.package(ROOT / "data")["resources"]


@pytest.fixture(scope="module")
def package(items) -> dict[str, pd.DataFrame]:
    """The tables as they stand."""
    return {item["name"]: tables.load(item["name"], ROOT / "data") for item in items}


@pytest.fixture(scope="module", autouse=True)
def kept(tmp_path_factory):
    """Long results are computed once for each input that the cases have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(tmp_path_factory.mktemp("kept")))
        yield


def changed(frame: pd.DataFrame, key: str, **cells) -> pd.DataFrame:
    """A table with other cells in the row of a key."""
    frame = frame.copy()
    row = frame[frame.columns[0]].astype(str) == key
    assert row.sum() == 1
    frame.loc[row, list(cells)] = list(cells.values())
    return frame


def back_before_the_recall(package):
    """Algeria's ambassador is back in Bamako before he was recalled."""
    return {"mistrust_events": changed(package["mistrust_events"], MistrustEvent.ALGERIA_RETURNS, date="2010-02-01")}


def mauritanian_back_before(package):
    """Mauritania's ambassador is back in Bamako before he was recalled."""
    events = changed(package["mistrust_events"], MistrustEvent.MAURITANIA_RETURNS, date="2010-02-01")
    return {"mistrust_events": events}


def confirmed(package):
    """An allegation that the article does not report is confirmed by other sources."""
    return {"allegations": changed(package["allegations"], "A13", information_credibility=1)}


def all_fifteen(resolution):
    """A renewal of 2019 has all fifteen votes."""
    cells = {"votes_for": 15, "votes_against": 0, "abstentions": 0}
    return lambda package: {"council_resolutions": changed(package["council_resolutions"], resolution, **cells)}


def mended_over_the_territory(package):
    """Each thaw has the territory as its ground, by the press; breaks keep theirs."""
    events, grounds = package["dispute_events"], package["dispute_event_grounds"]
    thaw = grounds["event"].isin(events.loc[events["direction"] == 2, "id"]) & (grounds["stated_by"] != "content")
    coded = grounds[thaw].drop_duplicates(["event", "actor"]).assign(ground="territory", stated_by="press")
    return {"dispute_event_grounds": pd.concat([coded, grounds[~thaw]], ignore_index=True)}


def algeria_in_the_community(package):
    """Algeria is a member of CEN-SAD."""
    cells = {"role": "member", "exclusion": None, "start": "1998-02-04"}
    return {"memberships": changed(package["memberships"], "MS040", **cells)}


def algeria_among_the_organisations(package):
    """Algeria is a member of CEN-SAD in the other table of members."""
    cells = {"status": "member", "start": "1998-02-04"}
    return {"organisation_memberships": changed(package["organisation_memberships"], "OM023", **cells)}


def ministers_of_2021(package):
    """Ministers of the Nouakchott Process meet in 2021."""
    meetings, present = package["meetings"], package["meeting_participants"]
    cells = {"id": "NEW", "date": "2021-05", "level": "ministers"}
    held = meetings[meetings["id"] == Meeting.NOUAKCHOTT_EIGHTH].assign(**cells)
    came = present[present["meeting"] == Meeting.NOUAKCHOTT_EIGHTH].assign(meeting="NEW")
    assert held["initiative"].item() == Initiative.NOUAKCHOTT
    assert len(came) > 0
    return {
        "meetings": pd.concat([meetings, held], ignore_index=True),
        "meeting_participants": pd.concat([present, came], ignore_index=True),
    }


def held_in_niger(package):
    """The Austrians seized in Tunisia were held in Niger alone."""
    held = package["kidnapping_countries_held"]
    assert (held["kidnapping"] == "H05").sum() == 1
    return {
        "kidnapping_countries_held": held.assign(
            country=held["country"].mask(held["kidnapping"] == "H05", states.NIGER)
        )
    }


EDITS = [
    ("mistrust/ruptures", back_before_the_recall, "draw.release"),
    ("mistrust/ruptures", mauritanian_back_before, "draw.release"),
    ("annex/ruptures", back_before_the_recall, "draw.before_and_after"),
    ("annex/ruptures", mauritanian_back_before, "draw.before_and_after"),
    ("mistrust/allegations", confirmed, "charges.rows(\n    against_algeria"),
    ("annex/allegations", confirmed, "draw.grades"),
    ("annex/standoff", all_fifteen("2494"), "draw.council"),
    ("dispute/exclusion", algeria_in_the_community, "draw.matrix"),
    ("annex/exclusion", algeria_in_the_community, "draw.tracks"),
    ("dispute/prism", mended_over_the_territory, "draw.steps"),
    ("annex/prism", mended_over_the_territory, "draw.steps"),
    ("mistrust/threat", held_in_niger, ""),
    ("annex/threat", held_in_niger, ""),
    ("initiatives/aftermath", ministers_of_2021, "draw.promised_and_kept"),
    ("annex/aftermath", ministers_of_2021, "longest_gap="),
]


@pytest.mark.parametrize(("chapter", "edit", "until"), EDITS)
def test_no_false_word_outlives_an_edit(package, items, chapter, edit, until):
    """With an edit that validation lets through, the words that it makes false are named or gone."""
    edited = package | edit(package)
    assert faults(edited, items) == []
    lost: list[str] = []
    values, figures = run_cells(chapter, lambda name: edited[name].copy(), until, lost)
    standing = told(chapter, values, figures)
    for words in lost:
        standing = standing.replace(words, "")
    assert [words for words in FALSE[chapter] if words in standing] == []


@pytest.mark.parametrize(
    ("chapter", "edit", "words"),
    [
        ("mistrust/ruptures", back_before_the_recall, "four months at least"),
        ("mistrust/allegations", confirmed, "None of the charges against Algeria is confirmed"),
        ("annex/allegations", confirmed, "No allegation is confirmed, and most are possible or doubtful"),
        ("annex/standoff", all_fifteen("2468"), "steadily only since 2016"),
        (
            "dispute/prism",
            mended_over_the_territory,
            "They took ten steps towards each other, but only one of them came with a word on Western Sahara",
        ),
        ("annex/network", algeria_in_the_community, "which Algeria never joined"),
        ("annex/network", algeria_among_the_organisations, "which Algeria never joined"),
    ],
)
def test_a_false_word_stops_the_chapter(package, chapter, edit, words):
    """The cell that glues words which the data no longer bear fails, and names them."""
    edited = package | edit(package)
    with pytest.raises(WordsError) as stopped:
        run_cells(chapter, lambda name: edited[name].copy())
    assert str(stopped.value) == f"the data no longer bear the words {words!r}"


@pytest.mark.parametrize(("chapter", "until"), sorted({(chapter, until) for chapter, _, until in EDITS}))
def test_the_data_bear_the_words(package, chapter, until):
    """On the data as they stand no cell fails, and the words looked for above are there."""
    values, figures = run_cells(chapter, lambda name: package[name].copy(), until)
    standing = told(chapter, values, figures)
    assert FALSE[chapter][0] in standing
