"""Derived tables: rebuilt byte for byte from upstream samples, each stopped by a wrong file of its own alone.

Samples of open data are cut from the upstream files; those of other data are made up, in the same form.
"""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
import sys

import pandas as pd
import pytest
from shapely import transform
from shapely.geometry import Point, shape

from claimbook.command import TRACEBACK
from claimbook.package import descriptor
from claimbook.package.tables import load, package, sha256
from cooperation.ingest import __main__ as ingest
from cooperation.ingest import violent_events
from cooperation.ingest.upstream import Upstream, passed_over

from project import ROOT

SAMPLES = ROOT / "tests" / "upstream"
STATES = ["DZA", "ESH", "MAR", "MLI", "MRT", "NER"]
YEARS = {
    "ucdp-organized-violence-country-year": (2009, 2012),
    "ucdp-prio-armed-conflict": (2009, 2013),
    "ucdp-battle-related-deaths": (2009, 2013),
    "unhcr-population": (2010, 2012),
    "worldbank-population": (2009, 2012),
    "worldbank-gdp": (2009, 2012),
    "unga-votes": (1979, 1980),
    "unga-ideal-points": (1979, 1980),
    "sipri-milex": (2007, 2011),
    "comtrade-fouryearly": (2008, 2012),
    "atop": (2014, 2018),
    "cow-igo": (2010, 2014),
    "geo-pko": (2014, 2015),
    "ucdp-places": (2010, 2012),
    "ucdp-26/organized_violence_country_year_v26_1_region.csv": (2023, 2025),
    "ucdp-26/ged_v26_1_and_candidate_country_month_region.csv": (2025, 2026),
    "unga-votes/unga_votes_2020_2024_region.csv": (2020, 2023),
}
CONTROL = {
    "ucdp-organized-violence-country-year/organizedviolencecy_v25_1_region.csv": "cumulative_total_deaths_in_orgvio_best_cy",
    "ucdp-battle-related-deaths/BattleDeaths_v24_1_region.csv": "bd_best",
    "ucdp-ged-western-sahara/ucdp_clean.csv": "best",
    "sipri-milex/SIPRI_Milex_1949_2024_region_long.csv": "value",
    "cepii-baci-africa/africa_trade_region.csv": "value",
    "comtrade-fouryearly/trade_region.csv": "export",
    "unhcr-population/population_region.csv": "refugees",
    "worldbank-population/population_region.csv": "Value",
    "worldbank-gdp/gdp_current_usd_region.csv": "Value",
    "ucdp-places/ged_v21_1_region_1989_2020.csv": "best_death",
    "ucdp-26/organized_violence_country_year_v26_1_region.csv": "deaths_best",
    "ucdp-26/ged_v26_1_and_candidate_country_month_region.csv": "sb_deaths",
    "ucdp-26/candidate_events_2026_01_04_region.csv": "best",
}
REAL = {
    "organised_violence",
    "organised_violence_dyads",
    "dyad_deaths",
    "violent_events",
    "rivalries",
    "economy",
    "displacement",
    "capitals",
    "placed_events",
    "deaths_to_2025",
    "violence_months",
    "candidate_events",
}
MADE_UP = {
    "un_agreement": "state_1,state_2,year,shared,agreed\nDZA,MAR,1979,2,1\nDZA,MAR,1980,1,1\nDZA,MAR,2020,2,1\nDZA,MAR,2021,1,1\nDZA,MLI,1979,2,1\nDZA,MLI,1980,2,1\n"
    "DZA,MRT,1979,1,1\nDZA,MRT,1980,2,2\nDZA,NER,1979,1,0\nDZA,NER,1980,1,1\nMAR,MLI,1979,2,0\nMAR,MLI,1980,1,1\n"
    "MAR,MRT,1979,1,0\nMAR,MRT,1980,1,1\nMAR,NER,1979,1,0\nMAR,NER,1980,1,1\nMLI,MRT,1979,1,1\nMLI,MRT,1980,2,1\n"
    "MLI,NER,1979,1,0\nMLI,NER,1980,1,1\nMRT,NER,1980,1,1\n",
    "western_sahara_votes": "roll_call,date,resolution,iso3,vote\n3,1979-11,R/3,DZA,yes\n3,1979-11,R/3,MAR,no\n"
    "3,1979-11,R/3,MLI,yes\n3,1979-11,R/3,MRT,yes\n6,1980-11,,DZA,yes\n6,1980-11,,MAR,absent\n"
    "6,1980-11,,MLI,abstain\n6,1980-11,,MRT,yes\n6,1980-11,,NER,absent\n",
    "ideal_point_distances": "state_1,state_2,year,distance,low,high\nDZA,MAR,1979,0.5,0.0,1.0\nDZA,MAR,1980,0.25,0.0,0.75\n"
    "DZA,USA,1979,3.0,2.576,3.424\nDZA,USA,1980,3.0,2.576,3.424\nMAR,USA,1979,2.5,2.0,3.0\nMAR,USA,1980,3.25,2.75,3.75\n",
    "trade_shares": "exporter,importer,year,share_of_region\nDZA,MAR,2008,0.25\nDZA,MAR,2012,0.25\nMAR,DZA,2008,\nMAR,DZA,2012,0.5\n",
    "defence_agreements": "iso3,partner,partner_iso3,agreements,first_year,last_year\nDZA,FRN,,2,1999,2007\n"
    "DZA,MOR,MAR,1,2001,2001\nMAR,ALG,DZA,1,2001,2001\nMLI,CHN,,1,2005,2005\n",
    "alliances": "state_1,state_2,source,first_year,last_year,years_allied,years_defence\nDZA,MAR,ATOP,2014,2018,5,2\n"
    "DZA,MAR,COW,1989,2012,24,24\nMLI,MRT,COW,1956,1960,5,0\n",
    "shared_memberships": "state_1,state_2,year,memberships_1,memberships_2,shared\nDZA,MAR,2010,2,2,1\nDZA,MAR,2011,0,0,0\n"
    "DZA,MAR,2012,0,0,0\nDZA,MAR,2013,0,0,0\nDZA,MAR,2014,3,2,2\nDZA,MRT,2010,2,2,2\nDZA,MRT,2014,3,2,2\n"
    "MAR,MRT,2010,2,2,1\nMAR,MRT,2014,2,2,1\n",
    # In 2010 each of the three is as likely to be the one alone in its second body: 4/3 in the mean, 1.3 or 1.4 as drawn.
    "shared_memberships_by_chance": "state_1,state_2,year,shared,expected,low,high\nDZA,MAR,2010,1,1.3,1.0,2.0\nDZA,MAR,2014,2,2.0,2.0,2.0\n"
    "DZA,MRT,2010,2,1.3,1.0,2.0\nDZA,MRT,2014,2,2.0,2.0,2.0\nMAR,MRT,2010,1,1.4,1.0,2.0\nMAR,MRT,2014,1,1.0,1.0,1.0\n",
    "peacekeepers": "mission,year,contributor,iso3,bases\nMINUSMA,2014,Niger,NER,2\nMINUSMA,2014,Togo,,1\nMINUSMA,2015,Chad,,1\n",
}
DERIVED = {item["name"] for item in package(ROOT / "data")["resources"] if item["origin"] == "derived"}


