"""Whoever breaks a row or a file of the data gets one line that says where."""

from __future__ import annotations

import pytest

WRONG_CELLS = {
    "a date that does not exist": (
        ("meetings", "M001", "date", "2013-02-30"),
        "meetings: row 2, column date: '2013-02-30' is not a date of the calendar; expected YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    "a number that is none": (
        ("kidnappings", "H01", "hostages", "many"),
        "kidnappings: row 2, column hostages: 'many' is not of type integer",
    ),
    "an unknown country": (
        ("kidnappings", "H01", "country_taken", "XXX"),
        "kidnappings: row 2, column country_taken: 'XXX' is not in countries (iso3)",
    ),
    "an unknown source": (
        ("kidnapping_sources", "H01", "source", "nobody2013"),
        "kidnapping_sources: row 2, column source: 'nobody2013' is not in sources (key)",
    ),
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


@pytest.mark.parametrize("fault", WRONG_CELLS)
def test_wrong_cell(project_copy, fault):
    """A wrong cell is named by table, row and column, and the data stay as they were."""
    edit, expected = WRONG_CELLS[fault]
    project_copy.edit(*edit)
    before = project_copy.files()
    assert project_copy.complaint("claimbook.package.validation") == expected
    assert project_copy.files() == before


def test_duplicated_key(project_copy):
    """Two rows under one key are named by the second."""
    text = project_copy.table("initiatives").read_text(encoding="utf-8")
    first = text.splitlines(keepends=True)[1]
    project_copy.table("initiatives").write_text(text + first, encoding="utf-8")
    line = project_copy.complaint("claimbook.package.validation")
    assert line.startswith(f"initiatives: row {len(text.splitlines()) + 1}, column id: duplicated key")


def test_missing_column(project_copy):
    """A missing column is named."""
    path = project_copy.table("sources")
    path.write_text(path.read_text(encoding="utf-8").replace(",publisher,", ",", 1), encoding="utf-8")
    line = project_copy.complaint("claimbook.package.validation")
    assert line.startswith("sources: header: column publisher is missing; expected key, title, title_language, publisher,")


def test_file_in_latin_1(project_copy):
    """A file in another encoding is named with the line and column of the first wrong byte."""
    project_copy.edit("kidnappings", "H02", "captor", "Brigade du Désert")
    path = project_copy.table("kidnappings")
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    line = project_copy.complaint("claimbook.package.validation")
    assert line.startswith("kidnappings: line 3, ")
    assert line.endswith("byte 0xe9 is not UTF-8; save the file as UTF-8")


def test_empty_file(project_copy):
    """An empty file is named."""
    project_copy.table("meetings").write_bytes(b"")
    line = project_copy.complaint("claimbook.package.validation")
    assert line == "meetings: file is empty; expected a header and rows"
