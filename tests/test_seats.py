"""Who sits at which security table: the rule on a table small enough to check by hand, and the tallies of the picture."""

from __future__ import annotations

import pandas as pd
import pytest

from claimbook.errors import WordsError
from claimbook.package.tables import load
from cooperation.figures import seats as draw
from cooperation.measures import seats, violence
from cooperation.measures.record import cutoff
from cooperation.rows import Initiative
from cooperation.states import CENTRAL_SAHEL, CHAD, MOROCCO, PAIR

DAYS = {"before": pd.Timestamp(2009, 12, 31), "then": pd.Timestamp(2014, 5, 14), "now": pd.Timestamp(2026, 4, 30)}
SHOWN = pd.DataFrame(
    {
        "initiative": ["OLD", "NEW", "ROUND", "CLUB"],
        "place": [1, 1, 2, 3],
        "name": ["Force", "Force", "Round", "Club"],
        "led": [None] * 4,
        "organisation": [None, None, None, "CLUB"],
        "sign": ["status", "status", "meetings", "status"],
    }
)
INITIATIVES = pd.DataFrame(
    {
        "id": ["OLD", "NEW", "ROUND", "CLUB"],
        "name": ["Old force", "New force", "Round", "Club"],
        "founded": ["1998", "2015-01-29", "2010-04", "2014-02-16"],
        "ended": ["2015-01-29", None, None, "2023-12-06"],
        "status_latest_date": ["2015-01-29", "2025-12-15", "2026-01", "2023-12-06"],
    }
)
ACTORS = pd.DataFrame({"id": ["AAA", "BBB", "CCC", "DDD", "ORG"], "kind": ["state"] * 4 + ["organisation"]})
MEMBERSHIPS = pd.DataFrame(
    [
        ("OLD", "AAA", "member", "1998", "2015-01-29", "yes"),
        ("NEW", "AAA", "member", "2015-01-29", "2025-03", "yes"),
        ("NEW", "AAA", "withdrew", "2025-03", None, "yes"),
        ("OLD", "BBB", "member", None, None, "yes"),
        ("NEW", "CCC", "observer", None, None, "partial"),
        ("NEW", "DDD", "pledged", "2015", None, "yes"),
        ("OLD", "ORG", "member", "1998", None, "yes"),
        ("OLD", "DDD", "member", "1998", None, "memory"),
        ("ROUND", "AAA", "participant", "2010", None, "yes"),
        ("ROUND", "CCC", "partner", "2010", None, "yes"),
        ("CLUB", "AAA", "member", "2014-02-16", "2022-05-15", "yes"),
        ("CLUB", "BBB", "member", "2014-02-16", "2023-12-06", "yes"),
        ("CLUB", "CCC", "participant", "2014-02-16", None, "yes"),
    ],
    columns=["initiative", "actor", "role", "start", "end", "verification"],
)
BELONGED = pd.DataFrame(
    [("CLUB", "DDD", "suspended", "2014-03", "2014-05"), ("CLUB", "DDD", "member", None, "2023-12-06")],
    columns=["organisation", "actor", "status", "start", "end"],
).assign(verification="yes")
MEETINGS = pd.DataFrame({"id": ["M1", "M2"], "initiative": ["ROUND", None], "date": ["2012-03", "2024-11-25"]})
PRESENT = pd.DataFrame({"meeting": ["M2"], "actor": ["ROUND"]})


@pytest.fixture
def bodies():
    """The three bodies."""
    return seats.bodies(SHOWN, INITIATIVES, MEETINGS, PRESENT)


@pytest.fixture
def held():
    """The spells at them."""
    return seats.spells(SHOWN, INITIATIVES, MEMBERSHIPS, BELONGED, ACTORS)


def test_a_body_stands_while_one_of_its_forms_does(bodies):
    """The first form ended, and the second goes on; a meeting as a guest is a sign of work, a status is none where the rule says so."""
    assert bodies["to_day"].isna().to_list() == [True, True, False]
    assert bodies["seen"].astype(str).to_list() == ["2025-12-15", "2024-11-25", "2023-12-06"]
    states = seats.standing(bodies, DAYS).pivot(index="place", columns="when", values="state")
    assert states["before"].to_list() == ["stands", "not yet", "not yet"]
    assert states["then"].to_list() == ["stands", "stands", "stands"]
    assert states["now"].to_list() == ["stands", "still listed", "ended"]


