"""The record as its users meet it: opened, downloaded, cited."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from claimbook.package.tables import load, package
from cooperation.measures import agreement, record

from browsing import soup
from project import ROOT

DATA = ROOT / "data"


def test_now_is_the_day_to_which_every_followed_table_was_searched():
    """The earliest of those followed, as the last day that it can mean; a closed period has no say; only what is surely later is newer."""
    searches = pd.DataFrame(
        {"followed": [True, True, False, True], "searched_to": ["2026-05", "2026-04", "2013", "2026-06-03"]}
    )
    now = record.cutoff(searches)
    assert now == pd.Timestamp(2026, 4, 30)
    dates = pd.Series(["2026-05", "2026", "2026-04-30", None, "2026-05-01"])
    assert record.newer(dates, now).tolist() == [True, False, False, False, True]
    with pytest.raises(ValueError, match="no table is followed"):
        record.cutoff(searches[~searches["followed"]])


@pytest.mark.slow
def test_frictionless_finds_no_fault():
    """The package passes the validator that its users run."""
    command = [
        Path(sys.executable).with_name("frictionless"),
        "validate",
        "--trusted",
        "--json",
        str(DATA / "datapackage.json"),
    ]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    assert report["valid"], [task["errors"][:2] for task in report["tasks"] if task["errors"]]
    assert report["stats"]["tasks"] == len(package(DATA)["resources"])


@pytest.mark.parametrize("item", package(DATA)["resources"], ids=lambda item: item["name"])
def test_table_opens_with_one_line(item):
    """pandas reads what a plain CSV reader reads: same columns, same rows, no cell lost."""
    path = DATA / item["path"]
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    assert list(frame.columns) == header == [field["name"] for field in item["schema"]["fields"]]
    assert frame.to_numpy().tolist() == rows
    assert b"\r" not in path.read_bytes()


def test_almost_no_row_rests_on_recall():
    """Fewer than one hand-coded row in twenty is from memory: recognitions, and the event that is one of them."""
    rows, memory = 0, []
    for item in package(DATA)["resources"]:
        frame = load(item["name"], DATA)
        if item["origin"] == "coded" and "verification" in frame:
            rows += len(frame)
            memory += [item["name"]] * int((frame["verification"] == "memory").sum())
    assert set(memory) <= {"recognitions", "dispute_events"}
    assert memory.count("dispute_events") <= 1
    assert len(memory) < 0.05 * rows


def test_three_meanings_of_excluded_are_three_values():
    """Refusal, ineligibility and standing outside are told apart, as for Morocco and the bodies of the Union."""
    outside = load("memberships", DATA).query("role == 'excluded'").set_index(["initiative", "actor"])["exclusion"]
    assert outside["PDC", "MAR"] == "refused"
    assert outside["CAERT", "MAR"] == "ineligible"
    assert outside["G5S", "MAR"] == "outside"


def test_every_dispute_shows_both_sides():
    """A disagreement has at least two readings, and most readings a page."""
    readings, sources = load("dispute_readings", DATA), load("dispute_reading_sources", DATA)
    assert readings.groupby("dispute").size().min() >= 2
    cited = set(zip(sources["dispute"], sources["reading"], strict=True))
    unsourced = [row.note for row in readings.itertuples() if (row.dispute, row.reading) not in cited]
    assert all(pd.notna(note) for note in unsourced)
    assert len(unsourced) < 0.2 * len(readings)


def test_every_break_or_thaw_has_a_ground():
    """What opens or shuts a channel between Algeria and Morocco says on what ground, even if that is that none was found."""
    events, grounds = load("dispute_events", DATA), load("dispute_event_grounds", DATA)
    assert sorted(set(events.loc[events["direction"] != 0, "id"]) - set(grounds["event"])) == []


def test_a_page_stands_once():
    """No address has two keys, so that whoever counts sources counts pages."""
    pages = load("sources", DATA).dropna(subset="url")
    assert pages.loc[pages.duplicated("url", keep=False), "key"].tolist() == []


@pytest.mark.slow
def test_later_finds_never_pass_for_captures():
    """The frozen lists keep their sizes whatever is added to the record."""
    history = load("capture_history", DATA)
    found = dict(iter(history.groupby("kind")))
    assert found["initiative"].query("in_first")["initiative"].nunique() == 63
    assert (found["initiative"]["in_second"].sum(), found["meeting"]["in_second"].sum()) == (95, 72)
    assert found["meeting"].query("in_first and not in_second")["meeting"].is_unique
    assert len(load("initiatives", DATA)) > len(history[history["kind"] == "initiative"])


def test_pages_offer_the_archive_and_describe_the_data(html):
    """The data dictionary links the archive; search engines find a schema.org Dataset on it and on the front page."""
    page = html / "book" / "appendix" / "data.html"
    links = [link["href"] for link in soup(html, "book/appendix/data.html").select("p.download a")]
    assert len(links) == 2
    assert all((page.parent / link).is_file() for link in links)
    for name in ("book/appendix/data.html", "book/index.html"):
        (script,) = soup(html, name).find_all("script", type="application/ld+json")
        data = json.loads(script.string)
        assert (data["@type"], data["version"]) == ("Dataset", package(DATA)["version"])
        assert (html / name).parent.joinpath(data["distribution"]["contentUrl"]).is_file()
        assert {part["alternateName"] for part in data["hasPart"]} == {
            item["name"] for item in package(DATA)["resources"]
        }
        assert data["temporalCoverage"] == "1946/2026"
        assert all(part["license"].startswith("https://") for part in data["hasPart"])


def test_versions_agree():
    """Package, citation and changelog name one version."""
    version = package(DATA)["version"]
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    for path in (DATA / "CHANGELOG.md", ROOT / "CHANGELOG.md"):
        assert f"## {version} (" in path.read_text(encoding="utf-8")
    assert f'version = "{version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def coding(pairs, variable="kind"):
    """A second coding of one variable."""
    rows = [
        {"table": "initiatives", "row": str(n), "variable": variable, "first": a, "second": b}
        for n, (a, b) in enumerate(pairs)
    ]
    return pd.DataFrame(rows)


def test_alpha_of_full_agreement():
    """Two coders who agree on everything have alpha one, with no doubt."""
    table = agreement.by_variable(coding([("force", "force"), ("legal", "legal")] * 6)).iloc[0]
    assert (table["same"], table["alpha"], table["low"], table["high"]) == (1, 1, 1, 1)


def test_what_one_coder_saw_counts_and_what_neither_saw_does_not():
    """A code on one side stands against none on the other; a row empty on both is no unit."""
    units = agreement.units(coding([("refused", None), (None, None), (None, "declined"), ("refused", "refused")]))
    assert units[["row", "first", "second"]].to_numpy().tolist() == [
        ["0", "refused", "none"],
        ["2", "none", "declined"],
        ["3", "refused", "refused"],
    ]


def test_alpha_worked_out_by_hand():
    """Two coders, ten units, four ones among twenty codes: the value worked out by hand."""
    pairs = [
        ("0", "1"),
        ("1", "1"),
        ("0", "0"),
        ("0", "0"),
        ("0", "0"),
        ("0", "0"),
        ("0", "0"),
        ("0", "0"),
        ("1", "0"),
        ("0", "0"),
    ]
    observed = 2 / 10
    expected = 2 * 16 * 4 / (20 * 19)
    assert agreement.by_variable(coding(pairs)).iloc[0]["alpha"] == pytest.approx(1 - observed / expected)


def test_units_of_one_row_are_drawn_together():
    """Five units that were coded as one carry no more than one: the interval is that of the rows, not of the units."""
    first, second = (pd.Series(list(codes)) for codes in ("aabbaabb" * 2, "aabbabba" * 2))
    five = pd.Series(np.repeat(np.arange(16), 5))
    many = tuple(side.repeat(5).reset_index(drop=True) for side in (first, second))
    _, low, high = agreement.alpha(first, second)
    point, low_of_rows, high_of_rows = agreement.alpha(*many, rows=five)
    _, low_of_units, high_of_units = agreement.alpha(*many)
    assert high_of_units - low_of_units < 0.6 * (high - low)
    assert high_of_rows - low_of_rows == pytest.approx(high - low, rel=0.1)
    assert low_of_rows < point < high_of_rows


def test_bearings_of_an_event_are_one_draw():
    """The interval of bearings rests on as many draws as events, so that it is wider than that of free units."""
    coded = load("second_coding").query("variable == 'bearings'")
    (row,) = agreement.by_variable(coded).itertuples()
    units = agreement.units(coded)
    _, low, high = agreement.alpha(units["first"], units["second"], rows=units["row"])
    assert (row.low, row.high) == (low, high) != agreement.alpha(units["first"], units["second"])[1:]


def test_how_far_two_coders_are_apart():
    """Steps have no sign, and another variable does not count."""
    coded = coding([("3", "3"), ("5", "4"), ("2", "4")]).assign(variable="credibility")
    other = coding([("1", "5")]).assign(variable="other")
    assert agreement.steps(pd.concat([coded, other]), "credibility").tolist() == [0, 1, 2]


def test_alpha_where_it_is_not_defined():
    """One code for all, or too few units, give no alpha."""
    assert agreement.by_variable(coding([("force", "force")] * 12))["alpha"].isna().all()
    assert agreement.by_variable(coding([("force", "legal")] * 3))["alpha"].isna().all()


def test_a_set_of_bearings_counts_each_bearing():
    """Half an overlap is half an agreement, not a full disagreement."""
    units = agreement.units(coding([("threat;mistrust", "threat")], "bearings"))
    assert units[["first", "second"]].to_numpy().tolist() == [
        ["yes", "yes"],
        ["no", "no"],
        ["yes", "no"],
        ["no", "no"],
        ["no", "no"],
    ]


def test_ordinal_codes_must_be_there():
    """A missing ordinal code is refused, not taken for a number."""
    with pytest.raises(ValueError, match="an ordinal code is missing"):
        agreement.alpha(pd.Series(["0", "1", "none"] * 4), pd.Series(["0", "1", "1"] * 4), "ordinal")
