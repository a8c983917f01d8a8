"""Tells whoever started the build of every warning, and of what ends it, each as one line."""

from __future__ import annotations

import logging
import os
from typing import NoReturn

from sphinx.util.logging import NAMESPACE, OnceFilter, WarningLogRecordTranslator, WarningSuppressor

from claimbook.build.events import tell
from claimbook.command import TRACEBACK
from claimbook.errors import ReportError


class _Teller(logging.Handler):
    """Passes on what Sphinx's own stream of warnings shows: the same records, under the same filters."""

    def __init__(self, app):
        super().__init__(logging.WARNING)
        for part in (WarningSuppressor(app), WarningLogRecordTranslator(app), OnceFilter()):
            self.addFilter(part)

    def emit(self, record: logging.LogRecord) -> None:
        # The translator above puts place and level before the message.
        tell("warning", " ".join(record.getMessage().split()))


def stop(error: ReportError) -> NoReturn:
    """End the build in the lines of an error; any other way out of Sphinx has Jupyter Book print forty of its own."""
    if os.environ.get(TRACEBACK):
        raise error
    for line in str(error).splitlines():
        tell("failure", line)
    raise SystemExit(str(error))


def setup(app):
    """Listen to Sphinx's logger."""
    logging.getLogger(NAMESPACE).addHandler(_Teller(app))
