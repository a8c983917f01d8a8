"""Validating the data package: the schema, and the rules that a schema cannot say.

Run ``python -m cooperation.validation``; every fault is one line that names
table, row and column.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

from claimbook.errors import DataError
from claimbook.package import names
from claimbook.package.dates import PARTIAL_DATE, bound, earliest, latest
from claimbook.package.tables import data_dir, load, package, resource
from cooperation.periods import SPANS

STRAY = re.compile(r"^\s|\s$|  |[\x00-\x1f\x7f-\x9f\ufffd]|[\u00c2\u00c3][\u0080-\u00bf]")
COUNCIL = 15
CHANGED = "checksum differs from datapackage.json; a derived table is rebuilt with make data"
DEGREE = 1.0
REFERENCES = {
    "dispute_events": "id",
    "initiatives": "id",
    "kidnappings": "id",
    "meetings": "id",
    "memberships": "id",
    "mistrust_events": "id",
    "presence": "id",
    "recognitions": "actor",
    "council_resolutions": "resolution",
    "organisation_memberships": "id",
    "published_figures": "id",
    "allegations": "id",
}
SPELLS = (
    ("initiatives", "founded", "ended"),
    ("initiatives", "founded", "status_latest_date"),
    ("memberships", "start", "end"),
    ("organisation_memberships", "start", "end"),
    ("kidnappings", "date_start", "date_end"),
    ("council_resolutions", "date", "mandate_until"),
    ("violent_events", "date_start", "date_end"),
)
ORDERED = (
    ("kidnappings", "ransom_low_eur", "ransom_high_eur"),
    ("armed_groups", "start", "end"),
    ("un_agreement", "agreed", "shared"),
    ("un_agreement_issues", "agreed", "shared"),
    ("ideal_point_distances", "low", "distance"),
    ("ideal_point_distances", "distance", "high"),
    ("trade", "minerals_usd_thousands", "exports_usd_thousands"),
    ("defence_agreements", "first_year", "last_year"),
    ("alliances", "first_year", "last_year"),
    ("alliances", "years_defence", "years_allied"),
    ("shared_memberships", "shared", "memberships_1"),
    ("shared_memberships", "shared", "memberships_2"),
    ("shared_memberships_by_chance", "low", "high"),
    ("rivalries", "start", "end"),
    ("violent_events", "deaths_low", "deaths_best"),
    ("violent_events", "deaths_best", "deaths_high"),
    ("upstream", "first_year", "last_year"),
)
# Codes of the column ``period`` of the frozen lists.
PERIODS = ("before", "baseline", "cascade", "after")


def _fault(name: str, frame: pd.DataFrame, row, column: str, why: str) -> str:
    return f"{name}: row {row + 2}, column {column}: {frame.at[row, column]!r} {why}"


def _schema_faults(folder: Path) -> tuple[list[str], list[str]]:
    """Faults that the package's own schema finds (Frictionless does the checking), and changed checksums."""
    from frictionless import Package, system

    tables = [item["name"] for item in package(folder)["resources"]]
    faults, changed = [], []
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    for task in report.tasks:
        for error in task.errors:
            if error.type == "hash-count":
                changed.append(f"{task.name}: file: {CHANGED}")
                continue
            parts = [task.name if task.name in tables else "datapackage.json"]
            place = []
            if getattr(error, "row_number", None):
                place.append(f"row {error.row_number}")
            column = getattr(error, "field_name", None)
            if not column and getattr(error, "field_names", None):
                column = ", ".join(error.field_names)
            if error.type == "primary-key":
                keys = resource(task.name, folder)["schema"]["primaryKey"]
                column = keys if isinstance(keys, str) else ", ".join(keys)
            if column:
                place.append(f"column {column}")
            if place:
                parts.append(", ".join(place))
            parts.append(_explain(error))
            faults.append(": ".join(parts))
    return faults + [f"datapackage.json: {error.note}" for error in report.errors], changed


