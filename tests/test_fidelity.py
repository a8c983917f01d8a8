"""What the data and the pages say of people and parties is said fairly, wherever it stands."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

import pytest

from bound_share import PATTERN
from project import CHAPTERS, ROOT

# What stood on a page elsewhere, word for word: titles, and the remarks of coders kept as they were written.
AS_THEY_STAND = ("sources", "second_coding", "codebook", "claims")
# A chapter joins when it is rewritten.
PAGES = [
    path
    for path in [ROOT / "README.md", *sorted((ROOT / "book").rglob("*.md"))]
    if (name := path.relative_to(ROOT).as_posix().removeprefix("book/").removesuffix(".md")) in PATTERN
    or name not in CHAPTERS
]
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"")
NO_WORDS = re.compile(r"\{cite\}`[^`]*`|\]\([^)]*\)")
CAMPS = re.compile(r"\b(?<!refugee )camps?\b(?=[^.;:]{0,30}\bTindouf\b)|\bTindouf camps?\b", re.IGNORECASE)
IN_THE_TERRITORY = re.compile(r"\b(?:Dakhla|La[aâ]youne|El[- ]Aai[uú]n)\b")
SEIZED = re.compile(r"\b(?:coups?|taken? power|took power|seized? power|had taken over)\b", re.IGNORECASE)
OF_CAMPS = re.compile(r"\bcamps?\b.*\bTindouf\b", re.IGNORECASE)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of a table as they stand in its file."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told() -> Iterator[tuple[str, str]]:
    """What the data and the rewritten pages say, a field or a line at a time, with where it stands; quotations left out."""
    for path in sorted((ROOT / "data").glob("*.csv")):
        if path.stem not in AS_THEY_STAND:
            for row in rows(path.stem):
                texts = " | ".join(value for value in row.values() if value and " " in value)
                yield f"{path.stem} {next(iter(row.values()))}", QUOTED.sub("", texts)
    for path in PAGES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.name} line {number}", QUOTED.sub("", NO_WORDS.sub("", line))


TOLD = list(told())


def test_the_camps_near_tindouf_are_refugee_camps():
    """Nobody's word for who lives there is left out."""
    assert [where for where, text in TOLD if CAMPS.search(text)] == []


@pytest.mark.parametrize(
    "words", ["people in the camps at Tindouf", "the camps near Tindouf", "seized at Tindouf camps"]
)
def test_camps_without_refugees_are_seen(words):
    """The search bites, and passes over what is said in full."""
    assert CAMPS.search(words)
    assert not CAMPS.search("in the refugee camps near Tindouf. Camps elsewhere")


def test_a_place_in_western_sahara_is_named_with_it():
    """Dakhla and Laayoune stand on no side of the border by a text's silence."""
    assert [where for where, text in TOLD if IN_THE_TERRITORY.search(text) and "Western Sahara" not in text] == []


def test_the_party_is_called_by_its_name():
    """The Polisario Front, in the data as on the pages; what a page elsewhere is called stands as it is."""
    short = re.compile(r"\bPolisario\b(?! Front)")
    assert [where for where, text in TOLD if not where.startswith("references") and short.search(text)] == []


def test_sanctions_are_told_with_the_coups_that_they_answered():
    """Each turning point that is a sanction, laid on or lifted, and each closure by ECOWAS."""
    laid = [row for row in rows("region_events") if row["kind"] == "sanction"]
    closed = [row for row in rows("baggage_acts") if (row["actor"], row["form"]) == ("ECOWAS", "closure")]
    assert len(laid) > 30
    assert len(closed) > 1
    assert [row["id"] for row in laid if not SEIZED.search(f"{row['title']} {row['summary']}")] == []
    assert [row["id"] for row in closed if not SEIZED.search(row["act"])] == []


def test_a_charge_about_the_camps_stands_with_the_words_of_those_concerned():
    """The Polisario Front, which runs them, and UNHCR, which looks after the refugees, are heard as well."""
    charges = [row for row in rows("baggage_acts") if OF_CAMPS.search(row["act"])]
    assert charges
    assert [row["id"] for row in charges if not {"Polisario", "UNHCR"} <= set(re.findall(r"\w+", row["answer"]))] == []


def test_france_is_heard_in_its_own_words():
    """What Paris wrote of sovereignty in 2024 is quoted, and not made more or less of."""
    events = {row["id"]: f"{row['title']} {row['summary']}" for row in rows("region_events")}
    letter = {row["id"]: f"{row['title']} {row['summary']}" for row in rows("dispute_events")}
    said = [events["RE276"], events["RE295"], letter["EV102"]]
    said += [
        row["statement"]
        for row in rows("region_event_statements")
        if row["event"] in ("RE276", "RE295") and row["actor"] == "FRA"
    ]
    assert len(said) == 5
    assert [words for words in said if "“within the framework of Moroccan sovereignty”" not in words] == []


def test_no_private_person_is_named_in_an_unproven_charge():
    """None from a statement that its makers withdrew; and the dead officer of A16 has no name in what is told of him."""
    withdrawn = [row for row in rows("allegations") if "withdrawn" in f"{row['claim']} {row['made_by']}"]
    assert withdrawn
    for row in withdrawn:
        names = re.findall(r"(?<!^)(?<![.;:] )\b[A-Z][a-z]+\b", f"{row['claim']}; {row['target']}")
        assert set(names) <= {"Tuareg", "Malian"}
        assert not re.search(r"\b(?:lady|wife|son|daughter|brother)\b", " ".join(row.values()))
    assert [where for where, text in TOLD if "Ould Bou" in text] == []


def test_no_page_says_that_it_reaches_the_present():
    """The evidence ends on a day; a page says which."""
    assert [where for where, text in TOLD if re.search(r"\bto the present\b|\bto this day\b", text)] == []
