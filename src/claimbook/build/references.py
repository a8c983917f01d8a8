"""Reference notebooks: the chapters with their outputs, which nbval compares with."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from claimbook.build.contents import chapters
from claimbook.build.execution import bare_outputs, code_cells, executed, place_of, source_of

REFERENCES = Path("tests", "notebooks")


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook beside its place and move it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".ipynb.new")
    nbformat.write(notebook, beside)
    beside.replace(path)


def reference_of(chapter: Path) -> Path:
    """Where the reference notebook of a chapter stands."""
    return REFERENCES / chapter.relative_to("book").with_suffix(".ipynb")


def write_references(root: Path) -> None:
    """Keep the chapters as they last ran as the references that nbval compares with."""
    wanted = {root / reference_of(chapter): chapter for chapter in chapters(root)}
    for path, chapter in wanted.items():
        write(bare_outputs(executed(root, chapter)), path)
    for path in (root / REFERENCES).rglob("*.ipynb"):
        if path not in wanted:
            path.unlink()


def _same(kept: NotebookNode, now: NotebookNode) -> bool:
    return kept.source == now.source and kept.metadata == now.metadata


def stale_references(root: Path) -> list[str]:
    """References that do not have exactly the code cells of their chapter, tags and captions included.

    Returns
    -------
    list of str
        One line a fault, naming reference, chapter, cell and line.
    """
    faults = []
    advice = "run make references and read the difference"
    wanted = {reference_of(chapter): chapter for chapter in chapters(root)}
    for reference, chapter in wanted.items():
        if not (root / reference).exists():
            faults.append(f"{reference}: missing for {chapter}; {advice}")
            continue
        kept = code_cells(nbformat.read(root / reference, as_version=4))
        now = code_cells(source_of(root / chapter))
        for number in range(max(len(kept), len(now))):
            if number >= len(now):
                faults.append(f"{reference}: cell {number + 1} is no longer in {chapter}; {advice}")
            elif number >= len(kept) or not _same(kept[number], now[number]):
                faults.append(f"{chapter}: {place_of(root / chapter, number + 1)} is not as in {reference}; {advice}")
    present = (path.relative_to(root) for path in sorted((root / REFERENCES).rglob("*.ipynb")))
    return faults + [f"{path}: no chapter has this reference; {advice}" for path in present if path not in wanted]
