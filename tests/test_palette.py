"""A colour means one thing, and can be seen, on light paper and on dark."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from claimbook import figure
from claimbook.colours import on_dark_paper
from cooperation.figures import palette
from cooperation.states import PAIR

from contrast import contrast, linear, parsed
from project import ROOT

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|rgba?\(")
ROLES = {name: value for name, value in vars(palette).items() if isinstance(value, str) and COLOUR.fullmatch(value)}
STEPS = {name for name in ROLES if name.startswith("PALE")}
PAPERS = {"light": (figure.PAPER, str), "dark": (on_dark_paper(figure.PAPER), on_dark_paper)}
# What stands side by side, from what stands out most from the paper to what does least.
ORDERS = {
    "second": (palette.MAIN, palette.THIRD, palette.SECOND),
    "rest": (palette.MAIN, palette.THIRD, palette.REST),
    "fates": (palette.DARK, palette.MAIN, palette.PALE, palette.PALE_SAND),
    "deaths": (palette.THIRD, palette.PALE, palette.PALEST),
}
TOGETHER = {
    "roles": (palette.MAIN, palette.SECOND, palette.THIRD, palette.REST),
    "sides": (*(palette.COUNTRY[code] for code in PAIR), palette.BOTH, palette.NEITHER),
}
# How the two common forms of colour blindness see red, green and blue light (Machado, Oliveira and Fernandes 2009).
SIGHT = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}
# Oklab (Ottosson 2020): from light to cones, and from these to lightness and two axes of hue.
CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
APART = 0.05


def times(matrix, vector) -> list[float]:
    """A matrix times a vector."""
    return [sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix]


def perceived(colour: str, sight: str) -> list[float]:
    """A colour in Oklab, as an eye of that sight takes it."""
    light = [max(0.0, part) for part in times(SIGHT[sight], linear(parsed(colour)[0]))]
    return times(OKLAB, [part ** (1 / 3) for part in times(CONES, light)])


def test_contrast_is_that_of_the_standard():
    """Black on white has the most there is."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(parsed("#767676")[0], (255, 255, 255)) == pytest.approx(4.54, abs=0.005)


def test_colours_stand_in_the_palette_alone():
    """A colour elsewhere would mean something that nobody can look up."""
    files = [*(ROOT / "src" / "cooperation").rglob("*.py"), *(ROOT / "book").rglob("*.md")]
    found = {path.name for path in files if COLOUR.search(path.read_text(encoding="utf-8"))}
    assert found == {"palette.py"}


def test_every_colour_is_written_once():
    """Roles that share a colour refer to one another; no two meet on dark paper."""
    written = re.findall(
        r"#[0-9a-fA-F]{6}\b", (ROOT / "src/cooperation/figures/palette.py").read_text(encoding="utf-8")
    )
    assert len(written) == len(set(written))


def test_the_colour_of_a_state_means_nothing_else():
    """A reader who has learnt that ochre is Mali meets no other ochre."""
    assert len(set(palette.COUNTRY.values())) == len(palette.COUNTRY)
    others = set(ROLES.values()) | set(palette.LEAD.values()) | set(palette.SEARCH.values())
    assert not set(palette.COUNTRY.values()) & others


@pytest.mark.parametrize("theme", PAPERS)
@pytest.mark.parametrize("name", sorted(set(ROLES) - STEPS) + sorted(palette.COUNTRY))
def test_a_mark_can_be_seen(name, theme):
    """At least 3:1 against the paper, whichever it is."""
    paper, shade = PAPERS[theme]
    assert contrast(parsed(shade(ROLES.get(name) or palette.COUNTRY[name]))[0], parsed(paper)[0]) >= 3


@pytest.mark.parametrize("theme", PAPERS)
@pytest.mark.parametrize("order", ORDERS)
def test_what_stands_out_in_greyscale_is_the_same_on_both_papers(order, theme):
    """What is about the subject stands out most, and the end of a scale is its end."""
    paper, shade = PAPERS[theme]
    seen = [contrast(parsed(shade(colour))[0], parsed(paper)[0]) for colour in ORDERS[order]]
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", PAPERS)
@pytest.mark.parametrize("group", TOGETHER)
def test_what_stands_side_by_side_can_be_told_apart(group, theme, sight):
    """Colours of one figure differ for those, too, who see no red or no green."""
    _, shade = PAPERS[theme]
    pairs = itertools.combinations(TOGETHER[group], 2)
    near = {pair: math.dist(*(perceived(shade(colour), sight) for colour in pair)) for pair in pairs}
    assert {pair: distance for pair, distance in near.items() if distance < APART} == {}


@pytest.mark.parametrize("roles", [palette.LEAD, palette.SEARCH], ids=["lead", "search"])
def test_roles_of_one_figure_differ(roles):
    """Who leads, and what each search found, are told apart in one figure."""
    assert len(set(roles.values())) == len(roles)
