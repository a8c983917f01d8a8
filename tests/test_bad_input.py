"""Whoever breaks a row or a file of the data gets one line that says where."""

from __future__ import annotations

import pytest

from claimbook.package import validation

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
# The first row of kidnappings, and what makes it wrong for Frictionless.
FIRST = "H01,2003-03,DZA,"
WRONG_ROWS = {
    "a code": (",partial,", ",perhaps,"),
    "a number with a point": (",17,0,17,", ",17.0,0,17,"),
    "a number below the least": (",17,0,17,", ",17,0,-17,"),
    "a date": ("2003-03", "2003-3"),
    "an empty cell that is required": (",DZA,", ",,"),
    "a cell too many": (FIRST, f"{FIRST},"),
    "a cell too few": (",DZA,", ","),
    "a key twice": ("H01,", "H02,"),
    "an empty key": ("H01,", ","),
    "an empty row": ("H01,", "\nH01,"),
    "a name of a column": ("captor", "captors"),
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


class CountSound:
    """The quick look, which remembers what it answered."""

    def __init__(self, look):
        self.look, self.answers = look, []

    def __call__(self, table):
        """What it answers of a table."""
        self.answers.append(self.look(table))
        return self.answers[-1]


@pytest.mark.parametrize(("right", "wrong"), WRONG_ROWS.values(), ids=WRONG_ROWS)
def test_frictionless_is_asked_wherever_it_finds_a_fault(example, monkeypatch, right, wrong):
    """The quick look that saves asking it finds sound tables sound, and lets no fault pass."""
    data, path = example.root / "data", example.table("kidnappings")
    validation._errors.cache_clear()
    monkeypatch.setattr(validation, "_is_sound", quick := CountSound(validation._is_sound))
    assert validation._schema_faults(data) == ([], [])
    assert set(quick.answers) == {True}
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    found, _ = validation._schema_faults(data)
    validation._errors.cache_clear()
    monkeypatch.setattr(validation, "_is_sound", lambda table: False)
    assert found == validation._schema_faults(data)[0] != []
