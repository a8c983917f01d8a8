"""What the colours of the figures mean; the house template of the press has the rest."""

from __future__ import annotations

ALGERIA, MOROCCO = "#0072b2", "#d55e00"
COUNTRY = {
    "DZA": ALGERIA,
    "MAR": MOROCCO,
    "MLI": "#b8860b",
    "MRT": "#009e73",
    "NER": "#a04f87",
    "BFA": "#4b9cd3",
    "TUN": "#8a6d3b",
    "LBY": "#6b7a3a",
    "TCD": "#7f5fb0",
    "NGA": "#7a7a7a",
    "ESH": "#9b9b9b",
}
LEAD = {"african": "#0b6e69", "mixed": "#b8860b", "external": "#8c8f94"}
LEAD_NAME = {"african": "African-led", "mixed": "led with outsiders", "external": "led from outside"}
BOTH, NEITHER = "#009e73", "#a9adb2"
