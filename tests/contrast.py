"""What stands on what in a figure, and with which contrast: read from its JSON, as the browser would draw it."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from claimbook.colours import TRANSPARENT

MARK, WORD = 3.0, 4.5
SPAN = re.compile(r"<span style='[^']*?color:([^;']+)[^']*'>")
NUMBERS = re.compile(r"[\d.]+")
# Symbols that are a stroke alone: plotly gives them the colour of their line.
STROKES = re.compile(r"x-thin|cross-thin|asterisk|line-")
# Text that plotly puts inside a mark; elsewhere it stands beside.
WITHIN = {"middle center", "inside", "auto"}
# plotly lets bubbles show through, unless it is told otherwise.
BUBBLE = 0.7

Colour = tuple[float, float, float]


class Part(NamedTuple):
    """A mark or a word of a figure, and its contrast with the ground below it, where that is least."""

    kind: str
    where: str
    colour: str
    contrast: float

    @property
    def enough(self) -> float:
        """The least contrast that WCAG 2.2 asks of such a part."""
        return WORD if self.kind == "word" else MARK


def parsed(colour: str) -> tuple[Colour, float]:
    """Red, green and blue from 0 to 255, and the opacity, of ``#rrggbb`` or ``rgba()``."""
    if colour.startswith("#"):
        return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5)), 1.0
    *parts, opacity = map(float, NUMBERS.findall(colour))
    return tuple(parts), opacity


