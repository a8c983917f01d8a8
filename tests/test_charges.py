"""Charges in rows: each with its words, and a mark where its grade stands."""

from __future__ import annotations

import pandas as pd

from cooperation.figures import charges


def test_a_row_has_its_words_and_its_mark():
    """Rows go down in the order given; a mark stands at the number of its grade, with the grade in words beside it."""
    table = pd.DataFrame(
        {
            "charge": ["A pact", "A warning"],
            "said": ["rebels, 2006", "a paper, 2011"],
            "support": ["an account", "arrests"],
            "answer": ["rejected", "none found"],
            "grade": ["C3", "B2"],
            "information_words": ["possibly true", "probably true"],
            "information_credibility": [3, 2],
        },
        index=["A1", "A2"],
    )
    figure = charges.rows(table, "title", "alt")
    (marks,) = figure.data
    assert list(marks.x) == [3, 2]
    assert [int(height) for height in marks.y] == [0, 1]
    assert [text.strip() for text in marks.text] == ["possibly true", "probably true"]
    notes = sorted(figure.layout.annotations, key=lambda note: note.y)
    assert [note.text for note in notes] == [
        "<b>A pact</b>",
        "Said: rebels, 2006",
        "For it: an account",
        "Answer: rejected",
        "<b>A warning</b>",
        "Said: a paper, 2011",
        "For it: arrests",
        "Answer: none found",
    ]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert figure.layout.meta["columns"] == ["Charge", "Said", "For it", "Answer", "Grade", "In words"]
