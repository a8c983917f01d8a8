"""Validating the data package: its schema, and the rules of form that hold for any report.

Run ``python -m claimbook.package.validation``; every fault is one line that
names table, row and column. The subject adds rules of its own: the function
that the setting ``rules`` names.
"""

from __future__ import annotations

import codecs
import contextlib
import copy
import csv
import dataclasses
import functools
import json
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from claimbook.command import run
from claimbook.errors import DataError, ReportError
from claimbook.package import names
from claimbook.package.contract import contract_faults
from claimbook.package.dates import PARTIAL_DATE, bound, earliest, latest
from claimbook.package.tables import data_dir, load, package, resource, sha256
from claimbook.settings import settings

STRAY = re.compile(r"^\s|\s$|  |[\x00-\x1f\x7f-\x9f\ufffd]|[\u00c2\u00c3][\u0080-\u00bf]")
CHANGED = "checksum differs from datapackage.json; a derived table is rebuilt with make data"
WINDOWS = "line endings of Windows; save with those of Unix (LF), or check the files out again"
# How a table is written, and what Frictionless counts where a descriptor asks for it.
COMMAS = {"csv": {"delimiter": ","}}
COUNTED = {"bytes", "fields", "rows"}
Rules = Callable[[dict[str, pd.DataFrame], list[dict]], list[str]]


def fault(name: str, frame: pd.DataFrame, row, column: str, why: str) -> str:
    """A fault of one cell, as every rule tells it: table, line of the file, column, value, why."""
    return f"{name}: row {row + 2}, column {column}: {_cell(frame, row, column)} {why}"


def _cell(frame: pd.DataFrame, row, column: str) -> str:
    """A cell as the file has it: a number not as NumPy shows it, an empty one not as what pandas takes for it."""
    value = frame.at[row, column]
    if pd.isna(value):
        return "''"
    return repr(value.item() if hasattr(value, "item") else value)


@dataclasses.dataclass(frozen=True)
class _Table:
    """A table for Frictionless, told from others by its description and the checksum of its file."""

    described: str
    checksum: str
    resource: Any = dataclasses.field(compare=False)


@functools.lru_cache(maxsize=1024)
def _errors(table: _Table) -> list:
    """What Frictionless finds wrong with a table: asked once while it stays as it is, whatever changes in the others."""
    if _is_sound(table):
        return []
    report = table.resource.validate()
    return [*report.errors, *(error for task in report.tasks for error in task.errors)]


def _is_sound(table: _Table) -> bool:
    """Whether Frictionless would find no fault in a table, by its own reading of each cell, once for all that are alike.

    Reading every row as it does takes most of the time of a validation. What
    is not plainly sound, or asks for more than is looked at here, is left to it.
    """
    item, schema = json.loads(table.described), table.resource.schema
    if item.get("dialect") != COMMAS or item.get("hash") not in (None, f"sha256:{table.checksum}"):
        return False
    if COUNTED & item.keys() or not schema.primary_key:
        return False
    with Path(item["path"]).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    if header != schema.field_names or {len(row) for row in rows} != {len(header)}:
        return False
    read = {}
    for field, column in zip(schema.fields, zip(*rows, strict=True), strict=True):
        reader = field.create_cell_reader()
        cells = {cell: reader(cell) for cell in set(column)}
        if any(notes for _, notes in cells.values()):
            return False
        read[field.name] = [cells[cell][0] for cell in column]
    unique = [[name] for name in read if schema.get_field(name).constraints.get("unique")]
    return all(_tells_apart([read[name] for name in names]) for names in (schema.primary_key, *unique))


def _tells_apart(columns: list[list]) -> bool:
    """Whether no two rows have the same cells in some columns, and none is empty in all of them."""
    cells = list(zip(*columns, strict=True))
    return len(set(cells)) == len(cells) and (None,) * len(columns) not in cells


