"""Chapters as notebooks: executing them, and keeping them with their outputs."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import jupytext
import nbformat
import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync
from myst_nb.core.read import myst_nb_reader_plugin
from myst_nb.ext.glue import GLUE_PREFIX
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from cooperation.errors import ChapterError
from cooperation.sphinx.freshness import cache_path

TIMEOUT = 120
REFERENCES = Path("tests", "notebooks")
FIGURE = "application/vnd.plotly.v1+json"


def chapters(root: Path) -> list[Path]:
    """The chapters that have code cells, in the order of ``_toc.yml``, relative to the root."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    names = [toc["root"], *(item["file"] for part in toc["parts"] for item in part["chapters"])]
    paths = [Path(f"{name}.md") for name in names]
    return [path for path in paths if "\n```{code-cell}" in (root / path).read_text(encoding="utf-8")]


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def line_of(chapter: Path, number: int) -> int:
    """Line of the chapter on which its code cell of that number (from 1) begins."""
    lines = chapter.read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(lines, start=1) if line.startswith("```{code-cell}")]
    return starts[number - 1]


class Worker(threading.local):
    """A kernel for the chapters that one thread executes, one after the other.

    Starting a kernel and importing the packages takes longer than most
    chapters. Each finds an empty namespace in its own folder; that it gives
    the same in a kernel of its own is what nbval checks.
    """

    def __init__(self, kernels: list[AsyncKernelManager]):
        self.kernel = AsyncKernelManager(transport_encryption="auto")
        kernels.append(self.kernel)

    def run(self, root: Path, chapter: Path) -> tuple[NotebookNode, float]:
        """Execute a chapter; return it with its outputs, and the seconds it took."""
        notebook = myst_nb_reader_plugin(str(root / chapter))
        began = time.monotonic()
        folder = (root / chapter).parent
        notebook.cells.insert(0, new_code_cell(f"%reset -f\n%cd -q {folder}"))
        client = NotebookClient(notebook, km=self.kernel, timeout=TIMEOUT, record_timing=False)
        try:
            client.execute()
        except CellExecutionError as error:
            cells = code_cells(notebook)[1:]
            number = next(n for n, cell in enumerate(cells, start=1) if any(o.output_type == "error" for o in cell.outputs))
            line = line_of(root / chapter, number)
            raise ChapterError(f"{chapter}: cell {number} (line {line}): {error.ename}: {error.evalue}") from None
        finally:
            if client.kc:
                client.kc.stop_channels()
        del notebook.cells[0]
        return notebook, time.monotonic() - began


def execute(root: Path) -> None:
    """Execute the chapters that are not in the cache, on all cores, and put them there.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.

    Raises
    ------
    ChapterError
        If a cell fails. Chapters that ran through stay in the cache.
    """
    folder = cache_path(root)
    cache = get_cache(folder)
    stale = []
    for chapter in chapters(root):
        try:
            cache.match_cache_notebook(myst_nb_reader_plugin(str(root / chapter)))
        except KeyError:
            stale.append(chapter)
    failures, kernels = [], []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        worker = Worker(kernels)
        running = {pool.submit(lambda chapter: worker.run(root, chapter), chapter): chapter for chapter in stale}
        for number, future in enumerate(as_completed(running), start=1):
            chapter = running[future]
            try:
                notebook, seconds = future.result()
            except ChapterError as error:
                failures.append(str(error))
                continue
            bundle = CacheBundleIn(notebook, str(root / chapter), data={"execution_seconds": seconds})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            print(f"executed {chapter} in {seconds:.1f} s ({number} of {len(stale)})", flush=True)
    for kernel in kernels:
        if kernel.has_kernel:
            run_sync(kernel.shutdown_kernel)(now=True)
    if failures:
        raise ChapterError("\n".join(sorted(failures)))
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other)


def last_run(root: Path, chapter: Path) -> str | None:
    """ISO date on which the cells of a chapter last ran, on the data and code as they stand; None if it has none."""
    try:
        return get_cache(cache_path(root)).match_cache_notebook(myst_nb_reader_plugin(str(root / chapter))).created.date().isoformat()
    except (KeyError, TypeError):
        return None


