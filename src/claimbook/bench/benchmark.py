"""Measure the book beside the same chapters built with stock settings of the same packages.

``python -m claimbook.bench.benchmark`` builds both in temporary folders, reads
their heaviest chapter with figures in Chromium on a slow line, and prints a
table. It judges nothing: its exit status is 0 unless a build fails.

Stock is ``jupyter-book build .`` with the settings without which these
chapters do not render, and with plotly's renderer ``notebook``, because a page
of Jupyter Book drops the figures of the default one.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Browser, TimeoutError, ViewportSize, sync_playwright

from claimbook.bench.server import serve_compressed
from claimbook.build import system
from claimbook.build.inputs import PRESS
from claimbook.command import run
from claimbook.errors import BuildError, ReportError
from claimbook.settings import OUT
from claimbook.sphinx.defaults import TABLES

LEFT_OUT = shutil.ignore_patterns(".*", "_build", "tests", "__pycache__")
PACKAGES = ("jupyter-book", "sphinx", "myst-nb", "plotly")

STOCK_KEYS = ("title", "author", "exclude_patterns", "only_build_toc_files", "execute", "bibtex_bibfiles", "parse")
# A build that goes on after a failed cell would be timed as a whole one.
STOCK_SPHINX = {**TABLES, "nb_execution_raise_on_error": True}
FIGURES = "src/claimbook/figure.py"
OUR_RENDERER = 'pio.renderers.default = "plotly_mimetype"'
STOCK_RENDERER = 'pio.renderers.default = "notebook"'

HTML = Path("_build", "html")
SENTENCE = "This sentence was not there before."

LOADS = 3
PATIENCE = 120_000
SLOWER = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
VIEWPORT: ViewportSize = {"width": 1280, "height": 900}
# Addresses of other hosts fail at once instead of after a wait that depends on the machine.
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# Neither book has it; whether the browser asks for it before the page is closed is chance.
ICON = "/favicon.ico"
WATCH = """(() => {
  const look = (now) => {
    const figure = document.querySelector(FIGURE);
    figure?.scrollIntoView({ behavior: "instant" });
    const picture = figure?.querySelector("img.figure-picture");
    const seen = figure?.querySelector("svg.main-svg") ?? (picture?.naturalWidth ? picture : null);
    if (seen?.getBoundingClientRect().width) document.documentElement.dataset.firstFigure = now;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
TEXT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
SEEN = "document.documentElement.dataset.firstFigure / 1000"

MEASURES = {
    "bytes": ("first visit: bytes, compressed", "{:,.0f}"),
    "requests": ("first visit: requests", "{:.0f}"),
    "text": ("time to text (first contentful paint)", "{:.2f} s"),
    "figure": ("time to first figure (seen in view, drawn or as its picture)", "{:.2f} s"),
    "forced": ("forced build (nothing cached)", "{:.2f} s"),
    "warm": ("warm build (one sentence changed)", "{:.2f} s"),
    "no-op": ("no-op build (nothing changed)", "{:.2f} s"),
}
GOALS = {"bytes": "at most 0.4", "forced": "at most 0.5 on two cores", "warm": "at most 0.3"}
# What a book says that lacks chapters to which the others lead.
DANGLING = re.compile(r".*WARNING: (Unknown source document|undefined label).*")


def copy_ours(root: Path, to: Path) -> None:
    """Copy the project, without what was built from it, and with the press at hand if it has none of its own."""
    shutil.copytree(root, to, ignore=LEFT_OUT)
    if not (to / FIGURES).exists():
        shutil.copytree(PRESS, (to / FIGURES).parent, ignore=LEFT_OUT)


def stock_config(ours: dict) -> dict:
    """What a stock book needs of our configuration, for the same chapters to render at all.

    Parameters
    ----------
    ours : dict
        Content of ``_config.yml``.

    Returns
    -------
    dict
        No extension, template, style or script of the project is in it.
    """
    return {**{key: ours[key] for key in STOCK_KEYS if key in ours}, "sphinx": {"config": STOCK_SPHINX}}


def copy_stock(root: Path, to: Path) -> None:
    """Copy the project, and give the copy stock settings and figures.

    Raises
    ------
    BuildError
        If the line that chooses the renderer of figures is not where it was.
    """
    copy_ours(root, to)
    config = to / "_config.yml"
    config.write_text(
        yaml.safe_dump(stock_config(yaml.safe_load(config.read_text(encoding="utf-8")))), encoding="utf-8"
    )
    code = (to / FIGURES).read_text(encoding="utf-8")
    if code.count(OUR_RENDERER) != 1:
        raise BuildError(
            f"{FIGURES}: {OUR_RENDERER!r} is not in it once; the benchmark cannot choose the stock renderer"
        )
    (to / FIGURES).write_text(code.replace(OUR_RENDERER, STOCK_RENDERER), encoding="utf-8")


@dataclass(frozen=True)
class Book:
    """One of the two books that are compared.

    Attributes
    ----------
    name : str
        As the output calls it.
    copy : callable
        Makes its folder out of the project.
    command : tuple of str
        Builds it in its folder.
    forced : tuple of str
        What the command needs besides to take nothing from a cache.
    figure : str
        CSS selector of its figures, which those of the other do not match.
    """

    name: str
    copy: Callable[[Path, Path], None]
    command: tuple[str, ...]
    forced: tuple[str, ...]
    figure: str


OURS = Book("ours", copy_ours, (sys.executable, "-m", "claimbook.build.book", "html"), (), ".plotly-figure")
STOCK = Book(
    "stock",
    copy_stock,
    (str(Path(sys.executable).with_name("jupyter-book")), "build", "."),
    ("--all",),
    ".plotly-graph-div",
)


def _timed(label: str, command: list[str], folder: Path) -> tuple[float, subprocess.CompletedProcess[str]]:
    """Seconds that a build takes, as a whole process on the code and data of its folder, and how it ended."""
    print(label, flush=True)
    # Where the project itself is built is not where its copies are.
    inherited = {name: value for name, value in os.environ.items() if name != OUT}
    environment = {**inherited, "PYTHONPATH": str(folder / "src")}
    began = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return time.monotonic() - began, done


def _build(book: Book, kind: str, folder: Path) -> float:
    """Seconds of one of the builds that are compared; it has to succeed."""
    label = f"{book.name}: {MEASURES[kind][0]}"
    seconds, done = _timed(label, [*book.command, *(book.forced if kind == "forced" else ())], folder)
    if done.returncode:
        raise BuildError(f"{label}: failed\n{done.stderr.strip()[-3000:]}")
    return seconds


def halve(folder: Path) -> None:
    """Leave the first, third, fifth chapter and so on of each numbered part in the table of contents of a copy."""
    path = folder / "_toc.yml"
    contents = yaml.safe_load(path.read_text(encoding="utf-8"))
    for part in contents["parts"]:
        if part.get("numbered"):
            part["chapters"] = part["chapters"][::2]
    path.write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")


def growth(folder: Path) -> tuple[tuple[float, int], tuple[float, int]]:
    """Render half of our chapters, then all, from cells that have run.

    Parameters
    ----------
    folder : pathlib.Path
        Our book, built.

    Returns
    -------
    tuple of two (float, int)
        Of half the chapters and of all: seconds, and bytes of the pages.

    Raises
    ------
    BuildError
        If a build fails for any other reason than links to chapters left out.
    """
    half = folder.with_name("half")
    shutil.copytree(folder, half)
    halve(half)
    found = []
    for copy, which in ((half, "half of the chapters"), (folder, "all chapters")):
        for built in ("html", "stage"):
            shutil.rmtree(copy / "_build" / built, ignore_errors=True)
        (copy / "_build" / "html.stamp").unlink(missing_ok=True)
        seconds, done = _timed(f"{OURS.name}: pages of {which}", list(OURS.command), copy)
        told = done.stderr.splitlines()
        left_out = copy is half and told and all(DANGLING.fullmatch(line) for line in told)
        if done.returncode and not left_out:
            raise BuildError(f"pages of {which}: failed\n{done.stderr.strip()[-3000:]}")
        pages = (copy / "_build" / "stage" / "_build" / "html" / "book").rglob("*.html")
        found.append((seconds, sum(page.stat().st_size for page in pages)))
    return found[0], found[1]


def growth_line(half: tuple[float, int], whole: tuple[float, int]) -> str:
    """How the seconds of rendering grow beside the pages, in a line; from :func:`growth`."""
    seconds, size = whole[0] / half[0], whole[1] / half[1]
    return (
        f"pages of half of the chapters {half[0]:.2f} s, of all {whole[0]:.2f} s: "
        f"{seconds:.2f} times the seconds for {size:.2f} times the bytes (goal: no more)"
    )


def heaviest(html: Path) -> str:
    """The chapter with figures whose page weighs most, compressed; the rest of a visit is common to all.

    Parameters
    ----------
    html : pathlib.Path
        Folder of our book.

    Returns
    -------
    str
        Its path in the folder.
    """
    pages = {path: path.read_bytes() for path in (html / "book").rglob("*.html")}
    weights = {path: len(gzip.compress(page)) for path, page in pages.items() if b'class="plotly-figure"' in page}
    return max(weights, key=weights.__getitem__).relative_to(html).as_posix()


def visit(browser: Browser, address: str, figure: str) -> tuple[dict[str, float], set[str]]:
    """Read a page for the first time, on a slow line, down to its first figure.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        A Chromium.
    address : str
        The page.
    figure : str
        CSS selector of the figures; the first that matches has to be seen.

    Returns
    -------
    tuple of dict and set
        bytes and requests of this host; text and figure, in seconds; the
        other hosts that the page asked.
    """
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    asked, arrived = {}, {}
    line = context.new_cdp_session(page)
    line.on(
        "Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: urlsplit(event["request"]["url"])})
    )
    line.on("Network.loadingFinished", lambda event: arrived.update({event["requestId"]: event["encodedDataLength"]}))
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH.replace("FIGURE", json.dumps(figure)))
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-first-figure]", timeout=PATIENCE)
    page.wait_for_load_state("networkidle", timeout=PATIENCE)
    seen = {"text": page.evaluate(TEXT), "figure": page.evaluate(SEEN)}
    context.close()
    host = urlsplit(address).netloc
    here = [key for key, url in asked.items() if url.netloc == host and url.path != ICON]
    outside = {url.netloc for url in asked.values()} - {host, ""}
    return {"bytes": sum(arrived.get(key, 0) for key in here), "requests": len(here), **seen}, outside


def _visits(book: Book, html: Path, path: str) -> tuple[dict[str, float], set[str]]:
    """The median of several first visits, and the other hosts asked."""
    print(f"{book.name}: {LOADS} first visits to {path}", flush=True)
    with sync_playwright() as playwright, serve_compressed(html) as host:
        browser = playwright.chromium.launch(executable_path=system.browser(), args=CHROMIUM)
        try:
            loads = [visit(browser, f"{host}/{path}", book.figure) for _ in range(LOADS)]
        except TimeoutError:
            raise BuildError(f"{book.name}: {path}: no figure was seen in {PATIENCE / 1000:.0f} s") from None
        finally:
            browser.close()
    medians = {key: statistics.median(values[key] for values, _ in loads) for key in loads[0][0]}
    return medians, set().union(*(outside for _, outside in loads))


def measure(root: Path, work: Path) -> tuple[dict[str, float], dict[str, float], str, set[str], str]:
    """Build and visit both books, then ours by half.

    They take turns, so that other work on the machine weighs on both. Ours is
    first: stock is not the one to read the packages from a cold disk.

    Parameters
    ----------
    root, work : pathlib.Path
        The project, and the folder for its copies.

    Returns
    -------
    tuple of two dict, str, set and str
        Ours and stock by the keys of ``MEASURES``; the page visited; the
        other hosts that the stock page asked; the line of :func:`growth_line`.

    Raises
    ------
    BuildError
        If a build fails, or does not show what it should.
    """
    folders = {book: work / book.name for book in (OURS, STOCK)}
    for book, folder in folders.items():
        book.copy(root, folder)
    values = {book: {"forced": _build(book, "forced", folder)} for book, folder in folders.items()}
    path = heaviest(folders[OURS] / HTML)
    for book, folder in folders.items():
        visits, outside = _visits(book, folder / HTML, path)
        values[book] |= visits
        chapter = (folder / path).with_suffix(".md")
        chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\n{SENTENCE}\n", encoding="utf-8")
    for kind in ("warm", "no-op"):
        for book, folder in folders.items():
            values[book][kind] = _build(book, kind, folder)
            if SENTENCE not in (folder / HTML / path).read_text(encoding="utf-8"):
                raise BuildError(f"{book.name}: {path}: the sentence added is not in the page")
    return values[OURS], values[STOCK], path, outside, growth_line(*growth(folders[OURS]))


def table(ours: dict[str, float], stock: dict[str, float]) -> str:
    """Both figures of each measure, their ratio, and its goal if it has one.

    Parameters
    ----------
    ours, stock : dict
        Values by the keys of ``MEASURES``; times in seconds.

    Returns
    -------
    str
        One line a measure, below a header.
    """
    rows = [("", "ours", "stock", "ours / stock", "goal")]
    for key, (label, form) in MEASURES.items():
        ratio = ours[key] / stock[key]
        rows.append(
            (
                label,
                form.format(ours[key]),
                form.format(stock[key]),
                f"{ratio:.2f}" if ratio >= 0.01 else "< 0.01",
                GOALS.get(key, ""),
            )
        )
    return "\n".join(
        f"{label:38}{here:>11}{there:>12}{ratio:>14}   {goal}".rstrip() for label, here, there, ratio, goal in rows
    )


def _notes(path: str, outside: set[str], load: float) -> str:
    installed = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    notes = [
        f"Same chapters, data and packages: {installed}; {os.cpu_count()} cores, load {load:.1f} before the first build.",
        f"The page is {path}, the heaviest chapter with figures: 1.6 Mbit/s down, 150 ms latency,",
        f"a processor {SLOWER} times slower, no cache, median of {LOADS} visits. Each build is timed once, as a whole process.",
    ]
    if outside:
        notes += [
            f"The stock page also asks {', '.join(sorted(outside))}. Other hosts are refused at once",
            "and left out of its bytes and requests, so both and its times are smaller than a reader's.",
        ]
    return "\n".join(notes)


def main() -> int:
    """Print the table; fail only if a book cannot be built and read."""
    root = Path.cwd()
    if {"chromium", *system.LIBRARIES} & set(system.missing()):
        print(f"the benchmark cannot be run; {system.advice(root)}", file=sys.stderr)
        return 1
    load = os.getloadavg()[0]
    try:
        with tempfile.TemporaryDirectory() as work:
            ours, stock, path, outside, grown = measure(root, Path(work))
    except ReportError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"\n{table(ours, stock)}\n\n{grown}\n\n{_notes(path, outside, load)}")
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
