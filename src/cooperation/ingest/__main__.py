"""Rebuild the derived tables, from local copies of the upstream files or from their publishers."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from pathlib import Path

import pandas as pd

from claimbook.command import TRACEBACK, run
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
    placed_events,
    recent_violence,
    rivalries,
    shared_memberships,
    trade,
    violent_events,
)
from cooperation.ingest.download import fetch_all
from cooperation.ingest.upstream import Upstream, passed_over

MODULES = (
    organised_violence,
    armed_conflict,
    violent_events,
    placed_events,
    recent_violence,
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


def _read(module, tables, raw: Path) -> list[str]:
    """Files that tables are made from; UCDP's own event files take the place of the extract."""
    own = violent_events.own(raw) if module is violent_events else []
    return own or list(dict.fromkeys(name for table in tables for name in module.TABLES[table]))


def _contents(tables: dict[str, pd.DataFrame], folder: Path) -> dict[str, bytes]:
    contents = {}
    for name, table in tables.items():
        columns = [field["name"] for field in resource(name, folder)["schema"]["fields"]]
        if list(table.columns) != columns:
            raise DataError(f"{name}: built with the columns {', '.join(table.columns)}; expected {', '.join(columns)}")
        contents[name] = table.to_csv(index=False, lineterminator="\n").encode()
    return contents


def built(upstream: Upstream, folder: Path, modules=MODULES) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """Make derived tables, in memory; a wrong file stops the tables that are made from it, and no others.

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
    tables : dict of str to bytes
        Each table that could be made, as its CSV file holds it.
    faults : dict of str to list of str
        What is wrong with an upstream file (it is missing, is not the expected
        version, or does not contain what it should), in one line, and the
        tables that this stopped.

    Raises
    ------
    DataError
        If the countries of the package cannot be read.
    """
    countries = load("countries", folder)
    tables: dict[str, bytes] = {}
    faults: dict[str, list[str]] = {}
    for module in modules:
        for build, names in module.BUILDS.items():
            files = _read(module, names, upstream.raw)
            wrong = upstream.wrong(files)
            if not wrong:
                try:
                    tables |= _contents(build(upstream, countries), folder)
                except DataError as error:
                    wrong = [str(error)]
                except Exception as error:
                    # What a broken file brings about cannot be foreseen, and it must not stop the tables of others.
                    if os.environ.get(TRACEBACK):
                        raise
                    wrong = [f"{', '.join(files)}: {type(error).__name__}: {' '.join(str(error).split())}"]
            for fault in wrong:
                faults.setdefault(fault, []).extend(names)
    return tables, faults


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


def from_copies(raw: Path, folder: Path) -> tuple[list[str], list[str]]:
    """Rebuild derived tables from local copies; those of a wrong file stay as they are, with their checksums.

    Parameters
    ----------
    raw : pathlib.Path
        Folder with the upstream files.
    folder : pathlib.Path
        Folder of the data package.

    Returns
    -------
    said : list of str
        What was rebuilt, and what lies beside the upstream files without being one, a line each.
    faults : list of str
        Each wrong file, what is wrong with it, and the tables that stayed as they were, a line each.

    Raises
    ------
    DataError
        If there is no such folder.
    """
    if not raw.is_dir():
        raise DataError(f"{raw}: no such folder; expected one with the upstream files")
    tables, faults = built(Upstream(raw, load("upstream", folder)), folder)
    said = []
    if tables:
        replace(tables, folder)
        said.append(f"rebuilt {len(tables)} table{'s' * (len(tables) > 1)}: {', '.join(sorted(tables))}")
    read = {name for module in MODULES for name in _read(module, module.TABLES, raw)}
    folders = {name.partition("/")[0] for module in MODULES for name in _files(module)} | {violent_events.WHOLE}
    if found := passed_over(raw, read, folders):
        said.append(f"passed over, no table is made from {'it' if len(found) == 1 else 'them'}: {', '.join(found)}")
    return said, [
        f"{fault}; left as {'it was' if len(names) == 1 else 'they were'}: {', '.join(names)}"
        for fault, names in faults.items()
    ]


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
    tables, faults = built(Upstream(store, manifest, published=True), folder, modules)
    if faults:
        for name in wanted:
            (store / name).unlink(missing_ok=True)
        raise DataError("\n".join(faults))
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
            said, faults = from_copies(Path(arguments.raw), folder)
        else:
            said, faults = [from_publishers(folder, build_path(folder.parent) / "upstream")], []
    except DataError as error:
        said, faults = [], [str(error)]
    for line in said:
        print(line)
    for line in faults:
        print(line, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run(main))
