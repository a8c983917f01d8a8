"""The upstream files: where they are, and what the manifest expects of them.

The manifest is the table ``upstream`` of the data package: one row a file,
with its publisher, version, licence, checksum, and the years, rows and control
total that the region's part of it must show.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from claimbook.errors import DataError
from claimbook.package.tables import sha256

SHOWN = 10


def read(name: str, path: Path, columns: list[str]) -> pd.DataFrame:
    """Read columns of a CSV file; empty cells are empty text.

    Raises
    ------
    DataError
        If it cannot be read to its end or lacks a column; names it as ``name``.
    """
    try:
        frame = pd.read_csv(path, keep_default_na=False, na_values={}, low_memory=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError, OSError) as error:
        raise DataError(f"{name}: not readable as CSV: {str(error).splitlines()[-1]}") from None
    for column in columns:
        if column not in frame.columns:
            raise DataError(f"{name}: column {column} is missing")
    if not path.read_bytes().endswith(b"\n"):
        raise DataError(f"{name}: the last line has no end; the file is cut short")
    return frame[columns]


class Upstream:
    """The upstream files in a folder.

    Parameters
    ----------
    raw : pathlib.Path
        Folder that holds the files under the paths of the manifest.
    manifest : pandas.DataFrame
        Table ``upstream``.
    published : bool
        True for files as the publishers give them, whole, whose checksum is
        not that of the regional copy; the checksums of the tables decide then.
    """

    def __init__(self, raw: Path, manifest: pd.DataFrame, published: bool = False):
        self.raw = raw
        self.manifest = manifest.set_index("path")
        self.published = published

    def path(self, name: str) -> Path:
        """Path of an upstream file that is there and is the one on record.

        Raises
        ------
        DataError
            If the file is missing, cannot be read, or its checksum differs.
        """
        path, expected = self.raw / name, self.manifest.at[name, "sha256"]
        try:
            if not path.is_file():
                raise DataError(f"{name}: not found in {self.raw}")
            if not self.published and sha256(path) != expected:
                raise DataError(f"{name}: checksum differs; expected sha256 {expected}")
        except OSError as error:
            raise DataError(f"{name}: cannot be read: {error.strerror}") from None
        return path

    def wrong(self, names: Iterable[str]) -> list[str]:
        """What is wrong with files on record, a line each; what they hold is not looked at."""
        faults = []
        for name in (name for name in names if name in self.manifest.index):
            try:
                self.path(name)
            except DataError as error:
                faults.append(str(error))
        return faults

    def table(self, name: str, columns: list[str]) -> pd.DataFrame:
        """Read columns of an upstream CSV file; empty cells are empty text or missing numbers.

        Raises
        ------
        DataError
            If the file is missing or not the one on record, cannot be read to
            its end, or lacks a column.
        """
        return read(name, self.path(name), columns)

    def expect(self, name: str, rows: pd.DataFrame, year: str | None = None, control: str | None = None) -> None:
        """Hold the region's rows of a file to the manifest.

        Parameters
        ----------
        name : str
            Path of the file in the manifest.
        rows : pandas.DataFrame
            Its rows for the region.
        year : str, optional
            Column of the year: every year from the first to the last of the
            manifest must occur (``every_years`` apart).
        control : str, optional
            Column whose sum must be the control total, within the tolerance;
            the manifest must have one.

        Raises
        ------
        DataError
            If rows or years are missing or the control total is off.
        """
        expected = self.manifest.loc[name]
        if len(rows) < expected["rows_floor"]:
            raise DataError(f"{name}: {len(rows)} rows for the region; expected at least {expected['rows_floor']}")
        if year:
            found = set(rows[year].astype(int))
            wanted = range(expected["first_year"], expected["last_year"] + 1, expected["every_years"])
            missing = [str(item) for item in wanted if item not in found]
            if missing:
                raise DataError(f"{name}: no row for {', '.join(missing)}")
            if max(found) > expected["last_year"]:
                raise DataError(f"{name}: year {max(found)} is new; expected none after {expected['last_year']}")
        if control and pd.isna(expected["control_total"]):
            raise DataError(f"{name}: the manifest has no control total for column {control}")
        if control:
            total, wanted, slack = rows[control].sum(), expected["control_total"], expected["tolerance"]
            if abs(total - wanted) > slack:
                raise DataError(f"{name}: column {control} sums to {total:g}; expected {wanted:g} within {slack:g}")


def passed_over(raw: Path, read: Iterable[str], folders: Iterable[str]) -> list[str]:
    """What lies beside upstream files and is none of them, so that a user might think that it was read.

    Parameters
    ----------
    raw : pathlib.Path
        Folder with the upstream files.
    read : iterable of str
        Paths in it that tables are made from.
    folders : iterable of str
        Folders in it for such files; nothing else in ``raw`` is looked at.

    Returns
    -------
    list of str
        Paths of files and folders, hidden ones apart; of each folder the first
        ten and the number of the others.
    """
    read, found = set(read), []
    for folder in sorted(set(folders)):
        try:
            names = sorted(item.name + "/" * item.is_dir() for item in os.scandir(raw / folder))
        except OSError:
            # No such folder, or none that can be looked into: its files are told as missing.
            continue
        paths = [f"{folder}/{name}" for name in names if not name.startswith(".")]
        paths = [path if path.isprintable() else ascii(path) for path in paths if path not in read]
        more = [f"{len(paths) - SHOWN} more in {folder}"] if len(paths) > SHOWN else []
        found += paths[:SHOWN] + more
    return found


def known(name: str, column: str, values: pd.Series, codes) -> None:
    """Hold a column to the codes that the ingest code knows.

    Raises
    ------
    DataError
        If a value is none of them.
    """
    strange = sorted({str(value) for value in values} - {str(code) for code in codes})
    if strange:
        raise DataError(
            f"{name}: column {column} has the new code {strange[0]!r}; known are {', '.join(map(str, codes))}"
        )


def numbers(name: str, frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Turn columns of text into numbers; empty cells are missing.

    Raises
    ------
    DataError
        If a cell is neither empty nor a number.
    """
    frame = frame.copy()
    for column in columns:
        text = frame[column].astype(str).str.strip()
        value = pd.to_numeric(text.replace({"": None, "NA": None}), errors="coerce")
        wrong = value.isna() & ~text.isin(["", "NA"])
        if wrong.any():
            raise DataError(f"{name}: column {column}: {text[wrong].iloc[0]!r} is not a number")
        frame[column] = value
    return frame


def pairs(frame: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Name the states of a pair ``state_1`` and ``state_2``, in the order of the alphabet."""
    swap = frame[first] > frame[second]
    return frame.assign(
        state_1=frame[first].where(~swap, frame[second]),
        state_2=frame[second].where(~swap, frame[first]),
    )


def numbered(countries: pd.DataFrame) -> pd.Series:
    """ISO code of each state of the region by its Gleditsch-Ward or Correlates of War number."""
    states = countries.dropna(subset="gwno")
    return states.set_index(states["gwno"].astype(int))["iso3"]
