"""What code names of the world stands once: states, rows of tables, who leads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from claimbook.package.tables import load
from cooperation import rows, states
from cooperation.measures import initiatives

from project import CHAPTERS, ROOT

SUBJECT = ROOT / "src" / "cooperation"
CODES = {value for name, value in vars(states).items() if name.isupper() and isinstance(value, str)}
ROW = re.compile(r"(?:A|EV|FG|H|M|ME)\d{2,3}")
# The General Assembly's votes come with two letters a state.
SPELT_BY_A_PUBLISHER = {"ingest/assembly.py"}


def strings(tree: ast.AST) -> Iterator[str]:
    """The strings of code that are values: not documentation, and whole."""
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said
    )


def modules() -> list[Path]:
    """The code of the subject."""
    return sorted(SUBJECT.rglob("*.py"))


def cells(chapter: str) -> Iterator[ast.AST]:
    """The cells of a chapter, parsed."""
    text = (ROOT / "book" / f"{chapter}.md").read_text(encoding="utf-8")
    for cell in re.findall(r"^```\{code-cell\} python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield ast.parse("\n".join(line for line in cell.splitlines() if not line.startswith(":")))


def test_states_are_those_of_the_table():
    """Codes named in code are ISO codes of the record, and their names are its names."""
    countries = load("countries").set_index("iso3")
    actors = load("actors").set_index("id")
    assert set(countries.index) | set(actors.index[actors["kind"] == "state"]) >= CODES
    assert countries.at[states.WESTERN_SAHARA, "status"] != "state"
    assert {code: countries.at[code, "name"] for code in states.NAMES} == states.NAMES


def test_maghreb_is_that_of_the_table():
    """Measures that group by the column region and those that name the five states mean the same states."""
    countries = load("countries").query("status == 'state' and region == 'Maghreb'")
    assert set(states.MAGHREB) == set(countries["iso3"])


def test_groups_stand_in_the_order_of_codes():
    """Tables of pairs have the lesser code first, so a pair the other way round would find nothing."""
    assert all(list(group) == sorted(group) for group in (states.PAIR, states.FOUR, states.MAGHREB, states.POWERS))


def test_a_pair_is_found_in_a_table_of_pairs():
    """Only the rows of both states, in the index of the table."""
    table = pd.DataFrame({"state_1": ["DZA", "DZA", "MAR"], "state_2": ["MAR", "MLI", "MRT"]}, index=[4, 5, 6])
    assert states.is_pair(table).to_dict() == {4: True, 5: False, 6: False}
    assert states.is_pair(table, ("DZA", "MLI")).to_dict() == {4: False, 5: True, 6: False}
    assert states.dyad("MRT", "MAR") == states.dyad("MAR", "MRT") == "MAR-MRT"


@pytest.mark.parametrize("table", rows.TABLES)
def test_rows_named_in_code_exist(table):
    """A row that code names and that data no longer have would leave a figure or a sentence without its ground."""
    named = {value for name, value in vars(rows.TABLES[table]).items() if not name.startswith("_")}
    assert named
    assert named <= set(load(table)["id"])


def test_every_group_of_rows_has_its_table():
    """A class of rows without a table would not be looked at."""
    assert set(rows.TABLES.values()) == {value for value in vars(rows).values() if isinstance(value, type)}


def test_codes_of_states_stand_in_one_module():
    """Elsewhere a state is named: ``states.ALGERIA``."""
    found = {
        path.relative_to(SUBJECT).as_posix(): sorted(set(strings(ast.parse(path.read_text(encoding="utf-8")))) & CODES)
        for path in modules()
    }
    others = {path: codes for path, codes in found.items() if codes and path not in SPELT_BY_A_PUBLISHER}
    # Abbreviations of the Correlates of War are letters like those of ISO.
    assert others == {"states.py": sorted(CODES), "figures/prism.py": ["RUS", "TUN", "USA"]}


def test_keys_of_rows_stand_in_one_module():
    """Elsewhere a row is named for what it says; in chapters too."""
    trees = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in modules() if path.name != "rows.py"}
    trees |= {f"{chapter} {number}": tree for chapter in CHAPTERS for number, tree in enumerate(cells(chapter))}
    found = {name: [text for text in strings(tree) if ROW.fullmatch(text)] for name, tree in trees.items()}
    assert {name: keys for name, keys in found.items() if keys} == {}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_chapter_types_a_list_of_states(chapter):
    """A group of states is one of :mod:`cooperation.states`."""
    typed = [
        [item.value for item in node.elts]
        for tree in cells(chapter)
        for node in ast.walk(tree)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set))
        and len(node.elts) > 1
        and all(isinstance(item, ast.Constant) and item.value in CODES for item in node.elts)
    ]
    assert typed == []


def test_african_led_and_core_scope_are_each_written_once():
    """In chapters, measures and judgements alike."""
    texts = [path.read_text(encoding="utf-8") for path in (*modules(), *(ROOT / "book").rglob("*.md"))]
    for column, value in (("led_by", initiatives.LED), ("scope", initiatives.SCOPE)):
        condition = rf"""{column}["'\]]* *== *["']?({value}|\{{)"""
        assert sum(len(re.findall(condition, text)) for text in texts) == 1, column


def test_african_led_and_core_scope():
    """The rows whose column says so, in their order; a row that says nothing is not among them."""
    table = pd.DataFrame(
        {
            "id": list("abcd"),
            "led_by": ["african", "mixed", "african", None],
            "scope": ["core", "core", "wider", "core"],
        }
    )
    assert initiatives.african_led(table)["id"].tolist() == ["a", "c"]
    assert initiatives.core_scope(table)["id"].tolist() == ["a", "b", "d"]
    assert table.query(f"{initiatives.AFRICAN} and {initiatives.CORE}")["id"].tolist() == ["a"]
