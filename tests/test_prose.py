"""The chapters keep the shape, and the words, that the report promises."""

from __future__ import annotations

import ast
import itertools
import re
from dataclasses import dataclass

import jupytext
import nbformat
import pytest
from nbformat import NotebookNode

from claimbook.build import execution, references
from claimbook.build.execution import FIGURE

import project

CHAPTERS = tuple(f"book/{name}.md" for name in project.CHAPTERS)
LITERATURE = "appendix/literature.md"
BESIDE_OTHERS = (*project.CHAPTERS, "annex/architecture", "annex/network")
OPENING = re.compile(r"# [^\n]+\n+:::\{admonition\} [^\n]+\n:class: summary\n(.*?)\n:::(\n|$)", re.DOTALL)
LIMITS = re.compile(r"^:::\{admonition\} What this cannot tell\n:class: limits\n(.*?)\n:::$", re.DOTALL | re.MULTILINE)
PARTS = ("title", "subtitle", "alt", "columns", "rows")
# Words of the box of limits.
MOST_OF_LIMITS = 120
# What a chapter asks of its reader at most: its words and figures, the words of its box, and those of a sentence.
MOST_WORDS, MOST_FIGURES, MOST_OF_BOX, MOST_OF_SENTENCE, MOST_ON_AVERAGE = 1_500, 4, 90, 30, 18
LOADED = re.compile(
    r"\b(annex(?:ed|ation)|liberated|(?:occupied|occupying) (?:territor\w+|power|Sahara|Western Sahara)|occupation of Western Sahara"
    r"|Moroccan Sahara|southern provinces|Saharan provinces|so-called (?:SADR|Sahrawi \w+))\b",
    re.IGNORECASE,
)
SIDES = (
    "occupied Western Sahara",
    "the liberated zone",
    "annexed in 1976",
    "the Moroccan Sahara",
    "its southern provinces",
    "the so-called SADR",
)
# Front matter and cells.
FRAMED = re.compile(r"\A---\n.*?^---$|^ *(`{3,})[^`].*?^ *\1$", re.DOTALL | re.MULTILINE)
# A blank line, a heading, a row of a table, an option or an edge of a box, HTML, a comment, a target.
NO_PROSE = re.compile(r"[\s>]*($|#|\||:|<|%|\([\w-]+\)=$)")
# A list's marker and a bold label stand on the line of the sentence that they open.
LEAD = re.compile(r"[\s>]*([-*+]\s+|\d+[.)]\s+)?(\*\*[^*]+\*\*\s*)?")
STOP = r"(?<!\be\.g)(?<!\bi\.e)[.?!][)\]\"'”*_]*"
TWO_SENTENCES = re.compile(r"(?<!\b[A-Z])" + STOP + r"\s+[(\[\"'“*_{`]*[A-Z{`]")
# A number or an answer that a cell computes can be a sentence of its own.
WHOLE_SENTENCE = re.compile(rf".*{STOP}$|\{{glue:text\}}`x`$")


@dataclass
class Chapter:
    """A chapter as its authors wrote it, and the outputs of its reference notebook."""

    prose: str
    cells: list[NotebookNode]
    outputs: list[NotebookNode]


def blocks(text: str) -> list[list[tuple[int, str]]]:
    """The paragraphs and list items of a chapter: the lines of each, with their numbers and without what opens it."""
    found: list[list[tuple[int, str]]] = [[]]
    text = FRAMED.sub(lambda frame: "\n" * frame[0].count("\n"), text)
    for number, line in enumerate(text.splitlines(), start=1):
        lead = LEAD.match(line)
        if NO_PROSE.match(line) or lead[1]:
            found.append([])
        if not NO_PROSE.match(line):
            words = line if found[-1] else line[lead.end() :]
            # What stands in code or in a role ends no sentence.
            found[-1].append((number, re.sub(r"`[^`]*`", "`x`", words.strip())))
    return [block for block in found if block]


