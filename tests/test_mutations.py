"""Seeded faults of many kinds: each is answered with table, row and column."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections import Counter

import pytest

from claimbook.package.tables import package
from claimbook.package.validation import validate
from cooperation import validation

from edits import dated, is_key, limits, refers
from project import ROOT

pytestmark = pytest.mark.slow

SEED = 20261122
PER_KIND = 20
PER_RULE = 8
ROUNDS = 10


class Copy:
    """A copy of the package whose tables can be changed and put back."""

    def __init__(self, folder):
        self.folder = shutil.copytree(ROOT / "data", folder)
        self.items = {item["name"]: item for item in package(ROOT / "data")["resources"]}
        self.tables = {}
        for name, item in self.items.items():
            text = (ROOT / "data" / item["path"]).read_text(encoding="utf-8")
            header, *rows = csv.reader(io.StringIO(text))
            self.tables[name] = (header, rows)

    def fields(self, want):
        """Fields of the package that satisfy a condition, as (table, position, field)."""
        return [
            (name, position, field)
            for name, item in self.items.items()
            for position, field in enumerate(item["schema"]["fields"])
            if want(item, field)
        ]

    def write(self, name, rows, encoding="utf-8"):
        """Write the rows of a table."""
        with (self.folder / self.items[name]["path"]).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([self.tables[name][0], *rows])

    def restore(self, name):
        """Put a table back."""
        shutil.copy(ROOT / "data" / self.items[name]["path"], self.folder / self.items[name]["path"])


def filled(copy, rng, name, position, condition=lambda row: True):
    """A random row whose cell is not empty."""
    rows = [number for number, row in enumerate(copy.tables[name][1]) if row[position] and condition(row)]
    return rng.choice(rows) if rows else None


def cell_fault(want, change):
    """A kind of fault that changes one cell of a field."""

    def seed(copy, rng, taken):
        fields = [place for place in copy.fields(want) if place[0] not in taken]
        rng.shuffle(fields)
        for name, position, field in fields:
            row = filled(copy, rng, name, position)
            if row is None:
                continue
            value = change(copy.tables[name][1][row][position], field, rng)
            if value is not None:
                return name, row, field["name"], value
        return None

    return seed


def pair_fault(pairs, change):
    """A kind of fault that sets one cell against another of its row."""

    def seed(copy, rng, taken):
        places = [place for place in pairs if place[0] not in taken]
        rng.shuffle(places)
        for name, first, second in places:
            header = copy.tables[name][0]
            one, two = header.index(first), header.index(second)
            row = filled(copy, rng, name, two, lambda cells, one=one: cells[one])
            if row is not None:
                return name, row, second, change(copy.tables[name][1][row][one])
        return None

    return seed


def coded(item):
    """Whether people, not code, write the table."""
    return item["origin"] != "derived"


def year_before(date):
    """The year before a partial date."""
    return str(int(date[:4]) - 1)


def number_below(value):
    """A number just below."""
    return str(int(float(value)) - 1)


SPELLS = [(name, start, end) for name, start, end in validation.SPELLS if name != "council_resolutions"]
CELL_KINDS = {
    "text where a number belongs": cell_fault(
        lambda item, field: field["type"] in ("integer", "number"),
        lambda value, field, rng: rng.choice(["many", "n/a", "1,5", "12x"]),
    ),
    "a fraction where a whole number belongs": cell_fault(
        lambda item, field: field["type"] == "integer", lambda value, field, rng: f"{value}.5"
    ),
    "a truth value that is none": cell_fault(
        lambda item, field: field["type"] == "boolean", lambda value, field, rng: rng.choice(["yes", "TRUE", "1"])
    ),
    "a code that is none": cell_fault(
        lambda item, field: "enum" in limits(field) and field["type"] == "string",
        lambda value, field, rng: value.upper() + "X",
    ),
    "a date of another form": cell_fault(
        dated,
        lambda value, field, rng: rng.choice(
            [f"{value[:4]}/03/16", "16.03.2010", f"{value[:4]}-3", "March 2010", f"{value[:4]}-13"]
        ),
    ),
    "a day that does not exist": cell_fault(dated, lambda value, field, rng: f"{value[:4]}-02-30"),
    "a required cell left empty": cell_fault(
        lambda item, field: limits(field).get("required") and not is_key(item, field), lambda value, field, rng: ""
    ),
    "a key that refers to nothing": cell_fault(
        refers, lambda value, field, rng: f"{value}-none" if field["type"] == "string" else "99999999"
    ),
    "a number out of its range": cell_fault(
        lambda item, field: {"minimum", "maximum"} & set(limits(field)) and not is_key(item, field),
        lambda value, field, rng: (
            str(limits(field)["minimum"] - 1) if "minimum" in limits(field) else str(limits(field)["maximum"] + 1)
        ),
    ),
    "a pattern not kept": cell_fault(
        lambda item, field: "pattern" in limits(field) and not dated(item, field),
        lambda value, field, rng: f"{value} {value}",
    ),
    "a space too many": cell_fault(
        lambda item, field: coded(item) and field["type"] == "string" and not limits(field),
        lambda value, field, rng: rng.choice([f"{value} ", f" {value}", f"{value}  {value}"]),
    ),
    "text read in a wrong encoding": cell_fault(
        lambda item, field: coded(item) and field["type"] == "string" and not limits(field),
        lambda value, field, rng: "é".encode().decode("latin-1") + value,
    ),
    "an end before its start": pair_fault(SPELLS, year_before),
    "an upper bound below the lower": pair_fault(list(validation.ORDERED), number_below),
    "a date after the row was checked": cell_fault(
        lambda item, field: (
            dated(item, field)
            and field["name"] not in ("last_checked", "mandate_until")
            and any(other["name"] == "last_checked" for other in item["schema"]["fields"])
        ),
        lambda value, field, rng: "2099",
    ),
}


def second_row(copy, rng, taken, name, change):
    """A fault of one row of a given table."""
    if name in taken:
        return None
    header, rows = copy.tables[name]
    order = list(range(len(rows)))
    rng.shuffle(order)
    for row in order:
        found = change(header, rows, row, rng)
        if found:
            return name, row, *found
    return None


def overlapping(header, rows, row, rng):
    """Let a spell begin before the one before it has ended."""
    at = {column: position for position, column in enumerate(header)}
    mine = rows[row]
    if mine[at["role"]] != "withdrew":
        return None
    for other in rows:
        same = [other[at[column]] == mine[at[column]] for column in ("initiative", "actor")]
        if other is not mine and all(same) and other[at["start"]] and other[at["start"]] < mine[at["start"]]:
            inside = str(int((other[at["end"]] or "2026")[:4]) - 1)
            if inside > other[at["start"]]:
                return "start", inside
    return None


def wrong_sum(header, rows, row, rng):
    """One hostage more than the outcomes."""
    return "hostages", str(int(rows[row][header.index("hostages")]) + 1)


def wrong_votes(header, rows, row, rng):
    """One vote of the Council too many."""
    position = header.index("votes_for")
    return ("votes_for", str(int(rows[row][position]) - 1)) if rows[row][position] == "15" else None


def wrong_place(header, rows, row, rng):
    """A place on another continent."""
    return "latitude", "60.0"


def wrong_period(header, rows, row, rng):
    """A capture in a period that does not hold its date."""
    return "period", "before" if rows[row][header.index("period")] != "before" else "baseline"


def wrong_resolution(header, rows, row, rng):
    """A resolved code that the tables do not hold."""
    position = header.index("resolved")
    return ("resolved", rows[row][position] + "9") if rows[row][position] else None


def lost_reading(header, rows, row, rng):
    """A dispute of which a reading was renumbered."""
    return ("row", "ZZ99") if rows[row][header.index("row")] else None


def wrong_absence(header, rows, row, rng):
    """A way of being absent from a forum for a state that was there."""
    return ("dza_absence", "refused") if rows[row][header.index("dza")] == "present" else None


def wrong_exclusion(header, rows, row, rng):
    """A way of being excluded for a member."""
    return ("exclusion", "refused") if rows[row][header.index("role")] == "member" else None


def same_meeting(header, rows, row, rng):
    """The date of another meeting of the same body, city and level."""
    at = {column: position for position, column in enumerate(header)}
    same = ("initiative", "city", "level")
    for other in rows[:row]:
        if all(other[at[column]] == rows[row][at[column]] for column in same):
            return "date", other[at["date"]]
    return None


def unknown_code(header, rows, row, rng):
    """A rule for a code that the package does not have."""
    return "value", rows[row][header.index("value")] + "s"


def false_match(header, rows, row, rng):
    """A match for an item that one list alone holds."""
    return ("match", "exact") if not rows[row][header.index("match")] else None


def coded_row_gone(header, rows, row, rng):
    """A second coding of a row that is not there."""
    return "row", "ZZ99"


def unread_definition(header, rows, row, rng):
    """A definition of the world that no page carries, or a rule of the report that claims one."""
    return "verification", "yes" if rows[row][header.index("kind")] == "rule" else ""


def variant_twice(header, rows, row, rng):
    """A variant that is itself a name, or the one before but for its accents."""
    return "variant", rng.choice(
        [rows[row][header.index("name")], f"{rows[row - 1][header.index('variant')]}\u0301"]
    ) if row else None


def lost_twin(header, rows, row, rng):
    """A turning point that another table is said to code and does not."""
    return "row", "ZZ99"


def unresolved_dispute(header, rows, row, rng):
    """A preferred reading that is not said."""
    return ("preferred", "") if rows[row][header.index("resolution")] == "preferred" else None


RULES = {
    "overlapping spells of membership": ("memberships", overlapping),
    "a count that does not add up": ("kidnappings", wrong_sum),
    "a total that contradicts its parts": ("council_resolutions", wrong_votes),
    "a place outside its country": ("kidnappings", wrong_place),
    "a period that does not hold its date": ("capture_history", wrong_period),
    "a resolved code that the tables do not hold": ("second_coding", wrong_resolution),
    "a dispute about a row that is not there": ("disputes", lost_reading),
    "a dispute resolved without saying how": ("disputes", unresolved_dispute),
    "an absence of a state that was present": ("presence", wrong_absence),
    "an exclusion of a member": ("memberships", wrong_exclusion),
    "a meeting that stands twice": ("meetings", same_meeting),
    "a definition whose grade does not fit its kind": ("terms", unread_definition),
    "a rule for a code that is none": ("codebook", unknown_code),
    "a match of an item that one list holds": ("capture_history", false_match),
    "a second coding of a row that is not there": ("second_coding", coded_row_gone),
    "a variant that leads to two names": ("name_variants", variant_twice),
    "a turning point said to stand in a table that lacks it": ("region_event_rows", lost_twin),
}


def rule_fault(name, change):
    """A kind of fault that breaks a rule of one table."""
    return lambda copy, rng, taken: second_row(copy, rng, taken, name, change)


KINDS = CELL_KINDS | {kind: rule_fault(*rule) for kind, rule in RULES.items()}
QUOTA = {kind: PER_KIND if kind in CELL_KINDS else PER_RULE for kind in KINDS}
READING = {"text where a number belongs", "a fraction where a whole number belongs", "a truth value that is none"}


def stages():
    """Kinds that a table's reading stops at, one fault a table; other cells; rules, whose rows others must not touch."""
    return [READING, set(CELL_KINDS) - READING, set(RULES)]


