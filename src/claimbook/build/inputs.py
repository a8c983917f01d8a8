"""What a book is made from: its chapters, and everything else that its cells can see."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

SEEN_BY_CELLS = ("data/*.csv", "data/datapackage.json", "src/**/*.py", "requirements.txt")


def fingerprint(root: Path, patterns: tuple[str, ...] = SEEN_BY_CELLS) -> str:
    """Sixteen hexadecimal digits that change with the content of the files named.

    Parameters
    ----------
    root : pathlib.Path
        Root of the project.
    patterns : tuple of str
        Glob patterns below it.

    Returns
    -------
    str
    """
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def cache_path(root: Path) -> Path:
    """Folder of the executed chapters for the data and code as they stand."""
    return root / "_build" / "executed" / fingerprint(root)


def chapters(root: Path) -> list[Path]:
    """The chapters that have code cells, in the order of ``_toc.yml``, relative to the root."""
    toc = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    names = [toc["root"], *(item["file"] for part in toc["parts"] for item in part["chapters"])]
    paths = [Path(f"{name}.md") for name in names]
    return [path for path in paths if "\n```{code-cell}" in (root / path).read_text(encoding="utf-8")]
