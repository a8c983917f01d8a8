"""Walk a report from any of its parts to all that it rests on, and to all that rests on it.

``make trace OF=`` a claim, a judgement, a figure or table of a chapter, a
table of the data package, a row of it (``table:key``, or its key alone), or a
source. Read from the report's own tables, and from what its cells read when
they last ran.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from claimbook.build.contents import chapters, pages
from claimbook.build.execution import FIGURE, code_cells, execute, executed, place_of, reads
from claimbook.build.inputs import kept_path
from claimbook.build.lock import alone
from claimbook.command import run
from claimbook.errors import BuildError
from claimbook.judgement import Judgement
from claimbook.kept import FOLDER
from claimbook.package import tables
from claimbook.provenance import flows
from claimbook.settings import settings

CITED = re.compile(r"\{cite\}`([^`]+)`")
NAMED = re.compile(r"^:name: (\S+)$", re.MULTILINE)
# So many columns of a row are told, and so many rows under a heading.
COLUMNS, ROWS = 5, 40


@dataclass(frozen=True)
class Shown:
    """A figure or table that a cell of a chapter shows.

    Attributes
    ----------
    name : str
        Its label.
    chapter : pathlib.Path
        Relative to the root.
    place : str
        Cell and line.
    title : str
        What it says.
    tables : set of str
        What it was made from.
    """

    name: str
    chapter: Path
    place: str
    title: str
    tables: set[str] = field(hash=False)


@dataclass(frozen=True)
class Row:
    """A row of a table, by its key."""

    table: str
    key: str


class Report:
    """A report as a graph: sources, rows, tables, cells, figures, judgements and claims.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project; its chapters have run.
    """

    def __init__(self, root: Path):
        self.root, self.folder = root, root / "data"
        self.items = {item["name"]: item for item in tables.described(self.folder)["resources"]}
        self.load = partial(tables.load, folder=self.folder)

    @cached_property
    def shown(self) -> list[Shown]:
        """The figures and tables of all chapters."""
        return [part for chapter in chapters(self.root) for part in self._shown(chapter)]

    def _shown(self, chapter: Path) -> Iterator[Shown]:
        cells = code_cells(executed(self.root, chapter))
        flowing = flows([cell.source for cell in cells], reads(self.root, chapter))
        for number, (cell, made_from) in enumerate(zip(cells, flowing, strict=True), start=1):
            place = place_of(self.root / chapter, number)
            label = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
            for data in (output.get("data", {}) for output in cell.outputs):
                if FIGURE in data and label:
                    yield Shown(
                        label,
                        chapter,
                        place,
                        data[FIGURE]["layout"]["meta"]["title"],
                        set(data[FIGURE]["layout"]["meta"]["tables"]),
                    )
                for name in NAMED.findall(data.get("text/markdown", "")):
                    title = data["text/markdown"].partition("\n")[0].partition("} ")[2]
                    yield Shown(name, chapter, place, title, set().union(*made_from))

    @cached_property
    def cells(self) -> list[tuple[Path, str, set[str]]]:
        """Chapter and place of each cell that reads, and what."""
        return [
            (chapter, place_of(self.root / chapter, number), {name for names in lines.values() for name in names})
            for chapter in chapters(self.root)
            for number, lines in enumerate(reads(self.root, chapter).cells, start=1)
            if lines
        ]

    @cached_property
    def judgements(self) -> list[Judgement]:
        """The key judgements, with the tables that each was made from."""
        place = settings(self.root).judgements
        if place is None:
            return []
        module, _, name = place.partition(":")
        os.environ.setdefault(FOLDER, str(kept_path(self.root)))
        return getattr(importlib.import_module(module), name)(self.load)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The claims under test."""
        return self.load("claims")

    def claims_of(self, chapter: Path | str) -> list[str]:
        """Keys of the claims that a chapter tests."""
        page = Path(chapter).with_suffix("").as_posix().removeprefix("book/")
        return self.claims.loc[self.claims["chapter"] == page, "key"].tolist()

    def key_of(self, table: str) -> list[str]:
        """Columns of the key of a table."""
        key = self.items[table]["schema"]["primaryKey"]
        return key if isinstance(key, list) else [key]

    def rows(self, table: str) -> pd.DataFrame:
        """A table under the key of each row, several columns of a key joined by slashes."""
        frame = self.load(table)
        return frame.set_index(frame[self.key_of(table)].astype(str).agg("/".join, axis=1))

    def references(self, to: str) -> list[tuple[str, str]]:
        """Table and column of everything that refers to the key of a table."""
        return [
            (name, key["fields"][0])
            for name, item in self.items.items()
            for key in item["schema"].get("foreignKeys", [])
            if key["reference"]["resource"] == to
        ]

    def referring(self, row: Row) -> list[Row]:
        """Rows of other tables that belong to a row."""
        found = []
        for table, column in self.references(row.table):
            frame = self.rows(table)
            found += [Row(table, key) for key in frame.index[frame[column].astype(str) == row.key]]
        return found

    def parents(self, row: Row) -> list[Row]:
        """Rows that a row refers to."""
        values = self.rows(row.table).loc[row.key]
        return [
            Row(key["reference"]["resource"], str(values[key["fields"][0]]))
            for key in self.items[row.table]["schema"].get("foreignKeys", [])
            if pd.notna(values[key["fields"][0]])
        ]

    def citing(self, source: str) -> list[str]:
        """Pages and lines that cite a source in their prose."""
        return [
            f"{page}:{number}"
            for page in pages(self.root)
            for number, line in enumerate((self.root / page).read_text(encoding="utf-8").splitlines(), start=1)
            if any(source in keys.split(",") for keys in CITED.findall(line))
        ]

    def found(self, asked: str) -> list[Row]:
        """Rows with ``table:key``, or coded rows with that key."""
        table, colon, key = asked.partition(":")
        if colon:
            return [Row(table, key)] if table in self.items and key in self.rows(table).index else []
        coded = [name for name, item in self.items.items() if item["origin"] != "derived"]
        return [Row(name, asked) for name in coded if asked in self.rows(name).index]


