"""What a book is made from, told by fingerprints: everything that its cells, its pages and its look can see."""

from __future__ import annotations

import hashlib
from pathlib import Path

from claimbook.settings import build_path

PRESS = Path(__file__).resolve().parents[1]
SEEN_BY_CELLS = ("data/*.csv", "data/datapackage.json", "src/**/*.py", "requirements.txt")
SEEN_BY_PAGES = (*SEEN_BY_CELLS, "book/**/*", "_config.yml", "_toc.yml", "pyproject.toml")
CODE, LOOK = ("**/*.py",), ("sphinx/assets/*", "sphinx/templates/*")


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


def cache_path(root: Path) -> Path:
    """Folder of the executed chapters for the data and code as they stand."""
    return build_path(root) / "executed" / fingerprint((root, SEEN_BY_CELLS), (PRESS, CODE))
