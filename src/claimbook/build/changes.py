"""What changed between two states of a report, for its changelog: rows, and what readers see.

Usage: ``python -m claimbook.build.changes OLD [NEW]``; each is a revision of the
repository, or a folder or a zip archive of the data package. NEW is by default
what stands in the working directory. Below the changes of the tables, row by
row, stand tables in Markdown: verdicts, judgements, sentences with numbers and
figures that differ, before and after, in the order of the chapters.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from claimbook.build.shown import Figure, Sentence, Shown, is_book, shown
from claimbook.command import run
from claimbook.package.changes import changes, lines, of_revision, read, tables
from claimbook.package.tables import data_dir
from claimbook.settings import settings

# A text of so many characters is told whole; of a longer one, so many words on each side of what differs.
WHOLE, AROUND = 200, 6
# Two sentences are one that was changed if they share this part of their words.
ALIKE = 0.5


class Difference(NamedTuple):
    """What differs between two states.

    Attributes
    ----------
    page : str
        Where it stands, or where its evidence does.
    name : str
        Key of a claim, question of a judgement, label of a figure; empty for a sentence.
    part : str
        What of it differs, if it has parts.
    before, after : str
        How it was and is; empty in a state that lacks it.
    """

    page: str
    name: str
    part: str
    before: str
    after: str


def around(before: str, after: str) -> tuple[str, str]:
    """Two texts as they fit into cells of a table.

    Parameters
    ----------
    before, after : str

    Returns
    -------
    tuple of str
        Whole if both are short; else the words around what differs, cut to
        :data:`WHOLE` characters.
    """
    texts = before, after
    if before and after and max(map(len, texts)) > WHOLE:
        one, two = before.split(), after.split()
        near: tuple[set[int], set[int]] = set(), set()
        for kind, *ends in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
            if kind != "equal":
                near[0].update(range(ends[0] - AROUND, ends[1] + AROUND))
                near[1].update(range(ends[2] - AROUND, ends[3] + AROUND))
        texts = _near(one, near[0]), _near(two, near[1])
    return textwrap.shorten(texts[0], WHOLE, placeholder=" …"), textwrap.shorten(texts[1], WHOLE, placeholder=" …")


def _near(words: list[str], near: set[int]) -> str:
    """The words that have these numbers, with a mark for those left out."""
    told = " ".join(word if number in near else "\0" for number, word in enumerate(words))
    return re.sub(r"\0(?: \0)*", "…", told)


def verdicts(old: dict[str, bytes], new: dict[str, bytes]) -> list[Difference] | str:
    """What differs in the verdicts on the claims.

    Parameters
    ----------
    old, new : dict of str to bytes
        Two versions of the data package.

    Returns
    -------
    list of Difference, or str
        By claim and column; or why nothing can be compared.
    """
    before, after = tables(old, "verdicts", "claims"), tables(new, "verdicts", "claims")
    lacking = [name for name, found in (("older", before), ("newer", after)) if "verdicts" not in found]
    if lacking:
        return f"Not comparable: no table of verdicts in the {' and the '.join(lacking)} state."
    one, two = before["verdicts"], after["verdicts"]
    page = {**_pages_of(before), **_pages_of(after)}
    return [
        Difference(page.get(claim, ""), f"`{claim}`", column, _cell(one, claim, column), _cell(two, claim, column))
        for claim in dict.fromkeys([*page, *two.index, *one.index])
        for column in dict.fromkeys([*two.columns, *one.columns])
        if _cell(one, claim, column) != _cell(two, claim, column)
    ]


def _pages_of(found: dict[str, pd.DataFrame]) -> dict[str, str]:
    return found["claims"]["chapter"].to_dict()


def _cell(frame: pd.DataFrame, row: str, column: str) -> str:
    return frame.loc[row, column] if row in frame.index and column in frame.columns else ""


def judgements(old: Shown, new: Shown) -> list[Difference] | str:
    """The judgements that differ, by their question; or why nothing can be compared."""
    before, after = old.judgements, new.judgements
    lacking = [name for name, found in (("older", before), ("newer", after)) if not found]
    if lacking:
        return f"Not comparable: no judgement is shown in the {' and the '.join(lacking)} state."
    return [
        Difference(
            (after.get(question) or before[question])[0],
            question,
            "",
            before.get(question, ("", ""))[1],
            after.get(question, ("", ""))[1],
        )
        for question in dict.fromkeys([*after, *before])
        if before.get(question, ("", ""))[1] != after.get(question, ("", ""))[1]
    ]


def sentences(old: Shown, new: Shown) -> list[Difference]:
    """The sentences with numbers that differ.

    Parameters
    ----------
    old, new : Shown

    Returns
    -------
    list of Difference
        One that only moved is left out.
    """
    kept = {item.text for item in old.sentences} & {item.text for item in new.sentences}
    gone = [item for item in old.sentences if item.text not in kept]
    come = [item for item in new.sentences if item.text not in kept]
    pairs = _pairs(gone, come)
    was = {place: gone[earlier] for place, earlier in pairs.items()}
    told = [
        Difference(after.page, "", "", was[place].text if place in was else "", after.text)
        for place, after in enumerate(come)
        if after.counts or (place in was and was[place].counts)
    ]
    left = [item for place, item in enumerate(gone) if place not in pairs.values() and item.counts]
    return told + [Difference(before.page, "", "", before.text, "") for before in left]


def _pairs(gone: list[Sentence], come: list[Sentence]) -> dict[int, int]:
    """Which sentence each new one was: written alike, or else of half the same words, on the same page first."""
    words = [[Counter(item.text.split()) for item in part] for part in (gone, come)]
    likely = []
    for later, after in enumerate(come):
        for earlier, before in enumerate(gone):
            one, two = words[0][earlier], words[1][later]
            alike = 2 * (one & two).total() / (one.total() + two.total())
            written = before.written == after.written
            if written or alike >= ALIKE:
                likely.append((before.page == after.page, written, alike, -later, -earlier))
    found: dict[int, int] = {}
    for *_, later, earlier in sorted(likely, reverse=True):
        if -later not in found and -earlier not in found.values():
            found[-later] = -earlier
    return found


def figures(old: Shown, new: Shown) -> list[Difference]:
    """The figures whose title, subtitle or data differ, by their label and part."""
    told: list[Difference] = []
    for label in dict.fromkeys([*new.figures, *old.figures]):
        before, after = old.figures.get(label), new.figures.get(label)
        if before and after:
            told += [Difference(after.page, f"`{label}`", *found) for found in _differing(before, after)]
        elif after:
            told.append(Difference(after.page, f"`{label}`", "", "", after.title))
        elif before:
            told.append(Difference(before.page, f"`{label}`", "", before.title, ""))
    return told


def _differing(before: Figure, after: Figure) -> Iterator[tuple[str, str, str]]:
    """The parts of a figure that differ, with how each was and is."""
    for part in ("title", "subtitle"):
        if getattr(before, part) != getattr(after, part):
            yield part, getattr(before, part), getattr(after, part)
    if before.columns != after.columns:
        yield "columns", ", ".join(before.columns), ", ".join(after.columns)
    one, two = Counter(before.rows), Counter(after.rows)
    if one != two:
        yield "data", _rows(one, one - two, "gone"), _rows(two, two - one, "new")


def _rows(rows: Counter[tuple[str, ...]], other: Counter[tuple[str, ...]], word: str) -> str:
    """How many rows a figure has, and as many of those that the other state has not as fit into a cell."""
    listed = "; ".join(", ".join(filter(None, row)) for row in other.elements())
    told = f"{rows.total()} rows, {other.total()} {word} or changed: {listed}" if listed else f"{rows.total()} rows"
    return textwrap.shorten(told, WHOLE, placeholder=" …")


def table(rows: Iterable[Difference], pages: Iterable[str]) -> list[str]:
    """A table in Markdown of what differs.

    Parameters
    ----------
    rows : iterable of Difference
    pages : iterable of str
        The pages in their order; others come last.

    Returns
    -------
    list of str
        Lines.
    """
    order = {page: number for number, page in enumerate(pages)}
    told = ["| what | before | after |", "|---|---|---|"]
    for row in sorted(rows, key=lambda row: order.get(row.page, len(order))):
        named = ", ".join(filter(None, (row.name, row.part)))
        what = ": ".join(filter(None, (row.page and f"`{row.page}`", named)))
        cells = (what, *around(row.before, row.after))
        told.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return told


def section(title: str, rows: list[Difference] | str, pages: Iterable[str] = ()) -> list[str]:
    """A section of the changelog: what differs as a table, or one line why there is none."""
    if isinstance(rows, str):
        return ["", f"### {title}", "", rows]
    things = {(row.page, row.name) if row.name else row for row in rows}
    return ["", f"### {title} ({len(things)})", "", *(table(rows, pages) if rows else ["None differs."])]


def differences(old: Shown, new: Shown, judged: list[Difference] | str) -> list[str]:
    """What differs between two states of a book, as sections of a changelog.

    Parameters
    ----------
    old, new : Shown
    judged : list of Difference, or str
        From :func:`verdicts`.

    Returns
    -------
    list of str
        Lines.
    """
    pages = list(dict.fromkeys([*new.pages, *old.pages]))
    told = [
        *section("Verdicts", judged, pages),
        *section("Judgements", judgements(old, new), pages),
        *section("Sentences with numbers", sentences(old, new), pages),
        *section("Figures", figures(old, new), pages),
    ]
    for name, state in (("older", old), ("newer", new)):
        if state.unsaid:
            told += [
                "",
                f"{state.unsaid} values of the {name} state are in no reference notebook; their names stand in braces.",
            ]
    return told


def _root(version: str | None, folder: Path) -> Path | None:
    """Where the whole book of a version stands, a revision unpacked into a folder; none of a data package alone."""
    if version is None:
        root = data_dir().parent
    elif Path(version).exists():
        return None
    else:
        of_revision(version).extractall(folder)
        root = folder
    return root if is_book(root) else None


def _seen(versions: tuple[str, str | None]) -> tuple[Shown, Shown] | str:
    """What two states tell their readers, or why they cannot be compared in it."""
    with tempfile.TemporaryDirectory() as folder:
        roots = [_root(version, Path(folder, str(number))) for number, version in enumerate(versions)]
        old, new = roots
        if not old or not new:
            which = versions[1 if old else 0] or str(data_dir())
            parts = "judgements, sentences and figures, which stand in the repository"
            return f"Not comparable: {parts}; {which} has the data alone."
        judge = (settings(data_dir().parent).judgements or "").rpartition(":")[2]
        return shown(old, judge), shown(new, judge)


def main() -> int:
    """Print the changes of the tables, and what differs for readers."""
    parser = argparse.ArgumentParser(prog="python -m claimbook.build.changes", description=__doc__)
    parser.add_argument("old")
    parser.add_argument("new", nargs="?")
    arguments = parser.parse_args()
    old, new = read(arguments.old), read(arguments.new or str(data_dir()))
    told = [*lines(changes(old, new))]
    judged, seen = verdicts(old, new), _seen((arguments.old, arguments.new))
    if isinstance(seen, str):
        told += [*section("Verdicts", judged), "", seen]
    else:
        told += differences(*seen, judged)
    print("\n".join(told))
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
