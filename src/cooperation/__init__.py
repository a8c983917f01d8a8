"""The subject of the report *Baggage and Cascade*: its measures, figures, judgements, rules and derived tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from claimbook.errors import DataError
from claimbook.package import tables

INSTALLED = Path(__file__).with_name("data")
PACKAGE = "sahel-maghreb-security-cooperation"


def data_dir() -> Path:
    """Folder of this report's data package.

    It is the nearest ``data`` folder at or above the working directory;
    elsewhere the one that was installed with this package.

    Raises
    ------
    DataError
        If there is none, or only another report's.
    """
    try:
        folder = tables.data_dir()
        name = tables.described(folder)["name"]
        if name == PACKAGE:
            return folder
        missing = DataError(f"datapackage.json: {folder} holds the package {name!r}; expected {PACKAGE!r}")
    except DataError as error:
        missing = error
    if INSTALLED.is_dir():
        return INSTALLED
    raise missing


def load(name: str) -> pd.DataFrame:
    """Load a table of this report's data package; see :func:`claimbook.package.tables.load`."""
    return tables.load(name, data_dir())


def fields(name: str) -> pd.DataFrame:
    """The data dictionary of one table; see :func:`claimbook.package.tables.fields`."""
    return tables.fields(name, data_dir())


def package() -> dict:
    """The descriptor of this report's data package."""
    return tables.package(data_dir())
