"""Executing chapters, and reading them back with the outputs of their last execution."""

from __future__ import annotations

import ast
import json
import os
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import jupytext
import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache import db
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync
from myst_nb.core.read import myst_nb_reader_plugin
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from sqlalchemy import URL, Engine, create_engine

from claimbook import provenance
from claimbook.build.contents import chapters
from claimbook.build.events import tell
from claimbook.build.inputs import PINS, PRESS, cache_path, fingerprint, for_chapter, kept_path
from claimbook.errors import ChapterError, ReportError
from claimbook.figure import numbered
from claimbook.kept import FOLDER
from claimbook.package.attribution import source_line
from claimbook.package.tables import described
from claimbook.settings import config, settings

TIMEOUT = 30
# No magics: they would read braces and dollars in the name of the folder.
CLEAN = """
get_ipython().run_line_magic("reset", "-f")
__import__("os").chdir({folder!r})
__import__("claimbook.provenance").provenance.begin({data!r})
"""
TELL = '__import__("claimbook.provenance").provenance.told()'
FIGURE = "application/vnd.plotly.v1+json"


def _engine(address: str) -> Engine:
    """The database of jupyter-cache, which writes the path into an address as it is: a ``?`` or ``%41`` would be read."""
    return create_engine(URL.create("sqlite", database=address.removeprefix("sqlite:///")))


db.create_engine = _engine


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def read(path: Path) -> NotebookNode:
    """A chapter as Jupyter Book executes it: a notebook, or MyST."""
    if path.suffix == ".ipynb":
        return nbformat.read(path, as_version=4)
    return myst_nb_reader_plugin(str(path))


def source_of(path: Path) -> NotebookNode:
    """A chapter as a notebook with its prose and its cells as they are written, without outputs."""
    notebook = jupytext.read(path) if path.suffix == ".ipynb" else jupytext.read(path, fmt="md:myst")
    for cell in code_cells(notebook):
        cell.outputs, cell.execution_count = [], None
    return notebook


def place_of(chapter: Path, number: int) -> str:
    """Where the code cell of that number (from 1) is: ``cell 3 (line 40)``, without the line in a notebook."""
    if chapter.suffix == ".ipynb":
        return f"cell {number}"
    lines = chapter.read_text(encoding="utf-8").splitlines()
    starts = [n for n, line in enumerate(lines, start=1) if line.startswith("```{code-cell}")]
    return f"cell {number} (line {starts[number - 1]})"


class Worker(threading.local):
    """A kernel for the chapters that one thread executes, one after the other.

    Starting a kernel and importing the packages takes longer than most
    chapters. Each finds an empty namespace in its own folder; that it gives
    the same in a kernel of its own is what nbval checks.
    """

    def __init__(self, kernels: list[AsyncKernelManager], timeout: int, shared: Path):
        self.kernels, self.timeout, self.shared = kernels, timeout, shared
        self._renew()

    def _renew(self) -> None:
        self.kernel = AsyncKernelManager(transport_encryption="auto")
        self.kernels.append(self.kernel)

    def run(self, root: Path, chapter: Path) -> tuple[NotebookNode, dict]:
        """Execute a chapter; return it with its outputs, and the seconds it took and what its cells read."""
        notebook, began, started = read(root / chapter), time.monotonic(), []
        clean = CLEAN.format(folder=str((root / chapter).parent), data=str(root / "data"))
        notebook.cells = [new_code_cell(clean), *notebook.cells, new_code_cell(TELL)]

        def note(cell: NotebookNode, cell_index: int) -> None:
            started.append(cell)

        client = NotebookClient(notebook, km=self.kernel, timeout=self.timeout, record_timing=False, on_cell_start=note)
        why, spent = None, False
        try:
            client.execute(env={**os.environ, FOLDER: str(self.shared)})
        except CellExecutionError as error:
            why = f"{error.ename}: {error.evalue}"
        except CellTimeoutError:
            why, spent = f"took longer than {self.timeout} seconds (execute: timeout in _config.yml)", True
        except DeadKernelError:
            why, spent = "its kernel died", True
        finally:
            if client.kc:
                client.kc.stop_channels()
        if spent:
            self._renew()
        if why:
            number = len([cell for cell in started if cell.cell_type == "code"]) - 1
            where = place_of(root / chapter, number) if number else "before its first cell"
            raise ChapterError(f"{chapter}: {where}: {' '.join(why.split())}")
        told = json.loads(ast.literal_eval(notebook.cells[-1].outputs[0].data["text/plain"]))
        notebook.cells = notebook.cells[1:-1]
        reads = provenance.Reads.of(told["read"], len(code_cells(notebook)))
        if past := set(told["opened"]) - reads.names():
            raise ChapterError(
                f"{chapter}: reads {', '.join(sorted(past))} past load; what it rests on would not be known"
            )
        return notebook, {"execution_seconds": time.monotonic() - began, "reads": reads.cells}


