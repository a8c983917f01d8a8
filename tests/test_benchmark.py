"""The server that benchmarks measure through, and the table that they print."""

from __future__ import annotations

import gzip
import os
import random
import re
import subprocess
import sys
import urllib.error
import urllib.request
from http.client import HTTPMessage

import pytest
import yaml

from claimbook.bench import benchmark
from claimbook.bench.server import serve_compressed
from claimbook.build import system
from claimbook.build.inputs import PRESS
from claimbook.errors import BuildError
from claimbook.settings import OUT

from project import EXAMPLE

PAGE = "<!doctype html><title>Page</title>" + "<p>The same sentence again.</p>" * 200


@pytest.fixture
def folder(tmp_path):
    """A page and a picture."""
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "index.html").write_text(PAGE)
    (tmp_path / "picture.png").write_bytes(bytes(range(256)))
    return tmp_path


def fetch(url: str, **headers: str) -> tuple[HTTPMessage, bytes]:
    """Headers and body as they come over the wire."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5) as answer:
        return answer.headers, answer.read()


@pytest.mark.parametrize("path", ["part/index.html", "part/", "part/?from=search"])
def test_pages_are_compressed(folder, path):
    """Whoever takes gzip gets the page in a few bytes, and it is the whole page."""
    with serve_compressed(folder) as address:
        headers, body = fetch(f"{address}/{path}", **{"Accept-Encoding": "gzip, br"})
    assert headers["Content-Type"] == "text/html"
    assert headers["Content-Encoding"] == "gzip"
    assert int(headers["Content-Length"]) == len(body) < len(PAGE) / 10
    assert gzip.decompress(body).decode() == PAGE


def test_other_files_and_other_readers_get_what_lies_there(folder):
    """A picture is packed already; whoever does not take gzip is not given it."""
    with serve_compressed(folder) as address:
        headers, picture = fetch(f"{address}/picture.png", **{"Accept-Encoding": "gzip"})
        assert (headers["Content-Type"], picture) == ("image/png", bytes(range(256)))
        assert fetch(f"{address}/part/index.html")[1].decode() == PAGE


def test_a_changed_page_is_served_as_it_is_now(folder):
    """No reader is given what a page said before the last build."""
    with serve_compressed(folder) as address:
        fetch(f"{address}/part/", **{"Accept-Encoding": "gzip"})
        (folder / "part" / "index.html").write_text("new")
        assert gzip.decompress(fetch(f"{address}/part/", **{"Accept-Encoding": "gzip"})[1]) == b"new"


def test_what_is_not_there_is_not_found(folder):
    """A wrong address is answered as one, and nothing above the folder can be reached."""
    (folder / "outside.txt").write_text("not to be served")
    with serve_compressed(folder / "part") as address:
        for path in ("missing.html", "../outside.txt", "%2e%2e/outside.txt"):
            with pytest.raises(urllib.error.HTTPError, match="404") as refused:
                fetch(f"{address}/{path}")
            refused.value.close()


def test_server_is_on_this_machine_alone_and_gone_afterwards(folder):
    """It listens on the loopback, and its port is closed when the block is left, even by an error."""
    with pytest.raises(RuntimeError, match="in the block"), serve_compressed(folder) as address:  # noqa: PT012 - the block is what is tested
        assert fetch(f"{address}/part/")[1].decode() == PAGE
        with pytest.raises(urllib.error.URLError):
            fetch(f"{address}/part/".replace("127.0.0.1", "127.0.0.2"))
        raise RuntimeError("in the block")
    with pytest.raises(urllib.error.URLError, match="refused"):
        fetch(f"{address}/part/")


def test_table_prints_what_it_is_given():
    """Both figures, their ratio and the goal of each measure stand on its line."""
    ours = {"bytes": 571634, "requests": 19, "text": 1.18, "figure": 3.79, "forced": 40.05, "warm": 7.97, "no-op": 0.05}
    stock = {
        "bytes": 2419660,
        "requests": 27,
        "text": 2.83,
        "figure": 16.82,
        "forced": 37.34,
        "warm": 22.78,
        "no-op": 12.49,
    }
    assert [re.split(r"\s{2,}", line) for line in benchmark.table(ours, stock).splitlines()] == [
        ["", "ours", "stock", "ours / stock", "goal"],
        ["first visit: bytes, compressed", "571,634", "2,419,660", "0.24", "at most 0.4"],
        ["first visit: requests", "19", "27", "0.70"],
        ["time to text (first contentful paint)", "1.18 s", "2.83 s", "0.42"],
        ["time to first figure (seen in view, drawn or as its picture)", "3.79 s", "16.82 s", "0.23"],
        ["forced build (nothing cached)", "40.05 s", "37.34 s", "1.07", "at most 0.5 on two cores"],
        ["warm build (one sentence changed)", "7.97 s", "22.78 s", "0.35", "at most 0.3"],
        ["no-op build (nothing changed)", "0.05 s", "12.49 s", "< 0.01"],
    ]


def test_half_of_the_chapters(tmp_path):
    """Every second chapter of the numbered parts goes; front page and appendix stay."""
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nparts:\n"
        "- numbered: true\n  chapters: [{file: a}, {file: b}, {file: c}]\n"
        "- numbered: true\n  chapters: [{file: d}, {file: e}]\n"
        "- chapters: [{file: f}, {file: g}]\n"
    )
    benchmark.halve(tmp_path)
    parts = yaml.safe_load((tmp_path / "_toc.yml").read_text())["parts"]
    assert [[chapter["file"] for chapter in part["chapters"]] for part in parts] == [["a", "c"], ["d"], ["f", "g"]]


@pytest.mark.parametrize(
    ("failing", "told", "stands"),
    [
        ("half", "x.md:3: WARNING: Unknown source document 'y' [myst.xref_missing]", True),
        ("half", "x.md:3: WARNING: Unknown source document 'y'\nx: cell 1: ZeroDivisionError", False),
        ("half", "", False),
        ("all", "x.md:3: WARNING: Unknown source document 'y' [myst.xref_missing]", False),
    ],
)
def test_half_may_lead_to_chapters_left_out_and_fail_for_nothing_else(tmp_path, monkeypatch, failing, told, stands):
    """Links that go nowhere are those of a half alone; whatever else ends a build is no time to compare."""
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "_toc.yml").write_text("format: jb-book\nroot: index\nparts: []\n")

    def timed(label, command, folder):
        fails = f"pages of {failing}" in label
        return 2.0, subprocess.CompletedProcess(command, int(fails), "", told if fails else "")

    monkeypatch.setattr(benchmark, "_timed", timed)
    if stands:
        assert benchmark.growth(ours) == ((2.0, 0), (2.0, 0))
    else:
        with pytest.raises(BuildError, match=f"pages of {failing}"):
            benchmark.growth(ours)


def test_growth_is_told_beside_the_pages():
    """Seconds and bytes of all chapters, as multiples of those of half."""
    assert benchmark.growth_line((20.0, 1_000_000), (50.0, 2_200_000)) == (
        "pages of half of the chapters 20.00 s, of all 50.00 s: "
        "2.50 times the seconds for 2.20 times the bytes (goal: no more)"
    )


@pytest.mark.slow
def test_copies_are_built_in_their_own_folders(tmp_path, monkeypatch):
    """Wherever the project itself is built, so that no build finds what another left there."""
    example = tmp_path / "example"
    benchmark.copy_ours(EXAMPLE, example)
    monkeypatch.setenv(OUT, str(tmp_path / "elsewhere"))
    benchmark._build(benchmark.OURS, "forced", example)
    assert (example / benchmark.HTML / "index.html").exists()
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.slow
def test_stock_is_stock(tmp_path):
    """Nothing of ours is in the stock book but its chapters, data and code; its figures are plotly's own."""
    benchmark.copy_stock(EXAMPLE, tmp_path / "stock")
    config = yaml.safe_load((tmp_path / "stock" / "_config.yml").read_text(encoding="utf-8"))
    assert not {"extensions", "templates_path", "html_static_path", "html_css_files"} & set(config["sphinx"]["config"])
    assert config["bibtex_bibfiles"] == ["book/references.bib"]
    for path in sorted((EXAMPLE / "book").rglob("*.md")):
        assert (tmp_path / "stock" / path.relative_to(EXAMPLE)).read_bytes() == path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", "import claimbook.figure, plotly.io; print(plotly.io.renderers.default)"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "stock" / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "notebook\n"