def _schema_faults(folder: Path) -> tuple[list[str], list[str]]:
    """Faults that the package's own schema finds (Frictionless does the checking), and changed checksums.

    Foreign keys are left to :func:`link_faults`: Frictionless reads the table
    that a key refers to again for each table that refers to it.
    """
    from frictionless import FrictionlessException, Package, system

    descriptor = copy.deepcopy(package(folder))
    for item in descriptor["resources"]:
        if (folder / item["path"]).read_bytes().startswith(codecs.BOM_UTF8):
            item["encoding"] = "utf-8-sig"
    faults, changed, windows = [], [], []
    # Within the folder, since the validator reads brackets and the like in the name of a folder as a pattern.
    with system.use_context(trusted=True), contextlib.chdir(folder):
        described = Package.from_descriptor(descriptor)
        for table in described.resources:
            table.schema.foreign_keys = []
        try:
            described.to_descriptor(validate=True)
        except FrictionlessException as exception:
            return [f"datapackage.json: {error.note}" for error in exception.to_errors()], []
        found = {
            item["name"]: _errors(_Table(json.dumps(item), sha256(Path(item["path"])), table))
            for item, table in zip(descriptor["resources"], described.resources, strict=True)
        }
    for name, error in ((name, error) for name, errors in found.items() for error in errors):
        if error.type == "hash-count" and b"\r\n" in (folder / resource(name, folder)["path"]).read_bytes():
            windows.append(name)
        elif error.type == "hash-count":
            changed.append(f"{name}: file: {CHANGED}")
        else:
            parts = [name, _place(error, name, folder), _explain(error)]
            faults.append(": ".join(part for part in parts if part))
    if windows:
        changed.insert(0, f"{', '.join(windows)}: {WINDOWS}")
    return faults, changed


def _place(error, table: str, folder: Path) -> str:
    """Row and column of a fault, as far as they are known."""
    place = [f"row {error.row_number}"] if getattr(error, "row_number", None) else []
    column = getattr(error, "field_name", None)
    if not column and getattr(error, "field_names", None):
        column = ", ".join(error.field_names)
    if error.type == "primary-key":
        keys = resource(table, folder)["schema"]["primaryKey"]
        column = keys if isinstance(keys, str) else ", ".join(keys)
    return ", ".join([*place, f"column {column}"] if column else place)


def _explain(error) -> str:
    """What is wrong, in words that need no knowledge of the validator."""
    if error.type == "primary-key":
        return f"duplicated key: {error.note}"
    cell = getattr(error, "cell", None)
    return f"{cell!r}: {error.note}" if cell is not None else f"{error.type}: {error.note}"


def link_faults(item: dict, frames: dict[str, pd.DataFrame]) -> list[str]:
    """Faults of rows that refer to a row that is not there; empty cells refer to none."""
    name, faults = item["name"], []
    for key in item["schema"].get("foreignKeys", []):
        columns, table, keys = key["fields"], key["reference"]["resource"] or item["name"], key["reference"]["fields"]
        refers = f"{table} ({', '.join(keys)})"
        if not set(keys) <= set(frames.get(table, ())):
            faults.append(
                f"datapackage.json: {name}, column {', '.join(columns)} refers to {refers}, which is not there"
            )
            continue
        refer = _rows(frames[name], columns)
        lost = set(refer) - set(_rows(frames[table], keys)) - {(None,) * len(columns)}
        for row, cells in enumerate(refer if lost else ()):
            if cells in lost:
                shown = ", ".join(repr(str(cell)) for cell in cells)
                faults.append(f"{name}: row {row + 2}, column {', '.join(columns)}: {shown} is not in {refers}")
    return faults


def _rows(frame: pd.DataFrame, columns: list[str]) -> list[tuple]:
    """Some columns row by row, with None in empty cells, which unlike what pandas has there is equal to itself."""
    return list(zip(*(frame[name].to_numpy("object", na_value=None) for name in columns), strict=True))


