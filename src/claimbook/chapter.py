"""What the cells of a chapter call: numbers and bound words for its prose, and its tables."""

from __future__ import annotations

import html
import re

import pandas as pd
from IPython.display import display

from claimbook.package.dates import spoken
from claimbook.timeline import TIMELINE, in_order
from claimbook.verdict import LEDGER, Verdict, board, confidence_of, of_several, questions
from claimbook.wording import Estimate, about, count, counted, holds, interval, listing, number, percent, times, years
from claimbook.words import WORDS

__all__ = [
    "Estimate",
    "about",
    "citations",
    "cited",
    "count",
    "counted",
    "holds",
    "interval",
    "listing",
    "number",
    "percent",
    "plain",
    "say",
    "show_box",
    "show_cards",
    "show_claims",
    "show_glossary",
    "show_scoreboard",
    "show_table",
    "show_text",
    "show_timeline",
    "times",
    "years",
]
# Under which MyST-NB finds a value that a cell glues; its own function would have a notebook's reader install Sphinx.
GLUED = "application/papermill.record/"
# What was said by the cells that have run, for text that is shown with it.
_SAID: dict[str, str] = {}
# A first column of words no longer than this stays on one line.
LONGEST_DATE = len("29 September 2010")


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
    text = re.sub(r"\{claim\}`([^`<]+) <[^`]+>`", r"\1", text)
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
    text, page = _list_table(frame, name, caption, widths)
    display({"text/markdown": text, "text/html": page}, raw=True)


def _list_table(frame: pd.DataFrame, name: str, caption: str, widths: tuple[int, ...]) -> tuple[str, str]:
    """A table as MyST, and as HTML for a notebook."""
    cells = frame.astype(object).where(frame.notna(), "").astype(str)
    named = cells.iloc[:, 0].map(plain).str.len().max() > LONGEST_DATE
    lines = [
        f":::{{list-table}} {caption}",
        *([f":name: {name}"] if name else []),
        ":header-rows: 1",
        f":class: data-table longtable{' long-names' if named else ''}",
    ]
    if widths:
        lines.append(f":widths: {' '.join(str(width) for width in widths)}")
    lines.append("")
    for row in [list(cells.columns), *cells.itertuples(index=False)]:
        lines += [("* - " if n == 0 else "  - ") + cell for n, cell in enumerate(row)]
    head = f"<p><b>{html.escape(caption)}</b></p>"
    return "\n".join([*lines, ":::"]), head + cells.map(plain).to_html(index=False)


def show_box(verdicts: list[Verdict]) -> None:
    """Show the box at the top of a chapter: each of its claims, the verdict, the answer, and how sure it is.

    Claims of one question with the same verdict are answered together, under
    the question if they are all of its claims; of more than two the first is
    answered, and the others are named by what their rules call them. Why it is so sure a box of one claim says.

    Parameters
    ----------
    verdicts : list of Verdict
        Those of the chapter, from :func:`claimbook.verdict.ledger`.

    Raises
    ------
    ValueError
        If there are none.
    """
    if not verdicts:
        raise ValueError("box: no verdicts to show")
    told = []
    for question, items in questions(verdicts).items():
        same = {item.verdict for item in items if not item.alone}
        groups = [items] if len(same) == 1 and len(items) > 1 else [[item] for item in items]
        told += [_answered(question if len(group) > 1 or group[0].alone else "", group) for group in groups]
    if len(told) == 1 and len(verdicts) == 1:
        told[0] += f" *{verdicts[0].reason}*"
    lines = [f":::{{admonition}} {WORDS['in_brief']}", ":class: summary", "", "\n\n".join(told), ":::"]
    page = "".join(f"<p>{html.escape(plain(text).replace('*', ''))}</p>" for text in told)
    display({"text/markdown": "\n".join(lines), "text/html": page}, raw=True)


def _answered(question: str, items: list[Verdict]) -> str:
    """A question, or else the one claim given, with its verdict, answer and confidence."""
    verdict = WORDS[of_several(item.verdict for item in items)]
    link = f"{{claim}}`{verdict.capitalize() if question else verdict} <{items[0].claim}>`"
    head = f"**{question} {link}.**" if question else f"**{items[0].short}: {link}.**"
    sure = confidence_of(item.confidence for item in items)
    told = [item.found.answer for item in items[: 2 if len(items) == 2 else 1]]
    if len(items) > 2:
        told.append(WORDS["so_too"].format(claims=listing(map(_named, items[1:]))))
    return f"{head} {' '.join(told)} *{WORDS['confidence']}: {sure}.*"


def _named(item: Verdict) -> str:
    """What a claim is called beside others, as a link to its verdict."""
    return f"{{claim}}`{item.found.named or item.short} <{item.claim}>`"


def show_scoreboard(verdicts: list[Verdict], name: str = "", caption: str = "") -> None:
    """Show all verdicts by question: in the page as a board to open, filter and sort, elsewhere as a table.

    Parameters
    ----------
    verdicts : list of Verdict
        All of the report, from :func:`claimbook.verdict.ledger`.
    name, caption : str, optional
        Label and caption of the table, which then has a row a claim; without a
        label it has a row a question, and the board leads to the full one.
    """
    rows = board(verdicts)
    columns = [WORDS[key] for key in ("claim", "verdict", "confidence", "answer")]
    cells: list[tuple[str, ...]] = [(row["question"], WORDS[row["verdict"]], row["confidence"]) for row in rows]
    if name:
        claims = [claim for row in rows for claim in row["claims"]]
        cells = [(row["short"], WORDS[row["verdict"]], WORDS[row["confidence"]], row["answer"]) for row in claims]
    frame = pd.DataFrame(cells, columns=columns[: len(cells[0])])
    text, page = _list_table(frame, name, caption, (26, 12, 12, 50)[: len(frame.columns)])
    display({LEDGER: {"whole": bool(name), "questions": rows}, "text/markdown": text, "text/html": page}, raw=True)


def show_timeline(events: pd.DataFrame) -> None:
    """Show events in the order of their days: in the page as a list to filter, elsewhere as a table.

    Parameters
    ----------
    events : pandas.DataFrame
        As :func:`claimbook.timeline.in_order` takes it.
    """
    rows = in_order(events)
    cells = [(spoken(row["date"]), row["title"], row["part"], row["kind"]) for row in rows]
    names = [WORDS["when"], WORDS["what"], WORDS["timeline_part"], WORDS["timeline_kind"]]
    text, page = _list_table(pd.DataFrame(cells, columns=names), "", "", (18, 50, 16, 16))
    display({TIMELINE: {"events": rows}, "text/markdown": text, "text/html": page}, raw=True)


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
