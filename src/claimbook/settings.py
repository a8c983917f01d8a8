"""What differs from book to book: read from the book's own files, never known to the press.

Title, language and the name of the PDF stand in ``_config.yml``, where any
Jupyter Book has them. The rest is the block ``[tool.claimbook]`` of
``pyproject.toml``; each key is a field of :class:`Settings` and may be left out.
"""

from __future__ import annotations

import copy
import functools
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from claimbook.errors import BuildError
from claimbook.words import WORDS

FILE, BLOCK = "pyproject.toml", "claimbook"
# Names the folder for what is built, where the book's own cannot be written to.
OUT = "CLAIMBOOK_OUT"


@dataclass(frozen=True)
class Settings:
    """The settings of one book.

    Attributes
    ----------
    title : str
        Title of the book, from ``_config.yml``.
    pdf : str
        File name of the PDF, from ``latex_documents`` in ``_config.yml``.
    rules : str
        ``module:function`` that checks what the schema cannot say: gets the
        tables by name, gives faults as lines. None: nothing more is checked.
    judgements : str
        ``module:function`` that gives the key judgements for a loader of
        tables. None: the book has none that can be traced.
    verdicts : str
        ``module:function`` that gives the verdicts for a loader of tables.
        None: the book gives none.
    verdicts_page : str
        Page that shows the whole board of verdicts, without its ending.
    reviewed : str
        Key of the source whose claims are tested.
    claims_page : str
        Page that lists the claims, without its ending; links of the role
        ``claim`` lead there.
    dataset_pages : tuple of str
        Pages that describe the data package to search engines.
    annex : str
        Folder of the annex: a page there belongs to the chapter whose file has
        the same name. None: the book has no annex.
    moved : dict of str to str
        Pages that stood elsewhere, without their endings: where each stands
        now by where it stood. The old addresses lead on.
    variants : str
        Table of other forms of names (columns ``variant`` and ``name``), for
        the search.
    places, based_on : str
        ``table.column`` of the places covered and of the pages of upstream
        data, for the description of the data package.
    institutions : tuple of str
        Words by which an author is known to be a body and not a person.
    words : dict of str to str
        What the press says to readers; see :mod:`claimbook.words`.
    """

    title: str
    pdf: str
    rules: str | None = None
    judgements: str | None = None
    verdicts: str | None = None
    verdicts_page: str | None = None
    reviewed: str | None = None
    claims_page: str | None = None
    dataset_pages: tuple[str, ...] = ()
    annex: str | None = None
    moved: dict[str, str] = field(default_factory=dict)
    variants: str | None = None
    places: str | None = None
    based_on: str | None = None
    institutions: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)


def _block(root: Path) -> dict:
    path = root / FILE
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get(BLOCK, {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BuildError(f"{FILE}: {error}") from None


@functools.lru_cache(maxsize=8)
def _read(text: str) -> dict | None:
    """What a text in YAML says, read once: every figure asks for the settings."""
    return yaml.safe_load(text)


def config(root: Path) -> dict:
    """Content of ``_config.yml``.

    Raises
    ------
    BuildError
        If it is missing or not YAML.
    """
    path = root / "_config.yml"
    if not path.is_file():
        raise BuildError(f"_config.yml: not found in {root}")
    try:
        return copy.deepcopy(_read(path.read_text(encoding="utf-8"))) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BuildError(f"_config.yml: {' '.join(str(error).split())}") from None


def build_path(root: Path) -> Path:
    """Folder of all that is built: ``_build`` in the book's own, or in the one that ``CLAIMBOOK_OUT`` names."""
    return Path(os.environ.get(OUT) or root) / "_build"


def settings(root: Path) -> Settings:
    """The settings of the book in a folder.

    Parameters
    ----------
    root : pathlib.Path
        Folder with ``_config.yml``.

    Returns
    -------
    Settings

    Raises
    ------
    BuildError
        If a file cannot be read, or a key is none of the press.
    """
    book, block = config(root), _block(root)
    own = {"title", "pdf"}
    known = sorted(item.name for item in fields(Settings) if item.name not in own)
    for key in block:
        if key not in known:
            raise BuildError(f"{FILE}: [tool.{BLOCK}] has the unknown key {key!r}; known are {', '.join(known)}")
    for key in block.get("words", {}):
        if key not in WORDS:
            raise BuildError(f"{FILE}: [tool.{BLOCK}.words] has the unknown key {key!r}; known are {', '.join(WORDS)}")
    target = book.get("latex", {}).get("latex_documents", {}).get("targetname", "book.tex")
    words = WORDS | block.pop("words", {})
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in block.items()}
    return Settings(title=book.get("title", ""), pdf=f"{Path(target).stem}.pdf", words=words, **given)
