"""What the cells of a chapter call: numbers and bound words for its prose, and its tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from IPython.display import display

from claimbook.errors import WordsError

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Under which MyST-NB finds a value that a cell glues; its own function would have a notebook's reader install Sphinx.
GLUED = "application/papermill.record/"
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
# What was said by the cells that have run, for text that is shown with it.
_SAID: dict[str, str] = {}
# A first column of words no longer than this stays on one line.
LONGEST_DATE = len("29 September 2010")


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


def say(**values) -> None:
    """Glue values under their names, for the prose around the cell.

    Parameters
    ----------
    **values : str, int, Estimate or float
        Text stays as it is; whole numbers become :func:`count`; an
        :class:`Estimate` is unfolded into its value under the name itself and
        ``_low``, ``_high`` and ``_interval`` behind it; other numbers are
        refused, so that the chapter chooses their precision itself.

    Raises
    ------
    TypeError
        If a value is a float: format it first.
    """
    for name, value in values.items():
        for said, text in _said(name, value).items():
            _SAID[said] = text
            display(
                {f"{GLUED}text/plain": repr(text)},
                raw=True,
                metadata={"scrapbook": {"name": said, "mime_prefix": GLUED}},
            )


def _said(name: str, value: str | int | Estimate) -> dict[str, str]:
    """What a value is called in the prose, and how it reads."""
    if isinstance(value, Estimate):
        ends = {f"{name}_{end}": number(getattr(value, end), value.digits) for end in ("low", "high")}
        return {name: str(value), **ends, f"{name}_interval": value.interval}
    if isinstance(value, float):
        raise TypeError(f"{name}: format the number {value!r} before gluing it")
    return {name: value if isinstance(value, str) else count(value)}


def show_text(text: str) -> None:
    """Show text with what was said: the prose of a notebook, which changes with the data as the cells do.

    Parameters
    ----------
    text : str
        Markdown, with the names of what :func:`say` said in braces.

    Raises
    ------
    LookupError
        If something in braces has not been said.
    """
    try:
        filled = text.strip().format_map(_SAID)
    except KeyError as error:
        raise LookupError(f"{error.args[0]} has not been said: run the cells above first") from None
    display({"text/markdown": filled, "text/plain": filled}, raw=True)


def cited(keys: pd.Series) -> str:
    """Citations of the keys given, as Markdown."""
    return f"{{cite}}`{','.join(sorted(keys))}`"


def citations(links: pd.DataFrame, by: str | list[str], sources: pd.DataFrame) -> pd.Series:
    """Citations of the verified sources that each row of a table rests on.

    Parameters
    ----------
    links : pandas.DataFrame
        A link table: column ``source`` (a key of ``sources``) and the columns
        of ``by``.
    by : str or list of str
        What is cited for: the column or columns that name the row.
    sources : pandas.DataFrame
        The table of sources, with ``key`` and ``verified``; a source is cited
        only if that is ``yes``.

    Returns
    -------
    pandas.Series
        Markdown as from :func:`cited`, by the values of ``by``; what has no
        verified source is left out.
    """
    verified = sources.loc[sources["verified"] == "yes", "key"]
    return links[links["source"].isin(verified)].groupby(by)["source"].agg(cited)


def plain(text: str) -> str:
    """Markdown of a cell for readers of a notebook: links as their words or else their address, citations in square brackets."""
    text = re.sub(r"\[([^\]]*)\]\(([^)]+)\)", lambda match: match[1] or match[2], text)
    return re.sub(r"\{cite\}`([^`]+)`", r"[\1]", text)


def show_table(frame: pd.DataFrame, name: str, caption: str, widths: tuple[int, ...] = ()) -> None:
    """Show a numbered table, in the book and in the PDF alike.

    Parameters
    ----------
    frame : pandas.DataFrame
        The cells as text; may carry Markdown, such as citations.
    name : str
        Label, for ``{numref}``.
    caption : str
        The finding or content.
    widths : tuple of int, optional
        Relative widths of the columns; equal if left out.

    Raises
    ------
    ValueError
        If the table has no rows.
    """
    if frame.empty:
        raise ValueError(f"table {name!r}: no rows to show")
    cells = frame.astype(object).where(frame.notna(), "").astype(str)
    named = cells.iloc[:, 0].map(plain).str.len().max() > LONGEST_DATE
    lines = [
        f":::{{list-table}} {caption}",
        f":name: {name}",
        ":header-rows: 1",
        f":class: data-table longtable{' long-names' if named else ''}",
    ]
    if widths:
        lines.append(f":widths: {' '.join(str(width) for width in widths)}")
    lines.append("")
    for row in [list(cells.columns), *cells.itertuples(index=False)]:
        lines += [("* - " if n == 0 else "  - ") + cell for n, cell in enumerate(row)]
    head = f"<p><b>{html.escape(caption)}</b></p>"
    display(
        {"text/markdown": "\n".join([*lines, ":::"]), "text/html": head + cells.map(plain).to_html(index=False)},
        raw=True,
    )


def show_cards(cards: pd.DataFrame) -> None:
    """Show a card for each row, with an anchor to which tables can link, in the book and in the PDF alike.

    Parameters
    ----------
    cards : pandas.DataFrame
        Columns ``key`` and ``title``, then one a line of the card, named as the
        line is to be called (may carry Markdown, such as citations), in the
        order of the page. What is missing or empty is left out. The anchor is
        ``card-`` and the key in lower case.

    Raises
    ------
    ValueError
        If there are no cards.
    """
    if cards.empty:
        raise ValueError("cards: nothing to show")
    lines, page = [], []
    for row in cards.to_dict("records"):
        key, title = f"card-{row.pop('key').lower()}", row.pop("title")
        said = {name: text for name, text in row.items() if pd.notna(text) and text}
        lines += [f"({key})=", f":::{{admonition}} {title}", ":class: body-card", ""]
        lines += [line for name, text in said.items() for line in (f"{name}", f": {text}", "")]
        lines += [":::", ""]
        items = "".join(
            f"<dt>{html.escape(name)}</dt><dd>{html.escape(plain(text))}</dd>" for name, text in said.items()
        )
        page.append(f'<section id="{key}"><p><b>{html.escape(title)}</b></p><dl>{items}</dl></section>')
    display({"text/markdown": "\n".join(lines), "text/html": "".join(page)}, raw=True)


def show_glossary(terms: pd.DataFrame) -> None:
    """Show definitions to which the role ``term`` links, in the book and in the PDF alike.

    Parameters
    ----------
    terms : pandas.DataFrame
        Columns ``term``, ``abbreviation`` (may be missing) and ``definition``
        (may carry Markdown, such as citations), in the order of the page. A
        term with an abbreviation stands under both.

    Raises
    ------
    ValueError
        If there are no terms.
    """
    if terms.empty:
        raise ValueError("glossary: no terms to show")
    lines, page = [":::{glossary}"], []
    for row in terms.itertuples():
        names = [name for name in (row.abbreviation, row.term) if pd.notna(name)]
        lines += [*names, f"  {row.definition}", ""]
        page.append(
            "".join(f"<dt>{html.escape(name)}</dt>" for name in names)
            + f"<dd>{html.escape(plain(row.definition))}</dd>"
        )
    display({"text/markdown": "\n".join([*lines, ":::"]), "text/html": f"<dl>{''.join(page)}</dl>"}, raw=True)


def show_claims(claims: pd.DataFrame) -> None:
    """Show claims, each with an anchor of its key, to which the role ``claim`` links.

    Parameters
    ----------
    claims : pandas.DataFrame
        Columns ``key``, ``claim`` and ``tested`` (both may carry Markdown), in
        the order of the page.

    Raises
    ------
    ValueError
        If there are no claims.
    """
    if claims.empty:
        raise ValueError("claims: nothing to show")
    items = [f"- ({row.key})=\n  {row.claim} {row.tested}" for row in claims.itertuples()]
    page = [f"<li>{html.escape(plain(f'{row.claim} {row.tested}'))}</li>" for row in claims.itertuples()]
    display({"text/markdown": "\n".join(items), "text/html": f"<ul>{''.join(page)}</ul>"}, raw=True)
