"""The forms of a name: with and without accents, abbreviations of terms, and variants that a table lists."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

# The browser reads queries by the same rule; see claimbook.sphinx.search. "5+5" is a name, not two numbers.
WORD = re.compile(r"[0-9]\+[0-9]|\w+")


def fold(text: str) -> str:
    """Leave out accents and other marks: ``Touré`` -> ``Toure``."""
    return "".join(
        sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.category(sign).startswith("M")
    )


def words(text: str) -> list[str]:
    """Words of a text, without accents."""
    return WORD.findall(fold(text))


def key(form: str) -> tuple[str, ...]:
    """What tells a form from others: its words without accents, and without capitals unless it has no others.

    An acronym keeps its capitals, so that the French word *au* is not taken for the African Union.
    """
    found = words(form)
    return tuple(found) if form.isupper() else tuple(word.lower() for word in found)


def groups(variants: pd.DataFrame, terms: pd.DataFrame) -> list[list[str]]:
    """The names with their other forms.

    Parameters
    ----------
    variants : pandas.DataFrame
        Table of variants: ``variant`` and ``name``.
    terms : pandas.DataFrame
        Table ``terms``: ``term`` and ``abbreviation``.

    Returns
    -------
    list of list of str
        One list a name: the name or abbreviation first, then its other forms.
    """
    spelt_out = terms.dropna(subset="abbreviation").rename(columns={"abbreviation": "name", "term": "variant"})
    pairs = pd.concat([spelt_out[["name", "variant"]], variants[["name", "variant"]]])
    return [[name, *forms] for name, forms in pairs.groupby("name", sort=False)["variant"]]


def others(names: list[list[str]]) -> dict[str, dict[tuple[str, ...], list[str]]]:
    """For each form the words by which its bearer is known as well.

    Parameters
    ----------
    names : list of list of str
        From :func:`groups`.

    Returns
    -------
    dict
        From the first word of each form, by the :func:`key` of the form, to the
        words of the other forms, in lower case, sorted.
    """
    known: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for forms in names:
        for form in forms:
            added = sorted({word.lower() for other in forms if other != form for word in words(other)})
            known.setdefault(key(form)[0], {})[key(form)] = added
    return known


def mentioned(found: list[str], known: dict[str, dict[tuple[str, ...], list[str]]]) -> list[str]:
    """Words that a text would have too if it wrote its names in their other forms.

    Parameters
    ----------
    found : list of str
        Words of the text in their order, from :func:`words`.
    known : dict
        From :func:`others`.

    Returns
    -------
    list of str
    """
    lower = [word.lower() for word in found]
    added = []
    for row in [found] if found == lower else [found, lower]:
        for start, word in enumerate(row):
            for form, more in known.get(word, {}).items():
                if tuple(row[start : start + len(form)]) == form:
                    added += more
    return added