def _explain(error) -> str:
    """What is wrong, in words that need no knowledge of the validator."""
    if error.type == "primary-key":
        return f"duplicated key: {error.note}"
    if error.type == "foreign-key":
        cells = ", ".join(repr(cell) for cell in error.field_cells)
        return f"{cells} is not in {error.reference_name or 'the table'} ({', '.join(error.reference_field_names)})"
    cell = getattr(error, "cell", None)
    return f"{cell!r}: {error.note}" if cell is not None else f"{error.type}: {error.note}"


def _date_faults(name: str, frame: pd.DataFrame, fields: list[dict]) -> list[str]:
    faults = []
    for field in fields:
        if field.get("precision") != "partial-date":
            continue
        for row, value in frame[field["name"]].dropna().items():
            if not PARTIAL_DATE.fullmatch(value):
                continue
            try:
                bound(value, last=False)
            except ValueError:
                faults.append(
                    f"{name}: row {row + 2}, column {field['name']}: {value!r} is not a date of the calendar; "
                    "expected YYYY, YYYY-MM or YYYY-MM-DD"
                )
    return faults


def _without_wrong_dates(frame: pd.DataFrame, fields: list[dict]) -> pd.DataFrame:
    frame = frame.copy()
    for field in fields:
        if field.get("precision") == "partial-date":
            frame[field["name"]] = frame[field["name"]].where(frame[field["name"]].map(_is_date))
    return frame


def _is_date(value) -> bool:
    try:
        return pd.notna(value) and pd.notna(bound(value, last=False))
    except (AttributeError, ValueError):
        return False


def _source_faults(item: dict, frames: dict[str, pd.DataFrame]) -> list[str]:
    name, cite = item["name"], item["citations"]
    cited = set(frames[cite["resource"]][cite["field"]])
    own, frame = item["schema"]["primaryKey"], frames[name]
    return [
        f"{name}: row {row + 2}, column {own}: {key!r} has no source in {cite['resource']}"
        for row, key in frame.loc[frame["verification"].notna(), own].items()
        if key not in cited
    ]


def _text_faults(name: str, frame: pd.DataFrame) -> list[str]:
    faults = []
    for column in frame.columns[frame.dtypes == "str"]:
        stray = frame[column].str.contains(STRAY, na=False)
        faults += [
            _fault(name, frame, row, column, "has a space at an end, two in a row, or characters of a wrong encoding")
            for row in frame.index[stray]
        ]
    return faults


def _order_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    faults = []
    for name, start, end in SPELLS:
        frame = frames[name]
        wrong = latest(frame[end]) < earliest(frame[start])
        faults += [
            _fault(name, frame, row, end, f"is before {start} {frame.at[row, start]!r}") for row in frame.index[wrong]
        ]
    for name, low, high in ORDERED:
        frame = frames[name]
        wrong = (frame[high] < frame[low]).fillna(False)
        faults += [
            _fault(name, frame, row, high, f"is below {low} {frame.at[row, low]!r}") for row in frame.index[wrong]
        ]
    return faults


def _checked_faults(name: str, frame: pd.DataFrame, fields: list[dict]) -> list[str]:
    faults = []
    for field in fields:
        column = field["name"]
        if field.get("precision") != "partial-date" or column in ("last_checked", "mandate_until"):
            continue
        late = earliest(frame[column]) > latest(frame["last_checked"])
        faults += [
            _fault(name, frame, row, column, f"is after last_checked {frame.at[row, 'last_checked']!r}")
            for row in frame.index[late]
        ]
    return faults


def _spell_faults(name: str, frame: pd.DataFrame, whose: list[str]) -> list[str]:
    faults = []
    spells = frame.assign(first=earliest(frame["start"])).dropna(subset="first")
    for _, mine in spells.sort_values("first").groupby(whose):
        for before, after in zip(mine.index, mine.index[1:], strict=False):
            began = latest(frame.loc[[after], "start"]).iloc[0]
            ended = earliest(frame.loc[[before], "end"]).iloc[0]
            if pd.isna(ended) or began < ended:
                faults.append(_fault(name, frame, after, "start", f"overlaps the spell of row {before + 2}"))
    return faults


