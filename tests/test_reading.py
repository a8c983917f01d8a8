"""What a reader can do with a page: without scripting, by keyboard, on a telephone, in print, on a slow line."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Route, expect

from claimbook.bench.server import serve_compressed
from claimbook.package.tables import load
from claimbook.sphinx.site import policy

import project
from browsing import PATIENCE, WIDE, drawn, soup, title_of

CHAPTERS = tuple(f"book/{name}.html" for name in project.CHAPTERS)
THREAT = "book/mistrust/threat.html"
THREAT_ANNEX = "book/annex/threat.html"
LOOKS = {"fig-seizures": THREAT, "fig-bands": THREAT_ANNEX, "fig-flow": THREAT_ANNEX}
LOOK_WIDTH = 240


@pytest.fixture
def page(browser: Browser):
    """A page on a wide screen."""
    opened = browser.new_page(viewport=WIDE, color_scheme="light")
    yield opened
    opened.close()


def test_policy_keeps_out_what_is_not_ours(html, pages, page):
    """Each page forbids evaluated text and scripts that were not written into it, and the browser obeys."""
    for name in pages:
        said = soup(html, name).find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
        scripts = re.search("script-src ([^;]*)", said)[1]
        assert "default-src 'none'" in said, name
        assert "http" not in said, name
        assert re.fullmatch(r"'self'( 'sha256-[\w+/=]+')*", scripts), name
    page.goto((html / THREAT).as_uri())
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.foreign = true";
        document.head.append(script);
    }""")
    assert page.evaluate("window.foreign") is None
    assert any("Content Security Policy" in text for text in refused)


def test_policy_names_the_scripts_of_a_page():
    """A script written into a page is allowed by its hash, data are not scripts, and files need no hash."""
    plain = "<script>let a = 1</script><script src='a.js'></script><script type='application/json'>{}</script>"
    assert policy(plain).count("sha256-") == 1
    assert policy(plain) != policy(plain.replace("1", "2"))


