"""No key judgement outlives the data that support it."""

from __future__ import annotations

import pytest

from claimbook.judgement import JudgementError
from claimbook.package import tables
from cooperation.judgements import judgements

pytestmark = pytest.mark.slow


@pytest.fixture
def load(root):
    """The tables, as the front page reads them."""
    return lambda name: tables.load(name, root / "data")


def test_judgements_hold(load, root):
    """Each judgement answers a question, says how sure it is and leads to the chapter with its evidence."""
    made = judgements(load)
    assert [item.key for item in made] == [
        "captivity",
        "charges",
        "distrust",
        "impediment",
        "lens",
        "rooms",
        "jump",
        "ties",
        "baggage",
    ]
    for item in made:
        assert item.question.endswith("?")
        assert item.answer.endswith(".")
        assert item.confidence.split()[0].lower() in {"high", "moderate", "low"}
        assert (root / "book" / f"{item.chapter}.md").exists()


@pytest.mark.parametrize(
    ("key", "table", "column", "value"),
    [
        ("captivity", "kidnapping_countries_held", "country", "NER"),
        ("charges", "allegations", "information_credibility", 1),
        ("distrust", "mistrust_acts", "toward", "DZA"),
        ("impediment", "maghreb_summits", "ground", "other"),
        ("lens", "dispute_event_grounds", "ground", "border"),
        ("rooms", "presence_reasons", "stated_by", "analyst"),
        ("jump", "initiatives", "founded", "2013-06"),
        ("ties", "initiatives", "african_union", False),
        ("baggage", "baggage_acts", "undone", "2026-02"),
    ],
)
def test_contrary_data_overturn_a_judgement(load, key, table, column, value):
    """With data that say otherwise, the report names the judgement instead of repeating it."""

    def contrary(name):
        frame = load(name)
        return frame.assign(**{column: value}) if name == table else frame

    with pytest.raises(JudgementError, match=f"judgement '{key}' no longer holds"):
        judgements(contrary)
