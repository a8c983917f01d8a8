"""Verdicts: what a report says of each claim that it tests, in one place, held to the data by a rule of the subject.

Verdict and confidence are judged by hand and stand once, in the table
``verdicts``. Beside each stands a rule of the subject: it reads the tables,
says which verdict they bear, and writes the sentence that answers. Where rule
and table differ, no page that shows the verdict is built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from claimbook.errors import ReportError
from claimbook.judgement import Load, reading
from claimbook.wording import listing
from claimbook.words import WORDS

# From the best that can be said of a claim to what cannot be said.
VERDICTS = ("right", "right in part", "too strong", "not shown", "wrong", "cannot be tested")
CONFIDENCES = ("low", "moderate", "high")
# What a cell gives that shows the verdicts: the page makes a board of it.
LEDGER = "application/vnd.claimbook.verdicts+json"


class VerdictError(ReportError):
    """A verdict is not supported by the data, or a claim has none: which, and why."""


@dataclass(frozen=True)
class Found:
    """What the tables bear of a claim, as a rule of the subject finds it.

    Attributes
    ----------
    verdict : str
        One of :data:`VERDICTS`.
    answer : str
        One to three sentences, with their numbers.
    measure : str
        What the bars of the small chart count.
    bars : tuple of (str, float)
        Their names and lengths, two to four.
    named : str
        What the claim is called beside others of its verdict; as the table has it if left out.
    """

    verdict: str
    answer: str
    measure: str
    bars: tuple[tuple[str, float], ...]
    named: str = ""


Rule = Callable[[Load], Found]


@dataclass(frozen=True)
class Verdict:
    """What the report says of one claim, joined from the tables and the rule.

    Attributes
    ----------
    claim, short, chapter : str
        Key of the claim, the claim as a short sentence, and the chapter that tests it.
    question, theme : str
        The question that the claim belongs to, and what that is about.
    alone : bool
        Whether no other claim belongs to the question.
    verdict, confidence, reason, would_change, made : str
        As in the table ``verdicts``.
    found : Found
        What the rule gave.
    exhibits : dict of str to tuple of str
        Labels of figures and tables, keys of judgements, by kind; the best first.
    sources : tuple of str
        Keys of the chief pages.
    tables : tuple of str
        What the rule read.
    """

    claim: str
    short: str
    chapter: str
    question: str
    theme: str
    alone: bool
    verdict: str
    confidence: str
    reason: str
    would_change: str
    made: str
    found: Found
    exhibits: dict[str, tuple[str, ...]]
    sources: tuple[str, ...]
    tables: tuple[str, ...]


def anchor(claim: str) -> str:
    """The permanent anchor of the verdict on a claim."""
    return f"verdict-{claim}"


def of_several(codes: Iterable[str]) -> str:
    """Verdict on several claims together.

    Theirs if all have the same; *right in part* if any is right or right in
    part; else the one that most of them have, the first of :data:`VERDICTS` if
    several do.

    Parameters
    ----------
    codes : iterable of str
        Their verdicts.

    Returns
    -------
    str
    """
    number = Counter(codes)
    if len(number) == 1:
        return next(iter(number))
    if number["right"] or number["right in part"]:
        return "right in part"
    return max(VERDICTS, key=lambda code: number[code])


def confidence_of(codes: Iterable[str], words: Mapping[str, str] = WORDS) -> str:
    """Several confidences in words: one, or from the lowest to the highest."""
    found = sorted(codes, key=CONFIDENCES.index)
    low, high = words[found[0]], words[found[-1]]
    return low if low == high else words["range"].format(low=low, high=high)


def _faults(claims: pd.DataFrame, exhibits: pd.DataFrame, verdicts: pd.DataFrame, rules: Mapping[str, Rule]) -> list:
    """What the ledger lacks, whatever the data say."""
    shown = set(exhibits.loc[exhibits["kind"] != "judgement", "claim"])
    faults = [
        f"claim {row.key!r} has no {what}"
        for row in claims.itertuples()
        for what, there in (
            ("chapter", pd.notna(row.chapter)),
            ("verdict", row.key in set(verdicts["claim"])),
            ("figure or table among its exhibits", row.key in shown),
            ("rule", row.key in rules),
        )
        if not there
    ]
    return faults + [f"a rule is for {key!r}, which is no claim" for key in rules if key not in set(claims["key"])]


def ledger(load: Load, rules: Mapping[str, Rule], chapter: str | None = None) -> list[Verdict]:
    """The verdicts, in the order of the questions, each held to its rule.

    Parameters
    ----------
    load : callable
        Gives a table by name, as :func:`claimbook.package.tables.load` does.
    rules : mapping of str to callable
        For each claim what finds the verdict that the tables bear.
    chapter : str, optional
        Only the claims that this chapter tests; what only others' rules read
        is then not asked for.

    Returns
    -------
    list of Verdict

    Raises
    ------
    VerdictError
        If a claim lacks a chapter, a verdict, an exhibit or a rule, or a rule
        finds another verdict than the table has; the message names each.
    """
    claims, verdicts, exhibits = load("claims"), load("verdicts"), load("verdict_exhibits")
    faults = _faults(claims, exhibits, verdicts, rules)
    if faults:
        raise VerdictError("; ".join(faults))
    questions = load("questions").sort_values("number")
    cited, of_question = load("verdict_sources"), verdicts["question"].value_counts()
    rows = verdicts.merge(claims[["key", "chapter"]], left_on="claim", right_on="key").drop(columns="key")
    rows = rows.merge(questions, left_on="question", right_on="key", suffixes=("_key", ""))
    rows = rows.sort_values("number", kind="stable")
    made = []
    for row in rows[rows["chapter"].eq(chapter) | (chapter is None)].itertuples():
        found, tables = reading(rules[row.claim], load)
        if found.verdict != row.verdict:
            faults.append(f"claim {row.claim!r} has the verdict {row.verdict!r}, and the data bear {found.verdict!r}")
        own = exhibits[exhibits["claim"] == row.claim].sort_values("position")
        made.append(
            Verdict(
                claim=row.claim,
                short=row.short,
                chapter=row.chapter,
                question=row.question,
                theme=row.theme,
                alone=of_question[row.question_key] == 1,
                verdict=row.verdict,
                confidence=row.confidence,
                reason=row.reason,
                would_change=row.would_change,
                made=row.made,
                found=found,
                exhibits={kind: tuple(group["label"]) for kind, group in own.groupby("kind")},
                sources=tuple(cited.loc[cited["claim"] == row.claim, "source"]),
                tables=tables,
            )
        )
    if faults:
        raise VerdictError("; ".join(faults))
    return made


def questions(made: list[Verdict]) -> dict[str, list[Verdict]]:
    """The verdicts by the question that their claims belong to, in the order given."""
    asked: dict[str, list[Verdict]] = {}
    for item in made:
        asked.setdefault(item.question, []).append(item)
    return asked


def overall(made: list[Verdict], words: Mapping[str, str] = WORDS) -> str:
    """The verdict on all claims together, a sentence for each verdict that a question has.

    Each question has the verdict of :func:`of_several`; the themes of those
    with the same verdict are named together.

    Parameters
    ----------
    made : list of Verdict
        All of them.
    words : mapping of str to str
        What the press says to readers.

    Returns
    -------
    str
    """
    themes: dict[str, list[str]] = {}
    for items in questions(made).values():
        themes.setdefault(of_several(item.verdict for item in items), []).append(items[0].theme)
    told = [words[f"about {code}"].format(themes=listing(themes[code])) for code in VERDICTS if code in themes]
    return " ".join(told)


def board(made: list[Verdict]) -> list[dict]:
    """The verdicts as plain values, for what shows them.

    Parameters
    ----------
    made : list of Verdict
        In the order of the questions.

    Returns
    -------
    list of dict
        One a question: ``question``, ``verdict``, ``confidence`` and
        ``claims``, of which each has the fields of a :class:`Verdict` that a
        reader sees.
    """
    return [
        {
            "question": question,
            "verdict": of_several(item.verdict for item in items),
            "confidence": confidence_of(item.confidence for item in items),
            "claims": [_plain(item) for item in items],
        }
        for question, items in questions(made).items()
    ]


def _plain(item: Verdict) -> dict:
    """One verdict as plain values."""
    return {
        "claim": item.claim,
        "short": item.short,
        "chapter": item.chapter,
        "verdict": item.verdict,
        "confidence": item.confidence,
        "reason": item.reason,
        "would_change": item.would_change,
        "made": item.made,
        "answer": item.found.answer,
        "measure": item.found.measure,
        "bars": [list(bar) for bar in item.found.bars],
        "exhibits": {kind: list(labels) for kind, labels in item.exhibits.items()},
        "sources": list(item.sources),
        "tables": list(item.tables),
    }