def linear(colour: Colour) -> list[float]:
    """Red, green and blue as amounts of light, by the definition of sRGB."""
    parts = (part / 255 for part in colour)
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: Colour) -> float:
    """Relative luminance, by WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast of two colours, by WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, ground: Colour, opacity: float = 1) -> Colour:
    """What is seen of a colour that lets a ground show through."""
    parts, own = parsed(colour)
    return tuple(part * own * opacity + below * (1 - own * opacity) for part, below in zip(parts, ground, strict=True))


def _values(coordinates) -> list:
    """Coordinates of a trace, which plotly may write as bytes."""
    if isinstance(coordinates, dict):
        return np.frombuffer(b64decode(coordinates["bdata"]), coordinates["dtype"]).tolist()
    return coordinates


def _looks(*values) -> Iterator[tuple]:
    """The different looks of the points of a trace: plotly takes one value for all of them, or a list."""
    number = next((len(value) for value in values if isinstance(value, list)), 1)
    return iter(
        dict.fromkeys(zip(*(value if isinstance(value, list) else [value] * number for value in values), strict=True))
    )


class Reading:
    """A figure in one theme.

    Parameters
    ----------
    figure : dict
        ``data`` and ``layout``.
    paper : str
        Colour of the page.
    shade : callable
        The colour that the theme gives to one of the figure's.
    without : set of str
        Colours of lines and areas that carry nothing: grid and land.
    """

    def __init__(self, figure: dict, paper: str, shade: Callable[[str], str], without: set[str]):
        self.figure, self.shade, self.without = figure, shade, without
        self.layout = figure["layout"]
        template = self.layout["template"]["layout"]
        self.font, (self.first, *_) = template["font"]["color"], template["colorway"]
        self.paper = parsed(paper)[0]
        self.grounds = [self.paper, *self._tints()]
        self.below_words = [*self.grounds, *self._areas()]

    def _tints(self) -> list[Colour]:
        """What words and marks may stand on beside the page: shaded spans, and land."""
        shapes = [
            over(self.shade(shape["fillcolor"]), self.paper, shape.get("opacity", 1))
            for shape in self.layout.get("shapes", [])
            if shape.get("layer") == "below" and "fillcolor" in shape
        ]
        return shapes + [
            over(self.shade(trace["fillcolor"]), self.paper) for trace in self.figure["data"] if self._is_ground(trace)
        ]

    def _areas(self) -> list[Colour]:
        """What words may stand on besides: areas of any trace."""
        return [
            over(self.shade(trace["fillcolor"]), self.paper, trace.get("opacity", 1))
            for trace in self.figure["data"]
            if trace.get("fill") and trace["fillcolor"] != TRANSPARENT
        ]

    def _is_ground(self, trace: dict) -> bool:
        return trace.get("hoverinfo") == "skip" and trace.get("fillcolor") in self.without

    def _worst(self, colour: str, opacity: float = 1) -> float:
        return min(contrast(over(self.shade(colour), ground, opacity), ground) for ground in self.grounds)

    def _mark(self, where: str, looks: list[tuple[str, float]]) -> Part:
        """A mark is seen by its fill or by its line, whichever shows better."""
        seen = [(self._worst(colour, opacity), colour) for colour, opacity in looks]
        best, colour = max(seen, default=(0.0, "no colour"))
        return Part("mark", where, colour, best)

    def _word(self, where: str, colour: str, grounds: list[Colour]) -> Part:
        return Part("word", where, colour, min(contrast(over(self.shade(colour), below), below) for below in grounds))

    def _on(self, mark: str, opacity: float = 1) -> list[Colour]:
        """What is below a word that stands on a mark, which may be hollow."""
        if mark == TRANSPARENT:
            return self.below_words
        return [over(self.shade(mark), ground, opacity) for ground in self.grounds]

    def parts(self) -> Iterator[Part]:
        """Every mark and word."""
        for number, trace in enumerate(self.figure["data"]):
            where = f"{trace['type']} {trace.get('name') or number}"
            yield from self._bars(trace, where) if trace["type"] == "bar" else self._scatter(trace, where)
            for axis in ("error_x", "error_y"):
                if axis in trace:
                    yield self._mark(
                        f"{where}, interval", [(trace[axis].get("color", ""), 1)] if "color" in trace[axis] else []
                    )
        yield from self._shapes()
        yield from self._words()

    def _bars(self, trace: dict, where: str) -> Iterator[Part]:
        marker = trace["marker"]
        line, words = marker.get("line", {}), trace.get("textfont", {}).get("color")
        lengths = _values(trace["x" if trace.get("orientation") == "h" else "y"])
        look = (marker.get("color", self.first), line.get("color"), line.get("width", 0), words, trace.get("text", ""))
        for length, fill, edge, width, word, text in _looks(lengths, *look):
            if length:
                yield self._mark(
                    where, [(colour, trace.get("opacity", 1)) for colour in (fill, edge if width else None) if colour]
                )
            if text:
                within = trace.get("textposition", "auto") in WITHIN
                yield self._word(f"{where}, text", word, self._on(fill) if within else self.below_words)

    def _scatter(self, trace: dict, where: str) -> Iterator[Part]:
        mode, opacity, line = trace["mode"], trace.get("opacity", 1), trace.get("line", {})
        ground = trace.get("hoverinfo") == "skip" and {line.get("color"), trace.get("fillcolor")} & self.without
        if not ground and (trace.get("fill") or ("lines" in mode and line.get("width", 2))):
            seen = [trace["fillcolor"]] if trace.get("fill") else []
            seen += [line.get("color", self.first)] if line.get("width", 2) else []
            yield self._mark(f"{where}, line", [(colour, opacity) for colour in seen])
        if "markers" in mode or "text" in mode:
            yield from self._points(trace, where)

    def _points(self, trace: dict, where: str) -> Iterator[Part]:
        marker, mode = trace.get("marker", {}), trace["mode"]
        line = marker.get("line", {})
        fills = marker.get("color") or trace.get("line", {}).get("color", self.first)
        bubbles = isinstance(marker.get("size"), (list, dict))
        values = (
            fills,
            marker.get("symbol", "circle"),
            marker.get("opacity", BUBBLE if bubbles else 1),
            line.get("color"),
            line.get("width", 0),
            trace.get("textposition", "middle center"),
            trace.get("textfont", {}).get("color"),
        )
        for fill, symbol, opacity, edge, width, position, word in _looks(*values):
            hollow, seen = "-open" in symbol, opacity * trace.get("opacity", 1)
            if "markers" in mode:
                colours = [fill] if hollow or not STROKES.match(symbol) else []
                colours += [edge] if width and not hollow and edge else []
                yield self._mark(f"{where}, {symbol}", [(colour, seen) for colour in colours if colour])
            if "text" in mode:
                on = "markers" in mode and not hollow and position in WITHIN
                yield self._word(f"{where}, text", word, self._on(fill, seen) if on else self.below_words)

    def _shapes(self) -> Iterator[Part]:
        for shape in self.layout.get("shapes", []):
            colour, opacity = shape.get("line", {}).get("color"), shape.get("opacity", 1)
            if shape["type"] == "line" and colour not in self.without:
                yield self._mark("line drawn across", [(colour, opacity)])
            elif shape.get("layer") != "below" and "fillcolor" in shape:
                yield self._mark("area drawn across", [(shape["fillcolor"], opacity)])

    def _words(self) -> Iterator[Part]:
        yield self._word("axes and legend", self.font, [self.paper])
        for colour in SPAN.findall(self.layout["title"]["text"]):
            yield self._word("title", colour, [self.paper])
        for note in self.layout.get("annotations", []):
            for colour in (note.get("font", {}).get("color", self.font), *SPAN.findall(note["text"])):
                yield self._word(f"note {note['text'][:30]!r}", colour, self.below_words)
