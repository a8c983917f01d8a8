"""The descriptor of the data package, made from the short files of :mod:`claimbook.package.schema`.

``python -m claimbook.package.descriptor`` writes ``data/datapackage.json``, which stays the only
schema that others read. What is the same for every table stands here; the checksums of tables that
code makes stand in ``data/SHA256SUMS``.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path
from typing import Any

from claimbook.command import run
from claimbook.errors import DataError, ReportError
from claimbook.package.dates import bound
from claimbook.package.schema import ARROW, PACKAGE, SCHEMA, fault, known, read, tables

DESCRIPTOR, SUMS = "datapackage.json", "SHA256SUMS"
HERE = f"{SCHEMA}/{PACKAGE}.yml"
LICENCE_KEYS = ("name", "title", "path")
SOURCE_KEYS = ("title", "path", "version")
MANIFEST_KEYS = ("table", "file", *SOURCE_KEYS, "citation")
SEARCH_KEYS = ("table", "name", "day", "followed")
PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "partial-date": {"type": "string", "precision": "partial-date"},
}
FILE = {
    "profile": "tabular-data-resource",
    "scheme": "file",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {"csv": {"delimiter": ","}},
}


def sums(folder: Path) -> dict[str, str]:
    """Checksums of the tables that code makes, by the names of their files; none without ``SHA256SUMS``."""
    path, found = folder / SUMS, {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.is_file() else [], 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            raise DataError(f"{SUMS}: line {number}: {line!r}; expected a checksum, two spaces and the name of a file")
        found[name] = digest
    return found


def sums_text(checksums: dict[str, str]) -> str:
    """Checksums as ``sha256sum --check`` reads them."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(checksums.items()))


def manifest(folder: Path, package: dict) -> dict[str, dict]:
    """Rows of the table that is named as the manifest of upstream files, by the path of the file.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.
    package : dict
        What ``package.yml`` holds.

    Returns
    -------
    dict of str to dict
        Empty if no manifest is named.

    Raises
    ------
    DataError
        If the table is missing, or has no such column.
    """
    if "manifest" not in package:
        return {}
    return _by_key(folder, (HERE, "manifest"), package["manifest"], MANIFEST_KEYS, "file")


def reach(folder: Path, package: dict) -> tuple[dict[str, str], str | None]:
    """To which day each table was searched, and with them the package, from the table named for it.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.
    package : dict
        What ``package.yml`` holds.

    Returns
    -------
    tuple of dict of str to str, and str or None
        Partial dates by the name of the table, and the earliest of those that are followed to the present; nothing if
        no such table is named.

    Raises
    ------
    DataError
        If the table is missing, has no such column, or follows no table.
    """
    if "reach" not in package:
        return {}, None
    where = (HERE, "reach")
    rule = package["reach"]
    rows = _by_key(folder, where, rule, SEARCH_KEYS, "name")
    days = {name: row[rule["day"]] for name, row in rows.items() if row[rule["day"]]}
    followed = [day for name, day in days.items() if rows[name][rule["followed"]] == "true"]
    if not followed:
        raise fault(where, f"{rule['table']}.csv follows no table; expected one or more with a day")
    return days, min(followed, key=lambda day: bound(day, last=True))


def _by_key(folder: Path, where: tuple[str, ...], rule, keys: tuple[str, ...], key: str) -> dict[str, dict]:
    """Rows of a table that a rule names, by the column that it names as key."""
    known(where, rule, keys, keys)
    path = folder / f"{rule['table']}.csv"
    if not path.is_file():
        raise fault(where, f"{path.name} is missing; expected a row for each {rule[key]} in it")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if rule[key] not in (reader.fieldnames or ()):
            raise fault(where, f"{path.name} has no column {rule[key]}")
        return {row[rule[key]]: row for row in reader}


def _referred(where: tuple[str, ...], place: str, lines: dict[str, dict]) -> tuple[str, str]:
    table, _, column = place.removeprefix(ARROW).partition(".")
    if table not in lines or column not in lines[table]["fields"]:
        raise fault(where, f"{place!r} leads to no column; expected table.column")
    return table, column


