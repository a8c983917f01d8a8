"""Numbers reach the prose as text, and tables reach the page whole."""

from __future__ import annotations

import ast

import pandas as pd
import pytest
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

from claimbook import chapter
from claimbook.errors import WordsError
from claimbook.sphinx.latex import CardLines
from claimbook.verdict import Found, Verdict


@pytest.fixture
def glued(monkeypatch):
    """What the cells glue for the prose, by name."""
    values = {}

    def display(output, raw, metadata):
        (text,) = output.values()
        values[metadata["scrapbook"]["name"]] = ast.literal_eval(text)

    monkeypatch.setattr(chapter, "display", display)
    return values


@pytest.fixture
def shown(monkeypatch):
    """What the cells display, in order."""
    outputs = []
    monkeypatch.setattr(chapter, "display", lambda output, raw: outputs.append(output))
    return outputs


@pytest.mark.parametrize(
    ("value", "text"), [(0, "zero"), (12, "twelve"), (13, "13"), (1234567, "1,234,567"), (-3, "-3")]
)
def test_counts_are_written_as_in_running_text(value, text):
    """Small counts are words, large ones have their thousands set apart."""
    assert chapter.count(value) == text


@pytest.mark.parametrize(("value", "text"), [(1, "once"), (2, "twice"), (3, "three times"), (40, "40 times")])
def test_how_often(value, text):
    """How often something happened reads as a sentence does."""
    assert chapter.times(value) == text


@pytest.mark.parametrize(
    ("value", "nouns", "text"),
    [
        (0, ("death",), "no deaths"),
        (1, ("death",), "one death"),
        (2, ("death",), "two deaths"),
        (1200, ("country", "countries"), "1,200 countries"),
    ],
)
def test_a_count_agrees_with_its_noun(value, nouns, text):
    """One is singular, none and more are plural, and a plural of its own is given."""
    assert chapter.counted(value, *nouns) == text


def test_said_values_reach_the_prose(glued):
    """Text stays as it is; whole numbers are written as counts, whatever library they come from."""
    chapter.say(year="2011", cases=3, hostages=pd.Series([40], dtype="Int64").sum())
    assert glued == {"year": "2011", "cases": "three", "hostages": "40"}


def test_an_estimate_is_unfolded(glued):
    """An estimate is rounded once, and its prose has the value, both ends and the range."""
    chapter.say(factor=chapter.Estimate(3.96, 2.51, 6.349, digits=1), deaths=chapter.Estimate(1200, 1200, 1200))
    assert glued == {
        "factor": "4.0",
        "factor_low": "2.5",
        "factor_high": "6.3",
        "factor_interval": "2.5 to 6.3",
        "deaths": "1,200",
        "deaths_low": "1,200",
        "deaths_high": "1,200",
        "deaths_interval": "1,200",
    }


@pytest.mark.parametrize("ends", [(5, 6), (1, 3), (float("nan"), 6)])
def test_an_estimate_lies_in_its_range(ends):
    """A value beside its own range is a slip of the cell, and stops it."""
    with pytest.raises(ValueError, match="does not lie between"):
        chapter.Estimate(4, *ends)


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.524, 0, "52 per cent"),
        (0.0012, 1, "0.1 per cent"),
        (0.004, 0, "less than 1 per cent"),
        (0.0004, 1, "less than 0.1 per cent"),
        (0.996, 0, "more than 99 per cent"),
        (0, 0, "0 per cent"),
        (1, 0, "100 per cent"),
    ],
)
def test_shares_as_per_cent(share, digits, text):
    """What is not quite none or all does not read as such."""
    assert chapter.percent(share, digits) == text


@pytest.mark.parametrize(
    ("value", "of", "text"),
    [
        (13, 16, "13 of 16"),
        (0, 300, "none"),
        (300, 300, "all"),
        (97, 100, "nearly all"),
        (150, 300, "half"),
        (51.5, 100, "about half"),
        (1 / 3, None, "a third"),
        (0.64, None, "about two thirds"),
        (0.02, None, "less than a twentieth"),
        (0.97, None, "about as much"),
        (1.45, None, "about one and a half times"),
        (2.0, None, "twice"),
        (3.9, None, "about four times"),
        (13.2, None, "about 13 times"),
    ],
)
def test_shares_and_factors_in_words(value, of, text):
    """A reader gets a share or factor that can be kept in mind, and "about" where it is rounded."""
    assert chapter.about(value, of) == text


@pytest.mark.parametrize(("value", "of"), [(17, 16), (-0.1, None)])
def test_a_part_is_not_larger_than_its_whole(value, of):
    """A part that is larger than its whole stops the cell."""
    with pytest.raises(ValueError, match="expected a part"):
        chapter.about(value, of)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ([2011, 2009, 2005, 2010], "2005 and 2009 to 2011"),
        ([2004, 2005], "2004 and 2005"),
        ([2001, 2003, 2004, 2003], "2001, 2003 and 2004"),
        (pd.Series([2007], dtype="Int64"), "2007"),
    ],
)
def test_years_in_a_row_stand_together(found, text):
    """Years are listed as a sentence has them."""
    assert chapter.years(found) == text


