"""The data as they stand: valid, typed, sourced and licensed."""

from __future__ import annotations

import importlib

import pandas as pd
import pytest

from claimbook.package import tables
from claimbook.package.dates import earliest, latest, spoken
from claimbook.package.validation import link_faults, validate
from cooperation.validation import faults as rules

TYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


@pytest.fixture(scope="module")
def data(root):
    """Folder of the data package."""
    return root / "data"


@pytest.fixture(scope="module")
def resources(data):
    """Descriptors of the tables."""
    return tables.package(data)["resources"]


@pytest.mark.slow
def test_package_has_no_faults(data):
    """Every row keeps the rules of datapackage.json and of the report."""
    assert validate(data, rules) == []


def test_rows_that_refer_to_none_are_told():
    """A key of one column or of two must be one of the other table's, an empty one none; a lost table is told once."""
    years = pd.array([1, 2, None], dtype="Int64")
    rows = pd.DataFrame({"to": ["a", "c", None], "city": ["x", "x", None], "year": years})
    cities = pd.DataFrame({"city": ["x", "y"], "year": years[:2]})

    def faults(fields, table, keys):
        key = {"fields": fields, "reference": {"resource": table, "fields": keys}}
        item = {"name": "rows", "schema": {"foreignKeys": [key]}}
        return link_faults(item, {"rows": rows, "names": pd.DataFrame({"id": ["a", None]}), "cities": cities})

    assert faults(["to"], "names", ["id"]) == ["rows: row 3, column to: 'c' is not in names (id)"]
    assert faults(["city", "year"], "cities", ["city", "year"]) == [
        "rows: row 3, column city, year: 'x', '2' is not in cities (city, year)"
    ]
    assert faults(["to"], "", ["city"]) == [
        "rows: row 2, column to: 'a' is not in rows (city)",
        "rows: row 3, column to: 'c' is not in rows (city)",
    ]
    assert faults(["to"], "lost", ["id"]) == [
        "datapackage.json: rows, column to refers to lost (id), which is not there"
    ]


@pytest.mark.slow
def test_a_founding_without_a_ground_is_told_before_a_chapter_is(data, resources):
    """An initiative that the chapter on the cascade counts needs a ground, or the word that none was read."""
    frames = {item["name"]: tables.load(item["name"], data) for item in resources}
    purposes = frames["initiative_purposes"]
    frames["initiative_purposes"] = purposes[purposes["initiative"] != "ACIRC"]
    (line,) = rules(frames, resources)
    assert line.startswith("initiatives: row ")
    assert (
        "'ACIRC' has no row in initiative_purposes, which an African-led founding of core scope of 2008-2015 needs"
        in line
    )


def test_columns_have_the_types_of_the_package(data, resources):
    """A reader who loads a table gets the types that the data dictionary promises."""
    for item in resources:
        found = {column: str(dtype) for column, dtype in tables.load(item["name"], data).dtypes.items()}
        assert found == {field["name"]: TYPES[field["type"]] for field in item["schema"]["fields"]}, item["name"]


def test_partial_dates_keep_their_precision(data):
    """No day is invented: a month stays a month."""
    dates = tables.load("meetings", data).set_index("id")["date"]
    assert dates["M001"] == "2009-08-12"
    assert dates["M003"] == "2010-04"


def test_every_column_is_described(resources):
    """The data dictionary has a line for each column."""
    fields = [(item["name"], field) for item in resources for field in item["schema"]["fields"]]
    assert [(table, field["name"]) for table, field in fields if not field.get("description")] == []


def test_every_coded_row_has_a_source(data, resources):
    """Each hand-coded row can be walked back to a page, except the rules of the report among its terms."""
    coded = [item for item in resources if item["origin"] == "coded" and "citations" in item]
    without = {item["name"] for item in resources if item["origin"] == "coded"} - {item["name"] for item in coded}
    # A statement names its own page in a column; what others compared rests on data that are not kept; questions
    # put the article's claims in an order of ours.
    assert "source" in tables.load("region_event_statements", data)
    own = {"region_event_statements", "external_checks", "questions"}
    assert without - own == {"audit", "disputes", "dispute_readings", "second_coding"}
    assert len(coded) >= 14
    for item in coded:
        citing = tables.load(item["citations"]["resource"], data)
        rows = tables.load(item["name"], data)
        keys = rows.loc[rows["kind"] != "rule" if item["name"] == "terms" else rows.index, item["schema"]["primaryKey"]]
        assert sorted(set(keys) - set(citing[item["citations"]["field"]])) == [], item["name"]
        assert citing["source"].isin(tables.load("sources", data)["key"]).all(), item["name"]


def test_derived_tables_name_their_origin(data, resources):
    """Each derived table has its checksum, its upstream files in the manifest, and the code that makes it."""
    derived = [item for item in resources if item["origin"] == "derived"]
    manifest = set(tables.load("upstream", data)["path"])
    assert len(derived) >= 22
    for item in derived:
        assert item["hash"] == f"sha256:{tables.sha256(data / item['path'])}"
        assert importlib.import_module(item["ingest"]).TABLES[item["name"]] == item["upstream"]
        assert set(item["upstream"]) <= manifest
        assert item["citation"]
        assert all(source["version"] and source["path"] for source in item["sources"])


def test_every_upstream_file_is_used(data, resources):
    """The manifest names no file that no table is made from."""
    used = {path for item in resources for path in item.get("upstream", [])}
    assert set(tables.load("upstream", data)["path"]) == used


def test_every_table_has_a_licence(data, resources):
    """A reader who takes a table knows on what terms; what is not open says so."""
    assert [item["name"] for item in resources if not item["licenses"]] == []
    assert all(
        licence["name"] and licence["title"] and licence["path"] for item in resources for licence in item["licenses"]
    )
    openness = tables.load("upstream", data).set_index("path")["openness"]
    for item in resources:
        closed = any(openness[path] != "open" for path in item.get("upstream", []))
        assert closed == (item["licenses"][0]["name"] in ("terms-of-the-source", "SIPRI-non-commercial")), item["name"]


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2012", "2012-01-01", "2012-12-31"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2012-03-22", "2012-03-22", "2012-03-22"),
    ],
)
def test_first_and_last_day_of_a_partial_date(date, first, last):
    """A partial date means every day from the first to the last that fits it."""
    dates = pd.Series([date])
    assert earliest(dates)[0] == pd.Timestamp(first)
    assert latest(dates)[0] == pd.Timestamp(last)


def test_dates_in_the_words_of_a_language():
    """A partial date is spoken as precisely as it is known, with the months of the book's language."""
    french = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    assert [spoken(date) for date in ("2010", "2010-03", "2010-03-06")] == ["2010", "March 2010", "6 March 2010"]
    assert spoken("2010-08-16", french) == "16 août 2010"


def test_missing_dates_stay_missing():
    """No date is made up for a spell that has not ended."""
    assert latest(pd.Series([None], dtype="str")).isna().all()


def test_unknown_table(data):
    """A mistyped name is answered with the names there are."""
    with pytest.raises(tables.DataError, match="meeting: no such table; the package has sources, actors"):
        tables.load("meeting", data)


def test_hand_coded_rows_say_when_they_were_checked(data, resources):
    """Each table of facts and the sources themselves carry the day of the last look."""
    dated = {
        item["name"] for item in resources if any(field["name"] == "last_checked" for field in item["schema"]["fields"])
    }
    # A verdict is ours, and says when it was made.
    facts = {item["name"] for item in resources if "citations" in item} - {"verdicts"}
    assert facts | {"sources", "upstream", "disputes"} <= dated
