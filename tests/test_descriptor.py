"""The descriptor comes from short files: each thing is written there once, and what is wrong is told in a line."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
import yaml

from claimbook.errors import DataError
from claimbook.package import descriptor, schema

from project import ROOT

DATA = ROOT / "data"
ADVICE = "data/datapackage.json is not what data/schema makes: run make descriptor"
PACKAGE = {
    "package": """
name: posts
title: Posts
description: Posts on a border.
version: 1.0
licence: {name: open, title: Open, path: https://example.org/}
licences:
  open: {name: open, title: Open, path: https://example.org/}
tables: [posts, counts]
manifest:
  table: files
  file: path
  title: "{dataset}, {version}"
  path: "{page}"
  version: "{version}"
  citation: "{citation}"
""",
    "fields": """
id: Permanent key.
note: {optional: yes, description: "Remarks, if any."}
year: {type: integer, description: "Calendar year."}
""",
    "posts": """
posts:
  title: Border posts
  description: Posts on the border, and when they opened.
  cites: post_sources.post
  fields:
    id, note:
    side: {enum: [yes, no], description: "On the near side."}
    opened: {type: partial-date, optional: yes, description: "Day of the opening."}
    before: {type: -> posts.id, optional: yes, description: "Post in whose place it came."}

post_sources: {title: Sources of posts}

sources:
  title: Sources
  description: Pages read.
  origin: reference
  fields:
    key: {pattern: "^[a-z]+$", description: "Permanent key."}
""",
    "counts": """
counts:
  title: Counts
  description: Lorries counted at a post in a year.
  key: [post, year]
  ingest: subject.counts
  upstream: [counts/a.csv, counts/b.csv]
  fields:
    post: -> posts.id
    year: {like: year, minimum: 1990, adds: "From July to June."}
    lorries: {type: number, unit: lorries, minimum: 0.5, description: "Mean of a day."}
""",
}
FILES = """path,dataset,version,page,citation
counts/a.csv,Counts A,2,https://example.org/a,The counters.
counts/b.csv,Counts B,3,https://example.org/b,The counters.
"""
SUM = f"{64 * '0'}  counts.csv\n"
WRONG = {
    "unknown shared field": (
        ("posts", "id, note:", "id, remark:"),
        "schema/posts.yml: posts: remark: no shared field 'remark'; expected one of fields.yml, or a description",
    ),
    "unknown shared field after like": (
        ("counts", "like: year", "like: month"),
        "schema/counts.yml: counts: year: no shared field 'month'; expected one of fields.yml, or a description",
    ),
    "a table like none": (
        ("counts", "  title: Counts\n", "  like: sums\n  title: Counts\n"),
        "schema/counts.yml: counts: no table 'sums' before it; expected one after like",
    ),
    "unknown type": (
        ("counts", "type: number", "type: decimal"),
        "schema/counts.yml: counts: lorries: unknown type 'decimal'; "
        "expected one of string, integer, number, boolean, partial-date, or -> table.column",
    ),
    "unknown key of a field": (
        ("counts", "unit:", "units:"),
        "schema/counts.yml: counts: lorries: unknown key 'units'; expected one of like, type, unit, future, optional, enum, "
        "pattern, minimum, maximum, unique, maxLength, description, adds (quote a text with a comma)",
    ),
    "unknown key of a table": (
        ("counts", "  ingest:", "  made_by:"),
        "schema/counts.yml: counts: unknown key 'made_by'; expected one of like, title, description, origin, cites, "
        "ingest, citation, licence, key, upstream, sources, fields (quote a text with a comma)",
    ),
    "unknown key of the package": (
        ("package", "\nversion:", "\nedition:"),
        "schema/package.yml: unknown key 'edition'; expected one of name, title, description, version, licence, "
        "licences, tables, keywords, contributors, temporal, manifest, reach (quote a text with a comma)",
    ),
    "a field twice": (
        ("posts", "    opened:", "    side:"),
        "schema/posts.yml: posts: side: stands twice; expected once",
    ),
    "a shared field twice": (
        ("posts", "    opened: {", "    note: {"),
        "schema/posts.yml: posts: note: stands twice; expected once",
    ),
    "a line of shared fields twice": (
        ("fields", "note:", "id:"),
        "schema/fields.yml: id: stands twice; expected once",
    ),
    "a table twice in a file": (
        ("posts", "\nsources:", "\nposts:"),
        "schema/posts.yml: posts: stands twice; expected once",
    ),
    "a table twice in two files": (
        ("counts", "\ncounts:", "\nposts:"),
        "schema/counts.yml: posts: stands twice; expected it in schema/posts.yml alone",
    ),
    "a key of another table that is none": (
        ("counts", "-> posts.id", "-> posts.name"),
        "schema/counts.yml: counts: post: '-> posts.name' leads to no column; expected table.column",
    ),
    "a key that leads in a circle": (
        ("posts", "-> posts.id", "-> posts.before"),
        "schema/posts.yml: posts: before: '-> posts.before' leads back to itself; expected a column with a type",
    ),
    "a key that is no field": (
        ("counts", "[post, year]", "[post, day]"),
        "schema/counts.yml: counts: key 'day' is not a field; expected one of post, year, lorries",
    ),
    "a field without a description": (
        ("counts", ', description: "Mean of a day."', ""),
        "schema/counts.yml: counts: lorries: description is missing; expected what the column means",
    ),
    "a table without a description": (
        ("counts", "  description: Lorries counted at a post in a year.\n", ""),
        "schema/counts.yml: counts: description is missing; expected title, description",
    ),
    "a table without fields": (
        ("posts", "  cites: post_sources.post\n", "  origin: coded\n"),
        "schema/posts.yml: post_sources: fields is missing; only a table through which another cites needs none",
    ),
    "a table with a list of fields": (
        ("posts", 'key: {pattern: "^[a-z]+$", description: "Permanent key."}', "- key"),
        "schema/posts.yml: sources: fields ['key'] is not a mapping; expected one line a field",
    ),
    "citing through no table": (
        ("posts", "post_sources: {title: Sources of posts}", ""),
        "schema/posts.yml: posts: cites: 'post_sources.post' leads to no column; expected table.column",
    ),
    "a table that is a word": (
        ("posts", "post_sources: {title: Sources of posts}", "post_sources: Sources of posts"),
        "schema/posts.yml: post_sources: 'Sources of posts' is not a mapping; expected like, title, description, "
        "origin, cites, ingest, citation, licence, key, upstream, sources, fields",
    ),
    "unknown origin": (
        ("posts", "origin: reference", "origin: book"),
        "schema/posts.yml: sources: origin 'book'; expected one of coded, link, derived, code list, reference",
    ),
    "unknown licence": (
        ("counts", "  title: Counts\n", "  title: Counts\n  licence: secret\n"),
        "schema/counts.yml: counts: unknown licence 'secret'; expected one of open",
    ),
    "optional that is not yes": (
        ("fields", "optional: yes", "optional: maybe"),
        "schema/posts.yml: posts: note: optional 'maybe'; expected yes, or nothing of the kind",
    ),
    "codes that are no list": (
        ("posts", "enum: [yes, no]", "enum: yes"),
        "schema/posts.yml: posts: side: enum 'yes'; expected codes in square brackets",
    ),
    "a bound that is no number": (
        ("counts", "minimum: 1990", "minimum: long ago"),
        "schema/counts.yml: counts: year: minimum 'long ago' is not a number",
    ),
    "a text that is a list": (
        ("counts", 'description: "Mean of a day."', "description: [Mean, day]"),
        "schema/counts.yml: counts: lorries: description ['Mean', 'day'] is not text; quote it",
    ),
    "an upstream file that is in no manifest": (
        ("counts", "counts/b.csv", "counts/c.csv"),
        "schema/counts.yml: counts: upstream 'counts/c.csv' is not in the manifest; "
        "expected the path of one of its rows",
    ),
    "a manifest that is not there": (
        ("package", "table: files", "table: papers"),
        "schema/package.yml: manifest: papers.csv is missing; expected a row for each path in it",
    ),
    "a derived table without code": (
        ("counts", "  ingest: subject.counts\n", "  origin: derived\n"),
        "schema/counts.yml: counts: ingest is missing; expected it for a derived table",
    ),
    "a file that is not there": (
        ("package", "tables: [posts, counts]", "tables: [posts, sums]"),
        "schema/sums.yml: not found in {folder}",
    ),
    "a file that is left over": (
        ("package", "tables: [posts, counts]", "tables: [posts]"),
        "schema/counts.yml: not among the tables of package.yml; expected it there",
    ),
    "an empty file": (
        ("counts", PACKAGE["counts"], ""),
        "schema/counts.yml: expected a mapping",
    ),
}


@pytest.fixture
def folder(tmp_path):
    """A small package of a post or two, without its rows."""
    (tmp_path / "schema").mkdir()
    for name, text in PACKAGE.items():
        (tmp_path / "schema" / f"{name}.yml").write_text(text, encoding="utf-8")
    (tmp_path / "files.csv").write_text(FILES, encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_text(SUM, encoding="utf-8")
    return tmp_path


def made(folder):
    """The tables of a package, as its short files describe them."""
    items = json.loads(descriptor.text(folder, descriptor.sums(folder)))["resources"]
    return {item["name"]: item for item in items}


def said(folder):
    """What is said of wrong files."""
    with pytest.raises(DataError) as caught:
        descriptor.text(folder, descriptor.sums(folder))
    return str(caught.value)


def test_descriptor_is_what_the_short_files_make():
    """Neither is edited without the other."""
    same = (DATA / "datapackage.json").read_text(encoding="utf-8") == descriptor.text(DATA, descriptor.sums(DATA))
    assert same, ADVICE


def described():
    """Every description in the short files, with its place."""
    files = schema.read(DATA)
    for file in files["package"]["tables"]:
        for table, line in files[file].items():
            yield line.get("description", ""), table
            for name, field in line.get("fields", {}).items():
                words = field if isinstance(field, str) else field.get("description", field.get("adds", ""))
                yield words, f"{table}.{name}"
    for name, field in files["fields"].items():
        yield field if isinstance(field, str) else field["description"], name


def test_a_description_stands_once():
    """No description of six words or more stands twice in the short files, nor inside another."""
    found = [(words, place) for words, place in described() if len(words.split()) >= 6]
    assert len(found) > 200
    assert [(place, other) for words, place in found for more, other in found if place != other and words in more] == []


def test_a_shared_field_is_shared():
    """What stands in fields.yml is used by two columns at least."""
    files, used = schema.read(DATA), Counter()
    for file in files["package"]["tables"]:
        for line in files[file].values():
            for names, field in line.get("fields", {}).items():
                used.update(names.split(", ") if field == "" else [field["like"]] if "like" in field else [])
    assert [name for name in files["fields"] if used[name] < 2] == []


def test_checksums_are_those_of_the_derived_tables():
    """SHA256SUMS has each derived table and nothing else, sorted, as sha256sum reads it."""
    text = (DATA / "SHA256SUMS").read_text(encoding="utf-8")
    assert re.fullmatch(r"([0-9a-f]{64}  [a-z0-9_]+\.csv\n)+", text)
    sums = descriptor.sums(DATA)
    assert text == descriptor.sums_text(sums)
    items = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert sorted(sums) == sorted(item["path"] for item in items if item["origin"] == "derived")


def test_a_table_of_five_columns(folder):
    """Ten short lines give a table all that the descriptor says of it."""
    assert made(folder)["posts"] == {
        "name": "posts",
        "title": "Border posts",
        "description": "Posts on the border, and when they opened.",
        "path": "posts.csv",
        "profile": "tabular-data-resource",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"csv": {"delimiter": ","}},
        "origin": "coded",
        "licenses": [{"name": "open", "title": "Open", "path": "https://example.org/"}],
        "citations": {"resource": "post_sources", "field": "post"},
        "schema": {
            "fields": [
                {"name": "id", "type": "string", "description": "Permanent key.", "constraints": {"required": True}},
                {"name": "note", "type": "string", "description": "Remarks, if any."},
                {
                    "name": "side",
                    "type": "string",
                    "description": "On the near side.",
                    "constraints": {"required": True, "enum": ["yes", "no"]},
                },
                {
                    "name": "opened",
                    "type": "string",
                    "description": "Day of the opening.",
                    "precision": "partial-date",
                    "constraints": {"pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"},
                },
                {"name": "before", "type": "string", "description": "Post in whose place it came."},
            ],
            "primaryKey": "id",
            "missingValues": [""],
            "foreignKeys": [{"fields": ["before"], "reference": {"resource": "posts", "fields": ["id"]}}],
        },
    }


def test_a_table_that_joins_rows_to_sources(folder):
    """Its title is enough; it has the key of the table that cites through it, and sources."""
    item = made(folder)["post_sources"]
    assert (item["origin"], item["description"]) == ("link", "Which source a row of posts rests on.")
    assert [(field["name"], field["description"]) for field in item["schema"]["fields"]] == [
        ("post", "Row of posts."),
        ("source", "Key of sources."),
    ]
    assert item["schema"]["primaryKey"] == ["post", "source"]
    assert [key["reference"]["resource"] for key in item["schema"]["foreignKeys"]] == ["posts", "sources"]


def test_a_derived_table(folder):
    """What the manifest says of its files, each citation once, and the checksum on record."""
    item = made(folder)["counts"]
    assert item["sources"] == [
        {"title": "Counts A, 2", "path": "https://example.org/a", "version": "2"},
        {"title": "Counts B, 3", "path": "https://example.org/b", "version": "3"},
    ]
    assert (item["citation"], item["hash"]) == ("The counters.", f"sha256:{64 * '0'}")
    post, year, lorries = item["schema"]["fields"]
    assert post["description"] == "Key of posts."
    assert year["description"] == "Calendar year. From July to June."
    assert (year["type"], year["constraints"]) == ("integer", {"required": True, "minimum": 1990})
    assert (lorries["unit"], lorries["constraints"]["minimum"]) == ("lorries", 0.5)


def searched(folder, rows: str) -> dict:
    """The descriptor of the small package, with a table that says how far two others were searched."""
    path = folder / "schema" / "package.yml"
    rule = "reach: {table: looked, name: table, day: to, followed: followed}\n"
    path.write_text(path.read_text(encoding="utf-8") + rule, encoding="utf-8")
    (folder / "looked.csv").write_text(f"table,to,followed\n{rows}", encoding="utf-8")
    return json.loads(descriptor.text(folder, descriptor.sums(folder)))


def test_how_far_tables_were_searched(folder):
    """Each says its own day; the package has the earliest of those that are followed, read as the last day that it can mean."""
    package = searched(folder, "posts,2026-04,true\ncounts,2026-04-29,true\nsources,1999,false\npost_sources,,false\n")
    assert package["searched_to"] == "2026-04-29"
    days = {item["name"]: item.get("searched_to") for item in package["resources"]}
    assert days == {"posts": "2026-04", "counts": "2026-04-29", "sources": "1999", "post_sources": None}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("posts,,true\ncounts,1999,false\n", "looked.csv follows no table; expected one or more with a day"),
        ("lorries,2026,true\n", "'lorries' is not a table of the package"),
    ],
)
def test_a_search_of_nothing_is_told(folder, rows, why):
    """A package that follows no table has no cut-off, and one that names an unknown table is wrong."""
    with pytest.raises(DataError, match=re.escape(f"schema/package.yml: reach: {why}")):
        searched(folder, rows)


def test_a_table_like_another(folder):
    """It takes from the other what it does not say itself."""
    with (folder / "schema" / "counts.yml").open("a", encoding="utf-8") as file:
        file.write("losses:\n  like: counts\n  title: Losses\n  key: post\n  fields:\n    post: -> posts.id\n")
    tables = made(folder)
    assert tables["losses"]["sources"] == tables["counts"]["sources"]
    assert (tables["losses"]["title"], tables["losses"]["schema"]["primaryKey"]) == ("Losses", "post")
    assert "hash" not in tables["losses"]


def test_a_key_has_the_type_that_it_has_in_its_own_table(folder):
    """A number stays a number wherever it is referred to."""
    path = folder / "schema" / "posts.yml"
    number = 'id: {type: integer, description: "Number."}\n    note:'
    path.write_text(path.read_text(encoding="utf-8").replace("id, note:", number), encoding="utf-8")
    for table in ("post_sources", "counts"):
        assert made(folder)[table]["schema"]["fields"][0]["type"] == "integer"


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_short_file(folder, wrong):
    """One line: file, table, field, what was expected."""
    (name, old, new), line = WRONG[wrong]
    path = folder / "schema" / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert said(folder) == line.format(folder=folder)


def test_no_yaml(folder):
    """A file that cannot be read is named, with the line, in one line."""
    (folder / "schema" / "counts.yml").write_text("counts: {title: Counts\n", encoding="utf-8")
    line = said(folder)
    assert line.startswith("schema/counts.yml: not readable as UTF-8 YAML: ")
    assert "line 2" in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("sums", "line"),
    [
        (
            f"{SUM}abc counts.csv\n",
            "SHA256SUMS: line 2: 'abc counts.csv'; expected a checksum, two spaces and the name of a file",
        ),
        (SUM.replace("counts", "losses"), "SHA256SUMS: losses.csv is not the file of a table"),
    ],
)
def test_wrong_checksums(folder, sums, line):
    """A list of checksums that is none, or of a table that is not there."""
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    assert said(folder) == line


@pytest.mark.slow
def test_command_writes_the_descriptor(project_copy):
    """One line, and the file is as it was; the command needs no descriptor to begin with."""
    path = project_copy.root / "data" / "datapackage.json"
    before = path.read_bytes()
    path.unlink()
    done = project_copy.run("claimbook.package.descriptor")
    assert (done.returncode, done.stdout, done.stderr) == (0, "data/datapackage.json: 107 tables\n", "")
    assert path.read_bytes() == before


@pytest.mark.slow
def test_command_leaves_everything_in_place_where_something_is_wrong(project_copy):
    """A fault is told in one line, and nothing is half-written."""
    path = project_copy.root / "data" / "schema" / "fields.yml"
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**fields, "note": "Remarks.", "id": {"kind": "text"}}), encoding="utf-8")
    before = project_copy.files()
    line = project_copy.complaint("claimbook.package.descriptor")
    assert line.startswith("schema/fields.yml: id: unknown key 'kind'")
    assert project_copy.files() == before
