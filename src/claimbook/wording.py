"""Numbers, lists and findings in words, for the prose of chapters and the texts of figures; none needs a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from claimbook.errors import WordsError

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Shares that have a name; between two of them the nearer is meant.
FRACTIONS = {
    0.1: "a tenth", 0.2: "a fifth", 0.25: "a quarter", 1 / 3: "a third", 0.4: "two fifths", 0.5: "half",
    0.6: "three fifths", 2 / 3: "two thirds", 0.75: "three quarters", 0.8: "four fifths", 0.9: "nine tenths",
}  # fmt: skip
HALVES = {1: "as much", 1.5: "one and a half times", 2.5: "two and a half times"}
# How far a share or factor may be from its name to have it without "about".
EXACT = 0.01
# Up to so many, the parts of a whole are counted and not compared.
COUNTED = 20


def count(value: int) -> str:
    """A count as running text has it: in words up to twelve, with thousands separated beyond."""
    value = int(value)
    return WORDS[value] if 0 <= value < len(WORDS) else f"{value:,}"


def times(value: int) -> str:
    """How often, as running text has it: once, twice, three times."""
    return {1: "once", 2: "twice"}.get(int(value), f"{count(value)} times")


def counted(value: int, noun: str, nouns: str = "") -> str:
    """A count with its noun: ``no deaths``, ``one death``, ``two deaths``; the plural is given unless it adds an s."""
    return f"{count(value) if value else 'no'} {noun if int(value) == 1 else nouns or f'{noun}s'}"


@dataclass(frozen=True)
class Estimate:
    """A number with the range that it may lie in.

    Attributes
    ----------
    value, low, high : float
        Rounded to the digits given; ``low <= value <= high``.
    digits : int
        Digits after the point.

    Raises
    ------
    ValueError
        If the value lies outside its range, or one of the three is missing.
    """

    value: float
    low: float
    high: float
    digits: int = 0

    def __post_init__(self):
        """Check the range, and round."""
        if not self.low <= self.value <= self.high:
            raise ValueError(f"an estimate of {self.value} does not lie between {self.low} and {self.high}")
        for part in ("value", "low", "high"):
            object.__setattr__(self, part, round(float(getattr(self, part)), self.digits))

    def __str__(self) -> str:
        """Give the value in figures."""
        return number(self.value, self.digits)

    @property
    def interval(self) -> str:
        """The range in words: ``2.5 to 6.3``."""
        return interval(self.low, self.high, self.digits)


def number(value: float, digits: int = 0) -> str:
    """A number in figures, with thousands separated; never minus zero."""
    return f"{round(float(value), digits) + 0.0:,.{digits}f}"


def interval(low: float, high: float, digits: int = 0) -> str:
    """A range in words: ``2.5 to 6.3``; one number if both ends read alike."""
    ends = dict.fromkeys(number(end, digits) for end in (low, high))
    return " to ".join(ends)


def percent(share: float, digits: int = 0) -> str:
    """A share of one as per cent; what is not quite none or all is not rounded to it.

    Parameters
    ----------
    share : float
        Between 0 and 1.
    digits : int
        Digits after the point.

    Returns
    -------
    str
        Such as ``52 per cent``, ``less than 1 per cent``.
    """
    least = 10.0**-digits
    rounded = round(100 * share, digits)
    if share > 0 and rounded == 0:
        return f"less than {number(least, digits)} per cent"
    if share < 1 and rounded == 100:
        return f"more than {number(100 - least, digits)} per cent"
    return f"{number(rounded, digits)} per cent"


def about(value: float, of: float | None = None) -> str:
    """A share or a factor, rounded to what a reader can use.

    Parameters
    ----------
    value : float
        A share below one or a factor from one on; a part, if there is a whole.
    of : float, optional
        The whole. Up to twenty the parts of it are counted.

    Returns
    -------
    str
        Such as ``13 of 16``, ``a third``, ``about half``, ``about four times``.

    Raises
    ------
    ValueError
        If the value is negative, or larger than its whole.
    """
    if value < 0 or (of is not None and value > of):
        raise ValueError(f"{value} of {of}: expected a part of a whole")
    if of is not None and of <= COUNTED:
        return f"{number(value)} of {number(of)}"
    share = value if of is None else value / of
    if of is not None and share in (0, 1):
        return "all" if share else "none"
    if share < 0.95:
        near = min(FRACTIONS, key=lambda named: abs(named - share))
        name = FRACTIONS[near] if share >= 0.05 else "less than a twentieth"
        return name if abs(near - share) <= EXACT or share < 0.05 else f"about {name}"
    if of is not None:
        return "nearly all"
    halves = round(2 * share) / 2 if share < 2.75 else round(share)
    exact = abs(share / halves - 1) <= EXACT
    name = HALVES.get(halves) or times(int(halves))
    return name if exact else f"about {name}"


def listing(items: Iterable[object]) -> str:
    """Items in the order given, as running text lists them: ``Chad, Mali and Niger``.

    Raises
    ------
    ValueError
        If there are none.
    """
    *others, last = map(str, items)
    return f"{', '.join(others)} and {last}" if others else last


def years(found: Iterable[int]) -> str:
    """Years as running text lists them, those in a row together: ``2005 and 2009 to 2011``.

    Raises
    ------
    ValueError
        If there are none.
    """
    runs: list[list[int]] = []
    for year in sorted({int(year) for year in found}):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return listing(part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run))


def holds(condition: bool, words: str) -> str:
    """Words of a finding, as long as the data bear them.

    Parameters
    ----------
    condition : bool
        What must be true of the data for the words to stand.
    words : str
        Any part of a sentence, caption, title or description.

    Returns
    -------
    str
        The words.

    Raises
    ------
    WordsError
        If the condition is false: the cell fails, and the build with it.
    TypeError
        If it is neither true nor false, such as a column or a missing value.
    """
    if not isinstance(condition, (bool, np.bool_)):
        raise TypeError(f"{words!r}: expected true or false, found {condition!r}")
    if not condition:
        raise WordsError(f"the data no longer bear the words {words!r}")
    return words
