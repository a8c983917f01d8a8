"""Random edits of the hand-coded tables, such as the next correction may bring, in which validation finds no fault."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from claimbook.package import tables
from cooperation.validation import faults

from project import ROOT

# Tables of the record's own keeping: of no finding of a chapter.
NO_FACTS = {
    "sources",
    "terms",
    "claims",
    "codebook",
    "name_variants",
    "second_coding",
    "audit",
    "disputes",
    "dispute_readings",
}
# So far a date is moved at most: by so many months if it has a month, else by so many years.
MONTHS, YEARS = 24, 3
# So many drafts are made before validation sees those that touch different tables.
DRAFTS = 30
Package = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Edit:
    """An edit of one row, and of the rows of other tables that go with it.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    said : str
        Table, row, and what was changed.
    changed : dict of str to pandas.DataFrame
        The tables that it changes, as they then are.
    """

    kind: str
    said: str
    changed: dict[str, pd.DataFrame]


def whole_package() -> tuple[dict[str, pd.DataFrame], dict[str, dict]]:
    """The tables as they stand, and their descriptors, both by name."""
    items = {item["name"]: item for item in tables.package(ROOT / "data")["resources"]}
    return {name: tables.load(name, ROOT / "data") for name in items}, items


def limits(field: dict) -> dict:
    """Constraints of a field."""
    return field.get("constraints", {})


def key_of(item: dict) -> list[str]:
    """The columns of a table's primary key."""
    key = item["schema"]["primaryKey"]
    return key if isinstance(key, list) else [key]


def is_key(item: dict, field: dict) -> bool:
    """Whether a field is part of the primary key."""
    return field["name"] in key_of(item)


def links(item: dict, table: str = "") -> list[str]:
    """The columns of a table that refer to another: to the one named, or to any."""
    return [
        key["fields"][0]
        for key in item["schema"].get("foreignKeys", [])
        if not table or key["reference"]["resource"] == table
    ]


def refers(item: dict, field: dict) -> bool:
    """Whether a field refers to another table."""
    return field["name"] in links(item)


def dated(item: dict, field: dict) -> bool:
    """Whether a field holds partial dates."""
    return field.get("precision") == "partial-date"


def is_fact(item: dict) -> bool:
    """Whether people write the table, and it says something of the world."""
    name = item["name"]
    return item["origin"] in ("coded", "link") and name not in NO_FACTS and not name.endswith("_sources")


def _place(item: dict, row: pd.Series) -> str:
    return f"{item['name']} {' '.join(str(row[column]) for column in key_of(item))}"


def _with_cell(frame: pd.DataFrame, row: int, column: str, value: object) -> pd.DataFrame:
    frame = frame.copy()
    frame.loc[row, column] = value
    return frame


def _cells(rng: random.Random, frame: pd.DataFrame, columns: list[str]) -> tuple[int, str] | None:
    """A random cell of the columns that is not empty."""
    filled = [(row, column) for column in columns for row in frame.index[frame[column].notna()]]
    return rng.choice(filled) if filled else None


def date_moved(rng: random.Random, package: Package, items: dict, name: str) -> Edit | None:
    """A date somewhat earlier or later, as precise as it was, and not after the day on which the row was checked."""
    item, frame = items[name], package[name]
    columns = [field["name"] for field in item["schema"]["fields"] if dated(item, field)]
    cell = _cells(rng, frame, [column for column in columns if column != "last_checked"])
    if cell is None:
        return None
    row, column = cell
    old = frame.at[row, column]
    span = YEARS if len(old) == 4 else MONTHS
    steps = rng.choice([step for step in range(-span, span + 1) if step])
    months = int(old[:4]) * 12 + (int(old[5:7]) - 1 if old[5:] else 0) + steps * (12 if len(old) == 4 else 1)
    # Every month has a day 28.
    new = f"{months // 12}-{months % 12 + 1:02}-{min(int(old[8:] or 1), 28):02}"[: len(old)]
    checked = frame.at[row, "last_checked"] if "last_checked" in frame else "9999"
    if new > checked:
        return None
    said = f"{_place(item, frame.loc[row])}: {column} {old} -> {new}"
    return Edit("date moved", said, {name: _with_cell(frame, row, column, new)})


def code_changed(rng: random.Random, package: Package, items: dict, name: str) -> Edit | None:
    """Another grade or code among those that the column allows."""
    item, frame = items[name], package[name]
    codes = {
        field["name"]: limits(field)["enum"]
        for field in item["schema"]["fields"]
        if "enum" in limits(field) and not is_key(item, field)
    }
    cell = _cells(rng, frame, list(codes))
    if cell is None:
        return None
    row, column = cell
    old = frame.at[row, column]
    new = rng.choice([code for code in codes[column] if code != old])
    said = f"{_place(item, frame.loc[row])}: {column} {old} -> {new}"
    return Edit("code changed", said, {name: _with_cell(frame, row, column, new)})


