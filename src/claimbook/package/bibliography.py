"""The bibliography: ``book/references.bib``, made from the table ``sources``.

Run ``python -m claimbook.package.bibliography`` to write it. Only verified sources
enter, so that a chapter cannot cite a page that nobody read.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd
from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer

from claimbook.command import run
from claimbook.package.dates import spoken
from claimbook.package.tables import data_dir, load
from claimbook.settings import settings
from claimbook.words import WORDS


class PlainWriter(Writer):
    """Writes fields as they stand: text is escaped here field by field, and addresses must not be."""

    def _encode(self, text):
        return text


def _escape(text: str) -> str:
    return re.sub(r"([&%#_{}])", r"\\\1", text.replace("\\", "/"))


def unescaped(text: str) -> str:
    """A title of the bibliography as the table has it."""
    return re.sub(r"\\([&%#_{}])", r"\1", text[1:-1])


def entry(source: pd.Series, institutions: tuple[str, ...] = (), months: str = WORDS["months"]) -> Entry:
    """One source as a BibTeX entry.

    Parameters
    ----------
    source : pandas.Series
        Row of the table ``sources``.
    institutions : tuple of str
        Words by which an author is known to be a body, whose name is not
        split; one in brackets is a body as well.
    months : str
        Names of the months.

    Returns
    -------
    pybtex.database.Entry
    """
    author = source["author"] if pd.notna(source["author"]) else ""
    body = "(" in author or not set(institutions).isdisjoint(re.findall(r"\w+", author))
    person = author and not body
    fields = {"title": "{" + _escape(source["title"]) + "}"}
    fields["author"] = _escape(author) if person else "{" + _escape(author or source["publisher"]) + "}"
    if author and source["publisher"] != author and pd.notna(source["publisher"]):
        fields["howpublished"] = _escape(source["publisher"])
    if pd.notna(source["date"]):
        fields["year"] = spoken(source["date"], months)
    if pd.notna(source["url"]):
        fields["url"] = source["url"]
    fields["keywords"] = source["kind"]
    fields["langid"] = source["title_language"]
    if pd.notna(source["language"]):
        fields["language"] = source["language"]
    return Entry("misc", fields)


def bibliography(sources: pd.DataFrame, institutions: tuple[str, ...] = (), months: str = WORDS["months"]) -> str:
    """The verified sources as BibTeX.

    Parameters
    ----------
    sources : pandas.DataFrame
        Table ``sources``.
    institutions, months
        As :func:`entry` takes them.

    Returns
    -------
    str
        Content of ``references.bib``, in the order of the keys.
    """
    verified = sources[sources["verified"] == "yes"].sort_values("key")
    entries = {row["key"]: entry(row, institutions, months) for _, row in verified.iterrows()}
    return PlainWriter().to_string(BibliographyData(entries=entries)) + "\n"


def main() -> int:
    """Write ``book/references.bib``."""
    root = data_dir().parent
    path = root / "book" / "references.bib"
    beside = Path(f"{path}.new")
    book = settings(root)
    beside.write_text(bibliography(load("sources"), book.institutions, book.words["months"]), encoding="utf-8")
    beside.replace(path)
    print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