def test_text_is_shown_with_what_was_said(monkeypatch):
    """In a notebook text has the values that cells said, the last one of each name; one that none said is told."""
    outputs = []
    monkeypatch.setattr(chapter, "display", lambda output, **_: outputs.append(output))
    chapter.say(groups=3, place="Mali")
    chapter.say(groups=chapter.Estimate(4, 3, 5))
    chapter.show_text("\n{groups} of them ({groups_interval}), {{held}} in {place}\n")
    assert outputs[-1]["text/markdown"] == "4 of them (3 to 5), {held} in Mali"
    with pytest.raises(LookupError, match="nobody_said has not been said: run the cells above first"):
        chapter.show_text("{nobody_said}")


def test_words_stand_as_long_as_the_data_bear_them():
    """Words come back as they are; words that are no longer true stop the cell, and are named."""
    assert chapter.holds(pd.Series([3, 4]).gt(2).all(), "all of them") == "all of them"
    with pytest.raises(WordsError, match="no longer bear the words 'all of them'"):
        chapter.holds(pd.Series([1, 4]).gt(2).all(), "all of them")


@pytest.mark.parametrize("condition", [pd.NA, 1, "yes", [True], pd.Series([True])])
def test_words_need_a_plain_yes_or_no(condition):
    """What is neither true nor false could never fail, and is refused."""
    with pytest.raises(TypeError, match="expected true or false"):
        chapter.holds(condition, "none")


def test_unrounded_numbers_are_refused(glued):
    """No reader meets 3.3333333333333335: the chapter must choose the precision."""
    with pytest.raises(TypeError, match=r"ratio: format the number 3\.33"):
        chapter.say(ratio=10 / 3)
    assert glued == {}


def test_cited_keys_become_one_citation():
    """The sources of a row stand in one bracket, in the order of their keys."""
    assert chapter.cited(pd.Series(["un2011", "aj2003"])) == "{cite}`aj2003,un2011`"


def test_only_verified_sources_are_cited():
    """A page that nobody read carries nothing; a row without another source has no citation."""
    links = pd.DataFrame(
        {"event": ["E1", "E1", "E1", "E2"], "side": ["a", "a", "b", "a"], "source": ["un", "aj", "guess", "guess"]}
    )
    sources = pd.DataFrame({"key": ["aj", "guess", "un"], "verified": ["yes", "no", "yes"]})
    assert chapter.citations(links, "event", sources).to_dict() == {"E1": "{cite}`aj,un`"}
    assert chapter.citations(links, ["event", "side"], sources).to_dict() == {("E1", "a"): "{cite}`aj,un`"}


def test_table_shows_every_cell(shown):
    """A table has its label, its caption and all its cells; what is missing stays empty."""
    frame = pd.DataFrame({"Country": ["Mali", "Niger"], "Cases": [8, None]}, dtype="object")
    chapter.show_table(frame, name="tab-x", caption="Cases")
    (output,) = shown
    head, cells = output["text/markdown"].split("\n\n")
    assert "{list-table} Cases\n:name: tab-x\n" in head
    assert cells.splitlines()[:-1] == ["* - Country", "  - Cases", "* - Mali", "  - 8", "* - Niger", "  - "]
    assert "<b>Cases</b>" in output["text/html"]


def test_empty_table_is_refused(shown):
    """No page has a table without rows."""
    with pytest.raises(ValueError, match="table 'tab-x': no rows to show"):
        chapter.show_table(pd.DataFrame({"Country": []}), name="tab-x", caption="Cases")
    assert shown == []


def test_glossary_has_terms_under_both_names(shown):
    """A term stands under its abbreviation and its name, with its definition and sources."""
    frame = pd.DataFrame(
        {
            "term": ["Alpha Group", "dyad"],
            "abbreviation": ["AG", None],
            "definition": ["A group {cite}`a1`.", "A pair."],
        }
    )
    chapter.show_glossary(frame)
    (output,) = shown
    assert output["text/markdown"].splitlines() == [
        ":::{glossary}",
        "AG",
        "Alpha Group",
        "  A group {cite}`a1`.",
        "",
        "dyad",
        "  A pair.",
        "",
        ":::",
    ]
    assert (
        output["text/html"]
        == "<dl><dt>AG</dt><dt>Alpha Group</dt><dd>A group [a1].</dd><dt>dyad</dt><dd>A pair.</dd></dl>"
    )


def test_claims_have_anchors(shown):
    """Each claim has an anchor of its key, and in a notebook the words of its links."""
    chapter.show_claims(
        pd.DataFrame({"key": ["c-a"], "claim": ["It says so."], "tested": ["([](../x/y.md); [here](z.md))"]})
    )
    (output,) = shown
    assert output["text/markdown"] == "- (c-a)=\n  It says so. ([](../x/y.md); [here](z.md))"
    assert output["text/html"] == "<ul><li>It says so. (../x/y.md; here)</li></ul>"


