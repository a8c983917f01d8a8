"""Days and periods stand in one place, and the words that readers see are no keys."""

from __future__ import annotations

import ast
import itertools
import re
from functools import cache

import jupytext
import pandas as pd
import pytest

from claimbook.package.tables import load, resource
from cooperation import validation
from cooperation.figures import aftermath as draw
from cooperation.measures import aftermath, record
from cooperation.periods import ARTICLE, COUP, LABELS, SPANS, YEARS, in_words

from project import ROOT

HOME = ROOT / "src" / "cooperation" / "periods.py"
# Words that a sentence may hold by chance: they may not stand alone.
PLAIN = ("early", "after")


@cache
def code() -> dict[str, str]:
    """Modules of the subject and code cells of the book, by where they stand; without the home of the periods."""
    found = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in (ROOT / "src" / "cooperation").rglob("*.py")
        if path != HOME
    }
    for chapter in (ROOT / "book").rglob("*.md"):
        cells = [cell.source for cell in jupytext.read(chapter).cells if cell.cell_type == "code"]
        found |= {f"{chapter.relative_to(ROOT)}, cell {number}": source for number, source in enumerate(cells, start=1)}
    return found


def typed(day: pd.Timestamp) -> re.Pattern:
    """The ways to type a day: ISO 8601, the numbers of a call, and words."""
    numbers = rf"\b{day.year}, ?0?{day.month}, ?0?{day.day}\b"
    return re.compile("|".join((f"{day:%Y-%m-%d}", numbers, re.escape(in_words(day)))))


def literals(source: str) -> list[str]:
    """Strings of some code, with those that f-strings are made of; docstrings apart."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in strings if id(node) not in said]


def test_there_is_code_to_look_at():
    """Both kinds are found, so that the tests below can fail."""
    assert len([where for where in code() if where.endswith(".py")]) > 30
    assert len([where for where in code() if "cell" in where]) > 100


@pytest.mark.parametrize("day", [ARTICLE, COUP], ids=["article", "coup"])
def test_the_day_is_typed_once(day):
    """Neither the day of the article nor that of the coup stands in code beside its definition, in whatever form."""
    assert typed(day).search(f"pd.Timestamp({day.year}, {day.month}, {day.day})")
    assert [where for where, source in code().items() if typed(day).search(source)] == []


def test_labels_of_periods_are_typed_once():
    """No string of code is, or holds, the words that readers see for a period."""
    found = [
        (where, key)
        for where, source in code().items()
        for text in literals(source)
        for key, label in LABELS.items()
        if text == label or (key not in PLAIN and label in text)
    ]
    assert found == []


def test_periods_have_words_of_their_own():
    """Every label belongs to a period or a day, and no two periods are called the same."""
    assert len(set(LABELS.values())) == len(LABELS)
    assert all(key.replace("_", "").isalnum() and key.islower() for key in {*LABELS, *SPANS, *YEARS})
    assert all(first <= last for first, last in [*SPANS.values(), *YEARS.values()])


def test_codes_of_the_frozen_lists_are_periods():
    """The column has the keys as codes, each period begins on the day after the one before, and all are used."""
    (column,) = (field for field in resource("capture_history")["schema"]["fields"] if field["name"] == "period")
    assert list(validation.PERIODS) == column["constraints"]["enum"]
    spans = [SPANS[period] for period in validation.PERIODS]
    assert all(later[0] - earlier[1] == pd.Timedelta(days=1) for earlier, later in itertools.pairwise(spans))
    assert set(load("capture_history")["period"]) == set(validation.PERIODS)


def test_a_label_changes_in_one_place(monkeypatch):
    """Another word for a period changes what a figure shows, marks and table, and nothing that is computed."""
    known = aftermath.evidence(
        load("initiatives"), load("meetings"), load("initiative_ends"), record.cutoff(load("searches"))
    )
    closed = known["seen"].max()
    before = aftermath.fate_counts(known, closed)
    shown = draw.known_fates(before, title="t")
    monkeypatch.setitem(LABELS, "cascade", "de janvier 2012")
    after = aftermath.fate_counts(known, closed)
    pd.testing.assert_frame_equal(before, after)
    figure = draw.known_fates(after, title="t")
    assert [list(bar.x) for bar in figure.data] == [list(bar.x) for bar in shown.data]
    assert [row[0] for row in figure.layout.meta["rows"]] == [
        row[0].replace("January 2012 to the article", "de janvier 2012") for row in shown.layout.meta["rows"]
    ]
    assert sum("de janvier 2012" in " ".join(label.split("<br>")) for label in figure.data[0].y) == 2