def _kidnapping_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame = frames["kidnappings"]
    parts = frame[["released", "rescued", "killed", "died"]].sum(axis=1)
    faults = [
        f"kidnappings: row {row + 2}, column hostages: {frame.at[row, 'hostages']} is not the sum of its "
        f"outcomes, {parts[row]}"
        for row in frame.index[frame["hostages"] != parts]
    ]
    edges = frames["boundaries"].groupby("iso3")[["latitude", "longitude"]].agg(["min", "max"])
    for column in ("latitude", "longitude"):
        low = frame["country_taken"].map(edges[column]["min"]) - DEGREE
        high = frame["country_taken"].map(edges[column]["max"]) + DEGREE
        outside = low.notna() & ~frame[column].between(low, high)
        faults += [
            _fault("kidnappings", frame, row, column, f"lies outside {frame.at[row, 'country_taken']}")
            for row in frame.index[outside]
        ]
    return faults


def _presence_faults(frame: pd.DataFrame) -> list[str]:
    faults = []
    for state in ("dza", "mar"):
        wrong = (frame[state] == "present") != frame[f"{state}_absence"].isna()
        faults += [
            _fault("presence", frame, row, f"{state}_absence", f"does not agree with {state} {frame.at[row, state]!r}")
            for row in frame.index[wrong]
        ]
    return faults


def _membership_faults(frame: pd.DataFrame) -> list[str]:
    wrong = (frame["role"] == "excluded") != frame["exclusion"].notna()
    return [
        _fault("memberships", frame, row, "exclusion", f"does not agree with role {frame.at[row, 'role']!r}")
        for row in frame.index[wrong]
    ]


def _council_faults(frame: pd.DataFrame) -> list[str]:
    votes = frame[["votes_for", "votes_against", "abstentions"]]
    total = votes.sum(axis=1)
    short = votes.notna().all(axis=1) & (total != COUNCIL)
    explained = frame["note"].str.contains("did not vote", na=False) & (total < COUNCIL)
    return [
        _fault(
            "council_resolutions", frame, row, "votes_for", f"gives {total[row]} votes of {COUNCIL} with the other two"
        )
        for row in frame.index[short & ~explained]
    ]


def _dispute_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame, readings, faults = frames["disputes"], frames["dispute_readings"], []
    numbers = readings.groupby("dispute")["reading"].apply(sorted)
    for row, key in frame["id"].items():
        found = list(numbers.get(key, []))
        if len(found) < 2 or found != list(range(1, len(found) + 1)):
            faults.append(_fault("disputes", frame, row, "id", f"has the readings {found}; expected 1, 2 and so on"))
    known = {name: set(frames[name][column].astype(str)) for name, column in REFERENCES.items()}
    for row, (table, key) in frame[["table", "row"]].iterrows():
        if pd.notna(table) and table not in known:
            faults.append(_fault("disputes", frame, row, "table", "is not a table that a dispute can concern"))
        elif pd.notna(key) and (pd.isna(table) or key not in known[table]):
            faults.append(_fault("disputes", frame, row, "row", f"is not in {table}"))
    wrong = (frame["resolution"] == "preferred") != frame["preferred"].notna()
    faults += [
        _fault("disputes", frame, row, "preferred", f"does not agree with resolution {frame.at[row, 'resolution']!r}")
        for row in frame.index[wrong]
    ]
    pairs = set(zip(readings["dispute"], readings["reading"], strict=True))
    cited = frames["dispute_reading_sources"]
    return faults + [
        _fault("dispute_reading_sources", cited, row, "reading", f"is not a reading of {cited.at[row, 'dispute']}")
        for row, pair in enumerate(zip(cited["dispute"], cited["reading"], strict=True))
        if pair not in pairs
    ]