def misplaced(text: str) -> list[str]:
    """Lines of prose that do not hold one sentence, by number."""
    faults = []
    for block in blocks(text):
        faults += [f"{number}: two sentences" for number, line in block if TWO_SENTENCES.search(line)]
        faults += [f"{number}: its sentence goes on" for number, line in block[:-1] if not WHOLE_SENTENCE.match(line)]
    return faults


@pytest.fixture(scope="module", params=CHAPTERS)
def chapter(request, root) -> Chapter:
    """One of the chapters."""
    path = root / request.param
    notebook = jupytext.read(path, fmt="md:myst")
    kept = nbformat.read(root / references.reference_of(path.relative_to(root)), as_version=4)
    return Chapter(
        prose="\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown"),
        cells=execution.code_cells(notebook),
        outputs=[output for cell in execution.code_cells(kept) for output in cell.outputs if "data" in output],
    )


def test_answer_comes_first(chapter):
    """Under its title a chapter opens with the verdicts on its claims, or else with its question, answer and confidence."""
    opening = OPENING.match(chapter.prose)
    if opening:
        assert re.match(r"\*\*[^*]+\?\*\* .+\n\*Confidence: ", opening[1], re.DOTALL)
        return
    assert re.fullmatch(r"# [^\n]+", chapter.prose.split("\n\n")[0])
    box = chapter.outputs[0]["data"]["text/markdown"]
    assert box.startswith(":::{admonition}")
    assert re.search(r"\*\*.+\{claim\}`.+`\.\*\* .+ \*Confidence: ", box)


def test_headings_form_an_outline(chapter):
    """A chapter has one title, and no level of heading is skipped."""
    levels = [len(marks) for marks in re.findall(r"^(#+) ", chapter.prose, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(above, below) for above, below in itertools.pairwise(levels) if below > above + 1] == []


def test_sections_tell_the_limits(chapter):
    """A chapter says what its data cannot show and what would change its finding: in a box that is short, or in sections."""
    if box := LIMITS.search(chapter.prose):
        assert re.findall(r"^\*\*(.+?)\.\*\*", box[1], re.MULTILINE) == [
            "What the data cannot show",
            "What would change the answer",
            "Looked for and not found",
        ]
        assert len(re.sub(r"\{cite\}`[^`]*`", "", box[1]).split()) <= MOST_OF_LIMITS
        return
    headings = re.findall(r"^## (.+)$", chapter.prose, re.MULTILINE)
    asked = ["What was said", "What the data show", "What the data cannot show", "What would change the finding"]
    assert [heading for heading in headings if heading in asked] == asked


def spoken(chapter: Chapter) -> str:
    """The prose as it is read: values in their places, and no marks of citations and links."""
    values = {
        output["metadata"]["scrapbook"]["name"]: ast.literal_eval(*output["data"].values())
        for output in chapter.outputs
        if "scrapbook" in output.get("metadata", {})
    }
    text = re.sub(r"\{glue:text\}`([^`]+)`", lambda role: values[role[1]], chapter.prose)
    text = re.sub(r" ?\{cite\}`[^`]*`|\{numref\}", "", text)
    text = re.sub(r"\{\w+\}`([^`<]+?)(?: <[^`>]*>)?`", r"\1", text)
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("*", "")


def sentences(text: str) -> list[list[str]]:
    """The sentences of such a text, each as its words; headings and the edges of boxes are none."""
    lines = (line[LEAD.match(line).end() :] for line in text.splitlines() if not NO_PROSE.match(line))
    return [part.split() for line in lines for part in re.split(r"(?<=[.?!])\s+(?=[A-Z“])", line) if part]


def test_a_chapter_is_finished_on_a_train(chapter):
    """A chapter is short, so are its box and its sentences, and it has few figures: the rest is in the annex."""
    text = spoken(chapter)
    opening = OPENING.match(text)
    box = opening[1] if opening else re.sub(r"<[^>]+>", " ", chapter.outputs[0]["data"]["text/html"])
    told = sentences(text.replace(opening[1], "") if opening else text)
    assert len(box.split()) <= MOST_OF_BOX
    assert sum(map(len, told)) <= MOST_WORDS
    assert [" ".join(words) for words in told if len(words) > MOST_OF_SENTENCE] == []
    assert sum(map(len, told)) / len(told) <= MOST_ON_AVERAGE
    assert 1 <= sum(FIGURE in output["data"] for output in chapter.outputs) <= MOST_FIGURES


def test_figures_and_tables_are_spoken_of(chapter):
    """A chapter has three numbered figures and a table at least, or a figure and an annex, and its prose leads to each."""
    figures = [cell.metadata["mystnb"]["figure"]["name"] for cell in chapter.cells if "mystnb" in cell.metadata]
    markdown = "\n".join(output.data.get("text/markdown", "") for output in chapter.outputs)
    tables = re.findall(r"^:name: (.+)$", markdown, re.MULTILINE)
    has_annex = LIMITS.search(chapter.prose) and "](../annex/" in chapter.prose
    assert len(figures) >= (1 if has_annex else 3)
    assert has_annex or len(tables) >= 1
    assert [name for name in figures if not name.startswith("fig-")] == []
    assert [name for name in tables if not name.startswith("tab-")] == []
    assert sorted({*figures, *tables} - set(re.findall(r"\{numref\}`([^`]+)`", chapter.prose))) == []


def test_every_figure_carries_its_parts(chapter):
    """A figure says its finding, its measure and its numbers, also to those who cannot see it."""
    metas = [output.data[FIGURE]["layout"]["meta"] for output in chapter.outputs if FIGURE in output.data]
    assert metas
    for meta in metas:
        assert [part for part in PARTS if not meta[part]] == [], meta["title"]
        assert {len(row) for row in meta["rows"]} == {len(meta["columns"])}, meta["title"]


def test_words_take_no_side(root):
    """No page and no table uses the words of one side; titles of sources are quotations and keep theirs."""
    texts = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in (root / "book").rglob("*.md")
    }
    texts |= {
        path.name: path.read_text(encoding="utf-8") for path in (root / "data").glob("*.csv") if path.stem != "sources"
    }
    assert len(texts) > len(CHAPTERS)
    found = {place: LOADED.findall(text) for place, text in texts.items()}
    assert {place: words for place, words in found.items() if words} == {}