def test_any_folder_of_a_host(browser, html, tmp_path):
    """The book works below any address, and nothing that it asks for is missing."""
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "where").symlink_to(html)
    page = browser.new_page(viewport=WIDE)
    failed, errors = [], []
    page.on(
        "response",
        lambda response: (
            failed.append(response.url) if response.status >= 400 and "favicon" not in response.url else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(error.message))
    with serve_compressed(tmp_path) as host:
        page.goto(f"{host}/some/where/")
        page.wait_for_url("**/book/index.html")
        page.goto(f"{host}/some/where/{THREAT}")
        assert len(list(drawn(page))) >= 3
        page.goto(f"{host}/some/where/search.html?q=kidnapping")
        expect(page.locator("#search-results li").first).to_be_visible(timeout=PATIENCE)
        page.close()
    assert (failed, errors) == ([], [])


def test_without_scripting(browser, html):
    """Whoever has no scripting reads the text, sees each figure as a picture, and has its numbers."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    for name in CHAPTERS:
        page.goto((html / name).as_uri())
        for figure in page.locator(".plotly-figure").all():
            picture = figure.locator(".figure-picture")
            picture.scroll_into_view_if_needed()
            expect(picture).to_be_visible()
            assert picture.bounding_box()["height"] > 150
            file = picture.get_attribute("src").partition("#")[0]
            assert Path(html / name).parent.joinpath(file).resolve().stat().st_size > 5_000
            assert len(picture.get_attribute("alt")) > 60
            expect(figure.locator(".figure-steps")).to_be_hidden()
            figure.locator("summary").click()
            expect(figure.locator("table")).to_be_visible()
        expect(page.locator(".admonition.summary")).to_be_visible()
    context.close()


def test_print_shows_the_pictures(html, page, tmp_path):
    """A chapter printed before anybody scrolled through it, and in the dark, has its figures, in dark ink on white."""
    page.goto((html / THREAT).as_uri())
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    for picture in page.locator(".figure-picture").all():
        expect(picture).to_have_js_property("naturalWidth", 720)
    page.pdf(path=tmp_path / "threat.pdf", format="A4")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "threat.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    for figure in soup(html, THREAT).select(".plotly-figure"):
        title = title_of(figure)
        assert title in unicodedata.normalize("NFKC", re.sub(r"\s+", " ", text)), title
    assert "Step through" not in text
    page.emulate_media(media="print")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.summary p:not(.admonition-title)')).color")
        == "rgb(0, 0, 0)"
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.figure-picture')).filter") == "none"


def test_a_figure_is_seen_before_its_library_has_come(html, page):
    """On a slow line the picture stands in the drawing's place, gives way to it, and nothing moves."""
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route("**/plotly*.js", keep)
    page.goto((html / THREAT).as_uri(), wait_until="domcontentloaded")
    figure = page.locator(".plotly-figure").first
    figure.scroll_into_view_if_needed()
    picture = figure.locator(".figure-picture")
    expect(picture).to_be_visible(timeout=PATIENCE)
    expect(picture).to_have_js_property("naturalWidth", 720, timeout=PATIENCE)
    before = figure.bounding_box()
    page.wait_for_function("document.querySelector('script[src*=plotly]')")
    for route in waiting:
        route.continue_()
    expect(figure).to_have_attribute("data-drawn", "light", timeout=PATIENCE)
    expect(picture).to_be_hidden()
    assert figure.bounding_box()["height"] == before["height"]


def test_a_figure_follows_its_column(html, page):
    """A figure whose column narrows or widens while the window stays as it is takes the new width, so that nothing of it is cut off."""
    page.goto((html / THREAT).as_uri())
    figure = next(drawn(page))
    for width in (400, 640):
        figure.evaluate("(figure, width) => { figure.style.width = `${width}px`; }", width)
        expect(figure.locator("svg.main-svg").first).to_have_attribute("width", str(width))


def test_keyboard_walks_through_a_figure(html, page):
    """With the keyboard alone a reader steps through the marks, opens the numbers, scrolls them, and copies the citation."""
    page.goto((html / THREAT).as_uri())
    figure = next(drawn(page))
    slider = figure.get_by_label("Step through the marks")
    slider.focus()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "End", "Home"):
        page.keyboard.press(key)
        seen.append(slider.get_attribute("aria-valuetext"))
        assert figure.locator(".figure-mark").inner_text() == seen[-1]
    rows = figure.locator("tbody tr").count()
    assert [text.split(":")[0] for text in seen] == [f"{n} of {rows}" for n in (2, 3, rows, 1)]
    assert len(set(seen)) == 4
    expect(figure.locator(".hovertext").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(figure.locator("summary")).to_be_focused()
    expect(figure.locator(".hovertext")).to_have_count(0)
    page.keyboard.press("Enter")
    walked = []
    for _ in range(5):
        page.keyboard.press("Tab")
        walked.append(page.evaluate("document.activeElement.className || document.activeElement.textContent"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", walked[-1]
    assert walked == ["figure-table", "Numbers as CSV", "Picture as SVG", "permanent", "copy"]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.keyboard.press("Enter")
    expect(figure.locator(".copy")).to_have_text("Copied")
    address = f"{(html / THREAT).as_uri()}#fig-seizures"
    assert figure.locator(".permanent").inner_text() == address
    assert "Figure 1.1 of Baggage and Cascade, version" in figure.locator(".figure-citation").inner_text()


def test_an_address_within_a_chapter_finds_what_moved_to_the_annex(html, page):
    """Who kept the address of a figure that now stands in the annex is led to it there, from a page that moved as well."""
    for old, new in (
        ("book/mistrust/threat.html#fig-shift", "book/annex/threat.html#fig-shift"),
        ("book/initiatives/network.html#fig-moving", "book/annex/network.html#fig-moving"),
    ):
        page.goto(f"{html.as_uri()}/{old}")
        page.wait_for_url(f"**/{new}")
        expect(page.locator(f"#{new.partition('#')[2]}")).to_be_in_viewport()
    page.goto(f"{html.as_uri()}/book/mistrust/threat.html#fig-seizures")
    expect(page.locator("#fig-seizures")).to_be_in_viewport()


def test_keyboard_moves_the_network_through_the_years(html, page):
    """With the keyboard a reader moves the network from day to day, hears what is new, and reads the marks of that day; a change of theme keeps the day."""
    page.goto((html / "book/annex/network.html").as_uri())
    figure = next(figure for figure in drawn(page) if figure.get_attribute("data-name") == "fig-moving")
    days, marks = figure.get_by_label("Move through the days"), figure.get_by_label("Step through the marks")
    assert days.get_attribute("aria-valuetext").startswith("14 May 2014: ")
    days.focus()
    seen = {}
    for key, day in (("Home", "end of 1990"), ("ArrowRight", "end of 2000"), ("End", "")):
        page.keyboard.press(key)
        expect(figure.locator(".annotation-text")).to_contain_text(day)
        assert figure.locator(".figure-day").inner_text() == days.get_attribute("aria-valuetext")
        seen[key] = (
            days.get_attribute("aria-valuetext"),
            figure.locator(".scatterlayer .point").count(),
            marks.get_attribute("max"),
        )
    assert seen["Home"][0].startswith("end of 1990: initiatives 1, ties 5, new ties 5. New initiatives: AMU.")
    assert seen["End"][1] > seen["ArrowRight"][1] >= seen["Home"][1]
    assert int(seen["End"][2]) > int(seen["Home"][2])
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(marks).to_be_focused()
    assert marks.get_attribute("aria-valuetext").endswith(": AMU, tied since 1989: DZA, LBY, MAR, MRT, TUN")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(figure).to_have_attribute("data-drawn", "dark", timeout=PATIENCE)
    expect(figure.locator(".annotation-text")).to_contain_text("end of 1990")


def test_broken_lines_are_read_as_one(html, page, root):
    """A sentence that a hover label breaks into lines is read out without commas at the breaks."""
    page.goto((html / "book/annex/allegations.html").as_uri())
    slider = next(drawn(page)).locator(".figure-steps input")
    slider.focus()
    first = load("allegations", root / "data").iloc[0]
    assert len(first["claim"]) > 60
    assert slider.get_attribute("aria-valuetext").endswith(f": A01, C3, {first['claim']}")


@pytest.mark.parametrize("reached", ["hover", "focus"])
def test_cards_say_what_is_cited(html, page, reached):
    """A citation, a term and a claim show what they stand for; Escape puts the card away."""
    page.goto((html / THREAT).as_uri())
    expected = {
        ".citation a": page.locator("ol.works-cited > li").first.inner_text(),
        "a:has(> .std-term)": page.locator("a:has(> .std-term)").first.get_attribute("title"),
        "a.claim": page.locator("a.claim").first.get_attribute("title"),
    }
    for selector, text in expected.items():
        link = page.locator(selector).first
        getattr(link, reached)()
        card = page.get_by_role("tooltip")
        expect(card).to_have_text(text)
        assert link.get_attribute("aria-describedby") == card.get_attribute("id")
        box = card.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDE["width"]
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
    link = page.locator(".citation a").first
    link.hover()
    expect(page.get_by_role("tooltip").locator("a[href^=http]")).to_have_count(1)


def test_cards_on_touch(browser, html):
    """A first touch of a citation shows its card, a second follows it; a touch elsewhere puts it away."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((html / THREAT).as_uri())
    link = page.locator(".citation a").first
    link.tap()
    expect(page.get_by_role("tooltip")).to_be_visible()
    assert "#cite" not in page.url
    page.locator("article h1").tap()
    expect(page.get_by_role("tooltip")).to_have_count(0)
    link.tap()
    link.tap()
    assert "#cite" in page.url
    context.close()


def test_scripts_wait_for_the_text(html, pages):
    """Of the scripts in files only the few options come before the text."""
    for name in pages:
        waiting = [script["src"] for script in soup(html, name).select("script[src]:not([defer])")]
        assert [source.split("?")[0].rsplit("/", 1)[-1] for source in waiting] == ["documentation_options.js"], name


def test_languages_are_named(html, pages):
    """Titles in French and Arabic are marked as such, so that a screen reader changes its voice."""
    marked = [element["lang"] for name in pages for element in soup(html, name).select("main [lang]")]
    assert marked.count("fr") > 500
    assert marked.count("ar") > 25
    assert all(soup(html, name).html["lang"] == "en" for name in pages)


def test_only_arabic_runs_from_the_right(html, page):
    """Words in Arabic script run from right to left, everything else from left to right."""
    page.goto((html / "book/appendix/sources/press-others.html").as_uri())
    directions = page.evaluate(
        "[...document.querySelectorAll('main *')].map(e => [getComputedStyle(e).direction, e.className, e.textContent])"
    )
    assert len([text for direction, _, text in directions if direction == "rtl"]) > 25
    assert [
        text for direction, _, text in directions if direction == "rtl" and not re.match("[\u0600-\u06ff]", text)
    ] == []
    page.goto((html / THREAT).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.works-cited li')).direction") == "ltr"


def test_reduced_motion(browser, html):
    """Who asks for less motion gets none."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto((html / THREAT).as_uri())
    slow = page.evaluate("""[...document.querySelectorAll("*")].filter(element => {
        const style = getComputedStyle(element);
        return Math.max(...style.transitionDuration.split(",").map(parseFloat), ...style.animationDuration.split(",").map(parseFloat)) > 0.01;
    }).length""")
    assert slow == 0
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", LOOKS)
def test_figures_look_as_they_did(root, html, page, name, theme):
    """A figure looks as on the picture kept in tests/looks, but for small differences of fonts."""
    page.goto((html / LOOKS[name]).as_uri())
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    for figure in drawn(page, theme):
        if figure.get_attribute("data-name") == name:
            shot = figure.locator(".figure-plot").screenshot(animations="disabled")
    seen = Image.open(io.BytesIO(shot)).convert("RGB")
    seen = seen.resize((LOOK_WIDTH, round(seen.height * LOOK_WIDTH / seen.width)), Image.Resampling.LANCZOS)
    now = root / "_build" / "looks" / f"{name}-{theme}.png"
    now.parent.mkdir(exist_ok=True)
    seen.save(now)
    kept = root / "tests" / "looks" / now.name
    advice = f"look at {now}, and copy it to {kept.parent} if the change is meant"
    assert kept.exists(), advice
    before = Image.open(kept).convert("RGB")
    assert before.size == seen.size, advice
    difference = ImageChops.difference(*(image.filter(ImageFilter.BoxBlur(1)) for image in (before, seen))).convert("L")
    changed = sum(difference.histogram()[24:]) / (seen.width * seen.height)
    assert changed < 0.005, f"{changed:.1%} of the picture has changed; {advice}"
