"""Every page of the book, as a browser shows it to a reader without a network."""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from claimbook.colours import TRANSPARENT, colours

import project
from browsing import NARROW, WIDE, drawn

CHAPTERS = tuple(f"book/{name}.html" for name in project.CHAPTERS)
OUTSIDE = re.compile("^(https?|wss?):")
UNRESOLVED = re.compile(r"\{(glue|cite|numref|doc|ref|term|claim)\b[^}]*\}|(?<![-\w])(nan|NaN|NaT)(?![-\w]|\.\w)|<NA>")
REACH = """Math.max(
    document.documentElement.scrollWidth,
    ...[...document.querySelectorAll("svg.main-svg")].map((plot) => Math.ceil(plot.getBoundingClientRect().right)),
)"""
# The figures as they stand drawn, and the partners of their colours on dark paper.
DRAWN = """[...document.querySelectorAll(".plotly-figure")].map((figure) => {
    const { data, layout } = figure.querySelector(".figure-plot");
    const told = [...document.querySelectorAll(".figure-dark")].map((part) => JSON.parse(part.textContent));
    return [{ data, layout }, Object.assign({}, ...told)];
})"""
FIRST_VISIT = 750_000


@dataclass
class Visit:
    """What happened while a page was read from top to bottom.

    Attributes
    ----------
    outside : list of str
        Addresses on other hosts that the page asked for.
    errors : list of str
        Messages of the console and uncaught errors.
    figures : list of str
        Names of the figures on the page.
    text : str
        The text that a reader sees.
    """

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    text: str = ""

    def note_request(self, request: Request) -> None:
        """Keep the address if it is on another host."""
        if OUTSIDE.match(request.url):
            self.outside.append(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        """Keep the message if it tells of an error."""
        if message.type == "error":
            self.errors.append(message.text)


def used(figure: dict) -> set[str]:
    """The colours of a figure, but for what shows the page."""
    return set(colours(figure)) - {TRANSPARENT}


def draw(page: Page, theme: str) -> list[str]:
    """Have each figure of a page drawn in the colours of the theme; return their names."""
    return [figure.get_attribute("data-name") for figure in drawn(page, theme)]


@pytest.fixture(scope="module")
def visits(browser: Browser, html, pages) -> dict[str, Visit]:
    """Each page read once on a wide screen."""
    made = {}
    for name in pages:
        visit = made[name] = Visit()
        page = browser.new_page(viewport=WIDE, color_scheme="light")
        page.route(OUTSIDE, lambda route: route.abort())
        page.on("request", visit.note_request)
        page.on("console", visit.note_message)
        page.on("pageerror", lambda error, visit=visit: visit.errors.append(error.message))
        page.goto((html / name).as_uri())
        visit.figures = draw(page, "light")
        visit.text = page.locator("main").inner_text()
        page.close()
    return made


def test_first_page_is_reached(browser, html):
    """Opening the folder's index.html leads to the first page."""
    page = browser.new_page()
    page.goto((html / "index.html").as_uri())
    page.wait_for_url((html / "book" / "index.html").as_uri())
    assert page.locator("h1").first.inner_text().startswith("Baggage and Cascade")
    page.close()


def test_pages_need_no_network(visits):
    """No page asks another host for anything."""
    assert {name: visit.outside for name, visit in visits.items() if visit.outside} == {}


def test_pages_raise_no_errors(visits):
    """No page writes an error to the console."""
    assert {name: visit.errors for name, visit in visits.items() if visit.errors} == {}


def test_chapters_have_their_figures(visits):
    """Each chapter shows three figures at least."""
    assert {name: len(visits[name].figures) for name in CHAPTERS if len(visits[name].figures) < 3} == {}


def test_text_is_resolved(visits):
    """No reader meets a role, a missing number or a bare key where a value should stand."""
    assert all(visit.text for visit in visits.values())
    found = {name: [match[0] for match in UNRESOLVED.finditer(visit.text)] for name, visit in visits.items()}
    assert {name: left for name, left in found.items() if left} == {}


def test_footer_disclaims_boundaries(html, pages):
    """Every page says that its maps and names judge no territory's status."""
    sentence = "imply no judgement on the legal status of any territory"
    assert [name for name in pages if sentence not in (html / name).read_text(encoding="utf-8")] == []


def test_pages_fit_a_telephone(browser, html, pages):
    """At 360 pixels no page has to be pushed sideways, and no figure is cut off."""
    page = browser.new_page(viewport=NARROW)
    widths = {}
    for name in pages:
        page.goto((html / name).as_uri())
        draw(page, "light")
        widths[name] = page.evaluate(REACH)
    page.close()
    assert {name: width for name, width in widths.items() if width > NARROW["width"]} == {}


@pytest.mark.parametrize("name", CHAPTERS)
def test_figures_follow_the_theme(browser, html, name):
    """Whoever switches to dark sees the figures drawn again, each colour as its partner."""
    page = browser.new_page(viewport=WIDE, color_scheme="light")
    page.goto((html / name).as_uri())
    light = draw(page, "light")
    expected = [{partners[colour] for colour in used(figure)} for figure, partners in page.evaluate(DRAWN)]
    switch = page.locator("button.theme-switch-button:visible").first
    for _ in ("auto", "light", "dark"):
        if page.locator("html").get_attribute("data-theme") != "dark":
            switch.click()
    assert draw(page, "dark") == light
    assert [used(figure) for figure, _ in page.evaluate(DRAWN)] == expected
    page.close()


def test_figures_offer_their_numbers(html, pages):
    """Below each figure stand its numbers as a table, and the same as a CSV file beside the book."""
    offered = 0
    for name in pages:
        soup = BeautifulSoup((html / name).read_text(encoding="utf-8"), "html.parser")
        for figure in soup.select(".plotly-figure"):
            download = (html / name).parent / figure.select_one("a[download]")["href"]
            with download.open(encoding="utf-8", newline="") as file:
                rows = [[cell.replace(",", "") for cell in row] for row in csv.reader(file)]
            table = [[cell.get_text().replace(",", "") for cell in row.select("th, td")] for row in figure.select("tr")]
            assert rows == table, f"{name}: {figure['data-name']}"
            assert len(rows) > 1, f"{name}: {figure['data-name']}"
            offered += 1
    assert offered >= 3 * len(CHAPTERS)


def test_first_visit_is_light(browser, html, pages):
    """A reader on a slow line fetches at most 0.75 MB, compressed as servers do, for any page with its figures."""
    weights = {}
    for name in pages:
        asked = []
        page = browser.new_page(viewport=WIDE)
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto((html / name).as_uri())
        draw(page, "light")
        page.close()
        files = {
            html / url.removeprefix(html.as_uri() + "/").split("?")[0].split("#")[0]
            for url in asked
            if url.startswith("file:")
        }
        weights[name] = sum(len(gzip.compress(path.read_bytes())) for path in files if path.is_file())
    assert weights["book/mistrust/threat.html"] > 100_000
    assert {name: weight for name, weight in weights.items() if weight > FIRST_VISIT} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(browser, html, pages, theme, width):
    """No page has a fault of accessibility that axe can see, whatever its impact."""
    found = {}
    page = browser.new_page(viewport=width, color_scheme=theme)
    for name in pages:
        page.goto((html / name).as_uri())
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        draw(page, theme)
        violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        if violations:
            found[name] = {item["id"]: item["nodes"][0]["html"][:120] for item in violations}
    page.close()
    assert found == {}


def test_chapters_are_described(html):
    """Search engines and previews get the finding of each chapter, with its numbers filled in."""
    for name in ("book/index.html", *CHAPTERS):
        soup = BeautifulSoup((html / name).read_text(encoding="utf-8"), "html.parser")
        said = soup.find("meta", {"name": "description"})["content"]
        assert 40 < len(said) <= 155, name
        assert "{" not in said, name
        assert soup.find("meta", property="og:description")["content"] == said
