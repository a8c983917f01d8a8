"""Events in the order of their days: their plain values, their page and what filters it, and the report's selection."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import jinja2
import pandas as pd
import pytest

from claimbook import chapter
from claimbook.package.tables import load
from claimbook.sphinx import timeline as page
from claimbook.timeline import TIMELINE, choices, in_order, places, ticks
from claimbook.words import WORDS
from cooperation.measures import timeline
from cooperation.rows import DisputeEvent, MistrustEvent, RegionEvent

from project import ROOT

SPHINX = ROOT / "src" / "claimbook" / "sphinx"
FORMS = timeline.RELATION_FORMS


@pytest.fixture
def events() -> pd.DataFrame:
    """Three events of two parts, the latest first."""
    return pd.DataFrame(
        {
            "date": ["2004-07", "1994-08-27", "2004"],
            "title": ["A <later> one", "The border is shut", "A year is known"],
            "part": ["II Talks", "I Borders", "II Talks"],
            "kind": ["talks", "borders", "borders"],
            "who": [["Zeta"], ["alpha", "Zeta"], []],
            "label": ["card-x", None, ""],
        }
    )


def test_events_stand_in_the_order_of_their_first_days(events):
    """A year stands at its first day; what has no label has an empty one."""
    rows = in_order(events)
    assert [row["date"] for row in rows] == ["1994-08-27", "2004", "2004-07"]
    assert [row["label"] for row in rows] == ["", "", "card-x"]
    assert rows[0]["who"] == ["alpha", "Zeta"]
    assert list(rows[0]) == ["date", "title", "part", "kind", "who", "label"]


def test_what_cannot_be_shown_is_refused(events):
    """No events, or events without a column, stop the cell."""
    with pytest.raises(ValueError, match="no events to show"):
        in_order(events.iloc[:0])
    with pytest.raises(ValueError, match="column part, kind is missing"):
        in_order(events.drop(columns=["part", "kind"]))


def test_events_are_chosen_by_the_names_that_they_have(events):
    """Each name once, in the order of the alphabet, whatever its first letter."""
    assert choices(in_order(events)) == {
        "part": ["I Borders", "II Talks"],
        "kind": ["borders", "talks"],
        "who": ["alpha", "Zeta"],
    }


def test_events_lie_on_the_strip_by_their_days(events):
    """From the first day of the first year to the last of the last; the years below are round ones of that time."""
    rows = in_order(events)
    assert places(rows) == [5.9, 90.9, 95.4]
    assert ticks(rows) == [(2000, 54.5)]
    assert [year for year, _ in ticks([{"date": "1900"}, {"date": "2020"}])] == [
        1900,
        1920,
        1940,
        1960,
        1980,
        2000,
        2020,
    ]
    assert ticks([{"date": "2003"}, {"date": "2003-05"}]) == []


@pytest.fixture
def shown(events, monkeypatch) -> dict:
    """What a cell displays that shows the events."""
    outputs: list[dict] = []
    monkeypatch.setattr(chapter, "display", lambda output, raw: outputs.append(output))
    chapter.show_timeline(events)
    (output,) = outputs
    return output


def test_elsewhere_the_events_are_a_table(shown):
    """The PDF and a notebook have the same events as a table without a number, each with its day in words."""
    assert shown[TIMELINE]["events"][0]["title"] == "The border is shut"
    lines = shown["text/markdown"].splitlines()
    assert lines[0] == ":::{list-table} "
    assert lines[3] == ":widths: 18 50 16 16"
    assert lines[5:13] == [
        *("* - When", "  - What", "  - Part", "  - Kind"),
        *("* - 27 August 1994", "  - The border is shut", "  - I Borders", "  - borders"),
    ]
    assert "A &lt;later&gt; one" in shown["text/html"]


def builder(labels: dict[str, tuple[str, str]]) -> SimpleNamespace:
    """A builder of HTML that knows some labels."""
    return SimpleNamespace(
        get_target_uri=lambda docname: f"{docname}.html",
        env=SimpleNamespace(get_domain=lambda _: SimpleNamespace(anonlabels=labels)),
        app=SimpleNamespace(book=SimpleNamespace(words=WORDS | {"months": " ".join("abcdefghijkl")})),
    )


def rendered(content: dict, labels: dict[str, tuple[str, str]]) -> str:
    """The timeline as it stands on a page."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(SPHINX / "templates"), autoescape=False)
    environment.globals["say"] = WORDS
    filled = page.context(builder(labels), "book/region", content)
    return environment.get_template("timeline.html").render(**filled)


