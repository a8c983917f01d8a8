"""Rebuild every derived table from local copies of the upstream files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cooperation.errors import DataError
from cooperation.ingest import boundaries, organised_violence
from cooperation.tables import data_dir, load, sha256

MODULES = (organised_violence, boundaries)


def rebuild(raw: Path, folder: Path) -> list[str]:
    """Build all derived tables and put them into the package.

    Nothing is written before every table has been built.

    Parameters
    ----------
    raw : pathlib.Path
        Folder that holds the upstream files under the paths their modules name.
    folder : pathlib.Path
        Folder of the data package.

    Returns
    -------
    list of str
        Names of the tables written.

    Raises
    ------
    DataError
        If an upstream file is missing, is not the expected version, or does
        not contain what it should.
    """
    countries, tables = load("countries", folder), {}
    for module in MODULES:
        path = raw / module.UPSTREAM
        if not path.is_file():
            raise DataError(f"{module.UPSTREAM}: not found in {raw}")
        if sha256(path) != module.SHA256:
            raise DataError(f"{module.UPSTREAM}: checksum differs; expected sha256 {module.SHA256}")
        tables |= module.build(path, countries)
    written = {}
    for name, table in tables.items():
        beside = folder / f"{name}.csv.new"
        table.to_csv(beside, index=False, lineterminator="\n", encoding="utf-8")
        written[name] = beside
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for item in descriptor["resources"]:
        if item["name"] in written:
            item["hash"] = f"sha256:{sha256(written[item['name']])}"
            written[item["name"]].replace(folder / item["path"])
    beside = folder / "datapackage.json.new"
    beside.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(folder / "datapackage.json")
    return sorted(written)


def main() -> int:
    """Command line of ``make data``."""
    parser = argparse.ArgumentParser(prog="python -m cooperation.ingest", description=__doc__)
    parser.add_argument("--raw", default="", help="folder with the upstream files")
    arguments = parser.parse_args()
    if not arguments.raw:
        for module in MODULES:
            print(f"needed: {module.UPSTREAM}, from {module.PUBLISHER}", file=sys.stderr)
        print("put the upstream files into a folder and run: make data RAW=folder", file=sys.stderr)
        return 1
    try:
        names = rebuild(Path(arguments.raw), data_dir())
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"rebuilt {', '.join(names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
