"""The rules of this report's tables that a schema cannot say; the press checks its form."""

from __future__ import annotations

import pandas as pd

from claimbook.package.dates import bound, earliest, latest
from claimbook.package.validation import ends_before_start, fault, out_of_order, overlapping_spells, variant_faults
from cooperation import rows, states
from cooperation.measures import allegations, imperative
from cooperation.measures.initiatives import BELONGS, african_led, core_scope, dated
from cooperation.periods import SPANS, YEARS

COUNCIL = 15
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
    ("region_events", "date", "date_end"),
)
ORDERED = (
    ("kidnappings", "ransom_low_eur", "ransom_high_eur"),
    ("armed_groups", "start", "end"),
    ("un_agreement", "agreed", "shared"),
    ("external_checks", "alike", "compared"),
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
# Tables in which every state of the region has a row, with the column of its code.
OF_STATES = {
    "actors": "id",
    "boundaries": "iso3",
    "capitals": "iso3",
    "economy": "iso3",
    "organised_violence": "iso3",
}
# Rows of a table (which, for ``pandas.DataFrame.query``) that each need one or more in another, in a column of it.
NEEDED = (
    ("kidnappings", "hostages > 0", "kidnapping_countries_held", "kidnapping"),
    ("kidnappings", "hostages > 0", "kidnapping_nationalities", "kidnapping"),
    ("dispute_events", "direction != 0", "dispute_event_grounds", "event"),
    ("region_events", "date == date", "region_event_actors", "event"),
)
# Rows that chapters look up by their cells (for ``pandas.DataFrame.query``), of which there is one or more.
LOOKED_UP = {
    "organisation_memberships": (
        f"organisation == '{rows.Actor.AFRICAN_UNION}' and actor == '{states.MOROCCO}' and status == 'member' and start > ''"
    ),
}
# Columns that hold one of Algeria, Mali, Mauritania and Niger.
OF_THE_FOUR = {"mistrust_acts": ("actor", "toward"), "mistrust_operations": ("actor", "soil")}
# Columns each of whose codes some row has: chapters look up what there is of it.
EVERY_CODE = {"second_coding": "variable", "baggage_acts": "baggage"}
# Columns that date a step, of the tables whose rows can code the same step as a turning point.
DATED = {
    "baggage_acts": ("date", "undone"),
    "council_resolutions": ("date",),
    "dispute_events": ("date",),
    "initiatives": ("founded", "authorised", "operational", "ended"),
    "kidnappings": ("date_start", "date_end"),
    "meetings": ("date",),
    "memberships": ("start", "end"),
    "mistrust_events": ("date",),
    "organisation_memberships": ("start", "end"),
    "presence": ("date",),
    "recognitions": ("date",),
}
# Codes of the column ``period`` of the frozen lists.
PERIODS = ("before", "baseline", "cascade", "after")


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
            fault("kidnappings", frame, row, column, f"lies outside {frame.at[row, 'country_taken']}")
            for row in frame.index[outside]
        ]
    return faults


def _ransom_faults(frame: pd.DataFrame) -> list[str]:
    """Ransoms with half a span, and states of a ransom that do not agree with the sum or its absence."""
    low, high, status = frame["ransom_low_eur"].notna(), frame["ransom_high_eur"].notna(), frame["ransom_status"]
    wrong = {
        "ransom_high_eur": low != high,
        "ransom_status": ((status == "reported") & ~low) | ((status == "none-reported") & low),
    }
    why = "does not agree with ransom_low_eur: a reported sum has both bounds, which are one for a single sum"
    return [
        fault("kidnappings", frame, row, column, why) for column, found in wrong.items() for row in frame.index[found]
    ]


def _presence_faults(frame: pd.DataFrame) -> list[str]:
    faults = []
    for state in ("dza", "mar"):
        wrong = (frame[state] == "present") != frame[f"{state}_absence"].isna()
        faults += [
            fault("presence", frame, row, f"{state}_absence", f"does not agree with {state} {frame.at[row, state]!r}")
            for row in frame.index[wrong]
        ]
    return faults