def test_an_event_leads_to_what_tells_more(shown):
    """Its title is a link, as seen from the page; the days are in the book's own language."""
    text = rendered(shown[TIMELINE], {"card-x": ("book/register/cards", "card-x")})
    assert '<a href="register/cards.html#card-x">A &lt;later&gt; one</a>' in text
    assert '<time datetime="1994-08-27">27 h 1994</time>' in text
    assert text.count("<tr data-part") == text.count("<rect ") == 3
    assert 'data-part="0" data-kind="0" data-who="0 1"' in text


def test_a_label_that_the_book_lacks_is_told_and_no_link(shown, caplog):
    """Nothing leads to what is not there."""
    text = rendered(shown[TIMELINE], {})
    assert "nothing has the label 'card-x'" in caplog.text
    assert "<a " not in text


@pytest.mark.slow
def test_the_list_is_filtered_by_keyboard(browser, shown, tmp_path):
    """Keys alone choose events; the count is said, the strip fades with the list, and a button shows all again."""
    script = (SPHINX / "assets" / "timeline.js").read_text(encoding="utf-8")
    text = rendered(shown[TIMELINE], {"card-x": ("book/register/cards", "card-x")})
    path = Path(tmp_path) / "page.html"
    path.write_text(f"<!doctype html><title>t</title>{text}<script>{script}</script>", encoding="utf-8")
    at = browser.new_page()
    at.goto(path.as_uri())
    listed, told = at.locator(".timeline-list tbody tr:visible"), at.locator("output")
    assert listed.count() == 3
    at.locator("select[name=part]").focus()
    at.keyboard.type("II")
    assert (listed.count(), told.inner_text()) == (2, "2 of 3 events")
    at.keyboard.press("Tab")
    at.keyboard.type("talks")
    assert (listed.count(), told.inner_text()) == (1, "1 of 3 events")
    assert at.locator("rect.off").count() == 2
    at.locator("button[type=reset]").focus()
    at.keyboard.press("Enter")
    at.wait_for_function("document.querySelector('output').textContent === '3 of 3 events'")
    assert at.locator("rect.off").count() == 0
    at.close()


def test_script_is_small():
    """What filters the list weighs less than six kilobytes."""
    assert (SPHINX / "assets" / "timeline.js").stat().st_size < 6_000


def test_of_the_mistrust_first_seizures_and_steps_between_states():
    """Before the coup alone: of kidnappings the first in each country, of acts those of the forms of the rule."""
    table = pd.DataFrame(
        [
            ("E1", "2009-03", "kidnapping", "NER"),
            ("E2", "2008-12-14", "kidnapping", "NER"),
            ("E3", "2010-02-22", "diplomatic", "MRT"),
            ("E4", "2010-03", "diplomatic", "MLI"),
            ("E5", "2012-04-15", "kidnapping", "TCD"),
            (MistrustEvent.RENAMED_AQIM, "2007-01", "political", "DZA"),
        ],
        columns=["id", "date", "kind", "country"],
    )
    acts = pd.DataFrame({"event": ["E3", "E4"], "form": [FORMS[2], "public reproach"]})
    assert list(timeline.mistrust(table, acts)["id"]) == ["E2", "E3", MistrustEvent.RENAMED_AQIM]