def executed(root: Path, chapter: Path) -> NotebookNode:
    """A chapter as a notebook, with the outputs of its last execution.

    The notebook holds no clock, no random id and nothing of the machine that
    ran it, so that the same chapter on the same data gives the same file.
    """
    text = (root / chapter).read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="md:myst")
    ran = code_cells(get_cache(cache_path(root)).merge_match_into_notebook(myst_nb_reader_plugin(str(root / chapter)))[1])
    for count, (cell, source) in enumerate(zip(code_cells(notebook), ran, strict=True), start=1):
        cell.outputs, cell.execution_count = source.outputs, count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:03}"
    kernel = notebook.metadata["kernelspec"]
    notebook.metadata = NotebookNode(kernelspec=kernel, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def figures(root: Path) -> list[dict]:
    """The figures of all chapters as JSON, from the outputs of their last execution."""
    outputs = [output for chapter in chapters(root) for cell in code_cells(executed(root, chapter)) for output in cell.outputs]
    found = [output["data"][FIGURE] for output in outputs if FIGURE in output.get("data", {})]
    return [{key: figure[key] for key in ("data", "layout")} for figure in found]


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
    """Execute the chapters and keep them as the references that nbval compares with."""
    execute(root)
    wanted = {root / reference_of(chapter): chapter for chapter in chapters(root)}
    for path, chapter in wanted.items():
        write(executed(root, chapter), path)
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
        now = code_cells(jupytext.read(root / chapter, fmt="md:myst"))
        for number in range(max(len(kept), len(now))):
            if number >= len(now):
                faults.append(f"{reference}: cell {number + 1} is no longer in {chapter}; {advice}")
            elif number >= len(kept) or not _same(kept[number], now[number]):
                line = line_of(root / chapter, number + 1)
                faults.append(f"{chapter}: cell {number + 1} (line {line}) is not as in {reference}; {advice}")
    for path in sorted((root / REFERENCES).rglob("*.ipynb")):
        if path.relative_to(root) not in wanted:
            faults.append(f"{path.relative_to(root)}: no chapter has this reference; {advice}")
    return faults


def readable(notebook: NotebookNode, chapter: Path, others: list[Path]) -> NotebookNode:
    """The same notebook with its prose as a notebook reader shows it.

    Parameters
    ----------
    notebook : NotebookNode
        The chapter with its outputs; changed in place.
    chapter : pathlib.Path
        The chapter, relative to the root.
    others : list of pathlib.Path
        The chapters that are notebooks; links to other pages become their words.

    Returns
    -------
    NotebookNode
        With glued values written out and roles as plain text.
    """
    glued = {}

    def linked(match: re.Match) -> str:
        target = Path(os.path.normpath(chapter.parent / f"{match[2]}.md"))
        return f"[{match[1]}]({match[2]}.ipynb)" if target in others else match[1]

    for cell in code_cells(notebook):
        for output in cell.outputs:
            name = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if name:
                glued[name] = output["data"][f"{GLUE_PREFIX}text/plain"].strip("'\"")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"\{glue:text\}`([^`]+)`", lambda match: glued[match[1]], cell.source)
            text = re.sub(r"\{cite\}`([^`]+)`", lambda match: f"[{match[1].replace(',', ', ')}]", text)
            text = re.sub(r"\{numref\}`([^`]+)`", r"*\1*", text)
            text = re.sub(r"\{(?:term|claim)\}`(?:([^`<]+?) *<[^`>]+>|([^`]+))`", lambda match: match[1] or match[2], text)
            text = re.sub(r":::\{admonition\} (.+)\n:class: .+\n", r"**\1**\n\n", text)
            text = re.sub(r"\[([^\]]+)\]\(([\w./-]+)\.md\)", linked, text)
            cell.source = re.sub(r"^:::$", "", text, flags=re.MULTILINE)
    return notebook


README = """# Notebooks of Baggage and Cascade

Executed notebooks, with the data beside them. To run them again, in this folder:

    python3 -m venv .venv
    .venv/bin/pip install -r requirements.txt jupyterlab
    .venv/bin/jupyter lab
"""


def write_notebooks(root: Path) -> Path:
    """Put executed notebooks, the data and the code they import into ``_build/notebooks``.

    Returns
    -------
    pathlib.Path
        The folder; it can be copied away and used alone.
    """
    execute(root)
    folder, beside = root / "_build" / "notebooks", root / "_build" / "notebooks.new"
    shutil.rmtree(beside, ignore_errors=True)
    for chapter in chapters(root):
        write(readable(executed(root, chapter), chapter, chapters(root)), beside / chapter.relative_to("book").with_suffix(".ipynb"))
    shutil.copytree(root / "data", beside / "data")
    shutil.copytree(root / "src", beside / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("requirements.txt", "pyproject.toml", "LICENSE"):
        shutil.copy(root / name, beside)
    (beside / "README.md").write_text(README, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return folder
