"""What a site needs around its chapters: facts about each, a preview, a map, a page for wrong addresses."""

from __future__ import annotations

import datetime
import re
import subprocess
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from PIL import Image

from claimbook.package.dates import spoken
from claimbook.settings import settings
from claimbook.sphinx.facts import changed, report_link, words

from project import ExampleCopy

BASE = "https://reports.example/cooperation/"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def page(folder, name: str) -> BeautifulSoup:
    """A page as it lies on the disk."""
    return BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def hosted(tmp_path_factory):
    """Folder of a small book that knows its address and its repository."""
    copy = ExampleCopy(tmp_path_factory.mktemp("site") / "example")
    copy.write_chapter("sum", "1 + 1", "A sentence.")
    copy.keep_chapters("sum")
    static = copy.root / "book" / "_static"
    static.mkdir()
    Image.new("RGB", (1200, 630)).save(static / "preview.png")
    copy.configure(
        html={"baseurl": BASE},
        repository={"url": "https://github.com/owner/report"},
        sphinx={"config": {"html_static_path": ["book/_static"]}},
    )
    done = copy.run("claimbook.build.book", "html")
    assert done.returncode == 0, done.stderr
    return copy.root / "_build" / "html"


@pytest.mark.slow
def test_hosted_pages_name_their_address(hosted):
    """Search engines and previews get one absolute address for each page, and a picture."""
    head = page(hosted, "book/sum").head
    assert head.find("link", rel="canonical")["href"] == f"{BASE}book/sum.html"
    assert head.find("meta", property="og:url")["content"] == f"{BASE}book/sum.html"
    assert head.find("meta", property="og:image")["content"] == f"{BASE}_static/preview.png"
    assert (hosted / "_static" / "preview.png").is_file()


@pytest.mark.slow
def test_map_lists_the_pages(hosted):
    """The map of the site has every page of the book under its address."""
    found = [entry.find(f"{NAMESPACE}loc").text for entry in ElementTree.parse(hosted / "sitemap.xml").getroot()]
    assert found == [f"{BASE}book/index.html", f"{BASE}book/sum.html"]


@pytest.mark.slow
def test_wrong_address_finds_its_way(hosted):
    """From any wrong address, however deep, the links of the page shown there lead into the book."""
    missing = page(hosted, "404")
    assert missing.find("base")["href"] == "/cooperation/"
    assert missing.article.h1.get_text().startswith("No page has this address")
    links = [link["href"] for link in missing.select("article a")]
    assert links == ["book/index.html", "search.html"]
    assert all((hosted / link).exists() for link in links)


@pytest.mark.slow
def test_errors_are_reported_where_the_report_lives(hosted):
    """The link to report an error opens the repository's form and names the chapter."""
    link = page(hosted, "book/sum").select_one(".chapter-facts a")["href"]
    asked = parse_qs(urlsplit(link).query)
    assert link.startswith("https://github.com/owner/report/issues/new?")
    assert asked["title"] == ["Error in “Chapter sum”"]
    assert "book/sum" in asked["body"][0]


def test_without_a_repository_a_message_is_opened():
    """Who got the report on a stick can write to whoever gave it; the message names chapter and version."""
    link = unquote(report_link("", "The threat", "book/mistrust/threat", "0.2.0"))
    assert link.startswith(
        "mailto:?subject=Error in “The threat”&body=Chapter: The threat (book/mistrust/threat), version 0.2.0."
    )


def test_old_addresses_lead_on(html, root):
    """Where a page once stood another leads to it, with and without scripts, and no search engine keeps the old one."""
    moved = settings(root).moved
    assert moved, "no page has moved"
    for old, new in moved.items():
        there = page(html, old)
        (link,) = {there.a["href"], there.find("link", rel="canonical")["href"]}
        assert (html / old).parent.joinpath(link).resolve() == (html / f"{new}.html").resolve()
        assert there.noscript.meta["content"] == f"0; url={link}"
        assert f'location.replace("{link}" + location.hash)' in there.script.string
        assert there.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_chapters_tell_their_age(html, root):
    """A chapter says how long it is, when its text changed and when its cells ran, in dates of this book."""
    said = page(html, "book/mistrust/threat").select_one(".chapter-facts").get_text(" ")
    assert 2 <= int(re.match(r"(\d+) min to read", said)[1]) <= 20
    run = datetime.datetime.strptime(re.search(r"cells run on (\d+ \w+ \d+)", said)[1], "%d %B %Y")
    assert (
        datetime.timedelta(0)
        <= datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - run
        < datetime.timedelta(days=400)
    )
    text = changed(root / "book" / "mistrust" / "threat.md")
    assert text is None or f"text of {spoken(text)}" in said


@pytest.mark.slow
def test_text_is_as_old_as_its_commit(tmp_path):
    """The day of a chapter is that of its last commit; edited since, that of the file; without history there is none."""
    chapter = tmp_path / "chapter.md"
    chapter.write_text("# One\n", encoding="utf-8")
    assert changed(chapter) is None
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "One", "--date", "2020-02-03T12:00:00"]):
        subprocess.run(
            ["git", *command],
            cwd=tmp_path,
            check=True,
            env={"GIT_COMMITTER_DATE": "2020-02-03T12:00:00", "PATH": "/usr/bin:/bin"},
        )
    assert changed(chapter) == "2020-02-03"
    chapter.write_text("# Two\n", encoding="utf-8")
    assert changed(chapter) == datetime.date.today().isoformat()


def test_only_prose_is_counted():
    """The length of a chapter is that of its paragraphs; tables and works cited are looked up, not read."""
    cell = nodes.entry("", nodes.paragraph("", "in a table"))
    works = nodes.enumerated_list("", nodes.list_item("", nodes.paragraph("", "a work cited")))
    assert words(nodes.section("", nodes.paragraph("", "four words of prose"), nodes.table("", cell), works)) == 4


def test_preview_is_a_picture_of_the_report(html):
    """Who shares a page shows a picture of the size that others expect."""
    tag = page(html, "book/mistrust/threat").find("meta", property="og:image")["content"]
    with Image.open((html / "book" / "mistrust" / tag).resolve()) as picture:
        assert picture.size == (1200, 630)
    title = page(html, "book/mistrust/threat").find("meta", property="og:title")["content"]
    assert title == "The threat: seized elsewhere, held in Mali"
