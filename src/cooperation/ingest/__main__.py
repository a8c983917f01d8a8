"""Rebuild the derived tables, from local copies of the upstream files or from their publishers."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from claimbook.command import run
from claimbook.errors import DataError
from claimbook.package import descriptor
from claimbook.package.tables import data_dir, load, resource
from claimbook.settings import build_path
from cooperation.ingest import (
    alliances,
    armed_conflict,
    assembly,
    boundaries,
    defence_agreements,
    displacement,
    economy,
    military_expenditure,
    organised_violence,
    peacekeepers,
    rivalries,
    shared_memberships,
    trade,
    violent_events,
)
from cooperation.ingest.download import fetch_all
from cooperation.ingest.upstream import Upstream

MODULES = (
    organised_violence,
    armed_conflict,
    violent_events,
    assembly,
    military_expenditure,
    trade,
    defence_agreements,
    alliances,
    shared_memberships,
    rivalries,
    peacekeepers,
    displacement,
    economy,
    boundaries,
)


def built(upstream: Upstream, folder: Path, modules=MODULES) -> dict[str, bytes]:
    """Make derived tables, in memory.

    Parameters
    ----------
    upstream : Upstream
        The upstream files.
    folder : pathlib.Path
        Folder of the data package.
    modules : iterable of module
        Which to run.

    Returns
    -------
    dict of str to bytes
        Each table as its CSV file holds it.

    Raises
    ------
    DataError
        If an upstream file is missing, is not the expected version, or does
        not contain what it should.
    """
    countries, tables = load("countries", folder), {}
    for module in modules:
        for name, table in module.build(upstream, countries).items():
            columns = [field["name"] for field in resource(name, folder)["schema"]["fields"]]
            if list(table.columns) != columns:
                raise DataError(
                    f"{name}: built with the columns {', '.join(table.columns)}; expected {', '.join(columns)}"
                )
            tables[name] = table.to_csv(index=False, lineterminator="\n").encode()
    return tables


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def replace(tables: dict[str, bytes], folder: Path) -> None:
    """Put derived tables into the package and record their checksums; all of them or none.

    Parameters
    ----------
    tables : dict of str to bytes
        From :func:`built`.
    folder : pathlib.Path
        Folder of the data package.
    """
    contents = {resource(name, folder)["path"]: content for name, content in tables.items()}
    checksums = {**descriptor.sums(folder), **{path: _sha256(content) for path, content in contents.items()}}
    contents[descriptor.SUMS] = descriptor.sums_text(checksums).encode()
    contents[descriptor.DESCRIPTOR] = descriptor.text(folder, checksums).encode()
    descriptor.replace(folder, contents)


def from_copies(raw: Path, folder: Path) -> str:
    """Rebuild every derived table from local copies; what :func:`main` says when it is done."""
    tables = built(Upstream(raw, load("upstream", folder)), folder)
    replace(tables, folder)
    return f"rebuilt {len(tables)} tables: {', '.join(sorted(tables))}"


def _files(module) -> set[str]:
    return {name for files in module.TABLES.values() for name in files}


def from_publishers(folder: Path, store: Path) -> str:
    """Fetch what the publishers give at an address, and rebuild the tables that rest on nothing else.

    The publishers' files are whole, the ones on record are cut to the region,
    so the checksums of the tables decide: a table that comes out otherwise
    stops the command, and the tables in place stay as they were.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.
    store : pathlib.Path
        Where fetched files are kept.

    Returns
    -------
    str
        What was rebuilt, and what could not be fetched.

    Raises
    ------
    DataError
        If a file cannot be fetched, or a table comes out otherwise; also if a
        fetched file does not hold what it should, and then what was fetched is
        thrown away, so that the next run fetches it again.
    """
    manifest = load("upstream", folder)
    addressed = set(manifest.dropna(subset="address")["path"])
    modules = [module for module in MODULES if _files(module) <= addressed]
    wanted = set().union(*(_files(module) for module in modules))
    fetch_all(manifest[manifest["path"].isin(wanted)], store)
    try:
        tables = built(Upstream(store, manifest, published=True), folder, modules)
    except DataError:
        for name in wanted:
            (store / name).unlink(missing_ok=True)
        raise
    for name, content in tables.items():
        if f"sha256:{_sha256(content)}" != resource(name, folder)["hash"]:
            raise DataError(
                f"{name}: comes out otherwise from the publishers' present files than from those on record; "
                f"the table stays as it was (what was fetched lies in {store})"
            )
    replace(tables, folder)
    rest = manifest[~manifest["path"].isin(wanted)]
    pages = "".join(f"\n  {row['path']}: {row['dataset']}, {row['page']}" for _, row in rest.iterrows())
    return (
        f"rebuilt from the publishers' files, and the same: {', '.join(sorted(tables))}\n"
        f"made from files that cannot be fetched in a form that can be read, or with such files; put copies into a "
        f"folder and run make data RAW=folder:{pages}"
    )


def main() -> int:
    """Command line of ``make data``."""
    parser = argparse.ArgumentParser(prog="python -m cooperation.ingest", description=__doc__)
    parser.add_argument("--raw", default="", help="folder with the upstream files; without it they are fetched")
    arguments = parser.parse_args()
    try:
        folder = data_dir()
        if arguments.raw:
            print(from_copies(Path(arguments.raw), folder))
        else:
            print(from_publishers(folder, build_path(folder.parent) / "upstream"))
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
