"""Print sets each script in a font that has it, and a sign inside Arabic in one that has the sign."""

from __future__ import annotations

import pytest
from docutils import nodes

from claimbook.sphinx.latex import ON_SCREEN, PRINTED, in_print

# Arabic is written here by its code points, so that lines read from left to right.
MINISTERS, COUNCIL = "\u0648\u0632\u0631\u0627\u0621", "\u0645\u062c\u0644\u0633"


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        (f"{MINISTERS}, 43: {COUNCIL}", []),
        (f"{MINISTERS}-{COUNCIL}", ["-"]),
        (f"{MINISTERS} (2014 {COUNCIL}) {COUNCIL}", [")", "("]),
        (f"{MINISTERS} 2016-03 {COUNCIL} 5+5 {COUNCIL}", ["2016-03", "5+5"]),
    ],
    ids=["in the font", "dash", "brackets turned round", "numbers joined"],
)
def test_signs_that_the_arabic_font_lacks_stand_apart(text, apart):
    """They would print as boxes."""
    run = PRINTED.fullmatch(text)
    parts = in_print(run)
    assert run.lastgroup == "arabic"
    assert [part.astext() for part in parts if isinstance(part, nodes.inline)] == apart


def test_japanese_has_a_font_of_its_own_in_print_alone():
    """A browser finds one by itself."""
    (run,) = PRINTED.finditer("Title: 日本語版 2004")
    assert (run.group(), run.lastgroup) == ("日本語版", "asian")
    assert [part.astext() for part in in_print(run)] == ["日本語版"]
    assert not ON_SCREEN.search("Title: 日本語版 2004")
