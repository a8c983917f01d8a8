"""The tables that the press reads itself, whatever a report is about; all others are the subject's."""

from __future__ import annotations

CONTRACT = {
    "sources": {
        "key": "permanent key, used in citations",
        "title": "title of the page or work",
        "title_language": "ISO 639-1 code of the title as it stands here",
        "publisher": "publisher or outlet, may be missing",
        "author": "author, may be missing",
        "date": "partial date of publication, may be missing",
        "url": "address, may be missing",
        "kind": "kind of source",
        "language": "language of the page, may be missing",
        "verified": "yes: read, and may be cited; no: may not",
    },
    "claims": {
        "key": "permanent key, named by the role claim",
        "claim": "what is claimed, in the report's own words",
        "chapter": "chapter that tests it, relative to book, may be missing",
    },
    "terms": {
        "term": "the term, named by the role term",
        "abbreviation": "its abbreviation, may be missing",
        "definition": "what it means",
        "kind": "rule: a rule of the report, which has no source; any other kind has one",
        "verification": "how well the definition is sourced; missing for a rule",
    },
}


def contract_faults(items: list[dict]) -> list[str]:
    """What the press needs and the package lacks.

    Parameters
    ----------
    items : list of dict
        Descriptors of the tables.

    Returns
    -------
    list of str
        One line for each missing table or column.
    """
    columns = {item["name"]: {field["name"] for field in item["schema"]["fields"]} for item in items}
    faults = []
    for table, needed in CONTRACT.items():
        if table not in columns:
            faults.append(f"datapackage.json: table {table} is missing; every report has {', '.join(CONTRACT)}")
            continue
        faults += [
            f"datapackage.json: table {table}: column {column} is missing ({meaning})"
            for column, meaning in needed.items()
            if column not in columns[table]
        ]
    return faults
