"""Run cells again when the data or the code behind them change, and read again the pages that show it.

jupyter-cache knows a notebook by its cells alone. What a chapter read of data
and code is therefore kept with its outputs, and a chapter of which any of it
has changed is executed before the first page is read, on all cores. Sphinx
knows a page by its file alone, and is told which chapters have run since.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from claimbook.build.events import tell
from claimbook.build.execution import execute
from claimbook.build.inputs import cache_path, for_every_page, for_look
from claimbook.errors import ReportError
from claimbook.sphinx.messages import stop


def _watch(app, config):
    root = Path(app.srcdir)
    config.nb_execution_cache_path = str(cache_path(root))
    config.claimbook_pages = for_every_page(root)
    config.claimbook_look = for_look(root)


def _execute(app, env, added, changed, removed):
    """Execute what is stale on all cores, and name the pages whose cells have run since they were read."""
    root = Path(app.srcdir)
    try:
        executed = execute(root, partial(tell, "progress"))
        ran = {chapter.with_suffix("").as_posix(): kept.created.isoformat() for chapter, kept in executed.items()}
    except ReportError as error:
        stop(error)
    tell("progress", "rendering the pages")
    before, env.claimbook_ran = getattr(env, "claimbook_ran", {}), ran
    return [page for page, time in ran.items() if page in env.found_docs and before.get(page) != time]


def setup(app):
    """Connect to Sphinx; a changed script, style or setting has every page written again, changed code of the press read."""
    app.add_config_value("claimbook_pages", "", "env")
    app.add_config_value("claimbook_look", "", "html")
    app.connect("config-inited", _watch)
    app.connect("env-get-outdated", _execute)