@pytest.fixture
def raw(tmp_path):
    """A copy of the samples."""
    return shutil.copytree(SAMPLES, tmp_path / "raw")


@pytest.fixture(scope="module")
def accepted(tmp_path_factory):
    """A data package of six countries, whose manifest expects the samples."""
    folder = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("accepted") / "data")
    countries = pd.read_csv(folder / "countries.csv", dtype=str)
    countries[countries["iso3"].isin(STATES)].to_csv(folder / "countries.csv", index=False)
    accept(folder, SAMPLES, pd.read_csv(folder / "upstream.csv")["path"])
    return folder


@pytest.fixture
def small(tmp_path, accepted):
    """A copy of that package."""
    return shutil.copytree(accepted, tmp_path / "data")


def accept(folder, raw, names):
    """Let the manifest expect files as they are: a new version on record."""
    manifest = pd.read_csv(folder / "upstream.csv", dtype=str, keep_default_na=False)
    for index, row in manifest[manifest["path"].isin(names)].iterrows():
        path = raw / row["path"]
        if path.is_file():
            manifest.loc[index, ["sha256", "rows_floor"]] = sha256(path), "2"
            manifest.loc[index, ["control_total", "tolerance"]] = control(path, row["path"]), "0.01"
        manifest.loc[index, ["first_year", "last_year"]] = [str(year) for year in years_of(row["path"])]
    manifest.to_csv(folder / "upstream.csv", index=False)


def years_of(name):
    """First and last year of the sample of a file; empty where none is asked for."""
    return YEARS.get(name, YEARS.get(name.split("/")[0], ("", "")))


def control(path, name):
    """Control total of a sample, as the ingest code will find it; empty where it asks for none."""
    if name == "unga-votes/un_roll_calls.csv":
        return "2"
    column = CONTROL.get(name)
    if column is None:
        return ""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if column not in frame:
        return ""
    if "sheet" in frame:
        frame = frame[frame["sheet"] != "Share of Govt. spending"]
    return str(pd.to_numeric(frame[column], errors="coerce").sum())


def rebuilt(folder, raw, table):
    """Text of one table, built from the samples."""
    module = next(module for module in ingest.MODULES if table in module.TABLES)
    tables, faults = ingest.built(Upstream(raw, load("upstream", folder)), folder, [module])
    assert not faults
    return tables[table].decode()


def test_every_derived_table_has_a_sample():
    """No table is left out of the two tests below."""
    assert {name for module in ingest.MODULES for name in module.TABLES} == DERIVED
    apart = {"boundaries", "military_expenditure", "refugees", "trade", "un_agreement_issues", "warring_parties"}
    assert REAL | set(MADE_UP) | apart == DERIVED


def test_tables_that_are_made_together_rest_on_the_same_files():
    """Each table has one function that makes it, so that no wrong file stops a table of other files."""
    for module in ingest.MODULES:
        assert sorted(name for names in module.BUILDS.values() for name in names) == sorted(module.TABLES)
        for names in module.BUILDS.values():
            assert len({tuple(module.TABLES[name]) for name in names}) == 1, names


def shipped(table):
    """Lines of a table of the package, for the states and years of its sample."""
    frame = pd.read_csv(ROOT / "data" / f"{table}.csv", dtype=str, keep_default_na=False)
    if "iso3" in frame:
        frame = frame[frame["iso3"].isin(STATES)]
    if "state_1" in frame:
        frame = frame[frame["state_1"].isin(STATES) & frame["state_2"].isin(STATES)]
    first, last = years_of(package_source(table))
    for column in {"year", "month", "date"} & set(frame) if first else ():
        frame = frame[frame[column].str[:4].astype(int).between(first, last)]
    return frame.to_csv(index=False).splitlines()


