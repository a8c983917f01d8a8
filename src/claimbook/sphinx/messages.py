"""Tells whoever started the build of every warning, each as one line."""

from __future__ import annotations

import logging

from sphinx.util.logging import NAMESPACE, OnceFilter, WarningLogRecordTranslator, WarningSuppressor

from claimbook.build.events import tell


class _Teller(logging.Handler):
    """Passes on what Sphinx's own stream of warnings shows: the same records, under the same filters."""

    def __init__(self, app):
        super().__init__(logging.WARNING)
        for part in (WarningSuppressor(app), WarningLogRecordTranslator(app), OnceFilter()):
            self.addFilter(part)

    def emit(self, record: logging.LogRecord) -> None:
        # The translator above puts place and level before the message.
        tell("warning", " ".join(record.getMessage().split()))


def setup(app):
    """Listen to Sphinx's logger."""
    logging.getLogger(NAMESPACE).addHandler(_Teller(app))
