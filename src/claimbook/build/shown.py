"""What a state of a book tells its readers, from its chapters and references: sentences, judgements, figures.

No cell runs: what cells gave is read from the references, so that any state
that was kept can be read, whatever code it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from claimbook.bound import CITATION, FENCE, GLUE, HEADING, LEAD, NO_PROSE
from claimbook.build.contents import FILE, pages
from claimbook.build.execution import FIGURE, code_cells
from claimbook.build.export import ROLES, said_in
from claimbook.build.references import reference_of

LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
# Earlier chapters have several sentences on a line, and sentences on several lines.
BETWEEN_SENTENCES = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”)]))\s+(?=[\"“(*\[{A-Z])")
BEFORE_A_STOP = re.compile(r"\s+(?=[.,;:)])")
# A judgement as a page shows it: its question, with or without a number, and its answer.
ASKED = re.compile(r"\*\*(?:\d+\. )?(?P<question>[^*]+\?)\*\*\s+(?P<answer>.+)", re.DOTALL)
EVIDENCE = re.compile(r"\[[^\]]*\]\((?P<chapter>[\w./-]+)\.md\)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a page.

    Attributes
    ----------
    page : str
        The page, relative to ``book``, without ending.
    written : str
        As it stands in the file.
    text : str
        As a reader sees it, with its values and without citations.
    """

    page: str
    written: str
    text: str

    @property
    def counts(self) -> bool:
        """Whether it holds a computed value or a number."""
        return bool(GLUE.search(self.written) or re.search(r"\d", self.text))


@dataclass(frozen=True)
class Figure:
    """What a figure says in words and numbers."""

    page: str
    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass
class Shown:
    """What a state of a book tells its readers.

    Attributes
    ----------
    pages : list of str
        In the order of the table of contents.
    sentences : list of Sentence
        In the order of the book.
    judgements : dict of str to (str, str)
        Page with the evidence, and answer, by question.
    figures : dict of str to Figure
        By label.
    unsaid : int
        How many values of the prose no reference notebook holds.
    """

    pages: list[str] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    judgements: dict[str, tuple[str, str]] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    unsaid: int = 0


def is_book(root: Path) -> bool:
    """Whether a folder holds a book, and not a data package alone."""
    return (root / FILE).is_file()


def shown(root: Path, judge: str | None) -> Shown:
    """What the book in a folder tells its readers.

    Parameters
    ----------
    root : pathlib.Path
        Folder with ``_toc.yml``.
    judge : str, optional
        Name of the function that gives the judgements: they are what the cells
        that call it show.

    Returns
    -------
    Shown
    """
    state = Shown()
    for path in pages(root):
        page = path.relative_to("book").with_suffix("").as_posix()
        kept = root / reference_of(path)
        ran = nbformat.read(kept, as_version=4) if kept.is_file() else new_notebook()
        values = {name: text for name, (_, text) in said_in(ran).items()}
        state.pages.append(page)
        prose = _prose(root / path)
        state.unsaid += sum(name not in values for name in GLUE.findall(prose))
        state.sentences += _sentences(page, prose, values)
        state.judgements |= dict(_judgements(page, ran, judge))
        for label, figure in _figures(page, ran):
            state.figures.setdefault(label, figure)
    return state


def _prose(path: Path) -> str:
    """The Markdown of a page, without its head; cells are blocks of code in it."""
    if path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    text = path.read_text(encoding="utf-8")
    return text.partition("\n---\n")[2] if text.startswith("---\n") else text


def _sentences(page: str, prose: str, values: dict[str, str]) -> Iterator[Sentence]:
    for block in _blocks(prose):
        for written in BETWEEN_SENTENCES.split(block):
            yield Sentence(page, written, _read(GLUE.sub(lambda role: values.get(role[1], f"{{{role[1]}}}"), written)))


def _blocks(prose: str) -> Iterator[str]:
    """Headings, paragraphs and items of a list, each on one line."""
    block: list[str] = []
    fence = ""
    for line in [*prose.splitlines(), ""]:
        mark = FENCE.match(line)
        inside, fence = bool(fence or mark), ("" if fence else mark[1]) if mark else fence
        title = None if inside else HEADING.match(line)
        lead = LEAD.match(line)
        if block and (inside or title or NO_PROSE.match(line) or (lead and lead[0].strip(" >"))):
            yield " ".join(block)
            block = []
        if title:
            yield title[1]
        elif not inside and not NO_PROSE.match(line):
            block.append(LEAD.sub("", line, count=1).strip())


def _read(text: str) -> str:
    """Prose without roles, addresses, citations and emphasis."""
    text = CITATION.sub("", text)
    for role, words in ROLES:
        text = role.sub(words, text)
    text = LINK.sub(r"\1", text).replace("*", "")
    return BEFORE_A_STOP.sub("", " ".join(text.split()))


def _judgements(page: str, ran: NotebookNode, judge: str | None) -> Iterator[tuple[str, tuple[str, str]]]:
    """Question, page with the evidence, and answer of each judgement that a page shows."""
    for cell in code_cells(ran):
        if not judge or not re.search(rf"\b{re.escape(judge)}\(", cell.source):
            continue
        for output in cell.outputs:
            for part in output.get("data", {}).get("text/markdown", "").split("\n\n"):
                if asked := ASKED.match(part):
                    evidence = EVIDENCE.search(part)
                    answer = _read(EVIDENCE.sub("", asked["answer"]))
                    yield asked["question"], (evidence["chapter"] if evidence else page, answer)


def _figures(page: str, ran: NotebookNode) -> Iterator[tuple[str, Figure]]:
    """Label, or else title, of each figure of a page, and what it says."""
    for cell in code_cells(ran):
        label = cell.metadata.get("mystnb", {}).get("figure", {}).get("name")
        metas = [output.data[FIGURE]["layout"]["meta"] for output in cell.outputs if FIGURE in output.get("data", {})]
        for number, meta in enumerate(metas, start=1):
            name = label or meta["title"]
            rows = tuple(tuple("" if value is None else str(value) for value in row) for row in meta["rows"])
            yield (
                name if number == 1 else f"{name} ({number})",
                Figure(page, meta["title"], meta["subtitle"], tuple(meta["columns"]), rows),
            )
