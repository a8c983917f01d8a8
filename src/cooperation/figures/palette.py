"""What the colours of the figures mean, each written once; the house template of the press has ink, paper and grid.

A colour of a state means that state in every figure, and nothing else. Every
colour has a contrast of at least 3:1 against the white page, but for what is
pale by its name: steps of a scale, which carry their numbers. All but the dark
end of that scale have it against the dark page too. Shape or a hollow mark
says the same in greyscale.
"""

from __future__ import annotations

from cooperation import states

COUNTRY = {
    states.ALGERIA: "#0072b2",
    states.MOROCCO: "#d55e00",
    states.MALI: "#b8860b",
    states.MAURITANIA: "#d44a58",
    states.NIGER: "#a04f87",
    states.BURKINA_FASO: "#4b9cd3",
    states.TUNISIA: "#8a6d3b",
    states.LIBYA: "#6b7a3a",
    states.CHAD: "#7f5fb0",
    states.NIGERIA: "#7a7a7a",
    states.WESTERN_SAHARA: "#8f8f8f",
}
# What a figure is about, what is set beside it, a third thing, and the rest; in greyscale the second and the rest are lighter.
MAIN, SECOND, THIRD, REST = "#0b6e69", "#8a7af5", "#b3402a", "#8c8f94"
# Algeria and Morocco together, or what is open between them; and states or grounds of no colour of their own.
BOTH, PLAIN = "#009e73", "#686e75"
# Steps of scales that begin or end with MAIN or THIRD.
PALE, PALEST, PALE_SAND, DARK = "#8fbdb8", "#cfe3e1", "#d8d4ca", "#3a3f45"
# The rim of a mark, of the colour of the page, which the dark theme changes.
RIM = "#ffffff"

LEAD = {"african": MAIN, "mixed": SECOND, "external": REST}
LEAD_NAME = {"african": "African-led", "mixed": "led with outsiders", "external": "led from outside"}
SEARCH = {"first": REST, "second": SECOND, "later": THIRD}
NEITHER = REST
CRISIS = THIRD
REPORTED, DENIED = MAIN, THIRD
LEFT, FOUNDED = THIRD, MAIN
RECORDED = THIRD


def faded(colour: str, opacity: float) -> str:
    """A colour that lets what lies beneath show through, for bands."""
    red, green, blue = (int(colour[n:n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
