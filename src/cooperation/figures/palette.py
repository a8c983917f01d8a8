"""What the colours of the figures mean; the house template of the press has the rest."""

from __future__ import annotations

from cooperation import states

ALGERIA, MOROCCO = "#0072b2", "#d55e00"
COUNTRY = {
    states.ALGERIA: ALGERIA,
    states.MOROCCO: MOROCCO,
    states.MALI: "#b8860b",
    states.MAURITANIA: "#009e73",
    states.NIGER: "#a04f87",
    states.BURKINA_FASO: "#4b9cd3",
    states.TUNISIA: "#8a6d3b",
    states.LIBYA: "#6b7a3a",
    states.CHAD: "#7f5fb0",
    states.NIGERIA: "#7a7a7a",
    states.WESTERN_SAHARA: "#9b9b9b",
}
LEAD = {"african": "#0b6e69", "mixed": "#b8860b", "external": "#8c8f94"}
LEAD_NAME = {"african": "African-led", "mixed": "led with outsiders", "external": "led from outside"}
BOTH, NEITHER = "#009e73", "#a9adb2"