def test_of_the_dispute_breaks_that_governments_made():
    """A war coded as a break, not one that is unproven or weighs less; and what opened or shut a channel."""
    table = pd.DataFrame(
        [
            ("E1", "war", -2, "towards"),
            ("E2", "war", -2, "unproven"),
            ("E3", "organisation", -1, None),
            ("E4", "diplomatic", 2, "towards"),
            (DisputeEvent.BORDER_CLOSED, "border", -2, "towards"),
            (DisputeEvent.CEASEFIRE, "un", 1, None),
        ],
        columns=["id", "kind", "direction", "act"],
    )
    assert list(timeline.dispute(table)["id"]) == ["E1", DisputeEvent.BORDER_CLOSED, DisputeEvent.CEASEFIRE]


def test_of_bodies_those_with_a_large_table_of_their_own():
    """Neither small, bilateral or from outside, nor an organ of another that is taken."""
    plain = {
        "kind": "joint-staff",
        "led_by": "african",
        "scope": "core",
        "bilateral": False,
        "relaunch": False,
        "declared_only": False,
        "verification": "yes",
        "body": None,
    }
    rows = {
        "LARGE": {},
        "SMALL": {},
        "ORGAN": {"body": "LARGE"},
        "OUTSIDE": {"led_by": "external"},
        "OF_TWO": {"bilateral": True},
        "FORCE": {"kind": "force"},
        "UNSURE": {"verification": "partial"},
    }
    table = pd.DataFrame([{"id": key, **plain, **other} for key, other in rows.items()])
    seats = pd.DataFrame(
        [(key, actor, "member") for key in rows for actor in "ABCD" if key != "SMALL" or actor != "D"],
        columns=["initiative", "actor", "role"],
    )
    assert list(timeline.foundings(table, seats, pd.Index(list("ABCD")))["id"]) == ["LARGE"]
    assert timeline.foundings(table, seats, pd.Index(list("ABC"))).empty


def test_of_turning_points_exits_that_took_effect_and_ruptures_in_the_region():
    """An exit that a table of members has; a rupture between two states of the region, done and not announced."""
    table = pd.DataFrame(
        [
            ("E1", "exit", "began"),
            ("E2", "exit", "announced"),
            ("E3", "rupture", "done"),
            ("E4", "rupture", "done"),
            ("E5", "rupture", "announced"),
            (RegionEvent.JNIM_FOUNDED, "armed-group", "done"),
        ],
        columns=["id", "kind", "stage"],
    )
    actors = pd.DataFrame(
        [(key, "A", "did") for key in ("E3", "E4", "E5")]
        + [("E3", "B", "against"), ("E5", "B", "against")]
        + [("E4", "FRA", "against"), ("E4", "B", "observer")],
        columns=["event", "actor", "role"],
    )
    twins = pd.DataFrame({"event": ["E1"], "table": ["memberships"]})
    taken = timeline.turns(table, actors, twins, pd.Index(["A", "B"]))
    assert list(taken["id"]) == ["E1", "E3", RegionEvent.JNIM_FOUNDED]


def test_the_report_has_a_short_list_without_doubles():
    """Fewer than a hundred events of three parts, each once, each of a kind and a day; what is offered to choose by is often met."""
    told = timeline.events(load_here)
    assert 60 <= len(told) < 100
    assert set(told["part"]) == set(timeline.PARTS.values())
    assert set(told["kind"]) == set(timeline.KINDS.values())
    assert told["id"].is_unique
    assert not told.duplicated(["date", "title"]).any()
    assert told["who"].explode().value_counts().min() >= timeline.OFTEN
    twins = load_here("region_event_rows")
    assert not twins[twins["event"].isin(told["id"])]["row"].isin(told["id"]).any()


def load_here(name: str) -> pd.DataFrame:
    """A table of the report."""
    return load(name, ROOT / "data")
