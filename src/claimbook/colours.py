"""Colours by what they mean: each has one value for light paper and one for dark.

A figure is drawn with the values for light paper, which JupyterLab and print
take as they are. It carries the dark partner of each beside it, and the page
sets these where the reader prefers a dark theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

TRANSPARENT = "rgba(0,0,0,0)"
HEX = re.compile(r"#[0-9a-f]{6}")
RGBA = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")
IN_WORDS = re.compile(r"style=['\"](?:[^'\"]*;)? *color: *([^;'\"]+)")
_DARK: dict[str, str] = {}


def role(light: str, dark: str) -> str:
    """Declare a colour with its partner on dark paper.

    Parameters
    ----------
    light, dark : str
        The colour on light and on dark paper, as ``#rrggbb`` in small letters.

    Returns
    -------
    str
        The colour on light paper, to draw with.

    Raises
    ------
    ValueError
        If one is written otherwise, or the first has another partner already.
    """
    for colour in (light, dark):
        if not HEX.fullmatch(colour):
            raise ValueError(f"colour {colour!r} is not written as #rrggbb in small letters")
    if _DARK.setdefault(light, dark) != dark:
        raise ValueError(f"colour {light} has two partners on dark paper: {_DARK[light]} and {dark}")
    return light


def faded(colour: str, opacity: float) -> str:
    """A colour that lets what lies beneath show through, for bands."""
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def on_dark_paper(colour: str) -> str:
    """The partner of a colour, faded as that is.

    Raises
    ------
    ValueError
        If the colour is not one that was declared.
    """
    if colour == TRANSPARENT:
        return colour
    if colour in _DARK:
        return _DARK[colour]
    if mixed := RGBA.fullmatch(colour):
        red, green, blue, opacity = mixed.groups()
        whole = f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
        if whole in _DARK:
            return faded(_DARK[whole], float(opacity))
    raise ValueError(f"colour {colour} is of no role: declare it in the palette, with its partner on dark paper")


def colours(drawing, key: str = "") -> Iterator[str]:
    """Every colour in a figure's JSON: values of keys that end in ``color``, scales, and those of words.

    Numbers that a scale would colour are given as text: they are of no role.
    """
    if isinstance(drawing, list):
        for value in drawing:
            yield from colours(value, key)
    elif key.endswith("color"):
        yield from [] if drawing is None else [str(drawing)]
    elif isinstance(drawing, dict):
        for name, value in drawing.items():
            yield from colours(value, name)
    elif isinstance(drawing, str):
        yield from [drawing] if key in ("colorway", "colorscale") else IN_WORDS.findall(drawing)


def partners(drawing) -> dict[str, str]:
    """The colours of a figure's JSON, in order, with those that take their place on dark paper.

    Raises
    ------
    ValueError
        If a colour has no partner.
    """
    return {colour: on_dark_paper(colour) for colour in sorted(set(colours(drawing)) - {TRANSPARENT})}
