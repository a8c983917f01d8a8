"""What differs between two states of a book for its readers, told as tables of a changelog."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from claimbook.build import changes
from claimbook.build.execution import FIGURE
from claimbook.build.shown import Shown, shown
from claimbook.chapter import GLUED
from claimbook.package import archive

CLAIMS = "key,chapter\nc-late,second\nc-early,first\n"
VERDICTS = "claim,verdict,confidence\nc-late,right,low\nc-early,wrong,high\n"
FIRST = """---
kernelspec:
  name: python3
---

# What {glue:text}`who` did
Of {glue:text}`all` groups {glue:text}`held`
were held {cite}`a1`. It was [so](second.md) in 2011. Nothing more was said.

```{code-cell} python
# 9 lives
say(all=12)
```

- An item of **its own**.
"""
SECOND = "# Second\n\nNo page counts here.\n"


def said(name: str, text: str):
    """The output of a glued value."""
    return new_output(
        "display_data", {f"{GLUED}text/plain": repr(text)}, metadata={"scrapbook": {"name": name, "mime_prefix": GLUED}}
    )


def drawn(title: str, rows: list[list]):
    """The output of a figure."""
    meta = {"title": title, "subtitle": "Groups", "columns": ["Place", "Groups"], "rows": rows}
    return new_output("display_data", {FIGURE: {"data": [], "layout": {"meta": meta}}})


@pytest.fixture
def state(tmp_path):
    """Makes a state of a book of two pages, of which the first has cells, and reads what it shows."""

    def make(name, values=None, answer="Yes: 12.", figures=None, first=FIRST, second=SECOND, ran=True) -> Shown:
        root = tmp_path / name
        (root / "book").mkdir(parents=True)
        (root / "_toc.yml").write_text("format: jb-book\nroot: book/first\nchapters:\n- file: book/second\n")
        (root / "book" / "first.md").write_text(first, encoding="utf-8")
        (root / "book" / "second.md").write_text(second, encoding="utf-8")
        values = {"who": "they", "all": "twelve", "held": "9", **(values or {})}
        figures = {"fig-a": drawn("Nine of twelve", [["MLI", 9], ["NER", None]])} if figures is None else figures
        asked = f"**1. Was it so?** {answer} *Confidence: high.* [Evidence](second.md)"
        cells = [
            new_code_cell("say()", outputs=[said(*item) for item in values.items()]),
            new_code_cell("judged(load)", outputs=[new_output("display_data", {"text/markdown": asked})]),
            *(
                new_code_cell("draw()", outputs=[output], metadata={"mystnb": {"figure": {"name": label}}})
                for label, output in figures.items()
            ),
        ]
        if ran:
            (root / "tests" / "notebooks").mkdir(parents=True)
            nbformat.write(new_notebook(cells=cells), root / "tests" / "notebooks" / "first.ipynb")
        return shown(root, "judged")

    return make


def test_sentences_as_a_reader_sees_them(state):
    """Values stand in their places, lines make one sentence, and code, citations and addresses are no words of it."""
    found = state("one")
    assert [(item.page, item.text, item.counts) for item in found.sentences] == [
        ("first", "What they did", True),
        ("first", "Of twelve groups 9 were held.", True),
        ("first", "It was so in 2011.", True),
        ("first", "Nothing more was said.", False),
        ("first", "An item of its own.", False),
        ("second", "Second", False),
        ("second", "No page counts here.", False),
    ]
    assert (found.pages, found.unsaid) == (["first", "second"], 0)


def test_a_changed_sentence_is_told_before_and_after(state):
    """It is known by how it is written, or by half of its words; of two others one is new and one gone."""
    mostly = FIRST.replace("was [so](second.md)", "was said").replace("more", "else")
    other = FIRST.replace("It was [so](second.md) in", "Later, after")
    old, values = state("old"), {"who": "most of those who came", "all": "9 of all"}
    assert [row[3:] for row in changes.sentences(old, state("new", values, first=mostly))] == [
        ("What they did", "What most of those who came did"),
        ("Of twelve groups 9 were held.", "Of 9 of all groups 9 were held."),
        ("It was so in 2011.", "It was said in 2011."),
    ]
    assert [row[3:] for row in changes.sentences(old, state("other", first=other))] == [
        ("", "Later, after 2011."),
        ("It was so in 2011.", ""),
    ]


def test_a_sentence_that_moved_is_not_told(state):
    """What stands on another page now has not changed; what is new or gone there is told with an empty cell."""
    moved = FIRST.replace("It was [so](second.md) in 2011. ", "")
    old = state("old")
    new = state("new", first=moved, second=SECOND.replace("No", "It was so in 2011. In 2012 no"))
    assert [tuple(row) for row in changes.sentences(old, new)] == [
        ("second", "", "", "No page counts here.", "In 2012 no page counts here.")
    ]


def test_a_judgement_is_known_by_its_question(state):
    """Its answer and confidence are told, under the page with its evidence; a state that shows none is not compared."""
    old, new = state("old"), state("new", answer="Hardly: 9.")
    assert changes.judgements(old, old) == []
    assert [tuple(row) for row in changes.judgements(old, new)] == [
        ("second", "Was it so?", "", "Yes: 12. Confidence: high.", "Hardly: 9. Confidence: high.")
    ]
    assert changes.judgements(state("none", ran=False), new) == (
        "Not comparable: no judgement is shown in the older state."
    )


def test_a_figure_is_known_by_its_label(state):
    """Title and data are told apart; the order of rows is not told; a figure of one state has one cell."""
    rows = [["MLI", 9], ["NER", None]]
    old = state("old")
    assert changes.figures(old, state("turned", figures={"fig-a": drawn("Nine of twelve", rows[::-1])})) == []
    new = state(
        "new", figures={"fig-a": drawn("Ten of twelve", [["MLI", 10], ["NER", None]]), "fig-b": drawn("B", rows)}
    )
    told = [
        ("first", "`fig-a`", "title", "Nine of twelve", "Ten of twelve"),
        ("first", "`fig-a`", "data", "2 rows, 1 gone or changed: MLI, 9", "2 rows, 1 new or changed: MLI, 10"),
        ("first", "`fig-b`", "", "", "B"),
    ]
    assert [tuple(row) for row in changes.figures(old, new)] == told
    assert tuple(changes.figures(new, old)[-1]) == ("first", "`fig-b`", "", "B", "")


def data(claims: str = CLAIMS, verdicts: str | None = VERDICTS) -> dict[str, bytes]:
    """A data package of claims and, if given, verdicts."""
    held = {"claims": ("key", claims), "verdicts": ("claim", verdicts)}
    items = [
        {"name": name, "path": f"{name}.csv", "schema": {"primaryKey": key}}
        for name, (key, text) in held.items()
        if text
    ]
    files = {f"{name}.csv": text.encode() for name, (_, text) in held.items() if text}
    return {"datapackage.json": json.dumps({"resources": items}).encode(), **files}


def test_verdicts_are_compared_claim_by_claim():
    """What differs is told by claim and column, a new column and a new claim included."""
    after = "claim,verdict,confidence,reason\nc-late,too strong,low,\nc-early,wrong,high,\nc-new,right,low,so\n"
    assert [tuple(row) for row in changes.verdicts(data(), data(verdicts=after))] == [
        ("second", "`c-late`", "verdict", "right", "too strong"),
        ("", "`c-new`", "claim", "", "c-new"),
        ("", "`c-new`", "verdict", "", "right"),
        ("", "`c-new`", "confidence", "", "low"),
        ("", "`c-new`", "reason", "", "so"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "state"), [(None, VERDICTS, "older"), (VERDICTS, None, "newer"), (None, None, "older and the newer")]
)
def test_no_table_of_verdicts(old, new, state):
    """A state without verdicts is told in a line."""
    told = changes.verdicts(data(verdicts=old), data(verdicts=new))
    assert told == f"Not comparable: no table of verdicts in the {state} state."


def test_long_texts_are_cut_to_what_differs():
    """A short text is whole; of a long one the words around each change are told, and no cell is longer."""
    words = [f"word{number}" for number in range(80)]
    other = [*words[:40], "other", *words[41:]]
    near = " ".join(words[34:40])
    assert changes.around("of 9", "of 10") == ("of 9", "of 10")
    assert changes.around(" ".join(words), " ".join(other)) == (
        f"… {near} word40 {' '.join(words[41:47])} …",
        f"… {near} other {' '.join(words[41:47])} …",
    )
    assert max(map(len, changes.around("", " ".join(words)))) <= changes.WHOLE


def test_the_tables_follow_the_chapters(state):
    """Sections stand in one order, rows in that of the table of contents; a bar in a text breaks no cell."""
    old = state("old", second="# Second\n\nIn 2011 a | b.\n")
    new = state("new", {"held": "ten"}, second="# Second\n\nIn 2012 a | b.\n")
    judged = changes.verdicts(data(), data(verdicts=VERDICTS.replace("right", "not shown").replace("high", "low")))
    assert changes.differences(old, new, judged) == [
        "",
        "### Verdicts (2)",
        "",
        "| what | before | after |",
        "|---|---|---|",
        "| `first`: `c-early`, confidence | high | low |",
        "| `second`: `c-late`, verdict | right | not shown |",
        "",
        "### Judgements (0)",
        "",
        "None differs.",
        "",
        "### Sentences with numbers (2)",
        "",
        "| what | before | after |",
        "|---|---|---|",
        "| `first` | Of twelve groups 9 were held. | Of twelve groups ten were held. |",
        "| `second` | In 2011 a \\| b. | In 2012 a \\| b. |",
        "",
        "### Figures (0)",
        "",
        "None differs.",
    ]


def test_values_that_nobody_kept_are_told(state):
    """Where a state has no reference notebook the names of its values stand for them, and a line says so."""
    told = changes.differences(state("old", ran=False), state("new"), "none")
    assert "| `first` | What {who} did | What they did |" in told
    assert told[-1] == "3 values of the older state are in no reference notebook; their names stand in braces."


def edit(path: Path, old: str, new: str) -> None:
    """Write something else into a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_changes_since_a_revision_and_an_archive(example, tmp_path):
    """Rows come first, as ever; a revision is compared for readers as well, an archive says that it cannot be."""
    kept = archive.write(example.root / "data", tmp_path)
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@b.org", "commit", "-qm", "A"],
    ):
        subprocess.run(["git", *command], cwd=example.root, check=True)
    example.edit("kidnappings", "H12", "place_taken", "Niamey")
    edit(example.root / "tests" / "notebooks" / "seized.ipynb", "Most were taken outside Mali", "Nine were")
    since = example.run("claimbook.build.changes", "HEAD")
    assert (since.returncode, since.stderr) == (0, "")
    rows = ["kidnappings H12: place_taken: 'Niamey restaurant' -> 'Niamey'", "1 changes in 1 tables"]
    assert since.stdout.splitlines()[:2] == rows
    assert since.stdout.splitlines()[-3:] == [
        "| what | before | after |",
        "|---|---|---|",
        "| `seized`: `fig-taken`, title | Most were taken outside Mali | Nine were |",
    ]
    lines = example.run("claimbook.build.changes", str(kept)).stdout.splitlines()
    assert lines[:2] == rows
    assert lines[-1].startswith("Not comparable: judgements, sentences and figures, which stand in the repository; ")
    assert lines[-1].endswith(f"; {kept} has the data alone.")
    assert example.complaint("claimbook.build.changes", "nowhere").startswith("nowhere: neither a folder")
