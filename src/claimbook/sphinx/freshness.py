"""Run cells again when the data or the code behind them change.

jupyter-cache knows a notebook by its cells alone. The cache is therefore kept
in a folder named for everything else that a cell can see; when that changes,
Sphinx notices the new folder as a changed setting and reads every page again.
What is stale is executed on all cores before the first page is read.
"""

from __future__ import annotations

from pathlib import Path

from claimbook.build.execution import execute
from claimbook.build.inputs import cache_path, fingerprint
from claimbook.errors import ChapterError
from sphinx.errors import ExtensionError

FAILURE = "failed "


def _watch(app, config):
    config.nb_execution_cache_path = str(cache_path(Path(app.srcdir)))
    config.report_assets = fingerprint(Path(app.srcdir), ("book/_static/*",))


def _execute(app, env, docnames):
    """Execute what is stale on all cores, before Sphinx reads the chapters one by one."""
    try:
        execute(Path(app.srcdir))
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
