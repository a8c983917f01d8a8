"""No key judgement outlives the data that support it."""

from __future__ import annotations

import pytest

from claimbook.judgement import JudgementError
from claimbook.kept import FOLDER
from claimbook.package import tables
from cooperation import judgements

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def load(root):
    """The tables, as the front page reads them."""
    return lambda name: tables.load(name, root / "data")


@pytest.fixture(scope="module", autouse=True)
def kept(tmp_path_factory):
    """Long results are computed once for each input that the cases have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def made(load):
    """The judgements on the data as they stand."""
    return judgements.judgements(load)


def test_judgements_hold(made, root):
    """Each judgement answers a question, says how sure it is and leads to the chapter with its evidence."""
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
        ("ties", "initiatives", "body", "ECOWAS"),
        ("baggage", "baggage_acts", "undone", "2026-02"),
    ],
)
def test_contrary_data_overturn_a_judgement(load, made, monkeypatch, key, table, column, value):
    """With data that say otherwise, the report names the judgement instead of repeating it; the others stand as made."""

    def contrary(name):
        frame = load(name)
        return frame.assign(**{column: value}) if name == table else frame

    for other in made:
        if other.key != key:
            monkeypatch.setattr(judgements, other.key, lambda _, other=other: other)
    with pytest.raises(JudgementError, match=f"^judgement '{key}' no longer holds"):
        judgements.judgements(contrary)