def _date_faults(name: str, frame: pd.DataFrame, fields: list[dict]) -> list[str]:
    faults = []
    for field in fields:
        if field.get("precision") != "partial-date":
            continue
        for row, value in frame[field["name"]].dropna().items():
            if not PARTIAL_DATE.fullmatch(value):
                continue
            try:
                bound(value, last=False)
            except ValueError:
                faults.append(
                    f"{name}: row {row + 2}, column {field['name']}: {value!r} is not a date of the calendar; "
                    "expected YYYY, YYYY-MM or YYYY-MM-DD"
                )
    return faults


def _without_wrong_dates(frame: pd.DataFrame, fields: list[dict]) -> pd.DataFrame:
    frame = frame.copy()
    for field in fields:
        if field.get("precision") == "partial-date":
            frame[field["name"]] = frame[field["name"]].where(frame[field["name"]].map(_is_date))
    return frame


def _is_date(value) -> bool:
    try:
        return pd.notna(value) and pd.notna(bound(value, last=False))
    except ValueError:
        return False


def _source_faults(item: dict, frames: dict[str, pd.DataFrame]) -> list[str]:
    name, cite = item["name"], item["citations"]
    cited = set(frames[cite["resource"]][cite["field"]])
    own, frame = item["schema"]["primaryKey"], frames[name]
    graded = frame["verification"].notna() if "verification" in frame else slice(None)
    return [
        f"{name}: row {row + 2}, column {own}: {key!r} has no source in {cite['resource']}"
        for row, key in frame.loc[graded, own].items()
        if key not in cited
    ]


def _text_faults(name: str, frame: pd.DataFrame) -> list[str]:
    faults = []
    for column in frame.columns[frame.dtypes == "str"]:
        stray = frame[column].str.contains(STRAY, na=False)
        faults += [
            fault(name, frame, row, column, "has a space at an end, two in a row, or characters of a wrong encoding")
            for row in frame.index[stray]
        ]
    return faults


def ends_before_start(frames: dict[str, pd.DataFrame], spells: tuple[tuple[str, str, str], ...]) -> list[str]:
    """Faults of spells that end before they start; each spell is a table and the columns of its two partial dates."""
    faults = []
    for name, start, end in spells:
        frame = frames[name]
        wrong = latest(frame[end]) < earliest(frame[start])
        faults += [
            fault(name, frame, row, end, f"is before {start} {frame.at[row, start]!r}") for row in frame.index[wrong]
        ]
    return faults


def out_of_order(frames: dict[str, pd.DataFrame], ordered: tuple[tuple[str, str, str], ...]) -> list[str]:
    """Faults of numbers that are below what they bound; each pair is a table and its lower and upper column."""
    faults = []
    for name, low, high in ordered:
        frame = frames[name]
        wrong = (frame[high] < frame[low]).fillna(False)
        faults += [
            fault(name, frame, row, high, f"is below {low} {_cell(frame, row, low)}") for row in frame.index[wrong]
        ]
    return faults


def overlapping_spells(name: str, frame: pd.DataFrame, whose: list[str]) -> list[str]:
    """Faults of spells (``start`` to ``end``) of one bearer, named by the columns ``whose``, that overlap."""
    faults = []
    starts, ends = latest(frame["start"]), earliest(frame["end"])
    spells = frame.assign(first=earliest(frame["start"])).dropna(subset="first")
    for _, mine in spells.sort_values("first").groupby(whose):
        for before, after in zip(mine.index, mine.index[1:], strict=False):
            if pd.isna(ends[before]) or starts[after] < ends[before]:
                faults.append(fault(name, frame, after, "start", f"overlaps the spell of row {before + 2}"))
    return faults