def _type(where: tuple[str, ...], line: dict, lines: dict[str, dict]) -> str:
    """Type of a field; a key of another table has the type that it has there."""
    kind, passed = line.get("type", "string"), []
    while kind.startswith(ARROW):
        if kind in passed:
            raise fault(where, f"{kind!r} leads back to itself; expected a column with a type")
        passed.append(kind)
        table, column = _referred(where, kind, lines)
        kind = lines[table]["fields"][column].get("type", "string")
    if kind not in TYPES:
        raise fault(where, f"unknown type {kind!r}; expected one of {', '.join(TYPES)}, or {ARROW}table.column")
    return kind


def _number(where: tuple[str, ...], key: str, text: str) -> int | float:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        raise fault(where, f"{key} {text!r} is not a number") from None


def _enum(where: tuple[str, ...], codes, kind: str) -> list:
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise fault(where, f"enum {codes!r}; expected codes in square brackets")
    return [_number(where, "enum", code) for code in codes] if kind == "integer" else codes


def _constraints(where: tuple[str, ...], line: dict, kind: str) -> dict:
    for key in ("optional", "unique"):
        if line.get(key, "yes") != "yes":
            raise fault(where, f"{key} {line[key]!r}; expected yes, or nothing of the kind")
    rules: dict = {} if "optional" in line else {"required": True}
    if "enum" in line:
        rules["enum"] = _enum(where, line["enum"], kind)
    if "pattern" in line or kind == "partial-date":
        rules["pattern"] = line.get("pattern", PARTIAL_DATE)
    rules |= {key: _number(where, key, line[key]) for key in ("minimum", "maximum", "maxLength") if key in line}
    return {**rules, "unique": True} if "unique" in line else rules


def _field(where: tuple[str, ...], line: dict, lines: dict[str, dict]) -> dict:
    kind = _type(where, line, lines)
    said = line.get("description")
    if said is None and line.get("type", "").startswith(ARROW):
        said = f"Key of {_referred(where, line['type'], lines)[0]}."
    if not said:
        raise fault(where, "description is missing; expected what the column means")
    basic, rules = TYPES[kind], _constraints(where, line, kind)
    field = {
        "name": where[-1],
        "type": basic["type"],
        "description": said,
        "precision": basic.get("precision"),
        "future": line.get("future") == "yes",
        "unit": line.get("unit"),
        "constraints": rules,
        "trueValues": basic.get("trueValues"),
        "falseValues": basic.get("falseValues"),
    }
    return {key: value for key, value in field.items() if value}


def _schema(where: tuple[str, ...], line: dict, lines: dict[str, dict]) -> dict:
    for column in [line["key"]] if isinstance(line["key"], str) else line["key"]:
        if column not in line["fields"]:
            raise fault(where, f"key {column!r} is not a field; expected one of {', '.join(line['fields'])}")
    schema = {
        "fields": [_field((*where, name), field, lines) for name, field in line["fields"].items()],
        "primaryKey": line["key"],
        "missingValues": [""],
    }
    keys = []
    for name, field in line["fields"].items():
        if field.get("type", "").startswith(ARROW):
            table, column = _referred((*where, name), field["type"], lines)
            keys.append({"fields": [name], "reference": {"resource": table, "fields": [column]}})
    return {**schema, "foreignKeys": keys} if keys else schema


def _made(where: tuple[str, ...], line: dict, package: dict, rows: dict[str, dict]) -> dict:
    """Which code makes a derived table, from which upstream files, and what the manifest says of these."""
    for key in ("ingest", "upstream"):
        if key not in line:
            raise fault(where, f"{key} is missing; expected it for a derived table")
    sources, cited = [], []
    for file in line["upstream"]:
        if file not in rows:
            raise fault(where, f"upstream {file!r} is not in the manifest; expected the path of one of its rows")
        sources.append({key: package["manifest"][key].format_map(rows[file]) for key in SOURCE_KEYS})
        cited.append(package["manifest"]["citation"].format_map(rows[file]))
    return {
        "ingest": line["ingest"],
        "upstream": line["upstream"],
        "sources": line.get("sources", sources),
        "citation": line.get("citation", "; ".join(dict.fromkeys(cited))),
    }