def test_book_without_the_press_is_measured_with_the_one_at_hand(tmp_path):
    """Both copies of a book work on code of their own, so that the stock one can be given other figures."""
    benchmark.copy_ours(EXAMPLE, tmp_path / "ours")
    code = {path.relative_to(PRESS): path.read_bytes() for path in PRESS.rglob("*.py")}
    folder = tmp_path / "ours" / "src" / "claimbook"
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.py")} == code


def test_renderer_that_moved_is_not_passed_over(example, tmp_path):
    """If the stock figures could not be had, our own would be measured twice."""
    figures = example.root / benchmark.FIGURES
    figures.parent.mkdir(parents=True)
    figures.write_text("")
    with pytest.raises(BuildError, match="the benchmark cannot choose the stock renderer"):
        benchmark.copy_stock(example.root, tmp_path / "stock")


def test_heaviest_is_the_chapter_with_figures_that_takes_longest_to_fetch(tmp_path):
    """What counts is the compressed page; pages without figures do not."""
    figure, noise = '<div class="plotly-figure">', "".join(f"{number * 7919 % 1000003} " for number in range(2000))
    (tmp_path / "book" / "part").mkdir(parents=True)
    for name, text in (("long", figure + "a" * 50000), ("heavy", figure + noise), ("sources", noise * 3)):
        (tmp_path / "book" / "part" / f"{name}.html").write_text(text)
    assert benchmark.heaviest(tmp_path) == "book/part/heavy.html"