def variant_faults(frames: dict[str, pd.DataFrame], table: str) -> list[str]:
    """Faults of variants of names (columns ``variant`` and ``name``) that lead to more than one name, or to none."""
    # An empty cell is a fault of its own, told by the schema.
    frame, terms = frames[table].dropna(subset="variant"), frames["terms"]
    known = pd.concat([frame["name"], terms["term"], terms["abbreviation"]]).dropna().map(names.key)
    form = frame["variant"].map(names.key)
    return [
        *(
            fault(table, frame, row, "variant", "is itself a name or a term")
            for row in frame.index[form.isin(set(known))]
        ),
        *(
            fault(table, frame, row, "variant", "differs from another by accents or capitals alone")
            for row in frame.index[form.duplicated() & ~frame["variant"].duplicated()]
        ),
    ]


def _checked_faults(name: str, frame: pd.DataFrame, fields: list[dict]) -> list[str]:
    faults = []
    for field in fields:
        column = field["name"]
        if field.get("precision") != "partial-date" or column == "last_checked" or field.get("future"):
            continue
        late = earliest(frame[column]) > latest(frame["last_checked"])
        faults += [
            fault(name, frame, row, column, f"is after last_checked {frame.at[row, 'last_checked']!r}")
            for row in frame.index[late]
        ]
    return faults


def _term_faults(frame: pd.DataFrame) -> list[str]:
    wrong = (frame["kind"] == "rule") != frame["verification"].isna()
    return [
        fault("terms", frame, row, "verification", f"does not agree with kind {frame.at[row, 'kind']!r}")
        for row in frame.index[wrong]
    ]


def validate(folder: Path, rules: Rules | None = None) -> list[str]:
    """Check a whole package.

    Types, constraints, enumerations and primary keys (by Frictionless);
    foreign keys; the tables that the press needs; calendar dates; stray
    characters; that every row with a grade has a source, and every row of a table
    that cites and has no grades; that nothing is dated
    after the day it was last checked, unless its column is of the future; that
    derived tables are as they were made.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the package.
    rules : callable, optional
        Rules of the subject: gets the tables by name, without dates that are
        none, and the descriptors of all tables; gives faults, one line each.

    Returns
    -------
    list of str
        One line a fault, naming table, row (line of the file) and column;
        empty if there is none.
    """
    items = package(folder)["resources"]
    frames, faults = {}, contract_faults(items)
    for item in items:
        try:
            frames[item["name"]] = load(item["name"], folder)
        except DataError as error:
            faults.append(str(error))
    if faults:
        return faults
    faults, changed = _schema_faults(folder)
    for item in items:
        name, fields = item["name"], item["schema"]["fields"]
        faults += link_faults(item, frames)
        faults += _date_faults(name, frames[name], fields)
        if item["origin"] != "derived":
            faults += _text_faults(name, frames[name])
        if "citations" in item:
            faults += _source_faults(item, frames)
    faults += changed
    for item in items:
        name, fields = item["name"], item["schema"]["fields"]
        frames[name] = _without_wrong_dates(frames[name], fields)
        if any(field["name"] == "last_checked" for field in fields):
            faults += _checked_faults(name, frames[name], fields)
    faults += _term_faults(frames["terms"])
    return faults + (rules(frames, items) if rules else [])


def rules_of(root: Path) -> Rules | None:
    """The rules that a book's settings name as ``module:function``; None if they name none.

    Raises
    ------
    DataError
        If there is no such function.
    """
    named = settings(root).rules
    if named is None:
        return None
    module, _, function = named.partition(":")
    try:
        return getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise DataError(f"pyproject.toml: rules = {named!r}: {error}") from None


def _length(path: Path) -> int:
    """Rows of a table that has been read without a fault."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for row in csv.reader(file) if row) - 1


def main() -> int:
    """Validate the package at hand and print what is wrong with it."""
    try:
        folder = data_dir()
        faults = validate(folder, rules_of(folder.parent))
    except ReportError as error:
        faults = [str(error)]
    for line in faults:
        print(line, file=sys.stderr)
    if faults:
        return 1
    tables = package(folder)["resources"]
    print(f"data package valid: {len(tables)} tables, {sum(_length(folder / item['path']) for item in tables)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