def _membership_faults(frame: pd.DataFrame) -> list[str]:
    wrong = (frame["role"] == "excluded") != frame["exclusion"].notna()
    return [
        fault("memberships", frame, row, "exclusion", f"does not agree with role {frame.at[row, 'role']!r}")
        for row in frame.index[wrong]
    ] + [
        fault("memberships", frame, row, "start", "is missing for a state that left: the day on which it did")
        for row in frame.index[(frame["role"] == "withdrew") & frame["start"].isna()]
    ]


def _left_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """Spells in a body of an organisation that outlast those of its state in the organisation; conventions may."""
    spells = frames["organisation_memberships"]
    inside = spells[spells["status"].isin(BELONGS)]
    last = inside.assign(day=latest(inside["end"])).groupby(["organisation", "actor"])["day"]
    left = last.max()[last.apply(lambda days: days.notna().all())]
    frame, initiatives = frames["memberships"], frames["initiatives"].drop_duplicates("id").set_index("id")
    kinds, bodies = frame["initiative"].map(initiatives["kind"]), frame["initiative"].map(initiatives["body"])
    gone = pd.Series([left.get(key, pd.NaT) for key in zip(bodies, frame["actor"], strict=True)], frame.index)
    within = frame["role"].isin(BELONGS) & (kinds != "legal") & ~(earliest(frame["start"]) > gone)
    wrong = gone.notna() & within & ~(latest(frame["end"]) <= gone)
    return [
        fault("memberships", frame, row, "end", f"does not end with the spell in {bodies[row]}, on {gone[row].date()}")
        for row in frame.index[wrong]
    ]


def _council_faults(frame: pd.DataFrame) -> list[str]:
    votes = frame[["votes_for", "votes_against", "abstentions"]]
    total = votes.sum(axis=1)
    short = votes.notna().all(axis=1) & (total != COUNCIL)
    explained = frame["note"].str.contains("did not vote", na=False) & (total < COUNCIL)
    return [
        fault(
            "council_resolutions", frame, row, "votes_for", f"gives {total[row]} votes of {COUNCIL} with the other two"
        )
        for row in frame.index[short & ~explained]
    ]


def _step_faults(frame: pd.DataFrame) -> list[str]:
    """Steps that break or mend relations without a word on whose act they are, and others with one."""
    wrong = (frame["direction"].abs() == 2) != frame["act"].notna()
    return [
        fault("dispute_events", frame, row, "act", f"does not agree with direction {frame.at[row, 'direction']}")
        for row in frame.index[wrong]
    ]