def _seen(root: Path, sources: Iterable[str], reads: provenance.Reads) -> str:
    return for_chapter(root, map(provenance.code, sources), reads.names())


def record(root: Path, chapter: Path) -> NbCacheRecord | None:
    """What is kept of the last execution of a chapter.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.
    chapter : pathlib.Path
        The chapter, relative to the root.

    Returns
    -------
    NbCacheRecord or None
        None if it has to run: its cells, the rows or the schema of a table that
        they read, or a module that they import, are no longer what they were.
    """
    key, sources = _identity(root, chapter)
    try:
        found = NbCacheRecord.record_from_hashkey(key, get_cache(cache_path(root)).db)
    except KeyError:
        return None
    fresh = found.data["seen"] == _seen(root, sources, provenance.Reads(found.data["reads"]))
    return found if fresh else None


def _identity(root: Path, chapter: Path) -> tuple[str, list[str]]:
    """By what the cache knows a chapter, and its code cells; kept beside the cache, since reading MyST takes long."""
    path = root / chapter
    kept = _identity_file(root, chapter)
    if not kept.exists():
        notebook = read(path)
        key = JupyterCacheBase(path.parent).create_hashed_notebook(notebook)[1]
        beside = kept.with_name(f"{kept.name}.{os.getpid()}.new")
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps([key, [cell.source for cell in code_cells(notebook)]]), encoding="utf-8")
        beside.replace(kept)
    key, sources = json.loads(kept.read_text(encoding="utf-8"))
    return key, sources


def _identity_file(root: Path, chapter: Path) -> Path:
    """Where it is kept: under a name that changes with the chapter, and with what reads it."""
    name = fingerprint((root, (chapter.as_posix(), PINS)), (PRESS, ("build/execution.py",)))
    return cache_path(root) / "identities" / f"{name}.json"


def reads(root: Path, chapter: Path) -> provenance.Reads:
    """What the cells of a chapter read when they last ran; nothing if they have to run."""
    found = record(root, chapter)
    return provenance.Reads(found.data["reads"] if found else [])


def tables_read(root: Path, chapter: Path) -> list[str]:
    """Names of the tables that the cells of a chapter read when they last ran, in the order of the package."""
    names = reads(root, chapter).names()
    return [item["name"] for item in described(root / "data")["resources"] if item["name"] in names]


def _metas(notebook: NotebookNode) -> Iterator[tuple[int, dict]]:
    """What is said about each figure, and the number of its code cell, from 0."""
    for number, cell in enumerate(code_cells(notebook)):
        for output in cell.outputs:
            if FIGURE in output.get("data", {}):
                yield number, output.data[FIGURE]["layout"]["meta"]


def _name_tables(notebook: NotebookNode, reads: provenance.Reads) -> None:
    """Write into each figure the tables that it was drawn from."""
    flowing = provenance.flows([cell.source for cell in code_cells(notebook)], reads)
    drawn = Counter(number for number, _ in _metas(notebook))
    for number, meta in _metas(notebook):
        # One figure is what the last line gives; which lines give several, nobody can tell.
        made = flowing[number][-1:] if drawn[number] == 1 else flowing[number]
        meta["tables"] = sorted(set().union(*made))


def source_of_figure(root: Path, meta: dict) -> str:
    """Whose data a figure was drawn from, as the press tells it below the figure.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.
    meta : dict
        ``layout.meta`` of an executed figure.

    Returns
    -------
    str
    """
    return source_line(root / "data", meta["tables"], settings(root).words)


def bare_outputs(notebook: NotebookNode) -> NotebookNode:
    """A notebook, changed in place, with what its cells gave and nothing that the press knows beside."""
    for _, meta in _metas(notebook):
        for name in ("tables", "source"):
            meta.pop(name, None)
    return notebook


