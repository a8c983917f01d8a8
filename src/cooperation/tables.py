"""The data package: loading its tables with their types, and validating it.

``data/datapackage.json`` (Frictionless Data Package) is the only schema. Run
``python -m cooperation.tables`` to validate the package; every fault is one
line that names table, row and column.
"""

from __future__ import annotations

import calendar
import csv
import functools
import hashlib
import io
import json
import os
import re
import sys
from pathlib import Path

import pandas as pd

from cooperation.errors import DataError

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def data_dir() -> Path:
    """Folder that holds ``datapackage.json``.

    The environment variable ``COOPERATION_DATA`` names it; otherwise it is the
    nearest ``data`` folder at or above the working directory, so that a
    notebook finds the data it was shipped with.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    DataError
        If no data package is found.
    """
    named = os.environ.get("COOPERATION_DATA")
    here = Path.cwd()
    candidates = [Path(named)] if named else [folder / "data" for folder in (here, *here.parents)]
    for folder in candidates:
        if (folder / "datapackage.json").is_file():
            return folder
    raise DataError(f"datapackage.json: not found in {named or f'a data folder at or above {here}'}")


@functools.lru_cache
def _package(path: Path, mtime_ns: int) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(f"datapackage.json: not readable as UTF-8 JSON: {error}") from None


def package(folder: Path | None = None) -> dict:
    """The descriptor of the data package, as written in ``datapackage.json``."""
    path = (folder or data_dir()) / "datapackage.json"
    if not path.is_file():
        raise DataError(f"datapackage.json: not found in {path.parent}")
    return _package(path, path.stat().st_mtime_ns)


def resource(name: str, folder: Path | None = None) -> dict:
    """The descriptor of one table.

    Raises
    ------
    DataError
        If the package has no table of that name.
    """
    resources = package(folder)["resources"]
    for item in resources:
        if item["name"] == name:
            return item
    raise DataError(f"{name}: no such table; the package has {', '.join(r['name'] for r in resources)}")


def _read_text(name: str, folder: Path) -> str:
    path = folder / resource(name, folder)["path"]
    if not path.is_file():
        raise DataError(f"{name}: file {path.name} is missing")
    raw = path.read_bytes()
    if not raw.strip():
        raise DataError(f"{name}: file is empty; expected a header and rows")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start) + 1
        line = raw.count(b"\n", 0, error.start) + 1
        column = raw.count(b",", line_start, error.start)
        names = [field["name"] for field in resource(name, folder)["schema"]["fields"]]
        where = names[min(column, len(names) - 1)]
        raise DataError(
            f"{name}: line {line}, about column {where}: byte 0x{raw[error.start]:02x} is not UTF-8; "
            "save the file as UTF-8"
        ) from None


def _check_header(name: str, text: str, fields: list[dict]) -> None:
    header = next(csv.reader(io.StringIO(text)))
    expected = [field["name"] for field in fields]
    for column in expected:
        if column not in header:
            raise DataError(f"{name}: header: column {column} is missing; expected {', '.join(expected)}")
    for column in header:
        if column not in expected:
            raise DataError(f"{name}: header: column {column} is not in datapackage.json")
    if header != expected:
        raise DataError(f"{name}: header: columns are not in the order of datapackage.json")


def load(name: str, folder: Path | None = None) -> pd.DataFrame:
    """Load a table with the types that the package gives its columns.

    Parameters
    ----------
    name : str
        Name of the table in ``datapackage.json``.
    folder : pathlib.Path, optional
        Folder of the package; by default the one found by :func:`data_dir`.

    Returns
    -------
    pandas.DataFrame
        One row a record, in the order of the file. Text is ``str``, integers
        are ``Int64``, numbers ``float64``, truth values ``boolean``. Partial
        dates (``2010``, ``2010-03``, ``2010-03-16``) stay text: their length
        is their precision; see :func:`earliest` and :func:`latest`.

    Raises
    ------
    DataError
        If the table is unknown, its file missing, empty or not UTF-8, a
        column is missing, or a value does not have its type.
    """
    folder = folder or data_dir()
    fields = resource(name, folder)["schema"]["fields"]
    text = _read_text(name, folder)
    _check_header(name, text, fields)
    frame = pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False, na_values=[""])
    for field in fields:
        kind, column = field["type"], field["name"]
        if kind == "string":
            continue
        values = frame[column]
        if kind == "boolean":
            parsed = values.map({"true": True, "false": False})
        else:
            parsed = pd.to_numeric(values, errors="coerce")
            if kind == "integer":
                parsed = parsed.where(parsed.isna() | (parsed % 1 == 0))
        wrong = parsed.isna() & values.notna()
        if wrong.any():
            row = int(wrong.idxmax())
            raise DataError(f"{name}: row {row + 2}, column {column}: {values[row]!r} is not of type {kind}")
        frame[column] = parsed.astype(DTYPES[kind])
    return frame


