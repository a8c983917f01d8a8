"""What changed between two versions of the data package, row by row.

Usage: ``python -m claimbook.package.changes OLD [NEW]``; each is a folder, a zip
archive of the package, or a revision of the repository. NEW is by default the
package at hand.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import pandas as pd

from claimbook.command import run
from claimbook.errors import DataError
from claimbook.package.tables import data_dir


def _unpacked(archive: zipfile.ZipFile, where: str) -> dict[str, bytes]:
    homes = [name.removesuffix("datapackage.json") for name in archive.namelist() if name.endswith("datapackage.json")]
    if not homes:
        raise DataError(f"{where}: holds no datapackage.json")
    return {
        name.removeprefix(homes[0]): archive.read(name)
        for name in archive.namelist()
        if name.startswith(homes[0]) and not name.endswith("/")
    }


def read(version: str) -> dict[str, bytes]:
    """Files of a version of the package, by name.

    Parameters
    ----------
    version : str
        Folder, zip archive, or revision of the repository in the working directory.

    Returns
    -------
    dict of str to bytes

    Raises
    ------
    DataError
        If it is none of them.
    """
    path = Path(version)
    if version and path.is_dir():
        files = {item.name: item.read_bytes() for item in path.iterdir() if item.is_file()}
        if "datapackage.json" not in files:
            raise DataError(f"{version}: holds no datapackage.json")
        return files
    if path.is_file():
        if not zipfile.is_zipfile(path):
            raise DataError(f"{version}: not a zip archive")
        return _unpacked(zipfile.ZipFile(path), version)
    return _unpacked(of_revision(version, "data"), version)


def of_revision(version: str, *paths: str) -> zipfile.ZipFile:
    """What a revision of the repository in the working directory holds of its folder.

    Parameters
    ----------
    version : str
        The revision.
    *paths : str
        Files and folders; all if left out.

    Returns
    -------
    zipfile.ZipFile

    Raises
    ------
    DataError
        If there is no such revision, or it lacks a path.
    """
    neither = f"{version}: neither a folder, nor a zip archive, nor a revision"
    try:
        done = subprocess.run(["git", "archive", "--format=zip", version, *paths], capture_output=True, check=False)
    except FileNotFoundError:
        raise DataError(f"{neither}: git is not installed") from None
    if done.returncode:
        raise DataError(f"{neither}: {done.stderr.decode(errors='replace').strip().splitlines()[-1]}")
    return zipfile.ZipFile(io.BytesIO(done.stdout))


def tables(files: dict[str, bytes], *names: str) -> dict[str, pd.DataFrame]:
    """Tables of a version of the package as text, by name, the rows under their keys.

    Parameters
    ----------
    files : dict of str to bytes
        From :func:`read`.
    *names : str
        Those wanted, if they are there; all if left out.

    Returns
    -------
    dict of str to pandas.DataFrame

    Raises
    ------
    DataError
        If a key stands twice.
    """
    frames = {}
    for item in json.loads(files["datapackage.json"])["resources"]:
        if names and item["name"] not in names:
            continue
        key = item["schema"]["primaryKey"]
        frame = pd.read_csv(io.BytesIO(files[item["path"]]), dtype=str, keep_default_na=False)
        columns = [key] if isinstance(key, str) else key
        keys = reduce(lambda left, right: left + " " + right, (frame[column] for column in columns))
        if keys.duplicated().any():
            raise DataError(
                f"{item['name']}: the key {keys[keys.duplicated()].iloc[0]!r} stands twice; nothing can be compared"
            )
        frames[item["name"]] = frame.set_index(keys)
    return frames


def changes(old: dict[str, bytes], new: dict[str, bytes]) -> pd.DataFrame:
    """Compare two versions of the package.

    Parameters
    ----------
    old, new : dict of str to bytes
        From :func:`read`.

    Returns
    -------
    pandas.DataFrame
        table, row (its key), change (``table added``, ``table removed``,
        ``column added``, ``column removed``, ``added``, ``removed``,
        ``changed``), column, old, new; by table, in the order of the package.
    """
    before, after, rows = tables(old), tables(new), []
    for name in [*after, *(name for name in before if name not in after)]:
        if name not in before or name not in after:
            number = len(after[name] if name in after else before[name])
            rows.append((name, "", "table added" if name in after else "table removed", "", "", f"{number} rows"))
            continue
        one, two = before[name], after[name]
        rows += [(name, "", "column added", column, "", "") for column in two.columns if column not in one.columns]
        rows += [(name, "", "column removed", column, "", "") for column in one.columns if column not in two.columns]
        rows += [(name, key, "added", "", "", "") for key in two.index if key not in one.index]
        rows += [(name, key, "removed", "", "", "") for key in one.index if key not in two.index]
        shared = two.index[two.index.isin(one.index)]
        for column in (column for column in two.columns if column in one.columns):
            left, right = one.loc[shared, column], two.loc[shared, column]
            rows += [
                (name, key, "changed", column, left[key], right[key])
                for key in shared[left.to_numpy() != right.to_numpy()]
            ]
    return pd.DataFrame(rows, columns=["table", "row", "change", "column", "old", "new"])


def lines(table: pd.DataFrame) -> Iterator[str]:
    """One line a change of a table from :func:`changes`, and one that counts them."""
    for item in table.itertuples(index=False):
        where = " ".join(part for part in (item.table, item.row) if part)
        what = (
            f"{item.column}: {item.old!r} -> {item.new!r}"
            if item.change == "changed"
            else f"{item.change} {item.column or item.new}".strip()
        )
        yield f"{where}: {what}"
    yield f"{len(table)} changes in {table['table'].nunique()} tables"


def main() -> int:
    """Print one line a change."""
    parser = argparse.ArgumentParser(prog="python -m claimbook.package.changes", description=__doc__)
    parser.add_argument("old")
    parser.add_argument("new", nargs="?")
    arguments = parser.parse_args()
    for line in lines(changes(read(arguments.old), read(arguments.new or str(data_dir())))):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