def test_visit_counts_what_the_browser_fetches(browser, tmp_path):
    """A visit weighs the files of its host as sent over a line of the speed stated, and names the hosts it leaves out."""
    noise = f"<!-- {random.Random(1).randbytes(150_000).hex()} -->"
    script = '<script>document.querySelector(\'.plot\').innerHTML = \'<svg class="main-svg" width="50" height="50"></svg>\'</script>'
    outside = '<script src="https://host.invalid/library.js"></script>'
    page = f'<link rel="stylesheet" href="style.css"><h1>Text</h1>{noise}<div class="plot"></div>{script}{outside}'
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "style.css").write_text("p { margin: 2em }")
    with serve_compressed(tmp_path) as address:
        values, outside = benchmark.visit(browser, f"{address}/page.html", ".plot")
    assert values["requests"] == 2
    assert outside == {"host.invalid"}
    files = len(gzip.compress(page.encode())) + len(gzip.compress(b"p { margin: 2em }"))
    assert files < values["bytes"] < files + 1000
    assert values["text"] > 0
    assert values["figure"] > files / benchmark.LINE["downloadThroughput"]


def test_without_a_browser_there_is_one_line(monkeypatch, capsys, root):
    """Whoever lacks Chromium is told so before anything is built."""
    monkeypatch.chdir(root)
    monkeypatch.setattr(system, "missing", lambda: ["chromium"])
    assert benchmark.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("the benchmark cannot be run; missing: chromium; run: sudo apt-get install ")


@pytest.mark.slow
def test_failed_build_is_told(monkeypatch, capsys, example):
    """A build that fails ends the benchmark with the reason, and no table."""
    example.keep_chapters("broken")
    example.write_chapter("broken", "1 / 0")
    monkeypatch.chdir(example.root)
    monkeypatch.setattr(system, "missing", list)
    assert benchmark.main() == 1
    told = capsys.readouterr()
    assert "ZeroDivisionError: division by zero" in told.err
    assert "ours / stock" not in told.out