def fields(name: str, folder: Path | None = None) -> pd.DataFrame:
    """The data dictionary of one table.

    Parameters
    ----------
    name : str
        Name of the table.
    folder : pathlib.Path, optional
        Folder of the package; by default the one found by :func:`data_dir`.

    Returns
    -------
    pandas.DataFrame
        Column, Type (with unit, key or reference), Meaning; one row a column.
    """
    schema = resource(name, folder)["schema"]
    keys = schema["primaryKey"] if isinstance(schema["primaryKey"], list) else [schema["primaryKey"]]
    refers = {
        key["fields"][0]: f"{key['reference']['resource']}.{key['reference']['fields'][0]}"
        for key in schema.get("foreignKeys", [])
    }
    rows = []
    for field in schema["fields"]:
        limits = field.get("constraints", {})
        kind = "partial date" if field.get("precision") else field["type"]
        notes = [kind, field.get("unit"), "key" if field["name"] in keys else None]
        notes.append("required" if limits.get("required") and field["name"] not in keys else None)
        notes.append(f"from {refers[field['name']]}" if field["name"] in refers else None)
        meaning = field["description"]
        if "enum" in limits:
            meaning += f" Values: {', '.join(limits['enum'])}."
        rows.append((field["name"], ", ".join(note for note in notes if note), meaning))
    return pd.DataFrame(rows, columns=["Column", "Type", "Meaning"])


def _bound(value, last: bool):
    if pd.isna(value):
        return pd.NaT
    year, month, day = PARTIAL_DATE.fullmatch(value).groups()
    if month is None:
        month = 12 if last else 1
    if day is None:
        day = calendar.monthrange(int(year), int(month))[1] if last else 1
    return pd.Timestamp(int(year), int(month), int(day))


def earliest(dates: pd.Series) -> pd.Series:
    """First day that each partial date can mean (``2010-03`` -> 1 March 2010)."""
    return pd.to_datetime(dates.map(lambda value: _bound(value, last=False)))


def latest(dates: pd.Series) -> pd.Series:
    """Last day that each partial date can mean (``2010-03`` -> 31 March 2010)."""
    return pd.to_datetime(dates.map(lambda value: _bound(value, last=True)))


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _schema_faults(folder: Path) -> list[str]:
    """Faults that the package's own schema finds (Frictionless does the checking)."""
    from frictionless import Package, system

    names = [item["name"] for item in package(folder)["resources"]]
    faults = []
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    for task in report.tasks:
        for error in task.errors:
            parts = [task.name if task.name in names else "datapackage.json"]
            place = []
            if getattr(error, "row_number", None):
                place.append(f"row {error.row_number}")
            column = getattr(error, "field_name", None)
            if not column and getattr(error, "field_names", None):
                column = ", ".join(error.field_names)
            if error.type == "primary-key":
                keys = resource(task.name, folder)["schema"]["primaryKey"]
                column = keys if isinstance(keys, str) else ", ".join(keys)
            if column:
                place.append(f"column {column}")
            if place:
                parts.append(", ".join(place))
            parts.append(_explain(error))
            faults.append(": ".join(parts))
    return faults + [f"datapackage.json: {error.note}" for error in report.errors]


def _explain(error) -> str:
    """What is wrong, in words that need no knowledge of the validator."""
    if error.type == "hash-count":
        return "file: checksum differs from datapackage.json; a derived table is rebuilt with make data"
    if error.type == "primary-key":
        return f"duplicated key: {error.note}"
    if error.type == "foreign-key":
        cells = ", ".join(repr(cell) for cell in error.field_cells)
        return f"{cells} is not in {error.reference_name or 'the table'} ({', '.join(error.reference_field_names)})"
    cell = getattr(error, "cell", None)
    return f"{cell!r}: {error.note}" if cell is not None else f"{error.type}: {error.note}"


