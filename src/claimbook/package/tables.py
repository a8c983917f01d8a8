"""The data package: loading its tables with their types.

``data/datapackage.json`` (Frictionless Data Package) is the only schema; see
:mod:`claimbook.package.validation` for the checks.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import io
import json
from pathlib import Path

import pandas as pd

from claimbook.errors import DataError
from claimbook.provenance import DESCRIPTOR, loading, note

DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


def data_dir() -> Path:
    """Folder that holds ``datapackage.json``.

    It is the nearest ``data`` folder at or above the working directory, so
    that a notebook finds the data it was shipped with.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    DataError
        If no data package is found.
    """
    here = Path.cwd()
    for folder in (place / "data" for place in (here, *here.parents)):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise DataError(f"datapackage.json: not found in a data folder at or above {here}")


@functools.lru_cache
def _package(path: Path, mtime_ns: int) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DataError(f"datapackage.json: not readable as UTF-8 JSON: {error}") from None


def package(folder: Path | None = None) -> dict:
    """The descriptor of the data package, as written in ``datapackage.json``."""
    note(DESCRIPTOR)
    return described(folder or data_dir())


def described(folder: Path) -> dict:
    """The descriptor, for code that works on tables and not with the descriptor itself."""
    path = folder / DESCRIPTOR
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
    resources = described(folder or data_dir())["resources"]
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
        # Spreadsheets put a mark of byte order before the first cell.
        text = raw.decode("utf-8-sig")
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
    if "," not in text.partition("\n")[0] and ";" in text.partition("\n")[0]:
        raise DataError(f"{name}: columns are separated by semicolons; save the file with commas")
    return text


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
        is their precision; see :mod:`claimbook.package.dates`.

    Raises
    ------
    DataError
        If the table is unknown, its file missing, empty or not UTF-8, a
        column is missing, or a value does not have its type.
    """
    folder = folder or data_dir()
    fields = resource(name, folder)["schema"]["fields"]
    with loading(name):
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
    note(DESCRIPTOR)
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
            meaning += f" Values: {', '.join(map(str, limits['enum']))}."
        rows.append((field["name"], ", ".join(note for note in notes if note), meaning))
    return pd.DataFrame(rows, columns=["Column", "Type", "Meaning"])


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