def _short(text: object, length: int = 110) -> str:
    said = " ".join(str(text).split())
    return said if len(said) <= length else f"{said[: length - 1].rstrip()}…"


def _row(report: Report, row: Row) -> str:
    values = report.rows(row.table).loc[row.key].dropna()
    told = ", ".join(f"{name} {_short(value, 60)}" for name, value in list(values.items())[:COLUMNS])
    return f"{row.table}: {told}"


def _uses(report: Report, names: set[str]) -> Iterator[str]:
    """What rests on tables: figures, cells, judgements, claims."""
    yield from _figures(part for part in report.shown if part.tables & names)
    for chapter, place, read in report.cells:
        if read & names:
            yield f"  read by {chapter}, {place}: {', '.join(sorted(read & names))}"
    resting = [item for item in report.judgements if set(item.tables) & names]
    yield from _judgements(resting)
    tested = {part.chapter for part in report.shown if part.tables & names} | {
        chapter for chapter, _, read in report.cells if read & names
    }
    for chapter in sorted(tested):
        for key in report.claims_of(chapter):
            yield f"  claim {key}, tested in {chapter}"


def _figures(shown: Iterable[Shown]) -> Iterator[str]:
    for part in shown:
        yield f"  {part.name} ({part.chapter}, {part.place}): {_short(part.title, 80)}"
        yield f"      made from {', '.join(sorted(part.tables)) or 'no table'}"


def _judgements(made: list[Judgement]) -> Iterator[str]:
    for item in made:
        yield f"  judgement {item.key} ({item.chapter}): {item.question}"
        yield f"      made from {', '.join(item.tables)}"


def _rests(report: Report, names: set[str]) -> Iterator[str]:
    """What tables rest on: their rows, and the sources of these."""
    for name in (name for name in report.items if name in names):
        item = report.items[name]
        yield f"  table {name}: {len(report.load(name)):,} rows, {item['origin']}; row by row: make trace OF={name}:KEY"
        for source in item.get("sources", []):
            yield f"      {source['title']}, {source['path']}"


def of_claim(report: Report, key: str) -> Iterator[str]:
    """A claim: who tests it, by what figures and judgements, from which tables."""
    claim = report.claims.set_index("key").loc[key]
    yield f"claim {key}: {claim['claim']}"
    if pd.isna(claim["chapter"]):
        yield "  no chapter tests it"
        return
    chapter = f"book/{claim['chapter']}"
    parts = [part for part in report.shown if part.chapter.with_suffix("").as_posix() == chapter]
    made = [item for item in report.judgements if f"book/{item.chapter}" == chapter]
    yield f"tested in {chapter}, by"
    yield from _judgements(made)
    yield from _figures(parts)
    yield "which rest on"
    yield from _rests(
        report, {name for part in parts for name in part.tables} | {name for item in made for name in item.tables}
    )
    yield from _sources_of(report, Row("claims", key))