def test_figures_and_tables_take_no_side(chapter):
    """No title, label, alternative text or cell that a chapter shows uses the words of one side."""
    shown = [str(value) for output in chapter.outputs for value in output.data.values()]
    assert shown
    assert [words for text in shown for words in LOADED.findall(text)] == []


@pytest.mark.parametrize("phrase", SIDES)
def test_words_of_each_side_are_known(phrase):
    """The check knows the words of both sides, in the forms in which they are used."""
    assert LOADED.search(phrase)


def test_a_line_of_prose_is_a_sentence(root):
    """In every page each sentence has a line of its own, so that a change of a sentence is a change of a line."""
    pages = [path for folder in (root, project.EXAMPLE) for path in sorted((folder / "book").rglob("*.md"))]
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in pages}
    assert sum(len(blocks(text)) for text in texts.values()) > 100
    faults = [f"{name}:{fault}" for name, text in texts.items() for fault in misplaced(text)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("# A. B\n\nOne. Two.", ["3: two sentences"]),
        ('He said (so.) And "went." *Then* left.', ["1: two sentences"]),
        ("Is it? {numref}`fig-a` says.", ["1: two sentences"]),
        ("One sentence that\ngoes on.", ["1: its sentence goes on"]),
        (":::{note} A. B\n:class: c\n**Finding.** Yes. No.\n:::", ["3: two sentences"]),
        ("- **Label.** A first\n  line.\n- Another. Item.", ["1: its sentence goes on", "3: two sentences"]),
        ("- **Label.** A line.\n  Another, e.g. by J. F. Kennedy, of 0.4.\n\nA third, as `a. B` says:", []),
        ("> A quotation.\n> It goes on.\n>\n> **Label {term}`A. B`.** It ends", []),
        ("**Is it?** {glue:text}`answer`\n{numref}`fig-a` shows it.", []),
        ("---\ntitle: A. B\n---\n\n```{code-cell} python\n# A. B\nx = 1\n```\n\nOne.", []),
    ],
)
def test_misplaced_sentences_are_known(text, faults):
    """Two sentences on a line, and one on two lines, are told with their line; what only looks so is not."""
    assert misplaced(text) == faults


