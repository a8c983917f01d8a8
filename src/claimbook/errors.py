"""What can go wrong, each told in one line a fault."""


class ReportError(Exception):
    """Base of the report's own errors; its message is meant for the person at the keyboard."""


class DataError(ReportError, ValueError):
    """A fault in the data package or in an upstream file: table, row, column, why."""


class ChapterError(ReportError):
    """A cell of a chapter failed: chapter, cell, line, why."""


class BuildError(ReportError):
    """A book, PDF or notebook could not be made: where, why."""


class WordsError(ReportError):
    """Typed words of a finding that the data no longer bear: which words."""
