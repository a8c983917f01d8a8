"""Words are bound to data: what counts as a finding, what as typed, and that a rewritten chapter has nothing typed."""

from __future__ import annotations

import random
import re

import pytest

from claimbook.bound import Text, texts, typed_in
from claimbook.build.execution import code_cells, source_of
from claimbook.package.dates import PARTIAL_DATE
from claimbook.package.validation import link_faults

from bound_share import FEW_VALUES, FRAMES, NO_FINDINGS, PATTERN, TOO_LONG, Outcome, beside, findings, measure
from edits import KINDS, Edit, is_fact, whole_package
from project import FRONT_MATTER, ROOT

FEW_EDITS = 4
# A cell has so many lines at most, and its values are used within so many of the page.
CELL = "```{code-cell}"
LINES, NEAR = 20, 80
CHAPTER = (
    FRONT_MATTER
    + """
# Seized

:::{admonition} In brief
:class: summary
**Finding.** {glue:text}`share` were held in Mali, none elsewhere.
:::

## Where

```{code-cell} python
:tags: [hide-input]
:mystnb: {figure: {name: fig-map, caption: "{glue:text}`share` were held in Mali."}}
TITLE = f"Held in Mali: {number} of {whole}"
draw(
    title=TITLE,
    alt=f"Most marks lie in {place}.",
)
say(share=holds(number > 9, "Nearly all"), rest="three of them")
holds(late > early, "More were held later")
show_table(rows, "tab-cases", f"The {count(whole)} cases, by year")
```

More were held later than in 2003-2007.
The rest are {glue:text}`rest`.
Was it more than half?
Twelve were freed {cite}`source2011`.
Of {glue:text}`whole` groups, all of one year, four were freed, by their account {cite}`source2011`.
It was quiet.

## What would change this

Three groups held in Niger.
"""
)


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("All of them but one lie in Niger", ["All", "one"]),
        ("None of the 16 groups, 15-0 or 1,200", ["None", "16", "15-0", "1,200"]),
        (
            "Deaths fell from the 1990s and rose in 2012, with half of a third",
            ["fell", "rose", "2012", "half", "a third"],
        ),
        ("no renewal since 2018; not found since", ["no", "2018", "not found since"]),
        ("twenty-two of them, most in Mali", ["twenty-two", "most"]),
        ("The G5 Sahel and the 5+5, the Group of Five, {numref} and Resolution 2414", []),
        ("At first, at most and above all the two voted alike in all; each other, one of them", []),
        ("One-sided violence and the five-day week, see below", []),
        ("In 2003-2011 {} of {} had no death; it was highest in {}, {} or more", []),
        ("In 2005-2011 {} of {}", ["2005-2011"]),
        ("He called it “the worst of all three”", []),
    ],
)
def test_what_counts_or_compares_is_known(words, typed):
    """Numbers, number words and quantifiers are found; what only looks like them is not, nor are the report's periods."""
    assert list(typed_in(words, FRAMES)) == typed


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, int], Text]:
    """The findings of the chapter above, by kind and line."""
    return {(text.kind, text.line): text for text in texts(CHAPTER, FRAMES)}


def line_of(start: str) -> int:
    """Line of the chapter above that begins so."""
    return next(n for n, line in enumerate(CHAPTER.splitlines(), start=1) if line.strip().startswith(start))


@pytest.mark.parametrize(
    ("kind", "start", "typed"),
    [
        ("box", "**Finding.**", ("none",)),
        ("caption", ":mystnb:", ()),
        ("title", "title=", ()),
        ("alt", "alt=", ("Most",)),
        ("table", "show_table", ()),
        ("sentence", "More were", ()),
        ("sentence", "The rest", ("three",)),
        ("sentence", "Of {glue", ()),
    ],
)
def test_texts_of_a_chapter_are_told_by_what_is_typed(known, kind, start, typed):
    """A finding is bound by values, predicates and expressions, wherever it stands, and not by a glued string."""
    found = next(text for (of, line), text in known.items() if of == kind and line == line_of(start))
    assert found.typed == typed
    assert found.bound == (not typed)


def test_what_is_no_finding_is_left_out(known):
    """Questions, what only a source says, sentences without a number, and what would be."""
    left = ("Was it", "Twelve were", "It was quiet", "Three groups")
    assert not {line for _, line in known} & {line_of(start) for start in left}
    assert len(known) == 8


def test_a_caption_that_is_typed_is_named():
    """The measure bites: the same chapter with a typed caption tells its line and words."""
    typed = CHAPTER.replace('caption: "{glue:text}`share` were', 'caption: "Thirteen of 16 were')
    (found,) = [text for text in texts(typed, FRAMES) if text.kind == "caption"]
    assert (
        str(found) == f"line {line_of(':mystnb:')}: caption types 'Thirteen', '16': Thirteen of 16 were held in Mali."
    )