def of_judgement(report: Report, key: str) -> Iterator[str]:
    """A judgement: its answer, the claims of its chapter, and the tables it is made from."""
    item = next(item for item in report.judgements if item.key == key)
    yield f"judgement {key} ({item.chapter}): {item.answer}"
    for claim in report.claims_of(item.chapter):
        yield f"  answers claim {claim}"
    yield "which rests on"
    yield from _rests(report, set(item.tables))


def of_shown(report: Report, name: str) -> Iterator[str]:
    """A figure or table of a chapter: its cell, the claims of its chapter, and what it was made from."""
    part = next(part for part in report.shown if part.name == name)
    yield f"{name} ({part.chapter}, {part.place}): {part.title}"
    for claim in report.claims_of(part.chapter):
        yield f"  in the chapter that tests claim {claim}"
    yield "which rests on"
    yield from _rests(report, part.tables)


def of_table(report: Report, name: str) -> Iterator[str]:
    """A table: what it is, and all that rests on it."""
    yield f"table {name}: {report.items[name]['title']}"
    yield from _rests(report, {name})
    yield "on which rest"
    yield from _uses(report, {name})


def _sources_of(report: Report, row: Row) -> Iterator[str]:
    cited = dict.fromkeys(parent.key for part in [row, *report.referring(row)] for parent in _cited(report, part))
    known = report.rows("sources")
    if cited:
        yield "sources"
    for key in cited:
        values = known.loc[key]
        yield f"  {key}: {_short(values['title'])} (verified: {values['verified']}) {values['url'] if pd.notna(values['url']) else ''}"


def _cited(report: Report, row: Row) -> list[Row]:
    return [parent for parent in report.parents(row) if parent.table == "sources"] if row.table != "sources" else []


def of_row(report: Report, row: Row) -> Iterator[str]:
    """A row: its values, the rows that belong to it, its sources, and all that rests on its table."""
    yield _row(report, row)
    belonging = [part for part in report.referring(row) if not _cited(report, part)]
    for part in belonging[:ROWS]:
        yield f"  with {_row(report, part)}"
    yield from _sources_of(report, row)
    yield f"on rows of {row.table} rest"
    yield from _uses(report, {row.table})


def of_source(report: Report, key: str) -> Iterator[str]:
    """A source: who cites it, and which rows rest on it."""
    yield f"source {key}: {report.rows('sources').loc[key, 'title']}"
    for place in report.citing(key):
        yield f"  cited in {place}"
    links = report.referring(Row("sources", key))
    for link in links:
        parents = [parent for parent in report.parents(link) if parent.table != "sources"]
        yield f"  bears {_row(report, parents[0] if parents else link)}"
    bearing = {parent.table for link in links for parent in report.parents(link)} - {"sources"}
    if bearing:
        yield f"on rows of {', '.join(sorted(bearing))} rest"
        yield from _uses(report, bearing)


def trace(root: Path, asked: str) -> list[str]:
    """The way from a part of a report to what it rests on and to what rests on it.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project; its chapters have run.
    asked : str
        Key of a claim, judgement or source, label of a figure or table of a
        chapter, name of a table of the data package, or a row as ``table:key``
        or by its key.

    Returns
    -------
    list of str
        Lines for a reader.

    Raises
    ------
    BuildError
        If the report has nothing of that name.
    """
    report = Report(root)
    if asked in set(report.claims["key"]):
        return list(of_claim(report, asked))
    if asked in set(report.load("sources")["key"]):
        return list(of_source(report, asked))
    if asked in report.items:
        return list(of_table(report, asked))
    if rows := report.found(asked):
        return [line for row in rows for line in of_row(report, row)]
    if asked in {part.name for part in report.shown}:
        return list(of_shown(report, asked))
    if asked in {item.key for item in report.judgements}:
        return list(of_judgement(report, asked))
    raise BuildError(f"{asked}: no claim, judgement, figure, table, row or source has this name")


def main() -> int:
    """Command line of the trace."""
    parser = argparse.ArgumentParser(prog="python -m claimbook.build.trace", description=__doc__)
    parser.add_argument("of", help="what to trace")
    arguments, root = parser.parse_args(), Path.cwd()
    if not arguments.of:
        raise BuildError("OF= is missing: a claim, judgement, figure, table, row or source to trace")
    with alone(root, "trace"):
        execute(root, lambda line: print(line, file=sys.stderr))
        print("\n".join(trace(root, arguments.of)))
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
