"""What figures share with the page is the same in both, and every mark and word of every figure can be seen."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from claimbook import colours, figure
from claimbook.build import contents, references
from claimbook.build.execution import FIGURE, code_cells
from claimbook.figure import ACCENT, GRID, INK, LAND, MUTED, ON_MARK, area, bars, finish
from claimbook.sphinx.defaults import ASSETS
from cooperation.figures import palette

from contrast import Part, Reading
from project import EXAMPLE, ROOT

CSS = (ASSETS / "report.css").read_text(encoding="utf-8")
# A family of a list, by CSS Fonts 4: a string, or identifiers; an identifier does not begin with a digit.
IDENTIFIER = r"-?(?:[A-Za-z_]|[^\x00-\x7f])(?:[\w-]|[^\x00-\x7f])*"
FAMILY = re.compile(rf"\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|({IDENTIFIER}(?:\s+{IDENTIFIER})*))\s*")


def families(value: str) -> list[str]:
    """The families of a ``font-family``; none if CSS drops the declaration."""
    found = [FAMILY.fullmatch(part) for part in value.split(",")]
    return [next(filter(None, family.groups())) for family in found] if all(found) else []


def declared(name: str, dark: bool = False) -> str:
    """The value of a variable of the style sheet."""
    block = CSS.split('html[data-theme="dark"] {', 1)[1] if dark else CSS
    return re.search(rf"--{name}: ([^;]+);", block)[1]


# The page, in each theme.
PAPERS = {"light": declared("report-paper"), "dark": declared("report-paper", dark=True)}


def test_families_are_read_as_css_reads_them():
    """A name that begins with a digit must be quoted, or nothing of the list counts."""
    assert families("Source Sans 3, Arial") == []
    assert families("'Source Sans 3', Noto Sans,sans-serif") == ["Source Sans 3", "Noto Sans", "sans-serif"]


def test_figures_are_set_in_the_type_of_the_page():
    """One list of families, which a browser understands."""
    assert "Source Sans 3" in families(figure.FONT)
    assert families(figure.FONT) == families(declared("report-sans"))


@pytest.mark.parametrize(
    ("light", "variable"),
    [(INK, "report-ink"), (MUTED, "report-muted"), (ACCENT, "report-accent")],
    ids=["ink", "muted", "accent"],
)
def test_figures_have_the_colours_of_the_page(light, variable):
    """Ink, muted ink and accent are one colour in page and figure, in both themes."""
    assert light == declared(variable)
    assert colours.on_dark_paper(light) == declared(variable, dark=True)


def test_the_rim_of_a_mark_is_the_paper_of_the_dark_page():
    """A rim that differed from the page would be seen as a mark."""
    assert colours.on_dark_paper(figure.PAPER) == declared("report-paper", dark=True)


def test_a_faded_colour_is_the_same_colour():
    """Bands keep the hue of their line, on dark paper as well."""
    assert colours.faded(palette.SECOND, 0.16) == "rgba(124,107,228,0.16)"
    assert colours.on_dark_paper(colours.faded(palette.SECOND, 0.16)) == colours.faded(
        colours.on_dark_paper(palette.SECOND), 0.16
    )


@pytest.mark.parametrize(
    ("light", "dark", "message"),
    [
        ("#ABCDEF", "#102030", "colour '#ABCDEF' is not written as #rrggbb in small letters"),
        (INK, "#102030", f"colour {INK} has two partners on dark paper: #e9e7e2 and #102030"),
    ],
    ids=["capitals", "two partners"],
)
def test_a_role_is_declared_once_and_plainly(light, dark, message):
    """The page finds a colour by its letters, and one partner for it."""
    with pytest.raises(ValueError, match=re.escape(message)):
        colours.role(light, dark)


def a_figure(**bar) -> go.Figure:
    """A figure of one bar, with its parts."""
    drawing = go.Figure(go.Bar(x=["one"], y=[1], **bar))
    return finish(drawing, title="", subtitle="", alt="", data=pd.DataFrame({"one": [1]}))


@pytest.mark.parametrize("colour", ["#123456", "red", "rgba(18,52,86,0.5)", 3], ids=["hex", "name", "faded", "number"])
def test_a_colour_of_no_role_stops_the_figure(colour):
    """Nobody could say what it should be in the dark."""
    with pytest.raises(ValueError, match="is of no role: declare it in the palette"):
        a_figure(marker={"color": [colour]})


def contrasts(**bar) -> dict[str, float]:
    """Kinds of the parts of a bar, with their contrast in the light."""
    drawing = a_figure(**bar).to_plotly_json()
    parts = Reading(
        {"data": [drawing["data"][0]], "layout": drawing["layout"]}, PAPERS["light"], str, {GRID, LAND}
    ).parts()
    return {part.kind: round(part.contrast, 1) for part in parts if part.where.startswith("bar")}


def test_contrast_is_read_as_a_browser_draws():
    """The line of a hollow bar counts, what shows through is mixed with the paper, words stand on their mark."""
    solid = {"mark": 5.9}
    assert contrasts(marker=bars(ACCENT)) == solid
    assert contrasts(marker=bars(ACCENT, hollow=True)) == solid
    assert contrasts(marker=bars(ACCENT), opacity=0.3) == {"mark": 1.6}
    assert contrasts(marker={"color": area(ACCENT)["fillcolor"]}) == {"mark": 1.3}
    words = {"text": ["1"], "textfont": {"color": ON_MARK}}
    assert contrasts(marker=bars(ACCENT), textposition="inside", **words) == {**solid, "word": 6.0}
    assert contrasts(marker=bars(ACCENT), textposition="outside", **words) == {**solid, "word": 1.0}
    assert contrasts(marker=bars(ACCENT, hollow=True), textposition="inside", **words) == {**solid, "word": 1.0}


class Drawn(NamedTuple):
    """A figure of a book, the chapter that draws it, and what it says of itself."""

    chapter: str
    drawing: dict
    meta: dict

    def parts(self, theme: str) -> Iterator[Part]:
        """Its marks and words in a theme, as the page draws it."""
        partners = self.meta["on_dark_paper"]
        shade = partners.get if theme == "dark" else str
        return Reading(
            self.drawing,
            PAPERS[theme],
            lambda colour: colour if colour == colours.TRANSPARENT else shade(colour),
            {GRID, LAND},
        ).parts()


def drawn(root: Path) -> list[Drawn]:
    """The figures that the reference notebooks of a book hold."""
    found = []
    for chapter in contents.chapters(root):
        for cell in code_cells(nbformat.read(root / references.reference_of(chapter), as_version=4)):
            for made in (output.data[FIGURE] for output in cell.outputs if FIGURE in output.get("data", {})):
                layout = {key: value for key, value in made["layout"].items() if key != "meta"}
                found.append(Drawn(chapter.stem, {"data": made["data"], "layout": layout}, made["layout"]["meta"]))
    return found


@pytest.fixture(scope="module")
def every() -> list[Drawn]:
    """The figures of the report and of the example book."""
    found = [*drawn(ROOT), *drawn(EXAMPLE)]
    assert len(found) >= 70
    return found


def test_every_colour_of_a_figure_has_its_partner(every):
    """A figure carries the partner of each of its colours, and no other."""
    for chapter, drawing, meta in every:
        found = set(colours.colours(drawing)) - {colours.TRANSPARENT}
        assert sorted(found) == sorted(meta["on_dark_paper"]), f"{chapter}: {meta['title']}"
        assert colours.partners(drawing) == meta["on_dark_paper"], f"{chapter}: {meta['title']}"


@pytest.mark.parametrize("theme", PAPERS)
def test_marks_and_words_can_be_seen(every, theme):
    """Marks have a contrast of 3:1 at least, words of 4.5:1; grid and land carry nothing."""
    parts = sorted(
        (part.contrast / part.enough, f"{chapter}, {meta['title']!r}", part)
        for chapter, drawing, meta in every
        for part in Drawn(chapter, drawing, meta).parts(theme)
    )
    assert len(parts) > 1500
    for kind in ("mark", "word"):
        _, where, worst = next(found for found in parts if found[2].kind == kind)
        print(f"{theme}: the worst {kind} has {worst.contrast:.2f}: {where}, {worst.where}, {worst.colour}")
    assert [
        f"{part.contrast:.2f}: {where}, {part.where}, {part.colour}" for share, where, part in parts if share < 1
    ] == []


@pytest.mark.parametrize("plain", [True, False], ids=["a list", "an array"])
def test_figures_are_the_same_with_other_releases(plain):
    """The last digits of a sum depend on the library that adds; a reader and a comparison need ten."""
    numbers = np.array([0.1 + 0.2, 1 / 3, np.nan])
    drawn = go.Figure(go.Bar(x=["a", "b", "c"], y=numbers.tolist() if plain else numbers))
    shown = json.loads(finish(drawn, title="", subtitle="", alt="", data=pd.DataFrame({"a": [1]})).to_json())["data"][
        0
    ]["y"]
    found = shown if plain else np.frombuffer(base64.b64decode(shown["bdata"])).tolist()
    assert found[:2] == [0.3, 0.3333333333]
