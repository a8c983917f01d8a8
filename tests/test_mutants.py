"""Random changes of code: which are made, and that the command tells those that a test notices from the others."""

from __future__ import annotations

import ast
import os
import subprocess
import sys

import pytest

from claimbook.bench.mutants import draw, importers
from claimbook.bench.mutations import mutations

from project import ROOT

MODULE = "src/small/measures/fees.py"
FEES = '''"""Fees."""

FREE = 3


def fee(age: int = 40, member: bool = False) -> int:
    """A fee."""
    if age < FREE or (member and age > 64):
        return 0
    return min(age * 2, 50)


def unasked(ages):
    """What no test asks for."""
    return sorted(ages)[0]
'''
WELL_TESTED = """
import pytest
from small.measures import fees


@pytest.mark.parametrize(
    ("age", "member", "due"),
    [(2, False, 0), (3, False, 6), (24, False, 48), (26, False, 50), (64, True, 50), (65, True, 0), (65, False, 50)],
)
def test_fee(age, member, due):
    assert fees.fee(age, member) == due


def test_default():
    assert fees.fee(65) == 50
    assert fees.fee() == 50


@pytest.mark.slow
def test_first():
    assert fees.unasked([2, 1]) == 1
"""
KINDS = """
def changed(one, other, table):
    a = one <= other
    b = one + 1
    c = table.first() and not one
    d = -other
    e = max(one, 0.5)
    f = table.agg(("x", "min"))
    g = table.sort_values("x", ascending=False)
    h = table.sort_values("x")


def passed(one: "int | 3", table, seed=1):
    assert one > 1
    if not table:
        raise ValueError(f"{one + 1}")
    words = "a" + one + "b"
    pairs = zip(one, table, strict=True)
    SEED = 3
    return table["first"], {"last": words}, pairs
"""


@pytest.fixture
def small(tmp_path):
    """A project of one module and its tests."""
    for path, text in (
        ("src/small/__init__.py", ""),
        ("src/small/measures/__init__.py", ""),
        (MODULE, FEES),
        ("tests/test_fees.py", WELL_TESTED),
        ("tests/test_others.py", "import math\n\n\ndef test_pi():\n    assert math.pi > 3\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\nmarkers = ["slow: later"]\n'),
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def run(root, *arguments, folder="src/small"):
    """Run the command as its user does."""
    return subprocess.run(
        [sys.executable, "-m", "claimbook.bench.mutants", folder, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_changes_are_of_every_kind(tmp_path):
    """Comparisons, operators, junctions, signs, constants, flags, first for last, and the order of sorting."""
    (tmp_path / "code.py").write_text(KINDS)
    found = [one for place in mutations(tmp_path, "code.py") for one in place]
    assert {(one.old, one.new) for one in found if one.line < 11} == {
        ("one <= other", "one < other"),
        ("one <= other", "one > other"),
        ("one + 1", "one - 1"),
        ("1", "2"),
        ("1", "0"),
        ("table.first() and (not one)", "table.first() or not one"),
        ("table.first()", "table.last()"),
        ("not one", "one"),
        ("-other", "other"),
        ("max(one, 0.5)", "min(one, 0.5)"),
        ("0.5", "0.25"),
        ("'min'", "'max'"),
        ("False", "True"),
        ("table.sort_values('x')", "table.sort_values('x', ascending=False)"),
    }
    # Words, seeds, checks, annotations and keys give no result that a test could notice.
    assert [(one.old, one.new) for one in found if one.line > 11] == [("1", "2"), ("1", "0"), ("not table", "table")]


def test_a_change_is_made_where_it_stands(tmp_path):
    """Nothing else of the file moves, and letters beyond ASCII do not shift the place."""
    text = 'WORDS = "Ménaka, Hôtel"; MOST = 1 + 2  # é\n'
    (tmp_path / "code.py").write_text(text, encoding="utf-8")
    (place,) = (place for place in mutations(tmp_path, "code.py") if place[0].old == "1 + 2")
    changed = place[0].applied(text.encode()).decode()
    assert changed == text.replace("1 + 2", "(1 - 2)")
    assert str(place[0]) == "code.py:1: 1 + 2 -> 1 - 2"
    assert ast.parse(changed)


def test_the_seed_draws(small):
    """The same seed draws the same, another draws others, and no expression is changed twice."""
    drawn = draw(small, [MODULE], 8, seed=1)
    assert drawn == draw(small, [MODULE], 8, seed=1) != draw(small, [MODULE], 8, seed=2)
    assert len({(one.start, one.end, one.old) for one in drawn}) == 8
    assert len(draw(small, [MODULE], 1000, seed=1)) == len(mutations(small, MODULE))


def test_a_module_has_the_tests_that_import_it(small):
    """Tests of other modules are not run for it."""
    (small / "tests" / "test_wide.py").write_text("import math\nimport os\nfrom small.measures.fees import fee\n")
    assert importers(small, [MODULE]) == {MODULE: ["tests/test_fees.py", "tests/test_wide.py"]}


@pytest.mark.slow
def test_command_tells_what_a_test_notices(small):
    """The function that is tested has no survivor but an equal one; nothing of the project changes."""
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    done = run(small, "-m", "not slow", "--number", "100", "--share", "50")
    assert (done.returncode, done.stderr) == (0, "")
    *lines, last = done.stdout.splitlines()
    survived = {line.partition(": ")[2] for line in lines if line.startswith("SURVIVED")}
    # One of two changes of a constant is drawn.
    assert survived - {"40 -> 39", "40 -> 41"} == {
        "sorted(ages) -> sorted(ages, reverse=True)",
        next(change for change in survived if change.startswith("0 -> ")),
    }
    noticed = len(lines) - len(survived)
    assert last.startswith(f"{noticed} of {len(lines)} changes are noticed by a test: ")
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before
    strict = run(small, "-m", "not slow", "--number", "1", "--share", "101")
    assert (strict.returncode, strict.stderr) == (1, "")


@pytest.mark.slow
def test_tests_that_fail_anyway_notice_nothing(small):
    """What fails before a change is told in a line."""
    (small / "tests" / "test_fees.py").write_text(
        "from small.measures import fees\n\n\ndef test_no():\n    assert not fees\n"
    )
    done = run(small)
    assert done.returncode == 1
    assert done.stderr == "the tests fail before anything is changed: tests/test_fees.py\n"
    assert run(small, folder="src/large").stderr == "src/large: no code that can be changed\n"