def package_source(table):
    """First upstream file of a table."""
    return next(module.TABLES[table][0] for module in ingest.MODULES if table in module.TABLES)


@pytest.mark.parametrize("table", sorted(REAL - {"dyad_deaths"}))
def test_real_samples_give_the_rows_of_the_package(small, raw, table):
    """What is built from a cut of the upstream file is, line for line, what the shipped table has for it."""
    lines = rebuilt(small, raw, table).splitlines()
    assert len(lines) > 2
    assert lines == shipped(table)


def test_real_sample_of_dyad_deaths(small, raw):
    """Battle-related deaths of the dyads of five countries stand in the shipped table; all years of Algeria and AQIM do."""
    lines = rebuilt(small, raw, "dyad_deaths").splitlines()
    assert set(lines) <= set((ROOT / "data" / "dyad_deaths.csv").read_text(encoding="utf-8").splitlines())
    aqim = [line for line in shipped("dyad_deaths") if "Government of Algeria,AQIM," in line]
    assert len(aqim) == 5
    assert set(aqim) <= set(lines)


def test_real_sample_of_warring_parties(small, raw):
    """Who fought beside whom, state numbers of the six countries apart; contributors to a mission are marked."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "warring_parties")), dtype=str).drop(columns="iso3")
    shipped = pd.read_csv(ROOT / "data" / "warring_parties.csv", dtype=str).drop(columns="iso3")
    assert len(table.merge(shipped)) == len(table) > 50
    beside = table[(table["role"] == "secondary") & (table["year"] == "2010")]
    assert beside[["location", "party", "mission"]].to_numpy().tolist() == [
        ["Mauritania", "Government of France", "false"]
    ]
    assert set(table.loc[(table["role"] == "secondary") & (table["year"] == "2013"), "mission"]) == {"true"}


def test_real_sample_of_trade(small, raw):
    """The two directions of trade between Algeria and Morocco, with its minerals."""
    shipped = (ROOT / "data" / "trade.csv").read_text(encoding="utf-8").splitlines()
    lines = rebuilt(small, raw, "trade").splitlines()
    assert lines[1:] == [line for line in shipped if line.startswith(("DZA,MAR", "MAR,DZA"))]


@pytest.mark.parametrize("table", sorted(MADE_UP))
def test_made_up_samples_give_what_their_numbers_say(small, raw, table):
    """Small invented files give the table worked out by hand."""
    assert rebuilt(small, raw, table) == MADE_UP[table]


def test_false_zeros_are_missing(small, raw):
    """Three zeros that stand for figures not available do not enter; true values do."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "military_expenditure"))).set_index(["iso3", "year"])
    assert [year for iso3, year in table.index if iso3 == "MRT"] == [2008, 2009]
    assert table.at[("DZA", 2008), "constant_2023_usd_millions"] == 101
    assert table.at[("DZA", 2008), "share_of_gdp"] == 5
    assert table.at[("NER", 2008), "quality"] == "estimate"


def test_refugees_between_states_of_the_region(small, raw):
    """Malians in Mauritania and Niger in 2012, as UNHCR has them."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "refugees"))).set_index(["origin", "asylum", "year"])[
        "refugees"
    ]
    assert (table[("MLI", "MRT", 2012)], table[("MLI", "NER", 2012)]) == (54029, 50204)


def test_western_sahara_is_drawn_whole(small, raw):
    """The ground south of the line goes from Morocco to the territory."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "boundaries")))
    assert table.groupby("iso3")["latitude"].max()["ESH"] == 27.67
    assert table.groupby("iso3")["latitude"].min()["MAR"] == 27.67


def test_issues_of_a_roll_call_count_each(small, raw):
    """One roll call on two issues counts in both, and only for pairs with Algeria or Morocco."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "un_agreement_issues")))
    pair = table[(table["state_1"] == "DZA") & (table["state_2"] == "MAR") & (table["year"] == 1980)]
    assert pair["issue"].tolist() == ["disarmament", "nuclear weapons"]
    assert not table[["state_1", "state_2"]].eq("MLI").all(axis=1).any()
    assert {"DZA", "MAR"} & set(table["state_1"])
    assert "MRT" not in set(table["state_1"])


@pytest.fixture
def command(small, monkeypatch, capsys):
    """The command, run beside the small package; gives its status and the lines that a user sees."""
    monkeypatch.chdir(small.parent)
    monkeypatch.setattr(sys, "argv", ["ingest", "--raw", "raw"])

    def run():
        status, screen = ingest.main(), capsys.readouterr()
        return status, screen.out.splitlines(), screen.err.splitlines()

    return run


def contents(folder):
    """Every file of a data package."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def hashes(folder):
    """Checksum of each derived table as the descriptor has it, which is what the list of checksums has."""
    items = {item["name"]: item for item in json.loads((folder / "datapackage.json").read_text())["resources"]}
    sums = descriptor.sums(folder)
    assert set(sums) == {items[name]["path"] for name in DERIVED}
    assert all(items[name]["hash"] == f"sha256:{sums[items[name]['path']]}" for name in DERIVED)
    return {name: sums[items[name]["path"]] for name in DERIVED}


