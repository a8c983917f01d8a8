"""The PDF is the whole report, in print quality."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdf.generic import StreamObject

from claimbook.build.contents import pages
from claimbook.package.tables import load

from browsing import soup, title_of
from project import CHAPTERS

CAPTION = re.compile(r"^\s*((?:Fig\.|Table) [\dA-Z.]+):", re.MULTILINE)


def poppler(program: str, *arguments) -> str:
    """Output of a program of poppler."""
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


GOD = "\u0627\u0644\u0644\u0647"  # set as one glyph that text extraction splits


def arabic(text: str) -> str:
    """The Arabic letters of a text, whatever form and spacing they have; the ligature of lam and alef counts as lam."""
    # Before the spaces go: a word that ends in lam must not take the alef of the next.
    letters = re.sub("\u0644[\u0622\u0623\u0625\u0627]", "\u0644", unicodedata.normalize("NFKC", text))
    return re.sub("[^\u0621-\u063a\u0641-\u064a]", "", letters)


def squeezed(text: str) -> str:
    """A text without its ligatures, spaces and line breaks, and without hyphens, which a break may have brought."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def text(pdf) -> str:
    """All text of the PDF, in reading order."""
    return poppler("pdftotext", "-layout", pdf, "-")


@pytest.fixture(scope="module")
def chapters(html, root) -> list[BeautifulSoup]:
    """The pages of the book in HTML, in their order: the report, the annex, the appendix."""
    return [soup(html, path.with_suffix(".html").as_posix()) for path in pages(root)]


def test_title_page(pdf):
    """The first page says what this is."""
    title = " ".join(PdfReader(pdf).pages[0].extract_text().split())
    assert title.startswith(
        "Baggage and Cascade: counterterrorism cooperation in the Sahel and Maghreb, claim by claim "
        "The authors of Baggage and Cascade"
    )


def test_outline_has_the_chapters(pdf, root):
    """The outline beside the pages leads to each chapter, in order."""
    titles = [re.search(r"^# (.+)$", (root / "book" / f"{name}.md").read_text(), re.MULTILINE)[1] for name in CHAPTERS]

    def flat(items):
        return [title for item in items for title in (flat(item) if isinstance(item, list) else [item.title])]

    printed = [title.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for title in flat(PdfReader(pdf).outline)]
    assert [title for title in printed if title in titles] == titles


def test_figures_are_those_of_the_pages(text, chapters):
    """PDF and pages have the same figures under the same numbers."""
    online = [label.get_text().strip() for page in chapters for label in page.select("figure .caption-number")]
    assert len(online) >= 9
    assert [label for label in CAPTION.findall(text) if label.startswith("Fig.")] == online


def test_labels_are_unique(text):
    """No two figures or tables share a number."""
    labels = Counter(CAPTION.findall(text))
    assert [label for label, times in labels.items() if times > 1] == []


def test_figures_are_vector_graphics(pdf, text, chapters):
    """Figures stay sharp at any size: no image is made of pixels, and the words in them are text."""
    reader = PdfReader(pdf)
    objects = [reader.get_object(number) for number in sorted(reader.xref_objStm.keys() | reader.xref[0].keys())]
    assert len(objects) > 1000
    assert [item for item in objects if isinstance(item, StreamObject) and item.get("/Subtype") == "/Image"] == []
    titles = [title_of(figure) for page in chapters for figure in page.select(".plotly-figure")]
    assert len(titles) >= 9
    words = squeezed(text)
    assert [title for title in titles if squeezed(title) not in words] == []


def test_fonts_are_embedded(pdf):
    """The PDF looks the same on a machine without its fonts."""
    _, _, *fonts = poppler("pdffonts", pdf).splitlines()
    assert any("NotoNaskhArabic" in font for font in fonts)
    assert [font for font in fonts if font.split()[-5] != "yes"] == []


def test_arabic_titles_can_be_read(text, root):
    """Titles in Arabic stand in the bibliography with all their words, each with its letters in order."""
    sources = load("sources", root / "data")
    titles = sources.loc[(sources["verified"] == "yes") & (sources["title"].map(arabic) != ""), "title"]
    assert len(titles) >= 2
    lines = [arabic(line) for line in text.splitlines()]
    words = [
        (title, arabic(word))
        for title in titles
        for word in re.split(r"[\s\d-]+", title)
        if arabic(word) not in ("", GOD)
    ]
    assert [(title, word) for title, word in words if not any(word in line for line in lines)] == []


def test_references_are_resolved(text):
    """No reference ends in a question mark, and no role stands unread."""
    assert re.findall(r".*(?:\?\?|\[\?\]|\{(?:glue|cite|numref|term|claim)\b).*", text) == []
