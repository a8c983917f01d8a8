"""Key judgements: sentences that a report stands behind, each held to the data by a predicate.

A judgement is computed, never typed: its sentence takes its numbers from the
tables, and its predicate says what must be true for the sentence to stand. A
page refuses to build on a judgement that no longer holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from claimbook.errors import ReportError


class JudgementError(ReportError):
    """A key judgement is no longer supported by the data."""


@dataclass(frozen=True)
class Judgement:
    """A sentence the report stands behind.

    Attributes
    ----------
    key : str
        Permanent name.
    chapter : str
        The chapter that shows the evidence, relative to ``book``.
    question : str
        What is asked.
    answer : str
        The sentence, with its numbers.
    holds : bool
        Whether the data support it.
    confidence : str
        ``high``, ``moderate`` or ``low``, with the reason.
    tables : tuple of str
        What it was made from, as :func:`judged` noted it.
    """

    key: str
    chapter: str
    question: str
    answer: str
    holds: bool
    confidence: str
    tables: tuple[str, ...] = ()


Load = Callable[[str], pd.DataFrame]
Made = TypeVar("Made")


def reading(make: Callable[[Load], Made], load: Load) -> tuple[Made, tuple[str, ...]]:
    """What is made from tables, and the tables that it asked for.

    Parameters
    ----------
    make : callable
        Makes it from a loader of tables.
    load : callable
        Gives a table by name.

    Returns
    -------
    tuple
        What was made, and the names of the tables.
    """
    read: dict[str, None] = {}

    def noting(name: str) -> pd.DataFrame:
        read[name] = None
        return load(name)

    return make(noting), tuple(read)


def judged(make: Callable[[Load], Judgement], load: Load) -> Judgement:
    """A judgement, with the tables that it asked for.

    Parameters
    ----------
    make : callable
        Makes it from a loader of tables.
    load : callable
        Gives a table by name.

    Returns
    -------
    Judgement
    """
    made, tables = reading(make, load)
    return replace(made, tables=tables)


def standing(made: Iterable[Judgement]) -> list[Judgement]:
    """The judgements, if every one of them holds.

    Parameters
    ----------
    made : iterable of Judgement
        In the order of the page.

    Returns
    -------
    list of Judgement

    Raises
    ------
    JudgementError
        If one is no longer supported by the data; the message names it.
    """
    made = list(made)
    failed = [item for item in made if not item.holds]
    if failed:
        raise JudgementError("; ".join(f"judgement {item.key!r} no longer holds: {item.answer}" for item in failed))
    return made