def rebuilt_line(names):
    """What is said of the tables that were rebuilt."""
    return f"rebuilt {len(names)} tables: {', '.join(sorted(names))}"


DEFENCE = "dcad/DCAD_v1_0_main_region.csv"
POINTS = "unga-ideal-points/IdealpointsJuly2025_region.csv"
BANK = ["worldbank-population/population_region.csv", "worldbank-gdp/gdp_current_usd_region.csv"]
STOPPED = {"defence_agreements", "economy", "ideal_point_distances"}


def break_files(small, raw):
    """One upstream file is missing, two are of another version, one is broken; all derived tables are lost."""
    (raw / DEFENCE).unlink()
    for name in (*BANK, POINTS):
        (raw / name).write_bytes(b"\xff\n")
    accept(small, raw, [POINTS])
    for name in DERIVED:
        (small / f"{name}.csv").write_bytes(b"lost\n")
    (small / "SHA256SUMS").write_text(descriptor.sums_text({f"{name}.csv": "0" * 64 for name in DERIVED}))


@pytest.mark.slow
def test_wrong_files_stop_their_own_tables_and_no_others(small, raw, command):
    """The others are rebuilt, byte for byte, with checksums that hold; those of wrong files stay, with theirs."""
    for name in ("NOTES.md", ".DS_Store", "dcad/.DS_Store", "ucdp-dyadic/ged.csv", "ucdp-ged/x.csv"):
        (raw / name).parent.mkdir(exist_ok=True)
        (raw / name).write_bytes(b"\xff\xfe no table\n")
    passed_over = "passed over, no table is made from it: ucdp-ged/x.csv"
    assert command() == (0, [rebuilt_line(DERIVED), passed_over], [])
    good = contents(small)
    assert hashes(small) == {name: sha256(small / f"{name}.csv") for name in DERIVED}

    for name in STOPPED:
        assert rebuilt(small, raw, name).encode() == good[f"{name}.csv"]
    break_files(small, raw)
    status, said, (points, missing, *others) = command()
    assert (status, said) == (1, [rebuilt_line(DERIVED - STOPPED), passed_over])
    assert points.startswith(f"{POINTS}: not readable as CSV: ")
    assert points.endswith("; left as it was: ideal_point_distances")
    assert missing == f"{DEFENCE}: not found in raw; left as it was: defence_agreements"
    expected = load("upstream", small).set_index("path")["sha256"]
    assert others == [
        f"{name}: checksum differs; expected sha256 {expected[name]}; left as it was: economy" for name in BANK
    ]
    now = contents(small)
    assert [name for name in DERIVED - STOPPED if now[f"{name}.csv"] != good[f"{name}.csv"]] == []
    assert {now[f"{name}.csv"] for name in STOPPED} == {b"lost\n"}
    assert hashes(small) == {name: "0" * 64 if name in STOPPED else sha256(small / f"{name}.csv") for name in DERIVED}


def test_no_folder_of_upstream_files(small, command):
    """A folder that is not there is one line, not one for each file; nothing is written."""
    before = contents(small)
    assert command() == (1, [], ["raw: no such folder; expected one with the upstream files"])
    (small.parent / "raw").mkdir()
    status, said, faults = command()
    assert (status, said, len(faults)) == (1, [], len(load("upstream", small)))
    assert contents(small) == before


def test_what_lies_beside_upstream_files_is_named(tmp_path):
    """Ten files and folders in each folder of upstream files are named; hidden ones and those elsewhere are not."""
    names = ["known.csv", ".hidden", "older/a.csv", "a\nb.csv"]
    names = [*(f"dcad/{name}" for name in names), "cow-igo/readme.txt", "new/a.csv", "a.csv"]
    for name in [*names, *(f"atop/{number:02}.csv" for number in range(12))]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert passed_over(tmp_path, ["dcad/known.csv"], ["dcad", "cow-igo", "atop", "geo-pko"]) == [
        *(f"atop/{number:02}.csv" for number in range(10)),
        "2 more in atop",
        "cow-igo/readme.txt",
        "'dcad/a\\nb.csv'",
        "dcad/older/",
    ]


def write_events(raw, name, *events):
    """An event file in the form of UCDP's own; each event is the first of the sample, changed."""
    text = (raw / SAHARA).read_text(encoding="utf-8")
    header, first, *_ = csv.reader(io.StringIO(text))
    with (raw / "ucdp-ged" / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*header, "year", "country_id"])
        writer.writeheader()
        writer.writerows(dict(zip(header, first, strict=True)) | event for event in events)


MALI = {"id": "1", "country_id": "432", "dyad_name": "Government of Mali - AQIM", "latitude": "17", "longitude": "-3"}
KABUL = {"id": "2", "country_id": "700", "latitude": "34.5", "longitude": "69.2"}


def test_events_of_the_whole_region_are_read_where_a_user_has_them(small, raw):
    """UCDP's own event file takes the place of the extract, cut to the states of the region; other files do not."""
    (raw / "ucdp-ged").mkdir()
    extract = rebuilt(small, raw, "violent_events")
    write_events(raw, "ged_region.csv", MALI)
    assert rebuilt(small, raw, "violent_events") == extract
    write_events(raw, "GEDEvent_v26_1.csv", MALI, KABUL)
    (raw / SAHARA).unlink()
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "violent_events")))
    assert table[["id", "dyad"]].to_numpy().tolist() == [[1, "Government of Mali - AQIM"]]