def cited(text: str) -> set[str]:
    """Keys of the sources that a text cites."""
    return {key.strip() for keys in re.findall(r"\{cite\}`([^`]+)`", text) for key in keys.split(",")}


def set_beside(page: str, works: set[str]) -> set[str]:
    """Works that a page cites in a paragraph or list item that leads to the page of what others have written."""
    passages = re.split(r"\n\s*\n|\n(?=- )", FRAMED.sub("", page))
    return works & {key for passage in passages if f"](../{LITERATURE})" in passage for key in cited(passage)}


@pytest.mark.parametrize("name", BESIDE_OTHERS)
def test_a_chapter_says_how_it_stands_to_others(root, name):
    """A chapter sets what it found beside a work that the page on the literature cites, and leads there."""
    works = cited((root / "book" / LITERATURE).read_text(encoding="utf-8"))
    assert len(works) > 20
    assert set_beside((root / f"book/{name}.md").read_text(encoding="utf-8"), works)


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("One {cite}`a,b`.\nTwo ([more](../appendix/literature.md)).", {"a"}),
        ("One {cite}`a`.\n\nTwo ([more](../appendix/literature.md)).", set()),
        ("- One {cite}`a`.\n- Two {cite}`c`.\n  [More](../appendix/literature.md).", {"c"}),
        ("One {cite}`b`, [more](../appendix/literature.md).", set()),
        ("One {cite}`a`, [data](../appendix/data.md).", set()),
        ("```{code-cell} python\n# {cite}`a` ](../appendix/literature.md)\n```", set()),
    ],
)
def test_a_silent_chapter_is_known(page, found):
    """A work counts if the literature has it and the passage that cites it leads there; nothing else does."""
    assert set_beside(page, {"a", "c"}) == found


def glued(source: str) -> list[str]:
    """Names that a cell glues as keywords of ``say``; those of a dictionary are not known before it runs."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        keyword.arg
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "say"
        for keyword in call.keywords
        if keyword.arg
    ]


def unused(page: str, cells: list[str]) -> list[str]:
    """Names that cells glue and the page does not use; an estimate is used if any of its parts is."""
    used = set(re.findall(r"\{glue:\w*\}`([^`:]+)", page))
    names = [name for cell in cells for name in glued(cell)]
    return [name for name in names if used.isdisjoint(name + part for part in ("", "_low", "_high", "_interval"))]


def test_a_page_uses_what_it_glues(root):
    """No cell glues a name that its page does not use."""
    pages = [
        path for path in sorted((root / "book").rglob("*.md")) if "{code-cell}" in path.read_text(encoding="utf-8")
    ]
    cells = {path: [cell.source for cell in execution.code_cells(execution.source_of(path))] for path in pages}
    assert sum(len(glued(cell)) for sources in cells.values() for cell in sources) > 500
    left = {path.stem: unused(path.read_text(encoding="utf-8"), sources) for path, sources in cells.items()}
    assert {name: names for name, names in left.items() if names} == {}


def test_a_name_without_use_is_known():
    """A name is used in prose or a caption, or as one part of an estimate; else it is told."""
    page = 'In {glue:text}`a` of {glue:text}`b_low`.\n:mystnb: {figure: {caption: "{glue:text}`c`"}}'
    assert unused(page, ["say(a=1, b=2)\nsay(c=3, **more)", "say(d=4)", "show(e=5)"]) == ["d"]


def test_every_page_is_in_the_book(root):
    """No page lies in the folder of the book without a place in its table of contents."""
    toc = (root / "_toc.yml").read_text(encoding="utf-8")
    named = {f"{name}.md" for name in re.findall(r"(?:root|file): (\S+)", toc)}
    assert {path.relative_to(root).as_posix() for path in (root / "book").rglob("*.md")} == named
