"""Whose data something was made from: the line of sources that the press writes below a figure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from claimbook.package.tables import described

# Tables that only give codes their names, and sources their addresses.
LOOKED_UP = ("code list", "reference")


def source_line(folder: Path, tables: Iterable[str], words: dict[str, str]) -> str:
    """Tables, with the data set, version and licence of those that were derived from one.

    Parameters
    ----------
    folder : pathlib.Path
        Folder of the data package.
    tables : iterable of str
        Names of tables; what is no table of the package is left out. Tables
        of codes and names are told only if there is nothing else.
    words : dict of str to str
        What the press says to readers.

    Returns
    -------
    str
        The tables in the order of the package, those of one data set together;
        what the press calls its own computation if there is no table.
    """
    asked = set(tables)
    items = [item for item in described(folder)["resources"] if item["name"] in asked]
    told = [item for item in items if item["origin"] not in LOOKED_UP] or items
    groups: dict[str, list[str]] = {}
    for item in told:
        origins = list(dict.fromkeys(source["title"] for source in item.get("sources", ())))
        licence = item["licenses"][0]["name"].replace("-", " ")
        head = f"{', '.join(origins)} ({licence})" if origins else words["own_data"]
        groups.setdefault(head, []).append(item["name"])
    parts = [f"{head}: {', '.join(names)}" for head, names in groups.items()]
    return "; ".join(parts) or words["own_computation"]