def test_own_event_file_that_is_wrong(small, raw):
    """It stops the table, is named, and the extract does not take its place."""
    (raw / "ucdp-ged").mkdir()
    name = "ucdp-ged/GEDEvent_v26_1.csv"
    write_events(raw, "GEDEvent_v26_1.csv", KABUL)
    assert stopped(small, raw, SAHARA) == f"{name}: no event in a state of the region"
    (raw / name).write_bytes(b"\xff\xfe")
    assert stopped(small, raw, SAHARA).startswith(f"{name}: not readable as CSV: ")
    write_events(raw, "GEDEvent_v26_1.csv", MALI | {"date_prec": ""})
    assert stopped(small, raw, SAHARA).startswith(f"{name}: IntCastingNaNError: ")


def test_of_two_releases_of_events_the_last_is_read(tmp_path):
    """Events of an older release, and candidates that the last one took in, would be told twice."""
    (tmp_path / "ucdp-ged").mkdir()
    kept = ["GEDEvent_v26_01_26_03.csv", "GEDEvent_v26_0_4.csv", "GEDEvent_v26_1.csv"]
    for name in [*kept, "GEDEvent_v25_1.csv", "GEDEvent_v25_0_12.csv", "GEDEvent_v26_1 (1).csv", "ged261.csv"]:
        (tmp_path / "ucdp-ged" / name).touch()
    assert violent_events.own(tmp_path) == [f"ucdp-ged/{name}" for name in kept]
    (tmp_path / "ucdp-ged" / "GEDEvent_v26_1.csv").unlink()
    assert "ucdp-ged/GEDEvent_v25_1.csv" in violent_events.own(tmp_path)


def rename(text, column):
    """Give a column another name."""
    header, rest = text.split("\n", 1)
    return header.replace(column, f"{column}_new") + "\n" + rest


FAULTS = {
    "organised_violence": (
        "ucdp-organized-violence-country-year/organizedviolencecy_v25_1_region.csv",
        "sb_total_deaths_best_cy",
        "year_cy",
    ),
    "warring_parties": ("ucdp-prio-armed-conflict/UcdpPrioConflict_v25_1_region.csv", "side_a_2nd", "year"),
    "dyad_deaths": ("ucdp-battle-related-deaths/BattleDeaths_v24_1_region.csv", "battle_location", "year"),
    "violent_events": ("ucdp-ged-western-sahara/ucdp_clean.csv", "date_prec", None),
    "un_agreement": ("unga-votes/un_votes_region.csv", "vote", None),
    "western_sahara_votes": ("unga-votes/un_roll_calls.csv", "descr", None),
    "un_agreement_issues": ("unga-votes/un_roll_call_issues.csv", "issue", None),
    "ideal_point_distances": ("unga-ideal-points/IdealpointsJuly2025_region.csv", "q95fp", "year"),
    "military_expenditure": ("sipri-milex/SIPRI_Milex_1949_2024_region_long.csv", "colour_flag", "year"),
    "trade": ("cepii-baci-africa/africa_trade_region.csv", "section_code", None),
    "trade_shares": ("comtrade-fouryearly/trade_region.csv", "export", "time"),
    "defence_agreements": ("dcad/DCAD_v1_0_main_region.csv", "signYear", None),
    "alliances": ("atop/atop_alliance_region_dyads.csv", "atop_defense", "year"),
    "shared_memberships": ("cow-igo/state_year_format3_region.csv", "amu", "year"),
    "shared_memberships_by_chance": ("cow-igo/igo_names_lookup.csv", "ioname", None),
    "rivalries": ("strategic-rivalries/tss_rivalries_region.csv", "ideological", None),
    "peacekeepers": ("geo-pko/geo_pko_minusma_minurso.csv", "month", "year"),
    "displacement": ("unhcr-population/population_region.csv", "idps", "year"),
    "economy": ("worldbank-gdp/gdp_current_usd_region.csv", "Value", "Year"),
    "boundaries": ("natural-earth/ne_50m_admin_0_countries_context.geojson", "ADM0_A3", None),
    "capitals": ("natural-earth/ne_50m_populated_places_simple_region.geojson", "featurecla", None),
    "placed_events": ("ucdp-places/ged_v21_1_region_1989_2020.csv", "side_b", None),
    "deaths_to_2025": ("ucdp-26/organized_violence_country_year_v26_1_region.csv", "deaths_best", "year"),
    "violence_months": ("ucdp-26/ged_v26_1_and_candidate_country_month_region.csv", "provisional", "year"),
    "candidate_events": ("ucdp-26/candidate_events_2026_01_04_region.csv", "code_status", None),
}


def stopped(folder, raw, name):
    """What is said of a wrong file; it stops the tables that are made from it, and no others of its module."""
    module = next(module for module in ingest.MODULES if any(name in files for files in module.TABLES.values()))
    mine = {table for table, files in module.TABLES.items() if name in files}
    tables, faults = ingest.built(Upstream(raw, load("upstream", folder)), folder, [module])
    assert [set(names) for names in faults.values()] == [mine]
    assert set(tables) == set(module.TABLES) - mine
    return next(iter(faults))


