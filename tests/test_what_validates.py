"""What validates, builds: validation says what a chapter would miss, and a chapter takes what validation passes."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.build.execution import code_cells, source_of
from claimbook.package import tables
from cooperation import states
from cooperation.measures import allegations
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
    assert line.startswith(f"countries: row {len(package['countries']) + 1}, column iso3: 'ZZZ' has no row in {needed};")


def test_an_allegation_of_the_article_needs_its_claim_and_a_grade(faults):
    """Each has a section, which tells it as the article's and says how it is graded."""
    lines = [line for line in faults if "the article reports" in line]
    assert ["'A04' is in no row of claims" in lines[0], "'memory' cannot grade" in lines[1]] == [True, True]
    assert len(lines) == 2
