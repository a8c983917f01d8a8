"""What validates, builds: validation says what a chapter would miss, and a chapter takes what validation passes."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from claimbook.build.execution import code_cells, source_of
from claimbook.package import tables
from cooperation import states, validation
from cooperation.rows import Allegation, DisputeEvent
from cooperation.validation import OF_STATES
from cooperation.validation import faults as rules

from project import ROOT

GONE = {
    "dispute_events": ("id", DisputeEvent.BORDER_CLOSED, "DisputeEvent.BORDER_CLOSED"),
    "allegations": ("id", Allegation.EGGED_ON, "Allegation.EGGED_ON"),
    "actors": ("id", states.RUSSIA, "RUSSIA"),
    "countries": ("iso3", states.MALI, "MALI"),
}
NOWHERE = {"iso3": "ZZZ", "name": "Nowhere", "region": "Sahel", "status": "state"}


@pytest.fixture(scope="module")
def items() -> list[dict]:
    """Descriptors of the tables."""
    return tables.package(ROOT / "data")["resources"]


@pytest.fixture(scope="module")
def package(items) -> dict[str, pd.DataFrame]:
    """The tables as they stand; a test changes copies."""
    return {item["name"]: tables.load(item["name"], ROOT / "data") for item in items}


def without(frame: pd.DataFrame, column: str, *values: str) -> pd.DataFrame:
    """A table without the rows that have one of the values."""
    gone = frame[column].isin(values)
    assert gone.any()
    return frame[~gone].reset_index(drop=True)


@pytest.fixture(scope="module")
def faults(package, items) -> list[str]:
    """What validation says of a package that lacks rows of every kind that chapters need."""
    changed = {table: without(package[table], column, key) for table, (column, key, _) in GONE.items()}
    changed["claims"] = without(package["claims"], "allegation", Allegation.WARNINGS)
    changed["countries"] = pd.concat([changed["countries"], pd.DataFrame([NOWHERE])], ignore_index=True)
    changed["kidnapping_countries_held"] = without(package["kidnapping_countries_held"], "kidnapping", "H01")
    changed["dispute_event_grounds"] = without(package["dispute_event_grounds"], "event", DisputeEvent.VISAS_DROPPED)
    members = package["organisation_memberships"]
    gone = members.query("organisation == 'AU' and actor == 'MAR' and status == 'member'").index
    changed["organisation_memberships"] = members.drop(gone).reset_index(drop=True)
    changed["initiative_ends"] = package["initiative_ends"].head(0)
    changed["baggage_acts"] = without(package["baggage_acts"], "baggage", "algeria-mali")
    changed["mistrust_acts"] = package["mistrust_acts"].replace({"toward": {states.NIGER: states.FRANCE}})
    capitals, economy = package["capitals"].set_index("iso3"), package["economy"]
    capitals.loc[states.NIGER, ["latitude", "longitude"]] = capitals.loc[states.MALI, ["latitude", "longitude"]]
    changed["capitals"] = capitals.reset_index()
    changed["economy"] = economy.assign(
        gdp_usd_millions=economy["gdp_usd_millions"].where(economy["iso3"] != states.SENEGAL)
    )
    changed["allegations"].loc[changed["allegations"]["id"] == Allegation.HELD_BACK, "verification"] = "memory"
    return rules(package | changed, items)


@pytest.mark.parametrize("table", GONE)
def test_a_row_that_code_names_is_missed(faults, table):
    """The line names the table, the key, and where code names it."""
    column, key, name = GONE[table]
    (line,) = [line for line in faults if line.startswith(f"{table}: ") and name in line]
    assert line.startswith(f"{table}: column {column}: a row {key!r} is missing, which chapters need (cooperation.")


def test_a_new_state_needs_a_row_in_the_tables_of_all_states(faults, package):
    """One line names the row, and all tables in which it must have one."""
    (line,) = [line for line in faults if "'ZZZ'" in line]
    needed = ", ".join(OF_STATES)
    assert line.startswith(
        f"countries: row {len(package['countries']) + 1}, column iso3: 'ZZZ' has no row in {needed};"
    )


def test_a_row_that_code_names_is_not_from_memory(faults, package):
    """Measures pass over what is known from memory alone, and a chapter would miss it as if it were gone."""
    (line,) = [line for line in faults if "cannot grade" in line]
    row = package["allegations"]["id"].tolist().index(Allegation.HELD_BACK) + 2
    assert line.startswith(
        f"allegations: row {row}, column verification: 'memory' cannot grade 'A05', which chapters need"
    )


def test_an_allegation_of_the_article_needs_its_claim(faults):
    """Each has a section, which tells it as the article's."""
    (line,) = [line for line in faults if "is in no row of claims" in line]
    assert "column id: 'A04' is in no row of claims, column allegation, and the article reports it" in line