def complaint(folder, raw, change):
    """Change an upstream file, put the change on record, and return what is said of it."""
    path, text = change
    path.write_text(text, encoding="utf-8")
    name = path.relative_to(raw).as_posix()
    accept(folder, raw, [name])
    return stopped(folder, raw, name)


@pytest.mark.parametrize("table", sorted(FAULTS))
def test_renamed_column(small, raw, table):
    """A column that the publisher renamed is named."""
    name, column, _ = FAULTS[table]
    path = raw / name
    text = path.read_text(encoding="utf-8")
    text = text.replace(column, f"{column}_new") if name.endswith("geojson") else rename(text, column)
    assert complaint(small, raw, (path, text)) == f"{name}: column {column} is missing"


@pytest.mark.parametrize("table", sorted(table for table, fault in FAULTS.items() if fault[2]))
def test_missing_year(small, raw, table):
    """A year that the publisher dropped is named."""
    name, _, column = FAULTS[table]
    frame = pd.read_csv(raw / name, dtype=str, keep_default_na=False)
    last = frame[column].max()
    text = frame[frame[column] != last].to_csv(index=False)
    assert complaint(small, raw, (raw / name, text)) == f"{name}: no row for {last}"


@pytest.mark.parametrize("table", sorted(FAULTS))
def test_truncated_file(small, raw, table):
    """A file that ends in the middle of a row is not taken for the whole."""
    name = FAULTS[table][0]
    text = (raw / name).read_text(encoding="utf-8").rstrip("\n")
    assert complaint(small, raw, (raw / name, text[:-4])).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "old", "new", "column", "code"),
    [
        ("unga-votes/un_votes_region.csv", "abstain", "absent", "vote", "absent"),
        ("unga-votes/un_votes_region.csv", ",NE,", ",NA,", "country_code", "NA"),
        ("unga-votes/un_roll_call_issues.csv", "Colonialism", "Decolonisation", "issue", "Decolonisation"),
        ("ucdp-prio-armed-conflict/UcdpPrioConflict_v25_1_region.csv", ",3,432", ",7,432", "type_of_conflict", "7"),
        ("sipri-milex/SIPRI_Milex_1949_2024_region_long.csv", "SIPRI estimate", "blue", "colour_flag", "blue"),
        (
            "sipri-milex/SIPRI_Milex_1949_2024_region_long.csv",
            "Constant (2023) US$",
            "Constant (2024) US$",
            "sheet",
            "Constant (2024) US$",
        ),
        ("cepii-baci-africa/africa_trade_region.csv", "DZA,MAR,5,", "DZA,MAR,22,", "section_code", "22"),
        ("dcad/DCAD_v1_0_main_region.csv", "sector", "partial", "type", "partial"),
        ("cow-igo/state_year_format3_region.csv", "-9", "7", "xyz", "7"),
        ("geo-pko/geo_pko_minusma_minurso.csv", "MINUSMA", "UNTSO", "mission", "UNTSO"),
        ("cow-alliances/alliance_v4_1_by_dyad_region.csv", "1960,0", "1960,2", "defense", "2"),
    ],
)
def test_new_code(small, raw, name, old, new, column, code):
    """A code that nobody has decided about stops the file's tables."""
    path = raw / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    assert f"{name}: column {column} has the new code {code!r}; known are " in complaint(
        small, raw, (path, text.replace(old, new))
    )


def test_another_version_than_the_one_on_record(small, raw):
    """A file with another checksum is not used, whatever it holds."""
    name = "worldbank-gdp/gdp_current_usd_region.csv"
    path = raw / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    expected = load("upstream", small).set_index("path").at[name, "sha256"]
    assert stopped(small, raw, name) == f"{name}: checksum differs; expected sha256 {expected}"


def test_missing_file(small, raw):
    """A file that is not there is named."""
    (raw / DEFENCE).unlink()
    assert stopped(small, raw, DEFENCE) == f"{DEFENCE}: not found in {raw}"


def test_content_that_nobody_foresaw(small, raw, monkeypatch):
    """It stops the file's tables alone, and names the file; who asks for the traceback gets it."""
    name = "natural-earth/ne_50m_populated_places_simple_region.geojson"
    assert complaint(small, raw, (raw / name, "{}\n")) == f"{name}: KeyError: 'features'"
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(KeyError):
        stopped(small, raw, name)


def test_control_total(small, raw):
    """A total that moved further than the tolerance stops the file's tables."""
    manifest = pd.read_csv(small / "upstream.csv", dtype=str)
    mine = manifest["path"].str.startswith("worldbank-population")
    manifest.loc[mine, ["control_total", "tolerance"]] = "1000", "10"
    manifest.to_csv(small / "upstream.csv", index=False)
    name = "worldbank-population/population_region.csv"
    said = stopped(small, raw, name)
    assert said.startswith(f"{name}: column Value sums to ")
    assert said.endswith("; expected 1000 within 10")


def edited(raw, name, row, column, value):
    """Text of an upstream file with one cell changed; the row is the first for which the condition holds."""
    frame = pd.read_csv(raw / name, dtype=str, keep_default_na=False)
    index = next(number for number, cells in frame.iterrows() if all(cells[key] == want for key, want in row.items()))
    frame.loc[index, column] = value
    return raw / name, frame.to_csv(index=False)


