"""Run cells again when the data or the code behind them change.

jupyter-cache knows a notebook by its cells alone. The cache is therefore kept
in a folder named for everything else that a cell can see; when that changes,
Sphinx notices the new folder as a changed setting and reads every page again.
What is stale is executed on all cores before the first page is read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sphinx.errors import ExtensionError

from cooperation.errors import ChapterError

FAILURE = "failed "
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


def _watch(app, config):
    config.nb_execution_cache_path = str(cache_path(Path(app.srcdir)))
    config.report_assets = fingerprint(Path(app.srcdir), ("book/_static/*",))


def _execute(app, env, docnames):
    """Execute what is stale on all cores, before Sphinx reads the chapters one by one."""
    from cooperation import notebooks

    try:
        notebooks.execute(Path(app.srcdir))
    except ChapterError as error:
        for line in str(error).splitlines():
            print(f"{FAILURE}{line}", flush=True)
        raise ExtensionError(str(error), modname="cooperation") from None
    print("rendering the pages", flush=True)


def setup(app):
    """Connect to Sphinx; a changed script or style has every page written again."""
    app.add_config_value("report_assets", "", "html")
    app.connect("config-inited", _watch)
    app.connect("env-before-read-docs", _execute)
