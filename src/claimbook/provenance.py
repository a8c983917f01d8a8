"""What each cell of a chapter read: noted by the loader, told by the kernel, and followed from cell to cell.

In the kernel :func:`note` remembers every table with the statement that asked
for it, and an audit hook every table that is opened in another way; both see
only what cells do, and cost nothing elsewhere. The rest
works on what the kernel told: :func:`flows` follows the tables through the
variables of a chapter, so that a figure names what it was drawn from.
"""

from __future__ import annotations

import ast
import json
import re
import symtable
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

# What is noted of the package itself, when a cell asks for its descriptor.
DESCRIPTOR = "datapackage.json"
# Statements that show nothing.
QUIET = (
    ast.Import,
    ast.ImportFrom,
    ast.Assign,
    ast.AugAssign,
    ast.AnnAssign,
    ast.FunctionDef,
    ast.ClassDef,
    ast.Assert,
    ast.Pass,
)
# In the kernel: number of the cell, from 0, and line of the statement, and what it read; the line is 0 where no
# statement of the cell asked. How many cells have begun stands beside it.
_read: list[tuple[int, int, str]] = []
_begun = [0]
# Tables of the folder watched that were opened past the loader.
_opened: set[str] = set()
_watched: list[Path] = []
_loading: list[str] = []


@contextmanager
def loading(name: str) -> Iterator[None]:
    """Note that the cell that runs reads a table, and open its file."""
    note(name)
    _loading.append(name)
    try:
        yield
    finally:
        _loading.pop()


def note(name: str) -> None:
    """Note that the cell that runs, if one does, reads a table of that name."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        return
    frame: FrameType | None = sys._getframe(1)
    while frame and not (frame.f_globals is shell.user_global_ns and frame.f_code.co_name == "<module>"):
        frame = frame.f_back
    _read.append((_begun[0] - 1, frame.f_lineno if frame else 0, name))


def _count(*_) -> None:
    _begun[0] += 1


def _audit(event: str, arguments: tuple) -> None:
    if event == "open" and not _loading and str(arguments[0]).endswith(".csv"):
        path = Path(arguments[0]).resolve()
        if path.parent in _watched:
            _opened.add(path.stem)


def begin(folder: str) -> None:
    """Forget what was read, in the cell before the first of a chapter, and note what is opened past the loader.

    Parameters
    ----------
    folder : str
        Folder of the data package.
    """
    if not _watched:
        sys.addaudithook(_audit)
        sys.modules["IPython"].get_ipython().events.register("pre_run_cell", _count)
    _begun[0] = 0
    _watched[:] = [Path(folder).resolve()]
    _read.clear()
    _opened.clear()


def told() -> str:
    """What was read since :func:`begin`, as JSON: ``read`` (cell, line and name of each) and ``opened`` (past the loader)."""
    return json.dumps({"read": _read, "opened": sorted(_opened)})


@dataclass(frozen=True)
class Reads:
    """What the cells of a chapter read.

    Attributes
    ----------
    cells : list of dict
        One for each code cell: the line of a statement as text, and the names
        it read, in their order.
    """

    cells: list[dict[str, list[str]]]

    @classmethod
    def of(cls, read: Iterable[tuple[int, int, str]], number: int) -> Reads:
        """From what the kernel told of a chapter with that number of code cells."""
        cells: list[dict[str, list[str]]] = [{} for _ in range(number)]
        for cell, line, name in read:
            names = cells[cell].setdefault(str(line), [])
            if name not in names:
                names.append(name)
        return cls(cells)

    def names(self) -> set[str]:
        """Everything that the chapter read."""
        return {name for cell in self.cells for names in cell.values() for name in names}

    def of_statement(self, cell: int, statement: ast.stmt) -> set[str]:
        """What a statement of a cell read itself."""
        lines = {0, *range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)}
        return {name for line, names in self.cells[cell].items() if int(line) in lines for name in names}


def _names(source: str) -> tuple[set[str], set[str]]:
    """Variables that a statement reads, those inside its functions and comprehensions included, and those it sets."""
    whole = symtable.symtable(source, "<cell>", "exec")

    def asked(table: symtable.SymbolTable) -> Iterator[str]:
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table is whole or symbol.is_global()):
                yield symbol.get_name()
        for child in table.get_children():
            yield from asked(child)

    return set(asked(whole)), {symbol.get_name() for symbol in whole.get_symbols() if symbol.is_assigned()}


def _stem(node: ast.expr) -> str | None:
    """The variable that ``a``, ``a[0]``, ``a.b`` or ``a.b.c()`` belongs to."""
    while isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def _changed(statement: ast.stmt) -> set[str]:
    """Variables that a statement changes in place: by their parts, or by a method that nobody asks for its result."""
    parts = [
        node
        for node in ast.walk(statement)
        if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Store)
    ]
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        parts += [statement.value.func] if isinstance(statement.value.func, ast.Attribute) else []
    return {name for part in parts if (name := _stem(part))}


def code(source: str) -> str:
    """A cell as Python reads it, without magics."""
    return re.sub(r"^\s*[%!].*$", "pass", source, flags=re.MULTILINE)


def flows(sources: list[str], reads: Reads) -> list[list[set[str]]]:
    """The tables that what each cell shows was made from, through the variables of the cells before it.

    Parameters
    ----------
    sources : list of str
        The code cells of a chapter, in the order in which they ran.
    reads : Reads
        What they read.

    Returns
    -------
    list of list of set of str
        Names of tables, for each cell and each of its statements that may show
        something. What a statement changes in place is taken to hold what it read.
    """
    held: dict[str, set[str]] = {}
    shown: list[list[set[str]]] = []
    for cell, source in enumerate(sources):
        shown.append([])
        for statement in ast.parse(code(source)).body:
            asked, anew = _names(ast.unparse(statement))
            made = reads.of_statement(cell, statement).union(*(held.get(name, set()) for name in asked))
            for name in anew:
                held[name] = made if isinstance(statement, ast.Assign) else made | held.get(name, set())
            for name in _changed(statement) & held.keys():
                held[name] = held[name] | made
            if not isinstance(statement, QUIET):
                shown[-1].append(made)
    return shown