def test_who_sits(bodies, held):
    """Members sit, participants where there are no members; partial dates take their widest reading; the rest do not."""
    found = seats.seats(bodies, held, DAYS)
    assert {tuple(row) for row in found.itertuples(index=False)} == {
        ("before", 1, "AAA", "sits"),
        ("before", 1, "BBB", "sits"),
        ("then", 1, "AAA", "sits"),
        ("then", 1, "BBB", "sits"),
        ("then", 2, "AAA", "sits"),
        ("then", 3, "AAA", "sits"),
        ("then", 3, "BBB", "sits"),
        ("then", 3, "DDD", "suspended"),
        ("now", 1, "AAA", "left"),
        ("now", 1, "BBB", "sits"),
        ("now", 1, "CCC", "observes"),
        ("now", 2, "AAA", "sits"),
        ("now", 3, "AAA", "left"),
    }


def test_a_month_of_leaving_lasts_to_its_end(bodies, held):
    """Who left in March sits on its last day, and no longer in April."""
    days = {"march": pd.Timestamp(2025, 3, 31), "april": pd.Timestamp(2025, 4, 1)}
    found = seats.seats(bodies, held, days).query("place == 1 and actor == 'AAA'")
    assert found["seat"].to_list() == ["sits", "left"]


def test_a_state_that_left_has_one_day_of_leaving():
    """One that still sits has none, and one that left twice no one day."""
    days = pd.to_datetime(["2022-05-15", "2023-12-02", "2025-04-06"])
    gone = pd.DataFrame({"place": [2, 3, 3], "actor": ["AAA", "BBB", "BBB"], "day": days})
    assert seats.exit_day(gone, SHOWN, "AAA", "ROUND") == days[0]
    with pytest.raises(ValueError, match="AAA left CLUB 0 times"):
        seats.exit_day(gone, SHOWN, "AAA", "CLUB")
    with pytest.raises(ValueError, match="BBB left CLUB 2 times"):
        seats.exit_day(gone, SHOWN, "BBB", "CLUB")


@pytest.fixture(scope="module")
def record():
    """Bodies, spells and the grid of the report's own tables."""
    days = {**seats.DAYS, "the end": cutoff(load("searches"))}
    shown = load("security_tables")
    bodies = seats.bodies(shown, load("initiatives"), load("meetings"), load("meeting_participants"))
    held = seats.spells(
        shown, load("initiatives"), load("memberships"), load("organisation_memberships"), load("actors")
    )
    return bodies, held, seats.grid(seats.standing(bodies, days), seats.seats(bodies, held, days))


def test_the_rule_names_each_body_once():
    """Initiatives of one place have one name, and places follow one another."""
    shown = load("security_tables")
    assert shown.groupby("place")[["name", "led", "organisation"]].nunique().to_numpy().max() == 1
    assert shown["name"].nunique() == shown["place"].nunique() == shown["place"].max() == 9


def test_a_suspended_state_leaves_when_its_suspension_ends(bodies):
    """Not on the day of the suspension: a seat is given up when the last spell at the table ends."""
    own = pd.DataFrame({"place": 1, "actor": CENTRAL_SAHEL[0], "role": ["member", "suspended"]})
    own = own.assign(
        from_day=pd.to_datetime(["1998-01-01", "2021-05-30"]), to_day=pd.to_datetime(["2021-05-30", "2025-01-29"])
    )
    assert seats.left(bodies, own, DAYS["now"])["day"].astype(str).to_list() == ["2025-01-29"]
    days = {"2021": pd.Timestamp(2021, 12, 31), "2025": pd.Timestamp(2025, 1, 30)}
    assert seats.seats(bodies, own, days)["seat"].to_list() == ["suspended", "left"]


def test_tallies_are_those_of_the_record(record):
    """Looked up by hand, body by body, in memberships."""
    bodies, _, grid = record
    tally = seats.tally(grid).set_axis(bodies["name"], axis=0)
    assert {name: row.to_list() for name, row in tally.iterrows()} == {
        "CEN-SAD": [28, 25, 25, 25],
        "Nouakchott Process": [0, 11, 11, 11],
        "intelligence unit": [7, 8, 8, 8],
        "joint staff": [4, 4, 4, 3],
        "Accra Initiative": [0, 0, 5, 4],
        "Lake Chad force": [3, 3, 4, 3],
        "G5 Sahel": [0, 5, 5, 0],
        "ECOWAS": [15, 15, 15, 12],
        "Alliance of Sahel States": [0, 0, 0, 3],
    }
    silent = bodies["name"][grid.loc[grid["state"] == seats.LISTED, "place"]]
    assert set(silent) == {"Nouakchott Process", "intelligence unit", "joint staff", "Accra Initiative"}