VIOLENCE = "ucdp-organized-violence-country-year/organizedviolencecy_v25_1_region.csv"
CONFLICT = "ucdp-prio-armed-conflict/UcdpPrioConflict_v25_1_region.csv"
BATTLES = "ucdp-battle-related-deaths/BattleDeaths_v24_1_region.csv"
SAHARA = "ucdp-ged-western-sahara/ucdp_clean.csv"
MILEX = "sipri-milex/SIPRI_Milex_1949_2024_region_long.csv"
REFUGEES = "unhcr-population/population_region.csv"
MEMBERS = "cow-igo/cow_igo_ndy_region.csv"
COMTRADE = "comtrade-fouryearly/trade_region.csv"
PLACES = "ucdp-places/ged_v21_1_region_1989_2020.csv"
RECENT = "ucdp-26/organized_violence_country_year_v26_1_region.csv"
CANDIDATES = "ucdp-26/candidate_events_2026_01_04_region.csv"
LATER_VOTES = "unga-votes/unga_votes_2020_2024_region.csv"
ZERO = {"sheet": "Constant (2023) US$", "Country": "Mauritania", "year": "2008"}


@pytest.mark.parametrize(
    ("name", "row", "column", "value", "said"),
    [
        (
            VIOLENCE,
            {"country_id_cy": "432", "year_cy": "2010"},
            "os_total_deaths_best_cy",
            "9999",
            "do not add up to UCDP's total",
        ),
        (
            VIOLENCE,
            {"country_id_cy": "432", "year_cy": "2010"},
            "sb_total_deaths_low_cy",
            "9999",
            "low <= best <= high is broken",
        ),
        (VIOLENCE, {"country_id_cy": "432", "year_cy": "2010"}, "sb_dyad_count_cy", "7", "names for the dyads counted"),
        (
            VIOLENCE,
            {"country_id_cy": "600", "year_cy": "2012"},
            "country_id_cy",
            "999",
            "no row for country 600 (MAR) in 2012",
        ),
        (CONFLICT, {"location": "Mauritania", "year": "2010"}, "gwno_a_2nd", "", "1 governments and 0 country numbers"),
        (BATTLES, {"side_b": "AQIM", "year": "2010"}, "bd_low", "9999", "low <= best <= high is broken"),
        (SAHARA, {"id": "391501"}, "low", "99", "low <= best <= high is broken in event 391501"),
        (MILEX, ZERO, "value", "0", "zeros in"),
        (MILEX, ZERO, "value", "a lot", "column value: 'a lot' is not a number"),
        (
            REFUGEES,
            {"coo_iso": "ESH", "coa_iso": "DZA", "year": "2011"},
            "refugees",
            "100000",
            "Sahrawi refugees in Algeria in 2011 are 100000",
        ),
        (
            MEMBERS,
            {"ccode1": "600", "ccode2": "615", "year": "2014"},
            "dyadigos",
            "4",
            "DZA and MAR share 2 in 2014; the publisher counts 4",
        ),
        (COMTRADE, {"exp": "DZA", "imp": "MAR"}, "export", "-5", "column export has a negative value"),
        (PLACES, {"id": "40709"}, "id", "41180", "event 41180 stands twice"),
        (RECENT, {"iso3": "MLI", "year": "2025", "violence": "one-sided"}, "violence", "non-state", "expected one row"),
        (CANDIDATES, {"iso3": "NER"}, "where_prec", "9", "column where_prec has the new code '9'"),
        (LATER_VOTES, {"rcid": "9"}, "DZA", "4", "column DZA has the new code '4'"),
    ],
)
def test_numbers_that_contradict_each_other(small, raw, name, row, column, value, said):
    """A number that its neighbours, the publisher's own total or a known trap speak against stops the file's tables."""
    assert said in complaint(small, raw, edited(raw, name, row, column, value))


def changed(small, raw, *cell):
    """A table made from a file with one cell changed, and put on record as it is."""
    path, text = edited(raw, *cell)
    path.write_text(text, encoding="utf-8")
    accept(small, raw, [cell[0]])
    table = "placed_events" if cell[0] == PLACES else "candidate_events"
    return pd.read_csv(io.StringIO(rebuilt(small, raw, table))).set_index("id")


def test_bounds_that_a_file_breaks_stand_as_published_and_are_marked(small, raw):
    """No number of deaths is mended in silence; an event whose bounds hold is not marked."""
    for name, column, value in ((PLACES, "low_death", "99"), (CANDIDATES, "low", "999")):
        table = changed(small, raw, name, {"iso3": "MLI"}, column, value)
        (event,) = table.index[~table["bounds_kept"]].intersection(table.index[table["deaths_low"] == int(value)])
        assert table.at[event, "deaths_best"] < int(value)
        assert table.loc[table["deaths_low"] <= table["deaths_best"], "bounds_kept"].any()


@pytest.mark.parametrize(("longitude", "region"), [("-9.46", "Kayes"), ("-12.3", "Kayes"), ("-14.5", None)])
def test_a_place_beside_its_country_takes_the_nearest_region(small, raw, longitude, region):
    """Within it, a little outside, far outside: an event keeps to the country that the file gives it."""
    table = changed(small, raw, PLACES, {"id": "40709"}, "longitude", longitude)
    assert (table.at[40709, "region"] if region else None) == region
    assert pd.isna(table.at[40709, "region"]) == (region is None)