def _coded_value(frames: dict[str, pd.DataFrame], table: str, key: str, variable: str) -> str | None:
    if variable == "bearings":
        bearings = frames["mistrust_event_bearings"]
        return ";".join(sorted(bearings.loc[bearings["event"] == key, "bearing"]))
    frame = frames[table]
    values = frame.loc[frame["id"] == key, variable]
    value = values.iloc[0] if len(values) else None
    if pd.isna(value):
        return None
    return str(value).lower() if frame[variable].dtype == "boolean" else str(value)


def _audit_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame = frames["audit"]
    return [
        _fault("audit", frame, row, "row", f"is not in {item['table']}")
        for row, item in frame[frame["table"].isin(REFERENCES)].iterrows()
        if item["row"] not in set(frames[item["table"]].iloc[:, 0].astype(str))
    ]


def _coding_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame, faults = frames["second_coding"], []
    for row, item in frame[frame["table"].isin(list(frames))].iterrows():
        if item["variable"] != "bearings" and item["variable"] not in frames[item["table"]]:
            faults.append(_fault("second_coding", frame, row, "variable", f"is not a column of {item['table']}"))
            continue
        if item["row"] not in set(frames[item["table"]]["id"].astype(str)):
            faults.append(_fault("second_coding", frame, row, "row", f"is not in {item['table']}"))
            continue
        held = _coded_value(frames, item["table"], item["row"], item["variable"])
        if held != (None if pd.isna(item["resolved"]) else item["resolved"]):
            faults.append(
                _fault("second_coding", frame, row, "resolved", f"is not what {item['table']} holds, {held!r}")
            )
        differ = item[["first", "second"]].fillna("").nunique() == 2
        if not differ and held != (None if pd.isna(item["first"]) else item["first"]):
            faults.append(_fault("second_coding", frame, row, "first", "is agreed by both coders and does not stand"))
        if differ != pd.notna(item["resolution"]):
            faults.append(_fault("second_coding", frame, row, "resolution", "does not agree with first and second"))
    return faults


def _capture_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame, faults = frames["capture_history"], []
    for row, item in frame[frame["period"].isin(PERIODS)].dropna(subset=["date", "in_first", "in_second"]).iterrows():
        first, last = SPANS[item["period"]]
        if bound(item["date"], last=True) < first or bound(item["date"], last=False) > last:
            faults.append(_fault("capture_history", frame, row, "period", f"does not hold {item['date']!r}"))
        if not (item["in_first"] or item["in_second"]):
            faults.append(_fault("capture_history", frame, row, "in_first", "and in_second are both false"))
        if pd.notna(item["match"]) != (item["in_first"] and item["in_second"]):
            faults.append(_fault("capture_history", frame, row, "match", "does not agree with in_first and in_second"))
        if item["kind"] == "initiative" and item["in_first"] and pd.isna(item["initiative"]):
            faults.append(_fault("capture_history", frame, row, "initiative", "is missing for an item of the first list"))
        other = "meeting" if item["kind"] == "initiative" else "initiative"
        if pd.notna(item[other]):
            faults.append(_fault("capture_history", frame, row, other, f"does not agree with kind {item['kind']!r}"))
    return faults


def _term_faults(frame: pd.DataFrame) -> list[str]:
    wrong = (frame["kind"] == "rule") != frame["verification"].isna()
    return [
        _fault("terms", frame, row, "verification", f"does not agree with kind {frame.at[row, 'kind']!r}")
        for row in frame.index[wrong]
    ]


def _meeting_faults(frame: pd.DataFrame) -> list[str]:
    twice = frame.duplicated(["initiative", "date", "city", "level"])
    return [
        _fault("meetings", frame, row, "date", "stands twice with initiative, city and level")
        for row in frame.index[twice]
    ]


