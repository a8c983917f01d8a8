"""What the colours of the figures mean, each written once; the house template of the press has ink, paper and grid.

A colour of a state means that state in every figure, and nothing else. Each
has a value for light paper, which figures carry, and one for dark, which the
page puts in its place. On both, a mark has a contrast of at least 3:1, but for
what is pale by its name: steps of a scale, which have an edge and carry their
numbers. Shape or a hollow mark says the same in greyscale.
"""

from __future__ import annotations

from claimbook.colours import role
from claimbook.figure import ACCENT
from cooperation import states

COUNTRY = {
    states.ALGERIA: role("#0072b2", "#48a2e6"),
    states.MOROCCO: role("#c05503", "#fa8039"),
    states.MALI: role("#ac7d04", "#e0ad46"),
    states.MAURITANIA: role("#d44a58", "#ff767f"),
    states.NIGER: role("#a04f87", "#d881bb"),
    states.BURKINA_FASO: role("#3a8cc2", "#73c4fd"),
    states.TUNISIA: role("#8a6d3b", "#c4a572"),
    states.LIBYA: role("#6a7939", "#9cad6b"),
    states.CHAD: role("#7f5fb0", "#b292e8"),
    states.NIGERIA: role("#7a7a7a", "#aaaaaa"),
    states.WESTERN_SAHARA: role("#858585", "#959595"),
}
# What a figure is about, what is set beside it, a third thing, and the rest; in greyscale the second and the rest
# are closer to the paper, be it light or dark. Words may stand on all but the second.
MAIN, SECOND, THIRD, REST = ACCENT, role("#7c6be4", "#998cff"), role("#b3402a", "#f87e66"), role("#737679", "#8b8e93")
# Algeria and Morocco together, or what is open between them; and states or grounds of no colour of their own.
BOTH, PLAIN = role("#00873c", "#70da8a"), role("#686e75", "#9ca3aa")
# Steps of scales that begin or end with MAIN or THIRD, from the colour of the paper to that of the ink.
PALEST, PALE_SAND, PALE = role("#cfe3e1", "#1f3d3c"), role("#d8d4ca", "#4a4f55"), role("#8fbdb8", "#2f6d69")
DARK = role("#3a3f45", "#d5d2ca")

LEAD = {"african": MAIN, "mixed": SECOND, "external": REST}
LEAD_NAME = {"african": "African-led", "mixed": "led with outsiders", "external": "led from outside"}
SEARCH = {"first": REST, "second": SECOND, "later": THIRD}
NEITHER = REST
CRISIS = THIRD
REPORTED, DENIED = MAIN, THIRD
LEFT, FOUNDED = THIRD, MAIN
RECORDED = THIRD
