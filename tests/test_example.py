"""The example book: printed by the press alone, under its own title or another, and told what is wrong with it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from claimbook.build import contents, execution, references
from claimbook.build.execution import FIGURE
from claimbook.build.trace import trace
from claimbook.errors import BuildError
from claimbook.package.bibliography import bibliography
from claimbook.package.tables import load, package
from claimbook.package.validation import validate
from claimbook.settings import OUT, settings

from project import EXAMPLE, ROOT, BookCopy, ExampleCopy

pytestmark = pytest.mark.slow

CHAPTERS = ("seized", "outcome", "claims")
FRENCH = {
    "contents": "Sommaire",
    "summary": "En bref",
    "works_cited": "Travaux cités",
    "source": "Source publiée",
    "figure_number": "Graphique {number}",
}
REFUSAL = """from pathlib import Path

Path(__file__).with_name("imported").touch()
raise RuntimeError("the subject was imported")
"""


class Alone(ExampleCopy):
    """A copy of the example book in a world where the subject cannot be imported."""

    def __init__(self, folder: Path):
        super().__init__(folder / "example")
        self.refusal = folder / "without" / "cooperation"
        self.refusal.mkdir(parents=True)
        (self.refusal / "__init__.py").write_text(REFUSAL, encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of the copy, the refusal first among what can be imported."""
        own = super().environment(**more)
        return {**own, "PYTHONPATH": os.pathsep.join([str(self.refusal.parent), own["PYTHONPATH"]])}


def made(copy: BookCopy, product: str) -> Path:
    """Build a product of a copy; return its folder."""
    done = copy.run("claimbook.build.book", product)
    assert done.returncode == 0, done.stderr
    return copy.root / "_build" / product


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> Alone:
    """The copy that all products of the book are made from."""
    return Alone(tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def book(alone) -> Path:
    """Folder of the example as HTML."""
    return made(alone, "html")


@pytest.fixture(scope="module")
def notebooks(alone) -> Path:
    """Folder of the example's notebooks."""
    return made(alone, "notebooks")


@pytest.fixture(scope="module")
def second(alone, book, tmp_path_factory) -> ExampleCopy:
    """The example under another title, in another language; nothing but its settings is changed, so that no cell runs."""
    copy = ExampleCopy(tmp_path_factory.mktemp("second") / "example")
    shutil.copytree(alone.root / "_build" / "executed", copy.root / "_build" / "executed")
    copy.configure(
        title="Douze groupes",
        latex={"latex_documents": {"targetname": "douze-groupes.tex", "title": "Douze groupes : un exemple"}},
        sphinx={"config": {"language": "fr"}},
    )
    words = "\n".join(f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in FRENCH.items())
    file = copy.root / "pyproject.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[tool.claimbook.words]\n{words}\n", encoding="utf-8")
    return copy


def page(folder: Path, name: str) -> BeautifulSoup:
    """A page of a book."""
    return BeautifulSoup((folder / "book" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def figures(notebook) -> list[dict]:
    """The figures among the outputs of a notebook."""
    outputs = [output for cell in execution.code_cells(notebook) for output in cell.outputs]
    return [output.data[FIGURE] for output in outputs if FIGURE in output.get("data", {})]


def test_press_prints_it_alone(alone, book):
    """Every page is there, figure, table, claim, term and work cited on it, and the subject was not imported."""
    assert not (alone.refusal / "imported").exists()
    assert "the subject was imported" in alone.run("cooperation").stderr
    (alone.refusal / "imported").unlink()
    shown = page(book, "seized")
    assert shown.title.get_text() == "1. Where they were taken — Twelve Groups"
    measure = "Groups of hostages by the country in which they were seized (ISO codes)."
    assert " ".join(shown.select_one("figure figcaption .caption-text").get_text().split()) == (
        f"Most were taken outside Mali. {measure}"
    )
    assert shown.select_one(".plotly-figure .figure-title") is None
    assert shown.select_one(".figure-source").get_text() == "Source: this report's data package: kidnappings"
    assert "cells of this chapter read: kidnappings." in shown.get_text()
    assert "eleven of the twelve groups were taken outside Mali" in shown.select_one(".summary").get_text()
    library = shown.select_one("script[data-library]")["data-library"]
    (hint,) = shown.find_all("link", rel="preload", href=re.compile(re.escape(library)))
    assert (book / "book" / hint["href"]).resolve() == book / "_static" / library
    assert (book / "_static" / library).is_file()
    assert page(book, "claims").find("link", rel="preload", href=re.compile("plotly")) is None
    assert shown.select_one("a.claim")["href"] == "claims.html#c-aqim-north"
    assert len(shown.select("ol.works-cited > li")) == 1
    table, groups = page(book, "outcome").select_one("table"), load("kidnappings", EXAMPLE / "data")
    assert [len(table.select(rows)) for rows in ("thead tr", "tbody tr")] == [1, len(groups)]
    assert {f"{name}.html" for name in ("index", *CHAPTERS)} == {path.name for path in (book / "book").iterdir()}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "c-aqim-north",
            [
                "tested in book/seized",
                "fig-taken",
                "made from kidnappings",
                "table kidnappings: 12 rows",
                "wpr2014: North",
            ],
        ),
        ("fig-taken", ["book/seized.md, cell 2", "claim c-aqim-north", "table kidnappings: 12 rows"]),
        ("H03", ["kidnappings: id H03", "f24aut2008: Austrian", "fig-taken", "tab-outcome", "claim c-aqim-north"]),
        ("kidnappings:H03", ["kidnappings: id H03"]),
        ("kidnappings", ["12 rows, coded", "fig-taken", "tab-outcome", "read by book/seized.md, cell 1"]),
        ("f24aut2008", ["Austrian hostages freed", "bears kidnappings: id H03", "fig-taken", "claim c-aqim-north"]),
        ("wpr2014", ["cited in book/seized.md:", "bears claims: key c-aqim-north"]),
    ],
)
def test_every_part_leads_to_what_it_rests_on_and_what_rests_on_it(alone, book, monkeypatch, asked, told):
    """From a claim down to the sources, and from a source up to the claims, by way of what cells read."""
    monkeypatch.delenv(OUT, raising=False)
    lines = "\n".join(trace(alone.root, asked))
    assert [words for words in told if words not in lines] == []


