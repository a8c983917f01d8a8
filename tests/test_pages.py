"""Every page of the book, as a browser shows it to a reader without a network."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from claimbook.colours import TRANSPARENT, colours

import project
from browsing import NARROW, WIDE, drawn, soup

CHAPTERS = tuple(f"book/{name}.html" for name in project.CHAPTERS)
THREAT = "book/mistrust/threat.html"
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
FIRST_VISIT, SECOND_PAGE = 750_000, 155_000
SHIFT = 0.02
SHIFTS = """new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) sum += entry.value }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(sum), 300);
})"""
# Moves a figure's slider from its first mark to its last, and gives what it says at each.
SAID = """(slider) => {
    const said = [];
    for (let mark = 0; mark <= Number(slider.max); mark += 1) {
        slider.value = mark;
        slider.dispatchEvent(new Event("input"));
        said.push(slider.getAttribute("aria-valuetext"));
    }
    slider.dispatchEvent(new Event("blur"));
    return said;
}"""
# Leaves of what is written alike in like places the first: elements that no style can tell apart but for their words.
THIN = """(which) => {
    const free = ["alt", "aria-describedby", "aria-labelledby", "data-name", "download", "for", "headers", "href", "id",
        "name", "src", "title", "value"];
    const known = new Set();
    const own = (element) => [element.tagName, ...[...element.attributes]
        .filter((attribute) => !free.includes(attribute.name)).map((attribute) => attribute.name + attribute.value)];
    const shape = (element) => [own(element), [...element.children].map(shape)].flat(9).join(" ");
    const visit = (element, place) => [...element.children].forEach((child, number, all) => {
        const seen = [place, number % 2, number === 0, number === all.length - 1, shape(child)].join("|");
        if (child.matches(which) && known.has(seen)) {
            child.remove();
        } else {
            known.add(seen);
            visit(child, place + own(child).join(" "));
        }
    });
    visit(document.querySelector("main"), "");
    // Nor is there anything left to be drawn anew in the other theme.
    for (const figure of document.querySelectorAll("[data-drawn]")) delete figure.dataset.drawn;
}"""
ROWS, ALL = "tr, li", "*"
# Colours that fade into those of the other theme are there at once.
# What fades in, a tooltip too, has its colours at once, however slow the machine.
SETTLED = "*, ::before, ::after { transition: none !important; animation: none !important; }"
OF_COLOUR = ("color-contrast", "link-in-text-block")


@dataclass
class Visit:
    """What happened while a page was read from top to bottom, on a wide screen and a narrow one.

    Attributes
    ----------
    outside : list of str
        Addresses on other hosts that the page asked for.
    errors : list of str
        Messages of the console and uncaught errors.
    asked : set of str
        Addresses of files that the page asked for while it was first read.
    figures : list of str
        Names of the figures on the page.
    text : str
        The text that a reader sees.
    shift : float
        How far what stood on the page moved while it was first read.
    said : dict of str to list of str
        What the slider of each figure says, mark by mark.
    dark : list of (set of str, set of str)
        Of each figure the partners of its colours, and the colours that it has in the dark.
    reach : int
        How far to the right the narrow page and its figures reach, in pixels.
    faults : dict of (str, str) to dict
        What axe finds on each screen: in the structure, and in the colours of each theme.
    """

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    figures: list[str] = field(default_factory=list)
    text: str = ""
    shift: float = 0
    said: dict[str, list[str]] = field(default_factory=dict)
    dark: list[tuple[set[str], set[str]]] = field(default_factory=list)
    reach: int = 0
    faults: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def note_request(self, request: Request) -> None:
        """Keep the address, apart if it is on another host."""
        if OUTSIDE.match(request.url):
            self.outside.append(request.url)
        else:
            self.asked.add(request.url.split("?")[0].split("#")[0])

    def note_message(self, message: ConsoleMessage) -> None:
        """Keep the message if it tells of an error."""
        if message.type == "error":
            self.errors.append(message.text)

    def weight(self, html: Path, known: Iterable[str] = ()) -> int:
        """Bytes of the files that the page asked for, compressed as servers do, without those known before."""
        files = [html / url.removeprefix(f"{html.as_uri()}/") for url in self.asked.difference(known)]
        return sum(len(gzip.compress(path.read_bytes())) for path in files if path.is_file())


def used(figure: dict) -> set[str]:
    """The colours of a figure, but for what shows the page."""
    return set(colours(figure)) - {TRANSPARENT}


def draw(page: Page, theme: str) -> list[str]:
    """Have each figure of a page drawn in the colours of the theme; return their names."""
    return [figure.get_attribute("data-name") for figure in drawn(page, theme)]


def axe(page: Page, **options) -> dict[str, str]:
    """The rules of accessibility that a page breaks, each with the first place."""
    # Without preload: no rule in use reads the style sheets, which the browser refuses to give to a script.
    options = {"resultTypes": ["violations"], "preload": False, **options}
    found = Axe().run(page, options=options).response["violations"]
    return {item["id"]: item["nodes"][0]["html"][:120] for item in found}


def structure(page: Page) -> dict[str, str]:
    """Faults of the page but for its colours: nothing of this changes with the theme."""
    return axe(page, rules={rule: {"enabled": False} for rule in OF_COLOUR})


def contrast(page: Page) -> dict[str, dict[str, str]]:
    """Faults of the colours in each theme, but for those of drawings, which test_look measures. The page is no longer whole."""
    page.evaluate("for (const drawing of document.querySelectorAll('svg.main-svg')) drawing.remove()")
    page.evaluate(THIN, ALL)
    page.add_style_tag(content=SETTLED)
    found = {}
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found[theme] = axe(page, runOnly={"type": "rule", "values": OF_COLOUR})
    return found


def read_wide(page: Page, address: str, visit: Visit) -> None:
    """Read a page on a wide screen: as it comes, then mark by mark, then in the dark."""
    page.route(OUTSIDE, lambda route: route.abort())
    page.on("request", visit.note_request)
    page.on("console", visit.note_message)
    page.on("pageerror", lambda error: visit.errors.append(error.message))
    page.goto(address)
    visit.figures = draw(page, "light")
    page.remove_listener("request", visit.note_request)
    visit.text, visit.shift = page.locator("main").inner_text(), page.evaluate(SHIFTS)
    visit.faults["wide", "structure"] = structure(page)
    for figure, name in zip(page.locator(".plotly-figure").all(), visit.figures, strict=True):
        slider = figure.locator(".figure-steps input")
        assert slider.is_enabled(), name
        visit.said[name] = slider.evaluate(SAID)
    partners = [{dark[colour] for colour in used(figure)} for figure, dark in page.evaluate(DRAWN)]
    switch = page.locator("button.theme-switch-button:visible").first
    for _ in ("auto", "light", "dark"):
        if page.locator("html").get_attribute("data-theme") != "dark":
            switch.click()
    assert draw(page, "dark") == visit.figures
    visit.dark = list(zip(partners, [used(figure) for figure, _ in page.evaluate(DRAWN)], strict=True))
    visit.faults.update({("wide", theme): found for theme, found in contrast(page).items()})


def read_narrow(page: Page, address: str, visit: Visit) -> None:
    """Read a page on a telephone."""
    page.goto(address)
    draw(page, "light")
    visit.reach = page.evaluate(REACH)
    # The wide page was looked at with all its rows.
    page.evaluate(THIN, ROWS)
    visit.faults["narrow", "structure"] = structure(page)
    visit.faults.update({("narrow", theme): found for theme, found in contrast(page).items()})


@pytest.fixture(scope="module")
def visits(browser: Browser, html, pages) -> dict[str, Visit]:
    """Each page read once on a wide screen and once on a narrow one: drawing all figures is what takes long."""
    made = {name: Visit() for name in pages}
    for name, visit in made.items():
        for read, screen in ((read_wide, WIDE), (read_narrow, NARROW)):
            page = browser.new_page(viewport=screen, color_scheme="light")
            read(page, (html / name).as_uri(), visit)
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
    """Each chapter shows a figure at least."""
    assert [name for name in CHAPTERS if not visits[name].figures] == []


def test_text_is_resolved(visits):
    """No reader meets a role, a missing number or a bare key where a value should stand."""
    assert all(visit.text for visit in visits.values())
    found = {name: [match[0] for match in UNRESOLVED.finditer(visit.text)] for name, visit in visits.items()}
    assert {name: left for name, left in found.items() if left} == {}


def test_footer_disclaims_boundaries(html, pages):
    """Every page says that its maps and names judge no territory's status."""
    sentence = "imply no judgement on the legal status of any territory"
    assert [name for name in pages if sentence not in (html / name).read_text(encoding="utf-8")] == []