def seed_round(copy, kinds, left, rng, one_a_table):
    """Seed faults until the quotas are filled, never two in a row, and if asked never two in a table."""
    seeds, changed = {}, {}
    for _ in range(4 * sum(left.values())):
        open_kinds = [kind for kind in sorted(kinds) if left[kind] > 0]
        if not open_kinds:
            break
        kind = rng.choice(open_kinds)
        found = KINDS[kind](copy, rng, {name for name, _ in seeds} if one_a_table else set())
        if found is None or found[:2] in seeds:
            continue
        name, row, column, value = found
        left[kind] -= 1
        seeds[name, row] = (kind, column, value)
        header, rows = copy.tables[name]
        cells = changed.setdefault(name, [list(cells) for cells in rows])
        cells[row][header.index(column)] = value
    for name, rows in changed.items():
        copy.write(name, rows)
    return seeds


def named(faults, name, row, column):
    """Whether a fault is answered with its table, row and column."""
    place = f"{name}: row {row + 2}, column "
    return any(
        fault.startswith(place) and column in fault.removeprefix(place).split(":")[0].split(", ") for fault in faults
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package."""
    return Copy(tmp_path_factory.mktemp("mutations") / "data")


@pytest.fixture(scope="module")
def outcome(copy):
    """For each kind, how many faults were named with their place, and those that were not."""
    rng, caught, missed = random.Random(SEED), Counter(), {kind: [] for kind in KINDS}
    for stage, kinds in enumerate(stages()):
        left = {kind: QUOTA[kind] for kind in kinds}
        for _ in range(ROUNDS):
            seeds = seed_round(copy, kinds, left, rng, one_a_table=stage == 0)
            faults = validate(copy.folder, validation.faults) if seeds else []
            for (name, row), (kind, column, value) in seeds.items():
                if named(faults, name, row, column):
                    caught[kind] += 1
                else:
                    missed[kind].append((name, row + 2, column, value))
            for name in {name for name, _ in seeds}:
                copy.restore(name)
    return caught, missed


@pytest.mark.parametrize("kind", KINDS)
def test_seeded_faults_are_caught(outcome, kind):
    """Every fault of the kind is answered with its table, row and column."""
    caught, missed = outcome
    assert missed[kind] == []
    assert caught[kind] == QUOTA[kind]


def test_enough_faults_of_enough_kinds():
    """The share above is one of at least three hundred faults of at least twelve kinds."""
    assert len(KINDS) >= 12
    assert sum(QUOTA.values()) >= 300


def test_a_duplicated_row_is_caught_in_every_table(copy):
    """A row that stands twice is named by the second, in every table that has rows of its own."""
    rng = random.Random(SEED)
    for name, (_, rows) in copy.tables.items():
        copy.write(name, [*rows, rng.choice(rows)])
    faults = Counter(
        fault.split(":")[0] for fault in validate(copy.folder, validation.faults) if "duplicated key" in fault
    )
    for name in copy.tables:
        copy.restore(name)
    assert set(faults) == set(copy.tables)


def test_a_plausible_value_in_a_derived_table_is_caught_by_its_checksum(copy):
    """Another believable number in a table that code makes is seen, though only the table can be named."""
    derived = [name for name, item in copy.items.items() if item["origin"] == "derived"]
    for name in derived:
        _, rows = copy.tables[name]
        fields = copy.items[name]["schema"]["fields"]
        position = max(
            number for number, field in enumerate(fields) if field["type"] in ("integer", "number", "string")
        )
        changed = [list(cells) for cells in rows]
        changed[0], changed[1] = [*changed[0][:position], changed[1][position], *changed[0][position + 1 :]], changed[1]
        copy.write(name, changed[::-1])
    faults = validate(copy.folder, validation.faults)
    for name in derived:
        copy.restore(name)
    assert {fault.split(":")[0] for fault in faults if "checksum differs" in fault} == set(derived)
