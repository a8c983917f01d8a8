"""What the figures share with the page around them is the same in both, and a browser understands it."""

from __future__ import annotations

import re

from claimbook import figure
from claimbook.sphinx.defaults import ASSETS

CSS = (ASSETS / "report.css").read_text(encoding="utf-8")
# A family of a list, by CSS Fonts 4: a string, or identifiers; an identifier does not begin with a digit.
IDENTIFIER = r"-?(?:[A-Za-z_]|[^\x00-\x7f])(?:[\w-]|[^\x00-\x7f])*"
FAMILY = re.compile(rf"\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|({IDENTIFIER}(?:\s+{IDENTIFIER})*))\s*")


def families(value: str) -> list[str]:
    """The families of a ``font-family``; none if CSS drops the declaration."""
    found = [FAMILY.fullmatch(part) for part in value.split(",")]
    return [next(filter(None, family.groups())) for family in found] if all(found) else []


def declared(name: str, dark: bool = False) -> str:
    """The value of a variable of the style sheet."""
    block = CSS.split('html[data-theme="dark"] {', 1)[1] if dark else CSS
    return re.search(rf"--{name}: ([^;]+);", block)[1]


def test_families_are_read_as_css_reads_them():
    """A name that begins with a digit must be quoted, or nothing of the list counts."""
    assert families("Source Sans 3, Arial") == []
    assert families("'Source Sans 3', Noto Sans,sans-serif") == ["Source Sans 3", "Noto Sans", "sans-serif"]


def test_figures_are_set_in_the_type_of_the_page():
    """One list of families, which a browser understands."""
    assert "Source Sans 3" in families(figure.FONT)
    assert families(figure.FONT) == families(declared("report-sans"))