def _dispute_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame, readings, faults = frames["disputes"], frames["dispute_readings"], []
    numbers = readings.groupby("dispute")["reading"].apply(sorted)
    for row, key in frame["id"].items():
        found = [int(number) for number in numbers.get(key, [])]
        if len(found) < 2 or found != list(range(1, len(found) + 1)):
            faults.append(fault("disputes", frame, row, "id", f"has the readings {found}; expected 1, 2 and so on"))
    known = {name: set(frames[name][column].astype(str)) for name, column in REFERENCES.items()}
    for row, (table, key) in frame[["table", "row"]].iterrows():
        if pd.notna(table) and table not in known:
            faults.append(fault("disputes", frame, row, "table", "is not a table that a dispute can concern"))
        elif pd.notna(key) and (pd.isna(table) or key not in known[table]):
            faults.append(fault("disputes", frame, row, "row", f"is not in {table}"))
    wrong = (frame["resolution"] == "preferred") != frame["preferred"].notna()
    faults += [
        fault("disputes", frame, row, "preferred", f"does not agree with resolution {frame.at[row, 'resolution']!r}")
        for row in frame.index[wrong]
    ]
    pairs = set(zip(readings["dispute"], readings["reading"], strict=True))
    cited = frames["dispute_reading_sources"]
    return faults + [
        fault("dispute_reading_sources", cited, row, "reading", f"is not a reading of {cited.at[row, 'dispute']}")
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
    known = {table: set(frames[table].iloc[:, 0].astype(str)) for table in REFERENCES}
    return [
        fault("audit", frame, row, "row", f"is not in {item['table']}")
        for row, item in frame[frame["table"].isin(REFERENCES)].iterrows()
        if item["row"] not in known[item["table"]]
    ]


def _coding_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame, faults = frames["second_coding"], []
    coded = frame[frame["table"].isin(list(frames))]
    ids = {table: set(frames[table]["id"].astype(str)) for table in coded["table"].unique() if "id" in frames[table]}
    for row, item in coded.iterrows():
        if item["variable"] != "bearings" and item["variable"] not in frames[item["table"]]:
            faults.append(fault("second_coding", frame, row, "variable", f"is not a column of {item['table']}"))
            continue
        if item["row"] not in ids[item["table"]]:
            faults.append(fault("second_coding", frame, row, "row", f"is not in {item['table']}"))
            continue
        held = _coded_value(frames, item["table"], item["row"], item["variable"])
        if held != (None if pd.isna(item["resolved"]) else item["resolved"]):
            faults.append(
                fault("second_coding", frame, row, "resolved", f"is not what {item['table']} holds, {held or ''!r}")
            )
        first, second = ("" if pd.isna(item[coder]) else item[coder] for coder in ("first", "second"))
        differ = first != second
        if not differ and held != (None if pd.isna(item["first"]) else item["first"]):
            faults.append(fault("second_coding", frame, row, "first", "is agreed by both coders and does not stand"))
        if differ != pd.notna(item["resolution"]):
            faults.append(fault("second_coding", frame, row, "resolution", "does not agree with first and second"))
    return faults


def _capture_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame, faults = frames["capture_history"], []
    for row, item in frame[frame["period"].isin(PERIODS)].dropna(subset=["date", "in_first", "in_second"]).iterrows():
        first, last = SPANS[item["period"]]
        if bound(item["date"], last=True) < first or bound(item["date"], last=False) > last:
            faults.append(fault("capture_history", frame, row, "period", f"does not hold {item['date']!r}"))
        if not (item["in_first"] or item["in_second"]):
            faults.append(fault("capture_history", frame, row, "in_first", "and in_second are both false"))
        if pd.notna(item["match"]) != (item["in_first"] and item["in_second"]):
            faults.append(fault("capture_history", frame, row, "match", "does not agree with in_first and in_second"))
        if item["kind"] == "initiative" and item["in_first"] and pd.isna(item["initiative"]):
            faults.append(
                fault("capture_history", frame, row, "initiative", "is missing for an item of the first list")
            )
        other = "meeting" if item["kind"] == "initiative" else "initiative"
        if pd.notna(item[other]):
            faults.append(fault("capture_history", frame, row, other, f"does not agree with kind {item['kind']!r}"))
    return faults


def _twin_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """Rows said to code the same step as a turning point that are not there, or have another day."""
    frame, days = frames["region_event_rows"], frames["region_events"].drop_duplicates("id").set_index("id")["date"]
    keyed = {table: frames[table].drop_duplicates(frames[table].columns[0]) for table in DATED}
    keyed = {table: kept.set_index(kept.iloc[:, 0].astype(str)) for table, kept in keyed.items()}
    faults = []
    for row, item in frame.iterrows():
        if item["column"] not in DATED.get(item["table"], ()):
            faults.append(
                fault("region_event_rows", frame, row, "column", f"is not the date of a step in {item['table']}")
            )
        elif item["row"] not in keyed[item["table"]].index:
            faults.append(fault("region_event_rows", frame, row, "row", f"is not in {item['table']}"))
        else:
            held, day = keyed[item["table"]].at[item["row"], item["column"]], days.get(item["event"])
            if pd.isna(held) or held != day:
                why = f"has {'no day' if pd.isna(held) else held} in {item['table']}, and {day} as {item['event']}"
                faults.append(fault("region_event_rows", frame, row, "row", why))
    return faults


def _search_faults(frames: dict[str, pd.DataFrame], items: list[dict]) -> list[str]:
    """Hand-coded tables of which nothing says how far they were searched, and others of which something does."""
    frame, coded = frames["searches"], [item["name"] for item in items if item["origin"] == "coded"]
    faults = [f"searches: column table: no row for {table}" for table in coded if table not in set(frame["table"])]
    faults += [
        fault("searches", frame, row, "table", "is not a hand-coded table")
        for row in frame.index[~frame["table"].isin(coded)]
    ]
    return faults + [
        fault("searches", frame, row, "searched_to", "is missing for a table that is followed to the present")
        for row in frame.index[frame["followed"] & frame["searched_to"].isna()]
    ]


def _meeting_faults(frame: pd.DataFrame) -> list[str]:
    twice = frame.duplicated(["initiative", "date", "city", "level"])
    return [
        fault("meetings", frame, row, "date", "stands twice with initiative, city and level")
        for row in frame.index[twice]
    ]


def _named_rows() -> list[tuple[str, str, str, str]]:
    """Rows that code names: table, column of the key, key, and the name in code."""
    found = [
        (table, "id", key, f"rows.{group.__name__}.{name}")
        for table, group in rows.TABLES.items()
        for name, key in vars(group).items()
        if not name.startswith("_")
    ]
    codes = {code: name for name, code in reversed(vars(states).items()) if name.isupper() and isinstance(code, str)}
    found += [("actors", "id", code, f"states.{name}") for code, name in codes.items()]
    return found + [
        ("countries", "iso3", code, f"states.{name}") for code, name in codes.items() if code not in states.POWERS
    ]


def _named_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """Rows that code names and a table has no more, or has from memory alone, which chapters pass over."""
    faults = []
    for table, column, key, name in _named_rows():
        frame = frames[table]
        found = frame.index[frame[column] == key]
        if found.empty:
            faults.append(
                f"{table}: column {column}: a row {key!r} is missing, which chapters need (cooperation.{name})"
            )
        elif "verification" in frame and frame.at[found[0], "verification"] == "memory":
            why = f"cannot grade {key!r}, which chapters need (cooperation.{name})"
            faults.append(fault(table, frame, found[0], "verification", why))
    return faults


def _state_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """States that are not in every table of :data:`OF_STATES`."""
    frame, faults = frames["countries"], []
    known = {table: set(frames[table][column]) for table, column in OF_STATES.items()}
    for row, code in frame.loc[frame["status"] == "state", "iso3"].items():
        lacking = [table for table, codes in known.items() if code not in codes]
        if lacking:
            why = f"has no row in {', '.join(lacking)}; every state of the region has one in each (ARCHITECTURE.md)"
            faults.append(fault("countries", frame, row, "iso3", why))
    return faults


def _place_faults(frame: pd.DataFrame) -> list[str]:
    """Capitals at one place, whose distance of none no chapter can take the logarithm of."""
    places = frame[["latitude", "longitude"]]
    return [
        fault("capitals", frame, row, "iso3", "lies where another capital does; chapters need the distance of the two")
        for row in frame.index[places.duplicated()]
    ]


def _trade_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """States whose trade chapters cannot set beside their product: ``economy`` has none of these years."""
    frame, (first, last) = frames["trade"], YEARS["trade"]
    known = set(frames["economy"].query("@first <= year <= @last").dropna(subset="gdp_usd_millions")["iso3"])
    why = f"has no gdp_usd_millions of {first}-{last} in economy, by which chapters judge its trade"
    return [
        fault("trade", frame, part.index[0], side, why)
        for side in ("exporter", "importer")
        for code, part in frame.groupby(side)
        if code not in known
    ]


def _empty_faults(frames: dict[str, pd.DataFrame], items: list[dict]) -> list[str]:
    coded = [item["name"] for item in items if item["origin"] != "derived"]
    return [f"{table}: file: has no rows; chapters need one or more" for table in coded if frames[table].empty]


def _needed_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """Rows without the rows of another table that each of :data:`NEEDED` has."""
    return [
        fault(table, frames[table], row, "id", f"has no row in {other}, where each with {which} has one or more")
        for table, which, other, column in NEEDED
        for rows in [frames[table].query(which)["id"]]
        for row in rows.index[~rows.isin(set(frames[other][column]))]
    ]


def _looked_up_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    return [
        f"{table}: file: no row has {cells}, which chapters need"
        for table, cells in LOOKED_UP.items()
        if frames[table].query(cells).empty
    ]


def _four_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """States in :data:`OF_THE_FOUR` that are none of the four."""
    return [
        fault(table, frames[table], row, column, f"is none of {', '.join(states.FOUR)}, whose record the table is")
        for table, columns in OF_THE_FOUR.items()
        for column in columns
        for row in frames[table].index[~frames[table][column].isin(states.FOUR)]
    ]


def _code_faults(frames: dict[str, pd.DataFrame], items: list[dict]) -> list[str]:
    """Codes of the columns of :data:`EVERY_CODE` that no row has."""
    codes = {
        (item["name"], field["name"]): field.get("constraints", {}).get("enum", ())
        for item in items
        for field in item["schema"]["fields"]
    }
    return [
        f"{table}: column {column}: no row has {code!r}, of which chapters need one or more"
        for table, column in EVERY_CODE.items()
        for code in codes[table, column]
        if code not in set(frames[table][column])
    ]


def _allegation_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame, claimed = frames["allegations"], set(frames["claims"]["allegation"])
    return [
        fault("allegations", frame, row, "id", "is in no row of claims, column allegation, and the article reports it")
        for row in frame.index[frame["id"].isin(allegations.FIVE) & ~frame["id"].isin(claimed)]
    ]


def _purpose_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    frame = frames["initiatives"]
    missing = imperative.uncoded(frames["initiative_purposes"], dated(core_scope(african_led(frame))))
    first, last = SPANS[imperative.PERIODS[0]][0].year, SPANS[imperative.PERIODS[-1]][1].year
    why = f"has no row in initiative_purposes, which an African-led founding of core scope of {first}-{last} needs"
    return [fault("initiatives", frame, row, "id", why) for row in frame.index[frame["id"].isin(missing)]]


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


def faults(frames: dict[str, pd.DataFrame], items: list[dict]) -> list[str]:
    """Check what only this report's tables have.

    That spells end after they start and do not overlap; that counts add up and
    totals hold their parts; that codes have a rule, both codings the value
    that stands, and disputes their readings; that a variant leads to one name;
    that what chapters name and compute has its rows.

    Parameters
    ----------
    frames : dict of str to pandas.DataFrame
        The tables by name; a date that is none is missing.
    items : list of dict
        Their descriptors.

    Returns
    -------
    list of str
        One line a fault, naming table, row (line of the file) and column.
    """
    return [
        *ends_before_start(frames, SPELLS),
        *out_of_order(frames, ORDERED),
        *overlapping_spells("memberships", frames["memberships"], ["initiative", "actor"]),
        *overlapping_spells("organisation_memberships", frames["organisation_memberships"], ["organisation", "actor"]),
        *_kidnapping_faults(frames),
        *_ransom_faults(frames["kidnappings"]),
        *_presence_faults(frames["presence"]),
        *_membership_faults(frames["memberships"]),
        *_left_faults(frames),
        *_council_faults(frames["council_resolutions"]),
        *_meeting_faults(frames["meetings"]),
        *_twin_faults(frames),
        *_search_faults(frames, items),
        *_named_faults(frames),
        *_state_faults(frames),
        *_place_faults(frames["capitals"]),
        *_trade_faults(frames),
        *_empty_faults(frames, items),
        *_needed_faults(frames),
        *_looked_up_faults(frames),
        *_four_faults(frames),
        *_code_faults(frames, items),
        *_allegation_faults(frames),
        *_purpose_faults(frames),
        *_step_faults(frames["dispute_events"]),
        *_dispute_faults(frames),
        *_audit_faults(frames),
        *_coding_faults(frames),
        *_capture_faults(frames),
        *variant_faults(frames, "name_variants"),
        *_codebook_faults(frames, items),
    ]