def _date_faults(name: str, frame: pd.DataFrame, fields: list[dict]) -> list[str]:
    faults = []
    for field in fields:
        if field.get("precision") != "partial-date":
            continue
        for row, value in frame[field["name"]].dropna().items():
            if not PARTIAL_DATE.fullmatch(value):
                continue
            try:
                _bound(value, last=False)
            except ValueError:
                faults.append(
                    f"{name}: row {row + 2}, column {field['name']}: {value!r} is not a date of the calendar; "
                    "expected YYYY, YYYY-MM or YYYY-MM-DD"
                )
    return faults


def _source_faults(item: dict, frames: dict[str, pd.DataFrame]) -> list[str]:
    name, cite = item["name"], item["citations"]
    cited = set(frames[cite["resource"]][cite["field"]])
    own = item["schema"]["primaryKey"]
    return [
        f"{name}: row {row + 2}, column {own}: {key!r} has no source in {cite['resource']}"
        for row, key in frames[name][own].items()
        if key not in cited
    ]


SPELLS = {
    "initiatives": ("founded", "ended"),
    "memberships": ("start", "end"),
    "kidnappings": ("date_start", "date_end"),
}


def _order_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    faults = []
    for name, (start, end) in SPELLS.items():
        frame = frames[name]
        wrong = latest(frame[end]) < earliest(frame[start])
        faults += [
            f"{name}: row {row + 2}, column {end}: {frame.at[row, end]!r} is before {start} {frame.at[row, start]!r}"
            for row in frame.index[wrong]
        ]
    return faults


def _kidnapping_faults(frame: pd.DataFrame) -> list[str]:
    parts = frame[["released", "rescued", "killed", "died"]].sum(axis=1)
    faults = [
        f"kidnappings: row {row + 2}, column hostages: {frame.at[row, 'hostages']} is not the sum of its "
        f"outcomes, {parts[row]}"
        for row in frame.index[frame["hostages"] != parts]
    ]
    low, high = frame["ransom_low_eur"], frame["ransom_high_eur"]
    return faults + [
        f"kidnappings: row {row + 2}, column ransom_high_eur: {high[row]} is below ransom_low_eur {low[row]}"
        for row in frame.index[(high < low).fillna(False)]
    ]


def _presence_faults(frame: pd.DataFrame) -> list[str]:
    faults = []
    for state in ("dza", "mar"):
        wrong = (frame[state] == "present") != frame[f"{state}_absence"].isna()
        faults += [
            f"presence: row {row + 2}, column {state}_absence: {frame.at[row, f'{state}_absence']!r} does not "
            f"agree with {state} {frame.at[row, state]!r}"
            for row in frame.index[wrong]
        ]
    return faults


def _membership_faults(frame: pd.DataFrame) -> list[str]:
    wrong = (frame["role"] == "excluded") != frame["exclusion"].notna()
    return [
        f"memberships: row {row + 2}, column exclusion: {frame.at[row, 'exclusion']!r} does not agree with "
        f"role {frame.at[row, 'role']!r}"
        for row in frame.index[wrong]
    ]


def validate(folder: Path | None = None) -> list[str]:
    """Check the whole package.

    Types, constraints, enumerations, primary and foreign keys (by
    Frictionless); calendar dates; that every hand-coded row has a source; that
    spells end after they start; that counts add up; that derived tables are as
    their ``ingest`` code left them.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Folder of the package; by default the one found by :func:`data_dir`.

    Returns
    -------
    list of str
        One line a fault, naming table, row (line of the file) and column;
        empty if there is none.
    """
    folder = folder or data_dir()
    items = package(folder)["resources"]
    frames, faults = {}, []
    for item in items:
        try:
            frames[item["name"]] = load(item["name"], folder)
        except DataError as error:
            faults.append(str(error))
    if faults:
        return faults
    faults = _schema_faults(folder)
    for item in items:
        dates = _date_faults(item["name"], frames[item["name"]], item["schema"]["fields"])
        faults += dates
        if "citations" in item:
            faults += _source_faults(item, frames)
    if faults:
        return faults
    faults += _order_faults(frames)
    faults += _kidnapping_faults(frames["kidnappings"])
    faults += _presence_faults(frames["presence"])
    faults += _membership_faults(frames["memberships"])
    return faults


def main() -> int:
    """Validate the package and print what is wrong with it."""
    try:
        faults = validate()
    except DataError as error:
        faults = [str(error)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    tables = package()["resources"]
    print(f"data package valid: {len(tables)} tables, {sum(len(load(t['name'])) for t in tables)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