def test_pages_fit_a_telephone(visits):
    """At 360 pixels no page has to be pushed sideways, and no figure is cut off."""
    assert {name: visit.reach for name, visit in visits.items() if not 0 < visit.reach <= NARROW["width"]} == {}


@pytest.mark.parametrize("name", CHAPTERS)
def test_figures_follow_the_theme(visits, name):
    """Whoever switches to dark sees the figures drawn again, each colour as its partner."""
    assert visits[name].dark
    assert [seen for _, seen in visits[name].dark] == [partners for partners, _ in visits[name].dark]


def test_every_mark_speaks(visits):
    """Whatever a figure shows on hovering, its slider says, and says differently for different marks."""
    for name in CHAPTERS:
        assert len(visits[name].said) == len(visits[name].figures)
        for label, said in visits[name].said.items():
            assert len(set(said)) == len(said) > 0, label
            assert [
                text for text in said if not re.fullmatch(r"\d+ of \d+: .{3,}", text) or "undefined" in text
            ] == [], label


def test_text_stays_where_it_is(visits):
    """Nothing moves under the reader's eyes while scripts and figures arrive."""
    assert {name: visit.shift for name, visit in visits.items() if visit.shift > SHIFT} == {}


def test_figures_offer_their_numbers(html, pages):
    """Below each figure stand its numbers as a table, and the same as a CSV file beside the book."""
    offered = 0
    for name in pages:
        for figure in soup(html, name).select(".plotly-figure"):
            download = (html / name).parent / figure.select_one("a[download]")["href"]
            with download.open(encoding="utf-8", newline="") as file:
                rows = [[cell.replace(",", "") for cell in row] for row in csv.reader(file)]
            table = [[cell.get_text().replace(",", "") for cell in row.select("th, td")] for row in figure.select("tr")]
            assert rows == table, f"{name}: {figure['data-name']}"
            assert len(rows) > 1, f"{name}: {figure['data-name']}"
            offered += 1
    assert offered >= 3 * len(CHAPTERS)


