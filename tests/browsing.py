"""How the tests read a page, from the disk and in a browser."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Locator, Page, expect

PATIENCE = 30_000
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 800}


@functools.cache
def soup(html: Path, name: str) -> BeautifulSoup:
    """A page of the book as it lies on the disk, read once for all tests: none may change it."""
    return BeautifulSoup((html / name).read_text(encoding="utf-8"), "html.parser")


def title_of(figure: Tag) -> str:
    """The finding of a figure on a page: above the drawing, or in the caption of its number."""
    return (
        figure.select_one(".figure-title") or figure.find_parent("figure").select_one("figcaption strong")
    ).get_text()


def drawn(page: Page, theme: str = "light") -> Iterator[Locator]:
    """The figures of a page one after the other, each in view and drawn in the colours of the theme."""
    for figure in page.locator(".plotly-figure").all():
        figure.scroll_into_view_if_needed()
        expect(figure).to_have_attribute("data-drawn", theme, timeout=PATIENCE)
        expect(figure.locator("svg.main-svg").first).to_be_visible()
        yield figure