def test_distance_to_a_border_by_another_way(small, raw):
    """The forest of Wagadou lies so far from the border, measured in the plane around it."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "placed_events"))).set_index("id")
    place = table.loc[40709]
    scale = math.cos(math.radians(place["latitude"]))
    lines = json.loads((raw / "natural-earth/ne_50m_admin_0_boundary_lines_land_region.geojson").read_text())
    flat = [
        transform(
            shape(item["geometry"]), lambda xy: (xy - place[["longitude", "latitude"]].to_numpy(float)) * [scale, 1]
        )
        for item in lines["features"]
    ]
    assert abs(min(line.distance(Point(0, 0)) for line in flat) * 111.2 - place["border_km"]) < 2


def test_a_side_that_is_not_settled_is_missing(small, raw):
    """A placeholder of UCDP's is no party."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "candidate_events")))
    sides = table[["side_a", "side_b"]].stack()
    assert not sides.str.contains("XXX").any()
    assert table["side_a"].isna().any()


def test_votes_of_the_years_that_both_files_have_are_of_the_later_one(small, raw):
    """A roll call of 2020 in the older file does not count a second time, and a partial last year not at all."""
    table = pd.read_csv(io.StringIO(rebuilt(small, raw, "un_agreement")))
    before = table[table["year"] >= 2020]
    for name, line in (
        ("un_votes_region.csv", "99,,DZ,yes\n99,,MA,yes\n"),
        ("un_roll_calls.csv", "99,2020-01-10,,X,Y\n"),
    ):
        path = raw / "unga-votes" / name
        path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
        accept(small, raw, [f"unga-votes/{name}"])
    manifest = pd.read_csv(small / "upstream.csv", dtype=str, keep_default_na=False)
    manifest.loc[manifest["path"].str.startswith("unga-votes/un_"), ["last_year", "every_years"]] = "2020", "1"
    manifest.loc[manifest["path"].str.startswith("unga-votes/un_"), "first_year"] = "2020"
    manifest.to_csv(small / "upstream.csv", index=False)
    after = pd.read_csv(io.StringIO(rebuilt(small, raw, "un_agreement")))
    assert after[after["year"] >= 2020].equals(before)
    assert before["year"].max() == 2021


def test_a_vote_that_parts_the_two_asks_what_it_is_on(small, raw):
    """A roll call without a title, Algeria in favour, Morocco against, is asked about unless its year is left out."""
    path = raw / LATER_VOTES
    text = path.read_text(encoding="utf-8")
    no_issue = "2024-05-10" + 6 * ",False"
    late = text.replace(f"{no_issue},1,1", f"{no_issue},1,3")
    assert late != text
    path.write_text(late, encoding="utf-8")
    accept(small, raw, [LATER_VOTES])
    rebuilt(small, raw, "un_agreement")
    said = complaint(small, raw, (path, late.replace("True,False,1,2", "True,False,1,3")))
    assert "roll calls [8] have Algeria in favour" in said


def test_roll_calls_on_the_territory(small, raw):
    """One roll call more or less on Western Sahara is seen."""
    name = "unga-votes/un_roll_calls.csv"
    path, text = raw / name, (raw / name).read_text(encoding="utf-8")
    assert "column on_territory sums to 3; expected 2" in complaint(small, raw, (path, text.replace("TRADE", "SAHARA")))
    assert "0 roll calls of 1959" in complaint(small, raw, (path, text.replace("1959", "1960")))


def test_asylum_seekers_before_they_were_counted(small, raw):
    """A value in a year for which the source had none asks for a decision."""
    frame = pd.read_csv(raw / REFUGEES, dtype=str, keep_default_na=False)
    early = frame.assign(year="1999", asylum_seekers="5")
    then = YEARS["unhcr-population"]
    YEARS["unhcr-population"] = (1999, 2012)
    try:
        text = pd.concat([frame, *(early.assign(year=str(year)) for year in range(1999, 2010))]).to_csv(index=False)
        said = complaint(small, raw, (raw / REFUGEES, text))
    finally:
        YEARS["unhcr-population"] = then
    assert "column asylum_seekers has values before 2000" in said


def test_two_capitals_and_none(small, raw):
    """A second capital, or none, of a state is named."""
    name = "natural-earth/ne_50m_populated_places_simple_region.geojson"
    text = (raw / name).read_text(encoding="utf-8")
    none = text.replace('"Algiers"', '"Nowhere"').replace('"DZA"', '"XXX"')
    assert complaint(small, raw, (raw / name, none)) == f"{name}: no capital for DZA"
    twice = text.replace('"adm0_a3": "MLI"', '"adm0_a3": "DZA"')
    assert "two capitals for DZA" in complaint(small, raw, (raw / name, twice))


def test_territory_of_another_size(small, raw):
    """Western Sahara that does not come out whole stops the outlines."""
    name = "natural-earth/ne_50m_admin_0_countries_context.geojson"
    text = (raw / name).read_text(encoding="utf-8").replace("-14.6", "-13.0")
    assert "Western Sahara has" in complaint(small, raw, (raw / name, text))


def test_fewer_rows_than_on_record(small, raw):
    """A file cut at the end of a line is shorter than the manifest says."""
    manifest = pd.read_csv(small / "upstream.csv", dtype=str)
    manifest.loc[manifest["path"].str.startswith("dcad"), "rows_floor"] = "5"
    manifest.to_csv(small / "upstream.csv", index=False)
    assert stopped(small, raw, DEFENCE) == f"{DEFENCE}: 4 rows for the region; expected at least 5"