def row_dropped(rng: random.Random, package: Package, items: dict, name: str) -> Edit | None:
    """A coded row less, with those of other tables that are about it."""
    frame = package[name]
    if frame.empty or items[name]["origin"] != "coded":
        return None
    row = rng.choice(list(frame.index))
    return Edit("row dropped", _place(items[name], frame.loc[row]), _without(package, items, name, [row]))


def _without(package: Package, items: dict, name: str, rows: list[int]) -> dict[str, pd.DataFrame]:
    """The tables that change if rows of one go: what refers to them goes too, or no longer refers."""
    changed = dict(package)

    def drop(name: str, rows: list[int]) -> None:
        gone = changed[name].loc[rows]
        changed[name] = changed[name].drop(index=rows).reset_index(drop=True)
        for other, item in items.items():
            for key in item["schema"].get("foreignKeys", []):
                if key["reference"]["resource"] != name:
                    continue
                (column,), (own,) = key["fields"], key["reference"]["fields"]
                field = next(field for field in item["schema"]["fields"] if field["name"] == column)
                orphans = changed[other].index[changed[other][column].isin(gone[own])]
                if orphans.empty:
                    continue
                if limits(field).get("required") or is_key(item, field):
                    drop(other, list(orphans))
                else:
                    changed[other] = changed[other].copy()
                    changed[other].loc[orphans, column] = None

    drop(name, rows)
    return {table: frame for table, frame in changed.items() if frame is not package[table]}


def member_flipped(rng: random.Random, package: Package, items: dict, name: str) -> Edit | None:
    """A state or body more or less among the members, participants or parties of something; or a spell that ends."""
    item, frame = items[name], package[name]
    columns = [column for column in links(item) if column in key_of(item) or "start" in frame]
    if len(columns) < 2 or frame.empty:
        return None
    # What has members stands before its members.
    of, actor = columns[:2]
    row = rng.choice(list(frame.index))
    spell = "start" in frame and pd.notna(frame.at[row, "start"]) and pd.isna(frame.at[row, "end"])
    flip = rng.choice(["added", "removed", *(["ended"] if spell else [])])
    place = f"{frame.at[row, of]} {frame.at[row, actor]} ({name})"
    if flip == "removed":
        return Edit("member flipped", f"{place} removed", _without(package, items, name, [row]))
    if flip == "ended":
        ended = str(rng.randint(int(frame.at[row, "start"][:4]) + 1, int(frame.at[row, "last_checked"][:4])))
        return Edit("member flipped", f"{place} ended {ended}", {name: _with_cell(frame, row, "end", ended)})
    inside = set(frame.loc[frame[of] == frame.at[row, of], actor])
    outside = sorted(set(frame[actor].dropna()) - inside)
    if not outside:
        return None
    new = frame.loc[[row]].assign(**{actor: rng.choice(outside)})
    changed = {}
    if key_of(item) == ["id"]:
        new["id"] = "NEW"
        cites, by = item["citations"]["resource"], item["citations"]["field"]
        cited = package[cites][package[cites][by] == frame.at[row, "id"]].assign(**{by: "NEW"})
        changed[cites] = pd.concat([package[cites], cited], ignore_index=True)
    changed[name] = pd.concat([frame, new], ignore_index=True)
    return Edit("member flipped", f"{frame.at[row, of]} {new[actor].item()} ({name}) added", changed)


KINDS = {"date": date_moved, "member": member_flipped, "code": code_changed, "row": row_dropped}


def edits(seed: int, package: Package, items: dict, among: set[str], number: int) -> list[Edit]:
    """Random edits, each of which validation passes.

    Validation takes a second or two, so several drafts that touch different
    tables are laid before it at once; what it names is thrown away.

    Parameters
    ----------
    seed : int
    package : mapping of str to pandas.DataFrame
        The tables by name.
    items : dict of str to dict
        Their descriptors.
    among : set of str
        Tables of which rows may be edited; of these :func:`is_fact` chooses.
    number : int
        How many are asked for.

    Returns
    -------
    list of Edit
    """
    rng = random.Random(seed)
    names = sorted(name for name in among if is_fact(items[name]))
    found: dict[str, Edit] = {}
    for _ in range(number):
        if len(found) >= number:
            break
        batch: dict[str, Edit] = {}
        for _ in range(DRAFTS):
            draft = KINDS[rng.choice(sorted(KINDS))](rng, package, items, rng.choice(names))
            touched = {name for edit in batch.values() for name in edit.changed}
            if draft and draft.said not in found and not touched & set(draft.changed):
                batch[draft.said] = draft
        found |= _passed(batch, package, items)
    if len(found) < number:
        raise ValueError(f"not enough edits of {', '.join(names)} pass validation")
    return list(found.values())[:number]


def _passed(batch: dict[str, Edit], package: Package, items: dict) -> dict[str, Edit]:
    """The edits in which validation finds no fault, if they are made together."""
    while batch:
        changed = {name: frame for edit in batch.values() for name, frame in edit.changed.items()}
        said = faults({**package, **changed}, list(items.values()))
        if not said:
            break
        named = set(re.findall(r"\w+", " ".join(said)))
        kept = {place: edit for place, edit in batch.items() if not named & set(edit.changed)}
        batch = kept if len(kept) < len(batch) else {}
    return batch
