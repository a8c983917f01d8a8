"""Whoever breaks a row or a file of the data gets one line that says where."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow

WRONG_CELLS = {
    "a date that does not exist": (
        ("kidnappings", "H01", "date_start", "2003-02-30"),
        "kidnappings: row 2, column date_start: '2003-02-30' is not a date of the calendar; "
        "expected YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "an unknown source": (
        ("kidnapping_sources", "H01", "source", "nobody2013"),
        "kidnapping_sources: row 2, column source: 'nobody2013' is not in sources (key)",
    ),
    "a row that is not there": (
        ("kidnapping_sources", "H01", "kidnapping", "H99"),
        "kidnapping_sources: row 2, column kidnapping: 'H99' is not in kidnappings (id)",
    ),
}
OWN_RULES = {
    "hostages who are not the sum of their outcomes": (
        ("kidnappings", "H01", "hostages", "18"),
        "kidnappings: row 2, column hostages: 18 is not the sum of its outcomes, 17",
    ),
    "an end before its start": (
        ("kidnappings", "H03", "date_end", "2007"),
        "kidnappings: row 4, column date_end: '2007' is before date_start '2008-02-22'",
    ),
    "a derived table changed by hand": (
        ("organised_violence", "BEN", "deaths_best", "0000"),
        "organised_violence: file: checksum differs from datapackage.json; a derived table is rebuilt with make data",
    ),
}
WINDOWS = "rivalries: line endings of Windows; save with those of Unix (LF), or check the files out again"


def test_wrong_cells(example):
    """A wrong cell is named by table, row and column, each in a line, and the data stay as they were."""
    for edit, _ in WRONG_CELLS.values():
        example.edit(*edit)
    before = example.files()
    told = example.complaints("claimbook.package.validation")
    assert sorted(told) == sorted(expected for _, expected in WRONG_CELLS.values())
    assert example.files() == before


def test_a_number_that_is_none(example):
    """A table that cannot be read with its types is told by table, row and column, and the data stay as they were."""
    example.edit("kidnappings", "H01", "hostages", "many")
    before = example.files()
    line = example.complaint("claimbook.package.validation")
    assert line == "kidnappings: row 2, column hostages: 'many' is not of type integer"
    assert example.files() == before


def test_cells_against_the_rules_of_the_report(project_copy):
    """What only the report's tables and rules can find wrong is told in the same way, each fault in a line.

    A derived table with the line endings of Windows is told to have those, not
    to be another table.
    """
    for edit, _ in OWN_RULES.values():
        project_copy.edit(*edit)
    derived = project_copy.table("rivalries")
    derived.write_bytes(derived.read_bytes().replace(b"\n", b"\r\n"))
    before = project_copy.files()
    told = project_copy.complaints("claimbook.package.validation")
    assert sorted(told) == sorted([WINDOWS, *(expected for _, expected in OWN_RULES.values())])
    assert project_copy.files() == before


def test_duplicated_key(example):
    """Two rows under one key are named by the second."""
    text = example.table("kidnappings").read_text(encoding="utf-8")
    first = text.splitlines(keepends=True)[1]
    example.table("kidnappings").write_text(text + first, encoding="utf-8")
    line = example.complaint("claimbook.package.validation")
    assert line.startswith(f"kidnappings: row {len(text.splitlines()) + 1}, column id: duplicated key")


def test_missing_column(example):
    """A missing column is named."""
    path = example.table("sources")
    path.write_text(path.read_text(encoding="utf-8").replace(",publisher,", ",", 1), encoding="utf-8")
    line = example.complaint("claimbook.package.validation")
    assert line.startswith(
        "sources: header: column publisher is missing; expected key, title, title_language, publisher,"
    )


def test_file_in_latin_1(example):
    """A file in another encoding is named with the line and column of the first wrong byte."""
    example.edit("kidnappings", "H02", "captor", "Brigade du Désert")
    path = example.table("kidnappings")
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    line = example.complaint("claimbook.package.validation")
    assert line.startswith("kidnappings: line 3, ")
    assert line.endswith("byte 0xe9 is not UTF-8; save the file as UTF-8")


def test_empty_file(example):
    """An empty file is named."""
    example.table("kidnappings").write_bytes(b"")
    line = example.complaint("claimbook.package.validation")
    assert line == "kidnappings: file is empty; expected a header and rows"
