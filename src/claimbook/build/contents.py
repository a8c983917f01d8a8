"""The table of contents, in any form that Jupyter Book takes: which pages a book has, and which of them run."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import yaml
from sphinx.util.matching import patmatch
from sphinx_external_toc.api import SiteMap
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from claimbook.errors import BuildError

FILE = "_toc.yml"
ENDINGS = (".md", ".ipynb")
PLACE = re.compile(r"^(.*) @ '([^']*)'(.*)$", re.DOTALL)
CELL = "\n```{code-cell}"


def _line_at(node: yaml.Node | None, steps: list[str]) -> int:
    """Line of the node that a path such as ``parts/0/chapters/2`` leads to, or of the last one on the way."""
    for step in steps:
        if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
    return node.start_mark.line + 1 if node else 1


def _parsed(root: Path) -> tuple[SiteMap, str]:
    """The table of contents as Jupyter Book reads it, and its text."""
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8")
        return parse_toc_data(yaml.safe_load(text)), text
    except FileNotFoundError:
        raise BuildError(f"{FILE}: not found in {root}") from None
    except UnicodeDecodeError as error:
        raise BuildError(f"{FILE}: not UTF-8: {error}") from None
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise BuildError(f"{FILE}: {line}{error.problem}") from None
    except MalformedError as error:
        placed = PLACE.match(str(error))
        if not placed:
            raise BuildError(f"{FILE}: {error}") from None
        number = _line_at(yaml.compose(text), [step for step in placed[2].split("/") if step])
        raise BuildError(f"{FILE}: line {number}: {placed[1]}{placed[3]}") from None


def _file(root: Path, name: str) -> Path | None:
    """The file of a page that is named with or without its ending, relative to the root."""
    named = [Path(name)] if PurePosixPath(name).suffix in ENDINGS else [Path(f"{name}{ending}") for ending in ENDINGS]
    return next((path for path in named if (root / path).is_file()), None)


def pages(root: Path) -> list[Path]:
    """The pages of a book in the order of its table of contents.

    Parameters
    ----------
    root : pathlib.Path
        Folder with ``_toc.yml``.

    Returns
    -------
    list of pathlib.Path
        Relative to the root; those of a pattern in the order of their names.

    Raises
    ------
    BuildError
        If the table of contents cannot be read, or a page it names does not
        exist: file and line.
    """
    contents, text = _parsed(root)
    found: dict[Path, None] = {}

    def add(name: str) -> None:
        path = _file(root, name)
        if path is None:
            lines = text.splitlines()
            line = next(
                (n for n, line in enumerate(lines, start=1) if re.search(rf"{re.escape(name)}\s*(#|}}|,|$)", line)), 1
            )
            raise BuildError(f"{FILE}: line {line}: there is no page {name}{' or '.join(ENDINGS)}")
        found.setdefault(path)
        document = contents.get(name)
        for tree in document.subtrees if document else ():
            for item in tree.items:
                if str(item) in tree.globs():
                    for path in sorted(path for ending in ENDINGS for path in (root / "book").rglob(f"*{ending}")):
                        if patmatch(path.relative_to(root).with_suffix("").as_posix(), str(item)):
                            found.setdefault(path.relative_to(root))
                elif str(item) in tree.files():
                    add(str(item))

    add(contents.root.docname)
    return list(found)


def chapters(root: Path) -> list[Path]:
    """The pages that have code cells, in the order of the table of contents, relative to the root."""
    return [
        path for path in pages(root) if path.suffix == ".ipynb" or CELL in (root / path).read_text(encoding="utf-8")
    ]
