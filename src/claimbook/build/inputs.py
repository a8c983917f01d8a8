"""What a book is made from, told by fingerprints: everything that its cells, its pages and its look can see."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimbook.package.tables import described
from claimbook.provenance import DESCRIPTOR
from claimbook.settings import build_path

PRESS = Path(__file__).resolve().parents[1]
# The environment, and what runs the cells, have their part in every output.
PINS = "requirements.txt"
EXECUTION = PRESS / "build" / "execution.py"
SEEN_BY_CELLS = ("data/*.csv", f"data/{DESCRIPTOR}", "src/**/*.py", PINS)
SEEN_BY_PAGES = (*SEEN_BY_CELLS, "book/**/*", "_config.yml", "_toc.yml", "pyproject.toml")
CODE, LOOK = ("**/*.py",), ("sphinx/assets/*", "sphinx/templates/*")
# Tables that pages show beside what the cells of their chapter read.
PAGE_TABLES = ("sources", "claims", "terms")


def fingerprint(*places: tuple[Path, tuple[str, ...]]) -> str:
    """Sixteen hexadecimal digits that change with the content of the files named.

    Parameters
    ----------
    *places : tuple of pathlib.Path and tuple of str
        Folders, each with glob patterns below it.

    Returns
    -------
    str
    """
    digest = hashlib.sha256()
    for folder, patterns in places:
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}):
            digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def for_pages(root: Path) -> str:
    """Fingerprint of everything that the pages of a book are made from, the press included."""
    return fingerprint((root, SEEN_BY_PAGES), (PRESS, CODE + LOOK))


def for_look(root: Path) -> str:
    """Fingerprint of the scripts, styles, templates and settings that every page shares."""
    return fingerprint((root, ("book/_static/*", "book/_templates/*", "pyproject.toml")), (PRESS, LOOK))


def for_every_page(root: Path) -> str:
    """Fingerprint of the code that renders pages, and of the data that all of them may show."""
    tables = tuple(f"data/{name}.csv" for name in PAGE_TABLES)
    return fingerprint(
        (root, ("pyproject.toml", f"data/{DESCRIPTOR}", *tables)),
        (PRESS, ("*.py", "build/*.py", "package/*.py", "sphinx/*.py")),
    )


def for_validation(root: Path) -> str:
    """Fingerprint of the data and of the code that may have a rule for them."""
    return fingerprint((root, SEEN_BY_CELLS), (PRESS, CODE))


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements in a module, those in its functions and branches included."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        for statement in getattr(node, part, ()):
            yield statement
            yield from _statements(statement)


@functools.lru_cache(maxsize=4096)
def _imported(source: str) -> tuple[str, ...]:
    """Names of the modules that a module or cell may import, wherever in it."""
    names = []
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
    return tuple(names)


@functools.lru_cache(maxsize=1024)
def _content(path: Path, mtime_ns: int) -> bytes:
    """Checksum of a file, read once while it stays as it is."""
    return hashlib.sha256(path.read_bytes()).digest()


@functools.lru_cache(maxsize=1024)
def _imported_by(path: Path, mtime_ns: int) -> tuple[str, ...]:
    return _imported(path.read_text(encoding="utf-8"))


def _checksum(path: Path) -> bytes:
    return _content(path, path.stat().st_mtime_ns)


@functools.cache
def _files(name: str, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Files of a module and of the packages that it is in, if they lie in one of the folders."""
    parts = name.split(".")
    for folder in folders:
        if (folder / parts[0]).is_dir() or (folder / f"{parts[0]}.py").is_file():
            steps = [folder.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)]
            found = [path for step in steps for path in (step / "__init__.py", step.with_suffix(".py"))]
            return tuple(path for path in found if path.is_file())
    return ()


def modules(root: Path, sources: Iterable[str]) -> list[Path]:
    """Files of the book's and the press's own modules that cells import, and that these import in turn.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project; its own modules lie in ``src``.
    sources : iterable of str
        Code cells, without magics.

    Returns
    -------
    list of pathlib.Path
    """
    folders, found = (root / "src", PRESS.parent), set()
    asked = [name for source in sources for name in _imported(source)]
    while asked:
        for path in _files(asked.pop(), folders):
            if path not in found:
                found.add(path)
                asked += _imported_by(path, path.stat().st_mtime_ns)
    return sorted(found)


def for_chapter(root: Path, sources: Iterable[str], read: Iterable[str]) -> str:
    """Fingerprint of what the outputs of a chapter depend on, beside its own cells.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.
    sources : iterable of str
        Its code cells, without magics.
    read : iterable of str
        The tables that its cells read, and :data:`claimbook.provenance.DESCRIPTOR`
        if they asked for the descriptor.

    Returns
    -------
    str
        Changes with the rows and the schema of each table, with each module
        that the cells import, directly or through others, and with the pinned
        environment.
    """
    digest = hashlib.sha256()
    for path in (*modules(root, sources), EXECUTION, root / PINS):
        if path.is_file():
            digest.update(f"{path.name}\0".encode() + _checksum(path))
    for name in sorted(set(read)):
        digest.update(f"{name}\0".encode() + _table(root, name))
    return digest.hexdigest()[:16]


def _table(root: Path, name: str) -> bytes:
    """What a table, or the descriptor as a whole, is made of; nothing where it is gone."""
    descriptor = root / "data" / DESCRIPTOR
    if not descriptor.is_file():
        return b""
    if name == DESCRIPTOR:
        return _checksum(descriptor)
    item = next((item for item in described(descriptor.parent)["resources"] if item["name"] == name), None)
    path = descriptor.parent / item["path"] if item else None
    return json.dumps(item).encode() + (_checksum(path) if path and path.is_file() else b"")


def cache_path(root: Path) -> Path:
    """Folder of the executed chapters."""
    return build_path(root) / "executed"


def kept_path(root: Path) -> Path:
    """Folder of the long results that chapters share, for the code as it stands; the data are among their arguments."""
    return build_path(root) / "kept" / fingerprint((root, ("src/**/*.py", PINS)), (PRESS, CODE))
