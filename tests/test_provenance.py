"""Every figure, page and reader is told what was read, and nothing is read unseen."""

from __future__ import annotations

import json

import pytest

from claimbook.build import inputs
from claimbook.package.attribution import source_line
from claimbook.provenance import Reads, flows
from claimbook.words import WORDS

from project import EXAMPLE, ROOT


def shown(*cells: tuple[str, dict[int, str]]) -> list[set[str]]:
    """The tables behind the last that each cell shows; a cell is its code, and the tables that it read by line."""
    read = [(number, line, name) for number, (_, lines) in enumerate(cells) for line, name in lines.items()]
    flowing = flows([code for code, _ in cells], Reads.of(read, len(cells)))
    return [made[-1] if made else set() for made in flowing]


def test_tables_flow_through_variables():
    """A figure drawn from a variable of an earlier cell names the tables of that variable, and no others."""
    loaded = ("cases = load('a')\nnames = load('b')\nimport draw", {1: "a", 2: "b"})
    assert shown(loaded, ("draw.map(cases)", {}), ("draw.bars(names, load('c'))", {1: "c"})) == [
        set(),
        {"a"},
        {"b", "c"},
    ]


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("x = y\nx", {"b"}),
        ("x += y\nx", {"a", "b"}),
        ("x['column'] = y\nx", {"a", "b"}),
        ("x.at[0, 'column'] = y\nx", {"a", "b"}),
        ("x.insert(0, 'column', y)\nx", {"a", "b"}),
        ("one, *others = y\nothers", {"b"}),
        ("if y:\n    x = 1\nx", {"a", "b"}),
        ("for row in y:\n    part = row\npart", {"b"}),
        ("def draw():\n    return y\ndraw()", {"b"}),
        ("[x for x in y]", {"b"}),
        ("(lambda x: x)(y)", {"b"}),
        ("{key: y[key] for key in x}", {"a", "b"}),
        ("%matplotlib inline\ny", {"b"}),
        ("say(x)\ny", {"b"}),
        ("for part in y:\n    show(part)", {"b"}),
    ],
)
def test_tables_flow_through_statements(code, tables):
    """However a variable is set or changed, what it holds is known; names inside functions are their own."""
    assert shown(("x = load('a')\ny = load('b')", {1: "a", 2: "b"}), (code, {}))[1] == tables


def test_drawing_with_a_module_leaves_no_trace_in_it():
    """A figure does not name the tables of another that was drawn with the same module."""
    loaded = ("import draw\nx = load('a')\ny = load('b')", {2: "a", 3: "b"})
    assert shown(loaded, ("draw.one(x)", {}), ("draw.two(y)", {})) == [set(), {"a"}, {"b"}]


def test_each_expression_of_a_cell_has_its_tables():
    """A table that a cell shows before its last line is not told to be made from what the last line says."""
    reads = Reads.of([(0, 1, "a"), (0, 2, "b"), (0, 4, "c")], 1)
    assert flows(["x = load('a')\ny = load('b')\nshow_table(x)\nsay(load('c'))"], reads) == [[{"a"}, {"c"}]]


def test_source_line_names_data_set_version_and_licence():
    """Tables stand in the order of the package, those of one data set together, tables of names only alone."""
    line = source_line(
        ROOT / "data",
        {"organised_violence_dyads", "kidnapping_countries_held", "countries", "kidnappings", "organised_violence"},
        WORDS,
    )
    assert line == (
        "this report's data package: kidnappings, kidnapping_countries_held; UCDP Organized Violence Country-Year "
        "Dataset, version 25.1 (CC BY 4.0): organised_violence, organised_violence_dyads"
    )
    assert source_line(ROOT / "data", {"countries"}, WORDS) == "this report's data package: countries"
    assert source_line(ROOT / "data", {inputs.DESCRIPTOR}, WORDS) == "own computation; no data enter it"


def test_modules_of_a_chapter_are_those_that_it_imports():
    """What cells import is followed through the book's own modules and the press's, wherever they import it."""

    def names(source: str) -> set[str]:
        return {path.relative_to(ROOT / "src").as_posix() for path in inputs.modules(ROOT, [source])}

    found = names("import pandas\nfrom cooperation.figures import network")
    assert {"cooperation/figures/network.py", "cooperation/states.py", "claimbook/figure.py"} <= found
    assert "claimbook/kept.py" in names("def f():\n    from cooperation.measures import overlap")
    assert not {"claimbook/bench/server.py", "claimbook/build/book.py", "cooperation/figures/prism.py"} & found


def test_a_chapter_depends_on_its_tables_and_their_schema(tmp_path):
    """Rows and schema of what it read change the fingerprint of a chapter; other tables do not."""

    def seen() -> str:
        return inputs.for_chapter(tmp_path, ["1 + 1"], {"kidnappings"})

    def change(name: str, old: str, new: str) -> None:
        path = tmp_path / "data" / name
        path.parent.mkdir(exist_ok=True)
        text = (path if path.exists() else EXAMPLE / "data" / name).read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    for name in ("datapackage.json", "kidnappings.csv", "sources.csv"):
        change(name, "", "")
    before = seen()
    change("sources.csv", "key", "KEY")
    assert seen() == before
    change("kidnappings.csv", "H01", "H99")
    rows = seen()
    assert rows != before
    path = tmp_path / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    next(item for item in package["resources"] if item["name"] == "kidnappings")["title"] = "Other"
    path.write_text(json.dumps(package), encoding="utf-8")
    assert seen() != rows
