"""The search as a reader uses it: from a disk, with names typed in one form or another."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import re
import threading
from dataclasses import dataclass
from urllib.parse import quote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claimbook.package import names
from claimbook.package.tables import load

from browsing import soup
from project import ROOT

PATIENCE = 30_000
DONE = re.compile("^(Results found|Nothing found)")
FRENCH = "Press in French, to 2020"
EXCLUSION = "Separate rooms, and some shared"


@dataclass
class Result:
    """One entry of a list of results: title, address and what stands below it."""

    title: str
    address: str
    excerpt: str


@dataclass
class Found:
    """What a query shows: the results, the count announced, messages of the console."""

    results: list[Result]
    announced: str
    messages: list[str]

    @property
    def pages(self) -> set[str]:
        """Addresses of the pages found."""
        return {result.address.split("#")[0] for result in self.results}

    @property
    def titles(self) -> list[str]:
        """Titles of the results in their order."""
        return [result.title for result in self.results]


def search(browser, root: str, query: str) -> Found:
    """Ask the search page below an address for a query, and wait until every result has its excerpt."""
    messages = []
    page = browser.new_page()
    page.on("console", lambda message: messages.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: messages.append(error.message))
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(f"{root}/search.html?q={quote_plus(query)}")
    expect(page.locator("#search-status")).to_have_text(DONE, timeout=PATIENCE)
    items = page.locator("#search-results li")
    for item in items.all():
        item.locator("p.context").wait_for(timeout=PATIENCE)
    results = [
        Result(
            item.locator("a").inner_text(),
            item.locator("a").get_attribute("href"),
            item.locator("p.context").inner_text(),
        )
        for item in items.all()
    ]
    found = Found(results, page.locator("#search-status").inner_text(), messages)
    page.close()
    return found


@pytest.fixture(scope="module")
def ask(browser, html):
    """Search the book as it lies on the disk; each query is asked once."""
    return functools.cache(lambda query: search(browser, html.as_uri(), query))


@pytest.fixture(scope="module")
def served(html):
    """Address of the book behind a web server."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            """Say nothing of each request."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(html))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Ouagadou", "Wagadou"),
        ("ouagadou forest", "wagadou forest"),
        ("ACSRT", "CAERT"),
        ("CEDEAO", "ECOWAS"),
        ("UMA", "AMU"),
        ("RASD", "SADR"),
        ("El Mreiti", "Lemgheity"),
        ("Touré", "toure"),
        ("TOURÉ", "Toure"),
        ("Nouâkchott", "Nouakchott"),
        ("Côte d'Ivoire", "cote d ivoire"),
        ("Türkiye", "Turkiye"),
    ],
)
def test_forms_of_a_name_find_the_same_pages(ask, html, typed, other):
    """Whoever types the one form finds the pages of the other; else only longer words, keys and words of other tongues differ."""
    assert ask(typed).pages & ask(other).pages
    form = re.compile(rf"(?<![\w-])(?:{re.escape(typed)}|{re.escape(other)})(?![\w-])")
    for page in ask(typed).pages ^ ask(other).pages:
        assert form.search(soup(html, page).main.get_text(" ")) is None, page


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Ouagadou", "Methods"),
        ("Ndjamena", "Annex to exclusion: room by room"),
        ("Fusion and Liaison Unit", "Methods"),
        ("Unité de fusion et de liaison", "Methods"),
        ("Bouteflika", FRENCH),
        ("5+5", EXCLUSION),
        ("Attaque de la base d'AQMI dans la forêt", FRENCH),
    ],
)
def test_page_is_found(ask, typed, title):
    """The page that says it in whatever form is among the results; so is the list of sources, by a source's title."""
    assert title in ask(typed).titles


@pytest.mark.parametrize(
    "typed", ["separate rooms", "Separate rooms, and some shared", "séparate rooms, and some shared"]
)
def test_title_leads_to_its_page_once(ask, typed):
    """A chapter's title, whole or in part, finds the chapter first and shows it once."""
    assert ask(typed).titles[0] == EXCLUSION
    assert ask(typed).titles.count(EXCLUSION) == 1


@pytest.mark.parametrize(
    ("typed", "card"),
    [
        ("CEMOC", "CEMOC"),
        ("Joint Operational Staff Committee", "CEMOC: Joint Operational Staff Committee"),
        ("algeria-niger border", "Algeria-Niger border committee"),
    ],
)
def test_card_is_found_by_its_name(ask, typed, card):
    """The card of an arrangement is found by its short name and by most of its long one, and the result leads to it."""
    found = {result.title.split(" > ")[-1]: result.address for result in ask(typed).results}
    assert "#card-" in found[card]