def test_a_row_that_needs_others_is_told_without_them(faults):
    """Hostages are held somewhere; a step of two states, for better or worse, has a ground or the word that none was read."""
    held, ground = [line for line in faults if "has one or more" in line]
    assert held.startswith("kidnappings: row 2, column id: 'H01' has no row in kidnapping_countries_held, where each")
    assert "'EV042' has no row in dispute_event_grounds, where each with direction != 0 has one or more" in ground


def test_a_table_without_rows_is_told(faults):
    """A chapter has nothing to show of it."""
    assert "initiative_ends: file: has no rows; chapters need one or more" in faults


def test_a_row_that_chapters_look_up_by_cells_is_missed(faults):
    """The day on which Morocco joined the African Union divides what is told."""
    (line,) = [line for line in faults if line.startswith("organisation_memberships: ")]
    assert line.startswith(
        "organisation_memberships: file: no row has organisation == 'AU' and actor == 'MAR' and status"
    )


def test_a_table_of_the_four_takes_no_fifth_state(faults):
    """Figures have lines and colours for the four."""
    lines = [line for line in faults if "is none of" in line]
    assert lines
    assert all(
        re.match(r"mistrust_acts: row \d+, column toward: 'FRA' is none of DZA, MLI, MRT, NER", line) for line in lines
    )


def test_capitals_lie_apart(faults):
    """The distance of two states is one of what their trade is judged by."""
    (line,) = [line for line in faults if "another capital" in line]
    assert re.match(r"capitals: row \d+, column iso3: 'NER' lies where another capital does", line)


def test_a_state_that_trades_has_a_product(faults):
    """Their products are another."""
    lines = [line for line in faults if "gdp_usd_millions" in line]
    assert [re.sub(r"row \d+", "row", line).split(" of ")[0] for line in lines] == [
        f"trade: row, column {side}: 'SEN' has no gdp_usd_millions" for side in ("exporter", "importer")
    ]


def test_a_code_that_chapters_look_up_has_a_row(faults):
    """A quarrel without acts has no fate."""
    lines = [line for line in faults if line.startswith("baggage_acts: ")]
    assert lines == ["baggage_acts: column baggage: no row has 'algeria-mali', of which chapters need one or more"]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"ransom_low_eur": 4_600_000, "ransom_high_eur": None, "ransom_status": "denied"}, "ransom_high_eur: ''"),
        ({"ransom_low_eur": None, "ransom_high_eur": 9_000, "ransom_status": "denied"}, "ransom_high_eur: 9000"),
        ({"ransom_low_eur": None, "ransom_high_eur": None, "ransom_status": "reported"}, "ransom_status: 'reported'"),
        ({"ransom_low_eur": 1, "ransom_high_eur": 2, "ransom_status": "none-reported"}, "ransom_status: 'none-rep"),
    ],
)
def test_a_ransom_has_both_its_bounds_or_none(package, items, cells, column):
    """A chapter prints the span, and says that payment was denied where there is no sum."""
    frame = package["kidnappings"].copy()
    frame.loc[0, list(cells)] = list(cells.values())
    (line,) = rules(package | {"kidnappings": frame}, items)
    assert line.startswith(f"kidnappings: row 2, column {column}")
    assert "does not agree with ransom_low_eur" in line


def test_a_line_shows_cells_as_the_file_has_them(package, items):
    """No number as NumPy writes it, and an empty cell as an empty one."""
    groups, coded = package["armed_groups"].copy(), package["second_coding"].copy()
    groups.loc[groups["start"].idxmax(), "end"] = 1
    differ = coded["resolution"].first_valid_index()
    coded.loc[differ, ["resolved", "resolution"]] = None
    readings = package["dispute_readings"].replace({"reading": {2: 3}})
    said = rules(package | {"armed_groups": groups, "second_coding": coded, "dispute_readings": readings}, items)
    assert any(line.startswith("armed_groups: ") for line in said)
    assert f"second_coding: row {differ + 2}, column resolution: '' does not agree with first and second" in said
    assert any("has the readings [1, 3]" in line for line in said)
    assert not [line for line in said if re.search(r"\b(np|nan|None|NA)\b", line)]


def added(package: dict[str, pd.DataFrame], **rows: dict) -> dict[str, pd.DataFrame]:
    """The tables with a row more in some; a row has the cells of the first of its table but for those given."""
    return package | {
        table: pd.concat([package[table], package[table].head(1).assign(**cells)], ignore_index=True)
        for table, cells in rows.items()
    }