def _licence(where: tuple[str, ...], line: dict, licences: dict[str, dict]) -> dict:
    name = line.get("licence", next(iter(licences)))
    if name not in licences:
        raise fault(where, f"unknown licence {name!r}; expected one of {', '.join(licences)}")
    return known((HERE, "licences", name), licences[name], LICENCE_KEYS, LICENCE_KEYS)


def _resource(name: str, lines: dict[str, dict], package: dict, rows: dict[str, dict]) -> dict:
    line = lines[name]
    where = (line["file"], name)
    item = {"name": name, "title": line["title"], "description": line["description"], "path": f"{name}.csv", **FILE}
    item |= {"origin": line["origin"], "licenses": [_licence(where, line, package["licences"])]}
    if "cites" in line:
        table, column = _referred((*where, "cites"), line["cites"], lines)
        item["citations"] = {"resource": table, "field": column}
    if line["origin"] == "derived":
        item |= _made(where, line, package, rows)
    return {**item, "schema": _schema(where, line, lines)}


def described(
    files: dict[str, dict],
    rows: dict[str, dict],
    checksums: dict[str, str],
    searched: tuple[dict[str, str], str | None],
) -> dict:
    """The descriptor.

    Parameters
    ----------
    files : dict of str to dict
        From :func:`claimbook.package.schema.read`.
    rows : dict of str to dict
        From :func:`manifest`.
    checksums : dict of str to str
        SHA-256 by the name of the file, from :func:`sums`.
    searched : tuple
        From :func:`reach`.

    Returns
    -------
    dict
        What ``datapackage.json`` holds.

    Raises
    ------
    DataError
        If something is unknown, missing or there twice: file, table, field, what was expected.
    """
    package, lines = files[PACKAGE], tables(files)
    items = [_resource(name, lines, package, rows) for name in lines]
    for name in set(checksums) - {item["path"] for item in items}:
        raise DataError(f"{SUMS}: {name} is not the file of a table")
    days, cutoff = searched
    for name in set(days) - set(lines):
        raise fault((HERE, "reach"), f"{name!r} is not a table of the package")
    items = [{**item, "searched_to": days[item["name"]]} if item["name"] in days else item for item in items]
    return {
        **{key: package[key] for key in ("name", "title", "description", "version")},
        **({"searched_to": cutoff} if cutoff else {}),
        "profile": "data-package",
        "licenses": [known((HERE, "licence"), package["licence"], LICENCE_KEYS, LICENCE_KEYS)],
        "resources": [
            {**item, "hash": f"sha256:{checksums[item['path']]}"} if item["path"] in checksums else item
            for item in items
        ],
        **{key: package[key] for key in ("keywords", "contributors", "temporal") if key in package},
    }


def text(folder: Path, checksums: dict[str, str]) -> str:
    """``datapackage.json`` as the short files of a package and these checksums have it."""
    files = read(folder)
    package = files[PACKAGE]
    descriptor = described(files, manifest(folder, package), checksums, reach(folder, package))
    return json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"


def replace(folder: Path, contents: dict[str, bytes]) -> None:
    """Put files into a folder: each is written beside its place, and all are moved when all are there.

    Parameters
    ----------
    folder : pathlib.Path
        Where they go.
    contents : dict of str to bytes
        By the name of the file, in the order in which they are moved.
    """
    for name, content in contents.items():
        (folder / f"{name}.new").write_bytes(content)
    for name in contents:
        (folder / f"{name}.new").replace(folder / name)


def main() -> int:
    """Write ``datapackage.json`` and say so in one line."""
    parser = argparse.ArgumentParser(prog="python -m claimbook.package.descriptor", description=__doc__)
    parser.add_argument("folder", nargs="?", default="data", type=Path, help="folder of the data package")
    folder = parser.parse_args().folder
    try:
        made = text(folder, sums(folder))
    except ReportError as error:
        print(error, file=sys.stderr)
        return 1
    replace(folder, {DESCRIPTOR: made.encode()})
    print(f"{folder / DESCRIPTOR}: {len(json.loads(made)['resources'])} tables")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
