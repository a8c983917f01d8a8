"""What the press itself says to readers, for each language that it speaks.

A book in another language gives its words in the block
``[tool.claimbook.words]`` of its ``pyproject.toml``, under the same names;
what it leaves out stays in English.
"""

from __future__ import annotations

WORDS = {
    "months": "January February March April May June July August September October November December",
    "summary": "Summary",
    "contents": "Contents",
    "finding": "Finding.",
    "source": "Source",
    "own_data": "this report's data package",
    "own_computation": "own computation; no data enter it",
    "figure": "figure",
    "figure_number": "Figure {number}",
    "figure_cited": "{figure} of {title}, version {version}, {year}",
    "works_cited": "Works cited",
    "minutes": "{minutes} min to read",
    "text_of": "text of {day}",
    "cells_run": "cells run on {day}",
    "report_error": "report an error in this chapter",
    "error_subject": "Error in “{title}”",
    "error_body": "Chapter: {title} ({page}), version {version}.\n\nWhat it says:\n\nWhat is wrong, and the page that shows it:\n",
    "days": "Move through the days",
    "marks": "Step through the marks",
    "mark_of": "of",
    "numbers_of": "Numbers of",
    "more": "Numbers, files and citation of this figure",
    "numbers_file": "Numbers as CSV",
    "picture_file": "Picture as SVG",
    "copy_citation": "Copy the citation",
    "copied": "Copied",
    "front_page": "Front page",
    "pages_below": "Pages below",
    "no_page": "Not found",
    "no_page_title": "No page has this address",
    "no_page_text": "It may have moved. Start from the {home}, or {search} for it.",
    "no_page_home": "first page",
    "no_page_search": "search",
    "search_help": "Finds pages that have all the words, with or without accents, and names in their other forms. Numbers are not searched for.",
    "search_needs_scripts": "The search needs scripts, and they are switched off here. The contents beside lead to every chapter.",
    "search_results": "Results",
    "search_found": "Results found: ${resultCount}.",
    "search_nothing": "Nothing found. Check the spelling, or try fewer words.",
}