def _variant_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    # An empty cell is a fault of its own, told by the schema.
    frame, terms = frames["name_variants"].dropna(subset="variant"), frames["terms"]
    known = pd.concat([frame["name"], terms["term"], terms["abbreviation"]]).dropna().map(names.key)
    form = frame["variant"].map(names.key)
    return [
        *(_fault("name_variants", frame, row, "variant", "is itself a name or a term") for row in frame.index[form.isin(set(known))]),
        *(
            _fault("name_variants", frame, row, "variant", "differs from another by accents or capitals alone")
            for row in frame.index[form.duplicated() & ~frame["variant"].duplicated()]
        ),
    ]


def _codebook_faults(frames: dict[str, pd.DataFrame], items: list[dict]) -> list[str]:
    frame = frames["codebook"]
    written = set(zip(frame["table"], frame["column"], frame["value"], strict=True))
    allowed = {
        (item["name"], field["name"], str(value))
        for item in items
        if item["origin"] in ("coded", "link")
        for field in item["schema"]["fields"]
        for value in field.get("constraints", {}).get("enum", [])
        if field["name"] != "verification" and item["name"] != "second_coding"
    }
    faults = [
        f"codebook: row {row + 2}, column value: {key[2]!r} is not a code of {key[0]}.{key[1]}"
        for row, key in enumerate(zip(frame["table"], frame["column"], frame["value"], strict=True))
        if key not in allowed
    ]
    return faults + [
        f"codebook: column value: no rule for {table}.{column} {value!r}"
        for table, column, value in sorted(allowed - written)
    ]


def validate(folder: Path | None = None) -> list[str]:
    """Check the whole package.

    Types, constraints, enumerations, primary and foreign keys (by
    Frictionless); calendar dates; stray characters; that every hand-coded row
    has a source (but a rule of this report among the terms); that spells end after they start and do not overlap; that
    counts add up and totals hold their parts; that codes have a rule, both
    codings the value that stands, and disputes their readings; that a variant
    leads to one name; that derived tables are as their ``ingest`` code left them.

    Parameters
    ----------
    folder : pathlib.Path, optional
        Folder of the package; by default the one found by
        :func:`claimbook.package.tables.data_dir`.

    Returns
    -------
    list of str
        One line a fault, naming table, row (line of the file) and column;
        empty if there is none.
    """
    folder = folder or data_dir()
    items = package(folder)["resources"]
    frames, faults = {}, []
    for item in items:
        try:
            frames[item["name"]] = load(item["name"], folder)
        except DataError as error:
            faults.append(str(error))
    if faults:
        return faults
    faults, changed = _schema_faults(folder)
    for item in items:
        name, fields = item["name"], item["schema"]["fields"]
        faults += _date_faults(name, frames[name], fields)
        if item["origin"] != "derived":
            faults += _text_faults(name, frames[name])
        if "citations" in item:
            faults += _source_faults(item, frames)
    faults += changed
    for item in items:
        frames[item["name"]] = _without_wrong_dates(frames[item["name"]], item["schema"]["fields"])
    faults += _order_faults(frames)
    for item in items:
        if any(field["name"] == "last_checked" for field in item["schema"]["fields"]):
            faults += _checked_faults(item["name"], frames[item["name"]], item["schema"]["fields"])
    faults += _spell_faults("memberships", frames["memberships"], ["initiative", "actor"])
    faults += _spell_faults("organisation_memberships", frames["organisation_memberships"], ["organisation", "actor"])
    faults += _kidnapping_faults(frames)
    faults += _presence_faults(frames["presence"])
    faults += _membership_faults(frames["memberships"])
    faults += _council_faults(frames["council_resolutions"])
    faults += _meeting_faults(frames["meetings"])
    faults += _term_faults(frames["terms"])
    faults += _dispute_faults(frames)
    faults += _audit_faults(frames)
    faults += _coding_faults(frames)
    faults += _capture_faults(frames)
    faults += _variant_faults(frames)
    return faults + _codebook_faults(frames, items)


def main() -> int:
    """Validate the package and print what is wrong with it."""
    try:
        faults = validate()
    except DataError as error:
        faults = [str(error)]
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    tables = package()["resources"]
    print(f"data package valid: {len(tables)} tables, {sum(len(load(t['name'])) for t in tables)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