def test_nine_seats_given_up_at_five_tables(record):
    """Mali leaves first, in May 2022, and the alliance is the one table of the three alone."""
    bodies, held, grid = record
    gone = seats.left(bodies, held, cutoff(load("searches")))
    assert (len(gone), gone["name"].nunique(), str(gone["day"].min().date())) == (9, 5, "2022-05-15")
    how = seats.how_left(gone, load("security_tables"), load("memberships")).groupby("how")["name"].agg(set)
    assert how.to_dict() == {
        seats.BY_ACT: {"G5 Sahel", "ECOWAS", "joint staff"},
        seats.DISPUTED: {"Lake Chad force"},
        seats.REPORTED: {"Accra Initiative"},
    }
    last = grid[grid["when"] == "the end"].set_index("name")["sitting"]
    assert last.index[last.map(set) == set(CENTRAL_SAHEL)].to_list() == ["Alliance of Sahel States"]


def test_deaths_add_up():
    """The three states, and no other; years stand apart."""
    deaths = pd.DataFrame(
        {
            "iso3": [*CENTRAL_SAHEL, *PAIR, CENTRAL_SAHEL[0]],
            "year": [2014] * 5 + [2015],
            "deaths_best": [1, 2, 4, 8, 16, 32],
        }
    )
    assert seats.toll(deaths).to_dict() == {2014: 7, 2015: 32}


@pytest.fixture(scope="module")
def picture(record):
    """The picture of the report's own tables."""
    grid = record[2]
    toll = seats.toll(violence.latest_release(load("deaths_to_2025")))
    years = [2010, 2014, 2021, 2025]
    deaths = pd.DataFrame({"when": grid["when"].unique(), "year": years, "deaths": [int(toll[y]) for y in years]})
    names = load("actors").set_index("id")["name"]
    return draw.tables(grid, deaths, names, title="A title", alt="Words", note="This. That.")


def test_the_picture_does_not_outlive_its_words():
    """With Morocco at a table of Algeria's, or Chad at the alliance, the picture is not drawn."""

    def with_members(*told):
        def changed(name):
            table = load(name)
            if name != "memberships":
                return table
            rows = table.iloc[[0] * len(told)].assign(
                id=[f"MSX{place}" for place in range(len(told))],
                initiative=[body for body, _ in told],
                actor=[state for _, state in told],
                role="member",
                start="2013",
                end=None,
            )
            return pd.concat([table, rows], ignore_index=True)

        return changed

    with pytest.raises(WordsError, match="Algeria and Morocco share none"):
        draw.drawn(with_members((Initiative.NOUAKCHOTT, MOROCCO)))
    with pytest.raises(WordsError, match="between them"):
        draw.drawn(with_members((Initiative.AES, CHAD)))


def test_the_picture_shows_the_tally(record, picture):
    """Seats drawn full, and the number of others beside them, add up to those who sit; so does the table beside it."""
    grid = record[2]
    points = [trace for trace in picture.data if trace.type == "scatter"]
    full = [trace for trace in points if trace.mode == "markers+text" and "gone" not in trace.customdata[-1]]
    mine = pd.Series([said for trace in full for said in trace.customdata]).str.extract(r", (.+), (.+): ")
    drawn = mine.dropna().value_counts()
    (others,) = (trace for trace in points if trace.mode == "text")
    beside = [int(text.removeprefix("+")) for text in others.text]
    assert drawn.sum() + sum(beside) == int(seats.tally(grid).to_numpy().sum())
    for row in grid.itertuples():
        three = sum(getattr(row, state) in (seats.SITS, seats.SUSPENDED) for state in CENTRAL_SAHEL)
        assert drawn.get((row.name, row.when), 0) == three
    at = picture.layout.meta["columns"].index("States that sit")
    rows = [row[at] for row in picture.layout.meta["rows"] if row[at] is not None]
    assert rows == [len(codes) for codes in grid["sitting"]]


def test_the_picture_says_who_left_and_what_fell_silent(picture):
    """The words at the right of each table, from its last column."""
    texts = {note.text for note in picture.layout.annotations}
    assert {
        "all three sit",
        "silent since 2024",
        "silent since 2023",
        "Mali left; silent since 2023",
        "Burkina Faso left; silent since 2024",
        "Niger left",
        "all three left; ended in 2023",
        "all three left",
        "these three alone",
    } <= texts
    assert sum("with Algeria" in text for text in texts) == 3
    assert sum("with Morocco" in text for text in texts) == 1