def test_first_visit_is_light(html, visits):
    """A reader on a slow line fetches at most 0.75 MB, compressed as servers do, for any page with its figures."""
    weights = {name: visit.weight(html) for name, visit in visits.items()}
    assert weights[THREAT] > 100_000
    assert {name: weight for name, weight in weights.items() if weight > FIRST_VISIT} == {}


def test_second_page_is_light(html, visits):
    """Who has read a chapter fetches at most 0.155 MB, compressed, for any other page."""
    weights = {name: visit.weight(html, known=visits[THREAT].asked) for name, visit in visits.items()}
    assert weights[THREAT] == 0 < 10_000 < weights["book/dispute/exclusion.html"]
    assert {name: weight for name, weight in weights.items() if weight > SECOND_PAGE} == {}


@pytest.mark.parametrize("kind", ["structure", "light", "dark"])
@pytest.mark.parametrize("screen", ["wide", "narrow"])
def test_axe_finds_nothing(visits, screen, kind):
    """No page has a fault of accessibility that axe can see, whatever its impact."""
    found = {name: visit.faults[screen, kind] for name, visit in visits.items()}
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_chapters_are_described(html):
    """Search engines and previews get the finding of each chapter, with its numbers filled in."""
    for name in ("book/index.html", *CHAPTERS):
        said = soup(html, name).find("meta", {"name": "description"})["content"]
        assert 40 < len(said) <= 155, name
        assert "{" not in said, name
        assert soup(html, name).find("meta", property="og:description")["content"] == said