def _forget(root: Path) -> None:
    """Drop from the cache what no chapter of the book would find there, and long results of other code."""
    cache, kept = get_cache(cache_path(root)), kept_path(root)
    current = {found.pk for chapter in chapters(root) if (found := record(root, chapter))}
    for old in cache.list_cache_records():
        if old.pk not in current:
            cache.remove_cache(old.pk)
    for other in kept.parent.glob("*"):
        if other != kept:
            shutil.rmtree(other)
    identities = {_identity_file(root, chapter) for chapter in chapters(root)}
    for path in (cache_path(root) / "identities").glob("*"):
        if path not in identities:
            path.unlink()


def execute(root: Path, tell: Callable[[str], None] = print) -> dict[Path, NbCacheRecord | None]:
    """Execute the chapters that are not in the cache, on all cores, and put them there.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.
    tell : callable
        Gets one line for each chapter that ran.

    Returns
    -------
    dict of pathlib.Path to NbCacheRecord
        What is kept of each chapter.

    Raises
    ------
    ChapterError
        If a cell fails. Chapters that ran through stay in the cache.
    """
    cache, timeout = get_cache(cache_path(root)), config(root).get("execute", {}).get("timeout", TIMEOUT)
    found = {chapter: record(root, chapter) for chapter in chapters(root)}
    stale = [chapter for chapter, kept in found.items() if not kept]
    # The long ones first, so that none runs on alone at the end.
    stale.sort(key=lambda chapter: (root / chapter).stat().st_size, reverse=True)
    failures: list[str] = []
    kernels: list[AsyncKernelManager] = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        worker = Worker(kernels, timeout, kept_path(root))
        running = {pool.submit(lambda chapter: worker.run(root, chapter), chapter): chapter for chapter in stale}
        for number, future in enumerate(as_completed(running), start=1):
            chapter = running[future]
            try:
                notebook, facts = future.result()
            except ChapterError as error:
                failures.append(str(error))
                continue
            sources = [cell.source for cell in code_cells(notebook)]
            reads = provenance.Reads(facts["reads"])
            _name_tables(notebook, reads)
            bundle = CacheBundleIn(notebook, str(root / chapter), data={**facts, "seen": _seen(root, sources, reads)})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            tell(f"executed {chapter} in {facts['execution_seconds']:.1f} s ({number} of {len(stale)})")
    for kernel in kernels:
        if kernel.has_kernel:
            run_sync(kernel.shutdown_kernel)(now=True)
    if failures:
        raise ChapterError("\n".join(sorted(failures)))
    if stale:
        _forget(root)
    return {chapter: kept or record(root, chapter) for chapter, kept in found.items()}


def main() -> int:
    """Execute the chapters of the book in the working directory, and tell what happened."""
    try:
        execute(Path.cwd(), partial(tell, "progress"))
    except ReportError as error:
        for line in str(error).splitlines():
            tell("failure", line)
        return 1
    return 0


def last_run(root: Path, chapter: Path) -> str | None:
    """ISO date on which the cells of a chapter last ran, on the data and code as they stand; None if it has none."""
    found = record(root, chapter) if chapter in chapters(root) else None
    return found.created.date().isoformat() if found else None


def executed(root: Path, chapter: Path) -> NotebookNode:
    """A chapter as a notebook, with the outputs of its last execution.

    The notebook holds no clock, no random id and nothing of the machine that
    ran it, so that the same chapter on the same data gives the same file.
    """
    notebook = source_of(root / chapter)
    ran = code_cells(get_cache(cache_path(root)).merge_match_into_notebook(read(root / chapter))[1])
    for count, (cell, source) in enumerate(zip(code_cells(notebook), ran, strict=True), start=1):
        cell.outputs, cell.execution_count = source.outputs, count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:03}"
    for _, meta in _metas(notebook):
        meta["source"] = source_of_figure(root, meta)
    kernel = notebook.metadata["kernelspec"]
    notebook.metadata = NotebookNode(kernelspec=kernel, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def figures(root: Path, among: Iterable[Path]) -> list[dict]:
    """The figures of chapters as JSON, from the outputs of their last execution."""
    found = []
    for cell in (cell for chapter in among for cell in code_cells(executed(root, chapter))):
        for figure in (output["data"][FIGURE] for output in cell.outputs if FIGURE in output.get("data", {})):
            captioned = "caption" not in cell.metadata.get("mystnb", {}).get("figure", {"caption": None})
            found.append(numbered(figure) if captioned else {key: figure[key] for key in ("data", "layout")})
    return found


if __name__ == "__main__":
    sys.exit(main())
