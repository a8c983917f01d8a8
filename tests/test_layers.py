"""The press knows nothing of the subject, the subject nothing of Sphinx, and no import runs in a circle."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
import yaml

import cooperation
from claimbook.package.contract import CONTRACT, LEDGER
from claimbook.package.schema import TABLE_KEYS
from claimbook.package.tables import package
from claimbook.verdict import CONFIDENCES, VERDICTS
from claimbook.words import WORDS

from project import ROOT

SOURCE = ROOT / "src"
PRESS, SUBJECT = "claimbook", "cooperation"
NOT_THE_SUBJECTS = (
    "sphinx",
    "docutils",
    "jupyter_book",
    "nbclient",
    "nbformat",
    "jupytext",
    "claimbook.build",
    "claimbook.sphinx",
    "claimbook.bench",
)
LOOK = ("*.html", "*.js", "*.css")
LIBRARY = "plotly-*.min.js"
QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`')
DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")


def module_name(path: Path) -> str:
    """Name under which a file is imported."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def modules() -> dict[str, ast.Module]:
    """Every module of both packages, parsed."""
    paths = [path for name in (PRESS, SUBJECT) for path in sorted((SOURCE / name).rglob("*.py"))]
    return {module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


MODULES = modules()


def imported(tree: ast.Module) -> Iterator[str]:
    """What a module imports, wherever in it; of ``from a import b`` the module ``a.b`` if there is one, else ``a``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
            names = [f"{node.module}.{name.name}" for name in node.names]
            yield from (name if name in MODULES else node.module for name in names)


def within(name: str, package: str) -> bool:
    """Whether a module is a package or lies in it."""
    return f"{name}.".startswith(f"{package}.")


def forbidden(package: str, others: tuple[str, ...]) -> list[tuple[str, str]]:
    """The imports of a package that come from others, as pairs of names."""
    own = {name: tree for name, tree in MODULES.items() if within(name, package)}
    assert len(own) > 20
    found = [(name, module) for name, tree in own.items() for module in imported(tree)]
    return [(name, module) for name, module in found if any(within(module, other) for other in others)]


def test_press_imports_nothing_of_the_subject():
    """Another report can be printed without this one's code."""
    assert forbidden(PRESS, (SUBJECT,)) == []


def test_subject_does_not_talk_to_sphinx():
    """Measures, figures and judgements can be used where no book is built."""
    assert forbidden(SUBJECT, NOT_THE_SUBJECTS) == []


def test_no_import_runs_in_a_circle():
    """Each module can be understood from those that it imports, those in its functions included."""
    graph = nx.DiGraph()
    for name, tree in MODULES.items():
        graph.add_edges_from((name, other) for other in imported(tree) if other in MODULES)
    assert len(graph) > 50
    assert list(nx.simple_cycles(graph)) == []


def literals(tree: ast.Module) -> Iterator[str]:
    """String literals of a module, parts of formatted ones included, docstrings apart."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    firsts = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    said = {id(first.value) for first in firsts if isinstance(first, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def looks() -> dict[str, str]:
    """Templates, scripts and styles of the press, without the library of figures."""
    paths = [path for pattern in LOOK for path in (SOURCE / PRESS).rglob(pattern) if not path.match(LIBRARY)]
    assert len(paths) > 8
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture(scope="module")
def said() -> list[tuple[str, str]]:
    """What the press says: place and text of each literal of its code, and of each line of its look."""
    code = [(name, text) for name, tree in MODULES.items() if within(name, PRESS) for text in literals(tree)]
    return code + [(name, line) for name, text in looks().items() for line in text.splitlines()]


def whole(words: list[str]) -> re.Pattern:
    """Matches each of the words where it stands alone."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")


def test_press_names_no_table_of_the_subject(said):
    """The press reads the tables of its contract, and those that the settings name."""
    # A word of the schema's own language may be a table's name as well.
    tables = (
        {item["name"] for item in package(ROOT / "data")["resources"]} - CONTRACT.keys() - LEDGER.keys() - {*TABLE_KEYS}
    )
    assert len(tables) > 50
    quoted = [(name, match[1:-1]) for name, text in looks().items() for match in QUOTED.findall(text)]
    assert [(place, text) for place, text in said + quoted if text in tables] == []


def test_press_names_no_page_of_the_book(said):
    """Where a page has a part to play, the settings name it."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))

    def names(items):
        return [name for item in items for name in (item["file"], *names(item.get("sections", [])))]

    # A page in no folder may be called by a word that HTML has as well: it counts with the folder of the book.
    inner = [name.removeprefix("book/") for part in toc["parts"] for name in names(part["chapters"])]
    pages = [name if "/" in name else f"book/{name}" for name in inner]
    assert len(pages) > 10
    assert [(place, text) for place, text in said if whole(pages).search(text)] == []


def test_press_names_no_state(said):
    """No country has a part to play in the press, by name or by code."""
    with (ROOT / "data" / "countries.csv").open(encoding="utf-8", newline="") as file:
        states = [name for row in csv.DictReader(file) for name in (row["iso3"], row["name"])]
    assert len(states) > 30
    assert [(place, text) for place, text in said if whole(states).search(text)] == []


def test_press_does_not_name_the_report(said):
    """Title, package of code and package of data come from the book's own files."""
    title = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"]
    names = whole([title, SUBJECT, cooperation.PACKAGE])
    assert [(place, text) for place, text in said if names.search(text)] == []


def test_press_has_no_day_of_the_subject(said):
    """No day of this century stands in the press."""
    assert [(place, text) for place, text in said if DATE.search(text)] == []


def test_press_says_every_word_of_its_list():
    """Whoever translates the words of the press translates none in vain."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (SOURCE / PRESS).rglob("*.py"))
    text = "\n".join([code, *looks().values()])
    by_code = {*VERDICTS, *CONFIDENCES, *(f"about {code}" for code in VERDICTS)}
    assert by_code <= WORDS.keys()
    assert [key for key in WORDS.keys() - by_code if not re.search(rf"""say\.{key}\b|\[["']{key}["']\]""", text)] == []
