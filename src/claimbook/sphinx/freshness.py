"""Run cells again when the data or the code behind them change.

jupyter-cache knows a notebook by its cells alone. The cache is therefore kept
in a folder named for everything else that a cell can see; when that changes,
Sphinx notices the new folder as a changed setting and reads every page again.
What is stale is executed on all cores before the first page is read.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from claimbook.build.events import tell
from claimbook.build.execution import execute
from claimbook.build.inputs import cache_path, for_look
from claimbook.errors import ReportError
from claimbook.sphinx.messages import stop


def _watch(app, config):
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(cache_path(root))
    config.claimbook_look = for_look(root)


def _execute(app, env, docnames):
    """Execute what is stale on all cores, before Sphinx reads the chapters one by one."""
    try:
        execute(Path(app.srcdir), partial(tell, "progress"))
    except ReportError as error:
        stop(error)
    tell("progress", "rendering the pages")


def setup(app):
    """Connect to Sphinx; a changed script, style or setting has every page written again."""
    app.add_config_value("claimbook_look", "", "html")
    app.connect("config-inited", _watch)
    app.connect("env-before-read-docs", _execute)
