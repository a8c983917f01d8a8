"""How far the words of the book are bound to its data: of texts beside values that random edits move, the share bound.

Run ``python tests/bound_share.py`` (``make bound``) for the report.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import inspect
import json
import pickle
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module

import joblib
import pandas as pd
import plotly.graph_objects as go
import pytest
from plotly.utils import PlotlyJSONEncoder

import cooperation.figures
import cooperation.measures
from claimbook import bound
from claimbook import chapter as cells_call
from claimbook.errors import WordsError
from claimbook.judgement import JudgementError
from cooperation import periods

from edits import Edit, edits, whole_package
from project import CHAPTERS, ROOT, run_cells

# Chapters all of whose findings are bound; each joins when it is rewritten.
PATTERN = (
    "mistrust/threat",
    "annex/threat",
    "mistrust/allegations",
    "annex/allegations",
    "mistrust/ruptures",
    "annex/ruptures",
    "dispute/standoff",
    "annex/standoff",
    "dispute/prism",
    "annex/prism",
    "dispute/exclusion",
    "annex/exclusion",
    "initiatives/cascade",
    "annex/cascade",
    "initiatives/tables",
    "initiatives/since-2014",
    "annex/since-2014",
    "initiatives/aftermath",
    "annex/aftermath",
    "annex/architecture",
    "annex/network",
)
# What counts or compares in them, and yet says nothing that a row could make false: how each sentence begins.
NO_FINDINGS = {
    "mistrust/threat": ("That a state fought AQIM in one year",),
    "annex/threat": ("What UCDP places in the conflict of one state",),
    "annex/cascade": (
        "The *first list* was made",
        "Intervals are exact and of 95 per cent",
        "African-led foundings a year by shapes fitted",
        "How many times as high as a steady rise",
        "That 2012 began something new",
        "How large the number of African-led arrangements",
    ),
}
# Has so few values that random edits seldom move one.
FEW_VALUES = ("mistrust/allegations", "initiatives/tables", "initiatives/since-2014", "annex/since-2014")
# Its tests by chance take minutes.
TOO_LONG = ("annex/network",)
SEED, EDITS = 20261130, 50


def _frames() -> set[str]:
    """The periods that the report sets, as chapters spell them."""
    years = {*periods.YEARS.values(), *((first.year, last.year) for first, last in periods.SPANS.values())}
    days = {day for span in periods.SPANS.values() for day in span} | {periods.ARTICLE, periods.COUP}
    spelt = {f"{first}{between}{last}" for first, last in years for between in ("-", "–", " to ", " and ")}
    spelt |= {f"before {last + 1}" for _, last in years} | {f"after {last}" for _, last in years}
    return spelt | {words(day) for day in days for words in (periods.in_words, periods.in_month)}


FRAMES = frozenset(_frames())


def findings(chapter: str) -> list[bound.Text]:
    """The texts of a chapter that state a finding."""
    passed = NO_FINDINGS.get(chapter, ())
    found = bound.texts((ROOT / "book" / f"{chapter}.md").read_text(encoding="utf-8"), FRAMES)
    return [text for text in found if not text.words.startswith(passed)]


def reads(chapter: str) -> set[str]:
    """The tables that the cells of a chapter load."""
    return set(re.findall(r'\bload\("(\w+)"\)', (ROOT / "book" / f"{chapter}.md").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Shown:
    """What the cells of a chapter give on some tables: values, and figures and tables, by name; words that do not hold."""

    values: dict[str, str]
    drawn: dict[str, str]
    refused: list[str]


@dataclass(frozen=True)
class Outcome:
    """What an edit does to a chapter.

    Attributes
    ----------
    edit : Edit
    chapter : str
    moved : set of str
        The values, figures and tables that it moves.
    beside : list of claimbook.bound.Text
        The findings that stand beside what it moves.
    caught : str
        Words that stop the build, if any do.
    broke : str
        Another error that stops it, if any does: a fault of the chapter.
    """

    edit: Edit
    chapter: str
    moved: set[str] = field(default_factory=set)
    beside: list[bound.Text] = field(default_factory=list)
    caught: str = ""
    broke: str = ""

    @property
    def loose(self) -> list[bound.Text]:
        """The findings that may now be false, and stand."""
        return [] if self.caught or self.broke else [text for text in self.beside if not text.bound]


@contextlib.contextmanager
def remembering() -> Iterator[None]:
    """Let measures and figures, which are pure, compute once what cells ask of them again with the same arguments."""
    kept: dict[tuple, object] = {}
    inside = []

    def remembered(function: Callable) -> Callable:
        @functools.wraps(function)
        def call(*args, **kwargs):
            if inside:
                return function(*args, **kwargs)
            try:
                asked = (function.__module__, function.__name__, joblib.hash((args, kwargs)))
            except pickle.PicklingError:
                return function(*args, **kwargs)
            if asked not in kept:
                inside.append(asked)
                try:
                    found = function(*args, **kwargs)
                finally:
                    inside.pop()
                # Cells may write into a table; a figure is the last that they give.
                kept[asked] = found if isinstance(found, go.Figure) else pickle.dumps(found)
            found = kept[asked]
            return pickle.loads(found) if isinstance(found, bytes) else found

        return call

    with pytest.MonkeyPatch.context() as patch:
        for folder in (cooperation.measures, cooperation.figures):
            for name in (item.name for item in pkgutil.iter_modules(folder.__path__)):
                module = import_module(f"{folder.__name__}.{name}")
                for own, function in inspect.getmembers(module, inspect.isfunction):
                    if function.__module__ == module.__name__ and not own.startswith("_"):
                        patch.setattr(module, own, remembered(function))
        yield


def show(chapter: str, load: Callable[[str], pd.DataFrame]) -> Shown:
    """Run a chapter to its end, though words of it may not hold."""
    refused: list[str] = []
    drawn: dict[str, str] = {}

    def show_table(frame: pd.DataFrame, name: str, caption: str, **_) -> None:
        drawn[name] = caption + frame.to_csv()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells_call, "show_table", show_table)
        values, figures = run_cells(chapter, load, lost=refused)
    drawn |= {name: json.dumps(figure, cls=PlotlyJSONEncoder) for name, figure in figures.items()}
    return Shown(values, drawn, refused)


def _moved(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {name for name in before | after if before.get(name) != after.get(name)}


def beside(texts: Iterable[bound.Text], values: set[str], drawn: set[str]) -> list[bound.Text]:
    """The texts in a section that says a value, and those of a figure or table, of those named."""
    texts = list(texts)
    sections = {text.section for text in texts if text.values & values}
    return [text for text in texts if text.section in sections or text.name in drawn]


def measure(chapters: Iterable[str], number: int, seed: int = SEED) -> Iterator[Outcome]:
    """Make random edits of the tables that chapters read, and see what moves in those that read them.

    Parameters
    ----------
    chapters : iterable of str
    number : int
        How many edits.
    seed : int

    Yields
    ------
    Outcome
        One for each edit and chapter that reads a table that it changes.
    """
    package, items = whole_package()
    read = {chapter: reads(chapter) for chapter in chapters}
    texts = {chapter: findings(chapter) for chapter in read}
    shown: dict[str, Shown] = {}
    with remembering():
        for edit in edits(seed, package, items, set().union(*read.values()), number):
            for chapter in (chapter for chapter in read if read[chapter] & set(edit.changed)):
                if chapter not in shown:
                    shown[chapter] = show(chapter, lambda name: package[name].copy())
                yield _outcome(edit, chapter, {**package, **edit.changed}, shown[chapter], texts[chapter])


def _outcome(edit: Edit, chapter: str, package: dict, before: Shown, texts: list[bound.Text]) -> Outcome:
    """What an edit does to a chapter that without it shows what is given."""
    try:
        after = show(chapter, lambda name: package[name].copy())
    except (WordsError, JudgementError) as error:
        return Outcome(edit, chapter, caught=str(error))
    except Exception as error:  # whatever a cell may raise
        return Outcome(edit, chapter, broke=f"{type(error).__name__}: {error}")
    values, drawn = _moved(before.values, after.values), _moved(before.drawn, after.drawn)
    return Outcome(edit, chapter, values | drawn, beside(texts, values, drawn), caught="; ".join(after.refused))


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.0f} %)" if whole else "none"


def report(outcomes: list[Outcome], chapters: Iterable[str]) -> list[str]:
    """The measure in lines: the share bound of each chapter and of the book, and what stands unbound."""
    lines, all_texts = [], []
    for chapter in (*chapters, ""):
        own = [outcome for outcome in outcomes if not chapter or outcome.chapter == chapter]
        texts = findings(chapter) if chapter else all_texts
        all_texts = all_texts + texts if chapter else texts
        whole = sum(len(outcome.beside) for outcome in own)
        loose = sum(len(outcome.loose) for outcome in own)
        lines.append(
            f"{chapter or 'the book'}: findings bound {_share(sum(text.bound for text in texts), len(texts))}; "
            f"beside what edits move {_share(whole - loose, whole)}; "
            f"edits read {len(own)}, moved something {sum(bool(outcome.moved) for outcome in own)}, "
            f"caught {sum(bool(outcome.caught) for outcome in own)}, broke {sum(bool(outcome.broke) for outcome in own)}"
        )
    lines += [
        f"{outcome.chapter}: {outcome.edit.kind}, {outcome.edit.said}: {outcome.caught or outcome.broke}"
        for outcome in outcomes
        if outcome.caught or outcome.broke
    ]
    times = Counter((outcome.chapter, text) for outcome in outcomes for text in outcome.loose)
    return lines + [f"{chapter}: {number} edits: {text}" for (chapter, text), number in times.items()]


def main() -> int:
    """Measure the book but for what takes too long, or the chapters named, and print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapters", nargs="*", default=[name for name in CHAPTERS if name not in TOO_LONG])
    parser.add_argument("--edits", type=int, default=EDITS)
    asked = parser.parse_args()
    left_out = ", ".join(name for name in CHAPTERS if name not in asked.chapters)
    print(f"{asked.edits} edits, seed {SEED}; left out: {left_out or 'none'}", flush=True)
    outcomes = []
    for outcome in measure(asked.chapters, asked.edits):
        outcomes.append(outcome)
        print(f"{len(outcomes)}: {outcome.chapter}: {outcome.edit.said}", file=sys.stderr, flush=True)
    print("\n".join(report(outcomes, asked.chapters)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