def test_what_is_not_there_has_no_trace(alone, book, monkeypatch):
    """A name that nothing has is told as such."""
    monkeypatch.delenv(OUT, raising=False)
    with pytest.raises(BuildError, match=r"^H99: no claim, judgement, figure, table, row or source has this name$"):
        trace(alone.root, "H99")


def test_unhosted_book_claims_no_address(book):
    """A book that is nowhere on the web has no map, and its pages claim no address."""
    assert not (book / "sitemap.xml").exists()
    assert page(book, "seized").find("link", rel="canonical") is None
    assert BeautifulSoup((book / "404.html").read_text(encoding="utf-8"), "html.parser").find("base") is None


def test_pdf_has_the_name_of_its_settings(system_programs, alone, book):
    """The PDF is printed under the name and title that the book gives it, the subject still out of reach."""
    folder = made(alone, "pdf")
    assert [path.name for path in folder.glob("*.pdf")] == [settings(EXAMPLE).pdf] == ["twelve-groups.pdf"]
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(folder / "twelve-groups.pdf").pages)
    assert "Twelve Groups: an example" in " ".join(text.split())
    assert "Were most of them seized outside Mali?" in " ".join(text.split())
    assert "Contents" in text
    assert not (alone.refusal / "imported").exists()


def test_notebooks_lie_with_their_data(notebooks):
    """The folder has a notebook for each chapter with cells, and the data of the book, file by file."""
    assert {path.stem for path in notebooks.glob("*.ipynb")} == set(CHAPTERS)
    ours = {path.name: path.read_bytes() for path in (EXAMPLE / "data").iterdir() if path.is_file()}
    assert {path.name: path.read_bytes() for path in (notebooks / "data").iterdir()} == ours
    assert len(figures(nbformat.read(notebooks / "seized.ipynb", as_version=4))) == 1


def test_notebook_runs_elsewhere(alone, notebooks, tmp_path):
    """In a copy of the folder a notebook runs on the data beside it; with other rows its sentences and figures change."""
    folder = shutil.copytree(notebooks, tmp_path / "notebooks")
    path, table = folder / "seized.ipynb", folder / "data" / "kidnappings.csv"

    def shown() -> tuple[list[str], list[list]]:
        ran = nbformat.read(path, as_version=4)
        outputs = [output.get("data", {}) for cell in execution.code_cells(ran) for output in cell.outputs]
        texts = [data["text/markdown"] for data in outputs if "text/markdown" in data]
        return texts, [figure["layout"]["meta"]["rows"] for figure in figures(ran)]

    def run() -> tuple[list[str], list[list]]:
        command = [Path(sys.executable).with_name("jupyter-execute"), "--inplace", path]
        environment = alone.environment()
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return shown()

    stored = shown()
    assert run() == stored
    assert any("eleven of the twelve groups were taken outside Mali" in text for text in stored[0])
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",NER,", ",MLI,", 1), encoding="utf-8")
    texts, rows = run()
    assert any("ten of the twelve groups were taken outside Mali" in text for text in texts)
    assert rows != stored[1]


