"""A colour means one thing, and can be seen."""

from __future__ import annotations

import re

import pytest

from cooperation.figures import palette

from project import ROOT

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|rgba?\(")
WHITE, DARK = "#ffffff", "#121212"
ROLES = {name: value for name, value in vars(palette).items() if isinstance(value, str) and COLOUR.fullmatch(value)}
STEPS = {name for name in ROLES if name.startswith("PALE")} | {"RIM"}


def luminance(colour: str) -> float:
    """Relative luminance of a colour, by WCAG 2.2."""
    parts = (int(colour[n:n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, by WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard():
    """Black on white has the most there is."""
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.005)


def test_colours_stand_in_the_palette_alone():
    """A colour elsewhere would mean something that nobody can look up."""
    files = [*(ROOT / "src" / "cooperation").rglob("*.py"), *(ROOT / "book").rglob("*.md")]
    found = {path.name for path in files if COLOUR.search(path.read_text(encoding="utf-8"))}
    assert found == {"palette.py"}


def test_every_colour_is_written_once():
    """Roles that share a colour refer to one another."""
    written = re.findall(r"#[0-9a-fA-F]{6}\b", (ROOT / "src/cooperation/figures/palette.py").read_text(encoding="utf-8"))
    assert len(written) == len(set(written))


def test_the_colour_of_a_state_means_nothing_else():
    """A reader who has learnt that ochre is Mali meets no other ochre."""
    assert len(set(palette.COUNTRY.values())) == len(palette.COUNTRY)
    others = set(ROLES.values()) | set(palette.LEAD.values()) | set(palette.SEARCH.values())
    assert not set(palette.COUNTRY.values()) & others


@pytest.mark.parametrize("name", sorted(set(ROLES) - STEPS) + sorted(palette.COUNTRY))
def test_a_mark_can_be_seen(name):
    """At least 3:1 against the white page; against the dark one as well, but for the dark end of a scale."""
    colour = ROLES.get(name) or palette.COUNTRY[name]
    assert contrast(colour, WHITE) >= 3
    assert name == "DARK" or contrast(colour, DARK) >= 3


@pytest.mark.parametrize("roles", [palette.LEAD, palette.SEARCH], ids=["lead", "search"])
def test_what_stands_side_by_side_differs(roles):
    """Who leads, and what each search found, are told apart in one figure."""
    assert len(set(roles.values())) == len(roles)


def test_a_faded_colour_is_the_same_colour():
    """Bands keep the hue of their line."""
    assert palette.faded("#0b6e69", 0.16) == "rgba(11,110,105,0.16)"