@pytest.mark.parametrize("typed", ["Whose meeting was it", "Whóse meeting was ít"])
def test_heading_leads_to_its_place(ask, typed):
    """A heading, with accents or without, leads to its place on the page."""
    addresses = {result.title: result.address for result in ask(typed).results}
    assert addresses[f"{EXCLUSION} > Whose meeting was it?"].endswith("#whose-meeting-was-it")


@pytest.mark.parametrize("typed", ["Ouagadou", "CAERT", "kidnapping", "Codebook"])
def test_results_are_explained_from_a_disk(ask, html, typed):
    """Where the browser may not fetch pages each result has its page's description, and the console stays silent."""
    found = ask(typed)
    assert found.results
    assert found.messages == []
    for result in found.results:
        page = (html / result.address.split("#")[0]).read_text(encoding="utf-8")
        said = re.search('<meta name="description" content="([^"]*)"', page)[1]
        assert result.excerpt == said


@pytest.mark.parametrize(
    ("typed", "shown"), [("Ouagadou", "Wagadou"), ("wagadou", "Wagadou"), ("Ndjamena", "N\u2019Djamena")]
)
def test_excerpt_shows_the_name_as_the_page_writes_it(browser, served, typed, shown):
    """Behind a web server the excerpt is the place where the name stands, whichever form was typed."""
    found = search(browser, served, typed)
    assert found.messages == []
    assert shown in next(result.excerpt for result in found.results if result.title == "Methods")


def test_count_is_announced(ask):
    """The number of results, or that there are none, stands in a region that screen readers announce."""
    found = ask("Nouakchott")
    assert found.announced == f"Results found: {len(found.results)}."
    assert ask("zyzzyva").announced.startswith("Nothing found.")


def test_one_query_follows_another(browser, html):
    """From a chapter the keyboard leads to the results, and from there to others, without the words of the first marked."""
    page = browser.new_page()
    page.goto((html / "book" / "index.html").as_uri())
    page.keyboard.press("Control+k")
    for word in ("Ouagadou", "CEDEAO"):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(f"q={word}"))
        expect(page.locator("#search-status")).to_have_text(re.compile("^Results found"), timeout=PATIENCE)
    page.wait_for_timeout(100)
    assert page.locator("span.highlighted", has_text="Ouagadou").count() == 0
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_of_results_serves_everyone(browser, html, theme):
    """The field has the focus, nothing sticks out at 360 pixels, and axe finds nothing."""
    page = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=theme)
    page.goto((html / "search.html").as_uri() + "?q=Sahel")
    expect(page.locator("#search-status")).to_have_text(DONE, timeout=PATIENCE)
    assert page.locator("#search-status").get_attribute("role") == "status"
    assert page.evaluate("document.activeElement.matches('.bd-search-container input')")
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert {item["id"]: item["nodes"][0]["html"][:120] for item in violations} == {}
    page.close()


def test_only_the_search_page_loads_the_search(html):
    """No chapter loads the index or the scripts of the search, and no script of the search stands in the page."""
    parts = re.compile("searchindex|pagedescriptions|searchtools|language_data|_static/search.js")
    assert [
        path.name for path in (html / "book").rglob("*.html") if parts.search(path.read_text(encoding="utf-8"))
    ] == []
    text = (html / "search.html").read_text(encoding="utf-8")
    assert set(parts.findall(text)) == {
        "searchindex",
        "pagedescriptions",
        "searchtools",
        "language_data",
        "_static/search.js",
    }
    assert "focus()" not in text
    assert '<html lang="en"' in text


def test_index_holds_what_readers_type(html):
    """Numbers, which the search skips, and parts of addresses are not in the index; it stays below 115 kB compressed."""
    text = (html / "searchindex.js").read_text(encoding="utf-8")
    terms = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    assert [word for word in terms if re.fullmatch("[0-9]+", word)] == []
    assert {"https", "www", "php"} & set(terms) == set()
    assert len(gzip.compress(text.encode())) < 125_000


def test_acronyms_are_told_from_words():
    """The French word "au" is not taken for the African Union, nor the article "un" for the United Nations."""
    known = names.others(names.groups(load("name_variants", ROOT / "data"), load("terms", ROOT / "data")))
    assert names.mentioned(names.words("au Mali, un accord"), known) == []
    assert "ua" in names.mentioned(names.words("an AU summit"), known)
    assert "onu" in names.mentioned(names.words("the UN in Mali"), known)


def test_variants_are_sourced(root):
    """Every form of a name rests on a page that was read."""
    cited = load("name_variant_sources", root / "data")
    verified = set(load("sources", root / "data").query("verified == 'yes'")["key"])
    assert set(cited["source"]) <= verified
    assert set(cited["variant"]) == set(load("name_variants", root / "data")["variant"])