def test_a_text_stands_beside_what_moves_in_its_section_or_figure(known):
    """The box is a section of its own; a figure has its caption, title and alternative text."""
    everything = list(known.values())
    boxed = beside([text for text in everything if text.kind == "box"], {"share"}, set())
    assert [text.kind for text in boxed] == ["box"]
    assert {text.kind for text in beside(everything, set(), {"fig-map"})} == {"caption", "title", "alt"}
    assert {text.kind for text in beside(everything, {"whole"}, set())} == {
        "caption",
        "title",
        "alt",
        "table",
        "sentence",
    }
    assert beside(everything, {"another"}, {"fig-other"}) == []


def test_only_what_stands_and_is_typed_is_loose(known):
    """An edit that stops the build leaves no false word."""
    edit, everything = Edit("row dropped", "", {}), list(known.values())
    assert {text.kind for text in Outcome(edit, "", beside=everything).loose} == {"box", "alt", "sentence"}
    assert Outcome(edit, "", beside=everything, caught="Nearly all").loose == []


@pytest.mark.parametrize("chapter", PATTERN)
def test_every_finding_of_a_rewritten_chapter_is_bound(chapter):
    """No caption, title, alternative text, box or sentence of it types a number or a quantifier of its finding."""
    found = findings(chapter)
    assert len(found) > 10
    assert [str(text) for text in found if not text.bound] == []


@pytest.mark.parametrize("chapter", PATTERN)
def test_cells_of_a_rewritten_chapter_are_short(chapter):
    """A cell has at most 20 lines and defines nothing, and what it says is used close to it, or in the box at the top."""
    path = ROOT / "book" / f"{chapter}.md"
    cells = [cell.source for cell in code_cells(source_of(path))]
    assert [
        cell for cell in cells if len(cell.splitlines()) > LINES or re.search(r"^\s*(?:def|class) ", cell, re.M)
    ] == []
    text = path.read_text(encoding="utf-8")
    said = {match[1]: match.start() for match in re.finditer(r"^    (\w+)=", text, re.M)}
    used = [(match[1], match.start()) for match in re.finditer(r"\{glue:text\}`(\w+?)(?:_low|_high|_interval)?`", text)]
    used = [(name, place) for name, place in used if place > text.index(CELL)]
    far = {name: text.count("\n", *sorted((said[name], place))) for name, place in used if name in said}
    assert far
    assert {name: lines for name, lines in far.items() if lines > NEAR} == {}


@pytest.mark.parametrize("chapter", NO_FINDINGS)
def test_what_is_called_no_finding_is_there(chapter):
    """Each sentence that is passed over stands in its chapter, and would else be called typed."""
    source = (ROOT / "book" / f"{chapter}.md").read_text(encoding="utf-8")
    typed = [text.words for text in texts(source, FRAMES) if not text.bound]
    assert [start for start in NO_FINDINGS[chapter] if not any(words.startswith(start) for words in typed)] == []


def proven(page: str) -> str:
    """The name of the chapter to which a page belongs: its own, but for what was a chapter once."""
    name = page.rpartition("/")[2]
    return {"architecture": "cascade", "network": "tables"}.get(name, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", dict.fromkeys(proven(page) for page in PATTERN if page not in TOO_LONG))
def test_edits_leave_no_false_word_in_a_rewritten_chapter(name):
    """Random edits of its tables change the words of a chapter and its proof or stop the build, and break no cell; ``make bound`` makes more."""
    chapters = [page for page in PATTERN if proven(page) == name and page not in TOO_LONG]
    outcomes = list(measure(chapters, FEW_EDITS))
    assert len(outcomes) >= FEW_EDITS
    assert set(chapters) <= set(FEW_VALUES) or any(outcome.moved for outcome in outcomes)
    assert [f"{outcome.edit.said}: {outcome.broke}" for outcome in outcomes if outcome.broke] == []
    assert [f"{outcome.edit.said}: {text}" for outcome in outcomes for text in outcome.loose] == []


def referred(item: dict) -> set[str]:
    """The tables to which one refers."""
    return {key["reference"]["resource"] for key in item["schema"].get("foreignKeys", [])}


@pytest.mark.slow
def test_edits_are_such_as_corrections_are():
    """Of each kind some; keys lead somewhere, precision stays, and only facts that people coded are touched."""
    package, items = whole_package()
    facts, rng = sorted(name for name in items if is_fact(items[name])), random.Random(1)
    for make in KINDS.values():
        drafts = [draft for _ in range(40) if (draft := make(rng, package, items, rng.choice(facts)))]
        assert len(drafts) > 3
        for draft in drafts:
            assert draft.changed
            after = {**package, **draft.changed}
            touched = [name for name in facts if {name, *referred(items[name])} & set(draft.changed)]
            assert [fault for name in touched for fault in link_faults(items[name], after)] == []
            assert all(items[name]["origin"] in ("coded", "link") for name in draft.changed)
            if draft.kind == "date moved":
                old, new = draft.said.rpartition(": ")[2].split(" ")[1::2]
                assert len(old) == len(new)
                assert PARTIAL_DATE.fullmatch(new)