def test_references_are_as_they_are_kept(alone):
    """The kept references have the cells of their chapters, and a new run gives the same outputs."""
    assert references.stale_references(EXAMPLE) == []
    shutil.rmtree(alone.root / references.REFERENCES)
    assert alone.run("claimbook.build.book", "references").returncode == 0
    for chapter in contents.chapters(EXAMPLE):
        place = references.reference_of(chapter)
        kept, now = (nbformat.read(root / place, as_version=4) for root in (EXAMPLE, alone.root))
        assert now == kept, chapter
    assert not (alone.refusal / "imported").exists()


def test_second_title_needs_no_other_code(second):
    """Title, language and words of the pages are those of the settings."""
    shown = page(made(second, "html"), "seized")
    assert shown.html["lang"] == "fr"
    assert shown.title.get_text().endswith("— Douze groupes")
    assert shown.select_one(".figure-source").get_text().startswith(f"{FRENCH['source']}: ")
    assert shown.select_one("ol.works-cited").find_previous("p", class_="rubric").get_text() == FRENCH["works_cited"]
    assert "Graphique 1.1 of Douze groupes" in shown.select_one(".figure-citation").get_text()
    assert "Works cited" not in shown.get_text()


def test_second_title_is_printed(system_programs, second):
    """The PDF has the other name, and the other title on its sheets."""
    folder = made(second, "pdf")
    assert [path.name for path in folder.glob("*.pdf")] == ["douze-groupes.pdf"]
    text = " ".join("\n".join(sheet.extract_text() for sheet in PdfReader(folder / "douze-groupes.pdf").pages).split())
    assert re.search(r"Douze groupes ?: un exemple", text)
    assert [key for key in ("contents", "summary", "works_cited", "source") if FRENCH[key] not in text] == []
    assert "Contents" not in text


def test_judgement_that_fails_stops_the_book(example):
    """Data that say otherwise stop the build in a line that names chapter, cell and judgement."""
    example.keep_chapters("seized")
    for number in range(1, 9):
        example.edit("kidnappings", f"H{number:02}", "country_taken", "MLI")
    line = example.complaint("claimbook.build.book", "html")
    where, _, why = line.partition(": JudgementError: ")
    assert re.fullmatch(r"book/seized\.md: cell 1 \(line \d+\)", where)
    assert why == "judgement 'place' no longer holds: Yes: four of twelve."


def test_broken_row_stops_the_book(example):
    """A row against the schema stops the build in the line of the validation."""
    example.write_chapter("sum", "1 + 1")
    example.keep_chapters("sum")
    example.edit("kidnappings", "H03", "verification", "perhaps")
    line = example.complaint("claimbook.build.book", "notebooks")
    assert line.startswith("kidnappings: row 4, column verification: 'perhaps'")
    assert line == example.complaint("claimbook.package.validation")


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (
            '[tool.claimbook]\ncolour = "red"',
            "[tool.claimbook] has the unknown key 'colour'; known are annex, based_on, ",
        ),
        ('[tool.claimbook.words]\nred = "x"', "[tool.claimbook.words] has the unknown key 'red'; known are months, "),
        ("[tool.claimbook\n", ""),
    ],
    ids=["key", "word", "not TOML"],
)
def test_wrong_setting(example, block, said):
    """A setting that is none is named, with those that there are."""
    (example.root / "pyproject.toml").write_text(block, encoding="utf-8")
    assert example.complaint("claimbook.build.book", "pdf").startswith(f"pyproject.toml: {said}")


def test_rules_that_are_not_there(example):
    """Rules that the settings name and nobody wrote are named."""
    file = example.root / "pyproject.toml"
    file.write_text('[tool.claimbook]\nrules = "no.such:thing"\n', encoding="utf-8")
    line = example.complaint("claimbook.package.validation")
    assert line == "pyproject.toml: rules = 'no.such:thing': No module named 'no'"


def test_example_is_valid_and_its_bibliography_current():
    """What others start from has no fault."""
    assert validate(EXAMPLE / "data") == []
    text = (EXAMPLE / "book" / "references.bib").read_text(encoding="utf-8")
    assert text == bibliography(load("sources", EXAMPLE / "data"), settings(EXAMPLE).institutions)


@pytest.mark.parametrize("item", package(EXAMPLE / "data")["resources"], ids=lambda item: item["name"])
def test_rows_are_those_of_the_report(item):
    """Each row of the example is in the report, the same in all columns that both tables have."""
    key = item["schema"]["primaryKey"]
    own = [key] if isinstance(key, str) else key
    cut, whole = (load(item["name"], folder / "data").set_index(own, drop=False) for folder in (EXAMPLE, ROOT))
    columns = [name for name in cut.columns if name in whole and (item["name"], name) != ("claims", "chapter")]
    assert set(own) <= set(columns)
    assert cut.index.difference(whole.index).tolist() == []
    pd.testing.assert_frame_equal(cut[columns], whole.loc[cut.index, columns])