def not_shown(key: str, named: str = "") -> Verdict:
    """A claim of a question with others, not shown."""
    told = dict.fromkeys(("chapter", "theme", "reason", "would_change", "made"), "")
    found = Found("not shown", f"Answer {key}.", "", (), named)
    of_claim = {"claim": key, "short": f"Claim {key}", "question": "Was it?", "alone": False, "found": found}
    return Verdict(**told, **of_claim, verdict="not shown", confidence="low", exhibits={}, sources=(), tables=())


def test_box_names_further_claims_of_a_verdict_shortly(shown):
    """The first of three is answered; the others link to their verdicts, by their names or else as the table has them."""
    chapter.show_box([not_shown("a"), not_shown("b", named="the sale"), not_shown("c")])
    (output,) = shown
    (told,) = output["text/markdown"].splitlines()[3:-1]
    assert told == (
        "**Was it? {claim}`Not shown <a>`.** Answer a. "
        "The verdict is the same on {claim}`the sale <b>` and {claim}`Claim c <c>`. *Confidence: low.*"
    )
    assert "<p>Was it? Not shown. Answer a. The verdict is the same on the sale and Claim c." in output["text/html"]


@pytest.mark.parametrize("show", [chapter.show_glossary, chapter.show_claims])
def test_empty_lists_are_refused(shown, show):
    """No page has a glossary or a list of claims with nothing in it."""
    with pytest.raises(ValueError, match="to show"):
        show(pd.DataFrame())
    assert shown == []


def test_card_has_an_anchor_and_leaves_out_what_is_missing(shown):
    """Each card can be linked to; a line without text is not there."""
    frame = pd.DataFrame(
        {
            "key": ["CEMOC", "X"],
            "title": ["CEMOC: Staff", "X"],
            "Seat": ["Tamanrasset", None],
            "Sources": ["{cite}`a1`", ""],
        }
    )
    chapter.show_cards(frame)
    (output,) = shown
    assert output["text/markdown"].splitlines() == [
        "(card-cemoc)=",
        ":::{admonition} CEMOC: Staff",
        ":class: body-card",
        "",
        "Seat",
        ": Tamanrasset",
        "",
        "Sources",
        ": {cite}`a1`",
        "",
        ":::",
        "",
        "(card-x)=",
        ":::{admonition} X",
        ":class: body-card",
        "",
        ":::",
    ]
    assert (
        '<section id="card-cemoc"><p><b>CEMOC: Staff</b></p><dl><dt>Seat</dt><dd>Tamanrasset</dd><dt>Sources</dt><dd>[a1]</dd></dl></section>'
        in output["text/html"]
    )
    with pytest.raises(ValueError, match="cards: nothing to show"):
        chapter.show_cards(frame.iloc[:0])


def test_links_of_a_table_are_words_in_a_notebook(shown):
    """A notebook shows the words of a link, not its Markdown."""
    chapter.show_table(pd.DataFrame({"Body": ["[CEMOC](#card-cemoc)"]}), name="tab-x", caption="Bodies")
    (output,) = shown
    assert "  [CEMOC](#card-cemoc)" not in output["text/html"]
    assert "<td>CEMOC</td>" in output["text/html"]
    assert "* - [CEMOC](#card-cemoc)" in output["text/markdown"]


@pytest.mark.parametrize(
    ("first", "wraps"),
    [
        (["29 September 2010"], False),
        (["[CEMOC](https://example.org/a-long-address)"], False),
        (["2010", "Joint General Staff Committee"], True),
    ],
)
def test_long_names_may_break(shown, first, wraps):
    """A first column of dates or short names stays on one line; one with longer names may break, so that the others keep their room."""
    chapter.show_table(pd.DataFrame({"First": first}), name="tab-x", caption="Cases")
    assert (" long-names\n" in shown[0]["text/markdown"]) is wraps


def test_cards_are_set_in_lines_on_paper():
    """In the PDF a card stands under its short name, and each fact is one line, the full name first; other lists of terms stay."""
    document = new_document("page", get_default_settings(Parser))

    def terms(*facts):
        return nodes.definition_list(
            "",
            *(
                nodes.definition_list_item(
                    "",
                    nodes.term("", name),
                    nodes.definition("", nodes.paragraph("", "", nodes.Text(text), nodes.emphasis("", "!"))),
                )
                for name, text in facts
            ),
        )

    document += nodes.admonition(
        "",
        nodes.title("", "CEMOC: Joint staff"),
        terms(("Seat", "Tamanrasset"), ("Ended", "2025")),
        classes=["body-card"],
    )
    document += nodes.admonition("", terms(("dyad", "A pair")))
    CardLines(document).run()
    assert [line.astext() for line in document.findall(nodes.line)] == [
        "Joint staff",
        "Seat: Tamanrasset!",
        "Ended: 2025!",
    ]
    assert [line.next_node(nodes.emphasis) is not None for line in document.findall(nodes.line)] == [False, True, True]
    assert document.next_node(nodes.title).astext() == "CEMOC"
    assert [item.astext() for item in document.findall(nodes.term)] == ["dyad"]