def meeting_of_another_body(package):
    """Ministers of Algeria, Mali and others meet, and the body is none that the chapter names."""
    named = package["meeting_participants"]
    present = pd.DataFrame({"meeting": "NEW", "actor": [states.ALGERIA, states.MALI]})
    cells = {"id": "NEW", "initiative": "ECPF", "date": "2012-05", "level": "ministers", "scope": "core"}
    return added(package, meetings=cells) | {"meeting_participants": pd.concat([named, present], ignore_index=True)}


def kidnapping_elsewhere(package):
    """Hostages are seized, held and freed in a country where none were."""
    place = {"country_taken": "BEN", "country_ended": "BEN", "latitude": 9.5, "longitude": 2.3}
    return added(
        package,
        kidnappings={"id": "NEW", **place},
        kidnapping_countries_held={"kidnapping": "NEW", "country": "BEN"},
        kidnapping_nationalities={"kidnapping": "NEW", "actor": "BEN"},
    )


def no_disputed_notice(package):
    """Of no operation is it disputed what notice was given."""
    operations = package["mistrust_operations"]
    return package | {"mistrust_operations": operations.replace({"notice": {"disputed": "not known"}})}


def another_state(package):
    """Guinea-Bissau, which so far is an actor alone, joins the region with the numbers of Guinea."""
    code, place = "GNB", {"latitude": 11.86, "longitude": -15.6}
    cells = {"countries": {"gwno": 404}, "capitals": place, "economy": {}, "organised_violence": {}}
    return package | {
        table: pd.concat(
            [package[table], package[table].query("iso3 == 'GIN'").assign(iso3=code, **of_table)], ignore_index=True
        )
        for table, of_table in cells.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("chapter", "change"),
    [
        ("dispute/exclusion", meeting_of_another_body),
        ("annex/exclusion", meeting_of_another_body),
        ("mistrust/threat", kidnapping_elsewhere),
        ("mistrust/ruptures", no_disputed_notice),
        ("annex/ruptures", no_disputed_notice),
        ("annex/threat", kidnapping_elsewhere),
        ("annex/threat", another_state),
    ],
)
def test_a_chapter_takes_what_validation_passes(package, items, monkeypatch, chapter, change):
    """All cells of a chapter run on changed tables in which validation finds no fault."""
    changed = change(package)
    assert rules(changed, items) == []
    monkeypatch.setattr(tables, "load", lambda name, folder=None: changed[name].copy())
    monkeypatch.chdir(ROOT)
    namespace = {}
    for cell in code_cells(source_of(ROOT / "book" / f"{chapter}.md")):
        exec(cell.source, namespace)


def test_a_spell_in_a_body_ends_with_the_exit_from_its_organisation():
    """A spell that outlasts the exit is told; a convention, a later admission and a state that came back are passed."""
    spells = [
        ("POLICE", "MLI", "member", "2003", None),
        ("POLICE", "BFA", "member", "2003", "2025-01-29"),
        ("TREATY", "MLI", "member", "2006", None),
        ("POLICE", "MLI", "observer", "2026", None),
        ("POLICE", "MLI", "participant", "2025-12-14", None),
        ("POLICE", "GIN", "member", "2003", None),
    ]
    frames = {
        "memberships": pd.DataFrame(spells, columns=["initiative", "actor", "role", "start", "end"]),
        "initiatives": pd.DataFrame({"id": ["POLICE", "TREATY"], "kind": ["police", "legal"], "body": "ECOWAS"}),
        "organisation_memberships": pd.DataFrame(
            [("MLI", "2025-01-29"), ("BFA", "2025-01-29"), ("GIN", "2021-09"), ("GIN", None)], columns=["actor", "end"]
        ).assign(organisation="ECOWAS", status="member"),
    }
    assert validation._left_faults(frames) == [
        "memberships: row 2, column end: '' does not end with the spell in ECOWAS, on 2025-01-29"
    ]


def test_a_step_that_breaks_or_mends_says_whose_act_it_is():
    """Of the strong steps each has a code, and of the weaker ones none."""
    rows = [("A", -2, "towards"), ("B", 2, None), ("C", 1, "private"), ("D", 0, None)]
    frame = pd.DataFrame(rows, columns=["id", "direction", "act"])
    assert validation._step_faults(frame) == [
        "dispute_events: row 3, column act: '' does not agree with direction 2",
        "dispute_events: row 4, column act: 'private' does not agree with direction 1",
    ]
