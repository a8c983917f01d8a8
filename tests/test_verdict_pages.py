"""The verdicts where readers meet them: the board, the permanent addresses, and the pages of others."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from claimbook.bench.server import serve_compressed
from claimbook.package.tables import load
from claimbook.settings import settings
from claimbook.verdict import VERDICTS

from browsing import WIDE, soup
from project import ROOT

pytestmark = pytest.mark.slow
PAGE = f"{settings(ROOT).verdicts_page}.html"
# Inside the margins of A4, in pixels of 1/96 inch.
PAPER = {"width": 718, "height": 1047}


@pytest.fixture(scope="module")
def listed(html) -> dict:
    """The list of all that can be cited."""
    return json.loads((html / "verdicts.json").read_text(encoding="utf-8"))


def test_every_claim_is_three_clicks_from_its_verdict_figure_and_sources(html):
    """The front page leads to the verdict on each claim; there stand its best figure and three of its sources."""
    keys = load("claims", ROOT / "data")["key"]
    front, board = soup(html, "book/index.html"), soup(html, PAGE)
    ways = {link["href"].partition("#")[2] for link in front.select(".verdict-board .board-claim a")}
    assert ways == {f"verdict-{key}" for key in keys}
    for key in keys:
        claim = board.find(id=f"verdict-{key}")
        assert claim["data-verdict"] in VERDICTS
        ways = [link["href"] for link in claim.select(".board-ways li:nth-of-type(2) a")]
        section, best = [way.partition("#") for way in ways if "#" in way][:2]
        for page, _, label in (section, best):
            shown = (html / PAGE).parent / page
            assert soup(html, shown.resolve().relative_to(html.resolve()).as_posix()).find(id=label)
        assert best[2].startswith(("fig-", "tab-"))
        assert all(((html / PAGE).parent / way).is_file() for way in ways if way.endswith(".csv"))
        assert len(claim.select(".board-ways a[href^=http]")) >= 3


def test_all_that_is_listed_has_its_page_and_its_place(html, listed):
    """Each verdict, figure and table has a page under its label alone, and the place in the book that it leads to."""
    assert len(listed["verdicts"]) == len(load("claims", ROOT / "data"))
    assert len(listed["figures"]) > 70
    assert len(listed["tables"]) > 90
    entries = [item for kind in ("verdicts", "figures", "tables") for item in listed[kind]]
    assert len({item["reference"] for item in entries}) == len(entries)
    for item in entries:
        page, _, target = item["address"].partition("#")
        assert soup(html, page).find(id=target), item["address"]
        small = soup(html, item["reference"])
        assert small.find("a", target="_top")["href"] == f"../{item['address']}"
        picture = small.find("img")
        assert picture is None or (html / "ref" / picture["src"]).resolve().is_file()
    cited = json.loads((html / "references.json").read_text(encoding="utf-8"))
    assert [item["URL"] for item in cited] == [item["reference"] for item in entries]
    assert all(item["title"] and item["issued"] and item["version"] == listed["version"] for item in cited)


def test_search_engines_are_told_of_each_verdict(html):
    """The page carries a ClaimReview a claim; what is not shown or cannot be tested has words and no number."""
    (script,) = soup(html, PAGE).find_all("script", type="application/ld+json")
    reviews = json.loads(script.string)
    assert len(reviews) == len(load("claims", ROOT / "data"))
    for review in reviews:
        assert review["@type"] == "ClaimReview"
        assert review["claimReviewed"].startswith("The article says that")
        assert review["itemReviewed"]["appearance"]["url"].startswith("https://")
        rating = review["reviewRating"]
        assert ("ratingValue" in rating) == (rating["alternateName"] not in {"not shown", "cannot be tested"})


@pytest.fixture
def board(browser, html):
    """The page of verdicts in a browser."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto((html / PAGE).as_uri())
    yield page
    context.close()


def test_board_is_filtered_and_sorted_by_keyboard(board):
    """The two lists take keys alone: claims of one verdict, and the order of all."""
    shown = board.locator(".verdict-board li[data-order]:not([hidden])")
    total = shown.count()
    board.locator("select[name=verdict]").focus()
    board.keyboard.type("not shown")
    assert 0 < shown.count() < total
    assert {item.get_attribute("data-verdict") for item in shown.all()} == {"not shown"}
    board.keyboard.press("Home")
    assert shown.count() == total
    board.locator("select[name=order]").focus()
    board.keyboard.type("verdict")
    firsts = [
        int(question.locator("li[data-order]").first.get_attribute("data-rank"))
        for question in board.locator(".board-question").all()
    ]
    assert firsts == sorted(firsts)
    summary = board.locator(".board-question summary").first
    summary.focus()
    board.keyboard.press("Enter")
    expect(board.locator(".board-question").first).to_have_attribute("open", "")


def test_address_of_a_verdict_opens_its_question(browser, html):
    """Whoever follows a link to a verdict sees it, though its question is closed at first."""
    page = browser.new_page()
    page.goto(f"{(html / PAGE).as_uri()}#verdict-c-centre")
    expect(page.locator("#verdict-c-centre")).to_be_visible()
    page.close()


def test_board_prints_on_one_page(board):
    """On A4 all claims stand on one sheet, with verdict, confidence and answer."""
    board.emulate_media(media="print")
    board.set_viewport_size(PAPER)
    board.evaluate("dispatchEvent(new Event('beforeprint'))")
    whole = board.locator(".verdict-board").bounding_box()
    assert whole["height"] < PAPER["height"]
    assert board.locator(".verdict-board li[data-order]").last.bounding_box()["height"] > 0


def test_others_embed_a_figure_and_a_verdict(browser, html, tmp_path):
    """In a page of another site the small pages show what they are to, and ask no server but the report's."""
    with serve_compressed(html) as report:
        frames = "".join(
            f'<iframe src="{report}/ref/{label}.html"></iframe>' for label in ("fig-seizures", "verdict-c-prism")
        )
        (tmp_path / "page.html").write_text(f"<!DOCTYPE html><title>Another site</title>{frames}", encoding="utf-8")
        with serve_compressed(tmp_path) as other:
            page, asked = browser.new_page(), []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{other}/page.html", wait_until="networkidle")
            figure, verdict = page.frames[1:]
            assert figure.locator("img").evaluate("picture => picture.naturalWidth") > 0
            expect(verdict.locator("h1")).to_contain_text("too strong")
            assert figure.locator("details").count() == verdict.locator("details").count() == 0
            assert [url for url in asked if not url.startswith((report, other))] == []
            page.goto(f"{report}/ref/fig-seizures.html")
            page.locator("summary").click()
            assert f'src="{report}/ref/fig-seizures.html"' in page.locator("textarea").input_value()
            page.close()
