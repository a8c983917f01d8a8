"""Every claim has a verdict, and none outlives the data that bear it."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook import verdict
from claimbook.package import tables
from claimbook.package.dates import earliest
from claimbook.verdict import Found, VerdictError, ledger, of_several, overall
from cooperation.periods import COUP, PUBLIC
from cooperation.rows import Initiative
from cooperation.verdicts import RULES, verdicts


@pytest.fixture(scope="module")
def load(root):
    """The tables, as the pages read them."""
    return lambda name: tables.load(name, root / "data")


def small(**changed) -> dict[str, pd.DataFrame]:
    """A ledger of two claims under one question."""
    kept = {
        "claims": pd.DataFrame({"key": ["a", "b"], "chapter": ["one", "two"]}),
        "questions": pd.DataFrame({"key": ["q"], "number": [1], "question": ["Was it so?"], "theme": ["it"]}),
        "verdicts": pd.DataFrame(
            {
                "claim": ["a", "b"],
                "question": "q",
                "short": ["A", "B"],
                "verdict": ["right", "too strong"],
                "confidence": ["high", "low"],
                "reason": "R.",
                "would_change": "W.",
                "made": "2026-11-30",
            }
        ),
        "verdict_exhibits": pd.DataFrame(
            {
                "claim": ["a", "b", "a"],
                "kind": ["figure", "table", "judgement"],
                "position": 1,
                "label": ["f", "t", "j"],
            }
        ),
        "verdict_sources": pd.DataFrame({"claim": ["a"], "source": ["s"]}),
        "facts": pd.DataFrame({"number": [1]}),
    }
    return kept | changed


def rule(code: str, table: str = "facts"):
    """A rule that finds the same verdict whatever a table holds."""

    def found(load):
        load(table)
        return Found(verdict=code, answer="So.", measure="M", bars=(("x", 1),))

    return found


FITTING = {"a": rule("right"), "b": rule("too strong")}


def test_ledger_joins_what_is_known_of_a_claim():
    """A verdict has what the tables say, what the rule found, and the tables that the rule read."""
    first, second = ledger(small().__getitem__, FITTING)
    assert (first.claim, first.verdict, first.question, first.alone) == ("a", "right", "Was it so?", False)
    assert first.exhibits == {"figure": ("f",), "judgement": ("j",)}
    assert (first.tables, first.sources, second.sources) == (("facts",), ("s",), ())


def test_a_chapter_gets_its_own_verdicts_and_reads_no_other_tables():
    """What only the rules of other chapters read is not asked for."""
    others = {"a": rule("right"), "b": rule("too strong", table="never there")}
    assert [item.claim for item in ledger(small().__getitem__, others, chapter="one")] == ["a"]


@pytest.mark.parametrize(
    ("changed", "rules", "fault"),
    [
        ({"claims": pd.DataFrame({"key": ["a", "b"], "chapter": ["one", None]})}, FITTING, "claim 'b' has no chapter"),
        ({"claims": pd.DataFrame({"key": ["a", "b", "c"], "chapter": "one"})}, FITTING, "claim 'c' has no verdict"),
        (
            {"verdict_exhibits": pd.DataFrame({"claim": ["a", "b"], "kind": ["figure", "judgement"], "label": "x"})},
            FITTING,
            "claim 'b' has no figure or table among its exhibits",
        ),
        ({}, {"a": rule("right")}, "claim 'b' has no rule"),
        ({}, FITTING | {"z": rule("right")}, "a rule is for 'z', which is no claim"),
        ({}, FITTING | {"b": rule("right")}, "claim 'b' has the verdict 'too strong', and the data bear 'right'"),
    ],
)
def test_ledger_names_what_is_wrong(changed, rules, fault):
    """A claim without chapter, verdict, exhibit or rule, and a verdict that the data do not bear, stop the page."""
    with pytest.raises(VerdictError, match=fault):
        ledger(small(**changed).__getitem__, rules)


@pytest.mark.parametrize(
    ("codes", "together"),
    [
        (["right", "right"], "right"),
        (["not shown", "not shown"], "not shown"),
        (["right", "wrong"], "right in part"),
        (["right in part", "not shown", "not shown"], "right in part"),
        (["too strong", "not shown", "not shown"], "not shown"),
        (["too strong", "not shown"], "too strong"),
    ],
)
def test_verdict_on_a_question_follows_its_claims(codes, together):
    """One rule for all questions; the page states it."""
    assert of_several(codes) == together


def test_several_confidences_are_told_from_the_lowest_to_the_highest():
    """Wherever a question stands, its confidence reads alike: one word, or a range."""
    assert verdict.confidence_of(["high", "low", "moderate"]) == "low to high"
    assert verdict.confidence_of(["moderate", "moderate"]) == "moderate"


def test_overall_verdict_names_each_theme_once():
    """The sentence on the article says of each question what its verdict is."""
    tables_of = small()
    tables_of["questions"] = pd.DataFrame(
        {"key": ["q", "r"], "number": [2, 1], "question": ["Q?", "R?"], "theme": ["the one", "the other"]}
    )
    tables_of["verdicts"] = tables_of["verdicts"].assign(question=["q", "r"], verdict=["right", "not shown"])
    made = ledger(tables_of.__getitem__, {"a": rule("right"), "b": rule("not shown")})
    assert [item.claim for item in made] == ["b", "a"]
    assert overall(made) == "It was right about the one. The evidence does not show the other."


def test_words_of_verdicts_are_those_of_the_schema(root):
    """The press and the schema know the same verdicts and confidences."""
    resource = next(item for item in tables.package(root / "data")["resources"] if item["name"] == "verdicts")
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert tuple(fields["verdict"]["constraints"]["enum"]) == verdict.VERDICTS
    assert tuple(fields["confidence"]["constraints"]["enum"]) == verdict.CONFIDENCES


def without_trust_after(load) -> pd.DataFrame:
    """Acts without those of trust between the protest and the coup."""
    acts, events = load("mistrust_acts"), load("mistrust_events").set_index("id")
    day = earliest(acts["event"].map(events["date"]))
    return acts[~(acts["act"].eq("trust") & day.between(PUBLIC["protest"], COUP))]


# How a host kept a state out.
KEPT_OUT = ["refused", "not invited"]
# For each claim a plausible change of data: the table that changes, and how.
CONTRARY = {
    "c-aqim-north": ("kidnapping_countries_held", lambda load: load("kidnapping_countries_held").assign(country="NER")),
    "c-mistrust": ("mistrust_acts", without_trust_after),
    "c-impediment": ("maghreb_summits", lambda load: load("maghreb_summits").assign(ground="other")),
    "c-prism": ("dispute_event_grounds", lambda load: load("dispute_event_grounds").assign(ground="border")),
    "c-geography": ("presence_reasons", lambda load: load("presence_reasons").assign(reason="format")),
    "c-uninvited": ("presence", lambda load: load("presence").replace({"mar_absence": KEPT_OUT}, "stayed away")),
    "c-centre": ("meetings", lambda load: load("meetings").assign(initiative=Initiative.ALGIERS_CENTRE)),
    "c-cascade": ("initiatives", lambda load: load("initiatives").assign(founded="1995")),
    "c-imperative": ("initiative_purposes", lambda load: load("initiative_purposes").assign(purpose="development")),
    "c-baggage": ("baggage_acts", lambda load: load("baggage_acts").assign(undone="2026-02")),
    **{
        key: ("allegations", lambda load: load("allegations").assign(information_credibility=1))
        for key in ("c-pact", "c-revenue", "c-bamako", "c-warnings", "c-sharing")
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("claim", RULES)
def test_contrary_data_turn_each_verdict(load, claim):
    """Each rule finds the verdict of the table on the data as they stand, and another one on contrary data."""
    table, change = CONTRARY[claim]
    stands = load("verdicts").set_index("claim").at[claim, "verdict"]
    assert RULES[claim](load).verdict == stands
    assert RULES[claim](lambda name: change(load) if name == table else load(name)).verdict != stands


@pytest.mark.slow
def test_every_claim_has_a_verdict(load):
    """The ledger of the report is whole: fifteen claims, each answered, under six questions."""
    made = verdicts(load)
    assert len(made) == len(load("claims")) == 15
    assert len({item.question for item in made}) == 6
    assert all(item.found.answer.endswith(".") and 2 <= len(item.found.bars) <= 4 for item in made)
